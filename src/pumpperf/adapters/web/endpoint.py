"""What an operation of the API is, and what it is asked."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from pumpperf.adapters.web.access import Scope
from pumpperf.adapters.web.asked import Query
from pumpperf.adapters.web.json_schema import Schema
from pumpperf.checked import Checked
from pumpperf.interchange.records import to_record
from pumpperf.model import Row
from pumpperf.service import PumpPerformanceService

Record = dict[str, Any]  # JSON


@frozen(kw_only=True)
class Asked:
    """What an operation is asked: by whom, of what, with which body and query."""

    service: PumpPerformanceService
    user_id: str
    identifier: str
    body: Checked | None
    query: Query

    def record(self, row: Row) -> Record:
        """A row in the units asked for."""
        return to_record(row, self.query.units)


@frozen(kw_only=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    scope: Scope | None
    """What the principal needs; None if anybody may ask."""
    summary: str
    answers: Schema
    run: Callable[[Asked], object]
    status: int = 200
    takes: type[Checked] | None = None
    needs_body: bool = True
    asks_store: bool = True
    """Whether it may take as long as the store does."""
    knows: tuple[str, ...] = ("units",)
    """The names that its query may have."""
    can_answer: frozenset[int] = frozenset()
    """The statuses that come from its own subject."""
