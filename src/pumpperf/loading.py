"""What a use case reads of a store: no more than its answer needs."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from pumpperf.assumptions import Assumptions
from pumpperf.errors import IrreproducibleError
from pumpperf.evaluate.baseline import baseline_rate
from pumpperf.evaluate.window import Window
from pumpperf.model import (
    ROWS,
    EquipmentUseStat,
    Key,
    PumpPerformanceRun,
    PumpTest,
    Row,
    RunResult,
    TestType,
    WellEquipment,
    key,
    table,
)
from pumpperf.provenance import input_keys
from pumpperf.questions import Span, Value
from pumpperf.repository import Answer, Page, Repository

R = TypeVar("R", bound=Row)


RESULTS = tuple(row for row in ROWS if issubclass(row, RunResult))
"""What is made of other rows, by a run."""


class Counting:
    """The rows of a pump that count, and the answers by which `add` sees whether they still do."""

    def __init__(self, repository: Repository) -> None:
        """Ask this one."""
        self.answers: list[Answer] = []
        self._repository = repository

    def __call__(self, row: type[R], during: Span | None = None, **equal: Value) -> tuple[R, ...]:
        """Those of a class with these values, or of these only those that touch a time."""
        asked = {**equal, "active_ind": True}
        found = self._repository.find(row, None, during, **asked)
        self.answers.append(Answer(row, asked, frozenset(map(key, found)), during))
        return found

    def in_its_wells(self, equipment_id: str) -> list[WellEquipment]:
        """Installations of the pump, and of others in the wells in which it was."""
        wells = sorted({run.uwi for run in self(WellEquipment, equipment_id=equipment_id)})
        return [run for uwi in wells for run in self(WellEquipment, uwi=uwi)]

    def runs(self, equipment_id: str) -> tuple[PumpPerformanceRun, ...]:
        """All runs of a pump; they never change."""
        return self._repository.find(PumpPerformanceRun, equipment_id=equipment_id)

    def logs(
        self, equipment_id: str, window: Window, assumptions: Assumptions
    ) -> tuple[EquipmentUseStat, ...]:
        """Its power log in a window, and the samples beside it that reach into the window."""
        near = dt.timedelta(hours=assumptions.longest_power_gap_h)
        start, end = window.start - min(near, window.start - _FIRST), window.end
        during = start, end + min(near, _LAST - end)
        return self(EquipmentUseStat, during, equipment_id=equipment_id)

    def tests(
        self, equipment_id: str, until: dt.datetime, assumptions: Assumptions
    ) -> list[PumpTest]:
        """The newest field tests up to a date, as far back as the one to hold a history against."""
        equal: dict[str, Value] = {
            "equipment_id": equipment_id,
            "active_ind": True,
            "test_type": TestType.FIELD,
        }
        page = Page("test_date", 1, (until, (_LAST_KEY,)))
        found: list[PumpTest] = []
        while True:
            some = self._repository.newest(PumpTest, page.by, page.count, page.before, **equal)
            self.answers.append(Answer(PumpTest, equal, frozenset(map(key, some)), page=page))
            found += some
            rates = (baseline_rate(test, assumptions) for test in some)
            if len(some) < page.count or any(rate is not None for rate in rates):
                return found
            page = Page(page.by, 2 * page.count, (some[-1].test_date, key(some[-1])))


_FIRST, _LAST = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)
_LAST_KEY = "\U0010ffff" * 40
"""After which no key comes."""


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


def made_of(rows: Iterable[Row], counting: Counting) -> list[Row]:
    """The results that count and of whose run at least one of some rows was an input.

    Args:
        rows: what is withdrawn; one that is of no pump goes into no run.
        counting: what it reads.
    """
    gone = {(type(row), key(row)): row for row in rows}
    wells = {row.uwi for row in gone.values() if isinstance(row, WellEquipment)}
    beside = (run for uwi in wells for run in counting(WellEquipment, uwi=uwi))
    pumps = {getattr(row, "equipment_id", None) for row in (*gone.values(), *beside)}
    found: list[Row] = []
    for pump in sorted(filter(None, pumps)):
        results = [one for kind in RESULTS for one in counting(kind, equipment_id=pump)]
        stale = {
            run.run_id
            for run in (counting.runs(pump) if results else ())
            if not gone.keys().isdisjoint(input_keys(run))
        }
        found += [one for one in results if key(one)[0] in stale]  # its key is its run's
    return found
