"""Natural gas: pseudo-critical point, compressibility factor, volume, density and viscosity.

Gas gravity is density over that of air at the same conditions. A light casing gas has 0.6 to 0.8,
the gas of an oil well 0.7 to 1.2.
"""

from __future__ import annotations

import numpy as np

from pumpperf.numeric import FloatArray, Reals, exponential, floats, raised, ratio, to_power
from pumpperf.roots import rising_root
from pumpperf.units import BBL, CUBIC_FOOT, PSI

AIR_KG_PER_KMOL = 28.97
SCF_PER_BBL = BBL / CUBIC_FOOT  # gas over oil of 1 sm3/sm3, at the same standard conditions
GAS_CONSTANT_KJ_PER_KMOL_K = 8.31446
DEGREE_RANKINE = 5.0 / 9.0
PLAIN_STEPS = 3
"""Of Newton's, before those that are kept inside a bracket: nearly all gases need no other."""
ZERO_DEGC_K = 273.15  # that is, 0 degC in K


def sutton_pseudo_critical(*, gas_gravity: Reals) -> tuple[Reals, Reals]:
    """Pseudo-critical temperature [K] and pressure [kPa] of an associated gas without acid gas.

    T_pc = 169.2 + 349.5 g - 74 g^2 [R],  p_pc = 756.8 - 131 g - 3.6 g^2 [psia]

    Args:
        gas_gravity: of its hydrocarbons (air 1), 0.57 to 1.68.

    Source: Sutton (1985), SPE 14265.

    >>> [value / unit for value, unit in zip(
    ...     sutton_pseudo_critical(gas_gravity=0.65), (DEGREE_RANKINE, PSI)
    ... )]
    [365.11, 670.13]
    """
    square = gas_gravity * gas_gravity
    temperature_r = gas_gravity * 349.5 + 169.2 - square * 74.0
    pressure_psia = gas_gravity * -131.0 + 756.8 - square * 3.6
    return temperature_r * DEGREE_RANKINE, pressure_psia * PSI


def standing_pseudo_critical(*, gas_gravity: Reals) -> tuple[Reals, Reals]:
    """Pseudo-critical temperature [K] and pressure [kPa] of a dry gas without acid gas.

    T_pc = 168 + 325 g - 12.5 g^2 [R],  p_pc = 677 + 15 g - 37.5 g^2 [psia]

    Args:
        gas_gravity: of its hydrocarbons (air 1), up to 0.75; a richer gas is `sutton`'s.

    Source: Standing (1977), Volumetric and Phase Behavior of Oil Field Hydrocarbon Systems.

    >>> standing_pseudo_critical(gas_gravity=0.65)[0] / DEGREE_RANKINE
    373.97
    """
    square = gas_gravity * gas_gravity
    temperature_r = gas_gravity * 325.0 + 168.0 - square * 12.5
    pressure_psia = gas_gravity * 15.0 + 677.0 - square * 37.5
    return temperature_r * DEGREE_RANKINE, pressure_psia * PSI


def hankinson_pseudo_critical(*, gas_gravity: Reals) -> tuple[Reals, Reals]:
    """Pseudo-critical temperature [K] and pressure [kPa] by Hankinson, Thomas and Phillips.

    T_pc = 170.5 + 307.3 g [R],  p_pc = 709.6 - 58.7 g [psia]

    Args:
        gas_gravity: of its hydrocarbons (air 1), 0.55 to 0.8, as gas lift calculations have it.

    Source: Hankinson, Thomas and Phillips (1969), Oil and Gas Journal 67(15), as PressureDrop.jl
    gives it (src/pvtproperties.jl); the paper was not read. Takacs' example of 0.65: 370.2 R.

    >>> hankinson_pseudo_critical(gas_gravity=0.65)[0] / DEGREE_RANKINE
    370.2
    """
    return (gas_gravity * 307.3 + 170.5) * DEGREE_RANKINE, (gas_gravity * -58.7 + 709.6) * PSI


def sour_pseudo_critical(
    *,
    pseudo_critical_temperature_k: Reals,
    pseudo_critical_pressure_kpa: Reals,
    carbon_dioxide_fraction: Reals | float,
    hydrogen_sulfide_fraction: Reals | float,
) -> tuple[Reals, Reals]:
    """Pseudo-critical temperature [K] and pressure [kPa], corrected for acid gas.

    e = 120 (A^0.9 - A^1.6) + 15 (B^0.5 - B^4) [R],  A = y_CO2 + y_H2S,  B = y_H2S,
    T' = T - e,  p' = p T' / (T + B (1 - B) e)

    Args:
        pseudo_critical_temperature_k: of the whole gas, mixed or from its gravity [K].
        pseudo_critical_pressure_kpa: likewise [kPa].
        carbon_dioxide_fraction: mole fraction of CO2, below 0.54.
        hydrogen_sulfide_fraction: mole fraction of H2S, below 0.74.

    Source: Wichert and Aziz (1972), Hydrocarbon Processing 51(5), 119. SPE Monograph 20,
    problem B-8: 489.574 R with 1.12 % CO2 and 26.09 % H2S become 459.74 R.

    >>> temperature, pressure = sour_pseudo_critical(
    ...     pseudo_critical_temperature_k=489.57406 * DEGREE_RANKINE,
    ...     pseudo_critical_pressure_kpa=829.51717 * PSI,
    ...     carbon_dioxide_fraction=0.0112, hydrogen_sulfide_fraction=0.2609,
    ... )
    >>> temperature / DEGREE_RANKINE, pressure / PSI
    (459.74, 769.93)
    """
    zero = pseudo_critical_temperature_k * 0.0
    sulfide, acid = zero + hydrogen_sulfide_fraction, zero + carbon_dioxide_fraction
    acid = acid + sulfide
    shift_r = (raised(acid, 0.9) - raised(acid, 1.6)) * 120.0
    shift_r = shift_r + (raised(sulfide, 0.5) - raised(sulfide, 4.0)) * 15.0
    shift_k = shift_r * DEGREE_RANKINE
    temperature_k = pseudo_critical_temperature_k - shift_k
    beside = pseudo_critical_temperature_k + sulfide * (1.0 - sulfide) * shift_k
    return temperature_k, ratio(pseudo_critical_pressure_kpa * temperature_k, beside)


def compressibility_factor(*, reduced_pressure: Reals, reduced_temperature: Reals) -> Reals:
    """Compressibility factor Z of a natural gas.

    Z = 1 + (A1 + A2/T + A3/T^3 + A4/T^4 + A5/T^5) r + (A6 + A7/T + A8/T^2) r^2
        - A9 (A7/T + A8/T^2) r^5 + A10 (1 + A11 r^2) (r^2/T^3) exp(-A11 r^2),  r = 0.27 p / (Z T)

    Args:
        reduced_pressure: absolute pressure over the pseudo-critical one, up to 30.
        reduced_temperature: absolute temperature over the pseudo-critical one, above 1, up to 3.

    Returns:
        Z; NaN at a reduced temperature below 1, where there may be liquid, and at 1 to 1.03 one of
        the roots, since pressure does not rise with density throughout.

    Source: Dranchuk and Abou-Kassem (1975), J. Can. Pet. Tech. 14(3), 34. Their equation at
    T 1.3 and p 3.5: 0.633936.

    >>> compressibility_factor(reduced_pressure=3.5, reduced_temperature=1.3)
    0.633936
    """
    shape = reduced_pressure * 0.0 + reduced_temperature * 0.0
    pressure, temperature = np.broadcast_arrays(*floats(reduced_pressure, reduced_temperature))
    known = (pressure >= 0.0) & (temperature >= 1.0) & (pressure < np.inf)
    pressure, t = np.where(known, pressure, 1.0), np.where(known, temperature, 2.0)
    cold = 1.0 / t  # products of it are ten times faster than powers
    first = 0.3265 + cold * (cold * cold * ((0.01569 - 0.05165 * cold) * cold - 0.5339) - 1.07)
    pull = cold * (0.1844 * cold - 0.7361)
    second, fifth, damped = 0.5475 + pull, -0.1056 * pull, 0.6134 * cold * cold * cold

    def missing(r: FloatArray) -> tuple[FloatArray, FloatArray]:
        """R T Z less 0.27 p of a reduced density, and its slope T (Z + r dZ/dr)."""
        square = r * r
        once, twice, five = first * r, second * square, fifth * square * square * r
        dense = 0.7210 * square
        far = damped * square * np.exp(-dense)
        bent = far * (1.0 + dense)
        slope = 2.0 * (twice + bent - far * dense * dense) + once + 5.0 * five
        z = 1.0 + once + twice + five + bent
        return r * t * z - 0.27 * pressure, t * (z + slope)

    ideal = 0.27 * pressure * cold
    thin = 1.0 + first * ideal  # Z of a gas at low pressure, where it is close
    start = np.where(thin > 0.7, ideal / thin, ideal)
    start = np.where(pressure > 0.0, start, 1.0)  # no gas has no start
    for _ in range(PLAIN_STEPS):
        value, slope = missing(start)
        near = start - ratio(value, slope)
        start = np.where(near > 0.0, near, start)
    density = rising_root(function=missing, start=start)
    z = np.where(density > 0.0, ratio(ideal, density), 1.0)
    z = np.where(known, z, np.nan)
    shaped: Reals = shape + z  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # one or a column, as asked
    return raised(shaped, 1.0)


def gas_volume_factor_m3m3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    compressibility_factor: Reals | float,
    standard_pressure_kpa: Reals | float,
    standard_temperature_degc: Reals | float,
) -> Reals:
    """Volume of gas at pressure and temperature over its volume at standard conditions [m3/m3].

    B_g = (p_sc / T_sc) Z T / p

    Args:
        pressure_kpa: absolute [kPa].
        temperature_degc: [degC].
        compressibility_factor: Z there.
        standard_pressure_kpa: 101.325, or what the contract says (14.65 psia in Texas) [kPa].
        standard_temperature_degc: 15, 60 degF or 20 degC, by country [degC].

    Source: real gas law. SPE Monograph 20, problem B-8: Z 0.7804 at 3064.65 psia and 236 degF,
    standard 14.65 psia and 60 degF: 0.00499.

    >>> gas_volume_factor_m3m3(
    ...     pressure_kpa=3064.65 * PSI, temperature_degc=113.333, compressibility_factor=0.7804,
    ...     standard_pressure_kpa=14.65 * PSI, standard_temperature_degc=15.5556,
    ... )
    0.00499
    """
    expanded = (temperature_degc + ZERO_DEGC_K) * compressibility_factor * standard_pressure_kpa
    return ratio(
        pressure_kpa * 0.0 + expanded, pressure_kpa * (standard_temperature_degc + ZERO_DEGC_K)
    )


def gas_density_kgm3(
    *,
    pressure_kpa: Reals,
    temperature_degc: Reals | float,
    compressibility_factor: Reals | float,
    gas_gravity: Reals | float,
) -> Reals:
    """Density [kg/m3] of a natural gas.

    rho = p M / (Z R T),  M = 28.97 g

    Args:
        pressure_kpa: absolute [kPa].
        temperature_degc: [degC].
        compressibility_factor: Z there.
        gas_gravity: of the gas (air 1).

    Source: real gas law. SPE Monograph 20, problem B-6: 18.8313 kg/kmol at 2014.7 psia and
    160 degF with Z 0.86427: 6.598 lb/ft3 = 105.7 kg/m3.

    >>> gas_density_kgm3(
    ...     pressure_kpa=2014.7 * PSI, temperature_degc=71.111, compressibility_factor=0.86427,
    ...     gas_gravity=18.8313 / 28.97,
    ... )
    105.74
    """
    mass = pressure_kpa * gas_gravity * (AIR_KG_PER_KMOL / GAS_CONSTANT_KJ_PER_KMOL_K)
    return ratio(mass, compressibility_factor * (temperature_degc + ZERO_DEGC_K))


def gas_viscosity_mpas(
    *, temperature_degc: Reals, density_kgm3: Reals, gas_gravity: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of a natural gas.

    mu = 1e-4 K exp(X rho^Y),  K = (9.379 + 0.01607 M) T^1.5 / (209.2 + 19.26 M + T),
    X = 3.448 + 986.4/T + 0.01009 M,  Y = 2.447 - 0.2224 X, with T in R, rho in g/cm3

    Args:
        temperature_degc: 38 to 171 [degC].
        density_kgm3: of the gas there [kg/m3], at 100 to 8000 psia.
        gas_gravity: of the gas (air 1).

    Source: Lee, Gonzalez and Eakin (1966), SPE 1340-PA, with the constants of the final edition;
    those of the first differ by 1 %. Gravity 0.75 at 1000 psia and 140 degF (62.12 kg/m3): 0.01363.

    >>> gas_viscosity_mpas(temperature_degc=60.0, density_kgm3=62.12, gas_gravity=0.75)
    0.01363
    """
    molar_mass = temperature_degc * 0.0 + gas_gravity * AIR_KG_PER_KMOL
    temperature_r = (temperature_degc + ZERO_DEGC_K) / DEGREE_RANKINE
    above = (molar_mass * 0.01607 + 9.379) * raised(temperature_r, 1.5)
    scale = ratio(above, molar_mass * 19.26 + 209.2 + temperature_r)
    steep = ratio(temperature_r * 0.0 + 986.4, temperature_r) + molar_mass * 0.01009 + 3.448
    return (
        scale * exponential(steep * to_power(density_kgm3 / 1000.0, 2.447 - steep * 0.2224)) * 1e-4
    )
