"""The Weibull profile likelihood of exact lives, for a block of groups at once.

With u = ln(age / largest age of the group) and W = w (exp(b u) - exp(b u_entry)), the likelihood is
largest over the scale at scale^b = sum(W) / r, and what is left is a function of the shape b alone:

    l(b) / r = ln b - ln sum(W) + b m - 1,        m = mean u of the failed lives

Its slope is m - E(b), where E(b) is the mean of u over everything that was observed, tilted by
exp(b u). E rises with b, by the tilted variance V(b), with late entries too: so there is one
largest value, and it exists if E(0) < m < 0.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.roots import rising_root

NARROW, WIDE = 1024, 32_768
"""Rows that a product with ones sums faster, and those that are cut to stay in cache."""
SHORT, LONG = 0.1, 700.0
"""Stretches below which a series is exact, and above which exp(-stretch) is nothing."""

EVER = 1e100
"""Stands for ln(age/entry age) of a life that was observed from age 0."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """Lives of some groups, a group a row; rows are filled up with lives of weight 0.

    Attributes:
        u: ln(age / largest age of the group), at most 0.
        weight: how many lives each stands for; None: one each.
        log_span: ln(age / entry age), above 0; None: all were observed from age 0.
        failures: weight of the failed lives of each group, above 0.
        mean_failed_u: their mean u.
    """

    u: FloatArray
    weight: FloatArray | None
    log_span: FloatArray | None
    failures: FloatArray
    mean_failed_u: FloatArray

    def of(self, groups: BoolArray) -> Block:
        """The same of some of the groups."""
        columns: dict[str, FloatArray] = {
            field.name: getattr(self, field.name)[groups]
            for field in fields(self)
            if getattr(self, field.name) is not None
        }
        return replace(self, **columns)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tilted:
    """Sum of W, and mean and variance of u, tilted by a shape."""

    log_sum: FloatArray
    mean: FloatArray
    variance: FloatArray


def tilted(*, block: Block, shape: FloatArray, spread: bool = True) -> Tilted:
    """What the profile likelihood and its two derivatives need at one shape a group.

    Without entries the tilted sum over one life is exp(b u)/b, with mean u - 1/b and variance
    1/b^2. Observed over a stretch x = ln(age/entry) only, it is exp(b u) (1 - exp(-b x))/b, with
    mean u - 1/b + x/(exp(b x) - 1): written so, nothing cancels when the stretch is short.

    Args:
        block: the lives.
        shape: one a group, above 0.
        spread: whether the variance is wanted; without it, it is NaN.

    Source: module docstring; derived there.

    >>> u = np.log(np.array([[0.25, 0.5, 1.0]]))
    >>> alone = Block(u=u, weight=None, log_span=None, failures=np.ones(1), mean_failed_u=u[:, 0])
    >>> tilted(block=alone, shape=np.array([2.0])).log_sum
    array([0.272])
    """
    width = block.u.shape[1]
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        total, first, second = np.sum(
            [_sums(block, shape, slice(k, k + WIDE), spread) for k in range(0, width, WIDE)], axis=0
        )
        off = first / total
        variance = second / total - off * off
        return Tilted(log_sum=np.log(total), mean=block.mean_failed_u + off, variance=variance)


def _sums(block: Block, shape: FloatArray, columns: slice, spread: bool) -> FloatArray:  # noqa: FBT001  # handed on
    """Sums of W, and of W times the distance of u from m and its square."""
    b, u = shape[:, np.newaxis], block.u[:, columns]
    tilt = u * b
    np.exp(tilt, out=tilt)
    if block.weight is not None:
        tilt *= block.weight[:, columns]
    apart = u - (block.mean_failed_u + 1.0 / shape)[:, np.newaxis]
    within = b**-2
    if block.log_span is not None:
        log_span = block.log_span[:, columns]
        stretch = np.minimum(b * log_span, LONG)
        grown = np.expm1(stretch)
        tilt *= grown / (1.0 + grown)
        apart += log_span / grown
        if spread:
            within = within * _variance_within(stretch, grown)
    total = _of_rows(tilt)
    first = _of_rows(tilt * apart)
    if not spread:
        return np.stack([total, first, np.full_like(total, np.nan)])
    apart *= apart
    apart += within
    apart *= tilt
    return np.stack([total, first, _of_rows(apart)])


def _of_rows(values: FloatArray) -> FloatArray:
    """Sums of rows; a product with ones does short ones in a fifth of the time."""
    if values.shape[1] > NARROW:
        return np.asarray(values.sum(axis=1), dtype=np.float64)
    return np.asarray(values @ np.ones(values.shape[1]), dtype=np.float64)


def _variance_within(stretch: FloatArray, grown: FloatArray) -> FloatArray:
    """1 - x^2 exp(x)/(exp(x) - 1)^2, by its series where the two would cancel."""
    part = stretch / grown
    long = 1.0 - part * part * (1.0 + grown)
    if stretch.min() > SHORT:
        return long
    y = np.minimum(stretch, SHORT) ** 2
    series = y / 12.0 * (1.0 - y / 20.0 * (1.0 - y * 5.0 / 126.0))
    return np.where(stretch < SHORT, series, long)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peak:
    """The shape where the likelihood of each group is largest, and what the lives are there."""

    shape: FloatArray
    at: Tilted


def peak(*, block: Block) -> Peak:
    """The shape where the likelihood is largest, E(b) = m, by Newton's steps inside a bracket.

    Args:
        block: the lives; E(0) < m < 0 holds for each group.

    Source: Lawless, Statistical Models and Methods for Lifetime Data, 1982, section 4.1; the root
    is unique by the module docstring. Failures at 1, 2 and 4 have b ln 2 (1 - q^2) = 1 + q + q^2
    with q = 2^-b: at 2.0125.

    >>> u = np.log(np.array([[0.25, 0.5, 1.0]]))
    >>> three = Block(
    ...     u=u, weight=None, log_span=None, failures=np.array([3.0]), mean_failed_u=u.mean(axis=1)
    ... )
    >>> peak(block=three).shape
    array([2.0125])
    """
    m = block.mean_failed_u

    def slope(shape: FloatArray) -> tuple[FloatArray, FloatArray]:
        there = tilted(block=block, shape=shape)
        return there.mean - m, there.variance

    lowest = -1.0 / m  # the root if all that did not fail were as old as the oldest
    least = 0.0 if block.log_span is not None else lowest * (1.0 - 1e-9)
    shape = rising_root(function=slope, start=1.5 * lowest, least=least)
    return Peak(shape=shape, at=tilted(block=block, shape=shape))
