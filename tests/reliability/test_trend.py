"""Tests of trend against their definitions, and against how often they ought to reject."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from recurrent import ASKED, WRONG, WRONG_START, WRONG_TERMINATION, columns, fleets, split
from scipy.special import gammaincc

from pumpperf.errors import ArgumentError
from pumpperf.reliability.recurrence import (
    laplace,
    lewis_robinson,
    mil_hdbk_189,
    reverse_arrangements,
)

NAN = float("nan")


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True)


def counted(systems, failure):
    """Systems (start, end, ages) with the ages that count: not the one that was the end."""
    return [
        (start, end, sorted(ages)[:-1] if failure else sorted(ages))
        for _, start, end, ages in systems
    ]


def settle(systems, found, g, used):
    """What holds of the status of every test; whether there is a statistic to look at."""
    expected = "ok"
    if not any(end > start for _, start, end, _ in systems):
        expected = "no_exposure"
    elif not any(ages for *_, ages in systems):
        expected = "no_failures"
    elif used == 0:
        expected = "one_failure"
    assert found.used[g] == used
    if expected != "ok":
        assert found.status[g] == expected
        assert np.isnan([found.statistic[g], found.p_value[g]]).all()
        return False
    return True


def held_to_laplace(systems, found, g, failure):
    its = counted(systems, failure)
    n = sum(len(ages) for *_, ages in its)
    if not settle(systems, found, g, n):
        return
    longest = max(end - start for start, end, ages in its if ages)
    off = math.fsum(
        (age - (start + end) / 2.0) / longest for start, end, ages in its for age in ages
    )
    spread = math.sqrt(
        sum(len(ages) * ((end - start) / longest) ** 2 for start, end, ages in its) / 12.0
    )
    assert found.statistic[g] == close(off / spread)
    assert found.p_value[g] == close(math.erfc(abs(off / spread) / math.sqrt(2.0)))
    assert found.sign[g] == np.sign(found.statistic[g])
    assert found.systems[g] == sum(bool(ages) for *_, ages in its)


@given(systems=fleets(), ended=fleets(failure=True))
def test_laplace_is_the_sum_of_its_definition(systems, ended):
    for its, failure in ((systems, False), (ended, True)):
        terminated = "failure" if failure else "time"
        found = laplace(**columns(its), terminated=terminated)
        for g, one in enumerate(split(its).values()):
            held_to_laplace(one, found, g, failure)
        held_to_laplace(its, laplace(**columns(its, by=False), terminated=terminated), 0, failure)


def held_to_chi_square(systems, found, g, failure):
    its = counted(systems, failure)
    n = sum(len(ages) for *_, ages in its)
    if not settle(systems, found, g, n):
        return
    half = math.fsum(
        -math.log((age - start) / (end - start)) for start, end, ages in its for age in ages
    )
    assert found.statistic[g] == close(2.0 * half)
    assert found.degrees_of_freedom[g] == 2 * n
    above = float(gammaincc(n, half))
    assert found.p_value[g] == pytest.approx(min(1.0, 2.0 * min(above, 1.0 - above)), abs=1e-9)
    if abs(above - 0.5) > 1e-9:
        assert found.sign[g] == np.sign(above - 0.5)


@given(systems=fleets(), ended=fleets(failure=True))
def test_the_chi_square_is_the_sum_of_its_definition(systems, ended):
    for its, failure in ((systems, False), (ended, True)):
        found = mil_hdbk_189(**columns(its), terminated="failure" if failure else "time")
        for g, one in enumerate(split(its).values()):
            held_to_chi_square(one, found, g, failure)


def gaps(ages):
    return [later - earlier for earlier, later in itertools.pairwise([0.0, *sorted(ages)])]


def held_to_lewis_robinson(systems, found, g, failure):
    above, weight, n, rigid = 0.0, 0.0, 0, False
    for (_, end, ages), (*_, whole) in zip(counted(systems, failure), systems, strict=True):
        its = gaps(whole)
        if len(its) < 2 or not ages:
            continue
        n += len(ages)
        mean = math.fsum(its) / len(its)
        square = math.fsum((gap - mean) ** 2 for gap in its)
        if math.sqrt(square) <= 1e-14 * end:
            rigid = True
            continue
        cv = math.sqrt(square / (len(its) - 1)) / mean
        u = math.fsum(age / end - 0.5 for age in ages) / math.sqrt(len(ages) / 12.0)
        above += math.sqrt(len(ages)) / cv * u / cv
        weight += len(ages) / cv**2
    if rigid:
        assert found.status[g] == "no_scatter"
        assert math.isnan(found.statistic[g])
    elif settle(systems, found, g, n):
        assert found.status[g] == "ok"
        assert found.statistic[g] == close(above / math.sqrt(weight))


@given(systems=fleets(late=False), ended=fleets(late=False, failure=True))
def test_lewis_robinson_is_the_sum_of_its_definition(systems, ended):
    for its, failure in ((systems, False), (ended, True)):
        found = lewis_robinson(
            **columns(its, late=False), terminated="failure" if failure else "time"
        )
        for g, one in enumerate(split(its).values()):
            held_to_lewis_robinson(one, found, g, failure)


def test_gaps_that_differ_by_rounding_alone_have_no_scatter():
    ages = np.cumsum([0.1] * 9)
    found = lewis_robinson(event_h=ages, event_system=[0] * 9, end_h=1.0, terminated="time")
    assert found.status.tolist() == ["no_scatter"]


@given(systems=fleets(late=False))
def test_arrangements_are_counted_pair_by_pair(systems):
    found = reverse_arrangements(**columns(systems, late=False))
    for g, its in enumerate(split(systems).values()):
        used = [gaps(ages) for *_, ages in its if len(ages) > 1]
        if not settle(its, found, g, sum(map(len, used))):
            continue
        pairs = [pair for one in used for pair in itertools.combinations(one, 2)]
        longer = sum(later > earlier for earlier, later in pairs)
        shorter = sum(later < earlier for earlier, later in pairs)
        assert found.statistic[g] == longer
        assert found.sign[g] == np.sign(shorter - longer)
        assert found.systems[g] == len(used)
        if longer + shorter == 0:
            assert found.status[g] == "no_scatter"
            assert math.isnan(found.p_value[g])
            continue
        assert found.status[g] == "ok"
        variance = sum(len(one) * (len(one) - 1) * (2 * len(one) + 5) for one in used) - sum(
            t * (t - 1) * (2 * t + 5) for one in used for t in map(one.count, set(one))
        )
        if len(used) == 1 and longer + shorter == len(pairs):
            orders = [
                sum(b > a for a, b in itertools.combinations(order, 2))
                for order in itertools.permutations(range(len(used[0])))
            ]
            below = sum(count <= longer for count in orders) / len(orders)
            above = sum(count >= longer for count in orders) / len(orders)
            assert found.p_value[g] == pytest.approx(min(1.0, 2.0 * min(below, above)))
        else:
            z = max(abs(longer - shorter) / 2.0 - 0.5, 0.0) / math.sqrt(variance / 72.0)
            assert found.p_value[g] == pytest.approx(math.erfc(z / math.sqrt(2.0)))


def test_arrangements_of_a_long_history_are_normal():
    its = np.random.default_rng(3).integers(1, 40, 300).tolist()
    ages = np.cumsum(its)
    found = reverse_arrangements(event_h=ages, event_system=[0] * 300, end_h=ages[-1])
    longer = sum(later > earlier for earlier, later in itertools.combinations(its, 2))
    assert found.statistic[0] == longer
    assert 0.0 < found.p_value[0] < 1.0


@pytest.mark.parametrize(
    ("n", "least"),
    # NIST/SEMATECH e-Handbook 8.2.3.4, least R that shows an improvement at 90, 95 and 99 %.
    [(6, (12, 13, 14)), (8, (20, 22, 24)), (10, (31, 33, 36)), (12, (43, 46, 50))],
)
def test_exact_tails_are_those_of_the_handbook_s_table(n, least):
    # Of twelve, R = 50 has 1.05 % in truth.
    for tail, count in zip((0.1, 0.05, 0.0106), least, strict=True):
        at, below = (_one_sided(n, r) for r in (count, count - 1))
        assert at <= tail < below


def _one_sided(n, arrangements):
    """Upper tail for n gaps that make so many arrangements, half of the p-value."""
    order = list(range(n))
    # Each swap of neighbours that stand in rising order takes one arrangement away.
    excess = n * (n - 1) // 2 - arrangements
    while excess:
        k = next(k for k in range(n - 1) if order[k] < order[k + 1])
        order[k], order[k + 1] = order[k + 1], order[k]
        excess -= 1
    ages = np.cumsum([gap + 1.0 for gap in order])
    found = reverse_arrangements(event_h=ages, event_system=[0] * n, end_h=ages[-1])
    assert found.statistic.tolist() == [arrangements]
    return found.p_value[0] / 2.0


@pytest.mark.parametrize(
    "call",
    [
        lambda **data: laplace(**data, terminated="time"),
        lambda **data: mil_hdbk_189(**data, terminated="time"),
        lambda **data: lewis_robinson(**data, terminated="time"),
        reverse_arrangements,
    ],
)
def test_no_trend_is_rejected_as_often_as_asked(call):
    size, rng = 20_000, np.random.default_rng(4)
    owner = np.repeat(np.arange(size), rng.poisson(30.0, size))
    found = call(
        event_h=100.0 * rng.random(owner.size),
        event_system=owner,
        end_h=np.full(size, 100.0),
        by=np.arange(size),
    )
    assert np.mean(found.p_value < 0.05) == pytest.approx(0.05, abs=0.012)
    assert abs(np.mean(found.sign)) < 0.03


@pytest.mark.parametrize("call", [laplace, mil_hdbk_189])
@pytest.mark.parametrize(("change", "message"), [*WRONG, *WRONG_START, *WRONG_TERMINATION])
def test_what_is_wrong_is_named(call, change, message):
    with pytest.raises(ArgumentError, match=message):
        call(**({"terminated": "time"} | ASKED | change))


@pytest.mark.parametrize(("change", "message"), [*WRONG, *WRONG_TERMINATION])
def test_what_is_wrong_is_named_of_gaps(change, message):
    with pytest.raises(ArgumentError, match=message):
        lewis_robinson(**({"terminated": "time"} | ASKED | change))
    if "terminated" not in change:
        with pytest.raises(ArgumentError, match=message):
            reverse_arrangements(**(ASKED | change))
