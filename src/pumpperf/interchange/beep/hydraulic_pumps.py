"""Designs of HydraulicPumps, piston and jet, as pump tests."""

import datetime as dt
from collections.abc import Mapping

from pumpperf.interchange.beep.received import (
    Received,
    Sheet,
    joined,
    must_agree,
    opened,
    received_test,
)
from pumpperf.interchange.beep.shapes import (
    BOTTOM_HOLE,
    CALCULATED,
    DEPTH,
    FIGURE,
    NO_PLACE,
    SEEN,
    STANDARD,
    WISH,
    Shape,
    Tell,
)
from pumpperf.interchange.beep.traps import stated, take_water_cut
from pumpperf.lift import HydraulicPistonReading, JetReading
from pumpperf.model import PumpTest, TestType
from pumpperf.units import PRESSURE, to_canonical

_WELL_ID = "HYDRAULIC_PUMP_WELL_PROPERTIES_ID"
_PISTON_ID = "HYDRAULIC_PISTON_PUMP_PROPERTIES_ID"
_JET_ID = "HYDRAULIC_JET_PUMP_PROPERTIES_ID"
_GEOMETRY = Tell(
    "NOT_TAKEN", "single or double acting is not said: DISPLACEMENT alone is taken over"
)

WELL = Shape(
    taken={
        "PUMP_DEPTH": "pump_depth_ft",
        "WELLHEAD_PRESSURE": "wellhead_pressure_psia",
        "WELL_UWI": "uwi",
    },
    told={
        **STANDARD,
        _WELL_ID: NO_PLACE,
        "BOTTOM_HOLE_PRESSURE": BOTTOM_HOLE,
        "BOTTOM_HOLE_TEMPERATURE": NO_PLACE,
        "CASING_DIAMETER": NO_PLACE,
        "DESIRED_PRODUCTION_RATE": WISH,
        "GAS_OIL_RATIO": NO_PLACE,
        "GAS_SPECIFIC_GRAVITY": NO_PLACE,
        "OIL_GRAVITY": NO_PLACE,
        "PUMP_DEPTH": DEPTH,
        "RESERVOIR_TEMPERATURE": NO_PLACE,
        "TUBING_DIAMETER": NO_PLACE,
        "WELLHEAD_TEMPERATURE": NO_PLACE,
        "WELL_DEPTH": NO_PLACE,
    },
    seen=(*SEEN, "WATER_CUT"),
)
_POWER_FLUID: dict[str, str] = {"POWER_FLUID_RATE": "power_fluid_rate_bpd"}
_PUMP_TOLD: dict[str, Tell] = {
    **STANDARD,
    _WELL_ID: NO_PLACE,
    "MANUFACTURER": NO_PLACE,
    "POWER_FLUID_SPECIFIC_GRAVITY": NO_PLACE,
}
_PUMP_SEEN = (*SEEN, "POWER_FLUID_PRESSURE", "PUMP_ID")
PISTON = Shape(
    taken={
        **_POWER_FLUID,
        "DISPLACEMENT": "stroke_displacement_in3",
        "STROKES_PER_MINUTE": "speed_spm",
    },
    told={
        **_PUMP_TOLD,
        _PISTON_ID: NO_PLACE,
        "MECHANICAL_EFFICIENCY": FIGURE,
        "PISTON_DIAMETER": _GEOMETRY,
        "ROD_DIAMETER": _GEOMETRY,
        "STROKE_LENGTH": _GEOMETRY,
        "VOLUMETRIC_EFFICIENCY": FIGURE,
    },
    seen=_PUMP_SEEN,
)
JET = Shape(
    taken=_POWER_FLUID,
    told={
        **_PUMP_TOLD,
        _JET_ID: NO_PLACE,
        "DIFFUSER_DIAMETER": NO_PLACE,
        "NOZZLE_DIAMETER": NO_PLACE,
        "PRODUCTION_FLUID_TYPE": NO_PLACE,
        "PUMP_DEPTH": Tell("NOT_TAKEN", "the depth of the well's properties is, if they have one"),
        "THROAT_DIAMETER": NO_PLACE,
    },
    seen=_PUMP_SEEN,
)
_RESULT_TAKEN: dict[str, str] = {
    "PRODUCTION_RATE": "rate_bpd",
    "PUMP_DISCHARGE_PRESSURE": "discharge_pressure_psia",
    "PUMP_INTAKE_PRESSURE": "intake_pressure_psia",
}
_HORSEPOWER = Tell("NOT_OURS", "wrong where its formula mixes bbl/d with gpm; it feeds nothing")
_RESULT_TOLD: dict[str, Tell] = {
    **STANDARD,
    **dict.fromkeys(_RESULT_TAKEN, CALCULATED),
    "HYDRAULIC_HORSEPOWER": _HORSEPOWER,
    "POWER_FLUID_HORSEPOWER": _HORSEPOWER,
    "SYSTEM_EFFICIENCY": FIGURE,
}
PISTON_RESULT = Shape(
    taken=_RESULT_TAKEN,
    told={
        **_RESULT_TOLD,
        "HYDRAULIC_PISTON_PUMP_RESULT_ID": NO_PLACE,
        _PISTON_ID: NO_PLACE,
        "INPUT_HORSEPOWER": _HORSEPOWER,
        "MECHANICAL_EFFICIENCY": FIGURE,
        "OVERALL_EFFICIENCY": FIGURE,
        "POWER_FLUID_CONSUMPTION": FIGURE,
        "PUMP_DISPLACEMENT": FIGURE,
        "SLIPPAGE": FIGURE,
        "VOLUMETRIC_EFFICIENCY": FIGURE,
    },
    seen=SEEN,
)
JET_RESULT = Shape(
    taken=_RESULT_TAKEN,
    told={
        **_RESULT_TOLD,
        "HYDRAULIC_JET_PUMP_RESULT_ID": NO_PLACE,
        _JET_ID: NO_PLACE,
        "PRODUCTION_RATIO": FIGURE,
        "PUMP_EFFICIENCY": FIGURE,
        "TOTAL_FLOW_RATE": FIGURE,
    },
    seen=SEEN,
)


def hydraulic_piston_test(
    well: Mapping[str, object],
    pump: Mapping[str, object],
    result: Mapping[str, object],
    *,
    pump_test_id: str,
    equipment_id: str,
    source: str,
    test_date: dt.datetime,
    test_type: TestType,
    duration_h: float | None,
    runtime_h: float | None,
    power_fluid_suction_pressure_kpa: float | None,
) -> Received[PumpTest]:
    """A hydraulic piston pump as a pump test; powers and efficiencies of the source feed nothing.

    Args:
        well: a `HYDRAULIC_PUMP_WELL_PROPERTIES`.
        pump: a `HYDRAULIC_PISTON_PUMP_PROPERTIES` in it.
        result: the `HYDRAULIC_PISTON_PUMP_RESULT` of that pump.
        pump_test_id: of our row.
        equipment_id: the pump.
        source: of our row.
        test_date: when the test ended, with its UTC offset.
        test_type: bench or field.
        duration_h: length of the test, if it is known.
        runtime_h: hours in which the pump ran in that time, if they are known; all of them beside
            a rate that the source calculated, which is that of a running pump.
        power_fluid_suction_pressure_kpa: absolute, at the surface pump's suction: what
            `POWER_FLUID_PRESSURE` is a rise from; None if unknown, then it is not taken over.

    Raises:
        RowError: with every fault of the three records.
        ArgumentError: the suction pressure is no finite number above 0.
    """
    sheets = (
        opened(well, WELL, path="$.well"),
        opened(pump, PISTON, path="$.pump"),
        opened(result, PISTON_RESULT, path="$.result"),
    )
    about = {
        "pump_test_id": pump_test_id,
        "equipment_id": equipment_id,
        "source": source,
        "test_date": test_date,
        "test_type": test_type,
        "duration_h": duration_h,
        "runtime_h": runtime_h,
    }
    must_agree(_PISTON_ID, *sheets[1:])
    _take_from_well_and_pump(*sheets[:2], equipment_id, power_fluid_suction_pressure_kpa)
    remarks = [sheet.text("REMARK") for sheet in sheets]
    return received_test(HydraulicPistonReading, joined(*sheets), about, remarks)


def hydraulic_jet_test(
    well: Mapping[str, object],
    pump: Mapping[str, object],
    result: Mapping[str, object],
    *,
    pump_test_id: str,
    equipment_id: str,
    source: str,
    test_date: dt.datetime,
    test_type: TestType,
    duration_h: float | None,
    runtime_h: float | None,
    power_fluid_suction_pressure_kpa: float | None,
) -> Received[PumpTest]:
    """A hydraulic jet pump as a pump test; powers and efficiencies of the source feed nothing.

    Args:
        well: a `HYDRAULIC_PUMP_WELL_PROPERTIES`.
        pump: a `HYDRAULIC_JET_PUMP_PROPERTIES` in it.
        result: the `HYDRAULIC_JET_PUMP_RESULT` of that pump.
        pump_test_id: of our row.
        equipment_id: the pump.
        source: of our row.
        test_date: when the test ended, with its UTC offset.
        test_type: bench or field.
        duration_h: length of the test, if it is known.
        runtime_h: hours in which the pump ran in that time, if they are known; all of them beside
            a rate that the source calculated, which is that of a running pump.
        power_fluid_suction_pressure_kpa: absolute, at the surface pump's suction: what
            `POWER_FLUID_PRESSURE` is a rise from; None if unknown, then it is not taken over.

    Raises:
        RowError: with every fault of the three records.
        ArgumentError: the suction pressure is no finite number above 0.
    """
    sheets = (
        opened(well, WELL, path="$.well"),
        opened(pump, JET, path="$.pump"),
        opened(result, JET_RESULT, path="$.result"),
    )
    about = {
        "pump_test_id": pump_test_id,
        "equipment_id": equipment_id,
        "source": source,
        "test_date": test_date,
        "test_type": test_type,
        "duration_h": duration_h,
        "runtime_h": runtime_h,
    }
    must_agree(_JET_ID, *sheets[1:])
    _take_from_well_and_pump(*sheets[:2], equipment_id, power_fluid_suction_pressure_kpa)
    remarks = [sheet.text("REMARK") for sheet in sheets]
    return received_test(JetReading, joined(*sheets), about, remarks)


def _take_from_well_and_pump(
    well: Sheet, pump: Sheet, equipment_id: str, suction_kpa: float | None
) -> None:
    must_agree(_WELL_ID, well, pump)
    take_water_cut(well)
    name = pump.text("PUMP_ID")
    if name not in (None, equipment_id):
        pump.tell("PUMP_ID", "NOT_TAKEN", f"our row is of {equipment_id!r}, as the caller says")
    if suction_kpa is not None:
        suction_kpa = stated("power_fluid_suction_pressure_kpa", suction_kpa, unit="kpa")
    supply = pump.number("POWER_FLUID_PRESSURE")
    if supply is None:
        return
    if suction_kpa is None:
        pump.tell(
            "POWER_FLUID_PRESSURE", "NOT_TAKEN", "a rise is wanted, and no suction pressure given"
        )
        return
    rise_kpa = to_canonical(supply, "psia", PRESSURE) - suction_kpa
    pump.give("POWER_FLUID_PRESSURE", "power_fluid_pressure_rise_kpa", rise_kpa)
    pump.tell(
        "POWER_FLUID_PRESSURE",
        "DOUBTFUL",
        "taken over as that at the surface pump's discharge; the source does not say where",
    )
