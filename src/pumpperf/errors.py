"""Every exception that the library raises on purpose, under one root."""

import datetime as dt
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from types import UnionType
from typing import TypeVar, get_args

T = TypeVar("T")

LONGEST_SHOWN = 200
"""Characters of a value in a message."""
_LONGEST_BITS = 4096


class PumpPerformanceError(Exception):
    """The root: catch it to catch everything that pumpperf raises on purpose."""


class ArgumentError(PumpPerformanceError, ValueError):
    """A calculator was called with arguments that have no meaning together."""


class UnitError(PumpPerformanceError, ValueError):
    """A unit is unknown, or of another kind than the quantity it is given for."""


class RowError(PumpPerformanceError, ValueError):
    """A row cannot be held; `faults` lists what is wrong with it, one sentence each.

    Its words are the first `SHOWN` of them. `more` says how many further faults, or lines and
    items with one, are not in the list: nobody reads on after `KEPT`.

    >>> print(RowError("PumpTest", ["rate_m3d = -5.0: expected at least 0"], more=3))
    PumpTest: rate_m3d = -5.0: expected at least 0; and 3 more
    """

    SHOWN = 20
    KEPT = 1000

    def __init__(self, row: str, faults: Iterable[str], more: int = 0) -> None:
        """Keep the name of the row and its faults.

        Args:
            row: which row, in words.
            faults: what is wrong, each with its field, value and expectation.
            more: how many are known beside these.
        """
        found = tuple(faults)
        self.row = row
        self.faults = found[: self.KEPT]
        self.more = more + len(found[self.KEPT :])
        hidden = self.more + len(self.faults[self.SHOWN :])
        words = [*self.faults[: self.SHOWN], *([f"and {hidden} more"] if hidden else [])]
        super().__init__(f"{row}: " + "; ".join(words))

    def __reduce__(self) -> tuple[type["RowError"], tuple[str, tuple[str, ...], int]]:
        """What it is made of, so that it crosses processes."""
        return type(self), (self.row, self.faults, self.more)


class PumpTestError(PumpPerformanceError):
    """A pump test is withdrawn, or has findings of severity `error`: it is not evaluated."""


class NotFoundError(PumpPerformanceError, LookupError):
    """The repository holds no such row."""


class ConflictError(PumpPerformanceError):
    """A different row already stands under the same key."""


class StaleError(ConflictError):
    """Rows that a result was made of are no longer those that are kept: read them again."""


class StorageError(PumpPerformanceError):
    """The store could not be read or written, and nothing of the unit of work was kept.

    Where the connection was lost while it was being kept, it may have been kept whole: the same
    rows may be added again, since the same row twice is one row.
    """


class IrreproducibleError(PumpPerformanceError):
    """A stored result and its recomputation differ; the message names both."""


def shown(raw: object, value: object = None) -> str:
    """What stood there, in so many characters that a message can be read."""
    if isinstance(raw, int) and raw.bit_length() > _LONGEST_BITS:
        return "a whole number of too many digits"
    try:
        if isinstance(raw, dt.datetime):
            return raw.isoformat()
        text = str(raw) if isinstance(value, dt.datetime) else repr(raw)
    except Exception:  # noqa: BLE001  # whatever it is, it is told
        return f"a {type(raw).__name__} that cannot be shown"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def is_a(value: object, kind: type | UnionType) -> bool:
    """Whether a value is what its annotation says; a caller may use no type checker."""
    return isinstance(value, kind)


def expect(kind: type | UnionType, **given: object) -> None:
    """Refuse arguments that are not what their annotation says.

    >>> expect(int | None, window="May")
    Traceback (most recent call last):
    pumpperf.errors.ArgumentError: window = 'May': expected int or NoneType
    """
    for name, value in given.items():
        if not isinstance(value, kind):
            names = (getattr(one, "__name__", "") for one in get_args(kind) or [kind])
            raise ArgumentError(f"{name} = {shown(value)}: expected {' or '.join(names)}")


def listed(kind: type[T], name: str, values: Iterable[T]) -> list[T]:
    """Items of an argument, all of one kind.

    Raises:
        ArgumentError: naming the first that is of another, or that it has no items.
    """
    items = None
    with suppress(TypeError):
        items = None if is_a(values, str) else iter(values)
    if items is None:
        raise ArgumentError(f"{name} = {shown(values)}: expected {kind.__name__} items")
    found = list(items)
    for i, one in enumerate(found):
        expect(kind, **{f"{name}[{i}]": one})
    return found


@contextmanager
def extra(name: str, room: str) -> Generator[None]:
    """Say in words which extra brings what an import does not find.

    Args:
        name: the extra.
        room: what needs it.

    >>> with extra("sql", "PostgreSQL"):
    ...     import psycopg13
    Traceback (most recent call last):
    ModuleNotFoundError: PostgreSQL needs psycopg13: install pumpperf with its extra `sql`
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        words = f"{room} needs {missing.name}: install pumpperf with its extra `{name}`"
        raise ModuleNotFoundError(words, name=missing.name) from None
