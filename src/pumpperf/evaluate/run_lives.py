"""Run lives from the rows of a fleet."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pumpperf.errors import expect, listed
from pumpperf.evaluate.input_rows import by_label
from pumpperf.evaluate.window import Window, datetime64
from pumpperf.fields import describe
from pumpperf.history.columns import Failures, Installations, Stops
from pumpperf.history.placing import Overlaps
from pumpperf.history.runs import Clock, RunLives, run_lives
from pumpperf.model import (
    Equipment,
    EquipmentMaintain,
    Finding,
    Row,
    Well,
    WellActivity,
    WellEquipment,
    finding,
)

Columns = Callable[[str], NDArray[Any]]  # labels or dates
"""A column of rows by the name of its field."""


def run_lives_of(
    installations: Sequence[WellEquipment],
    maintenance: Sequence[EquipmentMaintain],
    activities: Iterable[WellActivity],
    *,
    equipment: Iterable[Equipment] = (),
    wells: Iterable[Well] = (),
    window: Window,
    clock: Clock,
    overlaps: Overlaps = "end_first",
) -> RunLives:
    """Run lives of a fleet within a window, from its rows.

    Rows are taken as they stand: leave out those whose `active_ind` says so.

    Args:
        installations: of all pumps.
        maintenance: failures and other work on them; only failures end a run.
        activities: their downtime.
        equipment: the pumps, for lift type, model and serial number.
        wells: for the oil field.
        window: in which records were kept completely.
        clock: `calendar` ages, or `operating` ones.
        overlaps: what is done with two pumps in one well at once, or one in two: see
            `history.run_lives`.

    Returns:
        The lives; `notes` name what was left out or cut by its place in `installations`, among
        the failures of `maintenance`, or in `activities` (`stops`).

    Raises:
        ArgumentError: a pump or a well stands twice; see also `history.run_lives`.

    >>> import datetime as dt
    >>> from pumpperf import WellEquipment, Window
    >>> def on(month):
    ...     return dt.datetime(2025, month, 1, tzinfo=dt.UTC)
    >>> run = WellEquipment(
    ...     uwi="W1", source="S", equipment_id="P1", equip_obs_no=1, install_date=on(2),
    ...     removal_date=on(3),
    ... )
    >>> lives = run_lives_of([run], [], [], window=Window(on(1), on(12)), clock="calendar")
    >>> lives.status.tolist(), lives.age_h / 24
    (['pulled'], array([28.]))
    """
    maintenance = listed(EquipmentMaintain, "maintenance", maintenance)
    failures = failures_of(maintenance)
    return run_lives(
        installations=installations_from(
            columns_of(WellEquipment, listed(WellEquipment, "installations", installations)),
            columns_of(Equipment, listed(Equipment, "equipment", equipment)),
            columns_of(Well, listed(Well, "wells", wells)),
        ),
        failures=failures_from(columns_of(EquipmentMaintain, failures)),
        stops=stops_from(columns_of(WellActivity, listed(WellActivity, "activities", activities))),
        work=work_from(columns_of(EquipmentMaintain, work_of(maintenance))),
        window=edges_of(window),
        clock=clock,
        overlaps=overlaps,
    )


def edges_of(window: Window) -> tuple[np.datetime64, np.datetime64]:
    """Both ends of a window; ArgumentError if it is none."""
    expect(Window, window=window)
    return window.edges


def failures_of(maintenance: Iterable[EquipmentMaintain]) -> list[EquipmentMaintain]:
    """Those of the events at which a pump had failed."""
    return [event for event in maintenance if event.failure_ind]


def work_of(maintenance: Iterable[EquipmentMaintain]) -> list[EquipmentMaintain]:
    """Those of the events at which a pump had not failed, and that have a begin and an end."""
    return [
        event
        for event in maintenance
        if not event.failure_ind and event.actual_start_date and event.actual_end_date
    ]


def no_installation(where: str) -> Finding:
    """That a pump which has a history was installed nowhere."""
    return finding(
        "NO_INSTALLATION",
        f"the pump has no installation {where}",
        ("install_date", "removal_date"),
        "the pump's identifier, and whether its installation was recorded",
    )


def installations_from(
    run: Columns, pump: Columns | None = None, well: Columns | None = None
) -> Installations:
    """Installations of the columns of their rows, with what is known of pump and well.

    Args:
        run: of the installations.
        pump: of the pumps, if anything is known of them.
        well: of the wells, likewise.

    Raises:
        ArgumentError: a pump or a well stands twice.
    """

    def joined(of: Columns | None, by: str, name: str) -> NDArray[np.object_]:
        known = by_label(zip(of(by).tolist(), of(name).tolist(), strict=True) if of else (), by)
        labels = run(by).tolist()
        return np.fromiter(map(known.get, labels), object, len(labels))

    return Installations(
        pump=run("equipment_id"),
        well=run("uwi"),
        install=run("install_date"),
        removal=run("removal_date"),
        lift_type=joined(pump, "equipment_id", "lift_type"),
        model=joined(pump, "equipment_id", "model_num"),
        serial=joined(pump, "equipment_id", "serial_num"),
        field=joined(well, "uwi", "assigned_field"),
    )


def failures_from(event: Columns) -> Failures:
    """Failures of the columns of their rows."""
    return Failures(
        pump=event("equipment_id"),
        failed=event("actual_start_date"),
        restored=event("actual_end_date"),
        subunit=event("failure_subunit"),
        mode=event("failure_mode"),
        mechanism=event("failure_mechanism"),
        cause=event("failure_cause"),
    )


def stops_from(stop: Columns) -> Stops:
    """Downtime of the columns of its rows."""
    return Stops(pump=stop("equipment_id"), start=stop("start_time"), end=stop("end_time"))


def work_from(event: Columns) -> Stops:
    """Work that kept pumps down, of the columns of its rows."""
    return Stops(
        pump=event("equipment_id"), start=event("actual_start_date"), end=event("actual_end_date")
    )


def columns_of(kind: type[Row], rows: Sequence[Row]) -> Columns:
    """The columns of rows of a class."""
    fields = {field.name: field for field in describe(kind)}

    def column(name: str) -> NDArray[Any]:
        values = [getattr(row, name) for row in rows]
        if fields[name].types == (dt.datetime,):
            return np.array([datetime64(when) for when in values], dtype="datetime64[us]")
        labels = (value if value is None else str(value) for value in values)
        return np.fromiter(labels, object, len(values))

    return column
