"""Weibull fits found the slow way: the likelihood as it is defined, and a search for its top.

Nothing here knows how the library does it. A life is (age, failed, entry, after, weight): `after`
is the age at which a failed pump last ran, NaN where its age at failure is exact.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, minimize

NAN = float("nan")


def lives_of(age, failed, entry=None, after=None, weight=None):
    n = len(age)
    columns = (
        age,
        failed,
        [0.0] * n if entry is None else entry,
        [NAN] * n if after is None else after,
        [1.0] * n if weight is None else weight,
    )
    return [
        (float(t), bool(d), float(e), float(a), float(w))
        for t, d, e, a, w in zip(*columns, strict=True)
    ]


def run(entry, age, shape, log_scale):
    """H(age) - H(entry) with H(t) = (t/scale)^shape, written so that nothing cancels."""
    if age == 0.0:
        return 0.0 * shape * log_scale
    whole = np.exp(shape * (math.log(age) - log_scale))
    return whole if entry == 0.0 else whole * -np.expm1(shape * math.log1p((entry - age) / age))


def log_likelihood(lives, shape, log_scale):
    total = 0.0
    with np.errstate(all="ignore"):
        for age, failed, entry, after, weight in lives:
            if failed and not math.isnan(after):
                one = np.log(-np.expm1(-run(after, age, shape, log_scale)))
                one = one - run(entry, after, shape, log_scale)
            else:
                one = -run(entry, age, shape, log_scale)
            if failed and math.isnan(after):
                one = one + np.log(shape) + shape * (math.log(age) - log_scale) - math.log(age)
            total = total + weight * one
    return np.where(np.isnan(total), -np.inf, total)


@dataclass
class Top:
    shape: float
    log_scale: float
    value: float


def best(lives, low=0.02, high=200.0):
    """The largest likelihood: of a grid, then of simplices, then of gradient steps.

    They go over ln(shape) and ln H at the largest age, which no unit changes.
    """
    far = math.log(max(age for age, *_ in lives))
    shapes = np.linspace(math.log(low), math.log(high), 120)[:, np.newaxis]
    powers = np.linspace(-30.0, 8.0, 250)

    def value(x, y):
        return log_likelihood(lives, np.exp(x), far - y / np.exp(x))

    values = value(shapes, powers)
    i, j = np.unravel_index(int(np.argmax(values)), values.shape)

    def loss(at):
        found = float(value(*at)) if abs(at[0]) < 40.0 else -1e10
        return -max(found, -1e10)

    at = np.array([shapes[i, 0], powers[j]])
    for _ in range(3):
        options = {"xatol": 1e-11, "fatol": 1e-13, "maxiter": 2000, "maxfev": 4000}
        at = minimize(loss, at, method="Nelder-Mead", options=options).x
    refined = minimize(loss, at, method="BFGS", options={"gtol": 1e-10})
    at = refined.x if refined.fun < loss(at) else at
    return Top(math.exp(at[0]), far - at[1] * math.exp(-at[0]), -loss(at))


def textbook_score(lives, shape):
    """Sum(t^b ln t - e^b ln e)/sum(t^b - e^b) - 1/b - mean ln t of the failed, of exact lives."""
    largest = max(age for age, *_ in lives)
    top, bottom, logs, failures = [], [], [], 0.0
    for age, failed, entry, _, weight in lives:
        for reached, sign in ((age, weight), (entry, -weight)):
            if reached > 0.0:
                u = math.log(reached / largest)
                top.append(sign * math.exp(shape * u) * u)
                bottom.append(sign * math.exp(shape * u))
        if failed:
            logs.append(weight * math.log(age / largest))
            failures += weight
    return math.fsum(top) / math.fsum(bottom) - 1.0 / shape - math.fsum(logs) / failures


def textbook_shape(lives, low=1e-3, high=1e4):
    """The root of the textbook's score by halving, with sums that do not round."""
    return brentq(lambda b: textbook_score(lives, b), low, high, xtol=1e-13, rtol=1e-14)


def textbook_scale(lives, shape):
    largest = max(age for age, *_ in lives)
    power = math.fsum(
        weight * ((age / largest) ** shape - (entry / largest) ** shape)
        for age, _, entry, _, weight in lives
    )
    return largest * (power / sum(w for _, d, *_, w in lives if d)) ** (1.0 / shape)


def over_shape(lives, shape):
    """Largest likelihood over the scale, shape held."""
    far = math.log(max(age for age, *_ in lives))
    return _top_of(lambda power: log_likelihood(lives, shape, far - power / shape), -100.0, 500.0)


def over_life(lives, log_life, cumulative):
    """Largest likelihood of the curves that reach a cumulative hazard at an age."""

    def value(x):
        shape = np.exp(x)
        return log_likelihood(lives, shape, log_life - math.log(cumulative) / shape)

    return _top_of(value, -25.0, 8.0)


def _top_of(value, low, high):
    """Largest value along a line: of ever finer grids around its best place."""
    for _ in range(9):
        places = np.linspace(low, high, 301)
        values = value(places)
        i = int(np.argmax(values))
        low, high = places[max(i - 2, 0)], places[min(i + 2, 300)]
    return float(values[i])


def crossing(profile, top_at, least, step, farthest=300.0):
    """Where a profile over a logarithm falls below `least`, going by steps from its top; or the
    infinity on that side, if it does not within `farthest`."""
    inside, outside = top_at, top_at + step
    while profile(outside) >= least:
        inside, outside = outside, outside + step
        step *= 1.3
        if abs(outside - top_at) > farthest:
            return math.copysign(math.inf, step)
    return brentq(lambda x: profile(x) - least, inside, outside, xtol=1e-10)


def information(lives, shape, log_scale, h=1e-4):
    """Negative second differences of the likelihood in (ln scale, ln shape)."""

    def value(x, y):
        return float(log_likelihood(lives, shape * math.exp(y), log_scale + x))

    centre = value(0.0, 0.0)
    xx = (value(h, 0.0) - 2.0 * centre + value(-h, 0.0)) / h**2
    yy = (value(0.0, h) - 2.0 * centre + value(0.0, -h)) / h**2
    xy = (value(h, h) - value(h, -h) - value(-h, h) + value(-h, -h)) / (4.0 * h * h)
    return -np.array([[xx, xy], [xy, yy]])
