"""Whether a shape above 0 fits interval-censored failures."""

from __future__ import annotations

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.reliability.weibull.interval_censored import IntervalLives
from pumpperf.roots import rising_root

ROUNDING = 1e-12
"""Part of its terms below which a slope is taken as none."""


def rises_from_zero(*, lives: IntervalLives) -> BoolArray:
    """Whether the likelihood of each group rises from a shape of 0, so that one above 0 fits.

    Towards a shape of 0 either the hazard H is the same h at every age, or it is g ln(age/entry) of
    what entered late, and endless from age 0. A failure at a known age from new, or after an age
    at which it ran, rules out both; a pump that runs from new the second, one that entered late
    and failed the first. Where one is left, with k failures between 0 and u, and n pumps that ran
    from new to v, and others that ran from e to u, as logarithms, the slopes are

        h (n mean(u of failed) - sum(v) - sum(u - e)),    exp(-h) = n/(n + k)

        sum(u of failed) - g/2 sum(ran^2 - e^2) + g/2 sum((upper^2 - lower^2)/(exp(g s) - 1))

    with the best g, and the stretch s between the two ages.

    Args:
        lives: of the groups, each with a failure.

    Source: derived above. By 1 h 2 of 3 pumps have failed, by 2 h 1 of 3: none wears out.

    >>> from pumpperf.reliability.weibull.interval_censored import EVER
    >>> first = IntervalLives(
    ...     u=np.log([1.0, 1.0, 2.0, 2.0]), lower_u=np.full(4, -np.inf), apart=np.full(4, EVER),
    ...     entry_u=np.full(4, -np.inf), log_span=np.full(4, EVER), exact=np.zeros(4, bool),
    ...     interval=np.array([True, False, True, False]), weight=np.array([2.0, 1.0, 1.0, 2.0]),
    ...     index=np.zeros(4, int), groups=1,
    ... )
    >>> rises_from_zero(lives=first)
    array([False])
    """
    fresh, failed = np.isneginf(lives.entry_u), lives.exact | lives.interval
    soon = fresh & lives.interval & np.isneginf(lives.lower_u)
    ran = fresh & ~soon
    late_failed = lives.per_group(failed & ~fresh) > 0.0
    bounded = lives.per_group(ran & failed) > 0.0
    bounded |= (lives.per_group(ran) > 0.0) & late_failed
    late = ~fresh & late_failed[lives.index]
    slope = np.where(late_failed, _late_slope(lives, late), _level_slope(lives, soon, ran))
    return bounded | (slope > 0.0)


def _level_slope(lives: IntervalLives, soon: BoolArray, ran: BoolArray) -> FloatArray:
    """Where the same share has failed at every age."""
    total = lives.summed
    late = ~(soon | ran)
    since = lives.u - np.where(late, lives.entry_u, 0.0)
    gone, left = total(soon), total(ran)
    up = total(soon, lives.u) * np.divide(left, gone, out=np.zeros_like(gone), where=gone > 0)
    down = total(ran, lives.u), total(late, since)
    return _beyond_rounding(up, -down[0], -down[1])


def _late_slope(lives: IntervalLives, late: BoolArray) -> FloatArray:
    """Where all that failed entered late, and the hazard goes with 1/age; endless if it does."""
    total = lives.summed
    exact, interval = late & lives.exact, late & lives.interval
    entry = np.where(late, lives.entry_u, 0.0)
    lower = np.where(interval, lives.lower_u, 0.0)
    alive = np.where(interval, lower, lives.u)
    apart = np.where(interval, lives.apart, 1.0)
    failures, log_span = total(exact), total(late, alive - entry)

    def fall(rate: FloatArray) -> tuple[FloatArray, FloatArray]:
        odds = _odds(rate[lives.index] * apart)
        gained = total(interval, odds * apart)
        with np.errstate(over="ignore"):
            bent = total(interval, odds * apart * (apart + odds * apart))
        return log_span - failures / rate - gained, failures / rate / rate + bent

    whole = total(late, lives.u - entry)
    count = total(exact | interval)
    start = np.divide(count, whole, out=np.ones_like(whole), where=(whole > 0.0) & (count > 0.0))
    rate = rising_root(function=fall, start=start)
    there = (log_span > 0.0) & np.isfinite(rate)
    rate = np.where(there, rate, 0.0)
    odds = _odds(np.where(there[lives.index], rate[lives.index], 1.0) * apart)
    slope = _beyond_rounding(
        total(exact, lives.u),
        -0.5 * rate * total(late, alive**2 - entry**2),
        0.5 * rate * total(interval, odds * apart * (lives.u + lower)),
    )
    return np.where(there, slope, np.inf)


def _odds(hazard: FloatArray) -> FloatArray:
    with np.errstate(over="ignore", divide="ignore"):
        return 1.0 / np.expm1(hazard)


def _beyond_rounding(*terms: FloatArray) -> FloatArray:
    found = np.sum(terms, axis=0)
    return np.where(np.abs(found) > ROUNDING * np.sum(np.abs(terms), axis=0), found, 0.0)
