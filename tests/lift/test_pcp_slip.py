"""The slip model of progressing cavity pumps: certified fits, refusals, many pumps at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.errors import ArgumentError
from pumpperf.lift import pcp

# NIST/ITL StRD, linear regression without intercept: data and certified values.
NO_INT_1 = {
    "x": np.arange(60.0, 71.0),
    "y": np.arange(130.0, 141.0),
    "coefficient": 2.07438016528926,
    "deviation": 0.165289256198347e-01,
    "residual": 3.56753034006338,
    "freedom": 10,
}
NO_INT_2 = {
    "x": np.array([4.0, 5.0, 6.0]),
    "y": np.array([3.0, 4.0, 4.0]),
    "coefficient": 0.727272727272727,
    "deviation": 0.420827318078432e-01,
    "residual": 0.369274472937998,
    "freedom": 2,
}

RISE = np.array([2000.0, 4000.0, 6000.0, 8000.0, 10000.0, 3000.0, 7000.0])
VISCOSITY = np.array([20.0, 35.0, 50.0, 25.0, 40.0, 60.0, 30.0])
SCATTER = np.array([0.3, -0.2, 0.1, 0.4, -0.5, 0.2, -0.1])
LEAKAGE, OPENING = 0.05, 4e-6


def true_slip(rise, viscosity):
    return (LEAKAGE + OPENING * rise) * rise / viscosity


def fit(slip=None, rise=RISE, viscosity=VISCOSITY, stator="elastic", by=None):
    return pcp.slip_model(
        slip_m3d=true_slip(rise, viscosity) if slip is None else slip,
        pressure_rise_kpa=rise,
        viscosity_mpas=viscosity,
        stator=stator,
        by=by,
    )


@pytest.mark.parametrize("nist", [NO_INT_1, NO_INT_2])
def test_rigid_fit_gives_the_certified_numbers(nist):
    model = fit(nist["y"], nist["x"], np.ones_like(nist["x"]), "rigid")
    assert model.status.tolist() == ["ok"]
    assert model.coefficients[0, 0] == pytest.approx(nist["coefficient"], rel=1e-12)
    assert np.sqrt(model.covariance[0, 0, 0]) == pytest.approx(nist["deviation"], rel=1e-12)
    assert model.residual_m3d[0] == pytest.approx(nist["residual"], rel=1e-12)
    assert model.degrees_of_freedom[0] == nist["freedom"]
    assert model.condition_index[0] == pytest.approx(1.0)


def test_elastic_fit_finds_the_law_that_made_the_tests():
    model = fit()
    assert model.terms == ("leakage", "opening")
    assert model.coefficients[0] == pytest.approx([LEAKAGE, OPENING], rel=1e-9)
    assert model.residual_m3d[0] == pytest.approx(0.0, abs=1e-9)


def test_elastic_fit_is_that_of_an_orthogonal_decomposition():
    slip = true_slip(RISE, VISCOSITY) + SCATTER
    model = fit(slip)
    design = np.stack([RISE / VISCOSITY, RISE**2 / VISCOSITY], axis=1)
    q, r = np.linalg.qr(design)
    coefficients = np.linalg.solve(r, q.T @ slip)
    left = slip - design @ coefficients
    variance = left @ left / (RISE.size - 2)
    root = np.linalg.inv(r)
    assert model.coefficients[0] == pytest.approx(coefficients, rel=1e-10)
    assert model.covariance[0] == pytest.approx(variance * root @ root.T, rel=1e-10)
    assert model.residual_m3d[0] == pytest.approx(np.sqrt(variance), rel=1e-10)
    assert model.degrees_of_freedom[0] == 5.0


def test_a_gap_that_opens_with_pressure_leaks_as_its_cube():
    # Flow through a slit of width w and length l: q = w h^3 dp / (12 mu l), h = h0 (1 + beta dp).
    width, length, gap, beta = 0.3, 0.02, 80e-6, 2e-9
    pascal, pas = RISE * 1e3, VISCOSITY / 1e3
    slip = width * (gap * (1.0 + beta * pascal)) ** 3 * pascal / (12.0 * pas * length) * 86_400.0
    model = fit(slip)
    # mPa s in place of Pa s and kPa in place of Pa leave a factor of 1e6.
    closed = width * gap**3 / (12.0 * length) * 86_400.0 * 1e6
    leakage, opening = model.coefficients[0]
    assert leakage == pytest.approx(closed, rel=1e-3)
    assert opening / leakage == pytest.approx(3.0 * beta * 1e3, rel=0.03)


def test_covariance_is_the_scatter_of_many_repeated_fits():
    repeats, deviation = 4000, 0.5
    noise = np.random.default_rng(7).normal(0.0, deviation, (repeats, RISE.size))
    slip = true_slip(RISE, VISCOSITY) + noise
    labels = np.repeat(np.arange(repeats), RISE.size)
    model = fit(
        slip.ravel(), np.tile(RISE, repeats), np.tile(VISCOSITY, repeats), "elastic", labels
    )
    scattered = np.cov(model.coefficients.T)
    assert model.covariance.mean(axis=0) == pytest.approx(scattered, rel=0.1)
    assert (model.residual_m3d**2).mean() == pytest.approx(deviation**2, rel=0.05)
    at = pcp.slip_prediction(model=model, pressure_rise_kpa=5000.0, viscosity_mpas=30.0)
    assert (at.standard_error_m3d**2).mean() == pytest.approx(at.slip_m3d.var(), rel=0.1)


def test_many_pumps_at_once_are_each_fitted_by_themselves():
    first, second = (
        fit(true_slip(RISE, VISCOSITY) + SCATTER),
        fit(SCATTER[:4], RISE[:4], np.ones(4)),
    )
    order = np.argsort(np.tile([1, 0], 6)[:11], kind="stable")
    labels = np.array(["b"] * 7 + ["a"] * 4, dtype=object)[order]
    together = fit(
        np.concatenate([true_slip(RISE, VISCOSITY) + SCATTER, SCATTER[:4]])[order],
        np.concatenate([RISE, RISE[:4]])[order],
        np.concatenate([VISCOSITY, np.ones(4)])[order],
        "elastic",
        labels,
    )
    assert together.pump.tolist() == ["a", "b"]
    assert together.tests.tolist() == [4.0, 7.0]
    for row, alone in [(0, second), (1, first)]:
        assert together.coefficients[row] == pytest.approx(alone.coefficients[0], rel=1e-10)
        assert together.covariance[row] == pytest.approx(alone.covariance[0], rel=1e-9)


def assert_refused(model, words):
    assert model.status.tolist() == ["not_identifiable"]
    assert words in model.reason[0]
    assert np.isnan(model.coefficients).all()
    assert np.isnan(model.covariance).all()
    assert np.isnan(model.residual_m3d).all()


@pytest.mark.parametrize(("stator", "least"), [("rigid", 2), ("elastic", 3)])
def test_one_test_more_than_terms_is_needed(stator, least):
    some = slice(0, least - 1)
    refused = fit(rise=RISE[some], viscosity=VISCOSITY[some], stator=stator)
    assert_refused(refused, f"fewer than {least} usable tests")
    accepted = fit(rise=RISE[:least], viscosity=VISCOSITY[:least], stator=stator)
    assert accepted.status.tolist() == ["ok"]
    assert accepted.reason.tolist() == [""]


@pytest.mark.parametrize("stator", ["rigid", "elastic"])
def test_a_test_entered_twice_is_not_two(stator):
    least = 2 if stator == "rigid" else 3
    some = np.tile(np.arange(least - 1), 4)
    refused = fit(rise=RISE[some], viscosity=VISCOSITY[some], stator=stator)
    assert_refused(refused, f"fewer than {least} usable tests of different pressure or viscosity")
    assert refused.tests.tolist() == [4.0 * (least - 1)]
    assert refused.conditions.tolist() == [least - 1.0]
    # Alike in another pump is not alike here.
    both = fit(
        slip=np.tile([2.0, 3.0], 2),
        rise=np.tile([4.0, 5.0], 2),
        viscosity=np.ones(4),
        stator="rigid",
        by=["a", "a", "b", "b"],
    )
    assert both.status.tolist() == ["ok", "ok"]
    assert both.conditions.tolist() == [2.0, 2.0]


def test_a_law_that_does_not_fit_is_seen_in_the_relative_residual():
    rise = np.array([1000.0, 2000.0, 4000.0, 8000.0])
    turbulent = 5.0 * np.sqrt(rise / 1000.0)
    model = fit(turbulent, rise, 1.0, "rigid")
    slope = (turbulent @ rise) / (rise @ rise)
    left = np.sqrt(((turbulent - slope * rise) ** 2).sum() / 3.0)
    assert model.relative_residual == pytest.approx(left / turbulent.mean(), rel=1e-9)
    assert model.relative_residual > 0.3
    assert fit().relative_residual < 1e-9


def test_one_viscosity_serves_all_tests():
    slip = true_slip(RISE, 30.0) + SCATTER
    np.testing.assert_array_equal(
        fit(slip, RISE, 30.0).coefficients, fit(slip, RISE, np.full(7, 30.0)).coefficients
    )


def test_numbers_beyond_squares_identify_nothing():
    assert_refused(fit(np.array([1e300, -1e300, 1e300]), RISE[:3], VISCOSITY[:3]), "too large")
    absurd = fit(np.ones(3), np.full(3, 1e300), np.full(3, 1e-300))
    assert_refused(absurd, "fewer than 3 usable tests")
    assert absurd.tests.tolist() == [0.0]


@pytest.mark.parametrize("bad", [None, np.nan, 7])
def test_a_label_that_is_none_of_the_others_kind_is_named(bad):
    with pytest.raises(ArgumentError, match=r"by\[6\] = .*: expected labels of one kind"):
        fit(by=[*"aaabbb", bad])


def test_tests_at_one_pressure_do_not_tell_an_opening_gap_from_a_wide_one():
    rise = np.full(7, 6000.0)
    assert_refused(fit(rise=rise), "too alike")
    assert np.isinf(fit(rise=rise).condition_index[0]) or fit(rise=rise).condition_index[0] > 1e6
    assert fit(rise=rise, stator="rigid").status.tolist() == ["ok"]


@pytest.mark.parametrize(("spread", "status"), [(0.05, "not_identifiable"), (0.1, "ok")])
def test_pressures_must_be_spread(spread, status):
    # Two pressures p (1 -+ s) at about one viscosity have a condition index of about 2 / s.
    rise = 6000.0 * np.array([1.0 - spread, 1.0 + spread] * 3)
    viscosity = np.array([30.0, 30.0, 30.3, 30.3, 29.7, 29.7])
    model = fit(rise=rise, viscosity=viscosity)
    design = np.stack([rise, rise**2], axis=1) / viscosity[:, None]
    condition = np.linalg.cond(design / np.linalg.norm(design, axis=0))
    assert model.condition_index[0] == pytest.approx(condition, rel=1e-6)
    assert condition == pytest.approx(2.0 / spread, rel=0.05)
    assert model.status.tolist() == [status]


@pytest.mark.parametrize("stator", ["rigid", "elastic"])
def test_pressures_that_are_all_zero_say_nothing(stator):
    assert_refused(fit(SCATTER, np.zeros(7), VISCOSITY, stator), "all zero")


@pytest.mark.parametrize("bad", [np.nan, np.inf, 0.0, -1.0])
def test_a_test_without_a_viscosity_is_left_out(bad):
    slip = true_slip(RISE, VISCOSITY) + SCATTER
    holed = np.append(VISCOSITY, bad)
    model = fit(np.append(slip, 1e6), np.append(RISE, 5000.0), holed)
    assert model.tests[0] == 7.0
    assert model.coefficients == pytest.approx(fit(slip).coefficients, rel=1e-12)


@pytest.mark.parametrize("column", ["slip", "rise"])
def test_a_test_with_a_gap_is_left_out(column):
    given_ = {"slip": true_slip(RISE, VISCOSITY), "rise": RISE.copy()}
    given_[column] = np.where(np.arange(7) == 2, np.nan, given_[column])
    model = fit(given_["slip"], given_["rise"])
    assert model.tests[0] == 6.0
    assert model.coefficients[0] == pytest.approx([LEAKAGE, OPENING], rel=1e-9)


def test_a_slip_that_falls_with_pressure_is_not_bent_upright():
    model = fit(-RISE / VISCOSITY, stator="rigid")
    assert model.coefficients[0, 0] == pytest.approx(-1.0)


def test_prediction_propagates_the_covariance():
    model = fit(true_slip(RISE, VISCOSITY) + SCATTER)
    points = np.array([3000.0, 9000.0])
    found = pcp.slip_prediction(model=model, pressure_rise_kpa=points, viscosity_mpas=30.0)
    for k, rise in enumerate(points):
        x = np.array([rise / 30.0, rise**2 / 30.0])
        variance = x @ model.covariance[0] @ x
        assert found.slip_m3d[0, k] == pytest.approx(x @ model.coefficients[0])
        assert found.standard_error_m3d[0, k] == pytest.approx(np.sqrt(variance))
        assert found.test_standard_error_m3d[0, k] == pytest.approx(
            np.sqrt(variance + model.residual_m3d[0] ** 2)
        )


def test_prediction_for_many_pumps_takes_points_of_their_own():
    model = fit(
        np.tile(true_slip(RISE, VISCOSITY), 2) * np.repeat([1.0, 2.0], 7),
        np.tile(RISE, 2),
        np.tile(VISCOSITY, 2),
        "elastic",
        np.repeat(["a", "b"], 7),
    )
    rise = np.array([[2000.0, 5000.0, 8000.0], [1000.0, 3000.0, 4000.0]])
    found = pcp.slip_prediction(
        model=model, pressure_rise_kpa=rise, viscosity_mpas=[[20.0], [40.0]]
    )
    expected = true_slip(rise, np.array([[20.0], [40.0]])) * np.array([[1.0], [2.0]])
    assert found.slip_m3d == pytest.approx(expected, rel=1e-9)
    for nothing in (0.0, -30.0):
        shared = pcp.slip_prediction(model=model, pressure_rise_kpa=5000.0, viscosity_mpas=nothing)
        assert shared.slip_m3d.shape == (2, 1)
        assert np.isnan(shared.slip_m3d).all()
        assert np.isnan(shared.standard_error_m3d).all()


def test_prediction_of_a_refused_model_is_nan():
    model = fit(rise=np.full(7, 6000.0))
    found = pcp.slip_prediction(model=model, pressure_rise_kpa=5000.0, viscosity_mpas=30.0)
    assert np.isnan(found.slip_m3d).all()
    assert np.isnan(found.standard_error_m3d).all()


@pytest.mark.parametrize("shape", [(3, 2), (2, 1, 1)])
def test_points_of_another_number_of_pumps_are_refused(shape):
    with pytest.raises(ArgumentError, match="do not go with 1 pumps"):
        pcp.slip_prediction(model=fit(), pressure_rise_kpa=np.ones(shape), viscosity_mpas=1.0)


def test_points_that_do_not_go_together_are_refused():
    with pytest.raises(ArgumentError, match=r"shapes \(2,\) and \(3,\)"):
        pcp.slip_prediction(model=fit(), pressure_rise_kpa=np.ones(2), viscosity_mpas=np.ones(3))


def test_wrong_arguments_are_named():
    with pytest.raises(ArgumentError, match="stator = 'rubber': expected one of rigid, elastic"):
        fit(stator="rubber")
    with pytest.raises(ArgumentError, match="differ in length: 2, 7, 7"):
        fit(slip=[1.0, 2.0])
    with pytest.raises(ArgumentError, match="by has 2 labels for 7 tests"):
        fit(by=["a", "b"])


def test_no_test_at_all_identifies_nothing():
    assert_refused(fit([], [], [], "rigid"), "fewer than 2 usable tests")


WILD = st.sampled_from(
    [np.nan, np.inf, 0.0, -1.0, 1e-300, 1e-8, 1e8, 1e300, -1e8, 1.0, 30.0, 5000.0]
)


@given(
    tests=st.lists(st.tuples(WILD, WILD, WILD, st.sampled_from("ab")), max_size=8),
    point=st.tuples(WILD, WILD),
    stator=st.sampled_from(["rigid", "elastic"]),
)
def test_any_numbers_give_a_status_and_no_noise(tests, point, stator):
    slip, rise, viscosity, by = ([row[i] for row in tests] for i in range(4))
    model = fit(slip, np.array(rise), np.array(viscosity), stator, by)
    good = model.status == "ok"
    assert np.isfinite(model.coefficients[good]).all()
    assert np.isnan(model.coefficients[~good]).all()
    assert (np.diagonal(model.covariance, axis1=1, axis2=2)[good] >= 0.0).all()
    pcp.slip_prediction(model=model, pressure_rise_kpa=point[0], viscosity_mpas=point[1])


def test_a_pressure_too_large_to_square_is_no_test():
    """Its leakage dp/mu is a number, the opening of the stator dp^2/mu is not."""
    more = [np.append(RISE, 1e200), np.append(VISCOSITY, 20.0)]
    model = fit(np.append(true_slip(RISE, VISCOSITY), 5.0), *more)
    assert model.tests.tolist() == [7.0]
    assert model.status.tolist() == ["ok"]
    assert model.coefficients[0] == pytest.approx([LEAKAGE, OPENING], rel=1e-9)
