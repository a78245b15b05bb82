"""A design of an electric submersible pump as a pump test."""

import datetime as dt
from collections.abc import Mapping

from pumpperf.interchange.beep.received import (
    Received,
    as_number,
    joined,
    must_agree,
    opened,
    received_test,
)
from pumpperf.interchange.beep.shapes import (
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
from pumpperf.interchange.beep.traps import take_water_cut
from pumpperf.lift import EspReading
from pumpperf.model import PumpTest, TestType

_ID = "ESP_DESIGN_PROPERTIES_ID"

PROPERTIES = Shape(
    taken={
        "PUMP_SETTING_DEPTH": "pump_depth_ft",
        "WELLHEAD_PRESSURE": "wellhead_pressure_psia",
    },
    told={
        **STANDARD,
        _ID: NO_PLACE,
        "BOTTOM_HOLE_TEMPERATURE": NO_PLACE,
        "CASING_DIAMETER": NO_PLACE,
        "DESIRED_FLOW_RATE": WISH,
        "GAS_OIL_RATIO": NO_PLACE,
        "GAS_SPECIFIC_GRAVITY": NO_PLACE,
        "OIL_GRAVITY": NO_PLACE,
        "PUMP_SETTING_DEPTH": DEPTH,
        "TOTAL_DYNAMIC_HEAD": WISH,
        "TUBING_DIAMETER": NO_PLACE,
        "WELL_DEPTH": NO_PLACE,
    },
    seen=(*SEEN, "WATER_CUT"),
)
_MOTOR = Tell("NOT_OURS", "chosen or calculated for the design, not measured; it feeds nothing")
RESULT = Shape(
    taken={"OPERATING_FLOW_RATE": "rate_bpd"},
    told={
        **STANDARD,
        "ESP_DESIGN_RESULT_ID": NO_PLACE,
        _ID: NO_PLACE,
        "CABLE_LENGTH": NO_PLACE,
        "CABLE_SIZE": NO_PLACE,
        "MOTOR_CURRENT": Tell(
            "NOT_OURS", "calculated without the root of 3 of three phases; it feeds nothing"
        ),
        "MOTOR_EFFICIENCY": FIGURE,
        "MOTOR_HORSEPOWER": _MOTOR,
        "MOTOR_VOLTAGE": _MOTOR,
        "OPERATING_FLOW_RATE": CALCULATED,
        "OPERATING_HEAD": FIGURE,
        "PERFORMANCE_POINTS": Tell("NOT_TAKEN", "the curve of a design, not points of a test"),
        "POWER_CONSUMPTION": Tell(
            "NOT_OURS", "documented as kW, returned in hp by the API; it feeds nothing"
        ),
        "PUMP_EFFICIENCY": FIGURE,
        "PUMP_STAGES": NO_PLACE,
        "REQUIRED_HORSEPOWER": FIGURE,
        "SYSTEM_EFFICIENCY": FIGURE,
    },
    seen=SEEN,
)


def esp_test(
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
) -> Received[PumpTest]:
    """The design of an ESP as a pump test; head, powers and efficiencies of it feed nothing.

    Args:
        properties: an `ESP_DESIGN_PROPERTIES`.
        result: the `ESP_DESIGN_RESULT` of these properties.
        pump_test_id: of our row.
        equipment_id: the pump.
        uwi: the well, if it hangs in one.
        source: of our row.
        test_date: when the test ended, with its UTC offset.
        test_type: bench or field.
        duration_h: length of the test, if it is known.
        runtime_h: hours in which the pump ran in that time, if they are known; all of them beside
            a rate that the source calculated, which is that of a running pump.

    Raises:
        RowError: with every fault of both records.
    """
    design = opened(properties, PROPERTIES, path="$.properties")
    found = opened(result, RESULT, path="$.result")
    must_agree(_ID, design, found)
    take_water_cut(design)
    wish = as_number(properties.get("DESIRED_FLOW_RATE"))
    if wish is not None and wish == as_number(result.get("OPERATING_FLOW_RATE")):
        found.tell("OPERATING_FLOW_RATE", "DOUBTFUL", "it is DESIRED_FLOW_RATE, a wish, once more")
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
    remarks = (design.text("REMARK"), found.text("REMARK"))
    return received_test(EspReading, joined(design, found), about, remarks)
