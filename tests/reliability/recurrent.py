"""Fleets of failing systems for the tests of recurrence, and what all of its functions refuse."""

import math

from hypothesis import strategies as st

SCALES = st.sampled_from([1e-8, 1.0, 1e8, 1e150])
NAN = float("nan")

ASKED = {"event_h": [3.0, 5.0], "event_system": [0, 1], "end_h": [8.0, 9.0]}
WRONG = [
    ({"event_h": [3.0, NAN]}, r"event_h\[1\] = nan: expected a finite number"),
    ({"event_h": [-3.0, 5.0]}, r"event_h\[0\] = -3.0: expected a finite number"),
    ({"event_h": [3.0, 9.5]}, r"event_h\[1\] = 9.5: expected after the start 0.0 of system 1"),
    ({"event_system": [0]}, r"event_system has 1 entries for 2 of event_h"),
    ({"event_system": [0, 2]}, r"event_system\[1\] = 2: expected the place of one of 2 systems"),
    ({"event_system": [-1, 1]}, r"event_system\[0\] = -1: expected the place"),
    ({"event_system": [0, 0.5]}, r"event_system\[1\] = 0.5: expected a whole number"),
    ({"event_system": [0, NAN]}, r"event_system\[1\] = nan: expected a finite number"),
    ({"end_h": [8.0, math.inf]}, r"end_h\[1\] = inf: expected a finite number"),
    ({"by": ["a"]}, r"by has 1 labels for 2 entries"),
    ({"by": ["a", None]}, r"by\[1\] = None"),
]
WRONG_START = [
    ({"start_h": [1.0]}, r"start_h has 1 entries for 2 of end_h"),
    ({"start_h": [1.0, 9.5]}, r"start_h\[1\] = 9.5: expected at most end_h\[1\] = 9.0"),
    ({"event_h": [0.0, 5.0], "start_h": [1.0, 0.0]}, r"event_h\[0\] = 0.0: expected after the"),
    ({"start_h": [0.0, 5.0]}, r"event_h\[1\] = 5.0: expected after the start 5.0 of system 1"),
]
WRONG_TERMINATION = [
    ({"terminated": "Failure"}, "terminated = 'Failure': expected one of time, failure"),
    ({"terminated": "failure"}, r"system 0 has no event at its end 8.0"),
]


@st.composite
def fleets(draw, *, late=True, most=7, failure=False):
    """Systems (label, start, end, ages) in whole hours times a scale, so that much ties."""
    scale = draw(SCALES)
    systems = []
    for _ in range(draw(st.integers(0, most))):
        start = draw(st.integers(0, 6)) if late else 0
        span = draw(st.integers(1 if failure else 0, 12))
        ages = draw(st.lists(st.integers(1, span), max_size=6)) if span else []
        if failure:
            ages.append(span)
        ages = [(start + age) * scale for age in ages]
        systems.append((draw(st.sampled_from("AB")), start * scale, (start + span) * scale, ages))
    return systems


def columns(systems, *, late=True, by=True):
    """The systems as the columns that the library takes, events out of order."""
    events = [(age, q) for q, (*_, ages) in enumerate(systems) for age in ages]
    events.sort(key=lambda event: (event[0] * 7919.0) % 13.0)
    taken = {
        "event_h": [age for age, _ in events],
        "event_system": [q for _, q in events],
        "end_h": [end for _, _, end, _ in systems],
    }
    if late:
        taken["start_h"] = [start for _, start, _, _ in systems]
    if by:
        taken["by"] = [label for label, *_ in systems]
    return taken


def split(systems):
    """The systems of each label in the order of labels."""
    return {
        label: [one for one in systems if one[0] == label]
        for label in sorted({label for label, *_ in systems})
    }
