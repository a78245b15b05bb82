"""What estimators take: columns of numbers, booleans, labels and levels, each refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.groups import groups, is_masked, missing, unmasked
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray, is_number
from pumpperf.results import Labels, Places

Termination = Literal["time", "failure"]
"""What ended an observation: a date, or the last failure."""


def refuse(*, wrong: BoolArray, values: NDArray[np.generic], name: str, expected: str) -> None:
    """Refuse the first value that is wrong.

    Args:
        wrong: which are, one entry a value.
        values: of the argument.
        name: of the argument.
        expected: what may stand there, in words.

    Raises:
        ArgumentError: naming place and value of the first.

    Source: definition.

    >>> refuse(wrong=np.array([False]), values=np.ones(1), name="share", expected="at most 1")
    """
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(f"{name}[{i}] = {values[i]!s}: expected {expected}")


def same_size(*, columns: Mapping[str, NDArray[np.generic]], size: int, of: str) -> None:
    """Refuse columns that are not as long as another.

    Args:
        columns: by the names of their arguments.
        size: of the other.
        of: name of the other.

    Raises:
        ArgumentError: naming the first that has not as many entries.

    Source: definition.

    >>> same_size(columns={"failed": np.ones(2)}, size=2, of="age_h")
    """
    for name, column in columns.items():
        if column.size != size:
            raise ArgumentError(f"{name} has {column.size} entries for {size} of {of}")


def same_index(**columns: object) -> None:
    """Refuse columns of one table whose labels of rows differ: by place, rows would be mixed up.

    Args:
        columns: by the names of their arguments; those without labels, as lists and arrays are,
            are taken by place, as are those of another length, which `same_size` refuses.

    Raises:
        ArgumentError: naming two that differ, and where.

    Source: definition; pandas aligns by label.

    >>> same_index(age_h=[5.0, 9.0], failed=np.array([True, False]), by=None)
    """
    labelled = {name: one for name, one in columns.items() if hasattr(one, "iloc")}
    indexes: dict[str, Any] = {name: getattr(one, "index", one) for name, one in labelled.items()}
    first = next(iter(indexes), "")
    for name, index in indexes.items():
        own = indexes[first]
        if len(index) == len(own) and not index.equals(own):
            pairs = zip(map(repr, own), map(repr, index), strict=True)
            i, (a, b) = next((i, both) for i, both in enumerate(pairs) if both[0] != both[1])
            raise ArgumentError(
                f"{first} and {name} have unequal indexes, {a} and {b} at {i}: "
                "expected rows of one table; align them, or give arrays"
            )


def columns(
    *, given: Mapping[str, ArrayLike], beside: Mapping[str, object] | None = None
) -> list[FloatArray]:
    """Columns of one table: finite numbers of at least 0, as many in each as in the first.

    Args:
        given: by the names of their arguments.
        beside: columns of other kinds of the same table, whose labels of rows are compared only.

    Raises:
        ArgumentError: lengths or labels of rows differ, or a number is missing, negative or not
            finite.

    Source: definition.

    >>> columns(given={"operating_h": [800.0, 90.0], "failures": [2, 0]}, beside={"by": None})
    [array([800.,  90.]), array([2., 0.])]
    """
    same_index(**given, **(beside or {}))
    found = {name: numbers(values=values, name=name) for name, values in given.items()}
    first, *_ = found
    same_size(columns=found, size=found[first].size, of=first)
    return [*found.values()]


def numbers(*, values: ArrayLike, name: str) -> FloatArray:
    """Finite numbers of at least 0 as a column.

    Args:
        values: one or many.
        name: of the argument, for the words of an error.

    Raises:
        ArgumentError: naming the first that is missing, negative or not finite.

    Source: definition.

    >>> numbers(values=[1, 2], name="age_h")
    array([1., 2.])
    """
    found = column(values=values, name=name)
    if found.size and not (found.min() >= 0.0 and found.max() < np.inf):
        wrong = ~((found >= 0.0) & (found < np.inf))
        refuse(wrong=wrong, values=found, name=name, expected="a finite number of at least 0")
    return found


def column(*, values: ArrayLike, name: str) -> FloatArray:
    """Numbers as a column; a missing one is NaN, but one that is masked is refused.

    Args:
        values: one or many. Truths, lengths of time, dates and text that looks like a number are
            not numbers, alone or among others: what is meant, or its unit, would be a guess.
        name: of the argument, for the words of an error.

    Raises:
        ArgumentError: they are not numbers.

    Source: definition.

    >>> column(values=[1, None], name="failed_after_h")
    array([ 1., nan])
    """
    try:
        given = np.atleast_1d(np.asarray(values)).ravel()
        cells = cast("list[object]", values if type(values) in {list, tuple} else [])
        kinds = set(map(type, cells))
        if kinds & {list, tuple, np.ndarray}:  # numpy makes numbers of the truths among them
            kinds = set(map(type, np.asarray(values, dtype=object).ravel().tolist()))
        wrong = bool(kinds & {bool, np.bool_})
        if given.dtype.kind == "O":
            given = np.where(missing(values=given), np.nan, given)
            cells = cast("list[object]", given.tolist())
            wrong = not all(map(is_number, set(map(type, cells))))
        if given.dtype.kind in "iufO" and not wrong and not is_masked(values=values):
            return given.astype(np.float64, copy=False)
    except (TypeError, ValueError, OverflowError) as error:
        raise ArgumentError(f"{name}: expected numbers, got {values!r:.80}") from error
    raise ArgumentError(f"{name}: expected numbers, got {values!r:.80}")


def booleans(*, values: ArrayLike, name: str) -> BoolArray:
    """True or false as a column, from bools or from 0 and 1.

    Args:
        values: one or many.
        name: of the argument, for the words of an error.

    Raises:
        ArgumentError: naming the first that is neither.

    Source: definition.

    >>> booleans(values=[1, 0], name="failed")
    array([ True, False])
    """
    given = unmasked(values=values, name=name)
    try:
        found = np.atleast_1d(np.asarray(given)).ravel()
    except ValueError as error:
        raise ArgumentError(f"{name}: expected true or false, got {values!r:.80}") from error
    if found.dtype == np.bool_:
        return found
    wrong = np.array([value not in (0, 1) for value in found.tolist()], dtype=bool)
    wrong |= found.dtype.kind in "mM"  # of which numpy makes whole numbers
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(f"{name}[{i}] = {found.tolist()[i]!r}: expected true or false")
    return found.astype(bool)


def labelled(*, by: ArrayLike | None, size: int) -> tuple[Labels | None, Places, int]:
    """Distinct labels, the place of each entry's own among them, and how many groups there are.

    Args:
        by: a label an entry. None: all entries are one group without a label.
        size: how many entries there are.

    Raises:
        ArgumentError: there are not as many labels as entries, or one is missing.

    Source: definition.

    >>> labelled(by=["b", "a"], size=2)
    (array(['a', 'b'], dtype=object), array([1, 0]), 2)
    """
    if by is None:
        return None, np.zeros(size, dtype=np.intp), 1
    group, index = groups(labels=by, name="by")
    if index.size != size:
        raise ArgumentError(f"by has {index.size} labels for {size} entries")
    return group, index, group.size
