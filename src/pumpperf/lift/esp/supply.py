"""The power supply of a motor: drive, cable and the balance of the three phases."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.errors import ArgumentError
from pumpperf.lift.esp.wells import arrays
from pumpperf.numeric import FloatArray, Reals, ratio

COPPER_PER_K = 0.00393


def conductor_resistance_ohm(
    *, resistance_ohmkm: Reals, length_m: Reals | float, temperature_degc: Reals | float
) -> Reals:
    """Resistance [ohm] of one copper conductor of a cable at its own temperature.

    R = R_20 L (1 + 0.00393 (t - 20))

    Args:
        resistance_ohmkm: of one conductor at 20 degC, by the cable's sheet [ohm/km].
        length_m: of the cable [m].
        temperature_degc: mean of the conductor over that length [degC].

    Source: IEC 60028, copper; 0.1 ohm at 20 degC are 0.11179 ohm at 50 degC.

    >>> conductor_resistance_ohm(resistance_ohmkm=0.1, length_m=1000.0, temperature_degc=50.0)
    0.11179
    """
    return resistance_ohmkm * length_m * (1.0 + COPPER_PER_K * (temperature_degc - 20.0)) / 1000.0


def cable_loss_kw(*, current_a: Reals, resistance_ohm: Reals | float) -> Reals:
    """Power [kW] that the three conductors of a cable turn into heat.

    P = 3 I^2 R

    Args:
        current_a: in a line [A].
        resistance_ohm: of one conductor, hot [ohm].

    Source: Joule's law; 100 A through 0.5 ohm: 15 kW.

    >>> cable_loss_kw(current_a=100.0, resistance_ohm=0.5)
    15.0
    """
    return current_a * current_a * resistance_ohm * 0.003


def drive_loss_kw(*, input_power_kw: Reals, drive_efficiency: Reals | float) -> Reals:
    """Power [kW] that a variable-speed drive turns into heat.

    P = P_in (1 - eta)

    Args:
        input_power_kw: taken from the mains [kW].
        drive_efficiency: of the drive, 0..1.

    Source: definition; 100 kW at 0.97: 3 kW.

    >>> drive_loss_kw(input_power_kw=100.0, drive_efficiency=0.97)
    3.0
    """
    return input_power_kw * (1.0 - drive_efficiency)


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
    each = arrays(phases=phases)["phases"]
    if each.shape[-1:] != (3,):
        raise ArgumentError(f"phases of shape {each.shape}: expected three along the last axis")
    with np.errstate(all="ignore"):  # an infinite phase has no imbalance
        mean = np.mean(each, axis=-1)
        return np.asarray(ratio(np.max(np.abs(each - mean[..., np.newaxis]), axis=-1), mean))
