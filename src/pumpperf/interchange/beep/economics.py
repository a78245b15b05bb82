"""Costs for EconomicAnalysis: `CashFlow` lists, and the body of its HTTP requests.

An inflow is positive and an outflow negative. Production that did not come, energy and workovers
are all outflows. Period 0 is not discounted, and the list index is the period:

    NPV = sum of amount[t] / (1 + rate)**t
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Literal

from attrs import field, frozen

from pumpperf.interchange.beep.ambiguous import zone_of
from pumpperf.interchange.beep.capital import Cost, one_currency
from pumpperf.interchange.beep.sent import (
    Record,
    Sent,
    SentList,
    gross_of_flush,
    named,
    not_carried,
    refuse,
    refuse_overlaps,
    refuse_retired,
)
from pumpperf.model import DowntimeImpact, EnergyConsumption

MONTHS = {"MONTHLY": 1, "ANNUAL": 12}
INSTANT = dt.timedelta(microseconds=1)
_OF_BOTH = "equipment_id start_date end_date currency"
_OF_IMPACT = f"{_OF_BOTH} lost_revenue oil_price_per_m3 net_lost_volume_m3 flush_share"
_OF_ENERGY = f"{_OF_BOTH} energy_cost energy_price_per_kwh gap_h"


@frozen(kw_only=True)
class CashFlowPeriods:
    """Whole calendar months, or twelve of them, counted from 0.

    Attributes:
        first: the first day of period 0, which is the first of a month.
        schedule: how long a period is.
        time_zone: by whose clock a day begins: a name such as `America/Chicago`, or a tzinfo.
    """

    first: dt.date
    schedule: Literal["MONTHLY", "ANNUAL"]
    time_zone: dt.tzinfo = field(default=dt.UTC, converter=zone_of)

    def __attrs_post_init__(self) -> None:
        """Raise `ArgumentError` with all that is wrong."""
        first = f"first = {self.first.isoformat()}: expected the first day of a month"
        schedule = f"schedule = {self.schedule!r}: expected one of {', '.join(MONTHS)}"
        begins, known = self.first.day == 1, self.schedule in MONTHS
        refuse([None if begins else first, None if known else schedule])

    def number(self, when: dt.datetime) -> int:
        """The period that holds an instant; below 0 before the first."""
        local = when.astimezone(self.time_zone)
        months = (local.year - self.first.year) * 12 + local.month - self.first.month
        return months // MONTHS[self.schedule]


@frozen
class _Flow:
    start: dt.datetime
    end: dt.datetime
    amount: float | None
    currency: str | None
    source: str
    words: str
    lacks: str


def cash_flows(
    *,
    periods: CashFlowPeriods,
    impacts: Sequence[DowntimeImpact] = (),
    consumptions: Sequence[EnergyConsumption] = (),
    costs: Iterable[Cost] = (),
) -> SentList:
    """What downtime, energy and work on pumps cost, as `CashFlow` records by period.

    Args:
        periods: where each period begins and ends.
        impacts: downtime with its lost revenue; each window lies within one period.
        consumptions: energy with its cost; each window lies within one period.
        costs: workovers and the like.

    Raises:
        ArgumentError: with all that is wrong: retired rows, overlapping windows of one pump, a
            window in two periods or before the first, an amount that is absent, two currencies.
    """
    refuse_retired([*impacts, *consumptions])
    refuse_overlaps(impacts)
    refuse_overlaps(consumptions)
    flows = [*map(_of_impact, impacts), *map(_of_energy, consumptions), *map(_of_cost, costs)]
    refuse([fault for flow in flows for fault in _faults(flow, periods)])
    currency = one_currency(flow.currency for flow in flows)
    numbered = sorted(((periods.number(flow.start), flow) for flow in flows), key=itemgetter(0))
    records: list[Record] = [
        {"Period": number, "Amount": 0.0 - flow.amount, "Description": flow.words}
        for number, flow in numbered
        if flow.amount is not None
    ]
    first = periods.first.isoformat()
    shortfall = (
        "CHANGED: lost revenue: an outflow against what the pump could have earned, so not for a "
        "forecast that is already net of downtime"
    )
    notes = (
        f"CHANGED: currency {currency}: in words only" if currency else None,
        f"LOST: {periods.schedule} periods from {first}, {periods.time_zone}",
        shortfall if impacts else None,
        *(words for row in impacts for words in gross_of_flush(row)),
        *(not_carried(row, _OF_IMPACT) for row in impacts),
        *(not_carried(row, _OF_ENERGY) for row in consumptions),
    )
    return SentList(records, notes)


def analysis_body(flows: SentList, *, discount_rate: float) -> Sent:
    """The body of an HTTP request: one amount for each period from 0 to the last.

    Args:
        flows: as `cash_flows` gives them.
        discount_rate: for one period of the list, from 0 to 1; twelve monthly periods need a
            monthly rate.

    Raises:
        ArgumentError: there is no flow, or the rate lies outside 0 to 1.
    """
    rate = f"discount_rate = {discount_rate!r}: expected a share from 0 to 1"
    none = "there is no cash flow: expected at least one"
    refuse([None if flows.records else none, None if 0.0 <= discount_rate <= 1.0 else rate])
    last = max(record["Period"] for record in flows.records)
    parts = [
        [float(record["Amount"]) for record in flows.records if record["Period"] == number]
        for number in range(last + 1)
    ]
    empty = ", ".join(str(number) for number, amounts in enumerate(parts) if not amounts)
    record = {
        "CashFlows": [math.fsum(amounts) for amounts in parts],
        "DISCOUNT_RATE": float(discount_rate),
    }
    notes = (
        *flows.notes,
        "LOST: descriptions, and with them currency and dates; a period's flows are one sum",
        f"CHANGED: periods without a flow are 0: {empty}" if empty else None,
        f"CHANGED: DISCOUNT_RATE = {discount_rate:g}: of one period; period 0 counts in full",
    )
    return Sent(record, notes)


def _of_impact(row: DowntimeImpact) -> _Flow:
    price = f"at {row.oil_price_per_m3} {row.currency}/m3 of oil"
    return _of_window(row, "lost_revenue", "revenue lost by downtime", price)


def _of_energy(row: EnergyConsumption) -> _Flow:
    price = f"at {row.energy_price_per_kwh} {row.currency}/kWh"
    return _of_window(row, "energy_cost", "energy", f"{row.gap_h:.6g} h of it not metered, {price}")


def _of_window(
    row: DowntimeImpact | EnergyConsumption, amount: str, what: str, terms: str
) -> _Flow:
    start, end = row.start_date, row.end_date
    span = f"{start.isoformat()} to {end.isoformat()}"
    words = f"{what} of pump {row.equipment_id}, {span}, {terms}, run {row.run_id}"
    return _Flow(start, end, getattr(row, amount), row.currency, named(row), words, amount)


def _of_cost(cost: Cost) -> _Flow:
    date, currency = cost.date, cost.currency
    paid = f"{cost.description}, {date.isoformat()}"
    return _Flow(date, date, cost.amount, currency, f"cost {paid}", f"{paid}, {currency}", "amount")


def _faults(flow: _Flow, periods: CashFlowPeriods) -> list[str | None]:
    first = periods.number(flow.start)
    last = periods.number(max(flow.start, flow.end - INSTANT))
    absent = f"{flow.source} has no {flow.lacks}: expected one"
    early = (
        f"{flow.source} begins at {flow.start.isoformat()}: expected from "
        f"{periods.first.isoformat()} on, where period 0 begins"
    )
    long = f"{flow.source} lasts from period {first} to {last}: expected within one, it is not cut"
    return [
        absent if flow.amount is None else None,
        early if first < 0 else None,
        None if last == first else long,
    ]
