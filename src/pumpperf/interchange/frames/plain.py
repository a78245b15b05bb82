"""Rows built by whole columns, from a table of which nothing is in any doubt.

Each column is judged as a whole by the rules that judge a single value. Where anything is in doubt
there are no rows here, and the way that goes line by line has the say.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count, islice, repeat
from typing import TypeVar

import attrs
import numpy as np
import pandas as pd
from attrs import frozen
from numpy.typing import NDArray

from pumpperf.fields import Field, describe
from pumpperf.interchange.door import LIFT_TYPE, Name
from pumpperf.interchange.frames.cells import (
    Column,
    Objects,
    absent,
    is_numeric,
    plain_column,
    raw_values,
    spread,
)
from pumpperf.lift import LiftType, SharedReading, reading_class
from pumpperf.model import ROWS, Row
from pumpperf.possible import Checked, trusted

C = TypeVar("C", bound=Checked)
R = TypeVar("R", bound=Row)
Known = Mapping[str, Name]
Places = NDArray[np.intp]


@frozen
class Inside:
    """What a row holds several of, one on a line.

    Attributes:
        field: that holds them.
        kinds: the classes they may have, and what the names of their columns mean.
        number: the column that orders them.
    """

    field: Field
    kinds: Mapping[type[Checked], Known]
    number: str


def plain_rows(
    frame: pd.DataFrame, row: type[R], own: Known, inside: Inside | None
) -> tuple[R, ...] | None:
    """The rows of a table, or None where anything is in doubt.

    Args:
        frame: all of its columns are known and none stands twice.
        row: the class wanted; the rules of any but the library's own are not known here.
        own: what the names of the row's own columns mean.
        inside: what it holds several of.
    """
    if row not in ROWS:
        return None
    if inside is not None:
        return _rows_of_groups(frame, row, own, inside)
    found = _columns(frame, row, own, describe(row))
    return None if found is None else tuple(_built(row, found))


def _rows_of_groups(
    frame: pd.DataFrame, row: type[R], own: Known, inside: Inside
) -> tuple[R, ...] | None:
    groups = _groups(frame, row, own)
    order = None if groups is None else _order(frame, groups, inside.number)
    if groups is None or order is None:
        return None
    frame, groups = frame.iloc[order], groups[order]
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    first = starts[groups]
    fields = [field for field in describe(row) if field is not inside.field]
    found = _columns(frame, row, own, fields)
    if found is None or not _agree(frame, own, found, first):
        return None
    kinds = _kinds(frame, inside)
    if kinds is None or (kinds != kinds[first]).any():
        return None
    items = _items(frame, kinds, inside)
    if items is None:
        return None
    sizes = np.diff(starts, append=len(frame)).tolist()
    every = np.ones(starts.size, dtype=np.bool_)
    heads = {name: Column(every, column.one_form[starts]) for name, column in found.items()}
    held = spread(map(tuple, map(islice, repeat(iter(items)), sizes)), every)
    return tuple(_built(row, {**heads, inside.field.name: Column(every, held)}))


def _built(kind: type[C], found: Mapping[str, Column]) -> Iterable[C]:
    values = (found[attribute.name].one_form.tolist() for attribute in attrs.fields(kind))
    return map(trusted(kind), *values)


def _columns(
    frame: pd.DataFrame, kind: type[Checked], known: Known, fields: Sequence[Field]
) -> dict[str, Column] | None:
    found: dict[str, Column] = {}
    unsure: dict[str, Column] = {}
    units: dict[str, Objects] = {}
    for name in _named(frame, known):
        meaning = known[name]
        field = meaning.field
        column = plain_column(frame[name], meaning)
        into = unsure if meaning.uncertainty else found
        if column is None or field.name in into:
            return None
        into[field.name] = column
        if field.kind is not None and meaning.unit != field.kind.suffix and into is found:
            units[field.name] = spread(repeat((field.name, meaning.unit)), column.given)
    for field in fields:
        column = found.get(field.name) or absent(field, len(frame))
        if column is None:
            return None
        found[field.name] = column
    if not _possible(kind, found, unsure):
        return None
    beside = {
        name: spread(zip(repeat(name), column.one_form[column.given]), column.given)
        for name, column in unsure.items()
    }
    return found | {
        "original_units": _pairs(units, len(frame)),
        "uncertainty": _pairs(beside, len(frame)),
    }


def _pairs(named: Mapping[str, Objects], size: int) -> Column:
    every = np.ones(size, dtype=np.bool_)
    if not named:
        return Column(every, spread(repeat(()), every))
    lines = zip(*(named[name].tolist() for name in sorted(named)), strict=True)
    return Column(every, spread(map(tuple, map(filter, repeat(None), lines)), every))


def _possible(
    kind: type[Checked], found: Mapping[str, Column], unsure: Mapping[str, Column]
) -> bool:
    """Whether all is well between the columns; the rules of `contradictions` are here as well."""
    key = kind.KEY if issubclass(kind, Row) else ()
    return (
        all(found[name].given.all() for name in key)
        and all((found[name].given | ~column.given).all() for name, column in unsure.items())
        and not any(_exceeds(found[low], found[high]) for low, high in kind.ORDERED)
        and all((found[b].given | ~found[a].given).all() for a, b in kind.TOGETHER)
        and all((_sizes(found[a]) == _sizes(found[b])).all() for a, b in kind.EQUALLY_LONG)
    )


def _exceeds(low: Column, high: Column) -> bool:
    both = low.given & high.given
    return bool((low.one_form[both] > high.one_form[both]).any())


def _sizes(column: Column) -> Places:
    sizes = np.zeros(column.given.size, dtype=np.intp)
    sizes[column.given] = list(map(len, column.one_form[column.given]))
    return sizes


def _groups(frame: pd.DataFrame, row: type[Row], own: Known) -> Places | None:
    (name,) = row.KEY  # one name, and needed, in every class that holds several of something
    key = plain_column(frame[name], own[name]) if name in frame.columns else None
    return None if key is None else pd.factorize(key.one_form)[0]


def _order(frame: pd.DataFrame, groups: Places, number: str) -> Places | None:
    if number not in frame.columns:
        return np.argsort(groups, kind="stable")
    cells = frame[number]
    if not is_numeric(cells) or cells.isna().any():
        return None
    numbers = cells.to_numpy()
    order = np.lexsort((numbers, groups))
    again = (groups[order][1:] == groups[order][:-1]) & (numbers[order][1:] == numbers[order][:-1])
    return None if again.any() or not numbers.all() else order


def _agree(frame: pd.DataFrame, own: Known, found: Mapping[str, Column], first: Places) -> bool:
    """Whether each line says of the row what the first line of its group says."""
    if (first == np.arange(first.size)).all():
        return True
    for name in _named(frame, own):
        field = own[name].field
        column = found[field.name]
        given, raw = column.given, raw_values(frame[name], column, field)
        if (given != given[first]).any() or (raw[given] != raw[first][given]).any():
            return False
    return True


def _kinds(frame: pd.DataFrame, inside: Inside) -> Places | None:
    """Which of the kinds stands on each line, by its place."""
    if not all(issubclass(kind, SharedReading) for kind in inside.kinds):
        return np.zeros(len(frame), dtype=np.intp)
    if LIFT_TYPE not in frame.columns:
        return None
    codes = frame[LIFT_TYPE].tolist()
    if not set(map(type, codes)) <= {str, LiftType}:
        return None
    places: dict[type[Checked] | None, int] = dict(zip(inside.kinds, count(), strict=False))
    place = {code: places.get(reading_class(code), -1) for code in set(codes)}
    kinds = np.fromiter(map(place.__getitem__, codes), np.intp, len(codes))
    return None if kinds.min() < 0 else kinds


def _items(frame: pd.DataFrame, kinds: Places, inside: Inside) -> Iterable[Checked] | None:
    anywhere = {name for known in inside.kinds.values() for name in known}
    items: list[Checked] = []
    lines: list[Places] = []
    for place, (kind, known) in enumerate(inside.kinds.items()):
        lines.append(np.flatnonzero(kinds == place))
        here = frame.iloc[lines[-1]]
        foreign = [name for name in _named(frame, anywhere) if name not in known]
        if here.empty:
            continue
        found = _columns(here, kind, known, describe(kind))
        if found is None or here[foreign].notna().to_numpy().any():
            return None
        items += _built(kind, found)
    order = np.argsort(np.concatenate(lines), kind="stable").tolist()
    return map(items.__getitem__, order)


def _named(frame: pd.DataFrame, names: Collection[str]) -> list[str]:
    return [name for name in frame.columns if name in names]
