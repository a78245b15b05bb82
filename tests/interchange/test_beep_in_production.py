"""A day of ProductionOperations, taken in as a pump test."""

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest
from beep_records import BBL_M3, PSI_KPA, sentence

import refusals
from pumpperf import ArgumentError, EspReading, PcpReading
from pumpperf.interchange.beep import production_test

UTC = dt.UTC
CHICAGO = "America/Chicago"  # UTC-6, from 8 March to 1 November 2026 UTC-5

DAY = {
    "WellUWI": "W1",
    "ProductionDate": "2026-01-10T00:00:00",
    "OilVolume": 100,
    "GasVolume": 20,
    "WaterVolume": 50,
    "OilRate": 110,
    "GasRate": 20,
    "WaterRate": 50,
    "WellheadPressure": 150,
    "BottomHolePressure": 900,
    "FlowingTubingPressure": 100,
    "CasingPressure": 40,
    "OperationalStatus": "Producing",
    "Comments": "calm",
}
PRODUCTION = {
    "pump_test_id": "T1",
    "equipment_id": "P1",
    "source": "PO",
    "lift_type": "PCP",
    "time_zone": CHICAGO,
    "day_begins": dt.time(0),
    "runtime_h": None,
    "formation_volume_factor": 1.2,
    "pressures_are": "absolute",
    "atmosphere_kpa": None,
}


def at(month, day, hour=0, minute=0):
    return dt.datetime(2026, month, day, hour, minute, tzinfo=UTC)


def taken_in(change=(), **more):
    return production_test(DAY | dict(change), **PRODUCTION | more)


def row_of(change=(), **more):
    (row,) = taken_in(change, **more).rows
    return row


faults_of = partial(refusals.faults_of, taken_in)
fault_of = partial(refusals.fault_of, taken_in)


def refused(match, **more):
    with pytest.raises(ArgumentError, match=match):
        taken_in(**more)


def noted_fields(change=()):
    return {words.split("$.")[1].split(" = ")[0] for words in taken_in(change).notes}


# ---- a day of production


def test_a_day_is_a_field_test_that_ends_with_it():
    test = row_of()
    assert (test.uwi, test.equipment_id, test.test_type) == ("W1", "P1", "FIELD")
    assert (test.test_date, test.duration_h, test.runtime_h) == (at(1, 11, 6), 24.0, None)
    assert test.remark == "calm"
    assert type(test.readings[0]) is PcpReading
    assert type(row_of(lift_type="ESP").readings[0]) is EspReading


def test_liquid_at_the_pump_is_swollen_oil_and_water_of_the_day_s_volumes():
    (reading,) = row_of().readings
    assert reading.rate_m3d == pytest.approx((100 * 1.2 + 50) * BBL_M3)
    assert reading.water_cut == pytest.approx(50 / 150)
    assert reading.formation_volume_factor == 1.2


def test_rates_stand_in_for_volumes_and_are_noted():
    received = taken_in({"OilVolume": None, "WaterVolume": None})
    (reading,) = received.rows[0].readings
    assert reading.rate_m3d == pytest.approx((110 * 1.2 + 50) * BBL_M3)
    assert "mean of the whole day" in sentence(received.notes, "OilRate")
    assert "OilRate" not in noted_fields({"OilRate": None})
    assert "makes 100 a day" in sentence(taken_in().notes, "OilRate")


def test_small_rates_count_and_negative_ones_are_refused():
    small = {"OilVolume": None, "OilRate": 0.5, "WaterVolume": 0.25}
    (reading,) = row_of(small).readings
    assert reading.rate_m3d == pytest.approx((0.5 * 1.2 + 0.25) * BBL_M3)
    assert "at least 0" in fault_of(small | {"OilRate": -0.5})


def test_without_oil_or_water_there_is_no_liquid():
    for gone in ({"OilVolume": None, "OilRate": None}, {"WaterVolume": None, "WaterRate": None}):
        received = taken_in(gone)
        (reading,) = received.rows[0].readings
        assert (reading.rate_m3d, reading.water_cut) == (None, None)
        assert sum("both oil and water" in words for words in received.notes) == 2
    (reading,) = row_of({"OilVolume": 0, "WaterVolume": 0}).readings
    assert (reading.rate_m3d, reading.water_cut) == (0.0, None)


def test_pressures_stand_on_the_datum_that_the_caller_says():
    (reading,) = row_of().readings
    assert reading.wellhead_pressure_kpa == pytest.approx(100 * PSI_KPA)
    assert reading.casing_pressure_kpa == pytest.approx(40 * PSI_KPA)
    assert reading.intake_pressure_kpa is None
    gauge = {"pressures_are": "gauge", "atmosphere_kpa": 98.0}
    (reading,) = row_of({"FlowingTubingPressure": None}, **gauge).readings
    assert reading.wellhead_pressure_kpa == pytest.approx(150 * PSI_KPA + 98.0)
    exact = gauge | {"atmosphere_kpa": Decimal(98)}
    assert row_of({"FlowingTubingPressure": None}, **exact).readings == (reading,)
    for wrong in (None, 0, -1.0, float("inf"), "98"):
        asked = {"pressures_are": "gauge", "atmosphere_kpa": wrong}
        refused(f"atmosphere_kpa = {wrong!r}", **asked)
    refused("pressures_are = 'psi'", pressures_are="psi")


def test_every_field_of_a_day_is_taken_or_noted():
    notes = {"BottomHolePressure", "GasRate", "GasVolume", "OilRate", "OperationalStatus"}
    assert noted_fields() == notes | {"WaterRate", "WellheadPressure"}


def test_a_day_of_changing_clocks_is_an_hour_shorter_or_longer():
    spring = row_of({"ProductionDate": "2026-03-08"})
    assert (spring.test_date, spring.duration_h) == (at(3, 9, 5), 23.0)
    assert spring.readings[0].rate_m3d == pytest.approx(170 * BBL_M3 * 24 / 23)
    autumn = row_of({"ProductionDate": dt.datetime(2026, 11, 1)})  # noqa: DTZ001
    assert (autumn.test_date, autumn.duration_h) == (at(11, 2, 6), 25.0)


def test_a_production_day_begins_when_the_caller_says():
    six = row_of(day_begins=dt.time(6))
    assert six.test_date == at(1, 11, 12)
    fault = fault_of({"ProductionDate": "2026-03-08"}, day_begins=dt.time(2, 30))
    assert "2026-03-08T02:30:00 does not exist in America/Chicago" in fault


def test_the_time_at_which_a_day_begins_is_local():
    refused("day_begins = ", day_begins=dt.time(6, tzinfo=UTC))


@pytest.mark.parametrize("wrong", [None, 0, -1.0, float("nan"), float("inf"), "1.2"])
def test_a_formation_volume_factor_is_a_number_above_0(wrong):
    refused(f"formation_volume_factor = {wrong!r}", formation_volume_factor=wrong)
    exact = row_of(formation_volume_factor=Decimal("1.2"))
    assert exact == row_of()


def test_a_volume_or_rate_of_0_is_noted():
    notes = taken_in({"OilVolume": 0, "WaterVolume": None, "WaterRate": 0}).notes
    assert any(words.startswith("ZERO: $.OilVolume = 0: ") for words in notes)
    assert any(words.startswith("ZERO: $.WaterRate = 0: ") for words in notes)
    assert not any(words.startswith("ZERO: ") for words in taken_in({"OilRate": 0}).notes)


def test_a_day_is_a_day():
    assert row_of({"ProductionDate": "2026-01-10T06:00Z"}).test_date == at(1, 11, 6)
    for wrong in ("2026-01-10T06:00", "2026-01-10T00:00Z", "0001-01-01", "9999-12-31", "Monday"):
        fault = fault_of({"ProductionDate": wrong})
        assert fault.startswith(f"$.ProductionDate = '{wrong}': ")
    assert fault_of({"ProductionDate": None}).startswith("$.ProductionDate = None")
    assert fault_of({"ProductionDate": 20260110}).endswith("ISO 8601")


def test_what_is_wrong_with_a_day_comes_at_once():
    change = {
        "OilVolume": -1,
        "WaterVolume": None,
        "WaterRate": "wet",
        "CasingPressure": True,
        "WellUWI": None,
        "Uwi": 1,
    }
    faults = faults_of(change, equipment_id="")
    assert sorted(fault.split(":")[0] for fault in faults) == [
        "$.CasingPressure = True",
        "$.OilVolume = -1",
        "$.Uwi is unknown",
        "$.WaterRate = 'wet'",
        "equipment_id = ''",
    ]
    refused("lift_type = 'GAS_LIFT'", lift_type="GAS_LIFT")
