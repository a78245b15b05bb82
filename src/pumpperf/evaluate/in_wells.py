"""How much of a window a pump was in a well, and how much of that counts for its availability."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from pumpperf.calc import downtime as intervals
from pumpperf.errors import listed
from pumpperf.evaluate.down_times import DownTimes
from pumpperf.evaluate.run_lives import no_installation
from pumpperf.evaluate.window import Window, datetime64
from pumpperf.model import Finding, Severity, finding
from pumpperf.units import MICROSECONDS_PER_HOUR

_EXCUSED, _DOWN, _INSTALLED = "excused", "down", "installed"


@frozen
class InWells:
    """Time of a window that a pump was in a well [microseconds].

    Attributes:
        window_us: of the window.
        installed_us: in a well.
        up_us: in a well and not down.
        outside_us: down in no well.
        excused_us: in a well, but in an excused window.
        counted_up_us: in a well, not down, and in no excused window.
    """

    window_us: int
    installed_us: int
    up_us: int
    outside_us: int
    excused_us: int
    counted_up_us: int

    @property
    def operational_availability(self) -> float | None:
        """Up over up and down time that no window excuses; absent without any."""
        counted_us = self.installed_us - self.excused_us
        return self.counted_up_us / counted_us if counted_us else None


def in_wells(past: DownTimes, window: Window, excused: Sequence[Window]) -> InWells:
    """How much of the window the pump was in a well, up, and excused."""
    down = past.down[:2]
    off = (
        np.array([datetime64(one.start) for one in excused], dtype="datetime64[us]"),
        np.array([datetime64(one.end) for one in excused], dtype="datetime64[us]"),
    )
    every = {_INSTALLED: past.installed, _DOWN: down, _EXCUSED: off}

    def first_of(*priority: str) -> intervals.Downtime:
        return intervals.downtime(
            start=np.concatenate([every[name][0] for name in priority]),
            end=np.concatenate([every[name][1] for name in priority]),
            category=np.repeat(priority, [every[name][0].size for name in priority]),
            window=window.edges,
            priority=priority,
        )

    def part_us(name: str, *before: str) -> int:
        return int(first_of(*before, name).part_us[name][0])

    installed_us = part_us(_INSTALLED)
    return InWells(
        window_us=first_of(_INSTALLED).window_us,
        installed_us=installed_us,
        up_us=part_us(_INSTALLED, _DOWN),
        outside_us=part_us(_DOWN, _INSTALLED),
        excused_us=installed_us - part_us(_INSTALLED, _EXCUSED),
        counted_up_us=part_us(_INSTALLED, _EXCUSED, _DOWN),
    )


def installed_findings(place: InWells) -> Iterator[Finding]:
    """That the pump was in no well in the window, or for a part of it or of its downtime."""
    if not place.installed_us:
        yield no_installation("in the window")
        return
    if place.installed_us < place.window_us:
        away_h, window_h = (
            us / MICROSECONDS_PER_HOUR
            for us in (place.window_us - place.installed_us, place.window_us)
        )
        yield finding(
            "NOT_INSTALLED",
            f"the pump was in no well for {away_h:g} of {window_h:g} h: uptime is a share of "
            "the rest, and only recorded downtime is lost there",
            ("install_date", "removal_date"),
            "the dates of the installations, and what produced the well meanwhile",
            Severity.INFO,
        )
    if place.outside_us:
        yield finding(
            "DOWNTIME_OUTSIDE_INSTALLATION",
            f"{place.outside_us / MICROSECONDS_PER_HOUR:g} h of the downtime lie in no "
            "installation of the pump, and count",
            ("start_time", "end_time", "install_date", "removal_date"),
            "whether the well waited for this pump, and the ends of event and installation",
            Severity.INFO,
        )


def excused_windows(excused: Iterable[Window]) -> list[Window]:
    """The windows that are excused, in one order, however they are given."""
    return sorted(listed(Window, "excused", excused), key=lambda one: (one.start, one.end))


def excused_parameters(excused: Sequence[Window]) -> dict[str, object]:
    """The excused windows as a parameter of a run, in words of ISO 8601; none without a window."""
    words = " ".join(f"{one.start.isoformat()}/{one.end.isoformat()}" for one in excused)
    return {"excused": words} if words else {}


def excused_of(parameters: dict[str, Any]) -> list[Window]:  # JSON
    """The excused windows among the parameters of a run, which they are taken from."""
    words: list[str] = parameters.pop("excused", "").split()
    return [Window(*map(dt.datetime.fromisoformat, one.split("/"))) for one in words]
