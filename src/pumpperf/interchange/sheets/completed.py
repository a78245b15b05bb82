"""What follows on a line from other columns of a sheet: levels, hours, names of tests."""

import numpy as np
import pandas as pd

from pumpperf.interchange.sheets.grid import Values, none_in
from pumpperf.interchange.sheets.opened import Opened
from pumpperf.interchange.sheets.targets import ABOVE_PUMP, LIFT, RUNNING, lifts_of
from pumpperf.numeric import FloatArray
from pumpperf.units import DURATION, LENGTH, to_canonical

TEST = "pump_test_id"
LONGEST = 40
"""Characters of the name of a test."""


def completed(columns: dict[str, Values], given: Opened, duration_h: float | None) -> None:
    """Put what leads to a field in that field's place, and take away what a line cannot have."""
    _level(columns, given)
    _hours(columns, given, duration_h)
    _lifts(columns, given)
    _names(columns, given)


def _taken(columns: dict[str, Values], base: str) -> tuple[str, Values] | None:
    """A column by its name without unit, with that name; it leaves the table."""
    for name in columns:
        if name == base or name.rpartition("_")[0] == base:
            return name, columns.pop(name)
    return None


def _in_canonical(base: str, pair: tuple[str, Values]) -> FloatArray:
    name, values = pair
    kind = {"runtime": DURATION, "duration": DURATION}.get(base, LENGTH)
    return to_canonical(values.astype(np.float64), name.rpartition("_")[2], kind)


def _header(given: Opened, name: str) -> str:
    return next((column.header for column, target, _ in given.columns if target.name == name), "")


def _level(columns: dict[str, Values], given: Opened) -> None:
    above = _taken(columns, "fluid_above_pump")
    if above is None:
        return
    header = _header(given, ABOVE_PUMP)
    depth = _taken(columns, "pump_depth")
    if depth is None:
        given.told.column(
            header, "a height above the pump: expected the depth of the pump beside it"
        )
        return
    columns[depth[0]] = depth[1]
    height_m, depth_m = _in_canonical("", above), _in_canonical("", depth)
    level_m = depth_m - height_m
    own = _taken(columns, "fluid_level")
    if own is not None:
        own_m = _in_canonical("", own)
        level_m = np.where(np.isnan(own_m), level_m, own_m)
    wrong = level_m < 0.0
    for place in np.flatnonzero(wrong).tolist():
        given.told.line(int(given.lines[place]), "a level above the surface", header)
    columns["fluid_level_m"] = level_m
    given.told.tell(f"{header}: fluid level = depth of the pump less the height above it")


def _hours(columns: dict[str, Values], given: Opened, duration_h: float | None) -> None:
    size = given.lines.size
    share = _taken(columns, RUNNING)
    run, whole = _taken(columns, "runtime"), _taken(columns, "duration")
    if share is None and run is None and whole is None:
        return
    if whole is None and duration_h is None:
        for name in (RUNNING, "runtime_h"):
            if header := _header(given, name):
                words = "without the length of the test: say duration_h=, 24 for hours of a day"
                given.told.column(header, words)
        return
    hours = np.full(size, np.nan if duration_h is None else duration_h)
    if whole is not None:
        own = _in_canonical("duration", whole)
        hours = np.where(np.isnan(own), hours, own)
    if duration_h is not None and (whole is None or np.isnan(whole[1]).any()):
        given.told.tell(f"duration_h: {duration_h:g} h where the sheet says none")
    running = np.full(size, np.nan) if run is None else _in_canonical("runtime", run)
    if share is not None:
        part = share[1].astype(np.float64) * (0.01 if share[0].endswith("_pct") else 1.0)
        running = np.where(np.isnan(running), part * hours, running)
        given.told.tell(
            f"{_header(given, RUNNING)}: running hours = share times length of the test"
        )
    both = ~np.isnan(running) & ~np.isnan(hours)
    columns["duration_h"] = np.where(both, hours, np.nan)
    columns["runtime_h"] = np.where(both, running, np.nan)


def _lifts(columns: dict[str, Values], given: Opened) -> None:
    lifts = columns.get(LIFT)
    if lifts is None:
        given.told.column("", "no lift system: say lift_type=, or name a column of lift systems")
        return
    for place in np.flatnonzero(none_in(lifts)).tolist():
        line = int(given.lines[place])
        if line not in given.told.bad:
            given.told.line(line, "no lift system: say lift_type= for lines without one")
    for column, target, _ in given.columns:
        own = lifts_of().get(target.name)
        name = next((one for one in columns if one.rpartition("_")[0] == target.base), "")
        name = name or (target.base if target.base in columns else "")
        if own is None or not name:
            continue
        others = np.isin(lifts, [str(one) for one in own], invert=True)
        out = others & ~np.isnan(columns[name].astype(np.float64))
        if out.any():
            columns[name] = np.where(others, np.nan, columns[name].astype(np.float64))
            count = int(np.count_nonzero(out))
            given.told.tell(f"{column.header}: {count} cells left out, of lift systems without it")


def _names(columns: dict[str, Values], given: Opened) -> None:
    """A name for each test of which well or pump and date are known, if the sheet has none."""
    of = next((name for name in ("uwi", "equipment_id") if name in columns), None)
    dates = columns.get("test_date")
    if TEST in columns or of is None or dates is None:
        return
    when = pd.Series(pd.DatetimeIndex(dates).strftime("%Y-%m-%d"), dtype=object)
    what = pd.Series(columns[of], dtype=object)
    names = what.astype(str).str.slice(0, LONGEST - 16) + " " + when.astype(str)
    again = names.groupby(names).cumcount()
    names = names.where(again == 0, names + " " + (again + 1).astype(str))
    none = (what.isna() | when.isna()).to_numpy(dtype=np.bool_)
    held: Values = names.to_numpy(dtype=object)
    held[none] = None
    columns[TEST] = held
    given.told.tell(f"{TEST}: made of {of} and the date")
