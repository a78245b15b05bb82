"""Weibull fits of many groups of exact lives, in blocks that stay in cache, with their bounds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.reliability.weibull.fits import Fit, Point
from pumpperf.reliability.weibull.grouped import GroupedLives
from pumpperf.reliability.weibull.profile import EVER, Block, Peak, peak
from pumpperf.reliability.weibull.region import SIDES, bound, shape_bounds
from pumpperf.results import Places

CELLS = 32_768
"""Lives in a block: what stays in cache."""
TINY = 1e-300
"""Below this a ratio of two ages loses digits."""


def fit_exact(
    *, fit: Fit, grouped: GroupedLives, points: list[Point], region_width: float | None
) -> None:
    """Fill in the fits of groups whose failures have exact ages.

    Args:
        fit: where to.
        grouped: of the groups.
        points: points of the curve that are asked.
        region_width: normal quantile of bounds from the likelihood region; None: no such bounds.

    Source: `profile` and `region`.

    >>> from pumpperf.reliability.lives import lives
    >>> from pumpperf.reliability.weibull.fits import no_fit
    >>> from pumpperf.reliability.weibull.grouped import grouped_lives
    >>> three = lives(age_h=[1.0, 2.0, 4.0], failed=[1, 1, 1])
    >>> known = grouped_lives(sample=three, failed_after_h=None, resolution_h=None)
    >>> fit = no_fit(groups=1, points=0)
    >>> fit_exact(fit=fit, grouped=known, points=[], region_width=None)
    >>> fit.shape
    array([2.0125])
    """
    for groups, block, failed_logs in _blocks(grouped):
        if not groups.size:
            continue
        top = peak(block=block)
        b, m, r = top.shape, block.mean_failed_u, block.failures
        log_power = top.at.log_sum - np.log(r)
        fit.shape[groups] = b
        fit.log_power[groups] = log_power
        fit.pivot[groups] = m + 1.0 / b
        fit.variance[groups] = top.at.variance
        fit.information[groups] = r
        fit.log_likelihood[groups] = r * (np.log(b) + b * m - log_power - 1.0) - failed_logs
        if region_width is not None:
            shapes = shape_bounds(block=block, top=top, half_width=region_width)
            fit.lower_shape[groups], fit.upper_shape[groups] = shapes
            for i, point in enumerate(points):
                found = _bound(block, top, shapes, point.of(groups), region_width)
                fit.lower[i, groups], fit.upper[i, groups] = found


def _bound(
    block: Block, top: Peak, shapes: tuple[FloatArray, FloatArray], point: Point, half_width: float
) -> tuple[FloatArray, FloatArray]:
    (low_age, low_hazard), (high_age, high_hazard) = (
        bound(block=block, top=top, half_width=half_width, shapes=shapes, side=side, point=point)
        for side in SIDES
    )
    endless = shapes[0] == 0.0  # down to a shape of 0, where the pumps may fail at any age
    if not point.age_is_given:
        return np.where(endless, -np.inf, low_age), high_age
    return np.where(endless, np.inf, low_hazard), high_hazard


def _blocks(known: GroupedLives) -> Iterator[tuple[Places, Block, FloatArray]]:
    """Groups, their lives as a block, and the sum of w ln(age) over their failures.

    Groups of like size go together, so that little is filled up.
    """
    exact = np.flatnonzero((known.status == "ok") & ~known.interval)
    chosen = exact[np.argsort(known.size[exact], kind="stable")]
    sizes: list[int] = known.size[chosen].tolist()
    begin = 0
    while begin < chosen.size:
        like = bisect_right(sizes, 2 * sizes[begin])
        end = min(begin + max(1, CELLS // sizes[begin]), like)
        groups = chosen[begin:end]
        yield _block(known, groups)
        begin = end


def _block(known: GroupedLives, groups: Places) -> tuple[Places, Block, FloatArray]:
    first, size, largest_h = known.first[groups], known.size[groups], known.largest_h[groups]
    width = int(size[-1])
    shape = (int(size.size), width)
    alike = size[0] == width and first[-1] - first[0] == width * (size.size - 1)
    cells: slice | Places = slice(int(first[0]), int(first[-1]) + width)
    inside = np.ones(1, dtype=bool)
    if not alike:
        place = np.arange(width)
        inside = place < size[:, np.newaxis]
        cells = np.where(inside, first[:, np.newaxis] + place, first[:, np.newaxis])
    age = known.age_h[cells].reshape(shape)
    u = _log_ratio(age, largest_h[:, np.newaxis])
    weight = None
    if not alike or 0 not in known.weight.strides:
        weight = np.where(inside, known.weight[cells].reshape(shape), 0.0)
    counted = np.where(known.failed[cells].reshape(shape), u, 0.0)
    failed_u = (counted if weight is None else counted * weight).sum(axis=1)
    stretch = None
    if 0 not in known.entry_age_h.strides:
        entry = known.entry_age_h[cells].reshape(shape)
        stretch = _stretch(age, entry) if entry.any() else None
    failures = known.failures[groups]
    block = Block(
        u=u, weight=weight, log_span=stretch, failures=failures, mean_failed_u=failed_u / failures
    )
    failed_logs = failed_u + failures * np.log(largest_h)
    rising = _hazard_may_rise(block)
    if rising.all():
        return groups, block, failed_logs
    return groups[rising], block.of(rising), failed_logs[rising]


def _stretch(age: FloatArray, entry: FloatArray) -> FloatArray:
    share = (age - entry) / age
    short = share < 0.5
    stretch = _log_ratio(age, np.where(entry > 0.0, entry, age))
    np.log1p(-share, out=stretch, where=short)
    np.negative(stretch, out=stretch, where=short)
    return np.where(entry > 0.0, stretch, EVER)


def _log_ratio(age: FloatArray, base: FloatArray) -> FloatArray:
    """ln(age/base); where the ratio of two distant ages has no full precision, by two logarithms.

    Their difference is less precise than the logarithm of the ratio, where there is one.
    """
    with np.errstate(over="ignore", under="ignore"):
        share = age / base
    if share.size and share.min() > TINY and share.max() < 1.0 / TINY:
        return np.log(share)
    return np.log(age) - np.log(base)


def _hazard_may_rise(block: Block) -> BoolArray:
    """Whether a shape above 0 fits: the failures lie later than a hazard of 1/age would have them.

    E(0) is the mean of u over what was observed, each stretch of ln(age) weighing alike.
    """
    if block.log_span is None:
        return np.ones(block.failures.shape, dtype=bool)
    stretch = block.log_span if block.weight is None else block.log_span * block.weight
    middle = block.u - 0.5 * block.log_span
    lateness = (stretch * (middle - block.mean_failed_u[:, np.newaxis])).sum(axis=1)
    return np.asarray(lateness < 0.0)
