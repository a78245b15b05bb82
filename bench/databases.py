"""Rows written and read a second, each beside the bare driver in the same run.

The bare driver gets the finished tuples for the same tables, and gives tuples back; the repository
takes rows and gives rows back, with the promises of its contract kept.
"""

import datetime as dt
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import pq

from pumpperf import EspReading, PumpTest, WellActivity
from pumpperf.adapters.sql import SqlRepository
from pumpperf.adapters.sql.rows import row_codec
from pumpperf.adapters.sql.tables import LAYOUTS
from pumpperf.model import Row, key

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres import Server

ROWS, ROUNDS = 100_000, 3
WHEN = dt.datetime(2026, 1, 1, 12, 30, 15, 123456, tzinfo=dt.UTC)


def tests() -> list[Row]:
    return [
        PumpTest(
            pump_test_id=f"T{number:07}",
            equipment_id=f"P{number % 2000}",
            uwi=f"W{number % 2000}",
            test_date=WHEN + dt.timedelta(hours=number),
            test_type="FIELD",
            duration_h=24.0,
            runtime_h=23.5,
            row_created_by="ana",
            row_created_date=WHEN,
            readings=(
                EspReading(
                    rate_m3d=100.1 + number,
                    water_cut=0.713,
                    liquid_density_kgm3=987.6,
                    intake_pressure_kpa=3456.7,
                    discharge_pressure_kpa=15432.1 + number,
                    wellhead_pressure_kpa=1234.5,
                    pump_depth_m=1987.6,
                    input_power_kw=54.3,
                    frequency_hz=53.2,
                    voltage_v=1650.0,
                    current_a=31.2,
                ),
            ),
        )
        for number in range(ROWS)
    ]


def activities() -> list[Row]:
    return [
        WellActivity(
            uwi=f"W{number % 2000}",
            source="log",
            activity_obs_no=number,
            equipment_id=f"P{number % 2000}",
            downtime_type="UNPLANNED",
            start_time=WHEN + dt.timedelta(hours=number),
            end_time=WHEN + dt.timedelta(hours=number, minutes=30),
            row_created_by="ana",
            row_created_date=WHEN,
        )
        for number in range(ROWS)
    ]


def tables(rows: list[Row], repository: SqlRepository) -> list[tuple[object, list[tuple]]]:
    """Every table that the rows need, with its finished lines."""
    codec = row_codec(LAYOUTS[type(rows[0])], repository._database.dates)
    return [
        (codec.layout.table, [codec.encode(row, ()) for row in rows]),
        *(
            (child.child.table, [line for row in rows for line in child.lines(row, key(row))])
            for child in codec.children
        ),
    ]


def bare_sqlite(path: str, lines: list[tuple[object, list[tuple]]]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("BEGIN IMMEDIATE")
        for table, found in lines:
            marks = ", ".join("?" * len(table.columns))
            driver.executemany(f"INSERT INTO {table.name} VALUES ({marks})", found)
        driver.execute("COMMIT")


def bare_postgresql(url: str, lines: list[tuple[object, list[tuple]]]) -> None:
    with psycopg.connect(url) as driver, driver.cursor() as cursor:
        for table, found in lines:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types([repository_types(column) for column in table.columns])
                for line in found:
                    copy.write_row(line)


def repository_types(column: object) -> str:
    from pumpperf.adapters.sql.databases import PostgreSQL

    return PostgreSQL._TYPES[type(column.type)]


def bare_read_sqlite(path: str, lines) -> None:
    with closing(sqlite3.connect(path)) as driver:
        for table, _ in lines:
            driver.execute(f"SELECT * FROM {table.name} ORDER BY {order(table)}").fetchall()


def bare_read_postgresql(url: str, lines) -> None:
    with psycopg.connect(url, options="-c timezone=UTC") as driver:
        for table, _ in lines:
            cursor = driver.cursor(binary=True)
            cursor.execute(f"SELECT * FROM {table.name} ORDER BY {order(table)}").fetchall()


def order(table) -> str:
    return ", ".join(column.name for column in table.primary_key.columns)


def timed(call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        for name, rows in {"PumpTest": tests(), "WellActivity": activities()}.items():
            for kind in ("SQLite", "PostgreSQL"):
                rates = {"bare write": [], "write": [], "bare read": [], "read": []}
                for number in range(ROUNDS):
                    if kind == "SQLite":
                        places = [f"{folder}/{name}{number}{which}" for which in "ab"]
                    else:
                        places = [server.database() for _ in "ab"]
                    bare, own = places
                    SqlRepository(bare).close()
                    with SqlRepository(own) as repository:
                        lines = tables(rows, repository)
                        write = bare_sqlite if kind == "SQLite" else bare_postgresql
                        read = bare_read_sqlite if kind == "SQLite" else bare_read_postgresql
                        rates["bare write"].append(timed(lambda: write(bare, lines)))
                        rates["write"].append(timed(lambda: repository.add(*rows)))
                        rates["bare read"].append(timed(lambda: read(bare, lines)))
                        rates["read"].append(timed(lambda: repository.find(type(rows[0]))))
                per_s = {what: ROWS / statistics.median(times) for what, times in rates.items()}
                print(
                    f"{name:13} {kind:11}"
                    f" write {per_s['write']:8.0f}/s {per_s['write'] / per_s['bare write']:5.0%}"
                    f"   read {per_s['read']:8.0f}/s {per_s['read'] / per_s['bare read']:5.0%}"
                )


if __name__ == "__main__":
    main()
