"""A table of tests evaluated by columns: the row path's own functions, without a row."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Literal, TypedDict, TypeVar, Unpack, overload

import numpy as np
import pandas as pd

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.checks import OWN, Numbers, judged
from pumpperf.interchange.door import LIFT_TYPE, Units, way_out
from pumpperf.interchange.frames.columns import forms
from pumpperf.interchange.frames.lines import Lines, lines_of, words_of
from pumpperf.interchange.frames.marks import (
    STATUSES,
    WORDS,
    codes,
    failing,
    made_by,
    mark,
    presence,
    status_of,
)
from pumpperf.interchange.frames.tables import Errors, Places, opened
from pumpperf.lift import Duty, EfficiencyChain, LiftType, quantities, rod
from pumpperf.lift.reading import NAN
from pumpperf.model import PumpTest, TestType
from pumpperf.numeric import FloatArray, coalesce, ratio
from pumpperf.units import MICROSECONDS_PER_HOUR, from_canonical

T = TypeVar("T")

BLOCK = 65_536
"""Lines that go through the calculators at a time: so many stay in cache."""

OUTPUTS = tuple(
    {field.name: field for row in (Duty, EfficiencyChain) for field in quantities(row)}.values()
)


class Options(TypedDict, total=False):
    """How tests are evaluated: see `evaluate`."""

    assumptions: Assumptions
    units: Units
    keep: Iterable[str]
    atmosphere_kpa: float | None


@overload
def evaluate(tests: T, *, errors: Literal["raise"] = ..., **how: Unpack[Options]) -> T: ...


@overload
def evaluate(tests: T, *, errors: Literal["report"], **how: Unpack[Options]) -> tuple[T, T]: ...


def evaluate(
    tests: Any,  # a table of any kind
    *,
    assumptions: Assumptions = PUMPPERF_2026,
    units: Units = "metric",
    keep: Iterable[str] = (),
    atmosphere_kpa: float | None = None,
    errors: Errors = "raise",
) -> Any:  # of the same kind
    """Duty, efficiency chain and findings of a table of tests, a reading a line.

    The same functions as for rows, so the same numbers; to 12 digits where a
    correlation has a power or logarithm, which numpy rounds otherwise in a column.

    Args:
        tests: a table of pandas, polars or pyarrow, with columns as `to_frame` names those of
            `PumpTest`, in any accepted unit; needed are `lift_type` and the instruments at hand.
            Without `test_type` a line is a field test; without runtime and duration it is
            evaluated, with the finding RUNTIME_MISSING, as if the pump had run all of the time.
        assumptions: by which to judge.
        units: of the columns that come back: `metric`, `field` or wanted suffixes.
        keep: columns of `tests` that come back before all others, as they are.
        atmosphere_kpa: absolute pressure of the air, for columns from gauges (`_psig`), on lines
            that have none of their own.
        errors: `raise`, or `report` to have all other lines evaluated.

    Returns:
        A table of the same kind, with the index of `tests`: the fields of `Duty` and
        `EfficiencyChain`, NaN where an instrument is missing, `status` as rows have it,
        `findings`, the codes of all findings with blanks between, and `checks_made`, likewise those
        of the plausibility checks whose inputs were there. With `report`, that table without the
        faulty lines, and these lines as they came with a column `faults`.

    Raises:
        RowError: with what is wrong with each line, or with the columns.
        ArgumentError: it is no table, the atmosphere is no number above 0, or a column to keep has
            the name of one that comes back.

    >>> sheet = pd.DataFrame({
    ...     "lift_type": ["HYDRAULIC_JET"], "test_type": ["BENCH"], "rate_bpd": [593.9189],
    ...     "intake_pressure_psi": [500.0], "discharge_pressure_psi": [3105.1534],
    ...     "power_fluid_rate_bpd": [300.0], "power_fluid_pressure_rise_psi": [2000.0],
    ... })
    >>> evaluate(sheet)[["hydraulic_power_kw", "downhole_efficiency"]]
       hydraulic_power_kw  downhole_efficiency
    0               19.63                2.579
    """
    given = opened(tests, PumpTest, needed=(), keep=keep, atmosphere_kpa=atmosphere_kpa)
    size = len(given.frame)
    numbers = np.full((len(OUTPUTS), size), NAN)
    failed, made = np.zeros((2, WORDS, size), dtype=np.uint64)
    status = np.zeros(size, dtype=np.int8)
    wrong = np.zeros(size, dtype=np.bool_)
    for start in range(0, size, BLOCK):
        block = slice(start, start + BLOCK)
        lines = lines_of(given, block)
        wrong[block] = lines.wrong
        if errors == "report" or not wrong.any():
            for _, here, reading, duty in evaluated(lines, assumptions):
                there = presence(reading, duty)
                for field, column in zip(OUTPUTS, numbers[:, block], strict=True):
                    if there[f"d.{field.name}"] is not False:
                        column[here] = duty[field.name]
                mark(made[:, block], here, made_by(there))
                mark(failed[:, block], here, failing(reading, duty, assumptions, there))
            status[block] = status_of(failed[:, block], made[:, block])
    words = partial(words_of, given)
    if errors == "raise":
        given.refuse(np.flatnonzero(wrong), words)
    out = pd.DataFrame(
        numbers.T, index=given.frame.index, columns=_converted(numbers, units), copy=False
    )
    out["status"] = pd.Categorical.from_codes(status, categories=pd.Index(STATUSES))
    out["findings"], out["checks_made"] = codes(failed), codes(made)
    out = given.with_kept(out)
    if errors == "raise":
        return given.given_back(out)
    good, bad = np.flatnonzero(~wrong), np.flatnonzero(wrong)
    return given.given_back(out.iloc[good]), given.report(bad, words)


def evaluated(
    lines: Lines, assumptions: Assumptions
) -> Iterator[tuple[LiftType, Places, Numbers, Numbers]]:
    """The lines of a block by lift system: their places, their numbers, and duty and chain."""
    columns = _numbers(lines)
    for code, (lift_type, own) in enumerate(OWN.items()):
        here = np.flatnonzero(lines.fields[LIFT_TYPE].held == code)
        if here.size:
            given = {name: columns[name][here] for name in own.keys() & columns.keys()}
            reading = Numbers({**own, **given})
            with np.errstate(all="ignore"):  # what leaves the floats is marked
                yield lift_type, here, reading, judged(lift_type, reading, assumptions)


def _converted(numbers: FloatArray, units: Units) -> list[str]:
    """Bring the outputs to the units wanted, and name them."""
    names: list[str] = []
    for field, column in zip(OUTPUTS, numbers, strict=True):
        unit, name = way_out(field, units)
        names.append(name)
        if field.kind and unit != field.unit:
            column[:] = from_canonical(column, unit, field.kind)
    return names


_BENCH = forms(TestType).tolist().index(TestType.BENCH)


def _numbers(lines: Lines) -> dict[str, FloatArray]:
    """The numbers of lines by field name, with those of their cards and their test."""
    found = {
        name: column.held
        for name, column in lines.fields.items()
        if column.held.dtype == np.float64 and column.sizes is None
    }
    for which in (rod.SURFACE, rod.DOWNHOLE):
        for name, shown in _cards(lines, which).items():
            found[name] = coalesce(found[name], shown) if name in found else shown
    absent = np.full(lines.wrong.size, np.nan)
    share = ratio(found.get("runtime_h", absent), found.get("duration_h", absent))
    bench = lines.column("test_type").held == _BENCH
    at, rate, power = (_microseconds(lines, f"{of}_date") for of in ("test", "rate", "power"))
    found["running_share"] = coalesce(share, np.where(bench, 1.0, np.nan))
    found["field_test"] = np.where(bench, 0.0, 1.0)
    gap_us = np.abs(coalesce(rate, at) - coalesce(power, at))
    found["pairing_gap_h"] = gap_us / MICROSECONDS_PER_HOUR
    return found


def _microseconds(lines: Lines, name: str) -> FloatArray:
    if name not in lines.fields:
        return np.full(lines.wrong.size, np.nan)
    dates = lines.fields[name].held
    return np.where(np.isnat(dates), np.nan, dates.astype(np.int64).astype(np.float64))


def _cards(lines: Lines, which: tuple[str, str]) -> dict[str, FloatArray]:
    found: dict[str, FloatArray] = {}
    sizes = np.where(lines.wrong, 0, lines.sizes(which[0]))
    for points in np.unique(sizes[sizes > 0]):
        here = np.flatnonzero(sizes == points)
        position, load = (
            lines.fields[name][here].held.reshape(here.size, points) for name in which
        )
        for name, values in rod.card_numbers(which, position_m=position, load_kn=load).items():
            found.setdefault(name, np.full(lines.wrong.size, np.nan))[here] = values
    return found
