"""Windows, and dates in the one form in which they are compared and counted: UTC."""

import datetime as dt

import numpy as np
from attrs import field, frozen

from pumpperf import possible
from pumpperf.errors import ArgumentError, is_a, shown


def in_utc(when: dt.datetime) -> dt.datetime:
    """The date in UTC.

    Raises:
        ArgumentError: it has no UTC offset.
    """
    found = possible.in_utc(when) if is_a(when, dt.datetime) else None
    if found is None:
        raise ArgumentError(f"{shown(when)}: expected a date with its UTC offset")
    return found


def known_by(end: dt.datetime, at: dt.datetime) -> dt.datetime:
    """The end of a history, in UTC.

    Raises:
        ArgumentError: it lies after the time of asking: nobody knows what comes.
    """
    if in_utc(end) > in_utc(at):
        raise ArgumentError(f"{end.isoformat()} lies after {at.isoformat()}: expected a past end")
    return in_utc(end)


def datetime64(when: dt.datetime | None) -> np.datetime64:
    """A date as numpy takes it, in UTC; NaT for one that is not there."""
    if when is None:
        return np.datetime64("NaT", "us")
    return np.datetime64(when.astimezone(dt.UTC).replace(tzinfo=None), "us")


@frozen
class Window:
    """A stretch of time whose dates have their UTC offset."""

    start: dt.datetime = field(converter=in_utc)
    end: dt.datetime = field(converter=in_utc)

    def __attrs_post_init__(self) -> None:
        """Raise `ArgumentError` unless the end is the later one."""
        if not self.start < self.end:
            raise ArgumentError(f"window {self.start} to {self.end}: expected a later end")

    def touches(self, start: dt.datetime, end: dt.datetime | None) -> bool:
        """Whether what lasts from start to end, or still, lies in it with more than an edge."""
        return start < self.end and (end or self.end) > self.start

    @property
    def edges(self) -> tuple[np.datetime64, np.datetime64]:
        """Both ends as numpy takes them, in UTC."""
        return datetime64(self.start), datetime64(self.end)
