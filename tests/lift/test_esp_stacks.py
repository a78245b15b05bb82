"""Wells beside their tests, arguments that do not fit, and what a correction says of its range."""

import numpy as np
import pytest
from esp_forward import LEMAZ
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import ArgumentError
from pumpperf.calc.viscosity import viscosity_factors
from pumpperf.lift import esp

NAN = float("nan")
HUGE = (float("inf"), -float("inf"), 1e300, -1e300, 1e160, -1e160)
LINE = {
    "frequency_hz": 50.0,
    "rate_m3d": [0.0, 60.0, 120.0],
    "head_m": [12.0, 6.0, 0.0],
    "power_kw": [0.05, 0.1, 0.15],
}
COARSE = {
    "frequency_hz": 50.0,
    "rate_m3d": [0.0, 40.0, 80.0, 120.0],
    "head_m": [10.0, 9.5, 7.5, 0.0],
    "power_kw": [0.1, 0.12, 0.14, 0.15],
    "speed_rpm": 2900.0,
}
THICK = {"kinematic_viscosity_mm2s": 100.0, "viscosity_edition": 2021}
OWN_RANGE = esp.GasCorrection(
    name="OWN", linear=-1.0, quadratic=0.0, highest_share=0.3, source="a bench of our own"
)


def pump_of(points, **where):
    where = {"stages": 1, "frequency_hz": 50} | where
    return esp.pump_curve(curve=esp.stage_curve(**points), **where)


def two_straight(**where):
    """12 - 0.1 q and 20 - 0.25 q."""
    points = {
        "frequency_hz": 50,
        "rate_m3d": [[0, 60, 120], [0, 40, 80]],
        "head_m": [[12, 6, 0], [20, 10, 0]],
        "power_kw": [[0.1, 0.1, 0.1]] * 2,
        "recommended_low_m3d": [30.0, 20.0],
        "recommended_high_m3d": [90.0, 60.0],
    }
    return pump_of(points, **where)


def test_each_well_has_its_own_tests():
    pumps = two_straight()
    found = esp.operating_points(pump=pumps, static_head_m=[[6, 3], [10, 5]])
    assert found.rate_m3d[..., 0] == pytest.approx(np.array([[60.0, 90.0], [40.0, 60.0]]))
    assert found.head_m[..., 0].tolist() == [[6.0, 3.0], [10.0, 5.0]]
    assert found.stable.all()
    assert found.count.tolist() == [[1, 1], [1, 1]]


def test_what_is_one_a_well_stands_beside_the_tests_of_each_well():
    pumps = two_straight()
    found = esp.operating_points(
        pump=pumps, static_head_m=[[6, 3], [10, 5]], drawdown_m_per_m3d=[0.1, 0.25]
    )
    assert found.rate_m3d[..., 0] == pytest.approx(np.array([[30.0, 45.0], [20.0, 30.0]]))
    test = esp.degradation(
        pump=pumps, rate_m3d=[[30.0, 60.0], [20.0, 40.0]], head_m=[4.5, 7.5], power_kw=[0.1, 0.2]
    )
    assert test.head_factor == pytest.approx(np.array([[0.5, 0.75], [0.5, 0.75]]))
    assert test.power_ratio == pytest.approx(np.array([[1.0, 1.0], [2.0, 2.0]]))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda pumps: esp.operating_points(pump=pumps, static_head_m=[6, 3, 1]),
        lambda pumps: esp.operating_points(
            pump=pumps, static_head_m=[[6, 3], [1, 1]], drawdown_m_per_m3d=[0.1, 0.1, 0.1]
        ),
        lambda pumps: esp.degradation(pump=pumps, rate_m3d=[1.0, 2, 3], head_m=[1.0, 2, 3]),
        lambda pumps: esp.degradation(pump=pumps, rate_m3d=[1.0, 2], head_m=[1.0, 2, 3]),
        lambda pumps: esp.pump_head_m(pump=pumps, rate_m3d=[1.0, 2, 3]),
        lambda pumps: esp.pump_power_kw(pump=pumps, rate_m3d=[[1.0]] * 3),
        lambda _: two_straight(stages=[1, 2, 3]),
        lambda _: two_straight(stages=[1, 2, 3], density_kgm3=1000.0),
        lambda _: two_straight(stages=[1, 2], density_kgm3=[1.0, 2.0, 3.0]),
        lambda _: two_straight(kinematic_viscosity_mm2s=[1.0, 2, 3], viscosity_edition=2021),
        lambda _: two_straight(gas=esp.gas_factors(gas_share=[0.1] * 3, correction=OWN_RANGE)),
    ],
)
def test_numbers_that_are_not_as_many_as_the_wells_are_refused(wrong):
    with pytest.raises(ArgumentError, match="wells of shape .*: expected a number, one a well"):
        wrong(two_straight())


def test_no_wells_are_no_wells():
    stack = esp.stacked_curves([esp.stage_curve(**LINE), esp.stage_curve(**COARSE)])
    for none in ([], np.zeros(0, dtype=np.int64)):
        pumps = esp.pump_curve(curve=stack, curve_number=none, stages=[], frequency_hz=[])
        assert pumps.head_m.shape == (0, 4)
        assert esp.operating_points(pump=pumps, static_head_m=[]).count.shape == (0,)


def test_a_curve_has_one_of_each_number():
    with pytest.raises(ArgumentError) as error:
        esp.stage_curve(
            frequency_hz=[50, 60, 50],
            density_kgm3=-5.0,
            rate_m3d=[[0, 60, 60]] * 2,
            head_m=[[12, 6, 0]] * 2,
            power_kw=[[0.1, 0.1, 0.1]] * 2,
        )
    for words in (
        "frequency_hz of shape (3,): expected a number, or one a curve, of shape (2,)",
        "density_kgm3 = -5.0: expected finite numbers above 0",
        "strictly rising rates",
    ):
        assert words in str(error.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"frequency_hz": [50.0, 60.0, 50.0]}, r"frequency_hz of shape \(3,\)"),
        ({"recommended_low_m3d": 90.0, "recommended_high_m3d": 30.0}, "expected low <= high"),
        ({"density_kgm3": NAN}, "density_kgm3 = nan"),
        ({"density_kgm3": 0.0}, "density_kgm3 = 0"),
        ({"density_kgm3": float("inf")}, "density_kgm3 = inf"),
        ({"speed_rpm": [1.0, 2.0]}, r"speed_rpm of shape \(2,\)"),
        ({"head_m": ["a", 1, 2], "power_kw": "b"}, "head_m = .*; power_kw = 'b': expected numbers"),
    ],
)
def test_numbers_of_a_curve_that_cannot_be_are_refused(changes, words):
    with pytest.raises(ArgumentError, match=words):
        esp.stage_curve(**(LINE | changes))


def test_recommended_rates_may_be_one_and_the_same_or_unknown():
    curve = esp.stage_curve(**LINE, recommended_low_m3d=60.0, recommended_high_m3d=60.0)
    assert curve.recommended_low_m3d == 60.0
    assert esp.stage_curve(**LINE, recommended_low_m3d=60.0).recommended_low_m3d == 60.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"head_coefficients": ["a"]}, r"head_coefficients = \['a'\]: expected numbers"),
        ({"power_coefficients": 3.0}, "power_coefficients = 3.0: expected one finite number"),
        ({"frequency_hz": [50.0, 60.0]}, r"frequency_hz of shape \(2,\)"),
        ({"highest_rate_m3d": [50.0, 60.0]}, "highest_rate_m3d = .*: expected a finite number"),
        ({"density_kgm3": -1.0}, "density_kgm3 = -1"),
        ({"recommended_low_m3d": 3.0, "recommended_high_m3d": 2.0}, "low <= high"),
    ],
)
def test_polynomials_that_cannot_be_are_refused(changes, words):
    good = {
        "frequency_hz": 50.0,
        "highest_rate_m3d": 100.0,
        "head_coefficients": [10.0, 0.0, -0.001],
        "power_coefficients": [0.1],
    }
    with pytest.raises(ArgumentError, match=words):
        esp.stage_curve_from_polynomials(**(good | changes))


def test_viscous_head_and_power_between_few_points_are_the_standard_s():
    """C_H H(q) and C_P P(q) at C_Q q, to 0.05 % even where C_H bends without end."""
    water, thick = pump_of(COARSE, stages=100), pump_of(COARSE, stages=100, **THICK)
    rate = np.concatenate([np.geomspace(1e-3, 40.0, 300), np.linspace(40.0, 119.9, 300)])
    bep = float(water.bep_rate_m3d)
    factors = viscosity_factors(
        bep_rate_m3d=bep,
        bep_head_m=esp.pump_head_m(pump=water, rate_m3d=bep) / 100.0,
        speed_rpm=2900.0,
        kinematic_viscosity_mm2s=100.0,
        rate_over_bep=rate / bep,
        edition=2021,
    )
    for at, factor in (
        (esp.pump_head_m, factors.head_factor),
        (esp.pump_power_kw, factors.power_factor),
    ):
        exact = at(pump=water, rate_m3d=rate) * factor
        found = at(pump=thick, rate_m3d=rate * factors.rate_factor)
        assert found == pytest.approx(exact, abs=5e-4 * np.max(exact))


def test_a_shorter_curve_of_a_stack_is_viscous_as_itself():
    stack = esp.stacked_curves([esp.stage_curve(**COARSE), esp.stage_curve_from_catalogue(LEMAZ)])
    pumps = esp.pump_curve(curve=stack, stages=1, frequency_hz=50, **THICK)
    alone = pump_of(COARSE, **THICK)
    points = alone.rate_m3d.size
    for part in ("rate_m3d", "head_m", "power_kw", "head_slope", "power_slope"):
        assert getattr(pumps, part)[0, :points] == pytest.approx(getattr(alone, part), rel=1e-12)
        assert np.isnan(getattr(pumps, part)[0, points:]).all()


def test_a_viscosity_wants_its_edition_which_sets_the_range():
    with pytest.raises(ArgumentError, match="viscosity_edition is missing"):
        pump_of(COARSE, kinematic_viscosity_mm2s=100.0)
    for edition, inside in ((2004, False), (2021, True)):
        pump = pump_of(COARSE, kinematic_viscosity_mm2s=3500.0, viscosity_edition=edition)
        assert pump.viscosity.viscosity_in_range[0] == inside


def test_a_test_says_whether_its_sound_pump_is_within_published_ranges():
    good = {"kinematic_viscosity_mm2s": 20.0, "viscosity_edition": 2021}
    in_range = {
        "water": (pump_of(COARSE), True),
        "oil": (pump_of(COARSE, **good), True),
        "too thick": (pump_of(COARSE, **(good | {"kinematic_viscosity_mm2s": 5000.0})), False),
        "large B": (pump_of(COARSE | {"speed_rpm": 1e-3}, **good), False),
        "fast": (pump_of(COARSE | {"speed_rpm": 1e5}, **good), False),
    }
    for share, correction, inside in (
        (0.3, OWN_RANGE, True),
        (0.31, OWN_RANGE, False),
        (-0.01, OWN_RANGE, False),
        (0.01, esp.GAS_CORRECTIONS["STANDARD"], False),
    ):
        gas = esp.gas_factors(gas_share=share, correction=correction)
        in_range[f"gas {share}"] = (pump_of(COARSE, gas=gas), inside)
        in_range[f"both {share}"] = (pump_of(COARSE, gas=gas, **good), inside)
    for name, (pump, inside) in in_range.items():
        test = esp.degradation(pump=pump, rate_m3d=[10.0, 20.0], head_m=1.0)
        assert test.in_range.tolist() == [inside] * 2, name


def test_ranges_of_many_wells_and_tests():
    gas = esp.gas_factors(gas_share=[0.2, 0.4], correction=OWN_RANGE)
    test = esp.degradation(pump=two_straight(gas=gas), rate_m3d=[[9.0] * 3] * 2, head_m=1.0)
    assert test.in_range.tolist() == [[True] * 3, [False] * 3]


def test_a_test_says_whether_its_rate_is_recommended_where_the_pump_runs():
    rate = np.array([[29.0, 31.0, 91.0], [19.0, 21.0, 61.0]])
    at_50 = esp.degradation(pump=two_straight(), rate_m3d=rate, head_m=1.0)
    assert at_50.in_recommended_range.tolist() == [[False, True, False]] * 2
    at_60 = esp.degradation(pump=two_straight(frequency_hz=60), rate_m3d=rate, head_m=1.0)
    assert at_60.in_recommended_range.tolist() == [[False, False, True]] * 2
    unknown = esp.degradation(pump=pump_of(LINE), rate_m3d=60.0, head_m=1.0)
    assert not unknown.in_recommended_range


def test_where_pump_and_well_run_along_each_other_the_ends_are_told():
    flat = {"rate_m3d": [0, 30, 60, 90], "power_kw": [0.1] * 4, "frequency_hz": 50}
    level = pump_of(flat | {"head_m": [10, 10, 10, 5]})
    found = esp.operating_points(pump=level, static_head_m=10.0)
    assert found.rate_m3d.tolist() == [0.0, 60.0]
    plateau = pump_of(flat | {"head_m": [12, 8, 8, 0]})
    sound = esp.degradation(pump=plateau, rate_m3d=45.0, head_m=8.0, power_kw=0.1)
    assert sound.head_factor == 1.0
    assert np.isnan(sound.rate_factor)


@given(st.lists(st.sampled_from([*HUGE, NAN, 0.0, 1.0, 60.0]), min_size=9, max_size=9))
def test_endless_numbers_make_no_noise(drawn):
    stages, hertz, density, viscosity, share, static, down, rate, head = drawn
    pump = pump_of(
        COARSE,
        stages=[stages, 1.0],
        frequency_hz=hertz,
        density_kgm3=density,
        kinematic_viscosity_mm2s=viscosity,
        viscosity_edition=2021,
        gas=esp.gas_factors(gas_share=share, correction=OWN_RANGE),
    )
    for each in (pump, pump_of(COARSE)):
        esp.operating_points(pump=each, static_head_m=static, drawdown_m_per_m3d=down)
        tests = esp.degradation(pump=each, rate_m3d=[[rate, 5.0]] * 2, head_m=head, power_kw=rate)
        esp.features(tests, tests=tests)


@given(st.lists(st.sampled_from([-1e300, -1e160, 0.0, 1.0, 1e160, 1e300]), min_size=6, max_size=6))
def test_large_points_make_no_noise(drawn):
    curve = esp.stage_curve(
        frequency_hz=50, rate_m3d=[0, 1, 1e300], head_m=drawn[:3], power_kw=drawn[3:]
    )
    esp.efficiency_difference(curve)
    esp.operating_points(
        pump=esp.pump_curve(curve=curve, stages=1, frequency_hz=60), static_head_m=1
    )
    esp.stage_curve_from_polynomials(
        frequency_hz=50,
        highest_rate_m3d=1e200,
        head_coefficients=drawn[:3],
        power_coefficients=drawn[3:],
    )
