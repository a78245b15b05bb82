"""Operating times and failure counts as the estimators of rates take them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

from pumpperf.calc.inputs import labelled, numbers, refuse, same_size
from pumpperf.numeric import FloatArray
from pumpperf.results import Labels


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
    same_size(columns={"failures": counts}, size=hours.size, of="operating_h")
    broken, expected = counts != np.floor(counts), "a whole number of at least 0"
    refuse(wrong=broken, values=counts, name="failures", expected=expected)
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
    expected = f"0 or above {_BRIEFEST} of its fleet's hours"
    refuse(wrong=brief, values=operating_h, name="operating_h", expected=expected)
    return total_h


def rate_bounds(
    *, failures: FloatArray, operating_h: FloatArray, tail: float
) -> tuple[FloatArray, FloatArray]:
    """Exact bounds of constant rates [1/h] from what was counted in given times.

    Args:
        failures: number of failures.
        operating_h: operating time [h], above 0; NaN where nothing can be said.
        tail: chance left outside on each side.

    Returns:
        Lower bounds, 0 without a failure, and upper bounds.

    Source: as `mtbf`, whose bounds in a test of given length these are the inverse of.

    >>> rate_bounds(failures=np.zeros(1), operating_h=np.array([100.0]), tail=0.05)
    (array([0.]), array([0.02996]))
    """
    failed = failures > 0.0
    lower = np.where(failed, gammaincinv(np.where(failed, failures, 1.0), tail), 0.0) / operating_h
    upper = gammaincinv(failures + 1.0, 1.0 - tail) / operating_h
    return lower, np.asarray(upper, dtype=np.float64)


def summed_by(
    *, by: ArrayLike | None, columns: Sequence[FloatArray]
) -> tuple[Labels | None, list[FloatArray]]:
    """Columns summed over the entries of each label; without labels every entry by itself.

    Args:
        by: a label an entry, or None.
        columns: of one length.

    Raises:
        ArgumentError: there are not as many labels as entries, or one is missing.

    Source: definition.

    >>> summed_by(by=["b", "a", "b"], columns=[np.array([1.0, 2.0, 4.0])])
    (array(['a', 'b'], dtype=object), [array([2., 5.])])
    """
    if by is None:
        return None, list(columns)
    group, index, size = labelled(by=by, size=columns[0].size)
    return group, [np.bincount(index, one, size).astype(np.float64) for one in columns]


_BRIEFEST = 1e-100
