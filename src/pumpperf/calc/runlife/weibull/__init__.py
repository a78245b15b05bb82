"""Weibull lives: maximum likelihood with censoring, late entry and weights, and their bounds."""

from pumpperf.calc.runlife.weibull.estimate import Weibull, weibull

__all__ = ["Weibull", "weibull"]
