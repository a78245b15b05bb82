"""Emissions of the energy that pumps take, and energy against the work that it did."""

from __future__ import annotations

from pumpperf.numeric import Reals, ratio
from pumpperf.units import HOURS_PER_DAY, STANDARD_GRAVITY_MS2


def grid_emissions_kg(*, energy_kwh: Reals, grid_factor_kgkwh: Reals | float) -> Reals:
    """Greenhouse gas [kg CO2e] of energy from the grid.

    m = E f

    Args:
        energy_kwh: electrical energy [kWh].
        grid_factor_kgkwh: emission factor of that grid in that year [kg CO2e/kWh]. It has no
            default; keep its source beside the result.

    Source: UK Government conversion factors 2023: 1000 kWh at 0.207074 are 207.074 kg.

    >>> grid_emissions_kg(energy_kwh=1000.0, grid_factor_kgkwh=0.207074)
    207.074
    """
    return energy_kwh * grid_factor_kgkwh


def fuel_emissions_kg(*, fuel_energy_kwh: Reals, fuel_factor_kgkwh: Reals | float) -> Reals:
    """Greenhouse gas [kg CO2e] of the fuel that an engine burns.

    m = E f, with the heating value of the one as in the other

    Args:
        fuel_energy_kwh: heat in the fuel, not work of the engine [kWh].
        fuel_factor_kgkwh: emission factor of the fuel on the same heating value [kg CO2e/kWh]. It
            has no default; keep its source beside the result.

    Source: IPCC 2006 Guidelines, volume 2, chapter 2: diesel 74,100 kg CO2 per TJ of lower heating
    value, which is 0.26676 kg/kWh.

    >>> fuel_emissions_kg(fuel_energy_kwh=1e6 / 3.6, fuel_factor_kgkwh=0.26676)
    74100.0
    """
    return fuel_energy_kwh * fuel_factor_kgkwh


def engine_fuel_energy_kwh(*, shaft_energy_kwh: Reals, engine_efficiency: Reals | float) -> Reals:
    """Heat [kWh] that an engine takes as fuel for the work that it gives.

    E = W / eta

    Args:
        shaft_energy_kwh: work at the engine's shaft [kWh].
        engine_efficiency: shaft work over heat in the fuel, 0..1, on the heating value wanted.

    Source: definition; 25 kWh of work at 0.25 take 100 kWh.

    >>> engine_fuel_energy_kwh(shaft_energy_kwh=25.0, engine_efficiency=0.25)
    100.0
    """
    return ratio(shaft_energy_kwh, engine_efficiency)


def energy_per_work(*, input_energy_kwh: Reals, work_kwh: Reals | float) -> Reals:
    """Energy taken for each unit of useful work [-]: one over the efficiency of its kind.

    e = E / W

    Args:
        input_energy_kwh: electrical energy, or heat in the fuel [kWh].
        work_kwh: hydraulic or net lift work in the same time [kWh].

    Source: definition; a system efficiency of 0.5 takes 2 kWh for each.

    >>> energy_per_work(input_energy_kwh=100.0, work_kwh=50.0)
    2.0
    """
    return ratio(input_energy_kwh, work_kwh)


def oil_energy_kwhm3(
    *, input_power_kw: Reals, rate_m3d: Reals | float, water_cut: Reals | float
) -> Reals:
    """Energy for each volume of oil [kWh/m3]; lifting the water is in it.

    e = 24 P / (q (1 - w))

    Args:
        input_power_kw: electrical or engine input while the pump runs [kW].
        rate_m3d: liquid rate in the same time, at the conditions of the oil wanted [m3/d].
        water_cut: share of water in it, 0..1.

    Source: first principles; 10 MPa without a loss are 2.778 kWh/m3 of liquid, at a water cut of
    0.9 ten times that of oil.

    >>> oil_energy_kwhm3(input_power_kw=0.1157407407, rate_m3d=1.0, water_cut=0.9)
    27.78
    """
    return ratio(input_power_kw * HOURS_PER_DAY, rate_m3d * (1.0 - water_cut))


def specific_energy_kwhm3(*, input_power_kw: Reals, rate_m3d: Reals | float) -> Reals:
    """Energy per volume [kWh/m3]. It tells the bill, not the pump: depth and pressure are in it.

    e = 24 P / q

    Args:
        input_power_kw: electrical or engine input while the pump runs [kW].
        rate_m3d: liquid rate in the same time [m3/d].

    Source: first principles; 10 MPa without a loss are 2.778 kWh/m3 (1 m3/d takes 0.11574 kW).

    >>> specific_energy_kwhm3(input_power_kw=0.1157407407, rate_m3d=1.0)
    2.778
    """
    return ratio(input_power_kw * HOURS_PER_DAY, rate_m3d)


def lift_energy_kwht100m(
    *, input_power_kw: Reals, rate_m3d: Reals | float, net_lift_pressure_kpa: Reals | float
) -> Reals:
    """Energy [kWh] to lift one tonne by 100 m of net head: one yardstick for every depth.

    w = 24 P / (q rho) / (H/100) = 0.2724 / eta_system, with H = dp_net/(rho g): density cancels.

    Args:
        input_power_kw: electrical or engine input while the pump runs [kW].
        rate_m3d: liquid rate in the same time [m3/d].
        net_lift_pressure_kpa: least pressure from the intake to the surface [kPa].

    Source: SY/T-style intensity, printed there with 0.2725; a system efficiency of 0.0492 is
    5.54 kWh/(t 100 m).

    >>> lift_energy_kwht100m(
    ...     input_power_kw=1.0, rate_m3d=86400.0, net_lift_pressure_kpa=0.0492
    ... )
    5.54
    """
    work_per_day = rate_m3d * net_lift_pressure_kpa
    return ratio(input_power_kw * (HOURS_PER_DAY * 100.0 * STANDARD_GRAVITY_MS2), work_per_day)
