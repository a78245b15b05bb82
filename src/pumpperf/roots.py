"""Roots of many rising functions at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pumpperf.numeric import FloatArray

NEWTON_STEPS, STEPS = 40, 200
TOLERANCE = 1e-11
NEWTON_TOLERANCE = 1e-8
"""A step of Newton's that is this short leaves its square as error."""
SMALLEST, LARGEST = 1e-280, 1e280


def rising_root(
    *,
    function: Callable[[FloatArray], tuple[FloatArray, FloatArray]],
    start: FloatArray,
    least: FloatArray | float = 0.0,
    most: FloatArray | float = np.inf,
) -> FloatArray:
    """Where functions that rise through zero do so, by Newton's steps inside a shrinking bracket.

    A step that leaves the bracket, or has no slope, is replaced by one to the bracket's middle;
    an end at 0 or at infinity is approached by steps that grow.

    Args:
        function: values and slopes at one place for each; negative below its root, positive above.
        start: where to begin, above 0, inside the bracket.
        least: lower end of the bracket, at least 0.
        most: upper end of the bracket, which may be infinite.

    Returns:
        The roots, exact to rounding; where there is none, 0 or infinity.

    Source: Press et al., Numerical Recipes, section 9.4 (Newton's steps kept inside a bracket).

    >>> rising_root(
    ...     function=lambda x: (x**2 - 2.0, 2.0 * x),
    ...     start=np.array([1.0]),
    ... )
    array([1.41421356])
    """
    x, low, high = start, least, most
    for step in range(STEPS):
        value, slope = function(x)
        low, high = np.where(value < 0.0, x, low), np.where(value > 0.0, x, high)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            newton = x - value / slope
        inside = (newton >= low) & (newton <= high) & (newton > 0.0) & (newton < np.inf)
        good = inside & (step < NEWTON_STEPS)
        new = newton if good.all() else np.where(good, newton, _middle(x, low, high, step))
        new = np.where(value == 0.0, x, new)
        settled = np.abs(new - x) <= np.where(good, NEWTON_TOLERANCE, TOLERANCE) * x
        x = new
        if settled.all():
            break
    return np.where(x == SMALLEST, 0.0, np.where(x == LARGEST, np.inf, x))


def falling_root(
    *,
    function: Callable[[FloatArray], tuple[FloatArray, FloatArray]],
    start: FloatArray,
    least: FloatArray | float = 0.0,
) -> FloatArray:
    """Where functions that fall through zero do so.

    Args:
        function: values and slopes at one place for each; positive below its root, negative above.
        start: where to begin, above `least`.
        least: lower end of the bracket, at least 0.

    Returns:
        As of `rising_root`.

    Source: as `rising_root`.

    >>> falling_root(
    ...     function=lambda x: (2.0 - x**2, -2.0 * x), start=np.array([2.0]), least=np.ones(1)
    ... )
    array([1.41421356])
    """

    def rising(place: FloatArray) -> tuple[FloatArray, FloatArray]:
        value, slope = function(place)
        return -value, -slope

    return rising_root(function=rising, start=start, least=least)


def _middle(x: FloatArray, low: FloatArray, high: FloatArray, step: int) -> FloatArray:
    leap = 2.0 ** (step + 1)
    with np.errstate(invalid="ignore", over="ignore"):
        middle = np.sqrt(low) * np.sqrt(high)
        middle = np.where(low == 0.0, np.maximum(x / leap, SMALLEST), middle)
        return np.where(np.isinf(high), np.minimum(x * leap, LARGEST), middle)
