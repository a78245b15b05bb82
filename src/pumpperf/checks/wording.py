"""How checks speak: of the lift system at hand, every quantity with its unit."""

from collections.abc import Mapping
from math import isfinite

from pumpperf.checks.reads import Numbers
from pumpperf.labels import worded
from pumpperf.lift import KINDS, LiftType

_ALL = {
    "swept": "speed and swept volume",
    "size": "its size",
    "lost": "loses half of its volume",
    "loss": "what the pump loses",
    "delivered": "the rate and the pressure rise of the power fluid",
    "signs": "the signs of pressures and powers",
    "intake": "fluid gradient, gauge taken for absolute pressure",
}
VOCABULARY: Mapping[LiftType, Mapping[str, str]] = {
    LiftType.SUCKER_ROD_PUMP: _ALL
    | {
        "swept": "strokes per minute, and the plunger's diameter and own gross stroke",
        "size": "size and stroke of the plunger",
        "lost": "is half filled",
        "loss": "fillage of the downhole card",
        "delivered": "a surface card with its strokes per minute, or the polished-rod power",
        "signs": "the signs of pressures and powers, and the direction of the cards",
        "intake": "load datum of the card, fluid gradient, gauge taken for absolute pressure",
    },
    LiftType.ESP: _ALL | {"delivered": "the power at the pump's shaft"},
    LiftType.PCP: _ALL
    | {
        "swept": "speed and volume of one revolution",
        "size": "volume of one revolution",
        "lost": "loses half of its volume by slip or gas",
        "loss": "slip, and free gas at the intake",
        "delivered": "the torque and the speed of the rods",
        "signs": "the signs of pressures, torque and powers",
    },
    LiftType.HYDRAULIC_PISTON: _ALL
    | {
        "swept": "strokes per minute and volume of one stroke",
        "size": "volume of one stroke",
        "lost": "loses half of its volume by leakage or gas",
        "loss": "leakage, and free gas at the intake",
    },
    LiftType.HYDRAULIC_JET: _ALL,
}
"""What differs in the words, by lift system; a check's words name it as `own`."""


class Spoken:
    """Numbers by name as words, which remembers each that it was asked for, in order."""

    def __init__(self, numbers: Numbers, said: list[tuple[str, float]]) -> None:
        """Of these numbers; what is said is added to the list."""
        self._numbers, self._said = numbers, said
        self.beyond = numbers.beyond

    def __getitem__(self, name: str) -> str:
        value = self._numbers[name]
        if value != value:
            return "(not stated)"
        if isfinite(value):
            self._said.append((name, float(value)))
        kind = KINDS.get(name)
        return worded(value, kind.suffix if kind else "")
