"""The repository over a database: the same promises as the one in memory, and they outlive it."""

import datetime as dt
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from os import PathLike
from types import TracebackType
from typing import Any, Self, TypeVar

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from pumpperf.adapters.sql.databases import opened
from pumpperf.adapters.sql.keep import Keep
from pumpperf.adapters.sql.schema import migrate
from pumpperf.errors import NotFoundError, StorageError
from pumpperf.model import ROWS, Row, table
from pumpperf.repository import MemoryRepository, Place

R = TypeVar("R", bound=Row)

FEW = 500
"""So many rows are looked up before they are written; more are first written as if all were new,
which the tables' own keys refuse if it is not so."""
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
        self._keeps: dict[type[Row], Keep[Any]] = {row: Keep(row, self._database) for row in ROWS}
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
        keep: Keep[R] = self._keeps[row]
        if not keep.finds(equal):
            return ()
        with _spoken(), self._database.reading() as connection:
            return keep.equal(connection, equal)

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
        keep: Keep[R] = self._keeps[row]
        if not keep.finds(equal):
            return ()
        with _spoken(), self._database.reading() as connection:
            return keep.newest(connection, by, count, before, equal)

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
            with _spoken(), self._database.writing() as connection:
                for kind, found in by_class.items():
                    keep = self._keeps[kind]
                    new = found if as_new else keep.settle(connection, found)
                    if new:
                        keep.insert(connection, new)
        except StorageError as error:
            if self._database.may_pass(error.__cause__):
                return False
            raise
        return True


@contextmanager
def _spoken() -> Generator[None]:
    """Errors of database and driver in the library's own words."""
    try:
        yield
    except (SQLAlchemyError, psycopg.Error, sqlite3.Error) as error:
        said = error.orig if isinstance(error, DBAPIError) else None
        cause = said or error
        raise StorageError(f"the database refused: {cause}") from cause
