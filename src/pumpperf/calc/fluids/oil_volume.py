"""Volume, compressibility and density of an oil with the gas that is dissolved in it."""

from __future__ import annotations

from pumpperf.calc.fluids.black_oil import (
    AIR_DENSITY_KGM3,
    LN_10,
    SCF_PER_STB,
    WATER_DENSITY_KGM3,
    oil_relative_density,
)
from pumpperf.numeric import Reals, exponential, logarithm, raised, ratio, to_power
from pumpperf.units import PSI


def standing_oil_volume_factor_m3m3(
    *,
    solution_gor_m3m3: Reals,
    temperature_degc: Reals | float,
    oil_gravity_api: Reals,
    gas_gravity: Reals | float,
) -> Reals:
    """Volume of a saturated oil over its volume in the tank [m3/m3], by Standing.

    Bo = 0.9759 + 0.00012 (Rs (g/g_o)^0.5 + 1.25 T)^1.2, Rs in scf/STB, T in degF

    Args:
        solution_gor_m3m3: gas dissolved there [sm3/sm3].
        temperature_degc: 38 to 126 [degC].
        oil_gravity_api: 16.5 to 63.8 [degrees API].
        gas_gravity: 0.59 to 0.95 (air 1).

    Source: Standing (1947), Drilling and Production Practice, 275; Bo of 1.024 to 2.15. Ahmed,
    Reservoir Engineering Handbook, ch. 2, oil 2: 1.487.

    >>> standing_oil_volume_factor_m3m3(
    ...     solution_gor_m3m3=768.0 / SCF_PER_STB, temperature_degc=104.444, oil_gravity_api=40.7,
    ...     gas_gravity=0.855,
    ... )
    1.487
    """
    relative = ratio(
        oil_gravity_api * 0.0 + gas_gravity, oil_relative_density(oil_gravity_api=oil_gravity_api)
    )
    swollen = raised(relative, 0.5) * solution_gor_m3m3 * SCF_PER_STB
    swollen = swollen + (temperature_degc * 1.8 + 32.0) * 1.25
    return raised(swollen, 1.2) * 0.00012 + 0.9759
