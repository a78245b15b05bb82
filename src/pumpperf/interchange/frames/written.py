"""Rows as a table: a row a line, or a reading a line where a row holds several."""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import pandas as pd

from pumpperf.checked import Checked
from pumpperf.errors import ArgumentError, listed
from pumpperf.fields import Field, describe
from pumpperf.interchange.door import LIFT, Units, in_units, uncertainty_out, way_out
from pumpperf.interchange.frames.columns import typed, utc
from pumpperf.interchange.frames.tables import OBS_NO, shape_of
from pumpperf.lift import SharedReading
from pumpperf.model import Finding, Row
from pumpperf.numeric import FloatArray
from pumpperf.units import from_canonical


def to_frame(rows: Sequence[Row | Finding], *, units: Units = "metric") -> pd.DataFrame:
    """Rows of one class as a table whose column names say their units.

    A class that holds readings, duties or chains gives a line for each of them, numbered by
    `reading_obs_no`, with the row's own columns repeated. The findings of a row are a table too:
    `to_frame(result.findings)`.

    Args:
        rows: of one class, or findings; none give an empty table.
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
    if not listed(Checked, "rows", rows):
        return pd.DataFrame()
    rows = [in_units(row, units) if isinstance(row, Finding) else row for row in rows]
    kind = type(rows[0])
    others = sorted({type(row).__name__ for row in rows} - {kind.__name__})
    if others:
        raise ArgumentError(f"rows of {kind.__name__} and {', '.join(others)}: expected one class")
    inner = shape_of(kind).inner if issubclass(kind, Row) else None
    lines: list[tuple[Row | Finding, Any, int]] = [  # an item of any nested class, or nothing
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
            columns |= _column(LIFT.field, lifts, units)
        kinds = dict.fromkeys(map(type, items))
        for field in {one.name: one for kind in kinds for one in describe(kind)}.values():
            columns |= _column(field, [getattr(item, field.name, None) for item in items], units)
            columns |= _uncertainty(field, items, units)
    return pd.DataFrame(columns)


def _column(field: Field, values: list[Any], units: Units) -> dict[str, Any]:  # any cells
    (unit, name), kind = way_out(field, units), field.kind
    if field.types == (Finding,):
        values = [tuple(in_units(one, units) for one in value) for value in values]
    if field.types == (float,) and not field.sequence:
        numbers: FloatArray = typed(field, values)
        return {name: from_canonical(numbers, unit, kind) if kind else numbers}
    if kind:
        values = [
            None if value is None else tuple(from_canonical(x, unit, kind) for x in value)
            for value in values
        ]
    if field.types == (dt.datetime,) and not field.sequence:
        return {name: utc(typed(field, values))}
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
    name, factor = uncertainty_out(field, way_out(field, units)[0])
    return {name: typed(field, found) / factor}
