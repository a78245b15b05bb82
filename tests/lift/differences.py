"""The downhole card by finite differences: a second, independent solution to hold Gibbs' to.

The conventions are those of `lift.rod.wave`. Displacement stands at the nodes of the string and
tension half-way between them, as Everitt and Jennings march it down; time is periodic.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.errors import ArgumentError
from pumpperf.lift.rod import DownholeCard, RodString
from pumpperf.lift.rod.string import weight_in_fluid_kn
from pumpperf.numeric import FloatArray

CARDS_IN_CACHE = 64
MOST_NODES = 4096


class SurfaceCards(NamedTuple):
    """What moves at the top of each string, and the string taper by taper; a row a well."""

    displacement_m: FloatArray
    tension_kn: FloatArray
    step_s: FloatArray
    stretch_mkn: FloatArray
    impedance_kns: FloatArray
    travel_s: FloatArray
    damping_1s: FloatArray


def downhole_card_by_differences(
    *,
    position_m: ArrayLike,
    load_kn: ArrayLike,
    speed_spm: ArrayLike,
    string: RodString,
    fluid_density_kgm3: ArrayLike,
    courant_number: float,
) -> DownholeCard:
    """The card at the pump, marched down from the surface node by node.

    F_i+1/2 = F_i-1/2 + dx m (w_tt + c w_t)_i,  w_i+1 = w_i + F_i+1/2 dx/(E A), with central
    differences in time; half a step opens and closes each taper.

    `courant_number` is the longest dx/(a dt), above 0 to 1; the march is stable up to 1. The load
    must be smooth: its noise comes through whole, and half as much again at a Courant number of 1.

    Source: Everitt and Jennings, An Improved Finite-Difference Calculation of Downhole Dynamometer
    Cards for Sucker-Rod Pumps, SPE Production Engineering, February 1992.
    """
    if not 0.0 < courant_number <= 1.0:
        raise ArgumentError(f"courant_number = {courant_number}: expected above 0 to 1")
    weight_kn = weight_in_fluid_kn(string, fluid_density_kgm3=fluid_density_kgm3)
    speed = np.where(np.asarray(speed_spm) > 0.0, speed_spm, np.nan)
    position, load, speed = (np.asarray(one, dtype=float) for one in (position_m, load_kn, speed))
    wells = np.broadcast_shapes(position.shape[:-1], speed.shape, weight_kn.shape)

    def rows(values):
        return np.broadcast_to(values, (*wells, values.shape[-1])).reshape(-1, values.shape[-1])

    cards = SurfaceCards(
        displacement_m=-rows(position),
        tension_kn=rows(load - weight_kn[..., np.newaxis]),
        step_s=60.0 / rows(speed[..., np.newaxis]) / position.shape[-1],
        stretch_mkn=rows(string.length_m / string.stiffness_kn),
        impedance_kns=rows(string.impedance_kns),
        travel_s=rows(string.travel_s),
        damping_1s=rows(string.damping_1s),
    )
    displacement, tension = np.empty_like(cards.displacement_m), np.empty_like(cards.tension_kn)
    with np.errstate(all="ignore"):  # a well whose numbers cannot be comes out as NaN
        for first in range(0, len(displacement), CARDS_IN_CACHE):
            block = slice(first, first + CARDS_IN_CACHE)
            displacement[block], tension[block] = _marched_down(cards, block, courant_number)
    sound = (np.isfinite(displacement) & np.isfinite(tension)).all(axis=-1, keepdims=True)
    return DownholeCard(
        position_m=np.where(sound, -displacement, np.nan).reshape(*wells, -1),
        load_kn=np.where(sound, tension, np.nan).reshape(*wells, -1),
    )


def _marched_down(
    cards: SurfaceCards, block: slice, courant_number: float
) -> tuple[FloatArray, FloatArray]:
    moved, pulled = cards.displacement_m[block], cards.tension_kn[block]
    step_s = cards.step_s[block]
    for taper in range(cards.travel_s.shape[-1]):
        travel_s = cards.travel_s[block, [taper]]
        nodes = np.maximum(np.ceil(travel_s / step_s / courant_number), 1.0)
        nodes = np.where(nodes <= MOST_NODES, nodes, np.nan)
        stretch = cards.stretch_mkn[block, [taper]] / nodes
        mass = cards.impedance_kns[block, [taper]] * travel_s / nodes
        damping = cards.damping_1s[block, [taper]]
        pulled = pulled + mass / 2.0 * _inertia(moved, step_s, damping)
        for node in range(1, int(np.nanmax(nodes, initial=1.0))):
            going = node < nodes
            moved = np.where(going, moved + stretch * pulled, moved)
            inertia = mass * _inertia(moved, step_s, damping)
            pulled = np.where(going, pulled + inertia, pulled)
        moved = moved + stretch * pulled
        pulled = pulled + mass / 2.0 * _inertia(moved, step_s, damping)
    return moved, pulled


def _inertia(moved: FloatArray, step_s: FloatArray, damping_1s: FloatArray) -> FloatArray:
    after, before = np.roll(moved, -1, axis=-1), np.roll(moved, 1, axis=-1)
    accelerated = (after - 2.0 * moved + before) / (step_s * step_s)
    return np.asarray(accelerated + damping_1s * (after - before) / (2.0 * step_s))
