"""Every exception that the library raises on purpose, under one root."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager


class PumpPerformanceError(Exception):
    """The root: catch it to catch everything that pumpperf raises on purpose."""


class ArgumentError(PumpPerformanceError, ValueError):
    """A calculator was called with arguments that have no meaning together."""


class UnitError(PumpPerformanceError, ValueError):
    """A unit is unknown, or of another kind than the quantity it is given for."""


class RowError(PumpPerformanceError, ValueError):
    """A row cannot be held; `faults` lists all that is wrong with it, one sentence each.

    >>> print(RowError("PumpTest", ["rate_m3d = -5.0: expected at least 0"]))
    PumpTest: rate_m3d = -5.0: expected at least 0
    """

    def __init__(self, row: str, faults: Iterable[str]) -> None:
        """Keep the name of the row and its faults.

        Args:
            row: which row, in words.
            faults: what is wrong, each with its field, value and expectation.
        """
        self.row = row
        self.faults = tuple(faults)
        super().__init__(f"{row}: " + "; ".join(self.faults))


class PumpTestError(PumpPerformanceError):
    """A pump test has findings of severity `error` and cannot be evaluated."""


class NotFoundError(PumpPerformanceError, LookupError):
    """The repository holds no such row."""


class ConflictError(PumpPerformanceError):
    """A different row already stands under the same key."""


class StorageError(PumpPerformanceError):
    """The store could not be read or written, and nothing of the unit of work was kept.

    Where the connection was lost while it was being kept, it may have been kept whole: the same
    rows may be added again, since the same row twice is one row.
    """


class IrreproducibleError(PumpPerformanceError):
    """A stored result and its recomputation differ; the message names both."""


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
