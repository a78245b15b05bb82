"""Labels of groups: sorted, and refused by name where they are missing or of two kinds."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pumpperf.calc.groups import groups, joint_groups
from pumpperf.calc.leastsquares import inverse_and_condition
from pumpperf.errors import ArgumentError
from pumpperf.reliability.measures import pareto, run_life_measures
from pumpperf.reliability.rates import mtbf
from pumpperf.reliability.recurrence import laplace
from pumpperf.reliability.survival import cumulative_incidence, kaplan_meier, log_rank


@pytest.mark.parametrize(
    "labels", ["bab", [2, 1, 2], [2.5, 1, 2.5], [dt.date(2025, 1, 1), dt.date(2024, 1, 1)] * 2, []]
)
def test_each_entry_finds_its_label(labels):
    distinct, index = groups(labels=list(labels), name="by")
    assert distinct.tolist() == sorted(set(labels))
    assert distinct[index].tolist() == list(labels)


@pytest.mark.parametrize(
    ("labels", "place"),
    [
        (["a", None, "b"], 1),
        ([None], 0),
        ([None, None], 0),
        ([1.0, float("nan")], 1),
        (["a", float("nan")], 1),
        ([pd.Timestamp("2024-01-01"), pd.NaT], 1),
        ([pd.NA, pd.NA], 0),
        (["a", "b", 3], 2),
    ],
    ids=str,
)
def test_a_label_that_is_missing_or_of_another_kind_is_named(labels, place):
    with pytest.raises(ArgumentError, match=rf"era\[{place}\] = .*: expected labels of one kind"):
        groups(labels=labels, name="era")


def test_what_is_masked_is_not_read():
    masked = np.ma.masked_array([1, 0, 1], mask=[False, True, False])
    lives = {"age_h": [1.0, 2.0, 3.0], "failed": [1, 1, 1], "level": 0.9}
    for name in ("failed", "by"):
        with pytest.raises(ArgumentError, match=rf"{name}\[1\] is masked"):
            kaplan_meier(**(lives | {name: masked}))
    for name in ("mode", "fleet"):
        ask = cumulative_incidence if name == "mode" else log_rank
        asked = lives if name == "mode" else {"age_h": [1.0, 2.0, 3.0], "failed": [1, 1, 1]}
        with pytest.raises(ArgumentError, match=rf"{name}\[1\] is masked"):
            ask(**asked, **{name: masked})
    with pytest.raises(ArgumentError, match=r"event_system\[1\] is masked"):
        laplace(event_h=[1.0, 2.0, 3.0], event_system=masked, end_h=[9.0, 9.0], terminated="time")
    words = np.ma.masked_array(["failed", "running"], mask=[True, False])
    with pytest.raises(ArgumentError, match=r"status\[0\] is masked"):
        run_life_measures(age_h=[1.0, 2.0], status=words, level=0.9, infant_h=1.0)
    with pytest.raises(ArgumentError, match=r"category\[0\] is masked"):
        pareto(category=words, level=0.9)
    exposure = {"exposure_h": [1.0, 2.0], "category": ["A", "B"], "level": 0.9}
    for by in ({"by": words, "exposure_by": ["A", "B"]}, {"by": ["A", "B"], "exposure_by": words}):
        with pytest.raises(ArgumentError, match=r"by\[0\] is masked"):
            pareto(**exposure, **by)


def test_a_missing_text_of_pandas_is_named():
    words = pd.array(["failed", None], dtype="string")
    with pytest.raises(ArgumentError, match=r"status\[1\] = <NA>"):
        run_life_measures(age_h=[1.0, 2.0], status=words, level=0.9, infant_h=1.0)


def test_times_between_failures_name_it_too():
    with pytest.raises(ArgumentError, match=r"by\[1\] = nan"):
        mtbf(
            operating_h=[1.0, 2.0],
            failures=[1, 1],
            level=0.9,
            sided="two",
            terminated="time",
            by=[1.0, float("nan")],
        )


def test_the_condition_index_is_that_of_columns_of_length_1():
    design = np.random.default_rng(3).normal(size=(5, 8, 3)) * [1.0, 1e4, 1e-6]
    normal = np.einsum("fti,ftj->fij", design, design)
    inverse, condition = inverse_and_condition(normal_matrix=normal)
    for one, found, index in zip(design, inverse, condition, strict=True):
        assert index == pytest.approx(np.linalg.cond(one / np.linalg.norm(one, axis=0)), rel=1e-9)
        root = np.linalg.inv(np.linalg.qr(one)[1])
        np.testing.assert_allclose(found, root @ root.T, rtol=1e-9)


@pytest.mark.parametrize(
    "normal",
    [
        [[1.0, 0.0], [0.0, 0.0]],
        [[1.0, 1.0], [1.0, -1.0]],
        [[1.0, np.nan], [np.nan, np.nan]],
        [[1.0, np.inf], [np.inf, np.inf]],
        [[1.0, 1.0], [1.0, 1.0]],
        [[1.0, 1.0 - 1e-3], [1.0 - 1e-3, 1.0]],
    ],
    ids=str,
)
def test_terms_that_are_not_told_apart_have_no_inverse(normal):
    inverse, condition = inverse_and_condition(normal_matrix=[normal, np.eye(2)])
    assert condition[0] >= 30.0
    assert np.isnan(inverse[0]).all()
    assert condition[1] == 1.0
    assert (inverse[1] == np.eye(2)).all()


@pytest.mark.parametrize(("first", "second"), [([1, 2], ["a"]), (["a"], [1, 2]), ([1], ["1"])])
def test_numbers_in_one_column_and_text_in_the_other_are_two_kinds(first, second):
    with pytest.raises(ArgumentError, match="expected labels of one kind"):
        joint_groups(first=first, second=second, name="by, at_by")
