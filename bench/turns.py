"""Both sides in turn in one run: ratios that hold on a machine that is shared and noisy.

A floor is what no way to the same result can do without, in bare numpy; a peer does the same job.
"""

import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

Side = Callable[[], object]


def medians(*sides: Side, turns: int = 7) -> list[float]:
    """Median seconds of each side; the first turn warms up."""
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(turns + 1):
        for side, spent in zip(sides, times, strict=True):
            begin = time.perf_counter()
            side()
            spent.append(time.perf_counter() - begin)
    return [statistics.median(spent[1:]) for spent in times]


def verdict(met: bool) -> str:  # noqa: FBT001  # it is the sentence's verb
    return "met" if met else "MISSED"


def held(name: str, own_s: float, floor_s: float, floor: str, most: float) -> None:
    """Our time as so many times a floor, beside the most that it may be."""
    times = own_s / floor_s
    print(
        f"{name}: {own_s * 1e3:.4g} ms, {times:.2f} times {floor} ({floor_s * 1e3:.4g} ms), "
        f"goal {most:g} {verdict(times <= most)}",
        flush=True,
    )


def beaten(peer: str, peer_s: float, own_s: float, least: float) -> None:
    """A peer's time as so many times ours, beside the least that it should be."""
    times = peer_s / own_s
    print(
        f"  {peer}: {peer_s:.3g} s, {times:,.3g} times ours, goal {least:g} "
        f"{verdict(times >= least)}",
        flush=True,
    )


def memory(side: Side, size: int, most: float) -> None:
    """The most that a call holds beside its input, as so many times the input's size [bytes]."""
    side()
    tracemalloc.start()
    side()
    peak = tracemalloc.get_traced_memory()[1] / size
    tracemalloc.stop()
    print(f"  at most {peak:.1f} times the input in memory, goal {most:g} {verdict(peak <= most)}")


def nbytes(*columns: np.ndarray) -> int:
    return sum(column.nbytes for column in columns)


def imported(names: str) -> Side:
    """A process of its own that imports these."""
    command = [sys.executable, "-c", f"import {names}"]
    return lambda: subprocess.run(command, check=True)
