"""A design of an electric submersible pump as a pump test."""

from collections.abc import Mapping

from pumpperf.interchange.beep.designs import PumpTestHeader, design_drafts, design_test
from pumpperf.interchange.beep.layouts import CALCULATED, DEPTH, WISH, Reason, TableLayout, not_ours
from pumpperf.interchange.beep.received import Received, as_number
from pumpperf.lift import EspReading
from pumpperf.model import PumpTest

_ID = "ESP_DESIGN_PROPERTIES_ID"
_MOTOR = not_ours("chosen or calculated for the design, not measured")

PROPERTIES = TableLayout(
    taken={"PUMP_SETTING_DEPTH": "pump_depth_ft", "WELLHEAD_PRESSURE": "wellhead_pressure_psia"},
    noted={"DESIRED_FLOW_RATE": WISH, "PUMP_SETTING_DEPTH": DEPTH, "TOTAL_DYNAMIC_HEAD": WISH},
    no_place=f"{_ID} BOTTOM_HOLE_TEMPERATURE CASING_DIAMETER GAS_OIL_RATIO GAS_SPECIFIC_GRAVITY "
    "OIL_GRAVITY TUBING_DIAMETER WELL_DEPTH",
    handled="WATER_CUT",
)
RESULT = TableLayout(
    taken={"OPERATING_FLOW_RATE": "rate_bpd"},
    noted={
        "MOTOR_CURRENT": not_ours("calculated without the root of 3 of three phases"),
        "MOTOR_HORSEPOWER": _MOTOR,
        "MOTOR_VOLTAGE": _MOTOR,
        "OPERATING_FLOW_RATE": CALCULATED,
        "PERFORMANCE_POINTS": Reason("NOT_TAKEN", "the curve of a design, not points of a test"),
        "POWER_CONSUMPTION": not_ours("documented as kW, returned in hp by the API"),
    },
    no_place=f"{_ID} ESP_DESIGN_RESULT_ID CABLE_LENGTH CABLE_SIZE PUMP_STAGES",
    figures="MOTOR_EFFICIENCY OPERATING_HEAD PUMP_EFFICIENCY REQUIRED_HORSEPOWER SYSTEM_EFFICIENCY",
)


def esp_test(
    properties: Mapping[str, object], result: Mapping[str, object], header: PumpTestHeader
) -> Received[PumpTest]:
    """The design of an ESP as a pump test; head, powers and efficiencies of it feed nothing.

    Args:
        properties: an `ESP_DESIGN_PROPERTIES`.
        result: the `ESP_DESIGN_RESULT` of these properties.
        header: what the records do not hold of the test.

    Raises:
        RowError: with every fault of both records.
    """
    records = ("properties", properties, PROPERTIES), ("result", result, RESULT)
    drafts = design_drafts(_ID, *records)
    wish = as_number(properties.get("DESIRED_FLOW_RATE"))
    if wish is not None and wish == as_number(result.get("OPERATING_FLOW_RATE")):
        words = "it is DESIRED_FLOW_RATE, a wish, once more"
        drafts[1].note("OPERATING_FLOW_RATE", "DOUBTFUL", words)
    return design_test(EspReading, drafts, header)
