"""Whole columns of cells brought to their one form, where nothing in them is in any doubt.

A column of which something is in doubt is None here. It may still be right: the way that goes line
by line has the say.
"""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from itertools import chain, islice, repeat
from typing import Any

import attrs
import numpy as np
import pandas as pd
from attrs import frozen
from numpy.typing import NDArray

from pumpperf.fields import Field
from pumpperf.interchange.door import Name, parsed
from pumpperf.numeric import FloatArray
from pumpperf.possible import faults, is_writable
from pumpperf.units import to_canonical

Objects = NDArray[Any]  # values of any kind
Flags = NDArray[np.bool_]


@frozen(eq=False)
class Column:
    """A column of which nothing is in doubt.

    Attributes:
        given: which lines have a value.
        one_form: their values; where none is given, what stands for it.
    """

    given: Flags
    one_form: Objects


def plain_column(cells: "pd.Series[Any]", meaning: Name) -> Column | None:
    """The values of a field, or the uncertainties of a quantity.

    Args:
        cells: a column of a table.
        meaning: what its name means.
    """
    field = meaning.field
    given = cells.notna().to_numpy(dtype=np.bool_)
    if not given.any():
        return absent(field, given.size)
    if not given.all() and faults(field, field.default):
        return None
    values = _plain(cells[given], meaning)
    return None if values is None else Column(given, spread(values, given, field.default))


def absent(field: Field, size: int) -> Column | None:
    """A column without a value, where a row can be without one."""
    if faults(field, field.default):
        return None
    given = np.zeros(size, dtype=np.bool_)
    return Column(given, spread((), given, field.default))


def spread(values: Iterable[object], given: Flags, other: object = None) -> Objects:
    """The values one after the other on the lines that are given one, the other on the rest."""
    lines: Objects = np.full(given.size, other, dtype=object)
    lines[given] = np.fromiter(values, dtype=object, count=np.count_nonzero(given))
    return lines


def raw_values(cells: "pd.Series[Any]", column: Column, field: Field) -> Objects:
    """The values as they came, so that lines can be told apart; anything where none is given."""
    if field.sequence:
        return spread(map(tuple, cells[column.given]), column.given)
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return column.one_form
    return cells.to_numpy()


def is_numeric(cells: "pd.Series[Any]") -> bool:
    """Whether a column holds numbers that doubles can hold, and nothing else."""
    dtype = cells.dtype
    return isinstance(dtype, np.dtype) and dtype.kind in "fiu" and dtype.itemsize <= 8


def _plain(cells: "pd.Series[Any]", meaning: Name) -> Iterable[object] | None:
    field = meaning.field
    (first, *_) = field.types
    if field.sequence:
        return _sequences(cells, meaning)
    if first in (float, int):
        return _numbers(cells, meaning) if is_numeric(cells) else None
    if first is dt.datetime:
        return _dates(cells, field)
    return _texts(cells, field) if first is str else _labels(cells, field)


def _numbers(cells: "pd.Series[Any]", meaning: Name) -> Iterable[object] | None:
    field, kind = meaning.field, meaning.field.kind
    numbers = cells.to_numpy(dtype=np.float64) + 0.0
    with np.errstate(all="ignore"):  # what overflows is beyond the bounds
        if meaning.uncertainty:
            return _uncertainties(numbers, meaning)
        if field.types == (int,):
            return _wholes(numbers, field)
        if kind is not None:
            numbers = to_canonical(numbers, meaning.unit, kind) + 0.0
    return None if _beyond(field, numbers) else numbers.tolist()


def _uncertainties(numbers: FloatArray, meaning: Name) -> Iterable[object] | None:
    kind = meaning.field.kind
    if kind is not None and meaning.unit != kind.suffix:
        numbers = numbers * kind.scales[meaning.unit].factor
    possible = (numbers >= 0.0) & (numbers < np.inf)
    return numbers.tolist() if possible.all() else None


def _wholes(numbers: FloatArray, field: Field) -> Iterable[object] | None:
    wholes = numbers.astype(np.int64)
    return None if (wholes != numbers).any() or _beyond(field, wholes) else wholes.tolist()


def _beyond(field: Field, numbers: NDArray[Any]) -> bool:  # floats or integers
    return any(faults(field, extreme.item()) for extreme in (numbers.min(), numbers.max()))


def _dates(cells: "pd.Series[Any]", field: Field) -> Iterable[object] | None:
    if not isinstance(cells.dtype, pd.DatetimeTZDtype):
        return _written_dates(cells.tolist(), field)
    times = pd.DatetimeIndex(cells).tz_convert(dt.UTC)
    if times.year.min() <= dt.MINYEAR or times.year.max() >= dt.MAXYEAR:
        return None
    return times.to_pydatetime()


def _written_dates(cells: list[Any], field: Field) -> Iterable[object] | None:  # any cells
    if not set(map(type, cells)) <= {str, dt.datetime}:
        return None
    dates = list(map(partial(parsed, field), cells))
    return None if any(map(partial(faults, field), dates)) else dates


def _texts(cells: "pd.Series[Any]", field: Field) -> Iterable[object] | None:
    texts = cells.tolist()
    if not set(map(type, texts)) <= {str}:
        return None
    different = set(texts)
    extremes = min(different, key=len), max(different, key=len)
    if any(faults(field, text) for text in extremes) or not all(map(is_writable, different)):
        return None
    return texts


def _labels(cells: "pd.Series[Any]", field: Field) -> Iterable[object] | None:
    labels = cells.tolist()
    (first, *_) = field.types
    if not set(map(type, labels)) <= {str, first}:
        return None
    one_form = {label: parsed(field, label) for label in set(labels)}
    if any(faults(field, value) for value in one_form.values()):
        return None
    return map(one_form.__getitem__, labels)


def _sequences(cells: "pd.Series[Any]", meaning: Name) -> Iterable[object] | None:
    field = meaning.field
    listed: list[Iterable[object]] = cells.tolist()
    if not set(map(type, listed)) <= {tuple, list, np.ndarray}:
        return None
    wholes = [*map(tuple, listed)]
    items = list(chain.from_iterable(wholes))
    if field.nested:
        return wholes if set(map(type, items)) <= set(field.types) else None
    one = Name(attrs.evolve(field, sequence=False, required=False), meaning.unit)
    found = plain_column(pd.Series(items), one)
    if found is None or not found.given.all():
        return None
    values = iter(found.one_form.tolist())
    return map(tuple, map(islice, repeat(values), map(len, wholes)))
