"""The friction factor of a pipe, held to the laws it joins and to points of the Moody chart."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import trapezoid

from pumpperf.calc.pipe import (
    colebrook_friction_factor,
    darcy_friction_factor,
    friction_pressure_kpa,
    haaland_friction_factor,
    reynolds_number,
    tubing_friction_pressure_kpa,
)


def factor(reynolds, roughness=0.0):
    return darcy_friction_factor(reynolds_number=reynolds, relative_roughness=roughness)


def colebrook(reynolds, roughness):
    """1/sqrt(f) = -2 log10(roughness/3.7 + 2.51/(Re sqrt(f))), by repetition."""
    root = 8.0
    for _ in range(60):
        root = -2.0 * math.log10(roughness / 3.7 + 2.51 * root / reynolds)
    return root**-2


@given(st.floats(1e-9, 1000.0), st.floats(0.0, 0.05))
def test_laminar_flow_keeps_to_64_over_re_whatever_the_wall(reynolds, roughness):
    assert factor(reynolds, roughness) == pytest.approx(64.0 / reynolds, rel=1e-12)


def test_up_to_2000_it_stays_within_0_14_percent_of_the_laminar_law():
    reynolds = np.linspace(10.0, 2000.0, 400)
    assert np.abs(factor(reynolds) * reynolds / 64.0 - 1.0).max() < 0.0014
    assert factor(500.0) == pytest.approx(0.128)


@pytest.mark.parametrize("roughness", [0.0, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.05])
def test_turbulent_flow_keeps_to_colebrook_within_3_2_percent(roughness):
    for reynolds in np.geomspace(4e3, 1e8, 60):
        expected = colebrook(reynolds, roughness)
        assert factor(reynolds, roughness) == pytest.approx(expected, rel=0.032)


@pytest.mark.parametrize("roughness", [0.0, 1e-6, 1e-4, 0.01, 0.05])
def test_three_steps_from_haaland_solve_colebrook(roughness):
    for reynolds in np.geomspace(4e3, 1e8, 40):
        given_pipe = {"reynolds_number": reynolds, "relative_roughness": roughness}
        expected = colebrook(reynolds, roughness)
        assert colebrook_friction_factor(**given_pipe) == pytest.approx(expected, rel=1e-12)
        assert haaland_friction_factor(**given_pipe) == pytest.approx(expected, rel=0.015)


@pytest.mark.parametrize(
    ("reynolds", "roughness", "read", "within"),
    [
        (1e5, 1e-4, 0.0185, 0.01),
        (1e4, 0.0, 0.0309, 0.01),
        (1e5, 0.0, 0.0180, 0.01),
        (1e6, 0.0, 0.0116, 0.01),
        (1e7, 0.0, 0.0081, 0.01),
        (1e8, 0.01, 0.0379, 0.01),
        (1e8, 0.001, 0.0196, 0.01),
    ],
)
def test_points_of_the_moody_chart(reynolds, roughness, read, within):
    assert factor(reynolds, roughness) == pytest.approx(read, rel=within)


def test_between_the_laws_there_is_one_number_that_rises_to_the_turbulent_one():
    reynolds = np.linspace(2000.0, 4000.0, 201)
    found = factor(reynolds, 1e-4)
    assert np.isfinite(found).all()
    assert (found >= 64.0 / reynolds).all()
    assert np.abs(np.diff(found)).max() < 0.001


@pytest.mark.parametrize(("reynolds", "roughness"), [(0.0, 0.0), (-5.0, 0.0), (1e5, -0.1)])
def test_at_rest_and_for_what_cannot_be_there_is_no_factor(reynolds, roughness):
    assert math.isnan(factor(reynolds, roughness))


def test_oil_that_creeps_loses_what_hagen_and_poiseuille_say():
    # 50 m3/d of 100 mPa s through 62 mm: Re 96, dp = 128 mu L q/(pi d^4).
    pipe = {"rate_m3d": 50.0, "diameter_mm": 62.0, "density_kgm3": 810.0}
    reynolds = reynolds_number(**pipe, viscosity_mpas=100.0)
    lost = friction_pressure_kpa(**pipe, length_m=1500.0, friction_factor=factor(reynolds, 7e-4))
    by_hand = 128.0 * 0.1 * 1500.0 * (50.0 / 86400.0) / (math.pi * 0.062**4) / 1000.0
    assert lost == pytest.approx(by_hand, rel=1e-9)


def drop(rate, rods, **changed):
    given_pipe = {
        "rate_m3d": rate,
        "tubing_diameter_mm": 62.0,
        "rod_diameter_mm": rods,
        "length_m": 100.0,
        "density_kgm3": 950.0,
        "viscosity_mpas": 300.0,
        "roughness_mm": 0.046,
    }
    return tubing_friction_pressure_kpa(**given_pipe | changed)


# f Re of the exact solution: the profile of velocity integrated by an independent program
@pytest.mark.parametrize(("ratio", "product"), [(0.2, 92.4), (0.36, 94.4), (0.5, 95.2), (0.9, 96)])
def test_laminar_flow_around_rods(ratio, product):
    velocity, gap = 1e-3, 0.062 * (1.0 - ratio)
    area = math.pi / 4.0 * 0.062**2 * (1.0 - ratio**2)
    found = drop(velocity * area * 86_400.0, 62.0 * ratio) * 1000.0
    assert found * 2.0 * gap**2 / (100.0 * 0.3 * velocity) == pytest.approx(product, rel=1e-3)


def test_laminar_profile_around_rods_integrated_here():
    """v(r) of 1/r d/dr(r dv/dr) = -G/mu with no slip at both walls, summed over the annulus."""
    outer, inner, gradient, viscosity = 0.031, 0.0111, 2000.0, 0.3
    r = np.linspace(inner, outer, 200_001)
    shape = (outer**2 - inner**2) / math.log(outer / inner)
    v = gradient / (4 * viscosity) * (outer**2 - r**2 + shape * np.log(r / outer))
    rate = trapezoid(v * 2 * math.pi * r, r) * 86_400.0
    found = drop(rate, 22.2, length_m=1000.0)
    assert found == pytest.approx(2000.0, rel=1e-7)  # Pa/m over 1000 m in kPa


@given(st.floats(0.01, 500.0), st.floats(0.5, 500.0))
def test_without_rods_it_is_a_pipe(rate, viscosity):
    reynolds = reynolds_number(
        rate_m3d=rate, diameter_mm=62.0, density_kgm3=950.0, viscosity_mpas=viscosity
    )
    expected = friction_pressure_kpa(
        rate_m3d=rate,
        diameter_mm=62.0,
        length_m=100.0,
        density_kgm3=950.0,
        friction_factor=factor(reynolds, 0.046 / 62.0),
    )
    found = drop(rate, 0.0, viscosity_mpas=viscosity)
    assert found == pytest.approx(expected, rel=1e-12)
    assert drop(-rate, 0.0, viscosity_mpas=viscosity) == pytest.approx(-expected, rel=1e-12)


def test_liquid_at_rest_loses_nothing_and_thin_rods_change_little():
    assert drop(0.0, 0.0) == drop(0.0, 22.2) == 0.0
    assert drop(50.0, 1e-6) == pytest.approx(drop(50.0, 0.0), rel=0.06)
    assert math.isnan(drop(50.0, 62.0))
