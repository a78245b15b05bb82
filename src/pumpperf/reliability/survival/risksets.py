"""How many lives were at risk at each age at which one failed: what survival is counted from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray, TextArray, statuses
from pumpperf.reliability.lives import Lives
from pumpperf.reliability.segments import group_of, offsets, places, remaining
from pumpperf.results import Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RiskSets:
    """Distinct ages at failure, sorted by group, then by age; and what is known of each group.

    Attributes:
        age_h: age at failure [h].
        failures: weight of the lives that failed at it.
        at_risk: weight of the lives that were observed just before and had not ended earlier.
        offset: those of group g stand at offset[g]:offset[g + 1].
        lives: weight of all lives of each group.
        total_failures: weight of those of them that failed.
        exposure_h: exposure: time under observation [h].
        first_age_h: lowest age at which one of them was observed [h]; NaN without lives.
        last_age_h: highest such age [h]; NaN without lives.
        status: `no_exposure` (no lives), `no_failures`, `all_at_risk_failed` (survival fell to 0
            before the last age, since few were at risk), `gap_in_observation` (at some ages between
            the first and the last nothing was observed) or `ok`.
    """

    age_h: FloatArray
    failures: FloatArray
    at_risk: FloatArray
    offset: Places
    lives: FloatArray
    total_failures: FloatArray
    exposure_h: FloatArray
    first_age_h: FloatArray
    last_age_h: FloatArray
    status: TextArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """Numbers sorted by group, then by value.

    Attributes:
        values: the numbers.
        weight: of each; None where each weighs 1.
        above: weight of each and of those after it in its group; None likewise.
        offset: those of group g stand at offset[g]:offset[g + 1].
    """

    values: FloatArray
    weight: FloatArray | None
    above: FloatArray | None
    offset: Places


def at_or_above(
    *, column: Column, group: Places, wanted: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """How many numbers of a group are at or above each one wanted, and what they weigh.

    Args:
        column: the numbers.
        group: in which each is counted.
        wanted: the limits, one a `group`.

    Source: definition.

    >>> one = Column(values=np.array([1.0, 3.0]), weight=None, above=None, offset=np.array([0, 2]))
    >>> at_or_above(column=one, group=np.array([0]), wanted=np.array([3.0]))[0]
    array([1.])
    """
    place = places(values=column.values, offset=column.offset, group=group, wanted=wanted)
    count = np.asarray(column.offset[group + 1] - place, dtype=np.float64)
    if column.above is None:
        return count, count
    weight = np.zeros(wanted.size)
    there = count > 0.0
    weight[there] = column.above[place[there]]
    return count, weight


def risk_sets(*, sample: Lives, weighted: bool) -> RiskSets:
    """Ages at failure with the lives that failed and those that were at risk.

    A life is at risk at t if entry < t <= age; at age 0 all that entered at 0 are. Of ties,
    failures come before suspensions, and both before entries.

    Args:
        sample: the lives.
        weighted: whether their weights may differ from 1.

    Source: Klein and Moeschberger, sections 3.4 and 4.6.

    >>> from pumpperf.reliability.lives import lives
    >>> sets = risk_sets(sample=lives(age_h=[5.0, 5.0, 9.0], failed=[1, 0, 1]), weighted=False)
    >>> sets.age_h, sets.at_risk
    (array([5., 9.]), array([3., 1.]))
    """
    failed = _column(sample, sample.age_h, sample.failed, weighted=weighted)
    ended = _column(sample, sample.age_h, ~sample.failed, weighted=weighted)
    entered = _column(sample, sample.entry_age_h, sample.entry_age_h > 0.0, weighted=weighted)

    def at_risk_at(group: Places, time: FloatArray) -> tuple[FloatArray, FloatArray]:
        count, weight = at_or_above(column=failed, group=group, wanted=time)
        for column, sign in ((ended, 1.0), (entered, -1.0)):
            if column.values.size:
                more, heavier = at_or_above(column=column, group=group, wanted=time)
                count, weight = count + sign * more, weight + sign * heavier
        return count, weight

    size = failed.values.size
    new = np.ones(size, dtype=bool)
    new[1:] = failed.values[1:] != failed.values[:-1]
    new[failed.offset[:-1][failed.offset[:-1] < size]] = True
    first = np.flatnonzero(new)
    offset = np.searchsorted(first, failed.offset)
    time, group = failed.values[first], group_of(offset=offset)
    own = np.diff(first, append=size).astype(np.float64)
    failures = own
    if failed.weight is not None and size:
        failures = np.add.reduceat(failed.weight, first)
    count, at_risk = at_risk_at(group, time)
    emptied = count == own
    # Rounding of weights must not leave a part of a life at risk.
    at_risk = np.where(emptied, failures, at_risk)

    groups = sample.groups
    lowest, highest = sample.lowest(sample.entry_age_h), sample.highest(sample.age_h)
    late = group_of(offset=entered.offset)
    unseen = (at_risk_at(late, entered.values)[0] == 0.0) & (entered.values > lowest[late])
    gap = np.bincount(late[unseen], minlength=groups) > 0
    early = np.bincount(group[emptied & (time < highest[group])], minlength=groups) > 0
    some = lowest < np.inf
    return RiskSets(
        age_h=time,
        failures=failures,
        at_risk=at_risk,
        offset=offset,
        lives=sample.per_group(sample.weight),
        total_failures=np.bincount(group, failures, groups).astype(np.float64),
        exposure_h=sample.per_group(sample.weight * (sample.age_h - sample.entry_age_h)),
        first_age_h=np.where(some, lowest, np.nan),
        last_age_h=np.where(some, highest, np.nan),
        status=statuses(
            no_exposure=~some,
            no_failures=np.diff(offset) == 0,
            all_at_risk_failed=early,
            gap_in_observation=gap,
        ),
    )


def _column(sample: Lives, values: FloatArray, chosen: BoolArray, *, weighted: bool) -> Column:
    values = values[chosen]
    if sample.groups == 1 and not weighted:
        values.sort()
        return Column(values=values, weight=None, above=None, offset=np.array([0, values.size]))
    index = sample.index[chosen]
    offset = offsets(group=index, groups=sample.groups)
    order = np.argsort(values)
    if sample.groups > 1:
        # Stable sorts of 16 bits take a fifth of the time.
        group = index[order].astype(np.uint16 if sample.groups <= 1 << 16 else np.intp)
        order = order[np.argsort(group, kind="stable")]
    weight = sample.weight[chosen][order] if weighted else None
    return Column(
        values=values[order],
        weight=weight,
        above=None if weight is None else remaining(values=weight, offset=offset),
        offset=offset,
    )
