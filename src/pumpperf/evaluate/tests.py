"""What a pump test shows."""

import datetime as dt
from typing import TypeVar

from attrs import frozen

from pumpperf.assumptions import Assumptions
from pumpperf.checks import Numbers, checks_made, findings_of, refuse_errors, shown_by
from pumpperf.errors import PumpTestError, expect
from pumpperf.lift import Duty, EfficiencyChain, from_numbers
from pumpperf.model import (
    Finding,
    PumpEfficiency,
    PumpPerformanceRun,
    PumpTest,
    PumpTestResult,
    table,
)
from pumpperf.provenance import Terms, made, run_of

R = TypeVar("R", PumpTestResult, PumpEfficiency)


@frozen
class EvaluatedTest:
    """A test that was evaluated once: every use case reads here what it shows.

    Attributes:
        test: as it was recorded.
        numbers: of each reading, those of `Duty` and `EfficiencyChain` by name, NaN where absent.
        findings: what to know before believing them.
        checks_made: the codes of the plausibility checks whose inputs were there, at any reading.
    """

    test: PumpTest
    numbers: tuple[Numbers, ...]
    findings: tuple[Finding, ...]
    checks_made: tuple[str, ...]

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
    expect(PumpTest, test=test)
    expect(Assumptions, assumptions=assumptions)
    shown = shown_by(test, assumptions)
    return EvaluatedTest(
        test,
        tuple(found for _, found in shown),
        findings_of(test.lift_type, shown, assumptions),
        checks_made(shown),
    )


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
        PumpTestError: the test is withdrawn, or every reading has a finding of severity error.
    """
    terms = Terms(assumptions=assumptions, user_id=user_id, at=at)
    return _kept(PumpTestResult, test, terms, "duties")


def efficiency_of(
    test: PumpTest, *, assumptions: Assumptions, user_id: str, at: dt.datetime
) -> tuple[PumpEfficiency, PumpPerformanceRun]:
    """The efficiency chain that a test shows, reading by reading.

    Raises:
        PumpTestError: the test is withdrawn, or every reading has a finding of severity error.
    """
    terms = Terms(assumptions=assumptions, user_id=user_id, at=at)
    return _kept(PumpEfficiency, test, terms, "chains")


def _kept(kind: type[R], test: PumpTest, terms: Terms, part: str) -> tuple[R, PumpPerformanceRun]:
    """A part of what a test shows as a result to keep, and its run."""
    expect(PumpTest, test=test)
    if not test.active_ind:
        name = test.pump_test_id
        raise PumpTestError(f"pump test {name!r} is withdrawn: record it as active to evaluate it")
    shown, name = accepted(test, terms["assumptions"]), table(kind).lower()
    run = run_of(calculation=name, inputs=[test], equipment_id=test.equipment_id, **terms)
    result = made(
        kind,
        run,
        pump_test_id=test.pump_test_id,
        test_date=test.test_date,
        lift_type=test.lift_type,
        findings=shown.findings,
        checks_made=shown.checks_made,
        **{part: getattr(shown, part)},
    )
    return result, run
