"""Energy by hours, days or months of the local calendar, whose sums are the whole."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

import numpy as np

from pumpperf.calc.energy.steps import PowerSteps, totals
from pumpperf.calc.intervals.dates import Dates, Edges, known_microseconds, window_us
from pumpperf.calc.scalars import one_of
from pumpperf.errors import ArgumentError, expect
from pumpperf.numeric import DateArray, FloatArray, IntArray
from pumpperf.results import Labels, Result
from pumpperf.units import MICROSECONDS_PER_HOUR

Period = Literal["hour", "day", "month"]
DAY_US = 24 * MICROSECONDS_PER_HOUR

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Periods:
    """Consecutive periods of the local calendar.

    Attributes:
        edge: where they begin, and where the last one ends [datetime64 in UTC].
        label: hour, day or month that the local clock shows at the begin of each [datetime64].
    """

    edge: DateArray
    label: DateArray


class PeriodEnergy(Result):
    """Energy of each group in consecutive periods; one row a group, one column a period.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        edge: where the periods begin, and where the last one ends [datetime64 in UTC].
        energy_kwh: energy of the time that the log covers; 0 where it covers nothing.
        covered_us: whole microseconds that it covers.
        total_energy_kwh: sum over the periods, added up from the first to the last.
        total_covered_us: sum over the periods.
    """

    group: Labels | None
    edge: Annotated[DateArray, "edge"]
    energy_kwh: Annotated[FloatArray, "edge"]
    covered_us: Annotated[IntArray, "edge"]
    total_energy_kwh: FloatArray
    total_covered_us: IntArray

    @property
    def period_us(self) -> IntArray:
        """Length of each period in whole microseconds."""
        edge_us = self.edge.astype(np.int64)
        return edge_us[1:] - edge_us[:-1]

    @property
    def gap_us(self) -> IntArray:
        """Whole microseconds of each period that no step covers."""
        return self.period_us - self.covered_us

    @property
    def covered_h(self) -> FloatArray:
        """Hours of each period that the log covers."""
        return self.covered_us / MICROSECONDS_PER_HOUR

    @property
    def gap_h(self) -> FloatArray:
        """Hours of each period that no step covers."""
        return self.gap_us / MICROSECONDS_PER_HOUR


def period_energies(*, steps: PowerSteps, edge: Dates) -> PeriodEnergy:
    """Energy [kWh] of a whole fleet in consecutive periods.

    Steps are cut at the edges, each piece with its power on the line between samples. The total is
    the sum of what is shown, from the first period to the last; covered times add up exactly.

    Args:
        steps: of `power_steps` or `meter_steps`.
        edge: begin of each period, and the end of the last [datetime64 in UTC], in order.

    Returns:
        A `PeriodEnergy`.

    Raises:
        ArgumentError: there are fewer than two edges, or one is missing or not after the last.

    Source: first principles; a ramp from 0 to 60 kW over two hours holds 15 and 45 kWh in them.

    >>> from pumpperf.calc.energy import power_steps
    >>> noon, h = np.datetime64("2026-01-01T12"), np.timedelta64(1, "h")
    >>> ramp = power_steps(time=[noon, noon + 2 * h], power_kw=[0.0, 60.0], longest_gap_h=2.0)
    >>> found = period_energies(steps=ramp, edge=[noon, noon + h, noon + 2 * h])
    >>> found.energy_kwh, found.total_energy_kwh
    (array([[15., 45.]]), array([60.]))
    """
    expect(PowerSteps, steps=steps)
    edge_us = known_microseconds(times=edge, name="edge")
    edges = edge_us.astype("datetime64[us]")
    if edges.size < 2:
        raise ArgumentError(f"edge has {edges.size} entries: expected at least 2")
    if (edge_us[1:] <= edge_us[:-1]).any():
        i = int(np.argmax(edge_us[1:] <= edge_us[:-1])) + 1
        raise ArgumentError(f"edge[{i}] = {edges[i]}: expected one after {edges[i - 1]}")
    count = edges.size - 1
    energy, covered = totals(steps=steps, edge_us=edge_us, label=np.arange(count), labels=count)
    return PeriodEnergy(
        group=steps.group,
        edge=edges,
        energy_kwh=energy,
        covered_us=covered,
        total_energy_kwh=np.cumsum(energy, axis=1)[:, -1],
        total_covered_us=covered.sum(axis=1),
    )


def local_periods(*, window: Edges, tzinfo: dt.tzinfo, period: Period) -> Periods:
    """Hours, days or months of the local calendar in a window; the first and last may be cut.

    A day or month begins when the local clock first shows it. An hour begins with each full hour
    of that clock, and when it is put forward or back: an hour shown twice is two periods.

    Args:
        window: begin and end [date; UTC without an offset].
        tzinfo: the local time, such as a `zoneinfo.ZoneInfo`. It may change its offset from UTC
            at any time, but not there and back within a day.
        period: `hour`, `day` or `month`.

    Returns:
        The `Periods`.

    Raises:
        ArgumentError: the window is empty, or the period or the local time is none of these.

    Source: definition.

    >>> plus_1 = dt.timezone(dt.timedelta(hours=1))
    >>> window = np.datetime64("2026-01-31T12"), np.datetime64("2026-02-01T12")
    >>> local_periods(window=window, tzinfo=plus_1, period="month").edge.astype("datetime64[h]")
    array(['2026-01-31T12', '2026-01-31T23', '2026-02-01T12'],
          dtype='datetime64[h]')
    """
    one_of(value=period, among=get_args(Period), name="period")
    clock_us = np.arange(0, DAY_US, MICROSECONDS_PER_HOUR if period == "hour" else DAY_US)
    edge_us, local_us = local_intervals(window=window, tzinfo=tzinfo, clock_us=clock_us)
    unit = {"hour": "h", "day": "D", "month": "M"}[period]
    label = local_us.astype("datetime64[us]").astype(f"datetime64[{unit}]")
    number = label.astype(np.int64)
    begins = np.ones(label.size, dtype=bool)
    if period != "hour":
        begins[1:] = number[1:] > np.maximum.accumulate(number)[:-1]
    edges = edge_us[np.concatenate((begins, [True]))]
    return Periods(edge=edges.astype("datetime64[us]"), label=label[begins])


def local_intervals(
    *, window: Edges, tzinfo: dt.tzinfo, clock_us: IntArray
) -> tuple[IntArray, IntArray]:
    """A window cut at times of the local day, and wherever the local clock is put.

    Args:
        window: begin and end [date; UTC without an offset].
        tzinfo: the local time.
        clock_us: times of the day to cut at, as whole microseconds, in order, from 0.

    Returns:
        The edges in UTC, one more than stretches, and what the local clock shows at the begin of
        each stretch; both as whole microseconds since 1970.

    Raises:
        ArgumentError: the window is empty, or the local time is none or cannot tell an offset.

    Source: definition.

    >>> window = np.datetime64("1970-01-01T22"), np.datetime64("1970-01-02")
    >>> plus_1 = dt.timezone(dt.timedelta(hours=1))
    >>> edge_us, local_us = local_intervals(window=window, tzinfo=plus_1, clock_us=np.array([0]))
    >>> edge_us // 3_600_000_000, local_us // 3_600_000_000
    (array([22, 23, 24]), array([23, 24]))
    """
    first, last = window_us(window=window)
    edges: list[IntArray] = []
    clocks: list[IntArray] = []
    starts, offsets = _offsets(first, last, tzinfo)
    for start, end, offset in zip(starts, [*starts[1:], last], offsets, strict=True):
        days = np.arange((start + offset) // DAY_US, (end + offset) // DAY_US + 1) * DAY_US
        local = (days[:, None] + clock_us[None, :]).ravel()
        local = local[(local > start + offset) & (local < end + offset)]
        local = np.concatenate(([start + offset], local))
        clocks.append(local)
        edges.append(local - offset)
    return np.concatenate((*edges, [last])), np.concatenate(clocks)


def _offsets(first: int, last: int, tzinfo: dt.tzinfo) -> tuple[list[int], list[int]]:
    """Where in the window each offset from UTC begins, and the offsets, in microseconds."""
    starts, offsets = [first], [_offset(first, tzinfo)]
    at = first

    def changed(us: int) -> bool:
        return _offset(us, tzinfo) != offsets[-1]

    while at < last:
        then = min(at + DAY_US, last)
        if changed(then):
            then = at + bisect_left(range(at, then), x=True, key=changed)
            if then < last:
                starts.append(then)
                offsets.append(_offset(then, tzinfo))
        at = then
    return starts, offsets


def _offset(us: int, tzinfo: dt.tzinfo) -> int:
    utc = _EPOCH + us * _MICROSECOND
    try:
        local = utc.astimezone(tzinfo)
    except (TypeError, ValueError, OverflowError) as error:
        raise ArgumentError(
            f"tzinfo = {tzinfo!r}: expected a datetime.tzinfo that tells its offset at {utc}"
        ) from error
    return (local.replace(tzinfo=None) - utc.replace(tzinfo=None)) // _MICROSECOND
