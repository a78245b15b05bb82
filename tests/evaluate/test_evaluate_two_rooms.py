"""Downtime account and reliability of one pump: one history, one answer."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_evaluate import ASKED, TEST

from pumpperf import PUMPPERF_2026, ArgumentError, DowntimeType, ResultStatus, Severity, Window
from pumpperf.evaluate import downtime_impact_of, recomputed, reliability_of
from pumpperf.model import EquipmentMaintain, key
from pumpperf.provenance import input_keys
from sample import DAY, PUMPING, WHEN, failure, run, stop


def account(runs, broken=(), stops=(), *, begin=-100, end=60, tests=()):
    window = Window(WHEN + begin * DAY, WHEN + end * DAY)
    return downtime_impact_of(
        "P1",
        installations=runs,
        maintenance=broken,
        activities=stops,
        tests=tests,
        window=window,
        **ASKED,
    )


def reliable(runs, broken=(), stops=()):
    """As of day 60."""
    found, _, _ = reliability_of(
        "P1",
        installations=runs,
        maintenance=broken,
        activities=stops,
        as_of=WHEN + 60 * DAY,
        **ASKED,
    )
    return found


PLACE = ("NOT_INSTALLED", "DOWNTIME_OUTSIDE_INSTALLATION")
PAIRS = ("INSTALLATIONS_OVERLAP", "TWO_PUMPS_IN_ONE_WELL")


def told(found):
    return {one.code: one for one in found.findings}


def repair(number, start, end):
    return attrs.evolve(failure(number, start, end), failure_ind=False)


def test_a_pump_that_failed_is_down_until_it_was_pulled():
    """20 days up, failed, 30 days later pulled; no stop: 720 h at 60 m3/d."""
    found, record = account([run(1, 0, 50)], [failure(1, 20)], begin=0, tests=[TEST])
    assert (found.uptime_h, found.downtime_h, found.unplanned_h) == (480.0, 720.0, 720.0)
    assert found.lost_unplanned_volume_m3 == found.lost_volume_m3 == pytest.approx(1800.0)
    assert (found.uptime_share, found.events) == (0.4, 0)
    assert told(found)["DOWNTIME_FROM_FAILURE"].severity is Severity.ASSUMPTION
    assert found.result_status is ResultStatus.ASSUMED
    assert [kind.__name__ for kind, _ in input_keys(record)] == [
        "WellEquipment",
        "EquipmentMaintain",
        "PumpTest",
    ]


def test_each_hour_has_the_class_of_what_covers_it():
    """Failed on day 1, restored on day 5, stopped as external for day 2; work on days 4 to 7."""
    found, _ = account(
        [run(1, 0)],
        [failure(1, 1, 5), repair(2, 4, 7)],
        [stop(1, DowntimeType.EXTERNAL, 48, 72)],
        begin=0,
        tests=[TEST],
    )
    assert (found.external_h, found.unplanned_h, found.planned_h) == (24.0, 72.0, 48.0)
    assert found.lost_planned_volume_m3 == pytest.approx(120.0)
    assert found.lost_unplanned_volume_m3 == pytest.approx(180.0)
    assert found.events == 1
    assert "DOWNTIME_FROM_FAILURE" not in told(found)


def test_work_in_the_workshop_loses_no_production():
    """Two days of ten in the well; only a recorded stop says that the well waited."""
    found, _ = account([run(1, 0, 10)], [repair(1, 8, 30)], begin=0, tests=[TEST])
    assert (found.downtime_h, found.uptime_h) == (48.0, 192.0)
    assert "DOWNTIME_OUTSIDE_INSTALLATION" not in told(found)


@pytest.mark.parametrize(
    ("broken", "down_h", "inputs"),
    [
        ([failure(1, -20)], 240.0, 1),  # before the window, not restored
        ([failure(1, -20, 2)], 48.0, 1),
        ([failure(1, -20, -1)], 0.0, 0),
        ([failure(1, None)], 0.0, 0),
        ([failure(1, 10)], 0.0, 0),  # when the window ends
        ([repair(1, -3, 1)], 24.0, 1),
        ([repair(1, -3, 0)], 0.0, 0),
        ([repair(1, 3, None)], 0.0, 0),
        ([failure(1, 0)], 240.0, 1),
    ],
)
def test_what_touches_the_window_counts_and_goes_in(broken, down_h, inputs):
    found, record = account([run(1, -50)], broken, begin=0, end=10)
    assert found.downtime_h == down_h
    assert sum(kind is EquipmentMaintain for kind, _ in input_keys(record)) == inputs


def test_a_failure_at_the_pull_is_none_of_the_next_run():
    found, record = account([run(1, -9, 0), run(2, 0)], [failure(1, 0)], begin=0, end=10)
    assert (found.downtime_h, len(record.input_keys)) == (0.0, 1)


def test_stops_before_the_window_that_end_a_failure_go_in():
    """Failed five days before; stopped for two days, then for five, of which two are inside."""
    stops = [stop(1, DowntimeType.PLANNED, -120, -72), stop(2, DowntimeType.PLANNED, -72, 48)]
    found, record = account([run(1, -50)], [failure(1, -5)], stops, begin=0, end=10)
    assert (found.downtime_h, found.planned_h, found.events) == (48.0, 48.0, 1)
    assert [kind.__name__ for kind, _ in input_keys(record)] == [
        "WellEquipment",
        "WellActivity",
        "WellActivity",
        "EquipmentMaintain",
    ]


ONCE = attrs.evolve(TEST, readings=(attrs.evolve(PUMPING, input_power_kw=2.0),))
"""A test that nobody believes."""
BARE = attrs.evolve(TEST, runtime_h=None)
"""A test that rests on an assumption."""


@pytest.mark.parametrize(
    ("runs", "broken", "stops", "tests", "checks"),
    [
        ([], [], [], [], []),
        ([], [], [stop(1, "PLANNED", 0, 9)], [TEST], []),
        ([run(1, 0)], [], [], [TEST], ["NOT_INSTALLED"]),
        ([run(1, 0)], [failure(1, 5)], [], [], [*PLACE]),
        ([run(1, 0)], [], [stop(1, "PLANNED", 0, 9)], [], [*PLACE]),
        ([run(1, 0)], [], [stop(1, "PLANNED", 0, 9)], [TEST], [*PLACE, "TEST_OF_ANOTHER_RUN"]),
    ],
)
def test_an_account_names_the_checks_between_rows_that_were_there(
    runs, broken, stops, tests, checks
):
    found, _ = account(runs, broken, stops, begin=0, end=10, tests=tests)
    assert list(found.checks_made) == checks


@pytest.mark.parametrize(
    ("runs", "broken", "stops", "checks"),
    [
        ([], [], [], []),
        ([], [failure(1, 5)], [stop(1, "PLANNED", 0, 9)], []),
        ([run(1, 0)], [], [], [*PAIRS]),
        ([run(1, 0)], [failure(1, 5)], [], [*PAIRS, "FAILURE_OUTSIDE_INSTALLATION"]),
        ([run(1, 0)], [], [stop(1, "PLANNED", 0, 9)], [*PAIRS, "DOWNTIME_OUTSIDE_INSTALLATION"]),
    ],
)
def test_reliability_names_them_too(runs, broken, stops, checks):
    found = reliable(runs, broken, stops)
    assert list(found.checks_made) == checks


@pytest.mark.parametrize(
    ("test", "code", "words", "status"),
    [
        (BARE, "TEST_ASSUMED", "rests on assumptions: RUNTIME_MISSING", ResultStatus.ASSUMED),
        (ONCE, "TEST_SUSPECT", "is suspect: ", ResultStatus.SUSPECT),
    ],
)
def test_what_is_held_against_a_test_is_as_good_as_the_test(test, code, words, status):
    found, _ = account([run(1, 0)], [], [stop(1, "PLANNED", 0, 9)], begin=0, tests=[test])
    assert f"test T1 {words}" in told(found)[code].words
    assert found.result_status is status
    assert len({"TEST_ASSUMED", "TEST_SUSPECT"} & {*told(found)}) == 1


def test_a_failure_in_the_window_and_in_no_well_is_told():
    found, _ = account([run(1, 0, 5)], [failure(1, 7)], begin=0, end=10)
    assert found.downtime_h == 0.0
    assert found.result_status is ResultStatus.SUSPECT
    assert "FAILURE_OUTSIDE_INSTALLATION" in told(found)


def test_a_pull_that_nobody_recorded_is_seen_by_the_next_pump():
    """P2 was set in the well on day 4: P1 was there for four days of ten."""
    runs = [run(1, 0), run(2, 4, pump="P2")]
    found, record = account(runs, begin=0, end=10)
    assert (found.installed_h, found.uptime_h) == (96.0, 96.0)
    assert "TWO_PUMPS_IN_ONE_WELL" in told(found)
    assert len(record.input_keys) == 2
    earlier = [run(1, 0), run(2, -4, -1, pump="P2")]
    assert len(account(earlier, begin=0, end=10)[1].input_keys) == 1
    with pytest.raises(ArgumentError, match="is of 'P2', not 'P1'"):
        account([run(1, 0), run(2, 4, pump="P2", uwi="W2")])
    with pytest.raises(ArgumentError, match="is withdrawn"):
        account([attrs.evolve(run(1, 0), active_ind=False)])


DAYS = st.integers(-90, 50)
LENGTH = st.none() | st.integers(0, 40)
SPANS = st.lists(st.tuples(DAYS, LENGTH), max_size=4)


def until(start, length):
    return None if length is None else start + length


@given(
    runs=st.lists(st.tuples(DAYS, LENGTH, st.sampled_from(["P1", "P1", "P2"])), max_size=4),
    broken=SPANS,
    worked=SPANS,
    stopped=SPANS,
    part=st.tuples(DAYS, st.integers(1, 60)),
)
def test_both_rooms_say_the_same_of_every_history(runs, broken, worked, stopped, part):
    rows = [run(i, day, until(day, d), pump=pump) for i, (day, d, pump) in enumerate(runs)]
    if not any(row.equipment_id == "P1" for row in rows):
        rows = []
    events = [failure(i, day, until(day, d)) for i, (day, d) in enumerate(broken)]
    events += [repair(i + 9, day, until(day, d)) for i, (day, d) in enumerate(worked)]
    stops = [
        stop(i, kind, 24 * day, None if d is None else 24 * (day + d))
        for i, ((day, d), kind) in enumerate(zip(stopped, [*DowntimeType] * 2, strict=False))
    ]
    impact, _ = account(rows, events, stops, tests=[TEST])
    known = reliable(rows, events, stops)
    assert impact.installed_h == known.installed_h
    assert impact.uptime_h == known.operating_h
    assert impact.installed_h - impact.uptime_h == known.downtime_h
    assert impact.lost_volume_m3 == pytest.approx(impact.downtime_h * 60.0 / 24.0)

    begin, length = part
    first, record = account(rows, events, stops, begin=begin, end=min(begin + length, 60))
    kept = [row for row in [*rows, *events, *stops] if (type(row), key(row)) in input_keys(record)]
    again, same = recomputed(record, kept, assumptions=PUMPPERF_2026)
    assert same.run_id == record.run_id
    unsigned = {"row_created_by": None, "row_created_date": None}
    assert attrs.evolve(again, **unsigned) == attrs.evolve(first, **unsigned)
