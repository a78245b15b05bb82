"""Whoever is interrupted when: active is the result of the newest inputs, on every store."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pumpperf import (
    DowntimeImpact,
    DowntimeType,
    EnergyConsumption,
    MeanTimeBetweenFailure,
    MemoryRepository,
    PumpPerformanceService,
    PumpReliability,
    WellActivity,
    Window,
)
from pumpperf.adapters.sql import SqlRepository
from pumpperf.evaluate import downtime_impact_of, energy_consumption_of, reliability_of
from pumpperf.model import EquipmentMaintain, EquipmentUseStat, PumpTest, WellEquipment
from sample import DAY, PUMPING, WHEN, a_test, failure, log, run, stop

WRITERS = 16
NOW = WHEN + 30 * DAY
WINDOW = Window(WHEN, WHEN + 20 * DAY)


@pytest.fixture(params=["memory", "sqlite", "postgresql", "pooler"])
def repository(request, tmp_path):
    if request.param == "memory":
        yield MemoryRepository()
        return
    place = tmp_path / "pumps.db"
    if request.param != "sqlite":
        place = request.getfixturevalue("postgres").database()
    if request.param == "pooler":
        place = request.getfixturevalue("pooler").url(place)
    with SqlRepository(place) as found:
        yield found


class Held:
    """A store in which everybody has read before anybody keeps, and all that was read is stale."""

    def __init__(self, repository, meeting, meanwhile):
        self._repository, self._meeting, self._meanwhile = repository, meeting, [meanwhile]
        self.get, self.find, self.newest = repository.get, repository.find, repository.newest

    def add(self, *rows, read=()):
        if read and self._meanwhile:
            self._meeting.wait(60)
            self._repository.add(*self._meanwhile.pop())
            self._meeting.wait(60)
        return self._repository.add(*rows, read=read)


def of_one(number, late):
    """What one writer records, so that every result of a history is made of it."""
    place = 2 * number + late
    return (
        stop(place + 1, DowntimeType.UNPLANNED, 10 * place, 10 * place + 1),
        failure(place, 10 * place, unit=DAY / 24),
        log(place, [10 * place, 10 * place + 1], [20.0 + place, 20.0]),
    )


def test_sixteen_stale_evaluators_leave_the_result_of_the_newest_inputs(repository):
    repository.add(run(1, -5), a_test(PUMPING))
    meeting = threading.Barrier(WRITERS)

    def work(number):
        repository.add(*of_one(number, late=False))
        for use in ("assess_downtime", "account_energy", "update_reliability"):
            late = of_one(number, late=True) if use == "assess_downtime" else ()
            held = Held(repository, meeting, late)
            service = PumpPerformanceService(held, clock=lambda: NOW)
            asked = () if use == "update_reliability" else (WINDOW,)
            getattr(service, use)("P1", *asked, user_id=f"W{number}")
            meeting.wait(60)

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(work, range(WRITERS)))
    assert len(repository.find(WellActivity)) == 2 * WRITERS
    terms = {
        "user_id": "ana",
        "at": NOW,
        "assumptions": PumpPerformanceService(repository).assumptions,
    }
    history = {
        "installations": repository.find(WellEquipment),
        "maintenance": repository.find(EquipmentMaintain),
        "activities": repository.find(WellActivity),
    }
    tests = repository.find(PumpTest)
    impact, _ = downtime_impact_of("P1", **history, tests=tests, window=WINDOW, **terms)
    logs = repository.find(EquipmentUseStat)
    energy, _ = energy_consumption_of("P1", logs=logs, tests=tests, window=WINDOW, **terms)
    life, mtbf, _ = reliability_of("P1", **history, as_of=NOW, **terms)
    newest = {
        DowntimeImpact: impact,
        EnergyConsumption: energy,
        PumpReliability: life,
        MeanTimeBetweenFailure: mtbf,
    }
    for kind, expected in newest.items():
        (active,) = repository.find(kind, active_ind=True)
        assert active.run_id == expected.run_id
