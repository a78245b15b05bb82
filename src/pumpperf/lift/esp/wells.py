"""Numbers of many wells and of their tests: which of them belong together."""

from __future__ import annotations

from typing import Annotated, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.inputs import same_index
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray

Kind = TypeVar("Kind", np.float64, np.bool_)
Points = Annotated[FloatArray, "point"]
"""Points of a curve, along the last axis."""


def arrays(**given: ArrayLike) -> dict[str, FloatArray]:
    """Arrays of what was given; ArgumentError names all that are no numbers."""
    same_index(**given)
    found: dict[str, FloatArray] = {}
    faults: list[str] = []
    for name, value in given.items():
        try:
            found[name] = np.asarray(value, dtype=np.float64)
        except (TypeError, ValueError):
            faults.append(f"{name} = {value!r}: expected numbers")
    if faults:
        raise ArgumentError("; ".join(faults))
    return found


def per_well(wells: tuple[int, ...], **given: ArrayLike) -> list[FloatArray]:
    """Each a number, one a well, or tests of each well along a last axis of their own.

    What is one a well gets an axis for the tests where others have it; ArgumentError if the
    numbers are not as many as the wells.
    """
    found = arrays(**given)
    axes = max(part.ndim for part in found.values())
    for name, part in found.items():
        if wells and len(wells) <= part.ndim < axes:
            found[name] = part.reshape(*part.shape, *([1] * (axes - part.ndim)))
    try:
        np.broadcast_shapes(
            (*wells, *([1] * (axes - len(wells)))), *(part.shape for part in found.values())
        )
    except ValueError:
        shapes = ", ".join(f"{name} of shape {np.shape(value)}" for name, value in given.items())
        raise ArgumentError(
            f"{shapes}, wells of shape {wells}: expected a number, one a well, or tests of each "
            "well along the last axis"
        ) from None
    return list(found.values())


def all_per_test(axes: int, *parts: NDArray[Kind]) -> tuple[NDArray[Kind], ...]:
    """Several of a curve's columns, each as `per_test` makes it."""
    return tuple(per_test(part, axes) for part in parts)


def alone_per_test(axes: int, *parts: NDArray[Kind]) -> tuple[NDArray[Kind], ...]:
    """Several numbers of each well, with the axis that its tests have in `per_test`."""
    return tuple(per_test(part[..., np.newaxis], axes)[..., 0] for part in parts)


def per_test(points: NDArray[Kind], axes: int) -> NDArray[Kind]:
    """Points of each well with an axis for its tests, where there are tests."""
    missing = axes - (points.ndim - 1)
    return points.reshape(*points.shape[:-1], *([1] * missing), points.shape[-1])
