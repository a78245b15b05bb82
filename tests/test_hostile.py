"""What comes in by mistake or by malice is refused in words, whole, and never evaluated."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from pumpperf import (
    ArgumentError,
    Equipment,
    EspReading,
    PcpReading,
    PumpTest,
    RodReading,
    RowError,
)
from pumpperf.calc.downtime import downtime, mean_time_to_restore_h
from pumpperf.calc.energy import energy_kwh
from pumpperf.calc.hydraulics import head_m
from pumpperf.interchange.frames import evaluate, rows_of, to_frame
from pumpperf.interchange.ppdm import from_ppdm
from pumpperf.numeric import coalesce, ratio
from refusals import faults_of
from sample import a_test

CARD = ((0.0, 0.0, 3.0, 3.0), (20.0, 50.0, 50.0, 20.0))


def cards(position, load, lift_type="SUCKER_ROD_PUMP"):
    return pd.DataFrame(
        {
            "lift_type": [lift_type, "SUCKER_ROD_PUMP"],
            "speed_spm": [8.0 if lift_type == "SUCKER_ROD_PUMP" else np.nan, 8.0],
            "card_position_m": [position, CARD[0]],
            "card_load_kn": [load, CARD[1]],
        }
    )


@pytest.mark.parametrize("bad", [np.nan, np.inf, None, "a", True])
@pytest.mark.parametrize("half", [0, 1])
def test_a_card_of_a_table_is_as_good_as_that_of_a_row(bad, half):
    broken = [list(points) for points in CARD]
    broken[half][2] = bad
    with pytest.raises(RowError, match=r"line 0, card_.*expected a finite number"):
        evaluate(cards(*broken))
    assert faults_of(RodReading, card_position_m=tuple(broken[0]), card_load_kn=tuple(broken[1]))


def test_a_card_belongs_to_a_rod_pump():
    with pytest.raises(
        RowError, match="line 0, card_position_m = .*: expected only where lift_type is SUCKER"
    ):
        evaluate(cards(*CARD, lift_type="ESP"))


def test_a_good_card_is_worth_its_work():
    assert evaluate(cards(*CARD))["delivered_power_kw"].tolist() == [12.0, 12.0]


def test_a_stated_lowest_load_goes_before_that_of_the_card():
    table = cards(*CARD).assign(
        minimum_rod_load_kn=[10.0, np.nan], rod_weight_in_air_kn=[15.0, 15.0]
    )
    flagged = evaluate(table)["findings"].astype(str).str.contains("ROD_LOAD_ABOVE_WEIGHT")
    assert flagged.tolist() == [False, True]


def test_runtime_in_a_table_needs_its_duration():
    table = pd.DataFrame({"lift_type": ["PCP"], "rate_m3d": [5.0], "runtime_h": [12.0]})
    with pytest.raises(RowError, match="runtime_h is given without duration_h"):
        evaluate(table)


def test_beyond_any_number_is_absent_and_told():
    table = pd.DataFrame({"lift_type": ["PCP"], "rate_m3d": [1e200], "pressure_rise_kpa": [1e200]})
    found = evaluate(table).iloc[0]
    assert np.isnan(found["hydraulic_power_kw"])
    assert "BEYOND_ANY_NUMBER" in found["findings"].split()


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ({"RATE": 5.0, "rate": 7.0}, "a column twice, in upper and lower case"),
        ({"RATE": 5.0, "RATE_UNC": 1.0, "RATE_UNC_BPD": 1.0}, "RATE_UNC_BPD gives the uncertainty"),
        ({"RATE": 5.0, "RATE_UNC": "x"}, "RATE_UNC = 'x': expected a finite number"),
        ({"RATE": 5.0, "RATE_UNC": float("nan")}, "RATE_UNC = nan: expected a finite number"),
        ({"LIFT_TYPE": "ESP"}, "LIFT_TYPE = 'ESP': expected PCP"),
        ({3: 5.0}, "3 is unknown"),
    ],
)
def test_the_door_loses_nothing(record, fault):
    with pytest.raises(RowError, match=fault):
        from_ppdm(PcpReading, record)


def test_the_door_takes_columns_in_any_case_and_absent_ones():
    found = from_ppdm(PcpReading, {"lift_type": "PCP", "Rate_Bpd": 100, "RATE_UNC": None})
    assert found.rate_m3d == pytest.approx(15.8987294928, rel=1e-15)
    assert found.uncertainty == ()


def test_a_decimal_is_a_number():
    assert EspReading(rate_m3d=Decimal("12.5")).rate_m3d == 12.5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rate_m3d", 10**400),
        ("rate_date", dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=9)))),
        ("rate_date", pd.NaT),
    ],
)
def test_what_cannot_take_its_one_form_is_a_fault_of_its_field(field, value):
    assert any(field in fault for fault in faults_of(EspReading, **{field: value}))


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int64])
def test_numpy_scalars_are_scalars(kind):
    assert head_m(pressure_kpa=1000.0, density_kgm3=kind(850)) == pytest.approx(119.966, rel=1e-5)
    assert ratio(1.0, kind(4)) == 0.25
    assert coalesce(kind(3), 7.0) == 3.0


@pytest.mark.parametrize("numbers", [["a", None], [1, 1], [1, None]])
def test_readings_of_one_test_have_each_their_number(numbers):
    table = to_frame([a_test(EspReading(rate_m3d=1.0), EspReading(rate_m3d=2.0))])
    with pytest.raises(RowError, match="line 1, reading_obs_no = "):
        rows_of(table.assign(reading_obs_no=pd.Series(numbers, dtype=object)), PumpTest)


def test_a_table_holds_rows_of_one_class():
    rows = [a_test(EspReading(rate_m3d=1.0)), Equipment(equipment_id="P1", lift_type="ESP")]
    with pytest.raises(ArgumentError, match="rows of PumpTest and Equipment: expected one class"):
        to_frame(rows)


DAY = np.datetime64("2026-01-01T00:00", "us")


def account(**more):
    asked = {
        "time": [DAY, DAY + np.timedelta64(60, "m")],
        "power_kw": [1.0, 1.0],
        "window": (DAY, DAY + np.timedelta64(1, "D")),
        "longest_gap_h": 1.0,
    }
    return energy_kwh(**(asked | more))


def test_a_gap_of_whole_minutes_counts_steps_of_as_many():
    for minutes in range(1, 1441):
        end = DAY + np.timedelta64(minutes, "m")
        found = account(time=[DAY, end], window=(DAY, end), longest_gap_h=minutes / 60)
        assert found.gap_h == 0.0


def test_an_infinite_power_is_refused():
    with pytest.raises(ArgumentError, match=r"power_kw\[1\] = inf: expected a finite power"):
        account(power_kw=[1.0, np.inf])


def test_a_window_without_a_begin_is_refused():
    window = (np.datetime64("NaT", "us"), DAY)
    with pytest.raises(ArgumentError, match="window NaT"):
        account(window=window)
    with pytest.raises(ArgumentError, match="window NaT"):
        downtime(start=[DAY], end=[DAY], category=["a"], window=window, priority=("a",))


def test_a_restoration_takes_no_negative_time():
    with pytest.raises(ArgumentError, match=r"downtime_h\[0\] = -1.0: expected at least 0"):
        mean_time_to_restore_h(downtime_h=[-1.0, 3.0])
