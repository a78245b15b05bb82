"""Rows as lines of a table and back: values taken by place, each in the form it is kept in.

A line that comes from the database has passed its checks, and its digest says that it is the one
that was written: so its row is built without asking again.
"""

import datetime as dt
import marshal
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any
from zlib import crc32

import attrs
import sqlalchemy as sa
from attrs import frozen

from pumpperf.adapters.sql.tables import DIGEST, EDGES, LIFT_TYPE, Child, Layout, Part
from pumpperf.adapters.sql.types import (
    DATE,
    date_of_text,
    edges_of,
    listed_texts,
    packed_dates,
    packed_numbers,
    text_of_date,
    text_of_moment,
    texts_of_list,
    unpacked_dates,
    unpacked_numbers,
)
from pumpperf.checked import Checked, trusted
from pumpperf.errors import StorageError
from pumpperf.fields import Field, describe
from pumpperf.model import AUDIT, Row, key, table

Line = tuple[Any, ...]  # the values of a line, which may be anything
Form = Callable[[Any], Any]  # a value as the database keeps it, or back
Taken = Callable[[Line], Line]

UNMARKED = 2
"""The version of `marshal` that writes values alone, not which of them are the same object."""


@frozen
class DateForm:
    """How a database keeps a date; None: as it is.

    Rows of one unit of work are recorded at one moment, so that has a form of its own.
    """

    written: Form | None
    recorded: Form | None
    read: Form | None


TEXT = DateForm(text_of_date, text_of_moment, date_of_text)
TIMESTAMP = DateForm(None, None, None)

_SEQUENCES: dict[type, tuple[Form, Form]] = {  # written, read
    float: (packed_numbers, unpacked_numbers),
    dt.datetime: (packed_dates, unpacked_dates),
    str: (listed_texts, texts_of_list),
}


def _forms(field: Field, dates: DateForm) -> tuple[Form | None, Form | None]:
    """How a value of a field is written and read; None: as it is."""
    (first, *_) = field.types
    if field.sequence:
        return _SEQUENCES[first]
    if issubclass(first, StrEnum):
        return attrgetter("value"), {code.value: code for code in first}.__getitem__
    if first is bool:
        return {True: "Y", False: "N"}.__getitem__, {"Y": True, "N": False}.__getitem__
    if first is dt.datetime:
        return dates.recorded if field.name in AUDIT else dates.written, dates.read
    return None, None


def _formed(values: Iterable[Any], forms: Iterable[tuple[int, Form]]) -> list[Any]:
    """The values, those that are there in their form."""
    found = list(values)
    for place, form in forms:
        if found[place] is not None:
            found[place] = form(found[place])
    return found


def _taken(places: Sequence[int]) -> Taken:
    """What takes these places of a line."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda line: tuple(line[place] for place in places)


def _as_it_is(date: object) -> object:
    return date


class PartCodec:
    """How the rows of one class stand in one table."""

    def __init__(
        self, part: Part, columns: Sequence[str], above: Sequence[str], dates: DateForm
    ) -> None:
        """Know the place and the form of every field.

        Args:
            part: the columns of the fields.
            columns: of the table, in order.
            above: those of them that no field of the class fills.
            dates: how the database keeps dates.
        """
        fields = {field.name: field for field in describe(part.row)}
        suffixes = {name: field.kind.suffix for name, field in fields.items() if field.kind}
        forms = {name: _forms(fields[name], dates) for name in part.values}
        own = [*part.values]
        self._values = attrgetter(*own)
        self._written = [(i, write) for i, name in enumerate(own) if (write := forms[name][0])]
        self._with_units = [(own.index(name), name, suffixes[name]) for name in part.ouom]
        self._uncertain = [*part.unc]
        span = getattr(part.row, "SPAN", None)
        self._dated = own.index(span) if span else None
        self._edge = dates.written or _as_it_is
        filled = [*above, *part.values.values(), *(EDGES if span else ())]
        filled += [*part.ouom.values(), *part.unc.values(), None]
        self._line = _taken([filled.index(c if c in filled else None) for c in columns])

        at = {column: place for place, column in enumerate(columns)}
        read = [one.name for one in attrs.fields(part.row) if one.name in part.values]
        self._read = [(i, form) for i, name in enumerate(read) if (form := forms[name][1])]
        self._fields = _taken([at[part.values[name]] for name in read])
        self._ouom = _taken([at[column] for column in part.ouom.values()])
        self._unc = _taken([at[column] for column in part.unc.values()])
        self._usual = [(name, suffixes[name]) for name in part.ouom]
        self._units = lru_cache(maxsize=4096)(self._other_units)  # the same few come again
        rest = ["original_units", *(["uncertainty"] if part.unc else [])]
        rest += [field.name for field in fields.values() if field.nested]
        places = {name: place for place, name in enumerate([*read, *rest])}
        self._order = _taken([places[one.name] for one in attrs.fields(part.row)])
        self._build = trusted(part.row)

    def line(self, row: Checked, above: Line = ()) -> Line:
        """The line of a row, with the values that stand above it."""
        values = self._values(row)
        own = _formed(values, self._written)
        found = [*above, *own]
        if self._dated is not None:
            found += [edge and self._edge(edge) for edge in edges_of(own[self._dated])]
        if self._with_units:
            units = dict(row.original_units)
            found += [
                None if values[place] is None else units.get(name, suffix)
                for place, name, suffix in self._with_units
            ]
        if self._uncertain:
            beside: dict[str, float] = dict(getattr(row, "uncertainty", ()))
            found += map(beside.get, self._uncertain)
        return self._line((*found, None))

    def row(self, line: Line, *nested: Sequence[Any]) -> Any:  # of the class
        """The row of a line, with what it holds several of."""
        values = _formed(self._fields(line), self._read)
        values.append(self._units(self._ouom(line)))
        if self._uncertain:
            given = zip(self._uncertain, self._unc(line), strict=True)
            values.append(tuple(pair for pair in given if pair[1] is not None))
        return self._build(*self._order((*values, *nested)))

    def _other_units(self, given: Line) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, unit)
            for (name, usual), unit in zip(self._usual, given, strict=True)
            if unit not in (None, usual)
        )


class ChildCodec:
    """How what a row holds several of stands in its table."""

    def __init__(self, child: Child, keys: tuple[str, ...], dates: DateForm) -> None:
        """Know every class that stands there."""
        columns = tuple(column.name for column in child.table.columns)
        above = [*keys, child.number, *([LIFT_TYPE] if LIFT_TYPE in columns else [])]
        self.child, self.columns = child, columns
        self._parts = {
            code: PartCodec(part, columns, above, dates) for code, part in child.parts.items()
        }
        self._codes = {part.row: code for code, part in child.parts.items()}
        self._lift_type_at = columns.index(LIFT_TYPE) if LIFT_TYPE in columns else None

    def lines(self, row: Row) -> list[Line]:
        """The lines of a row's items, numbered from 1."""
        found: list[Line] = []
        for number, item in enumerate(getattr(row, self.child.field.name), start=1):
            code = self._codes[type(item)]
            lift_type = (code,) if code else ()
            found.append(self._parts[code].line(item, (*key(row), number, *lift_type)))
        return found

    def item(self, line: Line) -> Checked:
        """The item that stands on a line."""
        code = "" if self._lift_type_at is None else line[self._lift_type_at]
        item: Checked = self._parts[code].row(line)
        return item


class RowCodec:
    """How the rows of a class stand in their tables."""

    def __init__(self, layout: Layout, dates: DateForm) -> None:
        """Know the table of the class, and those of what it holds."""
        self.layout = layout
        self.columns = tuple(column.name for column in layout.table.columns)
        self.children = [ChildCodec(child, layout.row.KEY, dates) for child in layout.children]
        self._own = PartCodec(layout.part, self.columns[:-1], (), dates)
        tables = (layout.table, *(child.table for child in layout.children))
        dated = dates.written is None
        self._plain, *self._plain_inside = [_plain(one, dated=dated) for one in tables]

    def lines(self, row: Row) -> tuple[Line, Sequence[list[Line]]]:
        """The line of a row, its digest last, and the lines of each child table."""
        own = self._own.line(row)
        nested = [child.lines(row) for child in self.children] if self.children else ()
        return (*own, self._digest(own, nested)), nested

    def rows(self, lines: Sequence[Line], nested: Iterable[Sequence[Line]]) -> tuple[Any, ...]:
        """The rows of lines, with the lines of each child table.

        Raises:
            StorageError: a line is not the one that was written.
        """
        inside = [self._by_key(found) for found in nested]
        return tuple(self._row(line, inside) for line in lines)

    def _row(self, line: Line, inside: list[dict[Line, list[Line]]]) -> Any:  # of the class
        its_key = line[: len(self.layout.row.KEY)]
        nested = [found.get(its_key, []) for found in inside] if inside else ()
        if self._digest(line[:-1], nested) != line[-1]:
            raise StorageError(
                f"{table(self.layout.row)} {', '.join(map(repr, its_key))} is not what was "
                "written: the database is damaged there, or was changed by hand"
            )
        items = zip(self.children, nested, strict=True)
        return self._own.row(line, *(tuple(map(child.item, found)) for child, found in items))

    def _by_key(self, lines: Iterable[Line]) -> dict[Line, list[Line]]:
        keys = len(self.layout.row.KEY)
        found: dict[Line, list[Line]] = {}
        for line in lines:
            found.setdefault(line[:keys], []).append(line)
        return found

    def _digest(self, line: Line, nested: Sequence[list[Line]]) -> int:
        """A CRC-32 of all values: whatever few bytes are changed, it is another one."""
        pairs = zip(self._plain_inside, nested, strict=True) if nested else ()
        inside = [[*map(plain, found)] for plain, found in pairs]
        return crc32(marshal.dumps((self._plain(line), inside), UNMARKED))


def _plain(table: sa.Table, *, dated: bool) -> Taken:
    """What makes of a line one that `marshal` knows: its dates are seconds since 1970."""
    dates = [dated and column.type is DATE for column in table.columns if column.name != DIGEST]
    if not any(dates):
        return tuple
    kept = _taken([place for place, is_date in enumerate(dates) if not is_date])
    when = _taken([place for place, is_date in enumerate(dates) if is_date])

    def plain(line: Line) -> Line:
        return kept(line), [date and date.timestamp() for date in when(line)]

    return plain
