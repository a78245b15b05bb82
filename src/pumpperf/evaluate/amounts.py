"""Amounts, prices and shares that may be absent."""

import math

from pumpperf.errors import ArgumentError


def given(
    name: str, value: float | None, low: float = -math.inf, high: float = math.inf
) -> float | None:
    """A number that the caller may give, as a float.

    Raises:
        ArgumentError: it is not finite, or not within its bounds.
    """
    if value is None:
        return None
    if not (math.isfinite(value) and low <= value <= high):
        least = f" of at least {low:g}" if math.isfinite(low) else ""
        most = f" and at most {high:g}" if math.isfinite(high) else ""
        raise ArgumentError(f"{name} = {value}: expected a finite number{least}{most}")
    return float(value)


def finite(value: float) -> float | None:
    """The number, or None if it is undefined or without bound."""
    return float(value) if math.isfinite(value) else None


def times(amount: float | None, price: float | None) -> float | None:
    """Amount times price, absent if one of them is."""
    return None if amount is None or price is None else amount * price
