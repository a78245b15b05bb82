"""Energy of cumulative meters against single steps in fractions; what they hide is told."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_energy_fleet import BERLIN, HOUR, NAN, YEAR, at, close, columns

from pumpperf.calc.energy import (
    energy_kwh,
    local_periods,
    meter_steps,
    metered_energy_kwh,
    period_energies,
)
from pumpperf.errors import ArgumentError

thorough = settings(max_examples=200, deadline=None)

READING = st.floats(0.0, 999.0).map(lambda kwh: round(kwh, 3)) | st.just(NAN)
METER = st.dictionaries(st.integers(-40, 100), READING, min_size=1, max_size=9)
METERS = st.dictionaries(st.sampled_from(["M1", "M2", "M3"]), METER, max_size=3)


def exact(log, first, last, gap, rollover):
    """Energy, covered and unknown minutes, rollovers, resets and the highest mean power."""
    total, covered, unknown, rollovers, resets, highest = Fraction(0), 0, 0, 0, 0, NAN
    for a, b in pairwise(sorted(t for t, kwh in log.items() if kwh == kwh)):
        inside = min(b, last) - max(a, first)
        if inside <= 0:
            continue
        rise = Fraction(log[b]) - Fraction(log[a])
        fell = rise < 0
        if fell and rollover is None:
            unknown += inside
            resets += 1
        elif b - a <= gap:
            rise += Fraction(rollover) if fell else 0
            rollovers += fell
            total += rise * Fraction(inside, b - a)
            covered += inside
            mean = float(rise / (b - a) * 60)
            highest = mean if highest != highest else max(highest, mean)
    return float(total), covered, unknown, rollovers, resets, highest


@thorough
@given(
    meters=METERS,
    gap=st.integers(1, 60),
    edges=st.sets(st.integers(-45, 105), min_size=2, max_size=6).map(sorted),
    rollover=st.sampled_from([None, 999.5, 1000.0]),
    data=st.data(),
)
def test_a_fleet_of_meters_is_accounted_step_by_step(meters, gap, edges, rollover, data):
    size = sum(map(len, meters.values()))
    time, reading, by = columns(meters, data.draw(st.permutations(range(size))))
    asked = {
        "time": at(time),
        "meter_kwh": reading,
        "longest_gap_h": gap / 60.0,
        "rollover_kwh": rollover,
        "by": by,
    }
    found = metered_energy_kwh(window=(at(edges[0]), at(edges[-1])), **asked)
    parts = period_energies(steps=meter_steps(**asked), edge=at(edges))
    for g, name in enumerate(found.group):
        log = meters[name]
        first, last = edges[0], edges[-1]
        kwh, covered, unknown, rollovers, resets, highest = exact(log, first, last, gap, rollover)
        assert found.energy_kwh[g] == close(kwh)
        assert parts.total_energy_kwh[g] == close(kwh)
        assert parts.total_covered_us[g] == found.covered_us[g] == covered * 60_000_000
        assert found.unknown_us[g] == unknown * 60_000_000
        assert (found.rollovers[g], found.resets[g]) == (rollovers, resets)
        assert found.highest_mean_power_kw[g] == pytest.approx(highest, rel=1e-12, nan_ok=True)
        assert found.readings[g] + found.missing_readings[g] == len(log)
        assert found.covered_us[g] + found.unknown_us[g] <= found.window_us
        expected = "ok" if covered == last - first else "gaps" if covered else "no_cover"
        assert found.status[g] == expected
        for i, (a, b) in enumerate(pairwise(edges)):
            assert parts.energy_kwh[g, i] == close(exact(log, a, b, gap, rollover)[0])


def test_a_counter_of_23_bits_rolls_over():
    # HM-ES-TX-WM: 0.1 Wh up to 838860.7, then 0 (DrozmotiX/ioBroker.sourceanalytix, issue 594).
    asked = {
        "time": at([0, 3, 6]),
        "meter_kwh": [838.8310, 838.8576, 0.0230],
        "window": (at(0), at(6)),
        "longest_gap_h": 0.1,
    }
    found = metered_energy_kwh(rollover_kwh=2**23 / 1e4, **asked)
    assert found.energy_kwh.tolist() == [pytest.approx(0.0266 + 0.0262, abs=1e-9)]
    assert (found.rollovers.tolist(), found.resets.tolist()) == ([1], [0])
    assert found.gap_h.tolist() == [0.0]
    unknown = metered_energy_kwh(rollover_kwh=None, **asked)
    assert unknown.energy_kwh.tolist() == [pytest.approx(0.0266, abs=1e-9)]
    assert (unknown.rollovers.tolist(), unknown.resets.tolist()) == ([0], [1])
    assert unknown.unknown_h.tolist() == unknown.gap_h.tolist() == unknown.covered_h.tolist()
    assert unknown.status.tolist() == ["gaps"]


def test_a_jitter_that_is_taken_for_a_rollover_shows():
    found = metered_energy_kwh(
        time=at([0, 60, 120]),
        meter_kwh=[500.0, 499.999, 501.0],
        window=(at(0), at(120)),
        longest_gap_h=1.0,
        rollover_kwh=1e6,
    )
    assert found.highest_mean_power_kw[0] == pytest.approx(999_999.999)
    assert found.rollovers.tolist() == [1]


def test_a_meter_tells_what_the_power_log_beside_it_does():
    minutes = np.arange(0, 601, 15)
    power = 50.0 + 30.0 * np.sin(minutes / 60.0)
    steps = np.diff(minutes) / 60.0 * (power[1:] + power[:-1]) / 2
    counter = 100.0 + np.concatenate(([0.0], np.cumsum(steps)))
    asked = {"time": at(minutes), "window": (at(0), at(600)), "longest_gap_h": 0.25}
    log = energy_kwh(power_kw=power, **asked)
    meter = metered_energy_kwh(meter_kwh=counter, rollover_kwh=None, **asked)
    assert meter.energy_kwh[0] == close(log.energy_kwh[0])
    assert meter.energy_kwh[0] == close(counter[-1] - counter[0])


def test_readings_of_each_local_month_give_its_energy():
    months = local_periods(window=YEAR, tzinfo=BERLIN, period="month")
    hours = (months.edge - months.edge[0]).astype(np.int64) / HOUR
    steps = meter_steps(
        time=months.edge, meter_kwh=7.5 * hours, longest_gap_h=800.0, rollover_kwh=None
    )
    found = period_energies(steps=steps, edge=months.edge)
    assert found.energy_kwh[0].tolist() == [close(7.5 * h) for h in np.diff(hours)]
    assert found.total_energy_kwh[0] == close(7.5 * 8760)


def test_no_readings_no_energy():
    asked = {"window": (at(0), at(60)), "longest_gap_h": np.inf, "rollover_kwh": None}
    found = metered_energy_kwh(time=[], meter_kwh=[], **asked)
    assert found.status.tolist() == ["no_cover"]
    assert np.isnan(found.highest_mean_power_kw).all()
    assert found.energy_kwh.tolist() == [0.0]
    assert metered_energy_kwh(time=[], meter_kwh=[], by=[], **asked).status.size == 0
    far = metered_energy_kwh(time=at([-600, 600]), meter_kwh=[0.0, 20.0], **asked)
    assert far.energy_kwh.tolist() == [close(1.0)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"meter_kwh": [1.0]}, "time has 2 entries for 1 of meter_kwh"),
        ({"meter_kwh": [1.0, -0.5]}, r"meter_kwh\[1\] = -0.5: expected at least 0 and below inf"),
        ({"meter_kwh": [1.0, np.inf]}, r"meter_kwh\[1\] = inf: expected a finite reading, or NaN"),
        (
            {"meter_kwh": [NAN, 100.0], "rollover_kwh": 100.0},
            r"meter_kwh\[1\] = 100.0: expected at least 0 and below 100.0",
        ),
        ({"rollover_kwh": 0.0}, "rollover_kwh = 0.0: expected a finite range above 0"),
        ({"rollover_kwh": NAN}, "rollover_kwh = nan: expected a finite range above 0"),
        ({"rollover_kwh": np.inf}, "rollover_kwh = inf: expected a finite range above 0"),
        ({"longest_gap_h": 0.0}, "longest_gap_h = 0.0: expected more than 0"),
        (
            {"time": at([0, 0]), "by": ["M", "M"]},
            "two samples of 'M' at 2026-03-28T23:00:00.000000 differ: meter_kwh 1.0 and 2.0",
        ),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(change, message):
    asked = {
        "time": at([0, 60]),
        "meter_kwh": [1.0, 2.0],
        "window": (at(0), at(60)),
        "longest_gap_h": 1.0,
        "rollover_kwh": None,
    }
    with pytest.raises(ArgumentError, match=message):
        metered_energy_kwh(**asked | change)


@pytest.mark.parametrize("readings", [[-5.0, -3.0], [-5.0, 0.0], [-5.0, 3.0], [3.0, -5.0]])
def test_a_meter_below_0_is_refused_though_all_its_readings_are(readings):
    with pytest.raises(ArgumentError, match=r"meter_kwh.*-5"):
        metered_energy_kwh(
            time=[np.datetime64("2026-01-01"), np.datetime64("2026-01-02")],
            meter_kwh=readings,
            window=(np.datetime64("2026-01-01"), np.datetime64("2026-01-03")),
            longest_gap_h=48.0,
            rollover_kwh=None,
        )
