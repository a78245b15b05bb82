"""What a pump test shows."""

import datetime as dt

from attrs import frozen

from pumpperf.assumptions import Assumptions
from pumpperf.checks import Numbers, findings_of, refuse_errors, shown_by
from pumpperf.lift import Duty, EfficiencyChain, from_numbers
from pumpperf.model import (
    Finding,
    PumpEfficiency,
    PumpPerformanceRun,
    PumpTest,
    PumpTestResult,
    status_of,
)
from pumpperf.provenance import run_of, stamped


@frozen
class EvaluatedTest:
    """A test that was evaluated once: every use case reads here what it shows.

    Attributes:
        test: as it was recorded.
        numbers: of each reading, those of `Duty` and `EfficiencyChain` by name, NaN where absent.
        findings: what to know before believing them.
    """

    test: PumpTest
    numbers: tuple[Numbers, ...]
    findings: tuple[Finding, ...]

    @property
    def duties(self) -> tuple[Duty, ...]:
        """The duty that each reading shows."""
        return tuple(from_numbers(Duty, found) for found in self.numbers)

    @property
    def chains(self) -> tuple[EfficiencyChain, ...]:
        """The efficiency chain that each reading shows."""
        return tuple(from_numbers(EfficiencyChain, found) for found in self.numbers)


def evaluated(test: PumpTest, assumptions: Assumptions) -> EvaluatedTest:
    """Numbers, duty, chain and findings of every reading of a test.

    Args:
        test: of any lift system.
        assumptions: by which to judge.

    >>> from pumpperf import PUMPPERF_2026, PcpReading, PumpTest
    >>> bench = PumpTest(
    ...     pump_test_id="T1", equipment_id="P1", test_type="BENCH",
    ...     test_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    ...     readings=[PcpReading(rate_m3d=60, pressure_rise_kpa=8640, input_power_kw=10)],
    ... )
    >>> shown = evaluated(bench, PUMPPERF_2026)
    >>> shown.duties[0].hydraulic_power_kw, shown.chains[0].specific_energy_kwhm3
    (6.0, 4.0)
    >>> [finding.code for finding in shown.findings]
    ['DISPLACEMENT_ABSENT', 'DELIVERED_POWER_KW_ABSENT']
    """
    shown = shown_by(test)
    return EvaluatedTest(test, tuple(found for _, found in shown), findings_of(shown, assumptions))


def accepted(test: PumpTest, assumptions: Assumptions) -> EvaluatedTest:
    """The same, of a test that has something to evaluate.

    Raises:
        PumpTestError: every reading has a finding of severity error.
    """
    shown = evaluated(test, assumptions)
    refuse_errors(test, shown.findings)
    return shown


def result_of(
    test: PumpTest, *, assumptions: Assumptions, user_id: str, at: dt.datetime
) -> tuple[PumpTestResult, PumpPerformanceRun]:
    """The duty that a test shows, reading by reading.

    Raises:
        PumpTestError: every reading has a finding of severity error.
    """
    shown = accepted(test, assumptions)
    run = _run("pump_test_result", test, assumptions, user_id, at)
    result = PumpTestResult(
        pump_test_result_id=run.run_id,
        run_id=run.run_id,
        pump_test_id=test.pump_test_id,
        equipment_id=test.equipment_id,
        test_date=test.test_date,
        lift_type=test.lift_type,
        result_status=status_of(shown.findings),
        duties=shown.duties,
        findings=shown.findings,
    )
    return stamped(result, user_id=user_id, at=at), run


def efficiency_of(
    test: PumpTest, *, assumptions: Assumptions, user_id: str, at: dt.datetime
) -> tuple[PumpEfficiency, PumpPerformanceRun]:
    """The efficiency chain that a test shows, reading by reading.

    Raises:
        PumpTestError: every reading has a finding of severity error.
    """
    shown = accepted(test, assumptions)
    run = _run("pump_efficiency", test, assumptions, user_id, at)
    efficiency = PumpEfficiency(
        pump_efficiency_id=run.run_id,
        run_id=run.run_id,
        pump_test_id=test.pump_test_id,
        equipment_id=test.equipment_id,
        test_date=test.test_date,
        lift_type=test.lift_type,
        result_status=status_of(shown.findings),
        chains=shown.chains,
        findings=shown.findings,
    )
    return stamped(efficiency, user_id=user_id, at=at), run


def _run(
    calculation: str, test: PumpTest, assumptions: Assumptions, user_id: str, at: dt.datetime
) -> PumpPerformanceRun:
    return run_of(
        calculation=calculation,
        inputs=[test],
        assumptions=assumptions,
        equipment_id=test.equipment_id,
        user_id=user_id,
        at=at,
    )
