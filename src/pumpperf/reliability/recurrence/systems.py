"""Systems that fail again and again, each observed from a start to an end: checked and grouped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.groups import unmasked
from pumpperf.calc.inputs import Termination, numbers, refuse, same_index, same_size
from pumpperf.calc.scalars import one_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray, shared, sums
from pumpperf.reliability.grouping import Groups, grouped
from pumpperf.reliability.inputs import at_most
from pumpperf.reliability.segments import openings
from pumpperf.results import Places

# The events of so many systems at a time stay in the processor's cache.
BLOCK = 1 << 10
EVENTS = 1 << 15


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Systems(Groups):
    """Observed systems and what happened to them.

    Attributes:
        event_h: age of its system at each event [h].
        event_system: place of its system among the systems.
        first: where the events of each system that has any begin, if they come system by system;
            else None.
        start_h: age of each system at which observation began [h].
        end_h: age of each system at which it ended [h].
        dropped: events of each group that were left out.
    """

    event_h: FloatArray
    event_system: Places
    first: Places | None
    start_h: FloatArray
    end_h: FloatArray
    dropped: FloatArray

    def counts(self) -> FloatArray:
        """Number of events of each system."""
        if self.first is None:
            return np.bincount(self.event_system, minlength=self.end_h.size).astype(np.float64)
        counts = np.zeros(self.end_h.size)
        counts[self.event_system[self.first]] = np.diff(self.first, append=self.event_h.size)
        return counts

    def summed(self, value: Callable[[FloatArray, Places], FloatArray]) -> FloatArray:
        """Sum over the events of each system of a value of their ages and systems."""
        if self.first is None:
            values = value(self.event_h, self.event_system)
            return sums(values, self.event_system, self.end_h.size)
        found = np.zeros(self.end_h.size)
        for i in range(0, self.first.size, BLOCK):
            first = self.first[i : i + BLOCK + 1]
            upto = first[BLOCK] if first.size > BLOCK else self.event_h.size
            first = first[:BLOCK]
            age, its = self.event_h[first[0] : upto], self.event_system[first[0] : upto]
            found[self.event_system[first]] = np.add.reduceat(value(age, its), first - first[0])
        return found

    def observed(self) -> BoolArray:
        """Whether each system was observed for some time."""
        return self.end_h > self.start_h

    def with_logarithm(self) -> Systems:
        """These without the events at age 0, which has no logarithm; they count as dropped."""
        at_0 = self.event_h == 0.0
        if not at_0.any():
            return self
        place = self.event_system[~at_0]
        return replace(
            self,
            event_h=self.event_h[~at_0],
            event_system=place,
            first=_first(place),
            dropped=sums(at_0, self.index[self.event_system], self.groups),
        )

    def latest_end_h(self) -> FloatArray:
        """Latest end of the systems of each group that were observed, 0 without any."""
        return self.highest(np.where(self.observed(), self.end_h, 0.0))

    def last_of(self, terminated: Termination) -> float:
        """Failures of each system that ended its observation: 1 if its last failure did, else 0.

        Args:
            terminated: `time` if a date ended the observation, `failure` if the last event of each
                system did.

        Raises:
            ArgumentError: a failure-terminated system has no event at its end.
        """
        one_of(value=terminated, among=get_args(Termination), name="terminated")
        if terminated == "time":
            return 0.0
        at_end = self.event_h == self.end_h[self.event_system]
        ended = np.bincount(self.event_system[at_end], minlength=self.end_h.size) > 0
        if not ended.all():
            i = int(np.argmin(ended))
            raise ArgumentError(
                f"terminated by failure, but system {i} has no event at its end {self.end_h[i]}"
            )
        return 1.0


def systems(
    *,
    event_h: ArrayLike,
    event_system: ArrayLike,
    end_h: ArrayLike,
    start_h: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> Systems:
    """Check recurrent events against the time over which their systems were observed.

    An event counts if start < event <= end: one at the very start belongs to the time before
    observation began and is refused, as is one after the end. At age 0 there is no time before: a
    system that was observed from then on may fail there (dead on arrival). Events may tie. A system
    whose end is its start was not observed for any time; it stays.

    Args:
        event_h: age of its system at each event [h], in any order.
        event_system: place (0, 1, ...) of that system among `end_h`.
        end_h: age of each system at which observation ended [h], at least 0.
        start_h: age at which it began [h], not above `end_h`. None: 0.
        by: labels of the systems. None: all are one group.

    Returns:
        The `Systems` in the order given.

    Raises:
        ArgumentError: lengths differ, a number is missing, not finite or negative, an event belongs
            to no system or lies outside the time of observation, a start lies above its end, or a
            label is missing.

    Source: definition.

    >>> observed = systems(event_h=[30.0, 12.0], event_system=[1, 0], end_h=[40.0, 50.0])
    >>> observed.counts(), observed.start_h
    (array([1., 1.]), array([0., 0.]))
    """
    end = numbers(values=end_h, name="end_h")
    start = np.zeros_like(end) if start_h is None else numbers(values=start_h, name="start_h")
    same_size(columns={"start_h": start}, size=end.size, of="end_h")
    if start_h is not None:
        at_most(values=start, name="start_h", limit=end, of="end_h")
    same_index(end_h=end_h, start_h=start_h, by=by)
    same_index(event_h=event_h, event_system=event_system)
    earliest = start.max(initial=0.0)
    event = numbers(values=event_h, name="event_h")
    place = _places(event_system, event.size, end.size)
    for i in range(0, event.size, EVENTS):
        its, age = place[i : i + EVENTS], event[i : i + EVENTS]
        outside = age > end.take(its)
        if outside.any() or age.min() <= earliest:
            outside |= (age <= start[its]) & (age > 0.0)
            outside |= age < start[its]
            if outside.any():
                raise _outside(event, place, start, end, i + int(np.argmax(outside)))
    groups = grouped(by=by, size=end.size)
    return Systems(
        event_h=event,
        event_system=place,
        first=_first(place),
        start_h=start,
        end_h=end,
        **shared(groups, "index", "group", "groups"),
        dropped=np.zeros(groups.groups),
    )


def _outside(
    event: FloatArray, place: Places, start: FloatArray, end: FloatArray, i: int
) -> ArgumentError:
    q = place[i]
    return ArgumentError(
        f"event_h[{i}] = {event[i]}: expected after the start {start[q]} of system {q}"
        f" and not after its end {end[q]}"
    )


def _first(place: Places) -> Places | None:
    first = np.flatnonzero(openings(columns=[place]))
    its = place[first]
    return first if its.size and (its[1:] > its[:-1]).all() else None


def _places(event_system: ArrayLike, events: int, size: int) -> Places:
    given = np.atleast_1d(np.asarray(unmasked(values=event_system, name="event_system"))).ravel()
    same_size(columns={"event_system": given}, size=events, of="event_h")
    if not events:
        return np.zeros(0, dtype=np.intp)
    if given.dtype.kind not in "iu":
        whole = numbers(values=given, name="event_system")
        broken = whole != np.floor(whole)
        refuse(wrong=broken, values=whole, name="event_system", expected="a whole number")
        given = whole
    if given.min() < 0 or given.max() >= size:
        wrong, expected = (given < 0) | (given >= size), f"the place of one of {size} systems"
        refuse(wrong=wrong, values=given, name="event_system", expected=expected)
    return given.astype(np.intp, copy=False)


def log_share(*, age_h: FloatArray, end_h: FloatArray) -> FloatArray:
    """Logarithm of an age as a share of another, exact to the last digit near 1.

    Args:
        age_h: above 0.
        end_h: not below it.

    Source: definition.

    >>> log_share(age_h=np.array([1.0, 5e-324]), end_h=np.array([1.0, 4.0]))
    array([   0.  , -745.83])
    """
    share = age_h / end_h
    if share.size and share.min() < np.finfo(np.float64).tiny:
        return np.log(age_h) - np.log(end_h)
    return np.log(share, out=share)


def running_sums(*, values: FloatArray, first: Places) -> FloatArray:
    """Running sums that start anew at each segment, to rounding of the segment's own size.

    Args:
        values: in the order of their segments; the sums take their place.
        first: where each segment begins, ascending; none is empty, the first begins at 0.

    Source: definition. What a segment sums to is taken off again where the next begins.

    >>> running_sums(values=np.array([1.0, 2.0, 4.0, 8.0]), first=np.array([0, 2]))
    array([ 1.,  3.,  4., 12.])
    """
    if first.size > 1:
        values[first[1:]] -= np.add.reduceat(values, first)[:-1]
    return np.cumsum(values, out=values)
