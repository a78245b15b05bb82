"""How many of the pumps that run today will fail within a horizon."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, ndtri

from pumpperf.calc.inputs import numbers, refuse, same_index
from pumpperf.calc.scalars import level_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray
from pumpperf.reliability.grouping import grouped
from pumpperf.reliability.inputs import one_each
from pumpperf.reliability.replacement.counts import quantiles
from pumpperf.results import Estimate, Places, Steps


class ExpectedFailures(Estimate):
    """Failures to come among running pumps, one entry a group but for `probability`.

    Attributes:
        group: labels of `by` in sorted order, or None.
        expected: expected number of the pumps that fail within the horizon.
        lower: lower prediction bound of that number, whole.
        upper: upper prediction bound of that number, whole.
        standard_error: of `expected` by the covariance of the parameters; NaN without one.
        upper_renewals: at most so many failures are to be expected beyond `expected` of new pumps
            put in where one failed.
        place: place of each pump's group among the groups.
        probability: of each pump, in the order given, to fail within the horizon.
        pumps: how many run today.
        level: probability of the prediction interval.
        method: how it was found, and what the bounds count.
        status: `ok` or `no_pumps`.
    """

    expected: FloatArray
    lower: FloatArray
    upper: FloatArray
    standard_error: FloatArray
    upper_renewals: FloatArray
    place: Places
    probability: Steps
    pumps: FloatArray


def expected_failures(
    *,
    age_h: ArrayLike,
    shape: ArrayLike,
    scale_h: ArrayLike,
    horizon_h: ArrayLike,
    level: float,
    operating_share: ArrayLike = 1.0,
    covariance: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> ExpectedFailures:
    """Failures within a horizon among pumps that run today, with a prediction interval.

    p_i = 1 - S(t_i + x) / S(t_i);  expected = sum p_i. Each pump counts once: a new one in its
    place may fail too, which adds at most sum p_i min(1/S(x) - 1, x/mean life), the second only
    for a shape of at least 1 (Barlow and Proschan 1965, quoted from memory).

    The interval is exact for given parameters: between the largest s with P(N < s) and the
    smallest with P(N > s) at most (1 - level)/2, N being a sum of unlike yes-or-no chances. With a
    covariance, the distance of each bound to `expected` is combined in quadrature with that of
    the bound of `expected` itself (logarithmic, delta method) and rounded outwards.

    Args:
        age_h: age of each running pump [h], at least 0.
        shape: Weibull shape of the life, above 0; one for all, or one a pump.
        scale_h: Weibull scale [h], above 0; likewise.
        horizon_h: time ahead [h], at least 0; likewise.
        level: probability of the prediction interval, between 0 and 1.
        operating_share: share of the horizon in which the pumps run, from 0 to 1; likewise.
        covariance: of (ln shape, ln scale_h): 2 by 2 for all, or one such for each group. None:
            the parameters are taken as known.
        by: label of each pump's group. None: all are one.

    Returns:
        An `ExpectedFailures`.

    Raises:
        ArgumentError: lengths differ, a number lies outside, the covariance is not one, or a label
            is missing.

    Source: Meeker and Escobar 1998, table 12.1: 1697 bearing cages, 300 h: 5.057. By hand: shape 1,
    scale 100 h, 10 h: 1 - exp(-0.1) at any age.

    >>> found = expected_failures(
    ...     age_h=[0.0, 50.0], shape=1.0, scale_h=100.0, horizon_h=10.0, level=0.9
    ... )
    >>> found.expected, found.lower, found.upper
    (array([0.19033]), array([0.]), array([1.]))
    """
    age = numbers(values=age_h, name="age_h")
    level_of(level=level)
    same_index(
        age_h=age_h,
        shape=shape,
        scale_h=scale_h,
        horizon_h=horizon_h,
        operating_share=operating_share,
        by=by,
    )
    steep = one_each(values=shape, name="shape", size=age.size)
    scale = one_each(values=scale_h, name="scale_h", size=age.size)
    share = one_each(values=operating_share, name="operating_share", size=age.size)
    for name, column, wrong, wanted in (
        ("shape", steep, steep <= 0.0, "a number above 0"),
        ("scale_h", scale, scale <= 0.0, "a time above 0"),
        ("operating_share", share, share > 1.0, "a share up to 1"),
    ):
        refuse(wrong=wrong, values=column, name=name, expected=wanted)
    ahead = one_each(values=horizon_h, name="horizon_h", size=age.size) * share
    groups = grouped(by=by, size=age.size)
    index, size = groups.index, groups.groups

    hazard = _hazard(age, ahead, steep, scale)
    probability = -np.expm1(-hazard)
    expected = groups.per_group(probability)
    again = probability * np.where(probability > 0.0, _renewals(ahead, steep, scale), 0.0)
    renewals = groups.per_group(again)
    del again
    tail = (1.0 - level) / 2.0
    lower, upper = quantiles(probability=probability, index=index, groups=size, tail=tail)
    pumps = groups.per_group(np.ones_like(age))
    error = np.full(size, np.nan)
    method = "Weibull, exact sum of unlike chances, one failure a pump; parameters as known"
    if covariance is not None:
        method = "Weibull, one failure a pump; parameter error by the delta method, in quadrature"
        matrix = _covariance(covariance, size)
        by_shape, by_scale = map(groups.per_group, _slopes(age, ahead, steep, scale))
        error = _error(by_shape, by_scale, matrix)
        factor = np.exp(
            np.minimum(-ndtri(tail) * error / np.where(expected > 0.0, expected, 1.0), 600.0)
        )
        lower = expected - np.hypot(expected - lower, expected - expected / factor)
        upper = expected + np.hypot(upper - expected, expected * factor - expected)
        lower, upper = np.floor(np.maximum(lower, 0.0)), np.minimum(np.ceil(upper), pumps)
    return ExpectedFailures(
        group=groups.group,
        expected=expected,
        lower=lower,
        upper=upper,
        standard_error=error,
        upper_renewals=renewals,
        place=index,
        probability=probability,
        pumps=pumps,
        level=level,
        method=method,
        status=np.where(pumps > 0.0, "ok", "no_pumps"),
    )


_SURE = 700.0


def _hazard(age: FloatArray, ahead: FloatArray, steep: FloatArray, scale: FloatArray) -> FloatArray:
    """Hazard still to come: of that at the end a part, so that no digits are lost to age."""
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        part = -np.expm1(-steep * np.log1p(ahead / age))
        part *= ((age + ahead) / scale) ** steep
        return np.where(ahead > 0.0, part, 0.0)


def _renewals(ahead: FloatArray, steep: FloatArray, scale: FloatArray) -> FloatArray:
    """Most failures to be expected of new pumps over the horizon."""
    with np.errstate(over="ignore"):
        found = np.expm1((ahead / scale) ** steep)
        mean_h = np.exp(gammaln(1.0 + 1.0 / steep)) * scale
    return np.where(steep >= 1.0, np.minimum(found, ahead / mean_h), found)


def _slopes(
    age: FloatArray, ahead: FloatArray, steep: FloatArray, scale: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Derivatives of each chance against ln shape and ln scale."""
    hazard = _hazard(age, ahead, steep, scale)
    alive = (hazard > 0.0) & (hazard < _SURE)
    end = np.where(alive, (age + ahead) / scale, 1.0)
    survival = steep * np.where(alive, np.exp(-np.where(alive, hazard, 0.0)), 0.0)
    hazard = np.where(alive, hazard, 0.0)
    old = alive & (age > 0.0)
    with np.errstate(over="ignore"):
        growth = np.log1p(ahead / np.where(old, age, np.inf))
    start = np.log(np.where(old, age, scale) / scale)
    by_shape = end**steep * np.where(old, growth, np.log(end)) + hazard * start
    return by_shape * survival, -hazard * survival


def _covariance(values: ArrayLike, size: int) -> FloatArray:
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.shape not in ((2, 2), (size, 2, 2)):
        raise ArgumentError(f"covariance has shape {matrix.shape}: expected (2, 2), or {size} such")
    matrix = np.broadcast_to(matrix, (size, 2, 2))
    first, second, off = matrix[:, 0, 0], matrix[:, 1, 1], matrix[:, 0, 1]
    fine = np.isfinite(matrix).all(axis=(1, 2)) & (first >= 0.0) & (second >= 0.0)
    fine &= (off == matrix[:, 1, 0]) & (off * off <= first * second * (1.0 + 1e-9))
    if not fine.all():
        i = int(np.argmin(fine))
        raise ArgumentError(f"covariance[{i}] = {matrix[i].tolist()}: expected a covariance")
    return matrix


def _error(by_shape: FloatArray, by_scale: FloatArray, matrix: FloatArray) -> FloatArray:
    squared = by_shape**2 * matrix[:, 0, 0] + by_scale**2 * matrix[:, 1, 1]
    squared += 2.0 * by_shape * by_scale * matrix[:, 0, 1]
    return np.sqrt(np.maximum(squared, 0.0))
