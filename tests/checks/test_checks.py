"""Every check is hit by what it looks for, and by nothing that is healthy."""

import datetime as dt
import math
import re
from pathlib import Path

import attrs
import numpy as np
import pytest
from codes_page import BEGIN, END, PAGE, table
from hypothesis import given
from hypothesis import strategies as st

import pumpperf
from pumpperf import (
    PUMPPERF_2026,
    ArgumentError,
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
from pumpperf.checks import CHECKS, Check, Numbers, check_test, judged, refuse_errors
from pumpperf.evaluate import efficiency_of
from pumpperf.lift import LiftType
from sample import WHEN, a_test

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

PLUNGER_CARD = {"downhole_position_m": (0.0, 0.0, 3.0, 3.0)}
WEAK, BACKWARDS = (0.0, 10.0, 10.0, 0.0), (25.0, 0.0, 0.0, 25.0)

TANK = {
    "rate_m3d": None,
    "liquid_density_kgm3": None,
    "intake_pressure_kpa": None,
    "discharge_pressure_kpa": None,
    "liquid_rate_m3d": 84.0,
    "water_cut": 0.6,
    "oil_density_kgm3": 850.0,
    "water_density_kgm3": 1050.0,
    "gas_oil_ratio_m3m3": 40.0,
    "gas_gravity": 0.75,
    "gas_separation": 0.5,
    "intake_temperature_degc": 50.0,
    "casing_pressure_kpa": 500.0,
    "fluid_level_m": 850.0,
}
"""What a well test measures, in place of what a gauge measures at the pump."""
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
    "POWER_FROM_NOTHING": ("pcp", {"input_power_kw": 0.0}),
    "PUMP_INPUT_ABOVE_INPUT": None,
    "NET_LIFT_ABOVE_PUMP_INPUT": ("rod", PLUNGER_CARD | {"downhole_load_kn": WEAK}),
    "POWER_ABOVE_MOTOR_AND_DRIVE": None,
    "OVERALL_EFFICIENCY_ABOVE_1": ("jet", {"input_power_kw": 9.9}),
    "OVERALL_EFFICIENCY_BELOW_0": ("jet", {"input_power_kw": -70.0}),
    "OVERALL_EFFICIENCY_LOW": ("jet", {"input_power_kw": 400.0}),
    "INPUT_POWER_BELOW_0": ("esp", {"input_power_kw": -20.0}),
    "DELIVERED_POWER_BELOW_0": ("pcp", {"rod_torque_knm": -1.0}),
    "PUMP_INPUT_POWER_BELOW_0": ("rod", PLUNGER_CARD | {"downhole_load_kn": BACKWARDS}),
    "NET_STROKE_EFFICIENCY_ABOVE_1": ("rod", {"fillage": 0.5}),
    "POLISHED_ROD_STROKE_EFFICIENCY_ABOVE_1": ("rod", {"stroke_m": 2.0}),
    "FILLAGE_OUTSIDE_0_1": ("rod", {"fillage": 85.0}),
    "NO_RATE_WHILE_RUNNING": ("pcp", {"rate_m3d": 0.0}),
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
    "HYDRAULIC_POWER_KW_ABSENT": ("jet", {"discharge_pressure_kpa": None, "pump_depth_m": None}),
    "NET_LIFT_POWER_KW_ABSENT": ("esp", {"liquid_density_kgm3": None}),
    "DELIVERED_POWER_KW_ABSENT": ("esp", {"motor_efficiency": None}),
    "INPUT_POWER_KW_ABSENT": ("pcp", {"input_power_kw": None}),
    "NOTHING_TO_EVALUATE": None,
    "ANNULUS_LIQUID_SHARE_OUTSIDE_0_1": ("pcp", {"annulus_liquid_share": 45.0}),
    "GAS_SEPARATION_OUTSIDE_0_1": ("pcp", {"gas_separation": 45.0}),
    "WATER_CUT_DISAGREES": ("pcp", TANK | {"oil_rate_m3d": 60.0}),
    "TANK_PARTS_DISAGREE": ("pcp", TANK | {"oil_rate_m3d": 34.0, "water_rate_m3d": 42.0}),
    "TANK_MASS_DISAGREES": ("pcp", TANK | {"oil_rate_m3d": 34.0, "oil_mass_rate_td": 26.0}),
    "GAS_OIL_RATIO_DISAGREES": ("pcp", TANK | {"oil_rate_m3d": 34.0, "gas_rate_sm3d": 1700.0}),
    "TANK_RATE_DISAGREES": ("pcp", TANK | {"rate_m3d": 100.0}),
    "CASING_GAS_ABOVE_FREE_GAS": ("pcp", TANK | {"casing_gas_rate_sm3d": 1300.0}),
    "FLUIDS_BY_CORRELATION": ("pcp", TANK),
    "FLUIDS_BEYOND_DATA": ("pcp", TANK | {"gas_gravity": 1.6}),
    "TANK_RATE_TAKEN_FOR_PUMP": ("pcp", TANK | {"oil_density_kgm3": None}),
    "WATER_DENSITY_ASSUMED": ("pcp", TANK | {"water_density_kgm3": None}),
    "GAS_GRAVITY_ASSUMED": ("pcp", TANK | {"gas_gravity": None}),
    "INTAKE_TEMPERATURE_ASSUMED": ("pcp", TANK | {"intake_temperature_degc": None}),
    "GAS_NOT_STATED": ("pcp", TANK | {"gas_oil_ratio_m3m3": None}),
    "INTAKE_FROM_LEVEL": ("pcp", TANK),
    "SEPARATION_NOT_STATED": ("pcp", TANK | {"gas_separation": None}),
    "DISCHARGE_FROM_WELLHEAD": ("pcp", TANK),
}


def found_in(test):
    return {finding.code: finding for finding in check_test(test, PUMPPERF_2026)}


def test_every_check_stands_in_the_table_once():
    codes = [check.code for check in CHECKS]
    assert len(codes) == len(set(codes))
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
    assert not set("{}") & set(found[code].words + found[code].look_at)
    assert found[code].reading_obs_no == 1
    fields = {field.name for field in attrs.fields(type(HEALTHY[name]))}
    assert set(found[code].inputs) <= fields | {"runtime_h", "duration_h"}


def test_links_that_no_reading_can_give_yet_are_checked_by_their_numbers():
    duty = judged(LiftType.PCP, Numbers(dict.fromkeys(FIELDS, float("nan"))), PUMPPERF_2026)
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


def rated(rate, **more):
    """A centrifugal pump at 8000 kPa."""
    return EspReading(rate_m3d=rate, pressure_rise_kpa=8000.0, **more)


def test_hydraulic_power_above_the_input_is_told_in_every_lift_system():
    # 100 m3/d x 8000 kPa = 9.259 kW out of 5 kW
    for kind in (RodReading, EspReading, PcpReading, HydraulicPistonReading, JetReading):
        sheet = kind(rate_m3d=100.0, pressure_rise_kpa=8000.0, input_power_kw=5.0)
        found = found_in(a_test(sheet))["OVERALL_EFFICIENCY_ABOVE_1"]
        assert found.words.startswith("overall efficiency is 1.852, above 1")
    exactly = rated(86.4, input_power_kw=8.0)
    assert not {code for code in found_in(a_test(exactly)) if "ABOVE" in code}


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        # the plunger's 30 kN x 3 m x 10/min = 15 kW
        (
            RodReading(
                speed_spm=10.0,
                input_power_kw=14.9,
                downhole_position_m=(0.0, 0.0, 3.0, 3.0),
                downhole_load_kn=(0.0, 30.0, 30.0, 0.0),
            ),
            "PUMP_INPUT_ABOVE_INPUT",
        ),
        # 10 kW of which a motor of 0.9 leaves 9 kW; 9.259 kW arrives
        (rated(100.0, input_power_kw=10.0, motor_efficiency=0.9), "POWER_ABOVE_MOTOR_AND_DRIVE"),
        (rated(100.0, input_power_kw=10.0, drive_efficiency=0.9), "POWER_ABOVE_MOTOR_AND_DRIVE"),
        (rated(100.0, shaft_power_kw=0.0), "POWER_FROM_NOTHING"),
        (rated(100.0, input_power_kw=0.0), "POWER_FROM_NOTHING"),
        (EspReading(shaft_power_kw=1.0, input_power_kw=0.0), "POWER_FROM_NOTHING"),
    ],
)
def test_no_power_comes_from_nothing(reading, code):
    assert code in found_in(a_test(reading))


def test_powers_that_can_be_are_not_told():
    codes = {"PUMP_INPUT_ABOVE_INPUT", "POWER_ABOVE_MOTOR_AND_DRIVE", "POWER_FROM_NOTHING"}
    for reading in (
        rated(100.0, input_power_kw=10.0, motor_efficiency=0.95),
        rated(0.0, input_power_kw=0.0, shaft_power_kw=0.0),
        attrs.evolve(HEALTHY["esp"], motor_efficiency=None),
    ):
        assert not codes & set(found_in(a_test(reading)))


def test_shut_off_is_a_point_of_a_bench_test_and_none_of_a_field_test_that_runs():
    shut_off = rated(0.0, input_power_kw=20.0, shaft_power_kw=15.0)
    bench = a_test(shut_off, test_type=TestType.BENCH)
    assert found_in(bench) == {}
    told = {code for code in found_in(a_test(shut_off)) if not code.endswith("ABSENT")}
    low = {"PUMP", "DOWNHOLE", "OVERALL"}
    assert told == {"NO_RATE_WHILE_RUNNING", *(f"{link}_EFFICIENCY_LOW" for link in low)}
    assert "NO_RATE_WHILE_RUNNING" not in found_in(a_test(shut_off, runtime_h=0.0))
    assert "NO_RATE_WHILE_RUNNING" in found_in(a_test(shut_off, runtime_h=None))


def test_a_pump_that_stands_still_and_gives_nothing_is_not_told():
    still = attrs.evolve(HEALTHY["pcp"], speed_rpm=0.0, minimum_speed_rpm=0.0, rate_m3d=0.0)
    codes = set(found_in(a_test(still)))
    assert not {"RATE_WITHOUT_MOTION", "NO_RATE_WHILE_RUNNING"} & codes


@pytest.mark.parametrize(("power", "low"), [(799.0, False), (800.0, False), (801.0, True)])
def test_an_efficiency_exactly_at_its_limit_is_not_low(power, low):
    # 25 kW of hydraulic power; a limit of 1/32 can be written exactly
    strict = attrs.evolve(PUMPPERF_2026, name="X", lowest_plausible_efficiency=1.0 / 32.0)
    reading = EspReading(rate_m3d=86.4, pressure_rise_kpa=25_000.0, input_power_kw=power)
    found = {finding.code for finding in check_test(a_test(reading), strict)}
    assert ("OVERALL_EFFICIENCY_LOW" in found) is low


def test_a_power_below_zero_is_told_of_a_pump_that_runs():
    reversed_ct = attrs.evolve(HEALTHY["esp"], input_power_kw=-20.0)
    assert "INPUT_POWER_BELOW_0" in found_in(a_test(reversed_ct))
    assert "INPUT_POWER_BELOW_0" in found_in(a_test(reversed_ct, runtime_h=None))
    assert "INPUT_POWER_BELOW_0" not in found_in(a_test(reversed_ct, runtime_h=0.0))
    idle = attrs.evolve(HEALTHY["esp"], input_power_kw=0.0)
    assert "INPUT_POWER_BELOW_0" not in found_in(a_test(idle))


def test_a_card_that_fills_the_pump_a_little_too_little_is_not_told():
    # 86.4 of 110.2 m3/d is 0.7838 of the gross stroke
    for fillage, told in ((0.75, False), (0.74, True)):
        found = found_in(a_test(attrs.evolve(HEALTHY["rod"], fillage=fillage)))
        assert ("NET_STROKE_EFFICIENCY_ABOVE_1" in found) is told


@pytest.mark.parametrize(
    "wrong",
    [
        {"fails": lambda r, d, a: r["rate_m3"] > 0.0},
        {"fails": lambda r, d, a: d["rate_m3d"] > 0.0},
        {"words": "the rate is {r[rate_m3]}"},
        {"inputs": ("rate_m3",)},
    ],
)
def test_a_misspelt_name_is_an_error_when_the_check_is_made(wrong):
    right = {"fails": lambda r, d, a: r["rate_m3d"] > 0.0, "words": "x", "inputs": ()}
    assert Check("X", look_at="x", **right).needs == (frozenset({"r.rate_m3d"}),)
    with pytest.raises(ArgumentError, match=r"expected a name that a reading or duty has"):
        Check("X", look_at="x", **(right | wrong))


@pytest.mark.parametrize(
    ("code", "ways"),
    [
        ("SYSTEM_EFFICIENCY_ABOVE_1", [{"d.system_efficiency"}]),
        (
            "FREQUENCY_OUTSIDE_RANGE",
            [
                {"r.frequency_hz", "r.maximum_frequency_hz"},
                {"r.frequency_hz", "r.minimum_frequency_hz"},
            ],
        ),
        ("HALF_DUTY", [{"d.volumetric_efficiency"}]),
        (
            "FLUID_LOAD_DISAGREES",
            [{"d.pressure_rise_kpa", "r.fluid_load_kn", "r.plunger_diameter_mm"}],
        ),
        (
            "PRESSURE_LOOKS_LIKE_PSI",
            [{"d.discharge_pressure_kpa", "r.liquid_density_kgm3", "r.pump_depth_m"}],
        ),
    ],
)
def test_a_check_is_made_where_what_it_reads_is_there(code, ways):
    check = next(check for check in CHECKS if check.code == code)
    assert sorted(map(sorted, check.needs)) == sorted(map(sorted, ways))


NAMES = sorted({name for check in CHECKS for way in check.needs for name in way})
NUMBER = st.sampled_from([math.nan, -1.0, 0.0, 0.5, 1.0, 100.0])


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, NUMBER)))
def test_no_check_fails_where_it_is_not_made(values):
    there = {name for name, value in values.items() if value == value}
    r, d = (
        Numbers({name[2:]: value for name, value in values.items() if name[0] == part})
        for part in "rd"
    )
    for check in CHECKS:
        made = any(way <= there for way in check.needs)
        assert made or not check.fails(r, d, PUMPPERF_2026), check.code


def status_and_checks(test):
    found = efficiency_of(test, assumptions=PUMPPERF_2026, user_id="ana", at=WHEN)[0]
    return found.result_status.value, found.checks_made


def test_status_says_whether_anything_was_checked():
    status, checks = status_and_checks(a_test(HEALTHY["esp"]))
    assert (status, "OVERALL_EFFICIENCY_ABOVE_1" in checks) == ("PLAUSIBLE", True)
    assert "RUNTIME_MISSING" not in checks
    assert status_and_checks(a_test(HEALTHY["esp"], runtime_h=None))[0] == "ASSUMED"
    alone = PcpReading(rate_m3d=50.0, input_power_kw=5.0, motor_efficiency=0.9, water_cut=0.5)
    assert status_and_checks(a_test(alone)) == ("NOT_CHECKED", ())
    assert status_and_checks(a_test(alone, runtime_h=None)) == ("NOT_CHECKED", ())
    reversed_ct = attrs.evolve(alone, input_power_kw=-5.0)
    assert status_and_checks(a_test(reversed_ct)) == ("SUSPECT", ())
    both = status_and_checks(a_test(alone, HEALTHY["pcp"]))
    assert both == status_and_checks(a_test(HEALTHY["pcp"]))


def test_findings_speak_of_the_lift_system_at_hand():
    sheet = {"rate_m3d": 50.0, "pressure_rise_kpa": 8000.0}
    others = {
        RodReading: ("torque", "shaft", "fluid's rate"),
        EspReading: ("plunger", "card", "torque", "power fluid"),
        PcpReading: ("plunger", "card", "polished", "shaft", "power fluid"),
        HydraulicPistonReading: ("plunger", "card", "polished", "torque", "shaft"),
        JetReading: ("plunger", "card", "polished", "torque", "shaft"),
    }
    for kind, foreign in others.items():
        for finding in found_in(a_test(kind(**sheet))).values():
            said = finding.words + finding.look_at
            assert not [word for word in foreign if word in said], said
    assert (
        "volume of one revolution"
        in found_in(a_test(PcpReading(**sheet)))["DISPLACEMENT_ABSENT"].words
    )


def test_findings_keep_the_quantities_of_their_words():
    found = found_in(a_test(attrs.evolve(HEALTHY["rod"], rate_m3d=120.0)))
    found = found["RATE_ABOVE_DISPLACEMENT"]
    swept = math.pi / 4 * 0.057**2 * 3.0 * 10.0 * 1440.0
    assert found.words.endswith(
        "120 m3/d while running is more than the 110.2 m3/d that it displaces"
    )
    assert found.quantity_names == (
        "volumetric_efficiency",
        "running_rate_m3d",
        "displacement_rate_m3d",
    )
    assert found.quantity_values == pytest.approx((120.0 / swept, 120.0, swept))


def test_a_number_beyond_any_is_said_and_not_kept():
    check = next(check for check in CHECKS if check.code == "OVERALL_EFFICIENCY_ABOVE_1")
    endless = Numbers(overall_efficiency=math.inf)
    found = check.told(LiftType.ESP, Numbers(), endless, PUMPPERF_2026)
    assert found.words.startswith("overall efficiency is inf, above 1")
    assert (found.quantity_names, found.quantity_values) == ((), ())


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
    duty = judged(LiftType.PCP, reading, PUMPPERF_2026)
    for i, rate in enumerate(rates):
        alone = Numbers(reading | {"rate_m3d": float(rate)})
        alone_duty = judged(LiftType.PCP, alone, PUMPPERF_2026)
        for check in CHECKS:
            column = np.broadcast_to(check.fails(reading, duty, PUMPPERF_2026), 3)
            assert column[i] == check.fails(alone, alone_duty, PUMPPERF_2026), check.code


def test_one_page_lists_every_check_as_it_is():
    page = PAGE.read_text(encoding="utf-8")
    listed = page.partition(BEGIN)[2].partition(END)[0]
    assert listed == table(), "write it anew with python tests/checks/codes_page.py"
    assert not set("{}") & set(listed)


def test_the_page_lists_every_other_code_too():
    source = Path(pumpperf.__file__).parent
    rooms = [source / "checks" / f"{name}.py" for name in ("accounts", "history")]
    texts = [path.read_text("utf-8") for path in (*rooms, *(source / "evaluate").glob("*.py"))]
    named = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', "\n".join(texts)))
    assert "TEST_SUSPECT" in named
    page = PAGE.read_text(encoding="utf-8")
    assert not {code for code in named if f"| `{code}` |" not in page}
