"""Samples of a fleet's logs: checked, sorted, and each time of a pump once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import column, labelled, same_index, same_size
from pumpperf.calc.intervals.dates import Dates, known_microseconds
from pumpperf.calc.intervals.timeline import Timeline, sort_order
from pumpperf.calc.scalars import number
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray, IntArray
from pumpperf.results import Labels
from pumpperf.units import MICROSECONDS_PER_HOUR


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Samples:
    """Samples that were not lost, sorted by group, then time; each time of a group stands once.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        offset: samples of group g are offset[g]:offset[g+1].
        when_us: time of each, as whole microseconds since 1970 in UTC.
        value: what was sampled.
        samples: how many each group has, lost ones left out, repeated ones counted.
        missing_samples: how many it lost.
        duplicates: how many repeat another of the same time and value.
    """

    group: Labels | None
    offset: IntArray
    when_us: IntArray
    value: FloatArray
    samples: IntArray
    missing_samples: IntArray
    duplicates: IntArray


def sorted_samples(
    *, time: Dates, value: ArrayLike, name: str, noun: str, by: ArrayLike | None
) -> Samples:
    """Samples of a whole fleet by group and time, in one pass.

    Args:
        time: time of each sample [date; UTC without an offset], in any order.
        value: what was sampled; NaN is a sample that was lost.
        name: of the argument, for the words of an error.
        noun: what one value is, for the same.
        by: label of each sample's pump. None: all are of one.

    Raises:
        ArgumentError: lengths differ, a time is missing or no date, a label is missing, a value
            is no number or infinite, or two values of one pump and time differ.

    Source: definition.

    >>> day, n = np.datetime64("2026-01-01"), np.timedelta64(1, "D")
    >>> s = sorted_samples(
    ...     time=[day + n, day, day], value=[3, 2, 2], name="power_kw", noun="power", by=None
    ... )
    >>> s.value, s.duplicates
    (array([2., 3.]), array([1]))
    """
    same_index(time=time, **{name: value}, by=by)
    when = known_microseconds(times=time, name="time")
    values = column(values=value, name=name)
    same_size(columns={"time": when}, size=values.size, of=name)
    group, index, groups = labelled(by=by, size=when.size)
    lost = np.isnan(values)
    missing = np.bincount(index[lost], minlength=groups)
    if lost.any():
        when, values, index = when[~lost], values[~lost], index[~lost]
    if values.size and not (values.min() > -np.inf and values.max() < np.inf):
        i = int(np.argmax(np.isinf(values)))
        place = np.flatnonzero(~lost)[i]
        raise ArgumentError(f"{name}[{place}] = {values[i]}: expected a finite {noun}, or NaN")
    count = np.bincount(index, minlength=groups)
    place = Timeline(groups=groups, times=(when,)).places(index, when)
    order = sort_order(place=place)
    when, values = when[order], values[order]
    offset = np.concatenate(([0], np.cumsum(count)))
    repeated = np.diff(place[order]) == 0
    differ = repeated & (values[1:] != values[:-1])
    if differ.any():
        i = int(np.argmax(differ))
        whose = "" if group is None else f" of {group[np.searchsorted(offset, i, 'right') - 1]!r}"
        raise ArgumentError(
            f"two samples{whose} at {np.datetime64(int(when[i]), 'us')} differ: {name} "
            f"{values[i]} and {values[i + 1]}, expected one at a time"
        )
    twice = np.zeros(groups, dtype=np.int64)
    if repeated.any():
        twice = np.diff(np.searchsorted(np.flatnonzero(repeated), offset))
        kept = np.concatenate(([True], ~repeated))
        when, values = when[kept], values[kept]
        offset = np.concatenate(([0], np.cumsum(count - twice)))
    return Samples(
        group=group,
        offset=offset,
        when_us=when,
        value=values,
        samples=count,
        missing_samples=missing,
        duplicates=twice,
    )


def near_neighbours(*, samples: Samples, longest_gap_h: float) -> BoolArray:
    """Which neighbouring samples belong to one group and lie near enough together.

    Args:
        samples: of a fleet.
        longest_gap_h: longest step between samples that still counts as covered [h], above 0.

    Returns:
        One truth a pair of neighbours, over all samples.

    Raises:
        ArgumentError: the gap is not above 0.

    Source: definition.

    >>> day, n = np.datetime64("2026-01-01"), np.timedelta64(1, "D")
    >>> s = sorted_samples(
    ...     time=[day, day + n, day + 9 * n], value=[1, 1, 1], name="power_kw", noun="power",
    ...     by=None,
    ... )
    >>> near_neighbours(samples=s, longest_gap_h=24.0)
    array([ True, False])
    """
    if not number(value=longest_gap_h, name="longest_gap_h") > 0.0:
        raise ArgumentError(f"longest_gap_h = {longest_gap_h}: expected more than 0")
    near: BoolArray = np.diff(samples.when_us) <= np.rint(longest_gap_h * MICROSECONDS_PER_HOUR)
    last = samples.offset[1:-1]  # of each group but the last one: its neighbour is of another
    near[last[(last > 0) & (last <= near.size)] - 1] = False
    return near
