"""When to replace a pump before it fails, how many will fail, how many spares to keep."""

from pumpperf.reliability.replacement.forecast import ExpectedFailures, expected_failures
from pumpperf.reliability.replacement.policy import (
    AgeReplacement,
    MinimalRepair,
    age_replacement,
    minimal_repair,
)
from pumpperf.reliability.replacement.stock import Spares, spares

__all__ = [
    "AgeReplacement",
    "ExpectedFailures",
    "MinimalRepair",
    "Spares",
    "age_replacement",
    "expected_failures",
    "minimal_repair",
    "spares",
]
