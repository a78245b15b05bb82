"""What a dynamometer card says by itself: its work and its extreme loads."""

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.numeric import FloatArray


def stroke_work_kj(*, position_m: ArrayLike, load_kn: ArrayLike) -> FloatArray:
    """Work of one full stroke [kJ = kN m]: the signed area of the card, positive for a pump.

    W = closed integral of F dx = sum (x_i+1 - x_i)(F_i + F_i+1)/2, in recorded order; the points
    are never sorted. A card that runs backwards, up with the lower load, comes out negative.

    Args:
        position_m: polished-rod position [m], points along the last axis; one card or a stack.
        load_kn: polished-rod load [kN], as many points.

    Returns:
        One number a card; NaN for a card of fewer than three points.

    Source: shoelace formula; a rectangle of 100 in by 10 000 lbf: 83 333.33 ft lbf = 112.985 kJ.

    >>> stroke_work_kj(
    ...     position_m=[0, 2.54, 2.54, 0], load_kn=[66.7233, 66.7233, 22.2411, 22.2411]
    ... )
    array(112.985)
    """
    x, f = np.asarray(position_m, dtype=np.float64), np.asarray(load_kn, dtype=np.float64)
    if x.shape[-1] < 3:
        return np.full(x.shape[:-1], np.nan)
    step = np.roll(x, -1, axis=-1) - x
    mean_load = (np.roll(f, -1, axis=-1) + f) / 2.0
    return np.asarray(np.sum(step * mean_load, axis=-1))


def card_numbers(*, position_m: ArrayLike, load_kn: ArrayLike) -> dict[str, FloatArray]:
    """What the evaluation takes from a card: `stroke_work_kj` and `minimum_rod_load_kn`.

    Args:
        position_m: polished-rod position [m], points along the last axis; one card or a stack.
        load_kn: polished-rod load [kN], as many points.

    >>> card_numbers(position_m=[0, 1, 1, 0], load_kn=[3, 3, 2, 2])["minimum_rod_load_kn"]
    array(2.0)
    """
    load = np.asarray(load_kn, dtype=np.float64)
    return {
        "stroke_work_kj": stroke_work_kj(position_m=position_m, load_kn=load),
        "minimum_rod_load_kn": np.asarray(np.min(load, axis=-1)),
    }
