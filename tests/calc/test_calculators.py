"""Every calculator on numbers: shapes, gaps, zeros, units, and each formula derived once more."""

import importlib
import inspect
import math
import pkgutil
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Union, get_args, get_origin

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws import tried
from pumpperf import calc, lift, units
from pumpperf.calc import downtime, efficiency, energy, hydraulics, pipe, power, similarity
from pumpperf.lift import hydraulic_piston, pcp
from pumpperf.lift.rod import reading as rod
from pumpperf.numeric import Reals, coalesce, raised, ratio

CORRELATIONS = ("pumpperf.calc.fluids", "pumpperf.calc.levels")  # test_fluids.py holds these
NAN = float("nan")
INDEX = ["w3", "w1", "w2"]
DAY_S = 86_400.0
G = 9.80665


@dataclass(frozen=True)
class Line:
    """What is known of a calculator beforehand.

    `degrees`: (argument -> power of the factor it is scaled with, power that the answer shows).
    `unlike`: arguments in which it is not homogeneous, each with the reason.
    `undefined_at_zero`: arguments whose zero alone leaves the answer undefined.
    """

    degrees: tuple[tuple[dict[str, int], float], ...]
    unlike: dict[str, str] = field(default_factory=dict)
    undefined_at_zero: tuple[str, ...] = ()


def product(**degrees):
    """Line of a product of powers: undefined where a factor of negative power is zero."""
    return Line(
        degrees=tuple(({name: 1}, degree) for name, degree in degrees.items()),
        undefined_at_zero=tuple(name for name, degree in degrees.items() if degree < 0),
    )


def together(*names):
    return dict.fromkeys(names, 1)


LINES = {
    "calc.downtime.availability.inherent_availability": Line(
        degrees=((together("mttf_h", "mttr_h"), 0),)
    ),
    "calc.downtime.availability.achieved_availability": Line(
        degrees=((together("mtbm_h", "mean_maintenance_h"), 0),)
    ),
    "calc.downtime.availability.operational_availability": Line(
        degrees=((together("uptime_h", "downtime_h"), 0),)
    ),
    "calc.downtime.availability.production_availability": product(produced_m3=1, potential_m3=-1),
    "calc.efficiency.volumetric_efficiency": product(rate_m3d=1, displacement_rate_m3d=-1),
    "calc.efficiency.pump_efficiency": product(hydraulic_power_kw=1, pump_input_power_kw=-1),
    "calc.efficiency.transmission_efficiency": product(
        pump_input_power_kw=1, delivered_power_kw=-1
    ),
    "calc.efficiency.downhole_efficiency": product(hydraulic_power_kw=1, delivered_power_kw=-1),
    "calc.efficiency.lift_efficiency": product(net_lift_power_kw=1, delivered_power_kw=-1),
    "calc.efficiency.motor_efficiency": product(motor_output_power_kw=1, motor_input_power_kw=-1),
    "calc.efficiency.drive_efficiency": product(drive_output_power_kw=1, drive_input_power_kw=-1),
    "calc.efficiency.surface_efficiency": product(delivered_power_kw=1, input_power_kw=-1),
    "calc.efficiency.overall_efficiency": product(hydraulic_power_kw=1, input_power_kw=-1),
    "calc.efficiency.system_efficiency": product(net_lift_power_kw=1, input_power_kw=-1),
    "calc.energy.emissions.grid_emissions_kg": product(energy_kwh=1, grid_factor_kgkwh=1),
    "calc.energy.emissions.fuel_emissions_kg": product(fuel_energy_kwh=1, fuel_factor_kgkwh=1),
    "calc.energy.emissions.engine_fuel_energy_kwh": product(
        shaft_energy_kwh=1, engine_efficiency=-1
    ),
    "calc.energy.emissions.energy_per_work": product(input_energy_kwh=1, work_kwh=-1),
    "calc.energy.emissions.oil_energy_kwhm3": Line(
        degrees=(({"input_power_kw": 1}, 1), ({"rate_m3d": 1}, -1)),
        unlike={"water_cut": "a share, beside its complement 1 - w"},
        undefined_at_zero=("rate_m3d",),
    ),
    "calc.energy.emissions.specific_energy_kwhm3": product(input_power_kw=1, rate_m3d=-1),
    "calc.energy.emissions.lift_energy_kwht100m": product(
        input_power_kw=1, rate_m3d=-1, net_lift_pressure_kpa=-1
    ),
    "calc.hydraulics.absolute_pressure_kpa": Line(
        degrees=((together("gauge_pressure_kpag", "atmosphere_kpa"), 1),)
    ),
    "calc.hydraulics.head_m": product(pressure_kpa=1, density_kgm3=-1),
    "calc.hydraulics.head_pressure_kpa": product(head_m=1, density_kgm3=1),
    "calc.pipe.flow_velocity_ms": product(rate_m3d=1, diameter_mm=-2),
    "calc.pipe.velocity_head_m": product(rate_m3d=2, diameter_mm=-4),
    "calc.hydraulics.pump_head_m": Line(
        degrees=(
            (
                together(
                    "suction_pressure_kpa",
                    "discharge_pressure_kpa",
                    "elevation_difference_m",
                    "suction_velocity_head_m",
                    "discharge_velocity_head_m",
                    "losses_m",
                ),
                1,
            ),
            (together("suction_pressure_kpa", "discharge_pressure_kpa", "density_kgm3"), 0),
        ),
        undefined_at_zero=("density_kgm3",),
    ),
    "calc.hydraulics.api_gravity": Line(
        degrees=((together("oil_density_kgm3", "water_density_kgm3"), 0),),
        undefined_at_zero=("oil_density_kgm3",),
    ),
    "calc.hydraulics.oil_density_kgm3": Line(
        degrees=(({"water_density_kgm3": 1}, 1),),
        unlike={"api_gravity": "degrees on a scale shifted by 131.5"},
    ),
    "calc.hydraulics.liquid_density_kgm3": Line(
        degrees=((together("oil_density_kgm3", "water_density_kgm3"), 1),),
        unlike={"water_cut": "a share, beside its complement 1 - w"},
    ),
    "calc.pipe.reynolds_number": product(
        rate_m3d=1, diameter_mm=-1, density_kgm3=1, viscosity_mpas=-1
    ),
    "calc.pipe.darcy_friction_factor": Line(
        degrees=(),
        unlike={
            "reynolds_number": "laminar and turbulent laws are joined",
            "relative_roughness": "beside the thickness of the laminar layer",
        },
        undefined_at_zero=("reynolds_number",),
    ),
    "calc.pipe.haaland_friction_factor": Line(
        degrees=(),
        unlike={
            "reynolds_number": "beside the roughness of the wall",
            "relative_roughness": "beside the thickness of the laminar layer",
        },
        undefined_at_zero=("reynolds_number",),
    ),
    "calc.pipe.colebrook_friction_factor": Line(
        degrees=(),
        unlike={
            "reynolds_number": "beside the roughness of the wall",
            "relative_roughness": "beside the thickness of the laminar layer",
        },
        undefined_at_zero=("reynolds_number",),
    ),
    "calc.pipe.tubing_friction_pressure_kpa": Line(
        degrees=(
            ({"length_m": 1}, 1),
            (together("rate_m3d", "viscosity_mpas"), 2),
            (together("density_kgm3", "viscosity_mpas"), 1),
            (
                together("tubing_diameter_mm", "rod_diameter_mm", "roughness_mm")
                | {"viscosity_mpas": -1},
                -5,
            ),
        ),
        undefined_at_zero=("tubing_diameter_mm", "viscosity_mpas"),
    ),
    "calc.pipe.friction_pressure_kpa": product(
        rate_m3d=2, diameter_mm=-5, length_m=1, density_kgm3=1, friction_factor=1
    ),
    "calc.tubing.gradients.discharge_pressure_of_liquid_kpa": Line(
        degrees=(
            (together("wellhead_pressure_kpa", "vertical_depth_m", "friction_pressure_kpa"), 1),
            (together("wellhead_pressure_kpa", "liquid_density_kgm3", "friction_pressure_kpa"), 1),
        )
    ),
    "calc.tubing.temperature.relaxation_distance_m": product(
        mass_rate_kgd=0.4882,
        liquid_density_kgm3=2.915,
        diameter_mm=-0.3476,
        wellhead_pressure_kpag=0.2219,
        api_gravity=0.2519,
        gas_gravity=4.724,
    ),
    "calc.tubing.temperature.ramey_temperature_degc": Line(
        degrees=(
            (together("bottom_temperature_degc", "geothermal_gradient_kpm"), 1),
            (together("height_m", "relaxation_distance_m") | {"geothermal_gradient_kpm": -1}, 0),
        ),
        undefined_at_zero=("relaxation_distance_m",),
    ),
    "calc.hydraulics.hydraulic_power_kw": product(rate_m3d=1, pressure_rise_kpa=1),
    "calc.hydraulics.net_lift_pressure_kpa": Line(
        degrees=(
            (together("wellhead_pressure_kpa", "intake_pressure_kpa", "pump_depth_m"), 1),
            (together("wellhead_pressure_kpa", "intake_pressure_kpa", "density_kgm3"), 1),
        )
    ),
    "calc.hydraulics.net_lift_pressure_from_level_kpa": Line(
        degrees=(
            (together("wellhead_pressure_kpa", "casing_pressure_kpa", "fluid_level_m"), 1),
            (together("wellhead_pressure_kpa", "casing_pressure_kpa", "density_kgm3"), 1),
        )
    ),
    "calc.hydraulics.net_lift_power_kw": product(rate_m3d=1, net_lift_pressure_kpa=1),
    "calc.hydraulics.npsh_available_m": Line(
        degrees=(
            (
                together(
                    "suction_pressure_kpa", "vapour_pressure_kpa", "static_head_m", "losses_m"
                ),
                1,
            ),
            (together("suction_pressure_kpa", "vapour_pressure_kpa", "density_kgm3"), 0),
        ),
        undefined_at_zero=("density_kgm3",),
    ),
    "calc.power.motor_input_power_kw": product(voltage_v=1, current_a=1, power_factor=1),
    "calc.power.gas_compression_power_kw": Line(
        degrees=(
            ({"gas_rate_m3d": 1}, 1),
            (together("intake_pressure_kpa", "discharge_pressure_kpa"), 1),
        ),
        undefined_at_zero=("intake_pressure_kpa", "discharge_pressure_kpa"),
    ),
    "calc.power.rotary_power_kw": product(torque_knm=1, speed_rpm=1),
    "calc.power.reciprocating_power_kw": product(stroke_work_kj=1, speed_spm=1),
    "calc.similarity.affinity_rate_m3d": product(rate_m3d=1, speed_ratio=1),
    "calc.similarity.affinity_head_m": product(head_m=1, speed_ratio=2),
    "calc.similarity.affinity_power_kw": product(power_kw=1, speed_ratio=3),
    "calc.similarity.density_power_kw": product(power_kw=1, density_ratio=1),
    "calc.similarity.specific_speed": Line(
        degrees=(({"rate_m3d": 2}, 1), ({"head_m": 4}, -3), ({"speed_rpm": 1}, 1)),
        undefined_at_zero=("rate_m3d", "head_m"),
    ),
    "calc.similarity.us_specific_speed": product(specific_speed=1),
    "lift.hydraulic_piston.reading.displacement_rate_m3d": product(
        stroke_displacement_l=1, speed_spm=1
    ),
    "lift.hydraulic_piston.engine.face_displacement_l": Line(
        degrees=(
            (together("piston_diameter_mm", "rod_diameter_mm"), 2),
            ({"piston_stroke_m": 1}, 1),
        )
    ),
    "lift.hydraulic_piston.engine.pump_engine_ratio": product(
        pump_displacement_l=1, engine_displacement_l=-1
    ),
    "lift.hydraulic_piston.engine.engine_volumetric_efficiency": product(
        engine_displacement_rate_m3d=1, power_fluid_rate_m3d=-1
    ),
    "lift.hydraulic_piston.engine.engine_pressure_drop_kpa": Line(
        degrees=(
            (
                together(
                    "discharge_pressure_kpa", "intake_pressure_kpa", "pump_friction_pressure_kpa"
                ),
                1,
            ),
            (together("pump_engine_ratio", "pump_friction_pressure_kpa"), 1),
        )
    ),
    "lift.hydraulic_piston.engine.engine_inlet_pressure_kpa": Line(
        degrees=(
            (together("surface_pressure_kpa", "pump_depth_m", "tubing_friction_pressure_kpa"), 1),
            (
                together(
                    "surface_pressure_kpa",
                    "power_fluid_density_kgm3",
                    "tubing_friction_pressure_kpa",
                ),
                1,
            ),
        )
    ),
    "lift.hydraulic_piston.engine.surface_pressure_kpa": Line(
        degrees=(
            (
                together(
                    "engine_inlet_pressure_kpa", "pump_depth_m", "tubing_friction_pressure_kpa"
                ),
                1,
            ),
            (
                together(
                    "engine_inlet_pressure_kpa",
                    "power_fluid_density_kgm3",
                    "tubing_friction_pressure_kpa",
                ),
                1,
            ),
        )
    ),
    "lift.hydraulic_piston.engine.surface_pressure_rise_kpa": Line(
        degrees=(
            (
                together(
                    "surface_pressure_kpa", "line_friction_pressure_kpa", "suction_pressure_kpa"
                ),
                1,
            ),
        )
    ),
    "lift.hydraulic_piston.engine.intake_pressure_from_engine_kpa": Line(
        degrees=(
            (
                together(
                    "discharge_pressure_kpa",
                    "engine_inlet_pressure_kpa",
                    "exhaust_pressure_kpa",
                    "pump_friction_pressure_kpa",
                ),
                1,
            ),
            (
                together(
                    "engine_inlet_pressure_kpa",
                    "exhaust_pressure_kpa",
                    "pump_friction_pressure_kpa",
                    "pump_engine_ratio",
                ),
                0,
            ),
        ),
        undefined_at_zero=("pump_engine_ratio",),
    ),
    "lift.hydraulic_piston.engine.pressure_efficiency": product(
        pump_engine_ratio=1, pressure_rise_kpa=1, power_fluid_pressure_rise_kpa=-1
    ),
    "lift.pcp.reading.displacement_rate_m3d": product(revolution_displacement_l=1, speed_rpm=1),
    "lift.pcp.slip.slip_m3d": Line(degrees=((together("displacement_rate_m3d", "rate_m3d"), 1),)),
    "lift.pcp.torque.revolution_displacement_l": product(
        eccentricity_mm=1, rotor_diameter_mm=1, stator_pitch_mm=1
    ),
    "lift.pcp.torque.hydraulic_torque_knm": product(
        revolution_displacement_l=1, pressure_rise_kpa=1
    ),
    "lift.pcp.torque.friction_torque_knm": Line(
        degrees=((together("rod_torque_knm", "hydraulic_torque_knm"), 1),)
    ),
    "lift.pcp.torque.mechanical_efficiency": product(hydraulic_torque_knm=1, rod_torque_knm=-1),
    "lift.jet.cavitation.cavitation_area_mm2": Line(
        degrees=(
            ({"rate_m3d": 1}, 1),
            (together("density_kgm3", "intake_pressure_kpa", "gas_oil_ratio"), 0),
        ),
        unlike={"water_cut": "a share, of which the rest brings gas"},
        undefined_at_zero=("intake_pressure_kpa",),
    ),
    "lift.jet.cunningham.jet_efficiency": product(flow_ratio=1, pressure_ratio=1),
    "lift.jet.cunningham.velocity_pressure_kpa": product(rate_m3d=2, area_mm2=-2, density_kgm3=1),
    "lift.esp.gas.intake_gas_share": Line(
        degrees=((together("gas_rate_m3d", "liquid_rate_m3d"), 0),)
    ),
    "lift.esp.motor.synchronous_speed_rpm": product(frequency_hz=1, poles=-1),
    "lift.esp.motor.motor_slip": Line(
        degrees=((together("speed_rpm", "synchronous_speed_rpm"), 0),),
        undefined_at_zero=("synchronous_speed_rpm",),
    ),
    "lift.esp.supply.conductor_resistance_ohm": Line(
        degrees=(({"resistance_ohmkm": 1}, 1), ({"length_m": 1}, 1)),
        unlike={"temperature_degc": "degrees on a scale shifted by 20 and more"},
    ),
    "lift.esp.supply.cable_loss_kw": product(current_a=2, resistance_ohm=1),
    "lift.esp.supply.drive_loss_kw": Line(
        degrees=(({"input_power_kw": 1}, 1),),
        unlike={"drive_efficiency": "a share, of which the rest is lost"},
    ),
    "lift.rod.slippage.arco_slip_rate_m3d": product(
        plunger_diameter_mm=1,
        clearance_mm=1.52,
        plunger_length_m=-1,
        pressure_rise_kpa=1,
        viscosity_mpas=-1,
    ),
    "lift.rod.slippage.patterson_slip_rate_m3d": Line(
        degrees=(
            ({"plunger_diameter_mm": 1}, 1),
            ({"clearance_mm": 1}, 1.52),
            ({"plunger_length_m": 1}, -1),
            ({"pressure_rise_kpa": 1}, 1),
            ({"viscosity_mpas": 1}, -1),
        ),
        unlike={"speed_spm": "0.14 N beside 1"},
        undefined_at_zero=("plunger_length_m", "viscosity_mpas"),
    ),
    "lift.rod.slippage.slip_clearance_mm": Line(
        degrees=(
            ({"slip_rate_m3d": 1}, 1 / 1.52),
            ({"plunger_diameter_mm": 1}, -1 / 1.52),
            ({"plunger_length_m": 1}, 1 / 1.52),
            ({"pressure_rise_kpa": 1}, -1 / 1.52),
            ({"viscosity_mpas": 1}, 1 / 1.52),
        ),
        unlike={"speed_spm": "0.14 N beside 1"},
        undefined_at_zero=(
            "plunger_diameter_mm",
            "plunger_length_m",
            "pressure_rise_kpa",
            "viscosity_mpas",
        ),
    ),
    "lift.rod.stroke.elastic_stretch_m": product(load_kn=1, spring_constant_knm=-1),
    "lift.rod.stroke.stroke_factor": product(plunger_stroke_m=1, stroke_m=-1),
    "lift.rod.stroke.slip_factor": Line(
        degrees=((together("slip_rate_m3d", "filled_displacement_rate_m3d"), 0),),
        undefined_at_zero=("filled_displacement_rate_m3d",),
    ),
    "lift.rod.stroke.shrinkage_factor": Line(
        degrees=(),
        unlike={
            "water_cut": "a share, beside its complement 1 - w",
            "formation_volume_factor": "of the oil alone",
        },
    ),
    "lift.rod.stroke.surface_volumetric_efficiency": product(
        stroke_factor=1, fillage=1, slip_factor=1, shrinkage_factor=1
    ),
    "lift.rod.stroke.valve_check_fluid_load_kn": Line(
        degrees=((together("travelling_valve_load_kn", "standing_valve_load_kn"), 1),)
    ),
    "lift.rod.stroke.valve_check_leak_rate_m3d": product(
        load_fall_kns=1, spring_constant_knm=-1, plunger_diameter_mm=2
    ),
    "lift.rod.stroke.counterbalance_ratio": product(upstroke_peak=-1, downstroke_peak=1),
    "lift.rod.string.rod_mass_kgm": product(youngs_modulus_kpa=1, diameter_mm=2, wave_speed_ms=-2),
    "lift.rod.wave.damping_rate_1s": product(damping_factor=1, wave_speed_ms=1, string_length_m=-1),
    "lift.rod.reading.displacement_rate_m3d": product(
        plunger_diameter_mm=2, plunger_stroke_m=1, speed_spm=1
    ),
    "lift.rod.reading.plunger_area_m2": product(plunger_diameter_mm=2),
    "lift.rod.reading.intake_pressure_from_fluid_load_kpa": Line(
        degrees=(
            (together("discharge_pressure_kpa", "fluid_load_kn"), 1),
            ({"fluid_load_kn": 2, "plunger_diameter_mm": 1}, 0),
        ),
        undefined_at_zero=("plunger_diameter_mm",),
    ),
}

# A denominator that is a sum is zero somewhere else than at zero.
ALSO_UNDEFINED = {
    "lift.rod.stroke.shrinkage_factor": {"water_cut": 0.0, "formation_volume_factor": 0.0},
    "lift.esp.gas.intake_gas_share": {"gas_rate_m3d": 0.0, "liquid_rate_m3d": 0.0},
    "calc.downtime.availability.inherent_availability": {"mttf_h": 0.0, "mttr_h": 0.0},
    "calc.downtime.availability.achieved_availability": {"mtbm_h": 0.0, "mean_maintenance_h": 0.0},
    "calc.downtime.availability.operational_availability": {"uptime_h": 0.0, "downtime_h": 0.0},
    "calc.energy.emissions.oil_energy_kwhm3": {"water_cut": 1.0},
    "calc.hydraulics.oil_density_kgm3": {"api_gravity": -131.5},
}

# Ranges as in the field, so chosen that no difference comes near to cancelling out.
RANGES = {
    "api_gravity": (5.0, 60.0),
    "area_mm2": (2.0, 500.0),
    "atmosphere_kpa": (60.0, 105.0),
    "bottom_temperature_degc": (70.0, 120.0),
    "casing_pressure_kpa": (100.0, 400.0),
    "clearance_mm": (0.05, 0.4),
    "current_a": (5.0, 200.0),
    "damping_factor": (0.05, 0.5),
    "delivered_power_kw": (1.0, 300.0),
    "density_kgm3": (600.0, 1200.0),
    "density_ratio": (0.5, 1.5),
    "diameter_mm": (20.0, 500.0),
    "discharge_pressure_kpa": (10_000.0, 20_000.0),
    "discharge_velocity_head_m": (2.0, 10.0),
    "displacement_rate_m3d": (11_000.0, 20_000.0),
    "downstroke_peak": (20.0, 90.0),
    "downtime_h": (1.0, 1000.0),
    "drive_efficiency": (0.5, 0.9),
    "drive_input_power_kw": (1.0, 300.0),
    "drive_output_power_kw": (1.0, 300.0),
    "eccentricity_mm": (2.0, 15.0),
    "elevation_difference_m": (0.1, 10.0),
    "energy_kwh": (1.0, 1_000_000.0),
    "engine_displacement_l": (0.5, 5.0),
    "engine_displacement_rate_m3d": (10.0, 500.0),
    "engine_efficiency": (0.1, 0.5),
    "engine_inlet_pressure_kpa": (50_000.0, 60_000.0),
    "exhaust_pressure_kpa": (10_000.0, 15_000.0),
    "fillage": (0.3, 1.0),
    "filled_displacement_rate_m3d": (50.0, 500.0),
    "flow_ratio": (0.1, 3.0),
    "fluid_level_m": (100.0, 3000.0),
    "fluid_load_kn": (1.0, 5.0),
    "formation_volume_factor": (1.1, 2.0),
    "frequency_hz": (30.0, 70.0),
    "friction_factor": (0.008, 0.1),
    "friction_pressure_kpa": (10.0, 500.0),
    "fuel_energy_kwh": (1.0, 1_000_000.0),
    "fuel_factor_kgkwh": (0.1, 0.5),
    "gas_gravity": (0.6, 1.2),
    "gas_oil_ratio": (20.0, 200.0),
    "gas_rate_m3d": (1.0, 500.0),
    "gauge_pressure_kpag": (1.0, 30_000.0),
    "geothermal_gradient_kpm": (0.01, 0.04),
    "grid_factor_kgkwh": (0.01, 1.5),
    "head_m": (10.0, 3000.0),
    "height_m": (100.0, 900.0),
    "hydraulic_power_kw": (1.0, 300.0),
    "hydraulic_torque_knm": (0.1, 0.5),
    "input_energy_kwh": (1.0, 1_000_000.0),
    "input_power_kw": (1.0, 300.0),
    "intake_pressure_kpa": (100.0, 400.0),
    "length_m": (1.0, 3000.0),
    "line_friction_pressure_kpa": (10.0, 100.0),
    "liquid_density_kgm3": (700.0, 1100.0),
    "liquid_rate_m3d": (1.0, 500.0),
    "load_fall_kns": (0.01, 2.0),
    "load_kn": (1.0, 100.0),
    "losses_m": (0.1, 1.0),
    "mass_rate_kgd": (10_000.0, 500_000.0),
    "mean_maintenance_h": (1.0, 1000.0),
    "motor_input_power_kw": (1.0, 300.0),
    "motor_output_power_kw": (1.0, 300.0),
    "mtbm_h": (100.0, 50_000.0),
    "mttf_h": (100.0, 50_000.0),
    "mttr_h": (1.0, 1000.0),
    "net_lift_power_kw": (1.0, 300.0),
    "net_lift_pressure_kpa": (100.0, 30_000.0),
    "oil_density_kgm3": (700.0, 1000.0),
    "piston_diameter_mm": (40.0, 60.0),
    "piston_stroke_m": (0.3, 2.0),
    "plunger_diameter_mm": (40.0, 60.0),
    "plunger_length_m": (0.5, 2.5),
    "plunger_stroke_m": (0.5, 8.0),
    "poles": (2.0, 8.0),
    "potential_m3": (1.0, 10_000.0),
    "power_factor": (0.3, 1.0),
    "power_fluid_density_kgm3": (600.0, 1200.0),
    "power_fluid_pressure_rise_kpa": (5000.0, 30_000.0),
    "power_fluid_rate_m3d": (10.0, 500.0),
    "power_kw": (1.0, 300.0),
    "pressure_kpa": (1.0, 30_000.0),
    "pressure_ratio": (0.05, 1.0),
    "pressure_rise_kpa": (100.0, 30_000.0),
    "produced_m3": (1.0, 10_000.0),
    "pump_depth_m": (100.0, 3000.0),
    "pump_displacement_l": (0.5, 5.0),
    "pump_engine_ratio": (0.5, 1.0),
    "pump_friction_pressure_kpa": (10.0, 100.0),
    "pump_input_power_kw": (1.0, 300.0),
    "rate_m3d": (1.0, 10_000.0),
    "relative_roughness": (1e-5, 0.01),
    "relaxation_distance_m": (100.0, 900.0),
    "resistance_ohm": (0.1, 5.0),
    "resistance_ohmkm": (0.1, 5.0),
    "revolution_displacement_l": (0.01, 2.0),
    "reynolds_number": (100.0, 100_000.0),
    "rod_diameter_mm": (10.0, 20.0),
    "rod_torque_knm": (1.0, 5.0),
    "rotor_diameter_mm": (20.0, 80.0),
    "roughness_mm": (0.01, 0.05),
    "shaft_energy_kwh": (1.0, 1_000_000.0),
    "shrinkage_factor": (0.6, 1.0),
    "slip_factor": (0.6, 1.0),
    "slip_rate_m3d": (1.0, 20.0),
    "specific_speed": (5.0, 100.0),
    "speed_ratio": (0.5, 1.2),
    "speed_rpm": (20.0, 500.0),
    "speed_spm": (1.0, 20.0),
    "spring_constant_knm": (10.0, 100.0),
    "standing_valve_load_kn": (10.0, 50.0),
    "static_head_m": (2.0, 10.0),
    "stator_pitch_mm": (100.0, 1000.0),
    "string_length_m": (500.0, 3000.0),
    "stroke_displacement_l": (0.5, 20.0),
    "stroke_factor": (0.5, 1.2),
    "stroke_m": (1.0, 5.0),
    "stroke_work_kj": (1.0, 100.0),
    "suction_pressure_kpa": (100.0, 2000.0),
    "suction_velocity_head_m": (0.1, 1.0),
    "surface_pressure_kpa": (1000.0, 30_000.0),
    "synchronous_speed_rpm": (1000.0, 3600.0),
    "temperature_degc": (20.0, 150.0),
    "torque_knm": (0.1, 5.0),
    "travelling_valve_load_kn": (60.0, 120.0),
    "tubing_diameter_mm": (50.0, 100.0),
    "tubing_friction_pressure_kpa": (10.0, 100.0),
    "upstroke_peak": (20.0, 90.0),
    "uptime_h": (100.0, 50_000.0),
    "value": (0.1, 10_000.0),
    "vapour_pressure_kpa": (1.0, 50.0),
    "vertical_depth_m": (500.0, 3000.0),
    "viscosity_mpas": (0.5, 1000.0),
    "voltage_v": (200.0, 5000.0),
    "water_cut": (0.1, 0.9),
    "water_density_kgm3": (990.0, 1200.0),
    "wave_speed_ms": (3000.0, 6000.0),
    "wellhead_pressure_kpa": (500.0, 2000.0),
    "wellhead_pressure_kpag": (100.0, 3000.0),
    "work_kwh": (1.0, 1_000_000.0),
    "youngs_modulus_kpa": (50000000.0, 220000000.0),
}

FACTORS = (
    units.BBL,
    units.PSI,
    units.HORSEPOWER,
    units.FOOT,
    units.INCH_IN_MM,
    units.GALLON_PER_MINUTE,
    units.POUND_FORCE,
    units.FOOT_POUND,
    units.POUND_PER_GALLON,
    units.HOURS_PER_DAY,
)


def _arguments(function):
    return tuple(inspect.signature(function).parameters)


def _is_reals(kind):
    return kind is Reals or (get_origin(kind) in {Union, UnionType} and Reals in get_args(kind))


def _takes_reals(function):
    signature = inspect.signature(function, eval_str=True)
    kinds = [p.annotation for p in signature.parameters.values()]
    one_answer = get_origin(signature.return_annotation) is not dict
    return bool(kinds) and one_answer and all(_is_reals(kind) for kind in kinds)


def _calculators():
    found = {}
    for package in (calc, lift):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if info.name.startswith(CORRELATIONS):
                continue
            module = importlib.import_module(info.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                here = function.__module__ == info.name and not name.startswith("_")
                if here and _takes_reals(function):
                    found[f"{info.name.removeprefix('pumpperf.')}.{name}"] = function
    return found


CALCULATORS = _calculators()

every_calculator = pytest.mark.parametrize("name", sorted(set(CALCULATORS) & set(LINES)))


@cache
def inputs(name):
    """Hypothesis strategy of plausible arguments of a calculator."""
    return st.fixed_dictionaries(
        {argument: st.floats(*RANGES[argument]) for argument in _arguments(CALCULATORS[name])}
    )


@cache
def three(name):
    return st.lists(inputs(name), min_size=3, max_size=3)


def usual(name):
    """Three fixed rows of plausible arguments, each inside its range."""
    ranges = {argument: RANGES[argument] for argument in _arguments(CALCULATORS[name])}
    return [
        {argument: low + (high - low) * share for argument, (low, high) in ranges.items()}
        for share in (0.25, 0.5, 0.75)
    ]


def array(values):
    """Array that refuses to be changed by the calculator it is given to."""
    column = np.array(values)
    column.flags.writeable = False
    return column


def series(values, name=None):
    return pd.Series(values, index=INDEX, name=name)


def columns(rows):
    return {argument: [row[argument] for row in rows] for argument in rows[0]}


def exactly(expected):
    """The same numbers to the last few bits: only powers may be rounded otherwise in a column."""
    return pytest.approx(expected, rel=1e-15, abs=0.0, nan_ok=True)


def closely(expected, *terms):
    """The same number to 1e-12 of its largest term."""
    return pytest.approx(expected, rel=1e-12, abs=1e-12 * max(map(abs, terms), default=0.0))


def checked_series(answer):
    assert isinstance(answer, pd.Series)
    assert answer.dtype == np.float64
    assert answer.index.tolist() == INDEX
    return answer.tolist()


def checked_array(answer):
    assert type(answer) is np.ndarray
    assert answer.dtype == np.float64
    return answer.tolist()


def test_every_calculator_has_its_line():
    assert set(CALCULATORS) == set(LINES)


@pytest.mark.parametrize("module", [hydraulics, pipe, power, efficiency, similarity])
def test_a_module_of_formulas_holds_nothing_but_calculators(module):
    public = {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    prefix = f"{module.__name__.removeprefix('pumpperf.')}."
    assert {prefix + name for name in public} == {n for n in CALCULATORS if n.startswith(prefix)}


@every_calculator
def test_every_argument_is_keyword_only_and_scaled_or_named_with_its_reason(name):
    parameters = inspect.signature(CALCULATORS[name]).parameters.values()
    assert {p.kind for p in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    line = LINES[name]
    scaled = {argument for group, _ in line.degrees for argument in group}
    assert scaled | set(line.unlike) == set(_arguments(CALCULATORS[name]))
    assert not scaled & set(line.unlike)
    assert all(line.unlike.values())


@every_calculator
@tried(10)
@given(data=st.data())
def test_scaling_inputs_by_a_unit_factor_scales_the_output(name, data):
    calculator, row = CALCULATORS[name], data.draw(inputs(name))
    factor = data.draw(st.sampled_from(FACTORS))
    for group, degree in LINES[name].degrees:
        scaled = {a: row[a] * factor ** group.get(a, 0) for a in row}
        assert calculator(**scaled) == pytest.approx(
            calculator(**row) * factor**degree, rel=1e-12, abs=0.0
        )


@pytest.mark.parametrize(
    ("name", "argument"), [(name, a) for name, line in LINES.items() for a in line.unlike]
)
def test_an_argument_named_as_not_homogeneous_is_not(name, argument):
    calculator, row = CALCULATORS[name], usual(name)[0]
    once, twice, four_times = (calculator(**row | {argument: row[argument] * n}) for n in (1, 2, 4))
    assert abs(twice / once / (four_times / twice) - 1.0) > 0.01


@every_calculator
@tried(10)
@given(data=st.data())
def test_float_array_and_series_give_the_same_numbers(name, data):
    calculator, rows = CALCULATORS[name], data.draw(three(name))
    answers = [calculator(**row) for row in rows]
    assert [type(answer) for answer in answers] == [float] * 3
    from_arrays = calculator(**{a: array(values) for a, values in columns(rows).items()})
    assert checked_array(from_arrays) == exactly(answers)
    named = {a: series(values, name=a) for a, values in columns(rows).items()}
    assert checked_series(calculator(**named)) == exactly(answers)
    nameless = {a: series(values) for a, values in columns(rows).items()}
    assert checked_series(calculator(**nameless)) == exactly(answers)


@every_calculator
@tried(10)
@given(data=st.data())
def test_one_column_goes_with_numbers_for_the_rest(name, data):
    calculator, rows = CALCULATORS[name], data.draw(three(name))
    for argument in rows[0]:
        column = [row[argument] for row in rows]
        answers = [calculator(**rows[0] | {argument: value}) for value in column]
        as_array = calculator(**rows[0] | {argument: array(column)})
        assert checked_array(as_array) == exactly(answers)
        as_series = calculator(**rows[0] | {argument: series(column)})
        assert checked_series(as_series) == exactly(answers)


@every_calculator
def test_numbers_go_with_columns_as_the_signature_says(name):
    calculator, rows = CALCULATORS[name], usual(name)
    parameters = inspect.signature(calculator, eval_str=True).parameters
    only_columns = [a for a, p in parameters.items() if p.annotation is Reals]
    assert only_columns
    mixed = [rows[0] | {a: row[a] for a in only_columns} for row in rows]
    answers = [calculator(**row) for row in mixed]
    as_series = {a: series([row[a] for row in rows]) for a in only_columns}
    assert checked_series(calculator(**rows[0] | as_series)) == exactly(answers)


@every_calculator
def test_a_missing_argument_gives_nan_there_and_only_there(name):
    calculator, rows = CALCULATORS[name], usual(name)
    for argument in rows[0]:
        gappy = [rows[0], rows[1] | {argument: NAN}, rows[2]]
        answers = [calculator(**row) for row in gappy]
        assert [math.isnan(answer) for answer in answers] == [False, True, False]
        assert type(answers[1]) is float
        arrays = {a: array(values) for a, values in columns(gappy).items()}
        assert checked_array(calculator(**arrays)) == exactly(answers)
        frame = {a: series(values) for a, values in columns(gappy).items()}
        assert checked_series(calculator(**frame)) == exactly(answers)
        lone = calculator(**{a: array(v) for a, v in columns(rows).items()} | {argument: NAN})
        assert np.isnan(lone).all()


def _assert_nan_without_noise(calculator, rows, zeros):
    bare = [rows[0], rows[1] | zeros, rows[2]]
    answers = [calculator(**row) for row in bare]
    assert [math.isnan(answer) for answer in answers] == [False, True, False]
    arrays = {a: array(values) for a, values in columns(bare).items()}
    assert checked_array(calculator(**arrays)) == exactly(answers)
    frame = {a: series(values) for a, values in columns(bare).items()}
    assert checked_series(calculator(**frame)) == exactly(answers)
    for rest in (rows[0], dict.fromkeys(rows[0], 0.0)):
        assert math.isnan(calculator(**rest | zeros))


@every_calculator
def test_a_zero_gives_nan_where_it_divides_and_a_number_elsewhere(name):
    calculator, rows = CALCULATORS[name], usual(name)
    for argument in rows[0]:
        if argument in LINES[name].undefined_at_zero:
            _assert_nan_without_noise(calculator, rows, {argument: 0.0})
            _assert_nan_without_noise(calculator, rows, {argument: -0.0})
        else:
            assert math.isfinite(calculator(**rows[0] | {argument: 0.0}))


@pytest.mark.parametrize("name", ALSO_UNDEFINED)
def test_a_sum_that_is_zero_gives_nan_where_it_divides(name):
    _assert_nan_without_noise(CALCULATORS[name], usual(name), ALSO_UNDEFINED[name])


def test_broken_power_of_any_shape_is_undefined_below_zero():
    assert raised(9.0, 0.5) == 3.0
    assert raised(0.0, 1.5) == 0.0
    assert math.isnan(raised(-9.0, 0.5))
    assert math.isnan(raised(NAN, 0.5))
    np.testing.assert_array_equal(raised(np.array([9.0, -9.0, NAN]), 0.5), [3.0, NAN, NAN])
    column = raised(pd.Series([9.0, -9.0], index=["a", "b"]), 0.5)
    assert column["a"] == 3.0
    assert math.isnan(column["b"])


def test_quotient_of_any_shapes():
    assert ratio(3.0, 4.0) == 0.75
    assert ratio(3.0, 4) == 0.75
    assert math.isnan(ratio(3.0, 0))
    assert ratio(3.0, np.int64(4)) == 0.75
    assert math.isnan(ratio(3.0, np.float32(0.0)))
    assert math.isnan(ratio(0.0, 0.0))
    column = array([4.0, 0.0, -2.0])
    assert checked_array(ratio(3.0, column)) == exactly([0.75, NAN, -1.5])
    assert checked_array(ratio(column, column)) == exactly([1.0, NAN, 1.0])
    assert checked_array(ratio(column, 4.0)) == [1.0, 0.0, -0.5]
    assert np.isnan(ratio(column, 0.0)).all()
    assert checked_array(ratio(3.0, np.array([4, 0, -2]))) == exactly([0.75, NAN, -1.5])
    frame = series(column)
    assert checked_series(ratio(3.0, frame)) == exactly([0.75, NAN, -1.5])
    assert checked_series(ratio(frame, frame)) == exactly([1.0, NAN, 1.0])
    assert checked_series(ratio(frame, 4.0)) == [1.0, 0.0, -0.5]
    assert checked_series(ratio(frame, series([4, 0, -2]))) == exactly([1.0, NAN, 1.0])


def test_the_first_number_that_is_there():
    assert coalesce(0.0, 7.0) == 0.0
    assert coalesce(NAN, 7.0) == 7.0
    assert math.isnan(coalesce(NAN, NAN))
    assert coalesce(3, 7.0) == 3
    assert coalesce(np.int64(3), 7.0) == 3
    assert coalesce(np.float32(NAN), 7.0) == 7.0
    first, second = array([0.0, NAN, NAN]), array([7.0, 8.0, NAN])
    assert checked_array(coalesce(first, second)) == exactly([0.0, 8.0, NAN])
    assert checked_array(coalesce(first, 9.0)) == [0.0, 9.0, 9.0]
    assert checked_array(coalesce(NAN, second)) == exactly([7.0, 8.0, NAN])
    assert checked_series(coalesce(series(first), series(second))) == exactly([0.0, 8.0, NAN])
    assert checked_series(coalesce(series(first), 9.0)) == [0.0, 9.0, 9.0]
    assert checked_series(coalesce(NAN, series(second))) == exactly([7.0, 8.0, NAN])


def number(low, high):
    """Numbers that are zero or large enough for their products not to underflow."""
    return st.floats(low, high).map(lambda x: x if abs(x) > 1e-9 else 0.0)


RATE = number(-20_000.0, 20_000.0)
PRESSURE = number(-1000.0, 50_000.0)
DENSITY = number(500.0, 2000.0)
LENGTH = number(0.0, 5000.0)
BORE = number(10.0, 1000.0)
SHARE = number(0.01, 1.0)
POSITIVE = number(0.01, 1000.0)


def column_pa(depth_m, density):
    return density * G * depth_m


@given(rate=RATE, rise=PRESSURE)
def test_hydraulic_and_net_lift_power_are_volume_per_second_times_pressure(rate, rise):
    watts = (rate / DAY_S) * (rise * 1e3)
    found = hydraulics.hydraulic_power_kw(rate_m3d=rate, pressure_rise_kpa=rise)
    assert found == closely(watts / 1e3)
    found = hydraulics.net_lift_power_kw(rate_m3d=rate, net_lift_pressure_kpa=rise)
    assert found == closely(watts / 1e3)


@given(wellhead=PRESSURE, casing=PRESSURE, depth=LENGTH, share=number(0.0, 1.0), density=DENSITY)
def test_net_lift_is_the_rise_in_energy_of_a_kilogram(wellhead, casing, depth, share, density):
    level = depth * share
    intake_pa = casing * 1e3 + column_pa(depth - level, density)
    joules_per_kg = (wellhead * 1e3 - intake_pa) / density + G * depth
    kpa = joules_per_kg * density / 1e3
    terms = (wellhead, casing, column_pa(depth, density) / 1e3)
    from_intake = hydraulics.net_lift_pressure_kpa(
        wellhead_pressure_kpa=wellhead,
        intake_pressure_kpa=intake_pa / 1e3,
        pump_depth_m=depth,
        density_kgm3=density,
    )
    assert from_intake == closely(kpa, *terms)
    from_level = hydraulics.net_lift_pressure_from_level_kpa(
        wellhead_pressure_kpa=wellhead,
        casing_pressure_kpa=casing,
        fluid_level_m=level,
        density_kgm3=density,
    )
    assert from_level == closely(kpa, *terms)


@given(source=POSITIVE, rate=number(0.1, 5000.0), net_lift=number(10.0, 50_000.0), density=DENSITY)
def test_lift_energy_is_that_of_a_tonne_over_100_m_whatever_the_density(
    source, rate, net_lift, density
):
    joules_per_kg = source * 1e3 * DAY_S / (rate * density)
    head = net_lift * 1e3 / (density * G)
    kwh = joules_per_kg * 1000.0 / head * 100.0 / 3.6e6
    found = energy.lift_energy_kwht100m(
        input_power_kw=source, rate_m3d=rate, net_lift_pressure_kpa=net_lift
    )
    assert found == closely(kwh)
    useful = hydraulics.net_lift_power_kw(rate_m3d=rate, net_lift_pressure_kpa=net_lift)
    share = efficiency.system_efficiency(net_lift_power_kw=useful, input_power_kw=source)
    assert found * share == closely(1000.0 * G * 100.0 / 3.6e6)


@given(rate=number(0.1, 5000.0), rise=number(1.0, 50_000.0))
def test_lossless_pump_takes_a_kilojoule_per_kilopascal_and_cubic_metre(rate, rise):
    source = hydraulics.hydraulic_power_kw(rate_m3d=rate, pressure_rise_kpa=rise)
    found = energy.specific_energy_kwhm3(input_power_kw=source, rate_m3d=rate)
    assert found == closely(rise / 3600.0)


@given(rate=RATE, bore=BORE)
def test_velocity_and_its_head_are_those_of_the_volume_that_passes(rate, bore):
    radius = bore / 2e3
    velocity = rate / DAY_S / (math.pi * radius * radius)
    found = pipe.flow_velocity_ms(rate_m3d=rate, diameter_mm=bore)
    assert found == closely(velocity)
    found = pipe.velocity_head_m(rate_m3d=rate, diameter_mm=bore)
    assert found == closely(velocity * velocity / 2.0 / G)


@given(rate=RATE, bore=BORE, length=LENGTH, density=DENSITY, factor=number(0.005, 0.2))
def test_friction_is_the_shear_on_the_wall_over_the_section(rate, bore, length, density, factor):
    diameter = bore / 1e3
    section = math.pi * diameter * diameter / 4.0
    velocity = rate / DAY_S / section
    shear_pa = math.copysign(factor / 4.0 * density * velocity * velocity / 2.0, rate)
    loss_pa = shear_pa * (math.pi * diameter * length) / section
    found = pipe.friction_pressure_kpa(
        rate_m3d=rate,
        diameter_mm=bore,
        length_m=length,
        density_kgm3=density,
        friction_factor=factor,
    )
    assert found == closely(loss_pa / 1e3)


@given(
    rate=number(0.1, 5000.0), bore=BORE, length=LENGTH, density=DENSITY, viscosity=number(0.1, 1e4)
)
def test_laminar_friction_is_that_of_hagen_and_poiseuille(rate, bore, length, density, viscosity):
    reynolds = pipe.reynolds_number(
        rate_m3d=rate, diameter_mm=bore, density_kgm3=density, viscosity_mpas=viscosity
    )
    found = pipe.friction_pressure_kpa(
        rate_m3d=rate,
        diameter_mm=bore,
        length_m=length,
        density_kgm3=density,
        friction_factor=64.0 / reynolds,
    )
    loss_pa = 128.0 * (viscosity / 1e3) * length * (rate / DAY_S) / (math.pi * (bore / 1e3) ** 4)
    assert found == closely(loss_pa / 1e3)
    backwards = pipe.reynolds_number(
        rate_m3d=-rate, diameter_mm=bore, density_kgm3=density, viscosity_mpas=viscosity
    )
    assert backwards == reynolds


@given(
    rate=RATE,
    bores=st.tuples(BORE, BORE),
    pressures=st.tuples(PRESSURE, PRESSURE),
    heights=st.tuples(LENGTH, LENGTH),
    losses=number(0.0, 10.0),
    density=DENSITY,
)
def test_pump_head_is_the_rise_in_total_energy_of_a_newton(
    rate, bores, pressures, heights, losses, density
):
    heads = []
    for bore, pressure, height in zip(bores, pressures, heights, strict=True):
        velocity = rate / DAY_S / (math.pi * (bore / 2e3) ** 2)
        heads.append(pressure * 1e3 / (density * G) + height + velocity * velocity / (2.0 * G))
    suction, discharge = (pipe.velocity_head_m(rate_m3d=rate, diameter_mm=bore) for bore in bores)
    found = hydraulics.pump_head_m(
        suction_pressure_kpa=pressures[0],
        discharge_pressure_kpa=pressures[1],
        density_kgm3=density,
        elevation_difference_m=heights[1] - heights[0],
        suction_velocity_head_m=suction,
        discharge_velocity_head_m=discharge,
        losses_m=losses,
    )
    assert found == closely(heads[1] - heads[0] + losses, *heads)


@given(surface=PRESSURE, vapour=PRESSURE, density=DENSITY, above=number(-10.0, 50.0), lost=LENGTH)
def test_suction_head_is_the_pressure_above_boiling_at_the_pump(
    surface, vapour, density, above, lost
):
    at_pump_pa = surface * 1e3 + column_pa(above, density) - column_pa(lost, density)
    margin = (at_pump_pa - vapour * 1e3) / (density * G)
    found = hydraulics.npsh_available_m(
        suction_pressure_kpa=surface,
        vapour_pressure_kpa=vapour,
        density_kgm3=density,
        static_head_m=above,
        losses_m=lost,
    )
    assert found == closely(margin, 1e3 * surface / density, 1e3 * vapour / density, above, lost)


@given(pressure=PRESSURE, atmosphere=number(50.0, 110.0), density=DENSITY)
def test_head_pressure_and_gauge_pressure_in_pascal(pressure, atmosphere, density):
    head = hydraulics.head_m(pressure_kpa=pressure, density_kgm3=density)
    assert column_pa(head, density) == closely(pressure * 1e3)
    found = hydraulics.head_pressure_kpa(head_m=head, density_kgm3=density)
    assert found == closely(column_pa(head, density) / 1e3)
    absolute = hydraulics.absolute_pressure_kpa(
        gauge_pressure_kpag=pressure, atmosphere_kpa=atmosphere
    )
    assert absolute - atmosphere == closely(pressure, atmosphere)


@given(api=number(-10.0, 80.0), water=number(900.0, 1200.0))
def test_api_gravity_comes_back_from_the_density(api, water):
    oil = hydraulics.oil_density_kgm3(api_gravity=api, water_density_kgm3=water)
    assert 141.5 / (oil / water) - 131.5 == closely(api, 131.5)


@given(oil=POSITIVE, water=POSITIVE, densities=st.tuples(DENSITY, DENSITY))
def test_density_of_a_mixture_is_its_mass_over_its_volume(oil, water, densities):
    mass = oil * densities[0] + water * densities[1]
    found = hydraulics.liquid_density_kgm3(
        oil_density_kgm3=densities[0],
        water_density_kgm3=densities[1],
        water_cut=water / (oil + water),
    )
    assert found == closely(mass / (oil + water))


@given(
    voltage=number(100.0, 5000.0),
    current=number(1.0, 500.0),
    lag=number(0.0, 1.5),
    angle=number(0.0, 2.0 * math.pi),
)
def test_motor_input_is_the_sum_of_three_phases_at_any_instant(voltage, current, lag, angle):
    phases = [angle - 2.0 * math.pi * k / 3.0 for k in range(3)]
    peak_v, peak_a = voltage / math.sqrt(3.0) * math.sqrt(2.0), current * math.sqrt(2.0)
    watts = math.fsum(peak_v * math.cos(a) * peak_a * math.cos(a - lag) for a in phases)
    found = power.motor_input_power_kw(
        voltage_v=voltage, current_a=current, power_factor=math.cos(lag)
    )
    assert found == closely(watts / 1e3, voltage * current / 1e3)


@given(work=number(-1000.0, 1000.0), speed=number(0.0, 5000.0))
def test_shaft_and_stroke_power_are_work_per_turn_over_its_time(work, speed):
    joules_per_minute = work * 1e3 * speed
    found = power.reciprocating_power_kw(stroke_work_kj=work, speed_spm=speed)
    assert found == closely(joules_per_minute / 60.0 / 1e3)
    torque_nm = work * 1e3 / (2.0 * math.pi)
    found = power.rotary_power_kw(torque_knm=torque_nm / 1e3, speed_rpm=speed)
    assert found == closely(joules_per_minute / 60.0 / 1e3)


@given(input_power=POSITIVE, motor=SHARE, drive=SHARE, transmission=SHARE, pump=SHARE, tubing=SHARE)
def test_every_link_returns_the_share_that_it_passes_on(
    input_power, motor, drive, transmission, pump, tubing
):
    shaft = input_power * motor
    delivered = shaft * drive
    pump_input = delivered * transmission
    hydraulic = pump_input * pump
    net = hydraulic * tubing
    links = [
        (motor, efficiency.motor_efficiency, shaft, input_power),
        (drive, efficiency.drive_efficiency, delivered, shaft),
        (motor * drive, efficiency.surface_efficiency, delivered, input_power),
        (transmission, efficiency.transmission_efficiency, pump_input, delivered),
        (pump, efficiency.pump_efficiency, hydraulic, pump_input),
        (transmission * pump, efficiency.downhole_efficiency, hydraulic, delivered),
        (transmission * pump * tubing, efficiency.lift_efficiency, net, delivered),
        (hydraulic / input_power, efficiency.overall_efficiency, hydraulic, input_power),
        (net / input_power, efficiency.system_efficiency, net, input_power),
    ]
    for share, link, out, into in links:
        (gained,), (spent,) = (
            group for group, _ in LINES[f"calc.efficiency.{link.__name__}"].degrees
        )
        assert link(**{gained: out, spent: into}) == closely(share)
    whole = efficiency.system_efficiency(net_lift_power_kw=net, input_power_kw=input_power)
    assert whole == closely(motor * drive * transmission * pump * tubing)
    wire_to_water = efficiency.overall_efficiency(
        hydraulic_power_kw=hydraulic, input_power_kw=input_power
    )
    assert wire_to_water == closely(motor * drive * transmission * pump)


@given(swept=number(0.1, 500.0), lost=number(-1.0, 2.0))
def test_volumetric_efficiency_is_one_less_the_share_that_slips_and_is_never_clamped(swept, lost):
    found = efficiency.volumetric_efficiency(
        rate_m3d=swept * (1.0 - lost), displacement_rate_m3d=swept
    )
    assert found == closely(1.0 - lost, lost)


@given(
    rate=POSITIVE,
    head=POSITIVE,
    shaft=POSITIVE,
    speed=number(5.0, 60.0),
    speed_ratio=number(0.3, 2.0),
    impeller=number(0.05, 1.0),
    density=DENSITY,
)
def test_affinity_keeps_the_dimensionless_numbers(
    rate, head, shaft, speed, speed_ratio, impeller, density
):
    def coefficients(q, h, p, revolutions):
        tip = revolutions * impeller
        return (
            q / DAY_S / (tip * impeller**2),
            G * h / tip**2,
            p * 1e3 / (density * tip**3 * impeller**2),
        )

    after = coefficients(
        similarity.affinity_rate_m3d(rate_m3d=rate, speed_ratio=speed_ratio),
        similarity.affinity_head_m(head_m=head, speed_ratio=speed_ratio),
        similarity.affinity_power_kw(power_kw=shaft, speed_ratio=speed_ratio),
        speed * speed_ratio,
    )
    before = coefficients(rate, head, shaft, speed)
    assert after == pytest.approx(before, rel=1e-12, abs=0.0)


@given(rate=POSITIVE, head=POSITIVE, share=SHARE, densities=st.tuples(DENSITY, DENSITY))
def test_density_alone_changes_power_as_it_changes_weight(rate, head, share, densities):
    first, second = (rho * G * (rate / DAY_S) * head / share / 1e3 for rho in densities)
    found = similarity.density_power_kw(power_kw=first, density_ratio=densities[1] / densities[0])
    assert found == closely(second)


@given(bore=BORE, stroke=number(0.1, 12.0), speed=number(0.1, 30.0))
def test_rod_pump_sweeps_one_cylinder_a_stroke(bore, stroke, speed):
    radius = bore / 2e3
    found = rod.plunger_area_m2(plunger_diameter_mm=bore)
    assert found == closely(math.pi * radius * radius)
    strokes = speed / 60.0 * DAY_S
    found = rod.displacement_rate_m3d(
        plunger_diameter_mm=bore, plunger_stroke_m=stroke, speed_spm=speed
    )
    assert found == closely(math.pi * radius * radius * stroke * strokes)


@given(bore=BORE, discharge=PRESSURE, load=number(-10.0, 200.0))
def test_fluid_load_is_the_difference_of_forces_on_the_plunger(bore, discharge, load):
    intake = rod.intake_pressure_from_fluid_load_kpa(
        discharge_pressure_kpa=discharge, fluid_load_kn=load, plunger_diameter_mm=bore
    )
    area = math.pi * (bore / 2e3) ** 2
    newtons = (discharge - intake) * 1e3 * area
    assert newtons == closely(load * 1e3, discharge * 1e3 * area)


@given(volume=number(0.001, 50.0), speed=number(0.1, 600.0))
def test_rotor_and_piston_sweep_their_volume_at_every_turn(volume, speed):
    turns = speed / 60.0 * DAY_S
    swept = volume / 1e3 * turns
    found = pcp.displacement_rate_m3d(revolution_displacement_l=volume, speed_rpm=speed)
    assert found == closely(swept)
    found = hydraulic_piston.displacement_rate_m3d(stroke_displacement_l=volume, speed_spm=speed)
    assert found == closely(swept)


@given(mttf=number(1.0, 1e5), mttr=number(0.1, 1e4), cycles=st.integers(1, 50))
@pytest.mark.parametrize(
    ("share", "names"),
    [
        (downtime.inherent_availability, ("mttf_h", "mttr_h")),
        (downtime.achieved_availability, ("mtbm_h", "mean_maintenance_h")),
        (downtime.operational_availability, ("uptime_h", "downtime_h")),
    ],
)
def test_availability_is_the_up_time_of_any_number_of_cycles(share, names, mttf, mttr, cycles):
    down, total = cycles * mttr, cycles * mttf + cycles * mttr
    found = share(**dict(zip(names, (mttf, mttr), strict=True)))
    assert found == closely(1.0 - down / total, 1.0)


@given(rate=number(1.0, 1e4), lost=number(0.0, 1.0), days=number(1.0, 400.0))
def test_production_availability_is_the_share_of_days_at_full_rate(rate, lost, days):
    found = downtime.production_availability(
        produced_m3=rate * days * (1.0 - lost), potential_m3=rate * days
    )
    assert found == closely(1.0 - lost, 1.0)
