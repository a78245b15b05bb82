"""Discharge pressure of a pump from the wellhead down, with the gas that came through the pump."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, TypedDict

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.fluids.conditions import at
from pumpperf.calc.fluids.correlations import PUMPPERF_FLUIDS_2026, Correlations
from pumpperf.calc.fluids.free_gas import oil_surface_tension_nm, water_surface_tension_nm
from pumpperf.calc.fluids.volumes import Wells, volumes_at
from pumpperf.calc.pipe import tubing_friction_pressure_kpa
from pumpperf.calc.scalars import one_of
from pumpperf.calc.tubing.charts import hagedorn_brown
from pumpperf.calc.tubing.gradients import beggs_brill
from pumpperf.calc.tubing.no_slip import no_slip_gradient_kpam
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.results import Result
from pumpperf.units import SECONDS_PER_DAY, STANDARD_GRAVITY_MS2

Gradient = Callable[[FloatArray, float], FloatArray]
TwoPhase = Literal["BEGGS_BRILL", "HAGEDORN_BROWN"]
TWO_PHASE: dict[TwoPhase, str] = {
    "BEGGS_BRILL": "Beggs and Brill (1973) with Payne (1979)",
    "HAGEDORN_BROWN": "Hagedorn and Brown (1965) with Griffith (1961)",
}
STANDARD = (101.325, 15.0)
"""Standard conditions of the gas [kPa, degC]."""


class Conditions(TypedDict):
    """What `fluids.at` takes."""

    pressure_kpa: FloatArray
    temperature_degc: FloatArray
    producing_gor_m3m3: FloatArray
    oil_density_kgm3: FloatArray
    gas_gravity: FloatArray
    water_cut: FloatArray
    water_density_kgm3: FloatArray


class DischargePressure(Result):
    """Pressure at the foot of the tubing, and between what it lies.

    Attributes:
        discharge_pressure_kpa: with slip and friction, absolute.
        lower_discharge_pressure_kpa: of gas that keeps up with the liquid, without friction: the
            lower bound.
        upper_discharge_pressure_kpa: of the liquid without any gas, with its friction: the upper
            bound, unless the gas is so fast that its friction weighs more than what it lifts.
        out_of_range: by property whether its correlation is outside of its data anywhere on the
            way; at the wellhead the dissolved gas mostly is, where it hardly matters.
        method: the equations in words.
    """

    discharge_pressure_kpa: FloatArray
    lower_discharge_pressure_kpa: FloatArray
    upper_discharge_pressure_kpa: FloatArray
    out_of_range: dict[str, BoolArray]
    method: str


def discharge_pressure(
    *,
    wellhead_pressure_kpa: ArrayLike,
    wellhead_temperature_degc: ArrayLike,
    bottom_temperature_degc: ArrayLike,
    vertical_depth_m: ArrayLike,
    length_m: ArrayLike | None = None,
    tubing_diameter_mm: ArrayLike,
    rod_diameter_mm: ArrayLike = 0.0,
    roughness_mm: ArrayLike = 0.046,
    liquid_rate_m3d: ArrayLike,
    water_cut: ArrayLike,
    tubing_gor_m3m3: ArrayLike,
    oil_density_kgm3: ArrayLike,
    gas_gravity: ArrayLike,
    water_density_kgm3: ArrayLike,
    correlations: Correlations = PUMPPERF_FLUIDS_2026,
    two_phase: TwoPhase = "BEGGS_BRILL",
    steps: int = 20,
) -> DischargePressure:
    """Discharge pressure of each pump from its wellhead, with the gas that came through the pump.

    p(L) from p(0) by dp/dL of `beggs_brill` or `hagedorn_brown` with the fluids at p and T, in
    steps by the midpoint; T falls in a straight line from the bottom to the wellhead

    The gas in the tubing is not the gas of the well: what went up the annulus is not in it. At
    5000 ft, 300 B/D, 60 % water and 100 psig the discharge pressure is 984 psia with 300 scf/bbl of
    liquid and 2099 psia with 50 (Hagedorn and Brown): to take the well's GOR costs 1100 psi.

    Args:
        wellhead_pressure_kpa: absolute, of the tubing upstream of the choke [kPa].
        wellhead_temperature_degc: of the stream there [degC].
        bottom_temperature_degc: at the pump's discharge [degC].
        vertical_depth_m: true vertical, from wellhead to pump [m].
        length_m: along the tubing, as long as or longer; the vertical depth if not given [m].
        tubing_diameter_mm: inner diameter [mm].
        rod_diameter_mm: of rods in it; 0 without. With rods the annulus stands for a pipe of the
            diameter D - d, for which Beggs and Brill is not made; couplings are not in it [mm].
        roughness_mm: of the wall, 0.015 of new steel, 0.046 of used tubing [mm].
        liquid_rate_m3d: of oil and water in the tank [m3/d], above 0.
        water_cut: of it, 0 to 1 [m3/m3]. Slow water stays behind and makes a column heavier.
        tubing_gor_m3m3: gas that goes through the pump, dissolved and free, over the oil: the
            well's gas less what is separated to the annulus [sm3/sm3].
        oil_density_kgm3: in the tank, at 15 degC or 60 degF [kg/m3].
        gas_gravity: of the gas (air 1).
        water_density_kgm3: in the tank [kg/m3].
        correlations: of each property.
        two_phase: whose slip and friction; what one says beside the other is their doubt.
        steps: from wellhead to pump; with 20 the pressure is within 0.1 % of that with 1000.

    Raises:
        ArgumentError: what is given are no numbers, columns of unequal length or index, `two_phase`
            is none of the two, or `steps` is no whole number of at least 1.

    Source: `beggs_brill`. 120 B/D of oil and 180 of water with 50 scf/bbl of liquid, 5000 ft,
    2.441 in: by an independent program 2153 psia, 2070 without slip and friction; here 2137.

    >>> found = discharge_pressure(
    ...     wellhead_pressure_kpa=790.83, wellhead_temperature_degc=26.67,
    ...     bottom_temperature_degc=60.0, vertical_depth_m=1524.0, tubing_diameter_mm=62.0,
    ...     roughness_mm=0.01524, liquid_rate_m3d=47.7, water_cut=0.6, tubing_gor_m3m3=22.263,
    ...     oil_density_kgm3=864.56, gas_gravity=0.75, water_density_kgm3=1048.97,
    ...     correlations=Correlations(solution_gas="STANDING_1981"),
    ... )
    >>> found.lower_discharge_pressure_kpa / 6.894757  # psia
    array([2070.])
    """
    if type(steps) is not int or steps < 1:
        raise ArgumentError(f"steps = {steps!r:.80}: expected a whole number of at least 1")
    one_of(value=two_phase, among=tuple(TWO_PHASE), name="two_phase")
    wells = Wells.of(
        correlations,
        *STANDARD,
        wellhead_pressure_kpa=wellhead_pressure_kpa,
        wellhead_temperature_degc=wellhead_temperature_degc,
        bottom_temperature_degc=bottom_temperature_degc,
        vertical_depth_m=vertical_depth_m,
        length_m=vertical_depth_m if length_m is None else length_m,
        tubing_diameter_mm=tubing_diameter_mm,
        rod_diameter_mm=rod_diameter_mm,
        roughness_mm=roughness_mm,
        liquid_rate_m3d=liquid_rate_m3d,
        water_cut=water_cut,
        tubing_gor_m3m3=tubing_gor_m3m3,
        oil_density_kgm3=oil_density_kgm3,
        gas_gravity=gas_gravity,
        water_density_kgm3=water_density_kgm3,
    )
    with np.errstate(all="ignore"):  # numbers beyond any tubing's come out as inf or NaN
        found = [_Tubing(block, two_phase).down(steps) for block in wells.blocks()]
    pressures = [np.concatenate(each) for each in zip(*(one[:3] for one in found), strict=True)]
    outside = {name: np.concatenate([one[3][name] for one in found]) for name in found[0][3]}
    return DischargePressure(
        discharge_pressure_kpa=pressures[0],
        lower_discharge_pressure_kpa=pressures[1],
        upper_discharge_pressure_kpa=pressures[2],
        out_of_range=outside,
        method=f"{TWO_PHASE[two_phase]}, {steps} steps, {correlations}",
    )


class _Tubing:
    """Gradients of a block of wells at a share of the way from wellhead to pump."""

    def __init__(self, wells: Wells, two_phase: TwoPhase) -> None:
        self.wells = wells
        self.law = beggs_brill if two_phase == "BEGGS_BRILL" else hagedorn_brown
        self.rise = wells["vertical_depth_m"] / wells["length_m"]
        pipe, rods = wells["tubing_diameter_mm"] / 1000.0, wells["rod_diameter_mm"] / 1000.0
        area_m2 = (pipe - rods) * (pipe + rods) * math.pi / 4.0
        self.tank_velocity_ms = wells["liquid_rate_m3d"] / SECONDS_PER_DAY / area_m2
        self.outside: dict[str, BoolArray] = {}

    def down(self, steps: int) -> tuple[FloatArray, FloatArray, FloatArray, dict[str, BoolArray]]:
        """With slip and friction, with neither, without gas; and what was outside of its data."""
        slip, no_slip, no_gas = (
            self._pressure(each, steps) for each in (self._slip, self._no_slip, self._no_gas)
        )
        return slip, no_slip, no_gas, self.outside

    def _pressure(self, gradient: Gradient, steps: int) -> FloatArray:
        pressure, step = self.wells["wellhead_pressure_kpa"], self.wells["length_m"] / steps
        for i in range(steps):
            middle = pressure + gradient(pressure, i / steps) * step / 2.0
            pressure = pressure + gradient(middle, (i + 0.5) / steps) * step
        return pressure

    def _at(self, pressure_kpa: FloatArray, place: float, gor_m3m3: FloatArray) -> Conditions:
        wells = self.wells
        top, foot = wells["wellhead_temperature_degc"], wells["bottom_temperature_degc"]
        return {
            "pressure_kpa": pressure_kpa,
            "temperature_degc": top + (foot - top) * place,
            "producing_gor_m3m3": gor_m3m3,
            "oil_density_kgm3": wells["oil_density_kgm3"],
            "gas_gravity": wells["gas_gravity"],
            "water_cut": wells["water_cut"],
            "water_density_kgm3": wells["water_density_kgm3"],
        }

    def _slip(self, pressure_kpa: FloatArray, place: float) -> FloatArray:
        wells = self.wells
        here = self._at(pressure_kpa, place, wells["tubing_gor_m3m3"])
        fluids = at(**here, correlations=wells.correlations)
        for name, outside in fluids.out_of_range.items():
            self.outside[name] = outside | self.outside.get(name, False)
        water = wells["water_cut"] * fluids.water_volume_factor_m3m3 / fluids.liquid_volume_m3m3
        temperature = here["temperature_degc"]
        oil = oil_surface_tension_nm(
            pressure_kpa=pressure_kpa, temperature_degc=temperature, api_gravity=wells.api_gravity
        )
        brine = water_surface_tension_nm(pressure_kpa=pressure_kpa, temperature_degc=temperature)
        return self.law(
            liquid_velocity_ms=self.tank_velocity_ms * fluids.liquid_volume_m3m3,
            gas_velocity_ms=self.tank_velocity_ms * fluids.free_gas_volume_m3m3,
            liquid_density_kgm3=fluids.liquid_density_kgm3,
            gas_density_kgm3=fluids.gas_density_kgm3,
            liquid_viscosity_mpas=fluids.liquid_viscosity_mpas,
            gas_viscosity_mpas=fluids.gas_viscosity_mpas,
            surface_tension_nm=(1.0 - water) * oil + water * brine,
            pressure_kpa=pressure_kpa,
            diameter_mm=wells["tubing_diameter_mm"] - wells["rod_diameter_mm"],
            roughness_mm=wells["roughness_mm"],
            rise=self.rise,
        ).gradient_kpam

    def _no_slip(self, pressure_kpa: FloatArray, place: float) -> FloatArray:
        wells = self.wells
        here = self._at(pressure_kpa, place, wells["tubing_gor_m3m3"])
        fluids = volumes_at(**here, correlations=wells.correlations)
        return no_slip_gradient_kpam(fluids=fluids) * self.rise

    def _no_gas(self, pressure_kpa: FloatArray, place: float) -> FloatArray:
        wells = self.wells
        none = np.zeros_like(pressure_kpa)
        fluids = at(**self._at(pressure_kpa, place, none), correlations=wells.correlations)
        friction = tubing_friction_pressure_kpa(
            rate_m3d=wells["liquid_rate_m3d"] * fluids.liquid_volume_m3m3,
            tubing_diameter_mm=wells["tubing_diameter_mm"],
            rod_diameter_mm=wells["rod_diameter_mm"],
            length_m=1.0,
            density_kgm3=fluids.liquid_density_kgm3,
            viscosity_mpas=fluids.liquid_viscosity_mpas,
            roughness_mm=wells["roughness_mm"],
        )
        return fluids.liquid_density_kgm3 * self.rise * (STANDARD_GRAVITY_MS2 / 1000.0) + friction
