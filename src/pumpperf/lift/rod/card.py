"""What the cards of a reading say by themselves, under the names that its duty knows."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.lift.rod.fillage import FEWEST_POINTS, pump_card
from pumpperf.lift.rod.reading import SURFACE
from pumpperf.lift.rod.stack import card_arrays
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

    Raises:
        ArgumentError: the shapes differ.

    Source: shoelace formula; a rectangle of 100 in by 10 000 lbf: 83 333.33 ft lbf = 112.985 kJ.

    >>> stroke_work_kj(
    ...     position_m=[0, 2.54, 2.54, 0], load_kn=[66.7233, 66.7233, 22.2411, 22.2411]
    ... )
    array(112.985)
    """
    x, f = card_arrays(position_m, load_kn, fewest_points=0)
    if x.shape[-1] < 3:
        return np.full(x.shape[:-1], np.nan)
    with np.errstate(invalid="ignore", over="ignore"):
        step = np.roll(x, -1, axis=-1) - x
        mean_load = (np.roll(f, -1, axis=-1) + f) / 2.0
        return np.asarray(np.sum(step * mean_load, axis=-1))


def card_numbers(
    which: tuple[str, str], *, position_m: ArrayLike, load_kn: ArrayLike
) -> dict[str, FloatArray]:
    """What a card says, by name.

    A surface card gives `stroke_work_kj`, `peak_rod_load_kn` and `minimum_rod_load_kn`, a downhole
    card `plunger_work_kj`, `plunger_stroke_m` (the gross one), `fillage` and `fluid_load_kn`; NaN
    if it has too few points, and the last two if it shows no fillage.

    Args:
        which: `SURFACE` or `DOWNHOLE`, the names of the fields that hold positions and loads.
        position_m: positions [m], points along the last axis; one card or a stack.
        load_kn: loads [kN], as many points.

    >>> found = card_numbers(SURFACE, position_m=[0, 1, 1, 0], load_kn=[3, 3, 2, 2])
    >>> {name: float(value) for name, value in found.items()}
    {'stroke_work_kj': 1.0, 'peak_rod_load_kn': 3.0, 'minimum_rod_load_kn': 2.0}
    """
    return (_surface if which == SURFACE else _downhole)(position_m, load_kn)


def _surface(position_m: ArrayLike, load_kn: ArrayLike) -> dict[str, FloatArray]:
    load = np.asarray(load_kn, dtype=np.float64)
    return {
        "stroke_work_kj": stroke_work_kj(position_m=position_m, load_kn=load_kn),
        "peak_rod_load_kn": np.asarray(np.max(load, axis=-1)),
        "minimum_rod_load_kn": np.asarray(np.min(load, axis=-1)),
    }


def _downhole(position_m: ArrayLike, load_kn: ArrayLike) -> dict[str, FloatArray]:
    work_kj = stroke_work_kj(position_m=position_m, load_kn=load_kn)
    if np.shape(position_m)[-1] < FEWEST_POINTS:
        missing = np.full_like(work_kj, np.nan)
        return {"plunger_work_kj": work_kj} | dict.fromkeys(
            ("plunger_stroke_m", "fillage", "fluid_load_kn"), missing
        )
    shown = pump_card(position_m=position_m, load_kn=load_kn)
    return {
        "plunger_work_kj": work_kj,
        "plunger_stroke_m": shown.gross_stroke_m,
        "fillage": shown.fillage,
        "fluid_load_kn": np.where(np.isnan(shown.fillage), np.nan, shown.fluid_load_kn),
    }
