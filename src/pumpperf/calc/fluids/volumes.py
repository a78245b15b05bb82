"""Volumes and densities of a column of wells at the conditions of pump, level or tubing.

Per cubic metre of the tank's liquid, so that a rate in the tank times them is a rate down there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.fluids import petrosky_farshad, vasquez_beggs, water
from pumpperf.calc.fluids.correlations import (
    OIL_VOLUME_FACTOR,
    PSEUDO_CRITICAL,
    PUMPPERF_FLUIDS_2026,
    SOLUTION_GAS,
    Correlations,
    OilCompressibility,
)
from pumpperf.calc.fluids.gas import (
    AIR_KG_PER_KMOL,
    GAS_CONSTANT_KJ_PER_KMOL_K,
    ZERO_DEGC_K,
    compressibility_factor,
)
from pumpperf.calc.fluids.oil import WATER_DENSITY_KGM3, undersaturated_oil_volume_factor_m3m3
from pumpperf.calc.hydraulics import api_gravity
from pumpperf.calc.inputs import column, same_index, same_size
from pumpperf.calc.scalars import number
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray, ratio

BLOCK = 1 << 14
"""Wells at a time: their columns stay in the cache, which is twice as fast at a million."""


@dataclass(frozen=True, kw_only=True)
class Wells:
    """What is given of some wells, a column each, and how their gas is measured.

    Attributes:
        given: by the name of its argument, all of one length.
        correlations: of each property.
        pressure_over_kelvin: the standard pressure over the standard temperature [kPa/K].
    """

    given: dict[str, FloatArray]
    correlations: Correlations
    pressure_over_kelvin: float

    @classmethod
    def of(
        cls,
        correlations: object,
        standard_pressure_kpa: float,
        standard_temperature_degc: float,
        **given: ArrayLike,
    ) -> Wells:
        """Each argument as a column as long as the longest; what holds for all goes first."""
        if not isinstance(correlations, Correlations):
            raise ArgumentError(f"correlations = {correlations!r:.80}: expected Correlations")
        kpa = number(value=standard_pressure_kpa, name="standard_pressure_kpa")
        degc = number(value=standard_temperature_degc, name="standard_temperature_degc")
        same_index(**given)
        found = {name: column(values=values, name=name) for name, values in given.items()}
        many = {name: values for name, values in found.items() if values.size != 1} or found
        of, size = next((name, values.size) for name, values in many.items())
        same_size(columns=many, size=size, of=of)
        alike = {name: np.broadcast_to(one, size) for name, one in found.items()}
        return cls(
            given=alike,
            correlations=correlations,
            pressure_over_kelvin=ratio(kpa, degc + ZERO_DEGC_K),
        )

    def __getitem__(self, name: str) -> FloatArray:
        return self.given[name]

    @property
    def api_gravity(self) -> FloatArray:
        """Of their oils."""
        density = self["oil_density_kgm3"]
        return api_gravity(oil_density_kgm3=density, water_density_kgm3=WATER_DENSITY_KGM3)

    @property
    def standard_gas_density_kgm3(self) -> FloatArray:
        """Of their gases at standard conditions, by the ideal gas law, as the volume factor is."""
        per_kelvin = AIR_KG_PER_KMOL / GAS_CONSTANT_KJ_PER_KMOL_K
        return self["gas_gravity"] * (self.pressure_over_kelvin * per_kelvin)

    def blocks(self) -> Iterator[Wells]:
        """Some of them at a time; of none one block of none."""
        size = next(iter(self.given.values())).size
        for first in range(0, max(size, 1), BLOCK):
            part = {name: values[first : first + BLOCK] for name, values in self.given.items()}
            yield replace(self, given=part)


class Volumes(NamedTuple):
    """What `volumes_at` finds, a column each; volumes are per m3 of the tank's liquid."""

    bubble_point_kpa: FloatArray
    solution_gor_m3m3: FloatArray
    oil_volume_factor_m3m3: FloatArray
    reduced_pressure: FloatArray
    reduced_temperature: FloatArray
    compressibility_factor: FloatArray
    gas_volume_factor_m3m3: FloatArray
    gas_density_kgm3: FloatArray
    water_volume_factor_m3m3: FloatArray
    liquid_volume_m3m3: FloatArray
    free_gas_volume_m3m3: FloatArray
    liquid_density_kgm3: FloatArray

    @classmethod
    def of(cls, wells: Wells) -> Volumes:
        """Of one block of wells."""
        correlations = wells.correlations
        pressure, temperature = wells["pressure_kpa"], wells["temperature_degc"]
        gor, cut = wells["producing_gor_m3m3"], wells["water_cut"]
        oil = {
            "temperature_degc": temperature,
            "api_gravity": wells.api_gravity,
            "gas_gravity": wells["gas_gravity"],
        }
        law = SOLUTION_GAS[correlations.solution_gas]
        point = law.bubble_point_kpa(solution_gor_m3m3=gor, **oil)
        dissolved = np.minimum(law.solution_gor_m3m3(pressure_kpa=pressure, **oil), gor)
        bo = OIL_VOLUME_FACTOR[correlations.oil_volume_factor](solution_gor_m3m3=dissolved, **oil)
        above = pressure > point
        if above.any():
            bo[above] *= _shrinkage(
                correlations.oil_compressibility,
                pressure_kpa=pressure[above],
                bubble_point_kpa=np.maximum(point[above], 0.0),  # Standing's goes below
                solution_gor_m3m3=gor[above],
                **{name: values[above] for name, values in oil.items()},
            )
        critical = PSEUDO_CRITICAL[correlations.pseudo_critical](gas_gravity=oil["gas_gravity"])
        kelvin = temperature + ZERO_DEGC_K
        reduced = pressure / critical[1], kelvin / critical[0]
        z = compressibility_factor(reduced_pressure=reduced[0], reduced_temperature=reduced[1])
        bg = ratio(z * kelvin * wells.pressure_over_kelvin, pressure)
        bw = water.water_volume_factor_m3m3(pressure_kpa=pressure, temperature_degc=temperature)
        gas_density = wells.standard_gas_density_kgm3
        oil_share = 1.0 - cut
        liquid = oil_share * bo + cut * bw
        mass = oil_share * (wells["oil_density_kgm3"] + gas_density * dissolved)
        return cls(
            bubble_point_kpa=point,
            solution_gor_m3m3=dissolved,
            oil_volume_factor_m3m3=bo,
            reduced_pressure=reduced[0],
            reduced_temperature=reduced[1],
            compressibility_factor=z,
            gas_volume_factor_m3m3=bg,
            gas_density_kgm3=gas_density / bg,
            water_volume_factor_m3m3=bw,
            liquid_volume_m3m3=liquid,
            free_gas_volume_m3m3=oil_share * (gor - dissolved) * bg,
            liquid_density_kgm3=(mass + cut * wells["water_density_kgm3"]) / liquid,
        )


def volumes_at(
    *,
    pressure_kpa: ArrayLike,
    temperature_degc: ArrayLike,
    oil_density_kgm3: ArrayLike,
    gas_gravity: ArrayLike,
    producing_gor_m3m3: ArrayLike,
    water_cut: ArrayLike,
    water_density_kgm3: ArrayLike,
    correlations: Correlations = PUMPPERF_FLUIDS_2026,
    standard_pressure_kpa: float = 101.325,
    standard_temperature_degc: float = 15.0,
) -> Volumes:
    """Volumes and densities of each well's fluids, without the viscosities: the cheap part of `at`.

    V_l = (1 - w) Bo + w Bw,  V_g = (1 - w) (GOR - Rs) Bg,  Rs the smaller of correlation and GOR

    Args:
        pressure_kpa: absolute [kPa].
        temperature_degc: [degC].
        oil_density_kgm3: of the oil in the tank, at 15 degC or 60 degF [kg/m3].
        gas_gravity: of the gas (air 1).
        producing_gor_m3m3: all gas of the well, of tubing and casing, over its oil [sm3/sm3]; of a
            well without oil 0.
        water_cut: of the liquid in the tank, 0 to 1 [m3/m3].
        water_density_kgm3: of the water in the tank [kg/m3].
        correlations: of each property.
        standard_pressure_kpa: at which gas is measured, 101.325 or what the contract says [kPa].
        standard_temperature_degc: at which gas is measured, 15, 60 degF or 20 degC [degC].

    Raises:
        ArgumentError: what is given are no numbers, or columns of unequal length or index.

    Source: conservation of mass; the correlations as each names its own. The first example of
    `docs/fluids.md`, by an independent chain of Standing (1981), Sutton, Dranchuk and
    Abou-Kassem and McCain: 40.5 % gas.

    >>> found = volumes_at(
    ...     pressure_kpa=1723.69, temperature_degc=48.8889, oil_density_kgm3=864.56,
    ...     gas_gravity=0.75, producing_gor_m3m3=35.6215, water_cut=0.6, water_density_kgm3=1050.0,
    ...     correlations=Correlations(solution_gas="STANDING_1981"),
    ...     standard_temperature_degc=15.5556,
    ... )
    >>> found.free_gas_volume_m3m3 / (found.free_gas_volume_m3m3 + found.liquid_volume_m3m3)
    array([0.4055])
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
    )
    with np.errstate(all="ignore"):  # numbers beyond any well's come out as inf or NaN
        found = [Volumes.of(block) for block in wells.blocks()]
    return Volumes(*map(np.concatenate, zip(*found, strict=True)))


def _shrinkage(by: OilCompressibility, **oil: FloatArray) -> FloatArray:
    """Volume of an oil above its bubble point over that at it."""
    one = np.ones_like(oil["pressure_kpa"])
    if by == "PETROSKY_FARSHAD":
        return petrosky_farshad.undersaturated_oil_volume_factor_m3m3(
            bubble_point_volume_factor_m3m3=one, **oil
        )
    pressure, point = oil.pop("pressure_kpa"), oil["bubble_point_kpa"]
    at_point = vasquez_beggs.compressibility_1kpa(pressure_kpa=oil.pop("bubble_point_kpa"), **oil)
    return undersaturated_oil_volume_factor_m3m3(
        bubble_point_volume_factor_m3m3=one,
        pressure_kpa=pressure,
        bubble_point_kpa=point,
        compressibility_at_bubble_point_1kpa=at_point,
    )
