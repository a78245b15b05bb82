"""Measured availability against the ratio estimator in plain loops, and against chance itself."""

import math
from dataclasses import FrozenInstanceError
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import stdtrit

from pumpperf.calc.downtime import measured_availability
from pumpperf.errors import ArgumentError

NAN = float("nan")

HOURS = st.one_of(st.just(0.0), st.floats(0.01, 1e5))
PUMPS = st.lists(st.tuples(HOURS, HOURS), max_size=8)
LEVEL = st.floats(0.05, 0.999)


def _measured(pumps, level=0.9, sided="two", by=None):
    return measured_availability(
        uptime_h=[up for up, _ in pumps],
        downtime_h=[down for _, down in pumps],
        level=level,
        sided=sided,
        by=by,
    )


def _by_hand(pumps):
    """Status, availability, and the error of its ratio: the textbook's, in exact fractions."""
    pumps = [(Fraction(up), Fraction(down)) for up, down in pumps if up + down > 0.0]
    up, down = sum(u for u, _ in pumps), sum(d for _, d in pumps)
    if not pumps:
        return "no_exposure", NAN, NAN
    share = up / (up + down)
    if 0 in {up, down}:
        return "no_uptime" if up == 0 else "no_downtime", share, NAN
    n = len(pumps)
    if n == 1:
        return "one_pump", share, NAN
    squares = sum((u - share * (u + d)) ** 2 for u, d in pumps)
    return "ok", share, math.sqrt(Fraction(n, n - 1) * squares / (up + down) ** 2)


@given(pumps=PUMPS, level=LEVEL)
@example(pumps=[(90.0, 10.0), (80.0, 20.0)], level=0.5)
@example(pumps=[(90.0, 10.0), (0.0, 0.0)], level=0.5)
@example(pumps=[(0.0, 10.0), (0.0, 3.0)], level=0.5)
def test_bounds_are_those_of_the_ratio_estimator_on_the_logit(pumps, level):
    answer = _measured(pumps, level)
    status, share, error = _by_hand(pumps)
    (found,) = answer.status
    assert answer.availability[0] == pytest.approx(float(share), rel=1e-12, nan_ok=True)
    assert answer.pumps[0] == sum(up + down > 0.0 for up, down in pumps)
    bounds = (answer.lower_availability[0], answer.upper_availability[0])
    if found != "ok":
        assert np.isnan(bounds).all()
        assert found == status or ((found, status) == ("no_spread", "ok") and error < 1e-9)
        return
    assert status == "ok"
    reach = stdtrit(answer.pumps[0] - 1.0, (1.0 + level) / 2.0) * error / (share * (1 - share))
    odds = (1 - share) / share
    for bound, sign in zip(bounds, (-1.0, 1.0), strict=True):
        worse = math.inf if -sign * reach > 700.0 else odds * math.exp(-sign * reach)
        assert bound == pytest.approx(1.0 / (1.0 + worse), rel=1e-9, abs=1e-300)
    assert 0.0 <= bounds[0] < share < bounds[1] <= 1.0


@given(pumps=st.lists(st.tuples(HOURS, HOURS, st.sampled_from("BAC")), max_size=12), level=LEVEL)
def test_groups_are_as_many_separate_fleets(pumps, level):
    answer = _measured([p[:2] for p in pumps], level, by=[p[2] for p in pumps])
    labels = sorted({p[2] for p in pumps})
    assert answer.group.tolist() == labels
    for i, label in enumerate(labels):
        alone = _measured([p[:2] for p in pumps if p[2] == label], level)
        assert answer.status[i] == alone.status[0]
        for name in ("availability", "lower_availability", "upper_availability", "uptime_h"):
            found, expected = getattr(answer, name)[i], getattr(alone, name)[0]
            assert found == pytest.approx(expected, rel=1e-12, nan_ok=True)


@given(pumps=PUMPS, level=LEVEL)
def test_downtime_is_uptime_in_the_mirror(pumps, level):
    answer = _measured(pumps, level)
    mirror = _measured([(down, up) for up, down in pumps], level)
    assert mirror.availability[0] == pytest.approx(1.0 - answer.availability[0], nan_ok=True)
    assert mirror.lower_availability[0] == pytest.approx(
        1.0 - answer.upper_availability[0], nan_ok=True
    )


@pytest.mark.parametrize("scale", [1e-150, 1e-8, 1e8, 1e150])
def test_the_unit_of_time_moves_nothing_but_the_hours(scale):
    pumps = [(90.0, 10.0), (80.0, 20.0), (99.0, 1.0)]
    answer = _measured(pumps)
    scaled = _measured([(up * scale, down * scale) for up, down in pumps])
    assert scaled.status.tolist() == ["ok"]
    assert scaled.lower_availability == pytest.approx(answer.lower_availability, rel=1e-12)
    assert scaled.upper_availability == pytest.approx(answer.upper_availability, rel=1e-12)
    assert scaled.downtime_h == pytest.approx(answer.downtime_h * scale, rel=1e-12)


def test_an_availability_near_one_loses_no_digits():
    answer = _measured([(1e12, 1.0), (1e12, 3.0)], level=0.5)
    # t(1) = 1 at 75 %; shares of downtime 1/4 and 3/4: an error of 0.5 on the logit.
    unavailable = 2e-12 * np.exp([0.5, -0.5])
    found = [answer.lower_availability[0], answer.upper_availability[0]]
    assert found == pytest.approx(1.0 - unavailable, rel=1e-15)
    mirror = _measured([(1.0, 1e12), (3.0, 1e12)], level=0.5)
    assert mirror.upper_availability == pytest.approx(unavailable[:1], rel=1e-11)


@pytest.mark.parametrize("sided", ["lower", "upper"])
def test_one_sided_bounds_are_those_of_a_wider_interval(sided):
    pumps = [(90.0, 10.0), (80.0, 20.0), (99.0, 1.0)]
    one, two = _measured(pumps, 0.9, sided), _measured(pumps, 0.8)
    name, other = f"{sided}_availability", {"lower": "upper", "upper": "lower"}[sided]
    assert getattr(one, name) == pytest.approx(getattr(two, name), rel=1e-12)
    assert np.isnan(getattr(one, f"{other}_availability")).all()
    assert (one.sided, one.level) == (sided, 0.9)


def test_what_the_pumps_cannot_tell_is_named():
    rows = [
        ("one_pump", 5.0, 5.0),
        ("one_pump", 0.0, 0.0),
        ("no_downtime", 9.0, 0.0),
        ("no_downtime", 8.0, 0.0),
        ("no_uptime", 0.0, 4.0),
        ("no_exposure", 0.0, 0.0),
        ("no_spread", 7.0, 1.0),
        ("no_spread", 14.0, 2.0),
    ]
    answer = _measured([row[1:] for row in rows], by=[row[0] for row in rows])
    assert answer.status.tolist() == answer.group.tolist()
    assert np.isnan(answer.lower_availability).all()
    assert np.isnan(answer.upper_availability).all()
    share = dict(zip(answer.group, answer.availability, strict=True))
    assert (share["no_downtime"], share["no_uptime"]) == (1.0, 0.0)
    assert math.isnan(share["no_exposure"])


def test_no_pumps_are_no_groups():
    assert _measured([]).status.tolist() == ["no_exposure"]
    assert _measured([], by=[]).status.tolist() == []


def test_the_interval_holds_its_level_over_many_fleets():
    """Cycles of exponential up and lognormal down times: what is true is known."""
    chance = np.random.default_rng(20260101)
    fleets, pumps, cycles = 2000, 25, 12
    shape = (fleets, pumps, cycles)
    up = chance.exponential(500.0, shape).sum(axis=2)
    down = np.exp(chance.normal(2.0, 1.0, shape)).sum(axis=2)
    true = 500.0 / (500.0 + math.exp(2.5))
    answer = measured_availability(
        uptime_h=up.ravel(),
        downtime_h=down.ravel(),
        level=0.9,
        sided="two",
        by=np.repeat(np.arange(fleets), pumps),
    )
    covered = (answer.lower_availability < true) & (true < answer.upper_availability)
    assert 0.86 < covered.mean() < 0.93


def test_an_answer_says_how_it_was_found_and_cannot_be_changed():
    answer = _measured([(1.0, 2.0)])
    assert answer.method == "ratio estimator over pumps, delta method on the logit, Student t"
    with pytest.raises(FrozenInstanceError):
        answer.level = 0.5


ASKED = {"uptime_h": [1.0, 2.0], "downtime_h": [1.0, 2.0], "level": 0.9, "sided": "two"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"uptime_h": [1.0]}, r"downtime_h has 2 entries for 1 of uptime_h"),
        ({"uptime_h": [1.0, -2.0]}, r"uptime_h\[1\] = -2.0"),
        ({"downtime_h": [math.inf, NAN]}, r"downtime_h\[0\] = inf"),
        ({"downtime_h": [1.0, NAN]}, r"downtime_h\[1\] = nan"),
        ({"level": 1.5}, r"level = 1.5"),
        ({"sided": "both"}, r"sided = 'both': expected one of two, lower, upper"),
        ({"by": ["a"]}, r"by has 1 labels for 2 entries"),
    ],
)
def test_times_that_cannot_be_are_refused(change, message):
    with pytest.raises(ArgumentError, match=message):
        measured_availability(**ASKED | change)
