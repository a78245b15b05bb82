"""Replacement at an age, and overhaul with minimal repair between: Barlow and Hunter's policies."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gamma, gammainc

from pumpperf.calc.inputs import refuse
from pumpperf.numeric import BoolArray, FloatArray
from pumpperf.reliability.inputs import alike
from pumpperf.results import MethodResult
from pumpperf.roots import rising_root


class AgeReplacement(MethodResult):
    """Best age to replace pumps of a Weibull life, one entry a group of pumps.

    Attributes:
        age_h: age at which to replace a pump that still runs [h]; infinite if none pays.
        cost_per_h: cost of that policy in the long run [money/h].
        run_to_failure_cost_per_h: cost of replacing failed pumps only [money/h].
        saving_per_h: what the policy saves against that [money/h].
        survival: share of the pumps that reach the age and are replaced as planned.
        method: how it was found.
        status: `ok` or `run_to_failure` (no age pays: the shape is not above 1, a planned
            replacement is not cheaper than a failure, or less than 1e-12 of the cost is saved).
    """

    age_h: FloatArray
    cost_per_h: FloatArray
    run_to_failure_cost_per_h: FloatArray
    saving_per_h: FloatArray
    survival: FloatArray


class MinimalRepair(MethodResult):
    """Best age to overhaul pumps that minimal repair brings back as they were, an entry a group.

    Attributes:
        age_h: running time between overhauls [h]; infinite if none pays.
        cost_per_h: cost of overhauls and repairs in the long run [money/h].
        failures: expected failures between overhauls; infinite if there is none.
        method: how it was found.
        status: `ok` or `no_overhaul` (the shape is not above 1: the pump does not wear).
    """

    age_h: FloatArray
    cost_per_h: FloatArray
    failures: FloatArray


def age_replacement(
    *, shape: ArrayLike, scale_h: ArrayLike, planned_cost: ArrayLike, failure_cost: ArrayLike
) -> AgeReplacement:
    """Age at which a planned replacement costs least in the long run.

    C(t) = [cp S(t) + cf F(t)] / integral of S to t;  its least value is where
    h(t) integral S - F(t) = cp / (cf - cp). The integral is exact: with z = (t / scale)^shape,
    scale Gamma(1 + 1/shape) P(1/shape, z), P the regularised incomplete gamma function.

    Args:
        shape: Weibull shape of the life, above 0.
        scale_h: Weibull scale [h], above 0.
        planned_cost: cost cp of one planned replacement [money], above 0.
        failure_cost: cost cf of one failure with its replacement [money], above 0.

    Returns:
        An `AgeReplacement`, one entry for each set of arguments.

    Raises:
        ArgumentError: lengths differ, or a number is not above 0.

    Source: Barlow and Hunter 1960, Operations Research 8; shape 2.5, scale 1000 h, costs 1 and 5:
    493.04696 h, 0.00346204 per h.

    >>> found = age_replacement(shape=2.5, scale_h=1000, planned_cost=1, failure_cost=5)
    >>> found.age_h, found.cost_per_h
    (array([493.04696]), array([0.00346204]))
    """
    steep, scale, planned, failed = _positive(
        shape=shape, scale_h=scale_h, planned_cost=planned_cost, failure_cost=failure_cost
    )
    with np.errstate(over="ignore", divide="ignore"):
        mean_h = scale * gamma(1.0 + 1.0 / steep)
        until_failure = failed / mean_h
    may_pay = (steep > 1.0) & (failed > planned)
    bold = np.where(may_pay, steep, 2.0)
    wanted = np.where(may_pay, planned / np.where(may_pay, failed - planned, 1.0), 1.0)
    z, reached = _best(1.0 / bold, wanted)
    age = scale * z ** (1.0 / bold)
    replaced = planned * np.exp(-z) - failed * np.expm1(-z)
    with np.errstate(over="ignore", divide="ignore"):
        cost = np.asarray(replaced / (mean_h * gammainc(1.0 / bold, z)), dtype=np.float64)
    pays = may_pay & reached & (cost < until_failure * (1.0 - _NOTHING))
    cost = np.where(pays, cost, until_failure)
    return AgeReplacement(
        age_h=np.where(pays, age, np.inf),
        cost_per_h=cost,
        run_to_failure_cost_per_h=until_failure,
        saving_per_h=until_failure - cost,
        survival=np.where(pays, np.exp(-z), 0.0),
        method="age replacement (Barlow and Hunter), Weibull life",
        status=np.where(pays, "ok", "run_to_failure"),
    )


def minimal_repair(
    *, shape: ArrayLike, scale_h: ArrayLike, planned_cost: ArrayLike, failure_cost: ArrayLike
) -> MinimalRepair:
    """Running time between overhauls when failures between them are repaired and no more.

    C(t) = [cp + cf (t / scale)^shape] / t;  t* = scale [cp / (cf (shape - 1))]^(1/shape)

    Args:
        shape: Weibull shape (power of the expected number of failures), above 0.
        scale_h: Weibull scale [h], above 0.
        planned_cost: cost cp of one overhaul, after which the pump is as new [money], above 0.
        failure_cost: cost cf of one failure with its minimal repair [money], above 0. Some
            programs exchange the two costs.

    Returns:
        A `MinimalRepair`, one entry for each set of arguments.

    Raises:
        ArgumentError: lengths differ, or a number is not above 0.

    Source: Barlow and Hunter 1960, policy II; shape 2.5, scale 1000 h, costs 1 and 5: 446.6584 h.

    >>> minimal_repair(shape=2.5, scale_h=1000, planned_cost=1, failure_cost=5).age_h
    array([446.6584])
    """
    steep, scale, planned, failed = _positive(
        shape=shape, scale_h=scale_h, planned_cost=planned_cost, failure_cost=failure_cost
    )
    pays = steep > 1.0
    bold = np.where(pays, steep, 2.0)
    failures = planned / failed / (bold - 1.0)
    age = scale * failures ** (1.0 / bold)
    never = np.where(steep == 1.0, failed / scale, 0.0)
    return MinimalRepair(
        age_h=np.where(pays, age, np.inf),
        cost_per_h=np.where(pays, (planned + failed * failures) / age, never),
        failures=np.where(pays, failures, np.inf),
        method="overhaul with minimal repair (Barlow and Hunter, policy II), Weibull intensity",
        status=np.where(pays, "ok", "no_overhaul"),
    )


_LATEST = 690.0
_TINY = 1e-300
_NOTHING = 1e-12


def _positive(**given: ArrayLike) -> list[FloatArray]:
    columns = alike(arguments=given)
    for name, column in zip(given, columns, strict=True):
        refuse(wrong=column == 0.0, values=column, name=name, expected="a number above 0")
    return columns


def _best(power: FloatArray, wanted: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Solve z^(1-s) gamma(s, z) - (1 - e^-z) = k for z, and whether it is small enough to reach.

    The left side rises from 0 and lies below (1/s - 1) z. Newton's method in logarithms, kept
    between bounds by halving.
    """
    least = np.exp(np.minimum(np.log(wanted) - np.log(1.0 / power - 1.0), _LATEST) - 1e-9)
    most = np.full_like(least, np.exp(_LATEST))
    reached = _left(power, most)[0] >= wanted
    asked = np.where(reached, wanted, np.maximum(_left(power, least)[0], _TINY))

    def above(z: FloatArray) -> tuple[FloatArray, FloatArray]:
        left, slope = _left(power, z)
        left = np.maximum(left, _TINY)  # rounding can take it below 0 for a shape next to 1
        return np.log(left / asked), slope / left

    return rising_root(function=above, start=least, least=least, most=most), reached


def _left(power: FloatArray, z: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Left side and its derivative."""
    rise = z ** (1.0 - power) * gamma(power) * gammainc(power, z)
    return rise + np.expm1(-z), (1.0 - power) * rise / z
