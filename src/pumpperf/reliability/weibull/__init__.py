"""Weibull lives: maximum likelihood with censoring, late entry and weights, and their bounds."""

from pumpperf.reliability.weibull.estimate import Weibull, weibull
from pumpperf.reliability.weibull.known_shape import Weibayes, weibayes
from pumpperf.reliability.weibull.modes import weibull_by_mode

__all__ = ["Weibayes", "Weibull", "weibayes", "weibull", "weibull_by_mode"]
