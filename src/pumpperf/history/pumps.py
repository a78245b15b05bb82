"""What each pump of a fleet has done up to a date: hours in wells, hours run, failures."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import booleans
from pumpperf.calc.intervals.dates import NAT_US, Date, known_microseconds, refuse
from pumpperf.calc.intervals.timeline import Timeline, difference
from pumpperf.history.columns import Failures, Installations, Stops, as_many
from pumpperf.history.placing import Overlaps, RecordNote
from pumpperf.history.runs import lives_of
from pumpperf.history.settled import settled
from pumpperf.numeric import FloatArray, IntArray, ratio
from pumpperf.reliability.rates import Mtbf, mtbf
from pumpperf.results import Labels, Places, Result
from pumpperf.units import MICROSECONDS_PER_HOUR


class PumpHistories(Result):
    """Histories of pumps up to a date, one entry a pump in sorted order.

    Attributes:
        pump: label.
        installations: how often it was installed: its runs.
        failures: how often it failed, with or without a date.
        installed_us: time in wells [microseconds].
        operating_us: of this, time in which it was up: neither stopped nor failed.
        failed_runs: runs that a failure ended.
        pulled_runs: runs that ended for another reason.
        running_runs: runs that last.
        mean_run_h: mean calendar length of all runs so far [h].
        mean_failed_run_h: mean calendar length of those that a failure ended [h]; in a young fleet
            it is short, since long runs have not failed yet.
        mean_time_to_restore_h: mean time from a failure to its end, or that of its stop, of those
            that have ended [h].
        mean_stop_h: mean length of its unplanned stops that have ended [h].
        notes: records that were left out of the runs, cut, or cannot all be true.
        mtbf: mean operating time between failures, bounds, and the trend of its failures.
    """

    pump: Labels
    installations: IntArray
    failures: IntArray
    installed_us: IntArray
    operating_us: IntArray
    failed_runs: IntArray
    pulled_runs: IntArray
    running_runs: IntArray
    mean_run_h: FloatArray
    mean_failed_run_h: FloatArray
    mean_time_to_restore_h: FloatArray
    mean_stop_h: FloatArray
    notes: tuple[RecordNote, ...]
    mtbf: Mtbf

    @property
    def installed_h(self) -> FloatArray:
        """Hours in wells."""
        return self.installed_us / MICROSECONDS_PER_HOUR

    @property
    def operating_h(self) -> FloatArray:
        """Hours in wells and up."""
        return self.operating_us / MICROSECONDS_PER_HOUR

    @property
    def mean_down_time_h(self) -> FloatArray:
        """Hours in wells and down for each failure; with the MTBF, the installed hours for each."""
        return ratio(self.installed_h - self.operating_h, self.failures.astype(np.float64))


def pump_histories(
    *,
    installations: Installations,
    failures: Failures,
    stops: Stops,
    unplanned: ArrayLike,
    as_of: Date,
    level: float,
    among: ArrayLike = (),
    work: Stops | None = None,
    overlaps: Overlaps = "end_first",
) -> PumpHistories:
    """Hours, failures and MTBF of every pump that the records name.

    Operating time is the union of a pump's installations less the union of its stops, of other work
    on it, and of its failures: a pump does not run after its failure until it was restored in the
    well, or its next run begins. The trend of its failures is tested on that clock, so failures
    without a date, or before the pump was first installed, have no part in it.

    Args:
        installations: of all pumps, begun before the date.
        failures: of all pumps, up to the date.
        stops: of all pumps, begun before the date.
        unplanned: whether each stop was.
        as_of: end of the observation, by time [date; UTC without an offset].
        level: two-sided confidence level of the MTBF.
        among: labels of pumps that are wanted, whether the records name them or not.
        work: other work on pumps that kept them down, begun before the date.
        overlaps: what is done with installations that overlap; see `run_lives`.

    Returns:
        The histories; a pump without installation has no exposure.

    Raises:
        ArgumentError: columns differ in length or index, a begin is missing or not before `as_of`,
            an end lies before its begin, a failure lies after `as_of`, or a label is missing.

    Source: definition; IEC 60050-192:2015, 192-05-13 for the mean operating time between failures
    and 192-07-23 for the mean time to restoration; ISO 14224:2016 annex C. Here 20 days up, then
    down for good.

    >>> known = pump_histories(
    ...     installations=Installations(
    ...         pump=["P1"], well=["W1"], install=["2025-01-01"], removal=["2025-02-20"]
    ...     ),
    ...     failures=Failures(pump=["P1"], failed=["2025-01-21"], restored=["NaT"]),
    ...     stops=Stops(pump=[], start=[], end=[]), unplanned=[],
    ...     as_of=np.datetime64("2026-01-01"), level=0.9,
    ... )
    >>> known.installed_h, known.operating_h, known.mtbf.mtbf_h, known.mean_down_time_h
    (array([1200.]), array([480.]), array([480.]), array([720.]))
    """
    until = int(known_microseconds(times=as_of, name="as_of")[0])
    past = settled(
        installations=installations,
        failures=failures,
        stops=stops,
        work=work,
        overlaps=overlaps,
        until_us=until,
        among=among,
    )
    records, kept = past.records, past.kept
    label, broken, failed = records.label, records.failure_pump, records.failed_us
    stop_pump, stop_us, restart_us = past.stopped
    for begin, of, noun in (
        (records.install_us, records.pump, "installation"),
        (stop_us, stop_pump, "stop"),
    ):
        refuse(wrong=begin >= until, problem="does not begin before as_of", noun=noun, of=label[of])
    backward = records.removal_us < records.install_us
    refuse(
        wrong=backward, problem="ends before it begins", noun="installation", of=label[records.pump]
    )
    refuse(wrong=failed > until, problem="lies after as_of", noun="failure", of=label[broken])
    unforeseen = booleans(values=unplanned, name="unplanned")
    as_many(columns={"unplanned": unforeseen}, size=past.stops, of="stops")
    window = int(records.install_us.min(initial=until - 1)), until
    runs = lives_of(past=past, window=window, clock="calendar")
    own, install = records.pump[kept], records.install_us[kept]
    whose = records.pump[runs.installation]
    ends = {
        f"{end}_runs": np.bincount(whose[runs.status == end], minlength=label.size)
        for end in ("failed", "pulled", "running")
    }

    dated = failed != NAT_US
    restored_us = np.where(dated & ~records.backward, past.placed.restored_us, NAT_US)
    ended_us = np.where(unforeseen, restart_us, NAT_US)
    when, who = failed[dated], broken[dated]
    every = np.arange(label.size)
    latest = np.full(label.size, until)
    removal = np.minimum(records.removal_us[kept], until)
    stopped, start, end = past.down(until)
    line = Timeline(groups=label.size, times=(install, removal, start, end, when, latest))
    down, installed = line.union(stopped, start, end), line.union(own, install, removal)
    pairs = (own, stopped), (install, start), (removal, end)
    either = line.union(*(np.concatenate(pair) for pair in pairs))
    operating = difference(outer=either, inner=down)
    operating_us = line.lengths_before_us(operating, line.places(every, latest))
    run_us = line.lengths_before_us(operating, line.places(who, when))
    first = np.full(label.size, until)
    np.minimum.at(first, own, install)
    ran = when >= first[who]
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
        notes=(*runs.notes, *past.notes_of_hours(until)),
        mean_time_to_restore_h=_mean_ended(broken, failed, restored_us, until, label.size),
        mean_stop_h=_mean_ended(stop_pump, stop_us, ended_us, until, label.size),
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


def _mean_ended(
    whose: Places, begin_us: IntArray, end_us: IntArray, until_us: int, pumps: int
) -> FloatArray:
    """Mean length of those that have ended [h]."""
    ended = (end_us != NAT_US) & (end_us <= until_us)
    lengths = (end_us[ended] - begin_us[ended]) / MICROSECONDS_PER_HOUR
    return _mean(lengths, whose[ended], pumps)


def _mean(values: FloatArray, whose: Places, pumps: int) -> FloatArray:
    count = np.bincount(whose, minlength=pumps).astype(np.float64)
    return ratio(np.bincount(whose, values, pumps).astype(np.float64), count)
