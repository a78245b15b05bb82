"""Dates as sheets write them: days, months and years in any order, and Excel's serial numbers."""

import datetime as dt
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd
from attrs import frozen

from pumpperf.errors import ArgumentError, shown
from pumpperf.interchange.sheets.grid import Values
from pumpperf.interchange.sheets.numerals import MISSING
from pumpperf.interchange.sheets.wording import plain
from pumpperf.numeric import DateArray, IntArray

EXCEL = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # at the sheet's place
"""Day 0 of a spreadsheet, for days after February 1900."""
SERIALS = (15_000.0, 80_000.0)
"""Days from 1941 to 2119: numbers beyond them are no dates."""
PIVOT = 70
"""Two digits of a year from here on are of the last century."""

_TIME = r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([APap][Mm])?)?"
_PARTS = re.compile(rf"(\d{{1,2}})([/.\-\s])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}$")
_YEAR_FIRST = re.compile(rf"(\d{{4}})([/.\-])(\d{{1,2}})\2(\d{{1,2}}){_TIME}$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_ISO_WITH_OFFSET = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$")
_NAMED = re.compile(rf"(\d{{1,2}})[\s.\-/]*([a-z]{{3,10}})\.?[\s,.\-/]*(\d{{4}}|\d{{2}}){_TIME}$")
_NAMED_FIRST = re.compile(rf"([a-z]{{3,10}})\.?[\s\-]*(\d{{1,2}})[\s,\-]+(\d{{4}}|\d{{2}}){_TIME}$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan ene yan", "feb fev", "mar", "apr abr", "may mai", "jun iyun", "jul iyul"),
            *("aug ago avg", "sep set sen", "oct okt", "nov noy", "dec dic dez dek"),
        ),
        start=1,
    )
    for name in names.split()
}


@frozen(eq=False)
class Moments:
    """The different cells of a column as dates.

    Attributes:
        local: without their offset, at the place of the sheet; NaT where there is none.
        utc: of the cells that say their offset.
        states: 0 a date, 1 missing, 3 unreadable, as `State` numbers them.
        turned: whether a cell could be read in two orders.
    """

    local: DateArray
    utc: DateArray
    states: IntArray
    turned: bool = False


def order_of(kinds: Values) -> str | None:
    """Whether days or months stand first; empty where each date says it, None if none does.

    >>> order_of(np.array(["01/02/2026", "31/01/2026"], dtype=object))
    'day first'
    >>> order_of(np.array(["01/02/2026"], dtype=object)) is None
    True
    """
    pairs = [match for one in _texts(kinds) if (match := _PARTS.match(one))]
    if not pairs:
        return ""
    first = any(int(match[1]) > 12 for match in pairs)
    second = any(int(match[3]) > 12 for match in pairs)
    if first and second:
        return None
    if all(match[2] == "." for match in pairs) and not second:
        return "day first"
    return "day first" if first else "month first" if second else None


def _texts(kinds: Values) -> list[str]:
    return [one for one in kinds.tolist() if isinstance(one, str)]


def moments_of(kinds: Values, order: str) -> Moments:
    """Cells as dates.

    Args:
        kinds: different cells of a column.
        order: `day first`, `month first`, or empty where each date says it.

    >>> cells = np.array(["31.01.2026", 46053, "5-Feb-26 06:00"], dtype=object)
    >>> found = moments_of(cells, "day first")
    >>> found.local.astype("datetime64[h]").astype(str).tolist()
    ['2026-01-31T00', '2026-01-31T00', '2026-02-05T06']
    """
    local = np.full(kinds.size, np.datetime64("NaT", "us"))
    utc = local.copy()
    states = np.full(kinds.size, 3, dtype=np.int64)
    for place, cell in enumerate(kinds.tolist()):
        if isinstance(cell, str) and plain(cell) in MISSING:
            states[place] = 1
            continue
        when = _moment(cell, order)
        if when is not None and when.tzinfo is not None:
            utc[place] = np.datetime64(when.astimezone(dt.UTC).replace(tzinfo=None), "us")
        elif when is not None:
            local[place] = np.datetime64(when, "us")
        states[place] = 3 if when is None else 0
    return Moments(local, utc, states)


def _moment(cell: object, order: str) -> dt.datetime | None:
    if isinstance(cell, dt.datetime):
        return None if pd.isna(cell) else pd.Timestamp(cell).to_pydatetime()
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time())
    try:
        return _text(cell.strip(), order) if isinstance(cell, str) else _serial(cell)
    except (ValueError, OverflowError):
        return None


def _text(text: str, order: str) -> dt.datetime | None:  # noqa: PLR0911  # a way of writing each
    if _ISO_WITH_OFFSET.match(text):
        return dt.datetime.fromisoformat(text)
    if match := _YEAR_FIRST.match(text):
        return _at(match[1], match[3], match[4], match.groups()[4:])
    if match := _PARTS.match(text):
        day, month = (match[3], match[1]) if order == "month first" else (match[1], match[3])
        return _at(match[4], month, day, match.groups()[4:]) if order else None
    if match := _COMPACT.match(text):
        return _at(match[1], match[2], match[3], (None,) * 4)
    low = plain(text)
    if match := _NAMED.match(low):
        return _at(match[3], _MONTHS.get(match[2][:3]), match[1], match.groups()[3:])
    if match := _NAMED_FIRST.match(low):
        return _at(match[3], _MONTHS.get(match[1][:3]), match[2], match.groups()[3:])
    return _serial(float(text))


def _serial(cell: object) -> dt.datetime | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    if 19_000_101 <= cell <= 21_001_231 and cell == int(cell):
        return _text(str(int(cell)), "")
    if not SERIALS[0] <= cell <= SERIALS[1]:
        return None
    return EXCEL + dt.timedelta(seconds=round(cell * 86_400))


def _at(
    year: str, month: str | int | None, day: str, time: tuple[str | None, ...]
) -> dt.datetime | None:
    if month is None:
        return None
    hour, minute, second, half = time
    number = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= PIVOT else 2000)
    clock = int(hour or 0)
    if half:
        clock = clock % 12 + 12 * (half.lower() == "pm")
    parts = (number, int(month), int(day), clock, int(minute or 0), int(second or 0))
    return dt.datetime(*parts)  # noqa: DTZ001  # at the sheet's place


def zone_of(time_zone: object) -> dt.tzinfo | None:
    """A time zone by its name; None where none is given.

    Raises:
        ArgumentError: there is none of that name.
    """
    if time_zone is None or isinstance(time_zone, dt.tzinfo):
        return time_zone
    try:
        return ZoneInfo(str(time_zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        words = "expected a time zone, such as 'UTC' or 'America/Bogota'"
        raise ArgumentError(f"time_zone = {shown(time_zone)}: {words}") from None


def in_utc(local: DateArray, zone: dt.tzinfo) -> DateArray:
    """Local dates in UTC; NaT where the clock was set and the hour is there twice or never."""
    index = pd.DatetimeIndex(local).tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
    return index.tz_convert("UTC").tz_localize(None).to_numpy(dtype="datetime64[us]")
