"""Comparisons, priors and fleets of failure rates against plain sums from their definitions."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import gammainc, gammaincc, gammaln

from pumpperf.errors import ArgumentError
from pumpperf.reliability.rates.bayes import gamma_poisson, marginal_log_likelihood, prior_from_mtbf
from pumpperf.reliability.rates.bounds import mtbf
from pumpperf.reliability.rates.comparison import over_dispersion, rate_comparison
from pumpperf.reliability.rates.demonstration import demonstration_time, success_run_size
from pumpperf.reliability.rates.empirical import empirical_bayes
from pumpperf.reliability.rates.exposures import exposures
from pumpperf.reliability.rates.multi_sample import oreda

NAN, INF = float("nan"), math.inf
SCALES = [1e-150, 1e-8, 1.0, 1e8, 1e150]
SIDED = st.sampled_from(["two", "lower", "upper"])
LEVEL = st.floats(0.02, 0.999)


def near(expected, rel=1e-9):
    return pytest.approx(expected, rel=rel, abs=0.0, nan_ok=True)


def binomial(n, x, share):
    return math.comb(n, x) * share**x * (1.0 - share) ** (n - x)


def at_least(n, x, share):
    return math.fsum(binomial(n, k, share) for k in range(x, n + 1))


def at_most(n, x, share):
    return math.fsum(binomial(n, k, share) for k in range(x + 1))


def compared(first_h, first, second_h, second, level=0.9, sided="two", **more):
    return rate_comparison(
        operating_h=first_h,
        failures=first,
        against_operating_h=second_h,
        against_failures=second,
        level=level,
        sided=sided,
        **more,
    )


COUNT = st.integers(0, 25)
HOURS = st.floats(0.1, 1e4)


@given(a=COUNT, b=COUNT, one=HOURS, two=HOURS, level=LEVEL, sided=SIDED)
def test_ratio_bounds_leave_what_the_level_leaves(a, b, one, two, level, sided):
    found = compared(one, a, two, b, level, sided)
    tail = (1.0 - level) / 2.0 if sided == "two" else 1.0 - level
    lower, upper = found.lower_ratio[0], found.upper_ratio[0]
    assert math.isnan(lower) is (sided == "upper")
    assert math.isnan(upper) is (sided == "lower")
    if not math.isnan(lower):
        share = one * lower / (one * lower + two)
        assert lower == 0.0 if a == 0 else at_least(a + b, a, share) == pytest.approx(tail)
    if not math.isnan(upper):
        share = 1.0 if upper == INF else one * upper / (one * upper + two)
        assert upper == INF if b == 0 else at_most(a + b, a, share) == pytest.approx(tail)


@given(a=COUNT, b=COUNT, one=HOURS, two=HOURS, sided=SIDED)
def test_the_test_is_the_sum_over_splits_as_uneven(a, b, one, two, sided):
    share = one / (one + two)
    tails = {"lower": at_least(a + b, a, share), "upper": at_most(a + b, a, share)}
    wanted = tails.get(sided, min(1.0, 2.0 * min(tails.values())))
    assert compared(one, a, two, b, sided=sided).p_value[0] == near(wanted)


def test_each_zero_has_its_status():
    found = compared(
        [10.0] * 5 + [0.0], [2, 0, 2, 0, 2, 1], [20.0] * 4 + [0.0, 20.0], [1, 1, 0, 0, 1, 1]
    )
    assert found.status.tolist() == [
        "ok",
        "no_failures",
        "no_failures_against",
        "no_failures_at_all",
        "no_exposure",
        "no_exposure",
    ]
    assert found.ratio.tolist() == near([4.0, 0.0, NAN, NAN, NAN, NAN])
    assert found.lower_ratio[1:].tolist()[0] == 0.0
    assert found.upper_ratio[2:4].tolist() == [INF, INF]
    assert found.p_value[3] == 1.0
    assert np.isnan(found.p_value[4:]).all()
    assert found.group is None


def test_a_comparison_of_groups_is_one_of_sums():
    found = compared([5.0, 7, 5], [1, 2, 3], [2.0, 4, 8], [1, 1, 0], by=["b", "a", "b"])
    by_hand = compared([7.0, 10], [2, 4], [4.0, 10], [1, 1])
    assert found.group.tolist() == ["a", "b"]
    assert found.ratio.tolist() == by_hand.ratio.tolist()
    assert found.p_value.tolist() == by_hand.p_value.tolist()


@pytest.mark.parametrize("scale", SCALES)
def test_no_unit_of_time_changes_a_ratio(scale):
    found, plain = compared(3 * scale, 4, 5 * scale, 2), compared(3.0, 4, 5.0, 2)
    assert found.lower_ratio[0] == near(plain.lower_ratio[0])
    assert found.upper_ratio[0] == near(plain.upper_ratio[0])
    opposite = compared(5e150, 4, 5e-150, 2)
    assert 0.0 < opposite.lower_ratio[0] < opposite.upper_ratio[0] < 1e-290


PUMPS = st.lists(
    st.tuples(st.sampled_from([0.0, 1e-8, 1.0, 7.0, 1e3]), st.integers(0, 6), st.integers(0, 3)),
    max_size=14,
)


def each(pumps):
    return {
        "operating_h": [hours for hours, *_ in pumps],
        "failures": [count for _, count, _ in pumps],
        "by": [label for *_, label in pumps],
    }


def alone(pumps, label):
    return {
        "operating_h": [hours for hours, _, own in pumps if own == label],
        "failures": [count for _, count, own in pumps if own == label],
    }


def plain_status(pumps, label, one, rest):
    mine = [(hours, count) for hours, count, own in pumps if own == label]
    if any(count and not hours for hours, count in mine):
        return "failure_without_exposure"
    if not any(hours for hours, _ in mine):
        return "no_exposure"
    if not any(count for _, count in mine):
        return "no_failures"
    return one if sum(hours > 0 for hours, _ in mine) == 1 else rest


@given(pumps=PUMPS)
def test_dispersion_is_the_sum_by_hand(pumps):
    found = over_dispersion(**each(pumps))
    for i, label in enumerate(found.group):
        ran = [(hours, count) for hours, count, own in pumps if own == label and hours]
        assert found.status[i] == plain_status(pumps, label, "one_pump", "ok")
        if found.status[i] != "ok":
            assert math.isnan(found.index[i])
            assert math.isnan(found.variance_ratio[i])
            continue
        total_h = math.fsum(hours for hours, _ in ran)
        total = sum(count for _, count in ran)
        index = math.fsum(
            (count - total * hours / total_h) ** 2 / (total * hours / total_h)
            for hours, count in ran
        )
        assert found.index[i] == pytest.approx(index, rel=1e-9, abs=1e-25)
        assert found.variance_ratio[i] == near(found.index[i] / (len(ran) - 1))
        assert found.p_value[i] == near(gammaincc((len(ran) - 1) / 2, index / 2), 1e-6)
        assert found.rate_per_h[i] == near(total / total_h)


def test_the_smallest_sample_is_the_smallest():
    for share, level, allowed in [(0.9, 0.9, 0), (0.5, 0.99, 3), (0.99, 0.5, 2), (0.2, 0.1, 1)]:
        n = int(success_run_size(reliability=share, level=level, failures=allowed)[0])
        assert at_most(n, allowed, 1.0 - share) <= 1.0 - level
        assert n - 1 <= allowed or at_most(n - 1, allowed, 1.0 - share) > 1.0 - level
    assert success_run_size(reliability=[], level=0.9, failures=0).size == 0
    # 0.9 squared is 0.81 but for rounding.
    assert success_run_size(reliability=0.9, level=0.19, failures=0)[0] == 2.0
    far = success_run_size(reliability=1.0 - 2.0**-53, level=0.9, failures=0)[0]
    assert far == near(math.log(10.0) * 2.0**53, 1e-6)


@given(r=st.integers(0, 5), a=st.floats(0.1, 50.0), b=st.floats(0.0, 1e3), level=LEVEL)
def test_a_demonstration_ends_where_the_posterior_says_so(r, a, b, level):
    plan = demonstration_time(mtbf_h=200, failures=r, prior_shape=a, prior_h=b, level=level)
    if plan.status[0] == "ok":
        met = gammainc(a + r, (b + plan.operating_h[0]) / 200.0)
        assert met == pytest.approx(level, abs=1e-9)
    else:
        assert plan.operating_h[0] == 0.0
        assert gammainc(a + r, b / 200.0) >= level - 1e-9


def test_the_handbook_s_posterior():
    found = gamma_poisson(
        operating_h=1909, failures=2, prior_shape=2, prior_h=1400, level=0.9, sided="two"
    )
    assert (found.shape[0], found.posterior_h[0]) == (4.0, 3309.0)
    assert found.lower_mtbf_h[0] == pytest.approx(426.8, abs=0.1)
    assert found.upper_mtbf_h[0] == pytest.approx(2422.0, abs=1.0)
    assert found.rate_per_h[0] == near(4.0 / 3309.0)
    assert found.lower_rate_per_h[0] * found.upper_mtbf_h[0] == near(1.0)


def test_a_posterior_without_prior_is_the_chi_square_bound():
    given_ = {"operating_h": [800.0, 0, 500], "failures": [2, 0, 0], "level": 0.9}
    found = gamma_poisson(prior_shape=0, prior_h=0, sided="two", **given_)
    classical = mtbf(sided="two", terminated="failure", level=0.9, operating_h=800, failures=2)
    assert found.lower_mtbf_h[0] == near(classical.lower_mtbf_h[0])
    assert found.upper_mtbf_h[0] == near(classical.upper_mtbf_h[0])
    assert found.status.tolist() == ["ok", "no_exposure", "no_failures"]
    assert np.isnan(found.mtbf_h[1:]).all()
    assert np.isnan(found.rate_per_h[1:]).all()


def test_one_sided_posteriors_leave_the_other_side_out():
    given_ = {"operating_h": [3.0, 4], "failures": [1, 0], "prior_shape": [1, 2], "prior_h": [1, 2]}
    lower = gamma_poisson(level=0.8, sided="lower", **given_)
    upper = gamma_poisson(level=0.8, sided="upper", **given_)
    assert np.isnan(lower.upper_mtbf_h).all()
    assert np.isnan(upper.lower_mtbf_h).all()
    assert gammainc(2.0, 4.0 / lower.lower_mtbf_h[0]) == near(0.8)
    assert gammainc(2.0, 6.0 / upper.upper_mtbf_h[1]) == near(0.2)


def test_a_posterior_of_groups_is_one_of_sums():
    given_ = {"prior_shape": 1, "prior_h": 2.0, "level": 0.9, "sided": "two"}
    found = gamma_poisson(operating_h=[1.0, 2, 3], failures=[1, 0, 2], by=[1, 0, 1], **given_)
    by_hand = gamma_poisson(operating_h=[2.0, 4], failures=[0, 3], **given_)
    assert found.mtbf_h.tolist() == by_hand.mtbf_h.tolist()
    assert found.group.tolist() == [0, 1]


@given(spread=st.floats(1.0002, 1e5), scale=st.sampled_from(SCALES))
def test_a_judged_prior_says_what_was_judged(spread, scale):
    shape, prior_h = prior_from_mtbf(mtbf50_h=[spread * scale], mtbf05_h=[scale])
    assert gammainc(shape[0], prior_h[0] / (spread * scale)) == pytest.approx(0.5, abs=1e-9)
    assert gammainc(shape[0], prior_h[0] / scale) == pytest.approx(0.95, abs=1e-9)


@pytest.mark.parametrize("shape", [0.3, 900.0, 1100.0, 1e6, 1e10, 1e15])
def test_a_narrow_gamma_loses_no_digits_of_the_likelihood(shape):
    hours, failures, prior_h = 700.0, 12, shape * 55.0
    product = math.fsum(math.log1p(j / shape) for j in range(failures))
    wanted = product + failures * math.log(shape * hours / (prior_h + hours))
    wanted -= shape * math.log1p(hours / prior_h) + math.lgamma(failures + 1.0)
    found = marginal_log_likelihood(
        operating_h=hours, failures=failures, prior_shape=shape, prior_h=prior_h
    )
    assert found[0] == pytest.approx(wanted, rel=1e-11)


def test_the_marginal_likelihood_is_the_integral_over_rates():
    a, b, hours, count = 1.7, 2.3, 3.1, 4
    rate = (np.arange(400_000) + 0.5) * 1e-4
    log = (
        a * math.log(b) - gammaln(a) + (a - 1) * np.log(rate) - b * rate
        + count * np.log(rate * hours) - rate * hours - gammaln(count + 1)
    )  # fmt: skip
    found = marginal_log_likelihood(
        operating_h=[hours] * 2, failures=[count] * 2, prior_shape=a, prior_h=[b, b]
    )
    assert found[0] == near(2.0 * math.log(np.exp(log).sum() * 1e-4), 1e-7)
    assert marginal_log_likelihood(
        operating_h=0, failures=1, prior_shape=1, prior_h=1
    ).tolist() == [-INF]


def log_likelihood(hours, counts, c, mean):
    """Of rates with squared variation c, less what no parameter changes; c = 0 is one rate."""
    found = 0.0
    for own_h, count in zip(hours, counts, strict=True):
        x = mean * own_h
        found += count * math.log(x)
        found += math.fsum(math.log1p(c * j) for j in range(count))
        found -= x if c == 0.0 else (1.0 / c + count) * math.log1p(c * x)
    return found


def best_mean(hours, counts, c):
    """By halving; the slope of the likelihood against the mean has one sign change."""
    low, high = 1e-12, 1e12
    for _ in range(200):
        mean = math.sqrt(low * high)
        slope = math.fsum(
            (count - mean * own_h) / (1.0 + c * mean * own_h)
            for own_h, count in zip(hours, counts, strict=True)
        )
        low, high = (mean, high) if slope > 0.0 else (low, mean)
    return math.sqrt(low * high)


def profile(hours, counts, c):
    return log_likelihood(hours, counts, c, best_mean(hours, counts, c))


FLEETS = st.lists(
    st.tuples(st.sampled_from([0.01, 0.3, 1.0, 2.0, 40.0]), st.integers(0, 9), st.just(0)),
    min_size=2,
    max_size=7,
).filter(lambda pumps: any(count for _, count, _ in pumps))


@example(pumps=[(0.01, 3, 0), (1.0, 4, 0), (1.0, 5, 0), (1.0, 6, 0), (2.0, 6, 0)])  # two tops
@given(pumps=FLEETS)
def test_no_other_gamma_makes_the_counts_more_probable(pumps):
    given_ = alone(pumps, 0)
    hours, counts = given_["operating_h"], given_["failures"]
    found = empirical_bayes(level=0.9, **given_)
    if found.status[0] == "ok":
        c = 1.0 / found.shape[0]
        best = log_likelihood(hours, counts, c, found.rate_per_h[0])
        assert found.prior_h[0] * found.rate_per_h[0] == near(found.shape[0])
    else:
        assert found.status[0] == "no_over_dispersion"
        assert (found.shape[0], found.prior_h[0]) == (INF, INF)
        c, best = 0.0, log_likelihood(hours, counts, 0.0, sum(counts) / math.fsum(hours))
    for other in [0.0, *np.geomspace(1e-4, 1e3, 29).tolist(), c * 0.999, c * 1.001]:
        assert profile(hours, counts, other) <= best + 1e-8


@given(pumps=FLEETS, level=LEVEL)
def test_a_pump_s_rate_is_that_of_its_posterior(pumps, level):
    given_ = alone(pumps, 0)
    found = empirical_bayes(level=level, **given_)
    tail = (1.0 - level) / 2.0
    for i, (hours, count, _) in enumerate(pumps):
        lower, upper = found.lower_pump_rate_per_h[i], found.upper_pump_rate_per_h[i]
        if found.status[0] == "ok":
            shape, total_h = found.shape[0] + count, found.prior_h[0] + hours
            assert found.pump_rate_per_h[i] == near(shape / total_h)
            assert gammainc(shape, lower * total_h) == pytest.approx(tail, abs=1e-9)
            assert gammainc(shape, upper * total_h) == pytest.approx(1.0 - tail, abs=1e-9)
        else:
            total_h, total = math.fsum(given_["operating_h"]), sum(given_["failures"])
            assert found.pump_rate_per_h[i] == near(total / total_h)
            assert gammainc(total, lower * total_h) == pytest.approx(tail, abs=1e-9)
            assert gammainc(total + 1, upper * total_h) == pytest.approx(1.0 - tail, abs=1e-9)


def test_equal_times_vary_if_the_variance_exceeds_the_mean():
    for counts, status in [
        ([0, 3, 3], "no_over_dispersion"),  # variance 2, mean 2
        ([1, 2, 3], "no_over_dispersion"),
        ([0, 2, 4], "ok"),  # variance 8/3, mean 2
        ([2, 2, 2, 2], "no_over_dispersion"),
        ([20, 20, 20, 28], "no_over_dispersion"),  # variance 12, mean 22, skewed upwards
        ([1, 5, 5, 5], "no_over_dispersion"),  # variance 3, mean 4, skewed downwards
        ([0, 5, 5, 5], "ok"),  # variance 75/16, mean 15/4
    ]:
        found = empirical_bayes(operating_h=[5.0] * len(counts), failures=counts, level=0.9)
        assert found.status.tolist() == [status]


def test_one_long_quiet_pump_does_not_hide_that_the_others_vary():
    # The slope of the likelihood at one common rate is negative here, and yet it is not highest.
    hours, counts = [1e4] + [1.0] * 60, [10_000] + [3] * 20 + [0] * 40
    pooled = sum(counts) / sum(hours)
    assert sum((r - pooled * t) ** 2 - r for t, r in zip(hours, counts, strict=True)) < 0.0
    found = empirical_bayes(operating_h=hours, failures=counts, level=0.9)
    assert found.status.tolist() == ["ok"]
    best = profile(hours, counts, 1.0 / found.shape[0])
    assert best > profile(hours, counts, 0.0) + 1.0
    assert best >= profile(hours, counts, 1.01 / found.shape[0])
    assert best >= profile(hours, counts, 0.99 / found.shape[0])


@pytest.mark.parametrize("scale", SCALES)
def test_no_unit_of_time_changes_a_fleet(scale):
    hours, counts = np.array([9.0, 2, 6, 12, 0.5, 3]), [1, 5, 2, 9, 4, 0]
    plain = empirical_bayes(operating_h=hours, failures=counts, level=0.9)
    found = empirical_bayes(operating_h=hours * scale, failures=counts, level=0.9)
    assert found.shape[0] == near(plain.shape[0])
    assert found.prior_h[0] == near(plain.prior_h[0] * scale)
    other, same = (oreda(operating_h=hours * by, failures=counts, level=0.9) for by in (scale, 1))
    assert other.rate_per_h[0] * scale == near(same.rate_per_h[0])
    assert other.upper_rate_per_h[0] * scale == near(same.upper_rate_per_h[0])


@pytest.mark.parametrize(
    ("hours", "counts"),
    [([1e-8, 1e8], [5, 1]), ([1.0, 1], [1_000_000, 1]), ([1.0] * 2000, [500] + [0] * 1999)],
)
def test_extreme_fleets_have_their_highest_point_too(hours, counts):
    found = empirical_bayes(operating_h=hours, failures=counts, level=0.9)
    assert found.status.tolist() == ["ok"]
    best = profile(hours, counts, 1.0 / found.shape[0])
    for factor in (0.5, 0.99, 1.01, 2.0):
        assert profile(hours, counts, factor / found.shape[0]) < best


@given(pumps=PUMPS)
def test_fleets_at_once_are_fleets_one_by_one(pumps):
    found = empirical_bayes(level=0.9, **each(pumps))
    rates = oreda(level=0.9, **each(pumps))
    for i, label in enumerate(found.group):
        own = empirical_bayes(level=0.9, **alone(pumps, label))
        other = oreda(level=0.9, **alone(pumps, label))
        mine = [k for k, pump in enumerate(pumps) if pump[2] == label]
        wanted = plain_status(pumps, label, "one_pump", found.status[i])
        assert found.status[i] == own.status[0] == wanted
        for name in ("shape", "prior_h", "rate_per_h", "failures", "operating_h", "pumps"):
            assert getattr(found, name)[i] == near(getattr(own, name)[0]), name
        for name in ("pump_rate_per_h", "lower_pump_rate_per_h", "upper_pump_rate_per_h"):
            assert getattr(found, name)[mine].tolist() == near(getattr(own, name).tolist()), name
        assert rates.status[i] == other.status[0]
        for name in ("rate_per_h", "lower_rate_per_h", "upper_rate_per_h", "deviation_per_h"):
            assert getattr(rates, name)[i] == near(getattr(other, name)[0]), name


@given(pumps=PUMPS)
def test_the_offshore_estimator_is_its_sums_by_hand(pumps):
    found = oreda(level=0.9, **each(pumps))
    for i, label in enumerate(found.group):
        wanted = plain_status(pumps, label, "one_sample", "no_over_dispersion")
        if found.status[i] != "ok":
            assert found.status[i] == wanted
        if wanted != "no_over_dispersion":
            continue
        ran = [(hours, count) for hours, count, own in pumps if own == label and hours]
        s1 = math.fsum(hours for hours, _ in ran)
        s2 = math.fsum(hours**2 for hours, _ in ran)
        pooled = sum(count for _, count in ran) / s1
        v = math.fsum((count - pooled * hours) ** 2 / hours for hours, count in ran)
        apart = math.fsum(a * b for k, (a, _) in enumerate(ran) for b, _ in ran[:k]) * 2.0
        assert apart == near(s1 * s1 - s2, 1e-3)
        spread = (v - (len(ran) - 1) * pooled) / apart * s1
        if found.status[i] == "ok":
            weights = [1.0 / (pooled / hours + spread) for hours, _ in ran]
            mean = math.fsum(
                weight * count / hours for weight, (hours, count) in zip(weights, ran, strict=True)
            ) / math.fsum(weights)
            assert found.rate_per_h[i] == near(mean, 1e-7)
            rounding = 1e-13 * v / apart * s1
            assert found.deviation_per_h[i] ** 2 == pytest.approx(spread, rel=1e-9, abs=rounding)
            lower = found.lower_rate_per_h[i]
            assert gammainc(mean**2 / spread, lower * mean / spread) == pytest.approx(
                0.05, rel=1e-4
            )
        else:
            assert spread <= 1e-9 * pooled / apart * s1 * len(ran)
            assert found.rate_per_h[i] == near(pooled)
            assert found.deviation_per_h[i] == 0.0


def test_the_spread_of_the_offshore_estimator_is_unbiased():
    # E V = (k - 1) q + s2 (S1 - S2 / S1), from var n = q t + s2 t^2 for samples of rate mean q.
    q, s2, times = 0.7, 0.3, np.array([1.0, 2.5, 7.0])
    total = times.sum()
    of_counts = q * times + s2 * times**2
    # V = sum n^2 / t - (sum n)^2 / S1
    expected = ((of_counts + (q * times) ** 2) / times).sum()
    expected -= (of_counts.sum() + (q * total) ** 2) / total
    estimate = (expected - (times.size - 1) * q) * total / (total**2 - (times**2).sum())
    assert estimate == near(s2)


def test_a_fleet_without_failures_has_an_upper_bound_only():
    wanted = -math.log(0.05) / 30.0
    found = empirical_bayes(operating_h=[10.0, 20.0, 0.0], failures=[0, 0, 0], level=0.9)
    other = oreda(operating_h=[10.0, 20.0, 0.0], failures=[0, 0, 0], level=0.9)
    assert found.status.tolist() == other.status.tolist() == ["no_failures"]
    assert (found.rate_per_h[0], other.rate_per_h[0]) == (0.0, 0.0)
    assert math.isnan(found.shape[0])
    assert found.lower_pump_rate_per_h.tolist() == [0.0] * 3
    assert found.upper_pump_rate_per_h.tolist() == near([wanted] * 3)
    assert (other.lower_rate_per_h[0], other.upper_rate_per_h[0]) == (0.0, near(wanted))


def test_a_pump_that_failed_and_never_ran_is_named():
    given_ = {"operating_h": [10.0, 20.0, 0.0], "failures": [1, 4, 2]}
    for found in (
        empirical_bayes(level=0.9, **given_),
        oreda(level=0.9, **given_),
        over_dispersion(**given_),
    ):
        assert found.status.tolist() == ["failure_without_exposure"]
        assert math.isnan(found.rate_per_h[0])
    assert np.isnan(empirical_bayes(level=0.9, **given_).pump_rate_per_h).all()


def test_a_pump_that_has_not_run_has_the_rate_of_its_fleet():
    found = empirical_bayes(operating_h=[10.0, 10, 10, 0], failures=[0, 9, 1, 0], level=0.9)
    assert found.status.tolist() == ["ok"]
    assert found.pump_rate_per_h[3] == near(found.rate_per_h[0])
    assert found.pumps.tolist() == [3.0]


FLEET = {"operating_h": [10.0, 20.0], "failures": [1, 2]}
WRONG = [
    ({"operating_h": [10.0]}, r"failures has 2 entries for 1 of operating_h"),
    ({"operating_h": [10.0, -1.0]}, r"operating_h\[1\] = -1.0"),
    ({"operating_h": [INF, 1.0]}, r"operating_h\[0\] = inf"),
    ({"failures": [1, NAN]}, r"failures\[1\] = nan"),
    ({"failures": [0.5, 1]}, r"failures\[0\] = 0.5: expected a whole number"),
    ({"by": ["a"]}, r"by has 1 labels for 2"),
    ({"by": ["a", None]}, r"by\[1\] = None"),
]
TAKERS = {
    "over_dispersion": over_dispersion,
    "empirical_bayes": lambda **given: empirical_bayes(level=0.9, **given),
    "oreda": lambda **given: oreda(level=0.9, **given),
    "gamma_poisson": lambda **given: gamma_poisson(
        level=0.9, sided="two", prior_shape=1, prior_h=1, **given
    ),
    "marginal": lambda **given: marginal_log_likelihood(prior_shape=1, prior_h=1, **given),
    "rate_comparison": lambda operating_h, failures, **given: compared(
        operating_h, failures, [1.0, 1.0], [1, 1], **given
    ),
}


@pytest.mark.parametrize(("wrong", "words"), WRONG)
@pytest.mark.parametrize("name", TAKERS)
def test_what_cannot_be_meant_is_refused_by_name(name, wrong, words):
    with pytest.raises(ArgumentError, match=words):
        TAKERS[name](**{**FLEET, **wrong})


@pytest.mark.parametrize("name", TAKERS)
def test_nothing_given_is_nothing_found(name):
    assert TAKERS[name](operating_h=[1.0, 2.0], failures=[1, 2], by=[1, 1]) is not None
    if name != "rate_comparison":
        found = TAKERS[name](operating_h=[], failures=[], by=[])
        assert (found if name == "marginal" else found.status).size == 0


def test_an_empty_fleet_has_no_exposure():
    for taker in (TAKERS["over_dispersion"], TAKERS["empirical_bayes"], TAKERS["oreda"]):
        assert taker(operating_h=[], failures=[]).status.tolist() == ["no_exposure"]
    assert exposures(operating_h=[], failures=[])[0].size == 0


PLAN = {"mtbf_h": 500, "failures": 2, "prior_shape": 2.8, "prior_h": 1500, "level": 0.8}
RUN = {"reliability": 0.9, "level": 0.9, "failures": 0}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: compared(1, 1, [1, 1], [1, 1]), r"against_failures has 2 entries for 1"),
        (lambda: compared(1, 1, 1, 1, level=1.5), r"level = 1.5"),
        (lambda: compared(1, 1, 1, 1, sided="both"), r"sided = 'both'"),
        (lambda: TAKERS["gamma_poisson"](**FLEET, by=[1, 1])and gamma_poisson(
            **FLEET, prior_shape=[1, 2, 3], prior_h=1, level=0.9, sided="two"),
            r"prior_shape has 3 entries: expected 1 or 2"),
        (lambda: gamma_poisson(**FLEET, prior_shape=1, prior_h=1, level=0.9, sided="no"), "sided"),
        (lambda: marginal_log_likelihood(**FLEET, prior_shape=[1, 0], prior_h=1),
            r"prior_shape\[1\] = 0.0"),
        (lambda: prior_from_mtbf(mtbf50_h=[1, 2], mtbf05_h=1), r"mtbf05_h has 1 entries for 2"),
        (lambda: prior_from_mtbf(mtbf50_h=1, mtbf05_h=1), r"mtbf05_h\[0\] = 1.0: expected from"),
        (lambda: prior_from_mtbf(mtbf50_h=1, mtbf05_h=0), r"mtbf05_h\[0\] = 0.0"),
        (lambda: prior_from_mtbf(mtbf50_h=1, mtbf05_h=1e-7), r"mtbf05_h\[0\] = 1e-07"),
        (lambda: demonstration_time(**{**PLAN, "mtbf_h": 0}), r"mtbf_h\[0\] = 0.0"),
        (lambda: demonstration_time(**{**PLAN, "prior_shape": 0}), r"prior_shape\[0\] = 0.0"),
        (lambda: demonstration_time(**{**PLAN, "failures": 1.5}), r"failures\[0\] = 1.5"),
        (lambda: demonstration_time(**{**PLAN, "failures": [1, 2], "mtbf_h": [1, 2, 3]}),
            r"lengths differ: 3 of mtbf_h, 2 of failures"),
        (lambda: success_run_size(**{**RUN, "reliability": 1.0}), r"reliability\[0\] = 1.0"),
        (lambda: success_run_size(**{**RUN, "level": [0.5, 0.0]}), r"level\[1\] = 0.0"),
        (lambda: success_run_size(**{**RUN, "level": 1.0 - 1e-16}), r"expected at most 1 - 1e-12"),
        (lambda: success_run_size(**{**RUN, "failures": 2e6}), r"failures\[0\] = 2000000.0"),
        (lambda: empirical_bayes(operating_h=1, failures=2e6, level=0.9), r"failures\[0\]"),
        (lambda: over_dispersion(operating_h=[1e-150, 1e150], failures=[1, 1]),
            r"operating_h\[0\] = 1e-150: expected 0 or above 1e-100"),
        (lambda: over_dispersion(operating_h=[1e-100, 1.0], failures=[1, 1]),
            r"operating_h\[0\] = 1e-100: expected 0 or above 1e-100"),
        (lambda: oreda(operating_h=[1e-150, 1e150], failures=[1, 1], level=0.9),
            r"operating_h\[0\] = 1e-150: expected 0 or above 1e-100"),
        (lambda: empirical_bayes(operating_h=[1e-150, 1e150], failures=[1, 1], level=0.9),
            r"operating_h\[0\] = 1e-150: expected 0 or above 1e-100"),
        (lambda: empirical_bayes(**FLEET, level=0.0), r"level = 0.0"),
        (lambda: oreda(**FLEET, level=NAN), r"level = nan"),
    ],
)  # fmt: skip
def test_each_argument_is_refused_by_its_name(call, words):
    with pytest.raises(ArgumentError, match=words):
        call()
