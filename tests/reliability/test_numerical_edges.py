"""Where a formula goes over into its series, a table ends, or a sum folds back on itself."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from scipy.special import bdtr, gammainc, gammaincc

from pumpperf.errors import ArgumentError
from pumpperf.reliability.measures.shares import share_bounds, yearly_rates
from pumpperf.reliability.rates.bayes import prior_from_mtbf
from pumpperf.reliability.rates.demonstration import demonstration_time
from pumpperf.reliability.recurrence import crow_amsaa, failure_forecast
from pumpperf.reliability.recurrence.arrangements import reverse_arrangements
from pumpperf.reliability.recurrence.crow import failure_factors
from pumpperf.reliability.recurrence.expected import age_of_count_h
from pumpperf.reliability.recurrence.goodness import ALPHA, COUNTS, CRITICAL
from pumpperf.reliability.recurrence.powerlaw import pooled_shape
from pumpperf.reliability.recurrence.systems import systems
from pumpperf.reliability.recurrence.trend import laplace, lewis_robinson
from pumpperf.reliability.replacement.counts import quantiles
from pumpperf.reliability.weibull.profile import _variance_within


@pytest.mark.parametrize("chances", [2, 16, 32, 33, 64, 128, 200])
@pytest.mark.parametrize("probability", [0.001, 0.3, 0.97, 0.999])
@pytest.mark.parametrize("tail", [0.05, 0.3])
def test_as_many_like_chances_come_true_as_the_binomial_has_it(chances, probability, tail):
    below = bdtr(np.arange(chances + 1), chances, probability)  # P(N <= s)
    lower = int(np.sum(below <= tail))
    upper = int(np.sum(below < 1.0 - tail))
    found = quantiles(
        probability=np.full(chances, probability),
        index=np.zeros(chances, dtype=int),
        groups=1,
        tail=tail,
    )
    assert (found[0][0], found[1][0]) == (lower, upper)


def test_of_64_nearly_sure_chances_one_may_fail():
    # 0.999^64 = 0.938 for all of them, and 0.060 for all but one.
    found = quantiles(
        probability=np.full(64, 0.999), index=np.zeros(64, dtype=int), groups=1, tail=0.05
    )
    assert (found[0][0], found[1][0]) == (63.0, 64.0)


def test_critical_values_rise_with_rarity_and_from_4_failures_with_their_number():
    assert CRITICAL.shape == (COUNTS.size, len(ALPHA))
    assert (np.diff(CRITICAL, axis=1) > 0.0).all()
    assert (np.diff(CRITICAL[COUNTS >= 4], axis=0) >= 0.0).all()
    assert (CRITICAL > 0.0).all()
    assert (np.diff(COUNTS) > 0.0).all()
    assert [COUNTS[0], COUNTS[-1]] == [2.0, 100.0]


@pytest.mark.parametrize("count", COUNTS[COUNTS <= 20].astype(int).tolist())
def test_every_row_of_critical_values_is_passed_as_often_as_its_columns_say(count):
    """Shares of M uniform ages to the power of their corrected shape, from the definition."""
    ages = np.sort(np.random.default_rng(count).random((20_000, count)), axis=1)
    shape = (count - 1.0) / -np.log(ages).sum(axis=1, keepdims=True)
    middle = (2.0 * np.arange(count) + 1.0) / (2.0 * count)
    statistic = 1.0 / (12.0 * count) + ((ages**shape - middle) ** 2).sum(axis=1)
    passed = (statistic[:, None] > CRITICAL[count - 2]).mean(axis=0)
    # The table has three digits, of which its first row needs more.
    assert passed == pytest.approx(ALPHA, abs=0.016 if count == 2 else 0.01)


def test_a_tenth_of_power_laws_lies_beyond_what_crow_tabulated():
    # Crow 1974, table of the Cramer-von Mises statistic at 0.10, as in MIL-HDBK-189 and IEC 61164.
    crow = {2: 0.162, 3: 0.154, 4: 0.155, 5: 0.160, 10: 0.167, 20: 0.172, 30: 0.172, 100: 0.173}
    column = dict(zip(COUNTS.tolist(), CRITICAL[:, ALPHA.index(0.10)].tolist(), strict=True))
    assert {count: column[count] for count in crow} == crow


def narrow(b, span):
    """Mean and variance of ln u of density u^(b-1) from exp(-span) to 1, with 60 digits."""
    with localcontext() as context:
        context.prec = 60
        b, span = Decimal(b), Decimal(span)
        grown = (b * span).exp() - 1
        mean = -(1 / b - span / grown)
        variance = 1 / b**2 - span**2 * (grown + 1) / grown**2
        size = (1 - (-b * span).exp()).ln()
        return float(mean), float(variance), float(size)


@pytest.mark.parametrize("b", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("y", [0.0003, 0.003, 0.0099, 0.0101, 0.05, 0.3, 3.0])
def test_a_shape_is_as_exact_over_a_narrow_span_as_over_a_wide_one(b, y):
    """The score of one system, observed from exp(-y/b) of its end, is 0 at b by construction."""
    span = y / b
    mean, variance, size = narrow(b, span)
    shape, curvature, log_size = pooled_shape(
        mean_log=np.array([mean]),
        log_end=np.array([0.0]),
        log_span=np.array([span]),
        index=np.array([0]),
    )
    assert shape[0] == pytest.approx(b, rel=1e-9)
    assert curvature[0] == pytest.approx(variance, rel=1e-9)
    assert log_size[0] == pytest.approx(size, rel=1e-9)


@pytest.mark.parametrize("level", [0.5, 0.9])
@pytest.mark.parametrize("failures", [20_000, 40_000])
def test_bounds_of_a_huge_count_are_quantiles_of_its_gamma(level, failures):
    """Beyond 1e12 expected, chance of the count itself is nothing beside that of the fit."""
    growth = crow_amsaa(
        event_h=np.arange(1.0, failures + 1.0),
        event_system=[0] * failures,
        end_h=[failures + 1.0],
        terminated="time",
        level=0.9,
    )
    longer = 20.0 / growth.shape  # (T + x)/T to the b is then e^20, 4.9e8
    found = failure_forecast(growth=growth, ahead_h=growth.end_h * np.expm1(longer), level=level)
    mean = failures * np.expm1(20.0)
    assert found.expected[0] == pytest.approx(mean, rel=1e-9)
    # Relative variance of the expected count: 1/n, and that of the shape by the delta method.
    tilt = longer / -np.expm1(-20.0) + growth.expected_slope
    variance = 1.0 / failures + (tilt * growth.standard_error_shape) ** 2
    for bound, share in ((found.lower, (1.0 - level) / 2.0), (found.upper, (1.0 + level) / 2.0)):
        below = gammainc(1.0 / variance, bound / (mean * variance))
        assert below == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize("x", [1e-4, 0.01, 0.05, 0.2, 1.0, 10.0])
def test_variance_within_a_span_keeps_its_digits_however_short_the_span(x):
    """1 - x^2 e^x/(e^x - 1)^2, with 60 digits."""
    with localcontext() as context:
        context.prec = 60
        grown = Decimal(x).exp() - 1
        exact = float(1 - Decimal(x) ** 2 * (grown + 1) / grown**2)
    short = np.array([x, 1e-3])  # one short span sends all through the choice of both ways
    found = _variance_within(short, np.expm1(short))
    assert found[0] == pytest.approx(exact, rel=3e-9)


def test_the_order_of_20_gaps_is_counted_out_and_that_of_21_is_not():
    """All gaps rise: one order of n! at the end of the count, and both tails of it."""
    for gaps in (3, 20):
        found = reverse_arrangements(
            event_h=np.cumsum(np.arange(1.0, gaps + 1.0)), event_system=[0] * gaps, end_h=1e3
        )
        assert found.statistic.tolist() == [gaps * (gaps - 1) / 2]
        assert found.p_value[0] == pytest.approx(2.0 / math.factorial(gaps), rel=1e-6)
    more = reverse_arrangements(
        event_h=np.cumsum(np.arange(1.0, 22.0)), event_system=[0] * 21, end_h=1e3
    )
    far = (105.0 - 0.5) / math.sqrt(21 * 20 * 47 / 72)  # deviations, half a pair taken off
    assert more.p_value[0] == pytest.approx(math.erfc(far / math.sqrt(2.0)), rel=1e-6)


def test_normal_bounds_of_a_growth_are_those_of_the_observed_information():
    """Minus the second derivatives of the log-likelihood over b and ln MTBF, by differences."""
    ages, owner, ends = [3.0, 10.0, 18.0, 44.0, 70.0, 15.0], [0, 0, 0, 0, 0, 1], [100.0, 20.0]
    growth = crow_amsaa(event_h=ages, event_system=owner, end_h=ends, terminated="time", level=0.9)
    assert not growth.exact[0]
    latest, n = max(ends), len(ages)

    def likelihood(b, log_mtbf):
        log_rate = -log_mtbf - math.log(b) - (b - 1.0) * math.log(latest)
        gone = math.exp(log_rate) * sum(end**b for end in ends)
        return n * (log_rate + math.log(b)) + (b - 1.0) * sum(map(math.log, ages)) - gone

    top, h = (growth.shape[0], math.log(growth.mtbf_h[0])), 1e-4
    steps = np.array([[h, 0.0], [0.0, h]])

    def at(*moves):
        return likelihood(*(np.array(top) + sum(moves, np.zeros(2))))

    information = -np.array(
        [
            [(at(i, k) - at(i, -k) - at(-i, k) + at(-i, -k)) / (4.0 * h * h) for k in steps]
            for i in steps
        ]
    )
    assert at(steps[0]) < at() > at(-steps[0])
    assert at(steps[1]) < at() > at(-steps[1])
    of_shape, of_log_mtbf = np.sqrt(np.diagonal(np.linalg.inv(information)))
    z = 1.6448536269514722
    assert growth.standard_error_shape[0] == pytest.approx(of_shape, rel=1e-5)
    assert growth.upper_mtbf_h[0] == pytest.approx(
        growth.mtbf_h[0] * math.exp(z * of_log_mtbf), rel=1e-5
    )
    assert growth.lower_mtbf_h[0] == pytest.approx(
        growth.mtbf_h[0] / math.exp(z * of_log_mtbf), rel=1e-5
    )


def test_factors_of_unlike_counts_are_those_of_each_alone():
    counts = np.array([2.0, 100_000.0, 7.0, 2.0])
    together = failure_factors(failures=counts, level=0.9)
    for i, count in enumerate(counts):
        alone = failure_factors(failures=np.array([count]), level=0.9)
        assert [one[i] for one in together] == pytest.approx([one[0] for one in alone], rel=1e-12)
    # Of many failures ln MTBF is nearly normal with variance 2/n (Crow 1977).
    assert np.log(together[1][1]) == pytest.approx(1.6449 * math.sqrt(2.0 / 1e5), rel=0.02)


@pytest.mark.parametrize(("low", "middle"), [(1.0, 1e6), (9999.0, 10_000.0)])
def test_the_ends_of_what_a_prior_takes_belong_to_it(low, middle):
    shape, hours = prior_from_mtbf(mtbf50_h=middle, mtbf05_h=low)
    # A prior gamma of the failure rate: half lies above 1/middle, a twentieth above 1/low.
    assert gammaincc(shape[0], hours[0] / middle) == pytest.approx(0.5, rel=1e-6)
    assert gammaincc(shape[0], hours[0] / low) == pytest.approx(0.05, rel=1e-6)
    for beyond in (low * 0.999, low * 1.001):
        if not 1e-6 * middle < beyond < 0.9999 * middle:
            with pytest.raises(ArgumentError, match="mtbf05_h"):
                prior_from_mtbf(mtbf50_h=middle, mtbf05_h=beyond)


@pytest.mark.parametrize("unit", [1e-150, 1.0, 1e14])
def test_no_unit_of_time_changes_a_trend(unit):
    """Gaps of 20, 10 and 30 h in 80 h: U = -0.0833 sqrt(12/3), CV = 0.5."""
    found = lewis_robinson(
        event_h=np.array([20.0, 30.0, 60.0]) * unit,
        event_system=[0, 0, 0],
        end_h=80.0 * unit,
        terminated="time",
    )
    assert found.status.tolist() == ["ok"]
    assert found.statistic[0] == pytest.approx(-0.125 * math.sqrt(4.0) / 0.5, rel=1e-9)


@pytest.mark.parametrize("unit", [1e-190, 1e-8, 1.0, 1e180])
def test_a_laplace_trend_knows_no_unit_and_no_pump_that_never_failed(unit):
    """20 and 30 h of 40 h: (50 - 40)/(40 sqrt(2/12)); a long silent pump adds 0 to both sums."""
    for silent in ([], [1e305]):
        found = laplace(
            event_h=np.array([20.0, 30.0]) * unit,
            event_system=[0, 0],
            end_h=[40.0 * unit, *silent],
            terminated="time",
        )
        assert found.statistic == pytest.approx(10.0 / (40.0 * math.sqrt(2.0 / 12.0)), rel=1e-9)


@pytest.mark.parametrize("unit", [1e-100, 1e-3, 1e100])
def test_no_unit_of_time_changes_a_demonstration(unit):
    one, other = (
        demonstration_time(
            mtbf_h=500.0 * each, failures=2, prior_shape=0.5, prior_h=40.0 * each, level=0.8
        )
        for each in (1.0, unit)
    )
    assert one.status.tolist() == other.status.tolist() == ["ok"]
    assert other.operating_h == pytest.approx(one.operating_h * unit, rel=1e-12)


def test_an_age_beyond_all_numbers_is_infinite():
    growth = crow_amsaa(
        event_h=[0.1, 1.0, 2.0], event_system=[0] * 3, end_h=8.0, terminated="time", level=0.9
    )
    assert growth.shape[0] < 1.0
    assert age_of_count_h(growth=growth, count=1e300).tolist() == [math.inf]


def test_a_share_of_one_life_has_the_bounds_of_wilson():
    # z = 1.959964: of one life, none: up to z^2/(1 + z^2); all: from 1/(1 + z^2).
    lower, upper = share_bounds(count=np.array([0.0, 1.0]), of=np.ones(2), level=0.95)
    assert lower == pytest.approx([0.0, 0.206549], abs=1e-6)
    assert upper == pytest.approx([0.793451, 1.0], abs=1e-6)


def test_rates_of_half_a_well_year_are_1600_times_those_of_800():
    """NIST/SEMATECH 8.4.5.1: 2 events in 800 years, 90 %: from 1/2251 to 1/127 a year."""
    rate, lower, upper = yearly_rates(well_years=np.array([0.5]), count=np.array([2.0]), level=0.9)
    assert rate.tolist() == [4.0]
    assert lower == pytest.approx([1600.0 / 2251.0], rel=3e-4)
    assert upper == pytest.approx([1600.0 / 127.0], rel=3e-3)


def test_failures_of_a_pump_that_stand_apart_are_counted_together():
    known = systems(event_h=[1.0, 2.0, 3.0, 4.0], event_system=[0, 2, 1, 2], end_h=[9.0] * 3)
    assert known.counts().tolist() == [1.0, 1.0, 2.0]
    assert known.summed(lambda age, _: age).tolist() == [1.0, 3.0, 6.0]
