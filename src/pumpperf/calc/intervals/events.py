"""Down intervals as the algebra takes them: checked, in whole microseconds, in order."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.groups import groups, unmasked
from pumpperf.calc.inputs import labelled
from pumpperf.errors import ArgumentError

Whole = NDArray[np.int64]

NONE = int(np.iinfo(np.int64).min)
"""A date that is missing, in microseconds."""
_FAR = 2**61
_TEXT = re.compile(r"\d{4}-\d\d(-\d\d([T ][\d:.]+)?)?|NaT")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Events:
    """Down intervals in the order given, one entry an event.

    Attributes:
        begin_us: begin [microseconds since 1970].
        finish_us: end, not before the begin; `until` for one that still lasts.
        rank: place of its category in the priority, 0 the strongest.
        index: place of its label in `group`.
        group: labels in sorted order, or None for one group without a label.
        groups: how many groups there are.
    """

    begin_us: Whole
    finish_us: Whole
    rank: NDArray[np.int16]
    index: NDArray[np.intp]
    group: NDArray[np.object_] | None
    groups: int


def events(
    *,
    start: ArrayLike,
    end: ArrayLike,
    category: ArrayLike,
    priority: Sequence[str],
    until_us: int,
    by: ArrayLike | None = None,
    among: ArrayLike | None = None,
) -> Events:
    """Check down intervals and put those together that share a label.

    Args:
        start: begin of each [datetime64].
        end: end of each, not before its begin; NaT while it lasts.
        category: name of each, one of `priority`, or its place there as an array of whole numbers.
        priority: all categories, the strongest first.
        until_us: end of those that still last [microseconds since 1970], or their begin if later.
        by: label of each event's pump. None: all events are of one.
        among: labels of all pumps there are, also of those without an event. None: those of `by`.

    Returns:
        The `Events` in the order given.

    Raises:
        ArgumentError: lengths differ, a date is none, a begin is missing, an end lies before its
            begin, a category has no priority or two, or a label is missing or not `among` them.

    Source: definition.

    >>> day = np.datetime64("2026-01-01")
    >>> found = events(start=day, end=day, category="a", priority=["a"], until_us=0, by=[7])
    >>> found.group, found.finish_us - found.begin_us
    (array([7], dtype=object), array([0]))
    """
    begin = microseconds(times=start, name="start")
    finish = microseconds(times=end, name="end")
    names = np.atleast_1d(np.asarray(category)).ravel()
    if not begin.shape == finish.shape == names.shape:
        raise ArgumentError(f"{begin.size} begins, {finish.size} ends, {names.size} categories")
    rank = _ranks(names, tuple(map(str, priority)))
    open_end = finish == NONE
    if open_end.any():
        finish = np.where(open_end, np.maximum(until_us, begin), finish)
    _refuse(begin == NONE, "has no begin", names)
    _refuse(finish < begin, "ends before it begins", names)
    _refuse(rank < 0, f"has no priority in {tuple(map(str, priority))}", names)
    if among is None:
        group, index, size = labelled(by=by, size=begin.size)
    else:
        group, index, size = _placed(by, among, begin.size)
    return Events(
        begin_us=begin, finish_us=finish, rank=rank, index=index, group=group, groups=size
    )


def microseconds(*, times: ArrayLike, name: str) -> Whole:
    """Dates as whole microseconds since 1970; a missing one is the lowest whole number.

    Args:
        times: one or many [datetime64 in UTC, or dates without offset, or text such as
            `2026-01-31T12:00`].
        name: of the argument, for the words of an error.

    Raises:
        ArgumentError: one is no date, is masked, tells an offset from UTC, or lies more than
            73,000 years from 1970.

    Source: definition.

    >>> microseconds(times=np.datetime64("1970-01-02"), name="start")
    array([86400000000])
    """
    given = np.atleast_1d(np.asarray(unmasked(values=times, name=name))).ravel()
    if given.dtype.kind in "OUS":
        wrong = np.array([not _is_date(one) for one in given.tolist()], dtype=bool)
    else:
        wrong = np.full(given.shape, given.dtype.kind != "M" and given.size > 0)
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(f"{name}[{i}] = {given[i]}: expected a date in UTC without offset")
    try:
        found = given.astype("datetime64[us]").astype(np.int64)
    except ValueError as error:
        raise ArgumentError(f"{name} = {given[:3]}...: expected dates") from error
    far = (found > _FAR) | ((found < -_FAR) & (found != NONE))
    if far.any():
        i = int(np.argmax(far))
        raise ArgumentError(
            f"{name}[{i}] = {given[i]}: expected a date within 73,000 years of 1970"
        )
    return found


def _is_date(one: object) -> bool:
    if isinstance(one, str):
        return bool(_TEXT.fullmatch(one))
    if isinstance(one, dt.datetime):
        return one.tzinfo is None
    return one is None or isinstance(one, dt.date | np.datetime64)


def window_us(*, window: tuple[np.datetime64, np.datetime64]) -> tuple[int, int]:
    """Begin and end of a window [microseconds since 1970].

    Args:
        window: both [datetime64].

    Raises:
        ArgumentError: one is missing, or the end is not the later one.

    Source: definition.

    >>> window_us(window=(np.datetime64("1970-01-01"), np.datetime64("1970-01-02")))
    (0, 86400000000)
    """
    first, last = (int(microseconds(times=edge, name="window")[0]) for edge in window)
    if NONE in (first, last) or not first < last:
        raise ArgumentError(f"window {window[0]} to {window[1]}: expected a later end")
    return first, last


def together(
    *, first: ArrayLike, second: ArrayLike, name: str
) -> tuple[NDArray[np.object_], NDArray[np.intp], NDArray[np.intp]]:
    """Distinct labels of two columns, and the place of each entry's own among them.

    Args:
        first: labels of one column.
        second: labels of the other, of the same kind.
        name: of both, for the words of an error.

    Raises:
        ArgumentError: a label is missing or of another kind.

    Source: definition.

    >>> together(first=["b"], second=["a", "b"], name="by, at_by")
    (array(['a', 'b'], dtype=object), array([1]), array([0, 1]))
    """
    one, two = np.asarray(first), np.asarray(second)
    if one.dtype.kind != "i" or two.dtype.kind != "i":
        one, two = np.asarray(first, dtype=object), np.asarray(second, dtype=object)
    group, index = groups(labels=np.concatenate([one.ravel(), two.ravel()]), name=name)
    return group, index[: one.size], index[one.size :]


def in_order(
    *, index: NDArray[np.intp], time_us: Whole, span_us: int, groups: int
) -> NDArray[np.intp]:
    """Order of entries by group, then by time.

    Args:
        index: place of each entry's group.
        time_us: its time, from 0 to `span_us`.
        span_us: the latest time.
        groups: how many groups there are.

    Source: definition. Group and time make one whole number; where 64 bits do not hold it, the
    order by time is sorted once more by each 16 bits of the group, as a radix sort does.

    >>> index, time = np.array([1, 0, 1]), np.array([5, 9, 3])
    >>> in_order(index=index, time_us=time, span_us=9, groups=2)
    array([1, 2, 0])
    """
    if groups * (span_us + 1) < 2**63:
        return np.argsort(index * (span_us + 1) + time_us)
    order = np.argsort(time_us)
    for shift in range(0, (groups - 1).bit_length(), 16):
        digit = (index[order] >> shift).astype(np.uint16)
        order = order[np.argsort(digit, kind="stable")]
    return order


def reached_us(*, index: NDArray[np.intp], finish_us: Whole, span_us: int) -> Whole:
    """How far the events before each one of its group reach; below 0 where there are none.

    Args:
        index: place of each entry's group, in order.
        finish_us: end of each, from 0 to `span_us`.
        span_us: the latest end.

    Source: running maximum, every group lifted above the one before; in blocks of groups, so that
    what is lifted stays a whole number of 64 bits.

    >>> index, finish = np.array([0, 0, 1, 1]), np.array([9, 4, 3, 5])
    >>> reached_us(index=index, finish_us=finish, span_us=9)
    array([-1,  9, -1,  3])
    """
    before = np.empty_like(finish_us)
    step = span_us + 1
    block = max(2**62 // step, 1)
    groups = int(index[-1]) + 1 if index.size else 0
    for lowest in range(0, groups, block):
        here = slice(*np.searchsorted(index, [lowest, lowest + block]).tolist())
        lift = (index[here] - lowest) * step
        reach = np.maximum.accumulate(finish_us[here] + lift)
        before[here] = np.concatenate([[-1], reach[:-1]])[: lift.size] - lift
    return before


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


def _placed(
    by: ArrayLike | None, among: ArrayLike, size: int
) -> tuple[NDArray[np.object_], NDArray[np.intp], int]:
    if by is None:
        raise ArgumentError("among is given without by: expected the label of each event")
    group, known, index = together(first=among, second=by, name="among, then by")
    if index.size != size:
        raise ArgumentError(f"by has {index.size} labels for {size} entries")
    unknown = np.ones(group.size, dtype=bool)
    unknown[known] = False
    if unknown[index].any():
        i = int(np.argmax(unknown[index]))
        raise ArgumentError(f"by[{i}] = {group[index[i]]!r}: expected one of among")
    return group, index, group.size


def _refuse(wrong: NDArray[np.bool_], problem: str, names: NDArray[np.generic]) -> None:
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(f"event {i} ({names[i]}) {problem}")
