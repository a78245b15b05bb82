"""Dates: one instant from every kind of column, and what is none is named."""

import datetime as dt

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from pumpperf.calc.downtime import deferred_production, downtime, downtime_intervals
from pumpperf.calc.energy import (
    energy_kwh,
    meter_steps,
    metered_energy_kwh,
    monthly_demand,
    period_energies,
)
from pumpperf.calc.groups import is_missing
from pumpperf.calc.inputs import column
from pumpperf.calc.intervals.dates import NAT_US, microseconds, window_us
from pumpperf.calc.intervals.timeline import Timeline
from pumpperf.errors import ArgumentError
from pumpperf.reliability.measures import pareto, repeat_failures

HOUR_US = 3_600_000_000
NOON = 12 * HOUR_US
CHICAGO = dt.timezone(dt.timedelta(hours=-6))
AWARE = dt.datetime(1970, 1, 1, 6, tzinfo=CHICAGO)
SERIES = pd.Series(pd.to_datetime([AWARE, None], utc=True))


@pytest.mark.parametrize(
    "times",
    [
        np.array(["1970-01-01T12", "NaT"], dtype="datetime64[h]"),
        np.array(["1970-01-01T12", "NaT"], dtype="datetime64[ns]"),
        [AWARE, None],
        [AWARE, np.datetime64("NaT", "us")],
        [np.datetime64("1970-01-01T12"), pd.NaT],
        [np.datetime64("1970-01-01T12"), AWARE, pd.NA][::2],
        [AWARE.astimezone(dt.UTC).replace(tzinfo=None), float("nan")],
        ["1970-01-01T06:00-06:00", "NaT"],
        ["1970-01-01T12:00Z", None],
        ["1970-01-01 12:00", None],
        SERIES,
        SERIES.dt.tz_convert("America/Chicago"),
        SERIES.astype(object),
        pd.DatetimeIndex(SERIES).tz_convert("Europe/Berlin"),
        SERIES.dt.tz_localize(None),
        SERIES.astype("category"),
        pd.Series(["1970-01-01T06:00-06:00", None]),
        pd.Series(["1970-01-01T06:00-06:00", None], dtype="string"),
        pd.Series([AWARE, None], dtype=pd.ArrowDtype(pa.timestamp("us", tz="America/Chicago"))),
        pa.array([AWARE, None], type=pa.timestamp("ms", tz="UTC")),
        pa.chunked_array([[AWARE], [None]], type=pa.timestamp("us", tz="UTC")),
        pl.Series([AWARE, None]),
    ],
    ids=lambda times: f"{type(times).__module__}.{type(times).__name__}",
)
def test_an_instant_is_the_same_from_every_column(times):
    assert microseconds(times=times, name="start").tolist() == [NOON, NAT_US]


@pytest.mark.parametrize(
    "times",
    [
        dt.date(1970, 1, 2),
        [dt.date(1970, 1, 2)],
        pd.Series([dt.date(1970, 1, 2)], dtype=pd.ArrowDtype(pa.date32())),
        pl.Series([dt.date(1970, 1, 2)]),
        pd.Timestamp("1970-01-02"),
        "1970-01-02",
    ],
    ids=repr,
)
def test_a_day_is_its_begin_in_utc(times):
    assert microseconds(times=times, name="start").tolist() == [24 * HOUR_US]


def test_nothing_is_no_date():
    for none in ([], pd.Series([], dtype=object), pd.Series([], dtype=float)):
        assert microseconds(times=none, name="end").size == 0
    assert microseconds(times=pd.Series([np.nan, np.nan]), name="end").tolist() == [NAT_US] * 2


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ([AWARE, 5], r"start\[1\] = 5: expected a date, such as 2026-01-31T12:00Z"),
        (["1970-13-01"], r"start\[0\] = '1970-13-01': expected a date"),
        ([AWARE, b"1970"], r"start\[1\] = b'1970': expected a date"),
        (["9999-12-31T23:00-05:00"], r"start\[0\] = '9999.*: expected a date"),
        (np.array([0, 2**62], dtype="datetime64[us]"), r"start\[1\] = .* the years 1 to 9999"),
        (np.array(["586000"], dtype="datetime64[Y]"), r"start\[0\] = 586000: .* the years 1"),
        (np.array([-(2**62)], dtype="datetime64[ms]"), r"start\[0\] = .* the years 1 to 9999"),
        ([AWARE, np.datetime64("586000", "Y")], r"start\[1\] = .*586000.*: expected a date"),
        (np.ma.masked_array(["1970-01-01"], mask=[True]), r"start\[0\] is masked"),
    ],
)
def test_what_is_no_date_is_named(times, words):
    with pytest.raises(ArgumentError, match=words):
        microseconds(times=times, name="start")


def test_a_window_may_tell_its_offset():
    assert window_us(window=(AWARE, np.datetime64("1970-01-02"))) == (NOON, 24 * HOUR_US)
    with pytest.raises(ArgumentError, match="expected a later end"):
        window_us(window=(np.datetime64("1970-01-01T12"), AWARE))


def test_downtime_energy_and_repeats_take_offsets():
    window = (AWARE, AWARE + dt.timedelta(hours=10))
    times = [AWARE + dt.timedelta(hours=h) for h in (1, 4)]
    down = downtime(start=[times[0]], end=[times[1]], category=["a"], window=window, priority=["a"])
    assert down.downtime_h.tolist() == [3.0]
    log = energy_kwh(time=times, power_kw=[2.0, 2.0], window=window, longest_gap_h=3.0)
    assert log.energy_kwh.tolist() == [6.0]
    meter = {"time": times, "meter_kwh": [1.0, 7.0], "longest_gap_h": 3.0, "rollover_kwh": None}
    assert metered_energy_kwh(window=window, **meter).energy_kwh.tolist() == [6.0]
    steps = meter_steps(**meter)
    assert period_energies(steps=steps, edge=[*times, window[1]]).energy_kwh.tolist() == [[6.0, 0]]
    demand = monthly_demand(steps=steps, window=window, tzinfo=dt.UTC, demand_interval_h=1.0)
    assert demand.demand_kw.tolist() == [[2.0]]
    lost = deferred_production(
        downtime=downtime_intervals(
            start=times[0], end=times[1], category="a", window=window, priority=["a"]
        ),
        rate_m3d=24.0,
        rate_date=times[0] + dt.timedelta(hours=1),
        decline_per_d=0.0,
        exponent=0.0,
        flush_share=0.0,
    )
    assert (lost.deferred_m3.tolist(), lost.before_test_h.tolist()) == ([3.0], [1.0])
    failed = pd.Series(pd.to_datetime([*times, None], utc=True))
    found = repeat_failures(failed_at=failed, well=["A", "A", "B"], within_h=4.0, level=0.9)
    assert found.repeat_wells.tolist() == [1.0]


def test_numbers_and_categories_of_tables_are_taken_alike():
    for values in (
        pd.array([1, None], dtype="Int64"),
        pd.Series([1, None], dtype="Int64"),
        np.array([1, pd.NA], dtype=object),
        pl.Series([1, None]),
        pa.array([1, None]),
    ):
        np.testing.assert_array_equal(column(values=values, name="x"), [1.0, np.nan])
    with pytest.raises(ArgumentError, match="x: expected numbers"):
        column(values=np.array(["1", 2], dtype=object), name="x")
    words = pd.array(["SAND", None, "SAND"], dtype="string")
    assert pareto(category=words, level=0.9).unknown_share.tolist() == [1 / 3]
    assert [is_missing(value=one) for one in (None, pd.NA, np.nan, "NA", 0)] == [True] * 3 + [
        False
    ] * 2


@pytest.mark.parametrize("unit", [1, 1_000, 1_000_000, 60_000_000])
def test_a_line_too_long_for_64_bits_measures_the_same(unit):
    rng = np.random.default_rng(unit)
    group = rng.integers(0, 5, 400)
    begin = rng.integers(0, 2_000, 400) * unit + unit // 2
    end, asked = begin + rng.integers(0, 90, 400) * unit, begin[::-1].copy()

    def before(groups):
        line = Timeline(groups=groups, times=(begin, end, asked))
        down = line.union(group, begin, end)
        index = line.groups(down[0])
        found = line.lengths_before_us(down, line.places(group, asked))
        return index.tolist(), line.times_us(down[1]).tolist(), found.tolist()

    expected = before(5)
    assert before(2**63 // (1_000 * unit)) == expected  # ticks, where all are whole in one
    assert before(2**60) == expected  # ranks


class NoOffset(dt.tzinfo):
    """A time zone that tells no offset."""

    def utcoffset(self, when):
        return None


@pytest.mark.parametrize("zone", [NoOffset(), dt.tzinfo()])
def test_a_time_zone_without_an_offset_makes_no_instant(zone):
    """Python takes such a date as one of the machine's own time zone."""
    vague = dt.datetime(2026, 1, 31, tzinfo=zone)
    with pytest.raises(ArgumentError, match=r"start\[1\] = .*: expected a date, such as"):
        microseconds(times=["2026-01-31", vague], name="start")
