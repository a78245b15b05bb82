"""What a pump test shows."""

import datetime as dt

from pumpperf.assumptions import Assumptions
from pumpperf.checks import check_test, refuse_errors
from pumpperf.evaluate.common import VERSIONS
from pumpperf.lift import Duty, duty, efficiency_chain
from pumpperf.model import (
    Finding,
    PumpEfficiency,
    PumpPerformanceRun,
    PumpTest,
    PumpTestResult,
    status_of,
)
from pumpperf.provenance import run_of, stamped


def result_of(
    test: PumpTest, *, assumptions: Assumptions, user_id: str, at: dt.datetime
) -> tuple[PumpTestResult, PumpPerformanceRun]:
    """The duty that a test shows, reading by reading.

    Raises:
        PumpTestError: the test has a finding of severity error.
    """
    findings = _judged(test, assumptions)
    run = _run("pump_test_result", test, assumptions, user_id, at)
    result = PumpTestResult(
        pump_test_result_id=run.run_id,
        run_id=run.run_id,
        pump_test_id=test.pump_test_id,
        equipment_id=test.equipment_id,
        test_date=test.test_date,
        lift_type=test.lift_type,
        result_status=status_of(findings),
        duties=_duties(test),
        findings=findings,
    )
    return stamped(result, user_id=user_id, at=at), run


def efficiency_of(
    test: PumpTest, *, assumptions: Assumptions, user_id: str, at: dt.datetime
) -> tuple[PumpEfficiency, PumpPerformanceRun]:
    """The efficiency chain that a test shows, reading by reading.

    Raises:
        PumpTestError: the test has a finding of severity error.
    """
    findings = _judged(test, assumptions)
    run = _run("pump_efficiency", test, assumptions, user_id, at)
    efficiency = PumpEfficiency(
        pump_efficiency_id=run.run_id,
        run_id=run.run_id,
        pump_test_id=test.pump_test_id,
        equipment_id=test.equipment_id,
        test_date=test.test_date,
        lift_type=test.lift_type,
        result_status=status_of(findings),
        chains=tuple(efficiency_chain(shown) for shown in _duties(test)),
        findings=findings,
    )
    return stamped(efficiency, user_id=user_id, at=at), run


def _judged(test: PumpTest, assumptions: Assumptions) -> tuple[Finding, ...]:
    findings = check_test(test, assumptions)
    refuse_errors(test, findings)
    return findings


def _duties(test: PumpTest) -> tuple[Duty, ...]:
    share = 1.0 if test.running_share is None else test.running_share
    return tuple(duty(reading, running_share=share) for reading in test.readings)


def _run(
    calculation: str, test: PumpTest, assumptions: Assumptions, user_id: str, at: dt.datetime
) -> PumpPerformanceRun:
    return run_of(
        calculation=calculation,
        version=VERSIONS[calculation],
        inputs=[test],
        parameters={},
        assumptions=assumptions,
        equipment_id=test.equipment_id,
        user_id=user_id,
        at=at,
    )
