"""Rows: one frozen class per PPDM entity."""

from pumpperf.model.codes import (
    DowntimeType,
    FailureCause,
    FailureMechanism,
    FailureMode,
    FailureSubunit,
    ResultStatus,
    Severity,
    TestType,
)
from pumpperf.model.equipment import (
    Equipment,
    EquipmentMaintain,
    EquipmentUseStat,
    Well,
    WellActivity,
    WellEquipment,
)
from pumpperf.model.results import (
    DowntimeImpact,
    EnergyConsumption,
    MeanTimeBetweenFailure,
    PumpReliability,
)
from pumpperf.model.row import AUDIT, Finding, Key, Row, content, key, status_of, table
from pumpperf.model.tests import (
    PumpEfficiency,
    PumpPerformanceRun,
    PumpTest,
    PumpTestResult,
)

ROWS: tuple[type[Row], ...] = (
    Equipment,
    Well,
    WellEquipment,
    EquipmentMaintain,
    WellActivity,
    EquipmentUseStat,
    PumpTest,
    PumpTestResult,
    PumpEfficiency,
    PumpReliability,
    MeanTimeBetweenFailure,
    DowntimeImpact,
    EnergyConsumption,
    PumpPerformanceRun,
)

TABLES: dict[str, type[Row]] = {table(row): row for row in ROWS}

__all__ = [
    "AUDIT",
    "ROWS",
    "TABLES",
    "DowntimeImpact",
    "DowntimeType",
    "EnergyConsumption",
    "Equipment",
    "EquipmentMaintain",
    "EquipmentUseStat",
    "FailureCause",
    "FailureMechanism",
    "FailureMode",
    "FailureSubunit",
    "Finding",
    "Key",
    "MeanTimeBetweenFailure",
    "PumpEfficiency",
    "PumpPerformanceRun",
    "PumpReliability",
    "PumpTest",
    "PumpTestResult",
    "ResultStatus",
    "Row",
    "Severity",
    "TestType",
    "Well",
    "WellActivity",
    "WellEquipment",
    "content",
    "key",
    "status_of",
    "table",
]
