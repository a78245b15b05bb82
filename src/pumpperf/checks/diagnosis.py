"""Suspected faults, and what was done to a card, as findings that a result can keep."""

from collections.abc import Iterable

from pumpperf.lift.evidence import UNDETERMINED, SuspectedFault
from pumpperf.lift.rod import SURFACE, ConditionedCard
from pumpperf.model import Finding, Severity

SOUND = {"FULL_PUMP", "NORMAL", UNDETERMINED}


def fault_findings(
    faults: Iterable[SuspectedFault], *, reading_obs_no: int | None = None
) -> tuple[Finding, ...]:
    """Every suspected fault as a finding, in the order in which they are ranked.

    Args:
        faults: of one pump, as `lift.evidence.suspected_faults` ranks them.
        reading_obs_no: number of the reading in its test, from 1.

    Returns:
        Findings of severity WARNING, or INFO where the pump is sound or nothing stands out.

    >>> from pumpperf.lift.evidence import Fault, Feature, suspected_faults
    >>> worn = Fault(code="WORN", needs=(Feature("head_factor") <= 0.9,), look_at="the stages")
    >>> fault_findings(suspected_faults([worn], {"head_factor": 0.8}))[0].words
    'WORN, 1 of 1 known signs: head_factor is 0.8, the fault shows at most 0.9'
    """
    return tuple(
        Finding(
            code=one.code,
            severity=Severity.INFO if one.code in SOUND else Severity.WARNING,
            words=str(one),
            inputs=tuple(sign.feature for sign in (*one.evidence_for, *one.evidence_against)),
            look_at=one.look_at,
            reading_obs_no=reading_obs_no,
        )
        for one in faults
    )


def card_findings(
    card: ConditionedCard, *, reading_obs_no: int | None = None
) -> tuple[Finding, ...]:
    """What was corrected on a surface card, or why it was rejected.

    Args:
        card: one card, as `lift.rod.conditioned_card` gives it.
        reading_obs_no: number of the reading in its test, from 1.

    Returns:
        A finding of severity WARNING for every flaw.

    >>> from pumpperf.lift.rod import conditioned_card
    >>> card = conditioned_card(
    ...     position_m=[0, 0, 1, 2, 3, 3, 2, 1], load_kn=[9, 5, 5, 5, 5, 9, 9, 9]
    ... )
    >>> [finding.code for finding in card_findings(card)]
    ['RUN_BACKWARDS']
    """
    return tuple(
        Finding(
            code=code,
            severity=Severity.WARNING,
            words=words,
            inputs=SURFACE,
            look_at="the recording of the card",
            reading_obs_no=reading_obs_no,
        )
        for code, _, words in (note.partition(": ") for note in card.notes())
    )
