"""How long or how many must be observed to show a failure rate or a reliability."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammaincinv

from pumpperf.calc.inputs import level_of, numbers
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray
from pumpperf.reliability.wholes import fewest
from pumpperf.results import Result


class DemonstrationTime(Result):
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
    method: str
    status: NDArray[np.str_]


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
    columns = {
        "mtbf_h": numbers(values=mtbf_h, name="mtbf_h"),
        "failures": numbers(values=failures, name="failures"),
        "prior_shape": numbers(values=prior_shape, name="prior_shape"),
        "prior_h": numbers(values=prior_h, name="prior_h"),
    }
    level_of(level=level)
    _refuse(columns["mtbf_h"] <= 0.0, columns["mtbf_h"], "mtbf_h", "a time above 0")
    _refuse(columns["prior_shape"] <= 0.0, columns["prior_shape"], "prior_shape", "above 0")
    _refuse(columns["failures"] % 1.0 != 0.0, columns["failures"], "failures", "a whole number")
    goal_h, allowed, shape, believed_h = _alike(columns)
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
    columns = {
        "reliability": numbers(values=reliability, name="reliability"),
        "level": numbers(values=level, name="level"),
        "failures": numbers(values=failures, name="failures"),
    }
    for name in ("reliability", "level"):
        column = columns[name]
        _refuse((column <= 0.0) | (column >= 1.0), column, name, "a share between 0 and 1")
    sure = columns["level"] > 1.0 - _DOUBT
    _refuse(sure, columns["level"], "level", f"at most 1 - {_DOUBT}")
    counts = columns["failures"]
    wrong = (counts % 1.0 != 0.0) | (counts > _MOST)
    _refuse(wrong, counts, "failures", f"a whole number up to {_MOST}")
    least, share, counts = _alike(columns)
    bound = (1.0 - share) * (1.0 + 1e-12) + np.finfo(np.float64).eps

    def enough(n: FloatArray, its: NDArray[np.intp]) -> NDArray[np.bool_]:
        more = counts[its] + 1.0
        return np.asarray(betainc(n - more + 1.0, more, least[its]) <= bound[its])

    start = counts + gammaincinv(counts + 1.0, share) / -np.log(least)
    return fewest(enough=enough, start=start, least=counts + 1.0)


_MOST = 1_000_000
_DOUBT = 1e-12


def _refuse(wrong: NDArray[np.bool_], column: FloatArray, name: str, wanted: str) -> None:
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ArgumentError(f"{name}[{i}] = {column[i]}: expected {wanted}")


def _alike(columns: dict[str, FloatArray]) -> tuple[FloatArray, ...]:
    try:
        return tuple(np.array(column) for column in np.broadcast_arrays(*columns.values()))
    except ValueError as error:
        sizes = ", ".join(f"{column.size} of {name}" for name, column in columns.items())
        raise ArgumentError(f"lengths differ: {sizes}") from error
