"""Shares and yearly rates with their bounds, as measures and Pareto tables state them."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from pumpperf.numeric import FloatArray, ratio
from pumpperf.reliability.rates.bounds import mtbf

WELL_YEAR_H = 8766.0


def share_bounds(
    *, count: FloatArray, of: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Wilson bounds of a share, each at its own level whatever others stand beside it.

    (k + z^2/2 -+ z sqrt(k (n - k) / n + z^2/4)) / (n + z^2)

    Args:
        count: how many of them, from 0 to `of`.
        of: how many in all.
        level: confidence level, two-sided, between 0 and 1.

    Returns:
        Lower and upper bounds; NaN of none.

    Source: Wilson 1927, Journal of the American Statistical Association 22. By hand, without
    any of n the upper bound is z^2 / (n + z^2): 0.2775 of 10 at 95 %.

    >>> share_bounds(count=np.array([0.0]), of=np.array([10.0]), level=0.95)
    (array([0.]), array([0.2775]))
    """
    z = -float(ndtri((1.0 - level) / 2.0))
    some = np.where(of > 0.0, of, np.nan)
    middle = count + z * z / 2.0
    half = z * np.sqrt(count * (some - count) / some + z * z / 4.0)
    lower = np.where(count > 0.0, (middle - half) / (some + z * z), some * 0.0)
    upper = np.where(count < of, (middle + half) / (some + z * z), some * 0.0 + 1.0)
    return lower, upper


def yearly_rates(
    *, well_years: FloatArray, count: FloatArray, level: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Events a well-year, with exact Poisson bounds.

    Args:
        well_years: time in which wells were active [years], at least 0; NaN if unknown.
        count: events in that time.
        level: confidence level, two-sided, between 0 and 1.

    Returns:
        Rate, lower and upper bound; NaN without well-years, 0 with bounds without events.

    Source: NIST/SEMATECH e-Handbook 8.4.5.1, reciprocals of the bounds of the MTBF: 2 events in
    800 years at 90 %: from 1/2251 to 1/127 a year.

    >>> _, lower, upper = yearly_rates(
    ...     well_years=np.array([800.0]), count=np.array([2.0]), level=0.9
    ... )
    >>> 1 / lower, 1 / upper
    (array([2251.]), array([127.]))
    """
    exposure = np.where(well_years > 0.0, well_years, 0.0)
    found = mtbf(operating_h=exposure, failures=count, level=level, sided="two", terminated="time")
    return ratio(count, well_years), 1.0 / found.upper_mtbf_h, 1.0 / found.lower_mtbf_h
