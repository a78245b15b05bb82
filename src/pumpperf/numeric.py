"""Numbers that may be a float, an array or a Series, and the few places that look at which."""

from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import pandas as pd

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
TextArray: TypeAlias = NDArray[np.str_]
DateArray: TypeAlias = NDArray[np.datetime64]
Sided = Literal["two", "lower", "upper"]
"""Which of the two bounds of a value are asked for."""

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


def logarithm(values: Reals) -> Reals:
    """The natural logarithm, undefined (NaN) where a number is not above 0.

    >>> logarithm(1.0), logarithm(0.0)
    (0.0, nan)
    """
    if isinstance(values, float | int | np.number):
        return float(np.log(values)) if values > 0 else np.nan  # pyright: ignore[reportReturnType]  # a float for a float
    if isinstance(values, np.ndarray):
        return np.log(np.where(values > 0.0, values, np.nan))
    return values.where(values > 0.0).transform(np.log)


def exponential(values: Reals) -> Reals:
    """The exponential function; infinite where no float is large enough.

    >>> exponential(0.0)
    1.0
    """
    with np.errstate(over="ignore"):
        if isinstance(values, float | int | np.number):
            return float(np.exp(values))  # pyright: ignore[reportReturnType]  # a float for a float
        if isinstance(values, np.ndarray):
            return np.exp(values)
        return values.transform(np.exp)


def to_power(base: Reals, exponent: Reals | float) -> Reals:
    """A power whose exponent may be a column, undefined (NaN) where the base is not above 0.

    >>> to_power(4.0, 0.5), to_power(0.0, 2.0)
    (2.0, nan)
    """
    return exponential(logarithm(base) * exponent)


def is_number(kind: type) -> bool:
    """Whether values of that class are numbers; truths and spans of time are none.

    >>> is_number(int), is_number(bool)
    (True, False)
    """
    return issubclass(kind, (Real, Decimal)) and not issubclass(kind, (bool, np.timedelta64))


def floats(*given: ArrayLike) -> list[FloatArray]:
    """Each as an array of floats.

    >>> floats(1, [2, 3])
    [array(1.), array([2., 3.])]
    """
    return [np.asarray(values, dtype=np.float64) for values in given]


def positive(values: ArrayLike) -> FloatArray:
    """The same numbers as floats, undefined (NaN) where they are not above 0.

    >>> positive(np.array([2.0, 0.0]))
    array([ 2., nan])
    """
    number = np.asarray(values, dtype=np.float64)
    return np.where(number > 0.0, number, np.nan)


def within(values: FloatArray, bounds: tuple[float, float]) -> BoolArray:
    """Whether each lies between two bounds, or on one of them; NaN does not.

    >>> within(np.array([1.0, 3.0]), (0.0, 2.0))
    array([ True, False])
    """
    return (values >= bounds[0]) & (values <= bounds[1])


def mean_of(values: FloatArray, chosen: BoolArray) -> FloatArray:
    """Mean along the last axis of those that are chosen; NaN where there are none.

    >>> mean_of(np.array([1.0, 3.0, np.nan]), np.array([True, True, False]))
    array(2.)
    """
    total = np.sum(np.where(chosen, values, 0.0), axis=-1)
    return np.asarray(ratio(total, np.sum(chosen, axis=-1, dtype=np.float64)))


def sums(values: NDArray[np.generic], index: NDArray[np.intp], size: int) -> FloatArray:
    """Sum of the values of each group; of truths, how often they hold.

    >>> sums(np.array([1.0, 2.0, 4.0]), np.array([0, 0, 2]), 3)
    array([3., 0., 4.])
    """
    return np.bincount(index, values, size).astype(np.float64, copy=False)


def largest(values: FloatArray, index: NDArray[np.intp], size: int) -> FloatArray:
    """Largest value of each group, NaN where it has none.

    >>> largest(np.array([1.0, 2.0, 4.0]), np.array([0, 0, 2]), 3)
    array([ 2., nan,  4.])
    """
    found = np.full(size, -np.inf)
    np.maximum.at(found, index, values)
    return np.where(found == -np.inf, np.nan, found)


def statuses(**holds: BoolArray) -> TextArray:
    """Of each entry the first of the words that holds, or `ok` where none does.

    >>> statuses(no_exposure=np.array([True, False]), no_failures=np.array([True, False]))
    array(['no_exposure', 'ok'], dtype='<U11')
    """
    return np.select([*holds.values()], [*holds], "ok")


def bounded(
    name: str, value: FloatArray, lower: FloatArray, upper: FloatArray, *, sided: Sided = "two"
) -> dict[str, FloatArray]:
    """A value and its bounds as columns of a result; a bound not asked for is NaN.

    >>> bounded("mtbf_h", np.array([5.0]), np.array([2.0]), np.array([9.0]), sided="lower")
    {'mtbf_h': array([5.]), 'lower_mtbf_h': array([2.]), 'upper_mtbf_h': array([nan])}
    """
    return {
        name: value,
        f"lower_{name}": np.full_like(lower, np.nan) if sided == "upper" else lower,
        f"upper_{name}": np.full_like(upper, np.nan) if sided == "lower" else upper,
    }


def shared(one: object, *names: str) -> dict[str, Any]:
    """What another takes over from one thing under the same names.

    >>> shared(1.0 + 2.0j, "real", "imag")
    {'real': 1.0, 'imag': 2.0}
    """
    return {name: getattr(one, name) for name in names}
