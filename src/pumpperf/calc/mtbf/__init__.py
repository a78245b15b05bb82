"""Mean time between failures and failure rates: bounds, comparisons, and what a fleet adds."""

from pumpperf.calc.inputs import Sided, Termination
from pumpperf.calc.mtbf.bounds import Mtbf, jeffreys_rate_per_h, mtbf

__all__ = ["Mtbf", "Sided", "Termination", "jeffreys_rate_per_h", "mtbf"]
