"""Digest, run and stamp."""

import datetime as dt
import json

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws import rows, tried
from pumpperf import PUMPPERF_2026, ArgumentError, Equipment, EspReading, PumpTest, RowError
from pumpperf.assumptions import named
from pumpperf.fields import describe
from pumpperf.model import ROWS
from pumpperf.provenance import VERSIONS, digest, input_keys, run_of, stamped
from sample import WHEN, a_test

TEST = a_test(EspReading(rate_m3d=100.0, intake_pressure_kpa=2000.0))


def a_run(**more):
    asked = {
        "calculation": "pump_efficiency",
        "inputs": [TEST],
        "parameters": {"end": WHEN},
        "assumptions": PUMPPERF_2026,
        "equipment_id": "P1",
        "user_id": "ana",
        "at": WHEN,
    }
    return run_of(**(asked | more))


def test_two_pumps_have_each_their_own_run_of_the_same_rows():
    one, other = (a_run(equipment_id=pump) for pump in ("P1", "P2"))
    assert one.input_digest == other.input_digest
    assert one.run_id != other.run_id


@pytest.mark.parametrize("row", ROWS)
@tried(10)
@given(data=st.data())
def test_equal_rows_have_equal_digests(row, data):
    drawn = data.draw(rows(row))
    other_units = {field.name: list(field.kind.scales)[-1] for field in describe(row) if field.kind}
    again = attrs.evolve(
        drawn,
        active_ind=not drawn.active_ind,
        row_created_by="bo",
        row_created_date=WHEN,
        row_changed_by=None,
        row_changed_date=None,
        original_units=other_units,
    )
    assert digest([drawn]) == digest([again])


@given(data=st.data())
def test_another_number_makes_another_digest(data):
    drawn = data.draw(rows(PumpTest))
    other = (drawn.duration_h or 1.0) * (1 + 1e-9) + 1e-9
    assert digest([drawn]) != digest([attrs.evolve(drawn, duration_h=other, runtime_h=None)])


def test_a_round_trip_in_the_thirteenth_digit_does_not_move_the_digest():
    for pressure, same in ((2000.0 * (1 + 2e-14), True), (2000.0 * (1 + 1e-10), False)):
        reading = attrs.evolve(TEST.readings[0], intake_pressure_kpa=pressure)
        moved = attrs.evolve(TEST, readings=(reading,))
        assert (digest([TEST]) == digest([moved])) is same


def test_minus_zero_is_zero():
    zero, minus = (a_test(EspReading(intake_pressure_kpa=value)) for value in (0.0, -0.0))
    assert zero == minus
    assert digest([zero]) == digest([minus])


def test_the_kind_of_a_row_is_part_of_its_digest():
    one = Equipment(equipment_id="P1", lift_type="ESP")
    assert digest([one]) != digest([attrs.evolve(one, lift_type="PCP")])
    assert digest([one]) != digest([one, one])
    assert digest([one], {"a": 1.0}) != digest([one], {"a": 2.0})


def test_same_inputs_make_the_same_run_whoever_asks():
    one, other = a_run(), a_run(user_id="bo", at=WHEN + dt.timedelta(days=1))
    assert one.run_id == other.run_id
    assert (one.row_created_by, other.row_created_by) == ("ana", "bo")


@pytest.mark.parametrize(
    "more",
    [
        {"calculation": "pump_test_result"},
        {"inputs": []},
        {"parameters": {"end": WHEN + dt.timedelta(seconds=1)}},
        {"assumptions": attrs.evolve(PUMPPERF_2026, name="OURS")},
        {"assumptions": attrs.evolve(PUMPPERF_2026, mtbf_level=0.8)},
    ],
)
def test_anything_that_may_move_a_number_makes_another_run(more):
    assert a_run(**more).run_id != a_run().run_id


def test_another_version_makes_another_run(monkeypatch):
    before = a_run()
    monkeypatch.setitem(VERSIONS, "pump_efficiency", "another")
    assert a_run().calculation_version == "another"
    assert a_run().run_id != before.run_id


def test_two_pumps_of_which_nothing_is_known_have_each_their_run():
    one, other = (a_run(inputs=[], equipment_id=pump) for pump in ("P1", "P2"))
    assert one.run_id != other.run_id
    assert a_run(inputs=[], equipment_id="P1").run_id == one.run_id


def test_a_run_names_its_inputs():
    run = a_run(parameters={"end": WHEN, "price": 1 / 3, "currency": None})
    assert input_keys(run) == ((PumpTest, ("T1",)),)
    assert json.loads(run.parameters) == {
        "end": "2026-01-31T12:00:00+00:00",
        "price": 1 / 3,
        "currency": None,
    }
    assert run.assumptions == "PUMPPERF_2026"
    assert len(run.input_digest) == 64


@pytest.mark.parametrize("user_id", ["", " ", "x" * 65])
def test_a_user_is_neither_empty_nor_cut(user_id):
    with pytest.raises(ArgumentError, match="expected 1 to 64 characters, not all blank"):
        stamped(TEST, user_id=user_id, at=WHEN)
    assert stamped(TEST, user_id="x" * 64, at=WHEN).row_created_by == "x" * 64
    assert TEST.row_created_by is None


@pytest.mark.parametrize("who", [{"user_id": "a\0"}, {"at": WHEN.replace(tzinfo=None)}])
def test_who_and_when_are_what_a_row_may_hold(who):
    with pytest.raises(RowError, match="PumpTest: row_created_"):
        stamped(TEST, **({"user_id": "ana", "at": WHEN} | who))


def test_a_stamp_is_as_good_as_one_that_the_row_was_made_with():
    plus_5 = WHEN.astimezone(dt.timezone(dt.timedelta(hours=5)))
    one = stamped(TEST, user_id="ana", at=plus_5)
    other = attrs.evolve(TEST, row_created_by="ana", row_created_date=plus_5)
    assert (one, hash(one), repr(one)) == (other, hash(other), repr(other))
    assert one.row_created_date.tzinfo is dt.UTC


def test_assumptions_are_found_by_their_name():
    ours = attrs.evolve(PUMPPERF_2026, name="OURS")
    assert named("OURS", ours) is ours
    assert named("PUMPPERF_2026", ours) is PUMPPERF_2026
    with pytest.raises(ArgumentError, match="'THEIRS' are not known"):
        named("THEIRS", ours)
