"""Progressing cavity pumps: displacement, slip, torque, and what may be wrong."""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.lift.pcp.faults import FAULTS, features
    from pumpperf.lift.pcp.reading import PcpReading, displacement_rate_m3d, duty
    from pumpperf.lift.pcp.slip import (
        SlipModel,
        SlipPrediction,
        Stator,
        slip_m3d,
        slip_model,
        slip_prediction,
    )
    from pumpperf.lift.pcp.torque import (
        friction_torque_knm,
        hydraulic_torque_knm,
        mechanical_efficiency,
        revolution_displacement_l,
    )
else:
    __getattr__ = exports(__name__, "reading")

__all__ = [
    "FAULTS",
    "PcpReading",
    "SlipModel",
    "SlipPrediction",
    "Stator",
    "displacement_rate_m3d",
    "duty",
    "features",
    "friction_torque_knm",
    "hydraulic_torque_knm",
    "mechanical_efficiency",
    "revolution_displacement_l",
    "slip_m3d",
    "slip_model",
    "slip_prediction",
]
