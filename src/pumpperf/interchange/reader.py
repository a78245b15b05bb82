"""One record read: its values in their one form, and everything that is wrong with it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar, cast

from attrs import Factory, frozen

from pumpperf.checked import Checked, built, row_faults
from pumpperf.errors import RowError, shown
from pumpperf.fields import Field
from pumpperf.interchange.door import (
    ATMOSPHERE,
    LIFT,
    LIFT_TYPE,
    OUOM,
    Name,
    Parser,
    in_canonical_unit,
    needs_air,
    owners,
    parsed,
    uncertainty_of,
    unknown,
)
from pumpperf.lift import SharedReading, reading_class
from pumpperf.model import Row, table
from pumpperf.possible import Said, faults

C = TypeVar("C", bound=Checked)


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


def accepted(row: type[C], found: Read) -> C:
    """The row of what came through a door: what was judged there is not judged again.

    Raises:
        RowError: with all that is wrong.
    """
    if found.faults:
        name = table(row) if issubclass(row, Row) else row.__name__
        raise RowError(name, found.faults, found.more)
    return built(row, found.values)


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
    atmosphere_kpa: float | None = None,
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
        atmosphere_kpa: of a record that does not say its own.
    """
    if wrong := no_record(record, at):
        return Read({}, wrong)
    taken = _Taken(row, known, at, parser, reader, dict(nested or {}))
    for place, (name, raw) in enumerate(record.items()):
        if len(taken.faults) >= RowError.KEPT:
            return taken.read([], len(record) - place)
        taken.take(name, raw)
    for name, way in taken.unsure.items():
        if taken.values.get(name) is None:
            beside = taken.said[name].name if name in taken.said else name
            taken.faults.append(f"{way.name} is given without {beside}: expected both")
            taken.uncertainty.pop(name, None)
    taken.from_gauges(atmosphere_kpa)
    inside = {name: one.values["items"] for name, one in taken.inside.items() if not one.faults}
    broken = {*apart, *(taken.inside.keys() - inside.keys())}
    taken.values.update(inside)
    if issubclass(row, SharedReading):
        taken.values["uncertainty"] = tuple(sorted(taken.uncertainty.items()))
    between = row_faults(row, taken.values, known=broken, said=taken.said, needed=needed)
    return taken.read(between, 0)


def no_record(record: object, at: str) -> list[str]:
    """That a record is none, or that a name of it is no text."""
    if not isinstance(record, Mapping):
        return [f"{at.removesuffix('.')} = {shown(record)}: expected a record"]
    names = cast("Mapping[object, object]", record)
    strange = [name for name in names if not isinstance(name, str)]
    return [f"{at}{shown(name)} is unknown: expected a text" for name in strange]


@frozen
class _Taken:
    """What a record has given so far."""

    row: type[Checked]
    known: Mapping[str, Name]
    at: str
    parser: Parser
    reader: Reader | None
    inside: dict[str, Read]
    values: dict[str, Any] = Factory(dict[str, Any])  # of any row
    said: dict[str, Said] = Factory(dict[str, Said])
    original: dict[str, str] = Factory(dict[str, str])
    unsure: dict[str, Said] = Factory(dict[str, Said])
    uncertainty: dict[str, float] = Factory(dict[str, float])
    gauges: list[str] = Factory(list[str])
    faults: list[str] = Factory(list[str])

    def take(self, name: str, raw: object) -> None:
        """What one name says."""
        meaning = self.known.get(name)
        if meaning is None:
            self.faults.append(_refused(self.row, name, raw, self.known))
            return
        of, way = meaning.field, Said(name, meaning.unit, raw)
        if meaning is LIFT:
            lift = self.row.LIFT_TYPE.value if issubclass(self.row, SharedReading) else None
            if raw is not None and not (isinstance(raw, str) and raw == lift):
                self.faults.append(f"{name} = {shown(raw)}: expected {lift}")
        elif meaning.unit == OUOM:
            self.faults.extend(_remember(way, of, self.original))
        elif of.name in (self.unsure if meaning.uncertainty else self.said.keys() | self.inside):
            what = "the uncertainty of " * meaning.uncertainty
            self.faults.append(f"{name} gives {what}{of.name} a second time: expected it once")
        elif meaning.uncertainty:
            self.unsure[of.name] = way
            number = in_canonical_unit(meaning, self.parser(uncertainty_of(of), raw))
            wrong = faults(uncertainty_of(of), number, way)
            self.faults.extend(wrong)
            self.uncertainty.update({} if wrong else {of.name: number})
        else:
            self.give(meaning, way)

    def give(self, meaning: Name, way: Said) -> None:
        """A value of a field, or the records inside it."""
        of, raw = meaning.field, way.raw
        if self.reader is not None and of.nested and isinstance(raw, list | tuple):
            items = cast("Sequence[object]", raw)
            self.inside[of.name] = _inside(of, items, f"{self.at}{way.name}", self.reader)
            return
        self.said[of.name] = way
        self.values[of.name] = in_canonical_unit(meaning, self.parser(of, way.raw))
        if meaning.is_gauge:
            self.gauges.append(of.name)
        if meaning.unit != of.unit and of.unit:  # per cent is no unit of its own
            self.original[of.name] = meaning.unit

    def from_gauges(self, atmosphere_kpa: float | None) -> None:
        """Add the atmosphere, the record's own or the caller's, to what gauges have shown."""
        shown_ones = [name for name in self.gauges if isinstance(self.values[name], float)]
        own = self.values.get(ATMOSPHERE.name)
        if shown_ones and own is None:
            own = self.values[ATMOSPHERE.name] = atmosphere_kpa
        for name in shown_ones:
            if own is None:
                self.faults.append(needs_air(self.said[name].name))
            else:  # what is no number is told of itself
                self.values[name] += own if isinstance(own, float) else 0.0

    def read(self, between: list[str], unread: int) -> Read:
        """The whole of it."""
        self.values["original_units"] = tuple(sorted(self.original.items()))
        inner = self.inside.values()
        found = [fault for one in inner for fault in one.faults]
        found += [f"{self.at}{fault}" for fault in (*self.faults, *between)]
        return Read(self.values, found, unread + sum(one.more for one in inner))


def _refused(row: type[Checked], name: str, raw: object, known: Mapping[str, Name]) -> str:
    lifts = owners().get(name.lower(), ()) if issubclass(row, SharedReading) else ()
    if not lifts:
        return unknown(name, known)
    return f"{name} = {shown(raw)}: expected only where {LIFT_TYPE} is {' or '.join(lifts)}"


def _remember(way: Said, field: Field, original: dict[str, str]) -> list[str]:
    scales: Mapping[str, object] = field.kind.accepted if field.kind else {}
    if isinstance(way.raw, str) and way.raw in scales:
        original.setdefault(field.name, str(way.raw))
        return []
    wanted = f"expected a unit of {field.kind}: {', '.join(scales)}"
    return [f"{way.name} = {shown(way.raw)}: {wanted}"]


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
