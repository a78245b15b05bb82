"""Operating times and failure counts as the estimators of rates take them."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.inputs import numbers
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray


def exposures(*, operating_h: ArrayLike, failures: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Operating times [h] and failure counts as columns of one length.

    Args:
        operating_h: operating time [h] of each pump, at least 0.
        failures: number of failures of each, whole, at least 0.

    Raises:
        ArgumentError: lengths differ, or one is negative, not finite or (a count) not whole.

    Source: definition.

    >>> exposures(operating_h=800, failures=2)
    (array([800.]), array([2.]))
    """
    hours = numbers(values=operating_h, name="operating_h")
    counts = numbers(values=failures, name="failures")
    if hours.shape != counts.shape:
        raise ArgumentError(f"failures has {counts.size} entries for {hours.size} of operating_h")
    broken = counts != np.floor(counts)
    if broken.any():
        i = int(np.argmax(broken))
        raise ArgumentError(f"failures[{i}] = {counts[i]}: expected a whole number of at least 0")
    return hours, counts


def total_hours(*, operating_h: FloatArray, index: NDArray[np.intp], size: int) -> FloatArray:
    """Operating time of each fleet [h], of pumps whose times can stand side by side.

    Args:
        operating_h: operating time [h] of each pump; 0, or more than 1e-100 of its fleet's.
        index: place of its fleet.
        size: how many fleets there are.

    Raises:
        ArgumentError: naming the first pump that ran so little of its fleet's time that its
            expected failures are beyond what a float can hold.

    Source: definition.

    >>> total_hours(operating_h=np.array([1.0, 2.0]), index=np.array([0, 0]), size=1)
    array([3.])
    """
    total_h = np.bincount(index, operating_h, size).astype(np.float64)
    brief = (operating_h > 0.0) & (operating_h < _BRIEFEST * total_h[index])
    if brief.any():
        i = int(np.argmax(brief))
        raise ArgumentError(
            f"operating_h[{i}] = {operating_h[i]}: expected 0 or above {_BRIEFEST} of its "
            "fleet's hours"
        )
    return total_h


_BRIEFEST = 1e-100
