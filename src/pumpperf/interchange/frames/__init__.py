"""Rows as DataFrames and back, and a whole table of tests evaluated by columns."""

from pumpperf.interchange.frames.columns import evaluate
from pumpperf.interchange.frames.table import rows_of, to_frame

__all__ = ["evaluate", "rows_of", "to_frame"]
