"""Lists that may be long, page by page, the newest first."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from typing import Any, TypeVar

from starlette.exceptions import HTTPException

from pumpperf.adapters.web.problems import WRITER
from pumpperf.adapters.web.queries import PAGE, Query, cursor
from pumpperf.interchange.records import to_record
from pumpperf.model import (
    ROWS,
    DowntimeImpact,
    EnergyConsumption,
    JudgedResult,
    MeanTimeBetweenFailure,
    PumpEfficiency,
    PumpReliability,
    PumpTest,
    PumpTestResult,
    Row,
    dates_of,
    key,
    table,
)
from pumpperf.questions import Place
from pumpperf.repository import Repository

R = TypeVar("R", bound=Row)
Record = dict[str, Any]  # JSON

LISTED: dict[str, type[Row]] = {
    "/tests": PumpTest,
    "/results": PumpTestResult,
    "/efficiency": PumpEfficiency,
    "/reliability": PumpReliability,
    "/mtbf": MeanTimeBetweenFailure,
    "/downtime": DowntimeImpact,
    "/energy": EnergyConsumption,
}
"""What is listed, and where."""
DATES: dict[type[Row], str] = {kind: dates_of(kind)[-1] for kind in LISTED.values()}
"""By which date it is listed."""
RESULTS = tuple(row for row in ROWS if issubclass(row, JudgedResult))
"""What has findings."""

AT_ONCE = PAGE + 1
"""How many rows are looked up at a time, one of them to know whether there are more: there are
some of a million characters."""
LARGEST_PAGE = 5_000_000
"""Characters after which a page ends, however many rows were asked for."""

_TABLES: frozenset[str | int] = frozenset(map(table, RESULTS))
_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
_FOREIGN = "after: expected what an answer to the same question gave as next"


def page(repository: Repository, kind: type[Row], equipment_id: str, query: Query) -> str:
    """Rows of a pump, and where to go on, as JSON.

    Args:
        repository: where they are kept.
        kind: their class, one of `DATES`.
        equipment_id: the pump.
        query: how many at most, from where on, in which units.
    """
    if query.after is not None and len(query.after[1]) != 1:
        raise HTTPException(422, _FOREIGN)

    def told(_: Place, row: Row) -> list[Record]:
        return [to_record(row, query.units)]

    placed = _newest(repository, kind, query.after, query.limit, equipment_id=equipment_id)
    return _page(placed, query, told)


def findings(repository: Repository, equipment_id: str, query: Query) -> str:
    """The findings of a pump's active results with result and run, and where to go on, as JSON.

    Args:
        repository: where they are kept.
        equipment_id: the pump.
        query: of how many results at most, from where on.
    """
    befores = [query.after and _before(table(kind), query.after) for kind in RESULTS]

    def of_table(
        kind: type[JudgedResult], before: Place | None
    ) -> Iterator[tuple[Place, JudgedResult]]:
        rows = _newest(
            repository, kind, before, query.limit, equipment_id=equipment_id, active_ind=True
        )
        return (((date, (table(kind), *its_key)), row) for (date, its_key), row in rows)

    placed = merge(*map(of_table, RESULTS, befores), key=lambda one: one[0], reverse=True)
    return _page(placed, query, _findings)


def _newest(
    repository: Repository, kind: type[R], after: Place | None, limit: int, **equal: str | bool
) -> Iterator[tuple[Place, R]]:
    by = DATES[kind]
    count = at_once = min(AT_ONCE, limit + 1)
    while count == at_once:
        rows = repository.newest(kind, by, at_once, after, **equal)
        count = len(rows)
        for row in rows:
            after = getattr(row, by), key(row)
            yield after, row


def _page(
    placed: Iterable[tuple[Place, R]], query: Query, told: Callable[[Place, R], list[Record]]
) -> str:
    items: list[str] = []
    size, last, after = 0, None, None
    for count, (place, row) in enumerate(placed):
        if last is not None and (count == query.limit or size > LARGEST_PAGE):
            after = cursor(last)
            break
        of_row = [WRITER.encode(record) for record in told(place, row)]
        items += of_row
        size += sum(map(len, of_row))
        last = place
    return f'{{"items":[{",".join(items)}],"next":{WRITER.encode(after)}}}'


def _before(name: str, after: Place) -> Place | None:
    """Behind which of its own rows a table goes on, all tables being in one order."""
    date, found = after
    if len(found) != 2 or found[0] not in _TABLES:
        raise HTTPException(422, _FOREIGN)
    if name == found[0]:
        return date, found[1:]
    if name > str(found[0]):
        return date, ("",)
    return None if date == _LAST else (date + dt.timedelta(microseconds=1), ("",))


def _findings(place: Place, row: JudgedResult) -> list[Record]:
    date, (name, row_id) = place
    its = {"table": name, "row_id": row_id, "run_id": row.run_id, "date": date.isoformat()}
    return [its | to_record(finding) for finding in row.findings]
