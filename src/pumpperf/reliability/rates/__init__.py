"""Mean time between failures and failure rates: bounds, comparisons, and what a fleet adds."""

from pumpperf.calc.inputs import Termination
from pumpperf.numeric import Sided
from pumpperf.reliability.rates.bayes import (
    RatePosterior,
    gamma_poisson,
    marginal_log_likelihood,
    prior_from_mtbf,
)
from pumpperf.reliability.rates.bounds import Mtbf, jeffreys_rate_per_h, mtbf
from pumpperf.reliability.rates.comparison import (
    OverDispersion,
    RateComparison,
    over_dispersion,
    rate_comparison,
)
from pumpperf.reliability.rates.demonstration import (
    DemonstrationTime,
    demonstration_time,
    success_run_size,
)
from pumpperf.reliability.rates.empirical import EmpiricalBayes, empirical_bayes
from pumpperf.reliability.rates.multi_sample import Oreda, oreda

__all__ = [
    "DemonstrationTime",
    "EmpiricalBayes",
    "Mtbf",
    "Oreda",
    "OverDispersion",
    "RateComparison",
    "RatePosterior",
    "Sided",
    "Termination",
    "demonstration_time",
    "empirical_bayes",
    "gamma_poisson",
    "jeffreys_rate_per_h",
    "marginal_log_likelihood",
    "mtbf",
    "oreda",
    "over_dispersion",
    "prior_from_mtbf",
    "rate_comparison",
    "success_run_size",
]
