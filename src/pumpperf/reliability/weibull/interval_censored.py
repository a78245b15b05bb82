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

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.tops import Curvature

EVER = 1e300
"""Stands for the logarithm of the ratio of an age to 0."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IntervalLives(Groups):
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
    """

    u: FloatArray
    lower_u: FloatArray
    apart: FloatArray
    entry_u: FloatArray
    log_span: FloatArray
    exact: BoolArray
    interval: BoolArray
    weight: FloatArray

    def summed(self, chosen: BoolArray, values: FloatArray | float = 1.0) -> FloatArray:
        """Sum over the chosen lives of each group of one value a life; else how many they are."""
        return self.per_group(np.where(chosen, self.weight * values, 0.0))

    def curvature(self, a: FloatArray, b: FloatArray) -> Curvature:
        """The log-likelihood of each group and its derivatives, as in the module's docstring.

        >>> one = IntervalLives(
        ...     u=np.zeros(1), lower_u=np.full(1, -np.inf), apart=np.full(1, EVER),
        ...     entry_u=np.full(1, -np.inf), log_span=np.full(1, EVER),
        ...     exact=np.array([False]), interval=np.array([True]), weight=np.ones(1),
        ...     index=np.array([0]), groups=1,
        ... )
        >>> one.curvature(np.zeros(1), np.ones(1)).value
        array([-0.45867515])
        """
        a_of, b_of = a[self.index], b[self.index]
        exact, zero = self.exact.astype(np.float64), np.zeros_like(a_of)
        alive_u = np.where(self.interval, self.lower_u, self.u)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            ran = _gained(alive_u, self.entry_u, self.log_span, a_of, b_of)
            then = _gained(self.u, self.lower_u, self.apart, a_of, b_of)
            odds = 1.0 / np.expm1(then[0])
            both = ((1, 1), (1, 2), (2, 2))
            twice = [(odds * then[i]) * (then[j] + odds * then[j]) for i, j in both]
            interval = [
                np.log(-np.expm1(-then[0])),
                *(odds * then[i] for i in (1, 2)),
                *(odds * then[i] - more for i, more in zip((3, 4, 5), twice, strict=True)),
            ]
            logs = exact * (np.log(b_of) + b_of * self.u - a_of)
            density = [logs, -exact, exact * (1.0 / b_of + self.u), zero, zero, -exact / b_of**2]
            own = [
                np.where(self.interval, inside, at) - gone
                for inside, at, gone in zip(interval, density, ran, strict=True)
            ]
            value, *slopes = (self.per_group(self.weight * one) for one in own)
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
