"""Run life as the lift trade states it: means, MTTF, infant failures, failures a well-year."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import numbers, same_index, same_size
from pumpperf.calc.scalars import level_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray, TextArray, bounded, ratio
from pumpperf.reliability.grouping import grouped
from pumpperf.reliability.inputs import positive
from pumpperf.reliability.lives import at_risk_at_all
from pumpperf.reliability.measures.shares import WELL_YEAR_H, share_bounds, yearly_rates
from pumpperf.reliability.rates.bounds import mtbf
from pumpperf.results import Estimate, Places

STATES = ("failed", "pulled", "running")


class RunLifeMeasures(Estimate):
    """Run-life measures of a fleet, one entry a group. Bounds are two-sided.

    Attributes:
        group: labels of `by` in sorted order, or None.
        lives: that were observed.
        failed: of these, ended by a failure.
        pulled: of these, ended by a pull for another reason.
        running: of these, still running.
        dropped: entries without exposure.
        mean_failed_h: mean run life of the failed [h]; low in a young fleet, whose long lives are
            still running.
        mean_ended_h: mean run life of all that came out, failed or pulled [h].
        mean_running_h: mean age of the running [h].
        mean_all_h: mean age of all, at their end or now [h].
        exposure_h: run time that was observed: age less entry age, over all [h].
        mttf_h: run time of all over the number of failures [h].
        lower_mttf_h: its lower chi-square bound [h].
        upper_mttf_h: its upper chi-square bound [h]; infinite without failures.
        infant_at_risk: lives observed from age 0 that failed before the infant age or reached it.
        infant_failures: of these, failed before the infant age.
        infant_share: the quotient of the two.
        lower_infant_share: its lower Wilson bound.
        upper_infant_share: its upper Wilson bound.
        well_years: time in which wells were active, in years of 8766 h.
        failures_per_well_year: failures over well-years; 365.25 over it is an MTBF in days.
        lower_failures_per_well_year: its lower Poisson bound.
        upper_failures_per_well_year: its upper Poisson bound.
        pulls_per_well_year: all that came out, failed or pulled, over well-years.
        lower_pulls_per_well_year: its lower Poisson bound.
        upper_pulls_per_well_year: its upper Poisson bound.
        infant_h: age below which a failure is an infant failure [h].
        level: confidence level of the bounds.
        method: how the bounds were found.
        status: of the MTTF: `ok`, `no_failures` (no MTTF) or `no_exposure`.
        rate_status: of the rates a well-year: `ok` or `no_well_years`.
        infant_status: of the infant share: `ok` or `none_at_risk`.
    """

    lives: FloatArray
    failed: FloatArray
    pulled: FloatArray
    running: FloatArray
    dropped: FloatArray
    mean_failed_h: FloatArray
    mean_ended_h: FloatArray
    mean_running_h: FloatArray
    mean_all_h: FloatArray
    exposure_h: FloatArray
    mttf_h: FloatArray
    lower_mttf_h: FloatArray
    upper_mttf_h: FloatArray
    infant_at_risk: FloatArray
    infant_failures: FloatArray
    infant_share: FloatArray
    lower_infant_share: FloatArray
    upper_infant_share: FloatArray
    well_years: FloatArray
    failures_per_well_year: FloatArray
    lower_failures_per_well_year: FloatArray
    upper_failures_per_well_year: FloatArray
    pulls_per_well_year: FloatArray
    lower_pulls_per_well_year: FloatArray
    upper_pulls_per_well_year: FloatArray
    infant_h: float
    rate_status: TextArray
    infant_status: TextArray


def run_life_measures(
    *,
    age_h: ArrayLike,
    status: ArrayLike,
    level: float,
    infant_h: float,
    entry_age_h: ArrayLike | None = None,
    active_h: ArrayLike | None = None,
    by: ArrayLike | None = None,
) -> RunLifeMeasures:
    """Means, MTTF, infant failures and failures a well-year, each with its bounds.

    MTTF = sum of (age - entry age) over all lives / failures: the estimate of a constant rate.

    A window of time (say, the last 12 months) is the caller's to make: of the lives that ran in
    it, each with its age at the window's end or its own, and with its age at the window's begin
    as entry age. Then MTTF and rates are those of the window; the means are still of whole ages.

    A life still running, or pulled, before the infant age says nothing of infant failures and is
    not counted there; nor is one that was not observed from age 0. In a fleet installed of late
    this overstates the share, since its failures count and its young survivors do not: see the
    survival at that age instead.

    Args:
        age_h: age of each life when it ended, or now [h], at least 0.
        status: of each: `failed`, `pulled` (for another reason) or `running`.
        level: confidence level of the bounds, between 0 and 1.
        infant_h: age below which a failure is an infant failure [h], above 0.
        entry_age_h: age at entry, when observation began [h], not above `age_h`. None: at 0.
        active_h: time for which the well counts as active with each life [h], at least 0. None:
            its observed run time.
        by: labels of the groups. None: all are one group.

    Returns:
        A `RunLifeMeasures`.

    Raises:
        ArgumentError: lengths differ, a number lies outside, a status is none of the three, or a
            label is missing.

    Source: definitions as in the ESP reliability papers of C-FER (SPE-148333, SPE-190946). By
    hand, failed at 120, 480 and 30 h, pulled at 200 h, 5 running: means of 210 and 207.5 h.

    >>> found = run_life_measures(
    ...     age_h=[120.0, 480, 300, 200, 900, 30, 10, 1500],
    ...     status=["failed", "failed", "running", "pulled", "running", "failed", "running",
    ...             "running"],
    ...     level=0.9, infant_h=100.0,
    ... )
    >>> found.mean_failed_h, found.mean_ended_h, found.mean_running_h, found.mean_all_h
    (array([210.]), array([207.5]), array([677.5]), array([442.5]))
    >>> found.mttf_h, found.infant_failures, found.infant_at_risk
    (array([1180.]), array([1.]), array([7.]))
    """
    same_index(age_h=age_h, status=status, entry_age_h=entry_age_h, active_h=active_h, by=by)
    age = numbers(values=age_h, name="age_h")
    entry = np.zeros_like(age) if entry_age_h is None else _column(entry_age_h, "entry_age_h", age)
    if (entry > age).any():
        i = int(np.argmax(entry > age))
        raise ArgumentError(f"entry_age_h[{i}] = {entry[i]}: expected at most {age[i]}, its age_h")
    active = age - entry if active_h is None else _column(active_h, "active_h", age)
    state = _states(status, age.size)
    level_of(level=level)
    positive(value=infant_h, name="infant_h")
    known = grouped(by=by, size=age.size)
    sums = known.per_group
    failed = state == 0
    observed = at_risk_at_all(age_h=age, entry_age_h=entry)
    failed &= observed
    out = (state <= 1) & observed
    running = (state == STATES.index("running")) & observed
    failures, pulls = sums(failed), sums(out)
    hours = sums(np.where(observed, age - entry, 0.0))
    life = mtbf(operating_h=hours, failures=failures, level=level, sided="two", terminated="time")
    well_years = sums(np.where(observed, active, 0.0)) / WELL_YEAR_H
    failure_rate = yearly_rates(well_years=well_years, count=failures, level=level)
    pull_rate = yearly_rates(well_years=well_years, count=pulls, level=level)
    early = failed & (entry == 0.0) & (age < infant_h)
    infants = sums(early)
    infant_at_risk = sums(observed & (entry == 0.0) & (early | (age >= infant_h)))
    infant = share_bounds(count=infants, of=infant_at_risk, level=level)
    return RunLifeMeasures(
        group=known.group,
        lives=sums(observed),
        failed=failures,
        pulled=pulls - failures,
        running=sums(running),
        dropped=sums(~observed),
        mean_failed_h=ratio(sums(np.where(failed, age, 0.0)), failures),
        mean_ended_h=ratio(sums(np.where(out, age, 0.0)), pulls),
        mean_running_h=ratio(sums(np.where(running, age, 0.0)), sums(running)),
        mean_all_h=ratio(sums(np.where(observed, age, 0.0)), sums(observed)),
        exposure_h=life.operating_h,
        **bounded("mttf_h", life.mtbf_h, life.lower_mtbf_h, life.upper_mtbf_h),
        infant_at_risk=infant_at_risk,
        infant_failures=infants,
        **bounded("infant_share", ratio(infants, infant_at_risk), *infant),
        well_years=well_years,
        **bounded("failures_per_well_year", *failure_rate),
        **bounded("pulls_per_well_year", *pull_rate),
        infant_h=infant_h,
        level=level,
        method="chi-square bounds of times and rates, Wilson bounds of shares",
        status=life.status,
        rate_status=np.where(well_years > 0.0, "ok", "no_well_years"),
        infant_status=np.where(infant_at_risk > 0.0, "ok", "none_at_risk"),
    )


def _column(values: ArrayLike, name: str, age: FloatArray) -> FloatArray:
    column = numbers(values=values, name=name)
    same_size(columns={name: column}, size=age.size, of="age_h")
    return column


def _states(status: ArrayLike, size: int) -> Places:
    """Place of each status among the three."""
    label, index = groups(labels=status, name="status")
    same_size(columns={"status": index}, size=size, of="age_h")
    places = {name: place for place, name in enumerate(STATES)}
    found = np.array([places.get(one, -1) for one in label.tolist()], dtype=np.intp)[index]
    if (found < 0).any():
        i = int(np.argmax(found < 0))
        wanted = ", ".join(STATES)
        raise ArgumentError(f"status[{i}] = {label[index[i]]!r}: expected one of {wanted}")
    return found
