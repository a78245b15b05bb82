"""Liquid that slips past the plunger, and the clearance that follows from a slip test."""

from __future__ import annotations

from pumpperf.numeric import Reals, raised, ratio
from pumpperf.units import BBL_PER_DAY, INCH, INCH_IN_MM, PSI

CLEARANCE_POWER = 1.52


def arco_slip_rate_m3d(
    *,
    plunger_diameter_mm: Reals,
    clearance_mm: Reals | float,
    plunger_length_m: Reals | float,
    pressure_rise_kpa: Reals | float,
    viscosity_mpas: Reals | float,
) -> Reals:
    """Slip past a plunger at rest in its ordinary speed [m3/d], by the ARCO-HF equation.

    q = 870 D dp C^1.52 / (mu L), in bbl/d, in, psi and cP

    Args:
        plunger_diameter_mm: D [mm].
        clearance_mm: C, diameter of the barrel less that of the plunger [mm]; measured from
            0.003 to 0.012 in.
        plunger_length_m: L [m], above 0.
        pressure_rise_kpa: dp across the plunger [kPa].
        viscosity_mpas: mu [mPa s], above 0.

    Source: Patterson and others, Progress Report 3 on Fluid Slippage in Down-Hole Rod-Drawn Oil
    Well Pumps, Southwestern Petroleum Short Course 2000: 2 in, 0.008 in, 48 in, 2351 psi, 1 cP:
    55.37 bbl/d.

    >>> arco_slip_rate_m3d(
    ...     plunger_diameter_mm=50.8, clearance_mm=0.2032, plunger_length_m=1.2192,
    ...     pressure_rise_kpa=2351 * PSI, viscosity_mpas=1.0,
    ... ) / BBL_PER_DAY
    55.37
    """
    factor_mm = plunger_diameter_mm * 870.0
    drag = viscosity_mpas * (plunger_length_m / INCH)
    return _slip_m3d(factor_mm, clearance_mm, pressure_rise_kpa, drag)


def patterson_slip_rate_m3d(
    *,
    plunger_diameter_mm: Reals,
    clearance_mm: Reals | float,
    plunger_length_m: Reals | float,
    pressure_rise_kpa: Reals | float,
    viscosity_mpas: Reals | float,
    speed_spm: Reals | float,
) -> Reals:
    """Slip past a moving plunger [m3/d], by the Patterson equation.

    q = (0.14 N + 1) 453 D dp C^1.52 / (mu L), in bbl/d, in, psi and cP

    Args:
        plunger_diameter_mm: D [mm].
        clearance_mm: C, diameter of the barrel less that of the plunger [mm].
        plunger_length_m: L [m], above 0.
        pressure_rise_kpa: dp across the plunger [kPa].
        viscosity_mpas: mu [mPa s], above 0.
        speed_spm: N, full strokes per minute [1/min].

    Source: Rowlan, McCoy and Lea, Pump Slippage, Sucker Rod Pumping Workshop 2012. At 6.575 1/min
    it agrees with ARCO-HF: 55.37 bbl/d.

    >>> patterson_slip_rate_m3d(
    ...     plunger_diameter_mm=50.8, clearance_mm=0.2032, plunger_length_m=1.2192,
    ...     pressure_rise_kpa=2351 * PSI, viscosity_mpas=1.0, speed_spm=6.575,
    ... ) / BBL_PER_DAY
    55.37
    """
    factor_mm = plunger_diameter_mm * (453.0 * (0.14 * speed_spm + 1.0))
    drag = viscosity_mpas * (plunger_length_m / INCH)
    return _slip_m3d(factor_mm, clearance_mm, pressure_rise_kpa, drag)


def slip_clearance_mm(
    *,
    slip_rate_m3d: Reals,
    plunger_diameter_mm: Reals | float,
    plunger_length_m: Reals | float,
    pressure_rise_kpa: Reals | float,
    viscosity_mpas: Reals | float,
    speed_spm: Reals | float,
) -> Reals:
    """Clearance [mm] of the pump that slips so much: the Patterson equation inverted.

    C = (q mu L / ((0.14 N + 1) 453 D dp))^(1/1.52), in bbl/d, in, psi and cP

    Args:
        slip_rate_m3d: q [m3/d], at least 0: NaN below; filled displacement less measured rate.
        plunger_diameter_mm: D [mm], above 0.
        plunger_length_m: L [m].
        pressure_rise_kpa: dp across the plunger [kPa], above 0.
        viscosity_mpas: mu [mPa s].
        speed_spm: N, full strokes per minute [1/min].

    Source: the Patterson equation; 55.37 bbl/d at 6.575 1/min: 0.008 in = 0.2032 mm.

    >>> slip_clearance_mm(
    ...     slip_rate_m3d=55.37 * BBL_PER_DAY, plunger_diameter_mm=50.8, plunger_length_m=1.2192,
    ...     pressure_rise_kpa=2351 * PSI, viscosity_mpas=1.0, speed_spm=6.575,
    ... )
    0.2032
    """
    factor_mm = (plunger_diameter_mm + 0.0 * slip_rate_m3d) * (453.0 * (0.14 * speed_spm + 1.0))
    drag = viscosity_mpas * (plunger_length_m / INCH)
    unit = _slip_m3d(factor_mm, INCH_IN_MM, pressure_rise_kpa, drag)
    return raised(ratio(slip_rate_m3d, unit), 1.0 / CLEARANCE_POWER) * INCH_IN_MM


def _slip_m3d(
    factor_mm: Reals, clearance_mm: Reals | float, rise_kpa: Reals | float, drag: Reals | float
) -> Reals:
    opened = raised(clearance_mm / INCH_IN_MM + 0.0 * factor_mm, CLEARANCE_POWER)
    return ratio(factor_mm / INCH_IN_MM * (rise_kpa / PSI) * opened, drag) * BBL_PER_DAY
