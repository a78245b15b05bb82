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


def lives_of(
    installed, failed=(), stops=None, clock="calendar", work=None, overlaps="end_first", **more
):
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
        stops=stops_of(stops),
        work=stops_of(work),
        window=WINDOW,
        clock=clock,
        overlaps=overlaps,
    )


def stops_of(rows):
    return (
        None
        if rows is None
        else Stops(
            pump=[row[0] for row in rows],
            start=[day(row[1]) for row in rows],
            end=[day(row[2]) for row in rows],
        )
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


IN_TWO_WELLS = [
    ("P1", "W1", 0, 30),
    ("P1", "W2", 20, 25),
    ("P1", "W3", 29, 40),
    ("P1", "W4", 40, None),
]


def test_a_pump_set_in_another_well_had_left_the_first():
    lives = lives_of(IN_TWO_WELLS)
    assert lives.well.tolist() == ["W1", "W2", "W3", "W4"]
    assert days(lives.age_h) == [20, 5, 11, 60]
    (note,) = lives.notes
    assert (note.code, note.rows.tolist()) == ("overlapping", [0, 1])
    assert note.words == (
        "one pump in two wells at once: the first is taken to end where the second was set "
        "(overlaps = 'end_first')"
    )


@pytest.mark.parametrize("overlaps", ["leave_out", "keep"])
def test_a_pump_in_two_wells_at_once_is_believed_in_neither_if_asked(overlaps):
    lives = lives_of(IN_TWO_WELLS, overlaps=overlaps)
    assert lives.well.tolist() == ["W4"]
    assert notes(lives)["overlapping"] == [0, 1, 2]
    assert "overlaps = 'leave_out'" in lives.notes[0].words


IN_ONE_WELL = [("P1", "W1", 0, None), ("P2", "W1", 30, 50), ("P3", "W1", 50, None)]


@pytest.mark.parametrize(
    ("overlaps", "ages", "words"),
    [
        ("end_first", [30, 20, 50], "the first is taken to end where the second was set"),
        ("leave_out", [50], "both are left out"),
        ("keep", [100, 20, 50], "both are kept"),
    ],
)
def test_two_pumps_in_one_well_are_told_with_both_lines(overlaps, ages, words):
    lives = lives_of(IN_ONE_WELL, overlaps=overlaps)
    (note,) = lives.notes
    assert (note.code, note.table) == ("two_in_one_well", "installations")
    assert note.words == f"two pumps in one well at once: {words} (overlaps = {overlaps!r})"
    told = {"end_first": [0, 1], "leave_out": [0, 1, 2], "keep": [0, 1, 2]}
    assert note.rows.tolist() == told[overlaps]
    assert days(lives.age_h) == (ages if overlaps != "leave_out" else [])


def test_of_two_set_at_once_nobody_knows_which_was_first():
    lives = lives_of([("P1", "W1", 5, None), ("P2", "W1", 5, 30), ("P3", "W1", 40, None)])
    assert lives.pump.tolist() == ["P3"]
    assert notes(lives)["two_in_one_well_at_once"] == [0, 1]


def test_there_is_no_other_rule_for_what_overlaps():
    with pytest.raises(ArgumentError, match="overlaps = 'first': expected one of end_first, leave"):
        lives_of(IN_ONE_WELL, overlaps="first")


@pytest.mark.parametrize(
    ("stop", "status", "age"),
    [
        ((19.5, 22), "running", 99),
        ((20.5, 22), "running", 99),
        ((20, 21), "running", 99),
        ((15, 20), "failed", 19),
        ((22, 25), "failed", 19),
        ((20, None), "failed", 19),
    ],
)
def test_a_failure_is_restored_where_the_stop_that_it_began_with_ended(stop, status, age):
    lives = lives_of(
        [("P1", "W1", 1, None), ("P2", "W2", 1, None)],
        [("P1", 20, None)],
        stops=[("P1", *stop), ("P2", 20, 22)],
    )
    assert lives.status.tolist() == [status, "running"]
    assert days(lives.age_h) == [age, 99]
    assert ("restored_in_place" in notes(lives)) is (status == "running")


def test_a_stop_that_ends_within_a_day_of_the_pull_lasted_to_it():
    for end, status in ((58.9, "pulled"), (59.0, "failed"), (60.0, "failed")):
        lives = lives_of([("P1", "W1", 1, 60)], [("P1", 20, None)], stops=[("P1", 20, end)])
        assert lives.status.tolist() == [status]


def test_a_pump_is_down_from_its_failure_to_its_own_end_and_while_it_is_worked_on():
    """Of 99 days: 10 of a repair, of which 4 were also recorded as a stop, and 5 of work."""
    lives = lives_of(
        [("P1", "W1", 1, None)],
        [("P1", 20, 30)],
        stops=[("P1", 26, 30)],
        work=[("P1", 50, 55)],
        clock="operating",
    )
    assert days(lives.age_h) == [99 - 10 - 5]


def test_a_stop_while_the_pump_was_in_no_well_is_told_where_it_would_count():
    rows = {"installed": [("P1", "W1", 1, 60)], "stops": [("P1", 60, 70), ("P1", 5, 5)]}
    assert notes(lives_of(**rows, clock="operating")) == {"stopped_outside": [0]}
    assert not lives_of(**rows).notes


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
    with pytest.raises(ArgumentError, match="2 stops with 1 begins and 1 ends"):
        run_lives(
            installations=Installations(pump=["P"], well=["W"], install=[DAY0], removal=[NAT]),
            failures=Failures(pump=[], failed=[], restored=[]),
            stops=Stops(pump=["P", "P"], start=[DAY0], end=[NAT]),
            window=WINDOW,
            clock="operating",
        )


def settled(installed, overlaps):
    """What counts of the installations, pair by pair: rows that end, and the same of each pump."""
    rows = [[*row[:3], np.inf if row[3] is None else row[3]] for row in installed]
    rows = sorted((row for row in rows if row[3] >= row[2]), key=lambda row: row[2:])
    for same in (0, 1):
        out = []
        for i, row in enumerate(rows):
            others = [one for j, one in enumerate(rows) if j != i and one[same] == row[same]]
            later = [one for one in rows[i + 1 :] if one[same] == row[same]]
            if overlaps == "end_first":
                if later and later[0][2] == row[2] < row[3]:
                    out += [row, later[0]]
            elif any(row[2] < one[3] and one[2] < row[3] for one in others) and not (
                overlaps == "keep" and same == 1
            ):
                out.append(row)
        if overlaps == "end_first":
            for i, row in enumerate(rows):
                row[3] = min([row[3], *(one[2] for one in rows[i + 1 :] if one[same] == row[same])])
        rows = [row for row in rows if row not in out]
    return rows


def united(stops):
    """Stops of each pump, those that touch as one."""
    found = []
    for pump, start, stop in sorted(stops):
        if found and found[-1][0] == pump and start <= found[-1][2]:
            found[-1][2] = max(found[-1][2], stop)
        else:
            found.append([pump, start, stop])
    return found


def restored_at(failure, stops, end):
    """When a failure was over: by its own end, or by that of its stop; never, if neither says."""
    pump, when, restored = failure
    if restored is not None:
        return restored
    start, stop = next((one[1:] for one in stops if one[0] == pump and one[2] > when), (np.inf, 0))
    return stop if start <= when + 1 and stop + 1 < end else np.inf


def by_definition(installed, failed, stops, overlaps):
    """Ages on the operating clock, life by life and hour by hour."""
    found, rows, stops = [], settled(installed, overlaps), united(stops)
    for row in rows:
        pump, well, install, end = row
        own = sorted((one for one in rows if one[0] == pump), key=lambda one: one[3])
        inside = [
            (one[1], restored_at(one, stops, end))
            for one in failed
            if one[0] == pump
            and one[1] >= install
            and next((run for run in own if run[3] >= one[1]), None) == row
        ]
        broke = min((when for when, back in inside if back >= end), default=np.inf)
        over = min(broke, end)
        if (over <= 0 and install < 0) or install >= 100:
            continue
        last, first = min(over, 100), max(install, 0)
        down = [one[1:] for one in stops if one[0] == pump] + inside

        def ran(until, install=install, down=tuple(down)):
            return sum(
                not any(start * 24 <= hour < stop * 24 for start, stop in down)
                for hour in range(round(install * 24), round(until * 24))
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
    st.sampled_from(["end_first", "leave_out", "keep"]),
)
def test_lives_are_those_of_the_definition(installed, failed, stops, overlaps):
    stops = [(pump, start, start + length) for pump, start, length in stops]
    lives = lives_of(installed, failed, stops, clock="operating", overlaps=overlaps)
    got = zip(
        lives.pump, lives.well, lives.entry_age_h, lives.age_h, lives.status.tolist(), strict=True
    )
    assert sorted(got) == sorted(by_definition(installed, failed, stops, overlaps))


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
    ("failures", "age_h", "status"),
    [([("P1", 20.0, None)], 480.0, "failed"), ([("P1", 60.0, None)], 1200.0, "pulled")],
)
def test_a_pump_that_failed_before_it_was_pulled_lived_until_it_failed(failures, age_h, status):
    """Installed on day 0, failed on day 20, pulled on day 50: 480 h, though no stop says so."""
    lives = lives_of([("P1", "W1", 0, 50.0)], failures)
    assert lives.age_h.tolist() == [age_h]
    assert lives.status.tolist() == [status]
