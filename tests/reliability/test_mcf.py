"""The mean cumulative function against its definition, step by step and system by system."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recurrent import ASKED, NAN, WRONG, WRONG_START, columns, fleets, split

from pumpperf.errors import ArgumentError
from pumpperf.reliability.recurrence import mcf_at, mcf_difference, mean_cumulative_function

Z90 = 1.6448536269514722


def by_definition(systems, prices=None):
    """Age, watched, mean and variance at each step, by plain loops over every system."""
    ages = sorted({age for *_, its in systems for age in its})
    mean, phi, steps = 0.0, [0.0] * len(systems), []
    for age in ages:
        watched = [q for q, (_, start, end, _) in enumerate(systems) if start < age <= end]
        lost = [
            sum(prices[q][k] if prices else 1.0 for k, a in enumerate(one[3]) if a == age)
            for q, one in enumerate(systems)
        ]
        each = math.fsum(lost) / len(watched)
        mean += each
        for q in watched:
            phi[q] += (lost[q] - each) / len(watched)
        steps.append((age, len(watched), mean, math.fsum(p * p for p in phi)))
    return steps


def status_by_definition(systems):
    seen = [one for one in systems if one[2] > one[1] or one[2] == 0.0]
    if not seen:
        return "no_exposure"
    if not any(one[3] for one in seen):
        return "no_failures"
    if len(seen) == 1:
        return "one_system"
    upto = min(one[1] for one in seen)
    for start, end in sorted((one[1], one[2]) for one in seen):
        if start > upto:
            return "gap_in_observation"
        upto = max(upto, end)
    return "ok"


def held(curve, g, systems, prices=None):
    steps = by_definition(systems, prices)
    its = slice(curve.offset[g], curve.offset[g + 1])
    mean = curve.mean[its]
    status = status_by_definition(systems)
    assert curve.status[g] == status
    assert curve.age_h[its].tolist() == [age for age, *_ in steps]
    assert curve.at_risk[its].tolist() == [count for _, count, *_ in steps]
    assert mean == pytest.approx([m for *_, m, _ in steps], rel=1e-12)
    seen = [one for one in systems if one[2] > one[1] or one[2] == 0.0]
    assert curve.systems[g] == len(seen)
    assert curve.total_failures[g] == sum(len(one[3]) for one in systems)
    assert curve.failures[its].sum() == curve.total_failures[g]
    assert curve.exposure_h[g] == pytest.approx(sum(one[2] - one[1] for one in systems), rel=1e-12)
    if len(seen) < 2:
        assert np.isnan(curve.standard_error[its]).all()
        return
    variance = np.array([v for *_, v in steps])
    # By differences of sums, the variance is as exact as the squares of means.
    assert (
        np.abs(curve.standard_error[its] ** 2 - variance) <= 1e-13 * mean * mean.max(initial=0.0)
    ).all()
    some = mean > 0.0
    width = np.exp(Z90 * curve.standard_error[its][some] / mean[some])
    assert curve.upper[its][some] == pytest.approx(mean[some] * width, rel=1e-12)
    assert curve.lower[its][some] == pytest.approx(mean[some] / width, rel=1e-12)
    assert np.isnan(curve.lower[its][~some]).all()


@given(systems=fleets())
def test_every_step_is_that_of_the_definition(systems):
    curve = mean_cumulative_function(**columns(systems), level=0.9)
    groups = split(systems)
    assert curve.group.tolist() == list(groups)
    for g, its in enumerate(groups.values()):
        held(curve, g, its)
    alone = mean_cumulative_function(**columns(systems, by=False), level=0.9)
    assert alone.group is None
    held(alone, 0, systems)


@given(systems=fleets(late=False), data=st.data())
def test_costs_are_summed_in_place_of_failures(systems, data):
    price = st.floats(0.0, 100.0).map(lambda cost: round(cost, 2))
    scale = data.draw(st.sampled_from([1e-8, 1.0, 1e8, 1e150]))
    prices = [[scale * data.draw(price) for _ in one[3]] for one in systems]
    taken = {
        "event_h": [age for *_, ages in systems for age in ages],
        "event_system": [q for q, one in enumerate(systems) for _ in one[3]],
        "end_h": [one[2] for one in systems],
    }
    curve = mean_cumulative_function(**taken, cost=[c for its in prices for c in its], level=0.9)
    held(curve, 0, systems, prices)


def test_a_cost_of_one_is_a_count():
    taken = {"event_h": [1.0, 2.0, 2.0], "event_system": [0, 1, 2], "end_h": [3.0, 4.0, 5.0]}
    counted = mean_cumulative_function(**taken, level=0.9)
    costed = mean_cumulative_function(**taken, cost=[1.0, 1.0, 1.0], level=0.9)
    assert costed.mean.tolist() == counted.mean.tolist()
    assert costed.standard_error.tolist() == counted.standard_error.tolist()


def test_places_of_systems_may_be_whole_floats():
    curve = mean_cumulative_function(
        event_h=[3.0, 5.0], event_system=[0.0, 1.0], end_h=[8.0, 9.0], level=0.9
    )
    assert curve.mean.tolist() == [0.5, 1.0]


def test_systems_that_fail_alike_leave_no_error():
    curve = mean_cumulative_function(
        event_h=[1.1] * 7 + [2.3] * 7, event_system=[*range(7)] * 2, end_h=[9.0] * 7, level=0.9
    )
    assert curve.mean == pytest.approx([1.0, 2.0], rel=1e-15)
    assert curve.standard_error.tolist() == [0.0, 0.0]
    assert curve.lower.tolist() == curve.upper.tolist() == curve.mean.tolist()


def test_many_groups_do_not_disturb_each_other():
    rng = np.random.default_rng(5)
    end = rng.integers(5, 30, 400) * 10.0 ** rng.integers(-8, 9, 400)
    owner = np.repeat(np.arange(400), rng.poisson(3, 400))
    age = end[owner] * rng.random(owner.size)
    cost = rng.random(owner.size) * 10.0 ** (owner % 100 // 10 * 30.0 - 150.0)
    by = np.arange(400) % 100
    together = mean_cumulative_function(
        event_h=age, event_system=owner, end_h=end, cost=cost, level=0.9, by=by
    )
    for g in range(100):
        mine = np.isin(owner, np.flatnonzero(by == g))
        alone = mean_cumulative_function(
            event_h=age[mine],
            event_system=np.searchsorted(np.flatnonzero(by == g), owner[mine]),
            end_h=end[by == g],
            cost=cost[mine],
            level=0.9,
        )
        its = slice(together.offset[g], together.offset[g + 1])
        # A group leaves the rounding of its own sums to the next one.
        largest = alone.mean.max(initial=0.0)
        assert together.mean[its] == pytest.approx(alone.mean, rel=0.0, abs=1e-14 * largest)
        assert together.standard_error[its] == pytest.approx(
            alone.standard_error, rel=1e-9, abs=1e-12 * largest
        )


@given(systems=fleets())
def test_a_curve_is_read_where_it_is_known(systems):
    curve = mean_cumulative_function(**columns(systems), level=0.9)
    ages = sorted({0.0, *(x for _, start, end, its in systems for x in (start, end * 1.01, *its))})
    read = mcf_at(curve=curve, at_h=ages)
    assert read.mean.shape == (curve.status.size, len(ages))
    for g, its in enumerate(split(systems).values()):
        seen = [one for one in its if one[2] > one[1] or one[2] == 0.0]
        steps = by_definition(its)
        for k, age in enumerate(ages):
            known = seen and min(s[1] for s in seen) <= age <= max(s[2] for s in seen)
            passed = [mean for step, _, mean, _ in steps if step <= age]
            expected = (passed[-1] if passed else 0.0) if known else NAN
            assert read.mean[g, k] == pytest.approx(expected, rel=1e-12, nan_ok=True)
            assert math.isnan(read.standard_error[g, k]) == (not known or len(seen) < 2)
            assert math.isnan(read.lower[g, k]) == (not passed or not known or len(seen) < 2)
            assert not read.upper[g, k] < read.mean[g, k]


@given(first=fleets(), second=fleets())
def test_a_difference_is_that_of_two_readings(first, second):
    labels = sorted({one[0] for one in first} & {one[0] for one in second})
    pair = [[one for one in systems if one[0] in labels] for systems in (first, second)]
    one, two = (mean_cumulative_function(**columns(its), level=0.9) for its in pair)
    both = mcf_difference(first=one, second=two, level=0.9)
    for g, status in enumerate(both.status):
        its = slice(both.offset[g], both.offset[g + 1])
        if status in {"no_exposure", "different_start"}:
            assert both.offset[g] == both.offset[g + 1]
            continue
        assert one.start_h[g] == two.start_h[g]
        steps = {
            age
            for curve in (one, two)
            for age in curve.age_h[curve.offset[g] : curve.offset[g + 1]].tolist()
            if age <= min(one.end_h[g], two.end_h[g])
        }
        ages = both.age_h[its].tolist()
        assert ages == sorted(steps)
        assert (status == "no_failures") == (one.total_failures[g] + two.total_failures[g] == 0)
        if ages:
            left, right = (mcf_at(curve=curve, at_h=ages) for curve in (one, two))
            difference = left.mean[g] - right.mean[g]
            se = np.sqrt(left.standard_error[g] ** 2 + right.standard_error[g] ** 2)
            assert both.difference[its] == pytest.approx(difference, rel=1e-12, abs=1e-13)
            assert both.standard_error[its] == pytest.approx(se, rel=1e-12, abs=1e-150, nan_ok=True)
            width = both.upper[its] - both.lower[its]
            assert width == pytest.approx(2.0 * Z90 * se, rel=1e-9, abs=1e-12, nan_ok=True)


def test_curves_of_other_labels_are_not_taken_from_each_other():
    one, two = (
        mean_cumulative_function(**ASKED, level=0.9, by=labels)
        for labels in (["a", "b"], ["a", "c"])
    )
    alone = mean_cumulative_function(**ASKED, level=0.9)
    for second in (two, alone):
        with pytest.raises(ArgumentError, match="expected curves of the same labels"):
            mcf_difference(first=one, second=second, level=0.9)


def test_an_age_that_is_none_is_refused():
    curve = mean_cumulative_function(**ASKED, level=0.9)
    assert mcf_at(curve=curve, at_h=1.0).level == curve.level
    with pytest.raises(ArgumentError, match=r"at_h\[0\] = nan"):
        mcf_at(curve=curve, at_h=NAN)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        *WRONG,
        *WRONG_START,
        ({"cost": [1.0]}, "cost has 1 entries for 2 of event_h"),
        ({"cost": [1.0, -1.0]}, r"cost\[1\] = -1.0: expected a finite number"),
        ({"level": 1.5}, "level = 1.5: expected a confidence level"),
    ],
)
def test_what_is_wrong_is_named(change, message):
    with pytest.raises(ArgumentError, match=message):
        mean_cumulative_function(**({"level": 0.9} | ASKED | change))
