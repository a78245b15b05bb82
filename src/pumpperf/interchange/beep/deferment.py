"""Deferred production for ProductionOperations: `DefermentEntry` and its totals.

An entry spans the whole window of its row, so its daily rate times its days gives the volume back;
an event that goes on counts up to the window's end, not as one day. Oil counts as barrels of oil
equivalent one to one; water does not count, and gas is not known.
"""

import math
from collections.abc import Sequence

from pumpperf.interchange.beep.sent import (
    Record,
    Sent,
    SentList,
    gross_of_flush,
    named,
    not_carried,
    refuse,
    refuse_blank,
    refuse_overlaps,
    refuse_retired,
)
from pumpperf.model import DowntimeImpact, DowntimeType
from pumpperf.units import convert

EXTERNAL_TYPES = ("SURFACE", "SUBSURFACE", "REGULATORY", "MARKET", "WEATHER")
"""What the receiver calls downtime from outside, which our rows do not distinguish."""


_LOST = {
    "PlannedDeferredBbl": "lost_planned_volume_m3",
    "UnplannedDeferredBbl": "lost_unplanned_volume_m3",
    "ExternalDeferredBbl": "lost_external_volume_m3",
    "TotalDeferredBbl": "lost_volume_m3",
    "TotalDeferredBoe": "lost_oil_volume_m3",
}
_CARRIED = f"start_date end_date net_lost_volume_m3 flush_share {' '.join(_LOST.values())}"
_IN_WORDS = "equipment_id window_h downtime_h planned_h unplanned_h external_h"


def deferment_entries(
    impact: DowntimeImpact, *, uwi: str, external_as: str | None = None
) -> SentList:
    """Downtime of one pump in a window as `DefermentEntry`, one for each class that had any.

    Args:
        impact: downtime and the production lost by it.
        uwi: the well that the pump hung in.
        external_as: one of `EXTERNAL_TYPES`; needed if there was downtime from outside.

    Returns:
        Oil lost [bbl/d], as the mean of the whole window.

    Raises:
        ArgumentError: the row is retired, the well has no name, or `external_as` is unknown, or
            missing where it is needed.
    """
    refuse_retired([impact])
    refuse_blank(uwi)
    if external_as not in EXTERNAL_TYPES and (impact.external_h or external_as is not None):
        got = f"external_as = {external_as!r} for {impact.external_h:g} h from outside"
        refuse([f"{got}: expected one of {', '.join(EXTERNAL_TYPES)}"])
    pump = impact.equipment_id
    entries: tuple[Record, ...] = tuple(
        {
            "Uwi": uwi,
            "DefermentType": external_as if kind is DowntimeType.EXTERNAL else kind.value,
            "DeferredVolumeBoepd": lost_oil_bpd(impact, kind),
            "FluidType": "OIL",
            "StartDate": impact.start_date,
            "EndDate": impact.end_date,
            "Reason": f"{hours:.6g} h of {kind.value.lower()} downtime of pump {pump}",
        }
        for kind in DowntimeType
        if (hours := getattr(impact, f"{kind.lower()}_h"))
    )
    days = convert(impact.window_h, "h", "d")
    external = f"CHANGED: DefermentType: downtime from outside is sent as {external_as}"
    notes = (
        f"CHANGED: DeferredVolumeBoepd: the mean over the window of {days:.6g} days",
        external if impact.external_h else None,
        *_oil_words(impact),
        *gross_of_flush(impact),
        f"CHANGED: pump {pump} and its hours: in the words of Reason only",
        not_carried(impact, f"{_CARRIED} {_IN_WORDS}"),
    )
    return SentList(entries, notes)


def deferment_totals(impacts: Sequence[DowntimeImpact]) -> Sent:
    """Volumes lost in all the windows together; windows of one pump lie apart.

    Returns:
        Liquid at pump conditions by class [bbl], and oil [BOE]. A total of which one part is
        absent is absent.

    Raises:
        ArgumentError: there is no row, one is retired, or two windows of one pump overlap.
    """
    refuse([] if impacts else ["impacts is empty: expected at least one"])
    refuse_retired(impacts)
    refuse_overlaps(impacts)
    record: Record = {
        "StartDate": min(row.start_date for row in impacts),
        "EndDate": max(row.end_date for row in impacts),
    }
    gaps = f"CHANGED: StartDate, EndDate: of {len(impacts)} windows, and of no gap between"
    notes: list[str | None] = [
        "CHANGED: volumes in Bbl: liquid, not BOE, under names of ours, as the receiver has none",
        "CHANGED: TotalDeferredBoe: oil, 1 bbl as 1 BOE; gas is not known",
        gaps if len(impacts) > 1 else None,
    ]
    for name, field in _LOST.items():
        lacking = ", ".join(named(row) for row in impacts if getattr(row, field) is None)
        known_m3 = math.fsum(getattr(row, field) or 0.0 for row in impacts)
        record[name] = None if lacking else convert(known_m3, "m3", "bbl")
        notes.append(f"ABSENT: {name}: no {field} in {lacking}" if lacking else None)
    notes += [words for row in impacts for words in gross_of_flush(row)]
    notes += [not_carried(row, _CARRIED) for row in impacts]
    return Sent(record, notes)


def lost_oil_bpd(impact: DowntimeImpact, kind: DowntimeType) -> float | None:
    """Oil lost by downtime of one class, as the mean rate of the window; None if not known.

    All that was lost has the water cut of one test, so each class has the same share of oil.

    Raises:
        ArgumentError: the window is of no length.
    """
    refuse([] if impact.window_h else [f"{named(impact)} has window_h = 0: expected above 0"])
    part: float | None = getattr(impact, f"lost_{kind.lower()}_volume_m3")
    whole, oil = impact.lost_volume_m3, impact.lost_oil_volume_m3
    if part is None or whole is None or oil is None:
        return None
    oil_m3 = oil * part / whole if whole else 0.0
    return convert(oil_m3 / convert(impact.window_h, "h", "d"), "m3d", "bpd")


def _oil_words(impact: DowntimeImpact) -> tuple[str, ...]:
    liquid, oil = impact.lost_volume_m3, impact.lost_oil_volume_m3
    if liquid is None:
        return ("ABSENT: DeferredVolumeBoepd: what was lost is not known",)
    lost = f"{convert(liquid, 'm3', 'bbl'):.6g} bbl of liquid"
    if oil is None:
        return (f"ABSENT: DeferredVolumeBoepd: {lost} were lost, and how much oil is not known",)
    barrels = convert(oil, "m3", "bbl")
    return (
        f"CHANGED: DeferredVolumeBoepd: {barrels:.6g} bbl of oil, 1 bbl as 1 BOE; gas is not known",
        f"LOST: {lost}",
    )
