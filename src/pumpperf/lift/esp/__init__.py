"""Electric submersible pumps, and surface centrifugal pumps on a test bench."""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.lift.esp.catalogue import (
        efficiency_difference,
        stacked_curves,
        stage_curve_from_catalogue,
    )
    from pumpperf.lift.esp.curve import StageCurve, stage_curve, stage_curve_from_polynomials
    from pumpperf.lift.esp.faults import FAULTS, features
    from pumpperf.lift.esp.gas import (
        GAS_CORRECTIONS,
        GasCorrection,
        GasFactors,
        gas_factors,
        intake_gas_share,
    )
    from pumpperf.lift.esp.motor import (
        MotorCurve,
        MotorState,
        loads_from_current,
        loads_from_input_power,
        motor_curve,
        motor_slip,
        motor_state,
        synchronous_speed_rpm,
    )
    from pumpperf.lift.esp.operating import OperatingPoints, operating_points
    from pumpperf.lift.esp.pump import PumpCurve, pump_curve, pump_head_m, pump_power_kw
    from pumpperf.lift.esp.reading import EspReading, duty
    from pumpperf.lift.esp.supply import (
        cable_loss_kw,
        conductor_resistance_ohm,
        drive_loss_kw,
        phase_imbalance,
    )
    from pumpperf.lift.esp.wear import Degradation, degradation, head_factor_slope
else:
    __getattr__ = exports(__name__, "reading")

__all__ = [
    "FAULTS",
    "GAS_CORRECTIONS",
    "Degradation",
    "EspReading",
    "GasCorrection",
    "GasFactors",
    "MotorCurve",
    "MotorState",
    "OperatingPoints",
    "PumpCurve",
    "StageCurve",
    "cable_loss_kw",
    "conductor_resistance_ohm",
    "degradation",
    "drive_loss_kw",
    "duty",
    "efficiency_difference",
    "features",
    "gas_factors",
    "head_factor_slope",
    "intake_gas_share",
    "loads_from_current",
    "loads_from_input_power",
    "motor_curve",
    "motor_slip",
    "motor_state",
    "operating_points",
    "phase_imbalance",
    "pump_curve",
    "pump_head_m",
    "pump_power_kw",
    "stacked_curves",
    "stage_curve",
    "stage_curve_from_catalogue",
    "stage_curve_from_polynomials",
    "synchronous_speed_rpm",
]
