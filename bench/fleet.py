"""Run lives, recurrence and downtime of a fleet, beside lifelines, surpyval, reliability and scipy.

Run by `nox -s bench`. Every side is measured in turn in one run; medians compared. What peers can
only do group by group is measured on a few groups and scaled, and said so.
"""

import statistics
import time
import tracemalloc
import warnings
from collections.abc import Callable

import lifelines
import numpy as np
import reliability.Fitters
import surpyval
from scipy import stats
from surpyval.recurrent import CrowAMSAA, NonParametricCounting

from pumpperf.calc.downtime import downtime
from pumpperf.reliability.recurrence import crow_amsaa, mean_cumulative_function
from pumpperf.reliability.survival import kaplan_meier
from pumpperf.reliability.weibull import weibull

GROUPS, LIVES, FEW = 10_000, 30, 20
MANY = 1_000_000
WELLS = 100_000
rng = np.random.default_rng(1)


def medians(*sides: Callable[[], object], turns: int = 7) -> list[float]:
    """Median seconds of each side, measured in turn; the first turn warms up."""
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(turns + 1):
        for side, spent in zip(sides, times, strict=True):
            begin = time.perf_counter()
            side()
            spent.append(time.perf_counter() - begin)
    return [statistics.median(spent[1:]) for spent in times]


def memory(side: Callable[[], object], *inputs: np.ndarray) -> str:
    """Largest memory taken, as a multiple of the inputs."""
    tracemalloc.start()
    side()
    peak = tracemalloc.get_traced_memory()[1] / sum(column.nbytes for column in inputs)
    tracemalloc.stop()
    return f"memory {peak:.1f} times the input, goal 8 {verdict(peak <= 8.0)}"


def verdict(met: bool) -> str:  # noqa: FBT001  # it is the sentence's verb
    return "met" if met else "MISSED"


def told(name: str, seconds: float, goal_ms: float) -> None:
    met = verdict(seconds * 1e3 <= goal_ms)
    print(f"{name}: {seconds * 1e3:.1f} ms, goal {goal_ms:.0f} ms {met}", flush=True)


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
    fisher, ratios, late, unsorted, *others = medians(
        lambda: weibull(**fleet, bounds="fisher"),
        lambda: weibull(**fleet, bounds="likelihood_ratio"),
        lambda: weibull(**fleet, entry_age_h=aged, bounds="fisher"),
        lambda: weibull(**shuffled, bounds="fisher"),
        *peers.values(),
        turns=5,
    )
    print(f"Weibull of {GROUPS:,} groups of {LIVES} lives")
    told("  with standard errors", fisher, 40)
    told("  with likelihood-ratio bounds of shape and scale", ratios, 80)
    told("  with entry ages", late, 100)
    print(f"  with standard errors, lives in no order: {unsorted * 1e3:.1f} ms")
    scaled = {name: s * GROUPS / FEW for name, s in zip(PEERS, others, strict=True)}
    for name, seconds in scaled.items():
        print(
            f"  {name}: {seconds:.0f} s (measured on {FEW} groups and scaled), "
            f"{seconds / fisher:,.0f} times"
        )
    best = min(scaled.values()) / fisher
    print(f"  {best:,.0f} times the best of them, goal 2,000 {verdict(best >= 2000)}")
    inputs = (fleet["age_h"], fleet["failed"], fleet["by"])
    print(f"  {memory(lambda: weibull(**fleet, bounds='likelihood_ratio'), *inputs)}", flush=True)


def one_large() -> None:
    age, failed = lives(MANY)
    data = stats.CensoredData(uncensored=age[failed], right=age[~failed])

    def ecdf() -> object:
        found = stats.ecdf(data).sf
        return found.confidence_interval(0.9, method="log-log")

    own, curve, theirs, fitted = medians(
        lambda: weibull(age_h=age, failed=failed, level=0.9, bounds="fisher"),
        lambda: kaplan_meier(age_h=age, failed=failed, level=0.9),
        ecdf,
        lambda: surpyval.Weibull.fit(age, c=1 - failed.astype(int)),
        turns=5,
    )
    few = {name: PEERS[name] for name in ("lifelines", "reliability", "scipy")}
    slow = medians(*(lambda peer=peer: peer(age, failed) for peer in few.values()), turns=1)
    print(f"one group of {MANY:,} lives")
    told("  Weibull with standard errors", own, 50)
    for name, seconds in ({"surpyval": fitted} | dict(zip(few, slow, strict=True))).items():
        print(f"    {name}: {seconds:.1f} s, {seconds / own:.0f} times")
    print(
        f"  Kaplan-Meier with bounds: {curve * 1e3:.0f} ms, scipy {theirs * 1e3:.0f} ms: "
        f"no slower {verdict(curve <= theirs)}"
    )
    others = medians(
        lambda: lifelines.KaplanMeierFitter().fit(age, failed),
        lambda: surpyval.KaplanMeier.fit(age, c=1 - failed.astype(int)),
        turns=1,
    )
    for name, seconds in zip(("lifelines", "surpyval"), others, strict=True):
        print(f"    {name}: {seconds * 1e3:.0f} ms")
    for name, side in (
        ("Weibull", lambda: weibull(age_h=age, failed=failed, level=0.9, bounds="fisher")),
        ("Kaplan-Meier", lambda: kaplan_meier(age_h=age, failed=failed, level=0.9)),
    ):
        print(f"  {name}: {memory(side, age, failed)}", flush=True)


def recurrence() -> None:
    end = rng.uniform(1000.0, 5000.0, WELLS)
    system = np.repeat(np.arange(WELLS), rng.poisson(end / 1000.0))
    event = rng.uniform(0.0, end[system])
    ages = np.concatenate([event, end])
    wells = np.concatenate([system, np.arange(WELLS)])
    ended = np.concatenate([np.zeros(event.size, int), np.ones(WELLS, int)])
    own, theirs = medians(
        lambda: mean_cumulative_function(event_h=event, event_system=system, end_h=end, level=0.9),
        lambda: NonParametricCounting.fit(ages, i=wells, c=ended),
        turns=3,
    )
    print(f"mean cumulative function with robust bounds, {WELLS:,} wells, {event.size:,} failures")
    told("  median", own, 150)
    print(f"  surpyval: {theirs:.1f} s, {theirs / own:.0f} times")
    side = memory(
        lambda: mean_cumulative_function(event_h=event, event_system=system, end_h=end, level=0.9),
        event,
        system,
        end,
    )
    print(f"  {side}", flush=True)

    counts = rng.integers(5, 36, WELLS)
    system = np.repeat(np.arange(WELLS), counts)
    event = end[system] * rng.random(system.size) ** (1 / 0.7)
    order = np.lexsort((event, system))
    event = event[order]
    first = np.concatenate([[0], np.cumsum(counts)])
    each = np.arange(WELLS)

    def fleet() -> object:
        return crow_amsaa(
            event_h=event, event_system=system, end_h=end, terminated="time", level=0.9, by=each
        )

    def one_by_one() -> None:
        for i in range(FEW):
            times = np.append(event[first[i] : first[i + 1]], end[i])
            CrowAMSAA.fit(times, c=np.append(np.zeros(counts[i], int), 1))

    own, theirs = medians(fleet, one_by_one, turns=5)
    print(f"Crow-AMSAA with exact bounds, {WELLS:,} wells each by itself, {event.size:,} failures")
    told("  median", own, 30)
    scaled = theirs * WELLS / FEW
    times = f"{scaled / own:,.0f} times"
    print(f"  surpyval: {scaled:.0f} s (measured on {FEW} wells and scaled), {times}")
    print(f"  {memory(fleet, event, system, end)}", flush=True)


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

    (own,) = medians(fleet)
    told(f"union of {MANY:,} downtime events of 50,000 pumps, by category", own, 200)
    print(f"  {memory(fleet, start, end, kind, pump)}", flush=True)


def main() -> None:
    """Print every figure beside its goal."""
    warnings.simplefilter("ignore")  # the peers' own
    grouped_weibull()
    one_large()
    recurrence()
    union()


if __name__ == "__main__":
    main()
