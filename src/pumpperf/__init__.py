"""How oil-field pumps perform, the same way for every lift system.

Plain functions first: calculators in `pumpperf.calc` and `pumpperf.lift`, rows in
`pumpperf.model`, use cases in `pumpperf.evaluate`, a thin facade in `PumpPerformanceService`.
Names and rooms are loaded when they are first used, so importing the package costs nothing.

>>> import pumpperf
>>> pumpperf.calc.hydraulics.hydraulic_power_kw(rate_m3d=86.4, pressure_rise_kpa=10_000.0)
10.0
"""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports, rooms

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
        PowerLogRule,
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

_HOMES = ("errors", "assumptions", "lift", "model", "repository", "evaluate", "service")
"""Where the public names are at home, from the lowest room up: no other is loaded for a name."""

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
    "PowerLogRule",
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


_, _rooms = rooms(__name__)
__getattr__ = exports(__name__, *_HOMES)


def __dir__() -> list[str]:
    return sorted([*__all__, *_rooms()])
