"""Bounds of fits with interval-censored failures, from their likelihood region."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pumpperf.numeric import FloatArray
from pumpperf.reliability.tops import Curvature
from pumpperf.reliability.weibull.fits import Point
from pumpperf.reliability.weibull.interval_censored import EVER, IntervalLives
from pumpperf.roots import falling_root, rising_root

FARTHEST = 1e-12, 1e12
"""Shapes that stand for 0 and infinity, where a likelihood goes towards its limit."""


def region_bounds(
    *, lives: IntervalLives, a: FloatArray, b: FloatArray, half_width: float, points: list[Point]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Bounds of the shape and of points of the curve from the likelihood region.

    On each side, the place at which the likelihood, made as large as it can be with that place
    held, has fallen by half a chi-square quantile. Where no life was observed from age 0 and the
    region reaches down to a shape of 0, the hazard there may be endless at any age.

    Args:
        lives: of the groups.
        a: at the top.
        b: shape at the top.
        half_width: normal quantile z of the level.
        points: points of the curve that are asked.

    Returns:
        Lower and upper shape; of each point and group, as logarithms, the lower and upper age, or
        the hazard of the lower and the upper survival.

    Source: Meeker and Escobar, 1998, section 8.3.

    >>> from pumpperf.reliability.tops import top
    >>> u = np.log(np.array([0.25, 0.5, 1.0]))
    >>> never = np.full(3, -np.inf)
    >>> exact = IntervalLives(
    ...     u=u, lower_u=never, apart=np.full(3, EVER), entry_u=never, log_span=np.full(3, EVER),
    ...     exact=np.ones(3, bool), interval=np.zeros(3, bool), weight=np.ones(3),
    ...     index=np.zeros(3, int), groups=1,
    ... )
    >>> a, b, _ = top(function=exact.curvature, a=np.zeros(1), b=np.ones(1))
    >>> lower, upper, _, _ = region_bounds(lives=exact, a=a, b=b, half_width=1.96, points=[])
    >>> gain = [
    ...     float(3 * np.log(b) - 3 * np.log(np.exp(b * u).sum()) + b * u.sum())
    ...     for b in (lower[0], b[0], upper[0])
    ... ]
    >>> 2 * (gain[1] - gain[0]), 2 * (gain[1] - gain[2])
    (3.84, 3.84)
    """
    least = lives.curvature(a, b).value - 0.5 * half_width**2

    log_scale = a / b

    def over_shape(shape: FloatArray) -> tuple[FloatArray, FloatArray]:
        def slope(power: FloatArray) -> tuple[FloatArray, FloatArray]:
            at = lives.curvature(shape * log_scale + np.log(power), shape)
            fall = np.where(np.isnan(at.by_a), -np.inf, -at.by_a)  # a hazard without end
            with np.errstate(over="ignore"):
                return fall, -at.by_aa / power

        with np.errstate(divide="ignore"):
            power = rising_root(function=slope, start=np.ones_like(shape))
            log_power = shape * log_scale + np.log(power)
        at = lives.curvature(log_power, shape)
        return at.value - least, at.by_b + at.by_a * log_scale

    bottomless = over_shape(np.full_like(b, FARTHEST[0]))[0] >= 0.0

    def over_shape_or_top(shape: FloatArray) -> tuple[FloatArray, FloatArray]:
        value, slope = over_shape(shape)
        return np.where(bottomless, shape - b, value), np.where(bottomless, 1.0, slope)

    shapes = np.where(bottomless, 0.0, _lower(over_shape_or_top, b)), _upper(over_shape, b)
    lower, upper = np.empty((len(points), b.size)), np.empty((len(points), b.size))
    ran = np.where(lives.interval, lives.lower_u, lives.u)
    from_new = lives.index[np.isneginf(lives.entry_u) & np.isfinite(ran)]
    endless = bottomless & (np.bincount(from_new, minlength=b.size) == 0)
    for i, point in enumerate(points):
        if point.age_is_given:
            age = point.log_age
            profile, best = _over_hazard(lives, least, (a, b), age), _number(b * age - a)
            found, power = (_upper(profile, best), _lower(profile, best)), np.ones_like(b)
            top_at = np.zeros_like(b)
        else:
            hazard = point.log_hazard
            profile, best = _over_age(lives, least, (a, b), hazard), np.ones_like(b)
            found, power = (_lower(profile, best), _upper(profile, best)), b
            top_at = (a + hazard) / b
        with np.errstate(divide="ignore"):
            lower[i], upper[i] = (top_at + np.log(one) / power for one in found)
        lower[i] = np.where(endless, np.inf if point.age_is_given else -np.inf, lower[i])
    return *shapes, lower, upper


Pair = tuple[FloatArray, FloatArray]
Profile = Callable[[FloatArray], Pair]


def _over_age(lives: IntervalLives, least: FloatArray, best: Pair, hazard: FloatArray) -> Profile:
    """Over age / best age, to the power of the shape at the top: that stays a number."""
    a, b = best

    def profile(power: FloatArray) -> tuple[FloatArray, FloatArray]:
        at, shape = _on_curve(lives, best, (a + hazard + np.log(power)) / b, hazard)
        with np.errstate(over="ignore"):
            return at.value - least, at.by_a * shape / (b * power)

    return profile


def _over_hazard(
    lives: IntervalLives, least: FloatArray, best: Pair, log_age: FloatArray
) -> Profile:
    def profile(hazard: FloatArray) -> tuple[FloatArray, FloatArray]:
        at, _ = _on_curve(lives, best, log_age, np.log(hazard))
        with np.errstate(over="ignore"):
            return at.value - least, -at.by_a / hazard

    return profile


def _on_curve(
    lives: IntervalLives, best: Pair, log_age: FloatArray, log_hazard: FloatArray
) -> tuple[Curvature, FloatArray]:
    """The best curve of those with that hazard at that age.

    With late entries there may be two good ones: beside that near the top, another that has as
    many failures to an exposure, which is shape * hazard.
    """
    a, b = best

    def along(shape: FloatArray) -> Curvature:
        return lives.curvature(shape * log_age - log_hazard, shape)

    def slope(shape: FloatArray) -> tuple[FloatArray, FloatArray]:
        at = along(shape)
        with np.errstate(invalid="ignore", over="ignore"):
            fall = -(at.by_a * log_age + at.by_b)
            bent = at.by_aa * log_age**2 + 2.0 * at.by_ab * log_age + at.by_bb
        return np.where(np.isnan(fall), np.inf, fall), -bent  # a hazard without end is too steep

    def steepest(start: FloatArray) -> FloatArray:
        """The shape; where it is 0 or infinite, one at which the likelihood is at that limit."""
        root = rising_root(function=slope, start=start)
        root = np.where(root < FARTHEST[0], FARTHEST[0], root)
        return np.where(root > FARTHEST[1], FARTHEST[1], root)

    shape = steepest(b)
    if (lives.log_span == EVER).all():
        return along(shape), shape
    with np.errstate(over="ignore", under="ignore"):
        likewise = np.clip(b * np.exp(b * log_age - a - log_hazard), *FARTHEST)
    other = steepest(likewise)
    shape = np.where(along(other).value > along(shape).value, other, shape)
    return along(shape), shape


def _number(logarithm: FloatArray) -> FloatArray:
    """A hazard to begin at; beyond these all survive, or none."""
    return np.exp(np.clip(logarithm, -600.0, 600.0))


def _lower(profile: Profile, top_at: FloatArray) -> FloatArray:
    return rising_root(function=profile, start=0.5 * top_at, most=top_at)


def _upper(profile: Profile, top_at: FloatArray) -> FloatArray:
    return falling_root(function=profile, start=2.0 * top_at, least=top_at)
