"""What the other Beep projects name alike and mean otherwise, and records that are wrong."""

import datetime as dt
from decimal import Decimal

import pytest
from beep_records import (
    CASES,
    PPG_KGM3,
    PSI_KPA,
    ROOTS,
    fault_of,
    faults_of,
    made_of,
    reading_of,
    sentence,
    taken_in,
)

from pumpperf import ArgumentError, PumpTest, RodReading, RowError, UnitError
from pumpperf.lift import duty, efficiency_chain

# ---- one name, two meanings


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("value", [30, 1.0001, -0.1])
def test_a_water_cut_is_a_fraction_and_never_divided(name, value):
    fault = fault_of(name, {"WATER_CUT": value})
    assert fault.startswith(f"$.{ROOTS[name][0]}.WATER_CUT = {value!r}: ")
    assert "fraction of 0 to 1" in fault
    assert "WATER_CUT_PERCENT" in fault


def test_a_percentage_is_unknown_and_its_namesake_a_fraction():
    fault = fault_of("esp", {"WATER_CUT_PERCENT": 30})
    assert fault.endswith("the nearest name is WATER_CUT, a fraction of 1")


@pytest.mark.parametrize("value", [0, 8.33, 19.99, 201])
def test_a_density_that_no_liquid_has_is_refused_with_both_units(value):
    fault = fault_of("rod", {"FLUID_DENSITY": value})
    assert fault.startswith(f"$.properties.FLUID_DENSITY = {value}: ")
    assert "lb/ft3" in fault
    assert "ppg" in fault


def test_a_density_comes_in_the_unit_that_the_caller_says():
    reading = reading_of("rod", {"FLUID_DENSITY": 8.33}, fluid_density_unit="ppg")
    assert reading.liquid_density_kgm3 == pytest.approx(8.33 * PPG_KGM3, rel=1e-12)
    assert "in ppg" in fault_of("rod", {"FLUID_DENSITY": 62.4}, fluid_density_unit="ppg")
    with pytest.raises(UnitError, match="lbgal"):
        taken_in("rod", fluid_density_unit="lbgal")


def test_a_fluid_level_is_taken_from_the_datum_that_the_caller_says():
    assert reading_of("rod").fluid_level_m is None
    assert reading_of("rod", fluid_level_datum="surface").fluid_level_m == pytest.approx(914.4)
    assert reading_of("rod", fluid_level_datum="pump").fluid_level_m == pytest.approx(609.6)
    near = reading_of("rod", {"FLUID_LEVEL": 0.5}, fluid_level_datum="surface")
    assert near.fluid_level_m == pytest.approx(0.1524)
    assert "at least 0" in fault_of("rod", {"FLUID_LEVEL": -0.5}, fluid_level_datum="surface")
    notes = taken_in("rod", {"PUMP_SETTING_DEPTH": None}, fluid_level_datum="pump").notes
    assert "pump's depth is not stated" in sentence(notes, "properties.FLUID_LEVEL")
    with pytest.raises(ArgumentError, match="fluid_level_datum = 'casing'"):
        taken_in("rod", fluid_level_datum="casing")


@pytest.mark.parametrize("datum", ["surface", "pump"])
def test_a_fluid_level_that_is_taken_may_not_be_vertical(datum):
    notes = taken_in("rod", fluid_level_datum=datum).notes
    assert "a vertical depth" in sentence(notes, "properties.FLUID_LEVEL")


def test_a_level_over_a_pump_at_no_depth_is_refused_once():
    for depth in (-5, float("nan"), float("inf"), "deep"):
        fault = fault_of("rod", {"PUMP_SETTING_DEPTH": depth}, fluid_level_datum="pump")
        assert fault.startswith(f"$.properties.PUMP_SETTING_DEPTH = {depth!r}: ")
    fault = fault_of("rod", {"FLUID_LEVEL": 5001}, fluid_level_datum="pump")
    assert fault.startswith("$.properties.FLUID_LEVEL = 5001: fluid_level_ft = -1.0")


def test_a_pressure_is_no_rise_without_the_suction_pressure():
    received = taken_in("piston", power_fluid_suction_pressure_kpa=None)
    assert received.rows[0].readings[0].power_fluid_pressure_rise_kpa is None
    assert sentence(received.notes, "pump.POWER_FLUID_PRESSURE").startswith("NOT_TAKEN: ")
    for suction in (-5.0, 0.0, float("nan"), "200"):
        with pytest.raises(ArgumentError, match="power_fluid_suction_pressure_kpa = "):
            taken_in("jet", power_fluid_suction_pressure_kpa=suction)
    (test,) = taken_in("jet", power_fluid_suction_pressure_kpa=Decimal(200)).rows
    assert test == taken_in("jet").rows[0]
    notes = sentence(taken_in("jet").notes, "pump.POWER_FLUID_PRESSURE")
    assert notes.startswith("DOUBTFUL: ")
    received = taken_in("jet", {}, {"POWER_FLUID_PRESSURE": None})
    assert received.rows[0].readings[0].power_fluid_pressure_rise_kpa is None


def test_a_hydraulic_pump_is_a_piston_or_a_jet():
    with pytest.raises(ArgumentError, match="lift_type = 'PCP': expected one of HYDRAULIC_PISTON"):
        taken_in("jet", lift_type="PCP")


def test_their_name_of_the_pump_is_noted_where_it_is_another():
    found = sentence(taken_in("jet").notes, "pump.PUMP_ID")
    assert found.startswith("NOT_TAKEN: ")
    assert "'P1'" in found
    assert not any("PUMP_ID = " in words for words in taken_in("jet", {}, {"PUMP_ID": "P1"}).notes)


@pytest.mark.parametrize("name", CASES)
def test_a_calculated_rate_is_that_of_a_pump_that_runs_all_of_the_time(name):
    fault = fault_of(name, runtime_h=20.0)
    assert fault.startswith("runtime_h = 20.0: expected duration_h = 24.0")
    (test,) = taken_in(name, runtime_h=None).rows
    assert test.running_share is None


def test_an_efficiency_that_the_source_cut_to_1_comes_out_as_it_is():
    # Their own screening case: 2.58 before it is cut, as 593.9 (3105 - 500) / (300 x 2000).
    received = taken_in(
        "jet",
        {},
        {"POWER_FLUID_RATE": 300, "POWER_FLUID_PRESSURE": 2000 + 100 / PSI_KPA},
        {
            "PRODUCTION_RATE": 593.9189,
            "PUMP_INTAKE_PRESSURE": 500,
            "PUMP_DISCHARGE_PRESSURE": 3105.1534,
            "SYSTEM_EFFICIENCY": 1.0,
        },
        power_fluid_suction_pressure_kpa=100.0,
    )
    assert "perhaps cut" in sentence(received.notes, "result.SYSTEM_EFFICIENCY")
    (test,) = received.rows
    chain = efficiency_chain(duty(test.readings[0], running_share=1.0))
    assert chain.downhole_efficiency == pytest.approx(2.5787, abs=1e-4)


def test_without_a_calculated_number_it_may_have_stood():
    (test,) = taken_in("rod", {}, {"PRODUCTION_RATE": None}, runtime_h=18.0).rows
    assert test.running_share == 0.75


# ---- faults


def test_records_that_do_not_belong_together_are_refused():
    assert fault_of("rod", {"SUCKER_ROD_SYSTEM_PROPERTIES_ID": "S2"}).startswith(
        "$.result.SUCKER_ROD_SYSTEM_PROPERTIES_ID = 'S1': expected that of $.properties."
    )
    assert len(faults_of("jet", {}, {"HYDRAULIC_JET_PUMP_PROPERTIES_ID": "J2"})) == 1
    assert len(faults_of("piston", {"HYDRAULIC_PUMP_WELL_PROPERTIES_ID": "H2"})) == 1
    assert taken_in("esp", {"ESP_DESIGN_PROPERTIES_ID": None}).rows


def test_the_well_of_the_header_and_of_the_records_is_one():
    fault = fault_of("jet", uwi="W2")
    assert fault == "$.well.WELL_UWI = 'W1': expected 'W2', as the caller says"
    assert taken_in("jet", uwi="W1").rows == taken_in("jet").rows
    (test,) = taken_in("piston", {"WELL_UWI": None}, uwi="W2").rows
    assert test.uwi == "W2"


def test_all_faults_of_all_records_come_at_once():
    faults = faults_of(
        "rod",
        {"PUMP_DIAMETER": -1, "STROKE_LENGTH": "long", "Wellhead_Pressure": 1, "REMARK": 5},
        {"PRODUCTION_RATE": True, "POWER": 1, "ACTIVE_IND": "yes"},
        equipment_id="",
        test_date=dt.datetime(2026, 1, 1),  # noqa: DTZ001
    )
    assert sorted(fault.split(":")[0] for fault in faults) == [
        "$.properties.PUMP_DIAMETER = -1",
        "$.properties.REMARK = 5",
        "$.properties.STROKE_LENGTH = 'long'",
        "$.properties.Wellhead_Pressure is unknown",
        "$.result.ACTIVE_IND = 'yes'",
        "$.result.POWER is unknown",
        "$.result.PRODUCTION_RATE = True",
        "equipment_id = ''",
        "test_date = 2026-01-01T00",
    ]
    (unknown,) = [fault for fault in faults if "Wellhead_Pressure" in fault]
    assert unknown.endswith("the nearest name is WELLHEAD_PRESSURE")


@pytest.mark.parametrize("name", ["WATER_CUT", "FLUID_DENSITY", "FLUID_LEVEL"])
@pytest.mark.parametrize("value", ["x", float("nan"), float("inf"), float("-inf"), True])
def test_what_is_no_finite_number_is_refused_once(name, value):
    fault = fault_of("rod", {name: value}, fluid_level_datum="surface")
    assert fault.startswith(f"$.properties.{name} = {value!r}: expected a finite number")


@pytest.mark.parametrize("value", [0, False, [], 5.0])
def test_a_text_that_is_none_is_refused(value):
    assert fault_of("esp", {}, {"REMARK": value}) == f"$.result.REMARK = {value!r}: expected a text"


def test_a_name_is_refused_in_its_camel_case():
    with pytest.raises(RowError, match="wellDepth is unknown: the nearest name is WELL_DEPTH"):
        made_of("rod", {"wellDepth": 1}, {})


def test_empty_records_make_an_empty_reading():
    (test,) = made_of("rod", {}, {}).rows
    assert isinstance(test, PumpTest)
    assert test.readings == (RodReading(),)
    assert test.remark is None
