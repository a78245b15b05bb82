"""Survival of run lives without a law of failure: the Kaplan-Meier curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from pumpperf.calc.scalars import level_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray, bounded, shared
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.lives import lives
from pumpperf.reliability.segments import group_of, running
from pumpperf.reliability.survival.risksets import RiskSets, risk_sets
from pumpperf.results import Estimate, Places, Steps


class SurvivalCurve(Estimate):
    """Share of lives that reach an age, as steps at the ages at which one failed.

    With late entry, or with `from_h`, all of it is meant for lives that reached `first_age_h`.

    Attributes:
        group: labels of the groups in sorted order, or None for one group without a label.
        offset: steps of group g are offset[g]:offset[g + 1] of the columns that follow.
        age_h: age at which one failed [h].
        at_risk: lives at risk then.
        failures: lives that failed then.
        survival: share that outlives it.
        lower_survival: lower log-log bound; NaN where the survival is 0.
        upper_survival: upper log-log bound; NaN where the survival is 0.
        standard_error: of `survival`, by Greenwood; NaN where the survival is 0.
        lives: of each group.
        total_failures: how many of them failed.
        exposure_h: exposure: time under observation [h].
        dropped: entries without exposure or weight.
        first_age_h: lowest age at which one of them was observed [h]; NaN without lives.
        last_age_h: highest such age [h]; NaN without lives.
        lowest_at_risk: smallest number at risk at a step before the last, NaN where there is
            none: of 1 or 2 (early, with late entry) the steps after it mean little.
        level: of the bounds, each step by itself.
        method: in words.
        status: `ok`; `no_exposure` without lives; `no_failures` (no step: survival is 1 as far as
            observed); `all_at_risk_failed` (it fell to 0 before the last age, since few were
            at risk); `gap_in_observation` (at some ages between the first and the last nothing was
            observed, and the curve takes it that nothing would have failed).
    """

    offset: Places
    age_h: Steps
    at_risk: Steps
    failures: Steps
    survival: Steps
    lower_survival: Steps
    upper_survival: Steps
    standard_error: Steps
    lives: FloatArray
    total_failures: FloatArray
    exposure_h: FloatArray
    dropped: FloatArray
    first_age_h: FloatArray
    last_age_h: FloatArray
    lowest_at_risk: FloatArray


def kaplan_meier(
    *,
    age_h: ArrayLike,
    failed: ArrayLike,
    level: float,
    entry_age_h: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    by: ArrayLike | None = None,
    from_h: float | None = None,
) -> SurvivalCurve:
    """Product-limit estimate of survival, with late entry.

    S(t) = product over t_j <= t of (1 - d_j/Y_j), where Y_j counts the lives with
    entry < t_j <= age (at t_j = 0 all that entered at 0);
    G = sum of d_j/(Y_j (Y_j - d_j)); standard error S sqrt(G); bounds S^exp(+-z sqrt(G)/ln S).

    Args:
        age_h: age at which each life was last seen, or failed [h], at least 0.
        failed: whether it failed then; else it was still running, or pulled for another reason.
        level: confidence level of the bounds, between 0 and 1.
        entry_age_h: age at entry, when observation began [h], not above `age_h`. None: at 0.
        weight: how many lives each entry stands for, at least 0. None: 1.
        by: labels; one curve each. None: one curve.
        from_h: survival given that this age [h] was outlived; only what was observed after it
            counts. With late entry that keeps a lone early failure from ruling all the rest.
            None: from the start.

    Returns:
        A `SurvivalCurve` with steps at the ages at failure only. Ties count as failures first,
        then suspensions, then entries, as in R's survfit.

    Raises:
        ArgumentError: as `lives`; or the level is not between 0 and 1, or `from_h` is negative.

    Source: Kaplan and Meier 1958; Klein and Moeschberger, sections 4.2 to 4.6. NIST/SEMATECH
    e-Handbook 8.2.1.5: 20 units, 4 of them removed early: 0.95, 0.90, 0.85, 0.79, 0.74, 0.67.

    >>> curve = kaplan_meier(
    ...     age_h=[10, 32, 56, 98, 122, 181, 50, 100, 125, 150] + [200] * 10,
    ...     failed=[1] * 6 + [0] * 14, level=0.95)
    >>> curve.survival[2:]
    array([0.85, 0.79, 0.74, 0.67])
    """
    level_of(level=level)
    sample = lives(age_h=age_h, failed=failed, entry_age_h=entry_age_h, weight=weight, by=by)
    if from_h is not None:
        if not 0.0 <= from_h < np.inf:
            raise ArgumentError(f"from_h = {from_h}: expected a finite age of at least 0")
        sample = sample.only(sample.age_h > from_h)
        sample = replace(sample, entry_age_h=np.maximum(sample.entry_age_h, from_h))
    sets = risk_sets(sample=sample, weighted=weight is not None)
    group, dropped = sample.group, sample.dropped
    del sample
    odds, hazard = odds_and_hazard(sets=sets)
    greenwood = np.sqrt(running(values=odds / sets.at_risk, offset=sets.offset))
    survival = np.exp(-hazard)
    lower, upper = log_log_bounds(hazard=hazard, error=greenwood, level=level)
    return SurvivalCurve(
        group=group,
        offset=sets.offset,
        **shared(sets, "age_h", "at_risk", "failures", "lives", "total_failures", "exposure_h"),
        **shared(sets, "first_age_h", "last_age_h"),
        **bounded("survival", survival, lower, upper),
        standard_error=survival * np.where(hazard < np.inf, greenwood, np.nan),
        dropped=dropped,
        lowest_at_risk=_lowest_before_the_last(sets.at_risk, sets.offset),
        level=level,
        method="Kaplan-Meier, Greenwood, log-log bounds",
        status=sets.status,
    )


def odds_and_hazard(*, sets: RiskSets) -> tuple[FloatArray, FloatArray]:
    """Failures to survivors at each step, and H = -ln S after it.

    H = sum of ln(1 + d_j/(Y_j - d_j)); infinite once all at risk have failed.

    Args:
        sets: from `risk_sets`.

    Source: the product limit of Kaplan and Meier 1958, in logarithms.

    >>> from pumpperf.reliability.lives import lives
    >>> sets = risk_sets(sample=lives(age_h=[5.0, 9.0], failed=[1, 1]), weighted=False)
    >>> odds_and_hazard(sets=sets)[0]
    array([ 1., inf])
    """
    left = sets.at_risk - sets.failures
    odds = np.divide(sets.failures, left, out=np.full_like(left, np.inf), where=left > 0.0)
    return odds, running(values=np.log1p(odds), offset=sets.offset)


def log_log_bounds(
    *, hazard: FloatArray, error: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Bounds of a survival exp(-H) that lie between 0 and 1.

    exp(-H exp(+-z error/H)).

    Args:
        hazard: H = -ln S, at least 0.
        error: standard error of H, at least 0.
        level: confidence level, between 0 and 1.

    Returns:
        The lower and the upper bound; NaN where the survival is 0 or 1.

    Source: Klein and Moeschberger, section 4.3; AML maintained arm (R
    survival, log-log): from 0.508 to 0.987 after the first of 11.

    >>> log_log_bounds(hazard=np.array([np.log(11 / 10)]), error=np.sqrt([1 / 110]), level=0.95)
    (array([0.508]), array([0.987]))
    """
    stretch = np.full_like(hazard, np.nan)
    np.divide(error, hazard, out=stretch, where=(hazard > 0.0) & (hazard < np.inf))
    with np.errstate(over="ignore"):  # no limit to the stretch: a bound of 0
        stretch = np.exp(float(ndtri((1.0 + level) / 2.0)) * stretch)
        return np.exp(-hazard * stretch), np.exp(-hazard / stretch)


def _lowest_before_the_last(at_risk: FloatArray, offset: Places) -> FloatArray:
    before = at_risk.copy()
    before[offset[1:][np.diff(offset) > 0] - 1] = np.inf
    lowest = Groups(index=group_of(offset=offset), groups=offset.size - 1).lowest(before)
    return np.where(lowest < np.inf, lowest, np.nan)
