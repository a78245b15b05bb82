"""The two ends of a hydraulic piston pump, and the pressures that hold each other in balance.

Power fluid drives the engine end, whose piston is on one rod with that of the pump end. The same
equations serve an open system, in which the exhaust joins the production (exhaust pressure =
discharge pressure), and a closed one, in which it has a string of its own.
"""

from __future__ import annotations

import math

from pumpperf.numeric import Reals, ratio
from pumpperf.units import STANDARD_GRAVITY_MS2


def face_displacement_l(
    *, piston_diameter_mm: Reals, rod_diameter_mm: Reals | float, piston_stroke_m: Reals | float
) -> Reals:
    """Volume that one face of a piston sweeps in a full stroke, up and down [l].

    V = pi/4 (D^2 - d^2) S; a double-acting end is the sum of its two faces

    Args:
        piston_diameter_mm: diameter of the piston [mm].
        rod_diameter_mm: diameter of the rod on that face [mm], 0 if there is none.
        piston_stroke_m: length of the stroke one way [m].

    Source: geometry; 2 in x 48 in without a rod: 2.47111 l, at 12 1/min 268.58 bbl/d.

    >>> face_displacement_l(piston_diameter_mm=50.8, rod_diameter_mm=0.0, piston_stroke_m=1.2192)
    2.47111
    """
    squares = piston_diameter_mm * piston_diameter_mm - rod_diameter_mm * rod_diameter_mm
    return squares * piston_stroke_m * (math.pi / 4000.0)


def pump_engine_ratio(*, pump_displacement_l: Reals, engine_displacement_l: Reals | float) -> Reals:
    """P/E: displacement of the pump end over that of the engine end.

    P/E = V_pump / V_engine, the ratio of their net areas, for both have one stroke

    Args:
        pump_displacement_l: volume of the pump end in one full stroke [l].
        engine_displacement_l: volume of the engine end in one full stroke [l].

    Source: definition, quoted from Petroleum Engineering Handbook IV (2006), chapter 14,
    unconfirmed. Ends of 1.5 l and 2.0 l: 0.75.

    >>> pump_engine_ratio(pump_displacement_l=1.5, engine_displacement_l=2.0)
    0.75
    """
    return ratio(pump_displacement_l, engine_displacement_l)


def engine_volumetric_efficiency(
    *, engine_displacement_rate_m3d: Reals, power_fluid_rate_m3d: Reals | float
) -> Reals:
    """Share of the power fluid that drives the engine; the rest leaks past it.

    eta_engine = q_engine / q_power_fluid

    Args:
        engine_displacement_rate_m3d: volume swept by the engine end in a day [m3/d].
        power_fluid_rate_m3d: power fluid taken while the pump runs [m3/d].

    Source: definition, quoted from Petroleum Engineering Handbook IV (2006), chapter 14,
    unconfirmed. Of 100 m3/d of power fluid 90 m3/d fill the engine: 0.9.

    >>> engine_volumetric_efficiency(engine_displacement_rate_m3d=90.0, power_fluid_rate_m3d=100.0)
    0.9
    """
    return ratio(engine_displacement_rate_m3d, power_fluid_rate_m3d)


def engine_pressure_drop_kpa(
    *,
    pump_engine_ratio: Reals,
    discharge_pressure_kpa: Reals | float,
    intake_pressure_kpa: Reals | float,
    pump_friction_pressure_kpa: Reals | float,
) -> Reals:
    """Pressure [kPa] from the engine's inlet to its exhaust that the lift and friction ask for.

    p_inlet - p_exhaust = (P/E) (p_discharge - p_intake) + dp_friction

    The work of a full stroke: V_engine (p_inlet - p_exhaust) = V_pump (p_discharge - p_intake),
    and what is lost inside the unit.

    Args:
        pump_engine_ratio: displacement of the pump end over that of the engine end.
        discharge_pressure_kpa: at the pump end's discharge [kPa].
        intake_pressure_kpa: at the pump end's intake [kPa].
        pump_friction_pressure_kpa: lost inside the unit, referred to the engine [kPa].

    Source: work of one stroke, derived above; the form is quoted from Petroleum Engineering
    Handbook IV (2006), chapter 14, unconfirmed. P/E 0.75, 21 over 3 MPa and 0.5 MPa lost: 14 MPa.

    >>> engine_pressure_drop_kpa(
    ...     pump_engine_ratio=0.75, discharge_pressure_kpa=21000.0, intake_pressure_kpa=3000.0,
    ...     pump_friction_pressure_kpa=500.0,
    ... )
    14000.0
    """
    lift: Reals = pump_engine_ratio * (discharge_pressure_kpa - intake_pressure_kpa)
    return lift + pump_friction_pressure_kpa


def engine_inlet_pressure_kpa(
    *,
    surface_pressure_kpa: Reals,
    power_fluid_density_kgm3: Reals | float,
    pump_depth_m: Reals | float,
    tubing_friction_pressure_kpa: Reals | float,
) -> Reals:
    """Pressure [kPa] of the power fluid at the engine's inlet, from that at the surface.

    p_inlet = p_surface + rho g L - dp_friction

    Args:
        surface_pressure_kpa: of the power fluid at the wellhead [kPa].
        power_fluid_density_kgm3: [kg/m3].
        pump_depth_m: vertical depth of the unit [m].
        tubing_friction_pressure_kpa: lost in the power-fluid string [kPa], as of `calc.pipe`.

    Source: hydrostatics. 15 MPa above 2000 m of 850 kg/m3, less 300 kPa: 31 371 kPa.

    >>> engine_inlet_pressure_kpa(
    ...     surface_pressure_kpa=15000.0, power_fluid_density_kgm3=850.0, pump_depth_m=2000.0,
    ...     tubing_friction_pressure_kpa=300.0,
    ... )
    31371.3
    """
    column = power_fluid_density_kgm3 * pump_depth_m * (STANDARD_GRAVITY_MS2 / 1000.0)
    return surface_pressure_kpa + column - tubing_friction_pressure_kpa


def surface_pressure_kpa(
    *,
    engine_inlet_pressure_kpa: Reals,
    power_fluid_density_kgm3: Reals | float,
    pump_depth_m: Reals | float,
    tubing_friction_pressure_kpa: Reals | float,
) -> Reals:
    """Operating pressure [kPa] that the power fluid needs at the wellhead, absolute.

    p_surface = p_inlet - rho g L + dp_friction,  p_inlet = p_exhaust + engine pressure drop; the
    rise across the surface pump that goes with it is `surface_pressure_rise_kpa`

    Args:
        engine_inlet_pressure_kpa: at the engine's inlet [kPa].
        power_fluid_density_kgm3: [kg/m3].
        pump_depth_m: vertical depth of the unit [m].
        tubing_friction_pressure_kpa: lost in the power-fluid string [kPa], as of `calc.pipe`.

    Source: hydrostatics, the inverse of `engine_inlet_pressure_kpa`.

    >>> surface_pressure_kpa(
    ...     engine_inlet_pressure_kpa=31371.305, power_fluid_density_kgm3=850.0,
    ...     pump_depth_m=2000.0, tubing_friction_pressure_kpa=300.0,
    ... )
    15000.0
    """
    column = power_fluid_density_kgm3 * pump_depth_m * (STANDARD_GRAVITY_MS2 / 1000.0)
    return engine_inlet_pressure_kpa - column + tubing_friction_pressure_kpa


def surface_pressure_rise_kpa(
    *,
    surface_pressure_kpa: Reals,
    line_friction_pressure_kpa: Reals | float,
    suction_pressure_kpa: Reals | float,
) -> Reals:
    """Rise [kPa] across the surface pump that gives the operating pressure at the wellhead.

    dp = p_surface + dp_line - p_suction; what `features` expects and a reading measures

    Args:
        surface_pressure_kpa: of the power fluid at the wellhead, absolute [kPa].
        line_friction_pressure_kpa: lost between surface pump and wellhead [kPa].
        suction_pressure_kpa: at the surface pump's suction, absolute [kPa].

    Source: pressures along the line, wellhead and surface pump at one height. 15 MPa at the
    wellhead behind 200 kPa of line, suction at 300 kPa: 14.9 MPa.

    >>> surface_pressure_rise_kpa(
    ...     surface_pressure_kpa=15000.0,
    ...     line_friction_pressure_kpa=200.0,
    ...     suction_pressure_kpa=300.0,
    ... )
    14900.0
    """
    return surface_pressure_kpa + line_friction_pressure_kpa - suction_pressure_kpa


def intake_pressure_from_engine_kpa(
    *,
    discharge_pressure_kpa: Reals,
    engine_inlet_pressure_kpa: Reals | float,
    exhaust_pressure_kpa: Reals | float,
    pump_friction_pressure_kpa: Reals | float,
    pump_engine_ratio: Reals | float,
) -> Reals:
    """Pump intake pressure [kPa] that follows from the operating pressure.

    p_intake = p_discharge - (p_inlet - p_exhaust - dp_friction) / (P/E)

    Args:
        discharge_pressure_kpa: at the pump end's discharge [kPa].
        engine_inlet_pressure_kpa: of the power fluid at the engine's inlet [kPa].
        exhaust_pressure_kpa: at the engine's exhaust [kPa]; of an open system the discharge.
        pump_friction_pressure_kpa: lost inside the unit, referred to the engine [kPa].
        pump_engine_ratio: displacement of the pump end over that of the engine end.

    Returns:
        As it comes out: below 0, one of the pressures is wrong. An error of the operating
        pressure enters it divided by P/E.

    Source: the inverse of `engine_pressure_drop_kpa`.

    >>> intake_pressure_from_engine_kpa(
    ...     discharge_pressure_kpa=21000.0, engine_inlet_pressure_kpa=35000.0,
    ...     exhaust_pressure_kpa=21000.0, pump_friction_pressure_kpa=500.0,
    ...     pump_engine_ratio=0.75,
    ... )
    3000.0
    """
    drop = engine_inlet_pressure_kpa - exhaust_pressure_kpa - pump_friction_pressure_kpa
    return ratio(discharge_pressure_kpa * pump_engine_ratio - drop, pump_engine_ratio)


def pressure_efficiency(
    *,
    pump_engine_ratio: Reals,
    pressure_rise_kpa: Reals | float,
    power_fluid_pressure_rise_kpa: Reals | float,
) -> Reals:
    """Share of the surface pump's pressure that comes to lift the liquid.

    eta_p = (P/E) dp_pump / dp_surface; times the volumetric efficiencies of pump and engine it is
    the overall efficiency, q dp_pump / (q_power_fluid dp_surface)

    Args:
        pump_engine_ratio: displacement of the pump end over that of the engine end.
        pressure_rise_kpa: discharge minus intake pressure of the pump end [kPa].
        power_fluid_pressure_rise_kpa: rise across the surface power-fluid pump [kPa].

    Source: identity of the powers, above. P/E 0.75, 18 MPa lifted by 15 MPa: 0.9.

    >>> pressure_efficiency(
    ...     pump_engine_ratio=0.75,
    ...     pressure_rise_kpa=18000.0,
    ...     power_fluid_pressure_rise_kpa=15000.0,
    ... )
    0.9
    """
    return ratio(pump_engine_ratio * pressure_rise_kpa, power_fluid_pressure_rise_kpa)
