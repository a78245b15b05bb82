"""Heads, densities, hydraulic power, net lift power and NPSH.

Pressures are absolute unless a name says `gauge`. Every function takes floats, arrays or Series;
undefined is NaN.
"""

from __future__ import annotations

from pumpperf.numeric import Reals, ratio
from pumpperf.units import SECONDS_PER_DAY, STANDARD_GRAVITY_MS2


def absolute_pressure_kpa(*, gauge_pressure_kpag: Reals, atmosphere_kpa: Reals | float) -> Reals:
    """Absolute pressure [kPa] of a gauge reading.

    p = p_gauge + p_atmosphere

    Args:
        gauge_pressure_kpag: reading against the atmosphere [kPa gauge], any sign.
        atmosphere_kpa: pressure of the atmosphere at the gauge [kPa].

    Source: definition of gauge pressure.

    >>> absolute_pressure_kpa(gauge_pressure_kpag=0.0, atmosphere_kpa=101.325)
    101.325
    """
    return gauge_pressure_kpag + atmosphere_kpa


def head_m(*, pressure_kpa: Reals, density_kgm3: Reals | float) -> Reals:
    """Height [m] of a liquid column that stands for a pressure difference.

    H = p / (rho g)

    Args:
        pressure_kpa: pressure difference [kPa].
        density_kgm3: density of the liquid [kg/m3], above 0.

    Source: ISO 9906:2012, 3.3; 10 bar of an oil of 850 kg/m3 stand for 119.966 m.

    >>> head_m(pressure_kpa=1000.0, density_kgm3=850.0)
    119.966
    """
    return ratio(pressure_kpa * 1000.0, density_kgm3 * STANDARD_GRAVITY_MS2)


def head_pressure_kpa(*, head_m: Reals, density_kgm3: Reals | float) -> Reals:
    """Pressure difference [kPa] at the foot of a liquid column.

    p = rho g H

    Args:
        head_m: height of the column [m].
        density_kgm3: density of the liquid [kg/m3].

    Source: ISO 9906:2012, 3.3. A pump's head does not depend on density; its pressure does.

    >>> head_pressure_kpa(head_m=119.966, density_kgm3=850.0)
    1000.0
    """
    return head_m * density_kgm3 * (STANDARD_GRAVITY_MS2 / 1000.0)


def pump_head_m(
    *,
    suction_pressure_kpa: Reals | float,
    discharge_pressure_kpa: Reals,
    density_kgm3: Reals | float,
    elevation_difference_m: Reals | float,
    suction_velocity_head_m: Reals | float,
    discharge_velocity_head_m: Reals | float,
    losses_m: Reals | float,
) -> Reals:
    """Total head [m] of a pump between its two gauges.

    H = (p2 - p1)/(rho g) + (z2 - z1) + (v2^2 - v1^2)/(2 g) + losses

    Args:
        suction_pressure_kpa: pressure at the suction gauge [kPa].
        discharge_pressure_kpa: pressure at the discharge gauge [kPa], same datum.
        density_kgm3: density of the liquid [kg/m3], above 0.
        elevation_difference_m: discharge gauge above suction gauge [m].
        suction_velocity_head_m: velocity head at the suction gauge [m].
        discharge_velocity_head_m: velocity head at the discharge gauge [m].
        losses_m: friction heads between the gauges and the pump's flanges [m].

    Source: ISO 9906:2012, 3.3; Fox and McDonald, Introduction to Fluid Mechanics, example 10.3
    (1000 gpm, -0.92 and 36.9 psig, gauges at 1 and 3 ft): 89.18 ft = 27.18 m.

    >>> pump_head_m(
    ...     suction_pressure_kpa=-6.343,
    ...     discharge_pressure_kpa=254.417,
    ...     density_kgm3=1000.0,
    ...     elevation_difference_m=0.6096,
    ...     suction_velocity_head_m=0.0,
    ...     discharge_velocity_head_m=0.0,
    ...     losses_m=0.0,
    ... )
    27.2
    """
    rise_kpa = discharge_pressure_kpa - suction_pressure_kpa
    pressure_head = head_m(pressure_kpa=rise_kpa, density_kgm3=density_kgm3)
    velocity_head = discharge_velocity_head_m - suction_velocity_head_m
    return pressure_head + elevation_difference_m + velocity_head + losses_m


def oil_density_kgm3(*, api_gravity: Reals, water_density_kgm3: Reals | float) -> Reals:
    """Density [kg/m3] of stock-tank oil.

    rho = 141.5 / (131.5 + API) rho_w

    Args:
        api_gravity: API gravity [degrees API], above -131.5.
        water_density_kgm3: density of water at the reference temperature [kg/m3].

    Source: definition of API gravity (API MPMS 11.1); 35 degrees API: specific gravity 0.84985.

    >>> oil_density_kgm3(api_gravity=35.0, water_density_kgm3=1000.0)
    849.85
    """
    return ratio(141.5 * water_density_kgm3 + 0.0 * api_gravity, 131.5 + api_gravity)


def api_gravity(*, oil_density_kgm3: Reals, water_density_kgm3: Reals | float) -> Reals:
    """API gravity [degrees API] of stock-tank oil.

    API = 141.5 rho_w / rho - 131.5

    Args:
        oil_density_kgm3: density at the reference temperature [kg/m3].
        water_density_kgm3: density of water there; 999.016 at 60 degF [kg/m3].

    Source: definition of API gravity (API MPMS 11.1); specific gravity 0.84985: 35 degrees API.

    >>> api_gravity(oil_density_kgm3=849.85, water_density_kgm3=1000.0)
    35.0
    """
    return ratio(141.5 * water_density_kgm3 + 0.0 * oil_density_kgm3, oil_density_kgm3) - 131.5


def liquid_density_kgm3(
    *, oil_density_kgm3: Reals, water_density_kgm3: Reals | float, water_cut: Reals | float
) -> Reals:
    """Density [kg/m3] of an oil-water mixture without gas.

    rho = rho_o (1 - w) + rho_w w

    Args:
        oil_density_kgm3: density of the oil [kg/m3].
        water_density_kgm3: density of the water [kg/m3].
        water_cut: share of water in the liquid volume, 0..1.

    Source: conservation of mass; 35 degrees API, water cut 0.2: 54.9045 lb/ft3 with water of 62.4.

    >>> 62.4 / 1000 * liquid_density_kgm3(
    ...     oil_density_kgm3=849.8498498, water_density_kgm3=1000.0, water_cut=0.2
    ... )
    54.9045
    """
    return oil_density_kgm3 * (1.0 - water_cut) + water_density_kgm3 * water_cut


def hydraulic_power_kw(*, rate_m3d: Reals, pressure_rise_kpa: Reals | float) -> Reals:
    """Pump hydraulic power [kW]: what the pump itself gives to the liquid.

    P = q dp

    Args:
        rate_m3d: rate through the pump while it runs [m3/d].
        pressure_rise_kpa: discharge minus intake pressure of the pump [kPa].

    Source: ISO 9906:2012, 3.3. 300 bbl/d against 2000 psi: 10.208 hp = 7.612 kW
    (1 hp is 58 775.51 bbl/d psi exactly).

    >>> hydraulic_power_kw(rate_m3d=47.6961884784, pressure_rise_kpa=13789.514586)
    7.612
    """
    return rate_m3d * pressure_rise_kpa / SECONDS_PER_DAY


def net_lift_pressure_kpa(
    *,
    wellhead_pressure_kpa: Reals,
    intake_pressure_kpa: Reals | float,
    pump_depth_m: Reals | float,
    density_kgm3: Reals | float,
) -> Reals:
    """Least pressure [kPa] that brings liquid from the pump's intake to the wellhead.

    dp = p_wellhead + rho g D - p_intake

    Args:
        wellhead_pressure_kpa: tubing pressure at the surface [kPa].
        intake_pressure_kpa: pressure at the pump's intake [kPa].
        pump_depth_m: vertical depth of the pump below the wellhead [m].
        density_kgm3: density of the liquid [kg/m3].

    Source: definition; Lea, Rowlan and McCoy, Artificial Lift Power Efficiency, Southwestern
    Petroleum Short Course. A standing column of water, 1000 m: 9806.65 kPa.

    >>> net_lift_pressure_kpa(
    ...     wellhead_pressure_kpa=100.0,
    ...     intake_pressure_kpa=100.0,
    ...     pump_depth_m=1000.0,
    ...     density_kgm3=1000.0,
    ... )
    9806.65
    """
    column_kpa = pump_depth_m * density_kgm3 * (STANDARD_GRAVITY_MS2 / 1000.0)
    return wellhead_pressure_kpa + column_kpa - intake_pressure_kpa


def net_lift_pressure_from_level_kpa(
    *,
    wellhead_pressure_kpa: Reals,
    casing_pressure_kpa: Reals | float,
    fluid_level_m: Reals | float,
    density_kgm3: Reals | float,
) -> Reals:
    """Least pressure [kPa] to the wellhead, from the fluid level in the annulus.

    dp = p_wellhead - p_casing + rho g L; the weight of the annulus gas is left out.

    Args:
        wellhead_pressure_kpa: tubing pressure at the surface [kPa].
        casing_pressure_kpa: annulus pressure at the surface [kPa].
        fluid_level_m: vertical depth of the producing fluid level [m].
        density_kgm3: density of the liquid, alike in tubing and annulus [kg/m3].

    Source: useful head L + (p_t - p_c)/(rho g) of the system-efficiency standards (SY/T style);
    level 645.25 m, 0.7 and 0.6 MPa, water: 6427.7 kPa.

    >>> net_lift_pressure_from_level_kpa(
    ...     wellhead_pressure_kpa=700.0,
    ...     casing_pressure_kpa=600.0,
    ...     fluid_level_m=645.25,
    ...     density_kgm3=1000.0,
    ... )
    6427.7
    """
    column_kpa = fluid_level_m * density_kgm3 * (STANDARD_GRAVITY_MS2 / 1000.0)
    return wellhead_pressure_kpa - casing_pressure_kpa + column_kpa


def net_lift_power_kw(*, rate_m3d: Reals, net_lift_pressure_kpa: Reals | float) -> Reals:
    """Net lift power [kW]: the least power that brings the liquid from the intake to the surface.

    P = q dp_net

    Args:
        rate_m3d: rate while the pump runs [m3/d].
        net_lift_pressure_kpa: from `net_lift_pressure_kpa` or `net_lift_pressure_from_level_kpa`.

    Source: as there. 62.17 t/d of water from a level of 645.25 m, 0.7 against 0.6 MPa: 4.62 kW.

    >>> net_lift_power_kw(rate_m3d=62.17, net_lift_pressure_kpa=6427.7)
    4.62
    """
    return rate_m3d * net_lift_pressure_kpa / SECONDS_PER_DAY


def npsh_available_m(
    *,
    suction_pressure_kpa: Reals,
    vapour_pressure_kpa: Reals | float,
    density_kgm3: Reals | float,
    static_head_m: Reals | float,
    losses_m: Reals | float,
) -> Reals:
    """Net positive suction head available [m].

    NPSHA = (p_s - p_v)/(rho g) + z - losses

    Args:
        suction_pressure_kpa: pressure on the liquid's surface [kPa].
        vapour_pressure_kpa: vapour pressure at pumping temperature [kPa].
        density_kgm3: density of the liquid [kg/m3], above 0.
        static_head_m: height of that surface above the pump's datum [m], negative for a lift.
        losses_m: friction head of the suction line [m].

    Source: ISO 9906:2012, 3.3; open tank at sea level, water of 60 F (0.256 psia, 62.37 lb/ft3):
    33.339 ft = 10.162 m.

    >>> npsh_available_m(
    ...     suction_pressure_kpa=101.325353,
    ...     vapour_pressure_kpa=1.765058,
    ...     density_kgm3=999.07156,
    ...     static_head_m=0.0,
    ...     losses_m=0.0,
    ... )
    10.162
    """
    above_kpa = suction_pressure_kpa - vapour_pressure_kpa
    pressure_head = head_m(pressure_kpa=above_kpa, density_kgm3=density_kgm3)
    return pressure_head + static_head_m - losses_m
