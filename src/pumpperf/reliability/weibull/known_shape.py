"""Scale of Weibull lives whose shape is known from elsewhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from pumpperf.calc.scalars import tail_of
from pumpperf.numeric import FloatArray, Sided, bounded, statuses
from pumpperf.reliability.inputs import positive
from pumpperf.reliability.lives import Lives, lives
from pumpperf.results import Estimate


class Weibayes(Estimate):
    """Weibull scales at a given shape, one entry a group.

    Attributes:
        group: labels of `by` in sorted order, or None.
        shape: shape that was given.
        scale_h: age by which 63.2 % have failed [h]; NaN without failures.
        lower_scale_h: its lower bound.
        upper_scale_h: its upper bound, infinite without failures.
        lives: lives observed, by weight.
        failures: failures among them.
        exposure_h: exposure: time under observation [h].
        dropped: entries without exposure.
        level: confidence level; of the interval if two-sided, else of the bound.
        sided: `two`, `lower` or `upper`; the bound that was not asked for is NaN.
        method: how the bounds were made.
        status: `ok`, `one_failure`, `no_failures` (a lower bound only) or `no_exposure`.
    """

    shape: float
    scale_h: FloatArray
    lower_scale_h: FloatArray
    upper_scale_h: FloatArray
    lives: FloatArray
    failures: FloatArray
    exposure_h: FloatArray
    dropped: FloatArray
    sided: Sided


def weibayes(
    *,
    age_h: ArrayLike,
    failed: ArrayLike,
    shape: float,
    entry_age_h: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    level: float,
    sided: Sided,
    by: ArrayLike | None = None,
) -> Weibayes:
    """Weibull scale [h] at a given shape, with exact bounds even without a failure.

    Ages to the power of the shape are exponential. With r failures in T = sum w (t^b - e^b), the
    scale is (T/r)^(1/b), from (2T/chi2(upper; 2r + 2))^(1/b) to (2T/chi2(lower; 2r))^(1/b). They
    hold if dates ended the observation, and only as far as the shape: its error is not in them.

    Args:
        age_h: age at failure, or when last seen running [h], at least 0. A failure at age 0 counts,
            but brings no exposure.
        failed: whether it failed.
        shape: shape of the lives, above 0, known from like pumps.
        entry_age_h: age at entry, when observation began [h]. None: all were observed from new.
        weight: how many lives an entry stands for, at least 0. None: 1.
        level: confidence level; of the interval if two-sided, else of the bound.
        sided: `two`, `lower` or `upper`.
        by: labels of the groups. None: all are one group.

    Returns:
        A `Weibayes`.

    Raises:
        ArgumentError: as `lives`; the shape is not a finite number above 0; the level is not
            between 0 and 1; `sided` is none of the three words.

    Source: Meeker and Escobar, Statistical Methods for Reliability Data, 1998, section 8.5.2: 64
    components of shape 2 ran so long without failure: at 95 % a scale of at least 10,250 h. The
    bounds are those of NIST/SEMATECH e-Handbook 8.4.5.1 in transformed time.

    >>> none = weibayes(
    ...     age_h=[500, 1000, 1500, 2000, 2500, 3000, 3500, 4000], failed=[0] * 8, shape=2.0,
    ...     weight=[10, 12, 8, 9, 7, 9, 6, 3], level=0.95, sided="lower",
    ... )
    >>> round(float(none.lower_scale_h[0]), -1), none.status.tolist()
    (10250.0, ['no_failures'])
    """
    tail = tail_of(level=level, sided=sided)
    positive(value=shape, name="shape")
    sample = lives(age_h=age_h, failed=failed, entry_age_h=entry_age_h, weight=weight, by=by)
    sample = sample.with_likelihood()
    log_time = _log_time(sample, shape)
    failures = sample.per_group(sample.weight * sample.failed)
    some = failures > 0.0
    scale = _scale(log_time, np.where(some, failures, np.nan), shape)
    lower = _scale(log_time, _expected(failures + 1.0, 1.0 - tail), shape)
    upper = _scale(log_time, _expected(np.where(some, failures, 1.0), tail), shape)
    exposed = np.isfinite(log_time)
    upper = np.where(some | ~exposed, upper, np.inf)
    with np.errstate(over="ignore"):
        exposure = sample.per_group(sample.weight * (sample.age_h - sample.entry_age_h))
    return Weibayes(
        group=sample.group,
        shape=shape,
        **bounded("scale_h", scale, lower, upper, sided=sided),
        lives=sample.per_group(sample.weight),
        failures=failures,
        exposure_h=exposure,
        dropped=sample.dropped,
        level=level,
        sided=sided,
        method="chi-square, shape given",
        status=statuses(no_exposure=~exposed, no_failures=~some, one_failure=failures <= 1.0),
    )


def _log_time(sample: Lives, shape: float) -> FloatArray:
    """(ln of the sum of w (t^b - e^b)) / b of each group; NaN without exposure.

    Powers are taken of ages relative to the largest of the group, so that none overflows.
    """
    largest = sample.highest(sample.age_h)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        log_largest = np.log(np.where(largest > 0.0, largest, np.nan))
        share = (sample.age_h - sample.entry_age_h) / sample.age_h
        short = np.log1p(-share)
        logs = np.where(share < 0.5, short, np.log(sample.entry_age_h) - np.log(sample.age_h))
        grown = np.exp(shape * (np.log(sample.age_h) - log_largest[sample.index]))
        passed = np.where(grown > 0.0, grown * -np.expm1(shape * logs), 0.0)
        time = sample.per_group(sample.weight * passed)
        return np.log(np.where(time > 0.0, time, np.nan)) / shape + log_largest


def _expected(count: FloatArray, share: float) -> FloatArray:
    """Expected failures at which so many, or more, have that probability: half a chi-square."""
    return np.asarray(gammaincinv(count, share), dtype=np.float64)


def _scale(log_time: FloatArray, count: FloatArray, shape: float) -> FloatArray:
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(log_time - np.log(count) / shape)
