"""Fits of groups in which failures lie between two ages, and bounds from their region."""

from collections.abc import Callable

import numpy as np

from pumpperf.calc.roots import rising_root
from pumpperf.calc.runlife.weibull.between import Curvature, Watched, curvature, top
from pumpperf.calc.runlife.weibull.fit import Fit, Point
from pumpperf.calc.runlife.weibull.histories import Histories
from pumpperf.numeric import FloatArray


def fit_between(
    *, fit: Fit, histories: Histories, points: list[Point], region_width: float | None
) -> None:
    """Fill in the fits of groups in which some failures lie between two ages.

    A group whose failures all lie between 0 and some age has no fit if its likelihood does not
    rise from a shape of 0, where the same share has failed at every age.

    Args:
        fit: where to.
        histories: of the groups.
        points: points of the curve that are asked.
        region_width: normal quantile of bounds from the likelihood region; None: no such bounds.

    Source: `between`; Burridge, Journal of the Royal Statistical Society B 43 (1981) 41.

    >>> from pumpperf.calc.lives import lives
    >>> from pumpperf.calc.runlife.weibull.fit import no_fit
    >>> from pumpperf.calc.runlife.weibull.histories import histories_of
    >>> two = lives(age_h=[2.0, 4.0, 4.0], failed=[1, 1, 0])
    >>> known = histories_of(watched=two, failed_after_h=[0.0, 2.0, np.nan], resolution_h=None)
    >>> fit = no_fit(groups=1, points=0)
    >>> fit_between(fit=fit, histories=known, points=[], region_width=None)
    >>> (1 - np.exp(-np.exp(-fit.log_power))), 1 - np.exp(-np.exp(-fit.log_power) * 0.5**fit.shape)
    (array([0.6667]), array([0.3333]))
    """
    chosen = np.flatnonzero((histories.status == "ok") & histories.between)
    if histories.lower_h is None or not chosen.size:
        return
    rank = np.full(histories.size.size, -1)
    rank[chosen] = np.arange(chosen.size)
    mine = rank[histories.index] >= 0
    index, lower = rank[histories.index[mine]], histories.lower_h[mine]
    log_largest = np.log(histories.largest_h[chosen])
    between = ~np.isnan(lower)
    with np.errstate(divide="ignore"):
        lives = Watched(
            u=np.log(histories.age_h[mine]) - log_largest[index],
            lower_u=np.log(np.where(between, lower, 0.0)) - log_largest[index],
            entry_u=np.log(histories.entry_age_h[mine]) - log_largest[index],
            exact=histories.failed[mine] & ~between,
            between=between,
            weight=histories.weight[mine],
            index=index,
            groups=chosen.size,
        )
    exposure = np.bincount(index, lives.weight * np.exp(lives.u))
    start = np.log(exposure / histories.failures[chosen])
    a, b = top(lives=lives, a=start, b=np.ones_like(start))
    at = curvature(lives=lives, a=a, b=b)
    fit.shape[chosen], fit.log_power[chosen] = b, a
    fit.information[chosen] = -at.by_aa
    fit.pivot[chosen] = -at.by_ab / at.by_aa
    fit.variance[chosen] = (at.by_bb - at.by_ab**2 / at.by_aa) / at.by_aa
    exact_logs = np.where(lives.exact, lives.weight * (lives.u + log_largest[index]), 0.0)
    fit.log_likelihood[chosen] = at.value - np.bincount(index, exact_logs)
    if region_width is not None:
        found = region_bounds(
            lives=lives,
            a=a,
            b=b,
            half_width=region_width,
            points=[point.of(chosen) for point in points],
        )
        fit.lower_shape[chosen], fit.upper_shape[chosen], lower_at, upper_at = found
        fit.lower[:, chosen], fit.upper[:, chosen] = lower_at, upper_at


def region_bounds(
    *, lives: Watched, a: FloatArray, b: FloatArray, half_width: float, points: list[Point]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Bounds of the shape and of points of the curve from the likelihood region.

    On each side, the place at which the likelihood, made as large as it can be with that place
    held, has fallen by half a chi-square quantile.

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

    >>> from pumpperf.calc.runlife.weibull.between import top
    >>> u = np.log(np.array([0.25, 0.5, 1.0]))
    >>> never = np.full(3, -np.inf)
    >>> exact = Watched(
    ...     u=u, lower_u=never, entry_u=never, exact=np.ones(3, bool), between=np.zeros(3, bool),
    ...     weight=np.ones(3), index=np.zeros(3, int), groups=1,
    ... )
    >>> a, b = top(lives=exact, a=np.zeros(1), b=np.ones(1))
    >>> lower, upper, _, _ = region_bounds(lives=exact, a=a, b=b, half_width=1.96, points=[])
    >>> gain = [
    ...     float(3 * np.log(b) - 3 * np.log(np.exp(b * u).sum()) + b * u.sum())
    ...     for b in (lower[0], b[0], upper[0])
    ... ]
    >>> 2 * (gain[1] - gain[0]), 2 * (gain[1] - gain[2])
    (3.84, 3.84)
    """
    least = curvature(lives=lives, a=a, b=b).value - 0.5 * half_width**2

    def over_shape(shape: FloatArray) -> tuple[FloatArray, FloatArray]:
        def slope(power: FloatArray) -> tuple[FloatArray, FloatArray]:
            at = curvature(lives=lives, a=np.log(power), b=shape)
            return -at.by_a, -at.by_aa / power

        log_power = np.log(_best(slope, np.exp(a)))
        at = curvature(lives=lives, a=log_power, b=shape)
        return at.value - least, at.by_b

    shapes = _both_sides(over_shape, b)
    lower, upper = np.empty((len(points), b.size)), np.empty((len(points), b.size))
    for i, point in enumerate(points):
        if point.age_is_given:
            age = point.log_age
            found = _both_sides(_over_hazard(lives, least, b, age), np.exp(b * age - a))[::-1]
        else:
            hazard = point.log_hazard
            found = _both_sides(_over_age(lives, least, b, hazard), np.exp((a + hazard) / b))
        with np.errstate(divide="ignore"):
            lower[i], upper[i] = np.log(found[0]), np.log(found[1])
    return *shapes, lower, upper


Profile = Callable[[FloatArray], tuple[FloatArray, FloatArray]]


def _over_age(lives: Watched, least: FloatArray, b: FloatArray, hazard: FloatArray) -> Profile:
    def profile(age: FloatArray) -> tuple[FloatArray, FloatArray]:
        at, shape = _on_curve(lives, b, np.log(age), hazard)
        return at.value - least, at.by_a * shape / age

    return profile


def _over_hazard(lives: Watched, least: FloatArray, b: FloatArray, log_age: FloatArray) -> Profile:
    def profile(hazard: FloatArray) -> tuple[FloatArray, FloatArray]:
        at, _ = _on_curve(lives, b, log_age, np.log(hazard))
        return at.value - least, -at.by_a / hazard

    return profile


def _on_curve(
    lives: Watched, b: FloatArray, log_age: FloatArray, log_hazard: FloatArray
) -> tuple[Curvature, FloatArray]:
    """The best curve of those with that hazard at that age."""

    def slope(shape: FloatArray) -> tuple[FloatArray, FloatArray]:
        at = curvature(lives=lives, a=shape * log_age - log_hazard, b=shape)
        bent = at.by_aa * log_age**2 + 2.0 * at.by_ab * log_age + at.by_bb
        return -(at.by_a * log_age + at.by_b), -bent

    shape = _best(slope, b)
    return curvature(lives=lives, a=shape * log_age - log_hazard, b=shape), shape


def _best(slope: Profile, start: FloatArray) -> FloatArray:
    found = rising_root(
        function=slope, start=start, least=np.zeros_like(start), most=np.full_like(start, np.inf)
    )
    return np.where(np.isfinite(found) & (found > 0.0), found, start)


def _both_sides(profile: Profile, top_at: FloatArray) -> tuple[FloatArray, FloatArray]:
    def falling(place: FloatArray) -> tuple[FloatArray, FloatArray]:
        value, slope = profile(place)
        return -value, -slope

    none, endless = np.zeros_like(top_at), np.full_like(top_at, np.inf)
    return (
        rising_root(function=profile, start=0.5 * top_at, least=none, most=top_at),
        rising_root(function=falling, start=2.0 * top_at, least=top_at, most=endless),
    )
