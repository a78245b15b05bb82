"""Factors of Crow's exact bounds on the MTBF of a power-law process, by count of failures."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import gammainccinv, gammaincinv, k1e, logit, ndtri

from pumpperf.calc.scalars import level_of
from pumpperf.numeric import FloatArray
from pumpperf.results import Places
from pumpperf.roots import falling_root, rising_root

CELLS = 1 << 17
FAR = 1e-14
NODES, WEIGHTS = np.polynomial.legendre.leggauss(80)


def time_factors(*, failures: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """What to multiply the MTBF at the end by, for its bounds, where a date ended the observation.

    H(x|k) = sum_{j<=k} (x/2)^(2j-1) / ((j-1)! j!) / I_1(x);  H(xL|n) = (1 - level)/2 and
    H(xU|n-1) = (1 + level)/2;  the factors are 4 n^2/xL^2 and 4 n^2/xU^2.

    Args:
        failures: counts, whole, at least 1.
        level: confidence level of the interval, between 0 and 1.

    Returns:
        The lower and the upper factor; after one failure the upper one is infinite.

    Raises:
        ArgumentError: the level is not between 0 and 1.

    Source: Crow 1982; NASA TM-103511, table 1B: 23 failures, 80 %: 0.6762 and 1.5744.

    >>> time_factors(failures=np.array([23.0]), level=0.8)
    (array([0.6762]), array([1.5744]))
    """
    level_of(level=level)
    counts, place = distinct(failures=failures)
    tail = (1.0 - level) / 2.0
    lower = (2.0 * counts / _bessel_root(counts, tail, upper=False)) ** 2
    upper = np.full_like(counts, np.inf)
    more = counts > 1.0
    upper[more] = (2.0 * counts[more] / _bessel_root(counts[more] - 1.0, tail, upper=True)) ** 2
    return lower[place], upper[place]


def failure_factors(*, failures: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """What to multiply the MTBF at the end by, for its bounds, where the last failure was the end.

    The true MTBF over the estimated one is n^2/(V Y) with V ~ gamma(n) and Y ~ gamma(n - 1), so
    w = 2 sqrt(V Y) has the density w^(2n-2) K_1(w) / const, and the factors are 4 n^2/w^2 at its
    quantiles (1 + level)/2 and (1 - level)/2.

    Args:
        failures: counts, whole, at least 2.
        level: confidence level of the interval, between 0 and 1.

    Returns:
        The lower and the upper factor.

    Raises:
        ArgumentError: the level is not between 0 and 1.

    Source: Crow 1982; MIL-HDBK-189 (1981), table of confidence intervals for MTBF from type II
    testing, 2 failures, 80 %: 0.8065 and 33.76 (quoted from memory; the density is derived here).

    >>> failure_factors(failures=np.array([2.0]), level=0.8)
    (array([0.8065]), array([33.76]))
    """
    level_of(level=level)
    counts, place = distinct(failures=failures)
    tail = (1.0 - level) / 2.0
    lower = (2.0 * counts / _product_root(counts, tail, upper=True)) ** 2
    upper = (2.0 * counts / _product_root(counts, tail, upper=False)) ** 2
    return lower[place], upper[place]


def distinct(*, failures: FloatArray) -> tuple[FloatArray, Places]:
    """Distinct counts in rising order, and the place of each entry's own among them.

    Args:
        failures: counts, whole.

    Source: definition.

    >>> distinct(failures=np.array([5.0, 2.0, 5.0]))
    (array([2., 5.]), array([1, 0, 1]))
    """
    whole = failures.astype(np.intp)
    if whole.max(initial=0) > 4 * whole.size:
        found = np.unique(whole)
        return found.astype(np.float64), np.searchsorted(found, whole)
    seen = np.bincount(whole) > 0
    return np.flatnonzero(seen).astype(np.float64), (np.cumsum(seen) - 1)[whole]


def _bessel_root(counts: FloatArray, tail: float, *, upper: bool) -> FloatArray:
    """Where H(x|k) is the tail, or leaves it.

    The terms of H are taken as ratios to the k-th, outwards on both sides until they are nothing:
    a window of some tens of standard deviations, about sqrt(k/2) each.
    """
    sign = -1.0 if upper else 1.0
    z = -sign * float(ndtri(tail))
    target = sign * float(logit(tail))
    found = np.empty_like(counts)
    begin = 0
    while begin < counts.size:
        reach = abs(z) + 10.0
        wide = int(reach * math.sqrt(counts[begin] / 2.0 + reach * reach)) + 20
        end = begin + max(CELLS // (2 * wide), 1)
        k = counts[begin:end, None]
        wide = int(reach * math.sqrt(float(k[-1, 0]) / 2.0 + reach * reach)) + 20
        j = np.arange(wide)
        below = np.maximum(k - j, 0.0)
        falling = below * np.maximum(below - 1.0, 0.0)
        rising = (k + j) * (k + j + 1.0)

        def odds(half_x: FloatArray) -> tuple[FloatArray, FloatArray]:
            half = (half_x * half_x)[:, None]
            down = np.cumprod(falling / half, axis=1)  # noqa: B023
            up = np.cumprod(half / rising, axis=1)  # noqa: B023
            least = 1.0 + down.sum(axis=1)
            most = up.sum(axis=1)
            apart = (down @ (j + 1.0)) / least + (up @ (j + 1.0)) / most  # noqa: B023
            return np.log(least / most) - target, -2.0 * apart / half_x

        root = np.sqrt(counts[begin:end]) + z / math.sqrt(8.0)
        found[begin:end] = 2.0 * falling_root(function=odds, start=np.maximum(root, 0.3) ** 2)
        begin = end
    return found


def _product_root(counts: FloatArray, tail: float, *, upper: bool) -> FloatArray:
    """Where the distribution of 2 sqrt(V Y) has the tail below, or above."""
    target = (-1.0 if upper else 1.0) * float(logit(tail))
    quantile = gammainccinv if upper else gammaincinv
    power = 2.0 * counts - 1.0
    lowest = np.log(gammaincinv(power - 1.0, FAR * tail))
    highest = np.log(gammainccinv(power + 1.0, FAR * tail))
    peak = power * np.log(power) - power

    def density(u: FloatArray) -> FloatArray:
        w = np.exp(u)
        at = (power, peak) if u.ndim == 1 else (power[:, None], peak[:, None])
        return np.asarray(k1e(w) * np.exp(at[0] * u - w - at[1]), dtype=np.float64)

    def between(a: FloatArray, b: FloatArray) -> FloatArray:
        half = (b - a) / 2.0
        nodes = (a + half)[:, None] + half[:, None] * NODES
        return half * (density(nodes) @ WEIGHTS)

    def odds(w: FloatArray) -> tuple[FloatArray, FloatArray]:
        u = np.log(w)
        below, above = between(lowest, u), between(u, highest)
        return np.log(below / above) - target, density(u) * (1.0 / below + 1.0 / above) / w

    start = np.asarray(quantile(power, tail), dtype=np.float64)
    return rising_root(function=odds, start=start)
