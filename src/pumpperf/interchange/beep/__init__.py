"""Records of the other Beep projects: taken in as our rows, and made of them to be sent.

Both ways say in `notes` what is lost or doubtful.
"""

from pumpperf.interchange.beep.activities import (
    deferment_activity,
    downtime_activity,
    maintenance_event,
)
from pumpperf.interchange.beep.capital import Cost, capital_schedule
from pumpperf.interchange.beep.deferment import deferment_entries, deferment_totals
from pumpperf.interchange.beep.designs import PumpTestHeader
from pumpperf.interchange.beep.economics import CashFlowPeriods, analysis_body, cash_flows
from pumpperf.interchange.beep.esp import esp_test
from pumpperf.interchange.beep.history import performance_history
from pumpperf.interchange.beep.hydraulic_pumps import hydraulic_test
from pumpperf.interchange.beep.measurements import MeasuredValue, measured_value, power_log
from pumpperf.interchange.beep.production import production_test
from pumpperf.interchange.beep.received import Received
from pumpperf.interchange.beep.recommendation import Recommendation, recommendations
from pumpperf.interchange.beep.rods import rod_test
from pumpperf.interchange.beep.run_life import equipment_reliability, mtbf_calculation
from pumpperf.interchange.beep.sent import Sent, SentList

__all__ = [
    "CashFlowPeriods",
    "Cost",
    "MeasuredValue",
    "PumpTestHeader",
    "Received",
    "Recommendation",
    "Sent",
    "SentList",
    "analysis_body",
    "capital_schedule",
    "cash_flows",
    "deferment_activity",
    "deferment_entries",
    "deferment_totals",
    "downtime_activity",
    "equipment_reliability",
    "esp_test",
    "hydraulic_test",
    "maintenance_event",
    "measured_value",
    "mtbf_calculation",
    "performance_history",
    "power_log",
    "production_test",
    "recommendations",
    "rod_test",
]
