"""A table as a sheet of cells: each column's different cells once, and where each stands."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
import pandas as pd
from attrs import frozen
from numpy.typing import NDArray

from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray

Values = NDArray[Any]  # a cell may hold anything
Places = NDArray[np.intp]


@frozen(eq=False)
class Cells:
    """The cells of a column: its different ones, and which of them stands where.

    Attributes:
        kinds: the different cells, texts without blanks around them; numbers where all are numbers.
        places: of each cell among them; -1 where it is empty.
    """

    kinds: Values
    places: Places

    def each(self, found: Values, empty: object) -> Values:
        """What was found of the different cells, for every cell."""
        out: Values = np.full(self.places.size, empty, dtype=found.dtype)
        there = self.places >= 0
        out[there] = found[self.places[there]]
        return out

    def at(self, line: int) -> object:
        """One cell; None where it is empty."""
        place = int(self.places[line])
        cell: Any = self.kinds[place] if place >= 0 else None  # of any kind
        return float(cell) if self.kinds.dtype != object and place >= 0 else cast("object", cell)

    def text(self, line: int) -> str:
        """One cell as a text; empty where there is none."""
        cell = self.at(line)
        return "" if cell is None else str(cell)

    @property
    def empty(self) -> BoolArray:
        """Where nothing stands."""
        return self.places < 0

    def same(self, text: str) -> BoolArray:
        """Where just this text stands; nowhere if it is empty."""
        if self.kinds.dtype != object or not text:
            return np.zeros(self.places.size, dtype=np.bool_)
        found = np.flatnonzero(np.equal(self.kinds, np.array([text], dtype=object)))
        return np.isin(self.places, found)

    def where(self, test: Callable[[str], bool]) -> BoolArray:
        """Where a text passes a test; a number never does."""
        if self.kinds.dtype != object:
            return np.zeros(self.places.size, dtype=np.bool_)
        passed = np.fromiter(
            (isinstance(one, str) and test(one) for one in self.kinds), np.bool_, self.kinds.size
        )
        return cast("BoolArray", self.each(passed, empty=False))


@frozen(eq=False)
class Grid:
    """A table as a sheet.

    Attributes:
        names: of the columns, where the table has any; empty texts else.
        columns: of cells.
        labels: of the lines.
    """

    names: tuple[str, ...]
    columns: tuple[Cells, ...]
    labels: Sequence[object]

    @property
    def size(self) -> int:
        """How many lines."""
        return len(self.labels)


NOTHING: Values = np.array([None], dtype=object)


def none_in(values: Values) -> BoolArray:
    """Where nothing stands in a column of texts or codes."""
    found: BoolArray = np.equal(values, NOTHING)
    return found


def grid_of(frame: object) -> Grid:
    """A table of pandas, or of any kind that narwhals knows, as a sheet.

    Raises:
        ArgumentError: it is no table.

    >>> sheet = grid_of(pd.DataFrame({"THP": ["120", " 120 ", "", None]}))
    >>> sheet.names, sheet.columns[0].kinds, sheet.columns[0].places
    (('THP',), array(['120'], dtype=object), array([ 0,  0, -1, -1]))
    """
    table = _as_pandas(frame)
    names = tuple(_name(one) for one in table.columns)
    columns = tuple(_cells(table.iloc[:, i]) for i in range(table.shape[1]))
    labels = cast("Sequence[object]", table.index.tolist())
    return Grid(names, columns, labels)


def _as_pandas(frame: Any) -> pd.DataFrame:  # any table
    if isinstance(frame, pd.DataFrame):
        return frame
    try:
        import narwhals as nw  # noqa: PLC0415  # only a table of another kind needs it

        native: Any = nw.from_native(frame, eager_only=True)
    except (ImportError, TypeError):
        words = "expected a DataFrame of pandas, or with the extra `polars` any table in memory"
        raise ArgumentError(f"{type(frame).__name__}: {words}") from None
    columns = {name: pd.Series(native[name].to_list(), dtype=object) for name in native.columns}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(native)))


def _name(name: object) -> str:
    """The name of a column; empty where the table only numbers it."""
    if isinstance(name, tuple):
        levels = cast("tuple[object, ...]", name)
        return " ".join(part for part in map(_name, levels) if part)
    text = name.strip() if isinstance(name, str) else ""
    return "" if text.startswith("Unnamed: ") else text


def _cells(column: "pd.Series[Any]") -> Cells:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf":
        numbers = column.to_numpy(dtype=np.float64)
        every = np.arange(numbers.size, dtype=np.intp)
        return Cells(numbers, np.where(np.isnan(numbers), -1, every))
    values: Values = column.to_numpy(dtype=object)
    try:
        places, found = _different(values)
    except TypeError:  # a cell that cannot be told from others, such as a list
        places, found = _different(np.array([_shown(one) for one in values], dtype=object))
    kinds: Values = np.empty(found.size, dtype=object)
    kinds[:] = [one.strip() if isinstance(one, str) else one for one in found.tolist()]
    kinds[[one == "" for one in kinds.tolist()]] = None
    again, kinds = _different(kinds)
    again = np.append(again, -1)  # where nothing stands, which is the last one
    return Cells(kinds, again[places])


def _different(values: Values) -> tuple[Places, Values]:
    """Which of the different cells stands where, -1 where none does; and these cells."""
    places, found = pd.factorize(values)
    return cast("Places", places), cast("Values", found)


def _shown(cell: object) -> object:
    return cell if cell is None or isinstance(cell, str | float | int) else repr(cell)[:200]
