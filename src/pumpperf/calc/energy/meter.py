"""Energy from the readings of cumulative meters, across rollovers but never across resets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.energy.log import CoveredEnergy, covered_energy
from pumpperf.calc.energy.steps import PowerSteps, steps_between
from pumpperf.calc.inputs import column, refuse
from pumpperf.calc.intervals.dates import Dates, Edges, window_us
from pumpperf.calc.intervals.samples import Samples, near_neighbours, sorted_samples
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray, IntArray, largest
from pumpperf.results import Places
from pumpperf.units import MICROSECONDS_PER_HOUR


class MeteredEnergy(CoveredEnergy):
    """Energy of cumulative meters in a window; what all logs share: `CoveredEnergy`.

    Attributes:
        unknown_us: whole microseconds of the window across resets; they are not covered.
        rollovers: counted steps across which the reading fell and the range was added.
        resets: steps across which it fell without a known range, if they touch the window.
        highest_mean_power_kw: highest mean power between two counted readings that touch the
            window; NaN without one. A jitter taken for a rollover shows here.
        readings: readings in the whole log, lost ones left out, repeated ones counted.
        missing_readings: how many were lost.
    """

    unknown_us: IntArray
    rollovers: IntArray
    resets: IntArray
    highest_mean_power_kw: FloatArray
    readings: IntArray
    missing_readings: IntArray

    @property
    def unknown_h(self) -> FloatArray:
        """Hours of the window across resets; a part of the gap."""
        return self.unknown_us / MICROSECONDS_PER_HOUR


def metered_energy_kwh(
    *,
    time: Dates,
    meter_kwh: ArrayLike,
    window: Edges,
    longest_gap_h: float,
    rollover_kwh: float | None,
    by: ArrayLike | None = None,
) -> MeteredEnergy:
    """Energy [kWh] from the readings of cumulative meters.

    E = sum (M_i+1 - M_i); where the reading fell, `rollover_kwh` is added, or without one the step
    is unknown and a gap. A step across the window's edge is shared by time.

    Args:
        time: time of each reading [date; UTC without an offset], in any order.
        meter_kwh: reading [kWh], at least 0; NaN is a reading that was lost.
        window: begin and end of the account [date; UTC without an offset].
        longest_gap_h: longest step between readings that still counts as covered [h], above 0;
            a longer one may hide a reset.
        rollover_kwh: range of the counter [kWh], above every reading: what it would show next
            is 0. None: it is not known, so that every fall is a reset.
        by: label of each reading's meter; one without any has no entry. None: all are of one.

    Returns:
        A `MeteredEnergy` with one entry a label in sorted order, or one entry in all.

    Raises:
        ArgumentError: lengths differ, a time is missing or no date, a label is missing, a
            reading is negative, infinite or not below the range, two readings of one meter and
            time differ, the window is empty or the gap not above 0.

    Source: first principles; a counter of 1000 that stood at 999.93 shows 9.11 after 9.18 more
    (jomjol/AI-on-the-edge-device, issue 3026).

    >>> day, n = np.datetime64("2024-04-07"), np.timedelta64(1, "D")
    >>> e = metered_energy_kwh(
    ...     time=[day, day + n], meter_kwh=[999.93, 9.11], window=(day, day + n),
    ...     longest_gap_h=24.0, rollover_kwh=1000.0,
    ... )
    >>> e.energy_kwh, e.rollovers
    (array([9.18]), array([1]))
    """
    first_us, last_us = window_us(window=window)
    read = _read(time, meter_kwh, longest_gap_h, rollover_kwh, by)
    steps = _counted(read)
    groups = steps.offset.size - 1
    when, first = read.samples.when_us, read.first
    inside = np.minimum(when[first + 1], last_us) - np.maximum(when[first], first_us)
    index = np.searchsorted(read.samples.offset, first, "right") - 1
    lost, counted = read.lost & (inside > 0), read.counted & (inside > 0)
    unknown = np.zeros(groups, dtype=np.int64)
    np.add.at(unknown, index[lost], inside[lost])
    return MeteredEnergy(
        **covered_energy(steps=steps, first_us=first_us, last_us=last_us),
        unknown_us=unknown,
        rollovers=np.bincount(index[counted & read.fell], minlength=groups),
        resets=np.bincount(index[lost], minlength=groups),
        highest_mean_power_kw=largest(read.mean_kw[counted], index[counted], groups),
        readings=steps.samples,
        missing_readings=steps.missing_samples,
    )


def meter_steps(
    *,
    time: Dates,
    meter_kwh: ArrayLike,
    longest_gap_h: float,
    rollover_kwh: float | None,
    by: ArrayLike | None = None,
) -> PowerSteps:
    """Steps of the meters of a whole fleet, ready to be accounted by period or tariff.

    Between two readings the power is their mean power. Steps across resets are left out;
    `metered_energy_kwh` tells of them.

    Args:
        time: time of each reading [date; UTC without an offset], in any order.
        meter_kwh: reading [kWh], at least 0; NaN is a reading that was lost.
        longest_gap_h: longest step between readings that still counts as covered [h], above 0.
        rollover_kwh: range of the counter [kWh]. None: every fall is a reset.
        by: label of each reading's meter. None: all are of one.

    Returns:
        The `PowerSteps`.

    Raises:
        ArgumentError: as `metered_energy_kwh`.

    Source: definition.

    >>> day, n = np.datetime64("2026-01-01"), np.timedelta64(1, "D")
    >>> steps = meter_steps(
    ...     time=[day, day + n, day + 2 * n], meter_kwh=[100, 340, 10], longest_gap_h=24,
    ...     rollover_kwh=None,
    ... )
    >>> steps.start_kw
    array([10.])
    """
    return _counted(_read(time, meter_kwh, longest_gap_h, rollover_kwh, by))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Read:
    """Readings, and what each step between two of one meter (`first` and the next) is."""

    samples: Samples
    first: Places
    mean_kw: FloatArray
    fell: BoolArray
    lost: BoolArray
    counted: BoolArray


def _read(
    time: Dates,
    meter_kwh: ArrayLike,
    longest_gap_h: float,
    rollover_kwh: float | None,
    by: ArrayLike | None,
) -> _Read:
    found = sorted_samples(time=time, value=meter_kwh, name="meter_kwh", noun="reading", by=by)
    top = np.inf if rollover_kwh is None else rollover_kwh
    if rollover_kwh is not None and not 0.0 < rollover_kwh < np.inf:
        raise ArgumentError(f"rollover_kwh = {rollover_kwh}: expected a finite range above 0")
    if not ((found.value >= 0.0) & (found.value < top)).all():
        given = column(values=meter_kwh, name="meter_kwh")
        wrong, expected = (given < 0.0) | (given >= top), f"at least 0 and below {top}"
        refuse(wrong=wrong, values=given, name="meter_kwh", expected=expected)
    near = near_neighbours(samples=found, longest_gap_h=longest_gap_h)
    first = np.flatnonzero(near_neighbours(samples=found, longest_gap_h=np.inf))
    step_kwh = found.value[first + 1] - found.value[first]
    fell = step_kwh < 0.0
    step_kwh[fell] += np.nan if rollover_kwh is None else rollover_kwh
    lost = np.isnan(step_kwh)
    hours = (found.when_us[first + 1] - found.when_us[first]) / MICROSECONDS_PER_HOUR
    return _Read(
        samples=found,
        first=first,
        mean_kw=step_kwh / hours,
        fell=fell,
        lost=lost,
        counted=near[first] & ~lost,
    )


def _counted(read: _Read) -> PowerSteps:
    mean_kw = read.mean_kw[read.counted]
    return steps_between(
        samples=read.samples,
        first=read.first[read.counted],
        start_kw=mean_kw,
        end_kw=mean_kw,
        negative_samples=np.zeros_like(read.samples.samples),
    )
