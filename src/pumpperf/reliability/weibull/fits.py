"""What is asked of a Weibull curve, and the fits of many groups."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.results import Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Point:
    """A point of the curve of each group: the age of a given hazard, or the hazard at a given age.

    Attributes:
        log_age: ln(age / largest age of the group) at which the hazard is asked.
        log_hazard: ln H whose age is asked.
        age_is_given: which of the two is; the other is NaN.
    """

    log_age: FloatArray
    log_hazard: FloatArray
    age_is_given: bool

    def of(self, groups: Places) -> Point:
        """The same for some of the groups."""
        ages, hazards = self.log_age[groups], self.log_hazard[groups]
        return replace(self, log_age=ages, log_hazard=hazards)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """Weibull fits, one entry a group, NaN where there is none.

    Ages are relative to the largest of their group, in logarithms. Near the top the log-likelihood
    falls by r (y^2 + V db^2)/2 with the change y of ln H at the pivot and db of the shape.

    Attributes:
        shape: shape b.
        log_power: b ln(scale / largest age).
        pivot: ln(age / largest age) where ln H and the shape are uncorrelated.
        variance: V.
        information: r.
        log_likelihood: at the top.
        at_zero: whether, where there is no fit, none of a shape above 0 is possible.
        lower_shape: bound from the likelihood region, if that was asked for.
        upper_shape: likewise.
        lower: of each point and group, the lower age, or the hazard of the lower survival, as ln.
        upper: likewise.
    """

    shape: FloatArray
    log_power: FloatArray
    pivot: FloatArray
    variance: FloatArray
    information: FloatArray
    log_likelihood: FloatArray
    at_zero: BoolArray
    lower_shape: FloatArray
    upper_shape: FloatArray
    lower: FloatArray
    upper: FloatArray


def no_fit(*, groups: int, points: int) -> Fit:
    """Fits of groups that have none yet.

    Args:
        groups: how many.
        points: how many points of the curve are asked.

    Source: definition.

    >>> no_fit(groups=1, points=0).shape
    array([nan])
    """
    columns = {
        field.name: np.full(groups, np.nan) for field in fields(Fit) if field.name != "at_zero"
    }
    pairs = {side: np.full((points, groups), np.nan) for side in ("lower", "upper")}
    return Fit(**columns | pairs, at_zero=np.ones(groups, dtype=bool))
