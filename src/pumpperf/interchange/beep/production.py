"""A day of ProductionOperations' well data as a pump test."""

import datetime as dt
from itertools import chain

from pumpperf.errors import ArgumentError
from pumpperf.interchange.beep.ambiguous import (
    Datum,
    TimeZone,
    datum_kpa,
    local_date,
    local_fault,
    stated,
    zone_of,
)
from pumpperf.interchange.beep.layouts import WELL_PRODUCTION, Given
from pumpperf.interchange.beep.received import Draft, Received, drafted, received_test
from pumpperf.lift import LiftType, reading_class
from pumpperf.model import PumpTest, TestType
from pumpperf.units import HOURS_PER_DAY, PRESSURE, RATE, VOLUME, from_canonical, to_canonical

_PRESSURES = {
    "CasingPressure": "casing_pressure",
    "FlowingTubingPressure": "wellhead_pressure",
    "WellheadPressure": "wellhead_pressure",
}


def production_test(
    record: Given,
    *,
    pump_test_id: str,
    equipment_id: str,
    source: str,
    lift_type: LiftType,
    time_zone: TimeZone,
    day_begins: dt.time,
    runtime_h: float | None,
    formation_volume_factor: float,
    pressures_are: Datum,
    atmosphere_kpa: float | None,
) -> Received[PumpTest]:
    """A `WellProductionData` as a field test over that day.

    The rate is oil times its formation volume factor plus water: from the volume of the day where
    there is one, else from the rate. Without oil or without water there is none.

    Args:
        record: of one well and day.
        pump_test_id: of our row.
        equipment_id: the pump.
        source: of our row.
        lift_type: how it lifts.
        time_zone: local time of the well: a name such as `America/Chicago`, or a tzinfo.
        day_begins: local time at which a production day begins.
        runtime_h: hours in which the pump ran in that day, if they are known.
        formation_volume_factor: oil at pump conditions over the same oil in the tank.
        pressures_are: what the pressures [psi] of the record are measured from.
        atmosphere_kpa: to be added to gauge pressures [kPa].

    Raises:
        RowError: with every fault of the record.
        ArgumentError: there is no such lift type, zone, datum, factor or local time.
    """
    added_kpa = datum_kpa(pressures_are, atmosphere_kpa)
    swell = stated("formation_volume_factor", formation_volume_factor, unit="m3/m3")
    zone = zone_of(time_zone)
    if day_begins.tzinfo is not None:
        raise ArgumentError(f"day_begins = {day_begins!r}: expected one of time_zone, no other")
    reading = reading_class(lift_type)
    if reading is None:
        raise ArgumentError(f"lift_type = {lift_type!r}: expected one of {', '.join(LiftType)}")
    draft = drafted(record, WELL_PRODUCTION)
    day_h = _take_day(draft, zone, day_begins)
    _take_rate(draft, day_h, swell)
    _take_pressures(draft, from_canonical(added_kpa, "psi", PRESSURE))
    draft.cells["formation_volume_factor"] = swell
    draft.cells.update(pump_test_id=pump_test_id, equipment_id=equipment_id, source=source)
    draft.cells.update(test_type=TestType.FIELD, duration_h=day_h, runtime_h=runtime_h)
    return received_test(reading, draft, [draft.text("Comments")])


def _take_day(draft: Draft, zone: dt.tzinfo, day_begins: dt.time) -> float:
    date = local_date(draft, "ProductionDate")
    if date is not None and date.tzinfo is not None:
        date = date.astimezone(zone).replace(tzinfo=None)
    draft.give("ProductionDate", "test_date", None)
    if date is None:
        return HOURS_PER_DAY
    if date.time() != dt.time(0):
        draft.refuse("ProductionDate", f"expected a day, at 00:00 in {zone}")
        return HOURS_PER_DAY
    begin = dt.datetime.combine(date, day_begins)
    edges = begin, begin + dt.timedelta(days=1)
    for edge in edges:
        if fault := local_fault(edge, zone):
            draft.refuse("ProductionDate", f"the production day's {edge.isoformat()} {fault}")
    begin, end = (edge.replace(tzinfo=zone).astimezone(dt.UTC) for edge in edges)
    draft.give("ProductionDate", "test_date", end)
    return (end - begin) / dt.timedelta(hours=1)


def _take_rate(draft: Draft, day_h: float, swell: float) -> None:
    phases = ("OilVolume", "OilRate"), ("WaterVolume", "WaterRate")
    if not all(any(map(draft.has, names)) for names in phases):
        for name in filter(draft.has, chain(*phases)):
            draft.note(name, "NOT_TAKEN", "a liquid rate needs both oil and water")
        return
    oil, water = (_phase_m3d(draft, *names, day_h) for names in phases)
    if oil is None or water is None:
        return
    draft.cells["rate_m3d"] = oil * swell + water
    if oil + water > 0.0:
        draft.cells["water_cut"] = water / (oil + water)


def _phase_m3d(draft: Draft, by_volume: str, by_rate: str, day_h: float) -> float | None:
    volume, rate = draft.number(by_volume, least=0.0), draft.number(by_rate, least=0.0)
    if volume is not None:
        if rate is not None:
            a_day = volume * HOURS_PER_DAY / day_h
            draft.note(by_rate, "NOT_TAKEN", f"the volume is; it makes {a_day:.10g} a day")
        draft.note_zero(by_volume)
        return to_canonical(volume, "bbl", VOLUME) * HOURS_PER_DAY / day_h
    if rate is not None:
        draft.note(by_rate, "DOUBTFUL", "taken over as the mean of the whole day")
        draft.note_zero(by_rate)
        return to_canonical(rate, "bpd", RATE)
    return None


def _take_pressures(draft: Draft, added_psi: float) -> None:
    given = {name: draft.number(name) for name in _PRESSURES}
    if given["FlowingTubingPressure"] is not None and given["WellheadPressure"] is not None:
        draft.note("WellheadPressure", "NOT_TAKEN", "the flowing tubing pressure is")
        del given["WellheadPressure"]
    for name, value in given.items():
        if value is not None:
            draft.give(name, f"{_PRESSURES[name]}_psi", value + added_psi)
