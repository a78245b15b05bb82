"""Weibull lives by maximum likelihood, for a whole fleet of groups at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from pumpperf.calc.inputs import column, refuse, same_index
from pumpperf.calc.scalars import level_of, one_of
from pumpperf.numeric import FloatArray, bounded, shared
from pumpperf.reliability.lives import lives
from pumpperf.reliability.segments import AtAges
from pumpperf.reliability.weibull.exact import fit_exact
from pumpperf.reliability.weibull.fits import Fit, Point, no_fit
from pumpperf.reliability.weibull.grouped import grouped_lives
from pumpperf.reliability.weibull.interval_fit import fit_interval_censored
from pumpperf.results import Estimate, Labels

BoundsMethod = Literal["fisher", "likelihood_ratio"]
METHODS: dict[BoundsMethod, str] = {
    "fisher": "normal bounds of ln scale, ln shape and ln H",
    "likelihood_ratio": "likelihood-ratio bounds",
}


class Weibull(Estimate):
    """Weibull fits S(t) = exp(-(t/scale)^shape), one entry a group; NaN where there is no fit.

    Attributes:
        group: labels of `by` in sorted order, or None.
        mode: label of the failure mode of each fit of `weibull_by_mode`; else None.
        shape: shape; below 1 pumps fail early, above 1 they wear out.
        lower_shape: its lower bound.
        upper_shape: its upper bound.
        scale_h: age by which 63.2 % have failed [h].
        lower_scale_h: its lower bound.
        upper_scale_h: its upper bound.
        standard_error_log_shape: of ln shape, from the observed information.
        standard_error_log_scale: of ln scale.
        correlation: of ln shape and ln scale.
        log_likelihood: at the fit, ages in hours.
        fraction_failed: asked fractions.
        life_h: age by which each of them has failed [h], a group a row.
        lower_life_h: its lower bound.
        upper_life_h: its upper bound.
        at_h: asked ages [h].
        survival: share that outlives each of them, a group a row.
        lower_survival: its lower bound, within 0 and 1.
        upper_survival: its upper bound, within 0 and 1.
        lives: lives observed, by weight.
        failures: failures among them.
        zero_lives: of these, failures at age 0 that were read as within the resolution.
        exposure_h: exposure: time under observation [h].
        dropped: entries without exposure.
        level: two-sided confidence level of every interval.
        method: how fit and bounds were made.
        status: `ok`; `one_failure` (a fit with bounds as wide as they must be); and without a fit
            `no_exposure`, `no_failures`, `failure_at_maximum` (nothing is known to have outlived a
            failure), `shape_at_zero` (failures come too early for any shape above 0) and
            `no_maximum_found`.
    """

    mode: Labels | None = None
    shape: FloatArray
    lower_shape: FloatArray
    upper_shape: FloatArray
    scale_h: FloatArray
    lower_scale_h: FloatArray
    upper_scale_h: FloatArray
    standard_error_log_shape: FloatArray
    standard_error_log_scale: FloatArray
    correlation: FloatArray
    log_likelihood: FloatArray
    fraction_failed: Annotated[FloatArray, "fraction_failed"]
    life_h: Annotated[FloatArray, "fraction_failed"]
    lower_life_h: Annotated[FloatArray, "fraction_failed"]
    upper_life_h: Annotated[FloatArray, "fraction_failed"]
    at_h: AtAges
    survival: AtAges
    lower_survival: AtAges
    upper_survival: AtAges
    lives: FloatArray
    failures: FloatArray
    zero_lives: FloatArray
    exposure_h: FloatArray
    dropped: FloatArray

    @property
    def covariance(self) -> FloatArray:
        """Of (ln shape, ln scale), a matrix a group, as `expected_failures` takes it."""
        errors = np.stack([self.standard_error_log_shape, self.standard_error_log_scale], axis=1)
        alike = np.where(np.eye(2, dtype=bool), 1.0, self.correlation[:, np.newaxis, np.newaxis])
        return errors[:, :, np.newaxis] * errors[:, np.newaxis] * alike


def weibull(
    *,
    age_h: ArrayLike,
    failed: ArrayLike,
    entry_age_h: ArrayLike | None = None,
    failed_after_h: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    resolution_h: float | None = None,
    level: float,
    bounds: BoundsMethod,
    fraction_failed: Sequence[float] = (),
    at_h: Sequence[float] = (),
    by: ArrayLike | None = None,
) -> Weibull:
    """Weibull shape and scale [h] of lives that failed, still run, or were pulled, with bounds.

    max sum w (d ln(h(t)) - H(t) + H(entry)),  H(t) = (t/scale)^shape,  h = dH/dt;  an
    interval-censored failure has ln(S(lower) - S(upper)) instead.

    Args:
        age_h: age at failure, or when last seen running [h], at least 0.
        failed: whether it failed. Pumps pulled for another reason did not; if they were pulled
            because they were about to fail, the fit is too good.
        entry_age_h: age at delayed entry, when observation began [h] (left truncation); without
            it, pumps that already ran then make lives look too long and the shape too steep.
            None: all were observed from new.
        failed_after_h: of an interval-censored failure, the age at which it last ran [h], with
            `age_h` that at which it was found failed; NaN where the age is exact.
        weight: how many lives an entry stands for, at least 0. None: 1.
        resolution_h: to what the ages are known [h]: a failure at age 0 is read as one within it.
            Without it such a failure is refused, since it has no likelihood.
        level: two-sided confidence level.
        bounds: `fisher` (normal law of ln scale and ln shape) or `likelihood_ratio`.
        fraction_failed: fractions whose ages are asked, each between 0 and 1; 0.1 is the B10 life.
        at_h: ages at which survival is asked [h], each above 0.
        by: labels of the groups. None: all are one group.

    Returns:
        A `Weibull`. Whether a fit exists is decided before it is tried, and its status says so.

    Raises:
        ArgumentError: as `lives`; an age at which a pump last ran is not below that of its failure
            or lies before its entry; a failure at age 0 without resolution; a level, fraction or
            age out of range; a word that is none of those above.

    Source: Lawless, Statistical Models and Methods for Lifetime Data, 1982, section 4.1; Meeker and
    Escobar, Statistical Methods for Reliability Data, 1998, sections 8.3 and 8.4. Abernethy, The
    New Weibull Handbook, appendix C.5: shape 2.257, scale 4900.1.

    >>> w = weibull(
    ...     age_h=[1500, 7000, 2250, 4000, 4300, 1750, 5000], failed=[1, 1, 1, 1, 1, 0, 0],
    ...     level=0.9, bounds="fisher",
    ... )
    >>> w.shape, w.scale_h, w.status
    (array([2.257]), array([4900.1]), array(['ok'], dtype='<U18'))
    """
    half_width = -float(ndtri(0.5 * (1.0 - level_of(level=level))))
    one_of(value=bounds, among=get_args(BoundsMethod), name="bounds")
    fractions, ages = _asked(fraction_failed, "fraction_failed", 1.0), _asked(at_h, "at_h", np.inf)
    same_index(age_h=age_h, failed=failed, failed_after_h=failed_after_h)
    sample = lives(age_h=age_h, failed=failed, entry_age_h=entry_age_h, weight=weight, by=by)
    sample = sample.with_likelihood()
    known = grouped_lives(sample=sample, failed_after_h=failed_after_h, resolution_h=resolution_h)
    with np.errstate(divide="ignore"):
        log_largest = np.log(known.largest_h)
    points = _points(fractions, ages, log_largest)
    fit = no_fit(groups=sample.groups, points=len(points))
    region = half_width if bounds == "likelihood_ratio" else None
    fit_exact(fit=fit, grouped=known, points=points, region_width=region)
    fit_interval_censored(fit=fit, grouped=known, points=points, region_width=region)
    if region is None:
        _by_normal_law(fit, points, half_width)
    best = np.stack([_best(fit, point) for point in points])

    below = 1 + fractions.size
    with np.errstate(over="ignore", under="ignore"):
        logs = best, fit.lower, fit.upper
        life = [np.exp(one[:below].T + log_largest[:, np.newaxis]) for one in logs]
        survival = [np.exp(-np.exp(one[below:].T)) for one in logs]
    log_scale_error = _error(fit, best[0]) / fit.shape
    log_shape_error = 1.0 / (fit.shape * np.sqrt(fit.information * fit.variance))
    apart = best[0] - fit.pivot
    fitted = np.where(known.failures > 1.0, "ok", "one_failure")
    unfitted = np.where(fit.at_zero, "shape_at_zero", "no_maximum_found")
    return Weibull(
        group=sample.group,
        mode=None,
        **bounded("shape", fit.shape, fit.lower_shape, fit.upper_shape),
        **bounded("scale_h", *(one[:, 0] for one in life)),
        standard_error_log_shape=log_shape_error,
        standard_error_log_scale=log_scale_error,
        correlation=-apart / np.sqrt(apart**2 + fit.variance),
        log_likelihood=fit.log_likelihood,
        fraction_failed=fractions,
        **bounded("life_h", *(one[:, 1:] for one in life)),
        at_h=ages,
        **bounded("survival", *survival),
        **shared(known, "lives", "failures", "zero_lives", "exposure_h"),
        dropped=sample.dropped,
        level=level,
        method=f"maximum likelihood, {METHODS[bounds]}",
        status=np.where(
            known.status != "ok", known.status, np.where(np.isnan(fit.shape), unfitted, fitted)
        ),
    )


def _asked(values: Sequence[float], name: str, below: float) -> FloatArray:
    asked = column(values=values, name=name)
    wrong = ~((asked > 0.0) & (asked < below))
    refuse(wrong=wrong, values=asked, name=name, expected=f"above 0 and below {below}")
    return asked


def _points(fractions: FloatArray, ages: FloatArray, log_largest: FloatArray) -> list[Point]:
    """The scale, the ages of fractions failed, and the survival at ages, in this order."""
    absent = np.full_like(log_largest, np.nan)
    hazards = [np.full_like(absent, one) for one in [0.0, *np.log(-np.log1p(-fractions))]]
    log_ages = np.log(ages)[:, np.newaxis] - log_largest
    shares = [Point(log_age=absent, log_hazard=one, age_is_given=False) for one in hazards]
    return shares + [Point(log_age=one, log_hazard=absent, age_is_given=True) for one in log_ages]


def _best(fit: Fit, point: Point) -> FloatArray:
    if point.age_is_given:
        return fit.shape * point.log_age - fit.log_power
    return (fit.log_power + point.log_hazard) / fit.shape


def _error(fit: Fit, log_age: FloatArray) -> FloatArray:
    """Standard error of ln H at an age; of the age's logarithm it is the shape-th part."""
    return np.sqrt(((log_age - fit.pivot) ** 2 / fit.variance + 1.0) / fit.information)


def _by_normal_law(fit: Fit, points: Sequence[Point], half_width: float) -> None:
    with np.errstate(over="ignore"):
        reach = np.exp(half_width / (fit.shape * np.sqrt(fit.information * fit.variance)))
        fit.lower_shape[:], fit.upper_shape[:] = fit.shape / reach, fit.shape * reach
    for i, point in enumerate(points):
        best = _best(fit, point)
        if point.age_is_given:
            away = half_width * _error(fit, point.log_age)
            fit.lower[i], fit.upper[i] = best + away, best - away
        else:
            away = half_width * _error(fit, best) / fit.shape
            fit.lower[i], fit.upper[i] = best - away, best + away
