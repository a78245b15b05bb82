"""What a pump's history says: reliability, downtime and energy."""

from typing import ClassVar

from attrs import frozen

from pumpperf.checked import Pairs, converted
from pumpperf.fields import (
    Count,
    CubicMetres,
    Currency,
    Hours,
    Identifier,
    Kilograms,
    KilogramsPerKilowattHour,
    KilowattHours,
    KilowattHoursPerCubicMetre,
    KilowattHoursPerTonne100m,
    Kilowatts,
    LongText,
    Money,
    PricePerCubicMetre,
    PricePerKilowattHour,
    Share,
    ShortText,
    UtcDate,
)
from pumpperf.model.row import JudgedResult, RunResult


@frozen(kw_only=True, field_transformer=converted)
class PumpReliability(JudgedResult):
    """Run life of one pump up to a date.

    Attributes:
        pump_reliability_id: the result, which is that of its run.
        as_of_date: end of the observation.
        installations: how often it was installed by then: the sum of its runs below.
        failures: how often it had failed by then.
        installed_h: hours in wells: the sum of the next two.
        downtime_h: hours of these in which it was down: stopped, under repair, or failed and not
            yet restored or pulled.
        operating_h: hours of these in which it was up.
        operational_availability: operating over installed hours.
        failed_runs: runs that a failure ended.
        pulled_runs: runs that ended for another reason.
        running_runs: runs that lasted at that date.
        mean_run_h: mean calendar length of all runs so far.
        mean_failed_run_h: mean calendar length of those that a failure ended.
        mean_time_to_restore_h: mean time from a failure until it was restored, of those that were
            (mean time to restoration, IEC 60050-192:2015, 192-07-23).
        mean_stop_h: mean length of the unplanned downtime events that have ended, be there a
            failure or not.
    """

    KEY: ClassVar[tuple[str, ...]] = ("pump_reliability_id",)
    SUBJECT: ClassVar[tuple[str, ...]] = ("equipment_id",)
    AS_OF: ClassVar[str | None] = "as_of_date"

    pump_reliability_id: Identifier
    as_of_date: UtcDate
    installations: Count
    failures: Count
    installed_h: Hours
    downtime_h: Hours
    operating_h: Hours
    operational_availability: Share | None = None
    failed_runs: Count
    pulled_runs: Count
    running_runs: Count
    mean_run_h: Hours | None = None
    mean_failed_run_h: Hours | None = None
    mean_time_to_restore_h: Hours | None = None
    mean_stop_h: Hours | None = None


@frozen(kw_only=True, field_transformer=converted)
class MeanTimeBetweenFailure(RunResult):
    """Mean operating time between failures of one pump (IEC 60050-192:2015, 192-05-13).

    ISO/TR 12489 calls it the mean up time. With the mean down time it makes the installed time for
    each failure; over that sum it is the operational availability.

    Attributes:
        mtbf_id: the result, which is that of its run.
        as_of_date: end of the observation.
        operating_h: hours at risk.
        failures: failures in them.
        mtbf_h: operating hours over failures; absent without a failure.
        mean_down_time_h: hours in wells and down over failures; absent without a failure.
        lower_mtbf_h: lower bound.
        upper_mtbf_h: upper bound; absent without a failure.
        confidence_level: of the interval.
        method: of the bounds.
        terminated: what ended the observation, time or failure.
        estimate_status: `ok`, `no_failures` or `no_exposure`.
        trend_test: the test of a constant failure rate, without which an MTBF means little.
        trend_failures: failures that it counts: those with a date at which the pump had run.
        trend_statistic: above 0 if failures come ever more often, below if ever less.
        trend_p_value: probability of one at least as far out if the rate is constant.
        trend_status: `ok`, or why there is no trend to test.
    """

    KEY: ClassVar[tuple[str, ...]] = ("mtbf_id",)
    SUBJECT: ClassVar[tuple[str, ...]] = ("equipment_id",)
    AS_OF: ClassVar[str | None] = "as_of_date"

    mtbf_id: Identifier
    as_of_date: UtcDate
    operating_h: Hours
    failures: Count
    mtbf_h: Hours | None = None
    mean_down_time_h: Hours | None = None
    lower_mtbf_h: Hours | None = None
    upper_mtbf_h: Hours | None = None
    confidence_level: Share
    method: ShortText
    terminated: ShortText
    estimate_status: ShortText
    trend_test: ShortText
    trend_failures: Count
    trend_statistic: float | None = None
    trend_p_value: Share | None = None
    trend_status: ShortText


@frozen(kw_only=True, field_transformer=converted)
class DowntimeImpact(JudgedResult):
    """Downtime of one pump in a window, and what it cost.

    Attributes:
        downtime_impact_id: the result, which is that of its run.
        start_date: begin of the window.
        end_date: its end.
        window_h: its length.
        installed_h: hours of the window in which the pump was in a well.
        not_installed_h: hours in which it was in none.
        uptime_h: installed hours in which it was not down.
        uptime_share: uptime over installed hours; absent without any.
        excused_h: installed hours in a window stated to count neither up nor down; absent if none
            was stated.
        operational_availability: uptime over installed hours, both without the excused ones; absent
            without any.
        downtime_h: hours down for any reason, in a well or not; the sum of the next three.
        planned_h: hours of planned downtime.
        unplanned_h: hours of unplanned downtime.
        external_h: hours of downtime from outside.
        events: number of recorded stops that touch the window.
        pump_test_id: the test whose rate was lost.
        lost_volume_m3: liquid not produced, at that test's daily rate or its decline; the sum of
            the next three.
        lost_planned_volume_m3: lost by planned downtime.
        lost_unplanned_volume_m3: lost by unplanned downtime.
        lost_external_volume_m3: lost by downtime from outside.
        net_lost_volume_m3: what did not come after the restarts either; absent if that share is.
        flush_share: share of the lost volume that came after the restarts, as assumed.
        before_test_h: hours of downtime before the test, counted at its rate.
        decline_kind: `exponential` or `hyperbolic`, as assumed; absent for a constant rate.
        daily_decline: nominal decline a day at the date of the test, as assumed.
        decline_exponent: Arps' exponent b, as assumed.
        lost_oil_volume_m3: oil in the lost volume, at that test's water cut and formation volume
            factor.
        oil_price_per_m3: price of the oil.
        currency: ISO 4217 code of price and revenue.
        lost_revenue: lost oil volume times price.
    """

    KEY: ClassVar[tuple[str, ...]] = ("downtime_impact_id",)
    SUBJECT: ClassVar[tuple[str, ...]] = ("equipment_id", "start_date", "end_date")
    ORDERED: ClassVar[Pairs] = (("start_date", "end_date"),)
    TOGETHER: ClassVar[Pairs] = (
        ("oil_price_per_m3", "currency"),
        ("lost_revenue", "oil_price_per_m3"),
        ("net_lost_volume_m3", "flush_share"),
        ("daily_decline", "decline_exponent"),
        ("decline_kind", "daily_decline"),
    )

    downtime_impact_id: Identifier
    start_date: UtcDate
    end_date: UtcDate
    window_h: Hours
    installed_h: Hours
    not_installed_h: Hours
    uptime_h: Hours
    uptime_share: Share | None = None
    excused_h: Hours | None = None
    operational_availability: Share | None = None
    downtime_h: Hours
    planned_h: Hours
    unplanned_h: Hours
    external_h: Hours
    events: Count
    pump_test_id: Identifier | None = None
    lost_volume_m3: CubicMetres | None = None
    lost_planned_volume_m3: CubicMetres | None = None
    lost_unplanned_volume_m3: CubicMetres | None = None
    lost_external_volume_m3: CubicMetres | None = None
    net_lost_volume_m3: CubicMetres | None = None
    flush_share: Share | None = None
    before_test_h: Hours | None = None
    decline_kind: ShortText | None = None
    daily_decline: float | None = None
    decline_exponent: float | None = None
    lost_oil_volume_m3: CubicMetres | None = None
    oil_price_per_m3: PricePerCubicMetre | None = None
    currency: Currency | None = None
    lost_revenue: Money | None = None


@frozen(kw_only=True, field_transformer=converted)
class EnergyConsumption(JudgedResult):
    """Energy of one pump in a window, over the time that its power log covers.

    Attributes:
        energy_consumption_id: the result, which is that of its run.
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
        emission_factor_kgkwh: greenhouse gas [kg CO2e] for each kilowatt-hour.
        emission_factor_source: where that factor comes from, and for which year.
        emissions_kg: energy times factor [kg CO2e].
    """

    KEY: ClassVar[tuple[str, ...]] = ("energy_consumption_id",)
    SUBJECT: ClassVar[tuple[str, ...]] = ("equipment_id", "start_date", "end_date")
    ORDERED: ClassVar[Pairs] = (("start_date", "end_date"),)
    TOGETHER: ClassVar[Pairs] = (
        ("energy_price_per_kwh", "currency"),
        ("energy_cost", "energy_price_per_kwh"),
        ("emission_factor_kgkwh", "emission_factor_source"),
        ("emission_factor_source", "emission_factor_kgkwh"),
        ("emissions_kg", "emission_factor_kgkwh"),
    )

    energy_consumption_id: Identifier
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
    emission_factor_kgkwh: KilogramsPerKilowattHour | None = None
    emission_factor_source: LongText | None = None
    emissions_kg: Kilograms | None = None
