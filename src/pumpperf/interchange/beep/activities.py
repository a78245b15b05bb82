"""Stops and deferments of ProductionOperations as downtime of a pump, and its maintenance."""

import datetime as dt
from collections.abc import Mapping

from pumpperf.interchange.beep.ambiguous import TimeZone, take_moment
from pumpperf.interchange.beep.layouts import DEFERMENT, DOWNTIME, MAINTENANCE, Given
from pumpperf.interchange.beep.received import Draft, Received, drafted, received, remark
from pumpperf.model import DowntimeType, EquipmentMaintain, WellActivity


def downtime_activity(
    record: Given,
    *,
    uwi: str,
    equipment_id: str,
    activity_obs_no: int,
    source: str,
    time_zone: TimeZone,
    downtime_types: Mapping[str, DowntimeType | str],
) -> Received[WellActivity]:
    """A `DowntimeEvent` as downtime from its start to its end; its whole hours have a note.

    Args:
        record: of one stop.
        uwi: the well.
        equipment_id: the pump that was down with it.
        activity_obs_no: number of the event.
        source: of our row.
        time_zone: local time of the dates: a name such as `America/Chicago`, or a tzinfo.
        downtime_types: whose downtime each `Category` is.

    Raises:
        RowError: with every fault of the record.
        ArgumentError: there is no such zone.
    """
    draft = drafted(record, DOWNTIME)
    start = take_moment(draft, "StartDate", "start_time", time_zone)
    end = take_moment(draft, "EndDate", "end_time", time_zone)
    kind = _take_type(draft, "Category", "downtime_type", downtime_types)
    _note_hours(draft, start, end)
    draft.cells.update(uwi=uwi, equipment_id=equipment_id, activity_obs_no=activity_obs_no)
    draft.cells.update(source=source, remark=remark(kind, draft.text("Reason")))
    return received(WellActivity, draft)


def deferment_activity(
    record: Given,
    *,
    equipment_id: str,
    activity_obs_no: int,
    source: str,
    time_zone: TimeZone,
    downtime_types: Mapping[str, DowntimeType | str],
) -> Received[WellActivity]:
    """A `DefermentEntry` as downtime; the rate that it defers is kept in the remark only.

    Args:
        record: of one deferment; without `EndDate` it still lasts.
        equipment_id: the pump that was down with it.
        activity_obs_no: number of the event.
        source: of our row.
        time_zone: local time of the dates: a name such as `America/Chicago`, or a tzinfo.
        downtime_types: whose downtime each `DefermentType` is.

    Raises:
        RowError: with every fault of the record.
        ArgumentError: there is no such zone.
    """
    draft = drafted(record, DEFERMENT)
    take_moment(draft, "StartDate", "start_time", time_zone)
    take_moment(draft, "EndDate", "end_time", time_zone, required=False)
    kind = _take_type(draft, "DefermentType", "downtime_type", downtime_types)
    rate = draft.number("DeferredVolumeBoepd", least=0.0)
    deferred = None if rate is None else f"{rate!r} BOE/d deferred, as the source counts it"
    words = remark(kind, draft.text("Reason"), deferred, draft.text("FluidType"))
    draft.cells.update(equipment_id=equipment_id, activity_obs_no=activity_obs_no)
    draft.cells.update(source=source, remark=words)
    return received(WellActivity, draft)


def maintenance_event(
    record: Given, *, source: str, time_zone: TimeZone, failure_types: Mapping[str, bool]
) -> Received[EquipmentMaintain]:
    """An `EquipmentMaintenance` as an event of the pump; its end is not held by the record.

    Args:
        record: of one event.
        source: of our row.
        time_zone: local time of the dates: a name such as `America/Chicago`, or a tzinfo.
        failure_types: whether each `MaintenanceType` means that the pump had failed.

    Raises:
        RowError: with every fault of the record.
        ArgumentError: there is no such zone.
    """
    draft = drafted(record, MAINTENANCE)
    date = take_moment(draft, "MaintenanceDate", "actual_start_date", time_zone, required=False)
    if date is None:
        draft.note("MaintenanceDate", "DOUBTFUL", "an event without a date")
    kind = _take_type(draft, "MaintenanceType", "failure_ind", failure_types)
    words = remark(kind, draft.text("Description"), draft.text("Notes"))
    draft.cells.update(source=source, remark=words)
    return received(EquipmentMaintain, draft)


def _take_type(draft: Draft, name: str, cell: str, types: Mapping[str, object]) -> str | None:
    kind = draft.text(name)
    ours = None if kind is None else types.get(kind)
    draft.give(name, cell, ours)
    if ours is not None:
        words = f"{cell} = {ours}, as the caller decides; it stands in the remark"
        draft.note(name, "DECIDED", words)
    elif kind is not None or not draft.has(name):
        known = ", ".join(types) or "none"
        draft.refuse(name, f"expected one whose {cell} the caller knows: {known}")
    return kind


def _note_hours(draft: Draft, start: dt.datetime | None, end: dt.datetime | None) -> None:
    hours = draft.number("DurationHours")
    if hours is None or start is None or end is None:
        return
    ours = (end - start) / dt.timedelta(hours=1)
    agrees = abs(hours - ours) < 1.0
    more = "" if agrees else "; rounding would differ by less than 1 h"
    words = f"from StartDate to EndDate are {ours:.10g} h, which are taken{more}"
    draft.note("DurationHours", "ROUNDED" if agrees else "DISAGREES", words)
