"""One reading of dates: every kind that comes in, as whole microseconds since 1970 in UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.groups import is_missing, unmasked
from pumpperf.calc.inputs import same_index
from pumpperf.errors import ArgumentError, listed, shown
from pumpperf.numeric import BoolArray, DateArray, IntArray

Date: TypeAlias = np.datetime64 | dt.datetime
Dates: TypeAlias = ArrayLike | dt.datetime | Sequence[dt.datetime | None]
Edges: TypeAlias = tuple[Date, Date]
"""Begin and end of a window."""

NAT_US = int(np.iinfo(np.int64).min)
"""A missing date, in microseconds: what numpy makes of NaT."""
_YEARS = np.array(["0001", "10000"], dtype="datetime64[us]")
_FINE = {"ns", "ps", "fs", "as", "generic"}
"""Units that hold no date outside those years."""


def microseconds(*, times: Dates, name: str) -> IntArray:
    """Dates as whole microseconds since 1970 in UTC.

    Dates with an offset are brought to UTC; those without one are taken as UTC, as numpy's are.

    Args:
        times: one or many, in an array, list or column of any table: datetime64, datetimes, or
            text by ISO 8601 such as `2026-01-31T12:00-06:00`. None, NaT, NaN and NA are missing.
        name: of the argument, for the words of an error.

    Returns:
        One whole number each; `NAT_US` where it is missing.

    Raises:
        ArgumentError: naming the first that is no date, is masked, has a time zone that tells no
            offset, or lies outside the years 1 to 9999.

    Source: definition; ISO 8601 by `datetime.fromisoformat`.

    >>> microseconds(times=["1970-01-02", "1970-01-02T00:00+01:00"], name="start") / 3_600_000_000
    array([24., 23.])
    """
    given = _array(unmasked(values=times, name=name))
    if given.dtype.kind != "M":
        given = _read(given.tolist(), name)
    if np.datetime_data(given.dtype.str)[0] not in _FINE:  # before numpy's conversion overflows
        whole, (first, last) = given.astype(np.int64), _YEARS.astype(given.dtype).astype(np.int64)
        if whole.size and not first <= whole.min() <= whole.max() < last:
            far = ((whole < first) & (whole != NAT_US)) | (whole >= last)
            if far.any():
                i = int(np.argmax(far))
                raise ArgumentError(
                    f"{name}[{i}] = {given[i]}: expected a date of the years 1 to 9999"
                )
    return given.astype("datetime64[us]", copy=False).astype(np.int64)


def known_microseconds(*, times: Dates, name: str) -> IntArray:
    """As `microseconds`, of dates none of which may be missing.

    Args:
        times: one or many.
        name: of the argument, for the words of an error.

    Raises:
        ArgumentError: as `microseconds`, and naming the first that is missing.

    Source: definition.

    >>> known_microseconds(times=np.datetime64("1970-01-02"), name="time")
    array([86400000000])
    """
    found = microseconds(times=times, name=name)
    if found.size and found.min() == NAT_US:
        raise ArgumentError(f"{name}[{int(np.argmin(found))}] is missing: expected a date")
    return found


def window_us(*, window: Edges) -> tuple[int, int]:
    """Begin and end of a window as whole microseconds since 1970 in UTC.

    Args:
        window: both [date; UTC without an offset].

    Raises:
        ArgumentError: an end is no date or missing, or the end is not the later one.

    Source: definition.

    >>> window_us(window=(np.datetime64("1970-01-01"), np.datetime64("1970-01-02")))
    (0, 86400000000)
    """
    edges: list[Any] = listed(object, "window", window)
    found = [int(one) for edge in edges for one in microseconds(times=edge, name="window")]
    if len(found) != len(edges) or len(found) != 2:
        raise ArgumentError(f"window = {shown(window)}: expected its begin and its end")
    first, last = found
    if not NAT_US < first < last:
        raise ArgumentError(f"window {window[0]} to {window[1]}: expected a later end")
    return first, last


def begin_and_end_us(
    *, start: Dates, end: Dates, until_us: int, noun: str, of: NDArray[np.generic] | None = None
) -> tuple[IntArray, IntArray]:
    """Both ends of intervals, checked; one that still lasts ends with the observation.

    Args:
        start: begin of each.
        end: end of each, not before its begin; missing while it lasts.
        until_us: end of the observation [microseconds since 1970].
        noun: what one is, for the words of an error.
        of: whose each is, for the same. None: nobody's.

    Returns:
        Begins and ends; the end of one that lasts is `until_us`, or its begin if that is later.

    Raises:
        ArgumentError: lengths differ, a begin is missing, or an end lies before its begin.

    Source: definition.

    >>> day = np.datetime64("1970-01-02")
    >>> begin_and_end_us(start=day, end=None, until_us=9, noun="stop")
    (array([86400000000]), array([86400000000]))
    """
    same_index(start=start, end=end)
    begin, finish = microseconds(times=start, name="start"), microseconds(times=end, name="end")
    size = begin.size if of is None else of.size
    if not begin.size == finish.size == size:
        raise ArgumentError(
            f"{size} {noun}s with {begin.size} begins and {finish.size} ends: expected as many"
        )
    lasts = finish == NAT_US
    if lasts.any():
        finish = np.where(lasts, np.maximum(until_us, begin), finish)
    refuse(wrong=begin == NAT_US, problem="has no begin", noun=noun, of=of)
    refuse(wrong=finish < begin, problem="ends before it begins", noun=noun, of=of)
    return begin, finish


def refuse(*, wrong: BoolArray, problem: str, noun: str, of: NDArray[np.generic] | None) -> None:
    """Refuse the first of some records that is wrong.

    Args:
        wrong: which are.
        problem: in words.
        noun: what one is.
        of: whose each is. None: nobody's.

    Raises:
        ArgumentError: one is.

    Source: definition.

    >>> refuse(wrong=np.array([False]), problem="has no begin", noun="stop", of=np.array(["P1"]))
    """
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(f"{noun} {i} {'' if of is None else f'({of[i]}) '}{problem}")


def _array(times: Dates) -> NDArray[np.generic]:
    """As an array; dates of a table with a time zone become UTC in one pass."""
    to_numpy: Callable[..., DateArray] | None = getattr(times, "to_numpy", None)
    if to_numpy and getattr(getattr(times, "dtype", None), "kind", None) == "M":
        with suppress(ValueError):  # days of pyarrow in a column of pandas: as objects, below
            return to_numpy(dtype="datetime64[us]")
    return np.atleast_1d(np.asarray(times)).ravel()


def _read(given: list[object], name: str) -> DateArray:
    found: list[object] = []
    for i, one in enumerate(given):
        try:
            found.append(None if is_missing(value=one) or one == "NaT" else _in_utc(one))
        except Exception:  # noqa: BLE001  # the code of a time zone may be anybody's
            raise ArgumentError(
                f"{name}[{i}] = {shown(one)}: expected a date, such as 2026-01-31T12:00Z"
            ) from None
    return np.array(found, dtype="datetime64[us]")


def _in_utc(one: object) -> object:
    if isinstance(one, str):
        one = dt.datetime.fromisoformat(one)
    if isinstance(one, dt.datetime) and one.tzinfo is not None:
        if one.utcoffset() is None:  # neither an instant nor a date without an offset
            raise TypeError
        return one.astimezone(dt.UTC).replace(tzinfo=None)
    if isinstance(one, dt.date):
        return one
    date = np.asarray(one)
    if date.dtype.kind == "M":
        return microseconds(times=date, name="date").astype("datetime64[us]")[0]
    raise TypeError
