"""Tables of a fleet's history as columns, and every fault that keeps them from being such."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from attrs import frozen
from numpy.typing import NDArray

from pumpperf.errors import RowError
from pumpperf.interchange.door import names, unknown
from pumpperf.interchange.frames.rows import repeated
from pumpperf.model import Row, table

Column = NDArray[Any]  # labels of any kind, dates, or truths


@frozen
class Wanted:
    """What is read of a table: labels and codes, dates, and truths, each needed or not."""

    row: type[Row]
    labels: Sequence[str] = ()
    known_labels: Sequence[str] = ()
    codes: Mapping[str, type[StrEnum]] = {}
    dates: Sequence[str] = ()
    known_dates: Sequence[str] = ()
    truths: Sequence[str] = ()


def columns(frame: pd.DataFrame, wanted: Wanted) -> dict[str, Column]:
    """The wanted columns of a table, as arrays.

    Labels and dates that may be absent are None and NaT there.

    Raises:
        RowError: with every column that is unknown, repeated or missing, every one that holds no
            dates with their UTC offset, and the first line of each that lacks a needed value, or
            has one that is no code.
    """
    known = names(wanted.row)
    faults = [unknown(str(name), known) for name in frame.columns if name not in known]
    faults += repeated(frame)
    needed = (*wanted.labels, *wanted.dates, *wanted.truths)
    faults += [f"{name} is missing" for name in needed if name not in frame.columns]
    if faults:
        raise RowError(table(wanted.row), faults)
    found: dict[str, Column] = {}
    for name in (*wanted.labels, *wanted.known_labels, *wanted.codes):
        found[name] = _labels(frame, name)
    for name in (*wanted.dates, *wanted.known_dates):
        found[name] = _dates(frame, name, faults)
    for name in wanted.truths:
        found[name] = _truths(frame, name, faults)
    for name in wanted.labels:
        absent = np.array([value is None for value in found[name]], dtype=bool)
        faults += _at_first(frame, name, absent, "a label")
    for name in wanted.dates:
        faults += _at_first(frame, name, np.isnat(found[name]), "a date with its UTC offset")
    for name, codes in wanted.codes.items():
        allowed = {None, *(code.value for code in codes)}
        foreign = np.array([value not in allowed for value in found[name]], dtype=bool)
        faults += _at_first(frame, name, foreign, f"one of {', '.join(codes)}")
    if faults:
        raise RowError(table(wanted.row), faults)
    return found


def _labels(frame: pd.DataFrame, name: str) -> Column:
    if name not in frame.columns:
        return np.full(len(frame), None, dtype=object)
    column = frame[name].astype(object)
    return column.where(column.notna(), None).to_numpy(dtype=object)


def _dates(frame: pd.DataFrame, name: str, faults: list[str]) -> Column:
    none = np.full(len(frame), "NaT", dtype="datetime64[us]")
    if name not in frame.columns or frame[name].isna().all():
        return none
    column = frame[name]
    if not isinstance(column.dtype, pd.DatetimeTZDtype):
        faults.append(f"{name} holds {column.dtype}: expected dates with their UTC offset")
        return none
    utc = column.dt.tz_convert("UTC").dt.tz_localize(None)
    return np.asarray(utc, dtype="datetime64[us]")


def _truths(frame: pd.DataFrame, name: str, faults: list[str]) -> Column:
    column = frame[name]
    if not pd.api.types.is_bool_dtype(column) or column.isna().any():
        faults.append(f"{name} holds {column.dtype}: expected true or false in every line")
        return np.zeros(len(frame), dtype=bool)
    return column.to_numpy(dtype=bool)


def _at_first(frame: pd.DataFrame, name: str, wrong: NDArray[np.bool_], expected: str) -> list[str]:
    if not wrong.any():
        return []
    i = int(np.argmax(wrong))
    return [f"line {frame.index[i]}.{name} = {frame[name].iloc[i]!r}: expected {expected}"]
