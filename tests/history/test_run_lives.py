"""Run lives from records: against the definition life by life, and every record told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import ArgumentError
from pumpperf.history.columns import Failures, Installations, Stops
from pumpperf.history.runs import run_lives

DAY0 = np.datetime64("2025-01-01", "us")
NAT = np.datetime64("NaT", "us")
WINDOW = (DAY0, DAY0 + np.timedelta64(100, "D"))


def day(number):
    return NAT if number is None else DAY0 + np.timedelta64(round(number * 24), "h")


def lives_of(installed, failed=(), stops=None, clock="calendar", **more):
    """Rows of (pump, well, install, removal), (pump, failed, restored), (pump, start, end)."""
    return run_lives(
        installations=Installations(
            pump=[row[0] for row in installed],
            well=[row[1] for row in installed],
            install=[day(row[2]) for row in installed],
            removal=[day(row[3]) for row in installed],
            **{name: column for name, column in more.items() if name not in CODES},
        ),
        failures=Failures(
            pump=[row[0] for row in failed],
            failed=[day(row[1]) for row in failed],
            restored=[day(row[2]) for row in failed],
            **{name: column for name, column in more.items() if name in CODES},
        ),
        stops=None
        if stops is None
        else Stops(
            pump=[row[0] for row in stops],
            start=[day(row[1]) for row in stops],
            end=[day(row[2]) for row in stops],
        ),
        window=WINDOW,
        clock=clock,
    )


CODES = ("subunit", "mode", "mechanism", "cause")


def notes(lives):
    return {one.code: one.rows.tolist() for one in lives.notes}


def days(hours):
    return (hours / 24).tolist()


def test_each_status_and_what_is_known_of_it():
    lives = lives_of(
        [("P1", "W1", 10, 40), ("P2", "W2", 20, 50), ("P3", "W3", 30, None)],
        [("P1", 38, None)],
        mode=["BRD"],
        lift_type=["ESP", "PCP", None],
        serial=["S1", "S2", "S3"],
        field=["North", None, "South"],
    )
    assert lives.status.tolist() == ["failed", "pulled", "running"]
    assert days(lives.age_h) == [28, 30, 70]
    assert days(lives.entry_age_h) == [0, 0, 0]
    assert lives.failed.tolist() == [True, False, False]
    assert lives.failure.tolist() == [0, -1, -1]
    assert lives.mode.tolist() == ["BRD", None, None]
    assert lives.cause.tolist() == [None, None, None]
    assert lives.lift_type.tolist() == ["ESP", "PCP", None]
    assert lives.field.tolist() == ["North", None, "South"]
    assert lives.serial.tolist() == ["S1", "S2", "S3"]
    assert lives.model.tolist() == [None, None, None]
    assert lives.ended.tolist() == [day(38), day(50), day(100)]
    assert not lives.notes


def test_a_pump_that_already_ran_enters_at_the_age_that_it_had():
    lives = lives_of([("P1", "W1", -30, 5), ("P2", "W2", -300, None)], [("P1", 4, None)])
    assert days(lives.entry_age_h) == [30, 300]
    assert days(lives.age_h) == [34, 400]
    assert lives.status.tolist() == ["failed", "running"]
    assert notes(lives) == {"aged_at_entry": [0, 1]}


@pytest.mark.parametrize(
    ("installed", "failed", "code"),
    [
        (("P1", "W1", -30, -1), (), "ended_before"),
        (("P1", "W1", -30, 0), (), "ended_before"),
        (("P1", "W1", -30, 50), (("P1", -2, None),), "ended_before"),
        (("P1", "W1", 100, None), (), "installed_after"),
        (("P1", "W1", 20, 10), (), "pulled_before_install"),
    ],
)
def test_what_is_no_part_of_the_window_or_cannot_be_is_left_out_and_told(installed, failed, code):
    lives = lives_of([installed], failed)
    assert lives.age_h.size == 0
    assert notes(lives)[code] == [0]


def test_a_run_that_ends_after_the_window_still_runs_in_it():
    lives = lives_of([("P1", "W1", 10, 200), ("P2", "W2", 10, 300)], [("P2", 150, None)])
    assert lives.status.tolist() == ["running", "running"]
    assert days(lives.age_h) == [90, 90]
    assert lives.failure.tolist() == [-1, -1]
    assert notes(lives) == {"cut_at_end": [0, 1], "failed_after": [0]}


def test_a_pump_in_two_wells_at_once_is_believed_in_neither():
    lives = lives_of(
        [("P1", "W1", 0, 30), ("P1", "W2", 20, 25), ("P1", "W3", 29, 40), ("P1", "W4", 40, None)]
    )
    assert lives.well.tolist() == ["W4"]
    assert notes(lives)["overlapping"] == [0, 1, 2]


def test_the_same_record_twice_counts_once():
    lives = lives_of([("P1", "W1", 0.5, 30), ("P1", "W1", 0.5, 30)])
    assert days(lives.age_h) == [29.5]
    assert notes(lives) == {"repeated": [1]}


def test_a_failure_that_was_restored_in_the_well_ends_no_run():
    lives = lives_of(
        [("P1", "W1", 1, 60), ("P2", "W2", 1, None)],
        [("P1", 20, 22), ("P1", 58, 70), ("P2", 30, 31)],
    )
    assert lives.status.tolist() == ["failed", "running"]
    assert days(lives.age_h) == [57, 99]
    assert notes(lives) == {"restored_in_place": [0, 2]}


def test_a_failure_restored_before_it_happened_is_left_out():
    lives = lives_of([("P1", "W1", 1, 60)], [("P1", 50, 40), ("P1", 70, 65), ("P1", None, 9)])
    assert lives.status.tolist() == ["pulled"]
    assert notes(lives) == {"undated": [2], "restored_before_failure": [0, 1]}


def test_what_comes_after_the_failure_is_told():
    lives = lives_of([("P1", "W1", 1, 60)], [("P1", 30, None), ("P1", 30, 31), ("P1", 45, 46)])
    assert days(lives.age_h) == [29]
    assert notes(lives) == {"after_failure": [1, 2]}


def test_failures_without_a_place_are_told():
    lives = lives_of(
        [("P1", "W1", 1, 60)], [("P1", None, None), ("P1", 70, None), ("P9", 30, None)]
    )
    assert lives.status.tolist() == ["pulled"]
    assert notes(lives) == {"undated": [0], "not_installed": [1, 2]}


def test_a_failure_at_the_instant_of_a_change_belongs_to_the_run_before():
    lives = lives_of([("P1", "W1", 1, 60), ("P1", "W2", 60, None)], [("P1", 60, None)])
    assert lives.status.tolist() == ["failed", "running"]
    dead_on_arrival = lives_of([("P1", "W1", 1, None)], [("P1", 1, None)])
    assert dead_on_arrival.status.tolist() == ["failed"]
    assert dead_on_arrival.age_h.tolist() == [0.0]


@pytest.mark.parametrize(
    ("broke", "of_w1", "of_w2"), [(1, "failed", "running"), (70, "pulled", "failed")]
)
def test_a_pump_pulled_at_the_instant_of_its_install_takes_no_later_failure(broke, of_w1, of_w2):
    rows = [("P1", "W1", 1, 1), ("P1", "W2", 1, None)]
    for installed in (rows, rows[::-1]):
        lives = lives_of(installed, [("P1", broke, None)])
        assert dict(zip(lives.well, lives.status, strict=True)) == {"W1": of_w1, "W2": of_w2}
        assert not lives.notes


def test_a_pump_that_failed_when_it_was_installed_is_in_the_window_that_begins_then():
    lives = lives_of([("P1", "W1", 0, 0), ("P2", "W2", 0, 9)], [("P1", 0, None), ("P2", 0, None)])
    assert lives.status.tolist() == ["failed", "failed"]
    assert days(lives.age_h) == [0, 0]
    assert not lives.notes


def test_operating_ages_are_exact_for_a_pump_that_stood_since_before_the_window():
    micro = np.arange(1, 400, 7, dtype="timedelta64[us]")
    pump = [f"P{i}" for i in range(micro.size)]
    never = np.full(micro.size, NAT)
    lives = run_lives(
        installations=Installations(
            pump=pump, well=pump, install=DAY0 - 77_777_777 * micro, removal=never
        ),
        failures=Failures(pump=[], failed=[], restored=[]),
        stops=Stops(pump=pump, start=DAY0 - 11_111 * micro, end=never),
        window=WINDOW,
        clock="operating",
    )
    assert (lives.entry_age_h == lives.age_h).all()
    assert (lives.age_h == (77_766_666 * micro).astype(np.int64) / 3.6e9).all()


def test_operating_ages_leave_downtime_out_once():
    lives = lives_of(
        [("P1", "W1", -30, 40), ("P2", "W2", 10, None)],
        [("P1", 40, None)],
        stops=[("P1", -20, -10), ("P1", -15, -5), ("P1", 5, 10), ("P2", 90, None)],
        clock="operating",
    )
    assert days(lives.entry_age_h) == [15, 0]
    assert days(lives.age_h) == [50, 80]
    assert lives.clock == "operating"


def test_nothing_gives_no_lives():
    lives = lives_of([])
    assert lives.age_h.size == 0
    assert not lives.notes


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"clock": "operating"}, "expected 'calendar', or 'operating' with stops"),
        ({"clock": "wall"}, "clock = 'wall'"),
        ({"installed": [("P1", "W1", None, None)]}, r"install\[0\] is missing"),
        ({"installed": [("P1", None, 1, None)]}, r"well\[0\] = None"),
        ({"serial": ["a", "b"]}, "serial has 2 entries for 1 records"),
    ],
)
def test_wrong_arguments_are_named(change, words):
    with pytest.raises(ArgumentError, match=words):
        lives_of(**({"installed": [("P1", "W1", 1, None)]} | change))


def test_columns_of_a_table_are_equally_long():
    with pytest.raises(ArgumentError, match="failed has 2 entries for 1 pumps"):
        run_lives(
            installations=Installations(pump=["P"], well=["W"], install=[DAY0], removal=[NAT]),
            failures=Failures(pump=["P"], failed=[DAY0, DAY0], restored=[NAT]),
            stops=None,
            window=WINDOW,
            clock="calendar",
        )


def test_stops_and_their_pumps_are_as_many():
    with pytest.raises(ArgumentError, match="stops: 2 pumps for 1 begins"):
        run_lives(
            installations=Installations(pump=["P"], well=["W"], install=[DAY0], removal=[NAT]),
            failures=Failures(pump=[], failed=[], restored=[]),
            stops=Stops(pump=["P", "P"], start=[DAY0], end=[NAT]),
            window=WINDOW,
            clock="operating",
        )


def by_definition(installed, failed, stops):
    """Ages on the operating clock, life by life and hour by hour."""
    found = []
    for pump, well, install, removal in installed:
        end = np.inf if removal is None else removal
        others = [
            row for row in installed if row != (pump, well, install, removal) and row[0] == pump
        ]
        if end < install or any(
            install < (np.inf if row[3] is None else row[3])
            and row[2] < end
            and (row[3] is None or row[3] >= row[2])
            for row in others
        ):
            continue
        ending = [
            when
            for broken, when, restored in failed
            if broken == pump
            and install <= when <= end
            and (restored is None or restored >= end)
            and not (when == install and any(row[3] == when for row in others))
        ]
        broke = min(ending, default=np.inf)
        over = min(broke, end)
        if (over <= 0 and install < 0) or install >= 100:
            continue
        last, first = min(over, 100), max(install, 0)

        def ran(until, pump=pump, install=install):
            hours = range(round(install * 24), round(until * 24))
            return sum(
                not any(
                    stopped == pump and start * 24 <= hour < (np.inf if stop is None else stop * 24)
                    for stopped, start, stop in stops
                )
                for hour in hours
            )

        status = "failed" if broke <= 100 else "pulled" if end <= 100 else "running"
        found.append((pump, well, ran(first), ran(last), status))
    return found


DAYS = st.integers(-8, 12) | st.integers(96, 104)
PUMPS = st.sampled_from(["P1", "P2"])


@given(
    st.lists(
        st.tuples(PUMPS, st.sampled_from("WV"), DAYS, st.none() | DAYS), max_size=4, unique=True
    ),
    st.lists(
        st.tuples(PUMPS, DAYS, st.none() | st.integers(13, 20) | st.integers(105, 110)), max_size=4
    ),
    st.lists(st.tuples(PUMPS, DAYS, st.integers(0, 5)), max_size=4),
)
def test_lives_are_those_of_the_definition(installed, failed, stops):
    stops = [(pump, start, start + length) for pump, start, length in stops]
    lives = lives_of(installed, failed, stops, clock="operating")
    got = zip(
        lives.pump, lives.well, lives.entry_age_h, lives.age_h, lives.status.tolist(), strict=True
    )
    assert sorted(got) == sorted(by_definition(installed, failed, stops))


@pytest.mark.parametrize(
    ("removed", "codes", "status"),
    [(99.0, [], "pulled"), (100.0, [], "pulled"), (100.5, ["cut_at_end"], "running")],
)
def test_a_run_that_ends_as_the_window_does_is_not_cut(removed, codes, status):
    lives = lives_of([("P1", "W1", 0, removed)])
    assert [note.code for note in lives.notes] == codes
    assert lives.status.tolist() == [status]
    assert days(lives.age_h) == [min(removed, 100.0)]


@pytest.mark.parametrize(
    ("failed", "status"), [(20.0, "failed"), (60.0, "pulled"), (None, "pulled")]
)
def test_a_pump_that_failed_before_it_was_pulled_lived_until_it_failed(failed, status):
    """Installed on day 0, failed on day 20, pulled on day 50: 480 h, though no stop says so."""
    lives = lives_of([("P1", "W1", 0, 50.0)], [("P1", failed, None)] if failed == 20.0 else [])
    assert lives.age_h.tolist() == [480.0 if failed == 20.0 else 1200.0]
    assert lives.status.tolist() == [status]
