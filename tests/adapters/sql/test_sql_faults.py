"""A store whose writers are killed keeps whole units; many who write at once lose nothing."""

import itertools
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import numpy as np
import pytest
from psycopg.errors import DeadlockDetected
from sql_writers import DATES, WATCHED, Writers, a_reading, assert_holds, unit

from pumpperf import (
    EnergyConsumption,
    Equipment,
    EquipmentMaintain,
    PumpEfficiency,
    PumpPerformanceRun,
    PumpReliability,
    PumpTest,
    PumpTestResult,
)
from pumpperf.adapters.sql import SqlRepository
from pumpperf.model import MeanTimeBetweenFailure
from sample import a_test, run


@pytest.fixture(scope="module")
def writers():
    with Writers() as writers:
        yield writers


class Sqlite:
    """Databases in files."""

    def __init__(self, folder):
        self.names = (f"{folder}/{number}.db" for number in itertools.count())

    def database(self):
        return next(self.names)

    def wait_until_left(self, database):
        """Nobody is told when a file is left: it is."""


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request):
    if request.param == "postgresql":
        yield request.getfixturevalue("postgres")
        return
    memory = Path("/dev/shm")  # noqa: S108  # nobody waits for a disk: processes die, not the machine
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Sqlite(folder)


def test_a_killed_writer_leaves_what_it_acknowledged_whole_and_nothing_half(
    store, writers, searching
):
    rounds = 20 if searching else 2
    chance = np.random.default_rng(20260131)
    trial = writers(
        "killed", database=store.database(), plans=[(f"W{n}", 4, 0.0) for n in range(5)]
    )
    opening = min(times[0] for times in trial)
    pace = min(times[3] - times[0] for times in trial) / 3
    died = Counter()
    for _ in range(rounds):
        database, kept = store.database(), []
        for life in ("first", "second"):
            plans = deaths(life, chance, opening, pace)
            acknowledged = writers("killed", database=database, plans=plans)
            store.wait_until_left(database)
            with SqlRepository(database) as repository:
                for (writer, *_), times in zip(plans, acknowledged, strict=True):
                    units = len(repository.find(PumpTest, equipment_id=writer))
                    assert len(times) <= units <= len(times) + 1
                    kept += itertools.chain(*(unit(writer, n) for n in range(units)))
                    died["writing" if times else "opening"] += 1
                assert_holds(repository, kept)
        if isinstance(store, Sqlite):
            assert_sound(database)
    assert died["opening"] + died["writing"] == 10 * rounds
    assert min(died["opening"], died["writing"]) >= rounds


def deaths(life, chance, opening, pace):
    """Who is killed when: two on their way to the first unit, three as they go on."""
    early = [(0, chance.uniform(0.0, opening)) for _ in range(2)]
    later = [(int(chance.integers(1, 4)), chance.uniform(0.0, pace)) for _ in range(3)]
    return [(f"{life}-{number}", *moment) for number, moment in enumerate([*early, *later])]


def assert_sound(file):
    """SQLite finds no fault in its own file."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []


def test_sixteen_who_evaluate_one_pump_at_once_lose_nothing(store, writers):
    database = store.database()
    test_id, pump = WATCHED
    with SqlRepository(database) as repository:
        repository.add(
            Equipment(equipment_id=pump, lift_type="PCP"),
            run(1, -1, pump=pump),
            attrs.evolve(a_test(a_reading(1), pump_test_id=test_id), equipment_id=pump),
        )
        said = writers("together", task="evaluate", database=database, count=16)
        recorded = [name for one in said for name in one["recorded"]]
        runs = {name for one in said for name in one["runs"]}
        assert len(recorded) == 16 * DATES
        assert {row.pump_test_id for row in repository.find(PumpTest)} == {test_id, *recorded}
        repairs = repository.find(EquipmentMaintain, equipment_id=pump)
        assert {row.equip_maint_id for row in repairs} == set(recorded)
        assert {row.run_id for row in repository.find(PumpPerformanceRun)} == runs
        for kind in (PumpTestResult, PumpEfficiency):
            assert len(repository.find(kind)) == 16
            assert len(repository.find(kind, active_ind=True)) == 1
        for kind in (PumpReliability, MeanTimeBetweenFailure):
            results = repository.find(kind)
            assert len(results) == len({row.run_id for row in results}) == 16 * DATES
            (active,) = (row for row in results if row.active_ind)
            assert active.as_of_date == max(row.as_of_date for row in results)
            assert active.failures == len(repairs)


def test_eight_who_open_an_empty_database_at_once_make_its_schema_once(store, writers):
    for _ in range(3):
        database = store.database()
        assert writers("together", task="open", database=database, count=8) == [0] * 8
        with SqlRepository(database) as repository:
            repository.add(*unit("W", 0))
            assert_holds(repository, unit("W", 0))


def test_batches_about_the_same_subjects_queue_and_do_not_wait_for_each_other(
    postgres, monkeypatch
):
    """Whichever way round: a server that must free two writers of each other takes a second."""
    (energy,) = (row for row in unit("W", 0) if isinstance(row, EnergyConsumption))
    met = []
    with SqlRepository(postgres.database()) as repository:
        may_pass = repository._database.may_pass
        monkeypatch.setattr(
            repository._database, "may_pass", lambda error: met.append(error) or may_pass(error)
        )

        def write(writer):
            for number in range(12):
                pumps = [f"P{(number * writer + step * (-1) ** writer) % 5}" for step in range(4)]
                repository.add(
                    *(
                        attrs.evolve(
                            energy,
                            energy_consumption_id=f"{pump}-{(writer + number) % 3}",
                            equipment_id=pump,
                        )
                        for pump in pumps
                    )
                )

        with ThreadPoolExecutor(6) as writers:
            list(writers.map(write, range(1, 7)))
        active = repository.find(EnergyConsumption, active_ind=True)
    assert [row.equipment_id for row in active] == [f"P{pump}" for pump in range(5)]
    assert not any(isinstance(error, DeadlockDetected) for error in met)
