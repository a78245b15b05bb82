"""What the lines of a table say, which of them cannot be held, and why.

Whole columns are judged at once; of the lines that cannot be held, the door finds the words, as it
does for a record. So a line and a record get one verdict and one set of words.
"""

from collections.abc import Iterable

import numpy as np
from attrs import frozen

from pumpperf.checked import Checked
from pumpperf.errors import shown
from pumpperf.fields import remembered
from pumpperf.interchange.door import ATMOSPHERE, LIFT, LIFT_TYPE, names, owners
from pumpperf.interchange.frames.columns import Column, Flags, merged, read_column
from pumpperf.interchange.frames.tables import NUMBER, OBS_NO, Places, Table
from pumpperf.interchange.reader import kind_of, read
from pumpperf.lift import LiftType
from pumpperf.model import ROWS
from pumpperf.possible import normal, reason


@frozen(eq=False)
class Lines:
    """What lines say.

    Attributes:
        fields: the columns by field name.
        uncertainty: those of uncertainties, likewise.
        units: the lines on which a field came in another unit than its own, with that unit.
        wrong: the lines that cannot be held.
    """

    fields: dict[str, Column]
    uncertainty: dict[str, Column]
    units: dict[str, list[tuple[str, Flags]]]
    wrong: Flags

    def column(self, name: str) -> Column:
        """A column, or one without a value."""
        return self.fields.get(name) or Column(np.full(self.wrong.size, None, dtype=object))

    def given(self, name: str) -> Flags:
        """On which lines a field is given."""
        return self.column(name).given

    def sizes(self, name: str) -> Places:
        """How many items each line has of a sequence."""
        found = self.column(name).sizes
        return np.zeros(self.wrong.size, dtype=np.intp) if found is None else found.clip(0)


def lines_of(given: Table, stretch: slice = slice(None)) -> Lines:
    """What the lines of a table say, and which of them cannot be held."""
    size = len(range(*stretch.indices(len(given.frame))))
    found = Lines({}, {}, {}, np.zeros(size, dtype=np.bool_))
    wrong = found.wrong
    for name in sorted(given.cells, key=lambda name: given.shape.known[name].is_gauge):
        meaning = given.shape.known[name]
        field = meaning.field
        column = read_column(given.cells[name][stretch], meaning)
        if meaning.is_gauge:
            column = _from_gauges(column, found, given.atmosphere_kpa)
        if column.wrong is not None:
            np.logical_or(wrong, column.wrong, out=wrong)
        if not meaning.uncertainty and field.unit and meaning.unit != field.unit:
            found.units.setdefault(field.name, []).append((meaning.unit, column.given))
        into = found.uncertainty if meaning.uncertainty else found.fields
        if field.name in into:
            np.logical_or(wrong, into[field.name].given & column.given, out=wrong)
            column = merged(into[field.name], column, field)
        into[field.name] = column
    for flags in _faulty(given, found):
        np.logical_or(wrong, flags, out=wrong)
    return found


def _from_gauges(column: Column, found: Lines, atmosphere_kpa: float | None) -> Column:
    """What gauges show above the atmosphere of each line, its own or the caller's."""
    absent = np.full(found.wrong.size, np.nan)
    own = found.column(ATMOSPHERE.name).held if ATMOSPHERE.name in found.fields else absent
    missing = np.isnan(own) & column.given
    if atmosphere_kpa is not None and missing.any():
        own = np.where(missing, atmosphere_kpa, own)
        found.fields[ATMOSPHERE.name] = Column(own)
    wrong = np.isnan(own) & column.given
    return Column(column.held + own, wrong if column.wrong is None else wrong | column.wrong)


def _faulty(given: Table, found: Lines) -> Iterable[Flags]:
    """The lines that the rules between columns refuse, by rule."""
    shape, fields = given.shape, found.fields
    for name in [*given.needed, *([OBS_NO] if OBS_NO in fields else [])]:
        yield ~found.given(name)
    for name, column in found.uncertainty.items():
        yield column.given & ~found.given(name)
    if shape.of_readings and found.wrong.size:
        lifts = fields[LIFT_TYPE].held
        yield lifts < 0
        for name in given.cells.keys() & owners().keys():
            meaning = shape.known[name]
            column = (found.uncertainty if meaning.uncertainty else fields)[meaning.field.name]
            yield column.given & _foreign(name)[lifts]
    for part in (shape.row, *shape.kinds):
        yield from _between(part, found)
    if shape.row not in ROWS:  # it may have rules of its own
        yield np.array([bool(words_of(given, place)) for place in range(found.wrong.size)], bool)


def _between(part: type[Checked], found: Lines) -> Iterable[Flags]:
    fields = found.fields
    for low, high in part.ORDERED:
        if low in fields and high in fields:
            yield fields[low].held > fields[high].held
    for first, second in part.TOGETHER:
        if first in fields:
            yield found.given(first) & ~found.given(second)
    for first, second in part.EQUALLY_LONG:
        if first in fields or second in fields:
            yield found.sizes(first) != found.sizes(second)


@remembered
def _foreign(name: str) -> Flags:
    """Of which lift types a name is not, by their places."""
    return np.array([lift not in owners()[name] for lift in LiftType] + [False])


def words_of(given: Table, place: int) -> list[str]:
    """Everything that is wrong with one line, as the door says it of a record."""
    shape, at = given.shape, f"{given.line(place)}, "
    there = given.record(place)
    own = {name: cell for name, cell in there.items() if name in shape.own}
    apart = [shape.inner.name] if shape.inner else []
    needed = None if given.whole else given.needed
    faults = read(shape.row, own, shape.own, at=at, needed=needed, apart=apart).faults
    if shape.inner is None:
        return faults
    number = there.get(OBS_NO)
    if OBS_NO in given.cells and (
        number is None or reason(NUMBER, normal(NUMBER, number)) is not None
    ):
        faults.append(f"{at}{OBS_NO} = {shown(number)}: expected {NUMBER.expected()}")
    code = there.get(LIFT_TYPE)
    kind = kind_of(shape.inner, code)
    if kind is None:
        return [*faults, f"{at}{LIFT_TYPE} = {shown(code)}: expected {LIFT.field.expected()}"]
    inside = {n: x for n, x in there.items() if n not in shape.own and n != OBS_NO}
    air = given.atmosphere_kpa
    return [*faults, *read(kind, inside, names(kind), at=at, atmosphere_kpa=air).faults]
