"""What differs between SQLite and PostgreSQL, and nothing else."""

import datetime as dt
import os
import sqlite3
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from time import monotonic, sleep
from typing import Any, ClassVar, Protocol, cast
from zlib import crc32

import psycopg
import sqlalchemy as sa
from psycopg import errors, pq, sql
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from pumpperf.adapters.sql.codecs import TEXT, TIMESTAMP, DateForm, Line
from pumpperf.adapters.sql.types import (
    Dates,
    Indicator,
    Number,
    Numbers,
    Texts,
    UtcDate,
    Whole,
    Words,
    text_of_date,
)
from pumpperf.errors import ArgumentError

BUSY_S = 60
"""How long a writer waits for another one's unit of work."""
CONNECT_S = 10
"""How long a server may take to answer, if its URL says nothing else."""
READING = "pumpperf_reading"
LOCKS = 256
"""Over so many locks names are spread: a server has a few thousand."""


class Database(Protocol):
    """What the repository needs of a database beyond SQL."""

    dates: DateForm
    engine: sa.Engine

    def date(self, value: dt.datetime) -> object:
        """A date in UTC as the database keeps it."""
        ...

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A transaction in which all statements see one moment."""
        ...

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A transaction that keeps all that is written in it, or nothing."""
        ...

    def insert(self, connection: sa.Connection, table: sa.Table, lines: Iterable[Line]) -> None:
        """Write lines as fast as the driver can, within the connection's transaction."""
        ...

    def lock(self, connection: sa.Connection, names: Iterable[str]) -> None:
        """Let others who lock one of these names wait until the transaction ends."""
        ...

    def may_pass(self, error: BaseException | None) -> bool:
        """Whether another writer came first, so that the next try may succeed."""
        ...


def opened(database: str | os.PathLike[str]) -> Database:
    """The database of a path or a URL.

    Raises:
        ArgumentError: it is neither SQLite nor PostgreSQL, or an SQLite database in memory.
    """
    text = os.fspath(database)
    url = _url(text) if "://" in text else URL.create("sqlite", database=text)
    kind = url.get_backend_name()
    if kind == "postgresql":
        return PostgreSQL(url)
    if kind != "sqlite":
        raise ArgumentError(f"a database of {kind}: expected sqlite or postgresql")
    if not url.database or url.database == ":memory:" or url.query:
        raise ArgumentError(
            f"database {text!r}: expected the path of a file; MemoryRepository keeps rows in memory"
        )
    return SQLite(url.database)


def _url(text: str) -> URL:
    try:
        url = make_url(text)
    except (SQLAlchemyError, ValueError):  # whose words may hold the password
        raise ArgumentError("expected a URL such as postgresql://user@host/name") from None
    if "@" in (url.host or ""):  # the rest of a password, which words about the host would tell
        raise ArgumentError("expected a URL whose password writes @ as %40")
    return url


class SQLite:
    """One file, any number of readers and one writer at a time."""

    dates = TEXT

    def __init__(self, path: str) -> None:
        """Open or create the file with the first connection."""
        self.engine = sa.create_engine(
            URL.create("sqlite", database=path), connect_args={"timeout": BUSY_S}
        )
        self._turn = Lock()
        event.listen(self.engine, "connect", self._connected)
        event.listen(self.engine, "begin", self._begun)

    def date(self, value: dt.datetime) -> str:
        """As text."""
        return text_of_date(value)

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        """A transaction that begins without `IMMEDIATE`."""
        connection = self.engine.connect().execution_options(**{READING: True})
        with connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Generator[sa.Connection]:
        """One writer of this process after the other: to queue is fairer than to try again."""
        with self._turn, self.engine.begin() as connection:
            yield connection

    def insert(self, connection: sa.Connection, table: sa.Table, lines: Iterable[Line]) -> None:
        """By the driver's own `executemany`."""
        marks = ", ".join("?" * len(table.columns))
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        driver.executemany(f"INSERT INTO {table.name} VALUES ({marks})", lines)  # noqa: S608

    def lock(self, connection: sa.Connection, names: Iterable[str]) -> None:
        """`BEGIN IMMEDIATE` has locked everything."""

    def may_pass(self, error: BaseException | None) -> bool:
        """A key is taken."""
        return isinstance(error, sqlite3.IntegrityError) and error.sqlite_errorcode in (
            sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
            sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        )

    @staticmethod
    def _connected(driver: sqlite3.Connection, _record: object) -> None:
        driver.isolation_level = None  # transactions begin as `_begun` says
        _write_ahead(driver)
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA foreign_keys = ON")

    @staticmethod
    def _begun(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get(READING, False)
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        driver.execute("BEGIN" if reading else "BEGIN IMMEDIATE")


def _write_ahead(driver: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait here for others who do the same."""
    until = monotonic() + BUSY_S
    while True:
        try:
            driver.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)
        else:
            return


class _BinaryCursor(psycopg.Cursor[Any]):
    """A cursor that takes values in the server's own form: exact, and twice as fast."""

    def __init__(self, *arguments: Any, **more: Any) -> None:  # as psycopg calls it
        super().__init__(*arguments, **more)
        self.format = pq.Format.BINARY


class PostgreSQL:
    """A server for a team."""

    dates = TIMESTAMP
    TYPES: ClassVar[dict[type, str]] = {
        Dates: "bytea",
        Indicator: "text",
        Number: "float8",
        Numbers: "bytea",
        Texts: "text",
        UtcDate: "timestamptz",
        Whole: "int8",
        Words: "text",
    }

    def __init__(self, url: URL) -> None:
        """Connect when the first statement asks for it."""
        given = url.query.get("options", os.environ.get("PGOPTIONS", ""))
        self.engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": int(str(url.query.get("connect_timeout", CONNECT_S))),
                "cursor_factory": _BinaryCursor,
                "options": f"{given} -c timezone=UTC",
            },
        )

    def date(self, value: dt.datetime) -> dt.datetime:
        """As it is."""
        return value

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        """All statements see the moment of the first."""
        connection = self.engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with connection, connection.begin():
            yield connection

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """Each statement sees what others have kept by then; the tables' keys decide."""
        return self.engine.begin()

    def insert(self, connection: sa.Connection, table: sa.Table, lines: Iterable[Line]) -> None:
        """By a binary COPY."""
        columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
        words = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)")
        driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
        copied = words.format(sql.Identifier(table.name), columns)
        with driver.cursor() as cursor, cursor.copy(copied) as copy:
            copy.set_types([self.TYPES[type(column.type)] for column in table.columns])
            for line in lines:
                copy.write_row(line)

    def lock(self, connection: sa.Connection, names: Iterable[str]) -> None:
        """By advisory locks, few enough for the server and in one order, so that none cross."""
        numbers = sorted({crc32(name.encode()) % LOCKS for name in names})
        if numbers:
            connection.exec_driver_sql(
                "SELECT pg_advisory_xact_lock(hashtext('pumpperf'), number)"
                " FROM unnest(%(numbers)s::int[]) number",
                {"numbers": numbers},
            )

    def may_pass(self, error: BaseException | None) -> bool:
        """A key is taken, or two writers waited for each other."""
        return isinstance(
            error,
            errors.UniqueViolation | errors.DeadlockDetected | errors.SerializationFailure,
        )
