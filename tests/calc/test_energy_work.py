"""Emissions, and energy against the work it did, derived once more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.calc.efficiency import system_efficiency
from pumpperf.calc.energy import (
    energy_per_work,
    engine_fuel_energy_kwh,
    fuel_emissions_kg,
    grid_emissions_kg,
    oil_energy_kwhm3,
    specific_energy_kwhm3,
)
from pumpperf.calc.hydraulics import net_lift_power_kw

POSITIVE = st.floats(0.1, 1e6)
SHARE = st.floats(0.01, 0.99)


@given(power=POSITIVE, rate=POSITIVE, lift=POSITIVE, hours=st.floats(0.1, 8760.0))
def test_energy_for_work_is_one_over_the_system_efficiency(power, rate, lift, hours):
    useful = net_lift_power_kw(rate_m3d=rate, net_lift_pressure_kpa=lift)
    found = energy_per_work(input_energy_kwh=power * hours, work_kwh=useful * hours)
    efficiency = system_efficiency(net_lift_power_kw=useful, input_power_kw=power)
    assert found * efficiency == pytest.approx(1.0, rel=1e-12)


@given(power=POSITIVE, rate=POSITIVE, water_cut=SHARE)
def test_oil_carries_the_energy_of_its_water(power, rate, water_cut):
    oil = oil_energy_kwhm3(input_power_kw=power, rate_m3d=rate, water_cut=water_cut)
    liquid = specific_energy_kwhm3(input_power_kw=power, rate_m3d=rate)
    oil_volume, liquid_volume = rate * (1 - water_cut), rate
    assert oil * oil_volume == pytest.approx(liquid * liquid_volume, rel=1e-12)
    assert oil * oil_volume == pytest.approx(24 * power, rel=1e-12)


def test_published_factors():
    # UK Government conversion factors for company reporting, 2023.
    assert grid_emissions_kg(energy_kwh=2500.0, grid_factor_kgkwh=0.207074) == pytest.approx(
        517.685
    )
    # IPCC 2006, volume 2, chapter 2: 74,100 kg CO2/TJ of diesel; 1 kWh = 3.6e-6 TJ.
    fuel = engine_fuel_energy_kwh(shaft_energy_kwh=100.0, engine_efficiency=0.25)
    found = fuel_emissions_kg(fuel_energy_kwh=fuel, fuel_factor_kgkwh=74_100 * 3.6e-6)
    assert found == pytest.approx(400.0 * 3.6e-6 * 74_100)
