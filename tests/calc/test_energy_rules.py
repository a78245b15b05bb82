"""Energy by what a log was written as: by hand, and minute by minute for a fleet of all rules."""

import datetime as dt
from itertools import pairwise
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.calc.energy import (
    PowerRule,
    energy_kwh,
    monthly_demand,
    period_energies,
    power_steps,
    running_power_kw,
)
from pumpperf.errors import ArgumentError

START = np.datetime64("2026-01-01T00:00", "us")
NAN = float("nan")
RULES = get_args(PowerRule)
MEANS = ("mean_from", "mean_until")
POWER = st.floats(-50.0, 500.0).map(lambda kw: round(kw, 3))


def at(minutes):
    return START + np.asarray(minutes, dtype=np.int64) * np.timedelta64(60_000_000, "us")


def account(log, rule, window=(0, 300), gap_h=1.0):
    """Of [(minute, kW), ...] or {minute: kW}, in the order given."""
    pairs = [*log.items()] if isinstance(log, dict) else log
    return energy_kwh(
        time=at([minute for minute, _ in pairs]),
        power_kw=[kw for _, kw in pairs],
        rule=rule,
        window=tuple(at(window)),
        longest_gap_h=gap_h,
    )


# A sample at 0, 1 and 2 h, and after a gap at 4 and 5 h: 10 and 30 kW, 30 and 30 kW, 6 and 2 kW.
BY_HAND = {0: 10.0, 60: 30.0, 120: 30.0, 240: 6.0, 300: 2.0}


@pytest.mark.parametrize(
    ("rule", "whole", "cut"),
    [
        # (10 + 30)/2 + 30 + (6 + 2)/2; from 0:30 the line begins at 20 kW, and at 4:30 it is at 4
        ("linear", 20 + 30 + 4, (20 + 30) / 2 * 0.5 + 30 + (6 + 4) / 2 * 0.5),
        ("hold", 10 + 30 + 6, 10 * 0.5 + 30 + 6 * 0.5),
        ("mean_from", 10 + 30 + 6, 10 * 0.5 + 30 + 6 * 0.5),
        ("mean_until", 30 + 30 + 2, 30 * 0.5 + 30 + 2 * 0.5),
    ],
)
def test_each_rule_by_hand_with_a_gap_and_edges_inside_a_step(rule, whole, cut):
    found = account(BY_HAND, rule)
    assert (found.energy_kwh[0], found.covered_h[0], found.gap_h[0]) == (whole, 3.0, 2.0)
    found = account(BY_HAND, rule, window=(30, 270))
    assert (found.energy_kwh[0], found.covered_h[0], found.gap_h[0]) == (cut, 2.0, 2.0)
    time, power = at([*BY_HAND]), [*BY_HAND.values()]
    steps = power_steps(time=time, power_kw=power, longest_gap_h=1.0, rule=rule)
    parts = period_energies(steps=steps, edge=at([30, 60, 270]))
    assert parts.total_energy_kwh[0] == cut


@given(
    minutes=st.sets(st.integers(-50, 200), max_size=10),
    power=POWER,
    edges=st.tuples(st.integers(-60, 100), st.integers(1, 120)),
    gap=st.integers(1, 90),
)
def test_all_rules_agree_on_a_constant_power(minutes, power, edges, gap):
    window = (edges[0], sum(edges))
    first, *others = (
        account(dict.fromkeys(minutes, power), rule, window, gap / 60) for rule in RULES
    )
    assert first.energy_kwh[0] == pytest.approx(power * first.covered_h[0], rel=1e-12, abs=1e-12)
    for other in others:
        assert other.energy_kwh[0] == pytest.approx(first.energy_kwh[0], rel=1e-12, abs=1e-12)
        assert other.covered_us == first.covered_us


@given(log=st.dictionaries(st.integers(0, 200), POWER, max_size=10), gap=st.integers(1, 90))
def test_the_line_is_midway_between_what_was_held_and_what_came(log, gap):
    """A step from P to Q over h hours is h P if held, h Q if a mean until then: h (P + Q)/2."""
    linear, hold, since, until = (
        account(log, rule, gap_h=gap / 60).energy_kwh[0] for rule in RULES
    )
    assert hold == since
    assert 2 * linear == pytest.approx(since + until, rel=1e-12, abs=1e-9)
    times = sorted(log)
    near = [(a, b) for a, b in pairwise(times) if b - a <= gap]
    rises = sum((log[b] - log[a]) * (b - a) / 60 for a, b in near)
    assert until - since == pytest.approx(rises, rel=1e-9, abs=1e-9)


def minute_by_minute(log, first, last, gap):
    """Energy and covered minutes of [(minute, kW, rule), ...] in the order given."""
    lost_ends = {t for t, p, rule in log if p != p and rule != "linear"}
    known = [one for one in log if one[1] == one[1]]
    times = {t for t, _, _ in known} | lost_ends
    energy, covered = 0.0, 0
    for minute in range(first, last):
        a = max((t for t in times if t <= minute), default=None)
        b = min((t for t in times if t > minute), default=None)
        if a is None or b is None or b - a > gap:
            continue
        lost = [("lost", NAN, None)]
        _, from_kw, from_rule = [*lost, *(one for one in known if one[0] == a)][-1]
        _, until_kw, until_rule = [*(one for one in known if one[0] == b), *lost][0]
        from_rule = from_rule or next(r for t, p, r in log if t == a and r != "linear")
        until_rule = until_rule or next(r for t, p, r in log if t == b and r != "linear")
        if from_rule != until_rule:
            continue
        kw = {
            "linear": from_kw + (until_kw - from_kw) * (minute + 0.5 - a) / (b - a),
            "mean_until": until_kw,
        }.get(from_rule, from_kw)
        if kw == kw:
            energy, covered = energy + kw / 60, covered + 1
    return energy, covered


def several(rule):
    """Samples of a rule; only those of means are alone in their time."""
    sample = st.tuples(st.integers(-20, 30), POWER | st.just(NAN), st.just(rule))
    alone = (lambda one: one[0]) if rule in MEANS else None
    return st.lists(sample, max_size=20, unique_by=alone)


PUMP = st.sampled_from(RULES).flatmap(several) | st.tuples(several("linear"), several("hold")).map(
    lambda both: [*both[0], *both[1]]
)


@given(
    fleet=st.dictionaries(st.sampled_from(["a", "b", "c"]), PUMP.filter(len), max_size=3),
    edges=st.tuples(st.integers(-25, 20), st.integers(1, 30)),
    gap=st.integers(1, 30),
    data=st.data(),
)
def test_a_fleet_of_all_rules_is_the_sum_of_its_minutes(fleet, edges, gap, data):
    rows = [(name, *sample) for name, log in fleet.items() for sample in log]
    rows = data.draw(st.permutations(rows))
    first, last = edges[0], sum(edges)
    found = energy_kwh(
        time=at([row[1] for row in rows]),
        power_kw=[row[2] for row in rows],
        rule=[row[3] for row in rows],
        by=[row[0] for row in rows],
        window=(at(first), at(last)),
        longest_gap_h=gap / 60,
    )
    assert found.group.tolist() == sorted(fleet)
    for g, name in enumerate(found.group):
        own = [row[1:] for row in rows if row[0] == name]
        energy, covered = minute_by_minute(own, first, last, gap)
        assert found.energy_kwh[g] == pytest.approx(energy, rel=1e-9, abs=1e-9)
        assert found.covered_us[g] == covered * 60_000_000
        known = [(t, p) for t, p, _ in own if p == p]
        assert found.samples[g] == len(known)
        assert found.missing_samples[g] == len(own) - len(known)
        assert found.duplicates[g] == len(known) - len(set(known))
        differ = {t for t, p in known for u, q in known if t == u and p != q}
        assert found.jumps[g] == len(differ)


@pytest.mark.parametrize(
    ("at_60", "linear", "hold"),
    [
        ([10.0, 30.0], [10.0, 30.0], [10.0, 30.0]),  # a step up, as held
        ([30.0, 10.0], [20.0, 20.0], [10.0, 10.0]),  # up and down again within no time
        ([10.0, 99.0, 30.0], [10.0, 30.0], [10.0, 30.0]),  # what stood for no time has no energy
        ([10.0, 30.0, 10.0, 30.0], [10.0, 30.0], [10.0, 30.0]),  # two logs that overlap
    ],
)
def test_two_samples_at_one_instant_are_a_step(at_60, linear, hold):
    """From 10 kW at 0 to 30 kW at 2 h."""
    log = [(0, 10.0), *((60, kw) for kw in at_60), (120, 30.0)]
    for rule, expected in (("linear", linear), ("hold", hold)):
        hours = [account(log, rule, window).energy_kwh[0] for window in ((0, 60), (60, 120))]
        assert hours == expected
        whole = account(log, rule)
        assert (whole.jumps[0], whole.duplicates[0]) == (1, len(at_60) - len(set(at_60)))


def test_a_step_to_power_that_flows_back_counts_each_sample():
    log = [(0, 10.0), (60, -1.0), (60, 5.0), (120, 5.0), (120, -2.0), (120, -2.0), (180, -4.0)]
    assert account(log, "linear").negative_samples.tolist() == [3]
    assert account([*log, (180, -5.0)], "linear").negative_samples.tolist() == [4]


@pytest.mark.parametrize("rule", MEANS)
def test_an_interval_has_one_mean(rule):
    assert account([(0, 1.0), (60, 2.0), (60, 2.0)], rule).duplicates.tolist() == [1]
    with pytest.raises(
        ArgumentError, match=r"two samples at .*T01:00:00.000000 differ: power_kw 2"
    ):
        account([(60, 2.0), (0, 1.0), (60, 3.0)], rule)
    named = {"time": at([0, 0, 0]), "power_kw": [1.0, 1.0, 2.0], "by": ["a", "b", "b"]}
    with pytest.raises(ArgumentError, match="two samples of 'b' at .* differ"):
        power_steps(**named, rule=rule, longest_gap_h=1.0)


@pytest.mark.parametrize(
    ("rule", "energy", "covered"),
    [
        ("linear", (10 + 20) / 2 * 2 + 20, 3),  # as if the lost one was never taken
        ("hold", 10 + 20, 2),  # nobody knows what held after it
        ("mean_from", 10 + 20, 2),  # the mean of its own interval is lost
        ("mean_until", 20 + 20, 2),  # likewise: the one before it
    ],
)
def test_a_lost_sample_hides_what_it_would_have_said(rule, energy, covered):
    log = [(0, 10.0), (60, NAN), (60, NAN), (120, 20.0), (180, 20.0)]
    found = account(log, rule, gap_h=2.0)
    assert (found.energy_kwh[0], found.covered_h[0]) == (energy, covered)
    assert (found.samples[0], found.missing_samples[0]) == (3, 2)
    beside = account([*log, (60, 10.0), (60, NAN)], rule, gap_h=2.0)
    assert beside.covered_h[0] == 3.0
    assert beside.jumps[0] == 0


def test_between_samples_of_two_rules_nothing_is_known():
    time, power = at([0, 60, 120, 180]), [10.0, 20.0, 40.0, 60.0]
    asked = {"window": (at(0), at(180)), "longest_gap_h": 1.0}
    rules = ["hold", "hold", "linear", "linear"]
    found = energy_kwh(time=time, power_kw=power, rule=rules, **asked)
    assert (found.energy_kwh[0], found.covered_h[0]) == (10 + 50, 2.0)
    # The new log begins as the old one ends.
    time, rules = at([0, 60, 60, 120]), pd.Series(rules, dtype="string")
    found = energy_kwh(time=time, power_kw=power, rule=rules, **asked)
    assert (found.energy_kwh[0], found.covered_h[0]) == (10 + 50, 2.0)
    # The mean until then is that of the old log.
    rules = ["mean_until", "mean_until", "hold", "hold"]
    found = energy_kwh(time=time, power_kw=power, rule=rules, **asked)
    assert (found.energy_kwh[0], found.covered_h[0]) == (20 + 40, 2.0)


@pytest.mark.parametrize(
    ("rule", "demand_kw", "incomplete"), [("hold", 100.0, 0), ("mean_from", 100.0 * 8 / 15, 2)]
)
def test_what_was_held_is_known_in_each_interval(rule, demand_kw, incomplete):
    """100 kW from 0:07 to 0:53: a mean of this time says nothing of 0:15 to 0:45."""
    steps = power_steps(
        time=at([0, 7, 53, 60]), power_kw=[0.0, 100.0, 0.0, 0.0], rule=rule, longest_gap_h=1.0
    )
    found = monthly_demand(
        steps=steps, window=(at(0), at(60)), tzinfo=dt.UTC, demand_interval_h=0.25
    )
    assert found.demand_kw == pytest.approx(np.array([[demand_kw]]), rel=1e-12)
    assert found.incomplete_intervals.tolist() == [[incomplete]]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("mean", "rule = 'mean': expected one of linear, hold, mean_from, mean_until"),
        (None, "rule = None: expected one of linear"),
        (["hold"], "rule has 1 entries for 2 of power_kw"),
        (["hold", "HOLD"], r"rule\[1\] = 'HOLD': expected one of linear"),
        (["hold", None], r"rule\[1\] = None: expected labels"),
        (np.ma.array(["hold", "hold"], mask=[0, 1]), r"rule\[1\] is masked"),
    ],
)
def test_rules_that_are_none_are_refused(rule, message):
    with pytest.raises(ArgumentError, match=message):
        account({0: 1.0, 60: 1.0}, rule)


def test_columns_of_unequal_indexes_are_refused():
    power, rule = pd.Series([1.0, 2.0]), pd.Series(["hold", "hold"], index=[1, 0])
    with pytest.raises(ArgumentError, match="power_kw and rule have unequal indexes"):
        power_steps(time=at([0, 1]), power_kw=power, rule=rule, longest_gap_h=1.0)


def test_running_power_by_time_forgets_a_short_start():
    """Ten samples of a start within a minute, then 20 kW for ten hours; off for the rest."""
    power, hours = [*[60.0] * 10, 20.0, 0.0], [*[1 / 600] * 10, 10.0, 100.0]
    expected = (60.0 / 60 + 20.0 * 10) / (1 / 60 + 10)
    assert running_power_kw(power_kw=power, hours=hours) == pytest.approx(expected, rel=1e-12)
    assert running_power_kw(power_kw=power) == pytest.approx(620.0 / 11)
    assert np.isnan(running_power_kw(power_kw=[5.0], hours=[0.0]))
    assert np.isnan(running_power_kw(power_kw=[0.0]))
    with pytest.raises(ArgumentError, match="hours has 1 entries for 2 of power_kw"):
        running_power_kw(power_kw=[1.0, 2.0], hours=[1.0])
