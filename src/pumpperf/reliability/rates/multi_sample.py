"""Failure rate of samples that need not be alike, as the offshore reliability handbooks give it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from pumpperf.calc.scalars import level_of
from pumpperf.numeric import FloatArray, bounded, ratio
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.rates.exposures import fleets, rate_bounds
from pumpperf.results import Estimate


class Oreda(Estimate):
    """Failure rate over several samples, one entry a group.

    Attributes:
        group: labels of `by` in sorted order, or None.
        rate_per_h: mean rate over the samples [1/h].
        lower_rate_per_h: lower bound [1/h]; of the rates of samples if they vary, else of the
            one rate.
        upper_rate_per_h: upper bound [1/h], likewise.
        deviation_per_h: standard deviation of the rate between samples [1/h]; 0 if it is not
            above what chance makes.
        pooled_rate_per_h: all failures over all operating time [1/h].
        samples: samples that ran.
        failures: of all.
        operating_h: of all [h].
        level: share of the distribution between the bounds.
        method: how it was found.
        status: `ok`; `no_over_dispersion`, `one_sample` or `no_failures` (pooled rate with
            chi-square bounds); `no_exposure` or `failure_without_exposure` (all is NaN).
    """

    rate_per_h: FloatArray
    lower_rate_per_h: FloatArray
    upper_rate_per_h: FloatArray
    deviation_per_h: FloatArray
    pooled_rate_per_h: FloatArray
    samples: FloatArray
    failures: FloatArray
    operating_h: FloatArray


def oreda(
    *, operating_h: ArrayLike, failures: ArrayLike, level: float, by: ArrayLike | None = None
) -> Oreda:
    """Multi-sample failure rate: mean over samples, spread between them, bounds of the samples.

    q = sum n / S1;  V = sum (n - q t)^2 / t;  s2 = (V - (k - 1) q) S1 / (S1^2 - S2);
    mean = sum w n/t / sum w with w = 1 / (q / t + s2);  bounds from a gamma of mean and variance
    s2. S1 and S2 are the sums of the times t and of their squares. Where s2 is not above 0 the
    samples are taken as one.

    Args:
        operating_h: operating time t [h] of each sample, at least 0; if it ran, more than 1e-100
            of the time of its group.
        failures: number of failures n of each, whole, at least 0.
        level: share between the bounds, between 0 and 1; the handbooks print 0.9.
        by: label of each sample's group. None: all are one.

    Returns:
        An `Oreda`.

    Raises:
        ArgumentError: lengths differ, a number is negative, not finite or not whole, the level has
            no meaning, or a label is missing.

    Source: OREDA handbook, multi-sample estimator, quoted from memory; that s2 is unbiased is
    derived in the tests. By hand, 0 and 4 failures in equal times 1: q = 2, V = 8, s2 = 6.

    >>> found = oreda(operating_h=[1.0, 1.0], failures=[0, 4], level=0.9)
    >>> found.rate_per_h, found.deviation_per_h**2
    (array([2.]), array([6.]))
    """
    level_of(level=level)
    fleet = fleets(operating_h=operating_h, failures=failures, by=by, alone="one_sample")
    ran = fleet.ran
    index, hours, counts = fleet.index[ran], fleet.hours[ran], fleet.counts[ran]
    sums = Groups(index=index, groups=fleet.groups).per_group
    total_h, samples, pooled = fleet.operating_h, fleet.pumps, fleet.rate_per_h
    exposed = np.where(np.isnan(pooled), np.nan, total_h)
    total = sums(counts)
    share = hours / total_h[index]
    expected = share * total[index]
    # In units of the pooled rate: its square takes no part, so no scale of time overflows.
    uneven = sums((counts - expected) ** 2 / share) / np.maximum(total, 1.0)
    # Next to a share near 1 the rest is what the others add up to.
    rest = np.where(share > 0.5, sums(np.where(share > 0.5, 0.0, share))[index], 1.0 - share)
    apart = sums(share * rest) * np.maximum(total, 1.0)
    excess = uneven - (samples - 1.0)
    spread = np.where(apart > 0.0, excess / np.where(apart > 0.0, apart, 1.0), 0.0)
    sound = fleet.status == "ok"
    varied = sound & (excess > _NOISE * samples) & (spread > 0.0)
    weight = expected / (1.0 + expected * np.where(varied, spread, 0.0)[index])
    relative = np.where(varied, ratio(sums(weight * ratio(counts, expected)), sums(weight)), 1.0)

    tail = (1.0 - level) / 2.0
    known = np.where(varied, spread, 1.0)
    shape = relative**2 / known
    lower, upper = rate_bounds(failures=total, operating_h=exposed, tail=tail)
    lower = np.where(varied, gammaincinv(shape, tail) * known / relative * pooled, lower)
    upper = np.where(varied, gammaincinv(shape, 1.0 - tail) * known / relative * pooled, upper)
    return Oreda(
        group=fleet.group,
        **bounded("rate_per_h", relative * pooled, lower, upper),
        deviation_per_h=np.where(varied, np.sqrt(np.maximum(spread, 0.0)), 0.0) * pooled,
        pooled_rate_per_h=pooled,
        samples=samples,
        failures=total,
        operating_h=total_h,
        level=level,
        method="OREDA multi-sample estimator, gamma between samples",
        status=np.where(sound & ~varied, "no_over_dispersion", fleet.status),
    )


_NOISE = 1e-12
