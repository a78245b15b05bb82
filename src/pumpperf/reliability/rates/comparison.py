"""Failure rates side by side: are two equal, do the pumps of a fleet differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincinv, gammaincc

from pumpperf.calc.inputs import same_size
from pumpperf.calc.scalars import tail_of
from pumpperf.numeric import FloatArray, Sided, bounded, ratio, shared, statuses, sums
from pumpperf.reliability.rates.exposures import exposures, fleets, summed_by
from pumpperf.results import Estimate, GroupResult


class RateComparison(Estimate):
    """Failure rates of one fleet against another's, one entry a group.

    Attributes:
        group: labels of `by` in sorted order, or None.
        ratio: rate of the first over rate of the second.
        lower_ratio: its lower bound; 0 where the first has no failures.
        upper_ratio: its upper bound; infinite where the second has no failures.
        p_value: probability, if both rates are equal, of a split of the failures as uneven.
        failures: of the first.
        against_failures: of the second.
        operating_h: of the first [h].
        against_operating_h: of the second [h].
        level: confidence level of the bounds.
        sided: which bounds were asked for; the other one is NaN.
        method: how it was found.
        status: `ok`, `no_failures` (of the first: ratio 0), `no_failures_against` (of the second:
            no ratio, no upper bound), `no_failures_at_all` or `no_exposure` (of one of them).
    """

    ratio: FloatArray
    lower_ratio: FloatArray
    upper_ratio: FloatArray
    p_value: FloatArray
    failures: FloatArray
    against_failures: FloatArray
    operating_h: FloatArray
    against_operating_h: FloatArray
    sided: Sided


class OverDispersion(GroupResult):
    """Whether the pumps of a fleet fail at one rate, one entry a fleet.

    Attributes:
        group: labels of `by` in sorted order, or None.
        index: sum of (r - e)^2 / e over the pumps, e being what one rate lets expect.
        degrees_of_freedom: pumps that ran, less one.
        p_value: probability of an index as large if all pumps have one rate.
        variance_ratio: index over degrees of freedom: about 1 if all pumps have one rate.
        rate_per_h: failures over operating time of the fleet [1/h].
        failures: of the fleet.
        operating_h: of the fleet [h].
        method: how it was found.
        status: `ok`, `one_pump` (only one ran), `no_failures`, `no_exposure`, or
            `failure_without_exposure` (a pump failed that never ran).
    """

    index: FloatArray
    degrees_of_freedom: FloatArray
    p_value: FloatArray
    variance_ratio: FloatArray
    rate_per_h: FloatArray
    failures: FloatArray
    operating_h: FloatArray


def rate_comparison(
    *,
    operating_h: ArrayLike,
    failures: ArrayLike,
    against_operating_h: ArrayLike,
    against_failures: ArrayLike,
    level: float,
    sided: Sided,
    by: ArrayLike | None = None,
) -> RateComparison:
    """Ratio of two failure rates, its exact bounds, and the exact test that it is 1.

    Given r1 + r2, r1 is binomial with share p = T1 q / (T1 q + T2) at the rate ratio q. The bounds
    of q are those of p (Clopper and Pearson); the test puts q = 1. Two-sided p-values are twice
    the smaller tail, so test and bounds agree (R takes all less probable splits instead).

    Args:
        operating_h: operating time [h] of the first, at least 0.
        failures: its failures, whole, at least 0.
        against_operating_h: operating time [h] of the second.
        against_failures: its failures.
        level: confidence level, between 0 and 1; of the interval if two-sided, else of the bound.
        sided: `two`; `lower` asks if the first rate is the higher one, `upper` if the lower.
        by: labels; times and failures are summed over each. None: every entry by itself.

    Returns:
        A `RateComparison`.

    Raises:
        ArgumentError: lengths differ, a number is negative, not finite or not whole, the level or
            the side has no meaning, or a label is missing.

    Source: Przyborowski and Wilenski 1940; R, `poisson.test`: 11 in 800 against 21 in 3011:
    1.971488, from 0.8584264 to 4.2772659.

    >>> found = rate_comparison(
    ...     operating_h=800, failures=11, against_operating_h=3011, against_failures=21,
    ...     level=0.95, sided="two",
    ... )
    >>> found.ratio, found.lower_ratio, found.upper_ratio
    (array([1.971488]), array([0.8584264]), array([4.2772659]))
    """
    against = {"against_operating_h": against_operating_h, "against_failures": against_failures}
    beside = {**against, "by": by}
    first_h, first = exposures(operating_h=operating_h, failures=failures, beside=beside)
    second_h, second = exposures(operating_h=against_operating_h, failures=against_failures)
    same_size(columns={"against_failures": second}, size=first.size, of="failures")
    tail = tail_of(level=level, sided=sided)
    columns = [first_h, first, second_h, second]
    group, (first_h, first, second_h, second) = summed_by(by=by, columns=columns)
    exposed = (first_h > 0.0) & (second_h > 0.0)
    status = statuses(
        no_exposure=~exposed,
        no_failures_at_all=(first == 0.0) & (second == 0.0),
        no_failures=first == 0.0,
        no_failures_against=second == 0.0,
    )
    one_h, two_h = np.where(exposed, first_h, np.nan), np.where(exposed, second_h, np.nan)
    with np.errstate(over="ignore", divide="ignore"):
        per_time = two_h / one_h
        found = ratio(first, second) * per_time
        lower = _odds(first, second + 1.0, tail) * per_time
        upper = per_time / _odds(second, first + 1.0, tail)
    return RateComparison(
        group=group,
        **bounded("ratio", found, lower, upper, sided=sided),
        p_value=_p_value(one_h, first, two_h, second, sided),
        failures=first,
        against_failures=second,
        operating_h=first_h,
        against_operating_h=second_h,
        level=level,
        sided=sided,
        method="conditional binomial (Clopper-Pearson), p-value of the smaller tail",
        status=status,
    )


def over_dispersion(
    *, operating_h: ArrayLike, failures: ArrayLike, by: ArrayLike | None = None
) -> OverDispersion:
    """Whether pumps differ more in their failures than chance at one common rate would have it.

    V = sum (r_i - e_i)^2 / e_i,  e_i = T_i sum r / sum T;  V is about chi-square with k - 1
    degrees of freedom for k pumps of one rate (coarse where the e_i are far below 1).

    Args:
        operating_h: operating time [h] of each pump, at least 0; one that never ran counts not,
            one that ran must have more than 1e-100 of the time of its fleet.
        failures: number of failures of each, whole, at least 0.
        by: label of each pump's fleet. None: all are one.

    Returns:
        An `OverDispersion`; all NaN but the counts where its status is not `ok`.

    Raises:
        ArgumentError: lengths differ, a number is negative, not finite or not whole, or a label is
            missing.

    Source: Fisher 1950, Biometrics 6, deviations from expectation in a Poisson series (quoted
    from memory). By hand: 3, 0 and 6 failures in equal times: V = (0 + 9 + 9) / 3 = 6.

    >>> found = over_dispersion(operating_h=[1e4, 1e4, 1e4], failures=[3, 0, 6])
    >>> found.index, found.variance_ratio, found.p_value
    (array([6.]), array([3.]), array([0.0498]))
    """
    fleet = fleets(operating_h=operating_h, failures=failures, by=by, alone="one_pump")
    total, total_h = fleet.failures, fleet.operating_h
    known = fleet.status == "ok"
    ran = fleet.ran & known[fleet.index]
    at, counts = fleet.index[ran], fleet.counts[ran]
    expected = fleet.hours[ran] / total_h[at] * total[at]
    terms = (counts / expected - 1.0) * (counts - expected)
    found = np.where(known, sums(terms, at, fleet.groups), np.nan)
    freedom = np.maximum(fleet.pumps - 1.0, 0.0)
    return OverDispersion(
        **shared(fleet, "group", "rate_per_h", "failures", "operating_h", "status"),
        index=found,
        degrees_of_freedom=freedom,
        p_value=np.asarray(gammaincc(ratio(freedom, 2.0), found / 2.0), dtype=np.float64),
        variance_ratio=ratio(found, freedom),
        method="dispersion index, chi-square",
    )


def _odds(a: FloatArray, b: FloatArray, tail: float) -> FloatArray:
    """Odds that leave so much of a beta distribution below; a may be 0, then they are 0."""
    one = np.maximum(a, 1.0)
    odds = betaincinv(one, b, tail) / betaincinv(b, one, 1.0 - tail)
    return np.asarray(np.where(a > 0.0, odds, 0.0), dtype=np.float64)


def _p_value(
    one_h: FloatArray, first: FloatArray, two_h: FloatArray, second: FloatArray, sided: Sided
) -> FloatArray:
    share, rest = one_h / (one_h + two_h), two_h / (one_h + two_h)
    as_many = np.where(first > 0.0, betainc(np.maximum(first, 1.0), second + 1.0, share), 1.0)
    as_few = np.where(second > 0.0, betainc(np.maximum(second, 1.0), first + 1.0, rest), 1.0)
    both = np.minimum(2.0 * np.minimum(as_many, as_few), 1.0)
    found = {"lower": as_many, "upper": as_few, "two": both}[sided]
    return np.asarray(np.where(np.isnan(share), np.nan, found), dtype=np.float64)
