"""Weibull fits of groups in which some failures are known only to lie between two ages.

In the shape b and a = b ln(scale), with H = exp(b u - a) at u = ln(age), a life contributes

    failed at an age      ln b + b u - a - H(age)           (and -u, which no fit depends on)
    failed between two    ln(exp(-H(lower)) - exp(-H(upper)))
    still running         -H(age)
    entered late          + H(entry)

Without entries the sum is concave in (a, b) (Burridge 1981), so its top is the only one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pumpperf.numeric import FloatArray

STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Watched:
    """Lives of some groups; an age of 0 is a logarithm of minus infinity.

    Attributes:
        u: ln(age / largest age of the group).
        lower_u: where a failure lies between two ages, that of the lower one.
        entry_u: that of the entry.
        exact: failed at `age`.
        between: failed between two ages.
        weight: how many lives each stands for.
        index: place of the group.
        groups: how many groups there are.
    """

    u: FloatArray
    lower_u: FloatArray
    entry_u: FloatArray
    exact: NDArray[np.bool_]
    between: NDArray[np.bool_]
    weight: FloatArray
    index: NDArray[np.intp]
    groups: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curvature:
    """Log-likelihood of each group with its first and second derivatives in (a, b)."""

    value: FloatArray
    by_a: FloatArray
    by_b: FloatArray
    by_aa: FloatArray
    by_ab: FloatArray
    by_bb: FloatArray


def curvature(*, lives: Watched, a: FloatArray, b: FloatArray) -> Curvature:
    """The log-likelihood of each group and its derivatives.

    Args:
        lives: of the groups.
        a: b ln(scale / largest age), one a group.
        b: shape.

    Source: module docstring, differentiated.

    >>> one = Watched(
    ...     u=np.zeros(1), lower_u=np.full(1, -np.inf), entry_u=np.full(1, -np.inf),
    ...     exact=np.array([False]), between=np.array([True]), weight=np.ones(1),
    ...     index=np.array([0]), groups=1,
    ... )
    >>> curvature(lives=one, a=np.zeros(1), b=np.ones(1)).value
    array([-0.45867515])
    """
    a_of, b_of = a[lives.index], b[lives.index]
    exact, zero = lives.exact.astype(np.float64), np.zeros_like(a_of)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        age, lower, entry = (
            _hazard(u, a_of, b_of) for u in (lives.u, lives.lower_u, lives.entry_u)
        )
        gained = [upper - below for upper, below in zip(age, lower, strict=True)]
        odds = 1.0 / np.expm1(gained[0])
        bent = odds * (1.0 + odds)
        twice = [bent * gained[i] * gained[j] for i, j in ((1, 1), (1, 2), (2, 2))]
        between = [
            np.log(-np.expm1(-gained[0])) - lower[0],
            *(odds * gained[i] - lower[i] for i in (1, 2)),
            *(odds * gained[i] - lower[i] - more for i, more in zip((3, 4, 5), twice, strict=True)),
        ]
        logs = exact * (np.log(b_of) + b_of * lives.u - a_of)
        density = [logs, -exact, exact * (1.0 / b_of + lives.u), zero, zero, -exact / b_of**2]
        own = [
            np.where(lives.between, inside, at - hazard) + late
            for inside, at, hazard, late in zip(between, density, age, entry, strict=True)
        ]
        value, by_a, by_b, by_aa, by_ab, by_bb = (
            np.bincount(lives.index, lives.weight * one, lives.groups).astype(np.float64)
            for one in own
        )
    return Curvature(value=value, by_a=by_a, by_b=by_b, by_aa=by_aa, by_ab=by_ab, by_bb=by_bb)


def _hazard(u: FloatArray, a: FloatArray, b: FloatArray) -> list[FloatArray]:
    """H = exp(b u - a), and its derivatives by a, b, aa, ab, bb; 0 at age 0."""
    there = np.isfinite(u)
    at = np.where(there, u, 0.0)
    hazard = np.where(there, np.exp(b * at - a), 0.0)
    return [hazard, -hazard, at * hazard, hazard, -at * hazard, at * at * hazard]


def top(*, lives: Watched, a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The (a, b) of the largest likelihood of each group, by damped Newton steps.

    Args:
        lives: of the groups, each with a largest likelihood.
        a: where to begin.
        b: where to begin.

    Returns:
        a and b; NaN where the steps found no top.

    Source: Levenberg (1944) and Marquardt (1963).

    >>> u = np.log(np.array([0.25, 0.5, 1.0]))
    >>> never = np.full(3, -np.inf)
    >>> exact = Watched(
    ...     u=u, lower_u=never, entry_u=never, exact=np.ones(3, bool), between=np.zeros(3, bool),
    ...     weight=np.ones(3), index=np.zeros(3, int), groups=1,
    ... )
    >>> top(lives=exact, a=np.zeros(1), b=np.ones(1))[1]
    array([2.0125])
    """
    now = curvature(lives=lives, a=a, b=b)
    damping = np.full(lives.groups, 1e-3)
    settled = np.zeros(lives.groups, dtype=bool)
    for _ in range(STEPS):
        aa, bb = now.by_aa * (1.0 + damping), now.by_bb * (1.0 + damping)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            determinant = aa * bb - now.by_ab**2
            step_a = (now.by_ab * now.by_b - bb * now.by_a) / determinant
            step_b = (now.by_ab * now.by_a - aa * now.by_b) / determinant
        able = (aa < 0.0) & (determinant > 0.0) & (b + step_b > 0.0)
        new_a, new_b = np.where(able, a + step_a, a), np.where(able, b + step_b, b)
        then = curvature(lives=lives, a=new_a, b=new_b)
        with np.errstate(invalid="ignore"):
            better = able & (then.value >= now.value - 1e-14 * np.abs(now.value))
            small = np.hypot(step_a, step_b) <= 1e-10 * (np.abs(a) + b)
        settled = settled | (able & small)
        if settled.all():
            break
        a, b = np.where(better, new_a, a), np.where(better, new_b, b)
        now = Curvature(
            value=np.where(better, then.value, now.value),
            by_a=np.where(better, then.by_a, now.by_a),
            by_b=np.where(better, then.by_b, now.by_b),
            by_aa=np.where(better, then.by_aa, now.by_aa),
            by_ab=np.where(better, then.by_ab, now.by_ab),
            by_bb=np.where(better, then.by_bb, now.by_bb),
        )
        damping = np.where(better, damping * 0.1, damping * 10.0)
    return np.where(settled, a, np.nan), np.where(settled, b, np.nan)
