"""Records become lives: installations, failures and stops, placed in each other."""

from pumpperf.history.columns import Failures, Installations, Stops
from pumpperf.history.placing import Overlaps, RecordNote
from pumpperf.history.pumps import PumpHistories, pump_histories
from pumpperf.history.runs import RunLives, run_lives

__all__ = [
    "Failures",
    "Installations",
    "Overlaps",
    "PumpHistories",
    "RecordNote",
    "RunLives",
    "Stops",
    "pump_histories",
    "run_lives",
]
