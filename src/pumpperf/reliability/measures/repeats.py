"""Wells whose pumps fail again and again."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import same_index, same_size
from pumpperf.calc.intervals.dates import NAT_US, Dates, microseconds
from pumpperf.calc.scalars import level_of
from pumpperf.numeric import BoolArray, FloatArray, bounded, ratio
from pumpperf.reliability.grouping import Groups, grouped
from pumpperf.reliability.inputs import positive
from pumpperf.reliability.measures.shares import share_bounds
from pumpperf.results import Estimate
from pumpperf.units import MICROSECONDS_PER_HOUR


class RepeatFailures(Estimate):
    """Wells with failures in quick succession, one entry a group.

    Attributes:
        group: labels of `by` in sorted order, or None.
        wells: wells of the group, failed or not.
        failed_wells: of these, with at least one failure.
        repeat_wells: of these, with two failures no further apart than the given time.
        repeat_failures: failures that followed one of the same well within that time.
        share: repeat wells over wells.
        lower_share: its lower Wilson bound.
        upper_share: its upper Wilson bound.
        within_h: the given time [h].
        level: confidence level of the bounds, two-sided.
        method: how the bounds were found.
        status: `ok` or `no_wells`.
    """

    wells: FloatArray
    failed_wells: FloatArray
    repeat_wells: FloatArray
    repeat_failures: FloatArray
    share: FloatArray
    lower_share: FloatArray
    upper_share: FloatArray
    within_h: float


def repeat_failures(
    *, failed_at: Dates, well: ArrayLike, within_h: float, level: float, by: ArrayLike | None = None
) -> RepeatFailures:
    """Wells that failed again within a stretch of calendar time, as a share of all wells.

    Args:
        failed_at: date of each failure [date; UTC without an offset]; missing for a life that
            has not failed, which makes its well known.
        well: label of each one's well. A well that stands in two groups counts in both.
        within_h: longest time between two failures that makes the second a repeat [h], above 0.
        level: confidence level of the bounds, between 0 and 1.
        by: label of each one's group. None: all are one.

    Returns:
        A `RepeatFailures`.

    Raises:
        ArgumentError: lengths differ, a date is none, a well or label is
            missing, or the time or level has no meaning.

    Source: definition. By hand, of wells A, B and C, A fails on days 0, 10 and 400: one repeat.

    >>> found = repeat_failures(
    ...     failed_at=np.array(["2020-01-01", "2020-01-11", "2021-02-04", "2020-05-05", "NaT"],
    ...                        dtype="datetime64[D]"),
    ...     well=["A", "A", "A", "B", "C"], within_h=365 * 24.0, level=0.9,
    ... )
    >>> found.repeat_wells, found.repeat_failures, found.share
    (array([1.]), array([1.]), array([0.333]))
    """
    same_index(failed_at=failed_at, well=well, by=by)
    times = microseconds(times=failed_at, name="failed_at")
    names, place = groups(labels=well, name="well")
    same_size(columns={"well": place}, size=times.size, of="failed_at")
    positive(value=within_h, name="within_h")
    level_of(level=level)
    known = grouped(by=by, size=times.size)

    of_well = known.index * max(names.size, 1) + place
    order = np.lexsort((times, of_well))
    owner, when = of_well[order], times[order]
    first = np.diff(owner, prepend=-1) != 0
    failed = when != NAT_US
    gap_us = np.diff(when, prepend=0)
    both = failed & np.roll(failed, 1) & ~first
    again = both & (gap_us <= int(min(within_h * MICROSECONDS_PER_HOUR, 2.0**62)))
    start = np.flatnonzero(first)
    home = Groups(index=known.index[order], groups=known.groups)
    homes = Groups(index=home.index[start], groups=known.groups)

    def wells(chosen: BoolArray) -> FloatArray:
        return homes.per_group(np.logical_or.reduceat(chosen, start) if start.size else chosen)

    count, repeats = wells(np.ones_like(failed)), wells(again)
    lower, upper = share_bounds(count=repeats, of=count, level=level)
    return RepeatFailures(
        group=known.group,
        wells=count,
        failed_wells=wells(failed),
        repeat_wells=repeats,
        repeat_failures=home.per_group(again),
        **bounded("share", ratio(repeats, count), lower, upper),
        within_h=within_h,
        level=level,
        method="Wilson bounds",
        status=np.where(count > 0.0, "ok", "no_wells"),
    )
