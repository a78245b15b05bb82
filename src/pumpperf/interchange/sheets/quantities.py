"""Cells of a sheet as columns of the library: numbers in their unit, dates in UTC, texts, codes."""

import datetime as dt

import numpy as np
from attrs import frozen

from pumpperf.interchange.sheets.codes import lifts_in
from pumpperf.interchange.sheets.column import ORDERS, Column
from pumpperf.interchange.sheets.grid import Cells, Places, Values
from pumpperf.interchange.sheets.moments import in_utc, moments_of
from pumpperf.interchange.sheets.numerals import MISSING, State, numbers_of
from pumpperf.interchange.sheets.refusals import Refusals
from pumpperf.interchange.sheets.targets import Target, renamed
from pumpperf.interchange.sheets.units_of import is_difference
from pumpperf.interchange.sheets.wording import plain
from pumpperf.interchange.sheets.written_units import Scaled, scaled
from pumpperf.numeric import FloatArray
from pumpperf.units import GAS_OIL_RATIO, GAS_RATE, PRESSURE, SHARE

STANDARD = (101.325, 15.0)
"""Pressure [kPa] and temperature [degC] at which the library counts gas."""
ZERO_C = 273.15


@frozen
class Site:
    """What is true of the whole sheet.

    Attributes:
        decimal: what stands before decimals.
        atmosphere_kpa: of the place; None if not stated.
        zone: of its dates; None if not stated.
        standard: pressure [kPa] and temperature [degC] of its gas volumes; None if not stated.
    """

    decimal: str
    atmosphere_kpa: float | None
    zone: dt.tzinfo | None
    standard: tuple[float, float] | None


def gas_factor(standard: tuple[float, float]) -> float:
    """What a gas volume at other standard conditions is multiplied by, as an ideal gas.

    Args:
        standard: pressure [kPa] and temperature [degC].

    Source: ideal gas law; 1000 m3 at 20 degC and 101.325 kPa are 982.9 m3 at 15 degC.

    >>> 1000 * gas_factor((101.325, 20.0))
    982.9
    """
    pressure_kpa, temperature_degc = standard
    return pressure_kpa / STANDARD[0] * (STANDARD[1] + ZERO_C) / (temperature_degc + ZERO_C)


def number_column(
    column: Column, target: Target, cells: Cells, *, places: Places, site: Site, told: Refusals
) -> tuple[str, FloatArray] | None:
    """A column of numbers under the library's name; None where it cannot be read as a whole.

    Args:
        column: what it is.
        target: of its field.
        cells: of the lines of data.
        places: of these lines on the sheet.
        site: what is true of the sheet.
        told: takes what is refused and assumed.
    """
    unit = column.unit or ""
    way = Scaled(unit) if is_difference(target) else scaled(unit, target.kind)
    strange = is_difference(target) and unit not in PRESSURE.scales
    if way is None or strange or column.unit is None:
        told.column(column.header, f"{unit or 'no unit'}: expected a unit of {target.name}")
        return None
    if way.gauge and site.atmosphere_kpa is None:
        words = "gauge pressure: say atmosphere_kpa= of the place to make it absolute"
        told.column(column.header, words)
        return None
    found = numbers_of(cells.kinds, site.decimal, unit)
    values, states = found.values.copy(), found.states
    per_cent = states == State.PER_CENT
    if target.kind is SHARE:
        values[per_cent] *= 1.0 if unit == "pct" else 0.01
        wrong = states == State.UNREADABLE
    else:
        wrong = (states == State.UNREADABLE) | per_cent
    values[wrong] = np.nan
    bad = cells.each(wrong, empty=False)
    told.cells(column.header, cells, bad, places, f"expected a number [{unit}]".replace(" []", ""))
    small = int(np.count_nonzero(cells.each(states == State.TOO_SMALL, empty=False)))
    if small:
        told.tell(f"{column.header}: {small} cells too small to measure, taken as not measured")
    values *= way.factor
    if way.gauge and site.atmosphere_kpa is not None:
        values += site.atmosphere_kpa / PRESSURE.scales[way.suffix].factor
        told.tell(f"{column.header}: gauge, with an atmosphere of {site.atmosphere_kpa:g} kPa")
    if target.kind is GAS_RATE or target.kind is GAS_OIL_RATIO:
        values *= _of_gas(column, site, told)
    return renamed(target, way.suffix), cells.each(values, empty=np.nan)


def _of_gas(column: Column, site: Site, told: Refusals) -> float:
    if site.standard is None:
        told.tell(
            f"{column.header}: gas taken at {STANDARD[0]:g} kPa and {STANDARD[1]:g} degC; "
            "say standard_conditions= if the sheet has others"
        )
        return 1.0
    factor = gas_factor(site.standard)
    told.tell(
        f"{column.header}: gas at {site.standard[0]:g} kPa and {site.standard[1]:g} degC, "
        f"times {factor:.5g} for {STANDARD[0]:g} kPa and {STANDARD[1]:g} degC"
    )
    return factor


def date_column(
    column: Column, cells: Cells, places: Places, site: Site, told: Refusals
) -> Values | None:
    """A column of dates in UTC; None where it cannot be read as a whole."""
    order = column.unit if column.unit in ORDERS else ""
    found = moments_of(cells.kinds, order)
    local, utc = found.local, found.utc.copy()
    here = ~np.isnat(local)
    if here.any() and site.zone is None:
        told.column(column.header, "dates without an offset: say time_zone= of the sheet")
        return None
    if here.any() and site.zone is not None:
        utc[here] = in_utc(local[here], site.zone)
        told.tell(f"{column.header}: dates of the zone {site.zone}; those without a time are 0:00")
    lost = here & np.isnat(utc)
    unread = cells.each(found.states == State.UNREADABLE, empty=False)
    told.cells(column.header, cells, unread, places, f"expected a date, {order}".rstrip(", "))
    why = "an hour that the time zone has twice or never"
    told.cells(column.header, cells, cells.each(lost, empty=False), places, why)
    return cells.each(utc, empty=np.datetime64("NaT", "us"))


def text_column(cells: Cells) -> Values:
    """A column of texts; whole numbers as texts without decimals, None where nothing stands."""
    kinds: Values = np.empty(cells.kinds.size, dtype=object)
    kinds[:] = [_text(one) for one in cells.kinds.tolist()]
    return cells.each(kinds, empty=None)


def _text(cell: object) -> str | None:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    return None if plain(text) in MISSING else text


def lift_column(column: Column, cells: Cells, places: Places, told: Refusals) -> Values:
    """A column of lift systems as codes; None where nothing stands."""
    codes = lifts_in(cells.kinds)
    missing = np.array([text is None for text in map(_text, cells.kinds.tolist())], dtype=np.bool_)
    wrong = (codes == "") & ~missing
    codes[codes == ""] = None
    told.cells(
        column.header,
        cells,
        cells.each(wrong.astype(np.bool_), empty=False),
        places,
        "no lift system of the library",
    )
    return cells.each(codes, empty=None)
