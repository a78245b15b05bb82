"""The fit of pump eras, on pumps built from balances of momentum."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jet_forward import DENSITY, LOSSES, NOMINAL, gauged, measured, noisy

from pumpperf.assumptions import JET_LOSSES_PEH, JET_LOSSES_WOFFL
from pumpperf.errors import ArgumentError
from pumpperf.lift import jet
from pumpperf.lift.jet.measured import jet_tests

NAN = float("nan")
SAID = {"power_fluid_rate_uncertainty_m3d": 2.0, "discharge_pressure_uncertainty_kpa": 40.0}


def fitted(tests, era=None, *, fit_suction_loss=False, losses=LOSSES):
    era = ["only"] * len(tests["rate_m3d"]) if era is None else era
    return jet.jet_era_fit(
        era=era, **tests, **NOMINAL, **SAID, fit_suction_loss=fit_suction_loss, losses=losses
    )


@pytest.mark.parametrize("losses", [LOSSES, JET_LOSSES_PEH], ids=lambda losses: losses.name)
@pytest.mark.parametrize(("fit_suction_loss", "suction"), [(False, 0.0), (True, 0.12)])
@pytest.mark.parametrize("factor", [0.85, 1.0, 1.3])
def test_a_pump_without_noise_is_given_back(fit_suction_loss, suction, factor, losses):
    tests = gauged(12, factor=factor, suction=suction, losses=losses)
    fit = fitted(tests, fit_suction_loss=fit_suction_loss, losses=losses)
    assert fit.status.tolist() == ["ok"]
    assert fit.reason.tolist() == [""]
    assert fit.nozzle_area_factor == pytest.approx(factor, rel=1e-6)
    assert fit.mixing_loss == pytest.approx(0.5, rel=1e-5)
    assert fit.suction_loss == pytest.approx(suction, rel=1e-4, abs=1e-12)
    assert fit.power_fluid_rate_residual_m3d < 1e-6
    assert fit.discharge_pressure_residual_kpa < 1e-5
    assert fit.covariance.shape == (1, 2 + fit_suction_loss, 2 + fit_suction_loss)
    assert np.isnan(fit.suction_loss_error[0]) == (not fit_suction_loss)
    assert fit.tests.tolist() == [12.0]
    assert fit.losses == losses.name


def test_a_suction_loss_that_is_not_fitted_is_that_of_the_set():
    assumed = attrs.evolve(LOSSES, name="OURS", suction=0.12)
    fit = fitted(gauged(12, suction=0.12), losses=assumed)
    assert fit.suction_loss.tolist() == [0.12]
    assert fit.mixing_loss == pytest.approx(0.5, rel=1e-6)
    assert fit.losses == "OURS"


@pytest.mark.parametrize("fit_suction_loss", [False, True])
def test_errors_are_as_large_as_the_scatter_of_many_eras(fit_suction_loss):
    rng, eras, each = np.random.default_rng(11), 400, 15
    tests = noisy(gauged(eras * each, suction=0.1, ratios=(0.1, 1.0)), rng)
    fit = fitted(
        tests,
        np.repeat(np.arange(eras), each),
        fit_suction_loss=fit_suction_loss,
        losses=attrs.evolve(LOSSES, suction=0.1),
    )
    assert (fit.status == "ok").all()
    pulls = {
        "factor": (fit.nozzle_area_factor - 1.07) / fit.nozzle_area_factor_error,
        "mixing": (fit.mixing_loss - 0.5) / fit.mixing_loss_error,
        "suction": (fit.suction_loss - 0.1) / fit.suction_loss_error,
    }
    for name in ("factor", "mixing", "suction")[: 2 + fit_suction_loss]:
        assert abs(pulls[name].mean()) < 0.2
        assert pulls[name].std() == pytest.approx(1.0, abs=0.15)
    rates = np.sqrt(np.mean(fit.power_fluid_rate_residual_m3d**2))
    assert rates == pytest.approx(2.0 * np.sqrt(1.0 - 1.0 / each), rel=0.05)


def test_eras_are_fitted_as_if_alone_and_come_sorted():
    first, second = gauged(12, factor=1.2), gauged(14, factor=0.95, mixing=0.3, seed=4)
    both = {name: np.concatenate([first[name], second[name]]) for name in first}
    fit = fitted(both, ["b"] * 12 + ["a"] * 14)
    assert fit.era.tolist() == ["a", "b"]
    assert fit.tests.tolist() == [14.0, 12.0]
    assert fit.nozzle_area_factor == pytest.approx([0.95, 1.2], rel=1e-6)
    assert fit.mixing_loss == pytest.approx([0.3, 0.5], rel=1e-5)
    assert (fit.reduced_chi_square < 1e-6).all()


def test_a_fit_across_a_change_of_the_pump_is_refused_and_shows_why():
    first, second = gauged(12, factor=1.2), gauged(14, factor=0.95, mixing=0.3, seed=4)
    across = fitted({name: np.concatenate([first[name], second[name]]) for name in first})
    assert across.status.tolist() == ["contradictory"]
    assert across.reason[0].startswith("the tests contradict the equations")
    for name in ("nozzle_area_factor", "mixing_loss", "suction_loss", "mixing_loss_error"):
        assert np.isnan(getattr(across, name)[0])
    assert np.isnan(across.covariance).all()
    rate, pressure = across.power_fluid_rate_residual_m3d, across.discharge_pressure_residual_kpa
    assert rate[0] > 10.0
    squares = 26 * ((rate / 2.0) ** 2 + (pressure / 40.0) ** 2)
    assert across.reduced_chi_square == pytest.approx(squares / (2 * 26 - 2), rel=1e-9)


def test_rates_at_random_contradict_the_equations():
    drawn = np.random.default_rng(1).uniform(50.0, 400.0, 12)
    fit = fitted(gauged(12) | {"power_fluid_rate_m3d": drawn})
    assert fit.status.tolist() == ["contradictory"]


@pytest.mark.parametrize(("chi_square", "status"), [(9.9, "ok"), (10.1, "contradictory")])
def test_what_contradicts_is_a_reduced_chi_square_above_10(chi_square, status):
    # A larger stated uncertainty of both kinds divides chi-square by its square.
    tests = noisy(gauged(12), np.random.default_rng(5))
    common = {"era": ["a"] * 12, "fit_suction_loss": False, "losses": LOSSES} | tests | NOMINAL
    shown = jet.jet_era_fit(**common, **SAID).reduced_chi_square[0]
    assert 0.3 < shown < 3.0
    less = np.sqrt(shown / chi_square)
    said = {name: value * less for name, value in SAID.items()}
    fit = jet.jet_era_fit(**common, **said)
    assert fit.reduced_chi_square == pytest.approx(chi_square, rel=1e-6)
    assert fit.status.tolist() == [status]


def test_tests_that_lack_a_number_are_left_out():
    tests = gauged(17)
    gaps = {name: values.copy() for name, values in tests.items()}
    gaps["rate_m3d"][0] = NAN
    gaps["discharge_pressure_kpa"][1] = np.inf
    gaps["nozzle_pressure_kpa"][2] = 0.0
    gaps["rate_m3d"][3] *= -1.0
    gaps["power_fluid_rate_m3d"][4] = 0.0
    fit, clean = fitted(gaps), fitted({name: values[5:] for name, values in tests.items()})
    assert fit.tests.tolist() == [12.0]
    assert fit.nozzle_area_factor == pytest.approx(clean.nozzle_area_factor, rel=1e-12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"power_fluid_rate_uncertainty_m3d": 0.0},
        {"discharge_pressure_uncertainty_kpa": -1.0},
        {"nozzle_area_mm2": 0.0},
        {"throat_area_mm2": 10.0},
        {"density_kgm3": -950.0},
    ],
    ids=str,
)
def test_numbers_that_cannot_be_leave_no_usable_test(wrong):
    given = {"era": ["a"] * 12} | gauged(12) | NOMINAL | SAID | wrong
    fit = jet.jet_era_fit(**given, fit_suction_loss=False, losses=LOSSES)
    assert fit.tests.tolist() == [0.0]
    assert fit.reason.tolist() == ["fewer than 10 usable tests"]
    assert np.isnan(fit.nozzle_pressure_spread_kpa[0])


def test_nine_tests_are_too_few():
    fit = fitted(gauged(19), ["ten"] * 10 + ["nine"] * 9)
    assert fit.era.tolist() == ["nine", "ten"]
    assert fit.status.tolist() == ["not_identifiable", "ok"]
    assert fit.reason.tolist() == ["fewer than 10 usable tests", ""]
    refused = [getattr(fit, name)[0] for name in ("nozzle_area_factor", "mixing_loss")]
    assert np.isnan([*refused, fit.suction_loss[0], fit.condition_index[0]]).all()
    assert np.isnan(fit.covariance[0]).all()
    assert np.isnan(fit.discharge_pressure_residual_kpa[0])


@pytest.mark.parametrize(("spread_psi", "status"), [(199.9, "not_identifiable"), (200.1, "ok")])
def test_pressures_must_spread_by_200_psi(spread_psi, status):
    low = 18_000.0
    nozzle_kpa = np.linspace(low, low + spread_psi * 6.894757293168361, 12) - 2500.0
    jet_ms = np.sqrt(nozzle_kpa * 2000.0 / (DENSITY * (1 + LOSSES.nozzle)))
    ratios = np.linspace(0.2, 0.9, 12)
    fit = fitted(measured(factor=1.0, mixing=0.4, suction=0.0, jet_ms=jet_ms, flow_ratio=ratios))
    assert fit.status.tolist() == [status]
    assert fit.nozzle_pressure_spread_kpa == pytest.approx(spread_psi * 6.894757293168361)
    words = "nozzle pressures spread by less than 1379 kPa"
    assert fit.reason.tolist() == ["" if status == "ok" else words]


def test_one_flow_ratio_does_not_tell_two_losses_apart():
    alike = gauged(12, ratios=(0.40, 0.41))
    fit = fitted(alike, fit_suction_loss=True)
    assert fit.status.tolist() == ["not_identifiable"]
    assert fit.reason[0].startswith("the tests do not separate the terms")
    assert 30.0 < fit.condition_index[0] < np.inf
    assert fitted(alike, fit_suction_loss=False).status.tolist() == ["ok"]
    none = fitted(gauged(12, ratios=(0.0, 0.0)), fit_suction_loss=True)
    assert none.condition_index.tolist() == [np.inf]
    assert none.status.tolist() == ["not_identifiable"]


def test_tests_that_contradict_the_equations_do_not_settle():
    tests = gauged(12)
    torn = tests | {"discharge_pressure_kpa": tests["discharge_pressure_kpa"] * -1e3}
    fit = fitted(torn)
    assert fit.status.tolist() == ["not_identifiable"]
    assert fit.reason[0].startswith("the fit does not settle")
    assert np.isnan(fit.nozzle_area_factor[0])


def test_nothing_is_bounded():
    fit = fitted(gauged(12, factor=2.5, mixing=-0.3))
    assert fit.nozzle_area_factor == pytest.approx(2.5, rel=1e-5)
    assert fit.mixing_loss == pytest.approx(-0.3, rel=1e-4)


def test_lengths_that_differ_are_named():
    with pytest.raises(ArgumentError, match="rate_m3d has 12 entries for 11 labels of era"):
        fitted(gauged(12), ["a"] * 11)


@pytest.mark.parametrize("bad", [None, NAN, 12])
def test_a_label_of_era_that_is_none_is_named(bad):
    with pytest.raises(ArgumentError, match=r"era\[11\] = .*: expected labels of one kind"):
        fitted(gauged(12), [*["a"] * 11, bad])


def test_no_tests_are_no_eras():
    nothing = {name: np.array([]) for name in gauged(1)}
    assert fitted(nothing, []).era.size == 0


anything = st.one_of(
    st.floats(1e-3, 1e5),
    st.sampled_from([NAN, float("inf"), 0.0, -1.0, -1e8, 1e-8, 1e8, 1e300, -1e300]),
)
COLUMNS = (*gauged(1), *NOMINAL, *SAID)


@given(
    rows=st.lists(st.tuples(*[anything] * len(COLUMNS)), min_size=10, max_size=14),
    labels=st.integers(1, 2),
    usual=st.booleans(),
    fit_suction_loss=st.booleans(),
    losses=st.sampled_from([LOSSES, JET_LOSSES_PEH, JET_LOSSES_WOFFL]),
)
def test_any_number_gives_a_status_without_noise(rows, labels, usual, fit_suction_loss, losses):
    columns = dict(zip(COLUMNS, map(np.array, zip(*rows, strict=True)), strict=True))
    if usual:
        columns |= {"power_fluid_rate_m3d": np.full(len(rows), 180.0)} | NOMINAL | SAID
    era = np.arange(len(rows)) % labels
    fit = jet.jet_era_fit(era=era, **columns, fit_suction_loss=fit_suction_loss, losses=losses)
    assert (np.isnan(fit.nozzle_area_factor) == (fit.status != "ok")).all()
    assert ((fit.reason == "") == (fit.status == "ok")).all()


@pytest.mark.parametrize("losses", [LOSSES, JET_LOSSES_PEH], ids=lambda losses: losses.name)
def test_the_slopes_of_the_fit_are_those_of_its_predictions(losses):
    names = (*gauged(1), *NOMINAL, *SAID)
    given = gauged(6, suction=0.1) | NOMINAL | SAID
    columns = np.stack([np.broadcast_to(given[name], 6) for name in names]).astype(float)
    tests, usable = jet_tests(columns, losses)
    assert usable.all()
    theta = np.tile([1.1, 0.45, 0.2], (6, 1))
    found = tests.slopes(theta, 3)
    for term, step in enumerate([1e-6, 1e-6, 1e-6]):
        moved = np.zeros(3)
        moved[term] = step
        lower, upper = tests.residuals(theta - moved), tests.residuals(theta + moved)
        slope = [(low - high) / (2.0 * step) for low, high in zip(lower, upper, strict=True)]
        weighed = np.stack([slope[0] / 2.0, slope[1] / 40.0], axis=1)
        np.testing.assert_allclose(found[:, :, term], weighed, rtol=1e-5, atol=1e-6)
