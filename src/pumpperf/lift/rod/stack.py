"""One card or a stack, one number for all wells or one a well: what fits together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import same_index
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray, floats


def card_arrays(
    position_m: ArrayLike, load_kn: ArrayLike, *, fewest_points: int
) -> tuple[FloatArray, FloatArray]:
    """Positions and loads of cards as arrays.

    Args:
        position_m: of the rods [m], points along the last axis; one card or a stack.
        load_kn: on the rods [kN], of the same shape.
        fewest_points: of a card.

    Raises:
        ArgumentError: the shapes differ, or a card has too few points.
    """
    same_index(position_m=position_m, load_kn=load_kn)
    position, load = floats(position_m, load_kn)
    if position.shape != load.shape or position.shape[-1:] < (fewest_points,):
        raise ArgumentError(
            f"position_m has the shape {position.shape} and load_kn {load.shape}: "
            f"expected the same, with at least {fewest_points} points along the last axis"
        )
    return position, load


def refuse_unlike(**columns: FloatArray) -> None:
    """Refuse columns that are neither one number nor one a well.

    Raises:
        ArgumentError: with every shape.
    """
    try:
        np.broadcast_shapes(*(column.shape for column in columns.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {column.shape}" for name, column in columns.items())
        raise ArgumentError(
            f"the shapes of {shapes} do not fit together: expected one for all wells or one a well"
        ) from None
