"""Energy of one pump as a use case: months that add up, emissions, and what the log hides."""

import datetime as dt
import itertools
import json
import math

import attrs
import pytest
from test_evaluate import ASKED, MAY, TEST

from pumpperf import (
    ArgumentError,
    MemoryRepository,
    PumpPerformanceService,
    ResultStatus,
    RowError,
    Severity,
    Window,
)
from pumpperf.evaluate import energy_consumption_of, recomputed
from sample import DAY, HOUR, WHEN, log

FACTOR = {"emission_factor_kgkwh": 0.207074, "emission_factor_source": "UK Government, 2023"}


def account(logs, window=MAY, **more):
    return energy_consumption_of("P1", logs=logs, tests=[], window=window, **ASKED, **more)


def told(found):
    return {finding.code: finding for finding in found.findings}


def test_months_add_up_to_the_whole():
    hours = [hour + 0.37 * math.sin(hour) for hour in range(-3, 24 * 75)]
    powers = [20.0 + 10.0 * math.sin(hour / 7) for hour in hours]
    lost = [hour for hour in range(len(hours)) if not 400 < hour < 460]
    stretches = [
        log(1, [hours[i] for i in lost if i < 900], [powers[i] for i in lost if i < 900]),
        log(2, [hours[i] for i in lost if i >= 890], [powers[i] for i in lost if i >= 890]),
    ]
    edges = [WHEN + dt.timedelta(days=day, hours=5, minutes=7) for day in (0, 12, 13, 40, 70)]
    whole, _ = account(stretches, Window(edges[0], edges[-1]), **FACTOR)
    parts = [
        account(stretches, Window(start, end), **FACTOR)[0]
        for start, end in itertools.pairwise(edges)
    ]
    for name in ("energy_kwh", "covered_h", "gap_h", "emissions_kg"):
        total = math.fsum(getattr(part, name) for part in parts)
        assert total == pytest.approx(getattr(whole, name), rel=1e-12)
    assert whole.gap_h > 50.0
    assert "POWER_LOG_DUPLICATES" in told(whole)


def test_samples_in_two_stretches_count_once_and_are_told():
    twice = [log(1, [0, 1, 2], [10.0, 20.0, 20.0]), log(2, [1, 2, 3], [20.0, 20.0, 20.0])]
    found, _ = account(twice, Window(WHEN, WHEN + 3 * HOUR))
    assert found.energy_kwh == pytest.approx(15.0 + 20.0 + 20.0)
    finding = told(found)["POWER_LOG_DUPLICATES"]
    assert finding.severity is Severity.INFO
    assert "2 of 6 samples" in finding.words
    assert found.result_status is ResultStatus.NOT_CHECKED


@pytest.mark.parametrize(
    ("powers", "severity", "status"),
    [
        ([10.0, -1.0, 10.0], Severity.INFO, ResultStatus.NOT_CHECKED),
        ([-10.0, -10.0, -10.0], Severity.WARNING, ResultStatus.SUSPECT),
    ],
)
def test_power_that_flows_back_is_told(powers, severity, status):
    found, _ = account([log(1, [0, 1, 2], powers)], Window(WHEN, WHEN + 2 * HOUR), **FACTOR)
    assert told(found)["POWER_NEGATIVE"].severity is severity
    assert found.result_status is status
    assert found.energy_kwh == pytest.approx(powers[0] / 2 + powers[1] + powers[2] / 2)
    assert found.emissions_kg == pytest.approx(found.energy_kwh * 0.207074)


def test_emissions_keep_factor_and_source():
    full = [log(1, range(241), [5.0] * 241)]
    found, run = account(full, **FACTOR)
    assert found.emissions_kg == pytest.approx(1200.0 * 0.207074)
    assert found.emission_factor_kgkwh == 0.207074
    assert found.emission_factor_source == "UK Government, 2023"
    assert json.loads(run.parameters).items() >= FACTOR.items()
    empty, _ = account([], **FACTOR)
    assert empty.emissions_kg is None
    assert empty.emission_factor_kgkwh == 0.207074


def test_without_a_factor_runs_are_what_they_were():
    _, run = account([log(1, [0, 1], [5.0, 5.0])])
    assert set(json.loads(run.parameters)) == {"start", "end", "energy_price_per_kwh", "currency"}
    plain, _ = account([log(1, [0, 1], [5.0, 5.0])])
    with_factor, other = account([log(1, [0, 1], [5.0, 5.0])], **FACTOR)
    assert other.run_id != run.run_id
    changed = {"energy_consumption_id", "run_id", "emissions_kg", *FACTOR}
    same = {name: None if name in changed else value for name, value in attrs.asdict(plain).items()}
    assert same == {
        name: None if name in changed else value
        for name, value in attrs.asdict(with_factor).items()
    }


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (
            {"emission_factor_source": None},
            RowError,
            "emission_factor_kgkwh is given without emission_factor_source",
        ),
        (
            {"emission_factor_kgkwh": None},
            RowError,
            "emission_factor_source is given without emission_factor_kgkwh",
        ),
        ({"emission_factor_kgkwh": math.nan}, ArgumentError, "emission_factor_kgkwh = nan: exp"),
        ({"emission_factor_kgkwh": math.inf}, ArgumentError, "emission_factor_kgkwh = inf: exp"),
        ({"emission_factor_kgkwh": -0.1}, ArgumentError, "emission_factor_kgkwh = -0.1: expected"),
    ],
)
def test_factors_that_are_none_are_refused(change, error, message):
    with pytest.raises(error, match=message):
        account([], **FACTOR | change)


def test_a_run_with_a_factor_is_made_again():
    stretch = log(1, range(241), [5.0] * 241)
    found, run = account([stretch], **FACTOR)
    again, _ = recomputed(run, [stretch], assumptions=ASKED["assumptions"])
    assert again.emissions_kg == found.emissions_kg
    service = PumpPerformanceService(MemoryRepository(), clock=lambda: WHEN + 90 * DAY)
    service.record(stretch, user_id="ana")
    service.record_test(TEST, user_id="ana")
    plain = service.account_energy("P1", MAY, user_id="ana")
    kept = service.account_energy("P1", MAY, user_id="ana", **FACTOR)
    assert plain.emissions_kg is None
    assert kept.emissions_kg == pytest.approx(1200.0 * 0.207074)
    for result in (plain, kept):
        assert service.reproduce(result.run_id).emissions_kg == result.emissions_kg


def test_a_window_at_the_ends_of_the_calendar_is_a_window():
    """No date lies before its begin or after its end; what is compared are lengths of time."""
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    found, _ = account([log(1, [0, 1], [5.0, 5.0])], Window(first, MAY.end))
    assert found.energy_kwh == pytest.approx(5.0)
