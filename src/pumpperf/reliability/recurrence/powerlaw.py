"""Power laws that systems of a group share, by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray, ratio
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.recurrence.systems import Systems, log_share
from pumpperf.results import Places
from pumpperf.roots import rising_root


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PowerLaw:
    """Power law of each group, its ages scaled by the latest end T; one entry a group.

    Attributes:
        failures: number of failures n.
        systems: number of systems that were observed for some time.
        end_h: latest end T [h].
        distance: sum of ln(T/age) over the failures.
        shape: maximum likelihood b; NaN where there is none.
        curvature: c''(b): the observed information of b is n c''.
        log_size: ln sum over systems of (end/T)^b - (start/T)^b: n over that sum is E N(T).
        closed: whether all observed systems were observed from 0 to T.
    """

    failures: FloatArray
    systems: FloatArray
    end_h: FloatArray
    distance: FloatArray
    shape: FloatArray
    curvature: FloatArray
    log_size: FloatArray
    closed: BoolArray


def power_law(*, known: Systems) -> PowerLaw:
    """Fit one power law to each group of systems: closed form where all were observed from 0 to T.

    Args:
        known: systems and their failures, as `systems` returns them.

    Source: Crow 1974; MIL-HDBK-189 (1981), appendix C.

    >>> from pumpperf.reliability.recurrence.systems import systems
    >>> known = systems(event_h=[1.0, 2.0], event_system=[0, 0], end_h=[4.0])
    >>> power_law(known=known).shape * np.log(4.0 * 2.0)
    array([2.])
    """
    observed, latest = known.observed(), known.latest_end_h()
    its_latest = latest[known.index]
    counts, systems = known.counts(), known.per_group(observed)
    n = known.per_group(counts)
    logs = known.summed(lambda age_h, its: log_share(age_h=age_h, end_h=known.end_h.take(its)))
    early = observed & (known.end_h < its_latest)
    if early.any():
        shift = log_share(age_h=known.end_h[early], end_h=its_latest[early])
        logs[early] += counts[early] * shift
    distance = -known.per_group(logs)
    open_ended = known.per_group(early | (observed & (known.start_h > 0.0))) > 0.0
    fittable = distance > 0.0
    shape, curvature = ratio(n, distance), ratio(distance, np.where(fittable, n, 0.0)) ** 2
    log_size = np.log(systems, out=np.full_like(n, np.nan), where=fittable)
    unlike = fittable & open_ended
    if unlike.any():
        inside = observed & unlike[known.index]
        place = np.cumsum(unlike) - 1
        late = inside & (known.start_h > 0.0)
        log_start = np.full(known.end_h.size, -np.inf)
        log_start[late] = log_share(age_h=known.start_h[late], end_h=known.end_h[late])
        shape[unlike], curvature[unlike], log_size[unlike] = pooled_shape(
            mean_log=-distance[unlike] / n[unlike],
            log_end=log_share(age_h=known.end_h[inside], end_h=its_latest[inside]),
            log_span=-log_start[inside],
            index=place[known.index[inside]],
        )
    return PowerLaw(
        failures=n,
        systems=systems,
        end_h=latest,
        distance=distance,
        shape=shape,
        curvature=curvature,
        log_size=log_size,
        closed=~open_ended,
    )


def pooled_shape(
    *, mean_log: FloatArray, log_end: FloatArray, log_span: FloatArray, index: Places
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Maximum-likelihood shape b of each group, where its systems were observed over unlike spans.

    With c(b) = ln sum over systems of the integral of u^(b-1) from start to end, the likelihood
    less constants is n (b mean(ln t) - c(b)). As c is the logarithm of a Laplace transform of ln u
    it is convex: the score mean(ln t) - c'(b) falls all the way and the root is the only one.

    Args:
        mean_log: mean of ln(age / latest end) over the failures of each group, below 0.
        log_end: ln(end / latest end of its group) of each observed system, at most 0.
        log_span: ln(end / start) of each, above 0, infinite if observed from 0.
        index: group of each system; no group is without a system.

    Returns:
        The shape, c''(b) and ln sum (end^b - start^b), each NaN where no shape above 0 is likely.

    Source: MIL-HDBK-189 (1981) and Crow 1974 for several systems; the convexity is derived here.
    Five failures before 4 h in one system and one at 50 h of 100 h in another: 0.34438.

    >>> ages = np.log(np.array([0.5, 1.0, 1.5, 2.0, 3.0, 50.0]) / 100.0)
    >>> shape, curvature, log_size = pooled_shape(
    ...     mean_log=ages.mean(keepdims=True),
    ...     log_end=np.log([0.04, 1.0]),
    ...     log_span=np.array([np.inf, np.inf]),
    ...     index=np.array([0, 0]),
    ... )
    >>> shape
    array([0.34438])
    """
    size = mean_log.size
    late = np.flatnonzero(np.isfinite(log_span))
    spans = _Spans(index=index, groups=size, log_end=log_end, late=late, log_span=log_span[late])
    exists = spans.reaches_below(mean_log)

    def falls(b: FloatArray) -> tuple[FloatArray, FloatArray]:
        mean, variance, _ = spans.moments(b)
        return np.where(exists, mean - mean_log, 0.0), variance

    b = rising_root(function=falls, start=-1.0 / mean_log)
    _, curvature, log_size = spans.moments(b)
    none = np.where(exists, 0.0, np.nan)
    return b + none, curvature + none, log_size + none


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Spans(Groups):
    """The integrals of u^(b-1) over the spans of systems, each group scaled by its latest end."""

    log_end: FloatArray
    late: Places
    log_span: FloatArray

    def reaches_below(self, mean_log: FloatArray) -> BoolArray:
        """Whether the score is above 0 at shape 0: surely where a system was observed from 0."""
        mine, span = Groups(index=self.index[self.late], groups=self.groups), self.log_span
        mean = mine.per_group(span * (self.log_end[self.late] - span / 2.0))
        systems, late = (np.bincount(one.index, minlength=self.groups) for one in (self, mine))
        return (systems > late) | (mean_log * mine.per_group(span) > mean)

    def moments(self, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """c'(b) and c''(b), mean and variance of ln u of density u^(b-1), and the log size."""
        shape = b[self.index]
        weight = np.exp(shape * self.log_end)
        below, spread = 1.0 / shape, 1.0 / shape**2
        if self.late.size:
            y = np.minimum(shape[self.late] * self.log_span, 700.0)
            narrow = y < 0.01
            few, safe = np.where(narrow, y, 0.0), np.where(narrow, 1.0, y)
            grown = np.expm1(safe)
            share = 1.0 - safe / grown
            square = 1.0 - (safe / grown) ** 2 * (1.0 + grown)
            # Over a narrow span the differences would cancel: their series do not.
            share = np.where(narrow, few / 2.0 - few**2 / 12.0 + few**4 / 720.0, share)
            square = np.where(narrow, few**2 / 12.0 - few**4 / 240.0, square)
            below[self.late] *= share
            spread[self.late] *= square
            weight[self.late] *= -np.expm1(-y)
        total = self.per_group(weight)
        mean = self.log_end - below
        first = self.per_group(weight * mean) / total
        second = self.per_group(weight * (spread + (mean - first[self.index]) ** 2)) / total
        return first, second, np.log(total)
