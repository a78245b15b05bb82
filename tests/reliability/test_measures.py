"""Run-life measures, repeat failures and Pareto tables against plain loops."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammainc, gammaincc, ndtri

from pumpperf.errors import ArgumentError
from pumpperf.reliability.measures.categories import pareto
from pumpperf.reliability.measures.repeats import repeat_failures
from pumpperf.reliability.measures.run_life import run_life_measures
from pumpperf.reliability.measures.shares import share_bounds, yearly_rates
from pumpperf.reliability.rates import mtbf

INF, NAN = math.inf, float("nan")
LEVEL = st.floats(0.02, 0.999)


def near(expected, rel=1e-9):
    return pytest.approx(expected, rel=rel, abs=0.0, nan_ok=True)


def mean(values):
    return math.fsum(values) / len(values) if values else NAN


def wilson(count, of, level):
    """Shares whose score test leaves just what the level leaves: roots of a quadratic."""
    z = -ndtri((1.0 - level) / 2.0)
    if of == 0:
        return NAN, NAN
    roots = np.roots([of + z * z, -(2.0 * count + z * z), count * count / of])
    return float(roots.real.min()), float(roots.real.max())


@given(of=st.integers(0, 40), data=st.data(), level=LEVEL)
def test_wilson_bounds_solve_their_equation(of, data, level):
    count = data.draw(st.integers(0, of))
    lower, upper = share_bounds(
        count=np.array([float(count)]), of=np.array([float(of)]), level=level
    )
    wanted = wilson(count, of, level)
    assert lower[0] == pytest.approx(wanted[0], abs=1e-7, nan_ok=True)
    assert upper[0] == pytest.approx(wanted[1], abs=1e-7, nan_ok=True)
    if of:
        assert 0.0 <= lower[0] <= count / of <= upper[0] <= 1.0
        assert bool(lower[0] == 0.0) is (count == 0)
        assert bool(upper[0] == 1.0) is (count == of)


def test_yearly_rates_are_reciprocals_of_an_mtbf():
    rate, lower, upper = yearly_rates(
        well_years=np.array([10.0, 10.0, 0.0, NAN]), count=np.array([4.0, 0, 1, 1]), level=0.9
    )
    whole = mtbf(operating_h=10.0, failures=4, level=0.9, sided="two", terminated="time")
    assert rate.tolist() == near([0.4, 0.0, NAN, NAN])
    assert lower[0] == near(1.0 / whole.upper_mtbf_h[0])
    assert upper[0] == near(1.0 / whole.lower_mtbf_h[0])
    assert (lower[1], upper[1]) == (0.0, near(-math.log(0.05) / 10.0))
    assert np.isnan(lower[2:]).all()


AGES = [0.0, 1e-8, 5.0, 50.0, 100.0, 3000.0]
LIVES = st.lists(
    st.tuples(
        st.sampled_from(AGES),
        st.sampled_from(AGES),
        st.sampled_from(["failed", "pulled", "running"]),
        st.sampled_from([0.0, 10.0, 8766.0]),
        st.integers(0, 2),
    ).map(lambda life: (max(life[:2]), min(life[:2]), *life[2:])),
    max_size=12,
)


def measured(lives, **more):
    age, entry, status, active, label = ([life[k] for life in lives] for k in range(5))
    given_ = {"age_h": age, "entry_age_h": entry, "status": status, "active_h": active, "by": label}
    return run_life_measures(level=0.9, infant_h=100.0, **{**given_, **more})


@given(lives=LIVES)
def test_measures_are_their_definitions(lives):
    found = measured(lives)
    assert found.group.tolist() == sorted({life[4] for life in lives})
    for i, label in enumerate(found.group):
        mine = [life for life in lives if life[4] == label]
        watched = [life for life in mine if life[0] > life[1] or life[0] == 0.0]
        ages = {
            state: [age for age, _, own, *_ in watched if own == state]
            for state in ("failed", "pulled", "running")
        }
        failures = len(ages["failed"])
        assert found.lives[i] == len(watched)
        assert found.dropped[i] == len(mine) - len(watched)
        assert [found.failed[i], found.pulled[i], found.running[i]] == [len(ages[s]) for s in ages]
        assert found.mean_failed_h[i] == near(mean(ages["failed"]))
        assert found.mean_ended_h[i] == near(mean(ages["failed"] + ages["pulled"]))
        assert found.mean_running_h[i] == near(mean(ages["running"]))
        assert found.mean_all_h[i] == near(mean([life[0] for life in watched]))

        run_h = math.fsum(age - entry for age, entry, *_ in watched)
        whole = mtbf(
            operating_h=run_h, failures=failures, level=0.9, sided="two", terminated="time"
        )
        assert found.exposure_h[i] == near(run_h)
        assert found.mttf_h[i] == near(whole.mtbf_h[0])
        assert found.lower_mttf_h[i] == near(whole.lower_mtbf_h[0])
        assert found.upper_mttf_h[i] == near(whole.upper_mtbf_h[0])
        assert found.status[i] == whole.status[0]

        years = math.fsum(life[3] for life in watched) / 8766.0
        pulls = failures + len(ages["pulled"])
        assert found.well_years[i] == near(years)
        assert found.failures_per_well_year[i] == near(failures / years if years else NAN)
        assert found.pulls_per_well_year[i] == near(pulls / years if years else NAN)

        infants = [
            age for age, entry, own, *_ in watched if not entry and own == "failed" and age < 100
        ]
        grown = [age for age, entry, *_ in watched if not entry and age >= 100.0]
        of = len(infants) + len(grown)
        assert (found.infant_failures[i], found.infant_at_risk[i]) == (len(infants), of)
        assert found.infant_share[i] == near(len(infants) / of if of else NAN)
        assert found.infant_status[i] == ("ok" if of else "none_at_risk")
        lower, upper = wilson(len(infants), of, 0.9)
        assert found.lower_infant_share[i] == pytest.approx(lower, abs=1e-7, nan_ok=True)
        assert found.upper_infant_share[i] == pytest.approx(upper, abs=1e-7, nan_ok=True)


def test_young_survivors_and_early_pulls_say_nothing_of_infants():
    found = run_life_measures(
        age_h=[10.0, 10.0, 10.0, 500.0, 500.0],
        status=["failed", "running", "pulled", "running", "failed"],
        entry_age_h=[0.0, 0.0, 0.0, 0.0, 200.0],
        level=0.9,
        infant_h=100.0,
    )
    assert (found.infant_failures[0], found.infant_at_risk[0]) == (1.0, 2.0)


def test_a_window_counts_what_ran_in_it():
    # Of three lives the last 365 days: one ran through them, one failed in them, one was new.
    found = run_life_measures(
        age_h=[20_000.0, 9000.0, 3000.0],
        entry_age_h=[20_000.0 - 8760.0, 4000.0, 0.0],
        status=["running", "failed", "running"],
        level=0.9,
        infant_h=2160.0,
    )
    assert found.mttf_h.tolist() == [8760.0 + 5000.0 + 3000.0]
    assert found.mean_failed_h.tolist() == [9000.0]
    assert found.failures_per_well_year[0] == near(8766.0 / 16_760.0)


@pytest.mark.parametrize("scale", [1e-150, 1e-8, 1e8, 1e150])
def test_no_unit_of_time_changes_a_share(scale):
    ages = np.array([120.0, 480, 300, 200, 900])
    states = ["failed", "failed", "running", "pulled", "running"]
    found = run_life_measures(age_h=ages * scale, status=states, level=0.9, infant_h=150.0 * scale)
    assert found.mttf_h[0] == near(1000.0 * scale)
    assert found.infant_share[0] == near(0.2)
    assert found.mean_all_h[0] == near(400.0 * scale)


def test_no_lives_give_no_measures():
    found = run_life_measures(age_h=[], status=[], level=0.9, infant_h=1.0)
    assert (found.status.tolist(), found.infant_status.tolist()) == (
        ["no_exposure"],
        ["none_at_risk"],
    )
    assert measured([]).status.size == 0


def test_wells_that_were_never_active_have_no_rates():
    found = run_life_measures(
        age_h=[100.0, 100.0],
        status=["failed", "failed"],
        active_h=[0.0, 50.0],
        level=0.9,
        infant_h=1.0,
        by=["idle", "active"],
    )
    assert found.status.tolist() == ["ok", "ok"]
    assert found.rate_status.tolist() == ["ok", "no_well_years"]
    assert np.isnan(found.failures_per_well_year).tolist() == [False, True]
    assert np.isnan(found.upper_pulls_per_well_year).tolist() == [False, True]


LIFE = {"age_h": [10.0, 20.0], "status": ["failed", "running"], "level": 0.9, "infant_h": 5.0}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"age_h": [10.0, NAN]}, r"age_h\[1\] = nan"),
        ({"entry_age_h": [11.0, 0.0]}, r"entry_age_h\[0\] = 11.0: expected at most 10.0"),
        ({"entry_age_h": [1.0]}, r"entry_age_h has 1 entries for 2 of age_h"),
        ({"active_h": [1.0, -1.0]}, r"active_h\[1\] = -1.0"),
        ({"status": ["failed"]}, r"status has 1 entries for 2"),
        ({"status": ["failed", "stuck"]}, r"status\[1\] = 'stuck': expected one of failed, pulled"),
        ({"status": ["failed", None]}, r"status\[1\] = None"),
        ({"infant_h": 0.0}, r"infant_h = 0.0"),
        ({"infant_h": INF}, r"infant_h = inf"),
        ({"level": 1.5}, r"level = 1.5"),
        ({"by": ["a", None]}, r"by\[1\] = None"),
    ],
)
def test_measures_refuse_what_cannot_be_meant(wrong, words):
    with pytest.raises(ArgumentError, match=words):
        run_life_measures(**{**LIFE, **wrong})


DAYS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 30)), st.sampled_from("ABC"), st.sampled_from("xy")
    ),
    max_size=12,
)


@given(events=DAYS, within=st.integers(1, 15))
def test_repeats_are_found_pair_by_pair(events, within):
    dates = [
        np.datetime64("2020-01-01") + np.timedelta64(day, "D")
        if day is not None
        else np.datetime64("NaT", "us")
        for day, *_ in events
    ]
    found = repeat_failures(
        failed_at=np.array(dates, dtype="datetime64[D]"),
        well=[well for _, well, _ in events],
        within_h=within * 24.0,
        level=0.9,
        by=[label for *_, label in events],
    )
    for i, label in enumerate(found.group):
        wells = {well for _, well, own in events if own == label}
        failed, repeat_wells, repeats = set(), set(), 0
        for well in wells:
            days = sorted(d for d, w, own in events if (w, own) == (well, label) and d is not None)
            failed |= {well} if days else set()
            close = [b - a <= within for a, b in pairwise(days)]
            repeats += sum(close)
            repeat_wells |= {well} if any(close) else set()
        assert found.wells[i] == len(wells)
        assert found.failed_wells[i] == len(failed)
        assert found.repeat_wells[i] == len(repeat_wells)
        assert found.repeat_failures[i] == repeats
        assert found.share[i] == near(len(repeat_wells) / len(wells))
        lower, upper = wilson(len(repeat_wells), len(wells), 0.9)
        assert found.lower_share[i] == pytest.approx(lower, abs=1e-7)
        assert found.upper_share[i] == pytest.approx(upper, abs=1e-7)
        assert found.status[i] == "ok"


def test_a_repeat_is_exact_to_the_microsecond():
    start = np.datetime64("1999-12-31T23:59:59.999999")
    for late, repeats in ((0, 1.0), (1, 0.0)):
        again = start + np.timedelta64(3_600_000_000 + late, "us")
        found = repeat_failures(failed_at=[start, again], well=[1, 1], within_h=1.0, level=0.9)
        assert found.repeat_wells.tolist() == [repeats]
    ages = [np.datetime64("0001-01-01"), np.datetime64("9999-01-01")]
    assert repeat_failures(failed_at=ages, well=[1, 1], within_h=1e300, level=0.9).share[0] == 1.0


def test_no_wells_have_no_share():
    found = repeat_failures(failed_at=[], well=[], within_h=1.0, level=0.9)
    assert found.status.tolist() == ["no_wells"]
    assert math.isnan(found.share[0])


REPEATS = {
    "failed_at": np.array(["2020-01-01", "NaT"], dtype="datetime64[D]"),
    "well": ["A", "B"],
    "within_h": 10.0,
    "level": 0.9,
}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"failed_at": ["soon", "later"]}, r"failed_at\[0\] = 'soon': expected a date, such"),
        ({"failed_at": [1, 2]}, r"failed_at\[0\] = 1: expected a date, such"),
        ({"well": ["A"]}, r"well has 1 entries for 2 of failed_at"),
        ({"well": ["A", None]}, r"well\[1\] = None"),
        ({"within_h": 0.0}, r"within_h = 0.0"),
        ({"within_h": NAN}, r"within_h = nan"),
        ({"level": 0.0}, r"level = 0.0"),
        ({"by": [1]}, r"by has 1 labels for 2"),
    ],
)
def test_repeats_refuse_what_cannot_be_meant(wrong, words):
    with pytest.raises(ArgumentError, match=words):
        repeat_failures(**{**REPEATS, **wrong})


FAILURES = st.lists(
    st.tuples(
        st.sampled_from(["PUMP", "ROD", "TUBING", "UNK", None, NAN]),
        st.sampled_from([0.0, 1e-4, 1.0, 3.0, 3.0, 70.0, 1e8]),
        st.integers(0, 2),
    ),
    max_size=14,
)


def named(category):
    return category if category in ("PUMP", "ROD", "TUBING") else "UNKNOWN"


@given(failures=FAILURES, weighed=st.booleans())
def test_a_pareto_table_is_its_sums_by_hand(failures, weighed):
    found = pareto(
        category=[category for category, *_ in failures],
        amount=[amount for _, amount, _ in failures] if weighed else None,
        exposure_h=[8766.0, 8766.0, 0.0],
        exposure_by=[0, 0, 7],
        by=[label for *_, label in failures],
        level=0.9,
    )
    assert found.group.tolist() == sorted({0, 7} | {label for *_, label in failures})
    for g, label in enumerate(found.group):
        mine = [
            (named(name), amount if weighed else 1.0)
            for name, amount, own in failures
            if own == label
        ]
        table = {name: [a for own, a in mine if own == name] for name, _ in mine}
        rows = range(found.offset[g], found.offset[g + 1])
        order = sorted(table, key=lambda name: (-math.fsum(table[name]), name))
        assert found.category[rows].tolist() == order
        assert found.failures[g] == len(mine)
        unknown = len(table.get("UNKNOWN", [])) / len(mine) if mine else NAN
        assert found.unknown_share[g] == near(unknown)
        assert found.well_years[g] == (2.0 if label == 0 else 0.0)
        total, heavier = math.fsum(a for _, a in mine), 0.0
        for row, name in zip(rows, order, strict=True):
            sums, count = math.fsum(table[name]), len(table[name])
            heavier += sums
            assert (found.count[row], found.amount[row]) == (count, near(sums))
            assert found.share[row] == near(sums / total if total else NAN)
            assert found.cumulative_share[row] == near(heavier / total if total else NAN)
            rate = yearly_rates(
                well_years=found.well_years[[g]], count=np.array([float(count)]), level=0.9
            )
            assert found.failures_per_well_year[row] == near(rate[0][0])
            assert found.lower_failures_per_well_year[row] == near(rate[1][0])
            assert found.upper_failures_per_well_year[row] == near(rate[2][0])
            if weighed:
                check_amount(found, row, table, name)
            else:
                lower, upper = wilson(count, len(mine), 0.9)
                assert found.status[row] == "ok"
                assert found.lower_share[row] == pytest.approx(lower, abs=1e-7)
                assert found.upper_share[row] == pytest.approx(upper, abs=1e-7)
        if total:
            assert found.cumulative_share[rows[-1]] == 1.0


def check_amount(found, row, table, name):
    amounts = [a for own in table.values() for a in own]
    own, rest = table[name], [a for other in table if other != name for a in table[other]]
    n, part, others = len(amounts), math.fsum(own), math.fsum(rest)
    if part == 0.0 or n == 1 or others == 0.0:
        wanted = "no_amount" if part == 0.0 else "one_failure" if n == 1 else "one_category"
        assert found.status[row] == wanted
        assert math.isnan(found.lower_share[row])
        assert math.isnan(found.upper_share[row])
        return
    # The residuals of a ratio of sums, over the slope of its logit, s (1 - s).
    s, one_less, total = part / (part + others), others / (part + others), part + others
    squares = math.fsum((a * one_less) ** 2 for a in own) + math.fsum((a * s) ** 2 for a in rest)
    half = -ndtri(0.05) * math.sqrt(squares * n / (n - 1)) / total / (s * one_less)
    logit = math.log(part / others)
    assert found.status[row] == "ok"
    # 1 / (1 + e^-x), whose exponent may be large
    assert found.lower_share[row] == near(np.exp(-np.logaddexp(0.0, half - logit)), 1e-7)
    assert found.upper_share[row] == near(np.exp(-np.logaddexp(0.0, -half - logit)), 1e-7)


def test_equal_amounts_have_the_spread_of_counts():
    found = pareto(category=["A", "A", "A", "B"], amount=[7.0] * 4, level=0.9)
    # var s = s (1 - s) / n n / (n - 1)
    half = -ndtri(0.05) * math.sqrt(0.75 * 0.25 / 3.0) / (0.75 * 0.25)
    assert found.upper_share[0] == near(1.0 / (1.0 + math.exp(-(math.log(3.0) + half))))
    assert found.share.tolist() == near([0.75, 0.25])


@pytest.mark.parametrize("scale", [1e-150, 1e-8, 1e8, 1e150])
def test_no_unit_of_an_amount_changes_its_share(scale):
    amounts = np.array([3.0, 1.0, 8.0, 2.0])
    plain, found = (
        pareto(category=["A", "B", "A", "C"], amount=amounts * by, level=0.9) for by in (1, scale)
    )
    assert found.lower_share.tolist() == near(plain.lower_share.tolist())
    assert found.amount.tolist() == near((plain.amount * scale).tolist())


def test_without_exposure_there_is_no_rate():
    found = pareto(category=["B", "A"], level=0.9)
    assert found.group is None
    assert found.category.tolist() == ["A", "B"]
    assert np.isnan(found.failures_per_well_year).all()
    assert np.isnan(found.well_years).all()
    alone = pareto(category=["B", "A"], exposure_h=[8766.0, 8766.0], level=0.9)
    assert alone.failures_per_well_year.tolist() == [0.5, 0.5]
    text = pareto(category=["B"], by=["x"], exposure_h=[8766.0], exposure_by=["y"], level=0.9)
    assert text.group.tolist() == ["x", "y"]
    assert text.offset.tolist() == [0, 1, 1]
    other = pareto(category=["?", "", None], unknown=("NONE", "?", ""), level=0.9)
    assert other.category.tolist() == ["NONE"]
    assert other.unknown_share.tolist() == [1.0]


def test_no_failures_make_no_table():
    found = pareto(category=[], level=0.9)
    assert (found.category.size, found.offset.tolist()) == (0, [0, 0])
    assert math.isnan(found.unknown_share[0])
    assert pareto(category=[], amount=[], by=[], level=0.9).failures.size == 0


TABLE = {"category": ["A", "B"], "level": 0.9}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"category": ["A", 3]}, r"category\[1\] = 3: expected text"),
        ({"amount": [1.0]}, r"amount has 1 entries for 2 of category"),
        ({"amount": [1.0, -1.0]}, r"amount\[1\] = -1.0"),
        ({"unknown": ()}, r"unknown is empty"),
        ({"level": 0.0}, r"level = 0.0"),
        ({"by": [1]}, r"by has 1 labels for 2"),
        ({"exposure_by": [1]}, r"exposure_by is given without exposure_h"),
        ({"exposure_h": 1.0, "by": [1, 2]}, r"by and exposure_by: expected both or neither"),
        ({"exposure_h": 1.0, "exposure_by": [1]}, r"by and exposure_by: expected both or neither"),
        ({"exposure_h": 1.0, "exposure_by": [1], "by": [1]}, r"by has 1 labels for 2"),
        ({"exposure_h": 1.0, "exposure_by": [1, 2], "by": [1, 2]}, r"exposure_by has 2 labels"),
        ({"exposure_h": -1.0}, r"exposure_h\[0\] = -1.0"),
    ],
)
def test_a_table_refuses_what_cannot_be_meant(wrong, words):
    with pytest.raises(ArgumentError, match=words):
        pareto(**{**TABLE, **wrong})


def test_yearly_rates_of_failures_and_pulls_have_their_poisson_bounds():
    """At the lower rate 2 or more (3 or more) are as improbable as so few at the upper one."""
    found = run_life_measures(
        age_h=[4000.0, 5000.0, 6000.0, 9000.0],
        status=["failed", "failed", "pulled", "running"],
        level=0.9,
        infant_h=100.0,
    )
    for name, count in (("failures", 2), ("pulls", 3)):
        lower, upper = (
            getattr(found, f"{side}_{name}_per_well_year")[0] * found.well_years[0]
            for side in ("lower", "upper")
        )
        assert gammainc(count, lower) == pytest.approx(0.05, rel=1e-9)
        assert gammaincc(count + 1, upper) == pytest.approx(0.05, rel=1e-9)
