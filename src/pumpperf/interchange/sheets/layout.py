"""Where on a sheet the headers, the units, the lines and the totals stand."""

import re
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from pumpperf.errors import ArgumentError
from pumpperf.interchange.sheets.grid import Grid, Places
from pumpperf.interchange.sheets.numerals import MISSING
from pumpperf.interchange.sheets.wording import plain
from pumpperf.interchange.sheets.written_units import NO_UNIT, units_in
from pumpperf.numeric import BoolArray

LOOKED_AT = 25
"""Lines at the top among which the first line of data is sought."""
WIDE = 0.34
"""Share of the filled cells of a line that are numbers or dates, from which it is one of data."""

_DATUM = re.compile(
    r"[-+]?[\d.,'\s\u00a0/-]*\d\s*%?$"
    r"|\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}([T\s].*)?$"
    r"|\d{1,2}[\s\-]?[a-z]{3,10}\.?[\s\-,]*\d{2,4}.*$"
)
_FOOT = re.compile(
    r"(grand |sub ?-?)?(total(es|s)?|sum(a|me|ma)?|average|avg|mean|promedio|media|minimum|maximum|"
    r"count|itogo|vsego|srednee|heji|pingjun|\u5408\u8ba1|\u5e73\u5747|\u603b\u8ba1)"
    r"(\s+(of|for|del?|por|po|all|field|campo|wells?|pozos?|unit|lease|general)\b.*)?\s*[:.]?|"
    r"(note|remark|comment|nota|source|prepared|approved|primechanie|\u5907\u6ce8)s?\b\s*[:.].*"
)
"""A well may have a name that begins like a total."""


@frozen(eq=False)
class Header:
    """What stands over a column.

    Attributes:
        name: as the mapping calls the column; another of one name has ` (2)` behind it.
        text: the header itself.
        above: what stands over it, where headers are merged.
        unit: that stands under it.
    """

    name: str
    text: str
    above: str
    unit: str


@frozen(eq=False)
class Layout:
    """The parts of a sheet.

    Attributes:
        headers: one a column.
        lines: of data.
        apart: lines that are none, with the reason why.
    """

    headers: tuple[Header, ...]
    lines: Places
    apart: tuple[tuple[int, str], ...]


def layout_of(grid: Grid) -> Layout:
    """The headers and the lines of a sheet.

    Raises:
        ArgumentError: no line of headers is there.

    >>> from pumpperf.interchange.sheets.grid import grid_of
    >>> import pandas as pd
    >>> sheet = pd.DataFrame([["Well", "THP"], ["", "psig"], ["A-1", "120"], ["Total", "120"]])
    >>> found = layout_of(grid_of(sheet))
    >>> found.headers[1].text, found.headers[1].unit, found.lines, found.apart
    ('THP', 'psig', array([2]), ((3, 'a total, an average or a note'),))
    """
    named = any(grid.names)  # whole names are the headers, and only units may stand below them
    top = [list(grid.names)] if named else []
    shown = min(grid.size, LOOKED_AT)
    top += [[one.text(line) for one in grid.columns] for line in range(shown)]
    data = 1 + _is_of_units(top[1] if len(top) > 1 else []) if all(grid.names) else 0
    data = data or _first_of_data(top, named=named)
    rows = [row for row in top[:data] if any(row)]
    if not rows:
        raise ArgumentError("no line of headers is there: expected names over the columns")
    units: list[str] = [""] * len(grid.columns)
    if len(rows) > 1 and _is_of_units(rows[-1]):
        units = rows.pop()
    text, above = rows[-1], _spread(rows)
    headers = _headers(text, above, units)
    begin = data - named
    lines, apart = _body(grid, headers, begin)
    return Layout(headers, lines, apart)


def _first_of_data(top: Sequence[Sequence[str]], *, named: bool) -> int:  # of one caller
    """Which line is the first of data; that behind the first full one if none has numbers."""
    wide = max((sum(map(bool, row)) for row in top), default=0)
    for place, row in enumerate(top):
        filled = [cell for cell in row if cell]
        data = [cell for cell in filled if _is_datum(cell)]
        is_full = len(filled) * 2 >= wide
        if place and data and is_full and len(data) >= WIDE * len(filled):
            return place
    if named:
        return 1
    full = (place for place, row in enumerate(top) if sum(map(bool, row)) * 2 > wide)
    return next(full, 0) + 1


def _is_datum(cell: str) -> bool:
    if cell.replace(".", "", 1).isdigit():
        return True
    low = plain(cell)
    return bool(_DATUM.match(low)) or low in MISSING or low == "tstm"


def _is_foot(cell: str) -> bool:
    return not cell[:1].isdigit() and bool(_FOOT.fullmatch(plain(cell)))


def _is_of_units(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    units = [cell for cell in filled if _unit_of(cell)]
    sure = len(units) > 1 or any(len(cell) > 1 for cell in units)  # a well may be called A
    return sure and len(units) * 2 > len(filled)


def _unit_of(cell: str) -> bool:
    return bool(units_in(cell)) or plain(cell).strip("[]()") in (*NO_UNIT, "date", "text")


def _spread(rows: Sequence[Sequence[str]]) -> list[str]:
    """What stands over each header in the line above, drawn out over its merged cells."""
    if len(rows) < 2:
        return [""] * len(rows[-1])
    over, text = rows[-2], rows[-1]
    if sum(map(bool, over)) == 1 and over[0]:  # a title of the sheet
        return [""] * len(text)
    above: list[str] = []
    current = ""
    for cell, below in zip(over, text, strict=True):
        current = cell or (current if below else "")
        above.append(current)
    return above


def _headers(text: Sequence[str], above: Sequence[str], units: Sequence[str]) -> tuple[Header, ...]:
    found: list[Header] = []
    seen: dict[str, int] = {}
    for own, over, unit in zip(text, above, units, strict=True):
        whole = own or over
        behind = over if own else ""  # else it is the header itself
        name = f"{behind} {own}".strip() if behind else whole
        seen[name] = seen.get(name, 0) + 1
        called = f"{name} ({seen[name]})" if seen[name] > 1 else name
        found.append(Header(called, whole, behind, unit))
    return tuple(found)


def _body(
    grid: Grid, headers: Sequence[Header], begin: int
) -> tuple[Places, tuple[tuple[int, str], ...]]:
    size = grid.size
    filled = np.zeros(size, dtype=np.int64)
    first = np.zeros(size, dtype=np.bool_)
    again = np.zeros(size, dtype=np.int64)
    for column, header in zip(grid.columns, headers, strict=True):
        there = ~column.empty
        is_foot = column.where(_is_foot)
        first |= is_foot & (filled == 0)
        filled += there
        again += column.same(header.text)
    after: BoolArray = np.arange(size) >= begin
    wide = int(np.count_nonzero([header.text for header in headers]))
    is_again = after & (again * 2 > filled) & (again > 1)
    is_note = np.zeros(size, dtype=np.bool_)
    for line in np.flatnonzero(after & (filled == 1)).tolist() if wide > 2 else ():
        is_note[line] = not _is_datum("".join(column.text(line) for column in grid.columns))
    is_foot = after & first
    apart: dict[int, str] = {}
    for flags, why in (
        (is_note, "a note alone on its line"),
        (is_foot, "a total, an average or a note"),
        (is_again, "the headers once more"),
    ):
        apart |= dict.fromkeys(np.flatnonzero(flags).tolist(), why)
    body = after & (filled > 0) & ~is_again & ~is_note & ~is_foot
    return np.flatnonzero(body), tuple(sorted(apart.items()))
