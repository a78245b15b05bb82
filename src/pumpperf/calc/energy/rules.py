"""How a power log was written: what a sample says of the time between it and the next."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import same_size
from pumpperf.calc.scalars import one_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import IntArray

PowerRule = Literal["linear", "hold", "mean_from", "mean_until"]
"""What a sample of a power log is.

`linear`: the power at its time; between two samples it goes along a straight line.
`hold`: the power from its time on, written when it changes.
`mean_from`: the mean power from its time until that of the next sample.
`mean_until`: the mean power since the time of the sample before it.
"""

LINEAR, HOLD, MEAN_FROM, MEAN_UNTIL = range(4)


def rule_codes(*, rule: PowerRule | ArrayLike, size: int) -> IntArray:
    """The place of each sample's rule among those known: one entry if all have the same.

    Args:
        rule: one for all samples, or one a sample.
        size: how many samples there are.

    Raises:
        ArgumentError: there are not as many rules as samples, or one is missing or not known.

    Source: definition.

    >>> rule_codes(rule="hold", size=3), rule_codes(rule=["mean_until", "linear"], size=2)
    (array([1]), array([3, 0]))
    """
    known = get_args(PowerRule)
    if isinstance(rule, str) or np.ndim(rule) == 0:
        one_of(value=rule, among=known, name="rule")
        return np.array([known.index(str(rule))])
    names, index = groups(labels=rule, name="rule")
    same_size(columns={"rule": index}, size=size, of="power_kw")
    for name in names.tolist():
        if name not in known:
            i = int(np.argmax(names[index] == name))
            raise ArgumentError(f"rule[{i}] = {name!r}: expected one of {', '.join(known)}")
    return np.array([known.index(name) for name in names.tolist()], dtype=np.int64)[index]
