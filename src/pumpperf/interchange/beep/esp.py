"""A design of an electric submersible pump as a pump test."""

from pumpperf.interchange.beep.designs import PumpTestHeader, design_drafts, design_test
from pumpperf.interchange.beep.layouts import ESP_PROPERTIES, ESP_RESULT, Given
from pumpperf.interchange.beep.received import Received, as_number
from pumpperf.lift import EspReading
from pumpperf.model import PumpTest


def esp_test(properties: Given, result: Given, header: PumpTestHeader) -> Received[PumpTest]:
    """The design of an ESP as a pump test; head, powers and efficiencies of it feed nothing.

    Args:
        properties: an `ESP_DESIGN_PROPERTIES`.
        result: the `ESP_DESIGN_RESULT` of these properties.
        header: what the records do not hold of the test.

    Raises:
        RowError: with every fault of both records.
    """
    drafts = design_drafts(
        ("properties", properties, ESP_PROPERTIES), ("result", result, ESP_RESULT)
    )
    wish = as_number(properties.get("DESIRED_FLOW_RATE"))
    if wish is not None and wish == as_number(result.get("OPERATING_FLOW_RATE")):
        words = "it is DESIRED_FLOW_RATE, a wish, once more"
        drafts[1].note("OPERATING_FLOW_RATE", "DOUBTFUL", words)
    return design_test(EspReading, drafts, header)
