"""What energy a pump took."""

import datetime as dt
from collections.abc import Iterable
from math import inf, isfinite

import numpy as np

from pumpperf.assumptions import Assumptions
from pumpperf.calc import energy
from pumpperf.checks import check_terms
from pumpperf.errors import expect
from pumpperf.evaluate.amounts import defined, given, kept_finite, times
from pumpperf.evaluate.baseline import baseline, held_against, suspect
from pumpperf.evaluate.input_rows import in_order, of_pump
from pumpperf.evaluate.power_log import log_findings, physics, power_log
from pumpperf.evaluate.window import Window, known_by
from pumpperf.model import EnergyConsumption, EquipmentUseStat, PumpPerformanceRun, PumpTest
from pumpperf.provenance import Terms, made, run_of


@np.errstate(all="ignore")  # what is beyond any number is told
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

    Samples that no motor can have taken count as lost. The log is held to the same physics as a
    test: to the test's own power, and to the least energy that its lift can take.

    Args:
        equipment_id: the pump.
        logs: its power log, in stretches of any order; those far from the window do not matter.
        tests: its tests.
        window: the time to account for.
        energy_price_per_kwh: price of the energy, with its currency.
        currency: ISO 4217 code.
        emission_factor_kgkwh: greenhouse gas [kg CO2e] for each kilowatt-hour of that energy.
        emission_factor_source: where the factor comes from, and for which year; needed with it.
        assumptions: longest step between two samples, and what is beyond any pump.
        user_id: who asks.
        at: when.
    """
    expect(Window, window=window)
    expect(Assumptions, assumptions=assumptions)
    known_by(window.end, at)
    energy_price_per_kwh = given("energy_price_per_kwh", energy_price_per_kwh)
    emission_factor_kgkwh = given("emission_factor_kgkwh", emission_factor_kgkwh, 0.0)
    near = dt.timedelta(hours=assumptions.longest_power_gap_h)
    stretches = in_order(
        log
        for log in of_pump(equipment_id, EquipmentUseStat, logs=logs)
        if log.sample_time
        and min(log.sample_time) - window.end < near
        and window.start - max(log.sample_time) < near
    )
    base = baseline(of_pump(equipment_id, PumpTest, tests=tests), window.end, assumptions)
    price = {"energy_price_per_kwh": energy_price_per_kwh, "currency": currency}
    emission = {
        "emission_factor_kgkwh": emission_factor_kgkwh,
        "emission_factor_source": emission_factor_source,
    }
    stated = {name: value for name, value in emission.items() if value is not None}
    terms = Terms(assumptions=assumptions, user_id=user_id, at=at)
    run = run_of(
        calculation="energy_consumption",
        inputs=[*stretches, *([base.test] if base else [])],
        parameters={"start": window.start, "end": window.end, **price, **stated},
        equipment_id=equipment_id,
        **terms,
    )
    log = power_log(stretches, base, assumptions)
    found = log.energy(window, assumptions.longest_power_gap_h)
    covered_h, gap_h = float(found.covered_h[0]), float(found.gap_h[0])
    energy_kwh = float(found.energy_kwh[0]) if covered_h else None
    mean_kw = energy_kwh / covered_h if energy_kwh is not None else None
    specific = lift = None
    whole = gap_h <= assumptions.disagreement * found.window_h
    if base and mean_kw is not None and whole:
        rate_m3d, net_lift_kpa = base.rate_m3d, base.shown.duties[0].net_lift_pressure_kpa
        specific = defined(energy.specific_energy_kwhm3(input_power_kw=mean_kw, rate_m3d=rate_m3d))
        if net_lift_kpa is not None:
            lift = defined(
                energy.lift_energy_kwht100m(
                    input_power_kw=mean_kw, rate_m3d=rate_m3d, net_lift_pressure_kpa=net_lift_kpa
                )
            )
            lift = lift if isfinite(rate_m3d * net_lift_kpa) else inf
    against, checks = physics(
        log, base, window, mean_kw=mean_kw, whole=whole, assumptions=assumptions
    )
    amounts, beyond = kept_finite(
        {
            "energy_kwh": energy_kwh,
            "mean_power_kw": mean_kw,
            "specific_energy_kwhm3": specific,
            "lift_energy_kwht100m": lift,
            "energy_cost": times(energy_kwh, energy_price_per_kwh),
            "emissions_kg": times(energy_kwh, emission_factor_kgkwh),
        },
        ("power_kw", "rate_m3d", "energy_price_per_kwh", "emission_factor_kgkwh"),
    )
    findings = (
        *log_findings(log, found, window, assumptions),
        *against,
        *check_terms(emission_factor_kgkwh, energy_price_per_kwh, currency, assumptions),
        *suspect(base),
        *held_against(
            base,
            {"energy per volume": specific, "energy per tonne and 100 m": lift},
            "they need a log without gaps, a rate above 0, and net lift",
        ),
        *beyond,
    )
    consumption = made(
        EnergyConsumption,
        run,
        start_date=window.start,
        end_date=window.end,
        covered_h=covered_h,
        gap_h=gap_h,
        pump_test_id=base.test.pump_test_id if base else None,
        **price,
        **emission,
        **amounts,
        findings=findings,
        checks_made=checks,
    )
    return consumption, run
