"""The operations that evaluate, and those on the runs that made a result."""

from collections.abc import Callable
from typing import cast

from pumpperf.adapters.web.bodies import DowntimeRequest, EnergyRequest, ReliabilityRequest, Request
from pumpperf.adapters.web.json_schema import an_object, answer_of
from pumpperf.adapters.web.operation import Call, Operation, Record
from pumpperf.adapters.web.pages import RESULTS
from pumpperf.model import (
    DowntimeImpact,
    EnergyConsumption,
    PumpEfficiency,
    PumpPerformanceRun,
    PumpReliability,
    PumpTestResult,
    Row,
    table,
)
from pumpperf.service import PumpPerformanceService


def _evaluation(
    path: str,
    kind: type[Row],
    use_case: Callable[..., Row],
    summary: str,
    takes: type[Request] | None = None,
) -> Operation:
    def run(call: Call) -> Record:
        more = cast("Request", call.body).arguments() if takes else {}
        return call.record(use_case(call.service, call.identifier, user_id=call.user_id, **more))

    return Operation(path, "evaluate", summary, answer_of(kind), run, takes)


def _run(call: Call) -> Record:
    return call.record(call.service.repository.get(PumpPerformanceRun, call.identifier))


def _reproduce(call: Call) -> Record:
    row = call.service.reproduce(call.identifier)
    return {"table": table(type(row)), "row": call.record(row)}


EVALUATIONS: tuple[Operation, ...] = (
    _evaluation(
        "/results/calculate/{pump_test_id}",
        PumpTestResult,
        PumpPerformanceService.calculate_result,
        "The duty that a test shows",
    ),
    _evaluation(
        "/efficiency/evaluate/{pump_test_id}",
        PumpEfficiency,
        PumpPerformanceService.evaluate_efficiency,
        "The efficiency chain that a test shows",
    ),
    _evaluation(
        "/reliability/update/{equipment_id}",
        PumpReliability,
        PumpPerformanceService.update_reliability,
        "Run life of a pump and its MTBF, up to a date",
        ReliabilityRequest,
    ),
    _evaluation(
        "/downtime/assess/{equipment_id}",
        DowntimeImpact,
        PumpPerformanceService.assess_downtime,
        "Downtime of a pump in a window, and the production lost by it",
        DowntimeRequest,
    ),
    _evaluation(
        "/energy/account/{equipment_id}",
        EnergyConsumption,
        PumpPerformanceService.account_energy,
        "Energy of a pump in a window",
        EnergyRequest,
    ),
    Operation(
        "/runs/{run_id}", "read", "How a result was made", answer_of(PumpPerformanceRun), _run
    ),
    Operation(
        "/runs/{run_id}/reproduce",
        "evaluate",
        "The result of a run, made again from its inputs and found the same",
        an_object(
            {
                "table": {"enum": [table(kind) for kind in RESULTS]},
                "row": {"anyOf": [answer_of(kind) for kind in RESULTS]},
            }
        ),
        _reproduce,
    ),
)
