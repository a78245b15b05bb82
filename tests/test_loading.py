"""A use case reads what its answer needs, and no answer differs for it."""

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import (
    PUMPPERF_2026,
    EquipmentUseStat,
    EspReading,
    IrreproducibleError,
    MemoryRepository,
    PumpPerformanceService,
    PumpTest,
    Window,
)
from pumpperf.evaluate import downtime_impact_of, energy_consumption_of
from sample import DAY, PUMPING, WHEN, a_test, after, log, run, stop

NOW = WHEN + 400 * DAY
MONTH = Window(WHEN + 100 * DAY, WHEN + 130 * DAY)


class Counted(MemoryRepository):
    """A store that counts how often it is asked, and the rows that it gives."""

    def __init__(self):
        super().__init__()
        self.calls, self.given = 0, []

    def get(self, *asked):
        self.calls += 1
        return super().get(*asked)

    def find(self, *asked, **equal):
        self.calls += 1
        found = super().find(*asked, **equal)
        self.given += found
        return found

    def newest(self, row, *asked, **equal):
        before = len(self.given)
        found = super().newest(row, *asked, **equal)  # which asks `find`
        self.given[before:] = found
        return found


def field_tests(count, **more):
    return [
        attrs.evolve(a_test(PUMPING, pump_test_id=f"T{day:04}", **more), test_date=after(day))
        for day in range(count)
    ]


@pytest.fixture
def service():
    return PumpPerformanceService(Counted(), clock=lambda: NOW)


def read(service):
    """The rows read since this was asked before, by class."""
    given = service.repository.given
    found = {kind: [row for row in given if type(row) is kind] for kind in map(type, given)}
    given.clear()
    return found


def test_a_month_reads_the_test_and_the_logs_that_it_needs(service):
    logs = [log(day, [24 * day, 24 * day + 1], [20.0, 20.0]) for day in range(300)]
    service.record(*field_tests(300), *logs, run(1, 0), user_id="ana")
    read(service)
    account = service.account_energy("P1", MONTH, user_id="ana")
    assert account.pump_test_id == "T0130"
    assert account.covered_h == 30.0
    found = read(service)
    assert {row.pump_test_id for row in found[PumpTest]} == {"T0130"}
    assert {row.spec_id for row in found[EquipmentUseStat]} == {f"L{n}" for n in range(100, 131)}
    impact = service.assess_downtime("P1", MONTH, user_id="ana")
    assert impact.pump_test_id == "T0130"
    assert {row.pump_test_id for row in read(service)[PumpTest]} == {"T0130"}


def test_tests_that_hold_nothing_are_passed_over(service):
    without = EspReading(intake_pressure_kpa=2000.0, pressure_rise_kpa=1000.0)
    service.record(*field_tests(20), user_id="ana")
    later = [attrs.evolve(test, pump_test_id=f"X{test.pump_test_id}") for test in field_tests(100)]
    service.record(
        *(attrs.evolve(test, readings=(without,)) for test in later[20:60]),
        *(attrs.evolve(test, test_type="BENCH") for test in later[60:]),
        user_id="ana",
    )
    read(service)
    assert service.assess_downtime("P1", MONTH, user_id="ana").pump_test_id == "T0019"
    assert len(set(read(service)[PumpTest])) <= 63


TESTS = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from(["FIELD", "BENCH"]),
        st.sampled_from([None, 10.0, 60.0]),
        st.integers(1, 2),
        st.booleans(),
    ),
    max_size=12,
)
LOGS = st.lists(st.lists(st.integers(-50, 350), min_size=0, max_size=4, unique=True), max_size=6)


@given(tests=TESTS, logs=LOGS, days=st.tuples(st.integers(0, 11), st.integers(1, 6)))
def test_what_is_read_gives_the_same_answer_as_everything(tests, logs, days):
    service = PumpPerformanceService(MemoryRepository(), clock=lambda: NOW)
    rows = [
        attrs.evolve(
            a_test(
                *([attrs.evolve(PUMPING, rate_m3d=rate)] * readings),
                pump_test_id=f"T{number}",
                test_type=kind,
            ),
            test_date=after(day),
            active_ind=counts,
        )
        for number, (day, kind, rate, readings, counts) in enumerate(tests)
    ]
    stretches = [log(n, hours, [20.0 + hour for hour in hours]) for n, hours in enumerate(logs)]
    service.record(*rows, *stretches, run(1, -5), stop(1, "UNPLANNED", 30, 60), user_id="ana")
    window = Window(after(days[0]), after(days[0] + days[1]))
    asked = {"window": window, "user_id": "ana", "at": NOW, "assumptions": PUMPPERF_2026}
    counting = [row for row in rows if row.active_ind]
    energy, _ = energy_consumption_of("P1", logs=stretches, tests=counting, **asked)
    assert service.account_energy("P1", window, user_id="ana") == energy
    impact, _ = downtime_impact_of(
        "P1",
        installations=[run(1, -5)],
        maintenance=[],
        activities=[stop(1, "UNPLANNED", 30, 60)],
        tests=counting,
        **asked,
    )
    assert service.assess_downtime("P1", window, user_id="ana") == impact


def test_windows_at_the_ends_of_the_calendar_are_answered(service):
    service.clock = lambda: dt.datetime.max.replace(tzinfo=dt.UTC)
    always = Window(dt.datetime.min.replace(tzinfo=dt.UTC), service.clock())
    service.record(*field_tests(2), log(1, [0, 1], [20.0, 20.0]), user_id="ana")
    account = service.account_energy("P1", always, user_id="ana")
    assert (account.covered_h, account.pump_test_id) == (1.0, "T0001")


class Interrupted(Counted):
    """A store that lets somebody else in before the first result is kept."""

    meanwhile = None

    def add(self, *rows, read=()):
        if read and self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return super().add(*rows, read=read)


@pytest.mark.parametrize("use", ["assess_downtime", "account_energy"])
def test_a_test_recorded_or_withdrawn_meanwhile_is_the_one_that_is_used(use):
    service = PumpPerformanceService(Interrupted(), clock=lambda: NOW)
    service.record(*field_tests(5), log(1, [2400, 2401], [20.0, 20.0]), user_id="ana")
    newer = attrs.evolve(a_test(PUMPING, pump_test_id="NEW"), test_date=MONTH.start)
    service.repository.meanwhile = lambda: service.record(newer, user_id="bo")
    assert getattr(service, use)("P1", MONTH, user_id="ana").pump_test_id == "NEW"
    gone = attrs.evolve(newer, active_ind=False)
    service.repository.meanwhile = lambda: service.record(gone, user_id="bo")
    assert getattr(service, use)("P1", MONTH, user_id="ana").pump_test_id == "T0004"
    older = attrs.evolve(newer, pump_test_id="OLD", test_date=WHEN - DAY)
    service.repository.meanwhile = lambda: service.record(older, user_id="bo")
    service.repository.calls = 0
    assert getattr(service, use)("P1", MONTH, user_id="ana").pump_test_id == "T0004"
    assert service.repository.calls < 15


def test_a_run_of_many_rows_is_reproduced_by_one_question_a_class(service):
    service.record(
        run(1, 0), *(stop(n, "UNPLANNED", 24 * n, 24 * n + 1) for n in range(1, 300)), user_id="ana"
    )
    result = service.update_reliability("P1", user_id="ana")
    service.repository.calls = 0
    assert service.reproduce(result.run_id) == result
    assert service.repository.calls <= 6


class Forgetful(MemoryRepository):
    """A store that has lost a row."""

    def lose(self, row, *values):
        del self._rows[row, values]


def test_a_lost_input_is_named():
    service = PumpPerformanceService(Forgetful(), clock=lambda: NOW)
    service.record(a_test(PUMPING), user_id="ana")
    result = service.calculate_result("T1", user_id="ana")
    service.repository.lose(PumpTest, "T1")
    words = r"made of 1 rows, of which 1 are no longer kept, such as PUMP_TEST \('T1',\)"
    with pytest.raises(IrreproducibleError, match=words):
        service.reproduce(result.run_id)
