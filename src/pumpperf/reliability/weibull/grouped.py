"""Lives sorted by group, with what can be said of a Weibull fit before it is tried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import column, same_size
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray, TextArray, statuses
from pumpperf.reliability.inputs import positive
from pumpperf.reliability.lives import Lives
from pumpperf.results import Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupedLives:
    """Lives in order of their group, and the sums of each group.

    Attributes:
        age_h: age at failure, or when last seen [h]; of an interval-censored failure the later one.
        lower_h: of such a failure the earlier one, else NaN; None if there is no such failure.
        failed: whether it failed.
        entry_age_h: age at entry, when observation began [h].
        weight: how many lives it stands for.
        index: place of its group.
        first: place of the first life of each group.
        size: entries of each group.
        largest_h: largest age of each group [h]; 0 without lives.
        interval: whether a group has an interval-censored failure.
        lives: lives of each group, by weight.
        failures: failures among them.
        zero_lives: failures at age 0 among them, now between 0 and the resolution.
        exposure_h: exposure: time under observation [h].
        status: `ok` where a fit may exist; else why there is none.
    """

    age_h: FloatArray
    lower_h: FloatArray | None
    failed: BoolArray
    entry_age_h: FloatArray
    weight: FloatArray
    index: Places
    first: Places
    size: Places
    largest_h: FloatArray
    interval: BoolArray
    lives: FloatArray
    failures: FloatArray
    zero_lives: FloatArray
    exposure_h: FloatArray
    status: TextArray


def grouped_lives(
    *, sample: Lives, failed_after_h: ArrayLike | None, resolution_h: float | None
) -> GroupedLives:
    """Sort lives by group and decide which groups can have a Weibull fit.

    A finite shape needs a life known to have outlasted a failure: the earliest failure lies below
    the largest age at which a pump is known to have run. Else an ever steeper curve fits ever
    better.

    Args:
        sample: the lives, in the order given.
        failed_after_h: as `weibull` takes it, an entry for each life given.
        resolution_h: likewise.

    Raises:
        ArgumentError: see `weibull`.

    Source: Nelson, Applied Life Data Analysis, 1982, chapter 8, for the least that a fit needs.

    >>> from pumpperf.reliability.lives import lives
    >>> late = lives(age_h=[1.0, 2.0, 3.0, 4.0, 5.0], failed=[0, 0, 0, 0, 1])
    >>> grouped_lives(sample=late, failed_after_h=None, resolution_h=None).status
    array(['failure_at_maximum'], dtype='<U18')
    """
    age, lower, zero = _interval(sample, failed_after_h, resolution_h)
    failed, entry, weight = sample.failed, sample.entry_age_h, sample.weight
    index, groups = sample.index, sample.groups
    if (index[1:] < index[:-1]).any():
        order = np.argsort(index, kind="stable")
        age, failed, entry = age[order], failed[order], entry[order]
        weight, index, zero = weight[order], index[order], zero[order]
        lower = None if lower is None else lower[order]
    size = np.bincount(index, minlength=groups)
    first = np.cumsum(size) - size
    largest = _of_each(np.maximum, age, first, size)
    known_alive, interval = largest, np.zeros(groups, dtype=bool)
    if lower is not None:
        known_alive = _of_each(np.maximum, np.where(np.isnan(lower), age, lower), first, size)
        interval[index[~np.isnan(lower)]] = True
    earliest = _of_each(np.minimum, np.where(failed, age, np.inf), first, size)
    with np.errstate(over="ignore"):
        seen = age - entry
        seen *= weight
        exposure = _of_each(np.add, seen, first, size)
    lives = _of_each(np.add, weight, first, size)
    np.multiply(failed, weight, out=seen)
    failures = _of_each(np.add, seen, first, size)
    return GroupedLives(
        age_h=age,
        lower_h=lower,
        failed=failed,
        entry_age_h=entry,
        weight=weight,
        index=index,
        first=first,
        size=size,
        largest_h=largest,
        interval=interval,
        lives=lives,
        failures=failures,
        zero_lives=np.bincount(index[zero], weight[zero], groups).astype(np.float64),
        exposure_h=exposure,
        status=statuses(
            no_exposure=lives == 0.0,
            no_failures=failures == 0.0,
            failure_at_maximum=earliest >= known_alive,
        ),
    )


def _of_each(ufunc: np.ufunc, values: FloatArray, first: Places, size: Places) -> FloatArray:
    found = np.zeros(size.shape)
    there = size > 0
    if values.size:
        found[there] = ufunc.reduceat(values, first[there])
    return found


def _interval(
    sample: Lives, failed_after_h: ArrayLike | None, resolution_h: float | None
) -> tuple[FloatArray, FloatArray | None, BoolArray]:
    """Ages, lower ages of interval-censored failures (None if none is), which were at age 0."""
    age = sample.age_h
    zero = sample.failed & (age == 0.0)
    lower = None if failed_after_h is None else _last_run(sample, failed_after_h)
    if resolution_h is not None:
        positive(value=resolution_h, name="resolution_h")
    if not zero.any():
        return age, lower, zero
    if resolution_h is None:
        i = int(np.flatnonzero(sample.kept)[np.argmax(zero)])
        raise ArgumentError(
            f"age_h[{i}] = 0.0 failed, resolution_h = None: expected the resolution of the "
            "ages [h], so that the failure lies between 0 and that; at exactly 0 it has no "
            "likelihood"
        )
    lower = np.full_like(age, np.nan) if lower is None else lower
    return np.where(zero, resolution_h, age), np.where(zero, 0.0, lower), zero


def _last_run(sample: Lives, failed_after_h: ArrayLike) -> FloatArray:
    given = column(values=failed_after_h, name="failed_after_h")
    same_size(columns={"failed_after_h": given}, size=sample.kept.size, of="age_h")
    lower = given[sample.kept]
    there = ~np.isnan(lower)
    wrong = there & ~(sample.failed & (lower >= sample.entry_age_h) & (lower < sample.age_h))
    if wrong.any():
        at = int(np.argmax(wrong))
        i = int(np.flatnonzero(sample.kept)[at])
        raise ArgumentError(
            f"failed_after_h[{i}] = {lower[at]}: expected NaN, or for a failed life an age from "
            f"its entry at {sample.entry_age_h[at]} up to below age_h[{i}] = {sample.age_h[at]}"
        )
    return lower
