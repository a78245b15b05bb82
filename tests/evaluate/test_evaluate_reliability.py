"""Reliability of one pump by hand: one row does not contradict itself, nor any other door."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import PUMPPERF_2026, ArgumentError, ResultStatus, Window
from pumpperf.evaluate import reliability_of, run_lives_of
from pumpperf.evaluate.run_lives import failures_of
from pumpperf.interchange import frames
from pumpperf.reliability.measures import run_life_measures
from pumpperf.reliability.rates import mtbf
from pumpperf.reliability.recurrence import mean_cumulative_function
from sample import DAY, HOUR, WHEN, failure, run, stop

AS_OF = WHEN + 365 * DAY


def reliability(installed, broken=(), stopped=(), as_of=AS_OF):
    terms = {"assumptions": PUMPPERF_2026, "user_id": "ana", "at": as_of}
    rows = {"installations": installed, "maintenance": broken, "activities": stopped}
    found, estimate, _ = reliability_of("P1", **rows, as_of=as_of, **terms)
    return found, estimate


def codes(found):
    return {one.code for one in found.findings}


@pytest.mark.parametrize("pulled", [50, None])
def test_a_pump_does_not_run_after_its_failure_by_any_door(pulled):
    """Installed, failed after 20 days, pulled after 50 or never; no stop recorded."""
    installed, broken = [run(1, 0, pulled)], [failure(1, 20)]
    found, estimate = reliability(installed, broken)
    assert estimate.mtbf_h == found.operating_h == found.mean_failed_run_h == 480.0
    assert found.operational_availability == 480.0 / (24.0 * (pulled or 365))
    assert estimate.mean_down_time_h == found.downtime_h == 24.0 * (pulled or 365) - 480.0
    assert codes(found) == {"DOWNTIME_FROM_FAILURE"}
    (told,) = found.findings
    assert told.words == (
        "failures F1: neither its end nor a stop is recorded: taken as down until the pull, or now"
    )
    tables = [frames.to_frame(some) for some in (installed, broken)]
    stops = frames.to_frame([stop(1, "PLANNED", 0, 1)])[:0]
    table, notes = frames.reliability(*tables, stops, as_of=AS_OF)
    assert table.loc["P1", "mtbf_h"] == table.loc["P1", "mean_failed_run_h"] == 480.0
    assert notes["words"].tolist() == [told.words.partition(": ")[2]]
    for clock in ("calendar", "operating"):
        lives = run_lives_of(installed, broken, [], window=Window(WHEN, AS_OF), clock=clock)
        assert lives.age_h.tolist() == [480.0]
        measures = run_life_measures(
            age_h=lives.age_h, status=lives.status, level=0.9, infant_h=720.0
        )
        assert measures.mttf_h.tolist() == measures.mean_failed_h.tolist() == [480.0]
        direct = mtbf(
            operating_h=lives.age_h, failures=[1], level=0.9, sided="two", terminated="time"
        )
        assert direct.mtbf_h.tolist() == [480.0]
        mean = mean_cumulative_function(
            event_h=lives.age_h, event_system=[0], end_h=lives.age_h, level=0.9
        )
        assert (mean.age_h.tolist(), mean.exposure_h.tolist()) == ([480.0], [480.0])


def test_repairs_are_downtime_and_their_times_are_those_of_restoration():
    """60 trips of 10 minutes, of which one was also recorded as a stop."""
    trips = [failure(i, 24.0 * i, 24.0 * i + 1 / 6, unit=HOUR) for i in range(1, 61)]
    stopped = [stop(1, "UNPLANNED", 24.0, 24.0 + 1 / 6)]
    found, estimate = reliability([run(1, 0)], trips, stopped)
    assert found.downtime_h == pytest.approx(10.0)
    assert found.mean_time_to_restore_h == pytest.approx(1 / 6)
    assert found.mean_stop_h == pytest.approx(1 / 6)
    assert (found.failed_runs, found.running_runs) == (0, 1)
    assert estimate.mean_down_time_h == pytest.approx(1 / 6)
    assert estimate.mtbf_h == pytest.approx((365 * 24 - 10) / 60)
    assert found.result_status is ResultStatus.PLAUSIBLE


def test_restoration_belongs_to_failures_and_the_mean_stop_does_not():
    """20 trips of 1 h and 2 failures of 240 h: 240 h, and 22.7 h = (20 + 480)/22."""
    stopped = [stop(i, "UNPLANNED", 100.0 * i, 100.0 * i + 1) for i in range(1, 21)]
    stopped += [stop(i, "UNPLANNED", 100.0 * i, 100.0 * i + 240) for i in (30, 40)]
    broken = [failure(i, 100.0 * i, unit=HOUR) for i in (30, 40)]
    found, estimate = reliability([run(1, 0)], broken, stopped)
    assert found.mean_time_to_restore_h == 240.0
    assert found.mean_stop_h == pytest.approx(500 / 22)
    assert found.downtime_h == 500.0
    assert estimate.mtbf_h + estimate.mean_down_time_h == pytest.approx(365 * 24 / 2)
    assert codes(found) == set()


def test_work_on_a_pump_that_had_not_failed_keeps_it_down_too():
    work = [failure(1, 10, 15, failure_ind=False), failure(2, 20, failure_ind=False)]
    work += [failure(3, 365, 366, failure_ind=False)]
    found, _ = reliability([run(1, 0)], work)
    assert (found.downtime_h, found.failures) == (120.0, 0)
    assert (found.mean_time_to_restore_h, found.mean_stop_h) == (None, None)
    tables = [frames.to_frame(some) for some in ([run(1, 0)], work)]
    stops = frames.to_frame([stop(1, "PLANNED", 0, 1)])[:0]
    table, _ = frames.reliability(*tables, stops, as_of=AS_OF)
    assert table.loc["P1", "downtime_h"] == 120.0
    lives, _ = frames.run_lives(*tables, stops, window=Window(WHEN, AS_OF), clock="operating")
    assert lives["age_h"].tolist() == [360 * 24.0]


def test_a_failure_dated_by_the_day_is_over_where_its_stop_ended():
    found, estimate = reliability([run(1, 0)], [failure(1, 20)], [stop(1, "UNPLANNED", 489, 529)])
    assert (found.downtime_h, found.mean_time_to_restore_h) == (49.0, 49.0)
    assert estimate.mtbf_h == 365 * 24 - 49.0
    assert (found.failed_runs, found.running_runs) == (0, 1)


def test_two_pumps_in_one_well_are_told_and_the_first_is_taken_as_pulled():
    installed = [run(1, 0), run(2, 30, pump="P2")]
    found, _ = reliability(installed)
    assert (found.installations, found.pulled_runs, found.installed_h) == (1, 1, 720.0)
    (told,) = found.findings
    assert told.words == (
        "installations 1 of P1, 2 of P2: two pumps in one well at once: the first is taken to end "
        "where the second was set (overlaps = 'end_first')"
    )
    table, notes = frames.reliability(
        frames.to_frame(installed),
        frames.to_frame([failure(1, 1)])[:0],
        frames.to_frame([stop(1, "PLANNED", 0, 1)])[:0],
        as_of=AS_OF,
    )
    assert table["installed_h"].tolist() == [720.0, 335 * 24.0]
    assert notes["lines"].tolist() == [(0, 1)]
    with pytest.raises(ArgumentError, match="is of 'P2', not 'P1'"):
        reliability([run(1, 0), run(2, 30, pump="P2", uwi="W2")])


@pytest.mark.parametrize(
    ("installed", "broken", "stopped", "expected"),
    [
        ([run(1, 0, 9), run(2, 9)], [failure(1, 9), failure(2, 20, 21)], [(3, 4), (10, 11)], []),
        ([run(1, 0, 9), run(2, 8)], [], [], ["INSTALLATIONS_OVERLAP"]),
        ([run(1, 0, 9), run(2, 0, 8)], [], [], ["INSTALLATIONS_OVERLAP"]),
        ([run(1, 0), run(2, 8, uwi="W2")], [], [], ["INSTALLATIONS_OVERLAP"]),
        ([run(1, 0, 9), run(2, 0, 9)], [], [], ["INSTALLATION_REPEATED"]),
        ([run(1, 0), run(2, 0, pump="P2")], [], [], ["TWO_PUMPS_IN_ONE_WELL"]),
        ([run(1, 1, 9)], [failure(1, 0)], [], ["FAILURE_OUTSIDE_INSTALLATION"]),
        ([run(1, 0, 9)], [failure(1, 10)], [], ["FAILURE_OUTSIDE_INSTALLATION"]),
        ([run(1, 1, 9)], [failure(1, 0, failure_ind=False)], [], []),
        ([run(1, 0, 9)], [failure(1, None)], [], ["FAILURE_WITHOUT_DATE"]),
        ([run(1, 0, 9), run(2, 12)], [failure(1, 8, 12)], [], []),
        ([run(1, 0, 9), run(2, 12)], [failure(1, 8, 13)], [], ["RESTORED_IN_LATER_RUN"]),
        ([run(1, 0, 9), run(2, 12, pump="P2")], [failure(1, 8, 13)], [], []),
        ([], [failure(1, 3)], [], ["NO_INSTALLATION", "FAILURE_OUTSIDE_INSTALLATION"]),
        ([run(1, 0, 9), run(2, 12)], [failure(1, 8)], [(8, 12)], []),
        ([run(1, 2, 9)], [], [(0, 1)], ["DOWNTIME_OUTSIDE_INSTALLATION"]),
        ([run(1, 0, 9)], [], [(10, None)], ["DOWNTIME_OUTSIDE_INSTALLATION"]),
        ([run(1, 0)], [failure(1, 8, 9), failure(2, 8, 9)], [], ["FAILURE_REPEATED"]),
        (
            [run(1, 0, 30)],
            [failure(1, 8), failure(2, 12)],
            [],
            ["FAILURE_AFTER_FAILURE", "DOWNTIME_FROM_FAILURE"],
        ),
        ([run(1, 0)], [], [(8, None)], []),
    ],
)
def test_what_does_not_fit_together_is_told(installed, broken, stopped, expected):
    stopped = [
        stop(i, "PLANNED", start, end, unit=DAY) for i, (start, end) in enumerate(stopped, 1)
    ]
    found, _ = reliability(installed, broken, stopped)
    assert [one.code for one in found.findings] == expected


@pytest.mark.parametrize(
    ("installed", "broken", "status"),
    [
        ([run(1, 0, 9)], [failure(1, 9)], "PLAUSIBLE"),
        ([run(1, 0, 9)], [failure(1, None)], "ASSUMED"),  # it may have come before or after
        ([run(1, 0, 9), run(2, 8)], [], "ASSUMED"),  # the first may have lasted to its own end
        ([run(1, 0), run(2, 8, pump="P2")], [], "ASSUMED"),  # or been pulled earlier
        ([run(1, 0, 9), run(2, 0, 8)], [], "SUSPECT"),  # nobody knows which is true
        ([run(1, 0), run(2, 0, pump="P2")], [], "SUSPECT"),
    ],
)
def test_what_had_to_be_assumed_makes_no_plausible_run_life(installed, broken, status):
    assert reliability(installed, broken)[0].result_status == status


def test_many_of_a_kind_are_told_once():
    found, _ = reliability([run(1, 0)], [failure(i, None) for i in range(1, 6)])
    assert found.findings[0].words.startswith("failures F1, F2, F3 and 2 more: has no date")
    found, _ = reliability([run(1, 0)], [failure(i, None) for i in range(1, 4)])
    assert found.findings[0].words.startswith("failures F1, F2, F3: has no date")


DAYS = st.integers(0, 60)
ENDS = st.none() | st.integers(0, 30)


def until(start, length):
    return None if length is None else start + length


@given(
    st.lists(st.tuples(DAYS, ENDS), max_size=4),
    st.lists(st.tuples(DAYS, ENDS, st.booleans()), max_size=4),
    st.lists(st.tuples(DAYS, ENDS), max_size=3),
)
def test_one_row_does_not_contradict_itself(installed, broken, stopped):
    as_of = WHEN + 70 * DAY
    rows = [run(i, start, until(start, length)) for i, (start, length) in enumerate(installed)]
    events = [
        failure(i, start, until(start, length), failure_ind=failed)
        for i, (start, length, failed) in enumerate(broken)
    ]
    stops = [
        stop(i, "UNPLANNED", start, until(start, length), unit=DAY)
        for i, (start, length) in enumerate(stopped)
    ]
    found, estimate = reliability(rows, events, stops, as_of=as_of)
    assert found.operating_h + found.downtime_h == found.installed_h
    assert found.installations == found.failed_runs + found.pulled_runs + found.running_runs
    assert found.failures == estimate.failures == len(failures_of(events))
    assert found.operating_h == estimate.operating_h
    if found.mean_run_h is not None:
        assert found.mean_run_h * found.installations >= found.operating_h - 1e-6
        assert found.failed_runs or found.mean_failed_run_h is None
    if found.installed_h:
        assert found.operational_availability == pytest.approx(
            found.operating_h / found.installed_h
        )
    if estimate.mtbf_h is not None:
        assert estimate.mtbf_h * found.failures == pytest.approx(found.operating_h)
        assert estimate.mean_down_time_h * found.failures == pytest.approx(found.downtime_h)
    lives = run_lives_of(rows, events, stops, window=Window(WHEN, as_of), clock="operating")
    # What a pump runs, it runs within its lives: until they failed, were pulled, or now.
    assert math.fsum(lives.age_h) == pytest.approx(found.operating_h)
    if found.failed_runs:
        calendar = run_lives_of(rows, events, stops, window=Window(WHEN, as_of), clock="calendar")
        assert found.mean_failed_run_h == pytest.approx(calendar.age_h[calendar.failed].mean())
