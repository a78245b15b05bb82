"""Down events as the algebra takes them: checked, as far as the window, on one line, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.groups import joint_groups
from pumpperf.calc.inputs import labelled, same_index
from pumpperf.calc.intervals.dates import Dates, Edges, begin_and_end_us, refuse, window_us
from pumpperf.calc.intervals.timeline import Timeline, sort_order
from pumpperf.errors import ArgumentError, listed
from pumpperf.numeric import IntArray
from pumpperf.results import Labels, Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Events:
    """Parts of down events inside the window, by group, then by begin.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        touching: how many events of each group touch the window.
        window_us: length of the window [microseconds].
        line: on which begin and end lie.
        offset: those of group g are `offset[g]:offset[g + 1]`.
        begin: place of the begin.
        end: place of the end, a later one.
        rank: place of its category in the priority, 0 the strongest.
    """

    group: Labels | None
    touching: IntArray
    window_us: int
    line: Timeline
    offset: IntArray
    begin: IntArray
    end: IntArray
    rank: NDArray[np.int16]

    @classmethod
    def of(
        cls,
        start: Dates,
        end: Dates,
        category: ArrayLike,
        window: Edges,
        priority: Sequence[str],
        *,
        by: ArrayLike | None,
        among: ArrayLike | None,
    ) -> Self:
        """Check down events and lay what lies in the window on one line.

        Args:
            start: as `downtime`.
            end: as `downtime`.
            category: as `downtime`.
            window: as `downtime`.
            priority: as `downtime`.
            by: as `downtime`.
            among: as `downtime`.

        Raises:
            ArgumentError: as `downtime`.

        Source: definition.

        >>> day, n = np.datetime64("2026-01-01"), np.timedelta64(1, "D")
        >>> found = Events.of(day, None, "a", (day - n, day + n), ["a"], by=[7], among=None)
        >>> found.group, found.line.lengths_us(found.begin, found.end)
        (array([7], dtype=object), array([86400000000]))
        """
        same_index(start=start, end=end, category=category, by=by)
        first, last = window_us(window=window)
        known = tuple(listed(str, "priority", priority))
        of = np.atleast_1d(np.asarray(category)).ravel()
        begin, finish = begin_and_end_us(start=start, end=end, until_us=last, noun="event", of=of)
        rank = _ranks(of, known)
        refuse(wrong=rank < 0, problem=f"has no priority in {known}", noun="event", of=of)
        if among is None:
            group, index, groups = labelled(by=by, size=begin.size)
        else:
            group, index, groups = _placed(by, among, begin.size)
        touching = np.bincount(index[(begin < last) & (finish > first)], minlength=groups)
        begin, finish = np.maximum(begin, first), np.minimum(finish, last)  # what lies in both
        inside = begin < finish
        if not inside.all():
            begin, finish = begin[inside], finish[inside]
            rank, index = rank[inside], index[inside]
        line = Timeline(groups=groups, times=(begin, finish))
        opens, closes = line.places(index, begin), line.places(index, finish)
        order = sort_order(place=opens)
        return cls(
            group=group,
            touching=touching,
            window_us=last - first,
            line=line,
            offset=np.concatenate([[0], np.cumsum(np.bincount(index, minlength=groups))]),
            begin=opens[order],
            end=closes[order],
            rank=rank[order],
        )


def _ranks(names: NDArray[np.generic], priority: tuple[str, ...]) -> NDArray[np.int16]:
    if len(set(priority)) < len(priority):
        raise ArgumentError(f"priority = {priority}: expected every category once")
    if names.dtype.kind in "iu":
        places = names.astype(np.int64)
        known = (places >= 0) & (places < len(priority))
        return np.where(known, places, -1).astype(np.int16)
    rank = np.full(names.shape, -1, dtype=np.int16)
    for i, name in enumerate(priority):
        rank[names == name] = i
    return rank


def _placed(by: ArrayLike | None, among: ArrayLike, size: int) -> tuple[Labels, Places, int]:
    if by is None:
        raise ArgumentError("among is given without by: expected the label of each event")
    group, known, index = joint_groups(first=among, second=by, name="among, then by")
    if index.size != size:
        raise ArgumentError(f"by has {index.size} labels for {size} entries")
    unknown = np.ones(group.size, dtype=bool)
    unknown[known] = False
    if unknown[index].any():
        i = int(np.argmax(unknown[index]))
        raise ArgumentError(f"by[{i}] = {group[index[i]]!r}: expected one of among")
    return group, index, group.size
