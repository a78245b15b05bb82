"""What the shape of a downhole card shows, as numbers that know no size: for the diagnosis.

Shares of the stroke count from its lowest position; shares of the load from the card's lower line
to its upper line. The conventions are those of `lift.rod.wave`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.errors import ArgumentError
from pumpperf.lift.rod.fillage import HELD, RELEASED, NormalisedCard, crossing, normalised_card
from pumpperf.numeric import BoolArray, FloatArray, mean_of, positive, ratio, within
from pumpperf.results import Places

TOP, BOTTOM, FOOT = 0.95, 0.05, 0.1
HALF = 0.5
UPSTROKE = (0.25, 0.8)

FEATURES = (
    *("fillage", "load_ratio", "load_deviation", "mid_load_ratio", "datum_shift"),
    *("pickup_span", "release_span", "release_share", "pickup_ratio", "top_load", "bottom_load"),
    *("bottom_dip", "sag", "pickup_lag", "release_lag"),
)


def card_features(
    *, position_m: ArrayLike, load_kn: ArrayLike, expected_fluid_load_kn: ArrayLike
) -> dict[str, FloatArray]:
    """The features of downhole cards by name, one entry a card.

    fillage: share of the stroke at which the load is released on the way down.
    load_ratio: load between the lines over the expected one.
    load_deviation: how far that is from 1, either way; 0 where no load is expected, so no doubt.
    mid_load_ratio: middle of the two lines over the expected load: 0.5 if the datum is right.
    datum_shift: how far that is from 0.5, either way.
    pickup_span: share of the stroke in which the load rises from 0.2 to 0.8.
    release_span: share in which it falls from 0.8 to 0.2; negative if it fell before the top.
    release_share: release_span over the unfilled share of the stroke.
    pickup_ratio: pickup_span over release_span.
    top_load: mean share of the load in the last 5 % of the way up.
    bottom_load: mean share of the load in the last 5 % of the way down.
    bottom_dip: how far the load falls below the lower line in the lowest 10 % of the stroke.
    sag: how far the load falls in the middle of the way up, and comes back.
    pickup_lag: time from the lowest position to half of the load rising, in shares of the stroke's.
    release_lag: time from the highest position to half of the load falling, likewise.

    Args:
        position_m: of the plunger, upwards [m], points along the last axis; one card or a stack.
        load_kn: effective load on the plunger [kN], of the same shape.
        expected_fluid_load_kn: plunger area times pressure rise [kN], one a card; NaN if unknown.

    Raises:
        ArgumentError: the shapes differ, a card has fewer than 8 points, or the expected loads
            are not one for all or one a card.

    >>> found = card_features(
    ...     position_m=[0, 0, 1, 2, 2.5, 3, 3, 2.4, 2.4, 1, 0.6, 0.3],
    ...     load_kn=[0, 20, 20, 20, 20, 20, 20, 20, 0, 0, 0, 0],
    ...     expected_fluid_load_kn=19.0,
    ... )
    >>> float(found["fillage"]), float(found["load_ratio"]), float(found["release_span"])
    (0.8, 1.0526, 0.0)
    """
    card = normalised_card(position_m=position_m, load_kn=load_kn)
    leading = np.shape(position_m)[:-1]
    expected = np.asarray(expected_fluid_load_kn, dtype=np.float64)
    if expected.shape not in ((), leading):
        raise ArgumentError(
            f"expected_fluid_load_kn has the shape {expected.shape}: expected one number for all "
            f"cards, or one a card as {leading}"
        )
    expected = np.broadcast_to(expected, leading).reshape(-1)
    lines = card.measures
    middle_kn = (lines.lower_load_kn + lines.upper_load_kn) / 2.0
    middle = ratio(middle_kn, expected)
    load_ratio = ratio(lines.fluid_load_kn, expected)
    unlike = np.where(np.isnan(expected), 0.0 * lines.fluid_load_kn, np.abs(load_ratio - 1.0))
    pickup = _span(card, card.rising, rising=True)
    release = _span(card, ~card.rising, rising=False)
    unfilled = 1.0 - lines.fillage
    top = np.argmax(card.share, axis=1, keepdims=True)
    found = {
        "fillage": lines.fillage,
        "load_ratio": load_ratio,
        "load_deviation": unlike,
        "mid_load_ratio": middle,
        "datum_shift": np.abs(middle - 0.5),
        "pickup_span": pickup,
        "release_span": release,
        "release_share": ratio(release, positive(unfilled)),
        "pickup_ratio": ratio(pickup, positive(release)),
        "top_load": mean_of(card.load, card.rising & (card.share >= TOP)),
        "bottom_load": mean_of(card.load, ~card.rising & (card.share <= BOTTOM)),
        "bottom_dip": -_least(card.load, card.share <= FOOT),
        "sag": _sag(card),
        "pickup_lag": _lag(card.load, np.zeros_like(top)),
        "release_lag": _lag(1.0 - card.load, top),
    }
    return {name: values.reshape(leading) for name, values in found.items()}


def _span(card: NormalisedCard, way: BoolArray, *, rising: bool) -> FloatArray:
    """Share of the stroke between the two levels, the later one first reached on its way."""
    later, earlier = (HELD, RELEASED) if rising else (RELEASED, HELD)
    reached = card.load >= later if rising else card.load <= later
    waiting = card.load <= earlier if rising else card.load >= earlier
    count = np.arange(int(card.load.shape[-1]))
    end = np.argmax(way & reached, axis=1, keepdims=True)
    held = waiting & (count < end)
    last = len(count) - 1 - np.argmax(held[:, ::-1], axis=1, keepdims=True)
    begin_share = np.take_along_axis(card.share, last, axis=1)[:, 0]
    begin = np.where(held.any(axis=1), begin_share, 0.0 if rising else np.nan)
    finish = crossing(card.share, card.load, way & reached, later)
    return finish - begin if rising else begin - finish


def _least(values: FloatArray, chosen: BoolArray) -> FloatArray:
    least = np.min(np.where(chosen, values, np.inf), axis=1)
    return np.where(chosen.any(axis=1), least, np.nan)


def _sag(card: NormalisedCard) -> FloatArray:
    middle = card.rising & within(card.share, UPSTROKE)
    deepest = np.argmin(np.where(middle, card.load, np.inf), axis=1, keepdims=True)
    count = np.arange(int(card.load.shape[-1]))
    before = -_least(-card.load, card.rising & (count < deepest))
    after = -_least(-card.load, card.rising & (count > deepest))
    return np.minimum(before, after) - _least(card.load, middle)


def _lag(load: FloatArray, turning: Places) -> FloatArray:
    """Time from the turning point to the nearest place where the load rises through its half."""
    points = int(load.shape[-1])
    before = np.roll(load, 1, axis=1)
    through = (before < HALF) & (load >= HALF)
    part = ratio(HALF - before, np.where(through, load - before, np.nan))
    lag = (np.arange(points) - 1.0 + part - turning + points / 2.0) % points - points / 2.0
    nearest = np.argmin(np.where(through, np.abs(lag), np.inf), axis=1, keepdims=True)
    return np.asarray(np.take_along_axis(lag, nearest, axis=1)[:, 0] / points)
