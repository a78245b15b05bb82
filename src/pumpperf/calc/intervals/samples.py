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
from pumpperf.results import Labels, Places
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instants:
    """Samples of a fleet, each time of a group once, though several were given for it.

    Attributes:
        samples: the last sample of each time.
        first: which of the given samples is the first of each time.
        last: which is the last.
        jumps: at how many times of each group two samples differ.
    """

    samples: Samples
    first: Places | slice
    last: Places | slice
    jumps: IntArray


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
    words = {"name": name, "noun": noun}
    every, none = np.True_, np.False_
    return sorted_instants(
        time=time, value=value, **words, by=by, alone=every, until_lost=none
    ).samples


def sorted_instants(
    *,
    time: Dates,
    value: ArrayLike,
    name: str,
    noun: str,
    by: ArrayLike | None,
    alone: BoolArray | np.bool_,
    until_lost: BoolArray | np.bool_,
) -> Instants:
    """Samples of a whole fleet by group and time, where several may stand at one time.

    Args:
        time: as `sorted_samples`; samples of one time keep the order in which they are given.
        value: as `sorted_samples`.
        name: as `sorted_samples`.
        noun: as `sorted_samples`.
        by: as `sorted_samples`.
        alone: which samples contradict another one of their time that differs and is alone too.
        until_lost: which samples stay as NaN if they were lost and no other one has their time,
            since they end what the one before said. The rest are as if never taken.

    Raises:
        ArgumentError: as `sorted_samples`; of two values that differ, if both are alone.

    Source: definition.

    >>> day, n = np.datetime64("2026-01-01"), np.timedelta64(1, "D")
    >>> found = sorted_instants(
    ...     time=[day + n, day, day], value=[3, 2, 7], name="power_kw", noun="power", by=None,
    ...     alone=np.False_, until_lost=np.False_,
    ... )
    >>> found.samples.value, found.first, found.last, found.jumps
    (array([7., 3.]), array([1, 0]), array([2, 0]), array([1]))
    """
    same_index(time=time, **{name: value}, by=by)
    when = known_microseconds(times=time, name="time")
    values = column(values=value, name=name)
    same_size(columns={"time": when}, size=values.size, of=name)
    group, index, groups = labelled(by=by, size=when.size)
    if (infinite := np.isinf(values)).any():
        i = int(np.argmax(infinite))
        raise ArgumentError(f"{name}[{i}] = {values[i]}: expected a finite {noun}, or NaN")
    lost = np.isnan(values)
    place = Timeline(groups=groups, times=(when,)).places(index, when)
    given = _that_stay(place, lost, until_lost) if lost.any() else slice(None)
    order = sort_order(place=place[given])
    given = given[order] if isinstance(given, np.ndarray) else order
    first = last = given
    repeated = np.diff(place[given]) == 0
    duplicates = jumps = np.zeros(groups, dtype=np.int64)
    if repeated.any():
        given = np.sort(np.arange(values.size)[given])  # a sort that keeps the order of one time
        given = given[np.argsort(place[given], kind="stable")]
        of, ordered = index[given][1:], values[given]
        differ = repeated & (ordered[1:] != ordered[:-1])
        single = np.broadcast_to(alone, values.shape)[given]
        wrong = np.flatnonzero(differ & single[1:] & single[:-1])
        if wrong.size:
            i = int(wrong[0])
            whose = "" if group is None else f" of {group[of[i]]!r}"
            raise ArgumentError(
                f"two samples{whose} at {np.datetime64(int(when[given[i]]), 'us')} differ: {name} "
                f"{ordered[i]} and {ordered[i + 1]}, expected one at a time"
            )
        again = ordered[np.lexsort((ordered, place[given]))] if differ.any() else ordered
        duplicates = np.bincount(of[repeated & (again[1:] == again[:-1])], minlength=groups)
        _, one = np.unique(place[given][1:][differ], return_index=True)
        jumps = np.bincount(of[differ][one], minlength=groups)
        first, last = given[np.append(True, ~repeated)], given[np.append(~repeated, True)]
    return Instants(
        samples=Samples(
            group=group,
            offset=np.append(0, np.cumsum(np.bincount(index[last], minlength=groups))),
            when_us=when[last],
            value=values[last],
            samples=np.bincount(index[~lost], minlength=groups),
            missing_samples=np.bincount(index[lost], minlength=groups),
            duplicates=duplicates,
        ),
        first=first,
        last=last,
        jumps=jumps,
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


def _that_stay(place: IntArray, lost: BoolArray, until_lost: BoolArray | np.bool_) -> Places:
    """The samples that were not lost, and of the lost ones those that end what was before them."""
    stays = ~lost
    ends = np.flatnonzero(lost & until_lost)
    ends = ends[~np.isin(place[ends], place[stays])]
    stays[ends[np.unique(place[ends], return_index=True)[1]]] = True
    return np.flatnonzero(stays)
