"""Run lives and reliability of a whole fleet from tables of its history."""

import datetime as dt

import numpy as np
import pandas as pd

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.calc.runlife.placing import Told
from pumpperf.calc.runlife.pumps import pump_histories
from pumpperf.calc.runlife.records import Clock
from pumpperf.calc.runlife.records import run_lives as lives_of
from pumpperf.calc.runlife.tables import Failures, Installations, Stops
from pumpperf.evaluate import Window
from pumpperf.evaluate.common import datetime64, in_utc
from pumpperf.interchange.door import Units, wanted_unit
from pumpperf.interchange.frames.records import Column, Wanted, columns
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
from pumpperf.numeric import FloatArray, ratio
from pumpperf.units import DURATION, from_canonical

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


def run_lives(
    installations: pd.DataFrame,
    maintenance: pd.DataFrame,
    activities: pd.DataFrame | None = None,
    *,
    equipment: pd.DataFrame | None = None,
    wells: pd.DataFrame | None = None,
    window: Window,
    clock: Clock,
    units: Units = "metric",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Run lives of a fleet within a window, a life a line, and what was left out or cut.

    Columns are named as `to_frame` names those of the rows; ages come out in hours, or in days
    with `units={"h": "d"}`. Lines are taken as they stand: leave out those that were withdrawn.

    Args:
        installations: of `WellEquipment`.
        maintenance: of `EquipmentMaintain`; only failures end a run.
        activities: of `WellActivity`, for the operating clock.
        equipment: of `Equipment`, for lift type, model and serial number.
        wells: of `Well`, for the oil field.
        window: in which records were kept completely.
        clock: `calendar` ages, or `operating` ones.
        units: of the ages.

    Returns:
        The lives, indexed as their installations, and a line for every kind of record that was left
        out, cut or cannot be true, with its count and the index labels concerned.

    Raises:
        RowError: see `records.columns`.
        ArgumentError: see `calc.runlife.records.run_lives`.

    >>> import datetime as dt
    >>> def on(month):
    ...     return pd.Timestamp(2025, month, 1, tz="UTC")
    >>> installed = pd.DataFrame({
    ...     "uwi": ["W1"], "equipment_id": ["P1"], "install_date": [on(2)], "removal_date": [on(3)],
    ... })
    >>> broken = pd.DataFrame({"equipment_id": ["P1"], "failure_ind": [True],
    ...     "actual_start_date": [on(3) - dt.timedelta(days=1)], "failure_mode": ["BRD"]})
    >>> lives, told = run_lives(
    ...     installed, broken, window=Window(on(1), on(12)), clock="calendar", units={"h": "d"},
    ... )
    >>> lives[["age_d", "status", "failure_mode"]]
       age_d  status failure_mode
    0   27.0  failed          BRD
    """
    broken = maintenance[columns(maintenance, MAINTENANCE)["failure_ind"]]
    found = lives_of(
        installations=_installations(installations, equipment, wells),
        failures=_failures(columns(broken, MAINTENANCE)),
        stops=None if activities is None else _stops(columns(activities, ACTIVITIES)),
        window=window.edges,
        clock=clock,
    )
    unit = wanted_unit(DURATION, units)
    table = pd.DataFrame(
        {
            "uwi": found.well,
            "equipment_id": found.pump,
            "install_date": _utc(found.install),
            "end_date": _utc(found.ended),
            f"entry_age_{unit}": from_canonical(found.entry_age_h, unit, DURATION),
            f"age_{unit}": from_canonical(found.age_h, unit, DURATION),
            "status": pd.Categorical(found.status, categories=["failed", "pulled", "running"]),
            "failure_subunit": found.subunit,
            "failure_mode": found.mode,
            "failure_mechanism": found.mechanism,
            "failure_cause": found.cause,
            "lift_type": found.lift_type,
            "model_num": found.model,
            "serial_num": found.serial,
            "assigned_field": found.field,
        },
        index=installations.index[found.installation],
    )
    return table, _told(found.told, {"installations": installations, "failures": broken})


def reliability(
    installations: pd.DataFrame,
    maintenance: pd.DataFrame,
    activities: pd.DataFrame,
    *,
    as_of: dt.datetime,
    assumptions: Assumptions = PUMPPERF_2026,
    units: Units = "metric",
) -> pd.DataFrame:
    """Run life, MTBF with its trend, and availability of every pump of a fleet, a pump a line.

    The same functions as for one pump's rows, so the same numbers to the last digit; what does not
    fit together in the records is told by `run_lives`.

    Args:
        installations: of `WellEquipment`.
        maintenance: of `EquipmentMaintain`.
        activities: of `WellActivity`.
        as_of: end of the observation, with its UTC offset; what begins later does not matter.
        assumptions: confidence level.
        units: of the durations.

    Returns:
        A table by `equipment_id` with the fields of `PumpReliability` and
        `MeanTimeBetweenFailure`; NaN where a row has None.

    Raises:
        RowError: see `records.columns`.
        ArgumentError: `as_of` has no UTC offset.

    >>> def on(month):
    ...     return pd.Timestamp(2025, month, 1, tz="UTC")
    >>> installed = pd.DataFrame({"uwi": ["W1"], "equipment_id": ["P1"], "install_date": [on(1)]})
    >>> broken = pd.DataFrame({
    ...     "equipment_id": ["P1"], "failure_ind": [True], "actual_start_date": [on(2)],
    ... })
    >>> stops = pd.DataFrame({"equipment_id": ["P1"], "downtime_type": ["UNPLANNED"],
    ...     "start_time": [on(2)], "end_time": [on(3)]})
    >>> reliability(installed, broken, stops, as_of=on(4))["mtbf_h"]
    equipment_id
    P1    1488.0
    Name: mtbf_h, dtype: float64
    """
    end = datetime64(in_utc(as_of))
    own = _installations(installations, None, None)
    broken, down = columns(maintenance, MAINTENANCE), columns(activities, ACTIVITIES)
    begun = np.asarray(own.install) < end
    counts = broken["failure_ind"] & ~(broken["actual_start_date"] > end)
    began = down["start_time"] < end
    known = pump_histories(
        installations=Installations(
            pump=np.asarray(own.pump)[begun],
            well=np.asarray(own.well)[begun],
            install=np.asarray(own.install)[begun],
            removal=np.asarray(own.removal)[begun],
        ),
        failures=_failures({name: column[counts] for name, column in broken.items()}),
        stops=_stops({name: column[began] for name, column in down.items()}),
        unplanned=down["downtime_type"][began] == DowntimeType.UNPLANNED.value,
        as_of=end,
        level=assumptions.mtbf_level,
    )
    found = known.mtbf
    hours: dict[str, FloatArray] = {
        "installed": known.installed_h,
        "downtime": known.installed_h - known.operating_h,
        "operating": known.operating_h,
        "mean_run": known.mean_run_h,
        "mean_failed_run": known.mean_failed_run_h,
        "mean_time_to_restore": known.mean_time_to_restore_h,
        "mtbf": found.mtbf_h,
        "lower_mtbf": found.lower_mtbf_h,
        "upper_mtbf": np.where(np.isinf(found.upper_mtbf_h), np.nan, found.upper_mtbf_h),
    }
    unit = wanted_unit(DURATION, units)
    return pd.DataFrame(
        {
            "installations": known.installations,
            "failures": known.failures,
            "failed_runs": known.failed_runs,
            "pulled_runs": known.pulled_runs,
            "running_runs": known.running_runs,
            **{f"{name}_{unit}": from_canonical(x, unit, DURATION) for name, x in hours.items()},
            "operational_availability": ratio(known.operating_h, known.installed_h),
            "confidence_level": found.level,
            "estimate_status": found.status,
            "trend_failures": found.trend.used,
            "trend_statistic": found.trend.statistic,
            "trend_p_value": found.trend.p_value,
            "trend_status": found.trend.status,
        },
        index=pd.Index(known.pump, name="equipment_id"),
    )


def _installations(
    frame: pd.DataFrame, equipment: pd.DataFrame | None, wells: pd.DataFrame | None
) -> Installations:
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
    known = dict(zip(of[by].tolist(), of[name].tolist(), strict=True)) if of else {}
    labels = np.empty(wanted.size, dtype=object)
    labels[:] = [known.get(label) for label in wanted.tolist()]
    return labels


def _failures(broken: dict[str, Column]) -> Failures:
    return Failures(
        pump=broken["equipment_id"],
        failed=broken["actual_start_date"],
        restored=broken["actual_end_date"],
        subunit=broken["failure_subunit"],
        mode=broken["failure_mode"],
        mechanism=broken["failure_mechanism"],
        cause=broken["failure_cause"],
    )


def _stops(down: dict[str, Column]) -> Stops:
    return Stops(pump=down["equipment_id"], start=down["start_time"], end=down["end_time"])


def _told(told: tuple[Told, ...], frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "table": [one.table for one in told],
            "code": [one.code for one in told],
            "count": [one.count for one in told],
            "words": [one.words for one in told],
            "lines": [tuple(frames[one.table].index[one.rows]) for one in told],
        }
    )


def _utc(when: Column) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(when).tz_localize("UTC")
