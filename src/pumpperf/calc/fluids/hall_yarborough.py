"""Hall and Yarborough's compressibility factor, a second equation of state to hold the first to."""

from __future__ import annotations

import numpy as np

from pumpperf.numeric import FloatArray, Reals, floats, raised
from pumpperf.roots import rising_root

FULL = 0.999999
"""The reduced density y stays below 1, where the equation has its pole."""


def compressibility_factor(*, reduced_pressure: Reals, reduced_temperature: Reals) -> Reals:
    """Compressibility factor Z of a natural gas, by Hall and Yarborough.

    Z = a p / y, with y in -a p + (y + y^2 + y^3 - y^4)/(1 - y)^3
    - (14.76 t - 9.76 t^2 + 4.58 t^3) y^2 + (90.7 t - 242.2 t^2 + 42.4 t^3) y^(2.18 + 2.82 t) = 0,
    t = 1/T,  a = 0.06125 t exp(-1.2 (1 - t)^2)

    Args:
        reduced_pressure: absolute pressure over the pseudo-critical one, up to 20.
        reduced_temperature: absolute temperature over the pseudo-critical one, 1.2 to 3.

    Returns:
        Z, 1 of a gas without pressure; NaN at a reduced temperature below 1. At 1 to 1.1 it may be
        one of several roots.

    Source: Hall and Yarborough (1973), Oil and Gas Journal 71(25), 82. The tables of zFactor at
    T 1.3 and p 3.5: 0.632300; `gas.compressibility_factor` has 0.633936 there.

    >>> compressibility_factor(reduced_pressure=3.5, reduced_temperature=1.3)
    0.632300
    """
    shape = reduced_pressure * 0.0 + reduced_temperature * 0.0
    pressure, temperature = np.broadcast_arrays(*floats(reduced_pressure, reduced_temperature))
    known = (pressure >= 0.0) & (temperature >= 1.0) & (pressure < np.inf)
    pressed = known & (pressure > 0.0)
    t = 1.0 / np.where(known, temperature, 2.0)
    start = 0.06125 * t * np.exp(-1.2 * (1.0 - t) ** 2) * np.where(pressed, pressure, 1.0)
    second = t * (14.76 - t * (9.76 - t * 4.58))
    third = t * (90.7 - t * (242.2 - t * 42.4))
    steep = 2.18 + 2.82 * t

    def missing(y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """What is left of the equation at a reduced density, and its slope."""
        empty = 1.0 - y
        hard = y * (1.0 + y * (1.0 + y * (1.0 - y))) / empty**3
        slope = (1.0 + y * (4.0 + y * (4.0 + y * (y - 4.0)))) / empty**4
        far = third * y ** (steep - 1.0)
        value = hard - second * y * y + far * y - start
        return value, slope - 2.0 * second * y + steep * far

    density = rising_root(function=missing, start=np.minimum(start, 0.5), most=FULL)
    z = np.where(pressed, start / density, np.where(known, 1.0, np.nan))
    shaped: Reals = shape + z  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # one or a column, as asked
    return raised(shaped, 1.0)
