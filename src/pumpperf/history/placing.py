"""Which installations can be true, and which of them each failure belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pumpperf.calc.intervals.dates import NAT_US
from pumpperf.calc.intervals.timeline import Timeline
from pumpperf.numeric import IntArray

OPEN = int(np.datetime64("10000", "us").astype(np.int64))
"""Stands for the end of what still lasts: later than every date."""

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]


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


def unsound_installations(
    *, pump: Places, well: Places, install_us: IntArray, removal_us: IntArray
) -> tuple[Mask, Mask, Mask]:
    """Installations that end before they begin, that repeat another, or that overlap.

    A pump is in one well at a time: of two of its installations that overlap, nobody knows which is
    wrong, so both are marked. One may begin when another ends.

    Args:
        pump: place of its label.
        well: place of its label.
        install_us: begin [microseconds].
        removal_us: end; `OPEN` while the pump is in the well.

    Returns:
        Three masks: backward, repeated, overlapping.

    Source: definition.

    >>> unsound_installations(
    ...     pump=np.array([0, 0]), well=np.array([0, 1]), install_us=np.array([0, 5]),
    ...     removal_us=np.array([6, 9]),
    ... )[2]
    array([ True,  True])
    """
    backward = removal_us < install_us
    order = np.lexsort((well, removal_us, install_us, pump))
    a, b = order[:-1], order[1:]
    same = (pump[a] == pump[b]) & (install_us[a] == install_us[b])
    repeated = np.zeros(pump.size, dtype=bool)
    repeated[b[same & (removal_us[a] == removal_us[b]) & (well[a] == well[b])]] = True
    order = order[~(backward | repeated)[order]]
    a, b = order[:-1], order[1:]
    line = Timeline(groups=pump.max(initial=-1) + 1, times=(install_us, removal_us))
    begin, end = (line.places(pump[order], times[order]) for times in (install_us, removal_us))
    overlapping = np.zeros(pump.size, dtype=bool)
    overlapping[b[np.maximum.accumulate(end)[:-1] > begin[1:]]] = True
    overlapping[a[end[:-1] > begin[1:]]] = True
    return backward, repeated, overlapping


def placed_failures(
    *,
    pump: Places,
    install_us: IntArray,
    removal_us: IntArray,
    failure_pump: Places,
    failed_us: IntArray,
    restored_us: IntArray,
    kept: Mask,
    counted: Mask,
) -> Placed:
    """The installation of each failure, and the failure that ended each installation.

    It is the first of its pump that had not ended before the failure: one at the instant of a pull
    belongs to the run before. A failure ends the run unless it was restored while the pump stayed
    in the well.

    Args:
        pump: place of the label of each installation.
        install_us: begin of each [microseconds].
        removal_us: end of each; `OPEN` while it lasts.
        failure_pump: place of the label of each failure.
        failed_us: when each happened.
        restored_us: when each was restored; `NAT_US` if it was not, or nobody wrote it down.
        kept: which installations count; none of them overlap.
        counted: which failures count; all of them have a date.

    Source: definition; ISO 14224:2016 section 3 for restoration.

    >>> one, yes = np.array([0]), np.array([True])
    >>> found = placed_failures(
    ...     pump=one, install_us=one, removal_us=np.array([9]), failure_pump=one,
    ...     failed_us=np.array([7]), restored_us=np.array([12]), kept=yes, counted=yes,
    ... )
    >>> found.first
    array([0])
    """
    run, failure = np.flatnonzero(kept), np.flatnonzero(counted)
    run = run[np.lexsort((install_us[run], removal_us[run], pump[run]))]
    groups = 1 + max(pump.max(initial=-1), failure_pump.max(initial=-1))
    line = Timeline(groups=groups, times=(removal_us[run], failed_us[failure]))
    ended = line.places(pump[run], removal_us[run])
    at = np.searchsorted(ended, line.places(failure_pump[failure], failed_us[failure]))
    failure, run = failure[at < run.size], run[at[at < run.size]]
    inside = (pump[run] == failure_pump[failure]) & (install_us[run] <= failed_us[failure])
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
