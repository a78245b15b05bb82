"""The evidence for and against a fault: one way of judging for every lift system.

A lift system measures features and keeps a table of faults; each fault names the signs that it
needs and those that only support it. Nothing here knows a pump.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.errors import ArgumentError
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


@dataclass(frozen=True, slots=True)
class Feature:
    """The name of a feature; with a bound it makes a sign.

    >>> (Feature("fillage") <= 0.93).words
    'at most 0.93'
    """

    name: str

    def __ge__(self, low: float) -> Sign:
        return Sign(self.name, low=low)

    def __le__(self, high: float) -> Sign:
        return Sign(self.name, high=high)

    def within(self, low: float, high: float) -> Sign:
        """Where it must lie, both bounds included."""
        return Sign(self.name, low, high)


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


def fault_table(features: Collection[str], *faults: Fault) -> tuple[Fault, ...]:
    """The faults of one lift system, whose signs name nothing but features that it measures.

    A sign of a feature that does not exist is never known, so that its fault would never be named:
    that is an error when the table is made, which is when its module is imported.

    Args:
        features: the names of all features that the lift system measures.
        *faults: in the order in which equally strong ones lead.

    Raises:
        ArgumentError: with every name that is no feature, and its fault.

    >>> worn = Fault(code="WORN", needs=(Feature("head") <= 0.9,), look_at="the stages")
    >>> fault_table(["head_factor"], worn)
    Traceback (most recent call last):
    pumpperf.errors.ArgumentError: no such feature: head of WORN; there are head_factor
    """
    named = [(sign.feature, fault.code) for fault in faults for sign in fault.signs]
    if unknown := [f"{name} of {code}" for name, code in named if name not in features]:
        raise ArgumentError(
            f"no such feature: {', '.join(unknown)}; there are {', '.join(features)}"
        )
    return faults


@dataclass(frozen=True, slots=True)
class Evidence:
    """A measured feature, and the values that the fault shows."""

    feature: str
    value: float
    expected: str

    def __str__(self) -> str:
        return f"{self.feature} is {self.value:.3g}, the fault shows {self.expected}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectedFault:
    """A fault that is suspected, how strongly, and the evidence for and against it.

    The strength is the share of its known signs that hold: it ranks the faults of one pump and is
    no probability.
    """

    code: str
    strength: float
    evidence_for: tuple[Evidence, ...]
    evidence_against: tuple[Evidence, ...]
    look_at: str

    def __str__(self) -> str:
        if not self.evidence_for:
            return f"{self.code}: no sign is seen"
        seen, against = (
            "; ".join(map(str, part)) for part in (self.evidence_for, self.evidence_against)
        )
        held, known = len(self.evidence_for), len(self.evidence_for + self.evidence_against)
        but = f"; but {against}" * bool(against)
        return f"{self.code}, {held} of {known} known signs: {seen}{but}"


def strengths(faults: Sequence[Fault], features: Mapping[str, ArrayLike]) -> dict[str, FloatArray]:
    """How strongly each fault is suspected, 0..1, for one pump or a column of them.

    strength = signs that hold / signs whose feature is known, if every needed sign holds; else 0.
    A fault whose needed feature is not known (NaN or absent) has strength NaN. Strengths rank the
    faults of one pump; they are no probabilities.

    Args:
        faults: of one lift system.
        features: by name, a number or a column each; NaN or absent where not measured.

    >>> worn = Fault(code="WORN", needs=(Feature("head_factor") <= 0.9,), look_at="the stages")
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


def leading_fault(faults: Sequence[Fault], features: Mapping[str, ArrayLike]) -> NDArray[np.str_]:
    """The code of the most strongly suspected fault, for one pump or a column; or UNDETERMINED.

    Of two equally strong ones, the one that stands first in `faults` leads.

    Args:
        faults: of one lift system.
        features: by name, a number or a column each; NaN or absent where not measured.

    >>> worn = Fault(code="WORN", needs=(Feature("head_factor") <= 0.9,), look_at="the stages")
    >>> leading_fault([worn], {"head_factor": [0.8, 1.0]}).tolist()
    ['WORN', 'UNDETERMINED']
    """
    columns = np.stack(np.broadcast_arrays(*strengths(faults, features).values()))
    strong = np.where(np.isnan(columns), 0.0, columns)
    codes = np.array([*(fault.code for fault in faults), UNDETERMINED])
    best = np.where(np.any(strong > 0.0, axis=0), np.argmax(strong, axis=0), len(faults))
    return codes[best]


def suspected_faults(
    faults: Sequence[Fault], features: Mapping[str, ArrayLike]
) -> tuple[SuspectedFault, ...]:
    """The suspected faults of one pump, strongest first, with evidence; or UNDETERMINED alone.

    Args:
        faults: of one lift system.
        features: by name, a number each; NaN or absent where not measured.

    Raises:
        ArgumentError: the features are of several pumps.

    >>> worn = Fault(code="WORN", needs=(Feature("head_factor") <= 0.9,), look_at="the stages")
    >>> print(suspected_faults([worn], {"head_factor": 0.8})[0])
    WORN, 1 of 1 known signs: head_factor is 0.8, the fault shows at most 0.9
    >>> suspected_faults([worn], {})[0].look_at
    'what was not measured: head_factor'
    """
    if any(np.ndim(value) for value in features.values()):
        raise ArgumentError("suspected_faults takes one pump: leading_fault takes a column of them")
    found = [
        SuspectedFault(
            code=fault.code,
            strength=float(strength),
            evidence_for=_evidence(fault, features, holds=True),
            evidence_against=_evidence(fault, features, holds=False),
            look_at=fault.look_at,
        )
        for fault, strength in zip(faults, strengths(faults, features).values(), strict=True)
        if strength > 0.0
    ]
    return tuple(sorted(found, key=lambda one: -one.strength)) or (_nothing(faults, features),)


def _evidence(
    fault: Fault, features: Mapping[str, ArrayLike], *, holds: bool
) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(sign.feature, float(np.asarray(features[sign.feature])), sign.words)
        for sign in fault.signs
        if _holds(sign, features) == float(holds)
    )


def _nothing(faults: Sequence[Fault], features: Mapping[str, ArrayLike]) -> SuspectedFault:
    needed = dict.fromkeys(sign for fault in faults for sign in fault.needs)
    missing = dict.fromkeys(sign.feature for sign in needed if np.isnan(_holds(sign, features)))
    look_at = "nothing stands out: a later test, or another instrument"
    if missing:
        look_at = "what was not measured: " + ", ".join(missing)
    return SuspectedFault(
        code=UNDETERMINED, strength=0.0, evidence_for=(), evidence_against=(), look_at=look_at
    )
