"""Fits of many groups in which failures are interval-censored, in blocks."""

from __future__ import annotations

import numpy as np

from pumpperf.numeric import FloatArray
from pumpperf.reliability.tops import top
from pumpperf.reliability.weibull.fits import Fit, Point
from pumpperf.reliability.weibull.grouped import GroupedLives
from pumpperf.reliability.weibull.interval_censored import EVER, IntervalLives
from pumpperf.reliability.weibull.interval_region import region_bounds
from pumpperf.reliability.weibull.interval_zero import rises_from_zero
from pumpperf.results import Places

CELLS = 32_768
"""Lives in a block, of which some forty columns stay small."""


def fit_interval_censored(
    *, fit: Fit, grouped: GroupedLives, points: list[Point], region_width: float | None
) -> None:
    """Fill in the fits of groups in which some failures are interval-censored.

    A group whose failures all lie between 0 and some age has no fit if its likelihood does not
    rise from a shape of 0, where the same share has failed at every age.

    Args:
        fit: where to.
        grouped: of the groups.
        points: points of the curve that are asked.
        region_width: normal quantile of bounds from the likelihood region; None: no such bounds.

    Source: `interval_censored`; Burridge, Journal of the Royal Statistical Society B 43 (1981) 41.

    >>> from pumpperf.reliability.lives import lives
    >>> from pumpperf.reliability.weibull.fits import no_fit
    >>> from pumpperf.reliability.weibull.grouped import grouped_lives
    >>> two = lives(age_h=[2.0, 4.0, 4.0], failed=[1, 1, 0])
    >>> known = grouped_lives(sample=two, failed_after_h=[0.0, 2.0, np.nan], resolution_h=None)
    >>> fit = no_fit(groups=1, points=0)
    >>> fit_interval_censored(fit=fit, grouped=known, points=[], region_width=None)
    >>> (1 - np.exp(-np.exp(-fit.log_power))), 1 - np.exp(-np.exp(-fit.log_power) * 0.5**fit.shape)
    (array([0.6667]), array([0.3333]))
    """
    lower_h = grouped.lower_h
    if lower_h is None:
        return
    chosen = np.flatnonzero((grouped.status == "ok") & grouped.interval)
    block = np.cumsum(grouped.size[chosen]) // CELLS
    for tried in np.split(chosen, np.flatnonzero(np.diff(block)) + 1):
        groups = tried[rises_from_zero(lives=_lives(grouped, lower_h, tried))]
        fit.at_zero[groups] = False
        if not groups.size:
            continue
        lives = _lives(grouped, lower_h, groups)
        exposure = lives.per_group(lives.weight * np.exp(lives.u))
        start = np.log(exposure / grouped.failures[groups])
        a, b, at = top(function=lives.curvature, a=start, b=np.ones_like(start))
        found = np.isfinite(b)
        if not found.all():
            groups, a, b = groups[found], a[found], b[found]
            lives = _lives(grouped, lower_h, groups)
            at = lives.curvature(a, b)
        fit.shape[groups], fit.log_power[groups] = b, a
        fit.information[groups] = -at.by_aa
        fit.pivot[groups] = -at.by_ab / at.by_aa
        fit.variance[groups] = (at.by_bb - at.by_ab**2 / at.by_aa) / at.by_aa
        logs = lives.u + np.log(grouped.largest_h[groups])[lives.index]
        fit.log_likelihood[groups] = at.value - lives.summed(lives.exact, logs)
        if region_width is not None:
            its = [point.of(groups) for point in points]
            bounds = region_bounds(lives=lives, a=a, b=b, half_width=region_width, points=its)
            fit.lower_shape[groups], fit.upper_shape[groups], lower_at, upper_at = bounds
            fit.lower[:, groups], fit.upper[:, groups] = lower_at, upper_at


def _lives(grouped: GroupedLives, lower_h: FloatArray, groups: Places) -> IntervalLives:
    size = grouped.size[groups]
    index = np.repeat(np.arange(groups.size), size)
    before = np.cumsum(size) - size
    mine = np.arange(index.size) + (grouped.first[groups] - before)[index]
    lower = lower_h[mine]
    log_largest = np.log(grouped.largest_h[groups])[index]
    interval, age = ~np.isnan(lower), grouped.age_h[mine]
    entry, alive = grouped.entry_age_h[mine], np.where(interval, lower, age)
    with np.errstate(divide="ignore"):
        return IntervalLives(
            u=np.log(age) - log_largest,
            lower_u=np.log(np.where(interval, lower, 0.0)) - log_largest,
            apart=_apart(age, np.where(interval, lower, 0.0)),
            entry_u=np.log(entry) - log_largest,
            log_span=_apart(alive, entry),
            exact=grouped.failed[mine] & ~interval,
            interval=interval,
            weight=grouped.weight[mine],
            index=index,
            groups=groups.size,
        )


def _apart(age: FloatArray, lower: FloatArray) -> FloatArray:
    """ln(age / lower), exact where they are close."""
    there = lower > 0.0
    share = np.divide(age - lower, age, out=np.ones_like(age), where=there)
    short = share < 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.where(there, np.log(age) - np.log(lower), EVER)
    np.log1p(-share, out=apart, where=short)
    return np.negative(apart, out=apart, where=short)
