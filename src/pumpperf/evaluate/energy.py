"""What energy a pump took."""

import datetime as dt
from collections.abc import Iterable, Iterator

from pumpperf.assumptions import Assumptions
from pumpperf.calc import energy
from pumpperf.evaluate.amounts import finite, given, times
from pumpperf.evaluate.baseline import baseline, held_against, suspect
from pumpperf.evaluate.input_rows import in_order, of_pump
from pumpperf.evaluate.window import Window, datetime64, known_by
from pumpperf.model import (
    EnergyConsumption,
    EquipmentUseStat,
    Finding,
    PumpPerformanceRun,
    PumpTest,
    Severity,
    finding,
)
from pumpperf.provenance import Terms, made, run_of


def energy_consumption_of(
    equipment_id: str,
    *,
    logs: Iterable[EquipmentUseStat],
    tests: Iterable[PumpTest],
    window: Window,
    energy_price_per_kwh: float | None = None,
    currency: str | None = None,
    emission_factor_kgkwh: float | None = None,
    emission_factor_source: str | None = None,
    assumptions: Assumptions,
    user_id: str,
    at: dt.datetime,
) -> tuple[EnergyConsumption, PumpPerformanceRun]:
    """Energy of one pump in a window, over the time that its power log covers.

    It is held against rate and net lift of the last field test of one reading before the
    window's end, unless gaps leave more of the window open than the assumptions' disagreement:
    a rate of the whole day belongs to the energy of the whole day.

    Consecutive windows add up to the whole: steps of the log are cut at their edges.

    Args:
        equipment_id: the pump.
        logs: its power log, in stretches of any order; those far from the window do not matter.
        tests: its tests.
        window: the time to account for.
        energy_price_per_kwh: price of the energy, with its currency.
        currency: ISO 4217 code.
        emission_factor_kgkwh: greenhouse gas [kg CO2e] for each kilowatt-hour of that energy.
        emission_factor_source: where the factor comes from, and for which year; needed with it.
        assumptions: longest step between two samples.
        user_id: who asks.
        at: when.
    """
    known_by(window.end, at)
    energy_price_per_kwh = given("energy_price_per_kwh", energy_price_per_kwh)
    emission_factor_kgkwh = given("emission_factor_kgkwh", emission_factor_kgkwh, 0.0)
    near = dt.timedelta(hours=assumptions.longest_power_gap_h)
    stretches = in_order(
        log
        for log in of_pump(equipment_id, logs)
        if log.sample_time
        and min(log.sample_time) - window.end < near
        and window.start - max(log.sample_time) < near
    )
    base = baseline(of_pump(equipment_id, tests), window.end, assumptions)
    emission = {
        "emission_factor_kgkwh": emission_factor_kgkwh,
        "emission_factor_source": emission_factor_source,
    }
    terms = Terms(assumptions=assumptions, user_id=user_id, at=at)
    run = run_of(
        calculation="energy_consumption",
        inputs=[*stretches, *([base.test] if base else [])],
        parameters={
            "start": window.start,
            "end": window.end,
            "energy_price_per_kwh": energy_price_per_kwh,
            "currency": currency,
        }
        | {name: value for name, value in emission.items() if value is not None},
        equipment_id=equipment_id,
        **terms,
    )
    found = energy.energy_kwh(
        time=[datetime64(when) for log in stretches for when in log.sample_time],
        power_kw=[power for log in stretches for power in log.power_kw],
        window=window.edges,
        longest_gap_h=assumptions.longest_power_gap_h,
    )
    covered_h, gap_h = float(found.covered_h[0]), float(found.gap_h[0])
    energy_kwh = float(found.energy_kwh[0]) if covered_h else None
    mean_kw = energy_kwh / covered_h if energy_kwh is not None else None
    specific = lift = None
    if base and mean_kw is not None and gap_h <= assumptions.disagreement * found.window_h:
        rate_m3d, net_lift_kpa = base.rate_m3d, base.shown.duties[0].net_lift_pressure_kpa
        specific = finite(energy.specific_energy_kwhm3(input_power_kw=mean_kw, rate_m3d=rate_m3d))
        if net_lift_kpa is not None:
            lift = finite(
                energy.lift_energy_kwht100m(
                    input_power_kw=mean_kw, rate_m3d=rate_m3d, net_lift_pressure_kpa=net_lift_kpa
                )
            )
    findings = (
        *_of_log(found),
        *suspect(base),
        *held_against(
            base,
            {"energy per volume": specific, "energy per tonne and 100 m": lift},
            "they need a log without gaps, a rate above 0, and net lift",
        ),
    )
    consumption = made(
        EnergyConsumption,
        run,
        start_date=window.start,
        end_date=window.end,
        energy_kwh=energy_kwh,
        covered_h=covered_h,
        gap_h=gap_h,
        mean_power_kw=mean_kw,
        pump_test_id=base.test.pump_test_id if base else None,
        specific_energy_kwhm3=specific,
        lift_energy_kwht100m=lift,
        energy_price_per_kwh=energy_price_per_kwh,
        currency=currency,
        energy_cost=times(energy_kwh, energy_price_per_kwh),
        emission_factor_kgkwh=emission_factor_kgkwh,
        emission_factor_source=emission_factor_source,
        emissions_kg=times(energy_kwh, emission_factor_kgkwh),
        findings=findings,
    )
    return consumption, run


def _of_log(found: energy.Energy) -> Iterator[Finding]:
    """What to know of the log: its gaps, what it says twice, and power that flows back."""
    covered_h, samples = float(found.covered_h[0]), int(found.samples[0])
    duplicates, negative = int(found.duplicates[0]), int(found.negative_samples[0])
    if found.gap_h[0]:
        yield finding(
            "POWER_LOG_GAPS",
            f"the power log covers {covered_h:.4g} of {found.window_h:.4g} h: energy and cost are "
            "those of the covered time",
            ("sample_time", "power_kw"),
            "the meter and its transmission in the gaps",
        )
    if duplicates:
        yield finding(
            "POWER_LOG_DUPLICATES",
            f"{duplicates} of {samples} samples of the log repeat another of the same time and "
            "power: each counts once",
            ("sample_time", "power_kw"),
            "stretches of the log that overlap",
            Severity.INFO,
        )
    if negative:
        yield finding(
            "POWER_NEGATIVE",
            f"{negative} of {samples} samples of the log are negative: energy that flows back is "
            "taken off",
            ("power_kw",),
            "whether the drive feeds back, or the meter is connected the wrong way",
            Severity.WARNING if found.energy_kwh[0] < 0.0 else Severity.INFO,
        )
