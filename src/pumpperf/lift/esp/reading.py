"""Electric submersible pumps, and surface centrifugal pumps on a test bench."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import frozen

from pumpperf.checked import Pairs, converted
from pumpperf.fields import Hertz, Kilowatts
from pumpperf.lift.powers import shared_duty
from pumpperf.lift.reading import LiftType, SharedReading
from pumpperf.numeric import Reals


@frozen(kw_only=True, field_transformer=converted)
class EspReading(SharedReading):
    """One reading of an electric submersible pump.

    Attributes:
        frequency_hz: running frequency.
        minimum_frequency_hz: lowest that its drive may run.
        maximum_frequency_hz: highest that its drive may run.
        shaft_power_kw: at the pump's shaft, as a test bench measures it.
    """

    LIFT_TYPE: ClassVar[LiftType] = LiftType.ESP
    ORDERED: ClassVar[Pairs] = (("minimum_frequency_hz", "maximum_frequency_hz"),)

    frequency_hz: Hertz | None = None
    minimum_frequency_hz: Hertz | None = None
    maximum_frequency_hz: Hertz | None = None
    shaft_power_kw: Kilowatts | None = None


def duty(reading: Mapping[str, Reals], running_share: Reals | float) -> dict[str, Reals]:
    """The duty of a centrifugal pump: no displacement; the delivered power is at its own shaft."""
    found = shared_duty(reading, running_share, measured_power_kw=reading["shaft_power_kw"])
    return {**found, "pump_input_power_kw": found["delivered_power_kw"]}
