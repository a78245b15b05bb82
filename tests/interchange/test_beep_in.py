"""Designs of SuckerRodPumping, HydraulicPumps and the ESP pages, taken in as pump tests."""

import re
from decimal import Decimal

import attrs
import pytest
from beep_records import (
    BBL_M3,
    CASES,
    LBFT3_KGM3,
    OPTIONAL,
    PSI_KPA,
    ROOTS,
    SILENT,
    STANDARD,
    reading_of,
    sentence,
    taken_in,
)

from pumpperf import EspReading, HydraulicPistonReading, JetReading, RodReading
from sample import WHEN


def stated(reading):
    """The quantities that a reading holds."""
    values = attrs.asdict(reading, recurse=False)
    return {name: value for name, value in values.items() if isinstance(value, float)}


# ---- what is taken over, by numbers known from elsewhere


DRIVEN = {
    "rate_m3d": 250 * BBL_M3,
    "water_cut": 0.3,
    "wellhead_pressure_kpa": 100 * PSI_KPA,
    "intake_pressure_kpa": 500 * PSI_KPA,
    "discharge_pressure_kpa": 3000 * PSI_KPA,
    "pump_depth_m": 1524.0,
    "power_fluid_rate_m3d": 400 * BBL_M3,
    "power_fluid_pressure_rise_kpa": 2000 * PSI_KPA - 200.0,
}
"""By power fluid: a piston and a jet alike."""
READINGS = {
    "rod": (
        RodReading,
        {
            "rate_m3d": 250 * BBL_M3,
            "liquid_density_kgm3": 62.4 * LBFT3_KGM3,
            "water_cut": 0.3,
            "wellhead_pressure_kpa": 100 * PSI_KPA,
            "pump_depth_m": 1524.0,
            "speed_spm": 8.0,
            "stroke_m": 2.54,
            "plunger_diameter_mm": 44.45,
        },
    ),
    "piston": (
        HydraulicPistonReading,
        DRIVEN | {"speed_spm": 12.0, "stroke_displacement_l": 150 * 0.016387064},
    ),
    "jet": (JetReading, DRIVEN),
    "esp": (
        EspReading,
        {
            "rate_m3d": 250 * BBL_M3,
            "water_cut": 0.3,
            "wellhead_pressure_kpa": 100 * PSI_KPA,
            "pump_depth_m": 1524.0,
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_reading_holds_what_was_taken_over_and_nothing_else(name):
    kind, wanted = READINGS[name]
    reading = reading_of(name)
    assert type(reading) is kind
    assert stated(reading) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_a_test_holds_what_the_caller_says_of_it(name):
    (test,) = taken_in(name).rows
    assert (test.pump_test_id, test.equipment_id, test.uwi, test.source) == (
        "T1",
        "P1",
        "W1",
        "SRP",
    )
    assert (test.test_date, test.test_type) == (WHEN, "FIELD")
    assert (test.duration_h, test.runtime_h, test.active_ind) == (24.0, 24.0, True)


def test_the_units_in_which_it_came_are_kept():
    assert dict(reading_of("rod").original_units)["plunger_diameter_mm"] == "in"
    assert dict(reading_of("jet").original_units)["rate_m3d"] == "bpd"


def test_numbers_may_be_decimals():
    assert reading_of("rod", {"WATER_CUT": Decimal("0.25")}).water_cut == 0.25


# ---- what is notes


@pytest.mark.parametrize("name", CASES)
def test_every_field_is_taken_as_it_stands_or_noted_with_its_value(name):
    whole = STANDARD | (OPTIONAL if name != "rod" else {})
    records = CASES[name][2]
    notes = taken_in(name, *[whole] * len(records)).notes
    for root, record in zip(ROOTS[name], records, strict=True):
        silent = {*SILENT[name], "ACTIVE_IND", "REMARK"}
        for field, value in (record | whole).items():
            found = [words for words in notes if f": $.{root}.{field} = {value!r}: " in words]
            assert len(found) == (field not in silent), field
    assert all(re.fullmatch(r"[A-Z_]+: \$\.\w+\.\w+ = .+: .+", words) for words in notes)


@pytest.mark.parametrize("name", CASES)
def test_efficiencies_and_powers_of_the_source_are_noted_as_not_ours(name):
    reading = reading_of(name)
    assert (reading.motor_efficiency, reading.drive_efficiency) == (None, None)
    assert (reading.input_power_kw, getattr(reading, "polished_rod_power_kw", None)) == (None, None)
    notes = taken_in(name).notes
    figures = [words for words in notes if re.search("(EFFICIENCY|HORSEPOWER) = ", words)]
    assert len(figures) >= 3
    assert all(words.startswith("NOT_OURS: ") for words in figures)


@pytest.mark.parametrize("value", [0, 1, 1.0, Decimal(1)])
def test_an_efficiency_of_exactly_0_or_1_was_perhaps_cut(value):
    notes = taken_in("piston", {}, {}, {"OVERALL_EFFICIENCY": value}).notes
    assert "perhaps cut" in sentence(notes, "result.OVERALL_EFFICIENCY")
    notes = taken_in("piston", {}, {}, {"OVERALL_EFFICIENCY": 0.999}).notes
    assert "perhaps cut" not in sentence(notes, "result.OVERALL_EFFICIENCY")


def test_a_calculated_rate_is_noted_and_stays_with_the_row():
    for name, wanted in {
        "rod": "PRODUCTION_RATE",
        "jet": "PRODUCTION_RATE, PUMP_INTAKE_PRESSURE, PUMP_DISCHARGE_PRESSURE",
        "esp": "OPERATING_FLOW_RATE",
    }.items():
        received = taken_in(name)
        calculated = [words for words in received.notes if words.startswith("CALCULATED: ")]
        assert len(calculated) == len(wanted.split(", "))
        words = f"calculated by the source, not measured: {wanted}"
        assert received.rows[0].remark == words


def test_remarks_of_all_records_are_kept():
    (test,) = taken_in(
        "esp", {"REMARK": "one"}, {"REMARK": "two", "OPERATING_FLOW_RATE": None}
    ).rows
    assert test.remark == "one; two"


def test_a_retired_record_makes_no_active_row():
    received = taken_in("rod", {}, {"ACTIVE_IND": "N"})
    assert received.rows[0].active_ind is False
    assert sentence(received.notes, "result.ACTIVE_IND").startswith("INACTIVE: ")


def test_a_zero_that_is_taken_over_is_noted():
    notes = taken_in("esp", {"WELLHEAD_PRESSURE": 0}).notes
    assert sentence(notes, "properties.WELLHEAD_PRESSURE").startswith("ZERO: ")


def test_a_rate_that_is_the_wish_once_more_is_noted():
    notes = taken_in("esp", {"DESIRED_FLOW_RATE": 250.0}).notes
    assert any("OPERATING_FLOW_RATE = 250: it is DESIRED_FLOW_RATE" in words for words in notes)
    for wish in (800, None):
        notes = taken_in("esp", {"DESIRED_FLOW_RATE": wish}, {"OPERATING_FLOW_RATE": None}).notes
        assert not any("a wish, once more" in words for words in notes)


def test_what_is_empty_is_neither_taken_nor_noted():
    received = taken_in("rod", {"WELL_DEPTH": None, "STROKE_LENGTH": "", "WATER_CUT": None})
    assert received.rows[0].readings[0].stroke_m is None
    assert not any("STROKE_LENGTH" in words or "WELL_DEPTH" in words for words in received.notes)
