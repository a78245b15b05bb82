"""Run life as the lift trade states it: means, MTTF, Pareto of failures, repeat failures."""

from pumpperf.reliability.measures.categories import Pareto, pareto
from pumpperf.reliability.measures.repeats import RepeatFailures, repeat_failures
from pumpperf.reliability.measures.run_life import RunLifeMeasures, run_life_measures

__all__ = [
    "Pareto",
    "RepeatFailures",
    "RunLifeMeasures",
    "pareto",
    "repeat_failures",
    "run_life_measures",
]
