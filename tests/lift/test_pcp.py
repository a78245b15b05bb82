"""Progressing cavity pumps: geometry, torque and power, each derived once more."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from published import cases
from pumpperf.calc.efficiency import downhole_efficiency, volumetric_efficiency
from pumpperf.calc.hydraulics import hydraulic_power_kw
from pumpperf.calc.power import rotary_power_kw
from pumpperf.lift import PcpReading, duty, efficiency_chain, pcp
from pumpperf.units import CUBIC_FOOT, FOOT_POUND, LITRE, PSI

CASES = cases("lift")

PLAIN = st.floats(0.01, 1000.0)


def open_section_mm2(eccentricity, diameter):
    """Stator's section less the rotor's, counted on a grid."""
    reach = 2.0 * eccentricity
    radius = diameter / 2.0
    x = np.linspace(-reach - radius, reach + radius, 2001)[:, None]
    y = np.linspace(-radius, radius, 2001)[None, :]
    cell = (x[1, 0] - x[0, 0]) * (y[0, 1] - y[0, 0])
    centre = np.clip(x, -reach, reach)
    stator = (x - centre) ** 2 + y**2 <= radius**2
    rotor = (x - 0.3 * reach) ** 2 + y**2 <= radius**2
    assert (stator | ~rotor).all()
    return np.count_nonzero(stator & ~rotor) * cell


@pytest.mark.parametrize(("eccentricity", "diameter"), [(5.0, 50.0), (3.0, 20.0), (12.0, 30.0)])
def test_a_revolution_moves_the_open_section_on_by_one_stator_pitch(eccentricity, diameter):
    pitch = 400.0
    litres = open_section_mm2(eccentricity, diameter) * pitch / 1e6
    found = pcp.revolution_displacement_l(
        eccentricity_mm=eccentricity, rotor_diameter_mm=diameter, stator_pitch_mm=pitch
    )
    assert found == pytest.approx(litres, rel=2e-3)


@given(volume=PLAIN, rise=PLAIN, speed=PLAIN)
def test_hydraulic_torque_times_speed_is_the_power_of_the_whole_displacement(volume, rise, speed):
    torque = pcp.hydraulic_torque_knm(revolution_displacement_l=volume, pressure_rise_kpa=rise)
    swept = pcp.displacement_rate_m3d(revolution_displacement_l=volume, speed_rpm=speed)
    assert rotary_power_kw(torque_knm=torque, speed_rpm=speed) == pytest.approx(
        hydraulic_power_kw(rate_m3d=swept, pressure_rise_kpa=rise), rel=1e-12
    )


def test_hydraulic_torque_is_that_of_the_handbook_s_constant():
    # T [N m] = 0.111 V [m3/d per rpm] dp [kPa], quoted unconfirmed; V = 1 l is 1.44 m3/d/rpm.
    found = pcp.hydraulic_torque_knm(revolution_displacement_l=1.0, pressure_rise_kpa=1000.0)
    assert found * 1000.0 == pytest.approx(0.111 * 1.44 * 1000.0, rel=0.005)


def test_torque_case_asks_for_655_foot_pounds_and_not_for_4114():
    i = CASES["pcp_torque"]["inputs"]
    hydraulic = pcp.hydraulic_torque_knm(
        revolution_displacement_l=i["V_ft3_rev"] * CUBIC_FOOT / LITRE,
        pressure_rise_kpa=i["dP_psi"] * PSI,
    )
    rod = hydraulic / i["e"]
    assert rod / FOOT_POUND == pytest.approx(CASES["pcp_torque"]["expected"]["T_lbf_ft"], rel=0.001)
    assert 2.0 * math.pi * rod / FOOT_POUND == pytest.approx(4114.0, rel=0.001)
    assert pcp.mechanical_efficiency(
        hydraulic_torque_knm=hydraulic, rod_torque_knm=rod
    ) == pytest.approx(i["e"], rel=1e-12)


def test_published_pump_slips_what_it_does_not_deliver():
    swept = pcp.displacement_rate_m3d(
        revolution_displacement_l=CASES["pcp_acmd_th"]["inputs"]["disp_m3_rev"] / LITRE,
        speed_rpm=CASES["pcp_acmd_th"]["inputs"]["rpm"],
    )
    slip = pcp.slip_m3d(displacement_rate_m3d=swept, rate_m3d=62.17)
    share = volumetric_efficiency(rate_m3d=62.17, displacement_rate_m3d=swept)
    assert slip == pytest.approx(64.91 - 62.17, abs=0.005)
    assert slip == pytest.approx(swept * (1.0 - share), rel=1e-12)


def test_volumetric_times_mechanical_is_the_downhole_efficiency():
    volume, speed, rise, torque, rate = 0.5, 200.0, 8000.0, 0.9, 130.0
    hydraulic = pcp.hydraulic_torque_knm(revolution_displacement_l=volume, pressure_rise_kpa=rise)
    reading = PcpReading(
        rate_m3d=rate,
        speed_rpm=speed,
        revolution_displacement_l=volume,
        rod_torque_knm=torque,
        pressure_rise_kpa=rise,
    )
    shown = duty(reading, running_share=1.0)
    share = pcp.mechanical_efficiency(hydraulic_torque_knm=hydraulic, rod_torque_knm=torque)
    chain = efficiency_chain(shown)
    assert chain.downhole_efficiency == pytest.approx(shown.volumetric_efficiency * share)
    assert chain.downhole_efficiency == pytest.approx(
        downhole_efficiency(
            hydraulic_power_kw=rate / 86_400.0 * rise,
            delivered_power_kw=torque * 2.0 * math.pi * speed / 60.0,
        )
    )


def test_nothing_is_clamped():
    assert (
        pcp.friction_torque_knm(rod_torque_knm=0.1, hydraulic_torque_knm=0.65)
        == -pcp.friction_torque_knm(rod_torque_knm=0.65, hydraulic_torque_knm=0.1)
        == pytest.approx(-0.55)
    )
    assert pcp.mechanical_efficiency(hydraulic_torque_knm=1.4, rod_torque_knm=1.0) == pytest.approx(
        1.4
    )
    assert pcp.slip_m3d(displacement_rate_m3d=100.0, rate_m3d=140.0) == -40.0
    assert (
        pcp.revolution_displacement_l(
            eccentricity_mm=-5.0, rotor_diameter_mm=50.0, stator_pitch_mm=500.0
        )
        == -0.5
    )


def test_what_is_not_measured_stays_so():
    gap = np.array([np.nan, 0.6])
    friction = pcp.friction_torque_knm(rod_torque_knm=gap, hydraulic_torque_knm=0.5)
    assert np.isnan(friction).tolist() == [True, False]
    share = pcp.mechanical_efficiency(hydraulic_torque_knm=gap, rod_torque_knm=np.zeros(2))
    assert np.isnan(share).all()
