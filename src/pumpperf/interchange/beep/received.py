"""A record of another Beep project, opened: what of it is taken over, and what is told of the rest.

A name of theirs becomes a name at our doors, whose last part is the unit. Everything else that a
record holds is told, with its value; a name that is not theirs is a fault.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Generic, TypeVar

from attrs import evolve, field, frozen

from pumpperf.errors import RowError
from pumpperf.fields import describe
from pumpperf.interchange.beep.shapes import (
    CALCULATED,
    INACTIVE,
    PERHAPS_CUT,
    ZERO,
    Note,
    Shape,
    Tell,
)
from pumpperf.interchange.door import names
from pumpperf.interchange.reader import Read, read
from pumpperf.lift import SharedReading
from pumpperf.model import PumpTest, Row, table
from pumpperf.possible import Checked, normal

R = TypeVar("R", bound=Row)


@frozen
class Received(Generic[R]):
    """Our rows, and a sentence for everything of theirs that is lost or doubtful.

    Attributes:
        rows: ready to be kept.
        told: each `CODE: place = value: why`.
    """

    rows: tuple[R, ...]
    told: tuple[str, ...]


@frozen(kw_only=True)
class Sheet:
    """An opened record: what it gives, what is told of it and what is wrong with it so far."""

    record: Mapping[str, object]
    path: str
    cells: dict[str, object] = field(factory=dict[str, object])
    origins: dict[str, str] = field(factory=dict[str, str])
    notes: list[Note] = field(factory=list[Note])
    faults: list[str] = field(factory=list[str])

    def has(self, name: str) -> bool:
        """Whether the record says something under a name: an empty text says nothing."""
        value = self.record.get(name)
        return value is not None and not (isinstance(value, str) and not value)

    def at(self, name: str) -> str:
        """A place with its value."""
        return f"{self.path}.{name} = {self.record.get(name)!r}"

    def tell(self, name: str, code: str, words: str) -> None:
        """Add what is to be known about a value."""
        self.notes.append(Note(Tell(code, words), name, self.at(name)))

    def refuse(self, name: str, words: str) -> None:
        """Add a fault of a value."""
        self.faults.append(f"{self.at(name)}: {words}")

    def number(self, name: str, *, least: float = float("-inf")) -> float | None:
        """The finite number under a name, of at least so much; None without one, told if a fault.

        Args:
            name: theirs.
            least: smallest possible value.
        """
        if not self.has(name):
            return None
        value = as_number(self.record[name])
        if value is not None and math.isfinite(value) and value >= least:
            return value
        bound = "" if least == float("-inf") else f" of at least {least:g}"
        self.refuse(name, f"expected a finite number{bound}")
        return None

    def text(self, name: str) -> str | None:
        """The text under a name; None without one, told if a fault."""
        value = self.record[name] if self.has(name) else None
        if value is None or isinstance(value, str):
            return value
        self.refuse(name, "expected a text")
        return None

    def give(self, name: str, cell: str, value: object) -> None:
        """Set a cell of ours from a name of theirs, None if its fault is told; a 0 is told too."""
        self.cells[cell] = value
        self.origins[cell] = self.at(name)
        self.tell_zero(name)

    def tell_zero(self, name: str) -> None:
        """Tell a 0 that is taken over."""
        if as_number(self.record.get(name)) == 0.0:
            self.notes.append(Note(ZERO, name, self.at(name)))


_NUMBER = next(described for described in describe(SharedReading) if described.name == "water_cut")


def as_number(value: object) -> float | None:
    """A number of any kind as a float; None for anything else, a truth value too."""
    found = normal(_NUMBER, value)
    return found if isinstance(found, float) else None


def opened(record: Mapping[str, object], shape: Shape, *, path: str = "$") -> Sheet:
    """A record by the names that it may have.

    Args:
        record: by their names, spelled as they spell them.
        shape: of such records.
        path: where it stands.
    """
    sheet = Sheet(record=record, path=path)
    sheet.origins.update({cell: f"{path}.{name}" for name, cell in shape.taken.items()})
    known = shape.known
    for name in record:
        if name not in known:
            sheet.faults.append(f"{path}.{name} is unknown: {_nearest(name, known)}")
        elif sheet.has(name):
            _enter(sheet, name, shape)
    return sheet


def _enter(sheet: Sheet, name: str, shape: Shape) -> None:
    if name in shape.told:
        tell = shape.told[name]
        cut = name.endswith("EFFICIENCY") and as_number(sheet.record[name]) in (0.0, 1.0)
        sheet.notes.append(Note(PERHAPS_CUT if cut else tell, name, sheet.at(name)))
    if name in shape.taken:
        sheet.give(name, shape.taken[name], sheet.record[name])
    if name == "ACTIVE_IND" and sheet.record[name] == "N":
        sheet.notes.append(Note(INACTIVE, name, sheet.at(name)))
    elif name == "ACTIVE_IND" and sheet.record[name] != "Y":
        sheet.refuse(name, "expected Y or N")


def _nearest(name: object, known: Iterable[str]) -> str:
    alike = {one.upper(): one for one in known}
    (nearest,) = get_close_matches(str(name).upper(), alike, n=1, cutoff=0.0)
    share = ", a fraction of 1" if nearest == "WATER_CUT" else ""
    return f"the nearest name is {alike[nearest]}{share}"


def joined(*sheets: Sheet) -> Sheet:
    """Several records of one thing as one: what is wrong or told of any is so of all."""
    whole = Sheet(record={}, path="$")
    for sheet in sheets:
        whole.cells.update(sheet.cells)
        whole.origins.update(sheet.origins)
        whole.notes.extend(sheet.notes)
        whole.faults.extend(sheet.faults)
    return whole


def must_agree(name: str, first: Sheet, second: Sheet) -> None:
    """Two records that belong together name the same key, where both name one."""
    if first.has(name) and second.has(name) and first.record[name] != second.record[name]:
        second.refuse(name, f"expected that of {first.at(name)}, to which it should belong")


def remark(*parts: str | None) -> str | None:
    """What there is of several texts as one; never cut."""
    return "; ".join(part for part in parts if part) or None


def filled(row: type[Checked], sheet: Sheet, *, nested: Mapping[str, Read] | None = None) -> Read:
    """The values of a row of ours, and its faults with the places of theirs."""
    known = names(row)
    found = read(row, sheet.cells, known, at="", nested=nested)
    origins = {known[cell].field.name: origin for cell, origin in sheet.origins.items()}
    origins |= sheet.origins
    faults: list[str] = []
    for fault in found.faults:
        (name, *_) = re.split(r"[ :\[]", fault, maxsplit=1)
        if name in origins and sheet.cells.get(name, "") is None:
            continue  # its fault is told already
        faults.append(f"{origins[name]}: {fault}" if name in origins else fault)
    return Read(found.values, faults)


def received(
    row: type[R], sheet: Sheet, *, nested: Mapping[str, Read] | None = None
) -> Received[R]:
    """The row of a sheet.

    Raises:
        RowError: with everything that is wrong with it.
    """
    found = filled(row, sheet, nested=nested)
    if sheet.faults or found.faults:
        raise RowError(table(row), [*sheet.faults, *found.faults])
    return Received((row(**found.values),), tuple(map(str, sheet.notes)))


def received_test(
    reading: type[SharedReading],
    sheet: Sheet,
    about: Mapping[str, object],
    remarks: Iterable[str | None],
) -> Received[PumpTest]:
    """A pump test with one reading.

    Args:
        reading: of which lift system.
        sheet: with the cells of the reading, and those of the test that a record holds.
        about: the cells of the test that it does not hold.
        remarks: what the records say in words.

    Raises:
        RowError: with everything that is wrong with either.
    """
    inner = filled(reading, _part(sheet, names(reading)))
    items = () if inner.faults else (reading(**inner.values),)
    test = _part(sheet, names(PumpTest))
    calculated = ", ".join(note.name for note in sheet.notes if note.tell == CALCULATED)
    duration_h, runtime_h = about["duration_h"], about["runtime_h"]
    if calculated and None not in (duration_h, runtime_h) and runtime_h != duration_h:
        test.faults.append(
            f"runtime_h = {runtime_h!r}: expected duration_h = {duration_h!r}, since the source "
            f"calculates for a pump that runs all of the time ({calculated})"
        )
    test.cells.update(
        about,
        active_ind=all(note.tell != INACTIVE for note in sheet.notes),
        remark=remark(
            *remarks,
            f"calculated by the source, not measured: {calculated}" if calculated else None,
        ),
    )
    return received(PumpTest, test, nested={"readings": Read({"items": items}, inner.faults)})


def _part(sheet: Sheet, known: Collection[str]) -> Sheet:
    return evolve(
        sheet,
        cells={name: value for name, value in sheet.cells.items() if name in known},
        origins={name: at for name, at in sheet.origins.items() if name in known},
    )
