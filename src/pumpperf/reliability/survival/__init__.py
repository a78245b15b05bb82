"""Survival without a law of failure: curves, what is read off them, and their comparison."""

from pumpperf.reliability.survival.curve import SurvivalCurve, kaplan_meier
from pumpperf.reliability.survival.incidence import (
    IncidenceCurve,
    cumulative_incidence,
    incidence_at,
)
from pumpperf.reliability.survival.lifetable import LifeTable, life_table
from pumpperf.reliability.survival.logrank import LogRank, log_rank
from pumpperf.reliability.survival.quantiles import (
    LifeQuantile,
    RestrictedMean,
    SurvivalAt,
    quantile_h,
    restricted_mean_h,
    survival_at,
)

__all__ = [
    "IncidenceCurve",
    "LifeQuantile",
    "LifeTable",
    "LogRank",
    "RestrictedMean",
    "SurvivalAt",
    "SurvivalCurve",
    "cumulative_incidence",
    "incidence_at",
    "kaplan_meier",
    "life_table",
    "log_rank",
    "quantile_h",
    "restricted_mean_h",
    "survival_at",
]
