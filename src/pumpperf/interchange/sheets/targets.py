"""What a column of a sheet can be: the fields of tests and history, and what leads to them."""

from collections.abc import Mapping

from attrs import frozen

from pumpperf.fields import Field, describe, remembered
from pumpperf.lift import READINGS, LiftType
from pumpperf.model import Equipment, PumpTest, WellEquipment
from pumpperf.units import LENGTH, SHARE, Kind

OWN = (
    *("pump_test_id", "equipment_id", "uwi", "test_date", "test_type", "duration_h", "runtime_h"),
    "remark",
)
LIFT = "lift_type"
REASON = "pull_reason"
FAILED = "failure_ind"
ABOVE_PUMP = "fluid_above_pump_m"
RUNNING = "running_share"
HISTORY = ("install_date", "removal_date", "failure_date", REASON, FAILED)
ABOUT_PUMP = ("serial_num", "model_num", "manufacturer")
IDENTIFIERS = (*OWN[:3], "remark", REASON, *ABOUT_PUMP)
DATES = ("test_date", "rate_date", "power_date", "install_date", "removal_date", "failure_date")


@frozen
class Target:
    """One thing that a column can be.

    Attributes:
        name: as the mapping calls it.
        base: without its unit.
        kind: of its numbers; None for texts, dates and codes.
        words: what it is, in a word for the reader.
    """

    name: str
    base: str
    kind: Kind | None
    words: str

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers."""
        return self.name not in (*IDENTIFIERS, *DATES, LIFT, FAILED, "test_type")


@remembered
def targets() -> Mapping[str, Target]:
    """All of them by name.

    >>> targets()["wellhead_pressure_kpa"].base
    'wellhead_pressure'
    """
    test = [field for field in describe(PumpTest) if field.name in OWN]
    read = [
        field for reading in READINGS.values() for field in describe(reading) if not field.sequence
    ]
    pump = [field for field in describe(Equipment) if field.name in ABOUT_PUMP]
    stay = [field for field in describe(WellEquipment) if field.name in HISTORY]
    found = {field.name: _target(field) for field in (*test, *read, *pump, *stay)}
    more = (
        Target(LIFT, LIFT, None, "lift system"),
        Target("failure_date", "failure_date", None, "date of the failure"),
        Target(FAILED, FAILED, None, "whether the pump had failed"),
        Target(REASON, REASON, None, "why the pump was pulled, in words"),
        Target(ABOVE_PUMP, "fluid_above_pump", LENGTH, "height of the fluid level above the pump"),
        Target(RUNNING, RUNNING, SHARE, "share of the time in which the pump ran"),
    )
    return found | {one.name: one for one in more}


@remembered
def by_base() -> Mapping[str, tuple[Target, ...]]:
    """Those of each name without unit; speed, for one, is in strokes or in turns."""
    found: dict[str, tuple[Target, ...]] = {}
    for one in targets().values():
        found[one.base] = (*found.get(one.base, ()), one)
    return found


@remembered
def lifts_of() -> Mapping[str, frozenset[LiftType]]:
    """The lift systems that have an instrument, for those that not all have."""
    every = {
        lift: {field.name for field in describe(reading)} for lift, reading in READINGS.items()
    }
    names = {name for some in every.values() for name in some}
    found = {name: frozenset(lift for lift in every if name in every[lift]) for name in names}
    return {name: lifts for name, lifts in found.items() if len(lifts) < len(every)}


def _target(field: Field) -> Target:
    return Target(field.name, field.base, field.kind, field.base.replace("_", " "))


def renamed(target: Target, unit: str) -> str:
    """The library's name of a target in a unit.

    >>> renamed(targets()["liquid_rate_m3d"], "bpd")
    'liquid_rate_bpd'
    """
    return f"{target.base}_{unit}" if unit else target.base
