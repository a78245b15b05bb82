"""Ratios that can be trusted on a noisy machine: both sides in turn in one run, medians compared.

Run by `nox -s bench`. A ratio is printed beside the goal that it is held to.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from turns import held, imported, medians, memory

from pumpperf.interchange import frames
from pumpperf.lift import LiftType

LINES = 1_000_000
G = 9.80665


def mixed_tests() -> pd.DataFrame:
    """A million field tests, a fifth of each lift system, every one with all of its instruments."""
    draw = np.random.default_rng(1).uniform
    lift = np.array(list(map(str, LiftType)))[np.arange(LINES) % len(LiftType)]

    def only(columns: tuple[str, ...], low: float, high: float) -> np.ndarray:
        return np.where(np.isin(lift, columns), draw(low, high, LINES), np.nan)

    rod, esp, pcp, piston, jet = map(str, LiftType)
    return pd.DataFrame(
        {
            "lift_type": pd.Categorical(lift),
            "test_type": pd.Categorical(["FIELD"]).repeat(LINES),
            "duration_h": 24.0,
            "runtime_h": draw(12.0, 24.0, LINES),
            "rate_m3d": draw(10.0, 60.0, LINES),
            "water_cut": draw(0.0, 1.0, LINES),
            "liquid_density_kgm3": draw(850.0, 1050.0, LINES),
            "intake_pressure_kpa": draw(500.0, 3000.0, LINES),
            "discharge_pressure_kpa": draw(9000.0, 12000.0, LINES),
            "wellhead_pressure_kpa": draw(500.0, 1500.0, LINES),
            "pump_depth_m": draw(900.0, 1100.0, LINES),
            "input_power_kw": draw(15.0, 60.0, LINES),
            "motor_efficiency": draw(0.7, 0.95, LINES),
            "speed_spm": only((rod, piston), 5.0, 12.0),
            "plunger_stroke_m": only((rod,), 2.0, 4.0),
            "plunger_diameter_mm": only((rod,), 38.0, 70.0),
            "polished_rod_power_kw": only((rod,), 5.0, 14.0),
            "shaft_power_kw": only((esp,), 10.0, 14.0),
            "speed_rpm": only((pcp,), 100.0, 300.0),
            "revolution_displacement_l": only((pcp,), 0.3, 0.8),
            "rod_torque_knm": only((pcp,), 0.3, 0.6),
            "stroke_displacement_l": only((piston,), 2.0, 9.0),
            "power_fluid_rate_m3d": only((piston, jet), 60.0, 120.0),
            "power_fluid_pressure_rise_kpa": only((piston, jet), 15000.0, 25000.0),
        }
    )


def from_the_tank(tests: pd.DataFrame) -> pd.DataFrame:
    """The same tests with what a well test and a level measure in place of gauges at the intake."""
    draw = np.random.default_rng(2).uniform
    gauges = ["rate_m3d", "liquid_density_kgm3", "intake_pressure_kpa"]
    return tests.drop(columns=gauges).assign(
        liquid_rate_m3d=draw(10.0, 60.0, LINES),
        oil_density_kgm3=draw(815.0, 945.0, LINES),
        gas_oil_ratio_m3m3=draw(5.0, 100.0, LINES),
        gas_gravity=draw(0.65, 1.0, LINES),
        casing_pressure_kpa=draw(200.0, 800.0, LINES),
        fluid_level_m=draw(400.0, 880.0, LINES),
        gas_separation=draw(0.0, 1.0, LINES),
    )


def bare(tests: pd.DataFrame) -> Callable[[], dict[str, np.ndarray]]:
    """The same outputs by bare expressions over whole columns, the lift system known by a code."""
    c = {name: column.to_numpy() for name, column in tests.items()}
    code = pd.factorize(tests["lift_type"])[0]

    def outputs() -> dict[str, np.ndarray]:
        rod, esp, pcp, piston, _ = (code == i for i in range(5))
        area = np.pi / 4 * (c["plunger_diameter_mm"] / 1000) ** 2
        rod_swept = area * c["plunger_stroke_m"] * c["speed_spm"] * 1440
        pcp_swept = c["revolution_displacement_l"] * c["speed_rpm"] * 1.44
        piston_swept = c["stroke_displacement_l"] * c["speed_spm"] * 1.44
        torque_power = c["rod_torque_knm"] * c["speed_rpm"] * (np.pi / 30)
        fluid_power = c["power_fluid_rate_m3d"] * c["power_fluid_pressure_rise_kpa"] / 86400
        displaced = np.select([rod, pcp, piston], [rod_swept, pcp_swept, piston_swept], np.nan)
        powers = [c["polished_rod_power_kw"], c["shaft_power_kw"], torque_power]
        power = np.select([rod, esp, pcp], powers, fluid_power)
        pump = np.where(esp, power, np.nan)
        rate = c["rate_m3d"] / (c["runtime_h"] / c["duration_h"])
        source = c["input_power_kw"]
        rise = c["discharge_pressure_kpa"] - c["intake_pressure_kpa"]
        column = c["pump_depth_m"] * c["liquid_density_kgm3"] * (G / 1000)
        net_pressure = c["wellhead_pressure_kpa"] + column - c["intake_pressure_kpa"]
        hydraulic, net = rate * rise / 86400, rate * net_pressure / 86400
        surface = power / source
        nothing = np.full(LINES, np.nan)
        return {
            "running_rate_m3d": rate,
            "displacement_rate_m3d": displaced,
            "intake_pressure_kpa": c["intake_pressure_kpa"].copy(),
            "discharge_pressure_kpa": c["discharge_pressure_kpa"].copy(),
            "pressure_rise_kpa": rise,
            "net_lift_pressure_kpa": net_pressure,
            "hydraulic_power_kw": hydraulic,
            "net_lift_power_kw": net,
            "pump_input_power_kw": pump,
            "delivered_power_kw": power,
            "input_power_kw": source.copy(),
            "volumetric_efficiency": rate / displaced,
            "fillage": nothing,
            "net_stroke_efficiency": nothing.copy(),
            "polished_rod_stroke_efficiency": nothing.copy(),
            "motor_efficiency": c["motor_efficiency"].copy(),
            "drive_efficiency": surface / c["motor_efficiency"],
            "pump_efficiency": hydraulic / pump,
            "transmission_efficiency": pump / power,
            "downhole_efficiency": hydraulic / power,
            "lift_efficiency": net / power,
            "surface_efficiency": surface,
            "overall_efficiency": hydraulic / source,
            "system_efficiency": net / source,
            "specific_energy_kwhm3": source * 24 / rate,
            "lift_energy_kwht100m": source * (2400 * G) / (rate * net_pressure),
        }

    return outputs


def main() -> None:
    """Print every ratio beside its goal."""
    own, floor, tables, used, pandas = medians(
        imported("pumpperf"),
        imported("numpy, attrs"),
        imported("pumpperf.interchange.frames"),
        imported("pumpperf.interchange.frames.evaluation"),
        imported("pandas"),
    )
    held("import pumpperf", own, floor, "numpy and attrs", 1.5)
    held("import pumpperf.interchange.frames", tables, pandas, "pandas alone", 1.15)
    held("frames.evaluate taken from it, imported", used, pandas, "pandas alone", 1.3)

    tests = mixed_tests()
    outputs = bare(tests)
    found = frames.evaluate(tests)
    for name, expected in outputs().items():
        np.testing.assert_allclose(found[name], expected, rtol=1e-12, err_msg=name)
    one = tests.head(1)
    own, floor, line = medians(
        lambda: frames.evaluate(tests), outputs, lambda: [frames.evaluate(one) for _ in range(20)]
    )
    name = f"frames.evaluate of {LINES:,} mixed tests, findings included"
    held(name, own, floor, "the same outputs by bare expressions", 6.0)
    held("frames.evaluate of one line", line / 20, own, f"that of {LINES:,}", 14 / 700 / 3)

    tank = from_the_tank(tests)
    column = tank.drop(columns="discharge_pressure_kpa")
    untold = column.drop(columns="gas_separation")
    gauged, *others = medians(
        *(lambda one=one: frames.evaluate(one) for one in (tests, tank, column, untold))
    )
    for what, spent in zip(
        (
            "rates in the tank and levels",
            "the same, discharge from the wellhead",
            "the same, separation not stated",
        ),
        others,
        strict=True,
    ):
        held(f"frames.evaluate of {what}", spent, gauged, "the same tests with gauges", 4.0)
    memory(lambda: frames.evaluate(tests), int(tests.memory_usage().sum()), 3.0)


if __name__ == "__main__":
    main()
