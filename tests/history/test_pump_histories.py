"""Histories of pumps: what is refused, and runs as short as none."""

import numpy as np
import pytest

from pumpperf import ArgumentError
from pumpperf.history.columns import Failures, Installations, Stops
from pumpperf.history.pumps import pump_histories

AS_OF = np.datetime64("2025-03-01")


def histories(installed=(), failed=(), stopped=(), unplanned=None, as_of=AS_OF):
    """Rows of (pump, install, removal), (pump, failed), (pump, start, end)."""
    return pump_histories(
        installations=Installations(
            pump=[row[0] for row in installed],
            well=["W1"] * len(installed),
            install=[row[1] for row in installed],
            removal=[row[2] for row in installed],
        ),
        failures=Failures(
            pump=[row[0] for row in failed],
            failed=[row[1] for row in failed],
            restored=["NaT"] * len(failed),
        ),
        stops=Stops(
            pump=[row[0] for row in stopped],
            start=[row[1] for row in stopped],
            end=[row[2] for row in stopped],
        ),
        unplanned=[True] * len(stopped) if unplanned is None else unplanned,
        as_of=as_of,
        level=0.9,
    )


RUN, STOP = ("P1", "2025-01-01", "2025-02-01"), ("P1", "2025-01-10", "2025-01-12")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"installed": [RUN, ("P2", "2025-03-01", "NaT")]},
            r"installation 1 \(P2\) does not begin before as_of",
        ),
        ({"installed": [("P2", "2025-02-01", "2025-01-01")]}, r"0 \(P2\) ends before it"),
        ({"installed": [("P2", "NaT", "2025-01-01")]}, r"install\[0\] is missing"),
        ({"stopped": [("P1", "2025-01-10", "2025-01-09")]}, r"stop 0 \(P1\) ends before"),
        ({"stopped": [("P1", "2025-04-01", "NaT")]}, r"stop 0 \(P1\) does not begin before as_of"),
        ({"stopped": [STOP], "unplanned": [True, False]}, "unplanned has 2 entries for 1 stops"),
        ({"failed": [("P1", "2025-03-02")]}, r"failure 0 \(P1\) lies after as_of"),
        ({"as_of": np.datetime64("NaT", "us")}, r"as_of\[0\] is missing: expected a date"),
    ],
)
def test_what_cannot_be_is_refused_by_its_pump(change, words):
    with pytest.raises(ArgumentError, match=words):
        histories(**({"installed": [RUN]} | change))


def test_columns_of_a_table_are_equally_long():
    none = Failures(pump=[], failed=[], restored=[])
    with pytest.raises(ArgumentError, match="removal has 2 entries for 1 pumps"):
        pump_histories(
            installations=Installations(
                pump=["P1"],
                well=["W1"],
                install=[AS_OF - np.timedelta64(9, "D")],
                removal=[AS_OF, AS_OF],
            ),
            failures=none,
            stops=Stops(pump=[], start=[], end=[]),
            unplanned=[],
            as_of=AS_OF,
            level=0.9,
        )


def test_failures_and_their_pumps_are_as_many():
    with pytest.raises(ArgumentError, match="failed has 0 entries for 1 pumps"):
        pump_histories(
            installations=Installations(pump=[], well=[], install=[], removal=[]),
            failures=Failures(pump=["P1"], failed=[], restored=[]),
            stops=Stops(pump=[], start=[], end=[]),
            unplanned=[],
            as_of=AS_OF,
            level=0.9,
        )


def test_a_pump_alone_has_the_runs_that_it_has_in_a_fleet():
    instant = ("P1", "2025-01-01", "2025-01-01")
    alone = histories([instant, RUN], [("P1", "2025-01-01")])
    fleet = histories([instant, RUN, ("P0", "2024-01-01", "NaT")], [("P1", "2025-01-01")])
    assert (alone.failed_runs[0], alone.pulled_runs[0], alone.mean_run_h[0]) == (1, 1, 31 * 12.0)
    assert (fleet.failed_runs[1], fleet.pulled_runs[1], fleet.mean_run_h[1]) == (1, 1, 31 * 12.0)
