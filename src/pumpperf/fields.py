"""What a field may hold, said once in its type, and the check that reports all faults of a row.

`Kilopascals = Annotated[float, units.PRESSURE]` names the unit; a bound beside it says what is
possible. Construction, the doors and the test strategies all read this one description.
"""

import datetime as dt
import math
import types
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

import attrs
from attrs import frozen

from pumpperf import units

F = TypeVar("F", bound=Callable[..., object])


def remembered(function: F) -> F:
    """A function that works out only once what it makes of each class or field."""
    return cast("F", cache(function))


@frozen
class AtLeast:
    """The smallest possible value."""

    low: float


@frozen
class MoreThan:
    """The value that must be exceeded."""

    low: float


@frozen
class AtMost:
    """The largest possible value."""

    high: float


@frozen
class Text:
    """The most characters that a text may have; it is never empty."""

    longest: int


Bound = AtLeast | MoreThan | AtMost | Text


Identifier = Annotated[str, Text(40)]
ShortText = Annotated[str, Text(40)]
UserId = Annotated[str, Text(64)]
LongText = Annotated[str, Text(2000)]
Currency = Annotated[str, Text(3)]
UtcDate = dt.datetime
Share = Annotated[float, units.SHARE]
Factor = Annotated[float, MoreThan(0.0)]
Count = Annotated[int, AtLeast(0), AtMost(2**53 - 1)]

CubicMetresPerDay = Annotated[float, units.RATE, AtLeast(0.0)]
StandardCubicMetresPerDay = Annotated[float, units.GAS_RATE, AtLeast(0.0)]
TonnesPerDay = Annotated[float, units.MASS_RATE, AtLeast(0.0)]
CubicMetresPerCubicMetre = Annotated[float, units.GAS_OIL_RATIO, AtLeast(0.0)]
OilDensity = Annotated[float, units.OIL_DENSITY, AtLeast(500.0), AtMost(1200.0)]
MillipascalSeconds = Annotated[float, units.VISCOSITY, MoreThan(0.0)]
SignedCubicMetresPerCubicMetre = Annotated[float, units.GAS_OIL_RATIO]
SignedDegreesCelsius = Annotated[float, units.TEMPERATURE]
SignedDensity = Annotated[float, units.DENSITY]
SignedCubicMetresPerDay = Annotated[float, units.RATE]
Kilopascals = Annotated[float, units.PRESSURE]
AbsoluteKilopascals = Annotated[float, units.ABSOLUTE_PRESSURE]
Atmosphere = Annotated[float, units.PRESSURE, MoreThan(0.0)]
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
Kilograms = Annotated[float, units.MASS]
KilogramsPerCubicMetre = Annotated[float, units.DENSITY, MoreThan(0.0)]
Hertz = Annotated[float, units.FREQUENCY, AtLeast(0.0)]
RevolutionsPerMinute = Annotated[float, units.ROTARY_SPEED, AtLeast(0.0)]
StrokesPerMinute = Annotated[float, units.STROKE_SPEED, AtLeast(0.0)]
Amperes = Annotated[float, units.CURRENT, AtLeast(0.0)]
Volts = Annotated[float, units.VOLTAGE, AtLeast(0.0)]
KilowattHoursPerCubicMetre = Annotated[float, units.SPECIFIC_ENERGY]
KilogramsPerKilowattHour = Annotated[float, units.EMISSION_FACTOR, AtLeast(0.0)]
KilowattHoursPerTonne100m = Annotated[float, units.LIFT_ENERGY]
PricePerCubicMetre = Annotated[float, units.VOLUME_PRICE]
PricePerKilowattHour = Annotated[float, units.ENERGY_PRICE]
Money = Annotated[float, units.MONEY]


@frozen
class Field:
    """One field of a row: its name, that name without its unit, and what it may hold."""

    name: str
    base: str
    required: bool
    types: tuple[type, ...]
    kind: units.Kind | None
    bounds: tuple[Bound, ...]
    sequence: bool
    default: object

    @property
    def column(self) -> str:
        """The PPDM column: the name without its unit, in upper case."""
        return self.base.upper()

    @property
    def unit(self) -> str:
        """The suffix of its canonical unit; empty without one."""
        return self.kind.suffix if self.kind else ""

    @property
    def nested(self) -> bool:
        """Whether it holds rows of their own, such as the readings of a test."""
        return hasattr(self.types[0], "__attrs_attrs__")  # as `attrs.has`, which is slower

    def expected(self, unit: str | None = None) -> str:
        """What may stand here, in words.

        Args:
            unit: in which the caller speaks; the canonical one unless it is said.
        """
        (first, *_) = self.types
        unit = self.unit if unit is None else unit
        if issubclass(first, StrEnum):
            words = "one of " + ", ".join(first)
        elif self.nested:
            words = " or ".join(item.__name__ for item in self.types)
        else:
            words = _WORDS[first] + (f" [{unit}]" if unit else "")
        scale = self.kind.accepted[unit] if self.kind else None
        return words + " and".join(sorted(_limit(bound, scale) for bound in self.bounds))


def _limit(bound: "Bound", scale: units.Scale | None) -> str:
    if isinstance(bound, Text):
        return f" of 1 to {bound.longest} characters"
    highest, limit = limited(bound, scale)
    if isinstance(bound, MoreThan):
        return f" above {limit:g}"
    number = str(limit) if isinstance(limit, int) else f"{limit:.12g}"
    return f" of at {'most' if highest else 'least'} {number}"


def limited(bound: "AtLeast | MoreThan | AtMost", scale: units.Scale | None) -> tuple[bool, float]:
    """Whether a bound is a highest value in a unit, and which; in a reciprocal one it turns round.

    >>> limited(AtLeast(500.0), units.OIL_DENSITY.scales["api"])
    (True, 151.2)
    """
    is_high = isinstance(bound, AtMost)
    value = bound.high if isinstance(bound, AtMost) else bound.low
    if scale is None:
        return is_high, value
    if not scale.reciprocal:
        return is_high, round(scale.back(value), 9)
    outward = math.floor if is_high else math.ceil  # a number at its bound is within it
    return not is_high, outward(scale.back(value) * 1e9) / 1e9


_WORDS = {
    float: "a finite number",
    int: "a whole number",
    str: "a text",
    bool: "true or false",
    dt.datetime: "a date with its UTC offset",
}


@remembered
def describe(row: type) -> tuple[Field, ...]:
    """The described fields of a row class, in order; what only stands beside them is left out."""
    return tuple(described(one) for one in attrs.fields(row) if "beside" not in one.metadata)


def described(attribute: "attrs.Attribute[Any]") -> Field:
    """What one attribute of a row class may hold."""
    name, members = attribute.name, _members(attribute.type)
    held = tuple(member for member in members if member is not type(None))
    annotation: Any = Union[held]  # noqa: UP007  # its members are known only at run time
    sequence = get_origin(annotation) is tuple
    if sequence:
        annotation, *_ = get_args(annotation)
    marked = get_origin(annotation) is Annotated
    bare, *marks = get_args(annotation) if marked else (annotation,)
    kind = next((mark for mark in marks if isinstance(mark, units.Kind)), None)
    return Field(
        name=name,
        base=name.removesuffix(f"_{kind.suffix}") if kind and kind.suffix else name,
        required=held == members,
        types=_members(bare),
        kind=kind,
        bounds=tuple(mark for mark in marks if isinstance(mark, Bound)),
        sequence=sequence,
        default=None if attribute.default is attrs.NOTHING else attribute.default,
    )


def _members(annotation: Any) -> tuple[Any, ...]:  # an annotation may be any object
    """What a union is of; of anything else, that alone."""
    is_union = get_origin(annotation) in (Union, types.UnionType)
    return get_args(annotation) if is_union else (annotation,)
