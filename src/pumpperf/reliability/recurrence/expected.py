"""What a power-law process leads one to expect: failures to come, and the age of a count."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, gammainccinv, gammaincinv, ndtri

from pumpperf.calc.inputs import refuse
from pumpperf.calc.scalars import level_of
from pumpperf.errors import expect
from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.reliability.inputs import one_each
from pumpperf.reliability.recurrence.growth import Growth
from pumpperf.reliability.wholes import fewest
from pumpperf.results import Estimate, Places

MANY = 1e12
FARTHEST = 1e15


class FailureForecast(Estimate):
    """Failures of one system of each group in the hours after its `end_h`, one entry a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        ahead_h: hours looked ahead.
        expected: failures expected by the fit.
        lower: fewest failures of the prediction interval; NaN if infinitely many are expected.
        upper: most failures.
        level: probability that the interval is to hold, or a little more.
        method: how it was found and what it omits, in words.
        status: that of the fit; where it gives no shape all is NaN.
    """

    ahead_h: FloatArray
    expected: FloatArray
    lower: FloatArray
    upper: FloatArray


def failure_forecast(*, growth: Growth, ahead_h: ArrayLike, level: float) -> FailureForecast:
    """Failures of one system in (T, T + h], with a prediction interval.

    m = E N(T) ((1 + h/T)^shape - 1). The count is taken for Poisson about a mean that is itself
    unsure: ln m has the variance 1/n + (d + slope)^2 se^2, d being that of
    ln ((1 + h/T)^shape - 1) along the shape and slope that of ln E N(T), which a gamma of
    that relative variance stands for. So the count is negative binomial, and the interval reaches
    from its quantile (1 - level)/2 to that of (1 + level)/2.

    Args:
        growth: a fit, as `crow_amsaa` returns it.
        ahead_h: hours to look ahead [h], at least 0; one for all groups or one a group.
        level: probability of the interval, between 0 and 1.

    Returns:
        A `FailureForecast` by the likeliest shape. It omits that the power law may not hold on, and
        of expected counts above 1e12 their own scatter, which is nothing beside the error of fit.

    Raises:
        ArgumentError: as many hours as neither 1 nor the groups, an hour is negative or not finite,
            or the level is not between 0 and 1.

    Source: E N by MIL-HDBK-189 (1981), appendix C: with its printed 0.454 t^0.716 another 100 h
    after 300 h bring 6.2 failures; the variance is derived from the observed information here.

    >>> from pumpperf.reliability.recurrence import crow_amsaa
    >>> growth = crow_amsaa(
    ...     event_h=[2.6, 16.5, 16.5, 17.0, 21.4, 29.1, 33.3, 56.5, 63.1, 70.6, 73.0, 77.7, 93.9,
    ...         95.5, 98.1, 101.1, 132.0, 142.2, 147.7, 149.0, 167.2, 190.7, 193.0, 198.7, 251.9,
    ...         282.5, 286.1],
    ...     event_system=[0] * 27, end_h=300.0, terminated="time", level=0.9,
    ... )
    >>> failure_forecast(growth=growth, ahead_h=100.0, level=0.9).expected
    array([6.2])
    """
    expect(Growth, growth=growth)
    level_of(level=level)
    hours = one_each(values=ahead_h, name="ahead_h", size=growth.shape.size).copy()
    b = growth.shape
    longer = np.log1p(hours / growth.end_h)
    with np.errstate(over="ignore"):
        expected = growth.expected * np.expm1(b * longer)
        decay = -np.expm1(-b * longer)
    tilt = np.divide(longer, decay, out=1.0 / b, where=decay > 0.0) + growth.expected_slope
    variance = 1.0 / np.maximum(growth.failures, 1.0) + (tilt * growth.standard_error_shape) ** 2
    tail = (1.0 - level) / 2.0
    return FailureForecast(
        group=growth.group,
        ahead_h=hours,
        expected=expected,
        lower=_quantile(expected, variance, tail, upper=False),
        upper=_quantile(expected, variance, tail, upper=True),
        level=level,
        method="negative binomial: Poisson with gamma-like error of the fit; omits misfit",
        status=growth.status,
    )


def _quantile(mean: FloatArray, variance: FloatArray, tail: float, *, upper: bool) -> FloatArray:
    """Fewest k of which no more than the tail lies above (or at least the tail not above).

    The search begins at the quantile of a gamma of the same mean and variance, whose skewness is
    larger by 1/deviation.
    """
    quantile = gammainccinv if upper else gammaincinv
    known = np.isfinite(mean) & np.isfinite(variance)
    found = np.where(known, 0.0, np.nan)
    at = np.flatnonzero(known & (mean > 0.0))
    few = np.minimum(mean[at], MANY)
    wide = 1.0 + variance[at] * few
    start = np.asarray(quantile(few / wide, tail) * wide, dtype=np.float64)
    start -= (float(ndtri(tail)) ** 2 + 2.0) / 6.0
    near = (few < MANY) & (start < FARTHEST)
    far = at[~near]
    with np.errstate(over="ignore"):
        found[far] = np.floor(mean[far] * (quantile(1.0 / variance[far], tail) * variance[far]))
    at = at[near]
    size = np.asarray(1.0 / variance[at], dtype=np.float64)
    chance, rest = size / (size + mean[at]), mean[at] / (size + mean[at])

    def enough(k: FloatArray, its: Places) -> BoolArray:
        if upper:
            return np.asarray(betainc(k + 1.0, size[its], rest[its]) <= tail)
        return np.asarray(betainc(size[its], k + 1.0, chance[its]) >= tail)

    found[at] = fewest(enough=enough, start=start[near], least=np.zeros(at.size))
    return found


def age_of_count_h(*, growth: Growth, count: ArrayLike) -> FloatArray:
    """Age at which one system of each group is expected to have had so many failures [h].

    t = T (count / E N(T))^(1/shape).

    Args:
        growth: a fit, as `crow_amsaa` returns it.
        count: failures since age 0, above 0; one for all groups or one a group.

    Returns:
        The age, NaN where the fit gives no shape and infinite where it is beyond all numbers.

    Raises:
        ArgumentError: as many counts as neither 1 nor the groups, or one is not above 0 or finite.

    Source: MIL-HDBK-189 (1981), appendix C, its E N(t) solved for t.

    >>> from pumpperf.reliability.recurrence import crow_amsaa
    >>> growth = crow_amsaa(
    ...     event_h=[1.0, 2.0, 4.0], event_system=[0, 0, 0], end_h=8.0, terminated="time", level=0.9
    ... )
    >>> age_of_count_h(growth=growth, count=[3.0])
    array([8.])
    """
    expect(Growth, growth=growth)
    wanted = one_each(values=count, name="count", size=growth.shape.size)
    refuse(wrong=wanted == 0.0, values=wanted, name="count", expected="above 0")
    with np.errstate(over="ignore"):
        return growth.end_h * np.exp(np.log(wanted / growth.expected) / growth.shape)
