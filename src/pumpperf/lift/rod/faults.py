"""What is wrong with a rod pump, from the shape of its downhole card.

The bounds were chosen on simulated cards; `nox -s confusion` tries them on wells that were drawn
afterwards, see `docs/rod.md`.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.errors import ArgumentError
from pumpperf.lift.evidence import Fault, Sign, Suspicion, leading, suspicions
from pumpperf.lift.rod.features import card_features


class RodFault(StrEnum):
    """What a downhole card may show."""

    FULL_PUMP = "FULL_PUMP"
    FLUID_POUND = "FLUID_POUND"
    GAS_INTERFERENCE = "GAS_INTERFERENCE"
    TRAVELLING_VALVE_LEAK = "TRAVELLING_VALVE_LEAK"
    STANDING_VALVE_LEAK = "STANDING_VALVE_LEAK"
    PARTED_RODS = "PARTED_RODS"
    TAGGING = "TAGGING"
    UNANCHORED_TUBING = "UNANCHORED_TUBING"
    WORN_BARREL = "WORN_BARREL"
    STICKING = "STICKING"
    WRONG_LOAD_DATUM = "WRONG_LOAD_DATUM"
    PHASE_SHIFTED = "PHASE_SHIFTED"


_CARRIES_LOAD = Sign("load_doubt", high=0.6)

FAULTS: tuple[Fault, ...] = (
    Fault(
        code=RodFault.PARTED_RODS,
        needs=(Sign("load_ratio", -0.4, 0.4), Sign("middle_ratio", high=0.2)),
        supports=(Sign("middle_ratio", high=-0.15),),
        look_at="the weight of the string, and whether the well still pumps",
    ),
    Fault(
        code=RodFault.PHASE_SHIFTED,
        needs=(
            _CARRIES_LOAD,
            Sign("pickup_lag", -0.25, -0.008),
            Sign("release_lag", -0.25, -0.008),
        ),
        look_at="the delay between position and load: no valve opens before the plunger turns",
    ),
    Fault(
        code=RodFault.WRONG_LOAD_DATUM,
        needs=(Sign("load_ratio", 0.75, 1.3), Sign("datum_shift", low=0.22)),
        look_at="the zero of the load cell, the rods' weight and the liquid in the tubing",
    ),
    Fault(
        code=RodFault.STICKING,
        needs=(Sign("load_ratio", low=1.3),),
        look_at="scale, sand or wax in the barrel, a bent barrel, friction of the rods",
    ),
    Fault(
        code=RodFault.TAGGING,
        needs=(_CARRIES_LOAD, Sign("bottom_dip", low=0.1), Sign("sag", high=0.3)),
        supports=(Sign("fillage", low=0.93),),
        look_at="the spacing of the pump",
    ),
    Fault(
        code=RodFault.STANDING_VALVE_LEAK,
        needs=(
            _CARRIES_LOAD,
            Sign("bottom_load", low=0.28),
            Sign("release_span", low=0.027),
            Sign("release_share", low=0.4),
        ),
        supports=(Sign("pickup_span", high=0.01), Sign("top_load", low=0.85)),
        look_at="a standing valve check, with the pump stopped on the way down",
    ),
    Fault(
        code=RodFault.TRAVELLING_VALVE_LEAK,
        needs=(
            _CARRIES_LOAD,
            Sign("release_span", high=0.004),
            Sign("pickup_span", low=0.009),
        ),
        supports=(Sign("top_load", high=0.85), Sign("fillage", low=0.98)),
        look_at="a travelling valve check, with the pump stopped on the way up; plunger clearance",
    ),
    Fault(
        code=RodFault.WORN_BARREL,
        needs=(_CARRIES_LOAD, Sign("sag", low=0.1), Sign("fillage", low=0.93)),
        supports=(Sign("top_load", low=0.85), Sign("bottom_dip", high=0.1)),
        look_at="the barrel where the load sags: a split, or wear of a part of it",
    ),
    Fault(
        code=RodFault.UNANCHORED_TUBING,
        needs=(
            _CARRIES_LOAD,
            Sign("pickup_ratio", 0.42, 1.2),
            Sign("pickup_span", low=0.009),
            Sign("release_share", low=0.38),
        ),
        supports=(Sign("top_load", low=0.85), Sign("bottom_load", high=0.25)),
        look_at="the tubing anchor",
    ),
    Fault(
        code=RodFault.GAS_INTERFERENCE,
        needs=(
            _CARRIES_LOAD,
            Sign("fillage", high=0.92),
            Sign("release_span", low=0.042),
            Sign("pickup_span", low=0.0055),
        ),
        supports=(Sign("bottom_load", high=0.25), Sign("pickup_ratio", high=0.6)),
        look_at="gas at the intake, the gas anchor, the spacing of the pump",
    ),
    Fault(
        code=RodFault.FLUID_POUND,
        needs=(
            _CARRIES_LOAD,
            Sign("fillage", high=0.93),
            Sign("release_span", -0.02, 0.07),
            Sign("release_share", high=0.35),
        ),
        supports=(Sign("pickup_span", high=0.0055), Sign("bottom_dip", high=0.3)),
        look_at="the fluid level: the pump lifts more than flows in",
    ),
    Fault(
        code=RodFault.FULL_PUMP,
        needs=(
            Sign("load_doubt", high=0.3),
            Sign("fillage", low=0.92),
            Sign("release_span", low=0.0, high=0.045),
            Sign("sag", high=0.1),
            Sign("bottom_dip", high=0.1),
        ),
        supports=(
            Sign("datum_shift", high=0.2),
            Sign("top_load", low=0.8),
            Sign("bottom_load", high=0.35),
            Sign("pickup_span", high=0.016),
        ),
        look_at="nothing: the pump fills",
    ),
)


def diagnosis(
    *, position_m: ArrayLike, load_kn: ArrayLike, expected_fluid_load_kn: float
) -> tuple[Suspicion, ...]:
    """What one downhole card speaks for, strongest first, with the evidence for and against.

    Args:
        position_m: of the plunger, upwards [m], one card.
        load_kn: effective load on the plunger [kN], of the same shape.
        expected_fluid_load_kn: plunger area times pressure rise [kN]; NaN if unknown, and the
            faults that need it cannot be named.

    Returns:
        The faults that stand out, or UNDETERMINED alone.

    Raises:
        ArgumentError: the shapes differ, the card has fewer than 8 points, or there are several.
    """
    if np.ndim(position_m) != 1:
        raise ArgumentError("diagnosis takes one card: leading_faults takes a stack")
    features = card_features(
        position_m=position_m, load_kn=load_kn, expected_fluid_load_kn=expected_fluid_load_kn
    )
    return suspicions(FAULTS, {name: float(value) for name, value in features.items()})


def leading_faults(
    *, position_m: ArrayLike, load_kn: ArrayLike, expected_fluid_load_kn: ArrayLike
) -> NDArray[np.str_]:
    """The code of what stands out most on each card of a stack, or UNDETERMINED.

    Args:
        position_m: of the plunger, upwards [m], one card (points) or a stack (wells, points).
        load_kn: effective load on the plunger [kN], of the same shape.
        expected_fluid_load_kn: plunger area times pressure rise [kN], one a well; NaN if unknown.

    Raises:
        ArgumentError: the shapes differ, or a card has fewer than 8 points.
    """
    return leading(
        FAULTS,
        card_features(
            position_m=position_m, load_kn=load_kn, expected_fluid_load_kn=expected_fluid_load_kn
        ),
    )
