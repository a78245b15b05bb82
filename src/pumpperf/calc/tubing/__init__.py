"""Pressure in the tubing above a pump: of a liquid with friction, of liquid and gas, and its range.

Only the gas that goes through the pump is in the tubing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.calc.tubing.charts import HagedornBrown, hagedorn_brown
    from pumpperf.calc.tubing.gradients import (
        BeggsBrill,
        beggs_brill,
        discharge_pressure_of_liquid_kpa,
    )
    from pumpperf.calc.tubing.no_slip import no_slip_discharge_pressure_kpa
    from pumpperf.calc.tubing.temperature import ramey_temperature_degc, relaxation_distance_m
    from pumpperf.calc.tubing.traverse import DischargePressure, discharge_pressure
else:
    __getattr__ = exports(__name__, "charts", "gradients", "no_slip", "temperature", "traverse")

__all__ = [
    "BeggsBrill",
    "DischargePressure",
    "HagedornBrown",
    "beggs_brill",
    "discharge_pressure",
    "discharge_pressure_of_liquid_kpa",
    "hagedorn_brown",
    "no_slip_discharge_pressure_kpa",
    "ramey_temperature_degc",
    "relaxation_distance_m",
]
