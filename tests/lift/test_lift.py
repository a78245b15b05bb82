"""Readings and their duty, each number by hand."""

import math

import attrs
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pumpperf import (
    Duty,
    EspReading,
    HydraulicPistonReading,
    JetReading,
    LiftType,
    PcpReading,
    RodReading,
)
from pumpperf.lift import READINGS, duty, efficiency_chain, quantities, reading_class, rod

SURFACE = {
    "liquid_density_kgm3": 1000.0,
    "wellhead_pressure_kpa": 1000.0,
    "pump_depth_m": 1000.0,
    "intake_pressure_kpa": 2000.0,
    "discharge_pressure_kpa": 12000.0,
    "rate_m3d": 86.4,
}
NET_LIFT_KPA = 1000.0 + 9806.65 - 2000.0


def test_every_lift_type_has_its_reading():
    assert set(READINGS) == set(LiftType)
    assert reading_class("PCP") is PcpReading
    assert reading_class("SPINNER") is None
    assert reading_class(None) is None


@pytest.mark.parametrize("reading", READINGS.values())
def test_useful_powers_are_the_same_for_every_lift_system(reading):
    shown = duty(reading(**SURFACE), running_share=1.0)
    assert shown.running_rate_m3d == 86.4
    assert shown.hydraulic_power_kw == pytest.approx(10.0, rel=1e-12)
    assert shown.net_lift_pressure_kpa == pytest.approx(NET_LIFT_KPA, rel=1e-12)
    assert shown.net_lift_power_kw == pytest.approx(NET_LIFT_KPA / 1000.0, rel=1e-12)


@pytest.mark.parametrize("reading", READINGS.values())
def test_a_reading_without_instruments_has_an_empty_duty(reading):
    assert duty(reading(), running_share=1.0) == Duty()
    chain = efficiency_chain(Duty())
    assert all(getattr(chain, field.name) is None for field in quantities(type(chain)))


def test_a_pump_that_rests_runs_faster_while_it_runs():
    shown = duty(EspReading(**SURFACE), running_share=0.5)
    assert shown.running_rate_m3d == 172.8
    assert shown.hydraulic_power_kw == pytest.approx(20.0, rel=1e-12)


def test_a_pump_that_never_ran_has_no_rate_while_running():
    shown = duty(EspReading(**SURFACE), running_share=0.0)
    assert shown.running_rate_m3d is None
    assert shown.hydraulic_power_kw is None
    assert shown.pressure_rise_kpa == 10000.0


@pytest.mark.parametrize(
    ("measured", "intake", "discharge", "rise"),
    [
        ({"intake_pressure_kpa": 2.0, "discharge_pressure_kpa": 9.0}, 2.0, 9.0, 7.0),
        ({"intake_pressure_kpa": 2.0, "pressure_rise_kpa": 6.0}, 2.0, 8.0, 6.0),
        ({"discharge_pressure_kpa": 9.0, "pressure_rise_kpa": 6.0}, 3.0, 9.0, 6.0),
        ({"pressure_rise_kpa": 6.0}, None, None, 6.0),
        ({"intake_pressure_kpa": 2.0}, 2.0, None, None),
        ({"discharge_pressure_kpa": 9.0}, None, 9.0, None),
    ],
)
def test_pressures_complete_each_other(measured, intake, discharge, rise):
    shown = duty(PcpReading(**measured), running_share=1.0)
    assert shown.intake_pressure_kpa == intake
    assert shown.discharge_pressure_kpa == discharge
    assert shown.pressure_rise_kpa == rise


def test_net_lift_falls_back_on_the_fluid_level():
    level = {"casing_pressure_kpa": 600.0, "fluid_level_m": 645.25}
    reading = PcpReading(wellhead_pressure_kpa=700.0, liquid_density_kgm3=1000.0, **level)
    shown = duty(reading, running_share=1.0)
    assert shown.net_lift_pressure_kpa == pytest.approx(100.0 + 645.25 * 9.80665, rel=1e-12)
    both = attrs.evolve(PcpReading(**SURFACE), **level)
    assert duty(both, running_share=1.0).net_lift_pressure_kpa == pytest.approx(NET_LIFT_KPA)


@given(
    depth=st.floats(100, 4000),
    level=st.floats(0, 4000),
    casing=st.floats(100, 3000),
    density=st.floats(700, 1200),
)
def test_level_and_intake_give_one_net_lift_in_a_standing_annulus(depth, level, casing, density):
    assume(level < depth)
    intake = casing + density * 9.80665 / 1000.0 * (depth - level)
    shared = {"wellhead_pressure_kpa": 900.0, "liquid_density_kgm3": density}
    by_intake = PcpReading(intake_pressure_kpa=intake, pump_depth_m=depth, **shared)
    by_level = PcpReading(fluid_level_m=level, casing_pressure_kpa=casing, **shared)
    first, second = (duty(r, running_share=1.0) for r in (by_intake, by_level))
    assert first.net_lift_pressure_kpa == pytest.approx(second.net_lift_pressure_kpa, abs=1e-6)


def test_esp_power_from_meter_or_from_volts_and_amperes():
    metered = EspReading(input_power_kw=30.0, voltage_v=1000.0, current_a=20.0, power_factor=0.8)
    assert duty(metered, running_share=1.0).input_power_kw == 30.0
    clamped = attrs.evolve(metered, input_power_kw=None)
    expected = math.sqrt(3) * 1000.0 * 20.0 * 0.8 / 1000.0
    assert duty(clamped, running_share=1.0).input_power_kw == pytest.approx(expected)


@pytest.mark.parametrize(
    ("measured", "delivered", "source", "motor", "drive"),
    [
        ({"input_power_kw": 20, "motor_efficiency": 0.8, "drive_efficiency": 0.5}, 8, 20, 0.8, 0.5),
        ({"shaft_power_kw": 8, "motor_efficiency": 0.8, "drive_efficiency": 0.5}, 8, 20, 0.8, 0.5),
        ({"input_power_kw": 20, "shaft_power_kw": 8, "motor_efficiency": 0.8}, 8, 20, 0.8, 0.5),
        ({"input_power_kw": 20, "shaft_power_kw": 8, "drive_efficiency": 0.5}, 8, 20, 0.8, 0.5),
        ({"input_power_kw": 20, "shaft_power_kw": 8}, 8, 20, None, None),
        ({"input_power_kw": 20, "motor_efficiency": 0.8}, None, 20, 0.8, None),
        ({"shaft_power_kw": 8, "drive_efficiency": 0.5}, 8, None, None, 0.5),
    ],
)
def test_surface_links_complete_each_other(measured, delivered, source, motor, drive):
    shown = duty(EspReading(**measured), running_share=1.0)
    assert shown.delivered_power_kw == pytest.approx(delivered)
    assert shown.pump_input_power_kw == shown.delivered_power_kw
    assert shown.input_power_kw == pytest.approx(source)
    assert shown.motor_efficiency == pytest.approx(motor)
    assert shown.drive_efficiency == pytest.approx(drive)


def test_rod_pump_by_hand():
    reading = RodReading(
        **SURFACE,
        speed_spm=10.0,
        plunger_stroke_m=2.0,
        plunger_diameter_mm=50.0,
        card_position_m=(0.0, 0.0, 3.0, 3.0),
        card_load_kn=(20.0, 50.0, 50.0, 20.0),
        input_power_kw=30.0,
    )
    shown = duty(reading, running_share=1.0)
    swept = math.pi / 4 * 0.05**2 * 2.0 * 10.0 * 1440.0
    assert shown.displacement_rate_m3d == pytest.approx(swept, rel=1e-12)
    assert shown.volumetric_efficiency == pytest.approx(86.4 / swept, rel=1e-12)
    assert shown.delivered_power_kw == pytest.approx(90.0 * 10.0 / 60.0, rel=1e-12)
    assert shown.pump_input_power_kw is None
    chain = efficiency_chain(shown)
    assert chain.surface_efficiency == pytest.approx(0.5)
    assert chain.lift_efficiency == pytest.approx(NET_LIFT_KPA / 1000.0 / 15.0)
    assert chain.system_efficiency == pytest.approx(NET_LIFT_KPA / 1000.0 / 30.0)
    assert chain.pump_efficiency is None


def test_the_card_goes_before_a_stated_polished_rod_power():
    reading = RodReading(
        speed_spm=10.0,
        polished_rod_power_kw=7.0,
        card_position_m=(0.0, 0.0, 3.0, 3.0),
        card_load_kn=(20.0, 50.0, 50.0, 20.0),
    )
    assert duty(reading, running_share=1.0).delivered_power_kw == pytest.approx(15.0)
    stated = attrs.evolve(reading, card_position_m=None, card_load_kn=None)
    assert duty(stated, running_share=1.0).delivered_power_kw == 7.0


def test_the_downhole_card_gives_plunger_power_stroke_and_fluid_load():
    """A box of 3 m by 30 kN whose load falls at 2.4 m holds 72 kJ."""
    box = {
        "downhole_position_m": (0, 0, 1, 2, 2.5, 3, 3, 2.4, 2.4, 1, 0.6, 0.3),
        "downhole_load_kn": (0, 30, 30, 30, 30, 30, 30, 30, 0, 0, 0, 0),
    }
    reading = RodReading(
        rate_m3d=20.0,
        speed_spm=10.0,
        plunger_diameter_mm=50.0,
        discharge_pressure_kpa=18000.0,
        polished_rod_power_kw=15.0,
        **box,
    )
    area = math.pi / 4 * 0.05**2
    shown = duty(reading, running_share=1.0)
    assert shown.displacement_rate_m3d == pytest.approx(area * 3.0 * 10.0 * 1440.0)
    assert shown.fillage == pytest.approx(0.8)
    assert shown.intake_pressure_kpa == pytest.approx(18000.0 - 30.0 / area)
    assert shown.pump_input_power_kw == pytest.approx(30.0 * 2.4 * 10.0 / 60.0)
    chain = efficiency_chain(shown)
    assert chain.transmission_efficiency == pytest.approx(12.0 / 15.0)
    assert chain.pump_efficiency == pytest.approx(20.0 * 30.0 / area / 86400.0 / 12.0)
    stated = attrs.evolve(reading, plunger_stroke_m=2.0, fluid_load_kn=25.0)
    again = duty(stated, running_share=1.0)
    assert again.displacement_rate_m3d == pytest.approx(area * 2.0 * 10.0 * 1440.0)
    assert again.intake_pressure_kpa == pytest.approx(18000.0 - 25.0 / area)


def half_filled(points=40):
    """An ideal card of 3 m by 30 kN whose load falls half-way down."""
    up = np.linspace(0.0, 3.0, points)
    position = np.concatenate([up, up[::-1]])
    load = np.concatenate([np.full(points, 30.0), np.where(up[::-1] > 1.5, 30.0, 0.0)])
    return {"downhole_position_m": tuple(position), "downhole_load_kn": tuple(load)}


def test_volumetric_efficiency_is_on_the_gross_stroke_wherever_that_comes_from():
    # A = 0.002 m2, S = 3 m, n = 10/min: 86.4 m3/d gross, of which half is filled
    bore = math.sqrt(0.002 * 4.0 / math.pi) * 1000.0
    shared = {"rate_m3d": 43.2, "speed_spm": 10.0, "plunger_diameter_mm": bore, "stroke_m": 4.0}
    for reading in (
        RodReading(**shared, **half_filled()),
        RodReading(**shared, plunger_stroke_m=3.0, fillage=0.5),
        RodReading(**shared, **half_filled(), plunger_stroke_m=3.0),
    ):
        shown = duty(reading, running_share=1.0)
        chain = efficiency_chain(shown)
        assert shown.displacement_rate_m3d == pytest.approx(86.4)
        assert chain.volumetric_efficiency == pytest.approx(0.5)
        assert chain.fillage == pytest.approx(0.5, abs=0.02)
        assert chain.net_stroke_efficiency == pytest.approx(1.0, abs=0.04)
        assert chain.polished_rod_stroke_efficiency == pytest.approx(43.2 / 115.2)
    of_rod = efficiency_chain(duty(RodReading(**shared), running_share=0.5))
    assert of_rod.polished_rod_stroke_efficiency == pytest.approx(2.0 * 43.2 / 115.2)
    assert (of_rod.volumetric_efficiency, of_rod.fillage) == (None, None)


@pytest.mark.parametrize(
    "kind", [RodReading, EspReading, PcpReading, HydraulicPistonReading, JetReading]
)
def test_overall_efficiency_is_wire_to_water_in_every_lift_system(kind):
    # 100 m3/h x 1000 kPa = 27.78 kW out of 50 kW; 100 m3/d x 8000 kPa = 9.259 kW out of 5 kW
    bench = kind(rate_m3d=2400.0, pressure_rise_kpa=1000.0, input_power_kw=50.0)
    chain = efficiency_chain(duty(bench, running_share=1.0))
    assert chain.overall_efficiency == pytest.approx(0.5556, abs=1e-4)
    sheet = kind(rate_m3d=100.0, pressure_rise_kpa=8000.0, input_power_kw=5.0)
    chain = efficiency_chain(duty(sheet, running_share=1.0))
    assert chain.overall_efficiency == pytest.approx(1.852, abs=1e-3)


def test_rod_pump_intake_from_the_fluid_load_only_without_a_gauge():
    loaded = RodReading(
        discharge_pressure_kpa=12000.0, fluid_load_kn=20.0, plunger_diameter_mm=50.0
    )
    implied = 12000.0 - 20.0 / (math.pi / 4 * 0.05**2)
    shown = duty(loaded, running_share=1.0)
    assert shown.intake_pressure_kpa == pytest.approx(implied, rel=1e-12)
    assert shown.pressure_rise_kpa == pytest.approx(12000.0 - implied, rel=1e-12)
    gauged = attrs.evolve(loaded, intake_pressure_kpa=1500.0)
    assert duty(gauged, running_share=1.0).intake_pressure_kpa == 1500.0
    risen = duty(attrs.evolve(loaded, pressure_rise_kpa=8000.0), running_share=1.0)
    assert (risen.intake_pressure_kpa, risen.pressure_rise_kpa) == (4000.0, 8000.0)


def test_pcp_by_hand():
    reading = PcpReading(
        rate_m3d=60.0, speed_rpm=100.0, revolution_displacement_l=0.5, rod_torque_knm=0.6
    )
    shown = duty(reading, running_share=1.0)
    assert shown.displacement_rate_m3d == pytest.approx(72.0, rel=1e-12)
    assert shown.volumetric_efficiency == pytest.approx(60.0 / 72.0, rel=1e-12)
    assert shown.delivered_power_kw == pytest.approx(0.6 * 2 * math.pi * 100 / 60, rel=1e-12)


def test_hydraulic_pumps_by_hand():
    fluid = {"power_fluid_rate_m3d": 43.2, "power_fluid_pressure_rise_kpa": 20000.0}
    piston = HydraulicPistonReading(
        rate_m3d=36.0, speed_spm=50.0, stroke_displacement_l=0.6, **fluid
    )
    shown = duty(piston, running_share=1.0)
    assert shown.delivered_power_kw == pytest.approx(10.0, rel=1e-12)
    assert shown.displacement_rate_m3d == pytest.approx(43.2, rel=1e-12)
    assert shown.volumetric_efficiency == pytest.approx(36.0 / 43.2, rel=1e-12)
    jet = duty(JetReading(rate_m3d=36.0, **fluid), running_share=1.0)
    assert jet.delivered_power_kw == pytest.approx(10.0, rel=1e-12)
    assert jet.displacement_rate_m3d is None


@given(
    st.tuples(*(st.floats(0.1, 100.0) for _ in range(5))), st.floats(0.3, 1.0), st.floats(0.3, 1.0)
)
def test_links_multiply_to_the_whole(powers, motor, drive):
    hydraulic, net, pump_input, rate, rise = powers
    shown = Duty(
        running_rate_m3d=rate,
        net_lift_pressure_kpa=rise,
        hydraulic_power_kw=hydraulic,
        net_lift_power_kw=net,
        pump_input_power_kw=pump_input,
        delivered_power_kw=50.0,
        input_power_kw=50.0 / motor / drive,
        motor_efficiency=motor,
        drive_efficiency=drive,
    )
    chain = efficiency_chain(shown)
    assert chain.surface_efficiency == pytest.approx(motor * drive)
    assert chain.downhole_efficiency == pytest.approx(
        chain.transmission_efficiency * chain.pump_efficiency
    )
    assert chain.system_efficiency == pytest.approx(motor * drive * chain.lift_efficiency)


@given(rate=st.floats(1, 1e4), power=st.floats(0.1, 1e4), share=st.floats(0.05, 1))
def test_the_yardstick_is_one_number_in_two_ways(rate, power, share):
    reading = EspReading(**(SURFACE | {"rate_m3d": rate}), input_power_kw=power)
    chain = efficiency_chain(duty(reading, running_share=share))
    assert chain.lift_energy_kwht100m == pytest.approx(
        9.80665 * 100 / 3600 / chain.system_efficiency, rel=1e-9
    )


def test_card_work_of_a_stack_is_that_of_each_card():
    cards = [([0, 1, 1, 0], [5, 5, 2, 2]), ([0, 2, 2, 0], [5, 6, 3, 2])]
    stack = rod.stroke_work_kj(
        position_m=[position for position, _ in cards], load_kn=[load for _, load in cards]
    )
    alone = [float(rod.stroke_work_kj(position_m=p, load_kn=f)) for p, f in cards]
    assert stack.tolist() == alone
    assert alone[0] == 3.0


def test_card_work_has_a_sign_and_needs_an_area():
    forward = {"position_m": [0, 1, 1, 0], "load_kn": [5, 5, 2, 2]}
    backward = {name: values[::-1] for name, values in forward.items()}
    assert rod.stroke_work_kj(**forward) == 3.0
    assert rod.stroke_work_kj(**backward) == -3.0
    assert math.isnan(rod.stroke_work_kj(position_m=[0, 1], load_kn=[5, 2]))


@given(
    st.lists(st.tuples(st.floats(0, 5), st.floats(0, 100)), min_size=3, max_size=40),
    st.integers(0, 39),
)
def test_card_work_is_green_s_area_wherever_the_card_begins(points, first):
    turned = points[first % len(points) :] + points[: first % len(points)]
    area = sum(
        f0 * x1 - f1 * x0
        for (x0, f0), (x1, f1) in zip(points, points[1:] + points[:1], strict=True)
    )
    positions, loads = zip(*turned, strict=True)
    work = rod.stroke_work_kj(position_m=positions, load_kn=loads)
    assert work == pytest.approx(area / 2, rel=1e-9, abs=1e-9)
