"""Share that failed between inspections of many units: the life table."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, ndtri

from pumpperf.calc.inputs import columns
from pumpperf.calc.scalars import level_of
from pumpperf.numeric import bounded, floats, statuses
from pumpperf.reliability.grouping import grouped
from pumpperf.reliability.inputs import at_most
from pumpperf.reliability.segments import offsets, running
from pumpperf.results import Estimate, Places, Steps


class LifeTable(Estimate):
    """Share that failed by the end of each interval, sorted by group.

    Attributes:
        group: labels of the groups in sorted order, or None for one group without a label.
        offset: intervals of group g are offset[g]:offset[g + 1] of the columns that follow.
        at_risk: at the start of the interval.
        failures: within it.
        fraction_failed: share that failed by its end; NaN once nobody was at risk.
        lower_fraction_failed: lower logit bound; NaN where the share is 0 or 1.
        upper_fraction_failed: upper logit bound; NaN likewise.
        standard_error: of the share, by Greenwood; NaN where all have failed.
        level: of the bounds.
        method: in words.
        status: of each group: `ok`, `no_failures`, `none_at_risk` (in some interval), `no_exposure`
            (in all of them).
    """

    offset: Places
    at_risk: Steps
    failures: Steps
    fraction_failed: Steps
    lower_fraction_failed: Steps
    upper_fraction_failed: Steps
    standard_error: Steps


def life_table(
    *, at_risk: ArrayLike, failures: ArrayLike, level: float, by: ArrayLike | None = None
) -> LifeTable:
    """Share of units that failed by the end of each interval between inspections.

    F_i = 1 - product over j <= i of (1 - d_j/n_j); Greenwood as in `kaplan_meier`; logit bounds
    F/(F + (1 - F) w) with w = exp(+-z se/(F (1 - F))).

    Args:
        at_risk: units at risk at the start of each interval, at least 0, in the order of age.
        failures: units that failed within it, at least 0 and at most `at_risk`.
        level: confidence level of the bounds, between 0 and 1.
        by: labels; one table each. None: one table.

    Returns:
        A `LifeTable`, each group's intervals in the order given.

    Raises:
        ArgumentError: lengths differ, a number is missing, negative or not finite, more failed
            than were at risk, the level is not between 0 and 1, or a label is missing.

    Source: Meeker and Escobar 1998, sections 3.4 to 3.6, heat-exchanger tubes of three plants:
    0.0133, 0.0384, 0.0582; upper bounds 0.0350, 0.0730, 0.1076.

    >>> table = life_table(at_risk=[300, 197, 97], failures=[4, 5, 2], level=0.95)
    >>> table.fraction_failed, table.upper_fraction_failed
    (array([0.0133, 0.0384, 0.0582]), array([0.035, 0.073, 0.108]))
    """
    level_of(level=level)
    of_steps = {"at_risk": at_risk, "failures": failures}
    given, lost = columns(given=of_steps, beside={"by": by})
    at_most(values=lost, name="failures", limit=given, of="at_risk")
    groups = grouped(by=by, size=given.size)
    offset = offsets(group=groups.index, groups=groups.groups)
    order = np.argsort(groups.index, kind="stable")
    risk, died = given[order], lost[order]
    left = risk - died
    odds = np.divide(died, left, out=np.full_like(left, np.inf), where=left > 0.0)
    odds[risk == 0.0] = np.nan
    exposed = np.where(risk > 0.0, risk, np.nan)
    hazard = running(values=np.log1p(odds), offset=offset)
    greenwood = np.sqrt(running(values=odds / exposed, offset=offset))
    share = -np.expm1(-hazard)
    inner = np.where((share > 0.0) & (hazard < np.inf), share, np.nan)
    logit = np.log(inner) + hazard
    reach = float(ndtri((1.0 + level) / 2.0)) * greenwood / inner
    lower, upper = floats(expit(logit - reach), expit(logit + reach))
    seen, unseen, some = (
        groups.per_group(mask) > 0.0 for mask in (given > 0.0, given == 0.0, lost > 0.0)
    )
    return LifeTable(
        group=groups.group,
        offset=offset,
        at_risk=risk,
        failures=died,
        **bounded("fraction_failed", share, lower, upper),
        standard_error=np.exp(-hazard) * np.where(hazard < np.inf, greenwood, np.nan),
        level=level,
        method="life table, Greenwood, logit bounds",
        status=statuses(no_exposure=~seen, none_at_risk=unseen, no_failures=~some),
    )
