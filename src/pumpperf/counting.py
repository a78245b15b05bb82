"""What counts: the rows that an evaluation reads, and the results that were made of them."""

from collections.abc import Iterable
from typing import TypeVar

from pumpperf.model import (
    DowntimeImpact,
    EnergyConsumption,
    MeanTimeBetweenFailure,
    PumpEfficiency,
    PumpPerformanceRun,
    PumpReliability,
    PumpTestResult,
    Row,
    WellEquipment,
    key,
)
from pumpperf.provenance import input_keys
from pumpperf.repository import Answer, Repository, Value

R = TypeVar("R", bound=Row)

RESULTS = (
    PumpTestResult,
    PumpEfficiency,
    PumpReliability,
    MeanTimeBetweenFailure,
    DowntimeImpact,
    EnergyConsumption,
)
"""What is made of other rows, by a run."""


class Counting:
    """The rows that count, and the answers by which `add` sees whether they still do."""

    def __init__(self, repository: Repository) -> None:
        """Ask this one."""
        self.answers: list[Answer] = []
        self._repository = repository

    def __call__(self, row: type[R], **equal: Value) -> tuple[R, ...]:
        """Those of a class with these values."""
        asked = {**equal, "active_ind": True}
        found = self._repository.find(row, **asked)
        self.answers.append(Answer(row, asked, frozenset(map(key, found))))
        return found

    def in_its_wells(self, equipment_id: str) -> list[WellEquipment]:
        """Installations of the pump, and of others in the wells in which it was."""
        wells = sorted({run.uwi for run in self(WellEquipment, equipment_id=equipment_id)})
        return [run for uwi in wells for run in self(WellEquipment, uwi=uwi)]

    def runs(self, equipment_id: str) -> tuple[PumpPerformanceRun, ...]:
        """All runs of a pump; they never change."""
        return self._repository.find(PumpPerformanceRun, equipment_id=equipment_id)


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
