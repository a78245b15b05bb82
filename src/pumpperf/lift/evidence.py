"""What speaks for a fault and what against it: one way of judging for every lift system.

A lift system measures features and keeps a table of faults; each fault names the signs that it
needs and those that only support it. Nothing here knows a pump.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.numeric import FloatArray

UNDETERMINED = "UNDETERMINED"


@dataclass(frozen=True, slots=True)
class Sign:
    """A feature and where it must lie, both bounds included."""

    feature: str
    low: float = -inf
    high: float = inf

    @property
    def words(self) -> str:
        """Where it must lie, in words."""
        if self.high == inf:
            return f"at least {self.low:g}"
        return f"at most {self.high:g}" if self.low == -inf else f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What may be wrong: the signs that must all be seen, and those that make it likelier."""

    code: str
    needs: tuple[Sign, ...]
    supports: tuple[Sign, ...] = ()
    look_at: str

    @property
    def signs(self) -> tuple[Sign, ...]:
        """All of its signs."""
        return self.needs + self.supports


@dataclass(frozen=True, slots=True)
class Evidence:
    """A measured feature, and where the fault wants it."""

    feature: str
    value: float
    wanted: str

    def __str__(self) -> str:
        return f"{self.feature} is {self.value:.3g}, the fault shows {self.wanted}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A fault that stands out, how strongly, and the evidence for and against it."""

    code: str
    strength: float
    speaks_for: tuple[Evidence, ...]
    speaks_against: tuple[Evidence, ...]
    look_at: str

    def __str__(self) -> str:
        told = "; ".join(map(str, self.speaks_for)) or "no sign is seen"
        against = "; ".join(map(str, self.speaks_against))
        return f"{self.code} ({self.strength:.0%}): {told}" + (f"; but {against}" * bool(against))


def strengths(faults: Sequence[Fault], features: Mapping[str, ArrayLike]) -> dict[str, FloatArray]:
    """How strongly each fault stands out, 0..1, for one pump or a column of them.

    strength = signs that hold / signs whose feature is known, if every needed sign holds; else 0.
    A fault whose needed feature is not known (NaN or absent) has strength NaN.

    Args:
        faults: of one lift system.
        features: by name, a number or a column each; NaN or absent where not measured.

    >>> worn = Fault(code="WORN", needs=(Sign("head_factor", high=0.9),), look_at="the stages")
    >>> strengths([worn], {"head_factor": [0.8, 1.0]})["WORN"]
    array([1., 0.])
    """
    return {fault.code: _strength(fault, features) for fault in faults}


def _strength(fault: Fault, features: Mapping[str, ArrayLike]) -> FloatArray:
    held = [_holds(sign, features) for sign in fault.signs]
    needed = np.prod(np.broadcast_arrays(*held[: len(fault.needs)]), axis=0)
    every = np.stack(np.broadcast_arrays(*held))
    known = np.maximum(np.sum(~np.isnan(every), axis=0), 1)
    return np.asarray(needed * np.nansum(every, axis=0) / known, dtype=np.float64)


def _holds(sign: Sign, features: Mapping[str, ArrayLike]) -> FloatArray:
    value = np.asarray(features.get(sign.feature, np.nan), dtype=np.float64)
    inside = (value >= sign.low) & (value <= sign.high)
    return np.where(np.isnan(value), np.nan, inside.astype(np.float64))


def leading(faults: Sequence[Fault], features: Mapping[str, ArrayLike]) -> NDArray[np.str_]:
    """The code of the fault that stands out most, for one pump or a column; or UNDETERMINED.

    Of two equally strong ones, the one that stands first in `faults` leads.

    >>> worn = Fault(code="WORN", needs=(Sign("head_factor", high=0.9),), look_at="the stages")
    >>> leading([worn], {"head_factor": [0.8, 1.0]}).tolist()
    ['WORN', 'UNDETERMINED']
    """
    columns = np.stack(np.broadcast_arrays(*strengths(faults, features).values()))
    strong = np.where(np.isnan(columns), 0.0, columns)
    codes = np.array([*(fault.code for fault in faults), UNDETERMINED])
    best = np.where(np.any(strong > 0.0, axis=0), np.argmax(strong, axis=0), len(faults))
    return codes[best]


def suspicions(faults: Sequence[Fault], features: Mapping[str, float]) -> tuple[Suspicion, ...]:
    """The faults that stand out, strongest first, with their evidence; or UNDETERMINED alone.

    Args:
        faults: of one lift system.
        features: by name; NaN or absent where not measured.

    >>> worn = Fault(code="WORN", needs=(Sign("head_factor", high=0.9),), look_at="the stages")
    >>> print(suspicions([worn], {"head_factor": 0.8})[0])
    WORN (100%): head_factor is 0.8, the fault shows at most 0.9
    >>> suspicions([worn], {})[0].look_at
    'what was not measured: head_factor'
    """
    found = [
        Suspicion(
            code=fault.code,
            strength=float(strength),
            speaks_for=_evidence(fault, features, holds=True),
            speaks_against=_evidence(fault, features, holds=False),
            look_at=fault.look_at,
        )
        for fault, strength in zip(faults, strengths(faults, features).values(), strict=True)
        if strength > 0.0
    ]
    return tuple(sorted(found, key=lambda one: -one.strength)) or (_nothing(faults, features),)


def _evidence(fault: Fault, features: Mapping[str, float], *, holds: bool) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(sign.feature, float(features[sign.feature]), sign.words)
        for sign in fault.signs
        if _holds(sign, features) == float(holds)
    )


def _nothing(faults: Sequence[Fault], features: Mapping[str, float]) -> Suspicion:
    needed = dict.fromkeys(sign.feature for fault in faults for sign in fault.needs)
    missing = [name for name in needed if np.isnan(features.get(name, np.nan))]
    return Suspicion(
        code=UNDETERMINED,
        strength=0.0,
        speaks_for=(),
        speaks_against=(),
        look_at="what was not measured: " + ", ".join(missing)
        if missing
        else "nothing stands out: a later test, or another instrument",
    )
