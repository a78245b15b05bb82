"""Times to restore: mean, median and rate against plain loops and exact counts."""

import math
import statistics
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import pdtr, stdtr
from test_cases_reliability import CASES

from pumpperf.calc.downtime import repair_rate, restoration_times
from pumpperf.errors import ArgumentError

NAN = float("nan")

HOURS = st.one_of(st.just(0.0), st.just(3.0), st.floats(0.01, 1e4))
ROWS = st.lists(st.tuples(HOURS, st.booleans()), max_size=8)
LEVEL = st.floats(0.05, 0.999)


def _asked(rows, level=0.9, sided="two", by=None):
    return {
        "time_h": [time for time, _ in rows],
        "restored": [restored for _, restored in rows],
        "level": level,
        "sided": sided,
        "by": by,
    }


def _status(rows):
    ended = [time for time, restored in rows if restored]
    if not rows:
        return "none"
    if not ended:
        return "none_restored"
    if len(ended) == 1:
        return "one_restored"
    return "no_spread" if len(set(ended)) == 1 else "ok"


def _same(expected):
    return pytest.approx(expected, rel=1e-9, nan_ok=True)


@given(rows=ROWS, level=LEVEL)
@example(rows=[(0.0, True), (0.0, True)], level=0.9)
def test_mean_and_median_are_those_of_the_ended(rows, level):
    found = restoration_times(**_asked(rows, level))
    ended = [time for time, restored in rows if restored]
    status = _status(rows)
    assert found.status.tolist() == [status]
    assert found.restored[0] == len(ended)
    assert found.ongoing[0] == len(rows) - len(ended)
    assert found.mean_h[0] == _same(math.fsum(ended) / len(ended) if ended else NAN)
    bounds = (found.lower_mean_h[0], found.upper_mean_h[0])
    if status == "ok":
        mean, n = statistics.mean(ended), len(ended)
        # The delta method: ln m moves by s / (m sqrt n) for one standard error.
        relative = statistics.stdev(ended) / mean / math.sqrt(n)
        for bound, sign in zip(bounds, (-1.0, 1.0), strict=True):
            if 0.0 < bound < math.inf:
                t = sign * math.log(bound / mean) / relative
                assert stdtr(n - 1, t) == pytest.approx((1.0 + level) / 2.0, abs=1e-9)
    else:
        assert np.isnan(bounds).all()


@given(rows=ROWS, level=LEVEL)
def test_the_median_is_bounded_by_students_t_of_the_logarithms(rows, level):
    found = restoration_times(**_asked(rows, level))
    ended = [time for time, restored in rows if restored]
    bounds = (found.lower_median_h[0], found.upper_median_h[0])
    (status,) = found.median_status
    if 0.0 in ended:
        assert status == "zero_time"
        assert np.isnan([found.median_h[0], found.log_sd[0], *bounds]).all()
        return
    assert status == _status(rows)
    logs = [math.log(time) for time in ended]
    assert found.median_h[0] == _same(math.exp(math.fsum(logs) / len(logs)) if logs else NAN)
    if len(ended) > 1:
        assert found.log_sd[0] == pytest.approx(statistics.stdev(logs), rel=1e-9, abs=1e-12)
    else:
        assert math.isnan(found.log_sd[0])
    if status == "ok":
        n, spread = len(logs), statistics.stdev(logs)
        for bound, sign in zip(bounds, (-1.0, 1.0), strict=True):
            if spread > 1e-6 and 0.0 < bound < math.inf:
                t = sign * (math.log(bound) - statistics.mean(logs)) / spread * math.sqrt(n)
                assert stdtr(n - 1, t) == pytest.approx((1.0 + level) / 2.0, abs=1e-7)
    else:
        assert np.isnan(bounds).all()


def test_repair_times_of_von_alven():
    """Published: mean 3.607 h, lognormal mu 0.6584, sigma 1.11 (n - 1 beneath)."""
    hours = CASES["F05"]["inputs"]["hours"]
    found = restoration_times(time_h=hours, restored=[True] * len(hours), level=0.9, sided="two")
    assert found.mean_h[0] == pytest.approx(3.607, abs=6e-4)
    assert math.log(found.median_h[0]) == pytest.approx(0.6584, abs=2e-3)
    assert found.log_sd[0] == pytest.approx(1.11, abs=6e-3)


def _crossed(probability, mean, tail):
    below, above = (probability(mean * (1.0 + shift)) - tail for shift in (-1e-9, 1e-9))
    return below * above < 0.0


@given(rows=ROWS, level=LEVEL)
@example(rows=[(0.0, True)], level=0.9)
@example(rows=[(0.0, False)], level=0.9)
@example(rows=[(2.0, False)], level=0.9)
def test_the_repair_rate_is_bounded_by_counts(rows, level):
    found = repair_rate(**_asked(rows, level))
    active = math.fsum(time for time, _ in rows)
    n = sum(restored for _, restored in rows)
    assert found.active_h[0] == _same(active)
    bounds = (found.lower_rate_per_h[0], found.upper_rate_per_h[0])
    if not active:
        assert found.status.tolist() == ["no_exposure" if rows else "none"]
        assert np.isnan([found.rate_per_h[0], *bounds]).all()
        return
    assert found.status.tolist() == ["ok" if n else "none_restored"]
    assert found.rate_per_h[0] == _same(n / active)
    tail = (1.0 - level) / 2.0
    # So many repairs or more are as improbable as asked at the lower rate, so few at the upper.
    if n:
        assert _crossed(lambda m: 1.0 - pdtr(n - 1, m), bounds[0] * active, tail)
    else:
        assert bounds[0] == 0.0
    most = n if n < len(rows) else n - 1
    assert _crossed(lambda m: pdtr(most, m), bounds[1] * active, tail)


@given(rows=st.lists(st.tuples(HOURS, st.booleans(), st.sampled_from("BAC")), max_size=12))
def test_groups_are_as_many_separate_ones(rows):
    labels = sorted({label for *_, label in rows})
    for estimator, names in (
        (restoration_times, ("mean_h", "lower_mean_h", "upper_median_h", "log_sd", "ongoing")),
        (repair_rate, ("rate_per_h", "lower_rate_per_h", "upper_rate_per_h", "restored")),
    ):
        found = estimator(**_asked([r[:2] for r in rows], by=[r[2] for r in rows]))
        assert found.group.tolist() == labels
        for i, label in enumerate(labels):
            alone = estimator(**_asked([r[:2] for r in rows if r[2] == label]))
            assert found.status[i] == alone.status[0]
            for name in names:
                assert getattr(found, name)[i] == pytest.approx(
                    getattr(alone, name)[0], rel=1e-9, abs=1e-12, nan_ok=True
                )


@pytest.mark.parametrize("scale", [1e-150, 1e-8, 1e8, 1e150])
def test_the_unit_of_time_scales_hours_and_rates(scale):
    hours = [1.0, 2.0, 9.0, 4.0]
    asked = {"restored": [1, 1, 1, 0], "level": 0.9, "sided": "two"}
    one = restoration_times(time_h=hours, **asked)
    other = restoration_times(time_h=np.multiply(hours, scale), **asked)
    for name in ("mean_h", "lower_mean_h", "upper_mean_h", "median_h", "upper_median_h"):
        assert getattr(other, name) == pytest.approx(getattr(one, name) * scale, rel=1e-9)
    rate, scaled = (repair_rate(time_h=t, **asked) for t in (hours, np.multiply(hours, scale)))
    assert scaled.upper_rate_per_h == pytest.approx(rate.upper_rate_per_h / scale, rel=1e-9)


def test_a_bound_beyond_any_number_is_without_bound():
    found = restoration_times(time_h=[1e-150, 1e150], restored=[1, 1], level=0.999, sided="two")
    assert found.median_status.tolist() == ["ok"]
    assert (found.lower_median_h[0], found.upper_median_h[0]) == (0.0, math.inf)
    assert found.upper_mean_h[0] == math.inf


@pytest.mark.parametrize("sided", ["lower", "upper"])
def test_one_sided_bounds_are_those_of_a_wider_interval(sided):
    rows = [(1.0, True), (2.0, True), (9.0, True), (4.0, False)]
    other = {"lower": "upper", "upper": "lower"}[sided]
    for estimator, names in (
        (restoration_times, ("mean_h", "median_h")),
        (repair_rate, ("rate_per_h",)),
    ):
        one, two = estimator(**_asked(rows, 0.9, sided)), estimator(**_asked(rows, 0.8))
        for name in names:
            expected = getattr(two, f"{sided}_{name}")
            assert getattr(one, f"{sided}_{name}") == pytest.approx(expected, rel=1e-12)
            assert np.isnan(getattr(one, f"{other}_{name}")).all()


def test_leaving_out_the_ongoing_makes_the_mean_too_low_and_the_rate_does_not():
    """Exponential repairs of 20 h, watched for 30 h: the truth is known."""
    chance = np.random.default_rng(7)
    full = chance.exponential(20.0, 200_000)
    asked = {"time_h": np.minimum(full, 30.0), "restored": full <= 30.0}
    mean = restoration_times(**asked, level=0.9, sided="two")
    rate = repair_rate(**asked, level=0.9, sided="two")
    assert mean.upper_mean_h[0] < 15.0
    assert mean.ongoing[0] == (full > 30.0).sum()
    assert 1.0 / rate.rate_per_h[0] == pytest.approx(20.0, rel=0.01)


def test_nothing_is_no_group():
    for estimator in (restoration_times, repair_rate):
        assert estimator(**_asked([])).status.tolist() == ["none"]
        assert estimator(**_asked([], by=[])).status.tolist() == []


def test_an_answer_says_how_it_was_found_and_cannot_be_changed():
    for estimator, words in ((restoration_times, "lognormal, exact"), (repair_rate, "chi-square")):
        answer = estimator(**_asked([(1.0, True)]))
        assert words in answer.method
        with pytest.raises(FrozenInstanceError):
            answer.level = 0.5


@pytest.mark.parametrize("estimator", [restoration_times, repair_rate])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"time_h": [1.0]}, r"restored has 2 entries for 1 of time_h"),
        ({"time_h": [1.0, -1.0]}, r"time_h\[1\] = -1.0"),
        ({"time_h": [NAN, 1.0]}, r"time_h\[0\] = nan"),
        ({"restored": [1, 2]}, r"restored\[1\] = .*2.*: expected true or false"),
        ({"level": 0.0}, r"level = 0.0"),
        ({"sided": "left"}, r"sided = 'left'"),
        ({"by": ["a"]}, r"by has 1 labels for 2 entries"),
    ],
)
def test_times_that_cannot_be_are_refused(estimator, change, message):
    asked = {"time_h": [1.0, 2.0], "restored": [1, 0], "level": 0.9, "sided": "two"}
    with pytest.raises(ArgumentError, match=message):
        estimator(**asked | change)
