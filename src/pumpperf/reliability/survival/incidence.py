"""Which modes end run lives, and how soon, where each mode forestalls the others."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import numbers, same_index
from pumpperf.calc.scalars import level_of
from pumpperf.errors import expect
from pumpperf.numeric import FloatArray, bounded, shared, sums
from pumpperf.reliability.inputs import modes_of
from pumpperf.reliability.lives import Lives, lives
from pumpperf.reliability.segments import places, running, steps_at
from pumpperf.reliability.survival.curve import log_log_bounds, odds_and_hazard
from pumpperf.reliability.survival.risksets import RiskSets, risk_sets
from pumpperf.results import STEP, Estimate, Labels, Places, Steps


class IncidenceCurve(Estimate):
    """Share of lives that each mode has ended by an age, as steps at the ages at failure.

    The shares of all modes and the survival add up to 1. With late entry all of it is meant for
    lives that reached `first_age_h`.

    Attributes:
        group: labels of the groups in sorted order, or None for one group without a label.
        mode: labels of the modes in sorted order.
        offset: steps of group g are offset[g]:offset[g + 1] of the columns that follow.
        age_h: age at which one failed [h].
        at_risk: lives at risk then.
        survival: share that outlives it.
        failures: lives that failed then; one row a step, one column a mode.
        incidence: share that failed by then, likewise.
        lower_incidence: lower bound on the complementary log-log scale, likewise; NaN where the
            share is 0 or 1.
        upper_incidence: upper bound, likewise; NaN likewise.
        standard_error: of `incidence`, likewise; NaN where the share is 1.
        lives: of each group.
        total_failures: how many of them failed; one row a group, one column a mode.
        exposure_h: exposure: time under observation [h].
        dropped: entries without exposure or weight.
        first_age_h: lowest age at which one of them was observed [h]; NaN without lives.
        last_age_h: highest such age [h]; NaN without lives.
        level: of the bounds, each step by itself.
        method: in words.
        status: as of a `SurvivalCurve`.
    """

    mode: Annotated[Labels, "mode"]
    offset: Places
    age_h: Steps
    at_risk: Steps
    survival: Steps
    failures: Annotated[FloatArray, STEP, "mode"]
    incidence: Annotated[FloatArray, STEP, "mode"]
    lower_incidence: Annotated[FloatArray, STEP, "mode"]
    upper_incidence: Annotated[FloatArray, STEP, "mode"]
    standard_error: Annotated[FloatArray, STEP, "mode"]
    lives: FloatArray
    total_failures: Annotated[FloatArray, "mode"]
    exposure_h: FloatArray
    dropped: FloatArray
    first_age_h: FloatArray
    last_age_h: FloatArray


def cumulative_incidence(
    *,
    age_h: ArrayLike,
    failed: ArrayLike,
    mode: ArrayLike,
    level: float,
    entry_age_h: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> IncidenceCurve:
    """Share of lives that each mode has ended by an age (Aalen-Johansen).

    C_m(t) = sum over t_j <= t of S(t_j-) d_mj/Y_j. One minus the Kaplan-Meier curve of a mode,
    with the others as suspensions, overstates it. Variance (delta method on the multinomial
    counts): sum over t_j <= t of R_j^2 d_j/(Y_j (Y_j - d_j)) - 2 R_j S(t_j-) d_mj/Y_j^2
    + S(t_j-)^2 d_mj (Y_j - d_mj)/Y_j^3, with R_j = C_m(t) - C_m(t_j).

    Args:
        age_h: age at which each life was last seen, or failed [h], at least 0.
        failed: whether it failed then; else it was still running, or pulled for another reason.
        mode: label of the mode that ended each failed life; what stands beside the others does
            not matter. A failure of unknown mode needs a label too, such as "UNKNOWN".
        level: confidence level of the bounds, between 0 and 1.
        entry_age_h: age at entry, when observation began [h], not above `age_h`. None: at 0.
        weight: how many lives each entry stands for, at least 0. None: 1.
        by: labels; one set of curves each. None: one set.

    Returns:
        An `IncidenceCurve`; with one mode it is one minus the Kaplan-Meier curve, with the same
        bounds and the same standard error.

    Raises:
        ArgumentError: as `lives`; or the mode of a failed life is missing or of another kind, or
            the level is not between 0 and 1.

    Source: Aalen and Johansen 1978; Klein and Moeschberger, section 4.7; the variance: Dinse and
    Larson 1986, quoted from memory, and derived anew. Without suspensions it is C (1 - C)/n.

    >>> curve = cumulative_incidence(age_h=[1.0, 2.0, 3.0, 4.0], failed=[1, 1, 1, 1],
    ...                              mode=["wear", "scale", "wear", "wear"], level=0.95)
    >>> curve.mode.tolist(), curve.incidence[-1], curve.standard_error[-1]
    (['scale', 'wear'], array([0.25, 0.75]), array([0.2165, 0.2165]))
    """
    level_of(level=level)
    same_index(age_h=age_h, failed=failed, mode=mode)
    sample = lives(age_h=age_h, failed=failed, entry_age_h=entry_age_h, weight=weight, by=by)
    rows = np.flatnonzero(sample.kept)[sample.failed]
    labels, place = modes_of(mode=mode, failed_rows=rows, size=sample.kept.size, of="age_h")
    chosen = place[rows]
    sets = risk_sets(sample=sample, weighted=weight is not None)
    died, held = _failures(sets, sample, chosen, labels.size)
    group, dropped = sample.group, sample.dropped
    del sample, chosen, rows, place
    survival = np.exp(-odds_and_hazard(sets=sets)[1])
    before = _before(survival, sets.offset, 1.0)
    incidence, error, lower, upper = np.full((4, *died.shape), np.nan)
    for m in range(labels.size):
        rise = before * died[:, m] / sets.at_risk
        incidence[:, m] = running(values=rise, offset=sets.offset)
    for m in range(labels.size):
        rest = survival + np.delete(incidence, m, axis=1).sum(axis=1)
        variance = _variance(sets, before, died[:, m])
        found = _bounds(incidence[:, m], rest, variance, level)
        error[:, m], lower[:, m], upper[:, m] = found
    return IncidenceCurve(
        group=group,
        mode=labels,
        offset=sets.offset,
        **shared(sets, "age_h", "at_risk", "lives", "exposure_h", "first_age_h", "last_age_h"),
        survival=survival,
        failures=died,
        **bounded("incidence", incidence, lower, upper),
        standard_error=error,
        total_failures=held,
        dropped=dropped,
        level=level,
        method="Aalen-Johansen, delta method, complementary log-log bounds",
        status=sets.status,
    )


def incidence_at(*, curve: IncidenceCurve, at_h: ArrayLike) -> FloatArray:
    """Share of lives that each mode has ended by chosen ages.

    Args:
        curve: from `cumulative_incidence`.
        at_h: ages [h], at least 0.

    Returns:
        One table a group, one row an age, one column a mode; NaN below the first age observed, and
        above the last unless all have failed by then.

    Raises:
        ArgumentError: an age is missing, negative or not finite.

    Source: definition.

    >>> curve = cumulative_incidence(age_h=[1.0, 2.0, 3.0, 4.0], failed=[1, 1, 0, 0],
    ...                              mode=["wear", "scale", None, None], level=0.95)
    >>> incidence_at(curve=curve, at_h=1.5)[0, 0].tolist()
    [0.0, 0.25]
    """
    expect(IncidenceCurve, curve=curve)
    at = numbers(values=at_h, name="at_h")
    step = steps_at(age_h=curve.age_h, offset=curve.offset, at_h=at)
    survival = np.append(curve.survival, 1.0)[step]
    first, last = curve.first_age_h[:, np.newaxis], curve.last_age_h[:, np.newaxis]
    seen = (at >= first) & ((at <= last) | (survival == 0.0))
    incidence = np.pad(curve.incidence, [(0, 1), (0, 0)])[step]
    return np.where(seen[:, :, np.newaxis], incidence, np.nan)


def _failures(
    sets: RiskSets, sample: Lives, chosen: Places, modes: int
) -> tuple[FloatArray, FloatArray]:
    """Failures by step and mode, and by group and mode."""
    group, weight = sample.index[sample.failed], sample.weight[sample.failed]
    ages = sample.age_h[sample.failed]
    step = places(values=sets.age_h, offset=sets.offset, group=group, wanted=ages)
    died, held = (
        sums(weight, row * modes + chosen, size * modes)
        for row, size in ((step, sets.age_h.size), (group, sample.groups))
    )
    return died.reshape(-1, modes or 1)[:, :modes], held.reshape(sample.groups, modes)


def _variance(sets: RiskSets, before: FloatArray, died: FloatArray) -> FloatArray:
    def total(values: FloatArray) -> FloatArray:
        return running(values=values, offset=sets.offset)

    def earlier(values: FloatArray) -> FloatArray:
        return _before(total(values), sets.offset, 0.0)

    # Sums of squares grow with each rise, so that no difference of large ones is taken.
    spread = sets.at_risk - sets.failures
    np.divide(sets.failures / sets.at_risk, spread, out=spread, where=spread > 0.0)
    spread = earlier(spread)
    rise = before * died / sets.at_risk
    square = total(rise * (2.0 * earlier(rise * spread) + rise * spread))
    square -= 2.0 * total(rise * earlier(rise / sets.at_risk))
    square += total(rise * before * (sets.at_risk - died) / sets.at_risk / sets.at_risk)
    return np.maximum(square, 0.0)


def _bounds(
    share: FloatArray, rest: FloatArray, variance: FloatArray, level: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Standard error of a share and its bounds; `rest` is what is left of 1."""
    some = rest > 0.0
    error = np.where(some, np.sqrt(variance), np.nan)
    hazard = np.log1p(np.divide(share, rest, out=np.full_like(rest, np.inf), where=some))
    relative = np.divide(error, rest, out=np.full_like(rest, np.nan), where=some)
    low, high = log_log_bounds(hazard=hazard, error=relative, level=level)
    return error, 1.0 - high, 1.0 - low


def _before(values: FloatArray, offset: Places, start: float) -> FloatArray:
    earlier = np.empty_like(values)
    earlier[1:] = values[:-1]
    earlier[offset[:-1][np.diff(offset) > 0]] = start
    return earlier
