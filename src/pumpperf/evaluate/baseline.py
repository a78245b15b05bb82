"""The test against which a history is held."""

import datetime as dt
from collections.abc import Iterable, Mapping

from attrs import frozen

from pumpperf.assumptions import Assumptions
from pumpperf.evaluate.amounts import finite
from pumpperf.evaluate.tests import EvaluatedTest, evaluated
from pumpperf.lift import at_pump, numbers
from pumpperf.model import Finding, PumpTest, Severity, TestType, finding


@frozen
class Baseline:
    """The field test of one reading with a rate, against which a history is held."""

    shown: EvaluatedTest
    rate_m3d: float

    @property
    def test(self) -> PumpTest:
        """As it was recorded."""
        return self.shown.test

    def number(self, name: str) -> float | None:
        """A number of the duty that its reading shows; None if it is absent."""
        return finite(self.shown.numbers[0][name])


def baseline_rate(test: PumpTest, assumptions: Assumptions) -> float | None:
    """The rate at the pump of such a test [m3/d]; None of any other."""
    if test.test_type is not TestType.FIELD or len(test.readings) != 1:
        return None
    return finite(at_pump(numbers(test.readings[0]), assumptions)["rate_m3d"])


def baseline(
    tests: Iterable[PumpTest], before: dt.datetime, assumptions: Assumptions
) -> Baseline | None:
    """The last such test up to a date, evaluated; None if there is none."""
    past = [test for test in tests if test.test_date <= before]
    for test in sorted(past, key=lambda one: (one.test_date, one.pump_test_id), reverse=True):
        rate_m3d = baseline_rate(test, assumptions)
        if rate_m3d is not None:
            return Baseline(evaluated(test, assumptions), rate_m3d)
    return None


def held_against(
    base: Baseline | None, held: Mapping[str, float | None], missing: str
) -> tuple[Finding, ...]:
    """Which test numbers are held against, or why they are absent.

    Args:
        base: the test that was used, if there is one.
        held: numbers by what they are called in words.
        missing: what absent ones need from the test.
    """
    if base is None:
        words = "there is no field test of one reading with a rate before the end"
        return (_info("TEST_MISSING", f"{' and '.join(held)}: absent, {words}"),)
    name = f"test {base.test.pump_test_id} of {base.test.test_date.isoformat()}"
    there = [words for words, value in held.items() if value is not None]
    absent = [words for words, value in held.items() if value is None]
    return (
        *([_info("TEST_USED", f"{' and '.join(there)}: held against {name}")] if there else []),
        *([_info("TEST_LACKS", f"{' and '.join(absent)}: absent, {missing}")] if absent else []),
    )


def suspect(base: Baseline | None) -> tuple[Finding, ...]:
    """That the test which numbers are held against is hard to believe, or rests on assumptions."""
    found = base.shown.findings if base else ()
    for code, says, severity in (
        ("TEST_SUSPECT", "is suspect", Severity.WARNING),
        ("TEST_ASSUMED", "rests on assumptions", Severity.ASSUMPTION),
    ):
        named = ", ".join(one.code for one in found if one.severity is severity)
        if base and named:
            words = f"test {base.test.pump_test_id} {says}: {named}"
            look_at = "the findings of that test"
            return (finding(code, words, ("pump_test_id",), look_at, severity),)
    return ()


def _info(code: str, words: str) -> Finding:
    look_at = "the well's last field test, and whether it still produces as it did then"
    return finding(code, words, ("test_date",), look_at, Severity.INFO)
