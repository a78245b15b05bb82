"""A draft of our row, made from a record of another Beep project, with notes on the rest of it.

A name of theirs becomes a name at our doors, whose last part is the unit. Everything else that a
record holds has a note, with its value; a name that is not theirs is a fault.
"""

import math
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Generic, TypeVar

from attrs import field, frozen

from pumpperf.checked import Checked
from pumpperf.errors import RowError
from pumpperf.fields import describe
from pumpperf.interchange.beep.layouts import (
    CALCULATED,
    INACTIVE,
    PERHAPS_CUT,
    ZERO,
    FieldNote,
    Given,
    Reason,
    RecordLayout,
)
from pumpperf.interchange.door import names
from pumpperf.interchange.reader import Read, read
from pumpperf.lift import SharedReading
from pumpperf.model import PumpTest, Row, table
from pumpperf.possible import normal

R = TypeVar("R", bound=Row)


@frozen
class Received(Generic[R]):
    """Our rows, and a sentence for everything of theirs that is lost or doubtful.

    Attributes:
        rows: ready to be kept.
        notes: each `CODE: place = value: why`.
    """

    rows: tuple[R, ...]
    notes: tuple[str, ...]


@frozen(kw_only=True)
class Draft:
    """A draft of our row: what a record gives for it, the notes on it and its faults so far."""

    record: Given
    path: str
    cells: dict[str, object] = field(factory=dict[str, object])
    origins: dict[str, str] = field(factory=dict[str, str])
    notes: list[FieldNote] = field(factory=list[FieldNote])
    faults: list[str] = field(factory=list[str])

    def has(self, name: str) -> bool:
        """Whether the record says something under a name: an empty text says nothing."""
        value = self.record.get(name)
        return value is not None and not (isinstance(value, str) and not value)

    def at(self, name: str) -> str:
        """A place with its value."""
        return f"{self.path}.{name} = {self.record.get(name)!r}"

    def note(self, name: str, code: str, words: str) -> None:
        """Add what is to be known about a value."""
        self.add(Reason(code, words), name)

    def add(self, reason: Reason, name: str) -> None:
        """Add a note on a value."""
        self.notes.append(FieldNote(reason, name, self.at(name)))

    def refuse(self, name: str, words: str) -> None:
        """Add a fault of a value."""
        self.faults.append(f"{self.at(name)}: {words}")

    def number(self, name: str, *, least: float = float("-inf")) -> float | None:
        """The finite number under a name, of at least so much; None without one.

        What is there and is none is a fault.

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
        """The text under a name; None without one, and a fault if it is none."""
        value = self.record[name] if self.has(name) else None
        if value is None or isinstance(value, str):
            return value
        self.refuse(name, "expected a text")
        return None

    def give(self, name: str, cell: str, value: object) -> None:
        """Set a cell of ours from a name of theirs, None if it is at fault; a 0 has a note."""
        self.cells[cell] = value
        self.origins[cell] = self.at(name)
        self.note_zero(name)

    def note_zero(self, name: str) -> None:
        """Note a 0 that is taken over."""
        if as_number(self.record.get(name)) == 0.0:
            self.add(ZERO, name)


_NUMBER = next(described for described in describe(SharedReading) if described.name == "water_cut")


def as_number(value: object) -> float | None:
    """A number of any kind as a float; None for anything else, a truth value too."""
    found = normal(_NUMBER, value)
    return found if isinstance(found, float) else None


def drafted(record: Given, layout: RecordLayout, *, path: str = "$") -> Draft:
    """A record by the names that it may have.

    Args:
        record: by their names, spelled as they spell them.
        layout: of such records.
        path: where it stands.
    """
    draft = Draft(record=record, path=path)
    draft.origins.update({cell: f"{path}.{name}" for name, cell in layout.taken.items()})
    for name, value in record.items():
        if name not in layout.known:
            draft.faults.append(f"{path}.{name} is unknown: {_nearest(name, layout.known)}")
            continue
        if not draft.has(name):
            continue
        if name in layout.noted:
            cut = name.endswith("EFFICIENCY") and as_number(value) in (0.0, 1.0)
            draft.add(PERHAPS_CUT if cut else layout.noted[name], name)
        if name in layout.taken:
            draft.give(name, layout.taken[name], value)
        if name == "ACTIVE_IND" and value == "N":
            draft.add(INACTIVE, name)
        elif name == "ACTIVE_IND" and value != "Y":
            draft.refuse(name, "expected Y or N")
    return draft


def _nearest(name: object, known: Iterable[str]) -> str:
    alike = {one.upper(): one for one in known}
    (nearest,) = get_close_matches(str(name).upper(), alike, n=1, cutoff=0.0)
    share = ", a fraction of 1" if nearest == "WATER_CUT" else ""
    return f"the nearest name is {alike[nearest]}{share}"


def joined(*drafts: Draft) -> Draft:
    """Several drafts of one row as one, with the notes and faults of all."""
    whole = Draft(record={}, path="$")
    for draft in drafts:
        whole.cells.update(draft.cells)
        whole.origins.update(draft.origins)
        whole.notes.extend(draft.notes)
        whole.faults.extend(draft.faults)
    return whole


def must_agree(name: str, first: Draft, second: Draft) -> None:
    """Two records that belong together name the same key, where both name one."""
    if first.has(name) and second.has(name) and first.record[name] != second.record[name]:
        second.refuse(name, f"expected that of {first.at(name)}, to which it should belong")


def remark(*parts: str | None) -> str | None:
    """What there is of several texts as one; never cut."""
    return "; ".join(part for part in parts if part) or None


def filled(row: type[Checked], draft: Draft, *, nested: Mapping[str, Read] | None = None) -> Read:
    """The values of a row of ours, and its faults with the places of theirs."""
    known = names(row)
    cells = {name: value for name, value in draft.cells.items() if name in known}
    found = read(row, cells, known, at="", nested=nested)
    origins = {known[cell].field.name: draft.origins[cell] for cell in cells & draft.origins.keys()}
    origins |= draft.origins
    faults: list[str] = []
    for fault in found.faults:
        (name, *_) = re.split(r"[ :\[]", fault, maxsplit=1)
        if name in origins and draft.cells.get(name, "") is None:
            continue  # its fault is listed already
        faults.append(f"{origins[name]}: {fault}" if name in origins else fault)
    return Read(found.values, faults)


def received(
    row: type[R], draft: Draft, *, nested: Mapping[str, Read] | None = None
) -> Received[R]:
    """The row of a draft.

    Raises:
        RowError: with everything that is wrong with it.
    """
    found = filled(row, draft, nested=nested)
    if draft.faults or found.faults:
        raise RowError(table(row), [*draft.faults, *found.faults])
    return Received((row(**found.values),), tuple(map(str, draft.notes)))


def received_test(
    reading: type[SharedReading], draft: Draft, remarks: Iterable[str | None]
) -> Received[PumpTest]:
    """A pump test with one reading.

    Args:
        reading: of which lift system.
        draft: with the cells of the reading and of the test.
        remarks: what the records say in words.

    Raises:
        RowError: with everything that is wrong with either.
    """
    inner = filled(reading, draft)
    items = () if inner.faults else (reading(**inner.values),)
    calculated = ", ".join(note.name for note in draft.notes if note.reason == CALCULATED)
    duration_h, runtime_h = draft.cells["duration_h"], draft.cells["runtime_h"]
    if calculated and None not in (duration_h, runtime_h) and runtime_h != duration_h:
        draft.faults.append(
            f"runtime_h = {runtime_h!r}: expected duration_h = {duration_h!r}, since the source "
            f"calculates for a pump that runs all of the time ({calculated})"
        )
    words = f"calculated by the source, not measured: {calculated}" if calculated else None
    draft.cells["remark"] = remark(*remarks, words)
    draft.cells["active_ind"] = all(note.reason != INACTIVE for note in draft.notes)
    return received(PumpTest, draft, nested={"readings": Read({"items": items}, inner.faults)})
