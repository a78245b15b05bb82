"""Pressure below a column of liquid and gas that rise alike and without friction: the least of all.

Whatever slips leaves more liquid in the pipe, and friction adds to it.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.fluids.correlations import PUMPPERF_FLUIDS_2026, Correlations
from pumpperf.calc.fluids.volumes import Volumes, Wells, volumes_at
from pumpperf.numeric import FloatArray
from pumpperf.units import STANDARD_GRAVITY_MS2

PLACES = (0.0, 0.2, 0.5, 1.0)
"""Shares of the way down between which the pressure is worked out: gas expands most at the top."""


def no_slip_gradient_kpam(*, fluids: Volumes) -> FloatArray:
    """Weight of liquid and gas of one velocity in a vertical pipe [kPa/m].

    dp/dh = g m / (V_l + V_g)

    Args:
        fluids: as `volumes_at` gives them.

    Source: hydrostatics. Fresh water at 15 degC, 999 kg/m3: 9.797 kPa/m.

    >>> fresh = volumes_at(
    ...     pressure_kpa=101.325, temperature_degc=15.0, oil_density_kgm3=850.0, gas_gravity=0.8,
    ...     producing_gor_m3m3=0.0, water_cut=1.0, water_density_kgm3=999.0,
    ... )
    >>> no_slip_gradient_kpam(fluids=fresh)
    array([9.80])
    """
    liquid, gas = fluids.liquid_volume_m3m3, fluids.free_gas_volume_m3m3
    mass = liquid * fluids.liquid_density_kgm3 + gas * fluids.gas_density_kgm3
    return mass / (liquid + gas) * (STANDARD_GRAVITY_MS2 / 1000.0)


def no_slip_discharge_pressure_kpa(
    *,
    wellhead_pressure_kpa: ArrayLike,
    wellhead_temperature_degc: ArrayLike,
    bottom_temperature_degc: ArrayLike,
    vertical_depth_m: ArrayLike,
    water_cut: ArrayLike,
    tubing_gor_m3m3: ArrayLike,
    oil_density_kgm3: ArrayLike,
    gas_gravity: ArrayLike,
    water_density_kgm3: ArrayLike,
    correlations: Correlations = PUMPPERF_FLUIDS_2026,
) -> FloatArray:
    """Discharge pressure [kPa] of each pump whose liquid and gas rise alike, without friction.

    dp/dh = g m / (V_l + V_g) from the wellhead down, by the classical Runge-Kutta method in three
    steps; T falls in a straight line from the bottom to the wellhead

    Args:
        wellhead_pressure_kpa: absolute, of the tubing upstream of the choke [kPa].
        wellhead_temperature_degc: of the stream there [degC].
        bottom_temperature_degc: at the pump's discharge [degC].
        vertical_depth_m: true vertical, from wellhead to pump [m].
        water_cut: of the liquid in the tank, 0 to 1 [m3/m3].
        tubing_gor_m3m3: gas that goes through the pump over the oil [sm3/sm3].
        oil_density_kgm3: in the tank, at 15 degC or 60 degF [kg/m3].
        gas_gravity: of the gas (air 1).
        water_density_kgm3: in the tank [kg/m3].
        correlations: of each property.

    Raises:
        ArgumentError: what is given are no numbers, or columns of unequal length or index.

    Source: hydrostatics; tests/calc/test_tubing.py holds 2000 drawn wells to 2.5 % of a march of
    500 steps, 99 of 100 of them to 1 %. The well of `discharge_pressure`: 2070 psia
    by an independent program, here 2067.

    >>> found = no_slip_discharge_pressure_kpa(
    ...     wellhead_pressure_kpa=790.83, wellhead_temperature_degc=26.67,
    ...     bottom_temperature_degc=60.0, vertical_depth_m=1524.0, water_cut=0.6,
    ...     tubing_gor_m3m3=22.263, oil_density_kgm3=864.56, gas_gravity=0.75,
    ...     water_density_kgm3=1048.97, correlations=Correlations(solution_gas="STANDING_1981"),
    ... )
    >>> found / 6.894757  # psia
    array([2067.])
    """
    wells = Wells.of(
        correlations,
        101.325,
        15.0,
        wellhead_pressure_kpa=wellhead_pressure_kpa,
        wellhead_temperature_degc=wellhead_temperature_degc,
        bottom_temperature_degc=bottom_temperature_degc,
        vertical_depth_m=vertical_depth_m,
        water_cut=water_cut,
        tubing_gor_m3m3=tubing_gor_m3m3,
        oil_density_kgm3=oil_density_kgm3,
        gas_gravity=gas_gravity,
        water_density_kgm3=water_density_kgm3,
    )
    with np.errstate(all="ignore"):  # numbers beyond any tubing's come out as inf or NaN
        return np.concatenate([_down(block) for block in wells.blocks()])


def _down(wells: Wells) -> FloatArray:
    pressure = wells["wellhead_pressure_kpa"]
    for top, foot in pairwise(PLACES):
        middle, step = (top + foot) / 2.0, foot - top
        first = step * _slope(wells, pressure, top)
        second = step * _slope(wells, pressure + first / 2.0, middle)
        third = step * _slope(wells, pressure + second / 2.0, middle)
        last = step * _slope(wells, pressure + third, foot)
        pressure = pressure + (first + 2.0 * (second + third) + last) / 6.0
    return pressure


def _slope(wells: Wells, pressure_kpa: FloatArray, place: float) -> FloatArray:
    """Pressure over the whole way at a share of it [kPa]."""
    top, foot = wells["wellhead_temperature_degc"], wells["bottom_temperature_degc"]
    fluids = volumes_at(
        pressure_kpa=pressure_kpa,
        temperature_degc=top + (foot - top) * place,
        oil_density_kgm3=wells["oil_density_kgm3"],
        gas_gravity=wells["gas_gravity"],
        producing_gor_m3m3=wells["tubing_gor_m3m3"],
        water_cut=wells["water_cut"],
        water_density_kgm3=wells["water_density_kgm3"],
        correlations=wells.correlations,
    )
    return no_slip_gradient_kpam(fluids=fluids) * wells["vertical_depth_m"]
