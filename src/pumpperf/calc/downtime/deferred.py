"""Production that downtime deferred or lost: potential rate times time, piece by piece."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.downtime.disjoint import DowntimeIntervals
from pumpperf.calc.groups import joint_groups
from pumpperf.calc.inputs import numbers, refuse, same_index, same_size
from pumpperf.calc.intervals.dates import Dates, known_microseconds
from pumpperf.calc.scalars import number
from pumpperf.errors import ArgumentError, expect
from pumpperf.numeric import FloatArray, TextArray, sums
from pumpperf.results import Labels, Places, Result
from pumpperf.units import HOURS_PER_DAY, MICROSECONDS_PER_HOUR

_MICROSECONDS_PER_DAY = MICROSECONDS_PER_HOUR * HOURS_PER_DAY


class Deferred(Result):
    """Volume that each group did not produce while it was down, one entry a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        part_m3: by category, in the order of priority [m3].
        deferred_m3: sum of the parts in that order [m3].
        net_lost_m3: of these, what did not come after the restart either [m3].
        flush_share: share of the deferred volume that came after the restart.
        before_test_h: downtime before the date of the rate, counted at that very rate [h].
        last_rate_m3d: potential rate when the group was last down [m3/d]; NaN if it never was.
        status: `ok`, or `no_rate` where all volumes and rates are NaN.
    """

    group: Labels | None
    part_m3: dict[str, FloatArray]
    deferred_m3: FloatArray
    net_lost_m3: FloatArray
    flush_share: float
    before_test_h: FloatArray
    last_rate_m3d: FloatArray
    status: TextArray


def deferred_production(
    *,
    downtime: DowntimeIntervals,
    rate_m3d: ArrayLike,
    rate_date: Dates,
    decline_per_d: ArrayLike,
    exponent: ArrayLike,
    flush_share: float,
    rate_by: ArrayLike | None = None,
) -> Deferred:
    """Volume [m3] that pumps would have produced while they were down.

    V = sum over the pieces of downtime of the integral of q;  q = q_i (1 + b D t)^(-1/b), t since
    the date of the rate;  b = 0: q = q_i exp(-D t);  D = 0: q = q_i

    The time of a decline is calendar time. Before the date of the rate nothing was measured of the
    decline: there the potential is q_i, and `before_test_h` tells for how long. Every event is
    taken to stop the pump altogether.

    Args:
        downtime: in disjoint intervals, as `downtime_intervals` gives them.
        rate_m3d: potential rate at its date, such as that of the last valid test [m3/d], at
            least 0.
        rate_date: date of each rate [date; UTC without an offset].
        decline_per_d: nominal decline at that date, D [1/d], from 0 (a constant rate) to 1000; of
            each rate, or one for all.
        exponent: b, from 0 (exponential) over 1 (harmonic) to 2 (linear flow that has met no
            boundary); of each rate, or one for all.
        flush_share: share of the deferred volume that the well gives back after its restart, from
            0 (all is lost) to 1 (all is late).
        rate_by: label of each rate's pump; rates of pumps that are not in `downtime` do not matter.
            None: where the downtime has no label.

    Returns:
        A `Deferred`.

    Raises:
        ArgumentError: lengths differ, a number is out of its range, a date is missing, a pump has
            two rates, or the rates have labels and the downtime has none, or the reverse.

    Source: Arps, Analysis of Decline Curves (1945), integrated; petroleumoffice.com and the R
    package aRpsDCA name the same q_i, D_i, b. By hand, 100 m3/d for 10 days at D = 0.1/d:
    100/0.1 (1 - 1/e) = 632.1 m3.

    >>> from pumpperf.calc.downtime import downtime_intervals
    >>> day, end = np.datetime64("2026-01-01"), np.datetime64("2026-01-11")
    >>> p = downtime_intervals(
    ...     start=day, end=end, category="planned", window=(day, end), priority=["planned"]
    ... )
    >>> d = deferred_production(
    ...     downtime=p, rate_m3d=100.0, rate_date=day, decline_per_d=0.1, exponent=0.0,
    ...     flush_share=0.25,
    ... )
    >>> d.deferred_m3, d.net_lost_m3
    (array([632.1]), array([474.1]))
    """
    expect(DowntimeIntervals, downtime=downtime)
    same_index(
        rate_m3d=rate_m3d,
        rate_date=rate_date,
        rate_by=rate_by,
        decline_per_d=decline_per_d,
        exponent=exponent,
    )
    rate = numbers(values=rate_m3d, name="rate_m3d")
    chosen = _chosen(downtime, rate_by, rate.size)
    decline = _of_each(decline_per_d, "decline_per_d", rate.size, most=1000.0)
    bend = _of_each(exponent, "exponent", rate.size, most=2.0)
    date = known_microseconds(times=rate_date, name="rate_date")
    same_size(columns={"rate_date": date}, size=rate.size, of="rate_m3d")
    if not 0.0 <= number(value=flush_share, name="flush_share") <= 1.0:
        raise ArgumentError(f"flush_share = {flush_share}: expected 0 to 1")

    index, known = downtime.index, chosen >= 0
    which = chosen[index]
    since = np.append(date, 0)[which]
    begin, finish = (edge.astype(np.int64) - since for edge in (downtime.start, downtime.end))
    before = (np.minimum(finish, 0) - np.minimum(begin, 0)) / _MICROSECONDS_PER_DAY
    first, last = (np.maximum(edge, 0) / _MICROSECONDS_PER_DAY for edge in (begin, finish))
    after = (np.maximum(finish, 0) - np.maximum(begin, 0)) / _MICROSECONDS_PER_DAY
    full = np.append(rate, np.nan)[which]
    slope, curve = (np.append(column, 0.0)[which] for column in (decline, bend))
    rate_then = full * _left(slope * first, curve)
    slope_then = slope / (1.0 + curve * slope * first)
    volume = full * before + rate_then * after * _mean_left(slope_then * after, curve)

    total = np.where(known, 0.0, np.nan)
    parts: dict[str, FloatArray] = {}
    for i, name in enumerate(downtime.priority):
        mine = np.where(downtime.category == i, volume, 0.0)
        parts[name] = np.where(known, sums(mine, index, known.size), np.nan)
        total = total + parts[name]
    down = np.flatnonzero(np.diff(downtime.offset))
    final = downtime.offset[down + 1] - 1
    last_rate = np.full(known.size, np.nan)
    last_rate[down] = (full * _left(slope * last, curve))[final]
    early = sums(before * HOURS_PER_DAY, index, known.size)
    return Deferred(
        group=downtime.group,
        part_m3=parts,
        deferred_m3=total,
        net_lost_m3=total * (1.0 - flush_share),
        flush_share=flush_share,
        before_test_h=np.where(known, early, np.nan),
        last_rate_m3d=last_rate,
        status=np.where(known, "ok", "no_rate"),
    )


def _left(turns: FloatArray, exponent: FloatArray) -> FloatArray:
    """Rate after a time over the rate at first: (1 + b x)^(-1/b) of x = D t."""
    return np.exp(-turns * _log_mean(exponent * turns))


def _mean_left(turns: FloatArray, exponent: FloatArray) -> FloatArray:
    """Mean of `_left` from 0 to x.

    With u = ln(1 + b x)/b the integral of (1 + b s)^(-1/b) is that of exp(-(1 - b) v) from 0 to u:
    one formula for every exponent, also for 0 and 1, that loses no digits where x is small.
    """
    part = _log_mean(exponent * turns)
    scaled = (1.0 - exponent) * turns * part
    some = np.where(scaled == 0.0, 1.0, scaled)
    return part * np.where(scaled == 0.0, 1.0, -np.expm1(-some) / some)


def _log_mean(values: FloatArray) -> FloatArray:
    """ln(1 + y)/y, which is 1 at 0."""
    some = np.where(values == 0.0, 1.0, values)
    return np.where(values == 0.0, 1.0, np.log1p(some) / some)


def _chosen(downtime: DowntimeIntervals, rate_by: ArrayLike | None, rates: int) -> Places:
    """Which rate is that of each group of the downtime; -1 for none."""
    groups = downtime.offset.size - 1
    if (downtime.group is None) is not (rate_by is None):
        raise ArgumentError("only one of downtime and rates has labels: expected both or none")
    if downtime.group is None or rate_by is None:
        if rates != 1:
            raise ArgumentError(f"rate_m3d has {rates} entries: expected one, without labels")
        return np.zeros(groups, dtype=np.intp)
    group, own, theirs = joint_groups(
        first=downtime.group, second=rate_by, name="downtime, then rate_by"
    )
    if theirs.size != rates:
        raise ArgumentError(f"rate_by has {theirs.size} labels for {rates} rates")
    twice = np.bincount(theirs, minlength=group.size) > 1
    if twice.any():
        raise ArgumentError(f"rate_by names {group[int(np.argmax(twice))]!r} twice: expected once")
    of_label = np.full(group.size, -1, dtype=np.intp)
    of_label[theirs] = np.arange(rates)
    return of_label[own]


def _of_each(values: ArrayLike, name: str, rates: int, *, most: float) -> FloatArray:
    column = numbers(values=values, name=name)
    refuse(wrong=column > most, values=column, name=name, expected=f"at most {most:g}")
    if column.size not in {1, rates}:
        raise ArgumentError(f"{name} has {column.size} entries for {rates} of rate_m3d")
    return np.broadcast_to(column, rates) if column.size == 1 else column
