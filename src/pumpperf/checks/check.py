"""What a check is, the numbers that it looks at, and the inputs that these come from."""

import math
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np
from attrs import field, frozen

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.checked import built
from pumpperf.checks.reads import DUTY, READING, Numbers, any_of, needs
from pumpperf.checks.wording import VOCABULARY, Spoken
from pumpperf.lift import LiftType, chain, duty_numbers, rod
from pumpperf.lift.reading import NAN
from pumpperf.model import Finding, Severity
from pumpperf.numeric import coalesce

Fails: TypeAlias = Callable[[Numbers, Numbers, Assumptions], Any]  # a truth, or a column


@frozen
class Check:
    """One thing that an engineer would look at.

    Attributes:
        code: what it finds, for programs.
        fails: takes the reading's numbers, those of duty and chain, and the assumptions.
        words: a template over the same three, called r, d and a, and over the lift system's own
            words; a quantity comes with its unit.
        inputs: the names of the reading that it may concern.
        look_at: what to look at, likewise with the lift system's own words.
        severity: how much it weighs.
        counts: whether it holds numbers against each other or against a limit of pumps: one that
            looks at an instrument by itself, or at what is absent, makes no result plausible.
        needs: sets of names of r and d; it is made where all of one set are there.

    Raises:
        ArgumentError: it reads, says or lists a name that no reading or duty has.
    """

    code: str
    fails: Fails
    words: str
    inputs: tuple[str, ...]
    look_at: str
    severity: Severity = Severity.WARNING
    counts: bool = True
    needs: tuple[frozenset[str], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Run it once, so that what it reads is known and every name is right."""
        reads = needs(self.fails(READING, DUTY, PUMPPERF_2026))
        object.__setattr__(self, "needs", reads)
        for lift_type in LiftType:
            self.told(lift_type, READING, DUTY, PUMPPERF_2026)

    def told(
        self, lift_type: LiftType, r: Numbers, d: Numbers, a: Assumptions, number: int = 1
    ) -> Finding:
        """What it says of a reading at which it fails.

        Args:
            lift_type: which system.
            r: the reading's numbers.
            d: those of duty and chain.
            a: the assumptions.
            number: of the reading in its test, from 1.
        """
        said: list[tuple[str, float]] = []
        own = VOCABULARY[lift_type]
        words = self.words.format(r=Spoken(r, said), d=Spoken(d, said), a=a, own=own)
        return built(
            Finding,
            {
                "code": self.code,
                "severity": self.severity,
                "words": words,
                "inputs": _given(self.inputs, r),
                "look_at": self.look_at.format(own=own),
                "reading_obs_no": number,
                "quantity_names": tuple(name for name, _ in said),
                "quantity_values": tuple(value for _, value in said),
            },
        )


def no_share(name: str) -> Check:
    """That what is a share lies within 0 and 1."""
    return Check(
        f"{name.upper()}_OUTSIDE_0_1",
        lambda r, d, a: (r[name] < 0.0) | (r[name] > 1.0),
        f"{name.replace('_', ' ')} is {{r[{name}]}}: a share lies within 0 and 1",
        (name,),
        "whether it was given in per cent",
        counts=False,
    )


_FIELDS_OF = {
    "stroke_work_kj": rod.SURFACE,
    "plunger_work_kj": rod.DOWNHOLE,
    "running_share": ("runtime_h", "duration_h"),
}
_OF_THE_TEST = ("runtime_h", "duration_h", "rate_date", "power_date")


def _given(inputs: Iterable[str], r: Numbers) -> tuple[str, ...]:
    known = (name for name in inputs if name in _OF_THE_TEST or r[name] == r[name])
    fields = (field for name in known for field in _FIELDS_OF.get(name, (name,)))
    return tuple(dict.fromkeys(fields))


def judged(lift_type: LiftType, reading: Numbers, assumptions: Assumptions) -> Numbers:
    """Duty and chain by name; a pump of unknown runtime is taken to run all of the time.

    That it was taken so is the finding RUNTIME_MISSING. A number beyond any float is absent, and
    of a duty with such a number every ratio too: finding BEYOND_ANY_NUMBER.
    """
    share = coalesce(reading["running_share"], 1.0)
    duty = duty_numbers(lift_type, reading, share, assumptions)
    ratios = chain(duty)
    found = Numbers(duty | ratios)
    over = {name: abs(value) == math.inf for name, value in found.items()}
    if not np.any(any_of(over.values())):
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
    *("polished_rod_power_kw", "stroke_work_kj", "speed_spm"),
    *("rod_torque_knm", "speed_rpm"),
    "shaft_power_kw",
    *("power_fluid_rate_m3d", "power_fluid_pressure_rise_kpa"),
)
SWEPT = (
    *("rate_m3d", "plunger_diameter_mm", "plunger_stroke_m"),
    *("revolution_displacement_l", "stroke_displacement_l"),
    *("speed_spm", "speed_rpm", "running_share"),
)
