"""What differs between the lift systems, and nothing else.

`Reading` is the closed union of the five; `duty_numbers` holds the one match. Everything
downstream sees only `Duty`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar, assert_never, get_args

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.lift import esp, hydraulic_piston, jet, pcp, rod
from pumpperf.lift.conditions import at_pump
from pumpperf.lift.esp import EspReading
from pumpperf.lift.hydraulic_piston import HydraulicPistonReading
from pumpperf.lift.jet import JetReading
from pumpperf.lift.pcp import PcpReading
from pumpperf.lift.powers import Duty, EfficiencyChain, chain
from pumpperf.lift.reading import NAN, LiftType, SharedReading, quantities
from pumpperf.lift.rod import RodReading
from pumpperf.numeric import Reals, coalesce
from pumpperf.units import Kind

__all__ = [
    "KINDS",
    "READINGS",
    "Duty",
    "EfficiencyChain",
    "EspReading",
    "HydraulicPistonReading",
    "JetReading",
    "LiftType",
    "PcpReading",
    "Reading",
    "RodReading",
    "SharedReading",
    "at_pump",
    "chain",
    "duty",
    "duty_numbers",
    "efficiency_chain",
    "from_numbers",
    "numbers",
    "quantities",
    "reading_class",
]

C = TypeVar("C", Duty, EfficiencyChain)

Reading: TypeAlias = RodReading | EspReading | PcpReading | HydraulicPistonReading | JetReading

READINGS: dict[LiftType, type[Reading]] = {
    reading.LIFT_TYPE: reading for reading in get_args(Reading)
}


KINDS: Mapping[str, Kind | None] = {
    field.name: field.kind
    for row in (*READINGS.values(), Duty, EfficiencyChain)
    for field in quantities(row)
}
"""The kind of every quantity of readings, duty and chain; None for a plain number."""


def reading_class(code: object) -> type[Reading] | None:
    """The reading of a lift system, by its code; None if there is no such system.

    >>> reading_class("PCP").__name__
    'PcpReading'
    """
    return READINGS[LiftType(code)] if isinstance(code, str) and code in set(LiftType) else None


def duty_numbers(
    lift_type: LiftType,
    reading: Mapping[str, Reals],
    running_share: Reals | float,
    assumptions: Assumptions,
) -> dict[str, Reals]:
    """The numbers of `Duty` by name, for one reading or a column of them.

    Args:
        lift_type: which system.
        reading: numbers or columns by field name, NaN where missing, as `numbers` gives them.
        running_share: share of the test in which the pump ran, 0..1.
        assumptions: correlations, and what stands in for an instrument that is missing.
    """
    reading = at_pump(reading, assumptions)
    match lift_type:
        case LiftType.SUCKER_ROD_PUMP:
            return rod.duty(reading, running_share)
        case LiftType.ESP:
            return esp.duty(reading, running_share)
        case LiftType.PCP:
            return pcp.duty(reading, running_share)
        case LiftType.HYDRAULIC_PISTON:
            return hydraulic_piston.duty(reading, running_share)
        case LiftType.HYDRAULIC_JET:
            return jet.duty(reading, running_share)
        case _:
            assert_never(lift_type)


def numbers(reading: Reading) -> dict[str, float]:
    """The quantities of a reading by name, NaN where missing; a card tells what is not stated."""
    found = _known(reading)
    if isinstance(reading, RodReading):
        found |= dict.fromkeys(("stroke_work_kj", "plunger_work_kj"), NAN)
        for which in (rod.SURFACE, rod.DOWNHOLE):
            position, load = (getattr(reading, name) for name in which)
            if position and load:
                card = rod.card_numbers(which, position_m=position, load_kn=load)
                found |= {name: coalesce(found[name], float(card[name])) for name in card}
    return found


def duty(
    reading: Reading, *, running_share: float, assumptions: Assumptions = PUMPPERF_2026
) -> Duty:
    """What one reading says of the pump while it runs; absent where an instrument is missing.

    Args:
        reading: of any lift system.
        running_share: share of the test in which the pump ran, above 0 to 1.
        assumptions: correlations, and what stands in for an instrument that is missing.

    >>> from pumpperf.units import BBL_PER_DAY, PSI
    >>> sheet = JetReading(
    ...     rate_m3d=593.9189 * BBL_PER_DAY, intake_pressure_kpa=500 * PSI,
    ...     discharge_pressure_kpa=3105.1534 * PSI, power_fluid_rate_m3d=300 * BBL_PER_DAY,
    ...     power_fluid_pressure_rise_kpa=2000 * PSI,
    ... )
    >>> d = duty(sheet, running_share=1.0)
    >>> d.hydraulic_power_kw, d.delivered_power_kw, d.input_power_kw
    (19.63, 7.61, None)
    """
    found = duty_numbers(reading.LIFT_TYPE, numbers(reading), running_share, assumptions)
    return from_numbers(Duty, found)


def efficiency_chain(duty: Duty) -> EfficiencyChain:
    """Every link of the chain that a duty can give.

    >>> shown = Duty(hydraulic_power_kw=19.63, delivered_power_kw=7.612)
    >>> efficiency_chain(shown).downhole_efficiency
    2.579
    """
    return from_numbers(EfficiencyChain, chain(_known(duty)))


def _known(row: Reading | Duty) -> dict[str, float]:
    values = ((field.name, getattr(row, field.name)) for field in quantities(type(row)))
    return {name: NAN if value is None else value for name, value in values}


def from_numbers(kind: type[C], found: Mapping[str, float]) -> C:
    """A duty or a chain from numbers by name, of which NaN is what is absent.

    Args:
        kind: `Duty` or `EfficiencyChain`.
        found: its numbers, and perhaps others.

    Raises:
        RowError: a number is beyond any.

    >>> from_numbers(Duty, duty_numbers(
    ...     LiftType.ESP, numbers(EspReading()), 1.0, PUMPPERF_2026,
    ... )) == Duty()
    True
    """
    by_name = {field.name: found[field.name] for field in quantities(kind)}
    given: dict[str, Any]  # the fields of either
    given = {name: None if value != value else float(value) for name, value in by_name.items()}
    return kind(**given)
