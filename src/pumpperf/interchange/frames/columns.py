"""A table of tests evaluated by columns: the row path's own functions, without a row."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.calc.downtime import MICROSECONDS_PER_HOUR
from pumpperf.checks import CHECKS, Numbers, judged
from pumpperf.errors import RowError
from pumpperf.fields import AtLeast, MoreThan, Text
from pumpperf.interchange.door import Name, Units, names, unknown, wanted_unit
from pumpperf.interchange.frames.table import LIFT_TYPE, OBS_NO, repeated
from pumpperf.lift import (
    READINGS,
    Duty,
    EfficiencyChain,
    LiftType,
    numbers,
    quantities,
    rod,
)
from pumpperf.lift.reading import NAN
from pumpperf.model import PumpTest, TestType, table
from pumpperf.numeric import FloatArray, present, ratio
from pumpperf.units import Kind, from_canonical, to_canonical

TEST_NUMBERS = ("running_share", "field_test", "pairing_gap_h")

BLOCK = 50_000
"""Rows that go through the calculators at a time: their columns stay in the cache."""

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
    columns, lift_codes = _columns(tests)
    size = len(tests)
    found = {field.name: np.full(size, np.nan) for field in OUTPUTS}
    bits = np.zeros(size, dtype=np.uint64)
    for start in range(0, size, BLOCK):
        block = slice(start, start + BLOCK)
        for code, (lift_type, own) in enumerate(_OWN.items()):
            lines = np.flatnonzero(lift_codes[block] == code)
            here = {name: columns[name][block][lines] for name in own.keys() & columns.keys()}
            reading = Numbers(own | here)
            duty = judged(lift_type, reading)
            for name, column in found.items():
                if not isinstance(duty[name], float):
                    column[block][lines] = duty[name]
            _mark(bits[block], lines, reading, duty, assumptions)
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


def _mark(
    bits: NDArray[np.uint64],
    lines: NDArray[np.intp],
    reading: Numbers,
    duty: Numbers,
    assumptions: Assumptions,
) -> None:
    for bit, check in enumerate(CHECKS):
        failed = np.asarray(check.fails(reading, duty, assumptions))
        if failed.any():
            bits[lines[np.broadcast_to(failed, lines.shape)]] |= np.uint64(1 << bit)


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


def _columns(tests: pd.DataFrame) -> tuple[dict[str, FloatArray], NDArray[np.intp]]:
    known, owners = _known()
    faults = [
        unknown(str(name), known)
        for name in tests.columns
        if name not in known and name not in (OBS_NO, LIFT_TYPE)
    ]
    faults += repeated(tests)
    if LIFT_TYPE not in tests.columns:
        faults.append(f"{LIFT_TYPE} is missing: expected one of {', '.join(LiftType)}")
    if faults:
        raise RowError(table(PumpTest), faults)
    lift_codes = _coded(tests[LIFT_TYPE], LiftType, faults)
    found: dict[str, FloatArray] = {}
    for name, meaning in known.items():
        field = meaning.field
        if name not in tests.columns or meaning.uncertainty or field.types != (float,):
            continue
        if field.name in found:
            faults.append(f"{name} gives {field.name} a second time: expected it once")
        elif not field.sequence:
            found[field.name] = _numbers(tests[name], meaning, faults)
            own = owners.get(field.name, set(LiftType))
            faults += _foreign(tests[name], found[field.name], lift_codes, own)
    faults += _disorder(tests.index, found)
    cards = _cards(tests, known, faults)
    if "minimum_rod_load_kn" in cards and "minimum_rod_load_kn" in found:
        stated = found.pop("minimum_rod_load_kn")
        cards["minimum_rod_load_kn"] = present(stated, cards["minimum_rod_load_kn"])
    found |= cards
    found |= _test_numbers(tests, found, faults)
    if faults:
        raise RowError(table(PumpTest), faults)
    return found, lift_codes


def _known() -> tuple[dict[str, Name], dict[str, set[LiftType]]]:
    known = names(PumpTest)
    owners: dict[str, set[LiftType]] = {}
    for lift_type, reading in READINGS.items():
        known |= names(reading)
        for field in quantities(reading):
            owners.setdefault(field.name, set()).add(lift_type)
    return known, owners


def _coded(column: "pd.Series[Any]", codes: type[StrEnum], faults: list[str]) -> NDArray[np.intp]:
    index, values = pd.factorize(column)
    place = {code.value: i for i, code in enumerate(codes)}
    found = np.array([*(place.get(value, -1) for value in values), -1], dtype=np.intp)[index]
    if (found < 0).any():
        label, value = _first(column, found < 0)
        wanted = ", ".join(codes)
        faults.append(f"line {label}.{column.name} = {value!r}: expected one of {wanted}")
    return found


def _numbers(column: "pd.Series[Any]", meaning: Name, faults: list[str]) -> FloatArray:
    field, kind = meaning.field, meaning.field.kind
    if pd.api.types.is_object_dtype(column):
        column = column.infer_objects()
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        if not column.isna().all():
            faults.append(f"{column.name} holds {column.dtype}: expected {field.expected()}")
        return np.full(len(column), np.nan)
    given = column.to_numpy(dtype=np.float64, na_value=np.nan)
    converted = to_canonical(given, meaning.unit, kind) if kind else given
    limits = [bound for bound in field.bounds if not isinstance(bound, Text)]
    for wrong in (np.isinf(converted), *(_beyond(bound, converted) for bound in limits)):
        if wrong.any():
            label, value = _first(column, wrong)
            faults.append(f"line {label}.{column.name} = {value!r}: expected {field.expected()}")
    return converted


def _beyond(bound: AtLeast | MoreThan, numbers: FloatArray) -> NDArray[np.bool_]:
    return numbers <= bound.low if isinstance(bound, MoreThan) else numbers < bound.low


def _foreign(
    column: "pd.Series[Any]",
    numbers: FloatArray,
    lift_codes: NDArray[np.intp],
    owners: set[LiftType],
) -> list[str]:
    if len(owners) == len(LiftType):
        return []
    others = np.array([code not in owners for code in LiftType] + [False])
    foreign = others[lift_codes] & ~np.isnan(numbers)
    if not foreign.any():
        return []
    label, value = _first(column, foreign)
    wanted = ", ".join(sorted(owners))
    return [f"line {label}.{column.name} = {value!r}: expected only where lift_type is {wanted}"]


def _disorder(index: "pd.Index[Any]", found: Mapping[str, FloatArray]) -> list[str]:
    faults: list[str] = []
    for row in (PumpTest, *READINGS.values()):
        for low, high in row.ORDERED:
            if low in found and high in found and (wrong := found[low] > found[high]).any():
                i = int(np.argmax(wrong))
                faults.append(
                    f"line {index[i]}.{low} = {found[low][i]} exceeds {high} = {found[high][i]}: "
                    "expected the reverse"
                )
    return faults


def _test_numbers(
    tests: pd.DataFrame, found: Mapping[str, FloatArray], faults: list[str]
) -> dict[str, FloatArray]:
    absent = np.full(len(tests), np.nan)
    bench = np.zeros(len(tests), dtype=bool)
    if "test_type" in tests.columns:
        bench = _coded(tests["test_type"], TestType, faults) == tuple(TestType).index(
            TestType.BENCH
        )
    share = ratio(found.get("runtime_h", absent), found.get("duration_h", absent))
    dates = {
        name: _dates(tests[name], faults)
        for name in ("test_date", "rate_date", "power_date")
        if name in tests.columns
    }
    at = dates.get("test_date", absent)
    rate_date, power_date = dates.get("rate_date", absent), dates.get("power_date", absent)
    gap_us = np.abs(present(rate_date, at) - present(power_date, at))
    return {
        "running_share": present(share, np.where(bench, 1.0, np.nan)),
        "field_test": np.where(bench, 0.0, 1.0),
        "pairing_gap_h": gap_us / MICROSECONDS_PER_HOUR,
    }


def _dates(column: "pd.Series[Any]", faults: list[str]) -> FloatArray:
    if not isinstance(column.dtype, pd.DatetimeTZDtype):
        faults.append(f"{column.name} holds {column.dtype}: expected dates with a time zone")
        return np.full(len(column), np.nan)
    times = column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[us]")
    return np.where(np.isnat(times), np.nan, times.astype(np.int64).astype(np.float64))


def _cards(
    tests: pd.DataFrame, known: Mapping[str, Name], faults: list[str]
) -> dict[str, FloatArray]:
    halves = [
        (tests[name], meaning)
        for name, meaning in known.items()
        if meaning.field.sequence and meaning.field.kind and name in tests.columns
    ]
    if not halves:
        return {}
    lengths = np.array(
        [[np.size(card) if np.ndim(card) else 0 for card in column] for column, _ in halves]
    )
    unpaired = (lengths != lengths[0]).any(axis=0) | (len(halves) != 2)
    if unpaired.any():
        label, _ = _first(halves[0][0], unpaired)
        faults.append(f"line {label}: expected card_position and card_load with as many points")
        return {}
    found: dict[str, FloatArray] = {}
    for points in np.unique(lengths[0][lengths[0] > 0]):
        lines = np.flatnonzero(lengths[0] == points)
        stacks = {
            meaning.field.name: to_canonical(
                np.array(column.iloc[lines].tolist(), dtype=np.float64),
                meaning.unit,
                cast("Kind", meaning.field.kind),
            )
            for column, meaning in halves
        }
        shown = rod.card_numbers(
            position_m=stacks["card_position_m"], load_kn=stacks["card_load_kn"]
        )
        for name, values in shown.items():
            found.setdefault(name, np.full(len(tests), np.nan))[lines] = values
    return found


def _first(column: "pd.Series[Any]", wrong: NDArray[np.bool_]) -> tuple[Any, Any]:
    i = int(np.argmax(wrong))
    return column.index[i], column.iloc[i]
