"""Run life and pump tests for other Beep projects; each number by hand."""

import datetime as dt

import attrs
import pytest
from beep_rows import DAY, MARCH, a_finding, a_reliability, an_estimate, note_of

from pumpperf import PUMPPERF_2026, ArgumentError, PcpReading, ResultStatus, TestType
from pumpperf.evaluate import efficiency_of, result_of
from pumpperf.interchange.beep.history import performance_history
from pumpperf.interchange.beep.run_life import equipment_reliability, mtbf_calculation
from sample import PUMPING, WHEN, a_test, failure, run

BBL_PER_M3 = 6.2898107704
HP_PER_KW = 1.3410220896
ASKED = {"assumptions": PUMPPERF_2026, "user_id": "ana", "at": WHEN}


def event(number, day, **more):
    return failure(number, day, since=MARCH, equip_maint_id=f"M{number}", **more)


RUNS = [run(1, -30, since=MARCH)]
EVENTS = [event(1, -20), event(2, None), event(3, -10, failure_ind=False), event(4, 1)]


def sent_reliability(reliability=None, estimate=None, runs=RUNS, events=EVENTS):
    return equipment_reliability(
        reliability or a_reliability(),
        estimate or an_estimate(),
        installations=runs,
        maintenance=events,
    )


def test_run_life_is_sent_in_hours_and_percent():
    assert sent_reliability().record == {
        "EquipmentId": "P1",
        "StartDate": dt.datetime(2026, 1, 30, tzinfo=dt.UTC),
        "EndDate": dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        "MeanTimeBetweenFailures": 357.0,
        "MeanTimeToRepair": 3.0,
        "AvailabilityPercentage": 75.0,
        "TotalFailures": 2,
        "TotalMaintenanceEvents": 3,
        "TotalDowntimeHours": 6.0,
    }


def test_the_first_installation_begins_the_observation():
    runs = [run(2, -10, since=MARCH), run(1, -30, -20, since=MARCH), run(3, 5, since=MARCH)]
    found = sent_reliability(a_reliability(installations=2), runs=runs)
    assert found.record["StartDate"] == dt.datetime(2026, 1, 30, tzinfo=dt.UTC)


def test_what_run_life_loses_is_noted():
    found = sent_reliability(a_reliability(findings=[a_finding("FAILURE_REPEATED")]))
    assert "113.4 h to 2009.25 h at level 0.9" in note_of(found, "LOST: bounds")
    note_of(found, "LOST", "trend test", "run R1")
    note_of(found, "LOST: method", "chi-square", "ended by time")
    note_of(found, "CHANGED: MeanTimeToRepair", "waiting included")
    note_of(found, "CHANGED: AvailabilityPercentage", "planned")
    note_of(found, "CHANGED: TotalMaintenanceEvents: 2 of the 3")
    line = note_of(found, "LOST: PUMP_RELIABILITY 'R1'", "PLAUSIBLE", "FAILURE_REPEATED")
    lost = ["installations", "installed_h", "operating_h", "failed_runs", "pulled_runs"]
    assert line.split("), ")[1].split(", ") == [*lost, "running_runs", "checks_made"]
    assert not [line for line in found.notes if line.startswith("ABSENT")]


def test_without_a_failure_there_is_no_mtbf():
    healthy = an_estimate(failures=0, mtbf_h=None, upper_mtbf_h=None, estimate_status="no_failures")
    found = sent_reliability(
        a_reliability(failures=0, mean_time_to_restore_h=None), healthy, events=[EVENTS[2]]
    )
    assert found.record["MeanTimeBetweenFailures"] is None
    assert found.record["MeanTimeToRepair"] is None
    note_of(found, "ABSENT: MeanTimeBetweenFailures: no_failures")
    note_of(found, "ABSENT: MeanTimeToRepair")
    assert "113.4 h to absent" in note_of(found, "LOST: bounds")
    alone = mtbf_calculation(healthy)
    assert alone.record["CalculatedMTBF"] is None
    note_of(alone, "ABSENT: CalculatedMTBF: no_failures")


def test_a_pump_that_was_installed_nowhere_has_no_start():
    nowhere = a_reliability(installations=0, installed_h=0.0, operational_availability=None)
    found = sent_reliability(nowhere, runs=[run(1, 0, since=MARCH)])
    assert found.record["StartDate"] is found.record["AvailabilityPercentage"] is None
    note_of(found, "ABSENT: StartDate")
    note_of(found, "ABSENT: AvailabilityPercentage")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"runs": []}, "counts 1 installations .* and 0 installations and 2 failures are given"),
        ({"events": EVENTS[1:]}, "and 2 failures up to .* and 1 failures are given"),
        ({"events": [*EVENTS, event(5, 0)]}, "and 2 failures up to .* and 3 failures are given"),
        ({"estimate": an_estimate(run_id="R2")}, "MEAN_TIME.* is of run 'R2': expected 'R1'"),
        ({"reliability": a_reliability(active_ind=False)}, "'R1' is retired"),
        ({"estimate": an_estimate(active_ind=False)}, "MEAN_TIME.* is retired"),
        ({"runs": [run(1, -30, active_ind=False, since=MARCH)]}, "WELL_EQUIPMENT .* is withdrawn"),
        (
            {"events": [*EVENTS, event(5, -1, failure_ind=False, active_ind=False)]},
            "'M5'.* is withdrawn",
        ),
        ({"events": [attrs.evolve(EVENTS[0], equipment_id="P2")]}, "is of 'P2', not 'P1'"),
    ],
)
def test_rows_that_do_not_belong_together_are_refused(given, words):
    with pytest.raises(ArgumentError, match=words):
        sent_reliability(**given)


def test_all_that_does_not_fit_is_noted_at_once():
    with pytest.raises(ArgumentError, match="run 'R2'.*installations.*failures"):
        sent_reliability(estimate=an_estimate(run_id="R2"), runs=[], events=[])


def test_whole_hours_are_noted_if_they_are_rounded():
    found = mtbf_calculation(an_estimate(operating_h=713.6, mtbf_h=356.8))
    assert found.record == {
        "PumpId": "P1",
        "CalculatedMTBF": 356.8,
        "TimeUnit": "Hours",
        "TotalFailures": 2,
        "TotalOperatingHours": 714,
    }
    assert "713.6 h" in note_of(found, "CHANGED: TotalOperatingHours = 714")
    note_of(found, "LOST: the end", "2026-03-01T00:00:00+00:00")
    whole = mtbf_calculation(an_estimate())
    assert type(whole.record["TotalOperatingHours"]) is int
    assert not [line for line in whole.notes if "rounded" in line]
    with pytest.raises(ArgumentError, match="retired"):
        mtbf_calculation(an_estimate(active_ind=False))


# net lift: 1000 + 1000 x 9.80665 - 2000 = 8806.65 kPa; 60 m3/d of it are 6.1157292 kW
LIFT_KW = 6.1157292


def history(*tests, efficiency="system_efficiency", **more):
    given = {
        "tests": tests,
        "results": [result_of(test, **ASKED)[0] for test in tests],
        "efficiencies": [efficiency_of(test, **ASKED)[0] for test in tests],
    }
    return performance_history("P1", **(given | more), efficiency=efficiency)


def test_a_test_is_sent_in_barrels_and_horsepower():
    found = history(a_test(PUMPING))
    (record,) = found.records
    assert record == {
        "PerformanceDate": WHEN,
        "FlowRate": pytest.approx(60.0 * BBL_PER_M3),
        "Efficiency": pytest.approx(LIFT_KW / 20.0),
        "PowerConsumption": pytest.approx(20.0 * HP_PER_KW),
        "Status": "PLAUSIBLE",
    }
    note_of(found, "CHANGED: Efficiency: the system efficiency as a share")
    note_of(found, "LOST: pump P1")
    note_of(found, "LOST: of each test all but its date")
    note_of(found, "LOST: of each chain all but system_efficiency")
    note_of(found, "LOST: PUMP_EFFICIENCY", "PLAUSIBLE")
    assert not [line for line in found.notes if "the pump ran" in line or "readings" in line]


def test_rate_and_power_are_those_while_the_pump_runs():
    found = history(a_test(PUMPING, runtime_h=18.0))
    (record,) = found.records
    assert record["FlowRate"] == pytest.approx(80.0 * BBL_PER_M3)
    assert record["PowerConsumption"] == pytest.approx(20.0 * HP_PER_KW)
    assert record["Efficiency"] == pytest.approx(LIFT_KW / 0.75 / 20.0)
    assert "0.75 of the test" in note_of(found, "377.389 bbl/d")


def test_an_efficiency_above_1_is_sent_as_it_is():
    found = history(a_test(attrs.evolve(PUMPING, input_power_kw=4.0)))
    (record,) = found.records
    assert record["Efficiency"] == pytest.approx(LIFT_KW / 4.0)
    assert record["Efficiency"] > 1.5
    assert record["Status"] == "SUSPECT"
    note_of(found, "LOST: PUMP_TEST_RESULT", "SYSTEM_EFFICIENCY_ABOVE_1")


def test_what_a_test_does_not_know_is_absent():
    still = a_test(PcpReading(input_power_kw=20.0), runtime_h=18.0)
    found = history(still, efficiency="pump_efficiency")
    (record,) = found.records
    assert (record["FlowRate"], record["Efficiency"]) == (None, None)
    note_of(found, "ABSENT: test T1, reading 1: FlowRate, Efficiency")
    note_of(found, "over all of it the rate is absent")
    silent = a_test(PUMPING, duration_h=None, runtime_h=None)
    note_of(history(silent), "CHANGED: test T1: runtime not stated")


def test_tests_come_by_date_and_reading():
    first = a_test(
        PUMPING,
        attrs.evolve(PUMPING, rate_m3d=30.0),
        pump_test_id="T2",
        test_type=TestType.BENCH,
        duration_h=None,
        runtime_h=None,
    )
    first = attrs.evolve(first, test_date=WHEN - DAY)
    found = history(a_test(attrs.evolve(PUMPING, rate_m3d=50.0)), first)
    rates = [record["FlowRate"] / BBL_PER_M3 for record in found.records]
    assert rates == pytest.approx([60.0, 30.0, 50.0])
    dates = [record["PerformanceDate"] for record in found.records]
    assert dates == [WHEN - DAY, WHEN - DAY, WHEN]
    note_of(found, "CHANGED: test T2: 2 readings")


def test_a_status_is_suspect_if_one_of_its_results_is():
    test = a_test(PUMPING)
    result, efficiency = result_of(test, **ASKED)[0], efficiency_of(test, **ASKED)[0]
    odd = {"result_status": ResultStatus.SUSPECT}
    for given in (
        {"results": [attrs.evolve(result, **odd)]},
        {"efficiencies": [attrs.evolve(efficiency, **odd)]},
    ):
        assert history(test, **given).records[0]["Status"] == "SUSPECT"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"efficiency": "specific_energy_kwhm3"}, "expected one of volumetric_efficiency, "),
        ({"results": []}, "test 'T1' has no PUMP_TEST_RESULT"),
        ({"efficiencies": []}, "test 'T1' has no PUMP_EFFICIENCY"),
        ({"tests": [a_test(PUMPING, PUMPING)]}, "T1' has 2 readings, 1 duties and 1 chains"),
        ({"tests": []}, "test 'T1' has no PUMP_TEST:"),
        ({"tests": [a_test(PUMPING), a_test(PUMPING)]}, "test 'T1' stands twice"),
        ({"tests": [a_test(PUMPING, active_ind=False)]}, "PUMP_TEST 'T1' is retired"),
        ({"tests": [attrs.evolve(a_test(PUMPING), equipment_id="P2")]}, "of pump 'P2': .* 'P1'"),
    ],
)
def test_a_history_of_rows_that_do_not_match_is_refused(more, words):
    with pytest.raises(ArgumentError, match=words):
        history(a_test(PUMPING), **more)
