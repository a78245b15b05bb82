"""How widely failure rates vary within a fleet: the likelihood of the gamma-Poisson model.

The likelihood is written in the squared variation c = 1 / shape and the mean, where one common
rate is simply c = 0: with x the expected failures of a pump and y = c x,

l = sum_j m_j ln(1 + c j) + sum r ln x - sum (1 / c + r) ln(1 + y),

m_j being the number of pumps with more than j failures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray, floats, sums
from pumpperf.reliability.grouping import Groups
from pumpperf.results import Places


def dispersion(
    *, expected: FloatArray, failures: FloatArray, index: Places
) -> tuple[FloatArray, FloatArray]:
    """Most likely squared variation of the rates of each fleet, and its mean over the pooled one.

    Args:
        expected: failures of each pump at its fleet's pooled rate, above 0.
        failures: failures of each, whole; each fleet has some.
        index: place of each pump's fleet; each fleet has at least two pumps.

    Returns:
        The squared variation c = 1 / shape, 0 where nothing makes the counts more probable than
        one common rate; and the mean rate over the pooled rate.

    Source: derived from the negative binomial; for equal exposures c > 0 if and only if the
    variance (over k) exceeds the mean (Anscombe 1950): of 1, 2, 3 failures it is 2/3 < 2.

    >>> dispersion(
    ...     expected=np.full(3, 2.0), failures=np.array([1.0, 2, 3]), index=np.array([0, 0, 0])
    ... )
    (array([0.]), array([1.]))
    """
    fleets = int(index.max()) + 1
    fleet = _fleet(expected, failures, Groups(index=index, groups=fleets))
    narrow = np.log(0.01 / fleet.highest(expected))
    stride = (np.log(10.0 * np.bincount(index, minlength=fleets)) - narrow) / _GRID
    common = -fleet.per_group(expected)
    score = fleet.per_group((failures - expected) ** 2 - failures)
    total = fleet.per_group(failures)
    brackets = _tops(fleet, narrow, stride, score > _NOISE * total)
    best, log_c, log_factor = common, narrow, np.zeros(fleets)
    over = np.zeros(fleets, dtype=bool)
    for bracket in brackets:
        at, factor = _climb(fleet, bracket)
        found = _likelihood(fleet, np.exp(at), factor)
        gained = found - common > _NOISE * total
        better = bracket.there & (gained | (score > _NOISE * total)) & ((found > best) | ~over)
        best, log_c = np.where(better, found, best), np.where(better, at, log_c)
        log_factor, over = np.where(better, factor, log_factor), over | better
    return np.where(over, np.exp(log_c), 0.0), np.where(over, np.exp(log_factor), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Top:
    """A top of each fleet's likelihood between two of the places tried, if `there`."""

    there: BoolArray
    around: FloatArray
    log_factor: FloatArray


def _tops(
    fleet: _Fleet, narrow: FloatArray, stride: FloatArray, rising: BoolArray
) -> tuple[_Top, _Top]:
    """The top at the smallest c and that at the largest: pumps that all but one alike have two."""
    none, before = np.zeros(fleet.groups, dtype=bool), narrow - _FAR
    first = final = _Top(
        there=none, around=np.stack([before, narrow, narrow]), log_factor=np.zeros(fleet.groups)
    )
    log_factor = np.zeros(fleet.groups)
    for step in range(_GRID + 2):
        trial = narrow + step * stride
        falling = np.ones(fleet.groups, dtype=bool)  # what rises to the end has its top beyond
        if step <= _GRID:
            log_factor = _best_mean(fleet, np.exp(trial), log_factor, _ROUGH)
            falling = _profile(fleet, np.exp(trial), log_factor)[0] <= 0.0
        after = trial if step <= _GRID else trial + _FAR
        middle = np.clip((before + after) / 2.0, narrow, trial)
        around = np.stack([before, middle, after])
        top = _Top(there=rising & falling, around=around, log_factor=log_factor)
        first = _either(top, first, top.there & ~first.there)
        final = _either(top, final, top.there)
        before, rising = trial, ~falling
    return first, replace(final, there=final.there & (final.around[0] > first.around[0]))


def _either(one: _Top, other: _Top, chosen: BoolArray) -> _Top:
    return _Top(
        there=chosen | other.there,
        around=np.where(chosen, one.around, other.around),
        log_factor=np.where(chosen, one.log_factor, other.log_factor),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fleet(Groups):
    """Pumps, and a table of how many pumps of each fleet failed more than j times."""

    expected: FloatArray
    failures: FloatArray
    j: FloatArray
    more: FloatArray
    table: Places
    there: BoolArray

    def of(self, chosen: BoolArray) -> _Fleet:
        """Return the same of some fleets only, all sums of the others being 0."""
        pumps, rows = chosen[self.index], chosen[self.table]
        return replace(
            self,
            expected=self.expected[pumps],
            failures=self.failures[pumps],
            index=self.index[pumps],
            j=self.j[rows],
            more=self.more[rows],
            table=self.table[rows],
            there=chosen,
        )


_GRID = 15
_NOISE = 1e-10
_FAR = 40.0
_STEPS = 100
_CLOSE = 1e-11
_ROUGH = 1e-4
_WIDEST = 300.0


def _fleet(expected: FloatArray, failures: FloatArray, groups: Groups) -> _Fleet:
    length = groups.highest(failures).astype(np.intp)
    index = groups.index
    offset = np.cumsum(length) - length
    failed = failures > 0.0
    last = offset[index[failed]] + failures[failed].astype(np.intp) - 1
    count = np.bincount(last, minlength=int(length.sum()))
    from_end = np.append(np.cumsum(count[::-1])[::-1], 0)
    table = np.repeat(np.arange(groups.groups), length)
    return _Fleet(
        expected=expected,
        failures=failures,
        index=index,
        j=(np.arange(table.size) - offset[table]).astype(np.float64),
        more=(from_end[:-1] - from_end[(offset + length)[table]]).astype(np.float64),
        table=table,
        there=np.ones(groups.groups, dtype=bool),
        groups=groups.groups,
    )


def _sums(fleet: _Fleet, values: FloatArray, absent: float = 0.0) -> FloatArray:
    """Sum over the pumps of each fleet; of a fleet that was left out, what stands for it."""
    found = fleet.per_group(values)
    return np.where(fleet.there, found, absent) if absent else found


def _table_sums(fleet: _Fleet, values: FloatArray) -> FloatArray:
    return sums(values * fleet.more, fleet.table, fleet.groups)


def _best_mean(fleet: _Fleet, c: FloatArray, log_factor: FloatArray, close: float) -> FloatArray:
    """Solve sum r / (1 + y) = sum x / (1 + y): in logarithms nearly a line of slope -1."""
    below, above = np.full(fleet.groups, -_WIDEST), np.full(fleet.groups, _WIDEST)
    of_pump = c[fleet.index]
    settled, step = ~fleet.there, 0
    while step < _STEPS and not settled.all():
        step += 1
        x = fleet.expected * np.exp(log_factor)[fleet.index]
        weight = 1.0 / (1.0 + of_pump * x)
        seen, due = fleet.failures * weight, x * weight
        all_seen, all_due = _sums(fleet, seen, absent=1.0), _sums(fleet, due, absent=1.0)
        excess = np.log(all_seen / all_due)
        below = np.where(excess > 0.0, log_factor, below)
        above = np.where(excess > 0.0, above, log_factor)
        steep = 1.0 - _sums(fleet, seen * weight) / all_seen
        steep += _sums(fleet, due * weight) / all_due
        trial = log_factor + excess / np.maximum(steep, _NOISE)
        settled = ~fleet.there | (np.abs(trial - log_factor) < close) | (above - below < close)
        inside = settled | ((trial > below) & (trial < above))
        moved = np.where(inside, trial, (below + above) / 2.0)
        log_factor = np.where(fleet.there, moved, log_factor)
    return log_factor


def _likelihood(fleet: _Fleet, c: FloatArray, log_factor: FloatArray) -> FloatArray:
    """Logarithm of the likelihood, less what no parameter changes."""
    x = fleet.expected * np.exp(log_factor)[fleet.index]
    y = c[fleet.index] * x
    log = np.log1p(y)
    pumps = fleet.failures * (log_factor[fleet.index] - log) - x * (log / y)
    return _sums(fleet, pumps) + _table_sums(fleet, np.log1p(c[fleet.table] * fleet.j))


def _climb(fleet: _Fleet, top: _Top) -> tuple[FloatArray, FloatArray]:
    """Newton's method for ln c along the best mean, kept between bounds by halving."""
    alive, log_factor = top.there, top.log_factor
    below, log_c, above = floats(*top.around)
    steps = 0
    while steps < _STEPS and alive.any():
        steps += 1
        part = fleet if alive.all() else fleet.of(alive)
        log_factor = _best_mean(part, np.exp(log_c), log_factor, _CLOSE)
        slope, bend = _profile(part, np.exp(log_c), log_factor)
        rising = slope > 0.0
        below = np.where(alive & rising, log_c, below)
        above = np.where(alive & ~rising, log_c, above)
        concave = bend < 0.0
        step = np.where(concave, -slope / np.where(concave, bend, 1.0), np.inf)
        trial = log_c + step
        halved = (below + above) / 2.0
        close = np.abs(step) < _CLOSE
        moved = np.where(close | ((trial > below) & (trial < above)), trial, halved)
        close |= above - below < _CLOSE
        log_c = np.where(alive, moved, log_c)
        alive = alive & ~close
    return log_c, log_factor


def _profile(fleet: _Fleet, c: FloatArray, log_factor: FloatArray) -> tuple[FloatArray, FloatArray]:
    """First and second derivative of the likelihood against ln c along the best mean."""
    r, x = fleet.failures, fleet.expected * np.exp(log_factor)[fleet.index]
    of_pump, of_table = c[fleet.index], c[fleet.table]
    y = of_pump * x
    weight = 1.0 / (1.0 + y)
    direct = np.where(y < 0.03, 1.0, y)
    excess = (np.log1p(direct) - direct / (1.0 + direct)) / direct / direct
    tilt = (1.0 / (1.0 + direct) ** 2 - 2.0 * excess) / direct
    series = np.where(y < 0.03, y, 0.0)
    excess = np.where(y < 0.03, np.polyval(_EXCESS, series), excess)
    tilt = np.where(y < 0.03, np.polyval(_TILT, series), tilt)
    ahead = fleet.j / (1.0 + of_table * fleet.j)
    first = _table_sums(fleet, ahead) + _sums(fleet, x * (x * excess - r * weight))
    second = _sums(fleet, x * x * (x * tilt + r * weight * weight))
    second -= _table_sums(fleet, ahead * ahead)
    mean = _sums(fleet, (r - x) * weight)
    mean_bend = -_sums(fleet, x * (1.0 + of_pump * r) * weight * weight, absent=-1.0)
    cross = -c * _sums(fleet, (r - x) * x * weight * weight)
    slope = c * first - cross * mean / mean_bend
    return slope, c * c * second + c * first - cross * cross / mean_bend


# (ln(1 + y) - y / (1 + y)) / y^2 loses its digits below y = 0.03: its powers, and their slopes.
_EXCESS = np.array([(-1.0) ** k * (k + 1.0) / (k + 2.0) for k in range(11)])[::-1]
_TILT = np.polyder(_EXCESS)
