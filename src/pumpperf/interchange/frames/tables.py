"""Tables as their owners give them: which columns they may have, and what goes back to them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd
from attrs import frozen
from numpy.typing import NDArray

from pumpperf.checked import Checked
from pumpperf.errors import ArgumentError, RowError, is_a, listed, shown
from pumpperf.fields import Field, MoreThan, describe, remembered
from pumpperf.interchange.door import (
    ATMOSPHERE,
    LIFT,
    LIFT_TYPE,
    Name,
    names,
    needs_air,
    stated_atmosphere,
    unknown,
)
from pumpperf.interchange.frames.columns import Cells, cells_of, plain, utc
from pumpperf.lift import SharedReading
from pumpperf.model import Finding, Row, table

Errors = Literal["raise", "report"]
Places = NDArray[np.intp]

OBS_NO = "reading_obs_no"
NUMBER = Field(OBS_NO, OBS_NO, True, (float,), None, (MoreThan(0.0),), False, None)  # noqa: FBT003


@frozen(eq=False)
class Shape:
    """What tables of a class of rows may hold.

    Attributes:
        row: the class.
        inner: what a row holds several of, one on a line; None if nothing.
        kinds: the classes of that.
        own: what the names of the row's own columns mean.
        known: what all names mean.
    """

    row: type[Row]
    inner: Field | None
    kinds: tuple[type[Checked], ...]
    own: Mapping[str, Name]
    known: Mapping[str, Name]

    @property
    def of_readings(self) -> bool:
        """Whether a line is a reading, whose lift type says its class."""
        return any(issubclass(kind, SharedReading) for kind in self.kinds)


@remembered
def shape_of(row: type[Row]) -> Shape:
    """What tables of a class of rows may hold."""
    several = (field for field in describe(row) if field.nested and field.types != (Finding,))
    inner = next(several, None)
    kinds = tuple(kind for kind in (inner.types if inner else ()) if issubclass(kind, Checked))
    own = {name: meaning for name, meaning in names(row).items() if meaning.field is not inner}
    known = {OBS_NO: Name(NUMBER, "")} if inner else {}
    for kind in kinds:
        known |= names(kind)
    return Shape(row, inner, kinds, own, known | own)


@frozen(eq=False)
class Table:
    """A table whose columns are all known.

    Attributes:
        shape: what it may hold.
        frame: its lines, under the labels that they have.
        native: what it was before, if not a DataFrame of pandas.
        cells: by name.
        needed: the fields that every line must have.
        whole: whether that is all that the class requires.
        kept: columns that its owner wants to keep.
        atmosphere_kpa: of lines that do not say their own.
    """

    shape: Shape
    frame: pd.DataFrame
    native: Any  # a table of narwhals, whose types it does not tell without being there
    cells: Mapping[str, Cells]
    needed: Collection[str]
    whole: bool
    kept: list[str]
    atmosphere_kpa: float | None

    def line(self, place: int) -> str:
        """How a line is called."""
        return f"line {self.frame.index[place]}"

    def record(self, place: int) -> dict[str, Any]:  # a cell may hold anything
        """What stands on a line, by column."""
        cells = {name: plain(self.frame[name].iloc[place]) for name in self.cells}
        return {name: cell for name, cell in cells.items() if cell is not None}

    def refuse(self, places: Places, words: Callable[[int], list[str]]) -> None:
        """Raise `RowError` with the faults of some lines, unless there are none."""
        faults: list[str] = []
        for read_lines, place in enumerate(places.tolist()):
            if len(faults) >= RowError.KEPT:
                raise RowError(table(self.shape.row), faults, places.size - read_lines)
            faults += words(place)
        if faults:
            raise RowError(table(self.shape.row), faults)

    def report(self, places: Places, words: Callable[[int], list[str]]) -> Any:  # of its own kind
        """Some lines as they came, with a column `faults`."""
        faults = ["; ".join(words(place)) for place in places.tolist()]
        if self.native is None:
            return self.frame.iloc[places].assign(faults=faults)
        import narwhals as nw  # noqa: PLC0415  # the table is not one of pandas

        found = self.native[places.tolist()]
        return found.with_columns(
            nw.new_series("faults", faults, nw.String, backend=found.implementation)
        ).to_native()

    def with_kept(self, found: pd.DataFrame, lines: "Places | None" = None) -> pd.DataFrame:
        """A result behind the columns that its owner wants to keep, a line for each of it.

        Raises:
            ArgumentError: one has the name of a column of the result.
        """
        if twice := sorted(set(self.kept) & set(found.columns)):
            names = ", ".join(twice)
            raise ArgumentError(f"keep names {names}, which comes back: expected other columns")
        if not self.kept:
            return found
        beside = self.frame[self.kept] if lines is None else self.frame[self.kept].iloc[lines]
        return pd.concat([beside.set_axis(found.index), found], axis="columns")

    def given_back(self, found: pd.DataFrame) -> Any:  # a table of the kind that came in
        """A table as the kind that this one was."""
        if self.native is None:
            return found
        import narwhals as nw  # noqa: PLC0415  # the table is not one of pandas

        columns = {
            str(name): column.to_numpy()
            if column.dtype.kind in "fib"
            else column.astype(object).where(column.notna(), None).tolist()
            for name, column in found.items()
        }
        return nw.from_dict(columns, backend=self.native.implementation).to_native()


def opened(
    given: Any,  # a table of any kind
    row: type[Row],
    *,
    needed: Collection[str] | None = None,
    keep: Iterable[str] = (),
    atmosphere_kpa: float | None = None,
) -> Table:
    """A table of a class of rows, with its columns held to what they may be called.

    Args:
        given: a DataFrame of pandas, or any eager table that narwhals knows.
        row: the class.
        needed: fields that every line must have, if not those that the class requires.
        keep: columns that may stand there although no field has their name.
        atmosphere_kpa: to be added to what gauges show, on lines that do not say their own.

    Raises:
        ArgumentError: it is no such table.
        RowError: with every column that is unknown, repeated or missing.
    """
    shape = shape_of(row)
    frame, native = _as_pandas(given, shape.known)
    kept = listed(str, "keep", keep)
    called = [name if is_a(name, str) else shown(name) for name in frame.columns]
    known, strange = shape.known, [name for name in called if name not in shape.known]
    faults = [unknown(name, known) for name in strange if name not in kept]
    again = sorted({name for name in called if called.count(name) > 1})
    faults += [f"column {name} stands more than once: expected it once" for name in again]
    gone = sorted(set(kept) - set(called))
    faults += [f"{name} is missing: expected a column to keep" for name in gone]
    whole = needed is None
    if needed is None:
        own = [field for field in describe(row) if field is not shape.inner]
        needed = [f.name for f in own if f.name in row.KEY or (f.required and f.default is None)]
    there = {known[name].field.name for name in called if name in known}
    wanted = {field.name: field for field in describe(row)} | {LIFT_TYPE: LIFT.field}
    must = [*needed, *([LIFT_TYPE] if shape.of_readings else [])]
    missing = [name for name in must if name not in there] if len(frame) else []
    faults += [f"{name} is missing: expected {wanted[name].expected()}" for name in missing]
    air = stated_atmosphere(atmosphere_kpa)
    if air is None and ATMOSPHERE.name not in there:
        gauges = [name for name in called if name in known and known[name].is_gauge]
        faults += [needs_air(name) for name in gauges if frame[name].notna().any()]
    if faults:
        raise RowError(table(row), faults)
    columns = zip(called, frame.items(), strict=True)
    cells = {name: cells_of(column) for name, (_, column) in columns if name in known}
    return Table(shape, frame, native, cells, needed, whole, kept, air)


def _as_pandas(given: Any, known: Collection[str]) -> tuple[pd.DataFrame, Any]:  # any table
    if isinstance(given, pd.DataFrame):
        return given, None
    try:
        import narwhals as nw  # noqa: PLC0415  # only a table of another kind needs it
    except ImportError:
        raise ArgumentError(
            f"{type(given).__name__}: expected a DataFrame of pandas; "
            "for tables of polars and pyarrow install narwhals, the extra `polars`"
        ) from None
    try:
        native = nw.from_native(given, eager_only=True)
    except TypeError:
        raise ArgumentError(f"{type(given).__name__}: expected a table in memory") from None
    columns = {name: _series(native[name], nw, name in known) for name in native.columns}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(native)), copy=False), native


def _series(column: Any, nw: Any, is_known: bool) -> "pd.Series[Any]":  # noqa: FBT001  # of narwhals
    dtype = column.dtype
    if is_known and (dtype.is_integer() or dtype.is_float()):
        return pd.Series(column.to_numpy())
    if is_known and isinstance(dtype, nw.Datetime) and dtype.time_zone:
        stamps = np.array(column.dt.timestamp("us").to_list(), dtype="datetime64[us]")
        return pd.Series(utc(stamps))
    return pd.Series(column.to_list(), dtype=object)
