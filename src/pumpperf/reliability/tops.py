"""Tops of many functions of two variables at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pumpperf.numeric import FloatArray

STEPS = 200


class Curvature(NamedTuple):
    """Values of functions of a and b, with their first and their second derivatives."""

    value: FloatArray
    by_a: FloatArray
    by_b: FloatArray
    by_aa: FloatArray
    by_ab: FloatArray
    by_bb: FloatArray


def top(
    *, function: Callable[[FloatArray, FloatArray], Curvature], a: FloatArray, b: FloatArray
) -> tuple[FloatArray, FloatArray, Curvature]:
    """The (a, b) where each function is largest, by damped Newton steps.

    A step goes up in b along the best a; where the function bends up there, it goes as far as it
    would if it bent down as much.

    Args:
        function: each with a largest value at some b above 0.
        a: where to begin; NaN for those to leave alone.
        b: where to begin, above 0; NaN likewise.

    Returns:
        a and b, NaN where the steps found no top, and the function there.

    Source: Levenberg (1944) and Marquardt (1963).

    >>> def hill(a, b):
    ...     one = np.ones_like(a)
    ...     value = np.log(b) - b - (a - 2.0) ** 2
    ...     return Curvature(value, -2.0 * (a - 2.0), 1 / b - 1, -2.0 * one, 0.0 * one, -(b**-2))
    >>> top(function=hill, a=np.zeros(1), b=np.full(1, 0.5))[:2]
    (array([2.]), array([1.]))
    """
    now = function(a, b)
    damping = np.full(a.size, 1e-3)
    settled = np.isnan(a)
    for _ in range(STEPS):
        held = 1.0 + damping
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            tilt = now.by_ab / now.by_aa
            bent = np.abs(now.by_bb - tilt * now.by_ab)
            newton = (now.by_b - tilt * now.by_a) / bent
            full_a = -now.by_a / now.by_aa - tilt * newton
            step_a, step_b = full_a / held, newton / held
            able = np.isfinite(step_a) & np.isfinite(step_b) & (b + step_b > 0.0)
            small = (np.abs(full_a) <= 1e-10 * (np.abs(a) + 1.0)) & (np.abs(newton) <= 1e-10 * b)
        new_a, new_b = np.where(able, a + step_a, a), np.where(able, b + step_b, b)
        then = function(new_a, new_b)
        with np.errstate(invalid="ignore"):
            better = able & (then.value >= now.value - 1e-14 * np.abs(now.value))
        a, b = np.where(better, new_a, a), np.where(better, new_b, b)
        pairs = zip(then, now, strict=True)
        now = Curvature(*(np.where(better, taken, kept) for taken, kept in pairs))
        settled |= small
        if settled.all():
            break
        damping = np.where(better, damping * 0.1, damping * 10.0)
    return np.where(settled, a, np.nan), np.where(settled, b, np.nan), now
