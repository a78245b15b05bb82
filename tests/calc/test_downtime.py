"""Downtime against a count of single ticks, and the mean time to restore."""

import math
from collections import Counter
from dataclasses import FrozenInstanceError, dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from downtimes import PRIORITY
from hypothesis import example, given
from hypothesis import strategies as st

from pumpperf.calc.downtime import Downtime, downtime, mean_time_to_restore_h
from pumpperf.errors import ArgumentError

NAN = float("nan")
PUMPS = ("P1", "P10", "P2")
START = np.datetime64("2026-02-28T22:15:00.000000", "us")
MINUTE = 60_000_000
TICKS = (1, 7_919, MINUTE, 86_400_000_000)


@dataclass(frozen=True)
class Event:
    """Begin and end in ticks from the start; an end of None is still to come."""

    begin: int
    end: int | None
    category: str
    pump: str = "P1"


def _event(begin, length, category, pump):
    return Event(begin, None if length is None else begin + length, category, pump)


EVENT = st.builds(
    _event,
    begin=st.integers(-30, 70),
    length=st.none() | st.integers(0, 40),
    category=st.sampled_from(PRIORITY),
    pump=st.sampled_from(PUMPS),
)
EVENTS = st.lists(EVENT, max_size=12)
WIDTH = st.integers(1, 50)
TICK = st.sampled_from(TICKS)


def _at(ticks, tick=MINUTE):
    if ticks is None:
        return np.datetime64("NaT", "us")
    return START + np.timedelta64(ticks * tick, "us")


def _window(width, tick=MINUTE):
    return (_at(0, tick), _at(width, tick))


def _columns(events, tick=MINUTE):
    return {
        "start": np.array([_at(e.begin, tick) for e in events], dtype="datetime64[us]"),
        "end": np.array([_at(e.end, tick) for e in events], dtype="datetime64[us]"),
        "category": [e.category for e in events],
    }


def _account(events, width, tick=MINUTE, priority=PRIORITY, by=None):
    return downtime(**_columns(events, tick), window=_window(width, tick), priority=priority, by=by)


def _counted(events, width, priority=PRIORITY):
    """Ticks of each category: every tick looks at all events, and the strongest takes it."""
    found = Counter()
    for tick in range(width):
        there = {e.category for e in events if e.begin <= tick and (e.end is None or tick < e.end)}
        found.update([name for name in priority if name in there][:1])
    return [found[name] for name in priority]


def _parts(answer, priority=PRIORITY):
    return [answer.part_us[name].tolist() for name in priority]


@given(events=EVENTS, width=WIDTH, tick=TICK)
@example(events=[Event(0, 5, "planned"), Event(5, 10, "planned")], width=20, tick=MINUTE)
@example(events=[Event(2, 9, "unplanned"), Event(4, 6, "external")], width=20, tick=MINUTE)
@example(events=[Event(7, 7, "planned")], width=20, tick=MINUTE)
@example(events=[Event(-9, None, "planned"), Event(60, None, "external")], width=50, tick=1)
def test_every_tick_counts_once_for_the_strongest_category(events, width, tick):
    answer = _account(events, width, tick)
    counted = _counted(events, width)
    assert list(answer.part_us) == list(PRIORITY)
    assert _parts(answer) == [[n * tick] for n in counted]
    assert answer.downtime_us.tolist() == [sum(counted) * tick]
    assert {part.dtype for part in answer.part_us.values()} == {np.dtype(np.int64)}
    assert answer.downtime_us.dtype == np.int64
    assert answer.window_us == width * tick
    assert answer.group is None


@given(events=EVENTS, width=WIDTH, tick=TICK)
def test_hours_and_availability_are_quotients_of_the_microseconds(events, width, tick):
    answer = _account(events, width, tick)
    counted = _counted(events, width)
    hour = Fraction(3_600_000_000)
    assert answer.window_h == float(width * tick / hour)
    assert answer.downtime_h.tolist() == [float(sum(counted) * tick / hour)]
    assert [answer.part_h[name].tolist() for name in PRIORITY] == [
        [float(n * tick / hour)] for n in counted
    ]
    assert answer.availability.tolist() == [float(1 - Fraction(sum(counted), width))]


@given(events=EVENTS, width=WIDTH, data=st.data())
def test_order_and_repetition_change_nothing(events, width, data):
    once = _account(events, width)
    shuffled = _account(data.draw(st.permutations(events)), width)
    assert _parts(shuffled) == _parts(once)
    twice = _account(events + events, width)
    assert _parts(twice) == _parts(once)
    assert twice.downtime_us.tolist() == once.downtime_us.tolist()


@given(width=WIDTH, cuts=st.sets(st.integers(-30, 90), min_size=2, max_size=6))
def test_pieces_of_an_event_are_the_event(width, cuts):
    edges = sorted(cuts)
    whole = _account([Event(edges[0], edges[-1], "planned")], width)
    pieces = [Event(a, b, "planned") for a, b in pairwise(edges)]
    assert _parts(_account(pieces, width)) == _parts(whole)


@given(events=EVENTS, width=WIDTH, data=st.data())
def test_adjacent_windows_add_up_to_the_whole(events, width, data):
    cut = data.draw(st.integers(0, width))
    edges = [edge for edge in (0, cut, width) if edge in {0, width} or 0 < cut < width]
    parts = [
        downtime(**_columns(events), window=(_at(a), _at(b)), priority=PRIORITY)
        for a, b in pairwise(edges)
        if a < b
    ]
    whole = _account(events, width)
    for name in PRIORITY:
        assert sum(int(p.part_us[name][0]) for p in parts) == whole.part_us[name][0]
    assert sum(p.window_us for p in parts) == whole.window_us


@given(events=EVENTS, width=WIDTH, priority=st.permutations(PRIORITY))
def test_priority_decides_overlaps_and_never_the_total(events, width, priority):
    answer = _account(events, width, priority=priority)
    assert _parts(answer, priority) == [[n * MINUTE] for n in _counted(events, width, priority)]
    assert answer.downtime_us.tolist() == _account(events, width).downtime_us.tolist()
    alone = _account([e for e in events if e.category == priority[0]], width)
    assert answer.part_us[priority[0]].tolist() == alone.downtime_us.tolist()


def test_an_overlap_goes_to_the_first_category_in_priority():
    events = [Event(0, 6, "planned"), Event(4, 9, "unplanned")]
    strong = _account(events, 20, priority=("planned", "unplanned"))
    assert {name: part.tolist() for name, part in strong.part_us.items()} == {
        "planned": [6 * MINUTE],
        "unplanned": [3 * MINUTE],
    }
    weak = _account(events, 20, priority=("unplanned", "planned"))
    assert {name: part.tolist() for name, part in weak.part_us.items()} == {
        "unplanned": [5 * MINUTE],
        "planned": [4 * MINUTE],
    }


@given(events=EVENTS, width=WIDTH, tick=TICK)
def test_groups_are_as_many_separate_accounts(events, width, tick):
    answer = _account(events, width, tick, by=[e.pump for e in events])
    pumps = sorted({e.pump for e in events})
    assert answer.group.tolist() == pumps
    alone = [_account([e for e in events if e.pump == pump], width, tick) for pump in pumps]
    assert answer.downtime_us.tolist() == [int(a.downtime_us[0]) for a in alone]
    assert answer.availability.tolist() == [float(a.availability[0]) for a in alone]
    for name in PRIORITY:
        assert answer.part_us[name].tolist() == [int(a.part_us[name][0]) for a in alone]
    assert answer.window_us == width * tick


def test_labels_may_be_numbers_and_come_back_sorted():
    events = [Event(0, 5, "planned"), Event(1, 2, "planned"), Event(30, 40, "planned")]
    answer = _account(events, 20, by=[10, 9, 2])
    assert answer.group.tolist() == [2, 9, 10]
    assert answer.downtime_us.tolist() == [0, 1 * MINUTE, 5 * MINUTE]


def test_an_answer_cannot_be_changed_nor_built_by_position():
    answer = _account([], 20)
    with pytest.raises(FrozenInstanceError):
        answer.window_us = 1
    with pytest.raises(TypeError):
        Downtime(None, answer.window_us, answer.downtime_us, answer.part_us)


def test_no_event_is_no_downtime():
    answer = _account([], 20)
    assert _parts(answer) == [[0], [0], [0]]
    assert answer.availability.tolist() == [1.0]
    grouped = _account([], 20, by=[])
    assert grouped.group.tolist() == grouped.downtime_us.tolist() == []


@pytest.mark.parametrize("unit", ["m", "s", "ms", "ns"])
def test_other_units_of_time_are_taken_as_they_are(unit):
    events = [Event(2, 9, "planned"), Event(5, 12, "unplanned"), Event(18, None, "external")]
    columns = _columns(events)
    for name in ("start", "end"):
        columns[name] = columns[name].astype(f"datetime64[{unit}]")
    window = tuple(edge.astype(f"datetime64[{unit}]") for edge in _window(20))
    answer = downtime(**columns, window=window, priority=PRIORITY)
    assert _parts(answer) == [[2 * MINUTE], [7 * MINUTE], [3 * MINUTE]]
    assert answer.window_us == 20 * MINUTE


def test_units_may_differ_from_column_to_column():
    answer = downtime(
        start=np.array(["2026-01-01T23"], dtype="datetime64[h]"),
        end=np.array(["2026-01-02T00:30"], dtype="datetime64[m]"),
        category=["planned"],
        window=(np.datetime64("2026-01-01"), np.datetime64("2026-01-02T00:00:01.000000001")),
        priority=PRIORITY,
    )
    assert answer.downtime_us.tolist() == [3601 * 1_000_000]
    assert answer.window_us == 86_401 * 1_000_000


def test_series_and_datetimes_are_columns_too():
    events = [Event(2, 9, "planned", "P2"), Event(5, None, "unplanned", "P1")]
    columns = _columns(events)
    frame = pd.DataFrame(columns | {"pump": [e.pump for e in events]}, index=[7, 3])
    answer = downtime(
        start=frame["start"],
        end=frame["end"],
        category=frame["category"],
        window=tuple(pd.Timestamp(edge) for edge in _window(20)),
        priority=PRIORITY,
        by=frame["pump"],
    )
    assert answer.group.tolist() == ["P1", "P2"]
    assert _parts(answer) == [[0, 0], [0, 7 * MINUTE], [15 * MINUTE, 0]]
    lone = downtime(
        start=[_at(2).item()],
        end=[_at(9).item()],
        category=["planned"],
        window=_window(20),
        priority=PRIORITY,
    )
    assert lone.downtime_us.tolist() == [7 * MINUTE]


def test_scalars_are_one_event():
    answer = downtime(
        start=_at(3), end=_at(8), category="planned", window=_window(20), priority=PRIORITY
    )
    assert _parts(answer) == [[0], [5 * MINUTE], [0]]


GOOD = Event(1, 4, "planned")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": [_at(1)]}, r"2 events with 1 begins and 2 ends"),
        ({"end": [_at(4)]}, r"2 events with 2 begins and 1 ends"),
        ({"category": ["planned"] * 3}, r"3 events with 2 begins and 2 ends"),
        ({"by": ["P1"]}, r"by has 1 labels for 2 entries"),
        ({"by": ["P1", "P2", "P1"]}, r"by has 3 labels for 2 entries"),
        ({"window": (_at(5), _at(5))}, r"window 2026-02-28T22:20.* expected a later end"),
        ({"window": (_at(5), _at(4))}, r"window 2026-02-28T22:20.* expected a later end"),
        ({"window": (_at(5), _at(None))}, r"window .* to NaT: expected a later end"),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(change, message):
    arguments = _columns([GOOD, GOOD]) | {"window": _window(20), "priority": PRIORITY}
    with pytest.raises(ArgumentError, match=message):
        downtime(**arguments | change)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Event(None, 4, "planned"), r"event 2 \(planned\) has no begin"),
        (Event(None, None, "planned"), r"event 2 \(planned\) has no begin"),
        (Event(9, 8, "unplanned"), r"event 2 \(unplanned\) ends before it begins"),
        (Event(-5, -6, "unplanned"), r"event 2 \(unplanned\) ends before it begins"),
        (Event(99, 98, "unplanned"), r"event 2 \(unplanned\) ends before it begins"),
        (
            Event(1, 4, "weather"),
            r"event 2 \(weather\) has no priority in \('external', 'planned', 'unplanned'\)",
        ),
    ],
)
def test_the_first_wrong_event_is_named(wrong, message):
    with pytest.raises(ArgumentError, match=message):
        _account([GOOD, GOOD, wrong, GOOD, wrong], 20)


DURATION = st.floats(0.0, 1e4).map(lambda hours: round(hours, 6)) | st.just(NAN)
DURATIONS = st.lists(st.tuples(DURATION, st.sampled_from(PUMPS)), max_size=12)


def _mean(durations):
    ended = [hours for hours in durations if not math.isnan(hours)]
    return math.fsum(ended) / len(ended) if ended else NAN


def _same(expected):
    return pytest.approx(expected, rel=1e-12, abs=0.0, nan_ok=True)


@given(rows=DURATIONS)
@example(rows=[(NAN, "P1"), (3.0, "P2")])
def test_mean_time_to_restore_is_that_of_the_ended_events(rows):
    hours = [row[0] for row in rows]
    pumps = [row[1] for row in rows]
    found = mean_time_to_restore_h(downtime_h=hours)
    assert found.dtype == np.float64
    assert found.tolist() == _same([_mean(hours)])
    grouped = mean_time_to_restore_h(downtime_h=hours, by=pumps)
    assert grouped.tolist() == _same(
        [_mean([h for h, pump in rows if pump == one]) for one in sorted(set(pumps))]
    )


def test_nothing_restored_has_no_mean_time_to_restore():
    assert np.isnan(mean_time_to_restore_h(downtime_h=[])).tolist() == [True]
    assert np.isnan(mean_time_to_restore_h(downtime_h=[NAN, NAN])).tolist() == [True]
    by = mean_time_to_restore_h(downtime_h=[NAN, 4.0, NAN, 2.0], by=["b", "c", "a", "c"])
    assert by.tolist() == _same([NAN, NAN, 3.0])
    assert mean_time_to_restore_h(downtime_h=6.0).tolist() == [6.0]


@pytest.mark.parametrize("hours", [-1.0, math.inf])
def test_a_time_to_restore_is_not_negative_nor_endless(hours):
    with pytest.raises(ArgumentError, match=r"downtime_h\[1\] = .*: expected at least 0, or NaN"):
        mean_time_to_restore_h(downtime_h=[NAN, hours])


def test_restoration_times_and_labels_are_as_many():
    with pytest.raises(ArgumentError, match="by has 1 labels for 2 entries"):
        mean_time_to_restore_h(downtime_h=[1.0, 2.0], by=["a"])


def _touching(events, width):
    return sum(e.begin < width and (e.end is None or e.end > 0) for e in events)


@given(events=EVENTS, width=WIDTH)
@example(events=[Event(0, 0, "planned"), Event(50, 50, "planned")], width=50)
@example(events=[Event(7, 7, "planned"), Event(-5, 0, "planned")], width=50)
def test_events_that_touch_the_window_are_counted(events, width):
    assert _account(events, width).events.tolist() == [_touching(events, width)]
    grouped = _account(events, width, by=[e.pump for e in events])
    assert grouped.events.tolist() == [
        _touching([e for e in events if e.pump == pump], width) for pump in grouped.group
    ]


@given(events=EVENTS, width=WIDTH)
def test_places_in_the_priority_stand_for_its_names(events, width):
    named = _account(events, width, by=[e.pump for e in events])
    columns = _columns(events)
    columns["category"] = np.array([PRIORITY.index(e.category) for e in events], dtype=np.int8)
    coded = downtime(
        **columns, window=_window(width), priority=PRIORITY, by=[e.pump for e in events]
    )
    assert _parts(coded) == _parts(named)


@given(events=EVENTS, width=WIDTH)
def test_a_pump_without_an_event_was_never_down(events, width):
    fleet = ["P2", "P9", "P1", "P10", "P0", "P1"]
    answer = downtime(
        **_columns(events),
        window=_window(width),
        priority=PRIORITY,
        by=[e.pump for e in events],
        among=fleet,
    )
    assert answer.group.tolist() == sorted(set(fleet))
    for i, pump in enumerate(answer.group):
        alone = _account([e for e in events if e.pump == pump], width)
        assert answer.downtime_us[i] == alone.downtime_us[0]
        assert answer.events[i] == alone.events[0]
    never = ~np.isin(answer.group, [e.pump for e in events])
    assert (answer.availability[never] == 1.0).all()


def test_a_fleet_of_numbers_needs_no_hashing_and_gives_the_same():
    events = [Event(0, 5, "planned"), Event(3, 9, "planned")]
    columns = _columns(events) | {"window": _window(20), "priority": PRIORITY}
    answer = downtime(**columns, by=np.array([7, 3]), among=np.array([3, 5, 7]))
    assert answer.group.tolist() == [3, 5, 7]
    assert answer.downtime_us.tolist() == [6 * MINUTE, 0, 5 * MINUTE]


@pytest.mark.parametrize("groups", [30, 70_000])
def test_a_window_of_ages_takes_more_bits_than_there_are(groups):
    """Group and time make no whole number of 64 bits here; nothing overflows."""
    window = (np.datetime64("0001-01-01", "us"), np.datetime64("9999-12-31", "us"))
    middle = np.datetime64("2026-01-01", "us")
    pump = np.arange(groups)
    answer = downtime(
        start=np.concatenate(
            [np.full(groups, middle), np.full(groups, middle - np.timedelta64(5, "us"))]
        ),
        end=np.concatenate([middle + pump.astype("timedelta64[us]"), np.full(groups, middle)]),
        category=np.zeros(2 * groups, dtype=int),
        window=window,
        priority=("planned",),
        by=np.concatenate([pump[::-1], pump]),
    )
    assert answer.downtime_us.tolist() == (5 + pump[::-1]).tolist()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"among": ["P1"]}, r"among is given without by"),
        ({"among": ["P1", "P2"], "by": ["P2", "P3"]}, r"by\[1\] = 'P3': expected one of among"),
        ({"among": ["P1"], "by": ["P1"]}, r"by has 1 labels for 2 entries"),
        ({"among": ["P1"], "by": ["P1", None]}, r"among, then by\[2\] = None"),
        ({"priority": ("planned", "planned")}, r"expected every category once"),
        ({"category": np.array([0, 3])}, r"event 1 \(3\) has no priority"),
        ({"category": np.array([-1, 0])}, r"event 0 \(-1\) has no priority"),
        ({"start": [1.0, 2.0]}, r"start\[0\] = 1.0: expected a date"),
        ({"start": [_at(1), 5]}, r"start\[1\] = 5: expected a date"),
        ({"start": np.ma.array([_at(1)] * 2, mask=[0, 1])}, r"start\[1\] is masked"),
        ({"end": ["NaT", "today"]}, r"end\[1\] = 'today': expected a date"),
        ({"end": ["2026-13-01"] * 2}, r"end\[0\] = '2026-13-01': expected a date, such as"),
        ({"start": [np.datetime64("-99999", "Y")] * 2}, r"start\[0\] = .* the years 1 to 9999"),
        ({"end": [_at(5), np.datetime64("10000", "Y")]}, r"end\[1\] = .* the years 1 to 9999"),
        ({"window": (0, 5)}, r"window\[0\] = 0: expected a date"),
    ],
)
def test_what_is_no_label_no_category_or_no_date_is_refused(change, message):
    arguments = _columns([GOOD, GOOD]) | {"window": _window(20), "priority": PRIORITY}
    with pytest.raises(ArgumentError, match=message):
        downtime(**arguments | change)


def test_without_events_and_categories_nothing_was_down():
    found = downtime(
        start=[],
        end=[],
        category=[],
        window=(START, START + np.timedelta64(1, "h")),
        priority=(),
        by=[],
        among=["P1"],
    )
    assert found.downtime_us.tolist() == [0]
    assert found.part_us == {}
