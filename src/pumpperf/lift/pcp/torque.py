"""Volume of one revolution of a progressing cavity pump, and the torque that turns it."""

from __future__ import annotations

import math

from pumpperf.numeric import Reals, ratio


def revolution_displacement_l(
    *, eccentricity_mm: Reals, rotor_diameter_mm: Reals | float, stator_pitch_mm: Reals | float
) -> Reals:
    """Volume of one revolution [l] of a pump with a single-lobe rotor in a double-lobe stator.

    V = 4 e d P

    The stator's section is a circle drawn out over 4 e: 4 e d of it is left open by the rotor at
    every depth, and moves on by one stator pitch in a revolution.

    Args:
        eccentricity_mm: distance from the rotor's helix axis to its own centre [mm].
        rotor_diameter_mm: diameter of the rotor's circular section [mm].
        stator_pitch_mm: pitch of the stator, twice that of the rotor [mm].

    Source: geometry, derived above; the same form is quoted from Matthews et al. (2006),
    Petroleum Engineering Handbook IV, chapter 15, unconfirmed. 5 mm x 50 mm x 500 mm: 0.5 l.

    >>> revolution_displacement_l(
    ...     eccentricity_mm=5.0, rotor_diameter_mm=50.0, stator_pitch_mm=500.0
    ... )
    0.5
    """
    return eccentricity_mm * rotor_diameter_mm * stator_pitch_mm * 4e-6


def hydraulic_torque_knm(
    *, revolution_displacement_l: Reals, pressure_rise_kpa: Reals | float
) -> Reals:
    """Torque [kN m] that the pressure across the pump asks for, without any friction.

    T = V dp / (2 pi), so that T omega is displacement rate times pressure rise

    Args:
        revolution_displacement_l: volume of one revolution [l].
        pressure_rise_kpa: discharge minus intake pressure [kPa], any sign.

    Source: work of one revolution. 0.01 ft3 at 2000 psi: 458.4 lbf ft = 0.62147 kN m. Guo, Lyons
    and Ghalambor (2007), chapter 14, as reprinted (T = 144 V dp / e), lacks the 2 pi.

    >>> hydraulic_torque_knm(revolution_displacement_l=0.28316847, pressure_rise_kpa=13789.5146)
    0.62147
    """
    return revolution_displacement_l * pressure_rise_kpa / (2000.0 * math.pi)


def friction_torque_knm(*, rod_torque_knm: Reals, hydraulic_torque_knm: Reals | float) -> Reals:
    """Torque [kN m] that the pressure does not explain: stator, rods, liquid and bearings.

    T_friction = T_rod - T_hydraulic

    Args:
        rod_torque_knm: torque of the polished rod [kN m].
        hydraulic_torque_knm: torque that the pressure asks for [kN m].

    Returns:
        The difference as it is: below 0, torque or pressure was misread, or the rods are parted.

    Source: definition; quoted so from Matthews et al. (2006), Petroleum Engineering Handbook IV,
    chapter 15, unconfirmed. Of 900 N m, 650 N m for the pressure, 250 N m are friction.

    >>> friction_torque_knm(rod_torque_knm=0.9, hydraulic_torque_knm=0.65)
    0.25
    """
    return rod_torque_knm - hydraulic_torque_knm


def mechanical_efficiency(*, hydraulic_torque_knm: Reals, rod_torque_knm: Reals | float) -> Reals:
    """Share of the polished rod's torque that works against the pressure.

    eta_m = T_hydraulic / T_rod; times the volumetric efficiency it is the downhole efficiency

    Args:
        hydraulic_torque_knm: torque that the pressure asks for [kN m].
        rod_torque_knm: torque of the polished rod [kN m].

    Source: definition. The case of Guo, Lyons and Ghalambor (2007), chapter 14, with its 2 pi:
    458.4 lbf ft at an efficiency of 0.7 ask for 655 lbf ft.

    >>> mechanical_efficiency(hydraulic_torque_knm=458.4, rod_torque_knm=654.8)
    0.7
    """
    return ratio(hydraulic_torque_knm, rod_torque_knm)
