"""Mean time between failures under a constant failure rate, with its bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from pumpperf.calc.inputs import Termination, same_index
from pumpperf.calc.scalars import level_of, one_of, tail_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray, Sided, bounded, ratio
from pumpperf.reliability.rates.exposures import exposures, summed_by
from pumpperf.reliability.recurrence.trend import Trend, laplace
from pumpperf.results import Estimate


class Mtbf(Estimate):
    """Mean time between failures of one or many groups, one entry a group.

    Attributes:
        group: labels of `by` in sorted order, or None.
        mtbf_h: operating time per failure [h].
        lower_mtbf_h: its lower bound.
        upper_mtbf_h: its upper bound.
        failures: number of them.
        operating_h: operating time [h].
        level: confidence level.
        sided: of the bounds.
        terminated: what ended the observation.
        method: of the bounds, in words.
        status: `ok`, `no_failures` (no point estimate, no upper bound) or `no_exposure` (nothing
            can be said).
        trend: Laplace's test of a constant rate. An MTBF means little where failures come ever more
            or ever less often, and nobody knows whether they do while its status is `not_tested`.
    """

    mtbf_h: FloatArray
    lower_mtbf_h: FloatArray
    upper_mtbf_h: FloatArray
    failures: FloatArray
    operating_h: FloatArray
    sided: Sided
    terminated: Termination
    trend: Trend


def mtbf(
    *,
    operating_h: ArrayLike,
    failures: ArrayLike,
    level: float,
    sided: Sided,
    terminated: Termination,
    failure_h: ArrayLike | None = None,
    failure_of: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Mtbf:
    """Mean time between failures [h] and its exact chi-square bounds.

    m = T/r;  lower = 2T / chi2(p_upper; 2r+2),  upper = 2T / chi2(p_lower; 2r);  when the
    observation ended with a failure, the lower bound has 2r degrees of freedom too.

    Args:
        operating_h: operating time [h] of each pump, at least 0; failed and running ones alike.
        failures: number of failures of each, whole, at least 0.
        level: confidence level, between 0 and 1; of the interval if two-sided, else of the bound.
        sided: `two`, `lower` or `upper`; the bound not asked for is NaN.
        terminated: `time` if a date ended the observation (the usual case), `failure` if the
            last failure did.
        failure_h: operating time of its pump at each failure whose date is known [h], for the
            trend. None: the trend is not tested.
        failure_of: place (0, 1, ...) of that pump among `operating_h`.
        by: labels; time and failures are summed over each label. None: every entry by itself.

    Returns:
        An `Mtbf`. Without failures the point is NaN, the upper bound infinite and the lower one
        T / -ln(1 - level) (one-sided); with no operating time everything is NaN.

    Raises:
        ArgumentError: lengths differ, the level is not between 0 and 1, a time or count is
            negative, not finite or not whole, a failure-terminated group has no failure, a label
            is missing or of another kind, or a failure lies outside its pump's operating time.

    Source: NIST/SEMATECH e-Handbook 8.4.5.1: 800 h, 2 failures, 90 %: 400 h, from 127 to 2251 h.

    >>> m = mtbf(operating_h=800.0, failures=2, level=0.9, sided="two", terminated="time")
    >>> m.mtbf_h, m.lower_mtbf_h, m.upper_mtbf_h
    (array([400.]), array([127.]), array([2251.]))
    """
    same_index(failure_h=failure_h, failure_of=failure_of)
    hours, counts = exposures(operating_h=operating_h, failures=failures, beside={"by": by})
    tail = tail_of(level=level, sided=sided)
    one_of(value=terminated, among=get_args(Termination), name="terminated")
    trend = _trend(hours, failure_h, failure_of, terminated, by)
    group, (hours, counts) = summed_by(by=by, columns=[hours, counts])
    if terminated == "failure" and not counts.all():
        raise ArgumentError("terminated by failure, but a group has no failure: use 'time'")

    extra = 1.0 if terminated == "time" else 0.0
    exposed = np.where(hours > 0.0, hours, np.nan)
    lower = exposed / gammaincinv(counts + extra, 1.0 - tail)
    failed = counts > 0.0
    upper = exposed / gammaincinv(np.where(failed, counts, 1.0), tail)
    upper = np.where(failed | np.isnan(exposed), upper, np.inf)
    return Mtbf(
        group=group,
        **bounded("mtbf_h", ratio(exposed, counts), lower, upper, sided=sided),
        failures=counts,
        operating_h=hours,
        level=level,
        sided=sided,
        terminated=terminated,
        method="chi-square, constant rate",
        status=np.where(np.isnan(exposed), "no_exposure", np.where(failed, "ok", "no_failures")),
        trend=trend,
    )


def _trend(
    hours: FloatArray,
    failure_h: ArrayLike | None,
    failure_of: ArrayLike | None,
    terminated: Termination,
    by: ArrayLike | None,
) -> Trend:
    if (failure_h is None) is not (failure_of is None):
        raise ArgumentError("failure_h and failure_of: expected both, or none of them")
    each = np.arange(hours.size) if by is None else by
    if failure_h is None or failure_of is None:
        found = laplace(event_h=[], event_system=[], end_h=hours, terminated="time", by=each)
        return replace(found, status=np.full(found.status.shape, "not_tested"))
    return laplace(
        event_h=failure_h, event_system=failure_of, end_h=hours, terminated=terminated, by=each
    )


def jeffreys_rate_per_h(
    *, operating_h: ArrayLike, failures: ArrayLike, level: float
) -> tuple[FloatArray, FloatArray]:
    """Failure rate [1/h] that also speaks when nothing failed, and its upper bound.

    The Jeffreys prior of a Poisson rate gives a gamma posterior of shape r + 1/2 and rate T:
    mean (r + 1/2)/T, upper bound chi2(level; 2r + 1) / (2T).

    Args:
        operating_h: operating time [h], above 0.
        failures: number of failures, at least 0.
        level: one-sided level of the upper bound, between 0 and 1.

    Returns:
        The mean and the upper bound; NaN without operating time.

    Raises:
        ArgumentError: as `mtbf`.

    Source: zero-failure practice of OREDA and ISO 14224 annex C, quoted from memory of both; the
    posterior is derived above. No failure in time 1: rate 0.5, upper 95 % bound 1.92.

    >>> jeffreys_rate_per_h(operating_h=1.0, failures=0, level=0.95)
    (array([0.5]), array([1.92]))
    """
    hours, counts = exposures(operating_h=operating_h, failures=failures)
    level_of(level=level)
    shape = counts + 0.5
    upper = np.asarray(gammaincinv(shape, level), dtype=np.float64)
    return ratio(shape, hours), ratio(upper, hours)
