"""What may be wrong with a submersible pump: its features and its table of faults.

`lift.evidence` judges them: `leading(FAULTS, found)` for a column of pumps, and
`suspicions(FAULTS, found)` for one, with the features that speak for and against.

The bounds are this library's judgement: a head or power within 7 % of the sound pump is as good
as instruments tell, and 10 % less head is a loss.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.errors import ArgumentError
from pumpperf.lift.esp.wear import Degradation, head_factor_slope
from pumpperf.lift.evidence import Fault, Sign
from pumpperf.numeric import FloatArray, ratio

LOW_RATE = 0.1  # of the best rate
FACTORS = ("head_factor", "rate_factor", "power_ratio", "power_ratio_at_head", "efficiency_factor")

MEASURED: dict[str, str] = {
    "intake_gas_share": "free gas in the volume at the intake, 0..1",
    "current_variation": "standard deviation of the current over its mean, within the test",
    "current_imbalance": "largest deviation of a line's current from the mean, over the mean",
    "speed_ratio": "measured shaft speed over that of the stated frequency",
    "viscosity_efficiency_factor": "C_eta at the measured viscosity over the one reckoned with",
    "tubing_pressure_held": "share of the tubing pressure that is left after a shut-in, 0..1",
}

AS_EXPECTED = (0.93, 1.07)
LOST_HEAD = Sign("head_factor", high=0.92)
SPEED_AS_STATED = Sign("speed_ratio", 0.98, 1.02)
LITTLE_GAS = Sign("intake_gas_share", high=0.05)
FALLS_WITH_RATE = Sign("head_factor_slope", high=-0.08)
SOUND_AT_LOW_RATE = Sign("low_rate_head_factor", low=0.95)
WEAK_AT_LOW_RATE = Sign("low_rate_head_factor", high=0.93)
TUBING_HOLDS = Sign("tubing_pressure_held", low=0.95)

FAULTS: tuple[Fault, ...] = (
    Fault(
        code="FREQUENCY_ABOVE_STATED",
        needs=(Sign("head_factor", low=1.07), Sign("power_ratio", low=1.07)),
        supports=(
            Sign("speed_ratio", low=1.02),
            Sign("head_factor_slope", low=0.02),
            Sign("low_rate_efficiency_factor", high=0.97),
        ),
        look_at="the drive's true frequency, and stages and type of the pump: it gives more",
    ),
    Fault(
        code="FREQUENCY_BELOW_STATED",
        needs=(
            Sign("head_factor", high=0.93),
            Sign("power_ratio", high=0.93),
            Sign("efficiency_factor", low=0.6),
        ),
        supports=(
            Sign("speed_ratio", high=0.98),
            Sign("head_factor_slope", high=-0.02),
            Sign("low_rate_efficiency_factor", low=1.03),
            LITTLE_GAS,
        ),
        look_at="the drive's true frequency and the motor's slip: the pump turns slower",
    ),
    Fault(
        code="GAS_INTERFERENCE",
        needs=(
            LOST_HEAD,
            Sign("power_ratio", high=0.93),
            Sign("efficiency_factor", high=1.12),
        ),
        supports=(Sign("intake_gas_share", low=0.1), Sign("current_variation", low=0.05)),
        look_at="intake pressure, casing gas, current chart: gas lowers head and power together",
    ),
    Fault(
        code="BROKEN_SHAFT",
        needs=(
            Sign("head_factor", high=0.9),
            Sign("power_ratio", high=0.9),
            Sign("efficiency_factor", 0.9, 1.12),
        ),
        supports=(
            Sign("head_factor_slope", -0.1, 0.1),
            WEAK_AT_LOW_RATE,
            Sign("low_rate_efficiency_factor", 0.95, 1.05),
            LITTLE_GAS,
            SPEED_AS_STATED,
        ),
        look_at="a sudden drop in the history: only the stages below the break still work",
    ),
    Fault(
        code="VISCOSITY",
        needs=(
            Sign("power_ratio", low=1.07),
            Sign("power_ratio_at_head", low=1.05),
            Sign("head_factor", high=1.03),
        ),
        supports=(
            Sign("viscosity_efficiency_factor", high=0.95),
            Sign("efficiency_factor", high=0.93),
        ),
        look_at="viscosity at the intake, emulsion; dragging bearings too raise the power",
    ),
    Fault(
        code="PLUGGING",
        needs=(LOST_HEAD, Sign("power_ratio", 0.96, 1.04)),
        supports=(SOUND_AT_LOW_RATE, FALLS_WITH_RATE, TUBING_HOLDS),
        look_at="intake screen, scale and sand: the pump is throttled, most at high rates",
    ),
    Fault(
        code="WEAR",
        needs=(
            Sign("head_factor", 0.6, 0.92),
            Sign("power_ratio", 0.95, 1.15),
            Sign("efficiency_factor", high=0.93),
        ),
        supports=(WEAK_AT_LOW_RATE, TUBING_HOLDS, LITTLE_GAS),
        look_at="sand in the liquid and the history: a slow loss of head at every rate",
    ),
    Fault(
        code="RECIRCULATION",
        needs=(
            LOST_HEAD,
            Sign("rate_factor", high=0.93),
            Sign("power_ratio_at_head", *AS_EXPECTED),
        ),
        supports=(SOUND_AT_LOW_RATE, FALLS_WITH_RATE, TUBING_HOLDS, LITTLE_GAS),
        look_at="drain valve, bypass and clearances: the pump moves more than arrives",
    ),
    Fault(
        code="TUBING_LEAK",
        needs=(
            LOST_HEAD,
            Sign("rate_factor", high=0.93),
            Sign("power_ratio_at_head", *AS_EXPECTED),
        ),
        supports=(
            Sign("tubing_pressure_held", high=0.95),
            SOUND_AT_LOW_RATE,
            FALLS_WITH_RATE,
            LITTLE_GAS,
        ),
        look_at="tubing pressure test: the pump moves more than arrives at the surface",
    ),
    Fault(
        code="WRONG_ROTATION",
        needs=(
            Sign("head_factor", high=0.6),
            Sign("efficiency_factor", high=0.7),
            Sign("power_ratio", high=1.05),
        ),
        supports=(Sign("low_rate_head_factor", high=0.7), SPEED_AS_STATED, LITTLE_GAS),
        look_at="two phases exchanged: try both directions and keep the one that gives more",
    ),
    Fault(
        code="ELECTRICAL_IMBALANCE",
        needs=(Sign("current_imbalance", low=0.05),),
        look_at="the voltages: if they differ too, the supply; if not, cable, splices and windings",
    ),
    Fault(
        code="NORMAL",
        needs=(Sign("head_factor", *AS_EXPECTED), Sign("power_ratio", *AS_EXPECTED)),
        supports=(Sign("current_imbalance", high=0.05), TUBING_HOLDS, SPEED_AS_STATED),
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
            or at a tenth of the best rate at most, tells the most.
        **measured: what else is known, by the names in `MEASURED`; the rest is left unknown.

    Raises:
        ArgumentError: a measured name is not known.

    >>> from pumpperf.lift.esp.curve import stage_curve
    >>> from pumpperf.lift.esp.wear import degradation
    >>> from pumpperf.lift.esp.pump import pump_curve
    >>> from pumpperf.lift.evidence import leading
    >>> line = stage_curve(
    ...     frequency_hz=50, rate_m3d=[0, 60, 120], head_m=[12, 6, 0], power_kw=[0.1, 0.1, 0.1]
    ... )
    >>> pump = pump_curve(curve=line, stages=1, frequency_hz=50)
    >>> half = degradation(pump=pump, rate_m3d=60, head_m=3, power_kw=0.05)
    >>> found = features(half, intake_gas_share=0.0)
    >>> str(leading(FAULTS, found))  # one test leaves this one and a broken shaft alike
    'FREQUENCY_BELOW_STATED'
    >>> tests = degradation(
    ...     pump=pump, rate_m3d=[0, 30, 60], head_m=[6, 4.5, 3], power_kw=[0.05, 0.05, 0.05]
    ... )
    >>> str(leading(FAULTS, features(half, tests=tests, intake_gas_share=0.0)))
    'BROKEN_SHAFT'
    """
    if unknown := sorted(set(measured) - set(MEASURED)):
        raise ArgumentError(
            f"unknown: {', '.join(unknown)}; expected some of {', '.join(MEASURED)}"
        )
    known: dict[str, FloatArray] = {
        name: np.where(found.expected_head_m <= 0.0, np.nan, getattr(found, name))
        for name in FACTORS
    }
    if tests is not None:
        pumping = ~(tests.expected_head_m <= 0.0)
        tests = replace(
            tests,
            head_factor=np.where(pumping, tests.head_factor, np.nan),
            efficiency_factor=np.where(pumping, tests.efficiency_factor, np.nan),
        )
        known["head_factor_slope"] = head_factor_slope(tests)
        known["low_rate_head_factor"] = _mean_at_low_rate(tests, tests.head_factor)
        known["low_rate_efficiency_factor"] = _mean_at_low_rate(tests, tests.efficiency_factor)
    return known | {name: np.asarray(value, dtype=np.float64) for name, value in measured.items()}


def _mean_at_low_rate(tests: Degradation, values: FloatArray) -> FloatArray:
    low = (np.abs(tests.rate_over_bep) <= LOW_RATE) & np.isfinite(values)
    count = np.sum(low, axis=-1, dtype=np.float64)
    return np.asarray(ratio(np.sum(np.where(low, values, 0.0), axis=-1), count))
