"""Which installations count, and which of them each failure belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

import numpy as np

from pumpperf.calc.intervals.dates import NAT_US
from pumpperf.calc.intervals.timeline import Timeline
from pumpperf.calc.scalars import one_of
from pumpperf.history.columns import OPEN, Records
from pumpperf.numeric import BoolArray, IntArray
from pumpperf.results import Places
from pumpperf.units import MICROSECONDS_PER_HOUR

Overlaps = Literal["end_first", "leave_out", "keep"]
"""What is done with installations that overlap, as two pumps in one well."""
Found: TypeAlias = tuple[str, str, BoolArray]
"""Code, words, and the records concerned."""
DAY_US = 24 * int(MICROSECONDS_PER_HOUR)
_RULES = {
    "end_first": "the first is taken to end where the second was set",
    "leave_out": "both are left out",
    "keep": "both are kept",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordNote:
    """Records of one table that were left out, cut, or cannot all be true.

    Attributes:
        code: what was found, for programs.
        words: what it means, and what was done.
        table: `installations`, `failures` or `stops`.
        rows: places of the records concerned.
    """

    code: str
    words: str
    table: str
    rows: Places

    @property
    def count(self) -> int:
        """How many records are concerned."""
        return int(self.rows.size)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placed:
    """Failures in installations.

    Attributes:
        installation: place of the installation of each failure; -1 outside any.
        ends: whether the run ended with it.
        first: place of the failure that ended each installation; -1 if none did.
        restored_us: when each was restored, by its own end or that of its stop; `OPEN` while the
            stop lasts, `NAT_US` if nobody wrote it down.
    """

    installation: Places
    ends: BoolArray
    first: Places
    restored_us: IntArray


def sound_installations(
    *, records: Records, overlaps: Overlaps, until_us: int
) -> tuple[Records, BoolArray, list[Found]]:
    """Installations that can be true together: none of a pump or, as asked, of a well overlap.

    A pump is in one well at a time, and a well holds one pump unless both are kept: mostly the pull
    of the first was not recorded. One may begin when another ends. Of two that begin at once nobody
    knows which was first, so both are left out; so are those that end before they begin, and all
    but one of those that are the same.

    Args:
        records: the history.
        overlaps: `end_first` ends the earlier one where the later one begins, `leave_out` leaves
            both out, `keep` keeps two pumps in one well (a dual completion) and leaves out one
            pump in two wells.
        until_us: end of the observation: what begins later overlaps nothing.

    Returns:
        The records with the ends that are taken, which installations count, and what was found.

    Raises:
        ArgumentError: there is no such rule.

    Source: definition.

    >>> from pumpperf.history.columns import Failures, Installations, records_of
    >>> records, kept, found = sound_installations(records=records_of(
    ...     installations=Installations(
    ...         pump=["P1", "P2"], well=["W1", "W1"], install=["1970-01-01", "1970-01-06"],
    ...         removal=["NaT", "1970-01-11"],
    ...     ),
    ...     failures=Failures(pump=[], failed=[], restored=[]),
    ... ), overlaps="end_first", until_us=OPEN)
    >>> records.removal_us // DAY_US, [code for code, _, rows in found if rows.any()]
    (array([ 5, 10]), ['two_in_one_well'])
    """
    one_of(value=overlaps, among=get_args(Overlaps), name="overlaps")
    pump, well, install_us = records.pump, records.well, records.install_us
    removal_us = records.removal_us.copy()
    backward = removal_us < install_us
    order = np.lexsort((well, removal_us, install_us, pump))
    a, b = order[:-1], order[1:]
    same = (pump[a] == pump[b]) & (install_us[a] == install_us[b])
    repeated = np.zeros(pump.size, dtype=bool)
    repeated[b[same & (removal_us[a] == removal_us[b]) & (well[a] == well[b])]] = True
    kept = ~(backward | repeated)
    found: list[Found] = [
        ("pulled_before_install", "pulled before it was installed: left out", backward),
        ("repeated", "the same as another installation: left out", repeated),
    ]
    for whose, code, what in (
        (pump, "overlapping", "one pump in two wells at once"),
        (well, "two_in_one_well", "two pumps in one well at once"),
    ):
        rule: Overlaps = "leave_out" if overlaps == "keep" and whose is pump else overlaps
        order = np.flatnonzero(kept & (install_us < until_us))
        order = order[np.lexsort((removal_us[order], install_us[order], whose[order]))]
        a, b = order[:-1], order[1:]
        pair = (whose[a] == whose[b]) & (removal_us[a] > install_us[b])
        told = _either(a[pair], b[pair], kept.size)
        if rule == "end_first":
            pair &= install_us[a] == install_us[b]
            at_once = _either(a[pair], b[pair], kept.size)
            found.append((f"{code}_at_once", f"{what}, set at the same time: left out", at_once))
            told &= ~at_once
            later = np.where(whose[a] == whose[b], install_us[b], OPEN)
            removal_us[a] = np.minimum(removal_us[a], later)
            kept &= ~at_once
        else:  # a long one may overlap others than its next
            line = Timeline(groups=int(whose.max(initial=-1)) + 1, times=(install_us, removal_us))
            begin = line.places(whose[order], install_us[order])
            end = np.maximum.accumulate(line.places(whose[order], removal_us[order]))
            told[b[end[:-1] > begin[1:]]] = True
            kept &= ~told | (rule == "keep")
        found.append((code, f"{what}: {_RULES[rule]} (overlaps = {rule!r})", told))
    return replace(records, removal_us=removal_us), kept, found


def _either(first: Places, second: Places, size: int) -> BoolArray:
    found = np.zeros(size, dtype=bool)
    found[first] = found[second] = True
    return found


def restarts_us(*, records: Records) -> IntArray:
    """When pumps ran again whose failure has no end of its own: where its stop ended.

    A stop is that of a failure if it covers it or begins within a day after it, since many dates
    are of a day.

    Args:
        records: the history.

    Returns:
        One entry a failure: `OPEN` while its stop lasts, `NAT_US` if no stop is its own.

    Source: definition.

    >>> from pumpperf.history.columns import Failures, Installations, Stops, records_of
    >>> restarts_us(records=records_of(
    ...     installations=Installations(pump=[], well=[], install=[], removal=[]),
    ...     failures=Failures(pump=["P1"], failed=["1970-01-02"], restored=["NaT"]),
    ...     stops=[Stops(pump=["P1"], start=["1970-01-02T09:00"], end=["1970-01-05"])],
    ... )) // DAY_US
    array([4])
    """
    found = np.full(records.failed_us.size, NAT_US)
    failure = np.flatnonzero(~records.undated & (records.restored_us == NAT_US))
    pump, failed_us = records.failure_pump[failure], records.failed_us[failure]
    line = Timeline(
        groups=records.label.size, times=(records.stop_us, records.restart_us, failed_us)
    )
    begin, end = line.union(records.stop_pump, records.stop_us, records.restart_us)
    at = np.searchsorted(end, line.places(pump, failed_us), side="right")
    failure, pump, at = failure[at < end.size], pump[at < end.size], at[at < end.size]
    begin, end = begin[at], end[at]
    own = (line.groups(end) == pump) & (line.times_us(begin) <= records.failed_us[failure] + DAY_US)
    found[failure[own]] = line.times_us(end[own])
    return found


def placed_failures(*, records: Records, kept: BoolArray) -> Placed:
    """The installation of each failure, and the failure that ended each installation.

    It is the first of its pump that had not ended before the failure: one at the instant of a pull
    belongs to the run before. A failure ends the run unless it was restored while the pump stayed
    in the well: by its own date, or else where its stop ended more than a day before the pull.
    Those without a date, or restored before they happened, have no place.

    Args:
        records: the history.
        kept: which installations count; none of them overlap.

    Source: definition; ISO 14224:2016 section 3 for restoration.

    >>> from pumpperf.history.columns import Failures, Installations, records_of
    >>> history = records_of(
    ...     installations=Installations(
    ...         pump=["P1"], well=["W1"], install=["2025-01-01"], removal=["2025-01-10"]
    ...     ),
    ...     failures=Failures(pump=["P1"], failed=["2025-01-08"], restored=["2025-01-13"]),
    ... )
    >>> placed_failures(records=history, kept=np.array([True])).first
    array([0])
    """
    pump, install_us, removal_us = records.pump, records.install_us, records.removal_us
    broken, failed_us = records.failure_pump, records.failed_us
    by_stop = records.restored_us == NAT_US
    restored_us = np.where(by_stop, restarts_us(records=records), records.restored_us)
    run, failure = np.flatnonzero(kept), np.flatnonzero(~(records.undated | records.backward))
    run = run[np.lexsort((install_us[run], removal_us[run], pump[run]))]
    line = Timeline(groups=records.label.size, times=(removal_us[run], failed_us[failure]))
    ended = line.places(pump[run], removal_us[run])
    at = np.searchsorted(ended, line.places(broken[failure], failed_us[failure]))
    failure, run = failure[at < run.size], run[at[at < run.size]]
    inside = (pump[run] == broken[failure]) & (install_us[run] <= failed_us[failure])
    failure, run = failure[inside], run[inside]
    installation = np.full(failed_us.size, -1, dtype=np.intp)
    installation[failure] = run
    back_us = restored_us[failure] + np.where(by_stop[failure], DAY_US, 0)
    ending = (restored_us[failure] == NAT_US) | (back_us >= removal_us[run])
    failure, run = failure[ending], run[ending]
    ends = np.zeros(failed_us.size, dtype=bool)
    ends[failure] = True
    in_turn = np.lexsort((failed_us[failure], run))
    failure, run = failure[in_turn], run[in_turn]
    leads = np.diff(run, prepend=-1) > 0
    first = np.full(pump.size, -1, dtype=np.intp)
    first[run[leads]] = failure[leads]
    return Placed(installation=installation, ends=ends, first=first, restored_us=restored_us)
