"""Downtime as disjoint intervals, and how much of it lies before a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.downtime.events import Events
from pumpperf.calc.groups import joint_groups
from pumpperf.calc.inputs import same_index
from pumpperf.calc.intervals.dates import Date, Dates, Edges, begin_and_end_us, known_microseconds
from pumpperf.calc.intervals.timeline import Disjoint, Timeline, difference, union
from pumpperf.errors import ArgumentError
from pumpperf.numeric import DateArray, FloatArray
from pumpperf.results import Labels, Places
from pumpperf.units import MICROSECONDS_PER_HOUR


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DowntimeIntervals:
    """Disjoint stretches of downtime, each of one category, sorted by group, then by time.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        offset: the pieces of group g are `offset[g]:offset[g + 1]`.
        index: place of each piece's group.
        start: begin of each piece [datetime64].
        end: its end, later than its begin.
        category: place of its category in `priority`.
        priority: all categories, the strongest first.
    """

    group: Labels | None
    offset: Places
    index: Places
    start: DateArray
    end: DateArray
    category: NDArray[np.int16]
    priority: tuple[str, ...]


def downtime_intervals(
    *,
    start: Dates,
    end: Dates,
    category: ArrayLike,
    window: Edges,
    priority: Sequence[str],
    by: ArrayLike | None = None,
    among: ArrayLike | None = None,
) -> DowntimeIntervals:
    """The union of down intervals as pieces: when each began and ended, and whose it was.

    What ends when the next of the same category begins is one piece.

    Args:
        start: as `downtime`.
        end: as `downtime`.
        category: as `downtime`.
        window: as `downtime`.
        priority: as `downtime`.
        by: as `downtime`.
        among: as `downtime`.

    Returns:
        The `DowntimeIntervals`; by category they are as long as the parts of `downtime`.

    Raises:
        ArgumentError: as `downtime`.

    Source: first principles; centreon issue 1606: 12:00 to 16:00 inside a longer planned stop
    leaves one piece of 24 h on 30 November.

    >>> def at(hours):
    ...     return np.datetime64("2012-11-29T00") + np.timedelta64(hours, "h")
    >>> p = downtime_intervals(
    ...     start=[at(0), at(36)], end=[at(48), at(40)], category=["planned", "planned"],
    ...     window=(at(24), at(48)), priority=("planned",),
    ... )
    >>> (p.end - p.start).astype("timedelta64[h]")
    array([24], dtype='timedelta64[h]')
    """
    given = Events.of(start, end, category, window, priority, by=by, among=among)
    inner = given.begin[:0], given.begin[:0]
    parts: list[Disjoint] = []
    for i in range(len(priority)):
        counts = given.rank <= i
        outer = union(begin=given.begin[counts], end=given.end[counts])
        parts.append(difference(outer=outer, inner=inner))
        inner = outer
    begin, finish = (np.concatenate([inner[0][:0], *ends]) for ends in zip(*parts, strict=True))
    rank = np.repeat(np.arange(len(parts), dtype=np.int16), [part[0].size for part in parts])
    order = np.argsort(begin)
    begin, finish = begin[order], finish[order]
    index = given.line.groups(begin)
    return DowntimeIntervals(
        group=given.group,
        offset=np.searchsorted(index, np.arange(given.offset.size)),
        index=index,
        start=given.line.times_us(begin).astype("datetime64[us]"),
        end=given.line.times_us(finish).astype("datetime64[us]"),
        category=rank[order],
        priority=tuple(map(str, priority)),
    )


def downtime_before_h(
    *,
    start: Dates,
    end: Dates,
    by: ArrayLike | None,
    at: Dates,
    at_by: ArrayLike | None,
    until: Date,
) -> FloatArray:
    """Hours in which a pump was down before a date: calendar age less these is operating age.

    Args:
        start: begin of each down interval [date; UTC without an offset].
        end: end of each, not before its begin; missing while it lasts, counted to `until`.
        by: label of each interval's pump. None: all are of one.
        at: dates asked for, not after `until`.
        at_by: label of the pump that each date is asked for; one without downtime has none.
            None: where `by` is None.
        until: end of the observation [date].

    Returns:
        The length of the union before each date [h], in the order of `at`.

    Raises:
        ArgumentError: lengths differ, a date is missing or after `until`, an end lies before its
            begin, or only one of `by` and `at_by` is given.

    Source: definition; two stops of 15 h and 13 h 50 min that overlap cover 10 h before 10:00.

    >>> downtime_before_h(
    ...     start=["2020-01-01T00:00", "2020-01-01T00:10"],
    ...     end=["2020-01-01T15:00", "2020-01-01T14:00"], by=["P1", "P1"],
    ...     at=["2020-01-01T10:00", "2020-01-02", "2020-01-02"], at_by=["P1", "P1", "P2"],
    ...     until=np.datetime64("2020-02-01"),
    ... )
    array([10., 15., 0.])
    """
    same_index(start=start, end=end, by=by)
    same_index(at=at, at_by=at_by)
    until_us = int(known_microseconds(times=until, name="until")[0])
    at_us = known_microseconds(times=at, name="at")
    if (at_us > until_us).any():
        i = int(np.argmax(at_us > until_us))
        raise ArgumentError(f"at[{i}] lies after until = {until}: expected none after it")
    begin, finish = begin_and_end_us(start=start, end=end, until_us=until_us, noun="stop")
    own, theirs = np.zeros_like(begin), np.zeros_like(at_us)
    if (by is None) is not (at_by is None):
        raise ArgumentError("only one of by and at_by is given: expected both or none")
    if by is not None and at_by is not None:
        _, own, theirs = joint_groups(first=by, second=at_by, name="by, then at_by")
    for name, labels, entries in (("by", own, begin), ("at_by", theirs, at_us)):
        if labels.size != entries.size:
            raise ArgumentError(f"{name} has {labels.size} labels for {entries.size} entries")
    groups = 1 + int(max(own.max(initial=0), theirs.max(initial=0)))
    line = Timeline(groups=groups, times=(begin, finish, at_us))
    down = line.union(own, begin, finish)
    return line.lengths_before_us(down, line.places(theirs, at_us)) / MICROSECONDS_PER_HOUR
