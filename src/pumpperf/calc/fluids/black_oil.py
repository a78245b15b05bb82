"""Black oil: dissolved gas, bubble point, volume, compressibility and density.

One correlation an author; each pair of dissolved gas and bubble point is one equation read both
ways. Below the bubble point dissolved gas follows pressure; above it is what the oil produces.
A measured bubble point is worth more than any of these: at five laboratory oils (27 to 49 API)
Standing's lies 16 % low to 5 % low, Vasquez and Beggs' and Glaso's within 7 %.

Oil gravity is in degrees API, 141.5 / relative density at 60 degF - 131.5.
"""

from __future__ import annotations

from pumpperf.numeric import Reals, exponential, logarithm, raised, ratio, to_power
from pumpperf.units import PSI

SCF_PER_STB = 5.614583
"""Gas over oil in scf/STB, for one sm3/sm3 at the same standard conditions."""
LN_10 = 2.302585092994046
AIR_DENSITY_KGM3 = 1.2254  # at 15 degC and 101.325 kPa
WATER_DENSITY_KGM3 = 999.016  # at 60 degF


def fahrenheit(temperature_degc: Reals) -> Reals:
    """Temperature [degF].

    >>> fahrenheit(100.0)
    212.0
    """
    return temperature_degc * 1.8 + 32.0


def oil_relative_density(*, oil_gravity_api: Reals) -> Reals:
    """Relative density of a stock-tank oil (water 1), both at 60 degF.

    g_o = 141.5 / (API + 131.5)

    Args:
        oil_gravity_api: gravity [degrees API], above -131.5.

    Source: API MPMS 11.1, definition. Water has 10 degrees.

    >>> oil_relative_density(oil_gravity_api=10.0)
    1.0
    """
    return ratio(oil_gravity_api * 0.0 + 141.5, oil_gravity_api + 131.5)


def separator_gas_gravity(
    *,
    gas_gravity: Reals,
    oil_gravity_api: Reals | float,
    separator_pressure_kpa: Reals,
    separator_temperature_degc: Reals | float,
) -> Reals:
    """Gravity of the gas as a separator at 100 psig would give it (air 1).

    The correlations of Vasquez and Beggs and of De Ghetto are made for it.

    g_s = g (1 + 5.912e-5 API T lg(p / 114.7)), with T in degF and p in psia

    Args:
        gas_gravity: as the separator gave it (air 1).
        oil_gravity_api: gravity of the oil [degrees API].
        separator_pressure_kpa: absolute, 414 to 3900 [kPa].
        separator_temperature_degc: 24 to 66 [degC].

    Source: Vasquez and Beggs (1980), JPT 32(6), 968. The logarithm is the decimal one. At
    100 psig the gravity stays as it is.

    >>> separator_gas_gravity(
    ...     gas_gravity=0.851, oil_gravity_api=47.1, separator_pressure_kpa=164.7 * PSI,
    ...     separator_temperature_degc=15.5556,
    ... )
    0.87335
    """
    share = logarithm(separator_pressure_kpa / (114.7 * PSI)) / LN_10
    rise = share * (separator_temperature_degc * 1.8 + 32.0) * oil_gravity_api * 5.912e-5
    return (rise + 1.0) * gas_gravity


def standing_solution_gor_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    oil_gravity_api: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Gas dissolved in a saturated oil [sm3/sm3], by Standing's later equation.

    Rs = g ((p/18.2 + 1.4) 10^(0.0125 API - 0.00091 T))^(1/0.83) [scf/STB], p in psia, T in degF

    His equation of 1947, without the 1.4, gives 2.3 % less at 800 psia and 120 degF.

    Args:
        pressure_kpa: absolute, 0.9 to 48 MPa in the data [kPa]; at atmospheric pressure some
            0.8 m3/m3 come out where there is none.
        temperature_degc: 38 to 126 [degC].
        oil_gravity_api: 16.5 to 63.8 [degrees API].
        gas_gravity: 0.59 to 0.95 (air 1).

    Source: Standing (1981), Volumetric and Phase Behavior of Oil Field Hydrocarbon Systems;
    105 points of Californian oils. Ahmed, Reservoir Engineering Handbook, ch. 2, oil 1:
    838 scf/STB = 149.3 at 2377 psig.

    >>> round(SCF_PER_STB * standing_solution_gor_m3m3(
    ...     pressure_kpa=2391.7 * PSI, temperature_degc=121.111, oil_gravity_api=47.1,
    ...     gas_gravity=0.851,
    ... ))
    838
    """
    thin = pressure_kpa * 0.0 + oil_gravity_api * 0.0125
    thin = thin - (temperature_degc * 1.8 + 32.0) * 0.00091
    inner = (pressure_kpa / (18.2 * PSI) + 1.4) * exponential(thin * LN_10)
    return raised(inner, 1.0 / 0.83) * gas_gravity / SCF_PER_STB


def standing_bubble_point_kpa(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    oil_gravity_api: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at which so much gas is dissolved, by Standing's later equation.

    p_b = 18.2 ((Rs/g)^0.83 10^(0.00091 T - 0.0125 API) - 1.4) [psia], Rs in scf/STB, T in degF

    Args:
        solution_gor_m3m3: all gas that the oil brings, from tubing and casing [sm3/sm3].
        temperature_degc: 38 to 126 [degC].
        oil_gravity_api: 16.5 to 63.8 [degrees API].
        gas_gravity: 0.59 to 0.95 (air 1).

    Source: as `standing_solution_gor_m3m3`. Takacs: 120 scf/STB, 0.75, 30 API and 100 degF give
    614 psia = 4233 kPa.

    >>> round(standing_bubble_point_kpa(
    ...     solution_gor_m3m3=120.0 / SCF_PER_STB, temperature_degc=37.7778,
    ...     oil_gravity_api=30.0, gas_gravity=0.75,
    ... ) / PSI)
    614
    """
    thin = solution_gor_m3m3 * 0.0 + oil_gravity_api * 0.0125
    thin = thin - (temperature_degc * 1.8 + 32.0) * 0.00091
    gas = raised(ratio(solution_gor_m3m3 * SCF_PER_STB, gas_gravity), 0.83)
    return (gas * exponential(thin * -LN_10) - 1.4) * (18.2 * PSI)


def _by_gravity(oil_gravity_api: Reals, heavy: float, light: float) -> Reals:
    """A constant of Vasquez and Beggs: one up to 30 degrees API, another above."""
    is_heavy: Reals = (oil_gravity_api <= 30.0) * 1.0  # type: ignore[assignment]  # a truth times a float is one
    return is_heavy * (heavy - light) + light


def vasquez_beggs_solution_gor_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    oil_gravity_api: Reals | float,
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
        oil_gravity_api: 15.3 to 59.3 [degrees API].
        gas_gravity: 0.51 to 1.35 (air 1), as `separator_gas_gravity` says.

    Source: Vasquez and Beggs (1980), JPT 32(6), 968. 35 API and 0.8 at 2500 psia and 180 degF:
    569.16 scf/STB.

    >>> SCF_PER_STB * vasquez_beggs_solution_gor_m3m3(
    ...     pressure_kpa=2500.0 * PSI, temperature_degc=82.2222, oil_gravity_api=35.0,
    ...     gas_gravity=0.8,
    ... )
    569.16
    """
    api = pressure_kpa * 0.0 + oil_gravity_api
    exponent = _by_gravity(api, 1.0937, 1.187)
    amount = _by_gravity(api, 0.0362, 0.0178) * gas_gravity
    pull = ratio(_by_gravity(api, 25.724, 23.931) * api, temperature_degc * 1.8 + 492.0)
    return amount * to_power(pressure_kpa / PSI, exponent) * exponential(pull) / SCF_PER_STB


def vasquez_beggs_bubble_point_kpa(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    oil_gravity_api: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at which so much gas is dissolved, by Vasquez and Beggs.

    p_b = (Rs / (C1 g exp(C3 API / (T + 460))))^(1/C2) [psia], constants as in
    `vasquez_beggs_solution_gor_m3m3`

    Args:
        solution_gor_m3m3: all gas that the oil brings, from tubing and casing [sm3/sm3].
        temperature_degc: 24 to 146 [degC].
        oil_gravity_api: 15.3 to 59.3 [degrees API].
        gas_gravity: 0.51 to 1.35 (air 1), as `separator_gas_gravity` says.

    Source: as `vasquez_beggs_solution_gor_m3m3`. Ahmed's oil 1 with 751 scf/STB: 2319 psia.

    >>> round(vasquez_beggs_bubble_point_kpa(
    ...     solution_gor_m3m3=751.0 / SCF_PER_STB, temperature_degc=121.111, oil_gravity_api=47.1,
    ...     gas_gravity=0.87335,
    ... ) / PSI)
    2319
    """
    api = solution_gor_m3m3 * 0.0 + oil_gravity_api
    exponent = _by_gravity(api, 1.0937, 1.187)
    amount = _by_gravity(api, 0.0362, 0.0178) * gas_gravity
    pull = ratio(_by_gravity(api, 25.724, 23.931) * api, temperature_degc * 1.8 + 492.0)
    share = ratio(solution_gor_m3m3 * SCF_PER_STB, amount * exponential(pull))
    return to_power(share, 1.0 / exponent) * PSI


def glaso_solution_gor_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    oil_gravity_api: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Gas dissolved in a saturated oil [sm3/sm3], by Glaso.

    Rs = g (10^x API^0.989 / T^0.172)^(1/0.816) [scf/STB],
    lg p = 1.7669 + 1.7447 x - 0.30218 x^2, p in psia, T in degF

    Args:
        pressure_kpa: absolute, 1.1 to 49 MPa [kPa]; above 132 MPa the equation has no answer.
        temperature_degc: 27 to 138 [degC].
        oil_gravity_api: 22.3 to 48.1 [degrees API].
        gas_gravity: 0.65 to 1.28 (air 1).

    Source: Glaso (1980), JPT 32(5), 785; North Sea oils. Ahmed, Reservoir Engineering Handbook,
    ch. 2, oil 1 at 2377 psig: 737 scf/STB.

    >>> round(SCF_PER_STB * glaso_solution_gor_m3m3(
    ...     pressure_kpa=2391.7 * PSI, temperature_degc=121.111, oil_gravity_api=47.1,
    ...     gas_gravity=0.851,
    ... ))
    737
    """
    lowered = logarithm(pressure_kpa / PSI) / LN_10 - 1.7669
    place = (raised(lowered * (-4.0 * 0.30218) + 1.7447 * 1.7447, 0.5) * -1.0 + 1.7447) / 0.60436
    of_oil = to_power(lowered * 0.0 + oil_gravity_api, 0.989)
    of_heat = to_power(lowered * 0.0 + temperature_degc * 1.8 + 32.0, 0.172)
    gas = to_power(ratio(exponential(place * LN_10) * of_oil, of_heat), 1.0 / 0.816)
    return gas * gas_gravity / SCF_PER_STB


def glaso_bubble_point_kpa(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    oil_gravity_api: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at which so much gas is dissolved, by Glaso.

    lg p_b = 1.7669 + 1.7447 x - 0.30218 x^2 [psia],  x = lg((Rs/g)^0.816 T^0.172 / API^0.989)

    Args:
        solution_gor_m3m3: all gas that the oil brings, from tubing and casing, 16 to 470
            [sm3/sm3].
        temperature_degc: 27 to 138 [degC].
        oil_gravity_api: 22.3 to 48.1 [degrees API].
        gas_gravity: 0.65 to 1.28 (air 1).

    Source: as `glaso_solution_gor_m3m3`. Ahmed's oil 1 with 751 scf/STB: 2431 psia.

    >>> round(glaso_bubble_point_kpa(
    ...     solution_gor_m3m3=751.0 / SCF_PER_STB, temperature_degc=121.111, oil_gravity_api=47.1,
    ...     gas_gravity=0.851,
    ... ) / PSI)
    2431
    """
    gas = logarithm(ratio(solution_gor_m3m3 * SCF_PER_STB, gas_gravity)) * 0.816
    heat = logarithm(gas * 0.0 + temperature_degc * 1.8 + 32.0) * 0.172
    place = (gas + heat - logarithm(gas * 0.0 + oil_gravity_api) * 0.989) / LN_10
    return exponential((place * (place * -0.30218 + 1.7447) + 1.7669) * LN_10) * PSI


def de_ghetto_heavy_solution_gor_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    oil_gravity_api: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Gas dissolved in a saturated heavy oil [sm3/sm3], by De Ghetto, Paone and Villa.

    Rs = (g p^1.2057 / 56.434) 10^(10.9267 API / (T + 460)) [scf/STB], p in psia, T in degF

    Args:
        pressure_kpa: absolute, 1.4 to 28 MPa [kPa].
        temperature_degc: 55 to 122 [degC].
        oil_gravity_api: 10 to 22.3 [degrees API].
        gas_gravity: 0.62 to 1.52 (air 1), as `separator_gas_gravity` says.

    Source: De Ghetto, Paone and Villa (1995), SPE 30316. 14 API, 0.75, 800 psia and 140 degF:
    75.637 scf/STB.

    >>> SCF_PER_STB * de_ghetto_heavy_solution_gor_m3m3(
    ...     pressure_kpa=800.0 * PSI, temperature_degc=60.0, oil_gravity_api=14.0,
    ...     gas_gravity=0.75,
    ... )
    75.637
    """
    gas = raised(pressure_kpa / PSI, 1.2057) * gas_gravity / 56.434
    pull = ratio(gas * 0.0 + oil_gravity_api * 10.9267, temperature_degc * 1.8 + 492.0)
    return gas * exponential(pull * LN_10) / SCF_PER_STB
