"""Surface cards conditioned before use: corrected with a note, or rejected.

Positions and loads count in shares of their own range. The conventions are those of
`lift.rod.wave`; a position that comes too late for its load shows only downhole, and is a fault of
`lift.rod.faults`.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.lift.rod.card import stroke_work_kj
from pumpperf.lift.rod.fillage import FEWEST_POINTS
from pumpperf.lift.rod.stack import card_arrays
from pumpperf.numeric import BoolArray, FloatArray, ratio
from pumpperf.results import Places, Result

MOST_MISSING = 0.05
LONGEST_STAND = 0.25  # the longest of 597 measured cards is 0.035, at the top of the stroke
WIDEST_GAP = 0.1
GAP_OVER_USUAL = 3.0
SAME_POINT, MOVING_STEP = 1e-3, 5e-3
NOT_A_STEP = 0.02


CORRECTED = {
    "MISSING_SAMPLES": "missing samples are interpolated between their neighbours",
    "CLOSED_TWICE": "the last point repeats the first; the others are spread evenly",
    "OPEN_ENDS": "the ends did not meet and are closed by a drift spread over the stroke",
    "RUN_BACKWARDS": "the loop ran backwards and is reversed",
}
REJECTED = {
    "MISSING_SAMPLES": f"over {MOST_MISSING:.0%} of the samples are missing",
    "STOOD_STILL": f"one point is repeated over {LONGEST_STAND:.0%} of the stroke",
    "OPEN_ENDS": f"the ends lie more than {WIDEST_GAP:.0%} of the card's range apart",
}


class ConditionedCard(Result):
    """Cards that can be used, and what was done to them, one entry a card.

    Attributes:
        position_m: of the polished rod [m], of the shape given; NaN for a rejected card.
        load_kn: on the polished rod [kN]; NaN for a rejected card.
        corrected: which cards had each flaw of `CORRECTED` and were corrected.
        rejected: which cards had each flaw of `REJECTED` too badly to be corrected.
    """

    position_m: Annotated[FloatArray, "sample"]
    load_kn: Annotated[FloatArray, "sample"]
    corrected: dict[str, BoolArray]
    rejected: dict[str, BoolArray]

    def notes(self, card: int | tuple[int, ...] = ()) -> tuple[str, ...]:
        """What was done to one card, in words; the card's place in the stack."""
        done = [f"{f}: {CORRECTED[f]}" for f, cards in self.corrected.items() if cards[card]]
        not_done = [
            f"{f}: rejected, {REJECTED[f]}" for f, cards in self.rejected.items() if cards[card]
        ]
        return (*done, *not_done)


def conditioned_card(*, position_m: ArrayLike, load_kn: ArrayLike) -> ConditionedCard:
    """Cards with their flaws corrected, each with a note, or rejected.

    Missing samples are interpolated. A last point that repeats the first, while the position
    moves, is taken out and the others spread evenly over the stroke. A point that repeats the one
    before it, as a recorder of 1 cm shows at the ends of the stroke, is no flaw and is not moved;
    only a recording that stood still for a quarter of the stroke is rejected.

    Args:
        position_m: of the polished rod, upwards [m], in recorded order, points along the last
            axis; NaN where a sample is missing; one card or a stack.
        load_kn: on the polished rod [kN], of the same shape.

    Raises:
        ArgumentError: the shapes differ, or a card has fewer than 8 points.

    >>> card = conditioned_card(
    ...     position_m=[0, 0, 1, 2, 3, 3, 2, 1], load_kn=[9, 5, 5, 5, 5, 9, 9, 9]
    ... )
    >>> card.notes()
    ('RUN_BACKWARDS: the loop ran backwards and is reversed',)
    """
    position, load = card_arrays(position_m, load_kn, fewest_points=FEWEST_POINTS)
    leading, points = position.shape[:-1], int(position.shape[-1])
    card = np.stack([position.reshape(-1, points), load.reshape(-1, points)])
    missing: BoolArray = np.asarray(~np.isfinite(card).all(axis=0))
    incomplete: BoolArray = np.mean(missing, axis=1) > MOST_MISSING
    stood = _stood_still(card) & ~incomplete
    card, closed_twice = _opened(_filled(card, missing))
    drift, width = _drift(card)
    open_ends, apart = width > NOT_A_STEP, width > WIDEST_GAP
    spread = drift[..., np.newaxis] * (np.arange(points) / points)
    card = card - np.where((open_ends & ~apart)[:, np.newaxis], spread, 0.0)
    backwards = stroke_work_kj(position_m=card[0], load_kn=card[1]) < 0.0
    card = np.where(backwards[:, np.newaxis], card[..., ::-1], card)
    unusable = incomplete | stood | apart
    card = np.where(unusable[:, np.newaxis], np.nan, card)
    done = {
        "MISSING_SAMPLES": missing.any(axis=1),
        "CLOSED_TWICE": closed_twice,
        "OPEN_ENDS": open_ends,
        "RUN_BACKWARDS": backwards,
    }
    corrected = {flaw: (cards & ~unusable).reshape(leading) for flaw, cards in done.items()}
    found: dict[str, BoolArray] = {
        "MISSING_SAMPLES": incomplete,
        "STOOD_STILL": stood,
        "OPEN_ENDS": apart & ~incomplete & ~stood,
    }
    rejected = {flaw: cards.reshape(leading) for flaw, cards in found.items()}
    position, load = card.reshape(2, *position.shape)
    return ConditionedCard(
        position_m=position, load_kn=load, corrected=corrected, rejected=rejected
    )


def _stood_still(card: FloatArray) -> BoolArray:
    """Whether one point is repeated for longer than any pump stands, round the loop."""
    still = (card == np.roll(card, 1, axis=-1)).all(axis=0)
    length = int(LONGEST_STAND * still.shape[-1]) + 1
    stood = np.cumsum(np.concatenate([still, still], axis=1), axis=1)
    return np.asarray((stood[:, length:] - stood[:, :-length] == length).any(axis=1))


def _opened(card: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Cards without a last point that repeats the first, spread over as many points again."""
    points = int(card.shape[-1])
    span = _range(card)
    closing = np.hypot(*((card[..., 0] - card[..., -1]) / span))
    moved = np.abs(np.diff(card[0], axis=1)[:, [0, -1]]).min(axis=1) / span[0]
    closed = (closing < SAME_POINT) & (moved > MOVING_STEP)
    at = np.arange(points) * ((points - 1) / points)
    before = np.floor(at).astype(np.intp)
    part = at - before
    spread = card[..., before] * (1.0 - part) + card[..., before + 1] * part
    return np.where(closed[:, np.newaxis], spread, card), closed


def _filled(card: FloatArray, gaps: BoolArray) -> FloatArray:
    """Every gap drawn straight between the points that stand on its sides, round the loop."""
    points = int(gaps.shape[-1])
    thrice = np.arange(3 * points)
    there = np.tile(~gaps, (1, 3))
    before = np.maximum.accumulate(np.where(there, thrice, -1), axis=1)
    after = np.minimum.accumulate(np.where(there, thrice, 3 * points)[:, ::-1], axis=1)[:, ::-1]
    middle = slice(points, 2 * points)
    left, right = before[:, middle], after[:, middle]
    part = ratio((thrice[middle] - left).astype(np.float64), (right - left).astype(np.float64))
    part = np.where(gaps, part, 0.0)

    def at(place: Places) -> FloatArray:
        return np.stack([np.take_along_axis(one, place % points, axis=1) for one in card])

    return np.asarray(np.where(gaps, at(left) * (1.0 - part) + at(right) * part, card))


def _drift(card: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How far the ends lie apart beyond a usual step, and how wide that is in shares of range."""
    span = _range(card)
    steps = np.diff(card, axis=-1) / span[..., np.newaxis]
    closing = (card[..., 0] - card[..., -1]) / span
    drift = (steps[..., 0] + steps[..., -1]) / 2.0 - closing
    width = np.hypot(*drift)
    usual = np.max(np.hypot(*np.diff(steps, axis=-1)), axis=-1)
    return drift * span, np.where(width > GAP_OVER_USUAL * usual, width, 0.0)


def _range(card: FloatArray) -> FloatArray:
    span = np.ptp(card, axis=-1)
    return np.where(span == 0.0, np.nan, span)
