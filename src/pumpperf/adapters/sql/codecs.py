"""Rows as lines of a table and back: a generated function for each class and direction.

A line that comes from the database has passed its checks, so its row is built without asking again.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

import attrs
from attrs import frozen

from pumpperf.adapters.sql.tables import LAYOUTS, LIFT_TYPE, Child, Layout, Part
from pumpperf.adapters.sql.types import (
    date_of_text,
    listed_texts,
    packed_dates,
    packed_numbers,
    text_of_date,
    text_of_moment,
    texts_of_list,
    unpacked_dates,
    unpacked_numbers,
)
from pumpperf.fields import Field, describe
from pumpperf.model import AUDIT, Row
from pumpperf.possible import Checked, trusted

Line = tuple[Any, ...]  # the values of a line, which may be anything
Encode = Callable[..., Line]  # a row, and the values that stand above it, to its line
Decode = Callable[..., Any]  # a line, and what the row holds several of, to a row of the class

_FUNCTIONS: dict[str, Any] = {  # what generated lines may name
    "packed_numbers": packed_numbers,
    "packed_dates": packed_dates,
    "listed_texts": listed_texts,
    "unpacked_numbers": unpacked_numbers,
    "unpacked_dates": unpacked_dates,
    "texts_of_list": texts_of_list,
    "date_of_text": date_of_text,
    "text_of_date": text_of_date,
    "text_of_moment": text_of_moment,
}
_SEQUENCES: dict[type, tuple[str, str]] = {  # how one is written and read
    float: ("packed_numbers({})", "unpacked_numbers({})"),
    dt.datetime: ("packed_dates({})", "unpacked_dates({})"),
    str: ("listed_texts({})", "texts_of_list({})"),
}


@frozen
class DateForm:
    """How a database keeps a date: the expressions that write and read one.

    Rows of one unit of work are recorded at one moment, so that has an expression of its own.
    """

    written: str
    recorded: str
    read: str


TEXT = DateForm("text_of_date({})", "text_of_moment({})", "date_of_text({})")
TIMESTAMP = DateForm("{}", "{}", "{}")


@frozen
class ChildCodec:
    """How what a row holds several of stands in its table."""

    child: Child
    columns: tuple[str, ...]
    encode: dict[type[Checked], Encode]
    decode: dict[str, Decode]
    lift_type_at: int | None

    def lines(self, row: Row, key: Line) -> Iterable[Line]:
        """The lines of a row's items, numbered from 1."""
        items: Sequence[Checked] = getattr(row, self.child.field.name)
        return (
            self.encode[type(item)](item, (*key, number)) for number, item in enumerate(items, 1)
        )

    def item(self, line: Line) -> Checked:
        """The item that stands on a line."""
        code = "" if self.lift_type_at is None else line[self.lift_type_at]
        item: Checked = self.decode[code](line)
        return item


@frozen
class RowCodec:
    """How the rows of a class stand in their tables."""

    layout: Layout
    columns: tuple[str, ...]
    encode: Encode
    decode: Decode
    children: tuple[ChildCodec, ...]


_CODECS: dict[tuple[type[Row], DateForm], RowCodec] = {}


def row_codec(row: type[Row], dates: DateForm) -> RowCodec:
    """The codec of a class.

    Args:
        row: the class.
        dates: how the database keeps dates.
    """
    if (row, dates) not in _CODECS:
        _CODECS[row, dates] = _row_codec(LAYOUTS[row], dates)
    return _CODECS[row, dates]


def _row_codec(layout: Layout, dates: DateForm) -> RowCodec:
    columns = tuple(column.name for column in layout.table.columns)
    return RowCodec(
        layout,
        columns,
        _encoder(layout.part, columns, dates),
        _decoder(layout.part, columns, dates),
        tuple(_child_codec(child, len(layout.row.KEY), dates) for child in layout.children),
    )


def _child_codec(child: Child, keys: int, dates: DateForm) -> ChildCodec:
    columns = tuple(column.name for column in child.table.columns)
    encoders = {
        part.row: _encoder(part, columns, dates, above=keys + 1, lift_type=code)
        for code, part in child.parts.items()
    }
    decoders = {code: _decoder(part, columns, dates) for code, part in child.parts.items()}
    lift_type_at = columns.index(LIFT_TYPE) if LIFT_TYPE in columns else None
    return ChildCodec(child, columns, encoders, decoders, lift_type_at)


def _encoder(
    part: Part, columns: Sequence[str], dates: DateForm, *, above: int = 0, lift_type: str = ""
) -> Encode:
    said = {LIFT_TYPE: repr(lift_type)}
    for field in describe(part.row):
        name = field.name
        if not field.nested:
            said[part.values[name]] = _optional(field, f"row.{name}", _written(field, dates))
        if field.kind and name in part.ouom:
            unit = f"units({name!r}, {field.kind.suffix!r})"
            said[part.ouom[name]] = f"None if row.{name} is None else {unit}"
        if name in part.unc:
            said[part.unc[name]] = f"uncertain({name!r})"
    values = ", ".join(said.get(column, "None") for column in columns[above:])
    lines = ["units = dict(row.original_units).get"] if part.ouom else []
    lines += ["uncertain = dict(row.uncertainty).get"] if part.unc else []
    encode: Encode = _function("row, above=()", [*lines, f"return above + ({values})"], {})
    return encode


def _decoder(part: Part, columns: Sequence[str], dates: DateForm) -> Decode:
    at = {column: f"line[{place}]" for place, column in enumerate(columns)}
    described = {field.name: field for field in describe(part.row)}
    nested = iter(range(len(described)))
    scope: dict[str, Any] = {"build": trusted(part.row)}
    said: list[str] = []
    for attribute in attrs.fields(part.row):
        name = attribute.name
        field = described.get(name)
        if field is None:
            beside = part.ouom if name == "original_units" else part.unc
            scope[name] = _original_units(part) if beside is part.ouom else _pairs(tuple(part.unc))
            said.append(f"{name}(({''.join(f'{at[column]}, ' for column in beside.values())}))")
        elif field.nested:
            said.append(f"nested[{next(nested)}]")
        else:
            (first, *_) = field.types
            if issubclass(first, StrEnum):
                scope[f"codes_{name}"] = {code.value: code for code in first}
            said.append(_optional(field, at[part.values[name]], _read(field, dates)))
    decode: Decode = _function("line, *nested", [f"return build({', '.join(said)})"], scope)
    return decode


def _optional(field: Field, value: str, form: str) -> str:
    if field.required or form == "{}":
        return form.format(value)
    return f"None if (v := {value}) is None else {form.format('v')}"


def _written(field: Field, dates: DateForm) -> str:
    (first, *_) = field.types
    if field.sequence:
        return _SEQUENCES[first][0]
    if issubclass(first, StrEnum):
        return "{}._value_"
    if first is bool:
        return "'Y' if {} else 'N'"
    if first is dt.datetime:
        return dates.recorded if field.name in AUDIT else dates.written
    return "{}"


def _read(field: Field, dates: DateForm) -> str:
    (first, *_) = field.types
    if field.sequence:
        return _SEQUENCES[first][1]
    if issubclass(first, StrEnum):
        return f"codes_{field.name}[{{}}]"
    if first is bool:
        return "{} == 'Y'"
    return dates.read if first is dt.datetime else "{}"


def _original_units(part: Part) -> Callable[[Line], tuple[tuple[str, str], ...]]:
    """The units other than the canonical ones; the same few combinations come again and again."""
    kinds = {field.name: field.kind for field in describe(part.row) if field.kind}
    usual = [(name, kinds[name].suffix) for name in part.ouom]

    @lru_cache(maxsize=4096)
    def units(given: Line) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, unit)
            for (name, canonical), unit in zip(usual, given, strict=True)
            if unit not in (None, canonical)
        )

    return units


def _pairs(names: tuple[str, ...]) -> Callable[[Line], tuple[tuple[str, float], ...]]:
    none = (None,) * len(names)

    def pairs(given: Line) -> tuple[tuple[str, float], ...]:
        if given == none:
            return ()
        return tuple(pair for pair in zip(names, given, strict=True) if pair[1] is not None)

    return pairs


def _function(arguments: str, lines: Iterable[str], scope: dict[str, Any]) -> Any:  # as asked for
    found = {**_FUNCTIONS, **scope}
    text = "\n ".join([f"def generated({arguments}):", *lines])
    exec(text, found)  # noqa: S102  # made of our field names
    return found["generated"]
