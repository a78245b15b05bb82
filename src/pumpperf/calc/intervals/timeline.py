"""The algebra of intervals: the times of a whole fleet on one line, their union and difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

from pumpperf.numeric import IntArray
from pumpperf.results import Places

Disjoint: TypeAlias = tuple[IntArray, IntArray]
"""Begins and ends, as places on a line, of intervals in order that do not overlap."""


_TICKS_US = (1, 1_000, 1_000_000, 60_000_000)


class Timeline:
    """The times of all groups end to end on one line, where a place tells group and time.

    place = group * width + (time - first) / tick

    So one sort, one running maximum or one search serves all groups. The tick is a microsecond, or
    where 64 bits do not hold the line the millisecond, second or minute that all times are whole
    in; else the rank of a time among all times stands for the ticks.
    """

    def __init__(self, *, groups: int, times: Sequence[IntArray]) -> None:
        """Lay the line.

        Args:
            groups: how many there are.
            times: all that will be placed [microseconds], none missing.
        """
        some = [one for one in times if one.size]
        self._first = min((int(one.min()) for one in some), default=0)
        last = max((int(one.max()) for one in some), default=0)
        self._ranked: IntArray | None = None
        for self._tick in _TICKS_US:
            self._width = (last - self._first) // self._tick + 1
            whole = self._tick == 1 or not any(((t - self._first) % self._tick).any() for t in some)
            if whole and int(groups) * self._width < 2**63:
                return
        self._ranked = np.sort(np.concatenate(some))
        self._width = self._ranked.size

    def places(self, group: Places, time_us: IntArray) -> IntArray:
        """Where times of groups lie."""
        if self._ranked is not None:
            return group * self._width + _search(self._ranked, time_us, "left")
        return group * self._width + (time_us - self._first) // self._tick

    def groups(self, place: IntArray) -> Places:
        """The group of each place."""
        return place // self._width

    def times_us(self, place: IntArray) -> IntArray:
        """The time of each place [microseconds]."""
        since = place % self._width
        if self._ranked is not None:
            return self._ranked[since]
        return since * self._tick + self._first

    def lengths_us(self, begin: IntArray, end: IntArray) -> IntArray:
        """Time between places of the same group [microseconds]."""
        if self._ranked is None:
            return (end - begin) * self._tick
        return self.times_us(end) - self.times_us(begin)

    def union(self, group: Places, begin_us: IntArray, end_us: IntArray) -> Disjoint:
        """Union of the intervals of each group, in any order."""
        begin, end = self.places(group, begin_us), self.places(group, end_us)
        order = sort_order(place=begin)
        return union(begin=begin[order], end=end[order])

    def lengths_before_us(self, intervals: Disjoint, place: IntArray) -> IntArray:
        """How much of the intervals of its group lies before each place [microseconds]."""
        begin, end = intervals
        total = np.concatenate([[0], np.cumsum(self.lengths_us(begin, end))])
        ends = np.concatenate([[0], end])

        def before(places: IntArray) -> IntArray:
            begun = _search(begin, places, "right")
            return total[begun] - self.lengths_us(places, np.maximum(ends[begun], places))

        group = self.groups(place)
        starts = np.arange(int(group.max(initial=-1)) + 1) * self._width
        return before(place) - before(starts)[group]


def sort_order(*, place: IntArray) -> Places | slice:
    """What brings places in order; a slice of all if they are so already.

    Args:
        place: of each entry.

    Source: definition.

    >>> sort_order(place=np.array([2, 3, 1]))
    array([2, 0, 1])
    """
    return np.argsort(place) if (place[1:] < place[:-1]).any() else slice(None)


def union(*, begin: IntArray, end: IntArray) -> Disjoint:
    """Union of intervals, in which those that touch are one.

    Args:
        begin: place of each begin, in order.
        end: place of its end, not before it.

    Source: an interval opens a new stretch where it begins beyond the running maximum of the ends.

    >>> union(begin=np.array([0, 1, 5]), end=np.array([3, 2, 6]))
    (array([0, 5]), array([3, 6]))
    """
    reach = np.maximum.accumulate(end)
    first = np.flatnonzero(np.concatenate([begin[:1] == begin[:1], begin[1:] > reach[:-1]]))
    return begin[first], reach[np.append(first[1:], begin.size)[: first.size] - 1]


def difference(*, outer: Disjoint, inner: Disjoint) -> Disjoint:
    """What intervals leave of others in which they lie.

    Args:
        outer: the others.
        inner: intervals inside them.

    Source: what is left begins where an outer one begins or an inner one ends, and ends where an
    inner one begins or an outer one ends: in order, the first pairs with the first.

    >>> difference(
    ...     outer=(np.array([0]), np.array([9])), inner=(np.array([2]), np.array([4]))
    ... )
    (array([0, 4]), array([2, 9]))
    """
    begin = np.sort(np.concatenate([outer[0], inner[1]]))
    end = np.sort(np.concatenate([outer[1], inner[0]]))
    left = begin < end
    return begin[left], end[left]


def _search(ordered: IntArray, wanted: IntArray, side: Literal["left", "right"]) -> Places:
    """Where each wanted number belongs; what is wanted in order is found many times faster."""
    order = sort_order(place=wanted)
    found = np.empty(wanted.size, dtype=np.intp)
    found[order] = np.searchsorted(ordered, wanted[order], side=side)
    return found
