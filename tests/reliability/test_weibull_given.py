"""Weibull scales at a given shape, and fits by failure mode."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import pdtr, pdtrc

from pumpperf.errors import ArgumentError
from pumpperf.reliability.weibull import weibayes, weibull, weibull_by_mode

NAN = float("nan")
LIFE = st.tuples(
    st.one_of(st.floats(1.0, 1e4), st.just(0.0)),
    st.booleans(),
    st.sampled_from([0.0, 0.0, 0.3, 0.999, 1.0]),
    st.sampled_from([1, 1, 2, 0]),
)


def power(lives, shape, largest):
    return math.fsum(w * ((t / largest) ** shape - (e / largest) ** shape) for t, _, e, w in lives)


@given(
    lives=st.lists(LIFE, max_size=8),
    shape=st.sampled_from([0.3, 1.0, 2.0, 7.0]),
    level=st.sampled_from([0.1, 0.6, 0.95]),
    sided=st.sampled_from(["two", "lower", "upper"]),
    unit=st.sampled_from([1.0, 1e-8, 1e150]),
)
def test_scale_bounds_make_so_many_failures_as_improbable_as_asked(
    lives, shape, level, sided, unit
):
    lives = [(t, d, t * part, w) for t, d, part, w in lives]
    age, failed, entry, weight = zip(*lives, strict=True) if lives else ((), (), (), ())
    one = weibayes(
        age_h=np.multiply(age, unit),
        failed=failed,
        shape=shape,
        entry_age_h=np.multiply(entry, unit),
        weight=weight,
        level=level,
        sided=sided,
    )
    watched = [
        life for life in lives if life[3] and (life[0] > life[2] or (life[1] and life[0] == 0.0))
    ]
    failures = sum(w for _, d, _, w in watched if d)
    assert (one.failures[0], one.lives[0]) == (failures, sum(life[3] for life in watched))
    largest = max((t for t, *_ in watched), default=0.0)
    if largest == 0.0:
        assert one.status.tolist() == ["no_exposure"]
        assert np.isnan([one.scale_h[0], one.lower_scale_h[0], one.upper_scale_h[0]]).all()
        return
    expected = {0: "no_failures", 1: "one_failure"}.get(failures, "ok")
    assert one.status.tolist() == [expected]
    tail = (1.0 - level) / 2.0 if sided == "two" else 1.0 - level
    transformed = power(watched, shape, largest)
    if failures:
        point = largest * unit * (transformed / failures) ** (1.0 / shape)
        assert one.scale_h[0] == pytest.approx(point, rel=1e-9)
    else:
        assert math.isnan(one.scale_h[0])
    if sided == "upper":
        assert math.isnan(one.lower_scale_h[0])
    else:
        mean = transformed * (largest * unit / one.lower_scale_h[0]) ** shape
        assert pdtr(failures, mean) == pytest.approx(tail, rel=1e-8)
    if sided == "lower":
        assert math.isnan(one.upper_scale_h[0])
    elif not failures:
        assert one.upper_scale_h[0] == math.inf
    else:
        mean = transformed * (largest * unit / one.upper_scale_h[0]) ** shape
        assert pdtrc(failures - 1, mean) == pytest.approx(tail, rel=1e-8)


def test_the_scale_at_the_fitted_shape_is_the_fitted_scale():
    asked = {
        "age_h": [120.0, 340.0, 410.0, 77.0, 500.0, 260.0],
        "failed": [1, 1, 0, 1, 0, 1],
        "entry_age_h": [0.0, 100.0, 0.0, 30.0, 450.0, 0.0],
        "weight": [1.0, 2.0, 1.0, 1.0, 3.0, 1.5],
        "by": ["b", "b", "b", "a", "a", "b"],
        "level": 0.9,
    }
    w = weibull(**asked, bounds="fisher")
    given_shape = weibayes(**asked, shape=float(w.shape[1]), sided="two")
    assert given_shape.group.tolist() == ["a", "b"]
    assert given_shape.scale_h[1] == pytest.approx(w.scale_h[1], rel=1e-12)
    for name in ("lives", "failures", "exposure_h", "dropped"):
        assert getattr(given_shape, name).tolist() == getattr(w, name).tolist()
    one = weibayes(
        age_h=[77.0, 500.0],
        failed=[1, 0],
        entry_age_h=[30.0, 450.0],
        weight=[1.0, 3.0],
        level=0.9,
        shape=float(w.shape[1]),
        sided="two",
    )
    assert one.lower_scale_h[0] == pytest.approx(given_shape.lower_scale_h[0], rel=1e-14)
    assert (given_shape.level, given_shape.sided, given_shape.shape) == (0.9, "two", w.shape[1])


def test_no_lives_and_steep_or_flat_shapes():
    assert weibayes(age_h=[], failed=[], shape=2.0, level=0.9, sided="two", by=[]).group.size == 0
    for shape in (1e-3, 1e300):
        one = weibayes(age_h=[3.0, 9.0], failed=[1, 0], shape=shape, level=0.9, sided="two")
        assert one.lower_scale_h[0] <= one.scale_h[0] <= one.upper_scale_h[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shape": 0.0}, "shape = 0.0: expected a finite number above 0"),
        ({"shape": NAN}, "shape = nan: expected a finite number above 0"),
        ({"shape": math.inf}, "shape = inf: expected a finite number above 0"),
        ({"sided": "both"}, "sided = 'both': expected one of two, lower, upper"),
        ({"level": 1.5}, "level = 1.5: expected a confidence level"),
        ({"age_h": [-1.0, 2.0]}, r"age_h\[0\] = -1.0"),
    ],
)
def test_a_shape_level_or_side_that_makes_no_sense_is_refused(change, message):
    asked = {"age_h": [1.0, 2.0], "failed": [1, 0], "shape": 2.0, "level": 0.9, "sided": "two"}
    with pytest.raises(ArgumentError, match=message):
        weibayes(**asked | change)


AGE = [50.0, 60.0, 70.0, 80.0, 90.0, 95.0, 40.0, 30.0, 85.0, 0.0]
FAILED = [1, 1, 1, 1, 0, 0, 1, 1, 1, 1]
MODE = ["wear", "sand", "wear", "wear", None, "sand", "sand", "sand", "wear", "sand"]
BY = [2, 2, 2, 1, 1, 2, 2, 1, 1, 2]
MORE = {
    "entry_age_h": [0.0, 5.0, 0.0, 10.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "weight": [1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0],
    "resolution_h": 4.0,
    "level": 0.9,
    "fraction_failed": (0.1,),
    "at_h": (20.0, 70.0),
}


@pytest.mark.parametrize("bounds", ["fisher", "likelihood_ratio"])
def test_each_mode_is_fitted_with_the_others_as_suspensions(bounds):
    found = weibull_by_mode(age_h=AGE, failed=FAILED, mode=MODE, by=BY, bounds=bounds, **MORE)
    assert found.group.tolist() == [1, 1, 2, 2]
    assert found.mode.tolist() == ["sand", "wear", "sand", "wear"]
    for m, mode in enumerate(("sand", "wear")):
        own = [d and one == mode for d, one in zip(FAILED, MODE, strict=True)]
        alone = weibull(age_h=AGE, failed=own, by=BY, bounds=bounds, **MORE)
        for name in ("shape", "upper_scale_h", "life_h", "lower_survival", "failures", "dropped"):
            assert getattr(found, name)[m::2] == pytest.approx(
                getattr(alone, name), rel=1e-14, nan_ok=True
            )
        assert found.status[m::2].tolist() == alone.status.tolist()
    assert found.at_h.tolist() == [20.0, 70.0]
    assert found.level == 0.9


def test_modes_without_labels_of_groups_and_as_whole_numbers():
    code = np.array([7, 3, 7, 7, 0, 3, 3, 3, 7, 3])
    one = weibull_by_mode(age_h=AGE, failed=FAILED, mode=code, bounds="fisher", **MORE)
    text = weibull_by_mode(age_h=AGE, failed=FAILED, mode=MODE, bounds="fisher", **MORE)
    assert one.group is None
    assert one.mode.tolist() == [3, 7]
    assert one.shape.tolist() == text.shape.tolist()


def test_the_likelihood_of_the_modes_is_that_of_all_failures_with_their_modes():
    # With equal shapes S_1 S_2 is Weibull too: the sum of both likelihoods at any curves is that
    # of the lives with the hazard h_1 or h_2 that ended them.
    age, mode = [50.0, 60.0, 70.0, 80.0, 90.0], ["a", "b", "a", "b", None]
    found = weibull_by_mode(
        age_h=age, failed=[1, 1, 1, 1, 0], mode=mode, level=0.9, bounds="fisher"
    )
    total = 0.0
    for t, one in zip(age, mode, strict=True):
        for m, label in enumerate("ab"):
            b, eta = found.shape[m], found.scale_h[m]
            total -= (t / eta) ** b
            if one == label:
                total += math.log(b / eta) + (b - 1.0) * math.log(t / eta)
    assert found.log_likelihood.sum() == pytest.approx(total, rel=1e-12)


def test_without_failures_there_are_no_modes():
    for by in (None, [1, 2]):
        none = weibull_by_mode(
            age_h=[5.0, 6.0],
            failed=[0, 0],
            mode=[None, "x"],
            level=0.9,
            bounds="fisher",
            fraction_failed=(0.1,),
            by=by,
        )
        assert (none.mode.size, none.shape.size, none.life_h.shape) == (0, 0, (0, 1))
    empty = weibull_by_mode(age_h=[], failed=[], mode=[], level=0.9, bounds="fisher", by=[])
    assert (empty.mode.size, empty.status.size) == (0, 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mode": ["a"]}, "mode has 1 entries for 3 of failed"),
        ({"mode": [None, "a", None]}, r"mode\[0\] = None: expected the label of a mode for a fail"),
        ({"mode": ["a", None, None]}, r"mode\[1\] = None: expected labels of one kind"),
        ({"mode": ["a", 3, None]}, r"mode\[1\] = 3: expected labels of one kind"),
        ({"by": [1]}, "by has 1 labels for 3 entries"),
        ({"age_h": [1.0]}, "failed has 3 entries for 1 of age_h"),
        ({"bounds": "wald"}, "bounds = 'wald'"),
    ],
)
def test_modes_that_are_missing_are_refused(change, message):
    asked = {"age_h": [1.0, 2.0, 3.0], "failed": [1, 1, 0], "mode": ["a", "b", None]}
    with pytest.raises(ArgumentError, match=message):
        weibull_by_mode(**asked | {"level": 0.9, "bounds": "fisher"} | change)


def test_a_masked_mode_is_refused_and_not_read():
    modes = np.ma.masked_array([1, 2, 1], mask=[False, True, False])
    with pytest.raises(ArgumentError, match="mode"):
        weibull_by_mode(
            age_h=[1.0, 2.0, 3.0], failed=[1, 1, 0], mode=modes, level=0.9, bounds="fisher"
        )
