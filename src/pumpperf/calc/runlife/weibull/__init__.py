"""Weibull lives: maximum likelihood with censoring, late entry and weights, and their bounds."""

from pumpperf.calc.runlife.weibull.estimate import Weibull, weibull
from pumpperf.calc.runlife.weibull.modes import WeibullByMode, weibull_by_mode
from pumpperf.calc.runlife.weibull.weibayes import Weibayes, weibayes

__all__ = ["Weibayes", "Weibull", "WeibullByMode", "weibayes", "weibull", "weibull_by_mode"]
