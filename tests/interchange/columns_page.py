"""The glossary of columns, as docs/columns.md has it.

    python tests/interchange/columns_page.py

writes it anew into the page. Meanings are those of the classes, units those of the kinds; what
needs a column is found by moving it and by taking it away, on a test that is whole.
"""

import inspect
import re
from functools import cache
from pathlib import Path

import numpy as np

from pumpperf.assumptions import PUMPPERF_2026
from pumpperf.checks import CHECKS
from pumpperf.fields import describe
from pumpperf.lift import READINGS, LiftType, SharedReading, chain, duty_numbers
from pumpperf.model import PumpTest
from pumpperf.units import GAUGE_PRESSURE, PRESSURE

PAGE = Path(__file__).parents[2] / "docs" / "columns.md"
BEGIN, END = "<!-- columns: begin -->\n", "<!-- columns: end -->\n"
OWN = (
    *("pump_test_id", "equipment_id", "uwi", "test_date", "test_type", "duration_h", "runtime_h"),
    "remark",
)

LABORATORY, TESTER, GAUGE = "laboratory", "separator or well tester", "downhole gauge"
ELECTRIC, SURFACE = "power meter or drive", "gauge at the wellhead"
PROGRAM, SHOT, CARD = "completion record", "acoustic fluid-level shot", "dynamometer or controller"
MAKER = "maker"
WHO = {
    **dict.fromkeys(("rate_m3d",), "flow meter at the pump, bench"),
    **dict.fromkeys(
        (
            *("liquid_rate_m3d", "oil_rate_m3d", "water_rate_m3d", "gas_rate_sm3d"),
            *("gas_oil_ratio_m3m3", "liquid_mass_rate_td", "oil_mass_rate_td"),
        ),
        TESTER,
    ),
    "casing_gas_rate_sm3d": "meter on the casing, or its build-up",
    "water_cut": "samples, or a cut meter",
    **dict.fromkeys(
        (
            *("gas_gravity", "oil_density_kgm3", "water_density_kgm3", "formation_volume_factor"),
            *("liquid_density_kgm3", "liquid_viscosity_mpas"),
        ),
        LABORATORY,
    ),
    **dict.fromkeys(
        (
            *("intake_pressure_kpa", "discharge_pressure_kpa", "pressure_rise_kpa"),
            "intake_temperature_degc",
        ),
        GAUGE,
    ),
    **dict.fromkeys(
        ("wellhead_pressure_kpa", "casing_pressure_kpa", "wellhead_temperature_degc"), SURFACE
    ),
    "fluid_level_m": SHOT,
    "annulus_liquid_share": f"{SHOT}, with a build-up of the casing pressure",
    **dict.fromkeys(
        (
            *("pump_depth_m", "tubing_inner_diameter_mm", "casing_inner_diameter_mm"),
            *("rod_diameter_mm", "plunger_diameter_mm"),
        ),
        PROGRAM,
    ),
    **dict.fromkeys(("input_power_kw", "voltage_v", "current_a", "power_factor"), ELECTRIC),
    **dict.fromkeys(
        (
            *("motor_efficiency", "drive_efficiency", "revolution_displacement_l"),
            "stroke_displacement_l",
        ),
        MAKER,
    ),
    **dict.fromkeys(("frequency_hz", "rod_torque_knm"), "drive"),
    **dict.fromkeys(
        (
            *("speed_spm", "speed_rpm", "fillage", "plunger_stroke_m", "polished_rod_power_kw"),
            *("peak_rod_load_kn", "minimum_rod_load_kn", "fluid_load_kn", "runtime_h"),
        ),
        "controller",
    ),
    "stroke_m": "unit's crank hole",
    "rod_weight_in_air_kn": PROGRAM,
    **dict.fromkeys(
        ("card_position_m", "card_load_kn", "downhole_position_m", "downhole_load_kn"), CARD
    ),
    "shaft_power_kw": "bench",
    **dict.fromkeys(
        ("power_fluid_rate_m3d", "power_fluid_pressure_rise_kpa"), "meters of the surface pump"
    ),
}
"""Who measures a quantity, where the trade has one usual source."""

NUMBERS = {
    "running_rate_m3d": "rate",
    "intake_pressure_kpa": "intake pressure",
    "discharge_pressure_kpa": "discharge pressure",
    "intake_gas_share": "free gas",
    "hydraulic_power_kw": "hydraulic power",
    "net_lift_power_kw": "net lift power",
    "delivered_power_kw": "delivered power",
    "input_power_kw": "input power",
    "displacement_rate_m3d": "displacement",
    "volumetric_efficiency": "volumetric efficiency",
    "system_efficiency": "system efficiency",
}
"""The numbers that a test is made for, in the order in which they follow from each other."""

_TANK = {
    "liquid_rate_m3d": 60.0,
    "water_cut": 0.7,
    "gas_oil_ratio_m3m3": 40.0,
    "gas_gravity": 0.8,
    "oil_density_kgm3": 870.0,
    "water_density_kgm3": 1030.0,
    "fluid_level_m": 900.0,
    "annulus_liquid_share": 0.8,
    "gas_separation": 0.5,
    "casing_pressure_kpa": 400.0,
    "wellhead_pressure_kpa": 1200.0,
    "pump_depth_m": 1300.0,
    "intake_temperature_degc": 50.0,
    "wellhead_temperature_degc": 30.0,
    "liquid_viscosity_mpas": 5.0,
    "tubing_inner_diameter_mm": 62.0,
}
_GAUGES = {
    "rate_m3d": 62.0,
    "liquid_density_kgm3": 950.0,
    "intake_pressure_kpa": 3000.0,
    "discharge_pressure_kpa": 13000.0,
    "wellhead_pressure_kpa": 1200.0,
    "pump_depth_m": 1300.0,
}
_SHARED = {"motor_efficiency": 0.85, "drive_efficiency": 0.9}
_POWERS = ({"input_power_kw": 15.0}, {"voltage_v": 400.0, "current_a": 30.0, "power_factor": 0.8})
_LIFT = {
    LiftType.SUCKER_ROD_PUMP: {
        "speed_spm": 8.0, "stroke_m": 3.0, "plunger_stroke_m": 2.7, "plunger_diameter_mm": 57.0,
        "polished_rod_power_kw": 11.0, "fillage": 0.9, "rod_diameter_mm": 22.0,
        "minimum_speed_spm": 2.0, "maximum_speed_spm": 12.0, "peak_rod_load_kn": 60.0,
        "minimum_rod_load_kn": 25.0, "rod_weight_in_air_kn": 35.0, "fluid_load_kn": 24.0,
    },
    LiftType.ESP: {"frequency_hz": 50.0, "shaft_power_kw": 10.0},
    LiftType.PCP: {
        "speed_rpm": 150.0, "revolution_displacement_l": 0.35, "rod_torque_knm": 0.6,
        "rod_diameter_mm": 25.0,
    },
    LiftType.HYDRAULIC_PISTON: {
        "speed_spm": 40.0, "stroke_displacement_l": 1.3, "power_fluid_rate_m3d": 90.0,
        "power_fluid_pressure_rise_kpa": 15000.0,
    },
    LiftType.HYDRAULIC_JET: {
        "power_fluid_rate_m3d": 90.0, "power_fluid_pressure_rise_kpa": 15000.0,
    },
}  # fmt: skip
_MEASURED = (
    *("polished_rod_power_kw", "shaft_power_kw", "rod_torque_knm"),
    "power_fluid_pressure_rise_kpa",
)
"""By which the delivered power is measured; without it, it follows from the input."""
_MORE = (
    {"water_rate_m3d": 42.0, "oil_rate_m3d": 18.0},
    {"liquid_mass_rate_td": 58.0},
    {"oil_mass_rate_td": 16.0},
    {"gas_rate_sm3d": 720.0, "casing_gas_rate_sm3d": 500.0, "oil_rate_m3d": 18.0},
    {"formation_volume_factor": 1.1},
    {"pressure_rise_kpa": 10000.0, "discharge_pressure_kpa": 13000.0},
)


def _wholes(lift):
    """Tests of a lift system that are whole, each in a way of its own."""
    for base in (_TANK, _GAUGES):
        for power in _POWERS:
            yield {**base, **_SHARED, **power, **_LIFT[lift]}
    for more in _MORE:
        tank = {name: value for name, value in _TANK.items() if name not in _instead(more)}
        yield {**tank, **more, **_SHARED, **_POWERS[0], **_LIFT[lift]}
    bare = {name: x for name, x in _LIFT[lift].items() if name not in _MEASURED}
    yield {**_GAUGES, **_SHARED, **_POWERS[0], **bare}


def _instead(more):
    """What other columns stand for."""
    (first, *_) = more
    return {
        "water_rate_m3d": ("liquid_rate_m3d", "water_cut"),
        "liquid_mass_rate_td": ("liquid_rate_m3d",),
        "oil_mass_rate_td": ("liquid_rate_m3d",),
        "gas_rate_sm3d": ("gas_oil_ratio_m3m3", "gas_separation"),
        "pressure_rise_kpa": ("fluid_level_m",),
    }.get(first, ())


def _numbers(lift, given, share):
    names = {field.name for field in describe(READINGS[lift])}
    names |= {"stroke_work_kj", "plunger_work_kj"}
    reading = {name: given.get(name, np.nan) for name in names}
    with np.errstate(all="ignore"):
        found = duty_numbers(lift, reading, share, PUMPPERF_2026)
        return {**found, **chain(found)}


@cache
def needed_by():
    """The numbers that move with each column, or go without it."""
    found = {"runtime_h": set(), "duration_h": set()}
    for lift in LiftType:
        for given in _wholes(lift):
            own = {field.name for field in describe(READINGS[lift])}
            whole = _numbers(lift, {name: given[name] for name in given if name in own}, 0.9)
            for name in own & given.keys():
                for value in (given[name] * 1.01, np.nan):
                    moved = _numbers(lift, {**given, name: value}, 0.9)
                    found.setdefault(name, set()).update(_moved(whole, moved))
            other = _moved(whole, _numbers(lift, given, 0.8))
            found["runtime_h"] |= other
            found["duration_h"] |= other
    return found


def _moved(one, other):
    return {
        name
        for name in NUMBERS
        if not np.isclose(one[name], other[name], rtol=1e-9, atol=0.0, equal_nan=True)
    }


def findings_of():
    """The findings whose check looks at each column itself, or names it as absent."""
    found = {}
    for check in CHECKS:
        for way in check.needs:
            for name in way:
                if name.startswith("r."):
                    found.setdefault(name[2:], []).append(check.code)
    return {name: sorted(set(codes)) for name, codes in found.items()}


def meanings(row):
    """What the attributes of a class mean, in its own words."""
    words = inspect.getdoc(row).partition("Attributes:\n")[2]
    parts = re.findall(r"^    (\w+): (.*(?:\n        .*)*)", words, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in parts}


def unit(field):
    """The unit of the field and those that a column may be in, by their endings."""
    if field.kind is None or not field.unit:
        return "a share; `_pct`" if field.kind else ""
    others = [f"`_{one}`" for one in field.kind.scales if one != field.unit]
    gauge = [f"`_{one}`" for one in GAUGE_PRESSURE.scales] if field.kind is PRESSURE else []
    listed = " ".join(others)
    words = f"`_{field.unit}`" + (f"; {listed}" if listed else "")
    no_datum = field.name in ("pressure_rise_kpa", "power_fluid_pressure_rise_kpa")
    return words + (f"; sheets: {' '.join(gauge)}" if gauge and not no_datum else "")


def _table(fields, meaning, needs, findings):
    lines = [
        "| column | meaning | unit, and others | measured by | PPDM | needed by | findings |",
        "|---|---|---|---|---|---|---|",
    ]
    for field in fields:
        by = ", ".join(
            words for name, words in NUMBERS.items() if name in needs.get(field.name, ())
        )
        codes = " ".join(f"`{code}`" for code in findings.get(field.name, ()))
        cells = (meaning[field.name].removesuffix("."), unit(field), WHO.get(field.name, ""))
        cells = (f"`{field.name}`", *cells, f"`{field.column}`", by, codes)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def tables():
    """All tables of the page."""
    needs, findings = needed_by(), findings_of()
    shared = [field for field in describe(SharedReading) if not field.nested]
    known = {field.name for field in shared}
    test = {**meanings(PumpTest), "remark": "a note of its author"}
    of_test = {one.name: one for one in describe(PumpTest)}
    parts = [("A test", [of_test[name] for name in OWN], test)]
    parts += [("Every lift system", shared, meanings(SharedReading))]
    for lift, reading in READINGS.items():
        own = [field for field in describe(reading) if field.name not in known]
        parts += [(f"`lift_type` {lift}", own, meanings(reading))]
    return "\n".join(
        f"## {title}\n\n{_table(fields, meaning, needs, findings)}"
        for title, fields, meaning in parts
    )


if __name__ == "__main__":
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    page = before + BEGIN + tables() + END + rest.partition(END)[2]
    PAGE.write_text(page, encoding="utf-8")
