"""Frozen fields that are converted, checked and described together: what every row is made of."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from copy import copy
from inspect import cleandoc
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast, get_args

import attrs
from attrs import frozen

from pumpperf.errors import RowError, shown
from pumpperf.fields import describe, described, remembered
from pumpperf.possible import Said, faults, normal

C = TypeVar("C", bound="Checked")
G = TypeVar("G")

Pairs = tuple[tuple[str, str], ...]
"""Names of fields two by two, or with their units."""


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
    that `help` shows all. A field whose metadata says `last` stands behind all others, also behind
    those of a class below.
    """
    own, of_base = (cleandoc(kind.__doc__ or "") for kind in (row, row.__bases__[0]))
    _, heading, inherited = of_base.partition("Attributes:\n")
    row.__doc__ = "\n".join([own, *([] if heading in own else ["", heading.rstrip()]), inherited])
    found = [
        attribute.evolve(converter=_converter(attribute))
        if attribute.name in row.__annotations__ and "beside" not in attribute.metadata
        else attribute
        for attribute in attributes
    ]
    return sorted(found, key=lambda attribute: "last" in attribute.metadata)


def _converter(attribute: Any) -> Any:  # to attrs, a converter may be any callable
    field = described(attribute)

    def one(value: object) -> object:
        return normal(field, value)

    def many(value: object) -> object:
        unchanged = value
        if isinstance(value, Iterable) and not isinstance(value, (str, Mapping)):
            with suppress(TypeError):  # an array of no dimension says that it can be iterated
                return tuple(normal(field, item) for item in cast("Iterable[object]", value))
        return unchanged

    chosen = many if field.sequence else one
    taken = get_args(attribute.converter)
    shown, *others = taken if field.sequence and taken else (*field.types, *taken)
    for other in others if field.required else (*others, None):
        shown |= other
    chosen.__annotations__["value"] = shown
    return chosen


def sorted_pairs(values: Mapping[str, str] | Iterable[tuple[str, str]]) -> Pairs:
    """Names with texts, sorted by name, so that equal ones compare equal.

    Raises:
        RowError: they are none.
    """
    try:
        return tuple(sorted((str(name), str(text)) for name, text in dict(values).items()))
    except Exception:  # noqa: BLE001  # whatever it is, it is no pairs of texts
        words = f"original_units = {shown(values)}: expected names of fields with their units"
        raise RowError("row", [words]) from None


@frozen(kw_only=True)
class Checked:
    """A frozen set of fields that cannot be held unless all of them are possible.

    Attributes:
        original_units: the unit in which a quantity came through a door, by field name; no part of
            equality.
    """

    ORDERED: ClassVar[Pairs] = ()
    """Pairs of fields of which the first may not exceed the second."""
    TOGETHER: ClassVar[Pairs] = ()
    """Pairs of fields of which the first needs the second."""
    EQUALLY_LONG: ClassVar[Pairs] = ()
    """Pairs of sequences that belong together point by point."""

    original_units: Pairs = attrs.field(
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
        values = {name: getattr(self, name) for name, _ in _defaults(row)}
        found = [*row_faults(row, values), *_unit_faults(row, self.original_units)]
        if found:
            raise RowError(row.__name__, found)

    @classmethod
    def contradictions(cls, values: Mapping[str, object]) -> list[str]:
        """What is wrong between fields beyond order, company and length."""
        del values
        return []


def _unit_faults(row: type[Checked], original: Pairs) -> list[str]:
    if not original:
        return []
    kinds = {field.name: field.kind for field in describe(row) if field.kind is not None}
    return [
        f"original_units has {name} in {unit!r}: expected a quantity of {row.__name__} in its units"
        for name, unit in original
        if name not in kinds or unit not in kinds[name].accepted
    ]


def row_faults(
    row: type[Checked],
    values: Mapping[str, object],
    *,
    known: Collection[str] = (),
    said: Mapping[str, Said] = MappingProxyType({}),
    needed: Collection[str] | None = None,
) -> list[str]:
    """All that is wrong with the values of one row, field by field and then between fields.

    Args:
        row: the class.
        values: by field name, in their one form.
        known: fields whose faults the caller has found already.
        said: how each came; the words speak of it.
        needed: fields that must be there, if not those that the class requires.
    """
    found: list[str] = []
    for field in describe(row):
        name = field.name
        value = values.get(name, field.default)
        asked = field.required and (needed is None or name in needed)
        if name in known or (value is None and not asked):
            continue
        found += faults(field, value, said.get(name))

    def call(name: str) -> str:
        return said[name].name if name in said else name

    for first, second in row.ORDERED:
        low, high = values.get(first), values.get(second)
        if _exceeds(low, high):
            less, more = (
                shown(said[name].raw, value) if name in said else shown(value)
                for name, value in ((first, low), (second, high))
            )
            found.append(
                f"{call(first)} = {less} exceeds {call(second)} = {more}: expected the reverse"
            )
    for first, second in row.TOGETHER:
        if values.get(first) is not None and values.get(second) is None:
            found.append(f"{call(first)} is given without {call(second)}: expected both")
    for first, second in row.EQUALLY_LONG:
        one, other = _length(values.get(first)), _length(values.get(second))
        if one != other and None not in (one, other):
            found.append(
                f"{call(first)} has {one} points and {call(second)} {other}: "
                "expected as many of each"
            )
    return found if needed is not None else [*found, *row.contradictions(values)]


def _exceeds(low: object, high: object) -> bool:
    if isinstance(low, dt.datetime) and isinstance(high, dt.datetime):
        return low.tzinfo is high.tzinfo is dt.UTC and low > high
    return isinstance(low, float) and isinstance(high, float) and low > high


def _length(values: object) -> int | None:
    """How many points there are; None for what is no sequence."""
    if isinstance(values, tuple):
        return len(cast("tuple[object, ...]", values))
    return 0 if values is None else None


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


@remembered
def trusted(row: type[C]) -> Callable[..., C]:
    """A builder of rows from values that are known to be possible and in their one form.

    For stores and doors that have made sure of it: nothing is converted, nothing is asked.

    Args:
        row: the class; the builder takes the value of each of its attributes, in their order.

    >>> from pumpperf import Equipment
    >>> build = trusted(Equipment)
    >>> pump = Equipment(equipment_id="P1", lift_type="ESP")
    >>> build(*(getattr(pump, one.name) for one in attrs.fields(Equipment))) == pump
    True
    """
    setters = [getattr(row, attribute.name).__set__ for attribute in attrs.fields(row)]

    def build(*values: object) -> C:
        made = object.__new__(row)
        for put, value in zip(setters, values, strict=True):
            put(made, value)
        return made

    return build


def built(row: type[C], values: Mapping[str, object]) -> C:
    """The row of values that a door has found possible, and of the defaults of all others."""
    return trusted(row)(*(values.get(name, default) for name, default in _defaults(row)))


@remembered
def _defaults(row: type[Checked]) -> list[tuple[str, object]]:
    return [(attribute.name, attribute.default) for attribute in attrs.fields(row)]
