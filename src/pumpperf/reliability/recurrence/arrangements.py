"""Reverse arrangements: how often a gap between failures is longer than one before it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfc

from pumpperf.numeric import FloatArray, sums
from pumpperf.reliability.recurrence.systems import systems
from pumpperf.reliability.recurrence.trend import Trend, gaps_of, trend_of
from pumpperf.reliability.segments import openings
from pumpperf.results import Places

EXACT = 20


def reverse_arrangements(
    *, event_h: ArrayLike, event_system: ArrayLike, end_h: ArrayLike, by: ArrayLike | None = None
) -> Trend:
    """Reverse arrangement test of trend: whether gaps between failures grow or shrink.

    R counts the pairs of gaps of a system of which the later is the longer. Without trend its mean
    is half of the pairs that differ and the variance (2n + 5) n (n - 1)/72, less
    t(t - 1)(2t + 5)/72 for each t equal gaps; over systems R, mean and variance are summed.

    Args:
        event_h: age of its system at each failure [h], in any order.
        event_system: place (0, 1, ...) of that system among `end_h`.
        end_h: age of each system at which observation ended, having begun at age 0 [h]. The open
            gap to it does not count.
        by: labels of the systems. None: all are one group.

    Returns:
        A `Trend` of `statistic` R and `used` gaps. The p-value is exact for one system of up to 20
        gaps that all differ, else normal with half a pair taken off for continuity.

    Raises:
        ArgumentError: as `systems`.

    Source: Kendall 1938; NIST/SEMATECH e-Handbook 8.2.3.4: R = 33 of ten repairs, by its table the
    least that shows an improvement at 95 %.

    >>> found = reverse_arrangements(
    ...     event_h=[5, 40, 43, 175, 389, 712, 747, 795, 1299, 1478],
    ...     event_system=[0] * 10, end_h=1500,
    ... )
    >>> found.statistic, found.sign
    (array([33.]), array([-1.]))
    """
    known = systems(event_h=event_h, event_system=event_system, end_h=end_h, by=by)
    gap, owner, n = gaps_of(known=known)
    longer, tied, ties = _pairs(gap, owner, n)
    arrangements = known.per_group(longer)
    mean = known.per_group((n * (n - 1.0) / 2.0 - tied) / 2.0)
    variance = known.per_group((n * (n - 1.0) * (2.0 * n + 5.0) - ties) / 72.0)
    off = arrangements - mean
    spread = np.sqrt(np.where(variance > 0.0, variance, np.nan))
    far = np.maximum(np.abs(off) - 0.5, 0.0)
    p_value = np.asarray(erfc(far / spread / np.sqrt(2.0)), dtype=np.float64)
    paired = np.where(n > 1.0, n, 0.0)
    used = known.per_group(paired)
    exact = (known.per_group(n > 1.0) == 1.0) & (used <= EXACT) & (known.per_group(tied) == 0.0)
    for count in np.unique(used[exact]).astype(int).tolist():
        these = exact & (used == count)
        p_value[these] = _exact_p(arrangements[these], count)
    found = trend_of(
        known=known,
        used=paired,
        statistic=np.where(used > 0.0, arrangements, np.nan),
        p_value=p_value,
        sign=np.where(used > 0.0, -np.sign(off), np.nan),
        method="reverse arrangements of gaps against renewals",
    )
    found.status[(found.status == "ok") & (variance == 0.0)] = "no_scatter"
    return found


def _exact_p(arrangements: FloatArray, n: int) -> FloatArray:
    """Twice the smaller tail of the count over all orders of n gaps, all equally likely."""
    chance = np.ones(1)
    for gaps in range(2, n + 1):
        total = np.cumsum(np.pad(chance, (0, gaps - 1)))
        total[gaps:] -= total[:-gaps].copy()
        chance = total / gaps
    whole = arrangements.astype(np.intp)
    below, above = np.cumsum(chance), np.cumsum(chance[::-1])[::-1]
    return np.minimum(2.0 * np.minimum(below[whole], above[whole]), 1.0)


def _pairs(
    gap: FloatArray, owner: Places, n: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Of each system: pairs of which the later is longer, equal pairs, and sum t(t-1)(2t+5).

    Gaps are ranked within their system and split by one bit of the rank after the other, from the
    highest: among gaps alike in the higher bits, each with a 1 is longer than all 0s before it.
    """
    size = gap.size
    order = np.lexsort((gap, owner))
    fresh = openings(columns=[gap[order], owner[order]])
    run = np.cumsum(fresh) - 1
    opening = (np.cumsum(n) - n).astype(np.intp)
    rank = np.empty(size, dtype=np.intp)
    rank[order] = run
    rank -= run[opening[owner]] if size else 0
    alike = np.bincount(run).astype(np.float64)
    whose = owner[order][fresh]
    pairs = alike * (alike - 1.0) / 2.0
    tied = sums(pairs, whose, n.size)
    ties = sums(pairs * 2.0 * (2.0 * alike + 5.0), whose, n.size)

    longer = np.zeros(n.size)
    block = opening[owner]
    whose = owner
    for bit in range(int(rank.max(initial=0)).bit_length() - 1, -1, -1):
        one = (rank >> bit) & 1
        zeros = np.append(0, np.cumsum(1 - one))
        before = zeros[:-1] - zeros[block]
        longer += np.bincount(whose, one * before, n.size)
        # Zeros of a block go before its ones, each kind in its order.
        in_block = np.bincount(block, 1 - one, size).astype(np.intp)[block]
        past = np.arange(size) - block - before
        target = block + np.where(one == 0, before, in_block + past)
        split = block + one * in_block
        moved, places, owners = np.empty_like(rank), np.empty_like(block), np.empty_like(whose)
        moved[target], places[target], owners[target] = rank, split, whose
        rank, block, whose = moved, places, owners
    return longer, tied, ties
