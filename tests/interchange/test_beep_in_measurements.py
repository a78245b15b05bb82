"""Facility measurements of ProductionOperations, taken in as a power log and as single numbers."""

import datetime as dt
from functools import partial

import pytest
from beep_records import BBL_M3, PSI_KPA

import refusals
from pumpperf import ArgumentError, PowerLogRule, RodReading
from pumpperf.interchange.beep import measured_value, power_log

UTC = dt.UTC
CHICAGO = "America/Chicago"  # UTC-6 in January
HP_KW = 0.45359237 * 9.80665 * 550 * 0.3048 / 1000.0

SAMPLE = {
    "MEASUREMENT_ID": "X1",
    "FACILITY_ID": "F1",
    "FACILITY_TYPE": "BATTERY",
    "EQUIPMENT_ID": "P1",
    "MEASUREMENT_TYPE": "POWER_DRAW",
    "MEASURED_VALUE": 10,
    "MEASURED_UOM": "hp",
    "MEASURED_DATE": "2026-01-10T08:00:00",
    "QUALITY_CODE": "MEASURED",
    "SOURCE_SYSTEM": "SCADA",
    "DETAILS_JSON": "{}",
}
LOG = {"spec_id": "1", "source": "PO", "time_zone": CHICAGO, "power_log_rule": "HOLD"}
VALUE = {
    "reading": RodReading,
    "field": "intake_pressure_kpa",
    "time_zone": CHICAGO,
    "pressures_are": None,
    "atmosphere_kpa": None,
}


def log(*changes, **more):
    return power_log([SAMPLE | change for change in changes], **LOG | more)


faults_of = partial(refusals.faults_of, log)


def value_of(kind, value, unit, field, **more):
    change = {"MEASUREMENT_TYPE": kind, "MEASURED_VALUE": value, "MEASURED_UOM": unit}
    return measured_value(SAMPLE | change, **VALUE | {"field": field} | more)


value_fault = partial(refusals.fault_of, value_of)


LATER = {"MEASURED_DATE": "2026-01-10T09:00:00", "MEASURED_VALUE": 5, "MEASURED_UOM": "kW"}


# ---- a power log


def test_samples_of_power_are_a_log_in_order_of_their_dates():
    (row,) = log(LATER, {}).rows
    assert (row.equipment_id, row.spec_id, row.source) == ("P1", "1", "PO")
    first = dt.datetime(2026, 1, 10, 14, tzinfo=UTC)
    assert row.sample_time == (first, first + dt.timedelta(hours=1))
    assert row.power_kw == pytest.approx((10 * HP_KW, 5.0))
    assert row.remark is None
    assert row.power_log_rule is PowerLogRule.HOLD


@pytest.mark.parametrize("rule", ["hold", None, 1, ["HOLD"]])
def test_how_the_samples_were_written_is_said(rule):
    with pytest.raises(ArgumentError) as refused:
        log({}, power_log_rule=rule)
    expected = "expected one of LINEAR, HOLD, MEAN_FROM, MEAN_UNTIL"
    assert str(refused.value) == f"power_log_rule = {rule!r}: {expected}"


@pytest.mark.parametrize(
    ("unit", "kw"), [("kW", 10), ("KW", 10), ("W", 0.01), ("MW", 10_000), ("HP", 10 * HP_KW)]
)
def test_power_comes_in_the_unit_of_its_sample(unit, kw):
    (row,) = log({"MEASURED_UOM": unit}).rows
    assert row.power_kw == pytest.approx((kw,))


def test_samples_that_are_not_measured_are_taken_noted_and_counted():
    received = log({}, LATER | {"QUALITY_CODE": "IMPUTED"})
    assert received.rows[0].remark == "1 of 2 samples are not MEASURED"
    (words,) = [words for words in received.notes if "QUALITY_CODE" in words]
    assert words.startswith("DOUBTFUL: $[1].QUALITY_CODE = 'IMPUTED': ")


def test_what_all_samples_have_is_noted_once():
    notes = log({}, LATER, LATER | {"MEASURED_DATE": "2026-01-10T10:00:00"}).notes
    fields = [words.split("].")[1].split(" = ")[0] for words in notes]
    lost = ["MEASUREMENT_ID", "FACILITY_ID", "FACILITY_TYPE", "SOURCE_SYSTEM", "DETAILS_JSON"]
    assert fields == lost
    assert all(words.endswith("; and so of 2 more") for words in notes)
    assert not any("more" in words for words in log({}).notes)


def test_a_power_of_0_is_noted():
    notes = log({"MEASURED_VALUE": 0}, LATER | {"MEASURED_VALUE": 0.0}).notes
    (words,) = [words for words in notes if "MEASURED_VALUE" in words]
    assert words.startswith("ZERO: $[0].MEASURED_VALUE = 0: ")


def test_equipment_whose_name_is_no_text_is_refused_once_a_record():
    faults = faults_of({"EQUIPMENT_ID": 5})
    assert faults[0].startswith("$[0].EQUIPMENT_ID = 5: expected one and the same")
    assert len([fault for fault in faults if "$[0].EQUIPMENT_ID" in fault]) == 1


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"MEASUREMENT_TYPE": "VIBRATION"}, "MEASUREMENT_TYPE = 'VIBRATION': expected POWER_DRAW"),
        ({"MEASURED_UOM": "mW"}, "MEASURED_UOM = 'mW': expected a unit of power: kW"),
        ({"MEASURED_UOM": None}, "MEASURED_UOM = None: "),
        ({"MEASURED_VALUE": None}, "MEASURED_VALUE = None: "),
        ({"MEASURED_VALUE": float("nan")}, "MEASURED_VALUE = nan: "),
        ({"MEASURED_DATE": None}, "MEASURED_DATE = None: "),
        (
            {"MEASURED_DATE": "2026-01-10T08:00:00"},
            "MEASURED_DATE = '2026-01-10T08:00:00': a second",
        ),
        (
            {"MEASURED_DATE": "2026-01-10T14:00:00Z"},
            "MEASURED_DATE = '2026-01-10T14:00:00Z': a sec",
        ),
        ({"EQUIPMENT_ID": "P2"}, "EQUIPMENT_ID = 'P2': expected one and the same"),
        ({"EQUIPMENT_ID": ""}, "EQUIPMENT_ID = '': "),
        ({"QUALITY_CODE": "GOOD"}, "QUALITY_CODE = 'GOOD': expected one of MEASURED, ESTIMATED"),
        ({"ACTIVE_IND": "N"}, "ACTIVE_IND = 'N': retired"),
        ({"VALUE": 5}, "VALUE is unknown: the nearest name is MEASURED_VALUE"),
    ],
)
def test_a_wrong_sample_is_named_by_its_place(change, place):
    (fault,) = faults_of({}, LATER | change)
    assert fault.startswith(f"$[1].{place}")


def test_a_log_without_samples_is_refused():
    with pytest.raises(ArgumentError, match="at least one"):
        log()


# ---- a number for a reading


def test_a_number_says_where_its_caller_puts_it_and_when_it_was():
    found = value_of("POWER_DRAW", 10, "HP", "input_power_kw")
    assert (found.field, found.value) == ("input_power_kw", pytest.approx(10 * HP_KW))
    assert (found.date, found.equipment_id) == (dt.datetime(2026, 1, 10, 14, tzinfo=UTC), "P1")
    assert len(found.notes) == 5


@pytest.mark.parametrize(
    ("unit", "m3d"),
    [("bbl/d", BBL_M3), ("BPD", BBL_M3), ("gpm", 1440 * BBL_M3 / 42), ("m3/d", 1), ("m3/h", 24)],
)
def test_a_rate_comes_in_the_unit_that_it_names(unit, m3d):
    found = value_of("FLOW_RATE", 100, unit, "rate_m3d")
    assert found.value == pytest.approx(100 * m3d)
    assert "of one instant" in found.notes[-1]


@pytest.mark.parametrize("unit", ["GPM or bbl/day", "STB/d", "psi", ""])
def test_a_rate_without_one_unit_is_refused(unit):
    assert value_fault("FLOW_RATE", 100, unit, "rate_m3d").startswith(f"$.MEASURED_UOM = '{unit}'")


@pytest.mark.parametrize(
    ("unit", "datum", "kpa"),
    [
        ("psia", None, 100 * PSI_KPA),
        ("bara", "gauge", 10_000),
        ("psi", "absolute", 100 * PSI_KPA),
        ("psi", "gauge", 100 * PSI_KPA + 98),
        ("kPa", "gauge", 198),
        ("MPa", "gauge", 100_098),
        ("bar", "absolute", 10_000),
        ("psig", None, 100 * PSI_KPA + 98),
        ("BARG", "absolute", 10_098),
    ],
)
def test_a_pressure_stands_on_the_datum_of_its_unit_or_its_caller(unit, datum, kpa):
    asked = {"pressures_are": datum, "atmosphere_kpa": 98.0}
    found = value_of("PRESSURE", 100, unit, "intake_pressure_kpa", **asked)
    assert found.value == pytest.approx(kpa)


def test_a_pressure_without_a_datum_is_refused():
    with pytest.raises(ArgumentError, match="pressures_are = None"):
        value_of("PRESSURE", 100, "psi", "intake_pressure_kpa")
    with pytest.raises(ArgumentError, match="atmosphere_kpa = None"):
        value_of("PRESSURE", 100, "psig", "intake_pressure_kpa")


@pytest.mark.parametrize(
    "field",
    [
        "water_cut",
        "card_load_kn",
        "pressure_rise_kpa",
        "pump_depth_m",
        "rate_bpd",
        "polished_rod_power_kw",
    ],
)
def test_a_field_that_no_measurement_gives_is_refused(field):
    with pytest.raises(ArgumentError, match=f"field = '{field}'"):
        value_of("PRESSURE", 100, "psia", field)


def test_a_measurement_of_another_kind_is_refused():
    fault = value_fault("VIBRATION", 100, "kW", "input_power_kw")
    assert fault == "$.MEASUREMENT_TYPE = 'VIBRATION': expected POWER_DRAW"
    assert "FLOW_RATE" in value_fault("PRESSURE", 100, "bpd", "rate_m3d")
