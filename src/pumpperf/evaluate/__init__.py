"""Every use case as a pure function: rows in, rows out.

Each takes the acting `user_id`, the time `at` and the `assumptions` by which to judge, and
returns its results with the run that made them. None reads a clock or a store: an asynchronous
program awaits its own loads and saves around them.
"""

from pumpperf.evaluate.decline import Decline
from pumpperf.evaluate.downtime import downtime_impact_of
from pumpperf.evaluate.energy import energy_consumption_of
from pumpperf.evaluate.reliability import reliability_of
from pumpperf.evaluate.replay import recomputed
from pumpperf.evaluate.run_lives import run_lives_of
from pumpperf.evaluate.tests import EvaluatedTest, accepted, efficiency_of, evaluated, result_of
from pumpperf.evaluate.window import Window
from pumpperf.provenance import VERSIONS, Terms

__all__ = [
    "VERSIONS",
    "Decline",
    "EvaluatedTest",
    "Terms",
    "Window",
    "accepted",
    "downtime_impact_of",
    "efficiency_of",
    "energy_consumption_of",
    "evaluated",
    "recomputed",
    "reliability_of",
    "result_of",
    "run_lives_of",
]
