"""How a value stands in a column: the same on SQLite and PostgreSQL, to the last bit.

What a database would take and change without a word is refused: a date without its offset, a
number that is not finite, a text that is empty, too long or that no database can write.
"""

import datetime as dt
import json
import math
import struct
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from pumpperf.errors import ArgumentError
from pumpperf.possible import is_writable

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_TWO = tuple(f"{number:02}" for number in range(60))


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


def listed_texts(texts: tuple[str, ...]) -> str:
    """Texts as a JSON list."""
    return json.dumps(texts, ensure_ascii=False)


def texts_of_list(listed: str) -> tuple[str, ...]:
    """The texts again."""
    return tuple(json.loads(listed))


class UtcDate(TypeDecorator[dt.datetime]):
    """A date with its offset, kept in UTC to the microsecond."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, which has no dates."""
        kept = sa.Text() if dialect.name == "sqlite" else sa.TIMESTAMP(timezone=True)
        return dialect.type_descriptor(kept)

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Refuse a date without an offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ArgumentError(f"{value.isoformat()}: expected a date with its UTC offset")
        utc = value.astimezone(dt.UTC)
        return text_of_date(utc) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.datetime | None:
        """The date in UTC."""
        if value is None:
            return None
        return date_of_text(value) if dialect.name == "sqlite" else value.astimezone(dt.UTC)


class Number(TypeDecorator[float]):
    """A finite double."""

    impl = sa.Double
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite calls its doubles `REAL`, which elsewhere has half the digits."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.REAL[float]())
        return dialect.type_descriptor(sa.DOUBLE_PRECISION[float]())

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        """Refuse NaN, which SQLite turns into NULL, and infinity."""
        del dialect
        if value is not None and not math.isfinite(value):
            raise ArgumentError(f"{value}: expected a finite number, or None where it is absent")
        return value


class Words(TypeDecorator[str]):
    """A text of 1 to so many characters, ordered by code point on every database."""

    impl = sa.String
    cache_ok = True

    def __init__(self, longest: int) -> None:
        """Keep the most characters that a text may have."""
        super().__init__(longest)
        self.longest = longest

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite keeps no widths: the check beside the column does."""
        lite = dialect.name == "sqlite"
        return dialect.type_descriptor(sa.Text() if lite else sa.String(self.longest, "C"))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse what is too long, which SQLite takes, and what no database writes."""
        del dialect
        if value is not None and not (0 < len(value) <= self.longest and is_writable(value)):
            raise ArgumentError(f"{value!r}: expected 1 to {self.longest} writable characters")
        return value


class Indicator(TypeDecorator[bool]):
    """PPDM's `Y` and `N`."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """One character."""
        lite = dialect.name == "sqlite"
        return dialect.type_descriptor(sa.Text() if lite else sa.String(1, "C"))

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> str | None:  # noqa: FBT001
        """The letter."""
        del dialect
        return None if value is None else "Y" if value else "N"

    def process_result_value(self, value: str | None, dialect: Dialect) -> bool | None:
        """The truth."""
        del dialect
        return None if value is None else value == "Y"


class Whole(TypeDecorator[int]):
    """A whole number of 64 bits."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite's integers have 64 bits."""
        kept = sa.Integer() if dialect.name == "sqlite" else sa.BigInteger()
        return dialect.type_descriptor(kept)


class Numbers(TypeDecorator[tuple[float, ...]]):
    """A sequence of doubles, such as a dynamometer card."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: tuple[float, ...] | None, dialect: Dialect) -> bytes | None:
        """Packed."""
        del dialect
        return None if value is None else packed_numbers(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[float, ...] | None:
        """Unpacked."""
        del dialect
        return None if value is None else unpacked_numbers(value)


class Dates(TypeDecorator[tuple[dt.datetime, ...]]):
    """A sequence of dates, such as those of a power log."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(
        self, value: tuple[dt.datetime, ...] | None, dialect: Dialect
    ) -> bytes | None:
        """Packed."""
        del dialect
        return None if value is None else packed_dates(value)

    def process_result_value(
        self, value: Any | None, dialect: Dialect
    ) -> tuple[dt.datetime, ...] | None:
        """Unpacked."""
        del dialect
        return None if value is None else unpacked_dates(value)


class Texts(TypeDecorator[tuple[str, ...]]):
    """A sequence of texts, such as the keys of a run's inputs."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """As a list."""
        del dialect
        return None if value is None else listed_texts(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Of a list."""
        del dialect
        return None if value is None else texts_of_list(value)
