"""Rows: one frozen class per PPDM entity."""

# `X as X` tells type checkers that a name is handed on.
from pumpperf.model.codes import DowntimeType as DowntimeType
from pumpperf.model.codes import FailureCause as FailureCause
from pumpperf.model.codes import FailureMechanism as FailureMechanism
from pumpperf.model.codes import FailureMode as FailureMode
from pumpperf.model.codes import FailureSubunit as FailureSubunit
from pumpperf.model.codes import PowerLogRule as PowerLogRule
from pumpperf.model.codes import ResultStatus as ResultStatus
from pumpperf.model.codes import Severity as Severity
from pumpperf.model.codes import TestType as TestType
from pumpperf.model.equipment import Equipment as Equipment
from pumpperf.model.equipment import EquipmentMaintain as EquipmentMaintain
from pumpperf.model.equipment import EquipmentUseStat as EquipmentUseStat
from pumpperf.model.equipment import Well as Well
from pumpperf.model.equipment import WellActivity as WellActivity
from pumpperf.model.equipment import WellEquipment as WellEquipment
from pumpperf.model.results import DowntimeImpact as DowntimeImpact
from pumpperf.model.results import EnergyConsumption as EnergyConsumption
from pumpperf.model.results import MeanTimeBetweenFailure as MeanTimeBetweenFailure
from pumpperf.model.results import PumpReliability as PumpReliability
from pumpperf.model.row import AUDIT as AUDIT
from pumpperf.model.row import Finding as Finding
from pumpperf.model.row import JudgedResult as JudgedResult
from pumpperf.model.row import Key as Key
from pumpperf.model.row import Row as Row
from pumpperf.model.row import RunResult as RunResult
from pumpperf.model.row import content as content
from pumpperf.model.row import dates_of as dates_of
from pumpperf.model.row import finding as finding
from pumpperf.model.row import key as key
from pumpperf.model.row import status_of as status_of
from pumpperf.model.row import table as table
from pumpperf.model.tests import PumpEfficiency as PumpEfficiency
from pumpperf.model.tests import PumpPerformanceRun as PumpPerformanceRun
from pumpperf.model.tests import PumpTest as PumpTest
from pumpperf.model.tests import PumpTestResult as PumpTestResult

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
