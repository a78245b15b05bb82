"""How the nozzle of a jet pump washes out: its area factor by test, and the trend of an era."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.assumptions import JetLosses
from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import same_index
from pumpperf.errors import ArgumentError
from pumpperf.lift.jet.cunningham import nozzle_rate_m3d, throat_entry_pressure_kpa
from pumpperf.numeric import FloatArray, Reals, floats, largest, ratio, sums
from pumpperf.results import FitResult, Labels, Places


def nozzle_area_factor(
    *,
    power_fluid_rate_m3d: Reals,
    rate_m3d: Reals,
    nozzle_pressure_kpa: Reals,
    intake_pressure_kpa: Reals | float,
    nozzle_area_mm2: Reals | float,
    throat_area_mm2: Reals | float,
    density_kgm3: Reals | float,
    losses: JetLosses,
) -> Reals:
    """Effective over nominal nozzle area, from a single test; it grows as the nozzle washes out.

    f = q_n / (A_n sqrt(2 (p_n - p_e)/(rho (1 + K_n)))), with p_e at the throat entry by the nominal
    suction annulus, or at the intake for losses with `nozzle_against_intake`. A nozzle whose own
    loss differs from K_n shows it here too; the trend of f does not.

    Args:
        power_fluid_rate_m3d: measured rate of power fluid [m3/d].
        rate_m3d: produced rate at the pump [m3/d].
        nozzle_pressure_kpa: at the nozzle's inlet, at depth [kPa].
        intake_pressure_kpa: [kPa].
        nozzle_area_mm2: nominal [mm2].
        throat_area_mm2: nominal [mm2].
        density_kgm3: of power fluid and produced liquid alike [kg/m3].
        losses: the loss coefficients.

    Returns:
        NaN where no power fluid would flow.

    Source: Cunningham, equations 1 and 2 of the MathWorks page of the Jet Pump block; the factor as
    in scottpessetto/woffl_gui, model trust 2026-08-10, whose fleet showed 1.03 to 1.12. With
    1311.66 bbl/d where the field equation gives 1214.5: 1.08.

    >>> from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN
    >>> nozzle_area_factor(
    ...     power_fluid_rate_m3d=1311.66 * 0.158987294928, rate_m3d=0.0,
    ...     nozzle_pressure_kpa=6.894757, intake_pressure_kpa=0.0, nozzle_area_mm2=645.16,
    ...     throat_area_mm2=2580.64, density_kgm3=999.07, losses=JET_LOSSES_GOSLINE_OBRIEN,
    ... )
    1.080
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        entry_kpa = throat_entry_pressure_kpa(
            rate_m3d=rate_m3d,
            intake_pressure_kpa=intake_pressure_kpa,
            suction_area_mm2=throat_area_mm2 - nozzle_area_mm2,
            density_kgm3=density_kgm3,
            losses=losses,
        )
        nominal_m3d = nozzle_rate_m3d(
            nozzle_pressure_kpa=nozzle_pressure_kpa,
            nozzle_exit_pressure_kpa=(
                intake_pressure_kpa if losses.nozzle_against_intake else entry_kpa
            ),
            nozzle_area_mm2=nozzle_area_mm2,
            density_kgm3=density_kgm3,
            losses=losses,
        )
        return ratio(power_fluid_rate_m3d, nominal_m3d)


class WashoutTrend(FitResult):
    """Straight lines through the nozzle-area factors of pump eras, one entry an era.

    Attributes:
        era: the labels, sorted.
        first_d: time of the era's first usable test.
        first_factor: of the line at that time.
        slope_per_d: growth of the factor per day.
        slope_error_per_d: its standard error.
        status: `ok`, or `not_identifiable`: no line then, but NaN.
        losses: name of the set by which the factors were made.
    """

    era: Labels
    first_d: FloatArray
    first_factor: FloatArray
    slope_per_d: FloatArray
    slope_error_per_d: FloatArray
    losses: str


def washout_trend(
    *, era: ArrayLike, time_d: ArrayLike, nozzle_area_factor: ArrayLike, losses: JetLosses
) -> WashoutTrend:
    """Growth of the nozzle-area factor in every pump era, by least squares.

    s = S_tf/S_tt,  u(s) = sqrt((S_ff - s S_tf)/((n - 2) S_tt)); each era by itself, so that the
    trend begins anew when the pump is changed.

    Args:
        era: label of the pump of each test, such as its installation.
        time_d: when, in days from any day [d].
        nozzle_area_factor: of each test; NaN or infinite ones are left out, as are such times.
        losses: the loss coefficients by which the factors were made; the trend keeps their name.

    Returns:
        A `WashoutTrend`; NaN where an era has fewer than three usable tests, all at one time, or
        numbers too large for squares.

    Raises:
        ArgumentError: lengths differ, times are dates instead of days, or a label of era is missing
            or of another kind.

    Source: ordinary least squares of a straight line. By hand, three points 1.00, 1.05 and 1.13 at
    0, 1 and 2 d: slope 0.13/2, error sqrt(0.00015/2).

    >>> from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN
    >>> t = washout_trend(
    ...     era=["a"] * 3, time_d=[0, 1, 2], nozzle_area_factor=[1.0, 1.05, 1.13],
    ...     losses=JET_LOSSES_GOSLINE_OBRIEN,
    ... )
    >>> t.slope_per_d, t.slope_error_per_d, t.first_factor
    (array([0.065]), array([0.00866]), array([0.995]))
    """
    same_index(era=era, time_d=time_d, nozzle_area_factor=nozzle_area_factor)
    labels, every = groups(labels=era, name="era")
    days = np.asarray(time_d).ravel()
    if days.dtype.kind in "mM":
        raise ArgumentError(f"time_d of type {days.dtype}: expected numbers of days from any day")
    time, factor = (column.ravel() for column in floats(days, nozzle_area_factor))
    if not every.size == time.size == factor.size:
        raise ArgumentError(
            f"{time.size} times and {factor.size} factors for {every.size} labels of era"
        )
    usable = np.isfinite(time) & np.isfinite(factor)
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond squares come out as NaN
        return _trend(labels, every[usable], time[usable], factor[usable], losses)


def _trend(
    labels: Labels, index: Places, time: FloatArray, factor: FloatArray, losses: JetLosses
) -> WashoutTrend:
    tests = np.bincount(index, minlength=labels.size).astype(np.float64)

    def total(values: FloatArray) -> FloatArray:
        return sums(values, index, labels.size)

    first, last = -largest(-time, index, labels.size), largest(time, index, labels.size)
    enough, apart = tests >= 3.0, last > first
    mean_time, mean_factor = ratio(total(time), tests), ratio(total(factor), tests)
    later, above = time - mean_time[index], factor - mean_factor[index]
    spread = total(later * later)
    slope = ratio(total(later * above), spread)
    residual = above - slope[index] * later
    error = np.sqrt(ratio(ratio(total(residual * residual), tests - 2.0), spread))
    start = mean_factor + slope * (first - mean_time)
    ok = enough & apart & np.isfinite(spread) & np.isfinite(error) & np.isfinite(start)
    reason = np.select(
        [ok, ~enough, ~apart],
        ["", "fewer than 3 usable tests", "all tests at one time"],
        "numbers too large or too alike for squares",
    )
    return WashoutTrend(
        era=labels,
        first_d=first,
        first_factor=np.where(ok, start, np.nan),
        slope_per_d=np.where(ok, slope, np.nan),
        slope_error_per_d=np.where(ok, error, np.nan),
        tests=tests,
        status=np.where(ok, "ok", "not_identifiable"),
        reason=reason,
        losses=losses.name,
    )
