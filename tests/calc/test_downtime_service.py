"""Service hours and availability without excused windows: by hand, and minute by minute."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.calc.downtime import downtime, service_hours
from pumpperf.errors import ArgumentError

START = np.datetime64("2026-01-01T00:00", "us")
MINUTE = 60_000_000
PUMPS = st.sampled_from(["P1", "P2", "P10"])
SPAN = st.tuples(st.integers(-10, 50), st.integers(0, 25) | st.none()).map(
    lambda one: (one[0], None if one[1] is None else one[0] + one[1])
)


def at(minutes):
    """Dates of whole minutes; None is missing."""
    us = [np.iinfo(np.int64).min if m is None else int(m) * MINUTE for m in np.atleast_1d(minutes)]
    since = np.array(us, dtype="timedelta64[us]")
    return START + since


def minutes_of(spans, width):
    return {m for a, b in spans for m in range(width) if a <= m and (b is None or m < b)}


@given(
    intervals=st.lists(st.tuples(PUMPS, SPAN, st.sampled_from(["down", "standby"])), max_size=9),
    excused=st.lists(st.tuples(PUMPS, SPAN), max_size=5),
    all_pumps=st.booleans(),
    width=st.integers(1, 45),
)
def test_a_fleet_is_the_sum_of_its_minutes(intervals, excused, all_pumps, width):
    found = service_hours(
        start=at([span[0] for _, span, _ in intervals]),
        end=at([span[1] for _, span, _ in intervals]),
        state=[state for _, _, state in intervals],
        by=[pump for pump, _, _ in intervals],
        excused_start=at([span[0] for _, span in excused]),
        excused_end=at([span[1] for _, span in excused]),
        excused_by=None if all_pumps else [pump for pump, _ in excused],
        among=["P1", "P10", "P2"],
        window=(START, at(width)[0]),
    )
    assert found.group.tolist() == ["P1", "P10", "P2"]
    for g, pump in enumerate(found.group):
        off = minutes_of([span for name, span in excused if all_pumps or name == pump], width)
        down, standby = (
            minutes_of([s for name, s, kind in intervals if (name, kind) == (pump, state)], width)
            for state in ("down", "standby")
        )
        counted = [off, down - off, standby - off - down]
        service = set(range(width)).difference(*counted)
        shown = (found.excused_us, found.down_us, found.standby_us, found.service_us)
        assert [times[g] for times in shown] == [len(m) * MINUTE for m in (*counted, service)]
        up = len(service) + len(counted[2])
        if len(off) == width:
            assert np.isnan(found.availability[g])
        else:
            assert found.availability[g] == pytest.approx(up / (width - len(off)), rel=1e-14)


def test_without_standby_and_excuse_it_is_the_availability_of_downtime():
    stops = {"start": at([0, 20]), "end": at([5, None]), "window": (START, at(40)[0])}
    plain = downtime(**stops, category=["down"] * 2, priority=["down"])
    found = service_hours(**stops, state="down")
    assert found.group is None
    assert found.availability.tolist() == plain.availability.tolist() == [15 / 40]
    assert found.service_h.tolist() == found.up_h.tolist() == [15 / 60]


def test_an_excuse_helps_only_the_pump_that_was_down_in_it():
    """Ten hours, shut in from outside for five: P1 was down for four of them, P2 never."""
    asked = {"start": at(60), "end": at(300), "state": "down", "by": ["P1"], "among": ["P1", "P2"]}
    asked |= {"window": (START, at(600)[0])}
    shut_in = {"excused_start": at(0), "excused_end": at(300)}
    assert service_hours(**asked).availability.tolist() == [0.6, 1.0]
    assert service_hours(**asked, **shut_in).availability.tolist() == [1.0, 1.0]
    found = service_hours(**asked, **shut_in, excused_by=["P2"])
    assert found.availability.tolist() == [0.6, 1.0]
    assert found.service_h.tolist() == [6.0, 5.0]
    assert found.excused_h.tolist() == [0.0, 5.0]


def test_a_pump_that_only_was_excused_appears():
    asked = {"window": (START, at(60)[0]), "excused_start": at([0]), "excused_end": at([30])}
    found = service_hours(start=[], end=[], state=[], by=[], excused_by=[7], **asked)
    assert found.group.tolist() == [7]
    assert found.service_h.tolist() == [0.5]
    nobody = service_hours(start=[], end=[], state=[], by=[], **asked)
    assert nobody.group.tolist() == nobody.availability.tolist() == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"state": "running"}, r"state\[0\] = 'running': expected down or standby"),
        ({"state": ["down", None]}, r"state\[1\] = None: expected down or standby"),
        ({"state": "excused"}, r"state\[0\] = 'excused': expected down or standby"),
        ({"state": ["down"]}, "2 intervals with 1 states: expected as many"),
        ({"end": at([9])}, "2 intervals with 2 begins and 1 ends"),
        ({"end": at([9, 3])}, "interval 1 ends before it begins"),
        ({"excused_end": at([-9])}, "excused window 0 ends before it begins"),
        ({"excused_end": at([1, 2])}, "1 excused windows with 1 begins and 2 ends"),
        ({"window": (START, START)}, "expected a later end"),
        ({"by": ["a"]}, "by has 1 labels for 2 entries"),
        ({"by": ["a", None]}, "expected labels"),
        ({"by": ["a", "b"], "excused_by": ["a", "b"]}, "excused_by has 2 labels for 1 entries"),
        ({"excused_by": ["a"]}, "excused_by is given without by"),
        ({"among": ["a"]}, "among is given without by"),
        ({"by": ["a", "b"], "among": ["a"]}, "by or excused_by holds 'b': expected one of among"),
        (
            {"by": ["a", "a"], "excused_by": ["c"], "among": ["a"]},
            "by or excused_by holds 'c': expected one of among",
        ),
        (
            {"state": pd.Series(["down", "down"], index=[1, 0]), "start": pd.Series(at([5, 6]))},
            "start and state have unequal indexes",
        ),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(change, message):
    asked = {"start": at([5, 6]), "end": at([7, 8]), "state": "down", "window": (START, at(60)[0])}
    excused = {"excused_start": at([0]), "excused_end": at([30])}
    with pytest.raises(ArgumentError, match=message):
        service_hours(**asked | excused | change)
