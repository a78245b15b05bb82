"""Power of a pump while it runs, from a log that also tells of standstill and start."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import column, columns, same_size

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


def running_power_kw(*, power_kw: ArrayLike, hours: ArrayLike | None = None) -> float:
    """Mean power [kW] of the samples in which a pump ran; NaN without one.

    Args:
        power_kw: samples of one pump [kW]; NaN is a sample lost.
        hours: for how long each stood [h, or any other unit of time], at least 0. None: all for
            equally long, as a logger of fixed intervals writes them.

    Raises:
        ArgumentError: lengths differ, a time is missing or below 0, or a power is no number.

    Source: definition: a pump runs while it takes more than a tenth of its high power; what an idle
    drive takes is less.

    >>> running_power_kw(power_kw=[0.0, 0.4, 20.0, 22.0])
    21.0
    >>> running_power_kw(power_kw=[0.0, 0.4, 20.0, 22.0], hours=[9.0, 9.0, 3.0, 1.0])
    20.5
    """
    power = column(values=power_kw, name="power_kw")
    running = power > _OFF * high_power_kw(power_kw=power)
    if hours is None:
        return float(power[running].mean()) if running.any() else np.nan
    (length,) = columns(given={"hours": hours}, beside={"power_kw": power_kw})
    same_size(columns={"hours": length}, size=power.size, of="power_kw")
    total = float(length[running].sum())
    return float((power[running] * length[running]).sum()) / total if total > 0.0 else np.nan
