"""Run lives and reliability of a whole fleet from tables of its history."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict, TypeVar, Unpack, overload

import numpy as np
import pandas as pd

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.interchange.door import Units, wanted_unit
from pumpperf.interchange.frames.columns import utc
from pumpperf.interchange.frames.history import given_back, records
from pumpperf.interchange.frames.tables import Errors
from pumpperf.model import (
    DowntimeType,
    Equipment,
    EquipmentMaintain,
    Well,
    WellActivity,
    WellEquipment,
)
from pumpperf.numeric import FloatArray, ratio
from pumpperf.units import DURATION, from_canonical

if TYPE_CHECKING:
    from pumpperf.evaluate import Window
    from pumpperf.history.placing import Overlaps
    from pumpperf.history.runs import Clock

T = TypeVar("T")


class LivesOptions(TypedDict, total=False):
    """What else makes run lives: see `run_lives`."""

    equipment: object
    wells: object
    window: Required["Window"]
    clock: Required["Clock"]
    units: Units
    keep: Iterable[str]
    overlaps: "Overlaps"


@overload
def run_lives(
    installations: T,
    maintenance: object,
    activities: object = ...,
    *,
    errors: Literal["raise"] = ...,
    **how: Unpack[LivesOptions],
) -> tuple[T, T]: ...


@overload
def run_lives(
    installations: T,
    maintenance: object,
    activities: object = ...,
    *,
    errors: Literal["report"],
    **how: Unpack[LivesOptions],
) -> tuple[T, T, dict[str, Any]]: ...


def run_lives(
    installations: object,
    maintenance: object,
    activities: object = None,
    *,
    equipment: object = None,
    wells: object = None,
    window: "Window",
    clock: "Clock",
    units: Units = "metric",
    keep: Iterable[str] = (),
    overlaps: "Overlaps" = "end_first",
    errors: Errors = "raise",
) -> Any:  # of the kind of the installations
    """Run lives of a fleet within a window, a life a line, and what was left out or cut.

    Tables may be of pandas, polars or pyarrow, with columns as `to_frame` names those of the rows;
    ages come out in hours, or in days with `units={"h": "d"}`. Lines are taken as they stand: leave
    out those that were withdrawn.

    Args:
        installations: of `WellEquipment`.
        maintenance: of `EquipmentMaintain`; only failures end a run.
        activities: of `WellActivity`; needed for the operating clock.
        equipment: of `Equipment`, for lift type, model and serial number.
        wells: of `Well`, for the oil field.
        window: in which records were kept completely.
        clock: `calendar` ages, or `operating` ones.
        units: of the ages.
        keep: columns of `installations` that come back beside their lives, as they are.
        overlaps: what is done with two pumps in one well at once: see `history.run_lives`.
        errors: `raise`, or `report` to have the lives of all other lines.

    Returns:
        The lives, indexed as their installations, and a line for every kind of record that was left
        out, cut or cannot be true, with its count and the index labels concerned; both of the kind
        of `installations`. With `report`, also each table's faulty lines, with a column `faults`.

    Raises:
        RowError: with what is wrong with each line, or with the columns.
        ArgumentError: one is no table; a pump or a well stands twice; or as `history.run_lives`.

    >>> from pumpperf import Window
    >>> def on(month):
    ...     return pd.Timestamp(2025, month, 1, tz="UTC")
    >>> installed = pd.DataFrame({
    ...     "uwi": ["W1"], "equipment_id": ["P1"], "install_date": [on(2)], "removal_date": [on(3)],
    ... })
    >>> broken = pd.DataFrame({"equipment_id": ["P1"], "failure_ind": [True],
    ...     "actual_start_date": [on(3) - pd.Timedelta(days=1)], "failure_mode": ["BRD"]})
    >>> lives, notes = run_lives(
    ...     installed, broken, window=Window(on(1), on(12)), clock="calendar", units={"h": "d"},
    ... )
    >>> lives[["age_d", "status", "failure_mode"]]
       age_d  status failure_mode
    0   27.0  failed          BRD
    """
    from pumpperf.evaluate import run_lives as columns  # noqa: PLC0415  # it loads scipy
    from pumpperf.history.runs import run_lives as lives_of  # noqa: PLC0415  # likewise

    faulty: dict[str, Any] | None = None if errors == "raise" else {}
    runs = records(installations, WellEquipment, faulty, keep)
    work = records(maintenance, EquipmentMaintain, faulty)
    stops = records(activities, WellActivity, faulty)
    broken = work.only(work("failure_ind"))
    found = lives_of(
        installations=columns.installations_from(
            runs, records(equipment, Equipment, faulty), records(wells, Well, faulty)
        ),
        failures=columns.failures_from(broken),
        stops=None if activities is None else columns.stops_from(stops),
        work=columns.work_from(work.other_work()),
        window=columns.edges_of(window),
        clock=clock,
        overlaps=overlaps,
    )
    unit = wanted_unit(DURATION, units)
    places = runs.places[found.installation]
    lives = {
        "uwi": found.well,
        "equipment_id": found.pump,
        "install_date": utc(found.install),
        "end_date": utc(found.ended),
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
    }
    index = runs.given.frame.index[places]
    out = runs.given.with_kept(pd.DataFrame(lives, index=index), places)
    return given_back(out, found.notes, (runs, broken, stops), faulty)


class FleetOptions(TypedDict, total=False):
    """What else makes a fleet's reliability: see `reliability`."""

    as_of: Required[dt.datetime]
    assumptions: Assumptions
    units: Units


@overload
def reliability(
    installations: T,
    maintenance: object,
    activities: object,
    *,
    errors: Literal["raise"] = ...,
    **how: Unpack[FleetOptions],
) -> tuple[T, T]: ...


@overload
def reliability(
    installations: T,
    maintenance: object,
    activities: object,
    *,
    errors: Literal["report"],
    **how: Unpack[FleetOptions],
) -> tuple[T, T, dict[str, Any]]: ...


def reliability(
    installations: object,
    maintenance: object,
    activities: object,
    *,
    as_of: dt.datetime,
    assumptions: Assumptions = PUMPPERF_2026,
    units: Units = "metric",
    errors: Errors = "raise",
) -> Any:  # of the kind of the installations
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
        errors: `raise`, or `report` to take all other lines.

    Returns:
        A table by `equipment_id` with the fields of `PumpReliability` and
        `MeanTimeBetweenFailure`, NaN where a row has None; notes and faulty lines as `run_lives`.

    Raises:
        RowError: with what is wrong with each line, or with the columns.
        ArgumentError: one is no table, or `as_of` has no UTC offset.

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
    from pumpperf.evaluate import run_lives as columns  # noqa: PLC0415  # it loads scipy
    from pumpperf.evaluate.window import datetime64, in_utc  # noqa: PLC0415  # likewise
    from pumpperf.history.pumps import pump_histories  # noqa: PLC0415  # likewise

    end = datetime64(in_utc(as_of))
    faulty: dict[str, Any] | None = None if errors == "raise" else {}
    runs = records(installations, WellEquipment, faulty)
    work = records(maintenance, EquipmentMaintain, faulty)
    stops = records(activities, WellActivity, faulty)
    runs = runs.only(runs("install_date") < end)
    work = work.only(~(work("actual_start_date") > end))
    broken = work.only(work("failure_ind"))
    stops = stops.only(stops("start_time") < end)
    known = pump_histories(
        installations=columns.installations_from(runs),
        failures=columns.failures_from(broken),
        stops=columns.stops_from(stops),
        work=columns.work_from(work.other_work()),
        unplanned=stops("downtime_type") == DowntimeType.UNPLANNED.value,
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
        "mean_stop": known.mean_stop_h,
        "mtbf": found.mtbf_h,
        "mean_down_time": known.mean_down_time_h,
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
    fleet = fleet if runs.given.native is None else fleet.reset_index()
    return given_back(fleet, known.notes, (runs, broken, stops), faulty)
