"""Where cavitation limits a jet pump: the two published forms, for liquid and for liquid with gas.

Each gives a number; the caller compares it with the pump's own.
"""

from __future__ import annotations

import numpy as np

from pumpperf.assumptions import JetLosses
from pumpperf.numeric import Reals, raised, ratio
from pumpperf.units import BBL, CUBIC_FOOT, FOOT, PSI, SQUARE_INCH_IN_MM2, STANDARD_GRAVITY_MS2

_GRADIENT_PSIFT = STANDARD_GRAVITY_MS2 * FOOT / (1000.0 * PSI)


def limiting_flow_ratio(
    *,
    intake_pressure_kpa: Reals,
    nozzle_pressure_kpa: Reals | float,
    vapour_pressure_kpa: Reals | float,
    area_ratio: Reals | float,
    losses: JetLosses,
) -> Reals:
    """Flow ratio at which cavitation at the throat entry limits a jet pump; M must stay below it.

    M_L = (1 - b)/b sqrt((1 + K_n) (p_s - p_v)/(I_c (p_n - p_s) + p_s - p_v))

    It is where p_s - p_v = I_c rho v_s^2/2, for K_en = 0 as in its sources, which print it for a
    vapour pressure of 0.

    Args:
        intake_pressure_kpa: total pressure at the pump's intake, absolute [kPa].
        nozzle_pressure_kpa: total pressure at the nozzle's inlet, absolute [kPa].
        vapour_pressure_kpa: of the produced liquid, absolute [kPa].
        area_ratio: b, nozzle area over throat area; between 0 and 1.
        losses: the loss coefficients, with the cavitation index I_c: 0.8 to 1.67 measured, 1.35 for
            conservative use.

    Returns:
        NaN where the intake pressure is below the vapour pressure, whatever the nozzle's.

    Source: Cunningham, Hansen and Na 1970 (index 1.35); Petroleum Engineering Handbook 1987
    chapter 6 (M_c), derived again from the nozzle and the throat entry. Water at 1000 kPa, nozzle
    at 14 500 kPa, b = 0.25, K_n = 0.15 and p_v = 0: 3 sqrt(1.15/19.225) = 0.7337.

    >>> from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN
    >>> limiting_flow_ratio(
    ...     intake_pressure_kpa=1000.0, nozzle_pressure_kpa=14500.0, vapour_pressure_kpa=0.0,
    ...     area_ratio=0.25, losses=JET_LOSSES_GOSLINE_OBRIEN,
    ... )
    0.7337
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        above_kpa = intake_pressure_kpa - vapour_pressure_kpa
        driving_kpa = (intake_pressure_kpa - nozzle_pressure_kpa) * -losses.cavitation_index
        suction = raised(above_kpa * (1.0 + losses.nozzle), 0.5)
        share = ratio(suction, raised(driving_kpa + above_kpa, 0.5))
        return ratio(share * (1.0 - area_ratio), area_ratio)


def cavitation_area_mm2(
    *,
    rate_m3d: Reals,
    density_kgm3: Reals | float,
    intake_pressure_kpa: Reals | float,
    gas_oil_ratio: Reals | float,
    water_cut: Reals | float,
) -> Reals:
    """Least suction area [mm2] that lets produced liquid and its gas in without cavitation.

    A_c = q_s ((1/691) sqrt(g_s/p_s) + (1 - f_w) GOR/(24 650 p_s)), with A_c in in2, q_s in bbl/d,
    the gradient g_s of the produced liquid in psi/ft, p_s in psi and GOR in scf/bbl. To be compared
    with throat area minus nozzle area.

    Args:
        rate_m3d: produced rate of liquid at the pump [m3/d].
        density_kgm3: its density [kg/m3].
        intake_pressure_kpa: total pressure at the pump's intake [kPa].
        gas_oil_ratio: gas at standard conditions per oil in the tank [m3/m3].
        water_cut: share of water in the liquid, 0..1.

    Returns:
        NaN where the intake pressure is 0 or below.

    Source: Nunez-Pino 2019 (Southwestern Petroleum Short Course 2019031) and the Petroleum
    Engineering Handbook 1987 chapter 6. Its constants are empirical: 691 asks for 1.54 velocity
    heads of the liquid, 24 650 lets gas of 60 F pass at 604 ft/s. 691 bbl/d of a gradient of
    1 psi/ft without gas at 1 psi need 1 in2, which is 645.16 mm2.

    >>> cavitation_area_mm2(
    ...     rate_m3d=691 * 0.158987294928, density_kgm3=2306.66, intake_pressure_kpa=6.894757,
    ...     gas_oil_ratio=0.0, water_cut=1.0,
    ... )
    645.16
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        rate_bpd = rate_m3d / BBL
        pressure_psi = intake_pressure_kpa / PSI
        weight = rate_bpd * rate_bpd * (density_kgm3 * _GRADIENT_PSIFT)
        liquid = raised(ratio(weight, pressure_psi), 0.5)
        gas_rate = rate_bpd * ((1.0 - water_cut) * gas_oil_ratio * (BBL / CUBIC_FOOT))
        gas = ratio(gas_rate, pressure_psi)
        return (liquid / 691.0 + gas / 24_650.0) * SQUARE_INCH_IN_MM2
