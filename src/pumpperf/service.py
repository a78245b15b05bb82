"""The facade over a repository: load, evaluate, keep."""

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TypeAlias, TypeVar, cast

from attrs import define, field

from pumpperf import evaluate
from pumpperf.assumptions import PUMPPERF_2026, Assumptions, named
from pumpperf.errors import IrreproducibleError, StaleError, expect, listed
from pumpperf.evaluate import Terms, Window
from pumpperf.evaluate.decline import Decline
from pumpperf.loading import Counting, inputs_of, made_of
from pumpperf.model import (
    DowntimeImpact,
    EnergyConsumption,
    Equipment,
    EquipmentMaintain,
    EquipmentUseStat,
    PumpEfficiency,
    PumpPerformanceRun,
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
from pumpperf.provenance import differences, stamped
from pumpperf.repository import Repository, refuse_strangers, retired

RETRIES = 100
"""How often a use case reads and evaluates again, while others record what it reads."""

R = TypeVar("R", bound=Row)
T = TypeVar("T")
Recorded = (
    Equipment
    | Well
    | WellEquipment
    | EquipmentMaintain
    | WellActivity
    | EquipmentUseStat
    | PumpTest
)


UseCase: TypeAlias = Callable[[Counting, Terms], tuple[R, *tuple[Row, ...]]]
OfTest: TypeAlias = Callable[..., tuple[R, PumpPerformanceRun]]


def utc_now() -> dt.datetime:
    """The time now, in UTC: the only clock of the library, and the caller may bring another."""
    return dt.datetime.now(dt.UTC)


@define(eq=False, repr=False, slots=False)
class PumpPerformanceService:
    """Record what is measured and evaluate it; every method is one unit of work.

    Attributes:
        repository: where rows are kept.
        clock: what time it is.
        assumptions: by which to judge.

    >>> import datetime as dt
    >>> from pumpperf import MemoryRepository, PcpReading, PumpTest
    >>> service = PumpPerformanceService(MemoryRepository())
    >>> test = PumpTest(
    ...     pump_test_id="T1", equipment_id="P1", test_type="FIELD", duration_h=24, runtime_h=24,
    ...     test_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    ...     readings=[PcpReading(
    ...         rate_m3d=62.17, liquid_density_kgm3=1000, fluid_level_m=645.25,
    ...         wellhead_pressure_kpa=700, casing_pressure_kpa=600, input_power_kw=2.3,
    ...     )],
    ... )
    >>> recorded = service.record_test(test, user_id="ana")
    >>> efficiency = service.evaluate_efficiency("T1", user_id="ana")
    >>> efficiency.chains[0].system_efficiency, efficiency.result_status.value
    (2.01, 'SUSPECT')
    """

    repository: Repository
    clock: Callable[[], dt.datetime] = field(default=utc_now, kw_only=True)
    assumptions: Assumptions = field(default=PUMPPERF_2026, kw_only=True)

    def record(self, *rows: Recorded, user_id: str) -> tuple[Recorded, ...]:
        """Keep rows of a pump's history, all or none, and return them as they are now kept.

        A row is withdrawn by its `active_ind`; the results that were made of it are retired with
        it, and count no more.

        Raises:
            PumpTestError: one of them is a test with a finding of severity error.
            StaleError: others evaluated what is withdrawn all the while.
        """
        refuse_strangers(rows)
        for row in rows:
            if isinstance(row, PumpTest) and row.active_ind:
                evaluate.accepted(row, self.assumptions)

        def kept(counting: Counting) -> tuple[Row, ...]:
            at = self.clock()
            given = [stamped(row, user_id=user_id, at=at) for row in rows]
            gone = [row for row in given if not row.active_ind]
            stale = [retired(result, by=given[0]) for result in made_of(gone, counting)]
            return self.repository.add(*given, *stale, read=counting.answers)[: len(given)]

        return cast("tuple[Recorded, ...]", self._again(kept))

    def record_test(self, test: PumpTest, *, user_id: str) -> PumpTest:
        """Keep a pump test.

        Raises:
            PumpTestError: the test has a finding of severity error.
        """
        (kept,) = self.record(test, user_id=user_id)
        return cast("PumpTest", kept)

    def calculate_result(self, pump_test_id: str, *, user_id: str) -> PumpTestResult:
        """The duty that a kept test shows; an older result of the same test is retired.

        Raises:
            PumpTestError: the test is withdrawn.
        """
        return self._of_test(evaluate.result_of, pump_test_id, user_id)

    def evaluate_efficiency(self, pump_test_id: str, *, user_id: str) -> PumpEfficiency:
        """The efficiency chain that a kept test shows; an older one of the same test is retired.

        Raises:
            PumpTestError: the test is withdrawn.
        """
        return self._of_test(evaluate.efficiency_of, pump_test_id, user_id)

    def _of_test(self, use_case: OfTest[R], pump_test_id: str, user_id: str) -> R:
        def shown(counting: Counting, terms: Terms) -> tuple[R, PumpPerformanceRun]:
            found = counting(PumpTest, pump_test_id=pump_test_id)
            test = found[0] if found else self.repository.get(PumpTest, pump_test_id)
            return use_case(test, **terms)

        return self._keep(shown, user_id)

    def update_reliability(
        self, equipment_id: str, *, user_id: str, as_of: dt.datetime | None = None
    ) -> PumpReliability:
        """Run life of a pump up to a date, by default now, and its MTBF beside it.

        The `MeanTimeBetweenFailure` is kept under the same run. Those up to an earlier date, or
        made otherwise up to the same date, are retired. Beside one up to a later date, which
        stays, these are kept as rows that are not active.

        Raises:
            StaleError: others recorded something about the pump all the while.
        """
        return self._keep(
            lambda counting, terms: evaluate.reliability_of(
                equipment_id,
                installations=counting.in_its_wells(equipment_id),
                maintenance=counting(EquipmentMaintain, equipment_id=equipment_id),
                activities=counting(WellActivity, equipment_id=equipment_id),
                as_of=terms["at"] if as_of is None else as_of,
                **terms,
            ),
            user_id,
        )

    def assess_downtime(
        self,
        equipment_id: str,
        window: Window,
        *,
        user_id: str,
        oil_price_per_m3: float | None = None,
        currency: str | None = None,
        decline: Decline | None = None,
        flush_share: float | None = None,
        excused: Iterable[Window] = (),
    ) -> DowntimeImpact:
        """Downtime of a pump in a window and the production lost by it.

        Its rate may fall after the test by a `decline`; of what was lost, a `flush_share` may have
        come after the restarts. Windows that are `excused` count neither up nor down in its
        operational availability.

        Raises:
            StaleError: others recorded something about the pump all the while.
        """
        expect(Window, window=window)
        excuses = listed(Window, "excused", excused)  # of what can be read only once
        return self._keep(
            lambda counting, terms: evaluate.downtime_impact_of(
                equipment_id,
                installations=counting.in_its_wells(equipment_id),
                maintenance=counting(EquipmentMaintain, equipment_id=equipment_id),
                activities=counting(WellActivity, equipment_id=equipment_id),
                tests=counting.tests(equipment_id, window.end, self.assumptions),
                window=window,
                oil_price_per_m3=oil_price_per_m3,
                currency=currency,
                decline=decline,
                flush_share=flush_share,
                excused=excuses,
                **terms,
            ),
            user_id,
        )

    def account_energy(
        self,
        equipment_id: str,
        window: Window,
        *,
        user_id: str,
        energy_price_per_kwh: float | None = None,
        currency: str | None = None,
        emission_factor_kgkwh: float | None = None,
        emission_factor_source: str | None = None,
    ) -> EnergyConsumption:
        """Energy of a pump in a window, over the time that its power log covers.

        Raises:
            StaleError: others recorded something about the pump all the while.
        """
        expect(Window, window=window)
        return self._keep(
            lambda counting, terms: evaluate.energy_consumption_of(
                equipment_id,
                logs=counting.logs(equipment_id, window, self.assumptions),
                tests=counting.tests(equipment_id, window.end, self.assumptions),
                window=window,
                energy_price_per_kwh=energy_price_per_kwh,
                currency=currency,
                emission_factor_kgkwh=emission_factor_kgkwh,
                emission_factor_source=emission_factor_source,
                **terms,
            ),
            user_id,
        )

    def reproduce(self, run_id: str) -> Row:
        """The result of a run, made again from its own inputs and found the same.

        Raises:
            IrreproducibleError: inputs or results differ; the message names both.
        """
        run = self.repository.get(PumpPerformanceRun, run_id)
        rows = inputs_of(self.repository, run)
        assumptions = named(run.assumptions, self.assumptions)
        *results, again = evaluate.recomputed(run, rows, assumptions=assumptions)
        changed = (
            f"a row under its keys, or a value of the assumptions {run.assumptions}, has changed"
        )
        _refuse_difference(run, again, changed)
        for result in results:
            _refuse_difference(self.repository.get(type(result), *key(result)), result)
        return self.repository.get(type(results[0]), *key(results[0]))

    def _keep(self, use_case: UseCase[R], user_id: str) -> R:
        """Read, evaluate and keep."""

        def kept(counting: Counting) -> R:
            terms = Terms(assumptions=self.assumptions, user_id=user_id, at=self.clock())
            result, *more = use_case(counting, terms)
            found, *_ = self.repository.add(result, *more, read=counting.answers)
            return cast("R", found)

        return self._again(kept)

    def _again(self, unit_of_work: Callable[[Counting], T]) -> T:
        """Again, if what was read is no longer what is kept."""
        for _ in range(RETRIES):
            with suppress(StaleError):
                return unit_of_work(Counting(self.repository))
        return unit_of_work(Counting(self.repository))


def _refuse_difference(stored: Row, again: Row, *because: str) -> None:
    """Raise `IrreproducibleError`, with both values of each field, unless they say the same."""
    differ = [
        f"{name}: stored {getattr(stored, name)!r}, recomputed {getattr(again, name)!r}"
        for name in differences(stored, again)
    ]
    if differ:
        words = "; ".join((*because, *differ))
        raise IrreproducibleError(f"{table(type(stored))} {key(stored)}: {words}")
