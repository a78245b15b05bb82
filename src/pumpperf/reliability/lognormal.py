"""Lognormal run lives: the fit of highest likelihood, with its bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import erfcx, log_ndtr, ndtri

from pumpperf.calc.inputs import level_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray
from pumpperf.reliability.lives import Lives, lives
from pumpperf.results import Estimate

STEPS = 200


class LogNormal(Estimate):
    """Lognormal fit of one or many groups, one entry a group.

    Attributes:
        group: labels of the groups in sorted order, or None for one group without a label.
        ln_mean: mean of the logarithm of the life in hours.
        lower_ln_mean: its lower bound.
        upper_ln_mean: its upper bound.
        standard_error_ln_mean: its standard error.
        ln_sd: standard deviation of the logarithm of the life.
        lower_ln_sd: its lower bound.
        upper_ln_sd: its upper bound.
        standard_error_ln_sd: its standard error.
        covariance: of `ln_mean` and `ln_sd`.
        median_h: exp(ln_mean) [h].
        lower_median_h: its lower bound [h].
        upper_median_h: its upper bound [h].
        mean_h: exp(ln_mean + ln_sd^2/2) [h]; mostly a guess at lives nobody has seen where few
            have failed; infinite beyond the largest number there is.
        lower_mean_h: its lower bound [h].
        upper_mean_h: its upper bound [h].
        lives: of each group.
        failures: how many of them failed.
        exposure_h: exposure: time under observation [h].
        dropped: entries without exposure or weight.
        level: of the bounds.
        method: in words.
        status: `ok`; `one_failure` (a fit with bounds as wide as they must be); and without a fit
            `no_exposure`, `no_failures`, `failure_at_maximum` (all failed at one age, which
            nothing outlived) and `no_maximum_found`.
    """

    ln_mean: FloatArray
    lower_ln_mean: FloatArray
    upper_ln_mean: FloatArray
    standard_error_ln_mean: FloatArray
    ln_sd: FloatArray
    lower_ln_sd: FloatArray
    upper_ln_sd: FloatArray
    standard_error_ln_sd: FloatArray
    covariance: FloatArray
    median_h: FloatArray
    lower_median_h: FloatArray
    upper_median_h: FloatArray
    mean_h: FloatArray
    lower_mean_h: FloatArray
    upper_mean_h: FloatArray
    lives: FloatArray
    failures: FloatArray
    exposure_h: FloatArray
    dropped: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sums:
    """What the likelihood needs, with z = (ln age - centre)/scale: failures are summed up."""

    centre: FloatArray
    scale: FloatArray
    failures: FloatArray
    squares: FloatArray
    index: NDArray[np.intp]
    z: FloatArray
    weight: FloatArray


def lognormal(
    *,
    age_h: ArrayLike,
    failed: ArrayLike,
    level: float,
    weight: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> LogNormal:
    """Lognormal fit of run lives with suspensions, by maximum likelihood.

    ln L = sum over failures of -ln sigma - (y - mu)^2/(2 sigma^2) + sum over the others of
    ln Phi((mu - y)/sigma), y = ln age; concave in 1/sigma and mu/sigma, so that Newton's steps
    find its one maximum. Without suspensions mu is the mean of y and sigma^2 its mean square
    about it (divided by n, not n - 1). Standard errors: inverse of the observed information;
    normal bounds of mu and of ln sigma. Lives that were not observed from age 0 are not for it.

    Args:
        age_h: age at which each life was last seen, or failed [h], at least 0.
        failed: whether it failed then; else it was still running, or pulled for another reason.
        level: confidence level of the bounds, between 0 and 1.
        weight: how many lives each entry stands for, at least 0. None: 1.
        by: labels; one fit each. None: one fit.

    Returns:
        A `LogNormal`. A fit exists if and only if some life outlasted the earliest failure.

    Raises:
        ArgumentError: as `lives`; or the level is not between 0 and 1, or a failure lies at
            age 0, which no lognormal life can.

    Source: Schmee and Nelson 1977, 96 locomotive controls; Lawless 1982: mu 5.117, sigma 0.705 in
    thousands of miles. Concave: Burridge 1981, quoted from memory, and plain from the terms.

    >>> miles = [22.5, 37.5, 46, 48.5, 51.5, 53, 54.5, 57.5, 66.5, 68, 69.5, 76.5, 77, 78.5, 80,
    ...          81.5, 82, 83, 84, 91.5, 93.5, 102.5, 107, 108.5, 112.5, 113.5, 116, 117, 118.5,
    ...          119, 120, 122.5, 123, 127.5, 131, 132.5, 134, 135]
    >>> fit = lognormal(age_h=miles, failed=[1] * 37 + [0], weight=[1] * 37 + [59], level=0.95)
    >>> fit.ln_mean, fit.ln_sd
    (array([5.117]), array([0.705]))
    """
    reach = float(ndtri(0.5 + 0.5 * level_of(level=level)))
    sample = lives(age_h=age_h, failed=failed, weight=weight, by=by)
    unborn = sample.failed & (sample.age_h == 0.0)
    if unborn.any():
        row = int(np.flatnonzero(sample.kept)[np.argmax(unborn)])
        raise ArgumentError(f"age_h[{row}] = 0.0: expected above 0 for a failure")
    index, groups, counts = sample.index, sample.groups, sample.weight
    held, exposure = sample.per_group(counts), sample.per_group(counts * sample.age_h)
    failures = sample.per_group(counts * sample.failed)
    earliest, latest = np.full(groups, np.inf), np.zeros(groups)
    np.minimum.at(earliest, index[sample.failed], sample.age_h[sample.failed])
    np.maximum.at(latest, index, sample.age_h)
    exists = latest > earliest
    sums = _sums(sample, np.where(exists, earliest, 1.0), exists)
    slope, shift, inverse, found = _maximum(sums, exists)

    ratio, unit = shift / slope, sums.scale / slope
    ln_mean, ln_sd = sums.centre + unit * shift, unit
    variance_log = inverse[0] / slope**2
    variance_mean = unit**2 * (inverse[2] - 2.0 * ratio * inverse[1] + ratio**2 * inverse[0])
    covariance = -unit / slope * (inverse[1] - ratio * inverse[0])
    error = np.sqrt(variance_mean)
    spread = reach * np.sqrt(variance_log)
    ln_of_mean = ln_mean + 0.5 * ln_sd**2
    variance = variance_mean + 2.0 * ln_sd**2 * covariance + ln_sd**4 * variance_log
    wide = reach * np.sqrt(variance)
    fitted = np.select([~found, failures == 1.0], ["no_maximum_found", "one_failure"], "ok")
    with np.errstate(over="ignore"):  # larger than any number
        return LogNormal(
            group=sample.group,
            ln_mean=ln_mean,
            lower_ln_mean=ln_mean - reach * error,
            upper_ln_mean=ln_mean + reach * error,
            standard_error_ln_mean=error,
            ln_sd=ln_sd,
            lower_ln_sd=ln_sd * np.exp(-spread),
            upper_ln_sd=ln_sd * np.exp(spread),
            standard_error_ln_sd=ln_sd * np.sqrt(variance_log),
            covariance=ln_sd * covariance,
            median_h=np.exp(ln_mean),
            lower_median_h=np.exp(ln_mean - reach * error),
            upper_median_h=np.exp(ln_mean + reach * error),
            mean_h=np.exp(ln_of_mean),
            lower_mean_h=np.exp(ln_of_mean - wide),
            upper_mean_h=np.exp(ln_of_mean + wide),
            lives=held,
            failures=failures,
            exposure_h=exposure,
            dropped=sample.dropped,
            level=level,
            method="maximum likelihood, observed information, normal bounds",
            status=np.select(
                [held == 0.0, failures == 0.0, ~exists],
                ["no_exposure", "no_failures", "failure_at_maximum"],
                fitted,
            ),
        )


def _total(index: NDArray[np.intp], weight: FloatArray, groups: int) -> FloatArray:
    return np.asarray(np.bincount(index, weight, groups), dtype=np.float64)


def _sums(sample: Lives, earliest: FloatArray, exists: NDArray[np.bool_]) -> _Sums:
    groups, use = exists.size, _rows(exists, sample.index)
    age, index, weight = sample.age_h[use], sample.index[use], sample.weight[use]
    failed, y = sample.failed[use], np.log(age) - np.log(earliest)[index]
    # Near the earliest failure the difference of ages is exact, that of logarithms is not.
    near = np.abs(y) < 0.5
    unit = earliest[index[near]]
    y[near] = np.log1p((age[near] - unit) / unit)
    own, ended = index[failed], ~failed
    failures = np.where(exists, _total(own, weight[failed], groups), 1.0)
    centre = _total(own, weight[failed] * y[failed], groups) / failures
    y -= centre[index]
    squares = _total(own, weight[failed] * y[failed] ** 2, groups)
    late = ended & (y > 0.0)
    beyond = _total(index[late], weight[late] * y[late] ** 2, groups)
    scale = np.where(exists, np.sqrt((squares + beyond) / failures), np.nan)
    return _Sums(
        centre=centre + np.log(earliest),
        scale=scale,
        failures=failures,
        squares=squares / scale**2,
        index=index[ended],
        z=y[ended] / scale[index[ended]],
        weight=weight[ended],
    )


def _rows(groups: NDArray[np.bool_], index: NDArray[np.intp]) -> NDArray[np.bool_] | slice:
    """Lives of the groups; all of them without a copy."""
    return slice(None) if groups.all() else groups[index]


def _terms(
    sums: _Sums, slope: FloatArray, shift: FloatArray, groups: NDArray[np.bool_]
) -> FloatArray:
    """Minus the log-likelihood, its two first and its three second derivatives."""
    use = _rows(groups, sums.index)
    index, z, weight = sums.index[use], sums.z[use], sums.weight[use]
    u = slope[index] * z - shift[index]
    hazard = np.sqrt(2.0 / np.pi) / np.asarray(erfcx(u / np.sqrt(2.0)), dtype=np.float64)
    pull, bend = weight * hazard, weight * hazard * (hazard - u)
    r, size = sums.failures, slope.size
    return np.array(
        [
            0.5 * (sums.squares * slope**2 + r * shift**2)
            - r * np.log(slope)
            - _total(index, weight * np.asarray(log_ndtr(-u), dtype=np.float64), size),
            slope * sums.squares - r / slope + _total(index, pull * z, size),
            r * shift - _total(index, pull, size),
            sums.squares + r / slope**2 + _total(index, bend * z * z, size),
            -_total(index, bend * z, size),
            r + _total(index, bend, size),
        ]
    )


def _maximum(
    sums: _Sums, exists: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray, FloatArray, NDArray[np.bool_]]:
    """Newton's method for scale/sigma and (mu - centre)/sigma, each group with its own stride."""
    slope = np.where(exists, 1.0, np.nan)
    shift, stride = np.where(exists, 0.0, np.nan), np.ones(exists.size)
    at = _terms(sums, slope, shift, exists)
    open_ = exists.copy()
    for _ in range(STEPS):
        determinant = at[3] * at[5] - at[4] ** 2
        ahead = (at[4] * at[2] - at[5] * at[1]) / determinant
        aside = (at[4] * at[1] - at[3] * at[2]) / determinant
        length = np.minimum(stride, 0.5 / np.maximum(0.5, -ahead / slope))
        step = np.maximum(np.abs(ahead) / slope, np.abs(aside) / (1.0 + np.abs(shift)))
        tried, moved = slope + length * ahead, shift + length * aside
        there = _terms(sums, tried, moved, open_)
        better = there[0] <= at[0] + 1e-4 * length * (at[1] * ahead + at[2] * aside)
        taken = open_ & (better | (step < 1e-6))
        slope, shift = np.where(taken, tried, slope), np.where(taken, moved, shift)
        at = np.where(taken, there, at)
        stride = np.where(taken, 1.0, 0.5 * length)
        open_ &= ~(taken & (step < 1e-9))
        if not open_.any():
            break
    determinant = at[3] * at[5] - at[4] ** 2
    found = exists & ~open_
    inverse = np.where(found, np.array([at[5], -at[4], at[3]]) / determinant, np.nan)
    return np.where(found, slope, np.nan), np.where(found, shift, np.nan), inverse, found
