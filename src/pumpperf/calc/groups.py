"""Which entries belong together by their labels."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.errors import ArgumentError


def groups(*, labels: ArrayLike, name: str) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Distinct labels in sorted order, and for each entry the place of its label among them.

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
    given = np.asarray(labels, dtype=object).ravel()
    found, wrong = None, np.array([label is None for label in given], dtype=bool)
    try:
        found = np.unique(given, return_inverse=True)
        wrong = wrong | (given != given)  # as NaN and NaT are
    except TypeError:
        if not wrong.any():
            wrong = np.array([type(label) is not type(given[0]) for label in given])
    if found is None or wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(
            f"{name}[{i}] = {given[i]!r}: expected labels of one kind, none missing"
        )
    return found
