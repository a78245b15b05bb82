"""Crow's extended projection: what it needs, and what it says when that is not there."""

import math

import numpy as np
import pytest

from pumpperf.errors import ArgumentError
from pumpperf.reliability.recurrence import crow_amsaa, growth_projection

NAN = float("nan")
AGES = [1.0, 3.0, 8.0, 20.0, 30.0, 55.0]


def trial(*, by=None, systems=1, **more):
    settled = {"terminated": "time", "level": 0.9} | more
    return crow_amsaa(
        event_h=AGES * systems,
        event_system=np.repeat(np.arange(systems), len(AGES)),
        end_h=[60.0] * systems,
        by=by,
        **settled,
    )


MODES = {"first_h": [3.0, 20.0], "failures": [2, 1], "effectiveness": [0.5, 0.9]}


def test_the_projection_by_hand():
    total = sum(math.log(60.0 / age) for age in AGES)
    demonstrated = 5.0 / total * 6.0 / 60.0
    unseen = 2.0 / (math.log(20.0) + math.log(3.0)) / 60.0
    potential = demonstrated - (0.5 * 2.0 + 0.9 * 1.0) / 60.0
    found = growth_projection(growth=trial(), **MODES)
    assert found.status.tolist() == ["ok"]
    assert found.demonstrated_mtbf_h[0] == pytest.approx(1.0 / demonstrated, rel=1e-12)
    assert found.unseen_per_h[0] == pytest.approx(unseen, rel=1e-12)
    assert found.potential_mtbf_h[0] == pytest.approx(1.0 / potential, rel=1e-12)
    assert found.projected_mtbf_h[0] == pytest.approx(1.0 / (potential + 0.7 * unseen), rel=1e-12)


def test_what_a_group_lacks_is_said():
    growth = trial(by=["a", "b", "c", "d"], systems=4)
    found = growth_projection(
        growth=growth,
        first_h=[3.0, 60.0, 60.0, 8.0, 20.0],
        failures=[1, 1, 1, 99, 99],
        effectiveness=[0.5] * 3 + [1.0] * 2,
        by=["b", "c", "c", "d", "d"],
    )
    assert found.status.tolist() == ["no_modes", "one_mode", "all_at_end", "below_zero"]
    assert found.projected_per_h[0] == found.demonstrated_per_h[0]
    assert np.isnan(found.projected_per_h[1:]).all()
    assert np.isnan(found.potential_per_h).tolist() == [False, False, False, True]
    assert np.isnan(found.mean_effectiveness).tolist() == [True, False, False, False]


def test_only_one_system_watched_to_a_date_is_projected():
    several = growth_projection(growth=trial(systems=2), **MODES)
    assert several.status.tolist() == ["not_single"]
    assert np.isnan(several.projected_mtbf_h).all()
    single = {"event_system": [0], "end_h": [60.0], "terminated": "time", "level": 0.9}
    once = crow_amsaa(event_h=[9.0], **single)
    assert growth_projection(growth=once, **MODES).status.tolist() == ["one_failure"]
    late = crow_amsaa(
        **({"event_h": AGES, "event_system": [0] * 6} | {"end_h": 60.0}),
        start_h=0.5,
        terminated="time",
        level=0.9,
    )
    assert growth_projection(growth=late, **MODES).status.tolist() == ["not_single"]
    empty = crow_amsaa(event_h=[], event_system=[], end_h=[], terminated="time", level=0.9)
    nothing = growth_projection(growth=empty, first_h=[], failures=[], effectiveness=[])
    assert nothing.status.tolist() == ["no_exposure"]


def test_fixes_that_leave_nothing_leave_an_infinite_mtbf():
    ages = [30.0 * math.exp(-1.0), 30.0 * math.exp(-1.0), 30.0 * math.exp(-1.0)]
    growth = crow_amsaa(
        event_h=ages, event_system=[0] * 3, end_h=30.0, terminated="time", level=0.9
    )
    demonstrated = float(growth.corrected_intensity_per_h[0]) * 30.0
    found = growth_projection(
        growth=growth,
        first_h=ages[:2],
        failures=[1, 1],
        effectiveness=[demonstrated / 2.0, demonstrated / 2.0],
    )
    assert found.potential_per_h[0] == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"failures": [1]}, "failures has 1 entries for 2 of first_h"),
        ({"effectiveness": [1]}, "effectiveness has 1 entries for 2 of first_h"),
        ({"failures": [0, 1]}, r"failures\[0\] = 0.0: expected whole, at least 1"),
        ({"failures": [1, 1.5]}, r"failures\[1\] = 1.5: expected whole, at least 1"),
        ({"effectiveness": [1.0, 1.1]}, r"effectiveness\[1\] = 1.1: expected at most 1"),
        ({"first_h": [0.0, 3.0]}, r"first_h\[0\] = 0.0: expected above 0 and not above the end"),
        ({"first_h": [3.0, 61.0]}, r"first_h\[1\] = 61.0: expected above 0 and not above the end"),
        ({"by": ["a", "a"]}, "expected labels of the modes where growth has labels"),
        ({"growth": trial(by=["a"])}, "expected labels of the modes where growth has labels"),
        ({"growth": trial(by=["a"]), "by": ["a"]}, "by has 1 labels for 2 entries"),
        ({"growth": trial(by=["a"]), "by": ["a", "b"]}, "by: 'b' is not a label of growth"),
    ],
)
def test_what_is_wrong_is_named(change, message):
    with pytest.raises(ArgumentError, match=message):
        growth_projection(**({"growth": trial()} | MODES | change))


def test_a_trial_that_a_failure_ended_is_not_projected():
    growth = crow_amsaa(
        event_h=AGES, event_system=[0] * 6, end_h=55.0, terminated="failure", level=0.9
    )
    with pytest.raises(ArgumentError, match="growth was terminated by failure: expected 'time'"):
        growth_projection(growth=growth, **MODES)
