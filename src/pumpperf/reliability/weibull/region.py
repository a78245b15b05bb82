"""The likelihood region of a Weibull fit: what is not refuted at a level, without a normal law.

A bound of a shape, an age or a survival is the farthest that it reaches in the region where twice
the log-likelihood lies less than a chi-square quantile below its largest value.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.reliability.weibull.fits import Point
from pumpperf.reliability.weibull.profile import EVER, Block, Peak, Tilted, tilted
from pumpperf.roots import SMALLEST, falling_root, rising_root

Side = Literal["lower", "upper"]
SIDES: tuple[Side, Side] = ("lower", "upper")


def shape_bounds(*, block: Block, top: Peak, half_width: float) -> tuple[FloatArray, FloatArray]:
    """Both shapes at which twice the likelihood has fallen by a chi-square quantile.

    l(b) = l(peak) - z^2/2. With entries for all, the likelihood may not fall so far: then the
    lower bound is 0. A fraction of a failure alone can bring it below the least that is looked for.

    Args:
        block: the lives.
        top: their peak.
        half_width: normal quantile z of the level.

    Source: Meeker and Escobar, Statistical Methods for Reliability Data, 1998, section 8.3.1.

    >>> from pumpperf.reliability.weibull.profile import peak
    >>> u = np.log(np.array([[0.25, 0.5, 1.0]]))
    >>> three = Block(
    ...     u=u, weight=None, log_span=None, failures=np.array([3.0]), mean_failed_u=u.mean(axis=1)
    ... )
    >>> lower, upper = shape_bounds(block=three, top=peak(block=three), half_width=1.96)
    >>> gain = [
    ...     float(3 * np.log(b) - 3 * np.log(np.exp(b * u).sum()) + b * u.sum())
    ...     for b in (lower[0], peak(block=three).shape[0], upper[0])
    ... ]
    >>> 2 * (gain[1] - gain[0]), 2 * (gain[1] - gain[2])
    (3.84, 3.84)
    """
    best = top.shape
    error = half_width / (best * np.sqrt(block.failures * top.at.variance))
    spread = np.exp(np.minimum(error, 20.0))  # only where to begin
    unbounded = _stays_high(block, top, half_width)

    def above(shape: FloatArray) -> tuple[FloatArray, FloatArray]:
        there = tilted(block=block, shape=shape, spread=False)
        height = _height(block, top, half_width, shape, there)
        return height, block.mean_failed_u - there.mean

    def above_or_top(shape: FloatArray) -> tuple[FloatArray, FloatArray]:
        height, slope = above(shape)
        return np.where(unbounded, shape - best, height), np.where(unbounded, 1.0, slope)

    lower = rising_root(function=above_or_top, start=best / spread, most=best)
    upper = falling_root(function=above, start=best * spread, least=best)
    return np.where(unbounded, 0.0, np.maximum(lower, SMALLEST)), upper


def bound(
    *,
    block: Block,
    top: Peak,
    half_width: float,
    shapes: tuple[FloatArray, FloatArray],
    side: Side,
    point: Point,
) -> tuple[FloatArray, FloatArray]:
    """The point of the likelihood region's edge that bounds an age, or a cumulative hazard.

    With H = (age/scale)^b and y = b (ln scale - its best value at b), the likelihood of a shape
    falls by r (exp(-y) - 1 + y) beside its best scale. So the edge is y(b), known without the
    lives, and along it ln age = (L + y + ln H)/b is stationary where

        (1 - exp(-y)) (ln age - E - 1/b) + E - m = 0,        L = ln(sum(W)/r)

    which bounds the age for a given hazard, and the hazard at a given age alike.

    Args:
        block: the lives.
        top: their peak.
        half_width: normal quantile z of the level.
        shapes: bounds of the shape, from `shape_bounds`.
        side: of the age, or of the survival.
        point: of the curve.

    Returns:
        ln(age / largest age) and ln H there; one of them as given. Where the region reaches down to
        a shape of 0, an age has no lower bound above 0, a survival none either: these are not here.

    Source: Meeker and Escobar, 1998, section 8.3.1 and 8.3.3; the edge is derived above.

    >>> from pumpperf.reliability.weibull.profile import peak
    >>> u = np.log(np.array([[0.25, 0.5, 1.0]]))
    >>> three = Block(
    ...     u=u, weight=None, log_span=None, failures=np.array([3.0]), mean_failed_u=u.mean(axis=1)
    ... )
    >>> top = peak(block=three)
    >>> shapes = shape_bounds(block=three, top=top, half_width=1.96)
    >>> age, _ = bound(
    ...     block=three, top=top, half_width=1.96, shapes=shapes, side="upper",
    ...     point=Point(log_age=np.zeros(1), log_hazard=np.zeros(1), age_is_given=False),
    ... )
    >>> float(np.exp(age[0])) > float(np.exp((top.at.log_sum - np.log(3))[0] / top.shape[0]))
    True
    """
    m, r = block.mean_failed_u, block.failures
    endless = (shapes[0] == 0.0) & (side == "lower")

    def age_at(log_power: FloatArray, shape: FloatArray) -> FloatArray:
        return point.log_age if point.age_is_given else (log_power + point.log_hazard) / shape

    def on_edge(shape: FloatArray) -> tuple[Tilted, FloatArray, FloatArray, FloatArray]:
        there = tilted(block=block, shape=shape)
        height = np.maximum(_height(block, top, half_width, shape, there), 0.0)  # rounding
        y = _beside(height, side)
        best = there.log_sum - np.log(r) + y
        return there, y, best, age_at(best, shape)

    def turning(shape: FloatArray) -> tuple[FloatArray, FloatArray]:
        there, y, _, age = on_edge(shape)
        fall = -np.expm1(-y)
        apart, behind = age - there.mean - 1.0 / shape, there.mean - m
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            along = -behind / fall
            bent = shape**-2 - there.variance  # as at the root, where along is apart
            slope = np.exp(-y) * along * apart + fall * bent + there.variance
        turned = fall * apart + behind
        return np.where(endless, shape - top.shape, turned), np.where(endless, 1.0, slope)

    age = age_at(top.at.log_sum - np.log(r), top.shape)
    apart = age - m - 1.0 / top.shape
    lean = half_width * apart / (top.at.variance * np.sqrt(r * (apart**2 / top.at.variance + 1.0)))
    guess = top.shape + (lean if side == "lower" else -lean)
    least, most = shapes
    start = np.where((guess > least) & (guess < most), guess, top.shape)
    shape = rising_root(function=turning, start=start, least=least, most=most)
    _, _, best, age = on_edge(shape)
    return age, shape * age - best


def _height(
    block: Block, top: Peak, half_width: float, shape: FloatArray, there: Tilted
) -> FloatArray:
    """How far the likelihood over a shape stands above the region's edge, a failed life."""
    m = block.mean_failed_u
    gain = np.log(shape / top.shape) - (there.log_sum - top.at.log_sum) + (shape - top.shape) * m
    return gain + 0.5 * half_width**2 / block.failures


def _stays_high(block: Block, top: Peak, half_width: float) -> BoolArray:
    """Whether the region reaches to a shape of 0, where sum(W)/b is the sum of ln(age/entry).

    It does not where one was observed from age 0.
    """
    if block.log_span is None:
        return np.zeros(top.shape.shape, dtype=bool)
    log_span = block.log_span if block.weight is None else block.log_span * block.weight
    gain = top.at.log_sum - np.log(top.shape * log_span.sum(axis=1))
    gain -= top.shape * block.mean_failed_u
    from_new = (block.log_span == EVER) & (log_span > 0.0)
    above = gain + 0.5 * half_width**2 / block.failures >= 0.0
    return np.asarray(above & ~from_new.any(axis=1), dtype=np.bool_)


def _beside(height: FloatArray, side: Side) -> FloatArray:
    """The y of one sign with exp(-y) - 1 + y = height, by Newton's steps from outside."""
    near = np.sqrt(2.0 * height)
    y = near + height if side == "upper" else -np.log1p(height + near)
    for _ in range(8):
        fallen = np.expm1(-y)
        step = np.divide(fallen + y - height, fallen, out=np.zeros_like(y), where=fallen != 0.0)
        y = y + step
    return y
