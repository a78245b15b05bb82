"""What downtime cost a pump, and what energy it took."""

import datetime as dt
from collections.abc import Iterable

from pumpperf.assumptions import Assumptions
from pumpperf.calc import downtime as intervals
from pumpperf.calc import energy
from pumpperf.errors import ArgumentError
from pumpperf.evaluate.common import (
    VERSIONS,
    Baseline,
    Window,
    baseline,
    datetime64,
    finite,
    held_against,
    in_order,
    times,
)
from pumpperf.lift import duty
from pumpperf.model import (
    DowntimeImpact,
    DowntimeType,
    EnergyConsumption,
    EquipmentUseStat,
    Finding,
    PumpPerformanceRun,
    PumpTest,
    Severity,
    WellActivity,
    status_of,
)
from pumpperf.provenance import run_of, stamped
from pumpperf.units import HOURS_PER_DAY


def downtime_impact_of(
    equipment_id: str,
    *,
    activities: Iterable[WellActivity],
    tests: Iterable[PumpTest],
    window: Window,
    oil_price_per_m3: float | None = None,
    currency: str | None = None,
    assumptions: Assumptions,
    user_id: str,
    at: dt.datetime,
) -> tuple[DowntimeImpact, PumpPerformanceRun]:
    """Downtime of one pump in a window, and the production lost by it.

    Overlapping events count once, for the class that comes first in the assumptions' priority.
    Lost is the daily rate of the last field test of one reading before the window's end.

    Args:
        equipment_id: the pump.
        activities: its downtime; events outside the window do not matter.
        tests: its tests.
        window: the time to account for.
        oil_price_per_m3: price of the oil lost, with its currency.
        currency: ISO 4217 code.
        assumptions: priority of the classes.
        user_id: who asks.
        at: when.
    """
    stops = in_order(
        row
        for row in activities
        if row.start_time < window.end and (row.end_time or window.end) > window.start
    )
    base = baseline(tests, window.end)
    run = run_of(
        calculation="downtime_impact",
        version=VERSIONS["downtime_impact"],
        inputs=[*stops, *([base.test] if base else [])],
        parameters={
            "start": window.start,
            "end": window.end,
            "oil_price_per_m3": oil_price_per_m3,
            "currency": currency,
        },
        assumptions=assumptions,
        equipment_id=equipment_id,
        user_id=user_id,
        at=at,
    )
    down = intervals.downtime(
        start=[datetime64(row.start_time) for row in stops],
        end=[datetime64(row.end_time) for row in stops],
        category=[row.downtime_type.value for row in stops],
        window=window.edges,
        priority=_priority(assumptions),
    )
    planned, unplanned, external = (float(down.part_h[kind][0]) for kind in DowntimeType)
    downtime_h = planned + unplanned + external
    lost = lost_oil = None
    if base:
        lost = base.rate_m3d * downtime_h / HOURS_PER_DAY
        if base.reading.water_cut is not None:
            lost_oil = lost * (1.0 - base.reading.water_cut)
    findings = held_against(
        base,
        {"lost liquid": lost, "lost oil": lost_oil},
        "the test has no water cut",
    )
    impact = DowntimeImpact(
        downtime_impact_id=run.run_id,
        run_id=run.run_id,
        equipment_id=equipment_id,
        start_date=window.start,
        end_date=window.end,
        window_h=down.window_h,
        downtime_h=downtime_h,
        planned_h=planned,
        unplanned_h=unplanned,
        external_h=external,
        operational_availability=float(down.availability[0]),
        events=len(stops),
        pump_test_id=base.test.pump_test_id if base else None,
        lost_volume_m3=lost,
        lost_oil_volume_m3=lost_oil,
        oil_price_per_m3=oil_price_per_m3,
        currency=currency,
        lost_revenue=times(lost_oil, oil_price_per_m3),
        result_status=status_of(findings),
        findings=findings,
    )
    return stamped(impact, user_id=user_id, at=at), run


def energy_consumption_of(
    equipment_id: str,
    *,
    logs: Iterable[EquipmentUseStat],
    tests: Iterable[PumpTest],
    window: Window,
    energy_price_per_kwh: float | None = None,
    currency: str | None = None,
    assumptions: Assumptions,
    user_id: str,
    at: dt.datetime,
) -> tuple[EnergyConsumption, PumpPerformanceRun]:
    """Energy of one pump in a window, over the time that its power log covers.

    It is held against rate and net lift of the last field test of one reading before the
    window's end.

    Args:
        equipment_id: the pump.
        logs: its power log, in stretches of any order; those far from the window do not matter.
        tests: its tests.
        window: the time to account for.
        energy_price_per_kwh: price of the energy, with its currency.
        currency: ISO 4217 code.
        assumptions: longest step between two samples.
        user_id: who asks.
        at: when.
    """
    near = dt.timedelta(hours=assumptions.longest_power_gap_h)
    stretches = in_order(
        log
        for log in logs
        if min(log.sample_time, default=window.end + 2 * near) < window.end + near
        and max(log.sample_time) > window.start - near
    )
    base = baseline(tests, window.end)
    run = run_of(
        calculation="energy_consumption",
        version=VERSIONS["energy_consumption"],
        inputs=[*stretches, *([base.test] if base else [])],
        parameters={
            "start": window.start,
            "end": window.end,
            "energy_price_per_kwh": energy_price_per_kwh,
            "currency": currency,
        },
        assumptions=assumptions,
        equipment_id=equipment_id,
        user_id=user_id,
        at=at,
    )
    found = energy.energy_kwh(
        time=[datetime64(when) for log in stretches for when in log.sample_time],
        power_kw=[power for log in stretches for power in log.power_kw],
        window=window.edges,
        longest_gap_h=assumptions.longest_power_gap_h,
    )
    energy_kwh = found.energy_kwh if found.covered_h else None
    mean_kw = energy_kwh / found.covered_h if energy_kwh is not None else None
    specific = lift = None
    if base and mean_kw is not None:
        specific = _specific_energy(mean_kw, base)
        lift = _lift_energy(mean_kw, base)
    findings = (
        *_gaps(found),
        *held_against(
            base,
            {"energy per volume": specific, "energy per tonne and 100 m": lift},
            "energy, rate above 0 or net lift are missing",
        ),
    )
    consumption = EnergyConsumption(
        energy_consumption_id=run.run_id,
        run_id=run.run_id,
        equipment_id=equipment_id,
        start_date=window.start,
        end_date=window.end,
        energy_kwh=energy_kwh,
        covered_h=found.covered_h,
        gap_h=found.gap_h,
        mean_power_kw=mean_kw,
        pump_test_id=base.test.pump_test_id if base else None,
        specific_energy_kwhm3=specific,
        lift_energy_kwht100m=lift,
        energy_price_per_kwh=energy_price_per_kwh,
        currency=currency,
        energy_cost=times(energy_kwh, energy_price_per_kwh),
        result_status=status_of(findings),
        findings=findings,
    )
    return stamped(consumption, user_id=user_id, at=at), run


def _priority(assumptions: Assumptions) -> tuple[str, ...]:
    if sorted(assumptions.downtime_priority) != sorted(DowntimeType):
        raise ArgumentError(
            f"downtime_priority {assumptions.downtime_priority}: expected each of "
            f"{', '.join(DowntimeType)} once"
        )
    return assumptions.downtime_priority


def _gaps(found: energy.Energy) -> tuple[Finding, ...]:
    if not found.gap_h:
        return ()
    return (
        Finding(
            code="POWER_LOG_GAPS",
            severity=Severity.WARNING,
            words=f"the power log covers {found.covered_h:.4g} of {found.window_h:.4g} h: energy "
            "and cost are those of the covered time",
            inputs=("sample_time", "power_kw"),
            look_at="the meter and its transmission in the gaps",
        ),
    )


def _specific_energy(mean_kw: float, base: Baseline) -> float | None:
    return finite(energy.specific_energy_kwhm3(input_power_kw=mean_kw, rate_m3d=base.rate_m3d))


def _lift_energy(mean_kw: float, base: Baseline) -> float | None:
    net_lift_kpa = duty(base.reading, running_share=1.0).net_lift_pressure_kpa
    if net_lift_kpa is None:
        return None
    return finite(
        energy.lift_energy_kwht100m(
            input_power_kw=mean_kw, rate_m3d=base.rate_m3d, net_lift_pressure_kpa=net_lift_kpa
        )
    )
