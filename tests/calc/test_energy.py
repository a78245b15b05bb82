"""Energy of a power log against a sum over single minutes, and against exact fractions."""

import datetime as dt
from dataclasses import FrozenInstanceError, dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pumpperf.calc.energy import Energy, energy_kwh
from pumpperf.errors import ArgumentError

NAN = float("nan")
START = np.datetime64("2026-03-28T23:00:00.000000", "us")
MINUTE = 60_000_000
HOUR = 3_600_000_000

POWER = st.floats(-50.0, 1000.0).map(lambda kw: round(kw, 6))
LOG = st.dictionaries(st.integers(-40, 100), POWER | st.just(NAN), max_size=14)
WIDTH = st.integers(1, 80)
# Half a minute over a whole number: no step is as long as the longest gap to the last bit.
GAP_MINUTES = st.integers(0, 60).map(lambda minutes: minutes + 0.5)


@dataclass(frozen=True)
class One:
    """What is accounted of one pump."""

    energy_kwh: float
    covered_h: float
    gap_h: float
    window_h: float
    samples: int
    missing_samples: int
    duplicates: int = 0


def one(found):
    """The only entry of an `Energy`, as plain numbers."""
    assert found.group is None
    assert found.energy_kwh.shape == found.covered_us.shape == found.status.shape == (1,)
    assert type(found.window_us) is int
    expected = "ok" if found.gap_h[0] == 0.0 else "gaps" if found.covered_us[0] else "no_cover"
    assert found.status[0] == expected
    return One(
        energy_kwh=found.energy_kwh[0].item(),
        covered_h=found.covered_h[0].item(),
        gap_h=found.gap_h[0].item(),
        window_h=found.window_h,
        samples=found.samples[0].item(),
        missing_samples=found.missing_samples[0].item(),
        duplicates=found.duplicates[0].item(),
    )


def _at(microseconds):
    return START + np.timedelta64(microseconds, "us")


def _account(log, first, last, gap_minutes, tick=MINUTE):
    """The energy of {tick: power} between two ticks."""
    return one(
        energy_kwh(
            time=np.array([_at(t * tick) for t in log], dtype="datetime64[us]"),
            power_kw=list(log.values()),
            window=(_at(first * tick), _at(last * tick)),
            longest_gap_h=gap_minutes / 60.0,
        )
    )


def _microseconds(hours):
    return round(hours * HOUR)


def _close(expected, log, hours):
    largest = max((abs(p) for p in log.values() if p == p), default=0.0)
    return pytest.approx(expected, rel=0.0, abs=1e-12 * largest * hours)


@given(log=LOG, width=WIDTH, gap=GAP_MINUTES)
@example(log={-40: 3.0, 90: 7.0}, width=10, gap=130.5)
@example(log={0: 3.0, 5: NAN, 10: 7.0}, width=10, gap=5.5)
def test_energy_is_the_sum_over_the_covered_minutes(log, width, gap):
    answer = _account(log, 0, width, gap)
    times = sorted(t for t, p in log.items() if not np.isnan(p))
    powers = [log[t] for t in times]
    covered = [
        minute
        for minute in range(width)
        if any(a <= minute < b for a, b in pairwise(times) if b - a <= gap)
    ]
    # The line is straight within a minute, so its middle is its mean.
    means = np.interp([minute + 0.5 for minute in covered], times, powers) if covered else []
    assert answer.energy_kwh == _close(float(np.sum(means)) / 60.0, log, width / 60.0)
    assert _microseconds(answer.covered_h) == len(covered) * MINUTE
    assert _microseconds(answer.gap_h) == (width - len(covered)) * MINUTE
    assert answer.window_h == width / 60.0
    assert answer.samples == len(times)
    assert answer.missing_samples == len(log) - len(times)


def _exact_kwh(log, first, last, longest_us):
    """Trapezium of every step, cut at the window, in fractions without any rounding."""
    total, covered = Fraction(0), 0
    times = sorted(log)
    for a, b in pairwise(times):
        low, high = max(a, first), min(b, last)
        if b - a > longest_us or low >= high:
            continue
        begin, end = Fraction(log[a]), Fraction(log[b])
        at_low, at_high = (begin + (end - begin) * Fraction(t - a, b - a) for t in (low, high))
        total += (at_low + at_high) / 2 * (high - low)
        covered += high - low
    return float(total / HOUR), covered


@given(
    log=st.dictionaries(st.integers(-HOUR, 3 * HOUR), POWER, max_size=10),
    edges=st.tuples(st.integers(0, 2 * HOUR), st.integers(0, 2 * HOUR)).filter(
        lambda pair: pair[0] != pair[1]
    ),
    gap_hours=st.integers(1, 4),
)
def test_steps_are_cut_at_the_window_to_the_microsecond(log, edges, gap_hours):
    first, last = sorted(edges)
    expected, covered = _exact_kwh(log, first, last, gap_hours * HOUR)
    answer = _account(log, first, last, gap_hours * 60, tick=1)
    assert answer.energy_kwh == _close(expected, log, (last - first) / HOUR)
    assert _microseconds(answer.covered_h) == covered
    assert _microseconds(answer.covered_h) + _microseconds(answer.gap_h) == last - first
    assert _microseconds(answer.window_h) == last - first


def test_a_ramp_is_cut_inside_its_step():
    answer = _account({0: 0.0, 60: 60.0}, 15, 45, 60)
    assert answer == One(
        energy_kwh=15.0, covered_h=0.5, gap_h=0.0, window_h=0.5, samples=2, missing_samples=0
    )


def test_a_step_as_long_as_the_longest_gap_counts_and_a_longer_one_does_not():
    log = {0: 10.0, HOUR: 10.0, 2 * HOUR + 1: 10.0, 3 * HOUR: 10.0}
    answer = _account(log, 0, 3 * HOUR, 60, tick=1)
    assert _microseconds(answer.covered_h) == 2 * HOUR - 1
    assert _microseconds(answer.gap_h) == HOUR + 1
    assert answer.energy_kwh == _close(10.0 * (2 * HOUR - 1) / HOUR, log, 3.0)


def test_a_lost_sample_makes_a_gap():
    whole = {0: 6.0, 60: 6.0, 120: 6.0, 180: 6.0}
    assert _account(whole, 0, 180, 60).energy_kwh == 18.0
    lost = _account(whole | {60: NAN}, 0, 180, 60)
    assert lost == One(
        energy_kwh=6.0, covered_h=1.0, gap_h=2.0, window_h=3.0, samples=3, missing_samples=1
    )


@given(log=LOG, width=WIDTH, gap=GAP_MINUTES)
def test_a_lost_sample_is_as_one_never_taken(log, width, gap):
    kept = {t: p for t, p in log.items() if not np.isnan(p)}
    with_nan = _account(log, 0, width, gap)
    assert replace(with_nan, missing_samples=0) == _account(kept, 0, width, gap)


@given(log=LOG, width=WIDTH, gap=GAP_MINUTES, data=st.data())
def test_order_and_repetition_of_samples_change_nothing(log, width, gap, data):
    answer = _account(log, 0, width, gap)
    shuffled = dict(data.draw(st.permutations(list(log.items()))))
    assert _account(shuffled, 0, width, gap) == answer
    times = [_at(t * MINUTE) for t in log] * 2
    twice = energy_kwh(
        time=np.array(times, dtype="datetime64[us]"),
        power_kw=list(log.values()) * 2,
        window=(_at(0), _at(width * MINUTE)),
        longest_gap_h=gap / 60.0,
    )
    assert one(twice) == replace(
        answer,
        samples=2 * answer.samples,
        missing_samples=2 * answer.missing_samples,
        duplicates=answer.samples,
    )


@given(log=LOG, edges=st.sets(st.integers(-50, 110), min_size=2, max_size=6), gap=GAP_MINUTES)
def test_adjacent_windows_add_up_to_the_whole(log, edges, gap):
    cuts = sorted(edges)
    whole = _account(log, cuts[0], cuts[-1], gap)
    pieces = [_account(log, a, b, gap) for a, b in pairwise(cuts)]
    assert sum(p.energy_kwh for p in pieces) == _close(whole.energy_kwh, log, whole.window_h)
    for name in ("covered_h", "gap_h", "window_h"):
        parts = [_microseconds(getattr(p, name)) for p in pieces]
        assert sum(parts) == _microseconds(getattr(whole, name))


@given(log=LOG, width=WIDTH, gap=GAP_MINUTES, factor=st.sampled_from([2.0, 0.25, -8.0]))
def test_energy_scales_with_power(log, width, gap, factor):
    answer = _account(log, 0, width, gap)
    scaled = _account({t: p * factor for t, p in log.items()}, 0, width, gap)
    assert scaled == replace(answer, energy_kwh=answer.energy_kwh * factor)


@pytest.mark.parametrize("log", [{}, {5: 7.0}, {5: NAN}, {5: NAN, 6: 7.0}])
def test_fewer_than_two_samples_cover_nothing(log):
    kept = [p for p in log.values() if not np.isnan(p)]
    assert _account(log, 0, 60, 60) == One(
        energy_kwh=0.0,
        covered_h=0.0,
        gap_h=1.0,
        window_h=1.0,
        samples=len(kept),
        missing_samples=len(log) - len(kept),
    )


def test_an_answer_cannot_be_changed_nor_built_by_position():
    answer = energy_kwh(time=[], power_kw=[], window=(_at(0), _at(1)), longest_gap_h=1.0)
    with pytest.raises(FrozenInstanceError):
        answer.energy_kwh = 1.0
    with pytest.raises(TypeError):
        Energy(None, 0.0, 1.0, 1.0, 0, 0, 0, 0, "ok")


def test_a_log_outside_the_window_covers_nothing():
    for log in ({-60: 5.0, -30: 5.0, 0: 5.0}, {60: 5.0, 90: 5.0}):
        answer = _account(log, 0, 60, 60)
        assert (answer.energy_kwh, answer.covered_h, answer.gap_h) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize("unit", ["m", "s", "ms", "ns"])
def test_other_units_of_time_and_series_are_taken_as_they_are(unit):
    times = np.array([_at(0), _at(30 * MINUTE), _at(60 * MINUTE)]).astype(f"datetime64[{unit}]")
    log = pd.DataFrame({"time": times, "power": [2.0, 4.0, 6.0]}, index=[5, 3, 1])
    answer = energy_kwh(
        time=log["time"], power_kw=log["power"], window=(times[0], times[-1]), longest_gap_h=0.5
    )
    answer = one(answer)
    assert (answer.energy_kwh, answer.covered_h, answer.gap_h) == (4.0, 1.0, 0.0)


def test_dates_without_an_offset_are_taken_as_utc():
    times = [dt.datetime(2026, 1, 1, hour, tzinfo=dt.UTC).replace(tzinfo=None) for hour in (5, 6)]
    window = (np.datetime64("2026-01-01"), np.datetime64("2026-01-02"))
    answer = one(energy_kwh(time=times, power_kw=[3.0, 5.0], window=window, longest_gap_h=1.0))
    assert (answer.energy_kwh, answer.covered_h) == (4.0, 1.0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"power_kw": [1.0]}, r"time has 2 entries for 1 of power_kw"),
        ({"time": [_at(0)]}, r"time has 1 entries for 2 of power_kw"),
        ({"time": [_at(0), np.datetime64("NaT", "us")]}, r"time\[1\] is missing: expected a date"),
        ({"time": [_at(0), np.datetime64(9000, "Y")]}, r"time\[1\] = .*: expected a date"),
        ({"time": [0.0, 1.0]}, r"time\[0\] = 0.0: expected a date, such as"),
        ({"time": ["2026-01-01", "1 May 2026"]}, r"time\[1\] = '1 May 2026': expected a date"),
        ({"time": [dt.date(2026, 1, 1), None]}, r"time\[1\] is missing: expected a date"),
        ({"time": np.ma.array([_at(0), _at(1)], mask=[0, 1])}, r"time\[1\] is masked"),
        ({"power_kw": np.ma.array([1.0, 999.0], mask=[0, 1])}, "power_kw: expected numbers"),
        ({"power_kw": ["1", "2"]}, "power_kw: expected numbers"),
        ({"power_kw": np.array([1, 2], dtype="timedelta64[h]")}, "power_kw: expected numbers"),
        ({"power_kw": ["much", "more"]}, r"power_kw: expected numbers, got \['much', 'more'\]"),
        ({"power_kw": [1.0, -np.inf]}, r"power_kw\[1\] = -inf: expected a finite power, or NaN"),
        ({"power_kw": [NAN, np.inf]}, r"power_kw\[1\] = inf: expected a finite power, or NaN"),
        ({"by": ["a"]}, r"by has 1 labels for 2 entries"),
        ({"by": ["a", None]}, r"by\[1\] = None: expected labels"),
        (
            {"time": [_at(0), _at(0)], "rule": "mean_from"},
            r"two samples at 2026-03-28T23:00:00.000000 differ: power_kw 1.0 and 2.0, expected one",
        ),
        (
            {"time": [_at(0), _at(0)], "by": ["P7", "P7"], "rule": "mean_until"},
            r"two samples of 'P7' at 2026-03-28T23:00:00.000000 differ: power_kw 1.0 and 2.0",
        ),
        ({"window": (_at(5), _at(5))}, r"window 2026-03-28T23:00:00.000005 .* a later end"),
        ({"window": (_at(5), _at(4))}, r"window 2026-03-28T23:00:00.000005 .* a later end"),
        (
            {"window": (_at(5), np.datetime64("NaT", "us"))},
            r"window .* to NaT: expected a later end",
        ),
        (
            {"window": (np.datetime64("NaT", "us"), _at(5))},
            r"window NaT to .*: expected a later end",
        ),
        ({"longest_gap_h": 0.0}, r"longest_gap_h = 0.0: expected more than 0"),
        ({"longest_gap_h": -1.0}, r"longest_gap_h = -1.0: expected more than 0"),
        ({"longest_gap_h": NAN}, r"longest_gap_h = nan: expected more than 0"),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(change, message):
    arguments = {
        "time": [_at(0), _at(HOUR)],
        "power_kw": [1.0, 2.0],
        "window": (_at(0), _at(HOUR)),
        "longest_gap_h": 1.0,
    }
    with pytest.raises(ArgumentError, match=message):
        energy_kwh(**arguments | change)


def test_contradicting_samples_are_found_wherever_they_stand():
    times = [_at(3 * HOUR), _at(0), _at(2 * HOUR), _at(HOUR), _at(2 * HOUR)]
    arguments = {"window": (_at(0), _at(HOUR)), "longest_gap_h": 1.0, "rule": "mean_from"}
    with pytest.raises(ArgumentError, match=r"two samples at 2026-03-29T01:00:00.000000 differ"):
        energy_kwh(time=times, power_kw=[1.0, 1.0, 1.0, 1.0, 2.0], **arguments)
    # A lost sample contradicts nobody.
    answer = one(energy_kwh(time=times, power_kw=[1.0, 1.0, 1.0, 1.0, NAN], **arguments))
    assert (answer.samples, answer.missing_samples) == (4, 1)
