"""Energy from the readings of cumulative meters: across rollovers, but never across resets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.energy.log import CoveredEnergy, covered_energy
from pumpperf.calc.energy.steps import PowerSteps, steps_between
from pumpperf.calc.energy.wrong import Steps, chosen, kept_readings
from pumpperf.calc.inputs import column, refuse
from pumpperf.calc.intervals.dates import Dates, Edges, window_us
from pumpperf.calc.intervals.samples import Samples, near_neighbours, sorted_samples
from pumpperf.calc.scalars import number
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray, IntArray, largest
from pumpperf.results import Places
from pumpperf.units import MICROSECONDS_PER_HOUR

_SHOWN = 20
"""Most notes of one kind."""


class MeteredEnergy(CoveredEnergy):
    """Energy of cumulative meters in a window; what all logs share: `CoveredEnergy`.

    Attributes:
        unknown_us: whole microseconds of the window across resets and impossible steps; they are
            not covered.
        rollovers: counted steps across which the reading fell and the range was added.
        resets: steps across which it fell without a known range, if they touch the window.
        impossible_steps: steps that need more power than there is, if they touch the window.
        highest_mean_power_kw: highest mean power between two counted readings that touch the
            window; NaN without one.
        readings: readings in the whole log, lost ones left out, repeated ones counted.
        missing_readings: how many were lost.
        wrong_readings: how many of the whole log were left out, since the counter came back to
            where it was.
        notes: each wrong reading and impossible step of the whole log, up to 20 of each kind.
    """

    unknown_us: IntArray
    rollovers: IntArray
    resets: IntArray
    impossible_steps: IntArray
    highest_mean_power_kw: FloatArray
    readings: IntArray
    missing_readings: IntArray
    wrong_readings: IntArray
    notes: tuple[str, ...]

    @property
    def unknown_h(self) -> FloatArray:
        """Hours of the window across resets and impossible steps; a part of the gap."""
        return self.unknown_us / MICROSECONDS_PER_HOUR


def metered_energy_kwh(
    *,
    time: Dates,
    meter_kwh: ArrayLike,
    window: Edges,
    longest_gap_h: float,
    rollover_kwh: float | None,
    highest_power_kw: float | None = None,
    by: ArrayLike | None = None,
) -> MeteredEnergy:
    """Energy [kWh] from the readings of cumulative meters.

    E = sum (M_i+1 - M_i); where the reading fell, `rollover_kwh` is added, or without one the step
    is unknown and a gap. A step across the window's edge is shared by time.

    A counter that leaves its way and comes back to where it was (13421, 0, 13422.7 or 13421, 99999,
    13422.7) has not been reset: what it showed meanwhile is wrong, left out and told. So is a step
    that needs more power than there is: no energy and no demand is made of it. `highest_power_kw`
    says how much there is; without it, it is ten times what the meter's other steps need.

    Args:
        time: time of each reading [date; UTC without an offset], in any order.
        meter_kwh: reading [kWh], at least 0; NaN is a reading that was lost.
        window: begin and end of the account [date; UTC without an offset].
        longest_gap_h: longest step between readings that still counts as covered [h], above 0;
            a longer one may hide a reset.
        rollover_kwh: range of the counter [kWh], above every reading: what it would show next
            is 0, such as 10**5 for five digits. None: it is not known, so that a fall is a reset.
        highest_power_kw: the most that a meter can have seen [kW], such as the rated input of the
            motor, above 0. None: it is not known, and other steps say what is usual.
        by: label of each reading's meter; one without any has no entry. None: all are of one.

    Returns:
        A `MeteredEnergy` with one entry a label in sorted order, or one entry in all.

    Raises:
        ArgumentError: lengths differ, a time is missing or no date, a label is missing, a
            reading is negative, infinite or not below the range, two readings of one meter and
            time differ, the window is empty, or gap, range or power are not above 0.

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
    read = _read(time, meter_kwh, longest_gap_h, rollover_kwh, highest_power_kw, by=by)
    steps = _counted(read)
    groups = steps.offset.size - 1
    when, first, index = read.samples.when_us, read.steps.first, read.steps.owner
    inside = np.minimum(when[first + 1], last_us) - np.maximum(when[first], first_us)
    lost, counted = read.lost & (inside > 0), read.counted & (inside > 0)
    unknown = np.zeros(groups, dtype=np.int64)
    np.add.at(unknown, index[lost], inside[lost])
    return MeteredEnergy(
        **covered_energy(steps=steps, first_us=first_us, last_us=last_us),
        unknown_us=unknown,
        rollovers=np.bincount(index[counted & read.steps.fell], minlength=groups),
        resets=np.bincount(index[lost & ~read.beyond], minlength=groups),
        impossible_steps=np.bincount(index[lost & read.beyond], minlength=groups),
        highest_mean_power_kw=largest(read.steps.need_kw[counted], index[counted], groups),
        readings=steps.samples,
        missing_readings=steps.missing_samples,
        wrong_readings=np.diff(read.all.offset) - np.diff(read.samples.offset),
        notes=(*_wrong(read), *_impossible(read)),
    )


def meter_steps(
    *,
    time: Dates,
    meter_kwh: ArrayLike,
    longest_gap_h: float,
    rollover_kwh: float | None,
    highest_power_kw: float | None = None,
    by: ArrayLike | None = None,
) -> PowerSteps:
    """Steps of the meters of a whole fleet, ready to be accounted by period or tariff.

    Between two readings the power is their mean power. Wrong readings, steps across resets and
    impossible steps are left out; `metered_energy_kwh` tells of them.

    Args:
        time: time of each reading [date; UTC without an offset], in any order.
        meter_kwh: reading [kWh], at least 0; NaN is a reading that was lost.
        longest_gap_h: longest step between readings that still counts as covered [h], above 0.
        rollover_kwh: range of the counter [kWh]. None: it is not known.
        highest_power_kw: the most that a meter can have seen [kW], above 0. None: not known.
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
    return _counted(_read(time, meter_kwh, longest_gap_h, rollover_kwh, highest_power_kw, by=by))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Read:
    """Readings, those of them that stay, and what each step between two of these is."""

    all: Samples
    kept: Places
    samples: Samples
    steps: Steps
    beyond: BoolArray
    lost: BoolArray
    counted: BoolArray


def _read(
    time: Dates,
    meter_kwh: ArrayLike,
    longest_gap_h: float,
    rollover_kwh: float | None,
    highest_power_kw: float | None,
    *,
    by: ArrayLike | None,
) -> _Read:
    found = sorted_samples(time=time, value=meter_kwh, name="meter_kwh", noun="reading", by=by)
    top = np.inf if rollover_kwh is None else number(value=rollover_kwh, name="rollover_kwh")
    if rollover_kwh is not None and not 0.0 < top < np.inf:
        raise ArgumentError(f"rollover_kwh = {rollover_kwh}: expected a finite range above 0")
    most_kw = np.inf if highest_power_kw is None else highest_power_kw
    if not number(value=most_kw, name="highest_power_kw") > 0.0:
        raise ArgumentError(f"highest_power_kw = {highest_power_kw}: expected more than 0")
    if not ((found.value >= 0.0) & (found.value < top)).all():
        given = column(values=meter_kwh, name="meter_kwh")
        wrong, expected = (given < 0.0) | (given >= top), f"at least 0 and below {top}"
        refuse(wrong=wrong, values=given, name="meter_kwh", expected=expected)
    near = near_neighbours(samples=found, longest_gap_h=longest_gap_h)
    kept = kept_readings(
        samples=found, rollover_kwh=rollover_kwh, highest_power_kw=highest_power_kw
    )
    some = chosen(samples=found, kept=kept)
    steps = Steps.of(some, rollover_kwh)
    beyond = steps.beyond(some, highest_power_kw)
    lost = np.isnan(steps.rise_kwh) | beyond
    gaps = np.concatenate([[0], np.cumsum(~near)])[kept]  # before each: a wrong one bridges none
    return _Read(
        all=found,
        kept=kept,
        samples=some,
        steps=steps,
        beyond=beyond,
        lost=lost,
        counted=(gaps[steps.first + 1] == gaps[steps.first]) & ~lost,
    )


def _counted(read: _Read) -> PowerSteps:
    mean_kw = read.steps.need_kw[read.counted]
    return steps_between(
        samples=read.samples,
        first=read.steps.first[read.counted],
        start_kw=mean_kw,
        end_kw=mean_kw,
        held=np.zeros(mean_kw.size, dtype=bool),
        negative_samples=np.zeros_like(read.samples.samples),
        jumps=np.zeros_like(read.samples.samples),
    )


def _wrong(read: _Read) -> Iterator[str]:
    wrong = np.delete(np.arange(read.all.value.size), read.kept)
    for i in wrong[:_SHOWN].tolist():
        words = "left out: the counter comes back to where it was"
        yield f"{_said(read.all, i)} is {words}"
    if wrong.size > _SHOWN:
        yield f"{wrong.size - _SHOWN} more readings are left out like these"


def _impossible(read: _Read) -> Iterator[str]:
    beyond = np.flatnonzero(read.beyond)
    for i in beyond[:_SHOWN].tolist():
        power = f"{read.steps.need_kw[i]:.6g} kW, more than there is: it is not counted"
        yield f"the step to {_said(read.samples, int(read.steps.first[i]) + 1)} needs {power}"
    if beyond.size > _SHOWN:
        yield f"{beyond.size - _SHOWN} more steps are not counted like these"


def _said(samples: Samples, i: int) -> str:
    of = "" if samples.group is None else f" of {samples.group[_owner(samples, i)]!r}"
    when = np.datetime64(int(samples.when_us[i]), "us").astype("datetime64[s]")
    return f"reading {samples.value[i]:.10g} kWh{of} at {when}"


def _owner(samples: Samples, i: int) -> int:
    return int(np.searchsorted(samples.offset, i, "right")) - 1
