"""Glaso's black oil: dissolved gas, bubble point, volume and viscosity of North Sea oils.

Of the oils 1, 3 and 6 of Ahmed's handbook, whose bubble points are measured, its own lie 2 and
1 % high and 3 % low.
"""

from __future__ import annotations

import math

from pumpperf.calc.fluids.gas import SCF_PER_BBL
from pumpperf.calc.hydraulics import oil_density_kgm3
from pumpperf.numeric import Reals, exponential, logarithm, raised, ratio, to_power
from pumpperf.units import PSI

LN_10 = math.log(10.0)


def solution_gor_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Gas dissolved in a saturated oil [sm3/sm3], by Glaso.

    Rs = g (10^x API^0.989 / T^0.172)^(1/0.816) [scf/STB],
    lg p = 1.7669 + 1.7447 x - 0.30218 x^2, p in psia, T in degF

    Args:
        pressure_kpa: absolute, 1.1 to 49 MPa [kPa]; above 132 MPa the equation has no answer.
        temperature_degc: 27 to 138 [degC].
        api_gravity: 22.3 to 48.1 [degrees API].
        gas_gravity: 0.65 to 1.28 (air 1).

    Source: Glaso (1980), JPT 32(5), 785; North Sea oils. Ahmed, Reservoir Engineering Handbook,
    ch. 2, oil 1 at 2377 psig: 737 scf/STB.

    >>> round(SCF_PER_BBL * solution_gor_m3m3(
    ...     pressure_kpa=2391.7 * PSI, temperature_degc=121.111, api_gravity=47.1,
    ...     gas_gravity=0.851,
    ... ))
    737
    """
    lowered = logarithm(pressure_kpa / PSI) / LN_10 - 1.7669
    place = (raised(lowered * (-4.0 * 0.30218) + 1.7447 * 1.7447, 0.5) * -1.0 + 1.7447) / 0.60436
    of_oil = to_power(lowered * 0.0 + api_gravity, 0.989)
    of_heat = to_power(lowered * 0.0 + temperature_degc * 1.8 + 32.0, 0.172)
    gas = to_power(ratio(exponential(place * LN_10) * of_oil, of_heat), 1.0 / 0.816)
    return gas * gas_gravity / SCF_PER_BBL


def bubble_point_kpa(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at which so much gas is dissolved, by Glaso.

    lg p_b = 1.7669 + 1.7447 x - 0.30218 x^2 [psia],  x = lg((Rs/g)^0.816 T^0.172 / API^0.989)

    Args:
        solution_gor_m3m3: all gas that the oil brings, from tubing and casing, 16 to 470
            [sm3/sm3].
        temperature_degc: 27 to 138 [degC].
        api_gravity: 22.3 to 48.1 [degrees API].
        gas_gravity: 0.65 to 1.28 (air 1).

    Source: as `solution_gor_m3m3`. Ahmed's oil 1 with 751 scf/STB: 2431 psia.

    >>> round(bubble_point_kpa(
    ...     solution_gor_m3m3=751.0 / SCF_PER_BBL, temperature_degc=121.111, api_gravity=47.1,
    ...     gas_gravity=0.851,
    ... ) / PSI)
    2431
    """
    gas = logarithm(ratio(solution_gor_m3m3 * SCF_PER_BBL, gas_gravity)) * 0.816
    heat = logarithm(gas * 0.0 + temperature_degc * 1.8 + 32.0) * 0.172
    place = (gas + heat - logarithm(gas * 0.0 + api_gravity) * 0.989) / LN_10
    return exponential((place * (place * -0.30218 + 1.7447) + 1.7669) * LN_10) * PSI


def oil_volume_factor_m3m3(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals,
    gas_gravity: Reals | float,
) -> Reals:
    """Volume of a saturated oil over its volume in the tank [m3/m3], by Glaso.

    lg(Bo - 1) = -6.58511 + 2.91329 b - 0.27683 b^2,  b = lg(Rs (g/g_o)^0.526 + 0.968 T),
    Rs in scf/STB, T in degF

    Args:
        solution_gor_m3m3: gas dissolved there, 16 to 470 [sm3/sm3].
        temperature_degc: 27 to 138 [degC].
        api_gravity: 22.3 to 48.1 [degrees API].
        gas_gravity: 0.65 to 1.28 (air 1).

    Source: Glaso (1980), JPT 32(5), 785. Ahmed, Reservoir Engineering Handbook, ch. 2, oil 2:
    1.459.

    >>> round(oil_volume_factor_m3m3(
    ...     solution_gor_m3m3=768.0 / SCF_PER_BBL, temperature_degc=104.444, api_gravity=40.7,
    ...     gas_gravity=0.855,
    ... ), 2)
    1.46
    """
    oil = oil_density_kgm3(api_gravity=api_gravity, water_density_kgm3=1.0)
    swollen = raised(ratio(oil * 0.0 + gas_gravity, oil), 0.526) * solution_gor_m3m3 * SCF_PER_BBL
    place = logarithm(swollen + (temperature_degc * 1.8 + 32.0) * 0.968) / LN_10
    return exponential((place * (place * -0.27683 + 2.91329) - 6.58511) * LN_10) + 1.0


def dead_oil_viscosity_mpas(*, temperature_degc: Reals, api_gravity: Reals | float) -> Reals:
    """Dynamic viscosity [mPa s] of an oil without gas, by Glaso.

    mu = 3.141e10 T^-3.444 (lg API)^(10.313 lg T - 36.447), T in degF

    Args:
        temperature_degc: 10 to 149 [degC].
        api_gravity: 20 to 48 [degrees API].

    Source: Glaso (1980), JPT 32(5), 785. 38 API at 120 degF by hand: 2.27.

    >>> dead_oil_viscosity_mpas(temperature_degc=48.8889, api_gravity=38.0)
    2.27
    """
    heat = logarithm(temperature_degc * 1.8 + 32.0)
    light = logarithm(temperature_degc * 0.0 + api_gravity) / LN_10
    return exponential(heat * -3.444) * to_power(light, heat * (10.313 / LN_10) - 36.447) * 3.141e10
