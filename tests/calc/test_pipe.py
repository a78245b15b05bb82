"""The friction factor of a pipe, held to the laws it joins and to points of the Moody chart."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.calc.pipe import darcy_friction_factor, friction_pressure_kpa, reynolds_number


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
