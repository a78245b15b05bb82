"""How a value stands in a column: the same on SQLite and PostgreSQL, to the last bit."""

import datetime as dt
import json
import struct
from functools import lru_cache
from typing import Any

import numpy as np
import sqlalchemy as sa

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_TWO = tuple(f"{number:02}" for number in range(60))

Type = sa.types.TypeEngine[Any]  # of whatever a column holds

DATE: Type = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
NUMBER: Type = sa.Double[float]().with_variant(sa.REAL[float](), "sqlite")
COUNT: Type = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
PACKED: Type = sa.LargeBinary()
LISTED: Type = sa.Text()


def text(longest: int) -> Type:
    """Text ordered by code point; SQLite keeps no widths: the check beside the column does."""
    return sa.Text().with_variant(sa.String(longest, "C"), "postgresql")


INDICATOR = text(1)


def text_of_date(date: dt.datetime) -> str:
    """A date in UTC as text that sorts as the dates do, in half the time of `isoformat`.

    >>> text_of_date(dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
    '2026-01-02T03:04:05.000000+00:00'
    """
    return (
        f"{date.year:04}-{_TWO[date.month]}-{_TWO[date.day]}T"
        f"{_TWO[date.hour]}:{_TWO[date.minute]}:{_TWO[date.second]}.{date.microsecond:06}+00:00"
    )


text_of_moment = lru_cache(maxsize=64)(text_of_date)
"""The same, for dates that many rows share."""


date_of_text = dt.datetime.fromisoformat


def packed_numbers(numbers: tuple[float, ...]) -> bytes:
    """Doubles one behind the other, little-endian: eight bytes each, bit for bit.

    >>> unpacked_numbers(packed_numbers((0.1, -2.5)))
    (0.1, -2.5)
    """
    return struct.pack(f"<{len(numbers)}d", *numbers)


def unpacked_numbers(packed: bytes) -> tuple[float, ...]:
    """The doubles again."""
    return struct.unpack(f"<{len(packed) // 8}d", packed)


def packed_dates(dates: tuple[dt.datetime, ...]) -> bytes:
    """Whole microseconds since 1970 in UTC, little-endian: eight bytes each.

    >>> unpacked_dates(packed_dates((dt.datetime(1969, 12, 31, 23, tzinfo=dt.UTC),)))[0].isoformat()
    '1969-12-31T23:00:00+00:00'
    """
    return struct.pack(f"<{len(dates)}q", *((date - _EPOCH) // _MICROSECOND for date in dates))


def unpacked_dates(packed: bytes) -> tuple[dt.datetime, ...]:
    """The dates again."""
    counts = struct.unpack(f"<{len(packed) // 8}q", packed)
    return tuple(_EPOCH + count * _MICROSECOND for count in counts)


def edges_of(packed: bytes) -> tuple[dt.datetime | None, ...]:
    """The first and the last of packed dates; None of none.

    >>> noon = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
    >>> edges_of(packed_dates((noon, noon.replace(day=1)))) == (noon.replace(day=1), noon)
    True
    """
    counts = np.frombuffer(packed, "<i8")
    if not counts.size:
        return (None, None)
    return tuple(_EPOCH + int(count) * _MICROSECOND for count in (counts.min(), counts.max()))


_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode  # made once: `dumps` makes one a call


def listed_texts(texts: tuple[str, ...]) -> str:
    """Texts as a JSON list."""
    return _AS_JSON(texts)


def texts_of_list(listed: str) -> tuple[str, ...]:
    """The texts again."""
    return tuple(json.loads(listed))
