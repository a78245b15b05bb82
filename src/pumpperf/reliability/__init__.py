"""Statistics of lives: columns of ages, failures and exposures in, frozen results out.

`survival` without a law, `weibull` and `lognormal` with one, `rates` of failures and MTBF,
`recurrence` of repaired systems, `replacement` and spares, `measures` as the trade states them.
"""

from pumpperf.rooms import rooms

__getattr__, __dir__ = rooms(__name__)
