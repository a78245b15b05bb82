"""How long or how many must be observed to show a failure rate or a reliability."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, gammaincinv

from pumpperf.calc.inputs import refuse
from pumpperf.calc.scalars import level_of
from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.reliability.inputs import alike
from pumpperf.reliability.wholes import fewest
from pumpperf.results import MethodResult, Places


class DemonstrationTime(MethodResult):
    """Operating time that shows an MTBF, given what was believed before, one entry a plan.

    Attributes:
        operating_h: time to be run [h]; 0 where the prior alone shows the MTBF.
        mtbf_h: MTBF to be shown [h].
        failures: failures allowed in that time.
        level: credibility with which it is shown.
        method: how it was found.
        status: `ok`, or `shown_by_prior` (no test is needed, even with so many failures).
    """

    operating_h: FloatArray
    mtbf_h: FloatArray
    failures: FloatArray
    level: float


def demonstration_time(
    *,
    mtbf_h: ArrayLike,
    failures: ArrayLike,
    prior_shape: ArrayLike,
    prior_h: ArrayLike,
    level: float,
) -> DemonstrationTime:
    """Operating time after which so many failures still show an MTBF, with a gamma prior.

    T = M G^-1(level; a + r) - b,  G the unit gamma distribution.

    Args:
        mtbf_h: MTBF M to be shown [h], above 0.
        failures: failures r allowed, whole, at least 0.
        prior_shape: shape a of the prior of the rate, above 0.
        prior_h: hours b of the prior (its inverse scale) [h], at least 0.
        level: credibility, between 0 and 1.

    Returns:
        A `DemonstrationTime`.

    Raises:
        ArgumentError: lengths differ, or a number lies outside.

    Source: NIST/SEMATECH e-Handbook 8.3.1.5: 500 h at 80 %, 2 failures, a = 2.863, b = 1522.46:
    1756 h.

    >>> demonstration_time(
    ...     mtbf_h=500, failures=2, prior_shape=2.863, prior_h=1522.46, level=0.8
    ... ).operating_h
    array([1756.])
    """
    level_of(level=level)
    goal_h, allowed, shape, believed_h = alike(
        arguments={
            "mtbf_h": mtbf_h,
            "failures": failures,
            "prior_shape": prior_shape,
            "prior_h": prior_h,
        }
    )
    refuse(wrong=goal_h <= 0.0, values=goal_h, name="mtbf_h", expected="a time above 0")
    refuse(wrong=shape <= 0.0, values=shape, name="prior_shape", expected="above 0")
    refuse(wrong=allowed % 1.0 != 0.0, values=allowed, name="failures", expected="a whole number")
    found = goal_h * gammaincinv(shape + allowed, level) - believed_h
    return DemonstrationTime(
        operating_h=np.maximum(found, 0.0),
        mtbf_h=goal_h,
        failures=allowed,
        level=level,
        method="gamma prior, constant rate",
        status=np.where(found > 0.0, "ok", "shown_by_prior"),
    )


def success_run_size(
    *, reliability: ArrayLike, level: ArrayLike, failures: ArrayLike
) -> FloatArray:
    """Lives to be observed so that few enough failures among them show a reliability.

    Smallest n with sum over x <= f of binomial(n, x) (1 - R)^x R^(n - x) <= 1 - C; without
    failures R^n <= 1 - C. A tail above 1 - C by rounding alone is taken as equal.

    Args:
        reliability: share R that is to survive the mission, between 0 and 1.
        level: one-sided confidence C, above 0 and at most 1 - 1e-12.
        failures: failures f allowed among the n, whole, at least 0, at most a million.

    Returns:
        Numbers of lives, one for each set of arguments.

    Raises:
        ArgumentError: a share lies outside, or a count is not whole or too large.

    Source: Lipson and Sheth 1973, success run theorem (quoted from memory); binomial tail by
    definition. 95 % shown with 95 %: 59 lives without a failure, 93 with one.

    >>> success_run_size(reliability=0.95, level=0.95, failures=[0, 1])
    array([59., 93.])
    """
    least, share, counts = alike(
        arguments={"reliability": reliability, "level": level, "failures": failures}
    )
    for name, column in (("reliability", least), ("level", share)):
        outside = (column <= 0.0) | (column >= 1.0)
        refuse(wrong=outside, values=column, name=name, expected="a share between 0 and 1")
    sure = share > 1.0 - _DOUBT
    refuse(wrong=sure, values=share, name="level", expected=f"at most 1 - {_DOUBT}")
    wrong = (counts % 1.0 != 0.0) | (counts > _MOST)
    refuse(wrong=wrong, values=counts, name="failures", expected=f"a whole number up to {_MOST}")
    bound = (1.0 - share) * (1.0 + 1e-12) + np.finfo(np.float64).eps

    def enough(n: FloatArray, its: Places) -> BoolArray:
        more = counts[its] + 1.0
        return np.asarray(betainc(n - more + 1.0, more, least[its]) <= bound[its])

    start = counts + gammaincinv(counts + 1.0, share) / -np.log(least)
    return fewest(enough=enough, start=start, least=counts + 1.0)


_MOST = 1_000_000
_DOUBT = 1e-12
