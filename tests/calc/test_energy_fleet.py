"""Energy of a whole fleet, by window and period, against exact fractions step by step."""

import datetime as dt
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from operator import add
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.calc.energy import energy_kwh, local_periods, period_energies, power_steps, steps
from pumpperf.errors import ArgumentError

START = np.datetime64("2026-03-28T23:00:00.000000", "us")
HOUR = 3_600_000_000
NAN = float("nan")

POWER = st.floats(-50.0, 1000.0).map(lambda kw: round(kw, 6))
PUMP = st.dictionaries(st.integers(-40, 100), POWER | st.just(NAN), max_size=9)
FLEET = st.dictionaries(st.sampled_from(["P1", "P2", "P3", "P10"]), PUMP, max_size=4)
EDGES = st.sets(st.integers(-45, 105), min_size=2, max_size=7).map(sorted)
GAP = st.integers(1, 60)


def at(minutes):
    return START + np.asarray(minutes, dtype=np.int64) * np.timedelta64(60_000_000, "us")


def columns(fleet, order=None):
    """Times [min], powers and labels of {pump: {minute: power}}, in some order."""
    flat = [(t, p, name) for name, log in fleet.items() for t, p in log.items()]
    if order is not None:
        flat = [flat[i] for i in order]
    return [row[0] for row in flat], [row[1] for row in flat], [row[2] for row in flat]


def exact(log, first, last, gap):
    """Energy and covered minutes of {minute: power} in fractions, step by step."""
    total, covered = Fraction(0), 0
    kept = sorted(t for t, p in log.items() if p == p)
    for a, b in pairwise(kept):
        low, high = max(a, first), min(b, last)
        if b - a > gap or low >= high:
            continue
        line = [
            Fraction(log[a]) + (Fraction(log[b]) - Fraction(log[a])) * Fraction(t - a, b - a)
            for t in (low, high)
        ]
        total += sum(line) / 2 * (high - low)
        covered += high - low
    return float(total / 60), covered


def close(expected):
    return pytest.approx(expected, rel=1e-12, abs=1e-9)


@given(fleet=FLEET, edges=EDGES, gap=GAP, data=st.data(), block=st.sampled_from([2, 5, 1 << 18]))
def test_a_fleet_is_accounted_as_each_pump_by_itself(fleet, edges, gap, data, block):
    fleet = {name: log for name, log in fleet.items() if log}
    size = sum(map(len, fleet.values()))
    time, power, by = columns(fleet, data.draw(st.permutations(range(size))))
    asked = {"time": at(time), "power_kw": power, "longest_gap_h": gap / 60.0, "by": by}
    window = (at(edges[0]), at(edges[-1]))
    with patch.object(steps, "_BLOCK", block):
        found = energy_kwh(window=window, **asked)
        parts = period_energies(steps=power_steps(**asked), edge=at(edges))
    assert found.group.tolist() == parts.group.tolist() == sorted(fleet)
    for g, name in enumerate(found.group):
        log = fleet[name]
        kept = [p for p in log.values() if p == p]
        kwh, covered = exact(log, edges[0], edges[-1], gap)
        assert found.energy_kwh[g] == close(kwh)
        assert found.covered_us[g] == covered * 60_000_000
        assert found.samples[g] == len(kept)
        assert found.missing_samples[g] == len(log) - len(kept)
        assert found.negative_samples[g] == sum(p < 0 for p in kept)
        for i, (a, b) in enumerate(pairwise(edges)):
            kwh, covered = exact(log, a, b, gap)
            assert parts.energy_kwh[g, i] == close(kwh)
            assert parts.covered_us[g, i] == covered * 60_000_000
            assert parts.gap_us[g, i] == (b - a - covered) * 60_000_000
        alone = energy_kwh(
            time=at(list(log)), power_kw=list(log.values()), longest_gap_h=gap / 60.0, window=window
        )
        assert alone.energy_kwh[0] == close(found.energy_kwh[g])
        assert alone.covered_us[0] == found.covered_us[g]
        assert alone.status[0] == found.status[g]
        assert parts.total_energy_kwh[g] == reduce(add, parts.energy_kwh[g])
    assert (parts.total_covered_us == found.covered_us).all()
    assert parts.total_energy_kwh.tolist() == [close(kwh) for kwh in found.energy_kwh]
    assert (parts.covered_h + parts.gap_h).tolist() == [
        close(np.diff(edges) / 60.0) for _ in found.group
    ]


@given(fleet=FLEET, gap=GAP, scale=st.sampled_from([1e-150, 1e-8, 1e8, 1e150]))
def test_energy_keeps_its_digits_at_any_scale(fleet, gap, scale):
    time, power, by = columns(fleet)
    asked = {"time": at(time), "window": (at(0), at(80)), "longest_gap_h": gap / 60.0, "by": by}
    plain = energy_kwh(power_kw=power, **asked)
    scaled = energy_kwh(power_kw=np.array(power) * scale, **asked)
    largest = max((abs(p) for p in power if p == p), default=0.0)
    assert np.abs(scaled.energy_kwh / scale - plain.energy_kwh).max(initial=0.0) <= 1e-12 * largest
    assert (scaled.covered_us == plain.covered_us).all()


def test_groups_far_apart_in_time_are_sorted_without_one_key():
    early, late = np.datetime64("0001-01-01", "us"), np.datetime64("9999-12-30", "us")
    hour = np.timedelta64(HOUR, "us")
    names = list(range(40))
    time = [t for n in names for t in ((early, early + hour) if n % 2 else (late, late + hour))]
    found = energy_kwh(
        time=time[::-1],
        power_kw=[float(n) for n in names for _ in range(2)][::-1],
        window=(early, late + hour),
        longest_gap_h=1.0,
        by=np.repeat(names, 2)[::-1],
    )
    assert found.energy_kwh.tolist() == [close(n) for n in names]


def test_no_step_leads_from_one_pump_to_the_next():
    found = energy_kwh(
        time=at([0, 10, 20, 30, 40]),
        power_kw=[6.0] * 5,
        window=(at(0), at(60)),
        longest_gap_h=1.0,
        by=["a", "b", "b", "c", "d"],
    )
    assert (found.covered_us // 60_000_000).tolist() == [0, 10, 0, 0]


def test_duplicates_of_each_pump_are_told_and_counted_once():
    found = energy_kwh(
        time=at([0, 60, 0, 60, 60, 0, 60]),
        power_kw=[6.0, 6.0, 6.0, 6.0, 6.0, 9.0, 9.0],
        window=(at(0), at(60)),
        longest_gap_h=1.0,
        by=["a"] * 5 + ["b"] * 2,
    )
    assert found.energy_kwh.tolist() == [6.0, 9.0]
    assert found.duplicates.tolist() == [3, 0]
    assert found.samples.tolist() == [5, 2]


def test_no_pump_no_entry_and_a_lost_log_covers_nothing():
    none = energy_kwh(time=[], power_kw=[], window=(at(0), at(1)), longest_gap_h=1.0, by=[])
    assert none.energy_kwh.shape == none.status.shape == (0,)
    lost = energy_kwh(
        time=at([0, 0, 60]),
        power_kw=[NAN, 5.0, 5.0],
        window=(at(0), at(60)),
        longest_gap_h=1.0,
        by=["a", "b", "b"],
    )
    assert lost.status.tolist() == ["no_cover", "ok"]
    assert lost.missing_samples.tolist() == [1, 0]
    assert np.isnan(lost.mean_power_kw[0])
    assert lost.mean_power_kw[1] == 5.0


class Shifting(dt.tzinfo):
    """A local time whose offset from UTC changes at given times of UTC."""

    def __init__(self, first_h, *changes):
        """Begin with an offset [h] and go over to another at each (ISO time in UTC, offset)."""
        self.first_h = first_h
        self.changes = [(dt.datetime.fromisoformat(when), offset) for when, offset in changes]

    def fromutc(self, when):
        naive = when.replace(tzinfo=None)
        hours = [offset for change, offset in self.changes if change <= naive]
        return when + dt.timedelta(hours=hours[-1] if hours else self.first_h)


BERLIN = Shifting(1, ("2026-03-29T01:00", 2), ("2026-10-25T01:00", 1))
YEAR = (np.datetime64("2025-12-31T23", "us"), np.datetime64("2026-12-31T23", "us"))


def cut(periods):
    edges = periods.edge.astype(np.int64)
    hours = [int(us) / HOUR for us in edges[1:] - edges[:-1]]
    return dict(zip(periods.label.astype(str).tolist(), hours, strict=True))


def test_days_and_months_of_a_year_with_two_changes_of_the_clock():
    days = cut(local_periods(window=YEAR, tzinfo=BERLIN, period="day"))
    assert len(days) == 365
    assert {day: hours for day, hours in days.items() if hours != 24.0} == {
        "2026-03-29": 23.0,
        "2026-10-25": 25.0,
    }
    months = cut(local_periods(window=YEAR, tzinfo=BERLIN, period="month"))
    assert [months[f"2026-{m:02}"] / 24 for m in (1, 2, 3, 10)] == [
        31,
        28,
        31 - 1 / 24,
        31 + 1 / 24,
    ]
    assert len(months) == 12
    hours = local_periods(window=YEAR, tzinfo=BERLIN, period="hour")
    assert set(np.diff(hours.edge).astype(np.int64).tolist()) == {HOUR}
    assert hours.label.size == 8760
    twice = hours.label == np.datetime64("2026-10-25T02")
    assert np.flatnonzero(np.diff(np.flatnonzero(twice)) == 1).size == 1
    assert not (hours.label == np.datetime64("2026-03-29T02")).any()


@pytest.mark.parametrize(
    ("tzinfo", "window", "days"),
    [
        # Midnight does not exist on the day of the change.
        (
            Shifting(-3, ("2018-11-04T03:00", -2)),
            ("2018-11-03T03", "2018-11-06T02"),
            {"2018-11-03": 24.0, "2018-11-04": 23.0, "2018-11-05": 24.0},
        ),
        # At midnight the clock is put back into the old day.
        (
            Shifting(-2, ("2018-02-18T02:00", -3)),
            ("2018-02-17T02", "2018-02-19T03"),
            {"2018-02-17": 25.0, "2018-02-18": 24.0},
        ),
        # One minute past midnight it is: the old day is shown again, but does not begin again.
        (
            Shifting(-2.5, ("2010-11-07T02:31", -3.5)),
            ("2010-11-06T02:30", "2010-11-08T03:30"),
            {"2010-11-06": 24.0, "2010-11-07": 25.0},
        ),
        # A whole day is left out.
        (
            Shifting(-10, ("2011-12-30T10:00", 14)),
            ("2011-12-29T10", "2011-12-31T10"),
            {"2011-12-29": 24.0, "2011-12-31": 24.0},
        ),
        # Two changes within a day, and one at the window's end.
        (
            Shifting(0, ("2026-01-01T06:00", 1), ("2026-01-01T12:00", 3), ("2026-01-02T21:00", 0)),
            ("2026-01-01T00", "2026-01-02T21"),
            {"2026-01-01": 21.0, "2026-01-02": 24.0},
        ),
        (
            Shifting(-1, ("1900-01-01T00:00", -0.5)),
            ("1899-12-30T01", "1900-01-02T00:30"),
            {"1899-12-30": 24.0, "1899-12-31": 23.5, "1900-01-01": 24.0},
        ),
    ],
)
def test_days_of_odd_clocks(tzinfo, window, days):
    edges = tuple(np.datetime64(edge, "us") for edge in window)
    assert cut(local_periods(window=edges, tzinfo=tzinfo, period="day")) == days


def test_a_half_hour_change_cuts_the_hour():
    lord_howe = Shifting(11, ("2026-04-04T15:00", 10.5))
    window = (np.datetime64("2026-04-04T13", "us"), np.datetime64("2026-04-04T17:30", "us"))
    found = local_periods(window=window, tzinfo=lord_howe, period="hour")
    lengths = np.diff(found.edge).astype(np.int64) / HOUR
    assert lengths.tolist() == [1.0, 1.0, 0.5, 1.0, 1.0]
    assert found.label.astype(str).tolist() == [f"2026-04-05T{h:02}" for h in (0, 1, 1, 2, 3)]


def test_a_log_of_a_year_is_shared_by_days_of_23_24_and_25_hours():
    hours = np.arange(YEAR[0], YEAR[1] + np.timedelta64(1, "us"), np.timedelta64(HOUR, "us"))
    found = power_steps(time=hours, power_kw=np.ones(hours.size), longest_gap_h=1.0)
    days = local_periods(window=YEAR, tzinfo=BERLIN, period="day")
    energy = period_energies(steps=found, edge=days.edge)
    assert energy.energy_kwh[0].tolist() == list(cut(days).values())
    assert energy.total_energy_kwh.tolist() == [8760.0]
    assert energy.total_covered_us.tolist() == [8760 * HOUR]


@pytest.mark.parametrize(
    ("edge", "message"),
    [
        ([at(0)], "edge has 1 entries: expected at least 2"),
        ([at(0), at(0)], r"edge\[1\] = .*: expected one after"),
        ([at(0), at(5), at(5), at(6)], r"edge\[2\] = .*: expected one after"),
        ([at(0), np.datetime64("NaT", "us"), at(6)], r"edge\[1\] is missing: expected a date"),
        ([at(0), at(1), np.datetime64("NaT", "us")], r"edge\[2\] is missing: expected a date"),
    ],
)
def test_edges_that_are_none_are_refused(edge, message):
    found = power_steps(time=[], power_kw=[], longest_gap_h=1.0)
    with pytest.raises(ArgumentError, match=message):
        period_energies(steps=found, edge=edge)


class Timeless(dt.tzinfo):
    def utcoffset(self, when):
        return None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"period": "week"}, "period = 'week': expected one of hour, day, month"),
        ({"tzinfo": "Europe/Berlin"}, "tzinfo = 'Europe/Berlin': expected a datetime.tzinfo"),
        ({"tzinfo": Timeless()}, "tzinfo = .*: expected a datetime.tzinfo that tells"),
        (
            {"tzinfo": Shifting(-9), "window": (np.datetime64("0001-01-01"), YEAR[0])},
            "expected a datetime.tzinfo that tells its offset at 0001-01-01",
        ),
    ],
)
def test_local_times_that_are_none_are_refused(change, message):
    with pytest.raises(ArgumentError, match=message):
        local_periods(**{"window": YEAR, "tzinfo": BERLIN, "period": "day"} | change)
