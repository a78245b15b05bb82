"""Capital items for EconomicAnalysis: the `CapitalSchedule` of an `EconomicAnalysisRequest`.

Money spent is positive there, as the receiver subtracts it.
"""

import math
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Annotated

from attrs import frozen

from pumpperf import units
from pumpperf.checked import Checked, converted
from pumpperf.errors import ArgumentError
from pumpperf.fields import AtLeast, Currency, LongText, UtcDate
from pumpperf.interchange.beep.sent import SentList

Spent = Annotated[float, units.MONEY, AtLeast(0.0)]


@frozen(kw_only=True, field_transformer=converted)
class Cost(Checked):
    """Money spent on a day, such as for a workover or a pump.

    Attributes:
        date: when it was paid.
        amount: what was paid, of at least 0.
        currency: ISO 4217 code.
        description: what for.
    """

    date: UtcDate
    amount: Spent
    currency: Currency
    description: LongText


def capital_schedule(costs: Iterable[Cost]) -> SentList:
    """Money spent, as the items of a `CapitalSchedule`: positive, one for each calendar month.

    The receiver takes one item of a month and leaves the others out, so those of a month in UTC
    are one sum, on the date of the first.

    Raises:
        ArgumentError: there are two currencies.
    """
    ordered = sorted(costs, key=lambda cost: cost.date)
    currency = one_currency(cost.currency for cost in ordered)
    by_month = groupby(ordered, key=attrgetter("date.year", "date.month"))
    months = [tuple(items) for _, items in by_month]
    records = (
        {"Date": items[0].date, "Amount": math.fsum(item.amount for item in items)}
        for items in months
    )
    moved = (
        f"CHANGED: {item.amount!r} of {item.date.isoformat()}: in the item of "
        f"{items[0].date.isoformat()}, as the receiver takes one a month"
        for items in months
        for item in items[1:]
    )
    lost = (f"LOST: description of {one.date.isoformat()}: {one.description}" for one in ordered)
    currency_lost = f"LOST: currency {currency}" if currency else None
    return SentList(records, (currency_lost, *moved, *lost))


def one_currency(currencies: Iterable[str | None]) -> str | None:
    """The currency of all amounts; None if there is no amount.

    Raises:
        ArgumentError: there are several.
    """
    known = sorted({currency for currency in currencies if currency is not None})
    if len(known) > 1:
        raise ArgumentError(f"currencies {', '.join(known)} in one list: expected one")
    return known[0] if known else None
