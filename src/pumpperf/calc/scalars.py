"""Arguments that are one number or one word."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import get_args

from pumpperf.errors import ArgumentError, is_a, shown
from pumpperf.numeric import Sided, is_number


def one_of(*, value: object, among: Sequence[object], name: str) -> None:
    """Refuse a word that is none of those known.

    Args:
        value: the word.
        among: those known.
        name: of the argument.

    Raises:
        ArgumentError: naming all that are known.

    Source: definition.

    >>> one_of(value="time", among=("time", "failure"), name="terminated")
    """
    if not is_a(value, str | int | float) or value not in among:
        raise ArgumentError(
            f"{name} = {shown(value)}: expected one of {', '.join(map(str, among))}"
        )


def number(*, value: float, name: str) -> float:
    """One number, which may be missing (NaN) or infinite.

    Args:
        value: the number; a truth is none, nor is a text that looks like one.
        name: of the argument, for the words of an error.

    Raises:
        ArgumentError: it is none, or beyond any float.

    Source: definition.

    >>> number(value=2, name="infant_h")
    2.0
    """
    if is_number(type(value)):
        with suppress(OverflowError, ValueError):
            return float(value)
    raise ArgumentError(f"{name} = {shown(value)}: expected a number")


def level_of(*, level: float) -> float:
    """A confidence level.

    Args:
        level: between 0 and 1.

    Raises:
        ArgumentError: it is not.

    Source: definition.

    >>> level_of(level=0.9)
    0.9
    """
    if not 0.0 < number(value=level, name="level") < 1.0:
        raise ArgumentError(f"level = {level}: expected a confidence level between 0 and 1")
    return level


def tail_of(*, level: float, sided: Sided) -> float:
    """Probability beyond each bound that is asked for.

    Args:
        level: confidence level, between 0 and 1.
        sided: `two`, `lower` or `upper`.

    Raises:
        ArgumentError: one of them is none.

    Source: definition.

    >>> tail_of(level=0.9, sided="two"), tail_of(level=0.9, sided="lower")
    (0.05, 0.1)
    """
    one_of(value=sided, among=get_args(Sided), name="sided")
    beyond = 1.0 - level_of(level=level)
    return beyond / 2.0 if sided == "two" else beyond
