"""Rows as lines of a table and back, by whole columns.

A line that comes from the database has passed its checks, so its row is built without asking again.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any

import attrs
from attrs import frozen

from pumpperf.adapters.sql.tables import LIFT_TYPE, Child, Layout, Part
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
from pumpperf.model import AUDIT, Row, key
from pumpperf.possible import Checked, trusted

Line = tuple[Any, ...]  # the values of a line, which may be anything
Column = Iterable[Any]  # the same, of a column
Form = Callable[[Column], Column]  # a column of fields as the database keeps it, or back

BLOCK = 10_000
"""So many rows are written at a time: their columns stay in cache."""


@frozen
class DateForm:
    """How a database keeps a date; None: as it is.

    Rows of one unit of work are recorded at one moment, so that has a form of its own.
    """

    written: Callable[[dt.datetime], str] | None
    recorded: Callable[[dt.datetime], str] | None
    read: Callable[[str], dt.datetime] | None


TEXT = DateForm(text_of_date, text_of_moment, date_of_text)
TIMESTAMP = DateForm(None, None, None)


def _as_they_are(column: Column) -> Column:
    return column


def _each(one: Callable[[Any], Any] | None) -> Form:
    """Every value that is there, by a function."""
    if one is None:
        return _as_they_are
    return lambda column: [None if value is None else one(value) for value in column]


def _looked_up(found: dict[Any, Any]) -> Form:
    return partial(map, {**found, None: None}.__getitem__)


_SEQUENCES: dict[type, tuple[Form, Form]] = {  # written, read
    float: (_each(packed_numbers), _each(unpacked_numbers)),
    dt.datetime: (_each(packed_dates), _each(unpacked_dates)),
    str: (_each(listed_texts), _each(texts_of_list)),
}


def _forms(field: Field, dates: DateForm) -> tuple[Form, Form]:
    """How a field is written, and read."""
    (first, *_) = field.types
    if field.sequence:
        return _SEQUENCES[first]
    if issubclass(first, StrEnum):
        codes = {code: code.value for code in first}
        return _looked_up(codes), _looked_up({value: code for code, value in codes.items()})
    if first is bool:
        return _looked_up({True: "Y", False: "N"}), _looked_up({"Y": True, "N": False})
    if first is dt.datetime:
        written = dates.recorded if field.name in AUDIT else dates.written
        return _each(written), _each(dates.read)
    return _as_they_are, _as_they_are


class PartCodec:
    """How the rows of one class stand in one table."""

    def __init__(self, part: Part, columns: Sequence[str], dates: DateForm) -> None:
        """Know the place and the form of every field.

        Args:
            part: the columns of the fields.
            columns: of the table, in order.
            dates: how the database keeps dates.
        """
        self._part, self._columns = part, columns
        fields = {field.name: field for field in describe(part.row) if not field.nested}
        self._forms = {name: _forms(field, dates) for name, field in fields.items()}
        self._suffixes = {name: field.kind.suffix for name, field in fields.items() if field.kind}
        self._units = lru_cache(maxsize=4096)(self._other_units)  # the same few come again

    def lines(self, rows: Sequence[Checked], above: Mapping[str, Column]) -> Iterator[Line]:
        """The lines of rows, with the columns that stand above them."""
        part = self._part
        found: dict[str, Column] = {**above}
        values = {name: [*map(attrgetter(name), rows)] for name in part.values}
        for name, column in part.values.items():
            found[column] = self._forms[name][0](values[name])
        if part.ouom:
            units = [dict(row.original_units) for row in rows]
            for name, column in part.ouom.items():
                suffix = self._suffixes[name]
                found[column] = [
                    None if value is None else own.get(name, suffix)
                    for value, own in zip(values[name], units, strict=True)
                ]
        if part.unc:
            beside = [dict(pairs) for pairs in map(attrgetter("uncertainty"), rows)]
            if any(beside):
                found |= {at: [own.get(name) for own in beside] for name, at in part.unc.items()}
        absent = [None] * len(rows)
        return zip(*(found.get(name, absent) for name in self._columns), strict=True)

    def rows(self, lines: Sequence[Line], nested: Sequence[Column] = ()) -> list[Any]:
        """The rows of lines, with what each holds several of."""
        if not lines:
            return []
        part, items = self._part, iter(nested)
        at = dict(zip(self._columns, zip(*lines, strict=True), strict=True))
        columns: list[Column] = []
        for name in [attribute.name for attribute in attrs.fields(part.row)]:
            if name in part.values:
                columns.append(self._forms[name][1](at[part.values[name]]))
            elif name == "original_units":
                columns.append(self._beside(at, part.ouom, self._units, len(lines)))
            elif name == "uncertainty":
                columns.append(self._beside(at, part.unc, self._pairs, len(lines)))
            else:
                columns.append(next(items))
        return [*map(trusted(part.row), *columns)]

    def _beside(
        self,
        at: Mapping[str, Column],
        columns: Mapping[str, str],
        pairs: Callable[[Line], tuple[tuple[str, Any], ...]],
        count: int,
    ) -> Column:
        if not columns:
            return repeat((), count)
        return map(pairs, zip(*(at[column] for column in columns.values()), strict=True))

    def _other_units(self, given: Line) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, unit)
            for name, unit in zip(self._part.ouom, given, strict=True)
            if unit not in (None, self._suffixes[name])
        )

    def _pairs(self, given: Line) -> tuple[tuple[str, float], ...]:
        together = zip(self._part.unc, given, strict=True)
        return tuple(pair for pair in together if pair[1] is not None)


class ChildCodec:
    """How what a row holds several of stands in its table."""

    def __init__(self, child: Child, keys: tuple[str, ...], dates: DateForm) -> None:
        """Know every class that stands there."""
        self.child = child
        self.columns = tuple(column.name for column in child.table.columns)
        self._keys = (*keys, child.number)
        self._parts = {
            code: PartCodec(part, self.columns, dates) for code, part in child.parts.items()
        }
        self._codes = {part.row: code for code, part in child.parts.items()}
        self._lift_type_at = self.columns.index(LIFT_TYPE) if LIFT_TYPE in self.columns else None

    def lines(self, rows: Iterable[Row]) -> Iterator[Line]:
        """The lines of the rows' items, class by class, numbered from 1 in each row."""
        found: dict[str, list[tuple[Line, Checked]]] = {}
        for row in rows:
            for number, item in enumerate(getattr(row, self.child.field.name), start=1):
                found.setdefault(self._codes[type(item)], []).append(((*key(row), number), item))
        for code, placed in found.items():
            keys, items = zip(*placed, strict=True)
            above: dict[str, Column] = {LIFT_TYPE: [code] * len(items)}
            above.update(zip(self._keys, zip(*keys, strict=True), strict=True))
            yield from self._parts[code].lines(items, above)

    def items(self, lines: Sequence[Line]) -> list[Checked]:
        """The items that stand on lines."""
        if self._lift_type_at is None:
            return self._parts[""].rows(lines)
        places: dict[str, list[int]] = {}
        for place, line in enumerate(lines):
            places.setdefault(line[self._lift_type_at], []).append(place)
        found: dict[int, Checked] = {}
        for code, here in places.items():
            own = self._parts[code].rows([lines[place] for place in here])
            found.update(zip(here, own, strict=True))
        return [found[place] for place in range(len(lines))]


class RowCodec:
    """How the rows of a class stand in their tables."""

    def __init__(self, layout: Layout, dates: DateForm) -> None:
        """Know the table of the class, and those of what it holds."""
        self.layout = layout
        self.columns = tuple(column.name for column in layout.table.columns)
        self.children = [ChildCodec(child, layout.row.KEY, dates) for child in layout.children]
        self._own = PartCodec(layout.part, self.columns, dates)

    def lines(self, rows: Iterable[Row]) -> Iterator[Line]:
        """The lines of rows."""
        rest = iter(rows)
        blocks = iter(lambda: [*islice(rest, BLOCK)], [])
        return chain.from_iterable(self._own.lines(block, {}) for block in blocks)

    def rows(self, lines: Sequence[Line], nested: Sequence[Sequence[Line]]) -> tuple[Any, ...]:
        """The rows of lines, with the lines of each child table."""
        keys = len(self.layout.row.KEY)
        groups: list[Column] = []
        for child, found in zip(self.children, nested, strict=True):
            items: dict[Line, list[Checked]] = {}
            for line, item in zip(found, child.items(found), strict=True):
                items.setdefault(line[:keys], []).append(item)
            groups.append([tuple(items.get(line[:keys], ())) for line in lines])
        return tuple(self._own.rows(lines, groups))
