"""Ratios that cannot be, hardly are, or are not there."""

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
    Fails,
    Numbers,
)
from pumpperf.model import Severity

_CHAIN_INPUTS = {
    "volumetric_efficiency": SWEPT,
    "pump_efficiency": ("rate_m3d", *PRESSURES, "plunger_work_kj", *DELIVERED, *INPUT, *LINKS),
    "transmission_efficiency": ("plunger_work_kj", *DELIVERED, *INPUT, *LINKS),
    "downhole_efficiency": ("rate_m3d", *PRESSURES, *DELIVERED, *INPUT, *LINKS),
    "lift_efficiency": (*LIFT, *DELIVERED, *INPUT, *LINKS),
    "motor_efficiency": (*DELIVERED, *INPUT, *LINKS),
    "drive_efficiency": (*DELIVERED, *INPUT, *LINKS),
    "surface_efficiency": (*DELIVERED, *INPUT, *LINKS),
    "system_efficiency": (*LIFT, *INPUT, *DELIVERED, *LINKS),
}


def _efficiency(name: str, code: str, fails: Fails, words: str, look_at: str) -> Check:
    shown = f"{name.replace('_', ' ')} is {{d[{name}]:.4g}}, {words}"
    return Check(f"{name.upper()}_{code}", fails, shown, _CHAIN_INPUTS[name], look_at)


def _above_one(name: str) -> Check:
    words = "above 1: its inputs cannot all be true"
    look_at = "the units and dates of the inputs, and what each instrument really measures"
    return _efficiency(name, "ABOVE_1", lambda r, d, a: d[name] > 1.0, words, look_at)


def _below_zero(name: str) -> Check:
    words = "below 0: its inputs cannot all be true"
    look_at = "the signs of pressures, torque and power, and the direction of the card"
    return _efficiency(name, "BELOW_0", lambda r, d, a: d[name] < 0.0, words, look_at)


def _low(name: str) -> Check:
    return _efficiency(
        name,
        "LOW",
        lambda r, d, a: (d[name] >= 0.0) & (d[name] < a.lowest_plausible_efficiency),
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
        "volumetric efficiency is {d[volumetric_efficiency]:.4g}: {d[running_rate_m3d]:.4g} m3/d "
        "while running is more than the {d[displacement_rate_m3d]:.4g} m3/d that it displaces",
        SWEPT,
        "dates of well test and card, plunger or rotor size, speed, runtime, flowing well",
    ),
    *(_above_one(name) for name in _CHAIN_INPUTS if name != "volumetric_efficiency"),
    *(_below_zero(name) for name in _CHAIN_INPUTS),
    *(_low(f"{link}_efficiency") for link in ("pump", "downhole", "lift", "system")),
)

ABSENCES: tuple[Check, ...] = (
    Check(
        "BEYOND_ANY_NUMBER",
        lambda r, d, a: d.overflow,
        "beyond any number, and absent with all that comes of them: {d.beyond}",
        tuple(dict.fromkeys((*LIFT, *PRESSURES, *SWEPT, *DELIVERED, *INPUT, *LINKS))),
        "the units of the inputs: no pump has such a size",
    ),
    Check(
        "DISPLACEMENT_ABSENT",
        _no_displacement,
        "displacement and volumetric efficiency are absent: they need speed and swept volume, "
        "which for a rod pump is the plunger's diameter and its own stroke",
        (),
        "the pump's size, the speed, and the downhole card for the plunger's stroke",
        severity=Severity.INFO,
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
        "a card or polished-rod power, a shaft power or torque, or the power fluid's rate and "
        "pressure; or input power with the efficiencies of motor and drive",
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
    ),
)
