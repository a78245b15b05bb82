"""What stands between the tank and the pump: what was converted, assumed, or says two things."""

from collections.abc import Callable
from typing import Any

from pumpperf.assumptions import Assumptions
from pumpperf.checks.check import Check, no_share
from pumpperf.checks.reads import Numbers, any_of
from pumpperf.model import Severity
from pumpperf.numeric import coalesce, ratio
from pumpperf.units import OIL_DENSITY

_TANK = (
    *("liquid_rate_m3d", "oil_rate_m3d", "water_rate_m3d", "liquid_mass_rate_td"),
    *("oil_mass_rate_td", "water_cut"),
)
_GAS = ("gas_rate_sm3d", "casing_gas_rate_sm3d", "gas_oil_ratio_m3m3", "gas_separation")
_OIL = ("oil_density_kgm3", "intake_temperature_degc", "gas_gravity", "gas_oil_ratio_m3m3")
_COLUMN = ("wellhead_pressure_kpa", "pump_depth_m", "tubing_inner_diameter_mm")


def _there(x: Any) -> Any:  # a truth, or a column of them
    return x - x == 0.0


def _absent(x: Any) -> Any:  # a truth, or a column of them
    return x != x


def _in_tank(r: Numbers) -> Any:  # the water cut that the rates in the tank say
    by_water = ratio(r["water_rate_m3d"], r["water_rate_m3d"] + r["oil_rate_m3d"])
    return coalesce(by_water, 1.0 - ratio(r["oil_rate_m3d"], r["liquid_rate_m3d"]))


def _at_pump(d: Numbers) -> Any:  # the rate at the pump that the tank says
    cut = d["water_cut"]
    return d["liquid_rate_m3d"] * ((1.0 - cut) * d["formation_volume_factor"] + cut)


def _free_gas(d: Numbers) -> Any:  # at the intake, as a rate at standard conditions
    return (d["gas_oil_ratio_m3m3"] - d["solution_gor_m3m3"]) * d["oil_rate_m3d"]


def _beyond_data(r: Numbers, d: Numbers, a: Assumptions) -> Any:  # a truth, or a column of them
    api = OIL_DENSITY.scales["api"]
    held = {
        "temperature_degc": d["intake_temperature_degc"],
        "pressure_kpa": d["intake_pressure_kpa"],
        "gas_gravity": r["gas_gravity"],
        "api_gravity": api.factor / r["oil_density_kgm3"] - api.shift,
    }
    limits = a.fluids.limits()["solution_gas"].items()
    outside = any_of((held[name] < low) | (held[name] > high) for name, (low, high) in limits)
    return (d["solution_gor_m3m3"] > 0.0) & outside


def _two_ways(
    code: str, ways: Callable[[Numbers], tuple[Any, Any]], words: str, inputs: tuple[str, ...]
) -> Check:
    """That two ways to one number differ."""
    return Check(
        code,
        lambda r, d, a: _apart(*ways(r)) > a.disagreement,
        words,
        inputs,
        "which of them was measured on the day of the test",
    )


def _apart(one: Any, other: Any) -> Any:  # a number, or a column of them
    return ratio(abs(one - other), other)


FLUIDS: tuple[Check, ...] = (
    no_share("annulus_liquid_share"),
    no_share("gas_separation"),
    Check(
        "WATER_CUT_DISAGREES",
        lambda r, d, a: abs(r["water_cut"] - _in_tank(r)) > a.disagreement,
        "water cut is {r[water_cut]}, and the rates in the tank say another",
        ("water_cut", "oil_rate_m3d", "water_rate_m3d", "liquid_rate_m3d"),
        "which of them was measured on the day of the test",
    ),
    _two_ways(
        "TANK_PARTS_DISAGREE",
        lambda r: (r["liquid_rate_m3d"], r["oil_rate_m3d"] + r["water_rate_m3d"]),
        "liquid in the tank is {r[liquid_rate_m3d]}, oil {r[oil_rate_m3d]} and water "
        "{r[water_rate_m3d]}: they do not add up",
        ("liquid_rate_m3d", "oil_rate_m3d", "water_rate_m3d"),
    ),
    _two_ways(
        "TANK_MASS_DISAGREES",
        lambda r: (1000.0 * r["oil_mass_rate_td"], r["oil_rate_m3d"] * r["oil_density_kgm3"]),
        "oil is {r[oil_mass_rate_td]}, and {r[oil_rate_m3d]} of {r[oil_density_kgm3]}",
        ("oil_mass_rate_td", "oil_rate_m3d", "oil_density_kgm3"),
    ),
    _two_ways(
        "GAS_OIL_RATIO_DISAGREES",
        lambda r: (r["gas_oil_ratio_m3m3"] * r["oil_rate_m3d"], r["gas_rate_sm3d"]),
        "gas is {r[gas_rate_sm3d]}, oil {r[oil_rate_m3d]}, and their ratio "
        "{r[gas_oil_ratio_m3m3]} another",
        ("gas_rate_sm3d", "oil_rate_m3d", "gas_oil_ratio_m3m3"),
    ),
    Check(
        "TANK_RATE_DISAGREES",
        lambda r, d, a: abs(r["rate_m3d"] - _at_pump(d)) > a.disagreement * r["rate_m3d"],
        "rate at the pump is {r[rate_m3d]}; the tank's {d[liquid_rate_m3d]} makes another of it",
        ("rate_m3d", *_TANK, "formation_volume_factor"),
        "whether the rate was measured in the tank and is no rate at the pump",
    ),
    Check(
        "CASING_GAS_ABOVE_FREE_GAS",
        lambda r, d, a: r["casing_gas_rate_sm3d"] > _free_gas(d),
        "the annulus brings {r[casing_gas_rate_sm3d]} of gas: more than is free at the intake",
        (*_GAS, "intake_pressure_kpa"),
        "whether the gas rate is that of tubing and casing together, and the intake pressure",
    ),
    Check(
        "FLUIDS_BY_CORRELATION",
        lambda r, d, a: _there(d["solution_gor_m3m3"]) & _there(d["liquid_rate_m3d"]),
        "oil at the intake has {d[formation_volume_factor]} times its volume in the tank and "
        "{d[solution_gor_m3m3]} of gas dissolved, by {a.fluids.oil_volume_factor} and "
        "{a.fluids.solution_gas}, if no formation volume factor is given",
        (*_OIL, "intake_pressure_kpa"),
        "measured values of the oil at a bottom-hole sample",
        severity=Severity.INFO,
        counts=False,
    ),
    Check(
        "FLUIDS_BEYOND_DATA",
        _beyond_data,
        "oil or intake lie outside of the data that {a.fluids.solution_gas} was made of: "
        "{d[intake_temperature_degc]}, {d[intake_pressure_kpa]}",
        (*_OIL, "intake_pressure_kpa"),
        "another correlation, in the assumptions",
        severity=Severity.INFO,
        counts=False,
    ),
    Check(
        "TANK_RATE_TAKEN_FOR_PUMP",
        lambda r, d, a: (
            _absent(r["rate_m3d"])
            & _there(d["liquid_rate_m3d"])
            & _absent(d["formation_volume_factor"])
            & (_absent(d["water_cut"]) | (d["water_cut"] < 1.0))
        ),
        "the rate in the tank, {d[liquid_rate_m3d]}, is taken for that at the pump, where its oil "
        "is larger by 2 to 15 %",
        (*_TANK, *_OIL),
        "water cut, density of the oil, and intake pressure or fluid level",
        severity=Severity.ASSUMPTION,
        counts=False,
    ),
    Check(
        "WATER_DENSITY_ASSUMED",
        lambda r, d, a: (
            _there(d["liquid_density_kgm3"])
            & _absent(r["liquid_density_kgm3"])
            & _absent(r["water_density_kgm3"])
            & (d["water_cut"] > 0.0)
        ),
        "water is taken as {a.water_density_kgm3:g} kg/m3: it is 999, fresh, to 1200",
        ("water_density_kgm3",),
        "density or salinity of the produced water",
        severity=Severity.ASSUMPTION,
        counts=False,
    ),
    Check(
        "GAS_GRAVITY_ASSUMED",
        lambda r, d, a: (d["solution_gor_m3m3"] > 0.0) & _absent(r["gas_gravity"]),
        "gas is taken as {a.gas_gravity:g} times as heavy as air: it is 0.65, dry, to 1.2",
        ("gas_gravity",),
        "an analysis of the gas",
        severity=Severity.ASSUMPTION,
        counts=False,
    ),
    Check(
        "INTAKE_TEMPERATURE_ASSUMED",
        lambda r, d, a: (
            _there(d["solution_gor_m3m3"])
            & _there(d["liquid_rate_m3d"])
            & _absent(r["intake_temperature_degc"])
        ),
        "the intake is taken as warm as the ground, {d[intake_temperature_degc]}: "
        "{a.surface_temperature_degc:g} degC and {a.geothermal_gradient_degcm:g} degC/m",
        ("intake_temperature_degc",),
        "the field's gradient, or a gauge",
        severity=Severity.ASSUMPTION,
        counts=False,
    ),
    Check(
        "GAS_NOT_STATED",
        lambda r, d, a: (
            _there(d["solution_gor_m3m3"])
            & _there(d["liquid_rate_m3d"])
            & (d["water_cut"] < 1.0)
            & _absent(d["gas_oil_ratio_m3m3"])
        ),
        "no gas is stated: the oil is taken to hold none, dissolved or free",
        _GAS,
        "the gas-oil ratio of the well or of its neighbours",
        severity=Severity.ASSUMPTION,
        counts=False,
    ),
    Check(
        "INTAKE_FROM_LEVEL",
        lambda r, d, a: (
            _absent(r["intake_pressure_kpa"])
            & _absent(r["discharge_pressure_kpa"] - r["pressure_rise_kpa"])
            & _there(r["fluid_level_m"])
            & _there(r["casing_pressure_kpa"])
            & _there(r["oil_density_kgm3"])
            & _there(d["intake_pressure_kpa"])
        ),
        "intake pressure {d[intake_pressure_kpa]} is that of a column of settled oil below the "
        "fluid level; without a share of liquid in it none of it is taken as gas, and with gas the "
        "pressure is lower",
        ("fluid_level_m", "casing_pressure_kpa", "oil_density_kgm3", "annulus_liquid_share"),
        "a depression test, or the gas that the annulus brings",
        severity=Severity.ASSUMPTION,
        counts=False,
    ),
    Check(
        "SEPARATION_NOT_STATED",
        lambda r, d, a: (d["intake_gas_share"] > 0.0) & _absent(d["gas_separation"]),
        "{d[intake_gas_share]} of the volume at the intake is free gas: all of it is taken to go "
        "up the annulus",
        _GAS,
        "gas rates of tubing and casing, each for itself",
        severity=Severity.ASSUMPTION,
        counts=False,
    ),
    Check(
        "DISCHARGE_FROM_WELLHEAD",
        lambda r, d, a: _there(d["upper_discharge_pressure_kpa"]),
        "discharge pressure {d[discharge_pressure_kpa]} is from the wellhead: "
        "{d[lower_discharge_pressure_kpa]} with gas that does not slip, "
        "{d[upper_discharge_pressure_kpa]} without gas; friction is in it only where the tubing's "
        "bore and the liquid's viscosity are given",
        (*_COLUMN, "liquid_viscosity_mpas", "liquid_density_kgm3"),
        "a gauge at the discharge; viscous liquids take more",
        severity=Severity.INFO,
        counts=False,
    ),
)
