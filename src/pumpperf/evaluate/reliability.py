"""Run life and MTBF of one pump."""

import datetime as dt
from collections.abc import Iterable

from pumpperf.assumptions import Assumptions
from pumpperf.checks import check_history
from pumpperf.evaluate.amounts import finite
from pumpperf.evaluate.input_rows import in_order, of_pump
from pumpperf.evaluate.run_lives import (
    columns_of,
    failures_from,
    failures_of,
    installations_from,
    no_installation,
    stops_from,
)
from pumpperf.evaluate.window import datetime64, known_by
from pumpperf.history.pumps import pump_histories
from pumpperf.model import (
    DowntimeType,
    EquipmentMaintain,
    MeanTimeBetweenFailure,
    PumpPerformanceRun,
    PumpReliability,
    WellActivity,
    WellEquipment,
)
from pumpperf.provenance import Terms, made, run_of


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
    runs = in_order(row for row in of_pump(equipment_id, installations) if row.install_date < as_of)
    events = in_order(
        row
        for row in of_pump(equipment_id, maintenance)
        if (row.actual_start_date or as_of) <= as_of
    )
    stops = in_order(row for row in of_pump(equipment_id, activities) if row.start_time < as_of)
    terms = Terms(assumptions=assumptions, user_id=user_id, at=at)
    run = run_of(
        calculation="pump_reliability",
        inputs=in_order([*runs, *events, *stops]),
        parameters={"as_of": as_of},
        equipment_id=equipment_id,
        **terms,
    )
    broken = failures_of(events)
    known = pump_histories(
        installations=installations_from(columns_of(WellEquipment, runs)),
        failures=failures_from(columns_of(EquipmentMaintain, broken)),
        stops=stops_from(columns_of(WellActivity, stops)),
        unplanned=[row.downtime_type is DowntimeType.UNPLANNED for row in stops],
        as_of=datetime64(as_of),
        level=assumptions.mtbf_level,
        among=[equipment_id],
    )
    found, trend = known.mtbf, known.mtbf.trend
    installed_h, operating_h = float(known.installed_h[0]), float(known.operating_h[0])
    findings = (
        *(() if runs else (no_installation("up to that date"),)),
        *check_history(runs, events, stops),
    )
    reliability = made(
        PumpReliability,
        run,
        as_of_date=as_of,
        installations=len(runs),
        failures=len(broken),
        installed_h=installed_h,
        downtime_h=installed_h - operating_h,
        operating_h=operating_h,
        operational_availability=operating_h / installed_h if installed_h else None,
        failed_runs=int(known.failed_runs[0]),
        pulled_runs=int(known.pulled_runs[0]),
        running_runs=int(known.running_runs[0]),
        mean_run_h=finite(known.mean_run_h[0]),
        mean_failed_run_h=finite(known.mean_failed_run_h[0]),
        mean_time_to_restore_h=finite(known.mean_time_to_restore_h[0]),
        findings=findings,
    )
    estimate = made(
        MeanTimeBetweenFailure,
        run,
        as_of_date=as_of,
        operating_h=operating_h,
        failures=len(broken),
        mtbf_h=finite(found.mtbf_h[0]),
        lower_mtbf_h=finite(found.lower_mtbf_h[0]),
        upper_mtbf_h=finite(found.upper_mtbf_h[0]),
        confidence_level=found.level,
        method=found.method,
        terminated=found.terminated,
        estimate_status=str(found.status[0]),
        trend_test="Laplace, constant rate",
        trend_failures=int(trend.used[0]),
        trend_statistic=finite(trend.statistic[0]),
        trend_p_value=finite(trend.p_value[0]),
        trend_status=str(trend.status[0]),
    )
    return reliability, estimate, run
