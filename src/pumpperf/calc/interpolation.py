"""Curves through points that neither overshoot nor wave, and every place where they are zero.

A curve is held by its knots, its values and its slopes there, and is a cubic between two knots.
Knots run along the last axis; curves of a stack that have fewer end in NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import same_index
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray, IntArray, floats, ratio

BISECTIONS = 53  # until a piece is halved to the last bit of its own length
BLOCK = 8192


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Roots:
    """Where curves are zero: one row a curve, its roots in rising order, the rest NaN.

    Attributes:
        x: the roots; at least one column.
        slope: slope of the curve there.
        count: how many roots a curve has; pieces that lack a value have none.
    """

    x: FloatArray
    slope: FloatArray
    count: IntArray


def shape_preserving_slopes(*, x: ArrayLike, y: ArrayLike) -> FloatArray:
    """Slopes at the knots, so that the cubics between them rise and fall only as the points do.

    Inside, with steps h and secants D: 0 where the secants differ in sign or one is 0, else their
    harmonic mean 3 (h1 + h2) / ((2 h2 + h1)/D1 + (h2 + 2 h1)/D2). At an end the slope of the
    parabola through three points; 0 if its sign is not the secant's; at most 3 D if the secants
    differ in sign. Two points are joined by a line.

    Args:
        x: knots, strictly rising along the last axis; NaN after the last one of a shorter curve.
        y: values, as many; two at least.

    Raises:
        ArgumentError: fewer than two knots, other numbers of values, or knots that do not rise.

    Source: Fritsch and Butland (1984), as scipy.interpolate.PchipInterpolator: through (0, 0),
        (1, 1), (2, 4) the slopes are 0, 1.5 and 4.

    >>> shape_preserving_slopes(x=[0, 1, 2], y=[0, 1, 4])
    array([0. , 1.5, 4. ])
    """
    same_index(x=x, y=y)
    knots, values = floats(x, y)
    if knots.shape[-1:] != values.shape[-1:] or knots.shape[-1:] < (2,):
        raise ArgumentError(
            f"x of shape {knots.shape}, y of shape {values.shape}: expected as many values as "
            "knots, two at least"
        )
    with np.errstate(all="ignore"):  # numbers too large to reckon with have no slopes
        h = np.diff(knots)
        if np.any(h <= 0.0):
            raise ArgumentError("x does not rise strictly: expected rising knots")
        return _slopes(knots, values, h)


def _slopes(knots: FloatArray, values: FloatArray, h: FloatArray) -> FloatArray:
    secant = np.diff(values) / h
    slope = np.full(np.broadcast_shapes(knots.shape, values.shape), np.nan)
    before, after = secant[..., :-1], secant[..., 1:]
    product = before * after
    left, right = 2.0 * h[..., 1:] + h[..., :-1], h[..., 1:] + 2.0 * h[..., :-1]
    mean = ratio((left + right) * product, left * after + right * before)
    slope[..., 1:-1] = np.where(product <= 0.0, 0.0, mean)
    slope[..., 0] = _end_slope(h, secant)
    count = np.sum(~np.isnan(knots + values), axis=-1)
    last = np.maximum(count - 1, 1)[..., np.newaxis]
    pieces = last - 1 - np.arange(min(2, h.shape[-1]))
    back = [_taken(part, np.maximum(pieces, 0)) for part in (h, secant)]
    end = np.where(count == 2, secant[..., 0], _end_slope(*back))
    np.put_along_axis(slope, last, end[..., np.newaxis], axis=-1)
    slope[..., 0] = np.where(count == 2, secant[..., 0], slope[..., 0])
    return np.where(np.isnan(knots + values), np.nan, slope)


def _end_slope(h: FloatArray, secant: FloatArray) -> FloatArray:
    if h.shape[-1] < 2:
        return secant[..., 0]
    h1, h2, d1, d2 = h[..., 0], h[..., 1], secant[..., 0], secant[..., 1]
    parabola = ratio((2.0 * h1 + h2) * d1 - h1 * d2, h1 + h2)
    held = np.where((d1 * d2 <= 0.0) & (np.abs(parabola) > 3.0 * np.abs(d1)), 3.0 * d1, parabola)
    return np.where(parabola * d1 <= 0.0, 0.0 * parabola, held)


def _taken(values: FloatArray, index: IntArray) -> FloatArray:
    shape = np.broadcast_shapes(values.shape[:-1], index.shape[:-1])
    whole = np.broadcast_to(values, (*shape, values.shape[-1]))
    return np.take_along_axis(whole, np.broadcast_to(index, (*shape, index.shape[-1])), axis=-1)


def cubic_values(
    *, x: ArrayLike, knots: ArrayLike, values: ArrayLike, slopes: ArrayLike
) -> FloatArray:
    """Value of the curve at any place between its ends; NaN outside, never extrapolated.

    y = y0 + t (d0 h + t (3 D - 2 d0 h - d1 h + t (d0 h + d1 h - 2 D))),  t = (x - x0)/h,
    D = y1 - y0

    Args:
        x: places; its shape goes with the knots' without their last axis.
        knots: strictly rising along the last axis, NaN after the last one.
        values: at the knots.
        slopes: at the knots.

    Source: Hermite's cubic; with the slopes of y = x^3 at 0 and 2 it gives 1 at 1.

    >>> cubic_values(x=[1.0, 2.5], knots=[0, 2], values=[0, 8], slopes=[0, 12])
    array([ 1., nan])
    """
    same_index(knots=knots, values=values, slopes=slopes)
    place, knot, *ordinates = floats(x, knots, values, slopes)
    last = np.sum(~np.isnan(knot), axis=-1) - 1
    piece = np.sum(place[..., np.newaxis] >= knot, axis=-1) - 1
    piece = np.clip(piece, 0, np.maximum(last - 1, 0))[..., np.newaxis]
    pair = np.concatenate([piece, piece + 1], axis=-1)
    at, height, rise = (_taken(part, pair) for part in (knot, *ordinates))
    with np.errstate(all="ignore"):  # numbers too large to reckon with have no value
        h = at[..., 1] - at[..., 0]
        t = ratio(place - at[..., 0], h)
        inside = (t >= 0.0) & (t <= 1.0)
        return np.where(inside, _power_value(_power_form(height, rise, h), t), np.nan)


def _power_form(
    height: FloatArray, rise: FloatArray, h: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    step, first, second = height[..., 1] - height[..., 0], rise[..., 0] * h, rise[..., 1] * h
    return (height[..., 0], first, 3.0 * step - 2.0 * first - second, first + second - 2.0 * step)


def cubic_roots(*, knots: ArrayLike, values: ArrayLike, slopes: ArrayLike) -> Roots:
    """Every place where the curve is zero.

    A piece whose four Bezier ordinates have one sign has no root. Any other is cut at its own
    extremes, and a part whose ends differ in sign is halved until it is a point. A stretch that
    lies on zero gives its two ends; a root where the curve also bends or turns counts once.
    Pieces with a number that is missing or too large to reckon with have no root.

    Args:
        knots: strictly rising along the last axis, NaN after the last one.
        values: at the knots.
        slopes: at the knots.

    Source: first principles: between two extremes a cubic is monotonic. x^3 - x has the roots
        -1, 0 and 1.

    >>> cubic_roots(knots=[-2, 2], values=[-6, 6], slopes=[11, 11]).x
    array([-1.,  0.,  1.])
    """
    same_index(knots=knots, values=values, slopes=slopes)
    parts = np.broadcast_arrays(*floats(knots, values, slopes))
    shape, points = parts[0].shape[:-1], parts[0].shape[-1]
    x, y, d = (part.reshape(-1, points) for part in parts)
    starts = range(0, max(len(x), 1), BLOCK)
    found = [_block_roots(i, *(part[i : i + BLOCK] for part in (x, y, d))) for i in starts]
    row = np.concatenate([rows for rows, _, _ in found])
    count = np.bincount(row, minlength=len(x))
    column = np.arange(row.size) - (np.cumsum(count) - count)[row]
    wide = max(int(count.max(initial=0)), 1)
    place, lean = np.full((len(x), wide), np.nan), np.full((len(x), wide), np.nan)
    place[row, column] = np.concatenate([roots for _, roots, _ in found])
    lean[row, column] = np.concatenate([leans for _, _, leans in found])
    return Roots(
        x=place.reshape(*shape, wide), slope=lean.reshape(*shape, wide), count=count.reshape(shape)
    )


@np.errstate(all="ignore")
def _block_roots(
    first: int, x: FloatArray, y: FloatArray, d: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Row, place and slope of every root, in the order of rows and places."""
    third = np.diff(x) / 3.0
    ordinates = (y[:, :-1], y[:, :-1] + d[:, :-1] * third, y[:, 1:] - d[:, 1:] * third, y[:, 1:])
    low, high = np.minimum.reduce(ordinates), np.maximum.reduce(ordinates)
    on_zero = (low == 0.0) & (high == 0.0)
    within = np.pad(on_zero[:, 1:] & on_zero[:, :-1], ((0, 0), (1, 0)))
    last = np.pad(np.isnan(low[:, 1:]), ((0, 0), (0, 1)), constant_values=True)
    row, piece = np.nonzero((low <= 0.0) & (high >= 0.0))
    left, right = x[row, piece], x[row, piece + 1]
    pair = np.stack([piece, piece + 1], axis=-1)
    height, rise = y[row[:, np.newaxis], pair], d[row[:, np.newaxis], pair]
    form = _power_form(height, rise, right - left)
    cut = np.sort(np.stack([0.0 * left, *_extremes(form), 0.0 * left + 1.0], axis=-1), axis=-1)
    level = _power_value([part[:, np.newaxis] for part in form], cut)
    sign = np.sign(np.where(cut < 1.0, level, height[:, 1:]))
    on_cut = (sign == 0.0) & (cut < 1.0)
    on_cut[:, 1:] &= ~on_cut[:, :-1]
    on_cut[:, 0] &= ~within[row, piece]
    on_cut[:, -1] = last[row, piece] & (sign[:, -1] == 0.0)
    crosses = np.zeros_like(on_cut)
    crosses[:, :-1] = sign[:, :-1] * sign[:, 1:] < 0.0
    part, begin = np.nonzero(on_cut | crosses)
    own, own_sign = [coefficient[part] for coefficient in form], sign[part, begin]
    at, until = cut[part, begin], cut[part, np.minimum(begin + 1, cut.shape[-1] - 1)]

    def unchanged(t: FloatArray) -> BoolArray:
        return np.asarray(np.sign(_power_value(own, t)) == own_sign)

    change = bisected(low=at, high=until, steps=BISECTIONS, below=unchanged)
    t = np.where(on_cut[part, begin], at, change)
    lean = own[1] + t * (2.0 * own[2] + 3.0 * t * own[3])
    step = (right - left)[part]
    return first + row[part], left[part] + t * step, lean / step


def _extremes(form: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Where the slope b + 2 c t + 3 d t^2 is zero between 0 and 1; 1 where it is not."""
    largest = np.maximum.reduce([np.abs(part) for part in form[1:]])
    b, c, d = (ratio(part, largest) for part in form[1:])
    under = c * c - 3.0 * d * b
    root = np.sqrt(np.where(under >= 0.0, under, np.nan))
    large = -(c + np.copysign(root, c))
    found = ratio(large, 3.0 * d), ratio(b, large)
    first, second = (np.where((t > 0.0) & (t < 1.0), t, 1.0) for t in found)
    return first, second


def _power_value(form: Sequence[FloatArray], t: FloatArray) -> FloatArray:
    a, b, c, d = form
    return a + t * (b + t * (c + t * d))


def bisected(
    *, low: FloatArray, high: FloatArray, steps: int, below: Callable[[FloatArray], BoolArray]
) -> FloatArray:
    """Places between two ends up to which something holds, by bisection.

    Args:
        low: ends at which it holds.
        high: ends at which it does not.
        steps: how often the stretch between them is halved.
        below: whether a place lies below the one sought.

    Source: definition.

    >>> bisected(low=np.zeros(1), high=np.ones(1), steps=50, below=lambda x: x * x < 0.25)
    array([0.5])
    """
    for _ in range(steps):
        middle = 0.5 * (low + high)
        beyond = below(middle)
        low, high = np.where(beyond, middle, low), np.where(beyond, high, middle)
    return 0.5 * (low + high)
