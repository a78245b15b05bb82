"""Bounds of the mean time between failures against the counts that they were defined by."""

import math
from dataclasses import FrozenInstanceError, astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import pdtr, pdtrc

from pumpperf.errors import ArgumentError
from pumpperf.reliability.rates import Mtbf, jeffreys_rate_per_h, mtbf

NAN = float("nan")

HOURS = st.floats(0.1, 1e8)
FEW = st.integers(0, 60)
LEVEL = st.floats(0.02, 0.999)
SIDED = st.sampled_from(["two", "lower", "upper"])


def _exactly(expected):
    return pytest.approx(expected, rel=1e-15, abs=0.0, nan_ok=True)


def _summed(expected):
    """The same but for the rounding of a dozen additions."""
    return pytest.approx(expected, rel=2e-15, abs=0.0, nan_ok=True)


def _at_most(failures, mean):
    """Probability of so many failures or fewer, where `mean` are expected: Poisson's own sum."""
    term = math.exp(-mean)
    terms = [term]
    for k in range(1, failures + 1):
        term *= mean / k
        terms.append(term)
    return math.fsum(terms)


def _at_least(failures, mean):
    return 1.0 - _at_most(failures - 1, mean)


def _tail(level, sided):
    """Probability left out on one side."""
    return (1.0 - level) / 2.0 if sided == "two" else 1.0 - level


def _crosses(probability, mean, tail):
    """Whether a probability passes the tail at that mean, to 1e-12 of the mean."""
    below, above = (probability(mean * (1.0 + shift)) - tail for shift in (-1e-12, 1e-12))
    return below * above < 0.0


def _one(hours, failures, level, sided="two", terminated="time"):
    answer = mtbf(
        operating_h=hours, failures=failures, level=level, sided=sided, terminated=terminated
    )
    return float(answer.lower_mtbf_h[0]), float(answer.upper_mtbf_h[0]), answer


def _assert_lower(bound, failures, hours, level, sided):
    """So few failures are as improbable as asked, if it is asked."""
    if sided == "upper":
        assert math.isnan(bound)
    else:
        assert _crosses(lambda m: _at_most(failures, m), hours / bound, _tail(level, sided))


def _assert_upper(bound, failures, hours, level, sided):
    """So many failures are as improbable as asked, if it is asked."""
    if sided == "lower":
        assert math.isnan(bound)
    else:
        assert _crosses(lambda m: _at_least(failures, m), hours / bound, _tail(level, sided))


@given(hours=HOURS, failures=FEW, level=LEVEL, sided=SIDED)
def test_lower_bound_makes_so_few_failures_as_improbable_as_asked(hours, failures, level, sided):
    lower, _, _ = _one(hours, failures, level, sided)
    _assert_lower(lower, failures, hours, level, sided)


@given(hours=HOURS, failures=st.integers(1, 60), level=LEVEL, sided=SIDED)
def test_upper_bound_makes_so_many_failures_as_improbable_as_asked(hours, failures, level, sided):
    _, upper, _ = _one(hours, failures, level, sided)
    _assert_upper(upper, failures, hours, level, sided)


@given(hours=HOURS, failures=st.integers(1, 60), level=LEVEL, sided=SIDED)
def test_a_last_failure_that_ends_the_watch_is_no_evidence_for_more(hours, failures, level, sided):
    lower, upper, answer = _one(hours, failures, level, sided, "failure")
    assert answer.terminated == "failure"
    _assert_lower(lower, failures - 1, hours, level, sided)
    _assert_upper(upper, failures, hours, level, sided)


@pytest.mark.parametrize("failures", [100, 1000, 100_000])
@pytest.mark.parametrize("level", [0.6, 0.9, 0.99])
def test_bounds_of_a_large_fleet(failures, level):
    lower, upper, _ = _one(1e6, failures, level)
    tail = _tail(level, "two")
    assert _crosses(lambda m: pdtr(failures, m), 1e6 / lower, tail)
    assert _crosses(lambda m: pdtrc(failures - 1, m), 1e6 / upper, tail)


@given(hours=HOURS, level=LEVEL)
def test_without_failures_there_is_a_lower_bound_only(hours, level):
    lower, upper, answer = _one(hours, 0, level, "lower")
    # No failure in so many hours: exp(-T/m) is what the level leaves.
    assert lower == pytest.approx(hours / -math.log1p(-level), rel=1e-12)
    assert math.isnan(upper)
    assert math.isnan(answer.mtbf_h[0])
    assert answer.status.tolist() == ["no_failures"]
    for sided in ("two", "upper"):
        assert _one(hours, 0, level, sided)[1] == math.inf


@pytest.mark.parametrize("sided", ["two", "lower", "upper"])
@pytest.mark.parametrize("failures", [0, 3])
def test_without_exposure_nothing_is_said(sided, failures):
    lower, upper, answer = _one(0.0, failures, 0.9, sided)
    assert all(math.isnan(number) for number in (lower, upper, answer.mtbf_h[0]))
    assert answer.status.tolist() == ["no_exposure"]
    assert (answer.operating_h.tolist(), answer.failures.tolist()) == ([0.0], [failures])


def test_every_entry_has_its_own_status():
    answer = mtbf(
        operating_h=[100.0, 100.0, 0.0, 0.0],
        failures=[2, 0, 0, 1],
        level=0.9,
        sided="two",
        terminated="time",
    )
    assert answer.status.tolist() == ["ok", "no_failures", "no_exposure", "no_exposure"]
    assert answer.mtbf_h.tolist() == _exactly([50.0, NAN, NAN, NAN])
    assert np.isnan(answer.lower_mtbf_h).tolist() == [False, False, True, True]
    assert answer.upper_mtbf_h[1:].tolist() == _exactly([math.inf, NAN, NAN])


def test_the_answer_says_how_it_was_found():
    answer = mtbf(operating_h=9.0, failures=1, level=0.8, sided="lower", terminated="time")
    assert (answer.level, answer.sided, answer.terminated) == (0.8, "lower", "time")
    assert answer.method == "chi-square, constant rate"
    assert answer.group is None


def test_an_answer_cannot_be_changed_nor_built_by_position():
    *_, answer = _one(9.0, 1, 0.8)
    with pytest.raises(FrozenInstanceError):
        answer.level = 0.9
    with pytest.raises(TypeError):
        Mtbf(*astuple(answer))


@given(hours=HOURS, failures=st.integers(1, 60), level=LEVEL)
def test_mtbf_times_rate_is_one_and_lies_between_its_bounds(hours, failures, level):
    lower, upper, answer = _one(hours, failures, level)
    assert answer.mtbf_h[0] * (failures / hours) == pytest.approx(1.0, rel=1e-15)
    assert lower < upper
    if level > 0.5:
        assert lower < answer.mtbf_h[0] < upper


@given(
    hours=HOURS,
    failures=FEW,
    level=LEVEL,
    sided=SIDED,
    factor=st.sampled_from([24.0, 1.0 / 60.0, 8766.0]),
)
def test_time_in_another_unit_scales_point_and_bounds(hours, failures, level, sided, factor):
    lower, upper, answer = _one(hours, failures, level, sided)
    scaled = _one(hours * factor, failures, level, sided)
    assert scaled[:2] == _exactly((lower * factor, upper * factor))
    assert scaled[2].mtbf_h.tolist() == _exactly((answer.mtbf_h * factor).tolist())


@given(hours=HOURS, failures=FEW, level=st.floats(0.02, 0.99))
def test_two_sided_bounds_are_two_one_sided_ones(hours, failures, level):
    lower, upper, _ = _one(hours, failures, level)
    one_sided = 1.0 - (1.0 - level) / 2.0
    assert lower == pytest.approx(_one(hours, failures, one_sided, "lower")[0], rel=1e-12)
    assert upper == pytest.approx(_one(hours, failures, one_sided, "upper")[1], rel=1e-12)


SOME_HOURS = st.floats(0.0, 1e5).map(lambda hours: round(hours, 3))
PUMPS = st.lists(
    st.tuples(SOME_HOURS, st.integers(0, 3), st.sampled_from(["B", "A", "AA"])), max_size=12
)


@given(pumps=PUMPS, level=LEVEL, sided=SIDED)
def test_groups_are_sums_by_hand(pumps, level, sided):
    settled = {"level": level, "sided": sided, "terminated": "time"}
    labels = sorted({label for *_, label in pumps})
    answer = mtbf(
        operating_h=[hours for hours, _, _ in pumps],
        failures=[count for _, count, _ in pumps],
        by=[label for *_, label in pumps],
        **settled,
    )
    hours = [math.fsum(h for h, _, label in pumps if label == one) for one in labels]
    counts = [sum(n for _, n, label in pumps if label == one) for one in labels]
    by_hand = mtbf(operating_h=hours, failures=counts, **settled)
    assert answer.group.tolist() == labels
    assert answer.operating_h.tolist() == _summed(hours)
    assert answer.failures.tolist() == counts
    assert answer.status.tolist() == by_hand.status.tolist()
    for name in ("mtbf_h", "lower_mtbf_h", "upper_mtbf_h"):
        assert getattr(answer, name).tolist() == _summed(getattr(by_hand, name).tolist())


def test_a_group_may_have_failed_where_an_entry_has_not():
    answer = mtbf(
        operating_h=[10.0, 30.0, 5.0],
        failures=[0, 2, 1],
        level=0.9,
        sided="two",
        terminated="failure",
        by=[7, 7, 3],
    )
    assert answer.group.tolist() == [3, 7]
    assert answer.mtbf_h.tolist() == [5.0, 20.0]


ASKED = {
    "operating_h": [10.0, 20.0],
    "failures": [1, 2],
    "level": 0.9,
    "sided": "two",
    "terminated": "time",
}
WRONG_EXPOSURE = [
    ({"operating_h": [10.0]}, r"failures has 2 entries for 1 of operating_h"),
    ({"failures": [1, 2, 3]}, r"failures has 3 entries for 2 of operating_h"),
    ({"operating_h": [10.0, -1.0]}, r"operating_h\[1\] = -1.0: expected a finite number"),
    ({"operating_h": [math.inf, NAN]}, r"operating_h\[0\] = inf: expected a finite number"),
    ({"operating_h": [10.0, NAN]}, r"operating_h\[1\] = nan: expected a finite number"),
    ({"failures": [1, -1]}, r"failures\[1\] = -1.0: expected a finite number"),
    ({"failures": [0.5, 2.5]}, r"failures\[0\] = 0.5: expected a whole number"),
    ({"failures": [1, math.inf]}, r"failures\[1\] = inf: expected a finite number"),
    ({"failures": [1, NAN]}, r"failures\[1\] = nan: expected a finite number"),
    ({"level": 0.0}, r"level = 0.0: expected a confidence level between 0 and 1"),
    ({"level": 1.0}, r"level = 1.0: expected a confidence level between 0 and 1"),
    ({"level": 1.5}, r"level = 1.5: expected a confidence level between 0 and 1"),
    ({"level": NAN}, r"level = nan: expected a confidence level between 0 and 1"),
]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        *WRONG_EXPOSURE,
        ({"by": ["a"]}, r"by has 1 labels for 2 entries"),
        ({"failures": [1, 0], "terminated": "failure"}, r"a group has no failure: use 'time'"),
        (
            {"failures": [1, 0], "terminated": "failure", "by": ["a", "b"]},
            r"a group has no failure: use 'time'",
        ),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(change, message):
    with pytest.raises(ArgumentError, match=message):
        mtbf(**ASKED | change)


@pytest.mark.parametrize(("change", "message"), WRONG_EXPOSURE)
def test_jeffreys_rate_refuses_the_same(change, message):
    asked = {name: ASKED[name] for name in ("operating_h", "failures", "level")} | change
    with pytest.raises(ArgumentError, match=message):
        jeffreys_rate_per_h(**asked)


NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)


def _posterior(failures, upto, power=0):
    """Integral of x^power over the posterior x^(r - 1/2) exp(-x) of the expected count x.

    With x = u^2 the integrand is smooth at zero; it is scaled by its peak.
    """
    half = math.sqrt(upto) / 2.0
    u = half * (NODES + 1.0)
    degree = 2.0 * failures + 2.0 * power
    peak = max(degree / 2.0, 1e-9)
    logarithm = degree * np.log(u) - u * u - (degree / 2.0 * math.log(peak) - peak)
    scale = math.exp(degree / 2.0 * math.log(peak) - peak)
    return 2.0 * half * float(np.sum(WEIGHTS * np.exp(logarithm))) * scale


@given(hours=HOURS, failures=st.integers(0, 40), level=LEVEL)
def test_jeffreys_rate_is_that_of_the_integrated_posterior(hours, failures, level):
    mean, upper = jeffreys_rate_per_h(operating_h=hours, failures=failures, level=level)
    everything = (math.sqrt(failures + 1.0) + 8.0) ** 2
    whole = _posterior(failures, everything)
    expected = _posterior(failures, everything, power=1) / whole / hours
    assert mean[0] == pytest.approx(expected, rel=1e-12)
    below = _posterior(failures, upper[0] * hours) / whole
    assert below == pytest.approx(level, rel=1e-12)


def test_jeffreys_rate_of_columns_and_without_exposure():
    mean, upper = jeffreys_rate_per_h(operating_h=[2.0, 0.0, 4.0], failures=[0, 1, 3], level=0.5)
    assert mean.tolist() == _exactly([0.25, NAN, 0.875])
    assert np.isnan(upper).tolist() == [False, True, False]


@pytest.mark.parametrize(
    "more", [{"sided": "two-sided"}, {"sided": "both"}, {"terminated": "Time"}, {"terminated": ""}]
)
def test_a_misspelt_option_is_refused(more):
    asked = {
        "operating_h": 800.0,
        "failures": 2,
        "level": 0.9,
        "sided": "two",
        "terminated": "time",
    }
    with pytest.raises(ArgumentError, match="expected one of"):
        mtbf(**(asked | more))


ENGINE = {"operating_h": [100.0, 50.0], "failures": [3, 1], "level": 0.9, "sided": "two"}


def test_the_trend_stands_beside_the_mtbf():
    # Pump by pump: U = sum(t - T/2)/(T sqrt(n/12)) (Cox and Lewis 1966); pooled: both sums.
    late = mtbf(
        **ENGINE, terminated="time", failure_h=[80.0, 90.0, 95.0, 10.0], failure_of=[0, 0, 0, 1]
    )
    alone = [
        (265.0 - 150.0) / (100.0 * math.sqrt(3 / 12)),
        (10.0 - 25.0) / (50.0 * (1 / 12) ** 0.5),
    ]
    assert late.trend.statistic == pytest.approx(alone)
    assert late.trend.status.tolist() == ["ok", "ok"]
    pooled = mtbf(
        **ENGINE,
        terminated="time",
        failure_h=[80.0, 90.0, 95.0, 10.0],
        failure_of=[0, 0, 0, 1],
        by=["A", "A"],
    )
    spread = math.sqrt((3 * 100.0**2 + 50.0**2) / 12)
    assert pooled.trend.statistic == pytest.approx([(115.0 - 15.0) / spread])
    assert pooled.trend.group.tolist() == pooled.group.tolist() == ["A"]


def test_a_trend_of_failures_without_times_is_not_tested():
    found = mtbf(**ENGINE, terminated="time")
    assert found.trend.status.tolist() == ["not_tested", "not_tested"]
    assert np.isnan(found.trend.statistic).all()


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({"failure_h": [1.0]}, "failure_h and failure_of: expected both"),
        ({"failure_of": [0]}, "failure_h and failure_of: expected both"),
        ({"failure_h": [101.0], "failure_of": [0]}, r"event_h\[0\] = 101.0"),
    ],
)
def test_times_of_failures_belong_to_operating_times(times, words):
    with pytest.raises(ArgumentError, match=words):
        mtbf(**ENGINE, terminated="time", **times)
