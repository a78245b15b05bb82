"""A schema accepts exactly what the door behind it accepts, field by field."""

import json
import re
from functools import cache

import attrs
import jsonschema_rs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tiny import is_tiny

from laws import rows, tried
from pumpperf import EquipmentUseStat, EspReading, PumpTest, RowError, WellEquipment, units
from pumpperf.adapters.web.bodies import DowntimeRequest, EnergyRequest, ReliabilityRequest
from pumpperf.adapters.web.json_schema import answer_of, body_name, reference, schemas
from pumpperf.fields import describe
from pumpperf.interchange.records import from_record, to_record
from pumpperf.lift import READINGS, SharedReading
from pumpperf.model import AUDIT, ROWS
from pumpperf.units import OIL_DENSITY
from sample_records import INSTALLED, TEST

REQUESTS = (ReliabilityRequest, DowntimeRequest, EnergyRequest)
COMPONENTS = {"components": {"schemas": schemas([*ROWS, *REQUESTS], ROWS)}}
BODIES = [*ROWS, *REQUESTS, *READINGS.values()]


def validator(schema):
    return jsonschema_rs.Draft202012Validator({**COMPONENTS, **schema}, validate_formats=True)


@cache
def of_body(kind):
    return validator(reference(body_name(kind)))


def fits(kind, record):
    return of_body(kind).is_valid(record)


def is_accepted(kind, record):
    try:
        from_record(kind, record)
    except RowError:
        return False
    return True


def a_body(row):
    return {name: value for name, value in to_record(row).items() if name not in AUDIT}


# ---- what is accepted fits


@pytest.mark.parametrize("kind", [*ROWS, *READINGS.values()])
@tried(10)
@given(data=st.data())
def test_a_row_in_any_units_fits(kind, data):
    row = data.draw(rows(kind))
    assert fits(kind, a_body(row))
    body = in_other_units(data, a_body(row), kind)
    assume(is_accepted(kind, body))
    assert fits(kind, body)


def in_other_units(data, record, kind):
    """The record with some quantities under another name, and some names left out."""
    found = dict(record)
    for field in describe(kind):
        if field.nested:
            found[field.base] = [
                in_other_units(data, item, READINGS[item["lift_type"]])
                if "lift_type" in item
                else item
                for item in found[field.base]
            ]
        elif field.name in found and field.kind and field.kind.suffix:
            value = found.pop(field.name)
            even = [unit for unit, scale in field.kind.scales.items() if not scale.shift]
            unit = data.draw(st.sampled_from(["", *even]))
            found |= {f"{field.base}_{unit}": value} if unit else {}
            if not unit and not is_optional(kind, field):
                found[field.name] = value
            if not unit:
                found.pop(f"{field.base}_unc_{field.kind.suffix}", None)
    return found


def is_optional(kind, field):
    return not field.required


@pytest.mark.parametrize("kind", ROWS)
@tried(10)
@given(data=st.data())
def test_an_answer_fits_in_either_unit(kind, data):
    row = data.draw(rows(kind))
    assume(not is_tiny(attrs.asdict(row)))
    schema = validator(answer_of(kind))
    for wanted in ("metric", "field"):
        assert schema.is_valid(json.loads(json.dumps(to_record(row, wanted))))
    assert not schema.is_valid(to_record(row) | {"more": 1})
    whole = to_record(row)
    for name in whole:
        assert not schema.is_valid({key: value for key, value in whole.items() if key != name})


def test_an_uncertainty_fits_an_answer():
    reading = EspReading(rate_m3d=1.0, uncertainty={"rate_m3d": 0.1})
    row = attrs.evolve(from_record(PumpTest, TEST), readings=[reading])
    for wanted in ("metric", "field"):
        assert validator(answer_of(PumpTest)).is_valid(to_record(row, wanted))


# ---- what does not fit is not accepted, and the other way round


WRONG = ("", "x", "x" * 41, "x" * 2001, "a\0b", 1, 1.5, -1, 2**53, True, None, [], [None], {}, "Y")
FITTING = (0, 1, 0.5, 2**53 - 1, "x", "x" * 40, "2026-01-01T00:00:00Z", [1.0], ["x"], False)


@pytest.mark.parametrize("kind", BODIES)
def test_schema_and_door_judge_every_name_and_value_alike(kind):
    record = a_whole(kind)
    assert fits(kind, record)
    assert is_accepted(kind, record)
    schema = of_body(kind)
    names = {name for field in describe(kind) if field.name not in AUDIT for name in named(field)}
    for name in sorted(names | {"unknown", "rate", "rate_psig"}):
        others = {key: value for key, value in record.items() if not is_same(kind, key, name)}
        assert_alike(kind, schema, others)
        for value in (*WRONG, *FITTING):
            if name.endswith("_degr") and value == 0:
                continue  # absolute zero, less a rounding
            assert_alike(kind, schema, others | {name: value})


def assert_alike(kind, schema, record):
    faults = between_fields_left_out(kind, record)
    assert schema.is_valid(record) == (not faults), (record, faults)


def between_fields_left_out(kind, record):
    """The faults of a record but for those that no schema can say."""
    try:
        from_record(kind, record)
    except RowError as error:
        return [fault for fault in error.faults if not BETWEEN.search(fault)]
    return []


BETWEEN = re.compile(
    "exceeds|is given without|points and|beside a quantity that is given|UTC cannot hold"
)


def named(field):
    suffixes = field.kind.scales if field.kind else [""]
    return [f"{field.base}_{unit}" if unit else field.base for unit in suffixes]


def is_same(kind, one, other):
    return any(one in named(field) and other in named(field) for field in describe(kind))


def a_whole(kind):
    """A record that has what it must have."""
    texts = {"decline_kind": "exponential"}
    found = {}
    for field in describe(kind):
        in_key = field.name in getattr(kind, "KEY", ())
        if not (field.required or in_key) or field.default is not None:
            continue
        if field.nested or field.sequence:
            found[field.name] = []
        else:
            (first, *_) = field.types
            found[field.name] = {str: "x", float: 1.0, int: 1, bool: True}.get(
                first, texts.get(field.name, "2026-01-01T00:00:00Z")
            )
            if hasattr(first, "__members__"):
                found[field.name] = next(iter(first)).value
    if issubclass(kind, SharedReading):
        found["lift_type"] = kind.LIFT_TYPE.value
    if kind is PumpTest:
        found["readings"] = TEST["readings"]
    return found


@pytest.mark.parametrize("kind", READINGS.values())
def test_a_quantity_and_its_uncertainty_come_under_one_name_each(kind):
    schema = of_body(kind)
    start = {"lift_type": kind.LIFT_TYPE.value}
    for field in describe(kind):
        value = [] if field.sequence else 1.0
        if field.kind is OIL_DENSITY:
            continue
        ways = named(field)
        for first in ways:
            for second in ways:
                if first == second or field.types != (float,):
                    continue
                assert not schema.is_valid({**start, first: value, second: value})
                assert not schema.is_valid({**start, first: value, second: None})
                if not field.sequence:
                    beside = [
                        name.replace(field.base, f"{field.base}_unc") for name in (first, second)
                    ]
                    assert schema.is_valid({**start, first: value, beside[0]: 1.0})
                    for wrong in (
                        {beside[0]: 1.0, beside[1]: 1.0},
                        {beside[0]: None},
                        {beside[0]: -1},
                    ):
                        assert not schema.is_valid({**start, first: value, **wrong})
                        assert not is_accepted(kind, {**start, first: value, **wrong})


@pytest.mark.parametrize(
    "readings",
    [
        [],
        [{}],
        [{"lift_type": "pcp"}],
        [{"lift_type": "PCP"}, {"lift_type": "ESP"}],
        [{"lift_type": "PCP", "frequency_hz": 1.0}],
        [{"lift_type": "PCP", "rate": 1.0}],
        [None],
        {"lift_type": "PCP"},
        None,
    ],
)
def test_readings_that_do_not_fit_are_not_accepted(readings):
    assert not fits(PumpTest, TEST | {"readings": readings})
    assert not is_accepted(PumpTest, TEST | {"readings": readings})


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.1234560+05:30",
        "0001-01-01T00:00:00Z",
        "2028-02-29T00:00:00-00:00",
        "2026-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-12-31T23:59:60Z",
        "2026-01-01T00:00:00.1234567Z",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00",
        "2026-01-01t00:00:00z",
        "2026-01-01T00:00Z",
        "2026-01-01",
        "2026-01-01T00:00:00Z\n",
    ],
)
def test_the_same_dates_fit_that_are_accepted(text):
    record = TEST | {"test_date": text}
    assert fits(PumpTest, record) == is_accepted(PumpTest, record)


def test_who_and_when_are_no_part_of_a_body():
    for name in AUDIT:
        assert not fits(PumpTest, TEST | {name: None})


def test_of_a_quantity_that_must_be_there_one_name_is_asked_for():
    log = {"equipment_id": "P1", "spec_id": "S1", "sample_time": []}
    assert not fits(EquipmentUseStat, log)
    for unit in units.POWER.scales:
        assert fits(EquipmentUseStat, log | {f"power_{unit}": [1.0]})
        assert not fits(EquipmentUseStat, log | {f"power_{unit}": None})
    assert not fits(EquipmentUseStat, log | {"power_kw": [], "power_hp": []})


def test_a_part_of_the_key_must_be_there_though_other_rows_may_leave_it_out():
    assert fits(WellEquipment, INSTALLED)
    assert not fits(WellEquipment, INSTALLED | {"source": None})


def test_every_schema_is_one_and_refers_only_to_those_of_the_document():
    text = json.dumps(COMPONENTS)
    there = COMPONENTS["components"]["schemas"]
    assert set(re.findall('"#/components/schemas/([^"]*)"', text)) <= set(there)
    for schema in there.values():
        jsonschema_rs.meta.validate(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        )


def test_the_schemas_stay_small():
    assert len(json.dumps(COMPONENTS, separators=(",", ":"))) < 350_000
