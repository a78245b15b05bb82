"""What a use case reads of a store: no more than its answer needs."""

import datetime as dt
from typing import TypeVar

from pumpperf.assumptions import Assumptions
from pumpperf.errors import IrreproducibleError
from pumpperf.evaluate.baseline import baseline_rate
from pumpperf.evaluate.window import Window
from pumpperf.model import (
    EquipmentUseStat,
    Key,
    PumpPerformanceRun,
    PumpTest,
    Row,
    TestType,
    key,
    table,
)
from pumpperf.provenance import input_keys
from pumpperf.questions import Span, Value
from pumpperf.repository import Answer, Page, Repository

R = TypeVar("R", bound=Row)


class Counting:
    """The rows of a pump that count, and the answers by which `add` sees whether they still do."""

    def __init__(self, repository: Repository) -> None:
        """Ask this one."""
        self.answers: list[Answer] = []
        self._repository = repository

    def __call__(
        self, row: type[R], equipment_id: str, during: Span | None = None
    ) -> tuple[R, ...]:
        """Those of a class, or of these only those that touch a time."""
        equal = _counting(equipment_id)
        found = self._repository.find(row, None, during, **equal)
        self.answers.append(Answer(row, equal, frozenset(map(key, found)), during))
        return found

    def logs(
        self, equipment_id: str, window: Window, assumptions: Assumptions
    ) -> tuple[EquipmentUseStat, ...]:
        """Its power log in a window, and the samples beside it that reach into the window."""
        near = dt.timedelta(hours=assumptions.longest_power_gap_h)
        start, end = window.start - min(near, window.start - _FIRST), window.end
        return self(EquipmentUseStat, equipment_id, (start, end + min(near, _LAST - end)))

    def tests(self, equipment_id: str, until: dt.datetime) -> list[PumpTest]:
        """The newest field tests up to a date, as far back as the one to hold a history against."""
        equal = _counting(equipment_id) | {"test_type": TestType.FIELD}
        page = Page("test_date", 1, (until, (_LAST_KEY,)))
        found: list[PumpTest] = []
        while True:
            some = self._repository.newest(PumpTest, page.by, page.count, page.before, **equal)
            self.answers.append(Answer(PumpTest, equal, frozenset(map(key, some)), page=page))
            found += some
            if len(some) < page.count or any(baseline_rate(test) is not None for test in some):
                return found
            page = Page(page.by, 2 * page.count, (some[-1].test_date, key(some[-1])))


_FIRST, _LAST = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)
_LAST_KEY = "\U0010ffff" * 40
"""After which no key comes."""


def _counting(equipment_id: str) -> dict[str, Value]:
    return {"equipment_id": equipment_id, "active_ind": True}


def inputs_of(repository: Repository, run: PumpPerformanceRun) -> list[Row]:
    """The rows that went into a run, in their order; each class is read at once.

    Raises:
        IrreproducibleError: some are no longer kept.
    """
    keys = input_keys(run)
    asked: dict[type[Row], list[Key]] = {}
    for row, values in keys:
        asked.setdefault(row, []).append(values)
    kept = {
        (row, key(one)): one for row, some in asked.items() for one in repository.find(row, some)
    }
    if lost := [f"{table(row)} {values}" for row, values in keys if (row, values) not in kept]:
        raise IrreproducibleError(
            f"run {run.run_id} was made of {len(keys)} rows, of which {len(lost)} are no longer "
            f"kept, such as {lost[0]}"
        )
    return [kept[one] for one in keys]
