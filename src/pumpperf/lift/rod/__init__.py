"""Sucker-rod pumps."""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.lift.rod.card import card_numbers, stroke_work_kj
    from pumpperf.lift.rod.conditioning import ConditionedCard, conditioned_card
    from pumpperf.lift.rod.dimensionless import DimensionlessGroups, dimensionless_groups
    from pumpperf.lift.rod.faults import FAULTS
    from pumpperf.lift.rod.features import card_features
    from pumpperf.lift.rod.fillage import PumpCard, pump_card
    from pumpperf.lift.rod.reading import (
        DOWNHOLE,
        SURFACE,
        RodReading,
        displacement_rate_m3d,
        duty,
        intake_pressure_from_fluid_load_kpa,
        plunger_area_m2,
    )
    from pumpperf.lift.rod.slippage import (
        arco_slip_rate_m3d,
        patterson_slip_rate_m3d,
        slip_clearance_mm,
    )
    from pumpperf.lift.rod.string import (
        RodString,
        natural_frequency_spm,
        rod_mass_kgm,
        spring_constant_knm,
        weight_in_air_kn,
        weight_in_fluid_kn,
    )
    from pumpperf.lift.rod.stroke import (
        counterbalance_ratio,
        elastic_stretch_m,
        plunger_overtravel_m,
        shrinkage_factor,
        slip_factor,
        stroke_factor,
        surface_volumetric_efficiency,
        valve_check_fluid_load_kn,
        valve_check_leak_rate_m3d,
    )
    from pumpperf.lift.rod.wave import DownholeCard, damping_rate_1s, downhole_card
else:
    __getattr__ = exports(__name__, "reading")

__all__ = [
    "DOWNHOLE",
    "FAULTS",
    "SURFACE",
    "ConditionedCard",
    "DimensionlessGroups",
    "DownholeCard",
    "PumpCard",
    "RodReading",
    "RodString",
    "arco_slip_rate_m3d",
    "card_features",
    "card_numbers",
    "conditioned_card",
    "counterbalance_ratio",
    "damping_rate_1s",
    "dimensionless_groups",
    "displacement_rate_m3d",
    "downhole_card",
    "duty",
    "elastic_stretch_m",
    "intake_pressure_from_fluid_load_kpa",
    "natural_frequency_spm",
    "patterson_slip_rate_m3d",
    "plunger_area_m2",
    "plunger_overtravel_m",
    "pump_card",
    "rod_mass_kgm",
    "shrinkage_factor",
    "slip_clearance_mm",
    "slip_factor",
    "spring_constant_knm",
    "stroke_factor",
    "stroke_work_kj",
    "surface_volumetric_efficiency",
    "valve_check_fluid_load_kn",
    "valve_check_leak_rate_m3d",
    "weight_in_air_kn",
    "weight_in_fluid_kn",
]
