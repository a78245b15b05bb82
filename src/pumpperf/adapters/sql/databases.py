"""What the repository needs of a database, and SQLite's way to do it."""

import datetime as dt
import os
import sqlite3
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from time import monotonic, sleep
from typing import Protocol, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from pumpperf.adapters.sql.codecs import TEXT, DateForm, Line
from pumpperf.adapters.sql.types import text_of_date
from pumpperf.errors import ArgumentError, StorageError, extra, shown
from pumpperf.possible import is_writable

BUSY_S = 60
"""How long a writer waits for another one's unit of work."""
READING = "pumpperf_reading"


class Database(Protocol):
    """What the repository needs of a database beyond SQL."""

    dates: DateForm
    engine: sa.Engine
    driver_error: type[Exception]

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

    def check(self, connection: sa.Connection, table: str) -> None:
        """Look whether a table and its indexes are whole.

        Raises:
            StorageError: they are not.
        """
        ...

    def may_pass(self, error: BaseException | None) -> bool:
        """Whether another writer came first, so that the next try may succeed."""
        ...


def opened(database: str | os.PathLike[str]) -> Database:
    """The database of a path or a URL.

    Raises:
        ArgumentError: it is neither SQLite nor PostgreSQL, or an SQLite database in memory.
        ModuleNotFoundError: it is PostgreSQL, and its driver is not installed.
    """
    try:
        text = os.fsdecode(database)
    except TypeError:
        raise ArgumentError(f"database {shown(database)}: expected a path or a URL") from None
    if not is_writable(text):
        raise ArgumentError(f"database {shown(text)}: expected no NUL and no half a character")
    url = _url(text) if "://" in text else URL.create("sqlite", database=text)
    kind = url.get_backend_name()
    if kind == "postgresql":
        with extra("sql", "PostgreSQL"):
            from pumpperf.adapters.sql.postgresql import PostgreSQL  # noqa: PLC0415  # its driver
        try:
            return PostgreSQL(url)
        except SQLAlchemyError as error:
            raise ArgumentError(f"a URL that says more than once where: {error}") from None
    if kind != "sqlite":
        raise ArgumentError(f"a database of {kind}: expected sqlite or postgresql")
    if not url.database or url.database == ":memory:" or url.query:
        words = "expected the path of a file; MemoryRepository keeps rows in memory"
        raise ArgumentError(f"database {shown(text)}: {words}")
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
    """One file; of each process one reader and one writer at a time."""

    dates = TEXT
    driver_error: type[Exception] = sqlite3.Error

    def __init__(self, path: str) -> None:
        """Open or create the file with the first connection."""
        self.engine = sa.create_engine(
            URL.create("sqlite", database=path), connect_args={"timeout": BUSY_S}
        )
        self._writer = Lock()
        self._reader = Lock()
        event.listen(self.engine, "connect", self._connected)
        event.listen(self.engine, "begin", self._begun)

    def date(self, value: dt.datetime) -> str:
        """As text."""
        return text_of_date(value)

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        """A transaction that begins without `IMMEDIATE`, one of this process after the other.

        The driver lets go of the interpreter at every line: readers side by side only take it
        from each other, and all become slower.
        """
        with self._reader, self.engine.connect() as found:
            connection = found.execution_options(**{READING: True})
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Generator[sa.Connection]:
        """One writer of this process after the other: to queue is fairer than to try again."""
        with self._writer, self.engine.begin() as connection:
            yield connection

    def insert(self, connection: sa.Connection, table: sa.Table, lines: Iterable[Line]) -> None:
        """By the driver's own `executemany`."""
        marks = ", ".join("?" * len(table.columns))
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        driver.executemany(f"INSERT INTO {table.name} VALUES ({marks})", lines)  # noqa: S608

    def lock(self, connection: sa.Connection, names: Iterable[str]) -> None:
        """`BEGIN IMMEDIATE` has locked everything."""

    def check(self, connection: sa.Connection, table: str) -> None:
        """By reading it once, at about the speed at which rows are read."""
        words = f"PRAGMA integrity_check({table})"
        found = [line for (line,) in connection.exec_driver_sql(words)]
        if found != ["ok"]:
            raise StorageError(f"the database is damaged at {table.upper()}: {found[0]}")

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
