"""What each pump of a fleet has done up to a date: hours in wells, hours run, failures."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import booleans
from pumpperf.calc.intervals.dates import (
    NAT_US,
    Date,
    Dates,
    begin_and_end_us,
    known_microseconds,
    microseconds,
    refuse,
)
from pumpperf.calc.intervals.timeline import Timeline, difference
from pumpperf.history.columns import OPEN, Failures, Installations, Labels, Places, Stops, as_many
from pumpperf.history.placing import RecordNote
from pumpperf.history.runs import run_lives
from pumpperf.numeric import FloatArray, IntArray, ratio
from pumpperf.reliability.rates import Mtbf, mtbf
from pumpperf.results import Result
from pumpperf.units import MICROSECONDS_PER_HOUR


class PumpHistories(Result):
    """Histories of pumps up to a date, one entry a pump in sorted order.

    Attributes:
        pump: label.
        installations: how often it was installed.
        failures: how often it failed, with or without a date.
        installed_us: time in wells [microseconds].
        operating_us: of this, time in which it was not down.
        failed_runs: runs that a failure ended.
        pulled_runs: runs that ended for another reason.
        running_runs: runs that last.
        mean_run_h: mean calendar length of all runs so far [h].
        mean_failed_run_h: mean calendar length of those that a failure ended [h]; in a young fleet
            it is short, since long runs have not failed yet.
        mean_time_to_restore_h: mean length of its unplanned stops that have ended [h].
        notes: records that were left out of the runs, cut, or cannot all be true.
        mtbf: operating time per failure, bounds, and the trend of its failures.
    """

    pump: Labels
    installations: NDArray[np.int64]
    failures: NDArray[np.int64]
    installed_us: IntArray
    operating_us: IntArray
    failed_runs: NDArray[np.int64]
    pulled_runs: NDArray[np.int64]
    running_runs: NDArray[np.int64]
    mean_run_h: FloatArray
    mean_failed_run_h: FloatArray
    mean_time_to_restore_h: FloatArray
    notes: tuple[RecordNote, ...]
    mtbf: Mtbf

    @property
    def installed_h(self) -> FloatArray:
        """Hours in wells."""
        return self.installed_us / MICROSECONDS_PER_HOUR

    @property
    def operating_h(self) -> FloatArray:
        """Hours in wells and not down."""
        return self.operating_us / MICROSECONDS_PER_HOUR


def pump_histories(
    *,
    installations: Installations,
    failures: Failures,
    stops: Stops,
    unplanned: ArrayLike,
    as_of: Date,
    level: float,
    among: ArrayLike = (),
) -> PumpHistories:
    """Hours, failures and MTBF of every pump that the records name.

    Operating time is the union of a pump's installations less the union of its stops; the trend of
    its failures is tested on that clock, so failures without a date, or before the pump had run,
    have no part in it.

    Args:
        installations: of all pumps, begun before the date.
        failures: of all pumps, up to the date.
        stops: of all pumps, begun before the date.
        unplanned: whether each stop was.
        as_of: end of the observation, by time [date; UTC without an offset].
        level: two-sided confidence level of the MTBF.
        among: labels of pumps that are wanted, whether the records name them or not.

    Returns:
        The histories; a pump without installation has no exposure.

    Raises:
        ArgumentError: columns differ in length, a begin is missing or not before `as_of`, an end
            lies before its begin, a failure lies after `as_of`, or a label is missing.

    Source: definition; ISO 14224:2016 annex C for operating time.

    >>> known = pump_histories(
    ...     installations=Installations(
    ...         pump=["P1"], well=["W1"], install=["2025-01-01"], removal=["NaT"]
    ...     ),
    ...     failures=Failures(pump=["P1"], failed=["2025-01-21"], restored=["NaT"]),
    ...     stops=Stops(pump=["P1"], start=["2025-01-21"], end=["2025-01-22"]),
    ...     unplanned=[True], as_of=np.datetime64("2025-02-01"), level=0.9,
    ... )
    >>> known.installed_h, known.operating_h, known.mtbf.mtbf_h
    (array([744.]), array([720.]), array([720.]))
    """
    tables = (installations, failures, stops)
    pumps = [np.asarray(one.pump, dtype=object).ravel() for one in tables]
    pumps.append(np.asarray(among, dtype=object).ravel())
    label, place = groups(labels=np.concatenate(pumps), name="pump")
    own, broken, stopped, _ = np.split(place, np.cumsum([one.size for one in pumps])[:-1])
    until = int(known_microseconds(times=as_of, name="as_of")[0])
    install, removal = _observed(
        installations.install, installations.removal, until, "installation", label[own]
    )
    start, end = _observed(stops.start, stops.end, until, "stop", label[stopped])
    unforeseen = booleans(values=unplanned, name="unplanned")
    as_many(columns={"unplanned": unforeseen}, size=start.size, of="stops")
    failed = microseconds(times=failures.failed, name="failed")
    as_many(columns={"failed": failed}, size=broken.size, of="pumps")
    refuse(wrong=failed > until, problem="lies after as_of", noun="failure", of=label[broken])
    runs = run_lives(
        installations=installations,
        failures=failures,
        stops=None,
        window=(np.datetime64(int(install.min(initial=until - 1)), "us"), as_of),
        clock="calendar",
    )
    whose = own[runs.installation]
    ends = {
        f"{end}_runs": np.bincount(whose[runs.status == end], minlength=label.size)
        for end in ("failed", "pulled", "running")
    }

    dated = failed != NAT_US
    when, who = failed[dated], broken[dated]
    every = np.arange(label.size)
    latest = np.full(label.size, until)
    ended = unforeseen & (end <= until)
    lengths = (end[ended] - start[ended]) / MICROSECONDS_PER_HOUR
    removal, end = np.minimum(removal, until), np.minimum(end, until)
    line = Timeline(groups=label.size, times=(install, removal, start, end, when, latest))
    down, installed = line.union(stopped, start, end), line.union(own, install, removal)
    either = line.union(
        np.concatenate([own, stopped]),
        np.concatenate([install, start]),
        np.concatenate([removal, end]),
    )
    operating = difference(outer=either, inner=down)
    operating_us = line.lengths_before_us(operating, line.places(every, latest))
    run_us = line.lengths_before_us(operating, line.places(who, when))
    ran = run_us > 0
    broken_often = np.bincount(broken, minlength=label.size)
    return PumpHistories(
        pump=label,
        installations=np.bincount(own, minlength=label.size),
        failures=broken_often,
        installed_us=line.lengths_before_us(installed, line.places(every, latest)),
        operating_us=operating_us,
        **ends,
        mean_run_h=_mean(runs.age_h, whose, label.size),
        mean_failed_run_h=_mean(runs.age_h[runs.failed], whose[runs.failed], label.size),
        notes=runs.notes,
        mean_time_to_restore_h=_mean(lengths, stopped[ended], label.size),
        mtbf=mtbf(
            operating_h=operating_us / MICROSECONDS_PER_HOUR,
            failures=broken_often,
            failure_h=run_us[ran] / MICROSECONDS_PER_HOUR,
            failure_of=who[ran],
            level=level,
            sided="two",
            terminated="time",
        ),
    )


def _observed(
    begin: Dates, end: Dates, until: int, noun: str, of: Labels
) -> tuple[IntArray, IntArray]:
    """Begin and end of each, begun before the end of the observation; `OPEN` while it lasts."""
    begin_us, end_us = begin_and_end_us(start=begin, end=end, until_us=OPEN, noun=noun, of=of)
    refuse(wrong=begin_us >= until, problem="does not begin before as_of", noun=noun, of=of)
    return begin_us, end_us


def _mean(values: FloatArray, whose: Places, pumps: int) -> FloatArray:
    count = np.bincount(whose, minlength=pumps).astype(np.float64)
    return ratio(np.bincount(whose, values, pumps).astype(np.float64), count)
