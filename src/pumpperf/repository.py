"""Where rows are kept: the protocol, and the one that keeps them in memory."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from threading import Lock
from typing import Protocol, TypeVar

from attrs import frozen

from pumpperf.checked import amended
from pumpperf.errors import ArgumentError, ConflictError, NotFoundError, StaleError, shown
from pumpperf.model import AUDIT, Key, Row, content, key, table
from pumpperf.questions import (
    Among,
    Place,
    Span,
    Value,
    refuse_page,
    sought,
    sought_key,
    sought_keys,
    sought_span,
    touches,
)

R = TypeVar("R", bound=Row)

Subject = tuple[type[Row], tuple[object, ...]]
"""A class with values of some of its fields: what a row is about, or its key."""
CHANGEABLE = ("active_ind", *sorted(AUDIT))
"""All that may change of a row that is kept: whether it counts, and who said so when."""


@frozen
class Page:
    """Which of the newest rows are asked for: the arguments of `newest` by the same names."""

    by: str
    count: int
    before: Place | None = None


@frozen
class Answer:
    """Which rows were found, so that `add` can see whether they still are.

    Attributes:
        row: the class.
        equal: the values that were asked for, by field.
        keys: of the rows that were found; a kept row changes in nothing but whether it counts.
        during: the time that `find` was asked for, if it was.
        page: which of the newest were asked for, if it was not `find`.
    """

    row: type[Row]
    equal: Mapping[str, Value]
    keys: frozenset[Key]
    during: Span | None = None
    page: Page | None = None

    def hold_against(self, keys: Iterable[Key]) -> None:
        """Raise `StaleError` unless these are the keys that it finds now."""
        if self.keys != frozenset(keys):
            asked = ", ".join(f"{name} = {value!r}" for name, value in self.equal.items())
            raise StaleError(
                f"{table(self.row)} with {asked} has changed since it was read: read it again"
            )


class Repository(Protocol):
    """What the service needs of a store; `testing.RepositoryContract` holds it to its word."""

    def get(self, row: type[R], /, *values: str | int) -> R:
        """The row of that class under that key.

        Raises:
            NotFoundError: there is none.
        """
        ...

    def find(
        self, row: type[R], among: Among = None, during: Span | None = None, /, **equal: Value
    ) -> tuple[R, ...]:
        """All rows of that class with these values in these fields, in order of their keys.

        Args:
            row: the class.
            among: keys, if only the rows under these are asked for; those that are not there are
                left out.
            during: both ends of a time, if only rows whose `SPAN` touches it are asked for.
            equal: the values asked for, by field.

        Raises:
            ArgumentError: the class has no such field to be found by or no `SPAN`, or a value is
                missing or a date without its offset. A value that no row may hold finds nothing.
        """
        ...

    def newest(
        self, row: type[R], /, by: str, count: int, before: Place | None = None, **equal: Value
    ) -> tuple[R, ...]:
        """At most so many rows of that class with these values, the latest date first.

        Args:
            row: the class.
            by: the field that holds the date; rows without one are left out.
            count: how many rows at most.
            before: the date and key of the last row seen, to go on behind it.
            equal: the values asked for, by field.

        Raises:
            ArgumentError: as `find`, or it holds no such date, count or place.
        """
        ...

    def add(self, *rows: Row, read: Iterable[Answer] = ()) -> tuple[Row, ...]:
        """Keep all rows or none: one unit of work.

        A row under a key that exists must say the same; only `active_ind` and who and when may
        differ. If nothing but who and when differs, the first row stays. An active row retires
        the active one of the same `SUBJECT`, as of who and when created it; but if that one is
        as of a later date (`AS_OF`), it stays, and the new row is kept as one that is not active.

        Args:
            rows: to be kept.
            read: what they were made of. Two that are made at once are kept one after the other,
                and the second only of what is kept by then.

        Returns:
            The rows as they are now kept, in the order given.

        Raises:
            ConflictError: a row says something else than the one that is kept.
            StaleError: they were made of other rows than those that are now kept.
        """
        ...


class MemoryRepository:
    """Rows in dictionaries; nothing outlives the process.

    >>> from pumpperf.model import Equipment
    >>> memory = MemoryRepository()
    >>> (pump,) = memory.add(Equipment(equipment_id="P1", lift_type="ESP"))
    >>> pump == memory.get(Equipment, "P1")
    True
    """

    def __init__(self) -> None:
        """Start empty."""
        self._rows: dict[Subject, Row] = {}
        self._active: dict[Subject, Subject] = {}
        self._turn = Lock()

    def __iter__(self) -> Iterator[Row]:
        """Every row, in the order in which they came."""
        return iter(tuple(self._rows.values()))

    def get(self, row: type[R], /, *values: str | int) -> R:
        """The row of that class under that key."""
        named = sought_key(row, values)
        found = None if named is None else self._rows.get((row, tuple(named.values())))
        if not isinstance(found, row):
            raise NotFoundError(f"no {table(row)} under {', '.join(map(shown, values))}")
        return found

    def find(
        self, row: type[R], among: Among = None, during: Span | None = None, /, **equal: Value
    ) -> tuple[R, ...]:
        """All rows of that class with these values in these fields, in order of their keys."""
        time, values = sought_span(row, during), sought(row, equal)
        if values is None:
            return ()
        wanted = values.items()
        keyed = None if among is None else sought_keys(row, among)
        places: Iterable[Subject] = self._rows if keyed is None else [(row, one) for one in keyed]
        rows = map(self._rows.get, tuple(places))
        found = (one for one in rows if isinstance(one, row))
        found = (one for one in found if all(getattr(one, name) == v for name, v in wanted))
        if time is not None:
            found = (one for one in found if touches(one, time))
        return tuple(sorted(found, key=key))

    def newest(
        self, row: type[R], /, by: str, count: int, before: Place | None = None, **equal: Value
    ) -> tuple[R, ...]:
        """At most so many rows of that class with these values, the latest date first."""
        refuse_page(row, by, count, before)
        dated = (one for one in self.find(row, **equal) if getattr(one, by) is not None)
        found: dict[Place, R] = {(getattr(one, by), key(one)): one for one in dated}
        behind = [at for at in found if before is None or at < before]
        return tuple(found[at] for at in nlargest(min(count, len(behind)), behind))

    def add(self, *rows: Row, read: Iterable[Answer] = ()) -> tuple[Row, ...]:
        """Keep all rows or none, if what they were made of is still what is kept."""
        refuse_strangers(rows)
        with self._turn:
            for answer in read:
                answer.hold_against(map(key, self._asked(answer)))
            self._add(rows)
            return tuple(self._rows[type(row), key(row)] for row in rows)

    def _asked(self, answer: Answer) -> tuple[Row, ...]:
        """What is found now."""
        if answer.page is None:
            return self.find(answer.row, None, answer.during, **answer.equal)
        page = answer.page
        return self.newest(answer.row, page.by, page.count, page.before, **answer.equal)

    def _add(self, rows: tuple[Row, ...]) -> None:
        added: dict[Subject, Row] = {}
        active: dict[Subject, Subject] = {}
        for row in rows:
            at = (type(row), key(row))
            kept = added.get(at, self._rows.get(at))
            if kept is not None:
                if content(row) == content(kept):
                    continue
                refuse_conflict(row, kept)
            if row.active_ind and row.SUBJECT:
                its = subject(row)
                other = active.get(its, self._active.get(its, at))
                before = added.get(other, self._rows.get(other, row))
                if before.active_ind and _is_later(before, row):
                    added[at] = kept or amended(row, active_ind=False)
                    continue
                if before.active_ind and other != at:
                    added[other] = retired(before, by=row)
                active[its] = at
            changes = {name: getattr(row, name) for name in CHANGEABLE}
            added[at] = row if kept is None else amended(kept, **changes)
        self._rows |= added
        self._active |= active


def _is_later(row: Row, other: Row) -> bool:
    return row.AS_OF is not None and getattr(row, row.AS_OF) > getattr(other, row.AS_OF)


def subject(row: Row) -> Subject:
    """What a row is about: of each subject at most one row is active."""
    return type(row), tuple(getattr(row, name) for name in row.SUBJECT)


def retired(row: R, *, by: Row) -> R:
    """The row as the one that replaces it leaves it."""
    who, when = by.row_created_by, by.row_created_date
    return amended(row, active_ind=False, row_changed_by=who, row_changed_date=when)


def refuse_strangers(rows: Iterable[object]) -> None:
    """Refuse what is no row.

    Raises:
        ArgumentError: naming it.
    """
    for row in rows:
        if not isinstance(row, Row):
            raise ArgumentError(f"{shown(row)} is no row: expected rows of pumpperf.model")


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
