"""Distribution of how many of unlike chances come true, for many groups at once."""

from __future__ import annotations

import numpy as np

from pumpperf.numeric import FloatArray
from pumpperf.results import Places


def quantiles(
    *, probability: FloatArray, index: Places, groups: int, tail: float
) -> tuple[FloatArray, FloatArray]:
    """Bounds of the number that come true, leaving at most a tail of probability on each side.

    Groups of a like size are convolved together, pair by pair: directly while small, then by
    Fourier transforms, exact to about 1e-13 of probability.

    Args:
        probability: of each chance, from 0 to 1.
        index: place of its group.
        groups: how many groups there are.
        tail: probability that may lie below the lower, and above the upper bound.

    Returns:
        The largest s with P(N < s) <= tail, and the smallest s with P(N > s) <= tail.

    Source: definition of the Poisson binomial distribution. By hand, chances 1/2 and 1/2: 0, 1, 2
    with 1/4, 1/2, 1/4.

    >>> quantiles(probability=np.full(2, 0.5), index=np.zeros(2, int), groups=1, tail=0.3)
    (array([1.]), array([1.]))
    """
    lower, upper = np.zeros(groups), np.zeros(groups)
    members = np.bincount(index, minlength=groups)
    order = np.argsort(index, kind="stable")
    owner = index[order]
    place = np.arange(index.size) - (np.cumsum(members) - members)[owner]
    levels = np.ceil(np.log2(np.maximum(members, 1))).astype(np.intp)
    for level in np.unique(levels[members > 0]).tolist():
        chosen = np.flatnonzero((levels == level) & (members > 0))
        row = np.zeros(groups, dtype=np.intp)
        row[chosen] = np.arange(chosen.size)
        mine = levels[owner] == level
        chances = np.zeros((chosen.size, 1 << level))
        chances[row[owner[mine]], place[mine]] = probability[order[mine]]
        below = np.cumsum(_convolved(chances), axis=1)
        lower[chosen] = (below <= tail + _NOISE).sum(axis=1)
        upper[chosen] = (below < 1.0 - tail - _NOISE).sum(axis=1)
    return lower, upper


_NOISE = 1e-12
_DIRECT = 32


def _convolved(chances: FloatArray) -> FloatArray:
    """Probability of each count, a row a group."""
    rows, width = chances.shape
    direct = min(width, _DIRECT)
    parts = chances.reshape(-1, direct)
    found = np.zeros((parts.shape[0], direct + 1))
    found[:, 0] = 1.0
    for i in range(direct):
        chance = parts[:, i : i + 1]
        found[:, 1 : i + 2] = found[:, 1 : i + 2] * (1.0 - chance) + found[:, : i + 1] * chance
        found[:, 0] *= 1.0 - chance[:, 0]
    while direct < width:
        found = _pairs(found)
        direct *= 2
    return found.reshape(rows, width + 1)


def _pairs(found: FloatArray) -> FloatArray:
    """Convolve neighbouring rows: a circle as long as the sum holds all counts but the highest."""
    length = 2 * (found.shape[1] - 1)
    highest = found[::2, -1] * found[1::2, -1]
    wave = np.fft.rfft(found, length, axis=1)
    joined = np.fft.irfft(wave[::2] * wave[1::2], length, axis=1)
    joined[:, 0] -= highest
    return np.concatenate([np.maximum(joined, 0.0), highest[:, None]], axis=1)
