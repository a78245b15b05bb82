"""More points on a curve that stays the same, most of them in its first piece.

What is corrected point by point is no cubic between the points any more, so it wants them close:
C_H of HI 9.6.7 bends without end at no rate.
"""

from __future__ import annotations

import numpy as np

from pumpperf.numeric import FloatArray

FIRST_PIECE = 3.0 ** np.arange(-5.0, 0.0)
OTHER_PIECES = np.array([0.5])


def refined_rates(rate: FloatArray) -> FloatArray:
    """The rates of a curve's points and those between them."""
    step = np.diff(rate)[..., np.newaxis]
    return _joined(
        rate, *(rate[..., :-1, np.newaxis] + step * t for t in (FIRST_PIECE, OTHER_PIECES))
    )


def refined(
    rate: FloatArray, values: FloatArray, slopes: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Values and slopes of Hermite's cubics at the refined rates."""
    h, step = np.diff(rate)[..., np.newaxis], np.diff(values)[..., np.newaxis]
    first, second = slopes[..., :-1, np.newaxis] * h, slopes[..., 1:, np.newaxis] * h
    c, d = 3.0 * step - 2.0 * first - second, first + second - 2.0 * step
    start, shares = values[..., :-1, np.newaxis], (FIRST_PIECE, OTHER_PIECES)
    return (
        _joined(values, *(start + t * (first + t * (c + t * d)) for t in shares)),
        _joined(slopes, *((first + t * (2.0 * c + 3.0 * t * d)) / h for t in shares)),
    )


def _joined(points: FloatArray, near: FloatArray, far: FloatArray) -> FloatArray:
    """Old points, and behind each of them the new ones of its piece: `near` of the first."""
    pieces = near.shape[:-2]
    old = np.broadcast_to(points, (*pieces, points.shape[-1]))
    others = np.concatenate([old[..., 1:-1, np.newaxis], far[..., 1:, :]], axis=-1)
    flat = others.reshape(*pieces, others.shape[-2] * others.shape[-1])
    return np.concatenate([old[..., :1], near[..., 0, :], flat, old[..., -1:]], axis=-1)
