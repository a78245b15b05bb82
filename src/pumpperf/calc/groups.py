"""Which entries belong together by their labels."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.errors import ArgumentError, shown
from pumpperf.numeric import BoolArray, IntArray
from pumpperf.results import Labels, Places

V = TypeVar("V")


def groups(*, labels: ArrayLike, name: str) -> tuple[Labels, Places]:
    """Distinct labels in sorted order, and for each entry the place of its label among them.

    An array of whole numbers is the fastest, since its labels need not be hashed.

    Args:
        labels: of the entries, all of one kind that has an order, such as text or numbers.
        name: of the argument, for the words of an error.

    Returns:
        The distinct labels and, one an entry, where its own stands among them.

    Raises:
        ArgumentError: a label is missing (None, NaN, NaT), or the labels have no common order.

    Source: definition.

    >>> groups(labels=["b", "a", "b"], name="by")
    (array(['a', 'b'], dtype=object), array([1, 0, 1]))
    """
    labels = unmasked(values=labels, name=name)
    if isinstance(labels, np.ndarray) and labels.dtype.kind == "i" and labels.size:
        return _numbered(labels.ravel().astype(np.int64, copy=False))
    given = np.asarray(labels, dtype=object).ravel()
    wrong = missing(values=given)
    if not wrong.any():
        try:
            distinct = sorted(set(given.tolist()))
        except TypeError:
            wrong = np.array([type(label) is not type(given[0]) for label in given])
        else:
            place = {label: i for i, label in enumerate(distinct)}
            group = np.empty(len(distinct), dtype=object)
            group[:] = distinct
            return group, np.array([place[label] for label in given.tolist()], dtype=np.intp)
    i = int(np.argmax(wrong))
    raise ArgumentError(
        f"{name}[{i}] = {shown(given[i])}: expected labels of one kind, none missing"
    )


def joint_groups(
    *, first: ArrayLike, second: ArrayLike, name: str
) -> tuple[Labels, Places, Places]:
    """Distinct labels of two columns, and the place of each entry's own among them.

    Args:
        first: labels of one column.
        second: labels of the other, of the same kind.
        name: of both, for the words of an error.

    Raises:
        ArgumentError: a label is missing or of another kind.

    Source: definition.

    >>> joint_groups(first=["b"], second=["a", "b"], name="by, at_by")
    (array(['a', 'b'], dtype=object), array([1]), array([0, 1]))
    """
    one, two = np.asarray(first), np.asarray(second)
    if one.dtype.kind != "i" or two.dtype.kind != "i":
        one, two = np.asarray(first, dtype=object), np.asarray(second, dtype=object)
    group, index = groups(labels=np.concatenate([one.ravel(), two.ravel()]), name=name)
    return group, index[: one.size], index[one.size :]


def missing(*, values: Labels) -> BoolArray:
    """Which values are missing: None, NaN, NaT or NA.

    Args:
        values: of any kind.

    Source: definition.

    >>> missing(values=np.array(["a", None, float("nan")], dtype=object))
    array([False,  True,  True])
    """
    try:
        absent = np.array([one is None for one in values.tolist()], dtype=bool)
        unequal: BoolArray = values != values
        return absent | unequal
    except TypeError:  # NA of pandas is neither equal nor unequal to anything
        return np.array([is_missing(value=one) for one in values.tolist()], dtype=bool)


def is_missing(*, value: object) -> bool:
    """Whether a value is None, NaN, NaT or NA.

    Args:
        value: of any kind.

    Source: definition.

    >>> is_missing(value=float("nan")), is_missing(value="a")
    (True, False)
    """
    if value is None:
        return True
    unequal = value != value
    return unequal is value or bool(unequal)


def is_masked(*, values: object) -> bool:
    """Whether some values of a masked array are masked; what is missing in a table is not.

    Args:
        values: of any kind.

    Source: definition.

    >>> is_masked(values=np.ma.masked_array([1, 2], mask=[0, 1]))
    True
    """
    return isinstance(values, np.ma.MaskedArray) and bool(np.ma.getmaskarray(values).any())  # pyright: ignore[reportUnknownArgumentType]  # of any kind


def unmasked(*, values: V, name: str) -> V:
    """The values themselves, none of which may be masked: what is under a mask is no answer.

    Args:
        values: one or many.
        name: of the argument, for the words of an error.

    Raises:
        ArgumentError: naming the first that is masked.

    Source: definition.

    >>> unmasked(values=["a", "b"], name="mode")
    ['a', 'b']
    """
    if is_masked(values=values):
        i = int(np.argmax(getattr(values, "mask", False)))
        raise ArgumentError(f"{name}[{i}] is masked: expected none missing")
    return values


def _numbered(labels: IntArray) -> tuple[Labels, Places]:
    lowest = int(labels.min())
    span = int(labels.max()) - lowest + 1
    if span > 4 * labels.size:
        distinct, index = np.unique(labels, return_inverse=True)
        return distinct.astype(object), index
    seen = np.zeros(span, dtype=bool)
    from_lowest = labels - lowest
    seen[from_lowest] = True
    place = np.cumsum(seen) - 1
    return (np.flatnonzero(seen) + lowest).astype(object), place[from_lowest]
