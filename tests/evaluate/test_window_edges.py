"""What only touches a window's edge is no part of it."""

import pytest
from test_evaluate import MAY, impact

from pumpperf import DowntimeType
from sample import HOUR, run, stop

LENGTH_H = 240


@pytest.mark.parametrize(
    ("begin", "end", "touches"),
    [
        (-2, 0, False),
        (-2, 1, True),
        (LENGTH_H - 1, LENGTH_H + 2, True),
        (LENGTH_H, LENGTH_H + 2, False),
        (LENGTH_H - 1, None, True),
        (LENGTH_H, None, False),
        (-2, None, True),
        (0, LENGTH_H, True),
    ],
)
def test_more_than_an_edge_lies_in_a_window(begin, end, touches):
    until = None if end is None else MAY.start + end * HOUR
    assert MAY.touches(MAY.start + begin * HOUR, until) is touches
    down = impact(activities=[stop(1, DowntimeType.PLANNED, begin, end)])
    assert down.events == touches
    assert (down.downtime_h > 0.0) is touches


@pytest.mark.parametrize(
    ("installed", "pulled", "there"), [(10, None, False), (-5, 0, False), (9, None, True)]
)
def test_a_pump_that_comes_as_the_window_ends_was_not_in_the_well(installed, pulled, there):
    found = impact(installations=[run(1, installed, pulled)])
    assert ("NO_INSTALLATION" not in {one.code for one in found.findings}) is there
