"""Weibull fits of whole fleets: many groups at once, other units, known truths."""

import math
import sys

import numpy as np
import pytest

from pumpperf.reliability.lives import lives
from pumpperf.reliability.weibull import weibull
from pumpperf.reliability.weibull.grouped import grouped_lives

ROOTS = sys.modules["pumpperf.roots"]
PROFILE = sys.modules["pumpperf.reliability.weibull.profile"]
BETWEEN = sys.modules["pumpperf.reliability.weibull.interval_fit"]
EXACT = sys.modules["pumpperf.reliability.weibull.exact"]
BOUNDS = ["fisher", "likelihood_ratio"]
NUMBERS = (
    *(
        part + name
        for name in ("shape", "scale_h", "life_h", "survival")
        for part in ("", "lower_", "upper_")
    ),
    *("standard_error_log_shape", "standard_error_log_scale", "correlation", "log_likelihood"),
    *("lives", "failures", "zero_lives", "exposure_h", "dropped"),
)
NAN = float("nan")


def fleet(sizes, *, late=False, between=False, weighted=False, seed=7):
    """Lives of groups of these sizes, in mixed order, as keywords of `weibull`."""
    random = np.random.default_rng(seed)
    n = sum(sizes)
    by = np.repeat(np.arange(len(sizes)), sizes)
    age = np.round(random.weibull(1.3, n) * 400.0 * (1.0 + by % 5) + 0.1, 1)
    failed = random.random(n) < 0.6
    order = random.permutation(n)
    asked = {"age_h": age[order], "failed": failed[order], "by": by[order]}
    if late:
        asked["entry_age_h"] = np.where(random.random(n) < 0.5, 0.0, 0.7) * asked["age_h"]
    if between:
        lower = asked.get("entry_age_h", np.zeros(n))
        inside = lower + 0.5 * (asked["age_h"] - lower)
        asked["failed_after_h"] = np.where(asked["failed"] & (by[order] % 2 == 0), inside, NAN)
    if weighted:
        asked["weight"] = random.integers(0, 4, n).astype(float)
    return asked


def fit(asked, bounds="fisher", **more):
    return weibull(
        **asked, level=0.9, bounds=bounds, fraction_failed=(0.1, 0.5), at_h=(100.0, 900.0), **more
    )


def same(found, expected, tolerance=1e-9):
    return found == pytest.approx(expected, rel=tolerance, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("bounds", BOUNDS)
@pytest.mark.parametrize(
    "kind",
    [{}, {"late": True}, {"weighted": True}, {"between": True, "late": True, "weighted": True}],
    ids=str,
)
def test_a_fleet_is_its_groups_one_by_one(kind, bounds):
    sizes = [*([1] * 10), 2, 3, 3, 5, 8, 30, 31, 300, *([1] * 3)]
    if not kind:
        sizes.append(3000)
    asked = fleet(sizes, **kind)
    together = fit(asked, bounds)
    assert together.group.tolist() == list(range(len(sizes)))
    for g in range(len(sizes)):
        mine = asked["by"] == g
        alone = fit({key: column[mine] for key, column in asked.items() if key != "by"}, bounds)
        assert alone.group is None
        assert together.status[g] == alone.status[0]
        for name in NUMBERS:
            assert same(getattr(together, name)[g], getattr(alone, name)[0]), name


def test_groups_may_come_in_any_order_and_with_any_labels():
    asked = fleet([40, 3, 17], late=True)
    first = fit(asked)
    turned = {key: column[::-1] for key, column in asked.items()}
    words = np.array(["b", "a", "c"])[turned.pop("by")]
    found = fit(turned | {"by": words.tolist()})
    assert found.group.tolist() == ["a", "b", "c"]
    for name in NUMBERS:
        assert same(getattr(found, name), getattr(first, name)[[1, 0, 2]], 1e-11), name
    far = fit(turned | {"by": np.array([10**9, -5, 10**12])[asked["by"][::-1]]})
    assert far.group.tolist() == [-5, 10**9, 10**12]
    assert same(far.shape, first.shape[[1, 0, 2]], 1e-11)


def test_no_lives_give_no_groups_or_one_without_exposure():
    none = fit({"age_h": [], "failed": [], "by": []})
    assert (none.group.tolist(), none.shape.shape, none.life_h.shape) == ([], (0,), (0, 2))
    one = fit({"age_h": [], "failed": []})
    assert one.status.tolist() == ["no_exposure"]
    assert one.lives.tolist() == [0.0]
    dropped = fit({"age_h": [5.0, 3.0], "failed": [0, 0], "entry_age_h": [5.0, 0.0], "by": [1, 2]})
    assert dropped.status.tolist() == ["no_exposure", "no_failures"]
    assert dropped.dropped.tolist() == [1.0, 0.0]


@pytest.mark.parametrize("bounds", BOUNDS)
@pytest.mark.parametrize("unit", [1e-8, 1e-3, 24.0, 1e8])
@pytest.mark.parametrize("kind", [{}, {"late": True, "between": True}], ids=str)
def test_another_unit_scales_ages_and_nothing_else(unit, bounds, kind):
    asked = fleet([3, 8, 30, 12], **kind)
    scaled = {k: c * unit if k.endswith("_h") else c for k, c in asked.items()}
    one = weibull(**asked, level=0.9, bounds=bounds, fraction_failed=(0.1,), at_h=(100.0,))
    other = weibull(
        **scaled, level=0.9, bounds=bounds, fraction_failed=(0.1,), at_h=(100.0 * unit,)
    )
    assert one.status.tolist() == other.status.tolist()
    for name in NUMBERS[:15]:
        factor = unit if name.endswith("_h") else 1.0
        if name != "log_likelihood":
            assert same(getattr(other, name), getattr(one, name) * factor), name


@pytest.mark.parametrize("kind", [{}, {"late": True}, {"between": True}], ids=str)
def test_a_fleet_cut_to_blocks_and_columns_is_the_fleet(monkeypatch, kind):
    asked = fleet([2500, 30, 30, 20, 700, 9, 9], weighted=True, **kind)
    whole = fit(asked, "likelihood_ratio")
    monkeypatch.setattr(PROFILE, "WIDE", 100)
    monkeypatch.setattr(PROFILE, "NARROW", 30)
    monkeypatch.setattr(EXACT, "CELLS", 50)
    monkeypatch.setattr(BETWEEN, "CELLS", 50)
    cut = fit(asked, "likelihood_ratio")
    for name in NUMBERS:
        assert same(getattr(cut, name), getattr(whole, name)), name


def test_groups_without_a_fit_leave_the_others_as_they_are():
    good = {"age_h": [30.0, 50.0, 90.0], "failed": [1, 1, 0], "entry_age_h": [5.0, 0.0, 0.0]}
    early = {"age_h": [11.0, 12.0, 200.0], "failed": [1, 1, 0], "entry_age_h": [10.0] * 3}
    asked = {key: good[key] + early[key] + good[key] for key in good}
    for after in (None, [NAN, 40.0, NAN] * 3):
        if after is not None:
            after[4] = 11.0
        for bounds in BOUNDS:
            w = fit(asked, bounds, failed_after_h=after, by=[0, 0, 0, 1, 1, 1, 2, 2, 2])
            assert w.status.tolist() == ["ok", "shape_at_zero", "ok"]
            assert w.upper_shape[0] == w.upper_shape[2] > w.shape[0]


def test_steps_that_run_out_leave_the_place_where_they_were(monkeypatch):
    monkeypatch.setattr(ROOTS, "STEPS", 3)
    found = ROOTS.rising_root(
        function=lambda x: (x**2 - 2.0, 2.0 * x),
        start=np.array([1.0]),
        least=np.zeros(1),
        most=np.full(1, np.inf),
    )
    assert 1e-9 < abs(found[0] - math.sqrt(2.0)) < 1e-5


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda x: (x, np.ones_like(x)), 0.0),
        (lambda x: (-1.0 / x, x**-2), math.inf),
        (lambda x: (np.log(x) - 500.0, 1.0 / x), math.exp(500.0)),
        (lambda x: (np.where(x < 3.0, -1.0, 1.0), np.zeros_like(x)), 3.0),
    ],
)
def test_roots_far_away_at_the_ends_and_without_slope(function, expected):
    found = ROOTS.rising_root(
        function=function, start=np.ones(2), least=np.zeros(2), most=np.full(2, np.inf)
    )
    assert found == pytest.approx(expected, rel=1e-9)


def test_late_entries_must_be_told_or_the_fit_is_biased():
    random = np.random.default_rng(20)
    truth = 1.6
    life = 500.0 * random.weibull(truth, 150_000)
    aged = random.random(life.size) < 0.75
    entry = np.where(aged, random.uniform(200.0, 900.0, life.size), 0.0)
    end = entry + random.uniform(200.0, 900.0, life.size)
    seen = life > entry  # those alive when watching begins, aged and new in like number
    assert 0.4 < aged[seen].mean() < 0.6
    asked = {"age_h": np.minimum(life, end)[seen], "failed": (life <= end)[seen]}
    told = fit(asked, entry_age_h=entry[seen])
    assert told.standard_error_log_shape[0] < 0.005
    assert told.shape[0] == pytest.approx(truth, rel=0.02)
    assert told.scale_h[0] == pytest.approx(500.0, rel=0.02)
    assert fit(asked).shape[0] > 1.1 * truth


@pytest.mark.parametrize("bounds", BOUNDS)
def test_intervals_hold_the_truth_as_often_as_they_say(bounds):
    random = np.random.default_rng(33)
    groups, size, truth = 4000, 40, 1.6
    life = random.weibull(truth, groups * size)
    end = random.uniform(0.5, 2.5, life.size)
    w = weibull(
        age_h=np.minimum(life, end),
        failed=life <= end,
        by=np.repeat(np.arange(groups), size),
        level=0.9,
        bounds=bounds,
        fraction_failed=(0.1,),
        at_h=(0.5,),
    )
    assert 25.0 < w.failures.mean() < 35.0
    for lower, value, upper in (
        (w.lower_shape, truth, w.upper_shape),
        (w.lower_scale_h, 1.0, w.upper_scale_h),
        (w.lower_life_h[:, 0], (-math.log(0.9)) ** (1.0 / truth), w.upper_life_h[:, 0]),
        (w.lower_survival[:, 0], math.exp(-(0.5**truth)), w.upper_survival[:, 0]),
    ):
        assert 0.87 < ((lower <= value) & (value <= upper)).mean() < 0.93


def test_blocks_hold_groups_of_like_size():
    """Of up to twice the smallest one's: no more than half of a block is filled up."""
    sizes = [3, 13, 6, 4, 7]
    sample = lives(
        age_h=np.concatenate([np.arange(1.0, size + 1.0) for size in sizes]),
        failed=np.ones(sum(sizes), dtype=bool),
        by=np.repeat(np.arange(len(sizes)), sizes),
    )
    known = grouped_lives(sample=sample, failed_after_h=None, resolution_h=None)
    blocks = [groups.tolist() for groups, _, _ in EXACT._blocks(known)]
    assert blocks == [[0, 3, 2], [4, 1]]
