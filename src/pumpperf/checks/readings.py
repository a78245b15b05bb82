"""The checks of a test, reading by reading, in the order in which their findings are told."""

import datetime as dt
from collections.abc import Iterable

from pumpperf.assumptions import Assumptions
from pumpperf.checks.agreement import AGREEMENT
from pumpperf.checks.check import Check, judged
from pumpperf.checks.fluids import FLUIDS
from pumpperf.checks.instruments import INSTRUMENTS
from pumpperf.checks.powers import POWERS
from pumpperf.checks.ratios import ABSENCES, RATIOS
from pumpperf.checks.reads import Numbers
from pumpperf.errors import PumpTestError
from pumpperf.lift import LiftType, Reading, numbers
from pumpperf.lift.reading import NAN
from pumpperf.model import Finding, PumpTest, Severity, TestType

CHECKS: tuple[Check, ...] = (*RATIOS, *POWERS, *INSTRUMENTS, *AGREEMENT, *FLUIDS, *ABSENCES)


def reading_numbers(test: PumpTest, reading: Reading) -> Numbers:
    """The numbers of one reading, with what its test says of it."""
    share = test.running_share
    rate_date = reading.rate_date or test.test_date
    power_date = reading.power_date or test.test_date
    return Numbers(
        numbers(reading),
        running_share=NAN if share is None else share,
        field_test=float(test.test_type is TestType.FIELD),
        pairing_gap_h=abs((rate_date - power_date) / dt.timedelta(hours=1)),
    )


def shown_by(test: PumpTest, assumptions: Assumptions) -> list[tuple[Numbers, Numbers]]:
    """The numbers of each reading of a test, and those of the duty and chain that it shows."""
    said = [reading_numbers(test, reading) for reading in test.readings]
    return [(r, judged(test.lift_type, r, assumptions)) for r in said]


def check_test(test: PumpTest, assumptions: Assumptions) -> tuple[Finding, ...]:
    """Everything about a test that an engineer would not believe, or would miss.

    Args:
        test: of any lift system.
        assumptions: by which to judge.

    Returns:
        The findings, reading by reading.

    >>> import datetime as dt
    >>> from pumpperf import PUMPPERF_2026, PcpReading, PumpTest
    >>> sheet = PumpTest(
    ...     pump_test_id="T1", equipment_id="P1", test_type="BENCH",
    ...     test_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    ...     readings=[PcpReading(
    ...         rate_m3d=62.17, liquid_density_kgm3=1000, fluid_level_m=645.25,
    ...         wellhead_pressure_kpa=700, casing_pressure_kpa=600, input_power_kw=2.3,
    ...     )],
    ... )
    >>> print(check_test(sheet, PUMPPERF_2026)[0].words)
    system efficiency is 2.011, above 1: its inputs cannot all be true
    """
    return findings_of(test.lift_type, shown_by(test, assumptions), assumptions)


def findings_of(
    lift_type: LiftType, shown: Iterable[tuple[Numbers, Numbers]], assumptions: Assumptions
) -> tuple[Finding, ...]:
    """The findings of readings of one lift system that `shown_by` has evaluated."""
    return tuple(
        check.told(lift_type, r, d, assumptions, number)
        for number, (r, d) in enumerate(shown, start=1)
        for check in CHECKS
        if check.fails(r, d, assumptions)
    )


def checks_made(shown: Iterable[tuple[Numbers, Numbers]]) -> tuple[str, ...]:
    """The codes of the plausibility checks whose inputs were there, at any of these readings."""
    there = [
        {f"{part}.{name}" for part, of in (("r", r), ("d", d)) for name, x in of.items() if x == x}
        for r, d in shown
    ]
    return tuple(
        check.code
        for check in CHECKS
        if check.counts and any(need <= names for names in there for need in check.needs)
    )


def refuse_errors(test: PumpTest, findings: Iterable[Finding]) -> None:
    """Stop a use case if every reading of the test has an error.

    Raises:
        PumpTestError: with the words of every error.
    """
    found = [finding for finding in findings if finding.severity is Severity.ERROR]
    if len({finding.reading_obs_no for finding in found}) == len(test.readings):
        errors = [f"reading {finding.reading_obs_no}: {finding.words}" for finding in found]
        raise PumpTestError(f"pump test {test.pump_test_id!r}: {'; '.join(errors)}")
