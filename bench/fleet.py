"""Run lives, recurrence and downtime of a fleet, beside lifelines, surpyval, reliability and scipy.

Run by `nox -s bench`. Every side is measured in turn in one run; medians compared. What peers can
only do group by group is measured on a few groups and scaled, and said so.
"""

import warnings

import lifelines
import numpy as np
import reliability.Fitters
import surpyval
from scipy import stats
from surpyval.recurrent import CrowAMSAA, NonParametricCounting
from turns import beaten, held, medians, memory, nbytes

from pumpperf.calc.downtime import downtime
from pumpperf.reliability.recurrence import crow_amsaa, mean_cumulative_function
from pumpperf.reliability.survival import kaplan_meier
from pumpperf.reliability.weibull import weibull

GROUPS, LIVES, FEW = 10_000, 30, 20
MANY = 1_000_000
WELLS = 100_000
NEWTON_STEPS = 5
rng = np.random.default_rng(1)


def lives(*shape: int) -> tuple[np.ndarray, np.ndarray]:
    """Ages and failures of a Weibull fleet of shape 1.6, about half of them censored."""
    life, end = 500.0 * rng.weibull(1.6, shape), rng.uniform(0.0, 1000.0, shape)
    return np.minimum(life, end), life <= end


def by_lifelines(age: np.ndarray, failed: np.ndarray) -> tuple[float, float]:
    fit = lifelines.WeibullFitter().fit(age, failed)
    return float(fit.rho_), float(fit.lambda_)


def by_surpyval(age: np.ndarray, failed: np.ndarray) -> tuple[float, float]:
    scale, shape = surpyval.Weibull.fit(age, c=1 - failed.astype(int)).params
    return float(shape), float(scale)


def by_reliability(age: np.ndarray, failed: np.ndarray) -> tuple[float, float]:
    fit = reliability.Fitters.Fit_Weibull_2P(
        failures=age[failed],
        right_censored=age[~failed],
        show_probability_plot=False,
        print_results=False,
    )
    return float(fit.beta), float(fit.alpha)


def by_scipy(age: np.ndarray, failed: np.ndarray) -> tuple[float, float]:
    data = stats.CensoredData(uncensored=age[failed], right=age[~failed])
    shape, _, scale = stats.weibull_min.fit(data, floc=0)
    return float(shape), float(scale)


PEERS = {
    "lifelines": by_lifelines,
    "surpyval": by_surpyval,
    "reliability": by_reliability,
    "scipy": by_scipy,
}


def grouped_weibull() -> None:
    age, failed = lives(GROUPS, LIVES)
    fleet = {
        "age_h": age.ravel(),
        "failed": failed.ravel(),
        "by": np.repeat(np.arange(GROUPS), LIVES),
        "level": 0.9,
    }
    aged = np.where(rng.random(age.size) < 0.5, 0.9 * rng.random(age.size) * age.ravel(), 0.0)
    mixed = rng.permutation(age.size)
    shuffled = {k: v[mixed] if isinstance(v, np.ndarray) else v for k, v in fleet.items()}

    fits = weibull(**fleet, bounds="fisher")
    peers = {
        name: lambda peer=peer: [peer(age[i], failed[i]) for i in range(FEW)]
        for name, peer in PEERS.items()
    }
    for name, peer in peers.items():
        own = np.stack([fits.shape[:FEW], fits.scale_h[:FEW]], axis=1)
        np.testing.assert_allclose(peer(), own, rtol=2e-3, err_msg=name)
    fisher, ratios, late, unsorted, floor, *others = medians(
        lambda: weibull(**fleet, bounds="fisher"),
        lambda: weibull(**fleet, bounds="likelihood_ratio"),
        lambda: weibull(**fleet, entry_age_h=aged, bounds="fisher"),
        lambda: weibull(**shuffled, bounds="fisher"),
        lambda: newton_passes(age),
        *peers.values(),
        turns=5,
    )
    passes = f"{NEWTON_STEPS} bare Newton steps: a power and three sums a life each"
    print(f"Weibull of {GROUPS:,} groups of {LIVES} lives")
    held("  with standard errors", fisher, floor, passes, 2.0)
    held("  with likelihood-ratio bounds of shape and scale", ratios, floor, "the same", 4.0)
    held("  with entry ages", late, floor, "the same", 5.0)
    held("  with standard errors, lives in no order", unsorted, floor, "the same", 3.0)
    for name, seconds in zip(PEERS, others, strict=True):
        whole = seconds * GROUPS / FEW
        beaten(f"{name}, measured on {FEW} groups and scaled", whole, fisher, 2000)
    size = nbytes(fleet["age_h"], fleet["failed"], fleet["by"])
    memory(lambda: weibull(**fleet, bounds="likelihood_ratio"), size, 8.0)


def newton_passes(age: np.ndarray) -> None:
    """What no fit of highest likelihood does without."""
    log, shape = np.log(age), np.ones((len(age), 1))
    for _ in range(NEWTON_STEPS):
        tilted = np.exp(shape * log)
        tilted.sum(axis=1)
        once = tilted * log
        once.sum(axis=1)
        (once * log).sum(axis=1)


def one_large() -> None:
    age, failed = lives(MANY)
    data = stats.CensoredData(uncensored=age[failed], right=age[~failed])

    def ecdf() -> object:
        found = stats.ecdf(data).sf
        return found.confidence_interval(0.9, method="log-log")

    def sorted_once() -> None:
        order = np.argsort(age)
        np.exp(np.cumsum(np.log1p(-(failed[order] / np.arange(MANY + 1.0, 1.0, -1.0)))))

    own, curve, floor, passes, theirs, fitted = medians(
        lambda: weibull(age_h=age, failed=failed, level=0.9, bounds="fisher"),
        lambda: kaplan_meier(age_h=age, failed=failed, level=0.9),
        sorted_once,
        lambda: newton_passes(age[np.newaxis]),
        ecdf,
        lambda: surpyval.Weibull.fit(age, c=1 - failed.astype(int)),
        turns=5,
    )
    few = {name: PEERS[name] for name in ("lifelines", "reliability", "scipy")}
    slow = medians(*(lambda peer=peer: peer(age, failed) for peer in few.values()), turns=1)
    print(f"one group of {MANY:,} lives")
    held("  Weibull with standard errors", own, passes, "the same Newton steps", 1.5)
    for name, seconds in ({"surpyval": fitted} | dict(zip(few, slow, strict=True))).items():
        beaten(f"  {name}", seconds, own, 20)
    memory(
        lambda: weibull(age_h=age, failed=failed, level=0.9, bounds="fisher"),
        nbytes(age, failed),
        8.0,
    )
    held("  Kaplan-Meier with bounds", curve, floor, "one sort, logarithm, sum and power", 4.0)
    others = medians(
        lambda: lifelines.KaplanMeierFitter().fit(age, failed),
        lambda: surpyval.KaplanMeier.fit(age, c=1 - failed.astype(int)),
        turns=1,
    )
    for name, seconds in zip(("scipy", "lifelines", "surpyval"), (theirs, *others), strict=True):
        beaten(f"  {name}", seconds, curve, 1)
    memory(lambda: kaplan_meier(age_h=age, failed=failed, level=0.9), nbytes(age, failed), 8.0)


def recurrence() -> None:
    end = rng.uniform(1000.0, 5000.0, WELLS)
    system = np.repeat(np.arange(WELLS), rng.poisson(end / 1000.0))
    event = rng.uniform(0.0, end[system])
    ages = np.concatenate([event, end])
    wells = np.concatenate([system, np.arange(WELLS)])
    ended = np.concatenate([np.zeros(event.size, int), np.ones(WELLS, int)])

    def fleet() -> object:
        return mean_cumulative_function(event_h=event, event_system=system, end_h=end, level=0.9)

    def sorted_once() -> None:
        times = np.sort(event)
        at_risk = WELLS - np.searchsorted(np.sort(end), times)
        risen = np.cumsum(1.0 / at_risk)
        place = np.searchsorted(times, end)
        np.bincount(system, risen[np.searchsorted(times, event)], WELLS) - risen[place - 1]

    own, floor, theirs = medians(
        fleet, sorted_once, lambda: NonParametricCounting.fit(ages, i=wells, c=ended), turns=3
    )
    print(f"mean cumulative function with robust bounds, {WELLS:,} wells, {event.size:,} failures")
    held("  median", own, floor, "two sorts, three searches and two sums", 4.0)
    beaten("surpyval", theirs, own, 20)
    memory(fleet, nbytes(event, system, end), 8.0)

    counts = rng.integers(5, 36, WELLS)
    system = np.repeat(np.arange(WELLS), counts)
    event = end[system] * rng.random(system.size) ** (1 / 0.7)
    event = event[np.lexsort((event, system))]
    first = np.concatenate([[0], np.cumsum(counts)])
    each = np.arange(WELLS)

    def growth() -> object:
        return crow_amsaa(
            event_h=event, event_system=system, end_h=end, terminated="time", level=0.9, by=each
        )

    def logarithms() -> None:
        np.bincount(system, np.log(end[system] / event), WELLS)
        np.bincount(system, minlength=WELLS)

    def one_by_one() -> None:
        for i in range(FEW):
            times = np.append(event[first[i] : first[i + 1]], end[i])
            CrowAMSAA.fit(times, c=np.append(np.zeros(counts[i], int), 1))

    own, floor, theirs = medians(growth, logarithms, one_by_one, turns=5)
    print(f"Crow-AMSAA with exact bounds, {WELLS:,} wells each by itself, {event.size:,} failures")
    held("  median", own, floor, "a logarithm and two sums a failure", 2.0)
    beaten(f"surpyval, measured on {FEW} wells and scaled", theirs * WELLS / FEW, own, 2000)
    memory(growth, nbytes(event, system, end), 8.0)


def microseconds(days: int) -> np.ndarray:
    return rng.integers(0, days * 86_400_000_000, MANY).astype("timedelta64[us]")


def union() -> None:
    pump = rng.integers(0, 50_000, MANY)
    start = np.datetime64("2025-01-01", "us") + microseconds(365)
    end = start + microseconds(3)
    kind = rng.integers(0, 3, MANY)

    def fleet() -> object:
        return downtime(
            start=start,
            end=end,
            category=kind,
            window=(np.datetime64("2025-01-01"), np.datetime64("2026-01-01")),
            priority=("external", "planned", "unplanned"),
            by=pump,
        )

    def one_maximum_a_category() -> None:
        order = np.argsort(pump * (1 << 45) + start.astype(np.int64) % (1 << 45))
        opens, closes, at = (x[order].astype(np.int64) for x in (start, end, pump))
        firsts = np.flatnonzero(np.diff(at, prepend=-1))
        for rank in range(3):
            reach = np.maximum.accumulate(np.where(kind[order] <= rank, closes, opens))
            np.add.reduceat(reach - opens, firsts)

    own, floor = medians(fleet, one_maximum_a_category)
    name = f"union of {MANY:,} downtime events of 50,000 pumps, by category"
    held(name, own, floor, "one sort, a running maximum and a sum a category", 2.0)
    memory(fleet, nbytes(start, end, kind, pump), 8.0)


def main() -> None:
    """Print every figure beside its goal."""
    warnings.simplefilter("ignore")  # the peers' own
    grouped_weibull()
    one_large()
    recurrence()
    union()


if __name__ == "__main__":
    main()
