"""What comes through a door: the suffix names the unit, and only declared names come in.

The rule of a field stands in its type. Here it judges a value as a caller gave it, under his name
and in his unit; `frames.columns` holds the same rule to a whole column, and its words come from
here.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, cast

import numpy as np
from attrs import evolve, frozen

from pumpperf.checked import Checked, amended
from pumpperf.errors import LONGEST_SHOWN, ArgumentError, UnitError, is_a, shown
from pumpperf.fields import AtLeast, Field, describe, remembered
from pumpperf.interchange.synonyms import meant
from pumpperf.labels import worded
from pumpperf.lift import KINDS, READINGS, LiftType, SharedReading
from pumpperf.model import Finding
from pumpperf.possible import Said, faults, normal
from pumpperf.units import GAUGE_PRESSURE, PRESSURE, Kind, Scale, from_canonical, to_canonical

Units = str | Mapping[str, str]
"""`metric`, `field`, or wanted suffixes by canonical suffix, such as `{"kpa": "bar"}`."""

UNCERTAINTY = "_unc"
OUOM = "_ouom"
LIFT_TYPE = "lift_type"
LONGEST_HINTED = 64
"""Characters of the longest unknown name that is told the nearest one."""


def a_class(row: type[object]) -> None:
    """Refuse what is no class of rows, readings or the like."""
    if not is_a(row, type) or not issubclass(row, Checked):
        raise ArgumentError(f"row = {shown(row)}: expected a class of rows")


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

    @property
    def is_gauge(self) -> bool:
        """Whether they count from the atmosphere."""
        return self.field.kind is not None and self.unit in self.field.kind.gauge


ATMOSPHERE = next(one for one in describe(SharedReading) if one.name == "atmosphere_kpa")
"""What is added to the reading of a gauge."""

LIFT = Name(Field(LIFT_TYPE, LIFT_TYPE, False, (LiftType,), None, (), False, None), "")  # noqa: FBT003
"""What says of which lift system a reading is."""


@remembered
def names(row: type[Checked]) -> Mapping[str, Name]:
    """Every name that a row accepts: each quantity in each unit of its kind.

    >>> from pumpperf import PcpReading
    >>> names(PcpReading)["intake_pressure_psi"].field.name
    'intake_pressure_kpa'
    """
    found: dict[str, Name] = {}
    is_reading = issubclass(row, SharedReading)
    for field in describe(row):
        for unit in field.kind.accepted if field.kind else ("",):
            suffix = f"_{unit}" if unit else ""
            found[f"{field.base}{suffix}"] = Name(field, unit)
            one = field.types == (float,) and not field.sequence
            if is_reading and one and unit in uncertain_in(field):
                found[f"{field.base}{UNCERTAINTY}{suffix}"] = Name(field, unit, uncertainty=True)
    return found | ({LIFT_TYPE: LIFT} if is_reading else {})


def unknown(name: str, known: Mapping[str, Name]) -> str:
    """Why a name is not accepted, and which one was meant, if that can be told."""
    if len(name) > LONGEST_HINTED:
        return f"{name if len(name) <= LONGEST_SHOWN else name[:LONGEST_SHOWN] + '...'} is unknown"
    return name + _why(name, known)


def _why(name: str, known: Mapping[str, Name]) -> str:
    lower = name.lower()
    if lower in known:
        return f" is unknown: expected {lower}"
    fields = {meaning.field.base: meaning.field for meaning in known.values()}
    if lower in fields:
        return f" has no unit: expected {fields[lower].name}"
    if nearest := meant(name, fields.values()):
        return f" is unknown: the nearest name is {nearest}"
    return _why_unit(name, fields.get(lower.rpartition("_")[0]))


def _why_unit(name: str, field: Field | None) -> str:
    """Why a name that is none of ours, or none with such an ending, is not accepted."""
    is_gauge = name.lower().endswith(tuple(GAUGE_PRESSURE.scales))
    difference = "; a difference of pressures is the same on a gauge" * is_gauge
    if field is not None and not field.unit:
        ways = [f" or {field.base}_{unit}" for unit in (field.kind.scales if field.kind else ())]
        return f" is unknown: expected {field.base}{''.join(ways[1:]) or ', which has no unit'}"
    if field is not None and field.kind is not None:
        words = f" has no unit of {field.kind}: expected one of {', '.join(field.kind.accepted)}"
        return words + difference * (field.kind is PRESSURE)
    return " is unknown"


@remembered
def owners() -> Mapping[str, tuple[str, ...]]:
    """The lift types whose readings know a name, for those that not all know."""
    of = {str(lift): names(reading) for lift, reading in READINGS.items()}
    every = {
        name: tuple(lift for lift in of if name in of[lift]) for one in of.values() for name in one
    }
    return {name: lifts for name, lifts in every.items() if len(lifts) < len(of)}


def stated_atmosphere(atmosphere_kpa: float | None) -> float | None:
    """The atmosphere that a caller states, as a number.

    Raises:
        ArgumentError: it is none above 0.
    """
    if atmosphere_kpa is None:
        return None
    said = normal(ATMOSPHERE, atmosphere_kpa)
    if found := faults(ATMOSPHERE, said, Said(ATMOSPHERE.name, "kpa", atmosphere_kpa)):
        raise ArgumentError(found[0])
    return cast("float", said)


def needs_air(name: str) -> str:
    """That what a gauge shows is no pressure yet."""
    return f"{name} is above the atmosphere: expected atmosphere_kpa beside it, or as argument"


def wanted_unit(kind: Kind, units: Units) -> str:
    """The suffix in which a kind leaves.

    Raises:
        UnitError: `units` is neither known nor a mapping with units of the kind.

    >>> wanted_unit(PRESSURE, "field"), wanted_unit(PRESSURE, {"kpa": "bar"})
    ('psi', 'bar')
    """
    if isinstance(units, str) and units == "metric":
        return kind.suffix
    if isinstance(units, str) and units == "field":
        return kind.field_suffix
    if isinstance(units, str) or not is_a(units, Mapping):
        words = "expected 'metric', 'field' or a mapping of suffixes"
        raise UnitError(f"units = {shown(units)}: {words}")
    unit = units.get(kind.suffix, kind.suffix)
    if not is_a(unit, str) or unit not in kind.scales:
        words = f"is no unit of {kind}: expected one of {', '.join(kind.scales)}"
        raise UnitError(f"{shown(unit)} {words}")
    return unit


def way_out(field: Field, units: Units) -> tuple[str, str]:
    """The suffix in which a field leaves, and its name with that suffix.

    Raises:
        UnitError: see `wanted_unit`.
    """
    unit = wanted_unit(field.kind, units) if field.kind else ""
    return unit, f"{field.base}_{unit}" if unit else field.base


def uncertain_in(field: Field) -> list[str]:
    """The units in which an uncertainty of a field can stand: those with even steps.

    >>> from pumpperf import PcpReading
    >>> uncertain_in(names(PcpReading)["oil_density_api"].field)
    ['kgm3', 'lbft3', 'ppg', 'gcm3']
    """
    scales = field.kind.scales if field.kind else {"": Scale(1.0)}
    return [unit for unit, scale in scales.items() if not scale.reciprocal]


def uncertainty_out(field: Field, unit: str) -> tuple[str, float]:
    """Under which name an uncertainty leaves beside a field in a unit, and what it is divided by.

    Beside API gravity, whose steps are not even, it leaves in the canonical unit.
    """
    unit = unit if unit in uncertain_in(field) else field.unit
    name = f"{field.base}{UNCERTAINTY}{f'_{unit}' if unit else ''}"
    return name, field.kind.scales[unit].factor if field.kind else 1.0


def in_units(found: Finding, units: Units) -> Finding:
    """A finding whose words are in the units wanted; its quantities stay as they are.

    Raises:
        UnitError: see `wanted_unit`.

    >>> from pumpperf.model import finding
    >>> low = finding("LOW", "a pump of 1 kW", (), "the meter")
    >>> low = amended(low, quantity_names=("input_power_kw",), quantity_values=(1.0,))
    >>> in_units(low, "field").words
    'a pump of 1.341 hp'
    """
    words, done = found.words, 0
    for name, value in zip(found.quantity_names, found.quantity_values, strict=False):
        kind = KINDS.get(name)
        unit = wanted_unit(kind, units) if kind else ""
        if kind is None or unit == kind.suffix:
            continue
        before, there, behind = words[done:].partition(worded(value, kind.suffix))
        if there:
            begin = words[:done] + before + worded(from_canonical(value, unit, kind), unit)
            words, done = begin + behind, len(begin)
    return found if words == found.words else amended(found, words=words)


Parser = Callable[[Field, object], object]
"""What a door makes of one raw value of a field; what it cannot read stays as it is."""


def parsed(field: Field, raw: object) -> object:
    """A raw value in its one form: `Y` and `N` as truths, texts in ISO 8601 as dates."""
    return each(field, raw, _parsed)


def each(field: Field, raw: object, parser: Parser) -> object:
    """What a parser makes of a value, or of each value of a sequence."""
    if field.sequence and isinstance(raw, list | tuple):
        return tuple(parser(field, item) for item in cast("list[object]", raw))
    return parser(field, raw)


def _parsed(field: Field, raw: object) -> object:
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
    """A value in its one form that came in any unit; an uncertainty is scaled and not shifted.

    To one from a gauge the atmosphere is yet to be added.
    """
    kind = meaning.field.kind
    if kind is None or meaning.unit == kind.suffix:
        return value
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return tuple(in_canonical_unit(meaning, item) for item in items)
    if not isinstance(value, float | np.ndarray):
        return value
    number = cast("float", value)  # or a column of them
    if meaning.uncertainty:
        return number * kind.scales[meaning.unit].factor
    if meaning.is_gauge:
        return to_canonical(number, meaning.unit, GAUGE_PRESSURE)
    return to_canonical(number, meaning.unit, kind)


@remembered
def uncertainty_of(field: Field) -> Field:
    """The field that the standard uncertainty of a quantity is."""
    return evolve(field, required=True, bounds=(AtLeast(0.0),))
