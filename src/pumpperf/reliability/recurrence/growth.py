"""Power-law (Crow-AMSAA) process: whether failures come ever more or ever less often."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainccinv, gammaincinv, ndtri

from pumpperf.calc.inputs import Termination
from pumpperf.calc.scalars import level_of
from pumpperf.numeric import BoolArray, FloatArray, TextArray, bounded, statuses
from pumpperf.reliability.recurrence.crow import distinct, failure_factors, time_factors
from pumpperf.reliability.recurrence.powerlaw import PowerLaw, power_law
from pumpperf.reliability.recurrence.systems import systems
from pumpperf.results import Estimate


class Growth(Estimate):
    """Power-law processes E N(t) = scale t^shape of one or many groups, one entry a group.

    All of it is of one system; `end_h` is the age at which intensity and MTBF hold. `corrected`
    means: with the shape corrected for bias. That shape is known of systems with equal ends only.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        shape: maximum likelihood; below 1 failures get rarer, above 1 more frequent.
        lower_shape: lower bound of the shape.
        upper_shape: upper bound.
        standard_error_shape: standard error of the shape from the observed information.
        corrected_shape: (n - 1)/n of the shape, (n - 2)/n if the last failure was the end.
        scale: scale of the process [1/h^shape].
        corrected_scale: scale with the corrected shape [1/h^corrected_shape].
        expected: failures of one system expected up to `end_h` by the fit.
        expected_slope: slope of the logarithm of `expected` along the shape, 0 for equal ends.
        intensity_per_h: failures per hour of one system at `end_h`, by the likeliest shape.
        corrected_intensity_per_h: the same by the corrected shape.
        mtbf_h: 1/intensity [h], by the likeliest shape (MIL-HDBK-189).
        corrected_mtbf_h: the same by the corrected shape (IEC 61164) [h].
        lower_mtbf_h: lower bound of the MTBF [h].
        upper_mtbf_h: upper bound; infinite after a single failure.
        end_h: latest end of the group [h].
        failures: number of failures that count.
        dropped: failures at age 0 that were left out: no power law has a likelihood there.
        systems: number of systems that were observed for some time.
        exact: whether the bounds are exact (chi-square of the shape, Crow's of the MTBF); else
            they are normal in the logarithm, from the observed information.
        level: confidence level of all bounds.
        terminated: `time` or `failure`.
        method: how it was found, in words.
        status: `ok`, `no_exposure`, `no_failures`, `one_failure` (no corrected shape; and no shape
            at all if it was the end), `two_failures` (of a failure-terminated system: no corrected
            shape), `all_at_end` (all failures at the latest end: the shape is infinite) or
            `no_shape` (observed from late on, failures fade faster than any power law).
    """

    shape: FloatArray
    lower_shape: FloatArray
    upper_shape: FloatArray
    standard_error_shape: FloatArray
    corrected_shape: FloatArray
    scale: FloatArray
    corrected_scale: FloatArray
    expected: FloatArray
    expected_slope: FloatArray
    intensity_per_h: FloatArray
    corrected_intensity_per_h: FloatArray
    mtbf_h: FloatArray
    corrected_mtbf_h: FloatArray
    lower_mtbf_h: FloatArray
    upper_mtbf_h: FloatArray
    end_h: FloatArray
    failures: FloatArray
    dropped: FloatArray
    systems: FloatArray
    exact: BoolArray
    terminated: Termination


def crow_amsaa(
    *,
    event_h: ArrayLike,
    event_system: ArrayLike,
    end_h: ArrayLike,
    terminated: Termination,
    level: float,
    start_h: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Growth:
    """Power law that the systems of each group share, with its bounds.

    Equal ends T of k systems: shape = n / sum ln(T/t), scale = n/(k T^shape); 2 n shape-true/shape
    is chi-square of 2n degrees (2(n - 1) if one system's last failure was the end). Unequal ends or
    late starts: the one root of n/b + sum ln t = n sum(T^b ln T - s^b ln s) / sum(T^b - s^b).

    Args:
        event_h: age of its system at each failure [h], in any order; one at the end counts.
        event_system: place (0, 1, ...) of that system among `end_h`.
        end_h: age of each system at which observation ended [h].
        terminated: `time` if a date ended it (the usual case), `failure` if each system's last
            failure did.
        level: confidence level of the bounds, between 0 and 1.
        start_h: age at entry, when observation began [h]; a failure at it does not count. None: 0.
        by: labels of the systems. None: all are one group.

    Returns:
        A `Growth`.

    Raises:
        ArgumentError: as `systems`; or the level is not between 0 and 1.

    Source: Crow 1974, 1982; MIL-HDBK-189 (1981), appendix C. IEC 61164 takes the corrected shape.
    NASA TM-103511, example: 23 failures in 500 h, 80 %: MTBF 52.7 h, from 35.6 to 82.9 h.

    >>> growth = crow_amsaa(
    ...     event_h=[0.2, 4.2, 4.5, 5.0, 5.4, 6.1, 7.9, 14.8, 19.2, 48.6, 85.8, 108.9, 127.2,
    ...         129.8, 150.1, 159.7, 227.4, 244.7, 262.7, 315.3, 329.6, 404.3, 486.2],
    ...     event_system=[0] * 23, end_h=500.0, terminated="time", level=0.8,
    ... )
    >>> growth.mtbf_h, growth.lower_mtbf_h, growth.upper_mtbf_h
    (array([52.7]), array([35.6]), array([82.9]))
    """
    level_of(level=level)
    known = systems(event_h=event_h, event_system=event_system, end_h=end_h, start_h=start_h, by=by)
    known = known.with_logarithm()
    lost = 1.0 + known.last_of(terminated)
    fit = power_law(known=known)
    n, shape, distance = fit.failures, fit.shape, fit.distance
    fitted = ~np.isnan(shape)
    exact = fitted & fit.closed
    if terminated == "failure":
        exact &= fit.systems == 1.0
    some = np.maximum(n, 1.0)
    corrected = np.where(exact & (n > lost), shape * (n - lost) / some, np.nan)
    log_expected = np.log(some) - fit.log_size
    log_end = np.log(np.where(fit.end_h > 0.0, fit.end_h, np.nan))
    expected = np.exp(log_expected)
    mtbf = fit.end_h / (expected * shape)
    corrected_mtbf = fit.end_h / (expected * corrected)
    standard_error_shape = 1.0 / np.sqrt(some * fit.curvature)
    # By the observed information: Var ln MTBF = 1/n + (mean ln(T/t) se)^2.
    z = float(ndtri((1.0 + level) / 2.0))
    error_log_mtbf = np.hypot(np.sqrt(1.0 / some), distance / some * standard_error_shape)
    with np.errstate(over="ignore"):
        widen, wide = np.exp(z * standard_error_shape / shape), np.exp(z * error_log_mtbf)
        bounds = np.array([shape / widen, shape * widen, mtbf / wide, mtbf * wide])
    bounds[:, exact] = _exact_bounds(n[exact], lost, distance[exact], mtbf[exact], level)
    slope = np.where(fit.closed & fitted, 0.0, distance / some - 1.0 / shape)
    return Growth(
        group=known.group,
        **bounded("shape", shape, bounds[0], bounds[1]),
        standard_error_shape=standard_error_shape,
        corrected_shape=corrected,
        scale=_scale(log_expected, shape, log_end),
        corrected_scale=_scale(log_expected, corrected, log_end),
        expected=expected,
        expected_slope=slope,
        intensity_per_h=1.0 / mtbf,
        corrected_intensity_per_h=1.0 / corrected_mtbf,
        **bounded("mtbf_h", mtbf, bounds[2], bounds[3]),
        corrected_mtbf_h=corrected_mtbf,
        end_h=np.where(fit.systems > 0.0, fit.end_h, np.nan),
        failures=n,
        dropped=known.dropped,
        systems=fit.systems,
        exact=exact,
        level=level,
        terminated=terminated,
        method="maximum likelihood; bounds exact where `exact`, else normal in the logarithm",
        status=_status(fit, lost),
    )


def _exact_bounds(
    n: FloatArray, lost: float, distance: FloatArray, mtbf: FloatArray, level: float
) -> FloatArray:
    tail = (1.0 - level) / 2.0
    counts, place = distinct(failures=n)
    degrees = counts - (lost - 1.0)
    factors = time_factors if lost == 1.0 else failure_factors
    low, high = factors(failures=counts, level=level)
    return np.array(
        [
            gammaincinv(degrees, tail)[place] / distance,
            gammainccinv(degrees, tail)[place] / distance,
            mtbf * low[place],
            mtbf * high[place],
        ]
    )


def _scale(log_expected: FloatArray, shape: FloatArray, log_end: FloatArray) -> FloatArray:
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(log_expected - shape * log_end)


def _status(fit: PowerLaw, lost: float) -> TextArray:
    n = fit.failures
    paired = fit.closed & (fit.systems == 1.0) & (n == 2.0) & (fit.distance > 0.0)
    return statuses(
        no_exposure=fit.systems == 0.0,
        no_failures=n == 0.0,
        two_failures=paired & (lost == 2.0),
        one_failure=fit.closed & (n == 1.0) & ((lost == 2.0) | (fit.distance > 0.0)),
        all_at_end=fit.distance <= 0.0,
        no_shape=np.isnan(fit.shape),
    )
