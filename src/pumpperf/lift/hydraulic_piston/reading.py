"""Hydraulic piston pumps driven by power fluid."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import frozen

from pumpperf.checked import Pairs, converted
from pumpperf.fields import CubicMetresPerDay, Kilopascals, Litres, StrokesPerMinute
from pumpperf.lift.powers import pick, power_fluid_power, shared_duty
from pumpperf.lift.reading import LiftType, SharedReading
from pumpperf.numeric import Reals
from pumpperf.units import LITRE, MINUTES_PER_DAY


@frozen(kw_only=True, field_transformer=converted)
class HydraulicPistonReading(SharedReading):
    """One reading of a hydraulic piston pump.

    Attributes:
        speed_spm: full strokes per minute of the downhole unit.
        minimum_speed_spm: lowest that its maker allows.
        maximum_speed_spm: highest that its maker allows.
        stroke_displacement_l: volume of the pump end in one full stroke.
        power_fluid_rate_m3d: power fluid taken, as a rate while the pump runs.
        power_fluid_pressure_rise_kpa: rise across the surface power-fluid pump.
    """

    LIFT_TYPE: ClassVar[LiftType] = LiftType.HYDRAULIC_PISTON
    ORDERED: ClassVar[Pairs] = (("minimum_speed_spm", "maximum_speed_spm"),)

    speed_spm: StrokesPerMinute | None = None
    minimum_speed_spm: StrokesPerMinute | None = None
    maximum_speed_spm: StrokesPerMinute | None = None
    stroke_displacement_l: Litres | None = None
    power_fluid_rate_m3d: CubicMetresPerDay | None = None
    power_fluid_pressure_rise_kpa: Kilopascals | None = None


def displacement_rate_m3d(*, stroke_displacement_l: Reals, speed_spm: Reals | float) -> Reals:
    """Volume swept by the pump end in a day [m3/d].

    q = 1440 V n

    Args:
        stroke_displacement_l: volume of the pump end in one full stroke [l].
        speed_spm: full strokes per minute [1/min].

    Source: geometry; 2 in x 48 in at 12 1/min: 268.58 bbl/d = 42.701 m3/d.

    >>> displacement_rate_m3d(stroke_displacement_l=2.4711107, speed_spm=12.0)
    42.701
    """
    return stroke_displacement_l * speed_spm * (LITRE * MINUTES_PER_DAY)


def duty(reading: Mapping[str, Reals], running_share: Reals | float) -> dict[str, Reals]:
    """The duty of a hydraulic piston pump: the delivered power is that of its power fluid."""
    power = power_fluid_power(reading)
    swept = displacement_rate_m3d(**pick(reading, "stroke_displacement_l", "speed_spm"))
    return shared_duty(reading, running_share, measured_power_kw=power, displacement_rate_m3d=swept)
