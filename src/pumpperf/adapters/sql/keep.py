"""The rows of one class in the database, read and written within a transaction."""

import datetime as dt
import gc
import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

import psycopg
import sqlalchemy as sa

from pumpperf.adapters.sql.databases import Database
from pumpperf.adapters.sql.rows import Line, row_codec
from pumpperf.adapters.sql.statements import ACTIVE, BEFORE, CHANGEABLE, COUNT, KEYS, Statements
from pumpperf.adapters.sql.tables import LAYOUTS
from pumpperf.errors import ArgumentError
from pumpperf.fields import describe
from pumpperf.model import Key, Row, content, key
from pumpperf.repository import Place, refuse_conflict

R = TypeVar("R", bound=Row)
Value = str | bool | int | float | dt.datetime | None

AT_ONCE = 500
"""So many keys are looked up in one statement."""


class Keep(Generic[R]):
    """Where the rows of one class are kept."""

    def __init__(self, row: type[R], database: Database) -> None:
        """Know the tables of a class.

        Args:
            row: the class.
            database: where its tables stand.
        """
        self._row = row
        self._database = database
        self._codec = row_codec(row, database.dates)
        self._statements = Statements(self._codec)

    def finds(self, equal: Mapping[str, Value]) -> bool:
        """Whether each value may equal what its field holds: a database would turn 1 into '1'.

        Raises:
            ArgumentError: the class has no such field to be found by, or a date has no offset.
        """
        unknown = sorted(equal.keys() - LAYOUTS[self._row].part.values.keys())
        if unknown:
            raise ArgumentError(f"{self._row.__name__} has no {', '.join(unknown)} to be found by")
        kinds = {field.name: field.types[0] for field in describe(self._row)}
        return all(
            isinstance(value, str) if issubclass(kinds[name], str) else type(value) is kinds[name]
            for name, value in equal.items()
        )

    def equal(self, connection: sa.Connection, equal: Mapping[str, Value]) -> tuple[R, ...]:
        """All rows with these values, in order of their keys."""
        columns, bound = self._bound(equal)
        return self._rows(connection, self._statements.equal(columns), bound)

    def newest(
        self,
        connection: sa.Connection,
        by: str,
        count: int,
        before: Place | None,
        equal: Mapping[str, Value],
    ) -> tuple[R, ...]:
        """At most so many rows with these values, the latest date first."""
        columns, bound = self._bound(equal)
        bound |= {COUNT: count}
        if before is not None:
            place = enumerate((before[0], *before[1]))
            bound |= {BEFORE.format(i): self._kept(value) for i, value in place}
        date = LAYOUTS[self._row].part.values[by]
        selects = self._statements.newest(columns, date, behind=before is not None)
        return self._rows(connection, selects, bound)

    def insert(self, connection: sa.Connection, rows: Sequence[R]) -> None:
        """Write rows whose keys are new."""
        codec = self._codec
        self._database.insert(connection, codec.layout.table, map(codec.encode, rows))
        for child in codec.children:
            lines = (line for row in rows for line in child.lines(row, key(row)))
            self._database.insert(connection, child.child.table, lines)

    def settle(self, connection: sa.Connection, rows: Iterable[R]) -> list[R]:
        """The rows whose keys are new; those that are kept are held against what is kept.

        Raises:
            ConflictError: a row says something else than the one that is kept.
        """
        ordered = sorted(rows, key=key)
        kept = self._under(connection, [key(row) for row in ordered])
        changed: list[R] = []
        new: list[R] = []
        for row in ordered:
            before = kept.get(key(row))
            if before is None:
                new.append(row)
            elif content(row) != content(before):
                refuse_conflict(row, before)
                changed.append(row)
        self._change(connection, [row for row in changed if not row.active_ind])
        if self._row.SUBJECT:
            self._retire(connection, [row for row in (*changed, *new) if row.active_ind])
        self._change(connection, [row for row in changed if row.active_ind])
        return new

    def _under(self, connection: sa.Connection, keys: Sequence[Key]) -> dict[Key, R]:
        found: dict[Key, R] = {}
        for first in range(0, len(keys), AT_ONCE):
            some = keys[first : first + AT_ONCE]
            wanted = [one for (one,) in some] if len(self._row.KEY) == 1 else some
            rows = self._rows(connection, self._statements.keyed, {KEYS: wanted})
            found |= {key(row): row for row in rows}
        return found

    def _change(self, connection: sa.Connection, rows: Sequence[R]) -> None:
        if rows:
            connection.execute(
                self._statements.change,
                [
                    {f"new_{name}": self._kept(getattr(row, name)) for name in CHANGEABLE}
                    | {f"is_{name}": getattr(row, name) for name in row.KEY}
                    for row in rows
                ],
            )

    def _retire(self, connection: sa.Connection, rows: Sequence[R]) -> None:
        if rows:
            connection.execute(
                self._statements.retire,
                [
                    {
                        "new_active_ind": self._kept(value=False),
                        "new_row_changed_by": row.row_created_by,
                        "new_row_changed_date": self._kept(row.row_created_date),
                        "its_key": key(row)[0],
                        f"is_{ACTIVE}": self._kept(value=True),
                        **{f"is_{name}": self._kept(getattr(row, name)) for name in row.SUBJECT},
                    }
                    for row in rows
                ],
            )

    def _rows(
        self,
        connection: sa.Connection,
        selects: Sequence[sa.Select[Any]],
        bound: Mapping[str, object],
    ) -> tuple[R, ...]:
        codec, keys = self._codec, len(self._row.KEY)
        lines, *nested = (_lines(connection, select, bound) for select in selects)
        with _uncollected():
            groups: list[dict[Line, list[Any]]] = []  # items of any class
            for child, found in zip(codec.children, nested, strict=True):
                items: dict[Line, list[Any]] = {}
                for line in found:
                    items.setdefault(line[:keys], []).append(child.item(line))
                groups.append(items)
            return tuple(
                codec.decode(line, *(tuple(items.get(line[:keys], ())) for items in groups))
                for line in lines
            )

    def _bound(self, equal: Mapping[str, Value]) -> tuple[tuple[str, ...], dict[str, object]]:
        columns = LAYOUTS[self._row].part.values
        names = tuple(columns[name] for name in equal)
        values = (self._kept(value) for value in equal.values())
        return names, {f"is_{name}": value for name, value in zip(names, values, strict=True)}

    def _kept(self, value: Value) -> object:
        """A value as the database keeps it."""
        if isinstance(value, bool):
            return "Y" if value else "N"
        if isinstance(value, StrEnum):
            return value.value
        if isinstance(value, dt.datetime):
            if value.tzinfo is None:
                raise ArgumentError(f"{value.isoformat()}: expected a date with its UTC offset")
            return self._database.date(value.astimezone(dt.UTC))
        return value


def _lines(
    connection: sa.Connection, select: sa.Select[Any], bound: Mapping[str, object]
) -> list[Line]:
    cursor = cast("sqlite3.Cursor | psycopg.Cursor", connection.execute(select, bound).cursor)
    return cursor.fetchall()  # the driver's own tuples


@contextmanager
def _uncollected() -> Generator[None]:
    """Making rows makes no garbage: to look for it meanwhile takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
