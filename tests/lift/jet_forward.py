"""Tests of jet pumps built from balances of momentum, section by section."""

import numpy as np

from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN

LOSSES = JET_LOSSES_GOSLINE_OBRIEN
AREA, THROAT, DENSITY = 10.0, 38.2, 950.0
NOMINAL = {"nozzle_area_mm2": AREA, "throat_area_mm2": THROAT, "density_kgm3": DENSITY}
WELL = {
    "nozzle_area_mm2": 10.0,
    "throat_area_mm2": 38.2,
    "nozzle_pressure_kpa": 36_000.0,
    "reservoir_pressure_kpa": 12_000.0,
    "productivity_index_m3dkpa": 0.02,
    "static_discharge_pressure_kpa": 14_000.0,
    "return_friction_kpad2m6": 0.003,
    "density_kgm3": 950.0,
    "vapour_pressure_kpa": 20.0,
    "gas_oil_ratio": 0.0,
    "water_cut": 0.8,
}


def measured(*, factor, mixing, suction, jet_ms, flow_ratio, losses=LOSSES):
    """What gauges show of a pump whose bore has grown, section by section, in SI."""
    nozzle_m2, throat_m2 = AREA * 1e-6, THROAT * 1e-6
    suction_m2 = throat_m2 - nozzle_m2
    power_fluid = jet_ms * nozzle_m2 * factor
    rate = flow_ratio * power_fluid
    suction_ms, throat_ms = rate / suction_m2, (power_fluid + rate) / throat_m2
    entry = 2.5e6
    thrust = DENSITY * (power_fluid * jet_ms + rate * suction_ms) / throat_m2
    end_of_throat = entry + thrust - DENSITY * throat_ms**2 - mixing * DENSITY * throat_ms**2 / 2
    intake = entry + (1 + suction) * DENSITY * suction_ms**2 / 2
    against = intake if losses.nozzle_against_intake else entry
    return {
        "rate_m3d": rate * 86400,
        "power_fluid_rate_m3d": power_fluid * 86400,
        "nozzle_pressure_kpa": (against + (1 + losses.nozzle) * DENSITY * jet_ms**2 / 2) / 1000,
        "intake_pressure_kpa": intake / 1000,
        "discharge_pressure_kpa": (end_of_throat + DENSITY * throat_ms**2 / 2) / 1000,
    }


def gauged(
    count, *, factor=1.07, mixing=0.5, suction=0.0, ratios=(0.2, 0.9), seed=3, losses=LOSSES
):
    rng = np.random.default_rng(seed)
    return measured(
        factor=factor,
        mixing=mixing,
        suction=suction,
        jet_ms=rng.uniform(150.0, 210.0, count),
        flow_ratio=rng.uniform(*ratios, count),
        losses=losses,
    )


def noisy(tests, rng):
    n = tests["rate_m3d"].size
    return tests | {
        "power_fluid_rate_m3d": tests["power_fluid_rate_m3d"] + rng.normal(0.0, 2.0, n),
        "discharge_pressure_kpa": tests["discharge_pressure_kpa"] + rng.normal(0.0, 40.0, n),
    }
