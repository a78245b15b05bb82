"""Produced water: density with its salt, volume and viscosity.

Salinity is a mass of salt over the mass of brine: 100 000 ppm are 0.1, and 107 000 mg/L. The gas
that water dissolves, 0.2 to 0.5 sm3/sm3 at intake pressures, is left out.
"""

from __future__ import annotations

import math

from pumpperf.numeric import Reals, exponential, raised, ratio, to_power
from pumpperf.units import BBL, CUBIC_FOOT, KILOGRAM_FORCE, POUND_PER_CUBIC_FOOT, PSI

LN_10 = math.log(10.0)
SALT_KG_PER_MOL = 0.0584428  # NaCl


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


def salinity_of_density_kgkg(*, water_density_kgm3: Reals) -> Reals:
    """Salt of a brine, mass over mass of brine, by its density at 60 degF and 1 atmosphere.

    Args:
        water_density_kgm3: 999.04 of fresh water, below which the salt is below 0 [kg/m3].

    Source: `standard_water_density_kgm3`, solved for its salt.

    >>> salinity_of_density_kgkg(water_density_kgm3=1025.43)
    0.0371
    """
    missing = water_density_kgm3 / POUND_PER_CUBIC_FOOT - 62.368
    root = raised(missing * (4.0 * 0.00160074) + 0.438603**2, 0.5)
    return (root - 0.438603) / (2.0 * 0.00160074 * 100.0)


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


def gassy_water_volume_factor_m3m3(
    *, water_volume_factor_m3m3: Reals, fresh_water_gas_m3m3: Reals | float
) -> Reals:
    """Volume of water that is full of gas over its volume at standard conditions [m3/m3].

    Bw = Bw* (1 + 0.0001 Rs^1.5), Rs in scf/STB

    Args:
        water_volume_factor_m3m3: Bw*, of the water without gas, there [m3/m3].
        fresh_water_gas_m3m3: gas that fresh water would dissolve there, up to some 4 [sm3/sm3].

    Source: Whitson and Brule (2000), SPE Monograph 20, equation 9.19. Its problem B-22 with
    17.5 scf/STB: 0.73 % more.

    >>> gassy_water_volume_factor_m3m3(
    ...     water_volume_factor_m3m3=1.0, fresh_water_gas_m3m3=17.5 * CUBIC_FOOT / BBL
    ... )
    1.0073
    """
    gas = water_volume_factor_m3m3 * 0.0 + fresh_water_gas_m3m3 * (BBL / CUBIC_FOOT)
    return (raised(gas, 1.5) * 0.0001 + 1.0) * water_volume_factor_m3m3


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


def kestin_water_viscosity_mpas(
    *, temperature_degc: Reals, pressure_kpa: Reals | float, salinity_kgkg: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of water with common salt, by Kestin, Khalifa and Correia.

    lg(mu_w / 1.002) = (20 - T) / (96 + T) (1.2378 - 1.303e-3 (20 - T) + 3.06e-6 (20 - T)^2
    + 2.55e-8 (20 - T)^3) = w,  lg(mu_0 / mu_w) = A + B w,  mu = mu_0 (1 + 1e-3 b p), T in degC,
    p in MPa; with the molality m of the salt A = 0.03324 m + 0.003624 m^2 - 1.879e-4 m^3,
    B = -0.0396 m + 0.0102 m^2 - 7.02e-4 m^3; b by its share of the saturated brine

    Args:
        temperature_degc: 20 to 150 [degC].
        pressure_kpa: absolute, 0.1 to 35 MPa [kPa].
        salinity_kgkg: mass of salt over mass of brine, 0 to 0.26 [kg/kg].

    Source: Kestin, Khalifa and Correia (1981), J. Phys. Chem. Ref. Data 10(1), 71. IAPWS 2008 at
    100 degF and 5 bar: 0.6810.

    >>> kestin_water_viscosity_mpas(temperature_degc=37.7778, pressure_kpa=500.0, salinity_kgkg=0.0)
    0.681
    """
    t = temperature_degc
    cold = t * -1.0 + 20.0
    powers = cold * (cold * (cold * 2.55e-8 + 3.06e-6) - 1.303e-3) + 1.2378
    fresh = ratio(cold * powers, t + 96.0)
    of_brine = t * 0.0 + salinity_kgkg
    m = ratio(of_brine, (of_brine * -1.0 + 1.0) * SALT_KG_PER_MOL)
    salt = m * (m * (m * -1.879e-4 + 3.624e-3) + 0.03324)
    salt = salt + fresh * m * (m * (m * -7.02e-4 + 0.0102) - 0.0396)
    pressed = t * (t * (t * (t * -1.05e-8 + 4.47e-6) - 6.97e-4) + 0.0574) - 1.297
    full = ratio(m, t * (t * 3.6e-5 + 2.8e-3) + 6.044)
    full = full * (full * (full * 0.5 - 2.0) + 2.5)
    pressed = pressed + (t * 2.8e-3 + 0.545 - pressed) * full
    return exponential((fresh + salt) * LN_10) * 1.002 * (pressed * pressure_kpa * 1e-6 + 1.0)


def brine_density_kgm3(
    *, temperature_degc: Reals, pressure_kpa: Reals | float, salinity_kgkg: Reals | float
) -> Reals:
    """Density [kg/m3] of water with common salt, by Rowe and Chou.

    1000 / rho = A1 - A2 q - A3 q^2 + A4 S + A5 S^2 - A6 q S - A7 q S^2 - A8 q^2 S / 2,
    q in kgf/cm2, S in kg/kg, A1 to A8 of the temperature

    Args:
        temperature_degc: 20 to 150 [degC].
        pressure_kpa: absolute, up to 35 MPa [kPa].
        salinity_kgkg: mass of salt over mass of brine, 0 to 0.25 [kg/kg].

    Source: Rowe and Chou (1970), J. Chem. Eng. Data 15(1), 61. SPE Monograph 20, problem B-22:
    36 200 ppm at 255 degF and 1 atmosphere: 964.88, by the equation 964.78.

    >>> brine_density_kgm3(
    ...     temperature_degc=123.889, pressure_kpa=101.325, salinity_kgkg=0.0362
    ... )
    964.78
    """
    t = temperature_degc + 273.15
    cold = ratio(t * 0.0 + 1.0, t)
    q, s = pressure_kpa / (KILOGRAM_FORCE * 1e4), salinity_kgkg
    a1 = t * (t * 0.9270048e-5 - 0.01035794) + cold * (cold * 100674.1 - 1127.522) + 5.916365
    a2 = t * (t * 0.8328532e-8 - 0.10482101e-4) + cold * (cold * 102.2783 - 1.1702939) + 0.520491e-2
    a3 = t * -0.6599143e-10 + 0.118547e-7
    a4 = t * (t * -0.170522e-4 + 0.0111766) - 2.5166
    a5 = t * (t * 0.223982e-4 - 0.0154305) + 2.84851
    a6 = t * (t * -0.12469e-7 + 0.82969e-5) - 0.0014814
    a7 = t * (t * 0.22655e-7 - 0.15391e-4) + 0.0027141
    a8 = t * (t * 0.65972e-11 - 0.40075e-8) + 0.62158e-6
    fresh = a1 - (a2 + a3 * q) * q
    salted = (a4 - (a6 + a8 * q * 0.5) * q) * s + (a5 - a7 * q) * s * s
    return ratio(t * 0.0 + 1000.0, fresh + salted)
