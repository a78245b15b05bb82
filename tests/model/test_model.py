"""What a row may hold, and how it says what it may not."""

import datetime as dt
import inspect
import math
from functools import partial

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import refusals
from laws import rows, tried
from pumpperf import (
    DowntimeImpact,
    Equipment,
    EspReading,
    Finding,
    LiftType,
    PcpReading,
    PumpTest,
    ResultStatus,
    RodReading,
    RowError,
    TestType,
    WellActivity,
)
from pumpperf.checked import converted, trusted
from pumpperf.fields import describe
from pumpperf.lift import READINGS
from pumpperf.model import ROWS, content, key, status_of
from sample import run

DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PLUS_3 = dt.timezone(dt.timedelta(hours=3))


def make(**more):
    asked = {
        "pump_test_id": "T1",
        "equipment_id": "P1",
        "test_type": "BENCH",
        "test_date": DAY,
        "readings": (EspReading(rate_m3d=1),),
    }
    return PumpTest(**(asked | more))


faults_of = partial(refusals.faults_of, make)


def test_values_take_their_one_form():
    test = make(test_date=dt.datetime(2026, 1, 1, 3, tzinfo=PLUS_3), duration_h=24)
    assert test.test_date == DAY
    assert test.test_date.tzinfo is dt.UTC
    assert type(test.duration_h) is float
    assert test.test_type is TestType.BENCH
    assert isinstance(RodReading(card_position_m=[0, 1], card_load_kn=[2, 3]).card_load_kn, tuple)


def test_help_shows_the_attributes_of_a_base_also_where_a_class_has_none_of_its_own():
    @attrs.frozen(kw_only=True, field_transformer=converted)
    class Spare(Equipment):
        """A pump in the store."""

    text = inspect.getdoc(Spare)
    assert text.startswith("A pump in the store.\n\nAttributes:\n    equipment_id: the pump.\n")
    assert inspect.getdoc(Equipment).partition("Attributes:")[2] == text.partition("Attributes:")[2]


def test_equal_rows_are_equal_whatever_they_were_made_of():
    assert make(duration_h=24) == make(duration_h=24.0)
    assert hash(make(duration_h=24)) == hash(make(duration_h=24.0))
    assert EspReading(rate_m3d=1, uncertainty={"rate_m3d": 1}) == EspReading(
        rate_m3d=1.0, uncertainty=(("rate_m3d", 1.0),)
    )


def test_a_row_prints_what_is_there_and_nothing_else():
    pump = Equipment(equipment_id="P1", lift_type="ESP", remark="new", row_quality=None)
    assert repr(pump) == (
        "Equipment(remark='new', equipment_id='P1', lift_type=<LiftType.ESP: 'ESP'>)"
    )
    assert repr(attrs.evolve(pump, active_ind=False)).startswith("Equipment(active_ind=False, ")


def test_a_row_cannot_be_changed():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        make().duration_h = 3.0


def test_all_faults_of_a_row_come_at_once():
    found = faults_of(
        pump_test_id="",
        equipment_id="x" * 41,
        test_type="SHOP",
        test_date=dt.datetime(2026, 1, 1),  # noqa: DTZ001  # naive on purpose
        duration_h=-1.0,
        runtime_h=float("nan"),
        readings=(EspReading(), PcpReading()),
        remark=7,
        active_ind="Y",
    )
    assert found == (
        "active_ind = 'Y': expected true or false",
        "remark = 7: expected a text of 1 to 2000 characters",
        "pump_test_id = '': expected a text of 1 to 40 characters",
        f"equipment_id = {'x' * 41!r}: expected a text of 1 to 40 characters",
        "test_date = 2026-01-01T00:00:00: expected a date with its UTC offset, got a naive date",
        "test_type = 'SHOP': expected one of BENCH, FIELD",
        "duration_h = -1.0: expected a finite number [h] of at least 0",
        "runtime_h = nan: expected a finite number [h] of at least 0",
        "readings: expected at least one, all of one lift system; got EspReading, PcpReading",
    )


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("duration_h", True, "duration_h = True: expected a finite number [h] of at least 0"),
        ("duration_h", "3", "duration_h = '3': expected a finite number [h] of at least 0"),
        ("duration_h", float("inf"), "duration_h = inf: expected"),
        ("pump_test_id", None, "pump_test_id is missing: expected a text of 1 to 40 characters"),
        ("readings", (), "readings: expected at least one, all of one lift system; got none"),
        ("readings", 3, "readings = 3: expected a sequence of RodReading or EspReading"),
        ("readings", "ab", "readings = 'ab': expected a sequence"),
        ("readings", (3,), "readings[0] = 3: expected RodReading or EspReading"),
        ("test_date", "2026-01-01", "test_date = '2026-01-01': expected a date"),
        ("test_type", None, "test_type is missing: expected one of BENCH, FIELD"),
    ],
)
def test_a_fault_names_field_value_and_expectation(field, value, fault):
    assert any(found.startswith(fault) for found in faults_of(**{field: value}))


def test_order_between_fields():
    assert faults_of(duration_h=2.0, runtime_h=3.0) == (
        "runtime_h = 3.0 exceeds duration_h = 2.0: expected the reverse",
    )
    with pytest.raises(RowError, match="install_date = .* exceeds removal_date"):
        run(1, 0, -1)
    naive = dt.datetime(2026, 1, 1)  # noqa: DTZ001  # naive on purpose
    with pytest.raises(RowError, match="naive") as error:
        attrs.evolve(run(1, 0), removal_date=naive)
    assert len(error.value.faults) == 1


def test_a_key_field_is_required_even_where_other_rows_may_leave_it_out():
    with pytest.raises(RowError, match="source is missing: .*as part of the key"):
        WellActivity(
            uwi="W1", activity_obs_no=1, equipment_id="P1", downtime_type="PLANNED", start_time=DAY
        )


def test_a_card_needs_as_many_loads_as_positions():
    with pytest.raises(RowError, match="card_position_m has 3 points and card_load_kn 0"):
        RodReading(card_position_m=(1, 2, 3))


def test_a_whole_number_is_whole():
    with pytest.raises(RowError, match=r"reading_obs_no = 1.5: expected a whole number"):
        Finding(code="x", severity="INFO", words="x", inputs=(), look_at="x", reading_obs_no=1.5)
    found = Finding(
        code="x", severity="INFO", words="x", inputs=(), look_at="x", reading_obs_no=1.0
    )
    assert type(found.reading_obs_no) is int


def test_a_price_needs_its_currency():
    needed = {
        "downtime_impact_id": "x",
        "run_id": "x",
        "equipment_id": "P1",
        "start_date": DAY,
        "end_date": DAY,
        "window_h": 0,
        "downtime_h": 0,
        "planned_h": 0,
        "unplanned_h": 0,
        "external_h": 0,
        "installed_h": 0,
        "not_installed_h": 0,
        "uptime_h": 0,
        "events": 0,
        "result_status": "PLAUSIBLE",
        "findings": (),
    }
    with pytest.raises(RowError, match="oil_price_per_m3 is given without currency"):
        DowntimeImpact(**needed, oil_price_per_m3=400)
    assert DowntimeImpact(**needed, oil_price_per_m3=400, currency="USD").currency == "USD"


@pytest.mark.parametrize(
    "uncertainty", [{"rate_m3d": -1.0}, {"rate_m3d": float("nan")}, {"speed_rpm": 1.0}, {"x": 1}]
)
def test_an_uncertainty_stands_beside_a_quantity_that_is_given(uncertainty):
    with pytest.raises(RowError, match="uncertainty of .*: expected a finite number"):
        PcpReading(rate_m3d=3.0, uncertainty=uncertainty)


@pytest.mark.parametrize(
    ("more", "share"),
    [
        ({"duration_h": 24, "runtime_h": 18}, 0.75),
        ({}, 1.0),
        ({"test_type": "FIELD"}, None),
        ({"test_type": "FIELD", "duration_h": 3}, None),
        ({"test_type": "FIELD", "duration_h": 0, "runtime_h": 0}, None),
    ],
)
def test_running_share(more, share):
    assert make(**more).running_share == share


def test_lift_type_is_that_of_the_readings():
    assert make().lift_type is LiftType.ESP


@pytest.mark.parametrize(
    ("severities", "checks", "status"),
    [
        ((), (), "NOT_CHECKED"),
        (("INFO",), (), "NOT_CHECKED"),
        (("ASSUMPTION",), (), "NOT_CHECKED"),
        ((), ("X",), "PLAUSIBLE"),
        (("INFO",), ("X",), "PLAUSIBLE"),
        (("INFO", "ASSUMPTION"), ("X",), "ASSUMED"),
        (("ASSUMPTION", "WARNING"), ("X",), "SUSPECT"),
        (("WARNING",), (), "SUSPECT"),
        (("ERROR", "INFO"), ("X",), "SUSPECT"),
    ],
)
def test_status_is_the_worst_that_is_known(severities, checks, status):
    found = [
        Finding(code="x", severity=severity, words="x", inputs=(), look_at="x")
        for severity in severities
    ]
    assert status_of(found, checks) is ResultStatus(status)


def test_key_and_content():
    test = make(row_created_by="ana")
    assert key(test) == ("T1",)
    assert "row_created_by" not in content(test)
    assert content(test) == content(attrs.evolve(test, row_created_by="bo"))


@pytest.mark.parametrize("row", ROWS)
@tried(10)
@given(data=st.data())
def test_strategies_draw_rows_that_can_be_held(row, data):
    drawn = data.draw(rows(row))
    assert attrs.evolve(drawn) == drawn
    assert all(hasattr(drawn, field.name) for field in describe(row))


def test_there_is_one_zero():
    """A store may lose the sign of the other."""
    assert math.copysign(1.0, EspReading(rate_m3d=-0.0).rate_m3d) == 1.0


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfff"])
def test_a_text_that_no_store_can_write_is_refused(text):
    with pytest.raises(RowError, match=r"remark = .*got a NUL or half a character"):
        Equipment(equipment_id="P1", lift_type="ESP", remark=text)


@pytest.mark.parametrize("count", [2**53, 2**53 + 1, 10**40])
def test_a_count_that_a_float_would_round_is_refused(count):
    kept = {"uwi": "W1", "source": "s", "equipment_id": "P1", "downtime_type": "PLANNED"}
    when = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert WellActivity(**kept, activity_obs_no=2**53 - 1, start_time=when)
    with pytest.raises(RowError, match="activity_obs_no = .*at most 9007199254740991"):
        WellActivity(**kept, activity_obs_no=count, start_time=when)


@pytest.mark.parametrize("kind", [*ROWS, *READINGS.values()])
@tried(10)
@given(data=st.data())
def test_a_trusted_row_is_the_same_row(kind, data):
    row = data.draw(rows(kind))
    values = [getattr(row, attribute.name) for attribute in attrs.fields(kind)]
    again = trusted(kind)(*values)
    assert again == row
    assert hash(again) == hash(row)
    assert again.original_units == row.original_units


@pytest.mark.parametrize("original", [{"rate_m3d": "psi"}, {"speed": "rpm"}, {"rate_date": "d"}])
def test_an_original_unit_is_one_of_its_quantity(original):
    assert EspReading(rate_m3d=1, original_units={"rate_m3d": "bpd"})
    with pytest.raises(RowError, match=r"original_units has .*: expected a quantity of EspReading"):
        EspReading(rate_m3d=1, original_units=original)
