"""Where rows are kept: the protocol, and the one that keeps them in memory."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Protocol, TypeVar

import attrs

from pumpperf.errors import ConflictError, NotFoundError
from pumpperf.model import Key, Row, content, key, table

R = TypeVar("R", bound=Row)

Place = tuple[dt.datetime, Key]
"""Where a row stands among the newest: its date and its key."""
Subject = tuple[type[Row], tuple[object, ...]]
_At = tuple[type[Row], Key]


class Repository(Protocol):
    """What the service needs of a store; `testing.RepositoryContract` holds it to its word."""

    def get(self, row: type[R], /, *values: str | int) -> R:
        """The row of that class under that key.

        Raises:
            NotFoundError: there is none.
        """
        ...

    def find(self, row: type[R], /, **equal: str | bool | dt.datetime) -> tuple[R, ...]:
        """All rows of that class with these values in these fields, in order of their keys."""
        ...

    def newest(
        self,
        row: type[R],
        /,
        by: str,
        count: int,
        before: Place | None = None,
        **equal: str | bool | dt.datetime,
    ) -> tuple[R, ...]:
        """At most so many rows of that class with these values, the latest date first.

        Args:
            row: the class.
            by: the field that holds the date; rows without one are left out.
            count: how many rows at most.
            before: the date and key of the last row seen, to go on behind it.
            equal: the values asked for, by field.
        """
        ...

    def add(self, *rows: Row) -> None:
        """Keep all rows or none: one unit of work.

        A row under a key that exists must say the same; only `active_ind` and who and when may
        differ. If nothing but who and when differs, the first row stays. An active row retires
        the active one of the same `SUBJECT`, as of who and when created it.

        Raises:
            ConflictError: a row says something else than the one that is kept.
        """
        ...


class MemoryRepository:
    """Rows in dictionaries; nothing outlives the process.

    >>> from pumpperf.model import Equipment
    >>> memory = MemoryRepository()
    >>> memory.add(Equipment(equipment_id="P1", lift_type="ESP"))
    >>> memory.get(Equipment, "P1").lift_type.value
    'ESP'
    """

    def __init__(self) -> None:
        """Start empty."""
        self._rows: dict[_At, Row] = {}
        self._active: dict[Subject, _At] = {}

    def __iter__(self) -> Iterator[Row]:
        """Every row, in the order in which they came."""
        return iter(self._rows.values())

    def get(self, row: type[R], /, *values: str | int) -> R:
        """The row of that class under that key."""
        found = self._rows.get((row, values))
        if not isinstance(found, row):
            raise NotFoundError(f"no {table(row)} under {', '.join(map(repr, values))}")
        return found

    def find(self, row: type[R], /, **equal: str | bool | dt.datetime) -> tuple[R, ...]:
        """All rows of that class with these values in these fields, in order of their keys."""
        return tuple(
            sorted(
                (
                    found
                    for found in self
                    if isinstance(found, row)
                    and all(getattr(found, name) == value for name, value in equal.items())
                ),
                key=key,
            )
        )

    def newest(
        self,
        row: type[R],
        /,
        by: str,
        count: int,
        before: Place | None = None,
        **equal: str | bool | dt.datetime,
    ) -> tuple[R, ...]:
        """At most so many rows of that class with these values, the latest date first."""
        dated = [(getattr(found, by), key(found), found) for found in self.find(row, **equal)]
        places = sorted((at for at in dated if at[0] is not None), key=_place, reverse=True)
        behind = (found for *at, found in places if before is None or tuple(at) < before)
        return tuple(islice(behind, count))

    def add(self, *rows: Row) -> None:
        """Keep all rows or none."""
        added: dict[_At, Row] = {}
        active: dict[Subject, _At] = {}
        for row in rows:
            at = (type(row), key(row))
            kept = added.get(at, self._rows.get(at))
            if kept is not None and content(row) == content(kept):
                continue
            if kept is not None:
                refuse_conflict(row, kept)
            added[at] = row
            if row.active_ind and row.SUBJECT:
                its = subject(row)
                other = active.get(its, self._active.get(its, at))
                if other != at:
                    added[other] = retired(added.get(other) or self._rows[other], by=row)
                active[its] = at
        self._rows |= added
        self._active |= active


def _place(dated: tuple[dt.datetime, Key, Row]) -> Place:
    return dated[0], dated[1]


def subject(row: Row) -> Subject:
    """What a row is about: of each subject at most one row is active."""
    return type(row), tuple(getattr(row, name) for name in row.SUBJECT)


def retired(row: R, *, by: Row) -> R:
    """The row as the one that replaces it leaves it."""
    return attrs.evolve(
        row,
        active_ind=False,
        row_changed_by=by.row_created_by,
        row_changed_date=by.row_created_date,
    )


def refuse_conflict(row: Row, kept: Row) -> None:
    """Refuse a row that says something else than the one kept under its key.

    Raises:
        ConflictError: with the fields that differ.
    """
    said, before = content(row), content(kept)
    differ = [name for name in said if name != "active_ind" and said[name] != before[name]]
    if differ:
        raise ConflictError(
            f"{table(type(row))} {', '.join(map(repr, key(row)))} is kept with another "
            f"{', '.join(differ)}: record it under a key of its own"
        )
