"""Free gas at the intake: how much there is, and how much of it goes up the annulus.

The gas of a well is all of it, from tubing and casing, over its oil. What the pump sees is what is
not dissolved and not separated; to take the total gas for it is the worst single mistake here.
"""

from __future__ import annotations

from pumpperf.numeric import Reals, raised, ratio
from pumpperf.units import PSI, STANDARD_GRAVITY_MS2


def free_gas_rate_m3d(
    *,
    oil_rate_m3d: Reals,
    gor_m3m3: Reals | float,
    solution_gor_m3m3: Reals | float,
    gas_volume_factor_m3m3: Reals | float,
) -> Reals:
    """Rate [m3/d] of the gas that is not dissolved, at the conditions of the intake.

    q_g = q_o (GOR - Rs) B_g

    Args:
        oil_rate_m3d: in the tank [m3/d].
        gor_m3m3: all gas of the well over its oil [sm3/sm3].
        solution_gor_m3m3: dissolved at the intake, not more than `gor_m3m3` [sm3/sm3].
        gas_volume_factor_m3m3: B_g at the intake [m3/m3].

    Returns:
        The rate; NaN where more would be dissolved than there is: the oil is above its bubble
        point then, and dissolves `gor_m3m3`.

    Source: conservation of mass. Petroleum Engineering Handbook IV (2006), ch. 13, example 1:
    575 bbl/d with 300 scf/bbl, 180 of them dissolved, and 2.62 bbl/Mscf: 181 bbl/d.

    >>> round(free_gas_rate_m3d(
    ...     oil_rate_m3d=575.0, gor_m3m3=300.0 / 5.614583, solution_gor_m3m3=180.0 / 5.614583,
    ...     gas_volume_factor_m3m3=2.62 * 5.614583 / 1000.0,
    ... ))
    181
    """
    free = oil_rate_m3d * 0.0 + gor_m3m3 - solution_gor_m3m3
    return raised(free, 1.0) * oil_rate_m3d * gas_volume_factor_m3m3


def bubble_rise_velocity_ms(
    *,
    surface_tension_nm: Reals,
    liquid_density_kgm3: Reals | float,
    gas_density_kgm3: Reals | float,
    coefficient: float,
) -> Reals:
    """Velocity [m/s] at which bubbles rise in a liquid at rest.

    v = C (g sigma (rho_l - rho_g) / rho_l^2)^0.25

    Args:
        surface_tension_nm: between gas and liquid [N/m].
        liquid_density_kgm3: of the liquid [kg/m3].
        gas_density_kgm3: of the gas [kg/m3].
        coefficient: 1.53 by Harmathy, 1.41 (the root of 2) in Alhanati's separation.

    Source: Harmathy (1960), AIChE J. 6(2), 281. 0.028 N/m, 870 and 8 kg/m3: 0.2035 m/s.

    >>> bubble_rise_velocity_ms(
    ...     surface_tension_nm=0.028, liquid_density_kgm3=870.0, gas_density_kgm3=8.0,
    ...     coefficient=1.53,
    ... )
    0.2035
    """
    zero = surface_tension_nm * 0.0
    lift = surface_tension_nm * (liquid_density_kgm3 - gas_density_kgm3) * STANDARD_GRAVITY_MS2
    liquid = zero + liquid_density_kgm3
    return raised(ratio(lift, liquid * liquid), 0.25) * coefficient


def alhanati_separation(*, bubble_velocity_ms: Reals, liquid_velocity_ms: Reals | float) -> Reals:
    """Share of the free gas that goes up the annulus by itself, by the velocities alone.

    E = v_b / (v_b + v_l)

    Args:
        bubble_velocity_ms: `bubble_rise_velocity_ms` with the root of 2 [m/s].
        liquid_velocity_ms: of oil and water at intake conditions through the whole section
            between casing and pump [m/s].

    Source: Alhanati (1993), PhD thesis, University of Tulsa; Takacs, ESP Manual, 4.2. Equal
    velocities: one half.

    >>> alhanati_separation(bubble_velocity_ms=0.18, liquid_velocity_ms=0.18)
    0.5
    """
    return ratio(bubble_velocity_ms, bubble_velocity_ms + liquid_velocity_ms)


def marquez_separation(*, liquid_to_bubble_velocity: Reals) -> Reals:
    """Share of the free gas that goes up the annulus by itself, by Marquez' simplified fit.

    E = ((1 + (a b + c M^d) / (b + M^d))^272 + M^272)^(1/272) - M,
    a = -0.0093, b = 57.758, c = 34.4, d = 1.308

    Args:
        liquid_to_bubble_velocity: M, velocity of the liquid over that of bubbles.

    Returns:
        The share; 0 for M above 13.

    Source: Marquez (2004), PhD thesis, University of Tulsa, as unfpy 0.2.4 gives it; the thesis
    was not read. Fitted to water and air in one casing. M 0.25: 0.8376; M 4: 0.2925.

    >>> marquez_separation(liquid_to_bubble_velocity=4.0)
    0.2925
    """
    slow = (liquid_to_bubble_velocity <= 13.0) * 1.0
    m = liquid_to_bubble_velocity * slow
    bent = raised(m, 1.308)
    larger = ratio(bent * 34.4 + -0.0093 * 57.758, bent + 57.758) + 1.0
    # (x^272 + m^272)^(1/272) = x (1 + (m/x)^272)^(1/272): no power leaves the floats so
    share = larger * raised(raised(ratio(m, larger), 272.0) + 1.0, 1.0 / 272.0) - m
    return share * slow


def separation_in_series(
    *, natural_separation: Reals, separator_efficiency: Reals | float
) -> Reals:
    """Share of the free gas that is kept from the pump by the annulus and then a separator.

    E = 1 - (1 - E_n) (1 - E_s)

    Args:
        natural_separation: by the annulus, 0 to 1.
        separator_efficiency: of the separator, on what reaches it, 0 to 1.

    Source: definition. 45 % and then 80 %: 0.89.

    >>> separation_in_series(natural_separation=0.45, separator_efficiency=0.8)
    0.89
    """
    return natural_separation + (natural_separation * -1.0 + 1.0) * separator_efficiency


def oil_surface_tension_nm(
    *, pressure_kpa: Reals, temperature_degc: Reals | float, api_gravity: Reals | float
) -> Reals:
    """Surface tension [N/m] between an oil and its gas.

    sigma = (39 - 0.2571 API) at 68 degF, (37.5 - 0.2571 API) at 100 degF, linear between and,
    as Beggs has it, constant beyond, times (1 - 0.024 p^0.45) [dyn/cm], p in psia

    Args:
        pressure_kpa: absolute [kPa]; from 27.5 MPa on nothing is left.
        temperature_degc: [degC].
        api_gravity: [degrees API].

    Source: Baker and Swerdloff (1956), Oil Gas J. 54(43), 125, as Beggs uses them. 35 API at
    84 degF and 400 psia: 18.845 dyn/cm.

    >>> 1000.0 * oil_surface_tension_nm(
    ...     pressure_kpa=400.0 * PSI, temperature_degc=28.8889, api_gravity=35.0
    ... )
    18.845
    """
    fall = _between(pressure_kpa * 0.0 + temperature_degc * 1.8 + 32.0, 68.0, 100.0) * 1.5
    dead = fall * -1.0 + 39.0 - api_gravity * 0.2571
    return dead * raised(raised(pressure_kpa / PSI, 0.45) * -0.024 + 1.0, 1.0) / 1000.0


def water_surface_tension_nm(*, pressure_kpa: Reals, temperature_degc: Reals | float) -> Reals:
    """Surface tension [N/m] between water and gas.

    sigma = 75 - 1.108 p^0.349 at 74 degF, 53 - 0.1048 p^0.637 at 280 degF, linear between and,
    as Beggs has it, constant beyond [dyn/cm], p in psia

    Args:
        pressure_kpa: absolute [kPa].
        temperature_degc: [degC].

    Source: Beggs (1987), Production Optimization using Nodal Analysis. 150 degF and 400 psia:
    59.467 dyn/cm.

    >>> 1000.0 * water_surface_tension_nm(pressure_kpa=400.0 * PSI, temperature_degc=65.5556)
    59.467
    """
    warm = _between(pressure_kpa * 0.0 + temperature_degc * 1.8 + 32.0, 74.0, 280.0)
    p = pressure_kpa / PSI
    cold, hot = raised(p, 0.349) * -1.108 + 75.0, raised(p, 0.637) * -0.1048 + 53.0
    return (cold + (hot - cold) * warm) / 1000.0


def _between(value: Reals, low: float, high: float) -> Reals:
    """How far it lies from one end of a chart to the other; beyond, at the end."""
    below: Reals = abs(value - low)  # pyright: ignore[reportAssignmentType]  # abs keeps the shape
    above: Reals = abs(value - high)  # pyright: ignore[reportAssignmentType]
    return (below - above + (high - low)) / (2.0 * (high - low))
