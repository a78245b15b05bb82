"""MTBF after fixes that were put off to the end of a trial (Crow extended)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import columns, refuse
from pumpperf.errors import ArgumentError, expect
from pumpperf.numeric import FloatArray, TextArray, ratio, statuses
from pumpperf.reliability.grouping import Groups
from pumpperf.reliability.recurrence.growth import Growth
from pumpperf.results import Labels, Places, Result


class GrowthProjection(Result):
    """Failure intensity and MTBF before and after the delayed fixes, one entry a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
        demonstrated_per_h: intensity at the end of the trial, by the corrected shape.
        projected_per_h: intensity once the fixes are in.
        potential_per_h: intensity once every mode has been seen and fixed as well.
        unseen_per_h: intensity at which new modes turn up at the end.
        demonstrated_mtbf_h: 1/intensity [h].
        projected_mtbf_h: 1/intensity [h].
        potential_mtbf_h: 1/intensity [h].
        mean_effectiveness: mean share of a mode's intensity that its fix takes away.
        modes: number of modes whose fix was put off.
        status: `ok`, `no_modes` (nothing is put off: projected is demonstrated), `one_mode` (the
            rate of new modes is not known), `all_at_end` (all modes showed first at the very end),
            `not_single` (the group is not one system observed from age 0 to a date), `below_zero`
            (the fixes take away more than was demonstrated) or that of a fit that has no corrected
            shape.
    """

    group: Labels | None
    demonstrated_per_h: FloatArray
    projected_per_h: FloatArray
    potential_per_h: FloatArray
    unseen_per_h: FloatArray
    demonstrated_mtbf_h: FloatArray
    projected_mtbf_h: FloatArray
    potential_mtbf_h: FloatArray
    mean_effectiveness: FloatArray
    modes: FloatArray
    status: TextArray


def growth_projection(
    *,
    growth: Growth,
    first_h: ArrayLike,
    failures: ArrayLike,
    effectiveness: ArrayLike,
    by: ArrayLike | None = None,
) -> GrowthProjection:
    """Intensity after the delayed fixes of a trial, of the modes seen and of those not yet seen.

    potential = demonstrated - sum d_i N_i/T,  projected = potential + mean(d) h(T), where fix i
    takes away the share d_i of the N_i failures of its mode, and new modes turn up at the rate
    h(T) = m b/T by the corrected shape b = (m - 1)/sum ln(T/first) of their m first times.

    Args:
        growth: fit of all failures of the trial, of one system, ended by time (`crow_amsaa`).
        first_h: age at which each mode whose fix was put off showed first [h], above 0.
        failures: number of failures of that mode, at least 1.
        effectiveness: share of its intensity that its fix takes away, 0..1.
        by: labels of the modes, out of those of `growth`. None: if `growth` has none.

    Returns:
        A `GrowthProjection`, one entry a group of `growth`.

    Raises:
        ArgumentError: lengths differ, a number is out of its range, a first time lies above the
            end of its group, a label is not one of `growth`, or the fit was failure-terminated.

    Source: Crow 2004 (extended model); MIL-HDBK-189A, section 7.5: 56 failures in 400 h, 16 modes
    with fixes of mean effectiveness 0.72125: demonstrated 7.85 h, projected 11.29 h. Here all of
    three modes of one failure each are fixed for good: only new modes remain, 3 x 2/(ln 16) / 8 h.

    >>> from pumpperf.reliability.recurrence import crow_amsaa
    >>> trial = {"event_h": [2.0, 4.0, 4.0], "event_system": [0, 0, 0], "end_h": 8.0}
    >>> growth = crow_amsaa(**trial, terminated="time", level=0.9)
    >>> found = growth_projection(
    ...     growth=growth, first_h=[2.0, 4.0, 4.0], failures=[1, 1, 1], effectiveness=[1, 1, 1]
    ... )
    >>> found.unseen_per_h * np.log(16.0) * 8.0 / 3.0
    array([2.])
    """
    expect(Growth, growth=growth)
    if growth.terminated == "failure":
        raise ArgumentError("growth was terminated by failure: expected 'time'")
    of_modes = {"first_h": first_h, "failures": failures, "effectiveness": effectiveness}
    first, counts, share = columns(given=of_modes, beside={"by": by})
    index = _index(growth, by, first.size)
    broken = (counts < 1.0) | (counts != np.floor(counts))
    refuse(wrong=broken, values=counts, name="failures", expected="whole, at least 1")
    refuse(wrong=share > 1.0, values=share, name="effectiveness", expected="at most 1")
    # A group without a system has no end for a mode to lie before.
    outside = (first <= 0.0) | (first > growth.end_h[index])
    expected = "above 0 and not above the end of its group"
    refuse(wrong=outside, values=first, name="first_h", expected=expected)

    summed = Groups(index=index, groups=growth.shape.size).per_group
    end = growth.end_h
    modes = summed(np.ones_like(first))
    distance = summed(np.log(end[index] / first))
    single = (growth.systems == 1.0) & (growth.exact | np.isnan(growth.shape))
    demonstrated = np.where(single, growth.corrected_intensity_per_h, np.nan)
    mean = ratio(summed(share), modes)
    potential = demonstrated - summed(share * counts) / end
    unseen = ratio((modes - 1.0) * modes, np.where(modes > 1.0, distance, 0.0)) / end
    projected = np.where(modes > 0.0, potential + mean * unseen, demonstrated)
    unfit = np.isnan(growth.corrected_shape) & (growth.status != "ok")
    status = statuses(
        not_single=~single,
        no_modes=modes == 0.0,
        one_mode=modes == 1.0,
        all_at_end=distance <= 0.0,
        below_zero=potential < 0.0,
    )
    status = np.where(unfit, growth.status, status)
    sound = status != "below_zero"
    potential = np.where(sound, potential, np.nan)
    projected = np.where(sound, projected, np.nan)
    return GrowthProjection(
        group=growth.group,
        demonstrated_per_h=demonstrated,
        projected_per_h=projected,
        potential_per_h=potential,
        unseen_per_h=unseen,
        demonstrated_mtbf_h=1.0 / demonstrated,
        projected_mtbf_h=_inverse(projected),
        potential_mtbf_h=_inverse(potential),
        mean_effectiveness=mean,
        modes=modes,
        status=status,
    )


def _inverse(rate: FloatArray) -> FloatArray:
    return np.divide(1.0, rate, out=np.full_like(rate, np.inf), where=rate != 0.0)


def _index(growth: Growth, by: ArrayLike | None, size: int) -> Places:
    if growth.group is None or by is None:
        if growth.group is not None or by is not None:
            raise ArgumentError("by: expected labels of the modes where growth has labels")
        return np.zeros(size, dtype=np.intp)
    label, index = groups(labels=by, name="by")
    if index.size != size:
        raise ArgumentError(f"by has {index.size} labels for {size} entries")
    place = {one: i for i, one in enumerate(growth.group.tolist())}
    unknown = [one for one in label.tolist() if one not in place]
    if unknown:
        raise ArgumentError(f"by: {unknown[0]!r} is not a label of growth")
    return np.array([place[one] for one in label.tolist()], dtype=np.intp)[index]
