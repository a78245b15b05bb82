"""All properties of a column of wells at once, at the conditions of pump, level or tubing."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.fluids import mixtures, water
from pumpperf.calc.fluids.correlations import (
    DEAD_OIL_VISCOSITY,
    LIMITS,
    LIVE_OIL_VISCOSITY,
    PUMPPERF_FLUIDS_2026,
    UNDERSATURATED_VISCOSITY,
    WATER_VISCOSITY,
    WOELFLIN,
    Correlations,
    Limits,
)
from pumpperf.calc.fluids.gas import gas_viscosity_mpas
from pumpperf.calc.fluids.volumes import Volumes, Wells
from pumpperf.numeric import BoolArray, FloatArray, coalesce, within
from pumpperf.results import Result

NEAR_INVERSION = 0.1
"""Water cuts so near to the inversion get both viscosities as bounds."""

Columns = dict[str, FloatArray]


class FluidsAt(Result):
    """Oil, gas and water of each well at its pressure and temperature.

    Attributes:
        bubble_point_kpa: pressure at which all produced gas is dissolved, absolute.
        solution_gor_m3m3: gas dissolved there, the smaller of what the oil takes and what there is.
        oil_volume_factor_m3m3: of the oil with it, over its volume in the tank.
        oil_density_kgm3: of the oil with its gas.
        dead_oil_viscosity_mpas: of the oil without gas, measured or by the correlation.
        lower_dead_oil_viscosity_mpas: the lowest of all correlations; the measured one if given.
        upper_dead_oil_viscosity_mpas: the highest of them.
        oil_viscosity_mpas: of the oil with its gas.
        compressibility_factor: Z of the gas.
        gas_volume_factor_m3m3: of the gas over its volume at standard conditions.
        gas_density_kgm3: of the gas.
        gas_viscosity_mpas: of the gas.
        water_volume_factor_m3m3: of the water over its volume in the tank.
        water_density_kgm3: of the water.
        water_viscosity_mpas: of the water.
        liquid_volume_m3m3: oil and water of a cubic metre of the tank's liquid.
        free_gas_volume_m3m3: gas that is not dissolved beside it, before any of it is separated.
        gas_share: void fraction without slip, free gas over all.
        liquid_density_kgm3: of oil and water.
        mixture_density_kgm3: of all, without slip.
        liquid_viscosity_mpas: of oil and water as an emulsion.
        lower_liquid_viscosity_mpas: the lower of oil and of water as the continuous phase where the
            water cut is within 0.1 of the inversion; else the same.
        upper_liquid_viscosity_mpas: the higher of both.
        out_of_range: by property whether its correlation is outside of its data; the number comes
            out all the same.
        method: the correlations in words.
    """

    bubble_point_kpa: FloatArray
    solution_gor_m3m3: FloatArray
    oil_volume_factor_m3m3: FloatArray
    oil_density_kgm3: FloatArray
    dead_oil_viscosity_mpas: FloatArray
    lower_dead_oil_viscosity_mpas: FloatArray
    upper_dead_oil_viscosity_mpas: FloatArray
    oil_viscosity_mpas: FloatArray
    compressibility_factor: FloatArray
    gas_volume_factor_m3m3: FloatArray
    gas_density_kgm3: FloatArray
    gas_viscosity_mpas: FloatArray
    water_volume_factor_m3m3: FloatArray
    water_density_kgm3: FloatArray
    water_viscosity_mpas: FloatArray
    liquid_volume_m3m3: FloatArray
    free_gas_volume_m3m3: FloatArray
    gas_share: FloatArray
    liquid_density_kgm3: FloatArray
    mixture_density_kgm3: FloatArray
    liquid_viscosity_mpas: FloatArray
    lower_liquid_viscosity_mpas: FloatArray
    upper_liquid_viscosity_mpas: FloatArray
    out_of_range: dict[str, BoolArray]
    method: str


def at(
    *,
    pressure_kpa: ArrayLike,
    temperature_degc: ArrayLike,
    oil_density_kgm3: ArrayLike,
    gas_gravity: ArrayLike,
    producing_gor_m3m3: ArrayLike,
    water_cut: ArrayLike,
    water_density_kgm3: ArrayLike,
    salinity_kgkg: ArrayLike | None = None,
    dead_oil_viscosity_mpas: ArrayLike | None = None,
    correlations: Correlations = PUMPPERF_FLUIDS_2026,
    standard_pressure_kpa: float = 101.325,
    standard_temperature_degc: float = 15.0,
) -> FluidsAt:
    """Every property of each well's oil, gas, water and their mixture, at pressure and temperature.

    As `volumes_at`, with viscosities and with what lies outside of the data of its correlation.

    Args:
        pressure_kpa: absolute [kPa].
        temperature_degc: [degC].
        oil_density_kgm3: of the oil in the tank, at 15 degC or 60 degF [kg/m3].
        gas_gravity: of the gas (air 1); Vasquez and Beggs, and De Ghetto, mean that of a separator
            at 100 psig (`vasquez_beggs.separator_gas_gravity`).
        producing_gor_m3m3: all gas of the well, of tubing and casing, over its oil [sm3/sm3]; of a
            well without oil 0.
        water_cut: of the liquid in the tank, 0 to 1 [m3/m3].
        water_density_kgm3: of the water in the tank [kg/m3].
        salinity_kgkg: mass of salt over mass of brine; by the density of the water if not given.
        dead_oil_viscosity_mpas: measured at this temperature [mPa s]; by the correlation where it
            is not given, a guess within a factor of two.
        correlations: of each property.
        standard_pressure_kpa: at which gas is measured, 101.325 or what the contract says [kPa].
        standard_temperature_degc: at which gas is measured, 15, 60 degF or 20 degC [degC].

    Raises:
        ArgumentError: what is given are no numbers, or columns of unequal length or index.

    Source: as `volumes_at`.

    >>> found = at(
    ...     pressure_kpa=1723.69, temperature_degc=48.8889, oil_density_kgm3=864.56,
    ...     gas_gravity=0.75, producing_gor_m3m3=35.6215, water_cut=0.6, water_density_kgm3=1050.0,
    ...     correlations=Correlations(solution_gas="STANDING_1981"),
    ...     standard_temperature_degc=15.5556,
    ... )
    >>> found.gas_share, found.liquid_density_kgm3
    (array([0.4055]), array([954.9]))
    """
    wells = Wells.of(
        correlations,
        standard_pressure_kpa,
        standard_temperature_degc,
        pressure_kpa=pressure_kpa,
        temperature_degc=temperature_degc,
        oil_density_kgm3=oil_density_kgm3,
        gas_gravity=gas_gravity,
        producing_gor_m3m3=producing_gor_m3m3,
        water_cut=water_cut,
        water_density_kgm3=water_density_kgm3,
        **({} if salinity_kgkg is None else {"salinity_kgkg": salinity_kgkg}),
        dead_oil_viscosity_mpas=np.nan
        if dead_oil_viscosity_mpas is None
        else dead_oil_viscosity_mpas,
    )
    with np.errstate(all="ignore"):  # numbers beyond any well's come out as inf or NaN
        found = [_properties(block) for block in wells.blocks()]
    numbers = {name: np.concatenate([one[0][name] for one in found]) for name in found[0][0]}
    outside = {name: np.concatenate([one[1][name] for one in found]) for name in found[0][1]}
    return FluidsAt(**numbers, out_of_range=outside, method=str(correlations))


def _properties(wells: Wells) -> tuple[Columns, dict[str, BoolArray]]:
    """Of one block of wells: the numbers, and what lies outside of its data."""
    correlations = wells.correlations
    volumes = Volumes.of(wells)
    known = wells.given | volumes._asdict() | {"api_gravity": wells.api_gravity}
    if "salinity_kgkg" not in known:
        density = wells["water_density_kgm3"]
        known["salinity_kgkg"] = water.salinity_of_density_kgkg(water_density_kgm3=density)
    liquid, gas = volumes.liquid_volume_m3m3, volumes.free_gas_volume_m3m3
    dissolved = wells.standard_gas_density_kgm3 * volumes.solution_gor_m3m3
    mass = liquid * volumes.liquid_density_kgm3 + gas * volumes.gas_density_kgm3
    numbers = {name: known[name] for name in Volumes._fields if not name.startswith("reduced")}
    numbers |= {
        "oil_density_kgm3": (known["oil_density_kgm3"] + dissolved)
        / known["oil_volume_factor_m3m3"],
        "water_density_kgm3": known["water_density_kgm3"] / known["water_volume_factor_m3m3"],
        "gas_share": gas / (gas + liquid),
        "mixture_density_kgm3": mass / (gas + liquid),
        "gas_viscosity_mpas": gas_viscosity_mpas(
            temperature_degc=known["temperature_degc"],
            density_kgm3=known["gas_density_kgm3"],
            gas_gravity=known["gas_gravity"],
        ),
        "water_viscosity_mpas": WATER_VISCOSITY[correlations.water_viscosity](
            temperature_degc=known["temperature_degc"],
            pressure_kpa=known["pressure_kpa"],
            salinity_kgkg=known["salinity_kgkg"],
        ),
    }
    numbers |= _oil_viscosities(known, correlations)
    numbers |= _liquid_viscosities(known | numbers, correlations)
    outside = {name: _outside(known, of) for name, of in correlations.limits().items()}
    above = known["pressure_kpa"] > known["bubble_point_kpa"]
    outside["oil_compressibility"] &= above
    outside["undersaturated_viscosity"] &= above
    outside["dead_oil_viscosity"] &= np.isnan(known["dead_oil_viscosity_mpas"])
    return numbers, outside


def _outside(known: Columns, limits: Limits) -> BoolArray:
    """Whether any of what a correlation takes is beyond its data; what is missing is."""
    found = np.zeros(known["pressure_kpa"].shape, dtype=np.bool_)
    for name, bounds in limits.items():
        found |= ~within(known[name], bounds)
    return found


def _oil_viscosities(known: Columns, correlations: Correlations) -> Columns:
    measured = known["dead_oil_viscosity_mpas"]
    at = {name: known[name] for name in ("temperature_degc", "api_gravity")}
    each = {name: law(**at) for name, law in DEAD_OIL_VISCOSITY.items()}
    chosen = each[correlations.dead_oil_viscosity]
    limits = LIMITS["dead_oil_viscosity"]
    made_for = [np.where(_outside(known, limits[name]), chosen, each[name]) for name in each]
    dead = coalesce(measured, chosen)
    live = LIVE_OIL_VISCOSITY[correlations.live_oil_viscosity](
        dead_oil_viscosity_mpas=dead, solution_gor_m3m3=known["solution_gor_m3m3"]
    )
    above = known["pressure_kpa"] > known["bubble_point_kpa"]
    live[above] = UNDERSATURATED_VISCOSITY[correlations.undersaturated_viscosity](
        bubble_point_viscosity_mpas=live[above],
        pressure_kpa=known["pressure_kpa"][above],
        bubble_point_kpa=known["bubble_point_kpa"][above],
    )
    return {
        "dead_oil_viscosity_mpas": dead,
        "lower_dead_oil_viscosity_mpas": coalesce(measured, np.minimum.reduce(made_for)),
        "upper_dead_oil_viscosity_mpas": coalesce(measured, np.maximum.reduce(made_for)),
        "oil_viscosity_mpas": live,
    }


_LIQUID_VISCOSITIES = (
    *("liquid_viscosity_mpas", "lower_liquid_viscosity_mpas"),
    "upper_liquid_viscosity_mpas",
)


def _liquid_viscosities(known: Columns, correlations: Correlations) -> Columns:
    water_share = known["water_cut"] * known["water_volume_factor_m3m3"]
    water_share = water_share / known["liquid_volume_m3m3"]
    if correlations.emulsion == "VOLUME_WEIGHTED":
        mean = known["oil_viscosity_mpas"] * (1.0 - water_share)
        mean = mean + known["water_viscosity_mpas"] * water_share
        return dict.fromkeys(_LIQUID_VISCOSITIES, mean)
    if correlations.emulsion == "BRINKMAN":
        in_oil = mixtures.brinkman_viscosity_mpas(
            continuous_viscosity_mpas=known["oil_viscosity_mpas"], dispersed_share=water_share
        )
    else:
        tight = WOELFLIN[correlations.emulsion]
        thicker = mixtures.woelflin_viscosity_ratio(water_cut=water_share, emulsion=tight)
        in_oil = known["oil_viscosity_mpas"] * thicker
    in_water = mixtures.brinkman_viscosity_mpas(
        continuous_viscosity_mpas=known["water_viscosity_mpas"], dispersed_share=1.0 - water_share
    )
    past = water_share - correlations.inversion_water_cut
    found = np.where(past < 0.0, in_oil, in_water)
    near = np.abs(past) < NEAR_INVERSION
    lower, upper = (np.where(near, of(in_oil, in_water), found) for of in (np.minimum, np.maximum))
    return dict(zip(_LIQUID_VISCOSITIES, (found, lower, upper), strict=True))
