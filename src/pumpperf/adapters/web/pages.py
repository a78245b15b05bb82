"""Lists that may be long, page by page, the newest first."""

import datetime as dt
from typing import Any

from pumpperf.adapters.web.asked import Query, cursor
from pumpperf.adapters.web.problems import Problem
from pumpperf.interchange.records import to_record
from pumpperf.model import (
    DowntimeImpact,
    EnergyConsumption,
    Finding,
    MeanTimeBetweenFailure,
    PumpEfficiency,
    PumpReliability,
    PumpTest,
    PumpTestResult,
    Row,
    key,
    table,
)
from pumpperf.repository import Place, Repository

Result = PumpTestResult | PumpEfficiency | PumpReliability | DowntimeImpact | EnergyConsumption
Record = dict[str, Any]  # JSON

DATES: dict[type[Row], str] = {
    PumpTest: "test_date",
    PumpTestResult: "test_date",
    PumpEfficiency: "test_date",
    PumpReliability: "as_of_date",
    MeanTimeBetweenFailure: "as_of_date",
    DowntimeImpact: "end_date",
    EnergyConsumption: "end_date",
}
"""What is listed, and by which date."""
RESULTS: tuple[type[Result], ...] = (
    PumpTestResult,
    PumpEfficiency,
    PumpReliability,
    DowntimeImpact,
    EnergyConsumption,
)
"""What has findings."""

_TABLES: frozenset[str | int] = frozenset(map(table, RESULTS))
_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
_FOREIGN = Problem(422, "after: expected what an answer to the same question gave as next")


def page(repository: Repository, kind: type[Row], equipment_id: str, query: Query) -> Record:
    """Rows of a pump, and where to go on.

    Args:
        repository: where they are kept.
        kind: their class, one of `DATES`.
        equipment_id: the pump.
        query: how many, from where on, in which units.
    """
    if query.after is not None and len(query.after[1]) != 1:
        raise _FOREIGN
    by, count = DATES[kind], query.limit + 1
    rows = repository.newest(kind, by, count, query.after, equipment_id=equipment_id)
    shown = rows[: query.limit]
    return {
        "items": [to_record(row, query.units) for row in shown],
        "next": None if shown == rows else cursor((getattr(shown[-1], by), key(shown[-1]))),
    }


def findings(repository: Repository, equipment_id: str, query: Query) -> Record:
    """The findings of a pump's active results, each with its result and run, and where to go on.

    Args:
        repository: where they are kept.
        equipment_id: the pump.
        query: of how many results, from where on.
    """
    placed: list[tuple[Place, Result]] = []
    for kind in RESULTS:
        by, count = DATES[kind], query.limit + 1
        before = None if query.after is None else _before(table(kind), query.after)
        rows = repository.newest(
            kind, by, count, before, equipment_id=equipment_id, active_ind=True
        )
        placed += [((getattr(row, by), (table(kind), *key(row))), row) for row in rows]
    placed.sort(key=lambda one: one[0], reverse=True)
    shown = placed[: query.limit]
    return {
        "items": [_told(place, row, finding) for place, row in shown for finding in row.findings],
        "next": None if shown == placed else cursor(shown[-1][0]),
    }


def _before(name: str, after: Place) -> Place | None:
    """Behind which of its own rows a table goes on, all tables being in one order."""
    date, found = after
    if len(found) != 2 or found[0] not in _TABLES:
        raise _FOREIGN
    if name == found[0]:
        return date, found[1:]
    if name > str(found[0]):
        return date, ("",)
    return None if date == _LAST else (date + dt.timedelta(microseconds=1), ("",))


def _told(place: Place, row: Result, finding: Finding) -> Record:
    date, (name, row_id) = place
    return {
        "table": name,
        "row_id": row_id,
        "run_id": row.run_id,
        "date": date.isoformat(),
        **to_record(finding),
    }
