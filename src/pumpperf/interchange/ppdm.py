"""Rows as dictionaries with PPDM columns, and back.

A quantity's column holds the canonical unit; its `_OUOM` column names the unit in which it came.
On the way in a column may also carry a unit, `INTAKE_PRESSURE_PSI`; it is then converted.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar, cast

from pumpperf.checked import Checked
from pumpperf.errors import expect
from pumpperf.fields import describe, remembered
from pumpperf.interchange.door import (
    LIFT_TYPE,
    OUOM,
    UNCERTAINTY,
    Name,
    a_class,
    names,
    stated_atmosphere,
)
from pumpperf.interchange.reader import Read, Reader, accepted, no_record, read
from pumpperf.lift import SharedReading
from pumpperf.model import Row

R = TypeVar("R", bound=Checked)


def to_ppdm(row: Checked) -> dict[str, Any]:  # a column may hold anything
    """A row as PPDM columns: keys first, then by name, `ROW_*` last.

    Args:
        row: any row of the model; readings, duties and findings become lists of dictionaries.

    Returns:
        Column names with floats, texts, `Y`/`N`, aware dates, lists or None.

    >>> from pumpperf import EspReading
    >>> from pumpperf.units import PSI
    >>> columns = to_ppdm(EspReading(intake_pressure_kpa=500 * PSI))
    >>> columns["INTAKE_PRESSURE"], columns["INTAKE_PRESSURE_OUOM"], columns["LIFT_TYPE"]
    (3447.379, 'kpa', 'ESP')
    """
    expect(Checked, row=row)
    kind = type(row)
    original = dict(row.original_units)
    uncertainty = dict(row.uncertainty) if isinstance(row, SharedReading) else {}
    columns: dict[str, Any] = {}
    for field in describe(kind):
        value = getattr(row, field.name)
        columns[field.column] = _leaf(value)
        if field.unit:
            unit = original.get(field.name, field.unit)
            columns[f"{field.column}{OUOM.upper()}"] = None if value is None else unit
        if field.name in uncertainty:
            columns[f"{field.column}{UNCERTAINTY.upper()}"] = uncertainty[field.name]
    if isinstance(row, SharedReading):
        columns[LIFT_TYPE.upper()] = row.LIFT_TYPE.value
    keys = [name.upper() for name in row.KEY] if isinstance(row, Row) else []
    rest = sorted(columns.keys() - set(keys), key=lambda name: (name.startswith("ROW_"), name))
    return {name: columns[name] for name in (*keys, *rest)}


def from_ppdm(
    row: type[R], record: Mapping[str, object], *, atmosphere_kpa: float | None = None
) -> R:
    """The row of a dictionary with PPDM columns; nothing is guessed, nothing half kept.

    Args:
        row: the class wanted.
        record: columns in any case and order; a column that is left out is absent.
        atmosphere_kpa: absolute pressure of the air, for readings from gauges (`_PSIG`) that do not
            say it themselves.

    Raises:
        ArgumentError: the atmosphere is no number above 0.
        RowError: with every fault of the record and its path: unknown columns, wrong kinds of
            unit or value, missing keys, naive dates, NaN, impossible values.

    >>> from pumpperf import PcpReading
    >>> from_ppdm(PcpReading, {"RATE_BPD": 100.0, "SPEED": 90.15}).rate_m3d
    15.8987
    """
    a_class(row)
    return accepted(row, _reader(stated_atmosphere(atmosphere_kpa))(row, record, "$."))


def _reader(atmosphere_kpa: float | None) -> Reader:
    def one(row: type[Checked], record: Mapping[str, object], at: str) -> Read:
        return _read(row, record, at, one, atmosphere_kpa)

    return one


def _read(
    row: type[Checked],
    record: Mapping[str, object],
    at: str,
    reader: Reader,
    atmosphere_kpa: float | None,
) -> Read:
    if wrong := no_record(record, at):
        return Read({}, wrong)
    known = _columns(row)
    cells = {column: value for column, value in record.items() if value is not None}
    if len({name.lower() for name in cells}) < len(cells):
        words = "has a column twice, in upper and lower case: expected it once"
        return Read({}, [f"{at[:-1]} {words}"])
    as_written = {name: known[name.lower()] for name in cells if name.lower() in known}
    names_here = known | as_written
    return read(row, cells, names_here, at=at, reader=reader, atmosphere_kpa=atmosphere_kpa)


@remembered
def _columns(row: type[Checked]) -> dict[str, Name]:
    known = dict(names(row))
    for field in describe(row):
        known[field.base] = Name(field, field.unit)
        if field.unit:
            known[f"{field.base}{OUOM}"] = Name(field, OUOM)
            beside = known.get(f"{field.base}{UNCERTAINTY}_{field.unit}")
            known |= {} if beside is None else {f"{field.base}{UNCERTAINTY}": beside}
    return known


def _leaf(value: object) -> object:
    if isinstance(value, tuple):
        return [_leaf(item) for item in cast("tuple[object, ...]", value)]
    if isinstance(value, Checked):
        return to_ppdm(value)
    if isinstance(value, bool):
        return "Y" if value else "N"
    return value.value if isinstance(value, StrEnum) else value
