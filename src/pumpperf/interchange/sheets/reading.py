"""The lines of a sheet as tests in the library's names."""

from collections.abc import Iterable
from typing import cast

import numpy as np
import pandas as pd
from attrs import frozen

from pumpperf.errors import ArgumentError, is_a, shown
from pumpperf.interchange.sheets.codes import kinds_of_test, lift_of
from pumpperf.interchange.sheets.column import Column
from pumpperf.interchange.sheets.completed import completed
from pumpperf.interchange.sheets.grid import Values, none_in
from pumpperf.interchange.sheets.mapping import Mapping
from pumpperf.interchange.sheets.moments import zone_of
from pumpperf.interchange.sheets.opened import Opened, opened
from pumpperf.interchange.sheets.quantities import (
    ZERO_C,
    Site,
    date_column,
    lift_column,
    number_column,
    text_column,
)
from pumpperf.interchange.sheets.targets import ABOUT_PUMP, DATES, HISTORY, LIFT, Target
from pumpperf.interchange.sheets.written_units import scaled
from pumpperf.lift import LiftType
from pumpperf.model import TestType


@frozen(eq=False)
class SheetTests:
    """The tests of a sheet.

    Attributes:
        tests: a table in the library's names, as `frames.evaluate` and `frames.rows_of` take it;
            indexed as the sheet.
        refused: what was not read: `line` (None for a whole column), `column`, `cell`, `reason`.
        assumed: what was taken for granted, a sentence each.
    """

    tests: pd.DataFrame
    refused: pd.DataFrame
    assumed: tuple[str, ...]


def read(
    frame: object,
    mapping: Mapping,
    *,
    lift_type: str | None = None,
    test_type: str | None = None,
    atmosphere_kpa: float | None = None,
    time_zone: object = None,
    standard_conditions: tuple[float, float] | None = None,
    duration_h: float | None = None,
) -> SheetTests:
    """The tests of a sheet in the library's names, what was not read, and what was assumed.

    Columns that are open are refused; so is a gauge pressure where the atmosphere is not stated,
    and a date without an offset where the time zone is not. A line with a cell that cannot be read
    is refused whole. Blanks, `N/A` and `-` are absent values.

    Args:
        frame: as `recognise` takes it.
        mapping: what its columns mean.
        lift_type: of the lines that say none: a code of the library, or a word of the trade.
        test_type: `BENCH` or `FIELD`, of the lines that say none.
        atmosphere_kpa: pressure of the air at the place [kPa], above 0 to 120.
        time_zone: of dates without an offset: a name such as `America/Bogota`, or a tzinfo.
        standard_conditions: pressure [kPa] and temperature [degC] of the sheet's gas volumes, such
            as `(101.325, 20.0)`; the library counts at 101.325 kPa and 15 degC.
        duration_h: hours of each test, where the sheet has running hours alone; 24 for a day.

    Raises:
        ArgumentError: it is no table, two columns are declared as one field, or an argument is
            wrong.

    >>> from pumpperf.interchange.sheets import recognise
    >>> sheet = pd.DataFrame({
    ...     "Well": ["A-1", "Total"], "BFPD": ["420", "420"], "THP": ["120", ""],
    ... })
    >>> mapping = recognise(sheet).with_column("THP", unit="psig")
    >>> found = read(sheet, mapping, lift_type="ESP", atmosphere_kpa=101.325)
    >>> found.tests[["uwi", "liquid_rate_bpd", "wellhead_pressure_psi"]]
       uwi  liquid_rate_bpd  wellhead_pressure_psi
    0  A-1            420.0                  134.7
    >>> found.refused["reason"].tolist()
    ['a total, an average or a note']
    """
    _in_range("atmosphere_kpa", atmosphere_kpa, 0.0, 120.0)
    _in_range("duration_h", duration_h, 0.0, np.inf)
    lift = _code("lift_type", lift_type, lift_of(lift_type), LiftType)
    kind = _code("test_type", test_type, test_type, TestType)
    given = opened(frame, mapping)
    if mapping.decimal is None:
        raise ArgumentError("decimal is open: say mapping.with_decimal('.') or with_decimal(',')")
    standard = _conditions(standard_conditions)
    site = Site(mapping.decimal, atmosphere_kpa, zone_of(time_zone), standard)
    columns = _columns(given, site)
    for name, value in ((LIFT, lift), ("test_type", kind)):
        if value is not None:
            _filled(columns, name, value, given)
    if atmosphere_kpa is not None and any(_is_gauge(*pair[:2]) for pair in given.columns):
        columns.setdefault("atmosphere_kpa", np.full(given.lines.size, float(atmosphere_kpa)))
    completed(columns, given, duration_h)
    good = np.array([place not in given.told.bad for place in given.lines.tolist()], dtype=np.bool_)
    index = pd.Index([given.told.labels[place] for place in given.lines[good].tolist()])
    tests = pd.DataFrame(
        {name: _held(values[good]) for name, values in columns.items()}, index=index
    )
    return SheetTests(tests, given.told.table(), tuple(given.told.told))


def _columns(given: Opened, site: Site) -> dict[str, Values]:
    found: dict[str, Values] = {}
    told, lines = given.told, given.lines
    for column, target, cells in given.columns:
        if target.name in (*HISTORY, *ABOUT_PUMP):
            told.tell(f"{column.header}: of a pump's history, which read_history reads")
        elif target.name == LIFT:
            found[LIFT] = lift_column(column, cells, lines, told)
        elif target.name == "test_type":
            found["test_type"] = kinds_of_test(cells)
        elif target.name in DATES:
            dates = date_column(column, cells, lines, site, told)
            found |= {} if dates is None else {target.name: dates}
        elif target.is_number:
            if (
                pair := number_column(column, target, cells, places=lines, site=site, told=told)
            ) is not None:
                found[pair[0]] = pair[1]
        else:
            found[target.name] = text_column(cells)
    return found


def _is_gauge(column: Column, target: Target) -> bool:
    way = scaled(column.unit or "", target.kind) if target.is_number else None
    return way is not None and way.gauge


def _filled(columns: dict[str, Values], name: str, value: str, given: Opened) -> None:
    """A code where a line says none."""
    held = columns.get(name, np.full(given.lines.size, None, dtype=object))
    none = none_in(held)
    columns[name] = np.where(none, value, held)
    if none.any():
        given.told.tell(f"{name}: {value} on {int(np.count_nonzero(none))} lines that say none")


def _held(values: Values) -> object:
    return pd.DatetimeIndex(values).tz_localize("UTC") if values.dtype.kind == "M" else values


def _code(name: str, given: object, code: object, codes: Iterable[object]) -> str | None:
    if given is None:
        return None
    known = [str(one) for one in codes]
    if str(code) not in known:
        raise ArgumentError(f"{name} = {shown(given)}: expected one of {', '.join(known)}")
    return str(code)


def _in_range(name: str, value: object, low: float, high: float) -> None:
    if value is None:
        return
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not low < cast("float", value) <= high or np.isinf(cast("float", value)):
        most = "" if np.isinf(high) else f" and at most {high:g}"
        raise ArgumentError(f"{name} = {shown(value)}: expected a number above {low:g}{most}")


def _conditions(given: object) -> tuple[float, float] | None:
    if given is None:
        return None
    pair = list(cast("tuple[object, ...]", given)) if is_a(given, tuple | list) else []
    words = "expected pressure [kPa] and temperature [degC], as (101.325, 15.0)"
    if len(pair) != 2 or not all(isinstance(one, int | float) for one in pair):
        raise ArgumentError(f"standard_conditions = {shown(given)}: {words}")
    pressure, temperature = (float(cast("float", one)) for one in pair)
    if not 80.0 <= pressure <= 120.0 or not -ZERO_C / 10 < temperature <= 30.0:
        raise ArgumentError(f"standard_conditions = {shown(given)}: {words}")
    return pressure, temperature
