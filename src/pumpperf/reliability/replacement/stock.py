"""How many spares leave no demand unmet, as often as asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, gammaincc, gammaincinv

from pumpperf.calc.inputs import refuse
from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.reliability.inputs import alike
from pumpperf.reliability.wholes import fewest
from pumpperf.results import MethodResult, Places


class Spares(MethodResult):
    """Smallest stock that meets the demand, one entry for each set of arguments.

    Attributes:
        spares: pumps to keep for the period.
        met: probability that so many meet the demand.
        met_with_one_less: the same with one spare less; 0 where none are kept.
        mean_demand: expected demand in the period.
        service: probability that was asked for.
        method: how it was found.
        status: `ok` or `no_demand` (mean 0).
    """

    spares: FloatArray
    met: FloatArray
    met_with_one_less: FloatArray
    mean_demand: FloatArray
    service: FloatArray


def spares(
    *, mean_demand: ArrayLike, service: ArrayLike, dispersion: ArrayLike | None = None
) -> Spares:
    """Smallest number s of spares with P(demand <= s) >= service.

    The demand is Poisson, or negative binomial with the same mean and a variance that is
    `dispersion` times as large. A rate known only as a gamma of hours b gives 1 + period / b.

    Args:
        mean_demand: expected demand in the period, from 0 to 1e12.
        service: probability that the spares last, between 0 and 1.
        dispersion: variance over mean of the demand, from 1 to 1e6. None: 1, Poisson.

    Returns:
        A `Spares`.

    Raises:
        ArgumentError: lengths differ, or a number lies outside.

    Source: Poisson table: of a mean of 5, 9 spares last with 0.9682, 8 with 0.9319.

    >>> found = spares(mean_demand=5, service=0.95)
    >>> found.spares, found.met, found.met_with_one_less
    (array([9.]), array([0.9682]), array([0.9319]))
    """
    arguments = {
        "mean_demand": mean_demand,
        "service": service,
        "dispersion": 1.0 if dispersion is None else dispersion,
    }
    mean, asked, spread = columns = alike(arguments=arguments)
    for (name, (least, most)), column in zip(_RANGES.items(), columns, strict=True):
        wrong = (column < least) | (column > most)
        refuse(wrong=wrong, values=column, name=name, expected=f"from {least} to {most}")

    def enough(stock: FloatArray, its: Places) -> BoolArray:
        return np.asarray(_met(stock, mean[its], spread[its]) >= asked[its])

    # A gamma of the same mean and variance is near the demand.
    size = np.where(mean > 0.0, mean, 1.0) / spread
    start = np.where(mean > 0.0, gammaincinv(size, asked) * spread, 0.0)
    stock = fewest(enough=enough, start=start, least=np.zeros_like(mean))
    less = np.where(stock > 0.0, _met(np.maximum(stock - 1.0, 0.0), mean, spread), 0.0)
    return Spares(
        spares=stock,
        met=_met(stock, mean, spread),
        met_with_one_less=less,
        mean_demand=mean,
        service=asked,
        method="Poisson demand" if dispersion is None else "negative binomial demand",
        status=np.where(mean > 0.0, "ok", "no_demand"),
    )


_TINY = 1e-12
_RANGES = {"mean_demand": (0.0, 1e12), "service": (_TINY, 1.0 - _TINY), "dispersion": (1.0, 1e6)}


def _met(stock: FloatArray, mean: FloatArray, spread: FloatArray) -> FloatArray:
    poisson = spread == 1.0
    found = gammaincc(stock + 1.0, mean)
    if not poisson.all():
        wide = np.where(poisson | (mean == 0.0), 2.0, spread)
        size = np.where(mean > 0.0, mean, 1.0) / (wide - 1.0)
        clumped = betainc(size, stock + 1.0, 1.0 / wide)
        found = np.where(poisson | (mean == 0.0), found, clumped)
    return np.asarray(found, dtype=np.float64)
