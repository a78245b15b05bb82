"""Pump tests, what they say, and the run that said it."""

from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar, cast

from attrs import field, frozen

from pumpperf.checked import Pairs, Takes, converted
from pumpperf.fields import Hours, Identifier, LongText, ShortText, Text, UtcDate
from pumpperf.lift import Duty, EfficiencyChain, LiftType, Reading
from pumpperf.model.codes import TestType
from pumpperf.model.row import JudgedResult, Row

Digest = Annotated[str, Text(64)]


@frozen(kw_only=True, field_transformer=converted)
class PumpTest(Row):
    """A test of a pump: one reading in the field, or the points of a bench test.

    Attributes:
        pump_test_id: the test.
        equipment_id: the pump.
        uwi: the well, if it hangs in one.
        test_date: when the test ended.
        test_type: bench or field.
        duration_h: length of the test over which the rate was measured.
        runtime_h: hours in which the pump ran in that time.
        readings: at least one, all of one lift system.
    """

    KEY: ClassVar[tuple[str, ...]] = ("pump_test_id",)
    ORDERED: ClassVar[Pairs] = (("runtime_h", "duration_h"),)
    TOGETHER: ClassVar[Pairs] = (("runtime_h", "duration_h"),)

    pump_test_id: Identifier
    equipment_id: Identifier
    test_date: UtcDate
    test_type: TestType = field(converter=Takes[str])
    readings: tuple[Reading, ...] = field(converter=Takes[Iterable[Reading]])
    uwi: Identifier | None = None
    duration_h: Hours | None = None
    runtime_h: Hours | None = None

    @classmethod
    def contradictions(cls, values: Mapping[str, object]) -> list[str]:
        """The readings are at least one, of one lift system."""
        found = super().contradictions(values)
        readings = values.get("readings")
        if isinstance(readings, tuple):
            items = cast("tuple[object, ...]", readings)
            kinds = sorted({type(reading).__name__ for reading in items})
            if len(kinds) != 1:
                got = ", ".join(kinds) or "none"
                found.append(f"readings: expected at least one, all of one lift system; got {got}")
        return found

    @property
    def lift_type(self) -> LiftType:
        """How the pump lifts."""
        return self.readings[0].LIFT_TYPE

    @property
    def running_share(self) -> float | None:
        """Share of the test in which the pump ran; None if a field test does not say."""
        if self.runtime_h is not None and self.duration_h:
            return self.runtime_h / self.duration_h
        return 1.0 if self.test_type is TestType.BENCH else None


@frozen(kw_only=True, field_transformer=converted)
class ResultOfTest(JudgedResult):
    """What a test shows, reading by reading.

    Attributes:
        pump_test_id: the test.
        test_date: of the test.
        lift_type: of the test.
    """

    SUBJECT: ClassVar[tuple[str, ...]] = ("pump_test_id",)

    pump_test_id: Identifier
    test_date: UtcDate
    lift_type: LiftType = field(converter=Takes[str])


@frozen(kw_only=True, field_transformer=converted)
class PumpTestResult(ResultOfTest):
    """The duty that a test shows, reading by reading.

    Attributes:
        pump_test_result_id: the result, which is that of its run.
        duties: one a reading, in the same order.
    """

    KEY: ClassVar[tuple[str, ...]] = ("pump_test_result_id",)

    pump_test_result_id: Identifier
    duties: tuple[Duty, ...] = field(converter=Takes[Iterable[Duty]])


@frozen(kw_only=True, field_transformer=converted)
class PumpEfficiency(ResultOfTest):
    """The efficiency chain that a test shows, reading by reading.

    Attributes:
        pump_efficiency_id: the result, which is that of its run.
        chains: one a reading, in the same order.
    """

    KEY: ClassVar[tuple[str, ...]] = ("pump_efficiency_id",)

    pump_efficiency_id: Identifier
    chains: tuple[EfficiencyChain, ...] = field(converter=Takes[Iterable[EfficiencyChain]])


@frozen(kw_only=True, field_transformer=converted)
class PumpPerformanceRun(Row):
    """How a result was made, so that it can be made again.

    Attributes:
        run_id: UUID of calculation, its version, assumptions and input digest.
        calculation: which use case.
        calculation_version: raised whenever one of its numbers may move.
        assumptions: name of the set of constants.
        input_digest: SHA-256 of the inputs, the parameters and the assumptions' values.
        input_keys: table and key of every row that went in, as JSON.
        parameters: what else went in, as JSON.
        equipment_id: the pump.
    """

    KEY: ClassVar[tuple[str, ...]] = ("run_id",)

    run_id: Identifier
    calculation: ShortText
    calculation_version: ShortText
    assumptions: ShortText
    input_digest: Digest
    input_keys: tuple[LongText, ...] = field(converter=Takes[Iterable[str]])
    parameters: LongText
    equipment_id: Identifier
