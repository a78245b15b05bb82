"""What may be wrong with a progressing cavity pump: its features and its table of faults.

`lift.evidence` judges them: `leading_fault(FAULTS, features)` for a column of pumps, and
`suspected_faults(FAULTS, features)` for one, with the evidence for and against.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.lift.conditions import at_pump
from pumpperf.lift.evidence import Fault, Feature, fault_table
from pumpperf.lift.pcp.reading import duty
from pumpperf.lift.pcp.torque import friction_torque_knm, hydraulic_torque_knm
from pumpperf.lift.powers import pick
from pumpperf.lift.volumetric import (
    GAS_EXPLAINS,
    SHORTFALL,
    UNEXPLAINED,
    VOLUMETRIC_FEATURES,
    volumetric_features,
)
from pumpperf.numeric import Reals, ratio

FEATURES = (
    *VOLUMETRIC_FEATURES,
    *("slip_ratio", "torque_ratio", "friction_ratio", "torque_over_friction"),
)

EFFICIENCY = Feature("volumetric_efficiency")
OVER_FRICTION = Feature("torque_over_friction")
TORQUE = Feature("torque_ratio")
FRICTION = Feature("friction_ratio")
SLIP = Feature("slip_ratio")

FAULTS = fault_table(
    FEATURES,
    Fault(
        code="ROD_FAILURE",
        needs=(EFFICIENCY <= 0.1, OVER_FRICTION <= 1.0),
        look_at="rods and couplings: the drive turns, and no load comes from the pump",
    ),
    Fault(
        code="NORMAL",
        needs=(SHORTFALL.within(-0.05, 0.05), TORQUE.within(0.9, 1.1)),
        look_at="nothing: rate and torque are as expected",
    ),
    Fault(
        code="GAS",
        needs=GAS_EXPLAINS,
        supports=(TORQUE.within(0.9, 1.1),),
        look_at="intake depth and gas anchor: the gas at the intake explains the missing rate",
    ),
    Fault(
        code="WORN_STATOR",
        needs=(UNEXPLAINED >= 0.05, TORQUE <= 0.95),
        supports=(FRICTION <= 0.9, SLIP >= 1.3),
        look_at="rotor and stator: more slip and less friction than the fit once had",
    ),
    Fault(
        code="TUBING_LEAK",
        needs=(UNEXPLAINED >= 0.05, TORQUE.within(0.95, 1.1)),
        supports=(FRICTION.within(0.85, 1.2),),
        look_at="tubing pressure test: the pump works as before and less arrives at the surface",
    ),
    Fault(
        code="SWOLLEN_STATOR",
        needs=(TORQUE >= 1.1, SHORTFALL <= 0.03),
        supports=(FRICTION >= 1.3, SLIP <= 0.8),
        look_at="elastomer against the liquid; sand or dragging rods also raise the torque",
    ),
)


def features(
    reading: Mapping[str, Reals],
    running_share: Reals | float,
    *,
    expected_slip_m3d: Reals | float,
    expected_friction_torque_knm: Reals | float,
    intake_gas_share: Reals | float,
    assumptions: Assumptions = PUMPPERF_2026,
) -> dict[str, Reals | float]:
    """What distinguishes the faults, measured on one pump or on a column of them.

    volumetric_efficiency   q / q_displacement
    volumetric_shortfall    eta_expected - eta,  eta_expected = 1 - slip_expected / q_displacement
    unexplained_shortfall   eta_expected (1 - g) - eta: what is missing beside the gas
    slip_ratio              (q_displacement - q) / slip_expected
    torque_ratio            T_rod / (T_hydraulic + T_friction,expected)
    friction_ratio          (T_rod - T_hydraulic) / T_friction,expected
    torque_over_friction    T_rod / T_friction,expected
    intake_gas_share        as given

    Args:
        reading: numbers or columns by field name of `PcpReading`, NaN where missing.
        running_share: share of the test in which the pump ran, 0..1.
        expected_slip_m3d: at this pressure and viscosity when healthy [m3/d], as of a slip model.
        expected_friction_torque_knm: when healthy [kN m], as of an early test of this pump.
        intake_gas_share: volume share of free gas at the intake, 0..1; NaN if not known. With
            gas not known, neither wear nor a leak can be distinguished from it or is named.
        assumptions: what stands in for an instrument that is missing, and correlations.

    Returns:
        Features by name, NaN where an instrument is missing.

    Source: definitions above, judgement of this library's authors; the volume balance of gas is
    first principles: of what enters, q_displacement - slip, the share 1 - g is liquid.

    >>> from pumpperf.lift import PcpReading, numbers
    >>> from pumpperf.lift.evidence import suspected_faults
    >>> reading = PcpReading(
    ...     rate_m3d=90.0, speed_rpm=200.0, revolution_displacement_l=0.5,
    ...     pressure_rise_kpa=8000.0, rod_torque_knm=0.76,
    ... )
    >>> shown = features(
    ...     numbers(reading),
    ...     1.0,
    ...     expected_slip_m3d=14.4,
    ...     expected_friction_torque_knm=0.25,
    ...     intake_gas_share=0.0,
    ... )
    >>> suspected_faults(FAULTS, shown)[0].code
    'WORN_STATOR'
    """
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        found = duty(at_pump(reading, assumptions), running_share)
        rate, swept = found["running_rate_m3d"], found["displacement_rate_m3d"]
        expected = ratio(swept - expected_slip_m3d, swept)
        torque = reading["rod_torque_knm"]
        hydraulic = hydraulic_torque_knm(
            **pick(reading, "revolution_displacement_l"), **pick(found, "pressure_rise_kpa")
        )
        friction = friction_torque_knm(rod_torque_knm=torque, hydraulic_torque_knm=hydraulic)
        return {
            **volumetric_features(found["volumetric_efficiency"], expected, intake_gas_share),
            "slip_ratio": ratio(swept - rate, expected_slip_m3d),
            "torque_ratio": ratio(torque, hydraulic + expected_friction_torque_knm),
            "friction_ratio": ratio(friction, expected_friction_torque_knm),
            "torque_over_friction": ratio(torque, expected_friction_torque_knm),
        }
