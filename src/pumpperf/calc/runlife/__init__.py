"""How long pumps run: lives from records, survival, Weibull, modes, and the trade's measures."""

from pumpperf.calc.runlife.incidence import IncidenceCurve, cumulative_incidence, incidence_at
from pumpperf.calc.runlife.lifetable import LifeTable, life_table
from pumpperf.calc.runlife.lognormal import LogNormal, lognormal
from pumpperf.calc.runlife.logrank import LogRank, log_rank
from pumpperf.calc.runlife.measures import RunLifeMeasures, run_life_measures
from pumpperf.calc.runlife.pareto import Pareto, pareto
from pumpperf.calc.runlife.placing import Told
from pumpperf.calc.runlife.pumps import PumpHistories, pump_histories
from pumpperf.calc.runlife.readings import (
    LifeQuantile,
    RestrictedMean,
    SurvivalAt,
    quantile_h,
    restricted_mean_h,
    survival_at,
)
from pumpperf.calc.runlife.records import RunLives, run_lives
from pumpperf.calc.runlife.repeats import RepeatFailures, repeat_failures
from pumpperf.calc.runlife.survival import SurvivalCurve, kaplan_meier
from pumpperf.calc.runlife.tables import Failures, Installations, Stops
from pumpperf.calc.runlife.weibull import (
    Weibayes,
    Weibull,
    WeibullByMode,
    weibayes,
    weibull,
    weibull_by_mode,
)

__all__ = [
    "Failures",
    "IncidenceCurve",
    "Installations",
    "LifeQuantile",
    "LifeTable",
    "LogNormal",
    "LogRank",
    "Pareto",
    "PumpHistories",
    "RepeatFailures",
    "RestrictedMean",
    "RunLifeMeasures",
    "RunLives",
    "Stops",
    "SurvivalAt",
    "SurvivalCurve",
    "Told",
    "Weibayes",
    "Weibull",
    "WeibullByMode",
    "cumulative_incidence",
    "incidence_at",
    "kaplan_meier",
    "life_table",
    "log_rank",
    "lognormal",
    "pareto",
    "pump_histories",
    "quantile_h",
    "repeat_failures",
    "restricted_mean_h",
    "run_life_measures",
    "run_lives",
    "survival_at",
    "weibayes",
    "weibull",
    "weibull_by_mode",
]
