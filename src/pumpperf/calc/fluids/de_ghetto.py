"""Heavy black oil by De Ghetto, Paone and Villa."""

from __future__ import annotations

import math

from pumpperf.calc.fluids.gas import SCF_PER_BBL
from pumpperf.numeric import Reals, exponential, raised, ratio
from pumpperf.units import PSI

LN_10 = math.log(10.0)


def heavy_solution_gor_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Gas dissolved in a saturated heavy oil [sm3/sm3], by De Ghetto, Paone and Villa.

    Rs = (g p^1.2057 / 56.434) 10^(10.9267 API / (T + 460)) [scf/STB], p in psia, T in degF

    Args:
        pressure_kpa: absolute, 1.4 to 28 MPa [kPa].
        temperature_degc: 55 to 122 [degC].
        api_gravity: 10 to 22.3 [degrees API].
        gas_gravity: 0.62 to 1.52 (air 1), as `separator_gas_gravity` says.

    Source: De Ghetto, Paone and Villa (1995), SPE 30316. 14 API, 0.75, 800 psia and 140 degF:
    75.637 scf/STB.

    >>> SCF_PER_BBL * heavy_solution_gor_m3m3(
    ...     pressure_kpa=800.0 * PSI, temperature_degc=60.0, api_gravity=14.0,
    ...     gas_gravity=0.75,
    ... )
    75.637
    """
    gas = raised(pressure_kpa / PSI, 1.2057) * gas_gravity / 56.434
    pull = ratio(gas * 0.0 + api_gravity * 10.9267, temperature_degc * 1.8 + 492.0)
    return gas * exponential(pull * LN_10) / SCF_PER_BBL


def heavy_bubble_point_kpa(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at which so much gas is dissolved in a heavy oil.

    p_b = (56.434 Rs / (g 10^(10.9267 API / (T + 460))))^(1/1.2057) [psia], Rs in scf/STB

    Args:
        solution_gor_m3m3: all gas that the oil brings, from tubing and casing [sm3/sm3].
        temperature_degc: 55 to 122 [degC].
        api_gravity: 10 to 22.3 [degrees API].
        gas_gravity: 0.62 to 1.52 (air 1), as `separator_gas_gravity` says.

    Source: `heavy_solution_gor_m3m3`, solved for its pressure.

    >>> heavy_bubble_point_kpa(
    ...     solution_gor_m3m3=75.637 / SCF_PER_BBL, temperature_degc=60.0, api_gravity=14.0,
    ...     gas_gravity=0.75,
    ... ) / PSI
    800.0
    """
    gas = solution_gor_m3m3 * (SCF_PER_BBL * 56.434)
    pull = ratio(gas * 0.0 + api_gravity * 10.9267, temperature_degc * 1.8 + 492.0)
    return raised(ratio(gas, exponential(pull * LN_10) * gas_gravity), 1.0 / 1.2057) * PSI
