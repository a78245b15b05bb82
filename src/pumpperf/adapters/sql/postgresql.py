"""PostgreSQL's way to do what the repository needs of a database; loaded only for a server."""

import datetime as dt
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any, cast
from zlib import crc32

import psycopg
import sqlalchemy as sa
from psycopg import errors, pq, sql
from psycopg.abc import AdaptContext, Loader
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import URL

from pumpperf.adapters.sql.codecs import TIMESTAMP, Line
from pumpperf.errors import ArgumentError, shown

CONNECT_S = 10
"""How long a server may take to answer, if its URL says nothing else."""
PREPARED = "prepare_threshold"
"""After how often a statement is prepared on the server, in a URL; `none`: never."""
PREPARED_AFTER = 5
POOLER = "pgbouncer"
"""Whether a pooler stands before the server, in a URL: `true`."""
LOCKS = 256
"""Over so many locks names are spread: a server has a few thousand."""


class _BinaryCursor(psycopg.Cursor[Any]):
    """A cursor that takes values in the server's own form: exact, and twice as fast."""

    def __init__(self, *arguments: Any, **more: Any) -> None:  # as psycopg calls it
        super().__init__(*arguments, **more)
        self.format = pq.Format.BINARY


_Utc = psycopg.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, pq.Format.BINARY)
"""The driver's own: asked of no connection it gives UTC, not the time zone of the session."""


class _InUtc:
    """What makes the driver's reader of dates, whatever time zone the session has."""

    format = pq.Format.BINARY

    def __new__(cls, oid: int, _context: AdaptContext | None = None) -> Any:  # a reader, not it
        return cast("type[Loader]", _Utc)(oid, None)


def _whole(url: URL, name: str, usual: int, unit: str) -> int:
    given = str(url.query.get(name, usual))
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise ArgumentError(f"{name} = {shown(given)}: expected {unit}")
    return int(given)


def _prepared_after(url: URL) -> int | None:
    """After how often a statement is prepared; None: never."""
    pooled = url.query.get(POOLER, "false")
    if pooled not in ("true", "false"):
        raise ArgumentError(f"{POOLER} = {shown(pooled)}: expected true or false")
    if pooled == "true" or url.query.get(PREPARED) == "none":
        return None
    return _whole(url, PREPARED, PREPARED_AFTER, "a whole number or none")


def _is_pooled(driver: psycopg.Connection[Any]) -> bool:
    """Whether the server is another one than we are connected to: it has another number."""
    with driver.cursor() as cursor:
        number = cursor.execute("SELECT pg_backend_pid()").fetchone()
    driver.rollback()
    return number != (driver.info.backend_pid,)


_COPIED = {
    "BYTEA": "bytea",
    "BIGINT": "int8",
    "DOUBLE PRECISION": "float8",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}


@cache
def copied_types(table: sa.Table) -> list[str]:
    """What a binary COPY calls the type of each column."""
    dialect: sa.Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    return [_COPIED.get(column.type.compile(dialect), "text") for column in table.columns]


class PostgreSQL:
    """A server for a team."""

    dates = TIMESTAMP
    driver_error: type[Exception] = psycopg.Error

    def __init__(self, url: URL) -> None:
        """Connect when the first statement asks for it."""
        self._prepared_after = _prepared_after(url)
        url = url.difference_update_query([POOLER, PREPARED])
        self.engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": _whole(url, "connect_timeout", CONNECT_S, "whole seconds"),
                "cursor_factory": _BinaryCursor,
            },
        )
        event.listen(self.engine, "connect", self._connected)

    def _connected(self, driver: psycopg.Connection[Any], _record: object) -> None:
        """Dates come in UTC; a pooler that shares its connections out keeps no statement ready."""
        driver.adapters.register_loader("timestamptz", cast("type[Loader]", _InUtc))
        driver.prepare_threshold = self._prepared_after
        if self._prepared_after is not None and _is_pooled(driver):
            driver.prepare_threshold = None

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
            copy.set_types(copied_types(table))
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

    def check(self, connection: sa.Connection, table: str) -> None:
        """The server looks after its own files."""

    def may_pass(self, error: BaseException | None) -> bool:
        """A key is taken, or two writers waited for each other."""
        return isinstance(
            error, errors.UniqueViolation | errors.DeadlockDetected | errors.SerializationFailure
        )
