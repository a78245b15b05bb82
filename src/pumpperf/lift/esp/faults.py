"""What may be wrong with a submersible pump: its features and its table of faults.

`lift.evidence` judges them: `leading_fault(FAULTS, found)` for a column of pumps, and
`suspected_faults(FAULTS, found)` for one, with the evidence for and against.

The bounds are this library's judgement: a head or power within 7 % of the sound pump is as good
as instruments can show, and 10 % less head is a loss.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.errors import ArgumentError
from pumpperf.lift.esp.wear import Degradation, head_factor_slope
from pumpperf.lift.evidence import Fault, Feature, fault_table
from pumpperf.numeric import FloatArray, mean_of

LOW_RATE = 0.1  # of the best rate
FACTORS = ("head_factor", "rate_factor", "power_ratio", "power_ratio_at_head", "efficiency_factor")

MEASURED: dict[str, str] = {
    "intake_gas_share": "free gas in the volume at the intake, 0..1",
    "current_variation": "standard deviation of the current over its mean, within the test",
    "current_imbalance": "largest deviation of a line's current from the mean, over the mean",
    "speed_ratio": "measured shaft speed over that of the stated frequency",
    "viscosity_efficiency_factor": "C_eta at the measured viscosity over the one assumed",
    "tubing_pressure_held": "share of the tubing pressure that is left after a shut-in, 0..1",
}

FEATURES = (
    *FACTORS,
    *("head_factor_slope", "low_rate_head_factor", "low_rate_efficiency_factor"),
    *MEASURED,
)

HEAD = Feature("head_factor")
SPEED = Feature("speed_ratio")
GAS = Feature("intake_gas_share")
SLOPE = Feature("head_factor_slope")
LOW_RATE_HEAD = Feature("low_rate_head_factor")
TUBING = Feature("tubing_pressure_held")
POWER = Feature("power_ratio")
LOW_RATE_EFFICIENCY = Feature("low_rate_efficiency_factor")
EFFICIENCY = Feature("efficiency_factor")
CURRENT_VARIATION = Feature("current_variation")
POWER_AT_HEAD = Feature("power_ratio_at_head")
VISCOUS_EFFICIENCY = Feature("viscosity_efficiency_factor")
RATE = Feature("rate_factor")
IMBALANCE = Feature("current_imbalance")

AS_EXPECTED = (0.93, 1.07)
LOST_HEAD = HEAD <= 0.92
SPEED_AS_STATED = SPEED.within(0.98, 1.02)
LITTLE_GAS = GAS <= 0.05
FALLS_WITH_RATE = SLOPE <= -0.08
SOUND_AT_LOW_RATE = LOW_RATE_HEAD >= 0.95
WEAK_AT_LOW_RATE = LOW_RATE_HEAD <= 0.93
TUBING_HOLDS = TUBING >= 0.95

FAULTS = fault_table(
    FEATURES,
    Fault(
        code="FREQUENCY_ABOVE_STATED",
        needs=(HEAD >= 1.07, POWER >= 1.07),
        supports=(SPEED >= 1.02, SLOPE >= 0.02, LOW_RATE_EFFICIENCY <= 0.97),
        look_at="the drive's true frequency, and stages and type of the pump: it gives more",
    ),
    Fault(
        code="FREQUENCY_BELOW_STATED",
        needs=(HEAD <= 0.93, POWER <= 0.93, EFFICIENCY >= 0.6),
        supports=(SPEED <= 0.98, SLOPE <= -0.02, LOW_RATE_EFFICIENCY >= 1.03, LITTLE_GAS),
        look_at="the drive's true frequency and the motor's slip: the pump turns slower",
    ),
    Fault(
        code="GAS_INTERFERENCE",
        needs=(LOST_HEAD, POWER <= 0.93, EFFICIENCY <= 1.12),
        supports=(GAS >= 0.1, CURRENT_VARIATION >= 0.05),
        look_at="intake pressure, casing gas, current chart: gas lowers head and power together",
    ),
    Fault(
        code="BROKEN_SHAFT",
        needs=(HEAD <= 0.9, POWER <= 0.9, EFFICIENCY.within(0.9, 1.12)),
        supports=(
            SLOPE.within(-0.1, 0.1),
            WEAK_AT_LOW_RATE,
            LOW_RATE_EFFICIENCY.within(0.95, 1.05),
            LITTLE_GAS,
            SPEED_AS_STATED,
        ),
        look_at="a sudden drop in the history: only the stages below the break still work",
    ),
    Fault(
        code="VISCOSITY",
        needs=(POWER >= 1.07, POWER_AT_HEAD >= 1.05, HEAD <= 1.03),
        supports=(VISCOUS_EFFICIENCY <= 0.95, EFFICIENCY <= 0.93),
        look_at="viscosity at the intake, emulsion; dragging bearings too raise the power",
    ),
    Fault(
        code="PLUGGING",
        needs=(LOST_HEAD, POWER.within(0.96, 1.04)),
        supports=(SOUND_AT_LOW_RATE, FALLS_WITH_RATE, TUBING_HOLDS),
        look_at="intake screen, scale and sand: the pump is throttled, most at high rates",
    ),
    Fault(
        code="WEAR",
        needs=(HEAD.within(0.6, 0.92), POWER.within(0.95, 1.15), EFFICIENCY <= 0.93),
        supports=(WEAK_AT_LOW_RATE, TUBING_HOLDS, LITTLE_GAS),
        look_at="sand in the liquid and the history: a slow loss of head at every rate",
    ),
    Fault(
        code="RECIRCULATION",
        needs=(LOST_HEAD, RATE <= 0.93, POWER_AT_HEAD.within(*AS_EXPECTED)),
        supports=(SOUND_AT_LOW_RATE, FALLS_WITH_RATE, TUBING_HOLDS, LITTLE_GAS),
        look_at="drain valve, bypass and clearances: the pump moves more than arrives",
    ),
    Fault(
        code="TUBING_LEAK",
        needs=(LOST_HEAD, RATE <= 0.93, POWER_AT_HEAD.within(*AS_EXPECTED)),
        supports=(TUBING <= 0.95, SOUND_AT_LOW_RATE, FALLS_WITH_RATE, LITTLE_GAS),
        look_at="tubing pressure test: the pump moves more than arrives at the surface",
    ),
    Fault(
        code="WRONG_ROTATION",
        needs=(HEAD <= 0.6, EFFICIENCY <= 0.7, POWER <= 1.05),
        supports=(LOW_RATE_HEAD <= 0.7, SPEED_AS_STATED, LITTLE_GAS),
        look_at="two phases exchanged: try both directions and keep the one that gives more",
    ),
    Fault(
        code="ELECTRICAL_IMBALANCE",
        needs=(IMBALANCE >= 0.05,),
        look_at="the voltages: if they differ too, the supply; if not, cable, splices and windings",
    ),
    Fault(
        code="NORMAL",
        needs=(HEAD.within(*AS_EXPECTED), POWER.within(*AS_EXPECTED)),
        supports=(IMBALANCE <= 0.05, TUBING_HOLDS, SPEED_AS_STATED),
        look_at="nothing: head and power are those of a sound pump",
    ),
)


def features(
    found: Degradation, *, tests: Degradation | None = None, **measured: ArrayLike
) -> dict[str, FloatArray]:
    """The features by which `FAULTS` are judged, for one pump or a column of them.

    Where the sound pump itself would give no head, as gas beyond a correction's reach makes it,
    nothing can be said of the pump: its features are NaN.

    Args:
        found: the test to be judged, one a pump.
        tests: tests of the same pumps at several rates, along the last axis; one at closed valve,
            or at a tenth of the best rate at most, shows the most.
        **measured: what else is known, by the names in `MEASURED`; the rest is left unknown.

    Raises:
        ArgumentError: a measured name is not known.

    >>> from pumpperf.lift.esp.curve import stage_curve
    >>> from pumpperf.lift.esp.wear import degradation
    >>> from pumpperf.lift.esp.pump import pump_curve
    >>> from pumpperf.lift.evidence import leading_fault
    >>> line = stage_curve(
    ...     frequency_hz=50, rate_m3d=[0, 60, 120], head_m=[12, 6, 0], power_kw=[0.1, 0.1, 0.1]
    ... )
    >>> pump = pump_curve(curve=line, stages=1, frequency_hz=50)
    >>> half = degradation(pump=pump, rate_m3d=60, head_m=3, power_kw=0.05)
    >>> found = features(half, intake_gas_share=0.0)
    >>> str(leading_fault(FAULTS, found))  # one test leaves this one and a broken shaft alike
    'FREQUENCY_BELOW_STATED'
    >>> tests = degradation(
    ...     pump=pump, rate_m3d=[0, 30, 60], head_m=[6, 4.5, 3], power_kw=[0.05, 0.05, 0.05]
    ... )
    >>> str(leading_fault(FAULTS, features(half, tests=tests, intake_gas_share=0.0)))
    'BROKEN_SHAFT'
    """
    if unknown := sorted(set(measured) - set(MEASURED)):
        raise ArgumentError(
            f"unknown: {', '.join(unknown)}; expected some of {', '.join(MEASURED)}"
        )
    known: dict[str, FloatArray] = _factors(found)
    if tests is not None:
        tests = replace(tests, **_factors(tests))
        known["head_factor_slope"] = head_factor_slope(tests)
        known["low_rate_head_factor"] = _mean_at_low_rate(tests, tests.head_factor)
        known["low_rate_efficiency_factor"] = _mean_at_low_rate(tests, tests.efficiency_factor)
    return known | {name: np.asarray(value, dtype=np.float64) for name, value in measured.items()}


def _factors(found: Degradation) -> dict[str, Any]:
    idle = found.expected_head_m <= 0.0
    return {name: np.where(idle, np.nan, getattr(found, name)) for name in FACTORS}


def _mean_at_low_rate(tests: Degradation, values: FloatArray) -> FloatArray:
    low = (np.abs(tests.rate_over_bep) <= LOW_RATE) & np.isfinite(values)
    return mean_of(values, low)
