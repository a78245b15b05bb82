"""Energy of cumulative meters against single steps in fractions; what they hide is told."""

import datetime as dt
import tracemalloc
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_energy_fleet import BERLIN, HOUR, NAN, YEAR, at, close, columns

from pumpperf.calc.energy import (
    energy_kwh,
    local_periods,
    meter_steps,
    metered_energy_kwh,
    monthly_demand,
    period_energies,
)
from pumpperf.calc.energy.wrong import kept_readings
from pumpperf.calc.intervals.samples import sorted_samples
from pumpperf.errors import ArgumentError

READING = st.floats(0.0, 999.0).map(lambda kwh: round(kwh, 3)) | st.just(NAN)
METER = st.dictionaries(st.integers(-40, 100), READING, min_size=1, max_size=9)
METERS = st.dictionaries(st.sampled_from(["M1", "M2", "M3"]), METER, max_size=3)


def usual(rises, but):
    """Power of nine in ten steps up, without the highest ones."""
    powers = sorted(rises)[: max(len(rises) - but, 0)]
    return powers[9 * (len(powers) - 1) // 10] if powers else 0.0


def steps_of(log, times, rollover):
    """Each step as its ends, its rise (None across a reset) and the power [kW] that it needs."""
    found = []
    for a, b in pairwise(times):
        rise = log[b] - log[a]
        if rise < 0.0:
            rise = None if rollover is None else rise + rollover
        found.append((a, b, rise, (log[b] if rise is None else rise) / ((b - a) / 60)))
    return found


def right(log, rollover, highest):
    """Times of the readings that stay where those that the counter comes back from are left out."""
    times = sorted(t for t, kwh in log.items() if kwh == kwh)
    whole = float("inf") if rollover is None else rollover
    length = 1
    while length <= 24:
        steps, wrong, ways = steps_of(log, times, rollover), set(), {}
        for i in range(len(times) - length - 1):
            first, *run, last = times[i : i + length + 2]
            way = [log[t] - log[first] for t in (*run, last)]
            *off, past = (one + whole if one < 0.0 else one for one in way)
            if min(off) > past:
                ways[i] = past
        near = {step for i in ways for step in range(i, i + length + 1)}
        apart = [need for k, (_, _, rise, need) in enumerate(steps) if rise and k not in near]
        powers = [need for _, _, rise, need in steps if rise]
        for i, past in ways.items():
            path = steps[i : i + length + 1]
            rises = sum(bool(rise) for _, _, rise, _ in path)
            hours = sum((b - a) / 60 for a, b, _, _ in path)
            other = usual(apart, 0) or usual(powers, rises)
            if max(need for _, _, _, need in path) > (highest or 10.0 * max(past / hours, other)):
                wrong |= {a for a, _, _, _ in path[1:]}
        times, length = [t for t in times if t not in wrong], 1 if wrong else length + 1
    return times


def exact(log, first, last, gap, rollover, highest):
    """Energy, covered and unknown minutes, rollovers, resets, steps beyond, highest mean power."""
    total, covered, unknown, rollovers, resets, beyond, most = Fraction(0), 0, 0, 0, 0, 0, NAN
    known = sorted(t for t, kwh in log.items() if kwh == kwh)
    steps = steps_of(log, right(log, rollover, highest), rollover)
    powers = [need for _, _, rise, need in steps if rise]
    for a, b, rise, need in steps:
        inside = min(b, last) - max(a, first)
        if inside <= 0:
            continue
        other = usual(powers, 1)
        far = log[b] < log[a] or (rise or 0.0) > log[a]
        if rise and (need > highest if highest else far and 0.0 < 10.0 * other < need):
            unknown += inside
            beyond += 1
        elif rise is None:
            unknown += inside
            resets += 1
        elif all(d - c <= gap for c, d in pairwise(t for t in known if a <= t <= b)):
            fell = log[b] < log[a]
            rollovers += fell
            gone = Fraction(log[b]) - Fraction(log[a]) + (Fraction(rollover) if fell else 0)
            total += gone * Fraction(inside, b - a)
            covered += inside
            mean = float(gone / (b - a) * 60)
            most = mean if most != most else max(most, mean)
    return float(total), covered, unknown, rollovers, resets, beyond, most


@given(
    meters=METERS,
    gap=st.integers(1, 60),
    edges=st.sets(st.integers(-45, 105), min_size=2, max_size=6).map(sorted),
    rollover=st.sampled_from([None, 999.5, 1000.0]),
    highest=st.sampled_from([None, 500.0, 5000.0]),
    data=st.data(),
)
def test_a_fleet_of_meters_is_accounted_step_by_step(meters, gap, edges, rollover, highest, data):
    size = sum(map(len, meters.values()))
    time, reading, by = columns(meters, data.draw(st.permutations(range(size))))
    asked = {
        "time": at(time),
        "meter_kwh": reading,
        "longest_gap_h": gap / 60.0,
        "rollover_kwh": rollover,
        "highest_power_kw": highest,
        "by": by,
    }
    found = metered_energy_kwh(window=(at(edges[0]), at(edges[-1])), **asked)
    parts = period_energies(steps=meter_steps(**asked), edge=at(edges))
    first, last = edges[0], edges[-1]
    for g, name in enumerate(found.group):
        log = meters[name]
        terms = (gap, rollover, highest)
        kwh, covered, unknown, *events, most = exact(log, first, last, *terms)
        assert found.energy_kwh[g] == close(kwh)
        assert parts.total_energy_kwh[g] == close(kwh)
        assert parts.total_covered_us[g] == found.covered_us[g] == covered * 60_000_000
        assert found.unknown_us[g] == unknown * 60_000_000
        assert events == [found.rollovers[g], found.resets[g], found.impossible_steps[g]]
        assert found.highest_mean_power_kw[g] == pytest.approx(most, rel=1e-12, nan_ok=True)
        assert found.readings[g] + found.missing_readings[g] == len(log)
        stay = found.readings[g] - found.wrong_readings[g]
        assert stay == len(right(log, rollover, highest))
        assert found.covered_us[g] + found.unknown_us[g] <= found.window_us
        expected = "ok" if covered == last - first else "gaps" if covered else "no_cover"
        assert found.status[g] == expected
        for i, (a, b) in enumerate(pairwise(edges)):
            assert parts.energy_kwh[g, i] == close(exact(log, a, b, *terms)[0])


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


def hourly(readings, **more):
    """What a meter that was read by the hour says of all of the time."""
    hours = at([60 * hour for hour in range(len(readings))])
    asked = {"rollover_kwh": None, "window": (hours[0], hours[-1]), "longest_gap_h": 1.0}
    return metered_energy_kwh(**{"time": hours, "meter_kwh": readings} | asked | more)


@pytest.mark.parametrize(
    ("readings", "energy_kwh", "wrong"),
    [
        ([13420, 13421, 0, 13422.7, 13423.7], 3.7, 1),
        ([13421, 0, 13422.7], 1.7, 1),
        ([13421, 99999, 13422.7], 1.7, 1),
        ([13420, 13421, 13425, 13422.7, 13424], 4.0, 1),
        ([13420, 13421, 0, 0, 13423, 13424], 4.0, 2),
        ([13420, 13421, 0, 99999, 13423, 13424], 4.0, 2),
        ([13420, 13421, *[0] * 24, 13446, 13447], 27.0, 24),
        ([13420, 0, 13422, 13423, 99999, 13425], 5.0, 2),
        ([500, 499.999, 501], 1.0, 1),
        ([13421, 13421, 0, 13421], 0.0, 1),
    ],
)
@pytest.mark.parametrize("rollover_kwh", [None, 1e5, 1e6])
def test_what_a_counter_comes_back_from_is_a_wrong_reading(
    readings, energy_kwh, wrong, rollover_kwh
):
    found = hourly(readings, rollover_kwh=rollover_kwh)
    assert found.energy_kwh.tolist() == [pytest.approx(energy_kwh, abs=1e-9)]
    assert found.wrong_readings.tolist() == [wrong]
    assert (found.resets.tolist(), found.rollovers.tolist()) == ([0], [0])
    assert (found.gap_h.tolist(), found.status.tolist()) == ([0.0], ["ok"])
    assert found.highest_mean_power_kw[0] < 5.0
    assert len(found.notes) == min(wrong, 21)


def test_a_wrong_reading_is_told_with_its_time_and_no_demand_is_made_of_it():
    readings = [13420, 13421, 0, 13422.7, 13423.7]
    found = hourly(readings * 2, by=["M"] * 5 + ["N"] * 5, time=at([0, 60, 120, 180, 240] * 2))
    assert found.notes[1] == (
        "reading 0 kWh of 'N' at 2026-03-29T01:00:00 is left out: the counter comes back to where "
        "it was"
    )
    steps = meter_steps(
        time=at([0, 60, 120, 180, 240]), meter_kwh=readings, longest_gap_h=1.0, rollover_kwh=None
    )
    highest = monthly_demand(
        steps=steps, window=(at(0), at(240)), tzinfo=dt.UTC, demand_interval_h=1.0
    )
    assert highest.demand_kw.tolist() == [[pytest.approx(1.0)]]
    counter = 5000.0 + np.arange(361)
    counter[:360].reshape(30, 12)[:, 9:] = 0.0
    many = hourly(counter)
    assert many.energy_kwh.tolist() == [pytest.approx(360.0)]
    assert (many.wrong_readings.tolist(), len(many.notes)) == ([90], 21)
    assert many.energy_kwh.tolist() == [pytest.approx(360.0)]
    assert many.notes[-1] == "70 more readings are left out like these"


@pytest.mark.parametrize(
    ("readings", "energy_kwh", "resets"),
    [
        ([13421, 0, 0.4, 1.2], 1.2, 1),
        ([13420, 13421, 0, 0.4, 1.2], 2.2, 1),
        ([0, 10, 0, 10, 0, 10], 30.0, 2),
        ([0, 5, 10] * 4, 40.0, 3),
        ([13420, 13421, 13422, 0], 2.0, 1),
        ([99999, 13421, 13422, 13423], 2.0, 1),
        ([13420, 13421, *[0] * 25, 13447, 13448], 2.0, 1),
    ],
)
def test_a_reset_stays_a_reset(readings, energy_kwh, resets):
    found = hourly(readings)
    assert found.energy_kwh.tolist() == [pytest.approx(energy_kwh)]
    assert (found.resets.tolist(), found.wrong_readings.tolist()) == ([resets], [0])


@pytest.mark.parametrize(
    ("readings", "energy_kwh", "power"),
    [
        ([0, 13421, 13422.7, 13423.7], 2.7, "13421"),
        ([13420, 13421, 13422, 99999], 2.0, "86577"),
        ([13420, 13421, 50000, 50001, 50002], 3.0, "36579"),
    ],
)
def test_a_step_beyond_all_others_is_told_and_not_counted(readings, energy_kwh, power):
    found = hourly(readings)
    assert found.energy_kwh.tolist() == [pytest.approx(energy_kwh)]
    assert (found.impossible_steps.tolist(), found.unknown_h.tolist()) == ([1], [1.0])
    assert f"needs {power} kW, more than there is" in found.notes[0]
    assert found.highest_mean_power_kw[0] < 2.0


@pytest.mark.parametrize("readings", [[13421, 13422, 99998], [99999, 13421, 13422, 13423]])
def test_a_counter_of_known_range_goes_over_its_end_with_no_power_beyond_all_others(readings):
    found = hourly(readings, rollover_kwh=1e5)
    assert found.impossible_steps.tolist() == [1]
    assert found.energy_kwh[0] < 3.0


def test_a_stated_power_says_what_can_be():
    readings = [100, 101, 102, 122, 123]
    assert hourly(readings).energy_kwh.tolist() == [23.0]
    found = hourly(readings, highest_power_kw=15.0)
    assert (found.energy_kwh.tolist(), found.impossible_steps.tolist()) == ([3.0], [1])
    low = [5, 6, 0, 7.5]
    assert hourly(low, highest_power_kw=10.0).resets.tolist() == [1]
    assert hourly(low, highest_power_kw=7.0).wrong_readings.tolist() == [1]
    assert hourly([0, 1, 90, 91], highest_power_kw=90.0).impossible_steps.tolist() == [0]
    many = hourly(np.arange(30) * 50.0, highest_power_kw=15.0)
    assert many.impossible_steps.tolist() == [29]
    assert many.notes[-1] == "9 more steps are not counted like these"


def test_a_pump_that_starts_after_standing_still_is_no_wrong_reading():
    idle_then_on = [*np.arange(20) * 0.05 + 700.0, *np.arange(1, 4) * 20.0 + 700.95]
    found = hourly(idle_then_on)
    assert found.energy_kwh.tolist() == [pytest.approx(60.95)]
    assert found.notes == ()


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
        ({"highest_power_kw": 0.0}, "highest_power_kw = 0.0: expected more than 0"),
        ({"highest_power_kw": NAN}, "highest_power_kw = nan: expected more than 0"),
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


def test_a_counter_that_falls_at_every_second_reading_is_read_as_one_that_is_reset():
    """Ways past every fall of 24 lengths took 300 times as many numbers as there are readings."""
    size = 100_000
    falls = np.where(np.arange(size) % 2, 0.0, 100.0)
    samples = sorted_samples(
        time=np.datetime64("2026-01-01") + np.arange(size) * np.timedelta64(1, "m"),
        value=falls,
        name="meter_kwh",
        noun="reading",
        by=None,
    )
    tracemalloc.start()
    kept = kept_readings(samples=samples, rollover_kwh=None, highest_power_kw=None)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kept.size == size
    assert most < 100 * falls.nbytes
