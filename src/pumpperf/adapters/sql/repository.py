"""The repository over a database: the same promises as the one in memory, and they outlive it."""

import datetime as dt
import gc
import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from os import PathLike
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from pumpperf.adapters.sql.databases import opened
from pumpperf.adapters.sql.rows import Line, row_codec
from pumpperf.adapters.sql.schema import migrate
from pumpperf.adapters.sql.statements import ACTIVE, BEFORE, CHANGEABLE, COUNT, KEYS, Statements
from pumpperf.adapters.sql.tables import LAYOUTS
from pumpperf.errors import ArgumentError, NotFoundError, StorageError
from pumpperf.model import ROWS, Key, Row, content, key, table
from pumpperf.repository import MemoryRepository, Place, refuse_conflict

R = TypeVar("R", bound=Row)
Value = str | bool | int | float | dt.datetime | None

FEW = 500
"""So many rows are looked up before they are written, and so many at a time; more rows are first
written as if all were new, which the tables' own keys refuse if it is not so."""
TRIES = 100
"""How often a unit of work is tried while other writers come first."""


class SqlRepository:
    """Rows in SQLite or PostgreSQL, the schema made or brought up to date on opening.

    >>> from tempfile import TemporaryDirectory
    >>> from pumpperf import Equipment
    >>> with TemporaryDirectory() as folder:
    ...     with SqlRepository(f"{folder}/pumps.db") as pumps:
    ...         pumps.add(Equipment(equipment_id="P1", lift_type="ESP"))
    ...     with SqlRepository(f"{folder}/pumps.db") as again:
    ...         again.get(Equipment, "P1").lift_type.value
    'ESP'
    """

    def __init__(self, database: str | PathLike[str]) -> None:
        """Open a database; a new SQLite file is made.

        Args:
            database: the path of an SQLite file, or a URL: `sqlite:///pumps.db`,
                `postgresql://user:password@host/name`.

        Raises:
            ArgumentError: it is another kind of database.
            StorageError: it cannot be opened, or is newer than this library.
        """
        self._database = opened(database)
        self._codecs = {row: row_codec(LAYOUTS[row], self._database.dates) for row in ROWS}
        self._statements = {row: Statements(codec) for row, codec in self._codecs.items()}
        try:
            with _spoken():
                migrate(self._database)
        except StorageError:
            self.close()
            raise

    def close(self) -> None:
        """Close every connection; the next call opens one again."""
        self._database.engine.dispose()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def get(self, row: type[R], /, *values: str | int) -> R:
        """The row of that class under that key."""
        named = dict(zip(row.KEY, values, strict=False))
        found = self.find(row, **named) if len(named) == len(row.KEY) == len(values) else ()
        if not found:
            raise NotFoundError(f"no {table(row)} under {', '.join(map(repr, values))}")
        return found[0]

    def find(self, row: type[R], /, **equal: str | bool | int | dt.datetime) -> tuple[R, ...]:
        """All rows of that class with these values in these fields, in order of their keys."""
        columns, bound = self._asked(row, equal)
        with self._reading() as connection:
            return self._rows(connection, row, self._statements[row].equal(columns), bound)

    def newest(
        self,
        row: type[R],
        /,
        by: str,
        count: int,
        before: Place | None = None,
        **equal: str | bool | dt.datetime,
    ) -> tuple[R, ...]:
        """At most so many rows of that class with these values, the latest date first."""
        columns, bound = self._asked(row, equal)
        (date,), _ = self._asked(row, {by: True})
        place = () if before is None else (before[0], *before[1])
        bound |= {COUNT: count}
        bound |= {BEFORE.format(i): self._kept(value) for i, value in enumerate(place)}
        selects = self._statements[row].newest(columns, date, behind=before is not None)
        with self._reading() as connection:
            return self._rows(connection, row, selects, bound)

    def add(self, *rows: Row) -> None:
        """Keep all rows or none.

        Raises:
            ConflictError: a row says something else than the one that is kept.
            StorageError: the database could not keep them.
        """
        if len(rows) > FEW and self._added(rows, as_new=True):
            return
        batch = MemoryRepository()
        batch.add(*rows)
        if not any(self._added(tuple(batch), as_new=False) for _ in range(TRIES)):
            raise StorageError(f"other writers came first {TRIES} times: add the rows again")

    def _added(self, rows: Sequence[Row], *, as_new: bool) -> bool:
        """Whether the rows were kept, and no other writer came first."""
        by_class: dict[type[Row], list[Row]] = {}
        for row in rows:
            by_class.setdefault(type(row), []).append(row)
        try:
            with _spoken(), self._database.engine.begin() as connection:
                for kind, found in by_class.items():
                    new = found if as_new else self._settled(connection, kind, found)
                    if new:
                        self._insert(connection, kind, new)
        except StorageError as error:
            if self._database.may_pass(error.__cause__):
                return False
            raise
        return True

    def _insert(self, connection: sa.Connection, kind: type[Row], rows: Sequence[Row]) -> None:
        codec, insert = self._codecs[kind], self._database.insert
        insert(connection, codec.layout.table, map(codec.encode, rows))
        for child in codec.children:
            lines = (line for row in rows for line in child.lines(row, key(row)))
            insert(connection, child.child.table, lines)

    def _settled(self, connection: sa.Connection, kind: type[R], rows: Iterable[R]) -> list[R]:
        """The rows that are not kept yet; what is kept is held against them, and retired."""
        ordered = sorted(rows, key=key)
        kept = self._under(connection, kind, [key(row) for row in ordered])
        changed: list[R] = []
        new: list[R] = []
        for row in ordered:
            before = kept.get(key(row))
            if before is None:
                new.append(row)
            elif content(row) != content(before):
                refuse_conflict(row, before)
                changed.append(row)
        self._change(connection, kind, [row for row in changed if not row.active_ind])
        if kind.SUBJECT:
            self._retire(connection, kind, [row for row in (*changed, *new) if row.active_ind])
        self._change(connection, kind, [row for row in changed if row.active_ind])
        return new

    def _under(self, connection: sa.Connection, kind: type[R], keys: Sequence[Key]) -> dict[Key, R]:
        found: dict[Key, R] = {}
        for first in range(0, len(keys), FEW):
            some = keys[first : first + FEW]
            wanted = [one for (one,) in some] if len(kind.KEY) == 1 else some
            rows = self._rows(connection, kind, self._statements[kind].keyed, {KEYS: wanted})
            found |= {key(row): row for row in rows}
        return found

    def _change(self, connection: sa.Connection, kind: type[Row], rows: Sequence[Row]) -> None:
        if rows:
            connection.execute(
                self._statements[kind].change,
                [
                    {f"new_{name}": self._kept(getattr(row, name)) for name in CHANGEABLE}
                    | {f"is_{name}": getattr(row, name) for name in row.KEY}
                    for row in rows
                ],
            )

    def _retire(self, connection: sa.Connection, kind: type[Row], rows: Sequence[Row]) -> None:
        if rows:
            connection.execute(
                self._statements[kind].retire,
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
        kind: type[R],
        selects: Sequence[sa.Select[Any]],
        bound: Mapping[str, object],
    ) -> tuple[R, ...]:
        codec, keys = self._codecs[kind], len(kind.KEY)
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

    def _asked(
        self, row: type[Row], equal: Mapping[str, Value]
    ) -> tuple[tuple[str, ...], dict[str, object]]:
        columns = LAYOUTS[row].part.values
        unknown = sorted(equal.keys() - columns.keys())
        if unknown:
            raise ArgumentError(f"{row.__name__} has no {', '.join(unknown)} to be found by")
        names = tuple(columns[name] for name in equal)
        return names, {f"is_{columns[name]}": self._kept(value) for name, value in equal.items()}

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

    @contextmanager
    def _reading(self) -> Generator[sa.Connection]:
        with (
            _spoken(),
            self._database.reading(self._database.engine.connect()) as connection,
            connection.begin(),
        ):
            yield connection


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


@contextmanager
def _spoken() -> Generator[None]:
    """Errors of database and driver in the library's own words."""
    try:
        yield
    except (SQLAlchemyError, psycopg.Error, sqlite3.Error) as error:
        said = error.orig if isinstance(error, DBAPIError) else None
        cause = said or error
        raise StorageError(f"the database refused: {cause}") from cause
