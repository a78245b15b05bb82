"""Stops and deferments of ProductionOperations as downtime of a pump, and its maintenance."""

import datetime as dt
from collections.abc import Mapping

from pumpperf.interchange.beep.received import Received, Sheet, opened, received, remark
from pumpperf.interchange.beep.shapes import NO_PLACE, Shape, Tell
from pumpperf.interchange.beep.traps import TimeZone, take_moment, zone_of
from pumpperf.model import DowntimeType, EquipmentMaintain, WellActivity

DOWNTIME = Shape(told={}, seen=("Category", "DurationHours", "EndDate", "Reason", "StartDate"))
DEFERMENT = Shape(
    taken={"Uwi": "uwi"},
    told={
        "DeferredVolumeBoepd": Tell(
            "NOT_TAKEN", "oil equivalent of an unstated ratio to gas; it stands in the remark"
        ),
        "FluidType": Tell("NOT_TAKEN", "it stands in the remark"),
        "StartDate": Tell(
            "DOUBTFUL", "taken over as a stop of the pump, though it may only be held back"
        ),
    },
    seen=("DefermentType", "EndDate", "Reason"),
)
MAINTENANCE = Shape(
    taken={"EquipmentId": "equipment_id", "MaintenanceId": "equip_maint_id"},
    told={
        "Cost": Tell("NOT_TAKEN", "a cost without a currency"),
        "DowntimeHours": Tell(
            "ROUNDED", "whole hours without begin or end: no downtime is made of them"
        ),
        "EquipmentType": NO_PLACE,
        "MaintenanceDate": Tell(
            "DOUBTFUL", "taken over as the begin; when the pump failed, the source does not say"
        ),
        "PartsReplaced": NO_PLACE,
        "PerformedBy": NO_PLACE,
    },
    seen=("Description", "MaintenanceType", "Notes"),
)
_HOUR = dt.timedelta(hours=1)


def downtime_activity(
    record: Mapping[str, object],
    *,
    uwi: str,
    equipment_id: str,
    activity_obs_no: int,
    source: str,
    time_zone: TimeZone,
    downtime_types: Mapping[str, DowntimeType | str],
) -> Received[WellActivity]:
    """A `DowntimeEvent` as downtime from its start to its end; its whole hours are only told.

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
    zone = zone_of(time_zone)
    sheet = opened(record, DOWNTIME)
    take_moment(sheet, "StartDate", "start_time", zone)
    take_moment(sheet, "EndDate", "end_time", zone)
    kind = _take_type(sheet, "Category", "downtime_type", downtime_types)
    _tell_hours(sheet)
    sheet.cells.update(
        uwi=uwi,
        equipment_id=equipment_id,
        activity_obs_no=activity_obs_no,
        source=source,
        remark=remark(kind, sheet.text("Reason")),
    )
    return received(WellActivity, sheet)


def deferment_activity(
    record: Mapping[str, object],
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
    zone = zone_of(time_zone)
    sheet = opened(record, DEFERMENT)
    take_moment(sheet, "StartDate", "start_time", zone)
    take_moment(sheet, "EndDate", "end_time", zone, required=False)
    kind = _take_type(sheet, "DefermentType", "downtime_type", downtime_types)
    rate = sheet.number("DeferredVolumeBoepd", least=0.0)
    deferred = None if rate is None else f"{rate!r} BOE/d deferred, as the source counts it"
    sheet.cells.update(
        equipment_id=equipment_id,
        activity_obs_no=activity_obs_no,
        source=source,
        remark=remark(kind, sheet.text("Reason"), deferred, sheet.text("FluidType")),
    )
    return received(WellActivity, sheet)


def maintenance_event(
    record: Mapping[str, object],
    *,
    source: str,
    time_zone: TimeZone,
    failure_types: Mapping[str, bool],
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
    zone = zone_of(time_zone)
    sheet = opened(record, MAINTENANCE)
    take_moment(sheet, "MaintenanceDate", "actual_start_date", zone, required=False)
    if not sheet.has("MaintenanceDate"):
        sheet.tell("MaintenanceDate", "DOUBTFUL", "an event without a date")
    kind = _take_type(sheet, "MaintenanceType", "failure_ind", failure_types)
    sheet.cells.update(
        source=source, remark=remark(kind, sheet.text("Description"), sheet.text("Notes"))
    )
    return received(EquipmentMaintain, sheet)


def _take_type(sheet: Sheet, name: str, cell: str, types: Mapping[str, object]) -> str | None:
    kind = sheet.text(name)
    ours = None if kind is None else types.get(kind)
    sheet.give(name, cell, ours)
    if ours is not None:
        words = f"{cell} = {ours}, as the caller decides; it stands in the remark"
        sheet.tell(name, "DECIDED", words)
    elif kind is not None or not sheet.has(name):
        known = ", ".join(types) or "none"
        sheet.refuse(name, f"expected one whose {cell} the caller knows: {known}")
    return kind


def _tell_hours(sheet: Sheet) -> None:
    hours = sheet.number("DurationHours")
    start, end = sheet.cells["start_time"], sheet.cells["end_time"]
    if hours is None or not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime):
        return
    ours = (end.astimezone(dt.UTC) - start.astimezone(dt.UTC)) / _HOUR
    apart = abs(hours - ours) >= 1.0
    words = f"from StartDate to EndDate are {ours:.10g} h, which are taken"
    sheet.tell(
        "DurationHours",
        "DISAGREES" if apart else "ROUNDED",
        f"{words}; rounding would differ by less than 1 h" if apart else words,
    )
