"""What to look at, for ProductionOperations: `ProductionOptimizationRecommendation` with evidence.

Every recommendation stands on one finding of one result. None is made without, and no gain is
stated that is not a number of that result.
"""

from attrs import frozen

from pumpperf.interchange.beep.deferment import lost_oil_bpd
from pumpperf.interchange.beep.sent import Record, named, refuse_blank, refuse_retired
from pumpperf.interchange.ppdm import to_ppdm
from pumpperf.model import DowntimeImpact, DowntimeType, Finding, JudgedResult, Severity, key, table

PRIORITIES = {
    Severity.ERROR: "High",
    Severity.WARNING: "Medium",
    Severity.ASSUMPTION: "Low",
    Severity.INFO: "Low",
}
"""The severity of a finding, for a receiver that knows priorities."""

UNPLANNED_DOWNTIME = "UNPLANNED_DOWNTIME"


@frozen(kw_only=True)
class Recommendation:
    """A recommendation and what it stands on.

    Attributes:
        record: the `ProductionOptimizationRecommendation`.
        evidence: the finding, its result, pump and run, under PPDM names.
        notes: what the record does not carry, or carries otherwise.
    """

    record: Record
    evidence: Record
    notes: tuple[str, ...]


def recommendations(result: JudgedResult, *, uwi: str) -> tuple[Recommendation, ...]:
    """What a result's findings ask for, one recommendation each.

    Unplanned downtime is recommended to be looked at too, of severity warning however long it was.
    Its improvement [bbl/d of oil, mean of the window] is all that it cost, the most that could be
    gained. No other finding has a gain.

    Args:
        result: any result with findings.
        uwi: the well that the pump hung in.

    Raises:
        ArgumentError: the result is retired, or the well has no name.
    """
    refuse_retired([result])
    refuse_blank(uwi)
    downtime = [result] if isinstance(result, DowntimeImpact) and result.unplanned_h else []
    found = [
        *((_unplanned(row), lost_oil_bpd(row, DowntimeType.UNPLANNED)) for row in downtime),
        *((finding, None) for finding in result.findings),
    ]
    return tuple(
        _recommended(result, uwi, number, finding, gain)
        for number, (finding, gain) in enumerate(found, start=1)
    )


def _recommended(
    result: JudgedResult, uwi: str, number: int, finding: Finding, gain: float | None
) -> Recommendation:
    return Recommendation(
        record={
            "RecommendationId": f"{result.run_id}/{number}",
            "WellUWI": uwi,
            "RecommendationType": finding.code,
            "Description": f"{finding.words}; look at {finding.look_at}",
            "ExpectedImprovement": gain,
            "Priority": PRIORITIES[finding.severity],
        },
        evidence=to_ppdm(finding)
        | {
            "EQUIPMENT_ID": result.equipment_id,
            "RESULT_TABLE": table(type(result)),
            "RESULT_KEY": list(key(result)),
            "RESULT_STATUS": result.result_status.value,
            "RUN_ID": result.run_id,
        },
        notes=(
            "ABSENT: ExpectedImprovement: there is no number for a gain"
            if gain is None
            else "CHANGED: ExpectedImprovement: bbl/d of oil, the mean of the window, were all "
            "unplanned downtime avoided: the most that could be gained",
            f"CHANGED: Priority: severity {finding.severity.value}, not the size of a gain",
            f"LOST: {named(result)}: pump, run, status and inputs stand in the evidence only",
        ),
    )


def _unplanned(impact: DowntimeImpact) -> Finding:
    lost = impact.lost_unplanned_volume_m3
    volume = "an unknown volume" if lost is None else f"{lost:.6g} m3"
    return Finding(
        code=UNPLANNED_DOWNTIME,
        severity=Severity.WARNING,
        words=f"{impact.unplanned_h:.6g} h of unplanned downtime from "
        f"{impact.start_date.isoformat()} to {impact.end_date.isoformat()} lost {volume} of liquid",
        inputs=("unplanned_h", "lost_unplanned_volume_m3"),
        look_at="the causes of the unplanned events",
    )
