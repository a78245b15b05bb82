"""Mean cumulative function: how many failures, or what cost, a system has had by an age."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from pumpperf.calc.inputs import numbers, same_index, same_size
from pumpperf.calc.scalars import level_of
from pumpperf.numeric import BoolArray, FloatArray, ratio, statuses, sums
from pumpperf.reliability.lives import at_risk_at_all
from pumpperf.reliability.recurrence.systems import Systems, running_sums, systems
from pumpperf.reliability.segments import offsets, openings, places_after
from pumpperf.results import Estimate, Places, Steps

# A variance below this part of the sums that it is the difference of is rounding.
ROUNDING = 64.0 * float(np.finfo(np.float64).eps)


class Mcf(Estimate):
    """Mean cumulative function of one or many groups of systems.

    The steps of group g are the entries `offset[g]:offset[g + 1]` of the curve.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        offset: where the steps of each group begin, and where the last ones end.
        age_h: age at each step [h].
        mean: failures (or cost) of a system from `start_h` up to and with this age.
        standard_error: its robust standard error.
        lower: lower bound, mean * exp(-z se / mean); NaN where the mean or the error is not known.
        upper: upper bound.
        at_risk: systems under observation at this age.
        failures: failures at this age.
        systems: number of systems of each group that were observed for some time, or at age 0.
        total_failures: number of failures of each group.
        exposure_h: exposure of each group: time under observation [h].
        start_h: age of each group from which the curve counts: its earliest start [h].
        end_h: age up to which it is known: the latest end [h].
        level: confidence level of the two bounds.
        method: how the error was found, in words.
        status: of each group, `ok`, `no_exposure` (no system was observed), `no_failures`,
            `one_system` (no error can be told) or `gap_in_observation` (between two ages nobody was
            observed: failures there are missing from all of the curve beyond).
    """

    offset: Places
    age_h: Steps
    mean: Steps
    standard_error: Steps
    lower: Steps
    upper: Steps
    at_risk: Steps
    failures: Steps
    systems: FloatArray
    total_failures: FloatArray
    exposure_h: FloatArray
    start_h: FloatArray
    end_h: FloatArray


def mean_cumulative_function(
    *,
    event_h: ArrayLike,
    event_system: ArrayLike,
    end_h: ArrayLike,
    start_h: ArrayLike | None = None,
    cost: ArrayLike | None = None,
    level: float,
    by: ArrayLike | None = None,
) -> Mcf:
    """Mean cumulative function with the robust standard error of Lawless and Nadeau.

    M(t) = sum over ages up to t of d/Y, where Y systems are observed (start < t <= end, and at age
    0 all that start there) and d is what fails there, or costs. Var M(t) = sum over systems of
    phi^2, with phi_i(t) = sum over ages at which i is observed of (d_i - d/Y)/Y: right whatever
    links the failures of a system, as in wells that fail more than others. There is no factor
    n/(n - 1).

    Args:
        event_h: age of its system at each failure [h], in any order.
        event_system: place (0, 1, ...) of that system among `end_h`.
        end_h: age of each system at which observation ended [h]; a failure at it counts.
        start_h: age at entry, when observation began [h]; a failure at it does not count. None: 0.
        cost: what each failure cost, at least 0, in any unit. None: failures are counted.
        level: confidence level of the bounds, between 0 and 1.
        by: labels of the systems. None: all are one group.

    Returns:
        An `Mcf`. The variance is sound to 1e-13 of the squared mean; below that it is 0.

    Raises:
        ArgumentError: as `systems`; or a cost is missing, negative or not finite, or the level is
            not between 0 and 1.

    Source: Lawless and Nadeau 1995, Technometrics 37, equations for the robust variance; Nelson
    2003. Minitab, nonparametric growth curve, sample output: of 15 systems one has failed: 0.06667
    with standard error 0.064406, and after a second failure 0.13333 with 0.087771.

    >>> curve = mean_cumulative_function(
    ...     event_h=[9.0, 15.0], event_system=[0, 1], end_h=[20.0] * 15, level=0.95
    ... )
    >>> curve.mean, curve.standard_error
    (array([0.06667, 0.13333]), array([0.064406, 0.087771]))
    """
    level_of(level=level)
    same_index(event_h=event_h, event_system=event_system, cost=cost)
    known = systems(event_h=event_h, event_system=event_system, end_h=end_h, start_h=start_h, by=by)
    price = None
    if cost is not None:
        price = numbers(values=cost, name="cost")
        same_size(columns={"cost": price}, size=known.event_h.size, of="event_h")
    observed = at_risk_at_all(age_h=known.end_h, entry_age_h=known.start_h)
    lengths = known.end_h - known.start_h
    earliest = known.lowest(np.where(observed, known.start_h, np.inf))
    seen = np.isfinite(earliest)
    latest = known.latest_end_h()
    count = known.per_group(observed)
    total = known.per_group(known.counts())
    gapped = np.zeros_like(seen) if start_h is None else _gapped(known)
    status = statuses(
        no_exposure=~seen,
        no_failures=total == 0.0,
        one_system=count == 1.0,
        gap_in_observation=gapped,
    )
    steps, at_risk, mean, se = _curve(known, price)
    se[count[steps.group] <= 1.0] = np.nan
    z = float(ndtri((1.0 + level) / 2.0))
    width = np.exp(z * ratio(se, mean))
    return Mcf(
        group=known.group,
        offset=steps.offset,
        age_h=steps.age_h,
        mean=mean,
        standard_error=se,
        lower=mean / width,
        upper=mean * width,
        at_risk=at_risk,
        failures=steps.summed(steps.place)[steps.own()],
        systems=count,
        total_failures=total,
        exposure_h=known.per_group(lengths),
        start_h=np.where(seen, earliest, np.nan),
        end_h=np.where(seen, latest, np.nan),
        level=level,
        method="Lawless-Nadeau robust variance, no n/(n-1), bounds of ln M",
        status=status,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Steps:
    """Where the steps are. Every group has one place more than steps, for whoever outlives them."""

    order: Places
    place: Places
    age_h: FloatArray
    group: Places
    offset: Places
    first: Places

    def summed(self, where: Places, values: FloatArray | None = None) -> FloatArray:
        places = self.age_h.size + self.first.size
        return np.bincount(where, values, places).astype(np.float64, copy=False)

    def own(self) -> Places:
        """The place of each step."""
        return np.arange(self.age_h.size) + self.group


def _steps(known: Systems) -> _Steps:
    order = np.argsort(known.event_h)
    if known.groups > 1:
        in_group = known.index[known.event_system[order]]
        order = order[np.argsort(in_group, kind="stable")]
    age = known.event_h[order]
    columns: list[NDArray[np.generic]] = [age]
    if known.groups > 1:
        columns.append(known.index[known.event_system[order]])
    fresh = openings(columns=columns)
    begin = np.flatnonzero(fresh)
    group = known.index[known.event_system[order[begin]]]
    offset = offsets(group=group, groups=known.groups)
    place = np.cumsum(fresh, dtype=np.intp)
    place += np.repeat(group - 1, np.diff(begin, append=age.size))
    return _Steps(
        order=order,
        place=place,
        age_h=age[begin],
        group=group,
        offset=offset,
        first=offset[:-1] + np.arange(known.groups),
    )


def _curve(
    known: Systems, price: FloatArray | None
) -> tuple[_Steps, FloatArray, FloatArray, FloatArray]:
    """Steps, systems observed, mean and error, in time linear in events and systems.

    With A(t) = sum d/Y^2 and C_i = A(start_i) + sum over i's own events of d_i/Y,
    phi_i = C_i - A while i is observed and C_i - A(end_i) ever after. So the variance is
    sum C^2 - 2 A sum C + Y A^2 over those observed plus a sum over those that have ended.
    """
    steps = _steps(known)
    scale = _scale(known, price)
    since = np.where(known.start_h > 0.0, known.start_h, -1.0)  # at age 0 they are observed
    enter = _steps_up_to(steps, known, since) + known.index
    leave = _steps_up_to(steps, known, known.end_h) + known.index
    observed = np.cumsum(steps.summed(enter) - steps.summed(leave))
    owner = known.event_system[steps.order]
    gain = 1.0 / observed[steps.place]
    if price is not None:
        gain *= price[steps.order] / scale[known.index[owner]]
    mean = steps.summed(steps.place, gain)
    drift = running_sums(
        values=np.divide(mean, observed, out=np.zeros_like(mean), where=mean > 0.0),
        first=steps.first,
    )
    mean = running_sums(values=mean, first=steps.first)

    entry = np.where(enter > steps.first[known.index], drift[enter - 1], 0.0)
    final = entry + sums(gain, owner, known.end_h.size)
    frozen = final - np.where(leave > steps.first[known.index], drift[leave - 1], 0.0)
    two = steps.summed(steps.place, _squares_gained(owner, gain, entry))
    one = steps.summed(steps.place, gain)
    del owner, gain
    two += steps.summed(enter, entry**2) - steps.summed(leave, final**2)
    one += steps.summed(enter, entry) - steps.summed(leave, final)
    two = running_sums(values=two, first=steps.first)
    one = running_sums(values=one, first=steps.first)
    two += running_sums(values=steps.summed(leave, frozen**2), first=steps.first)
    two += drift * drift * observed
    one *= 2.0 * drift
    del drift
    variance = np.where(two - one > ROUNDING * two, two - one, 0.0)
    own = steps.own()
    of_group = scale[steps.group]
    return steps, observed[own], mean[own] * of_group, np.sqrt(variance[own]) * of_group


def _scale(known: Systems, price: FloatArray | None) -> FloatArray:
    """Largest cost of each group, so that no cost is squared that could not be."""
    scale = np.zeros(known.groups)
    if price is not None:
        np.maximum.at(scale, known.index[known.event_system], price)
    return np.where(scale > 0.0, scale, 1.0)


def _squares_gained(owner: Places, gain: FloatArray, entry: FloatArray) -> FloatArray:
    """By how much C^2 of its system grows at each event, the events being in order of age."""
    mine = np.argsort(owner, kind="stable")
    its = owner[mine]
    its_gain = gain[mine]
    first = np.flatnonzero(openings(columns=[its]))
    after = running_sums(values=its_gain.copy(), first=first)
    after += entry[its]
    del its
    after *= 2.0
    after -= its_gain
    after *= its_gain
    its_gain[mine] = after
    return its_gain


def _steps_up_to(steps: _Steps, known: Systems, ages: FloatArray) -> Places:
    """How many steps of all groups before its own, and of its own up to each system's age."""
    return places_after(values=steps.age_h, offset=steps.offset, group=known.index, wanted=ages)


def _gapped(known: Systems) -> BoolArray:
    """Whether between the first start and the last end of a group none was at risk."""
    seen = known.observed()
    size = int(np.count_nonzero(seen))
    age = np.concatenate([known.start_h[seen], known.end_h[seen]])
    of_group = np.tile(known.index[seen], 2)
    ends = np.repeat([0, 1], size)
    order = np.lexsort((ends, age, of_group))
    nobody = np.cumsum(1 - 2 * ends[order]) == 0
    last = np.append(np.diff(of_group[order]) != 0, np.ones(min(size, 1), dtype=bool))
    gapped = np.zeros(known.groups, dtype=bool)
    gapped[of_group[order][nobody & ~last]] = True
    return gapped
