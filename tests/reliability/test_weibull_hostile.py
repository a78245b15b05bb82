"""Lives on which Weibull fits go wrong elsewhere, and arguments that no fit can be made of."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from weibull_brute import best, lives_of, textbook_shape

from pumpperf.errors import ArgumentError
from pumpperf.reliability.weibull import weibull

NAN = float("nan")
STATUSES = {
    "ok",
    "one_failure",
    "no_exposure",
    "no_failures",
    "failure_at_maximum",
    "shape_at_zero",
    "no_maximum_found",
}
FITTED = ["ok", "one_failure"]


def fit(age, failed, **more):
    return weibull(**{"age_h": age, "failed": failed, "level": 0.9, "bounds": "fisher"} | more)


# Fits that other programs were seen to get wrong, with the right answer.


def test_one_failure_at_the_largest_life_has_no_fit():
    w = fit([1.0, 2.0, 3.0, 4.0, 5.0], [0, 0, 0, 0, 1])
    assert (w.status[0], w.failures[0], math.isnan(w.shape[0])) == ("failure_at_maximum", 1.0, True)


def test_no_failures_have_no_fit():
    assert fit([1.0, 2.0, 3.0], [0, 0, 0]).status.tolist() == ["no_failures"]


def test_equal_failures_have_no_fit():
    assert fit([7.0] * 5, [1] * 5).status.tolist() == ["failure_at_maximum"]


def test_equal_failures_and_a_later_suspension_have_one():
    # With k failures at 1 and one running at c: c^b (b ln c - 1) = k, so 1.5^b (b ln 1.5 - 1) = 3.
    w = fit([100.0, 100.0, 100.0, 150.0], [1, 1, 1, 0])
    b = w.shape[0]
    assert b == pytest.approx(3.9548, abs=5e-5)
    assert 1.5**b * (b * math.log(1.5) - 1.0) == pytest.approx(3.0, rel=1e-12)


def test_a_life_of_0_is_refused_or_read_as_within_the_resolution():
    age, failed = [0.0, 300.0, 400.0, 500.0], [1, 1, 1, 0]
    with pytest.raises(ArgumentError, match=r"age_h\[0\] = 0.0 failed, resolution_h = None"):
        fit(age, failed)
    w = fit(age, failed, resolution_h=12.0)
    assert w.zero_lives.tolist() == [1.0]
    lives = lives_of([12.0, *age[1:]], failed, after=[0.0, NAN, NAN, NAN])
    assert w.shape[0] == pytest.approx(best(lives).shape, rel=1e-6)


FEW_OF_MANY = {
    # The first is printed with its answer; the data of the others are our own, of the same kind.
    "two early failures, 1000 running": ([1.0, 2.0], [1000.0] * 1000, 0.152523),
    "three early failures, 500 running": ([5.0, 20.0, 60.0], [400.0] * 500, None),
    "five failures, 100 running": ([1.0, 2.0, 3.0, 4.0, 5.0], [6.0] * 100, None),
    "four late failures, 50 early suspensions": ([980.0, 995.0, 1006.0, 1020.0], [5.0] * 50, None),
    "lives in small units": ([2e-8, 3e-8, 4e-8, 5e-8, 6e-8], [], None),
}


@pytest.mark.parametrize("name", FEW_OF_MANY)
def test_few_failures_of_many(name):
    failures, running, expected = FEW_OF_MANY[name]
    age, failed = failures + running, [1] * len(failures) + [0] * len(running)
    w = fit(age, failed)
    grouped = lives_of(
        failures + running[:1],
        [1] * len(failures) + [0] * len(running[:1]),
        weight=[1.0] * len(failures) + [float(len(running))] * len(running[:1]),
    )
    top = best(grouped)
    assert w.shape[0] == pytest.approx(top.shape, rel=1e-6)
    assert math.log(w.scale_h[0]) == pytest.approx(top.log_scale, rel=1e-6)
    assert w.shape[0] == pytest.approx(textbook_shape(grouped), rel=1e-11)
    if expected is not None:
        assert w.shape[0] == pytest.approx(expected, abs=5e-7)


def test_failures_between_ages_decades_apart():
    w = fit([10.0, 100.0, 1000.0], [1, 1, 1], failed_after_h=[1.0, 10.0, 100.0])
    top = best(lives_of([10.0, 100.0, 1000.0], [1] * 3, after=[1.0, 10.0, 100.0]))
    assert w.shape[0] == pytest.approx(top.shape, rel=1e-6)
    assert w.log_likelihood[0] == pytest.approx(top.value, abs=1e-10)


def test_a_life_that_entered_when_it_ended_is_dropped_and_counted():
    w = fit([100.0, 200.0, 300.0, 300.0], [1, 1, 0, 1], entry_age_h=[0.0, 0.0, 0.0, 300.0])
    without = fit([100.0, 200.0, 300.0], [1, 1, 0])
    assert w.dropped.tolist() == [1.0]
    assert w.shape[0] == pytest.approx(without.shape[0], rel=1e-14)


def test_ages_whose_ratio_is_no_number_are_told_apart():
    powers = np.array([-200.0, 0.0, 200.0])
    u = (powers - 200.0) * math.log(10.0)
    w = fit(10.0**powers, [1, 1, 0], entry_age_h=[0.0, 0.0, 1e-200])
    assert w.status.tolist() == ["ok"]

    def score(b):
        grown = np.exp(b * u)
        entry = math.exp(b * u[0])
        return (grown @ u - entry * u[0]) / (grown.sum() - entry) - 1.0 / b - u[:2].mean()

    assert score(w.shape[0] * (1.0 - 1e-9)) < 0.0 < score(w.shape[0] * (1.0 + 1e-9))


# Hostile lives.

NUMBER = st.one_of(
    st.floats(0.0, 1e3),
    st.sampled_from([0.0, 1.0, 1.0, 7.0, 1e-8, 1e8, 1e-150, 1e150, 5e-324, 1.7e308, 1.0 + 2**-52]),
)
MAYBE = st.one_of(NUMBER, NUMBER, NUMBER, st.sampled_from([NAN, math.inf, -1.0]))


@st.composite
def hostile(draw, number):
    size = draw(st.integers(0, 6))

    def columns(of):
        return st.lists(of, min_size=size, max_size=size)

    asked = {"age_h": draw(columns(number)), "failed": draw(columns(st.booleans()))}
    if draw(st.booleans()):
        entry = draw(columns(st.one_of(number, st.just(0.0))))
        asked["entry_age_h"] = [min(pair) for pair in zip(entry, asked["age_h"], strict=True)]
    if draw(st.booleans()):
        part = st.sampled_from([NAN, NAN, 0.0, 0.5, 0.999])
        lower = asked.get("entry_age_h", [0.0] * size)
        asked["failed_after_h"] = [
            e + (t - e) * p if d and t > e else NAN
            for t, e, d, p in zip(
                asked["age_h"], lower, asked["failed"], draw(columns(part)), strict=True
            )
        ]
    if draw(st.booleans()):
        asked["weight"] = draw(columns(st.sampled_from([1.0, 2.0, 0.0, 1e-3, 1e6])))
    if draw(st.booleans()):
        asked["by"] = draw(columns(st.sampled_from(["a", "b"])))
    return asked


@given(
    asked=hostile(MAYBE),
    bounds=st.sampled_from(["fisher", "likelihood_ratio"]),
    resolution=st.sampled_from([None, 1e-3, 5.0]),
)
def test_hostile_lives_get_a_status_or_one_error_and_never_a_warning(asked, bounds, resolution):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            w = weibull(
                **asked,
                resolution_h=resolution,
                level=0.9,
                bounds=bounds,
                fraction_failed=(0.1,),
                at_h=(1e-3, 50.0),
            )
        except ArgumentError:
            return
    assert set(w.status.tolist()) <= STATUSES
    there = np.isin(w.status, FITTED)
    for name in ("shape", "scale_h", "log_likelihood", "lower_shape", "upper_scale_h"):
        assert (np.isnan(getattr(w, name)) == ~there).all(), name
    for name in ("life_h", "survival", "lower_survival", "upper_life_h"):
        assert (np.isnan(getattr(w, name)) == ~there[:, np.newaxis]).all(), name


SANE = st.one_of(st.floats(0.1, 1e3), st.sampled_from([1.0, 1.0, 7.0, 7.0 + 1e-9]))


@given(asked=hostile(SANE), unit=st.sampled_from([1.0, 1e-8, 1e8, 1e-150, 1e150]))
def test_a_fit_is_that_of_the_brute_force_in_every_unit(asked, unit):
    asked.pop("by", None)
    scaled = {
        name: np.multiply(column, unit) if name.endswith("_h") else column
        for name, column in asked.items()
    }
    w = fit(scaled.pop("age_h"), scaled.pop("failed"), **scaled)
    if w.status[0] not in FITTED or not 0.01 < w.shape[0] < 200.0:
        return
    lives = [
        life
        for life in lives_of(
            *(asked[name] for name in ("age_h", "failed")),
            *(asked.get(name) for name in ("entry_age_h", "failed_after_h", "weight")),
        )
        if life[0] > life[2] and life[4] > 0.0
    ]
    top = best(lives)
    if w.standard_error_log_shape[0] < 1e3:
        tight = max(1e-6, 1e-6 * w.standard_error_log_shape[0])
        assert math.log(w.shape[0]) == pytest.approx(math.log(top.shape), abs=tight)


# Arguments.

ASKED = {"age_h": [50.0, 80.0, 90.0], "failed": [1, 1, 0], "level": 0.9, "bounds": "fisher"}
REFUSED = [
    ({"age_h": ["a", 1.0, 2.0]}, r"age_h: expected numbers, got \['a', 1.0, 2.0\]"),
    ({"age_h": ["50", "80", "90"]}, r"age_h: expected numbers, got \['50', '80', '90'\]"),
    ({"age_h": np.array([1, 2, 3], "m8[h]")}, "age_h: expected numbers, got array"),
    ({"age_h": np.ma.masked_equal([1.0, 2.0, 3.0], 2.0)}, "age_h: expected numbers, got masked"),
    ({"age_h": [10**400, 1, 2]}, r"age_h: expected numbers, got \[1000"),
    ({"age_h": [50.0, NAN, 90.0]}, r"age_h\[1\] = nan: expected a finite number of at least 0"),
    ({"age_h": [50.0, None, 90.0]}, r"age_h\[1\] = nan: expected a finite number of at least 0"),
    ({"age_h": [50.0, 80.0, math.inf]}, r"age_h\[2\] = inf: expected a finite number"),
    ({"age_h": [-1.0, 80.0, 90.0]}, r"age_h\[0\] = -1.0: expected a finite number of at least 0"),
    ({"age_h": [50.0]}, r"failed has 3 entries for 1 of age_h"),
    ({"failed": [1, 1]}, r"failed has 2 entries for 3 of age_h"),
    ({"failed": [1, 2, 0]}, r"failed\[1\] = 2: expected true or false"),
    ({"failed": [1.0, NAN, 0.0]}, r"failed\[1\] = nan: expected true or false"),
    ({"failed": ["yes", "no", "no"]}, r"failed\[0\] = 'yes': expected true or false"),
    ({"failed": [[1], [0, 0]]}, r"failed: expected true or false, got \[\[1\], \[0, 0\]\]"),
    ({"entry_age_h": [0.0]}, r"entry_age_h has 1 entries for 3 of age_h"),
    ({"entry_age_h": [0.0, 81.0, 0.0]}, r"entry_age_h\[1\] = 81.0: expected at most age_h\[1\] ="),
    ({"weight": [1.0, -1.0, 1.0]}, r"weight\[1\] = -1.0: expected a finite number of at least 0"),
    ({"weight": [1.0]}, r"weight has 1 entries for 3 of age_h"),
    ({"by": ["a"]}, r"by has 1 labels for 3 entries"),
    ({"by": ["a", None, "a"]}, r"by\[1\] = None: expected labels of one kind, none missing"),
    ({"by": ["a", None, pd.NA]}, r"by\[1\] = None: expected labels of one kind, none missing"),
    ({"by": ["a", 1, "a"]}, r"by\[1\] = 1: expected labels of one kind"),
    ({"failed_after_h": [0.0]}, r"failed_after_h has 1 entries for 3 of age_h"),
    ({"failed_after_h": ["x", "y", "z"]}, r"failed_after_h: expected numbers"),
    ({"failed_after_h": [50.0, NAN, NAN]}, r"failed_after_h\[0\] = 50.0: expected NaN, or for a f"),
    ({"failed_after_h": [NAN, NAN, 1.0]}, r"failed_after_h\[2\] = 1.0: expected NaN, or for a fai"),
    ({"failed_after_h": [NAN, -math.inf, NAN]}, r"failed_after_h\[1\] = -inf: expected NaN, or fo"),
    (
        {"failed_after_h": [NAN, 10.0, NAN], "entry_age_h": [50.0, 20.0, 0.0]},
        r"failed_after_h\[1\] = 10.0: .* from its entry at 20.0 up to below age_h\[1\] = 80.0",
    ),
    ({"age_h": [0.0, 80.0, 90.0]}, r"age_h\[0\] = 0.0 failed, resolution_h = None: expected the r"),
    ({"resolution_h": 0.0}, r"resolution_h = 0.0: expected a finite number above 0"),
    ({"resolution_h": NAN}, r"resolution_h = nan: expected a finite number above 0"),
    ({"level": 1.0}, r"level = 1.0: expected a confidence level between 0 and 1"),
    ({"level": NAN}, r"level = nan: expected a confidence level between 0 and 1"),
    ({"bounds": "wald"}, r"bounds = 'wald': expected one of fisher, likelihood_ratio"),
    ({"fraction_failed": (0.1, 1.0)}, r"fraction_failed\[1\] = 1.0: expected above 0 and below 1"),
    ({"at_h": (0.0,)}, r"at_h\[0\] = 0.0: expected above 0 and below inf"),
    ({"at_h": (NAN,)}, r"at_h\[0\] = nan: expected above 0 and below inf"),
]


@pytest.mark.parametrize(("change", "message"), REFUSED, ids=lambda one: str(one)[:60])
def test_arguments_that_make_no_sense_are_refused_by_name(change, message):
    with pytest.raises(ArgumentError, match=message):
        weibull(**ASKED | change)
