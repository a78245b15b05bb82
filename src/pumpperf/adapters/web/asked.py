"""What a request asks for: its path, its query and its body, each taken strictly."""

import base64
import datetime as dt
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeVar
from urllib.parse import parse_qsl, unquote_to_bytes

from attrs import frozen

from pumpperf.adapters.web.problems import Problem
from pumpperf.checked import Checked, converted
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
    describe,
)
from pumpperf.interchange.records import from_record
from pumpperf.model import AUDIT, PumpTest
from pumpperf.possible import faults
from pumpperf.repository import Place

C = TypeVar("C", bound=Checked)

PAGE = 50
LONGEST_PAGE = 200
PAGE_QUERY = ("limit", "after")

(_IDENTIFIER,) = (field for field in describe(PumpTest) if field.name == "pump_test_id")


class DeclineCode(StrEnum):
    """How the rate of a test falls after it."""

    EXPONENTIAL = "exponential"
    HYPERBOLIC = "hyperbolic"


@frozen(kw_only=True, field_transformer=converted)
class ReliabilityAsked(Checked):
    """Up to when a run life is asked for.

    Attributes:
        as_of_date: end of the observation; now, if it is not given.
    """

    as_of_date: UtcDate | None = None


@frozen(kw_only=True, field_transformer=converted)
class DowntimeAsked(Checked):
    """For which window downtime is asked for, and how what was lost is valued.

    Attributes:
        start_date: begin of the window.
        end_date: its end.
        oil_price_per_m3: price of the oil.
        currency: ISO 4217 code of the price.
        flush_share: share of the lost volume that came after the restarts.
        decline_kind: how the rate falls after the test; a constant rate, if it is not given.
        daily_decline: nominal decline a day at the date of the test.
        decline_exponent: Arps' exponent b; 0, if it is not given.
    """

    ORDERED: ClassVar[tuple[tuple[str, str], ...]] = (("start_date", "end_date"),)
    TOGETHER: ClassVar[tuple[tuple[str, str], ...]] = (
        ("oil_price_per_m3", "currency"),
        ("daily_decline", "decline_kind"),
        ("decline_kind", "daily_decline"),
        ("decline_exponent", "decline_kind"),
    )

    start_date: UtcDate
    end_date: UtcDate
    oil_price_per_m3: PricePerCubicMetre | None = None
    currency: Currency | None = None
    flush_share: Share | None = None
    decline_kind: DeclineCode | None = None
    daily_decline: Annotated[float, MoreThan(0.0), AtMost(1000.0)] | None = None
    decline_exponent: Annotated[float, AtLeast(0.0), AtMost(2.0)] | None = None

    @property
    def window(self) -> Window:
        """The stretch of time."""
        return Window(self.start_date, self.end_date)

    @property
    def decline(self) -> Decline | None:
        """The fall of the rate, if there is one."""
        if self.decline_kind is None or self.daily_decline is None:
            return None
        return Decline(
            kind=self.decline_kind.value,
            nominal_per_d=self.daily_decline,
            exponent=self.decline_exponent or 0.0,
        )


@frozen(kw_only=True, field_transformer=converted)
class EnergyAsked(Checked):
    """For which window energy is asked for, and how it is valued.

    Attributes:
        start_date: begin of the window.
        end_date: its end.
        energy_price_per_kwh: price of the energy.
        currency: ISO 4217 code of the price.
        emission_factor_kgkwh: greenhouse gas [kg CO2e] for each kilowatt-hour.
        emission_factor_source: where that factor comes from, and for which year.
    """

    ORDERED: ClassVar[tuple[tuple[str, str], ...]] = (("start_date", "end_date"),)
    TOGETHER: ClassVar[tuple[tuple[str, str], ...]] = (
        ("energy_price_per_kwh", "currency"),
        ("emission_factor_kgkwh", "emission_factor_source"),
        ("emission_factor_source", "emission_factor_kgkwh"),
    )

    start_date: UtcDate
    end_date: UtcDate
    energy_price_per_kwh: PricePerKilowattHour | None = None
    currency: Currency | None = None
    emission_factor_kgkwh: KilogramsPerKilowattHour | None = None
    emission_factor_source: LongText | None = None

    @property
    def window(self) -> Window:
        """The stretch of time."""
        return Window(self.start_date, self.end_date)


@frozen(kw_only=True)
class Query:
    """What may stand behind the question mark."""

    units: str = "metric"
    limit: int = PAGE
    after: Place | None = None


def identifier(path: Mapping[str, str]) -> str:
    """The one identifier of a path, which is percent-encoded UTF-8; empty if the path has none.

    Raises:
        Problem: 422, no row can have it.
    """
    for name, raw in path.items():
        try:
            text = unquote_to_bytes(raw).decode()
        except UnicodeDecodeError:
            raise Problem(422, f"{name} = {raw!r}: expected percent-encoded UTF-8") from None
        wrong = faults(_IDENTIFIER, text)
        if wrong:
            raise Problem(422, f"{name}{wrong[0].removeprefix(_IDENTIFIER.name)}")
        return text
    return ""


def query(raw: bytes, known: tuple[str, ...]) -> Query:
    """What a query says.

    Args:
        raw: as it came.
        known: the names that it may have.

    Raises:
        Problem: 422, a name is unknown or repeated, or a value impossible.
    """
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        raise Problem(422, "the query is no percent-encoded UTF-8") from None
    given = dict(pairs)
    for name, _ in pairs:
        if name not in known:
            expected = f"expected {' or '.join(known)}" if known else "expected no query"
            raise Problem(422, f"the query has {name!r}: {expected}")
    if len(given) < len(pairs):
        raise Problem(422, "the query repeats a name: expected each once")
    units = given.get("units", "metric")
    if units not in ("metric", "field"):
        raise Problem(422, f"units = {units!r}: expected metric or field")
    limit = given.get("limit", str(PAGE))
    if limit not in _LIMITS:
        raise Problem(422, f"limit = {limit!r}: expected a whole number, 1 to {LONGEST_PAGE}")
    after = given.get("after")
    return Query(units=units, limit=int(limit), after=None if after is None else _place(after))


_LIMITS = {str(count) for count in range(1, LONGEST_PAGE + 1)}


def cursor(place: Place) -> str:
    """A place among the newest rows, as a text that goes into a query."""
    date, key = place
    text = json.dumps([date.isoformat(), *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


_NO_PLACE = "after: expected what an answer gave as next"


def _place(after: str) -> Place:
    try:
        padded = after + "=" * (-len(after) % 4)
        date, *key = json.loads(base64.b64decode(padded, b"-_", validate=True))
        place = dt.datetime.fromisoformat(date), tuple(key)
    except (RecursionError, TypeError, ValueError):
        raise Problem(422, _NO_PLACE) from None
    wrong = any(faults(_IDENTIFIER, part) for part in key)
    if wrong or place[0].utcoffset() != dt.timedelta(0):
        raise Problem(422, _NO_PLACE)
    return place


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
