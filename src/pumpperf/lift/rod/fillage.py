"""What a downhole card measures: strokes, load lines and fillage, for one card or a stack.

A card is read in its recorded order, from its lowest position up and down again; the conventions
are those of `lift.rod.wave`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.lift.rod.stack import card_arrays
from pumpperf.numeric import BoolArray, FloatArray, ratio, within
from pumpperf.results import Result

UPPER_SECTION = (0.3, 0.9)
LOWER_SECTION = (0.05, 0.25)
RELEASED = 0.2
HELD = 0.8
LEAST_RELEASE = 0.3
FEWEST_POINTS = 8


class PumpCard(Result):
    """The measures of a downhole card, one entry a card.

    Attributes:
        gross_stroke_m: highest less lowest position of the plunger [m].
        net_stroke_m: fillage times gross stroke [m]: the part that lifts liquid.
        fillage: share of the gross stroke at which the travelling valve opens on the way down.
        upper_load_kn: line of the upstroke [kN]: middle load from 0.3 to 0.9 of the stroke.
        lower_load_kn: line of the downstroke [kN]: middle load from 0.25 to 0.05 of the stroke.
        fluid_load_kn: upper less lower line [kN]; free of the load's datum.
    """

    gross_stroke_m: FloatArray
    net_stroke_m: FloatArray
    fillage: FloatArray
    upper_load_kn: FloatArray
    lower_load_kn: FloatArray
    fluid_load_kn: FloatArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class NormalisedCard:
    """A card from its lowest position on: shares of stroke and fluid load, (cards, points)."""

    share: FloatArray
    load: FloatArray
    rising: BoolArray
    measures: PumpCard


def pump_card(*, position_m: ArrayLike, load_kn: ArrayLike) -> PumpCard:
    """Strokes, load lines and fillage of downhole cards.

    fillage = share of the stroke at which, on the way down, the load has fallen to the lower line
    plus a fifth of the fluid load; NaN for a card whose load never falls so far, or whose lines lie
    nearer than 0.3 of its range: below about 0.14 filled, the lower line misses the release.

    Args:
        position_m: of the plunger, upwards [m], points along the last axis; one card or a stack.
        load_kn: on the plunger [kN], of the same shape.

    Raises:
        ArgumentError: the shapes differ, or a card has fewer than 8 points.

    Source: definitions; a rectangle of 3 m by 20 kN whose load falls at 2.4 m is filled to 0.8.

    >>> card = pump_card(
    ...     position_m=[0, 0, 1, 2, 2.5, 3, 3, 2.4, 2.4, 1, 0.6, 0.3],
    ...     load_kn=[0, 20, 20, 20, 20, 20, 20, 20, 0, 0, 0, 0],
    ... )
    >>> float(card.fillage), float(card.fluid_load_kn), float(card.net_stroke_m)
    (0.8, 20.0, 2.4)
    """
    measures = normalised_card(position_m=position_m, load_kn=load_kn).measures
    leading = np.shape(position_m)[:-1]
    return PumpCard(
        **{name: getattr(measures, name).reshape(leading) for name in PumpCard.__dataclass_fields__}
    )


def normalised_card(*, position_m: ArrayLike, load_kn: ArrayLike) -> NormalisedCard:
    """Cards brought to their beginning and to shares, with their measures; a row a card.

    Args:
        position_m: of the plunger, upwards [m], points along the last axis; one card or a stack.
        load_kn: on the plunger [kN], of the same shape.

    Raises:
        ArgumentError: the shapes differ, or a card has fewer than 8 points.
    """
    position, load = card_arrays(position_m, load_kn, fewest_points=FEWEST_POINTS)
    points = int(position.shape[-1])
    sound = np.isfinite(position) & np.isfinite(load)
    card = np.where(sound, np.stack([position, load]), np.nan).reshape(2, -1, points)
    order = (np.argmin(card[0], axis=1, keepdims=True) + np.arange(points)) % points
    position, load = (np.take_along_axis(part, order, axis=1) for part in card)
    rising = np.arange(points) <= np.argmax(position, axis=1, keepdims=True)
    low, high = np.min(position, axis=1), np.max(position, axis=1)
    stroke = high - low
    share = ratio(position - low[:, np.newaxis], stroke[:, np.newaxis])
    upper = _middle(load, rising & within(share, UPPER_SECTION))
    lower = _middle(load, ~rising & within(share, LOWER_SECTION))
    fluid_load = upper - lower
    shown = ratio(load - lower[:, np.newaxis], fluid_load[:, np.newaxis])
    released = np.abs(fluid_load) >= LEAST_RELEASE * np.ptp(load, axis=1)
    opened = crossing(share, shown, ~rising & (shown <= RELEASED), RELEASED)
    fillage = np.where(released, opened, np.nan)
    measures = PumpCard(
        gross_stroke_m=stroke,
        net_stroke_m=fillage * stroke,
        fillage=fillage,
        upper_load_kn=upper,
        lower_load_kn=lower,
        fluid_load_kn=fluid_load,
    )
    return NormalisedCard(share=share, load=shown, rising=rising, measures=measures)


def crossing(share: FloatArray, load: FloatArray, beyond: BoolArray, level: float) -> FloatArray:
    """Share of the stroke at which the load first comes to a level.

    Between two points, or at the first that is already beyond.

    Args:
        share: of the stroke, (cards, points).
        load: share of the fluid load, of the same shape.
        beyond: where the load has come to the level.
        level: of the load.
    """
    first = np.argmax(beyond, axis=1, keepdims=True)
    before = first - 1
    at = [np.take_along_axis(values, first, axis=1)[:, 0] for values in (share, load)]
    was = [np.take_along_axis(values, before, axis=1)[:, 0] for values in (share, load)]
    part = ratio(level - was[1], at[1] - was[1])
    part = np.where(within(part, (0.0, 1.0)), part, 1.0)
    return np.where(beyond.any(axis=1), was[0] + part * (at[0] - was[0]), np.nan)


def _middle(values: FloatArray, chosen: BoolArray) -> FloatArray:
    """Median of the chosen points of each row; NaN where there is none."""
    ordered = np.sort(np.where(chosen, values, np.nan), axis=1)
    count = np.sum(chosen & ~np.isnan(values), axis=1)
    low = np.maximum(count - 1, 0) // 2
    high = np.maximum(count, 1) // 2
    both = np.stack([low, np.minimum(high, values.shape[-1] - 1)], axis=1)
    return np.asarray(np.mean(np.take_along_axis(ordered, both, axis=1), axis=1))
