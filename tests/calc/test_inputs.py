"""What comes in as a column: numbers only, and rows of one table only."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from pumpperf import ArgumentError
from pumpperf.calc.inputs import booleans, column, same_index
from pumpperf.calc.intervals.dates import begin_and_end_us
from pumpperf.calc.intervals.samples import sorted_samples
from pumpperf.history.columns import Failures, Installations
from pumpperf.history.runs import run_lives
from pumpperf.reliability.lognormal import lognormal
from pumpperf.reliability.measures import pareto, repeat_failures, run_life_measures
from pumpperf.reliability.rates import (
    demonstration_time,
    empirical_bayes,
    mtbf,
    prior_from_mtbf,
    rate_comparison,
)
from pumpperf.reliability.rates.bayes import gamma_poisson
from pumpperf.reliability.recurrence import (
    crow_amsaa,
    growth_projection,
    laplace,
    mean_cumulative_function,
)
from pumpperf.reliability.replacement import expected_failures
from pumpperf.reliability.survival import cumulative_incidence, kaplan_meier, life_table, log_rank
from pumpperf.reliability.weibull import weibull, weibull_by_mode

HOUR = dt.timedelta(hours=1)
NO_NUMBERS = {
    "text": ["1_000", "2000"],
    "truths": [True, False],
    "truth among numbers": [True, 2.0],
    "truth in a nested list": [[True, 2.0]],
    "truth deep in a nested list": ([1.0], [True]),
    "truth in an array among others": [np.array([1.0]), np.array([True])],
    "length of time": [HOUR, 2.0],
    "numpy's length of time": [np.timedelta64(1, "ns"), 2.0],
    "pandas' length of time": [pd.Timedelta("1h"), 2.0],
    "date": [dt.datetime(2025, 1, 1, tzinfo=dt.UTC), 2.0],
    "bytes": [b"1", 2.0],
}


@pytest.mark.parametrize("values", NO_NUMBERS.values(), ids=NO_NUMBERS)
@pytest.mark.parametrize(
    "form", [list, lambda v: pd.Series(v, dtype=object)], ids=["list", "Series"]
)
def test_what_is_no_number_is_refused_in_every_form(form, values):
    with pytest.raises(ArgumentError, match="age_h: expected numbers, got"):
        column(values=form(values), name="age_h")
    with pytest.raises(ArgumentError, match="age_h: expected numbers, got"):
        kaplan_meier(age_h=form(values), failed=[1, 0], level=0.9)


@pytest.mark.parametrize(
    "values",
    [
        True,
        np.array([True]),
        np.array([1], "m8[ns]"),
        pd.Series([HOUR]),
        pd.Series([True, None], dtype="boolean"),
        pd.Series(["1"], dtype="string"),
    ],
)
def test_nor_is_an_array_of_such(values):
    with pytest.raises(ArgumentError, match="age_h: expected numbers, got"):
        column(values=values, name="age_h")


def test_numbers_of_every_kind_are_taken():
    mixed = [1, 2.5, Decimal("0.5"), Fraction(1, 4), np.float32(3), np.int8(4), None, pd.NA]
    found = column(values=pd.Series(mixed, dtype=object), name="age_h").tolist()
    assert found[:6] == [1.0, 2.5, 0.5, 0.25, 3.0, 4.0]
    assert np.isnan(found[6:]).all()
    assert column(values=Decimal("2.5"), name="age_h").tolist() == [2.5]
    assert column(values=pd.array([7, None], dtype="Int64"), name="age_h")[0] == 7.0


def test_ages_asked_of_a_fit_are_numbers_too():
    lives = {"age_h": [1.0, 2.0, 3.0], "failed": [1, 1, 0], "level": 0.9, "bounds": "fisher"}
    with pytest.raises(ArgumentError, match="at_h: expected numbers"):
        weibull(**lives, at_h=["1_000"])


def test_lengths_of_time_are_no_truths():
    with pytest.raises(ArgumentError, match=r"failed\[0\] = 0: expected true or false"):
        booleans(values=np.array([0, 1], "m8[ns]"), name="failed")


HERE, THERE = pd.Index(["a", "b"]), pd.Index(["b", "a"])


def here(*values):
    return pd.Series(values, index=HERE)


def there(*values):
    return pd.Series(values, index=THERE)


LIVES = {"age_h": here(1.0, 2.0), "failed": here(1, 0)}
EVENTS = {"event_h": here(1.0, 2.0), "event_system": here(0, 1)}
ENDS = {"end_h": here(5.0, 6.0)}
RATES = {"operating_h": here(9.0, 9.0), "failures": here(1, 2)}
LEVEL = {"level": 0.9}
SIDED = {**LEVEL, "sided": "two"}
GROWTH = crow_amsaa(
    event_h=[1.0, 2.0, 3.0], event_system=[0, 0, 0], end_h=4.0, terminated="time", level=0.9
)
FIT = {"bounds": "fisher", **LEVEL}
UNEQUAL = {
    kaplan_meier: [(LIVES | LEVEL, name) for name in ("failed", "entry_age_h", "weight", "by")],
    log_rank: [(LIVES, "fleet")],
    cumulative_incidence: [(LIVES | LEVEL, "mode")],
    life_table: [({"at_risk": here(5, 5), "failures": here(1, 1)} | LEVEL, "failures")],
    lognormal: [(LIVES | LEVEL, "weight")],
    weibull: [(LIVES | FIT, "failed_after_h"), (LIVES | FIT, "by")],
    weibull_by_mode: [(LIVES | FIT, "mode")],
    mtbf: [(RATES | SIDED | {"terminated": "time"}, name) for name in ("failures", "by")]
    + [(RATES | SIDED | {"terminated": "time", "failure_h": here(1.0, 2.0)}, "failure_of")],
    gamma_poisson: [(RATES | SIDED | {"prior_h": 1.0, "prior_shape": 1.0}, "prior_h")],
    prior_from_mtbf: [({"mtbf50_h": here(600.0, 600.0)}, "mtbf05_h")],
    empirical_bayes: [(RATES | LEVEL, "by")],
    rate_comparison: [
        (
            RATES | SIDED | {"against_operating_h": [1.0, 1.0], "against_failures": [1, 1]},
            "against_failures",
        )
    ],
    demonstration_time: [
        ({"mtbf_h": here(9.0, 9.0), "prior_shape": 1.0, "prior_h": 1.0, "level": 0.9}, "failures")
    ],
    laplace: [(EVENTS | ENDS | {"terminated": "time"}, name) for name in ("event_system", "by")],
    mean_cumulative_function: [
        (EVENTS | ENDS | LEVEL, name) for name in ("event_system", "start_h", "cost")
    ],
    growth_projection: [
        ({"growth": GROWTH, "first_h": here(1.0, 2.0), "failures": here(1, 1)}, "effectiveness")
    ],
    run_life_measures: [
        (
            {"age_h": here(1.0, 2.0), "status": here("failed", "running"), "infant_h": 1.0} | LEVEL,
            name,
        )
        for name in ("status", "entry_age_h", "active_h", "by")
    ],
    repeat_failures: [
        ({"failed_at": here("2025-01-01", "2025-01-02"), "within_h": 9.0} | LEVEL, "well")
    ],
    pareto: [({"category": here("A", "B")} | LEVEL, name) for name in ("amount", "by")],
    expected_failures: [
        ({"age_h": here(1.0, 2.0), "shape": 1.0, "scale_h": 9.0, "horizon_h": 1.0} | LEVEL, name)
        for name in ("shape", "horizon_h", "operating_share", "by")
    ],
    begin_and_end_us: [
        ({"start": here("2025-01-01", "2025-01-02"), "until_us": 0, "noun": "stop"}, "end")
    ],
    sorted_samples: [
        (
            {
                "time": here("2025-01-01", "2025-01-02"),
                "name": "power_kw",
                "noun": "power",
                "by": None,
            },
            "value",
        )
    ],
}
CASES = [(call, given, name) for call, cases in UNEQUAL.items() for given, name in cases]


@pytest.mark.parametrize(
    ("call", "given", "name"), CASES, ids=[f"{call.__name__}-{name}" for call, _, name in CASES]
)
def test_rows_of_unequal_indexes_are_not_matched_by_place(call, given, name):
    said = rf"\b{given.get('name', name)} (and \w+ )?have unequal indexes, 'a' and 'b' at 0: expect"
    with pytest.raises(ArgumentError, match=said):
        call(**given | {name: there(1, 1)})


def test_equal_indexes_and_columns_without_one_are_taken():
    found = kaplan_meier(**LIVES, weight=[2.0, 1.0], by=np.array(["x", "x"]), level=0.9)
    assert found.survival.tolist() == [pytest.approx(1 / 3)]
    same_index(age_h=pd.Series([1.0], index=[0]), failed=pd.Series([1]))
    with pytest.raises(ArgumentError, match="2 entries for 3 of age_h"):
        kaplan_meier(age_h=pd.Series([1.0, 2.0, 3.0]), failed=pd.Series([1, 0]), level=0.9)


def test_indexes_that_differ_in_kind_alone_differ():
    with pytest.raises(ArgumentError, match="age_h and failed have unequal indexes"):
        same_index(
            age_h=pd.Series([1.0], index=pd.Index([np.nan])), failed=pd.Series([1], index=["a"])
        )


def test_tables_of_a_history_have_one_index_each():
    installed = Installations(
        pump=here("P1", "P2"),
        well=there("W1", "W2"),
        install=["2025-01-01"] * 2,
        removal=["NaT"] * 2,
    )
    with pytest.raises(ArgumentError, match="pump and well have unequal indexes"):
        run_lives(
            installations=installed,
            failures=Failures(pump=[], failed=[], restored=[]),
            stops=None,
            window=(np.datetime64("2025-01-01"), np.datetime64("2026-01-01")),
            clock="calendar",
        )
