"""What a path and a query ask for, each taken strictly."""

import base64
import datetime as dt
import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote_to_bytes

from attrs import frozen
from starlette.exceptions import HTTPException

from pumpperf.fields import describe
from pumpperf.model import PumpTest
from pumpperf.possible import faults
from pumpperf.questions import Place

PAGE = 50
LONGEST_PAGE = 200
PAGE_QUERY = ("limit", "after")

_LIMITS = {str(count) for count in range(1, LONGEST_PAGE + 1)}
_NO_PLACE = "after: expected what an answer gave as next"
(_IDENTIFIER,) = (field for field in describe(PumpTest) if field.name == "pump_test_id")


@frozen(kw_only=True)
class Query:
    """What may stand behind the question mark."""

    units: str = "metric"
    limit: int = PAGE
    after: Place | None = None


def identifier(path: Mapping[str, str]) -> str:
    """The one identifier of a path, which is percent-encoded UTF-8; empty if the path has none.

    Raises:
        HTTPException: 422, no row can have it.
    """
    for name, raw in path.items():
        try:
            text = unquote_to_bytes(raw).decode()
        except UnicodeDecodeError:
            raise HTTPException(422, f"{name} = {raw!r}: expected percent-encoded UTF-8") from None
        wrong = faults(_IDENTIFIER, text)
        if wrong:
            raise HTTPException(422, f"{name}{wrong[0].removeprefix(_IDENTIFIER.name)}")
        return text
    return ""


def query(raw: bytes, known: tuple[str, ...]) -> Query:
    """What a query says.

    Args:
        raw: as it came.
        known: the names that it may have.

    Raises:
        HTTPException: 422, a name is unknown or repeated, or a value impossible.
    """
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        raise HTTPException(422, "the query is no percent-encoded UTF-8") from None
    given = dict(pairs)
    for name in given:
        if name not in known:
            expected = f"expected {' or '.join(known)}" if known else "expected no query"
            raise HTTPException(422, f"the query has {name!r}: {expected}")
    if len(given) < len(pairs):
        raise HTTPException(422, "the query repeats a name: expected each once")
    units = given.get("units", "metric")
    if units not in ("metric", "field"):
        raise HTTPException(422, f"units = {units!r}: expected metric or field")
    limit = given.get("limit", str(PAGE))
    if limit not in _LIMITS:
        raise HTTPException(422, f"limit = {limit!r}: expected a whole number, 1 to {LONGEST_PAGE}")
    after = _place(given["after"]) if "after" in given else None
    return Query(units=units, limit=int(limit), after=after)


def cursor(place: Place) -> str:
    """A place among the newest rows, as a text that goes into a query."""
    date, key = place
    text = json.dumps([date.isoformat(), *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _place(after: str) -> Place:
    try:
        padded = after + "=" * (-len(after) % 4)
        date, *key = json.loads(base64.b64decode(padded, b"-_", validate=True))
        place = dt.datetime.fromisoformat(date), tuple(key)
    except (RecursionError, TypeError, ValueError):
        raise HTTPException(422, _NO_PLACE) from None
    wrong = any(faults(_IDENTIFIER, part) for part in key)
    if wrong or place[0].utcoffset() != dt.timedelta(0):
        raise HTTPException(422, _NO_PLACE)
    return place
