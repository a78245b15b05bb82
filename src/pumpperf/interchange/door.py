"""What comes through a door: the suffix names the unit, and only declared names come in."""

import datetime as dt
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, cast

from attrs import frozen

from pumpperf.errors import UnitError
from pumpperf.fields import Field, describe
from pumpperf.lift import LiftType, SharedReading, reading_class
from pumpperf.possible import Checked, normal, row_faults
from pumpperf.units import GAUGE_PRESSURE, PRESSURE, Kind, to_canonical

Units = str | Mapping[str, str]
"""`metric`, `field`, or wanted suffixes by canonical suffix, such as `{"kpa": "bar"}`."""

UNCERTAINTY = "_unc"
OUOM = "_ouom"
LIFT_TYPE = "lift_type"


@frozen
class Name:
    """What a name at a door means."""

    field: Field
    unit: str
    uncertainty: bool = False


def names(row: type[Checked]) -> dict[str, Name]:
    """Every name that a row accepts: each quantity in each unit of its kind.

    >>> from pumpperf import PcpReading
    >>> names(PcpReading)["intake_pressure_psi"].field.name
    'intake_pressure_kpa'
    """
    found: dict[str, Name] = {}
    for field in describe(row):
        for unit in field.kind.scales if field.kind else ("",):
            suffix = f"_{unit}" if unit else ""
            found[f"{field.base}{suffix}"] = Name(field, unit)
            if issubclass(row, SharedReading) and field.types == (float,) and not field.sequence:
                found[f"{field.base}{UNCERTAINTY}{suffix}"] = Name(field, unit, uncertainty=True)
    return found


def unknown(name: str, known: Mapping[str, Name]) -> str:
    """Why a name is not accepted, and which one was probably meant."""
    for meaning in known.values():
        field = meaning.field
        if field.kind and field.kind.suffix and name.startswith(f"{field.base}_"):
            wanted = ", ".join(field.kind.scales)
            hint = ""
            if field.kind is PRESSURE and name.removeprefix(f"{field.base}_") in (
                GAUGE_PRESSURE.scales
            ):
                hint = "; add the atmospheric pressure to a gauge pressure first"
            return f"{name} has no unit of {field.kind}: expected one of {wanted}{hint}"
        if name == field.base and name not in known:
            return f"{name} has no unit: expected {field.name}"
    nearest = get_close_matches(name, known, n=1, cutoff=0.0)
    return f"{name} is unknown: the nearest name is {nearest[0]}"


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
    """What came through a door: the values by field name, and all that is wrong with them."""

    values: dict[str, Any]  # the fields of any row
    faults: list[str]


Reader = Callable[[type[Checked], Mapping[str, object], str], Read]
"""How a door reads one record of a class at a path; it never raises."""
Parser = Callable[[Field, object], object]
"""What a door makes of one raw value of a field; what it cannot read stays as it is."""


def read_whole(
    row: type[Checked],
    record: Mapping[str, object],
    known: Mapping[str, Name],
    *,
    path: str,
    reader: Reader,
    parser: Parser,
) -> Read:
    """One record with the records inside it; a reading may say its lift type.

    Args:
        row: the class wanted.
        record: values by lower-case name.
        known: what the names mean.
        path: where the record stands, to begin every fault with.
        reader: of the records inside.
        parser: of single values.
    """
    cells = dict(record)
    code = cells.pop(LIFT_TYPE, None) if issubclass(row, SharedReading) else None
    if issubclass(row, SharedReading) and code not in (None, row.LIFT_TYPE.value):
        return Read({}, [f"{path}.{LIFT_TYPE} = {code!r}: expected {row.LIFT_TYPE.value}"])
    nested = {
        field.name: _inside(field, cells.pop(field.base), f"{path}.{field.base}", reader)
        for field in describe(row)
        if field.nested and isinstance(cells.get(field.base), list | tuple)
    }
    return read(row, cells, known, path=path, nested=nested, parser=parser)


def _inside(field: Field, raw: object, path: str, reader: Reader) -> Read:
    items: list[object] = []
    faults: list[str] = []
    for i, item in enumerate(cast("list[object]", raw)):
        at = f"{path}[{i}]"
        if not isinstance(item, Mapping):
            faults.append(f"{at} = {item!r}: expected a record of {field.expected()}")
            continue
        record = cast("Mapping[str, object]", item)
        code = record.get(LIFT_TYPE.upper(), record.get(LIFT_TYPE))
        kind = _class_of(field, code)
        if kind is None:
            wanted = ", ".join(LiftType)
            faults.append(f"{at}.{LIFT_TYPE} = {code!r}: expected one of {wanted}")
            continue
        found = reader(kind, record, at)
        faults += found.faults
        items += [] if found.faults else [kind(**found.values)]
    return Read({"items": tuple(items)}, faults)


def _class_of(field: Field, code: object) -> type[Checked] | None:
    (first, *_) = field.types
    if issubclass(first, Checked) and not issubclass(first, SharedReading):
        return first
    return reading_class(code)


def parsed(field: Field, raw: object) -> object:
    """A raw value in its one form: `Y` and `N` as truths, texts in ISO 8601 as dates."""
    if isinstance(raw, list | tuple):
        return tuple(parsed(field, item) for item in cast("list[object]", raw))
    (first, *_) = field.types
    if first is bool and raw in ("Y", "N"):
        return raw == "Y"
    if first is dt.datetime and isinstance(raw, str):
        try:
            raw = dt.datetime.fromisoformat(raw)
        except ValueError:
            return raw
    return normal(field, raw)


def read(
    row: type[Checked],
    record: Mapping[str, object],
    known: Mapping[str, Name],
    *,
    path: str,
    nested: Mapping[str, Read],
    parser: Parser = parsed,
) -> Read:
    """The values of one record by field name, in the canonical units, and every fault of it.

    Args:
        row: the class wanted.
        record: values by lower-case name.
        known: what the names mean.
        path: where the record stands, to begin every fault with.
        nested: rows inside this one, read before, by field name, under the key `items`.
        parser: of single values.
    """
    values: dict[str, Any] = {name: inner.values["items"] for name, inner in nested.items()}
    original: dict[str, str] = {}
    uncertainty: dict[str, Any] = {}
    faults = [fault for inner in nested.values() for fault in inner.faults]
    broken = [name for name, inner in nested.items() if inner.faults]
    for name, raw in record.items():
        if name not in known:
            faults.append(f"{path}.{unknown(name, known)}")
            continue
        meaning = known[name]
        field, kind = meaning.field, meaning.field.kind
        if meaning.unit == OUOM:
            faults += _remember(meaning, raw, original, path)
        elif meaning.uncertainty and raw is not None:
            if field.name in uncertainty or not isinstance(normal(field, raw), float):
                faults.append(f"{path}.{name} = {raw!r}: expected one finite number of at least 0")
            uncertainty[field.name] = _in_unit(meaning, normal(field, raw))
        elif meaning.uncertainty:
            continue
        elif field.name in values:
            faults.append(f"{path}.{name} gives {field.name} a second time: expected it once")
        else:
            values[field.name] = _in_unit(meaning, parser(field, raw))
            if kind is not None and meaning.unit != kind.suffix:
                original[field.name] = meaning.unit
    if uncertainty and all(isinstance(value, float) for value in uncertainty.values()):
        values["uncertainty"] = tuple(sorted(uncertainty.items()))
    whole = {name: value for name, value in values.items() if name not in broken}
    faults += [f"{path}.{fault}" for fault in row_faults(row, whole, known=broken)]
    return Read({**values, "original_units": original}, faults)


def _remember(meaning: Name, raw: object, original: dict[str, str], path: str) -> list[str]:
    field = meaning.field
    scales: Mapping[str, object] = field.kind.scales if field.kind else {}
    if isinstance(raw, str) and raw in scales:
        original.setdefault(field.name, raw)
    elif raw is not None:
        wanted = ", ".join(scales)
        return [f"{path}.{field.base}{OUOM} = {raw!r}: expected a unit of {field.kind}: {wanted}"]
    return []


def _in_unit(meaning: Name, value: Any) -> Any:  # at a door a value may be anything
    kind = meaning.field.kind
    if kind is None or meaning.unit == kind.suffix:
        return value
    if isinstance(value, tuple):
        return tuple(_in_unit(meaning, item) for item in cast("tuple[object, ...]", value))
    if not isinstance(value, float):
        return value
    if meaning.uncertainty:  # a difference: scaled, not shifted
        return value * kind.scales[meaning.unit].factor
    return to_canonical(value, meaning.unit, kind)
