"""The tables, made of the row classes by one rule.

A class is a table and a field a column, in PPDM's names, widths and order: the key first, then by
name, `row_*` last. A quantity has its `_ouom` beside it, the unit in which it came, and in readings
its `_unc`, the standard uncertainty. What a row holds several of (readings, duties, chains,
findings) is a table of its own, `pump_test_reading`, numbered by `reading_obs_no`; classes that
stand in one table share its columns, and where they disagree about the unit of a name, the name
keeps its unit. Rows of which each holds many dates have the first and last of them beside, to be
found by. Bounds, codes and what belongs together are checks of the database, so a row that is read
is known to be possible; `row_digest`, last, tells one that is no longer what was written. Names are
lower-case, which needs no quotes on any database.
"""

import datetime as dt
import operator
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, assert_never

import sqlalchemy as sa
from attrs import frozen

from pumpperf.adapters.sql.types import COUNT, DATE, INDICATOR, LISTED, NUMBER, PACKED, Type, text
from pumpperf.checked import Checked
from pumpperf.fields import AtLeast, AtMost, Bound, Field, MoreThan, Text, describe
from pumpperf.interchange.door import OUOM, UNCERTAINTY
from pumpperf.lift import SharedReading, quantities
from pumpperf.model import ROWS, Row, dates_of, table

LARGEST = sys.float_info.max
LIFT_TYPE = "lift_type"
DIGEST = "row_digest"
EDGES = ("start_date", "end_date")
"""The first and the last of the dates of a row that has a `SPAN`."""
CODE_WIDTH = 40
OUOM_WIDTH = 40

metadata = sa.MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_fk",
        "ix": "%(table_name)s_ix",
        "ck": "%(table_name)s_%(constraint_name)s_ck",
    }
)
"""Every table: a host with migrations of its own compares against this."""


@frozen
class Part:
    """One class in one table: the column of each of its fields, and of what stands beside them."""

    row: type[Checked]
    values: dict[str, str]
    ouom: dict[str, str]
    unc: dict[str, str]


@frozen
class Child:
    """What a row holds several of: their table, and the class of each by its lift type, if any."""

    field: Field
    table: sa.Table
    number: str
    parts: dict[str, Part]


@frozen
class Layout:
    """Where the rows of a class are kept."""

    row: type[Row]
    table: sa.Table
    part: Part
    children: tuple[Child, ...]


def _layout(row: type[Row]) -> Layout:
    part = _part(row, {})
    found = sa.Table(
        table(row).lower(),
        metadata,
        *_ordered([*_columns([part], row.KEY), *_edges(row)], row.KEY),
        sa.Column(DIGEST, COUNT, nullable=False),
        *_checks([part]),
        *_indexes(row, part),
        sqlite_strict=True,
    )
    nested = [field for field in describe(row) if field.nested]
    return Layout(row, found, part, tuple(_child(row, found, field) for field in nested))


def _child(row: type[Row], parent: sa.Table, field: Field) -> Child:
    one = re.sub(r"s$", "", re.sub(r"ies$", "y", field.name))
    number = f"{one}_obs_no"
    kinds = [kind for kind in field.types if issubclass(kind, Checked)]
    units = Counter((item.base, item.name) for kind in kinds for item in describe(kind))
    bases = Counter(base for base, _ in units)
    names = {name: name for base, name in units if bases[base] > 1}
    parts = [_part(kind, names) for kind in kinds]
    lifts = {kind.LIFT_TYPE.value: kind for kind in kinds if issubclass(kind, SharedReading)}
    keys = (*row.KEY, number)
    columns = [
        *(sa.Column(name, parent.c[name].type, primary_key=True) for name in row.KEY),
        sa.Column(number, COUNT, primary_key=True, autoincrement=False),
        *([sa.Column(LIFT_TYPE, text(CODE_WIDTH), nullable=False)] if lifts else []),
        *_columns(parts, ()),
    ]
    found = sa.Table(
        f"{parent.name}_{one}",
        metadata,
        *_ordered(columns, keys),
        sa.ForeignKeyConstraint(row.KEY, [parent.c[name] for name in row.KEY]),
        *_checks(parts),
        *([sa.CheckConstraint(sa.column(LIFT_TYPE).in_(list(lifts)), LIFT_TYPE)] if lifts else []),
        sqlite_strict=True,
    )
    by_class = {part.row: part for part in parts}
    by_lift = {code: by_class[kind] for code, kind in lifts.items()}
    return Child(field, found, number, by_lift or {"": parts[0]})


def _part(row: type[Checked], names: dict[str, str]) -> Part:
    fields = [field for field in describe(row) if not field.nested]
    values = {field.name: names.get(field.name, field.base) for field in fields}
    units = [field.name for field in fields if field.kind and field.kind.suffix]
    numbers = [field.name for field in quantities(row)] if issubclass(row, SharedReading) else []
    return Part(
        row,
        values,
        {name: f"{values[name]}{OUOM}" for name in sorted(units)},
        {name: f"{values[name]}{UNCERTAINTY}" for name in sorted(numbers)},
    )


def _columns(parts: Iterable[Part], key: tuple[str, ...]) -> Iterator[sa.Column[Any]]:
    for part in parts:
        fields = {field.name: field for field in describe(part.row)}
        for name, column in part.values.items():
            yield sa.Column(
                column,
                _type(fields[name]),
                primary_key=name in key,
                nullable=name not in key and not fields[name].required,
                autoincrement=False,
            )
        yield from (sa.Column(column, text(OUOM_WIDTH)) for column in part.ouom.values())
        yield from (sa.Column(column, NUMBER) for column in part.unc.values())


def _edges(row: type[Row]) -> list[sa.Column[Any]]:
    return [sa.Column(name, DATE) for name in EDGES] if row.SPAN else []


def _ordered(columns: Iterable[sa.Column[Any]], key: tuple[str, ...]) -> list[sa.Column[Any]]:
    """The columns in their order; of those of one name, which classes share, the first."""
    found: dict[str, sa.Column[Any]] = {}
    for column in columns:
        found.setdefault(column.name, column)
    rest = sorted(found.keys() - set(key), key=lambda name: (name.startswith("row_"), name))
    return [found[name] for name in (*key, *rest)]


_SEQUENCES = {float: PACKED, dt.datetime: PACKED, str: LISTED}
_VALUES = {float: NUMBER, int: COUNT, bool: INDICATOR, dt.datetime: DATE}


def _type(field: Field) -> Type:
    (first, *_) = field.types
    if field.sequence:
        return _SEQUENCES[first]
    if issubclass(first, StrEnum):
        return text(CODE_WIDTH)
    if first is str:
        return text(next(bound.longest for bound in field.bounds if isinstance(bound, Text)))
    return _VALUES[first]


def _checks(parts: Iterable[Part]) -> Iterator[sa.CheckConstraint]:
    said: dict[str, sa.ColumnElement[bool]] = {}
    for part in parts:
        for field in describe(part.row):
            if not field.nested and not field.sequence and field.types != (dt.datetime,):
                column = part.values[field.name]
                said[column] = _possible(field, sa.column(column))
        for name in part.unc.values():
            said[name] = sa.column(name).between(0.0, LARGEST)
        columns: dict[str, sa.ColumnClause[Any]] = {
            name: sa.column(column) for name, column in part.values.items()
        }
        for low, high in part.row.ORDERED:
            said[f"{low}_ordered"] = columns[low] <= columns[high]
        for first, second in part.row.TOGETHER:
            said[f"{first}_alone"] = columns[first].is_(None) | columns[second].is_not(None)
        for one, other in part.row.EQUALLY_LONG:
            lengths = (sa.func.coalesce(sa.func.length(columns[name]), 0) for name in (one, other))
            said[f"{one}_long"] = operator.eq(*lengths)
    return (sa.CheckConstraint(condition, name) for name, condition in said.items())


def _possible(field: Field, column: sa.ColumnClause[Any]) -> sa.ColumnElement[bool]:
    (first, *_) = field.types
    if issubclass(first, StrEnum):
        return column.in_([code.value for code in first])
    if first is bool:
        return column.in_(["Y", "N"])
    bounds = [_bound(bound, column) for bound in field.bounds]
    if first is float:
        high = any(isinstance(bound, AtMost) for bound in field.bounds)
        ends = [column <= LARGEST] if bounds else [column.between(-LARGEST, LARGEST)]
        bounds += [] if high else ends
    return sa.and_(*bounds)


def _bound(bound: Bound, column: sa.ColumnClause[Any]) -> sa.ColumnElement[bool]:
    match bound:
        case AtLeast(low):
            return column >= low
        case AtMost(high):
            return column <= high
        case MoreThan(low):
            return column > low
        case Text(longest):
            return sa.func.length(column).between(1, longest)
        case _:
            assert_never(bound)


def _indexes(row: type[Row], part: Part) -> Iterator[sa.Index]:
    name = table(row).lower()
    columns = part.values
    if "equipment_id" in columns and row.KEY[0] != "equipment_id":
        asked = dict.fromkeys(("equipment_id", *dates_of(row)[-1:], *row.KEY))
        yield sa.Index(f"{name}_equipment_ix", *asked)
    if row.SPAN:
        yield sa.Index(f"{name}_span_ix", "equipment_id", *reversed(EDGES))
    if row.SUBJECT:
        active = sa.text("active_ind = 'Y'")
        subject = [columns[field] for field in row.SUBJECT]
        yield sa.Index(
            f"{name}_active_ux", *subject, unique=True, sqlite_where=active, postgresql_where=active
        )


LAYOUTS: dict[type[Row], Layout] = {row: _layout(row) for row in ROWS}
