"""Pressure gradients of a liquid, and of liquid and gas by Beggs and Brill."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import column, same_index
from pumpperf.calc.pipe import darcy_friction_factor
from pumpperf.calc.scalars import number
from pumpperf.numeric import FloatArray, Reals, logarithm, raised
from pumpperf.units import STANDARD_GRAVITY_MS2

PAYNE_UPHILL = 0.924
"""Factor on the holdup of Beggs and Brill in rising flow, by Payne and others (1979)."""


class BeggsBrill(NamedTuple):
    """What a pipe holds and loses; the gradient is along the pipe, positive downwards."""

    liquid_holdup: FloatArray
    gradient_kpam: FloatArray


class _Regime(NamedTuple):
    """a l^b / Fr^c of a level pipe, and (1 - l) ln(d l^e N^f Fr^g) of a rising one."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    g: float


_SEGREGATED = _Regime(0.98, 0.4846, 0.0868, 0.011, -3.768, 3.539, -1.614)
_INTERMITTENT = _Regime(0.845, 0.5351, 0.0173, 2.96, 0.305, -0.4473, 0.0978)
_DISTRIBUTED = _Regime(1.065, 0.5824, 0.0609, 1.0, 0.0, 0.0, 0.0)


def discharge_pressure_of_liquid_kpa(
    *,
    wellhead_pressure_kpa: Reals,
    vertical_depth_m: Reals | float,
    liquid_density_kgm3: Reals | float,
    friction_pressure_kpa: Reals | float,
) -> Reals:
    """Pressure [kPa] at the foot of tubing that is full of one liquid.

    p = p_wh + rho g h + dp_friction

    Args:
        wellhead_pressure_kpa: absolute, upstream of the choke [kPa].
        vertical_depth_m: true vertical, from the wellhead to the pump [m].
        liquid_density_kgm3: of oil and water, `hydraulics.liquid_density_kgm3` by the water cut of
            the tubing; slow water stays behind and makes it heavier than the cut says [kg/m3].
        friction_pressure_kpa: `pipe.tubing_friction_pressure_kpa` [kPa].

    Source: hydrostatics. 1 MPa, 1000 m of 1000 kg/m3 and 100 kPa of friction: 10 906.65 kPa.

    >>> discharge_pressure_of_liquid_kpa(
    ...     wellhead_pressure_kpa=1000.0, vertical_depth_m=1000.0, liquid_density_kgm3=1000.0,
    ...     friction_pressure_kpa=100.0,
    ... )
    10906.65
    """
    column_kpa = wellhead_pressure_kpa * 0.0 + vertical_depth_m * liquid_density_kgm3
    column_kpa = column_kpa * (STANDARD_GRAVITY_MS2 / 1000.0)
    return wellhead_pressure_kpa + column_kpa + friction_pressure_kpa


def beggs_brill(
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
    holdup_factor: float = PAYNE_UPHILL,
) -> BeggsBrill:
    """Liquid holdup and pressure gradient of liquid and gas that rise in a pipe.

    H = F a l^b / Fr^c (1 + C (sin 1.8t - sin^3(1.8t)/3)),  C = (1 - l) ln(d l^e N^f Fr^g) >= 0,
    with a to g by the regime; dp/dL = (rho_s g sin t + f e^s rho_n v^2 / (2D)) / (1 - E),
    y = l/H^2, s = ln y / (-0.0523 + 3.182 ln y - 0.8725 ln^2 y + 0.01853 ln^4 y), for
    1 < y < 1.2 s = ln(2.2 y - 1.2);  E = rho_n v v_g / p

    The holdup is at least the share l of the liquid in the flow and at most 1, as it must be in
    rising flow. In vertical wells it comes out 3 to 20 % of pressure above Hagedorn and Brown.

    Args:
        liquid_velocity_ms: superficial, of oil and water [m/s], above 0.
        gas_velocity_ms: superficial [m/s].
        liquid_density_kgm3: of oil and water [kg/m3].
        gas_density_kgm3: of the gas [kg/m3].
        liquid_viscosity_mpas: of oil and water [mPa s].
        gas_viscosity_mpas: of the gas [mPa s].
        surface_tension_nm: between liquid and gas; without meaning where no gas flows [N/m].
        pressure_kpa: absolute [kPa].
        diameter_mm: of the pipe [mm].
        roughness_mm: of its wall [mm].
        rise: sine of the angle to the horizontal, vertical over measured depth, above 0 to 1.
        holdup_factor: 0.924 of Payne; 1 for the equations as they were published first.

    Returns:
        Both; NaN where nothing flows, where the flow would be faster than sound (E of 1 and more)
        or an argument is missing.

    Raises:
        ArgumentError: what is given are no numbers, or columns of unequal index.

    Source: Beggs and Brill (1973), JPT 25(5), 607; Payne, Palmer, Brill and Beggs (1979), JPT
    31(9), 1198; equations held to PressureDrop.jl (src/pressurecorrelations.jl). Takacs' example
    without Payne's factor: 0.170 psi/ft.

    >>> found = beggs_brill(
    ...     liquid_velocity_ms=0.79 * 0.3048, gas_velocity_ms=1.93 * 0.3048,
    ...     liquid_density_kgm3=799.3, gas_density_kgm3=28.67, liquid_viscosity_mpas=3.0,
    ...     gas_viscosity_mpas=0.02, surface_tension_nm=0.008, pressure_kpa=2389.7,
    ...     diameter_mm=62.0, roughness_mm=0.01524, holdup_factor=1.0,
    ... )
    >>> found.liquid_holdup, found.gradient_kpam * 0.3048 / 6.894757  # psi/ft
    (array([0.465]), array([0.170]))
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
        speed, bore = v_l + v_g, bore / 1000.0
        share = v_l / speed
        froude = speed * speed / (STANDARD_GRAVITY_MS2 * bore)
        tension = np.where(v_g == 0.0, 1.0, tension)
        buoyancy = v_l * raised(rho_l / (STANDARD_GRAVITY_MS2 * tension), 0.25)
        factor = number(value=holdup_factor, name="holdup_factor")
        held = _holdup(share, froude, buoyancy, sine, factor)
        no_slip = rho_l * share + rho_g * (1.0 - share)
        viscosity = mu_l * share + mu_g * (1.0 - share)
        friction = darcy_friction_factor(
            reynolds_number=no_slip * speed * bore * 1000.0 / viscosity,
            relative_roughness=wall / 1000.0 / bore,
        )
        slipped = rho_l * held + rho_g * (1.0 - held)
        lost = friction * np.exp(_friction_exponent(share, held)) * no_slip * speed * speed / 2.0
        kinetic = no_slip * speed * v_g / (pressure * 1000.0)
        static = slipped * STANDARD_GRAVITY_MS2 * sine
        gradient = (static + lost / bore) / 1000.0 / np.where(kinetic < 1.0, 1.0 - kinetic, np.nan)
    return BeggsBrill(held, gradient)


def _holdup(
    share: FloatArray, froude: FloatArray, buoyancy: FloatArray, sine: FloatArray, factor: float
) -> FloatArray:
    turn = np.sin(1.8 * np.arcsin(sine))
    slope = turn - turn**3 / 3.0
    log_share, log_froude, log_number = map(logarithm, (share, froude, buoyancy))

    def of(regime: _Regime) -> FloatArray:
        level = regime.a * np.exp(regime.b * log_share - regime.c * log_froude)
        rising = np.log(regime.d) + regime.e * log_share
        rising = rising + regime.f * log_number + regime.g * log_froude
        rising = (1.0 - share) * np.maximum(rising, 0.0)
        found = np.maximum(level, share) * (1.0 + rising * slope) * factor
        return np.asarray(np.minimum(np.maximum(found, share), 1.0))

    first = 316.0 * share**0.302
    second = 9.252e-4 * share**-2.4684
    third = 0.1 * share**-1.4516
    fourth = 0.5 * share**-6.738
    wet = share >= 0.01
    segregated = froude < np.where(wet, second, first)
    transition = wet & (froude >= second) & (froude <= third)
    intermittent = wet & (froude > third) & (froude <= np.where(share < 0.4, first, fourth))
    layered, slugs, drops = of(_SEGREGATED), of(_INTERMITTENT), of(_DISTRIBUTED)
    near = (third - froude) / (third - second)
    return np.where(
        segregated,
        layered,
        np.where(
            transition, near * layered + (1.0 - near) * slugs, np.where(intermittent, slugs, drops)
        ),
    )


def _friction_exponent(share: FloatArray, held: FloatArray) -> FloatArray:
    y = share / (held * held)
    x = np.log(y)
    smooth = x / (-0.0523 + x * (3.182 + x * (-0.8725 + x * x * 0.01853)))
    return np.where((y > 1.0) & (y < 1.2), np.log(np.maximum(2.2 * y - 1.2, 1.0)), smooth)
