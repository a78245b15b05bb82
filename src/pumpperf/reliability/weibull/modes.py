"""Weibull lives of each failure mode, where the modes compete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import booleans, labelled, same_index
from pumpperf.numeric import FloatArray
from pumpperf.reliability.inputs import modes_of
from pumpperf.reliability.weibull.estimate import BoundsMethod, Weibull, weibull

SHARED = {"group", "mode", "fraction_failed", "at_h", "level", "method"}
"""What all fits have in common."""


def weibull_by_mode(
    *,
    age_h: ArrayLike,
    failed: ArrayLike,
    mode: ArrayLike,
    entry_age_h: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    resolution_h: float | None = None,
    level: float,
    bounds: BoundsMethod,
    fraction_failed: Sequence[float] = (),
    at_h: Sequence[float] = (),
    by: ArrayLike | None = None,
) -> Weibull:
    """Weibull shape and scale [h] of each failure mode, the others read as suspensions.

    S(t) = product of S_m(t): the likelihood of independent modes is a product, one factor a mode,
    in which a life that ended otherwise was running when it ended.

    The modes must be independent: a pump that one mode takes must have been no likelier than
    others to be taken by another soon. A pull prompted by poor condition is no suspension but a
    failure by the mode that prompted it. The survival of a mode is that of a pump which can fail
    in no other way: one minus it overstates the share that the mode will take, for which see
    `cumulative_incidence`.

    Args:
        age_h: age at failure, or when last seen running [h], at least 0.
        failed: whether it failed.
        mode: label of the mode that ended each failed life; what stands beside the others does
            not matter. A failure of unknown mode needs a label too.
        entry_age_h: age at entry, when observation began [h]. None: all were observed from new.
        weight: how many lives an entry stands for, at least 0. None: 1.
        resolution_h: as `weibull`. A failure at age 0 says nothing of the other modes.
        level: two-sided confidence level.
        bounds: `fisher` or `likelihood_ratio`.
        fraction_failed: fractions whose ages are asked, each between 0 and 1.
        at_h: ages at which survival is asked [h], each above 0.
        by: labels of the groups. None: all are one group.

    Returns:
        A `Weibull` of one entry a group and mode, in this order; every mode that any group failed
        by stands in every group. `failures` are those by the mode; without any the status is
        `no_failures`.

    Raises:
        ArgumentError: as `weibull`; or the mode of a failed life is missing or of another kind.

    Source: Meeker and Escobar, Statistical Methods for Reliability Data, 1998, section 15.4. Device
    G (table 15.1): mode S with ln scale 6.11 and 1/shape 1.49, mode W with 5.83 and 0.23.

    >>> surge = [13, 23, 30, 65, 10, 173, 106, 2, 261, 88, 247, 28, 143, 23, 80]
    >>> worn = [275, 147, 181, 212, 293, 245, 266]
    >>> modes = ["S"] * 15 + ["W"] * 7 + [None] * 8
    >>> device = weibull_by_mode(
    ...     age_h=surge + worn + [300] * 8, failed=[1] * 22 + [0] * 8, mode=modes,
    ...     level=0.95, bounds="fisher",
    ... )
    >>> device.mode.tolist(), np.log(device.scale_h), (1 / device.shape).tolist()
    (['S', 'W'], array([6.11, 5.83]), [1.49, 0.23])
    """
    same_index(age_h=age_h, failed=failed, entry_age_h=entry_age_h, weight=weight, mode=mode, by=by)
    event = booleans(values=failed, name="failed")
    rows = np.flatnonzero(event)
    labels, chosen = modes_of(mode=mode, failed_rows=rows, size=event.size, of="failed")
    group, index, size = labelled(by=by, size=event.size)

    fits = [
        weibull(
            age_h=age_h,
            failed=event & (chosen == m),
            entry_age_h=entry_age_h,
            weight=weight,
            resolution_h=resolution_h,
            level=level,
            bounds=bounds,
            fraction_failed=fraction_failed,
            at_h=at_h,
            by=index,
        )
        for m in range(max(labels.size, 1))
    ]
    together: dict[str, Any] = {  # columns of one kind each
        field.name: _side_by_side([getattr(fit, field.name) for fit in fits], labels.size)
        for field in fields(Weibull)
        if field.name not in SHARED
    }
    group = None if group is None else np.repeat(group, labels.size)
    return replace(fits[0], group=group, mode=np.tile(labels, size), **together)


def _side_by_side(columns: Sequence[FloatArray], modes: int) -> FloatArray:
    groups, *more = columns[0].shape
    return np.stack(columns, axis=1)[:, :modes].reshape(groups * modes, *more)
