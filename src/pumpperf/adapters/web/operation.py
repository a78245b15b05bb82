"""What an operation of the API is, and one call of it."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from pumpperf.adapters.web.access import Scope
from pumpperf.adapters.web.json_schema import Schema
from pumpperf.adapters.web.queries import Query
from pumpperf.checked import Checked
from pumpperf.fields import describe
from pumpperf.interchange.records import to_record
from pumpperf.model import Row
from pumpperf.service import PumpPerformanceService

Record = dict[str, Any]  # JSON


@frozen
class Call:
    """One call of an operation: by whom, about what, with which body and query."""

    service: PumpPerformanceService
    user_id: str
    identifier: str
    body: Checked | None
    query: Query

    def record(self, row: Row) -> Record:
        """A row in the units asked for."""
        return to_record(row, self.query.units)


@frozen
class Operation:
    """One method of one path."""

    path: str
    scope: Scope | None
    """What the principal needs; None if anybody may ask."""
    summary: str
    answers: Schema
    run: Callable[[Call], object]
    takes: type[Checked] | None = None
    knows: tuple[str, ...] = ("units",)
    """The names that its query may have."""
    asks_store: bool = True
    """Whether it may take as long as the store does."""

    @property
    def method(self) -> str:
        """POST where something is kept, GET where something is shown."""
        return "GET" if self.scope in (None, "read") else "POST"

    @property
    def status(self) -> int:
        """Of the answer, if all goes well."""
        return 201 if self.scope == "record" else 200

    @property
    def needs_body(self) -> bool:
        """Whether a body has to say something."""
        return self.takes is not None and any(field.required for field in describe(self.takes))
