"""Run lives and reliability of a whole fleet from tables of its history."""

import datetime as dt

import numpy as np
import pandas as pd

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.evaluate import Window
from pumpperf.evaluate.window import datetime64, in_utc
from pumpperf.history.pumps import pump_histories
from pumpperf.history.runs import Clock
from pumpperf.history.runs import run_lives as lives_of
from pumpperf.interchange.door import Units, wanted_unit
from pumpperf.interchange.frames.histories import (
    ACTIVITIES,
    INSTALLATIONS,
    MAINTENANCE,
    failure_columns,
    installation_columns,
    notes_table,
    stop_columns,
)
from pumpperf.interchange.frames.wanted import Column, columns
from pumpperf.model import DowntimeType
from pumpperf.numeric import FloatArray, ratio
from pumpperf.units import DURATION, from_canonical


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
        ArgumentError: a pump or a well stands twice; see also `history.run_lives`.

    >>> import datetime as dt
    >>> def on(month):
    ...     return pd.Timestamp(2025, month, 1, tz="UTC")
    >>> installed = pd.DataFrame({
    ...     "uwi": ["W1"], "equipment_id": ["P1"], "install_date": [on(2)], "removal_date": [on(3)],
    ... })
    >>> broken = pd.DataFrame({"equipment_id": ["P1"], "failure_ind": [True],
    ...     "actual_start_date": [on(3) - dt.timedelta(days=1)], "failure_mode": ["BRD"]})
    >>> lives, notes = run_lives(
    ...     installed, broken, window=Window(on(1), on(12)), clock="calendar", units={"h": "d"},
    ... )
    >>> lives[["age_d", "status", "failure_mode"]]
       age_d  status failure_mode
    0   27.0  failed          BRD
    """
    broken = maintenance[columns(maintenance, MAINTENANCE)["failure_ind"]]
    found = lives_of(
        installations=installation_columns(installations, equipment, wells),
        failures=failure_columns(columns(broken, MAINTENANCE)),
        stops=None if activities is None else stop_columns(columns(activities, ACTIVITIES)),
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
    return table, notes_table(found.notes, {"installations": installations, "failures": broken})


def reliability(
    installations: pd.DataFrame,
    maintenance: pd.DataFrame,
    activities: pd.DataFrame,
    *,
    as_of: dt.datetime,
    assumptions: Assumptions = PUMPPERF_2026,
    units: Units = "metric",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Run life, MTBF with its trend, and availability of every pump of a fleet, a pump a line.

    The same functions as for one pump's rows, so the same numbers to the last digit. Every failure
    counts for the MTBF, also one that ended no run: the notes say which.

    Args:
        installations: of `WellEquipment`.
        maintenance: of `EquipmentMaintain`.
        activities: of `WellActivity`.
        as_of: end of the observation, with its UTC offset; what begins later does not matter.
        assumptions: confidence level.
        units: of the durations.

    Returns:
        A table by `equipment_id` with the fields of `PumpReliability` and
        `MeanTimeBetweenFailure`, NaN where a row has None; and what `run_lives` tells.

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
    >>> fleet, notes = reliability(installed, broken, stops, as_of=on(4))
    >>> fleet["mtbf_h"]
    equipment_id
    P1    1488.0
    Name: mtbf_h, dtype: float64
    """
    end = datetime64(in_utc(as_of))
    work, stops = columns(maintenance, MAINTENANCE), columns(activities, ACTIVITIES)
    runs = installations[columns(installations, INSTALLATIONS)["install_date"] < end]
    broken = maintenance[work["failure_ind"] & ~(work["actual_start_date"] > end)]
    began = stops["start_time"] < end
    down = {name: column[began] for name, column in stops.items()}
    known = pump_histories(
        installations=installation_columns(runs, None, None),
        failures=failure_columns(columns(broken, MAINTENANCE)),
        stops=stop_columns(down),
        unplanned=down["downtime_type"] == DowntimeType.UNPLANNED.value,
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
    fleet = pd.DataFrame(
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
    return fleet, notes_table(known.notes, {"installations": runs, "failures": broken})


def _utc(when: Column) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(when).tz_localize("UTC")
