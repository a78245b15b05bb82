"""Downtime as disjoint pieces, and how much of it lies before a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.intervals.events import (
    NONE,
    Events,
    Whole,
    events,
    in_order,
    microseconds,
    reached_us,
    together,
    window_us,
)
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray
from pumpperf.units import MICROSECONDS_PER_HOUR

_Union: TypeAlias = tuple[NDArray[np.intp], Whole, Whole]
"""Group, begin and end of stretches that do not touch, in order."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DownPieces:
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

    group: NDArray[np.object_] | None
    offset: NDArray[np.intp]
    index: NDArray[np.intp]
    start: NDArray[np.datetime64]
    end: NDArray[np.datetime64]
    category: NDArray[np.int16]
    priority: tuple[str, ...]


def down_pieces(
    *,
    start: ArrayLike,
    end: ArrayLike,
    category: ArrayLike,
    window: tuple[np.datetime64, np.datetime64],
    priority: Sequence[str],
    by: ArrayLike | None = None,
    among: ArrayLike | None = None,
) -> DownPieces:
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
        The `DownPieces`; by category they are as long as the parts of `downtime`.

    Raises:
        ArgumentError: as `downtime`.

    Source: first principles; centreon issue 1606: 12:00 to 16:00 inside a longer planned stop
    leaves one piece of 24 h on 30 November.

    >>> def at(hours):
    ...     return np.datetime64("2012-11-29T00") + np.timedelta64(hours, "h")
    >>> p = down_pieces(
    ...     start=[at(0), at(36)], end=[at(48), at(40)], category=["planned", "planned"],
    ...     window=(at(24), at(48)), priority=("planned",),
    ... )
    >>> (p.end - p.start).astype("timedelta64[h]")
    array([24], dtype='timedelta64[h]')
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
    span = last - first
    index, opens, closes, code = _parts(given, first, last, len(priority))
    order = in_order(index=index, time_us=opens, span_us=span, groups=given.groups)
    return DownPieces(
        group=given.group,
        offset=np.concatenate([[0], np.cumsum(np.bincount(index, minlength=given.groups))]),
        index=index[order],
        start=(opens[order] + first).astype("datetime64[us]"),
        end=(closes[order] + first).astype("datetime64[us]"),
        category=code[order],
        priority=tuple(map(str, priority)),
    )


def covered_h(
    *,
    start: ArrayLike,
    end: ArrayLike,
    by: ArrayLike | None,
    at: ArrayLike,
    at_by: ArrayLike | None,
    until: np.datetime64,
) -> FloatArray:
    """Hours in which a pump was down before a date: calendar age less these is operating age.

    Args:
        start: begin of each down interval [datetime64].
        end: end of each, not before its begin; NaT while it lasts, counted to `until`.
        by: label of each interval's pump. None: all are of one.
        at: dates asked for [datetime64], not after `until`.
        at_by: label of the pump that each date is asked for; one without downtime has none.
            None: where `by` is None.
        until: end of the observation [datetime64].

    Returns:
        The length of the union before each date [h], in the order of `at`.

    Raises:
        ArgumentError: lengths differ, a date is missing or after `until`, an end lies before its
            begin, or only one of `by` and `at_by` is given.

    Source: definition; two stops of 15 h and 13 h 50 min that overlap cover 10 h before 10:00.

    >>> covered_h(
    ...     start=["2020-01-01T00:00", "2020-01-01T00:10"],
    ...     end=["2020-01-01T15:00", "2020-01-01T14:00"], by=["P1", "P1"],
    ...     at=["2020-01-01T10:00", "2020-01-02", "2020-01-02"], at_by=["P1", "P1", "P2"],
    ...     until=np.datetime64("2020-02-01"),
    ... )
    array([10., 15., 0.])
    """
    found = covered_us(start=start, end=end, by=by, at=at, at_by=at_by, until=until)
    return found / MICROSECONDS_PER_HOUR


def covered_us(
    *,
    start: ArrayLike,
    end: ArrayLike,
    by: ArrayLike | None,
    at: ArrayLike,
    at_by: ArrayLike | None,
    until: np.datetime64,
) -> Whole:
    """As `covered_h`, in whole microseconds: what is taken from other lengths stays exact.

    Args:
        start: as `covered_h`.
        end: as `covered_h`.
        by: as `covered_h`.
        at: as `covered_h`.
        at_by: as `covered_h`.
        until: as `covered_h`.

    Raises:
        ArgumentError: as `covered_h`.

    Source: definition.

    >>> day, n = np.datetime64("2026-01-01"), np.timedelta64(1, "D")
    >>> covered_us(
    ...     start=day, end=day + 2 * n, by=None, at=day + n, at_by=None, until=day + 9 * n
    ... )
    array([86400000000])
    """
    asked = microseconds(times=at, name="at")
    latest = int(microseconds(times=until, name="until")[0])
    wrong = (asked > latest) | (asked == NONE)
    if wrong.any() or latest == NONE:
        which = f"at[{int(np.argmax(wrong))}]" if wrong.any() else "at"
        raise ArgumentError(f"{which}, until = {until}: expected dates, none after until")
    begins = np.atleast_1d(np.asarray(start)).ravel()
    own, theirs = _labels(by, at_by, begins.size, asked.size)
    given = events(
        start=begins,
        end=end,
        category=np.broadcast_to("down", begins.size),
        priority=("down",),
        until_us=latest,
    )
    groups = int(max(own.max(initial=0), theirs.max(initial=0))) + 1
    first = int(min(given.begin_us.min(initial=latest), asked.min(initial=latest)))
    span = latest - first
    index, opens, closes = _Stretches(given, own, first, latest, groups).union(0)

    both = np.concatenate([index, theirs])
    times = np.concatenate([opens, asked - first])
    order = in_order(index=both, time_us=times, span_us=span, groups=groups)
    begun = np.empty(order.size, dtype=np.intp)
    begun[order] = np.cumsum(order < index.size)
    k = begun[index.size :] - 1  # the last stretch that begins before each date, in any group
    before = np.concatenate([[0], np.cumsum(closes - opens)])
    starts = np.concatenate([[0], np.cumsum(np.bincount(index, minlength=groups))])
    mine = k >= starts[theirs]
    k = k[mine]
    covered = np.zeros(asked.size, dtype=np.int64)
    covered[mine] = (
        before[k]
        - before[starts[theirs[mine]]]
        + np.minimum(closes[k], asked[mine] - first)
        - opens[k]
    )
    return covered


def _parts(
    given: Events, first: int, last: int, ranks: int
) -> tuple[NDArray[np.intp], Whole, Whole, NDArray[np.int16]]:
    """Group, begin, end and category of the pieces: what each rank adds to the stronger ones."""
    stretch = _Stretches(given, given.index, first, last, given.groups)
    inner = stretch.union(-1)
    found = [inner]
    for i in range(ranks):
        outer = stretch.union(i)
        found.append(stretch.difference(outer, inner))
        inner = outer
    index, opens, closes = (np.concatenate(column) for column in zip(*found, strict=True))
    code = np.repeat(np.arange(-1, ranks, dtype=np.int16), [one[0].size for one in found])
    return index, opens, closes, code


class _Stretches:
    """Events inside a window in order, of which unions and differences are stretches in order."""

    def __init__(
        self, given: Events, index: NDArray[np.intp], first: int, last: int, groups: int
    ) -> None:
        self.span, self.groups = last - first, groups
        begin = np.clip(given.begin_us, first, last) - first
        finish = np.clip(given.finish_us, first, last) - first
        within = np.flatnonzero(begin < finish)
        order = within[self._sorted(index[within], begin[within])]
        self.begin, self.finish = begin[order], finish[order]
        self.index, self.rank = index[order], given.rank[order]

    def _sorted(self, index: NDArray[np.intp], time: Whole) -> NDArray[np.intp]:
        return in_order(index=index, time_us=time, span_us=self.span, groups=self.groups)

    def union(self, weakest: int) -> _Union:
        """Stretches of the union of the events down to a rank."""
        counts = self.rank <= weakest
        index, begin, finish = self.index[counts], self.begin[counts], self.finish[counts]
        opens = begin > reached_us(index=index, finish_us=finish, span_us=self.span)
        at = np.flatnonzero(opens)
        return index[at], begin[at], np.maximum.reduceat(finish, at)

    def difference(self, outer: _Union, inner: _Union) -> _Union:
        """Stretches of the outer union that the inner one, which lies in it, leaves.

        Every stretch left begins where an outer one begins or an inner one ends, and ends where
        an inner one begins or an outer one ends: in order, the first pairs with the first.
        """
        index = np.concatenate([outer[0], inner[0]])
        closes = np.concatenate([outer[2], inner[1]])
        closes = closes[self._sorted(index, closes)]
        opens = np.concatenate([outer[1], inner[2]])
        order = self._sorted(index, opens)
        opens, index = opens[order], index[order]
        left = opens < closes
        return index[left], opens[left], closes[left]


def _labels(
    by: ArrayLike | None, at_by: ArrayLike | None, entries: int, asked: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    if by is None and at_by is None:
        return np.zeros(entries, dtype=np.intp), np.zeros(asked, dtype=np.intp)
    if by is None or at_by is None:
        raise ArgumentError("only one of by and at_by is given: expected both or none")
    _, own, theirs = together(first=by, second=at_by, name="by, then at_by")
    for name, column, size in (("by", own, entries), ("at_by", theirs, asked)):
        if column.size != size:
            raise ArgumentError(f"{name} has {column.size} labels for {size} entries")
    return own, theirs
