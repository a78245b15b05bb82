"""Run life and MTBF of one pump."""

import datetime as dt
from collections.abc import Iterable

from pumpperf.assumptions import Assumptions
from pumpperf.checks import history_checks, history_findings
from pumpperf.errors import expect
from pumpperf.evaluate.amounts import finite
from pumpperf.evaluate.input_rows import in_order, of_pump, of_wells
from pumpperf.evaluate.run_lives import (
    columns_of,
    failures_from,
    failures_of,
    installations_from,
    no_installation,
    stops_from,
    work_from,
    work_of,
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

    Operating time is the union of its installations less the union of its downtime, repairs and
    failures: a pump does not run from its failure until it was restored, pulled or run again. The
    observation ends by time. A failure without a date counts. Of two pumps in one well, the first
    is taken to have been pulled where the second was set, and so is a pump from the first of two
    wells.

    Args:
        equipment_id: the pump.
        installations: of this pump, and of others in its wells, by which a pull that nobody
            recorded is seen; those that begin later than `as_of` do not matter.
        maintenance: its failures and repairs.
        activities: its downtime.
        as_of: end of the observation, not after `at`.
        assumptions: confidence level.
        user_id: who asks.
        at: when.

    Raises:
        ArgumentError: `as_of` has no offset or lies after `at`, or a row is of another pump, which
            was in none of its wells.
    """
    expect(Assumptions, assumptions=assumptions)
    as_of = known_by(as_of, at)
    runs = in_order(
        row for row in of_wells(equipment_id, installations) if row.install_date < as_of
    )
    own = sum(row.equipment_id == equipment_id for row in runs)
    events = in_order(
        row
        for row in of_pump(equipment_id, EquipmentMaintain, maintenance=maintenance)
        if (row.actual_start_date or as_of) <= as_of
    )
    stops = in_order(
        row
        for row in of_pump(equipment_id, WellActivity, activities=activities)
        if row.start_time < as_of
    )
    terms = Terms(assumptions=assumptions, user_id=user_id, at=at)
    run = run_of(
        calculation="pump_reliability",
        inputs=in_order([*runs, *events, *stops]),
        parameters={"as_of": as_of, "equipment_id": equipment_id},
        equipment_id=equipment_id,
        **terms,
    )
    broken = failures_of(events)
    known = pump_histories(
        installations=installations_from(columns_of(WellEquipment, runs)),
        failures=failures_from(columns_of(EquipmentMaintain, broken)),
        stops=stops_from(columns_of(WellActivity, stops)),
        work=work_from(columns_of(EquipmentMaintain, work_of(events))),
        unplanned=[row.downtime_type is DowntimeType.UNPLANNED for row in stops],
        as_of=datetime64(as_of),
        level=assumptions.mtbf_level,
        among=[equipment_id],
    )
    found, trend = known.mtbf, known.mtbf.trend
    i: int = known.pump.tolist().index(equipment_id)
    installed_h, operating_h = float(known.installed_h[i]), float(known.operating_h[i])
    findings = (
        *(() if own else (no_installation("up to that date"),)),
        *history_findings(known.notes, installations=runs, failures=broken, stops=stops),
    )
    reliability = made(
        PumpReliability,
        run,
        as_of_date=as_of,
        installations=int(known.installations[i]),
        failures=len(broken),
        installed_h=installed_h,
        downtime_h=installed_h - operating_h,
        operating_h=operating_h,
        operational_availability=operating_h / installed_h if installed_h else None,
        failed_runs=int(known.failed_runs[i]),
        pulled_runs=int(known.pulled_runs[i]),
        running_runs=int(known.running_runs[i]),
        mean_run_h=finite(known.mean_run_h[i]),
        mean_failed_run_h=finite(known.mean_failed_run_h[i]),
        mean_time_to_restore_h=finite(known.mean_time_to_restore_h[i]),
        mean_stop_h=finite(known.mean_stop_h[i]),
        findings=findings,
        checks_made=history_checks(installations=own, failures=len(broken), stops=len(stops)),
    )
    estimate = made(
        MeanTimeBetweenFailure,
        run,
        as_of_date=as_of,
        operating_h=operating_h,
        failures=len(broken),
        mtbf_h=finite(found.mtbf_h[i]),
        mean_down_time_h=finite(known.mean_down_time_h[i]),
        lower_mtbf_h=finite(found.lower_mtbf_h[i]),
        upper_mtbf_h=finite(found.upper_mtbf_h[i]),
        confidence_level=found.level,
        method=found.method,
        terminated=found.terminated,
        estimate_status=str(found.status[i]),
        trend_test="Laplace, constant rate",
        trend_failures=int(trend.used[i]),
        trend_statistic=finite(trend.statistic[i]),
        trend_p_value=finite(trend.p_value[i]),
        trend_status=str(trend.status[i]),
    )
    return reliability, estimate, run
