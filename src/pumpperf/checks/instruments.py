"""What an instrument says by itself, and what two of them say of one thing."""

from typing import Any

from pumpperf.assumptions import Assumptions
from pumpperf.checks.check import (
    DELIVERED,
    INPUT,
    LIFT,
    LINKS,
    PRESSURES,
    SWEPT,
    Check,
    Numbers,
)
from pumpperf.lift.duty import electrical_power, net_lift_from_level
from pumpperf.model import Severity
from pumpperf.numeric import present, ratio
from pumpperf.units import BBL, HORSEPOWER, PSI, STANDARD_GRAVITY_MS2


def _outside(code: str, value: str, low: str, high: str, words: str) -> Check:
    return Check(
        code,
        Severity.WARNING,
        lambda r, d, a: (r[value] < r[low]) | (r[value] > r[high]),
        words,
        (value, low, high),
        "the drive's settings and the reading of its display",
    )


def _half_duty(r: Numbers, d: Numbers, a: Assumptions) -> Any:  # a truth, or a column of them
    share = r["running_share"]
    daily = d["volumetric_efficiency"] * present(share, 1.0)
    unknown = share != share
    half = (share >= a.half_duty_low) & (share <= a.half_duty_high)
    return (daily >= a.half_duty_low) & (daily <= a.half_duty_high) & (unknown | half)


def _column_kpa(r: Numbers) -> Any:  # a float or a column
    column = r["pump_depth_m"] * r["liquid_density_kgm3"] * (STANDARD_GRAVITY_MS2 / 1000.0)
    return column + present(r["wellhead_pressure_kpa"], 0.0)


def _near(value: Any, wanted: float, band: float) -> Any:  # floats or columns
    return abs(value / wanted - 1.0) <= band


INSTRUMENTS: tuple[Check, ...] = (
    Check(
        "INTAKE_PRESSURE_NEGATIVE",
        Severity.WARNING,
        lambda r, d, a: d["intake_pressure_kpa"] < 0.0,
        "intake pressure is {d[intake_pressure_kpa]:.4g} kPa absolute: there is none below zero",
        (*PRESSURES, "plunger_diameter_mm"),
        "load datum of the card, fluid gradient, gauge taken for absolute pressure",
    ),
    Check(
        "INTAKE_ABOVE_DISCHARGE",
        Severity.WARNING,
        lambda r, d, a: d["intake_pressure_kpa"] > d["discharge_pressure_kpa"],
        "intake pressure {d[intake_pressure_kpa]:.4g} kPa is above discharge pressure "
        "{d[discharge_pressure_kpa]:.4g} kPa",
        PRESSURES,
        "whether the two gauges are swapped, or the well flows",
    ),
    Check(
        "WATER_CUT_OUTSIDE_0_1",
        Severity.WARNING,
        lambda r, d, a: (r["water_cut"] < 0.0) | (r["water_cut"] > 1.0),
        "water cut is {r[water_cut]:.4g}: a share lies within 0 and 1",
        ("water_cut",),
        "whether it was given in per cent",
    ),
    Check(
        "POWER_FACTOR_OUTSIDE_0_1",
        Severity.WARNING,
        lambda r, d, a: (r["power_factor"] < 0.0) | (r["power_factor"] > 1.0),
        "power factor is {r[power_factor]:.4g}: a share lies within 0 and 1",
        ("power_factor",),
        "whether it was given in per cent",
    ),
    Check(
        "ROD_LOAD_ABOVE_WEIGHT",
        Severity.WARNING,
        lambda r, d, a: r["minimum_rod_load_kn"] > r["rod_weight_in_air_kn"],
        "minimum polished-rod load {r[minimum_rod_load_kn]:.4g} kN is above the rods' weight in "
        "air, {r[rod_weight_in_air_kn]:.4g} kN: impossible while the rods fall in liquid",
        ("minimum_rod_load_kn", "rod_weight_in_air_kn"),
        "load datum and calibration of the load cell, sizes of the rods",
    ),
    Check(
        "CARD_RUNS_BACKWARDS",
        Severity.WARNING,
        lambda r, d, a: r["stroke_work_kj"] < 0.0,
        "the card's work is {r[stroke_work_kj]:.4g} kJ: it goes up with the lower load",
        ("stroke_work_kj",),
        "sign or phase of the position signal",
    ),
    Check(
        "RUNTIME_MISSING",
        Severity.WARNING,
        lambda r, d, a: (
            (r["field_test"] > 0.0)
            & (r["running_share"] != r["running_share"])
            & (r["rate_m3d"] == r["rate_m3d"])
        ),
        "the test has no runtime: it is evaluated as if the pump had run all of the time",
        ("runtime_h", "duration_h"),
        "the controller's run time on the day of the test",
    ),
    Check(
        "HALF_DUTY",
        Severity.WARNING,
        _half_duty,
        "the daily rate is about half of the displacement: a pump that runs half of the time "
        "looks the same as one that is half filled",
        SWEPT,
        "runtime against fillage of the downhole card",
    ),
    Check(
        "STALE_PAIRING",
        Severity.WARNING,
        lambda r, d, a: r["pairing_gap_h"] > a.longest_pairing_gap_h,
        "rate and power were measured {r[pairing_gap_h]:.4g} h apart, more than "
        "{a.longest_pairing_gap_h:g} h: their ratio belongs to no one state of the well",
        ("rate_date", "power_date"),
        "a well test nearer to the power or card",
    ),
    _outside(
        "FREQUENCY_OUTSIDE_RANGE",
        "frequency_hz",
        "minimum_frequency_hz",
        "maximum_frequency_hz",
        "frequency {r[frequency_hz]:.4g} Hz is outside the drive's range, "
        "{r[minimum_frequency_hz]:.4g} to {r[maximum_frequency_hz]:.4g} Hz",
    ),
    _outside(
        "ROTARY_SPEED_OUTSIDE_RANGE",
        "speed_rpm",
        "minimum_speed_rpm",
        "maximum_speed_rpm",
        "speed {r[speed_rpm]:.4g} rpm is outside the drive's range, "
        "{r[minimum_speed_rpm]:.4g} to {r[maximum_speed_rpm]:.4g} rpm",
    ),
    _outside(
        "STROKE_SPEED_OUTSIDE_RANGE",
        "speed_spm",
        "minimum_speed_spm",
        "maximum_speed_spm",
        "speed {r[speed_spm]:.4g} strokes per minute is outside its range, "
        "{r[minimum_speed_spm]:.4g} to {r[maximum_speed_spm]:.4g}",
    ),
    Check(
        "RATE_LOOKS_LIKE_BARRELS",
        Severity.WARNING,
        lambda r, d, a: (
            (d["volumetric_efficiency"] * BBL >= 0.5 * (1.0 - a.unit_band))
            & (d["volumetric_efficiency"] * BBL <= 1.0 + a.unit_band)
        ),
        "rate {r[rate_m3d]:.4g} m3/d against a displacement of {d[displacement_rate_m3d]:.4g} m3/d "
        "would make sense in barrels: is it bbl/d?",
        ("rate_m3d",),
        "the unit of the rate",
    ),
    Check(
        "PRESSURE_LOOKS_LIKE_PSI",
        Severity.WARNING,
        lambda r, d, a: _near(
            ratio(d["discharge_pressure_kpa"], _column_kpa(r)), 1.0 / PSI, a.unit_band
        ),
        "discharge pressure {d[discharge_pressure_kpa]:.4g} kPa is a 6.895th of the liquid column "
        "above the pump: is it psi?",
        ("discharge_pressure_kpa", "pump_depth_m", "liquid_density_kgm3"),
        "the unit of the pressures",
    ),
    Check(
        "POWER_LOOKS_LIKE_HP",
        Severity.WARNING,
        lambda r, d, a: _near(
            ratio(electrical_power(r), r["input_power_kw"]), HORSEPOWER, a.disagreement
        ),
        "input power {r[input_power_kw]:.4g} kW is 1.341 times what volts, amperes and power "
        "factor give: is it hp?",
        INPUT,
        "the unit of the power",
    ),
    Check(
        "INPUT_POWERS_DISAGREE",
        Severity.WARNING,
        lambda r, d, a: abs(ratio(electrical_power(r), r["input_power_kw"]) - 1.0) > a.disagreement,
        "input power {r[input_power_kw]:.4g} kW and volts, amperes and power factor disagree by "
        "more than {a.disagreement:.0%}; the power as given is used",
        INPUT,
        "where each was measured, and when",
    ),
    Check(
        "PRESSURES_DISAGREE",
        Severity.WARNING,
        lambda r, d, a: (
            abs(
                ratio(
                    r["discharge_pressure_kpa"] - r["intake_pressure_kpa"], r["pressure_rise_kpa"]
                )
                - 1.0
            )
            > a.disagreement
        ),
        "pressure rise {r[pressure_rise_kpa]:.4g} kPa and discharge minus intake pressure disagree "
        "by more than {a.disagreement:.0%}; the rise as given is used",
        PRESSURES,
        "the three gauges",
    ),
    Check(
        "LEVEL_DISAGREES",
        Severity.WARNING,
        lambda r, d, a: (
            abs(ratio(net_lift_from_level(r), d["net_lift_pressure_kpa"]) - 1.0)
            > a.level_disagreement
        ),
        "net lift pressure {d[net_lift_pressure_kpa]:.4g} kPa from the intake and that from the "
        "fluid level disagree by more than {a.level_disagreement:.0%}; the intake is used",
        LIFT,
        "foam or gas in the annulus, age of the level shot",
    ),
    Check(
        "LINKS_DISAGREE",
        Severity.WARNING,
        lambda r, d, a: (
            abs(ratio(d["surface_efficiency"], r["motor_efficiency"] * r["drive_efficiency"]) - 1.0)
            > a.disagreement
        ),
        "motor and drive efficiency as given do not bring input to delivered power: measured "
        "{d[surface_efficiency]:.4g}",
        (*DELIVERED, *INPUT, *LINKS),
        "the motor's load, and what the drive's efficiency stands for",
    ),
)
