"""A fleet's history as tables: the same numbers as from rows, and every fault named."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import (
    PUMPPERF_2026,
    ArgumentError,
    Equipment,
    EquipmentMaintain,
    RowError,
    Well,
    WellActivity,
    WellEquipment,
    Window,
)
from pumpperf.evaluate import reliability_of, run_lives_of
from pumpperf.interchange import frames
from sample import DAY, WHEN, failure, run, stop

WINDOW = Window(WHEN, WHEN + 100 * DAY)
AS_OF = WHEN + 100 * DAY
ASKED = {"assumptions": PUMPPERF_2026, "user_id": "ana", "at": AS_OF}
PUMPS = ("P1", "P2", "P3")


def ended(start, length):
    return None if length is None else start + length


def installed(number, pump, start, length, well="W1"):
    return run(number, start, ended(start, length), pump=pump, uwi=well)


def broken(number, pump, day, restored=None, *, failed=True):
    about = {"equip_maint_id": str(number), "failure_ind": failed, "failure_mode": "BRD"}
    return failure(number, day, ended(day, restored), pump=pump, **about)


def stopped(number, pump, start, length, kind="UNPLANNED"):
    return stop(number, kind, start, ended(start, length), pump=pump, unit=DAY)


DAYS = st.integers(-20, 120)
LENGTHS = st.none() | st.integers(0, 60)
HISTORIES = st.tuples(
    st.lists(st.tuples(st.sampled_from(PUMPS), DAYS, LENGTHS), min_size=1, max_size=5),
    st.lists(st.tuples(st.sampled_from(PUMPS), DAYS, LENGTHS, st.booleans()), max_size=5),
    st.lists(
        st.tuples(st.sampled_from(PUMPS), DAYS, LENGTHS, st.sampled_from(["PLANNED", "UNPLANNED"])),
        max_size=5,
    ),
)


def rows_of(history):
    runs, failures, stops = history
    return (
        [installed(i, *run) for i, run in enumerate(runs)],
        [
            broken(i, pump, day, length, failed=failed)
            for i, (pump, day, length, failed) in enumerate(failures)
        ],
        [stopped(i, *stop) for i, stop in enumerate(stops)],
    )


def tables_of(rows):
    kinds = (WellEquipment, EquipmentMaintain, WellActivity)
    return [
        frames.to_frame(some) if some else frames.to_frame([empty])[:0]
        for some, empty in zip(rows, map(_any, kinds), strict=True)
    ]


def _any(kind):
    return {
        WellEquipment: installed(0, "P1", 0, None),
        EquipmentMaintain: broken(0, "P1", 0),
        WellActivity: stopped(0, "P1", 0, None),
    }[kind]


@given(HISTORIES)
def test_reliability_of_a_fleet_is_that_of_each_pump(history):
    rows = rows_of(history)
    table, _ = frames.reliability(*tables_of(rows), as_of=AS_OF)
    for pump in {row.equipment_id for some in rows for row in some}:
        own = [[row for row in some if row.equipment_id == pump] for some in rows]
        own[0] = rows[0] if own[0] else []  # all are in one well
        row, estimate, _ = reliability_of(
            pump, installations=own[0], maintenance=own[1], activities=own[2], as_of=AS_OF, **ASKED
        )
        if pump not in table.index:  # nothing of it had begun by then
            assert (row.installations, row.failures, row.installed_h) == (0, 0, 0.0)
            continue
        for name, value in table.loc[pump].items():
            expected = getattr(row, name, getattr(estimate, name, None))
            if expected is None:
                assert np.isnan(value), name
            else:
                assert value == expected, name


@given(HISTORIES)
def test_run_lives_of_tables_are_those_of_rows(history):
    rows = rows_of(history)
    fleet = {
        "equipment": [Equipment(equipment_id="P1", lift_type="ESP", serial_num="S1")],
        "wells": [Well(uwi="W1", assigned_field="North")],
    }
    lives = run_lives_of(*rows, **fleet, window=WINDOW, clock="operating")
    table, notes = frames.run_lives(
        *tables_of(rows),
        **{name: frames.to_frame(some) for name, some in fleet.items()},
        window=WINDOW,
        clock="operating",
    )
    assert table.index.tolist() == lives.installation.tolist()
    assert table["age_h"].tolist() == lives.age_h.tolist()
    assert table["entry_age_h"].tolist() == lives.entry_age_h.tolist()
    assert table["status"].tolist() == lives.status.tolist()
    for name, column in (
        ("failure_mode", lives.mode),
        ("lift_type", lives.lift_type),
        ("serial_num", lives.serial),
        ("assigned_field", lives.field),
    ):
        assert [None if pd.isna(x) else x for x in table[name]] == column.tolist()
    assert notes["count"].tolist() == [one.count for one in lives.notes]


def test_a_pump_or_well_that_stands_twice_is_refused():
    pumps = [Equipment(equipment_id="P1", lift_type=lift_type) for lift_type in ("ESP", "PCP")]
    wells = [Well(uwi="W1", assigned_field=field) for field in ("North", "South")]
    for twice, words in (
        ({"equipment": pumps}, "equipment_id 'P1' stands twice"),
        ({"wells": wells}, "uwi 'W1' stands twice"),
    ):
        with pytest.raises(ArgumentError, match=words):
            run_lives_of([], [], [], **twice, window=WINDOW, clock="calendar")
        tables = {name: frames.to_frame(some) for name, some in twice.items()}
        with pytest.raises(ArgumentError, match=words):
            frames.run_lives(RUNS, WORK, **tables, window=WINDOW, clock="calendar")


def test_what_was_left_out_is_told_with_its_lines():
    runs = frames.to_frame([installed(1, "P1", 200, None), installed(2, "P2", -5, None)])
    runs.index = ["a", "b"]
    work = frames.to_frame([broken(1, "P1", 1, failed=False), broken(2, "P2", None)])
    work.index = ["c", "d"]
    table, notes = frames.run_lives(runs, work, window=WINDOW, clock="calendar", units={"h": "d"})
    assert table[["entry_age_d", "age_d"]].to_numpy().tolist() == [[5.0, 105.0]]
    assert table.index.tolist() == ["b"]
    lines = dict(zip(notes["code"], notes["lines"], strict=True))
    assert lines == {"installed_after": ("a",), "aged_at_entry": ("b",), "undated": ("d",)}


RUNS = frames.to_frame([installed(1, "P1", 0, None)])
WORK = frames.to_frame([broken(1, "P1", 1)])


@pytest.mark.parametrize(
    ("runs", "work", "words"),
    [
        (RUNS.rename(columns={"removal_date": "removal"}), WORK, "removal is unknown"),
        (RUNS.drop(columns="install_date"), WORK, "install_date is missing"),
        (
            RUNS.assign(install_date=pd.Timestamp("2026-01-01")),
            WORK,
            "with its UTC offset, got a naive date",
        ),
        (
            RUNS.assign(install_date=pd.NaT),
            WORK,
            r"line 0, install_date is missing: expected a date",
        ),
        (RUNS.assign(uwi=None), WORK, "line 0, uwi is missing: expected a text"),
        (pd.concat([RUNS, RUNS["uwi"]], axis=1), WORK, "uwi stands more than once"),
        (RUNS, WORK.assign(failure_mode="BROKE"), "failure_mode = 'BROKE': expected one of FTS"),
        (RUNS, WORK.assign(failure_ind="yes"), "failure_ind = 'yes': expected true or false"),
    ],
)
def test_faults_of_a_table_are_named(runs, work, words):
    with pytest.raises(RowError, match=words):
        frames.run_lives(runs, work, window=WINDOW, clock="calendar")


def test_reliability_is_asked_for_a_date_with_its_offset():
    with pytest.raises(ArgumentError, match="UTC offset"):
        frames.reliability(
            RUNS, WORK, frames.to_frame([stopped(1, "P1", 1, 1)]), as_of=WHEN.replace(tzinfo=None)
        )


def test_durations_leave_in_days():
    stops = frames.to_frame([stopped(1, "P1", 1, 1)])
    table, _ = frames.reliability(RUNS, WORK, stops, as_of=AS_OF, units={"h": "d"})
    assert table.loc["P1", ["installed_d", "operating_d", "mtbf_d"]].tolist() == [100.0, 99.0, 99.0]


def test_failures_that_ended_no_run_are_told_beside_the_mtbf_that_counts_them():
    work = frames.to_frame([broken(1, "P1", 10), broken(2, "P1", 10), broken(3, "P1", 200)])
    work.index = ["a", "b", "c"]
    stops = frames.to_frame([stopped(1, "P1", 10, None)])
    table, notes = frames.reliability(RUNS, work, stops, as_of=AS_OF)
    assert table.loc["P1", ["failures", "failed_runs"]].tolist() == [2, 1]
    assert notes[["code", "lines"]].to_numpy().tolist() == [
        ["after_failure", ("b",)],
        ["failed_twice_at_once", ("a", "b")],
    ]
