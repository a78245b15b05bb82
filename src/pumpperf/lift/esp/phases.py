"""The three phases of the supply: do they carry alike?"""

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.errors import ArgumentError
from pumpperf.lift.esp.wells import numbers
from pumpperf.numeric import FloatArray, ratio


def phase_imbalance(*, phases: ArrayLike) -> FloatArray:
    """Largest deviation of the three phases from their mean, as a share of the mean.

    u = max |x_i - x_mean| / x_mean

    Args:
        phases: voltages between lines, or currents in the lines; three along the last axis.

    Raises:
        ArgumentError: the last axis does not hold three phases.

    Source: NEMA MG 1, voltage unbalance; 203, 210 and 212 V have a mean of 208.3 V: 0.0256.

    >>> phase_imbalance(phases=[203.0, 210.0, 212.0])
    array(0.0256)
    """
    each = numbers(phases=phases)["phases"]
    if each.shape[-1:] != (3,):
        raise ArgumentError(f"phases of shape {each.shape}: expected three along the last axis")
    with np.errstate(all="ignore"):  # an endless phase has no imbalance
        mean = np.mean(each, axis=-1)
        return np.asarray(ratio(np.max(np.abs(each - mean[..., np.newaxis]), axis=-1), mean))
