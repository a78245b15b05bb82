"""The dimensionless groups by which rod-pumped wells are compared."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import same_index
from pumpperf.lift.rod.stack import refuse_unlike
from pumpperf.lift.rod.string import (
    RodString,
    natural_frequency_spm,
    spring_constant_knm,
    weight_in_fluid_kn,
)
from pumpperf.numeric import FloatArray, floats, ratio
from pumpperf.results import Result


class DimensionlessGroups(Result):
    """The dimensionless groups of API RP 11L that need no curve, one entry a well.

    Attributes:
        dimensionless_pumping_speed: N/N_o', over the natural frequency of the tapered string.
        dimensionless_rod_stretch: F_o/(S k_r), under the fluid load, over the surface stroke.
        dimensionless_rod_weight: W_rf/(S k_r), in fluid, over the load that stretches by a stroke.
    """

    dimensionless_pumping_speed: FloatArray
    dimensionless_rod_stretch: FloatArray
    dimensionless_rod_weight: FloatArray


def dimensionless_groups(
    string: RodString,
    *,
    speed_spm: ArrayLike,
    stroke_m: ArrayLike,
    fluid_load_kn: ArrayLike,
    fluid_density_kgm3: ArrayLike,
) -> DimensionlessGroups:
    """The closed-form groups of API RP 11L; the loads that it reads from curves are not here.

    N/N_o',  F_o/(S k_r),  W_rf/(S k_r)

    Args:
        string: one, or a stack.
        speed_spm: full strokes per minute [1/min].
        stroke_m: stroke of the polished rod [m].
        fluid_load_kn: load of the fluid on the plunger [kN].
        fluid_density_kgm3: of the liquid in the tubing [kg/m3].

    Source: API RP 11L, steps 8 to 11 and A10, A11: 7000 ft, 86 in, rods 76 with a plunger of
    1.25 in and water up to the surface: F_o/(S k_r) = 0.246.

    >>> string = RodString(
    ...     length_m=[652.88, 1480.72], diameter_mm=[22.225, 19.05], mass_kgm=[3.31, 2.43],
    ...     youngs_modulus_kpa=2.12e8, density_kgm3=7850, damping_1s=0,
    ... )
    >>> groups = dimensionless_groups(
    ...     string, speed_spm=9.54, stroke_m=2.1844, fluid_load_kn=16.545, fluid_density_kgm3=1000
    ... )
    >>> float(groups.dimensionless_rod_stretch)
    0.246
    """
    same_index(
        stroke_m=stroke_m,
        speed_spm=speed_spm,
        fluid_load_kn=fluid_load_kn,
        fluid_density_kgm3=fluid_density_kgm3,
    )
    stroke, speed, load_kn = floats(stroke_m, speed_spm, fluid_load_kn)
    weight_kn = weight_in_fluid_kn(string, fluid_density_kgm3=fluid_density_kgm3)
    refuse_unlike(strings=weight_kn, speed_spm=speed, stroke_m=stroke, fluid_load_kn=load_kn)
    stiff_kn = np.asarray(stroke * spring_constant_knm(string))
    return DimensionlessGroups(
        dimensionless_pumping_speed=np.asarray(speed / natural_frequency_spm(string)),
        dimensionless_rod_stretch=np.asarray(ratio(load_kn, stiff_kn)),
        dimensionless_rod_weight=np.asarray(ratio(weight_kn, stiff_kn)),
    )
