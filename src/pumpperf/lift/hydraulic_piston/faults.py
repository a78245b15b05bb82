"""What may be wrong with a hydraulic piston pump: its features and its table of faults.

`lift.evidence` judges them: `leading_fault(FAULTS, features)` for a column of pumps, and
`suspected_faults(FAULTS, features)` for one, with the evidence for and against.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.lift.conditions import at_pump
from pumpperf.lift.evidence import Fault, Feature, fault_table
from pumpperf.lift.hydraulic_piston.engine import engine_volumetric_efficiency
from pumpperf.lift.hydraulic_piston.reading import duty
from pumpperf.lift.volumetric import (
    GAS_EXPLAINS,
    SHORTFALL,
    UNEXPLAINED,
    VOLUMETRIC_FEATURES,
    volumetric_features,
)
from pumpperf.numeric import Reals, ratio
from pumpperf.units import LITRE, MINUTES_PER_DAY

FEATURES = (
    *VOLUMETRIC_FEATURES,
    *("engine_efficiency", "engine_shortfall", "pressure_ratio", "speed_ratio"),
)

ENGINE = Feature("engine_shortfall")
PRESSURE = Feature("pressure_ratio")
SPEED = Feature("speed_ratio")
ENGINE_SOUND = ENGINE.within(-0.05, 0.05)
PRESSURE_SOUND = PRESSURE.within(0.9, 1.1)

FAULTS = fault_table(
    FEATURES,
    Fault(
        code="NORMAL",
        needs=(ENGINE_SOUND, SHORTFALL.within(-0.05, 0.05), PRESSURE_SOUND),
        look_at="nothing: both ends and the operating pressure are as expected",
    ),
    Fault(
        code="GAS",
        needs=GAS_EXPLAINS,
        supports=(ENGINE_SOUND, PRESSURE <= 1.1),
        look_at="intake depth and gas vent: the gas at the intake explains the missing rate",
    ),
    Fault(
        code="WORN_ENGINE",
        needs=(ENGINE >= 0.05,),
        supports=(UNEXPLAINED.within(-0.05, 0.05), PRESSURE <= 1.1),
        look_at="engine piston and valve: power fluid passes without driving",
    ),
    Fault(
        code="WORN_PUMP",
        needs=(UNEXPLAINED >= 0.05,),
        supports=(ENGINE_SOUND, PRESSURE_SOUND),
        look_at="pump plunger and valves, then the standing valve and the return string",
    ),
    Fault(
        code="PLUGGED",
        needs=(PRESSURE >= 1.1, SPEED <= 0.9),
        supports=(ENGINE_SOUND, UNEXPLAINED.within(-0.05, 0.05)),
        look_at="solids, scale or paraffin in the unit or the strings: more pressure, less speed",
    ),
)


def features(
    reading: Mapping[str, Reals],
    running_share: Reals | float,
    *,
    engine_displacement_l: Reals | float,
    expected_engine_efficiency: Reals | float,
    expected_volumetric_efficiency: Reals | float,
    expected_pressure_rise_kpa: Reals | float,
    expected_speed_spm: Reals | float,
    intake_gas_share: Reals | float,
    assumptions: Assumptions = PUMPPERF_2026,
) -> dict[str, Reals | float]:
    """What distinguishes the faults, measured on one pump or on a column of them.

    engine_efficiency       q_engine / q_power_fluid
    engine_shortfall        eta_engine,expected - eta_engine
    volumetric_efficiency   q / q_displacement
    volumetric_shortfall    eta_expected - eta
    unexplained_shortfall   eta_expected (1 - g) - eta: what is missing beside the gas
    pressure_ratio          dp_surface / dp_surface,expected
    speed_ratio             n / n_expected
    intake_gas_share        as given

    Args:
        reading: numbers or columns by field name of `HydraulicPistonReading`, NaN where missing.
        running_share: share of the test in which the pump ran, 0..1.
        engine_displacement_l: volume of the engine end in one full stroke [l].
        expected_engine_efficiency: engine volumetric efficiency when healthy, as of an early test.
        expected_volumetric_efficiency: of the pump end, without gas, when healthy.
        expected_pressure_rise_kpa: across the surface pump when healthy [kPa], as of the pressure
            balance at the present intake and discharge pressures: `surface_pressure_rise_kpa` of
            its `surface_pressure_kpa`.
        expected_speed_spm: as set, or of an early test at the same setting [1/min].
        intake_gas_share: volume share of free gas at the intake, 0..1; NaN if not known. With
            gas not known, a worn pump end cannot be distinguished from it and is not named.
        assumptions: what stands in for an instrument that is missing, and correlations.

    Returns:
        Features by name, NaN where an instrument is missing.

    Source: definitions above, judgement of this library's authors; the volume balance of gas is
    first principles: of what enters the pump end, the share 1 - g is liquid.

    >>> from pumpperf.lift import HydraulicPistonReading, numbers
    >>> from pumpperf.lift.evidence import suspected_faults
    >>> reading = HydraulicPistonReading(
    ...     rate_m3d=73.44, speed_spm=40.0, stroke_displacement_l=1.5,
    ...     power_fluid_rate_m3d=150.0, power_fluid_pressure_rise_kpa=15000.0,
    ... )
    >>> shown = features(
    ...     numbers(reading),
    ...     1.0,
    ...     engine_displacement_l=2.0, expected_engine_efficiency=0.95,
    ...     expected_volumetric_efficiency=0.85, expected_pressure_rise_kpa=15000.0,
    ...     expected_speed_spm=50.0, intake_gas_share=0.0,
    ... )
    >>> suspected_faults(FAULTS, shown)[0].code
    'WORN_ENGINE'
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        found = duty(at_pump(reading, assumptions), running_share)
        efficiency = found["volumetric_efficiency"]
        speed, rise = reading["speed_spm"], reading["power_fluid_pressure_rise_kpa"]
        engine = engine_volumetric_efficiency(
            engine_displacement_rate_m3d=speed * engine_displacement_l * (LITRE * MINUTES_PER_DAY),
            power_fluid_rate_m3d=reading["power_fluid_rate_m3d"],
        )
        return {
            "engine_efficiency": engine,
            "engine_shortfall": expected_engine_efficiency - engine,
            **volumetric_features(efficiency, expected_volumetric_efficiency, intake_gas_share),
            "pressure_ratio": ratio(rise, expected_pressure_rise_kpa),
            "speed_ratio": ratio(speed, expected_speed_spm),
        }
