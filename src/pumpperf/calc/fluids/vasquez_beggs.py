"""Vasquez and Beggs' black oil: dissolved gas, bubble point, volume, compressibility, viscosity.

Of the oils 1, 3 and 6 of Ahmed's handbook, whose bubble points are measured, theirs lie 3, 1 and
4 % low.
"""

from __future__ import annotations

import math

from pumpperf.calc.fluids.gas import SCF_PER_BBL
from pumpperf.numeric import Reals, exponential, logarithm, raised, ratio, to_power
from pumpperf.units import PSI

LN_10 = math.log(10.0)


def separator_gas_gravity(
    *,
    gas_gravity: Reals,
    api_gravity: Reals | float,
    separator_pressure_kpa: Reals,
    separator_temperature_degc: Reals | float,
) -> Reals:
    """Gravity of the gas as a separator at 100 psig would give it (air 1).

    The correlations of Vasquez and Beggs and of De Ghetto are made for it.

    g_s = g (1 + 5.912e-5 API T lg(p / 114.7)), with T in degF and p in psia

    Args:
        gas_gravity: as the separator gave it (air 1).
        api_gravity: gravity of the oil [degrees API].
        separator_pressure_kpa: absolute, 414 to 3900 [kPa].
        separator_temperature_degc: 24 to 66 [degC].

    Source: Vasquez and Beggs (1980), JPT 32(6), 968. The logarithm is the decimal one. At
    100 psig the gravity stays as it is.

    >>> separator_gas_gravity(
    ...     gas_gravity=0.851, api_gravity=47.1, separator_pressure_kpa=164.7 * PSI,
    ...     separator_temperature_degc=15.5556,
    ... )
    0.87335
    """
    share = logarithm(separator_pressure_kpa / (114.7 * PSI)) / LN_10
    rise = share * (separator_temperature_degc * 1.8 + 32.0) * api_gravity * 5.912e-5
    return (rise + 1.0) * gas_gravity


def _by_gravity(api_gravity: Reals, heavy: float, light: float) -> Reals:
    """A constant: one up to 30 degrees API, another above."""
    is_heavy: Reals = (api_gravity <= 30.0) * 1.0  # type: ignore[assignment]  # a truth times a float is one
    return is_heavy * (heavy - light) + light


def solution_gor_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Gas dissolved in a saturated oil [sm3/sm3], by Vasquez and Beggs.

    Rs = C1 g p^C2 exp(C3 API / (T + 460)) [scf/STB], p in psia, T in degF;
    up to 30 API C = 0.0362, 1.0937, 25.724, above 0.0178, 1.187, 23.931

    The two branches do not meet: at 30 API and 100 degF the lower one gives 31 % more at 300 psia
    and 17 % more at 1000.

    Args:
        pressure_kpa: absolute, 0.1 to 42 MPa [kPa].
        temperature_degc: 24 to 146 [degC].
        api_gravity: 15.3 to 59.3 [degrees API].
        gas_gravity: 0.51 to 1.35 (air 1), as `separator_gas_gravity` says.

    Source: Vasquez and Beggs (1980), JPT 32(6), 968. 35 API and 0.8 at 2500 psia and 180 degF:
    569.16 scf/STB.

    >>> SCF_PER_BBL * solution_gor_m3m3(
    ...     pressure_kpa=2500.0 * PSI, temperature_degc=82.2222, api_gravity=35.0,
    ...     gas_gravity=0.8,
    ... )
    569.16
    """
    api = pressure_kpa * 0.0 + api_gravity
    exponent = _by_gravity(api, 1.0937, 1.187)
    amount = _by_gravity(api, 0.0362, 0.0178) * gas_gravity
    pull = ratio(_by_gravity(api, 25.724, 23.931) * api, temperature_degc * 1.8 + 492.0)
    return amount * to_power(pressure_kpa / PSI, exponent) * exponential(pull) / SCF_PER_BBL


def bubble_point_kpa(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at which so much gas is dissolved, by Vasquez and Beggs.

    p_b = (Rs / (C1 g exp(C3 API / (T + 460))))^(1/C2) [psia], constants as in
    `solution_gor_m3m3`

    Args:
        solution_gor_m3m3: all gas that the oil brings, from tubing and casing [sm3/sm3].
        temperature_degc: 24 to 146 [degC].
        api_gravity: 15.3 to 59.3 [degrees API].
        gas_gravity: 0.51 to 1.35 (air 1), as `separator_gas_gravity` says.

    Source: as `solution_gor_m3m3`. Ahmed's oil 1 with 751 scf/STB: 2319 psia.

    >>> round(bubble_point_kpa(
    ...     solution_gor_m3m3=751.0 / SCF_PER_BBL, temperature_degc=121.111, api_gravity=47.1,
    ...     gas_gravity=0.87335,
    ... ) / PSI)
    2319
    """
    api = solution_gor_m3m3 * 0.0 + api_gravity
    exponent = _by_gravity(api, 1.0937, 1.187)
    amount = _by_gravity(api, 0.0362, 0.0178) * gas_gravity
    pull = ratio(_by_gravity(api, 25.724, 23.931) * api, temperature_degc * 1.8 + 492.0)
    share = ratio(solution_gor_m3m3 * SCF_PER_BBL, amount * exponential(pull))
    return to_power(share, 1.0 / exponent) * PSI


def oil_volume_factor_m3m3(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Volume of a saturated oil over its volume in the tank [m3/m3], by Vasquez and Beggs.

    Bo = 1 + C1 Rs + (T - 60) (API/g) (C2 + C3 Rs), Rs in scf/STB, T in degF;
    up to 30 API C = 4.677e-4, 1.751e-5, -1.811e-8, above 4.67e-4, 1.1e-5, 1.337e-9

    Args:
        solution_gor_m3m3: gas dissolved there, up to 390 [sm3/sm3].
        temperature_degc: 24 to 146 [degC].
        api_gravity: 15.3 to 59.3 [degrees API].
        gas_gravity: 0.51 to 1.35 (air 1), as `separator_gas_gravity` says.

    Source: Vasquez and Beggs (1980), JPT 32(6), 968. Ahmed, Reservoir Engineering Handbook, ch. 2,
    oil 2: 1.450.

    >>> oil_volume_factor_m3m3(
    ...     solution_gor_m3m3=768.0 / SCF_PER_BBL, temperature_degc=104.444, api_gravity=40.7,
    ...     gas_gravity=0.855,
    ... )
    1.450
    """
    gas = solution_gor_m3m3 * SCF_PER_BBL
    api = gas * 0.0 + api_gravity
    warm = (temperature_degc * 1.8 - 28.0) * ratio(api, gas_gravity)
    swollen = gas * _by_gravity(api, -1.811e-8, 1.337e-9) + _by_gravity(api, 1.751e-5, 1.1e-5)
    return gas * _by_gravity(api, 4.677e-4, 4.67e-4) + warm * swollen + 1.0


def compressibility_1kpa(
    *,
    pressure_kpa: Reals,
    solution_gor_m3m3: Reals | float,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Compressibility [1/kPa] of an oil above its bubble point, by Vasquez and Beggs.

    c = A / (1e5 p) [1/psi],  A = -1433 + 5 Rs + 17.2 T - 1180 g + 12.61 API

    Args:
        pressure_kpa: absolute, at or above the bubble point, 1 to 66 MPa [kPa].
        solution_gor_m3m3: gas dissolved at the bubble point [sm3/sm3].
        temperature_degc: [degC].
        api_gravity: [degrees API].
        gas_gravity: as `separator_gas_gravity` says (air 1).

    Returns:
        The compressibility; NaN where A is below 0, as at cold, light, dry oils: the
        correlation does not know them.

    Source: Vasquez and Beggs (1980), JPT 32(6), 968. Ahmed, Reservoir Engineering Handbook, ch. 2,
    oil 2 at 2810 psig: 20.16e-6 1/psi.

    >>> from pumpperf.units import PSI
    >>> 1e6 * PSI * compressibility_1kpa(
    ...     pressure_kpa=2824.7 * PSI, solution_gor_m3m3=768.0 / SCF_PER_BBL,
    ...     temperature_degc=104.444, api_gravity=40.7, gas_gravity=0.855,
    ... )
    20.2
    """
    amount = solution_gor_m3m3 * (5.0 * SCF_PER_BBL) + (temperature_degc * 1.8 + 32.0) * 17.2
    amount = amount - gas_gravity * 1180.0 + api_gravity * 12.61 - 1433.0
    return ratio(raised(pressure_kpa * 0.0 + amount, 1.0), pressure_kpa * 1e5)


def undersaturated_viscosity_mpas(
    *, bubble_point_viscosity_mpas: Reals, pressure_kpa: Reals, bubble_point_kpa: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of an oil above its bubble point, by Vasquez and Beggs.

    mu = mu_b (p / p_b)^m,  m = 2.6 p^1.187 exp(-11.513 - 8.98e-5 p), p in psia

    Args:
        bubble_point_viscosity_mpas: at the bubble point [mPa s].
        pressure_kpa: absolute, at or above the bubble point, 1 to 66 MPa [kPa].
        bubble_point_kpa: absolute [kPa].

    Source: Vasquez and Beggs (1980), JPT 32(6), 968. At the bubble point it is mu_b.

    >>> undersaturated_viscosity_mpas(
    ...     bubble_point_viscosity_mpas=0.8, pressure_kpa=9000.0, bubble_point_kpa=9000.0
    ... )
    0.8
    """
    pressure_psia = pressure_kpa / PSI
    steep = exponential(pressure_psia * -8.98e-5 - 11.513) * raised(pressure_psia, 1.187) * 2.6
    return to_power(ratio(pressure_kpa, bubble_point_kpa), steep) * bubble_point_viscosity_mpas
