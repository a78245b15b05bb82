"""What the columns of a sheet mean, from their headers and from what stands in them."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Names

import numpy as np
from attrs import evolve

from pumpperf.errors import ArgumentError, shown
from pumpperf.interchange.sheets.codes import lifts_in, truths_in
from pumpperf.interchange.sheets.column import ORDERS, Column, Sure
from pumpperf.interchange.sheets.grid import Cells, Grid, grid_of
from pumpperf.interchange.sheets.layout import Layout, layout_of
from pumpperf.interchange.sheets.mapping import Mapping
from pumpperf.interchange.sheets.moments import order_of
from pumpperf.interchange.sheets.numerals import State, decimal_of, numbers_of
from pumpperf.interchange.sheets.proposals import proposed
from pumpperf.interchange.sheets.targets import DATES, FAILED, LIFT, targets
from pumpperf.units import SHARE

LONGEST_GRAVITY = 100.0
"""No oil has a higher API gravity: larger numbers are numbers of wells."""
UNLOADED_POWER_FACTOR = 0.1
"""Of an unloaded induction motor, about the lowest; per cent not above 1 are a tenth of it at most.

Source: Kuphaldt, Lessons in Electric Circuits, vol. II, AC motors, power factor.
"""
LOW_VOLTAGE = 50.0
"""A motor of the oil field runs on more volts: lower numbers may be kilovolts."""


def recognise(
    frame: object,
    *,
    units: Names[str, str] | None = None,
    day_first: bool | None = None,
    decimal: str | None = None,
) -> Mapping:
    """What each column of a sheet seems to mean, why, and how sure that is.

    Nothing ambiguous is decided: psi may be gauge or absolute, a rate that of oil or of all liquid,
    a level a depth or a height above the pump. Such columns stay open until somebody decides.

    Args:
        frame: a table of pandas, polars or pyarrow, with texts as they were written, or numbers;
            headers in its names or in its first lines, merged or not, units below them or not.
        units: of headers, which win over all that a header says.
        day_first: how dates such as 01/02/2026 are written; else seen from the dates, or open.
        decimal: `.` or `,`; else it is seen from the cells, or open.

    Raises:
        ArgumentError: it is no table, it has no headers, or a header of `units` is not there.
        UnitError: a declared unit is none of its column.

    >>> import pandas as pd
    >>> sheet = pd.DataFrame({
    ...     "Well": ["A-1"], "BFPD": ["420"], "THP psi": ["120"], "Choke": ["32"],
    ... })
    >>> print(recognise(sheet))
    header   field            unit  how sure  why
    Well     uwi              -     sure      uwi
    BFPD     liquid_rate_m3d  bpd   sure      liquid rate
    THP psi  wellhead_pressure_kpa  -  open  wellhead pressure: gauge or absolute: psig, psia?
    Choke    -                -     aside     choke
    """
    if decimal not in (".", ",", None):
        raise ArgumentError(f"decimal = {shown(decimal)}: expected '.' or ','")
    if day_first not in (True, False, None):
        raise ArgumentError(f"day_first = {shown(day_first)}: expected True or False")
    grid = grid_of(frame)
    layout = layout_of(grid)
    columns = [
        proposed(header.name, header.text, header.above, header.unit) for header in layout.headers
    ]
    told = decimal or decimal_of(_texts(grid, layout, columns))
    bodies = [_body(cells, layout) for cells in grid.columns]
    pairs = list(zip(columns, bodies, strict=True))
    seen = {order_of(cells.kinds) for column, cells in pairs if column.field in DATES} - {"", None}
    order = ORDERS[not day_first] if day_first is not None else ""
    others = str(*seen) if len(seen) == 1 else ""
    looked = [_looked_into(column, cells, told or ".", (order, others)) for column, cells in pairs]
    found = Mapping(_told_apart(looked), told)
    for header, unit in (units or {}).items():
        found = found.with_unit(header, unit)
    return found


def _texts(grid: Grid, layout: Layout, columns: Iterable[Column]) -> "Iterable[np.ndarray]":
    for column, cells in zip(columns, grid.columns, strict=True):
        if column.field is None or targets()[column.field].is_number:
            yield _body(cells, layout).kinds


def _body(cells: Cells, layout: Layout) -> Cells:
    """The cells of the lines of data alone."""
    places = cells.places[layout.lines]
    kinds = np.unique(places[places >= 0])
    new = np.searchsorted(kinds, places)
    return Cells(cells.kinds[kinds], np.where(places < 0, -1, new))


def _looked_into(  # noqa: PLR0911  # a kind of column each
    column: Column, cells: Cells, decimal: str, order: tuple[str, str]
) -> Column:
    """A column whose cells may say more than its header."""
    if column.field == "failure_date" and truths_in(cells.kinds):
        return Column(column.header, FAILED, "", Sure.SURE, "yes and no")
    if column.field in DATES:
        return _dated(column, cells, order)
    if column.field == LIFT or (column.sure is Sure.OPEN and LIFT in column.choices):
        return _lifted(column, cells)
    if column.field is None:
        return column
    target = targets()[column.field]
    values = numbers_of(cells.kinds, decimal) if target.is_number else None
    if values is None:
        return column
    highest = np.nanmax(values.values, initial=-np.inf)
    if target.kind is SHARE:
        percents = bool(np.any(values.states == State.PER_CENT))
        return _shared(column, highest, is_per_cent=percents)
    if column.unit == "api" and highest > LONGEST_GRAVITY:
        return Column(column.header, "uwi", "", Sure.LIKELY, "numbers of wells, no gravity")
    if column.unit == "v" and column.sure is Sure.LIKELY and 0 < highest < LOW_VOLTAGE:
        return evolve(
            column, unit=None, sure=Sure.OPEN, why="volts or kilovolts", choices=("v", "kv")
        )
    return column


def _dated(column: Column, cells: Cells, orders: tuple[str, str]) -> Column:
    """Dates in the order that is declared, that they say, or that others on the sheet say."""
    declared, others = orders
    seen = order_of(cells.kinds)
    if seen == "":
        return column
    if order := declared or seen:
        return evolve(column, unit=order, why=f"{column.why}, {order}")
    if others:
        why = f"{column.why}, {others} as other dates of the sheet"
        return evolve(column, unit=others, sure=Sure.LIKELY, why=why)
    why = f"{column.why}: day or month first"
    return evolve(column, unit=None, sure=Sure.OPEN, why=why, choices=ORDERS[:2])


def _lifted(column: Column, cells: Cells) -> Column:
    """Lift systems are known by their names, whatever the header says."""
    known = lifts_in(cells.kinds)
    if known.size and np.count_nonzero(known != "") * 2 > known.size:
        return Column(column.header, LIFT, "", Sure.SURE, "names of lift systems")
    if column.field == LIFT:
        return Column(
            column.header, sure=Sure.OPEN, why="no name of a lift system", choices=(LIFT,)
        )
    return column


def _shared(column: Column, highest: float, *, is_per_cent: bool) -> Column:
    """Per cent or a share: what the cells say beside the header."""
    said = column.unit
    both = ("pct", "fraction")
    if said == "fraction":
        return column
    if is_per_cent or (said is None and highest > 1.0):
        seen = "cells with %" if is_per_cent else "numbers above 1, so per cent"
        sure = Sure.LIKELY if said is None and not is_per_cent else column.sure
        return evolve(column, unit="pct", sure=sure, why=f"{column.why}; {seen}")
    if said is None and column.field == "power_factor" and UNLOADED_POWER_FACTOR <= highest <= 1.0:
        seen = "no number is above 1, so a share: no motor has 1 %"
        return evolve(column, unit="fraction", sure=Sure.LIKELY, why=f"{column.why}; {seen}")
    if 0.0 < highest <= 1.0:
        seen = "no number is above 1: per cent or a share"
        return evolve(column, unit=None, sure=Sure.OPEN, why=f"{column.why}; {seen}", choices=both)
    if said is None:
        why = f"{column.why}; per cent or a share"
        return evolve(column, sure=Sure.OPEN, why=why, choices=both)
    return column


def _told_apart(columns: list[Column]) -> tuple[Column, ...]:
    """Two columns of one field are a question, and none of them is read before it is answered."""
    often = Counter(one.field for one in columns if one.field is not None)
    return tuple(
        Column(
            one.header,
            unit=one.unit,
            sure=Sure.OPEN,
            why="more than one column may be this field: set the others aside",
            choices=(one.field,),
        )
        if one.field is not None and often[one.field] > 1
        else one
        for one in columns
    )
