"""Lives of pumps as estimators take them: checked, grouped, without those that nobody watched."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.inputs import booleans, labelled, numbers
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lives:
    """Lives that were watched for some time, one entry a life.

    Attributes:
        age_h: age at which each was last seen, or failed [h].
        failed: whether it failed then.
        entry_age_h: age at which watching began [h].
        weight: how many lives the entry stands for.
        index: place of its label in `group`.
        group: labels in sorted order, or None for one group without a label.
        groups: how many groups there are.
        dropped: entries of each group that were left out, whatever they weigh.
        watched: which of the lives given are here, one entry a life given.
    """

    age_h: FloatArray
    failed: NDArray[np.bool_]
    entry_age_h: FloatArray
    weight: FloatArray
    index: NDArray[np.intp]
    group: NDArray[np.object_] | None
    groups: int
    dropped: FloatArray
    watched: NDArray[np.bool_]


def lives(
    *,
    age_h: ArrayLike,
    failed: ArrayLike,
    entry_age_h: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Lives:
    """Check the lives of pumps and put those together that share a label.

    A life that entered at the age at which it was last seen was not watched: it is dropped and
    counted, unless it is a failure at age 0 (dead on arrival). So is a life of weight 0.

    Args:
        age_h: age at which each was last seen, or failed [h], at least 0.
        failed: whether it failed then; else it was still running, or pulled for another reason.
        entry_age_h: age at which watching began [h], not above `age_h`. None: at 0.
        weight: how many lives each entry stands for, at least 0. None: 1.
        by: labels of the groups. None: all are one group.

    Returns:
        The `Lives` in the order given.

    Raises:
        ArgumentError: lengths differ, a number is missing, not finite or negative, `failed` is
            neither true nor false, an entry lies above its age, or a label is missing.

    Source: definition; left truncation as in Klein and Moeschberger, section 3.4.

    >>> watched = lives(age_h=[50.0, 80.0, 60.0], failed=[1, 0, 0], entry_age_h=[0.0, 20.0, 60.0])
    >>> watched.age_h, watched.dropped
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
    for name, column in (("failed", event), ("entry_age_h", entry), ("weight", counts)):
        if column.shape != age.shape:
            raise ArgumentError(f"{name} has {column.size} entries for {age.size} of age_h")
    if entry_age_h is not None and (entry > age).any():
        i = int(np.argmax(entry > age))
        raise ArgumentError(
            f"entry_age_h[{i}] = {entry[i]}: expected at most age_h[{i}] = {age[i]}"
        )
    group, index, size = labelled(by=by, size=age.size)
    watched = (age > entry) | (event & (age == 0.0))
    if weight is not None:
        watched &= counts > 0.0
    if watched.all():
        dropped = np.zeros(size)
    else:
        dropped = np.bincount(index[~watched], minlength=size).astype(np.float64)
        age, event, entry = age[watched], event[watched], entry[watched]
        counts, index = counts[watched], index[watched]
    return Lives(
        age_h=age,
        failed=event,
        entry_age_h=entry,
        weight=counts,
        index=index,
        group=group,
        groups=size,
        dropped=dropped,
        watched=watched,
    )
