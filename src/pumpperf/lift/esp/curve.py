"""One stage on the test bench: head and power over rate, at the catalogue's own frequency.

One curve, or a stack of them with its points along the last axis. Between its points a curve is
interpolated without overshoot; outside them there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.interpolation import cubic_values, shape_preserving_slopes
from pumpperf.errors import ArgumentError
from pumpperf.lift.esp.wells import Points, arrays
from pumpperf.numeric import FloatArray, ratio
from pumpperf.results import Result

WATER_KGM3 = 1000.0
POLYNOMIAL_KNOTS = 33
BEP_STEPS = 16


class StageCurve(Result):
    """One stage, or a stack of different ones; points along the last axis, NaN after the last.

    Attributes:
        frequency_hz: at which it was measured.
        speed_rpm: of the shaft there; NaN if it is not known.
        density_kgm3: of the liquid that it was measured with.
        rate_m3d: points, rising.
        head_m: of one stage, at each of them.
        power_kw: at the shaft of one stage, at each of them.
        head_slope: of the head, at each of them [m per m3/d].
        power_slope: of the power, at each of them [kW per m3/d].
        catalogue_efficiency: as the catalogue prints it, 0..1; NaN if it prints none.
        recommended_low_m3d: lowest rate that the maker recommends; NaN if it is not known.
        recommended_high_m3d: highest rate that the maker recommends; NaN if it is not known.
        bep_rate_m3d: where the efficiency from head and power is highest; NaN if that is at an end
            of the points, since it may be higher beyond.
    """

    frequency_hz: FloatArray
    speed_rpm: FloatArray
    density_kgm3: FloatArray
    rate_m3d: Points
    head_m: Points
    power_kw: Points
    head_slope: Points
    power_slope: Points
    catalogue_efficiency: FloatArray
    recommended_low_m3d: FloatArray
    recommended_high_m3d: FloatArray
    bep_rate_m3d: FloatArray


def stage_curve(
    *,
    frequency_hz: ArrayLike,
    rate_m3d: ArrayLike,
    head_m: ArrayLike,
    power_kw: ArrayLike,
    catalogue_efficiency: ArrayLike | None = None,
    recommended_low_m3d: ArrayLike = np.nan,
    recommended_high_m3d: ArrayLike = np.nan,
    speed_rpm: ArrayLike = np.nan,
    density_kgm3: ArrayLike = WATER_KGM3,
) -> StageCurve:
    """A stage curve through its points, or a stack of curves with a row of points each.

    Args:
        frequency_hz: at which it was measured, above 0; a number, or one a curve, as all that
            has no points.
        rate_m3d: points [m3/d], strictly rising along the last axis, at least three; a shorter
            curve of a stack ends in NaN, in all of its columns.
        head_m: of one stage [m], as many.
        power_kw: at the shaft of one stage [kW], as many.
        catalogue_efficiency: 0..1, as many; None if the catalogue prints none.
        recommended_low_m3d: lowest recommended rate [m3/d].
        recommended_high_m3d: highest recommended rate [m3/d], not below the lowest.
        speed_rpm: of the shaft [rpm]; only viscosity needs it.
        density_kgm3: of the liquid of the bench [kg/m3], above 0; catalogues use water.

    Raises:
        ArgumentError: these are no curve; all that is wrong is said at once.

    Source: interpolation as Fritsch and Butland (1984). Three points of Lemaz 5A-100 at 50 Hz
        (unifloc catalogue, 2753); with all its points the best efficiency is at 100 m3/d.

    >>> stage = stage_curve(
    ...     frequency_hz=50, rate_m3d=[0, 100.51, 175.03], head_m=[7.87, 6.8, 0],
    ...     power_kw=[0.0925, 0.1406, 0.1744],
    ... )
    >>> stage.head_m
    array([7.87, 6.8 , 0.  ])
    """
    given = arrays(rate_m3d=rate_m3d, head_m=head_m, power_kw=power_kw)
    rate, head, power = given.values()
    if catalogue_efficiency is not None:
        given |= arrays(catalogue_efficiency=catalogue_efficiency)
    recommended = {
        "recommended_low_m3d": recommended_low_m3d,
        "recommended_high_m3d": recommended_high_m3d,
    }
    alone = arrays(
        frequency_hz=frequency_hz, speed_rpm=speed_rpm, density_kgm3=density_kgm3, **recommended
    )
    if faults := _number_faults(alone, rate.shape[:-1]) + _point_faults(given):
        raise ArgumentError("stage curve: " + "; ".join(faults))
    head_slope, power_slope = (shape_preserving_slopes(x=rate, y=y) for y in (head, power))
    return _finished(**alone, **given, head_slope=head_slope, power_slope=power_slope)


def stage_curve_from_polynomials(
    *,
    frequency_hz: float,
    highest_rate_m3d: float,
    head_coefficients: Sequence[float],
    power_coefficients: Sequence[float],
    recommended_low_m3d: float = np.nan,
    recommended_high_m3d: float = np.nan,
    speed_rpm: float = np.nan,
    density_kgm3: float = WATER_KGM3,
) -> StageCurve:
    """A stage curve from polynomials of the rate, from 0 to the rate where they end.

    H = sum h_i q^i,  P = sum p_i q^i. It is kept as 32 cubics with the polynomials' own values
    and slopes, which differ from them by about a millionth of the shut-off head.

    Args:
        frequency_hz: at which they hold, above 0.
        highest_rate_m3d: where they end [m3/d], above 0.
        head_coefficients: h_0, h_1 and so on [m, m per m3/d and so on].
        power_coefficients: p_0, p_1 and so on [kW, kW per m3/d and so on].
        recommended_low_m3d: lowest recommended rate [m3/d].
        recommended_high_m3d: highest recommended rate [m3/d].
        speed_rpm: of the shaft [rpm]; only viscosity needs it.
        density_kgm3: of the liquid of the bench [kg/m3].

    Raises:
        ArgumentError: frequency, rate or density are not above 0, there are no coefficients, or
            the recommended rates are not in order; all that is wrong is said at once.

    Source: Hermite's cubic through a polynomial; H = 10 - q^2/1000 is 7.5 m at 50 m3/d.

    >>> curve = stage_curve_from_polynomials(
    ...     frequency_hz=50, highest_rate_m3d=100, head_coefficients=[10, 0, -0.001],
    ...     power_coefficients=[0.1, 0.0005],
    ... )
    >>> float(curve.head_m[16])
    7.5
    """
    recommended = {
        "recommended_low_m3d": recommended_low_m3d,
        "recommended_high_m3d": recommended_high_m3d,
    }
    alone = arrays(
        frequency_hz=frequency_hz, speed_rpm=speed_rpm, density_kgm3=density_kgm3, **recommended
    )
    given = arrays(
        highest_rate_m3d=highest_rate_m3d,
        head_coefficients=head_coefficients,
        power_coefficients=power_coefficients,
    )
    highest = given.pop("highest_rate_m3d")
    faults = _number_faults(alone, ())
    if highest.ndim or not 0.0 < highest < np.inf:
        faults.append(f"highest_rate_m3d = {highest_rate_m3d!r}: expected a finite number above 0")
    faults += [
        f"{name} = {value}: expected one finite number or more"
        for name, value in given.items()
        if value.ndim != 1 or not value.size or not np.all(np.isfinite(value))
    ]
    if faults:
        raise ArgumentError("stage curve: " + "; ".join(faults))
    rate = np.linspace(0.0, highest, POLYNOMIAL_KNOTS)
    head, power = (np.polynomial.Polynomial(part) for part in given.values())
    with np.errstate(all="ignore"):  # numbers beyond any pump's come out as inf or NaN
        return _finished(
            **alone,
            rate_m3d=rate,
            head_m=head(rate),
            power_kw=power(rate),
            head_slope=head.deriv()(rate),
            power_slope=power.deriv()(rate),
        )


def _number_faults(alone: Mapping[str, FloatArray], curves: tuple[int, ...]) -> list[str]:
    """What is wrong with that which a curve has once."""
    faults = [
        f"{name} = {alone[name]}: expected finite numbers above 0"
        for name in ("frequency_hz", "density_kgm3")
        if not np.all((alone[name] > 0.0) & np.isfinite(alone[name]))
    ]
    unfit = [
        f"{name} of shape {part.shape}: expected a number, or one a curve, of shape {curves}"
        for name, part in alone.items()
        if part.shape not in {(), curves}
    ]
    low, high = alone["recommended_low_m3d"], alone["recommended_high_m3d"]
    if not unfit and np.any(low > high):
        faults.append(
            f"recommended_low_m3d = {low}, recommended_high_m3d = {high}: expected low <= high"
        )
    return faults + unfit


def _point_faults(columns: Mapping[str, FloatArray]) -> list[str]:
    shapes = {name: column.shape for name, column in columns.items()}
    if len(set(shapes.values())) > 1:
        return [f"the points have different shapes: {shapes}"]
    rate = columns["rate_m3d"]
    if rate.ndim == 0 or rate.shape[-1] < 3:
        return [f"points of shape {rate.shape}: expected three points or more"]
    faults: list[str] = []
    there = np.isfinite(rate)
    for name, column in columns.items():
        if np.any(np.isfinite(column) != there) or np.any(np.isinf(column)):
            faults.append(f"{name} = {column}: expected a finite number at every point")
    if np.any(there[..., 1:] & ~there[..., :-1]) or np.any(np.sum(there, axis=-1) < 3):
        faults.append(f"rate_m3d = {rate}: expected three points or more, then only NaN")
    if np.any(rate[..., 1:] <= rate[..., :-1]):
        faults.append(f"rate_m3d = {rate}: expected strictly rising rates")
    return faults


def _finished(**parts: FloatArray) -> StageCurve:
    rate = parts["rate_m3d"]
    curves, found = rate.shape[:-1], {"catalogue_efficiency": np.full(rate.shape, np.nan), **parts}
    for name, part in found.items():
        if part.ndim <= len(curves):
            found[name] = np.broadcast_to(part, curves)
    with np.errstate(all="ignore"):  # numbers beyond any pump's have no best rate
        return StageCurve(**found, bep_rate_m3d=_bep_rate_m3d(found))


def _bep_rate_m3d(found: Mapping[str, FloatArray]) -> FloatArray:
    """Best point, then the highest of a parabola through the best of 17 rates around it.

    NaN where the best is an end of the points: the efficiency may rise beyond it.
    """
    rate = found["rate_m3d"]
    worth = ratio(rate * found["head_m"], found["power_kw"])
    best = _highest(worth)
    around = np.clip(best[..., np.newaxis] + np.array([-1, 1]), 0, _last(rate)[..., np.newaxis])
    low, high = np.moveaxis(np.take_along_axis(rate, around, axis=-1), -1, 0)
    shares = np.linspace(0.0, 1.0, BEP_STEPS + 1)
    near = low[..., np.newaxis] + (high - low)[..., np.newaxis] * shares
    values = np.stack([found["head_m"], found["power_kw"]])[..., np.newaxis, :]
    slopes = np.stack([found["head_slope"], found["power_slope"]])[..., np.newaxis, :]
    knots = rate[..., np.newaxis, :]
    head, power = cubic_values(x=near, knots=knots, values=values, slopes=slopes)
    worth = ratio(near * head, power)
    at = _highest(worth)
    inner = np.clip(at, 1, BEP_STEPS - 1)
    around = inner[..., np.newaxis] + np.array([-1, 0, 1])
    before, peak, after = np.moveaxis(np.take_along_axis(worth, around, axis=-1), -1, 0)
    bend = before - 2.0 * peak + after
    bent = (at == inner) & (bend < 0.0)
    shift = np.where(bent, 0.5 * (before - after) / np.where(bent, bend, 1.0), 0.0)
    place = np.asarray(low + (high - low) / BEP_STEPS * (at + shift))
    return np.where(bent, place, np.nan)


def _highest(values: FloatArray) -> NDArray[np.int64]:
    return np.asarray(np.argmax(np.where(np.isnan(values), -np.inf, values), axis=-1))


def _last(rate: FloatArray) -> NDArray[np.int64]:
    return np.asarray(np.sum(~np.isnan(rate), axis=-1) - 1)
