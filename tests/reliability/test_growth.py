"""Power-law fits against their likelihood, their bounds against the laws they were derived from."""

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recurrent import ASKED, NAN, WRONG, WRONG_START, WRONG_TERMINATION, columns, fleets, split
from scipy.special import betainc, gammaincc, iv, kv

from pumpperf.errors import ArgumentError
from pumpperf.reliability.recurrence import (
    Growth,
    age_of_count_h,
    crow_amsaa,
    failure_forecast,
    growth_goodness,
)
from pumpperf.reliability.recurrence.crow import failure_factors, time_factors

LEVEL = st.floats(0.02, 0.999)
NUMBERS = [
    field.name
    for field in fields(Growth)
    if field.name not in {"group", "exact", "level", "terminated", "method", "status"}
]


def seen(systems):
    return [one for one in systems if one[2] > one[1]]


def likelihood(b, systems):
    """Profile log-likelihood of a shape, ages as shares of the latest end, the scale maximised."""
    latest = max(end for _, _, end, _ in systems)
    size = sum((end / latest) ** b - (start / latest) ** b for _, start, end, _ in systems)
    ages = [age / latest for *_, its in systems for age in its]
    n = len(ages)
    return n * math.log(n / size) + n * math.log(b) + (b - 1.0) * sum(map(math.log, ages)) - n


def maximum(systems):
    """Shape of the greatest likelihood: the best of a grid, then golden section."""
    grid = [10.0 ** (k / 10.0) for k in range(-40, 61)]
    best = max(range(len(grid)), key=lambda k: likelihood(grid[k], systems))
    low, high = math.log(grid[max(best - 1, 0)]), math.log(grid[min(best + 1, len(grid) - 1)])
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    for _ in range(80):
        left, right = high - golden * (high - low), low + golden * (high - low)
        if likelihood(math.exp(left), systems) < likelihood(math.exp(right), systems):
            low = left
        else:
            high = right
    return math.exp((low + high) / 2.0)


def score(b, systems):
    """n/b + sum ln t - n sum(T^b ln T - s^b ln s) / sum(T^b - s^b)."""
    latest = max(end for _, _, end, _ in systems)
    upper = [end / latest for _, _, end, _ in systems]
    lower = [start / latest for _, start, _, _ in systems if start > 0.0]
    ages = [age / latest for *_, its in systems for age in its]
    size = math.fsum(u**b for u in upper) - math.fsum(v**b for v in lower)
    tilt = math.fsum(u**b * math.log(u) for u in upper) - math.fsum(
        v**b * math.log(v) for v in lower
    )
    return len(ages) / b + math.fsum(map(math.log, ages)) - len(ages) * tilt / size


@given(systems=fleets())
def test_the_shape_is_where_the_likelihood_is_greatest(systems):
    growth = crow_amsaa(**columns(systems), terminated="time", level=0.9)
    for g, its in enumerate(map(seen, split(systems).values())):
        n = sum(len(one[3]) for one in its)
        status = growth.status[g]
        if status in {"no_exposure", "no_failures", "all_at_end", "no_shape"}:
            assert (not its) == (status == "no_exposure")
            assert (bool(its) and not n) == (status == "no_failures")
            assert np.isnan([growth.shape[g], growth.mtbf_h[g], growth.upper_mtbf_h[g]]).all()
            if status == "no_shape":
                least = likelihood(1e-4, its) + 1e-9 * n
                assert all(likelihood(b, its) < least for b in (1e-2, 1.0))
            if status == "all_at_end":
                assert all(age == growth.end_h[g] for *_, ages in its for age in ages)
            continue
        b = growth.shape[g]
        assert b > 0.0
        if 1e-3 < b < 50.0:
            width = 1e-9 if b > 0.01 else 1e-6
            assert score(b * (1.0 - width), its) > 0.0 > score(b * (1.0 + width), its)
            assert likelihood(b, its) >= likelihood(maximum(its), its) - 1e-9 * n
        latest = max(end for _, _, end, _ in its)
        size = sum((end / latest) ** b - (start / latest) ** b for _, start, end, _ in its)
        if b < 1e3:
            assert growth.expected[g] == pytest.approx(n / size, rel=1e-9)
        assert growth.mtbf_h[g] * growth.expected[g] * b == pytest.approx(latest, rel=1e-12)
        assert growth.lower_shape[g] < b < growth.upper_shape[g]
        assert growth.lower_mtbf_h[g] < growth.mtbf_h[g] < growth.upper_mtbf_h[g]
        level_ends = {end for _, _, end, _ in its} == {latest} and not any(one[1] for one in its)
        assert growth.exact[g] == level_ends
        assert (status == "one_failure") == (n == 1 and level_ends)
        assert math.isnan(growth.corrected_shape[g]) == (n == 1 or not level_ends)


@given(systems=fleets(), data=st.data())
def test_groups_are_as_if_each_were_alone(systems, data):
    settled = {"terminated": "time", "level": data.draw(LEVEL)}
    together = crow_amsaa(**columns(systems), **settled)
    for g, its in enumerate(split(systems).values()):
        alone = crow_amsaa(**columns(its, by=False), **settled)
        assert together.status[g] == alone.status[0]
        for name in NUMBERS:
            one, other = getattr(together, name)[g], getattr(alone, name)[0]
            assert one == pytest.approx(other, rel=1e-9, abs=1e-12, nan_ok=True), name


@given(systems=fleets(late=False, failure=True, most=4))
def test_a_watch_that_ends_with_a_failure(systems):
    growth = crow_amsaa(**columns(systems), terminated="failure", level=0.9)
    for g, its in enumerate(split(systems).values()):
        ages = [age for *_, ages in its for age in ages]
        if len(its) > 1:
            assert not growth.exact[g]
            assert math.isnan(growth.corrected_shape[g])
            continue
        n, total = len(ages), sum(math.log(max(ages) / age) for age in ages)
        if n == 1 or total == 0.0:
            assert growth.status[g] == ("one_failure" if n == 1 else "all_at_end")
            assert math.isnan(growth.lower_mtbf_h[g])
            continue
        assert growth.exact[g]
        assert growth.status[g] == ("two_failures" if n == 2 else "ok")
        assert growth.shape[g] == pytest.approx(n / total, rel=1e-12)
        corrected = (n - 2) / total if n > 2 else NAN
        assert growth.corrected_shape[g] == pytest.approx(corrected, rel=1e-12, nan_ok=True)
        # 2 total times the true shape is chi-square of 2(n - 1) degrees.
        assert gammaincc(n - 1, total * growth.lower_shape[g]) == pytest.approx(0.95, rel=1e-9)
        assert gammaincc(n - 1, total * growth.upper_shape[g]) == pytest.approx(0.05, rel=1e-9)


def below_or_at(x, k):
    """H(x|k) of Crow, term by term."""
    terms = [
        (x / 2.0) ** (2 * j - 1) / math.factorial(j - 1) / math.factorial(j)
        for j in range(1, k + 1)
    ]
    return math.fsum(terms) / iv(1, x)


@given(n=st.integers(1, 60), level=LEVEL)
def test_factors_of_a_dated_end_solve_crow_s_equations(n, level):
    lower, upper = (float(f[0]) for f in time_factors(failures=np.array([n * 1.0]), level=level))
    tail = (1.0 - level) / 2.0
    assert below_or_at(2.0 * n / math.sqrt(lower), n) == pytest.approx(tail, rel=1e-9)
    if n == 1:
        assert math.isinf(upper)
    else:
        above = 1.0 - below_or_at(2.0 * n / math.sqrt(upper), n - 1)
        assert above == pytest.approx(tail, rel=1e-9, abs=1e-13)


@given(n=st.integers(2, 40), level=LEVEL)
def test_factors_of_a_last_failure_are_quantiles_of_a_product_of_gammas(n, level):
    lower, upper = (float(f[0]) for f in failure_factors(failures=np.array([n * 1.0]), level=level))

    def above(x):
        # P(V Y > x): the Poisson sum of P(V > x/y), averaged over Y ~ gamma(n - 1).
        w = 2.0 * math.sqrt(x)
        return math.fsum(
            2.0
            * math.exp((n - 1 + j) / 2.0 * math.log(x) - math.lgamma(j + 1) - math.lgamma(n - 1))
            * kv(abs(n - 1 - j), w)
            for j in range(n)
        )

    tail = (1.0 - level) / 2.0
    assert above(n * n / lower) == pytest.approx(tail, rel=1e-9)
    assert 1.0 - above(n * n / upper) == pytest.approx(tail, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(
    ("n", "level", "lower", "upper"),
    [
        # MIL-HDBK-189 (1981), confidence intervals for MTBF from type II testing (from memory).
        (2, 0.80, 0.8065, 33.76),
        (2, 0.90, 0.5552, 72.67),
        (2, 0.95, 0.4099, 151.5),
        (2, 0.98, 0.2944, 389.9),
        (3, 0.80, 0.6840, 8.927),
        (5, 0.90, 0.5290, 5.424),
    ],
)
def test_factors_of_a_last_failure_are_those_of_the_handbook(n, level, lower, upper):
    found = failure_factors(failures=np.array([n * 1.0]), level=level)
    assert [float(f[0]) for f in found] == pytest.approx([lower, upper], rel=5e-4)


def test_factors_hold_far_out_and_of_many_failures():
    n = np.array([1e9, 2.0, 30.0, 1e5])
    for factors in (time_factors, failure_factors):
        lower, upper = factors(failures=n, level=0.9)
        assert upper[[0, 3]] == pytest.approx(np.exp(1.644854 * np.sqrt(2.0 / n[[0, 3]])), rel=1e-4)
        lower, upper = factors(failures=n, level=1.0 - 1e-16)
        assert (np.diff(lower[[1, 2, 3, 0]]) > 0.0).all()
        assert (np.diff(upper[[1, 2, 3, 0]]) < 0.0).all()
        assert np.isfinite(upper).all()
    many = np.arange(2.0, 900.0)
    together, _ = time_factors(failures=many, level=0.95)
    assert together[[0, 400, -1]] == pytest.approx(
        [float(time_factors(failures=many[[k]], level=0.95)[0][0]) for k in (0, 400, -1)], rel=1e-12
    )


def simulated(rng, size, failure):
    """Ages of many systems of shape 0.6, 12 failures each on average, in 1000 h."""
    n = np.full(size, 12) if failure else rng.poisson(12.0, size)
    owner = np.repeat(np.arange(size), n)
    if failure:
        arrivals = np.cumsum(rng.exponential(1.0, (size, 12)), axis=1)
        age = 1000.0 * (arrivals / 12.0) ** (1.0 / 0.6)
        return age.ravel(), owner, age[:, -1]
    return 1000.0 * rng.random(owner.size) ** (1.0 / 0.6), owner, np.full(size, 1000.0)


@pytest.mark.parametrize("failure", [False, True])
def test_bounds_hold_as_often_as_they_say(failure):
    size = 20_000
    age, owner, end = simulated(np.random.default_rng(11), size, failure)
    growth = crow_amsaa(
        event_h=age,
        event_system=owner,
        end_h=end,
        terminated="failure" if failure else "time",
        level=0.8,
        by=np.arange(size),
    )
    true = end / (0.6 * 12.0 * (end / 1000.0) ** 0.6)
    shapes = np.mean((growth.lower_shape < 0.6) & (growth.upper_shape > 0.6))
    assert shapes == pytest.approx(0.8, abs=0.01)
    held = np.mean((growth.lower_mtbf_h < true) & (growth.upper_mtbf_h > true))
    # A count is whole: after a dated end the bounds hold somewhat more often.
    assert 0.79 < held < (0.81 if failure else 0.88)
    assert np.nanmean(growth.corrected_shape) == pytest.approx(0.6, abs=0.01)


def test_a_forecast_holds_as_often_as_it_says():
    size, rng = 20_000, np.random.default_rng(12)
    age, owner, end = simulated(rng, size, failure=False)
    growth = crow_amsaa(
        event_h=age, event_system=owner, end_h=end, terminated="time", level=0.8, by=np.arange(size)
    )
    forecast = failure_forecast(growth=growth, ahead_h=1000.0, level=0.8)
    came = rng.poisson(12.0 * (2.0**0.6 - 1.0), size)
    inside = (forecast.lower <= came) & (came <= forecast.upper)
    assert 0.8 < np.mean(inside[growth.failures > 2]) < 0.9


@given(systems=fleets(), ahead=st.floats(0.0, 5.0), level=LEVEL)
def test_a_forecast_is_the_quantile_of_its_law(systems, ahead, level):
    growth = crow_amsaa(**columns(systems, by=False), terminated="time", level=0.9)
    hours = ahead * float(np.nan_to_num(growth.end_h[0], nan=1.0))
    forecast = failure_forecast(growth=growth, ahead_h=hours, level=level)
    expected, b = forecast.expected[0], growth.shape[0]
    assert forecast.status[0] == growth.status[0]
    if math.isnan(b):
        assert np.isnan([expected, forecast.lower[0], forecast.upper[0]]).all()
        return
    if b * math.log1p(ahead) < 50.0:
        plain = growth.expected[0] * ((1.0 + ahead) ** b - 1.0)
        assert expected == pytest.approx(plain, rel=1e-9, abs=1e-12)
    if not 0.0 < expected < 300.0:
        return
    # The likeliest count moves with b: the delta method by a difference in place of the slope.
    n, h = growth.failures[0], 1e-6

    def log_count(shape):
        its = seen(systems)
        latest = growth.end_h[0]
        size = sum((one[2] / latest) ** shape - (one[1] / latest) ** shape for one in its)
        return math.log(math.expm1(shape * math.log1p(ahead))) - math.log(size)

    if ahead < 1e-3 or not 0.05 < b < 20.0:
        return
    slope = (log_count(b * (1 + h)) - log_count(b * (1 - h))) / (2.0 * h * b)
    size = 1.0 / (1.0 / n + (slope * growth.standard_error_shape[0]) ** 2)
    chance = size / (size + expected)
    tail = (1.0 - level) / 2.0
    law, total, k = size * math.log(chance), 0.0, 0
    limits = []
    while len(limits) < 2 and k < 1_000_000:
        total += math.exp(law)
        wanted = tail if not limits else 1.0 - tail
        if total >= wanted * (1.0 - 1e-7):
            limits.append((k, abs(total - wanted) < 1e-6))
            if len(limits) == 1:
                total -= math.exp(law)
                continue
        law += math.log((size + k) / (k + 1.0) * (1.0 - chance))
        k += 1
    for found, (limit, close) in zip((forecast.lower[0], forecast.upper[0]), limits, strict=True):
        assert found == limit or (close and abs(found - limit) <= 1)


def test_a_forecast_of_no_time_and_of_a_count():
    growth = crow_amsaa(**ASKED, terminated="time", level=0.9, by=["a", "b"])
    none = failure_forecast(growth=growth, ahead_h=0.0, level=0.9)
    assert [none.expected.tolist(), none.lower.tolist(), none.upper.tolist()] == [[0.0, 0.0]] * 3
    ages = age_of_count_h(growth=growth, count=[1.0, 2.0])
    doubled = failure_forecast(growth=growth, ahead_h=ages - growth.end_h, level=0.9)
    assert ages[0] == pytest.approx(8.0)
    assert doubled.expected == pytest.approx([0.0, 1.0], abs=1e-12)
    slow = crow_amsaa(**(ASKED | {"event_h": [1.0, 1.0]}), terminated="time", level=0.9)
    assert age_of_count_h(growth=slow, count=1e300).tolist() == [math.inf]
    beyond = failure_forecast(growth=growth, ahead_h=1e308, level=0.9)
    assert beyond.expected.tolist() == [math.inf] * 2
    assert np.isnan([beyond.lower, beyond.upper]).all()
    near, far = (
        failure_forecast(growth=slow, ahead_h=slow.end_h * span, level=0.9)
        for span in (0.99 * 1e12 ** (1.0 / slow.shape[0]), 1.01 * 1e12 ** (1.0 / slow.shape[0]))
    )
    assert near.expected[0] < 1e12 < far.expected[0] or slow.expected[0] != 1.0
    assert far.upper / far.expected == pytest.approx(near.upper / near.expected, rel=0.02)
    assert far.lower / far.expected == pytest.approx(near.lower / near.expected, rel=0.02)


def test_the_search_of_a_forecast_ends_at_the_quantile_however_many_are_expected():
    rng, size = np.random.default_rng(5), 300
    counts = rng.integers(1, 40, size)
    growth = crow_amsaa(
        event_h=rng.random(counts.sum()) * 900.0 + 1.0,
        event_system=np.repeat(np.arange(size), counts),
        end_h=np.full(size, 1000.0),
        terminated="time",
        level=0.9,
        by=np.arange(size),
    )
    for ahead, level in ((1e-300, 0.9), (1e-8, 0.9), (50.0, 0.2), (1e5, 0.9), (1e6, 0.999)):
        found = failure_forecast(growth=growth, ahead_h=ahead, level=level)
        mean, longer = found.expected, np.log1p(ahead / 1000.0)
        if ahead < 1e-3:
            assert not np.any([found.lower, found.upper])
            continue
        tilt = longer / -np.expm1(-growth.shape * longer)
        law_size = 1.0 / (1.0 / counts + (tilt * growth.standard_error_shape) ** 2)
        chance = law_size / (law_size + mean)

        def below(k, law_size=law_size, chance=chance):
            return np.where(k < 0.0, 0.0, betainc(law_size, np.maximum(k, 0.0) + 1.0, chance))

        own, tail = mean < 1e9, (1.0 - level) / 2.0
        for k, share in ((found.lower, tail), (found.upper, 1.0 - tail)):
            assert (below(k)[own] >= share - 1e-9).all()
            assert (below(k - 1.0)[own] < share + 1e-9).all()


def test_the_slope_of_the_expected_count_is_its_slope():
    asked = {"event_h": [3.0, 10.0, 18.0, 44.0, 70.0, 15.0], "event_system": [0] * 5 + [1]}
    growth = crow_amsaa(**asked, end_h=[100.0, 20.0], terminated="time", level=0.9)
    b, h = growth.shape[0], 1e-6
    low, high = (math.log(6.0 / (1.0 + 0.2**shape)) for shape in (b - h, b + h))
    assert growth.expected[0] == pytest.approx(6.0 / (1.0 + 0.2**b))
    assert growth.expected_slope[0] == pytest.approx((high - low) / (2.0 * h), rel=1e-6)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda g: failure_forecast(growth=g, ahead_h=[1, 2, 3], level=0.9),
            "3 entries: expected 1 or 2",
        ),
        (lambda g: failure_forecast(growth=g, ahead_h=-1.0, level=0.9), r"ahead_h\[0\] = -1.0"),
        (lambda g: failure_forecast(growth=g, ahead_h=1.0, level=1.0), "level = 1.0"),
        (lambda g: age_of_count_h(growth=g, count=[1, 2, 3]), "3 entries: expected 1 or 2"),
        (lambda g: age_of_count_h(growth=g, count=[1, 0]), r"count\[1\] = 0.0: expected above 0"),
    ],
)
def test_a_forecast_names_what_is_wrong(call, message):
    growth = crow_amsaa(**ASKED, terminated="time", level=0.9, by=["a", "b"])
    with pytest.raises(ArgumentError, match=message):
        call(growth)


@given(systems=fleets(late=False), failure=st.booleans())
def test_goodness_is_the_sum_of_its_definition(systems, failure):
    if failure:
        systems = [(*one[:3], [*one[3], one[2]]) for one in systems if one[2] > 0.0]
    found = growth_goodness(
        **columns(systems, late=False), terminated="failure" if failure else "time", alpha=0.1
    )
    for g, its in enumerate(split(systems).values()):
        shares = []
        for _, _, end, ages in its:
            counted = sorted(ages)[:-1] if failure else ages
            shares += [age / end for age in counted]
        shares.sort()
        m, total = len(shares), -sum(map(math.log, shares))
        assert found.used[g] == m
        if found.status[g] != "ok":
            assert np.isnan([found.statistic[g], found.critical[g], found.shape[g]]).all()
            assert m < 2 or total == 0.0
            continue
        b = (m - 1) / total
        terms = [(s**b - (2 * i + 1) / (2 * m)) ** 2 for i, s in enumerate(shares)]
        assert found.shape[g] == pytest.approx(b, rel=1e-9)
        assert found.statistic[g] == pytest.approx(1.0 / (12 * m) + math.fsum(terms), rel=1e-9)


@pytest.mark.parametrize("alpha", [0.2, 0.1, 0.05, 0.01])
@pytest.mark.parametrize("m", [2, 5, 20, 45])
def test_critical_values_are_passed_as_often_as_they_say(m, alpha):
    size = 20_000
    found = growth_goodness(
        event_h=np.random.default_rng(m).random(size * m),
        event_system=np.repeat(np.arange(size), m),
        end_h=np.ones(size),
        terminated="time",
        alpha=alpha,
        by=np.arange(size),
    )
    # The table has three digits, of which its first row needs more.
    slack = 0.016 if m == 2 else 0.008
    assert np.mean(found.statistic > found.critical) == pytest.approx(alpha, abs=slack)


def test_no_other_alpha_is_in_the_table():
    with pytest.raises(ArgumentError, match=r"alpha = 0.02: expected one of 0.2, 0.15"):
        growth_goodness(**ASKED, terminated="time", alpha=0.02)


@pytest.mark.parametrize(
    ("change", "message"),
    [*WRONG, *WRONG_START, *WRONG_TERMINATION, ({"level": 0.0}, "level = 0.0: expected")],
)
def test_what_is_wrong_is_named(change, message):
    with pytest.raises(ArgumentError, match=message):
        crow_amsaa(**({"terminated": "time", "level": 0.9} | ASKED | change))
