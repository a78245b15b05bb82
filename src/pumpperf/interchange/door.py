"""What comes through a door: the suffix names the unit, and only declared names come in.

The rule of a field stands in its type. Here it judges a value as a caller gave it, under his name
and in his unit; `frames.columns` holds the same rule to a whole column, and asks here for the words.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, cast

import numpy as np
from attrs import evolve, frozen

from pumpperf.errors import RowError, UnitError
from pumpperf.fields import AtLeast, Field, describe
from pumpperf.lift import READINGS, LiftType, SharedReading, reading_class
from pumpperf.model import Row, table
from pumpperf.possible import Checked, Said, built, faults, normal, row_faults, shown
from pumpperf.units import GAUGE_PRESSURE, PRESSURE, Kind, to_canonical

C = TypeVar("C", bound=Checked)
Units = str | Mapping[str, str]
"""`metric`, `field`, or wanted suffixes by canonical suffix, such as `{"kpa": "bar"}`."""

UNCERTAINTY = "_unc"
OUOM = "_ouom"
LIFT_TYPE = "lift_type"
LONGEST_HINTED = 64
"""Characters of the longest unknown name that is told the nearest one: longer ones take seconds."""


@frozen
class Name:
    """What a name at a door means.

    Attributes:
        field: of which field it is.
        unit: in which unit its numbers are; `OUOM` where it names that unit.
        uncertainty: whether they say how uncertain the field is.
    """

    field: Field
    unit: str
    uncertainty: bool = False


LIFT = Name(Field(LIFT_TYPE, LIFT_TYPE, False, (LiftType,), None, (), False, None), "")  # noqa: FBT003
"""What says of which lift system a reading is."""


@cache
def names(row: type[Checked]) -> Mapping[str, Name]:
    """Every name that a row accepts: each quantity in each unit of its kind.

    >>> from pumpperf import PcpReading
    >>> names(PcpReading)["intake_pressure_psi"].field.name
    'intake_pressure_kpa'
    """
    found: dict[str, Name] = {}
    is_reading = issubclass(row, SharedReading)
    for field in describe(row):
        for unit in field.kind.scales if field.kind else ("",):
            suffix = f"_{unit}" if unit else ""
            found[f"{field.base}{suffix}"] = Name(field, unit)
            if is_reading and field.types == (float,) and not field.sequence:
                found[f"{field.base}{UNCERTAINTY}{suffix}"] = Name(field, unit, uncertainty=True)
    return found | ({LIFT_TYPE: LIFT} if is_reading else {})


def unknown(name: str, known: Mapping[str, Name]) -> str:
    """Why a name is not accepted, and which one was probably meant."""
    if len(name) > LONGEST_HINTED:
        return f"{name} is unknown"
    lower = name.lower()
    for meaning in known.values():
        field = meaning.field
        if field.unit and lower.startswith(f"{field.base}_"):
            wanted = ", ".join(field.kind.scales if field.kind else ())
            gauge = lower.removeprefix(f"{field.base}_") in GAUGE_PRESSURE.scales
            hint = "; add the atmospheric pressure to a gauge pressure first"
            words = f"{name} has no unit of {field.kind}: expected one of {wanted}"
            return words + hint * (gauge and field.kind is PRESSURE)
        if lower == field.base and lower not in known:
            return f"{name} has no unit: expected {field.name}"
    nearest = get_close_matches(lower, known, n=1)
    return f"{name} is unknown" + (f": the nearest name is {nearest[0]}" if nearest else "")


@cache
def owners() -> Mapping[str, tuple[str, ...]]:
    """The lift types whose readings know a name, for those that not all know."""
    of = {str(lift): names(reading) for lift, reading in READINGS.items()}
    every = {name: tuple(lift for lift in of if name in of[lift]) for one in of.values() for name in one}
    return {name: lifts for name, lifts in every.items() if len(lifts) < len(of)}


def wanted_unit(kind: Kind, units: Units) -> str:
    """The suffix in which a kind leaves.

    Raises:
        UnitError: `units` is neither known nor a mapping with units of the kind.

    >>> wanted_unit(PRESSURE, "field"), wanted_unit(PRESSURE, {"kpa": "bar"})
    ('psi', 'bar')
    """
    if units == "metric":
        return kind.suffix
    if units == "field":
        return kind.field_suffix
    if isinstance(units, str):
        raise UnitError(f"units = {units!r}: expected 'metric', 'field' or a mapping of suffixes")
    unit = units.get(kind.suffix, kind.suffix)
    if unit not in kind.scales:
        raise UnitError(f"{unit!r} is no unit of {kind}: expected one of {', '.join(kind.scales)}")
    return unit


@frozen
class Read:
    """What came through a door: the values by field name, and all that is wrong with them.

    Attributes:
        values: in their one form.
        faults: one sentence each.
        more: faults and unread places beyond these.
    """

    values: dict[str, Any]  # the fields of any row
    faults: list[str]
    more: int = 0


Reader = Callable[[type[Checked], Mapping[str, object], str], Read]
"""How a door reads one record of a class at a path; it never raises."""
Parser = Callable[[Field, object], object]
"""What a door makes of one raw value of a field; what it cannot read stays as it is."""


def accepted(row: type[C], found: Read) -> C:
    """The row of what came through a door: what was judged there is not judged again.

    Raises:
        RowError: with all that is wrong.
    """
    if found.faults:
        name = table(row) if issubclass(row, Row) else row.__name__
        raise RowError(name, found.faults, found.more)
    return built(row, found.values)


def parsed(field: Field, raw: object) -> object:
    """A raw value in its one form: `Y` and `N` as truths, texts in ISO 8601 as dates."""
    if isinstance(raw, list | tuple):
        return tuple(parsed(field, item) for item in cast("list[object]", raw))
    (first, *_) = field.types
    if first is bool and isinstance(raw, str) and raw in ("Y", "N"):
        return raw == "Y"
    if first is dt.datetime and isinstance(raw, str):
        try:
            raw = dt.datetime.fromisoformat(raw)
        except ValueError:
            return raw
    return normal(field, raw)


def in_canonical_unit(meaning: Name, value: Any) -> Any:  # at a door a value may be anything
    """A value in its one form that came in any unit; an uncertainty is scaled and not shifted."""
    kind = meaning.field.kind
    if kind is None or meaning.unit == kind.suffix:
        return value
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return tuple(in_canonical_unit(meaning, item) for item in items)
    if not isinstance(value, float | np.ndarray):
        return value
    if meaning.uncertainty:
        return value * kind.scales[meaning.unit].factor
    return to_canonical(value, meaning.unit, kind)


@cache
def uncertainty_of(field: Field) -> Field:
    """The field that the standard uncertainty of a quantity is."""
    return evolve(field, required=False, bounds=(AtLeast(0.0),))


def read(
    row: type[Checked],
    record: Mapping[str, object],
    known: Mapping[str, Name],
    *,
    at: str = "$.",
    nested: Mapping[str, Read] | None = None,
    reader: Reader | None = None,
    parser: Parser = parsed,
    needed: Collection[str] | None = None,
    apart: Collection[str] = (),
) -> Read:
    """The values of one record by field name, in the canonical units, and every fault of it.

    Args:
        row: the class wanted.
        record: values by name.
        known: what the names mean.
        at: where the record stands, to begin every fault with.
        nested: rows inside this one, read before, by field name, under the key `items`.
        reader: of the rows inside that the record holds.
        parser: of single values.
        needed: fields that must be there, if not those that the class requires.
        apart: fields that are judged elsewhere.
    """
    inside = dict(nested or {})
    values: dict[str, Any] = {}
    original: dict[str, str] = {}
    said: dict[str, Said] = {}
    unsure: dict[str, Said] = {}
    uncertainty: dict[str, float] = {}
    found: list[str] = []
    unread = 0
    for place, (name, raw) in enumerate(record.items()):
        if len(found) >= RowError.KEPT:
            unread = len(record) - place
            break
        meaning = known.get(name)
        if meaning is None:
            found.append(_refused(row, name, raw, known))
            continue
        field, way = meaning.field, Said(name, meaning.unit, raw)
        if meaning is LIFT:
            if raw not in (None, *row_lifts(row)):
                found.append(f"{name} = {shown(raw)}: expected {row_lifts(row)[0]}")
        elif meaning.unit == OUOM:
            found += _remember(way, field, original)
        elif field.name in (unsure if meaning.uncertainty else said.keys() | inside):
            what = "the uncertainty of " * meaning.uncertainty
            found.append(f"{name} gives {what}{field.name} a second time: expected it once")
        elif meaning.uncertainty:
            unsure[field.name] = way
            number = in_canonical_unit(meaning, parser(uncertainty_of(field), raw))
            wrong = faults(uncertainty_of(field), number, way)
            found += wrong
            uncertainty |= {} if wrong else {field.name: number}
        elif reader is not None and field.nested and isinstance(raw, list | tuple):
            inside[field.name] = _inside(field, raw, f"{at}{name}", reader)
        else:
            said[field.name] = way
            values[field.name] = in_canonical_unit(meaning, parser(field, raw))
            if meaning.unit != field.unit:
                original[field.name] = meaning.unit
    for name, way in unsure.items():
        if values.get(name) is None:
            beside = said[name].name if name in said else name
            found.append(f"{way.name} is given without {beside}: expected both")
            uncertainty.pop(name, None)
    broken = {*apart, *(name for name, inner in inside.items() if inner.faults)}
    values |= {name: inner.values["items"] for name, inner in inside.items() if name not in broken}
    if not unread:
        values |= {"uncertainty": tuple(sorted(uncertainty.items()))} if row_lifts(row) else {}
        found += row_faults(row, values, known=broken, said=said, needed=needed)
    values["original_units"] = tuple(sorted(original.items()))
    return Read(
        values,
        [fault for inner in inside.values() for fault in inner.faults] + [at + x for x in found],
        unread + sum(inner.more for inner in inside.values()),
    )


def row_lifts(row: type[Checked]) -> tuple[str, ...]:
    """The lift type of a reading; none of any other class."""
    return (row.LIFT_TYPE.value,) if issubclass(row, SharedReading) else ()


def _refused(row: type[Checked], name: str, raw: object, known: Mapping[str, Name]) -> str:
    lifts = owners().get(name.lower(), ()) if issubclass(row, SharedReading) else ()
    if not lifts:
        return unknown(name, known)
    return f"{name} = {shown(raw)}: expected only where {LIFT_TYPE} is {' or '.join(lifts)}"


def _remember(way: Said, field: Field, original: dict[str, str]) -> list[str]:
    scales: Mapping[str, object] = field.kind.scales if field.kind else {}
    if isinstance(way.raw, str) and way.raw in scales:
        original.setdefault(field.name, way.raw)
    elif way.raw is not None:
        wanted = f"expected a unit of {field.kind}: {', '.join(scales)}"
        return [f"{way.name} = {shown(way.raw)}: {wanted}"]
    return []


def _inside(field: Field, raw: Sequence[object], path: str, reader: Reader) -> Read:
    items: list[object] = []
    found: list[str] = []
    more = 0
    for i, item in enumerate(raw):
        at = f"{path}[{i}]"
        if len(found) >= RowError.KEPT:
            return Read({"items": ()}, found, more + len(raw) - i)
        if not isinstance(item, Mapping):
            found.append(f"{at} = {shown(item)}: expected a record of {field.expected()}")
            continue
        record = cast("Mapping[str, object]", item)
        code = record.get(LIFT_TYPE.upper(), record.get(LIFT_TYPE))
        kind = kind_of(field, code)
        if kind is None:
            found.append(f"{at}.{LIFT_TYPE} = {shown(code)}: expected {LIFT.field.expected()}")
            continue
        inner = reader(kind, record, f"{at}.")
        found += inner.faults
        more += inner.more
        items += [] if inner.faults else [built(kind, inner.values)]
    return Read({"items": tuple(items)}, found, more)


def kind_of(field: Field, code: object) -> type[Checked] | None:
    """The class of what a field holds several of, by its lift type where that tells it."""
    (first, *_) = field.types
    if issubclass(first, Checked) and not issubclass(first, SharedReading):
        return first
    return reading_class(code)
