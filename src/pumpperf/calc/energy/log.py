"""Energy from a power log, and energy against the volume and the lift that it paid for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.energy.steps import PowerSteps, steps_between, totals
from pumpperf.calc.intervals.dates import Dates, Edges, window_us
from pumpperf.calc.intervals.samples import near_neighbours, sorted_samples
from pumpperf.numeric import FloatArray, IntArray, TextArray, ratio, shared
from pumpperf.results import Labels, Result
from pumpperf.units import MICROSECONDS_PER_HOUR


class CoveredEnergy(Result):
    """Energy inside a window, over the time that a log covers and no more.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        energy_kwh: energy of each group; that of the covered time, so 0 where nothing is covered.
        covered_us: whole microseconds of the window that the log covers.
        window_us: those of the window.
        duplicates: how many samples repeat another of the same time and value.
        status: `ok`, `gaps` (the log covers a part of the window) or `no_cover` (none of it).
    """

    group: Labels | None
    energy_kwh: FloatArray
    covered_us: IntArray
    window_us: int
    duplicates: IntArray
    status: TextArray

    @property
    def covered_h(self) -> FloatArray:
        """Hours of the window that the log covers."""
        return self.covered_us / MICROSECONDS_PER_HOUR

    @property
    def gap_h(self) -> FloatArray:
        """Hours of the window that no step covers."""
        return (self.window_us - self.covered_us) / MICROSECONDS_PER_HOUR

    @property
    def window_h(self) -> float:
        """Hours of the window."""
        return self.window_us / MICROSECONDS_PER_HOUR

    @property
    def mean_power_kw(self) -> FloatArray:
        """Energy over covered hours; NaN where nothing is covered."""
        return ratio(self.energy_kwh, self.covered_h)


class Energy(CoveredEnergy):
    """Energy of power logs inside a window; what it shares with that of meters: `CoveredEnergy`.

    Attributes:
        samples: samples in the whole log, lost ones left out, repeated ones counted.
        missing_samples: how many were lost.
        negative_samples: how many stand for power that flows back.
    """

    samples: IntArray
    missing_samples: IntArray
    negative_samples: IntArray


def power_steps(
    *, time: Dates, power_kw: ArrayLike, longest_gap_h: float, by: ArrayLike | None = None
) -> PowerSteps:
    """Steps of the power logs of a whole fleet, ready to be accounted by window, period or tariff.

    Args:
        time: time of each sample [date; UTC without an offset], in any order.
        power_kw: power at that time [kW], below 0 where it flows back; NaN is a sample lost, as
            one never taken.
        longest_gap_h: longest step between samples that still counts as covered [h], above 0.
        by: label of each sample's pump. None: all are of one.

    Returns:
        The `PowerSteps`; a longer one, also across lost samples, is not among them.

    Raises:
        ArgumentError: lengths differ, a time is missing or no date, a label is missing, a
            power is infinite, two powers of one pump and time differ, or the gap is not above 0.

    Source: definition.

    >>> day, n = np.datetime64("2026-01-01"), np.timedelta64(1, "D")
    >>> steps = power_steps(
    ...     time=[day, day + n, day + n], power_kw=[5, 7, 8], longest_gap_h=24, by=["a", "a", "b"]
    ... )
    >>> steps.group, steps.offset, steps.start_kw
    (array(['a', 'b'], dtype=object), array([0, 1, 1]), array([5.]))
    """
    found = sorted_samples(time=time, value=power_kw, name="power_kw", noun="power", by=by)
    negative = np.flatnonzero(found.value < 0.0)
    first = np.flatnonzero(near_neighbours(samples=found, longest_gap_h=longest_gap_h))
    return steps_between(
        samples=found,
        first=first,
        start_kw=found.value[first],
        end_kw=found.value[first + 1],
        negative_samples=np.diff(np.searchsorted(negative, found.offset)),
    )


def energy_kwh(
    *,
    time: Dates,
    power_kw: ArrayLike,
    window: Edges,
    longest_gap_h: float,
    by: ArrayLike | None = None,
) -> Energy:
    """Energy [kWh] under power logs by the trapezium rule, without filling their gaps.

    E = sum (P_i + P_i+1)/2 (t_i+1 - t_i) over the steps not longer than `longest_gap_h`. A step
    across the window's edge is cut there, with its power on the straight line between samples.

    Args:
        time: time of each sample [date; UTC without an offset], in any order.
        power_kw: power at that time [kW], below 0 where it flows back; NaN is a sample lost.
        window: begin and end of the account [date; UTC without an offset].
        longest_gap_h: longest step between samples that still counts as covered [h], above 0.
        by: label of each sample's pump; one without any sample has no entry. None: all are of one.

    Returns:
        An `Energy` with one entry a label in sorted order, or one entry in all.

    Raises:
        ArgumentError: lengths differ, a time is missing or no date, a label is missing, a
            power is infinite, two powers of one pump and time differ, the window is empty or the
            gap not above 0.

    Source: first principles; 5.84 kW for 10 h are 58.4 kWh (50 m3/h, 30 m, 0.70).

    >>> day = np.datetime64("2026-01-01T00:00")
    >>> hours = [day + np.timedelta64(h, "h") for h in range(8, 19)]
    >>> e = energy_kwh(
    ...     time=hours, power_kw=[5.84] * 11, window=(day, day + np.timedelta64(1, "D")),
    ...     longest_gap_h=1.0,
    ... )
    >>> e.energy_kwh, e.covered_h, e.gap_h
    (array([58.4]), array([10.]), array([14.]))
    """
    first, last = window_us(window=window)
    steps = power_steps(time=time, power_kw=power_kw, longest_gap_h=longest_gap_h, by=by)
    return Energy(
        **covered_energy(steps=steps, first_us=first, last_us=last),
        **shared(steps, "samples", "missing_samples", "negative_samples"),
    )


def covered_energy(*, steps: PowerSteps, first_us: int, last_us: int) -> dict[str, Any]:
    """What a log and a meter alike say of a window: the fields of `CoveredEnergy` by name.

    Args:
        steps: of a fleet.
        first_us: begin of the window [microseconds since 1970].
        last_us: its end.

    Source: as `totals`, of one stretch.

    >>> day = np.datetime64("1970-01-01")
    >>> next_day = day + np.timedelta64(1, "D")
    >>> steps = power_steps(time=[day, next_day], power_kw=[5, 5], longest_gap_h=24)
    >>> found = covered_energy(steps=steps, first_us=0, last_us=3_600_000_000)
    >>> found["energy_kwh"], found["covered_us"]
    (array([5.]), array([3600000000]))
    """
    whole = np.zeros(1, dtype=np.int64)
    edge_us = np.array([first_us, last_us])
    energy, covered = totals(steps=steps, edge_us=edge_us, label=whole, labels=1)
    window_us = last_us - first_us
    return {
        "group": steps.group,
        "energy_kwh": energy[:, 0],
        "covered_us": covered[:, 0],
        "window_us": window_us,
        "duplicates": steps.duplicates,
        "status": coverage(covered_us=covered[:, 0], window_us=window_us),
    }


def coverage(*, covered_us: IntArray, window_us: int) -> TextArray:
    """What a log covers of a window, in a word.

    Args:
        covered_us: whole microseconds that each group covers.
        window_us: those of the window.

    Returns:
        `ok`, `gaps` or `no_cover` for each.

    Source: definition.

    >>> coverage(covered_us=np.array([2, 1, 0]), window_us=2).tolist()
    ['ok', 'gaps', 'no_cover']
    """
    some = np.where(covered_us < window_us, "gaps", "ok")
    return np.where(covered_us == 0, "no_cover", some)
