"""Rows as records for JSON and back: exactly, strictly, and with every fault at once."""

import datetime as dt
import json
import math
from functools import partial

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from probes import Probe, judged, law_of_every_kind
from tiny import is_tiny

import refusals
from laws import rows
from pumpperf import (
    Equipment,
    EquipmentUseStat,
    EspReading,
    PcpReading,
    PumpTest,
    PumpTestResult,
    RodReading,
    RowError,
    UnitError,
    WellEquipment,
    units,
)
from pumpperf.fields import describe
from pumpperf.interchange.records import from_record, to_record
from pumpperf.lift import SharedReading
from refusals import assert_says, each_fault
from sample_records import BAD_FINDING, INSTALLED, RESULT, TEST

UTC = dt.UTC

PUMP = {"equipment_id": "P1", "lift_type": "ESP"}
faults_of = partial(refusals.faults_of, from_record)
fault_of = partial(refusals.fault_of, from_record)


# ---- there and back


@law_of_every_kind(12)
def test_a_row_comes_back_exactly_from_the_json_text_of_its_metric_record(kind, data):
    row = data.draw(rows(kind))
    text = json.dumps(to_record(row), allow_nan=False)
    assert from_record(kind, json.loads(text)) == row


@law_of_every_kind(12)
def test_a_row_comes_back_from_field_units_within_rounding(kind, data):
    row = data.draw(rows(kind))
    assume(not is_tiny(attrs.asdict(row)))
    back = from_record(kind, json.loads(json.dumps(to_record(row, units="field"))))
    assert nearly(attrs.asdict(back), attrs.asdict(row))


def nearly(one, other):
    if isinstance(one, dict):
        plain = {"original_units"}
        return one.keys() == other.keys() and all(
            nearly(one[name], other[name]) for name in one.keys() - plain
        )
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(nearly, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-15, abs_tol=1e-12)  # shifts round
    return one == other


@law_of_every_kind(12)
def test_a_record_holds_only_what_json_has_and_every_field_once(kind, data):
    row = data.draw(rows(kind))
    record = to_record(row)
    wanted = [field.name for field in describe(kind)]
    wanted = ["lift_type", *wanted] if issubclass(kind, SharedReading) else wanted
    assert [name for name in record if "_unc" not in name] == wanted
    assert is_plain(record)


def is_plain(value):
    if type(value) is list:
        return all(is_plain(item) for item in value)
    if type(value) is dict:
        return all(type(name) is str and is_plain(item) for name, item in value.items())
    return value is None or type(value) in (float, int, str, bool)


def test_the_record_of_a_pump_word_for_word():
    commissioned = dt.datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=UTC)
    pump = Equipment(equipment_id="P1", lift_type="ESP", commission_date=commissioned)
    assert to_record(pump) == dict.fromkeys(record_names(Equipment)) | {
        "active_ind": True,
        "equipment_id": "P1",
        "lift_type": "ESP",
        "commission_date": "2026-01-02T03:04:05.600000+00:00",
    }


def record_names(kind):
    return [field.name for field in describe(kind)]


def test_units_leave_as_they_are_asked_for():
    reading = EspReading(
        rate_m3d=250 * units.BBL_PER_DAY,
        intake_pressure_kpa=1000.0,
        water_cut=0.5,
        uncertainty={"rate_m3d": 10 * units.BBL_PER_DAY, "water_cut": 0.01},
    )
    field = to_record(reading, units="field")
    assert field["rate_bpd"] == pytest.approx(250.0, rel=1e-15)
    assert field["rate_unc_bpd"] == pytest.approx(10.0, rel=1e-15)
    assert field["intake_pressure_psi"] == pytest.approx(145.0377377302092, rel=1e-13)
    assert (field["water_cut"], field["water_cut_unc"]) == (0.5, 0.01)
    assert "rate_m3d" not in field
    chosen = to_record(reading, units={"kpa": "bar"})
    assert chosen["intake_pressure_bar"] == 10.0
    assert chosen["rate_m3d"] == 250 * units.BBL_PER_DAY
    inside = to_record(from_record(PumpTest, TEST), units="field")
    assert inside["readings"][0]["rate_bpd"] == pytest.approx(10.0 / 0.158987294928, rel=1e-15)


def test_a_temperature_is_shifted_and_its_uncertainty_only_scaled():
    probe = from_record(Probe, {"temperature_degf": 212.0, "temperature_unc_degf": 9.0})
    assert probe.temperature_degc == 100.0
    assert dict(probe.uncertainty) == {"temperature_degc": 5.0}
    record = to_record(probe, units="field")
    assert (record["temperature_degf"], record["temperature_unc_degf"]) == (212.0, 9.0)


DIGITS_15 = st.tuples(st.integers(1, 10**15 - 1), st.integers(-20, 5)).map(
    lambda parts: float(f"{parts[0]}e{parts[1]}")
)


@pytest.mark.parametrize("unit", [unit for unit in units.PRESSURE.scales if unit != "kpa"])
@given(given_number=DIGITS_15, beside=DIGITS_15)
def test_a_number_leaves_in_its_unit_as_it_came(unit, given_number, beside):
    said = {f"intake_pressure_{unit}": given_number, f"intake_pressure_unc_{unit}": beside}
    record = to_record(from_record(EspReading, said), units={"kpa": unit})
    assert {name: record[name] for name in said} == said


def test_of_two_numbers_that_fifteen_digits_do_not_tell_apart_none_becomes_the_other():
    for number in (1.0, 1.0000000000000022):
        kept = from_record(EspReading, {"intake_pressure_psi": number})
        assert from_record(EspReading, to_record(kept, units="field")) == kept


def test_units_that_nobody_knows_are_refused():
    with pytest.raises(UnitError, match="'imperial'"):
        to_record(EspReading(), units="imperial")


def test_a_number_that_no_float_holds_in_a_unit_is_refused():
    with pytest.raises(UnitError, match=r"peak_rod_load_kn is beyond any float in lbf"):
        to_record(RodReading(peak_rod_load_kn=1e308), units="field")
    record = {"rate_gpm": 1e308}
    assert fault_of(EspReading, record).startswith(
        "$.rate_gpm = 1e+308: expected a finite number [gpm]"
    )


def test_original_units_are_kept():
    record = {"rate_bpd": 100.0, "intake_pressure_kpa": 5.0, "pump_depth_ft": 1000}
    reading = from_record(PcpReading, record)
    assert dict(reading.original_units) == {"rate_m3d": "bpd", "pump_depth_m": "ft"}
    assert reading.pump_depth_m == 304.8


@law_of_every_kind(12)
def test_every_unit_of_a_quantity_comes_in(kind, data):
    record = to_record(data.draw(rows(kind)))
    assume(not is_tiny(record))
    for field in describe(kind):
        value = record[field.name]
        if field.kind is not None and type(value) is float:
            unit = data.draw(st.sampled_from(sorted(field.kind.scales)))
            number = units.from_canonical(value, unit, field.kind)
            moved = {name: value for name, value in record.items() if name != field.name}
            name = f"{field.base}_{unit}" if unit else field.base
            back = getattr(from_record(kind, moved | {name: number}), field.name)
            assert back == pytest.approx(value, rel=1e-14)


# ---- dates, truths, codes


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-01-01T00:00:00Z", dt.datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-01-01T02:30:00+02:30", dt.datetime(2026, 1, 1, tzinfo=UTC)),
        ("2025-12-31T19:00:00.5-05:00", dt.datetime(2026, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-01-01T00:00:00.1234560Z", dt.datetime(2026, 1, 1, 0, 0, 0, 123_456, tzinfo=UTC)),
    ],
)
def test_a_date_is_an_iso_text_with_its_offset(text, date):
    assert from_record(PumpTest, TEST | {"test_date": text}).test_date == date


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "20260101T000000Z",
        "2026-W01-1T00:00:00Z",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00.1234567Z",
        "2026-01-01T24:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00Z\n",
        "٢٠٢٦-01-01T00:00:00Z",
        "now",
        1767225600,
        True,
    ],
)
def test_no_other_date_is_read_and_none_is_cut(text):
    fault = fault_of(PumpTest, TEST | {"test_date": text})
    assert fault == f"$.test_date = {text!r}: expected a date with its UTC offset"


def test_a_date_that_utc_cannot_hold_is_refused():
    fault = fault_of(PumpTest, TEST | {"test_date": "9999-12-31T23:59:59-01:00"})
    assert fault.startswith("$.test_date = 9999-12-31T23:59:59-01:00")
    assert "one that UTC cannot hold" in fault


# ---- strictness


FAULTS = {
    "text for a number": (PcpReading, {"rate_m3d": "5"}, "$.rate_m3d = '5': ", "finite number"),
    "text in a unit": (PcpReading, {"rate_bpd": "5"}, "$.rate_bpd = '5': ", "finite number [bpd]"),
    "true for a number": (PcpReading, {"rate_bpd": True}, "$.rate_bpd = True: "),
    "text in a log in a unit": (
        EquipmentUseStat,
        {
            "equipment_id": "P1",
            "spec_id": "S1",
            "sample_time": ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"],
            "power_hp": [1.0, "2"],
        },
        "$.power_hp[1] = '2': expected a finite number [hp]",
    ),
    "missing in a unit": (
        EquipmentUseStat,
        {"equipment_id": "P1", "spec_id": "S1", "sample_time": [], "power_hp": None},
        "$.power_hp is missing",
    ),
    "nan": (PcpReading, {"rate_m3d": math.nan}, "$.rate_m3d = nan: "),
    "Y for a truth": (Equipment, PUMP | {"active_ind": "Y"}, "$.active_ind = 'Y': ", "true or"),
    "1 for a truth": (Equipment, PUMP | {"active_ind": 1}, "$.active_ind = 1: ", "true or false"),
    "null for a truth": (Equipment, PUMP | {"active_ind": None}, "$.active_ind is missing"),
    "true for a count": (WellEquipment, INSTALLED | {"equip_obs_no": True}, "$.equip_obs_no = T"),
    "half a count": (WellEquipment, INSTALLED | {"equip_obs_no": 1.5}, "$.equip_obs_no = 1.5: "),
    "count beyond a double": (
        WellEquipment,
        INSTALLED | {"equip_obs_no": 2**53},
        "$.equip_obs_no = 9007199254740992: ",
        "at most 9007199254740991",
    ),
    "number for a text": (Equipment, PUMP | {"remark": 5}, "$.remark = 5: expected a text"),
    "empty text": (Equipment, PUMP | {"remark": ""}, "$.remark = ''"),
    "text too long": (Equipment, PUMP | {"source": "x" * 41}, "$.source = 'xxx", "40 characters"),
    "NUL": (Equipment, PUMP | {"source": "a\0"}, "$.source = 'a\\x00'", "NUL"),
    "half a character": (Equipment, PUMP | {"source": "\ud800"}, "$.source = '\\ud800'"),
    "code": (Equipment, PUMP | {"lift_type": "esp"}, "$.lift_type = 'esp': expected one of", "ESP"),
    "unknown name": (Equipment, PUMP | {"remarks": "x"}, "$.remarks is unknown", "remark"),
    "other case": (Equipment, PUMP | {"REMARK": "x"}, "$.REMARK is unknown: expected remark"),
    "no unit": (PcpReading, {"rate": 5.0}, "$.rate has no unit: expected rate_m3d"),
    "unit of another kind": (PcpReading, {"rate_psi": 5.0}, "$.rate_psi has no unit of rate"),
    "unit as a column": (
        PcpReading,
        {"rate_m3d": 5.0, "rate_ouom": "bpd"},
        "$.rate_ouom has no unit of rate",
    ),
    "given twice": (
        PcpReading,
        {"rate_m3d": 5.0, "rate_bpd": 31.4},
        "$.rate_bpd gives rate_m3d a second time",
    ),
    "missing": (Equipment, {"lift_type": "ESP"}, "$.equipment_id is missing"),
    "missing in the key": (
        WellEquipment,
        {name: value for name, value in INSTALLED.items() if name != "source"},
        "$.source is missing",
        "part of the key",
    ),
    "missing lift type": (PumpTest, TEST | {"readings": [{}]}, "$.readings[0].lift_type = None: "),
    "unknown lift type": (
        PumpTest,
        TEST | {"readings": [{"lift_type": "pcp"}]},
        "$.readings[0].lift_type = 'pcp': expected one of",
        "PCP",
    ),
    "lift type that is none": (
        PumpTest,
        TEST | {"readings": [{"lift_type": ["PCP"]}]},
        "$.readings[0].lift_type = ['PCP']: ",
    ),
    "lift type in capitals": (
        PumpTest,
        TEST | {"readings": [{"LIFT_TYPE": "PCP"}]},
        "$.readings[0].LIFT_TYPE is unknown",
    ),
    "another lift type": (EspReading, {"lift_type": "PCP"}, "$.lift_type = 'PCP': expected ESP"),
    "reading that is none": (PumpTest, TEST | {"readings": [5]}, "$.readings[0] = 5: "),
    "readings that are none": (PumpTest, TEST | {"readings": {}}, "$.readings = {}: "),
    "no readings": (PumpTest, TEST | {"readings": []}, "$.readings: expected at least one"),
    "readings of two systems": (
        PumpTest,
        TEST | {"readings": [{"lift_type": "PCP"}, {"lift_type": "ESP"}]},
        "$.readings: expected at least one, all of one lift system",
    ),
    "number for a list": (RodReading, {"card_load_kn": 5.0}, "$.card_load_kn = 5.0: expected a se"),
    "list in a list": (
        RodReading,
        {"card_load_kn": [[1.0]], "card_position_m": [1.0]},
        "$.card_load_kn[0] = [1.0]: expected a finite number",
    ),
    "hole in a log": (
        EquipmentUseStat,
        {
            "equipment_id": "P1",
            "spec_id": "S1",
            "sample_time": ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00"],
            "power_kw": [1.0, 2.0],
        },
        "$.sample_time[1] = '2026-01-01T01:00:00': expected a date",
    ),
    "uncertainty that is null": (
        PcpReading,
        {"rate_m3d": 5.0, "rate_unc_bpd": None},
        "$.rate_unc_bpd is",
    ),
    "uncertainty that is text": (PcpReading, {"rate_m3d": 5.0, "rate_unc_bpd": "1"}, "$.rate_unc"),
    "uncertainty twice": (
        PcpReading,
        {"rate_m3d": 5.0, "rate_unc_bpd": 1.0, "rate_unc_m3d": 1.0},
        "$.rate_unc_m3d gives the uncertainty of rate_m3d a second time",
    ),
    "uncertainty without unit": (PcpReading, {"rate_m3d": 5.0, "rate_unc": 1.0}, "$.rate_unc has"),
    "uncertainty of nothing": (
        PcpReading,
        {"rate_unc_m3d": 1.0},
        "$.rate_unc_m3d is given without rate_m3d",
    ),
}


@each_fault(FAULTS, "kind", "record")
def test_a_fault_names_its_place_and_what_was_expected(kind, record, start, parts):
    assert_says(fault_of(kind, record), start, parts)


def test_one_error_lists_every_fault_with_its_path():
    record = {
        "pump_test_id": 5,
        "test_date": "yesterday",
        "test_type": "LAB",
        "duration": 24.0,
        "remarks": "x",
        "readings": [
            {"lift_type": "ESP", "rate_bpd": -1.0, "frequency_hz": "50"},
            {"lift_type": "ESP", "speed_rpm": 50.0},
            None,
        ],
    }
    assert sorted(fault.split(" ")[0] for fault in faults_of(PumpTest, record)) == [
        "$.duration",
        "$.equipment_id",
        "$.pump_test_id",
        "$.readings[0].frequency_hz",
        "$.readings[0].rate_bpd",
        "$.readings[1].speed_rpm",
        "$.readings[2]",
        "$.remarks",
        "$.test_date",
        "$.test_type",
    ]


def test_of_a_quantity_under_two_names_the_first_is_judged():
    faults = faults_of(PcpReading, {"rate_gpm": "x", "rate_bpd": 1.0})
    assert [fault.split(" ")[0] for fault in faults] == ["$.rate_bpd", "$.rate_gpm"]


def test_faults_of_findings_and_duties_have_their_paths():
    record = RESULT | {"duties": [{}, {"running_rate": 1}], "findings": [BAD_FINDING]}
    assert sorted(fault.split(" ")[0] for fault in faults_of(PumpTestResult, record)) == [
        "$.duties[1].running_rate",
        "$.findings[0].inputs[0]",
        "$.findings[0].severity",
    ]


def test_the_error_names_the_table_or_the_class():
    with pytest.raises(RowError) as caught:
        from_record(WellEquipment, {})
    assert caught.value.row == "WELL_EQUIPMENT"
    with pytest.raises(RowError) as caught:
        from_record(PcpReading, {"rate_m3d": -1.0})
    assert caught.value.row == "PcpReading"


def test_nothing_is_made_of_a_faulty_record(monkeypatch):
    made = judged(monkeypatch)
    faults_of(PumpTest, TEST | {"readings": [{"lift_type": "PCP", "rate_m3d": -1.0}]})
    faults_of(PcpReading, {"rate_m3d": 1.0, "rate_unc_m3d": None})
    assert made == []
    from_record(PumpTest, TEST)
    assert made == []  # what the door has judged is not judged again


def test_nobody_reads_on_after_a_thousand_faults():
    """A body of 332,000 empty lists took five seconds."""
    with pytest.raises(RowError) as caught:
        from_record(PumpTest, TEST | {"readings": [[]] * 332_000})
    assert (len(caught.value.faults), caught.value.more) == (1000, 331_000)
    assert str(caught.value).endswith("and 331980 more")
    with pytest.raises(RowError) as caught:
        from_record(PumpTest, {f"x{i}": 1.0 for i in range(1500)})
    assert (len(caught.value.faults), caught.value.more) == (1000, 500)


def test_many_wrong_items_of_a_list_are_told_by_the_first():
    log = {"equipment_id": "P1", "spec_id": "S1", "power_w": ["x"] * 17_280}
    faults = faults_of(EquipmentUseStat, log | {"sample_time": ["2026-01-01T00:00:00Z"] * 17_280})
    assert faults[0] == "$.power_w[0] = 'x': expected a finite number [w]"
    assert faults[20:] == ("$.power_w: 17260 more like these",)


def test_a_name_of_many_characters_is_told_at_once_and_no_nearest_one():
    """To look for the nearest to one of 400,000 took ten seconds."""
    for name, hinted in (
        ("formation_volume_factors", True),
        ("formation_volume_factor" * 3, False),
    ):
        fault = fault_of(EspReading, {name: 1.0})
        assert ("the nearest name is" in fault) is hinted
    readings = [{"lift_type": "ESP", "é" * 400_000: 1.0}]
    assert fault_of(PumpTest, TEST | {"readings": readings}).endswith("é... is unknown")
