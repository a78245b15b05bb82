"""Weibull fits against the likelihood as it is defined, maximised the slow way."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from weibull_brute import (
    best,
    information,
    lives_of,
    log_likelihood,
    over_shape,
    textbook_scale,
    textbook_score,
    textbook_shape,
)

from pumpperf.reliability.weibull import weibull

NAN = float("nan")
AGED = [
    (120.0, 1, 0.0, 1.0),
    (340.0, 1, 100.0, 2.0),
    (410.0, 0, 0.0, 1.0),
    (77.0, 1, 30.0, 1.0),
    (500.0, 0, 450.0, 3.0),
    (260.0, 1, 0.0, 1.5),
    (505.0, 1, 220.0, 1.0),
    (90.0, 0, 88.0, 1.0),
]
AGE, FAILED, ENTRY, WEIGHT = (list(column) for column in zip(*AGED, strict=True))
AFTER = [60.0, NAN, NAN, 30.0, NAN, 259.0, 300.0, NAN]
KINDS = {
    "exact": {"failed": [1] * 8},
    "right censored": {},
    "late entry": {"entry_age_h": ENTRY},
    "weights": {"weight": WEIGHT},
    "late entry and weights": {"entry_age_h": ENTRY, "weight": WEIGHT},
    "intervals": {"failed_after_h": AFTER},
    "all intervals": {"failed_after_h": [age - 50.0 if one else NAN for age, one, *_ in AGED]},
    "intervals and weights": {"failed_after_h": AFTER, "weight": WEIGHT},
    "intervals, late entry and weights": {
        "failed_after_h": AFTER,
        "entry_age_h": ENTRY,
        "weight": WEIGHT,
    },
}


def fit(age=AGE, failed=FAILED, **more):
    return weibull(**{"age_h": age, "failed": failed, "level": 0.9, "bounds": "fisher"} | more)


def slow(age_h, failed, entry_age_h=None, failed_after_h=None, weight=None):
    return lives_of(age_h, failed, entry_age_h, failed_after_h, weight)


@pytest.mark.parametrize("kind", KINDS)
def test_fit_is_the_largest_likelihood_that_a_search_finds(kind):
    asked = {"age_h": AGE, "failed": FAILED} | KINDS[kind]
    w, lives = fit(**KINDS[kind]), slow(**asked)
    top = best(lives)
    assert w.status.tolist() == ["ok"]
    assert w.shape[0] == pytest.approx(top.shape, rel=1e-6)
    assert w.scale_h[0] == pytest.approx(math.exp(top.log_scale), rel=1e-6)
    assert w.log_likelihood[0] == pytest.approx(top.value, abs=1e-10)
    if "failed_after_h" not in asked:
        shape = textbook_shape(lives)
        assert w.shape[0] == pytest.approx(shape, rel=1e-11)
        assert w.scale_h[0] == pytest.approx(textbook_scale(lives, shape), rel=1e-11)


@pytest.mark.parametrize("kind", KINDS)
def test_errors_are_those_of_the_second_differences_of_the_likelihood(kind):
    w, lives = fit(**KINDS[kind]), slow(**{"age_h": AGE, "failed": FAILED} | KINDS[kind])
    covariance = np.linalg.inv(information(lives, w.shape[0], math.log(w.scale_h[0])))
    error = np.sqrt(np.diag(covariance))
    assert w.standard_error_log_scale[0] == pytest.approx(error[0], rel=1e-5)
    assert w.standard_error_log_shape[0] == pytest.approx(error[1], rel=1e-5)
    assert w.correlation[0] == pytest.approx(covariance[0, 1] / error[0] / error[1], abs=1e-5)


def test_sums_of_a_group_are_those_of_its_lives():
    w = fit(
        age=[5.0, 0.0, 9.0, 4.0, 7.0, 3.0],
        failed=[1, 1, 0, 0, 1, 0],
        resolution_h=2.0,
        entry_age_h=[1.0, 0.0, 3.0, 4.0, 0.0, 0.0],
        weight=[2.0, 1.0, 1.0, 1.0, 3.0, 0.0],
    )
    assert w.lives.tolist() == [7.0]
    assert w.failures.tolist() == [6.0]
    assert w.zero_lives.tolist() == [1.0]
    assert w.dropped.tolist() == [2.0]
    assert w.exposure_h.tolist() == [2.0 * 4.0 + 2.0 + 6.0 + 3.0 * 7.0]


@pytest.mark.parametrize("kind", ["right censored", "late entry", "intervals"])
def test_weight_2_is_the_entry_twice(kind):
    twice = {name: [*column, column[0], column[4]] for name, column in KINDS[kind].items()}
    weighted = fit(weight=[2, 1, 1, 1, 2, 1, 1, 1], **KINDS[kind])
    doubled = fit(age=[*AGE, AGE[0], AGE[4]], failed=[*FAILED, FAILED[0], FAILED[4]], **twice)
    for name in ("shape", "lower_shape", "scale_h", "upper_scale_h", "log_likelihood", "lives"):
        assert getattr(weighted, name)[0] == pytest.approx(getattr(doubled, name)[0], rel=1e-10)


@pytest.mark.parametrize("bounds", ["fisher", "likelihood_ratio"])
@pytest.mark.parametrize("width", [1e-5, 1e-8, 1e-11, 1e-14])
def test_a_failure_in_a_narrow_gap_is_one_at_a_known_age(bounds, width):
    asked = {"entry_age_h": ENTRY, "weight": WEIGHT, "bounds": bounds, "fraction_failed": (0.1,)}
    asked["at_h"] = (200.0,)
    after = [age * (1.0 - width) if one else NAN for age, one in zip(AGE, FAILED, strict=True)]
    exact, narrow = fit(**asked), fit(failed_after_h=after, **asked)
    for name in ("shape", "scale_h", "life_h", "survival"):
        for part in (name, f"lower_{name}", f"upper_{name}"):
            found, expected = getattr(narrow, part).ravel(), getattr(exact, part).ravel()
            assert found == pytest.approx(expected, rel=3.0 * width + 1e-8), part
    failures = np.array(FAILED) > 0
    gaps = np.log(np.subtract(AGE, after))[failures] * np.array(WEIGHT)[failures]
    assert narrow.log_likelihood[0] - gaps.sum() == pytest.approx(
        exact.log_likelihood[0], abs=1e-4 if width > 1e-6 else 1e-1
    )


def test_a_failure_at_age_0_is_one_within_the_resolution():
    w = fit(age=[0.0, 400.0, 700.0, 900.0], failed=[1, 1, 1, 0], resolution_h=24.0)
    lives = lives_of([24.0, 400.0, 700.0, 900.0], [1, 1, 1, 0], after=[0.0, NAN, NAN, NAN])
    assert w.shape[0] == pytest.approx(best(lives).shape, rel=1e-6)
    assert w.zero_lives.tolist() == [1.0]


# The claim of `profile`. For a shape b, each watched life is a stretch of u = ln(age), and
# t^b - e^b = b * integral of exp(b u) over it. So sum(t^b - e^b)/b is the Laplace transform of a
# measure, its logarithm is convex, and l(b)/r = mean(b u) - ln(sum/b) is concave: its slope falls,
# from mean u - E(0), E(0) the mean of u over the stretches, to mean u - 0 with u up to 0.

STRETCH = st.tuples(
    st.floats(-12.0, 0.0),
    st.one_of(st.floats(1e-3, 12.0), st.sampled_from([1e-3, 30.0, math.inf])),
    st.booleans(),
    st.sampled_from([1.0, 1.0, 2.0, 1e-3, 500.0]),
)


def stretched(stretches):
    """Lives that end at exp(u), entered a stretch of logarithms before."""
    return [
        (age := math.exp(u), failed, age * math.exp(-stretch), NAN, weight)
        for u, stretch, failed, weight in stretches
    ]


@given(st.lists(STRETCH, min_size=2, max_size=8))
def test_the_slope_of_the_profile_likelihood_falls_with_late_entries_too(stretches):
    lives = stretched(stretches)
    assume(any(failed for _, failed, *_ in lives))
    assume(all(age > entry for age, _, entry, *_ in lives))
    scores = [textbook_score(lives, b) for b in np.geomspace(0.05, 80.0, 25)]
    steps = np.diff(scores)
    assert (steps > -1e-8 * (1.0 + np.abs(scores[1:]))).all()


@given(st.lists(STRETCH, min_size=2, max_size=8))
def test_a_fit_exists_where_the_slope_changes_its_sign(stretches):
    lives = stretched(stretches)
    assume(all(age > entry for age, _, entry, *_ in lives))
    age, failed, entry, _, weight = zip(*lives, strict=True)
    w = fit(age=age, failed=failed, entry_age_h=entry, weight=weight)
    status = w.status[0]
    if not any(failed):
        assert status == "no_failures"
    elif min(t for t, d in zip(age, failed, strict=True) if d) == max(age):
        assert status == "failure_at_maximum"
    elif status == "shape_at_zero":
        assert textbook_score(lives, 1e-4) > -1e-2
    else:
        assert status in {"ok", "one_failure"}
        b = w.shape[0]
        if 1e-2 < b < 1e5:
            assert textbook_score(lives, b * 0.999) < 0.0 < textbook_score(lives, b * 1.001)


def test_nothing_outlived_the_failures_so_that_ever_steeper_curves_fit_better():
    for age, failed, after in (
        ([3.0, 5.0, 9.0], [0, 0, 1], None),
        ([9.0, 9.0, 9.0], [1, 1, 1], None),
        ([3.0, 9.0, 9.0], [0, 1, 0], None),
        ([4.0, 6.0, 9.0], [0, 1, 1], [NAN, 4.0, 5.0]),
        ([5.0, 6.0, 9.0], [0, 1, 1], [NAN, 4.0, 5.0]),
    ):
        assert fit(age, failed, failed_after_h=after).status.tolist() == ["failure_at_maximum"]
        lives = lives_of(age, failed, after=after)
        rising = [over_shape(lives, shape) for shape in (2.0, 8.0, 32.0, 128.0)]
        assert np.diff(rising).min() > -1e-12


def test_failures_so_early_that_no_shape_above_0_fits():
    for age, failed, entry, after in (
        ([11.0, 12.0, 200.0], [1, 1, 0], [10.0, 10.0, 10.0], None),
        ([12.0, 900.0, 1000.0], [1, 0, 0], None, [0.0, NAN, NAN]),
        ([12.0, 900.0, 1000.0], [1, 0, 0], [0.0, 0.0, 500.0], [0.0, NAN, NAN]),
        ([12.0, 900.0, 1000.0], [1, 0, 0], [0.0, 600.0, 500.0], [0.0, NAN, NAN]),
        ([11.0, 13.0, 200.0], [1, 1, 0], [10.0, 10.0, 10.0], [10.5, 11.0, NAN]),
        ([11.0, 13.0, 200.0, 2.0], [1, 1, 0, 1], [10.0, 10.0, 10.0, 0.0], [10.5, NAN, NAN, 0.0]),
    ):
        assert fit(age, failed, entry_age_h=entry, failed_after_h=after).status.tolist() == [
            "shape_at_zero"
        ]
        lives = lives_of(age, failed, entry, after)
        falling = [over_shape(lives, shape) for shape in (1e-3, 0.01, 0.1, 1.0, 4.0)]
        assert np.diff(falling).max() < 1e-9


def test_late_failures_for_which_any_hazard_that_grows_without_end_fits_have_no_maximum():
    w = fit([1.69, 16.33], [1, 1], entry_age_h=[1.681, 16.139], failed_after_h=[1.681, 16.139])
    assert w.status.tolist() == ["no_maximum_found"]
    assert np.isnan([w.shape[0], w.scale_h[0], w.log_likelihood[0]]).all()


def test_log_likelihood_is_that_of_its_own_shape_and_scale():
    for kind, more in KINDS.items():
        w = fit(**more)
        lives = slow(**{"age_h": AGE, "failed": FAILED} | more)
        there = float(log_likelihood(lives, w.shape[0], math.log(w.scale_h[0])))
        assert w.log_likelihood[0] == pytest.approx(there, abs=1e-11), kind
