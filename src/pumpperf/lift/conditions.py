"""What the pump sees of what a well test measures at the surface: one step before every duty.

What a gauge measures at the pump is taken as it stands. What is left follows from the rates in the
tank, the fluid level and the wellhead, by the correlations of the assumptions.
"""

from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import cast

import numpy as np

from pumpperf.assumptions import Assumptions
from pumpperf.calc.fluids.gas import ZERO_DEGC_K, compressibility_factor, sutton_pseudo_critical
from pumpperf.calc.fluids.volumes import volumes_at
from pumpperf.calc.levels import gas_column_pressure_kpa, intake_pressure_kpa
from pumpperf.calc.pipe import tubing_friction_pressure_kpa
from pumpperf.calc.tubing.no_slip import no_slip_discharge_pressure_kpa
from pumpperf.lift.reading import NAN
from pumpperf.numeric import FloatArray, Reals, coalesce, ratio
from pumpperf.units import STANDARD_GRAVITY_MS2

USED_TUBING_ROUGHNESS_MM = 0.046

SEEN = (
    *("rate_m3d", "intake_pressure_kpa", "discharge_pressure_kpa", "liquid_density_kgm3"),
    *("liquid_rate_m3d", "oil_rate_m3d", "water_cut", "formation_volume_factor"),
    *("intake_temperature_degc", "gas_oil_ratio_m3m3", "solution_gor_m3m3", "intake_gas_share"),
    *("gas_separation", "pump_gas_rate_m3d"),
    *("lower_discharge_pressure_kpa", "upper_discharge_pressure_kpa"),
)
"""What `at_pump` gives."""

Columns = dict[str, FloatArray]


def at_pump(reading: Mapping[str, Reals], assumptions: Assumptions) -> dict[str, Reals]:
    """The numbers of a reading with what follows from them at the pump; NaN where nothing does.

    Args:
        reading: numbers or columns by field name, NaN where missing, as `numbers` gives them.
        assumptions: correlations, and what stands in for an instrument that is missing.

    Source: conservation of mass and hydrostatics; docs/fluids.md names data and errors of the
    correlations.
    """
    names = (*TANK, *GAUGES)
    given = {name: np.asarray(reading[name]) for name in names if name in reading}
    shape = np.broadcast_shapes(*(one.shape for one in given.values()))
    absent = np.full(shape or 1, NAN)
    r = {
        name: np.broadcast_to(given[name], absent.shape) if _there(given, name) else absent
        for name in names
    }
    with np.errstate(all="ignore"):  # beyond any well's, and told as such
        found = _seen(r, assumptions)
    seen = found if shape else {name: float(one[0]) for name, one in found.items()}
    return {**reading, **cast("dict[str, Reals]", seen)}  # columns for columns, else numbers


def _there(given: Columns, name: str) -> bool:
    """Whether a number is given, and not just said to be absent on every line."""
    return name in given and (given[name].ndim > 0 or not np.isnan(given[name]))


TANK = (
    *("liquid_rate_m3d", "oil_rate_m3d", "water_rate_m3d", "liquid_mass_rate_td"),
    *("oil_mass_rate_td", "water_cut", "gas_rate_sm3d", "casing_gas_rate_sm3d"),
    *("gas_oil_ratio_m3m3", "gas_gravity", "oil_density_kgm3", "water_density_kgm3"),
    "formation_volume_factor",
)
GAUGES = (
    *("rate_m3d", "liquid_density_kgm3", "liquid_viscosity_mpas", "intake_temperature_degc"),
    *("wellhead_temperature_degc", "intake_pressure_kpa", "discharge_pressure_kpa"),
    *("pressure_rise_kpa", "wellhead_pressure_kpa", "casing_pressure_kpa", "pump_depth_m"),
    *("fluid_level_m", "annulus_liquid_share", "gas_separation", "tubing_inner_diameter_mm"),
    "rod_diameter_mm",
)


def _seen(r: Columns, a: Assumptions) -> Columns:
    found = {name: r.get(name, np.full(r["rate_m3d"].size, NAN)) for name in SEEN} | _tank(r)
    below = a.surface_temperature_degc + a.geothermal_gradient_degcm * r["pump_depth_m"]
    found["intake_temperature_degc"] = coalesce(r["intake_temperature_degc"], below)
    found["intake_pressure_kpa"] = _first(
        r["intake_pressure_kpa"],
        r["discharge_pressure_kpa"] - r["pressure_rise_kpa"],
        _on(_LEVEL, r, partial(_from_level, a), "intake_pressure_kpa")["intake_pressure_kpa"],
    )
    cut = found["water_cut"]
    wells = {
        "pressure_kpa": found["intake_pressure_kpa"],
        "temperature_degc": found["intake_temperature_degc"],
        "oil_density_kgm3": np.where(cut < 1.0, r["oil_density_kgm3"], 850.0),  # of no oil any
        "gas_gravity": coalesce(r["gas_gravity"], a.gas_gravity),
        "producing_gor_m3m3": np.where(cut < 1.0, coalesce(found["gas_oil_ratio_m3m3"], 0.0), 0.0),
        "water_cut": cut,
        "water_density_kgm3": coalesce(r["water_density_kgm3"], a.water_density_kgm3),
    }
    v = _on(tuple(wells), wells, partial(_volumes, a), *_VOLUMES)
    found |= _intake(r, found, wells, v)
    above = {**r, **found, **wells, **v}
    by_rise = found["intake_pressure_kpa"] + r["pressure_rise_kpa"]
    unknown = np.isnan(coalesce(r["discharge_pressure_kpa"], by_rise))
    above["wellhead_pressure_kpa"] = np.where(unknown, r["wellhead_pressure_kpa"], NAN)
    found |= _on(_COLUMN, above, partial(_discharge, a), *_DISCHARGE)
    known = coalesce(r["discharge_pressure_kpa"], found["discharge_pressure_kpa"])
    found["discharge_pressure_kpa"] = known
    return {name: found[name] for name in SEEN}


_LEVEL = ("casing_pressure_kpa", "fluid_level_m", "pump_depth_m", "oil_density_kgm3")
_COLUMN = ("wellhead_pressure_kpa", "pump_depth_m", "liquid_density_kgm3")
_VOLUMES = (
    *("solution_gor_m3m3", "oil_volume_factor_m3m3", "water_volume_factor_m3m3"),
    *("compressibility_factor", "liquid_volume_m3m3", "free_gas_volume_m3m3"),
    "liquid_mass_kgm3",
)
_OF_THE_TUBING = (
    *("water_cut", "tubing_gor_m3m3", "oil_density_kgm3", "gas_gravity"),
    "water_density_kgm3",
)
_DISCHARGE = (
    *("discharge_pressure_kpa", "lower_discharge_pressure_kpa"),
    "upper_discharge_pressure_kpa",
)


def _on(
    needed: tuple[str, ...], columns: Columns, of: Callable[[Columns], Columns], *names: str
) -> Columns:
    """What follows on the lines that have all that is needed; NaN on the others."""
    missing = np.isnan(columns[needed[0]])
    for name in needed[1:]:
        missing = missing | np.isnan(columns[name])
    lines = np.flatnonzero(~missing)
    if lines.size == missing.size:
        found = of(columns)
        return {name: found[name] for name in names}
    out = {name: np.full(missing.size, NAN) for name in names}
    if lines.size:
        found = of({name: one[lines] for name, one in columns.items()})
        for name in names:
            out[name][lines] = found[name]
    return out


def _tank(r: Columns) -> Columns:
    """Liquid, oil and water cut in the tank, by whatever was measured there."""
    oil = coalesce(r["oil_rate_m3d"], ratio(1000.0 * r["oil_mass_rate_td"], r["oil_density_kgm3"]))
    water, liquid = r["water_rate_m3d"], r["liquid_rate_m3d"]
    cut = _first(
        r["water_cut"], ratio(water, oil + water), ratio(water, liquid), 1.0 - ratio(oil, liquid)
    )
    mixed = _mixed(cut, r["oil_density_kgm3"], r["water_density_kgm3"])
    by_mass = ratio(1000.0 * r["liquid_mass_rate_td"], mixed)
    liquid = _first(liquid, oil + water, ratio(oil, 1.0 - cut), ratio(water, cut), by_mass)
    oil = coalesce(oil, liquid * (1.0 - cut))
    gor = coalesce(r["gas_oil_ratio_m3m3"], ratio(r["gas_rate_sm3d"], oil))
    return {
        "liquid_rate_m3d": liquid,
        "oil_rate_m3d": oil,
        "water_cut": cut,
        "gas_oil_ratio_m3m3": gor,
    }


def _mixed(cut: FloatArray, oil: FloatArray, water: FloatArray) -> FloatArray:
    """A mean by water cut; of what is not in the mixture nothing need be known."""
    oily = np.where(cut == 1.0, 0.0, (1.0 - cut) * oil)
    return oily + np.where(cut == 0.0, 0.0, cut * water)


def _from_level(a: Assumptions, r: Columns) -> Columns:
    """Intake pressure below a fluid level: the annulus gas, and below it oil that has settled."""
    gravity = coalesce(r["gas_gravity"], a.gas_gravity)
    top, level = r["casing_pressure_kpa"], r["fluid_level_m"]
    degc = a.surface_temperature_degc + a.geothermal_gradient_degcm * level / 2.0
    critical_k, critical_kpa = sutton_pseudo_critical(gas_gravity=gravity)
    z = compressibility_factor(
        reduced_pressure=top / critical_kpa, reduced_temperature=(degc + ZERO_DEGC_K) / critical_k
    )
    at_level = gas_column_pressure_kpa(
        top_pressure_kpa=top,
        height_m=level,
        gas_gravity=gravity,
        temperature_degc=degc,
        compressibility_factor=z,
    )
    submergence = r["pump_depth_m"] - level
    intake = intake_pressure_kpa(
        pressure_at_level_kpa=at_level,
        submergence_m=np.where(submergence >= 0.0, submergence, NAN),
        oil_density_kgm3=r["oil_density_kgm3"],
        liquid_share=coalesce(r["annulus_liquid_share"], 1.0),
    )
    return {"intake_pressure_kpa": intake}


def _volumes(a: Assumptions, wells: Columns) -> Columns:
    """Of each m3 in the tank, at the intake."""
    found = volumes_at(
        pressure_kpa=wells["pressure_kpa"],
        temperature_degc=wells["temperature_degc"],
        oil_density_kgm3=wells["oil_density_kgm3"],
        gas_gravity=wells["gas_gravity"],
        producing_gor_m3m3=wells["producing_gor_m3m3"],
        water_cut=wells["water_cut"],
        water_density_kgm3=wells["water_density_kgm3"],
        correlations=a.fluids,
    )._asdict()
    return found | {"liquid_mass_kgm3": found["liquid_density_kgm3"] * found["liquid_volume_m3m3"]}


def _intake(r: Columns, found: Columns, wells: Columns, v: Columns) -> Columns:
    """Rate, density and gas at the intake."""
    cut, liquid, given = wells["water_cut"], found["liquid_rate_m3d"], r["formation_volume_factor"]
    factor = coalesce(given, v["oil_volume_factor_m3m3"])
    one = np.ones_like(cut)
    volume = _first(
        _mixed(cut, factor, v["water_volume_factor_m3m3"]), _mixed(cut, given, one), one
    )
    gas, dissolved = v["free_gas_volume_m3m3"], v["solution_gor_m3m3"]
    casing = ratio(r["casing_gas_rate_sm3d"], found["oil_rate_m3d"])
    separated = coalesce(
        r["gas_separation"], ratio(casing, wells["producing_gor_m3m3"] - dissolved)
    )
    in_tank = _mixed(cut, r["oil_density_kgm3"], wells["water_density_kgm3"])
    return {
        "rate_m3d": coalesce(r["rate_m3d"], liquid * volume),
        "liquid_density_kgm3": _first(
            r["liquid_density_kgm3"], ratio(v["liquid_mass_kgm3"], volume), in_tank
        ),
        "formation_volume_factor": factor,
        "solution_gor_m3m3": dissolved,
        "intake_gas_share": ratio(gas, gas + volume),
        "gas_separation": separated,
        "pump_gas_rate_m3d": liquid * np.where(gas > 0.0, gas * (1.0 - separated), gas),
        "tank_density_kgm3": in_tank,
    }


def _discharge(a: Assumptions, r: Columns) -> Columns:
    """Discharge pressure of the column to the wellhead, with its range.

    At least that of liquid and gas of one velocity, at most that of the liquid without gas. Where
    nobody says what is separated, all gas that is free at the intake goes up the annulus, and at
    least all of it through the tubing.
    """
    top, depth, density = r["wellhead_pressure_kpa"], r["pump_depth_m"], r["liquid_density_kgm3"]
    lost = tubing_friction_pressure_kpa(
        rate_m3d=r["rate_m3d"],
        tubing_diameter_mm=r["tubing_inner_diameter_mm"],
        rod_diameter_mm=coalesce(r["rod_diameter_mm"], 0.0),
        length_m=depth,
        density_kgm3=density,
        viscosity_mpas=r["liquid_viscosity_mpas"],
        roughness_mm=USED_TUBING_ROUGHNESS_MM,
    )
    friction = coalesce(lost, 0.0)
    gassy = r["producing_gor_m3m3"] > 0.0
    heaviest = np.where(gassy, np.fmax(density, r["tank_density_kgm3"]), density)
    upper = top + depth * heaviest * (STANDARD_GRAVITY_MS2 / 1000.0) + friction
    separated = r["producing_gor_m3m3"] - r["solution_gor_m3m3"]
    r["tubing_gor_m3m3"] = np.where(gassy, r["producing_gor_m3m3"], NAN)
    r["tubing_gor_m3m3"] -= coalesce(r["gas_separation"] * separated, 0.0)
    lower = coalesce(_no_slip(a, r) + friction, upper)
    ungassed = np.isnan(r["gas_separation"])
    r["tubing_gor_m3m3"] = np.where(gassy & ungassed, r["solution_gor_m3m3"], NAN)
    middle = coalesce(_no_slip(a, r) + friction, np.where(ungassed, upper, lower))
    return {
        "discharge_pressure_kpa": middle,
        "lower_discharge_pressure_kpa": lower,
        "upper_discharge_pressure_kpa": upper,
    }


def _no_slip(a: Assumptions, r: Columns) -> FloatArray:
    """Discharge pressure without slip and friction where the gas in the tubing is known."""
    warm = coalesce(r["wellhead_temperature_degc"], a.surface_temperature_degc)
    given = {
        "wellhead_pressure_kpa": r["wellhead_pressure_kpa"],
        "wellhead_temperature_degc": warm,
        "bottom_temperature_degc": r["temperature_degc"],
        "vertical_depth_m": r["pump_depth_m"],
        **{name: r[name] for name in _OF_THE_TUBING},
    }

    def found(lines: Columns) -> Columns:
        return {"kpa": no_slip_discharge_pressure_kpa(**lines, correlations=a.fluids)}

    return _on(tuple(given), given, found, "kpa")["kpa"]


def _first(*ways: FloatArray) -> FloatArray:
    """The first that is there, line by line."""
    return reduce(coalesce, ways)
