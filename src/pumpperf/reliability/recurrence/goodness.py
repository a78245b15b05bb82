"""Whether failures follow a power law at all: the test of Cramer and von Mises."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import Termination
from pumpperf.calc.scalars import one_of
from pumpperf.numeric import FloatArray, ratio, statuses
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.recurrence.systems import log_share, systems
from pumpperf.results import GroupResult

ALPHA = (0.20, 0.15, 0.10, 0.05, 0.01)
COUNTS = np.array([*range(2, 21), 30, 60, 100], dtype=np.float64)
CRITICAL = np.array(
    [
        [0.138, 0.149, 0.162, 0.175, 0.186],
        [0.121, 0.135, 0.154, 0.184, 0.23],
        [0.121, 0.134, 0.155, 0.191, 0.28],
        [0.121, 0.137, 0.160, 0.199, 0.30],
        [0.123, 0.139, 0.162, 0.204, 0.31],
        [0.124, 0.140, 0.165, 0.208, 0.32],
        [0.124, 0.141, 0.165, 0.210, 0.32],
        [0.125, 0.142, 0.167, 0.212, 0.32],
        [0.125, 0.142, 0.167, 0.212, 0.32],
        [0.126, 0.143, 0.169, 0.214, 0.32],
        [0.126, 0.144, 0.169, 0.214, 0.32],
        [0.126, 0.144, 0.169, 0.214, 0.33],
        [0.126, 0.144, 0.169, 0.214, 0.33],
        [0.126, 0.144, 0.169, 0.215, 0.33],
        [0.127, 0.145, 0.171, 0.216, 0.33],
        [0.127, 0.145, 0.171, 0.217, 0.33],
        [0.127, 0.146, 0.171, 0.217, 0.33],
        [0.127, 0.146, 0.171, 0.217, 0.33],
        [0.128, 0.146, 0.172, 0.217, 0.33],
        [0.128, 0.146, 0.172, 0.218, 0.33],
        [0.128, 0.147, 0.173, 0.220, 0.33],
        [0.129, 0.147, 0.173, 0.220, 0.34],
    ]
)


class GrowthGoodness(GroupResult):
    """How far failures lie from a power law, one entry a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        statistic: of Cramer and von Mises; large if no power law fits.
        critical: what it exceeds with the probability `alpha` if a power law holds.
        shape: corrected shape that the failures were held against.
        used: failures that count, M.
        dropped: failures at age 0 that were left out: no power law has a likelihood there.
        alpha: probability of rejecting a true power law.
        terminated: `time` or `failure`.
        method: how it was found, in words.
        status: `ok`, `no_exposure`, `no_failures`, `one_failure` (or one that is not the end) or
            `all_at_end`.
    """

    statistic: FloatArray
    critical: FloatArray
    shape: FloatArray
    used: FloatArray
    dropped: FloatArray
    alpha: float
    terminated: Termination


def growth_goodness(
    *,
    event_h: ArrayLike,
    event_system: ArrayLike,
    end_h: ArrayLike,
    terminated: Termination,
    alpha: float,
    by: ArrayLike | None = None,
) -> GrowthGoodness:
    """Cramer-von Mises statistic of failures against the power law that fits them.

    C2 = 1/(12 M) + sum [(t_i/T)^b - (2 i - 1)/(2 M)]^2 over the M ordered shares of their systems'
    ends, with b = (M - 1)/sum ln(T/t). Given the count of each system this holds for unequal ends
    too. If the last failure was the end, it does not count: M is one less for each system.

    Args:
        event_h: age of its system at each failure [h], in any order.
        event_system: place (0, 1, ...) of that system among `end_h`.
        end_h: age of each system at which observation ended, having begun at age 0 [h].
        terminated: `time` if a date ended it, `failure` if each system's last failure did.
        alpha: probability of a false alarm: 0.2, 0.15, 0.1, 0.05 or 0.01, as the table has it.
        by: labels of the systems. None: all are one group.

    Returns:
        A `GrowthGoodness`. Not above the critical value is no proof that the power law holds.

    Raises:
        ArgumentError: as `systems`; or the table has no such alpha.

    Source: MIL-HDBK-189 (1981), appendix C: 27 failures in 300 h: 0.091, critical 0.218 at 0.05.
    The table is quoted from memory of it and agrees with simulation to 0.003; between its rows
    it is read off along a straight line, above 100 failures its last row is taken.

    >>> found = growth_goodness(
    ...     event_h=[2.6, 16.5, 16.5, 17.0, 21.4, 29.1, 33.3, 56.5, 63.1, 70.6, 73.0, 77.7, 93.9,
    ...         95.5, 98.1, 101.1, 132.0, 142.2, 147.7, 149.0, 167.2, 190.7, 193.0, 198.7, 251.9,
    ...         282.5, 286.1],
    ...     event_system=[0] * 27, end_h=300.0, terminated="time", alpha=0.05,
    ... )
    >>> found.statistic, found.critical
    (array([0.091]), array([0.218]))
    """
    one_of(value=alpha, among=ALPHA, name="alpha")
    known = systems(event_h=event_h, event_system=event_system, end_h=end_h, by=by)
    known = known.with_logarithm()
    last = known.last_of(terminated)
    index = known.index[known.event_system]
    logs = log_share(age_h=known.event_h, end_h=known.end_h[known.event_system])
    count = known.per_group(known.observed())
    n = known.per_group(known.counts())
    order = np.lexsort((logs, index))
    logs, index = logs[order], index[order]
    if last:
        # Failures at the end have the logarithm 0 and come last: one of each system is left out.
        kept = np.arange(logs.size) < (np.cumsum(n) - count)[index]
        logs, index = logs[kept], index[kept]
    used = Groups(index=index, groups=known.groups)
    m, distance = used.per_group(np.ones_like(logs)), -used.per_group(logs)
    sound = (m > 1.0) & (distance > 0.0)
    shape = ratio(m - 1.0, np.where(sound, distance, 0.0))
    rank = np.arange(logs.size) - (np.cumsum(m) - m)[index]
    apart = np.exp(shape[index] * logs) - (2.0 * rank + 1.0) / (2.0 * m[index])
    some = np.where(sound, m, np.nan)
    statistic = 1.0 / (12.0 * some) + used.per_group(apart * apart)
    critical = np.interp(m, COUNTS, CRITICAL[:, ALPHA.index(alpha)])
    return GrowthGoodness(
        group=known.group,
        statistic=statistic,
        critical=np.where(sound, critical, np.nan),
        shape=shape,
        used=m,
        dropped=known.dropped,
        alpha=alpha,
        terminated=terminated,
        method="Cramer-von Mises, corrected shape, table of MIL-HDBK-189",
        status=statuses(
            no_exposure=count == 0.0,
            no_failures=n == 0.0,
            one_failure=m <= 1.0,
            all_at_end=distance <= 0.0,
        ),
    )
