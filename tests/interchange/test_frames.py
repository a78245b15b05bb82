"""Rows through DataFrames and back, and a whole table of tests evaluated by columns."""

import datetime as dt
import io
import math
from functools import cache

import attrs
import numpy as np
import pandas as pd
import pytest
from attrs import frozen
from hypothesis import given, reject
from hypothesis import strategies as st
from probes import Probe, judged

from laws import rows, tried
from pumpperf import (
    PUMPPERF_2026,
    ArgumentError,
    Duty,
    EfficiencyChain,
    Equipment,
    EquipmentMaintain,
    EquipmentUseStat,
    EspReading,
    HydraulicPistonReading,
    JetReading,
    LiftType,
    MeanTimeBetweenFailure,
    PcpReading,
    PumpTest,
    ResultStatus,
    RodReading,
    RowError,
    UnitError,
    WellEquipment,
    units,
)
from pumpperf.checked import converted
from pumpperf.checks import CHECKS, check_test, checks_made, shown_by
from pumpperf.evaluate.tests import efficiency_of, result_of
from pumpperf.fields import Identifier, describe
from pumpperf.interchange.door import in_units as worded_in
from pumpperf.interchange.frames import evaluate, evaluation, findings, rows_of, to_frame
from pumpperf.lift import READINGS, duty, efficiency_chain, quantities
from pumpperf.model import ROWS, Row, key, status_of
from refusals import assert_says, assert_starts, each_fault, fault_of, faults_of
from sample import a_result

UTC = dt.UTC
DAY = dt.datetime(2026, 1, 1, tzinfo=UTC)

SHARED = {
    "rate_m3d": 40.0,
    "liquid_density_kgm3": 950.0,
    "water_cut": 0.5,
    "intake_pressure_kpa": 2000.0,
    "discharge_pressure_kpa": 12_000.0,
    "pressure_rise_kpa": 9900.0,
    "wellhead_pressure_kpa": 800.0,
    "casing_pressure_kpa": 600.0,
    "pump_depth_m": 1200.0,
    "fluid_level_m": 1000.0,
    "input_power_kw": 15.0,
    "voltage_v": 460.0,
    "current_a": 25.0,
    "power_factor": 0.8,
    "motor_efficiency": 0.9,
    "drive_efficiency": 0.95,
    "liquid_rate_m3d": 38.0,
    "oil_density_kgm3": 860.0,
    "gas_oil_ratio_m3m3": 45.0,
    "gas_separation": 0.4,
}
OWN = {
    RodReading: {
        "speed_spm": 8.0,
        "minimum_speed_spm": 2.0,
        "maximum_speed_spm": 7.0,
        "stroke_m": 3.0,
        "plunger_stroke_m": 2.6,
        "fillage": 0.8,
        "plunger_diameter_mm": 57.15,
        "card_position_m": (0.0, 1.0, 3.0, 2.9, 0.4),
        "card_load_kn": (50.0, 61.0, 60.0, 30.0, 21.0),
        "polished_rod_power_kw": 9.0,
        "peak_rod_load_kn": 61.0,
        "minimum_rod_load_kn": 21.0,
        "rod_weight_in_air_kn": 20.0,
        "fluid_load_kn": 25.0,
    },
    EspReading: {
        "frequency_hz": 52.0,
        "minimum_frequency_hz": 35.0,
        "maximum_frequency_hz": 50.0,
        "shaft_power_kw": 11.0,
    },
    PcpReading: {
        "speed_rpm": 120.0,
        "minimum_speed_rpm": 130.0,
        "maximum_speed_rpm": 300.0,
        "revolution_displacement_l": 0.5,
        "rod_torque_knm": 0.7,
    },
    HydraulicPistonReading: {
        "speed_spm": 12.0,
        "minimum_speed_spm": 1.0,
        "maximum_speed_spm": 40.0,
        "stroke_displacement_l": 2.5,
        "power_fluid_rate_m3d": 90.0,
        "power_fluid_pressure_rise_kpa": 14_000.0,
    },
    JetReading: {"power_fluid_rate_m3d": 90.0, "power_fluid_pressure_rise_kpa": 14_000.0},
}
SECOND_BEST = (
    (),
    ("pressure_rise_kpa", "polished_rod_power_kw", "minimum_rod_load_kn"),
    ("pressure_rise_kpa", "intake_pressure_kpa", "input_power_kw"),
    ("intake_pressure_kpa", "fluid_load_kn", "pump_depth_m", "motor_efficiency"),
    (
        *("discharge_pressure_kpa", "pressure_rise_kpa", "liquid_density_kgm3", "fluid_load_kn"),
        *("input_power_kw", "voltage_v", "card_load_kn"),
    ),
    ("input_power_kw", "current_a", "rate_m3d", "drive_efficiency"),
)
"""Instruments left out, so that every other one has a say in some line."""


def reading_of(kind, without=()):
    given_ones = {**SHARED, **OWN[kind]}
    missing = {*without, *(("card_position_m",) if "card_load_kn" in without else ())}
    return kind(**{name: value for name, value in given_ones.items() if name not in missing})


def a_test(*readings, **fields):
    standard = {
        "pump_test_id": "T1",
        "equipment_id": "P1",
        "test_date": DAY,
        "test_type": "FIELD",
        "duration_h": 24.0,
        "runtime_h": 20.0,
    }
    return PumpTest(readings=readings or (PcpReading(rate_m3d=1.0),), **{**standard, **fields})


def fleet():
    return [
        a_test(*(reading_of(kind, without) for without in SECOND_BEST), pump_test_id=kind.__name__)
        for kind in OWN
    ]


def labelled(**cells):
    return pd.DataFrame({name: list(values) for name, values in cells.items()}, index=["a", "b"])


# ---- rows to a table and back


@cache
def several(kind):
    return st.lists(rows(kind), min_size=1, max_size=3, unique_by=key)


@pytest.mark.parametrize("kind", ROWS)
@tried(15)
@given(data=st.data())
def test_rows_come_back_as_they_went_out(kind, data):
    drawn = data.draw(several(kind))
    assert rows_of(to_frame(drawn), kind) == tuple(drawn)


@pytest.mark.parametrize("kind", ROWS)
@tried(10)
@given(data=st.data())
def test_shuffled_lines_come_back_in_order_of_their_number(kind, data):
    drawn = data.draw(several(kind))
    frame = to_frame(drawn)
    order = data.draw(st.permutations(range(len(frame))))
    columns_too = data.draw(st.permutations(list(frame.columns)))
    back = rows_of(frame.iloc[order][columns_too], kind)
    assert {key(row): row for row in back} == {key(row): row for row in drawn}
    assert len(back) == len(drawn)


def test_lines_without_number_stay_in_their_order():
    test = a_test(PcpReading(rate_m3d=2.0), PcpReading(rate_m3d=1.0))
    frame = to_frame([test]).drop(columns="reading_obs_no")
    assert rows_of(frame, PumpTest) == (test,)
    assert rows_of(frame[::-1], PumpTest) == (attrs.evolve(test, readings=test.readings[::-1]),)


def test_a_table_has_a_line_for_every_reading():
    tests = [
        a_test(PcpReading(rate_m3d=5.0), PcpReading(rate_m3d=6.0)),
        a_test(EspReading(frequency_hz=50.0), pump_test_id="T2"),
    ]
    frame = to_frame(tests)
    assert frame["pump_test_id"].tolist() == ["T1", "T1", "T2"]
    assert frame["reading_obs_no"].tolist() == [1, 2, 1]
    assert frame["lift_type"].tolist() == ["PCP", "PCP", "ESP"]
    assert frame["rate_m3d"].tolist()[:2] == [5.0, 6.0]
    assert frame["frequency_hz"].isna().tolist() == [True, True, False]
    assert "speed_rpm" in frame
    assert "speed_spm" not in frame


def test_columns_have_the_types_of_what_they_hold():
    frame = to_frame(
        [WellEquipment(uwi="W", source="S", equipment_id="P", equip_obs_no=1, install_date=DAY)]
    )
    assert isinstance(frame["removal_date"].dtype, pd.DatetimeTZDtype)
    assert frame["install_date"].tolist() == [DAY]
    assert pd.api.types.is_integer_dtype(frame["equip_obs_no"])
    assert pd.api.types.is_bool_dtype(frame["active_ind"])
    assert pd.api.types.is_float_dtype(to_frame([a_test()])["intake_pressure_kpa"])
    codes = to_frame([a_test()])[["lift_type", "test_type"]]
    assert list(codes["lift_type"].cat.categories) == list(LiftType)
    assert list(codes["test_type"].cat.categories) == ["BENCH", "FIELD"]


def test_a_table_holds_rows_of_one_class():
    log = EquipmentUseStat(equipment_id="P1", spec_id="1", sample_time=(), power_kw=())
    with pytest.raises(ArgumentError, match="Equipment and EquipmentUseStat"):
        to_frame([Equipment(equipment_id="P1", lift_type="ESP"), log])


def test_no_rows_make_an_empty_table_and_no_lines_no_rows():
    frame = to_frame([])
    assert frame.shape == (0, 0)
    assert rows_of(frame, Equipment) == ()
    assert rows_of(frame, PumpTest) == ()
    assert rows_of(to_frame([a_test()])[:0], PumpTest) == ()


@pytest.mark.parametrize("hole", [None, math.nan, pd.NA, pd.NaT])
def test_every_kind_of_hole_is_an_absent_value(hole):
    frame = to_frame([a_test(PcpReading(rate_m3d=5.0), uwi="W1")]).astype(object)
    frame[["rate_m3d", "uwi", "rate_date"]] = [[hole, hole, hole]]
    (test,) = rows_of(frame, PumpTest)
    assert (test.uwi, test.readings) == (None, (PcpReading(),))


@pytest.mark.parametrize("form", [list, tuple, np.array])
def test_cards_may_be_lists_tuples_or_arrays(form):
    card = {"card_position_m": (0.0, 1.0, 0.5), "card_load_kn": (3.0, 3.0, 2.0)}
    frame = to_frame([a_test(RodReading())])
    for name, points in card.items():
        frame[name] = pd.Series([form(points)], dtype=object)
    assert rows_of(frame, PumpTest)[0].readings == (RodReading(**card),)


def test_a_log_of_one_stretch_a_line():
    log = EquipmentUseStat(
        equipment_id="P1",
        spec_id="1",
        sample_time=(DAY, DAY + dt.timedelta(hours=1)),
        power_kw=(10.0, 20.0),
    )
    frame = to_frame([log], units="field")
    assert frame["sample_time"].tolist() == [log.sample_time]
    assert frame["power_hp"][0] == pytest.approx((13.410220895950279, 26.820441791900558))
    assert rows_of(to_frame([log]), EquipmentUseStat) == (log,)


# ---- units


@tried(15)
@given(data=st.data())
def test_field_units_convert_every_column(data):
    kind = data.draw(st.sampled_from(ROWS))
    drawn = data.draw(several(kind))
    metric, field = to_frame(drawn), to_frame(drawn, units="field")
    assert len(metric.columns) == len(field.columns)
    parts = [kind, *READINGS.values(), Duty, EfficiencyChain]
    kinds = {f.name: f.kind for part in parts for f in describe(part) if f.kind and f.kind.suffix}
    for name, renamed in zip(metric.columns, field.columns, strict=True):
        unit, beside = kinds.get(name.replace("_unc_", "_")), "_unc_" in name
        if unit is None or (beside and unit is units.OIL_DENSITY):
            assert renamed == name
            continue
        assert renamed == f"{name.removesuffix(unit.suffix)}{unit.field_suffix}"
        for value, got in zip(metric[name], field[renamed], strict=True):
            wanted = np.asarray(math.nan if value is None else value, dtype=float)
            other = np.asarray(math.nan if got is None else got, dtype=float)
            asked = unit.suffix, unit.field_suffix
            expected = units.convert(wanted, *asked)
            if beside:  # a difference: where a scale begins is no part of it
                expected = expected - units.convert(0.0 * wanted, *asked)
            assert other == pytest.approx(expected, rel=1e-12, abs=1e-12, nan_ok=True)


def test_field_units_by_numbers_known_from_elsewhere():
    frame = to_frame(
        [
            a_test(
                RodReading(
                    rate_m3d=15.8987294928,
                    intake_pressure_kpa=6894.757293168361,
                    plunger_diameter_mm=44.45,
                    stroke_m=2.54,
                    card_position_m=(0.0, 2.54),
                    card_load_kn=(44.482216152605, 0.0),
                    uncertainty={"rate_m3d": 1.58987294928, "water_cut": 0.01},
                    water_cut=0.5,
                )
            )
        ],
        units="field",
    )
    assert frame["rate_bpd"][0] == pytest.approx(100.0)
    assert frame["rate_unc_bpd"][0] == pytest.approx(10.0)
    assert frame["water_cut_unc"][0] == 0.01
    assert frame["intake_pressure_psi"][0] == pytest.approx(1000.0)
    assert frame["plunger_diameter_in"][0] == pytest.approx(1.75)
    assert frame["stroke_in"][0] == pytest.approx(100.0)
    assert frame["card_position_in"][0] == pytest.approx((0.0, 100.0))
    assert frame["card_load_lbf"][0] == pytest.approx((10_000.0, 0.0))


def test_a_mapping_names_units_by_the_canonical_one():
    reading = PcpReading(rate_m3d=24.0, intake_pressure_kpa=500.0, speed_rpm=90.0)
    frame = to_frame([a_test(reading)], units={"kpa": "bar", "m3d": "m3h", "h": "min"})
    assert frame["intake_pressure_bar"][0] == pytest.approx(5.0)
    assert frame["rate_m3h"][0] == pytest.approx(1.0)
    assert frame["duration_min"][0] == pytest.approx(1440.0)
    assert frame["speed_rpm"][0] == 90.0
    assert not {"intake_pressure_kpa", "rate_m3d", "duration_h"} & set(frame.columns)


@pytest.mark.parametrize(
    ("wanted", "word"),
    [("imperial", "imperial"), ({"kpa": "psig"}, "psig"), ({"m3d": "psi"}, "psi")],
)
def test_unknown_units_are_refused(wanted, word):
    frame = to_frame(fleet())
    with pytest.raises(UnitError, match=word):
        to_frame(fleet(), units=wanted)
    with pytest.raises(UnitError, match=word):
        evaluate(frame, units=wanted)


def test_any_accepted_unit_comes_in_and_is_remembered():
    frame = labelled(
        pump_test_id="TT",
        equipment_id="PP",
        test_type=["BENCH"] * 2,
        test_date=[DAY] * 2,
        lift_type=["PCP"] * 2,
        duration_min=[60, 60],
        rate_bpd=[250, None],
        rate_unc_bpd=[10, None],
        intake_pressure_psi=[None, 1000.0],
    )
    (test,) = rows_of(frame, PumpTest)
    first, second = test.readings
    assert test.duration_h == pytest.approx(1.0)
    assert dict(test.original_units) == {"duration_h": "min"}
    assert first.rate_m3d == pytest.approx(39.746823732)
    assert dict(first.uncertainty) == pytest.approx({"rate_m3d": 1.58987294928})
    assert dict(first.original_units) == {"rate_m3d": "bpd"}
    assert second.intake_pressure_kpa == pytest.approx(6894.757293168361)
    assert dict(second.original_units) == {"intake_pressure_kpa": "psi"}


@frozen(kw_only=True, field_transformer=converted)
class ProbeTest(Row):
    KEY = ("probe_test_id",)

    probe_test_id: Identifier
    readings: tuple[Probe, ...]


def test_an_uncertainty_leaves_scaled_and_never_shifted():
    probe = Probe(temperature_degc=100.0, uncertainty={"temperature_degc": 1.0})
    frame = to_frame([ProbeTest(probe_test_id="T", readings=[probe, Probe()])], units="field")
    assert frame["temperature_degf"].tolist() == pytest.approx([212.0, math.nan], nan_ok=True)
    assert frame["temperature_unc_degf"].tolist() == pytest.approx([1.8, math.nan], nan_ok=True)
    assert "rate_unc_bpd" not in frame


# ---- CSV


CSV_ROWS = {
    PumpTest: [
        a_test(
            reading_of(PcpReading),
            PcpReading(rate_m3d=0.3, power_date=DAY, uncertainty={"rate_m3d": 0.025}),
            uwi="W1",
            row_created_by="ana",
            row_created_date=DAY + dt.timedelta(microseconds=1),
        ),
        a_test(reading_of(EspReading), pump_test_id="T2", test_type="BENCH", active_ind=False),
        a_test(reading_of(JetReading), pump_test_id="T3", duration_h=None, runtime_h=None),
    ],
    EquipmentMaintain: [
        EquipmentMaintain(equipment_id="P1", equip_maint_id="M1", failure_ind=True),
        EquipmentMaintain(
            equipment_id="P1",
            equip_maint_id="M2",
            failure_ind=False,
            actual_start_date=DAY,
            failure_mode="BRD",
        ),
    ],
    MeanTimeBetweenFailure: [
        MeanTimeBetweenFailure(
            mtbf_id="M1",
            run_id="R1",
            equipment_id="P1",
            as_of_date=DAY,
            operating_h=333.25,
            failures=3,
            mtbf_h=111.125,
            confidence_level=0.9,
            method="exact",
            terminated="time",
            estimate_status="ok",
            trend_test="Laplace, constant rate",
            trend_failures=3,
            trend_statistic=-0.5,
            trend_p_value=0.617,
            trend_status="ok",
        )
    ],
}


@pytest.mark.parametrize("kind", CSV_ROWS)
def test_rows_survive_a_csv_file(kind):
    file = io.StringIO()
    to_frame(CSV_ROWS[kind]).to_csv(file, index=False)
    file.seek(0)
    frame = pd.read_csv(file)
    assert rows_of(frame, kind) == tuple(CSV_ROWS[kind])


# ---- faults of a table


def two_tests(**cells):
    standard = {
        "pump_test_id": ["T1", "T2"],
        "equipment_id": ["P1", "P2"],
        "test_type": ["BENCH", "FIELD"],
        "test_date": ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"],
        "lift_type": ["PCP", "PCP"],
    }
    return labelled(**{**standard, **cells})


LINE_FAULTS = {
    "negative rate": ({"rate_m3d": [1.0, -5.0]}, "line b, rate_m3d = -5.0:", "at least 0"),
    "negative rate in a unit": (
        {"rate_m3h": [1.0, -1.0]},
        "line b, rate_m3h = -1.0: expected a finite number [m3h] of at least 0",
    ),
    "inf": ({"pump_depth_m": [1.0, math.inf]}, "line b, pump_depth_m = inf:", "finite"),
    "text": ({"rate_m3d": [1.0, "2"]}, "line b, rate_m3d = '2':", "finite number"),
    "bool": ({"water_cut": [0.5, True]}, "line b, water_cut = True:", "finite number"),
    "empty key": ({"pump_test_id": ["T1", None]}, "line b, pump_test_id is missing:"),
    "code": ({"test_type": ["LAB", "FIELD"]}, "line a, test_type = 'LAB':", "BENCH, FIELD"),
    "lift type": ({"lift_type": ["PCP", "GAS"]}, "line b, lift_type = 'GAS':", *LiftType),
    "empty lift type": ({"lift_type": ["PCP", None]}, "line b, lift_type = None:", *LiftType),
    "date": ({"test_date": ["2026-01-01T00:00Z", "today"]}, "line b, test_date = 'today':", "UTC"),
    "naive date": (
        {"rate_date": pd.to_datetime(["2026-01-01", None])},
        "line a, rate_date = 2026-01-01T00:00:00:",
        "naive",
    ),
    "order": (
        {"runtime_h": [1.0, 25.0], "duration_h": [24.0, 24.0]},
        "line b, runtime_h = 25.0",
        "duration_h = 24.0",
    ),
    "alone": (
        {"runtime_h": [1.0, 1.0], "duration_h": [2.0, None]},
        "line b, runtime_h ",
        "without duration_h",
    ),
    "other system": ({"speed_spm": [None, 6.0]}, "line b, speed_spm = 6.0", "HYDRAULIC_PISTON"),
    "twice": (
        {"rate_m3d": [1.0, 1.0], "rate_bpd": [None, 1.0]},
        "line b, rate_bpd ",
        "rate_m3d",
        "once",
    ),
    "uncertainty of nothing": (
        {"rate_m3d": [1.0, None], "rate_unc_m3d": [0.1, 0.1]},
        "line b, rate_unc_m3d is given without rate_m3d",
    ),
}


@each_fault(LINE_FAULTS, "cells")
def test_a_fault_names_its_line(cells, start, parts):
    fault = fault_of(rows_of, two_tests(**cells), PumpTest)
    assert_says(fault, start, parts)


def test_a_column_of_another_lift_system_is_unknown_to_the_line():
    frame = two_tests(frequency_hz=[50.0, None])
    assert fault_of(rows_of, frame, PumpTest).startswith(
        "line a, frequency_hz = 50.0: expected only where lift_type is ESP"
    )
    frame["lift_type"] = ["ESP", "PCP"]
    assert rows_of(frame, PumpTest)[0].readings == (EspReading(frequency_hz=50.0),)


def test_the_faults_of_all_lines_come_in_one_error():
    frame = two_tests(
        rate_m3d=[-1.0, -2.0],
        card_load_kn=[None, (1.0, 2.0)],
        lift_type=["PCP", "SUCKER_ROD_PUMP"],
        equipment_id=["", "P2"],
        runtime_h=[2.0, 3.0],
        duration_h=[2.0, 2.0],
    )
    assert_starts(
        faults_of(rows_of, frame, PumpTest),
        [
            "line a, rate_m3d = -1.0",
            "line a, equipment_id = ''",
            "line b, rate_m3d = -2.0",
            "line b, card_position_m has 0 points and card_load_kn 2",
            "line b, runtime_h = 3.0",
        ],
    )


def test_the_error_names_the_table():
    with pytest.raises(RowError) as caught:
        rows_of(pd.DataFrame({"uwi": ["W"]}), WellEquipment)
    assert caught.value.row == "WELL_EQUIPMENT"
    with pytest.raises(RowError) as caught:
        rows_of(pd.DataFrame({"well": ["W"]}), WellEquipment)
    assert caught.value.row == "WELL_EQUIPMENT"
    with pytest.raises(RowError) as caught:
        evaluate(pd.DataFrame({"lift_type": ["NONE"]}))
    assert caught.value.row == "PUMP_TEST"


def test_lines_of_one_key_must_agree_on_their_row():
    frame = two_tests(
        pump_test_id=["T1", "T1"],
        test_type=["BENCH", "BENCH"],
        test_date=[DAY, DAY],
        uwi=["W1", None],
        reading_obs_no=[2, 1],
        rate_m3d=[1.0, 2.0],
    )
    faults = faults_of(rows_of, frame, PumpTest)
    assert_starts(faults, ["line a, equipment_id = 'P1'", "line a, uwi = 'W1'"])
    assert all("as on line b" in fault for fault in faults)
    frame["equipment_id"] = "P1"
    frame["uwi"] = "W1"
    (test,) = rows_of(frame, PumpTest)
    assert [reading.rate_m3d for reading in test.readings] == [2.0, 1.0]


@pytest.mark.parametrize("numbers", [[1, 1], [2.0, 2], [1, "b"], ["10", "9"], [None, 1], ["1", 2]])
def test_lines_of_one_key_have_a_number_each(numbers):
    faults = faults_of(rows_of, one_test(reading_obs_no=pd.Series(numbers, dtype=object)), PumpTest)
    starts = {f"line {i}, reading_obs_no = {number!r}: " for i, number in enumerate(numbers)}
    assert all(any(fault.startswith(start) for start in starts) for fault in faults)


def one_test(**cells):
    frame = to_frame([a_test(PcpReading(rate_m3d=1.0), PcpReading(rate_m3d=2.0))])
    return frame.assign(**cells)


def test_numbers_of_lines_need_not_be_the_first_ones():
    (test,) = rows_of(one_test(reading_obs_no=[30.0, 4.0]), PumpTest)
    assert [reading.rate_m3d for reading in test.readings] == [2.0, 1.0]


def test_lines_of_one_key_must_be_of_one_lift_system():
    frame = two_tests(
        pump_test_id=["T1", "T1"],
        equipment_id=["P1", "P1"],
        test_type=["BENCH", "BENCH"],
        test_date=[DAY, DAY],
        lift_type=["PCP", "ESP"],
    )
    fault = fault_of(rows_of, frame, PumpTest)
    assert fault == "line b, lift_type = 'ESP': expected 'PCP' as on line a of the same key"


def test_a_row_without_readings_needs_no_lift_type():
    frame = to_frame([Equipment(equipment_id="P1", lift_type="ESP")])
    assert fault_of(rows_of, frame.drop(columns="lift_type"), Equipment).startswith(
        "lift_type is missing"
    )
    frame["reading_obs_no"] = 1
    assert fault_of(rows_of, frame, Equipment).startswith("reading_obs_no is unknown")


def test_a_column_that_every_line_needs_is_named_once_and_before_all_else():
    frame = two_tests(rate_m3d=[-1.0, -1.0]).drop(columns=["lift_type", "pump_test_id"])
    assert_starts(faults_of(rows_of, frame, PumpTest), ["pump_test_id is m", "lift_type is m"])


def test_every_line_is_a_row_where_rows_hold_no_others():
    pump = Equipment(equipment_id="P1", lift_type="ESP")
    assert rows_of(to_frame([pump, pump]), Equipment) == (pump, pump)


def test_duplicate_and_unknown_columns_are_named_together():
    frame = two_tests(rate_m3d=[1.0, 2.0], remarks=["x", "y"], readings=[1, 2])
    frame = pd.concat([frame, frame[["rate_m3d"]]], axis=1)
    faults = faults_of(rows_of, frame, PumpTest)
    assert_starts(faults, ["remarks is unknown", "readings is unknown", "column rate_m3d "])
    assert "remark" in faults[0].partition("nearest")[2].split()


def test_no_row_is_judged_twice(monkeypatch):
    made = judged(monkeypatch)
    faults_of(rows_of, two_tests(rate_m3d=[-1.0, -1.0]), PumpTest)
    rows_of(two_tests(rate_m3d=[1.0, 1.0]), PumpTest)
    assert made == []


# ---- a table evaluated by columns


SAID = ["status", "findings", "checks_made"]


def by_rows(tests):
    """The table that the row path gives: what `evaluate` is held against."""
    lines = []
    for test in tests:
        share = 1.0 if test.running_share is None else test.running_share
        findings = check_test(test, PUMPPERF_2026)
        seen = shown_by(test, PUMPPERF_2026)
        for number, reading in enumerate(test.readings, start=1):
            shown = duty(reading, running_share=share)
            line = numbers_of(shown) | numbers_of(efficiency_chain(shown))
            own = [finding for finding in findings if finding.reading_obs_no == number]
            made = checks_made(seen[number - 1 : number])
            said = {
                "status": status_of(own, made).value,
                "findings": " ".join(finding.code for finding in own),
                "checks_made": " ".join(made),
            }
            lines.append(line | said)
    return pd.DataFrame(lines)


def numbers_of(row):
    values = {field.name: getattr(row, field.name) for field in quantities(type(row))}
    return {name: math.nan if value is None else value for name, value in values.items()}


BY_CORRELATION = {
    *("formation_volume_factor", "solution_gor_m3m3", "liquid_density_kgm3", "intake_gas_share"),
    *("intake_pressure_kpa", "discharge_pressure_kpa", "lower_discharge_pressure_kpa"),
    *("upper_discharge_pressure_kpa", "gas_separation", "running_rate_m3d", "pressure_rise_kpa"),
    *("running_gas_rate_m3d", "hydraulic_power_kw", "net_lift_pressure_kpa", "net_lift_power_kw"),
    *("volumetric_efficiency", "net_stroke_efficiency", "polished_rod_stroke_efficiency"),
    *("pump_efficiency", "downhole_efficiency", "lift_efficiency", "overall_efficiency"),
    *("system_efficiency", "specific_energy_kwhm3", "lift_energy_kwht100m"),
}
"""What may hold powers and logarithms: numpy rounds those of a column otherwise than one alone."""


def assert_same(table, wanted):
    assert list(table.columns) == list(wanted.columns)
    for name in SAID:
        assert table[name].tolist() == wanted[name].tolist()
    for name in wanted.columns.drop(SAID):
        here, there = table[name].to_numpy(), wanted[name].to_numpy()
        exact = name not in BY_CORRELATION
        np.testing.assert_allclose(here, there, rtol=0.0 if exact else 1e-12, err_msg=name)


def tame(value):
    """Away from zero, or zero itself: quotients of such numbers stay finite."""
    if value is None or value == 0.0 or abs(value) >= 1e-6:
        return value
    return math.copysign(1e-6, value)


def tame_reading(reading):
    fields = quantities(type(reading))
    tamed = {field.name: tame(getattr(reading, field.name)) for field in fields}
    return attrs.evolve(reading, **tamed)


def tame_test(test):
    return attrs.evolve(
        test,
        readings=[tame_reading(reading) for reading in test.readings],
        duration_h=tame(test.duration_h),
        runtime_h=tame(test.runtime_h),
    )


@given(tests=st.lists(rows(PumpTest).map(tame_test), min_size=1, max_size=4))
def test_columns_and_rows_give_the_same_numbers(tests):
    try:
        wanted = by_rows(tests)
    except RowError:  # beyond any number: test_an_accepted_test_is_evaluated
        reject()
    assert_same(evaluate(to_frame(tests)), wanted)


def test_a_fleet_gives_the_same_as_its_stored_results():
    tests = fleet()
    table = evaluate(to_frame(tests))
    assert_same(table, by_rows(tests))
    asked = {"assumptions": PUMPPERF_2026, "user_id": "ana", "at": DAY}
    stored = [
        numbers_of(shown) | numbers_of(chain)
        for test in tests
        for shown, chain in zip(
            result_of(test, **asked)[0].duties, efficiency_of(test, **asked)[0].chains, strict=True
        )
    ]
    assert_same(table, pd.DataFrame(stored).assign(**table[SAID]))
    assert set(table["status"]) <= set(map(str, ResultStatus))
    assert (table.count() > 0).all()


def card(points, phase, place="card"):
    turn = np.linspace(0.0, 2.0 * math.pi, points, endpoint=False)
    position = tuple(1.5 - 1.5 * np.cos(turn))
    load = tuple(40.0 + 20.0 * np.sin(turn + phase) + np.sin(7.0 * turn) / 3.0)
    return {f"{place}_position_m": position, f"{place}_load_kn": load}


LOADED = {
    "speed_spm": 6.0,
    "plunger_diameter_mm": 44.45,
    "rate_m3d": 30.0,
    "discharge_pressure_kpa": 15000.0,
}


def test_cards_of_every_length_give_the_same_to_the_last_digit():
    lengths = (200, 3, None, 137, 200, 2, 1, 9, 137, 1000)
    tests = [
        a_test(RodReading(speed_spm=6.0, **(card(points, 0.1 * i) if points else {})))
        for i, points in enumerate(lengths)
    ]
    downhole = [
        a_test(
            RodReading(
                **LOADED,
                **(card(points, 0.3 * i, "downhole") if points else {}),
                **(card(points + 1, 0.3 * i) if points and i % 2 else {}),
            )
        )
        for i, points in enumerate(lengths)
    ]
    assert_same(evaluate(to_frame(downhole)), by_rows(downhole))
    table = evaluate(to_frame(tests))
    assert_same(table, by_rows(tests))
    known = [points is not None and points > 2 for points in lengths]
    assert table["delivered_power_kw"].notna().tolist() == known


def test_an_empty_card_is_no_card():
    frame = pd.DataFrame({"lift_type": ["SUCKER_ROD_PUMP"] * 2})
    frame["card_position_m"] = pd.Series([(), None], dtype=object)
    frame["card_load_kn"] = pd.Series([None, np.array([])], dtype=object)
    assert evaluate(frame)["delivered_power_kw"].isna().all()


def test_a_card_in_field_units():
    frame = pd.DataFrame({"lift_type": ["SUCKER_ROD_PUMP"], "speed_spm": [60.0]})
    frame["card_position_in"] = pd.Series([[0, 100, 100, 0]], dtype=object)
    frame["card_load_lbf"] = pd.Series([[15e3, 15e3, 5e3, 5e3]], dtype=object)
    # 100 in by 10,000 lbf are 83,333.33 ft lbf, once a second
    assert evaluate(frame)["delivered_power_kw"][0] == pytest.approx(112.9848290276)


def in_units(frame, number):
    """The table with each quantity in the unit of that number among those of its kind."""
    found = {}
    for part in (PumpTest, *OWN):
        for field in describe(part):
            if not (field.kind and field.name in frame):
                continue
            choices = sorted(field.kind.scales)
            unit = choices[number % len(choices)]
            suffix = field.kind.suffix
            column = frame[field.name]
            found[f"{field.base}_{unit}" if unit else field.base] = (
                column.map(lambda points, s=suffix, u=unit: in_unit(points, s, u))
                if field.sequence
                else units.convert(column, suffix, unit)
            )
    others = [name for name in frame.columns if name in ("lift_type", *text_and_share_names())]
    return pd.DataFrame({**{name: frame[name] for name in others}, **found})


def in_unit(points, suffix, unit):
    return None if points is None else units.convert(np.array(points), suffix, unit)


def text_and_share_names():
    return {field.name for part in (PumpTest, *OWN) for field in describe(part) if not field.kind}


@pytest.mark.parametrize("number", range(9))
def test_any_accepted_unit_gives_the_same_numbers(number):
    frame = to_frame(fleet())
    wanted = evaluate(frame)
    got = evaluate(in_units(frame, number))
    for name in SAID:
        assert got[name].tolist() == wanted[name].tolist()
    pd.testing.assert_frame_equal(
        got.drop(columns=SAID), wanted.drop(columns=SAID), rtol=1e-9, atol=1e-12
    )


def test_numbers_leave_in_the_units_wanted():
    frame = to_frame(fleet())
    metric, field = evaluate(frame), evaluate(frame, units="field")
    kinds = {f.name: f.kind for part in (Duty, EfficiencyChain) for f in describe(part)}
    for name, renamed in zip(metric.columns, field.columns, strict=True):
        kind = kinds.get(name)
        if kind is None:
            assert renamed == name
            assert name in SAID or field[name].tolist() == pytest.approx(
                metric[name].tolist(), nan_ok=True
            )
            continue
        assert renamed == f"{name.removesuffix(kind.suffix)}{kind.field_suffix}"
        np.testing.assert_allclose(
            field[renamed], units.convert(metric[name], kind.suffix, kind.field_suffix), rtol=1e-12
        )
    bar = evaluate(frame, units={"kpa": "bar", "kw": "w"})
    np.testing.assert_allclose(bar["intake_pressure_bar"], metric["intake_pressure_kpa"] / 100.0)
    np.testing.assert_allclose(bar["input_power_w"], metric["input_power_kw"] * 1000.0)
    assert "running_rate_m3d" in bar


def test_the_index_and_the_table_stay_as_they_are():
    frame = to_frame(fleet())
    frame.index = pd.Index([f"well {i % 4}" for i in range(len(frame))], name="well")
    before = frame.copy(deep=True)
    table = evaluate(frame)
    pd.testing.assert_index_equal(table.index, frame.index)
    pd.testing.assert_frame_equal(frame, before)
    assert_same(table, by_rows(fleet()))


@pytest.mark.parametrize("block", [1, 2, 5, 6, 7])
def test_more_lines_than_a_block_give_the_same(monkeypatch, block):
    mixed, alike = to_frame(fleet()), to_frame(fleet()[:1])
    shuffled = mixed.iloc[[(7 * i) % len(mixed) for i in range(len(mixed))]]
    whole = [evaluate(frame) for frame in (mixed, alike, shuffled)]
    monkeypatch.setattr(evaluation, "BLOCK", block)
    for frame, wanted in zip((mixed, alike, shuffled), whole, strict=True):
        pd.testing.assert_frame_equal(evaluate(frame), wanted, check_exact=True)


def test_columns_are_cut_into_blocks(monkeypatch):
    sizes = []

    def spied(lift_type, reading, assumptions):
        sizes.append(np.size(reading["rate_m3d"]))
        return judged(lift_type, reading, assumptions)

    judged = evaluation.judged
    monkeypatch.setattr(evaluation, "judged", spied)
    monkeypatch.setattr(evaluation, "BLOCK", 4)
    evaluate(to_frame(fleet()[:2]))
    assert max(sizes) <= 4
    assert sum(sizes) == 12


def test_no_row_is_made(monkeypatch):
    frame = to_frame(fleet())
    made = judged(monkeypatch)
    evaluate(frame)
    assert made == []


def test_a_table_of_no_lines_has_all_columns():
    frame = to_frame(fleet())
    table = evaluate(frame[:0])
    assert len(table) == 0
    assert list(table.columns) == list(evaluate(frame).columns)
    assert evaluate(pd.DataFrame({"lift_type": []})).shape == table.shape


def test_other_assumptions_judge_otherwise():
    frame = to_frame([a_test(reading_of(PcpReading))])
    strict = attrs.evolve(PUMPPERF_2026, name="STRICT", lowest_plausible_efficiency=0.9)
    assert "SYSTEM_EFFICIENCY_LOW" not in evaluate(frame)["findings"][0].split()
    assert "SYSTEM_EFFICIENCY_LOW" in evaluate(frame, assumptions=strict)["findings"][0].split()


def test_findings_stand_in_the_order_of_the_checks_and_may_be_none():
    whole = evaluate(to_frame(fleet()))["findings"]
    order = {check.code: i for i, check in enumerate(CHECKS)}
    for codes in whole.str.split():
        assert codes == sorted(codes, key=order.__getitem__)
    sound = reading_of(PcpReading, ("pressure_rise_kpa", "fluid_level_m", "voltage_v"))
    known = {"minimum_speed_rpm": 50.0, "gas_gravity": 0.7}
    sound = attrs.evolve(sound, **known, motor_efficiency=None, liquid_rate_m3d=None)
    (found,) = evaluate(to_frame([a_test(sound)]))["findings"]
    assert found == ""


def test_status_and_checks_of_mixed_lines():
    frame = pd.DataFrame(
        {
            "lift_type": "ESP",
            "rate_m3d": [100.0, 100.0, 100.0, 50.0],
            "pressure_rise_kpa": [8000.0, 8000.0, 8000.0, math.nan],
            "input_power_kw": [5.0, 20.0, 20.0, 20.0],
            "duration_h": 24.0,
            "runtime_h": [24.0, 24.0, math.nan, 24.0],
        }
    )
    frame["duration_h"] = frame["duration_h"].where(frame["runtime_h"].notna())
    found = evaluate(frame)
    assert found["status"].tolist() == ["SUSPECT", "PLAUSIBLE", "ASSUMED", "NOT_CHECKED"]
    assert found["overall_efficiency"].tolist()[:2] == pytest.approx([1.852, 0.463], abs=1e-3)
    assert "OVERALL_EFFICIENCY_ABOVE_1" in found["checks_made"][2].split()
    assert found["checks_made"][3] == ""


def test_many_patterns_of_findings_are_told_apart(monkeypatch):
    drawn = np.random.default_rng(5)
    frame = to_frame(fleet()).loc[lambda table: table["lift_type"] == "PCP"]
    frame = pd.concat([frame] * 20, ignore_index=True)
    for name in ("rate_m3d", "input_power_kw", "rod_torque_knm", "water_cut", "motor_efficiency"):
        frame[name] = frame[name] * drawn.choice([-1.0, 1.0, 50.0, math.nan], len(frame))
    frame["rate_m3d"] = frame["rate_m3d"].abs()
    whole = evaluate(frame)
    for line in range(len(frame)):
        (one,) = evaluate(frame.iloc[[line]])[SAID].to_numpy().tolist()
        assert whole[SAID].iloc[line].tolist() == one
    monkeypatch.setattr(evaluation, "BLOCK", 7)
    pd.testing.assert_frame_equal(
        evaluate(frame).astype(dict.fromkeys(SAID, str)), whole.astype(dict.fromkeys(SAID, str))
    )


@pytest.mark.parametrize(
    "cells",
    [["1_000", "2000"], [True, 5.0], [DAY - DAY, 5.0], [np.True_, 1.0], [1 + 0j, 2.0], [b"5", 1.0]],
)
def test_what_is_no_number_is_refused_in_an_object_column(cells):
    frame = pd.DataFrame({"lift_type": ["ESP"] * 2, "rate_m3d": pd.Series(cells, dtype=object)})
    for door in (evaluate, findings):
        assert "line 0, rate_m3d = " in faults_of(door, frame)[0]


# ---- findings as a table


@pytest.mark.parametrize("units", ["metric", "field", {"kpa": "bar"}])
def test_findings_of_a_table_are_those_of_its_rows(units, monkeypatch):
    tests = fleet()
    monkeypatch.setattr("pumpperf.interchange.frames.in_words.BLOCK", 7)
    frame = to_frame(tests).set_index(pd.Index([f"w{i}" for i in range(30)]))
    found = findings(frame, units=units, keep=["rate_m3d"])
    wanted = [
        (test.pump_test_id, worded_in(one, units))
        for test in tests
        for one in check_test(test, PUMPPERF_2026)
    ]
    assert found["pump_test_id"].tolist() == [name for name, _ in wanted]
    assert found["reading_obs_no"].tolist() == [one.reading_obs_no for _, one in wanted]
    for name in ("code", "severity", "words", "look_at"):
        assert found[name].tolist() == [getattr(one, name) for _, one in wanted]
    assert found["inputs"].str.split().tolist() == [list(one.inputs) for _, one in wanted]
    of_row = frame.loc[found["row"]]
    assert of_row["pump_test_id"].tolist() == found["pump_test_id"].tolist()
    assert of_row["reading_obs_no"].tolist() == found["reading_obs_no"].tolist()
    assert found.columns[0] == "rate_m3d"
    np.testing.assert_array_equal(found["rate_m3d"], of_row["rate_m3d"])


def test_findings_of_lines_without_names_and_of_no_lines():
    frame = pd.DataFrame({"lift_type": ["PCP", "ESP"], "rate_m3d": [1.0, 2.0]})
    found = findings(frame)
    assert found["pump_test_id"].isna().all()
    assert found["reading_obs_no"].isna().all()
    assert set(found["row"]) == {0, 1}
    empty = findings(frame[:0])
    assert (len(empty), list(empty.columns)) == (0, list(found.columns))
    with pytest.raises(RowError, match="rate_m3d = -1.0: expected"):
        findings(frame.assign(rate_m3d=-1.0))


def test_findings_of_a_result_are_a_table_too():
    sheet = JetReading(rate_m3d=100.0, pressure_rise_kpa=8000.0, input_power_kw=5.0)
    (result, _) = result_of(a_test(sheet), assumptions=PUMPPERF_2026, user_id="ana", at=DAY)
    table = to_frame(result.findings, units="field")
    assert table["code"].tolist() == [one.code for one in result.findings]
    (words,) = to_frame([result], units="field")["findings"]
    assert [one.words for one in words] == table["words"].tolist()


def test_words_are_in_the_units_wanted():
    # 120 m3/d = 754.8 bbl/d against 0.5 l x 100/min = 72 m3/d = 452.9 bbl/d
    sheet = PcpReading(rate_m3d=120.0, revolution_displacement_l=0.5, speed_rpm=100.0)
    finding = check_test(a_test(sheet, runtime_h=24.0), PUMPPERF_2026)[0]
    words = "volumetric efficiency is 1.667: {} while running is more than the {} that it displaces"
    assert finding.words == words.format("120 m3/d", "72 m3/d")
    assert worded_in(finding, "field").words == words.format("754.8 bbl/d", "452.9 bbl/d")
    assert worded_in(finding, {"m3d": "gpm"}).words == words.format("22.01 gpm", "13.21 gpm")
    assert worded_in(finding, "metric") is finding
    other = attrs.evolve(finding, words="somebody wrote other words")
    assert worded_in(other, "field") is other
    with pytest.raises(UnitError, match="imperial"):
        worded_in(finding, "imperial")


def test_equal_quantities_are_each_said_in_the_units_wanted():
    shallow = attrs.evolve(
        reading_of(EspReading),
        minimum_frequency_hz=50.0,
        frequency_hz=40.0,
        fluid_level_m=5.0,
        pump_depth_m=5.0 - 1e-9,
    )
    found = {
        one.code: worded_in(one, "field") for one in check_test(a_test(shallow), PUMPPERF_2026)
    }
    assert found["LEVEL_BELOW_PUMP"].words == "fluid level 16.4 ft lies below the pump, 16.4 ft"
    assert "frequency 40 Hz" in found["FREQUENCY_OUTSIDE_RANGE"].words


# ---- what a line says of its test


def test_a_line_without_test_is_a_field_test_that_ran_all_of_the_time():
    frame = pd.DataFrame({"lift_type": ["PCP"], "rate_m3d": [10.0]})
    table = evaluate(frame)
    assert table["running_rate_m3d"].tolist() == [10.0]
    assert "RUNTIME_MISSING" in table["findings"][0].split()
    bench = evaluate(frame.assign(test_type="BENCH"))
    assert bench["running_rate_m3d"].tolist() == [10.0]
    assert "RUNTIME_MISSING" not in bench["findings"][0].split()


def test_the_rate_is_that_of_the_running_time():
    frame = labelled(
        lift_type=["PCP"] * 2,
        test_type=["BENCH", "FIELD"],
        rate_m3d=[10, 10],
        runtime_min=[720, 0],
        duration_d=[1.0, 1.0],
    )
    assert evaluate(frame)["running_rate_m3d"].tolist() == pytest.approx(
        [20.0, math.nan], nan_ok=True
    )


@pytest.mark.parametrize(
    ("dates", "stale"),
    [
        ({"rate_date": 0, "power_date": 72}, False),
        ({"rate_date": 0, "power_date": 73}, True),
        ({"rate_date": 73, "power_date": 0}, True),
        ({"test_date": 0, "power_date": 73}, True),
        ({"test_date": 73, "rate_date": 0}, True),
        ({"test_date": 500}, False),
        ({"rate_date": 500}, False),
    ],
)
def test_rate_and_power_of_different_days_are_found(dates, stale):
    frame = pd.DataFrame({"lift_type": ["PCP"], "input_power_kw": [10.0]})
    zone = dt.timezone(dt.timedelta(hours=-6))
    for i, (name, hours) in enumerate(dates.items()):
        when = DAY + dt.timedelta(hours=hours)
        frame[name] = pd.to_datetime([when.astimezone(zone if i else UTC)])
    assert ("STALE_PAIRING" in evaluate(frame)["findings"][0].split()) is stale


# ---- forms of a column


def numbers_in(values, dtype):
    return pd.Series(values, dtype=dtype)


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([10, 20], "int64"),
        ([10.0, 20.0], "float64"),
        ([10.0, 20.0], "float32"),
        ([10, 20], "Int64"),
        ([10.0, 20.0], "Float64"),
        ([10, 20], object),
        ([10, 20.0], object),
    ],
)
def test_numbers_come_in_any_type_of_column(values, dtype):
    frame = pd.DataFrame({"lift_type": ["PCP"] * 2, "rate_m3d": numbers_in(values, dtype)})
    assert evaluate(frame)["running_rate_m3d"].tolist() == [10.0, 20.0]


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([10.0, math.nan], "float64"),
        ([10, pd.NA], "Int64"),
        ([10.0, None], object),
        ([10, None], object),
        ([10, math.nan], object),
    ],
)
def test_holes_come_in_any_type_of_column(values, dtype):
    frame = pd.DataFrame({"lift_type": ["PCP"] * 2, "rate_m3d": numbers_in(values, dtype)})
    rate = evaluate(frame)["running_rate_m3d"]
    assert rate[0] == 10.0
    assert math.isnan(rate[1])


@pytest.mark.parametrize("dtype", [object, "float64", "Float64"])
def test_an_empty_column_is_no_instrument(dtype):
    empty = pd.Series([None, None], dtype=dtype)
    frame = pd.DataFrame({"lift_type": ["PCP"] * 2, "rate_bpd": empty, "speed_spm": empty})
    assert evaluate(frame)["running_rate_m3d"].isna().all()


@pytest.mark.parametrize("dtype", [object, "string", "category"])
def test_codes_come_as_texts_or_categories(dtype):
    tests = fleet()[::-1]
    frame = to_frame(tests)
    for name in ("lift_type", "test_type"):
        frame[name] = frame[name].astype(object).astype(dtype)
    assert_same(evaluate(frame), by_rows(tests))
    assert rows_of(frame, PumpTest) == tuple(tests)


def test_a_quotient_beyond_all_numbers_is_absent_in_its_line_alone():
    frame = labelled(
        lift_type=["PCP"] * 2, rate_m3d=[1.0, 1e300], runtime_h=[1.0, 1e-300], duration_h=[1.0] * 2
    )
    found = evaluate(frame)
    assert found["running_rate_m3d"].isna().tolist() == [False, True]
    told = ["BEYOND_ANY_NUMBER" in codes.split() for codes in found["findings"]]
    assert told == [False, True]
    with pytest.raises(RowError, match="running_rate_m3d"):
        duty(PcpReading(rate_m3d=1e300), running_share=1e-300)


# ---- faults of a table that is evaluated


DATES = pd.to_datetime(["2026-01-01", "2026-01-02"])
HALF = {"lift_type": ["SUCKER_ROD_PUMP"] * 2, "card_position_m": [(0.0, 1.0), (0.0, 1.0)]}

COLUMN_FAULTS = {
    "unknown": ({"ratte_m3d": [1.0, 1.0]}, "ratte_m3d is unknown", "rate_m3d"),
    "another kind of unit": ({"rate_psi": [1.0, 1.0]}, "rate_psi ", *units.RATE.scales),
    "gauge": ({"casing_pressure_barg": [1.0, 1.0]}, "casing_pressure_barg is", "atmosphere_kpa"),
    "texts": ({"rate_m3d": [1.0, "2"]}, "line b, rate_m3d = '2'", "finite number"),
    "bools": ({"water_cut": [True, 0.5]}, "line a, water_cut = True", "finite number"),
    "bools and holes": ({"water_cut": [True, None]}, "line a, water_cut = True", "finite number"),
    "dates": (
        {"rate_m3d": [None, DATES[0]]},
        "line b, rate_m3d = 2026-01-01T00:00:00",
        "finite number",
    ),
    "inf": ({"rate_bpd": [1.0, math.inf]}, "line b, rate_bpd = ", "inf", "finite"),
    "minus inf": ({"input_power_kw": [1.0, -math.inf]}, "line b, input_power_kw = ", "finite"),
    "negative": ({"rate_bpd": [0.0, -5.0]}, "line b, rate_bpd = ", "-5.0", "at least 0"),
    "zero": (
        {"lift_type": ["SUCKER_ROD_PUMP"] * 2, "plunger_diameter_in": [1.0, 0.0]},
        "line b, plunger_diameter_in = ",
        "above 0",
    ),
    "foreign": (
        {"lift_type": ["PCP", "ESP"], "speed_rpm": [90.0, 91.0]},
        "line b, speed_rpm = ",
        "91.0",
        "PCP",
    ),
    "foreign to both": (
        {"speed_spm": [None, 6.0]},
        "line b, speed_spm = ",
        "6.0",
        "HYDRAULIC_PISTON",
        "SUCKER_ROD_PUMP",
    ),
    "code": ({"lift_type": ["PCP", "GAS"]}, "line b, lift_type = 'GAS'", *LiftType),
    "no code": ({"lift_type": ["PCP", None]}, "line b, lift_type = ", *LiftType),
    "no code at all": ({"lift_type": [None, "PCP"]}, "line a, lift_type = None", *LiftType),
    "foreign to no known system": (
        {"lift_type": ["PCP", "GAS"], "speed_rpm": [90.0, 91.0]},
        "line b, lift_type = 'GAS'",
    ),
    "foreign to no system": (
        {"lift_type": ["PCP", None], "speed_rpm": [90.0, 91.0]},
        "line b, lift_type = ",
    ),
    "number for a code": ({"lift_type": [1, "PCP"]}, "line a, lift_type = 1", *LiftType),
    "type of test": ({"test_type": ["BENCH", "LAB"]}, "line b, test_type = 'LAB'", "BENCH, FIELD"),
    "naive dates": ({"test_date": [DATES[0], None]}, "line a, test_date = 2026-01-01T", "naive"),
    "texts for dates": ({"rate_date": ["a", None]}, "line a, rate_date = 'a'", "UTC offset"),
    "numbers for dates": ({"power_date": [1.0, None]}, "line a, power_date = 1.0", "UTC offset"),
    "unequal cards": (
        {**HALF, "card_load_lbf": [(1.0, 2.0), (1.0, 2.0, 3.0)]},
        "line b, card_position_m has 2 points and card_load_lbf 3",
        "as many",
    ),
    "a card as text": (
        {**HALF, "card_load_kn": [(0.0, 1.0), "[0, 1]"]},
        "line b, card_load_kn = '[0, 1]': expected a sequence",
    ),
    "half a downhole card": (
        {"lift_type": ["SUCKER_ROD_PUMP"] * 2, "downhole_load_kn": [(0.0, 1.0), None]},
        "line a",
        "downhole_position",
        "downhole_load",
    ),
    "half a card": ({**HALF, "card_position_m": [(0.0, 1.0), None]}, "line a, card_position_m has"),
    "half a card in a line": (
        {**HALF, "card_load_kn": [(1.0, 2.0), None]},
        "line b",
        "card_position",
        "card_load",
    ),
    "a card twice": (
        {**HALF, "card_load_kn": HALF["card_position_m"], "card_load_n": [(0.0, 1.0), None]},
        "line a, card_load_n gives card_load_kn a second time",
    ),
    "minimum above maximum": (
        {"minimum_speed_rpm": [1.0, 5.0], "maximum_speed_rps": [0.1, 0.05]},
        "line b, minimum_speed_rpm = 5.0",
        "maximum_speed_rps = 0.05",
    ),
    "runtime above duration": (
        {"runtime_h": [24.0, 25.0], "duration_d": [1.0, 1.0]},
        "line b, runtime_h = 25.0",
        "duration_d = 1.0",
    ),
    "runtime without duration": (
        {"runtime_h": [1.0, 1.0], "duration_h": [1.0, None]},
        "line b, runtime_h ",
        "without duration_h",
    ),
    "runtime without any duration": (
        {"runtime_min": [None, 1.0]},
        "line b, runtime_min ",
        "without duration_h",
    ),
    "a card of another system": (
        {"lift_type": ["SUCKER_ROD_PUMP", "ESP"], "card_position_m": [None, ()]},
        "line b, card_position_m = (): expected only where",
        "SUCKER_ROD_PUMP",
    ),
    "twice": ({"rate_m3d": [1.0, 1.0], "rate_bpd": [None, 1.0]}, "line b, rate_bpd ", "once"),
}


@each_fault(COLUMN_FAULTS, "cells")
def test_a_fault_names_its_column(cells, start, parts):
    fault = fault_of(evaluate, labelled(**{"lift_type": ["PCP"] * 2, **cells}))
    assert_says(fault, start, parts)


@pytest.mark.parametrize("point", [math.nan, math.inf, -math.inf, None, "x", True])
@pytest.mark.parametrize("half", ["card_position_in", "card_load_kn"])
def test_a_point_of_a_card_is_a_finite_number(half, point):
    frame = pd.DataFrame({"lift_type": ["SUCKER_ROD_PUMP"] * 4}, index=list("abcd"))
    frame["card_position_in"] = [(0.0, 1.0)] * 2 + [(0.0, 1.0, 2.0)] * 2
    frame["card_load_kn"] = frame["card_position_in"]
    assert len(evaluate(frame)) == 4
    frame[half] = pd.Series([*frame[half][:3], (0.0, point, 2.0)], index=frame.index)
    fault = fault_of(evaluate, frame)
    assert fault.startswith(f"line d, {half}[1] = {point!r}: expected a finite number")


def test_an_unequal_card_is_named_by_its_line_among_many():
    frame = pd.DataFrame({"lift_type": ["SUCKER_ROD_PUMP"] * 4}, index=list("abcd"))
    frame["card_position_m"] = [(0.0, 1.0)] * 4
    frame["card_load_kn"] = [(0.0, 1.0), (0.0, 1.0), (0.0,), (0.0, 1.0)]
    assert fault_of(evaluate, frame).startswith("line c")


def test_duplicate_and_unknown_columns_and_a_missing_lift_type_come_together():
    frame = labelled(rate_m3d=[1.0, 2.0], Rate=[1.0, 2.0])
    frame = pd.concat([frame, frame[["rate_m3d"]]], axis=1)
    assert_starts(
        faults_of(evaluate, frame),
        ["Rate has no unit", "column rate_m3d stands more than once", "lift_type is missing"],
    )


def test_the_faults_of_all_columns_come_in_one_error():
    frame = labelled(
        lift_type=["PCP", "GAS"],
        test_type=["LAB", "BENCH"],
        test_date=DATES,
        rate_m3d=[-1.0, 1.0],
        rate_bpd=[1.0, 1.0],
        water_cut=["a", "b"],
        frequency_hz=[50.0, None],
        casing_pressure_kpa=[math.inf, 1.0],
        minimum_speed_rpm=[2.0, None],
        maximum_speed_rpm=[1.0, None],
        card_load_kn=[(1.0,), None],
    )
    assert_starts(
        faults_of(evaluate, frame),
        [
            "line b, lift_type = 'GAS'",
            "line a, test_type = 'LAB'",
            "line a, test_date = 2026",
            "line b, test_date = 2026",
            "line a, rate_m3d = -1.0",
            "line a, rate_bpd gives",
            "line a, water_cut = 'a'",
            "line a, frequency_hz = ",
            "line a, casing_pressure_kpa = ",
            "line a, minimum_speed_rpm = 2.0",
            "line a, card_load_kn = ",
        ],
    )


def test_columns_that_say_nothing_of_the_pump_are_let_pass():
    frame = to_frame(fleet(), units="field").assign(remark="x", uwi="W1")
    assert len(evaluate(frame)) == len(frame)


def test_a_result_table_is_no_table_of_tests():
    result = a_result(Duty(running_rate_m3d=1.0), Duty())
    frame = to_frame([result])
    assert frame["lift_type"].tolist() == ["PCP", "PCP"]
    assert frame["running_rate_m3d"].tolist() == pytest.approx([1.0, math.nan], nan_ok=True)
    assert any(fault.startswith("running_rate_m3d") for fault in faults_of(evaluate, frame))
