"""What an instrument says by itself, or of a pump that it cannot be true of."""

from typing import Any

from pumpperf.assumptions import Assumptions
from pumpperf.checks.check import DELIVERED, INPUT, PRESSURES, SWEPT, Check, no_share
from pumpperf.checks.reads import Numbers
from pumpperf.model import Severity
from pumpperf.numeric import coalesce


def _outside(code: str, value: str) -> Check:
    low, high = f"minimum_{value}", f"maximum_{value}"
    return Check(
        f"{code}_OUTSIDE_RANGE",
        lambda r, d, a: (r[value] < r[low]) | (r[value] > r[high]),
        f"{value.rpartition('_')[0]} {{r[{value}]}} is outside the drive's range, "
        f"{{r[{low}]}} to {{r[{high}]}}",
        (value, low, high),
        "the drive's settings and the reading of its display",
    )


def _runs(r: Numbers, d: Numbers) -> Any:  # a truth, or a column of them
    """The pump ran, or nobody says that it did not."""
    return (coalesce(r["running_share"], 1.0) > 0.0) & (
        coalesce(d["displacement_rate_m3d"], 1.0) > 0.0
    )


def _power_below_zero(name: str) -> Check:
    return Check(
        f"{name.removesuffix('_kw').upper()}_BELOW_0",
        lambda r, d, a: (d[name] < 0.0) & (coalesce(r["running_share"], 1.0) > 0.0),
        f"{name.removesuffix('_kw').replace('_', ' ')} is {{d[{name}]}}: a pump that runs takes "
        "power",
        (*DELIVERED, *INPUT, "plunger_work_kj"),
        "direction of the current transformers, {own[signs]}",
        counts=False,
    )


def _half_duty(r: Numbers, d: Numbers, a: Assumptions) -> Any:  # a truth, or a column of them
    share = r["running_share"]
    daily = d["volumetric_efficiency"] * coalesce(share, 1.0)
    unknown = share != share
    half = (share >= a.half_duty_low) & (share <= a.half_duty_high)
    return (daily >= a.half_duty_low) & (daily <= a.half_duty_high) & (unknown | half)


def _has_power(d: Numbers) -> Any:  # a truth, or a column of them
    delivered, source, swept = (
        d[name] == d[name]
        for name in ("delivered_power_kw", "input_power_kw", "displacement_rate_m3d")
    )
    return delivered | source | swept


INSTRUMENTS: tuple[Check, ...] = (
    Check(
        "INTAKE_PRESSURE_NEGATIVE",
        lambda r, d, a: d["intake_pressure_kpa"] < 0.0,
        "intake pressure is {d[intake_pressure_kpa]} absolute: there is none below zero",
        (*PRESSURES, "plunger_diameter_mm"),
        "{own[intake]}",
        counts=False,
    ),
    Check(
        "INTAKE_ABOVE_DISCHARGE",
        lambda r, d, a: d["pressure_rise_kpa"] < 0.0,
        "pressure rise is {d[pressure_rise_kpa]}: intake above discharge pressure",
        PRESSURES,
        "whether the two gauges are swapped, or the well flows",
        counts=False,
    ),
    no_share("water_cut"),
    no_share("power_factor"),
    no_share("fillage"),
    *(_power_below_zero(f"{power}_power_kw") for power in ("input", "delivered", "pump_input")),
    Check(
        "ROD_LOAD_ABOVE_WEIGHT",
        lambda r, d, a: r["minimum_rod_load_kn"] > r["rod_weight_in_air_kn"],
        "minimum polished-rod load {r[minimum_rod_load_kn]} is above the rods' weight in "
        "air, {r[rod_weight_in_air_kn]}: impossible while the rods fall in liquid",
        ("minimum_rod_load_kn", "rod_weight_in_air_kn"),
        "load datum and calibration of the load cell, sizes of the rods",
    ),
    Check(
        "CARD_RUNS_BACKWARDS",
        lambda r, d, a: r["stroke_work_kj"] < 0.0,
        "the card's work is {r[stroke_work_kj]} kJ: it goes up with the lower load",
        ("stroke_work_kj",),
        "sign or phase of the position signal",
        counts=False,
    ),
    Check(
        "RUNTIME_MISSING",
        lambda r, d, a: (
            (r["field_test"] > 0.0)
            & (r["running_share"] != r["running_share"])
            & (r["rate_m3d"] == r["rate_m3d"])
        ),
        "the test has no runtime: it is evaluated as if the pump had run all of the time",
        ("runtime_h", "duration_h"),
        "the controller's run time on the day of the test",
        severity=Severity.ASSUMPTION,
        counts=False,
    ),
    Check(
        "HALF_DUTY",
        _half_duty,
        "the daily rate is about half of the displacement: a pump that runs half of the time "
        "looks the same as one that {own[lost]}",
        SWEPT,
        "runtime against {own[loss]}",
        severity=Severity.INFO,
    ),
    Check(
        "STALE_PAIRING",
        lambda r, d, a: (r["pairing_gap_h"] > a.longest_pairing_gap_h) & _has_power(d),
        "rate and power were measured {r[pairing_gap_h]} h apart, more than "
        "{a.longest_pairing_gap_h:g} h: their ratio belongs to no one state of the well",
        ("rate_date", "power_date"),
        "a well test nearer to the date of the power",
        counts=False,
    ),
    _outside("FREQUENCY", "frequency_hz"),
    _outside("ROTARY_SPEED", "speed_rpm"),
    _outside("STROKE_SPEED", "speed_spm"),
    Check(
        "LEVEL_BELOW_PUMP",
        lambda r, d, a: r["fluid_level_m"] > r["pump_depth_m"],
        "fluid level {r[fluid_level_m]} lies below the pump, {r[pump_depth_m]}",
        ("fluid_level_m", "pump_depth_m"),
        "the level shot, and depths along the hole taken for vertical ones",
    ),
    Check(
        "SURFACE_PRESSURE_NEGATIVE",
        lambda r, d, a: (r["wellhead_pressure_kpa"] < 0.0) | (r["casing_pressure_kpa"] < 0.0),
        "wellhead {r[wellhead_pressure_kpa]} or casing pressure {r[casing_pressure_kpa]} "
        "kPa absolute: there is none below zero",
        ("wellhead_pressure_kpa", "casing_pressure_kpa"),
        "gauge taken for absolute pressure",
        counts=False,
    ),
    Check(
        "RATE_WITHOUT_MOTION",
        lambda r, d, a: (r["rate_m3d"] > 0.0) & (d["displacement_rate_m3d"] == 0.0),
        "the pump produces {r[rate_m3d]} and does not move",
        SWEPT,
        "whether the well flows, and whether speed and rate are of one time",
    ),
    Check(
        "RATE_WITHOUT_RUNTIME",
        lambda r, d, a: (r["rate_m3d"] > 0.0) & (r["running_share"] == 0.0),
        "the pump produces {r[rate_m3d]} and did not run: what it does while running is absent",
        ("rate_m3d", "running_share"),
        "whether the well flows, and the controller's run time",
        counts=False,
    ),
    Check(
        "NO_RATE_WHILE_RUNNING",
        lambda r, d, a: (r["rate_m3d"] == 0.0) & (r["field_test"] > 0.0) & _runs(r, d),
        "the rate of a field test is 0, and nobody says that the pump stood still: what it takes "
        "brings nothing",
        SWEPT,
        "whether the pump was shut in or had failed, and the well test",
        counts=False,
    ),
)
