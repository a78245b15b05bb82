"""Hydraulic piston pumps: displacements, P/E, pressure balance, and what may be wrong."""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.lift.hydraulic_piston.engine import (
        engine_inlet_pressure_kpa,
        engine_pressure_drop_kpa,
        engine_volumetric_efficiency,
        face_displacement_l,
        intake_pressure_from_engine_kpa,
        pressure_efficiency,
        pump_engine_ratio,
        surface_pressure_kpa,
        surface_pressure_rise_kpa,
    )
    from pumpperf.lift.hydraulic_piston.faults import FAULTS, features
    from pumpperf.lift.hydraulic_piston.reading import (
        HydraulicPistonReading,
        displacement_rate_m3d,
        duty,
    )
else:
    __getattr__ = exports(__name__, "reading")

__all__ = [
    "FAULTS",
    "HydraulicPistonReading",
    "displacement_rate_m3d",
    "duty",
    "engine_inlet_pressure_kpa",
    "engine_pressure_drop_kpa",
    "engine_volumetric_efficiency",
    "face_displacement_l",
    "features",
    "intake_pressure_from_engine_kpa",
    "pressure_efficiency",
    "pump_engine_ratio",
    "surface_pressure_kpa",
    "surface_pressure_rise_kpa",
]
