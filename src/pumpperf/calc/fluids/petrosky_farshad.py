"""Petrosky and Farshad's oil above its bubble point: compressibility, and the volume it leaves.

Made of oils of the Gulf of Mexico. Unlike Vasquez and Beggs' it has a value for cold, heavy and dry
oils too, and goes to 0 with the gas.
"""

from __future__ import annotations

from pumpperf.calc.fluids.gas import SCF_PER_BBL
from pumpperf.numeric import Reals, exponential, raised, to_power
from pumpperf.units import PSI


def compressibility_1kpa(
    *,
    pressure_kpa: Reals,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals,
    api_gravity: Reals,
    gas_gravity: Reals,
) -> Reals:
    """Compressibility [1/kPa] of an oil above its bubble point, by Petrosky and Farshad.

    c = 1.705e-7 Rs^0.69357 g^0.1885 API^0.3272 T^0.6729 p^-0.5906 [1/psi], Rs in scf/STB, T in degF

    Args:
        pressure_kpa: absolute, at or above the bubble point, 11.7 to 73.7 MPa [kPa].
        solution_gor_m3m3: gas dissolved at the bubble point, 39 to 250 [sm3/sm3].
        temperature_degc: 46 to 142 [degC].
        api_gravity: 16.3 to 45 [degrees API].
        gas_gravity: 0.58 to 0.85 (air 1).

    Source: Petrosky and Farshad (1993), SPE 26644. Ahmed, Reservoir Engineering Handbook, ch. 2,
    oil 2 at 2810 psig: 19.27e-6 1/psi by the equation, 18.75e-6 in the laboratory.

    >>> 1e6 * PSI * compressibility_1kpa(
    ...     pressure_kpa=2824.7 * PSI, solution_gor_m3m3=768.0 / SCF_PER_BBL,
    ...     temperature_degc=104.444, api_gravity=40.7, gas_gravity=0.855,
    ... )
    19.27
    """
    heat = raised(temperature_degc * 1.8 + 32.0, 0.6729)
    oil = raised(gas_gravity, 0.1885) * raised(api_gravity, 0.3272) * heat
    gas = raised(solution_gor_m3m3 * SCF_PER_BBL, 0.69357) * (1.705e-7 / PSI)
    return gas * oil * to_power(pressure_kpa / PSI, -0.5906)


def undersaturated_oil_volume_factor_m3m3(
    *,
    bubble_point_volume_factor_m3m3: Reals,
    pressure_kpa: Reals,
    bubble_point_kpa: Reals,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals,
    api_gravity: Reals,
    gas_gravity: Reals,
) -> Reals:
    """Volume of an oil above its bubble point over its volume in the tank [m3/m3].

    Bo = B_ob exp(-A (p^0.4094 - p_b^0.4094)),  A = c p^0.5906 / 0.4094, p in psia

    Args:
        bubble_point_volume_factor_m3m3: at the bubble point [m3/m3].
        pressure_kpa: absolute, at or above the bubble point [kPa].
        bubble_point_kpa: absolute [kPa].
        solution_gor_m3m3: gas dissolved at the bubble point [sm3/sm3].
        temperature_degc: [degC].
        api_gravity: [degrees API].
        gas_gravity: (air 1).

    Source: the integral of c = -(1/B) dB/dp with c of `compressibility_1kpa`; at the bubble point
    it is B_ob.

    >>> undersaturated_oil_volume_factor_m3m3(
    ...     bubble_point_volume_factor_m3m3=1.3, pressure_kpa=9000.0, bubble_point_kpa=9000.0,
    ...     solution_gor_m3m3=50.0, temperature_degc=60.0, api_gravity=30.0, gas_gravity=0.75,
    ... )
    1.3
    """
    at_one_psi = compressibility_1kpa(
        pressure_kpa=pressure_kpa * 0.0 + PSI,
        solution_gor_m3m3=solution_gor_m3m3,
        temperature_degc=temperature_degc,
        api_gravity=api_gravity,
        gas_gravity=gas_gravity,
    )
    over = raised(pressure_kpa / PSI, 0.4094) - raised(bubble_point_kpa / PSI, 0.4094)
    return exponential(over * at_one_psi * (-PSI / 0.4094)) * bubble_point_volume_factor_m3m3
