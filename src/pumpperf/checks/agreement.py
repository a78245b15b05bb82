"""What two instruments say of one thing, and units that look wrong by a known factor."""

from typing import Any

from pumpperf.calc.power import reciprocating_power_kw
from pumpperf.checks.check import DELIVERED, INPUT, LIFT, LINKS, PRESSURES, Check
from pumpperf.checks.reads import Numbers
from pumpperf.lift.powers import electrical_power, net_lift_from_level, pick
from pumpperf.lift.rod import plunger_area_m2
from pumpperf.model import Severity
from pumpperf.numeric import coalesce, ratio, within
from pumpperf.units import BBL, HORSEPOWER, PSI, STANDARD_GRAVITY_MS2


def _column_kpa(r: Numbers) -> Any:  # a float or a column
    column = r["pump_depth_m"] * r["liquid_density_kgm3"] * (STANDARD_GRAVITY_MS2 / 1000.0)
    return column + coalesce(r["wellhead_pressure_kpa"], 0.0)


def _rise_kpa(r: Numbers) -> Any:  # a float or a column
    return r["discharge_pressure_kpa"] - r["intake_pressure_kpa"]


def _card_power_kw(r: Numbers) -> Any:  # a float or a column
    return reciprocating_power_kw(**pick(r, "stroke_work_kj", "speed_spm"))


def _plunger_rise_kpa(r: Numbers) -> Any:  # a float or a column
    return ratio(r["fluid_load_kn"], plunger_area_m2(**pick(r, "plunger_diameter_mm")))


def _apart(one: Any, other: Any, share: float) -> Any:  # floats or columns
    gap = abs(one - other)
    return (gap > share * abs(one)) & (gap > share * abs(other))


def _near(value: Any, wanted: float, band: float) -> Any:  # floats or columns
    return abs(value / wanted - 1.0) <= band


AGREEMENT: tuple[Check, ...] = (
    Check(
        "RATE_LOOKS_LIKE_BARRELS",
        lambda r, d, a: within(
            d["volumetric_efficiency"] * BBL, (0.5 * (1.0 - a.unit_band), 1.0 + a.unit_band)
        ),
        "rate {r[rate_m3d]} against a displacement of {d[displacement_rate_m3d]} "
        "would make sense if its figure in m3/d were one in bbl/d",
        ("rate_m3d",),
        "the unit of the rate",
    ),
    Check(
        "PRESSURE_LOOKS_LIKE_PSI",
        lambda r, d, a: _near(
            ratio(d["discharge_pressure_kpa"], _column_kpa(r)), 1.0 / PSI, a.unit_band
        ),
        "discharge pressure {d[discharge_pressure_kpa]} is a 6.895th of the liquid column "
        "above the pump: was psi taken for kPa?",
        ("discharge_pressure_kpa", "pump_depth_m", "liquid_density_kgm3"),
        "the unit of the pressures",
    ),
    Check(
        "POWER_LOOKS_LIKE_HP",
        lambda r, d, a: _near(
            ratio(electrical_power(r), r["input_power_kw"]), HORSEPOWER, a.disagreement
        ),
        "input power {r[input_power_kw]} is 1.341 times what volts, amperes and power "
        "factor give: was hp taken for kW?",
        INPUT,
        "the unit of the power",
    ),
    Check(
        "INPUT_POWERS_DISAGREE",
        lambda r, d, a: _apart(electrical_power(r), r["input_power_kw"], a.disagreement),
        "input power {r[input_power_kw]} and volts, amperes and power factor disagree by "
        "more than {a.disagreement:.0%}; the power as given is used",
        INPUT,
        "where each was measured, and when",
    ),
    Check(
        "PRESSURES_DISAGREE",
        lambda r, d, a: _apart(_rise_kpa(r), r["pressure_rise_kpa"], a.disagreement),
        "pressure rise {r[pressure_rise_kpa]} and discharge minus intake pressure disagree "
        "by more than {a.disagreement:.0%}; the rise as given is used",
        PRESSURES,
        "the three gauges",
    ),
    Check(
        "LEVEL_DISAGREES",
        lambda r, d, a: _apart(
            net_lift_from_level(r), d["net_lift_pressure_kpa"], a.level_disagreement
        ),
        "net lift pressure {d[net_lift_pressure_kpa]} from the intake and that from the "
        "fluid level disagree by more than {a.level_disagreement:.0%}; the intake is used",
        LIFT,
        "foam or gas in the annulus, age of the level shot",
    ),
    Check(
        "LINKS_DISAGREE",
        lambda r, d, a: _apart(
            d["surface_efficiency"], r["motor_efficiency"] * r["drive_efficiency"], a.disagreement
        ),
        "motor and drive efficiency as given do not bring input to delivered power: measured "
        "{d[surface_efficiency]}",
        (*DELIVERED, *INPUT, *LINKS),
        "the motor's load, and what the drive's efficiency stands for",
    ),
    Check(
        "ROD_POWERS_DISAGREE",
        lambda r, d, a: _apart(_card_power_kw(r), r["polished_rod_power_kw"], a.disagreement),
        "polished-rod power {r[polished_rod_power_kw]} and the card's work disagree by more "
        "than {a.disagreement:.0%}; the card is used",
        ("polished_rod_power_kw", "stroke_work_kj", "speed_spm"),
        "whether both are of one day, and the speed of the card",
    ),
    Check(
        "FLUID_LOAD_DISAGREES",
        lambda r, d, a: _apart(_plunger_rise_kpa(r), d["pressure_rise_kpa"], a.level_disagreement),
        "fluid load {r[fluid_load_kn]} on the plunger and pressure rise "
        "{d[pressure_rise_kpa]} disagree by more than {a.level_disagreement:.0%}",
        ("fluid_load_kn", "plunger_diameter_mm", *PRESSURES),
        "size of the plunger, load lines of the card, the gauges",
    ),
    Check(
        "NET_LIFT_ABOVE_HYDRAULIC",
        lambda r, d, a: (
            d["net_lift_power_kw"] > (1.0 + a.level_disagreement) * d["hydraulic_power_kw"]
        ),
        "net lift power {d[net_lift_power_kw]} is above hydraulic power "
        "{d[hydraulic_power_kw]}: gas carries part of the lift, or a gauge is wrong",
        ("rate_m3d", "liquid_density_kgm3", "pump_depth_m", *PRESSURES),
        "free gas in the tubing, density of the liquid, the gauges",
        severity=Severity.INFO,
    ),
)
