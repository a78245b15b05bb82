"""Tables of a fleet's history: which columns are read, and what is made of them."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from attrs import evolve, frozen

from pumpperf.fields import remembered
from pumpperf.interchange.frames.columns import Values, forms, typed
from pumpperf.interchange.frames.lines import Lines, lines_of, words_of
from pumpperf.interchange.frames.tables import Errors, Places, Table, opened
from pumpperf.model import (
    Equipment,
    EquipmentMaintain,
    Row,
    Well,
    WellActivity,
    WellEquipment,
    table,
)

if TYPE_CHECKING:
    from pumpperf.history.columns import Failures, Installations, Stops
    from pumpperf.history.placing import RecordNote

NEEDED: Mapping[type[Row], tuple[str, ...]] = {
    WellEquipment: ("equipment_id", "uwi", "install_date"),
    EquipmentMaintain: ("equipment_id", "failure_ind"),
    WellActivity: ("equipment_id", "downtime_type", "start_time"),
    Equipment: ("equipment_id",),
    Well: ("uwi",),
}
"""What every line of a history must say; all else may be missing."""


@frozen(eq=False)
class Records:
    """The lines of one table of a history, column by column.

    Attributes:
        given: the table.
        lines: what it says.
        places: of the lines that are taken.
    """

    given: Table
    lines: Lines
    places: Places

    def __getitem__(self, name: str) -> Values:
        """A column as the calculators take it: labels with None, dates with NaT, or flags."""
        field = self.given.shape.known[name].field
        (first, *_) = field.types
        column = self.lines.fields.get(name)
        if column is None:
            held = np.repeat(typed(field, [None]), self.places.size)
        else:
            held = column.held[self.places]
        if first is bool:
            held = held == 1
        found: Values = held if first is bool or held.dtype.kind in "MO" else _words(first)[held]
        return found

    def only(self, which: Values) -> "Records":
        """Some of the lines that are taken."""
        return evolve(self, places=self.places[which])

    @property
    def labels(self) -> "pd.Index[Any]":
        """Of the lines that are taken."""
        return self.given.frame.index[self.places]


@remembered
def _words(kind: type) -> Values:
    found = forms(kind).copy()
    found[:-1] = [str(form) for form in found[:-1]]
    return found


def records(
    given: object, row: type[Row], errors: Errors, faulty: dict[str, Any], keep: Iterable[str] = ()
) -> Records:
    """The lines of a table; those that cannot be held are refused, or listed among the faulty."""
    found = opened(pd.DataFrame() if given is None else given, row, needed=NEEDED[row], keep=keep)
    lines = lines_of(found)
    bad, words = np.flatnonzero(lines.wrong), partial(words_of, found)
    if errors == "raise":
        found.refuse(bad, words)
    elif given is not None:
        faulty[table(row).lower()] = found.report(bad, words)
    return Records(found, lines, np.flatnonzero(~lines.wrong))


def installations(
    runs: Records, pumps: Records | None = None, wells: Records | None = None
) -> "Installations":
    """Installations as columns, with what is known of pump and well."""
    from pumpperf.evaluate.run_lives import installations_from  # noqa: PLC0415  # it loads scipy

    pump = partial(_joined, pumps, "equipment_id", runs)
    return installations_from(runs.__getitem__, pump, partial(_joined, wells, "uwi", runs))


def _joined(of: Records | None, by: str, runs: Records, name: str) -> Values:
    """What another table says of the pump or well of each installation."""
    from pumpperf.evaluate.input_rows import by_label  # noqa: PLC0415  # it loads scipy

    pairs = () if of is None else zip(of[by].tolist(), of[name].tolist(), strict=True)
    known = by_label(pairs, by)
    return np.fromiter(map(known.get, runs[by].tolist()), object, runs.places.size)


def failures(broken: Records) -> "Failures":
    """Failures as columns."""
    from pumpperf.evaluate.run_lives import failures_from  # noqa: PLC0415  # it loads scipy

    return failures_from(broken.__getitem__)


def stops(down: Records) -> "Stops":
    """Downtime as columns."""
    from pumpperf.evaluate.run_lives import stops_from  # noqa: PLC0415  # it loads scipy

    return stops_from(down.__getitem__)


def notes_table(notes: "Iterable[RecordNote]", records: Mapping[str, Records]) -> pd.DataFrame:
    """What was left out, cut or cannot be true, a kind of record a line."""
    lines = [
        (one.table, one.code, one.count, one.words, tuple(records[one.table].labels[one.rows]))
        for one in notes
    ]
    return pd.DataFrame(lines, columns=["table", "code", "count", "words", "lines"])
