"""What an engineer would not believe of an energy account: each bound by hand."""

import datetime as dt

import attrs
import pytest
from test_evaluate import ASKED, MAY, TEST

from pumpperf import PUMPPERF_2026, ArgumentError, PcpReading, ResultStatus, Severity, Window
from pumpperf.evaluate import energy_consumption_of
from sample import PUMPING, WHEN, a_test, log

LEAST = 9.80665 * 100 / 3600
"""kWh that lift a tonne by 100 m without a loss."""
NET_KW = 60.0 * (1000.0 + 9806.65 - 2000.0) / 86400
FULL = range(241)


def account(logs, tests=(), window=MAY, **more):
    return energy_consumption_of("P1", logs=logs, tests=tests, window=window, **ASKED, **more)[0]


def told(found):
    return {finding.code: finding for finding in found.findings}


def against(powers, *, reading=PUMPING, hours=FULL, **more):
    """Ten days of a log against a test of 20 kW that lifts with 6.116 kW."""
    tests = [a_test(reading, **more)]
    return account([log(1, hours, powers)], tests)


@pytest.mark.parametrize(
    ("power_kw", "code", "words"),
    [
        (20_000.0, "POWER_LOG_UNIT", "is the log in W"),
        (18_000.0, "POWER_LOG_UNIT", "is the log in W"),
        (0.02, "POWER_LOG_UNIT", "is the log in MW"),
        (20.0 / 0.7457, "POWER_LOG_UNIT", "is the log in hp"),
        (20.0 * 0.7457, "POWER_LOG_UNIT", "is the test in hp"),
        (
            8.0,
            "POWER_LOG_DISAGREES",
            "mean power 8 kW of the log (8 kW while running) and the 20 kW",
        ),
        (40.0, "POWER_LOG_DISAGREES", "differ by more than 20%"),
        (25.1, "POWER_LOG_DISAGREES", "differ by more than 20%"),
    ],
)
def test_a_log_is_held_against_the_power_of_its_test(power_kw, code, words):
    found = against([power_kw] * 241)
    assert found.energy_kwh == pytest.approx(240 * power_kw)
    assert words in told(found)[code].words
    assert found.result_status is ResultStatus.SUSPECT


@pytest.mark.parametrize("power_kw", [16.1, 20.0, 24.9])
def test_a_log_near_the_power_of_its_test_is_plausible(power_kw):
    found = against([power_kw] * 241)
    assert [*told(found)] == ["TEST_USED"]
    assert found.result_status is ResultStatus.PLAUSIBLE


def test_a_log_of_a_test_in_another_unit_shows_it_while_the_pump_runs():
    """Half of the time off: the mean of a log in W is no 1000 times that of the test."""
    assert "in W" in told(against([20_000.0, 0.0] * 120 + [0.0]))["POWER_LOG_UNIT"].words
    assert (
        "9.958 kW of the log (20 kW while running)"
        in told(against([20.0, 0.0] * 120 + [0.0]))["POWER_LOG_DISAGREES"].words
    )


def test_a_lift_takes_at_least_its_own_energy():
    found = against([5.0] * 241)
    assert found.lift_energy_kwht100m == pytest.approx(LEAST * 5.0 / NET_KW)
    finding = told(found)["LIFT_ENERGY_BELOW_POSSIBLE"]
    assert finding.words == (
        "mean power 5 kW of the log is less than the 6.116 kW of net lift power at the rate of "
        "test T1: 0.2227 kWh per tonne and 100 m, and none can be below 0.2724"
    )
    assert "LIFT_ENERGY_BELOW_POSSIBLE" not in told(against([NET_KW * 1.0001] * 241))
    assert "LIFT_ENERGY_BELOW_POSSIBLE" in told(against([NET_KW * 0.9999] * 241))
    assert "LIFT_ENERGY_BELOW_POSSIBLE" in told(against([0.0] * 241))


def test_a_test_that_ran_half_of_the_time_implies_half_of_its_power():
    """16 kW for half a day are 8 kW, and 60 m3 a day take 6.116 kW all day, however it runs."""
    half = {"runtime_h": 12.0, "reading": attrs.evolve(PUMPING, input_power_kw=16.0)}
    assert [*told(against([8.0] * 241, **half))] == ["TEST_USED"]
    assert [*told(against([6.5] * 241, **half))] == ["TEST_USED"]
    assert "LIFT_ENERGY_BELOW_POSSIBLE" in told(against([6.0] * 241, **half))
    untold = attrs.evolve(PUMPING, input_power_kw=None)
    found = against([6.0] * 241, reading=untold, runtime_h=None)
    assert {"LIFT_ENERGY_BELOW_POSSIBLE", "TEST_ASSUMED"} <= set(told(found))


LEAST_OF_BOTH = ["LIFT_ENERGY_BELOW_POSSIBLE", "SPECIFIC_ENERGY_BELOW_POSSIBLE"]


@pytest.mark.parametrize(
    ("reading", "checks"),
    [
        (PUMPING, ["POWER_LOG_DISAGREES", *LEAST_OF_BOTH]),
        (attrs.evolve(PUMPING, input_power_kw=None), LEAST_OF_BOTH),
        (PcpReading(rate_m3d=60.0, pressure_rise_kpa=8640.0), ["SPECIFIC_ENERGY_BELOW_POSSIBLE"]),
        (PcpReading(rate_m3d=60.0), []),
    ],
)
def test_the_checks_of_a_log_are_those_whose_numbers_the_test_has(reading, checks):
    found = against([20.0] * 241, reading=reading)
    assert list(found.checks_made) == checks
    status = ResultStatus.PLAUSIBLE if checks else ResultStatus.NOT_CHECKED
    assert found.result_status is status
    assert not account([], [a_test(reading)]).checks_made


def test_a_pressure_rise_takes_at_least_its_own_energy():
    """8640 kPa take 2.4 kWh for each m3: 6 kW at 60 m3/d."""
    bare = PcpReading(rate_m3d=60.0, pressure_rise_kpa=8640.0)
    found = against([5.0] * 241, reading=bare)
    assert found.specific_energy_kwhm3 == pytest.approx(2.0)
    assert (
        "2 kWh/m3, and none can be below 2.4" in told(found)["SPECIFIC_ENERGY_BELOW_POSSIBLE"].words
    )
    assert "SPECIFIC_ENERGY_BELOW_POSSIBLE" not in told(against([6.01] * 241, reading=bare))


def test_where_gaps_leave_no_energy_per_lift_the_running_power_tells():
    found = against([5.0] * 40, hours=range(40))
    assert found.lift_energy_kwht100m is None
    assert told(found)["LIFT_ENERGY_BELOW_POSSIBLE"].words.startswith("running power 5 kW")
    half_on = against([20.0, 0.0] * 20, hours=range(40))
    assert "LIFT_ENERGY_BELOW_POSSIBLE" not in told(half_on)
    between = Window(WHEN + 10 * dt.timedelta(minutes=1), WHEN + 20 * dt.timedelta(minutes=1))
    short = account([log(1, [0, 1], [5.0, 5.0])], [TEST], between)
    assert (
        "mean power 5 kW of the log (5 kW while running)"
        in told(short)["POWER_LOG_DISAGREES"].words
    )


def test_a_log_far_above_what_the_lift_takes_is_told_without_the_power_of_a_test():
    silent = attrs.evolve(PUMPING, input_power_kw=None)
    found = told(against([20_000.0] * 241, reading=silent))
    assert "above 10000 kW, which no pump takes: is the log in W?" in found["POWER_LOG_UNIT"].words
    assert "an efficiency of 0.0003058, below 0.03" in found["LIFT_ENERGY_HIGH"].words
    assert "LIFT_ENERGY_HIGH" in told(against([NET_KW / 0.0299] * 241, reading=silent))
    assert "LIFT_ENERGY_HIGH" not in told(against([NET_KW / 0.0301] * 241, reading=silent))
    both = attrs.evolve(PUMPING, input_power_kw=20_000.0)
    assert "POWER_LOG_UNIT" in told(against([20_000.0] * 241, reading=both))
    assert "POWER_LOG_UNIT" not in told(account([log(1, FULL, [10_000.0] * 241)]))


@pytest.mark.parametrize("wrong", [4294967292.0, 65535.0, -9999.0, 201.0])
@pytest.mark.parametrize("tests", [[], [TEST]])
def test_a_sample_that_no_motor_can_have_taken_counts_as_lost_and_is_told(wrong, tests):
    powers = [20.0] * 120 + [wrong] + [20.0] * 120
    found = account([log(1, FULL, powers)], tests)
    assert found.energy_kwh == pytest.approx(4800.0)
    assert found.gap_h == 0.0
    finding = told(found)["POWER_BEYOND_MOTOR"]
    assert (
        f"{wrong:.10g} kW at 2026-02-05T12:00:00+00:00 in L1; beyond 10 times the 20 kW"
        in finding.words
    )
    assert finding.words.startswith("1 samples of the log are left out")
    assert found.result_status is ResultStatus.SUSPECT


def test_what_a_motor_takes_at_its_start_counts():
    found = against([20.0] * 120 + [200.0] + [20.0] * 120)
    assert "POWER_BEYOND_MOTOR" not in told(found)
    assert found.energy_kwh == pytest.approx(4980.0)


def test_many_wrong_samples_are_told_in_one_finding():
    powers = [65535.0 if hour % 50 == 7 else 20.0 for hour in FULL]
    finding = told(against(powers))["POWER_BEYOND_MOTOR"]
    assert finding.words.startswith("5 samples")
    assert "and 2 more; beyond" in finding.words
    idle = [0.05] * 200 + [20.0] * 41
    assert "POWER_BEYOND_MOTOR" not in told(account([log(1, FULL, idle)]))


def test_wrong_samples_far_from_the_window_do_not_matter():
    hours = range(-20, 241)
    far = [65535.0 if hour == -10 else 20.0 for hour in hours]
    assert "POWER_BEYOND_MOTOR" not in told(against(far, hours=hours))
    near = [65535.0 if hour == -1 else 20.0 for hour in hours]
    assert "POWER_BEYOND_MOTOR" in told(against(near, hours=hours))


def test_a_whole_log_beyond_its_test_is_of_another_unit_and_stays():
    found = against([20_000.0] * 241)
    assert "POWER_BEYOND_MOTOR" not in told(found)
    reversed_meter = against([-20.0] * 241)
    assert told(reversed_meter)["POWER_NEGATIVE"].severity is Severity.WARNING
    assert reversed_meter.energy_kwh == pytest.approx(-4800.0)


@pytest.mark.parametrize(
    ("powers", "severity"),
    [([-20.0, 20.0] * 120 + [20.0], Severity.WARNING), ([-1.0] + [20.0] * 240, Severity.INFO)],
)
def test_power_that_flows_back_is_little(powers, severity):
    assert told(against(powers))["POWER_NEGATIVE"].severity is severity


@pytest.mark.parametrize(
    ("factor", "told_of"), [(401.0, True), (2.01, True), (2.0, False), (1.2, False), (0.0, False)]
)
def test_no_fuel_emits_more_than_coal(factor, told_of):
    source = {"emission_factor_source": "grid, 2025"}
    found = account([], emission_factor_kgkwh=factor, **source)
    assert ("EMISSION_FACTOR_ABOVE_ANY" in told(found)) is told_of
    if told_of:
        assert "is it kg/MWh or g/kWh?" in told(found)["EMISSION_FACTOR_ABOVE_ANY"].words


@pytest.mark.parametrize(
    ("price", "currency", "told_of"),
    [
        (80.0, "USD", True),
        (8.0, "EUR", True),
        (-80.0, "EUR", True),
        (2.0, "USD", False),
        (0.12, "KWD", False),
        (80.0, "NGN", False),
    ],
)
def test_a_price_per_megawatt_hour_is_told_where_the_currency_is_known(price, currency, told_of):
    found = account([], energy_price_per_kwh=price, currency=currency)
    assert ("ENERGY_PRICE_ABOVE_ANY" in told(found)) is told_of


@pytest.mark.parametrize("name", ["energy_price_per_kwh", "emission_factor_kgkwh"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), "0.1"])
def test_a_price_or_factor_that_is_no_number_is_refused(name, value):
    more = {"currency": "EUR", "emission_factor_source": "grid, 2025"} | {name: value}
    with pytest.raises(ArgumentError, match=f"{name} = {value!r}: expected a finite number"):
        account([], **more)


@pytest.mark.parametrize(("short_h", "held"), [(0, True), (1, False)])
def test_a_gap_of_just_the_disagreement_still_shows_the_whole(short_h, held):
    logged = round(240 * (1.0 - PUMPPERF_2026.disagreement)) - short_h
    found = against([20.0] * (logged + 1), hours=range(logged + 1))
    assert (found.specific_energy_kwhm3 is not None) is held
