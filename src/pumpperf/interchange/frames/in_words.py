"""What is found on a table of tests as a table: a finding a line, in the words that rows have."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.checks import CHECKS, Numbers
from pumpperf.interchange.door import Units, in_units
from pumpperf.interchange.frames.columns import Values
from pumpperf.interchange.frames.evaluation import BLOCK, evaluated
from pumpperf.interchange.frames.lines import Lines, lines_of, words_of
from pumpperf.interchange.frames.marks import failing, presence
from pumpperf.interchange.frames.tables import OBS_NO, opened
from pumpperf.model import Finding, PumpTest, Severity


def findings(
    tests: Any,  # a table of any kind
    *,
    assumptions: Assumptions = PUMPPERF_2026,
    units: Units = "metric",
    keep: Iterable[str] = (),
    atmosphere_kpa: float | None = None,
) -> Any:  # of the same kind
    """All findings on a table of tests, with severity, words and what to look at.

    The findings that `evaluate` gives as codes, in the words that rows have. A finding takes some
    20 microseconds: `evaluate` is for whole fleets, this for the lines that are looked at.

    Args:
        tests: as `evaluate` takes them.
        assumptions: by which to judge.
        units: of the quantities in the words.
        keep: columns of `tests` that come back before all others, as they are.
        atmosphere_kpa: absolute pressure of the air, for columns from gauges (`_psig`), on lines
            that have none of their own.

    Returns:
        A table of the same kind, a finding a line in the order of the lines of `tests`: `row`, the
        label of that line, `pump_test_id` and `reading_obs_no` if it has them, `code`,
        `severity`, `words`, `inputs`, the names of the fields concerned with blanks between, and
        `look_at`.

    Raises:
        RowError: with what is wrong with each line, or with the columns.
        UnitError: the units are unknown.
        ArgumentError: it is no table, the atmosphere is no number above 0, or a column to keep has
            the name of one that comes back.

    >>> sheet = pd.DataFrame({
    ...     "lift_type": ["ESP"], "test_type": ["BENCH"], "rate_m3d": [100.0],
    ...     "pressure_rise_kpa": [8000.0], "input_power_kw": [5.0],
    ... })
    >>> print(findings(sheet, units="field").query("severity == 'WARNING'").words[0])
    overall efficiency is 1.852, above 1: its inputs cannot all be true
    """
    given = opened(tests, PumpTest, needed=(), keep=keep, atmosphere_kpa=atmosphere_kpa)
    size = len(given.frame)
    wrong = np.zeros(size, dtype=np.bool_)
    found: list[tuple[int, object, object, Finding]] = []
    for start in range(0, size, BLOCK):
        lines = lines_of(given, slice(start, start + BLOCK))
        wrong[start : start + BLOCK] = lines.wrong
        if not wrong.any():
            names, numbers = (_of_lines(lines, name) for name in ("pump_test_id", OBS_NO))
            for place, one in sorted(_told(lines, assumptions), key=lambda pair: pair[0]):
                found.append((start + place, names[place], numbers[place], in_units(one, units)))
    given.refuse(np.flatnonzero(wrong), lambda place: words_of(given, place))
    places = np.array([place for place, *_ in found], dtype=np.intp)
    out = pd.DataFrame(
        {
            "row": given.frame.index[places],
            "pump_test_id": pd.Series([name for _, name, _, _ in found], dtype=object),
            OBS_NO: pd.Series([number for _, _, number, _ in found], dtype="Int64"),
            "code": [one.code for *_, one in found],
            "severity": pd.Categorical(
                [one.severity.value for *_, one in found], categories=[s.value for s in Severity]
            ),
            "words": [one.words for *_, one in found],
            "inputs": [" ".join(one.inputs) for *_, one in found],
            "look_at": [one.look_at for *_, one in found],
        }
    )
    return given.given_back(given.with_kept(out, places))


def _of_lines(lines: Lines, name: str) -> Values:
    column = lines.column(name)
    found: Values = column.held.astype(object)
    found[~column.given] = None
    return found


def _told(lines: Lines, assumptions: Assumptions) -> Iterable[tuple[int, Finding]]:
    for lift_type, here, reading, duty in evaluated(lines, assumptions):
        for place, flags in failing(reading, duty, assumptions, presence(reading, duty)):
            for line in np.flatnonzero(np.broadcast_to(flags, here.size)).tolist():
                one = CHECKS[place].told(
                    lift_type, _Line(reading, line), _Line(duty, line), assumptions
                )
                yield int(here[line]), one


class _Line(Numbers):
    """The numbers of one line of columns, taken out as they are asked for."""

    def __init__(self, columns: Numbers, line: int) -> None:
        self._columns, self._line = columns, line

    def __missing__(self, name: str) -> float:
        column = self._columns[name]
        return float(column[self._line]) if np.ndim(column) else column
