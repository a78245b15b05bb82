"""Run life as `EquipmentReliability` (ProductionOperations) or `MTBFCalculation` (HydraulicPumps).

Their types do not state a unit of time: all times are hours. An MTBF is operating time over
failures; without a failure there is none, and none is sent.
"""

from collections.abc import Iterable

from pumpperf.evaluate.input_rows import of_pump
from pumpperf.interchange.beep.sent import (
    PERCENT_PER_SHARE,
    Sent,
    named,
    not_carried,
    refuse,
    refuse_retired,
)
from pumpperf.model import EquipmentMaintain, MeanTimeBetweenFailure, PumpReliability, WellEquipment

_CARRIED = (
    "equipment_id as_of_date failures downtime_h operational_availability mean_time_to_restore_h"
)


def equipment_reliability(
    reliability: PumpReliability,
    estimate: MeanTimeBetweenFailure,
    *,
    installations: Iterable[WellEquipment],
    maintenance: Iterable[EquipmentMaintain],
) -> Sent:
    """Run life of one pump as `EquipmentReliability`.

    Args:
        reliability: of the pump.
        estimate: its MTBF, of the same run.
        installations: of the pump; the first one begins the observation.
        maintenance: failures of the pump and work on it; those without a date count.

    Returns:
        Hours, percent and counts from the first installation to the end of the observation.

    Raises:
        ArgumentError: a row is retired, of another pump or another run, or installations and
            failures are not those that the result counted.
    """
    pump, as_of = reliability.equipment_id, reliability.as_of_date
    runs = [
        row
        for row in of_pump(pump, WellEquipment, installations=installations)
        if row.install_date < as_of
    ]
    events = [
        row
        for row in of_pump(pump, EquipmentMaintain, maintenance=maintenance)
        if (row.actual_start_date or as_of) <= as_of
    ]
    refuse_retired([reliability, estimate, *runs, *events])
    failures = sum(row.failure_ind for row in events)
    counted = f"{reliability.installations} installations and {reliability.failures} failures"
    given = f"{len(runs)} installations and {failures} failures"
    other = f"{named(estimate)} is of run {estimate.run_id!r}: expected {reliability.run_id!r}"
    others = (
        f"{named(reliability)} counts {counted} up to {as_of.isoformat()}, and {given} are given: "
        "expected the rows that it was made of"
    )
    same_run = estimate.run_id == reliability.run_id
    refuse([None if same_run else other, None if counted == given else others])
    share = reliability.operational_availability
    start = min((row.install_date for row in runs), default=None)
    restore = reliability.mean_time_to_restore_h
    record = {
        "EquipmentId": pump,
        "StartDate": start,
        "EndDate": as_of,
        "MeanTimeBetweenFailures": estimate.mtbf_h,
        "MeanTimeToRepair": restore,
        "AvailabilityPercentage": None if share is None else share * PERCENT_PER_SHARE,
        "TotalFailures": reliability.failures,
        "TotalMaintenanceEvents": len(events),
        "TotalDowntimeHours": reliability.downtime_h,
    }
    notes = (
        "ABSENT: StartDate: the pump was installed nowhere" if start is None else None,
        *_without_bounds("MeanTimeBetweenFailures", estimate),
        "ABSENT: MeanTimeToRepair: no unplanned downtime has ended"
        if restore is None
        else "CHANGED: MeanTimeToRepair: the mean length of unplanned downtime that has ended, "
        "waiting included",
        "ABSENT: AvailabilityPercentage: there are no installed hours"
        if share is None
        else "CHANGED: AvailabilityPercentage: planned and external downtime count, so the two "
        "mean times do not give it",
        f"CHANGED: TotalMaintenanceEvents: {failures} of the {len(events)} are failures",
        not_carried(reliability, _CARRIED),
    )
    return Sent(record, notes)


def mtbf_calculation(estimate: MeanTimeBetweenFailure) -> Sent:
    """An MTBF as `MTBFCalculation`, whose operating hours are whole.

    Raises:
        ArgumentError: the row is retired.
    """
    refuse_retired([estimate])
    whole = round(estimate.operating_h)
    rounded = (
        f"CHANGED: TotalOperatingHours = {whole}: rounded from {estimate.operating_h!r} h, "
        "of which CalculatedMTBF is made"
    )
    record = {
        "PumpId": estimate.equipment_id,
        "CalculatedMTBF": estimate.mtbf_h,
        "TimeUnit": "Hours",
        "TotalFailures": estimate.failures,
        "TotalOperatingHours": whole,
    }
    notes = (
        None if whole == estimate.operating_h else rounded,
        *_without_bounds("CalculatedMTBF", estimate),
        f"LOST: the end of the observation, {estimate.as_of_date.isoformat()}",
    )
    return Sent(record, notes)


def _without_bounds(name: str, estimate: MeanTimeBetweenFailure) -> tuple[str | None, ...]:
    low, high = (
        "absent" if bound is None else f"{bound:.6g} h"
        for bound in (estimate.lower_mtbf_h, estimate.upper_mtbf_h)
    )
    absent = f"ABSENT: {name}: {estimate.estimate_status}, which is not 0 h"
    return (
        absent if estimate.mtbf_h is None else None,
        f"LOST: bounds of {name}: {low} to {high} at level {estimate.confidence_level:g}",
        f"LOST: method of {name}: {estimate.method}, observation ended by {estimate.terminated}",
        f"LOST: the trend test, and run {estimate.run_id}",
    )
