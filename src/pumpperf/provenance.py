"""Which inputs and assumptions made a number: digest, run, and who recorded it when."""

import datetime as dt
import hashlib
import json
import math
import uuid
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypedDict, TypeVar

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from pumpperf.assumptions import Assumptions
from pumpperf.checked import amended
from pumpperf.errors import ArgumentError, is_a, shown
from pumpperf.model import (
    AUDIT,
    TABLES,
    Key,
    PumpPerformanceRun,
    Row,
    RunResult,
    key,
    status_of,
    table,
)

R = TypeVar("R", bound=Row)
M = TypeVar("M", bound=RunResult)

VERSIONS = {
    "pump_test_result": "3",
    "pump_efficiency": "3",
    "pump_reliability": "4",
    "downtime_impact": "5",
    "energy_consumption": "5",
}
"""Of each calculation, raised whenever a number of it may move; a golden file holds it to that."""
SIGNIFICANT_DIGITS = 12
_RUNS = uuid.UUID("5a0c9d1e-6d0b-5c43-9f3e-0f2f7a1f3c55")
_OMITTED = AUDIT | {"active_ind", "original_units"}


class Terms(TypedDict):
    """By which assumptions, for whom and when: what every use case takes."""

    assumptions: Assumptions
    user_id: str
    at: dt.datetime


def digest(rows: Iterable[Row], *more: Mapping[str, object]) -> str:
    """SHA-256 of rows and parameters: equal inputs, equal digest, whoever recorded them.

    Quantities enter with 12 significant digits, so that no round trip through a store moves it,
    and dates as instants, in whatever time zone a store gives them back; who and when, whether a
    row is active, and the units it came in stay out.

    Args:
        rows: the input rows, in the order in which the calculation takes them.
        more: what else went in, as names with numbers, texts, dates or None.
    """
    body = [_canonical.unstructure(row) for row in rows]
    return hashlib.sha256(_json([body, *map(_canonical.unstructure, more)]).encode()).hexdigest()


def differences(one: Row, other: Row) -> list[str]:
    """The fields in which two rows of a class have another digest.

    Args:
        one: a row.
        other: another one.

    >>> from pumpperf import Equipment
    >>> pump = Equipment(equipment_id="P1", lift_type="ESP")
    >>> differences(pump, attrs.evolve(pump, lift_type="PCP", active_ind=False))
    ['lift_type']
    """
    before, now = _canonical.unstructure(one), _canonical.unstructure(other)
    return [name for name in now if _json(before[name]) != _json(now[name])]


def run_of(
    *,
    calculation: str,
    inputs: Iterable[Row],
    parameters: Mapping[str, object] = MappingProxyType({}),
    assumptions: Assumptions,
    equipment_id: str,
    user_id: str,
    at: dt.datetime,
) -> PumpPerformanceRun:
    """The record of one evaluation; the same question makes the same `run_id`, whoever asks.

    The question is the calculation and its version, the pump, the assumptions, the parameters to
    the last digit, and the rows. Two pumps have each their own run, whatever is known of them.

    Args:
        calculation: which use case, of `VERSIONS`.
        inputs: every row that goes in.
        parameters: what else goes in.
        assumptions: by which it judges; their values are part of the digest.
        equipment_id: the pump that it is about.
        user_id: who asks.
        at: when.
    """
    rows = tuple(inputs)
    version = VERSIONS[calculation]
    for name, value in parameters.items():
        if not _is_plain(value):
            words = "expected a text, a finite number or a date in UTC"
            raise ArgumentError(f"{name} = {shown(value)}: {words}")
    found = digest(rows, parameters, attrs.asdict(assumptions))
    exact = _json({name: _plain(value) for name, value in parameters.items()})
    identity = _json([calculation, version, equipment_id, assumptions.name, exact, found])
    return stamped(
        PumpPerformanceRun(
            run_id=str(uuid.uuid5(_RUNS, identity)),
            calculation=calculation,
            calculation_version=version,
            assumptions=assumptions.name,
            input_digest=found,
            input_keys=tuple(_json([table(type(row)), *key(row)]) for row in rows),
            parameters=exact,
            equipment_id=equipment_id,
        ),
        user_id=user_id,
        at=at,
    )


def input_keys(run: PumpPerformanceRun) -> tuple[tuple[type[Row], Key], ...]:
    """Class and key of every row that went into a run."""
    pairs = (json.loads(text) for text in run.input_keys)
    return tuple((TABLES[name], tuple(values)) for name, *values in pairs)


def stamped(row: R, *, user_id: str, at: dt.datetime) -> R:
    """The row with who recorded it and when.

    Raises:
        ArgumentError: the user is empty or longer than 64 characters; it is never cut.
    """
    if not is_a(user_id, str) or not user_id.strip() or len(user_id) > 64:
        raise ArgumentError(f"user_id {shown(user_id)}: expected 1 to 64 characters, not all blank")
    return amended(row, row_created_by=user_id, row_created_date=at)


def made(kind: type[M], run: PumpPerformanceRun, **values: Any) -> M:  # of any field
    """A result of a run: it has the run's own identifier, and who made it when.

    Args:
        kind: the class of the result.
        run: the run that made it.
        values: of all other fields; the status is that of the `findings`, which come with the
            `checks_made`.
    """
    if "findings" in values:
        values["result_status"] = status_of(values["findings"], values["checks_made"])
    ids: dict[str, Any] = dict.fromkeys((kind.KEY[0], "run_id"), run.run_id)
    pump, by, at = run.equipment_id, run.row_created_by, run.row_created_date
    return kind(**ids, equipment_id=pump, row_created_by=by, row_created_date=at, **values)


_json = json.JSONEncoder(sort_keys=True, allow_nan=False, separators=(",", ":")).encode


def _is_plain(value: object) -> bool:
    if isinstance(value, dt.datetime):
        return value.tzinfo is dt.UTC
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, str)


def _plain(value: object) -> object:
    return _instant(value) if isinstance(value, dt.datetime) else value


def _instant(date: dt.datetime) -> str:
    return (date if date.tzinfo is None else date.astimezone(dt.UTC)).isoformat()


def _significant(value: float) -> float:
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0


def _unstructured(row: type) -> Callable[[Any], dict[str, Any]]:  # cattrs hooks take anything
    names = {attribute.name for attribute in attrs.fields(row)}
    omitted: dict[str, Any] = {name: override(omit=True) for name in names & _OMITTED}
    plain: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(row, _canonical, **omitted)
    return lambda value: {"class": row.__name__, **plain(value)}


_canonical = Converter()
_canonical.register_unstructure_hook(float, _significant)
_canonical.register_unstructure_hook(dt.datetime, _instant)
_canonical.register_unstructure_hook(dt.date, dt.date.isoformat)
_canonical.register_unstructure_hook_factory(attrs.has, _unstructured)
