"""Pressures from gauges: one absolute pressure through every door, and none without the air."""

import attrs
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import ArgumentError, EspReading, PumpTest, RowError, units
from pumpperf.interchange.frames import evaluate, findings, rows_of, to_frame
from pumpperf.interchange.ppdm import from_ppdm, to_ppdm
from pumpperf.interchange.records import from_record, to_record
from sample import WHEN

PLACES = ("intake", "discharge", "wellhead", "casing")
GAUGES = units.GAUGE_PRESSURE.scales
AIR_KPA = 85.0  # 1500 m above the sea
FACTORS = {"kpag": 1.0, "psig": 6.894757293168361, "barg": 100.0, "mpag": 1000.0}
FACTORS |= {"kgfcm2g": 98.0665, "pag": 0.001, "atmg": 101.325}


def from_json(cells, **air):
    return from_record(EspReading, cells, **air)


def from_columns(cells, **air):
    return from_ppdm(EspReading, {name.upper(): value for name, value in cells.items()}, **air)


def from_table(cells, **air):
    line = {"pump_test_id": "T", "equipment_id": "P", "test_type": "FIELD", "lift_type": "ESP"}
    frame = pd.DataFrame([line | {"test_date": WHEN} | cells])
    return rows_of(frame, PumpTest, **air)[0].readings[0]


DOORS = (from_json, from_columns, from_table)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("unit", GAUGES)
def test_gauge_and_atmosphere_make_absolute(door, place, unit):
    """500 psi on the gauge of a well at 85 kPa are 3532.4 kPa, whoever states the air."""
    name, value = f"{place}_pressure_{unit}", 3447.3786465841805 / FACTORS[unit]
    stated = door({name: value}, atmosphere_kpa=AIR_KPA)
    beside = door({name: value, "atmosphere_kpa": AIR_KPA}, atmosphere_kpa=101.325)
    in_psi = door({name: value, "atmosphere_psi": AIR_KPA / units.PSI})
    for reading in (stated, beside, in_psi):
        absolute = getattr(reading, f"{place}_pressure_kpa")
        assert absolute == pytest.approx(3532.3786465841805, rel=1e-12)
        assert reading.atmosphere_kpa == pytest.approx(AIR_KPA, rel=1e-12)
        assert dict(reading.original_units)[f"{place}_pressure_kpa"] == unit
    assert stated == beside


@given(
    shown=st.floats(-100.0, 1e5), air=st.floats(50.0, 110.0), unit=st.sampled_from(sorted(FACTORS))
)
def test_every_door_says_the_same(shown, air, unit):
    cells = {f"wellhead_pressure_{unit}": shown}
    first, *others = (door(cells, atmosphere_kpa=air) for door in DOORS)
    assert first.wellhead_pressure_kpa == shown * FACTORS[unit] + air
    assert [other == first for other in others] == [True, True]


@pytest.mark.parametrize("door", DOORS)
def test_nothing_is_taken_for_the_air(door):
    words = "wellhead_pressure_psig is above the atmosphere: expected atmosphere_kpa beside it"
    with pytest.raises(RowError, match=f"(?i){words}"):
        door({"wellhead_pressure_psig": 100.0})


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("air", [0.0, -1.0, "101", float("nan"), True])
def test_an_atmosphere_that_is_none_is_refused(door, air):
    with pytest.raises(ArgumentError, match="^atmosphere_kpa = .*: expected a finite number .kpa."):
        door({"wellhead_pressure_psig": 100.0}, atmosphere_kpa=air)


@pytest.mark.parametrize("door", DOORS)
def test_a_wrong_value_of_a_gauge_is_told_as_it_came(door):
    with pytest.raises(RowError, match=r"(?i)wellhead_pressure_psig = 'high'"):
        door({"wellhead_pressure_psig": "high"}, atmosphere_kpa=AIR_KPA)
    with pytest.raises(RowError, match=r"(?i)atmosphere_kpa = -5.0"):
        door({"wellhead_pressure_psig": 50.0, "atmosphere_kpa": -5.0})


def test_a_gauge_comes_back_from_every_form():
    reading = from_json({"wellhead_pressure_psig": 100.0, "rate_bpd": 50.0}, atmosphere_kpa=85.0)
    columns = to_ppdm(reading)
    assert columns["WELLHEAD_PRESSURE_OUOM"] == "psig"
    assert columns["ATMOSPHERE"] == 85.0
    assert from_ppdm(EspReading, columns) == reading
    kept = dict(from_ppdm(EspReading, columns).original_units)
    assert kept == {"atmosphere_kpa": "kpa"} | dict(reading.original_units)
    assert from_record(EspReading, to_record(reading)) == reading
    test = PumpTest(
        pump_test_id="T", equipment_id="P", test_type="FIELD", test_date=WHEN, readings=[reading]
    )
    assert rows_of(to_frame([test]), PumpTest) == (test,)


def test_a_table_takes_the_air_of_a_line_before_that_of_the_caller():
    sheet = pd.DataFrame(
        {
            "lift_type": "ESP",
            "rate_m3d": 100.0,
            "intake_pressure_psig": [500.0, 500.0, None, None],
            "intake_pressure_psi": [None, None, 512.0, None],
            "pressure_rise_kpa": 8000.0,
            "atmosphere_kpa": [None, 70.0, None, None],
        }
    )
    found = evaluate(sheet, atmosphere_kpa=AIR_KPA)["intake_pressure_kpa"]
    shown = 500.0 * units.PSI
    expected = [shown + 85.0, shown + 70.0, 512.0 * units.PSI, float("nan")]
    assert found.tolist() == pytest.approx(expected, rel=1e-12, nan_ok=True)
    good, bad = evaluate(sheet, errors="report")
    assert good.index.tolist() == [1, 2, 3]
    assert "intake_pressure_psig is above the atmosphere" in bad["faults"].loc[0]
    nowhere = sheet.drop(columns="atmosphere_kpa")
    with pytest.raises(RowError) as caught:  # once, not on every line
        evaluate(nowhere)
    assert len(caught.value.faults) == 1
    assert len(evaluate(nowhere.assign(intake_pressure_psig=None))) == 4
    assert len(findings(sheet, atmosphere_kpa=AIR_KPA)) > 0
    twice = sheet.assign(intake_pressure_psi=600.0)
    with pytest.raises(RowError, match="a second time"):
        evaluate(twice, atmosphere_kpa=AIR_KPA)


def test_an_atmosphere_without_a_gauge_is_kept():
    assert from_json({"atmosphere_kpa": 90.0}).atmosphere_kpa == 90.0
    assert from_json({"rate_bpd": 1.0}, atmosphere_kpa=90.0).atmosphere_kpa is None
    gauged = attrs.evolve(EspReading(), original_units={"casing_pressure_kpa": "barg"})
    assert gauged.original_units == (("casing_pressure_kpa", "barg"),)
    with pytest.raises(RowError, match="in its units"):
        attrs.evolve(EspReading(), original_units={"pressure_rise_kpa": "barg"})
