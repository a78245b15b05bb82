"""What estimators of lives refuse, each in the same words, and columns made of one length."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.groups import groups, unmasked
from pumpperf.calc.inputs import numbers, same_index, same_size
from pumpperf.calc.scalars import number
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray
from pumpperf.results import Labels, Places


def at_most(*, values: FloatArray, name: str, limit: FloatArray, of: str) -> None:
    """Refuse a column of which an entry exceeds that of another.

    Args:
        values: the column.
        name: of the argument.
        limit: the other, of as many entries.
        of: its name.

    Raises:
        ArgumentError: naming the first entry that exceeds the other's.

    Source: definition.

    >>> at_most(values=np.zeros(2), name="failures", limit=np.ones(2), of="at_risk")
    """
    wrong = values > limit
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(f"{name}[{i}] = {values[i]}: expected at most {of}[{i}] = {limit[i]}")


def positive(*, value: float, name: str) -> float:
    """A finite number above 0.

    Args:
        value: the number.
        name: of the argument.

    Raises:
        ArgumentError: it is not.

    Source: definition.

    >>> positive(value=24.0, name="within_h")
    24.0
    """
    if not 0.0 < number(value=value, name=name) < np.inf:
        raise ArgumentError(f"{name} = {value}: expected a finite number above 0")
    return value


def one_each(*, values: ArrayLike, name: str, size: int) -> FloatArray:
    """Numbers of at least 0: one for all, or one each.

    Args:
        values: one or many.
        name: of the argument.
        size: how many there are.

    Raises:
        ArgumentError: neither 1 nor so many are given, or one is negative or not finite.

    Source: definition.

    >>> one_each(values=2.0, name="shape", size=2)
    array([2., 2.])
    """
    column = numbers(values=values, name=name)
    if column.size not in (1, size):
        raise ArgumentError(f"{name} has {column.size} entries: expected 1 or {size}")
    return np.broadcast_to(column, (size,))


def alike(*, arguments: Mapping[str, ArrayLike]) -> list[FloatArray]:
    """Columns of numbers of at least 0, each as long as the longest; single ones stand for all.

    Args:
        arguments: by their names.

    Raises:
        ArgumentError: lengths differ, or a number is missing, negative or not finite.

    Source: definition.

    >>> alike(arguments={"shape": 2.0, "scale_h": [10.0, 20.0]})
    [array([2., 2.]), array([10., 20.])]
    """
    same_index(**arguments)
    columns = {name: numbers(values=values, name=name) for name, values in arguments.items()}
    try:
        return [np.array(column) for column in np.broadcast_arrays(*columns.values())]
    except ValueError as error:
        sizes = ", ".join(f"{column.size} of {name}" for name, column in columns.items())
        raise ArgumentError(f"lengths differ: {sizes}") from error


def modes_of(*, mode: ArrayLike, failed_rows: Places, size: int, of: str) -> tuple[Labels, Places]:
    """Labels of the modes of failed lives, and the place of each life's own among them.

    Args:
        mode: a label a life; what stands beside those that did not fail does not matter.
        failed_rows: places of the failed lives.
        size: how many lives were given.
        of: name of the argument that gave them.

    Raises:
        ArgumentError: lengths differ, or the label of a failed life is missing or of another kind.

    Source: definition.

    >>> modes_of(mode=["wear", None], failed_rows=np.array([0]), size=2, of="age_h")
    (array(['wear'], dtype=object), array([0, 0]))
    """
    mode = unmasked(values=mode, name="mode")
    whole = isinstance(mode, np.ndarray) and mode.dtype.kind == "i"
    given = np.atleast_1d(np.asarray(mode, dtype=np.int64 if whole else object)).ravel()
    same_size(columns={"mode": given}, size=size, of=of)
    if not failed_rows.size:
        return np.empty(0, dtype=object), np.zeros(size, dtype=np.intp)
    one = given[failed_rows[:1]]
    try:
        groups(labels=one, name="mode")
    except ArgumentError as error:
        raise ArgumentError(
            f"mode[{failed_rows[0]}] = {one[0]!r}: expected the label of a mode for a failed life"
        ) from error
    failed = np.zeros(size, dtype=bool)
    failed[failed_rows] = True
    return groups(labels=np.where(failed, given, one), name="mode")
