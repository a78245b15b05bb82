"""With what the tests of the doors look into them."""

from attrs import frozen

from pumpperf.checked import Checked, converted
from pumpperf.fields import DegreesCelsius
from pumpperf.lift import LiftType, SharedReading


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
