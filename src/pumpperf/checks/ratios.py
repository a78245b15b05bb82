"""Ratios that cannot be, hardly are, or are not there."""

from typing import Any

from pumpperf.assumptions import Assumptions
from pumpperf.checks.check import DELIVERED, INPUT, LIFT, LINKS, PRESSURES, SWEPT, Check, Fails
from pumpperf.checks.reads import Numbers
from pumpperf.model import Severity

_CHAIN_INPUTS = {
    "volumetric_efficiency": SWEPT,
    "net_stroke_efficiency": (*SWEPT, "fillage"),
    "polished_rod_stroke_efficiency": (
        *("rate_m3d", "plunger_diameter_mm", "stroke_m"),
        *("speed_spm", "running_share"),
    ),
    "pump_efficiency": ("rate_m3d", *PRESSURES, "plunger_work_kj", *DELIVERED, *INPUT, *LINKS),
    "transmission_efficiency": ("plunger_work_kj", *DELIVERED, *INPUT, *LINKS),
    "downhole_efficiency": ("rate_m3d", *PRESSURES, *DELIVERED, *INPUT, *LINKS),
    "lift_efficiency": (*LIFT, *DELIVERED, *INPUT, *LINKS),
    "motor_efficiency": (*DELIVERED, *INPUT, *LINKS),
    "drive_efficiency": (*DELIVERED, *INPUT, *LINKS),
    "surface_efficiency": (*DELIVERED, *INPUT, *LINKS),
    "overall_efficiency": ("rate_m3d", *PRESSURES, *INPUT, *DELIVERED, *LINKS),
    "system_efficiency": (*LIFT, *INPUT, *DELIVERED, *LINKS),
}


_PLATES = {"motor_efficiency", "drive_efficiency"}
"""What a plate may say by itself; where powers say it, the surface efficiency is checked too."""
_LINKS = [name for name in _CHAIN_INPUTS if "stroke" not in name]
"""The others follow the volumetric efficiency."""


def _efficiency(name: str, code: str, fails: Fails, words: str, look_at: str) -> Check:
    shown = f"{name.replace('_', ' ')} is {{d[{name}]}}, {words}"
    counts = name not in _PLATES
    return Check(
        f"{name.upper()}_{code}", fails, shown, _CHAIN_INPUTS[name], look_at, counts=counts
    )


def _above_one(name: str) -> Check:
    words = "above 1: its inputs cannot all be true"
    look_at = "the units and dates of the inputs, and what each instrument really measures"
    return _efficiency(name, "ABOVE_1", lambda r, d, a: d[name] > 1.0, words, look_at)


def _below_zero(name: str) -> Check:
    words = "below 0: its inputs cannot all be true"
    return _efficiency(name, "BELOW_0", lambda r, d, a: d[name] < 0.0, words, "{own[signs]}")


def _low(name: str) -> Check:
    return _efficiency(
        name,
        "LOW",
        lambda r, d, a: (
            (d[name] >= 0.0)
            & (d[name] < a.lowest_plausible_efficiency)
            & ((d[name] > 0.0) | (r["field_test"] > 0.0))  # a bench begins at shut-off
        ),
        "below {a.lowest_plausible_efficiency:g}: rarely true of a pump that is kept running",
        "the units of rate, pressure and power; whether they belong to one pump",
    )


def _absent(name: str, needs: str, *, of_bench: bool = True) -> Check:
    return Check(
        f"{name.upper()}_ABSENT",
        lambda r, d, a: (d[name] != d[name]) & (of_bench | (r["field_test"] > 0.0)),
        f"{name.replace('_kw', '').replace('_', ' ')} is absent: it needs {needs}",
        (),
        "which of these instruments the well has",
        severity=Severity.INFO,
        counts=False,
    )


_SWEPT_VOLUME = {"plunger_diameter_mm", "revolution_displacement_l", "stroke_displacement_l"}


def _no_displacement(r: Numbers, d: Numbers, a: Assumptions) -> Any:  # a truth, or a column of them
    del a
    displacement = d["displacement_rate_m3d"]
    return (not _SWEPT_VOLUME.isdisjoint(r)) & (displacement != displacement)


def _nothing(r: Numbers, d: Numbers, a: Assumptions) -> Any:  # a truth, or a column of them
    del r, a
    needed = ("running_rate_m3d", "pressure_rise_kpa", "displacement_rate_m3d")
    powers = ("delivered_power_kw", "input_power_kw")
    found = True
    for name in (*needed, *powers):
        found = found & (d[name] != d[name])
    return found


RATIOS: tuple[Check, ...] = (
    Check(
        "RATE_ABOVE_DISPLACEMENT",
        lambda r, d, a: d["volumetric_efficiency"] > 1.0,
        "volumetric efficiency is {d[volumetric_efficiency]}: {d[running_rate_m3d]} "
        "while running is more than the {d[displacement_rate_m3d]} that it displaces",
        SWEPT,
        "dates of rate and speed, {own[size]}, runtime, flowing well",
    ),
    Check(
        "NET_STROKE_EFFICIENCY_ABOVE_1",
        lambda r, d, a: d["net_stroke_efficiency"] > 1.0 + a.disagreement,
        "net stroke efficiency is {d[net_stroke_efficiency]}: {d[running_rate_m3d]} while running "
        "is more than a fillage of {d[fillage]} lets through",
        _CHAIN_INPUTS["net_stroke_efficiency"],
        "dates of rate and card, {own[size]}, speed, runtime, the release of the load on the card",
    ),
    Check(
        "POLISHED_ROD_STROKE_EFFICIENCY_ABOVE_1",
        lambda r, d, a: d["polished_rod_stroke_efficiency"] > 1.0 + a.disagreement,
        "polished rod stroke efficiency is {d[polished_rod_stroke_efficiency]}: "
        "{d[running_rate_m3d]} while running is more than the plunger sweeps, unless it travels "
        "farther than the polished rod",
        _CHAIN_INPUTS["polished_rod_stroke_efficiency"],
        "units and date of the rate, size of the plunger, stroke, speed, runtime, flowing well",
    ),
    *(_above_one(name) for name in _LINKS if name != "volumetric_efficiency"),
    *(_below_zero(name) for name in _LINKS),
    *(_low(f"{link}_efficiency") for link in ("pump", "downhole", "lift", "overall", "system")),
)

BEYOND = "beyond any number, and absent with all that comes of them: "
NO_SUCH_SIZE = "the units of the inputs: no pump has such a size"
ABSENCES: tuple[Check, ...] = (
    Check(
        "BEYOND_ANY_NUMBER",
        lambda r, d, a: d.overflow,
        f"{BEYOND}{{d.beyond}}",
        tuple(dict.fromkeys((*LIFT, *PRESSURES, *SWEPT, *DELIVERED, *INPUT, *LINKS))),
        NO_SUCH_SIZE,
        counts=False,
    ),
    Check(
        "DISPLACEMENT_ABSENT",
        _no_displacement,
        "displacement and volumetric efficiency are absent: they need {own[swept]}",
        (),
        "which of these numbers are known of the well",
        severity=Severity.INFO,
        counts=False,
    ),
    _absent("hydraulic_power_kw", "a rate and a pressure rise, or intake and discharge pressure"),
    _absent(
        "net_lift_power_kw",
        "a rate, the liquid's density, the wellhead pressure, and either intake pressure and pump "
        "depth or fluid level and casing pressure",
        of_bench=False,
    ),
    _absent(
        "delivered_power_kw",
        "{own[delivered]}; or input power with the efficiencies of motor and drive",
    ),
    _absent(
        "input_power_kw",
        "a power meter, or volts, amperes and power factor; or delivered power with the "
        "efficiencies of motor and drive",
    ),
    Check(
        "NOTHING_TO_EVALUATE",
        _nothing,
        "the reading has neither rate, pressure rise, displacement nor power",
        (),
        "whether the columns were named as the library names them",
        severity=Severity.ERROR,
        counts=False,
    ),
)
