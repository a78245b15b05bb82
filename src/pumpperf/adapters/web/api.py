"""Every operation of the API: its path, who may ask for it, what it takes and what it gives."""

from collections.abc import Callable
from contextlib import suppress
from typing import cast

from pumpperf.adapters.web.evaluations import EVALUATIONS
from pumpperf.adapters.web.json_schema import Schema, an_object, answer_of, reference
from pumpperf.adapters.web.operation import Call, Operation, Record
from pumpperf.adapters.web.pages import DATES, LISTED, findings, page
from pumpperf.adapters.web.queries import PAGE_QUERY
from pumpperf.errors import NotFoundError
from pumpperf.model import (
    Equipment,
    EquipmentMaintain,
    EquipmentUseStat,
    PumpTest,
    Row,
    Well,
    WellActivity,
    WellEquipment,
    table,
)
from pumpperf.service import Recorded

RECORDED: dict[str, type[Recorded]] = {
    "/tests": PumpTest,
    "/equipment": Equipment,
    "/wells": Well,
    "/well-equipment": WellEquipment,
    "/equipment-maintain": EquipmentMaintain,
    "/well-activity": WellActivity,
    "/equipment-use-stat": EquipmentUseStat,
}


def _recording(path: str, kind: type[Recorded]) -> Operation:
    def run(call: Call) -> Record:
        row = cast("Recorded", call.body)
        if call.query.units != "metric":
            call.record(row)  # what cannot be answered in these units is refused before it is kept
        (kept,) = call.service.record(row, user_id=call.user_id)
        return call.record(kept)

    summary = f"Record a row of {table(kind)}; the same row twice is one"
    return Operation(path, "record", summary, answer_of(kind), run, kind)


def _listing(
    path: str, summary: str, item: Schema, run: Callable[[Call], str], *names: str
) -> Operation:
    place = {
        "type": ["string", "null"],
        "description": "what to give as after for the next page; null on the last",
    }
    answers = an_object({"items": {"type": "array", "items": item}, "next": place})
    asked = f"{path}/{{equipment_id}}"
    return Operation(asked, "read", summary, answers, run, knows=(*names, *PAGE_QUERY))


def _rows(path: str, kind: type[Row]) -> Operation:
    def run(call: Call) -> str:
        return page(call.service.repository, kind, call.identifier, call.query)

    summary = f"Rows of {table(kind)} of a pump, replaced ones too, the latest {DATES[kind]} first"
    return _listing(path, summary, answer_of(kind), run, "units")


def _findings(call: Call) -> str:
    return findings(call.service.repository, call.identifier, call.query)


def _health(_: Call) -> Record:
    return {"status": "ok"}


def _ready(call: Call) -> Record:
    with suppress(NotFoundError):
        call.service.repository.get(Equipment, "-")
    return {"status": "ok"}


_OK = an_object({"status": {"const": "ok"}})
OPERATIONS: tuple[Operation, ...] = (
    *(_recording(path, kind) for path, kind in RECORDED.items()),
    *(_rows(path, kind) for path, kind in LISTED.items()),
    *EVALUATIONS,
    _listing(
        "/findings",
        "Findings of a pump's active results; limit counts the results looked at",
        reference("FindingOfResult"),
        _findings,
    ),
    Operation(
        "/health", None, "Whether the server answers", _OK, _health, knows=(), asks_store=False
    ),
    Operation("/ready", None, "Whether the store answers", _OK, _ready, knows=()),
)
