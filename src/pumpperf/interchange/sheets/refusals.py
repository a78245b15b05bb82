"""What of a sheet is not read, and what was taken for granted while it was."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from attrs import Factory, frozen

from pumpperf.interchange.sheets.grid import Cells, Places
from pumpperf.numeric import BoolArray

COLUMNS = ("line", "column", "cell", "reason")


@frozen(eq=False)
class Refusals:
    """What was refused and told so far.

    Attributes:
        labels: of the lines.
        lines: place, header, cell and reason of each refusal; -1 where a whole column is refused.
        told: what was assumed.
        bad: the lines of which something cannot be read.
    """

    labels: tuple[object, ...]
    lines: list[tuple[int, str, str, str]] = Factory(list[tuple[int, str, str, str]])
    told: list[str] = Factory(list[str])
    bad: set[int] = Factory(set[int])

    def column(self, header: str, reason: str) -> None:
        """A column that is not read."""
        self.lines.append((-1, header, "", reason))

    def line(self, place: int, reason: str, header: str = "", cell: str = "") -> None:
        """A line that is not read."""
        self.bad.add(place)
        self.lines.append((place, header, cell, reason))

    def cells(self, header: str, cells: Cells, wrong: BoolArray, places: Places, why: str) -> None:
        """Cells that cannot be read, each with its line.

        Args:
            header: of the column.
            cells: of the lines of data.
            wrong: which of them.
            places: of the lines on the sheet.
            why: in words.
        """
        for place in np.flatnonzero(wrong).tolist():
            self.line(int(places[place]), why, header, cells.text(place))

    def tell(self, words: str) -> None:
        """Something that was assumed."""
        self.told.append(words)

    def apart(self, apart: Iterable[tuple[int, str]]) -> None:
        """Lines that are no data."""
        for place, why in apart:
            self.line(place, why)

    def table(self) -> pd.DataFrame:
        """All refusals: those of columns first, then by line."""
        found = [
            (None if place < 0 else self.labels[place], *rest)
            for place, *rest in sorted(self.lines, key=lambda one: one[0])
        ]
        return pd.DataFrame(found, columns=list(COLUMNS), dtype=object)
