"""From the annulus to the intake: acoustic fluid level, gas column, gas in the liquid, pressure.

Depths of pressures are true vertical; a level by time or by collars is a depth along the tubing.
What gas makes of the liquid column is the largest doubt: the two ways that stand here differ by a
factor of two in gas.
"""

from __future__ import annotations

import math

from pumpperf.calc.fluids.gas import AIR_KG_PER_KMOL, GAS_CONSTANT_KJ_PER_KMOL_K, ZERO_DEGC_K
from pumpperf.numeric import Reals, exponential, raised, ratio
from pumpperf.units import CUBIC_FOOT, MINUTES_PER_DAY, SQUARE_INCH_IN_MM2, STANDARD_GRAVITY_MS2


def sound_velocity_ms(
    *,
    temperature_degc: Reals,
    compressibility_factor: Reals | float,
    gas_gravity: Reals | float,
    heat_capacity_ratio: Reals | float,
) -> Reals:
    """Velocity of sound [m/s] in the gas of an annulus.

    v = (k Z R T / M)^0.5,  M = 28.97 g

    Args:
        temperature_degc: mean of the gas column [degC].
        compressibility_factor: Z of the gas there.
        gas_gravity: of the gas (air 1).
        heat_capacity_ratio: k; 1.27 at a gravity of 0.6, 1.18 at 0.8, 1.145 at 1.0, 1.11 at 1.2.
            A k of 1.25 for every gas reads a level of 0.8 gravity 3 % too deep.

    Source: Thomas, Hankinson and Phillips (1970), JPT 22(7), 889; their chart at 0.8 and 102 degF:
    1191 ft/s = 363 m/s.

    >>> round(sound_velocity_ms(
    ...     temperature_degc=38.8889, compressibility_factor=1.0, gas_gravity=0.8,
    ...     heat_capacity_ratio=1.177,
    ... ))
    363
    """
    heat = (temperature_degc + ZERO_DEGC_K) * compressibility_factor * heat_capacity_ratio
    mass = heat * 0.0 + gas_gravity * (AIR_KG_PER_KMOL / (1000.0 * GAS_CONSTANT_KJ_PER_KMOL_K))
    return raised(ratio(heat, mass), 0.5)


def level_by_time_m(*, sound_velocity_ms: Reals, two_way_time_s: Reals | float) -> Reals:
    """Depth [m] of a fluid level, along the tubing, by the time of its echo.

    L = v t / 2

    Args:
        sound_velocity_ms: mean in the gas above the level [m/s].
        two_way_time_s: from the shot to the echo [s].

    Source: definition. 388.9 m/s and 5.2 s: 1011.2 m.

    >>> level_by_time_m(sound_velocity_ms=388.916, two_way_time_s=5.2)
    1011.2
    """
    return sound_velocity_ms * two_way_time_s / 2.0


def level_by_collars_m(*, collars: Reals, joint_length_m: Reals | float) -> Reals:
    """Depth [m] of a fluid level, along the tubing, by the collars counted down to it.

    L = n l

    Args:
        collars: joints to the level, with the last part of one.
        joint_length_m: mean length of a joint [m].

    Source: definition. 98.3 joints of 31.7 ft: 949.8 m.

    >>> level_by_collars_m(collars=98.3, joint_length_m=9.66216)
    949.8
    """
    return collars * joint_length_m


def annular_gas_rate_sm3d(
    *,
    pressure_rise_kpa: Reals,
    closed_min: Reals | float,
    level_m: Reals | float,
    casing_inner_diameter_mm: Reals | float,
    tubing_outer_diameter_mm: Reals | float,
    temperature_degc: Reals | float,
    compressibility_factor: Reals | float,
    standard_pressure_kpa: float,
    standard_temperature_degc: float,
) -> Reals:
    """Gas [sm3/d] that comes up an annulus, by the rise of its pressure while it is closed.

    q = A L (dp/dt) T_sc / (p_sc Z T)

    The pump runs meanwhile, and the level does not move.

    Args:
        pressure_rise_kpa: of the casing pressure [kPa].
        closed_min: how long it was closed [min], 5 to 15.
        level_m: depth of the level, along the tubing [m].
        casing_inner_diameter_mm: [mm].
        tubing_outer_diameter_mm: [mm].
        temperature_degc: mean of the gas column [degC].
        compressibility_factor: Z of the gas there.
        standard_pressure_kpa: at which the rate is told [kPa].
        standard_temperature_degc: at which the rate is told [degC].

    Source: conservation of mass. 2.4 psi in 5 min, 3200 ft, 6.366 over 2.875 in, 100 degF, Z 0.98:
    25.09 Mscf/d = 710.5 m3/d; the rule of 0.00068 in field units leaves Z and temperature out.

    >>> annular_gas_rate_sm3d(
    ...     pressure_rise_kpa=16.5474, closed_min=5.0, level_m=975.36,
    ...     casing_inner_diameter_mm=161.6964, tubing_outer_diameter_mm=73.025,
    ...     temperature_degc=37.7778, compressibility_factor=0.98,
    ...     standard_pressure_kpa=101.325, standard_temperature_degc=15.5556,
    ... )
    710.5
    """
    casing, tubing = casing_inner_diameter_mm / 1000.0, tubing_outer_diameter_mm / 1000.0
    volume_m3 = (casing * casing - tubing * tubing) * level_m * (math.pi / 4.0)
    per_day = ratio(pressure_rise_kpa * MINUTES_PER_DAY, closed_min) * volume_m3
    heat = (temperature_degc + ZERO_DEGC_K) * compressibility_factor
    return ratio(
        per_day * ((standard_temperature_degc + ZERO_DEGC_K) / standard_pressure_kpa), heat
    )


def gas_column_pressure_kpa(
    *,
    top_pressure_kpa: Reals,
    height_m: Reals | float,
    gas_gravity: Reals | float,
    temperature_degc: Reals | float,
    compressibility_factor: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at the foot of a column of gas at rest.

    p = p_top exp(M g h / (Z R T)),  M = 28.97 g_g

    Args:
        top_pressure_kpa: absolute, at the wellhead [kPa].
        height_m: true vertical [m].
        gas_gravity: of the gas (air 1).
        temperature_degc: mean of the column [degC].
        compressibility_factor: Z at mean temperature and pressure; the pressure asks for another
            round.

    Source: hydrostatics with a constant Z T. 79.7 psia, 2850 ft of 0.8, 90 degF, Z 0.9831:
    86.26 psia.

    >>> gas_column_pressure_kpa(
    ...     top_pressure_kpa=549.512, height_m=868.68, gas_gravity=0.8, temperature_degc=32.2222,
    ...     compressibility_factor=0.983084,
    ... )
    594.8
    """
    weight = AIR_KG_PER_KMOL * STANDARD_GRAVITY_MS2 / (1000.0 * GAS_CONSTANT_KJ_PER_KMOL_K)
    mass = top_pressure_kpa * 0.0 + height_m * gas_gravity * weight
    heat = (temperature_degc + ZERO_DEGC_K) * compressibility_factor
    return exponential(ratio(mass, heat)) * top_pressure_kpa


def liquid_share_by_s_curve(*, gas_rate_sm3d: Reals, annulus_area_mm2: Reals | float) -> Reals:
    """Share of liquid in an annulus through which gas bubbles, by the S-curve.

    f = 4.6572 (q/A)^-0.319, q/A in scf/d per in2

    Args:
        gas_rate_sm3d: as `annular_gas_rate_sm3d` [sm3/d].
        annulus_area_mm2: between casing and tubing [mm2].

    Returns:
        The share; NaN below 124.4 scf/d per in2, where the fit would give more than 1 and says
        nothing.

    Source: a power fit to the curve of Podio and others, as utpgetools 0.1.4 gives it; it was not
    held against the paper. 1000 scf/d per in2: 0.51.

    >>> liquid_share_by_s_curve(gas_rate_sm3d=28.3168, annulus_area_mm2=645.16)
    0.51
    """
    flux = ratio(gas_rate_sm3d / CUBIC_FOOT, annulus_area_mm2 / SQUARE_INCH_IN_MM2)
    gassy = raised(flux, 0.319) / 4.6572
    return ratio(gassy * 0.0 + 1.0, raised(gassy - 1.0, 1.0) + 1.0)


def liquid_share_by_drift(
    *, gas_velocity_ms: Reals, bubble_velocity_ms: Reals | float, profile: float
) -> Reals:
    """Share of liquid in an annulus through which gas bubbles, by drift flux.

    f = 1 - v_g / (C0 v_g + v_b)

    Args:
        gas_velocity_ms: rate of gas at the pressure there over the area of the annulus [m/s].
        bubble_velocity_ms: of bubbles in that liquid at rest [m/s].
        profile: C0, 1.2 in bubble flow.

    Source: Zuber and Findlay (1965), J. Heat Transfer 87(4), 453, with no net flow of liquid.
    Without gas it is 1.

    >>> liquid_share_by_drift(gas_velocity_ms=0.0, bubble_velocity_ms=0.2, profile=1.2)
    1.0
    """
    moving = gas_velocity_ms * profile + bubble_velocity_ms
    return ratio(gas_velocity_ms, moving) * -1.0 + 1.0


def intake_pressure_kpa(
    *,
    pressure_at_level_kpa: Reals,
    submergence_m: Reals | float,
    oil_density_kgm3: Reals | float,
    liquid_share: Reals | float,
) -> Reals:
    """Absolute pressure [kPa] at the intake of a pump below a fluid level.

    p = p_level + f rho_o g h

    In an annulus that has settled only oil stands above the intake, whatever the water cut.

    Args:
        pressure_at_level_kpa: at the surface of the liquid, as `gas_column_pressure_kpa` [kPa].
        submergence_m: true vertical height of the gassy column above the intake [m].
        oil_density_kgm3: of the oil that stands there [kg/m3].
        liquid_share: share of liquid in the column; 1 without gas.

    Source: hydrostatics. 86.26 psia, 1650 ft of 32 API: 705.3 psia; with 62 % liquid 470.1 psia.

    >>> intake_pressure_kpa(
    ...     pressure_at_level_kpa=594.751, submergence_m=502.92, oil_density_kgm3=865.45,
    ...     liquid_share=0.62,
    ... )
    3241.1
    """
    column = submergence_m * oil_density_kgm3 * liquid_share * (STANDARD_GRAVITY_MS2 / 1000.0)
    return pressure_at_level_kpa + column
