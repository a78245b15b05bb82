"""What a field may hold, said once in its type, and the check that reports all faults of a row.

`Kilopascals = Annotated[float, units.PRESSURE]` names the unit; a bound beside it says what is
possible. Construction, the doors and the test strategies all read this one description.
"""

import datetime as dt
import math
import types
from collections.abc import Collection, Iterable, Mapping, Sized
from enum import StrEnum
from numbers import Integral, Real
from typing import Annotated, Any, ClassVar, Union, cast, get_args, get_origin

import attrs
from attrs import frozen

from pumpperf import units
from pumpperf.errors import RowError


@frozen
class AtLeast:
    """The smallest possible value."""

    low: float


@frozen
class MoreThan:
    """The value that must be exceeded."""

    low: float


@frozen
class Text:
    """The most characters that a text may have; it is never empty."""

    longest: int


Identifier = Annotated[str, Text(40)]
ShortText = Annotated[str, Text(40)]
UserId = Annotated[str, Text(64)]
LongText = Annotated[str, Text(2000)]
Currency = Annotated[str, Text(3)]
UtcDate = dt.datetime
Share = float
Count = Annotated[int, AtLeast(0)]

CubicMetresPerDay = Annotated[float, units.RATE, AtLeast(0.0)]
SignedCubicMetresPerDay = Annotated[float, units.RATE]
Kilopascals = Annotated[float, units.PRESSURE]
Metres = Annotated[float, units.LENGTH, AtLeast(0.0)]
StrokeMetres = Annotated[float, units.STROKE, AtLeast(0.0)]
Positions = Annotated[float, units.STROKE]
Millimetres = Annotated[float, units.BORE, MoreThan(0.0)]
CubicMetres = Annotated[float, units.VOLUME, AtLeast(0.0)]
Litres = Annotated[float, units.DISPLACEMENT, MoreThan(0.0)]
Kilowatts = Annotated[float, units.POWER]
KilowattHours = Annotated[float, units.ENERGY]
Hours = Annotated[float, units.DURATION, AtLeast(0.0)]
Kilonewtons = Annotated[float, units.FORCE]
KilonewtonMetres = Annotated[float, units.TORQUE]
DegreesCelsius = Annotated[float, units.TEMPERATURE, AtLeast(-273.15)]
KilogramsPerCubicMetre = Annotated[float, units.DENSITY, MoreThan(0.0)]
Hertz = Annotated[float, units.FREQUENCY, AtLeast(0.0)]
RevolutionsPerMinute = Annotated[float, units.ROTARY_SPEED, AtLeast(0.0)]
StrokesPerMinute = Annotated[float, units.STROKE_SPEED, AtLeast(0.0)]
Amperes = Annotated[float, units.CURRENT, AtLeast(0.0)]
Volts = Annotated[float, units.VOLTAGE, AtLeast(0.0)]
KilowattHoursPerCubicMetre = Annotated[float, units.SPECIFIC_ENERGY]
KilowattHoursPerTonne100m = Annotated[float, units.LIFT_ENERGY]
PricePerCubicMetre = Annotated[float, units.VOLUME_PRICE, AtLeast(0.0)]
PricePerKilowattHour = Annotated[float, units.ENERGY_PRICE, AtLeast(0.0)]
Money = Annotated[float, units.MONEY]


@frozen
class Field:
    """One field of a row: its name, that name without its unit, and what it may hold."""

    name: str
    base: str
    required: bool
    types: tuple[type, ...]
    kind: units.Kind | None
    bounds: tuple[AtLeast | MoreThan | Text, ...]
    sequence: bool
    default: object

    @property
    def column(self) -> str:
        """The PPDM column: the name without its unit, in upper case."""
        return self.base.upper()

    @property
    def nested(self) -> bool:
        """Whether it holds rows of their own, such as the readings of a test."""
        return all(attrs.has(item) for item in self.types)

    def expected(self) -> str:
        """What may stand here, in words."""
        (first, *_) = self.types
        if issubclass(first, StrEnum):
            words = "one of " + ", ".join(first)
        elif self.nested:
            words = " or ".join(item.__name__ for item in self.types)
        else:
            words = _WORDS[first]
        if self.kind is not None and self.kind.suffix:
            words += f" [{self.kind.suffix}]"
        for bound in self.bounds:
            words += _limit(bound)
        return words


_WORDS = {
    float: "a finite number",
    int: "a whole number",
    str: "a text",
    bool: "true or false",
    dt.datetime: "a date with its UTC offset",
}


def _limit(bound: AtLeast | MoreThan | Text) -> str:
    match bound:
        case AtLeast(low):
            return f" of at least {low:g}"
        case MoreThan(low):
            return f" above {low:g}"
        case Text(longest):
            return f" of 1 to {longest} characters"


_DESCRIBED: dict[type, tuple[Field, ...]] = {}


def describe(row: type) -> tuple[Field, ...]:
    """The described fields of a row class, in order; what only stands beside them is left out."""
    if row not in _DESCRIBED:
        _DESCRIBED[row] = tuple(
            _described(attribute)
            for attribute in attrs.fields(row)
            if "beside" not in attribute.metadata
        )
    return _DESCRIBED[row]


def _described(attribute: "attrs.Attribute[Any]") -> Field:
    name = attribute.name
    required, annotation = _without_none(attribute.type)
    sequence = get_origin(annotation) is tuple
    if sequence:
        annotation = get_args(annotation)[0]
    marks: tuple[object, ...] = ()
    if get_origin(annotation) is Annotated:
        annotation, *marks_found = get_args(annotation)
        marks = tuple(marks_found)
    members = get_args(annotation) if _is_union(annotation) else (annotation,)
    kind = next((mark for mark in marks if isinstance(mark, units.Kind)), None)
    return Field(
        name=name,
        base=name.removesuffix(f"_{kind.suffix}") if kind and kind.suffix else name,
        required=required,
        types=members,
        kind=kind,
        bounds=tuple(mark for mark in marks if isinstance(mark, (AtLeast, MoreThan, Text))),
        sequence=sequence,
        default=None if attribute.default is attrs.NOTHING else attribute.default,
    )


def _is_union(annotation: object) -> bool:
    return get_origin(annotation) in (Union, types.UnionType)


def _without_none(annotation: Any) -> tuple[bool, Any]:  # an annotation may be any object
    members = get_args(annotation) if _is_union(annotation) else ()
    if type(None) not in members:
        return True, annotation
    rest = tuple(member for member in members if member is not type(None))
    return False, Union[rest]  # noqa: UP007  # its members are known only at run time


def converted(_row: type, attributes: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Give every described attribute the converter of its type: attrs calls this per class."""
    return [
        attribute
        if "beside" in attribute.metadata
        else attribute.evolve(converter=_converter(_described(attribute)))
        for attribute in attributes
    ]


def _converter(field: Field) -> Any:  # attrs takes any callable here
    def one(value: object) -> object:
        return normal(field, value)

    def many(values: object) -> object:
        unchanged = values
        if isinstance(values, Iterable) and not isinstance(values, (str, Mapping)):
            return tuple(normal(field, value) for value in cast("Iterable[object]", values))
        return unchanged

    return many if field.sequence else one


def normal(field: Field, value: object) -> object:
    """The value in its one form: float, UTC, code. What cannot be brought to it stays as it is."""
    (first, *_) = field.types
    if isinstance(value, bool):
        return value
    if first is float and isinstance(value, Real):
        return float(value)
    if first is int and isinstance(value, Integral):
        return int(value)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        utc = value.astimezone(dt.UTC)
        return dt.datetime.combine(utc.date(), utc.time(), dt.UTC)
    if issubclass(first, StrEnum) and isinstance(value, str) and value in set(first):
        return first(value)
    return value


def faults(field: Field, value: object) -> list[str]:
    """All that is wrong with one field's value, in words that name field, value and expectation."""
    if value is None:
        return [f"{field.name} is missing: expected {field.expected()}"] if field.required else []
    if not field.sequence:
        return _value_faults(field, field.name, value)
    if not isinstance(value, tuple):
        return [f"{field.name} = {value!r}: expected a sequence of {field.expected()}"]
    items = enumerate(cast("tuple[object, ...]", value))
    return [
        fault for i, item in items for fault in _value_faults(field, f"{field.name}[{i}]", item)
    ]


def _value_faults(field: Field, name: str, value: object) -> list[str]:
    if type(value) not in field.types or not all(_holds(bound, value) for bound in field.bounds):
        return [f"{name} = {value!r}: expected {field.expected()}"]
    if isinstance(value, float) and not math.isfinite(value):
        return [f"{name} = {value!r}: expected {field.expected()}"]
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return [f"{name} = {value.isoformat()}: expected {field.expected()}, got a naive date"]
    return []


def _holds(bound: AtLeast | MoreThan | Text, value: object) -> bool:
    match bound:
        case AtLeast(low):
            return isinstance(value, (float, int)) and value >= low
        case MoreThan(low):
            return isinstance(value, (float, int)) and value > low
        case Text(longest):
            return isinstance(value, str) and 0 < len(value) <= longest


def sorted_pairs(
    values: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    """Names with texts, sorted by name, so that equal ones compare equal."""
    return tuple(sorted(dict(values).items()))


@frozen(kw_only=True)
class Checked:
    """A frozen set of fields that cannot be held unless all of them are possible."""

    ORDERED: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of fields of which the first may not exceed the second."""
    TOGETHER: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of fields of which the first needs the second."""
    EQUALLY_LONG: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of sequences that belong together point by point."""

    original_units: tuple[tuple[str, str], ...] = attrs.field(
        default=(), converter=sorted_pairs, eq=False, metadata={"beside": True}
    )
    """The unit in which a quantity came through a door, by field name; no part of equality."""

    def __attrs_post_init__(self) -> None:
        """Raise one `RowError` that lists every fault."""
        row = type(self)
        values = {attribute.name: getattr(self, attribute.name) for attribute in attrs.fields(row)}
        found = row_faults(row, values)
        if found:
            raise RowError(row.__name__, found)

    @classmethod
    def contradictions(cls, values: Mapping[str, object]) -> list[str]:
        """What is wrong between fields beyond order, company and length."""
        del values
        return []


def row_faults(
    row: type[Checked], values: Mapping[str, object], *, known: Collection[str] = ()
) -> list[str]:
    """All that is wrong with the values of one row, field by field and then between fields.

    Args:
        row: the class.
        values: by field name, in their one form.
        known: fields whose faults the caller has found already.
    """
    found = [
        fault
        for field in describe(row)
        if field.name not in known
        for fault in faults(field, values.get(field.name, field.default))
    ]
    for first, second in row.ORDERED:
        low, high = values.get(first), values.get(second)
        if _exceeds(low, high):
            found.append(f"{first} = {low} exceeds {second} = {high}: expected the reverse")
    for first, second in row.TOGETHER:
        if values.get(first) is not None and values.get(second) is None:
            found.append(f"{first} is given without {second}: expected both")
    for first, second in row.EQUALLY_LONG:
        one, other = values.get(first), values.get(second)
        if _length(one) != _length(other):
            found.append(
                f"{first} has {_length(one)} points and {second} {_length(other)}: "
                "expected as many of each"
            )
    return [*found, *row.contradictions(values)]


def _exceeds(low: object, high: object) -> bool:
    if isinstance(low, dt.datetime) and isinstance(high, dt.datetime):
        return low.tzinfo is not None and high.tzinfo is not None and low > high
    return isinstance(low, float) and isinstance(high, float) and low > high


def _length(values: object) -> int:
    return len(values) if isinstance(values, Sized) else 0
