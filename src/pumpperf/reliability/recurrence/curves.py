"""Mean cumulative functions read at an age, and the difference of two fleets."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from pumpperf.calc.inputs import numbers
from pumpperf.calc.scalars import level_of
from pumpperf.errors import ArgumentError, expect
from pumpperf.numeric import FloatArray, statuses
from pumpperf.reliability.recurrence.mcf import Mcf
from pumpperf.reliability.segments import AtAges, group_of, last_places, offsets, openings, steps_at
from pumpperf.results import Estimate, Labels, Places, Result, Steps


class McfAt(Result):
    """Mean cumulative functions at given ages: one row a group, one column an age.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        at_h: the ages [h].
        mean: failures (or cost) of a system up to and with each age; NaN where none was at risk.
        standard_error: its robust standard error.
        lower: lower bound; NaN where the mean is 0.
        upper: upper bound; NaN where the mean is 0.
        level: of the bounds.
    """

    group: Labels | None
    at_h: AtAges
    mean: AtAges
    standard_error: AtAges
    lower: AtAges
    upper: AtAges
    level: float


class McfDifference(Estimate):
    """First less second mean cumulative function, where both are known.

    The steps of group g are the entries `offset[g]:offset[g + 1]`.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        offset: where the steps of each group begin, and where the last ones end.
        age_h: ages at which either steps, up to the earlier of the two ends [h].
        difference: first less second.
        standard_error: its standard error, of two fleets that know nothing of each other.
        lower: lower bound, difference - z se.
        upper: upper bound.
        level: confidence level of the two bounds.
        method: how the bounds were found, in words.
        status: of each group, `ok`, `no_exposure` (of either), `different_start` (the curves count
            from different ages: no steps) or `no_failures` (of both).
    """

    offset: Places
    age_h: Steps
    difference: Steps
    standard_error: Steps
    lower: Steps
    upper: Steps


def mcf_at(*, curve: Mcf, at_h: ArrayLike) -> McfAt:
    """Mean cumulative function of each group at given ages.

    The curve is flat between its steps, 0 before the first, and not known before its `start_h` and
    after its `end_h`.

    Args:
        curve: as `mean_cumulative_function` returns it.
        at_h: ages [h], at least 0.

    Returns:
        An `McfAt` of one row a group and one column an age.

    Raises:
        ArgumentError: an age is missing, negative or not finite.

    Source: definition.

    >>> from pumpperf.reliability.recurrence import mean_cumulative_function
    >>> curve = mean_cumulative_function(
    ...     event_h=[9.0, 15.0], event_system=[0, 1], end_h=[20.0, 30.0], level=0.9
    ... )
    >>> mcf_at(curve=curve, at_h=[8.0, 9.0, 20.0, 31.0]).mean
    array([[0. , 0.5, 1. , nan]])
    """
    expect(Mcf, curve=curve)
    asked = numbers(values=at_h, name="at_h")
    place = steps_at(age_h=curve.age_h, offset=curve.offset, at_h=asked)
    start, end = curve.start_h[:, np.newaxis], curve.end_h[:, np.newaxis]
    known = (asked >= start) & (asked <= end)

    def read(values: FloatArray, before: float) -> FloatArray:
        return np.where(known, np.append(values, before)[place], np.nan)

    se = read(curve.standard_error, 0.0)
    se[curve.systems <= 1.0] = np.nan
    return McfAt(
        group=curve.group,
        at_h=asked,
        mean=read(curve.mean, 0.0),
        standard_error=se,
        lower=read(curve.lower, np.nan),
        upper=read(curve.upper, np.nan),
        level=curve.level,
    )


def mcf_difference(*, first: Mcf, second: Mcf, level: float) -> McfDifference:
    """Difference of two fleets' mean cumulative functions, at every age at which either steps.

    M1 - M2 with SE = sqrt(SE1^2 + SE2^2) and normal bounds.

    Args:
        first: of one fleet, as `mean_cumulative_function` returns it.
        second: of another, with the same labels, counted in the same unit.
        level: confidence level of the bounds, between 0 and 1.

    Returns:
        An `McfDifference`. Bounds at many ages are each right by itself, not all at once.

    Raises:
        ArgumentError: the two have other labels, or the level is not between 0 and 1.

    Source: Nelson 2003, Recurrent Events Data Analysis, chapter 6 (quoted from memory); Minitab,
    nonparametric growth curve, sample output: the first failure among 15 systems, all of the second
    fleet: -0.06667 with standard error 0.064406.

    >>> from pumpperf.reliability.recurrence import mean_cumulative_function
    >>> fleets = {"end_h": [20.0] * 15, "level": 0.95}
    >>> none = mean_cumulative_function(event_h=[], event_system=[], **fleets)
    >>> one = mean_cumulative_function(event_h=[9.0], event_system=[0], **fleets)
    >>> both = mcf_difference(first=none, second=one, level=0.95)
    >>> both.difference, both.standard_error
    (array([-0.06667]), array([0.064406]))
    """
    expect(Mcf, first=first, second=second)
    level_of(level=level)
    labels = [None if curve.group is None else curve.group.tolist() for curve in (first, second)]
    if labels[0] != labels[1]:
        raise ArgumentError("first and second: expected curves of the same labels")
    unseen = np.isnan(first.start_h) | np.isnan(second.start_h)
    apart = ~unseen & (first.start_h != second.start_h)
    upto = np.where(unseen | apart, -np.inf, np.minimum(first.end_h, second.end_h))
    ages = np.concatenate([first.age_h, second.age_h])
    of_group = np.concatenate([group_of(offset=curve.offset) for curve in (first, second)])
    kept = ages <= upto[of_group]
    ages, of_group = ages[kept], of_group[kept]
    order = np.lexsort((ages, of_group))
    ages, of_group = ages[order], of_group[order]
    fresh = openings(columns=[ages, of_group])
    ages, of_group = ages[fresh], of_group[fresh]
    one, its_se = _read(first, of_group, ages)
    two, their_se = _read(second, of_group, ages)
    z = float(ndtri((1.0 + level) / 2.0))
    se = np.hypot(its_se, their_se)
    none = (first.total_failures == 0.0) & (second.total_failures == 0.0)
    return McfDifference(
        group=first.group,
        offset=offsets(group=of_group, groups=upto.size),
        age_h=ages,
        difference=one - two,
        standard_error=se,
        lower=one - two - z * se,
        upper=one - two + z * se,
        level=level,
        method="independent fleets, normal bounds",
        status=statuses(no_exposure=unseen, different_start=apart, no_failures=none),
    )


def _read(curve: Mcf, of_group: Places, ages: FloatArray) -> tuple[FloatArray, FloatArray]:
    place = last_places(values=curve.age_h, offset=curve.offset, group=of_group, wanted=ages)
    se = np.append(curve.standard_error, 0.0)[place]
    return np.append(curve.mean, 0.0)[place], np.where(curve.systems[of_group] > 1.0, se, np.nan)
