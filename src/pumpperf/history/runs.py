"""Run lives from the records of a fleet: installations, failures and downtime, within a window."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from pumpperf.calc.intervals.dates import Edges, window_us
from pumpperf.calc.intervals.timeline import Timeline
from pumpperf.calc.scalars import one_of
from pumpperf.errors import ArgumentError
from pumpperf.history.columns import OPEN, Failures, Installations, Stops, taken
from pumpperf.history.placing import Overlaps, RecordNote
from pumpperf.history.settled import Settled, settled
from pumpperf.numeric import BoolArray, DateArray, FloatArray, IntArray, TextArray
from pumpperf.results import Labels, Places, Result
from pumpperf.units import MICROSECONDS_PER_HOUR

Clock = Literal["calendar", "operating"]


class RunLives(Result):
    """Run lives as estimators take them, one entry a life, in the order of the installations.

    Attributes:
        installation: place of its record.
        failure: place of the record of the failure that ended it; -1 if none did.
        pump: its label.
        well: its label.
        entry_age_h: age when the window began, 0 for pumps installed in it [h].
        age_h: age at failure or pull, or at the window's end [h].
        status: `failed`, `pulled` (for another reason) or `running`.
        install: begin of the run.
        ended: failure, pull or the window's end.
        failed: whether `status` is `failed`.
        subunit: which part failed; None where no failure ended the run, or nobody knows.
        mode: how the failure showed itself.
        mechanism: what led to it.
        cause: why that could happen.
        lift_type: how the pump lifts.
        model: of its maker.
        serial: of its maker; a pump that ran in several wells keeps it.
        field: of the well.
        clock: `calendar`, or `operating` for ages without downtime.
        notes: records that were left out, cut, or cannot all be true.
    """

    installation: Places
    failure: Places
    pump: Labels
    well: Labels
    entry_age_h: FloatArray
    age_h: FloatArray
    status: TextArray
    install: DateArray
    ended: DateArray
    failed: BoolArray
    subunit: Labels
    mode: Labels
    mechanism: Labels
    cause: Labels
    lift_type: Labels
    model: Labels
    serial: Labels
    field: Labels
    clock: Clock
    notes: tuple[RecordNote, ...]


def run_lives(
    *,
    installations: Installations,
    failures: Failures,
    stops: Stops | None,
    window: Edges,
    clock: Clock,
    work: Stops | None = None,
    overlaps: Overlaps = "end_first",
) -> RunLives:
    """Lives of pumps that were in wells within a window, from the records of a fleet.

    age = min(failure, pull, window's end) - install;  entry age = max(window's begin - install, 0);
    on the operating clock, less the union of downtime before each.

    A failure ends a run unless it was restored while the pump stayed in the well: at its own end,
    or else where the stop that it began with ended. From a failure until it was restored the pump
    was down. Pumps that already ran when the window began enter late, at the age they had; those
    that ended before are no part of it. What cannot be true is left out or cut, and noted with the
    records concerned.

    Args:
        installations: of all pumps.
        failures: of all pumps; only failures, not other work.
        stops: downtime of all pumps; needed for the operating clock.
        window: begin and end of the time in which records were kept completely [date].
        clock: `calendar` ages, or `operating` ones.
        work: other work on pumps that kept them down.
        overlaps: of two pumps that are in one well at once, or one that is in two: `end_first` ends
            the first where the second was set, `leave_out` leaves both out, `keep` keeps two pumps
            in one well and leaves out one in two.

    Returns:
        The `RunLives`.

    Raises:
        ArgumentError: columns of a table differ in length or index, an installation has no begin,
            the window is empty, or the operating clock is asked for without downtime.

    Source: ISO 14224:2016 section 7 for the period of surveillance; Meeker and Escobar, 1998,
    section 11.3 for late entry.

    >>> lives = run_lives(
    ...     installations=Installations(
    ...         pump=["P1", "P2"], well=["W1", "W2"], install=["2024-01-01", "2025-03-01"],
    ...         removal=["2025-02-10", "NaT"],
    ...     ),
    ...     failures=Failures(pump=["P1"], failed=["2025-02-01"], restored=["NaT"]),
    ...     stops=None, window=(np.datetime64("2025-01-01"), np.datetime64("2026-01-01")),
    ...     clock="calendar",
    ... )
    >>> lives.entry_age_h / 24, lives.age_h / 24, lives.status.tolist()
    (array([366., 0.]), array([397., 306.]), ['failed', 'running'])
    """
    one_of(value=clock, among=get_args(Clock), name="clock")
    if clock == "operating" and stops is None:
        words = "expected 'calendar', or 'operating' with stops"
        raise ArgumentError(f"clock = 'operating', stops = None: {words}")
    first, last = window_us(window=window)
    past = settled(
        installations=installations,
        failures=failures,
        stops=stops,
        work=work,
        overlaps=overlaps,
        until_us=last,
    )
    return lives_of(past=past, window=(first, last), clock=clock)


def lives_of(*, past: Settled, window: tuple[int, int], clock: Clock) -> RunLives:
    """As `run_lives`, of records that are settled.

    Args:
        past: the records.
        window: its begin and its end [microseconds].
        clock: `calendar` ages, or `operating` ones.

    Raises:
        ArgumentError: a column is not as long as its table.

    Source: as `run_lives`.

    >>> installed = Installations(
    ...     pump=["P1"], well=["W1"], install=["1970-01-01"], removal=["1970-01-02"]
    ... )
    >>> none = Failures(pump=[], failed=[], restored=[])
    >>> lives_of(
    ...     past=settled(installations=installed, failures=none, stops=None, work=None,
    ...                  overlaps="end_first", until_us=OPEN),
    ...     window=(0, OPEN), clock="calendar",
    ... ).age_h
    array([24.])
    """
    first, last = window
    records, kept, failed_us = past.records, past.kept, past.failed_us
    ended_us = np.minimum(failed_us, records.removal_us)
    earlier, after = records.install_us < first, kept & (records.install_us >= last)
    before = kept & earlier & (ended_us <= first)
    kept = kept & ~(before | after)
    aged, cut = kept & earlier, kept & (ended_us > last) & (ended_us < OPEN)
    of_runs = [
        ("ended_before", "ended before the window: left out", before),
        ("installed_after", "installed after the window: left out", after),
        ("aged_at_entry", "already ran when the window began: enters at that age", aged),
        ("cut_at_end", "ended after the window: running at its end", cut),
    ]

    life = np.flatnonzero(kept)
    install_us, end_us = records.install_us[life], np.minimum(ended_us[life], last)
    failed = failed_us[life] <= last
    pulled = ~failed & (records.removal_us[life] <= last)
    entry_us = np.maximum(install_us, first)
    entry_age_us, age_us = entry_us - install_us, end_us - install_us
    if clock == "operating":
        down = _down_before_us(past, records.pump[life], (install_us, entry_us, end_us), last)
        entry_age_us, age_us = entry_age_us - (down[1] - down[0]), age_us - (down[2] - down[0])
    failure = np.where(failed, past.placed.first[life], -1)
    of_pump, of_failure = records.pump.size, records.failed_us.size
    known = {
        name: taken(column=getattr(table, name), rows=rows, size=size, name=name)
        for table, rows, size, names in (
            (past.installations, life, of_pump, ("lift_type", "model", "serial", "field")),
            (past.failures, failure, of_failure, ("subunit", "mode", "mechanism", "cause")),
        )
        for name in names
    }
    return RunLives(
        installation=life,
        failure=failure,
        pump=records.label[records.pump[life]],
        well=records.well_label[records.well[life]],
        entry_age_h=entry_age_us / MICROSECONDS_PER_HOUR,
        age_h=age_us / MICROSECONDS_PER_HOUR,
        status=np.where(failed, "failed", np.where(pulled, "pulled", "running")),
        install=install_us.astype("datetime64[us]"),
        ended=end_us.astype("datetime64[us]"),
        failed=failed,
        **known,
        clock=clock,
        notes=(
            *past.notes(last, of_runs),
            *(past.notes_of_stops() if clock == "operating" else ()),
        ),
    )


def _down_before_us(
    past: Settled, pump: Places, times_us: tuple[IntArray, ...], last: int
) -> list[IntArray]:
    """Time for which each pump was down before some dates."""
    whose, begin, end = past.down(last)
    line = Timeline(groups=past.records.label.size, times=(begin, end, *times_us))
    down = line.union(whose, begin, end)
    return [line.lengths_before_us(down, line.places(pump, when)) for when in times_us]
