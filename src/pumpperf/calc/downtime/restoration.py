"""Times to restore: their mean, their median, and the rate of repair, each with its bounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv, stdtrit

from pumpperf.calc.inputs import booleans, column, labelled, numbers, refuse, same_index, same_size
from pumpperf.calc.scalars import tail_of
from pumpperf.numeric import FloatArray, Sided, TextArray, bounded, positive, ratio, statuses, sums
from pumpperf.results import Estimate


class Restoration(Estimate):
    """Times to restore of one or many groups, one entry a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        mean_h: arithmetic mean of those that have ended [h].
        lower_mean_h: its lower bound [h]; NaN unless `status` is `ok`, or not asked for.
        upper_mean_h: its upper bound [h]; NaN likewise, inf beyond any number.
        median_h: median of the lognormal fitted to them: their geometric mean [h].
        lower_median_h: its lower bound [h]; NaN unless `median_status` is `ok`, or not asked for.
        upper_median_h: its upper bound [h]; NaN likewise, inf beyond any number.
        log_sd: standard deviation of the logarithms: the sigma of that lognormal, n - 1 beneath.
        restored: how many restorations have ended.
        ongoing: how many still go on, and are left out.
        level: confidence level, of the interval if two-sided, else of the bound.
        sided: which bounds were asked for.
        method: of the bounds, in words.
        status: of the mean: `ok`; `none` (no restoration); `none_restored` (none has ended);
            `one_restored` and `no_spread` (a mean without bounds; `no_spread` if all are equal).
        median_status: of the median: the same, or `zero_time` (one took no time: no logarithm).
    """

    mean_h: FloatArray
    lower_mean_h: FloatArray
    upper_mean_h: FloatArray
    median_h: FloatArray
    lower_median_h: FloatArray
    upper_median_h: FloatArray
    log_sd: FloatArray
    restored: FloatArray
    ongoing: FloatArray
    sided: Sided
    median_status: TextArray


class RepairRate(Estimate):
    """Repair rate of one or many groups, one entry a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        rate_per_h: ended restorations over all active hours [1/h].
        lower_rate_per_h: lower bound [1/h]; 0 if none has ended, NaN if not asked for.
        upper_rate_per_h: upper bound [1/h]; NaN if not asked for.
        restored: how many restorations have ended.
        ongoing: how many still go on.
        active_h: sum of all times, also of those still going on [h].
        level: confidence level, of the interval if two-sided, else of the bound.
        sided: which bounds were asked for.
        method: of the bounds, in words.
        status: `ok`; `none` (no restoration) and `no_exposure` (none took any time), where all is
            NaN; `none_restored` (none has ended: the rate is 0, with an upper bound).
    """

    rate_per_h: FloatArray
    lower_rate_per_h: FloatArray
    upper_rate_per_h: FloatArray
    restored: FloatArray
    ongoing: FloatArray
    active_h: FloatArray
    sided: Sided


def restoration_times(
    *,
    time_h: ArrayLike,
    restored: ArrayLike,
    level: float,
    sided: Sided,
    by: ArrayLike | None = None,
) -> Restoration:
    """Mean and median time to restore [h], of the restorations that have ended, with bounds.

    mean m = sum t / n, bounds m exp(+- t(n-1) s / (m sqrt n)): of large samples, any distribution;
    median exp(mean of ln t), bounds exp(mean of ln t +- t(n-1) s_ln / sqrt n): exact if lognormal

    Restorations still going on are counted as `ongoing` and left out. They last longer than the
    ended ones on average, so mean and median are too low where there are many: `repair_rate`
    takes their time in.

    Args:
        time_h: time down of each [h], at least 0; so far, if it still goes on.
        restored: whether it has ended.
        level: confidence level, between 0 and 1.
        sided: `two`, `lower` or `upper`; the bound not asked for is NaN.
        by: label of each one's group. None: all are one group.

    Returns:
        A `Restoration`.

    Raises:
        ArgumentError: lengths differ, a time is negative or not finite, `restored` is neither true
            nor false, the level is not between 0 and 1, or a label is missing.

    Source: ISO 14224:2016, annex C, for the mean; MIL-HDBK-338B, section 5.6.2.1, for lognormal
    repair times. By hand for 1 and e^2 h: median e, sigma sqrt 2, t(1) = 1 at 75 %: from 1 to e^2.

    >>> r = restoration_times(
    ...     time_h=[1.0, np.exp(2.0), 9.0], restored=[1, 1, 0], level=0.5, sided="two"
    ... )
    >>> r.mean_h, r.ongoing
    (array([4.1945]), array([1.]))
    >>> r.median_h, r.lower_median_h, r.upper_median_h, r.log_sd
    (array([2.71828]), array([1.]), array([7.38906]), array([1.41421]))
    """
    tail = tail_of(level=level, sided=sided)
    given = _Restorations(time_h, restored, by)
    index, count, ended = given.index, given.count, given.ended_h
    positive = ended > 0.0
    zero = np.bincount(index[~positive], minlength=count.size) > 0
    status = statuses(
        none=given.none,
        none_restored=count == 0.0,
        one_restored=count == 1.0,
        no_spread=~given.differ,
    )
    median_status = np.where(zero, "zero_time", status)

    mean = given.mean(ended)
    spread = given.deviation(ended / np.where(mean > 0.0, mean, 1.0)[index])
    logs = np.log(np.where(positive, ended, 1.0))
    centre = np.where(zero, np.nan, given.mean(logs))
    log_sd = np.where(zero | (count < 2.0), np.nan, given.deviation(logs))
    reach = -stdtrit(np.maximum(count - 1.0, 1.0), tail) / np.sqrt(np.maximum(count, 1.0))
    with np.errstate(over="ignore"):
        factor = np.exp(np.where(status == "ok", reach * spread, np.nan))
        log_reach = np.where(median_status == "ok", reach * log_sd, np.nan)
        upper = mean * factor, np.exp(centre + log_reach)
    lower = mean / factor, np.exp(centre - log_reach)
    return Restoration(
        group=given.group,
        **bounded("mean_h", mean, lower[0], upper[0], sided=sided),
        **bounded("median_h", np.exp(centre), lower[1], upper[1], sided=sided),
        log_sd=log_sd,
        restored=count,
        ongoing=given.ongoing,
        level=level,
        sided=sided,
        method="mean: delta method on its logarithm; median: lognormal, exact; Student t",
        status=status,
        median_status=median_status,
    )


def repair_rate(
    *,
    time_h: ArrayLike,
    restored: ArrayLike,
    level: float,
    sided: Sided,
    by: ArrayLike | None = None,
) -> RepairRate:
    """Repair rate [1/h] if it is constant, from ended restorations and those still going on.

    mu = n / sum t;  lower chi2(p_lower; 2n) / (2 sum t),  upper chi2(p_upper; 2n) / (2 sum t);
    the upper one has 2n + 2 degrees of freedom where restorations still go on

    Args:
        time_h: time down of each [h], at least 0; so far, if it still goes on: it counts.
        restored: whether it has ended.
        level: confidence level, between 0 and 1.
        sided: `two`, `lower` or `upper`; the bound not asked for is NaN.
        by: label of each one's group. None: all are one group.

    Returns:
        A `RepairRate`. Its bounds are exact if all have ended; else those of a watch that a date
        ended.

    Raises:
        ArgumentError: as `restoration_times`.

    Source: NIST/SEMATECH e-Handbook 8.4.5.1, with a repair for a failure: 2 in 800 h, one going
    on, at 90 %: one in 400 h, from 127 to 2251 h.

    >>> r = repair_rate(
    ...     time_h=[300.0, 400.0, 100.0], restored=[1, 1, 0], level=0.9, sided="two"
    ... )
    >>> 1.0 / r.rate_per_h, 1.0 / r.upper_rate_per_h, 1.0 / r.lower_rate_per_h
    (array([400.]), array([127.]), array([2251.]))
    """
    tail = tail_of(level=level, sided=sided)
    given = _Restorations(time_h, restored, by)
    some = given.count > 0.0
    exposed = positive(given.active_h)
    shape = np.where(some, given.count, 1.0)
    lower = np.where(some, gammaincinv(shape, tail), 0.0) / exposed
    shape = np.where(given.ongoing > 0.0, given.count + 1.0, shape)
    upper = gammaincinv(shape, 1.0 - tail) / exposed
    return RepairRate(
        group=given.group,
        **bounded("rate_per_h", given.count / exposed, lower, upper, sided=sided),
        restored=given.count,
        ongoing=given.ongoing,
        active_h=given.active_h,
        level=level,
        sided=sided,
        method="chi-square, constant rate; the time of the ongoing counts",
        status=statuses(none=given.none, no_exposure=np.isnan(exposed), none_restored=~some),
    )


def mean_time_to_restore_h(*, downtime_h: ArrayLike, by: ArrayLike | None = None) -> FloatArray:
    """Mean time [h] from the loss of function to its restoration, of those that have ended.

    Args:
        downtime_h: duration of each ended event [h]; NaN for one that still lasts, left out.
        by: label of each event's pump. None: one mean over all.

    Returns:
        One mean a label in sorted order, or one in all; NaN where no event has ended.

    Raises:
        ArgumentError: a duration is negative or infinite, or there are not as many labels as
            durations.

    Source: ISO 14224:2016, annex C; von Alven (1964): 46 repair times with a mean of 3.607 h.

    >>> mean_time_to_restore_h(downtime_h=[0.2, 1.0, 24.5, float("nan")])
    array([8.567])
    """
    same_index(downtime_h=downtime_h, by=by)
    hours = column(values=downtime_h, name="downtime_h")
    wrong = (hours < 0.0) | (hours == np.inf)
    refuse(wrong=wrong, values=hours, name="downtime_h", expected="at least 0, or NaN")
    _, index, size = labelled(by=by, size=hours.size)
    ended = ~np.isnan(hours)
    total = sums(hours[ended], index[ended], size)
    return ratio(total, np.bincount(index[ended], minlength=size).astype(np.float64))


class _Restorations:
    """Times by group: which have ended, how many, and their moments."""

    def __init__(self, time_h: ArrayLike, restored: ArrayLike, by: ArrayLike | None) -> None:
        same_index(time_h=time_h, restored=restored, by=by)
        time = numbers(values=time_h, name="time_h")
        ended = booleans(values=restored, name="restored")
        same_size(columns={"restored": ended}, size=time.size, of="time_h")
        self.group, index, groups = labelled(by=by, size=time.size)
        self.active_h = sums(time, index, groups)
        self.index, self.ended_h = index[ended], time[ended]
        self.count = np.bincount(self.index, minlength=groups).astype(np.float64)
        self.ongoing = np.bincount(index[~ended], minlength=groups).astype(np.float64)
        self.none = (self.count == 0.0) & (self.ongoing == 0.0)
        one = np.zeros(groups)
        one[self.index] = self.ended_h
        unlike = self.index[self.ended_h != one[self.index]]
        self.differ = np.bincount(unlike, minlength=groups) > 0

    def mean(self, values: FloatArray) -> FloatArray:
        return ratio(sums(values, self.index, self.count.size), self.count)

    def deviation(self, values: FloatArray) -> FloatArray:
        """Standard deviation, n - 1 beneath; 0 where there are not two."""
        squares = (values - self.mean(values)[self.index]) ** 2
        total = sums(squares, self.index, self.count.size)
        return np.sqrt(total / np.maximum(self.count - 1.0, 1.0))
