"""Curves through points: held to SciPy's, and every root to the polynomials that made it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator

from pumpperf import ArgumentError
from pumpperf.calc import interpolation
from pumpperf.calc.interpolation import cubic_roots, cubic_values, shape_preserving_slopes

NAN = float("nan")

steps = st.floats(0.01, 100.0)
heights = st.one_of(
    st.integers(-5, 5).map(float), st.floats(-1e3, 1e3).map(lambda height: round(height, 9))
)


@st.composite
def points(draw, least=2):
    count = draw(st.integers(least, 12))
    x = np.cumsum(draw(st.lists(steps, min_size=count, max_size=count)))
    return x, np.array(draw(st.lists(heights, min_size=count, max_size=count)))


@given(points())
def test_slopes_and_values_are_those_of_scipy(knots):
    x, y = knots
    slopes = shape_preserving_slopes(x=x, y=y)
    theirs = PchipInterpolator(x, y)
    scale = np.max(np.abs(y)) + 1e-9
    assert slopes == pytest.approx(theirs.derivative()(x), rel=1e-9, abs=1e-10 * scale)
    places = np.linspace(x[0], x[-1], 57)
    assert cubic_values(x=places, knots=x, values=y, slopes=slopes) == pytest.approx(
        theirs(places), rel=1e-9, abs=1e-10 * scale
    )


@given(points(), points(least=3))
def test_a_shorter_curve_of_a_stack_is_itself(first, second):
    long = max(len(first[0]), len(second[0]))
    stack = np.full((2, 2, long), NAN)
    for i, (x, y) in enumerate((first, second)):
        stack[:, i, : len(x)] = x, y
    slopes = shape_preserving_slopes(x=stack[0], y=stack[1])
    for i, (x, y) in enumerate((first, second)):
        alone = shape_preserving_slopes(x=x, y=y)
        assert slopes[i, : len(x)] == pytest.approx(alone, rel=1e-15)
        assert np.isnan(slopes[i, len(x) :]).all()
    ends = [first[0][-1], second[0][-1]]
    at_end = cubic_values(x=ends, knots=stack[0], values=stack[1], slopes=slopes)
    assert at_end == pytest.approx([first[1][-1], second[1][-1]], rel=1e-9, abs=1e-9)
    roots = cubic_roots(knots=stack[0], values=stack[1], slopes=slopes)
    for i, (x, y) in enumerate((first, second)):
        alone = cubic_roots(knots=x, values=y, slopes=slopes[i, : len(x)])
        assert roots.count[i] == alone.count
        assert roots.x[i, : alone.count] == pytest.approx(alone.x[: alone.count], rel=1e-15)


@given(points())
def test_nothing_overshoots_its_points(knots):
    x, y = knots
    slopes = shape_preserving_slopes(x=x, y=y)
    for i in range(len(x) - 1):
        between = np.linspace(x[i], x[i + 1], 20)
        found = cubic_values(x=between, knots=x, values=y, slopes=slopes)
        slack = 1e-9 * np.max(np.abs(y))
        assert np.all(found >= min(y[i], y[i + 1]) - slack)
        assert np.all(found <= max(y[i], y[i + 1]) + slack)


def test_outside_there_is_nothing():
    found = cubic_values(x=[-0.1, 0.0, 2.0, 2.1, NAN], knots=[0, 2], values=[1, 3], slopes=[1, 1])
    assert found == pytest.approx([NAN, 1.0, 3.0, NAN, NAN], nan_ok=True)
    stack = cubic_values(
        x=[[0.5, 1.5], [0.5, 1.5]],
        knots=[[[0.0, 1.0, NAN]], [[0.0, 1.0, 2.0]]],
        values=[[[0.0, 1.0, NAN]], [[0.0, 1.0, 2.0]]],
        slopes=[[[1.0, 1.0, NAN]], [[1.0, 1.0, 1.0]]],
    )
    assert stack == pytest.approx(np.array([[0.5, NAN], [0.5, 1.5]]), nan_ok=True)


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([1.0], [1.0], "two at least"),
        (1.0, 1.0, "two at least"),
        ([0.0, 1.0], [1.0, 2.0, 3.0], "as many values"),
        ([0.0, 2.0, 2.0], [1.0, 2.0, 3.0], "rise strictly"),
    ],
)
def test_points_that_are_no_curve_are_refused(x, y, words):
    with pytest.raises(ArgumentError, match=words):
        shape_preserving_slopes(x=x, y=y)


def hermite(coefficients, knots):
    polynomial = np.polynomial.Polynomial(coefficients)
    return {"knots": knots, "values": polynomial(knots), "slopes": polynomial.deriv()(knots)}


@pytest.mark.parametrize(
    ("roots", "knots"),
    [
        ((-1.0, 0.5, 3.0), [-2.0, 4.0]),
        ((-1.0, 0.5, 3.0), [-2.0, 0.0, 1.0, 4.0]),
        ((-1.0, 0.5, 3.0), [-1.0, 0.5, 3.0]),
        ((0.25, 0.3, 0.35), [0.0, 1.0, 2.0]),
        ((0.5, 0.5000001, 0.6), [0.0, 1.0]),
    ],
)
def test_all_roots_of_a_cubic_are_found_once(roots, knots):
    curve = hermite(np.polynomial.polynomial.polyfromroots(roots), np.array(knots))
    found = cubic_roots(**curve)
    assert found.count == 3
    assert found.x == pytest.approx(roots, rel=1e-7)
    leans = np.polynomial.Polynomial.fromroots(roots).deriv()(found.x)
    assert found.slope == pytest.approx(leans, rel=1e-6, abs=1e-7)


def test_a_root_that_only_touches_counts_once_and_one_outside_not():
    touching = cubic_roots(**hermite([1.0, -2.0, 1.0], np.array([0.0, 2.0])))
    assert touching.count == 1
    assert touching.x[0] == 1.0
    at_ends = cubic_roots(knots=[0.0, 1.0, 2.0], values=[0.0, 1.0, 0.0], slopes=[1.0, 0.0, -1.0])
    assert at_ends.x.tolist() == [0.0, 2.0]
    beyond = cubic_roots(**hermite([1.0, 1.0], np.array([0.0, 2.0])))
    assert beyond.count == 0
    assert np.isnan(beyond.x).all()
    assert beyond.x.shape == (1,)


def test_a_stretch_on_zero_gives_its_ends():
    slopes = shape_preserving_slopes(x=[0, 1, 2, 3], y=[1, 0, 0, -1])
    found = cubic_roots(knots=[0, 1, 2, 3], values=[1, 0, 0, -1], slopes=slopes)
    assert found.x.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([0, 0, 0, 1], [0.0, 2.0]),
        ([1, 0, 0, 0], [1.0, 3.0]),
        ([0, 0, 0, 0], [0.0, 3.0]),
        ([1, 0, 0, 0, 0, -1, 0, 0], [1.0, 4.0, 6.0, 7.0]),
    ],
)
def test_a_stretch_on_zero_over_several_pieces_gives_its_ends(values, ends):
    knots = np.arange(float(len(values)))
    slopes = shape_preserving_slopes(x=knots, y=values)
    assert cubic_roots(knots=knots, values=values, slopes=slopes).x.tolist() == ends


def test_a_triple_root_counts_once():
    found = cubic_roots(**hermite([0.0, 0.0, 0.0, 1.0], np.array([-1.0, 1.0])))
    assert (found.count, found.x.tolist()) == (1, [0.0])


def test_a_root_at_the_knot_before_a_missing_value_counts():
    found = cubic_roots(knots=[0, 1, 2, 3], values=[1, 0, NAN, 0], slopes=[-1, -1, 0, 0])
    assert found.x.tolist() == [1.0]


def test_numbers_of_any_size_have_their_roots_and_endless_ones_none():
    for size in (1e-200, 1e200, 1e300):
        found = cubic_roots(
            knots=[-2, 2], values=[-6 * size, 6 * size], slopes=[11 * size, 11 * size]
        )
        assert found.x == pytest.approx([-1.0, 0.0, 1.0], abs=1e-12)
    for lost in (np.inf, -np.inf, NAN):
        slopes = shape_preserving_slopes(x=[0, 1, 2], y=[1, -1, lost])
        assert cubic_roots(knots=[0, 1, 2], values=[1, -1, lost], slopes=slopes).count <= 1
        cubic_values(x=[0.5, np.inf, 1e300], knots=[0, 1], values=[lost, 1], slopes=[1e300, lost])


@given(points())
def test_roots_are_those_of_scipy_s_spline(knots):
    x, y = knots
    slopes = shape_preserving_slopes(x=x, y=y)
    found = cubic_roots(knots=x, values=y, slopes=slopes)
    spline = CubicHermiteSpline(x, y, slopes)
    sampled = np.sort(np.concatenate([np.linspace(x[0], x[-1], 501), x]))
    level = spline(sampled)
    level[np.searchsorted(sampled, x)] = y
    clear = np.abs(level) > 1e-9 * (np.max(np.abs(y)) + 1e-300)
    signs = np.sign(level[clear])
    assert found.count >= np.sum(signs[:-1] != signs[1:])
    for root in found.x[: found.count]:
        assert abs(spline(root)) <= 1e-9 * np.max(np.abs(y)) + 1e-12


def test_no_curve_and_a_missing_value_have_no_root():
    empty = cubic_roots(knots=np.empty((0, 3)), values=np.empty((0, 3)), slopes=np.empty((0, 3)))
    assert empty.x.shape == (0, 1)
    lost = cubic_roots(knots=[0, 1], values=[1.0, NAN], slopes=[0.0, 0.0])
    assert lost.count == 0


def test_a_stack_is_solved_in_blocks_as_one_by_one(monkeypatch):
    level = np.linspace(-3.0, 3.0, 7)[:, np.newaxis]
    curve = {"knots": [0.0, 1.0, 2.0], "slopes": np.full((7, 3), -1.0)}
    values = np.array([1.0, 0.0, -1.0]) - level
    whole = cubic_roots(values=values, **curve)
    monkeypatch.setattr(interpolation, "BLOCK", 2)
    blocks = cubic_roots(values=values, **curve)
    assert blocks.x == pytest.approx(whole.x, rel=0.0, nan_ok=True)
    assert blocks.count.tolist() == whole.count.tolist() == [0, 0, 1, 1, 1, 0, 0]
