"""A fleet's history: which columns of its tables are read, and what is made of them."""

import numpy as np
import pandas as pd

from pumpperf.evaluate.input_rows import by_label
from pumpperf.history.columns import Failures, Installations, Stops
from pumpperf.history.placing import RecordNote
from pumpperf.interchange.frames.wanted import Column, Wanted, columns
from pumpperf.lift import LiftType
from pumpperf.model import (
    DowntimeType,
    Equipment,
    EquipmentMaintain,
    FailureCause,
    FailureMechanism,
    FailureMode,
    FailureSubunit,
    Well,
    WellActivity,
    WellEquipment,
)

INSTALLATIONS = Wanted(
    row=WellEquipment,
    labels=("equipment_id", "uwi"),
    dates=("install_date",),
    known_dates=("removal_date",),
)
MAINTENANCE = Wanted(
    row=EquipmentMaintain,
    labels=("equipment_id",),
    known_dates=("actual_start_date", "actual_end_date"),
    codes={
        "failure_subunit": FailureSubunit,
        "failure_mode": FailureMode,
        "failure_mechanism": FailureMechanism,
        "failure_cause": FailureCause,
    },
    truths=("failure_ind",),
)
ACTIVITIES = Wanted(
    row=WellActivity,
    labels=("equipment_id", "downtime_type"),
    codes={"downtime_type": DowntimeType},
    dates=("start_time",),
    known_dates=("end_time",),
)
EQUIPMENT = Wanted(
    row=Equipment,
    labels=("equipment_id",),
    known_labels=("model_num", "serial_num"),
    codes={"lift_type": LiftType},
)
WELLS = Wanted(row=Well, labels=("uwi",), known_labels=("assigned_field",))


def installation_columns(
    frame: pd.DataFrame, equipment: pd.DataFrame | None, wells: pd.DataFrame | None
) -> Installations:
    """Installations as columns, with what is known of pump and well."""
    own = columns(frame, INSTALLATIONS)
    pumps = {} if equipment is None else columns(equipment, EQUIPMENT)
    fields = {} if wells is None else columns(wells, WELLS)
    return Installations(
        pump=own["equipment_id"],
        well=own["uwi"],
        install=own["install_date"],
        removal=own["removal_date"],
        lift_type=_joined(pumps, "equipment_id", "lift_type", own["equipment_id"]),
        model=_joined(pumps, "equipment_id", "model_num", own["equipment_id"]),
        serial=_joined(pumps, "equipment_id", "serial_num", own["equipment_id"]),
        field=_joined(fields, "uwi", "assigned_field", own["uwi"]),
    )


def _joined(of: dict[str, Column], by: str, name: str, wanted: Column) -> Column:
    known = by_label(zip(of[by].tolist(), of[name].tolist(), strict=True), by) if of else {}
    labels = np.empty(wanted.size, dtype=object)
    labels[:] = [known.get(label) for label in wanted.tolist()]
    return labels


def failure_columns(broken: dict[str, Column]) -> Failures:
    """Failures as columns."""
    return Failures(
        pump=broken["equipment_id"],
        failed=broken["actual_start_date"],
        restored=broken["actual_end_date"],
        subunit=broken["failure_subunit"],
        mode=broken["failure_mode"],
        mechanism=broken["failure_mechanism"],
        cause=broken["failure_cause"],
    )


def stop_columns(down: dict[str, Column]) -> Stops:
    """Downtime as columns."""
    return Stops(pump=down["equipment_id"], start=down["start_time"], end=down["end_time"])


def notes_table(notes: tuple[RecordNote, ...], frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What was left out, cut or cannot be true, a kind of record a line."""
    return pd.DataFrame(
        {
            "table": [one.table for one in notes],
            "code": [one.code for one in notes],
            "count": [one.count for one in notes],
            "words": [one.words for one in notes],
            "lines": [tuple(frames[one.table].index[one.rows]) for one in notes],
        }
    )
