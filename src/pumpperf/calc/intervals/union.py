"""Interval algebra of downtime: unions of events, split so that every instant counts once.

Times are numpy `datetime64` and are kept as whole microseconds, so lengths add up exactly.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.intervals.events import Whole, events, in_order, window_us
from pumpperf.numeric import FloatArray
from pumpperf.results import Result
from pumpperf.units import MICROSECONDS_PER_HOUR


class Downtime(Result):
    """Downtime of each group inside the window; every instant carries one category.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        window_us: length of the window [microseconds].
        downtime_us: how long each group was down for any reason [microseconds].
        part_us: the same by category; the parts add up to `downtime_us` exactly.
        events: how many events of each group touch the window.
    """

    group: NDArray[np.object_] | None
    window_us: int
    downtime_us: Whole
    part_us: dict[str, Whole]
    events: Whole

    @property
    def downtime_h(self) -> FloatArray:
        """Hours in which the group was down for any reason."""
        return self.downtime_us / MICROSECONDS_PER_HOUR

    @property
    def part_h(self) -> dict[str, FloatArray]:
        """Hours of each category."""
        return {name: part / MICROSECONDS_PER_HOUR for name, part in self.part_us.items()}

    @property
    def window_h(self) -> float:
        """Hours of the window."""
        return self.window_us / MICROSECONDS_PER_HOUR

    @property
    def availability(self) -> FloatArray:
        """Share of the window in which the group was not down."""
        return (self.window_us - self.downtime_us) / self.window_us


def downtime(
    *,
    start: ArrayLike,
    end: ArrayLike,
    category: ArrayLike,
    window: tuple[np.datetime64, np.datetime64],
    priority: Sequence[str],
    by: ArrayLike | None = None,
    among: ArrayLike | None = None,
) -> Downtime:
    """Union of down intervals, clipped to a window and split so that every instant counts once.

    Where events of several categories overlap, the instant belongs to the first of them in
    `priority`. Events may overlap, nest, touch, repeat and stand in any order.

    Args:
        start: begin of each event [datetime64].
        end: end of each, not before its begin; NaT while it lasts, counted to the window's end.
        category: name of each, one of `priority`, or its place there as an array of whole numbers
            (the fastest).
        window: begin and end of the observation [datetime64].
        priority: all categories, the strongest first.
        by: label of each event's pump. None: all events are of one.
        among: labels of all pumps that were watched; one without an event was never down. None:
            only pumps with an event appear.

    Returns:
        A `Downtime` with one entry a label, in sorted order, or one entry in all.

    Raises:
        ArgumentError: lengths differ, a begin is missing, an end lies before its begin, a
            category has no priority, the window is empty, or a label is not `among` those known.
            The first such event is named.

    Source: first principles; OEE-Designer issue 9: 00:00-15:00 and 00:10-14:00 are 15 h down.

    >>> def at(minutes):
    ...     return np.datetime64("2020-01-01T00:00") + np.timedelta64(minutes, "m")
    >>> d = downtime(
    ...     start=[at(0), at(10)], end=[at(900), at(840)], category=["unplanned"] * 2,
    ...     window=(at(0), at(978)), priority=("external", "planned", "unplanned"),
    ... )
    >>> d.downtime_h, d.availability
    (array([15.]), array([0.07975]))
    """
    first, last = window_us(window=window)
    given = events(
        start=start,
        end=end,
        category=category,
        priority=priority,
        until_us=last,
        by=by,
        among=among,
    )
    touching = (given.begin_us < last) & (given.finish_us > first)
    begin = np.clip(given.begin_us, first, last) - first
    finish = np.clip(given.finish_us, first, last) - first
    order = in_order(index=given.index, time_us=begin, span_us=last - first, groups=given.groups)
    counts = np.bincount(given.index, minlength=given.groups)
    so_far = _covered_us(
        begin[order], finish[order], given.rank[order], counts, (len(priority), last - first + 1)
    )
    parts = np.diff(so_far, axis=0)
    return Downtime(
        group=given.group,
        window_us=last - first,
        downtime_us=so_far[-1],
        part_us=dict(zip(priority, parts, strict=True)),
        events=np.bincount(given.index[touching], minlength=given.groups).astype(np.int64),
    )


def _covered_us(
    begin: Whole,
    finish: Whole,
    rank: NDArray[np.int16],
    counts: NDArray[np.intp],
    table: tuple[int, int],
) -> Whole:
    """Length of the union of each group's events of the strongest 0, 1, 2... ranks, a row each.

    Every group is lifted above the one before, so that one running maximum serves all; in blocks of
    groups, so that what is lifted stays a whole number of 64 bits. An event of a weaker rank is as
    good as one that ends where it begins.
    """
    ranks, step = table
    found = np.zeros((ranks + 1, counts.size), dtype=np.int64)
    ends = np.cumsum(counts)
    block = 2**62 // step
    for lowest in range(0, counts.size, block):
        own = counts[lowest : lowest + block]
        some = np.flatnonzero(own)
        if not some.size:
            continue
        first = int(ends[lowest] - counts[lowest])
        here = slice(first, first + int(own.sum()))
        lift = np.repeat(np.arange(own.size) * step, own)
        opens, closes = begin[here] + lift, finish[here] + lift
        starts = (np.cumsum(own) - own)[some]
        for i in range(ranks):
            reach = np.maximum.accumulate(np.where(rank[here] <= i, closes, opens))
            since = opens.copy()
            np.maximum(opens[1:], reach[:-1], out=since[1:])
            reach -= since
            found[i + 1, lowest + some] = np.add.reduceat(reach, starts)
    return found
