"""Would an engineer believe it? Rows or numbers in, findings out."""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.checks.accounts import (
        LoggedPower,
        check_amounts,
        check_log,
        check_terms,
        log_checks,
    )
    from pumpperf.checks.check import Check, judged
    from pumpperf.checks.diagnosis import card_findings, fault_findings
    from pumpperf.checks.history import history_checks, history_findings
    from pumpperf.checks.readings import (
        CHECKS,
        check_test,
        checks_made,
        findings_of,
        refuse_errors,
        shown_by,
    )
    from pumpperf.checks.reads import OF_THE_TEST, OWN, Numbers
else:
    __getattr__ = exports(__name__, "check", "reads", "readings", "history", "diagnosis")

__all__ = [
    "CHECKS",
    "OF_THE_TEST",
    "OWN",
    "Check",
    "LoggedPower",
    "Numbers",
    "card_findings",
    "check_amounts",
    "check_log",
    "check_terms",
    "check_test",
    "checks_made",
    "fault_findings",
    "findings_of",
    "history_checks",
    "history_findings",
    "judged",
    "log_checks",
    "refuse_errors",
    "shown_by",
]
