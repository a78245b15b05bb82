"""A sheet opened with its mapping: the lines of data, and the columns that may be read."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from pumpperf.errors import ArgumentError, is_a, shown
from pumpperf.interchange.sheets.column import Column, Sure
from pumpperf.interchange.sheets.grid import Cells, Places, grid_of
from pumpperf.interchange.sheets.layout import layout_of
from pumpperf.interchange.sheets.mapping import Mapping
from pumpperf.interchange.sheets.refusals import Refusals
from pumpperf.interchange.sheets.targets import Target, targets


@frozen(eq=False)
class Opened:
    """A sheet with its mapping.

    Attributes:
        columns: what each is, with its target and the cells of the lines of data.
        lines: places of these lines on the sheet.
        told: takes what is refused and assumed.
    """

    columns: Sequence[tuple[Column, Target, Cells]]
    lines: Places
    told: Refusals


def opened(frame: object, mapping: Mapping) -> Opened:
    """A sheet with the columns that its mapping decides; the others are told.

    Raises:
        ArgumentError: it is no table or has no headers, or the mapping is none.
    """
    if not is_a(mapping, Mapping):
        raise ArgumentError(f"mapping = {shown(mapping)}: expected one, as recognise gives it")
    grid = grid_of(frame)
    layout = layout_of(grid)
    told = Refusals(tuple(grid.labels))
    told.apart(layout.apart)
    known = {one.header: one for one in mapping.columns}
    there = [header.name for header in layout.headers]
    for gone in (name for name in known if name not in there):
        told.tell(f"{gone}: of the mapping, is not on the sheet")
    cut = [Cells(one.kinds, one.places[layout.lines]) for one in grid.columns]
    pairs = zip(there, cut, strict=True)
    found = list(_read(((known.get(name), name, cells) for name, cells in pairs), told))
    often = [target.name for _, target, _ in found]
    for name in sorted({one for one in often if often.count(one) > 1}):
        headers = ", ".join(column.header for column, target, _ in found if target.name == name)
        raise ArgumentError(f"{headers}: each is declared as {name}; set all but one aside")
    return Opened(found, layout.lines, told)


def _read(
    columns: Iterator[tuple[Column | None, str, Cells]], told: Refusals
) -> Iterator[tuple[Column, Target, Cells]]:
    for column, name, cells in columns:
        if column is None:
            if name:
                told.tell(f"{name}: not in the mapping, left out")
            continue
        if column.sure is Sure.OPEN:
            choices = f": {', '.join(column.choices)}?" if column.choices else ""
            told.column(name, f"open: {column.why}{choices}")
        elif column.field is not None:
            if column.sure is Sure.LIKELY:
                told.tell(f"{name}: {column.why}")
            yield column, targets()[column.field], cells
