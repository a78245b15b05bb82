"""The rows of one class in the database, read and written within a transaction."""

import datetime as dt
import gc
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from pumpperf.adapters.sql.codecs import Line, RowCodec
from pumpperf.adapters.sql.databases import Database
from pumpperf.adapters.sql.statements import BEFORE, COUNT, END, START, VALUES, Selects, Statements
from pumpperf.adapters.sql.tables import DIGEST, LAYOUTS
from pumpperf.model import Row, key
from pumpperf.questions import Among, Place, Span
from pumpperf.repository import CHANGEABLE

R = TypeVar("R", bound=Row)

Named = Mapping[str, object]
"""Values by the names of fields, or of what a statement binds."""

AT_ONCE = 500
"""So many rows are looked up in one statement."""
WRITTEN_AT_ONCE = 5000
"""The lines of so many rows are held while they are written."""


class RowStore(Generic[R]):
    """Where the rows of one class are kept."""

    def __init__(self, row: type[R], database: Database) -> None:
        """Know the tables of a class.

        Args:
            row: the class.
            database: where its tables stand.
        """
        self._row = row
        self._database = database
        self._codec = RowCodec(LAYOUTS[row], database.dates)
        self._statements = Statements(self._codec)
        self._is_sound = False

    def find(
        self,
        connection: sa.Connection,
        equal: Named,
        among: Among = None,
        during: Span | None = None,
    ) -> tuple[R, ...]:
        """All rows with these values, in order of their keys."""
        columns, bound = self._bound(equal, during)
        selects = self._statements.found(
            columns, during=during is not None, among=among is not None
        )
        if among is None:
            return self._rows(connection, selects, bound)
        return tuple(self._among(connection, sorted(among), selects, bound))

    def keys(self, connection: sa.Connection, equal: Named, during: Span | None) -> list[Line]:
        """The keys of all rows with these values."""
        self._look(connection)
        columns, bound = self._bound(equal, during)
        return _lines(connection, self._statements.keys(columns, during=during is not None), bound)

    def newest(
        self, connection: sa.Connection, by: str, count: int, before: Place | None, equal: Named
    ) -> tuple[R, ...]:
        """At most so many rows with these values, the latest date first."""
        columns, bound = self._bound(equal, None)
        bound |= {COUNT: count}
        if before is not None:
            place = enumerate((before[0], *before[1]))
            bound |= {BEFORE.format(i): self._stored(value) for i, value in place}
        date = LAYOUTS[self._row].part.values[by]
        selects = self._statements.newest(columns, date, behind=before is not None)
        return self._rows(connection, selects, bound)

    def beside(self, connection: sa.Connection, rows: Sequence[R]) -> list[R]:
        """What is kept under the keys of these rows, or is active about their subjects."""
        statements, subject = self._statements, self._row.SUBJECT
        if len(rows) == 1:  # as nearly always: by statements that need not be written anew
            its = {name: getattr(rows[0], name) for name in (*subject, *self._row.KEY)}
            keyed = self.find(connection, {name: its[name] for name in self._row.KEY})
            asked = {name: its[name] for name in subject} | {"active_ind": True}
            return [*(self.find(connection, asked) if subject else ()), *keyed]
        about = [tuple(self._stored(getattr(row, name)) for name in subject) for row in rows]
        active = self._among(connection, about, statements.active, {}) if subject else []
        return [*active, *self.find(connection, {}, among=map(key, rows))]

    def change(self, connection: sa.Connection, rows: Sequence[R]) -> None:
        """Write whether rows that are kept count; of a subject, first those that do not."""
        last = self._row.SUBJECT != ()
        ordered = sorted(rows, key=lambda row: (last and row.active_ind, key(row)))
        if ordered:
            connection.execute(
                self._statements.change,
                [
                    {f"new_{name}": self._stored(getattr(row, name)) for name in CHANGEABLE}
                    | {f"new_{DIGEST}": self._codec.lines(row)[0][-1]}
                    | {f"is_{name}": getattr(row, name) for name in row.KEY}
                    for row in ordered
                ],
            )

    def insert(self, connection: sa.Connection, rows: Sequence[R]) -> None:
        """Write rows whose keys are new."""
        self._look(connection)
        codec, insert = self._codec, self._database.insert
        for first in range(0, len(rows), WRITTEN_AT_ONCE):
            written = [codec.lines(row) for row in rows[first : first + WRITTEN_AT_ONCE]]
            insert(connection, codec.layout.table, (own for own, _ in written))
            for place, child in enumerate(codec.children):
                lines = (line for _, nested in written for line in nested[place])
                insert(connection, child.child.table, lines)

    def _among(
        self,
        connection: sa.Connection,
        wanted: Sequence[tuple[object, ...]],
        selects: Selects,
        bound: Named,
    ) -> list[R]:
        found: list[R] = []
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            values = [one for (one,) in some] if len(some[0]) == 1 else some
            found += self._rows(connection, selects, {**bound, VALUES: values})
        return found

    def _rows(self, connection: sa.Connection, selects: Selects, bound: Named) -> tuple[R, ...]:
        self._look(connection)
        lines = _lines(connection, selects[0], bound)
        if not lines:
            return ()
        nested = [_lines(connection, select, bound) for select in selects[1:]]
        with _uncollected():
            return self._codec.rows(lines, nested)

    def _look(self, connection: sa.Connection) -> None:
        """Look once whether the tables are whole, before their first line is believed."""
        if not self._is_sound:
            children = (child.child.table for child in self._codec.children)
            for part in (self._codec.layout.table, *children):
                self._database.check(connection, part.name)
            self._is_sound = True

    def _bound(
        self, equal: Named, during: Span | None
    ) -> tuple[tuple[str, ...], dict[str, object]]:
        columns = LAYOUTS[self._row].part.values
        names = tuple(columns[name] for name in equal)
        values = (self._stored(value) for value in equal.values())
        bound = {f"is_{name}": value for name, value in zip(names, values, strict=True)}
        for name, edge in zip((START, END), during or (), strict=False):
            bound[name] = self._stored(edge)
        return names, bound

    def _stored(self, value: object) -> object:
        """A value as the database keeps it."""
        if isinstance(value, bool):
            return "Y" if value else "N"
        if isinstance(value, StrEnum):
            return value.value
        if isinstance(value, dt.datetime):
            return self._database.date(value.astimezone(dt.UTC))
        return value


def _lines(connection: sa.Connection, select: sa.Select[Any], bound: Named) -> list[Line]:
    """What a statement finds, as the driver's own tuples.

    The driver is asked itself: to go through SQLAlchemy takes longer than a row that is found.
    """
    if VALUES in bound:  # as many marks as there are values: written anew each time
        cursor = cast("sqlite3.Cursor", connection.execute(select, bound).cursor)
        return cursor.fetchall()
    if select not in _WRITTEN:
        compiled = select.compile(connection)
        _WRITTEN[select] = str(compiled), compiled.params, compiled.positiontup
    text, fixed, names = _WRITTEN[select]
    given = {**fixed, **bound}
    cursor = cast("sqlite3.Cursor", connection.connection.cursor())  # psycopg's is asked alike
    cursor.execute(text, given if names is None else [given[name] for name in names])
    return cursor.fetchall()


_Written = tuple[str, Named, list[str] | None]
_WRITTEN: WeakKeyDictionary[sa.Select[Any], _Written] = WeakKeyDictionary()
"""Statements as their database reads them: text, values that are fixed, and the order of all values
if it knows no names. Each statement belongs to the repository of one database."""


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
