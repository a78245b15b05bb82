"""Velocity, velocity head and friction in a pipe that runs full, with rods in it or without."""

from __future__ import annotations

import math

from pumpperf.numeric import Reals, logarithm, raised, ratio
from pumpperf.units import SECONDS_PER_DAY, STANDARD_GRAVITY_MS2

HAALAND_SLOPE, COLEBROOK_SLOPE = -1.8 / math.log(10.0), -2.0 / math.log(10.0)


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


def haaland_friction_factor(*, reynolds_number: Reals, relative_roughness: Reals | float) -> Reals:
    """Darcy friction factor of turbulent flow in a full round pipe, by Haaland.

    1/f^0.5 = -1.8 lg((e/d / 3.7)^1.11 + 6.9/Re)

    Args:
        reynolds_number: 4000 to 1e8.
        relative_roughness: e/d, 0 to 0.05.

    Source: Haaland (1983), J. Fluids Eng. 105(1), 89; within 1.5 % of Colebrook. At Re = 100 000
    and e/d = 0.0001 (package fluids): 0.018265.

    >>> haaland_friction_factor(reynolds_number=1e5, relative_roughness=0.0001)
    0.018265
    """
    wall = raised(reynolds_number * 0.0 + relative_roughness / 3.7, 1.11)
    root = logarithm(wall + ratio(reynolds_number * 0.0 + 6.9, reynolds_number)) * HAALAND_SLOPE
    return ratio(reynolds_number * 0.0 + 1.0, root * root)


def colebrook_friction_factor(
    *, reynolds_number: Reals, relative_roughness: Reals | float
) -> Reals:
    """Darcy friction factor of turbulent flow in a full round pipe, by Colebrook.

    1/f^0.5 = -2 lg(e/d / 3.7 + 2.51 / (Re f^0.5)), by three of Newton's steps from Haaland's

    Args:
        reynolds_number: 4000 to 1e8.
        relative_roughness: e/d, 0 to 0.05.

    Source: Colebrook (1939), J. Inst. Civ. Eng. 11(4), 133. At Re = 100 000 and e/d = 0.0001
    (package fluids): 0.0185139.

    >>> colebrook_friction_factor(reynolds_number=1e5, relative_roughness=0.0001)
    0.0185139
    """
    factor = haaland_friction_factor(
        reynolds_number=reynolds_number, relative_roughness=relative_roughness
    )
    root = ratio(factor * 0.0 + 1.0, raised(factor, 0.5))
    layer = ratio(factor * 0.0 + 2.51, reynolds_number)
    for _ in range(3):  # each doubles the digits; Haaland's has two
        place = root * layer + relative_roughness / 3.7
        missing = root - logarithm(place) * COLEBROOK_SLOPE
        root = root - ratio(missing, ratio(layer * -COLEBROOK_SLOPE, place) + 1.0)
    return ratio(factor * 0.0 + 1.0, root * root)


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


def tubing_friction_pressure_kpa(
    *,
    rate_m3d: Reals,
    tubing_diameter_mm: Reals | float,
    rod_diameter_mm: Reals | float,
    length_m: Reals | float,
    density_kgm3: Reals | float,
    viscosity_mpas: Reals | float,
    roughness_mm: Reals | float,
) -> Reals:
    """Pressure [kPa] that a liquid loses to friction in tubing, with rods at rest or without.

    dp = f (L / (D - d)) rho v |v| / 2,  v = q / (pi/4 (D^2 - d^2)),  f = f_pipe(Re F),
    F = (1 + k^2 - (1 - k^2) / ln(1/k)) / (1 - k)^2,  k = d/D,  Re on D - d

    In laminar flow this is the exact solution for rods in the middle, 44 to 50 % above that of a
    pipe of the diameter D - d. Couplings and centralizers are not in it: they add a tenth to all of
    it again; rods at the wall take up to 60 % off.

    Args:
        rate_m3d: mean rate over the whole day or stroke [m3/d]; its sign is the sign of the loss.
        tubing_diameter_mm: inner diameter [mm], above 0.
        rod_diameter_mm: 0 without rods [mm]; couplings are not in it. Rods that turn, as those of
            a PCP, leave the loss of a laminar Newtonian liquid as it is.
        length_m: along the tubing [m].
        density_kgm3: of the liquid [kg/m3].
        viscosity_mpas: dynamic viscosity [mPa s], above 0.
        roughness_mm: of the wall, 0.015 of new steel, 0.046 of used tubing [mm].

    Source: Lamb, Hydrodynamics, for laminar flow; Jones and Leung (1981), J. Fluids Eng. 103, 615,
    for the Reynolds number of turbulent flow; `darcy_friction_factor`. 100 m3/d of 2000 mPa s in
    75.9 mm over 900 m: 2557.7 kPa by Hagen and Poiseuille.

    >>> tubing_friction_pressure_kpa(
    ...     rate_m3d=100.0, tubing_diameter_mm=75.9, rod_diameter_mm=0.0, length_m=900.0,
    ...     density_kgm3=980.0, viscosity_mpas=2000.0, roughness_mm=0.0,
    ... )
    2557.7
    """
    pipe_m, rod_m = tubing_diameter_mm / 1000.0, rod_diameter_mm / 1000.0
    gap_m = rate_m3d * 0.0 + pipe_m - rod_m
    velocity = ratio(rate_m3d, gap_m * (pipe_m + rod_m) * (math.pi / 4.0 * SECONDS_PER_DAY))
    speed: Reals = abs(velocity)  # pyright: ignore[reportAssignmentType]  # abs keeps the shape
    reynolds = ratio(speed * gap_m * density_kgm3 * 1000.0, viscosity_mpas)
    factor = darcy_friction_factor(
        reynolds_number=reynolds * _annulus_shape(ratio(gap_m * 0.0 + rod_m, pipe_m)) + 1e-30,
        relative_roughness=ratio(gap_m * 0.0 + roughness_mm / 1000.0, gap_m),
    )  # a little above 0, so that at rest there is no loss
    return ratio(factor * velocity * speed * density_kgm3 * length_m / 2000.0, gap_m)


def _annulus_shape(k: Reals) -> Reals:
    """Of a ratio of diameters, 64 / (f Re) of laminar flow; 1 without rods."""
    rods: Reals = (k > 0.0) * 1.0  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # a truth times a float is one
    depth = logarithm(k + (1.0 - rods)) * -1.0 + (1.0 - rods)
    return ratio(1.0 + k * k - ratio((1.0 - k * k) * rods, depth), (1.0 - k) * (1.0 - k))
