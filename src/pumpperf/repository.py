"""Where rows are kept: the protocol, and the one that keeps them in memory."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from pumpperf.errors import ConflictError, NotFoundError
from pumpperf.model import Key, Row, content, key, table

R = TypeVar("R", bound=Row)


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

    def add(self, *rows: Row) -> None:
        """Keep all rows or none: one unit of work.

        A row under a key that exists must say the same; only `active_ind` and who and when may
        differ. If nothing but who and when differs, the first row stays.

        Raises:
            ConflictError: a row says something else than the one that is kept.
        """
        ...


class MemoryRepository:
    """Rows in dictionaries; nothing is lost, and nothing outlives the process.

    >>> from pumpperf.model import Equipment
    >>> memory = MemoryRepository()
    >>> memory.add(Equipment(equipment_id="P1", lift_type="ESP"))
    >>> memory.get(Equipment, "P1").lift_type.value
    'ESP'
    """

    def __init__(self) -> None:
        """Start empty."""
        self._versions: dict[tuple[type[Row], Key], tuple[Row, ...]] = {}

    def get(self, row: type[R], /, *values: str | int) -> R:
        """The row of that class under that key, in its latest version."""
        return self.history(row, *values)[-1]

    def find(self, row: type[R], /, **equal: str | bool | dt.datetime) -> tuple[R, ...]:
        """All rows of that class with these values in these fields, in order of their keys."""
        latest = (versions[-1] for (kind, _), versions in self._versions.items() if kind is row)
        return tuple(
            sorted(
                (
                    found
                    for found in latest
                    if isinstance(found, row)
                    and all(getattr(found, name) == value for name, value in equal.items())
                ),
                key=key,
            )
        )

    def add(self, *rows: Row) -> None:
        """Keep all rows or none."""
        added: dict[tuple[type[Row], Key], tuple[Row, ...]] = {}
        for row in rows:
            at = (type(row), key(row))
            kept = added.get(at, self._versions.get(at, ()))
            if not kept or content(row) != content(kept[-1]):
                refuse_conflict(row, kept[-1:])
                added[at] = (*kept, row)
        self._versions |= added

    def history(self, row: type[R], /, *values: str | int) -> tuple[R, ...]:
        """Every version of the row under that key, the first one first.

        Raises:
            NotFoundError: there is none.
        """
        versions = self._versions.get((row, values), ())
        if not versions:
            raise NotFoundError(f"no {table(row)} under {', '.join(map(repr, values))}")
        return tuple(version for version in versions if isinstance(version, row))


def refuse_conflict(row: Row, kept: Iterable[Row]) -> None:
    """Refuse a row that says something else than one kept under its key.

    Raises:
        ConflictError: with the fields that differ.
    """
    said = content(row)
    for other in kept:
        before = content(other)
        differ = [name for name in said if name != "active_ind" and said[name] != before[name]]
        if differ:
            raise ConflictError(
                f"{table(type(row))} {', '.join(map(repr, key(row)))} is kept with another "
                f"{', '.join(differ)}: record it under a key of its own"
            )
