"""With what the tests of the doors look into them."""

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from laws import tried
from pumpperf import Duty, EfficiencyChain, Finding
from pumpperf.checked import Checked, converted
from pumpperf.fields import DegreesCelsius
from pumpperf.lift import READINGS, LiftType, SharedReading
from pumpperf.model import ROWS

KINDS = [*ROWS, *READINGS.values(), Duty, EfficiencyChain, Finding]


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


def law_of_every_kind(times):
    """A law of each kind of row, and of what stands inside one, tried on so many draws."""

    def decorated(law):
        return pytest.mark.parametrize("kind", KINDS)(tried(times)(given(data=st.data())(law)))

    return decorated
