"""Every check is hit by what it looks for, and by nothing that is healthy."""

import datetime as dt

import attrs
import numpy as np
import pytest

from pumpperf import (
    PUMPPERF_2026,
    EspReading,
    HydraulicPistonReading,
    JetReading,
    PcpReading,
    PumpTestError,
    RodReading,
    Severity,
    TestType,
    units,
)
from pumpperf.checks import CHECKS, Numbers, check_history, check_test, judged, refuse_errors
from pumpperf.lift import LiftType
from sample import DAY, WHEN, a_test, failure, run, stop

LIFT = {
    "rate_m3d": 86.4,
    "liquid_density_kgm3": 1000.0,
    "wellhead_pressure_kpa": 1000.0,
    "pump_depth_m": 1000.0,
    "intake_pressure_kpa": 2000.0,
    "discharge_pressure_kpa": 12000.0,
}


def within(name, value, minimum, maximum):
    """A quantity and the range that it may have."""
    return {name: value, f"minimum_{name}": minimum, f"maximum_{name}": maximum}


HEALTHY = {
    "rod": RodReading(
        **LIFT,
        **within("speed_spm", 10.0, 4.0, 12.0),
        stroke_m=3.2,
        plunger_stroke_m=3.0,
        plunger_diameter_mm=57.0,
        card_position_m=(0.0, 0.0, 3.2, 3.2),
        card_load_kn=(20.0, 50.0, 50.0, 20.0),
        rod_weight_in_air_kn=35.0,
        input_power_kw=22.0,
    ),
    "esp": EspReading(
        **LIFT,
        input_power_kw=25.0,
        voltage_v=1000.0,
        current_a=17.0,
        **within("frequency_hz", 50.0, 35.0, 60.0),
        power_factor=0.85,
        motor_efficiency=0.85,
        drive_efficiency=0.95,
        water_cut=0.8,
    ),
    "pcp": PcpReading(
        **LIFT,
        **within("speed_rpm", 150.0, 50.0, 300.0),
        revolution_displacement_l=0.5,
        rod_torque_knm=1.0,
        input_power_kw=20.0,
    ),
    "piston": HydraulicPistonReading(
        **LIFT,
        speed_spm=50.0,
        stroke_displacement_l=1.4,
        power_fluid_rate_m3d=120.0,
        power_fluid_pressure_rise_kpa=20000.0,
        input_power_kw=35.0,
    ),
    "jet": JetReading(
        **LIFT,
        power_fluid_rate_m3d=250.0,
        power_fluid_pressure_rise_kpa=20000.0,
        input_power_kw=70.0,
    ),
}
IN_PSI = {
    "wellhead_pressure_kpa": 1000.0 / units.PSI,
    "intake_pressure_kpa": 2000.0 / units.PSI,
    "discharge_pressure_kpa": 11000.0 / units.PSI,
}

FAULTY = {
    "RATE_ABOVE_DISPLACEMENT": ("rod", {"rate_m3d": 120.0}),
    "RATE_LOOKS_LIKE_BARRELS": ("rod", {"rate_m3d": 90.0 / units.BBL}),
    "VOLUMETRIC_EFFICIENCY_BELOW_0": None,
    "PUMP_EFFICIENCY_ABOVE_1": ("esp", {"shaft_power_kw": 9.0}),
    "PUMP_EFFICIENCY_BELOW_0": ("esp", {"intake_pressure_kpa": 12500.0}),
    "PUMP_EFFICIENCY_LOW": ("esp", {"shaft_power_kw": 400.0}),
    "TRANSMISSION_EFFICIENCY_ABOVE_1": None,
    "TRANSMISSION_EFFICIENCY_BELOW_0": None,
    "DOWNHOLE_EFFICIENCY_ABOVE_1": ("jet", {"power_fluid_rate_m3d": 40.0}),
    "DOWNHOLE_EFFICIENCY_BELOW_0": ("pcp", {"rod_torque_knm": -1.0}),
    "DOWNHOLE_EFFICIENCY_LOW": ("jet", {"power_fluid_rate_m3d": 2500.0}),
    "LIFT_EFFICIENCY_ABOVE_1": ("piston", {"power_fluid_rate_m3d": 30.0}),
    "LIFT_EFFICIENCY_BELOW_0": ("pcp", {"rod_torque_knm": -1.0}),
    "LIFT_EFFICIENCY_LOW": ("jet", {"power_fluid_rate_m3d": 2500.0}),
    "MOTOR_EFFICIENCY_ABOVE_1": ("esp", {"motor_efficiency": 85.0}),
    "MOTOR_EFFICIENCY_BELOW_0": ("esp", {"motor_efficiency": -0.85}),
    "DRIVE_EFFICIENCY_ABOVE_1": ("esp", {"drive_efficiency": 95.0}),
    "DRIVE_EFFICIENCY_BELOW_0": ("esp", {"drive_efficiency": -0.95}),
    "SURFACE_EFFICIENCY_ABOVE_1": ("pcp", {"input_power_kw": 12.0}),
    "SURFACE_EFFICIENCY_BELOW_0": ("pcp", {"rod_torque_knm": -1.0}),
    "SYSTEM_EFFICIENCY_ABOVE_1": ("pcp", {"input_power_kw": 5.0}),
    "SYSTEM_EFFICIENCY_BELOW_0": ("pcp", {"input_power_kw": -20.0}),
    "SYSTEM_EFFICIENCY_LOW": ("esp", {"input_power_kw": 400.0}),
    "INTAKE_PRESSURE_NEGATIVE": ("esp", {"intake_pressure_kpa": -159 * units.PSI}),
    "INTAKE_ABOVE_DISCHARGE": ("esp", {"intake_pressure_kpa": 12500.0}),
    "ROD_POWERS_DISAGREE": ("rod", {"polished_rod_power_kw": 8.0}),
    "FLUID_LOAD_DISAGREES": ("rod", {"fluid_load_kn": 12.0}),
    "LEVEL_BELOW_PUMP": ("esp", {"fluid_level_m": 1500.0}),
    "SURFACE_PRESSURE_NEGATIVE": ("esp", {"casing_pressure_kpa": -10.0}),
    "NET_LIFT_ABOVE_HYDRAULIC": ("pcp", {"discharge_pressure_kpa": 6000.0}),
    "RATE_WITHOUT_MOTION": ("pcp", {"speed_rpm": 0.0}),
    "RATE_WITHOUT_RUNTIME": None,
    "LIFT_WITHOUT_INPUT": ("pcp", {"input_power_kw": 0.0}),
    "WATER_CUT_OUTSIDE_0_1": ("esp", {"water_cut": 80.0}),
    "POWER_FACTOR_OUTSIDE_0_1": ("esp", {"power_factor": 85.0}),
    "ROD_LOAD_ABOVE_WEIGHT": ("rod", {"minimum_rod_load_kn": 40.0}),
    "CARD_RUNS_BACKWARDS": ("rod", {"card_load_kn": (50.0, 20.0, 20.0, 50.0)}),
    "BEYOND_ANY_NUMBER": ("pcp", {"speed_rpm": 1e300, "revolution_displacement_l": 1e300}),
    "DISPLACEMENT_ABSENT": ("rod", {"plunger_stroke_m": None}),
    "RUNTIME_MISSING": None,
    "HALF_DUTY": None,
    "STALE_PAIRING": ("rod", {"power_date": WHEN + dt.timedelta(days=76)}),
    "FREQUENCY_OUTSIDE_RANGE": ("esp", {"frequency_hz": 65.0}),
    "ROTARY_SPEED_OUTSIDE_RANGE": ("pcp", {"speed_rpm": 310.0}),
    "STROKE_SPEED_OUTSIDE_RANGE": ("rod", {"speed_spm": 3.0}),
    "PRESSURE_LOOKS_LIKE_PSI": ("esp", IN_PSI | {"wellhead_pressure_kpa": 1000.0}),
    "POWER_LOOKS_LIKE_HP": ("esp", {"input_power_kw": 25.0 / units.HORSEPOWER}),
    "INPUT_POWERS_DISAGREE": ("esp", {"current_a": 20.0}),
    "PRESSURES_DISAGREE": ("esp", {"pressure_rise_kpa": 9000.0}),
    "LEVEL_DISAGREES": ("esp", {"casing_pressure_kpa": 500.0, "fluid_level_m": 500.0}),
    "LINKS_DISAGREE": ("esp", {"shaft_power_kw": 15.0}),
    "HYDRAULIC_POWER_KW_ABSENT": ("esp", {"discharge_pressure_kpa": None}),
    "NET_LIFT_POWER_KW_ABSENT": ("esp", {"liquid_density_kgm3": None}),
    "DELIVERED_POWER_KW_ABSENT": ("esp", {"motor_efficiency": None}),
    "INPUT_POWER_KW_ABSENT": ("pcp", {"input_power_kw": None}),
    "NOTHING_TO_EVALUATE": None,
}


def found_in(test):
    return {finding.code: finding for finding in check_test(test, PUMPPERF_2026)}


def test_every_check_stands_in_the_table_once():
    codes = [check.code for check in CHECKS]
    assert len(codes) == len(set(codes)) <= 63
    assert set(codes) == set(FAULTY)


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_pump_has_no_finding(name):
    assert found_in(a_test(HEALTHY[name])) == {}


@pytest.mark.parametrize("code", [code for code, faulty in FAULTY.items() if faulty])
def test_what_is_looked_for_is_found(code):
    name, changes = FAULTY[code]
    found = found_in(a_test(attrs.evolve(HEALTHY[name], **changes)))
    assert code in found
    check = next(check for check in CHECKS if check.code == code)
    assert found[code].severity is check.severity
    assert "{" not in found[code].words
    assert found[code].reading_obs_no == 1
    fields = {field.name for field in attrs.fields(type(HEALTHY[name]))}
    assert set(found[code].inputs) <= fields | {"runtime_h", "duration_h"}


def test_links_that_no_reading_can_give_yet_are_checked_by_their_numbers():
    duty = judged(LiftType.PCP, Numbers(dict.fromkeys(FIELDS, float("nan"))))
    for code, name, value in (
        ("TRANSMISSION_EFFICIENCY_ABOVE_1", "transmission_efficiency", 1.2),
        ("TRANSMISSION_EFFICIENCY_BELOW_0", "transmission_efficiency", -0.1),
        ("VOLUMETRIC_EFFICIENCY_BELOW_0", "volumetric_efficiency", -0.1),
    ):
        check = next(check for check in CHECKS if check.code == code)
        assert not check.fails(Numbers(), duty, PUMPPERF_2026)
        assert check.fails(Numbers(), Numbers(duty | {name: value}), PUMPPERF_2026)


FIELDS = [
    field.name
    for field in attrs.fields(PcpReading)
    if field.name not in ("original_units", "uncertainty", "rate_date", "power_date")
]


def test_inputs_are_those_that_were_given():
    found = found_in(a_test(attrs.evolve(HEALTHY["jet"], power_fluid_rate_m3d=40.0)))
    assert found["DOWNHOLE_EFFICIENCY_ABOVE_1"].inputs == (
        "rate_m3d",
        "intake_pressure_kpa",
        "discharge_pressure_kpa",
        "power_fluid_rate_m3d",
        "power_fluid_pressure_rise_kpa",
        "input_power_kw",
    )
    card = found_in(a_test(attrs.evolve(HEALTHY["rod"], input_power_kw=3.0)))
    assert {"card_position_m", "card_load_kn"} < set(card["SURFACE_EFFICIENCY_ABOVE_1"].inputs)


def test_a_field_test_without_runtime_is_told_so():
    unknown = a_test(HEALTHY["esp"], runtime_h=None)
    assert set(found_in(unknown)) == {"RUNTIME_MISSING"}
    bench = a_test(HEALTHY["esp"], runtime_h=None, test_type=TestType.BENCH)
    assert found_in(bench) == {}
    without_rate = attrs.evolve(HEALTHY["esp"], rate_m3d=None)
    assert "RUNTIME_MISSING" not in found_in(a_test(without_rate, runtime_h=None))


def test_a_bench_lifts_nothing_and_is_not_asked_for_it():
    sheet = attrs.evolve(HEALTHY["esp"], pump_depth_m=None)
    assert found_in(a_test(sheet, test_type=TestType.BENCH)) == {}
    assert set(found_in(a_test(sheet))) == {"NET_LIFT_POWER_KW_ABSENT"}


def test_a_centrifugal_or_jet_pump_is_not_asked_for_a_displacement():
    assert "DISPLACEMENT_ABSENT" in found_in(a_test(PcpReading(rate_m3d=1.0)))
    assert "DISPLACEMENT_ABSENT" not in found_in(a_test(EspReading(rate_m3d=1.0)))
    assert "DISPLACEMENT_ABSENT" not in found_in(a_test(JetReading(rate_m3d=1.0)))


def test_the_lowest_load_is_that_of_the_card_unless_it_is_stated():
    light = attrs.evolve(HEALTHY["rod"], rod_weight_in_air_kn=15.0)
    assert "ROD_LOAD_ABOVE_WEIGHT" in found_in(a_test(light))
    stated = attrs.evolve(light, minimum_rod_load_kn=10.0)
    assert "ROD_LOAD_ABOVE_WEIGHT" not in found_in(a_test(stated))


@pytest.mark.parametrize(
    ("rate", "runtime", "flagged"),
    [
        (55.0, None, True),
        (55.0, 12.0, True),
        (55.0, 24.0, False),
        (100.0, None, False),
        (20.0, None, False),
    ],
)
def test_half_a_duty_looks_like_half_a_fillage(rate, runtime, flagged):
    reading = attrs.evolve(HEALTHY["pcp"], rate_m3d=rate)
    assert ("HALF_DUTY" in found_in(a_test(reading, runtime_h=runtime))) is flagged


def test_a_test_without_any_number_is_an_error():
    test = a_test(PcpReading(water_cut=0.3))
    found = check_test(test, PUMPPERF_2026)
    assert "NOTHING_TO_EVALUATE" in {finding.code for finding in found}
    with pytest.raises(PumpTestError, match="'T1': reading 1: the reading has neither rate"):
        refuse_errors(test, found)
    one_of_two = a_test(HEALTHY["pcp"], PcpReading(water_cut=0.3))
    found = check_test(one_of_two, PUMPPERF_2026)
    assert [f.reading_obs_no for f in found if f.severity is Severity.ERROR] == [2]
    refuse_errors(one_of_two, found)


def test_a_pump_that_did_not_run_and_produces_is_told():
    assert "RATE_WITHOUT_RUNTIME" in found_in(a_test(HEALTHY["esp"], runtime_h=0.0))


def test_dates_of_rate_and_power_do_not_matter_without_power():
    level = PcpReading(rate_m3d=50.0, rate_date=WHEN - dt.timedelta(days=76))
    assert "STALE_PAIRING" not in found_in(a_test(level))


def test_a_range_with_one_end_is_told_in_words():
    fast = attrs.evolve(HEALTHY["esp"], minimum_frequency_hz=None, frequency_hz=65.0)
    words = found_in(a_test(fast))["FREQUENCY_OUTSIDE_RANGE"].words
    assert "(not stated) to 60 Hz" in words


def test_zero_does_not_hide_a_disagreement():
    dead = attrs.evolve(HEALTHY["esp"], input_power_kw=0.0, pressure_rise_kpa=0.0)
    assert {"INPUT_POWERS_DISAGREE", "PRESSURES_DISAGREE"} <= set(found_in(a_test(dead)))


def test_readings_are_numbered():
    faulty = attrs.evolve(HEALTHY["esp"], water_cut=2.0)
    (finding,) = check_test(a_test(HEALTHY["esp"], faulty), PUMPPERF_2026)
    assert finding.reading_obs_no == 2


def test_a_column_is_judged_as_each_of_its_lines():
    rates = np.array([10.0, 120.0, 90.0 / units.BBL])
    one = {name: getattr(HEALTHY["pcp"], name) for name in FIELDS}
    shared = {name: float("nan") if value is None else value for name, value in one.items()}
    reading = Numbers(shared | {"rate_m3d": rates, "running_share": 1.0})
    duty = judged(LiftType.PCP, reading)
    for i, rate in enumerate(rates):
        alone = Numbers(reading | {"rate_m3d": float(rate)})
        alone_duty = judged(LiftType.PCP, alone)
        for check in CHECKS:
            column = np.broadcast_to(check.fails(reading, duty, PUMPPERF_2026), 3)
            assert column[i] == check.fails(alone, alone_duty, PUMPPERF_2026), check.code


def down(start, end=None):
    return stop(1, "PLANNED", start, end, unit=DAY)


@pytest.mark.parametrize(
    ("runs", "failures", "stops", "codes"),
    [
        ([run(1, 0, 9), run(2, 9)], [failure(1, 9), failure(1, 20)], [down(3, 4), down(10)], []),
        ([run(1, 0, 9), run(2, 8)], [], [], ["INSTALLATIONS_OVERLAP"]),
        ([run(1, 0), run(2, 8)], [], [], ["INSTALLATIONS_OVERLAP"]),
        ([run(1, 0, 9)], [failure(1, -1)], [], ["FAILURE_BEFORE_INSTALLATION"]),
        ([run(1, 0, 9)], [failure(1, 10)], [], ["FAILURE_OUTSIDE_INSTALLATION"]),
        ([run(1, 0, 9)], [failure(1, -1, failure_ind=False)], [], []),
        ([run(1, 0, 9)], [failure(1, None)], [], ["FAILURE_WITHOUT_DATE"]),
        ([], [failure(1, 3)], [], ["FAILURE_BEFORE_INSTALLATION"]),
        ([run(1, 0, 30), run(2, 5, 6), run(3, 20, 40)], [], [], ["INSTALLATIONS_OVERLAP"] * 2),
        ([run(1, 0, 9), run(2, 12)], [failure(1, 8)], [down(8, 12)], []),
        ([run(1, 0, 9)], [], [down(-2, -1)], ["DOWNTIME_OUTSIDE_INSTALLATION"]),
        ([run(1, 0, 9)], [], [down(10)], ["DOWNTIME_OUTSIDE_INSTALLATION"]),
        ([run(1, 0, 9)], [failure(1, 8), failure(1, 4), failure(1, 8)], [], ["FAILURE_REPEATED"]),
        ([run(1, 0)], [], [down(8)], []),
    ],
)
def test_history(runs, failures, stops, codes):
    assert [finding.code for finding in check_history(runs, failures, stops)] == codes


def test_failures_without_a_date_are_told_once():
    (finding,) = check_history([run(1, 0)], [failure(i, None) for i in range(1, 6)], [])
    assert finding.words.endswith("F1, F2, F3 and 2 more")
    (finding,) = check_history([run(1, 0)], [failure(i, None) for i in range(1, 4)], [])
    assert finding.words.endswith("F1, F2, F3")
