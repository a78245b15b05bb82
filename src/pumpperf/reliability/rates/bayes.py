"""Failure rates of Poisson counts under a gamma prior, and where that prior comes from."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv, gammaln, xlogy

from pumpperf.calc.inputs import columns, refuse
from pumpperf.calc.scalars import tail_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import BoolArray, FloatArray, Sided, bounded, ratio, statuses
from pumpperf.reliability.grouping import grouped
from pumpperf.reliability.inputs import one_each
from pumpperf.reliability.rates.exposures import exposures, summed_by
from pumpperf.results import Estimate


class RatePosterior(Estimate):
    """What prior and data together say of a failure rate, one entry a group.

    Attributes:
        group: labels of `by` in sorted order, or None.
        shape: shape of the gamma posterior: prior shape + failures.
        posterior_h: hours of the posterior (its inverse scale): prior hours + operating time [h].
        rate_per_h: mean of the rate [1/h].
        lower_rate_per_h: its lower bound [1/h]: 1 / `upper_mtbf_h`.
        upper_rate_per_h: its upper bound [1/h]: 1 / `lower_mtbf_h`.
        mtbf_h: median of the MTBF [h].
        lower_mtbf_h: its lower bound [h].
        upper_mtbf_h: its upper bound [h]; infinite, as the median, if beyond what a float can hold.
        failures: of the data.
        operating_h: of the data [h].
        level: credibility of the bounds.
        sided: of the MTBF: which bounds were asked for; the other one is NaN.
        method: how it was found.
        status: `ok`, `no_exposure` (neither prior nor data hold hours) or `no_failures` (neither
            holds failures); without `ok` all but shape, hours and counts is NaN.
    """

    shape: FloatArray
    posterior_h: FloatArray
    rate_per_h: FloatArray
    lower_rate_per_h: FloatArray
    upper_rate_per_h: FloatArray
    mtbf_h: FloatArray
    lower_mtbf_h: FloatArray
    upper_mtbf_h: FloatArray
    failures: FloatArray
    operating_h: FloatArray
    sided: Sided


def gamma_poisson(
    *,
    operating_h: ArrayLike,
    failures: ArrayLike,
    prior_shape: ArrayLike,
    prior_h: ArrayLike,
    level: float,
    sided: Sided,
    by: ArrayLike | None = None,
) -> RatePosterior:
    """Failure rate and MTBF from failures, operating time and a gamma prior of the rate.

    rate | data ~ Gamma(a + r, b + T);  MTBF quantile = (b + T) / G^-1(1 - p; a + r)

    Args:
        operating_h: operating time T [h] of each pump, at least 0.
        failures: number of failures r of each, whole, at least 0.
        prior_shape: shape a of the prior, at least 0; one for all, or one a result.
        prior_h: hours b of the prior (its inverse scale) [h], at least 0; likewise.
        level: credibility, between 0 and 1; of the interval if two-sided, else of the bound.
        sided: `two`, `lower` or `upper` bound of the MTBF; the one not asked for is NaN.
        by: labels; times and failures are summed over each. None: every entry by itself.

    Returns:
        A `RatePosterior`.

    Raises:
        ArgumentError: lengths differ, a number is negative, not finite or not whole, the level or
            the side has no meaning, or a label is missing.

    Source: NIST/SEMATECH e-Handbook 8.4.6: prior 2 and 1400 h, then 2 failures in 1909 h: median
    901 h, lower 80 % bound 600 h (formulas read there, the example quoted from memory of it).

    >>> found = gamma_poisson(
    ...     operating_h=1909, failures=2, prior_shape=2, prior_h=1400, level=0.8, sided="lower"
    ... )
    >>> found.mtbf_h, found.lower_mtbf_h
    (array([901.]), array([600.]))
    """
    beside = {"prior_shape": prior_shape, "prior_h": prior_h, "by": by}
    hours, counts = exposures(operating_h=operating_h, failures=failures, beside=beside)
    tail = tail_of(level=level, sided=sided)
    group, (hours, counts) = summed_by(by=by, columns=[hours, counts])
    shape = counts + one_each(values=prior_shape, name="prior_shape", size=counts.size)
    total_h = hours + one_each(values=prior_h, name="prior_h", size=counts.size)
    status = statuses(no_exposure=total_h == 0.0, no_failures=shape == 0.0)
    known = status == "ok"
    rate = np.where(known, ratio(shape, total_h), np.nan)
    lower, middle, upper = (
        _quantile(shape, total_h, share, known & (sided != spared))
        for share, spared in ((tail, "lower"), (0.5, None), (1.0 - tail, "upper"))
    )
    return RatePosterior(
        group=group,
        shape=shape,
        posterior_h=total_h,
        **bounded("rate_per_h", rate, lower, upper),
        **bounded("mtbf_h", _inverse(middle), _inverse(upper), _inverse(lower)),
        failures=counts,
        operating_h=hours,
        level=level,
        sided=sided,
        method="gamma posterior, constant rate",
        status=status,
    )


def prior_from_mtbf(*, mtbf50_h: ArrayLike, mtbf05_h: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Gamma prior of a failure rate from two judgements of the MTBF.

    The prior gives even odds that the MTBF exceeds the first, and 95 % that it exceeds the
    second: G^-1(.95; a) / G^-1(.5; a) = MTBF50 / MTBF05,  b = MTBF50 G^-1(.5; a).

    Args:
        mtbf50_h: MTBF that is as likely too high as too low [h], above 0.
        mtbf05_h: MTBF that is too high with 5 % only [h]; from a millionth to 0.9999 of the first.

    Returns:
        Shapes a and hours b [h] of the prior.

    Raises:
        ArgumentError: lengths differ, or a time lies outside.

    Source: NIST/SEMATECH e-Handbook 8.2.5: 600 h and 250 h: a = 2.863055, b = 1522.506 h.

    >>> prior_from_mtbf(mtbf50_h=600, mtbf05_h=250)
    (array([2.86306]), array([1522.506]))
    """
    middle, low = columns(given={"mtbf50_h": mtbf50_h, "mtbf05_h": mtbf05_h})
    wrong = ~((low > 0.0) & (low >= 1e-6 * middle) & (low <= 0.9999 * middle))
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(
            f"mtbf05_h[{i}] = {low[i]}: expected from 1e-6 to 0.9999 of mtbf50_h = {middle[i]}"
        )
    spread = middle / low
    below, above = np.full_like(spread, np.log(0.01)), np.full_like(spread, np.log(1e10))
    for _ in range(_BISECTIONS):
        half: FloatArray = (below + above) / 2.0
        shape = np.exp(half)
        high, middle_rate = (
            np.asarray(gammaincinv(shape, share), dtype=np.float64) for share in (0.95, 0.5)
        )
        wide = high > spread * middle_rate
        below, above = np.where(wide, half, below), np.where(wide, above, half)
    shape = np.exp((below + above) / 2.0)
    return shape, middle * np.asarray(gammaincinv(shape, 0.5), dtype=np.float64)


def marginal_log_likelihood(
    *,
    operating_h: ArrayLike,
    failures: ArrayLike,
    prior_shape: ArrayLike,
    prior_h: ArrayLike,
    by: ArrayLike | None = None,
) -> FloatArray:
    """Logarithm of the probability of the failure counts of pumps whose rates vary as a gamma.

    sum over pumps of ln [G(a + r) / (G(a) r!) (b / (b + T))^a (T / (b + T))^r]: negative binomial.

    Args:
        operating_h: operating time T [h] of each pump, at least 0.
        failures: number of failures r of each, whole, at least 0.
        prior_shape: shape a of the gamma, above 0; one for all, or one a pump.
        prior_h: hours b of the gamma (its inverse scale) [h], above 0; likewise.
        by: label of each pump's fleet. None: all are one.

    Returns:
        One sum a fleet in sorted order, or one in all; minus infinity where a pump failed that
        never ran.

    Raises:
        ArgumentError: lengths differ, a number is negative, not finite or not whole, a prior is 0,
            or a label is missing.

    Source: Gaver and O'Muircheartaigh 1987, Technometrics 29. By hand: a = b = 1, T = 1, r = 1:
    1/2 1/2 = 1/4.

    >>> np.exp(marginal_log_likelihood(operating_h=1, failures=1, prior_shape=1, prior_h=1))
    array([0.25])
    """
    beside = {"prior_shape": prior_shape, "prior_h": prior_h, "by": by}
    hours, counts = exposures(operating_h=operating_h, failures=failures, beside=beside)
    shape = one_each(values=prior_shape, name="prior_shape", size=hours.size)
    prior = one_each(values=prior_h, name="prior_h", size=hours.size)
    for name, column in (("prior_shape", shape), ("prior_h", prior)):
        refuse(wrong=column == 0.0, values=column, name=name, expected="a number above 0")
    fleets = grouped(by=by, size=hours.size)
    total = prior + hours
    terms = (
        _log_rising(shape, counts)
        - gammaln(counts + 1.0)
        - shape * np.log1p(hours / prior)
        + xlogy(counts, hours / total)
    )
    return fleets.per_group(terms)


_BISECTIONS = 56
_LARGE = 1e3


def _log_rising(shape: FloatArray, counts: FloatArray) -> FloatArray:
    """Logarithm of G(a + r) / G(a); by Stirling's series where gammaln would lose its digits."""
    large = shape > _LARGE
    a = np.where(large, shape, _LARGE)
    end = a + counts
    found = (a - 0.5) * np.log1p(counts / a) + counts * (np.log(end) - 1.0)
    found += (1.0 - 1.0 / (30.0 * end * end)) / (12.0 * end) - (1.0 - 1.0 / (30.0 * a * a)) / (
        12.0 * a
    )
    few = np.where(large, 1.0, shape)
    return np.where(large, found, gammaln(few + counts) - gammaln(few))


def _quantile(shape: FloatArray, total_h: FloatArray, share: float, known: BoolArray) -> FloatArray:
    found = gammaincinv(np.where(known, shape, 1.0), share)
    return np.asarray(np.where(known, found / np.where(known, total_h, 1.0), np.nan))


def _inverse(rate: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", over="ignore"):
        return 1.0 / rate
