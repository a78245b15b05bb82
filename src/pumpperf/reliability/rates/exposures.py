"""Operating times and failure counts as the estimators of rates take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from pumpperf.calc.inputs import columns, refuse
from pumpperf.numeric import BoolArray, FloatArray, TextArray, ratio, shared, statuses, sums
from pumpperf.reliability.grouping import Groups, grouped
from pumpperf.results import Labels


def exposures(
    *, operating_h: ArrayLike, failures: ArrayLike, beside: Mapping[str, object] | None = None
) -> tuple[FloatArray, FloatArray]:
    """Operating times [h] and failure counts as columns of one length.

    Args:
        operating_h: operating time [h] of each pump, at least 0.
        failures: number of failures of each, whole, at least 0.
        beside: other columns of the same table, by the names of their arguments.

    Raises:
        ArgumentError: lengths or indexes differ, or one is negative, not finite or (a count) not
            whole.

    Source: definition.

    >>> exposures(operating_h=800, failures=2)
    (array([800.]), array([2.]))
    """
    given = {"operating_h": operating_h, "failures": failures}
    hours, counts = columns(given=given, beside=beside)
    broken, expected = counts != np.floor(counts), "a whole number of at least 0"
    refuse(wrong=broken, values=counts, name="failures", expected=expected)
    return hours, counts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fleets(Groups):
    """Pumps that are looked at fleet by fleet.

    Attributes:
        hours: operating time of each pump [h].
        counts: failures of each.
        ran: whether it ran at all.
        failures: failures of each fleet.
        operating_h: operating time of each fleet [h].
        pumps: how many pumps of each fleet ran.
        rate_per_h: rate of each fleet [1/h]; NaN where it cannot be told.
        status: `ok`; `failure_without_exposure` of a pump, `no_exposure`, `no_failures`, or as
            asked where one pump alone ran.
    """

    hours: FloatArray
    counts: FloatArray
    ran: BoolArray
    failures: FloatArray
    operating_h: FloatArray
    pumps: FloatArray
    rate_per_h: FloatArray
    status: TextArray


def fleets(
    *, operating_h: ArrayLike, failures: ArrayLike, by: ArrayLike | None, alone: str
) -> Fleets:
    """Pumps of each fleet, and whether they tell how its rate varies.

    Args:
        operating_h: operating time [h] of each pump; 0, or more than 1e-100 of its fleet's.
        failures: number of failures of each, whole, at least 0.
        by: label of each pump's fleet. None: all are one.
        alone: status of a fleet of which one pump alone ran.

    Raises:
        ArgumentError: lengths differ, a number is negative, not finite or not whole, a label is
            missing, or a pump ran so little of its fleet's time that its expected failures are
            beyond what a float can hold.

    Source: definition.

    >>> found = fleets(operating_h=[100.0, 300.0], failures=[0, 1], by=None, alone="one_pump")
    >>> found.rate_per_h, found.status.tolist()
    (array([0.0025]), ['ok'])
    """
    hours, counts = exposures(operating_h=operating_h, failures=failures, beside={"by": by})
    groups = grouped(by=by, size=hours.size)
    total, total_h = groups.per_group(counts), groups.per_group(hours)
    brief = (hours > 0.0) & (hours <= _BRIEFEST * total_h[groups.index])
    expected = f"0 or above {_BRIEFEST} of its fleet's hours"
    refuse(wrong=brief, values=hours, name="operating_h", expected=expected)
    ran = hours > 0.0
    pumps = groups.per_group(ran)
    stillborn = sums(counts[~ran], groups.index[~ran], groups.groups) > 0.0
    return Fleets(
        **shared(groups, "index", "group", "groups"),
        hours=hours,
        counts=counts,
        ran=ran,
        failures=total,
        operating_h=total_h,
        pumps=pumps,
        rate_per_h=np.where(stillborn, np.nan, ratio(total, total_h)),
        status=statuses(
            failure_without_exposure=stillborn,
            no_exposure=total_h == 0.0,
            no_failures=total == 0.0,
            **{alone: pumps == 1.0},
        ),
    )


def rate_bounds(
    *, failures: FloatArray, operating_h: FloatArray, tail: float
) -> tuple[FloatArray, FloatArray]:
    """Exact bounds of constant rates [1/h] from what was counted in given times.

    Args:
        failures: number of failures.
        operating_h: operating time [h], above 0; NaN where nothing can be said.
        tail: chance left outside on each side.

    Returns:
        Lower bounds, 0 without a failure, and upper bounds.

    Source: as `mtbf`, whose bounds in a test of given length these are the inverse of.

    >>> rate_bounds(failures=np.zeros(1), operating_h=np.array([100.0]), tail=0.05)
    (array([0.]), array([0.02996]))
    """
    failed = failures > 0.0
    lower = np.where(failed, gammaincinv(np.where(failed, failures, 1.0), tail), 0.0) / operating_h
    upper = gammaincinv(failures + 1.0, 1.0 - tail) / operating_h
    return lower, np.asarray(upper, dtype=np.float64)


def summed_by(
    *, by: ArrayLike | None, columns: Sequence[FloatArray]
) -> tuple[Labels | None, list[FloatArray]]:
    """Columns summed over the entries of each label; without labels every entry by itself.

    Args:
        by: a label an entry, or None.
        columns: of one length.

    Raises:
        ArgumentError: there are not as many labels as entries, or one is missing.

    Source: definition.

    >>> summed_by(by=["b", "a", "b"], columns=[np.array([1.0, 2.0, 4.0])])
    (array(['a', 'b'], dtype=object), [array([2., 5.])])
    """
    if by is None:
        return None, list(columns)
    groups = grouped(by=by, size=columns[0].size)
    return groups.group, [groups.per_group(one) for one in columns]


_BRIEFEST = 1e-100
