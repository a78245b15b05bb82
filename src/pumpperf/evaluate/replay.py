"""A run made again from its own inputs."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from pumpperf.assumptions import Assumptions
from pumpperf.checked import amended
from pumpperf.errors import IrreproducibleError
from pumpperf.evaluate.decline import decline_of
from pumpperf.evaluate.downtime import downtime_impact_of
from pumpperf.evaluate.energy import energy_consumption_of
from pumpperf.evaluate.in_wells import excused_of
from pumpperf.evaluate.reliability import reliability_of
from pumpperf.evaluate.tests import efficiency_of, result_of
from pumpperf.evaluate.window import Window
from pumpperf.model import (
    EquipmentMaintain,
    EquipmentUseStat,
    PumpPerformanceRun,
    PumpTest,
    Row,
    WellActivity,
    WellEquipment,
)
from pumpperf.provenance import VERSIONS, Terms

R = TypeVar("R", bound=Row)


def recomputed(
    run: PumpPerformanceRun, rows: Sequence[Row], *, assumptions: Assumptions
) -> tuple[Row, ...]:
    """The results of a run, and the run itself, made again.

    Args:
        run: as it was stored.
        rows: its input rows.
        assumptions: the set that it names.

    Returns:
        The results, then the run; `row_created_by` and its date say that they are a recomputation.

    Raises:
        IrreproducibleError: the run was made by a calculation, or a version of it, that this
            library does not have.
    """
    have = VERSIONS.get(run.calculation)
    if have != run.calculation_version:
        raise IrreproducibleError(
            f"run {run.run_id} was made by version {run.calculation_version} of "
            f"{run.calculation}; this library has {have or 'none'}"
        )
    parameters: dict[str, Any] = json.loads(run.parameters)
    rows = [amended(row, active_ind=True) for row in rows]  # as they were then
    tests = _of(PumpTest, rows)
    terms: Terms = {
        "assumptions": assumptions,
        "user_id": "recomputation",
        "at": dt.datetime.max.replace(tzinfo=dt.UTC),
    }
    match run.calculation:
        case "pump_test_result":
            return result_of(tests[0], **terms)
        case "pump_efficiency":
            return efficiency_of(tests[0], **terms)
        case "pump_reliability" | "downtime_impact" as which:
            history: dict[str, Any] = {  # rows of three kinds
                "installations": _of(WellEquipment, rows),
                "maintenance": _of(EquipmentMaintain, rows),
                "activities": _of(WellActivity, rows),
            }
            if which == "pump_reliability":
                as_of = dt.datetime.fromisoformat(parameters["as_of"])
                return reliability_of(run.equipment_id, **history, as_of=as_of, **terms)
            return downtime_impact_of(
                run.equipment_id,
                **history,
                tests=tests,
                window=_window(parameters),
                decline=decline_of(parameters),
                excused=excused_of(parameters),
                **parameters,
                **terms,
            )
        case _:
            return energy_consumption_of(
                run.equipment_id,
                logs=_of(EquipmentUseStat, rows),
                tests=tests,
                window=_window(parameters),
                **parameters,
                **terms,
            )


def _of(kind: type[R], rows: Sequence[Row]) -> list[R]:
    return [row for row in rows if isinstance(row, kind)]


def _window(parameters: dict[str, Any]) -> Window:
    return Window(
        dt.datetime.fromisoformat(parameters.pop("start")),
        dt.datetime.fromisoformat(parameters.pop("end")),
    )
