"""The doors: rows translated for the outside, still without I/O."""

from pumpperf.rooms import rooms

__getattr__, __dir__ = rooms(__name__)
