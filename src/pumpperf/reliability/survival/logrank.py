"""Whether fleets fail alike: the log-rank test."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincc

from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import same_index, same_size
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray, statuses, sums
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.lives import Lives, lives
from pumpperf.reliability.segments import group_of, last_places, remaining
from pumpperf.reliability.survival.risksets import RiskSets, risk_sets
from pumpperf.results import GroupResult, Labels, Places


class LogRank(GroupResult):
    """Test of whether fleets share one survival curve, one entry a group.

    Attributes:
        group: labels of the groups in sorted order, or None for one group without a label.
        fleet: labels of the fleets in sorted order.
        statistic: chi-square; NaN where nothing can be compared.
        degrees_of_freedom: fleets less one, of those that were at risk together.
        p_value: probability of so large a statistic if all fleets fail alike; NaN likewise.
        observed: failures of each fleet; one row a group, one column a fleet.
        expected: failures that each would have had at the common hazard, likewise.
        lives: of each fleet, likewise.
        dropped: entries without exposure or weight.
        method: in words.
        status: `ok`; `no_exposure` without lives; `no_failures`; `nothing_to_compare` (at no
            failure was more than one fleet at risk, or all at risk failed at once).
    """

    fleet: Annotated[Labels, "fleet"]
    statistic: FloatArray
    degrees_of_freedom: Places
    p_value: FloatArray
    observed: Annotated[FloatArray, "fleet"]
    expected: Annotated[FloatArray, "fleet"]
    lives: Annotated[FloatArray, "fleet"]
    dropped: FloatArray


def log_rank(
    *,
    age_h: ArrayLike,
    failed: ArrayLike,
    fleet: ArrayLike,
    entry_age_h: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> LogRank:
    """Log-rank test of two or more fleets, with late entry.

    At each age at failure, d of the Y at risk fail. If all fleets failed alike, fleet k would
    have d Y_k/Y of them (hypergeometric), with covariances
    d (Y - d)/(Y - 1) (Y_k/Y) ([k = l] - Y_l/Y). With O, E and V summed over the ages,
    the statistic is (O - E)' V^- (O - E), chi-square with the rank of V as degrees of freedom.

    Args:
        age_h: age at which each life was last seen, or failed [h], at least 0.
        failed: whether it failed then; else it was still running, or pulled for another reason.
        fleet: label of the fleet of each life: maker, type, field and the like; a few of them,
            since V has their square.
        entry_age_h: age at entry, when observation began [h], not above `age_h`. None: at 0.
        weight: how many lives each entry stands for, whole. None: 1.
        by: labels; one test each. None: one test.

    Returns:
        A `LogRank`.

    Raises:
        ArgumentError: as `lives`; or a fleet is missing or of another kind, or a weight is not
            whole.

    Source: Klein and Moeschberger, section 7.3. AML, 11 maintained and 12 not (R survdiff):
    expected 10.69 and 7.31, statistic 3.40, p 0.0653.

    >>> found = log_rank(
    ...     age_h=[9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161,
    ...            5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45],
    ...     failed=[1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1],
    ...     fleet=["maintained"] * 11 + ["not"] * 12)
    >>> found.expected, found.statistic, found.p_value
    (array([[10.69,  7.31]]), array([3.40]), array([0.0653]))
    """
    same_index(age_h=age_h, failed=failed, fleet=fleet)
    sample = lives(age_h=age_h, failed=failed, entry_age_h=entry_age_h, weight=weight, by=by)
    if weight is not None and (sample.weight != np.floor(sample.weight)).any():
        i = int(np.argmax(sample.weight != np.floor(sample.weight)))
        row = int(np.flatnonzero(sample.kept)[i])
        raise ArgumentError(f"weight[{row}] = {sample.weight[i]}: expected a whole number")
    labels, place = groups(labels=fleet, name="fleet")
    same_size(columns={"fleet": place}, size=sample.kept.size, of="age_h")
    place = place[sample.kept]
    sets = risk_sets(sample=sample, weighted=weight is not None)
    size = sample.groups
    total = Groups(index=group_of(offset=sets.offset), groups=size).per_group
    share = _shares_at_risk(sets, sample, place, labels.size)
    many = sets.at_risk > 1.0
    spread = np.zeros_like(sets.at_risk)
    np.divide(sets.at_risk - sets.failures, sets.at_risk - 1.0, out=spread, where=many)
    spread *= sets.failures

    expected = np.zeros((size, labels.size))
    covariance = np.zeros((size, labels.size, labels.size))
    for k in range(labels.size):
        expected[:, k] = total(sets.failures * share[k])
        covariance[:, k, k] = total(spread * share[k] * (1.0 - share[k]))
        for other in range(k):
            between = -total(spread * share[k] * share[other])
            covariance[:, k, other] = covariance[:, other, k] = between
    held = _by_fleet(sample, place, labels.size, sample.weight)
    observed = _by_fleet(sample, place, labels.size, sample.weight * sample.failed)
    statistic, degrees = _quadratic(observed - expected, covariance)
    p_value = np.asarray(gammaincc(np.maximum(degrees, 1) / 2.0, statistic / 2.0), dtype=np.float64)
    return LogRank(
        group=sample.group,
        fleet=labels,
        statistic=statistic,
        degrees_of_freedom=degrees,
        p_value=p_value,
        observed=observed,
        expected=expected,
        lives=held,
        dropped=sample.dropped,
        method="log-rank, hypergeometric variance",
        status=statuses(
            no_exposure=sets.status == "no_exposure",
            no_failures=sets.status == "no_failures",
            nothing_to_compare=degrees == 0,
        ),
    )


def _by_fleet(sample: Lives, place: Places, fleets: int, weight: FloatArray) -> FloatArray:
    cell, size = sample.index * fleets + place, sample.groups * fleets
    return sums(weight, cell, size).reshape(sample.groups, fleets)


def _shares_at_risk(sets: RiskSets, sample: Lives, place: Places, fleets: int) -> list[FloatArray]:
    def last_step(age: FloatArray) -> Places:
        return last_places(values=sets.age_h, offset=sets.offset, group=sample.index, wanted=age)

    # Whole weights: what was at risk and what had not entered yet subtract without rounding.
    bounds = [(last_step(sample.age_h), 1.0)]
    if sample.entry_age_h.any():
        unentered = np.where(sample.entry_age_h > 0.0, last_step(sample.entry_age_h), -1)
        bounds.append((unentered, -1.0))
    shares: list[FloatArray] = []
    for fleet in range(fleets):
        at_risk = np.zeros_like(sets.age_h)
        for last, sign in bounds:
            own = (place == fleet) & (last >= 0)
            ends = sums(sample.weight[own], last[own], sets.age_h.size)
            at_risk += sign * remaining(values=ends, offset=sets.offset)
        shares.append(at_risk / sets.at_risk)
    return shares


def _quadratic(excess: FloatArray, covariance: FloatArray) -> tuple[FloatArray, Places]:
    scale = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    scale = np.where(scale > 0.0, scale, 1.0)
    values, vectors = np.linalg.eigh(covariance / (scale[:, :, np.newaxis] * scale[:, np.newaxis]))
    kept = values > 1e-9
    along = np.einsum("gik,gi->gk", vectors, excess / scale)
    terms = np.divide(along**2, values, out=np.zeros_like(values), where=kept)
    degrees = np.asarray(kept.sum(axis=1), dtype=np.intp)
    return np.where(degrees > 0, terms.sum(axis=1), np.nan), degrees
