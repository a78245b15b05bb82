"""What the use cases share: windows, versions, order of inputs, and the test to hold against."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import TypedDict, TypeVar

import numpy as np
from attrs import field, frozen

from pumpperf.assumptions import Assumptions
from pumpperf.checks import check_test
from pumpperf.errors import ArgumentError
from pumpperf.lift import Reading
from pumpperf.model import (
    EquipmentMaintain,
    EquipmentUseStat,
    Finding,
    PumpTest,
    Row,
    Severity,
    TestType,
    WellActivity,
    WellEquipment,
    key,
    table,
)

R = TypeVar("R", bound=Row)
V = TypeVar("V")
P = TypeVar(
    "P", bound=WellEquipment | EquipmentMaintain | WellActivity | EquipmentUseStat | PumpTest
)

VERSIONS = {
    "pump_test_result": "1",
    "pump_efficiency": "1",
    "pump_reliability": "2",
    "downtime_impact": "2",
    "energy_consumption": "2",
}
"""Raised whenever a number of the calculation may move; a golden file holds each to it."""


class Asked(TypedDict):
    """Who asks, when, and by which assumptions: what every use case takes."""

    assumptions: Assumptions
    user_id: str
    at: dt.datetime


def in_utc(when: dt.datetime) -> dt.datetime:
    """The date in UTC.

    Raises:
        ArgumentError: it has no UTC offset.
    """
    if when.tzinfo is None:
        raise ArgumentError(f"{when.isoformat()}: expected a date with its UTC offset")
    return when.astimezone(dt.UTC)


def known_by(end: dt.datetime, at: dt.datetime) -> dt.datetime:
    """The end of a history, in UTC.

    Raises:
        ArgumentError: it lies after the time of asking: nobody knows what comes.
    """
    if in_utc(end) > at:
        raise ArgumentError(f"{end.isoformat()} lies after {at.isoformat()}: expected a past end")
    return in_utc(end)


def of_pump(equipment_id: str, rows: Iterable[P]) -> list[P]:
    """The rows, all of one pump.

    Raises:
        ArgumentError: one is of another pump.
    """
    found = list(rows)
    for row in found:
        if row.equipment_id != equipment_id:
            what = f"{table(type(row))} {key(row)}"
            raise ArgumentError(f"{what} is of {row.equipment_id!r}, not {equipment_id!r}")
    return found


def price(value: float | None) -> float | None:
    """A price as a float.

    Raises:
        ArgumentError: it is not a finite number.
    """
    if value is None:
        return None
    if not math.isfinite(value):
        raise ArgumentError(f"price {value}: expected a finite number")
    return float(value)


@frozen
class Window:
    """A stretch of time whose dates have their UTC offset."""

    start: dt.datetime = field(converter=in_utc)
    end: dt.datetime = field(converter=in_utc)

    def __attrs_post_init__(self) -> None:
        """Raise `ArgumentError` unless the end is the later one."""
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


def by_label(pairs: Iterable[tuple[str, V]], name: str) -> dict[str, V]:
    """What belongs to each label.

    Args:
        pairs: labels, each with what belongs to it.
        name: of the labels, for the words of an error.

    Raises:
        ArgumentError: a label stands twice: nobody knows which of the two counts.
    """
    found: dict[str, V] = {}
    for label, value in pairs:
        if label in found:
            raise ArgumentError(f"{name} {label!r} stands twice: expected once")
        found[label] = value
    return found


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


def suspect(base: Baseline | None, assumptions: Assumptions) -> tuple[Finding, ...]:
    """That the test which numbers are held against is itself hard to believe."""
    found = check_test(base.test, assumptions) if base else ()
    codes = [finding.code for finding in found if finding.severity is not Severity.INFO]
    if base is None or not codes:
        return ()
    return (
        Finding(
            code="TEST_SUSPECT",
            severity=Severity.WARNING,
            words=f"test {base.test.pump_test_id} is suspect: {', '.join(codes)}",
            inputs=("pump_test_id",),
            look_at="the findings of that test",
        ),
    )


def no_installation(where: str) -> Finding:
    """That a pump which has a history was installed nowhere."""
    return Finding(
        code="NO_INSTALLATION",
        severity=Severity.WARNING,
        words=f"the pump has no installation {where}",
        inputs=("install_date", "removal_date"),
        look_at="the pump's identifier, and whether its installation was recorded",
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
