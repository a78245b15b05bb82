"""Every result can be shown: in words, as a table, and in short."""

import importlib
import pkgutil
from dataclasses import FrozenInstanceError, fields
from types import SimpleNamespace
from typing import Literal, get_args, get_origin, get_type_hints

import numpy as np
import pytest

import pumpperf
from pumpperf.calc.downtime.union import Downtime
from pumpperf.reliability.measures import pareto
from pumpperf.reliability.rates import empirical_bayes, mtbf
from pumpperf.reliability.recurrence import crow_amsaa, mean_cumulative_function
from pumpperf.reliability.survival import cumulative_incidence, kaplan_meier, survival_at
from pumpperf.reliability.weibull import weibull
from pumpperf.results import STEP, Result

for found in pkgutil.walk_packages(pumpperf.__path__, "pumpperf."):
    importlib.import_module(found.name)


def below(cls):
    return [one for child in cls.__subclasses__() for one in (child, *below(child))]


CLASSES = [one for one in below(Result) if one.__module__.startswith("pumpperf.")]
GROUPS, STEPS, FURTHER = 3, 5, 2


def typed(cls):
    """The fields with their types, which in their modules may be texts."""
    types = get_type_hints(cls, include_extras=True)
    return [SimpleNamespace(name=field.name, type=types[field.name]) for field in fields(cls)]


def axes_of(field):
    return getattr(field.type, "__metadata__", ())


def value_of(field):
    """Something of the kind of a field: three groups, five steps, two of each further axis."""
    kind = get_args(field.type)[0] if axes_of(field) else field.type
    options = [one for one in get_args(kind) if one is not type(None)] if "|" in str(kind) else []
    kind = options[0] if options else kind
    if field.name == "offset":
        return np.array([0, 2, 2, STEPS])
    if field.name == "place":
        return np.array([2, 0, 0, 2, 1])
    if isinstance(kind, type) and issubclass(kind, Result):
        return sample(kind)
    if get_origin(kind) is tuple:
        return ("one", "two") if get_args(kind)[0] is str else ()
    if get_origin(kind) is dict:
        return {"part": np.ones(GROUPS)}
    if kind is float:
        return 0.5
    if kind in (str, int) or get_origin(kind) is Literal:
        return "word"
    further = [FURTHER for axis in axes_of(field) if axis != STEP]
    lead = STEPS if STEP in axes_of(field) else GROUPS
    shape = further if field.name in axes_of(field) else [lead, *further]
    return 1.0 + np.arange(np.prod(shape)).reshape(shape)


def sample(cls):
    return cls(**{field.name: value_of(field) for field in typed(cls)})


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_result_is_a_table_of_all_its_columns(cls):
    result = sample(cls)
    frame = result.to_frame()
    for field in typed(cls):
        value, axes = getattr(result, field.name), axes_of(field)
        if not isinstance(value, np.ndarray) or field.name in ("offset", "place"):
            continue
        if field.name in frame:
            assert set(np.ravel(value)) == set(frame[field.name].dropna())
        elif field.name not in axes:
            spread = [name for name in frame if name.startswith(f"{field.name}[")]
            together = frame[spread].to_numpy()
            assert set(np.ravel(value)) == set(together.ravel())
            assert len(spread) == np.prod(value.shape[1:])
        else:
            assert any(f"[{value[0]}]" in name for name in frame)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_result_has_few_words_and_no_more(cls):
    result = sample(cls)
    assert repr(result).startswith(f"{cls.__name__}(")
    assert all(len(line) <= 100 for line in repr(result).splitlines())
    summary = result.summary().splitlines()
    assert summary[0].startswith(cls.__name__)
    assert 2 < len(summary) <= 13
    with pytest.raises(FrozenInstanceError):
        setattr(result, fields(cls)[0].name, None)


LIVES = {
    "age_h": [400.0, 700.0, 900.0, 300.0, 500.0],
    "failed": [1, 1, 0, 0, 0],
    "by": ["a", "a", "a", "b", "b"],
    "level": 0.9,
}


def test_a_curve_is_one_line_a_group_and_step_and_none_gets_lost():
    frame = kaplan_meier(**LIVES).to_frame()
    assert frame["group"].tolist() == ["a", "a", "b"]
    np.testing.assert_array_equal(frame["age_h"], [400.0, 700.0, np.nan])
    np.testing.assert_allclose(frame["survival"], [2 / 3, 1 / 3, np.nan])
    assert frame["status"].tolist() == ["ok", "ok", "no_failures"]
    assert frame["lives"].tolist() == [3.0, 3.0, 2.0]
    assert set(frame["level"]) == {0.9}


def test_a_further_axis_makes_lines_where_it_is_the_only_one():
    at = survival_at(curve=kaplan_meier(**LIVES), at_h=[100.0, 500.0]).to_frame()
    assert list(zip(at["group"], at["at_h"], strict=True)) == [
        ("a", 100.0),
        ("a", 500.0),
        ("b", 100.0),
        ("b", 500.0),
    ]
    np.testing.assert_allclose(at["survival"], [1.0, 2 / 3, 1.0, 1.0])
    modes = cumulative_incidence(**LIVES, mode=["x", "y", None, None, None]).to_frame()
    lines = modes[["group", "age_h", "mode", "failures", "total_failures"]]
    assert lines.iloc[:4].to_numpy().tolist() == [
        ["a", 400.0, "x", 1.0, 1.0],
        ["a", 400.0, "y", 0.0, 1.0],
        ["a", 700.0, "x", 0.0, 1.0],
        ["a", 700.0, "y", 1.0, 1.0],
    ]
    assert lines["total_failures"].tolist()[4:] == [0.0, 0.0]


def test_two_further_axes_make_columns():
    fit = weibull(**LIVES, bounds="fisher", fraction_failed=[0.1, 0.5], at_h=[200.0])
    frame = fit.to_frame()
    np.testing.assert_array_equal(frame["life_h[0.5]"], fit.life_h[:, 1])
    np.testing.assert_array_equal(frame["survival[200.0]"], fit.survival[:, 0])
    assert "fraction_failed" not in frame
    assert frame["group"].tolist() == ["a", "b"]


def test_a_result_within_a_result_stands_beside_it():
    frame = mtbf(
        operating_h=[900.0, 500.0], failures=[2, 0], level=0.9, sided="two", terminated="time"
    ).to_frame()
    assert frame["trend_status"].tolist() == ["not_tested", "not_tested"]
    assert frame["status"].tolist() == ["ok", "no_failures"]


def test_pumps_of_a_fleet_have_a_line_each_in_the_order_given():
    found = empirical_bayes(
        operating_h=[10.0, 20.0, 30.0], failures=[1, 2, 9], level=0.9, by=["b", "a", "b"]
    )
    frame = found.to_frame()
    assert frame["group"].tolist() == ["b", "a", "b"]
    np.testing.assert_array_equal(frame["pump_rate_per_h"], found.pump_rate_per_h)
    assert frame["failures"].tolist() == [10.0, 2.0, 10.0]


def test_parts_of_a_whole_are_columns_and_absent_ones_are_not_printed():
    down = Downtime(
        group=None,
        window_us=10,
        downtime_us=np.array([4]),
        part_us={"POWER": np.array([3]), "PUMP": np.array([1])},
        events=np.array([2]),
    )
    frame = down.to_frame()
    assert list(frame) == ["window_us", "downtime_us", "part_us[POWER]", "part_us[PUMP]", "events"]
    assert "group" not in repr(down)


def test_a_summary_says_value_bounds_and_unit():
    fit = weibull(age_h=[400.0, 700.0, 900.0], failed=[1, 1, 0], level=0.9, bounds="fisher")
    lines = fit.summary().splitlines()
    assert lines[0] == f"Weibull: level 0.9, method {fit.method}"
    scale, low, high = fit.scale_h[0], fit.lower_scale_h[0], fit.upper_scale_h[0]
    assert f"  scale [h]: {scale:.1f} ({low:.0f} to {high:,.0f})" in lines
    assert "  status: ok" in lines
    assert not any("group" in line or "nan" in line for line in lines)


def test_a_one_sided_bound_is_said_so():
    one = {"operating_h": 900.0, "failures": 2, "level": 0.9, "terminated": "time"}
    assert "mtbf [h]: 450 (at least 169" in mtbf(**one, sided="lower").summary()
    assert "mtbf [h]: 450 (at most 1,69" in mtbf(**one, sided="upper").summary()


def test_whether_is_said_with_yes_or_no():
    trial = {"event_h": [2.0, 4.0, 5.0], "event_system": [0, 0, 0], "level": 0.9}
    one = crow_amsaa(**trial, end_h=[8.0], terminated="time")
    two = crow_amsaa(**trial, end_h=[8.0, 6.0], terminated="time")
    assert "  exact: yes" in one.summary().splitlines()
    assert "  exact: no" in two.summary().splitlines()


def test_a_long_summary_ends_with_how_much_is_left():
    age = np.arange(1.0, 26.0)
    curve = kaplan_meier(age_h=age, failed=np.ones(25), level=0.9)
    lines = curve.summary().splitlines()
    assert lines[1].split()[:2] == ["age", "[h]"]
    assert len(lines) == 1 + 1 + 10 + 1
    assert lines[-1] == "  ... and 15 more"
    assert "(25 in all)" in repr(curve)


def test_a_result_of_nothing_is_shown_too():
    none = pareto(category=[], level=0.9)
    assert none.to_frame()["status"].isna().all()
    empty = mtbf(operating_h=[], failures=[], level=0.9, sided="two", terminated="time")
    assert empty.to_frame().empty
    assert empty.summary() == "Mtbf"
    curve = mean_cumulative_function(event_h=[], event_system=[], end_h=[5.0], level=0.9)
    assert curve.to_frame()["status"].tolist() == ["no_failures"]
    assert "Mcf(offset=[0, 0], systems=[1.]" in repr(curve)
