"""Temperature in the tubing where only that of the bottom is known.

A straight line between two measured temperatures is better.
"""

from __future__ import annotations

from pumpperf.numeric import Reals, exponential, raised, ratio, to_power
from pumpperf.units import FOOT, INCH_IN_MM, POUND, POUND_PER_CUBIC_FOOT, PSI, SECONDS_PER_DAY


def relaxation_distance_m(
    *,
    mass_rate_kgd: Reals,
    liquid_density_kgm3: Reals | float,
    diameter_mm: Reals | float,
    wellhead_pressure_kpag: Reals | float,
    api_gravity: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Height [m] over which a rising stream follows the earth's temperature, by Shiu and Beggs.

    A = 0.0063 w^0.4882 rho^2.915 d^-0.3476 p^0.2219 API^0.2519 g^4.724 [ft]; w in lb/s, rho in
    lb/ft3, d in in, p in psig

    Args:
        mass_rate_kgd: of oil, water and gas [kg/d].
        liquid_density_kgm3: of oil and water in the tank [kg/m3].
        diameter_mm: inner diameter of the tubing [mm].
        wellhead_pressure_kpag: gauge [kPa].
        api_gravity: of the oil [degrees API].
        gas_gravity: of the gas (air 1).

    Source: Shiu and Beggs (1980), J. Energy Res. Tech. 102(1), 47, of flowing wells; as
    PressureDrop.jl has it. Their example: 2089 ft.

    >>> round(relaxation_distance_m(
    ...     mass_rate_kgd=365_050.0, liquid_density_kgm3=910.0, diameter_mm=76.0,
    ...     wellhead_pressure_kpag=150.0 * PSI, api_gravity=24.0, gas_gravity=0.7,
    ... ) / FOOT)
    2089
    """
    mass = raised(mass_rate_kgd / (POUND * SECONDS_PER_DAY), 0.4882)
    zero = mass * 0.0
    found = mass * 0.0063 * raised(zero + liquid_density_kgm3 / POUND_PER_CUBIC_FOOT, 2.915)
    found = found * to_power(zero + diameter_mm / INCH_IN_MM, -0.3476)
    found = found * raised(zero + wellhead_pressure_kpag / PSI, 0.2219)
    return found * raised(zero + api_gravity, 0.2519) * raised(zero + gas_gravity, 4.724) * FOOT


def ramey_temperature_degc(
    *,
    height_m: Reals,
    bottom_temperature_degc: Reals | float,
    geothermal_gradient_kpm: Reals | float,
    relaxation_distance_m: Reals | float,
) -> Reals:
    """Temperature [degC] of a stream that rose from the bottom of a well, by Ramey.

    T = T_b - G z + A G (1 - e^(-z/A))

    Args:
        height_m: z, true vertical, above the bottom [m].
        bottom_temperature_degc: of stream and earth there [degC].
        geothermal_gradient_kpm: G, of the earth [K/m].
        relaxation_distance_m: A, as `relaxation_distance_m` [m].

    Source: Ramey (1962), JPT 14(4), 427. Shiu and Beggs' example, 173 degF, 0.0106 degF/ft,
    5985 ft and 2089 ft: 130 degF.

    >>> round(1.8 * ramey_temperature_degc(
    ...     height_m=5985 * FOOT, bottom_temperature_degc=78.3333,
    ...     geothermal_gradient_kpm=0.0106 / 1.8 / FOOT, relaxation_distance_m=2089 * FOOT,
    ... ) + 32)
    130
    """
    along = height_m * 0.0 + relaxation_distance_m
    kept = along * (exponential(ratio(height_m, along) * -1.0) * -1.0 + 1.0)
    return (kept - height_m) * geothermal_gradient_kpm + bottom_temperature_degc
