"""The pump laws and the hydraulic lift of the Beep projects, held to their published numbers."""

import datetime as dt

import pytest

from published import cases, published_tests
from pumpperf import (
    PUMPPERF_2026,
    EspReading,
    HydraulicPistonReading,
    JetReading,
    PumpTest,
    TestType,
)
from pumpperf.calc import hydraulics, pipe, similarity
from pumpperf.calc.efficiency import pump_efficiency
from pumpperf.checks import check_test
from pumpperf.lift import duty, efficiency_chain, hydraulic_piston, rod
from pumpperf.units import (
    BBL_PER_DAY,
    FOOT,
    GALLON,
    GALLON_PER_MINUTE,
    HORSEPOWER,
    INCH,
    INCH_IN_MM,
    LITRE,
    POUND,
    POUND_PER_CUBIC_FOOT,
    PSI,
    STANDARD_GRAVITY_MS2,
    convert,
)

CASES = cases("beep")

# The densities that make the peer's rounded constants, 3960 gpm ft/hp and 2.31 ft/psi, exact.
WATER_OF_3960_KGM3 = HORSEPOWER * 1000.0 / 3960.0 / (GALLON / 60.0 * FOOT * STANDARD_GRAVITY_MS2)
WATER_OF_2_31_KGM3 = PSI * 1000.0 / (2.31 * FOOT * STANDARD_GRAVITY_MS2)


def speed_ratio(i):
    return i["n2_rpm"] / i["n1_rpm"]


def flow_at_speed(i):
    rate = similarity.affinity_rate_m3d(
        rate_m3d=i["q1_gpm"] * GALLON_PER_MINUTE, speed_ratio=speed_ratio(i)
    )
    return {"q2_gpm": rate / GALLON_PER_MINUTE}


def head_at_speed(i):
    head = similarity.affinity_head_m(head_m=i["h1_ft"] * FOOT, speed_ratio=speed_ratio(i))
    return {"h2_ft": head / FOOT}


def power_at_speed(i):
    power = similarity.affinity_power_kw(
        power_kw=i["p1_hp"] * HORSEPOWER, speed_ratio=speed_ratio(i)
    )
    return {"p2_hp": power / HORSEPOWER}


def npsh_available(i):
    npsh = hydraulics.npsh_available_m(
        suction_pressure_kpa=hydraulics.absolute_pressure_kpa(
            gauge_pressure_kpag=convert(i["p_suction_psig"], "psig", "kpag"),
            atmosphere_kpa=i["p_atm_psia"] * PSI,
        ),
        vapour_pressure_kpa=i["p_vap_psia"] * PSI,
        density_kgm3=i["sg"] * WATER_OF_2_31_KGM3,
        static_head_m=-i["lift_ft"] * FOOT,
        losses_m=i["friction_ft"] * FOOT,
    )
    return {"npsha_ft": npsh / FOOT}


def pressure_rise_kpa(i):
    return hydraulics.head_pressure_kpa(
        head_m=i["h_ft"] * FOOT, density_kgm3=i["sg"] * WATER_OF_3960_KGM3
    )


def efficiency_there_and_back(i):
    hydraulic = hydraulics.hydraulic_power_kw(
        rate_m3d=i["q_gpm"] * GALLON_PER_MINUTE, pressure_rise_kpa=pressure_rise_kpa(i)
    )
    shaft = hydraulic / i["eta"]
    back = pump_efficiency(hydraulic_power_kw=hydraulic, pump_input_power_kw=shaft)
    return {"bhp_hp": shaft / HORSEPOWER, "eta_back": back}


def service_reading(i):
    return EspReading(
        rate_m3d=i["q_gpm"] * GALLON_PER_MINUTE,
        pressure_rise_kpa=pressure_rise_kpa(i),
        shaft_power_kw=i["bhp_hp"] * HORSEPOWER,
    )


def service_efficiency(i):
    return {"eta": efficiency_chain(duty(service_reading(i), running_share=1.0)).pump_efficiency}


def piston_displacement(i):
    area_m2 = rod.plunger_area_m2(plunger_diameter_mm=i["plunger_in"] * INCH_IN_MM)
    rate = hydraulic_piston.displacement_rate_m3d(
        stroke_displacement_l=area_m2 * i["stroke_in"] * INCH / LITRE, speed_spm=i["spm"]
    )
    return {"displacement_bpd": rate / BBL_PER_DAY}


def power_fluid_power(reading):
    def computed(i):
        rate, rise = i["q_bpd"] * BBL_PER_DAY, i["p_psi"] * PSI
        driven = reading(power_fluid_rate_m3d=rate, power_fluid_pressure_rise_kpa=rise)
        shown = duty(driven, running_share=1.0)
        return {"power_hp": shown.delivered_power_kw / HORSEPOWER}

    return computed


def pump_power(reading):
    def computed(i):
        pumped = reading(
            rate_m3d=i["q_bpd"] * BBL_PER_DAY,
            intake_pressure_kpa=i["p_intake_psi"] * PSI,
            discharge_pressure_kpa=i["p_discharge_psi"] * PSI,
        )
        shown = duty(pumped, running_share=1.0)
        return {"hydraulic_hp": shown.hydraulic_power_kw / HORSEPOWER}

    return computed


def mixture_density_kgm3(i, water_kgm3):
    return hydraulics.liquid_density_kgm3(
        oil_density_kgm3=hydraulics.oil_density_kgm3(
            api_gravity=i["api"], water_density_kgm3=water_kgm3
        ),
        water_density_kgm3=water_kgm3,
        water_cut=i["water_cut"],
    )


def discharge_pressure(i):
    density = mixture_density_kgm3(i, i["rho_water_lbft3"] * POUND_PER_CUBIC_FOOT)
    column = hydraulics.head_pressure_kpa(head_m=i["depth_ft"] * FOOT, density_kgm3=density)
    tubing = {
        "rate_m3d": i["q_bpd"] * BBL_PER_DAY,
        "diameter_mm": i["tubing_d_in"] * INCH_IN_MM,
        "density_kgm3": i["friction_rho_lbft3"] * POUND_PER_CUBIC_FOOT,
    }
    reynolds = pipe.reynolds_number(
        viscosity_mpas=i["mu_lb_ft_s"] * POUND / FOOT * 1000.0, **tubing
    )
    friction = pipe.friction_pressure_kpa(
        length_m=i["depth_ft"] * FOOT,
        friction_factor=0.3164 / reynolds**0.25,  # Blasius, as the peer states
        **tubing,
    )
    return {
        "mixture_density_lbft3": density / POUND_PER_CUBIC_FOOT,
        "hydrostatic_psi": column / PSI,
        "p_discharge_psi": i["whp_psi"] + (column + friction) / PSI,
    }


def density(i):
    oil = hydraulics.oil_density_kgm3(api_gravity=i["api"], water_density_kgm3=1.0)
    water_kgm3 = 62.4 * POUND_PER_CUBIC_FOOT
    return {"sg_oil": oil, "rho_lbft3": mixture_density_kgm3(i, water_kgm3) / POUND_PER_CUBIC_FOOT}


COMPUTED = {
    "affinity-flow-speed": flow_at_speed,
    "affinity-head-speed": head_at_speed,
    "affinity-power-speed": power_at_speed,
    "npsha-water-60F-open-tank": npsh_available,
    "eta-roundtrip-oil": efficiency_there_and_back,
    "eta-service-sg0.88": service_efficiency,
    "pd-displacement-2in-48in-12spm": piston_displacement,
    # The peer's 1714 gpm psi/hp stands for 1714.29: the case's tolerance covers it.
    "power-fluid-hp-jet": power_fluid_power(JetReading),
    "power-fluid-hp-piston": power_fluid_power(HydraulicPistonReading),
    "hydraulic-hp-jet": pump_power(JetReading),
    "hydraulic-hp-piston": pump_power(HydraulicPistonReading),
    "discharge-pressure-593.9189": discharge_pressure,
    "discharge-pressure-208.2528": discharge_pressure,
    "density-from-api-watercut": density,
}

test_every_case_is_tested, test_published_number = published_tests(CASES, COMPUTED)


def test_rod_pump_displaces_as_much_as_a_hydraulic_piston_of_its_size():
    case = CASES["pd-displacement-2in-48in-12spm"]
    i = case["inputs"]
    rate = rod.displacement_rate_m3d(
        plunger_diameter_mm=i["plunger_in"] * INCH_IN_MM,
        plunger_stroke_m=i["stroke_in"] * INCH,
        speed_spm=i["spm"],
    )
    expected = case["expected"]["displacement_bpd"] * BBL_PER_DAY
    assert rate == pytest.approx(expected, rel=case["rel_tol"])


def test_lift_and_friction_take_from_the_suction_head():
    i = CASES["npsha-water-60F-open-tank"]["inputs"] | {"lift_ft": 10.0, "friction_ft": 2.0}
    assert npsh_available(i)["npsha_ft"] == pytest.approx(33.3564 - 12.0, rel=1e-9)


def codes(reading):
    test = PumpTest(
        pump_test_id="T1",
        equipment_id="P1",
        test_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        test_type=TestType.BENCH,
        readings=(reading,),
    )
    return {finding.code for finding in check_test(test, PUMPPERF_2026)}


def test_pump_of_two_per_cent_is_looked_at():
    case = CASES["eta-service-sg0.88"]
    assert "PUMP_EFFICIENCY_LOW" in codes(service_reading(case["inputs"]))


@pytest.mark.parametrize(
    ("reading", "system"), [(JetReading, "jet"), (HydraulicPistonReading, "piston")]
)
def test_more_power_out_than_in_is_neither_clamped_nor_silent(reading, system):
    pump, surface = CASES[f"hydraulic-hp-{system}"], CASES[f"power-fluid-hp-{system}"]
    sheet = reading(
        rate_m3d=pump["inputs"]["q_bpd"] * BBL_PER_DAY,
        intake_pressure_kpa=pump["inputs"]["p_intake_psi"] * PSI,
        discharge_pressure_kpa=pump["inputs"]["p_discharge_psi"] * PSI,
        power_fluid_rate_m3d=surface["inputs"]["q_bpd"] * BBL_PER_DAY,
        power_fluid_pressure_rise_kpa=surface["inputs"]["p_psi"] * PSI,
    )
    ratio = pump["expected"]["hydraulic_hp"] / surface["expected"]["power_hp"]
    shown = efficiency_chain(duty(sheet, running_share=1.0))
    assert shown.downhole_efficiency == pytest.approx(ratio, rel=pump["rel_tol"])
    assert "DOWNHOLE_EFFICIENCY_ABOVE_1" in codes(sheet)
