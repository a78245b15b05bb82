"""Downtime: intervals, availability, restoration and the production that it cost."""

from pumpperf.calc.downtime.union import (
    Downtime,
    downtime,
    inherent_availability,
    mean_time_to_restore_h,
)

__all__ = ["Downtime", "downtime", "inherent_availability", "mean_time_to_restore_h"]
