"""The tables of a fleet's history as columns, checked and in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import same_index
from pumpperf.calc.intervals.dates import (
    NAT_US,
    Dates,
    begin_and_end_us,
    known_microseconds,
    microseconds,
)
from pumpperf.errors import ArgumentError, expect, listed
from pumpperf.numeric import BoolArray, IntArray
from pumpperf.results import Labels, Places

OPEN = int(np.datetime64("10000", "us").astype(np.int64))
"""Stands for the end of what still lasts: later than every date."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Installations:
    """Columns of installations, one entry each.

    Attributes:
        pump: label.
        well: label.
        install: begin [date; UTC without an offset].
        removal: end; missing while the pump is in the well.
        lift_type: how it lifts; None for all if unknown, likewise below.
        model: of the pump's maker.
        serial: of the pump's maker.
        field: of the well.
    """

    pump: ArrayLike
    well: ArrayLike
    install: Dates
    removal: Dates
    lift_type: ArrayLike | None = None
    model: ArrayLike | None = None
    serial: ArrayLike | None = None
    field: ArrayLike | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Failures:
    """Columns of failures, one entry each; other work on pumps is no failure.

    From a failure until it was restored the pump was down, whether a stop was recorded or not.

    Attributes:
        pump: label.
        failed: when it happened [date; UTC without an offset]; missing if nobody wrote it down.
        restored: when it was restored; missing if it was not.
        subunit: which part failed; None for all if unknown, likewise below.
        mode: how it showed itself.
        mechanism: what led to it.
        cause: why that could happen.
    """

    pump: ArrayLike
    failed: Dates
    restored: Dates
    subunit: ArrayLike | None = None
    mode: ArrayLike | None = None
    mechanism: ArrayLike | None = None
    cause: ArrayLike | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stops:
    """Columns of downtime, one entry a stop; or of work on pumps that kept them down.

    Attributes:
        pump: label.
        start: begin [date; UTC without an offset].
        end: end; missing while it lasts.
    """

    pump: ArrayLike
    start: Dates
    end: Dates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Records:
    """Installations and failures in whole numbers.

    Attributes:
        label: of the pumps, in sorted order.
        well_label: of the wells, in sorted order.
        pump: place of the label of each installation.
        well: likewise.
        install_us: begin of each [microseconds].
        removal_us: end of each; `OPEN` while it lasts.
        failure_pump: place of the label of each failure.
        failed_us: when each happened; `NAT_US` if nobody wrote it down.
        restored_us: when each was restored; `NAT_US` if it was not.
        stop_pump: place of the label of each stop.
        stop_us: begin of each.
        restart_us: end of each; `OPEN` while it lasts.
    """

    label: Labels
    well_label: Labels
    pump: Places
    well: Places
    install_us: IntArray
    removal_us: IntArray
    failure_pump: Places
    failed_us: IntArray
    restored_us: IntArray
    stop_pump: Places
    stop_us: IntArray
    restart_us: IntArray

    @property
    def undated(self) -> BoolArray:
        """Which failures have no date."""
        undated: BoolArray = self.failed_us == NAT_US
        return undated

    @property
    def backward(self) -> BoolArray:
        """Which failures were restored before they happened."""
        backward: BoolArray = (self.restored_us != NAT_US) & (self.restored_us < self.failed_us)
        return backward


def records_of(
    *,
    installations: Installations,
    failures: Failures,
    stops: Iterable[Stops] = (),
    among: ArrayLike = (),
) -> Records:
    """All tables, checked.

    Args:
        installations: of all pumps.
        failures: of all pumps.
        stops: tables of all stops, one after the other.
        among: labels of pumps that are wanted, whether the tables name them or not.

    Raises:
        ArgumentError: columns of a table differ in length or index, a label is missing, an
            installation or a stop has no begin, or a stop ends before it begins.

    Source: definition.

    >>> records_of(
    ...     installations=Installations(
    ...         pump=["P1"], well=["W1"], install=["1970-01-02"], removal=["NaT"]
    ...     ),
    ...     failures=Failures(pump=[], failed=[], restored=[]),
    ... ).install_us
    array([86400000000])
    """
    expect(Installations, installations=installations)
    expect(Failures, failures=failures)
    stops = listed(Stops, "stops", stops)
    tables: tuple[Installations | Failures | Stops, ...] = (installations, failures, *stops)
    for table in tables:
        same_index(**{one.name: getattr(table, one.name) for one in fields(table)})
    named = [installations.pump, failures.pump, *(one.pump for one in stops), among]
    whole = all(one.dtype.kind == "i" for one in map(np.asarray, named) if one.size)
    kind = np.int64 if whole else object  # whole numbers need not be hashed
    pumps = [np.asarray(labels, dtype=kind).ravel() for labels in named]
    label, place = groups(labels=np.concatenate(pumps), name="pump")
    own, theirs, *stopped, _ = np.split(place, np.cumsum([one.size for one in pumps])[:-1])
    well_label, well = groups(labels=installations.well, name="well")
    install_us = known_microseconds(times=installations.install, name="install")
    removal_us = microseconds(times=installations.removal, name="removal")
    failed_us = microseconds(times=failures.failed, name="failed")
    restored_us = microseconds(times=failures.restored, name="restored")
    installed = {"well": well, "install": install_us, "removal": removal_us}
    as_many(columns=installed, size=own.size, of="pumps")
    as_many(columns={"failed": failed_us, "restored": restored_us}, size=theirs.size, of="pumps")
    down = [
        begin_and_end_us(start=one.start, end=one.end, until_us=OPEN, noun="stop", of=label[its])
        for one, its in zip(stops, stopped, strict=True)
    ]
    none = np.zeros(0, dtype=np.int64)
    return Records(
        label=label,
        well_label=well_label,
        pump=own,
        well=well,
        install_us=install_us,
        removal_us=np.where(removal_us == NAT_US, OPEN, removal_us),
        failure_pump=theirs,
        failed_us=failed_us,
        restored_us=restored_us,
        stop_pump=np.concatenate([none, *stopped]),
        stop_us=np.concatenate([none, *(begin for begin, _ in down)]),
        restart_us=np.concatenate([none, *(end for _, end in down)]),
    )


def as_many(*, columns: Mapping[str, NDArray[np.generic]], size: int, of: str) -> None:
    """Refuse columns that have not one entry for each of what they describe.

    Args:
        columns: by their names.
        size: how many there are.
        of: what is described, in the plural.

    Raises:
        ArgumentError: naming the first that has not as many entries.

    Source: definition.

    >>> as_many(columns={"failed": np.zeros(2)}, size=2, of="pumps")
    """
    for name, column in columns.items():
        if column.size != size:
            raise ArgumentError(f"{name} has {column.size} entries for {size} {of}")


def taken(*, column: ArrayLike | None, rows: Places, size: int, name: str) -> Labels:
    """What a column says in some rows, and None where there is no such row.

    Args:
        column: of the table; None if nothing is known.
        rows: places in it; -1 where there is none.
        size: of the table.
        name: of the column, for the words of an error.

    Raises:
        ArgumentError: the column is not as long as its table.

    Source: definition.

    >>> taken(column=["WEAR", "SAND"], rows=np.array([1, -1]), size=2, name="cause")
    array(['SAND', None], dtype=object)
    """
    found = np.full(rows.size, None, dtype=object)
    if column is not None:
        given = np.asarray(column, dtype=object).ravel()
        as_many(columns={name: given}, size=size, of="records")
        found[rows >= 0] = given[rows[rows >= 0]]
    return found
