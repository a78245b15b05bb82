"""PostgreSQL's way to do what the repository needs of a database; loaded only for a server."""

import datetime as dt
import os
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any, cast
from zlib import crc32

import psycopg
import sqlalchemy as sa
from psycopg import errors, pq, sql
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import URL

from pumpperf.adapters.sql.codecs import TIMESTAMP, Line

CONNECT_S = 10
"""How long a server may take to answer, if its URL says nothing else."""
LOCKS = 256
"""Over so many locks names are spread: a server has a few thousand."""


class _BinaryCursor(psycopg.Cursor[Any]):
    """A cursor that takes values in the server's own form: exact, and twice as fast."""

    def __init__(self, *arguments: Any, **more: Any) -> None:  # as psycopg calls it
        super().__init__(*arguments, **more)
        self.format = pq.Format.BINARY


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

    def may_pass(self, error: BaseException | None) -> bool:
        """A key is taken, or two writers waited for each other."""
        return isinstance(
            error, errors.UniqueViolation | errors.DeadlockDetected | errors.SerializationFailure
        )
