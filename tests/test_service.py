"""The facade loads, evaluates and keeps; the tests read the store."""

import datetime as dt
from collections import Counter
from itertools import count, islice

import attrs
import pytest

from pumpperf import (
    PUMPPERF_2026,
    ArgumentError,
    ConflictError,
    DowntimeImpact,
    DowntimeType,
    EnergyConsumption,
    Equipment,
    EquipmentUseStat,
    IrreproducibleError,
    JetReading,
    LiftType,
    MeanTimeBetweenFailure,
    MemoryRepository,
    NotFoundError,
    PcpReading,
    PumpEfficiency,
    PumpPerformanceError,
    PumpPerformanceRun,
    PumpPerformanceService,
    PumpReliability,
    PumpTest,
    PumpTestError,
    PumpTestResult,
    StaleError,
    Well,
    WellActivity,
    Window,
    checked,
    lift,
)
from pumpperf.checks import check
from pumpperf.interchange import reader
from pumpperf.service import RETRIES, utc_now
from sample import DAY, HOUR, PUMPING, WHEN, a_test, failure, log, run, stop

WINDOW = Window(WHEN, WHEN + 10 * DAY)
TEST = a_test(PUMPING)
HISTORY = (
    Equipment(equipment_id="P1", lift_type=LiftType.PCP),
    run(1, -20),
    failure(1, 0),
    stop(1, DowntimeType.UNPLANNED, 0, 6),
    log(1, [0, 1], [20.0, 20.0]),
)
AS_OF = WHEN + 10 * DAY


@pytest.fixture
def service():
    service = PumpPerformanceService(MemoryRepository(), clock=lambda: AS_OF)
    service.record(*HISTORY, user_id="ana")
    service.record_test(TEST, user_id="ana")
    return service


USE_CASES = {
    PumpTestResult: lambda s, user: s.calculate_result("T1", user_id=user),
    PumpEfficiency: lambda s, user: s.evaluate_efficiency("T1", user_id=user),
    PumpReliability: lambda s, user: s.update_reliability("P1", user_id=user),
    DowntimeImpact: lambda s, user: s.assess_downtime("P1", WINDOW, user_id=user),
    EnergyConsumption: lambda s, user: s.account_energy("P1", WINDOW, user_id=user),
}


@pytest.mark.parametrize("row", USE_CASES)
def test_a_use_case_keeps_its_result_and_its_run(service, row):
    result = USE_CASES[row](service, "bo")
    store = service.repository
    assert store.find(row) == (result,)
    assert result.row_created_by == "bo"
    assert result.row_created_date == AS_OF
    run = store.get(PumpPerformanceRun, result.run_id)
    assert run.equipment_id == "P1"
    assert run.row_created_by == "bo"


@pytest.mark.parametrize("row", USE_CASES)
def test_the_same_question_twice_has_one_answer_whoever_asks(service, row):
    first = USE_CASES[row](service, "ana")
    second = USE_CASES[row](service, "bo")
    assert first == second
    assert service.repository.find(row) == (first,)
    assert len(service.repository.find(PumpPerformanceRun)) == 1


@pytest.mark.parametrize("row", USE_CASES)
def test_a_new_answer_retires_the_old_one_which_keeps_its_numbers(service, row):
    old = USE_CASES[row](service, "ana")
    ours = attrs.evolve(
        PUMPPERF_2026, name="OURS", mtbf_level=0.8, longest_power_gap_h=2.0, disagreement=0.01
    )
    service.assumptions = ours
    new = USE_CASES[row](service, "bo")
    assert service.repository.find(row, active_ind=True) == (new,)
    assert len(service.repository.find(row)) == 2
    (retired,) = service.repository.find(row, active_ind=False)
    assert retired.run_id == old.run_id
    assert (retired.row_changed_by, retired.row_created_by) == ("bo", "ana")
    undone = attrs.evolve(retired, active_ind=True, row_changed_by=None, row_changed_date=None)
    assert undone == old
    service.assumptions = PUMPPERF_2026
    assert USE_CASES[row](service, "ana").run_id == old.run_id
    (active,) = service.repository.find(row, active_ind=True)
    assert active.run_id == old.run_id


@pytest.mark.parametrize("row", USE_CASES)
def test_reproduce_gives_the_same_row_again(service, row):
    result = USE_CASES[row](service, "ana")
    assert service.reproduce(result.run_id) == result


def test_other_windows_stay_active(service):
    USE_CASES[DowntimeImpact](service, "ana")
    service.assess_downtime("P1", Window(WHEN, WHEN + DAY), user_id="ana")
    assert len(service.repository.find(DowntimeImpact, active_ind=True)) == 2


def test_a_pump_whose_pull_nobody_recorded_is_out_where_another_was_set(service):
    """P1 was set on day -20, P2 in the same well on day 4; asked for on day 10."""
    service.record(run(9, 4, pump="P2"), user_id="ana")
    first = service.update_reliability("P1", user_id="ana")
    second = service.update_reliability("P2", user_id="ana")
    assert (first.installed_h, second.installed_h) == (24 * 24.0, 6 * 24.0)
    assert {one.code for one in first.findings} >= {"TWO_PUMPS_IN_ONE_WELL"}
    for result in (first, second):
        assert service.reproduce(result.run_id) == result


def test_mtbf_stands_beside_reliability_under_one_run(service):
    reliability = service.update_reliability("P1", user_id="ana")
    (estimate,) = service.repository.find(MeanTimeBetweenFailure)
    assert estimate.run_id == reliability.run_id
    assert estimate.mtbf_h == reliability.operating_h == 30 * 24 - 6
    service.assumptions = attrs.evolve(PUMPPERF_2026, name="OURS", mtbf_level=0.8)
    last = service.update_reliability("P1", user_id="ana")
    (active,) = service.repository.find(MeanTimeBetweenFailure, active_ind=True)
    assert active.run_id == last.run_id


def test_an_earlier_date_asked_later_replaces_nothing(service):
    february, march = AS_OF - 28 * DAY, AS_OF
    later = service.update_reliability("P1", user_id="ana", as_of=march)
    earlier = service.update_reliability("P1", user_id="bo", as_of=february)
    assert (later.active_ind, earlier.active_ind) == (True, False)
    for kind in (PumpReliability, MeanTimeBetweenFailure):
        (active,) = service.repository.find(kind, active_ind=True)
        assert (active.run_id, active.row_changed_by) == (later.run_id, None)
    assert service.update_reliability("P1", user_id="ana", as_of=february) == earlier
    assert service.reproduce(earlier.run_id) == earlier


class Interrupted(MemoryRepository):
    """A store that lets somebody else in, between what is read for a result and the result."""

    def __init__(self):
        super().__init__()
        self.meanwhile = []

    def add(self, *rows, read=()):
        if read and self.meanwhile:
            self.meanwhile.pop(0)()
        return super().add(*rows, read=read)


OF_HISTORY = (PumpReliability, DowntimeImpact, EnergyConsumption)


def recorded_meanwhile(service, number):
    """Something of which each result of a history is made."""
    stop, log = HISTORY[3:]
    hour = WHEN + (24 + number) * HOUR
    service.record(
        attrs.evolve(stop, activity_obs_no=2 + number, start_time=hour, end_time=hour + HOUR),
        attrs.evolve(log, spec_id=f"L{2 + number}", sample_time=[hour, hour + HOUR]),
        user_id="bo",
    )


@pytest.fixture
def interrupted():
    service = PumpPerformanceService(Interrupted(), clock=lambda: AS_OF)
    service.record(*HISTORY, TEST, user_id="ana")
    return service


@pytest.mark.parametrize("row", OF_HISTORY)
def test_a_result_of_older_rows_does_not_replace_one_of_newer_ones(interrupted, row):
    """Ana reads; Bo records a stop and evaluates; Ana's result comes last."""
    answers = []

    def bo():
        recorded_meanwhile(interrupted, 0)
        answers.append(USE_CASES[row](interrupted, "bo"))

    interrupted.repository.meanwhile = [bo]
    ana = USE_CASES[row](interrupted, "ana")
    assert [ana] == answers
    assert interrupted.repository.find(row) == (ana,)


@pytest.mark.parametrize("row", OF_HISTORY)
def test_a_row_withdrawn_meanwhile_does_not_count(interrupted, row):
    """Ana reads; Bo withdraws a stop and finds what was found before; Ana's result comes last."""
    before = USE_CASES[row](interrupted, "bo")
    recorded_meanwhile(interrupted, 0)
    store = interrupted.repository
    new = [
        *store.find(WellActivity, activity_obs_no=2),
        *store.find(EquipmentUseStat, spec_id="L2"),
    ]

    def bo():
        gone = [attrs.evolve(one, active_ind=False) for one in new]
        interrupted.record(*gone, user_id="bo")
        assert USE_CASES[row](interrupted, "bo") == before

    store.meanwhile = [bo]
    assert USE_CASES[row](interrupted, "ana") == before
    assert store.find(row) == (before,)


def test_who_is_always_interrupted_is_told(interrupted):
    bo = (lambda number=number: recorded_meanwhile(interrupted, number) for number in count())
    interrupted.repository.meanwhile = list(islice(bo, RETRIES))
    assert USE_CASES[DowntimeImpact](interrupted, "ana").events == 1 + RETRIES
    more = (lambda number=number: recorded_meanwhile(interrupted, number) for number in count(500))
    interrupted.repository.meanwhile = list(islice(more, RETRIES + 1))
    words = "WELL_ACTIVITY with equipment_id = 'P1', active_ind = True has changed since"
    with pytest.raises(StaleError, match=words):
        USE_CASES[DowntimeImpact](interrupted, "ana")
    assert len(interrupted.repository.find(DowntimeImpact)) == 1


@pytest.fixture
def calls(monkeypatch):
    """How often each rule is asked: those of rows by class, those of lift systems by name."""
    found = Counter()

    def counted(module, name):
        rule = getattr(module, name)

        def asked(first, *arguments, **more):
            found[first.__name__ if name == "row_faults" else name] += 1
            return rule(first, *arguments, **more)

        monkeypatch.setattr(module, name, asked)

    for module in (checked, reader):
        counted(module, "row_faults")
    for module in (lift, check):
        counted(module, "duty_numbers")
        counted(module, "chain")
    return found


def test_a_recorded_row_is_asked_once_what_it_may_hold(service, calls):
    service.record_test(attrs.evolve(TEST, pump_test_id="T2"), user_id="ana")
    assert calls == {"PumpTest": 1, "duty_numbers": 1, "chain": 1}
    calls.clear()
    service.record(*HISTORY, user_id="bo")
    assert calls == {}


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        (PumpTestResult, {"Duty": 1}),
        (PumpEfficiency, {"EfficiencyChain": 1}),
        (DowntimeImpact, {}),
        (EnergyConsumption, {}),
    ],
)
def test_an_evaluation_asks_each_rule_once(service, calls, row, parts):
    USE_CASES[row](service, "ana")
    del calls["Finding"]
    rows = {row.__name__: 1, "PumpPerformanceRun": 1}
    assert calls == rows | parts | {"duty_numbers": 1, "chain": 1}


def test_a_withdrawn_row_does_not_count(service):
    before = service.assess_downtime("P1", WINDOW, user_id="ana")
    stop = service.repository.get(WellActivity, "W1", "x", 1)
    service.record(attrs.evolve(stop, active_ind=False), user_id="bo")
    after = service.assess_downtime("P1", WINDOW, user_id="ana")
    assert (before.downtime_h, after.downtime_h) == (6.0, 240.0)  # down since its failure
    assert (before.events, after.events) == (1, 0)
    assert service.reproduce(before.run_id).downtime_h == 6.0
    service.record(attrs.evolve(TEST, active_ind=False), user_id="bo")
    assert service.assess_downtime("P1", WINDOW, user_id="ana").pump_test_id is None


def gone(row):
    return attrs.evolve(row, active_ind=False)


INPUTS = {
    PumpTestResult: TEST,
    PumpEfficiency: TEST,
    PumpReliability: HISTORY[1],
    MeanTimeBetweenFailure: HISTORY[2],
    DowntimeImpact: HISTORY[3],
    EnergyConsumption: HISTORY[4],
}


@pytest.mark.parametrize("row", INPUTS)
def test_withdrawing_a_row_retires_what_was_made_of_it(service, row):
    USE_CASES.get(row, USE_CASES[PumpReliability])(service, "ana")
    service.record(gone(INPUTS[row]), user_id="bo")
    (kept,) = service.repository.find(row)
    assert (kept.active_ind, kept.row_changed_by, kept.row_changed_date) == (False, "bo", AS_OF)
    assert service.reproduce(kept.run_id).run_id == kept.run_id


def test_withdrawing_a_row_leaves_what_was_not_made_of_it(service):
    service.record_test(a_test(PUMPING, pump_test_id="T2"), user_id="ana")
    results = [service.calculate_result(name, user_id="ana") for name in ("T1", "T2")]
    energy = service.account_energy("P1", WINDOW, user_id="ana")
    service.record(gone(TEST), gone(HISTORY[0]), gone(Well(uwi="W1")), user_id="bo")
    find = service.repository.find
    assert find(PumpTestResult, active_ind=True) == (results[1],)
    assert find(EnergyConsumption, active_ind=True) == (energy,)
    service.record(gone(HISTORY[3]), user_id="bo")
    assert find(EnergyConsumption, active_ind=True) == (energy,)


@pytest.mark.parametrize("row", [PumpTestResult, PumpEfficiency])
def test_a_withdrawn_test_is_not_evaluated_until_it_is_active_again(service, row):
    before = USE_CASES[row](service, "ana")
    service.record(gone(TEST), user_id="bo")
    with pytest.raises(PumpTestError, match="'T1' is withdrawn: record it as active"):
        USE_CASES[row](service, "ana")
    service.record(TEST, user_id="bo")
    assert not service.repository.get(row, before.run_id).active_ind
    again = USE_CASES[row](service, "ana")
    assert (again.run_id, again.active_ind) == (before.run_id, True)


@pytest.mark.parametrize("row", [PumpTestResult, PumpEfficiency])
def test_a_test_withdrawn_meanwhile_is_not_evaluated(interrupted, row):
    interrupted.repository.meanwhile = [lambda: interrupted.record(gone(TEST), user_id="bo")]
    with pytest.raises(PumpTestError, match="withdrawn"):
        USE_CASES[row](interrupted, "ana")
    assert interrupted.repository.find(row) == ()


def test_what_was_evaluated_while_its_test_is_withdrawn_is_retired_too(interrupted):
    """Bo reads that there is no result of the test; Ana evaluates it; Bo withdraws the test."""
    interrupted.repository.meanwhile = [lambda: interrupted.calculate_result("T1", user_id="ana")]
    interrupted.record(gone(TEST), user_id="bo")
    assert interrupted.repository.meanwhile == []
    assert [one.active_ind for one in interrupted.repository.find(PumpTestResult)] == [False]


def test_a_withdrawn_test_with_an_error_can_be_recorded(service):
    service.repository.add(a_test(PcpReading(), pump_test_id="T2"))
    (kept,) = service.record(gone(service.repository.get(PumpTest, "T2")), user_id="ana")
    assert not kept.active_ind


def test_what_is_recorded_is_what_is_kept(service):
    again = service.record_test(TEST, user_id="bo")
    assert again.row_created_by == "ana"
    with pytest.raises(PumpTestError):
        service.record(a_test(PcpReading(), pump_test_id="T2"), user_id="ana")


def test_a_store_that_rounds_to_twelve_digits_reproduces(tampered):
    result = tampered.calculate_result("T1", user_id="ana")
    kept = float(f"{result.duties[0].net_lift_power_kw:.13g}")
    duty = attrs.evolve(result.duties[0], net_lift_power_kw=kept)
    tampered.repository.put(PumpTestResult, result.run_id, duties=(duty,))
    assert kept != result.duties[0].net_lift_power_kw
    assert tampered.reproduce(result.run_id).duties[0].net_lift_power_kw == kept


def test_prices_are_kept_and_reproduced(service):
    impact = service.assess_downtime(
        "P1", WINDOW, user_id="ana", oil_price_per_m3=1000 / 3, currency="USD"
    )
    assert impact.lost_revenue == pytest.approx(60.0 * 6 / 24 * 0.25 * 1000 / 3)
    energy = service.account_energy(
        "P1", WINDOW, user_id="ana", energy_price_per_kwh=1 / 7, currency="USD"
    )
    assert energy.energy_cost == pytest.approx(20 / 7)
    assert service.reproduce(impact.run_id) == impact
    assert service.reproduce(energy.run_id) == energy


def test_impossible_numbers_are_kept_unclamped_with_their_findings(service):
    sheet = a_test(
        JetReading(
            rate_m3d=94.4,
            intake_pressure_kpa=3447.4,
            discharge_pressure_kpa=21409.3,
            power_fluid_rate_m3d=47.7,
            power_fluid_pressure_rise_kpa=13789.5,
        ),
        pump_test_id="T2",
    )
    service.record_test(sheet, user_id="ana")
    efficiency = service.evaluate_efficiency("T2", user_id="ana")
    kept = service.repository.get(PumpEfficiency, efficiency.run_id)
    assert kept.chains[0].downhole_efficiency == pytest.approx(2.578, abs=1e-3)
    assert "DOWNHOLE_EFFICIENCY_ABOVE_1" in {finding.code for finding in kept.findings}
    assert kept.result_status.value == "SUSPECT"


def test_a_test_with_an_error_is_neither_kept_nor_evaluated(service):
    empty = a_test(PcpReading(), pump_test_id="T2")
    with pytest.raises(PumpTestError):
        service.record_test(empty, user_id="ana")
    assert service.repository.find(PumpTest) == (service.repository.get(PumpTest, "T1"),)
    service.repository.add(empty)
    with pytest.raises(PumpTestError):
        service.calculate_result("T2", user_id="ana")
    assert service.repository.find(PumpPerformanceRun) == ()


def test_what_is_not_there_is_not_found(service):
    with pytest.raises(NotFoundError, match="no PUMP_TEST under 'T9'"):
        service.calculate_result("T9", user_id="ana")
    with pytest.raises(NotFoundError):
        service.reproduce("T9")


def test_a_changed_test_needs_a_key_of_its_own(service):
    with pytest.raises(ConflictError, match="duration_h"):
        service.record_test(attrs.evolve(TEST, duration_h=48.0), user_id="ana")


@pytest.mark.parametrize("user_id", ["", "  ", "x" * 65])
def test_who_acts_is_said(service, user_id):
    for call in (
        lambda: service.record(HISTORY[0], user_id=user_id),
        lambda: service.record_test(TEST, user_id=user_id),
        *(lambda use=use: use(service, user_id) for use in USE_CASES.values()),
    ):
        with pytest.raises(ArgumentError, match="user_id"):
            call()
    assert service.repository.find(PumpPerformanceRun) == ()


class Tampered(MemoryRepository):
    """A store whose rows somebody changed behind the library's back."""

    def put(self, row, *values, **changes):
        at = (row, values)
        self._rows[at] = attrs.evolve(self._rows[at], **changes)


@pytest.fixture
def tampered():
    service = PumpPerformanceService(Tampered(), clock=lambda: AS_OF)
    service.record_test(TEST, user_id="ana")
    return service


def test_a_changed_input_is_not_reproduced(tampered):
    result = tampered.calculate_result("T1", user_id="ana")
    reading = attrs.evolve(TEST.readings[0], rate_m3d=61.0)
    tampered.repository.put(PumpTest, "T1", readings=(reading,))
    with pytest.raises(IrreproducibleError, match=result.run_id):
        tampered.reproduce(result.run_id)


def test_a_changed_result_is_not_reproduced_and_both_are_named(tampered):
    result = tampered.calculate_result("T1", user_id="ana")
    duty = attrs.evolve(result.duties[0], running_rate_m3d=61.0)
    tampered.repository.put(PumpTestResult, result.run_id, duties=(duty,))
    with pytest.raises(IrreproducibleError, match=r"stored .*=61\.0.*recomputed .*=60\.0"):
        tampered.reproduce(result.run_id)


def test_other_values_under_the_same_name_are_not_reproduced(tampered):
    result = tampered.calculate_result("T1", user_id="ana")
    tampered.assumptions = attrs.evolve(PUMPPERF_2026, disagreement=0.2)
    with pytest.raises(IrreproducibleError, match="assumptions"):
        tampered.reproduce(result.run_id)


def test_every_error_has_one_root(service):
    with pytest.raises(PumpPerformanceError):
        service.reproduce("T9")


def test_the_clock_is_in_utc():
    assert utc_now().tzinfo is dt.UTC
    assert abs(utc_now() - dt.datetime.now(dt.UTC)) < HOUR


def test_prices_that_differ_in_their_thirteenth_digit_are_two_questions(service):
    """Their digest is one, since rows are compared with twelve; their runs are two."""
    one, other = (
        service.assess_downtime("P1", WINDOW, user_id="ana", oil_price_per_m3=price, currency="USD")
        for price in (400.0, 400.0000000001)
    )
    assert one.run_id != other.run_id
    assert (one.oil_price_per_m3, other.oil_price_per_m3) == (400.0, 400.0000000001)
    assert service.reproduce(one.run_id).oil_price_per_m3 == 400.0
    assert service.reproduce(other.run_id).active_ind
