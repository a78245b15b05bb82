"""The tables of faults name nothing but features that are measured."""

import re
from pathlib import Path

import numpy as np
import pytest

from pumpperf.errors import ArgumentError
from pumpperf.lift import HydraulicPistonReading, PcpReading, esp, numbers
from pumpperf.lift.esp import faults as esp_faults
from pumpperf.lift.evidence import Fault, Sign, fault_table
from pumpperf.lift.hydraulic_piston import faults as piston_faults
from pumpperf.lift.pcp import faults as pcp_faults
from pumpperf.lift.rod import card_features
from pumpperf.lift.rod import faults as rod_faults

MODULES = [rod_faults, esp_faults, pcp_faults, piston_faults]
NAMED = [
    (module, name)
    for module in MODULES
    for name in re.findall(r'= Feature\("(\w+)"\)', Path(module.__file__).read_text("utf-8"))
]


def test_a_table_says_every_feature_that_does_not_exist():
    worn = Fault(code="WORN", needs=(Sign("head"),), supports=(Sign("powr"),), look_at="")
    gassy = Fault(code="GASSY", needs=(Sign("gass"),), look_at="")
    with pytest.raises(ArgumentError) as told:
        fault_table(["head", "power", "gas"], worn, gassy)
    assert str(told.value) == (
        "no such feature: powr of WORN, gass of GASSY; there are head, power, gas"
    )
    assert fault_table(["head", "powr"], worn) == (worn,)


@pytest.mark.parametrize(
    ("module", "name"), NAMED, ids=lambda of: of if isinstance(of, str) else of.__name__
)
def test_a_misspelt_feature_is_an_error_at_import(module, name):
    source = Path(module.__file__).read_text("utf-8")
    right, wrong = (f'= Feature("{spelt}")' for spelt in (name, f"{name}s"))
    with pytest.raises(ArgumentError, match=f"no such feature: {name}s of "):
        exec(source.replace(right, wrong), {"__name__": "tried"})  # noqa: S102


def measured_features():
    """What every lift system measures."""
    share = {"intake_gas_share": 0.1}
    yield (
        rod_faults,
        card_features(position_m=np.zeros(9), load_kn=np.zeros(9), expected_fluid_load_kn=1.0),
    )
    line = esp.stage_curve(
        frequency_hz=50, rate_m3d=[0, 60, 120], head_m=[12, 6, 0], power_kw=[0.1, 0.1, 0.1]
    )
    pump = esp.pump_curve(curve=line, stages=1, frequency_hz=50)
    test = esp.degradation(pump=pump, rate_m3d=60, head_m=3, power_kw=0.05)
    several = esp.degradation(
        pump=pump, rate_m3d=[0, 30, 60], head_m=[6, 4.5, 3], power_kw=[0.05, 0.05, 0.05]
    )
    rest = dict.fromkeys(esp_faults.MEASURED, 1.0)
    yield esp_faults, esp_faults.features(test, tests=several, **rest)
    healthy = {"expected_slip_m3d": 5.0, "expected_friction_torque_knm": 0.2}
    reading = PcpReading(rate_m3d=90.0, speed_rpm=200.0, revolution_displacement_l=0.5)
    yield pcp_faults, pcp_faults.features(numbers(reading), 1.0, **healthy, **share)
    healthy = {
        "engine_displacement_l": 2.0,
        "expected_engine_efficiency": 0.9,
        "expected_volumetric_efficiency": 0.8,
        "expected_pressure_rise_kpa": 9000.0,
        "expected_speed_spm": 50.0,
    }
    reading = HydraulicPistonReading(rate_m3d=90.0, speed_spm=50.0)
    yield piston_faults, piston_faults.features(numbers(reading), 1.0, **healthy, **share)


def test_the_features_of_a_table_are_those_that_are_measured():
    for module, features in measured_features():
        assert set(module.FEATURES) == set(features), module.__name__
        assert len(module.FEATURES) == len(features), module.__name__
