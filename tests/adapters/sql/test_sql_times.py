"""The time zone of a session, a role or a pooler moves no date, no run and no order."""

import datetime as dt
import os

import attrs
import psycopg
import pytest
from psycopg import sql

from pumpperf import (
    DowntimeType,
    EnergyConsumption,
    Equipment,
    LiftType,
    PumpPerformanceRun,
    PumpPerformanceService,
    PumpTest,
    Window,
)
from pumpperf.adapters.sql import SqlRepository
from pumpperf.model import ROWS
from sample import DAY, HOUR, PUMPING, WHEN, a_test, failure, log, run, stop

ZONES = ["America/Chicago", "Asia/Kolkata", "Pacific/Apia", "Europe/London", "UTC"]
WINDOW = Window(WHEN, WHEN + 10 * DAY)
FIRST, LAST = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)


def filled(database):
    """A database with a history, and the runs of every use case."""
    with SqlRepository(database) as repository:
        service = PumpPerformanceService(repository, clock=lambda: WHEN + 10 * DAY)
        service.record(
            Equipment(equipment_id="P1", lift_type=LiftType.PCP, effective_date=FIRST),
            Equipment(equipment_id="P2", lift_type=LiftType.PCP, effective_date=LAST),
            run(1, -20),
            failure(1, 0),
            stop(1, DowntimeType.UNPLANNED, 0, 6),
            log(1, [0, 1], [20.0, 20.0]),
            a_test(attrs.evolve(PUMPING, rate_date=WHEN + HOUR)),
            user_id="ana",
        )
        return asked(service)


def asked(service):
    results = (
        service.calculate_result("T1", user_id="ana"),
        service.evaluate_efficiency("T1", user_id="ana"),
        service.update_reliability("P1", user_id="ana"),
        service.assess_downtime("P1", WINDOW, user_id="ana"),
        service.account_energy("P1", WINDOW, user_id="ana"),
    )
    assert [service.reproduce(result.run_id) for result in results] == list(results)
    return results


def dates_of(row):
    """Every date of a row and of what it holds."""
    for value in attrs.asdict(row, recurse=False).values():
        for one in value if isinstance(value, tuple) else (value,):
            if attrs.has(type(one)):
                yield from dates_of(one)
            elif isinstance(one, dt.datetime):
                yield one


def assert_same(database, results):
    with SqlRepository(database) as repository:
        service = PumpPerformanceService(repository, clock=lambda: WHEN + 10 * DAY)
        dates = [date for kind in ROWS for row in repository.find(kind) for date in dates_of(row)]
        assert {date.tzinfo for date in dates} == {dt.UTC}
        assert {FIRST, LAST, WHEN + HOUR} < set(dates)
        assert asked(service) == results
        assert len(repository.find(PumpPerformanceRun)) == len(results)
        assert repository.find(PumpTest, test_date=WHEN.astimezone(dt.timezone(5 * HOUR)))
        newest = repository.newest(Equipment, by="effective_date", count=2, before=(LAST, ("P1",)))
        assert [pump.equipment_id for pump in newest] == ["P1"]
        assert repository.find(EnergyConsumption, active_ind=True)


@pytest.fixture(scope="module")
def history(postgres):
    """A database with a history, read under the server's own zone, and the results in it."""
    database = postgres.database()
    results = filled(database)
    assert_same(database, results)
    return database, results


@pytest.mark.parametrize("zone", ZONES)
def test_the_session_s_time_zone_moves_nothing(history, postgres, pooler, monkeypatch, zone):
    database, results = history
    monkeypatch.setenv("PGTZ", zone)
    assert_same(database, results)
    assert_same(pooler.url(database), results)
    assert filled(postgres.database()) == results


@pytest.mark.parametrize("zone", ZONES[:2])
def test_the_role_s_time_zone_moves_nothing(postgres, pooler, zone):
    database = postgres.database()
    results = filled(database)
    words = sql.SQL("alter role {} in database {} set timezone = {}")
    with psycopg.connect(database) as connection:
        name = connection.info.dbname
        connection.execute(words.format(sql.Identifier(postgres.owner), sql.Identifier(name), zone))
    assert_same(database, results)
    assert_same(pooler.url(database), results)


def test_a_pooler_that_resets_its_sessions_moves_nothing(postgres, monkeypatch):
    """As after `DISCARD ALL`, or `SET` by another caller on the same connection."""
    monkeypatch.setenv("PGOPTIONS", "-c timezone=UTC")
    database = postgres.database()
    results = filled(database)
    pooled = f"{database}{'&' if '?' in database else '?'}pgbouncer=true"  # nothing is prepared
    with SqlRepository(pooled) as repository:
        engine = repository._database.engine
        for words in (
            "set timezone = 'America/Chicago'",
            "discard all",
            "set timezone = 'Asia/Tokyo'",
        ):
            with engine.connect() as connection:
                driver = connection.connection.driver_connection
                driver.autocommit = True
                driver.execute(words)
                driver.autocommit = False
            service = PumpPerformanceService(repository, clock=lambda: WHEN + 10 * DAY)
            assert asked(service) == results
    assert "PGTZ" not in os.environ
