"""Replacement, forecasts and spares against integrals and sums from their definitions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtri

from pumpperf.errors import ArgumentError
from pumpperf.reliability.replacement import (
    age_replacement,
    expected_failures,
    minimal_repair,
    spares,
)
from pumpperf.reliability.replacement.counts import quantiles
from pumpperf.reliability.weibull import weibull

INF, NAN = math.inf, float("nan")
SCALES = [1e-150, 1e-8, 1.0, 1e8, 1e150]


def near(expected, rel=1e-9):
    return pytest.approx(expected, rel=rel, abs=0.0, nan_ok=True)


def survival(age, shape):
    return math.exp(-(age**shape))


def cost_rate(age, shape, planned, failed):
    """Straight from the definition, the scale being 1."""
    survives = survival(age, shape)
    mean = quad(survival, 0.0, age, args=(shape,), epsabs=0.0, epsrel=1e-12)[0]
    return (planned * survives + failed * (1.0 - survives)) / mean


def policy(shape, planned, failed, scale=1.0):
    return age_replacement(shape=shape, scale_h=scale, planned_cost=planned, failure_cost=failed)


@given(shape=st.floats(1.05, 12.0), planned=st.floats(0.01, 5.0), failed=st.floats(0.01, 50.0))
def test_no_other_age_costs_less(shape, planned, failed):
    found = policy(shape, planned, failed)
    never = failed / math.gamma(1.0 + 1.0 / shape)
    assert found.run_to_failure_cost_per_h[0] == near(never)
    if found.status[0] == "run_to_failure":
        assert (found.age_h[0], found.saving_per_h[0], found.survival[0]) == (INF, 0.0, 0.0)
        best = never
    else:
        age, best = found.age_h[0], found.cost_per_h[0]
        assert best == near(cost_rate(age, shape, planned, failed))
        assert found.survival[0] == near(survival(age, shape))
        assert found.saving_per_h[0] == near(never - best, 1e-6)
        # At the best age the cost of waiting is that of the policy.
        hazard = shape * age ** (shape - 1.0)
        assert (failed - planned) * hazard == pytest.approx(best, rel=1e-7)
    assert found.cost_per_h[0] == near(best)
    for age in (0.1, 0.3, 0.6, 0.9, 1.2, 2.0):
        assert cost_rate(age, shape, planned, failed) >= best * (1.0 - 1e-12)


def test_where_no_age_pays_pumps_run_to_failure():
    found = policy([0.001, 0.7, 1.0, 3.0, 3.0, 1.01], 1.0, [5.0, 5.0, 5.0, 1.0, 0.5, 1.1])
    assert set(found.status.tolist()) == {"run_to_failure"}
    assert np.isinf(found.age_h).all()
    assert found.cost_per_h.tolist() == found.run_to_failure_cost_per_h.tolist()
    assert policy(1.0 + 1e-15, 1e-16, 1.0).status.tolist() == ["run_to_failure"]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("money", [1e-8, 1e8])
def test_units_of_time_and_money_only_scale(scale, money):
    plain, found = policy(2.5, 1.0, 5.0), policy(2.5, money, 5.0 * money, scale)
    assert found.age_h[0] == near(plain.age_h[0] * scale)
    assert found.cost_per_h[0] == near(plain.cost_per_h[0] * (money / scale))


@pytest.mark.parametrize("shape", [1.0 + 1e-6, 50.0, 1e3, 1e6])
def test_a_hundred_thousandth_of_the_cost_is_soon_spent(shape):
    found = policy(shape, 1e-5, 1.0)
    z = found.age_h[0] ** shape
    # For small z the left side is (shape - 1) z.
    if shape > 2.0:
        assert z == near(1e-5 / (1.0 - 1e-5) / (shape - 1.0), 1e-4)
    else:
        assert found.status.tolist() == ["run_to_failure"]


@given(shape=st.floats(1.01, 20.0), planned=st.floats(0.01, 9.0), failed=st.floats(0.01, 9.0))
def test_no_other_overhaul_costs_less(shape, planned, failed):
    found = minimal_repair(shape=shape, scale_h=10.0, planned_cost=planned, failure_cost=failed)

    def cost(age):
        return (planned + failed * (age / 10.0) ** shape) / age

    age = found.age_h[0]
    assert found.cost_per_h[0] == near(cost(age))
    assert found.failures[0] == near((age / 10.0) ** shape, 1e-8)
    for factor in (0.5, 0.99, 1.01, 2.0):
        assert cost(age * factor) > cost(age)


def test_what_does_not_wear_is_not_overhauled():
    found = minimal_repair(shape=[0.5, 1.0], scale_h=10.0, planned_cost=1.0, failure_cost=3.0)
    assert found.status.tolist() == ["no_overhaul"] * 2
    assert found.cost_per_h.tolist() == [0.0, 0.3]
    assert np.isinf(found.age_h).all()
    assert np.isinf(found.failures).all()


def counted(probabilities):
    """Distribution of the number of unlike chances that come true, one by one."""
    found = [1.0]
    for p in probabilities:
        found = [
            (found[k] * (1.0 - p) if k < len(found) else 0.0) + (found[k - 1] * p if k else 0.0)
            for k in range(len(found) + 1)
        ]
    return found


def bounds(probabilities, tail):
    below = np.cumsum(counted(probabilities))
    lower = next(s for s in range(len(below)) if below[s] > tail + 1e-12)
    upper = next(s for s in range(len(below)) if below[s] >= 1.0 - tail - 1e-12)
    return lower, upper


@given(
    sizes=st.lists(st.integers(0, 140), min_size=1, max_size=4),
    seed=st.integers(0, 99),
    tail=st.sampled_from([0.3, 0.05, 1e-4]),
)
def test_counts_of_unlike_chances_are_their_sums(sizes, seed, tail):
    draw = np.random.default_rng(seed)
    index = draw.permutation(np.repeat(np.arange(len(sizes)), sizes))
    chance = draw.choice([0.0, 1e-6, 0.01, 0.2, 0.5, 0.97, 1.0], index.size)
    lower, upper = quantiles(probability=chance, index=index, groups=len(sizes), tail=tail)
    for g in range(len(sizes)):
        if sizes[g]:
            assert (lower[g], upper[g]) == bounds(chance[index == g], tail)
        else:
            assert (lower[g], upper[g]) == (0.0, 0.0)


def test_many_chances_are_nearly_normal():
    chance = np.random.default_rng(1).uniform(0.0, 0.2, 20_000)
    lower, upper = quantiles(
        probability=chance, index=np.zeros(20_000, dtype=int), groups=1, tail=0.05
    )
    spread = math.sqrt((chance * (1.0 - chance)).sum())
    assert lower[0] == pytest.approx(chance.sum() - 1.6449 * spread, abs=1.0)
    assert upper[0] == pytest.approx(chance.sum() + 1.6449 * spread, abs=1.0)


PUMPS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 1e-8, 10.0, 500.0, 2000.0, 1e5]),
        st.sampled_from([0.3, 1.0, 1.7, 4.0]),
        st.sampled_from([800.0, 1500.0]),
        st.sampled_from([0.0, 1e-8, 30.0, 400.0]),
        st.integers(0, 2),
    ),
    max_size=9,
)


def forecast(pumps, **more):
    age, shape, scale, ahead, label = ([pump[k] for pump in pumps] for k in range(5))
    return expected_failures(
        age_h=age,
        shape=shape or 1.0,
        scale_h=scale or 1.0,
        horizon_h=ahead or 1.0,
        level=0.9,
        **{"by": label, **more},
    )


def hazard(age, shape, scale):
    return (age / scale) ** shape


@given(pumps=PUMPS)
def test_a_forecast_is_the_sum_of_its_pumps(pumps):
    found = forecast(pumps)
    assert found.group.tolist() == sorted({pump[4] for pump in pumps})
    for i, label in enumerate(found.group):
        own = [k for k, pump in enumerate(pumps) if pump[4] == label]
        for k in own:
            age, shape, scale, ahead, _ = pumps[k]
            if ahead < age:  # an integral, since the difference of hazards loses digits
                gained = quad(
                    lambda x, a=age, b=shape, s=scale: b / s * ((a + x) / s) ** (b - 1.0),
                    0.0,
                    ahead,
                    epsabs=0.0,
                    epsrel=1e-12,
                )[0]
            else:
                gained = hazard(age + ahead, shape, scale) - hazard(age, shape, scale)
            assert found.probability[k] == near(-math.expm1(-gained), 1e-8)
        chances = found.probability[own]
        assert found.expected[i] == near(math.fsum(chances), 1e-12)
        assert (found.lower[i], found.upper[i]) == bounds(chances, 0.05)
        assert found.pumps[i] == len(own)
        assert found.status[i] == "ok"
        assert math.isnan(found.standard_error[i])
        renewed = 0.0
        for k in own:
            _, shape, scale, ahead, _ = pumps[k]
            most = math.expm1(hazard(ahead, shape, scale))
            if shape >= 1.0:
                most = min(most, ahead / (scale * math.gamma(1.0 + 1.0 / shape)))
            renewed += found.probability[k] * most
        assert found.upper_renewals[i] == near(renewed)


def test_renewals_never_exceed_their_bound():
    # Renewal function of M = F + integral of M(t - u) dF(u), by steps of a thousandth.
    for shape in (0.6, 1.0, 2.5):
        steps = np.arange(1001) / 1000.0
        cdf = -np.expm1(-(steps**shape))
        renewals = np.zeros(1001)
        mass = np.diff(cdf)
        for k in range(1, 1001):
            renewals[k] = cdf[k] + renewals[k - 1 :: -1] @ mass[:k]
        found = forecast([(0.0, shape, 1.0, 1.0, 0)])
        further = renewals[:-1][::-1] @ mass
        assert further <= found.upper_renewals[0]


def test_a_weibull_fit_brings_the_covariance_that_a_forecast_takes():
    fit = weibull(
        age_h=[400.0, 700.0, 900.0, 1000.0, 300.0, 500.0],
        failed=[1, 1, 1, 0, 1, 1],
        by=["a", "a", "a", "a", "b", "b"],
        level=0.9,
        bounds="fisher",
    )
    for matrix, one, two, alike in zip(
        fit.covariance,
        fit.standard_error_log_shape,
        fit.standard_error_log_scale,
        fit.correlation,
        strict=True,
    ):
        expected = [[one * one, alike * one * two], [alike * one * two, two * two]]
        np.testing.assert_allclose(matrix, expected, rtol=1e-15)
    ages = {"age_h": [100.0, 100.0], "horizon_h": 200.0, "level": 0.9, "by": ["a", "b"]}
    known = {"shape": fit.shape, "scale_h": fit.scale_h}
    wide = expected_failures(**ages, **known, covariance=fit.covariance)
    assert (wide.standard_error > 0.0).all()
    np.testing.assert_array_equal(wide.expected, expected_failures(**ages, **known).expected)


@pytest.mark.parametrize("age", [0.0, 300.0])
def test_parameter_error_is_the_delta_method(age):
    pumps = [(age, 1.7, 800.0, 400.0, 0)] * 5 + [(2000.0, 4.0, 1500.0, 30.0, 0)]
    covariance = np.array([[0.04, -0.01], [-0.01, 0.09]])
    found = forecast(pumps, covariance=covariance)

    def moved(by_shape, by_scale):
        changed = [
            (a, b * math.exp(by_shape), s * math.exp(by_scale), x, g) for a, b, s, x, g in pumps
        ]
        return forecast(changed).expected[0]

    h = 1e-5
    slope = np.array(
        [(moved(h, 0) - moved(-h, 0)) / (2 * h), (moved(0, h) - moved(0, -h)) / (2 * h)]
    )
    error = math.sqrt(slope @ covariance @ slope)
    assert found.standard_error[0] == near(error, 1e-6)
    known = forecast(pumps)
    mean = found.expected[0]
    factor = math.exp(-ndtri(0.05) * error / mean)
    lower = mean - math.hypot(mean - known.lower[0], mean - mean / factor)
    upper = mean + math.hypot(known.upper[0] - mean, mean * factor - mean)
    assert (found.lower[0], found.upper[0]) == (
        max(0.0, math.floor(lower)),
        min(6.0, math.ceil(upper)),
    )
    exact = forecast(pumps, covariance=np.zeros((1, 2, 2)))
    assert (exact.lower[0], exact.upper[0]) == (known.lower[0], known.upper[0])
    assert exact.standard_error[0] == 0.0


def test_an_uncertain_shape_and_scale_widen_as_drawn_ones_do():
    draw = np.random.default_rng(3)
    covariance = np.array([[0.02, 0.005], [0.005, 0.03]])
    moved = draw.multivariate_normal([0.0, 0.0], covariance, 4000)
    ages = draw.uniform(0.0, 2000.0, 60)
    counts = []
    for by_shape, by_scale in moved:
        shape, scale = 1.5 * math.exp(by_shape), 3000.0 * math.exp(by_scale)
        p = -np.expm1(hazard(ages, shape, scale) - hazard(ages + 800.0, shape, scale))
        counts.append((draw.random(60) < p).sum())
    found = expected_failures(
        age_h=ages, shape=1.5, scale_h=3000.0, horizon_h=800.0, level=0.9, covariance=covariance
    )
    lower, upper = np.quantile(counts, [0.05, 0.95])
    assert found.lower[0] == pytest.approx(lower, abs=2.0)
    assert found.upper[0] == pytest.approx(upper, abs=2.0)
    assert np.mean((counts >= found.lower[0]) & (counts <= found.upper[0])) >= 0.9


def test_pumps_that_stand_still_half_the_time_age_half_as_much():
    half = forecast([(10.0, 1.7, 800.0, 400.0, 0)] * 3, operating_share=0.5)
    assert half.expected[0] == near(forecast([(10.0, 1.7, 800.0, 200.0, 0)] * 3).expected[0])
    none = forecast([(10.0, 1.7, 800.0, 400.0, 0)], operating_share=0.0, covariance=np.eye(2))
    assert (none.expected[0], none.upper[0], none.standard_error[0]) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("scale", SCALES)
def test_no_unit_of_time_changes_a_forecast(scale):
    pumps = [(300.0, 1.7, 800.0, 400.0, 0), (0.0, 0.5, 800.0, 30.0, 0)]
    found = forecast([(a * scale, b, s * scale, x * scale, g) for a, b, s, x, g in pumps])
    assert found.expected[0] == near(forecast(pumps).expected[0])


def test_what_is_sure_is_sure():
    found = forecast([(1e5, 9.0, 1.0, 1e5, 0), (0.0, 50.0, 1e-8, 1e8, 0)], covariance=np.eye(2))
    assert (found.expected[0], found.lower[0], found.upper[0]) == (2.0, 2.0, 2.0)


def test_no_pumps_fail_no_pump():
    found = expected_failures(age_h=[], shape=2.0, scale_h=1.0, horizon_h=1.0, level=0.9)
    assert found.status.tolist() == ["no_pumps"]
    assert (found.expected[0], found.lower[0], found.upper[0]) == (0.0, 0.0, 0.0)


def poisson(s, mean):
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(s + 1))


def clumped(s, mean, spread):
    size = mean / (spread - 1.0)
    return math.fsum(
        math.exp(
            math.lgamma(size + k) - math.lgamma(size) - math.lgamma(k + 1)
            - size * math.log(spread) + k * math.log1p(-1.0 / spread)
        )
        for k in range(s + 1)
    )  # fmt: skip


@given(mean=st.floats(0.01, 40.0), service=st.floats(0.01, 0.999), spread=st.floats(1.05, 6.0))
def test_one_spare_less_would_not_do(mean, service, spread):
    for found, met in (
        (spares(mean_demand=mean, service=service), lambda s: poisson(s, mean)),
        (
            spares(mean_demand=mean, service=service, dispersion=[spread]),
            lambda s: clumped(s, mean, spread),
        ),
    ):
        s = int(found.spares[0])
        assert found.met[0] == near(met(s), 1e-8)
        assert found.met[0] >= service
        assert found.met_with_one_less[0] == near(met(s - 1) if s else 0.0, 1e-8)
        assert found.met_with_one_less[0] < service


def test_demand_may_be_nothing_or_very_large():
    found = spares(mean_demand=[0.0, 1e9, 0.0, 5.0], service=0.95, dispersion=[1.0, 1.0, 3.0, 1.0])
    assert found.spares[[0, 2, 3]].tolist() == [0.0, 0.0, 9.0]
    assert found.met[0] == found.met[2] == 1.0
    assert found.spares[1] == near(1e9 + 1.6449 * math.sqrt(1e9), 1e-7)
    assert found.status.tolist() == ["no_demand", "ok", "no_demand", "ok"]
    assert spares(mean_demand=[], service=0.9).spares.size == 0


POLICY = {"shape": 2.0, "scale_h": 1.0, "planned_cost": 1.0, "failure_cost": 5.0}
FORECAST = {"age_h": [1.0, 2.0], "shape": 2.0, "scale_h": 9.0, "horizon_h": 3.0, "level": 0.9}


@pytest.mark.parametrize("function", [age_replacement, minimal_repair])
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"shape": 0.0}, r"shape\[0\] = 0.0: expected a number above 0"),
        ({"scale_h": [1.0, -1.0]}, r"scale_h\[1\] = -1.0"),
        ({"planned_cost": NAN}, r"planned_cost\[0\] = nan"),
        ({"failure_cost": INF}, r"failure_cost\[0\] = inf"),
        ({"shape": [1.0, 2.0], "scale_h": [1.0, 2.0, 3.0]}, r"lengths differ: 2 of shape, 3 of"),
    ],
)
def test_a_policy_refuses_what_cannot_be_meant(function, wrong, words):
    with pytest.raises(ArgumentError, match=words):
        function(**{**POLICY, **wrong})


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"age_h": [1.0, -2.0]}, r"age_h\[1\] = -2.0"),
        ({"shape": [1.0, 0.0]}, r"shape\[1\] = 0.0: expected a number above 0"),
        ({"scale_h": 0.0}, r"scale_h\[0\] = 0.0: expected a time above 0"),
        ({"shape": [1.0, 2.0, 3.0]}, r"shape has 3 entries: expected 1 or 2"),
        ({"operating_share": [0.5, 1.5]}, r"operating_share\[1\] = 1.5: expected a share up to 1"),
        ({"level": 1.0}, r"level = 1.0"),
        ({"by": ["a"]}, r"by has 1 labels for 2"),
        ({"covariance": [1.0, 2.0]}, r"covariance has shape \(2,\): expected \(2, 2\), or 1 such"),
        ({"covariance": [[1.0, 2.0], [2.0, 1.0]]}, r"covariance\[0\] = .*: expected a covariance"),
        ({"covariance": [[1.0, 0.1], [0.2, 1.0]]}, r"covariance\[0\]"),
        ({"covariance": [[NAN, 0.0], [0.0, 1.0]]}, r"covariance\[0\]"),
        ({"covariance": [[-1.0, 0.0], [0.0, 1.0]]}, r"covariance\[0\]"),
    ],
)
def test_a_forecast_refuses_what_cannot_be_meant(wrong, words):
    with pytest.raises(ArgumentError, match=words):
        expected_failures(**{**FORECAST, **wrong})


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"mean_demand": -1.0}, r"mean_demand\[0\] = -1.0"),
        ({"mean_demand": 1e13}, r"mean_demand\[0\] = 10000000000000.0: expected from 0.0 to"),
        ({"service": 1.0}, r"service\[0\] = 1.0"),
        ({"service": [0.5, 0.0]}, r"service\[1\] = 0.0"),
        ({"dispersion": 0.9}, r"dispersion\[0\] = 0.9: expected from 1.0 to"),
        ({"mean_demand": [1, 2], "service": [0.5] * 3}, r"lengths differ: 2 of mean_demand, 3 of"),
    ],
)
def test_a_stock_refuses_what_cannot_be_meant(wrong, words):
    with pytest.raises(ArgumentError, match=words):
        spares(**{"mean_demand": 5.0, "service": 0.9, **wrong})


@pytest.mark.parametrize("variance", [math.inf, math.nan, -1.0])
@pytest.mark.parametrize("place", [0, 1])
def test_a_variance_that_is_none_is_refused(variance, place):
    matrix = np.eye(2)
    matrix[place, place] = variance
    with pytest.raises(ArgumentError, match="expected a covariance"):
        forecast([(10.0, 1.7, 800.0, 400.0, 0)], covariance=matrix)
