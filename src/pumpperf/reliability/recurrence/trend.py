"""Tests of trend: whether failures come ever more or ever less often."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfc, gammainc, gammaincc

from pumpperf.calc.inputs import Termination
from pumpperf.numeric import FloatArray, ratio, statuses
from pumpperf.reliability.recurrence.systems import Systems, log_share, systems
from pumpperf.results import GroupResult, Places

# Gaps are known to so many roundings of the later age.
ROUNDING = 8.0 * float(np.finfo(np.float64).eps)


class Trend(GroupResult):
    """A test of trend of one or many groups of systems, one entry a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        statistic: of the test.
        p_value: two-sided: probability of a statistic at least as far out if there is no trend.
        degrees_of_freedom: NaN where the test has none.
        sign: +1 if failures crowd towards the end (wear), -1 if towards the beginning (growth of
            reliability), 0 if neither. It says nothing of significance.
        used: failures (or gaps between them) that the test counts.
        dropped: failures at age 0 that a test of logarithms left out.
        systems: systems of which at least one such was counted.
        method: test and null hypothesis, in words.
        status: `ok`, `no_exposure`, `no_failures`, `one_failure` (too few to say anything) or
            `no_scatter` (gaps all equal, where the test needs their scatter).
    """

    statistic: FloatArray
    p_value: FloatArray
    degrees_of_freedom: FloatArray
    sign: FloatArray
    used: FloatArray
    dropped: FloatArray
    systems: FloatArray


def laplace(
    *,
    event_h: ArrayLike,
    event_system: ArrayLike,
    end_h: ArrayLike,
    terminated: Termination,
    start_h: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Trend:
    """Laplace test of trend against a constant rate, each system having its own.

    U = sum over systems of sum(t - (start + end)/2) / sqrt(sum n (end - start)^2/12), standard
    normal without trend; above 0 failures come ever more often.

    Args:
        event_h: age of its system at each failure [h], in any order; one at the end counts.
        event_system: place (0, 1, ...) of that system among `end_h`.
        end_h: age of each system at which observation ended [h].
        terminated: `time` if a date ended it, `failure` if each system's last failure did; that one
            does not count then.
        start_h: age at entry, when observation began [h]; a failure at it does not count. None: 0.
        by: labels of the systems. None: all are one group.

    Returns:
        A `Trend`. The normal law is close from four failures on.

    Raises:
        ArgumentError: as `systems`.

    Source: Cox and Lewis 1966, section 3.3; MIL-HDBK-189A, section 7.5, its 56 failures: 0.16676.
    Here 20 h and 30 h of 40 h: (50 - 40)/(40 sqrt(2/12)) = 0.612.

    >>> found = laplace(
    ...     event_h=[20.0, 30.0], event_system=[0, 0], end_h=40.0, terminated="time"
    ... )
    >>> found.statistic, found.p_value
    (array([0.612]), array([0.540]))
    """
    known = systems(event_h=event_h, event_system=event_system, end_h=end_h, start_h=start_h, by=by)
    n, off = _off_centre(known, terminated)
    span = np.where(n > 0.0, known.end_h - known.start_h, 0.0)
    longest = known.highest(span)
    # In shares of the longest of the group, so that no square overflows.
    span /= np.where(longest > 0.0, longest, 1.0)[known.index]
    statistic = ratio(known.per_group(off * span), np.sqrt(known.per_group(n * span * span) / 12.0))
    return _normal(known, n, statistic, "Laplace against a constant rate of each system")


def mil_hdbk_189(
    *,
    event_h: ArrayLike,
    event_system: ArrayLike,
    end_h: ArrayLike,
    terminated: Termination,
    start_h: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Trend:
    """Chi-square test of trend against a constant rate, made for power laws (MIL-HDBK-189).

    2 sum ln((end - start)/(t - start)) is chi-square of 2n degrees without trend; below 2n failures
    come ever more often. Where observation began late its hours count from there.

    Args:
        event_h: age of its system at each failure [h], in any order; one at the end counts.
        event_system: place (0, 1, ...) of that system among `end_h`.
        end_h: age of each system at which observation ended [h].
        terminated: `time` if a date ended it, `failure` if each system's last failure did; that one
            does not count then.
        start_h: age at entry, when observation began [h]; a failure at it does not count. None: 0.
        by: labels of the systems. None: all are one group.

    Returns:
        A `Trend`, with twice the smaller tail for its p-value.

    Raises:
        ArgumentError: as `systems`.

    Source: MIL-HDBK-189 (1981), appendix C; NIST/SEMATECH e-Handbook 8.2.3.4: 37.23 of 20 degrees.

    >>> found = mil_hdbk_189(
    ...     event_h=[5, 40, 43, 175, 389, 712, 747, 795, 1299, 1478],
    ...     event_system=[0] * 10, end_h=1500, terminated="time",
    ... )
    >>> found.statistic, found.degrees_of_freedom
    (array([37.23]), array([20.]))
    """
    known = systems(event_h=event_h, event_system=event_system, end_h=end_h, start_h=start_h, by=by)
    known = known.with_logarithm()
    span = known.end_h - known.start_h
    logs = known.summed(
        lambda age_h, its: log_share(age_h=age_h - known.start_h[its], end_h=span[its])
    )
    n = known.counts() - known.last_of(terminated)
    used = known.per_group(n)
    half = np.where(used > 0.0, -known.per_group(logs), np.nan)
    some = np.maximum(used, 1.0)
    below, above = gammainc(some, half), gammaincc(some, half)
    return trend_of(
        known=known,
        used=n,
        statistic=2.0 * half,
        p_value=np.minimum(2.0 * np.minimum(below, above), 1.0),
        degrees_of_freedom=2.0 * used,
        sign=np.sign(above - below),
        method="MIL-HDBK-189 chi-square against a constant rate of each system",
    )


def lewis_robinson(
    *,
    event_h: ArrayLike,
    event_system: ArrayLike,
    end_h: ArrayLike,
    terminated: Termination,
    by: ArrayLike | None = None,
) -> Trend:
    """Lewis-Robinson test of trend against renewals, whose gaps may scatter as they will.

    Laplace's U of each system over the coefficient of variation CV of its gaps (with n - 1, from
    age 0 on, without the open gap at the end); of several systems
    sum(w U/CV) / sqrt(sum w^2) with w = sqrt(n)/CV.

    Args:
        event_h: age of its system at each failure [h], in any order; one at the end counts.
        event_system: place (0, 1, ...) of that system among `end_h`.
        end_h: age of each system at which observation ended, having begun at age 0 [h].
        terminated: `time` if a date ended it, `failure` if each system's last failure did; that one
            does not count in U then, but its gap does in CV.
        by: labels of the systems. None: all are one group.

    Returns:
        A `Trend`. Systems with fewer than two gaps have no CV and are left out.

    Raises:
        ArgumentError: as `systems`.

    Source: Lewis and Robinson 1974; Kvaloy and Lindqvist 2020, table 4, for several systems. Here
    gaps of 20, 10 and 30 h in 80 h: U = -0.0833 sqrt(12/3), CV = 0.5.

    >>> found = lewis_robinson(
    ...     event_h=[20.0, 30.0, 60.0], event_system=[0, 0, 0], end_h=80.0, terminated="time"
    ... )
    >>> found.statistic / np.sqrt(12.0 / 3.0) * 0.5
    array([-0.125])
    """
    known = systems(event_h=event_h, event_system=event_system, end_h=end_h, by=by)
    n, off = _off_centre(known, terminated)
    gap, owner, gaps = gaps_of(known=known)
    scale = np.where(known.end_h > 0.0, known.end_h, 1.0)
    share = gap / scale[owner]
    some = np.maximum(gaps, 1.0)
    mean = np.bincount(owner, share, gaps.size) / some
    square = np.bincount(owner, (share - mean[owner]) ** 2, gaps.size)
    enough = (gaps > 1.0) & (n > 0.0)
    cv = np.sqrt(square / np.maximum(gaps - 1.0, 1.0)) / np.where(mean > 0.0, mean, 1.0)
    rigid = enough & (np.sqrt(square) <= ROUNDING)
    enough &= ~rigid
    of_one = np.where(enough, cv, 1.0)
    weight = known.per_group(np.where(enough, n / of_one**2, 0.0))
    found = np.where(enough, off * np.sqrt(12.0) / of_one**2, 0.0)
    stuck = known.per_group(rigid) > 0.0
    statistic = ratio(known.per_group(found), np.sqrt(np.where(stuck, 0.0, weight)))
    kept = np.where(enough | rigid, n, 0.0)
    answer = _normal(known, kept, statistic, "Lewis-Robinson against renewals")
    answer.status[stuck] = "no_scatter"
    return answer


def trend_of(
    *,
    known: Systems,
    used: FloatArray,
    statistic: FloatArray,
    p_value: FloatArray,
    sign: FloatArray,
    method: str,
    degrees_of_freedom: FloatArray | None = None,
) -> Trend:
    """What a test found, with whether there were failures enough for it.

    Args:
        known: systems and their failures.
        used: failures (or gaps) that the test counts, of each system.
        statistic: of each group.
        p_value: of each group.
        sign: of each group.
        method: in words.
        degrees_of_freedom: of each group. None: it has none.

    Source: definition.

    >>> known = systems(event_h=[4.0], event_system=[0], end_h=9.0)
    >>> none, nan = np.zeros(1), np.full(1, np.nan)
    >>> trend_of(known=known, used=none, statistic=nan, p_value=nan, sign=nan, method="").status
    array(['one_failure'], dtype='<U11')
    """
    in_all, count = known.per_group(used), known.per_group(known.counts())
    free = np.full_like(in_all, np.nan) if degrees_of_freedom is None else degrees_of_freedom
    return Trend(
        group=known.group,
        statistic=statistic,
        p_value=p_value,
        degrees_of_freedom=free,
        sign=sign,
        used=in_all,
        dropped=known.dropped,
        systems=known.per_group(used > 0.0),
        method=method,
        status=statuses(
            no_exposure=known.per_group(known.observed()) == 0.0,
            no_failures=count == 0.0,
            one_failure=in_all == 0.0,
        ),
    )


def gaps_of(*, known: Systems) -> tuple[FloatArray, Places, FloatArray]:
    """Gaps between failures of each system in their order, from age 0 to its last failure.

    Args:
        known: systems observed from age 0, as `systems` returns them.

    Returns:
        The gaps, the system of each, and how many each system has.

    Source: definition.

    >>> known = systems(event_h=[7.0, 4.0], event_system=[0, 0], end_h=9.0)
    >>> gaps_of(known=known)
    (array([4., 3.]), array([0, 0]), array([2.]))
    """
    order = np.lexsort((known.event_h, known.event_system))
    age, owner = known.event_h[order], known.event_system[order]
    opening = np.diff(owner, prepend=-1) != 0
    gap = np.where(opening, age, np.diff(age, prepend=0.0))
    return gap, owner, known.counts()


def _off_centre(known: Systems, terminated: Termination) -> tuple[FloatArray, FloatArray]:
    """Failures that count of each system, and by how many spans they lie off the middle in all."""
    span = known.end_h - known.start_h
    last, some = known.last_of(terminated), span > 0.0  # without a span there is no trend
    span[~some] = np.inf
    off = known.summed(lambda age_h, its: (age_h - known.start_h[its]) / span[its] - 0.5)
    return np.where(some, known.counts() - last, 0.0), np.where(some, off - 0.5 * last, 0.0)


def _normal(known: Systems, n: FloatArray, statistic: FloatArray, method: str) -> Trend:
    return trend_of(
        known=known,
        used=n,
        statistic=statistic,
        p_value=np.asarray(erfc(np.abs(statistic) / np.sqrt(2.0)), dtype=np.float64),
        sign=np.sign(statistic),
        method=method,
    )
