"""Survival curves against plain loops over lives, and what is read off them."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.errors import ArgumentError
from pumpperf.reliability.survival.curve import kaplan_meier
from pumpperf.reliability.survival.lifetable import life_table
from pumpperf.reliability.survival.quantiles import quantile_h, restricted_mean_h, survival_at

NAN = float("nan")
Z95 = 1.959963984540054

# Few values, so that ties, entries at exits and empty risk sets are common.
SCALE = st.sampled_from([1.0, 1e-8, 1e8, 1e150, 0.1])
LIFE = st.tuples(
    st.integers(0, 9), st.booleans(), st.integers(0, 9), st.sampled_from([0, 1, 1, 2, 7])
).map(lambda life: (max(life[0], life[2]), life[1], min(life[0], life[2]), life[3]))
LIVES = st.lists(LIFE, max_size=14)
LABELS = st.sampled_from(["B", "A", "AA"])


def near(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True)


def by_hand(lives, *, weighted=True, late=True, from_h=None):
    """Curve, straight from the definition, in fractions: rows of (t, Y, d, S, G)."""
    kept = []
    for age, failed, began, number in lives:
        entry, weight = began * late, number if weighted else 1
        if weight == 0 or (age == entry and age > 0):
            continue
        if from_h is None:
            kept.append((age, failed, entry, weight))
        elif age > from_h:
            kept.append((age, failed, max(entry, from_h), weight))
    survival, greenwood, rows = Fraction(1), Fraction(0), []
    for t in sorted({age for age, failed, _, _ in kept if failed}):
        at_risk = sum(w for a, _, e, w in kept if a >= t and (e < t or (t == 0 and e == 0)))
        died = sum(w for a, f, _, w in kept if f and a == t)
        survival *= 1 - Fraction(died, at_risk)
        if greenwood is not None and died < at_risk:
            greenwood += Fraction(died, at_risk * (at_risk - died))
        else:
            greenwood = None
        rows.append((t, at_risk, died, survival, greenwood))
    return kept, rows


def status_by_hand(kept, rows):
    if not kept:
        return "no_exposure"
    if not rows:
        return "no_failures"
    first, last = min(e for *_, e, _ in kept), max(life[0] for life in kept)
    if any(s == 0 and t < last for t, _, _, s, _ in rows):
        return "all_at_risk_failed"
    halves = [first + Fraction(k, 2) for k in range(1, 2 * (last - first), 2)]
    if any(not any(e < h <= a for a, _, e, _ in kept) for h in halves):
        return "gap_in_observation"
    return "ok"


def bounds_by_hand(survival, greenwood):
    if survival == 0 or greenwood is None:
        return NAN, NAN, NAN
    error = math.sqrt(greenwood)
    log = -math.log1p(float((1 - survival) / survival))
    stretch = Z95 * error / -log
    return (
        math.exp(log * math.exp(stretch)),
        math.exp(log * math.exp(-stretch)),
        float(survival) * error,
    )


def columns(lives, scale, *, weighted=True, late=True):
    found = {
        "age_h": [age * scale for age, *_ in lives],
        "failed": [failed for _, failed, _, _ in lives],
        "level": 0.95,
    }
    if late:
        found["entry_age_h"] = [entry * scale for _, _, entry, _ in lives]
    if weighted:
        found["weight"] = [weight for *_, weight in lives]
    return found


@given(lives=LIVES, scale=SCALE, weighted=st.booleans(), late=st.booleans())
def test_curve_is_the_product_limit(lives, scale, weighted, late):
    curve = kaplan_meier(**columns(lives, scale, weighted=weighted, late=late))
    kept, rows = by_hand(lives, weighted=weighted, late=late)
    assert curve.offset.tolist() == [0, len(rows)]
    assert curve.age_h.tolist() == [t * scale for t, *_ in rows]
    assert curve.at_risk.tolist() == [row[1] for row in rows]
    assert curve.failures.tolist() == [row[2] for row in rows]
    assert curve.survival.tolist() == near([float(row[3]) for row in rows])
    expected = [bounds_by_hand(*row[3:]) for row in rows]
    assert curve.lower_survival.tolist() == near([row[0] for row in expected])
    assert curve.upper_survival.tolist() == near([row[1] for row in expected])
    assert curve.standard_error.tolist() == near([row[2] for row in expected])
    assert curve.status.tolist() == [status_by_hand(kept, rows)]
    assert curve.lives.tolist() == [sum(life[3] for life in kept)]
    assert curve.total_failures.tolist() == [sum(life[3] for life in kept if life[1])]
    assert curve.dropped.tolist() == [len(lives) - len(kept)]
    assert curve.exposure_h[0] / scale == near(sum(w * (a - e) for a, _, e, w in kept))
    earlier = [row[1] for row in rows[:-1]]
    assert curve.lowest_at_risk.tolist() == near([min(earlier, default=NAN)])
    if kept:
        assert curve.first_age_h[0] == min(life[2] for life in kept) * scale
        assert curve.last_age_h[0] == max(life[0] for life in kept) * scale
    else:
        assert math.isnan(curve.first_age_h[0])
        assert math.isnan(curve.last_age_h[0])


@given(lives=LIVES, weighted=st.booleans(), from_h=st.integers(0, 9))
def test_survival_from_an_age_leaves_out_what_came_before(lives, weighted, from_h):
    curve = kaplan_meier(**columns(lives, 1.0, weighted=weighted), from_h=from_h)
    kept, rows = by_hand(lives, weighted=weighted, from_h=from_h)
    assert curve.age_h.tolist() == [t for t, *_ in rows]
    assert curve.survival.tolist() == near([float(row[3]) for row in rows])
    expected = [bounds_by_hand(*row[3:]) for row in rows]
    assert curve.lower_survival.tolist() == near([row[0] for row in expected])
    assert curve.dropped.tolist() == [len(lives) - len(kept)]
    whole = by_hand(lives, weighted=weighted)[1]
    before = [row[3] for row in whole if row[0] <= from_h]
    if before and before[-1] > 0:
        later = [row[3] / before[-1] for row in whole if row[0] > from_h]
        assert curve.survival.tolist() == near([float(share) for share in later])


GROUPED = st.lists(st.tuples(LIFE, LABELS), max_size=30)


@given(grouped=GROUPED, scale=SCALE, weighted=st.booleans(), late=st.booleans())
def test_groups_are_curves_of_their_own(grouped, scale, weighted, late):
    lives, by = [life for life, _ in grouped], [label for _, label in grouped]
    curve = kaplan_meier(**columns(lives, scale, weighted=weighted, late=late), by=by)
    labels = sorted(set(by))
    assert curve.group.tolist() == labels
    at = [0.0, 2.5 * scale, 4.0 * scale, 9.0 * scale, 20.0 * scale]
    together = (
        survival_at(curve=curve, at_h=at),
        quantile_h(curve=curve, fraction_failed=0.25),
        restricted_mean_h(curve=curve, until_h=5.0 * scale),
    )
    for g, label in enumerate(labels):
        own = [life for life, other in grouped if other == label]
        alone = kaplan_meier(**columns(own, scale, weighted=weighted, late=late))
        steps = slice(curve.offset[g], curve.offset[g + 1])
        for name in (
            "age_h",
            "at_risk",
            "failures",
            "survival",
            "lower_survival",
            "upper_survival",
            "standard_error",
        ):
            assert getattr(curve, name)[steps].tolist() == near(getattr(alone, name).tolist())
        for name in (
            "lives",
            "total_failures",
            "exposure_h",
            "dropped",
            "last_age_h",
            "lowest_at_risk",
        ):
            assert getattr(curve, name)[g] == near(getattr(alone, name)[0])
        assert curve.status[g] == alone.status[0]
        apart = (
            survival_at(curve=alone, at_h=at),
            quantile_h(curve=alone, fraction_failed=0.25),
            restricted_mean_h(curve=alone, until_h=5.0 * scale),
        )
        for many, one in zip(together, apart, strict=True):
            for name in one.__dataclass_fields__:
                if name.startswith(("survival", "lower", "upper", "standard", "age_h", "mean")):
                    got = getattr(many, name)[g : g + 1].ravel().tolist()
                    assert got == near(getattr(one, name).ravel().tolist()), name
                elif name == "status":
                    assert many.status[g] == one.status[0]


@given(
    lives=st.lists(
        st.tuples(st.floats(0.0, 1e6), st.booleans(), st.floats(0.0, 1.0), st.floats(0.01, 100.0)),
        min_size=1,
        max_size=12,
    )
)
def test_parts_of_lives_weigh_what_they_are(lives):
    ages, failed = [life[0] for life in lives], [life[1] for life in lives]
    entries, weights = [life[0] * life[2] for life in lives], [life[3] for life in lives]
    curve = kaplan_meier(age_h=ages, failed=failed, entry_age_h=entries, weight=weights, level=0.9)
    kept = [
        life
        for life in zip(ages, failed, entries, weights, strict=True)
        if life[0] > life[2] or (life[1] and life[0] == 0.0)
    ]
    survival, expected = 1.0, []
    for t in sorted({life[0] for life in kept if life[1]}):
        at_risk = [l for l in kept if l[0] >= t and (l[2] < t or t == 0.0 == l[2])]
        left = math.fsum(l[3] for l in at_risk if not (l[1] and l[0] == t))
        survival *= left / math.fsum(l[3] for l in at_risk)
        expected.append(survival)
    assert curve.survival.tolist() == near(expected)


def test_more_groups_than_sixteen_bits_number():
    groups = 70_000
    by = np.repeat(np.arange(groups), 2)[::-1]
    age = np.tile([2.0, 1.0], groups) * (by + 1)
    curve = kaplan_meier(age_h=age, failed=np.ones(age.size), level=0.9, by=by)
    assert curve.group.tolist() == list(range(groups))
    assert (curve.offset == 2 * np.arange(groups + 1)).all()
    assert np.allclose(curve.survival.reshape(groups, 2), [0.5, 0.0], rtol=1e-12, atol=0.0)
    assert (curve.age_h[::2] == np.arange(1, groups + 1)).all()


def test_a_lone_early_failure_rules_the_rest_until_it_is_left_out():
    ages, entries = [10.0, *range(100, 110)], [0.0] + [50.0] * 10
    curve = kaplan_meier(age_h=ages, failed=[1] * 11, entry_age_h=entries, level=0.9)
    assert curve.status.tolist() == ["all_at_risk_failed"]
    assert (curve.survival == 0.0).all()
    assert curve.lowest_at_risk.tolist() == [1.0]
    later = kaplan_meier(age_h=ages, failed=[1] * 11, entry_age_h=entries, level=0.9, from_h=50.0)
    assert later.status.tolist() == ["ok"]
    assert later.survival.tolist() == near([k / 10 for k in range(9, -1, -1)])
    assert later.first_age_h.tolist() == [50.0]


def test_from_age_zero_leaves_out_the_dead_on_arrival():
    curve = kaplan_meier(age_h=[0.0, 5.0], failed=[1, 1], level=0.9, from_h=0.0)
    assert (curve.age_h.tolist(), curve.dropped.tolist()) == ([5.0], [1.0])


def test_weights_of_another_size_keep_their_bounds_within_zero_and_one():
    curve = kaplan_meier(
        age_h=[1.0, 2.0, 3.0], failed=[1, 1, 0], weight=[1e-12, 1.0, 1e12], level=0.95
    )
    assert ((curve.lower_survival >= 0.0) & (curve.upper_survival <= 1.0)).all()
    assert (curve.lower_survival <= curve.upper_survival).all()


def area(rows, tau, begin):
    """Integral of a step curve from `begin` to `tau`."""
    total, at, height = Fraction(0), Fraction(0), Fraction(1)
    for t, _, _, survival, _ in [*rows, (tau, 0, 0, 0, 0)]:
        low, high = max(at, begin), min(Fraction(t), tau)
        total += max(high - low, 0) * height
        at, height = Fraction(t), survival
    return total


@given(lives=LIVES, scale=SCALE, tau=st.integers(1, 20).map(lambda half: Fraction(half, 2)))
def test_restricted_mean_is_the_area_under_the_curve(lives, scale, tau):
    curve = kaplan_meier(**columns(lives, scale))
    found = restricted_mean_h(curve=curve, until_h=float(tau) * scale)
    kept, rows = by_hand(lives)
    last, first = max((k[0] for k in kept), default=0), min((k[2] for k in kept), default=0)
    status = found.status[0]
    if not kept or tau <= first or (tau > last and all(row[3] > 0 for row in rows)):
        early = "before_first_age" if tau <= first else "beyond_last_age"
        assert status == (early if kept else "no_exposure")
        assert math.isnan(found.mean_h[0])
        assert math.isnan(found.standard_error_h[0])
        return
    mean = area(rows, tau, 0)
    assert found.mean_h[0] / scale == near(float(mean))
    variance = sum(
        area(rows, tau, t) ** 2 * Fraction(d, y * (y - d))
        for t, y, d, survival, _ in rows
        if t <= tau and survival > 0
    )
    if variance == 0:
        assert status == ("no_spread" if any(t < tau for t, *_ in rows) else "no_failures")
        assert math.isnan(found.standard_error_h[0])
        assert math.isnan(found.lower_mean_h[0])
        return
    assert status == status_by_hand(kept, rows)
    error = math.sqrt(variance)
    assert found.standard_error_h[0] / scale == near(error)
    assert found.lower_mean_h[0] / scale == near(max(float(mean) - Z95 * error, 0.0))
    assert found.upper_mean_h[0] / scale == near(min(float(mean) + Z95 * error, float(tau)))


@given(lives=LIVES, scale=SCALE)
def test_survival_at_an_age_is_that_of_the_last_step_where_it_was_watched(lives, scale):
    curve = kaplan_meier(**columns(lives, scale))
    kept, rows = by_hand(lives)
    ages = [Fraction(half, 2) for half in range(24)]
    found = survival_at(curve=curve, at_h=[float(age) * scale for age in ages])
    for k, age in enumerate(ages):
        steps = [row for row in rows if row[0] <= age]
        survival = float(steps[-1][3]) if steps else 1.0
        lower, upper, error = bounds_by_hand(*steps[-1][3:]) if steps else (NAN, NAN, NAN)
        inside = kept and min(life[2] for life in kept) <= age
        if not inside or (survival > 0.0 and age > max(life[0] for life in kept)):
            survival = lower = upper = error = NAN
        assert found.survival[0, k] == near(survival)
        assert found.lower_survival[0, k] == near(lower)
        assert found.upper_survival[0, k] == near(upper)
        assert found.standard_error[0, k] == near(error)


def crossing(pairs, left, last):
    """First age at which the curve is at most `left`; the middle of a stretch at it."""
    reached = [t for t, share in pairs if share <= left + 1e-8]
    passed = [t for t, share in pairs if share <= left - 1e-8]
    return 0.5 * (reached[0] + (passed or [last])[0]) if reached else None


@given(lives=LIVES, scale=SCALE, fraction=st.sampled_from([0.05, 0.25, 0.5, 0.75, 0.9]))
def test_quantile_is_where_the_curve_and_its_bounds_come_down(lives, scale, fraction):
    curve = kaplan_meier(**columns(lives, scale))
    found = quantile_h(curve=curve, fraction_failed=fraction)
    kept, rows = by_hand(lives)
    last, left = max((life[0] for life in kept), default=0), 1.0 - fraction
    age = crossing([(row[0], float(row[3])) for row in rows], left, last)
    lower, upper = (
        crossing([(row[0], bounds_by_hand(*row[3:])[k]) for row in rows], left, last)
        for k in (0, 1)
    )
    assert found.age_h[0] / scale == near(NAN if age is None else age)
    assert found.lower_age_h[0] / scale == near(NAN if lower is None else lower)
    absent = math.inf if kept else NAN
    assert found.upper_age_h[0] / scale == near(absent if upper is None else upper)
    status = status_by_hand(kept, rows)
    assert found.status[0] == ("not_reached" if rows and age is None else status)


def test_a_stretch_at_the_share_asked_for_gives_its_middle():
    # As R's quantile.survfit is documented: the usual median of whole data.
    curve = kaplan_meier(age_h=[1, 2, 3, 4], failed=[1, 1, 1, 1], level=0.95)
    assert quantile_h(curve=curve, fraction_failed=0.5).age_h.tolist() == [2.5]
    ended = kaplan_meier(age_h=[1, 2, 6, 6], failed=[1, 1, 0, 0], level=0.95)
    assert quantile_h(curve=ended, fraction_failed=0.5).age_h.tolist() == [4.0]


INTERVALS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), LABELS).map(
        lambda row: (max(row[:2]), min(row[:2]), row[2])
    ),
    max_size=12,
)


@given(both=INTERVALS, scale=st.sampled_from([1.0, 1e-8, 1e150]))
def test_life_table_is_the_product_of_its_intervals(both, scale):
    table = life_table(
        at_risk=[n * scale for n, _, _ in both],
        failures=[d * scale for _, d, _ in both],
        level=0.95,
        by=[label for *_, label in both],
    )
    for g, label in enumerate(table.group):
        own = [(n, d) for n, d, other_label in both if other_label == label]
        steps = range(table.offset[g], table.offset[g + 1])
        share, greenwood = Fraction(1), Fraction(0)
        for i, (n, d) in zip(steps, own, strict=True):
            if n == 0 or share is None:
                share = None
            else:
                share *= 1 - Fraction(d, n)
                if greenwood is not None:
                    greenwood = None if d == n else greenwood + Fraction(d, n * (n - d))
            row = (
                table.fraction_failed[i],
                table.standard_error[i],
                table.lower_fraction_failed[i],
                table.upper_fraction_failed[i],
            )
            if share is None:
                assert all(math.isnan(value) for value in row)
                continue
            f = float(1 - share)
            assert row[0] == near(f)
            if greenwood is None:
                assert all(math.isnan(value) for value in row[1:])
                continue
            error = float(share) * math.sqrt(greenwood / Fraction(scale))
            assert row[1] == near(error)
            if f == 0.0:
                assert all(math.isnan(value) for value in row[2:])
                continue
            reach = Z95 * error / (f * float(share))
            logit = math.log(f / float(share))
            assert row[2] == near(1.0 / (1.0 + math.exp(min(reach - logit, 700.0))))
            assert row[3] == near(1.0 / (1.0 + math.exp(max(-reach - logit, -700.0))))
        seen = [n for n, _ in own]
        word = "ok" if any(d for _, d in own) else "no_failures"
        word = "none_at_risk" if 0 in seen else word
        assert table.status[g] == (word if any(seen) else "no_exposure")


def test_nothing_in_gives_nothing_out():
    assert kaplan_meier(age_h=[], failed=[], level=0.9).status.tolist() == ["no_exposure"]
    none = kaplan_meier(age_h=[], failed=[], level=0.9, by=[])
    assert (none.offset.tolist(), none.status.size) == ([0], 0)
    assert survival_at(curve=none, at_h=[1.0]).survival.shape == (0, 1)
    assert quantile_h(curve=none, fraction_failed=0.5).age_h.size == 0
    assert restricted_mean_h(curve=none, until_h=1.0).mean_h.size == 0
    assert life_table(at_risk=[], failures=[], level=0.9).status.tolist() == ["no_exposure"]
    assert life_table(at_risk=[], failures=[], level=0.9, by=[]).status.size == 0


ONE = {"age_h": [1.0, 2.0], "failed": [1, 0], "level": 0.9}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"level": 1.5}, r"level = 1.5: expected a confidence level between 0 and 1"),
        ({"age_h": [1.0, NAN]}, r"age_h\[1\] = nan: expected a finite number of at least 0"),
        ({"failed": [1]}, r"failed has 1 entries for 2 of age_h"),
        ({"from_h": -1.0}, r"from_h = -1.0: expected a finite age of at least 0"),
        ({"from_h": NAN}, r"from_h = nan: expected a finite age of at least 0"),
        ({"entry_age_h": [2.0, 0.0]}, r"entry_age_h\[0\] = 2.0: expected at most age_h\[0\] = 1"),
        ({"by": ["a"]}, r"by has 1 labels for 2 entries"),
    ],
)
def test_a_wrong_life_is_named(changed, words):
    with pytest.raises(ArgumentError, match=words):
        kaplan_meier(**{**ONE, **changed})


def test_wrong_questions_are_named():
    curve = kaplan_meier(**ONE)
    with pytest.raises(ArgumentError, match=r"at_h\[0\] = -1.0: expected a finite number"):
        survival_at(curve=curve, at_h=-1.0)
    for share in (0.0, 1.0, NAN):
        with pytest.raises(ArgumentError, match=rf"fraction_failed = {share}: expected a share"):
            quantile_h(curve=curve, fraction_failed=share)
    for tau in (0.0, math.inf, NAN):
        with pytest.raises(ArgumentError, match=rf"until_h = {tau}: expected a finite number"):
            restricted_mean_h(curve=curve, until_h=tau)


@pytest.mark.parametrize(
    ("at_risk", "failed", "words"),
    [
        ([3.0], [1.0, 2.0], r"failures has 2 entries for 1 of at_risk"),
        ([3.0, 1.0], [1.0, 2.0], r"failures\[1\] = 2.0: expected at most at_risk\[1\] = 1.0"),
        ([-3.0], [1.0], r"at_risk\[0\] = -3.0: expected a finite number of at least 0"),
    ],
)
def test_a_wrong_interval_is_named(at_risk, failed, words):
    with pytest.raises(ArgumentError, match=words):
        life_table(at_risk=at_risk, failures=failed, level=0.9)
