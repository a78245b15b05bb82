"""The motor: from the power and current that it takes to the pump's shaft."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.interpolation import Roots, cubic_roots, cubic_values, shape_preserving_slopes
from pumpperf.errors import ArgumentError
from pumpperf.lift.esp.wells import Points, all_per_test, alone_per_test, arrays, per_test, per_well
from pumpperf.numeric import FloatArray, Reals, ratio
from pumpperf.results import Result


class MotorCurve(Result):
    """A motor over its load, at one frequency; one, or a stack with its points on the last axis.

    Attributes:
        frequency_hz: at which the points hold.
        poles: of the winding; submersible motors have two.
        rated_power_kw: at the shaft, at a load of 1.
        load: points, rising: shaft power over rated power.
        efficiency: at each of them, 0..1.
        power_factor: at each of them, 0..1.
        speed_rpm: at each of them.
        current_a: at each of them.
    """

    frequency_hz: FloatArray
    poles: FloatArray
    rated_power_kw: FloatArray
    load: Points
    efficiency: Points
    power_factor: Points
    speed_rpm: Points
    current_a: Points

    @property
    def wells(self) -> tuple[int, ...]:
        """Shape of the wells: () for one motor."""
        alone = (self.frequency_hz, self.poles, self.rated_power_kw)
        return np.broadcast_shapes(self.load.shape[:-1], *(part.shape for part in alone))


class MotorState(Result):
    """A motor at a load; NaN beyond its points.

    Attributes:
        load: shaft power over rated power.
        shaft_power_kw: given to the pump.
        input_power_kw: taken from the cable.
        efficiency: of the motor, 0..1.
        power_factor: 0..1.
        speed_rpm: of the shaft.
        slip: behind the rotating field, as a share of its speed.
        current_a: in a line.
    """

    load: FloatArray
    shaft_power_kw: FloatArray
    input_power_kw: FloatArray
    efficiency: FloatArray
    power_factor: FloatArray
    speed_rpm: FloatArray
    slip: FloatArray
    current_a: FloatArray


def synchronous_speed_rpm(*, frequency_hz: Reals, poles: Reals | float) -> Reals:
    """Speed [rpm] of the rotating field.

    n_s = 120 f / p

    Args:
        frequency_hz: of the supply [Hz].
        poles: of the winding, two for each pair.

    Source: IEC 60034-1; four poles at 60 Hz: 1800 rpm.

    >>> synchronous_speed_rpm(frequency_hz=60.0, poles=4.0)
    1800.0
    """
    return ratio(120.0 * frequency_hz, poles)


def motor_slip(*, speed_rpm: Reals, synchronous_speed_rpm: Reals | float) -> Reals:
    """How far the shaft lags behind the rotating field, as a share of its speed.

    s = 1 - n / n_s;  below 0 the stated speed and frequency cannot both be true of a motor.

    Args:
        speed_rpm: of the shaft [rpm].
        synchronous_speed_rpm: of the field [rpm].

    Source: definition; 1785 of 1800 rpm: 0.008333.

    >>> motor_slip(speed_rpm=1785.0, synchronous_speed_rpm=1800.0)
    0.008333
    """
    return 1.0 - ratio(speed_rpm, synchronous_speed_rpm)


def motor_curve(
    *,
    frequency_hz: ArrayLike,
    rated_power_kw: ArrayLike,
    load: ArrayLike,
    efficiency: ArrayLike,
    power_factor: ArrayLike,
    speed_rpm: ArrayLike,
    current_a: ArrayLike,
    poles: ArrayLike = 2.0,
) -> MotorCurve:
    """A motor through its points over load, at one frequency, interpolated without overshoot.

    Args:
        frequency_hz: at which the points hold [Hz]; another frequency has other points.
        rated_power_kw: at the shaft, at a load of 1 [kW].
        load: shaft power over rated power, strictly rising along the last axis, two at least.
        efficiency: 0..1, as many.
        power_factor: 0..1, as many.
        speed_rpm: of the shaft [rpm], as many.
        current_a: in a line [A], as many.
        poles: of the winding.

    Raises:
        ArgumentError: the columns have different shapes, the loads do not rise, or what is one a
            well is not as many as the wells.
    """
    shares = {"efficiency": efficiency, "power_factor": power_factor}
    columns = arrays(load=load, **shares, speed_rpm=speed_rpm, current_a=current_a)
    shapes = {name: column.shape for name, column in columns.items()}
    if len(set(shapes.values())) > 1:
        raise ArgumentError(f"motor curve: the points have different shapes: {shapes}")
    loads = columns["load"]
    if loads.shape[-1:] < (2,) or not np.all(np.diff(loads) > 0.0) or np.any(np.isinf(loads)):
        raise ArgumentError(
            f"motor curve: load = {load!r}: expected two finite, strictly rising loads or more"
        )
    alone = arrays(frequency_hz=frequency_hz, poles=poles, rated_power_kw=rated_power_kw)
    per_well(loads.shape[:-1], **alone)
    return MotorCurve(**alone, **columns)


def motor_state(*, motor: MotorCurve, load: ArrayLike) -> MotorState:
    """Efficiency, power factor, speed, slip, current and powers of a motor at a load.

    P_shaft = L P_rated,  P_in = P_shaft / eta

    Args:
        motor: through its points; one, or one a well.
        load: shaft power over rated power; one a well, or several along the last axis.

    Raises:
        ArgumentError: there are not as many as wells.
    """
    (share,) = per_well(motor.wells, load=load)
    values = np.stack([motor.efficiency, motor.power_factor, motor.speed_rpm, motor.current_a])
    slopes = shape_preserving_slopes(x=motor.load, y=values)
    values, slopes = all_per_test(share.ndim + 1, values, slopes)
    found = cubic_values(
        x=share, knots=per_test(motor.load, share.ndim), values=values, slopes=slopes
    )
    efficiency, power_factor, speed, current = found
    field_speed = synchronous_speed_rpm(frequency_hz=motor.frequency_hz, poles=motor.poles)
    rated, field_rpm = alone_per_test(share.ndim, motor.rated_power_kw, np.asarray(field_speed))
    with np.errstate(all="ignore"):  # numbers beyond any motor's come out as inf or NaN
        shaft = np.asarray(share * rated)
        return MotorState(
            load=share,
            shaft_power_kw=shaft,
            input_power_kw=np.asarray(ratio(shaft, efficiency)),
            efficiency=efficiency,
            power_factor=power_factor,
            speed_rpm=speed,
            slip=np.asarray(motor_slip(speed_rpm=speed, synchronous_speed_rpm=field_rpm)),
            current_a=current,
        )


def loads_from_input_power(*, motor: MotorCurve, input_power_kw: ArrayLike) -> Roots:
    """Every load at which a motor takes the measured power.

    eta(L) P_in - L P_rated = 0.  A curve that begins at load 0 with efficiency 0 has that trivial
    root per_well the true one; below the motor's no-load losses it is the only one.

    Args:
        motor: through its points; one, or one a well.
        input_power_kw: taken from the cable [kW]; a number, one a well, or several for each well
            along the last axis.

    Raises:
        ArgumentError: there are not as many as wells.
    """
    power, rated = per_well(
        motor.wells, input_power_kw=input_power_kw, rated_power_kw=motor.rated_power_kw
    )
    loads, efficiency = all_per_test(power.ndim, motor.load, motor.efficiency)
    slopes = shape_preserving_slopes(x=loads, y=efficiency)
    with np.errstate(all="ignore"):  # numbers beyond any motor's have no load
        values = efficiency * power[..., np.newaxis] - loads * rated[..., np.newaxis]
        slopes = slopes * power[..., np.newaxis] - rated[..., np.newaxis]
    return cubic_roots(knots=loads, values=values, slopes=slopes)


def loads_from_current(*, motor: MotorCurve, current_a: ArrayLike) -> Roots:
    """Every load at which a motor draws the measured current; at low load there may be two.

    Args:
        motor: through its points; one, or one a well.
        current_a: in a line [A]; a number, one a well, or several for each well along the last
            axis.

    Raises:
        ArgumentError: there are not as many as wells.
    """
    (current,) = per_well(motor.wells, current_a=current_a)
    loads, drawn = all_per_test(current.ndim, motor.load, motor.current_a)
    slopes = shape_preserving_slopes(x=loads, y=drawn)
    with np.errstate(all="ignore"):  # numbers beyond any motor's have no load
        values = drawn - current[..., np.newaxis]
    return cubic_roots(knots=loads, values=values, slopes=slopes)
