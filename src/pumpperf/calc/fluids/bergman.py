"""Bergman's viscosities of an oil: dead, with its gas, and above the bubble point.

They are smooth from cold to hot and above a bubble point of 0, where those of Beggs and Robinson
and of Vasquez and Beggs run away.
"""

from __future__ import annotations

from pumpperf.calc.fluids.gas import SCF_PER_BBL
from pumpperf.numeric import Reals, exponential, logarithm, ratio, to_power
from pumpperf.units import PSI


def dead_oil_viscosity_mpas(*, temperature_degc: Reals, api_gravity: Reals | float) -> Reals:
    """Dynamic viscosity [mPa s] of an oil without gas, by Bergman.

    ln ln(mu + 1) = 22.33 - 0.194 API + 0.00033 API^2 - (3.2 - 0.0185 API) ln(T + 310), T in degF

    Args:
        temperature_degc: [degC]; the source gives no range.
        api_gravity: [degrees API]; the source gives no range.

    Source: Bergman, in Whitson and Brule (2000), SPE Monograph 20, ch. 3; its problem B-14: 36 API
    at 190 degF: 1.790.

    >>> dead_oil_viscosity_mpas(temperature_degc=87.7778, api_gravity=36.0)
    1.790
    """
    heat = logarithm(temperature_degc * 1.8 + 342.0)
    place = (api_gravity * 0.00033 - 0.194) * api_gravity + 22.33
    place = place + heat * (api_gravity * 0.0185 - 3.2)
    return exponential(exponential(place)) - 1.0


def live_oil_viscosity_mpas(
    *, dead_oil_viscosity_mpas: Reals, solution_gor_m3m3: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of an oil with gas dissolved, by Bergman.

    mu = A mu_dead^B,  ln A = 4.768 - 0.8359 ln(Rs + 300),  B = 0.555 + 133.5 / (Rs + 300),
    Rs in scf/STB

    Args:
        dead_oil_viscosity_mpas: without gas, at the same temperature [mPa s].
        solution_gor_m3m3: gas dissolved there [sm3/sm3].

    Source: as `dead_oil_viscosity_mpas`; the form is Chew and Connally's. Problem B-14: 36 API,
    gravity 0.85, 2500 psia and 190 degF, 700.2 scf/STB by Standing: 0.5458.

    >>> live_oil_viscosity_mpas(
    ...     dead_oil_viscosity_mpas=1.7904, solution_gor_m3m3=700.2 / SCF_PER_BBL
    ... )
    0.5459
    """
    gas = dead_oil_viscosity_mpas * 0.0 + solution_gor_m3m3 * SCF_PER_BBL + 300.0
    scale = exponential(logarithm(gas) * -0.8359 + 4.768)
    return scale * to_power(dead_oil_viscosity_mpas, ratio(gas * 0.0 + 133.5, gas) + 0.555)


def undersaturated_viscosity_mpas(
    *, bubble_point_viscosity_mpas: Reals, pressure_kpa: Reals, bubble_point_kpa: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of an oil above its bubble point, by Bergman and Sutton.

    mu = mu_b exp(a (p - p_b)^b),  a = 6.5698e-7 l^2 - 1.48211e-5 l + 2.27877e-4,
    b = 0.0224623 l + 0.873204,  l = ln mu_b, p in psi

    Args:
        bubble_point_viscosity_mpas: at the bubble point [mPa s].
        pressure_kpa: absolute, at or above the bubble point [kPa].
        bubble_point_kpa: absolute; 0 of an oil without gas [kPa].

    Returns:
        The viscosity; NaN below the bubble point.

    Source: Bergman and Sutton (2006), SPE 103144. At the bubble point it is mu_b; 1 mPa s and
    1000 psi above it: exp(2.27877e-4 1000^0.873204) = 1.0996.

    >>> undersaturated_viscosity_mpas(
    ...     bubble_point_viscosity_mpas=1.0, pressure_kpa=1500.0 * PSI, bubble_point_kpa=500.0 * PSI
    ... )
    1.0996
    """
    level = logarithm(bubble_point_viscosity_mpas)
    above = (pressure_kpa - bubble_point_kpa) / PSI
    scale = (level * 6.5698e-7 - 1.48211e-5) * level + 2.27877e-4
    lifted = to_power(above + 1e-300, level * 0.0224623 + 0.873204)  # 0 at the bubble point too
    return exponential(scale * lifted) * bubble_point_viscosity_mpas
