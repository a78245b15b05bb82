"""Rows through the PPDM door and back, and every fault of a record at once."""

import datetime as dt
import json
import math
from functools import partial

import attrs
import pytest
from hypothesis import strategies as st
from probes import Probe, judged, law_of_every_kind

import refusals
import sample_records
from laws import rows
from pumpperf import (
    Duty,
    EfficiencyChain,
    EnergyConsumption,
    Equipment,
    EquipmentMaintain,
    EquipmentUseStat,
    EspReading,
    HydraulicPistonReading,
    LiftType,
    PcpReading,
    PumpTest,
    PumpTestResult,
    RodReading,
    RowError,
    WellEquipment,
    units,
)
from pumpperf.fields import describe
from pumpperf.interchange.ppdm import from_ppdm, to_ppdm
from pumpperf.lift import READINGS, SharedReading
from pumpperf.model import Row
from pumpperf.units import OIL_DENSITY
from refusals import assert_says, assert_starts, each_fault
from sample_records import BAD_FINDING, RESULT, in_capitals

UTC = dt.UTC

TEST = in_capitals(sample_records.TEST) | {"READINGS": [{"LIFT_TYPE": "PCP", "RATE": 10.0}]}
INSTALLED = in_capitals(sample_records.INSTALLED)
ENERGY = {
    "ENERGY_CONSUMPTION_ID": "E1",
    "RUN_ID": "R1",
    "EQUIPMENT_ID": "P1",
    "START_DATE": "2026-01-01T00:00:00Z",
    "END_DATE": "2026-01-02T00:00:00Z",
    "COVERED": 24.0,
    "GAP": 0.0,
    "RESULT_STATUS": "PLAUSIBLE",
    "FINDINGS": [],
}
faults_of = partial(refusals.faults_of, from_ppdm)
fault_of = partial(refusals.fault_of, from_ppdm)


@st.composite
def rows_with_original_units(draw, kind):
    row = draw(rows(kind))
    came_in = {
        field.name: draw(st.sampled_from(sorted(field.kind.scales)))
        for field in describe(kind)
        if field.kind and field.kind.suffix
    }
    return attrs.evolve(row, original_units=came_in)


# ---- there and back


@law_of_every_kind(15)
def test_a_row_comes_back_as_it_went_out(kind, data):
    row = data.draw(rows(kind))
    columns = to_ppdm(row)
    assert from_ppdm(kind, columns) == row
    text = json.dumps(columns, default=dt.datetime.isoformat, allow_nan=False)
    assert from_ppdm(kind, json.loads(text)) == row


@law_of_every_kind(8)
def test_columns_come_in_any_case_and_order(kind, data):
    row = data.draw(rows(kind))
    columns = to_ppdm(row)
    order = data.draw(st.permutations(list(columns)))
    assert from_ppdm(kind, in_small_letters({column: columns[column] for column in order})) == row


def in_small_letters(value):
    if isinstance(value, list):
        return [in_small_letters(item) for item in value]
    if isinstance(value, dict):
        return {column.lower(): in_small_letters(item) for column, item in value.items()}
    return value


@law_of_every_kind(8)
def test_original_units_survive_the_way_out_and_in(kind, data):
    columns = to_ppdm(data.draw(rows_with_original_units(kind)))
    assert to_ppdm(from_ppdm(kind, columns)) == columns


# ---- the columns


def is_plain(value):
    if isinstance(value, list):
        return all(is_plain(item) for item in value)
    if isinstance(value, dict):
        return all(type(name) is str and is_plain(item) for name, item in value.items())
    if type(value) is dt.datetime:
        return value.tzinfo is UTC
    return value is None or type(value) in (float, int, str)


@law_of_every_kind(5)
def test_columns_are_named_and_ordered_as_ppdm_has_them(kind, data):
    columns = to_ppdm(data.draw(rows(kind)))
    keys = [name.upper() for name in kind.KEY] if issubclass(kind, Row) else []
    names = list(columns)
    assert names[: len(keys)] == keys
    rest = names[len(keys) :]
    audit = [name for name in rest if name.startswith("ROW_")]
    assert rest == [*sorted(set(rest) - set(audit)), *sorted(audit)]
    assert all(name == name.upper() and len(name) <= 30 for name in names)
    assert is_plain(columns)


@law_of_every_kind(3)
def test_every_field_has_a_column_of_its_own_and_every_quantity_its_ouom(kind, data):
    bases = [
        field.name.removesuffix(f"_{field.kind.suffix}") if field.kind else field.name
        for field in describe(kind)
    ]
    quantities = [
        base for base, field in zip(bases, describe(kind), strict=True) if field.name != base
    ]
    wanted = [base.upper() for base in bases] + [f"{base.upper()}_OUOM" for base in quantities]
    wanted += ["LIFT_TYPE"] if issubclass(kind, SharedReading) else []
    columns = to_ppdm(data.draw(rows(kind)))
    assert sorted(name for name in columns if not name.endswith("_UNC")) == sorted(wanted)


def test_the_columns_of_an_installation():
    row = from_ppdm(WellEquipment, INSTALLED | {"ROW_CREATED_BY": "ana", "ACTIVE_IND": "N"})
    assert list(to_ppdm(row).items()) == [
        ("UWI", "W1"),
        ("SOURCE", "S"),
        ("EQUIPMENT_ID", "P1"),
        ("EQUIP_OBS_NO", 1),
        ("ACTIVE_IND", "N"),
        ("EFFECTIVE_DATE", None),
        ("EXPIRY_DATE", None),
        ("INSTALL_DATE", dt.datetime(2026, 1, 1, tzinfo=UTC)),
        ("PPDM_GUID", None),
        ("REMARK", None),
        ("REMOVAL_DATE", None),
        ("ROW_CHANGED_BY", None),
        ("ROW_CHANGED_DATE", None),
        ("ROW_CREATED_BY", "ana"),
        ("ROW_CREATED_DATE", None),
        ("ROW_EFFECTIVE_DATE", None),
        ("ROW_EXPIRY_DATE", None),
        ("ROW_QUALITY", None),
    ]


def test_a_quantity_that_is_absent_has_no_unit_either():
    columns = to_ppdm(PcpReading(rate_m3d=1.0))
    assert (columns["RATE"], columns["RATE_OUOM"]) == (1.0, "m3d")
    assert (columns["INTAKE_PRESSURE"], columns["INTAKE_PRESSURE_OUOM"]) == (None, None)


def test_nested_rows_and_cards_leave_as_lists():
    test = from_ppdm(
        PumpTest,
        TEST
        | {
            "READINGS": [
                {"LIFT_TYPE": "SUCKER_ROD_PUMP", "CARD_POSITION": [0, 1], "CARD_LOAD": [2, 3]},
                {"LIFT_TYPE": "SUCKER_ROD_PUMP", "STROKE": 2},
            ]
        },
    )
    first, second = to_ppdm(test)["READINGS"]
    assert (first["CARD_POSITION"], first["CARD_LOAD"]) == ([0.0, 1.0], [2.0, 3.0])
    assert (second["STROKE"], second["CARD_LOAD"]) == (2.0, None)
    assert {first["LIFT_TYPE"], second["LIFT_TYPE"]} == {"SUCKER_ROD_PUMP"}


# ---- units


@pytest.mark.parametrize("kind", [*READINGS.values(), Duty, EfficiencyChain])
def test_every_quantity_comes_in_every_unit_of_its_kind(kind):
    for field in describe(kind):
        if field.kind is None:
            continue
        for unit in field.kind.scales:
            one = (
                units.from_canonical(850.0, unit, field.kind) if field.kind is OIL_DENSITY else 3.0
            )
            raw = [3.0, 4.0] if field.sequence else one
            record = {f"{field.column}_{unit.upper()}".rstrip("_"): raw}
            for pair in kind.EQUALLY_LONG:
                if field.name in pair:
                    (other,) = set(pair) - {field.name}
                    record[other.rpartition("_")[0].upper()] = [1.0, 1.0]
            row = from_ppdm(kind, record)
            values = raw if field.sequence else [raw]
            wanted = [units.to_canonical(x, unit, field.kind) for x in values]
            got = getattr(row, field.name)
            assert got == pytest.approx(tuple(wanted) if field.sequence else wanted[0], rel=1e-12)
            assert to_ppdm(row).get(f"{field.column}_OUOM") == (unit if field.unit else None)


def test_converted_columns_by_numbers_known_from_elsewhere():
    row = from_ppdm(
        RodReading,
        {
            "RATE_BPD": 250.0,
            "INTAKE_PRESSURE_PSI": 1000,
            "PLUNGER_DIAMETER_IN": 1.75,
            "CARD_POSITION_IN": [0.0, 100.0],
            "CARD_LOAD_LBF": [10_000.0, 0.0],
        },
    )
    assert row.rate_m3d == pytest.approx(39.746823732)
    assert row.intake_pressure_kpa == pytest.approx(6894.757293168361)
    assert row.plunger_diameter_mm == pytest.approx(44.45)
    assert row.card_position_m == pytest.approx((0.0, 2.54))
    assert row.card_load_kn == pytest.approx((44.482216152605, 0.0))
    columns = to_ppdm(row)
    assert columns["INTAKE_PRESSURE"] == row.intake_pressure_kpa
    assert {name: unit for name, unit in columns.items() if name.endswith("OUOM") and unit} == {
        "RATE_OUOM": "bpd",
        "INTAKE_PRESSURE_OUOM": "psi",
        "PLUNGER_DIAMETER_OUOM": "in",
        "CARD_POSITION_OUOM": "in",
        "CARD_LOAD_OUOM": "lbf",
    }


@pytest.mark.parametrize(
    ("column", "raw", "unit"),
    [
        ("TEMPERATURE", 100.0, "degc"),
        ("TEMPERATURE_DEGF", 212.0, "degf"),
        ("TEMPERATURE_K", 373.15, "k"),
        ("TEMPERATURE_DEGR", 671.67, "degr"),
    ],
)
def test_a_temperature_is_shifted_and_scaled(column, raw, unit):
    row = from_ppdm(Probe, {column: raw})
    assert row.temperature_degc == pytest.approx(100.0)
    assert to_ppdm(row)["TEMPERATURE_OUOM"] == unit


def test_a_column_without_suffix_is_canonical_whatever_its_ouom_says():
    row = from_ppdm(PcpReading, {"RATE": 39.746823732, "RATE_OUOM": "bpd"})
    assert row.rate_m3d == 39.746823732
    assert to_ppdm(row)["RATE_OUOM"] == "bpd"


@pytest.mark.parametrize("names", [["RATE_BPD", "RATE_OUOM"], ["RATE_OUOM", "RATE_BPD"]])
def test_the_suffix_outranks_the_ouom_in_any_order(names):
    record = {"RATE_BPD": 100.0, "RATE_OUOM": "gpm"}
    row = from_ppdm(PcpReading, {name: record[name] for name in names})
    assert row.rate_m3d == pytest.approx(15.8987294928)
    assert to_ppdm(row)["RATE_OUOM"] == "bpd"


def test_money_has_no_unit():
    row = from_ppdm(
        EnergyConsumption,
        ENERGY | {"ENERGY_PRICE_PER_MWH": 80.0, "CURRENCY": "EUR", "ENERGY_COST": 12.5},
    )
    assert row.energy_price_per_kwh == pytest.approx(0.08)
    columns = to_ppdm(row)
    assert columns["ENERGY_COST"] == 12.5
    assert columns["ENERGY_PRICE_OUOM"] == "per_mwh"
    assert "ENERGY_COST_OUOM" not in columns


# ---- uncertainty


def test_an_uncertainty_stands_beside_its_quantity():
    row = from_ppdm(
        PcpReading, {"RATE": 10.0, "RATE_UNC": 0.5, "WATER_CUT": 0.4, "WATER_CUT_UNC": 0.01}
    )
    assert row.uncertainty == (("rate_m3d", 0.5), ("water_cut", 0.01))
    columns = to_ppdm(row)
    assert (columns["RATE_UNC"], columns["WATER_CUT_UNC"]) == (0.5, 0.01)
    assert "INTAKE_PRESSURE_UNC" not in columns


def test_an_uncertainty_is_scaled_and_never_shifted():
    row = from_ppdm(
        Probe,
        {
            "RATE_BPD": 100.0,
            "RATE_UNC_BPD": 10,
            "TEMPERATURE_DEGF": 212.0,
            "TEMPERATURE_UNC_DEGF": 1.8,
        },
    )
    assert dict(row.uncertainty) == pytest.approx(
        {"rate_m3d": 1.58987294928, "temperature_degc": 1.0}
    )


def test_an_uncertainty_in_another_unit_than_its_quantity():
    row = from_ppdm(PcpReading, {"RATE_BPD": 100.0, "RATE_UNC_M3D": 0.2})
    assert row.uncertainty == (("rate_m3d", 0.2),)
    assert to_ppdm(row)["RATE_OUOM"] == "bpd"


def test_an_empty_uncertainty_is_none():
    assert from_ppdm(PcpReading, {"RATE": 1.0, "RATE_UNC": None}).uncertainty == ()
    assert from_ppdm(PcpReading, {"RATE_UNC": None}).uncertainty == ()


@pytest.mark.parametrize("names", [["RATE_UNC", "RATE_UNC_BPD"], ["RATE_UNC_BPD", "RATE_UNC"]])
def test_an_empty_uncertainty_stands_aside_for_another(names):
    record = {"RATE_UNC": None, "RATE_UNC_BPD": 10.0}
    row = from_ppdm(PcpReading, {"RATE": 1.0, **{name: record[name] for name in names}})
    assert dict(row.uncertainty) == pytest.approx({"rate_m3d": 1.58987294928})


# ---- forms of one value


def test_none_and_a_column_left_out_are_the_same():
    absent = from_ppdm(Equipment, {"EQUIPMENT_ID": "P1", "LIFT_TYPE": "ESP"})
    empty = from_ppdm(
        Equipment, {"EQUIPMENT_ID": "P1", "LIFT_TYPE": LiftType.ESP, "SERIAL_NUM": None}
    )
    assert absent == empty
    assert absent.active_ind is True


@pytest.mark.parametrize(("raw", "wanted"), [("Y", True), ("N", False), (True, True)])
def test_an_indicator_is_y_or_n(raw, wanted):
    row = from_ppdm(
        EquipmentMaintain, {"EQUIPMENT_ID": "P1", "EQUIP_MAINT_ID": "1", "FAILURE_IND": raw}
    )
    assert row.failure_ind is wanted
    assert to_ppdm(row)["FAILURE_IND"] == ("Y" if wanted else "N")


@pytest.mark.parametrize("code", ["PCP", LiftType.PCP, None])
def test_a_reading_by_itself_may_say_its_lift_type(code):
    assert from_ppdm(PcpReading, {"LIFT_TYPE": code, "RATE": 1.0}) == PcpReading(rate_m3d=1.0)


def test_a_text_of_y_stays_a_text():
    row = from_ppdm(Equipment, {"EQUIPMENT_ID": "N", "LIFT_TYPE": "ESP", "REMARK": "Y"})
    assert (row.equipment_id, row.remark) == ("N", "Y")


def test_dates_are_turned_to_utc():
    half_past = dt.datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
    here = dt.timezone(dt.timedelta(hours=5, minutes=30))
    for raw in (half_past, half_past.astimezone(here), "2026-01-01T06:00:00+05:30"):
        assert from_ppdm(PumpTest, TEST | {"TEST_DATE": raw}).test_date == half_past
    assert to_ppdm(from_ppdm(PumpTest, TEST))["TEST_DATE"].tzinfo is UTC


def test_dates_and_samples_of_a_log_come_in_lists():
    row = from_ppdm(
        EquipmentUseStat,
        {
            "EQUIPMENT_ID": "P1",
            "SPEC_ID": "1",
            "SAMPLE_TIME": ["2026-01-01T00:00:00Z", dt.datetime(2026, 1, 2, tzinfo=UTC)],
            "POWER_HP": (10, 20.0),
        },
    )
    assert row.sample_time == tuple(dt.datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))
    assert row.power_kw == pytest.approx((7.4569987158227022, 14.9139974316454))


# ---- faults


FAULTS = {
    "unknown column": (PcpReading, {"WATERCUT": 0.5}, "$.WATERCUT ", "nearest", "water_cut"),
    "suffix of another kind": (PcpReading, {"RATE_PSI": 1.0}, "$.RATE_PSI ", *units.RATE.scales),
    "suffix of another lift system": (
        PcpReading,
        {"SPEED_SPM": 1.0},
        "$.SPEED_SPM = 1.0",
        "SUCKER_ROD_PUMP",
    ),
    "suffix of a share": (PcpReading, {"WATER_CUT_M3D": 1.0}, "$.WATER_CUT_M3D ", "water_cut"),
    "gauge pressure": (
        PcpReading,
        {"INTAKE_PRESSURE_PSIG": 100.0},
        "$.INTAKE_PRESSURE_PSIG ",
        "above the atmosphere: expected atmosphere_kpa",
    ),
    "text for a number": (PcpReading, {"RATE": "100"}, "$.RATE = '100'", "finite number"),
    "text in a unit": (PcpReading, {"RATE_BPD": "100"}, "$.RATE_BPD = '100'", "number [bpd]"),
    "bool for a number": (PcpReading, {"WATER_CUT": True}, "$.WATER_CUT = True", "finite number"),
    "bool in a unit": (PcpReading, {"RATE_BPD": True}, "$.RATE_BPD = True", "finite number"),
    "list for a number": (PcpReading, {"RATE": [1.0]}, "$.RATE = [1.0]", "finite number"),
    "nan": (PcpReading, {"RATE": math.nan}, "$.RATE = nan", "finite number"),
    "nan in a unit": (PcpReading, {"RATE_BPD": math.nan}, "$.RATE_BPD = nan", "finite number"),
    "inf": (PcpReading, {"PUMP_DEPTH": math.inf}, "$.PUMP_DEPTH = inf", "finite number"),
    "infinite once converted": (
        PcpReading,
        {"RATE_M3S": 1e308},
        "$.RATE_M3S = 1e+308",
        "finite number",
    ),
    "missing key": (
        PumpTest,
        {column: value for column, value in TEST.items() if column != "PUMP_TEST_ID"},
        "$.pump_test_id is missing",
        "40 characters",
    ),
    "missing part of a key": (WellEquipment, INSTALLED | {"SOURCE": None}, "$.source is missing"),
    "missing code": (Equipment, {"EQUIPMENT_ID": "P1"}, "$.lift_type is missing", *LiftType),
    "empty text": (Equipment, {"EQUIPMENT_ID": "", "LIFT_TYPE": "ESP"}, "$.EQUIPMENT_ID = ''"),
    "long text": (
        Equipment,
        {"EQUIPMENT_ID": "P" * 41, "LIFT_TYPE": "ESP"},
        f"$.EQUIPMENT_ID = '{'P' * 41}'",
        "1 to 40",
    ),
    "number for a text": (Equipment, {"EQUIPMENT_ID": 5, "LIFT_TYPE": "ESP"}, "$.EQUIPMENT_ID = 5"),
    "naive date": (
        PumpTest,
        TEST | {"TEST_DATE": dt.datetime(2026, 1, 1)},  # noqa: DTZ001
        "$.TEST_DATE = 2026-01-01T00:00:00:",
        "naive",
    ),
    "naive text date": (
        PumpTest,
        TEST | {"TEST_DATE": "2026-01-01T00:00:00"},
        "$.TEST_DATE = 2026-01-01T00:00:00:",
        "naive",
    ),
    "day for a date": (
        PumpTest,
        TEST | {"TEST_DATE": dt.date(2026, 1, 1)},
        "$.TEST_DATE = ",
        "UTC offset",
    ),
    "bad text date": (
        PumpTest,
        TEST | {"TEST_DATE": "1st of May"},
        "$.TEST_DATE = '1st of May'",
        "UTC offset",
    ),
    "bad code": (PumpTest, TEST | {"TEST_TYPE": "LAB"}, "$.TEST_TYPE = 'LAB'", "BENCH, FIELD"),
    "code in small letters": (PumpTest, TEST | {"TEST_TYPE": "field"}, "$.TEST_TYPE = 'field'"),
    "bad indicator": (
        PumpTest,
        TEST | {"ACTIVE_IND": "yes"},
        "$.ACTIVE_IND = 'yes'",
        "true or false",
    ),
    "part of a count": (
        WellEquipment,
        INSTALLED | {"EQUIP_OBS_NO": 1.5},
        "$.EQUIP_OBS_NO = 1.5",
        "whole number",
    ),
    "bool for a count": (
        WellEquipment,
        INSTALLED | {"EQUIP_OBS_NO": True},
        "$.EQUIP_OBS_NO = True",
        "whole number",
    ),
    "two names for one field": (PcpReading, {"RATE": 1.0, "RATE_BPD": 2.0}, "$.RATE_BPD ", "once"),
    "unit of another kind in an ouom": (
        PcpReading,
        {"RATE": 1.0, "RATE_OUOM": "psi"},
        "$.RATE_OUOM = 'psi'",
        *units.RATE.scales,
    ),
    "no unit in an ouom": (PcpReading, {"RATE": 1.0, "RATE_OUOM": 5}, "$.RATE_OUOM = 5", "bpd"),
    "ouom of a share": (PcpReading, {"WATER_CUT_OUOM": "m3d"}, "$.WATER_CUT_OUOM is unknown"),
    "wrong lift type": (PcpReading, {"LIFT_TYPE": "ESP"}, "$.LIFT_TYPE = 'ESP'", "PCP"),
    "no text for a lift type": (PcpReading, {"LIFT_TYPE": ["PCP"]}, "$.LIFT_TYPE = ['PCP']", "PCP"),
    "one column in two cases": (PcpReading, {"RATE": 1.0, "rate": 2.0}, "$ ", "twice", "once"),
    "one column of an item in two cases": (
        PumpTest,
        TEST | {"READINGS": [{"LIFT_TYPE": "PCP", "RATE": 1.0, "Rate": 1.0}]},
        "$.READINGS[0] ",
        "once",
    ),
    "no text for a column": (PcpReading, {1: 1.0}, "$.1 is unknown"),
    "too large a whole number": (PcpReading, {"RATE": 10**400}, "$.RATE = 1000", "finite"),
    "date before all dates": (
        PumpTest,
        TEST | {"TEST_DATE": "0001-01-01T00:00:00+05:00"},
        "$.TEST_DATE = ",
        "0001",
        "UTC offset",
    ),
    "runtime without duration": (
        PumpTest,
        TEST | {"RUNTIME": 20.0},
        "$.RUNTIME ",
        "without duration_h",
    ),
    "unknown lift type of an item": (
        PumpTest,
        TEST | {"READINGS": [{"LIFT_TYPE": "GAS_LIFT"}]},
        "$.READINGS[0].lift_type = 'GAS_LIFT'",
        *LiftType,
    ),
    "no lift type of an item": (
        PumpTest,
        TEST | {"READINGS": [{"RATE": 1.0}]},
        "$.READINGS[0].lift_type = None",
        *LiftType,
    ),
    "item that is no record": (
        PumpTest,
        TEST | {"READINGS": [5]},
        "$.READINGS[0] = 5",
        "record",
        "PcpReading",
    ),
    "text for items": (PumpTest, TEST | {"READINGS": "none"}, "$.READINGS = 'none'", "PcpReading"),
    "record for items": (PumpTest, TEST | {"READINGS": {}}, "$.READINGS = {}", "PcpReading"),
    "no items": (PumpTest, TEST | {"READINGS": []}, "$.readings: ", "at least one"),
    "items of two lift systems": (
        PumpTest,
        TEST | {"READINGS": [{"LIFT_TYPE": "PCP"}, {"LIFT_TYPE": "ESP"}]},
        "$.readings: ",
        "EspReading, PcpReading",
    ),
    "negative rate": (PcpReading, {"RATE": -1.0}, "$.RATE = -1.0", "at least 0"),
    "negative rate in a unit": (PcpReading, {"RATE_M3H": -1.0}, "$.RATE_M3H = -1.0", "at least 0"),
    "no diameter": (RodReading, {"PLUNGER_DIAMETER": 0}, "$.PLUNGER_DIAMETER = 0", "above 0"),
    "runtime above duration": (
        PumpTest,
        TEST | {"RUNTIME_D": 2.0, "DURATION": 24.0},
        "$.RUNTIME_D = 2.0",
        "DURATION = 24.0",
    ),
    "end before start": (
        EnergyConsumption,
        ENERGY | {"END_DATE": "2025-01-01T00:00:00Z"},
        "$.START_DATE = 2026",
        "END_DATE = 2025",
    ),
    "minimum above maximum": (
        HydraulicPistonReading,
        {"MINIMUM_SPEED": 5.0, "MAXIMUM_SPEED": 3.0},
        "$.MINIMUM_SPEED = 5.0",
        "MAXIMUM_SPEED = 3.0",
    ),
    "cards of unequal length": (
        RodReading,
        {"CARD_POSITION": [0.0, 1.0, 2.0], "CARD_LOAD_LBF": [1.0, 2.0]},
        "$.CARD_POSITION has 3 points",
        "CARD_LOAD_LBF 2",
    ),
    "half a card": (RodReading, {"CARD_LOAD": [1.0]}, "$.card_position_m has 0", "CARD_LOAD 1"),
    "text in a card": (
        RodReading,
        {"CARD_POSITION_IN": [0.0, "1"], "CARD_LOAD": [1.0, 2.0]},
        "$.CARD_POSITION_IN[1] = '1'",
        "finite number",
    ),
    "hole in a card": (
        RodReading,
        {"CARD_POSITION": [0.0, None], "CARD_LOAD": [1.0, 2.0]},
        "$.CARD_POSITION[1] = None",
        "finite number",
    ),
    "price without currency": (
        EnergyConsumption,
        ENERGY | {"ENERGY_PRICE": 1.0},
        "$.ENERGY_PRICE ",
        "without currency",
    ),
    "uncertainty of nothing": (
        PcpReading,
        {"RATE_UNC": 0.5},
        "$.RATE_UNC is given without rate_m3d",
        "both",
    ),
    "negative uncertainty": (
        PcpReading,
        {"RATE": 1.0, "RATE_UNC": -0.5},
        "$.RATE_UNC = -0.5",
        "at least 0",
    ),
    "undefined uncertainty": (
        PcpReading,
        {"RATE": 1.0, "RATE_UNC": math.nan},
        "$.RATE_UNC = nan",
        "finite",
    ),
    "endless uncertainty": (
        PcpReading,
        {"RATE": 1.0, "RATE_UNC": math.inf},
        "$.RATE_UNC = inf",
        "finite",
    ),
    "uncertainty twice": (
        PcpReading,
        {"RATE": 1.0, "RATE_UNC": 0.1, "RATE_UNC_BPD": 2.0},
        "$.RATE_UNC_BPD gives the uncertainty of rate_m3d",
        "once",
    ),
    "bool for an uncertainty": (
        PcpReading,
        {"RATE": 1.0, "RATE_UNC": True},
        "$.RATE_UNC = True",
        "finite number",
    ),
    "text for an uncertainty": (
        PcpReading,
        {"RATE": 1.0, "RATE_UNC_BPD": "x"},
        "$.RATE_UNC_BPD = 'x'",
        "finite number",
    ),
    "list for an uncertainty": (
        PcpReading,
        {"WATER_CUT": 0.5, "WATER_CUT_UNC": [0.1]},
        "$.WATER_CUT_UNC = [0.1]",
        "finite number",
    ),
    "uncertainty of too many digits": (
        PcpReading,
        {"RATE": 1.0, "RATE_UNC": 10**400},
        "$.RATE_UNC = 1000",
        "finite number",
    ),
    "uncertainty of a duty": (Duty, {"RUNNING_RATE_UNC": 1.0}, "$.RUNNING_RATE_UNC "),
}


@each_fault(FAULTS, "kind", "record")
def test_a_fault_names_its_place_and_what_was_expected(kind, record, start, parts):
    assert_says(fault_of(kind, record), start, parts)


def test_only_a_gauge_pressure_is_told_of_the_atmosphere():
    assert "atmosphere" not in fault_of(PcpReading, {"INTAKE_PRESSURE_BPD": 1.0})
    assert "atmosphere" not in fault_of(PcpReading, {"RATE_PSIG": 1.0})


def test_the_error_names_the_table_or_the_class():
    with pytest.raises(RowError) as caught:
        from_ppdm(WellEquipment, INSTALLED | {"SOURCE": None})
    assert caught.value.row == "WELL_EQUIPMENT"
    with pytest.raises(RowError) as caught:
        from_ppdm(PcpReading, {"RATE": -1.0})
    assert caught.value.row == "PcpReading"


EVERYTHING_WRONG = {
    "EQUIPMENT_ID": 7,
    "TEST_DATE": "2026-01-01T00:00:00",
    "TEST_TYPE": "LAB",
    "REMARKS": "x",
    "RUNTIME": 30.0,
    "DURATION": 24.0,
    "DURATION_MIN": 1440.0,
    "DURATION_OUOM": "bpd",
    "READINGS": [
        {"LIFT_TYPE": "PCP", "RATE": -1.0, "WATER_CUT": "0.5", "INTAKE_PRESSURE_BARG": 1.0},
        {"LIFT_TYPE": "PCP", "RATE": 1.0},
        "nothing",
        {"LIFT_TYPE": "PCP", "MINIMUM_SPEED": 9.0, "MAXIMUM_SPEED": 8.0, "RATE_UNC": 0.1},
    ],
}


def test_one_error_lists_every_fault_of_a_record():
    faults = faults_of(PumpTest, EVERYTHING_WRONG)
    starts = [
        "$.READINGS[0].INTAKE_PRESSURE_BARG is above",
        "$.READINGS[0].RATE = -1.0",
        "$.READINGS[0].WATER_CUT = '0.5'",
        "$.READINGS[2] = 'nothing'",
        "$.READINGS[3].MINIMUM_SPEED = 9.0",
        "$.READINGS[3].RATE_UNC is given without rate_m3d",
        "$.REMARKS is",
        "$.DURATION_MIN gives",
        "$.DURATION_OUOM = 'bpd'",
        "$.pump_test_id is missing",
        "$.EQUIPMENT_ID = 7",
        "$.TEST_DATE = 2026-01-01T00:00:00",
        "$.TEST_TYPE = 'LAB'",
        "$.RUNTIME = 30.0",
    ]
    assert_starts(faults, starts)


def test_faults_of_findings_and_duties_have_their_paths():
    record = in_capitals(RESULT) | {
        "DUTIES": [{}, {"RUNNING_RATE": "1"}],
        "FINDINGS": [in_capitals(BAD_FINDING)],
    }
    faults = faults_of(PumpTestResult, record)
    assert sorted(fault.partition(":")[0] for fault in faults) == [
        "$.DUTIES[1].RUNNING_RATE = '1'",
        "$.FINDINGS[0].INPUTS[0] = 1",
        "$.FINDINGS[0].SEVERITY = 'BAD'",
    ]


def test_nothing_is_made_of_a_faulty_record(monkeypatch):
    made = judged(monkeypatch)
    broken = {"LIFT_TYPE": "ESP", "FREQUENCY": -1.0}
    faults_of(PumpTest, TEST | {"READINGS": [broken]})
    faults_of(EspReading, broken)
    faults_of(PumpTest, TEST | {"READINGS": [broken], "TEST_TYPE": "LAB"})
    assert made == []
    from_ppdm(PumpTest, TEST)
    assert made == []  # what the door has judged is not judged again


def test_an_original_unit_that_is_absent_says_nothing():
    found = from_ppdm(PcpReading, {"RATE": 5, "RATE_OUOM": None})
    assert (found.rate_m3d, found.original_units) == (5.0, ())
