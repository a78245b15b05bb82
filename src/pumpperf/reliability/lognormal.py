"""Lognormal run lives: the fit of highest likelihood, with its bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfcx, log_ndtr, ndtri

from pumpperf.calc.scalars import level_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray, bounded, statuses, sums
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.lives import Lives, lives
from pumpperf.reliability.tops import Curvature, top
from pumpperf.results import Estimate


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
class _Sums(Groups):
    """What the likelihood needs, with z = (ln age - centre)/scale: failures are summed up."""

    centre: FloatArray
    scale: FloatArray
    failures: FloatArray
    squares: FloatArray
    z: FloatArray
    weight: FloatArray

    def curvature(self, shift: FloatArray, slope: FloatArray) -> Curvature:
        """The log-likelihood by (mu - centre)/sigma and scale/sigma."""
        z, r, squares = self.z, self.failures, self.squares
        u = slope[self.index] * z - shift[self.index]
        hazard = np.sqrt(2.0 / np.pi) / np.asarray(erfcx(u / np.sqrt(2.0)), dtype=np.float64)
        pull, bend = self.weight * hazard, self.weight * hazard * (hazard - u)
        outlived = self.per_group(self.weight * np.asarray(log_ndtr(-u), dtype=np.float64))
        return Curvature(
            outlived + r * np.log(slope) - 0.5 * (squares * slope**2 + r * shift**2),
            self.per_group(pull) - r * shift,
            r / slope - slope * squares - self.per_group(pull * z),
            -r - self.per_group(bend),
            self.per_group(bend * z),
            -squares - r / slope**2 - self.per_group(bend * z * z),
        )


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
    sample = lives(age_h=age_h, failed=failed, weight=weight, by=by).with_likelihood()
    unborn = sample.failed & (sample.age_h == 0.0)
    if unborn.any():
        row = int(np.flatnonzero(sample.kept)[np.argmax(unborn)])
        raise ArgumentError(
            f"age_h[{row}] = 0.0 failed: expected an age above 0, or the life left out; at exactly "
            "0 it has no likelihood"
        )
    counts = sample.weight
    held, exposure = sample.per_group(counts), sample.per_group(counts * sample.age_h)
    failures = sample.per_group(counts * sample.failed)
    earliest = sample.lowest(np.where(sample.failed, sample.age_h, np.inf))
    exists = sample.highest(sample.age_h) > earliest
    known = _sums(sample, np.where(exists, earliest, 1.0), exists)
    start = np.where(exists, 0.0, np.nan)
    shift, slope, there = top(function=known.curvature, a=start, b=start + 1.0)
    determinant = there.by_aa * there.by_bb - there.by_ab**2

    ratio, unit = shift / slope, known.scale / slope
    ln_mean, ln_sd = known.centre + unit * shift, unit
    of_slope, both = -there.by_aa / determinant, there.by_ab / determinant
    variance_log = of_slope / slope**2
    variance_mean = unit**2 * (
        -there.by_bb / determinant - 2.0 * ratio * both + ratio**2 * of_slope
    )
    covariance = -unit / slope * (both - ratio * of_slope)
    error = np.sqrt(variance_mean)
    lower, upper = ln_mean - reach * error, ln_mean + reach * error
    spread = reach * np.sqrt(variance_log)
    ln_of_mean = ln_mean + 0.5 * ln_sd**2
    variance = variance_mean + 2.0 * ln_sd**2 * covariance + ln_sd**4 * variance_log
    wide = reach * np.sqrt(variance)
    with np.errstate(over="ignore"):  # larger than any number
        return LogNormal(
            group=sample.group,
            **bounded("ln_mean", ln_mean, lower, upper),
            standard_error_ln_mean=error,
            **bounded("ln_sd", ln_sd, ln_sd * np.exp(-spread), ln_sd * np.exp(spread)),
            standard_error_ln_sd=ln_sd * np.sqrt(variance_log),
            covariance=ln_sd * covariance,
            **bounded("median_h", np.exp(ln_mean), np.exp(lower), np.exp(upper)),
            **bounded(
                "mean_h", np.exp(ln_of_mean), np.exp(ln_of_mean - wide), np.exp(ln_of_mean + wide)
            ),
            lives=held,
            failures=failures,
            exposure_h=exposure,
            dropped=sample.dropped,
            level=level,
            method="maximum likelihood, observed information, normal bounds",
            status=statuses(
                no_exposure=held == 0.0,
                no_failures=failures == 0.0,
                failure_at_maximum=~exists,
                no_maximum_found=np.isnan(slope),
                one_failure=failures == 1.0,
            ),
        )


def _sums(sample: Lives, earliest: FloatArray, exists: BoolArray) -> _Sums:
    use, groups = exists[sample.index], sample.groups
    age, index, weight = sample.age_h[use], sample.index[use], sample.weight[use]
    failed, y = sample.failed[use], np.log(age) - np.log(earliest)[index]
    # Near the earliest failure the difference of ages is exact, that of logarithms is not.
    near = np.abs(y) < 0.5
    unit = earliest[index[near]]
    y[near] = np.log1p((age[near] - unit) / unit)
    own, ended = Groups(index=index[failed], groups=groups), ~failed
    failures = np.where(exists, own.per_group(weight[failed]), 1.0)
    centre = own.per_group(weight[failed] * y[failed]) / failures
    y -= centre[index]
    squares = own.per_group(weight[failed] * y[failed] ** 2)
    late = ended & (y > 0.0)
    beyond = sums(weight[late] * y[late] ** 2, index[late], groups)
    scale = np.where(exists, np.sqrt((squares + beyond) / failures), np.nan)
    return _Sums(
        centre=centre + np.log(earliest),
        scale=scale,
        failures=failures,
        squares=squares / scale**2,
        index=index[ended],
        groups=groups,
        z=y[ended] / scale[index[ended]],
        weight=weight[ended],
    )
