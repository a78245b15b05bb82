"""What the volumetric efficiency of a displacement pump lacks, and how much of it gas explains."""

from __future__ import annotations

from pumpperf.lift.evidence import Feature
from pumpperf.numeric import Reals

VOLUMETRIC_FEATURES = (
    "volumetric_efficiency",
    "volumetric_shortfall",
    "unexplained_shortfall",
    "intake_gas_share",
)

SHORTFALL = Feature("volumetric_shortfall")
UNEXPLAINED = Feature("unexplained_shortfall")
GAS = Feature("intake_gas_share")
GAS_EXPLAINS = (GAS >= 0.05, SHORTFALL >= 0.04, UNEXPLAINED.within(-0.05, 0.05))


def volumetric_features(
    efficiency: Reals, expected: Reals | float, intake_gas_share: Reals | float
) -> dict[str, Reals | float]:
    """The features by which gas is distinguished from wear, by name.

    Of what enters the pump the share 1 - g is liquid: without wear, eta = eta_expected (1 - g).

    Args:
        efficiency: measured volumetric efficiency.
        expected: that of a healthy pump without gas.
        intake_gas_share: volume share of free gas at the intake, 0..1; NaN if not known.
    """
    return {
        "volumetric_efficiency": efficiency,
        "volumetric_shortfall": expected - efficiency,
        "unexplained_shortfall": expected * (1.0 - intake_gas_share) - efficiency,
        "intake_gas_share": intake_gas_share,
    }
