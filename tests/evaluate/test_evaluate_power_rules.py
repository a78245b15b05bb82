"""An account goes by how the log was written: each number by hand."""

import attrs
import pytest
from test_evaluate import ASKED

from pumpperf import (
    ArgumentError,
    MemoryRepository,
    PowerLogRule,
    PumpPerformanceService,
    RowError,
    Severity,
    Window,
)
from pumpperf.evaluate import energy_consumption_of, recomputed
from sample import DAY, HOUR, PUMPING, WHEN, a_test, log

TWO_HOURS = Window(WHEN, WHEN + 2 * HOUR)
RULES = ("LINEAR", "HOLD", "MEAN_FROM", "MEAN_UNTIL")


def written(rule, *of):
    return attrs.evolve(log(*of), power_log_rule=rule)


def account(logs, window=TWO_HOURS, tests=()):
    return energy_consumption_of("P1", logs=logs, tests=tests, window=window, **ASKED)


def told(found):
    return {finding.code: finding for finding in found.findings}


@pytest.mark.parametrize(
    ("rule", "energy_kwh"),
    [("LINEAR", 15 + 30), ("HOLD", 10 + 20), ("MEAN_FROM", 10 + 20), ("MEAN_UNTIL", 20 + 40)],
)
def test_a_stored_log_is_accounted_by_its_rule(rule, energy_kwh):
    stretch = written(rule, 1, [0, 1, 2], [10.0, 20.0, 40.0])
    found, run = account([stretch])
    assert found.energy_kwh == energy_kwh
    again, _ = recomputed(run, [stretch], assumptions=ASKED["assumptions"])
    assert again.energy_kwh == energy_kwh
    service = PumpPerformanceService(MemoryRepository(), clock=lambda: WHEN + 90 * DAY)
    service.record(stretch, user_id="ana")
    kept = service.account_energy("P1", TWO_HOURS, user_id="ana")
    assert service.reproduce(kept.run_id).energy_kwh == kept.energy_kwh == energy_kwh


def test_the_rule_is_part_of_what_a_run_was_made_from():
    runs = {account([written(rule, 1, [0, 1, 2], [5.0] * 3)])[1].run_id for rule in RULES}
    assert len(runs) == 4
    assert log(1, [0], [5.0]).power_log_rule is PowerLogRule.LINEAR
    with pytest.raises(RowError, match="power_log_rule = 'MEAN'"):
        written("MEAN", 1, [0], [5.0])


def test_two_samples_at_one_instant_are_a_step_and_told():
    found, _ = account([log(1, [0, 1, 1, 2], [10.0, 10.0, 40.0, 40.0])])
    assert found.energy_kwh == 10.0 + 40.0
    step = told(found)["POWER_LOG_STEPS"]
    assert step.severity is Severity.INFO
    assert step.words.startswith("at 1 times two samples of the log differ")
    assert "POWER_LOG_STEPS" not in told(account([log(1, [0, 1, 1, 2], [10.0] * 4)])[0])


@pytest.mark.parametrize("names", [(1, 2), (2, 1), (10, 9)])
def test_where_a_stretch_ends_as_another_begins_the_power_steps_from_the_one_to_the_other(names):
    first, second = log(names[0], [0, 1], [10.0, 10.0]), log(names[1], [1, 2], [40.0, 40.0])
    for stretches in ([first, second], [second, first]):
        assert account(stretches)[0].energy_kwh == 10.0 + 40.0


def test_stretches_of_two_rules_follow_each_other():
    held, line = written("HOLD", 2, [0, 1], [10.0, 12.0]), log(1, [1, 2], [40.0, 60.0])
    found, _ = account([held, line])
    assert (found.energy_kwh, found.covered_h) == (10.0 + 50.0, 2.0)
    # Half an hour between them belongs to neither.
    line = log(1, [1.5, 2], [40.0, 60.0])
    found, _ = account([held, line])
    assert (found.energy_kwh, found.gap_h) == (10.0 + 25.0, 0.5)
    assert "POWER_LOG_GAPS" in told(found)


def test_means_of_one_interval_that_differ_are_refused():
    twice = [written("MEAN_FROM", n, [0, 1], [power, 20.0]) for n, power in ((1, 10.0), (2, 11.0))]
    with pytest.raises(ArgumentError, match="two samples at .* differ: power_kw 10.0 and 11.0"):
        account(twice)


def test_nothing_is_held_beyond_a_sample_that_no_motor_can_have_taken():
    powers, hours = [20.0, 4294967292.0, 20.0, 20.0], [0, 0.5, 1, 2]
    found, _ = account([written("HOLD", 1, hours, powers)])
    assert (found.energy_kwh, found.covered_h) == (10.0 + 20.0, 1.5)
    assert "POWER_BEYOND_MOTOR" in told(found)


@pytest.mark.parametrize("rule", ["HOLD", "LINEAR"])
def test_what_was_held_counts_by_its_time_while_the_pump_runs(rule):
    """Sixty samples of a start of a minute at 30 kW, then 5 kW for five days; the rest is a gap.

    By time that are (0.5 kWh + 119 h x 5 kW) / 119.0167 h = 5.0035 kW, less than the 6.116 kW of
    the lift; by number (60 x 30 + 120 x 5) / 180 = 13.3 kW.
    """
    hours = [*(second / 3600 for second in range(60)), *(1 / 60 + n for n in range(120))]
    stretch = written(rule, 1, hours, [30.0] * 60 + [5.0] * 120)
    found, _ = account([stretch], Window(WHEN, WHEN + 10 * DAY), [a_test(PUMPING)])
    below = told(found).get("LIFT_ENERGY_BELOW_POSSIBLE")
    if rule == "LINEAR":
        assert below is None
    else:
        assert below.words.startswith("running power 5.004 kW of the log is less than the 6.116 kW")
