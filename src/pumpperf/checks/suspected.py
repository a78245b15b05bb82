"""What a diagnosis suspects, as findings that can be kept with a result."""

from collections.abc import Iterable

from pumpperf.lift.evidence import UNDETERMINED, Suspicion
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
            code=one.code,
            severity=Severity.INFO if one.code in SOUND else Severity.WARNING,
            words=str(one),
            inputs=tuple(sign.feature for sign in (*one.speaks_for, *one.speaks_against)),
            look_at=one.look_at,
            reading_obs_no=reading_obs_no,
        )
        for one in suspicions
    )
