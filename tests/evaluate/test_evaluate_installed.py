"""Downtime of one pump against where it was: uptime, and of which run the test is."""

import attrs
import pytest
from test_evaluate import TEST, impact

from pumpperf import DowntimeType
from sample import run, stop


def codes(found):
    return [finding.code for finding in found.findings]


def test_uptime_is_a_share_of_the_time_in_a_well():
    """Pulled after one of ten days; a stop of 6 h before, one of 12 h that begins with the pull."""
    stops = [stop(1, DowntimeType.UNPLANNED, 3, 9), stop(2, DowntimeType.PLANNED, 24, 36)]
    found = impact(activities=stops, installations=[run(1, -5, 1)])
    assert (found.window_h, found.installed_h, found.not_installed_h) == (240.0, 24.0, 216.0)
    assert (found.downtime_h, found.uptime_h, found.uptime_share) == (18.0, 18.0, 0.75)
    words = {finding.code: finding.words for finding in found.findings}
    assert words["NOT_INSTALLED"].startswith("the pump was in no well for 216 of 240 h: uptime is")
    assert words["DOWNTIME_OUTSIDE_INSTALLATION"].startswith("12 h of the downtime")
    assert impact(installations=[run(1, -5, 1)]).uptime_share == 1.0


@pytest.mark.parametrize(
    ("runs", "installed_h"),
    [
        ([run(1, 9)], 24.0),
        ([run(1, -5, 1), run(2, 3)], 24.0 + 7 * 24.0),
        ([run(1, -5, 2), run(2, 1, 4)], 96.0),
        ([run(1, 0, 10)], 240.0),
        ([run(1, -5, 0), run(2, 10)], 0.0),
        ([run(1, -5, 0), run(2, 9), run(3, 10, 12)], 24.0),
    ],
)
def test_installations_are_cut_at_the_window_and_count_once(runs, installed_h):
    found = impact(installations=runs)
    assert (found.installed_h, found.not_installed_h) == (installed_h, 240.0 - installed_h)
    assert ("NOT_INSTALLED" in codes(found)) is (0.0 < installed_h < 240.0)
    assert ("NO_INSTALLATION" in codes(found)) is (installed_h == 0.0)


@pytest.mark.parametrize(
    ("runs", "uwi", "told"),
    [
        ([run(1, -1)], None, False),
        ([run(1, -1)], "W1", False),
        ([run(1, -1)], "W2", True),
        ([run(1, 0)], "W1", False),
        ([run(1, 0.1)], "W1", True),
        ([run(1, -9, 0), run(2, 1)], "W1", True),
        ([run(1, -9, 0.5), run(2, 1)], "W1", False),
        ([run(1, -9, 0.5, uwi="W2"), run(2, 1)], "W1", True),
        ([], "W1", False),
    ],
)
def test_a_rate_of_another_run_is_told(runs, uwi, told):
    """The test was made when the window began."""
    tests = [attrs.evolve(TEST, uwi=uwi)]
    found = impact(
        activities=[stop(1, DowntimeType.PLANNED, 48, 60)], tests=tests, installations=runs
    )
    assert ("TEST_OF_ANOTHER_RUN" in codes(found)) is told
    assert found.lost_volume_m3 == pytest.approx(30.0)
    assert "TEST_OF_ANOTHER_RUN" not in codes(impact(tests=tests, installations=runs))


def test_what_only_touches_the_window_s_edge_is_no_part_of_a_run():
    """Installed when the window ends, or pulled when it begins; stopped likewise."""
    inside = impact(installations=[run(2, 0, 10)], activities=[stop(2, DowntimeType.PLANNED, 0, 9)])
    beside = impact(
        installations=[run(1, -5, 0), run(2, 0, 10), run(3, 10, 12)],
        activities=[
            stop(1, DowntimeType.PLANNED, -5, 0),
            stop(2, DowntimeType.PLANNED, 0, 9),
            stop(3, DowntimeType.PLANNED, 240, 250),
        ],
    )
    assert beside == inside
    assert (inside.installed_h, inside.uptime_h, inside.events) == (240.0, 231.0, 1)
