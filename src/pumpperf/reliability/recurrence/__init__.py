"""How failures recur: mean cumulative function, growth and trend."""

from pumpperf.reliability.recurrence.arrangements import reverse_arrangements
from pumpperf.reliability.recurrence.curves import McfAt, McfDifference, mcf_at, mcf_difference
from pumpperf.reliability.recurrence.expected import (
    FailureForecast,
    age_of_count_h,
    failure_forecast,
)
from pumpperf.reliability.recurrence.goodness import GrowthGoodness, growth_goodness
from pumpperf.reliability.recurrence.growth import Growth, crow_amsaa
from pumpperf.reliability.recurrence.mcf import Mcf, mean_cumulative_function
from pumpperf.reliability.recurrence.projection import GrowthProjection, growth_projection
from pumpperf.reliability.recurrence.trend import Trend, laplace, lewis_robinson, mil_hdbk_189

__all__ = [
    "FailureForecast",
    "Growth",
    "GrowthGoodness",
    "GrowthProjection",
    "Mcf",
    "McfAt",
    "McfDifference",
    "Trend",
    "age_of_count_h",
    "crow_amsaa",
    "failure_forecast",
    "growth_goodness",
    "growth_projection",
    "laplace",
    "lewis_robinson",
    "mcf_at",
    "mcf_difference",
    "mean_cumulative_function",
    "mil_hdbk_189",
    "reverse_arrangements",
]
