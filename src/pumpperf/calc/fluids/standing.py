"""Standing's black oil: dissolved gas, bubble point and volume of Californian oils.

Of the oils 1, 3 and 6 of Ahmed's handbook, whose bubble points are measured, its own lie 9, 9 and
16 % low.
"""

from __future__ import annotations

import math

from pumpperf.calc.fluids.gas import SCF_PER_BBL
from pumpperf.calc.hydraulics import oil_density_kgm3
from pumpperf.numeric import Reals, exponential, raised, ratio
from pumpperf.units import PSI

LN_10 = math.log(10.0)


def solution_gor_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Gas dissolved in a saturated oil [sm3/sm3], by Standing's later equation.

    Rs = g ((p/18.2 + 1.4) 10^(0.0125 API - 0.00091 T))^(1/0.83) [scf/STB], p in psia, T in degF

    His equation of 1947, without the 1.4, gives 2.3 % less at 800 psia and 120 degF.

    Args:
        pressure_kpa: absolute, 0.9 to 48 MPa in the data [kPa]; at atmospheric pressure some
            0.8 m3/m3 come out where there is none.
        temperature_degc: 38 to 126 [degC].
        api_gravity: 16.5 to 63.8 [degrees API].
        gas_gravity: 0.59 to 0.95 (air 1).

    Source: Standing (1981), Volumetric and Phase Behavior of Oil Field Hydrocarbon Systems;
    105 points of Californian oils. Ahmed, Reservoir Engineering Handbook, ch. 2, oil 1:
    838 scf/STB = 149.3 at 2377 psig.

    >>> round(SCF_PER_BBL * solution_gor_m3m3(
    ...     pressure_kpa=2391.7 * PSI, temperature_degc=121.111, api_gravity=47.1,
    ...     gas_gravity=0.851,
    ... ))
    838
    """
    thin = pressure_kpa * 0.0 + api_gravity * 0.0125
    thin = thin - (temperature_degc * 1.8 + 32.0) * 0.00091
    inner = (pressure_kpa / (18.2 * PSI) + 1.4) * exponential(thin * LN_10)
    return raised(inner, 1.0 / 0.83) * gas_gravity / SCF_PER_BBL


def solution_gor_1947_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Gas dissolved in a saturated oil [sm3/sm3], by Standing's first equation.

    Rs = g (p / (18 10^(0.00091 T - 0.0125 API)))^1.205 [scf/STB], p in psia, T in degF

    Args:
        pressure_kpa: absolute, 0.9 to 48 MPa [kPa]; none is dissolved at 0.
        temperature_degc: 38 to 126 [degC].
        api_gravity: 16.5 to 63.8 [degrees API].
        gas_gravity: 0.59 to 0.95 (air 1).

    Source: Standing (1947), Drilling and Production Practice, 275. Takacs: 30 API, 0.6, 800 psia
    and 120 degF: 121.4 scf/STB; the later equation gives 124.3.

    >>> SCF_PER_BBL * solution_gor_1947_m3m3(
    ...     pressure_kpa=800.0 * PSI, temperature_degc=48.8889, api_gravity=30.0, gas_gravity=0.6
    ... )
    121.4
    """
    thin = pressure_kpa * 0.0 + api_gravity * 0.0125 - (temperature_degc * 1.8 + 32.0) * 0.00091
    inner = pressure_kpa / (18.0 * PSI) * exponential(thin * LN_10)
    return raised(inner, 1.205) * gas_gravity / SCF_PER_BBL


def bubble_point_kpa(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at which so much gas is dissolved, by Standing's later equation.

    p_b = 18.2 ((Rs/g)^0.83 10^(0.00091 T - 0.0125 API) - 1.4) [psia], Rs in scf/STB, T in degF

    Args:
        solution_gor_m3m3: all gas that the oil brings, from tubing and casing [sm3/sm3].
        temperature_degc: 38 to 126 [degC].
        api_gravity: 16.5 to 63.8 [degrees API].
        gas_gravity: 0.59 to 0.95 (air 1).

    Source: as `solution_gor_m3m3`. Takacs: 120 scf/STB, 0.75, 30 API and 100 degF give
    614 psia = 4233 kPa.

    >>> round(bubble_point_kpa(
    ...     solution_gor_m3m3=120.0 / SCF_PER_BBL, temperature_degc=37.7778,
    ...     api_gravity=30.0, gas_gravity=0.75,
    ... ) / PSI)
    614
    """
    thin = solution_gor_m3m3 * 0.0 + api_gravity * 0.0125
    thin = thin - (temperature_degc * 1.8 + 32.0) * 0.00091
    gas = raised(ratio(solution_gor_m3m3 * SCF_PER_BBL, gas_gravity), 0.83)
    return (gas * exponential(thin * -LN_10) - 1.4) * (18.2 * PSI)


def bubble_point_1947_kpa(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at which so much gas is dissolved, by Standing's first equation.

    p_b = 18 (Rs/g)^(1/1.205) 10^(0.00091 T - 0.0125 API) [psia], Rs in scf/STB, T in degF

    Args:
        solution_gor_m3m3: all gas that the oil brings, from tubing and casing [sm3/sm3]; without
            any the bubble point is 0.
        temperature_degc: 38 to 126 [degC].
        api_gravity: 16.5 to 63.8 [degrees API].
        gas_gravity: 0.59 to 0.95 (air 1).

    Source: `solution_gor_1947_m3m3`, solved for its pressure: 800 psia again.

    >>> round(bubble_point_1947_kpa(
    ...     solution_gor_m3m3=121.4 / SCF_PER_BBL, temperature_degc=48.8889, api_gravity=30.0,
    ...     gas_gravity=0.6,
    ... ) / PSI)
    800
    """
    thin = solution_gor_m3m3 * 0.0 + api_gravity * 0.0125
    thin = thin - (temperature_degc * 1.8 + 32.0) * 0.00091
    gas = raised(ratio(solution_gor_m3m3 * SCF_PER_BBL, gas_gravity), 1.0 / 1.205)
    return gas * exponential(thin * -LN_10) * (18.0 * PSI)


def oil_volume_factor_m3m3(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals,
    gas_gravity: Reals | float,
) -> Reals:
    """Volume of a saturated oil over its volume in the tank [m3/m3], by Standing.

    Bo = 0.9759 + 0.00012 (Rs (g/g_o)^0.5 + 1.25 T)^1.2, Rs in scf/STB, T in degF

    Args:
        solution_gor_m3m3: gas dissolved there [sm3/sm3].
        temperature_degc: 38 to 126 [degC].
        api_gravity: 16.5 to 63.8 [degrees API].
        gas_gravity: 0.59 to 0.95 (air 1).

    Source: Standing (1947), Drilling and Production Practice, 275; Bo of 1.024 to 2.15. Ahmed,
    Reservoir Engineering Handbook, ch. 2, oil 2: 1.487.

    >>> oil_volume_factor_m3m3(
    ...     solution_gor_m3m3=768.0 / SCF_PER_BBL, temperature_degc=104.444, api_gravity=40.7,
    ...     gas_gravity=0.855,
    ... )
    1.487
    """
    swollen = _swollen(solution_gor_m3m3, temperature_degc, api_gravity, gas_gravity)
    return raised(swollen, 1.2) * 0.00012 + 0.9759


def handbook_oil_volume_factor_m3m3(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals,
    gas_gravity: Reals | float,
) -> Reals:
    """Volume of a saturated oil over that in the tank [m3/m3], Standing's chart in handbooks' fit.

    Bo = 0.972 + 0.000147 (Rs (g/g_o)^0.5 + 1.25 T)^1.175, Rs in scf/STB, T in degF

    At the intakes of pumps it is up to 0.7 % above `oil_volume_factor_m3m3`.

    Args:
        solution_gor_m3m3: gas dissolved there [sm3/sm3].
        temperature_degc: 38 to 126 [degC].
        api_gravity: 16.5 to 63.8 [degrees API].
        gas_gravity: 0.59 to 0.95 (air 1).

    Source: a second fit to the chart of Standing (1947), as PressureDrop.jl has it
    (src/pvtproperties.jl). Petroleum Engineering Handbook IV (2006), ch. 13, example 1: 1.12.

    >>> round(handbook_oil_volume_factor_m3m3(
    ...     solution_gor_m3m3=180.0 / SCF_PER_BBL, temperature_degc=71.1111, api_gravity=32.0,
    ...     gas_gravity=0.7,
    ... ), 2)
    1.12
    """
    swollen = _swollen(solution_gor_m3m3, temperature_degc, api_gravity, gas_gravity)
    return raised(swollen, 1.175) * 0.000147 + 0.972


def _swollen(
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals,
    gas_gravity: Reals | float,
) -> Reals:
    """What both fits of the volume depend on: Rs (g/g_o)^0.5 + 1.25 T."""
    relative = ratio(
        api_gravity * 0.0 + gas_gravity,
        oil_density_kgm3(api_gravity=api_gravity, water_density_kgm3=1.0),
    )
    swollen = raised(relative, 0.5) * solution_gor_m3m3 * SCF_PER_BBL
    return swollen + (temperature_degc * 1.8 + 32.0) * 1.25
