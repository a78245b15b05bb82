"""Nozzle-area factors and the trend of washout, on pumps built from balances of momentum."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jet_forward import LOSSES, NOMINAL, gauged, measured, noisy

from pumpperf.errors import ArgumentError
from pumpperf.lift import jet

NAN = float("nan")


def trended(**given):
    return jet.washout_trend(**given, losses=LOSSES)


def test_the_factor_of_a_single_test_is_that_of_its_bore():
    tests = gauged(12, factor=1.11, suction=0.03)
    assumed = attrs.evolve(LOSSES, suction=0.03)
    factor = jet.nozzle_area_factor(
        power_fluid_rate_m3d=tests["power_fluid_rate_m3d"],
        rate_m3d=tests["rate_m3d"],
        nozzle_pressure_kpa=tests["nozzle_pressure_kpa"],
        intake_pressure_kpa=tests["intake_pressure_kpa"],
        **NOMINAL,
        losses=assumed,
    )
    np.testing.assert_allclose(factor, 1.11, rtol=1e-9)
    one = {name: float(values[0]) for name, values in tests.items()}
    del one["discharge_pressure_kpa"]
    assert jet.nozzle_area_factor(**one, **NOMINAL, losses=assumed) == pytest.approx(1.11)


def two_eras():
    """Each nozzle washes out by 5 % in 100 days, and is new after the change on day 100."""
    days = np.arange(0.0, 200.0, 5.0)
    era = np.where(days < 100.0, "first", "second")
    factor = 1.0 + 0.0005 * (days % 100.0)
    rng = np.random.default_rng(2)
    tests = measured(
        factor=factor,
        mixing=0.4,
        suction=0.0,
        jet_ms=rng.uniform(150.0, 210.0, days.size),
        flow_ratio=rng.uniform(0.2, 0.8, days.size),
    )
    return days, era, tests, rng


def shown_factor(tests):
    return jet.nozzle_area_factor(
        **{name: v for name, v in tests.items() if name != "discharge_pressure_kpa"},
        **NOMINAL,
        losses=LOSSES,
    )


def test_washout_is_a_trend_that_resets_when_the_pump_is_changed():
    days, era, tests, rng = two_eras()
    trend = trended(era=era, time_d=days, nozzle_area_factor=shown_factor(noisy(tests, rng)))
    assert trend.era.tolist() == ["first", "second"]
    assert trend.first_d.tolist() == [0.0, 100.0]
    assert trend.status.tolist() == ["ok", "ok"]
    assert (abs(trend.slope_per_d - 0.0005) < 3.0 * trend.slope_error_per_d).all()
    assert (trend.slope_error_per_d < 0.0005 / 3.0).all()
    assert trend.first_factor == pytest.approx([1.0, 1.0], abs=0.01)


def test_a_line_across_the_change_sees_another_thing():
    days, era, tests, _ = two_eras()
    factor = shown_factor(tests)
    apart = trended(era=era, time_d=days, nozzle_area_factor=factor)
    across = trended(era=["all"] * days.size, time_d=days, nozzle_area_factor=factor)
    assert apart.slope_per_d == pytest.approx([0.0005, 0.0005], rel=1e-6)
    assert across.slope_per_d[0] < 0.0003


def test_a_trend_is_the_least_squares_line():
    rng = np.random.default_rng(8)
    time, era = rng.uniform(20_000.0, 20_400.0, 60), np.repeat(["x", "y"], 30)
    factor = 1.0 + rng.normal(0.0, 0.02, 60)
    trend = trended(era=era, time_d=time, nozzle_area_factor=factor)
    for i, name in enumerate(["x", "y"]):
        own = era == name
        line, covariance = np.polyfit(time[own] - time[own].min(), factor[own], 1, cov=True)
        assert trend.slope_per_d[i] == pytest.approx(line[0], rel=1e-9)
        assert trend.first_factor[i] == pytest.approx(line[1], rel=1e-9)
        assert trend.slope_error_per_d[i] == pytest.approx(np.sqrt(covariance[0, 0]), rel=1e-9)


def test_a_trend_asks_for_three_tests_at_two_times_and_leaves_gaps_out():
    trend = trended(
        era=["a", "a", "a", "b", "b", "b", "c", "c", "c", "c", "d"],
        time_d=[0.0, 1.0, NAN, 5.0, 5.0, 5.0, 0.0, 1.0, 2.0, 3.0, NAN],
        nozzle_area_factor=[1.0, 1.1, 1.2, 1.0, 1.1, 1.2, 1.0, NAN, 1.2, 1.3, 1.0],
    )
    assert trend.status.tolist() == [*["not_identifiable"] * 2, "ok", "not_identifiable"]
    assert trend.tests.tolist() == [2.0, 3.0, 3.0, 0.0]
    assert trend.slope_per_d[2] == pytest.approx(0.1)
    assert np.isnan(trend.slope_per_d[[0, 1, 3]]).all()
    assert np.isnan(trend.slope_error_per_d[[0, 1, 3]]).all()
    assert np.isnan(trend.first_factor[[0, 1, 3]]).all()
    assert np.isnan(trend.first_d[3])


def test_a_trend_says_why_there_is_none_and_by_which_losses_its_factors_are():
    trend = trended(
        era=["few", "few", "ok", "ok", "ok", "once", "once", "once", "wild", "wild", "wild"],
        time_d=[0.0, 1.0, 0.0, 1.0, 2.0, 5.0, 5.0, 5.0, 0.0, 1e300, -1e300],
        nozzle_area_factor=[1.0] * 11,
    )
    assert dict(zip(trend.era.tolist(), trend.reason.tolist(), strict=True)) == {
        "few": "fewer than 3 usable tests",
        "ok": "",
        "once": "all tests at one time",
        "wild": "numbers too large or too alike for squares",
    }
    assert trend.losses == "GOSLINE_OBRIEN_1933"


def test_dates_are_not_days():
    dates = np.array(["2024-01-01", "2024-01-03", "2024-01-05"], "M8[s]")
    for times in (dates, dates - dates[0]):
        with pytest.raises(ArgumentError, match="time_d of type .*: expected numbers of days"):
            trended(era=["a"] * 3, time_d=times, nozzle_area_factor=[1.0, 1.0, 1.1])


def test_wrong_arguments_of_a_trend_are_named():
    with pytest.raises(ArgumentError, match="2 times and 3 factors for 3 labels"):
        trended(era=["a"] * 3, time_d=[0.0, 1.0], nozzle_area_factor=[1.0] * 3)
    with pytest.raises(ArgumentError, match=r"era\[1\] = None: expected labels"):
        trended(era=["a", None, "a"], time_d=[0.0, 1.0, 2.0], nozzle_area_factor=[1.0] * 3)
    assert trended(era=[], time_d=[], nozzle_area_factor=[]).era.size == 0


ANYTHING = st.one_of(
    st.floats(1e-3, 1e5),
    st.sampled_from([NAN, float("inf"), 0.0, -1.0, 1e-8, 1e8, 1e300, -1e300, 1e-300]),
)


@given(rows=st.lists(st.tuples(ANYTHING, ANYTHING, st.sampled_from("ab")), max_size=8))
def test_any_number_gives_a_trend_or_a_reason_without_noise(rows):
    time, factor, era = ([row[i] for row in rows] for i in range(3))
    trend = trended(era=era, time_d=time, nozzle_area_factor=factor)
    assert (np.isnan(trend.slope_per_d) == (trend.status != "ok")).all()
    assert (np.isnan(trend.slope_error_per_d) == (trend.status != "ok")).all()
    assert ((trend.reason == "") == (trend.status == "ok")).all()
