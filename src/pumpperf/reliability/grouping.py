"""Entries that belong to groups, and what is said of each group from all of its entries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.inputs import labelled
from pumpperf.numeric import FloatArray, sums
from pumpperf.results import Labels, Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """Groups of entries.

    Attributes:
        index: group of each entry, as the place of its label in `group`.
        group: labels in sorted order, or None for one group without a label.
        groups: how many groups there are.
    """

    index: Places
    group: Labels | None = None
    groups: int

    def per_group(self, values: NDArray[np.generic]) -> FloatArray:
        """Sums of the values of each group's entries; of a truth, how often it holds."""
        return sums(values, self.index, self.groups)

    def lowest(self, values: FloatArray) -> FloatArray:
        """Lowest of the values of each group's entries; infinity of none."""
        found = np.full(self.groups, np.inf)
        np.minimum.at(found, self.index, values)
        return found

    def highest(self, values: FloatArray) -> FloatArray:
        """Highest of the values of each group's entries, which are at least 0; 0 of none."""
        found = np.zeros(self.groups)
        np.maximum.at(found, self.index, values)
        return found


def grouped(*, by: ArrayLike | None, size: int) -> Groups:
    """Groups of the entries that share a label.

    Args:
        by: a label an entry. None: all entries are one group without a label.
        size: how many entries there are.

    Raises:
        ArgumentError: there are not as many labels as entries, or one is missing.

    Source: definition.

    >>> fleets = grouped(by=["b", "a", "b"], size=3)
    >>> fleets.group, fleets.per_group(np.array([5.0, 1.0, 2.0]))
    (array(['a', 'b'], dtype=object), array([1., 7.]))
    """
    group, index, groups = labelled(by=by, size=size)
    return Groups(group=group, index=index, groups=groups)
