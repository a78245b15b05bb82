"""Rows made of a table: a row a line, or a reading a line where a row holds several."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice, repeat
from typing import Any, Literal, TypeVar, overload

import attrs
import numpy as np
import pandas as pd
from attrs import frozen

from pumpperf.checked import Checked, trusted
from pumpperf.errors import shown
from pumpperf.fields import Field, describe
from pumpperf.interchange.door import LIFT_TYPE, a_class
from pumpperf.interchange.frames.columns import Column, Flags, Values
from pumpperf.interchange.frames.lines import Lines, lines_of, words_of
from pumpperf.interchange.frames.tables import OBS_NO, Errors, Places, Shape, Table, opened
from pumpperf.lift import READINGS, LiftType
from pumpperf.model import Row

R = TypeVar("R", bound=Row)
C = TypeVar("C", bound=Checked)


@overload
def rows_of(
    frame: object,
    row: type[R],
    *,
    atmosphere_kpa: float | None = ...,
    errors: Literal["raise"] = ...,
) -> tuple[R, ...]: ...


@overload
def rows_of(
    frame: object, row: type[R], *, atmosphere_kpa: float | None = ..., errors: Literal["report"]
) -> tuple[tuple[R, ...], Any]: ...


def rows_of(
    frame: object, row: type[R], *, atmosphere_kpa: float | None = None, errors: Errors = "raise"
) -> Any:  # by `errors`
    """The rows of a table; nothing is guessed and nothing kept of a faulty line.

    Args:
        frame: of pandas, polars or pyarrow; columns named as `to_frame` names them, in any accepted
            unit and any order. NaN, NaT and None are absent values. Lines with one key are the
            readings of one row, in the order of `reading_obs_no` if there is one.
        row: the class wanted.
        atmosphere_kpa: absolute pressure of the air, for columns from gauges (`_psig`), on lines
            that have none of their own.
        errors: `raise`, or `report` to have the rows of all other lines.

    Returns:
        The rows; with `report`, the rows and a table of the lines that gave none, with a column
        `faults`.

    Raises:
        RowError: with what is wrong with each line, named by its index label.
        ArgumentError: it is no table, or the atmosphere is no number above 0.

    >>> from pumpperf import Equipment
    >>> rows_of(pd.DataFrame({"equipment_id": ["P1"], "lift_type": ["ESP"]}), Equipment)[0].source
    >>> rows_of(pd.DataFrame({"equipment": ["P1"]}), Equipment)
    Traceback (most recent call last):
    pumpperf.errors.RowError: EQUIPMENT: equipment is unknown: the nearest name is equipment_id; ...
    """
    a_class(row)
    given = opened(frame, row, atmosphere_kpa=atmosphere_kpa)
    found = lines_of(given)
    grouped = _grouped(given, found)
    bad, words = grouped.bad, grouped.words
    if errors == "raise":
        given.refuse(np.flatnonzero(bad), words)
    lines = grouped.order[~grouped.spoilt[grouped.order]]
    heads = lines[grouped.head[lines] == lines]
    inside: dict[str, list[Any]] = {}  # readings, duties or chains
    if given.shape.inner:
        items = iter(_items(given.shape, found, lines))
        sizes = np.diff(np.flatnonzero(grouped.head[lines] == lines), append=lines.size)
        parts = map(islice, repeat(items), sizes.tolist())
        inside[given.shape.inner.name] = list(map(tuple, parts))
    rows = tuple(_made(row, found, heads, inside))
    return (
        rows if errors == "raise" else (rows, given.report(np.flatnonzero(grouped.spoilt), words))
    )


@frozen(eq=False)
class _Grouped:
    """The lines of a table as rows.

    Attributes:
        order: the lines, those of a row one after the other.
        head: the line of each on which its row begins.
        bad: the lines of which something is wrong.
        spoilt: the lines of rows of which something is wrong.
        words: what is wrong with a line.
    """

    order: Places
    head: Places
    bad: Flags
    spoilt: Flags
    words: Callable[[int], list[str]]


def _grouped(given: Table, found: Lines) -> _Grouped:
    size = found.wrong.size
    every = np.arange(size)
    if given.shape.inner is None or not size:
        return _Grouped(every, every, found.wrong, found.wrong, partial(words_of, given))
    (name,) = given.shape.row.KEY  # one name, and needed, in every class that holds several
    groups = pd.factorize(found.fields[name].held)[0]
    groups = np.where(groups < 0, size + every, groups)
    numbers = found.fields[OBS_NO].held if OBS_NO in found.fields else every
    order = np.lexsort((numbers, groups))
    starts = np.diff(groups[order], prepend=-1) != 0
    head = np.empty(size, dtype=np.intp)
    head[order] = order[np.flatnonzero(starts)[np.cumsum(starts) - 1]]
    again = np.zeros(size, dtype=np.bool_)
    again[order[1:]] = ~starts[1:] & (np.diff(numbers[order]) == 0)
    others = {
        name: _differs(found.fields[meaning.field.name], meaning.field, head)
        for name, meaning in given.shape.known.items()
        if name in given.cells and (name in given.shape.own or name == LIFT_TYPE)
    }
    bad = np.logical_or.reduce([found.wrong, again, *others.values()])
    spoilt = np.isin(head, head[bad])

    def words(place: int) -> list[str]:
        at, first = given.line(place), int(head[place])
        faults = words_of(given, place)
        cells, wanted = given.record(place), given.record(first)
        if again[place]:
            expected = "expected another number on each line of a key"
            faults.append(f"{at}, {OBS_NO} = {shown(cells.get(OBS_NO))}: {expected}")
        faults += [
            f"{at}, {name} = {shown(cells.get(name))}: expected {shown(wanted.get(name))} "
            f"as on {given.line(first)} of the same key"
            for name, differ in others.items()
            if differ[place]
        ]
        return faults or [f"{at}: another line of its key is faulty"]

    return _Grouped(order, head, bad, spoilt, words)


def _differs(column: Column, field: Field, head: Places) -> Flags:
    """Where a line says something else than the first one of its key."""
    if column.sizes is None:
        there, values = column.given, column.held
        differs: Flags = (there != there[head]) | (there & (values != values[head]))
        return differs
    listed = column.objects(field)
    pairs = zip(listed, map(listed.__getitem__, head.tolist()), strict=True)
    return np.fromiter((one != first for one, first in pairs), np.bool_, len(listed))


def _made(
    kind: type[C], found: Lines, lines: Places, inside: Mapping[str, list[Any]] | None = None
) -> Iterable[C]:
    """What lines hold of a class, of which nothing is in doubt."""
    held = dict(inside or {})
    fields = [field for field in describe(kind) if field.name not in held]
    for field in fields:
        column = found.fields.get(field.name)
        held[field.name] = (
            [field.default] * lines.size if column is None else column[lines].objects(field)
        )
    known = {field.name for field in fields}
    units = [
        [(name, unit) if there else None for there in flags[lines].tolist()]
        for name, came in sorted(found.units.items())
        for unit, flags in came
        if name in known
    ]
    beside = [
        [(name, value) if value == value else None for value in column[lines].held.tolist()]
        for name, column in sorted(found.uncertainty.items())
        if name in known
    ]
    held["original_units"], held["uncertainty"] = (
        [tuple(pair for pair in pairs if pair) for pairs in zip(*some, strict=True)]
        or [()] * lines.size
        for some in (units, beside)
    )
    return map(trusted(kind), *(held[one.name] for one in attrs.fields(kind)))


def _items(shape: Shape, found: Lines, lines: Places) -> list[Checked]:
    """What stands on lines, each of its own class."""
    if not shape.of_readings:
        return list(_made(shape.kinds[0], found, lines))
    lifts = found.column(LIFT_TYPE).held[lines]
    items: Values = np.full(lines.size, None, dtype=object)
    for place, reading in enumerate(map(READINGS.__getitem__, LiftType)):
        here = np.flatnonzero(lifts == place)
        items[here] = np.fromiter(_made(reading, found, lines[here]), object, here.size)
    return list(items)
