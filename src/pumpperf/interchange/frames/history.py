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
from pumpperf.interchange.frames.tables import Places, Table, opened
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

    def __call__(self, name: str) -> Values:
        """A column as the calculators take it: labels with None, dates with NaT, or flags."""
        field = self.given.shape.known[name].field
        (first, *_) = field.types
        column = self.lines.fields.get(name)
        nothing = np.repeat(typed(field, [None]), self.places.size)
        held: Values = nothing if column is None else column.held[self.places]
        held = held == 1 if first is bool else held
        return held if held.dtype.kind in "bMO" else _words(first)[held]

    def only(self, which: Values) -> "Records":
        """Some of the lines that are taken."""
        return evolve(self, places=self.places[which])

    def other_work(self) -> "Records":
        """Of the events, those without a failure that have a begin and an end."""
        times = (self("actual_start_date"), self("actual_end_date"))
        return self.only(~self("failure_ind") & ~np.isnat(times).any(axis=0))

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
    given: object, row: type[Row], faulty: dict[str, Any] | None, keep: Iterable[str] = ()
) -> Records:
    """The lines of a table; those that cannot be held are listed among the faulty, or refused."""
    found = opened(pd.DataFrame() if given is None else given, row, needed=NEEDED[row], keep=keep)
    lines = lines_of(found)
    bad, words = np.flatnonzero(lines.wrong), partial(words_of, found)
    if faulty is None:
        found.refuse(bad, words)
    elif given is not None:
        faulty[table(row).lower()] = found.report(bad, words)
    return Records(found, lines, np.flatnonzero(~lines.wrong))


def given_back(
    found: pd.DataFrame,
    notes: "Iterable[RecordNote]",
    tables: tuple[Records, Records, Records],
    faulty: dict[str, Any] | None,
) -> Any:  # of the kind of the installations
    """What was found, and what was left out, cut or cannot be true, a kind of record a line."""
    runs, broken, stops = tables
    label = {"installations": runs.labels, "failures": broken.labels, "stops": stops.labels}
    lines = [
        (one.table, one.code, one.count, one.words, tuple(label[one.table][one.rows]))
        for one in notes
    ]
    told = pd.DataFrame(lines, columns=["table", "code", "count", "words", "lines"])
    back = runs.given.given_back
    return back(found), back(told), *([] if faulty is None else [faulty])
