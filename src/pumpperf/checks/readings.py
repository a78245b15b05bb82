"""The checks of a reading's numbers.

A check is one line of the table `CHECKS`: what fails it, in words with the values, the inputs
concerned and what to look at. The same line serves one reading and a column of a million; NaN
never fails a check that compares.
"""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from pumpperf.assumptions import Assumptions
from pumpperf.lift import LiftType, chain, duty_numbers
from pumpperf.lift.duty import electrical_power, net_lift_from_level
from pumpperf.lift.reading import NAN
from pumpperf.model import Severity
from pumpperf.numeric import present, ratio
from pumpperf.units import BBL, HORSEPOWER, PSI, STANDARD_GRAVITY_MS2


class Numbers(dict[str, Any]):  # a float or a column each
    """Numbers or columns by name; what a lift system does not have is NaN."""

    def __missing__(self, name: str) -> float:
        """An instrument that the system does not know."""
        return NAN


@frozen
class Check:
    """One thing that an engineer would look at.

    `fails` takes the reading's numbers, those of duty and chain, and the assumptions. `words` is
    a template over the same three, called r, d and a.
    """

    code: str
    severity: Severity
    fails: Callable[[Numbers, Numbers, Assumptions], Any]  # a truth, or a column of them
    words: str
    inputs: tuple[str, ...]
    look_at: str


_PRESSURES = ("intake_pressure_kpa", "discharge_pressure_kpa", "pressure_rise_kpa", "fluid_load_kn")
_LEVEL = ("wellhead_pressure_kpa", "casing_pressure_kpa", "fluid_level_m", "liquid_density_kgm3")
_LIFT = ("rate_m3d", "intake_pressure_kpa", "pump_depth_m", *_LEVEL)
_ELECTRICAL = ("voltage_v", "current_a", "power_factor")
_INPUT = ("input_power_kw", *_ELECTRICAL)
_LINKS = ("motor_efficiency", "drive_efficiency")
_DELIVERED = (
    "polished_rod_power_kw",
    "stroke_work_kj",
    "speed_spm",
    "rod_torque_knm",
    "speed_rpm",
    "shaft_power_kw",
    "power_fluid_rate_m3d",
    "power_fluid_pressure_rise_kpa",
)
_SWEPT = (
    "rate_m3d",
    "plunger_diameter_mm",
    "plunger_stroke_m",
    "revolution_displacement_l",
    "stroke_displacement_l",
    "speed_spm",
    "speed_rpm",
    "running_share",
)
_CHAIN_INPUTS = {
    "volumetric_efficiency": _SWEPT,
    "pump_efficiency": ("rate_m3d", *_PRESSURES, *_DELIVERED, *_INPUT, *_LINKS),
    "transmission_efficiency": (*_DELIVERED, *_INPUT, *_LINKS),
    "downhole_efficiency": ("rate_m3d", *_PRESSURES, *_DELIVERED, *_INPUT, *_LINKS),
    "lift_efficiency": (*_LIFT, *_DELIVERED, *_INPUT, *_LINKS),
    "motor_efficiency": (*_DELIVERED, *_INPUT, *_LINKS),
    "drive_efficiency": (*_DELIVERED, *_INPUT, *_LINKS),
    "surface_efficiency": (*_DELIVERED, *_INPUT, *_LINKS),
    "system_efficiency": (*_LIFT, *_INPUT, *_DELIVERED, *_LINKS),
}


def _above_one(name: str) -> Check:
    return Check(
        f"{name.upper()}_ABOVE_1",
        Severity.WARNING,
        lambda r, d, a: d[name] > 1.0,
        f"{name.replace('_', ' ')} is {{d[{name}]:.4g}}, above 1: its inputs cannot all be true",
        _CHAIN_INPUTS[name],
        "the units and dates of the inputs, and what each instrument really measures",
    )


def _below_zero(name: str) -> Check:
    return Check(
        f"{name.upper()}_BELOW_0",
        Severity.WARNING,
        lambda r, d, a: d[name] < 0.0,
        f"{name.replace('_', ' ')} is {{d[{name}]:.4g}}, below 0: its inputs cannot all be true",
        _CHAIN_INPUTS[name],
        "the signs of pressures, torque and power, and the direction of the card",
    )


def _low(name: str) -> Check:
    return Check(
        f"{name.upper()}_LOW",
        Severity.WARNING,
        lambda r, d, a: (d[name] >= 0.0) & (d[name] < a.lowest_plausible_efficiency),
        f"{name.replace('_', ' ')} is {{d[{name}]:.4g}}, "
        "below {a.lowest_plausible_efficiency:g}: rarely true of a pump that is kept running",
        _CHAIN_INPUTS[name],
        "the units of rate, pressure and power; whether they belong to one pump",
    )


def _absent(name: str, needs: str) -> Check:
    return Check(
        f"{name.upper()}_ABSENT",
        Severity.INFO,
        lambda r, d, a: d[name] != d[name],
        f"{name.replace('_kw', '').replace('_', ' ')} is absent: it needs {needs}",
        (),
        "which of these instruments the well has",
    )


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


_SWEPT_VOLUME = {"plunger_diameter_mm", "revolution_displacement_l", "stroke_displacement_l"}


def _no_displacement(r: Numbers, d: Numbers, a: Assumptions) -> Any:  # a truth, or a column of them
    del a
    displacement = d["displacement_rate_m3d"]
    return (not _SWEPT_VOLUME.isdisjoint(r)) & (displacement != displacement)


def _column_kpa(r: Numbers) -> Any:  # a float or a column
    column = r["pump_depth_m"] * r["liquid_density_kgm3"] * (STANDARD_GRAVITY_MS2 / 1000.0)
    return column + present(r["wellhead_pressure_kpa"], 0.0)


def _nothing(r: Numbers, d: Numbers, a: Assumptions) -> Any:  # a truth, or a column of them
    del r, a
    needed = ("running_rate_m3d", "pressure_rise_kpa", "displacement_rate_m3d")
    powers = ("delivered_power_kw", "input_power_kw")
    found = True
    for name in (*needed, *powers):
        found = found & (d[name] != d[name])
    return found


def _near(value: Any, wanted: float, band: float) -> Any:  # floats or columns
    return abs(value / wanted - 1.0) <= band


CHECKS: tuple[Check, ...] = (
    Check(
        "RATE_ABOVE_DISPLACEMENT",
        Severity.WARNING,
        lambda r, d, a: d["volumetric_efficiency"] > 1.0,
        "volumetric efficiency is {d[volumetric_efficiency]:.4g}: {d[running_rate_m3d]:.4g} m3/d "
        "while running is more than the {d[displacement_rate_m3d]:.4g} m3/d that it displaces",
        _SWEPT,
        "dates of well test and card, plunger or rotor size, speed, runtime, flowing well",
    ),
    *(_above_one(name) for name in _CHAIN_INPUTS if name != "volumetric_efficiency"),
    *(_below_zero(name) for name in _CHAIN_INPUTS),
    *(
        _low(name)
        for name in (
            "pump_efficiency",
            "downhole_efficiency",
            "lift_efficiency",
            "system_efficiency",
        )
    ),
    Check(
        "INTAKE_PRESSURE_NEGATIVE",
        Severity.WARNING,
        lambda r, d, a: d["intake_pressure_kpa"] < 0.0,
        "intake pressure is {d[intake_pressure_kpa]:.4g} kPa absolute: there is none below zero",
        (*_PRESSURES, "plunger_diameter_mm"),
        "load datum of the card, fluid gradient, gauge taken for absolute pressure",
    ),
    Check(
        "INTAKE_ABOVE_DISCHARGE",
        Severity.WARNING,
        lambda r, d, a: d["intake_pressure_kpa"] > d["discharge_pressure_kpa"],
        "intake pressure {d[intake_pressure_kpa]:.4g} kPa is above discharge pressure "
        "{d[discharge_pressure_kpa]:.4g} kPa",
        _PRESSURES,
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
        _SWEPT,
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
        _INPUT,
        "the unit of the power",
    ),
    Check(
        "INPUT_POWERS_DISAGREE",
        Severity.WARNING,
        lambda r, d, a: abs(ratio(electrical_power(r), r["input_power_kw"]) - 1.0) > a.disagreement,
        "input power {r[input_power_kw]:.4g} kW and volts, amperes and power factor disagree by "
        "more than {a.disagreement:.0%}; the power as given is used",
        _INPUT,
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
        _PRESSURES,
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
        _LIFT,
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
        (*_DELIVERED, *_INPUT, *_LINKS),
        "the motor's load, and what the drive's efficiency stands for",
    ),
    Check(
        "DISPLACEMENT_ABSENT",
        Severity.INFO,
        _no_displacement,
        "displacement and volumetric efficiency are absent: they need speed and swept volume, "
        "which for a rod pump is the plunger's diameter and its own stroke",
        (),
        "the pump's size, the speed, and the downhole card for the plunger's stroke",
    ),
    _absent("hydraulic_power_kw", "a rate and a pressure rise, or intake and discharge pressure"),
    Check(
        "NET_LIFT_POWER_KW_ABSENT",
        Severity.INFO,
        lambda r, d, a: (
            (r["field_test"] > 0.0) & (d["net_lift_power_kw"] != d["net_lift_power_kw"])
        ),
        "net lift power is absent: it needs a rate, the liquid's density, the wellhead pressure, "
        "and either intake pressure and pump depth or fluid level and casing pressure",
        (),
        "which of these instruments the well has",
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
        Severity.ERROR,
        _nothing,
        "the reading has neither rate, pressure rise, displacement nor power",
        (),
        "whether the columns were named as the library names them",
    ),
)


def judged(lift_type: LiftType, reading: Numbers) -> Numbers:
    """Duty and chain by name; a pump of unknown runtime is taken to run all of the time.

    That it was taken so is the finding RUNTIME_MISSING.
    """
    duty = duty_numbers(lift_type, reading, present(reading["running_share"], 1.0))
    return Numbers(duty | chain(duty))
