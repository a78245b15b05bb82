"""Demand: the highest mean power over the fixed intervals of each month."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import numpy as np

from pumpperf.calc.energy.periods import DAY_US, local_intervals
from pumpperf.calc.energy.steps import PowerSteps, interval_energies
from pumpperf.calc.intervals.dates import Edges
from pumpperf.calc.scalars import number
from pumpperf.errors import ArgumentError, expect
from pumpperf.numeric import DateArray, FloatArray, IntArray
from pumpperf.results import Labels, Result
from pumpperf.units import MICROSECONDS_PER_HOUR


class Demand(Result):
    """Demand of each group in each month of a window; one row a group, one column a month.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        month: months of the local calendar.
        demand_kw: highest mean power over an interval that the log tells wholly; NaN where it
            tells none.
        incomplete_intervals: how many intervals it does not tell: not wholly covered, without a
            sample of their own, or cut by the window or by a change of the clock.
    """

    group: Labels | None
    month: Annotated[DateArray, "month"]
    demand_kw: Annotated[FloatArray, "month"]
    incomplete_intervals: Annotated[IntArray, "month"]


def monthly_demand(
    *, steps: PowerSteps, window: Edges, tzinfo: dt.tzinfo, demand_interval_h: float
) -> Demand:
    """Highest mean power [kW] over fixed intervals in each month of the local calendar.

    Intervals begin with the local day. Each group stands for a meter of its own: the demand of
    several pumps behind one meter is that of their added power, not the sum of theirs.

    Args:
        steps: of `power_steps` or `meter_steps`.
        window: begin and end [date; UTC without an offset].
        tzinfo: the local time, as in `local_periods`.
        demand_interval_h: length of the intervals [h]; the day holds a whole number of them.

    Returns:
        A `Demand`. Intervals that the log does not tell wholly are counted, never filled.

    Raises:
        ArgumentError: the window is empty, the day holds no whole number of intervals, or the
            local time cannot tell an offset.

    Source: billing practice of utilities: mean of the 15 minutes of greatest use in a month. By
    definition 700 kW for 5 minutes of such an interval are a demand of 233.3 kW.

    >>> import datetime as dt
    >>> from pumpperf.calc.energy import power_steps
    >>> day = np.datetime64("2026-01-01T00:00")
    >>> pump = power_steps(
    ...     time=day + np.array([0, 299, 301, 900], dtype="timedelta64[s]"),
    ...     power_kw=[700.0, 700.0, 0.0, 0.0], longest_gap_h=1.0,
    ... )
    >>> window = day, day + np.timedelta64(900, "s")
    >>> monthly_demand(
    ...     steps=pump, window=window, tzinfo=dt.UTC, demand_interval_h=0.25
    ... ).demand_kw
    array([[233.3]])
    """
    expect(PowerSteps, steps=steps)
    interval = interval_us(demand_interval_h=demand_interval_h)
    clock_us = np.arange(0, DAY_US, interval)
    edge_us, local_us = local_intervals(window=window, tzinfo=tzinfo, clock_us=clock_us)
    label = local_us.astype("datetime64[us]").astype("datetime64[M]")
    month, month_of = np.unique(label, return_inverse=True)
    found = list(interval_energies(steps=steps, edge_us=edge_us, sampled=True))
    none = np.zeros(0, dtype=np.int64)
    index = np.concatenate([none, *(cell.index for cell in found)])
    stretch = np.concatenate([none, *(cell.stretch for cell in found)])
    energy = np.concatenate([0.0 * none, *(cell.energy_kwh for cell in found)])
    covered = np.concatenate([none, *(cell.covered_us for cell in found)])
    first = np.flatnonzero(np.diff(index, prepend=-1) | np.diff(stretch, prepend=-1))
    whole = np.add.reduceat(covered, first) == interval
    place = (index[first][whole], month_of[stretch[first][whole]])
    shape = (steps.offset.size - 1, month.size)
    highest, told = np.full(shape, -np.inf), np.zeros(shape, dtype=np.int64)
    mean_kw = np.add.reduceat(energy, first)[whole] / (interval / MICROSECONDS_PER_HOUR)
    np.maximum.at(highest, place, mean_kw)
    np.add.at(told, place, 1)
    return Demand(
        group=steps.group,
        month=month,
        demand_kw=np.where(told > 0, highest, np.nan),
        incomplete_intervals=np.bincount(month_of, minlength=month.size) - told,
    )


def interval_us(*, demand_interval_h: float) -> int:
    """Length of a demand interval in whole microseconds.

    Args:
        demand_interval_h: length [h]; the day holds a whole number of them.

    Raises:
        ArgumentError: it does not.

    Source: definition.

    >>> interval_us(demand_interval_h=0.25)
    900000000
    """
    hours = number(value=demand_interval_h, name="demand_interval_h")
    length = hours * MICROSECONDS_PER_HOUR
    if not (1.0 <= length <= DAY_US and DAY_US % round(length) == 0):
        raise ArgumentError(
            f"demand_interval_h = {demand_interval_h}: expected a whole part of a day"
        )
    return round(length)
