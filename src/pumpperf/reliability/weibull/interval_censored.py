"""Weibull likelihood where failures are interval-censored: known to lie between two ages.

In the shape b and a = b ln(scale), with H = exp(b u - a) at u = ln(age), a life contributes

    failed at an age      ln b + b u - a - H(age)           (and -u, which no fit depends on)
    interval-censored     ln(exp(-H(lower)) - exp(-H(upper)))
    still running         -H(age)
    entered late          + H(entry)

Without entries the sum is concave in (a, b) (Burridge 1981), so its top is the only one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pumpperf.numeric import FloatArray

STEPS = 200
EVER = 1e300
"""Stands for the logarithm of the ratio of an age to 0."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IntervalLives:
    """Lives of some groups; an age of 0 is a logarithm of minus infinity.

    Attributes:
        u: ln(age / largest age of the group).
        lower_u: of an interval-censored failure, that of the lower one.
        apart: ln(age / lower age) there; elsewhere, and from a lower age of 0, very large.
        entry_u: that of the entry.
        log_span: ln(age known to have run to / entry age); from an entry at 0 very large.
        exact: failed at `age`.
        interval: interval-censored failure.
        weight: how many lives each stands for.
        index: place of the group.
        groups: how many groups there are.
    """

    u: FloatArray
    lower_u: FloatArray
    apart: FloatArray
    entry_u: FloatArray
    log_span: FloatArray
    exact: NDArray[np.bool_]
    interval: NDArray[np.bool_]
    weight: FloatArray
    index: NDArray[np.intp]
    groups: int


class Curvature(NamedTuple):
    """Log-likelihood of each group with its first and second derivatives in (a, b)."""

    value: FloatArray
    by_a: FloatArray
    by_b: FloatArray
    by_aa: FloatArray
    by_ab: FloatArray
    by_bb: FloatArray


def curvature(*, lives: IntervalLives, a: FloatArray, b: FloatArray) -> Curvature:
    """The log-likelihood of each group and its derivatives.

    Args:
        lives: of the groups.
        a: b ln(scale / largest age), one a group.
        b: shape.

    Source: module docstring, differentiated.

    >>> one = IntervalLives(
    ...     u=np.zeros(1), lower_u=np.full(1, -np.inf), apart=np.full(1, EVER),
    ...     entry_u=np.full(1, -np.inf), log_span=np.full(1, EVER),
    ...     exact=np.array([False]), interval=np.array([True]), weight=np.ones(1),
    ...     index=np.array([0]), groups=1,
    ... )
    >>> curvature(lives=one, a=np.zeros(1), b=np.ones(1)).value
    array([-0.45867515])
    """
    a_of, b_of = a[lives.index], b[lives.index]
    exact, zero = lives.exact.astype(np.float64), np.zeros_like(a_of)
    alive_u = np.where(lives.interval, lives.lower_u, lives.u)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        ran = _gained(alive_u, lives.entry_u, lives.log_span, a_of, b_of)
        then = _gained(lives.u, lives.lower_u, lives.apart, a_of, b_of)
        odds = 1.0 / np.expm1(then[0])
        both = ((1, 1), (1, 2), (2, 2))
        twice = [(odds * then[i]) * (then[j] + odds * then[j]) for i, j in both]
        interval = [
            np.log(-np.expm1(-then[0])),
            *(odds * then[i] for i in (1, 2)),
            *(odds * then[i] - more for i, more in zip((3, 4, 5), twice, strict=True)),
        ]
        logs = exact * (np.log(b_of) + b_of * lives.u - a_of)
        density = [logs, -exact, exact * (1.0 / b_of + lives.u), zero, zero, -exact / b_of**2]
        own = [
            np.where(lives.interval, inside, at) - gone
            for inside, at, gone in zip(interval, density, ran, strict=True)
        ]
        value, *slopes = (
            np.asarray(np.bincount(lives.index, lives.weight * one, lives.groups), dtype=np.float64)
            for one in own
        )
    return Curvature(np.where(np.isnan(value), -np.inf, value), *slopes)


def _gained(
    u: FloatArray, lower_u: FloatArray, apart: FloatArray, a: FloatArray, b: FloatArray
) -> list[FloatArray]:
    """H(u) - H(lower) and its derivatives by a, b, aa, ab, bb; nothing cancels in a short stretch.

    At age 0 the hazard is 0.
    """
    high, low = (np.where(np.isfinite(one), one, 0.0) for one in (u, lower_u))
    top_hazard = np.where(np.isfinite(u), np.exp(b * high - a), 0.0)
    below = np.where(np.isfinite(lower_u), np.exp(b * low - a), 0.0)
    gained = top_hazard * -np.expm1(-b * apart)
    since = apart * below
    by_b = high * gained + since
    return [gained, -gained, by_b, gained, -by_b, high * high * gained + since * (high + low)]


def top(*, lives: IntervalLives, a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The (a, b) of the largest likelihood of each group, by damped Newton steps.

    A step goes up in b along the best a; where the likelihood bends up there, it goes as far as it
    would if it bent down as much.

    Args:
        lives: of the groups, each with a largest likelihood.
        a: where to begin.
        b: where to begin.

    Returns:
        a and b; NaN where the steps found no top.

    Source: Levenberg (1944) and Marquardt (1963).

    >>> u = np.log(np.array([0.25, 0.5, 1.0]))
    >>> never = np.full(3, -np.inf)
    >>> exact = IntervalLives(
    ...     u=u, lower_u=never, apart=np.full(3, EVER), entry_u=never, log_span=np.full(3, EVER),
    ...     exact=np.ones(3, bool), interval=np.zeros(3, bool), weight=np.ones(3),
    ...     index=np.zeros(3, int), groups=1,
    ... )
    >>> top(lives=exact, a=np.zeros(1), b=np.ones(1))[1]
    array([2.0125])
    """
    now = curvature(lives=lives, a=a, b=b)
    damping = np.full(lives.groups, 1e-3)
    settled = np.zeros(lives.groups, dtype=bool)
    for _ in range(STEPS):
        held = 1.0 + damping
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            tilt = now.by_ab / now.by_aa
            bent = np.abs(now.by_bb - tilt * now.by_ab)
            newton = (now.by_b - tilt * now.by_a) / bent
            step_b = newton / held
            step_a = -now.by_a / (now.by_aa * held) - tilt * step_b
            full_a = -now.by_a / now.by_aa - tilt * newton
            able = np.isfinite(step_a) & np.isfinite(step_b) & (b + step_b > 0.0)
        new_a, new_b = np.where(able, a + step_a, a), np.where(able, b + step_b, b)
        then = curvature(lives=lives, a=new_a, b=new_b)
        with np.errstate(invalid="ignore"):
            better = able & (then.value >= now.value - 1e-14 * np.abs(now.value))
            small = (np.abs(full_a) <= 1e-10 * (np.abs(a) + 1.0)) & (np.abs(newton) <= 1e-10 * b)
        settled = settled | small
        if settled.all():
            break
        a, b = np.where(better, new_a, a), np.where(better, new_b, b)
        pairs = zip(then, now, strict=True)
        now = Curvature(*(np.where(better, taken, kept) for taken, kept in pairs))
        damping = np.where(better, damping * 0.1, damping * 10.0)
    return np.where(settled, a, np.nan), np.where(settled, b, np.nan)
