"""The operations that evaluate, and those on the runs that made a result."""

from collections.abc import Callable
from typing import cast

from pumpperf.adapters.web.asked import DowntimeAsked, EnergyAsked, ReliabilityAsked
from pumpperf.adapters.web.endpoint import Asked, Operation, Record
from pumpperf.adapters.web.json_schema import Schema, answer_of
from pumpperf.adapters.web.pages import RESULTS
from pumpperf.checked import Checked
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


def _calculate(asked: Asked) -> Record:
    return asked.record(asked.service.calculate_result(asked.identifier, user_id=asked.user_id))


def _evaluate(asked: Asked) -> Record:
    return asked.record(asked.service.evaluate_efficiency(asked.identifier, user_id=asked.user_id))


def _update(asked: Asked) -> Record:
    body = cast("ReliabilityAsked", asked.body)
    return asked.record(
        asked.service.update_reliability(
            asked.identifier, user_id=asked.user_id, as_of=body.as_of_date
        )
    )


def _assess(asked: Asked) -> Record:
    body = cast("DowntimeAsked", asked.body)
    return asked.record(
        asked.service.assess_downtime(
            asked.identifier,
            body.window,
            user_id=asked.user_id,
            oil_price_per_m3=body.oil_price_per_m3,
            currency=body.currency,
            decline=body.decline,
            flush_share=body.flush_share,
        )
    )


def _account(asked: Asked) -> Record:
    body = cast("EnergyAsked", asked.body)
    return asked.record(
        asked.service.account_energy(
            asked.identifier,
            body.window,
            user_id=asked.user_id,
            energy_price_per_kwh=body.energy_price_per_kwh,
            currency=body.currency,
            emission_factor_kgkwh=body.emission_factor_kgkwh,
            emission_factor_source=body.emission_factor_source,
        )
    )


def _evaluation(
    path: str,
    kind: type[Row],
    run: Callable[[Asked], Record],
    summary: str,
    *,
    takes: type[Checked] | None = None,
    can_answer: frozenset[int] = frozenset({409}),
) -> Operation:
    return Operation(
        method="POST",
        path=path,
        scope="evaluate",
        summary=summary,
        takes=takes,
        needs_body=takes is not ReliabilityAsked,
        answers=answer_of(kind),
        can_answer=can_answer,
        run=run,
    )


# ---- runs


def _run(asked: Asked) -> Record:
    return asked.record(asked.service.repository.get(PumpPerformanceRun, asked.identifier))


def _reproduce(asked: Asked) -> Record:
    row = asked.service.reproduce(asked.identifier)
    return {"table": table(type(row)), "row": asked.record(row)}


_REPRODUCED: Schema = {
    "type": "object",
    "properties": {
        "table": {"enum": [table(kind) for kind in RESULTS]},
        "row": {"anyOf": [answer_of(kind) for kind in RESULTS]},
    },
    "required": ["table", "row"],
    "additionalProperties": False,
}

EVALUATIONS: tuple[Operation, ...] = (
    _evaluation(
        "/results/calculate/{pump_test_id}",
        PumpTestResult,
        _calculate,
        "The duty that a test shows",
        can_answer=frozenset({404, 409}),
    ),
    _evaluation(
        "/efficiency/evaluate/{pump_test_id}",
        PumpEfficiency,
        _evaluate,
        "The efficiency chain that a test shows",
        can_answer=frozenset({404, 409}),
    ),
    _evaluation(
        "/reliability/update/{equipment_id}",
        PumpReliability,
        _update,
        "Run life of a pump and its MTBF, up to a date",
        takes=ReliabilityAsked,
    ),
    _evaluation(
        "/downtime/assess/{equipment_id}",
        DowntimeImpact,
        _assess,
        "Downtime of a pump in a window, and the production lost by it",
        takes=DowntimeAsked,
    ),
    _evaluation(
        "/energy/account/{equipment_id}",
        EnergyConsumption,
        _account,
        "Energy of a pump in a window",
        takes=EnergyAsked,
    ),
    Operation(
        method="GET",
        path="/runs/{run_id}",
        scope="read",
        summary="How a result was made",
        answers=answer_of(PumpPerformanceRun),
        can_answer=frozenset({404}),
        run=_run,
    ),
    Operation(
        method="POST",
        path="/runs/{run_id}/reproduce",
        scope="evaluate",
        summary="The result of a run, made again from its inputs and found the same",
        answers=_REPRODUCED,
        can_answer=frozenset({404, 409}),
        run=_reproduce,
    ),
)
