"""Rows as records for JSON, and back: nested dictionaries whose names carry their unit.

A record is what a JSON text can hold: texts, numbers, true and false, null, lists and records of
these. On the way in a quantity comes in any unit of its kind, but never without one.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, TypeVar, cast

from pumpperf.checked import Checked
from pumpperf.errors import UnitError, expect, is_a, shown
from pumpperf.fields import Field, describe, remembered
from pumpperf.interchange.door import (
    LIFT_TYPE,
    Units,
    a_class,
    each,
    in_units,
    names,
    stated_atmosphere,
    uncertainty_out,
    way_out,
)
from pumpperf.interchange.reader import Read, Reader, accepted, read
from pumpperf.lift import SharedReading
from pumpperf.model import Finding
from pumpperf.possible import normal
from pumpperf.units import Scale

R = TypeVar("R", bound=Checked)
Values = tuple[object, ...]

INSTANT = re.compile(
    r"(000[1-9]|00[1-9]\d|0[1-9]\d\d|[1-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6}0*)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
"""A date with its UTC offset as RFC 3339 writes it, no finer than a microsecond."""
_SAME = Scale(1.0)


def to_record(row: Checked, units: Units = "metric") -> dict[str, Any]:  # JSON: it may hold any
    """A row as a record: every field in its order, null where it is absent.

    A number leaves in the unit in which it came as it came, up to 15 digits of it.

    Args:
        row: any row of the model; readings, duties, chains and findings become lists of records,
            the quantities in a finding's words in the units wanted.
        units: `metric`, `field`, or wanted suffixes by canonical suffix.

    Raises:
        UnitError: the units are unknown, or a number leaves the range of a float in them.

    >>> from pumpperf import EspReading
    >>> from pumpperf.units import PSI
    >>> record = to_record(EspReading(intake_pressure_kpa=500 * PSI), units="field")
    >>> record["intake_pressure_psi"], record["rate_bpd"], record["lift_type"]
    (500.0, None, 'ESP')
    """
    expect(Checked, row=row)
    record: dict[str, Any] = {}
    uncertainty: dict[str, float] = {}
    if isinstance(row, SharedReading):
        record[LIFT_TYPE] = row.LIFT_TYPE.value
        uncertainty = dict(row.uncertainty)
    if isinstance(row, Finding):
        row = in_units(row, units)
    get, ways = _ways_out(type(row), _hashable(units))
    for value, (field, unit, name) in zip(get(row), ways, strict=True):
        record[name] = None if value is None else _leaf(field, value, unit, units)
        if uncertainty and field.name in uncertainty:
            beside, factor = uncertainty_out(field, unit)
            found = _as_given(uncertainty[field.name], Scale(factor))  # a difference: not shifted
            record[beside] = _finite(field, found, unit)
    return record


def _hashable(units: Units) -> str | tuple[tuple[str, str], ...]:
    if isinstance(units, str):
        return units
    if not is_a(units, Mapping) or not all(is_a(unit, str) for unit in units.values()):
        words = "expected 'metric', 'field' or a mapping of suffixes"
        raise UnitError(f"units = {shown(units)}: {words}")
    return tuple(units.items())


@remembered
def _ways_out(
    row: type[Checked], units: str | tuple[tuple[str, str], ...]
) -> tuple[Callable[[Checked], Values], list[tuple[Field, str, str]]]:
    """What gets the values of all fields; each field with its unit and its name in a record."""
    asked = units if isinstance(units, str) else dict(units)
    ways = [(field, *way_out(field, asked)) for field in describe(row)]
    return attrgetter(*(field.name for field, *_ in ways)), ways


def from_record(
    row: type[R], record: Mapping[str, object], *, atmosphere_kpa: float | None = None
) -> R:
    """The row of a record; nothing is guessed, nothing half kept.

    Args:
        row: the class wanted.
        record: values by name; a name that is left out is absent.
        atmosphere_kpa: absolute pressure of the air, for readings from gauges (`_psig`) that do not
            say it themselves.

    Raises:
        ArgumentError: the atmosphere is no number above 0.
        RowError: with every fault of the record and its JSON path: unknown names, names without
            their unit, wrong kinds of unit or value, missing keys, naive dates, impossible values.

    >>> from pumpperf import PcpReading
    >>> from_record(PcpReading, {"rate_bpd": 100.0, "speed_rpm": 90.15}).rate_m3d
    15.8987
    """
    a_class(row)
    return accepted(row, _reader(stated_atmosphere(atmosphere_kpa))(row, record, "$."))


def _reader(atmosphere_kpa: float | None) -> Reader:
    def one(row: type[Checked], record: Mapping[str, object], at: str) -> Read:
        return read(
            row, record, names(row), at=at, reader=one, parser=parsed, atmosphere_kpa=atmosphere_kpa
        )

    return one


def parsed(field: Field, raw: object) -> object:
    """A value of JSON in its one form; a text is a date only as RFC 3339 writes it."""
    return each(field, raw, _parsed)


def _parsed(field: Field, raw: object) -> object:
    if field.types == (dt.datetime,) and isinstance(raw, str):
        try:
            raw = dt.datetime.fromisoformat(raw) if INSTANT.fullmatch(raw) else raw
        except ValueError:
            return raw
    return normal(field, raw)


def _leaf(field: Field, value: object, unit: str, units: Units) -> object:
    if isinstance(value, float):
        if field.kind is None or unit == field.kind.suffix:
            return value
        return _finite(field, _as_given(value, field.kind.scales[unit]), unit)
    if isinstance(value, tuple):
        return [_leaf(field, item, unit, units) for item in cast("tuple[object, ...]", value)]
    if isinstance(value, Checked):
        return to_record(value, units)
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _as_given(value: float, scale: Scale) -> float:
    """A canonical value in a unit, without the digits that only the conversion has added."""
    if scale == _SAME:
        return value
    number = scale.back(value)
    short = float(f"{number:.15g}")
    return short if scale.into(short) == value else number


def _finite(field: Field, value: float, unit: str) -> float:
    if math.isfinite(value):
        return value
    raise UnitError(f"{field.name} is beyond any float in {unit}: ask for another unit")
