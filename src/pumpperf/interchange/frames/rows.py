"""Rows as DataFrames and back: a row a line, or a reading a line where a row holds several."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd
from attrs import frozen

from pumpperf.errors import ArgumentError, RowError
from pumpperf.fields import Field, describe
from pumpperf.interchange.door import (
    UNCERTAINTY,
    Name,
    Read,
    Units,
    names,
    read,
    unknown,
    wanted_unit,
)
from pumpperf.interchange.frames.plain import Inside, plain_rows
from pumpperf.lift import LiftType, SharedReading, reading_class
from pumpperf.model import Finding, Row, table
from pumpperf.numeric import FloatArray
from pumpperf.possible import Checked
from pumpperf.units import from_canonical

R = TypeVar("R", bound=Row)

OBS_NO = "reading_obs_no"
LIFT_TYPE = "lift_type"


def to_frame(rows: Sequence[Row], *, units: Units = "metric") -> pd.DataFrame:
    """Rows of one class as a table whose column names say their units.

    A class that holds readings, duties or chains gives a line for each of them, numbered by
    `reading_obs_no`, with the row's own columns repeated.

    Args:
        rows: of one class; none give an empty table.
        units: `metric`, `field`, or wanted suffixes by canonical suffix: `{"kpa": "bar"}`.

    Raises:
        ArgumentError: the rows are of several classes.

    >>> import datetime as dt
    >>> from pumpperf import PcpReading, PumpTest
    >>> test = PumpTest(
    ...     pump_test_id="T1", equipment_id="P1", test_type="BENCH",
    ...     test_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    ...     readings=(PcpReading(rate_m3d=15.8987294928, speed_rpm=90.15),),
    ... )
    >>> to_frame([test], units="field")[["lift_type", "rate_bpd", "speed_rpm"]]
      lift_type  rate_bpd  speed_rpm
    0       PCP     100.0      90.15
    """
    if not rows:
        return pd.DataFrame()
    kind = type(rows[0])
    others = sorted({type(row).__name__ for row in rows} - {kind.__name__})
    if others:
        raise ArgumentError(f"rows of {kind.__name__} and {', '.join(others)}: expected one class")
    inner = _expanded(kind)
    lines: list[tuple[Row, Any, int]] = [  # an item of any nested class, or nothing
        (row, item, number)
        for row in rows
        for number, item in enumerate(getattr(row, inner.name) if inner else (None,), start=1)
    ]
    columns: dict[str, Any] = {}  # a column may hold anything
    for field in describe(kind):
        if field is not inner:
            values = [getattr(row, field.name) for row, _, _ in lines]
            columns |= _column(field, values, units)
    if inner:
        items: list[Checked] = [item for _, item, _ in lines]
        columns[OBS_NO] = [number for _, _, number in lines]
        if issubclass(inner.types[0], SharedReading):
            lifts = [item.LIFT_TYPE for item in items if isinstance(item, SharedReading)]
            columns[LIFT_TYPE] = pd.Categorical(
                lifts, categories=pd.Index(list(map(str, LiftType)))
            )
        for field in _fields(dict.fromkeys(type(item) for item in items)):
            columns |= _column(field, [getattr(item, field.name, None) for item in items], units)
            columns |= _uncertainty(field, items, units)
    return pd.DataFrame(columns)


def rows_of(frame: pd.DataFrame, row: type[R]) -> tuple[R, ...]:
    """The rows of a table; nothing is guessed and nothing kept of a faulty table.

    Args:
        frame: columns named as `to_frame` names them, in any accepted unit and any order. NaN,
            NaT and None are absent values. Lines with one key are the readings of one row, in
            the order of `reading_obs_no` if there is one.
        row: the class wanted.

    Raises:
        RowError: with every fault of every line, named by its index label.

    >>> from pumpperf import Equipment
    >>> rows_of(pd.DataFrame({"equipment_id": ["P1"], "lift_type": ["ESP"]}), Equipment)[0].source
    >>> rows_of(pd.DataFrame({"equipment": ["P1"]}), Equipment)
    Traceback (most recent call last):
    pumpperf.errors.RowError: EQUIPMENT: equipment is unknown: the nearest name is equipment_id
    """
    inner = _expanded(row)
    kinds = tuple(kind for kind in (inner.types if inner else ()) if issubclass(kind, Checked))
    own = {name: meaning for name, meaning in names(row).items() if meaning.field is not inner}
    found = {kind: names(kind) for kind in kinds}
    known = own | {name: meaning for named in found.values() for name, meaning in named.items()}
    extra = {OBS_NO, LIFT_TYPE} if inner else set[str]()
    faults = [unknown(str(name), known) for name in frame.columns if name not in {*known, *extra}]
    faults += repeated(frame)
    if faults:
        raise RowError(table(row), faults)
    inside = Inside(inner, found, OBS_NO) if inner else None
    plain = plain_rows(frame, row, own, inside)
    return _line_by_line(frame, row, own, inside) if plain is None else plain


def _line_by_line(
    frame: pd.DataFrame, row: type[R], own: Mapping[str, Name], inside: Inside | None
) -> tuple[R, ...]:
    faults: list[str] = []
    cells = {str(name): _cells(frame[name]) for name in frame.columns}
    lines = [
        _Line(f"line {label}", dict(zip(cells, values, strict=True)))
        for label, *values in zip(frame.index, *cells.values(), strict=True)
    ]
    rows: list[R] = []
    for group in _groups(lines, row.KEY) if inside else [[line] for line in lines]:
        first = group[0]
        nested = {inside.field.name: _items(group, inside)} if inside else {}
        mine = {
            name: cell for name, cell in first.cells.items() if name in own and cell is not None
        }
        got = read(row, mine, own, path=first.path, nested=nested)
        faults += [*_disagreements(group, own), *_misnumbered(group), *got.faults]
        if not got.faults:
            rows.append(row(**got.values))
    if faults:
        raise RowError(table(row), faults)
    return tuple(rows)


def repeated(frame: pd.DataFrame) -> list[str]:
    """The columns that stand in a table more than once."""
    again = frame.columns[frame.columns.duplicated()]
    return [f"column {name} stands more than once: expected it once" for name in again]


@frozen
class _Line:
    path: str
    cells: dict[str, Any]  # a cell may hold anything


def _expanded(row: type[Row]) -> Field | None:
    for field in describe(row):
        if field.nested and field.types != (Finding,):
            return field
    return None


def _fields(kinds: Iterable[type[Checked]]) -> list[Field]:
    return list({field.name: field for kind in kinds for field in describe(kind)}.values())


def _column(field: Field, values: list[Any], units: Units) -> dict[str, Any]:  # any cells
    name = field.name
    if field.kind:
        unit = wanted_unit(field.kind, units)
        name = f"{field.base}_{unit}" if unit else field.base
        if not field.sequence:
            numbers = np.array([np.nan if value is None else value for value in values], float)
            return {name: from_canonical(numbers, unit, field.kind)}
        kind = field.kind
        values = [
            None if value is None else tuple(from_canonical(x, unit, kind) for x in value)
            for value in values
        ]
    if field.types == (float,) and not field.sequence:
        return {name: np.array([np.nan if value is None else value for value in values], float)}
    if field.types == (dt.datetime,) and not field.sequence:
        naive = [None if value is None else value.replace(tzinfo=None) for value in values]
        times = pd.DatetimeIndex(np.array(naive, dtype="datetime64[us]"))
        return {name: times.tz_localize("UTC")}
    if field.types in {(bool,), (int,)} and None not in values:
        return {name: values}
    (first, *_) = field.types
    if issubclass(first, StrEnum):
        return {name: pd.Categorical(values, categories=pd.Index([code.value for code in first]))}
    return {name: pd.Series(values, dtype=object)}


def _uncertainty(field: Field, items: Iterable[Checked], units: Units) -> dict[str, FloatArray]:
    found = [
        dict(item.uncertainty).get(field.name) if isinstance(item, SharedReading) else None
        for item in items
    ]
    if not any(value is not None for value in found):
        return {}
    numbers = np.array([np.nan if value is None else value for value in found], float)
    if field.kind is None:
        return {f"{field.base}{UNCERTAINTY}": numbers}
    unit = wanted_unit(field.kind, units)
    factor = field.kind.scales[unit].factor
    return {f"{field.base}{UNCERTAINTY}_{unit}": numbers / factor}


def _cells(column: "pd.Series[Any]") -> list[Any]:  # a cell may hold anything
    return [_cell(cell) for cell in column.tolist()]


def _cell(cell: Any) -> Any:  # a cell may hold anything
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime(warn=False)
    if isinstance(cell, list | tuple | np.ndarray):
        return tuple(cast("Iterable[object]", cell))
    return None if pd.isna(cell) else cell


def _groups(lines: Iterable[_Line], key: Sequence[str]) -> Iterable[list[_Line]]:
    groups: dict[tuple[object, ...], list[_Line]] = {}
    for line in lines:
        groups.setdefault(tuple(line.cells.get(name) for name in key), []).append(line)
    for group in groups.values():
        yield sorted(group, key=_number)


def _number(line: _Line) -> float:
    number = line.cells.get(OBS_NO)
    return number if isinstance(number, float | int) else 0.0


def _misnumbered(group: Sequence[_Line]) -> list[str]:
    if OBS_NO not in group[0].cells or len({_number(line) for line in group} - {0.0}) == len(group):
        return []
    got = ", ".join(repr(line.cells[OBS_NO]) for line in group)
    return [f"{group[0].path}.{OBS_NO}: expected another number on each line of a key, got {got}"]


def _disagreements(group: Sequence[_Line], own: Mapping[str, Name]) -> list[str]:
    first = group[0]
    return [
        f"{line.path}.{name} = {cell!r}: expected {first.cells[name]!r} as on {first.path} "
        "of the same key"
        for line in group[1:]
        for name, cell in line.cells.items()
        if name in own and cell != first.cells[name]
    ]


def _items(group: Sequence[_Line], inside: Inside) -> Read:
    known = inside.kinds
    others = {name for named in known.values() for name in named}
    items: list[Checked] = []
    faults: list[str] = []
    for line in group:
        kind = _class_of(line, inside.field)
        if kind is None:
            got = line.cells.get(LIFT_TYPE)
            wanted = ", ".join(LiftType)
            faults.append(f"{line.path}.{LIFT_TYPE} = {got!r}: expected one of {wanted}")
            continue
        mine = {
            name: cell for name, cell in line.cells.items() if name in others and cell is not None
        }
        found = read(kind, mine, known[kind], path=line.path, nested={})
        faults += found.faults
        items += [] if found.faults else [kind(**found.values)]
    return Read({"items": tuple(items)}, faults)


def _class_of(line: _Line, inner: Field) -> type[Checked] | None:
    (first, *_) = inner.types
    if issubclass(first, Checked) and not issubclass(first, SharedReading):
        return first
    return reading_class(line.cells.get(LIFT_TYPE))
