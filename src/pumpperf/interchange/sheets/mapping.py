"""What the columns of a sheet mean: shown as a table, edited, and kept as a text."""

import json
import tomllib
from collections.abc import Callable, Iterable
from typing import Any, cast

from attrs import evolve, frozen

from pumpperf.errors import ArgumentError, UnitError, is_a, shown
from pumpperf.interchange.sheets.column import ORDERS, Column, Sure
from pumpperf.interchange.sheets.targets import DATES, Target, by_base, targets
from pumpperf.interchange.sheets.units_of import fitting, is_difference, unit_choices
from pumpperf.interchange.sheets.written_units import DATUMS, scaled, units_in
from pumpperf.units import SHARE


@frozen
class Mapping:
    """What the columns of a sheet mean.

    Attributes:
        columns: in the order of the sheet.
        decimal: `.` or `,`; None while that is open.

    >>> found = Mapping((Column("THP", sure="open", choices=("wellhead_pressure_kpa",)),))
    >>> print(found.with_column("THP", field="wellhead_pressure_kpa", unit="psig"))
    header  field                  unit  how sure  why
    THP     wellhead_pressure_kpa  psig  sure      declared
    """

    columns: tuple[Column, ...]
    decimal: str | None = "."

    def __getitem__(self, header: str) -> Column:
        """The column of a header.

        Raises:
            ArgumentError: the sheet has no such header.
        """
        for one in self.columns:
            if one.header == header:
                return one
        known = ", ".join(one.header for one in self.columns)
        raise ArgumentError(f"header = {shown(header)}: expected one of {known}")

    def __str__(self) -> str:
        """A table: a column of the sheet a line, and the decimals behind it where they are open."""
        lines = [("header", "field", "unit", "how sure", "why")]
        for one in self.columns:
            said = one.why + (f": {', '.join(one.choices)}?" if one.choices else "")
            lines.append((one.header, one.field or "-", one.unit or "-", one.sure.value, said))
        wide = [max(len(line[i]) for line in lines) for i in range(4)]
        rows = [
            "  ".join(
                (*(word.ljust(width) for word, width in zip(line, wide, strict=False)), line[4])
            )
            for line in lines
        ]
        return "\n".join(row.rstrip() for row in rows) + (
            "\ndecimals: point or comma? say with_decimal" if self.decimal is None else ""
        )

    @property
    def open(self) -> tuple[Column, ...]:
        """The columns on which somebody must decide."""
        return tuple(one for one in self.columns if one.sure is Sure.OPEN)

    def with_column(
        self, header: str, *, field: str | None = None, unit: str | None = None
    ) -> "Mapping":
        """The same with one column decided; what is not said stays, if it still fits.

        Args:
            header: of the column.
            field: what it is: a name of the library, `fluid_above_pump_m` or `running_share`.
            unit: of its numbers, as the library writes it or as sheets do (`psig`, `bbl/d`); for
                dates `day first` or `month first`.

        Raises:
            ArgumentError: the header or the field is unknown.
            UnitError: the unit is none of the field; a pressure wants its datum.
        """
        old = self[header]
        target = _target(field or old.field, old)
        new = _unit(target, unit) if unit is not None else _kept(target, old.unit)
        decided = _decided(header, target, new)
        return self._with(header, lambda _: decided)

    def with_unit(self, header: str, unit: str) -> "Mapping":
        """The same with one column's unit declared; which field it is stays open if it is.

        Args:
            header: of the column.
            unit: as in `with_column`.

        Raises:
            ArgumentError: the header is unknown.
            UnitError: the unit is none of the column, or the column is aside.
        """
        old = self[header]
        if old.field is not None:
            return self.with_column(header, unit=unit)
        fits = [name for name in old.choices if _may_be(targets()[name], unit)]
        if not fits:
            may = ", ".join(old.choices) or "no field: name one with with_column"
            raise UnitError(f"{shown(unit)} is no unit of {header}, which may be {may}")
        kept = evolve(old, unit=_unit(targets()[fits[0]], unit), choices=tuple(fits))
        return self._with(header, lambda _: kept)

    def without_column(self, header: str) -> "Mapping":
        """The same with one column set aside.

        Raises:
            ArgumentError: the header is unknown.
        """
        self[header]
        return self._with(header, lambda _: Column(header, why="set aside"))

    def with_pressures(self, datum: str) -> "Mapping":
        """The same with every pressure whose datum is open read as `gauge` or `absolute`.

        Raises:
            ArgumentError: the datum is neither.
        """
        if datum not in ("gauge", "absolute"):
            raise ArgumentError(f"datum = {shown(datum)}: expected gauge or absolute")
        place = ("gauge", "absolute").index(datum)
        pairs = tuple(DATUMS.values())
        return evolve(
            self,
            columns=tuple(
                _decided(one.header, targets()[one.field], one.choices[place])
                if one.sure is Sure.OPEN and one.field and one.choices in pairs
                else one
                for one in self.columns
            ),
        )

    def with_decimal(self, decimal: str) -> "Mapping":
        """The same with the sign of the decimals decided.

        Raises:
            ArgumentError: it is neither point nor comma.
        """
        if decimal not in (".", ","):
            raise ArgumentError(f"decimal = {shown(decimal)}: expected '.' or ','")
        return evolve(self, decimal=decimal)

    def to_toml(self) -> str:
        """The mapping as a TOML text, to be kept beside the data and edited by hand."""
        lines = ["# what the columns of a sheet mean"]
        lines += [] if self.decimal is None else [f"decimal = {_quoted(self.decimal)}"]
        for one in self.columns:
            lines += ["", "[[column]]", f"header = {_quoted(one.header)}"]
            lines += [f"field = {_quoted(one.field)}"] if one.field is not None else []
            lines += [f"unit = {_quoted(one.unit)}"] if one.unit is not None else []
            lines += [f"sure = {_quoted(one.sure.value)}", f"why = {_quoted(one.why)}"]
            lines += [f"choices = [{', '.join(map(_quoted, one.choices))}]"] if one.choices else []
        return "\n".join(lines) + "\n"

    @classmethod
    def from_toml(cls, text: str) -> "Mapping":
        """The mapping of a TOML text as `to_toml` writes it.

        Raises:
            ArgumentError: with what is wrong with the text.
        """
        if not is_a(text, str):
            raise ArgumentError(f"text = {shown(text)}: expected the text of a TOML file")
        try:
            read = tomllib.loads(text)
        except tomllib.TOMLDecodeError as wrong:
            raise ArgumentError(f"it is no TOML: {wrong}") from None
        known = {"header", "field", "unit", "sure", "why", "choices"}
        tables: Any = read.get("column", [])  # of any kind until it is looked at
        if not (isinstance(tables, list) and set(read) <= {"column", "decimal"}):
            raise ArgumentError(f"expected decimal and tables [[column]]; got {', '.join(read)}")
        items = cast("list[object]", tables)
        found = tuple(_from_table(one, known) for one in items)
        decimal = cast("object", read.get("decimal"))
        if decimal not in (".", ",", None):
            raise ArgumentError(f"decimal = {shown(decimal)}: expected '.' or ','")
        return cls(found, str(decimal) if decimal else None)

    def _with(self, header: str, change: Callable[[Column], Column]) -> "Mapping":
        changed = tuple(change(one) if one.header == header else one for one in self.columns)
        return evolve(self, columns=changed)


def _target(name: str | None, old: Column) -> Target:
    if name is None and len(old.choices) == 1:
        (name,) = old.choices
    if name is None:
        raise ArgumentError(f"field of {old.header}: expected one, as {', '.join(old.choices)}")
    known = targets()
    if name in known:
        return known[name]
    if is_a(name, str) and len(by_base().get(name, ())) == 1:
        return by_base()[name][0]
    raise ArgumentError(f"field = {shown(name)}: expected one of {', '.join(sorted(known))}")


def _unit(target: Target, unit: str) -> str:
    """A declared unit, which always wins where it is one of the field."""
    if target.name in DATES:
        if unit in ORDERS:
            return unit
        raise UnitError(f"unit = {shown(unit)}: expected {ORDERS[0]!r} or {ORDERS[1]!r}")
    for one in (unit, *units_in(str(unit))):
        if one == "" and not target.kind:
            return one
        if one == "" and target.kind is SHARE:
            return "fraction"
        if is_difference(target) and target.kind and one in target.kind.scales:
            return one
        if not is_difference(target) and fitting(target, one) and scaled(one, target.kind):
            return one
    choices = ", ".join(unit_choices(target)) or "none, since it has no unit"
    raise UnitError(f"{shown(unit)} is no unit of {target.name}: expected {choices}")


def _may_be(target: Target, unit: str) -> bool:
    try:
        return bool(_unit(target, unit)) or not target.kind
    except UnitError:
        return False


def _kept(target: Target, unit: str | None) -> str | None:
    """The unit that a column had, if it still is one of its field."""
    if target.name in DATES:
        return unit if unit in ORDERS else ""
    if not target.is_number or target.kind is None:
        return ""
    try:
        return None if unit is None else _unit(target, unit)
    except UnitError:
        return None


def _decided(header: str, target: Target, unit: str | None) -> Column:
    if unit is None and target.kind and len(target.kind.scales) == 1:
        unit = target.kind.suffix
    if unit is not None:
        return Column(header, target.name, unit, Sure.SURE, "declared")
    why = f"{target.words}: which unit"
    return Column(header, target.name, None, Sure.OPEN, why, unit_choices(target))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _from_table(table: object, known: Iterable[str]) -> Column:
    given = cast("dict[str, Any]", table)  # of any values until they are looked at
    if not is_a(table, dict) or not set(given) <= set(known) or "header" not in given:
        raise ArgumentError(f"column = {shown(given)}: expected {', '.join(sorted(known))}")
    listed = cast("list[Any]", given.get("choices", []))  # likewise
    texts = [value for name, value in given.items() if name != "choices"]
    if not is_a(listed, list) or not all(is_a(one, str) for one in (*texts, *listed)):
        raise ArgumentError(f"column = {shown(given)}: expected texts")
    said: dict[str, Any] = {**given, "choices": tuple(listed)}
    try:
        found = Column(**said)
    except ValueError:
        raise ArgumentError(f"sure = {shown(given['sure'])}: expected {', '.join(Sure)}") from None
    if found.sure in (Sure.SURE, Sure.LIKELY):
        target = _target(found.field, found)
        unit = None if found.unit is None else _unit(target, found.unit)
        return evolve(found, field=target.name, unit=_kept(target, unit))
    return found
