"""Which installations can be true, and which of them each failure belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pumpperf.calc.intervals.dates import NAT_US
from pumpperf.calc.intervals.timeline import Timeline
from pumpperf.history.columns import Mask, Places, Records


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordNote:
    """Records of one table that were left out, cut, or cannot all be true.

    Attributes:
        code: what was found, for programs.
        words: what it means, and what was done.
        table: `installations` or `failures`.
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
    """

    installation: Places
    ends: Mask
    first: Places


def unsound_installations(*, records: Records) -> tuple[Mask, Mask, Mask]:
    """Installations that end before they begin, that repeat another, or that overlap.

    A pump is in one well at a time: of two of its installations that overlap, nobody knows which is
    wrong, so both are marked. One may begin when another ends.

    Args:
        records: the history.

    Returns:
        Three masks: backward, repeated, overlapping.

    Source: definition.

    >>> from pumpperf.history.columns import Failures, Installations, records_of
    >>> unsound_installations(records=records_of(
    ...     installations=Installations(
    ...         pump=["P1", "P1"], well=["W1", "W2"], install=["2025-01-01", "2025-01-06"],
    ...         removal=["2025-01-07", "NaT"],
    ...     ),
    ...     failures=Failures(pump=[], failed=[], restored=[]),
    ... ))[2]
    array([ True,  True])
    """
    pump, well = records.pump, records.well
    install_us, removal_us = records.install_us, records.removal_us
    backward = removal_us < install_us
    order = np.lexsort((well, removal_us, install_us, pump))
    a, b = order[:-1], order[1:]
    same = (pump[a] == pump[b]) & (install_us[a] == install_us[b])
    repeated = np.zeros(pump.size, dtype=bool)
    repeated[b[same & (removal_us[a] == removal_us[b]) & (well[a] == well[b])]] = True
    order = order[~(backward | repeated)[order]]
    a, b = order[:-1], order[1:]
    line = Timeline(groups=records.label.size, times=(install_us, removal_us))
    begin, end = (line.places(pump[order], times[order]) for times in (install_us, removal_us))
    overlapping = np.zeros(pump.size, dtype=bool)
    overlapping[b[np.maximum.accumulate(end)[:-1] > begin[1:]]] = True
    overlapping[a[end[:-1] > begin[1:]]] = True
    return backward, repeated, overlapping


def placed_failures(*, records: Records, kept: Mask) -> Placed:
    """The installation of each failure, and the failure that ended each installation.

    It is the first of its pump that had not ended before the failure: one at the instant of a pull
    belongs to the run before. A failure ends the run unless it was restored while the pump stayed
    in the well. Those without a date, or restored before they happened, have no place.

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
    broken, failed_us, restored_us = records.failure_pump, records.failed_us, records.restored_us
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
    ending = (restored_us[failure] == NAT_US) | (restored_us[failure] >= removal_us[run])
    failure, run = failure[ending], run[ending]
    ends = np.zeros(failed_us.size, dtype=bool)
    ends[failure] = True
    in_turn = np.lexsort((failed_us[failure], run))
    failure, run = failure[in_turn], run[in_turn]
    leads = np.diff(run, prepend=-1) > 0
    first = np.full(pump.size, -1, dtype=np.intp)
    first[run[leads]] = failure[leads]
    return Placed(installation=installation, ends=ends, first=first)
