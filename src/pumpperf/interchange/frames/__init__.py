"""Rows as tables and back, and whole tables of tests and history evaluated by columns."""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.interchange.frames.evaluation import evaluate
    from pumpperf.interchange.frames.fleet import reliability, run_lives
    from pumpperf.interchange.frames.in_words import findings
    from pumpperf.interchange.frames.rows import rows_of
    from pumpperf.interchange.frames.written import to_frame
else:
    __getattr__ = exports(__name__, "evaluation", "in_words", "fleet", "rows", "written")

__all__ = ["evaluate", "findings", "reliability", "rows_of", "run_lives", "to_frame"]
