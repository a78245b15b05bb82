"""Numbers as sheets write them: decimals, thousands, fractions, signs for what is missing."""

import re
from collections.abc import Iterable
from enum import IntEnum
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from attrs import frozen

from pumpperf.interchange.sheets.grid import Values
from pumpperf.interchange.sheets.wording import plain, words_in
from pumpperf.interchange.sheets.written_units import units_in
from pumpperf.numeric import FloatArray, IntArray

MISSING = words_in(
    "- -- --- n/a na n.a. n.a n/d nd s/d nan nat null none nil . .. ... ? x * # #n/a #ref! #div/0! "
    "#value! #name? no_data not_available n.d. not_measured nr n/r net_dannykh bez_dannykh"
) | {"\u2014", "\u2013", "\u65e0", "no data", "not available", "not measured"}
"""What stands where nothing was measured."""

TOO_SMALL = frozenset(("tstm", "t.s.t.m.", "too small to measure", "trace", "tr"))
"""What stands where something was too small to measure: no number, and not nothing."""

_COMMA = re.compile(
    r"[-+]?\d+,(\d{1,2}|\d{4,})$|[-+]?\d{1,3}(\.\d{3})+,\d+$|[-+]?0,\d+$|.*\d,\d+[eE]"
)
_POINT = re.compile(
    r"[-+]?\d*\.(\d{1,2}|\d{4,})$|[-+]?\d{1,3}(,\d{3})+\.\d+$|[-+]?\d{1,3}(,\d{3}){2,}$|[-+]?0\.\d+$"
)
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}$")
_OF_COMMA = re.compile(r"[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?([eE][-+]?\d+)?$")
_OF_POINT = re.compile(r"[-+]?(\d{1,3}(,\d{3})+(\.\d+)?|\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$")
_FRACTION = re.compile(r"(?:(\d+)[\s-]+)?(\d+)\s*/\s*(\d+)$")
_SPACED = re.compile(r"(?<=\d)[\s\u00a0\u202f'\u2019](?=\d{3}(?!\d))")
_BEHIND = re.compile(r"([-+]?[\d.,/\s-]*\d)\s*([^\d.,\s].*)$", re.DOTALL)


class State(IntEnum):
    """What a cell is."""

    NUMBER = 0
    MISSING = 1
    TOO_SMALL = 2
    UNREADABLE = 3
    PER_CENT = 4


@frozen(eq=False)
class Numbers:
    """The different cells of a column as numbers.

    Attributes:
        values: NaN where a cell is none.
        states: of `State`.
    """

    values: FloatArray
    states: IntArray


def numbers_of(kinds: Values, decimal: str = ".", unit: str = "") -> Numbers:
    """Cells as numbers, as a whole; one by one only where a cell is none at first sight.

    Args:
        kinds: different cells of a column.
        decimal: what stands before the decimals.
        unit: of the column, which may stand again behind a number.

    >>> cells = np.array(["1,250.5", "2 7/8", "85 %", "TSTM", "n/a", "off"], dtype=object)
    >>> found = numbers_of(cells)
    >>> found.values.tolist(), found.states.tolist()
    ([1250.5, 2.875, 85.0, nan, nan, nan], [0, 0, 4, 2, 1, 3])
    """
    if kinds.dtype != object:
        values = kinds.astype(np.float64)
        return Numbers(values, np.where(np.isinf(values), State.UNREADABLE, State.NUMBER))
    values = np.full(kinds.size, np.nan)
    texts = np.fromiter((isinstance(one, str) for one in kinds), np.bool_, kinds.size)
    plainly = ~texts if decimal == "," else np.ones(kinds.size, dtype=np.bool_)
    if decimal == ",":
        some: pd.Series[Any] = pd.Series(kinds[texts], dtype=object)
        shape = some.str.fullmatch(_OF_COMMA.pattern).to_numpy(dtype=np.bool_)
        bare = some.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
        values[texts] = np.where(shape, _floats(bare.to_numpy(dtype=object)), np.nan)
    truths = np.fromiter((isinstance(one, bool | np.bool_) for one in kinds), np.bool_, kinds.size)
    plainly &= ~truths
    values[plainly] = _floats(kinds[plainly])
    values[np.isinf(values)] = np.nan
    states = np.where(np.isnan(values), State.UNREADABLE, State.NUMBER).astype(np.int64)
    for place in np.flatnonzero(np.isnan(values)).tolist():
        cell = kinds[place]
        if isinstance(cell, str):
            values[place], states[place] = _one(cell, decimal, unit)
    return Numbers(values, states)


def _floats(cells: Values) -> FloatArray:
    """Cells as numbers, NaN where one is none; to the last digit, unlike a table's parser."""
    return np.fromiter(map(_float, cells), np.float64, cells.size)


def _float(cell: Any) -> float:  # whatever a sheet held
    try:
        return np.nan if isinstance(cell, str) and "_" in cell else float(cell)
    except (TypeError, ValueError):
        return np.nan


def _one(text: str, decimal: str, unit: str) -> tuple[float, State]:
    bare = _SPACED.sub("", text.strip())
    low = plain(bare)
    if low in MISSING:
        return np.nan, State.MISSING
    if low in TOO_SMALL:
        return np.nan, State.TOO_SMALL
    number = _number(bare, decimal)
    if number is not None:
        return number, State.NUMBER
    behind = _BEHIND.fullmatch(bare)
    number = _number(behind[1].strip(), decimal) if behind else None
    if behind is None or number is None:
        return np.nan, State.UNREADABLE
    if behind[2].strip() == "%":
        return number, State.PER_CENT
    return (
        (number, State.NUMBER)
        if unit and unit in units_in(behind[2])
        else (np.nan, State.UNREADABLE)
    )


def _number(text: str, decimal: str) -> float | None:
    if decimal == "," and _OF_COMMA.match(text):
        return float(text.replace(".", "").replace(",", "."))
    if decimal == "." and _OF_POINT.match(text):
        return float(text.replace(",", ""))
    match = _FRACTION.match(text)
    if match is None or not int(match[3]):
        return None
    return int(match[1] or 0) + float(Fraction(int(match[2]), int(match[3])))


def decimal_of(columns: Iterable[Values]) -> str | None:
    """What stands before the decimals on a sheet; None where it cannot be told.

    Args:
        columns: different cells of each.

    >>> text = lambda *cells: np.array(cells, dtype=object)
    >>> decimal_of([text("12,5")]), decimal_of([text("1,250", "0.5")]), decimal_of([text("1,250")])
    (',', '.', None)
    """
    comma = point = either = False
    for kinds in columns:
        for cell in kinds[:_LOOKED_AT].tolist() if kinds.dtype == object else ():
            if isinstance(cell, str) and (text := _SPACED.sub("", cell)):
                comma = comma or bool(_COMMA.match(text))
                point = point or bool(_POINT.match(text))
                either = either or bool(_EITHER.match(text))
    if comma and point:
        return None
    return "," if comma else None if either and not point else "."


_LOOKED_AT = 5000
"""Different cells of a column that tell how it is written."""
