"""Lives of pumps as estimators take them: checked, grouped, without those never observed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import booleans, numbers, same_index, same_size
from pumpperf.numeric import BoolArray, FloatArray, shared
from pumpperf.reliability.grouping import Groups, grouped
from pumpperf.reliability.inputs import at_most


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lives(Groups):
    """Lives that were observed for some time, one entry a life.

    Attributes:
        age_h: age at which each was last seen, or failed [h].
        failed: whether it failed then.
        entry_age_h: age at entry, when observation began [h].
        weight: how many lives the entry stands for.
        dropped: entries of each group that were left out, whatever they weigh.
        kept: which of the lives given are here, one entry a life given.
    """

    age_h: FloatArray
    failed: BoolArray
    entry_age_h: FloatArray
    weight: FloatArray
    dropped: FloatArray
    kept: BoolArray

    def only(self, chosen: BoolArray) -> Lives:
        """These without the lives that are not chosen, which count as dropped."""
        if chosen.all():
            return self
        kept = self.kept.copy()
        kept[kept] = chosen
        columns = shared(self, "age_h", "failed", "entry_age_h", "weight", "index")
        return replace(
            self,
            **{name: column[chosen] for name, column in columns.items()},
            dropped=self.dropped + self.per_group(~chosen),
            kept=kept,
        )

    def with_likelihood(self) -> Lives:
        """These without those last seen alive at age 0, of which a law of failure says nothing."""
        return self.only(self.failed | (self.age_h > 0.0))


def at_risk_at_all(*, age_h: FloatArray, entry_age_h: FloatArray) -> BoolArray:
    """Which lives were at risk for some time, or at age 0.

    Args:
        age_h: age at which each was last seen, or failed [h].
        entry_age_h: age at entry [h].

    Source: definition; R's survfit likewise has all at risk at 0 that entered there.

    >>> at_risk_at_all(age_h=np.array([0.0, 5.0, 5.0]), entry_age_h=np.array([0.0, 5.0, 0.0]))
    array([ True, False,  True])
    """
    found: BoolArray = (age_h > entry_age_h) | (age_h == 0.0)
    return found


def lives(
    *,
    age_h: ArrayLike,
    failed: ArrayLike,
    entry_age_h: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Lives:
    """Check the lives of pumps and put those together that share a label.

    A life that entered at the age at which it was last seen was not observed: it is dropped and
    counted, unless that age is 0: at 0 all that entered there were at risk, those that failed at
    once (dead on arrival) and those seen no longer alike. A life of weight 0 is dropped too.

    Args:
        age_h: age at which each was last seen, or failed [h], at least 0.
        failed: whether it failed then; else it was still running, or pulled for another reason.
        entry_age_h: age at entry, when observation began [h], not above `age_h`. None: at 0.
        weight: how many lives each entry stands for, at least 0. None: 1.
        by: labels of the groups. None: all are one group.

    Returns:
        The `Lives` in the order given.

    Raises:
        ArgumentError: lengths differ, a number is missing, not finite or negative, `failed` is
            neither true nor false, an entry lies above its age, or a label is missing.

    Source: definition; left truncation as in Klein and Moeschberger, section 3.4.

    >>> kept = lives(age_h=[50.0, 80.0, 60.0], failed=[1, 0, 0], entry_age_h=[0.0, 20.0, 60.0])
    >>> kept.age_h, kept.dropped
    (array([50., 80.]), array([1.]))
    """
    age = numbers(values=age_h, name="age_h")
    entry = np.broadcast_to(0.0, age.shape)
    if entry_age_h is not None:
        entry = numbers(values=entry_age_h, name="entry_age_h")
    counts = np.broadcast_to(1.0, age.shape)
    if weight is not None:
        counts = numbers(values=weight, name="weight")
    event = booleans(values=failed, name="failed")
    same_index(age_h=age_h, failed=failed, entry_age_h=entry_age_h, weight=weight, by=by)
    columns = {"failed": event, "entry_age_h": entry, "weight": counts}
    same_size(columns=columns, size=age.size, of="age_h")
    if entry_age_h is not None:
        at_most(values=entry, name="entry_age_h", limit=age, of="age_h")
    groups = grouped(by=by, size=age.size)
    kept = at_risk_at_all(age_h=age, entry_age_h=entry)
    if weight is not None:
        kept &= counts > 0.0
    given = Lives(
        age_h=age,
        failed=event,
        entry_age_h=entry,
        weight=counts,
        **shared(groups, "index", "group", "groups"),
        dropped=np.zeros(groups.groups),
        kept=np.ones_like(kept),
    )
    return given.only(kept)
