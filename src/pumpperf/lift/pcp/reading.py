"""Progressing cavity pumps driven by rods."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import frozen

from pumpperf.calc.power import rotary_power_kw
from pumpperf.checked import Pairs, converted
from pumpperf.fields import KilonewtonMetres, Litres, Millimetres, RevolutionsPerMinute
from pumpperf.lift.powers import pick, shared_duty
from pumpperf.lift.reading import LiftType, SharedReading
from pumpperf.numeric import Reals
from pumpperf.units import LITRE, MINUTES_PER_DAY


@frozen(kw_only=True, field_transformer=converted)
class PcpReading(SharedReading):
    """One reading of a progressing cavity pump.

    Attributes:
        speed_rpm: speed of the rods.
        minimum_speed_rpm: lowest that its drive may run.
        maximum_speed_rpm: highest that its drive may run.
        revolution_displacement_l: volume of one revolution, from the maker.
        rod_diameter_mm: of the rods in the tubing.
        rod_torque_knm: torque of the polished rod.
    """

    LIFT_TYPE: ClassVar[LiftType] = LiftType.PCP
    ORDERED: ClassVar[Pairs] = (("minimum_speed_rpm", "maximum_speed_rpm"),)

    speed_rpm: RevolutionsPerMinute | None = None
    minimum_speed_rpm: RevolutionsPerMinute | None = None
    maximum_speed_rpm: RevolutionsPerMinute | None = None
    revolution_displacement_l: Litres | None = None
    rod_diameter_mm: Millimetres | None = None
    rod_torque_knm: KilonewtonMetres | None = None


def displacement_rate_m3d(*, revolution_displacement_l: Reals, speed_rpm: Reals | float) -> Reals:
    """Volume swept in a day [m3/d].

    q = 1440 V n

    Args:
        revolution_displacement_l: volume of one revolution [l].
        speed_rpm: speed of the rods [rpm].

    Source: geometry; 0.0005 m3 at 90.15 rpm: 64.91 m3/d.

    >>> displacement_rate_m3d(revolution_displacement_l=0.5, speed_rpm=90.15)
    64.91
    """
    return revolution_displacement_l * speed_rpm * (LITRE * MINUTES_PER_DAY)


def duty(reading: Mapping[str, Reals], running_share: Reals | float) -> dict[str, Reals]:
    """The duty of a progressing cavity pump: the delivered power is rod torque times speed."""
    power = rotary_power_kw(torque_knm=reading["rod_torque_knm"], **pick(reading, "speed_rpm"))
    swept = displacement_rate_m3d(**pick(reading, "revolution_displacement_l", "speed_rpm"))
    return shared_duty(reading, running_share, measured_power_kw=power, displacement_rate_m3d=swept)
