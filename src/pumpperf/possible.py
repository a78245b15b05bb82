"""What is possible: values in their one form, and all faults of a row at once."""

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sized
from copy import copy
from decimal import Decimal
from enum import StrEnum
from inspect import cleandoc
from numbers import Real
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast, get_args

import attrs
from attrs import frozen

from pumpperf.errors import RowError
from pumpperf.fields import AtLeast, AtMost, Bound, Field, Text, describe, described

C = TypeVar("C", bound="Checked")
G = TypeVar("G")


class Takes(Generic[G]):
    """What a constructor takes for a field, where that is more than the field's own type.

    `test_type: TestType = field(converter=Takes[str])` speaks to type checkers and to `help`; at
    run time `converted` puts the converter of the field's type in its place.
    """

    if TYPE_CHECKING:

        def __new__(cls, given: G) -> Any:  # the field's own type says what it becomes
            """Nothing at run time."""


def converted(row: type, attributes: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Give every described attribute the converter of its type: attrs calls this per class.

    A class lists its attributes last in its docstring; those of its base are added to them, so
    that `help` shows all.
    """
    own, of_base = (cleandoc(kind.__doc__ or "") for kind in (row, row.__bases__[0]))
    _, heading, inherited = of_base.partition("Attributes:\n")
    row.__doc__ = "\n".join([own, *([] if heading in own else ["", heading.rstrip()]), inherited])
    return [
        attribute.evolve(converter=_converter(attribute))
        if attribute.name in row.__annotations__ and "beside" not in attribute.metadata
        else attribute
        for attribute in attributes
    ]


def _converter(attribute: Any) -> Any:  # to attrs, a converter may be any callable
    field = described(attribute)

    def one(value: object) -> object:
        return normal(field, value)

    def many(value: object) -> object:
        unchanged = value
        if isinstance(value, Iterable) and not isinstance(value, (str, Mapping)):
            return tuple(normal(field, item) for item in cast("Iterable[object]", value))
        return unchanged

    chosen = many if field.sequence else one
    taken = get_args(attribute.converter)
    shown, *others = taken if field.sequence and taken else (*field.types, *taken)
    for other in others if field.required else (*others, None):
        shown |= other
    chosen.__annotations__["value"] = shown
    return chosen


def normal(field: Field, value: object) -> object:
    """The value in its one form: float, UTC, code. What cannot be brought to it stays as it is."""
    (first, *_) = field.types
    if isinstance(value, bool):
        return value
    if isinstance(value, Real | Decimal) and first in (float, int):
        return _number(first, value)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        try:
            utc = value.astimezone(dt.UTC)
        except OverflowError:  # a date at the end of the calendar
            return value
        return dt.datetime.combine(utc.date(), utc.time().replace(fold=0), dt.UTC)
    if issubclass(first, StrEnum) and isinstance(value, str) and value in set(first):
        return first(value)
    return value


def _number(kind: type, value: Real | Decimal) -> object:
    try:
        number = float(value) + 0.0  # one zero: a store may lose the sign of the other
    except (OverflowError, ValueError):  # a whole number beyond any float, a signaling NaN
        return value
    return int(number) if kind is int and number.is_integer() else number


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
    if isinstance(value, dt.datetime) and value.tzinfo is not dt.UTC:
        got = "a naive date" if value.tzinfo is None else "one that UTC cannot hold"
        return [f"{name} = {value.isoformat()}: expected {field.expected()}, got {got}"]
    if isinstance(value, str) and not is_writable(value):
        return [f"{name} = {value!r}: expected {field.expected()}, got a NUL or half a character"]
    return []


_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def is_writable(text: str) -> bool:
    """Whether every store can write a text: it holds no NUL and no half of a character."""
    return _UNWRITABLE.search(text) is None


def _holds(bound: Bound, value: Any) -> bool:  # of the field's type by now
    if isinstance(bound, Text):
        return 0 < len(value) <= bound.longest
    if isinstance(bound, AtMost):
        return bool(value <= bound.high)
    return bool(value >= bound.low if isinstance(bound, AtLeast) else value > bound.low)


def sorted_pairs(
    values: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    """Names with texts, sorted by name, so that equal ones compare equal."""
    return tuple(sorted(dict(values).items()))


@frozen(kw_only=True)
class Checked:
    """A frozen set of fields that cannot be held unless all of them are possible.

    Attributes:
        original_units: the unit in which a quantity came through a door, by field name; no part of
            equality.
    """

    ORDERED: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of fields of which the first may not exceed the second."""
    TOGETHER: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of fields of which the first needs the second."""
    EQUALLY_LONG: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of sequences that belong together point by point."""

    original_units: tuple[tuple[str, str], ...] = attrs.field(
        default=(), converter=sorted_pairs, eq=False, metadata={"beside": True}
    )

    def __init_subclass__(cls) -> None:
        cls.__repr__ = Checked.__repr__  # type: ignore[method-assign]  # else attrs writes one

    def __repr__(self) -> str:
        said = (
            (one.name, getattr(self, one.name), one.default) for one in attrs.fields(type(self))
        )
        words = (f"{name}={value!r}" for name, value, default in said if value != default)
        return f"{type(self).__name__}({', '.join(words)})"

    def __attrs_post_init__(self) -> None:
        """Raise one `RowError` that lists every fault."""
        row = type(self)
        values = {attribute.name: getattr(self, attribute.name) for attribute in attrs.fields(row)}
        found = [*row_faults(row, values), *_unit_faults(row, self.original_units)]
        if found:
            raise RowError(row.__name__, found)

    @classmethod
    def contradictions(cls, values: Mapping[str, object]) -> list[str]:
        """What is wrong between fields beyond order, company and length."""
        del values
        return []


def _unit_faults(row: type[Checked], original: tuple[tuple[str, str], ...]) -> list[str]:
    if not original:
        return []
    kinds = {field.name: field.kind for field in describe(row) if field.kind is not None}
    return [
        f"original_units has {name} in {unit!r}: expected a quantity of {row.__name__} in its units"
        for name, unit in original
        if name not in kinds or unit not in kinds[name].scales
    ]


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


def amended(row: C, **values: object) -> C:
    """The row with other values in some fields, of which alone it is asked whether they can be.

    Args:
        row: a row.
        values: by name of a field that has nothing to do with another one.

    Raises:
        RowError: a value is impossible.

    >>> from pumpperf import Equipment
    >>> amended(Equipment(equipment_id="P1", lift_type="ESP"), active_ind=False).active_ind
    False
    """
    fields = {field.name: field for field in describe(type(row))}
    given = {name: normal(fields[name], value) for name, value in values.items()}
    if found := [fault for name, value in given.items() for fault in faults(fields[name], value)]:
        raise RowError(type(row).__name__, found)
    other = copy(row)
    for name, value in given.items():
        object.__setattr__(other, name, value)
    return other


_BUILDERS: dict[type, Callable[..., Any]] = {}  # of any row


def trusted(row: type[C]) -> Callable[..., C]:
    """A builder of rows from values that are known to be possible and in their one form.

    For stores and tables that have made sure of it: nothing is converted, nothing is asked.

    Args:
        row: the class; the builder takes the value of each of its attributes, in their order.

    >>> from pumpperf import Equipment
    >>> build = trusted(Equipment)
    >>> pump = Equipment(equipment_id="P1", lift_type="ESP")
    >>> build(*(getattr(pump, one.name) for one in attrs.fields(Equipment))) == pump
    True
    """
    if row not in _BUILDERS:
        names = [attribute.name for attribute in attrs.fields(row)]
        setters = {f"set_{name}": getattr(row, name).__set__ for name in names}
        lines = [f"def build({', '.join(names)}):", " row = new(kind)"]
        lines += [f" set_{name}(row, {name})" for name in names]
        scope: dict[str, Any] = {"new": object.__new__, "kind": row, **setters}
        exec("\n".join([*lines, " return row"]), scope)  # noqa: S102  # made of our field names
        _BUILDERS[row] = scope["build"]
    return _BUILDERS[row]
