"""What energy costs under a time-of-use tariff with a demand charge, on the local clock."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from itertools import product
from typing import Annotated

import numpy as np

from pumpperf.calc.energy.demand import Demand, interval_us, monthly_demand
from pumpperf.calc.energy.log import coverage
from pumpperf.calc.energy.periods import DAY_US, local_intervals
from pumpperf.calc.energy.steps import PowerSteps, totals
from pumpperf.calc.intervals.dates import Edges
from pumpperf.errors import ArgumentError, expect
from pumpperf.numeric import DateArray, FloatArray, IntArray, TextArray, shared
from pumpperf.results import Labels, Places, Result
from pumpperf.units import MICROSECONDS_PER_HOUR

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
EVERY_MONTH = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)

_EPOCH_WEEKDAY = 3
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Times of the local clock on some weekdays of some months.

    Attributes:
        start_h: hour of the local day at which it begins [h], 0..24; 7.5 is half past seven.
        end_h: hour at which it ends [h], after `start_h`, at most 24; over midnight takes two.
        weekdays: from 0, Monday, to 6, Sunday.
        months: from 1 to 12.
    """

    start_h: float
    end_h: float
    weekdays: tuple[int, ...]
    months: tuple[int, ...]

    def __post_init__(self) -> None:
        """Raise `ArgumentError` if hours, weekdays or months are none."""
        if not 0.0 <= self.start_h < self.end_h <= 24.0:
            raise ArgumentError(
                f"start_h = {self.start_h}, end_h = {self.end_h}: expected hours of a day in order"
            )
        if not set(self.weekdays) <= set(EVERY_DAY):
            raise ArgumentError(f"weekdays = {self.weekdays}: expected 0 (Monday) to 6 (Sunday)")
        if not set(self.months) <= set(EVERY_MONTH):
            raise ArgumentError(f"months = {self.months}: expected 1 to 12")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A price of energy and the times at which it holds.

    Attributes:
        name: such as `peak`.
        price_per_kwh: price of the energy in the tariff's currency.
        spans: when it holds.
    """

    name: str
    price_per_kwh: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """Prices of energy by time of use, and of the highest demand of each billing month.

    Bands cover every time of every day of the year once. Public holidays are days like any other.

    Attributes:
        currency: ISO 4217 code.
        bands: prices of energy and their times.
        demand_price_per_kw: price of a month's highest mean power. None: there is no such charge.
        demand_interval_h: length of the intervals of that mean [h]; the day holds a whole number.
    """

    currency: str
    bands: tuple[Band, ...]
    demand_price_per_kw: float | None
    demand_interval_h: float | None

    def __post_init__(self) -> None:
        """Raise `ArgumentError` unless prices are finite and bands cover each time once."""
        names = [band.name for band in self.bands]
        if len(set(names)) < len(names):
            raise ArgumentError(f"bands {', '.join(names)}: expected names that differ")
        prices = [(band.name, band.price_per_kwh) for band in self.bands]
        if (self.demand_price_per_kw is None) != (self.demand_interval_h is None):
            raise ArgumentError("demand_price_per_kw and demand_interval_h: expected both or none")
        if self.demand_price_per_kw is not None:
            prices.append(("demand", self.demand_price_per_kw))
        for name, price in prices:
            if not math.isfinite(price):
                raise ArgumentError(f"price of {name} = {price}: expected a finite number")
        if self.demand_interval_h is not None:
            interval_us(demand_interval_h=self.demand_interval_h)
        _timetable(self)


class EnergyCost(Result):
    """Cost of the energy of each group in a window; one row a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        currency: of all costs.
        band: names of the bands, one column of the next four each.
        band_us: whole microseconds of the window in each band.
        covered_us: those of them that the log covers.
        energy_kwh: energy in each band, of the covered time.
        energy_cost: energy times price.
        month: billing months of the local calendar, one column of the next three each; none
            without a demand charge.
        demand_kw: highest mean power over a demand interval that the log tells wholly; NaN where
            it tells none.
        demand_cost: that times its price, for the whole month even if the window cuts it.
        incomplete_intervals: demand intervals that the log does not wholly cover, that hold no
            sample, or that the window or a change of the clock cuts; they are left out.
        total_energy_kwh: sum over the bands in their order.
        total_cost: sum of energy costs, then demand costs, in their order.
        status: `ok`, `gaps` (bands are not wholly covered), `no_cover` (not at all), or
            `no_demand` (a month without any demand: the total is NaN).
    """

    group: Labels | None
    currency: str
    band: tuple[str, ...]
    band_us: Annotated[IntArray, "band"]
    covered_us: Annotated[IntArray, "band"]
    energy_kwh: Annotated[FloatArray, "band"]
    energy_cost: Annotated[FloatArray, "band"]
    month: Annotated[DateArray, "month"]
    demand_kw: Annotated[FloatArray, "month"]
    demand_cost: Annotated[FloatArray, "month"]
    incomplete_intervals: Annotated[IntArray, "month"]
    total_energy_kwh: FloatArray
    total_cost: FloatArray
    status: TextArray


def energy_cost(
    *, steps: PowerSteps, window: Edges, tariff: Tariff, tzinfo: dt.tzinfo
) -> EnergyCost:
    """Cost of the energy of a whole fleet under a tariff, on the local clock.

    Cost = sum over bands of E price + sum over months of demand x price. An hour that the clock
    shows twice belongs to its band twice; one that it skips to none. Energy that flows back is
    paid for at the price of its band.

    Args:
        steps: of `power_steps` or `meter_steps`; each group is a meter of its own.
        window: begin and end [date; UTC without an offset]; local months for whole bills.
        tariff: the prices.
        tzinfo: the local time, as in `local_periods`.

    Returns:
        An `EnergyCost` with one row a group.

    Raises:
        ArgumentError: the window is empty, or the local time cannot tell an offset.

    Source: a utility's leaflet on demand charges: 50 hp (0.746 kW each) for 5 h of a month, at
    8.03 per kW and 0.034 per kWh, cost 299.52 for demand and 6.34 for energy.

    >>> import datetime as dt
    >>> from pumpperf.calc.energy import power_steps
    >>> july, minute = np.datetime64("2026-07-01T00:00"), np.timedelta64(1, "m")
    >>> always = Span(start_h=0, end_h=24, weekdays=EVERY_DAY, months=EVERY_MONTH)
    >>> tariff = Tariff(
    ...     currency="USD", bands=(Band(name="all", price_per_kwh=0.034, spans=(always,)),),
    ...     demand_price_per_kw=8.03, demand_interval_h=0.25,
    ... )
    >>> pump = power_steps(
    ...     time=july + np.arange(0, 301, 15) * minute, power_kw=[50 * 0.746] * 21,
    ...     longest_gap_h=0.25,
    ... )
    >>> found = energy_cost(
    ...     steps=pump, window=(july, july + 31 * 1440 * minute), tariff=tariff, tzinfo=dt.UTC
    ... )
    >>> found.demand_cost, found.energy_cost
    (array([[299.52]]), array([[6.34]]))
    """
    expect(PowerSteps, steps=steps)
    expect(Tariff, tariff=tariff)
    clock_us, table = _timetable(tariff)
    edge_us, local_us = local_intervals(window=window, tzinfo=tzinfo, clock_us=clock_us)
    month = local_us.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64) % 12
    weekday = (local_us // DAY_US + _EPOCH_WEEKDAY) % 7
    band = table[month, weekday, np.searchsorted(clock_us, local_us % DAY_US, "right") - 1]
    count = len(tariff.bands)
    energy, covered = totals(steps=steps, edge_us=edge_us, label=band, labels=count)
    band_us = np.zeros(count, dtype=np.int64)
    np.add.at(band_us, band, np.diff(edge_us))
    cost = energy * np.array([one.price_per_kwh for one in tariff.bands])
    demand, price = _demand(steps, window, tariff, tzinfo)
    demand_cost = demand.demand_kw * price
    untold = np.isnan(demand_cost).any(axis=1)
    status = coverage(covered_us=covered.sum(axis=1), window_us=int(edge_us[-1] - edge_us[0]))
    return EnergyCost(
        group=steps.group,
        currency=tariff.currency,
        band=tuple(one.name for one in tariff.bands),
        band_us=band_us,
        covered_us=covered,
        energy_kwh=energy,
        energy_cost=cost,
        **shared(demand, "month", "demand_kw", "incomplete_intervals"),
        demand_cost=demand_cost,
        total_energy_kwh=np.cumsum(energy, axis=1)[:, -1],
        total_cost=np.cumsum(np.concatenate((cost, demand_cost), axis=1), axis=1)[:, -1],
        status=np.where(untold & (status != "no_cover"), "no_demand", status),
    )


def _demand(
    steps: PowerSteps, window: Edges, tariff: Tariff, tzinfo: dt.tzinfo
) -> tuple[Demand, float]:
    """The demand of each month and its price; no month where there is no charge."""
    if tariff.demand_interval_h is None or tariff.demand_price_per_kw is None:
        groups = steps.offset.size - 1
        none = Demand(
            group=steps.group,
            month=np.empty(0, dtype="datetime64[M]"),
            demand_kw=np.empty((groups, 0)),
            incomplete_intervals=np.empty((groups, 0), dtype=np.int64),
        )
        return none, np.nan
    found = monthly_demand(
        steps=steps, window=window, tzinfo=tzinfo, demand_interval_h=tariff.demand_interval_h
    )
    return found, tariff.demand_price_per_kw


def _timetable(tariff: Tariff) -> tuple[IntArray, Places]:
    """Times of the day at which bands change, and the band from each on, by month and weekday."""
    spans = [(i, span) for i, band in enumerate(tariff.bands) for span in band.spans]
    times = {round(h * MICROSECONDS_PER_HOUR) for _, s in spans for h in (s.start_h, s.end_h)}
    clock_us = np.array(sorted((times | {0}) - {DAY_US}), dtype=np.int64)
    table = np.full((12, 7, clock_us.size), -1, dtype=np.intp)
    for i, span in spans:
        first, last = (round(h * MICROSECONDS_PER_HOUR) for h in (span.start_h, span.end_h))
        held = np.flatnonzero((clock_us >= first) & (clock_us < last))
        for month, weekday in product(span.months, span.weekdays):
            row = table[month - 1, weekday]
            if (taken := held[row[held] >= 0]).size:
                when = _words(month, weekday, int(clock_us[taken[0]]))
                other, own = tariff.bands[int(row[taken[0]])].name, tariff.bands[i].name
                raise ArgumentError(f"{when} is in {other} and in {own}: expected one band")
            row[held] = i
    if (table < 0).any():
        month, weekday, k = (int(axis) for axis in np.argwhere(table < 0)[0])
        when = _words(month + 1, weekday, int(clock_us[k]))
        raise ArgumentError(f"{when} is in no band: expected one band")
    return clock_us, table


def _words(month: int, weekday: int, clock_us: int) -> str:
    return f"{_DAYS[weekday]} in month {month} from {dt.timedelta(microseconds=clock_us)}"
