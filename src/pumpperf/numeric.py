"""Numbers that may be a float, an array or a Series, and the few places that look at which."""

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]

Reals = TypeVar("Reals", float, FloatArray, "pd.Series[float]")


def ratio(numerator: Reals, denominator: Reals | float) -> Reals:
    """Quotient of two numbers or columns, undefined (NaN) where the denominator is zero.

    >>> ratio(1.0, 4.0), ratio(1.0, 0.0)
    (0.25, nan)
    """
    if isinstance(denominator, float | int | np.number):
        return numerator / (denominator if denominator != 0 else np.nan)
    if isinstance(denominator, np.ndarray):
        zero = denominator == 0.0
        return numerator / (np.where(zero, np.nan, denominator) if zero.any() else denominator)
    return numerator / denominator.where(denominator != 0.0)


def coalesce(first: Reals, second: Reals | float) -> Reals:
    """The first where it is there, else the second: NaN says that an instrument is missing.

    >>> coalesce(3.0, 7.0), coalesce(float("nan"), 7.0)
    (3.0, 7.0)
    """
    if isinstance(first, float | int | np.number):
        return second if first != first else first  # pyright: ignore[reportReturnType]  # a lone NaN takes the other's shape
    if isinstance(first, np.ndarray):
        missing = np.isnan(first)
        return np.where(missing, second, first) if missing.any() else first
    return first.where(first.notna(), second)  # pyright: ignore[reportCallIssue, reportArgumentType, reportUnknownVariableType]  # stubs


def raised(base: Reals, exponent: float) -> Reals:
    """A broken power, undefined (NaN) where the base is negative; the exponent is above 0.

    >>> raised(4.0, 0.5), raised(-4.0, 0.5)
    (2.0, nan)
    """
    with np.errstate(over="ignore"):
        if isinstance(base, float | int | np.number):
            found = np.float64(base) ** exponent if base >= 0 else np.nan
            return float(found)  # pyright: ignore[reportReturnType]  # a float for a float
        if isinstance(base, np.ndarray):
            return np.asarray(np.where(base >= 0.0, base, np.nan) ** exponent)
        return base.where(base >= 0.0) ** exponent
