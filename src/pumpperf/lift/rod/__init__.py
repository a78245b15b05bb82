"""Sucker-rod pumps."""

from pumpperf.lift.rod.card import card_numbers, stroke_work_kj
from pumpperf.lift.rod.reading import (
    RodReading,
    displacement_rate_m3d,
    duty,
    intake_pressure_from_fluid_load_kpa,
    plunger_area_m2,
)

__all__ = [
    "RodReading",
    "card_numbers",
    "displacement_rate_m3d",
    "duty",
    "intake_pressure_from_fluid_load_kpa",
    "plunger_area_m2",
    "stroke_work_kj",
]
