"""Cunningham's equations of the jet pump: nozzle, throat entry, throat and diffuser.

With a set of losses whose `nozzle_against_intake` is true they are those of the oil field's
handbook, which differ in one thing: the nozzle discharges against the intake pressure, not against
that of the throat entry.

One liquid: power fluid and produced liquid have one density. Pressures are total pressures
(pressure and velocity head), so the area of the diffuser's outlet does not enter. With M = flow
ratio, b = area ratio and c = (1 - b)/b the equations hold for 0 <= M < c; from M = c on the
produced liquid is the faster stream and drives the power fluid.
"""

from __future__ import annotations

import numpy as np

from pumpperf.assumptions import JetLosses
from pumpperf.numeric import Reals, raised, ratio
from pumpperf.units import SECONDS_PER_DAY

_MM2 = 1e-6
_PASCALS = 1000.0


def velocity_pressure_kpa(
    *, rate_m3d: Reals, area_mm2: Reals | float, density_kgm3: Reals | float
) -> Reals:
    """Pressure of one velocity head of a stream [kPa].

    p = rho v^2/2,  v = q/A

    Args:
        rate_m3d: rate of the stream [m3/d].
        area_mm2: its area [mm2].
        density_kgm3: its density [kg/m3].

    Source: first principles; 86.4 m3/d of water through 100 mm2 flow 10 m/s: 50 kPa.

    >>> velocity_pressure_kpa(rate_m3d=86.4, area_mm2=100.0, density_kgm3=1000.0)
    50.0
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        velocity_ms = ratio(rate_m3d, area_mm2) * (1.0 / (SECONDS_PER_DAY * _MM2))
        return velocity_ms * velocity_ms * density_kgm3 * (0.5 / _PASCALS)


def jet_pressure_ratio(*, flow_ratio: Reals, area_ratio: Reals | float, losses: JetLosses) -> Reals:
    """Pressure ratio N of a jet pump: pressure gained by the well over that given by the nozzle.

    N = (p_d - p_s)/(p_n - p_d) = (G - e M^2)/(1 + K_n - G + h e M^2),
    G = 2 b + 2 b^2 M^2/(1 - b) - b^2 (1 + M)^2 (1 + K_th + K_di),  e = (1 + K_en) b^2/(1 - b)^2;
    h = 0, and 1 for a set whose nozzle discharges against the intake: n/(1 + K_n - n) then.

    Args:
        flow_ratio: M, produced rate over power-fluid rate; from 0 to (1 - b)/b.
        area_ratio: b, nozzle area over throat area; between 0 and 1, built from 0.17 to 0.6.
        losses: the loss coefficients.

    Source: Cunningham 1957 and 1995, equations as on the MathWorks page of the Jet Pump block;
    the table of ratio C (b = 0.262; K 0.15, 0, 0.38) prints 0.250 at M = 1. With h = 1 Petroleum
    Engineering Handbook 1987 chapter 6, as scuervo91/reservoirpy computes it: 0.328 there.

    >>> from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN, JET_LOSSES_PEH
    >>> jet_pressure_ratio(flow_ratio=1.0, area_ratio=0.262, losses=JET_LOSSES_GOSLINE_OBRIEN)
    0.250
    >>> jet_pressure_ratio(flow_ratio=1.0, area_ratio=0.262, losses=JET_LOSSES_PEH)
    0.328
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        gain, entry = _gain_and_entry(flow_ratio, area_ratio, losses)
        given = 1.0 + losses.nozzle - gain
        return ratio(gain - entry, given + entry if losses.nozzle_against_intake else given)


def jet_flow_ratio(*, pressure_ratio: Reals, area_ratio: Reals | float, losses: JetLosses) -> Reals:
    """Flow ratio M of a jet pump between three known pressures: `jet_pressure_ratio` solved for M.

    P M^2 + 2 Q M - R = 0,  M = R/(Q + sqrt(Q^2 + P R)),  Q = (1 + N) f,  f = b^2 (1 + K_th + K_di),
    P = (1 + N) (f - 2 b^2/(1 - b)) + (1 + h N) e,  R = (1 + N) (2 b - f) - N (1 + K_n)

    Args:
        pressure_ratio: N = (p_d - p_s)/(p_n - p_d).
        area_ratio: b, nozzle area over throat area; between 0 and 1.
        losses: the loss coefficients.

    Returns:
        For N > -1 the root nearer to 0, of either sign: the pump's where it is from 0 to
        (1 - b)/b; below 0 the pump cannot reach the discharge pressure. NaN if no flow would. From
        N = -1 down the nozzle's pressure is between intake and discharge and the root is no pump's.

    Source: the quadratic of `jet_pressure_ratio`; table of ratio C: N = 0.250 at M = 1.

    >>> from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN
    >>> jet_flow_ratio(pressure_ratio=0.2505, area_ratio=0.262, losses=JET_LOSSES_GOSLINE_OBRIEN)
    1.00
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        b, n = area_ratio, pressure_ratio
        other = 1.0 - b
        mixing = b * b * (1.0 + losses.throat + losses.diffuser)
        beside = (n + 1.0) * (mixing * other * other - 2.0 * b * b * other)
        entry = n + 1.0 if losses.nozzle_against_intake else 1.0
        p = ratio(beside + entry * (b * b * (1.0 + losses.suction)), other * other)
        q = (n + 1.0) * mixing
        r = (n + 1.0) * (2.0 * b - mixing) - n * (1.0 + losses.nozzle)
        return ratio(r, q + raised(q * q + p * r, 0.5))


def jet_efficiency(*, flow_ratio: Reals, pressure_ratio: Reals | float) -> Reals:
    """Efficiency of a jet pump: power gained by the well's liquid over power given by the nozzle's.

    eta = M N = q_s (p_d - p_s)/(q_n (p_n - p_d)); never above 1 for M < (1 - b)/b, and shown as it
    comes out where a reading says otherwise.

    Args:
        flow_ratio: M, produced rate over power-fluid rate.
        pressure_ratio: N = (p_d - p_s)/(p_n - p_d).

    Source: Guo, Lyons, Ghalambor 2007, equation 14.35; the table of ratio C prints 0.251 for
    M = 0.8 and N = 0.314.

    >>> jet_efficiency(flow_ratio=0.8, pressure_ratio=0.314)
    0.251
    """
    return flow_ratio * pressure_ratio


def throat_entry_pressure_kpa(
    *,
    rate_m3d: Reals,
    intake_pressure_kpa: Reals | float,
    suction_area_mm2: Reals | float,
    density_kgm3: Reals | float,
    losses: JetLosses,
) -> Reals:
    """Pressure at the throat entry [kPa], where both streams meet; below 0 it cannot be.

    p_0 = p_s - (1 + K_en) rho v_s^2/2,  v_s = q_s/(A_t - A_n)

    Args:
        rate_m3d: produced rate at the pump [m3/d].
        intake_pressure_kpa: total pressure of the produced liquid at the pump's intake [kPa].
        suction_area_mm2: throat area minus nozzle area [mm2].
        density_kgm3: density of the liquid [kg/m3].
        losses: the loss coefficients.

    Source: Cunningham, equation 2 of the MathWorks page of the Jet Pump block; 86.4 m3/d of water
    through 100 mm2 without loss take 50 kPa.

    >>> from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN
    >>> throat_entry_pressure_kpa(
    ...     rate_m3d=86.4, intake_pressure_kpa=3000.0, suction_area_mm2=100.0,
    ...     density_kgm3=1000.0, losses=JET_LOSSES_GOSLINE_OBRIEN,
    ... )
    2950.0
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        suction_kpa = velocity_pressure_kpa(
            rate_m3d=rate_m3d, area_mm2=suction_area_mm2, density_kgm3=density_kgm3
        )
        return suction_kpa * -(1.0 + losses.suction) + intake_pressure_kpa


def nozzle_rate_m3d(
    *,
    nozzle_pressure_kpa: Reals,
    nozzle_exit_pressure_kpa: Reals | float,
    nozzle_area_mm2: Reals | float,
    density_kgm3: Reals | float,
    losses: JetLosses,
) -> Reals:
    """Rate of power fluid through the nozzle [m3/d].

    q_n = A_n sqrt(2 (p_n - p_e)/(rho (1 + K_n)))

    The field equation q_n = 1214.5 A_n sqrt((p_n - p_s)/gamma) [bbl/d, in2, psi] is this one with
    K_n = 0.15 against the intake pressure: exact for one of the throat entry without production.

    Args:
        nozzle_pressure_kpa: total pressure of the power fluid at the nozzle's inlet [kPa].
        nozzle_exit_pressure_kpa: p_e, against which the nozzle discharges [kPa], not above the
            nozzle pressure: that of the throat entry; of the intake for losses with
            `nozzle_against_intake`.
        nozzle_area_mm2: area of the nozzle [mm2].
        density_kgm3: density of the power fluid [kg/m3].
        losses: the loss coefficients.

    Returns:
        NaN if the pressure would drive it backwards.

    Source: Cunningham, equation 1 of the MathWorks page of the Jet Pump block; 1 in2 and
    1 psi of water at 60 F (999.07 kg/m3): 1214.5 bbl/d by the field equation.

    >>> from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN
    >>> nozzle_rate_m3d(
    ...     nozzle_pressure_kpa=6.894757, nozzle_exit_pressure_kpa=0.0, nozzle_area_mm2=645.16,
    ...     density_kgm3=999.07, losses=JET_LOSSES_GOSLINE_OBRIEN,
    ... ) / 158.987294928
    1.215
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        drop_pa = (nozzle_pressure_kpa - nozzle_exit_pressure_kpa) * _PASCALS
        velocity_ms = raised(ratio(drop_pa, density_kgm3 * (0.5 * (1.0 + losses.nozzle))), 0.5)
        return velocity_ms * nozzle_area_mm2 * (_MM2 * SECONDS_PER_DAY)


def _gain_and_entry(
    flow_ratio: Reals, area_ratio: Reals | float, losses: JetLosses
) -> tuple[Reals, Reals]:
    m, b = flow_ratio, area_ratio
    streams = ratio(m * m * (2.0 * b * b), 1.0 - b) + 2.0 * b
    mixed = (m + 1.0) * (m + 1.0) * (b * b * (1.0 + losses.throat + losses.diffuser))
    entry = ratio(m * m * (b * b * (1.0 + losses.suction)), (1.0 - b) * (1.0 - b))
    return streams - mixed, entry
