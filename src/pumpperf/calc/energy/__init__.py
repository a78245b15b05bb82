"""Energy of power logs and meters: by period and tariff, its emissions, and the work it did."""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.calc.energy.demand import Demand, monthly_demand
    from pumpperf.calc.energy.emissions import (
        energy_per_work,
        engine_fuel_energy_kwh,
        fuel_emissions_kg,
        grid_emissions_kg,
        lift_energy_kwht100m,
        oil_energy_kwhm3,
        specific_energy_kwhm3,
    )
    from pumpperf.calc.energy.log import Energy, energy_kwh, power_steps
    from pumpperf.calc.energy.meter import MeteredEnergy, meter_steps, metered_energy_kwh
    from pumpperf.calc.energy.periods import PeriodEnergy, Periods, local_periods, period_energies
    from pumpperf.calc.energy.rules import PowerRule
    from pumpperf.calc.energy.running import high_power_kw, running_power_kw
    from pumpperf.calc.energy.steps import PowerSteps
    from pumpperf.calc.energy.tariff import (
        EVERY_DAY,
        EVERY_MONTH,
        WEEKEND,
        WORKDAYS,
        Band,
        EnergyCost,
        Span,
        Tariff,
        energy_cost,
    )
else:
    __getattr__ = exports(__name__)

__all__ = [
    "EVERY_DAY",
    "EVERY_MONTH",
    "WEEKEND",
    "WORKDAYS",
    "Band",
    "Demand",
    "Energy",
    "EnergyCost",
    "MeteredEnergy",
    "PeriodEnergy",
    "Periods",
    "PowerRule",
    "PowerSteps",
    "Span",
    "Tariff",
    "energy_cost",
    "energy_kwh",
    "energy_per_work",
    "engine_fuel_energy_kwh",
    "fuel_emissions_kg",
    "grid_emissions_kg",
    "high_power_kw",
    "lift_energy_kwht100m",
    "local_periods",
    "meter_steps",
    "metered_energy_kwh",
    "monthly_demand",
    "oil_energy_kwhm3",
    "period_energies",
    "power_steps",
    "running_power_kw",
    "specific_energy_kwhm3",
]
