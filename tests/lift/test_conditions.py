"""From what a well test measures at the surface to what the pump sees, by hand and in a circle."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import trapezoid

from pumpperf import PUMPPERF_2026, PcpReading, RodReading, units
from pumpperf.calc import tubing
from pumpperf.calc.fluids import volumes_at
from pumpperf.lift import at_pump, duty, numbers
from pumpperf.lift.conditions import SEEN

G = units.STANDARD_GRAVITY_MS2 / 1000.0
WELL = {
    "liquid_rate_m3d": 84.0,
    "water_cut": 0.6,
    "oil_density_kgm3": 850.0,
    "water_density_kgm3": 1050.0,
    "gas_oil_ratio_m3m3": 40.0,
    "gas_gravity": 0.75,
    "intake_temperature_degc": 50.0,
    "intake_pressure_kpa": 2500.0,
    "wellhead_pressure_kpa": 1000.0,
    "wellhead_temperature_degc": 25.0,
    "pump_depth_m": 1000.0,
}
TANK = {
    "oil_rate_m3d": 84.0 * 0.4,
    "water_rate_m3d": 84.0 * 0.6,
    "oil_mass_rate_td": 84.0 * 0.4 * 0.85,
    "liquid_mass_rate_td": 84.0 * (0.4 * 0.85 + 0.6 * 1.05),
    "gas_rate_sm3d": 84.0 * 0.4 * 40.0,
}


def seen(**more):
    """What the pump sees of the well; None takes an instrument away."""
    given = {name: value for name, value in (WELL | more).items() if value is not None}
    return at_pump(numbers(PcpReading(**given)), PUMPPERF_2026)


def without(*names):
    return dict.fromkeys(names)


@pytest.mark.parametrize(
    "measured",
    [
        ("liquid_rate_m3d", "water_cut", "gas_oil_ratio_m3m3"),
        ("oil_rate_m3d", "water_rate_m3d", "gas_rate_sm3d"),
        ("oil_rate_m3d", "water_cut", "gas_rate_sm3d"),
        ("water_rate_m3d", "water_cut", "gas_oil_ratio_m3m3"),
        ("liquid_rate_m3d", "oil_rate_m3d", "gas_oil_ratio_m3m3"),
        ("liquid_rate_m3d", "water_rate_m3d", "gas_rate_sm3d"),
        ("oil_mass_rate_td", "water_rate_m3d", "gas_oil_ratio_m3m3"),
        ("liquid_mass_rate_td", "water_cut", "gas_oil_ratio_m3m3"),
    ],
)
def test_whatever_is_measured_in_the_tank_says_the_same(measured):
    every = WELL | TANK
    of_the_tank = [*TANK, "liquid_rate_m3d", "water_cut", "gas_oil_ratio_m3m3"]
    hidden = without(*(set(of_the_tank) - set(measured)))
    found, usual = seen(**{name: every[name] for name in measured}, **hidden), seen()
    assert {name: found[name] for name in SEEN} == pytest.approx(
        {name: usual[name] for name in SEEN}, rel=1e-12, nan_ok=True
    )


@given(
    cut=st.floats(0.0, 1.0),
    gor=st.floats(0.0, 300.0),
    intake=st.floats(200.0, 20_000.0),
    oil=st.floats(780.0, 990.0),
    degc=st.floats(20.0, 120.0),
)
def test_no_mass_is_lost_between_tank_and_pump(cut, gor, intake, oil, degc):
    """Liquid at the pump: the tank's oil and water, and the gas that is dissolved in the oil."""
    well = {"oil_density_kgm3": oil, "intake_temperature_degc": degc, "intake_pressure_kpa": intake}
    found = seen(**well, water_cut=cut, gas_oil_ratio_m3m3=gor)
    gas_kgm3 = 0.75 * 28.9647 / 8.314462618 * 101.325 / 288.15
    tank = 84.0 * (1.0 - cut) * (oil + gas_kgm3 * found["solution_gor_m3m3"]) + 84.0 * cut * 1050.0
    assert found["rate_m3d"] * found["liquid_density_kgm3"] == pytest.approx(tank, rel=5e-5)
    volumes = volumes_at(
        pressure_kpa=intake,
        temperature_degc=degc,
        oil_density_kgm3=oil,
        gas_gravity=0.75,
        producing_gor_m3m3=gor if cut < 1.0 else 0.0,
        water_cut=cut,
        water_density_kgm3=1050.0,
    )
    back = found["rate_m3d"] / float(volumes.liquid_volume_m3m3[0])
    assert back == pytest.approx(84.0, rel=1e-12)
    mass = found["rate_m3d"] * found["liquid_density_kgm3"]
    again = 84.0 * float((volumes.liquid_volume_m3m3 * volumes.liquid_density_kgm3)[0])
    assert mass == pytest.approx(again, rel=1e-12)
    # and all gas of the tank goes through a pump that nothing is separated from
    whole = seen(**well, water_cut=cut, gas_oil_ratio_m3m3=gor, gas_separation=0.0)
    in_oil = 84.0 * (1.0 - cut) * whole["solution_gor_m3m3"] if cut < 1.0 else 0.0
    free = whole["pump_gas_rate_m3d"] / float(volumes.gas_volume_factor_m3m3[0])
    assert free + in_oil == pytest.approx(84.0 * (1.0 - cut) * gor, rel=1e-12, abs=1e-12)


def test_water_alone_by_hand():
    """No oil, no gas: the rate of the tank but for water's own expansion, and rho g h."""
    larger = 1.0 - 1.0001e-2 + 1.33391e-4 * 122.0 + 5.50654e-7 * 122.0**2  # McCain 1990, 50 degC
    wet = without("oil_density_kgm3", "gas_oil_ratio_m3m3")
    found = seen(**wet, water_cut=1.0)
    assert found["rate_m3d"] == pytest.approx(84.0 * larger, rel=5e-4)
    column = 1000.0 + 1000.0 * 1050.0 / larger * G
    assert found["discharge_pressure_kpa"] == pytest.approx(column, rel=2e-3)
    assert found["lower_discharge_pressure_kpa"] == found["upper_discharge_pressure_kpa"]
    assert found["intake_gas_share"] == 0.0
    assert math.isnan(found["gas_oil_ratio_m3m3"])


def test_what_a_gauge_says_stands():
    said = {
        "rate_m3d": 90.0,
        "liquid_density_kgm3": 930.0,
        "discharge_pressure_kpa": 9000.0,
        "formation_volume_factor": 1.2,
        "gas_separation": 0.3,
    }
    found = seen(**said, fluid_level_m=500.0, casing_pressure_kpa=300.0)
    assert {name: found[name] for name in said} == said
    assert found["intake_pressure_kpa"] == 2500.0
    assert math.isnan(found["upper_discharge_pressure_kpa"])
    by_rise = seen(pressure_rise_kpa=7000.0)
    assert math.isnan(by_rise["upper_discharge_pressure_kpa"])
    assert math.isnan(by_rise["discharge_pressure_kpa"])  # the duty adds the rise
    assert duty(PcpReading(**WELL, pressure_rise_kpa=7000.0), running_share=1.0) == duty(
        PcpReading(**WELL, discharge_pressure_kpa=9500.0, pressure_rise_kpa=7000.0),
        running_share=1.0,
    )


def test_a_measured_volume_factor_takes_the_place_of_the_correlation():
    bare = without("intake_pressure_kpa", "gas_oil_ratio_m3m3")
    assert seen(formation_volume_factor=1.2, **bare)["rate_m3d"] == pytest.approx(
        84.0 * (0.6 + 0.4 * 1.2), rel=1e-12
    )
    untold = seen(**bare, oil_density_kgm3=None)
    assert untold["rate_m3d"] == 84.0
    assert math.isnan(untold["formation_volume_factor"])


def test_level_and_intake_gauge_say_the_same():
    """The intake pressure of a level, given as a gauge reading, moves nothing else."""
    level = {"fluid_level_m": 700.0, "casing_pressure_kpa": 400.0}
    by_level = seen(**level, intake_pressure_kpa=None)
    at_level = 400.0 * math.exp(0.034163 * 0.75 * 700.0 / (298.65 * 0.99))  # barometric, by hand
    assert by_level["intake_pressure_kpa"] == pytest.approx(at_level + 300.0 * 850.0 * G, rel=1e-3)
    by_gauge = seen(intake_pressure_kpa=by_level["intake_pressure_kpa"])
    assert by_gauge == pytest.approx(by_level | by_gauge, nan_ok=True)
    assert {n: by_gauge[n] for n in ("rate_m3d", "discharge_pressure_kpa")} == {
        n: by_level[n] for n in ("rate_m3d", "discharge_pressure_kpa")
    }
    half = seen(**level, intake_pressure_kpa=None, annulus_liquid_share=0.5)
    assert half["intake_pressure_kpa"] < by_level["intake_pressure_kpa"] - 150.0 * 800.0 * G
    below = seen(fluid_level_m=1200.0, casing_pressure_kpa=400.0, intake_pressure_kpa=None)
    assert math.isnan(below["intake_pressure_kpa"])


def test_discharge_less_rise_is_an_intake():
    found = seen(intake_pressure_kpa=None, discharge_pressure_kpa=9500.0, pressure_rise_kpa=7000.0)
    assert found["intake_pressure_kpa"] == 2500.0


def test_the_gas_that_the_annulus_brings_does_not_go_through_the_pump():
    none, half, all_of_it = (seen(gas_separation=share) for share in (0.0, 0.5, 1.0))
    assert half["pump_gas_rate_m3d"] == pytest.approx(none["pump_gas_rate_m3d"] / 2.0, rel=1e-12)
    assert all_of_it["pump_gas_rate_m3d"] == 0.0
    share = none["pump_gas_rate_m3d"] / (none["pump_gas_rate_m3d"] + none["rate_m3d"])
    assert none["intake_gas_share"] == pytest.approx(share, rel=1e-12)
    free = 84.0 * 0.4 * (40.0 - none["solution_gor_m3m3"])
    metered = seen(casing_gas_rate_sm3d=free / 2.0)
    assert metered["gas_separation"] == pytest.approx(0.5, rel=1e-12)
    assert metered["discharge_pressure_kpa"] == pytest.approx(half["discharge_pressure_kpa"])
    assert math.isnan(seen()["pump_gas_rate_m3d"])


def test_the_discharge_pressure_lies_in_its_range():
    untold, none, all_of_it = seen(), seen(gas_separation=0.0), seen(gas_separation=1.0)
    assert untold["lower_discharge_pressure_kpa"] == none["discharge_pressure_kpa"]
    assert untold["discharge_pressure_kpa"] == all_of_it["discharge_pressure_kpa"]
    upper = untold["upper_discharge_pressure_kpa"]
    assert upper == pytest.approx(1000.0 + 1000.0 * (0.4 * 850.0 + 0.6 * 1050.0) * G, rel=1e-12)
    assert none["discharge_pressure_kpa"] < all_of_it["discharge_pressure_kpa"] < upper
    blind = seen(intake_pressure_kpa=None)
    assert blind["lower_discharge_pressure_kpa"] == none["discharge_pressure_kpa"]
    assert blind["discharge_pressure_kpa"] == upper


def test_friction_is_counted_where_bore_and_viscosity_are_given():
    dead = {"gas_oil_ratio_m3m3": 0.0, "liquid_viscosity_mpas": 300.0}
    smooth, rough = seen(**dead), seen(**dead, tubing_inner_diameter_mm=62.0)
    velocity = smooth["rate_m3d"] / 86_400.0 / (math.pi * 0.031**2)
    laminar_kpa = 32.0 * 0.3 * velocity * 1000.0 / 0.062**2 / 1000.0
    lost = rough["discharge_pressure_kpa"] - smooth["discharge_pressure_kpa"]
    assert lost == pytest.approx(laminar_kpa, rel=1e-9)


def test_the_range_holds_the_flow_with_slip():
    """Beggs and Brill in 2000 drawn wells: within the range, but for a few of much friction."""
    count = 2000
    draw = np.random.default_rng(1).uniform
    well = {
        "liquid_rate_m3d": draw(10.0, 200.0, count),
        "water_cut": draw(0.0, 0.95, count),
        "oil_density_kgm3": draw(815.0, 945.0, count),
        "gas_oil_ratio_m3m3": draw(5.0, 150.0, count),
        "gas_gravity": draw(0.65, 1.0, count),
        "wellhead_pressure_kpa": draw(300.0, 2500.0, count),
        "intake_pressure_kpa": draw(1000.0, 8000.0, count),
        "pump_depth_m": draw(600.0, 2500.0, count),
        "gas_separation": np.full(count, 0.5),
        "water_density_kgm3": np.full(count, 1030.0),
        "wellhead_temperature_degc": np.full(count, 25.0),
    }
    found = at_pump(well, PUMPPERF_2026)
    gor, cut = well["gas_oil_ratio_m3m3"], well["water_cut"]
    slip = tubing.discharge_pressure(
        tubing_gor_m3m3=gor - 0.5 * (gor - found["solution_gor_m3m3"]),
        liquid_rate_m3d=well["liquid_rate_m3d"],
        water_cut=cut,
        vertical_depth_m=well["pump_depth_m"],
        bottom_temperature_degc=found["intake_temperature_degc"],
        tubing_diameter_mm=62.0,
        **{
            name: well[name]
            for name in (
                *("oil_density_kgm3", "gas_gravity", "water_density_kgm3"),
                *("wellhead_pressure_kpa", "wellhead_temperature_degc"),
            )
        },
    ).discharge_pressure_kpa
    low, high = found["lower_discharge_pressure_kpa"], found["upper_discharge_pressure_kpa"]
    assert (slip > low * 0.995).all()
    assert (slip < high).mean() > 0.98


def test_gas_through_the_pump_counts_in_its_hydraulic_power():
    reading = PcpReading(**WELL, gas_separation=0.0, discharge_pressure_kpa=9000.0)
    shown = duty(reading, running_share=0.5)
    liquid = shown.running_rate_m3d * 6500.0 / 86_400.0
    gas = shown.running_gas_rate_m3d * 2500.0 * math.log(9000.0 / 2500.0) / 86_400.0
    assert shown.hydraulic_power_kw == pytest.approx(liquid + gas, rel=1e-12)
    volume = np.linspace(1.0, 2500.0 / 9000.0, 200_001)
    pressure = 2500.0 / volume
    work = trapezoid(volume, pressure)
    assert work == pytest.approx(2500.0 * math.log(9000.0 / 2500.0), rel=1e-8)


def test_a_column_is_each_of_its_lines():
    depth = np.array([900.0, 1000.0, np.nan, 1100.0])
    intake = np.array([2500.0, np.nan, 2500.0, 30_000.0])
    column = at_pump(WELL | {"pump_depth_m": depth, "intake_pressure_kpa": intake}, PUMPPERF_2026)
    for i in range(4):
        alone = at_pump(
            WELL | {"pump_depth_m": depth[i], "intake_pressure_kpa": intake[i]}, PUMPPERF_2026
        )
        for name, value in alone.items():
            assert np.broadcast_to(column[name], 4)[i] == pytest.approx(value, nan_ok=True)
    none = at_pump({"rate_m3d": np.array([])}, PUMPPERF_2026)
    assert none["discharge_pressure_kpa"].shape == (0,)


def test_a_rod_pump_s_chain_is_complete_from_a_well_test_and_a_level():
    """What the sheet of a rod-pumped well holds, without a line of arithmetic."""
    sheet = RodReading(
        liquid_rate_m3d=60.0,
        water_cut=0.7,
        oil_density_kgm3=870.0,
        gas_oil_ratio_m3m3=20.0,
        fluid_level_m=1050.0,
        casing_pressure_kpa=300.0,
        wellhead_pressure_kpa=900.0,
        pump_depth_m=1300.0,
        speed_spm=8.0,
        stroke_m=3.0,
        plunger_stroke_m=2.7,
        plunger_diameter_mm=57.0,
        polished_rod_power_kw=13.0,
        input_power_kw=18.0,
    )
    shown = duty(sheet, running_share=1.0)
    assert None not in (
        *(shown.hydraulic_power_kw, shown.net_lift_power_kw, shown.volumetric_efficiency),
        *(shown.intake_pressure_kpa, shown.discharge_pressure_kpa, shown.oil_rate_m3d),
    )
