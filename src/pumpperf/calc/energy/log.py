"""Energy from a power log, and energy against the work that it did."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.errors import ArgumentError
from pumpperf.numeric import Reals, ratio
from pumpperf.units import HOURS_PER_DAY, MICROSECONDS_PER_HOUR, STANDARD_GRAVITY_MS2


@dataclass(frozen=True, slots=True, kw_only=True)
class Energy:
    """Energy of a power log inside a window, over the time that the log covers and no more."""

    energy_kwh: float
    covered_h: float
    gap_h: float
    window_h: float
    samples: int
    missing_samples: int


def energy_kwh(
    *,
    time: ArrayLike,
    power_kw: ArrayLike,
    window: tuple[np.datetime64, np.datetime64],
    longest_gap_h: float,
) -> Energy:
    """Energy [kWh] under a power log by the trapezium rule, without filling its gaps.

    E = sum (P_i + P_i+1)/2 (t_i+1 - t_i) over the steps not longer than `longest_gap_h`. A step
    across the window's edge is cut there, with its power on the straight line between samples.

    Args:
        time: time of each sample [datetime64], in any order.
        power_kw: power at that time [kW]; NaN is a sample that was lost.
        window: begin and end of the account [datetime64].
        longest_gap_h: longest step between samples that still counts as covered [h], above 0.

    Returns:
        An `Energy`; `gap_h` is the part of the window that no step covers.

    Raises:
        ArgumentError: lengths differ, a time is missing, two samples of one time differ, a power
            is infinite, the window is empty or the gap not above 0.

    Source: first principles; 5.84 kW for 10 h are 58.4 kWh (50 m3/h, 30 m, 0.70).

    >>> day = np.datetime64("2026-01-01T00:00")
    >>> hours = [day + np.timedelta64(h, "h") for h in range(8, 19)]
    >>> e = energy_kwh(
    ...     time=hours, power_kw=[5.84] * 11, window=(day, day + np.timedelta64(1, "D")),
    ...     longest_gap_h=1.0,
    ... )
    >>> e.energy_kwh, e.covered_h, e.gap_h
    (58.4, 10.0, 14.0)
    """
    when = np.asarray(time, dtype="datetime64[us]").ravel().astype(np.int64)
    power = np.asarray(power_kw, dtype=np.float64).ravel()
    first, last = (
        int(np.asarray(edge, dtype="datetime64[us]").astype(np.int64)) for edge in window
    )
    if when.shape != power.shape:
        raise ArgumentError(f"{when.size} times for {power.size} powers")
    if np.isnat(np.asarray(time, dtype="datetime64[us]")).any():
        raise ArgumentError("a sample has no time")
    if np.isinf(power).any():
        i = int(np.argmax(np.isinf(power)))
        raise ArgumentError(f"power_kw[{i}] = {power[i]}: expected a finite power, or NaN")
    if np.isnat(np.array(window, dtype="datetime64[us]")).any() or not first < last:
        raise ArgumentError(f"window {window[0]} to {window[1]}: expected a later end")
    if not longest_gap_h > 0.0:
        raise ArgumentError(f"longest_gap_h = {longest_gap_h}: expected more than 0")
    kept = ~np.isnan(power)
    order = np.argsort(when[kept], kind="stable")
    t, p = when[kept][order], power[kept][order]
    step = np.diff(t)
    contradictory = (step == 0) & (np.diff(p) != 0.0)
    if contradictory.any():
        at = np.datetime64(int(t[int(np.argmax(contradictory))]), "us")
        raise ArgumentError(f"two samples at {at} differ: expected one power at a time")

    low, high = np.maximum(t[:-1], first), np.minimum(t[1:], last)
    counted = (step <= np.rint(longest_gap_h * MICROSECONDS_PER_HOUR)) & (high > low)
    low, high = low[counted], high[counted]
    slope = np.diff(p)[counted] / step[counted]
    middle = p[:-1][counted] + slope * ((low - t[:-1][counted]) + (high - low) / 2.0)
    covered = int((high - low).sum())
    return Energy(
        energy_kwh=float((middle * (high - low)).sum() / MICROSECONDS_PER_HOUR),
        covered_h=covered / MICROSECONDS_PER_HOUR,
        gap_h=(last - first - covered) / MICROSECONDS_PER_HOUR,
        window_h=(last - first) / MICROSECONDS_PER_HOUR,
        samples=int(kept.sum()),
        missing_samples=int((~kept).sum()),
    )


def specific_energy_kwhm3(*, input_power_kw: Reals, rate_m3d: Reals | float) -> Reals:
    """Energy per volume [kWh/m3]. It tells the bill, not the pump: depth and pressure are in it.

    e = 24 P / q

    Args:
        input_power_kw: electrical or engine input while the pump runs [kW].
        rate_m3d: liquid rate in the same time [m3/d].

    Source: first principles; 10 MPa without a loss are 2.778 kWh/m3 (1 m3/d takes 0.11574 kW).

    >>> specific_energy_kwhm3(input_power_kw=0.1157407407, rate_m3d=1.0)
    2.778
    """
    return ratio(input_power_kw * HOURS_PER_DAY, rate_m3d)


def lift_energy_kwht100m(
    *, input_power_kw: Reals, rate_m3d: Reals | float, net_lift_pressure_kpa: Reals | float
) -> Reals:
    """Energy [kWh] to lift one tonne by 100 m of net head: one yardstick for every depth.

    w = 24 P / (q rho) / (H/100) = 0.2724 / eta_system, with H = dp_net/(rho g): density cancels.

    Args:
        input_power_kw: electrical or engine input while the pump runs [kW].
        rate_m3d: liquid rate in the same time [m3/d].
        net_lift_pressure_kpa: least pressure from the intake to the surface [kPa].

    Source: SY/T-style intensity, printed there with 0.2725; a system efficiency of 0.0492 is
    5.54 kWh/(t 100 m).

    >>> lift_energy_kwht100m(
    ...     input_power_kw=1.0, rate_m3d=86400.0, net_lift_pressure_kpa=0.0492
    ... )
    5.54
    """
    work_per_day = rate_m3d * net_lift_pressure_kpa
    return ratio(input_power_kw * (HOURS_PER_DAY * 100.0 * STANDARD_GRAVITY_MS2), work_per_day)
