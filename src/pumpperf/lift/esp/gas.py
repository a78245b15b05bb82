"""Free gas at the intake: it takes up the pump's volume, and it lowers the head.

What it does to the head is known by tests alone, so each set of coefficients carries its source
and, if one is published, its range; outside of a range, and without one, the numbers come out all
the same, with a flag.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.numeric import BoolArray, FloatArray, Reals, ratio
from pumpperf.results import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class GasCorrection:
    """How one kind of intake or stage takes gas: head multiplier m = 1 + a g + b g^2.

    Attributes:
        name: of the kind.
        linear: a.
        quadratic: b.
        highest_share: up to which share of gas its source trusts it; NaN if it states no range.
        source: where the coefficients and the range come from.
    """

    name: str
    linear: float
    quadratic: float
    highest_share: float
    source: str


SOURCE: Final = (
    "coefficients quoted from unfpy (unifloc), unconfirmed elsewhere; no range of trust is "
    "published"
)
GAS_CORRECTIONS: Final = {
    name: GasCorrection(
        name=name, linear=linear, quadratic=quadratic, highest_share=np.nan, source=SOURCE
    )
    for name, linear, quadratic in (
        ("STANDARD", 0.6, -9.0),
        ("GAS_HANDLER", 0.05, -2.0),
        ("ADVANCED_GAS_HANDLER", 0.15, -1.4),
        ("SEPARATOR", 0.2, -4.0),
    )
}


class GasFactors(Result):
    """What free gas makes of a pump.

    Attributes:
        correction: by which the head is corrected.
        head_multiplier: on the head of every stage; a power follows it at the same efficiency.
        rate_multiplier: liquid over all that passes the pump, at the intake.
        in_range: whether the share of gas lies where the correction's source trusts it; never if
            the source states no range, as those of `GAS_CORRECTIONS` do not.
    """

    correction: GasCorrection
    head_multiplier: FloatArray
    rate_multiplier: FloatArray
    in_range: BoolArray


def intake_gas_share(*, gas_rate_m3d: Reals, liquid_rate_m3d: Reals | float) -> Reals:
    """Share of free gas in the volume that enters the pump.

    g = q_gas / (q_gas + q_liquid)

    Args:
        gas_rate_m3d: free gas that enters the pump, at intake conditions [m3/d].
        liquid_rate_m3d: liquid at intake conditions [m3/d].

    Source: definition; 25 of gas per_well 75 of liquid are 0.25.

    >>> intake_gas_share(gas_rate_m3d=25.0, liquid_rate_m3d=75.0)
    0.25
    """
    return ratio(gas_rate_m3d, gas_rate_m3d + liquid_rate_m3d)


def gas_factors(*, gas_share: ArrayLike, correction: GasCorrection) -> GasFactors:
    """What a share of free gas at the intake makes of head and rate.

    m = 1 + a g + b g^2,  q_liquid = (1 - g) q

    Args:
        gas_share: of the volume that enters the pump, 0..1.
        correction: of the intake or stage; one of `GAS_CORRECTIONS`, or your own.

    Source: the correction's own; the rate from first principles. STANDARD at g = 0.2: 0.76.

    >>> gas_factors(gas_share=0.2, correction=GAS_CORRECTIONS["STANDARD"]).head_multiplier
    array(0.76)
    """
    share = np.asarray(gas_share, dtype=np.float64)
    with np.errstate(all="ignore"):  # shares beyond any well's come out as they are
        multiplier = 1.0 + share * (correction.linear + share * correction.quadratic)
    return GasFactors(
        correction=correction,
        head_multiplier=np.asarray(multiplier),
        rate_multiplier=np.asarray(1.0 - share),
        in_range=np.asarray((share >= 0.0) & (share <= correction.highest_share)),
    )
