"""Hydraulic piston pumps: displacements, work of a stroke, pressure balance, overall efficiency."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from published import cases
from pumpperf.calc.efficiency import downhole_efficiency, volumetric_efficiency
from pumpperf.calc.hydraulics import head_pressure_kpa, hydraulic_power_kw
from pumpperf.calc.pipe import darcy_friction_factor, friction_pressure_kpa, reynolds_number
from pumpperf.lift import HydraulicPistonReading, efficiency_chain
from pumpperf.lift import duty as duty_of
from pumpperf.lift import hydraulic_piston as piston
from pumpperf.units import BBL, BBL_PER_DAY, FOOT, HORSEPOWER, INCH, INCH_IN_MM, PSI

BEEP = cases("beep")

PRESSURE = st.floats(100.0, 40_000.0)
BORE = st.floats(30.0, 80.0)
ROD = st.floats(0.0, 25.0)


def area_m2(bore, rod):
    return math.pi / 4.0 * ((bore / 1e3) ** 2 - (rod / 1e3) ** 2)


def end_l(bore, upper, lower, stroke):
    """Displacement of a double-acting end, face by face."""
    return sum(
        piston.face_displacement_l(
            piston_diameter_mm=bore, rod_diameter_mm=rod, piston_stroke_m=stroke
        )
        for rod in (upper, lower)
    )


def test_published_piston_sweeps_268_barrels_a_day():
    case = BEEP["pd-displacement-2in-48in-12spm"]
    i = case["inputs"]
    volume = piston.face_displacement_l(
        piston_diameter_mm=i["plunger_in"] * INCH_IN_MM,
        rod_diameter_mm=0.0,
        piston_stroke_m=i["stroke_in"] * INCH,
    )
    rate = piston.displacement_rate_m3d(stroke_displacement_l=volume, speed_spm=i["spm"])
    assert rate / BBL_PER_DAY == pytest.approx(
        case["expected"]["displacement_bpd"], rel=case["rel_tol"]
    )


@given(
    bores=st.tuples(BORE, BORE),
    rods=st.tuples(ROD, ROD, ROD),
    pressures=st.tuples(PRESSURE, PRESSURE, PRESSURE),
)
def test_without_friction_the_forces_of_a_full_stroke_do_no_net_work(bores, rods, pressures):
    # Engine above, pump below, both double-acting; rods above, between and below.
    above, between, below = rods
    stroke = 0.6
    exhaust, discharge, intake = pressures
    drop = piston.engine_pressure_drop_kpa(
        pump_engine_ratio=piston.pump_engine_ratio(
            pump_displacement_l=end_l(bores[1], between, below, stroke),
            engine_displacement_l=end_l(bores[0], above, between, stroke),
        ),
        discharge_pressure_kpa=discharge,
        intake_pressure_kpa=intake,
        pump_friction_pressure_kpa=0.0,
    )
    inlet = exhaust + drop
    up_kn = (
        inlet * area_m2(bores[0], between)
        - exhaust * area_m2(bores[0], above)
        + intake * area_m2(bores[1], below)
        - discharge * area_m2(bores[1], between)
    )
    down_kn = (
        inlet * area_m2(bores[0], above)
        - exhaust * area_m2(bores[0], between)
        + intake * area_m2(bores[1], between)
        - discharge * area_m2(bores[1], below)
    )
    largest = max(abs(inlet), *pressures) * area_m2(max(bores), 0.0)
    assert (up_kn + down_kn) * stroke == pytest.approx(0.0, abs=1e-12 * largest)


def test_friction_inside_the_unit_is_the_engine_s_to_overcome():
    given_ = {
        "pump_engine_ratio": 0.75,
        "discharge_pressure_kpa": 21_000.0,
        "intake_pressure_kpa": 3000.0,
    }
    with_friction, without = (
        piston.engine_pressure_drop_kpa(**given_, pump_friction_pressure_kpa=lost)
        for lost in (500.0, 0.0)
    )
    assert with_friction - without == 500.0


@given(
    surface=PRESSURE,
    density=st.floats(700.0, 1200.0),
    depth=st.floats(0.0, 4000.0),
    lost=st.floats(0.0, 2000.0),
)
def test_engine_inlet_is_the_surface_pressure_and_its_column(surface, density, depth, lost):
    string = {
        "power_fluid_density_kgm3": density,
        "pump_depth_m": depth,
        "tubing_friction_pressure_kpa": lost,
    }
    inlet = piston.engine_inlet_pressure_kpa(surface_pressure_kpa=surface, **string)
    column = head_pressure_kpa(head_m=depth, density_kgm3=density)
    assert inlet == pytest.approx(surface + column - lost, rel=1e-12)
    back = piston.surface_pressure_kpa(engine_inlet_pressure_kpa=inlet, **string)
    assert back == pytest.approx(surface, rel=1e-9)


@given(
    area_ratio=st.floats(0.3, 2.0),
    discharge=PRESSURE,
    intake=PRESSURE,
    exhaust=PRESSURE,
    lost=st.floats(0.0, 2000.0),
)
def test_operating_pressure_tells_the_intake_pressure_that_asked_for_it(
    area_ratio, discharge, intake, exhaust, lost
):
    drop = piston.engine_pressure_drop_kpa(
        pump_engine_ratio=area_ratio,
        discharge_pressure_kpa=discharge,
        intake_pressure_kpa=intake,
        pump_friction_pressure_kpa=lost,
    )
    found = piston.intake_pressure_from_engine_kpa(
        discharge_pressure_kpa=discharge,
        engine_inlet_pressure_kpa=exhaust + drop,
        exhaust_pressure_kpa=exhaust,
        pump_friction_pressure_kpa=lost,
        pump_engine_ratio=area_ratio,
    )
    assert found == pytest.approx(intake, abs=1e-6)


def test_an_error_of_the_operating_pressure_enters_the_intake_divided_by_the_ratio():
    low, high = (
        piston.intake_pressure_from_engine_kpa(
            discharge_pressure_kpa=21_000.0,
            engine_inlet_pressure_kpa=inlet,
            exhaust_pressure_kpa=21_000.0,
            pump_friction_pressure_kpa=500.0,
            pump_engine_ratio=0.5,
        )
        for inlet in (35_100.0, 35_000.0)
    )
    assert high - low == pytest.approx(100.0 / 0.5)


def test_overall_efficiency_is_the_product_of_engine_pump_and_pressure():
    speed, pump_l, engine_l = 50.0, 1.5, 2.0
    rate, power_fluid, rise, surface = 92.0, 152.0, 18_000.0, 15_000.0
    engine = piston.engine_volumetric_efficiency(
        engine_displacement_rate_m3d=piston.displacement_rate_m3d(
            stroke_displacement_l=engine_l, speed_spm=speed
        ),
        power_fluid_rate_m3d=power_fluid,
    )
    pump = volumetric_efficiency(
        rate_m3d=rate,
        displacement_rate_m3d=piston.displacement_rate_m3d(
            stroke_displacement_l=pump_l, speed_spm=speed
        ),
    )
    pressure = piston.pressure_efficiency(
        pump_engine_ratio=pump_l / engine_l,
        pressure_rise_kpa=rise,
        power_fluid_pressure_rise_kpa=surface,
    )
    overall = downhole_efficiency(
        hydraulic_power_kw=hydraulic_power_kw(rate_m3d=rate, pressure_rise_kpa=rise),
        delivered_power_kw=hydraulic_power_kw(rate_m3d=power_fluid, pressure_rise_kpa=surface),
    )
    assert engine * pump * pressure == pytest.approx(overall, rel=1e-12)
    reading = HydraulicPistonReading(
        rate_m3d=rate,
        pressure_rise_kpa=rise,
        power_fluid_rate_m3d=power_fluid,
        power_fluid_pressure_rise_kpa=surface,
    )
    chain = efficiency_chain(duty_of(reading, running_share=1.0))
    assert chain.downhole_efficiency == pytest.approx(overall, rel=1e-12)


def test_published_example_cannot_be_and_its_balance_says_why():
    # 8000 ft; the return column of discharge 3101.03 psi is the power fluid's too (open system).
    power = BEEP["power-fluid-hp-piston"]
    lift = BEEP["hydraulic-hp-piston"]["inputs"]
    column = BEEP["discharge-pressure-208.2528"]["expected"]["hydrostatic_psi"]
    inlet = (power["inputs"]["p_psi"] + column) * PSI
    discharge, intake = lift["p_discharge_psi"] * PSI, lift["p_intake_psi"] * PSI
    largest = (inlet - discharge) / (discharge - intake)
    assert largest == pytest.approx(0.749, abs=0.001)
    assert piston.intake_pressure_from_engine_kpa(
        discharge_pressure_kpa=discharge,
        engine_inlet_pressure_kpa=inlet,
        exhaust_pressure_kpa=discharge,
        pump_friction_pressure_kpa=0.0,
        pump_engine_ratio=largest,
    ) == pytest.approx(intake, rel=1e-9)
    swept = 268.57994 * BBL
    engine = piston.engine_volumetric_efficiency(
        engine_displacement_rate_m3d=swept / largest,
        power_fluid_rate_m3d=power["inputs"]["q_bpd"] * BBL_PER_DAY,
    )
    assert engine == pytest.approx(1.463, abs=0.002)
    useful = BEEP["hydraulic-hp-piston"]["expected"]["hydraulic_hp"] * HORSEPOWER
    overall = useful / (power["expected"]["power_hp"] * HORSEPOWER)
    pressure = piston.pressure_efficiency(
        pump_engine_ratio=largest,
        pressure_rise_kpa=discharge - intake,
        power_fluid_pressure_rise_kpa=power["inputs"]["p_psi"] * PSI,
    )
    pump = lift["q_bpd"] / 268.57994
    assert engine * pump * pressure == pytest.approx(overall, rel=1e-3)
    assert overall == pytest.approx(1.105, abs=0.001)


def test_friction_of_the_power_fluid_string_comes_from_the_pipe():
    pipe = {"rate_m3d": 150.0, "diameter_mm": 50.0, "density_kgm3": 850.0}
    factor = darcy_friction_factor(
        reynolds_number=reynolds_number(**pipe, viscosity_mpas=5.0), relative_roughness=0.0
    )
    lost = friction_pressure_kpa(**pipe, length_m=2000.0, friction_factor=factor)
    velocity = 150.0 / 86_400.0 / (math.pi * 0.025**2)
    blasius = 0.3164 * (850.0 * velocity * 0.05 / 0.005) ** -0.25  # a smooth pipe at Re 7514
    by_hand = blasius * 2000.0 / 0.05 * 850.0 * velocity**2 / 2.0 / 1e3
    assert lost == pytest.approx(by_hand, rel=0.02)
    asked = {"power_fluid_density_kgm3": 850.0, "pump_depth_m": 2000.0}
    with_loss, without = (
        piston.surface_pressure_kpa(
            engine_inlet_pressure_kpa=35_000.0, tubing_friction_pressure_kpa=loss, **asked
        )
        for loss in (lost, 0.0)
    )
    assert with_loss - without == pytest.approx(lost)


def test_the_rise_that_a_reading_shows_is_that_of_the_balance():
    # From the surface pump's suction to the wellhead: gained in the pump, lost in the line.
    suction, rise, line = 300.0, 14_900.0, 200.0
    assert piston.surface_pressure_rise_kpa(
        surface_pressure_kpa=suction + rise - line,
        line_friction_pressure_kpa=line,
        suction_pressure_kpa=suction,
    ) == pytest.approx(rise)


def test_nothing_is_clamped():
    assert piston.engine_volumetric_efficiency(
        engine_displacement_rate_m3d=140.0, power_fluid_rate_m3d=100.0
    ) == pytest.approx(1.4)
    assert (
        piston.face_displacement_l(
            piston_diameter_mm=20.0, rod_diameter_mm=30.0, piston_stroke_m=1.0
        )
        < 0.0
    )
    assert (
        piston.intake_pressure_from_engine_kpa(
            discharge_pressure_kpa=10_000.0,
            engine_inlet_pressure_kpa=40_000.0,
            exhaust_pressure_kpa=10_000.0,
            pump_friction_pressure_kpa=0.0,
            pump_engine_ratio=1.0,
        )
        == -20_000.0
    )


def test_what_is_not_measured_stays_so_in_its_row_alone():
    found = piston.engine_pressure_drop_kpa(
        pump_engine_ratio=np.array([0.75, np.nan, 0.75]),
        discharge_pressure_kpa=np.array([21_000.0, 21_000.0, np.nan]),
        intake_pressure_kpa=3000.0,
        pump_friction_pressure_kpa=0.0,
    )
    assert np.isnan(found).tolist() == [False, True, True]
    depth = 8000.0 * FOOT
    assert math.isnan(
        piston.engine_inlet_pressure_kpa(
            surface_pressure_kpa=math.nan,
            power_fluid_density_kgm3=850.0,
            pump_depth_m=depth,
            tubing_friction_pressure_kpa=0.0,
        )
    )
