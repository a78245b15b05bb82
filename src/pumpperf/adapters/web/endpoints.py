"""Every operation of the API: its path, who may ask for it, what it takes and what it gives."""

from contextlib import suppress
from typing import TypeVar, cast

from pumpperf.adapters.web.asked import PAGE_QUERY
from pumpperf.adapters.web.endpoint import Asked, Operation, Record
from pumpperf.adapters.web.evaluations import EVALUATIONS
from pumpperf.adapters.web.json_schema import Schema, answer_of, reference
from pumpperf.adapters.web.pages import DATES, findings, page
from pumpperf.errors import NotFoundError
from pumpperf.model import (
    DowntimeImpact,
    EnergyConsumption,
    Equipment,
    EquipmentMaintain,
    EquipmentUseStat,
    MeanTimeBetweenFailure,
    PumpEfficiency,
    PumpReliability,
    PumpTest,
    PumpTestResult,
    Row,
    Well,
    WellActivity,
    WellEquipment,
    key,
    table,
)
from pumpperf.service import Recorded

R = TypeVar("R", bound=Recorded)


def _page_of(item: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": item},
            "next": {
                "type": ["string", "null"],
                "description": "what to give as after for the next page; null on the last",
            },
        },
        "required": ["items", "next"],
        "additionalProperties": False,
    }


# ---- rows of a pump's history

RECORDED: dict[str, type[Recorded]] = {
    "/tests": PumpTest,
    "/equipment": Equipment,
    "/wells": Well,
    "/well-equipment": WellEquipment,
    "/equipment-maintain": EquipmentMaintain,
    "/well-activity": WellActivity,
    "/equipment-use-stat": EquipmentUseStat,
}


def _recording(path: str, kind: type[R]) -> Operation:
    def run(asked: Asked) -> Record:
        row = cast("R", asked.body)
        asked.record(row)  # what cannot be answered in these units is refused before it is kept
        asked.service.record(row, user_id=asked.user_id)
        return asked.record(asked.service.repository.get(kind, *key(row)))

    return Operation(
        method="POST",
        path=path,
        scope="record",
        summary=f"Record a row of {table(kind)}; the same row twice is one",
        status=201,
        takes=kind,
        answers=answer_of(kind),
        can_answer=frozenset({409}),
        run=run,
    )


# ---- lists

LISTED: dict[str, type[Row]] = {
    "/tests": PumpTest,
    "/results": PumpTestResult,
    "/efficiency": PumpEfficiency,
    "/reliability": PumpReliability,
    "/mtbf": MeanTimeBetweenFailure,
    "/downtime": DowntimeImpact,
    "/energy": EnergyConsumption,
}


def _listing(path: str, kind: type[Row]) -> Operation:
    def run(asked: Asked) -> Record:
        return page(asked.service.repository, kind, asked.identifier, asked.query)

    return Operation(
        method="GET",
        path=f"{path}/{{equipment_id}}",
        scope="read",
        summary=f"Rows of {table(kind)} of a pump, replaced ones too, the latest {DATES[kind]} "
        "first",
        knows=("units", *PAGE_QUERY),
        answers=_page_of(answer_of(kind)),
        run=run,
    )


def _findings(asked: Asked) -> Record:
    return findings(asked.service.repository, asked.identifier, asked.query)


# ---- the server itself


def _health(_asked: Asked) -> Record:
    return {"status": "ok"}


def _ready(asked: Asked) -> Record:
    with suppress(NotFoundError):
        asked.service.repository.get(Equipment, "-")
    return {"status": "ok"}


_OK: Schema = {
    "type": "object",
    "properties": {"status": {"const": "ok"}},
    "required": ["status"],
    "additionalProperties": False,
}
OPERATIONS: tuple[Operation, ...] = (
    *(_recording(path, kind) for path, kind in RECORDED.items()),
    *(_listing(path, kind) for path, kind in LISTED.items()),
    *EVALUATIONS,
    Operation(
        method="GET",
        path="/findings/{equipment_id}",
        scope="read",
        summary="Findings of a pump's active results; limit counts the results looked at",
        knows=PAGE_QUERY,
        answers=_page_of(reference("FindingOfResult")),
        run=_findings,
    ),
    Operation(
        method="GET",
        path="/health",
        scope=None,
        summary="Whether the server answers",
        asks_store=False,
        knows=(),
        answers=_OK,
        run=_health,
    ),
    Operation(
        method="GET",
        path="/ready",
        scope=None,
        summary="Whether the store answers",
        knows=(),
        answers=_OK,
        run=_ready,
    ),
)
