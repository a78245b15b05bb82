"""Designs of HydraulicPumps, piston and jet, as pump tests."""

from collections.abc import Mapping

from pumpperf.errors import ArgumentError
from pumpperf.interchange.beep.ambiguous import stated
from pumpperf.interchange.beep.designs import PumpTestHeader, design_drafts, design_test
from pumpperf.interchange.beep.layouts import (
    BOTTOM_HOLE,
    CALCULATED,
    DEPTH,
    WISH,
    Reason,
    TableLayout,
    not_ours,
)
from pumpperf.interchange.beep.received import Draft, Received, must_agree
from pumpperf.lift import HydraulicPistonReading, JetReading, LiftType, SharedReading
from pumpperf.model import PumpTest
from pumpperf.units import PRESSURE, to_canonical

_WELL_ID = "HYDRAULIC_PUMP_WELL_PROPERTIES_ID"
_PISTON_ID = "HYDRAULIC_PISTON_PUMP_PROPERTIES_ID"
_JET_ID = "HYDRAULIC_JET_PUMP_PROPERTIES_ID"
_GEOMETRY = Reason(
    "NOT_TAKEN", "single or double acting is not said: DISPLACEMENT alone is taken over"
)
_HORSEPOWER = not_ours("wrong where its formula mixes bbl/d with gpm")

WELL = TableLayout(
    taken={
        "PUMP_DEPTH": "pump_depth_ft",
        "WELLHEAD_PRESSURE": "wellhead_pressure_psia",
        "WELL_UWI": "uwi",
    },
    noted={
        "BOTTOM_HOLE_PRESSURE": BOTTOM_HOLE,
        "DESIRED_PRODUCTION_RATE": WISH,
        "PUMP_DEPTH": DEPTH,
    },
    no_place=f"{_WELL_ID} BOTTOM_HOLE_TEMPERATURE CASING_DIAMETER GAS_OIL_RATIO "
    "GAS_SPECIFIC_GRAVITY OIL_GRAVITY RESERVOIR_TEMPERATURE TUBING_DIAMETER WELLHEAD_TEMPERATURE "
    "WELL_DEPTH",
    handled="WATER_CUT",
)
_PUMP_TAKEN: dict[str, str] = {"POWER_FLUID_RATE": "power_fluid_rate_bpd"}
_PUMP_NO_PLACE = f"{_WELL_ID} MANUFACTURER POWER_FLUID_SPECIFIC_GRAVITY"
_PUMP_HANDLED = "POWER_FLUID_PRESSURE PUMP_ID"
PISTON = TableLayout(
    taken={
        **_PUMP_TAKEN,
        "DISPLACEMENT": "stroke_displacement_in3",
        "STROKES_PER_MINUTE": "speed_spm",
    },
    noted=dict.fromkeys(("PISTON_DIAMETER", "ROD_DIAMETER", "STROKE_LENGTH"), _GEOMETRY),
    no_place=f"{_PUMP_NO_PLACE} {_PISTON_ID}",
    figures="MECHANICAL_EFFICIENCY VOLUMETRIC_EFFICIENCY",
    handled=_PUMP_HANDLED,
)
JET = TableLayout(
    taken=_PUMP_TAKEN,
    noted={
        "PUMP_DEPTH": Reason("NOT_TAKEN", "the depth of the well's properties is, if they have one")
    },
    no_place=f"{_PUMP_NO_PLACE} {_JET_ID} DIFFUSER_DIAMETER NOZZLE_DIAMETER PRODUCTION_FLUID_TYPE "
    "THROAT_DIAMETER",
    handled=_PUMP_HANDLED,
)
_RESULT_TAKEN: dict[str, str] = {
    "PRODUCTION_RATE": "rate_bpd",
    "PUMP_DISCHARGE_PRESSURE": "discharge_pressure_psia",
    "PUMP_INTAKE_PRESSURE": "intake_pressure_psia",
}
_RESULT_NOTED: dict[str, Reason] = {
    **dict.fromkeys(_RESULT_TAKEN, CALCULATED),
    "HYDRAULIC_HORSEPOWER": _HORSEPOWER,
    "POWER_FLUID_HORSEPOWER": _HORSEPOWER,
}
PISTON_RESULT = TableLayout(
    taken=_RESULT_TAKEN,
    noted={**_RESULT_NOTED, "INPUT_HORSEPOWER": _HORSEPOWER},
    no_place=f"HYDRAULIC_PISTON_PUMP_RESULT_ID {_PISTON_ID}",
    figures="MECHANICAL_EFFICIENCY OVERALL_EFFICIENCY POWER_FLUID_CONSUMPTION PUMP_DISPLACEMENT "
    "SLIPPAGE SYSTEM_EFFICIENCY VOLUMETRIC_EFFICIENCY",
)
JET_RESULT = TableLayout(
    taken=_RESULT_TAKEN,
    noted=_RESULT_NOTED,
    no_place=f"HYDRAULIC_JET_PUMP_RESULT_ID {_JET_ID}",
    figures="PRODUCTION_RATIO PUMP_EFFICIENCY SYSTEM_EFFICIENCY TOTAL_FLOW_RATE",
)


_PUMPS: dict[str, tuple[type[SharedReading], str, TableLayout, TableLayout]] = {
    LiftType.HYDRAULIC_PISTON: (HydraulicPistonReading, _PISTON_ID, PISTON, PISTON_RESULT),
    LiftType.HYDRAULIC_JET: (JetReading, _JET_ID, JET, JET_RESULT),
}


def hydraulic_test(
    well: Mapping[str, object],
    pump: Mapping[str, object],
    result: Mapping[str, object],
    header: PumpTestHeader,
    *,
    lift_type: LiftType,
    power_fluid_suction_pressure_kpa: float | None,
) -> Received[PumpTest]:
    """A hydraulic pump as a pump test; powers and efficiencies of the source feed nothing.

    Args:
        well: a `HYDRAULIC_PUMP_WELL_PROPERTIES`.
        pump: a `HYDRAULIC_PISTON_PUMP_PROPERTIES` or `HYDRAULIC_JET_PUMP_PROPERTIES` in it.
        result: the `HYDRAULIC_PISTON_PUMP_RESULT` or `HYDRAULIC_JET_PUMP_RESULT` of that pump.
        header: what the records do not hold of the test.
        lift_type: piston or jet.
        power_fluid_suction_pressure_kpa: absolute, at the surface pump's suction: what
            `POWER_FLUID_PRESSURE` is a rise from; None if unknown, then it is not taken over.

    Raises:
        RowError: with every fault of the three records.
        ArgumentError: the lift type is another, or the suction pressure is no finite number
            above 0.
    """
    if lift_type not in _PUMPS:
        raise ArgumentError(f"lift_type = {lift_type!r}: expected one of {', '.join(_PUMPS)}")
    suction_kpa = power_fluid_suction_pressure_kpa
    if suction_kpa is not None:
        suction_kpa = stated("power_fluid_suction_pressure_kpa", suction_kpa, unit="kpa")
    reading, key, pump_layout, result_layout = _PUMPS[lift_type]
    records = ("well", well, WELL), ("pump", pump, pump_layout), ("result", result, result_layout)
    drafts = design_drafts(key, *records)
    must_agree(_WELL_ID, *drafts[:2])
    _take_from_pump(drafts[1], header.equipment_id, suction_kpa)
    return design_test(reading, drafts, header)


def _take_from_pump(pump: Draft, equipment_id: str, suction_kpa: float | None) -> None:
    if pump.text("PUMP_ID") not in (None, equipment_id):
        pump.note("PUMP_ID", "NOT_TAKEN", f"our row is of {equipment_id!r}, as the caller says")
    supply = pump.number("POWER_FLUID_PRESSURE")
    if supply is not None and suction_kpa is None:
        words = "a rise is wanted, and no suction pressure given"
        pump.note("POWER_FLUID_PRESSURE", "NOT_TAKEN", words)
    elif supply is not None and suction_kpa is not None:
        rise_kpa = to_canonical(supply, "psia", PRESSURE) - suction_kpa
        pump.give("POWER_FLUID_PRESSURE", "power_fluid_pressure_rise_kpa", rise_kpa)
        words = "taken over as that at the surface pump's discharge; the source does not say where"
        pump.note("POWER_FLUID_PRESSURE", "DOUBTFUL", words)
