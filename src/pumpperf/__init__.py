"""How oil-field pumps perform, the same way for every lift system.

Plain functions first: calculators in `pumpperf.calc` and `pumpperf.lift`, rows in
`pumpperf.model`, use cases in `pumpperf.evaluate`, a thin facade in `PumpPerformanceService`.
Names are loaded when they are first used, so importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pumpperf.assumptions import PUMPPERF_2026, Assumptions
    from pumpperf.errors import (
        ArgumentError,
        ConflictError,
        IrreproducibleError,
        NotFoundError,
        PumpPerformanceError,
        PumpTestError,
        RowError,
        StaleError,
        StorageError,
        UnitError,
    )
    from pumpperf.evaluate import Decline, Window
    from pumpperf.lift import (
        Duty,
        EfficiencyChain,
        EspReading,
        HydraulicPistonReading,
        JetReading,
        LiftType,
        PcpReading,
        Reading,
        RodReading,
    )
    from pumpperf.model import (
        DowntimeImpact,
        DowntimeType,
        EnergyConsumption,
        Equipment,
        EquipmentMaintain,
        EquipmentUseStat,
        FailureCause,
        FailureMechanism,
        FailureMode,
        FailureSubunit,
        Finding,
        MeanTimeBetweenFailure,
        PumpEfficiency,
        PumpPerformanceRun,
        PumpReliability,
        PumpTest,
        PumpTestResult,
        ResultStatus,
        Severity,
        TestType,
        Well,
        WellActivity,
        WellEquipment,
    )
    from pumpperf.repository import MemoryRepository, Repository
    from pumpperf.service import PumpPerformanceService

__version__ = "0.1.0"

_HOMES = {
    "assumptions": ("PUMPPERF_2026", "Assumptions"),
    "errors": (
        "ArgumentError",
        "ConflictError",
        "IrreproducibleError",
        "NotFoundError",
        "PumpPerformanceError",
        "PumpTestError",
        "RowError",
        "StaleError",
        "StorageError",
        "UnitError",
    ),
    "evaluate": ("Decline", "Window"),
    "lift": (
        "Duty",
        "EfficiencyChain",
        "EspReading",
        "HydraulicPistonReading",
        "JetReading",
        "LiftType",
        "PcpReading",
        "Reading",
        "RodReading",
    ),
    "model": (
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
        "MeanTimeBetweenFailure",
        "PumpEfficiency",
        "PumpPerformanceRun",
        "PumpReliability",
        "PumpTest",
        "PumpTestResult",
        "ResultStatus",
        "Severity",
        "TestType",
        "Well",
        "WellActivity",
        "WellEquipment",
    ),
    "repository": ("MemoryRepository", "Repository"),
    "service": ("PumpPerformanceService",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "PUMPPERF_2026",
    "ArgumentError",
    "Assumptions",
    "ConflictError",
    "Decline",
    "DowntimeImpact",
    "DowntimeType",
    "Duty",
    "EfficiencyChain",
    "EnergyConsumption",
    "Equipment",
    "EquipmentMaintain",
    "EquipmentUseStat",
    "EspReading",
    "FailureCause",
    "FailureMechanism",
    "FailureMode",
    "FailureSubunit",
    "Finding",
    "HydraulicPistonReading",
    "IrreproducibleError",
    "JetReading",
    "LiftType",
    "MeanTimeBetweenFailure",
    "MemoryRepository",
    "NotFoundError",
    "PcpReading",
    "PumpEfficiency",
    "PumpPerformanceError",
    "PumpPerformanceRun",
    "PumpPerformanceService",
    "PumpReliability",
    "PumpTest",
    "PumpTestError",
    "PumpTestResult",
    "Reading",
    "Repository",
    "ResultStatus",
    "RodReading",
    "RowError",
    "Severity",
    "StaleError",
    "StorageError",
    "TestType",
    "UnitError",
    "Well",
    "WellActivity",
    "WellEquipment",
    "Window",
    "__version__",
]


def __getattr__(name: str) -> Any:  # a public name may be anything
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
