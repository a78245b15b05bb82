"""A sucker-rod design of SuckerRodPumping as a pump test."""

from typing import Literal

from pumpperf.errors import ArgumentError
from pumpperf.interchange.beep.ambiguous import take_density
from pumpperf.interchange.beep.designs import PumpTestHeader, design_drafts, design_test
from pumpperf.interchange.beep.layouts import DEPTH, ROD_PROPERTIES, ROD_RESULT, Given
from pumpperf.interchange.beep.received import Draft, Received, as_number
from pumpperf.lift import RodReading
from pumpperf.model import PumpTest


def rod_test(
    properties: Given,
    result: Given,
    header: PumpTestHeader,
    *,
    fluid_level_datum: Literal["surface", "pump"] | None,
    fluid_density_unit: str = "lbft3",
) -> Received[PumpTest]:
    """A sucker-rod system and its flow rate as a pump test; the powers of the source feed nothing.

    Args:
        properties: a `SUCKER_ROD_SYSTEM_PROPERTIES`.
        result: the `SUCKER_ROD_FLOW_RATE_POWER_RESULT` of these properties.
        header: what the records do not hold of the test.
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
    drafts = design_drafts(
        ("properties", properties, ROD_PROPERTIES), ("result", result, ROD_RESULT)
    )
    take_density(drafts[0], unit=fluid_density_unit)
    _take_fluid_level(drafts[0], datum=fluid_level_datum)
    return design_test(RodReading, drafts, header)


def _take_fluid_level(system: Draft, *, datum: str | None) -> None:
    level = system.number("FLUID_LEVEL", least=0.0)
    if level is None:
        return
    if datum is None:
        system.note("FLUID_LEVEL", "NOT_TAKEN", "its datum is not stated")
        return
    if datum == "pump":
        depth = as_number(system.record.get("PUMP_SETTING_DEPTH"))
        if depth is None or not 0.0 <= depth < float("inf"):
            system.note("FLUID_LEVEL", "NOT_TAKEN", "its pump's depth is not stated")
            return
        level = depth - level
    system.give("FLUID_LEVEL", "fluid_level_ft", level)
    system.add(DEPTH, "FLUID_LEVEL")
