"""What is wrong with a rod pump, from the shape of its downhole card.

The bounds were chosen on simulated cards and do not hold on measured ones: of 105 that operators
had labelled as regular work 9 were named full. `nox -s confusion` says how often the table gives
back what the simulator put in; see `docs/rod.md`.
"""

from pumpperf.lift.evidence import Fault, Feature, fault_table
from pumpperf.lift.rod.features import FEATURES

LOAD_DEVIATION = Feature("load_deviation")
LOAD_RATIO = Feature("load_ratio")
MID_LOAD_RATIO = Feature("mid_load_ratio")
PICKUP_LAG = Feature("pickup_lag")
RELEASE_LAG = Feature("release_lag")
DATUM_SHIFT = Feature("datum_shift")
BOTTOM_DIP = Feature("bottom_dip")
SAG = Feature("sag")
FILLAGE = Feature("fillage")
BOTTOM_LOAD = Feature("bottom_load")
RELEASE_SPAN = Feature("release_span")
RELEASE_SHARE = Feature("release_share")
PICKUP_SPAN = Feature("pickup_span")
TOP_LOAD = Feature("top_load")
PICKUP_RATIO = Feature("pickup_ratio")

LOADED = LOAD_DEVIATION <= 0.6

FAULTS = fault_table(
    FEATURES,
    Fault(
        code="PARTED_RODS",
        needs=(LOAD_RATIO.within(-0.4, 0.4), MID_LOAD_RATIO <= 0.2),
        supports=(MID_LOAD_RATIO <= -0.15,),
        look_at="the weight of the string, and whether the well still pumps",
    ),
    Fault(
        code="PHASE_SHIFTED",
        needs=(LOADED, PICKUP_LAG.within(-0.25, -0.008), RELEASE_LAG.within(-0.25, -0.008)),
        look_at="the delay between position and load: no valve opens before the plunger turns",
    ),
    Fault(
        code="WRONG_LOAD_DATUM",
        needs=(LOAD_RATIO.within(0.75, 1.3), DATUM_SHIFT >= 0.22),
        look_at="the zero of the load cell, the rods' weight and the liquid in the tubing",
    ),
    Fault(
        code="STICKING",
        needs=(LOAD_RATIO >= 1.3,),
        look_at="scale, sand or wax in the barrel, a bent barrel, friction of the rods",
    ),
    Fault(
        code="TAGGING",
        needs=(LOADED, BOTTOM_DIP >= 0.1, SAG <= 0.3),
        supports=(FILLAGE >= 0.93,),
        look_at="the spacing of the pump",
    ),
    Fault(
        code="STANDING_VALVE_LEAK",
        needs=(LOADED, BOTTOM_LOAD >= 0.28, RELEASE_SPAN >= 0.027, RELEASE_SHARE >= 0.4),
        supports=(PICKUP_SPAN <= 0.01, TOP_LOAD >= 0.85),
        look_at="a standing valve check, with the pump stopped on the way down",
    ),
    Fault(
        code="TRAVELLING_VALVE_LEAK",
        needs=(LOADED, RELEASE_SPAN <= 0.004, PICKUP_SPAN >= 0.009),
        supports=(TOP_LOAD <= 0.85, FILLAGE >= 0.98),
        look_at="a travelling valve check, with the pump stopped on the way up; plunger clearance",
    ),
    Fault(
        code="WORN_BARREL",
        needs=(LOADED, SAG >= 0.1, FILLAGE >= 0.93),
        supports=(TOP_LOAD >= 0.85, BOTTOM_DIP <= 0.1),
        look_at="the barrel where the load sags: a split, or wear of a part of it",
    ),
    Fault(
        code="UNANCHORED_TUBING",
        needs=(LOADED, PICKUP_RATIO.within(0.42, 1.2), PICKUP_SPAN >= 0.009, RELEASE_SHARE >= 0.38),
        supports=(TOP_LOAD >= 0.85, BOTTOM_LOAD <= 0.25),
        look_at="the tubing anchor",
    ),
    Fault(
        code="GAS_INTERFERENCE",
        needs=(LOADED, FILLAGE <= 0.92, RELEASE_SPAN >= 0.042, PICKUP_SPAN >= 0.0055),
        supports=(BOTTOM_LOAD <= 0.25, PICKUP_RATIO <= 0.6),
        look_at="gas at the intake, the gas anchor, the spacing of the pump",
    ),
    Fault(
        code="FLUID_POUND",
        needs=(LOADED, FILLAGE <= 0.93, RELEASE_SPAN.within(-0.02, 0.07), RELEASE_SHARE <= 0.35),
        supports=(PICKUP_SPAN <= 0.0055, BOTTOM_DIP <= 0.3),
        look_at="the fluid level: the pump lifts more than flows in",
    ),
    Fault(
        code="FULL_PUMP",
        needs=(
            LOAD_DEVIATION <= 0.3,
            FILLAGE >= 0.92,
            RELEASE_SPAN.within(0.0, 0.045),
            SAG <= 0.1,
            BOTTOM_DIP <= 0.1,
        ),
        supports=(DATUM_SHIFT <= 0.2, TOP_LOAD >= 0.8, BOTTOM_LOAD <= 0.35, PICKUP_SPAN <= 0.016),
        look_at="nothing: the pump fills",
    ),
)
