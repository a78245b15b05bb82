"""Deferred production against quadrature of the rate, and against textbook integrals."""

import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from downtimes import PRIORITY, stops
from hypothesis import example, given
from hypothesis import strategies as st

from pumpperf.calc.downtime import deferred_production, downtime_intervals
from pumpperf.errors import ArgumentError

NAN = float("nan")
DATE = np.datetime64("2026-01-01T00:00", "us")
HOUR = np.timedelta64(1, "h")

EVENTS = stops(st.integers(-300, 900), st.integers(1, 300), [3, 1, 2], most=6)
DECLINE = st.sampled_from([0.0, 1e-12, 1e-5]) | st.floats(1e-4, 0.5) | st.floats(0.5, 1000.0)
EXPONENT = st.sampled_from([0.0, 1e-300, 1e-9, 0.5, 1.0, 1.0 + 1e-9, 2.0]) | st.floats(0.0, 2.0)


def _pieces(events, **more):
    return downtime_intervals(
        start=np.array([DATE + b * HOUR for b, *_ in events], dtype="datetime64[us]"),
        end=np.array([DATE + (b + n) * HOUR for b, n, *_ in events], dtype="datetime64[us]"),
        category=[category for *_, category, _ in events],
        window=(DATE - 400 * HOUR, DATE + 1300 * HOUR),
        priority=PRIORITY,
        **more,
    )


def _deferred(pieces, **more):
    asked = {
        "rate_m3d": 100.0,
        "rate_date": DATE,
        "decline_per_d": 0.0,
        "exponent": 0.0,
        "flush_share": 0.0,
    }
    return deferred_production(downtime=pieces, **asked | more)


def _rate(days, decline, exponent):
    """Arps' own formula; before the test the rate of the test."""
    days = max(days, 0.0)
    if exponent < 1e-12:
        return math.exp(-decline * days)
    if exponent < 1e-3:  # the power of a number so near to 1 has no digits left
        return math.exp(-math.log1p(exponent * decline * days) / exponent)
    return (1.0 + exponent * decline * days) ** (-1.0 / exponent)


NODES, WEIGHTS = np.polynomial.legendre.leggauss(20)


def _quadrature(first, last, decline, exponent):
    """Gauss and Legendre on stretches that lengthen as the rate flattens."""
    edges, days = [first], max(first, 0.0)
    if first < 0.0 < last:
        edges.append(0.0)
    step = 0.5 / decline if decline else math.inf
    while days + step < last:
        days += step
        step *= 1.5
        edges.append(days)
    total = 0.0
    for low, high in zip(edges, [*edges[1:], last], strict=True):
        middle, half = (low + high) / 2.0, (high - low) / 2.0
        rates = [_rate(middle + half * node, decline, exponent) for node in NODES]
        total += half * float(WEIGHTS @ rates)
    return total


@given(
    first=st.floats(-10.0, 50.0), days=st.floats(0.001, 40.0), decline=DECLINE, exponent=EXPONENT
)
@example(first=0.0, days=10.0, decline=0.1, exponent=1.0)
def test_the_volume_of_a_piece_is_the_quadrature_of_its_rate(first, days, decline, exponent):
    begin, end = (DATE + np.timedelta64(round(d * 86400e6), "us") for d in (first, first + days))
    pieces = downtime_intervals(
        start=begin,
        end=end,
        category="planned",
        window=(DATE - 400 * HOUR, DATE + 3000 * HOUR),
        priority=PRIORITY,
    )
    found = _deferred(pieces, decline_per_d=decline, exponent=exponent)
    first, last = ((edge - DATE) / np.timedelta64(1, "D") for edge in (begin, end))
    expected = 100.0 * _quadrature(first, last, decline, exponent)
    assert found.deferred_m3[0] == pytest.approx(expected, rel=1e-8, abs=1e-290)
    assert found.last_rate_m3d[0] == pytest.approx(
        100.0 * _rate(last, decline, exponent), rel=1e-9, abs=1e-290
    )


@given(
    first=st.floats(0.0, 300.0),
    days=st.floats(1.0, 400.0),
    decline=st.floats(1e-3, 0.1),
    exponent=st.sampled_from([0.0, 0.3, 0.7, 1.0, 1.4, 2.0]),
)
def test_the_volume_is_a_difference_of_the_textbooks_cumulatives(first, days, decline, exponent):
    def cumulative(t):
        if exponent == 0.0:
            return 100.0 / decline * (1.0 - math.exp(-decline * t))
        if exponent == 1.0:
            return 100.0 / decline * math.log(1.0 + decline * t)
        power = (1.0 + exponent * decline * t) ** ((exponent - 1.0) / exponent)
        return 100.0 / ((1.0 - exponent) * decline) * (1.0 - power)

    begin, end = (DATE + np.timedelta64(round(d * 86400e6), "us") for d in (first, first + days))
    pieces = downtime_intervals(
        start=begin, end=end, category="a", window=(DATE, DATE + 20_000 * HOUR), priority=["a"]
    )
    found = _deferred(pieces, decline_per_d=decline, exponent=exponent)
    first, last = ((edge - DATE) / np.timedelta64(1, "D") for edge in (begin, end))
    expected = cumulative(last) - cumulative(first)
    assert found.deferred_m3[0] == pytest.approx(expected, rel=1e-9, abs=1e-11 / decline)


@given(events=EVENTS, decline=st.floats(0.0, 0.2), exponent=EXPONENT, flush=st.floats(0.0, 1.0))
def test_parts_are_sums_of_pieces_and_add_up_exactly(events, decline, exponent, flush):
    found = _deferred(_pieces(events), decline_per_d=decline, exponent=exponent, flush_share=flush)
    pieces = _pieces(events)
    edges = ((edge - DATE) / np.timedelta64(1, "D") for edge in (pieces.start, pieces.end))
    volumes = [100.0 * _quadrature(*ends, decline, exponent) for ends in zip(*edges, strict=True)]
    for i, name in enumerate(PRIORITY):
        mine = [v for v, c in zip(volumes, pieces.category, strict=True) if c == i]
        assert found.part_m3[name][0] == pytest.approx(math.fsum(mine), rel=1e-8)
    assert list(found.part_m3) == list(PRIORITY)
    external, planned, unplanned = (found.part_m3[name][0] for name in PRIORITY)
    assert found.deferred_m3[0] == external + planned + unplanned
    assert found.net_lost_m3[0] == found.deferred_m3[0] * (1.0 - flush)
    early = sum(_hours_before(events))
    assert found.before_test_h[0] == pytest.approx(early)
    assert math.isnan(found.last_rate_m3d[0]) == (not events)


def _hours_before(events):
    return [
        any(begin <= hour < begin + length for begin, length, *_ in events)
        for hour in range(-400, 0)
    ]


@given(
    events=EVENTS,
    rates=st.permutations([(1, 50.0, 0.0, 0.0), (3, 80.0, 0.1, 1.0), (7, 9.0, 0.2, 0.5)]),
)
def test_every_pump_has_its_own_rate_in_any_order(events, rates):
    by = [pump for *_, pump in events]
    pieces = _pieces(events, by=by, among=[1, 2, 3])
    label, rate, decline, exponent = zip(*rates, strict=True)
    dates = [DATE + one * HOUR for one in label]
    found = _deferred(
        pieces,
        rate_m3d=rate,
        rate_date=dates,
        decline_per_d=decline,
        exponent=exponent,
        rate_by=label,
    )
    assert found.group.tolist() == [1, 2, 3]
    assert found.status.tolist() == ["ok", "no_rate", "ok"]
    assert np.isnan([found.deferred_m3[1], found.before_test_h[1], found.net_lost_m3[1]]).all()
    for i, pump in ((0, 1), (2, 3)):
        j = label.index(pump)
        alone = _deferred(
            _pieces([event for event in events if event[3] == pump]),
            rate_m3d=rate[j],
            rate_date=dates[j],
            decline_per_d=decline[j],
            exponent=exponent[j],
        )
        for name in ("deferred_m3", "before_test_h", "last_rate_m3d"):
            got, expected = getattr(found, name)[i], getattr(alone, name)[0]
            assert got == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_a_constant_rate_is_lost_by_the_hour():
    found = _deferred(_pieces([(-10, 34, "planned", 1), (100, 12, "unplanned", 1)]))
    assert {name: part.tolist() for name, part in found.part_m3.items()} == {
        "external": [0.0],
        "planned": [pytest.approx(100.0 * 34 / 24)],
        "unplanned": [pytest.approx(50.0)],
    }
    assert found.before_test_h.tolist() == [10.0]
    assert found.last_rate_m3d.tolist() == [100.0]


@pytest.mark.parametrize("scale", [1e-8, 1e8, 1e150])
def test_rates_of_any_size_scale_volumes(scale):
    pieces = _pieces([(5, 100, "planned", 1)])
    one, other = (
        _deferred(pieces, rate_m3d=rate, decline_per_d=0.01, exponent=0.7)
        for rate in (100.0, 100.0 * scale)
    )
    assert other.deferred_m3 == pytest.approx(one.deferred_m3 * scale, rel=1e-12)


def test_no_pieces_and_no_pumps():
    found = _deferred(_pieces([]), flush_share=0.5)
    assert (found.deferred_m3.tolist(), found.net_lost_m3.tolist()) == ([0.0], [0.0])
    assert found.status.tolist() == ["ok"]
    empty = _deferred(_pieces([], by=[]), rate_m3d=[], rate_date=[], rate_by=[])
    assert empty.deferred_m3.tolist() == []
    never = _deferred(_pieces([], by=[], among=[4]), rate_m3d=[], rate_date=[], rate_by=[])
    assert never.status.tolist() == ["no_rate"]
    with pytest.raises(FrozenInstanceError):
        never.flush_share = 1.0


ONE = [(0, 5, "planned", 1), (9, 5, "planned", 2)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rate_m3d": [1.0, -1.0]}, r"rate_m3d\[1\] = -1.0"),
        ({"rate_m3d": [1.0, NAN]}, r"rate_m3d\[1\] = nan"),
        ({"rate_m3d": [1.0]}, r"rate_by has 2 labels for 1 rates"),
        ({"rate_date": [DATE, np.datetime64("NaT", "us")]}, r"rate_date\[1\] is missing"),
        ({"rate_date": DATE}, r"rate_date has 1 entries for 2 of rate_m3d"),
        ({"decline_per_d": -0.1}, r"decline_per_d\[0\] = -0.1"),
        ({"decline_per_d": [0.1, 1001.0]}, r"decline_per_d\[1\] = 1001.0: expected at most 1000"),
        ({"decline_per_d": [0.1] * 3}, r"decline_per_d has 3 entries for 2 of rate_m3d"),
        ({"exponent": 2.5}, r"exponent\[0\] = 2.5: expected at most 2"),
        ({"flush_share": 1.5}, r"flush_share = 1.5: expected 0 to 1"),
        ({"flush_share": NAN}, r"flush_share = nan"),
        ({"rate_by": [1, 1]}, r"rate_by names 1 twice: expected once"),
        ({"rate_by": [1, "a"]}, r"expected labels of one kind"),
        ({"rate_by": None}, r"only one of downtime and rates has labels"),
    ],
)
def test_rates_that_cannot_be_are_refused(change, message):
    asked = {"rate_m3d": [1.0, 2.0], "rate_date": [DATE] * 2, "rate_by": [2, 1]}
    with pytest.raises(ArgumentError, match=message):
        _deferred(_pieces(ONE, by=[1, 2]), **asked | change)


def test_pieces_without_labels_have_one_rate():
    with pytest.raises(ArgumentError, match="rate_m3d has 2 entries: expected one"):
        _deferred(_pieces(ONE), rate_m3d=[1.0, 2.0], rate_date=[DATE] * 2)
    with pytest.raises(ArgumentError, match="only one of downtime and rates has labels"):
        _deferred(_pieces(ONE), rate_by=[1])
