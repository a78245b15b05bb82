"""The use cases as pure functions, each number by hand."""

import datetime as dt
import math

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import (
    PUMPPERF_2026,
    ArgumentError,
    DowntimeType,
    EspReading,
    IrreproducibleError,
    PcpReading,
    PumpTestError,
    ResultStatus,
    RowError,
    TestType,
    Window,
)
from pumpperf.evaluate import (
    downtime_impact_of,
    efficiency_of,
    energy_consumption_of,
    evaluated,
    recomputed,
    reliability_of,
    result_of,
)
from pumpperf.evaluate.window import datetime64
from sample import DAY, HOUR, PUMPING, WHEN, a_test, failure, log, run, stop

ASKED = {"assumptions": PUMPPERF_2026, "user_id": "ana", "at": WHEN + dt.timedelta(days=90)}
MAY = Window(WHEN, WHEN + 10 * DAY)
TEST = a_test(PUMPING)


def reliability(**more):
    asked = {"installations": [], "maintenance": [], "activities": [], "as_of": WHEN + 30 * DAY}
    return reliability_of("P1", **(asked | more), **ASKED)


def impact(**more):
    asked = {"installations": [run(1, -100)], "maintenance": [], "activities": [], "tests": []}
    asked |= {"window": MAY}
    return downtime_impact_of("P1", **(asked | more), **ASKED)[0]


def energy(**more):
    asked = {"logs": [], "tests": [], "window": MAY}
    return energy_consumption_of("P1", **(asked | more), **ASKED)[0]


def test_result_and_efficiency_come_with_their_run():
    result, run_of_result = result_of(TEST, **ASKED)
    assert result.pump_test_result_id == result.run_id == run_of_result.run_id
    assert result.duties[0].running_rate_m3d == 60.0
    assert result.result_status is ResultStatus.PLAUSIBLE
    assert (result.row_created_by, result.row_created_date) == ("ana", ASKED["at"])
    efficiency, run_of_efficiency = efficiency_of(TEST, **ASKED)
    assert efficiency.run_id == run_of_efficiency.run_id != result.run_id
    net_kw = 60.0 * (1000.0 + 9806.65 - 2000.0) / 86400
    assert efficiency.chains[0].system_efficiency == pytest.approx(net_kw / 20.0)
    assert efficiency.chains[0].specific_energy_kwhm3 == pytest.approx(8.0)


def test_what_is_evaluated_once_is_what_results_say():
    bench = a_test(PUMPING, PcpReading(rate_m3d=5.0), test_type=TestType.BENCH)
    shown = evaluated(bench, PUMPPERF_2026)
    assert shown.test is bench
    assert shown.duties == result_of(bench, **ASKED)[0].duties
    assert shown.chains == efficiency_of(bench, **ASKED)[0].chains
    assert shown.findings == result_of(bench, **ASKED)[0].findings
    assert [found["running_rate_m3d"] for found in shown.numbers] == [60.0, 5.0]
    assert math.isnan(shown.numbers[1]["system_efficiency"])


def test_ratios_of_a_number_beyond_any_are_absent_with_it():
    """A displacement beyond any number would make a volumetric efficiency of 0."""
    vast = a_test(PcpReading(rate_m3d=1.0, revolution_displacement_l=1e200, speed_rpm=1e200))
    result, efficiency = result_of(vast, **ASKED)[0], efficiency_of(vast, **ASKED)[0]
    assert result.duties[0].displacement_rate_m3d is None
    assert result.duties[0].volumetric_efficiency is efficiency.chains[0].volumetric_efficiency
    assert result.duties[0].volumetric_efficiency is None
    for shown in (result, efficiency):
        (vastness,) = (one for one in shown.findings if one.code == "BEYOND_ANY_NUMBER")
        assert vastness.words.endswith("absent with all that comes of them: displacement_rate_m3d")
        assert vastness.inputs[:3] == ("rate_m3d", "revolution_displacement_l", "speed_rpm")
        assert shown.result_status is ResultStatus.SUSPECT


def test_a_test_without_runtime_is_taken_to_run_and_says_so():
    result, _ = result_of(attrs.evolve(TEST, runtime_h=None), **ASKED)
    assert result.duties[0].running_rate_m3d == 60.0
    assert result.result_status is ResultStatus.ASSUMED
    assert "RUNTIME_MISSING" in {finding.code for finding in result.findings}


def test_every_reading_has_its_duty_and_its_chain():
    bench = a_test(PUMPING, attrs.evolve(PUMPING, rate_m3d=30.0), test_type=TestType.BENCH)
    result, _ = result_of(bench, **ASKED)
    efficiency, _ = efficiency_of(bench, **ASKED)
    assert [duty.running_rate_m3d for duty in result.duties] == [60.0, 30.0]
    assert [chain.specific_energy_kwhm3 for chain in efficiency.chains] == [8.0, 16.0]


def test_nothing_is_evaluated_of_a_test_with_an_error():
    for use_case in (result_of, efficiency_of):
        with pytest.raises(PumpTestError):
            use_case(a_test(PcpReading()), **ASKED)


def test_reliability_by_hand():
    found, estimate, _ = reliability(
        installations=[run(1, 0, 10), run(2, 15)],
        maintenance=[failure(1, 10), failure(2, None), failure(3, 40)],
        activities=[
            stop(1, DowntimeType.UNPLANNED, 0, 6),
            stop(2, DowntimeType.PLANNED, 3, 12),
            stop(3, DowntimeType.UNPLANNED, 9 * 24, 12 * 24),
            stop(4, DowntimeType.UNPLANNED, 29 * 24),
        ],
    )
    assert found.installed_h == 25 * 24
    assert found.downtime_h == 12 + 24 + 24
    assert found.operating_h == 25 * 24 - 60
    assert found.operational_availability == pytest.approx(540 / 600)
    assert found.mean_time_to_restore_h == 48
    assert found.mean_stop_h == pytest.approx((6 + 72) / 2)
    assert (found.installations, found.failures) == (2, 2)
    assert {finding.code for finding in found.findings} == {"FAILURE_WITHOUT_DATE"}
    assert estimate.mtbf_h == pytest.approx(540 / 2)
    assert estimate.mean_down_time_h == pytest.approx(60 / 2)
    assert estimate.lower_mtbf_h < 270 < estimate.upper_mtbf_h
    assert (estimate.confidence_level, estimate.terminated) == (0.9, "time")
    assert estimate.estimate_status == "ok"


def test_reliability_without_failure_has_only_a_lower_bound():
    found, estimate, _ = reliability(installations=[run(1, 0)])
    assert found.failures == 0
    assert estimate.mtbf_h is None
    assert estimate.upper_mtbf_h is None
    assert estimate.lower_mtbf_h == pytest.approx(30 * 24 / -math.log(0.05))
    assert estimate.estimate_status == "no_failures"


def test_reliability_without_installation_says_nothing():
    found, estimate, _ = reliability(installations=[run(1, 31)])
    assert (found.installations, found.installed_h, found.operating_h) == (0, 0.0, 0.0)
    assert found.operational_availability is None
    assert found.mean_time_to_restore_h is None
    assert estimate.estimate_status == "no_exposure"
    assert estimate.lower_mtbf_h is None


def test_what_comes_later_does_not_change_a_run():
    _, _, before = reliability(installations=[run(1, 0)])
    later = {
        "maintenance": [failure(1, 31)],
        "activities": [stop(1, DowntimeType.PLANNED, 31 * 24, 32 * 24)],
    }
    _, _, after = reliability(installations=[run(1, 0), run(2, 31)], **later)
    assert before.run_id == after.run_id


def test_the_order_in_which_rows_come_does_not_change_a_run():
    rows = {
        "installations": [run(2, 15), run(1, 0, 10), run(3, 15, 15)],
        "maintenance": [failure(2, 11), failure(1, 12)],
        "activities": [
            stop(2, DowntimeType.PLANNED, 11 * 24, 12 * 24),
            stop(1, DowntimeType.PLANNED, 13 * 24, 14 * 24),
        ],
    }
    found = reliability(**rows)
    assert found == reliability(**{name: some[::-1] for name, some in rows.items()})
    assert [finding.code for finding in found[0].findings] == [
        "FAILURE_OUTSIDE_INSTALLATION",
        "DOWNTIME_OUTSIDE_INSTALLATION",
    ]


def test_downtime_by_hand():
    found = impact(
        activities=[
            stop(1, DowntimeType.PLANNED, -5, 10),
            stop(2, DowntimeType.UNPLANNED, 5, 20),
            stop(3, DowntimeType.EXTERNAL, 8, 12),
            stop(4, DowntimeType.UNPLANNED, 238),
            stop(5, DowntimeType.UNPLANNED, -9, -6),
            stop(6, DowntimeType.UNPLANNED, 240, 250),
        ],
        tests=[TEST],
        oil_price_per_m3=400.0,
        currency="USD",
    )
    assert (found.external_h, found.planned_h, found.unplanned_h) == (4.0, 8.0, 10.0)
    assert found.downtime_h == 22.0
    assert found.window_h == 240.0
    assert found.uptime_share == pytest.approx(218 / 240)
    assert (found.installed_h, found.not_installed_h, found.uptime_h) == (240.0, 0.0, 218.0)
    assert found.events == 4
    assert found.lost_volume_m3 == pytest.approx(60.0 * 22 / 24)
    assert found.lost_oil_volume_m3 == pytest.approx(60.0 * 22 / 24 * 0.25)
    assert found.lost_revenue == pytest.approx(60.0 * 22 / 24 * 0.25 * 400)
    assert [finding.code for finding in found.findings] == ["TEST_USED", "OIL_AT_PUMP_CONDITIONS"]
    assert found.pump_test_id == "T1"


@given(
    st.lists(
        st.tuples(st.sampled_from(DowntimeType), st.floats(-50, 300), st.floats(0, 90)), max_size=8
    )
)
def test_parts_of_downtime_add_up_exactly_and_twice_is_once(events):
    stops = [stop(i, kind, start, start + h) for i, (kind, start, h) in enumerate(events)]
    found = impact(activities=stops)
    assert found.planned_h + found.unplanned_h + found.external_h == found.downtime_h
    again = [attrs.evolve(row, activity_obs_no=row.activity_obs_no + 50) for row in stops]
    twice = impact(activities=stops + again)
    assert (twice.planned_h, twice.unplanned_h) == (found.planned_h, found.unplanned_h)
    assert twice.external_h == found.external_h


def test_without_a_test_no_production_is_lost_that_anyone_knows_of():
    later = attrs.evolve(TEST, test_date=MAY.end + HOUR)
    bench = attrs.evolve(TEST, test_type=TestType.BENCH)
    points = a_test(PUMPING, PUMPING)
    no_rate = a_test(attrs.evolve(PUMPING, rate_m3d=None))
    found = impact(
        activities=[stop(1, DowntimeType.PLANNED, 0, 10)], tests=[later, bench, points, no_rate]
    )
    assert found.lost_volume_m3 is None
    assert found.pump_test_id is None
    assert [finding.code for finding in found.findings] == ["TEST_MISSING"]


def test_the_last_test_before_the_end_counts():
    early = attrs.evolve(TEST, pump_test_id="T0", test_date=WHEN - DAY)
    dry = attrs.evolve(TEST, readings=(attrs.evolve(PUMPING, water_cut=None),))
    found = impact(activities=[stop(1, DowntimeType.PLANNED, 0, 10)], tests=[early, dry])
    assert found.pump_test_id == "T1"
    assert found.lost_volume_m3 == pytest.approx(25.0)
    assert found.lost_oil_volume_m3 is None
    assert [finding.words for finding in found.findings] == [
        "lost liquid: held against test T1 of 2026-01-31T12:00:00+00:00",
        "lost oil: absent, the test has no water cut within 0 and 1",
    ]


def test_a_price_needs_a_currency():
    with pytest.raises(RowError, match="oil_price_per_m3 is given without currency"):
        impact(oil_price_per_m3=400.0)


def test_priority_names_every_class_once():
    ours = attrs.evolve(PUMPPERF_2026, downtime_priority=("PLANNED", "UNPLANNED"))
    with pytest.raises(ArgumentError, match="expected each of PLANNED, UNPLANNED, EXTERNAL once"):
        downtime_impact_of(
            "P1",
            installations=[],
            maintenance=[],
            activities=[],
            tests=[],
            window=MAY,
            **(ASKED | {"assumptions": ours}),
        )


def test_energy_by_hand():
    found = energy(
        logs=[log(1, [-1, 0, 1, 2], [10.0, 10.0, 20.0, 20.0]), log(2, [5, 6], [30.0, 30.0])],
        energy_price_per_kwh=0.1,
        currency="EUR",
    )
    assert found.covered_h == 3.0
    assert found.gap_h == 237.0
    assert found.energy_kwh == pytest.approx(15.0 + 20.0 + 30.0)
    assert found.mean_power_kw == pytest.approx(65.0 / 3)
    assert found.energy_cost == pytest.approx(6.5)
    assert [finding.code for finding in found.findings] == ["POWER_LOG_GAPS", "TEST_MISSING"]
    assert found.result_status is ResultStatus.SUSPECT


def test_energy_of_whole_days_is_held_against_the_rate_of_the_day():
    on_and_off = [20.0 if hour % 24 < 12 else 0.0 for hour in range(241)]
    found = energy(logs=[log(1, range(241), on_and_off)], tests=[TEST])
    mean_kw = found.energy_kwh / 240
    assert mean_kw == pytest.approx(10.0, rel=0.01)
    assert found.specific_energy_kwhm3 == pytest.approx(mean_kw * 24 / 60, rel=1e-12)
    work_kwh_d = 60.0 * (1000.0 + 9806.65 - 2000.0) / 3600
    assert found.lift_energy_kwht100m == pytest.approx(
        0.980665 / 3.6 * mean_kw * 24 / work_kwh_d, rel=1e-12
    )
    assert [finding.code for finding in found.findings] == ["POWER_LOG_DISAGREES", "TEST_USED"]
    half = attrs.evolve(TEST, runtime_h=12.0)
    found = energy(logs=[log(1, range(241), on_and_off)], tests=[half])
    assert [finding.code for finding in found.findings] == ["TEST_USED"]


def test_energy_of_half_a_log_is_not_held_against_the_rate_of_the_day():
    found = energy(logs=[log(1, range(121), [20.0] * 121)], tests=[TEST])
    assert found.energy_kwh == pytest.approx(2400.0)
    assert found.specific_energy_kwhm3 is None
    assert found.lift_energy_kwht100m is None
    assert [finding.code for finding in found.findings] == ["POWER_LOG_GAPS", "TEST_LACKS"]


def test_an_hourly_log_that_trembles_has_no_gap():
    hours = [hour + 0.0005 * (hour % 3) for hour in range(241)]
    found = energy(logs=[log(1, hours, [10.0] * 241)])
    assert found.energy_kwh == pytest.approx(2400.0)
    assert found.gap_h == 0.0


def test_energy_of_a_full_log_has_no_gap():
    found = energy(logs=[log(1, range(241), [5.84] * 241)])
    assert found.energy_kwh == pytest.approx(240 * 5.84)
    assert found.result_status is ResultStatus.NOT_CHECKED
    assert [finding.code for finding in found.findings] == ["TEST_MISSING"]
    assert found.specific_energy_kwhm3 is None


def test_a_log_far_from_the_window_does_not_change_a_run():
    near, far = log(1, range(241), [5.0] * 241), log(2, [300, 301], [9.0, 9.0])
    before, early = log(3, [-9, -8], [9.0, 9.0]), log(4, [], [])
    assert energy(logs=[near]) == energy(logs=[near, far, before, early])


def test_energy_without_a_log_is_absent():
    found = energy(tests=[TEST], energy_price_per_kwh=0.1, currency="EUR")
    assert found.energy_kwh is None
    assert found.energy_cost is None
    assert found.mean_power_kw is None
    assert (found.covered_h, found.gap_h) == (0.0, 240.0)


def test_energy_against_a_test_without_net_lift_or_rate():
    full = [log(1, range(241), [20.0] * 241)]
    bare = a_test(attrs.evolve(PUMPING, pump_depth_m=None))
    found = energy(logs=full, tests=[bare])
    assert found.lift_energy_kwht100m is None
    assert found.specific_energy_kwhm3 == pytest.approx(8.0)
    assert [finding.code for finding in found.findings] == ["TEST_USED", "TEST_LACKS"]
    idle = a_test(attrs.evolve(PUMPING, rate_m3d=0.0))
    found = energy(logs=full, tests=[idle])
    assert found.specific_energy_kwhm3 is None


def test_oil_in_the_tank_takes_the_formation_volume_factor():
    shrunk = a_test(attrs.evolve(PUMPING, formation_volume_factor=1.25))
    found = impact(activities=[stop(1, DowntimeType.PLANNED, 0, 24)], tests=[shrunk])
    assert found.lost_volume_m3 == pytest.approx(60.0)
    # 0.75 m3 of water and 0.25 x 1.25 of oil at the pump bring 0.25 of oil into the tank
    assert found.lost_oil_volume_m3 == pytest.approx(60.0 * 0.25 / (0.75 + 0.25 * 1.25))
    assert [finding.code for finding in found.findings] == ["TEST_USED"]


def test_oil_that_was_measured_in_the_tank_is_lost_in_the_tank():
    """A day of a pump whose well makes 40 m3/d in the tank, 10 of them oil."""
    tank = {"liquid_rate_m3d": 40.0, "water_cut": 0.75, "oil_density_kgm3": 850.0}
    measured = a_test(attrs.evolve(PUMPING, rate_m3d=None, gas_oil_ratio_m3m3=30.0, **tank))
    found = impact(activities=[stop(1, DowntimeType.PLANNED, 0, 24)], tests=[measured])
    assert found.lost_oil_volume_m3 == pytest.approx(10.0, rel=1e-12)
    assert 40.0 < found.lost_volume_m3 < 42.0
    assert [finding.code for finding in found.findings] == ["TEST_USED", "TEST_ASSUMED"]


@pytest.mark.parametrize("water_cut", [-0.2, 80.0])
def test_a_water_cut_that_cannot_be_loses_no_oil(water_cut):
    wet = a_test(attrs.evolve(PUMPING, water_cut=water_cut))
    found = impact(activities=[stop(1, DowntimeType.PLANNED, 0, 24)], tests=[wet])
    assert found.lost_volume_m3 == pytest.approx(60.0)
    assert found.lost_oil_volume_m3 is None


def test_a_suspect_test_makes_what_is_held_against_it_suspect():
    sheet = a_test(attrs.evolve(PUMPING, input_power_kw=2.0))
    stops = [stop(1, DowntimeType.PLANNED, 0, 24)]
    for found in (
        impact(activities=stops, tests=[sheet]),
        energy(logs=[log(1, range(241), [5.0] * 241)], tests=[sheet]),
    ):
        (finding,) = (f for f in found.findings if f.code == "TEST_SUSPECT")
        assert "SYSTEM_EFFICIENCY_ABOVE_1" in finding.words
        assert found.result_status is ResultStatus.SUSPECT


def test_a_pump_that_was_installed_nowhere_is_told():
    for runs in ([run(1, 20)], [run(1, 10)], [run(1, -5, 0)], [run(1, 5, 5)], []):
        found = impact(installations=runs)
        assert "NO_INSTALLATION" in {finding.code for finding in found.findings}
        assert (found.installed_h, found.not_installed_h, found.uptime_h) == (0.0, 240.0, 0.0)
        assert found.uptime_share is None
        assert found.result_status is ResultStatus.SUSPECT
    found, _, _ = reliability()
    assert [finding.code for finding in found.findings] == ["NO_INSTALLATION"]


def test_nobody_knows_what_comes():
    late = ASKED["at"] + DAY
    with pytest.raises(ArgumentError, match="expected a past end"):
        reliability(as_of=late)
    for use_case in (impact, energy):
        with pytest.raises(ArgumentError, match="expected a past end"):
            use_case(window=Window(WHEN, late))


def test_rows_are_of_one_pump():
    other = attrs.evolve(run(1, 0), equipment_id="P2")
    with pytest.raises(ArgumentError, match="WELL_EQUIPMENT .* is of 'P2', not 'P1'"):
        reliability(installations=[other])
    for use_case in (impact, energy):
        with pytest.raises(ArgumentError, match="PUMP_TEST .* is of 'P2', not 'P1'"):
            use_case(tests=[attrs.evolve(TEST, equipment_id="P2")])


@pytest.mark.parametrize(
    ("use_case", "rows"),
    [
        (impact, {"tests": [TEST]}),
        (impact, {"activities": [stop(1, DowntimeType.PLANNED, 0, 9)]}),
        (impact, {"installations": [run(1, -5)]}),
        (energy, {"tests": [TEST]}),
        (energy, {"logs": [log(1, [0, 1], [5.0, 5.0])]}),
        (reliability, {"maintenance": [failure(1, 3)]}),
    ],
)
def test_a_withdrawn_row_is_refused(use_case, rows):
    ((name, (row,)),) = rows.items()
    use_case(**rows)
    with pytest.raises(ArgumentError, match=r"is withdrawn: leave it out"):
        use_case(**{name: [attrs.evolve(row, active_ind=False)]})


def test_one_question_in_two_forms_is_one_run():
    plus_1 = dt.timezone(dt.timedelta(hours=1))
    elsewhere = Window(WHEN.astimezone(plus_1), MAY.end.astimezone(plus_1))
    priced = {"oil_price_per_m3": 400, "currency": "USD"}
    assert impact(**priced) == impact(window=elsewhere, oil_price_per_m3=400.0, currency="USD")
    with pytest.raises(ArgumentError, match="oil_price_per_m3 = nan: expected a finite number"):
        impact(oil_price_per_m3=float("nan"), currency="USD")
    with pytest.raises(ArgumentError, match="with its UTC offset"):
        reliability(as_of=WHEN.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        (WHEN, WHEN, "expected a later end"),
        (WHEN, WHEN - DAY, "expected a later end"),
        (WHEN.replace(tzinfo=None), WHEN, "with its UTC offset"),
        (WHEN, WHEN.replace(tzinfo=None), "with its UTC offset"),
    ],
)
def test_a_window_has_a_length(start, end, fault):
    with pytest.raises(ArgumentError, match=fault):
        Window(start, end)


def test_times_enter_the_algebra_in_utc():
    plus_3 = dt.timezone(dt.timedelta(hours=3))
    assert datetime64(WHEN.astimezone(plus_3)) == datetime64(WHEN)


def test_a_run_of_another_version_is_not_made_again():
    _, made = result_of(TEST, **ASKED)
    for changed in ({"calculation_version": "0"}, {"calculation": "tea_leaves"}):
        with pytest.raises(IrreproducibleError, match="this library has"):
            recomputed(attrs.evolve(made, **changed), [TEST], assumptions=PUMPPERF_2026)


def test_an_esp_and_a_pcp_of_the_same_lift_stand_on_one_yardstick():
    shared = {
        name: getattr(PUMPING, name)
        for name in ("rate_m3d", "liquid_density_kgm3", "wellhead_pressure_kpa", "pump_depth_m")
    }
    esp = a_test(EspReading(**shared, intake_pressure_kpa=2000.0, input_power_kw=20.0))
    (mine, _), (theirs, _) = efficiency_of(esp, **ASKED), efficiency_of(TEST, **ASKED)
    assert mine.chains[0].lift_energy_kwht100m == theirs.chains[0].lift_energy_kwht100m
