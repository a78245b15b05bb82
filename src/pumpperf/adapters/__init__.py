"""The only rooms that touch the world, each behind an extra and imported by nothing above."""

from pumpperf.rooms import rooms

__getattr__, __dir__ = rooms(__name__)
