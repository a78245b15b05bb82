"""Would an engineer believe it? Rows or numbers in, findings out."""

from pumpperf.checks.check import Check, Numbers, judged
from pumpperf.checks.depth import mended, suspected
from pumpperf.checks.history import check_history
from pumpperf.checks.readings import (
    CHECKS,
    check_test,
    findings_of,
    refuse_errors,
    shown_by,
)

__all__ = [
    "CHECKS",
    "Check",
    "Numbers",
    "check_history",
    "check_test",
    "findings_of",
    "judged",
    "mended",
    "refuse_errors",
    "shown_by",
    "suspected",
]
