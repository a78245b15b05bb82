"""A field's rule held to whole columns: every cell in its one form, and which cannot be held.

A column of one kind is judged as a whole; where cells of several kinds stand in it, the door judges
each of them as it judges a value of a record.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Context, localcontext
from enum import StrEnum
from functools import cache
from itertools import chain, islice, repeat
from typing import Any, cast

import numpy as np
import pandas as pd
from attrs import evolve, frozen
from numpy.typing import NDArray

from pumpperf.fields import Field
from pumpperf.interchange.door import Name, in_canonical_unit, parsed, uncertainty_of
from pumpperf.numeric import FloatArray
from pumpperf.possible import holds, is_writable, reason

Values = NDArray[Any]  # of whatever a field holds
Flags = NDArray[np.bool_]

_QUIET = Context(traps=[])
"""A signaling NaN is one like others."""
NOTHING: Values = np.array([None], dtype=object)
FIRST, LAST = np.datetime64("0001-01-01", "us"), np.datetime64("9999-12-31T23:59:59.999999", "us")


@frozen(eq=False)
class Cells:
    """Cells as they came: an array of numbers, truths, dates in UTC or anything else.

    Attributes:
        array: of the cells, or of their places among the categories.
        categories: that stand for them, if any; place -1 is an absent value.
    """

    array: Values
    categories: "Cells | None" = None

    def __getitem__(self, lines: "slice | Values") -> "Cells":
        """Some of them."""
        return Cells(self.array[lines], self.categories)


def cells_of(column: "pd.Series[Any]") -> Cells:
    """A column of a table in one of the few forms that are read."""
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return Cells(column.cat.codes.to_numpy(), cells_of(dtype.categories.to_series()))
    if isinstance(dtype, pd.DatetimeTZDtype):
        return Cells(column.to_numpy(dtype="datetime64[us]"))
    if isinstance(dtype, pd.ArrowDtype) and "tz=" in str(dtype):
        return cells_of(column.astype("datetime64[us, UTC]"))
    if isinstance(dtype, np.dtype):
        return Cells(column.to_numpy() if dtype.kind in "fiub" else column.to_numpy(dtype=object))
    if pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype):
        return Cells(column.to_numpy(dtype=np.float64, na_value=np.nan))
    return Cells(column.to_numpy(dtype=object))


@frozen(eq=False)
class Column:
    """What a column says, a value a line.

    Attributes:
        held: numbers with NaN, dates with NaT, places among the forms of a code or truth with
            -1, or objects with None where nothing is given; of sequences, all items in a row.
        wrong: the lines whose cell cannot be held; None where there are none.
        sizes: how many items a line has of a sequence; -1 where none is given.
    """

    held: Values
    wrong: Flags | None = None
    sizes: NDArray[np.intp] | None = None

    @property
    def given(self) -> Flags:
        """Which lines have a value that can be held."""
        values = self.held if self.sizes is None else self.sizes
        if values.dtype.kind in "fM":
            return ~np.isnan(values) if values.dtype.kind == "f" else ~np.isnat(values)
        return values >= 0 if values.dtype.kind == "i" else np.not_equal(values, NOTHING)

    def __getitem__(self, lines: Values) -> "Column":
        """Some of the lines."""
        if self.sizes is None:
            return Column(self.held[lines])
        every, sizes = self.sizes.clip(0), self.sizes[lines]
        many = sizes.clip(0)
        starts = (np.cumsum(every) - every)[lines] - (np.cumsum(many) - many)
        return Column(self.held[np.repeat(starts, many) + np.arange(many.sum())], None, sizes)

    def objects(self, field: Field) -> list[Any]:  # the values of any field
        """The values as rows hold them, and the field's default where there is none."""
        given = self.given
        found: Values = np.fromiter(repeat(field.default, given.size), object, given.size)
        if self.sizes is not None:
            items = iter(_as_held(self.held, field))
            wholes = map(tuple, map(islice, repeat(items), self.sizes[given].tolist()))
            found[given] = np.fromiter(wholes, dtype=object, count=np.count_nonzero(given))
        else:
            found[given] = _as_held(self.held[given], field)
        return list(found)


def _as_held(values: Values, field: Field) -> Values:
    (first, *_) = field.types
    if values.dtype.kind == "M":
        return utc(values).to_pydatetime()
    if first in (float, int):
        return values.astype(first).astype(object)
    return values if values.dtype == object else forms(first)[values]


def utc(when: Values) -> pd.DatetimeIndex:
    """Dates in UTC as a column of a table has them."""
    return pd.DatetimeIndex(when).tz_localize("UTC")


@cache
def forms(kind: type) -> Values:
    """What a code or truth may be, at its place; the last one is that of an absent value."""
    found: Values = np.full(3 if kind is bool else len(cast("type[StrEnum]", kind)) + 1, None)
    found[:-1] = [False, True] if kind is bool else list(cast("type[StrEnum]", kind))
    return found


def read_column(cells: Cells, meaning: Name) -> Column:
    """The values of a field, or the uncertainties of a quantity, and which cells are wrong.

    Args:
        cells: of a column.
        meaning: what its name means.
    """
    if meaning.uncertainty:
        meaning = Name(uncertainty_of(meaning.field), meaning.unit, uncertainty=True)
    field, array, categories = meaning.field, cells.array, cells.categories
    if categories is None:
        return _sequences(array, meaning) if field.sequence else _column(array, meaning)
    if field.sequence:
        return _sequences(np.append(categories.array.astype(object), NOTHING)[array], meaning)
    known = _column(categories.array, meaning)
    wrong = None if known.wrong is None else np.append(known.wrong, False)[array]
    return Column(np.append(known.held, typed(field, [None]))[array], wrong)


def _column(array: Values, meaning: Name) -> Column:
    field = meaning.field
    (first, *_) = field.types
    if first in (float, int) and array.dtype.kind in "fiu":
        with np.errstate(all="ignore"):  # what overflows is beyond the bounds
            return _judged(field, in_canonical_unit(meaning, array.astype(np.float64) + 0.0))
    if first is bool and array.dtype.kind == "b":
        return Column(array.astype(np.int8))
    if array.dtype.kind == "M" and first is dt.datetime:
        wrong = (array < FIRST) | (array > LAST)
        return Column(np.where(wrong, np.datetime64("NaT", "us"), array), wrong)
    found = array.astype(object)
    with localcontext(_QUIET):
        found[pd.isna(found)] = None
    cells = found.tolist()
    kinds = set(map(type, cells)) - {type(None)}
    by_label = _is_label(first) and kinds <= ({str} if first is str else {str, first})
    return _by_label(cells, meaning) if by_label else _one_by_one(cells, meaning)


def _is_label(kind: type) -> bool:
    return kind in (str, bool) or issubclass(kind, StrEnum)


def merged(first: Column, second: Column, field: Field) -> Column:
    """A field in two columns of two units: a line may have it in either."""
    if first.sizes is None:
        return Column(np.where(first.given, first.held, second.held))
    either = [
        one if one is not None else other
        for one, other in zip(first.objects(field), second.objects(field), strict=True)
    ]
    return _sequences(np.fromiter(either, object, len(either)), Name(field, field.unit))


def _judged(field: Field, numbers: FloatArray) -> Column:
    extremes = (np.fmin.reduce(numbers, initial=np.nan), np.fmax.reduce(numbers, initial=np.nan))
    if field.types == (float,) and all(x != x or reason(field, float(x)) is None for x in extremes):
        return Column(numbers)
    right = np.isfinite(numbers)
    for bound in field.bounds:
        right &= holds(bound, numbers)
    if field.types == (int,):
        right &= numbers == np.floor(numbers)
    wrong = ~(right | np.isnan(numbers))
    return Column(np.where(wrong, np.nan, numbers), wrong)


def _by_label(labels: list[Any], meaning: Name) -> Column:  # texts, codes and None
    """A column whose cells are labels: each different one is judged once."""
    field = meaning.field
    different = set(labels) - {None}
    if field.types == (str,) and is_writable("".join(different)):
        extremes = (pick(different, key=len) for pick in (min, max) if different)
        if all(reason(field, text) is None for text in extremes):
            return Column(typed(field, labels))
    held = {label: parsed(field, label) for label in different} | {None: None}
    bad = {label for label in different if reason(field, held[label]) is not None}
    held |= dict.fromkeys(bad)
    wrong = np.fromiter((label in bad for label in labels), np.bool_, len(labels))
    return Column(typed(field, [held[label] for label in labels]), wrong)


def _one_by_one(cells: list[Any], meaning: Name) -> Column:  # cells may be anything
    field = meaning.field
    values: list[Any] = [None] * len(cells)
    wrong = np.zeros(len(cells), dtype=np.bool_)
    for i, raw in enumerate(cells):
        if raw is not None:
            value = in_canonical_unit(meaning, parsed(field, plain(raw)))
            wrong[i] = reason(field, value) is not None
            values[i] = None if wrong[i] else value
    return Column(typed(field, values), wrong)


def typed(field: Field, values: Sequence[Any]) -> Values:  # held values or None
    """Values in the one form that a column of them has."""
    (first, *_) = field.types
    if first in (float, int):
        return np.array(values, dtype=np.float64)
    if first is dt.datetime:
        naive = [None if value is None else value.replace(tzinfo=None) for value in values]
        return np.array(naive, dtype="datetime64[us]")
    if first is bool or issubclass(first, StrEnum):
        place = {form: i for i, form in enumerate(forms(first)[:-1].tolist())} | {None: -1}
        return np.fromiter((place[value] for value in values), np.int8, len(values))
    return np.fromiter(values, object, len(values))


def _sequences(array: Values, meaning: Name) -> Column:
    field = meaning.field
    cells = [plain(cell) for cell in array.tolist()]
    fine = np.array([cell is None or isinstance(cell, tuple) for cell in cells], dtype=np.bool_)
    whole: list[tuple[Any, ...]] = [cell if isinstance(cell, tuple) else () for cell in cells]
    each = (-1 if cell is None else len(x) for cell, x in zip(cells, whole, strict=True))
    sizes = np.fromiter(each, np.intp, len(cells))
    items: Values = np.fromiter(chain.from_iterable(whole), dtype=object)
    if field.nested:
        found = Column(items, np.array([type(item) not in field.types for item in items], bool))
    else:
        one = Name(evolve(field, sequence=False), meaning.unit)
        found = read_column(Cells(_floats(items)), one)
    bad = ~found.given if found.wrong is None else found.wrong | ~found.given
    line = np.repeat(np.arange(sizes.size), sizes.clip(0))
    wrong = ~fine | (np.bincount(line[bad], minlength=sizes.size) > 0)
    return Column(found.held, wrong, sizes)


def _floats(items: Values) -> Values:
    return items.astype(np.float64) if set(map(type, items.tolist())) == {float} else items


def plain(cell: Any) -> Any:  # a cell may be anything
    """A cell as plain Python has it; None where it is absent."""
    if isinstance(cell, pd.Timestamp):
        try:
            return cell.to_pydatetime(warn=False)
        except ValueError:  # beyond the calendar
            return f"a date in the year {cell.year}"
    if isinstance(cell, np.timedelta64):  # as a number it would have lost its unit
        cell = pd.Timedelta(cast("Any", cell))
    if isinstance(cell, np.ndarray | np.generic):
        cell = cast("Any", cell.tolist())
    if isinstance(cell, list | tuple):
        return tuple(cast("Iterable[object]", cell))
    with localcontext(_QUIET):
        return None if pd.api.types.is_scalar(cell) and pd.isna(cell) else cell
