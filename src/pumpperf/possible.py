"""What a field may hold: values in their one form, and in words what is wrong with one."""

import datetime as dt
import math
import re
from decimal import Decimal
from enum import StrEnum
from numbers import Real
from typing import Any, cast

from attrs import frozen

from pumpperf.errors import RowError, shown
from pumpperf.fields import AtLeast, AtMost, Bound, Field, Text, remembered


def normal(field: Field, value: object) -> object:
    """The value in its one form: float, UTC, code. What cannot be brought to it stays as it is."""
    first = field.types[0]
    if value is None or isinstance(value, bool):
        return value
    if first in (float, int) and isinstance(value, float | Real | Decimal):
        return _number(first, value)
    if isinstance(value, dt.datetime):
        return in_utc(value) or value
    if issubclass(first, StrEnum) and isinstance(value, str):
        return _codes(first).get(value, value)
    return value


def in_utc(date: dt.datetime) -> dt.datetime | None:
    """The same moment in UTC; None for a date without its offset, or beyond the calendar.

    >>> in_utc(dt.datetime.fromisoformat("2026-01-01T05:00+05:00")).isoformat()
    '2026-01-01T00:00:00+00:00'
    """
    try:
        if date.utcoffset() is None:
            return None
        utc = date.astimezone(dt.UTC)
    except Exception:  # noqa: BLE001  # the code of a time zone may be anybody's
        return None
    return dt.datetime.combine(utc.date(), utc.time().replace(fold=0), dt.UTC)


@remembered
def _codes(kind: type[StrEnum]) -> dict[str, StrEnum]:
    return {code.value: code for code in kind}


def _number(kind: type, value: float | Real | Decimal) -> object:
    try:
        number = float(value) + 0.0  # one zero: a store may lose the sign of the other
    except Exception:  # noqa: BLE001  # whatever it is, it is no number
        return value
    return int(number) if kind is int and number.is_integer() else number


def number_of(value: object) -> float | None:
    """A number as a float; None of what is none, or beyond any float.

    >>> number_of(Decimal("0.5")), number_of(True), number_of("1")
    (0.5, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, float | Real | Decimal):
        return None
    found = _number(float, value)
    return found if isinstance(found, float) else None


@frozen
class Said:
    """A value as the caller gave it: its name, its unit, and what stood there."""

    name: str
    unit: str
    raw: object


def faults(field: Field, value: object, said: Said | None = None) -> list[str]:
    """All that is wrong with one field's value, in words that name field, value and expectation.

    Args:
        field: which.
        value: in its one form.
        said: how it came, if not under the field's own name and in its own unit.
    """
    why = "" if field.sequence or value is None else reason(field, value)
    if why is None or (value is None and not field.required):
        return []
    said = said or Said(field.name, field.unit, value)
    expected = field.expected(said.unit)
    if value is None:
        return [f"{said.name} is missing: expected {expected}"]
    if not field.sequence:
        return [f"{said.name} = {shown(said.raw, value)}: {_expected(expected, why)}"]
    if not isinstance(value, tuple):
        return [f"{said.name} = {shown(said.raw)}: expected a sequence of {expected}"]
    items = cast("tuple[object, ...]", value)
    raw = cast("tuple[object, ...]", said.raw)
    found: list[str] = []
    more = 0  # counted, not kept: a body may hold a million
    for i, item in enumerate(items):
        if (why := reason(field, item)) is None:
            continue
        if len(found) < RowError.SHOWN:
            words = f"{said.name}[{i}] = {shown(raw[i], item)}: {_expected(expected, why)}"
            found.append(words)
        else:
            more += 1
    return found + ([f"{said.name}: {more} more like these"] if more else [])


def reason(field: Field, value: object) -> str | None:
    """Why a field cannot hold one value: None if it can, empty where what is expected says it."""
    if type(value) not in field.types:
        return ""
    for bound in field.bounds:  # a generator would take longer than the bounds
        if not holds(bound, value):
            return ""
    if isinstance(value, float):
        return None if math.isfinite(value) else ""
    if isinstance(value, dt.datetime) and value.tzinfo is not dt.UTC:
        return "one that UTC cannot hold" if _has_offset(value) else "a naive date"
    unwritable = isinstance(value, str) and not is_writable(value)
    return "a NUL or half a character" if unwritable else None


def _has_offset(date: dt.datetime) -> bool:
    try:
        return date.utcoffset() is not None
    except Exception:  # noqa: BLE001  # as above
        return False


def _expected(expected: str, why: str) -> str:
    """What was expected, and what there was instead."""
    return f"expected {expected}" + (f", got {why}" if why else "")


_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def is_writable(text: str) -> bool:
    """Whether every store can write a text: it holds no NUL and no half of a character."""
    return _UNWRITABLE.search(text) is None


def holds(bound: Bound, value: Any) -> Any:  # of the field's type by now, or a column of it
    """Whether a value keeps to a bound, or each of a column of numbers."""
    if isinstance(bound, Text):
        return 0 < len(value) <= bound.longest
    if isinstance(bound, AtMost):
        return value <= bound.high
    return value >= bound.low if isinstance(bound, AtLeast) else value > bound.low
