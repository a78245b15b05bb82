"""What a check is, the numbers that it looks at, and the inputs that these come from."""

import math
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen

from pumpperf.assumptions import Assumptions
from pumpperf.lift import LiftType, chain, duty_numbers
from pumpperf.lift.reading import NAN
from pumpperf.model import Severity
from pumpperf.numeric import coalesce


class Numbers(dict[str, Any]):  # a float or a column each
    """Numbers or columns by name; what a lift system does not have is NaN.

    Attributes:
        over: which of them, or where in a column, were beyond any float, and are NaN for it.
    """

    over: Mapping[str, Any] = MappingProxyType({})  # truths, or columns of them

    def __missing__(self, name: str) -> float:
        """An instrument that the system does not know."""
        return NAN

    @property
    def overflow(self) -> Any:  # a truth, or a column of them
        """Whether one of them was."""
        return any_of(self.over.values())

    @property
    def beyond(self) -> str:
        """The names of those that were beyond any float, for words."""
        return ", ".join(name for name, is_so in self.over.items() if is_so)


def any_of(flags: Iterable[Any]) -> Any:  # truths, or columns of them
    """Whether one of them holds, line by line."""
    found: Any = False
    for flag in flags:
        found = found | flag
    return found


Fails: TypeAlias = Callable[[Numbers, Numbers, Assumptions], Any]  # a truth, or a column


@frozen
class Check:
    """One thing that an engineer would look at.

    `fails` takes the reading's numbers, those of duty and chain, and the assumptions. `words` is
    a template over the same three, called r, d and a.
    """

    code: str
    fails: Fails
    words: str
    inputs: tuple[str, ...]
    look_at: str
    severity: Severity = Severity.WARNING


def judged(lift_type: LiftType, reading: Numbers) -> Numbers:
    """Duty and chain by name; a pump of unknown runtime is taken to run all of the time.

    That it was taken so is the finding RUNTIME_MISSING. A number beyond any float is absent, and
    of a duty with such a number every ratio too: finding BEYOND_ANY_NUMBER.
    """
    duty = duty_numbers(lift_type, reading, coalesce(reading["running_share"], 1.0))
    ratios = chain(duty)
    found = Numbers(duty | ratios)
    over = {name: abs(value) == math.inf for name, value in found.items()}
    if not any(map(np.any, over.values())):
        return found
    found.over = over
    vast = any_of(map(over.__getitem__, duty))
    for name, value in found.items():
        gone = vast | over[name] if name in ratios else over[name]
        kept = np.where(gone, NAN, value)
        found[name] = kept if kept.ndim else float(kept)
    return found


PRESSURES = ("intake_pressure_kpa", "discharge_pressure_kpa", "pressure_rise_kpa", "fluid_load_kn")
LEVEL = ("wellhead_pressure_kpa", "casing_pressure_kpa", "fluid_level_m", "liquid_density_kgm3")
LIFT = ("rate_m3d", "intake_pressure_kpa", "pump_depth_m", *LEVEL)
ELECTRICAL = ("voltage_v", "current_a", "power_factor")
INPUT = ("input_power_kw", *ELECTRICAL)
LINKS = ("motor_efficiency", "drive_efficiency")
DELIVERED = (
    "polished_rod_power_kw",
    "stroke_work_kj",
    "speed_spm",
    "rod_torque_knm",
    "speed_rpm",
    "shaft_power_kw",
    "power_fluid_rate_m3d",
    "power_fluid_pressure_rise_kpa",
)
SWEPT = (
    "rate_m3d",
    "plunger_diameter_mm",
    "plunger_stroke_m",
    "revolution_displacement_l",
    "stroke_displacement_l",
    "speed_spm",
    "speed_rpm",
    "running_share",
)
