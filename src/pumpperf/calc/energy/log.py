"""Energy from a power log, and energy against the volume and the lift that it paid for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.energy.rules import HOLD, LINEAR, MEAN_FROM, MEAN_UNTIL, PowerRule, rule_codes
from pumpperf.calc.energy.steps import PowerSteps, steps_between, totals
from pumpperf.calc.inputs import column, same_index
from pumpperf.calc.intervals.dates import Dates, Edges, window_us
from pumpperf.calc.intervals.samples import near_neighbours, sorted_instants
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
        jumps: at how many times of it two samples differ.
    """

    samples: IntArray
    missing_samples: IntArray
    negative_samples: IntArray
    jumps: IntArray


def power_steps(
    *,
    time: Dates,
    power_kw: ArrayLike,
    longest_gap_h: float,
    rule: PowerRule | ArrayLike = "linear",
    by: ArrayLike | None = None,
) -> PowerSteps:
    """Steps of the power logs of a whole fleet, ready to be accounted by window, period or tariff.

    Two samples at one time that differ are a step of the power: by `linear` the first one given is
    the power until then and the last one that from then on; by `hold` the last one stands. Two
    means of one interval that differ are refused.

    A lost sample ends what `hold` and `mean_from` said before it, and begins what `mean_until` says
    after it. By `linear` it is as one never taken.

    Args:
        time: time of each sample [date; UTC without an offset], in any order.
        power_kw: power at that time [kW], below 0 where it flows back; NaN is a sample lost.
        longest_gap_h: longest step between samples that still counts as covered [h], above 0.
        rule: how the log was written: `linear`, `hold`, `mean_from` or `mean_until`; one for all
            samples, or one a sample. Between samples of two rules nothing is known.
        by: label of each sample's pump. None: all are of one.

    Returns:
        The `PowerSteps`; a longer one is not among them.

    Raises:
        ArgumentError: lengths differ, a time is missing or no date, a label or rule is missing or
            not known, a power is infinite, two means of one pump and time differ, or the gap is
            not above 0.

    Source: definition.

    >>> day, n = np.datetime64("2026-01-01"), np.timedelta64(1, "D")
    >>> steps = power_steps(
    ...     time=[day, day + n, day + n], power_kw=[5, 7, 8], longest_gap_h=24, by=["a", "a", "b"]
    ... )
    >>> steps.group, steps.offset, steps.start_kw
    (array(['a', 'b'], dtype=object), array([0, 1, 1]), array([5.]))
    """
    same_index(time=time, power_kw=power_kw, rule=rule, by=by)
    power = column(values=power_kw, name="power_kw")
    codes = rule_codes(rule=rule, size=power.size)
    found = sorted_instants(
        time=time,
        value=power,
        name="power_kw",
        noun="power",
        by=by,
        alone=np.broadcast_to(codes >= MEAN_FROM, power.shape),
        until_lost=np.broadcast_to(codes != LINEAR, power.shape),
    )
    codes = np.broadcast_to(codes, power.shape)
    after, only_one = found.samples.value, found.first is found.last
    before = after if only_one else power[found.first]
    near = near_neighbours(samples=found.samples, longest_gap_h=longest_gap_h)
    kind, until = codes[found.last][:-1], codes[found.first][1:]
    start_kw = np.where(kind == MEAN_UNTIL, before[1:], after[:-1])
    first = np.flatnonzero(near & (kind == until) & ~np.isnan(start_kw))
    start_kw, kind = start_kw[first], kind[first]
    back = (after < 0.0).astype(np.int64) + (0 if only_one else (before < 0.0) & (before != after))
    return steps_between(
        samples=found.samples,
        first=first,
        start_kw=start_kw,
        end_kw=np.where(kind == LINEAR, before[first + 1], start_kw),
        held=kind == HOLD,
        negative_samples=np.diff(np.append(0, np.cumsum(back))[found.samples.offset]),
        jumps=found.jumps,
    )


def energy_kwh(
    *,
    time: Dates,
    power_kw: ArrayLike,
    window: Edges,
    longest_gap_h: float,
    rule: PowerRule | ArrayLike = "linear",
    by: ArrayLike | None = None,
) -> Energy:
    """Energy [kWh] under power logs, as they were written, without filling their gaps.

    E = sum P (t_i+1 - t_i) over the steps not longer than `longest_gap_h`, where P is
    (P_i + P_i+1)/2 by `linear` (the trapezium), P_i by `hold` and `mean_from`, P_i+1 by
    `mean_until`. A step across the window's edge is cut there, by `linear` on the straight line.

    Args:
        time: time of each sample [date; UTC without an offset], in any order.
        power_kw: power at that time [kW], below 0 where it flows back; NaN is a sample lost.
        window: begin and end of the account [date; UTC without an offset].
        longest_gap_h: longest step between samples that still counts as covered [h], above 0. A
            value that holds does not hold longer, nor is a mean that of a longer interval.
        rule: how the log was written, as `power_steps`.
        by: label of each sample's pump; one without any sample has no entry. None: all are of one.

    Returns:
        An `Energy` with one entry a label in sorted order, or one entry in all.

    Raises:
        ArgumentError: as `power_steps`, or the window is empty.

    Source: first principles; 5.84 kW for 10 h are 58.4 kWh (50 m3/h, 30 m, 0.70).

    >>> day = np.datetime64("2026-01-01T00:00")
    >>> hours = [day + np.timedelta64(h, "h") for h in range(8, 19)]
    >>> e = energy_kwh(
    ...     time=hours, power_kw=[5.84] * 11, window=(day, day + np.timedelta64(1, "D")),
    ...     longest_gap_h=1.0,
    ... )
    >>> e.energy_kwh, e.covered_h, e.gap_h
    (array([58.4]), array([10.]), array([14.]))
    >>> two, asked = hours[:2], {"window": (hours[0], hours[1]), "longest_gap_h": 1.0}
    >>> [
    ...     float(energy_kwh(time=two, power_kw=[2.0, 6.0], rule=rule, **asked).energy_kwh[0])
    ...     for rule in ("linear", "hold", "mean_from", "mean_until")
    ... ]
    [4.0, 2.0, 2.0, 6.0]
    """
    first, last = window_us(window=window)
    steps = power_steps(time=time, power_kw=power_kw, longest_gap_h=longest_gap_h, rule=rule, by=by)
    return Energy(
        **covered_energy(steps=steps, first_us=first, last_us=last),
        **shared(steps, "samples", "missing_samples", "negative_samples", "jumps"),
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
