"""Failures at age 0 (dead on arrival): one rule for every estimator, by hand."""

import math

import numpy as np
import pytest

from pumpperf import ArgumentError
from pumpperf.reliability.lognormal import lognormal
from pumpperf.reliability.measures import run_life_measures
from pumpperf.reliability.rates import mtbf
from pumpperf.reliability.recurrence import (
    crow_amsaa,
    growth_goodness,
    laplace,
    lewis_robinson,
    mean_cumulative_function,
    mil_hdbk_189,
    reverse_arrangements,
)
from pumpperf.reliability.survival import cumulative_incidence, kaplan_meier, log_rank
from pumpperf.reliability.weibull import weibayes, weibull

TEN = {"age_h": [0.0] * 10, "failed": [1, 1] + [0] * 8}


def test_all_that_entered_at_0_are_at_risk_there():
    curve = kaplan_meier(**TEN, level=0.95)
    assert curve.at_risk.tolist() == [10.0]
    assert curve.survival.tolist() == [pytest.approx(0.8)]
    assert curve.dropped.tolist() == [0.0]


def test_survivors_at_0_are_at_risk_beside_those_that_go_on():
    curve = kaplan_meier(age_h=[0.0, 0.0, 0.0, 5.0], failed=[1, 0, 0, 1], level=0.95)
    assert curve.survival.tolist() == [pytest.approx(0.75), 0.0]


def test_modes_share_what_fails_at_0():
    curve = cumulative_incidence(**TEN, mode=["a", "b"] + [None] * 8, level=0.95)
    assert curve.incidence.tolist() == [[pytest.approx(0.1), pytest.approx(0.1)]]


def test_fleets_at_0_are_compared_by_all_of_them():
    """By hand: 8 of 20 failed, so 4 of each fleet of ten were expected; the variance is
    8 (20 - 8)/(20 - 1) / 4, the statistic (2 - 4)^2 over it."""
    found = log_rank(
        age_h=[0.0] * 20,
        failed=[1] * 2 + [0] * 8 + [1] * 6 + [0] * 4,
        fleet=["a"] * 10 + ["b"] * 10,
    )
    assert found.expected.tolist() == [[4.0, 4.0]]
    assert found.statistic[0] == pytest.approx(4.0 / (8.0 * 12.0 / 19.0 / 4.0))


def test_measures_count_what_survival_counts():
    status = ["failed"] * 2 + ["running"] * 8
    found = run_life_measures(age_h=TEN["age_h"], status=status, level=0.9, infant_h=10.0)
    assert (found.lives[0], found.failed[0], found.running[0], found.dropped[0]) == (10, 2, 8, 0)
    assert found.mean_failed_h[0] == 0.0


def test_a_law_of_failure_learns_nothing_of_a_life_last_seen_alive_at_0():
    lives = {"age_h": [0.0, 3.0, 5.0, 9.0], "failed": [0, 1, 1, 0]}
    whole = {name: column[1:] for name, column in lives.items()}
    more = {"level": 0.9, "bounds": "fisher"}
    for fit, terms in ((weibull, more), (weibayes, {"shape": 2.0, "level": 0.9, "sided": "two"})):
        found, expected = fit(**lives, **terms), fit(**whole, **terms)
        assert found.scale_h == expected.scale_h
        assert (found.lives[0], found.dropped[0]) == (3.0, 1.0)
    assert lognormal(**lives, level=0.9).dropped[0] == 1.0


EVENTS = {"event_h": [0.0, 20.0, 30.0], "event_system": [1, 0, 0], "end_h": [40.0, 40.0]}


def test_laplace_counts_it_at_the_begin():
    """(0 + 20 + 30 - 3 x 20) / (40 sqrt(3/12))."""
    found = laplace(**EVENTS, terminated="time")
    assert found.statistic[0] == pytest.approx(-10.0 / (40.0 * math.sqrt(3.0 / 12.0)))
    assert (found.used[0], found.dropped[0]) == (3.0, 0.0)


def test_what_takes_logarithms_leaves_it_out_and_says_so():
    later = {"event_h": [20.0, 30.0], "event_system": [0, 0], "end_h": [40.0, 40.0]}
    growth = {"terminated": "time", "level": 0.9}
    for test, terms, names in (
        (mil_hdbk_189, {"terminated": "time"}, ("statistic", "used")),
        (crow_amsaa, growth, ("shape", "mtbf_h", "failures")),
        (growth_goodness, {"terminated": "time", "alpha": 0.1}, ("statistic", "used")),
    ):
        found, expected = test(**EVENTS, **terms), test(**later, **terms)
        for name in names:
            assert getattr(found, name).tolist() == getattr(expected, name).tolist()
        assert (found.dropped[0], expected.dropped[0]) == (1.0, 0.0)
        fleet = test(**EVENTS, **terms, by=["a", "b"])
        assert fleet.dropped.tolist() == [0.0, 1.0]


def test_gaps_begin_with_one_of_0():
    """Gaps 0, 20 and 10 in 40 h: mean 10, deviation 10, so CV = 1 and the test is Laplace's."""
    one = {"event_h": [0.0, 20.0, 30.0], "event_system": [0, 0, 0], "end_h": [40.0]}
    found = lewis_robinson(**one, terminated="time")
    assert found.statistic[0] == pytest.approx(laplace(**one, terminated="time").statistic[0])
    assert reverse_arrangements(**one).statistic.tolist() == [2.0]
    stuck = {"event_h": [0.0, 0.0], "event_system": [0, 0], "end_h": [40.0]}
    assert lewis_robinson(**stuck, terminated="time").status.tolist() == ["no_scatter"]


def test_the_mean_cumulative_function_begins_with_it():
    """One of four fails at 0, one of which is never seen again; then one of three at 30 h."""
    curve = mean_cumulative_function(
        event_h=[0.0, 30.0], event_system=[3, 0], end_h=[40.0, 40.0, 40.0, 0.0], level=0.9
    )
    assert curve.age_h.tolist() == [0.0, 30.0]
    assert curve.at_risk.tolist() == [4.0, 3.0]
    assert curve.mean.tolist() == [0.25, pytest.approx(0.25 + 1.0 / 3.0)]
    # phi of the four: 3/16, -1/16 thrice; then 2/9, -1/9, -1/9 more of the three that go on.
    phi = np.array([-1 / 16 + 2 / 9, -1 / 16 - 1 / 9, -1 / 16 - 1 / 9, 3 / 16])
    assert curve.standard_error[1] == pytest.approx(math.sqrt((phi**2).sum()))
    assert curve.systems.tolist() == [4.0]


def test_a_pump_that_never_ran_stops_no_fleet():
    never = {"event_h": [0.0, 20.0], "event_system": [0, 1], "end_h": [0.0, 40.0]}
    alone = {"event_h": [0.0], "event_system": [0], "end_h": [0.0]}
    assert laplace(**never, terminated="time").used.tolist() == [1.0]
    assert laplace(**alone, terminated="time").status.tolist() == ["no_exposure"]
    assert mean_cumulative_function(**alone, level=0.9).mean.tolist() == [1.0]
    found = mtbf(
        operating_h=[0.0, 40.0],
        failures=[1, 1],
        failure_h=never["event_h"],
        failure_of=never["event_system"],
        level=0.9,
        sided="two",
        terminated="time",
        by=["A", "A"],
    )
    assert found.mtbf_h.tolist() == [20.0]
    assert found.trend.used.tolist() == [1.0]


def test_one_at_a_later_start_belongs_to_the_time_before():
    with pytest.raises(ArgumentError, match=r"event_h\[0\] = 5.0: expected after the start 5.0"):
        mean_cumulative_function(
            event_h=[5.0], event_system=[0], start_h=[5.0], end_h=[9.0], level=0.9
        )
