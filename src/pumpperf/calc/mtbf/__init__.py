"""Mean time between failures and failure rates: bounds, comparisons, and what a fleet adds."""

from pumpperf.calc.mtbf.bounds import Mtbf, Sided, Termination, jeffreys_rate_per_h, mtbf

__all__ = ["Mtbf", "Sided", "Termination", "jeffreys_rate_per_h", "mtbf"]
