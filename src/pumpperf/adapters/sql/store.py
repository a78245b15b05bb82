"""The repository over a database: the same promises as the one in memory, and they outlive it."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, repeat
from os import PathLike
from typing import Any, Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from pumpperf.adapters.sql.databases import opened
from pumpperf.adapters.sql.row_store import RowStore
from pumpperf.adapters.sql.upgrade import migrate
from pumpperf.errors import NotFoundError, StorageError, shown
from pumpperf.model import ROWS, Key, Row, key, table
from pumpperf.questions import (
    Among,
    Place,
    Span,
    Value,
    refuse_page,
    sought,
    sought_key,
    sought_keys,
    sought_span,
)
from pumpperf.repository import Answer, MemoryRepository, refuse_strangers, subject

R = TypeVar("R", bound=Row)
Write = Callable[[sa.Connection, Sequence[Row]], tuple[Row, ...]]

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
    ...         kept = pumps.add(Equipment(equipment_id="P1", lift_type="ESP"))
    ...     with SqlRepository(f"{folder}/pumps.db") as again:
    ...         (again.get(Equipment, "P1"),) == kept
    True
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
        self._stores: dict[type[Row], RowStore[Any]] = {
            row: RowStore(row, self._database) for row in ROWS
        }
        try:
            with self._spoken():
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

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def get(self, row: type[R], /, *values: str | int) -> R:
        """The row of that class under that key."""
        named = sought_key(row, values)
        found = () if named is None else self._found(row, named)
        if not found:
            raise NotFoundError(f"no {table(row)} under {', '.join(map(shown, values))}")
        return found[0]

    def find(
        self, row: type[R], among: Among = None, during: Span | None = None, /, **equal: Value
    ) -> tuple[R, ...]:
        """All rows of that class with these values in these fields, in order of their keys."""
        time, values = sought_span(row, during), sought(row, equal)
        keys = None if among is None else sought_keys(row, among)
        return () if values is None else self._found(row, values, keys, time)

    def _found(
        self,
        row: type[R],
        values: Mapping[str, object],
        among: Sequence[Key] | None = None,
        during: Span | None = None,
    ) -> tuple[R, ...]:
        store: RowStore[R] = self._stores[row]
        with self._spoken(row), self._database.reading() as connection:
            return store.find(connection, values, among, during)

    def newest(
        self, row: type[R], /, by: str, count: int, before: Place | None = None, **equal: Value
    ) -> tuple[R, ...]:
        """At most so many rows of that class with these values, the latest date first."""
        refuse_page(row, by, count, before)
        values = sought(row, equal)
        if values is None:
            return ()
        store: RowStore[R] = self._stores[row]
        with self._spoken(row), self._database.reading() as connection:
            return store.newest(connection, by, count, before, values)

    def add(self, *rows: Row, read: Iterable[Answer] = ()) -> tuple[Row, ...]:
        """Keep all rows or none, if what they were made of is still what is kept.

        Raises:
            ConflictError: a row says something else than the one that is kept.
            StaleError: they were made of other rows than those that are now kept.
            StorageError: the database could not keep them.
        """
        refuse_strangers(rows)
        answers = tuple(read)
        writes: Iterator[Write] = repeat(partial(self._settle, answers), TRIES)
        if len(rows) > FEW and not answers:
            writes = chain([self._insert], writes)
        for write in writes:
            kept = self._kept(write, rows)
            if kept is not None:
                return kept
        raise StorageError(f"other writers came first {TRIES} times: add the rows again")

    def _kept(self, write: Write, rows: Sequence[Row]) -> tuple[Row, ...] | None:
        """The rows as they are kept; None if another writer came first."""
        try:
            with self._spoken(*map(type, rows)), self._database.writing() as connection:
                return write(connection, rows)
        except StorageError as error:
            if self._database.may_pass(error.__cause__):
                return None
            raise

    def _insert(self, connection: sa.Connection, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Write rows as if all were new."""
        for kind, found in _by_class(rows):
            self._stores[kind].insert(connection, found)
        return tuple(rows)

    def _settle(
        self, read: Iterable[Answer], connection: sa.Connection, rows: Sequence[Row]
    ) -> tuple[Row, ...]:
        """Add the rows, in memory, to those that are kept beside them; write what comes of it.

        Who writes about a subject waits for others who do, and then looks whether what it has read
        still stands. What is kept after that look, a later writer sees, who waits for this one.
        """
        self._database.lock(connection, {repr(subject(row)) for row in rows if row.SUBJECT})
        for answer in read:
            answer.hold_against(self._keys_now(connection, answer))
        kept = {
            (kind, key(row)): row
            for kind, found in _by_class(rows)
            for row in self._stores[kind].beside(connection, found)
        }
        memory = MemoryRepository()
        memory.add(*kept.values())
        settled = memory.add(*rows)
        for kind, found in _by_class(memory):
            known = [(row, kept.get((kind, key(row)))) for row in found]
            changed = [row for row, before in known if before not in (None, row)]
            self._stores[kind].change(connection, changed)
            new = [row for row, before in known if before is None]
            self._stores[kind].insert(connection, sorted(new, key=key))
        return settled

    def _keys_now(self, connection: sa.Connection, answer: Answer) -> Iterable[Key]:
        values, store = sought(answer.row, answer.equal), self._stores[answer.row]
        if values is None:
            return ()
        if answer.page is None:
            return store.keys(connection, values, sought_span(answer.row, answer.during))
        page = answer.page
        return map(key, store.newest(connection, page.by, page.count, page.before, values))

    @contextmanager
    def _spoken(self, *rows: type[Row]) -> Generator[None]:
        """Errors of database and driver in the library's own words, and at which rows."""
        try:
            yield
        except (SQLAlchemyError, self._database.driver_error, UnicodeDecodeError) as error:
            cause = (isinstance(error, DBAPIError) and error.orig) or error
            at = ", ".join(sorted(set(map(table, rows))))
            words = f"the database refused at {at}" if at else "the database could not be opened"
            raise StorageError(f"{words}: {cause}") from cause


def _by_class(rows: Iterable[Row]) -> Iterator[tuple[type[Row], list[Row]]]:
    """The rows of each class, always in the same order, so that writers do not cross each other."""
    found: dict[type[Row], list[Row]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return ((kind, found[kind]) for kind in sorted(found, key=table))
