"""The fewest that are enough: searches for whole numbers, for many cases at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.results import Places


def fewest(
    *, enough: Callable[[FloatArray, Places], BoolArray], start: FloatArray, least: FloatArray
) -> FloatArray:
    """Fewest whole number of each case that is enough, where every larger one is too.

    From the start on, steps grow until two numbers hold the answer between them; then halves
    close in. Only cases that are still open are asked.

    Args:
        enough: whether so many are enough, asked with numbers and with the places of their cases.
        start: where to begin; the nearer, the fewer the questions.
        least: fewest that may be, whole; it is asked like any other.

    Returns:
        Whole numbers, to the spacing of floats where they are beyond 2^53.

    Source: definition; bisection.

    >>> fewest(
    ...     enough=lambda number, place: number**2 >= 30.0, start=np.array([9.0]), least=np.zeros(1)
    ... )
    array([6.])
    """
    found = np.maximum(np.rint(start), least)
    at, k = np.arange(found.size), found.copy()
    low, high = least - 1.0, np.full_like(k, np.inf)
    step = np.maximum(np.spacing(k), 1.0)
    while at.size:
        done = enough(k, at)
        low, high = np.where(done, low, k), np.where(done, k, high)
        found[at] = high
        k = np.where(done, high - step, low + step)
        between = (k > low) & (k < high)
        k[~between] = np.floor((low[~between] + high[~between]) / 2.0)
        left = (high - low > 1.0) & (np.nextafter(low, np.inf) < high)
        at, k, step = at[left], k[left], 2.0 * step[left]
        low, high = low[left], high[left]
    return found
