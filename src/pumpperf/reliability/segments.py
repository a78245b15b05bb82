"""Columns that stand group after group: sums and places within each group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.results import Places

AtAges = Annotated[FloatArray, "at_h"]
"""Along its last axis one entry for each of the ages that were asked for."""


def running(*, values: FloatArray, offset: Places) -> FloatArray:
    """Sums of the values so far within each group.

    No group leaves rounding behind in the next, however unlike their sizes are.

    Args:
        values: at least 0, sorted by group.
        offset: those of group g stand at offset[g]:offset[g + 1].

    Source: definition; strides that double, Hillis and Steele 1986.

    >>> running(values=np.array([1.0, 2.0, 5.0]), offset=np.array([0, 2, 3]))
    array([1., 3., 5.])
    """
    if offset.size == 2:
        return np.cumsum(values)
    sizes = np.diff(offset)
    place = np.arange(values.size) - np.repeat(offset[:-1], sizes)
    total, stride, longest = values.copy(), 1, int(sizes.max(initial=0))
    while stride < longest:
        total[stride:] += np.where(place[stride:] >= stride, total[:-stride], 0.0)
        stride *= 2
    return total


def remaining(*, values: FloatArray, offset: Places) -> FloatArray:
    """Sums of each value and of those after it within its group.

    Args:
        values: at least 0, sorted by group.
        offset: those of group g stand at offset[g]:offset[g + 1].

    Source: definition.

    >>> remaining(values=np.array([1.0, 2.0, 5.0]), offset=np.array([0, 2, 3]))
    array([3., 2., 5.])
    """
    return running(values=values[::-1], offset=(values.size - offset)[::-1])[::-1]


def group_of(*, offset: Places) -> Places:
    """Group of each entry.

    Args:
        offset: those of group g stand at offset[g]:offset[g + 1].

    Source: definition.

    >>> group_of(offset=np.array([0, 2, 3]))
    array([0, 0, 1])
    """
    return np.repeat(np.arange(offset.size - 1), np.diff(offset))


def offsets(*, group: Places, groups: int) -> Places:
    """Where the entries of each group begin, and where those of the last end.

    Args:
        group: of each entry.
        groups: how many groups there are.

    Source: definition.

    >>> offsets(group=np.array([0, 0, 1]), groups=2)
    array([0, 2, 3])
    """
    return np.append(0, np.cumsum(np.bincount(group, minlength=groups)))


def openings(*, columns: Sequence[NDArray[np.generic]]) -> BoolArray:
    """Whether an entry differs from the one before in any of the columns; the first always does.

    Args:
        columns: of one length.

    Source: definition.

    >>> openings(columns=[np.array([0, 0, 1]), np.array([7.0, 7.0, 7.0])])
    array([ True, False,  True])
    """
    found = np.zeros(columns[0].size, dtype=bool)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def places(*, values: FloatArray, offset: Places, group: Places, wanted: FloatArray) -> Places:
    """Where in its group the first number stands that is at or above the one wanted.

    Args:
        values: sorted by group, then by value.
        offset: those of group g stand at offset[g]:offset[g + 1].
        group: in which each number is looked for.
        wanted: the numbers looked for, one a `group`.

    Returns:
        Places among all values; the end of the group where all of its numbers are lower.

    Source: definition; bisection.

    >>> places(values=np.array([1.0, 3.0, 2.0]), offset=np.array([0, 2, 3]),
    ...        group=np.array([0, 1]), wanted=np.array([2.0, 2.0]))
    array([1, 2])
    """
    if offset.size == 2:
        return np.searchsorted(values, wanted)
    low, high = offset[group], offset[group + 1]
    for _ in range(int(np.diff(offset).max(initial=0)).bit_length()):
        middle = (low + high) >> 1
        lower = (low < high) & (values[np.minimum(middle, values.size - 1)] < wanted)
        low, high = np.where(lower, middle + 1, low), np.where(lower, high, middle)
    return low


def places_after(
    *, values: FloatArray, offset: Places, group: Places, wanted: FloatArray
) -> Places:
    """Where in its group the first number stands that is above the one wanted.

    Args:
        values: sorted by group, then by value.
        offset: those of group g stand at offset[g]:offset[g + 1].
        group: in which each number is looked for.
        wanted: the numbers looked for, one a `group`.

    Returns:
        Places among all values; the end of the group where none of its numbers is higher.

    Source: definition.

    >>> places_after(values=np.array([1.0, 3.0, 2.0]), offset=np.array([0, 2, 3]),
    ...              group=np.array([0, 1]), wanted=np.array([1.0, 2.0]))
    array([1, 3])
    """
    with np.errstate(over="ignore"):  # next to the largest number stands infinity
        above = np.nextafter(wanted, np.inf)
    return places(values=values, offset=offset, group=group, wanted=above)


def last_places(*, values: FloatArray, offset: Places, group: Places, wanted: FloatArray) -> Places:
    """Where in its group the last number stands that is at or below the one wanted.

    Args:
        values: sorted by group, then by value.
        offset: those of group g stand at offset[g]:offset[g + 1].
        group: in which each number is looked for.
        wanted: the numbers looked for, one a `group`.

    Returns:
        Places among all values; -1 where all numbers of the group are higher.

    Source: definition.

    >>> last_places(values=np.array([1.0, 5.0, 2.0]), offset=np.array([0, 2, 3]),
    ...             group=np.array([0, 1, 1]), wanted=np.array([5.0, 1.0, 2.0]))
    array([ 1, -1,  2])
    """
    place = places_after(values=values, offset=offset, group=group, wanted=wanted)
    return np.where(place > offset[group], place - 1, -1)


def steps_at(*, age_h: FloatArray, offset: Places, at_h: FloatArray) -> Places:
    """Which step of each group was the last at or before each age.

    Args:
        age_h: ages of the steps [h], sorted by group, then by age.
        offset: those of group g stand at offset[g]:offset[g + 1].
        at_h: the ages [h].

    Returns:
        One row a group, one column an age; -1 where no step came before.

    Source: definition.

    >>> steps_at(age_h=np.array([5.0, 9.0]), offset=np.array([0, 2]), at_h=np.array([7.0, 4.0]))
    array([[ 0, -1]])
    """
    groups = offset.size - 1
    group = np.repeat(np.arange(groups), at_h.size)
    wanted = np.tile(at_h, groups)
    step = last_places(values=age_h, offset=offset, group=group, wanted=wanted)
    return step.reshape(groups, at_h.size)
