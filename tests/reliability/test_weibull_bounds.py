"""Bounds of Weibull fits against the likelihood as it is defined."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from weibull_brute import crossing, information, lives_of, log_likelihood, over_life, over_shape

from laws import tried
from pumpperf.reliability.weibull import weibull

NAN = float("nan")
LEVEL, FRACTION = 0.9, 0.1
Z = NormalDist().inv_cdf(0.5 + 0.5 * LEVEL)
SIDES = (("lower", -0.3), ("upper", 0.3))

AGE = st.floats(0.5, 40.0).map(lambda age: round(age, 2))
PART = st.sampled_from([0.0, 0.2, 0.7, 0.99])


@st.composite
def groups(draw, *, late, between):
    """Ages, whether failed, entries, ages at which the failed last ran, and weights."""
    size = draw(st.integers(3, 7))
    age = draw(st.lists(AGE, min_size=size, max_size=size))
    failed = [True, *(draw(st.booleans()) for _ in range(size - 1))]
    entry = [round(one * draw(PART), 3) if late else 0.0 for one in age]
    after = [
        e + (t - e) * draw(PART) if between and d and draw(st.booleans()) else NAN
        for t, d, e in zip(age, failed, entry, strict=True)
    ]
    return {
        "age_h": age,
        "failed": failed,
        "entry_age_h": entry if late else None,
        "failed_after_h": after if between else None,
        "weight": [draw(st.sampled_from([1.0, 1.0, 3.0])) for _ in age],
    }


ANY = st.one_of(
    *(groups(late=late, between=between) for late in (False, True) for between in (False, True))
)
SMALL = {"age_h": [3.0, 5.0, 9.0, 14.0, 14.0], "failed": [1, 1, 0, 1, 0]}


def slow(asked):
    columns = (asked["age_h"], asked["failed"])
    return lives_of(*columns, *(asked.get(k) for k in ("entry_age_h", "failed_after_h", "weight")))


def fitted(asked, bounds, at):
    w = weibull(**asked, level=LEVEL, bounds=bounds, fraction_failed=(FRACTION,), at_h=(at,))
    usable = w.status[0] in {"ok", "one_failure"} and 1e-200 < w.scale_h[0] < 1e200
    usable = usable and bool(w.shape[0] < 100.0)  # a slow search looks no farther
    return w if usable else None


def logarithm(number):
    with np.errstate(divide="ignore"):
        return float(np.log(number))


def _exp(x):
    return math.exp(min(max(x, -740.0), 700.0))


def near(found, expected):
    """Whether two logarithms agree, or both are farther than numbers reach."""
    far = abs(expected) > 500.0 and abs(found) > 500.0 and found * expected > 0.0
    return far or found == pytest.approx(expected, rel=2e-6, abs=2e-6)


@tried(15)
@given(asked=ANY, at=st.sampled_from([2.0, 9.0, 30.0]))
def test_region_reaches_to_where_the_best_likelihood_has_fallen(asked, at):
    w = fitted(asked, "likelihood_ratio", at)
    if w is None:
        return
    lives, b = slow(asked), w.shape[0]
    least = float(log_likelihood(lives, b, math.log(w.scale_h[0]))) - 0.5 * Z * Z

    def at_age(cumulative):
        return over_life(lives, math.log(at), cumulative) if cumulative > 0.0 else -math.inf

    for side, step in SIDES:
        found = logarithm(getattr(w, f"{side}_shape")[0])
        far = crossing(lambda x: over_shape(lives, math.exp(x)), math.log(b), least, step, 25.0)
        assert near(found, far) or (math.isinf(far) and abs(found) > 20.0)
        for name, cumulative in (("scale_h", 1.0), ("life_h", -math.log1p(-FRACTION))):
            top = logarithm(getattr(w, name).ravel()[0])
            found = logarithm(getattr(w, f"{side}_{name}").ravel()[0])
            far = crossing(lambda x, h=cumulative: over_life(lives, x, h), top, least, step, 700.0)
            assert near(found, far), name
        top = b * (math.log(at) - math.log(w.scale_h[0]))
        far = crossing(lambda x: at_age(_exp(x)), top, least, step, 5e3)
        share = math.exp(-math.exp(far)) if far < 10.0 else 0.0
        found = (w.lower_survival if side == "upper" else w.upper_survival)[0, 0]
        assert found == pytest.approx(share, abs=1e-6)


@given(asked=ANY, at=st.sampled_from([2.0, 9.0, 30.0]))
def test_normal_bounds_are_those_of_the_second_differences(asked, at):
    w = fitted(asked, "fisher", at)
    if w is None or not 0.05 < w.shape[0] < 50.0:
        return
    lives, b, log_scale = slow(asked), w.shape[0], math.log(w.scale_h[0])
    matrix = information(lives, b, log_scale)
    if not np.linalg.cond(matrix) < 1e3:  # else second differences tell too little
        return
    covariance = np.linalg.inv(matrix)

    def away(of):
        """Normal quantile times the error of a function of (ln scale, ln shape)."""
        h = 1e-5
        slope = [(of(h, 0.0) - of(-h, 0.0)) / (2 * h), (of(0.0, h) - of(0.0, -h)) / (2 * h)]
        return Z * math.sqrt(slope @ covariance @ slope)

    def log_hazard(x, y):
        return b * math.exp(y) * (math.log(at) - log_scale - x)

    def log_life(x, y):
        return log_scale + x + math.log(-math.log1p(-FRACTION)) / (b * math.exp(y))

    for side, sign in (("lower", -1.0), ("upper", 1.0)):
        for name, of in (
            ("shape", lambda x, y: math.log(b) + y),
            ("scale_h", lambda x, y: log_scale + x),
            ("life_h", log_life),
        ):
            found = logarithm(getattr(w, f"{side}_{name}").ravel()[0])
            assert (
                found == pytest.approx(of(0.0, 0.0) + sign * away(of), rel=3e-4, abs=3e-4)
                or not abs(found) < 700.0
            ), name
        hazard = log_hazard(0.0, 0.0) - sign * away(log_hazard)
        share = math.exp(-math.exp(hazard)) if hazard < 10.0 else 0.0
        assert getattr(w, f"{side}_survival")[0, 0] == pytest.approx(share, abs=3e-4)


@tried(15)
@given(
    asked=ANY,
    bounds=st.sampled_from(["fisher", "likelihood_ratio"]),
    level=st.sampled_from([1e-6, 0.5, 0.95, 0.999999, 1.0 - 2**-53]),
    unit=st.sampled_from([1.0, 1e-8, 1e8]),
)
def test_bounds_enclose_the_value_and_shares_stay_within_0_and_1(asked, bounds, level, unit):
    scaled = {
        name: np.multiply(column, unit) if name.endswith("_h") and column is not None else column
        for name, column in asked.items()
    }
    at = tuple(unit * age for age in (1e-3, 20.0, 1e4))
    w = weibull(**scaled, level=level, bounds=bounds, fraction_failed=(1e-9, 0.5), at_h=at)
    there = w.status[0] in {"ok", "one_failure"}
    for name in ("shape", "scale_h", "life_h", "survival"):
        value, lower, upper = (getattr(w, part + name) for part in ("", "lower_", "upper_"))
        assert np.isnan(value).all() == (not there)
        if there:
            slack = 1e-9 * np.abs(value)
            assert (lower <= value + slack).all()
            assert (value <= upper + slack).all()
    if there:
        assert ((w.lower_survival >= 0.0) & (w.upper_survival <= 1.0)).all()
        assert (np.diff(w.survival[0]) <= 0.0).all()
        assert (np.diff(w.life_h[0]) >= 0.0).all()


def test_a_wider_level_gives_wider_bounds():
    for bounds in ("fisher", "likelihood_ratio"):
        narrow, wide = (
            weibull(**SMALL, level=level, bounds=bounds, at_h=(6.0,)) for level in (0.5, 0.99)
        )
        for name in ("shape", "scale_h", "survival"):
            assert getattr(wide, f"lower_{name}") < getattr(narrow, f"lower_{name}")
            assert getattr(wide, f"upper_{name}") > getattr(narrow, f"upper_{name}")


def test_a_region_that_reaches_a_shape_of_0_gives_no_bound_below():
    late = {"age_h": [1.0, 2.0, 3.0], "failed": [1, 1, 0], "entry_age_h": [0.5, 0.5, 0.5]}
    for after in (None, [NAN, 1.9, NAN]):
        w = weibull(
            **late, failed_after_h=after, level=0.9, bounds="likelihood_ratio", at_h=(10.0,)
        )
        assert (w.lower_shape[0], w.lower_scale_h[0], w.lower_survival[0, 0]) == (0.0, 0.0, 0.0)
        assert math.isfinite(w.upper_shape[0])
        assert math.isfinite(w.upper_scale_h[0])


def test_a_bound_of_the_scale_is_endless_where_a_constant_share_fits():
    w = weibull(
        age_h=[3.0, 4.0, 1.0, 1.0],
        failed=[1, 0, 0, 0],
        failed_after_h=[0.0, NAN, NAN, NAN],
        level=0.9,
        bounds="likelihood_ratio",
    )
    assert (w.lower_shape[0], w.upper_scale_h[0]) == (0.0, math.inf)
    assert 0.0 < w.lower_scale_h[0] < w.scale_h[0]


def test_where_all_may_have_failed_at_once_only_the_share_is_bounded():
    asked = {
        "age_h": [12.0, 14.0, 3.0, 4.0, 9.0, 37.0],
        "failed": [1, 0, 0, 0, 0, 0],
        "failed_after_h": [0.0, NAN, NAN, NAN, NAN, NAN],
        "weight": [3.0, 3.0, 1.0, 2.0, 1.0, 3.0],
    }
    w = weibull(
        **asked, level=0.9, bounds="likelihood_ratio", fraction_failed=(FRACTION,), at_h=(18.0,)
    )
    assert w.status.tolist() == ["ok"]
    assert w.lower_shape.tolist() == [0.0]
    assert (w.lower_life_h[0, 0], w.upper_scale_h[0]) == (0.0, math.inf)
    assert 0.0 < w.lower_survival[0, 0] < w.survival[0, 0] < w.upper_survival[0, 0] < 1.0


@pytest.mark.parametrize(("late", "status"), [(1, "one_failure"), (2, "shape_at_zero")])
def test_pumps_that_entered_late_and_run_speak_against_wear(late, status):
    """One of two failed by 10 h, one ran from new to 1 h; others from 2.4 to 12 h.

    At a shape of 0 the slope is h (ln 10 - late ln 5), which is below 0 from two of them on.
    """
    w = weibull(
        age_h=[10.0, 1.0, *[12.0] * late],
        failed=[1, 0, *[0] * late],
        failed_after_h=[0.0, NAN, *[NAN] * late],
        entry_age_h=[0.0, 0.0, *[2.4] * late],
        level=0.9,
        bounds="fisher",
    )
    assert w.status.tolist() == [status]
