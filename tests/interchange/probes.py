"""With what the tests of the doors look into them."""

import pytest
from attrs import frozen

from pumpperf import Duty, EfficiencyChain, Finding
from pumpperf.checked import Checked, converted
from pumpperf.fields import DegreesCelsius
from pumpperf.lift import READINGS, LiftType, SharedReading
from pumpperf.model import ROWS

every_kind = pytest.mark.parametrize(
    "kind", [*ROWS, *READINGS.values(), Duty, EfficiencyChain, Finding]
)
"""A test for each kind of row, and of what stands inside one."""


@frozen(kw_only=True, field_transformer=converted)
class Probe(SharedReading):
    """A reading with a quantity whose units do not share their zero."""

    LIFT_TYPE = LiftType.ESP

    temperature_degc: DegreesCelsius | None = None


def judged(monkeypatch):
    """The classes of the rows that from now on are judged by themselves, as they are made."""
    made = []
    monkeypatch.setattr(Checked, "__attrs_post_init__", lambda row: made.append(type(row)))
    return made
