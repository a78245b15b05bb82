"""Which categories of failure weigh most: by count, or by downtime, lost volume or cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, ndtri

from pumpperf.calc.groups import groups, joint_groups, missing, unmasked
from pumpperf.calc.inputs import numbers, same_index, same_size
from pumpperf.calc.scalars import level_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray, TextArray, bounded, ratio, statuses, sums
from pumpperf.reliability.grouping import Groups, grouped
from pumpperf.reliability.measures.shares import WELL_YEAR_H, share_bounds, yearly_rates
from pumpperf.reliability.segments import offsets
from pumpperf.results import STEP, Estimate, Labels, Places, Steps


class Pareto(Estimate):
    """Categories of each group, the heaviest first.

    One entry a group and category, but `group`, `offset`, `failures`, `unknown_share` and
    `well_years`: those of group g are offset[g] to offset[g + 1].

    Attributes:
        group: labels of `by` and `exposure_by` in sorted order, or None.
        offset: where the rows of each group begin, and where the last one's end.
        category: name of the category.
        count: failures of it.
        amount: sum of its amounts, or its count if none were given.
        share: its part of the group's amount.
        lower_share: lower bound of the share, this one alone.
        upper_share: upper bound of the share, this one alone.
        cumulative_share: part of the group's amount of this and all heavier categories.
        failures_per_well_year: failures of it over well-years; NaN if no exposure was given.
        lower_failures_per_well_year: its lower Poisson bound.
        upper_failures_per_well_year: its upper Poisson bound.
        failures: of the group.
        unknown_share: part of them whose category is unknown.
        well_years: exposure of the group, in years of 8766 h; NaN if none was given.
        level: confidence level of the bounds, two-sided.
        method: how the bounds were found.
        status: of the share: `ok`; `no_amount` (all amounts of the group are 0: no share; or all
            of the category: no bounds), `one_failure` or `one_category` (of amounts: no bounds).
    """

    offset: Places
    category: Annotated[Labels, STEP]
    count: Steps
    amount: Steps
    share: Steps
    lower_share: Steps
    upper_share: Steps
    cumulative_share: Steps
    failures_per_well_year: Steps
    lower_failures_per_well_year: Steps
    upper_failures_per_well_year: Steps
    failures: FloatArray
    unknown_share: FloatArray
    well_years: FloatArray
    status: Annotated[TextArray, STEP]


def pareto(
    *,
    category: ArrayLike,
    level: float,
    amount: ArrayLike | None = None,
    exposure_h: ArrayLike | None = None,
    exposure_by: ArrayLike | None = None,
    by: ArrayLike | None = None,
    unknown: Sequence[str] = ("UNKNOWN", "UNK"),
) -> Pareto:
    """Categories by their part of the failures, or of an amount, with bounds and rates.

    Counts have Wilson bounds. The share of an amount is a ratio of sums over the same failures;
    by the delta method the variance of ln(s / (1 - s)) is n/(n - 1) (Q_c / A_c^2 + Q_r / A_r^2),
    A and Q being the sums of the amounts and of their squares, in the category and in the rest.
    The bounds are set on that scale, so they stay between 0 and 1. Equal weights are in order of
    name.

    Args:
        category: name of each failure's category; None, NaN or one of `unknown` if it is not
            known: all these are one category, named as the first of `unknown`.
        level: confidence level of the bounds, between 0 and 1; of each by itself.
        amount: downtime, lost volume or cost of each failure, at least 0. None: counts.
        exposure_h: time in which wells were active [h], at least 0; one entry or many, summed.
        exposure_by: label of each exposure's group; needed if `by` is given.
        by: label of each failure's group. None: all are one.
        unknown: names that mean that the category is not known.

    Returns:
        A `Pareto`.

    Raises:
        ArgumentError: lengths differ, a number is negative or not finite, a category is not text,
            a label is missing, or exposures have labels where failures have none or vice versa.

    Source: ISO 14224:2016 keeps failure mode, mechanism and cause apart, each to be ranked so.
    By hand, 2 of 4 failures are of B: share 1/2, Wilson bounds at 90 % of 0.1824 and 0.8176.

    >>> table = pareto(category=["B", "A", None, "B"], level=0.9)
    >>> table.category.tolist(), table.share, table.cumulative_share
    (['B', 'A', 'UNKNOWN'], array([0.5 , 0.25, 0.25]), array([0.5 , 0.75, 1.  ]))
    >>> float(table.lower_share[0]), float(table.upper_share[0]), table.unknown_share
    (0.1824, 0.8176, array([0.25]))
    """
    same_index(category=category, amount=amount, by=by)
    same_index(exposure_h=exposure_h, exposure_by=exposure_by)
    names, place = _categories(category, unknown)
    weight = np.ones(place.size) if amount is None else numbers(values=amount, name="amount")
    same_size(columns={"amount": weight}, size=place.size, of="category")
    level_of(level=level)
    known, well_years = _groups(by, place.size, exposure_h, exposure_by)
    index, size = known.index, known.groups

    key, cell = np.unique(index * max(names.size, 1) + place, return_inverse=True)
    home, label = key // max(names.size, 1), key % max(names.size, 1)
    cells, one = Groups(index=cell, groups=key.size), np.ones_like(weight)
    failures, count = known.per_group(one), cells.per_group(one)
    largest = known.highest(weight)
    # Squares of parts of the largest amount cannot overflow.
    part = weight / np.where(largest > 0.0, largest, 1.0)[index]
    heavy = cells.per_group(part)
    # Spread of the amounts within a category, of parts of its own sum: nothing underflows.
    own = part / np.where(heavy > 0.0, heavy, 1.0)[cell]
    spread = np.sqrt(cells.per_group(own * own))
    order = np.lexsort((label, -heavy, home))
    home, label, count = home[order], label[order], count[order]
    heavy, spread = heavy[order], spread[order]

    offset = offsets(group=home, groups=size)
    rank, rows = np.arange(home.size) - offset[home], np.diff(offset)[home]
    running = _running(np.add, heavy, rank)
    total = running[offset[1:][home] - 1]
    if amount is None:
        lower, upper = share_bounds(count=count, of=failures[home], level=level)
        status = np.full(key.size, "ok")
    else:
        rest = _others(np.add, heavy, rank, rows)
        status = statuses(
            no_amount=heavy == 0.0, one_failure=failures[home] == 1.0, one_category=rest == 0.0
        )
        sound = status == "ok"
        rest = np.where(sound, rest, 1.0)
        uneven = np.hypot(spread, _others(np.hypot, heavy * spread, rank, rows) / rest)
        members = np.where(sound, failures[home], 2.0)
        half = -ndtri((1.0 - level) / 2.0) * uneven * np.sqrt(members / (members - 1.0))
        logit = np.where(sound, np.log(np.where(sound, heavy, 1.0) / rest), np.nan)
        lower, upper = np.asarray(expit(logit - half)), np.asarray(expit(logit + half))
    rate = yearly_rates(well_years=well_years[home], count=count, level=level)
    unknowns = known.per_group(names[place] == unknown[0])
    return Pareto(
        group=known.group,
        offset=offset,
        category=names[label],
        count=count,
        amount=heavy * np.where(largest > 0.0, largest, 1.0)[home],
        **bounded("share", ratio(heavy, total), lower, upper),
        cumulative_share=ratio(running, total),
        **bounded("failures_per_well_year", *rate),
        failures=failures,
        unknown_share=ratio(unknowns, failures),
        well_years=well_years,
        level=level,
        method="Wilson bounds"
        if amount is None
        else "delta method on the logit of a ratio of sums",
        status=status,
    )


def _categories(category: ArrayLike, unknown: Sequence[str]) -> tuple[Labels, Places]:
    """Names, and the place of each failure's among them, what is not known under one name."""
    if not unknown:
        raise ArgumentError("unknown is empty: expected at least one name of the unknown")
    column = unmasked(values=category, name="category")
    given = np.atleast_1d(np.asarray(column, dtype=object)).ravel()
    given = np.where(missing(values=given), unknown[0], given)
    wrong = np.array([not isinstance(name, str) for name in given], dtype=bool)
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(f"category[{i}] = {given[i]!r}: expected text, or None if unknown")
    for name in unknown:
        given[given == name] = unknown[0]
    return groups(labels=given, name="category")


def _groups(
    by: ArrayLike | None, size: int, exposure_h: ArrayLike | None, exposure_by: ArrayLike | None
) -> tuple[Groups, FloatArray]:
    """Groups of the failures and of the exposures, and the well-years of each."""
    if exposure_h is None:
        if exposure_by is not None:
            raise ArgumentError("exposure_by is given without exposure_h")
        known = grouped(by=by, size=size)
        return known, np.full(known.groups, np.nan)
    hours = numbers(values=exposure_h, name="exposure_h")
    if by is None or exposure_by is None:
        if not (by is None and exposure_by is None):
            raise ArgumentError("by and exposure_by: expected both or neither with exposure_h")
        return grouped(by=None, size=size), np.array([hours.sum() / WELL_YEAR_H])
    for name, labels, wanted in (("by", by, size), ("exposure_by", exposure_by, hours.size)):
        found = np.size(unmasked(values=labels, name=name))
        if found != wanted:
            raise ArgumentError(f"{name} has {found} labels for {wanted} entries")
    group, index, exposed = joint_groups(first=by, second=exposure_by, name="by")
    well_years = sums(hours, exposed, group.size) / WELL_YEAR_H
    return Groups(group=group, index=index, groups=group.size), well_years


def _running(add: np.ufunc, values: FloatArray, rank: Places) -> FloatArray:
    """Running sum within each group, from one rank to the next."""
    found = values.copy()
    for place in range(1, int(rank.max(initial=0)) + 1):
        at = np.flatnonzero(rank == place)
        found[at] = add(found[at], found[at - 1])
    return found


def _others(add: np.ufunc, values: FloatArray, rank: Places, rows: Places) -> FloatArray:
    """Sum over the other rows of the same group: what stands above and what stands below."""
    above = np.roll(_running(add, values, rank), 1)
    below = np.roll(_running(add, values[::-1], (rows - 1 - rank)[::-1])[::-1], -1)
    above, below = np.where(rank > 0, above, 0.0), np.where(rank < rows - 1, below, 0.0)
    return np.asarray(add(above, below), dtype=np.float64)
