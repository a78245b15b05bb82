"""All checks of a reading, in the order in which their findings are told."""

from pumpperf.checks.agreement import AGREEMENT
from pumpperf.checks.check import Check
from pumpperf.checks.instruments import INSTRUMENTS
from pumpperf.checks.ratios import ABSENCES, RATIOS

CHECKS: tuple[Check, ...] = (*RATIOS, *INSTRUMENTS, *AGREEMENT, *ABSENCES)
