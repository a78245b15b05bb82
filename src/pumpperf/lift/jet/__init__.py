"""Hydraulic jet pumps: Cunningham's equations, cavitation, operating point, era fit, washout."""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.lift.jet.cavitation import cavitation_area_mm2, limiting_flow_ratio
    from pumpperf.lift.jet.cunningham import (
        jet_efficiency,
        jet_flow_ratio,
        jet_pressure_ratio,
        nozzle_rate_m3d,
        throat_entry_pressure_kpa,
        velocity_pressure_kpa,
    )
    from pumpperf.lift.jet.era import JetEraFit, jet_era_fit
    from pumpperf.lift.jet.operating import JetOperatingPoint, jet_operating_point
    from pumpperf.lift.jet.reading import JetReading, duty
    from pumpperf.lift.jet.washout import WashoutTrend, nozzle_area_factor, washout_trend
else:
    __getattr__ = exports(__name__, "reading")

__all__ = [
    "JetEraFit",
    "JetOperatingPoint",
    "JetReading",
    "WashoutTrend",
    "cavitation_area_mm2",
    "duty",
    "jet_efficiency",
    "jet_era_fit",
    "jet_flow_ratio",
    "jet_operating_point",
    "jet_pressure_ratio",
    "limiting_flow_ratio",
    "nozzle_area_factor",
    "nozzle_rate_m3d",
    "throat_entry_pressure_kpa",
    "velocity_pressure_kpa",
    "washout_trend",
]
