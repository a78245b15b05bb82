"""What the use cases share: windows, versions, order of inputs, and the test to hold against."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import TypedDict, TypeVar

import numpy as np
from attrs import frozen

from pumpperf.assumptions import Assumptions
from pumpperf.errors import ArgumentError
from pumpperf.lift import Reading
from pumpperf.model import Finding, PumpTest, Row, Severity, TestType, key, table

R = TypeVar("R", bound=Row)

VERSIONS = {
    "pump_test_result": "1",
    "pump_efficiency": "1",
    "pump_reliability": "1",
    "downtime_impact": "1",
    "energy_consumption": "1",
}
"""Raised whenever a number of the calculation may move; a golden file holds each to it."""


class Asked(TypedDict):
    """Who asks, when, and by which assumptions: what every use case takes."""

    assumptions: Assumptions
    user_id: str
    at: dt.datetime


@frozen
class Window:
    """A stretch of time whose dates have their UTC offset."""

    start: dt.datetime
    end: dt.datetime

    def __attrs_post_init__(self) -> None:
        """Raise `ArgumentError` unless both dates have an offset and the end is the later one."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ArgumentError(f"window {self.start} to {self.end}: expected dates with an offset")
        if not self.start < self.end:
            raise ArgumentError(f"window {self.start} to {self.end}: expected a later end")

    @property
    def edges(self) -> tuple[np.datetime64, np.datetime64]:
        """Both ends as numpy takes them, in UTC."""
        return datetime64(self.start), datetime64(self.end)


def datetime64(when: dt.datetime | None) -> np.datetime64:
    """A date as numpy takes it, in UTC; NaT for one that is not there."""
    if when is None:
        return np.datetime64("NaT", "us")
    return np.datetime64(when.astimezone(dt.UTC).replace(tzinfo=None), "us")


def in_order(rows: Iterable[R]) -> list[R]:
    """Rows by table and key, so that the order in which a store gives them does not matter."""
    return sorted(rows, key=lambda row: (table(type(row)), key(row)))


@frozen
class Baseline:
    """The field test of one reading with a rate, against which a history is held."""

    test: PumpTest
    reading: Reading
    rate_m3d: float


def baseline(tests: Iterable[PumpTest], before: dt.datetime) -> Baseline | None:
    """The last such test up to a date; None if there is none."""
    known = [
        Baseline(test, reading, reading.rate_m3d)
        for test in tests
        for reading in test.readings
        if test.test_type is TestType.FIELD
        and test.test_date <= before
        and len(test.readings) == 1
        and reading.rate_m3d is not None
    ]
    return max(known, key=lambda one: (one.test.test_date, one.test.pump_test_id), default=None)


def held_against(
    base: Baseline | None, held: Mapping[str, float | None], missing: str
) -> tuple[Finding, ...]:
    """Which test numbers are held against, or why they are absent.

    Args:
        base: the test that was used, if there is one.
        held: numbers by what they are called in words.
        missing: what absent ones need from the test.
    """
    if base is None:
        words = "there is no field test of one reading with a rate before the end"
        return (_info("TEST_MISSING", f"{' and '.join(held)}: absent, {words}"),)
    name = f"test {base.test.pump_test_id} of {base.test.test_date.isoformat()}"
    there = [words for words, value in held.items() if value is not None]
    absent = [words for words, value in held.items() if value is None]
    return (
        *([_info("TEST_USED", f"{' and '.join(there)}: held against {name}")] if there else []),
        *([_info("TEST_LACKS", f"{' and '.join(absent)}: absent, {missing}")] if absent else []),
    )


def _info(code: str, words: str) -> Finding:
    look_at = "the well's last field test, and whether it still produces as it did then"
    return Finding(
        code=code,
        severity=Severity.INFO,
        words=words,
        inputs=("test_date",),
        look_at=look_at,
    )


def finite(value: float) -> float | None:
    """The number, or None if it is undefined or without bound."""
    return float(value) if math.isfinite(value) else None


def times(amount: float | None, price: float | None) -> float | None:
    """Amount times price, absent if one of them is."""
    return None if amount is None or price is None else amount * price
