"""Hydraulic jet pumps driven by power fluid."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import frozen

from pumpperf.checked import converted
from pumpperf.fields import CubicMetresPerDay, Kilopascals
from pumpperf.lift.powers import power_fluid_power, shared_duty
from pumpperf.lift.reading import LiftType, SharedReading
from pumpperf.numeric import Reals


@frozen(kw_only=True, field_transformer=converted)
class JetReading(SharedReading):
    """One reading of a hydraulic jet pump.

    Attributes:
        power_fluid_rate_m3d: power fluid through the nozzle, as a rate while the pump runs.
        power_fluid_pressure_rise_kpa: rise across the surface power-fluid pump.
    """

    LIFT_TYPE: ClassVar[LiftType] = LiftType.HYDRAULIC_JET

    power_fluid_rate_m3d: CubicMetresPerDay | None = None
    power_fluid_pressure_rise_kpa: Kilopascals | None = None


def duty(reading: Mapping[str, Reals], running_share: Reals | float) -> dict[str, Reals]:
    """The duty of a jet pump: no displacement; the delivered power is that of its power fluid."""
    return shared_duty(reading, running_share, measured_power_kw=power_fluid_power(reading))
