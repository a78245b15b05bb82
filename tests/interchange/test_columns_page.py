"""The glossary of columns is what the fields say of themselves."""

from columns_page import BEGIN, END, NUMBERS, OWN, PAGE, WHO, meanings, needed_by, tables

from pumpperf.fields import describe
from pumpperf.lift import READINGS
from pumpperf.model import PumpTest

FIELDS = {field.name for row in READINGS.values() for field in describe(row)}


def test_the_page_lists_every_column_as_it_is():
    listed = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert listed == tables(), "write it anew with python tests/interchange/columns_page.py"
    for name in (*FIELDS, *OWN):
        assert f"| `{name}` |" in listed


def test_every_field_has_a_meaning_and_every_source_a_field():
    for row in (PumpTest, *READINGS.values()):
        own = {field.name for field in describe(row)} & set(meanings(row))
        assert all(meanings(row)[name] for name in own)
    assert set(WHO) <= {*FIELDS, *OWN}


def test_what_a_column_moves_is_seen():
    """By the equations: a level moves the intake; stroke, bore and speed the displacement."""
    needs = needed_by()
    assert "intake_pressure_kpa" in needs["fluid_level_m"]
    assert needs["plunger_stroke_m"] == {"displacement_rate_m3d", "volumetric_efficiency"}
    assert "input_power_kw" in needs["voltage_v"]
    assert needs["frequency_hz"] == set()
    assert "running_rate_m3d" in needs["runtime_h"]
    assert set().union(*needs.values()) == set(NUMBERS)
