"""Meter readings that cannot be true: the counter leaves its way and comes back to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from pumpperf.calc.intervals.samples import Samples
from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.results import Places
from pumpperf.units import MICROSECONDS_PER_HOUR

_LONGEST_RUN = 24
_BEYOND = 10.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """Steps of the counters of a fleet between readings of one meter, in their order.

    Attributes:
        first: at which reading each begins.
        owner: whose it is.
        hours: its length [h].
        rise_kwh: energy that it needs if the counter never was reset; NaN where that is unknown.
        fell: whether the reading is the lower one.
        need_kw: least mean power that it needs, after a reset where it fell without a range.
    """

    first: Places
    owner: Places
    hours: FloatArray
    rise_kwh: FloatArray
    fell: BoolArray
    need_kw: FloatArray

    @classmethod
    def of(cls, samples: Samples, rollover_kwh: float | None) -> Self:
        """The steps between all readings.

        Args:
            samples: readings of a fleet.
            rollover_kwh: range of the counters [kWh]. None: it is not known.

        Source: definition.

        >>> none = np.array([], dtype=np.int64)
        >>> found = Samples(
        ...     group=None, offset=np.array([0, 2]), when_us=np.array([0, 7_200_000_000]),
        ...     value=np.array([9.0, 5.0]), samples=none, missing_samples=none, duplicates=none,
        ... )
        >>> Steps.of(found, None).need_kw, Steps.of(found, 10.0).need_kw
        (array([2.5]), array([3.]))
        """
        owner = np.repeat(np.arange(samples.offset.size - 1), np.diff(samples.offset))
        first = np.flatnonzero(owner[1:] == owner[:-1])
        rise_kwh = samples.value[first + 1] - samples.value[first]
        fell = rise_kwh < 0.0
        rise_kwh[fell] += np.nan if rollover_kwh is None else rollover_kwh
        hours = (samples.when_us[first + 1] - samples.when_us[first]) / MICROSECONDS_PER_HOUR
        need_kwh = np.where(np.isnan(rise_kwh), samples.value[first + 1], rise_kwh)
        return cls(
            first=first,
            owner=owner[first],
            hours=hours,
            rise_kwh=rise_kwh,
            fell=fell,
            need_kw=need_kwh / hours,
        )

    def usual_kw(self, owner: Places, but: Places, among: BoolArray | None = None) -> FloatArray:
        """Power that nine in ten rising steps of a meter stay below, without its highest ones.

        Args:
            owner: the meters, as often as they are asked for.
            but: how many of the highest steps are left out, for each.
            among: which steps are looked at. None: all.

        Source: definition; 0 where nothing is left.

        >>> one = np.zeros(3, dtype=np.int64)
        >>> steps = Steps(
        ...     first=one, owner=one, hours=one + 1.0, rise_kwh=np.array([1.0, 13421.0, 2.0]),
        ...     fell=one > 0, need_kw=np.array([1.0, 13421.0, 2.0]),
        ... )
        >>> steps.usual_kw(one[:2], np.array([1, 3]))
        array([1., 0.])
        """
        rising = (self.rise_kwh > 0.0) & (True if among is None else among)
        of, power = self.owner[rising], self.need_kw[rising]
        sorted_kw = np.append(power[np.lexsort((power, of))], 0.0)
        begin, end = (np.searchsorted(of, owner, side) for side in ("left", "right"))
        left = end - begin - but
        return sorted_kw[np.where(left > 0, begin + 9 * (left - 1) // 10, -1)]

    def beyond(self, samples: Samples, highest_power_kw: float | None) -> BoolArray:
        """Which steps up need more power than there is.

        Args:
            samples: the readings.
            highest_power_kw: the most that the meter can have seen [kW]. None: ten times what nine
                in ten of its other steps need, in a step that more than doubles the reading or goes
                over the end of the counter.

        Source: definition.

        >>> none = np.array([], dtype=np.int64)
        >>> found = Samples(
        ...     group=None, offset=np.array([0, 3]), value=np.array([0.0, 13421.0, 13422.0]),
        ...     when_us=np.array([0, 3_600_000_000, 7_200_000_000]),
        ...     samples=none, missing_samples=none, duplicates=none,
        ... )
        >>> Steps.of(found, None).beyond(found, None)
        array([ True, False])
        """
        rising = ~np.isnan(self.rise_kwh)  # none of a counter whose range is not known
        if highest_power_kw is not None:
            return rising & (self.need_kw > highest_power_kw)
        usual = self.usual_kw(self.owner, np.ones_like(self.owner))
        far = self.fell | (self.rise_kwh > samples.value[self.first])
        return rising & far & (usual > 0.0) & (self.need_kw > _BEYOND * usual)


def kept_readings(
    *, samples: Samples, rollover_kwh: float | None, highest_power_kw: float | None
) -> Places:
    """Places of the readings that stay where wrong ones are left out.

    Readings are wrong if the counter comes back to where it was before them, or further; they lie
    off the way from there to here; and to follow them it would need more power than there is: more
    than `highest_power_kw`, or without it ten times what the way past them needs and what nine in
    ten other steps of the meter need: those far from any such readings, if there are some. So a
    counter that is reset again and again keeps its resets. Up to 24 readings in a row are left out,
    the shortest rows first.

    Args:
        samples: readings of a fleet.
        rollover_kwh: range of the counters [kWh]. None: it is not known.
        highest_power_kw: the most that the meters can have seen [kW]. None: it is not known.

    Source: definition.

    >>> from pumpperf.calc.intervals.samples import sorted_samples
    >>> read = sorted_samples(
    ...     time=np.datetime64("2026-01-01T00") + np.arange(5) * np.timedelta64(1, "h"),
    ...     value=[13420, 13421, 0, 13422.7, 13423.7], name="meter_kwh", noun="reading", by=None,
    ... )
    >>> kept_readings(samples=read, rollover_kwh=None, highest_power_kw=None)
    array([0, 1, 3, 4])
    """
    kept = np.arange(samples.value.size)
    wrong = kept
    while wrong.size:
        some = chosen(samples=samples, kept=kept)
        steps, wrong = Steps.of(some, rollover_kwh), kept[:0]
        for length in range(1, _LONGEST_RUN + 1 if steps.fell.any() else 1):
            run = _wrong_runs(some, steps, length, rollover_kwh, highest_power_kw)
            wrong = np.unique(run[:, np.newaxis] + np.arange(1, length + 1))
            if wrong.size:
                kept = np.delete(kept, wrong)
                break
    return kept


def chosen(*, samples: Samples, kept: Places) -> Samples:
    """Some of the samples; how many there were stays as it was.

    Args:
        samples: of a fleet.
        kept: places of those that stay, in order.

    Source: definition.

    >>> none = np.array([], dtype=np.int64)
    >>> all_three = Samples(
    ...     group=None, offset=np.array([0, 3]), when_us=np.array([0, 1, 2]),
    ...     value=np.array([5.0, 6.0, 7.0]), samples=none, missing_samples=none, duplicates=none,
    ... )
    >>> chosen(samples=all_three, kept=np.array([0, 2])).value
    array([5., 7.])
    """
    return replace(
        samples,
        offset=np.searchsorted(kept, samples.offset),
        when_us=samples.when_us[kept],
        value=samples.value[kept],
    )


def _wrong_runs(
    some: Samples,
    steps: Steps,
    length: int,
    rollover_kwh: float | None,
    highest_power_kw: float | None,
) -> Places:
    """Before which readings so many wrong ones begin; on each way past a fall there is one."""
    falls = np.concatenate([[0], np.cumsum(steps.fell)])
    place = np.arange(max(steps.first.size - length, 0))
    one_meter = steps.first[place + length] - steps.first[place] == length
    place = place[one_meter & (falls[place + length + 1] > falls[place])]
    value, whole = some.value, np.inf if rollover_kwh is None else rollover_kwh

    def since(readings: int) -> FloatArray:  # as far as the counter went by then
        risen = value[steps.first[place] + readings] - value[steps.first[place]]
        return np.where(risen < 0.0, risen + whole, risen)

    for readings in range(1, length + 1):
        place = place[since(readings) > since(length + 1)]
    before: Places = steps.first[place]
    past_kwh = since(length + 1)
    if not before.size:
        return before
    path = place[:, np.newaxis] + np.arange(length + 1)
    if highest_power_kw is not None:
        bound = np.full(before.size, highest_power_kw)
    else:
        owner, apart = steps.owner[path[:, 0]], np.ones(steps.first.size, dtype=bool)
        apart[path] = False
        usual = steps.usual_kw(owner, np.zeros_like(owner), apart)
        all_but = steps.usual_kw(owner, (steps.rise_kwh[path] > 0.0).sum(axis=1))
        usual = np.where(usual > 0.0, usual, all_but)
        bound = _BEYOND * np.maximum(past_kwh / steps.hours[path].sum(axis=1), usual)
    found: Places = before[steps.need_kw[path].max(axis=1) > bound]
    return found
