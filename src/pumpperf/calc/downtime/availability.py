"""Availability: what failures, maintenance and waiting allow, and what a fleet has shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, stdtrit

from pumpperf.calc.inputs import columns, labelled
from pumpperf.calc.scalars import tail_of
from pumpperf.numeric import FloatArray, Reals, Sided, bounded, floats, ratio, statuses, sums
from pumpperf.results import Estimate

_ROUNDING = 1e-12


class Availability(Estimate):
    """Measured availability of one or many groups of pumps, one entry a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        availability: uptime over uptime and downtime; NaN without any time.
        lower_availability: lower bound, at least 0; NaN unless `status` is `ok`, or not asked for.
        upper_availability: upper bound, at most 1; NaN likewise.
        uptime_h: summed over the group [h].
        downtime_h: likewise [h].
        pumps: how many had any time.
        level: confidence level, of the interval if two-sided, else of the bound.
        sided: which bounds were asked for.
        method: of the bounds, in words.
        status: `ok`; `no_exposure` (no pump had any time); `no_downtime` and `no_uptime`
            (availability 1 and 0, which no pump's spread can bound); `one_pump`; `no_spread` (all
            pumps show the same availability).
    """

    availability: FloatArray
    lower_availability: FloatArray
    upper_availability: FloatArray
    uptime_h: FloatArray
    downtime_h: FloatArray
    pumps: FloatArray
    sided: Sided


def measured_availability(
    *,
    uptime_h: ArrayLike,
    downtime_h: ArrayLike,
    level: float,
    sided: Sided,
    by: ArrayLike | None = None,
) -> Availability:
    """Operational availability of a group of pumps, bounded by how much its pumps differ.

    A = U / (U + D);  se^2 = n/(n-1) sum (u_i/U - d_i/D)^2;  logit A +- t(n-1) se

    se is the error of the ratio estimator, sqrt(n/(n-1) sum (u_i - A (u_i + d_i))^2) / (U + D),
    divided by A (1 - A) to be that of its logit: how far each pump's share of the uptime U is from
    its share of the downtime D.

    Pumps are independent; cycles of up and down within one need not be, nor exponential. The
    interval is of large samples: of five pumps it holds its level only roughly.

    Args:
        uptime_h: time up of each pump [h], at least 0.
        downtime_h: time down of each [h], at least 0, of the same observation.
        level: confidence level, between 0 and 1.
        sided: `two`, `lower` or `upper`; the bound not asked for is NaN.
        by: label of each pump's group. None: all are one group.

    Returns:
        An `Availability`; a pump without any time counts for nothing.

    Raises:
        ArgumentError: lengths differ, a time is negative or not finite, the level is not between
            0 and 1, or a label is missing.

    Source: ratio estimator, Cochran, Sampling Techniques (1977), section 6.4 (section quoted from
    memory), by the delta method on the logit. By hand for 90 of 100 h and 80 of 100 h: A = 0.85,
    an error of 0.05, and 1.7346 +- 0.3922 as logits.

    >>> a = measured_availability(
    ...     uptime_h=[90.0, 80.0], downtime_h=[10.0, 20.0], level=0.5, sided="two"
    ... )
    >>> a.availability, a.lower_availability, a.upper_availability
    (array([0.85]), array([0.7929]), array([0.8935]))
    """
    up, down = columns(given={"uptime_h": uptime_h, "downtime_h": downtime_h}, beside={"by": by})
    tail = tail_of(level=level, sided=sided)
    group, index, groups = labelled(by=by, size=up.size)
    up_all, down_all = (sums(times, index, groups) for times in (up, down))
    pumps = sums((up + down > 0.0).astype(np.float64), index, groups)
    used = (up_all > 0.0) & (down_all > 0.0)
    share_up = up / np.where(used, up_all, np.inf)[index]
    share_down = down / np.where(used, down_all, np.inf)[index]
    squares = sums((share_up - share_down) ** 2, index, groups)
    status = statuses(
        no_exposure=pumps == 0.0,
        no_downtime=down_all == 0.0,
        no_uptime=up_all == 0.0,
        one_pump=pumps == 1.0,
        no_spread=squares <= _ROUNDING**2,
    )
    ok = status == "ok"
    spare = np.where(ok, pumps - 1.0, 1.0)
    error = np.sqrt(np.where(ok, squares * pumps / spare, np.nan))
    reach = -np.asarray(stdtrit(spare, tail), dtype=np.float64) * error
    logit = np.log(np.where(ok, up_all, 1.0)) - np.log(np.where(ok, down_all, 1.0))
    lower, upper = floats(expit(logit - reach), expit(logit + reach))
    return Availability(
        group=group,
        **bounded("availability", ratio(up_all, up_all + down_all), lower, upper, sided=sided),
        uptime_h=up_all,
        downtime_h=down_all,
        pumps=pumps,
        level=level,
        sided=sided,
        method="ratio estimator over pumps, delta method on the logit, Student t",
        status=status,
    )


def inherent_availability(*, mttf_h: Reals, mttr_h: Reals | float) -> Reals:
    """Availability that failures and their repair alone allow.

    Ai = MTTF / (MTTF + MTTR)

    Args:
        mttf_h: mean operating time to failure [h]; many texts call it MTBF.
        mttr_h: mean time to restore [h].

    Source: Tung, Yen and Melching, Hydrosystems Engineering Reliability, example 5.6: a pump with
    1250 h and 50 h: 0.9615.

    >>> inherent_availability(mttf_h=1250.0, mttr_h=50.0)
    0.9615
    """
    return ratio(mttf_h, mttf_h + mttr_h)


def achieved_availability(*, mtbm_h: Reals, mean_maintenance_h: Reals | float) -> Reals:
    """Availability that failures and all active maintenance allow, without any waiting.

    Aa = MTBM / (MTBM + M)

    Args:
        mtbm_h: mean operating time between maintenance actions, corrective or preventive [h].
        mean_maintenance_h: mean active time of such an action [h].

    Source: definition, as MIL-HDBK-338B (section quoted from memory: 5.5); by hand, 300 h and
    12 h: 0.9615.

    >>> achieved_availability(mtbm_h=300.0, mean_maintenance_h=12.0)
    0.9615
    """
    return ratio(mtbm_h, mtbm_h + mean_maintenance_h)


def operational_availability(*, uptime_h: Reals, downtime_h: Reals | float) -> Reals:
    """Availability as it was: time up over all time, whatever the downtime was for.

    Ao = up / (up + down)

    Args:
        uptime_h: time up [h].
        downtime_h: time down for any reason [h].

    Source: ISO 14224:2016, annex C (clause quoted from memory); OEE-Designer issue 9: 1.3 h up
    and 15 h down: 0.07975.

    >>> operational_availability(uptime_h=1.3, downtime_h=15.0)
    0.07975
    """
    return ratio(uptime_h, uptime_h + downtime_h)


def production_availability(*, produced_m3: Reals, potential_m3: Reals | float) -> Reals:
    """Volume produced over the volume that could have been.

    Args:
        produced_m3: volume produced in a time [m3].
        potential_m3: volume planned, or possible, in the same time [m3].

    Source: ISO 20815:2008, as the IADC lexicon quotes its definition of production availability;
    by hand, 950 of 1000 m3: 0.95.

    >>> production_availability(produced_m3=950.0, potential_m3=1000.0)
    0.95
    """
    return ratio(produced_m3, potential_m3)
