"""The whole pump where it runs: its stages, frequency, density, viscosity and free gas."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.interpolation import cubic_values
from pumpperf.calc.viscosity import Edition, ViscosityFactors, viscosity_factors
from pumpperf.errors import ArgumentError
from pumpperf.lift.esp.curve import StageCurve
from pumpperf.lift.esp.gas import GasFactors
from pumpperf.lift.esp.refining import refined, refined_rates
from pumpperf.lift.esp.wells import Points, all_per_test, arrays, per_well
from pumpperf.numeric import BoolArray, FloatArray, positive, ratio
from pumpperf.results import Result


class PumpCurve(Result):
    """What a sound pump does where it runs; one pump or a row a well, points along the last axis.

    Attributes:
        rate_m3d: points: liquid at intake conditions.
        head_m: of the whole pump, at each of them, in metres of what passes it.
        power_kw: at the pump's shaft, at each of them.
        head_slope: of the head, at each of them [m per m3/d].
        power_slope: of the power, at each of them [kW per m3/d].
        bep_rate_m3d: where the efficiency is highest.
        recommended_low_m3d: lowest rate that the maker recommends.
        recommended_high_m3d: highest rate that the maker recommends.
        viscosity: factors of HI 9.6.7 at each point, with their flags; None for water.
        gas: factors of the free gas, with their flag; None without gas.
    """

    rate_m3d: Points
    head_m: Points
    power_kw: Points
    head_slope: Points
    power_slope: Points
    bep_rate_m3d: FloatArray
    recommended_low_m3d: FloatArray
    recommended_high_m3d: FloatArray
    viscosity: Annotated[ViscosityFactors | None, "point"]
    gas: GasFactors | None

    @property
    def shut_off_head_m(self) -> FloatArray:
        """Head at no rate; NaN if the points do not begin there."""
        return np.where(self.rate_m3d[..., 0] == 0.0, self.head_m[..., 0], np.nan)

    @property
    def wells(self) -> tuple[int, ...]:
        """Shape of the wells: () for one pump."""
        points = (self.rate_m3d, self.head_m, self.power_kw)
        return np.broadcast_shapes(*(part.shape[:-1] for part in points))

    @property
    def in_range(self) -> BoolArray:
        """Whether gas and viscosity, if corrected for, lie in the published ranges.

        Of the viscosity, of B and of the specific speed; the size of the pumps that were tested
        for HI 9.6.7 is flagged in `viscosity` alone.
        """
        found = np.full(self.wells, fill_value=True)
        if self.viscosity is not None:
            flags = self.viscosity
            found &= (flags.viscosity_in_range & flags.parameter_in_range)[..., 0]
            found &= flags.specific_speed_in_range[..., 0]
        return found if self.gas is None else found & self.gas.in_range


def pump_curve(
    *,
    curve: StageCurve,
    stages: ArrayLike,
    frequency_hz: ArrayLike,
    curve_number: ArrayLike | None = None,
    density_kgm3: ArrayLike | None = None,
    kinematic_viscosity_mm2s: ArrayLike | None = None,
    viscosity_edition: Edition | None = None,
    gas: GasFactors | None = None,
) -> PumpCurve:
    """The curve of a sound pump at its own stages, frequency, density, viscosity and gas.

    With s = f/f0 and N stages: q = q0 s, H = N H0 s^2, P = N P0 s^3 rho/rho0. Then HI 9.6.7 at
    the best-efficiency point of that curve: q C_Q, H C_H, P C_Q C_H/C_eta. Then gas: q (1 - g),
    m H, m P, the power at an unchanged efficiency. For viscosity the curve gets more points, on
    itself: C_H is not a cubic, and bends most near no rate.

    Args:
        curve: of one stage, or a stack: a catalogue, or one for each well.
        stages: number of them; a number, or one a well.
        frequency_hz: running frequency [Hz], above 0; a number, or one a well.
        curve_number: of each well in the stack, from 0; None: one curve for all wells, or one for
            each.
        density_kgm3: of what passes the pump [kg/m3]; None: as on the bench.
        kinematic_viscosity_mm2s: of it [mm2/s]; None: as water, uncorrected.
        viscosity_edition: of HI 9.6.7, 2004 or 2021, by which the range of viscosity is flagged;
            wanted with a viscosity.
        gas: factors of the free gas; None: no gas.

    Raises:
        ArgumentError: `curve_number` names a curve that is not in the stack, the numbers are not as
            many as the wells, or a viscosity comes without an edition.

    Source: affinity as Crane TP-410; unifloc catalogue, Reda AN550: 52 m3/d, 5.8736 m and
        0.09048 kW at 60 Hz are 43.33 m3/d, 4.0789 m and 0.05236 kW at 50 Hz.

    >>> from pumpperf.lift.esp.curve import stage_curve
    >>> an550 = stage_curve(
    ...     frequency_hz=60, rate_m3d=[26, 52, 78], head_m=[6.4, 5.8736, 4.6],
    ...     power_kw=[0.08, 0.0904783163, 0.1],
    ... )
    >>> at_50 = pump_curve(curve=an550, stages=1, frequency_hz=50)
    >>> at_50.rate_m3d[1].item(), at_50.head_m[1].item(), at_50.power_kw[1].item()
    (43.3333, 4.0789, 0.05236)
    """
    if kinematic_viscosity_mm2s is not None and viscosity_edition is None:
        raise ArgumentError("viscosity_edition is missing: expected 2004 or 2021 with a viscosity")
    chosen = _chosen(curve, curve_number)
    given = arrays(
        stages=stages,
        frequency_hz=frequency_hz,
        density_kgm3=chosen.density_kgm3 if density_kgm3 is None else density_kgm3,
    )
    if kinematic_viscosity_mm2s is not None:
        given |= arrays(kinematic_viscosity_mm2s=kinematic_viscosity_mm2s)
    gas_share = {} if gas is None else {"gas": gas.rate_multiplier}
    count, hertz, density = per_well(chosen.rate_m3d.shape[:-1], **given, **gas_share)[:3]
    with np.errstate(all="ignore"):  # numbers beyond any well's come out as inf or NaN
        found = _like_water(chosen, count, hertz, density)
        if viscosity_edition is not None and kinematic_viscosity_mm2s is not None:
            speed_rpm = chosen.speed_rpm * _speed(chosen, hertz)
            viscosity = given["kinematic_viscosity_mm2s"]
            found = _viscous(_finer(found), count, speed_rpm, viscosity, viscosity_edition)
        return found if gas is None else _gassy(found, gas)


def _speed(chosen: StageCurve, hertz: FloatArray) -> FloatArray:
    return positive(hertz) / chosen.frequency_hz


def _like_water(
    chosen: StageCurve, count: FloatArray, hertz: FloatArray, density: FloatArray
) -> PumpCurve:
    speed = _speed(chosen, hertz)
    heavier = ratio(density, chosen.density_kgm3)
    head, power = count * speed * speed, count * speed**3 * heavier
    return _scaled(chosen, *(part[..., np.newaxis] for part in (speed, head, power)))


def _scaled(
    curve: StageCurve | PumpCurve, rate: FloatArray, head: FloatArray, power: FloatArray
) -> PumpCurve:
    """A curve times the factors of rate, head and power at its points; that of rate is one."""
    best = rate[..., 0]
    return PumpCurve(
        rate_m3d=curve.rate_m3d * rate,
        head_m=curve.head_m * head,
        power_kw=curve.power_kw * power,
        head_slope=curve.head_slope * head / rate,
        power_slope=curve.power_slope * power / rate,
        bep_rate_m3d=np.asarray(curve.bep_rate_m3d * best),
        recommended_low_m3d=np.asarray(curve.recommended_low_m3d * best),
        recommended_high_m3d=np.asarray(curve.recommended_high_m3d * best),
        viscosity=None,
        gas=None,
    )


def pump_head_m(*, pump: PumpCurve, rate_m3d: ArrayLike) -> FloatArray:
    """Head [m] of a sound pump at a rate; NaN beyond its points.

    Args:
        pump: the whole pump where it runs.
        rate_m3d: liquid at intake conditions [m3/d]; one a well, or tests along the last axis.
    """
    return _at(pump, pump.head_m, pump.head_slope, rate_m3d)


def pump_power_kw(*, pump: PumpCurve, rate_m3d: ArrayLike) -> FloatArray:
    """Shaft power [kW] of a sound pump at a rate; NaN beyond its points.

    Args:
        pump: the whole pump where it runs.
        rate_m3d: liquid at intake conditions [m3/d]; one a well, or tests along the last axis.
    """
    return _at(pump, pump.power_kw, pump.power_slope, rate_m3d)


def _at(pump: PumpCurve, values: FloatArray, slopes: FloatArray, rate: ArrayLike) -> FloatArray:
    (place,) = per_well(pump.wells, rate_m3d=rate)
    rates, heights, slopes = all_per_test(place.ndim, pump.rate_m3d, values, slopes)
    return cubic_values(x=place, knots=rates, values=heights, slopes=slopes)


def _chosen(curve: StageCurve, curve_number: ArrayLike | None) -> StageCurve:
    if curve_number is None:
        return curve
    index = np.asarray(curve_number)
    index = index if index.size else index.astype(np.intp)
    curves = len(curve.rate_m3d) if curve.rate_m3d.ndim == 2 else 0
    if not np.issubdtype(index.dtype, np.integer) or np.any((index < 0) | (index >= curves)):
        raise ArgumentError(
            f"curve_number = {curve_number!r}: expected whole numbers from 0 to {curves - 1}, "
            "of the stack"
        )
    return StageCurve(**{part.name: getattr(curve, part.name)[index] for part in fields(curve)})


def _finer(coarse: PumpCurve) -> PumpCurve:
    rate = coarse.rate_m3d
    head, head_slope = refined(rate, coarse.head_m, coarse.head_slope)
    power, power_slope = refined(rate, coarse.power_kw, coarse.power_slope)
    coarse = replace(coarse, rate_m3d=refined_rates(rate), head_m=head, head_slope=head_slope)
    return replace(coarse, power_kw=power, power_slope=power_slope)


def _viscous(
    water: PumpCurve, count: FloatArray, rpm: FloatArray, viscosity: FloatArray, edition: Edition
) -> PumpCurve:
    """HI 9.6.7 at the best-efficiency point of this very speed, on every point of the curve."""
    bep = water.bep_rate_m3d[..., np.newaxis]
    stage_head = ratio(pump_head_m(pump=water, rate_m3d=water.bep_rate_m3d), count)
    factors = viscosity_factors(
        bep_rate_m3d=np.asarray(bep),
        bep_head_m=stage_head[..., np.newaxis],
        speed_rpm=rpm[..., np.newaxis],
        kinematic_viscosity_mm2s=viscosity[..., np.newaxis],
        rate_over_bep=ratio(water.rate_m3d, bep),
        edition=edition,
    )
    c_q, c_h, c_p = factors.rate_factor, factors.head_factor, factors.power_factor
    c_h_slope = _head_factor_slope(water.rate_m3d, bep, c_q, c_h)
    c_p_slope = ratio(c_q * c_h_slope, factors.efficiency_factor)
    return replace(
        _scaled(water, c_q, c_h, c_p),
        head_slope=ratio(water.head_slope * c_h + water.head_m * c_h_slope, c_q),
        power_slope=ratio(water.power_slope * c_p + water.power_kw * c_p_slope, c_q),
        viscosity=factors,
    )


def _head_factor_slope(
    rate: FloatArray, bep: FloatArray, c_q: FloatArray, c_h: FloatArray
) -> FloatArray:
    """Slope of C_H; at no rate, where it is infinite, that of its chord to the next point."""
    slope = -0.75 * (1.0 - c_q) * ratio(positive(rate), bep) ** -0.25 / bep
    chord = ratio(c_h[..., 1:2] - c_h[..., :1], (rate[..., 1:2] - rate[..., :1]) + 0.0 * c_q)
    return np.where(rate == 0.0, chord, slope)


def _gassy(liquid: PumpCurve, gas: GasFactors) -> PumpCurve:
    r, m = (part[..., np.newaxis] for part in (positive(gas.rate_multiplier), gas.head_multiplier))
    return replace(_scaled(liquid, r, m, m), viscosity=liquid.viscosity, gas=gas)
