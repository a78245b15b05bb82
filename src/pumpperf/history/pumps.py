"""What each pump of a fleet has done up to a date: hours in wells, hours run, failures."""

from typing import TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.downtime import downtime, mean_time_to_restore_h
from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import truths
from pumpperf.calc.intervals.events import NONE, Whole, microseconds
from pumpperf.calc.intervals.pieces import covered_us
from pumpperf.errors import ArgumentError
from pumpperf.history.columns import Failures, Installations, Labels, Stops
from pumpperf.history.placing import RecordNote
from pumpperf.history.runs import run_lives
from pumpperf.numeric import FloatArray, ratio
from pumpperf.reliability.rates import Mtbf, mtbf
from pumpperf.results import Result
from pumpperf.units import MICROSECONDS_PER_HOUR

Dates = NDArray[np.datetime64]
INSTALLED, DOWN = "installed", "down"


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
    installed_us: Whole
    operating_us: Whole
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
    as_of: np.datetime64,
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
        as_of: end of the observation, by time [datetime64].
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
    until = int(microseconds(times=as_of, name="as_of")[0])
    install, removal = _stretches(
        installations.install, installations.removal, label[own], until, "installation"
    )
    start, end = _stretches(stops.start, stops.end, label[stopped], until, "stop")
    unforeseen = truths(values=unplanned, name="unplanned")
    if unforeseen.size != start.size:
        raise ArgumentError(f"unplanned has {unforeseen.size} entries for {start.size} stops")
    runs = _runs(installations, failures, label, as_of)
    begins, ends = np.concatenate([install, start]), np.concatenate([removal, end])
    whose = np.concatenate([own, stopped])
    code = np.repeat([0, 1], [own.size, stopped.size])
    installed_us, operating_us = _times((begins, ends), code, whose, label.size, as_of)

    failed = microseconds(times=failures.failed, name="failed")
    dated = failed != NONE
    when, who = failed[dated].astype("datetime64[us]"), broken[dated]
    inside, down = (
        covered_us(start=begin, end=finish, by=pump, at=when, at_by=who, until=as_of)
        for begin, finish, pump in ((begins, ends, whose), (start, end, stopped))
    )
    run_us = inside - down
    ran = run_us > 0
    operating_h = operating_us / MICROSECONDS_PER_HOUR
    broken_often = np.bincount(broken, minlength=label.size)
    ended = unforeseen & ~np.isnat(end) & (end <= as_of)
    lengths = (end[ended] - start[ended]).astype(np.int64) / MICROSECONDS_PER_HOUR
    return PumpHistories(
        pump=label,
        installations=np.bincount(own, minlength=label.size),
        failures=broken_often,
        installed_us=installed_us,
        operating_us=operating_us,
        **runs,
        mean_time_to_restore_h=_restored(lengths, stopped[ended], label.size),
        mtbf=mtbf(
            operating_h=operating_h,
            failures=broken_often,
            failure_h=run_us[ran] / MICROSECONDS_PER_HOUR,
            failure_of=who[ran],
            level=level,
            sided="two",
            terminated="time",
        ),
    )


def _stretches(
    begin: ArrayLike, end: ArrayLike, whose: Labels, until_us: int, what: str
) -> tuple[Dates, Dates]:
    """Begin and end of each, in order and begun before the end of the observation."""
    begin_us, end_us = (microseconds(times=when, name=what) for when in (begin, end))
    if not begin_us.size == end_us.size == whose.size:
        raise ArgumentError(
            f"{what}s: {whose.size} pumps, {begin_us.size} begins and {end_us.size} ends"
        )
    for wrong, problem in (
        (begin_us == NONE, "has no begin"),
        (begin_us >= until_us, "does not begin before as_of"),
        ((end_us < begin_us) & (end_us != NONE), "ends before it begins"),
    ):
        if wrong.any():
            i = int(np.argmax(wrong))
            raise ArgumentError(f"{what} {i}, of pump {whose[i]!r}, {problem}")
    return begin_us.astype("datetime64[us]"), end_us.astype("datetime64[us]")


def _times(
    stretches: tuple[Dates, Dates],
    code: NDArray[np.intp],
    whose: NDArray[np.intp],
    pumps: int,
    as_of: np.datetime64,
) -> tuple[Whole, Whole]:
    """Time in wells, and of this time not down, of each pump [microseconds]."""
    if code.all():
        return np.zeros(pumps, dtype=np.int64), np.zeros(pumps, dtype=np.int64)
    begins, ends = stretches
    first = begins[code == 0].min()
    parts = [
        downtime(
            start=begins,
            end=ends,
            category=category,
            window=(first, as_of),
            priority=priority,
            by=whose,
            among=np.arange(pumps),
        ).part_us[INSTALLED]
        for category, priority in ((code, (INSTALLED, DOWN)), (1 - code, (DOWN, INSTALLED)))
    ]
    return parts[0], parts[1]


def _restored(lengths: FloatArray, whose: NDArray[np.intp], pumps: int) -> FloatArray:
    mean = np.full(pumps, np.nan)
    mean[np.unique(whose)] = mean_time_to_restore_h(downtime_h=lengths, by=whose)
    return mean


class _Runs(TypedDict):
    failed_runs: NDArray[np.int64]
    pulled_runs: NDArray[np.int64]
    running_runs: NDArray[np.int64]
    mean_run_h: FloatArray
    mean_failed_run_h: FloatArray
    notes: tuple[RecordNote, ...]


def _runs(
    installations: Installations, failures: Failures, label: Labels, as_of: np.datetime64
) -> _Runs:
    begins = microseconds(times=installations.install, name="install")
    first = begins.min() if begins.size else as_of.astype("datetime64[us]").astype(np.int64) - 1
    found = run_lives(
        installations=installations,
        failures=failures,
        stops=None,
        window=(np.datetime64(int(first), "us"), as_of),
        clock="calendar",
    )
    place = np.searchsorted(label, found.pump)
    counts = {
        status: np.bincount(place[found.status == status], minlength=label.size)
        for status in ("failed", "pulled", "running")
    }
    runs = np.bincount(place, minlength=label.size)
    every = np.bincount(place, found.age_h, label.size).astype(np.float64)
    failed = np.bincount(place, found.age_h * found.failed, label.size).astype(np.float64)
    return {
        "failed_runs": counts["failed"],
        "pulled_runs": counts["pulled"],
        "running_runs": counts["running"],
        "mean_run_h": ratio(every, runs.astype(np.float64)),
        "mean_failed_run_h": ratio(failed, counts["failed"].astype(np.float64)),
        "notes": found.notes,
    }
