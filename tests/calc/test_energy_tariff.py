"""Tariffs and demand minute by minute on the local clock, and bills by hand."""

import datetime as dt
from collections import defaultdict
from functools import reduce
from itertools import pairwise
from operator import add
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_energy_fleet import BERLIN, HOUR, NAN, Shifting, at, close, columns

from pumpperf.calc.energy import (
    EVERY_DAY,
    EVERY_MONTH,
    WEEKEND,
    WORKDAYS,
    Band,
    Span,
    Tariff,
    energy_cost,
    monthly_demand,
    power_steps,
    steps,
)
from pumpperf.errors import ArgumentError

SUMMER = (4, 5, 6, 7, 8, 9)
WINTER = (1, 2, 3, 10, 11, 12)


def span(start_h, end_h, weekdays=EVERY_DAY, months=EVERY_MONTH):
    return Span(start_h=start_h, end_h=end_h, weekdays=weekdays, months=months)


FLAT = Band(name="flat", price_per_kwh=0.1, spans=(span(0, 24),))
BANDS = (
    Band(name="peak", price_per_kwh=0.31, spans=(span(7, 22.5, WORKDAYS, SUMMER),)),
    Band(name="winter peak", price_per_kwh=0.27, spans=(span(6, 22, WORKDAYS, WINTER),)),
    Band(
        name="low",
        price_per_kwh=0.11,
        spans=(
            span(0, 7, WORKDAYS, SUMMER),
            span(22.5, 24, WORKDAYS, SUMMER),
            span(0, 6, WORKDAYS, WINTER),
            span(22, 24, WORKDAYS, WINTER),
            span(0, 24, WEEKEND),
        ),
    ),
)
TICK = np.timedelta64(1, "us")
TARIFF = Tariff(currency="EUR", bands=BANDS, demand_price_per_kw=8.0, demand_interval_h=0.25)
MINUTE = 60_000_000


def band_at(local):
    """The band of a local time, said once more in plain words."""
    hour = local.hour + local.minute / 60
    if local.weekday() >= 5:
        return "low"
    if local.month in SUMMER:
        return "peak" if 7 <= hour < 22.5 else "low"
    return "winter peak" if 6 <= hour < 22 else "low"


def minute_by_minute(log, first, last, gap, tzinfo, interval):
    """Energy and minutes by band, demand by month and intervals not told, minute by minute."""
    kept = sorted(t for t, p in log.items() if p == p)
    covered = {
        m: (log[a] + (log[b] - log[a]) * (m + 0.5 - a) / (b - a)) / 60
        for a, b in pairwise(kept)
        if b - a <= gap
        for m in range(a, b)
    }
    energy, minutes = defaultdict(float), defaultdict(int)
    intervals = defaultdict(list)
    for m in range(first, last):
        utc = at(m).item()
        local = tzinfo.fromutc(utc)
        minutes[band_at(local)] += 1
        energy[band_at(local)] += covered.get(m, 0.0)
        number = (local.hour * 60 + local.minute) // interval
        intervals[local.year, local.month, local.day, number, local - utc].append(m)
    demand, untold = {}, defaultdict(int)
    for (year, month, *_), inside in intervals.items():
        begin, end = inside[0], inside[-1] + 1
        demand.setdefault((year, month), NAN)
        sampled = any(begin <= t <= end for t in kept)
        if len(inside) == interval and sampled and all(m in covered for m in inside):
            mean = sum(covered[m] for m in inside) * 60 / interval
            known = demand[year, month]
            demand[year, month] = mean if known != known else max(known, mean)
        else:
            untold[year, month] += 1
    return energy, minutes, demand, untold


@given(
    fleet=st.dictionaries(
        st.sampled_from(["a", "b", "c"]),
        st.dictionaries(st.integers(-60, 3000), st.floats(-20.0, 400.0), min_size=1, max_size=40),
        max_size=3,
    ),
    first=st.integers(-30, 600),
    length=st.integers(1, 2200),
    gap=st.sampled_from([20, 100, 400]),
    interval=st.sampled_from([15, 30, 60]),
    tzinfo=st.sampled_from(
        [
            Shifting(1, ("2026-03-29T01:00", 2)),
            Shifting(2, ("2026-03-29T01:00", 1)),
            Shifting(11, ("2026-03-29T15:00", 10.5)),
            Shifting(5.75, ("2026-03-31T18:20", 5.5)),
        ]
    ),
    block=st.sampled_from([3, 1 << 18]),
)
def test_costs_are_those_of_the_single_minutes(fleet, first, length, gap, interval, tzinfo, block):
    offset = 2 * 1440 if tzinfo.first_h == 5.75 else 0
    fleet = {name: {t + offset: p for t, p in log.items()} for name, log in fleet.items()}
    first += offset
    last = first + length
    tariff = Tariff(
        currency="EUR", bands=BANDS, demand_price_per_kw=8.0, demand_interval_h=interval / 60
    )
    time, power, by = columns(fleet)
    found_steps = power_steps(time=at(time), power_kw=power, longest_gap_h=gap / 60.0, by=by)
    with patch.object(steps, "_BLOCK", block):
        found = energy_cost(
            steps=found_steps, window=(at(first), at(last)), tariff=tariff, tzinfo=tzinfo
        )
    assert found.band == ("peak", "winter peak", "low")
    months = [(m.year, m.month) for m in found.month.astype(object)]
    for g, name in enumerate(found.group):
        energy, minutes, demand, untold = minute_by_minute(
            fleet[name], first, last, gap, tzinfo, interval
        )
        assert found.band_us.tolist() == [minutes[band] * MINUTE for band in found.band]
        assert found.energy_kwh[g].tolist() == [close(energy[band]) for band in found.band]
        assert months == sorted(demand)
        for i, month in enumerate(months):
            assert found.demand_kw[g, i] == pytest.approx(
                demand[month], rel=1e-9, abs=1e-9, nan_ok=True
            )
            assert found.incomplete_intervals[g, i] == untold[month]
        prices = [0.31, 0.27, 0.11]
        assert found.energy_cost[g].tolist() == [
            close(kwh * price) for kwh, price in zip(found.energy_kwh[g], prices, strict=True)
        ]
        shown = [*found.energy_cost[g], *found.demand_cost[g]]
        assert found.total_cost[g] == pytest.approx(reduce(add, shown), rel=0, abs=0, nan_ok=True)
        assert found.total_energy_kwh[g] == reduce(add, found.energy_kwh[g])
        if found.covered_us[g].sum() == 0:
            expected = "no_cover"
        elif np.isnan(found.demand_kw[g]).any():
            expected = "no_demand"
        else:
            whole = (found.covered_us[g] == found.band_us).all()
            expected = "ok" if whole else "gaps"
        assert found.status[g] == expected


def always(window, step_min, kw=1.0):
    minutes = np.arange(0, (window[1] - window[0]).astype(np.int64) // MINUTE + 1, step_min)
    time = window[0] + minutes * np.timedelta64(MINUTE, "us")
    return power_steps(time=time, power_kw=np.full(time.size, kw), longest_gap_h=step_min / 60)


def test_the_hour_that_repeats_is_paid_twice_and_the_one_that_is_skipped_not_at_all():
    night = Tariff(
        currency="EUR",
        bands=(
            Band(name="night", price_per_kwh=0.1, spans=(span(2, 3),)),
            Band(name="rest", price_per_kwh=0.2, spans=(span(0, 2), span(3, 24))),
        ),
        demand_price_per_kw=None,
        demand_interval_h=None,
    )
    for begin, end, hours in (
        ("2026-03-27T23", "2026-03-28T23", [1, 23]),
        ("2026-03-28T23", "2026-03-29T22", [0, 23]),
        ("2026-10-24T22", "2026-10-25T23", [2, 23]),
    ):
        window = np.datetime64(begin, "us"), np.datetime64(end, "us")
        found = energy_cost(steps=always(window, 60), window=window, tariff=night, tzinfo=BERLIN)
        assert found.energy_kwh.tolist() == [hours]
        assert (found.band_us / HOUR).tolist() == hours
        assert found.total_cost[0] == close(0.1 * hours[0] + 0.2 * hours[1])
        assert found.status.tolist() == ["ok"]
        assert found.month.size == found.demand_kw.size == 0


def test_pumps_in_a_utility_s_leaflet():
    # 50 hp at 0.746 kW each, 8.03 per kW and 0.034 per kWh, for five hours of July.
    july = np.datetime64("2026-07-01", "us"), np.datetime64("2026-08-01", "us")
    tariff = Tariff(
        currency="USD",
        bands=(Band(name="all", price_per_kwh=0.034, spans=(span(0, 24),)),),
        demand_price_per_kw=8.03,
        demand_interval_h=0.25,
    )
    five = np.datetime64("2026-07-07T10", "us")
    bill = energy_cost(
        steps=always((five, five + np.timedelta64(5, "h")), 15, 37.3),
        window=july,
        tariff=tariff,
        tzinfo=dt.UTC,
    )
    assert bill.demand_cost[0, 0] == pytest.approx(299.52, abs=0.005)
    assert bill.energy_cost[0, 0] == pytest.approx(6.34, abs=0.005)
    assert bill.total_cost[0] == bill.energy_cost[0, 0] + bill.demand_cost[0, 0]
    assert bill.incomplete_intervals.tolist() == [[31 * 96 - 20]]
    assert bill.status.tolist() == ["gaps"]


def test_each_billing_month_has_its_own_demand():
    minutes = np.arange(0, 60 * 24 * 6 + 1, 15)
    time = np.datetime64("2026-01-29T23", "us") + minutes * np.timedelta64(MINUTE, "us")
    power = np.where(minutes < 60 * 24 * 2, 40.0, 90.0)
    found = monthly_demand(
        steps=power_steps(time=time, power_kw=power, longest_gap_h=0.25),
        window=(time[0], time[-1]),
        tzinfo=Shifting(1),
        demand_interval_h=0.25,
    )
    assert found.month.astype(str).tolist() == ["2026-01", "2026-02"]
    # The step from 40 to 90 kW ends with January: its last interval has the mean of both.
    assert found.demand_kw[0].tolist() == [close(65.0), close(90.0)]
    assert found.incomplete_intervals.tolist() == [[0, 0]]


def test_bills_add_up_in_the_order_shown():
    rng = np.random.default_rng(7)
    time = np.datetime64("2026-01-01", "us") + np.arange(8761) * np.timedelta64(HOUR, "us")
    bands = tuple(
        Band(name=f"hour {h}", price_per_kwh=rng.uniform(0.1, 0.4), spans=(span(h, h + 1),))
        for h in range(24)
    )
    found = energy_cost(
        steps=power_steps(
            time=np.tile(time, 20),
            power_kw=rng.uniform(0, 99, 20 * 8761),
            longest_gap_h=1.0,
            by=np.repeat(np.arange(20), 8761),
        ),
        window=(time[0], time[-1]),
        tariff=Tariff(currency="EUR", bands=bands, demand_price_per_kw=7.77, demand_interval_h=1.0),
        tzinfo=dt.UTC,
    )
    assert found.demand_cost.shape == (20, 12)
    for g in range(20):
        shown = [*found.energy_cost[g], *found.demand_cost[g]]
        assert found.total_cost[g] == reduce(add, shown)
        assert found.total_energy_kwh[g] == reduce(add, found.energy_kwh[g])


def test_an_interval_without_a_sample_of_its_own_tells_no_demand():
    window = np.datetime64("2026-01-01T00", "us"), np.datetime64("2026-01-01T03", "us")
    asked = {"window": window, "tzinfo": dt.UTC, "demand_interval_h": 0.25}
    hourly = monthly_demand(steps=always(window, 60), **asked)
    # Of four intervals in an hour the two in the middle lie between samples.
    assert hourly.incomplete_intervals.tolist() == [[6]]
    nothing = monthly_demand(
        steps=power_steps(time=[], power_kw=[], longest_gap_h=1.0, by=[]), **asked
    )
    assert nothing.demand_kw.shape == (0, 1)
    long = power_steps(
        time=[window[0] - TICK, window[1] + TICK], power_kw=[5, 5], longest_gap_h=4.0
    )
    found = energy_cost(steps=long, window=window, tariff=TARIFF, tzinfo=dt.UTC)
    assert found.status.tolist() == ["no_demand"]
    assert found.total_energy_kwh.tolist() == [close(15.0)]
    assert np.isnan(found.total_cost).all()


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ((), "Monday in month 1 from 0:00:00 is in no band: expected one band"),
        (
            (Band(name="day", price_per_kwh=0.1, spans=(span(7, 22), span(22.25, 24))),),
            "Monday in month 1 from 0:00:00 is in no band",
        ),
        (
            (FLAT, Band(name="peak", price_per_kwh=0.3, spans=(span(7.5, 22, WEEKEND, (7,)),))),
            "Saturday in month 7 from 7:30:00 is in flat and in peak: expected one band",
        ),
        (
            (
                Band(name="work", price_per_kwh=0.1, spans=(span(0, 24, WORKDAYS),)),
                Band(name="rest", price_per_kwh=0.3, spans=(span(0, 22, WEEKEND),)),
            ),
            "Saturday in month 1 from 22:00:00 is in no band",
        ),
        ((FLAT, FLAT), "bands flat, flat: expected names that differ"),
        (
            (Band(name="flat", price_per_kwh=NAN, spans=(span(0, 24),)),),
            "price of flat = nan: expected a finite number",
        ),
    ],
)
def test_bands_that_do_not_hold_every_time_once_are_refused(bands, message):
    with pytest.raises(ArgumentError, match=message):
        Tariff(currency="EUR", bands=bands, demand_price_per_kw=None, demand_interval_h=None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"demand_price_per_kw": 8.0}, "demand_price_per_kw and demand_interval_h: expected both"),
        ({"demand_interval_h": 0.25}, "demand_price_per_kw and demand_interval_h: expected both"),
        (
            {"demand_price_per_kw": np.inf, "demand_interval_h": 1.0},
            "price of demand = inf: expected a finite number",
        ),
        *(
            (
                {"demand_price_per_kw": 8.0, "demand_interval_h": hours},
                f"demand_interval_h = {hours}: expected a whole part of a day",
            )
            for hours in (0.0, -1.0, 0.7, 25.0, 48.0, NAN)
        ),
    ],
)
def test_demand_charges_that_are_none_are_refused(change, message):
    none = {"demand_price_per_kw": None, "demand_interval_h": None}
    with pytest.raises(ArgumentError, match=message):
        Tariff(currency="EUR", bands=(FLAT,), **none | change)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((22, 6), "start_h = 22, end_h = 6: expected hours of a day in order"),
        ((5, 5), "start_h = 5, end_h = 5: expected hours of a day in order"),
        ((-1, 5), "start_h = -1, end_h = 5: expected hours"),
        ((0, 24.5), "start_h = 0, end_h = 24.5: expected hours"),
        ((0, NAN), "start_h = 0, end_h = nan: expected hours"),
        ((0, 24, (7,)), r"weekdays = \(7,\): expected 0"),
        ((0, 24, EVERY_DAY, (0, 1)), r"months = \(0, 1\): expected 1 to 12"),
    ],
)
def test_spans_that_are_none_are_refused(arguments, message):
    with pytest.raises(ArgumentError, match=message):
        span(*arguments)
