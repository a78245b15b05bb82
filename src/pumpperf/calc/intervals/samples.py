"""Samples of a fleet's logs: checked, sorted, and each time of a pump once."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.groups import unmasked
from pumpperf.calc.inputs import column, labelled
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray
from pumpperf.units import MICROSECONDS_PER_HOUR

IntArray = NDArray[np.int64]

_YEARS = (
    int(np.datetime64("0001-01-01", "us").astype(np.int64)),
    int(np.datetime64("9999-12-31", "us").astype(np.int64)),
)
_LARGEST = 1e200


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

    group: NDArray[np.object_] | None
    offset: IntArray
    when_us: IntArray
    value: FloatArray
    samples: IntArray
    missing_samples: IntArray
    duplicates: IntArray


def window_us(*, window: tuple[np.datetime64, np.datetime64]) -> IntArray:
    """Both ends of a window as whole microseconds since 1970 in UTC.

    Args:
        window: begin and end [datetime64].

    Raises:
        ArgumentError: an end is missing, is no date of the years 1 to 9999, or is not the later.

    Source: definition.

    >>> window_us(window=(np.datetime64("1970-01-01"), np.datetime64("1970-01-02")))
    array([          0, 86400000000])
    """
    edges = np.array(window, dtype="datetime64[us]").astype(np.int64)
    if not _YEARS[0] <= edges[0] < edges[1] <= _YEARS[1]:
        raise ArgumentError(
            f"window {window[0]} to {window[1]}: expected a later end, in the years 1 to 9999"
        )
    return edges


def sorted_samples(
    *, time: ArrayLike, value: ArrayLike, name: str, noun: str, by: ArrayLike | None
) -> Samples:
    """Samples of a whole fleet by group and time, in one pass.

    Args:
        time: time of each sample [datetime64 in UTC], in any order.
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
    when = _microseconds(time)
    values = column(values=value, name=name)
    if when.shape != values.shape:
        raise ArgumentError(f"time has {when.size} entries for {values.size} of {name}")
    group, index, groups = labelled(by=by, size=when.size)
    lost = np.isnan(values)
    missing = np.bincount(index[lost], minlength=groups)
    if lost.any():
        when, values, index = when[~lost], values[~lost], index[~lost]
    if values.size and not (values.min() > -_LARGEST and values.max() < _LARGEST):
        place = np.flatnonzero(~lost)[np.argmax(~(np.abs(values) < _LARGEST))]
        wrong = values[np.argmax(~(np.abs(values) < _LARGEST))]
        raise ArgumentError(f"{name}[{place}] = {wrong}: expected a finite {noun}, or NaN")
    count = np.bincount(index, minlength=groups)
    order = _order(when, index, groups)
    if order is not None:
        when, values = when[order], values[order]
    offset = np.concatenate(([0], np.cumsum(count)))
    repeated = _within(offset, np.diff(when) == 0)
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


def countable(*, samples: Samples, longest_gap_h: float) -> NDArray[np.bool_]:
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
    >>> countable(samples=s, longest_gap_h=24.0)
    array([ True, False])
    """
    if not longest_gap_h > 0.0:
        raise ArgumentError(f"longest_gap_h = {longest_gap_h}: expected more than 0")
    near = np.diff(samples.when_us) <= np.rint(longest_gap_h * MICROSECONDS_PER_HOUR)
    return _within(samples.offset, near)


def _order(when: IntArray, index: NDArray[np.intp], groups: int) -> NDArray[np.intp] | None:
    """What sorts by group, then time; None if they are so already."""
    if not when.size:
        return None
    low = int(when.min())
    span = int(when.max()) - low + 1
    if groups * span >= 1 << 62:
        return np.lexsort((when, index))
    key = index * span if groups > 1 else np.zeros_like(when)
    key += when - low
    return np.argsort(key) if (key[1:] < key[:-1]).any() else None


def _within(offset: IntArray, pair: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Truths of neighbours, false where the two are of different groups."""
    last = offset[1:-1]
    pair[last[(last > 0) & (last <= pair.size)] - 1] = False
    return pair


def _microseconds(time: ArrayLike) -> IntArray:
    given = np.atleast_1d(np.asarray(unmasked(values=time, name="time"))).ravel()
    if given.dtype == object:
        for i, one in enumerate(given.tolist()):
            aware = isinstance(one, dt.datetime) and one.tzinfo is not None
            if aware or not isinstance(one, dt.date | np.datetime64):
                raise ArgumentError(f"time[{i}] = {one!r}: expected a date in UTC without offset")
    elif given.size and given.dtype.kind != "M":
        raise ArgumentError(f"time[0] = {given[0]!r}: expected a date in UTC without offset")
    when = given.astype("datetime64[us]").astype(np.int64)
    if when.size and not (when.min() >= _YEARS[0] and when.max() <= _YEARS[1]):
        i = int(np.argmax(~((when >= _YEARS[0]) & (when <= _YEARS[1]))))
        raise ArgumentError(f"time[{i}] = {given[i]}: expected a date of the years 1 to 9999")
    return when
