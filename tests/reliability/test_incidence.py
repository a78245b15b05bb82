"""Incidence by mode and the log-rank test against plain loops over lives."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.errors import ArgumentError
from pumpperf.reliability.survival.curve import kaplan_meier
from pumpperf.reliability.survival.incidence import cumulative_incidence, incidence_at
from pumpperf.reliability.survival.logrank import log_rank

NAN = float("nan")
Z90 = 1.6448536269514722

SCALE = st.sampled_from([1.0, 1e-8, 1e8, 1e150])
LABEL = st.sampled_from(["wear", "scale", "UNKNOWN"])
LIFE = st.tuples(
    st.integers(0, 9), st.booleans(), st.integers(0, 9), st.sampled_from([0, 1, 1, 2, 7]), LABEL
).map(lambda life: (max(life[0], life[2]), life[1], min(life[0], life[2]), *life[3:]))
LIVES = st.lists(LIFE, max_size=14)
GROUPED = st.lists(st.tuples(LIFE, st.sampled_from([3, 1, 2])), max_size=30)


def near(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True)


def watched(lives, late):
    kept = [(a, f, e * late, w, m) for a, f, e, w, m in lives if w]
    return [life for life in kept if life[0] > life[2] or life[0] == 0]


def columns(lives, scale, *, late):
    return {
        "age_h": [life[0] * scale for life in lives],
        "failed": [life[1] for life in lives],
        "entry_age_h": [life[2] * scale * late for life in lives],
        "weight": [life[3] for life in lives],
    }


def at_risk(kept, t):
    return [life for life in kept if life[0] >= t and (life[2] < t or t == 0 == life[2])]


def by_hand(kept, modes):
    """Rows of (t, S(t), {mode: C}, {mode: variance}), by the multinomial delta method."""
    rows, cells = [], []
    survival, shares = Fraction(1), dict.fromkeys(modes, Fraction(0))
    for t in sorted({life[0] for life in kept if life[1]}):
        risk = at_risk(kept, t)
        total = sum(life[3] for life in risk)
        died = {
            m: sum(life[3] for life in risk if life[1] and life[0] == t and life[4] == m)
            for m in modes
        }
        for m in modes:
            shares[m] += survival * Fraction(died[m], total)
        cells.append((total, died, survival, dict(shares)))
        survival *= 1 - Fraction(sum(died.values()), total)
        variances = {}
        for m in modes:
            variances[m] = Fraction(0)
            for y, d, before, then in cells:
                # Slopes of C_m(t) in each mode's share of the risk set, and multinomial covariance.
                left = y - sum(d.values())
                later = (shares[m] - then[m]) * Fraction(y, left) if left else Fraction(0)
                slope = {k: (before if k == m else 0) - later for k in modes}
                mean = sum(slope[k] * Fraction(d[k], y) for k in modes)
                square = sum(slope[k] ** 2 * Fraction(d[k], y) for k in modes)
                variances[m] += (square - mean**2) / y
        rows.append((t, survival, dict(shares), variances))
    return rows


def bounds_by_hand(share, rest, variance):
    if rest == 0:
        return NAN, NAN, NAN
    error = math.sqrt(variance)
    if share == 0:
        return error, NAN, NAN
    log = -math.log1p(float(share / rest))
    stretch = Z90 * error / (float(rest) * -log)
    return error, 1 - math.exp(log * math.exp(-stretch)), 1 - math.exp(log * math.exp(stretch))


@given(lives=LIVES, scale=SCALE, late=st.booleans())
def test_incidence_is_the_sum_over_survivors(lives, scale, late):
    modes = [life[4] if life[1] else None for life in lives]
    curve = cumulative_incidence(mode=modes, level=0.9, **columns(lives, scale, late=late))
    kept = watched(lives, late)
    named = sorted({life[4] for life in kept if life[1]})
    rows = by_hand(kept, named)
    assert curve.mode.tolist() == named
    assert curve.age_h.tolist() == [row[0] * scale for row in rows]
    assert curve.survival.tolist() == near([float(row[1]) for row in rows])
    assert (curve.survival + curve.incidence.sum(axis=1)).tolist() == near([1.0] * len(rows))
    for m, mode in enumerate(named):
        assert curve.total_failures[0, m] == sum(
            life[3] for life in kept if life[1] and life[4] == mode
        )
        for i, (_, _, shares, variances) in enumerate(rows):
            share = shares[mode]
            error, lower, upper = bounds_by_hand(share, 1 - share, variances[mode])
            assert curve.incidence[i, m] == near(float(share))
            # The square root of rounding about 0 is 1e-8.
            assert curve.standard_error[i, m] == pytest.approx(error, abs=5e-8, nan_ok=True)
            if error > 1e-6:
                assert curve.standard_error[i, m] == near(error)
                assert curve.lower_incidence[i, m] == near(lower)
                assert curve.upper_incidence[i, m] == near(upper)
    assert curve.lives[0] == sum(life[3] for life in kept)
    assert curve.dropped[0] == len(lives) - len(kept)


@given(lives=LIVES, late=st.booleans())
def test_one_mode_is_what_survival_leaves(lives, late):
    given_lives = columns(lives, 1.0, late=late)
    curve = cumulative_incidence(mode=["worn"] * len(lives), level=0.9, **given_lives)
    survival = kaplan_meier(level=0.9, **given_lives)
    assert curve.status.tolist() == survival.status.tolist()
    incidence = curve.incidence.sum(axis=1)
    assert incidence.tolist() == near((1.0 - survival.survival).tolist())
    if curve.mode.size:
        assert curve.lower_incidence[:, 0].tolist() == near(
            (1.0 - survival.upper_survival).tolist()
        )
        assert curve.upper_incidence[:, 0].tolist() == near(
            (1.0 - survival.lower_survival).tolist()
        )
        assert curve.standard_error[:, 0].tolist() == near(survival.standard_error.tolist())


@given(counts=st.lists(st.integers(1, 9), min_size=2, max_size=5))
def test_without_suspensions_the_last_variance_is_binomial(counts):
    mode = np.repeat(np.arange(len(counts)), counts)
    age = np.random.default_rng(len(mode)).permutation(mode.size) + 1.0
    curve = cumulative_incidence(age_h=age, failed=np.ones(age.size), mode=mode, level=0.9)
    share = np.array(counts) / age.size
    assert curve.incidence[-1].tolist() == near(share.tolist())
    error = np.sqrt(share * (1.0 - share) / age.size)
    assert curve.standard_error[-1].tolist() == near(error.tolist())


@given(grouped=GROUPED, scale=SCALE, late=st.booleans())
def test_groups_have_incidences_of_their_own(grouped, scale, late):
    lives, by = [life for life, _ in grouped], [label for _, label in grouped]
    modes = [life[4] for life in lives]
    curve = cumulative_incidence(mode=modes, level=0.9, by=by, **columns(lives, scale, late=late))
    at = [0.0, 3.5 * scale, 9.0 * scale, 12.0 * scale]
    found = incidence_at(curve=curve, at_h=at)
    for g, label in enumerate(sorted(set(by))):
        own = [life for life, other in grouped if other == label]
        alone = cumulative_incidence(
            mode=[life[4] for life in own], level=0.9, **columns(own, scale, late=late)
        )
        steps = slice(curve.offset[g], curve.offset[g + 1])
        assert curve.status[g] == alone.status[0]
        assert curve.age_h[steps].tolist() == alone.age_h.tolist()
        at_alone = incidence_at(curve=alone, at_h=at)
        for m, mode in enumerate(curve.mode):
            if mode not in alone.mode:
                assert (curve.incidence[steps, m] == 0.0).all()
                assert np.isnan(curve.lower_incidence[steps, m]).all()
                continue
            k = alone.mode.tolist().index(mode)
            for name in ("incidence", "lower_incidence", "upper_incidence", "standard_error"):
                got, expected = getattr(curve, name)[steps, m], getattr(alone, name)[:, k]
                assert got.tolist() == pytest.approx(expected.tolist(), abs=1e-7, nan_ok=True)
            assert found[g, :, m].tolist() == near(at_alone[0, :, k].tolist())


def test_incidence_is_not_carried_on_unseen():
    seen = {"mode": ["wear", "scale", None], "level": 0.9, "entry_age_h": [1.0, 1.0, 1.0]}
    at = [0.5, 2.5, 5.0, 7.0]
    curve = cumulative_incidence(age_h=[2.0, 3.0, 6.0], failed=[1, 1, 0], **seen)
    found = incidence_at(curve=curve, at_h=at)[0]
    assert found[:, 0].tolist() == near([NAN, 0.0, 1 / 3, NAN])
    assert found[:, 1].tolist() == near([NAN, 1 / 3, 1 / 3, NAN])
    ended = cumulative_incidence(age_h=[2.0, 3.0], failed=[1, 1], mode=[1, 2], level=0.9)
    assert incidence_at(curve=ended, at_h=at)[0].tolist()[-1] == near([0.5, 0.5])


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (["wear"], r"mode has 1 entries for 3 of age_h"),
        ([None, None, "wear"], r"mode\[1\] = None: expected the label of a mode for a failed life"),
        ([None, "wear", NAN], r"mode\[2\] = nan: expected labels of one kind"),
        ([None, "wear", 7], r"mode\[2\] = 7: expected labels of one kind"),
    ],
)
def test_a_failure_without_a_mode_is_named(mode, words):
    with pytest.raises(ArgumentError, match=words):
        cumulative_incidence(age_h=[1.0, 2.0, 3.0], failed=[0, 1, 1], mode=mode, level=0.9)


def test_without_lives_there_is_no_incidence():
    empty = cumulative_incidence(age_h=[], failed=[], mode=[], level=0.9)
    assert (empty.status.tolist(), empty.incidence.shape) == (["no_exposure"], (0, 0))
    assert incidence_at(curve=empty, at_h=1.0).shape == (1, 1, 0)
    none = cumulative_incidence(age_h=[], failed=[], mode=[], level=0.9, by=[])
    assert none.status.size == 0


AML = {
    "age_h": [
        *(9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161),
        *(5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45),
    ],
    "failed": [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0] + [1] * 5 + [0] + [1] * 6,
    "fleet": [True] * 11 + [False] * 12,
}
# Freireich et al. 1963, weeks in remission: 21 with 6-MP, 21 with placebo.
SIX_MP = {
    "age_h": [
        *(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35),
        *(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23),
    ],
    "failed": [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0] + [1] * 21,
    "fleet": ["6-MP"] * 21 + ["placebo"] * 21,
}
# Klein and Moeschberger, exercise 7.7: three treatments of ten rats each.
RATS = {
    "age_h": [
        *(20, 21, 23, 24, 24, 26, 26, 27, 28, 30),
        *(26, 28, 29, 29, 30, 30, 31, 31, 32, 35),
        *(31, 32, 34, 35, 36, 38, 38, 39, 42, 42),
    ],
    "failed": [1] * 19 + [0] + [1] * 8 + [0, 0],
    "fleet": np.repeat([1, 2, 3], 10),
}


@pytest.mark.parametrize(
    ("data", "statistic", "degrees", "p_value", "expected", "observed"),
    [
        (AML, 3.4, 1, 0.0653, [7.31, 10.69], [11, 7]),
        (SIX_MP, 16.79, 1, 4.17e-5, [19.25, 10.75], [9, 21]),
        (RATS, 33.38033, 2, 5.64e-8, [2.656485, 7.600097, 16.743418], [10, 9, 8]),
    ],
    ids=["AML", "6-MP", "rats"],
)
def test_published_log_rank(data, statistic, degrees, p_value, expected, observed):
    found = log_rank(**data)
    assert found.statistic[0] == pytest.approx(statistic, rel=2e-3 if degrees == 1 else 1e-6)
    assert found.degrees_of_freedom.tolist() == [degrees]
    assert found.p_value[0] == pytest.approx(p_value, rel=2e-3)
    assert found.expected[0].tolist() == pytest.approx(expected, abs=5e-3 if degrees == 1 else 1e-6)
    assert found.observed[0].tolist() == observed
    assert found.status.tolist() == ["ok"]


def log_rank_by_hand(kept, fleets):
    """Observed, expected and statistic by fractions, one fleet of each connected set left out."""
    size = len(fleets)
    observed, expected = [Fraction(0)] * size, [Fraction(0)] * size
    covariance = [[Fraction(0)] * size for _ in fleets]
    for t in sorted({life[0] for life in kept if life[1]}):
        risk = at_risk(kept, t)
        y = [sum(life[3] for life in risk if life[4] == k) for k in fleets]
        d = [
            sum(life[3] for life in risk if life[1] and life[0] == t and life[4] == k)
            for k in fleets
        ]
        whole, died = sum(y), sum(d)
        factor = Fraction(died * (whole - died), whole - 1) if whole > 1 else Fraction(0)
        for k in range(size):
            observed[k] += d[k]
            expected[k] += Fraction(died * y[k], whole)
            for l in range(size):
                same = Fraction(y[k], whole) if k == l else 0
                covariance[k][l] += factor * (same - Fraction(y[k] * y[l], whole**2))
    excess = [o - e for o, e in zip(observed, expected, strict=True)]
    statistic, degrees = Fraction(0), 0
    rows = [[*covariance[k], excess[k]] for k in range(size)]
    for k in range(size):  # elimination: each pivot adds one term of the quadratic form
        pivot = rows[k][k]
        if pivot == 0:
            continue
        degrees += 1
        statistic += rows[k][size] ** 2 / pivot
        for l in range(k + 1, size):
            ratio = rows[l][k] / pivot
            rows[l] = [a - ratio * b for a, b in zip(rows[l], rows[k], strict=True)]
    return observed, expected, statistic, degrees


@given(grouped=GROUPED, scale=SCALE, late=st.booleans(), weighted=st.booleans())
def test_log_rank_is_hypergeometric(grouped, scale, late, weighted):
    lives = [life if weighted else (*life[:3], 1, life[4]) for life, _ in grouped]
    by = [label for _, label in grouped]
    given_lives = columns(lives, scale, late=late)
    if not weighted:
        del given_lives["weight"]
    found = log_rank(fleet=[life[4] for life in lives], by=by, **given_lives)
    fleets = sorted({life[4] for life in lives})
    assert found.fleet.tolist() == fleets
    assert found.group.tolist() == sorted(set(by))
    for g, label in enumerate(found.group):
        own = [life for life, other in zip(lives, by, strict=True) if other == label]
        kept = watched(own, late)
        observed, expected, statistic, degrees = log_rank_by_hand(kept, fleets)
        assert found.observed[g].tolist() == observed
        assert found.expected[g].tolist() == near([float(e) for e in expected])
        assert found.degrees_of_freedom[g] == degrees
        assert found.dropped[g] == len(own) - len(kept)
        word = "ok" if degrees else "nothing_to_compare"
        word = word if any(observed) else "no_failures"
        assert found.status[g] == (word if kept else "no_exposure")
        if degrees:
            assert found.statistic[g] == near(float(statistic))
            if degrees == 1:
                tail = math.erfc(math.sqrt(float(statistic) / 2.0))
                assert found.p_value[g] == near(tail)
            elif degrees == 2:
                assert found.p_value[g] == near(math.exp(-float(statistic) / 2.0))
        else:
            assert math.isnan(found.statistic[g])
            assert math.isnan(found.p_value[g])


def test_wrong_fleets_and_weights_are_named():
    lives = {"age_h": [1.0, 2.0, 3.0], "failed": [1, 1, 1]}
    with pytest.raises(ArgumentError, match=r"fleet has 1 entries for 3 of age_h"):
        log_rank(fleet=["a"], **lives)
    with pytest.raises(ArgumentError, match=r"fleet\[1\] = None: expected labels of one kind"):
        log_rank(fleet=["a", None, "b"], **lives)
    with pytest.raises(ArgumentError, match=r"weight\[2\] = 1.5: expected a whole number"):
        log_rank(fleet=["a", "b", "b"], weight=[0.0, 2.0, 1.5], **lives)


def test_without_lives_nothing_is_compared():
    empty = log_rank(age_h=[], failed=[], fleet=[])
    assert (empty.status.tolist(), empty.degrees_of_freedom.tolist()) == (["no_exposure"], [0])
    assert log_rank(age_h=[], failed=[], fleet=[], by=[]).status.size == 0
