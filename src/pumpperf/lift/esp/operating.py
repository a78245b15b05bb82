"""Where a pump and its well meet: every rate at which the pump gives what the well asks."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.interpolation import cubic_roots
from pumpperf.lift.esp.pump import PumpCurve
from pumpperf.lift.esp.wells import Points, all_per_test, per_well
from pumpperf.numeric import BoolArray
from pumpperf.results import Result


class OperatingPoints(Result):
    """Where pump and well meet; the points of a well along the last axis, NaN after the last.

    Attributes:
        rate_m3d: liquid at intake conditions, rising.
        head_m: there.
        stable: whether the pump comes back to it after a disturbance: its head falls faster, or
            rises more slowly, than that which the well asks.
        count: how many there are; 0 if pump and well do not meet, or if a number is missing.
    """

    rate_m3d: Points
    head_m: Points
    stable: Annotated[BoolArray, "point"]
    count: NDArray[np.int64]


def operating_points(
    *,
    pump: PumpCurve,
    static_head_m: ArrayLike,
    drawdown_m_per_m3d: ArrayLike = 0.0,
    friction_m_per_m3d2: ArrayLike = 0.0,
) -> OperatingPoints:
    """Every rate at which the pump's head is the head that the well asks for.

    H_pump(q) = H_0 + d q + k q^2;  stable where dH_pump/dq < d + 2 k q

    Less the well's parabola, each cubic of the pump is a cubic again, and all its roots are found.
    Where the two curves coincide the ends of that stretch are given. Numbers beyond any well's
    have no point.

    Args:
        pump: the whole pump where it runs; one, or one a well.
        static_head_m: H_0, at no rate [m]: lift from the static level, and wellhead pressure; a
            number, one a well, or several for each well along the last axis.
        drawdown_m_per_m3d: d [m per m3/d]: how far the level falls with the rate, 1/(rho g J);
            as many.
        friction_m_per_m3d2: k [m per (m3/d)^2]: head lost to friction over the square of the
            rate, as measured at one rate; as many.

    Raises:
        ArgumentError: the numbers are not as many as the wells.

    Source: first principles; 12 m at no rate falling by 0.1 m per m3/d against a lift of 10 m
        meet at 20 m3/d.

    >>> from pumpperf.lift.esp.curve import stage_curve
    >>> from pumpperf.lift.esp.pump import pump_curve
    >>> line = stage_curve(
    ...     frequency_hz=50, rate_m3d=[0, 60, 120], head_m=[12, 6, 0], power_kw=[0.1, 0.1, 0.1]
    ... )
    >>> pump = pump_curve(curve=line, stages=1, frequency_hz=50)
    >>> found = operating_points(pump=pump, static_head_m=10)
    >>> found.rate_m3d, found.stable
    (array([20.]), array([ True]))
    """
    asked = per_well(
        pump.wells,
        static_head_m=static_head_m,
        drawdown_m_per_m3d=drawdown_m_per_m3d,
        friction_m_per_m3d2=friction_m_per_m3d2,
    )
    axes = max(part.ndim for part in asked)
    static, drawdown, friction = (part[..., np.newaxis] for part in asked)
    rate, head, slope = all_per_test(axes, pump.rate_m3d, pump.head_m, pump.head_slope)
    with np.errstate(all="ignore"):  # numbers beyond any well's have no point
        found = cubic_roots(
            knots=rate,
            values=head - (static + rate * (drawdown + rate * friction)),
            slopes=slope - (drawdown + 2.0 * friction * rate),
        )
        at = np.asarray(static + found.x * (drawdown + found.x * friction))
    return OperatingPoints(
        rate_m3d=found.x, head_m=at, stable=np.asarray(found.slope < 0.0), count=found.count
    )
