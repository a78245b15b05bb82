"""HI 9.6.7: the standard's own example, its derivation, its bounds, and what lies beyond."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import ArgumentError
from pumpperf.calc.similarity import specific_speed, us_specific_speed
from pumpperf.calc.viscosity import viscosity_factors, water_duty
from pumpperf.units import CUBIC_METRE_PER_HOUR, FOOT, GALLON_PER_MINUTE

PUMP = {"bep_rate_m3d": 110 * CUBIC_METRE_PER_HOUR, "bep_head_m": 77.0, "speed_rpm": 2950.0}

numbers = st.one_of(
    st.floats(1e-8, 1e8),
    st.sampled_from([0.0, -1.0, -1e8, 1e-8, 1e8, float("nan"), math.inf, 1e300]),
)


def factors(viscosity, **changes):
    asked = PUMP | {"rate_over_bep": 1.0, "edition": 2021} | changes
    return viscosity_factors(kinematic_viscosity_mm2s=viscosity, **asked)


def us_parameter(gpm, feet, rpm, viscosity):
    """The standard's own form in US units."""
    return 26.6 * viscosity**0.5 * feet**0.0625 / (gpm**0.375 * rpm**0.25)


@given(st.floats(50, 5000), st.floats(3, 120), st.floats(900, 3600), st.floats(2, 3000))
def test_metric_constant_is_the_us_one_but_for_the_standard_s_rounding(rate, head, rpm, viscosity):
    found = factors(viscosity, bep_rate_m3d=rate, bep_head_m=head, speed_rpm=rpm)
    theirs = us_parameter(rate / GALLON_PER_MINUTE, head / FOOT, rpm, viscosity)
    assert found.parameter == pytest.approx(theirs, rel=4.1e-3)


@given(st.floats(1.5, 30.0))
def test_factors_of_a_given_parameter(wanted):
    one = factors(1.0).parameter
    found = factors((wanted / one) ** 2)
    assert found.parameter == pytest.approx(wanted, rel=1e-12)
    assert found.rate_factor == pytest.approx(math.exp(-0.165 * math.log10(wanted) ** 3.15))
    assert found.efficiency_factor == pytest.approx(
        math.exp(-0.0547 * wanted**0.69 * math.log(wanted))
    )
    assert found.head_factor == found.rate_factor


def test_head_falls_from_none_at_shut_off_to_the_rate_factor_at_best_efficiency():
    found = factors(120.0, rate_over_bep=[0.0, 0.6, 1.0, 1.2])
    lost = (1.0 - found.head_factor) / (1.0 - found.rate_factor)
    assert lost == pytest.approx([0.0, 0.6**0.75, 1.0, 1.2**0.75])


def test_power_is_rate_times_head_over_efficiency():
    found = factors(120.0, rate_over_bep=0.8)
    expected = found.rate_factor * found.head_factor / found.efficiency_factor
    assert found.power_factor == pytest.approx(expected, rel=1e-15)


def test_up_to_a_parameter_of_one_nothing_changes():
    at_one = factors(1.0).parameter ** -2
    for viscosity in (0.0, 0.5, at_one):
        found = factors(viscosity, rate_over_bep=[0.0, 0.5, 2.0])
        assert found.rate_factor == 1.0
        assert found.efficiency_factor == 1.0
        assert found.head_factor.tolist() == [1.0, 1.0, 1.0]
    assert factors(4.0 * at_one).rate_factor < 1.0


def test_one_pump_or_a_column_of_them():
    column = factors(np.array([1.0, 120.0, 200.0]))
    assert column.rate_factor.tolist() == [float(factors(v).rate_factor) for v in (1, 120, 200)]


@pytest.mark.parametrize(
    ("viscosity", "edition", "inside"),
    [
        (1.0, 2021, False),
        (1.1, 2021, True),
        (3999.0, 2021, True),
        (4000.0, 2021, False),
        (2999.0, 2004, True),
        (3000.0, 2004, False),
        (float("nan"), 2021, False),
    ],
)
def test_range_of_viscosity_goes_by_the_edition(viscosity, edition, inside):
    assert factors(viscosity, edition=edition).viscosity_in_range == inside
    wanted = {"rate_m3d": 2400.0, "head_m": 70.0}
    selected = water_duty(kinematic_viscosity_mm2s=viscosity, edition=edition, **wanted)
    assert selected.viscosity_in_range == inside


def test_parameter_from_forty_on_is_flagged_and_computed():
    one = factors(1.0).parameter
    found = factors([(39.99 / one) ** 2, (40.01 / one) ** 2])
    assert found.parameter_in_range.tolist() == [True, False]
    assert found.rate_factor[1] == pytest.approx(math.exp(-0.165 * math.log10(40.01) ** 3.15))
    selected = water_duty(
        rate_m3d=24.0,
        head_m=1.0,
        kinematic_viscosity_mm2s=[(39.9 / 2.8) ** 2, (40.1 / 2.8) ** 2],
        edition=2021,
    )
    assert selected.parameter_in_range.tolist() == [True, False]


def test_specific_speed_from_3000_on_is_flagged():
    head_at_3000 = 77.0 * (us_specific_speed(specific_speed=n_q(PUMP)) / 3000.0) ** (4.0 / 3.0)
    found = factors(120.0, bep_head_m=[head_at_3000 * 1.001, head_at_3000 * 0.999])
    assert found.specific_speed_in_range.tolist() == [True, False]


def n_q(pump):
    given = SimpleNamespace(**pump)
    return specific_speed(
        rate_m3d=given.bep_rate_m3d, head_m=given.bep_head_m, speed_rpm=given.speed_rpm
    )


def test_size_of_the_tested_pumps_is_flagged():
    rates = np.array([12.9, 13.1, 1139.0, 1141.0]) * GALLON_PER_MINUTE
    found = factors(120.0, bep_rate_m3d=rates)
    assert found.in_test_data.tolist() == [False, True, True, False]
    heads = np.array([19.9, 20.1, 429.0, 431.0]) * FOOT
    found = factors(120.0, bep_head_m=heads)
    assert found.in_test_data.tolist() == [False, True, True, False]


def test_edition_that_is_not_known_is_refused():
    for function in (
        lambda: factors(120.0, edition=1983),
        lambda: water_duty(rate_m3d=1.0, head_m=1.0, kinematic_viscosity_mm2s=1.0, edition=1983),
    ):
        with pytest.raises(ArgumentError, match="edition = 1983: expected one of"):
            function()


@given(st.floats(5, 2000), st.floats(2, 200), st.floats(2, 4000))
def test_selection_is_the_forward_way_at_a_specific_speed_of_twenty(rate_m3h, head, viscosity):
    """B of a pump with n = n_s H^0.75 / Q^0.5 is 16.5/n_s^0.25 nu^0.5 / (Q^0.25 H^0.125)."""
    ns_hour = (16.5 / 2.80) ** 4
    assert ns_hour / math.sqrt(3600.0) == pytest.approx(20.1, rel=1e-3)
    speed = ns_hour * head**0.75 / rate_m3h**0.5
    forward = factors(viscosity, bep_rate_m3d=rate_m3h * 24.0, bep_head_m=head, speed_rpm=speed)
    back = water_duty(
        rate_m3d=rate_m3h * 24.0, head_m=head, kinematic_viscosity_mm2s=viscosity, edition=2021
    )
    assert back.parameter == pytest.approx(forward.parameter, rel=1e-12)
    assert back.rate_factor == pytest.approx(forward.rate_factor, rel=1e-12)
    assert back.efficiency_factor == pytest.approx(forward.efficiency_factor, rel=1e-12)
    assert back.rate_m3d * back.rate_factor == pytest.approx(rate_m3h * 24.0, rel=1e-12)
    assert back.head_m * back.head_factor == pytest.approx(head, rel=1e-12)


@given(st.lists(numbers, min_size=5, max_size=5))
def test_impossible_numbers_give_nan_or_a_number_and_no_noise(given_numbers):
    rate, head, rpm, viscosity, share = given_numbers
    pump = {"bep_rate_m3d": rate, "bep_head_m": head, "speed_rpm": rpm}
    found = factors(viscosity, **pump, rate_over_bep=share)
    back = water_duty(rate_m3d=rate, head_m=head, kinematic_viscosity_mm2s=viscosity, edition=2021)
    if any(abs(number) > 1e8 for number in given_numbers):
        return
    possible = rate > 0.0 and head > 0.0 and rpm > 0.0 and viscosity >= 0.0
    assert math.isfinite(found.parameter) == possible
    assert math.isfinite(found.head_factor) == (possible and share >= 0.0)
    if possible and share >= 0.0:
        unclamped = 1.0 - (1.0 - found.rate_factor) * share**0.75
        assert found.head_factor == pytest.approx(unclamped, rel=1e-12)
    assert math.isfinite(back.parameter) == (rate > 0.0 and head > 0.0 and viscosity >= 0.0)
