"""Empirical Bayes: the failure rates of a fleet's pumps, each drawn to what the fleet tells."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from pumpperf.calc.inputs import refuse
from pumpperf.calc.scalars import level_of
from pumpperf.numeric import FloatArray, bounded, shared
from pumpperf.reliability.rates.exposures import fleets, rate_bounds
from pumpperf.reliability.rates.variation import dispersion
from pumpperf.results import Estimate, Places, Steps


class EmpiricalBayes(Estimate):
    """Gamma distribution of the failure rates in each fleet, and the rate of each pump.

    The first entries have one entry a fleet; those that begin with `pump_` one a pump, in the
    order given.

    Attributes:
        group: labels of `by` in sorted order, or None.
        shape: shape a of the gamma of the rates; infinite where all pumps may share one rate.
        prior_h: hours b of the gamma (its inverse scale) [h]; infinite likewise.
        rate_per_h: mean rate a / b [1/h]; failures over operating time where a is infinite.
        failures: of the fleet.
        operating_h: of the fleet [h].
        pumps: pumps of the fleet that ran.
        place: place of each pump's fleet among the fleets.
        pump_rate_per_h: rate of each pump [1/h]: (a + r) / (b + T).
        lower_pump_rate_per_h: its lower bound [1/h].
        upper_pump_rate_per_h: its upper bound [1/h].
        level: credibility of the bounds, two-sided.
        method: how it was found.
        status: of each fleet: `ok`; `no_over_dispersion`, `one_pump` or `no_failures` (every
            pump has the pooled rate and its chi-square bounds); `no_exposure` or
            `failure_without_exposure` (a pump failed that never ran): all is NaN.
    """

    shape: FloatArray
    prior_h: FloatArray
    rate_per_h: FloatArray
    failures: FloatArray
    operating_h: FloatArray
    pumps: FloatArray
    place: Places
    pump_rate_per_h: Steps
    lower_pump_rate_per_h: Steps
    upper_pump_rate_per_h: Steps


def empirical_bayes(
    *, operating_h: ArrayLike, failures: ArrayLike, level: float, by: ArrayLike | None = None
) -> EmpiricalBayes:
    """Failure rate of every pump of a fleet, with the fleet itself as prior.

    The rates of a fleet vary as a gamma of shape a and inverse scale b, which make its counts the
    most probable: max over a, b of prod NB(r_i; a, b / (b + T_i)). Then a pump's rate is gamma
    with a + r and b + T. The bounds take a and b as known, so they are somewhat narrow in a
    fleet of few pumps.

    Whether a finite a exists is decided first: the likelihood of one common rate is compared to
    that of gammas from narrow to wide, each with its best mean.

    Args:
        operating_h: operating time [h] of each pump, at least 0; if it ran, more than 1e-100 of
            the time of its fleet.
        failures: number of failures of each, whole, from 0 to a million.
        level: credibility of the bounds, two-sided, between 0 and 1.
        by: label of each pump's fleet. None: all are one.

    Returns:
        An `EmpiricalBayes`.

    Raises:
        ArgumentError: lengths differ, a number lies outside or is not whole, the level has no
            meaning, or a label is missing.

    Source: Gaver and O'Muircheartaigh 1987, ten pumps, times in thousand hours; NIMBLE manual:
    a = 0.82, b = 1.26.

    >>> times = [94.3, 15.7, 62.9, 126, 5.24, 31.4, 1.05, 1.05, 2.1, 10.5]
    >>> found = empirical_bayes(
    ...     operating_h=times, failures=[5, 1, 5, 14, 3, 19, 1, 1, 4, 22], level=0.9
    ... )
    >>> found.shape, found.prior_h
    (array([0.82]), array([1.26]))
    """
    level_of(level=level)
    fleet = fleets(operating_h=operating_h, failures=failures, by=by, alone="one_pump")
    hours, counts, index = fleet.hours, fleet.counts, fleet.index
    refuse(wrong=counts > _MOST, values=counts, name="failures", expected=f"at most {_MOST}")
    total, total_h, pooled = fleet.failures, fleet.operating_h, fleet.rate_per_h
    shape = np.where(np.isnan(pooled) | (total == 0.0), np.nan, np.inf)
    mean, varied = pooled.copy(), np.zeros(fleet.groups, dtype=bool)
    tried = np.flatnonzero(fleet.status == "ok")
    if tried.size:
        place = np.full(fleet.groups, -1)
        place[tried] = np.arange(tried.size)
        rows = fleet.ran & (place[index] >= 0)
        at = place[index[rows]]
        expected = hours[rows] / total_h[tried][at] * total[tried][at]
        spread, factor = dispersion(expected=expected, failures=counts[rows], index=at)
        over = spread > 0.0
        varied[tried[over]] = True
        shape[tried[over]] = 1.0 / spread[over]
        mean[tried[over]] *= factor[over]
    prior_h = np.where(varied, shape / np.where(varied, mean, 1.0), shape)

    tail = (1.0 - level) / 2.0
    exposed = np.where(np.isnan(pooled), np.nan, total_h)
    common = rate_bounds(failures=total, operating_h=exposed, tail=tail)
    own = varied[index]
    at = index[own]
    rate, lower, upper = (one[index] for one in (pooled, *common))
    posterior, posterior_h = shape[at] + counts[own], prior_h[at] + hours[own]
    rate[own] = posterior / posterior_h
    lower[own] = gammaincinv(posterior, tail) / posterior_h
    upper[own] = gammaincinv(posterior, 1.0 - tail) / posterior_h
    return EmpiricalBayes(
        group=fleet.group,
        **shared(fleet, "failures", "operating_h", "pumps"),
        shape=shape,
        prior_h=prior_h,
        rate_per_h=mean,
        place=index,
        **bounded("pump_rate_per_h", rate, lower, upper),
        level=level,
        method="gamma-Poisson, prior of maximum marginal likelihood, taken as known",
        status=np.where((fleet.status == "ok") & ~varied, "no_over_dispersion", fleet.status),
    )


_MOST = 1_000_000
