"""Produced water: density with its salt, volume and viscosity.

Salinity is a mass of salt over the mass of brine: 100 000 ppm are 0.1, and 107 000 mg/L. The gas
that water dissolves, 0.2 to 0.5 sm3/sm3 at intake pressures, is left out.
"""

from __future__ import annotations

from pumpperf.numeric import Reals, to_power
from pumpperf.units import POUND_PER_CUBIC_FOOT, PSI


def standard_water_density_kgm3(*, salinity_kgkg: Reals) -> Reals:
    """Density [kg/m3] of a brine at 60 degF and 1 atmosphere, by McCain.

    rho = 62.368 + 0.438603 S + 0.00160074 S^2 [lb/ft3], S in percent by mass

    Args:
        salinity_kgkg: mass of salt over mass of brine, 0 to 0.26 [kg/kg].

    Source: McCain (1991), SPE Res. Eng. 6(2), 266. SPE Monograph 20, problem B-22: 36 200 ppm have
    1025 kg/m3.

    >>> round(standard_water_density_kgm3(salinity_kgkg=0.0362))
    1025
    """
    percent = salinity_kgkg * 100.0
    return (percent * (percent * 0.00160074 + 0.438603) + 62.368) * POUND_PER_CUBIC_FOOT


def water_volume_factor_m3m3(*, pressure_kpa: Reals, temperature_degc: Reals | float) -> Reals:
    """Volume of water over its volume at standard conditions [m3/m3], by McCain.

    Bw = (1 + dV_p) (1 + dV_T),  dV_T = -1.0001e-2 + 1.33391e-4 T + 5.50654e-7 T^2,
    dV_p = -1.95301e-9 p T - 1.72834e-13 p^2 T - 3.58922e-7 p - 2.25341e-10 p^2, psia and degF

    Args:
        pressure_kpa: absolute, up to 34 MPa [kPa].
        temperature_degc: up to 127 [degC].

    Source: McCain (1991), SPE Res. Eng. 6(2), 266; example of his book: 1.022 at 3176 psia and
    165 degF. Of fresh water (IAPWS-97) it is 0.1 to 0.3 % off.

    >>> water_volume_factor_m3m3(pressure_kpa=3176.0 * PSI, temperature_degc=73.8889)
    1.022
    """
    p, t = pressure_kpa / PSI, temperature_degc * 1.8 + 32.0
    warm = t * (t * 5.50654e-7 + 1.33391e-4) - 1.0001e-2
    pressed = p * (t * -1.95301e-9 - 3.58922e-7) - p * p * (t * 1.72834e-13 + 2.25341e-10)
    return (pressed + 1.0) * (warm + 1.0)


def water_viscosity_mpas(
    *, temperature_degc: Reals, pressure_kpa: Reals | float, salinity_kgkg: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of a brine, by McCain.

    mu = A T^-B (0.9994 + 4.0295e-5 p + 3.1062e-9 p^2), T in degF, p in psia, S in percent by mass,
    A = 109.574 - 8.40564 S + 0.313314 S^2 + 8.72213e-3 S^3,
    B = 1.12166 - 2.63951e-2 S + 6.79461e-4 S^2 + 5.47119e-5 S^3 - 1.55586e-6 S^4

    Args:
        temperature_degc: 38 to 204 [degC].
        pressure_kpa: absolute [kPa].
        salinity_kgkg: mass of salt over mass of brine, 0 to 0.26 [kg/kg].

    Source: McCain (1991), SPE Res. Eng. 6(2), 266. For fresh water it is low: 7.9 % at 100 degF,
    4.2 % at 212 degF against IAPWS.

    >>> water_viscosity_mpas(temperature_degc=37.7778, pressure_kpa=500.0, salinity_kgkg=0.0)
    0.63
    """
    s, p = salinity_kgkg * 100.0, pressure_kpa / PSI
    scale = temperature_degc * 0.0 + s * (s * (s * 8.72213e-3 + 0.313314) - 8.40564) + 109.574
    steep = s * (s * (s * (s * -1.55586e-6 + 5.47119e-5) + 6.79461e-4) - 2.63951e-2) + 1.12166
    pressed = p * (p * 3.1062e-9 + 4.0295e-5) + 0.9994
    return scale * to_power(temperature_degc * 1.8 + 32.0, steep * -1.0) * pressed
