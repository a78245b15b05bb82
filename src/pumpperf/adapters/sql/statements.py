"""The statements of a class, made once and asked with values."""

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Any

import sqlalchemy as sa

from pumpperf.adapters.sql.codecs import RowCodec
from pumpperf.adapters.sql.tables import DIGEST, EDGES
from pumpperf.repository import CHANGEABLE

Selects = tuple[sa.Select[Any], ...]
"""One statement for the rows, and one for each table of what they hold."""
VALUES, COUNT, BEFORE = "values", "count", "before_{}"
START, END = "during_start", "during_end"


class Statements:
    """What is asked of the tables of one class; values are bound as the database keeps them."""

    def __init__(self, codec: RowCodec) -> None:
        """Keep where the class stands."""
        self._codec = codec
        self._table = _bare(codec.layout.table.name, codec.columns)
        self._key = [self._table.c[name] for name in codec.layout.row.KEY]
        self._children = [_bare(one.child.table.name, one.columns) for one in codec.children]
        self.found = cache(self._found)
        self.keys = cache(self._keys)
        self.newest = cache(self._newest)

    def _found(
        self, columns: tuple[str, ...], *, during: bool = False, among: bool = False
    ) -> Selects:
        """The rows with a value in each of these columns, by key; then their items."""
        conditions = [*self._equal(columns), *self._touching(during=during)]
        if among:
            conditions.append(_tuple(self._key).in_(sa.bindparam(VALUES, expanding=True)))
        return tuple(self._selects(conditions, [*self._key], None))

    def _keys(self, columns: tuple[str, ...], *, during: bool = False) -> sa.Select[Any]:
        """The keys of the rows with a value in each of these columns."""
        conditions = [*self._equal(columns), *self._touching(during=during)]
        return sa.select(*self._key).where(*conditions)

    def _touching(self, *, during: bool) -> list[sa.ColumnElement[bool]]:
        """That the dates of a row lie around a time, or within it."""
        if not during:
            return []
        first, last = (self._table.c[name] for name in EDGES)
        return [first <= sa.bindparam(END), last >= sa.bindparam(START)]

    def _newest(self, columns: tuple[str, ...], by: str, *, behind: bool) -> Selects:
        """So many of these rows, the latest first, behind a place if wanted; then their items."""
        place = [self._table.c[by], *self._key]
        conditions = [*self._equal(columns), place[0].is_not(None)]
        if behind:
            bound: list[sa.BindParameter[Any]] = [
                sa.bindparam(BEFORE.format(number)) for number in range(len(place))
            ]
            conditions.append(sa.tuple_(*place) < sa.tuple_(*bound))
        order = [column.desc() for column in place]
        return tuple(self._selects(conditions, order, sa.bindparam(COUNT, type_=sa.BigInteger)))

    @cached_property
    def active(self) -> Selects:
        """The active rows about these subjects; then their items."""
        layout = self._codec.layout
        subject = [self._table.c[layout.part.values[name]] for name in layout.row.SUBJECT]
        among = _tuple(subject).in_(sa.bindparam(VALUES, expanding=True))
        is_active = self._table.c.active_ind == sa.literal_column("'Y'")
        return tuple(self._selects([among, is_active], [*self._key], None))

    @cached_property
    def change(self) -> sa.Update:
        """Change what may change of the row under a key."""
        return (
            sa.update(self._table)
            .where(*self._equal(self._codec.layout.row.KEY))
            .values({name: sa.bindparam(f"new_{name}") for name in (*CHANGEABLE, DIGEST)})
        )

    def _equal(self, columns: Sequence[str]) -> list[sa.ColumnElement[bool]]:
        return [self._table.c[name] == sa.bindparam(f"is_{name}") for name in columns]

    def _selects(
        self,
        conditions: Sequence[sa.ColumnElement[bool]],
        order: Sequence[sa.ColumnElement[Any]],
        count: sa.BindParameter[int] | None,
    ) -> Iterator[sa.Select[Any]]:
        yield sa.select(*self._table.c).where(*conditions).order_by(*order).limit(count)
        asked = sa.select(*self._key).where(*conditions).order_by(*order).limit(count)
        for child in self._children:
            key = [child.c[column.name] for column in self._key]
            place = [*key, child.c[len(key)]]
            yield sa.select(*child.c).where(_tuple(key).in_(asked)).order_by(*place)


def _bare(name: str, columns: Sequence[str]) -> sa.TableClause:
    """A table without types: lines go in and out as the driver has them."""
    bare: list[sa.ColumnClause[Any]] = [sa.column(column) for column in columns]
    return sa.table(name, *bare)


def _tuple(columns: Sequence[sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    return columns[0] if len(columns) == 1 else sa.tuple_(*columns)
