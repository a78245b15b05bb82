"""What a store may be asked: values in the form that rows hold them, and what is no question."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import cast

from pumpperf.errors import ArgumentError, is_a, shown
from pumpperf.fields import Field, describe, remembered
from pumpperf.model import Key, Row
from pumpperf.possible import faults, in_utc, is_writable, normal

Value = str | bool | dt.datetime
"""What rows are found by."""
Place = tuple[dt.datetime, Key]
"""Where a row stands among the newest: its date and its key."""
Span = tuple[dt.datetime, dt.datetime]
"""A stretch of time, both ends of it."""
Among = Iterable[Key] | None
"""The keys that rows are found among; None for all that there are."""


def sought(row: type[Row], equal: Mapping[str, object]) -> dict[str, object] | None:
    """The values that rows are found by, in their one form; None if no row may hold one of them.

    Raises:
        ArgumentError: the class has no such field to be found by, or a value is missing or a date
            without its offset.
    """
    fields = _single(row)
    if unknown := sorted(equal.keys() - fields.keys()):
        raise ArgumentError(f"{row.__name__} has no {', '.join(unknown)} to be found by")
    for name, value in equal.items():
        if value is None or (isinstance(value, dt.datetime) and in_utc(value) is None):
            raise ArgumentError(f"{name} = {shown(value)}: expected {fields[name].expected()}")
    values = {name: normal(fields[name], value) for name, value in equal.items()}
    return None if any(faults(fields[name], value) for name, value in values.items()) else values


@remembered
def _single(row: type[Row]) -> Mapping[str, Field]:
    """The fields that rows may be found by."""
    return {field.name: field for field in describe(row) if not field.sequence}


def sought_span(row: type[Row], during: Span | None) -> Span | None:
    """The time that rows are to touch, in UTC.

    Raises:
        ArgumentError: the class lies in no time, or an end has no offset.
    """
    if during is None:
        return None
    if row.SPAN is None:
        raise ArgumentError(f"{row.__name__} has no dates to be found by: expected no `during`")
    ends = [in_utc(date) for date in during] if _is_tuple(during, dt.datetime, dt.datetime) else []
    if not ends or None in ends:
        raise ArgumentError(f"during = {shown(during)}: expected two dates with their UTC offset")
    return cast("Span", tuple(ends))


def _is_tuple(value: object, *kinds: type) -> bool:
    """Whether it is a tuple of these, of which a caller may think otherwise than his types."""
    parts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    return len(parts) == len(kinds) and all(map(isinstance, parts, kinds))


def sought_keys(row: type[Row], keys: Iterable[Key]) -> list[Key]:
    """These keys in their one form, each once; without those that no row may have."""
    try:
        wanted: list[object] = list(keys)
    except TypeError:
        wanted = [keys]
    if strange := [one for one in wanted if not isinstance(one, tuple)]:
        raise ArgumentError(f"a key {shown(strange[0])}: expected tuples, {', '.join(row.KEY)}")
    named = (sought_key(row, cast("Key", key)) for key in wanted)
    found = (cast("Key", tuple(one.values())) for one in named if one is not None)
    return list(dict.fromkeys(found))


def touches(row: Row, time: Span) -> bool:
    """Whether the dates of a row lie around a time, within it or at one of its ends."""
    dates = getattr(row, row.SPAN or "")
    return bool(dates) and min(dates) <= time[1] and max(dates) >= time[0]


def sought_key(row: type[Row], values: tuple[object, ...]) -> dict[str, object] | None:
    """The values of a key by field, as `sought`; None also if they are too few or too many."""
    if len(values) != len(row.KEY):
        return None
    return sought(row, dict(zip(row.KEY, values, strict=True)))


def refuse_page(row: type[Row], by: str, count: int, before: Place | None) -> None:
    """Refuse what rows cannot be listed by.

    Raises:
        ArgumentError: naming the argument.
    """
    fields = _single(row)
    if not is_a(by, str) or by not in fields or fields[by].types != (dt.datetime,):
        words = f"expected a field of {row.__name__} that holds a date"
        raise ArgumentError(f"by = {shown(by)}: {words}")
    if type(count) is not int or not 0 <= count < 2**63:
        raise ArgumentError(f"count = {shown(count)}: expected a whole number of at least 0")
    if before is None:
        return
    date, values = before if _is_tuple(before, dt.datetime, tuple) else (None, ())
    parts = [fields[name].types for name in row.KEY]
    if (
        date is None
        or in_utc(date) is None
        or len(values) != len(parts)
        or any(type(value) not in types for value, types in zip(values, parts, strict=True))
        or not all(is_writable(value) for value in values if isinstance(value, str))
    ):
        raise ArgumentError(
            f"before = {shown(before)}: expected a date with its UTC offset and a key, "
            f"{', '.join(row.KEY)}"
        )
