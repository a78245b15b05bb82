"""Amounts, prices and shares that may be absent."""

import math
from collections.abc import Mapping

from pumpperf.checks import check_amounts
from pumpperf.errors import ArgumentError, shown
from pumpperf.model import Finding
from pumpperf.possible import number_of


def given(
    name: str, value: float | None, low: float = -math.inf, high: float = math.inf
) -> float | None:
    """A number that the caller may give, as a float.

    Raises:
        ArgumentError: it is not finite, or not within its bounds.
    """
    if value is None:
        return None
    number = number_of(value)
    if number is None or not (math.isfinite(number) and low <= number <= high):
        least = f" of at least {low:g}" if math.isfinite(low) else ""
        most = f" and at most {high:g}" if math.isfinite(high) else ""
        raise ArgumentError(f"{name} = {shown(value)}: expected a finite number{least}{most}")
    return number


def finite(value: float) -> float | None:
    """The number, or None if it is undefined or without bound."""
    return float(value) if math.isfinite(value) else None


def defined(value: float) -> float | None:
    """The number, be it beyond any float, or None if it is undefined."""
    return None if math.isnan(value) else float(value)


def kept_finite(
    amounts: Mapping[str, float | None], inputs: tuple[str, ...]
) -> tuple[dict[str, float | None], tuple[Finding, ...]]:
    """Amounts by name, those beyond any float absent, and the finding that says which they are.

    Args:
        amounts: as they were worked out.
        inputs: the fields that they come of.
    """
    kept = {name: None if value is None else finite(value) for name, value in amounts.items()}
    return kept, tuple(check_amounts(amounts, inputs))


def times(amount: float | None, price: float | None) -> float | None:
    """Amount times price, absent if one of them is."""
    return None if amount is None or price is None else amount * price
