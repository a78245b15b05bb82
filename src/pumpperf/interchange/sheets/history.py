"""Installs and pulls on one sheet as the tables of a fleet's history."""

from collections.abc import Mapping as Names
from typing import Any

import numpy as np
import pandas as pd
from attrs import evolve, frozen

from pumpperf.interchange.sheets.codes import truths_of
from pumpperf.interchange.sheets.grid import Values, none_in
from pumpperf.interchange.sheets.mapping import Mapping
from pumpperf.interchange.sheets.moments import zone_of
from pumpperf.interchange.sheets.opened import Opened, opened
from pumpperf.interchange.sheets.quantities import Site, date_column, lift_column, text_column
from pumpperf.interchange.sheets.reasons import REASONS, Reason, indexed
from pumpperf.interchange.sheets.targets import ABOUT_PUMP, FAILED, HISTORY, LIFT, REASON
from pumpperf.interchange.sheets.wording import key_of, tokens_of
from pumpperf.numeric import BoolArray

_CODES = ("subunit", "mode", "mechanism", "cause")
_READ = ("uwi", "equipment_id", REASON, *ABOUT_PUMP)


@frozen(eq=False)
class SheetHistory:
    """The history of a fleet from one sheet, as `frames.run_lives` takes it.

    Attributes:
        installations: a table of `WellEquipment`, an installation a line.
        maintenance: a table of `EquipmentMaintain`, a pull a line.
        equipment: a table of `Equipment`; None where the sheet says no lift system.
        refused: what was not read: `line` (None for a whole column), `column`, `cell`, `reason`.
        assumed: what was taken for granted, a sentence each.
    """

    installations: pd.DataFrame
    maintenance: pd.DataFrame
    equipment: pd.DataFrame | None
    refused: pd.DataFrame
    assumed: tuple[str, ...]


def read_history(
    frame: object,
    mapping: Mapping,
    *,
    time_zone: object = None,
    reasons: Names[str, Reason] = REASONS,
) -> SheetHistory:
    """Installations, failures and pumps from a sheet of installs and pulls, an installation a line.

    A line whose reason is no word of the table is refused whole, since nobody knows whether its run
    failed: add the word to `reasons`. A pull without a reason is one without a failure, and told.

    Args:
        frame: as `recognise` takes it.
        mapping: what its columns mean.
        time_zone: of dates without an offset: a name such as `America/Bogota`, or a tzinfo.
        reasons: what the words of the sheet mean; `REASONS`, or a changed copy of it.

    Raises:
        ArgumentError: it is no table, two columns are declared as one field, or an argument is
            wrong.

    >>> from pumpperf.interchange.sheets import recognise
    >>> sheet = pd.DataFrame({
    ...     "Well": ["A-1", "A-1"], "Pump No": ["P7", "P9"],
    ...     "Install Date": ["2025-01-10", "2025-06-04"], "Pull Date": ["2025-06-01", ""],
    ...     "Reason for pull": ["Hole in tubing", ""],
    ... })
    >>> found = read_history(sheet, recognise(sheet), time_zone="UTC")
    >>> found.maintenance[["equipment_id", "failure_ind", "failure_subunit", "failure_mode"]]
      equipment_id  failure_ind failure_subunit failure_mode
    0           P7         True          TUBING          INL
    """
    known = indexed(reasons)
    given = opened(frame, mapping)
    site = Site(".", None, zone_of(time_zone), None)
    columns = _columns(given, site)
    told = given.told
    gone = [name for name in ("uwi", "install_date") if name not in columns]
    for name in gone:
        told.column("", f"no column is {name}: name one with with_column")
    size = 0 if gone else given.lines.size
    nothing: Values = np.full(size, None, dtype=object)
    held = {name: columns.get(name, nothing)[:size] for name in (*_READ, LIFT, FAILED)}
    dates = {
        name: columns.get(name, np.full(size, np.datetime64("NaT", "us")))[:size]
        for name in HISTORY[:3]
    }
    _judged(held, dates, given)
    found = _reasons(held, dates, given, known)
    if "equipment_id" not in columns and size:
        held["equipment_id"] = _named(held["uwi"], dates["install_date"])
        told.tell(
            "equipment_id: none on the sheet, each installation is taken as a pump of its own"
        )
    good = np.array(
        [place not in told.bad for place in given.lines[:size].tolist()], dtype=np.bool_
    )
    index = pd.Index([told.labels[place] for place in given.lines[:size][good].tolist()])
    installed = pd.DataFrame(
        {
            "uwi": held["uwi"][good],
            "equipment_id": held["equipment_id"][good],
            "install_date": _utc(dates["install_date"][good]),
            "removal_date": _utc(dates["removal_date"][good]),
        },
        index=index,
    )
    work = _maintenance(found, held, dates, good=good, index=index, given=given)
    pumps = _pumps(held, good) if LIFT in columns else None
    return SheetHistory(installed, work, pumps, told.table(), tuple(told.told))


def _columns(given: Opened, site: Site) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for column, target, cells in given.columns:
        if target.name in HISTORY[:3]:
            dates = date_column(column, cells, given.lines, site, given.told)
            found |= {} if dates is None else {target.name: dates}
        elif target.name == LIFT:
            found[LIFT] = lift_column(column, cells, given.lines, given.told)
        elif target.name == FAILED:
            found[FAILED] = truths_of(cells)
            wrong = none_in(found[FAILED]) & ~none_in(text_column(cells))
            given.told.cells(column.header, cells, wrong, given.lines, "expected yes or no")
        elif target.name in _READ:
            found[target.name] = text_column(cells)
    return found


def _judged(held: dict[str, Values], dates: dict[str, Values], given: Opened) -> None:
    """Refuse lines that are no installation."""
    begin, end, failed = (dates[name] for name in HISTORY[:3])
    nothing = np.isnat(begin) | none_in(held["uwi"])
    for flags, why in (
        (nothing, "no installation: expected a well and the date of the install"),
        (end < begin, "pulled before it was installed"),
        ((failed < begin) | (failed > end), "failed outside of its installation"),
    ):
        for place in np.flatnonzero(flags).tolist():
            if int(given.lines[place]) not in given.told.bad:
                given.told.line(int(given.lines[place]), why)


def _reasons(
    held: dict[str, Values], dates: dict[str, Values], given: Opened, known: Names[str, Reason]
) -> list[Reason | None]:
    """The reason of each line; None where there is none, and unknown words refused."""
    header = next((one.header for one, target, _ in given.columns if target.name == REASON), "")
    pulled = ~np.isnat(dates["removal_date"]) | ~np.isnat(dates["failure_date"])
    found: list[Reason | None] = []
    silent = 0
    pairs = zip(held[REASON].tolist(), held[FAILED].tolist(), strict=True)
    for place, (word, said) in enumerate(pairs):
        reason = None if word is None else known.get(key_of(tokens_of(word)))
        line = int(given.lines[place])
        if reason is not None and said is not None:
            reason = evolve(reason, failed=said)
        if word is not None and reason is None and said is not None:
            given.told.tell(f"{word}: no word of the table of reasons, the part is not known")
            reason = Reason(failed=said)
        elif word is not None and reason is None:
            given.told.line(
                line, "no word of the table of reasons: add it with reasons=", header, word
            )
        elif word is not None and not pulled[place]:
            given.told.line(line, "a reason without the date of a pull", header, word)
        failed = not np.isnat(dates["failure_date"][place]) or said is not None
        if word is None and failed:
            reason = Reason(failed=said is not False)
        silent += word is None and bool(pulled[place]) and not failed
        found.append(reason)
    if silent:
        given.told.tell(f"{silent} pulls without a reason, taken as pulled without a failure")
    return found


def _named(wells: Values, begin: Values) -> Values:
    dates = pd.Series(pd.DatetimeIndex(begin).strftime("%Y-%m-%d"), dtype=object)
    names = pd.Series(wells, dtype=object).astype(str).str.slice(0, 29) + " " + dates.astype(str)
    return names.to_numpy(dtype=object)


def _maintenance(
    found: list[Reason | None],
    held: dict[str, Values],
    dates: dict[str, Values],
    *,
    good: BoolArray,
    index: "pd.Index[Any]",
    given: Opened,
) -> pd.DataFrame:
    there = np.array([one is not None for one in found], dtype=np.bool_) & good
    some = [one for one, is_there in zip(found, there, strict=True) if one and is_there]
    undated = np.isnat(dates["failure_date"])
    when = np.where(undated, dates["removal_date"], dates["failure_date"])
    failed = np.array([one.failed for one in some], dtype=np.bool_)
    if (undated[there] & failed).any():
        given.told.tell("failures without a date of their own: taken as on the day of the pull")
    codes = {
        f"failure_{name}": pd.Series(
            [getattr(getattr(one, name), "value", None) for one in some], dtype=object
        ).to_numpy(dtype=object)
        for name in _CODES
    }
    return pd.DataFrame(
        {
            "equipment_id": held["equipment_id"][there],
            "failure_ind": failed,
            "actual_start_date": _utc(when[there]),
            **codes,
        },
        index=index[there[good]],
    )


def _pumps(held: dict[str, Values], good: BoolArray) -> pd.DataFrame:
    """Each pump once, where its lift system is known."""
    names = ("equipment_id", LIFT, *ABOUT_PUMP)
    table = pd.DataFrame({name: held[name][good] for name in names}, dtype=object)
    return table[table[LIFT].notna()].drop_duplicates("equipment_id", ignore_index=True)


def _utc(when: Values) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(when).tz_localize("UTC")
