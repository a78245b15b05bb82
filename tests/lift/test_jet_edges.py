"""What a fit of pump eras takes for a test, and what its errors do not depend on."""

import numpy as np
import pytest
from jet_forward import AREA, DENSITY, LOSSES, NOMINAL, THROAT, WELL, gauged, noisy

from pumpperf.lift import jet

SAID = {"power_fluid_rate_uncertainty_m3d": 2.0, "discharge_pressure_uncertainty_kpa": 40.0}


@pytest.mark.parametrize("fit_suction_loss", [False, True])
@pytest.mark.parametrize("stated", [0.5, 2.0])
def test_errors_come_from_the_scatter_and_not_from_the_level_of_what_is_stated(
    fit_suction_loss, stated
):
    """(J'WJ)^-1 times the reduced chi-square: a common factor of the weights cancels."""
    tests = noisy(gauged(30), np.random.default_rng(2)) | NOMINAL
    common = {"era": ["a"] * 30, "fit_suction_loss": fit_suction_loss, "losses": LOSSES} | tests
    fit = jet.jet_era_fit(**common, **SAID)
    other = jet.jet_era_fit(**common, **{name: value * stated for name, value in SAID.items()})
    assert other.status.tolist() == fit.status.tolist() == ["ok"]
    assert other.reduced_chi_square == pytest.approx(fit.reduced_chi_square / stated**2, rel=1e-6)
    np.testing.assert_allclose(other.covariance, fit.covariance, rtol=1e-6)
    for name in ("nozzle_area_factor", "mixing_loss"):
        own = [getattr(one, f"{name}_error") for one in (fit, other)]
        assert own[1] == pytest.approx(own[0], rel=1e-6)


@pytest.mark.parametrize(("below", "usable"), [(0.99, 12.0), (1.01, 11.0)])
def test_a_nozzle_pressure_below_the_intake_s_can_be_where_suction_lowers_the_entry(below, usable):
    """The jet has a speed as long as p_n - p_s + (1 + K_en) rho v_s^2/2 is above 0."""
    tests = gauged(12)
    suction_ms = tests["rate_m3d"] / 86400.0 / ((THROAT - AREA) * 1e-6)
    entry_kpa = (1.0 + LOSSES.suction) * DENSITY * suction_ms**2 / 2.0 / 1000.0
    tests["nozzle_pressure_kpa"][0] = tests["intake_pressure_kpa"][0] - below * entry_kpa[0]
    fit = jet.jet_era_fit(
        era=["a"] * 12, **tests, **NOMINAL, **SAID, fit_suction_loss=False, losses=LOSSES
    )
    assert fit.tests.tolist() == [usable]


@pytest.mark.parametrize(("size", "density"), [(1e-6, 1.0), (1e6, 1.0), (1.0, 1e-6), (1.0, 1e6)])
def test_neither_size_nor_density_changes_a_pump_s_pressures(size, density):
    """Rates go with areas and with the inverse root of the density: p ~ rho (q/A)^2."""
    faster = size / density**0.5
    like = {
        "nozzle_area_mm2": WELL["nozzle_area_mm2"] * size,
        "throat_area_mm2": WELL["throat_area_mm2"] * size,
        "productivity_index_m3dkpa": WELL["productivity_index_m3dkpa"] * faster,
        "return_friction_kpad2m6": WELL["return_friction_kpad2m6"] / faster**2,
        "density_kgm3": WELL["density_kgm3"] * density,
    }
    one = jet.jet_operating_point(**WELL, losses=LOSSES)
    other = jet.jet_operating_point(**WELL | like, losses=LOSSES)
    assert other.status == one.status == "ok"
    assert other.intake_pressure_kpa == pytest.approx(one.intake_pressure_kpa, rel=1e-9)
    assert other.rate_m3d == pytest.approx(one.rate_m3d * faster, rel=1e-9)
