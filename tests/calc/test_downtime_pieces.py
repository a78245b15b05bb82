"""Downtime as pieces, and downtime before a date, against a count of single minutes."""

from itertools import groupby, pairwise

import numpy as np
import pytest
from downtimes import PRIORITY, stops
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.calc.downtime import downtime, downtime_before_h, downtime_intervals
from pumpperf.errors import ArgumentError

START = np.datetime64("2026-02-28T22:15:00", "us")
MINUTE = np.timedelta64(1, "m")

LENGTH = st.none() | st.integers(0, 30)
EVENTS = stops(st.integers(-20, 60), LENGTH, ["P1", "P10", "P2"], most=10)
WIDTH = st.integers(1, 50)


def _columns(events):
    return {
        "start": np.array([START + b * MINUTE for b, *_ in events], dtype="datetime64[us]"),
        "end": np.array(
            ["NaT" if n is None else START + (b + n) * MINUTE for b, n, *_ in events],
            dtype="datetime64[us]",
        ),
    }


def _pieces(events, width, **more):
    return downtime_intervals(
        **_columns(events),
        category=[category for *_, category, _ in events],
        window=(START, START + width * MINUTE),
        priority=PRIORITY,
        **more,
    )


def _minute(events, minute):
    """The strongest category of a minute, if any."""
    there = {c for b, n, c, _ in events if b <= minute and (n is None or minute < b + n)}
    return next((i for i, name in enumerate(PRIORITY) if name in there), None)


def _runs(events, width):
    """Begin, end and category of every run of minutes of one category."""
    at, found = 0, []
    for category, run in groupby(_minute(events, minute) for minute in range(width)):
        length = len(list(run))
        if category is not None:
            found.append((at, at + length, category))
        at += length
    return found


def _listed(pieces, which=slice(None)):
    edges = ((edge[which] - START) // MINUTE for edge in (pieces.start, pieces.end))
    return list(zip(*(e.tolist() for e in edges), pieces.category[which].tolist(), strict=True))


@given(events=EVENTS, width=WIDTH)
def test_pieces_are_the_runs_of_minutes_of_one_category(events, width):
    pieces = _pieces(events, width)
    assert _listed(pieces) == _runs(events, width)
    assert pieces.group is None
    assert pieces.offset.tolist() == [0, pieces.start.size]
    assert pieces.priority == PRIORITY


@given(events=EVENTS, width=WIDTH, among=st.booleans())
def test_pieces_of_groups_are_as_many_separate_ones(events, width, among):
    pumps = [pump for *_, pump in events]
    fleet = {"P1", "P10", "P2", "P3"}
    pieces = _pieces(events, width, by=pumps, among=sorted(fleet) if among else None)
    assert pieces.group.tolist() == sorted(fleet if among else set(pumps))
    for g, (pump, (low, high)) in enumerate(
        zip(pieces.group, pairwise(pieces.offset), strict=True)
    ):
        own = [event for event in events if event[3] == pump]
        assert _listed(pieces, slice(low, high)) == _runs(own, width)
        assert set(pieces.index[low:high].tolist()) <= {g}


@given(events=EVENTS, width=WIDTH)
def test_pieces_are_as_long_as_the_parts_of_downtime(events, width):
    pumps = [pump for *_, pump in events]
    pieces = _pieces(events, width, by=pumps)
    account = downtime(
        **_columns(events),
        category=[category for *_, category, _ in events],
        window=(START, START + width * MINUTE),
        priority=PRIORITY,
        by=pumps,
    )
    lengths = (pieces.end - pieces.start).astype(np.int64)
    for i, name in enumerate(PRIORITY):
        mine = pieces.category == i
        part = np.bincount(pieces.index[mine], lengths[mine], pieces.group.size)
        assert part.tolist() == account.part_us[name].tolist()


QUERIES = st.lists(
    st.tuples(st.integers(-40, 100), st.sampled_from(["P1", "P10", "P2", "P3"])), max_size=8
)


def _before(events, minute, until):
    """Minutes before one in which any event lasted, as far as is known."""
    return sum(
        any(b <= m and m < (until if n is None else b + n) for b, n, *_ in events)
        for m in range(-30, min(minute, until))
    )


@given(events=EVENTS, queries=QUERIES)
def test_downtime_before_a_date_is_a_count_of_minutes(events, queries):
    until = 100
    found = downtime_before_h(
        **_columns(events),
        by=[pump for *_, pump in events],
        at=np.array([START + m * MINUTE for m, _ in queries], dtype="datetime64[us]"),
        at_by=[pump for _, pump in queries],
        until=START + until * MINUTE,
    )
    assert (found * 60.0).tolist() == pytest.approx(
        [_before([e for e in events if e[3] == pump], m, until) for m, pump in queries], abs=1e-9
    )


@given(events=EVENTS, minutes=st.lists(st.integers(-40, 70), min_size=1, max_size=5))
def test_downtime_of_one_pump_needs_no_label(events, minutes):
    found = downtime_before_h(
        **_columns(events),
        by=None,
        at=[START + m * MINUTE for m in minutes],
        at_by=None,
        until=START + 70 * MINUTE,
    )
    assert (found * 60.0).tolist() == pytest.approx(
        [_before(events, m, 70) for m in minutes], abs=1e-9
    )


def test_operating_age_is_calendar_age_less_downtime():
    day = np.timedelta64(1, "D")
    down = downtime_before_h(
        start=[START + 10 * day, START + 12 * day, START + 100 * day],
        end=[START + 14 * day, START + 13 * day, np.datetime64("NaT", "us")],
        by=[2, 2, 1],
        at=[START + 12 * day, START + 20 * day, START + 110 * day],
        at_by=[2, 2, 1],
        until=START + 110 * day,
    )
    assert (down / 24.0).tolist() == [2.0, 4.0, 10.0]


def test_centuries_and_many_pumps_take_more_bits_than_there_are():
    pumps = 70_000
    label = np.arange(pumps)
    old, new = np.datetime64("0001-01-01", "us"), np.datetime64("2026-01-01", "us")
    found = downtime_before_h(
        start=np.full(pumps, new) - (1 + label) * np.timedelta64(1, "h"),
        end=np.full(pumps, new),
        by=label,
        at=np.array([new, new, old]),
        at_by=np.array([0, pumps - 1, 5]),
        until=new,
    )
    assert found.tolist() == [1.0, float(pumps), 0.0]


ASKED = {
    "start": [START],
    "end": [START + MINUTE],
    "by": ["a"],
    "at": [START + MINUTE],
    "at_by": ["a"],
    "until": START + 2 * MINUTE,
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"at": [START + 3 * MINUTE]}, r"at\[0\] lies after until = .*: expected none"),
        ({"at": [np.datetime64("NaT", "us")]}, r"at\[0\] is missing: expected a date"),
        (
            {"until": np.datetime64("NaT", "us"), "at": [], "at_by": []},
            r"until\[0\] is missing: expected a date",
        ),
        ({"by": None}, r"only one of by and at_by"),
        ({"at_by": None}, r"only one of by and at_by"),
        ({"by": ["a", "b"]}, r"by has 2 labels for 1 entries"),
        ({"at_by": ["a", "b"]}, r"at_by has 2 labels for 1 entries"),
        ({"end": [START - MINUTE]}, r"stop 0 ends before it begins"),
        ({"end": []}, r"1 stops with 1 begins and 0 ends"),
    ],
)
def test_dates_and_labels_that_do_not_go_together_are_refused(change, message):
    with pytest.raises(ArgumentError, match=message):
        downtime_before_h(**ASKED | change)


def test_nothing_asked_is_nothing_answered():
    assert downtime_before_h(**ASKED | {"at": [], "at_by": []}).tolist() == []
    assert downtime_before_h(**ASKED | {"start": [], "end": [], "by": []}).tolist() == [0.0]


def test_the_date_that_lies_after_the_end_is_named():
    with pytest.raises(ArgumentError, match=r"at\[1\] lies after until"):
        downtime_before_h(
            start=["2026-01-01"],
            end=["2026-01-02"],
            by=None,
            at=["2026-01-03", "2026-02-02", "2026-01-04"],
            at_by=None,
            until=np.datetime64("2026-02-01"),
        )
