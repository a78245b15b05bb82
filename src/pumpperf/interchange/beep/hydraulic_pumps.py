"""Designs of HydraulicPumps, piston and jet, as pump tests."""

from pumpperf.errors import ArgumentError
from pumpperf.interchange.beep.ambiguous import stated
from pumpperf.interchange.beep.designs import PumpTestHeader, design_drafts, design_test
from pumpperf.interchange.beep.layouts import (
    HYDRAULIC_WELL,
    JET,
    JET_RESULT,
    PISTON,
    PISTON_RESULT,
    Given,
    RecordLayout,
)
from pumpperf.interchange.beep.received import Draft, Received
from pumpperf.lift import HydraulicPistonReading, JetReading, LiftType, SharedReading
from pumpperf.model import PumpTest
from pumpperf.units import PRESSURE, to_canonical

_PUMPS: dict[str, tuple[type[SharedReading], RecordLayout, RecordLayout]] = {
    LiftType.HYDRAULIC_PISTON: (HydraulicPistonReading, PISTON, PISTON_RESULT),
    LiftType.HYDRAULIC_JET: (JetReading, JET, JET_RESULT),
}


def hydraulic_test(
    well: Given,
    pump: Given,
    result: Given,
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
    reading, of_pump, of_result = _PUMPS[lift_type]
    drafts = design_drafts(
        ("well", well, HYDRAULIC_WELL), ("pump", pump, of_pump), ("result", result, of_result)
    )
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
