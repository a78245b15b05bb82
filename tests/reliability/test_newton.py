"""Slopes that are handed to Newton's method are those of the functions: so few steps are needed."""

import numpy as np
import pytest

from pumpperf import roots
from pumpperf.reliability import lognormal as lognormals
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.rates import variation
from pumpperf.reliability.recurrence import crow, crow_amsaa, powerlaw
from pumpperf.reliability.replacement import policy
from pumpperf.reliability.tops import top
from pumpperf.reliability.weibull import (
    interval_fit,
    interval_region,
    interval_zero,
    profile,
    region,
    weibull,
)

NAN = float("nan")
AGES = {"age_h": [3.0, 5.0, 9.0, 14.0, 14.0, 30.0], "failed": [1, 1, 0, 1, 0, 1]}
LATE = {"entry_age_h": [0.0, 1.0, 4.0, 13.0, 0.0, 10.0]}
ALL_LATE = {"entry_age_h": [1.0, 1.0, 4.0, 13.0, 2.0, 10.0]}
BETWEEN = {"failed_after_h": [0.0, 4.0, NAN, NAN, NAN, 20.0]}
ALL_BETWEEN = {"failed_after_h": [2.0, 4.0, NAN, 13.5, NAN, 20.0]}


def differences(function, at, step=1e-5):
    return (function(at * (1.0 + step)) - function(at * (1.0 - step))) / (2.0 * step * at)


@pytest.fixture
def looks(monkeypatch):
    """Roots and tops are found as ever, and the slopes at them are held against differences."""
    plain, seen = roots.rising_root, []

    def checked_root(*, function, start, least=0.0, most=np.inf):
        root = plain(function=function, start=start, least=least, most=most)
        inside = (root > np.multiply(least, 1.001)) & (root < np.multiply(most, 0.999))
        at = np.where(inside & np.isfinite(root), root, start)
        with np.errstate(all="ignore"):
            by_difference = differences(lambda x: function(x)[0], at)
        slope, by_difference = function(at)[1][inside], by_difference[inside]
        assert slope == pytest.approx(by_difference, rel=1e-5)
        seen.extend(slope)
        return root

    def checked_top(*, function, a, b):
        a, b, there = top(function=function, a=a, b=b)
        for beside in (1.0, 1.1):
            x, y = a * beside + 0.01, b * beside
            now = function(x, y)
            by_a, by_b = (
                [differences(lambda x, i=i: function(x, y)[i], x) for i in range(3)],  # noqa: B023
                [differences(lambda y, i=i: function(x, y)[i], y) for i in range(3)],  # noqa: B023
            )
            slopes = np.array([by_a[0], by_b[0], by_a[1], by_a[2], by_b[2]])
            assert np.array(now[1:]) == pytest.approx(slopes, rel=1e-5, abs=1e-7)
        seen.append(a)
        return a, b, there

    for module in (
        *(roots, crow, powerlaw, policy, profile, region),
        *(interval_region, interval_zero),
    ):
        monkeypatch.setattr(module, "rising_root", checked_root)
    for module in (lognormals, interval_fit):
        monkeypatch.setattr(module, "top", checked_top)
    yield seen
    assert seen


@pytest.mark.parametrize("more", [{}, LATE, ALL_LATE, BETWEEN, ALL_BETWEEN, LATE | BETWEEN])
def test_of_weibull_fits_and_their_regions(looks, more):
    weights = {"weight": [1.0, 2.0, 1.0, 1.0, 3.0, 1.0]}
    for asked in (AGES | more, AGES | more | weights):
        w = weibull(
            **asked,
            level=0.9,
            bounds="likelihood_ratio",
            fraction_failed=(0.1, 0.9),
            at_h=(2.0, 20.0),
        )
        assert w.status.tolist() == ["ok"]


def test_of_failures_between_two_ages_that_entered_late(looks):
    weibull(
        age_h=[4.0, 9.0, 15.0, 40.0],
        failed=[1, 1, 1, 0],
        entry_age_h=[1.0, 2.0, 5.0, 3.0],
        failed_after_h=[2.0, 2.0, 12.0, NAN],
        level=0.9,
        bounds="fisher",
    )


def test_of_a_lognormal_fit(looks):
    assert lognormals.lognormal(**AGES, level=0.9).status.tolist() == ["ok"]


@pytest.mark.parametrize("terminated", ["time", "failure"])
@pytest.mark.parametrize("start_h", [None, [0.0, 20.0, 44.9]])
def test_of_power_laws_and_their_factors(looks, terminated, start_h):
    ends = [50.0, 60.0, 45.0]
    last = ends if terminated == "failure" else [49.0, 59.0, 44.95]
    found = crow_amsaa(
        event_h=[3.0, 10.0, 25.0, 40.0, 30.0, *last],
        event_system=[0, 0, 0, 0, 1, 0, 1, 2],
        end_h=ends,
        start_h=start_h,
        terminated=terminated,
        level=0.9,
    )
    assert found.status.tolist() == ["ok"]
    for factors in (crow.time_factors, crow.failure_factors):
        factors(failures=np.array([2.0, 3.0, 8.0, 27.0, 400.0]), level=0.8)


def test_of_ages_of_replacement(looks):
    policy.age_replacement(
        shape=[1.2, 2.5, 6.0], scale_h=1000.0, planned_cost=1.0, failure_cost=[5.0, 3.0, 40.0]
    )


@pytest.mark.parametrize("c", [1e-4, 0.02, 0.5, 8.0])
def test_of_the_likelihood_of_rates_that_vary(c):
    """Along the best mean, against the logarithm of the squared variation."""
    alike = Groups(index=np.array([0, 0, 0, 0, 1, 1, 1]), groups=2)
    expected, failures = np.array([2.0, 1.5, 3.0, 0.5, 4.0, 0.01, 3.0]), np.arange(7.0)
    fleet = variation._fleet(expected, failures, alike)

    def along(log_c, of):
        mean = variation._best_mean(fleet, np.exp(log_c), np.zeros(2), 1e-14)
        return of(fleet, np.exp(log_c), mean)

    at, h = np.full(2, np.log(c)), 1e-4
    slope, bend = along(at, variation._profile)
    up, down = (along(at + by, variation._likelihood) for by in (h, -h))
    assert slope == pytest.approx((up - down) / (2.0 * h), rel=1e-5, abs=1e-9)
    up, down = (along(at + by, variation._profile)[0] for by in (h, -h))
    assert bend == pytest.approx((up - down) / (2.0 * h), rel=1e-5, abs=1e-9)


def test_newton_s_steps_find_a_root_in_few_looks():
    looks = []

    def square(x):
        looks.append(x)
        return x**2 - 2.0, 2.0 * x

    assert roots.rising_root(function=square, start=np.array([1.0])) == pytest.approx(2.0**0.5)
    assert len(looks) < 8
