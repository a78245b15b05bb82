"""Which entries belong together by their labels."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.errors import ArgumentError


def groups(*, labels: ArrayLike, name: str) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
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
    wrong = np.array([label is None for label in given], dtype=bool)
    try:
        wrong = wrong | (given != given)  # as NaN and NaT are
        if not wrong.any():
            distinct = sorted(set(given.tolist()))
            place = {label: i for i, label in enumerate(distinct)}
            group = np.empty(len(distinct), dtype=object)
            group[:] = distinct
            return group, np.array([place[label] for label in given.tolist()], dtype=np.intp)
    except TypeError:
        if not wrong.any():
            wrong = np.array([type(label) is not type(given[0]) for label in given])
    i = int(np.argmax(wrong))
    raise ArgumentError(f"{name}[{i}] = {given[i]!r}: expected labels of one kind, none missing")


def unmasked(*, values: ArrayLike, name: str) -> ArrayLike:
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
    if np.ma.is_masked(values):
        i = int(np.argmax(np.ma.getmask(values)))
        raise ArgumentError(f"{name}[{i}] is masked: expected none missing")
    return values


def _numbered(labels: NDArray[np.int64]) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
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
