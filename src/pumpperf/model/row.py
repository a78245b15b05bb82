"""What every row has: PPDM's standard columns, its table, its key and its content."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

import attrs
from attrs import field, frozen

from pumpperf.checked import Checked, Takes, converted
from pumpperf.fields import Count, Identifier, LongText, ShortText, UserId, UtcDate, describe
from pumpperf.model.codes import ResultStatus, Severity

AUDIT = frozenset({"row_changed_by", "row_changed_date", "row_created_by", "row_created_date"})
"""Who and when: no part of a row's content."""

LAST = {"last": True}
"""What marks a field that stands behind all others, also behind those of a class below."""

Key = tuple[str | int, ...]


@frozen(kw_only=True, field_transformer=converted)
class Row(Checked):
    """The PPDM 3.9 standard columns.

    Attributes:
        active_ind: whether the row counts; a result that a newer one replaced does not.
        effective_date: from when the fact holds.
        expiry_date: until when it holds.
        ppdm_guid: a global identifier, if the data store gives one.
        remark: free text.
        source: where the row comes from.
        row_changed_by: who changed it last.
        row_changed_date: when.
        row_created_by: who recorded it.
        row_created_date: when.
        row_effective_date: from when the row is to be used.
        row_expiry_date: until when.
        row_quality: the data store's own mark.
    """

    KEY: ClassVar[tuple[str, ...]]
    SUBJECT: ClassVar[tuple[str, ...]] = ()
    """What a result is about: of all results with these values, one is active."""
    AS_OF: ClassVar[str | None] = None
    """The field that says as of when: a result as of an earlier date replaces no later one."""

    SPAN: ClassVar[str | None] = None
    """The field that holds all of its dates: from the first to the last it lies in time."""

    active_ind: bool = True
    effective_date: UtcDate | None = None
    expiry_date: UtcDate | None = None
    ppdm_guid: Identifier | None = None
    remark: LongText | None = None
    source: ShortText | None = None
    row_changed_by: UserId | None = None
    row_changed_date: UtcDate | None = None
    row_created_by: UserId | None = None
    row_created_date: UtcDate | None = None
    row_effective_date: UtcDate | None = None
    row_expiry_date: UtcDate | None = None
    row_quality: ShortText | None = None

    @classmethod
    def contradictions(cls, values: Mapping[str, object]) -> list[str]:
        """Every part of the key is there, also one that other rows may leave out."""
        return [
            f"{field.name} is missing: expected {field.expected()}, as part of the key"
            for field in describe(cls)
            if field.name in cls.KEY and not field.required and values.get(field.name) is None
        ]


@frozen(kw_only=True, field_transformer=converted)
class Finding(Checked):
    """What an engineer would not believe, or would miss.

    Attributes:
        code: what was found, for programs.
        severity: how much it weighs.
        words: what was found, with its values.
        inputs: the fields concerned.
        look_at: what to look at.
        reading_obs_no: which reading of the test, from 1; None for the row as a whole.
        quantity_names: the quantities in the words, in order, with their units.
        quantity_values: their values, as many, by which other units can be put into the words.
    """

    code: ShortText
    severity: Severity = field(converter=Takes[str])
    words: LongText
    inputs: tuple[ShortText, ...] = field(converter=Takes[Iterable[str]])
    look_at: LongText
    reading_obs_no: Count | None = None
    quantity_names: tuple[ShortText, ...] = field(default=(), converter=Takes[Iterable[str]])
    quantity_values: tuple[float, ...] = field(default=(), converter=Takes[Iterable[float]])


@frozen(kw_only=True, field_transformer=converted)
class RunResult(Row):
    """What a run made; its key is that of its run.

    Attributes:
        run_id: the run that made it.
        equipment_id: the pump.
    """

    run_id: Identifier
    equipment_id: Identifier


@frozen(kw_only=True, field_transformer=converted)
class JudgedResult(RunResult):
    """What a run made, and what the checks say of it.

    Attributes:
        result_status: whether it may be believed.
        findings: what to know before believing it.
        checks_made: the codes of the plausibility checks whose inputs were there; of a test, at
            any reading.
    """

    result_status: ResultStatus = field(converter=Takes[str], metadata=LAST)
    findings: tuple[Finding, ...] = field(converter=Takes[Iterable[Finding]], metadata=LAST)
    checks_made: tuple[ShortText, ...] = field(
        default=(), converter=Takes[Iterable[str]], metadata=LAST
    )


def finding(
    code: str,
    words: str,
    inputs: tuple[str, ...],
    look_at: str,
    severity: Severity = Severity.WARNING,
) -> Finding:
    """A finding about a row as a whole."""
    return Finding(code=code, severity=severity, words=words, inputs=inputs, look_at=look_at)


def status_of(findings: Iterable[Finding], checks_made: Iterable[str]) -> ResultStatus:
    """What findings and the checks that were made leave of the trust in a result.

    Args:
        findings: on the result.
        checks_made: the codes of the plausibility checks whose inputs were there.

    >>> status_of([], []), status_of([], ["SYSTEM_EFFICIENCY_ABOVE_1"])
    (<ResultStatus.NOT_CHECKED: 'NOT_CHECKED'>, <ResultStatus.PLAUSIBLE: 'PLAUSIBLE'>)
    """
    found = {finding.severity for finding in findings}
    if found - {Severity.INFO, Severity.ASSUMPTION}:
        return ResultStatus.SUSPECT
    if not any(True for _ in checks_made):
        return ResultStatus.NOT_CHECKED
    return ResultStatus.ASSUMED if found - {Severity.INFO} else ResultStatus.PLAUSIBLE


def table(row: type[Row]) -> str:
    """The PPDM table of a row class.

    >>> from pumpperf.model import PumpPerformanceRun
    >>> table(PumpPerformanceRun)
    'PUMP_PERFORMANCE_RUN'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", row.__name__).upper()


def dates_of(row: type[Row]) -> list[str]:
    """The dates that a row must have; by the last of them a pump's rows stand in order."""
    return [
        field.name
        for field in describe(row)
        if field.required and field.types == (dt.datetime,) and not field.sequence
    ]


def key(row: Row) -> Key:
    """The values of a row's key fields, in PPDM order."""
    return tuple(getattr(row, name) for name in row.KEY)


def content(row: Row) -> dict[str, object]:
    """All that a row says, without who and when."""
    return {
        name: value
        for name, value in attrs.asdict(row, recurse=False).items()
        if name not in AUDIT and name != "original_units"
    }
