"""Rows written and read a second, each beside the bare driver in the same run.

The bare driver gets the finished tuples for the same tables, and gives tuples back; the repository
takes rows and gives rows back, with the promises of its contract kept. Each share is the median of
those of the rounds, so that a machine that is slower for a while is so for both.
"""

import datetime as dt
import gc
import itertools
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from operator import truediv

import psycopg
import sqlalchemy as sa
from stores import WHEN, Server, field_test

from pumpperf import WellActivity
from pumpperf.adapters.sql import SqlRepository
from pumpperf.adapters.sql.codecs import TEXT, TIMESTAMP, DateForm, RowCodec
from pumpperf.adapters.sql.postgresql import copied_types
from pumpperf.adapters.sql.tables import LAYOUTS
from pumpperf.interchange.frames import rows_of, to_frame
from pumpperf.model import Row

Lines = list[tuple[sa.Table, list[tuple[object, ...]]]]
ROWS, PUMPS, ROUNDS = 100_000, 2000, 5


def tests() -> list[Row]:
    motor = {"frequency_hz": 53.2, "voltage_v": 1650.0, "current_a": 31.2}
    made = {"row_created_by": "ana", "row_created_date": WHEN}
    return [
        field_test(
            f"T{number:07}", number, pumps=PUMPS, motor=motor, uwi=f"W{number % PUMPS}", **made
        )
        for number in range(ROWS)
    ]


def activities() -> list[Row]:
    return [
        WellActivity(
            uwi=f"W{number % PUMPS}",
            source="log",
            activity_obs_no=number,
            equipment_id=f"P{number % PUMPS}",
            downtime_type="UNPLANNED",
            start_time=WHEN + dt.timedelta(hours=number),
            end_time=WHEN + dt.timedelta(hours=number, minutes=30),
            row_created_by="ana",
            row_created_date=WHEN,
        )
        for number in range(ROWS)
    ]


class SQLiteDriver:
    """The bare driver of SQLite, given finished tuples."""

    def __init__(self, path: str) -> None:
        self.driver = sqlite3.connect(path, isolation_level=None)
        self.driver.execute("PRAGMA foreign_keys = ON")
        self.driver.execute("PRAGMA synchronous = FULL")

    def write(self, lines: Lines) -> None:
        self.driver.execute("BEGIN IMMEDIATE")
        for table, found in lines:
            marks = ", ".join("?" * len(table.columns))
            self.driver.executemany(f"INSERT INTO {table.name} VALUES ({marks})", found)
        self.driver.execute("COMMIT")

    def read(self, lines: Lines) -> None:
        for table, _ in lines:
            self.driver.execute(select(table)).fetchall()


class PostgreSQLDriver:
    """The bare driver of PostgreSQL, likewise."""

    def __init__(self, url: str) -> None:
        self.driver = psycopg.connect(url, options="-c timezone=UTC")

    def write(self, lines: Lines) -> None:
        with self.driver.cursor() as cursor:
            for table, found in lines:
                names = ", ".join(f'"{column.name}"' for column in table.columns)
                with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
                    copy.set_types(copied_types(table))
                    for line in found:
                        copy.write_row(line)
        self.driver.commit()

    def read(self, lines: Lines) -> None:
        for table, _ in lines:
            self.driver.cursor(binary=True).execute(select(table)).fetchall()


def select(table: sa.Table) -> str:
    key = ", ".join(column.name for column in table.primary_key.columns)
    return f"SELECT * FROM {table.name} ORDER BY {key}"


def finished(rows: list[Row], dates: DateForm) -> Lines:
    """Every table that the rows need, with its lines."""
    codec = RowCodec(LAYOUTS[type(rows[0])], dates)
    own, nested = zip(*map(codec.lines, rows), strict=True)
    children = (
        (child.child.table, [line for found in nested for line in found[place]])
        for place, child in enumerate(codec.children)
    )
    return [(codec.layout.table, [*own]), *children]


def timed(call: Callable[..., object], *arguments: object) -> float:
    gc.collect()
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


def measure(name: str, rows: list[Row], place: Callable[[], str], driver: type, dates: DateForm):
    frame = to_frame(rows)
    lines = finished(rows, dates)
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        bare, own, framed = place(), place(), place()
        SqlRepository(bare).close()
        with SqlRepository(own) as repository, SqlRepository(framed) as other:
            bottom = driver(bare)
            for what, call, arguments in (
                ("bare write", bottom.write, [lines]),
                ("write", repository.add, rows),
                ("frame", lambda other=other: other.add(*rows_of(frame, type(rows[0]))), []),
                ("bare read", bottom.read, [lines]),
                ("read", repository.find, [type(rows[0])]),
            ):
                times.setdefault(what, []).append(timed(call, *arguments))
            bottom.driver.close()
    told = [
        f"{words} {ROWS / statistics.median(times[what]):7.0f}/s,"
        f" {statistics.median(map(truediv, times[bare], times[what])):4.0%}"
        for words, what, bare in (
            ("write", "write", "bare write"),
            ("from a frame", "frame", "bare write"),
            ("read", "read", "bare read"),
        )
    ]
    print(f"{name:24} {'; '.join(told)} of the driver")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        number = itertools.count()
        for rows in (tests(), activities()):
            name = type(rows[0]).__name__
            files = lambda: f"{folder}/{next(number)}.db"  # noqa: E731
            measure(f"{name} SQLite", rows, files, SQLiteDriver, TEXT)
            measure(f"{name} PostgreSQL", rows, server.database, PostgreSQLDriver, TIMESTAMP)


if __name__ == "__main__":
    main()
