"""Pressure gradient of liquid and gas by Hagedorn and Brown: a second method beside the first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import column, same_index
from pumpperf.calc.pipe import darcy_friction_factor
from pumpperf.numeric import FloatArray
from pumpperf.units import ATMOSPHERE, FOOT, STANDARD_GRAVITY_MS2

BUBBLE_SLIP_MS = 0.8 * FOOT
"""How much faster than the liquid bubbles rise, by Griffith."""


class HagedornBrown(NamedTuple):
    """What a pipe holds and loses; the gradient is along the pipe, positive downwards."""

    liquid_holdup: FloatArray
    gradient_kpam: FloatArray


def hagedorn_brown(
    *,
    liquid_velocity_ms: ArrayLike,
    gas_velocity_ms: ArrayLike,
    liquid_density_kgm3: ArrayLike,
    gas_density_kgm3: ArrayLike,
    liquid_viscosity_mpas: ArrayLike,
    gas_viscosity_mpas: ArrayLike,
    surface_tension_nm: ArrayLike,
    pressure_kpa: ArrayLike,
    diameter_mm: ArrayLike,
    roughness_mm: ArrayLike,
    rise: ArrayLike = 1.0,
) -> HagedornBrown:
    """Liquid holdup and pressure gradient of liquid and gas that rise in a steep pipe.

    H/psi = ((0.0047 + 1123.32 X + 729489.64 X^2) / (1 + 1097.1566 X + 722153.97 X^2))^0.5,
    X = N_lv/N_gv^0.575 (p/14.7)^0.1 C/N_d,  C = 0.0019 + 0.0505 N_l - 0.0929 N_l^2 + 0.061 N_l^3,
    psi = (1.0886 - 69.9473 B + 2334.3497 B^2 - 12896.683 B^3)
    / (1 - 53.4401 B + 1517.9369 B^2 - 8419.8115 B^3), 1 up to B = 0.01, B = N_gv N_l^0.38/N_d^2.14;
    dp/dL = rho_s g sin t + f rho_n^2 v^2 / (2 D rho_s), Re with mu_l^H mu_g^(1-H). In bubble flow,
    v_g/v < max(1.071 - 0.2218 v^2/D, 0.13) (ft, s), Griffith's H by a slip of 0.8 ft/s, and
    dp/dL = rho_s g sin t + f rho_l (v_l/H)^2 / (2 D), Re of that liquid

    The holdup is at least the share of the liquid in the flow and at most 1. What speeds up the
    gas is left out, and the angle of the pipe changes the weight only.

    Args:
        liquid_velocity_ms: superficial, of oil and water [m/s], above 0.
        gas_velocity_ms: superficial [m/s].
        liquid_density_kgm3: of oil and water [kg/m3].
        gas_density_kgm3: of the gas [kg/m3].
        liquid_viscosity_mpas: of oil and water [mPa s].
        gas_viscosity_mpas: of the gas [mPa s].
        surface_tension_nm: between liquid and gas; without meaning in bubble flow [N/m].
        pressure_kpa: absolute [kPa].
        diameter_mm: of the pipe, 25 to 100 [mm].
        roughness_mm: of its wall [mm].
        rise: sine of the angle to the horizontal, vertical over measured depth, above 0 to 1.

    Returns:
        Both; NaN where nothing flows or an argument is missing.

    Raises:
        ArgumentError: what is given are no numbers, or columns of unequal index.

    Source: Hagedorn and Brown (1965), JPT 17(4), 475, in the fits to their charts of Economides,
    Hill and Ehlig-Economides, Petroleum Production Systems, as PressureDrop.jl has them; Griffith
    and Wallis (1961). Takacs' example of `beggs_brill`: by an independent program 0.1106 psi/ft.

    >>> found = hagedorn_brown(
    ...     liquid_velocity_ms=0.79 * 0.3048, gas_velocity_ms=1.93 * 0.3048,
    ...     liquid_density_kgm3=799.3, gas_density_kgm3=28.67, liquid_viscosity_mpas=3.0,
    ...     gas_viscosity_mpas=0.02, surface_tension_nm=0.008, pressure_kpa=2389.7,
    ...     diameter_mm=62.0, roughness_mm=0.01524,
    ... )
    >>> found.gradient_kpam * 0.3048 / 6.894757  # psi/ft
    array([0.110])
    """
    given = {
        "liquid_velocity_ms": liquid_velocity_ms,
        "gas_velocity_ms": gas_velocity_ms,
        "liquid_density_kgm3": liquid_density_kgm3,
        "gas_density_kgm3": gas_density_kgm3,
        "liquid_viscosity_mpas": liquid_viscosity_mpas,
        "gas_viscosity_mpas": gas_viscosity_mpas,
        "surface_tension_nm": surface_tension_nm,
        "pressure_kpa": pressure_kpa,
        "diameter_mm": diameter_mm,
        "roughness_mm": roughness_mm,
        "rise": rise,
    }
    same_index(**given)
    columns = [column(values=values, name=name) for name, values in given.items()]
    v_l, v_g, rho_l, rho_g, mu_l, mu_g, tension, pressure, bore, wall, sine = columns
    with np.errstate(all="ignore"):  # numbers beyond any pipe's come out as inf or NaN
        speed, bore, rough = v_l + v_g, bore / 1000.0, wall / bore
        share = v_l / speed
        bubbles = 1.0 - share < np.maximum(1.071 - 0.2218 * speed**2 / (bore * FOOT), 0.13)
        ahead = 1.0 + speed / BUBBLE_SLIP_MS
        slow = 1.0 - 0.5 * (ahead - np.sqrt(ahead**2 - 4.0 * v_g / BUBBLE_SLIP_MS))
        fast = _holdup(
            v_l=v_l,
            v_g=v_g,
            rho_l=rho_l,
            mu_pas=mu_l / 1000.0,
            tension=tension,
            pressure=pressure,
            bore=bore,
        )
        held = np.minimum(np.maximum(np.where(bubbles, slow, fast), share), 1.0)
        slipped = rho_l * held + rho_g * (1.0 - held)
        no_slip = rho_l * share + rho_g * (1.0 - share)
        thick = np.where(bubbles, mu_l, mu_l**held * mu_g ** (1.0 - held)) / 1000.0
        flux = np.where(bubbles, rho_l * v_l / held, no_slip * speed)
        friction = darcy_friction_factor(
            reynolds_number=flux * bore / thick, relative_roughness=rough
        )
        lost = friction * flux * flux / (2.0 * bore * np.where(bubbles, rho_l, slipped))
        gradient = (slipped * STANDARD_GRAVITY_MS2 * sine + lost) / 1000.0
    return HagedornBrown(held, gradient)


def _holdup(
    *,
    v_l: FloatArray,
    v_g: FloatArray,
    rho_l: FloatArray,
    mu_pas: FloatArray,
    tension: FloatArray,
    pressure: FloatArray,
    bore: FloatArray,
) -> FloatArray:
    """Of the flow that is no bubble flow, by the fits to the three charts."""
    g = STANDARD_GRAVITY_MS2
    rise = (rho_l / (g * tension)) ** 0.25
    liquid, gas, pipe = v_l * rise, v_g * rise, bore * np.sqrt(rho_l * g / tension)
    thick = mu_pas * (g / (rho_l * tension**3)) ** 0.25
    coefficient = 0.0019 + thick * (0.0505 + thick * (0.061 * thick - 0.0929))
    x = liquid / gas**0.575 * (pressure / ATMOSPHERE) ** 0.1 * coefficient / pipe
    level = np.sqrt(
        (0.0047 + x * (1123.32 + x * 729489.64)) / (1.0 + x * (1097.1566 + x * 722153.97))
    )
    b = gas * thick**0.38 / pipe**2.14
    above = 1.0886 + b * (-69.9473 + b * (2334.3497 - b * 12896.683))
    below = 1.0 + b * (-53.4401 + b * (1517.9369 - b * 8419.8115))
    return level * np.where(b > 0.01, above / below, 1.0)
