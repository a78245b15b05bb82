"""What is read off a survival curve: survival at an age, quantiles and restricted means."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from pumpperf.calc.inputs import numbers
from pumpperf.calc.scalars import number
from pumpperf.errors import ArgumentError, expect
from pumpperf.numeric import FloatArray, bounded, statuses
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.inputs import positive
from pumpperf.reliability.segments import AtAges, group_of, remaining, steps_at
from pumpperf.reliability.survival.curve import SurvivalCurve
from pumpperf.results import Estimate, Labels, Result

# As R's quantile.survfit: so near, a survival counts as equal to the share asked for.
NEAR = 2.0**-26


class SurvivalAt(Result):
    """Survival at chosen ages: one row a group, one column an age.

    Attributes:
        group: labels of the groups in sorted order, or None for one group without a label.
        at_h: the ages [h].
        survival: share that outlives each; NaN below the first age observed, and above the last
            unless all have failed by then.
        lower_survival: lower log-log bound; NaN also where the survival is 0 or 1.
        upper_survival: upper log-log bound; NaN likewise.
        standard_error: of `survival`, by Greenwood; NaN likewise.
        level: of the bounds.
    """

    group: Labels | None
    at_h: AtAges
    survival: AtAges
    lower_survival: AtAges
    upper_survival: AtAges
    standard_error: AtAges
    level: float


class LifeQuantile(Estimate):
    """Age by which a share of the lives has failed, one entry a group.

    Attributes:
        group: labels of the groups in sorted order, or None for one group without a label.
        age_h: the age [h]; NaN where the curve does not come down so far.
        lower_age_h: its lower bound [h]; NaN where the lower bounds do not come down so far.
        upper_age_h: its upper bound [h]; infinite where the upper bounds do not.
        fraction_failed: the share.
        level: of the bounds.
        method: in words.
        status: `not_reached`, or that of the curve.
    """

    age_h: FloatArray
    lower_age_h: FloatArray
    upper_age_h: FloatArray
    fraction_failed: float


class RestrictedMean(Estimate):
    """Mean life, where a life that goes on beyond `until_h` counts as that long.

    Attributes:
        group: labels of the groups in sorted order, or None for one group without a label.
        mean_h: the mean [h].
        lower_mean_h: its lower bound [h], no lower than 0.
        upper_mean_h: its upper bound [h], no higher than `until_h`.
        standard_error_h: its standard error [h].
        until_h: age at which lives are cut off [h].
        level: of the bounds.
        method: in words.
        status: `no_exposure`; `before_first_age` (nothing was observed up to `until_h`);
            `beyond_last_age` (lives were left at the last age observed, and that is below
            `until_h`: all NaN); `no_failures` (none before `until_h`) and `no_spread` (all at
            one age: the mean has no standard error then); else that of the curve.
    """

    mean_h: FloatArray
    lower_mean_h: FloatArray
    upper_mean_h: FloatArray
    standard_error_h: FloatArray
    until_h: float


def survival_at(*, curve: SurvivalCurve, at_h: ArrayLike) -> SurvivalAt:
    """Survival of each group at chosen ages.

    Args:
        curve: from `kaplan_meier`.
        at_h: ages [h], at least 0.

    Returns:
        A `SurvivalAt`. Above the last age observed it is NaN, not carried on unseen, unless all
        have failed by then.

    Raises:
        ArgumentError: an age is missing, negative or not finite.

    Source: definition. AML maintained arm (Klein and Moeschberger; R survival): 0.61 at 23 weeks.

    >>> from pumpperf.reliability.survival.curve import kaplan_meier
    >>> curve = kaplan_meier(age_h=[9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161],
    ...                      failed=[1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0], level=0.95)
    >>> found = survival_at(curve=curve, at_h=[5.0, 25.0, 200.0])
    >>> found.survival[0].tolist(), found.lower_survival[0].tolist()
    ([1.0, 0.614, nan], [nan, 0.266, nan])
    """
    expect(SurvivalCurve, curve=curve)
    at = numbers(values=at_h, name="at_h")
    step = steps_at(age_h=curve.age_h, offset=curve.offset, at_h=at)
    survival = np.append(curve.survival, 1.0)[step]
    first, last = curve.first_age_h[:, np.newaxis], curve.last_age_h[:, np.newaxis]
    unseen = ~((at >= first) & ((at <= last) | (survival == 0.0)))
    lower, upper, error = (
        np.where(unseen, np.nan, np.append(column, np.nan)[step])
        for column in (curve.lower_survival, curve.upper_survival, curve.standard_error)
    )
    return SurvivalAt(
        group=curve.group,
        at_h=at,
        **bounded("survival", np.where(unseen, np.nan, survival), lower, upper),
        standard_error=error,
        level=curve.level,
    )


def quantile_h(*, curve: SurvivalCurve, fraction_failed: float) -> LifeQuantile:
    """Age by which a share of the lives has failed; 0.5 gives the median life.

    The first age at which S <= 1 - p; the middle of the interval where S = 1 - p all along
    (as R's quantile.survfit; on the last step that interval ends at the last age observed).
    The bounds are read off the bounds of S in the same way.

    Args:
        curve: from `kaplan_meier`.
        fraction_failed: p, above 0 and below 1.

    Returns:
        A `LifeQuantile` with the level of the curve.

    Raises:
        ArgumentError: the share is not between 0 and 1.

    Source: Brookmeyer and Crowley 1982; Klein and Moeschberger, section 4.5. AML maintained arm
    (R survival): median 31 weeks.

    >>> from pumpperf.reliability.survival.curve import kaplan_meier
    >>> curve = kaplan_meier(age_h=[9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161],
    ...                      failed=[1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0], level=0.95)
    >>> median = quantile_h(curve=curve, fraction_failed=0.5)
    >>> median.age_h, median.lower_age_h, median.upper_age_h
    (array([31.]), array([13.]), array([inf]))
    """
    expect(SurvivalCurve, curve=curve)
    if not 0.0 < number(value=fraction_failed, name="fraction_failed") < 1.0:
        raise ArgumentError(
            f"fraction_failed = {fraction_failed}: expected a share between 0 and 1"
        )
    steps = Groups(index=group_of(offset=curve.offset), groups=curve.offset.size - 1)
    left = 1.0 - fraction_failed

    def first_age(column: FloatArray, limit: float) -> FloatArray:
        return steps.lowest(np.where(column <= limit, curve.age_h, np.inf))

    def crossing(column: FloatArray) -> FloatArray:
        reached, passed = first_age(column, left + NEAR), first_age(column, left - NEAR)
        end = np.where(passed < np.inf, passed, curve.last_age_h)
        return np.where(reached < np.inf, 0.5 * reached + 0.5 * end, np.inf)

    age, lower = (
        np.where(found < np.inf, found, np.nan)
        for found in (crossing(curve.survival), crossing(curve.lower_survival))
    )
    seen = curve.status != "no_exposure"
    reached = ~np.isnan(age) | ~seen | (curve.status == "no_failures")
    return LifeQuantile(
        group=curve.group,
        **bounded("age_h", age, lower, np.where(seen, crossing(curve.upper_survival), np.nan)),
        fraction_failed=fraction_failed,
        level=curve.level,
        method=f"Brookmeyer-Crowley on {curve.method}",
        status=np.where(reached, curve.status, "not_reached"),
    )


def restricted_mean_h(*, curve: SurvivalCurve, until_h: float) -> RestrictedMean:
    """Mean life up to an age [h], with its standard error.

    Mean = integral of S from 0 to tau; variance = sum over t_j <= tau of
    (integral of S from t_j to tau)^2 d_j/(Y_j (Y_j - d_j)); bounds mean +- z se, cut at 0 and tau.

    Args:
        curve: from `kaplan_meier`.
        until_h: tau [h], above 0.

    Returns:
        A `RestrictedMean` with the level of the curve, meant as the curve is: for lives that
        reached its first age.

    Raises:
        ArgumentError: tau is not finite and above 0.

    Source: Klein and Moeschberger, section 4.5; survRM2 on the
    34 miR-137 flies of Walton: 9.794 with a standard error of 0.123 up to 10.

    >>> from pumpperf.reliability.survival.curve import kaplan_meier
    >>> curve = kaplan_meier(age_h=[6, 9, 9, 9] + [11] * 30, failed=[1] * 34, level=0.95)
    >>> found = restricted_mean_h(curve=curve, until_h=10.0)
    >>> found.mean_h, found.standard_error_h
    (array([9.794]), array([0.123]))
    """
    expect(SurvivalCurve, curve=curve)
    positive(value=until_h, name="until_h")
    offset, groups = curve.offset, curve.offset.size - 1
    steps = Groups(index=group_of(offset=offset), groups=groups)
    # In units of tau, so that no square leaves the range of numbers.
    begin = np.minimum(curve.age_h / until_h, 1.0)
    end = np.append(begin[1:], 1.0)[: begin.size]
    end[offset[1:][np.diff(offset) > 0] - 1] = 1.0
    area = remaining(values=curve.survival * (end - begin), offset=offset)
    left = curve.at_risk - curve.failures
    spread = np.divide(
        curve.failures / curve.at_risk, left, out=np.zeros_like(left), where=curve.survival > 0.0
    )
    variance = steps.per_group(area**2 * spread)
    mean = np.ones(groups)
    failing = np.diff(offset) > 0
    first = offset[:-1][failing]
    mean[failing] = begin[first] + area[first]
    finished = steps.per_group(curve.survival == 0.0) > 0.0
    early = steps.per_group(begin < 1.0) > 0.0
    status = statuses(
        no_exposure=curve.status == "no_exposure",
        before_first_age=until_h <= curve.first_age_h,
        beyond_last_age=(until_h > curve.last_age_h) & ~finished,
        no_failures=~early,
        no_spread=variance == 0.0,
    )
    status = np.where(status == "ok", curve.status, status)
    known = ~np.isin(status, ("no_exposure", "before_first_age", "beyond_last_age"))
    mean = np.where(known, mean, np.nan)
    error = np.where(known & early & (variance > 0.0), np.sqrt(variance), np.nan)
    reach = float(ndtri((1.0 + curve.level) / 2.0)) * error
    lower, upper = np.maximum(mean - reach, 0.0), np.minimum(mean + reach, 1.0)
    return RestrictedMean(
        group=curve.group,
        **bounded("mean_h", until_h * mean, until_h * lower, until_h * upper),
        standard_error_h=until_h * error,
        until_h=until_h,
        level=curve.level,
        method=f"area under {curve.method}; normal bounds cut at 0 and until_h",
        status=status,
    )
