"""Facility measurements of ProductionOperations: a pump's power log, and numbers for readings."""

import datetime as dt
from collections.abc import Sequence

from attrs import evolve, frozen

from pumpperf.calc.scalars import one_of
from pumpperf.errors import ArgumentError, RowError
from pumpperf.fields import describe
from pumpperf.interchange.beep.ambiguous import Datum, TimeZone, datum_kpa, take_moment, zone_of
from pumpperf.interchange.beep.layouts import MEASUREMENT, FieldNote, Given
from pumpperf.interchange.beep.received import Draft, Received, drafted, joined, received
from pumpperf.lift import SharedReading
from pumpperf.model import EquipmentUseStat, PowerLogRule
from pumpperf.units import ABSOLUTE_PRESSURE, GAUGE_PRESSURE, POWER, RATE, Kind, to_canonical

_TYPES = {RATE: "FLOW_RATE", POWER: "POWER_DRAW", ABSOLUTE_PRESSURE: "PRESSURE"}
_QUALITIES = ("MEASURED", "ESTIMATED", "IMPUTED")
_UNMARKED = ("psi", "kpa", "mpa", "bar")
_UNITS = {
    RATE: {"bbl/d": "bpd", "bpd": "bpd", "gpm": "gpm", "m3/d": "m3d", "m3/h": "m3h"},
    POWER: {"kW": "kw", "W": "w", "MW": "mw", "hp": "hp"},
    ABSOLUTE_PRESSURE: {
        unit: unit.lower() for unit in ("psi", "kPa", "MPa", "bar", "psia", "bara", "psig", "barg")
    },
}
_SPELLED = {  # as written or in capitals; not in any case, for mW is no MW
    kind: {spelled: unit for name, unit in units.items() for spelled in (name, name.upper())}
    for kind, units in _UNITS.items()
}


@frozen(kw_only=True)
class MeasuredValue:
    """One number for a reading.

    Attributes:
        equipment_id: what it was measured at, as the source names it; None if it does not.
        field: of a reading of ours, with the canonical unit as its last part.
        value: in that unit.
        date: when.
        notes: what is lost or doubtful, each `CODE: place = value: why`.
    """

    equipment_id: str | None
    field: str
    value: float
    date: dt.datetime
    notes: tuple[str, ...]


def power_log(
    records: Sequence[Given],
    *,
    spec_id: str,
    source: str,
    time_zone: TimeZone,
    power_log_rule: PowerLogRule | str,
) -> Received[EquipmentUseStat]:
    """`FACILITY_MEASUREMENT`s of `POWER_DRAW` as one stretch of a pump's power log, by date.

    Samples that are estimated or imputed are taken over too, with notes, and counted in the remark.

    Args:
        records: of one piece of equipment, each at its own time.
        spec_id: the stretch.
        source: of our row.
        time_zone: local time of the dates: a name such as `America/Chicago`, or a tzinfo.
        power_log_rule: how the samples were written: the records do not say it.

    Raises:
        RowError: with every fault of all records.
        ArgumentError: there is no such zone or rule, or no record.
    """
    if not records:
        raise ArgumentError("records: expected at least one FACILITY_MEASUREMENT")
    one_of(value=power_log_rule, among=tuple(PowerLogRule), name="power_log_rule")
    drafts = [drafted(one, MEASUREMENT, path=f"$[{at}]") for at, one in enumerate(records)]
    samples: dict[dt.datetime, float] = {}
    for draft in drafts:
        _refuse_other(draft, drafts[0])
        power_kw = _canonical(draft, POWER, None, None)
        when = take_moment(draft, "MEASURED_DATE", "date", time_zone)
        if when is not None and power_kw is not None:
            if when in samples:
                draft.refuse("MEASURED_DATE", "a second sample of that time: expected one")
            samples[when] = power_kw
    others = sum(draft.record.get("QUALITY_CODE") != "MEASURED" for draft in drafts)
    times = sorted(samples)
    pump = drafts[0].record.get("EQUIPMENT_ID")
    words = f"{others} of {len(drafts)} samples are not MEASURED" if others else None
    whole = joined(*drafts)
    whole.cells.update(equipment_id=pump, spec_id=spec_id, source=source, remark=words)
    whole.cells.update(
        power_log_rule=power_log_rule,
        sample_time=tuple(times),
        power_kw=tuple(samples[when] for when in times),
    )
    return evolve(received(EquipmentUseStat, whole), notes=_grouped(whole.notes))


def measured_value(
    record: Given,
    *,
    reading: type[SharedReading],
    field: str,
    time_zone: TimeZone,
    pressures_are: Datum | None,
    atmosphere_kpa: float | None,
) -> MeasuredValue:
    """A `FACILITY_MEASUREMENT` as a number for one field of a reading.

    Args:
        record: a `FLOW_RATE`, `PRESSURE` or `POWER_DRAW`.
        reading: of which lift system.
        field: its field, such as `intake_pressure_kpa`: where it was measured, it does not say.
        time_zone: local time of the date: a name such as `America/Chicago`, or a tzinfo.
        pressures_are: what a pressure is measured from, if its unit does not say.
        atmosphere_kpa: to be added to a gauge pressure [kPa].

    Raises:
        RowError: with every fault of the record.
        ArgumentError: there is no such zone, datum or field.
    """
    zone = zone_of(time_zone)
    kind = {of.name: of.kind for of in describe(reading) if not of.sequence}.get(field)
    delivered = kind is POWER and field != "input_power_kw"
    if kind not in _SPELLED or delivered:
        raise ArgumentError(
            f"field = {field!r}: expected a rate, input_power_kw or an absolute pressure of "
            f"{reading.__name__}"
        )
    draft = drafted(record, MEASUREMENT)
    _refuse_kind(draft, kind)
    value = _canonical(draft, kind, pressures_are, atmosphere_kpa)
    date = take_moment(draft, "MEASURED_DATE", "date", zone)
    name = draft.text("EQUIPMENT_ID")
    if draft.faults or value is None or date is None:
        raise RowError("FACILITY_MEASUREMENT", draft.faults)
    if kind is RATE:
        words = "of one instant; of which fluid at which pressure, the source does not say"
        draft.note("MEASURED_VALUE", "DOUBTFUL", words)
    return MeasuredValue(
        equipment_id=name, field=field, value=value, date=date, notes=tuple(map(str, draft.notes))
    )


def _refuse_other(draft: Draft, first: Draft) -> None:
    _refuse_kind(draft, POWER)
    name = draft.record.get("EQUIPMENT_ID")
    if not isinstance(name, str) or not name or name != first.record.get("EQUIPMENT_ID"):
        draft.refuse("EQUIPMENT_ID", "expected one and the same equipment in every record")


def _refuse_kind(draft: Draft, kind: Kind) -> None:
    if draft.record.get("MEASUREMENT_TYPE") != _TYPES[kind]:
        draft.refuse("MEASUREMENT_TYPE", f"expected {_TYPES[kind]}")
    if draft.record.get("ACTIVE_IND") == "N":
        draft.refuse("ACTIVE_IND", "retired by the source: leave it out")
    quality = draft.record.get("QUALITY_CODE")
    if draft.has("QUALITY_CODE") and quality not in _QUALITIES:
        draft.refuse("QUALITY_CODE", f"expected one of {', '.join(_QUALITIES)}")
    elif quality != "MEASURED":
        draft.note("QUALITY_CODE", "DOUBTFUL", "taken over, though not said to be measured")


def _canonical(
    draft: Draft, kind: Kind, pressures_are: Datum | None, atmosphere_kpa: float | None
) -> float | None:
    if not draft.has("MEASURED_VALUE"):
        draft.refuse("MEASURED_VALUE", "expected a finite number")
    value = draft.number("MEASURED_VALUE")
    unit = _SPELLED[kind].get(str(draft.record.get("MEASURED_UOM")))
    if unit is None:
        draft.refuse("MEASURED_UOM", f"expected a unit of {kind}: {', '.join(_SPELLED[kind])}")
    if value is None or unit is None:
        return None
    draft.note_zero("MEASURED_VALUE")
    if unit in _UNMARKED:
        return to_canonical(value, unit, kind) + datum_kpa(pressures_are, atmosphere_kpa)
    if unit in GAUGE_PRESSURE.scales:
        added_kpa = datum_kpa("gauge", atmosphere_kpa)
        return to_canonical(value, unit, GAUGE_PRESSURE) + added_kpa
    return to_canonical(value, unit, kind)


def _grouped(notes: Sequence[FieldNote]) -> tuple[str, ...]:
    alike: dict[tuple[object, str], list[FieldNote]] = {}
    for note in notes:
        alike.setdefault((note.reason, note.name), []).append(note)
    return tuple(
        f"{first}; and so of {len(rest)} more" if rest else str(first)
        for first, *rest in alike.values()
    )
