"""Numbers in, numbers out: pure, vectorised calculators that know nothing of rows."""

from __future__ import annotations

from pumpperf.rooms import rooms

__getattr__, __dir__ = rooms(__name__)
