"""What an instrument says by itself, or of a pump that it cannot be true of."""

from typing import Any

from pumpperf.assumptions import Assumptions
from pumpperf.checks.check import (
    INPUT,
    PRESSURES,
    SWEPT,
    Check,
    Numbers,
)
from pumpperf.model import Severity
from pumpperf.numeric import coalesce


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
    daily = d["volumetric_efficiency"] * coalesce(share, 1.0)
    unknown = share != share
    half = (share >= a.half_duty_low) & (share <= a.half_duty_high)
    return (daily >= a.half_duty_low) & (daily <= a.half_duty_high) & (unknown | half)


def _has_power(d: Numbers) -> Any:  # a truth, or a column of them
    of_power_date = ("delivered_power_kw", "input_power_kw", "displacement_rate_m3d")
    found = False
    for name in of_power_date:
        found = found | (d[name] == d[name])
    return found


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
        lambda r, d, a: d["pressure_rise_kpa"] < 0.0,
        "pressure rise is {d[pressure_rise_kpa]:.4g} kPa: intake above discharge pressure",
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
        Severity.INFO,
        _half_duty,
        "the daily rate is about half of the displacement: a pump that runs half of the time "
        "looks the same as one that is half filled",
        SWEPT,
        "runtime against fillage of the downhole card",
    ),
    Check(
        "STALE_PAIRING",
        Severity.WARNING,
        lambda r, d, a: (r["pairing_gap_h"] > a.longest_pairing_gap_h) & _has_power(d),
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
        "LEVEL_BELOW_PUMP",
        Severity.WARNING,
        lambda r, d, a: r["fluid_level_m"] > r["pump_depth_m"],
        "fluid level {r[fluid_level_m]:.4g} m lies below the pump, {r[pump_depth_m]:.4g} m",
        ("fluid_level_m", "pump_depth_m"),
        "the level shot, and depths along the hole taken for vertical ones",
    ),
    Check(
        "SURFACE_PRESSURE_NEGATIVE",
        Severity.WARNING,
        lambda r, d, a: (r["wellhead_pressure_kpa"] < 0.0) | (r["casing_pressure_kpa"] < 0.0),
        "wellhead {r[wellhead_pressure_kpa]:.4g} or casing pressure {r[casing_pressure_kpa]:.4g} "
        "kPa absolute: there is none below zero",
        ("wellhead_pressure_kpa", "casing_pressure_kpa"),
        "gauge taken for absolute pressure",
    ),
    Check(
        "RATE_WITHOUT_MOTION",
        Severity.WARNING,
        lambda r, d, a: (r["rate_m3d"] > 0.0) & (d["displacement_rate_m3d"] == 0.0),
        "the pump produces {r[rate_m3d]:.4g} m3/d and does not move",
        SWEPT,
        "whether the well flows, and whether speed and rate are of one time",
    ),
    Check(
        "RATE_WITHOUT_RUNTIME",
        Severity.WARNING,
        lambda r, d, a: (r["rate_m3d"] > 0.0) & (r["running_share"] == 0.0),
        "the pump produces {r[rate_m3d]:.4g} m3/d and did not run: what it does while running is "
        "absent",
        ("rate_m3d", "running_share"),
        "whether the well flows, and the controller's run time",
    ),
    Check(
        "LIFT_WITHOUT_INPUT",
        Severity.WARNING,
        lambda r, d, a: (
            (d["input_power_kw"] == 0.0)
            & ((d["hydraulic_power_kw"] > 0.0) | (d["net_lift_power_kw"] > 0.0))
        ),
        "the pump lifts liquid without any input power",
        INPUT,
        "the power meter",
    ),
)
