"""What a diagnosis suspects and what was done to a card, as findings that a result can keep."""

from collections.abc import Iterable

from pumpperf.lift.evidence import UNDETERMINED, Suspicion
from pumpperf.lift.rod import SURFACE, MendedCard
from pumpperf.lift.rod.conditioning import MENDED, REFUSED
from pumpperf.model import Finding, Severity

SOUND = {"FULL_PUMP", "NORMAL", UNDETERMINED}


def suspected(
    suspicions: Iterable[Suspicion], *, reading_obs_no: int | None = None
) -> tuple[Finding, ...]:
    """Every suspicion as a finding, in the order in which they are ranked.

    Args:
        suspicions: of one pump, as the diagnosis of its lift system ranks them.
        reading_obs_no: number of the reading in its test, from 1.

    Returns:
        Findings of severity WARNING, or INFO where the pump is sound or nothing stands out.

    >>> from pumpperf.lift.evidence import Fault, Sign, suspicions
    >>> worn = Fault(code="WORN", needs=(Sign("head_factor", high=0.9),), look_at="the stages")
    >>> suspected(suspicions([worn], {"head_factor": 0.8}))[0].words
    'WORN (100%): head_factor is 0.8, the fault shows at most 0.9'
    """
    return tuple(
        Finding(
            code=str(one.code),
            severity=Severity.INFO if one.code in SOUND else Severity.WARNING,
            words=str(one),
            inputs=tuple(sign.feature for sign in (*one.speaks_for, *one.speaks_against)),
            look_at=one.look_at,
            reading_obs_no=reading_obs_no,
        )
        for one in suspicions
    )


def mended(card: MendedCard, *, reading_obs_no: int | None = None) -> tuple[Finding, ...]:
    """What was done to a surface card, or why it was refused.

    Args:
        card: one card, as `lift.rod.mended_card` gives it.
        reading_obs_no: number of the reading in its test, from 1.

    Returns:
        A finding of severity WARNING for every flaw.

    >>> from pumpperf.lift.rod import mended_card
    >>> card = mended_card(position_m=[0, 0, 1, 2, 3, 3, 2, 1], load_kn=[9, 5, 5, 5, 5, 9, 9, 9])
    >>> [finding.code for finding in mended(card)]
    ['RUN_BACKWARDS']
    """
    flaws = [(flaw, MENDED[flaw]) for flaw, cards in card.mended.items() if cards]
    flaws += [(flaw, f"refused, {REFUSED[flaw]}") for flaw, cards in card.refused.items() if cards]
    return tuple(
        Finding(
            code=flaw.value,
            severity=Severity.WARNING,
            words=words,
            inputs=SURFACE,
            look_at="the recording of the card",
            reading_obs_no=reading_obs_no,
        )
        for flaw, words in flaws
    )
