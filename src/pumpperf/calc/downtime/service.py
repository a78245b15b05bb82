"""Service hours, and availability where excused windows count neither up nor down."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.downtime.union import downtime
from pumpperf.calc.groups import joint_groups
from pumpperf.calc.inputs import same_index
from pumpperf.calc.intervals.dates import Dates, Edges, begin_and_end_us, window_us
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray, IntArray, floats, ratio
from pumpperf.results import Labels, Places, Result
from pumpperf.units import MICROSECONDS_PER_HOUR

_EXCUSED, _DOWN, _STANDBY = _PRIORITY = ("excused", "down", "standby")


class ServiceHours(Result):
    """How each group spent a window; service, standby, down and excused time add up to it exactly.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        window_us: length of the window [microseconds].
        service_us: how long each group was in operation, outside of excused windows [microseconds].
        standby_us: how long it was up without being in operation [microseconds].
        down_us: how long it was down [microseconds].
        excused_us: how long it was excused, whatever it did [microseconds].
    """

    group: Labels | None
    window_us: int
    service_us: IntArray
    standby_us: IntArray
    down_us: IntArray
    excused_us: IntArray

    @property
    def service_h(self) -> FloatArray:
        """Service hours: those in operation."""
        return self.service_us / MICROSECONDS_PER_HOUR

    @property
    def up_h(self) -> FloatArray:
        """Hours up: in operation or standby."""
        return (self.service_us + self.standby_us) / MICROSECONDS_PER_HOUR

    @property
    def down_h(self) -> FloatArray:
        """Hours down that nothing excuses."""
        return self.down_us / MICROSECONDS_PER_HOUR

    @property
    def excused_h(self) -> FloatArray:
        """Hours that count neither up nor down."""
        return self.excused_us / MICROSECONDS_PER_HOUR

    @property
    def availability(self) -> FloatArray:
        """Up over up and down time; NaN where the whole window is excused."""
        up_us, down_us = floats(self.service_us + self.standby_us, self.down_us)
        return ratio(up_us, up_us + down_us)


def service_hours(
    *,
    start: Dates,
    end: Dates,
    state: ArrayLike,
    window: Edges,
    excused_start: Dates = (),
    excused_end: Dates = (),
    by: ArrayLike | None = None,
    excused_by: ArrayLike | None = None,
    among: ArrayLike | None = None,
) -> ServiceHours:
    """Service hours and availability of whole fleets, without the time that is excused.

    A = up / (up + down), with up = service + standby, and excused time in none of them.

    A pump is in operation unless something else is told. Intervals may overlap, nest, touch and
    stand in any order; an instant that is excused is neither up nor down, and one that is down is
    not standby.

    Args:
        start: begin of each interval [date; UTC without an offset].
        end: end of each, not before its begin; missing while it lasts, counted to the window's end.
        state: `down` or `standby` (up, but not in operation) of each, or one for all.
        window: begin and end of the observation [date; UTC without an offset].
        excused_start: begin of each excused window [date], such as a shut-in by contract from
            outside.
        excused_end: end of each; missing while it lasts.
        by: label of each interval's pump. None: all are of one.
        excused_by: label of each excused window's pump. None: each excuses every pump.
        among: labels of all pumps that were watched; one without an interval was in operation.
            None: only pumps with an interval or an excused window of their own appear.

    Returns:
        A `ServiceHours` with one entry a label, in sorted order, or one entry in all.

    Raises:
        ArgumentError: lengths differ, a begin is missing, an end lies before its begin, a state is
            none of those, the window is empty, a label is missing or not `among` those known, or
            labels are given without `by`.

    Source: IEC 60050-192:2015, 192-01-23 note 1 (each interval is up, down or excluded), 192-02-21
    note 1 (no down time for lack of external resources) and figure 1 (up time is operating or not);
    by hand, 100 h with 10 h down, of which 6 h in an excused window of 20 h, and 16 h standby:
    76 h up, 4 h down.

    >>> def at(hours):
    ...     return np.datetime64("2026-01-01T00") + np.asarray(hours) * np.timedelta64(1, "h")
    >>> s = service_hours(
    ...     start=at([10, 50]), end=at([20, 66]), state=["down", "standby"],
    ...     window=(at(0), at(100)), excused_start=at([14]), excused_end=at([34]),
    ... )
    >>> s.service_h, s.up_h, s.down_h, s.excused_h, s.availability
    (array([60.]), array([76.]), array([4.]), array([20.]), array([0.95]))
    """
    same_index(start=start, end=end, state=state, by=by)
    same_index(excused_start=excused_start, excused_end=excused_end, excused_by=excused_by)
    _, last = window_us(window=window)
    begin, finish = begin_and_end_us(start=start, end=end, until_us=last, noun="interval")
    since, until = begin_and_end_us(
        start=excused_start, end=excused_end, until_us=last, noun="excused window"
    )
    states = np.atleast_1d(np.asarray(state)).ravel()
    states = np.broadcast_to(states, begin.shape) if np.ndim(state) == 0 else states
    if states.size != begin.size:
        raise ArgumentError(f"{begin.size} intervals with {states.size} states: expected as many")
    for i, name in enumerate(states.tolist()):
        if name not in _PRIORITY[1:]:
            raise ArgumentError(f"state[{i}] = {name!r}: expected down or standby")
    group, own, theirs = _labels(by, excused_by, among, begin.size, since.size)
    if excused_by is None and group is not None:
        theirs = np.repeat(np.arange(group.size), since.size)
        since, until = np.tile(since, group.size), np.tile(until, group.size)
    found = downtime(
        start=np.concatenate([since, begin]).astype("datetime64[us]"),
        end=np.concatenate([until, finish]).astype("datetime64[us]"),
        category=np.concatenate([np.full(since.size, _EXCUSED), states]),
        window=window,
        priority=_PRIORITY,
        by=None if group is None else np.concatenate([theirs, own]),
        among=None if group is None else np.arange(group.size),
    )
    return ServiceHours(
        group=group,
        window_us=found.window_us,
        service_us=found.window_us - found.downtime_us,
        standby_us=found.part_us[_STANDBY],
        down_us=found.part_us[_DOWN],
        excused_us=found.part_us[_EXCUSED],
    )


def _labels(
    by: ArrayLike | None,
    excused_by: ArrayLike | None,
    among: ArrayLike | None,
    intervals: int,
    excused: int,
) -> tuple[Labels | None, Places, Places]:
    """All labels, and the place of each interval's and each excused window's own among them."""
    none = np.zeros(0, dtype=np.intp)
    if by is None:
        for name, labels in (("excused_by", excused_by), ("among", among)):
            if labels is not None:
                raise ArgumentError(f"{name} is given without by: expected each interval's label")
        return None, none, none
    second = none if excused_by is None else excused_by
    group, own, theirs = joint_groups(first=by, second=second, name="by, then excused_by")
    counts = [("by", own.size, intervals)]
    if excused_by is not None:
        counts.append(("excused_by", theirs.size, excused))
    for name, labels, entries in counts:
        if labels != entries:
            raise ArgumentError(f"{name} has {labels} labels for {entries} entries")
    if among is None:
        return group, own, theirs
    every, known, mine = joint_groups(first=among, second=group, name="among, then by")
    if (unknown := ~np.isin(mine, known)).any():
        label = group[int(np.argmax(unknown))]
        raise ArgumentError(f"by or excused_by holds {label!r}: expected one of among")
    return every, mine[own], mine[theirs]
