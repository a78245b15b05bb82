"""A table of tests evaluated by columns: the row path's own functions, without a row."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.checks import CHECKS, Numbers, judged
from pumpperf.errors import RowError
from pumpperf.interchange.door import Units, wanted_unit
from pumpperf.interchange.frames.instruments import TEST_NUMBERS, instruments
from pumpperf.lift import (
    READINGS,
    Duty,
    EfficiencyChain,
    numbers,
    quantities,
)
from pumpperf.lift.reading import NAN
from pumpperf.model import PumpTest, table
from pumpperf.units import from_canonical

BLOCK = 200_000
"""Lines that go through the calculators at a time: about 50,000 of a lift system stay in cache."""

OUTPUTS = tuple(
    {field.name: field for row in (Duty, EfficiencyChain) for field in quantities(row)}.values()
)


def evaluate(
    tests: pd.DataFrame,
    *,
    assumptions: Assumptions = PUMPPERF_2026,
    units: Units = "metric",
) -> pd.DataFrame:
    """Duty, efficiency chain and findings of a table of tests, a reading a line.

    The same functions as for rows, so the same numbers to the last digit.

    Args:
        tests: columns as `to_frame` names those of `PumpTest`, in any accepted unit; needed are
            `lift_type` and the instruments at hand. Without `test_type` a line is a field test;
            without runtime and duration it is evaluated, with the finding RUNTIME_MISSING, as if
            the pump had run all of the time.
        assumptions: by which to judge.
        units: of the columns that come back: `metric`, `field` or wanted suffixes.

    Returns:
        A table with the index of `tests`: the fields of `Duty` and `EfficiencyChain`, NaN where
        an instrument is missing, and `findings`, the codes of all findings with blanks between.

    Raises:
        RowError: with every column that is unknown, no number, of an impossible value, or that
            belongs to another lift system than its line.

    >>> sheet = pd.DataFrame({
    ...     "lift_type": ["HYDRAULIC_JET"], "test_type": ["BENCH"], "rate_bpd": [593.9189],
    ...     "intake_pressure_psi": [500.0], "discharge_pressure_psi": [3105.1534],
    ...     "power_fluid_rate_bpd": [300.0], "power_fluid_pressure_rise_psi": [2000.0],
    ... })
    >>> evaluate(sheet)[["hydraulic_power_kw", "downhole_efficiency"]]
       hydraulic_power_kw  downhole_efficiency
    0               19.63                2.579
    """
    columns, lift_codes = instruments(tests)
    size = len(tests)
    found = {field.name: np.empty(size) for field in OUTPUTS}
    bits = np.empty(size, dtype=np.uint64)
    for start in range(0, size, BLOCK):
        block = slice(start, start + BLOCK)
        for code, (lift_type, own) in enumerate(_OWN.items()):
            lines = np.flatnonzero(lift_codes[block] == code)
            here = {name: columns[name][block][lines] for name in own.keys() & columns.keys()}
            reading = Numbers(own | here)
            duty = judged(lift_type, reading)
            for name, column in found.items():
                column[block][lines] = duty[name]
            bits[block][lines] = _marks(lines.size, reading, duty, assumptions)
    overflown = [
        f"line {tests.index[int(np.argmax(np.isinf(column)))]}: {name} is beyond any number"
        for name, column in found.items()
        if np.isinf(column).any()
    ]
    if overflown:
        raise RowError(table(PumpTest), overflown)
    out: dict[str, Any] = {}  # a column of floats or texts
    for field in OUTPUTS:
        unit = wanted_unit(field.kind, units) if field.kind else ""
        name = f"{field.base}_{unit}" if unit else field.name
        column = found[field.name]
        out[name] = from_canonical(column, unit, field.kind) if field.kind else column
    out["findings"] = _codes(bits)
    return pd.DataFrame(out, index=tests.index, copy=False)


_OWN = {
    lift_type: {**numbers(reading()), **dict.fromkeys(TEST_NUMBERS, NAN)}
    for lift_type, reading in READINGS.items()
}
"""The numbers of each lift system, all of them absent."""


def _marks(
    size: int, reading: Numbers, duty: Numbers, assumptions: Assumptions
) -> NDArray[np.uint64]:
    marks = np.zeros(size, dtype=np.uint64)
    for bit, check in enumerate(CHECKS):
        failed = np.asarray(check.fails(reading, duty, assumptions))
        if failed.any():
            marks |= failed.astype(np.uint64) << np.uint64(bit)
    return marks


def _codes(bits: NDArray[np.uint64]) -> "pd.Categorical[Any]":
    marked = np.flatnonzero(bits)
    index, patterns = pd.factorize(bits[marked])
    words = [
        " ".join(check.code for bit, check in enumerate(CHECKS) if int(pattern) >> bit & 1)
        for pattern in patterns
    ]
    codes = np.zeros(bits.size, dtype=np.intp)
    codes[marked] = index + 1
    return pd.Categorical.from_codes(codes, categories=pd.Index(["", *words]))
