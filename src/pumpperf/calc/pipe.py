"""Velocity, velocity head and friction in a round pipe that runs full."""

from __future__ import annotations

import math

from pumpperf.numeric import Reals, logarithm, raised, ratio
from pumpperf.units import SECONDS_PER_DAY, STANDARD_GRAVITY_MS2


def flow_velocity_ms(*, rate_m3d: Reals, diameter_mm: Reals | float) -> Reals:
    """Mean velocity [m/s] in a round pipe that runs full.

    v = q / (pi/4 d^2)

    Args:
        rate_m3d: rate [m3/d].
        diameter_mm: inner diameter [mm], above 0.

    Source: continuity. 400 m3/h in 300 mm: 1.5719 m/s.

    >>> flow_velocity_ms(rate_m3d=9600.0, diameter_mm=300.0)
    1.5719
    """
    diameter_m = diameter_mm / 1000.0
    area_m2 = diameter_m * diameter_m * (math.pi / 4.0)
    return ratio(rate_m3d / SECONDS_PER_DAY, area_m2)


def velocity_head_m(*, rate_m3d: Reals, diameter_mm: Reals | float) -> Reals:
    """Velocity head [m] in a round pipe that runs full.

    h = v^2 / (2 g)

    Args:
        rate_m3d: rate [m3/d].
        diameter_mm: inner diameter [mm], above 0.

    Source: ORNL MEASUR, HeadTool unit test: 2000 gpm in a 10 in pipe, 1.0373 ft = 0.31617 m.

    >>> velocity_head_m(rate_m3d=10901.985937920001, diameter_mm=254.0)
    0.3162
    """
    velocity = flow_velocity_ms(rate_m3d=rate_m3d, diameter_mm=diameter_mm)
    return velocity * velocity / (2.0 * STANDARD_GRAVITY_MS2)


def reynolds_number(
    *,
    rate_m3d: Reals,
    diameter_mm: Reals | float,
    density_kgm3: Reals | float,
    viscosity_mpas: Reals | float,
) -> Reals:
    """Reynolds number of a full round pipe.

    Re = rho |v| d / mu

    Args:
        rate_m3d: rate [m3/d], any sign.
        diameter_mm: inner diameter [mm], above 0.
        density_kgm3: density [kg/m3].
        viscosity_mpas: dynamic viscosity [mPa s], above 0.

    Source: definition. 1 m/s of water (1000 kg/m3, 1 mPa s) in 100 mm: 100 000.

    >>> reynolds_number(
    ...     rate_m3d=678.584013, diameter_mm=100.0, density_kgm3=1000.0, viscosity_mpas=1.0
    ... )
    100000.0
    """
    velocity = flow_velocity_ms(rate_m3d=rate_m3d, diameter_mm=diameter_mm)
    speed: Reals = abs(velocity)  # pyright: ignore[reportAssignmentType]  # abs keeps the shape
    inertia: Reals = speed * diameter_mm * density_kgm3
    return ratio(inertia, viscosity_mpas)


def darcy_friction_factor(*, reynolds_number: Reals, relative_roughness: Reals | float) -> Reals:
    """Darcy friction factor of a full round pipe, at every Reynolds number.

    f = 8 ((8/Re)^12 + (A + B)^-1.5)^(1/12),  A = (2.457 ln((7/Re)^0.9 + 0.27 e/d))^16,
    B = (37 530/Re)^16

    Up to Re = 2000 this is 64/Re within 0.14 %, from 4000 to 1e8 the equation of Colebrook within
    3.2 % for e/d up to 0.05. Between them no law holds, since the flow changes from one kind to the
    other and back: the factor is a smooth way from the one to the other, and may be far off.

    Args:
        reynolds_number: Reynolds number, above 0; at rest there is no factor, and no loss.
        relative_roughness: e/d, roughness of the wall over inner diameter, 0 to 0.05; 0 for a
            smooth pipe. New steel tubing has an e of about 0.015 mm, used tubing 0.046 mm.

    Source: Churchill (1977), Chemical Engineering 84(24), 91. Moody's chart at Re = 100 000 and
    e/d = 0.0001: 0.0185; laminar at Re = 500: 64/500 = 0.128.

    >>> darcy_friction_factor(reynolds_number=1e5, relative_roughness=0.0001)
    0.0185
    >>> darcy_friction_factor(reynolds_number=500.0, relative_roughness=0.0)
    0.128
    """
    laminar = ratio(64.0 + 0.0 * reynolds_number, reynolds_number)
    layer = raised(laminar * (7.0 / 64.0), 0.9)
    wall = logarithm(layer + relative_roughness * 0.27) * 2.457
    mixed = raised(wall * wall, 8.0) + raised(laminar * (37_530.0 / 64.0), 16.0)
    turbulent_share = ratio(reynolds_number / 8.0, raised(mixed, 0.125))
    return laminar * raised(raised(turbulent_share, 12.0) + 1.0, 1.0 / 12.0)


def friction_pressure_kpa(
    *,
    rate_m3d: Reals,
    diameter_mm: Reals | float,
    length_m: Reals | float,
    density_kgm3: Reals | float,
    friction_factor: Reals | float,
) -> Reals:
    """Pressure [kPa] lost to friction along a pipe, positive in the direction of flow.

    dp = f (L/d) rho v |v| / 2

    Args:
        rate_m3d: rate [m3/d]; its sign is the sign of the loss.
        diameter_mm: inner diameter [mm], above 0.
        length_m: length of the pipe [m].
        density_kgm3: density [kg/m3].
        friction_factor: Darcy friction factor (four times Fanning's).

    Source: Darcy-Weisbach. 1 m/s of water through 100 m of 100 mm at f = 0.02: 10 kPa.

    >>> friction_pressure_kpa(
    ...     rate_m3d=678.584013,
    ...     diameter_mm=100.0,
    ...     length_m=100.0,
    ...     density_kgm3=1000.0,
    ...     friction_factor=0.02,
    ... )
    10.0
    """
    velocity = flow_velocity_ms(rate_m3d=rate_m3d, diameter_mm=diameter_mm)
    speed: Reals = abs(velocity)  # pyright: ignore[reportAssignmentType]  # abs keeps the shape
    dynamic_kpa: Reals = velocity * speed * density_kgm3 / 2000.0
    loss: Reals = dynamic_kpa * friction_factor * length_m * 1000.0
    return ratio(loss, diameter_mm)
