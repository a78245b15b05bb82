"""Whole columns and the door that judges a value: one verdict, and the same rows to the bit."""

import contextlib
import datetime as dt
import math
from decimal import Decimal

import attrs
import numpy as np
import pandas as pd
import pytest
from attrs import frozen
from frames_both_ways import DAY, UTC, alike, hostile, several
from hypothesis import given
from hypothesis import strategies as st

from laws import tried
from pumpperf import (
    Duty,
    EfficiencyChain,
    Equipment,
    EquipmentMaintain,
    EquipmentUseStat,
    EspReading,
    JetReading,
    LiftType,
    PcpReading,
    PumpTest,
    PumpTestResult,
    RodReading,
    RowError,
    WellEquipment,
)
from pumpperf.checked import Checked, converted
from pumpperf.interchange.frames import evaluate, rows_of, to_frame
from pumpperf.lift import READINGS, SharedReading
from pumpperf.model import ROWS, Finding, Row
from sample import a_result, a_test

UNITS = st.sampled_from(
    ["metric", "field", {"kpa": "bar", "m3d": "gpm", "h": "min", "kw": "w", "kn": "kgf", "m": "cm"}]
)


def taken(frame, kind):
    """The rows of a table of which nothing is wrong."""
    rows, faulty = alike(frame, kind)
    assert faulty.empty, faulty["faults"].tolist()
    return rows


def refused(frame, kind):
    """The faults of a table, line by line."""
    _, faulty = alike(frame, kind)
    assert len(faulty)
    return faulty["faults"].tolist()


# ---- any rows, any table


@pytest.mark.parametrize("kind", ROWS)
@tried(15)
@given(data=st.data())
def test_whatever_a_table_holds_there_is_one_verdict(kind, data):
    frame = to_frame(data.draw(several(kind)), units=data.draw(UNITS))
    lines = data.draw(st.permutations(range(len(frame))))
    frame = frame.iloc[lines][data.draw(st.permutations(list(frame.columns)))]
    with contextlib.suppress(RowError):  # a column that nobody knows, or that is not there
        alike(data.draw(st.just(frame) | hostile(frame)), kind)


# ---- what is plain, value by value


def pumps(**cells):
    standard = {"equipment_id": ["P1", "P2"], "lift_type": ["ESP", "PCP"]}
    return pd.DataFrame({**standard, **cells}, index=["a", "b"])


def a_bench(lines=2, **cells):
    standard = {
        "pump_test_id": [f"T{i}" for i in range(lines)],
        "equipment_id": ["P"] * lines,
        "test_type": ["BENCH"] * lines,
        "test_date": [DAY] * lines,
        "lift_type": ["PCP"] * lines,
    }
    return pd.DataFrame({**standard, **cells})


def test_codes_come_as_texts_as_codes_and_as_categories():
    for codes in (["ESP", "PCP"], [LiftType.ESP, LiftType.PCP], pd.Categorical(["ESP", "PCP"])):
        first, second = taken(pumps(lift_type=codes), Equipment)
        assert (first.lift_type, second.lift_type) == (LiftType.ESP, LiftType.PCP)
    refused(pumps(lift_type=["ESP", "GAS"]), Equipment)
    refused(pumps(lift_type=["ESP", 1]), Equipment)


def test_absent_values_and_absent_columns_stand_for_the_default():
    frame = pumps(active_ind=pd.Series([False, None], dtype=object, index=["a", "b"]), remark=None)
    first, second = taken(frame, Equipment)
    assert (first.active_ind, second.active_ind, first.remark) == (False, True, None)
    refused(pumps(equipment_id=["P1", None]), Equipment)
    refused(pumps(lift_type=["ESP", None]), Equipment)
    with pytest.raises(RowError, match="EQUIPMENT: lift_type is missing: expected one of"):
        rows_of(pumps().drop(columns="lift_type"), Equipment)


@pytest.mark.parametrize("text", ["", "x" * 41, "a\0b", "\ud800", 1])
def test_a_text_that_no_store_takes_is_in_doubt(text):
    taken(pumps(serial_num=["x" * 40, "é"]), Equipment)
    refused(pumps(serial_num=pd.Series(["ok", text], ["a", "b"], dtype=object)), Equipment)


def test_a_text_of_middle_length_is_looked_at_too():
    three = {"equipment_id": ["1", "2", "3"], "lift_type": "ESP"}
    taken(pd.DataFrame({**three, "remark": ["x", "xx", "xxx"]}), Equipment)
    refused(pd.DataFrame({**three, "remark": ["x", "x\0", "xxx"]}), Equipment)


def test_y_and_n_are_truths():
    for truths in (["Y", "N"], [True, False]):
        events = {"equipment_id": "P", "equip_maint_id": ["1", "2"]}
        frame = pd.DataFrame({**events, "failure_ind": truths})
        first, second = taken(frame, EquipmentMaintain)
        assert (first.failure_ind, second.failure_ind) == (True, False)
    for wrong in ([1, 0], pd.Series([True, 1], dtype=object)):
        refused(frame.assign(failure_ind=wrong), EquipmentMaintain)


def installations(**cells):
    standard = {"uwi": "W", "source": "S", "equipment_id": "P", "install_date": [DAY] * 2}
    return pd.DataFrame({**standard, "equip_obs_no": [1, 2], **cells})


def test_whole_numbers_stay_whole_whatever_column_holds_them():
    for numbers in ([1, 2], [1.0, 2.0], np.array([1, 2], dtype=np.uint8), np.float32([1, 2])):
        first, second = taken(installations(equip_obs_no=numbers), WellEquipment)
        assert [type(row.equip_obs_no) for row in (first, second)] == [int, int]
    (last, _) = taken(installations(equip_obs_no=[2**53 - 1, -0.0]), WellEquipment)
    assert last.equip_obs_no == 9007199254740991
    for wrong in (-1, 1.5, 2**53, 2**63, math.inf, 1e300, "1", True):
        refused(installations(equip_obs_no=[1, wrong]), WellEquipment)


def test_every_part_of_the_key_is_there():
    refused(installations(source=["S", None]), WellEquipment)
    with pytest.raises(RowError, match="WELL_EQUIPMENT: source is missing"):
        rows_of(installations().drop(columns="source"), WellEquipment)


def test_the_first_of_two_dates_is_not_the_later():
    hour = dt.timedelta(hours=1)
    taken(installations(removal_date=[DAY, None]), WellEquipment)
    taken(installations(removal_date=[DAY + hour, DAY]), WellEquipment)
    refused(installations(removal_date=[DAY + hour, DAY - hour]), WellEquipment)


def test_dates_of_any_zone_and_resolution_come_to_the_microsecond():
    moment = pd.DatetimeIndex(["1955-03-01T00:00:00.123456789Z", "2026-10-25T00:30:00.9999999Z"])
    wanted = [
        dt.datetime(1955, 3, 1, 0, 0, 0, 123456, tzinfo=UTC),
        dt.datetime(2026, 10, 25, 0, 30, 0, 999999, tzinfo=UTC),
    ]
    for dates in (
        moment,
        moment.tz_convert("Europe/Berlin"),
        moment.tz_convert("America/Edmonton"),
    ):
        found = taken(installations(install_date=dates), WellEquipment)
        assert [row.install_date for row in found] == wanted
        assert all(row.install_date.tzinfo is UTC for row in found)
    seconds = moment.as_unit("s").tz_convert("Asia/Kolkata")
    (first, _) = taken(installations(install_date=seconds), WellEquipment)
    assert first.install_date == dt.datetime(1955, 3, 1, tzinfo=UTC)
    refused(installations(install_date=moment.tz_localize(None)), WellEquipment)


def test_dates_at_the_end_of_the_calendar_are_dates_and_later_ones_are_none():
    for year in (1, 9999):
        ends = pd.DatetimeIndex(np.array([f"{year:04}-06-01"] * 2, "datetime64[s]"))
        (first, _) = taken(installations(install_date=ends.tz_localize("UTC")), WellEquipment)
        assert first.install_date == dt.datetime(year, 6, 1, tzinfo=UTC)
    beyond = pd.DatetimeIndex(np.array(["12026-06-01"] * 2, "datetime64[s]")).tz_localize("UTC")
    assert "install_date = " in refused(installations(install_date=beyond), WellEquipment)[0]


def test_written_dates_are_read():
    texts = ["2026-01-01T02:00:00+02:00", "2026-01-01"]
    refused(installations(install_date=texts), WellEquipment)
    found = taken(installations(install_date=[texts[0], "20260101T000000Z"]), WellEquipment)
    assert [row.install_date for row in found] == [DAY, DAY]
    mixed = pd.Series([DAY, DAY.astimezone(dt.timezone(dt.timedelta(hours=1)))], dtype=object)
    found = taken(installations(install_date=mixed), WellEquipment)
    assert [row.install_date for row in found] == [DAY, DAY]
    refused(installations(install_date=[DAY, 5]), WellEquipment)
    stamps = pd.Series([pd.Timestamp(DAY), pd.Timestamp(DAY)], dtype=object)
    found = taken(installations(install_date=stamps), WellEquipment)
    assert [row.install_date for row in found] == [DAY, DAY]


def test_numbers_are_those_of_the_line_by_line_way_to_the_last_bit():
    frame = a_bench(
        rate_bpd=np.array([0.1, 123.456789]),
        intake_pressure_psi=np.array([-0.0, 1e-3]),
        pump_depth_m=np.array([-0.0, 7.0], dtype=np.float32),
        speed_rpm=np.array([2**53 + 1, 90], dtype=np.int64),
        duration_min=[60.0, math.nan],
    )
    first, second = taken(frame, PumpTest)
    (reading,) = first.readings
    assert reading.rate_m3d == 0.1 * 0.158987294928
    assert math.copysign(1.0, reading.intake_pressure_kpa) == 1.0
    assert math.copysign(1.0, reading.pump_depth_m) == 1.0
    assert reading.original_units == (("intake_pressure_kpa", "psi"), ("rate_m3d", "bpd"))
    assert first.original_units == (("duration_h", "min"),)
    assert second.original_units == ()


@pytest.mark.parametrize(
    "cells",
    [
        {"rate_m3d": [1.0, -1.0]},
        {"rate_m3d": [1.0, math.inf]},
        {"rate_m3s": [1.0, 1e305]},
        {"rate_m3d": [True, False]},
        {"rate_m3d": [1.0, "1"]},
        {"minimum_speed_rpm": [2.0, 1.0], "maximum_speed_rpm": [1.0, 2.0]},
        {"runtime_h": [1.0, 1.0], "duration_h": [1.0, None]},
        {"rate_m3d": [1.0, None], "rate_unc_m3d": [0.1, 0.1]},
        {"rate_m3d": [1.0, 1.0], "rate_unc_m3d": [0.1, -0.1]},
        {"rate_m3d": [1.0, 1.0], "rate_unc_m3s": [0.1, 1e305]},
        {"rate_m3d": [1.0, 1.0], "rate_unc_m3d": [0.1, 0.1], "rate_unc_bpd": [0.1, 0.1]},
        {"speed_spm": [1.0, None]},
        {"lift_type": ["PCP", "GAS"]},
        {"lift_type": ["PCP", None]},
        {"lift_type": [["PCP"], "PCP"]},
        {"pump_test_id": ["T1", None]},
        {"pump_test_id": ["T1", 2]},
    ],
    ids=str,
)
def test_what_cannot_be_held_is_refused_by_column_as_by_value(cells):
    refused(a_bench(**cells), PumpTest)


@pytest.mark.parametrize(
    "cells",
    [
        {"rate_m3d": [1.0, Decimal(2)]},
        {"rate_m3d": np.array([1.0, 2.0], dtype=np.longdouble)},
        {"rate_m3d": pd.array([1, 2], dtype="Int64")},
        {"rate_m3d": pd.array([1, 2], dtype="double[pyarrow]")},
        {"rate_m3d": pd.Categorical([1.0, 2.0])},
        {"rate_m3d": [1.0, None], "rate_ls": [None, 2 / 86.4]},
    ],
    ids=str,
)
def test_numbers_of_any_kind_of_column_are_taken(cells):
    first, second = taken(a_bench(**cells), PumpTest)
    assert (first.readings[0].rate_m3d, second.readings[0].rate_m3d) == pytest.approx((1.0, 2.0))


def test_a_card_may_come_in_two_units_if_no_line_has_both():
    cards = {"card_position_m": [(0.0, 1.0)] * 2, "card_load_kn": [(1.0, 2.0), None]}
    frame = a_bench(lift_type="SUCKER_ROD_PUMP", card_load_n=[None, (3000.0, 4000.0)], **cards)
    first, second = taken(frame, PumpTest)
    assert (first.readings[0].card_load_kn, second.readings[0].card_load_kn) == ((1, 2), (3, 4))


def test_uncertainties_stand_beside_their_quantities():
    frame = a_bench(
        rate_m3d=[1.0, 2.0],
        rate_unc_bpd=[1.0, math.nan],
        water_cut=[0.5, 0.5],
        water_cut_unc=[-0.0, 1],
    )
    first, second = taken(frame, PumpTest)
    assert first.readings[0].uncertainty == (("rate_m3d", 0.158987294928), ("water_cut", 0.0))
    assert second.readings[0].uncertainty == (("water_cut", 1.0),)
    assert first.readings[0].original_units == ()


# ---- sequences


def logs(**cells):
    standard = {"equipment_id": "P", "spec_id": ["1", "2"], "sample_time": [(DAY,), ()]}
    return pd.DataFrame({**standard, "power_kw": [(1.0,), ()], **cells})


def test_sequences_come_as_tuples_lists_and_arrays():
    for points in ((1, 2), [1, 2.0], np.array([1.0, 2.0])):
        column = pd.Series([points, ()], dtype=object)
        times = pd.Series([[DAY, DAY], []], dtype=object)
        frame = logs(sample_time=times).drop(columns="power_kw").assign(power_w=column)
        first, second = taken(frame, EquipmentUseStat)
        assert first.power_kw == (0.001, 0.002)
        assert first.sample_time == (DAY, DAY)
        assert second.power_kw == ()
        assert first.original_units == second.original_units == (("power_kw", "w"),)


@pytest.mark.parametrize(
    "points",
    [(math.nan,), (None,), ("1",), (True,), (1.0, 2.0), 1.0, "1", np.array([[1.0]]), (math.inf,)],
    ids=str,
)
def test_a_sequence_that_is_not_plain_goes_line_by_line(points):
    refused(logs(power_kw=pd.Series([points, ()], dtype=object)), EquipmentUseStat)


def test_an_array_of_no_dimension_is_no_sequence():
    frame = logs(power_kw=pd.Series([np.array(1.0), ()], dtype=object))
    assert "power_kw = 1.0: expected a sequence" in refused(frame, EquipmentUseStat)[0]


def test_a_card_has_as_many_loads_as_positions():
    cards = {"card_position_in": [(0.0, 100.0), None], "card_load_kn": [(1.0, 2.0), None]}
    first, second = taken(a_bench(lift_type="SUCKER_ROD_PUMP", **cards), PumpTest)
    assert first.readings[0].card_position_m == (0.0, 2.54)
    assert second.readings == (RodReading(),)
    cards["card_load_kn"] = [(1.0, 2.0), (1.0,)]
    refused(a_bench(lift_type="SUCKER_ROD_PUMP", **cards), PumpTest)


def test_findings_are_kept_as_they_are():
    finding = Finding(code="C", severity="INFO", words="w", inputs=("a",), look_at="l")
    result = a_result(Duty(pressure_rise_kpa=1.0), Duty(), findings=(finding,))
    frame = to_frame([result])
    assert taken(frame, PumpTestResult) == (result,)
    listed = pd.Series([[finding], (finding,)], dtype=object)
    assert taken(frame.assign(findings=listed), PumpTestResult) == (result,)
    refused(frame.assign(findings=[(1,), (1,)]), PumpTestResult)


# ---- several lines of a row


def test_lines_of_a_key_are_its_readings_in_order_of_their_number():
    frame = a_bench(
        5,
        pump_test_id=["B", "A", "B", "C", "A"],
        lift_type=["PCP", "ESP", "PCP", "HYDRAULIC_JET", "ESP"],
        reading_obs_no=[2, 1.5, 1, 7, 0.5],
        rate_m3d=[1.0, 2.0, 3.0, 4.0, 5.0],
        frequency_hz=[None, 50.0, None, None, 60.0],
    )
    found = taken(frame, PumpTest)
    assert [(row.pump_test_id, row.readings) for row in found] == [
        ("B", (PcpReading(rate_m3d=3.0), PcpReading(rate_m3d=1.0))),
        (
            "A",
            (
                EspReading(rate_m3d=5.0, frequency_hz=60.0),
                EspReading(rate_m3d=2.0, frequency_hz=50.0),
            ),
        ),
        ("C", (JetReading(rate_m3d=4.0),)),
    ]
    without = taken(frame.drop(columns="reading_obs_no"), PumpTest)
    assert [reading.rate_m3d for reading in without[0].readings] == [1.0, 3.0]


@pytest.mark.parametrize("numbers", [[1, 1], [0, 1], [1, None], ["1", "2"], [True, 2]], ids=str)
def test_lines_without_a_number_of_their_own_are_refused(numbers):
    frame = a_bench(pump_test_id="T", reading_obs_no=[1, 2])
    assert len(taken(frame, PumpTest)) == 1
    _, faulty = rows_of(frame.assign(reading_obs_no=numbers), PumpTest, errors="report")
    assert faulty["faults"].str.contains("reading_obs_no = |another line of its key").all()


@pytest.mark.parametrize(
    "cells",
    [
        {"equipment_id": ["P", "Q"]},
        {"uwi": ["W", None]},
        {"duration_h": [24.0, 25.0]},
        {"test_date": [DAY, DAY + dt.timedelta(microseconds=1)]},
        {"lift_type": ["PCP", "ESP"]},
    ],
    ids=str,
)
def test_lines_of_a_key_say_the_same(cells):
    (name,) = cells
    rows, faulty = rows_of(a_bench(pump_test_id="T", **cells), PumpTest, errors="report")
    assert rows == ()
    first, second = faulty["faults"]
    assert first == "line 0: another line of its key is faulty"
    assert second.startswith(f"line 1, {name} = ")
    assert second.endswith("as on line 0 of the same key")


@pytest.mark.parametrize(
    "cells",
    [
        {"active_ind": ["Y", True]},
        {"test_date": ["2026-01-01T00:00:00Z", "20260101T000000Z"]},
        {"duration_min": [60.0, None], "duration_h": [None, 1.0]},
    ],
    ids=str,
)
def test_lines_of_a_key_may_say_the_same_in_other_words(cells):
    assert len(rows_of(a_bench(pump_test_id="T", **cells), PumpTest)) == 1


def test_lines_of_a_key_that_agree_make_one_row():
    frame = a_bench(pump_test_id="T", uwi="W", duration_min=60, active_ind="N", remark=None)
    (test,) = taken(frame, PumpTest)
    assert test.readings == (PcpReading(), PcpReading())
    assert (test.uwi, test.duration_h, test.active_ind) == ("W", 1.0, False)


def test_a_table_without_lines_makes_no_rows():
    assert taken(a_bench()[:0], PumpTest) == ()
    assert taken(pd.DataFrame(), Equipment) == ()
    assert taken(to_frame([]), PumpTestResult) == ()


# ---- only rules that are known


@frozen(kw_only=True, field_transformer=converted)
class Ruled(Equipment):
    """An equipment with a rule of its own."""

    @classmethod
    def contradictions(cls, values):
        return ["never"]


def test_the_rules_of_a_class_from_elsewhere_are_asked_line_by_line():
    assert refused(pumps(), Ruled) == ["line a, never", "line b, never"]


def test_the_rules_between_columns_are_those_of_the_classes():
    """A class with another rule would need it said by columns too."""
    known = {
        Row: set(ROWS) - {PumpTest},
        PumpTest: {PumpTest},
        SharedReading: set(READINGS.values()),
        Checked: {Duty, EfficiencyChain},
    }
    for owner, kinds in known.items():
        for kind in kinds:
            assert kind.contradictions.__func__ is owner.contradictions.__func__
            assert kind.__attrs_post_init__ is Checked.__attrs_post_init__
            assert {a.name for a in attrs.fields(kind) if "beside" in a.metadata} <= {
                "original_units",
                "uncertainty",
            }


def test_sequences_come_as_categories_too():
    logs = [
        EquipmentUseStat(equipment_id="P", spec_id=name, sample_time=(DAY,), power_kw=(power,))
        for name, power in (("S1", 1.0), ("S2", 2.0), ("S3", 1.0))
    ]
    frame = to_frame(logs)
    frame["power_kw"] = frame["power_kw"].astype("category")
    assert rows_of(frame, EquipmentUseStat) == tuple(logs)


@pytest.mark.parametrize(
    "cell", [np.timedelta64(1, "ns"), pd.Timedelta("1h"), dt.timedelta(1), True, "1_000"]
)
def test_what_is_no_number_is_none_in_a_column_of_objects(cell):
    table = to_frame([a_test(PcpReading(rate_m3d=2.0))]).assign(
        rate_m3d=pd.Series([cell], dtype=object)
    )
    for read in (evaluate, lambda tests: rows_of(tests, PumpTest)):
        with pytest.raises(RowError, match="line 0, rate_m3d = .*: expected a finite number"):
            read(table)
