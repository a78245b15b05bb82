"""An oil with its gas: density, volume above the bubble point, viscosity dead and live.

From gravity and temperature alone a dead oil's viscosity is hardly known: at 14 API and 60 degC
Beggs and Robinson, Egbogah and Ng, and Beal give 61, 101 and 213 mPa s. A measured point is worth
more than all of them.
"""

from __future__ import annotations

import math

from pumpperf.calc.fluids.gas import SCF_PER_BBL
from pumpperf.calc.hydraulics import oil_density_kgm3
from pumpperf.numeric import Reals, exponential, logarithm, ratio, to_power

LN_10 = math.log(10.0)
AIR_DENSITY_KGM3 = 1.2254  # at 15 degC and 101.325 kPa
WATER_DENSITY_KGM3 = 999.016  # at 60 degF


def live_oil_density_kgm3(
    *,
    api_gravity: Reals,
    gas_gravity: Reals | float,
    solution_gor_m3m3: Reals | float,
    oil_volume_factor_m3m3: Reals | float,
) -> Reals:
    """Density [kg/m3] of an oil with its dissolved gas.

    rho = (999.016 g_o + 1.2254 g Rs) / Bo

    Args:
        api_gravity: of the oil in the tank [degrees API].
        gas_gravity: of the dissolved gas (air 1); it is richer than that of the separator, with
            which the density comes out up to 2 % low.
        solution_gor_m3m3: gas dissolved there [sm3/sm3].
        oil_volume_factor_m3m3: Bo there [m3/m3].

    Source: conservation of mass. Takacs: 41.06 API, 0.916, 109.7 scf/STB and 1.05 give
    49.9 lb/ft3 = 799 kg/m3 with Bo rounded; to more digits 50.0 lb/ft3.

    >>> live_oil_density_kgm3(
    ...     api_gravity=41.06, gas_gravity=0.916, solution_gor_m3m3=109.7 / SCF_PER_BBL,
    ...     oil_volume_factor_m3m3=1.05,
    ... )
    801.1
    """
    oil = oil_density_kgm3(api_gravity=api_gravity, water_density_kgm3=1.0) * WATER_DENSITY_KGM3
    return ratio(oil + gas_gravity * solution_gor_m3m3 * AIR_DENSITY_KGM3, oil_volume_factor_m3m3)


def undersaturated_oil_volume_factor_m3m3(
    *,
    bubble_point_volume_factor_m3m3: Reals,
    pressure_kpa: Reals | float,
    bubble_point_kpa: Reals | float,
    compressibility_at_bubble_point_1kpa: Reals | float,
) -> Reals:
    """Volume of an oil above its bubble point over its volume in the tank [m3/m3].

    Bo = B_ob (p_b / p)^(c_b p_b), the integral of a compressibility that falls as 1/p

    Args:
        bubble_point_volume_factor_m3m3: at the bubble point [m3/m3].
        pressure_kpa: absolute, at or above the bubble point [kPa].
        bubble_point_kpa: absolute [kPa].
        compressibility_at_bubble_point_1kpa: as `vasquez_beggs_compressibility_1kpa` [1/kPa].

    Source: c = -(1/B) dB/dp with c p = constant; at the bubble point it is B_ob.

    >>> undersaturated_oil_volume_factor_m3m3(
    ...     bubble_point_volume_factor_m3m3=1.3, pressure_kpa=20_000.0, bubble_point_kpa=10_000.0,
    ...     compressibility_at_bubble_point_1kpa=2e-6,
    ... )
    1.2821
    """
    zero = bubble_point_volume_factor_m3m3 * 0.0
    fall = logarithm(ratio(zero + bubble_point_kpa, pressure_kpa))
    exponent = zero + bubble_point_kpa * compressibility_at_bubble_point_1kpa
    return exponential(fall * exponent) * bubble_point_volume_factor_m3m3


def beggs_robinson_dead_oil_viscosity_mpas(
    *, temperature_degc: Reals, api_gravity: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of an oil without gas, by Beggs and Robinson.

    lg(mu + 1) = 10^(3.0324 - 0.02023 API) T^-1.163, T in degF

    Args:
        temperature_degc: 21 to 146 [degC]; below 60 it soon runs away: 14 API at 16 degC come out
            as 63 000 mPa s.
        api_gravity: 16 to 58 [degrees API].

    Source: Beggs and Robinson (1975), JPT 27(9), 1140. Petroleum Engineering Handbook, Oil System
    Correlations: 22 API and 137 degF give 17.44.

    >>> beggs_robinson_dead_oil_viscosity_mpas(temperature_degc=58.3333, api_gravity=22.0)
    17.44
    """
    thin = temperature_degc * 0.0 + 3.0324 - api_gravity * 0.02023
    place = exponential(thin * LN_10) * to_power(temperature_degc * 1.8 + 32.0, -1.163)
    return exponential(place * LN_10) - 1.0


def beal_dead_oil_viscosity_mpas(*, temperature_degc: Reals, api_gravity: Reals | float) -> Reals:
    """Dynamic viscosity [mPa s] of an oil without gas, by Beal's chart as Standing fitted it.

    mu = (0.32 + 1.8e7 / API^4.53) (360 / (T + 200))^a,  a = 10^(0.43 + 8.33/API), T in degF

    Args:
        temperature_degc: 38 to 104 [degC].
        api_gravity: 10 to 52.5 [degrees API].

    Source: Standing (1977), Volumetric and Phase Behavior of Oil Field Hydrocarbon Systems.
    14 API at 140 degF: 213, where Beggs and Robinson give 61.

    >>> round(beal_dead_oil_viscosity_mpas(temperature_degc=60.0, api_gravity=14.0))
    213
    """
    api = temperature_degc * 0.0 + api_gravity
    steep = exponential((ratio(api * 0.0 + 8.33, api) + 0.43) * LN_10)
    warm = to_power(ratio(api * 0.0 + 360.0, temperature_degc * 1.8 + 232.0), steep)
    return (to_power(api, -4.53) * 1.8e7 + 0.32) * warm


def egbogah_ng_dead_oil_viscosity_mpas(
    *, temperature_degc: Reals, api_gravity: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of an oil without gas, by Egbogah and Ng.

    lg lg(mu + 1) = 1.8653 - 0.025086 API - 0.5644 lg T, T in degF

    Args:
        temperature_degc: 15 to 80 [degC].
        api_gravity: 5 to 58 [degrees API].

    Source: Egbogah and Ng (1990), J. Pet. Sci. Eng. 5(2), 197. 35 API at 180 degF: 2.2969.

    >>> egbogah_ng_dead_oil_viscosity_mpas(temperature_degc=82.2222, api_gravity=35.0)
    2.2969
    """
    heat = logarithm(temperature_degc * 1.8 + 32.0) * 0.5644
    place = heat * -1.0 + (api_gravity * -0.025086 + 1.8653) * LN_10
    return exponential(exponential(place) * LN_10) - 1.0


def beggs_robinson_live_oil_viscosity_mpas(
    *, dead_oil_viscosity_mpas: Reals, solution_gor_m3m3: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of an oil with gas dissolved, by Beggs and Robinson.

    mu = A mu_dead^B,  A = 10.715 (Rs + 100)^-0.515,  B = 5.44 (Rs + 150)^-0.338, Rs in scf/STB

    Args:
        dead_oil_viscosity_mpas: without gas, at the same temperature [mPa s].
        solution_gor_m3m3: gas dissolved there, 3.6 to 369 [sm3/sm3].

    Source: Beggs and Robinson (1975), JPT 27(9), 1140. Petroleum Engineering Handbook, Oil System
    Correlations: 17.44 with 90 scf/STB becomes 8.24.

    >>> beggs_robinson_live_oil_viscosity_mpas(
    ...     dead_oil_viscosity_mpas=17.44, solution_gor_m3m3=90.0 / SCF_PER_BBL
    ... )
    8.24
    """
    gas = dead_oil_viscosity_mpas * 0.0 + solution_gor_m3m3 * SCF_PER_BBL
    exponent = to_power(gas + 150.0, -0.338) * 5.44
    return to_power(gas + 100.0, -0.515) * to_power(dead_oil_viscosity_mpas, exponent) * 10.715


def chew_connally_live_oil_viscosity_mpas(
    *, dead_oil_viscosity_mpas: Reals, solution_gor_m3m3: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of an oil with gas dissolved, by Chew and Connally.

    mu = A mu_dead^B,  A = 0.2 + 0.8 10^(-0.00081 Rs),  B = 0.43 + 0.57 10^(-0.00072 Rs),
    Rs in scf/STB

    Args:
        dead_oil_viscosity_mpas: without gas, at the same temperature [mPa s].
        solution_gor_m3m3: gas dissolved there, up to 285 [sm3/sm3].

    Source: Chew and Connally (1959), Trans. AIME 216, 23. Takacs: 2.3 with 769 scf/STB becomes
    0.638.

    >>> chew_connally_live_oil_viscosity_mpas(
    ...     dead_oil_viscosity_mpas=2.3, solution_gor_m3m3=769.0 / SCF_PER_BBL
    ... )
    0.638
    """
    gas = dead_oil_viscosity_mpas * 0.0 + solution_gor_m3m3 * (SCF_PER_BBL * LN_10)
    exponent = exponential(gas * -0.00072) * 0.57 + 0.43
    return (exponential(gas * -0.00081) * 0.8 + 0.2) * to_power(dead_oil_viscosity_mpas, exponent)
