"""What the records of a fleet say once they are settled: which count, and when pumps were down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.intervals.dates import NAT_US
from pumpperf.calc.intervals.timeline import Timeline
from pumpperf.history.columns import OPEN, Failures, Installations, Records, Stops, records_of
from pumpperf.history.placing import (
    Found,
    Overlaps,
    Placed,
    RecordNote,
    placed_failures,
    sound_installations,
)
from pumpperf.numeric import BoolArray, IntArray
from pumpperf.results import Places

Down: TypeAlias = tuple[Places, IntArray, IntArray]
"""Whose each time down was, its begin and its end."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Settled:
    """Records of a fleet with what counts of them.

    Attributes:
        installations: as they were given.
        failures: likewise.
        records: the history; `removal_us` as it is taken.
        kept: which installations count.
        placed: failures in installations.
        stops: how many of the stops are such, and not other work.
        found: of the installations.
    """

    installations: Installations
    failures: Failures
    records: Records
    kept: BoolArray
    placed: Placed
    stops: int
    found: list[Found]

    @property
    def failed_us(self) -> IntArray:
        """When the failure that ended each installation happened; `OPEN` if none did."""
        first = self.placed.first
        failed_us = np.full(first.size, OPEN)
        failed_us[first >= 0] = self.records.failed_us[first[first >= 0]]
        return failed_us

    @property
    def stopped(self) -> Down:
        """The stops; not other work."""
        whose, begin, end = self.records.stop_pump, self.records.stop_us, self.records.restart_us
        return whose[: self.stops], begin[: self.stops], end[: self.stops]

    def down(self, until_us: int) -> Down:
        """Whose each time down was, its begin and its end: stops, work, and failures.

        A pump does not run after its failure until it was restored, pulled, or until now.
        """
        records, placed = self.records, self.placed
        failed = np.flatnonzero(placed.installation >= 0)
        run = placed.installation[failed]
        end_us = np.where(placed.ends[failed], records.removal_us[run], placed.restored_us[failed])
        ends = np.concatenate([records.restart_us, end_us])
        begins = np.concatenate([records.stop_us, records.failed_us[failed]])
        whose = np.concatenate([records.stop_pump, records.failure_pump[failed]])
        return whose, np.minimum(begins, until_us), np.minimum(ends, until_us)

    def notes(self, last: int, of_runs: Iterable[Found]) -> tuple[RecordNote, ...]:
        """Records that were left out, cut, or cannot all be true.

        Args:
            last: end of the window [microseconds].
            of_runs: what is to be said of the runs beside.
        """
        return (
            *_noted("installations", (*self.found, *of_runs)),
            *_noted("failures", self._of_failures(last)),
        )

    def notes_of_hours(self, until_us: int) -> tuple[RecordNote, ...]:
        """Records that bear on hours and counts, though on no run life."""
        return (*_noted("failures", self._of_counts(until_us)), *self.notes_of_stops())

    def notes_of_stops(self) -> Iterator[RecordNote]:
        """Stops that took no running time."""
        return _noted("stops", self._of_stops())

    def _of_failures(self, last: int) -> Iterator[Found]:
        records, placed = self.records, self.placed
        undated, backward, failed_us = records.undated, records.backward, records.failed_us
        inside = placed.installation >= 0
        leading = np.zeros(undated.size, dtype=bool)
        leading[placed.first[placed.first >= 0]] = True
        over = inside & ~leading
        over[over] = failed_us[over] >= self.failed_us[placed.installation[over]]
        yield "undated", "has no date: ended no run", undated
        yield "restored_before_failure", "restored before it happened: left out", backward
        words = "while the pump was in no well, or in an installation left out: ended no run"
        yield "not_installed", words, ~undated & ~backward & ~inside
        yield "after_failure", "came after the run had failed: ended no run", over
        words = "was restored while the pump stayed in the well: ended no run"
        yield "restored_in_place", words, inside & ~placed.ends & ~over
        late = leading & (failed_us > last)
        late[late] &= self.kept[placed.installation[late]]
        yield "failed_after", "after the window: running at its end", late

    def _of_counts(self, until_us: int) -> Iterator[Found]:
        records, placed, failed_us = self.records, self.placed, self.records.failed_us
        order = np.lexsort((failed_us, records.failure_pump))
        a, b = order[:-1], order[1:]
        same = (records.failure_pump[a] == records.failure_pump[b]) & (failed_us[a] == failed_us[b])
        same &= ~records.undated[a]
        twice = np.zeros(failed_us.size, dtype=bool)
        twice[a[same]] = twice[b[same]] = True
        yield "failed_twice_at_once", "of the same time as another of the pump: each counts", twice
        again_us = np.full(records.pump.size, OPEN)  # when the pump of each run was set next
        order = np.flatnonzero(self.kept)
        order = order[np.lexsort((records.install_us[order], records.pump[order]))]
        a, b = order[:-1], order[1:]
        next_one = records.pump[a] == records.pump[b]
        again_us[a[next_one]] = records.install_us[b[next_one]]
        late = placed.installation >= 0
        late[late] = records.restored_us[late] > again_us[placed.installation[late]]
        yield "restored_later", "restored after the pump was set again: down until the pull", late
        unknown = placed.restored_us == NAT_US
        unknown &= placed.ends & (failed_us < until_us)
        run = placed.installation[unknown]
        unknown[unknown] = (
            failed_us[unknown] < np.minimum(self.failed_us + 1, records.removal_us)[run]
        )
        words = "neither its end nor a stop is recorded: taken as down until the pull, or now"
        yield "down_from_failure", words, unknown

    def _of_stops(self) -> Iterator[Found]:
        records, own = self.records, self.kept
        whose, begin, end = self.stopped
        end = np.maximum(end, begin + 1)  # one without length lies somewhere, too
        install_us, removal_us = records.install_us[own], records.removal_us[own]
        line = Timeline(groups=records.label.size, times=(install_us, removal_us, begin, end))
        installed = line.union(records.pump[own], install_us, removal_us)
        before, upto = (
            line.lengths_before_us(installed, line.places(whose, t)) for t in (begin, end)
        )
        words = (
            "while the pump was in no well, or in an installation left out: took no running time"
        )
        yield "stopped_outside", words, before == upto


def _noted(table: str, found: Iterable[Found]) -> Iterator[RecordNote]:
    for code, words, which in found:
        if which.any():
            yield RecordNote(code=code, words=words, table=table, rows=np.flatnonzero(which))


def settled(
    *,
    installations: Installations,
    failures: Failures,
    stops: Stops | None,
    work: Stops | None,
    overlaps: Overlaps,
    until_us: int,
    among: ArrayLike = (),
) -> Settled:
    """Settle which records of a fleet count.

    Args:
        installations: of all pumps.
        failures: of all pumps.
        stops: downtime of all pumps.
        work: other work on them, by which they were down.
        overlaps: what is done with installations that overlap.
        until_us: end of the observation [microseconds].
        among: labels of pumps that are wanted, whether the records name them or not.

    Raises:
        ArgumentError: as `records_of`, or there is no such rule.

    Source: definition.

    >>> past = settled(
    ...     installations=Installations(
    ...         pump=["P1"], well=["W1"], install=["2025-01-01"], removal=["NaT"]
    ...     ),
    ...     failures=Failures(pump=["P1"], failed=["2025-01-21"], restored=["NaT"]),
    ...     stops=None, work=None, overlaps="end_first", until_us=OPEN,
    ... )
    >>> past.kept, past.placed.ends
    (array([ True]), array([ True]))
    """
    given = records_of(
        installations=installations,
        failures=failures,
        stops=[one for one in (stops, work) if one is not None],
        among=among,
    )
    records, kept, found = sound_installations(records=given, overlaps=overlaps, until_us=until_us)
    return Settled(
        installations=installations,
        failures=failures,
        records=records,
        kept=kept,
        placed=placed_failures(records=records, kept=kept),
        stops=0 if stops is None else np.size(stops.pump),
        found=found,
    )
