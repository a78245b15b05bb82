"""Downtime: intervals, availability, restoration and the production that it cost."""

from pumpperf.calc.downtime.availability import (
    Availability,
    achieved_availability,
    inherent_availability,
    measured_availability,
    operational_availability,
    production_availability,
)
from pumpperf.calc.downtime.deferred import Deferred, deferred_production
from pumpperf.calc.downtime.disjoint import DowntimeIntervals, downtime_before_h, downtime_intervals
from pumpperf.calc.downtime.restoration import (
    RepairRate,
    Restoration,
    mean_time_to_restore_h,
    repair_rate,
    restoration_times,
)
from pumpperf.calc.downtime.service import ServiceHours, service_hours
from pumpperf.calc.downtime.union import Downtime, downtime

__all__ = [
    "Availability",
    "Deferred",
    "Downtime",
    "DowntimeIntervals",
    "RepairRate",
    "Restoration",
    "ServiceHours",
    "achieved_availability",
    "deferred_production",
    "downtime",
    "downtime_before_h",
    "downtime_intervals",
    "inherent_availability",
    "mean_time_to_restore_h",
    "measured_availability",
    "operational_availability",
    "production_availability",
    "repair_rate",
    "restoration_times",
    "service_hours",
]
