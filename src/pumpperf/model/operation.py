"""What a pump's history says: reliability, downtime and energy."""

from typing import ClassVar

from attrs import frozen

from pumpperf.fields import (
    Count,
    CubicMetres,
    Currency,
    Hours,
    Identifier,
    KilowattHours,
    KilowattHoursPerCubicMetre,
    KilowattHoursPerTonne100m,
    Kilowatts,
    Money,
    PricePerCubicMetre,
    PricePerKilowattHour,
    Share,
    ShortText,
    UtcDate,
)
from pumpperf.model.codes import ResultStatus
from pumpperf.model.row import Finding, Row
from pumpperf.possible import converted


@frozen(kw_only=True, field_transformer=converted)
class PumpReliability(Row):
    """Run life of one pump up to a date.

    Attributes:
        pump_reliability_id: the result, which is that of its run.
        run_id: the run that made it.
        equipment_id: the pump.
        as_of_date: end of the observation.
        installations: how often it was installed by then.
        failures: how often it had failed by then.
        installed_h: hours in wells.
        downtime_h: hours of these in which it was down.
        operating_h: hours of these in which it was not.
        operational_availability: operating over installed hours.
        mean_time_to_restore_h: mean length of the unplanned downtime events that have ended.
        result_status: whether it carries a warning.
        findings: what to know before believing it.
    """

    KEY: ClassVar[tuple[str, ...]] = ("pump_reliability_id",)

    pump_reliability_id: Identifier
    run_id: Identifier
    equipment_id: Identifier
    as_of_date: UtcDate
    installations: Count
    failures: Count
    installed_h: Hours
    downtime_h: Hours
    operating_h: Hours
    operational_availability: Share | None = None
    mean_time_to_restore_h: Hours | None = None
    result_status: ResultStatus
    findings: tuple[Finding, ...]


@frozen(kw_only=True, field_transformer=converted)
class MeanTimeBetweenFailure(Row):
    """Operating time per failure of one pump, with its bounds.

    Attributes:
        mtbf_id: the result, which is that of its run.
        run_id: the run that made it.
        equipment_id: the pump.
        as_of_date: end of the observation.
        operating_h: hours at risk.
        failures: failures in them.
        mtbf_h: operating hours over failures; absent without a failure.
        lower_mtbf_h: lower bound.
        upper_mtbf_h: upper bound; absent without a failure.
        confidence_level: of the interval.
        method: of the bounds.
        terminated: what ended the observation, time or failure.
        estimate_status: `ok`, `no_failures` or `no_exposure`.
    """

    KEY: ClassVar[tuple[str, ...]] = ("mtbf_id",)

    mtbf_id: Identifier
    run_id: Identifier
    equipment_id: Identifier
    as_of_date: UtcDate
    operating_h: Hours
    failures: Count
    mtbf_h: Hours | None = None
    lower_mtbf_h: Hours | None = None
    upper_mtbf_h: Hours | None = None
    confidence_level: Share
    method: ShortText
    terminated: ShortText
    estimate_status: ShortText


@frozen(kw_only=True, field_transformer=converted)
class DowntimeImpact(Row):
    """Downtime of one pump in a window, and what it cost.

    Attributes:
        downtime_impact_id: the result, which is that of its run.
        run_id: the run that made it.
        equipment_id: the pump.
        start_date: begin of the window.
        end_date: its end.
        window_h: its length.
        downtime_h: hours down for any reason; the sum of the next three.
        planned_h: hours of planned downtime.
        unplanned_h: hours of unplanned downtime.
        external_h: hours of downtime from outside.
        uptime_share: share of the window in which the pump was not down.
        events: number of events that touch the window.
        pump_test_id: the test whose rate was lost.
        lost_volume_m3: liquid not produced, at that test's daily rate.
        lost_oil_volume_m3: oil in it, at that test's water cut and formation volume factor.
        oil_price_per_m3: price of the oil.
        currency: ISO 4217 code of price and revenue.
        lost_revenue: lost oil volume times price.
        result_status: whether it carries a warning.
        findings: what to know before believing it.
    """

    KEY: ClassVar[tuple[str, ...]] = ("downtime_impact_id",)
    ORDERED: ClassVar[tuple[tuple[str, str], ...]] = (("start_date", "end_date"),)
    TOGETHER: ClassVar[tuple[tuple[str, str], ...]] = (
        ("oil_price_per_m3", "currency"),
        ("lost_revenue", "oil_price_per_m3"),
    )

    downtime_impact_id: Identifier
    run_id: Identifier
    equipment_id: Identifier
    start_date: UtcDate
    end_date: UtcDate
    window_h: Hours
    downtime_h: Hours
    planned_h: Hours
    unplanned_h: Hours
    external_h: Hours
    uptime_share: Share
    events: Count
    pump_test_id: Identifier | None = None
    lost_volume_m3: CubicMetres | None = None
    lost_oil_volume_m3: CubicMetres | None = None
    oil_price_per_m3: PricePerCubicMetre | None = None
    currency: Currency | None = None
    lost_revenue: Money | None = None
    result_status: ResultStatus
    findings: tuple[Finding, ...]


@frozen(kw_only=True, field_transformer=converted)
class EnergyConsumption(Row):
    """Energy of one pump in a window, over the time that its power log covers.

    Attributes:
        energy_consumption_id: the result, which is that of its run.
        run_id: the run that made it.
        equipment_id: the pump.
        start_date: begin of the window.
        end_date: its end.
        energy_kwh: under the log; absent if it covers nothing.
        covered_h: hours of the window that the log covers.
        gap_h: hours that it does not.
        mean_power_kw: energy over covered hours.
        pump_test_id: the test whose rate and net lift the energy is held against.
        specific_energy_kwhm3: energy per volume at that test's daily rate.
        lift_energy_kwht100m: energy per tonne and 100 m of net head of that test.
        energy_price_per_kwh: price of the energy.
        currency: ISO 4217 code of price and cost.
        energy_cost: energy times price.
        result_status: whether it carries a warning.
        findings: what to know before believing it.
    """

    KEY: ClassVar[tuple[str, ...]] = ("energy_consumption_id",)
    ORDERED: ClassVar[tuple[tuple[str, str], ...]] = (("start_date", "end_date"),)
    TOGETHER: ClassVar[tuple[tuple[str, str], ...]] = (
        ("energy_price_per_kwh", "currency"),
        ("energy_cost", "energy_price_per_kwh"),
    )

    energy_consumption_id: Identifier
    run_id: Identifier
    equipment_id: Identifier
    start_date: UtcDate
    end_date: UtcDate
    energy_kwh: KilowattHours | None = None
    covered_h: Hours
    gap_h: Hours
    mean_power_kw: Kilowatts | None = None
    pump_test_id: Identifier | None = None
    specific_energy_kwhm3: KilowattHoursPerCubicMetre | None = None
    lift_energy_kwht100m: KilowattHoursPerTonne100m | None = None
    energy_price_per_kwh: PricePerKilowattHour | None = None
    currency: Currency | None = None
    energy_cost: Money | None = None
    result_status: ResultStatus
    findings: tuple[Finding, ...]
