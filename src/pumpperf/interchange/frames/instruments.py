"""A table of tests as columns of numbers, and every fault that keeps it from being one."""

import math
from collections.abc import Mapping
from enum import StrEnum
from numbers import Real
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pumpperf.errors import RowError
from pumpperf.fields import AtLeast, MoreThan
from pumpperf.interchange.door import Name, names, unknown
from pumpperf.interchange.frames.rows import LIFT_TYPE, OBS_NO, repeated
from pumpperf.lift import READINGS, LiftType, quantities, rod
from pumpperf.model import PumpTest, TestType, table
from pumpperf.numeric import FloatArray, coalesce, ratio
from pumpperf.units import MICROSECONDS_PER_HOUR, Kind, to_canonical

TEST_NUMBERS = ("running_share", "field_test", "pairing_gap_h")
"""What a test says of all its readings."""


def instruments(tests: pd.DataFrame) -> tuple[dict[str, FloatArray], NDArray[np.intp]]:
    """The numbers of a table of tests by field name, and the lift system of each line by its place.

    Raises:
        RowError: with every column that is unknown, no number, of an impossible value, or that
            belongs to another lift system than its line.
    """
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
    cards = _cards(tests, known, lift_codes, faults)
    found |= {
        name: coalesce(found[name], shown) if name in found else shown
        for name, shown in cards.items()
    }
    found |= _test_numbers(tests, found, faults)
    faults += _alone(tests.index, found)
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
    limits = [bound for bound in field.bounds if isinstance(bound, AtLeast | MoreThan)]
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


def _alone(index: "pd.Index[Any]", found: Mapping[str, FloatArray]) -> list[str]:
    absent = np.full(len(index), np.nan)
    faults: list[str] = []
    for first, second in PumpTest.TOGETHER:
        wrong = ~np.isnan(found.get(first, absent)) & np.isnan(found.get(second, absent))
        if wrong.any():
            label = index[int(np.argmax(wrong))]
            faults.append(f"line {label}.{first} is given without {second}: expected both")
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
    gap_us = np.abs(coalesce(rate_date, at) - coalesce(power_date, at))
    return {
        "running_share": coalesce(share, np.where(bench, 1.0, np.nan)),
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
    tests: pd.DataFrame,
    known: Mapping[str, Name],
    lift_codes: NDArray[np.intp],
    faults: list[str],
) -> dict[str, FloatArray]:
    found: dict[str, FloatArray] = {}
    for which in (rod.SURFACE, rod.DOWNHOLE):
        halves = [
            (tests[name], meaning)
            for name, meaning in known.items()
            if meaning.field.name in which and name in tests.columns
        ]
        if halves:
            found |= _card(tests, which, halves, lift_codes, faults)
    return found


def _card(
    tests: pd.DataFrame,
    which: tuple[str, str],
    halves: list[tuple["pd.Series[Any]", Name]],
    lift_codes: NDArray[np.intp],
    faults: list[str],
) -> dict[str, FloatArray]:
    lengths = np.array([[_length(card) for card in column] for column, _ in halves])
    if (lengths < 0).any():
        half = int(np.argmax((lengths < 0).any(axis=1)))
        column, _ = halves[half]
        label, card = _first(column, lengths[half] < 0)
        faults.append(f"line {label}.{column.name} = {card!r}: expected a sequence of numbers")
        return {}
    unpaired = (lengths != lengths[0]).any(axis=0) | (len(halves) != 2)
    if unpaired.any():
        label, _ = _first(halves[0][0], unpaired)
        both = " and ".join(name.rpartition("_")[0] for name in which)
        faults.append(f"line {label}: expected {both} with as many points")
        return {}
    rods = tuple(LiftType).index(LiftType.SUCKER_ROD_PUMP)
    foreign = (lengths[0] > 0) & (lift_codes != rods)
    if foreign.any():
        label, _ = _first(halves[0][0], foreign)
        faults.append(f"line {label}: expected a card only where lift_type is SUCKER_ROD_PUMP")
        return {}
    found: dict[str, FloatArray] = {}
    for points in np.unique(lengths[0][lengths[0] > 0]):
        lines = np.flatnonzero(lengths[0] == points)
        position, load = (
            to_canonical(
                _stack(column.iloc[lines], faults), meaning.unit, cast("Kind", meaning.field.kind)
            )
            for column, meaning in halves
        )
        card = rod.card_numbers(which, position_m=position, load_kn=load)
        for name, values in card.items():
            found.setdefault(name, np.full(len(tests), np.nan))[lines] = values
    return found


def _length(card: object) -> int:
    if isinstance(card, (tuple, list, np.ndarray)):
        return len(cast("tuple[object, ...]", card))
    return 0 if card is None or card != card else -1


def _stack(cards: "pd.Series[Any]", faults: list[str]) -> FloatArray:
    numbers = np.array([[_point(x) for x in card] for card in cards], dtype=np.float64)
    wrong = np.isnan(numbers)
    if wrong.any():
        label, card = _first(cards, wrong.any(axis=1).ravel())
        faults.append(f"line {label}.{cards.name} = {card!r}: expected finite numbers")
    return numbers


def _point(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        return np.nan
    return float(value) if math.isfinite(value) else np.nan


def _first(column: "pd.Series[Any]", wrong: NDArray[np.bool_]) -> tuple[Any, Any]:
    i = int(np.argmax(wrong))
    return column.index[i], column.iloc[i]
