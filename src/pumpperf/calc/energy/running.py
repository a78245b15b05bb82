"""Power of a pump while it runs, from a log that also tells of standstill and start."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import column

_OFF = 0.1


def high_power_kw(*, power_kw: ArrayLike) -> float:
    """Power [kW] that nine in ten samples above 0 do not exceed; NaN without such a sample.

    A few samples that no motor can have taken do not move it.

    Args:
        power_kw: samples of one pump [kW]; NaN is a sample lost.

    Source: definition: the sample at place 9 (n - 1) / 10, rounded down, of n in order, from 0.

    >>> high_power_kw(power_kw=[0.0, 20.0, 4294967292.0, 21.0, 19.0])
    21.0
    """
    power = column(values=power_kw, name="power_kw")
    above = np.sort(power[power > 0.0])
    return float(above[9 * (above.size - 1) // 10]) if above.size else np.nan


def running_power_kw(*, power_kw: ArrayLike) -> float:
    """Mean power [kW] of the samples in which a pump ran; NaN without one.

    Args:
        power_kw: samples of one pump [kW]; NaN is a sample lost.

    Source: definition: a pump runs while it takes more than a tenth of its high power; what an idle
    drive takes is less.

    >>> running_power_kw(power_kw=[0.0, 0.4, 20.0, 22.0])
    21.0
    """
    power = column(values=power_kw, name="power_kw")
    running = power[power > _OFF * high_power_kw(power_kw=power)]
    return float(running.mean()) if running.size else np.nan
