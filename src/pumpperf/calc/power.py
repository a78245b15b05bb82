"""Powers along the way from the mains to the pump."""

from __future__ import annotations

import math

from pumpperf.numeric import Reals, logarithm, ratio
from pumpperf.units import SECONDS_PER_DAY


def motor_input_power_kw(
    *, voltage_v: Reals, current_a: Reals | float, power_factor: Reals | float
) -> Reals:
    """Electrical power [kW] of a balanced three-phase motor.

    P = sqrt(3) U I cos(phi)

    Args:
        voltage_v: voltage between lines [V].
        current_a: current in a line [A].
        power_factor: cos(phi), 0..1.

    Source: IEC 60034-1; 208 V, 0.95 and 10 kW draw 29.218 A.

    >>> motor_input_power_kw(voltage_v=208.0, current_a=29.218131, power_factor=0.95)
    10.0
    """
    return math.sqrt(3.0) * voltage_v * current_a * power_factor / 1000.0


def rotary_power_kw(*, torque_knm: Reals, speed_rpm: Reals | float) -> Reals:
    """Power [kW] of a turning shaft or rod.

    P = T omega = T 2 pi n / 60

    Args:
        torque_knm: torque [kN m].
        speed_rpm: rotary speed [rpm].

    Source: mechanics; 1 kN m at 60/(2 pi) rpm is 1 kW.

    >>> rotary_power_kw(torque_knm=1.0, speed_rpm=9.5492966)
    1.0
    """
    return torque_knm * speed_rpm * (2.0 * math.pi / 60.0)


def reciprocating_power_kw(*, stroke_work_kj: Reals, speed_spm: Reals | float) -> Reals:
    """Mean power [kW] of a machine that does the same work at every stroke.

    P = W n / 60

    Args:
        stroke_work_kj: work of one full stroke, the area of its card [kJ = kN m].
        speed_spm: full strokes per minute [1/min].

    Source: mechanics; a card of 5829 ft lbf at 6.4 1/min: 1.13 hp = 0.843 kW.

    >>> reciprocating_power_kw(stroke_work_kj=7.903063, speed_spm=6.4)
    0.843
    """
    return stroke_work_kj * speed_spm / 60.0


def gas_compression_power_kw(
    *,
    gas_rate_m3d: Reals,
    intake_pressure_kpa: Reals | float,
    discharge_pressure_kpa: Reals | float,
) -> Reals:
    """Least power [kW] to bring the free gas at the intake to the discharge pressure.

    P = q_g p_i ln(p_d / p_i) / 86400, of an ideal gas that stays as warm as the liquid; gas that
    dissolves on the way takes less.

    Args:
        gas_rate_m3d: free gas at intake pressure that goes through the pump [m3/d].
        intake_pressure_kpa: absolute [kPa], above 0.
        discharge_pressure_kpa: absolute [kPa], above 0.

    Source: isothermal compression of an ideal gas (any thermodynamics text). 100 m3/d from 1000 to
    5000 kPa: 1.863 kW, where rate times rise of pressure would be 4.630.

    >>> gas_compression_power_kw(
    ...     gas_rate_m3d=100.0, intake_pressure_kpa=1000.0, discharge_pressure_kpa=5000.0
    ... )
    1.863
    """
    pressures = ratio(discharge_pressure_kpa + 0.0 * gas_rate_m3d, intake_pressure_kpa)
    return gas_rate_m3d * intake_pressure_kpa * logarithm(pressures) / SECONDS_PER_DAY
