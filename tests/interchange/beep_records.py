"""Records of the other Beep projects with every field that they have, as tests change them."""

from functools import partial

import refusals
from pumpperf import TestType
from pumpperf.interchange.beep import PumpTestHeader, esp_test, hydraulic_test, rod_test
from pumpperf.lift import LiftType
from sample import WHEN

# From the definitions of inch, pound, gallon (231 in3) and standard gravity.
PSI_KPA = 0.45359237 * 9.80665 / 0.0254**2 / 1000.0
BBL_M3 = 42 * 231 * 0.0254**3
LBFT3_KGM3 = 0.45359237 / 0.3048**3
PPG_KGM3 = 0.45359237 / (231 * 0.0254**3)

ABOUT = {
    "pump_test_id": "T1",
    "equipment_id": "P1",
    "source": "SRP",
    "test_date": WHEN,
    "test_type": TestType.FIELD,
    "duration_h": 24.0,
    "runtime_h": 24.0,
}
HEADER = {*ABOUT, "uwi"}
ROD = ABOUT | {"uwi": "W1", "fluid_level_datum": None}
HYDRAULIC = ABOUT | {"power_fluid_suction_pressure_kpa": 200.0}
ESP = ABOUT | {"uwi": "W1"}

STANDARD = {
    "ACTIVE_IND": "Y",
    "REMARK": "as designed",
    "SOURCE": "BEEP",
    "EFFECTIVE_DATE": WHEN,
    "EXPIRY_DATE": WHEN,
    "PPDM_GUID": "GUID",
    "ROW_CHANGED_BY": "bo",
    "ROW_CHANGED_DATE": WHEN,
    "ROW_CREATED_BY": "ana",
    "ROW_CREATED_DATE": WHEN,
    "ROW_EFFECTIVE_DATE": WHEN,
    "ROW_EXPIRY_DATE": WHEN,
    "ROW_QUALITY": "GOOD",
}
SYSTEM = {
    "SUCKER_ROD_SYSTEM_PROPERTIES_ID": "S1",
    "WELL_DEPTH": 6000,
    "TUBING_DIAMETER": 2.441,
    "ROD_DIAMETER": 0.875,
    "PUMP_DIAMETER": 1.75,
    "STROKE_LENGTH": 100,
    "STROKES_PER_MINUTE": 8,
    "WELLHEAD_PRESSURE": 100,
    "BOTTOM_HOLE_PRESSURE": 900,
    "OIL_GRAVITY": 35,
    "WATER_CUT": 0.3,
    "GAS_OIL_RATIO": 200,
    "GAS_SPECIFIC_GRAVITY": 0.7,
    "ROD_DENSITY": 490,
    "PUMP_EFFICIENCY": 0.8,
    "FLUID_LEVEL": 3000,
    "FLUID_DENSITY": 62.4,
    "PUMP_SETTING_DEPTH": 5000,
}
POWER = {
    "SUCKER_ROD_FLOW_RATE_POWER_RESULT_ID": "R1",
    "SUCKER_ROD_SYSTEM_PROPERTIES_ID": "S1",
    "PRODUCTION_RATE": 250,
    "PUMP_DISPLACEMENT": 312.5,
    "VOLUMETRIC_EFFICIENCY": 0.8,
    "POLISHED_ROD_HORSEPOWER": 12,
    "HYDRAULIC_HORSEPOWER": 2,
    "FRICTION_HORSEPOWER": 1.8,
    "TOTAL_HORSEPOWER": 15.8,
    "MOTOR_HORSEPOWER": 20,
    "SYSTEM_EFFICIENCY": 1.0,
    "ENERGY_CONSUMPTION": 283,
}
WELL = {
    "HYDRAULIC_PUMP_WELL_PROPERTIES_ID": "H1",
    "WELL_UWI": "W1",
    "WELL_DEPTH": 8000,
    "TUBING_DIAMETER": 2.441,
    "CASING_DIAMETER": 7,
    "WELLHEAD_PRESSURE": 100,
    "BOTTOM_HOLE_PRESSURE": 900,
    "WELLHEAD_TEMPERATURE": 520,
    "BOTTOM_HOLE_TEMPERATURE": 620,
    "RESERVOIR_TEMPERATURE": 620,
    "OIL_GRAVITY": 35,
    "WATER_CUT": 0.3,
    "GAS_OIL_RATIO": 200,
    "GAS_SPECIFIC_GRAVITY": 0.7,
    "DESIRED_PRODUCTION_RATE": 500,
    "PUMP_DEPTH": 5000,
}
PUMP = {
    "HYDRAULIC_PUMP_WELL_PROPERTIES_ID": "H1",
    "POWER_FLUID_PRESSURE": 2000,
    "POWER_FLUID_RATE": 400,
    "POWER_FLUID_SPECIFIC_GRAVITY": 1,
    "MANUFACTURER": "M",
    "PUMP_ID": "theirs",
}
PISTON = PUMP | {
    "HYDRAULIC_PISTON_PUMP_PROPERTIES_ID": "I1",
    "PISTON_DIAMETER": 2,
    "ROD_DIAMETER": 0.875,
    "STROKE_LENGTH": 48,
    "STROKES_PER_MINUTE": 12,
    "DISPLACEMENT": 150,
    "VOLUMETRIC_EFFICIENCY": 0.8,
    "MECHANICAL_EFFICIENCY": 0.9,
}
JET = PUMP | {
    "HYDRAULIC_JET_PUMP_PROPERTIES_ID": "J1",
    "NOZZLE_DIAMETER": 0.5,
    "THROAT_DIAMETER": 1,
    "DIFFUSER_DIAMETER": 1.5,
    "PRODUCTION_FLUID_TYPE": "OIL",
    "PUMP_DEPTH": 4000,
}
LIFTED = {
    "PRODUCTION_RATE": 250,
    "POWER_FLUID_HORSEPOWER": 13,
    "HYDRAULIC_HORSEPOWER": 14,
    "SYSTEM_EFFICIENCY": 1,
    "PUMP_INTAKE_PRESSURE": 500,
    "PUMP_DISCHARGE_PRESSURE": 3000,
}
PISTON_RESULT = LIFTED | {
    "HYDRAULIC_PISTON_PUMP_RESULT_ID": "O1",
    "HYDRAULIC_PISTON_PUMP_PROPERTIES_ID": "I1",
    "PUMP_DISPLACEMENT": 268.56,
    "VOLUMETRIC_EFFICIENCY": 0.8,
    "MECHANICAL_EFFICIENCY": 0.9,
    "OVERALL_EFFICIENCY": 0.72,
    "INPUT_HORSEPOWER": 15,
    "POWER_FLUID_CONSUMPTION": 410,
    "SLIPPAGE": 60,
}
JET_RESULT = LIFTED | {
    "HYDRAULIC_JET_PUMP_RESULT_ID": "O2",
    "HYDRAULIC_JET_PUMP_PROPERTIES_ID": "J1",
    "TOTAL_FLOW_RATE": 650,
    "PRODUCTION_RATIO": 1.5,
    "PUMP_EFFICIENCY": 0.3,
}
DESIGN = {
    "ESP_DESIGN_PROPERTIES_ID": "E1",
    "DESIRED_FLOW_RATE": 800,
    "TOTAL_DYNAMIC_HEAD": 6000,
    "WELL_DEPTH": 8000,
    "CASING_DIAMETER": 7,
    "TUBING_DIAMETER": 2.875,
    "OIL_GRAVITY": 35,
    "WATER_CUT": 0.3,
    "GAS_OIL_RATIO": 500,
    "WELLHEAD_PRESSURE": 100,
    "BOTTOM_HOLE_TEMPERATURE": 580,
    "GAS_SPECIFIC_GRAVITY": 0.7,
    "PUMP_SETTING_DEPTH": 5000,
}
DESIGNED = {
    "ESP_DESIGN_RESULT_ID": "F1",
    "ESP_DESIGN_PROPERTIES_ID": "E1",
    "PUMP_STAGES": 200,
    "REQUIRED_HORSEPOWER": 0,
    "MOTOR_HORSEPOWER": 10,
    "MOTOR_VOLTAGE": 1000,
    "MOTOR_CURRENT": 12,
    "CABLE_SIZE": 4,
    "CABLE_LENGTH": 5100,
    "SYSTEM_EFFICIENCY": 0.6,
    "PUMP_EFFICIENCY": 0.7,
    "MOTOR_EFFICIENCY": 0.9,
    "POWER_CONSUMPTION": 8,
    "OPERATING_FLOW_RATE": 250,
    "OPERATING_HEAD": 0,
    "PERFORMANCE_POINTS": [],
}
OPTIONAL = {"AREA_ID": "A", "AREA_TYPE": "F", "BUSINESS_ASSOCIATE_ID": "B"}

CASES = {
    "rod": (rod_test, ROD, (SYSTEM, POWER)),
    "piston": (
        hydraulic_test,
        HYDRAULIC | {"lift_type": LiftType.HYDRAULIC_PISTON},
        (WELL, PISTON, PISTON_RESULT),
    ),
    "jet": (
        hydraulic_test,
        HYDRAULIC | {"lift_type": LiftType.HYDRAULIC_JET},
        (WELL, JET, JET_RESULT),
    ),
    "esp": (esp_test, ESP, (DESIGN, DESIGNED)),
}
ROOTS = {
    "rod": ("properties", "result"),
    "piston": ("well", "pump", "result"),
    "jet": ("well", "pump", "result"),
    "esp": ("properties", "result"),
}
SILENT = {
    "rod": {"FLUID_DENSITY", "PUMP_DIAMETER", "STROKES_PER_MINUTE", "WELLHEAD_PRESSURE"},
    "piston": {
        "DISPLACEMENT",
        "POWER_FLUID_RATE",
        "STROKES_PER_MINUTE",
        "WELLHEAD_PRESSURE",
        "WELL_UWI",
    },
    "jet": {"POWER_FLUID_RATE", "WELLHEAD_PRESSURE", "WELL_UWI"},
    "esp": {"WELLHEAD_PRESSURE"},
}
"""What is taken over as it stands, so that there is nothing to note."""


def taken_in(name, *changes, **more):
    """One case with some fields of its records changed; None takes a field out."""
    _, _, records = CASES[name]
    changes += ({},) * (len(records) - len(changes))
    changed = [record | change for record, change in zip(records, changes, strict=True)]
    return made_of(name, *changed, **more)


def made_of(name, *records, **more):
    """The test that is made of whole records of one case."""
    function, about, _ = CASES[name]
    given = about | more
    header = PumpTestHeader(**{name: given.pop(name) for name in HEADER if name in given})
    return function(*records, header, **given)


def reading_of(name, *changes, **more):
    (test,) = taken_in(name, *changes, **more).rows
    (reading,) = test.readings
    return reading


faults_of = partial(refusals.faults_of, taken_in)
fault_of = partial(refusals.fault_of, taken_in)


def sentence(notes, place):
    (found,) = [words for words in notes if f": $.{place} = " in words]
    return found
