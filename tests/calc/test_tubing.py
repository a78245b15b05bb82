"""Pressure in tubing: Beggs and Brill against Takacs and by hand, the way down and its range."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import ArgumentError
from pumpperf.calc import fluids, tubing
from pumpperf.calc.fluids import Correlations
from pumpperf.calc.pipe import darcy_friction_factor, tubing_friction_pressure_kpa
from pumpperf.units import FOOT, POUND_PER_CUBIC_FOOT, PSI

TAKACS = {
    "liquid_velocity_ms": 0.79 * FOOT,
    "gas_velocity_ms": 1.93 * FOOT,
    "liquid_density_kgm3": 49.9 * POUND_PER_CUBIC_FOOT,
    "gas_density_kgm3": 1.79 * POUND_PER_CUBIC_FOOT,
    "surface_tension_nm": 0.008,
    "liquid_viscosity_mpas": 3.0,
    "gas_viscosity_mpas": 0.02,
    "diameter_mm": 2.441 * 25.4,
    "roughness_mm": 0.0006 * 25.4,
    "pressure_kpa": 346.6 * PSI,
}
WELL = {
    "wellhead_pressure_kpa": 114.7 * PSI,
    "wellhead_temperature_degc": 26.6667,
    "bottom_temperature_degc": 60.0,
    "vertical_depth_m": 5000 * FOOT,
    "tubing_diameter_mm": 62.0,
    "roughness_mm": 0.01524,
    "liquid_rate_m3d": 47.7,
    "water_cut": 0.6,
    "tubing_gor_m3m3": 45.0,
    "oil_density_kgm3": 864.6,
    "gas_gravity": 0.75,
    "water_density_kgm3": 1049.0,
}
LAW = {
    "segregated": (0.98, 0.4846, 0.0868, 0.011, -3.768, 3.539, -1.614),
    "intermittent": (0.845, 0.5351, 0.0173, 2.96, 0.305, -0.4473, 0.0978),
    "distributed": (1.065, 0.5824, 0.0609, 1.0, 0.0, 0.0, 0.0),
}


def by_hand(regime, payne=0.924, rise=1.0, **flow):
    """Holdup and gradient of one pipe in one regime, in plain floats."""
    one = TAKACS | flow
    v_l, v_g, d = one["liquid_velocity_ms"], one["gas_velocity_ms"], one["diameter_mm"] / 1e3
    rho_l, rho_g = one["liquid_density_kgm3"], one["gas_density_kgm3"]
    v, g = v_l + v_g, 9.80665
    share, froude = v_l / v, v * v / (g * d)
    number = v_l * (rho_l / (g * one["surface_tension_nm"])) ** 0.25

    def held(a, b, c, e, f, h, i):
        level = max(a * share**b / froude**c, share)
        lift = (1 - share) * math.log(e * share**f * number**h * froude**i)
        angle = 1.8 * math.asin(rise)
        bent = 1 + max(lift, 0.0) * (math.sin(angle) - math.sin(angle) ** 3 / 3)
        return min(max(level * bent * payne, share), 1.0)

    if regime == "transition":
        low, high = 9.252e-4 * share**-2.4684, 0.1 * share**-1.4516
        assert low < froude < high
        part = (high - froude) / (high - low)
        holdup = part * held(*LAW["segregated"]) + (1 - part) * held(*LAW["intermittent"])
    else:
        holdup = held(*LAW[regime])
    no_slip = rho_l * share + rho_g * (1 - share)
    mu = one["liquid_viscosity_mpas"] * share + one["gas_viscosity_mpas"] * (1 - share)
    f = darcy_friction_factor(
        reynolds_number=no_slip * v * d / (mu / 1e3),
        relative_roughness=one["roughness_mm"] / one["diameter_mm"],
    )
    y = share / holdup**2
    x = math.log(y)
    s = x / (-0.0523 + 3.182 * x - 0.8725 * x**2 + 0.01853 * x**4)
    s = math.log(2.2 * y - 1.2) if 1.0 < y < 1.2 else s
    kinetic = no_slip * v * v_g / (one["pressure_kpa"] * 1e3)
    mixed = rho_l * holdup + rho_g * (1 - holdup)
    gradient = mixed * g * rise + f * math.exp(s) * no_slip * v * v / (2 * d)
    return holdup, gradient / 1e3 / (1 - kinetic)


def test_the_example_of_takacs():
    found = tubing.beggs_brill(**TAKACS, holdup_factor=1.0)
    assert found.liquid_holdup == pytest.approx(0.465, abs=5e-4)
    assert found.gradient_kpam * FOOT / PSI == pytest.approx(0.170, rel=6e-3)
    corrected = tubing.beggs_brill(**TAKACS)
    assert corrected.gradient_kpam * FOOT / PSI == pytest.approx(0.1586, rel=2e-3)


@pytest.mark.parametrize(
    ("regime", "liquid_ms", "gas_ms"),
    [
        ("segregated", 0.002, 0.3),
        ("segregated", 0.01, 0.05),
        ("transition", 0.1, 0.2),
        ("transition", 0.2, 0.06),
        ("intermittent", 0.3, 0.6),
        ("intermittent", 0.6, 0.2),
        ("distributed", 0.5, 12.0),
        ("distributed", 4.0, 1.0),
        ("distributed", 0.001, 30.0),
    ],
)
@pytest.mark.parametrize("rise", [1.0, 0.8])
def test_each_regime_by_hand(regime, liquid_ms, gas_ms, rise):
    flow = {"liquid_velocity_ms": liquid_ms, "gas_velocity_ms": gas_ms}
    found = tubing.beggs_brill(**TAKACS | flow, rise=rise)
    holdup, gradient = by_hand(regime, rise=rise, **flow)
    assert found.liquid_holdup == pytest.approx(holdup, rel=1e-9)
    assert found.gradient_kpam == pytest.approx(gradient, rel=1e-9)


def hagedorn_by_hand(rise=1.0, **flow):
    """Holdup and gradient by Hagedorn and Brown with Griffith, in field units and plain floats."""
    one = TAKACS | flow
    v_l, v_g = one["liquid_velocity_ms"] / FOOT, one["gas_velocity_ms"] / FOOT
    rho_l, rho_g = (
        one[f"{name}_density_kgm3"] / POUND_PER_CUBIC_FOOT for name in ("liquid", "gas")
    )
    mu_l, mu_g = one["liquid_viscosity_mpas"], one["gas_viscosity_mpas"]
    d, sigma = one["diameter_mm"] / 304.8, one["surface_tension_nm"] * 1e3
    p, rough, v = one["pressure_kpa"] / PSI, one["roughness_mm"] / one["diameter_mm"], v_l + v_g
    bubbles = v_g / v < max(1.071 - 0.2218 * v * v / d, 0.13)
    if bubbles:
        held = 1 - 0.5 * (1 + v / 0.8 - math.sqrt((1 + v / 0.8) ** 2 - 4 * v_g / 0.8))
    else:
        n_lv, n_gv = (1.938 * one_v * (rho_l / sigma) ** 0.25 for one_v in (v_l, v_g))
        n_d, n_l = 120.872 * d * (rho_l / sigma) ** 0.5, 0.15726 * mu_l / (rho_l * sigma**3) ** 0.25
        c = 0.061 * n_l**3 - 0.0929 * n_l**2 + 0.0505 * n_l + 0.0019
        x = n_lv / n_gv**0.575 * (p / 14.696) ** 0.1 * c / n_d
        top, foot = 0.0047 + 1123.32 * x + 729489.64 * x * x, 1 + 1097.1566 * x + 722153.97 * x * x
        b, psi = n_gv * n_l**0.38 / n_d**2.14, 1.0
        if b > 0.01:
            psi = (1.0886 - 69.9473 * b + 2334.3497 * b**2 - 12896.683 * b**3) / (
                1 - 53.4401 * b + 1517.9369 * b**2 - 8419.8115 * b**3
            )
        held = psi * math.sqrt(top / foot)
    held = min(max(held, v_l / v), 1.0)
    mixed, cp = rho_l * held + rho_g * (1 - held), 0.000671969  # lb/(ft s) a mPa s
    if bubbles:
        flux, thick, dense = rho_l * v_l / held, mu_l * cp, rho_l
    else:
        thick, dense = mu_l**held * mu_g ** (1 - held) * cp, mixed
        flux = rho_l * v_l + rho_g * v_g
    f = darcy_friction_factor(reynolds_number=flux * d / thick, relative_roughness=rough)
    psift = (mixed * rise + f * flux**2 / (2 * 32.17405 * d * dense)) / 144
    return bubbles, held, psift * PSI / FOOT


@pytest.mark.parametrize(
    ("bubbles", "liquid_ms", "gas_ms", "tension"),
    [
        (True, 0.05, 0.03, 0.03),
        (True, 1.0, 0.1, 0.03),
        (False, 0.24, 0.6, 0.008),
        (False, 0.02, 4.0, 0.03),
        (False, 0.3, 9.0, 0.06),
        (False, 1.5, 30.0, 0.005),
    ],
)
@pytest.mark.parametrize("rise", [1.0, 0.8])
def test_hagedorn_and_brown_by_hand(bubbles, liquid_ms, gas_ms, tension, rise):
    flow = {"liquid_velocity_ms": liquid_ms, "gas_velocity_ms": gas_ms}
    flow["surface_tension_nm"] = tension
    found = tubing.hagedorn_brown(**TAKACS | flow, rise=rise)
    regime, holdup, gradient = hagedorn_by_hand(rise=rise, **flow)
    assert regime is bubbles
    # the factors of the numbers in field units have four digits
    assert found.liquid_holdup == pytest.approx(holdup, rel=1e-3)
    assert found.gradient_kpam == pytest.approx(gradient, rel=1e-3)


@given(
    liquid=st.floats(1e-3, 5.0),
    gas=st.floats(0.0, 20.0),
    rise=st.floats(0.3, 1.0),
    tension=st.floats(0.005, 0.06),
)
def test_by_hagedorn_and_brown_too_liquid_stays_behind(liquid, gas, rise, tension):
    flow = {"liquid_velocity_ms": liquid, "gas_velocity_ms": gas, "surface_tension_nm": tension}
    found = tubing.hagedorn_brown(**TAKACS | flow, rise=rise)
    assert liquid / (liquid + gas) <= found.liquid_holdup[0] <= 1.0
    weight = 799.3 * found.liquid_holdup[0] * 9.80665e-3 * rise
    assert found.gradient_kpam[0] > weight


@pytest.mark.parametrize("law", [tubing.beggs_brill, tubing.hagedorn_brown])
def test_liquid_alone_is_the_same_by_both(law):
    alone = law(**TAKACS | {"gas_velocity_ms": 0.0})
    other = tubing.beggs_brill(**TAKACS | {"gas_velocity_ms": 0.0})
    assert alone.liquid_holdup == 1.0
    assert alone.gradient_kpam == pytest.approx(other.gradient_kpam, rel=1e-12)


def test_two_methods_of_the_way_down_are_told_apart():
    beggs, hagedorn = (
        tubing.discharge_pressure(**WELL, two_phase=one)
        for one in ("BEGGS_BRILL", "HAGEDORN_BROWN")
    )
    assert beggs.method.startswith("Beggs and Brill (1973)")
    assert hagedorn.method.startswith("Hagedorn and Brown (1965)")
    assert hagedorn.lower_discharge_pressure_kpa == beggs.lower_discharge_pressure_kpa
    assert hagedorn.discharge_pressure_kpa != pytest.approx(beggs.discharge_pressure_kpa, rel=1e-4)
    with pytest.raises(ArgumentError, match="two_phase = 'MINE': expected one of BEGGS_BRILL"):
        tubing.discharge_pressure(**WELL, two_phase="MINE")


def test_one_phase_is_a_pipe():
    still = TAKACS | {"gas_velocity_ms": 0.0, "surface_tension_nm": math.nan}
    found = tubing.beggs_brill(**still)
    friction = tubing_friction_pressure_kpa(
        rate_m3d=0.79 * FOOT * math.pi / 4 * (2.441 * 0.0254) ** 2 * 86_400,
        tubing_diameter_mm=2.441 * 25.4,
        rod_diameter_mm=0.0,
        length_m=1.0,
        density_kgm3=49.9 * POUND_PER_CUBIC_FOOT,
        viscosity_mpas=3.0,
        roughness_mm=0.0006 * 25.4,
    )
    static = 49.9 * POUND_PER_CUBIC_FOOT * 9.80665e-3
    assert found.liquid_holdup == 1.0
    assert found.gradient_kpam == pytest.approx(static + friction, rel=1e-12)


def test_what_has_no_gradient_is_nan():
    for changed in (
        {"liquid_velocity_ms": 0.0, "gas_velocity_ms": 0.0},
        {"gas_velocity_ms": 500.0},  # faster than sound
        {"surface_tension_nm": math.nan},
        {"liquid_viscosity_mpas": math.nan},
    ):
        assert math.isnan(tubing.beggs_brill(**TAKACS | changed).gradient_kpam[0]), changed


@given(
    liquid=st.floats(1e-3, 5.0),
    gas=st.floats(0.0, 20.0),
    rise=st.floats(0.3, 1.0),
    tension=st.floats(0.005, 0.06),
)
def test_liquid_stays_behind_and_the_pipe_holds_no_more_than_itself(liquid, gas, rise, tension):
    flow = {"liquid_velocity_ms": liquid, "gas_velocity_ms": gas, "surface_tension_nm": tension}
    held = tubing.beggs_brill(**TAKACS | flow, rise=rise).liquid_holdup[0]
    assert liquid / (liquid + gas) <= held <= 1.0


def test_discharge_of_liquid_alone_is_its_weight_and_friction():
    found = tubing.discharge_pressure(**WELL | {"tubing_gor_m3m3": 0.0})
    assert found.discharge_pressure_kpa == pytest.approx(
        found.upper_discharge_pressure_kpa, rel=1e-12
    )
    middle = fluids.at(
        pressure_kpa=8000.0,
        temperature_degc=43.3,
        producing_gor_m3m3=0.0,
        **{
            name: WELL[name]
            for name in ("oil_density_kgm3", "gas_gravity", "water_cut", "water_density_kgm3")
        },
    )
    friction = tubing_friction_pressure_kpa(
        rate_m3d=47.7 * middle.liquid_volume_m3m3,
        tubing_diameter_mm=62.0,
        rod_diameter_mm=0.0,
        length_m=1524.0,
        density_kgm3=middle.liquid_density_kgm3,
        viscosity_mpas=middle.liquid_viscosity_mpas,
        roughness_mm=0.01524,
    )
    by_middle = tubing.discharge_pressure_of_liquid_kpa(
        wellhead_pressure_kpa=114.7 * PSI,
        vertical_depth_m=1524.0,
        liquid_density_kgm3=middle.liquid_density_kgm3,
        friction_pressure_kpa=friction,
    )
    assert found.discharge_pressure_kpa == pytest.approx(by_middle, rel=2e-3)


def test_more_gas_through_the_pump_is_less_pressure_between_its_bounds():
    found = tubing.discharge_pressure(**WELL | {"tubing_gor_m3m3": np.linspace(0.0, 120.0, 25)})
    middle = found.discharge_pressure_kpa
    assert (np.diff(middle) < 0.0).all()
    assert (found.lower_discharge_pressure_kpa < middle).all()
    assert (middle <= found.upper_discharge_pressure_kpa * (1 + 1e-12)).all()
    summary = tubing.discharge_pressure(**WELL).summary()
    assert "Beggs and Brill (1973)" in summary
    assert "discharge pressure [kpa]: " in summary


def test_twenty_steps_are_within_a_tenth_of_a_percent():
    gassy = WELL | {"tubing_gor_m3m3": 130.0}
    few, many = (tubing.discharge_pressure(**gassy, steps=n) for n in (20, 500))
    assert few.discharge_pressure_kpa == pytest.approx(many.discharge_pressure_kpa, rel=1e-3)
    one = tubing.discharge_pressure(**gassy, steps=1)
    assert one.discharge_pressure_kpa != pytest.approx(many.discharge_pressure_kpa, rel=5e-3)


def test_a_longer_way_has_more_friction_and_no_more_weight():
    straight, bent = (
        tubing.discharge_pressure(
            **WELL | {"length_m": length, "liquid_rate_m3d": rate, "tubing_gor_m3m3": 0.0},
            correlations=Correlations(inversion_water_cut=0.4),
        )
        for length, rate in ((1524.0, 300.0), (1824.0, 300.0))
    )
    weight = straight.lower_discharge_pressure_kpa
    assert bent.lower_discharge_pressure_kpa == pytest.approx(weight, rel=1e-6)
    ratio = (bent.discharge_pressure_kpa - weight) / (straight.discharge_pressure_kpa - weight)
    assert ratio == pytest.approx(1824.0 / 1524.0, rel=1e-3)


def test_rods_take_room():
    heavy = WELL | {"tubing_gor_m3m3": 0.0, "liquid_rate_m3d": 150.0}
    free, with_rods = (
        tubing.discharge_pressure(**heavy, rod_diameter_mm=rods) for rods in (0.0, 22.2)
    )
    lost = [
        found.discharge_pressure_kpa - found.lower_discharge_pressure_kpa
        for found in (free, with_rods)
    ]
    assert lost[1] > 2.0 * lost[0]
    assert with_rods.lower_discharge_pressure_kpa == free.lower_discharge_pressure_kpa


def test_what_was_outside_of_its_data_on_the_way_is_told():
    found = tubing.discharge_pressure(**WELL)
    assert found.out_of_range["solution_gas"].tolist() == [True]  # at the wellhead
    assert found.out_of_range["pseudo_critical"].tolist() == [False]
    many = tubing.discharge_pressure(**WELL | {"gas_gravity": [0.75, 1.8]})
    assert many.out_of_range["pseudo_critical"].tolist() == [False, True]
    assert many.discharge_pressure_kpa[0] == pytest.approx(
        found.discharge_pressure_kpa[0], rel=1e-12
    )


@pytest.mark.parametrize("steps", [0, -1, 2.0, True, "20", None])
def test_steps_are_counted(steps):
    with pytest.raises(ArgumentError, match="steps = .*: expected a whole number of at least 1"):
        tubing.discharge_pressure(**WELL, steps=steps)


def test_a_stream_that_rises_follows_the_earth_late():
    at = {"bottom_temperature_degc": 80.0, "geothermal_gradient_kpm": 0.02}
    heights = np.array([0.0, 1000.0, 3000.0])
    earth = 80.0 - 0.02 * heights
    slow, fast = (
        tubing.ramey_temperature_degc(height_m=heights, relaxation_distance_m=a, **at)
        for a in (1e-3, 1e9)
    )
    assert slow == pytest.approx(earth, abs=1e-4)
    assert fast == pytest.approx([80.0] * 3, abs=1e-4)


def drawn_wells(seed, count=2000):
    """Wells of any kind with gas in their tubing."""
    draw = np.random.default_rng(seed).uniform
    return {
        "vertical_depth_m": draw(600.0, 2500.0, count),
        "water_cut": draw(0.0, 0.95, count),
        "tubing_gor_m3m3": draw(5.0, 150.0, count),
        "oil_density_kgm3": draw(815.0, 945.0, count),
        "gas_gravity": draw(0.65, 1.0, count),
        "wellhead_pressure_kpa": draw(300.0, 2500.0, count),
        "bottom_temperature_degc": draw(35.0, 90.0, count),
        "wellhead_temperature_degc": draw(15.0, 35.0, count),
        "water_density_kgm3": np.full(count, 1030.0),
    }


def test_three_steps_without_slip_are_as_good_as_five_hundred():
    wells = drawn_wells(1)
    many = tubing.discharge_pressure(
        **wells, tubing_diameter_mm=62.0, liquid_rate_m3d=50.0, steps=500
    )
    found = tubing.no_slip_discharge_pressure_kpa(**wells)
    apart = np.abs(found / many.lower_discharge_pressure_kpa - 1.0)
    assert apart.max() < 0.025
    assert np.quantile(apart, 0.99) < 0.01


def test_without_gas_the_column_is_the_weight_of_its_liquid():
    """rho g h by hand: McCain (1990) gives water 0.92 % more room at 40 degC and 6 MPa."""
    found = tubing.no_slip_discharge_pressure_kpa(
        wellhead_pressure_kpa=1000.0,
        wellhead_temperature_degc=40.0,
        bottom_temperature_degc=40.0,
        vertical_depth_m=1000.0,
        water_cut=1.0,
        tubing_gor_m3m3=0.0,
        oil_density_kgm3=850.0,
        gas_gravity=0.8,
        water_density_kgm3=999.0,
    )
    assert found == pytest.approx(1000.0 + 999.0 * 9.80665 / 1.00917, rel=1e-4)
