"""The tables of a fleet's history as columns, checked and in whole numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.groups import groups
from pumpperf.calc.intervals.events import NONE, Whole, microseconds
from pumpperf.errors import ArgumentError
from pumpperf.history.placing import OPEN, Places

Labels = NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Installations:
    """Columns of installations, one entry each.

    Attributes:
        pump: label.
        well: label.
        install: begin [datetime64].
        removal: end; NaT while the pump is in the well.
        lift_type: how it lifts; None for all if unknown, likewise below.
        model: of the pump's maker.
        serial: of the pump's maker.
        field: of the well.
    """

    pump: ArrayLike
    well: ArrayLike
    install: ArrayLike
    removal: ArrayLike
    lift_type: ArrayLike | None = None
    model: ArrayLike | None = None
    serial: ArrayLike | None = None
    field: ArrayLike | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Failures:
    """Columns of failures, one entry each; other work on pumps is no failure.

    Attributes:
        pump: label.
        failed: when it happened [datetime64]; NaT if nobody wrote it down.
        restored: when it was restored; NaT if it was not.
        subunit: which part failed; None for all if unknown, likewise below.
        mode: how it showed itself.
        mechanism: what led to it.
        cause: why that could happen.
    """

    pump: ArrayLike
    failed: ArrayLike
    restored: ArrayLike
    subunit: ArrayLike | None = None
    mode: ArrayLike | None = None
    mechanism: ArrayLike | None = None
    cause: ArrayLike | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stops:
    """Columns of downtime, one entry a stop.

    Attributes:
        pump: label.
        start: begin [datetime64].
        end: end; NaT while it lasts.
    """

    pump: ArrayLike
    start: ArrayLike
    end: ArrayLike


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
        failed_us: when each happened; `NONE` if nobody wrote it down.
        restored_us: when each was restored; `NONE` if it was not.
    """

    label: Labels
    well_label: Labels
    pump: Places
    well: Places
    install_us: Whole
    removal_us: Whole
    failure_pump: Places
    failed_us: Whole
    restored_us: Whole


def records_of(*, installations: Installations, failures: Failures) -> Records:
    """Both tables, checked.

    Args:
        installations: of all pumps.
        failures: of all pumps.

    Raises:
        ArgumentError: columns of a table differ in length, a label is missing, or an installation
            has no begin.

    Source: definition.

    >>> records_of(
    ...     installations=Installations(
    ...         pump=["P1"], well=["W1"], install=["1970-01-02"], removal=["NaT"]
    ...     ),
    ...     failures=Failures(pump=[], failed=[], restored=[]),
    ... ).install_us
    array([86400000000])
    """
    own, theirs = (np.asarray(one.pump, dtype=object).ravel() for one in (installations, failures))
    label, place = groups(labels=np.concatenate([own, theirs]), name="pump")
    well_label, well = groups(labels=installations.well, name="well")
    install_us = microseconds(times=installations.install, name="install")
    removal_us = microseconds(times=installations.removal, name="removal")
    failed_us = microseconds(times=failures.failed, name="failed")
    restored_us = microseconds(times=failures.restored, name="restored")
    for size, columns in (
        (own.size, {"well": well, "install": install_us, "removal": removal_us}),
        (theirs.size, {"failed": failed_us, "restored": restored_us}),
    ):
        for name, column in columns.items():
            if column.size != size:
                raise ArgumentError(f"{name} has {column.size} entries for {size} pumps")
    if (install_us == NONE).any():
        i = int(np.argmax(install_us == NONE))
        raise ArgumentError(f"install[{i}] is missing: expected the begin of the installation")
    return Records(
        label=label,
        well_label=well_label,
        pump=place[: own.size],
        well=well,
        install_us=install_us,
        removal_us=np.where(removal_us == NONE, OPEN, removal_us),
        failure_pump=place[own.size :],
        failed_us=failed_us,
        restored_us=restored_us,
    )


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
        if given.size != size:
            raise ArgumentError(f"{name} has {given.size} entries for {size} records")
        found[rows >= 0] = given[rows[rows >= 0]]
    return found
