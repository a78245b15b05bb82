"""A test held against the sound pump where it runs: what is left of head, rate and efficiency."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.interpolation import cubic_roots
from pumpperf.lift.esp.pump import PumpCurve, pump_head_m, pump_power_kw
from pumpperf.lift.esp.wells import all_per_test, alone_per_test, per_well
from pumpperf.numeric import BoolArray, FloatArray, mean_of, ratio
from pumpperf.results import Result


class Degradation(Result):
    """Measured over expected, 1 for a sound pump; never clamped, NaN where it cannot be said.

    Attributes:
        head_factor: head over that of the sound pump at the same rate.
        rate_factor: rate over that of the sound pump at the same head, on its falling branch; NaN
            where that head lies on a stretch of the curve that does not fall.
        power_ratio: shaft power over that of the sound pump at the same rate.
        power_ratio_at_head: the same at the same head: 1 if the pump itself is sound and liquid
            is lost on the way.
        efficiency_factor: head_factor over power_ratio.
        rate_over_bep: measured rate over that of the best efficiency.
        expected_head_m: of the sound pump at the measured rate.
        expected_power_kw: of the sound pump at the measured rate.
        expected_rate_m3d: of the sound pump at the measured head.
        in_recommended_range: whether the measured rate lies within the maker's recommended rates
            where the pump runs; not where they are not known.
        in_range: whether the sound pump's corrections for gas and viscosity lie in the ranges
            their sources publish; where they do not, the expected numbers are extrapolated.
    """

    head_factor: FloatArray
    rate_factor: FloatArray
    power_ratio: FloatArray
    power_ratio_at_head: FloatArray
    efficiency_factor: FloatArray
    rate_over_bep: FloatArray
    expected_head_m: FloatArray
    expected_power_kw: FloatArray
    expected_rate_m3d: FloatArray
    in_recommended_range: BoolArray
    in_range: BoolArray


def degradation(
    *, pump: PumpCurve, rate_m3d: ArrayLike, head_m: ArrayLike, power_kw: ArrayLike = np.nan
) -> Degradation:
    """What a test says of a pump, against the sound pump at its frequency, viscosity and gas.

    DF_H = H/H_c(q),  DF_q = q/q_c(H),  DF_P = P/P_c(q),  DF_eta = DF_H/DF_P

    Of several rates at which the sound pump has the measured head, q_c is the highest where its
    head falls with the rate: there it can run. Where its head never comes to the measured one,
    q_c is NaN; so it is on a plateau, where a sound pump has a DF_H of 1 and no DF_q. Numbers
    beyond any pump's come out as inf or NaN.

    Args:
        pump: the sound pump where it runs; one, or one a well.
        rate_m3d: measured liquid at intake conditions [m3/d]; one a well, or tests of it along
            the last axis.
        head_m: measured across the pump [m of what passes it].
        power_kw: measured at the pump's shaft [kW]; NaN if it is not known.

    Raises:
        ArgumentError: the numbers are not as many as the wells.

    Source: first principles; a test of GEMINI's geothermal set: 23.688 bar where its 20 stages
        give 49.4 bar, a head factor of 0.48.

    >>> from pumpperf.lift.esp.curve import stage_curve
    >>> from pumpperf.lift.esp.pump import pump_curve
    >>> line = stage_curve(
    ...     frequency_hz=50, rate_m3d=[0, 60, 120], head_m=[12, 6, 0], power_kw=[0.1, 0.1, 0.1]
    ... )
    >>> pump = pump_curve(curve=line, stages=1, frequency_hz=50)
    >>> found = degradation(pump=pump, rate_m3d=40, head_m=6, power_kw=0.1)
    >>> found.head_factor, found.rate_factor, found.efficiency_factor
    (array(0.75), array(0.6667), array(0.75))
    """
    rate, head, power = np.broadcast_arrays(
        *per_well(pump.wells, rate_m3d=rate_m3d, head_m=head_m, power_kw=power_kw)
    )
    expected_head = pump_head_m(pump=pump, rate_m3d=rate)
    expected_power = pump_power_kw(pump=pump, rate_m3d=rate)
    expected_rate = _falling_rate_m3d(pump, head)
    power_at_head = pump_power_kw(pump=pump, rate_m3d=expected_rate)
    bep, low, high = alone_per_test(
        rate.ndim, pump.bep_rate_m3d, pump.recommended_low_m3d, pump.recommended_high_m3d
    )
    (in_range,) = alone_per_test(rate.ndim, pump.in_range)
    with np.errstate(all="ignore"):  # as said above
        head_factor = np.asarray(ratio(head, expected_head))
        power_ratio = np.asarray(ratio(power, expected_power))
        return Degradation(
            head_factor=head_factor,
            rate_factor=np.asarray(ratio(rate, expected_rate)),
            power_ratio=power_ratio,
            power_ratio_at_head=np.asarray(ratio(power, power_at_head)),
            efficiency_factor=np.asarray(ratio(head_factor, power_ratio)),
            rate_over_bep=np.asarray(ratio(rate, bep)),
            expected_head_m=expected_head,
            expected_power_kw=expected_power,
            expected_rate_m3d=expected_rate,
            in_recommended_range=np.asarray((rate >= low) & (rate <= high)),
            in_range=np.array(np.broadcast_to(in_range, expected_head.shape), dtype=np.bool_),
        )


def _falling_rate_m3d(pump: PumpCurve, head: FloatArray) -> FloatArray:
    knots, values, slopes = all_per_test(head.ndim, pump.rate_m3d, pump.head_m, pump.head_slope)
    with np.errstate(all="ignore"):  # a head beyond any pump's has no rate
        off = values - head[..., np.newaxis]
    found = cubic_roots(knots=knots, values=off, slopes=slopes)
    falling = np.where(found.slope < 0.0, found.x, -np.inf)
    highest = np.max(falling, axis=-1)
    return np.where(np.isfinite(highest), highest, np.nan)


def head_factor_slope(found: Degradation) -> FloatArray:
    """Slope of the head factor over the rate, by least squares: does it fall as the rate rises?

    b = sum (x - x_mean)(DF_H - mean) / sum (x - x_mean)^2,  x = q/q_BEP

    Args:
        found: tests of a pump at several rates, along the last axis; those that lack a finite
            number do not count.

    Returns:
        A slope a pump; NaN with fewer than two different rates.

    >>> from pumpperf.lift.esp.curve import stage_curve
    >>> from pumpperf.lift.esp.pump import pump_curve
    >>> line = stage_curve(
    ...     frequency_hz=50, rate_m3d=[0, 60, 120], head_m=[12, 6, 0], power_kw=[0.1, 0.1, 0.1]
    ... )
    >>> pump = pump_curve(curve=line, stages=1, frequency_hz=50)
    >>> tests = degradation(pump=pump, rate_m3d=[30.0, 60.0], head_m=[8.1, 4.8])
    >>> head_factor_slope(tests)  # from 0.9 at half of the best rate to 0.8 there
    array(-0.2)
    """
    with np.errstate(all="ignore"):  # numbers too large to square have no slope
        known = np.isfinite(found.rate_over_bep + found.head_factor)
        dx, dy = (
            np.where(known, part - mean_of(part, known)[..., np.newaxis], 0.0)
            for part in (found.rate_over_bep, found.head_factor)
        )
        spread = np.sum(dx * dx, axis=-1)
        return np.asarray(ratio(np.sum(dx * dy, axis=-1), np.where(spread > 1e-12, spread, 0.0)))
