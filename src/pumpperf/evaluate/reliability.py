"""Run life and MTBF of one pump."""

import datetime as dt
from collections.abc import Iterable, Sequence

from pumpperf.assumptions import Assumptions
from pumpperf.calc import downtime as intervals
from pumpperf.calc import mtbf
from pumpperf.checks import check_history
from pumpperf.evaluate.common import (
    VERSIONS,
    datetime64,
    finite,
    in_order,
    known_by,
    no_installation,
    of_pump,
)
from pumpperf.model import (
    DowntimeType,
    EquipmentMaintain,
    MeanTimeBetweenFailure,
    PumpPerformanceRun,
    PumpReliability,
    WellActivity,
    WellEquipment,
    status_of,
)
from pumpperf.provenance import run_of, stamped


def reliability_of(
    equipment_id: str,
    *,
    installations: Iterable[WellEquipment],
    maintenance: Iterable[EquipmentMaintain],
    activities: Iterable[WellActivity],
    as_of: dt.datetime,
    assumptions: Assumptions,
    user_id: str,
    at: dt.datetime,
) -> tuple[PumpReliability, MeanTimeBetweenFailure, PumpPerformanceRun]:
    """Run life and MTBF of one pump up to a date.

    Operating time is the union of its installations less the union of its downtime. The
    observation ends by time. A failure without a date counts.

    Args:
        equipment_id: the pump.
        installations: of this pump; those that begin later than `as_of` do not matter.
        maintenance: its failures and repairs.
        activities: its downtime.
        as_of: end of the observation, not after `at`.
        assumptions: confidence level.
        user_id: who asks.
        at: when.

    Raises:
        ArgumentError: `as_of` has no offset or lies after `at`, or a row is of another pump.
    """
    as_of = known_by(as_of, at)
    runs = [row for row in of_pump(equipment_id, installations) if row.install_date < as_of]
    events = [
        row
        for row in of_pump(equipment_id, maintenance)
        if (row.actual_start_date or as_of) <= as_of
    ]
    stops = [row for row in of_pump(equipment_id, activities) if row.start_time < as_of]
    rows = in_order([*runs, *events, *stops])
    run = run_of(
        calculation="pump_reliability",
        version=VERSIONS["pump_reliability"],
        inputs=rows,
        parameters={"as_of": as_of},
        assumptions=assumptions,
        equipment_id=equipment_id,
        user_id=user_id,
        at=at,
    )
    installed_h, operating_h = _installed_and_operating_h(runs, stops, as_of)
    failures = sum(event.failure_ind for event in events)
    found = mtbf.mtbf(
        operating_h=operating_h,
        failures=failures,
        level=assumptions.mtbf_level,
        sided="two",
        terminated="time",
    )
    restored = [
        (row.end_time - row.start_time) / dt.timedelta(hours=1)
        for row in stops
        if row.downtime_type is DowntimeType.UNPLANNED and row.end_time and row.end_time <= as_of
    ]
    findings = (
        *(() if runs else (no_installation("up to that date"),)),
        *check_history(runs, events, stops),
    )
    reliability = PumpReliability(
        pump_reliability_id=run.run_id,
        run_id=run.run_id,
        equipment_id=equipment_id,
        as_of_date=as_of,
        installations=len(runs),
        failures=failures,
        installed_h=installed_h,
        downtime_h=installed_h - operating_h,
        operating_h=operating_h,
        operational_availability=operating_h / installed_h if installed_h else None,
        mean_time_to_restore_h=finite(intervals.mean_time_to_restore_h(downtime_h=restored)[0]),
        result_status=status_of(findings),
        findings=findings,
    )
    estimate = MeanTimeBetweenFailure(
        mtbf_id=run.run_id,
        run_id=run.run_id,
        equipment_id=equipment_id,
        as_of_date=as_of,
        operating_h=operating_h,
        failures=failures,
        mtbf_h=finite(found.mtbf_h[0]),
        lower_mtbf_h=finite(found.lower_mtbf_h[0]),
        upper_mtbf_h=finite(found.upper_mtbf_h[0]),
        confidence_level=found.level,
        method=found.method,
        terminated=found.terminated,
        estimate_status=str(found.status[0]),
    )
    return (
        stamped(reliability, user_id=user_id, at=at),
        stamped(estimate, user_id=user_id, at=at),
        run,
    )


def _installed_and_operating_h(
    runs: Sequence[WellEquipment], stops: Sequence[WellActivity], as_of: dt.datetime
) -> tuple[float, float]:
    if not runs:
        return 0.0, 0.0
    start = [row.install_date for row in runs] + [row.start_time for row in stops]
    end = [row.removal_date for row in runs] + [row.end_time for row in stops]
    first = min(row.install_date for row in runs)
    found = [
        intervals.downtime(
            start=[datetime64(when) for when in start],
            end=[datetime64(when) for when in end],
            category=["installed"] * len(runs) + ["down"] * len(stops),
            window=(datetime64(first), datetime64(as_of)),
            priority=priority,
        )
        for priority in (("installed", "down"), ("down", "installed"))
    ]
    installed_h, operating_h = (float(part.part_h["installed"][0]) for part in found)
    return installed_h, operating_h
