"""What a body asks for: a row to record, or a use case with its window and prices."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeVar

import attrs
from attrs import field, frozen

from pumpperf.checked import Checked, Pairs, Takes, converted
from pumpperf.errors import RowError
from pumpperf.evaluate import Window
from pumpperf.evaluate.decline import Decline
from pumpperf.fields import (
    AtLeast,
    AtMost,
    Currency,
    KilogramsPerKilowattHour,
    LongText,
    MoreThan,
    PricePerCubicMetre,
    PricePerKilowattHour,
    Share,
    UtcDate,
)
from pumpperf.interchange.records import from_record
from pumpperf.model import AUDIT

C = TypeVar("C", bound=Checked)
Arguments = dict[str, Any]  # of a use case: each takes its own


class DeclineCode(StrEnum):
    """How the rate of a test falls after it."""

    EXPONENTIAL = "exponential"
    HYPERBOLIC = "hyperbolic"


@frozen(kw_only=True, field_transformer=converted)
class Request(Checked):
    """A question to a use case."""

    def arguments(self) -> Arguments:
        """What the use case is given, by its own names."""
        given = attrs.asdict(self, recurse=False)
        return {name: value for name, value in given.items() if name != "original_units"}


@frozen(kw_only=True, field_transformer=converted)
class ReliabilityRequest(Request):
    """Up to when a run life is asked for.

    Attributes:
        as_of_date: end of the observation; now, if it is not given.
    """

    as_of_date: UtcDate | None = None

    def arguments(self) -> Arguments:
        """The date."""
        return {"as_of": self.as_of_date}


@frozen(kw_only=True, field_transformer=converted)
class WindowRequest(Request):
    """What a window is asked about.

    Attributes:
        start_date: begin of the window.
        end_date: its end.
        currency: ISO 4217 code of the price, if there is one.
    """

    ORDERED: ClassVar[Pairs] = (("start_date", "end_date"),)

    start_date: UtcDate
    end_date: UtcDate
    currency: Currency | None = None

    def arguments(self) -> Arguments:
        """The window, and all else as it stands."""
        given = super().arguments()
        return given | {"window": Window(given.pop("start_date"), given.pop("end_date"))}


@frozen(kw_only=True, field_transformer=converted)
class DowntimeRequest(WindowRequest):
    """For which window downtime is asked for, and how what was lost is valued.

    Attributes:
        oil_price_per_m3: price of the oil.
        flush_share: share of the lost volume that came after the restarts.
        decline_kind: how the rate falls after the test; a constant rate, if it is not given.
        daily_decline: nominal decline a day at the date of the test.
        decline_exponent: Arps' exponent b; 0, if it is not given.
        excused_start_date: begins of windows that count neither up nor down.
        excused_end_date: their ends.
    """

    EQUALLY_LONG: ClassVar[Pairs] = (("excused_start_date", "excused_end_date"),)

    TOGETHER: ClassVar[Pairs] = (
        ("oil_price_per_m3", "currency"),
        ("daily_decline", "decline_kind"),
        ("decline_kind", "daily_decline"),
        ("decline_exponent", "decline_kind"),
    )

    oil_price_per_m3: PricePerCubicMetre | None = None
    flush_share: Share | None = None
    decline_kind: DeclineCode | None = None
    daily_decline: Annotated[float, MoreThan(0.0), AtMost(1000.0)] | None = None
    decline_exponent: Annotated[float, AtLeast(0.0), AtMost(2.0)] | None = None
    excused_start_date: tuple[UtcDate, ...] = field(default=(), converter=Takes[Iterable[UtcDate]])
    excused_end_date: tuple[UtcDate, ...] = field(default=(), converter=Takes[Iterable[UtcDate]])

    def arguments(self) -> Arguments:
        """The fall of the rate as one, and each excused window."""
        given = super().arguments()
        kind, daily = given.pop("decline_kind"), given.pop("daily_decline")
        exponent = given.pop("decline_exponent") or 0.0
        fall = kind and Decline(kind=kind.value, nominal_per_d=daily, exponent=exponent)
        begins, ends = given.pop("excused_start_date"), given.pop("excused_end_date")
        excused = [Window(start, end) for start, end in zip(begins, ends, strict=True)]
        return given | {"decline": fall, "excused": excused}


@frozen(kw_only=True, field_transformer=converted)
class EnergyRequest(WindowRequest):
    """For which window energy is asked for, and how it is valued.

    Attributes:
        energy_price_per_kwh: price of the energy.
        emission_factor_kgkwh: greenhouse gas [kg CO2e] for each kilowatt-hour.
        emission_factor_source: where that factor comes from, and for which year.
    """

    TOGETHER: ClassVar[Pairs] = (
        ("energy_price_per_kwh", "currency"),
        ("emission_factor_kgkwh", "emission_factor_source"),
        ("emission_factor_source", "emission_factor_kgkwh"),
    )

    energy_price_per_kwh: PricePerKilowattHour | None = None
    emission_factor_kgkwh: KilogramsPerKilowattHour | None = None
    emission_factor_source: LongText | None = None


def body_of(kind: type[C], record: dict[str, Any]) -> C:  # JSON
    """The body as a row, or as what is asked for.

    Raises:
        RowError: with all of its faults; who and when are no part of a body.
    """
    refused = [
        f"$.{name} is not taken from a body: who and when come from the token and the clock"
        for name in sorted(AUDIT & record.keys())
    ]
    rest = {name: value for name, value in record.items() if name not in AUDIT}
    try:
        found = from_record(kind, rest)
    except RowError as error:
        raise RowError(error.row, [*refused, *error.faults], error.more) from None
    if refused:
        raise RowError(kind.__name__, refused)
    return found
