"""A sucker-rod design of SuckerRodPumping as a pump test."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from pumpperf.errors import ArgumentError
from pumpperf.interchange.beep.received import (
    Received,
    Sheet,
    as_number,
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
    Note,
    Shape,
    Tell,
)
from pumpperf.interchange.beep.traps import take_density, take_water_cut
from pumpperf.lift import RodReading
from pumpperf.model import PumpTest, TestType

_ID = "SUCKER_ROD_SYSTEM_PROPERTIES_ID"

PROPERTIES = Shape(
    taken={
        "PUMP_DIAMETER": "plunger_diameter_in",
        "PUMP_SETTING_DEPTH": "pump_depth_ft",
        "STROKES_PER_MINUTE": "speed_spm",
        "STROKE_LENGTH": "stroke_in",
        "WELLHEAD_PRESSURE": "wellhead_pressure_psia",
    },
    told={
        **STANDARD,
        _ID: NO_PLACE,
        "BOTTOM_HOLE_PRESSURE": BOTTOM_HOLE,
        "GAS_OIL_RATIO": NO_PLACE,
        "GAS_SPECIFIC_GRAVITY": NO_PLACE,
        "OIL_GRAVITY": NO_PLACE,
        "PUMP_EFFICIENCY": Tell("NOT_OURS", "a volumetric efficiency that was assumed"),
        "PUMP_SETTING_DEPTH": DEPTH,
        "ROD_DENSITY": NO_PLACE,
        "ROD_DIAMETER": NO_PLACE,
        "STROKE_LENGTH": Tell(
            "DOUBTFUL", "taken over as the stroke of the polished rod, not of the plunger"
        ),
        "TUBING_DIAMETER": NO_PLACE,
        "WELL_DEPTH": NO_PLACE,
    },
    seen=(*SEEN, "FLUID_DENSITY", "FLUID_LEVEL", "WATER_CUT"),
)
RESULT = Shape(
    taken={"PRODUCTION_RATE": "rate_bpd"},
    told={
        **STANDARD,
        "SUCKER_ROD_FLOW_RATE_POWER_RESULT_ID": NO_PLACE,
        _ID: NO_PLACE,
        "ENERGY_CONSUMPTION": Tell(
            "NOT_OURS", "kWh a day of a total that counts lift and friction twice; it feeds nothing"
        ),
        "FRICTION_HORSEPOWER": FIGURE,
        "HYDRAULIC_HORSEPOWER": Tell(
            "NOT_OURS",
            "from bottom-hole less wellhead pressure over an efficiency, which is no hydraulic "
            "power; it feeds nothing",
        ),
        "MOTOR_HORSEPOWER": FIGURE,
        "POLISHED_ROD_HORSEPOWER": Tell(
            "NOT_OURS",
            "load range times stroke, which bounds the card and is not its area; it feeds nothing",
        ),
        "PRODUCTION_RATE": CALCULATED,
        "PUMP_DISPLACEMENT": FIGURE,
        "SYSTEM_EFFICIENCY": FIGURE,
        "TOTAL_HORSEPOWER": Tell("NOT_OURS", "counts lift and friction twice; it feeds nothing"),
        "VOLUMETRIC_EFFICIENCY": FIGURE,
    },
    seen=SEEN,
)


def rod_test(
    properties: Mapping[str, object],
    result: Mapping[str, object],
    *,
    pump_test_id: str,
    equipment_id: str,
    uwi: str | None,
    source: str,
    test_date: dt.datetime,
    test_type: TestType,
    duration_h: float | None,
    runtime_h: float | None,
    fluid_level_datum: Literal["surface", "pump"] | None,
    fluid_density_unit: str = "lbft3",
) -> Received[PumpTest]:
    """A sucker-rod system and its flow rate as a pump test; the powers of the source feed nothing.

    Args:
        properties: a `SUCKER_ROD_SYSTEM_PROPERTIES`.
        result: the `SUCKER_ROD_FLOW_RATE_POWER_RESULT` of these properties.
        pump_test_id: of our row.
        equipment_id: the pump.
        uwi: the well, if it hangs in one.
        source: of our row.
        test_date: when the test ended, with its UTC offset.
        test_type: bench or field.
        duration_h: length of the test, if it is known.
        runtime_h: hours in which the pump ran in that time, if they are known; all of them beside
            a rate that the source calculated, which is that of a running pump.
        fluid_level_datum: whether `FLUID_LEVEL` counts down from the surface or up from the pump;
            None if nobody knows: then it is not taken over.
        fluid_density_unit: suffix of the unit of `FLUID_DENSITY`. Its documentation says lb/ft3;
            its own default, 8.33, is water in lb/gal (`ppg`).

    Raises:
        RowError: with every fault of both records.
        ArgumentError: an argument is none of its words.
        UnitError: `fluid_density_unit` is no unit of density.
    """
    if fluid_level_datum not in ("surface", "pump", None):
        raise ArgumentError(
            f"fluid_level_datum = {fluid_level_datum!r}: expected 'surface', 'pump' or None"
        )
    system = opened(properties, PROPERTIES, path="$.properties")
    power = opened(result, RESULT, path="$.result")
    must_agree(_ID, system, power)
    take_water_cut(system)
    take_density(system, unit=fluid_density_unit)
    _take_fluid_level(system, datum=fluid_level_datum)
    about = {
        "pump_test_id": pump_test_id,
        "equipment_id": equipment_id,
        "uwi": uwi,
        "source": source,
        "test_date": test_date,
        "test_type": test_type,
        "duration_h": duration_h,
        "runtime_h": runtime_h,
    }
    remarks = (system.text("REMARK"), power.text("REMARK"))
    return received_test(RodReading, joined(system, power), about, remarks)


def _take_fluid_level(system: Sheet, *, datum: str | None) -> None:
    level = system.number("FLUID_LEVEL", least=0.0)
    if level is None:
        return
    if datum is None:
        system.tell("FLUID_LEVEL", "NOT_TAKEN", "its datum is not stated")
        return
    if datum == "pump":
        depth = as_number(system.record.get("PUMP_SETTING_DEPTH"))
        if depth is None or not 0.0 <= depth < float("inf"):
            system.tell("FLUID_LEVEL", "NOT_TAKEN", "its pump's depth is not stated")
            return
        level = depth - level
    system.give("FLUID_LEVEL", "fluid_level_ft", level)
    system.notes.append(Note(DEPTH, "FLUID_LEVEL", system.at("FLUID_LEVEL")))
