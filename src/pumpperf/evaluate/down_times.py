"""When one pump was in wells and when it was down in a window: stops, failures and other work."""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from pumpperf.calc.intervals.dates import window_us
from pumpperf.checks import history_findings
from pumpperf.evaluate.input_rows import in_order, of_pump, of_wells
from pumpperf.evaluate.run_lives import (
    columns_of,
    failures_from,
    failures_of,
    installations_from,
    stops_from,
    work_from,
    work_of,
)
from pumpperf.evaluate.window import Window
from pumpperf.history.settled import settled
from pumpperf.model import EquipmentMaintain, Finding, Row, WellActivity, WellEquipment
from pumpperf.numeric import IntArray

FAILED, WORKED = "failure", "work"
"""What kept a pump down where no stop was recorded."""
Times = NDArray[np.datetime64]


@frozen
class DownTimes:
    """What a window has seen of a pump.

    Attributes:
        inputs: the rows that bear on it.
        runs: installations of the pump among them that touch the window.
        stops: likewise of its stops.
        failures: how many failures are among them.
        installed: begins and ends of its time in wells.
        down: begins and ends of its times down, and the class of the stop or what else it was.
        findings: what does not fit together, or was assumed.
    """

    inputs: Sequence[Row]
    runs: Sequence[WellEquipment]
    stops: Sequence[WellActivity]
    failures: int
    installed: tuple[Times, Times]
    down: tuple[Times, Times, Sequence[str]]
    findings: tuple[Finding, ...]


def down_times(
    equipment_id: str,
    installations: Iterable[WellEquipment],
    maintenance: Iterable[EquipmentMaintain],
    activities: Iterable[WellActivity],
    window: Window,
) -> DownTimes:
    """Time in wells and time down of one pump, by the rules of `history.pump_histories`.

    A stop counts wherever the pump was; failures and other work while it was in a well. Rows bear
    on the window if they touch it, or if others that touch it need them: an installation that ends
    another, a stop that tells when a failure was restored.

    Args:
        equipment_id: the pump.
        installations: of it, and of others in its wells.
        maintenance: its failures and other work on it.
        activities: its stops.
        window: in which they count.
    """
    every = in_order(
        run for run in of_wells(equipment_id, installations) if run.install_date < window.end
    )
    own = [run for run in every if run.equipment_id == equipment_id]
    begins = [run.install_date for run in own if window.touches(run.install_date, run.removal_date)]
    runs: list[WellEquipment] = []
    if begins:
        reach = Window(min(begins), window.end)
        runs = [run for run in every if reach.touches(run.install_date, run.removal_date)]
        wells = {run.uwi for run in runs if run.equipment_id == equipment_id}
        runs = [run for run in runs if run.uwi in wells]
    events = in_order(
        event
        for event in of_pump(equipment_id, EquipmentMaintain, maintenance=maintenance)
        if event.actual_start_date and event.actual_start_date < window.end
    )
    stops = in_order(
        stop
        for stop in of_pump(equipment_id, WellActivity, activities=activities)
        if stop.start_time < window.end
    )
    work = work_of(events)
    settle = partial(_Past, equipment_id=equipment_id, window=window)
    broken = settle(runs=every, broken=failures_of(events), work=work, stops=stops).counting
    since = min([window.start, *(one.actual_start_date or window.start for one in broken)])
    reach = Window(since, window.end)
    work = [
        one for one in work if reach.touches(one.actual_start_date or since, one.actual_end_date)
    ]
    stops = [stop for stop in stops if reach.touches(stop.start_time, stop.end_time)]
    past = settle(runs=runs, broken=broken, work=work, stops=stops)
    return DownTimes(
        inputs=[*runs, *stops, *in_order([*broken, *work])],
        runs=[run for run in own if window.touches(run.install_date, run.removal_date)],
        stops=[stop for stop in stops if window.touches(stop.start_time, stop.end_time)],
        failures=len(broken),
        installed=past.installed,
        down=past.down,
        findings=past.findings,
    )


class _Past:
    """The settled records of a pump, in a window."""

    def __init__(
        self,
        *,
        equipment_id: str,
        runs: Sequence[WellEquipment],
        broken: Sequence[EquipmentMaintain],
        work: Sequence[EquipmentMaintain],
        stops: Sequence[WellActivity],
        window: Window,
    ) -> None:
        first, last = window_us(window=window.edges)
        past = settled(
            installations=installations_from(columns_of(WellEquipment, runs)),
            failures=failures_from(columns_of(EquipmentMaintain, broken)),
            stops=stops_from(columns_of(WellActivity, stops)),
            work=work_from(columns_of(EquipmentMaintain, work)),
            overlaps="end_first",
            until_us=last,
            among=[equipment_id],
        )
        records, placed = past.records, past.placed.installation
        own = past.kept & (records.label[records.pump] == equipment_id)
        install_us = records.install_us[own]
        removal_us = np.minimum(records.removal_us[own], last)
        _, begin_us, end_us = past.down(last)
        others = slice(len(stops), None)
        from_us = np.maximum.outer(begin_us[others], install_us)
        to_us = np.minimum.outer(end_us[others], removal_us)
        inside = from_us < to_us
        failed = np.flatnonzero(placed >= 0)
        counts = (records.failed_us > first) & (records.failed_us < last)
        counts[failed] |= (inside & (to_us > first))[len(work) :].any(axis=1)
        kinds = np.repeat([WORKED, FAILED], [len(work), failed.size])
        self.counting = [broken[i] for i in np.flatnonzero(counts).tolist()]
        """Failures in the window, and earlier ones by which the pump was still down in it."""
        self.installed = _dates(install_us), _dates(removal_us)
        self.down = (
            _dates(np.concatenate([begin_us[: len(stops)], from_us[inside]])),
            _dates(np.concatenate([end_us[: len(stops)], to_us[inside]])),
            [row.downtime_type.value for row in stops] + kinds[np.nonzero(inside)[0]].tolist(),
        )
        notes = (*past.notes(last, ()), *past.notes_of_hours(last))
        self.findings = history_findings(
            (note for note in notes if note.table != "stops"),
            installations=runs,
            failures=broken,
            stops=stops,
        )


def _dates(us: IntArray) -> Times:
    return us.astype("datetime64[us]")
