"""Steps between the samples of a fleet's logs, and their energy in stretches of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pumpperf.calc.intervals.samples import Samples
from pumpperf.numeric import BoolArray, FloatArray, IntArray, shared
from pumpperf.results import Labels, Places
from pumpperf.units import MICROSECONDS_PER_HOUR

_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PowerSteps:
    """Steps between neighbouring samples that are short enough to count, by group, then time.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        offset: steps of group g are offset[g]:offset[g+1].
        start_us: time of the sample at the begin, as whole microseconds since 1970 in UTC.
        end_us: time of the sample at the end.
        start_kw: power at the begin; from there to the end it goes along a straight line.
        end_kw: power at the end.
        held: whether the power is known to have stood at that of the begin until the end.
        samples: samples of each group, lost ones left out, repeated ones counted.
        missing_samples: how many it lost.
        duplicates: how many repeat another of the same time and value.
        negative_samples: how many stand for power that flows back.
        jumps: at how many times two samples of it differ.
    """

    group: Labels | None
    offset: IntArray
    start_us: IntArray
    end_us: IntArray
    start_kw: FloatArray
    end_kw: FloatArray
    held: BoolArray
    samples: IntArray
    missing_samples: IntArray
    duplicates: IntArray
    negative_samples: IntArray
    jumps: IntArray


def steps_between(
    *,
    samples: Samples,
    first: Places,
    start_kw: FloatArray,
    end_kw: FloatArray,
    held: BoolArray,
    negative_samples: IntArray,
    jumps: IntArray,
) -> PowerSteps:
    """Steps from some samples to the next ones, with the power at both ends.

    Args:
        samples: of a fleet.
        first: at which sample each step begins, in order.
        start_kw: power there [kW].
        end_kw: power at the next sample [kW].
        held: whether the power is known to have stood between them.
        negative_samples: how many samples of each group stand for power that flows back.
        jumps: at how many times of each group two samples differ.

    Source: definition.

    >>> none = np.array([], dtype=np.int64)
    >>> found = Samples(
    ...     group=None, offset=np.array([0, 2]), when_us=np.array([0, 9]), value=np.array([5, 6]),
    ...     samples=np.array([2]), missing_samples=none, duplicates=none,
    ... )
    >>> power = {"start_kw": np.array([5.0]), "end_kw": np.array([6.0])}
    >>> steps_between(
    ...     samples=found, first=np.array([0]), **power, held=none > 0, negative_samples=none,
    ...     jumps=none,
    ... ).end_us
    array([9])
    """
    return PowerSteps(
        **shared(samples, "group", "samples", "missing_samples", "duplicates"),
        offset=np.searchsorted(first, samples.offset),
        start_us=samples.when_us[first],
        end_us=samples.when_us[first + 1],
        start_kw=start_kw,
        end_kw=end_kw,
        held=held,
        negative_samples=negative_samples,
        jumps=jumps,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IntervalEnergy:
    """Energy of a group in a stretch, one entry for each pair that a step touches.

    Attributes:
        index: which group.
        stretch: which stretch.
        energy_kwh: energy of the steps in it.
        covered_us: whole microseconds that they cover.
    """

    index: IntArray
    stretch: IntArray
    energy_kwh: FloatArray
    covered_us: IntArray


def interval_energies(
    *, steps: PowerSteps, edge_us: IntArray, sampled: bool
) -> Iterator[IntervalEnergy]:
    """Energy in consecutive stretches of time, block by block; a step is cut at their edges.

    E = (P(a) + P(b))/2 (b - a) of a step's piece from a to b. Each block gives a pair of group
    and stretch once; a pair may come in two blocks, and then belongs together.

    Args:
        steps: of a fleet.
        edge_us: edges of the stretches, as whole microseconds, in order.
        sampled: leave out what lies between samples that are both outside the stretch, unless
            the power is known to have stood between them.

    Source: first principles; a ramp from 0 to 60 kW over two hours holds 15 and 45 kWh in them.

    >>> one = np.array([1])
    >>> ramp = PowerSteps(
    ...     group=None, offset=np.array([0, 1]), start_us=0 * one, end_us=7_200_000_000 * one,
    ...     start_kw=0.0 * one, end_kw=60.0 * one, held=one > 1, samples=2 * one,
    ...     missing_samples=0 * one, duplicates=0 * one, negative_samples=0 * one, jumps=0 * one,
    ... )
    >>> edges = np.array([0, 3_600_000_000, 7_200_000_000])
    >>> [cell.energy_kwh for cell in interval_energies(steps=ramp, edge_us=edges, sampled=False)]
    [array([15., 45.])]
    """
    for rows, index, stretch in _pieces(steps=steps, edge_us=edge_us, sampled=sampled):
        start, end = steps.start_us[rows], steps.end_us[rows]
        start_kw = steps.start_kw[rows]
        low = np.maximum(start, edge_us[stretch])
        high = np.minimum(end, edge_us[stretch + 1])
        slope = (steps.end_kw[rows] - start_kw) / (end - start)
        length = high - low
        energy = (start_kw + slope * ((low - start) + length / 2.0)) * length
        own = (low == start) | (high == end) | steps.held[rows] if sampled else slice(None)
        found = _summed(index[own], stretch[own], energy[own], length[own])
        if found.index.size:
            yield found


def totals(
    *, steps: PowerSteps, edge_us: IntArray, label: IntArray, labels: int
) -> tuple[FloatArray, IntArray]:
    """Energy [kWh] and covered time [us] of each group under each label of the stretches.

    Args:
        steps: of a fleet.
        edge_us: edges of consecutive stretches, as whole microseconds, in order.
        label: of each stretch, from 0.
        labels: how many there are.

    Returns:
        Two arrays, one row a group and one column a label.

    Source: definition.

    >>> none = np.array([], dtype=np.int64)
    >>> nothing = PowerSteps(
    ...     group=None, offset=np.array([0, 0]), start_us=none, end_us=none, start_kw=0.0 * none,
    ...     end_kw=0.0 * none, held=none > 0, samples=none, missing_samples=none, duplicates=none,
    ...     negative_samples=none, jumps=none,
    ... )
    >>> totals(steps=nothing, edge_us=np.array([0, 1]), label=np.array([0]), labels=1)
    (array([[0.]]), array([[0]]))
    """
    shape = (steps.offset.size - 1, labels)
    energy, covered = np.zeros(shape), np.zeros(shape, dtype=np.int64)
    for cell in interval_energies(steps=steps, edge_us=edge_us, sampled=False):
        place = (cell.index, label[cell.stretch])
        np.add.at(energy, place, cell.energy_kwh)
        np.add.at(covered, place, cell.covered_us)
    return energy, covered


def _pieces(
    *, steps: PowerSteps, edge_us: IntArray, sampled: bool
) -> Iterator[tuple[IntArray, IntArray, IntArray]]:
    """Which step lies in which stretch, in the order of steps; about `_BLOCK` pieces at a time."""
    for block in range(0, steps.start_us.size, _BLOCK):
        bounds = np.clip(steps.offset, block, block + _BLOCK)
        count = bounds[1:] - bounds[:-1]
        index = np.repeat(np.arange(count.size), count)
        low = np.maximum(steps.start_us[block : block + _BLOCK], edge_us[0])
        high = np.minimum(steps.end_us[block : block + _BLOCK], edge_us[-1])
        row = np.flatnonzero(high > low)
        first = np.searchsorted(edge_us, low[row], "right") - 1
        more = np.searchsorted(edge_us, high[row], "left") - 1 - first
        if not more.any():
            yield row + block, index[row], first
            continue
        ends_only = ~steps.held[row + block] if sampled else np.False_
        times = 1 + np.where(ends_only, np.minimum(more, 1), more)
        stride = np.where(ends_only, np.maximum(more, 1), 1)
        until = np.cumsum(times)
        begins = until - times
        cuts = np.searchsorted(until, np.arange(_BLOCK, int(until[-1]), _BLOCK))
        for some in np.split(np.arange(row.size), cuts):
            again = np.repeat(some, times[some])
            turn = np.arange(again.size) - (begins[again] - begins[some[:1]])
            rows = row[again]
            yield rows + block, index[rows], first[again] + turn * stride[again]


def _summed(
    index: IntArray, stretch: IntArray, energy: FloatArray, length: IntArray
) -> IntervalEnergy:
    """Sums of the neighbouring pieces of one group and stretch; energy in kW us."""
    first = np.flatnonzero(np.diff(index, prepend=-1) | np.diff(stretch, prepend=-1))
    return IntervalEnergy(
        index=index[first],
        stretch=stretch[first],
        energy_kwh=np.add.reduceat(energy, first) / MICROSECONDS_PER_HOUR,
        covered_us=np.add.reduceat(length, first),
    )
