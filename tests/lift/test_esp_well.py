"""A pump in its well: viscosity and gas, every operating point, and what a test says of it."""

import math
from dataclasses import replace

import numpy as np
import pytest
from esp_forward import AN550, LEMAZ, Stage
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.calc.viscosity import viscosity_factors
from pumpperf.errors import ArgumentError
from pumpperf.lift import esp

NAN = float("nan")
HUGE = (math.inf, -math.inf, 1e300, -1e300, 1e160)


def whole(entry, **where):
    where = {"stages": 1.0, "frequency_hz": entry["freq_Hz"]} | where
    return esp.pump_curve(curve=esp.stage_curve_from_catalogue(entry), **where)


def straight_stage():
    """12 m at no rate, 0.1 m less for each m3/d; power 0.05 kW and a little more."""
    return esp.stage_curve(
        frequency_hz=50,
        rate_m3d=[0.0, 60.0, 120.0],
        head_m=[12.0, 6.0, 0.0],
        power_kw=[0.05, 0.1, 0.15],
        speed_rpm=2900,
    )


def straight(**where):
    """A pump of it."""
    where = {"stages": 1, "frequency_hz": 50} | where
    return esp.pump_curve(curve=straight_stage(), **where)


def humped():
    """Head rises to a top of 9.5 m at 50 m3/d before it falls."""
    curve = esp.stage_curve(
        frequency_hz=50,
        rate_m3d=[0.0, 25.0, 50.0, 75.0, 100.0],
        head_m=[8.0, 9.0, 9.5, 8.0, 4.0],
        power_kw=[0.1, 0.11, 0.12, 0.13, 0.14],
    )
    return esp.pump_curve(curve=curve, stages=1, frequency_hz=50)


@pytest.mark.parametrize("hertz", [40.0, 50.0, 60.0])
def test_viscosity_is_taken_at_the_best_efficiency_of_the_running_frequency(hertz):
    water = whole(LEMAZ, stages=200, frequency_hz=hertz)
    thick = whole(
        LEMAZ, stages=200, frequency_hz=hertz, kinematic_viscosity_mm2s=50.0, viscosity_edition=2021
    )
    s = hertz / 50.0
    curve = esp.stage_curve_from_catalogue(LEMAZ)
    bep = float(curve.bep_rate_m3d)
    bep_head = float(esp.pump_head_m(pump=whole(LEMAZ), rate_m3d=bep))
    share = np.array([0.3, 0.6, 1.0, 1.2])
    right, wrong = (
        viscosity_factors(
            bep_rate_m3d=bep * speed,
            bep_head_m=bep_head * speed**2,
            speed_rpm=2910 * speed,
            kinematic_viscosity_mm2s=50.0,
            rate_over_bep=share,
            edition=2021,
        )
        for speed in (s, 1.0)
    )
    rate = share * bep * s
    head = esp.pump_head_m(pump=thick, rate_m3d=rate * right.rate_factor)
    power = esp.pump_power_kw(pump=thick, rate_m3d=rate * right.rate_factor)
    assert head == pytest.approx(
        right.head_factor * esp.pump_head_m(pump=water, rate_m3d=rate), rel=1e-4
    )
    assert power == pytest.approx(
        right.power_factor * esp.pump_power_kw(pump=water, rate_m3d=rate), rel=1e-4
    )
    assert thick.bep_rate_m3d == pytest.approx(bep * s * right.rate_factor, rel=1e-12)
    assert (thick.viscosity.rate_factor[0] == wrong.rate_factor) == (hertz == 50.0)
    assert thick.viscosity.parameter[0] == pytest.approx(right.parameter, rel=1e-12)


def test_viscous_points_are_the_standard_s_own():
    thick = whole(LEMAZ, kinematic_viscosity_mm2s=50.0, viscosity_edition=2021)
    factors = thick.viscosity
    of_old = [0, *range(6, 43, 2)]  # five new points in the first piece, then one in each
    assert thick.rate_m3d.size == 43
    for part, points, factor in (
        (thick.rate_m3d, "rate_points", factors.rate_factor),
        (thick.head_m, "head_points", factors.head_factor),
        (thick.power_kw, "power_points", factors.power_factor),
    ):
        corrected = part / factor
        assert corrected[of_old] == pytest.approx(np.array(LEMAZ[points]), abs=1e-12)
    assert thick.recommended_low_m3d == pytest.approx(75.0 * factors.rate_factor[0])
    assert thick.recommended_high_m3d == pytest.approx(125.0 * factors.rate_factor[0])
    assert thick.gas is None


def test_viscous_slopes_are_those_of_the_points_between():
    thick = whole(LEMAZ, kinematic_viscosity_mm2s=50.0, viscosity_edition=2021)
    for values, slopes in ((thick.head_m, thick.head_slope), (thick.power_kw, thick.power_slope)):
        secant = np.diff(values) / np.diff(thick.rate_m3d)
        low, high = np.minimum(secant[:-1], secant[1:]), np.maximum(secant[:-1], secant[1:])
        slack = 0.15 * np.max(np.abs(secant))
        assert np.all(slopes[1:-1] > low - slack)
        assert np.all(slopes[1:-1] < high + slack)


def test_as_thin_as_water_nothing_changes_and_an_unknown_viscosity_is_nan():
    water = whole(AN550, stages=10)
    thin = whole(AN550, stages=10, kinematic_viscosity_mm2s=[0.1, NAN], viscosity_edition=2021)
    for part in ("rate_m3d", "head_m", "power_kw", "head_slope", "power_slope"):
        assert np.isin(np.round(getattr(water, part), 9), np.round(getattr(thin, part)[0], 9)).all()
        assert np.isnan(getattr(thin, part)[1]).all()
    rate = np.linspace(5.0, 138.0, 400)
    for at in (esp.pump_head_m, esp.pump_power_kw):
        found = at(pump=thin, rate_m3d=np.stack([rate, rate]))[0]
        assert found == pytest.approx(at(pump=water, rate_m3d=rate), rel=1e-12)


def test_one_viscosity_a_well_is_one_by_one():
    thick = [2.0, 30.0, 200.0]
    edition = {"viscosity_edition": 2021}
    many = whole(LEMAZ, stages=[10, 20, 30], kinematic_viscosity_mm2s=thick, **edition)
    for i in range(3):
        alone = whole(LEMAZ, stages=(i + 1) * 10, kinematic_viscosity_mm2s=thick[i], **edition)
        assert many.head_m[i] == pytest.approx(alone.head_m, rel=1e-14)
        assert many.head_slope[i] == pytest.approx(alone.head_slope, rel=1e-12)


def test_a_viscosity_without_a_speed_says_nothing():
    curve = esp.stage_curve(
        frequency_hz=50, rate_m3d=[0, 1, 2], head_m=[2, 1, 0], power_kw=[1, 1, 1]
    )
    thick = {"kinematic_viscosity_mm2s": 9.0, "viscosity_edition": 2004}
    pump = esp.pump_curve(curve=curve, stages=1, frequency_hz=50, **thick)
    assert np.isnan(pump.head_m).all()


def test_density_is_of_power_alone():
    light = straight(density_kgm3=850.0)
    assert light.head_m.tolist() == [12.0, 6.0, 0.0]
    assert light.power_kw == pytest.approx([0.05 * 0.85, 0.1 * 0.85, 0.15 * 0.85])


@pytest.mark.parametrize(
    ("correction", "multiplier", "zero"),
    [
        (esp.GAS_CORRECTIONS["STANDARD"], 0.76, (0.6 + math.sqrt(0.36 + 36.0)) / 18.0),
        (esp.GAS_CORRECTIONS["GAS_HANDLER"], 0.93, (0.05 + math.sqrt(0.0025 + 8.0)) / 4.0),
        (
            esp.GAS_CORRECTIONS["ADVANCED_GAS_HANDLER"],
            0.974,
            (0.15 + math.sqrt(0.0225 + 5.6)) / 2.8,
        ),
        (esp.GAS_CORRECTIONS["SEPARATOR"], 0.88, (0.2 + math.sqrt(0.04 + 16.0)) / 8.0),
    ],
)
def test_gas_lowers_the_head_as_its_source_says(correction, multiplier, zero):
    """m = -9 g^2 + 0.6 g + 1 and so on, at g = 0.2; no range of trust is published."""
    found = esp.gas_factors(gas_share=[0.2, 0.0, zero, 1.0], correction=correction)
    assert found.head_multiplier[:3] == pytest.approx([multiplier, 1.0, 0.0], abs=1e-12)
    assert found.head_multiplier[3] < 0.0
    assert not found.in_range.any()
    assert math.isnan(correction.highest_share)
    assert esp.GAS_CORRECTIONS[correction.name] is correction
    assert "unconfirmed" in correction.source


def test_gas_share_outside_of_0_to_1_is_flagged_and_computed():
    found = esp.gas_factors(gas_share=[-0.1, 1.2, NAN], correction=esp.GAS_CORRECTIONS["STANDARD"])
    assert not found.in_range.any()
    assert found.head_multiplier[:2] == pytest.approx([1 - 0.06 - 0.09, 1 + 0.72 - 12.96])
    assert found.rate_multiplier[:2] == pytest.approx([1.1, -0.2])


def test_gas_takes_its_volume_from_the_liquid():
    gas = esp.gas_factors(gas_share=[0.0, 0.2], correction=esp.GAS_CORRECTIONS["STANDARD"])
    pumps = straight(gas=gas, stages=[1, 1])
    found = esp.pump_head_m(pump=pumps, rate_m3d=[60.0, 0.8 * 60.0])
    assert found == pytest.approx([6.0, 0.76 * 6.0])
    power = esp.pump_power_kw(pump=pumps, rate_m3d=[60.0, 0.8 * 60.0])
    assert power == pytest.approx([0.1, 0.76 * 0.1])
    assert pumps.gas is gas
    between = esp.pump_head_m(pump=pumps, rate_m3d=[30.0, 0.8 * 30.0])
    assert between == pytest.approx([9.0, 0.76 * 9.0])
    assert pumps.bep_rate_m3d[1] == pytest.approx(0.8 * pumps.bep_rate_m3d[0])
    only_gas = straight(
        gas=esp.gas_factors(gas_share=1.0, correction=esp.GAS_CORRECTIONS["STANDARD"])
    )
    assert np.isnan(only_gas.rate_m3d).all()


@given(
    st.floats(0.0, 14.0),
    st.floats(0.0, 0.2),
    st.floats(0.0, 5e-3),
    st.floats(30, 70),
    st.floats(1, 99),
)
def test_operating_point_of_a_straight_pump_is_a_quadratic_s_root(head, down, friction, hertz, n):
    s = hertz / 50.0
    found = esp.operating_points(
        pump=straight(stages=n, frequency_hz=hertz),
        static_head_m=n * head,
        drawdown_m_per_m3d=n * down,
        friction_m_per_m3d2=n * friction,
    )
    a, b, c = friction, down + 0.1 * s, head - 12.0 * s * s
    root = -2.0 * c / (b + math.sqrt(b * b - 4 * a * c)) if b * b >= 4 * a * c else NAN
    if abs(c) > 1e-9 and abs(root - 120.0 * s) > 1e-9:
        assert found.count == (0.0 <= root <= 120.0 * s)
    if found.count:
        assert found.rate_m3d[0] == pytest.approx(root, rel=1e-9, abs=1e-9)
        asked = n * (head + down * root + friction * root**2)
        assert found.head_m[0] == pytest.approx(asked, rel=1e-9)
        assert found.stable[0]


def test_a_pump_with_a_hump_may_meet_its_well_twice():
    found = esp.operating_points(pump=humped(), static_head_m=[7.0, 8.5, 9.6, NAN])
    assert found.count.tolist() == [1, 2, 0, 0]
    assert found.stable.tolist() == [[True, False], [False, True], [False] * 2, [False] * 2]
    assert 0.0 < found.rate_m3d[1, 0] < 25.0
    assert 50.0 < found.rate_m3d[1, 1] < 75.0
    assert found.head_m[1] == pytest.approx([8.5, 8.5])
    assert np.isnan(found.rate_m3d[2:]).all()


def test_every_meeting_of_many_wells_is_found():
    """Against a search of each well on a fine grid."""
    random = np.random.default_rng(7)
    stack = esp.stacked_curves([esp.stage_curve_from_catalogue(entry) for entry in (LEMAZ, AN550)])
    which, hertz = random.integers(0, 2, 40), random.uniform(35, 65, 40)
    stages = random.integers(50, 300, 40)
    pumps = esp.pump_curve(
        curve=stack,
        curve_number=which,
        stages=stages,
        frequency_hz=hertz,
        kinematic_viscosity_mm2s=random.uniform(1, 60, 40),
        viscosity_edition=2021,
    )
    top = np.nanmax(pumps.head_m, axis=-1)
    static, friction = top * random.uniform(0.2, 1.1, 40), top * random.uniform(0, 4e-5, 40)
    found = esp.operating_points(pump=pumps, static_head_m=static, friction_m_per_m3d2=friction)
    last = np.nanmax(pumps.rate_m3d, axis=-1)
    grid = np.linspace(pumps.rate_m3d[:, 0], last, 4001, axis=-1)
    less = (
        esp.pump_head_m(pump=pumps, rate_m3d=grid) - static[:, None] - friction[:, None] * grid**2
    )
    signs = np.sign(less)
    assert found.count.tolist() == np.nansum(signs[:, 1:] * signs[:, :-1] < 0, axis=-1).tolist()
    assert found.count.max() >= 1
    at = esp.pump_head_m(pump=pumps, rate_m3d=found.rate_m3d)
    assert at == pytest.approx(found.head_m, rel=1e-9, nan_ok=True)


def test_a_sound_pump_is_all_there():
    pump = whole(LEMAZ, stages=100, frequency_hz=45)
    rate = np.array([30.0, 90.0, 120.0])
    found = esp.degradation(
        pump=pump,
        rate_m3d=rate,
        head_m=esp.pump_head_m(pump=pump, rate_m3d=rate),
        power_kw=esp.pump_power_kw(pump=pump, rate_m3d=rate),
    )
    for part in ("head_factor", "rate_factor", "power_ratio", "power_ratio_at_head"):
        assert getattr(found, part) == pytest.approx([1.0] * 3, rel=1e-9)
    assert found.efficiency_factor == pytest.approx([1.0] * 3, rel=1e-9)
    assert found.rate_over_bep == pytest.approx(rate / pump.bep_rate_m3d)
    assert found.expected_rate_m3d == pytest.approx(rate, rel=1e-9)


def test_nothing_is_clamped_and_what_is_not_known_is_nan():
    found = esp.degradation(
        pump=straight(), rate_m3d=[60.0, 60.0, 60.0, 130.0], head_m=[18.0, -3.0, 6.0, 6.0]
    )
    assert found.head_factor == pytest.approx([3.0, -0.5, 1.0, NAN], nan_ok=True)
    assert found.rate_factor == pytest.approx([NAN, NAN, 1.0, 130.0 / 60.0], nan_ok=True)
    assert np.isnan(found.power_ratio).all()
    assert np.isnan(found.efficiency_factor).all()


def test_rate_at_the_same_head_is_that_of_the_falling_branch():
    pump = humped()
    found = esp.degradation(pump=pump, rate_m3d=[40.0, 40.0], head_m=[8.5, 9.5], power_kw=0.06)
    assert 50.0 < found.expected_rate_m3d[0] < 75.0
    assert np.isnan(found.expected_rate_m3d[1])
    at_head = esp.pump_power_kw(pump=pump, rate_m3d=found.expected_rate_m3d[0])
    assert found.power_ratio_at_head[0] == pytest.approx(0.06 / at_head)


@pytest.mark.parametrize("entry", [LEMAZ, AN550])
def test_liquid_lost_on_the_way_leaves_the_pump_on_its_curve(entry):
    stage = Stage(entry)
    pump = whole(entry, stages=100)
    rate = np.array([0.6, 0.8, 1.0]) * stage.bep
    head, power = stage.leak(rate, 0.2)
    found = esp.degradation(pump=pump, rate_m3d=rate, head_m=100 * head, power_kw=100 * power)
    assert found.power_ratio_at_head == pytest.approx([1.0] * 3, rel=1e-6)
    assert np.all(found.rate_factor < 0.9)


def test_slope_of_the_head_factor_over_the_rate():
    pump = straight(stages=[1, 1, 1])
    rate = np.array([[30.0, 60.0, 90.0]] * 3)
    factor = np.array([[0.9, 0.8, 0.7], [0.9, NAN, NAN], [0.9, NAN, 0.7]])
    tests = esp.degradation(
        pump=pump, rate_m3d=rate, head_m=factor * esp.pump_head_m(pump=pump, rate_m3d=rate)
    )
    per_bep = pump.bep_rate_m3d / 30.0 * -0.1
    assert esp.head_factor_slope(tests) == pytest.approx([per_bep, NAN, per_bep], nan_ok=True)
    again = esp.degradation(pump=straight(), rate_m3d=[31.7] * 3, head_m=[8.0, 7.0, 9.0])
    assert np.isnan(esp.head_factor_slope(again))


numbers = st.one_of(
    st.floats(1e-8, 1e8), st.sampled_from([NAN, 0.0, -1.0, -1e8, 1e-8, 1e8, 50.0, 100.0, *HUGE])
)


@given(st.lists(numbers, min_size=10, max_size=10))
def test_impossible_numbers_make_no_noise(given_numbers):
    stages, hertz, density, viscosity, share, static, down, rate, head, power = given_numbers
    pump = whole(
        LEMAZ,
        stages=stages,
        frequency_hz=hertz,
        density_kgm3=density,
        kinematic_viscosity_mm2s=viscosity,
        viscosity_edition=2021,
        gas=esp.gas_factors(gas_share=share, correction=esp.GAS_CORRECTIONS["SEPARATOR"]),
    )
    esp.operating_points(
        pump=pump, static_head_m=static, drawdown_m_per_m3d=down, friction_m_per_m3d2=rate
    )
    several = esp.degradation(pump=pump, rate_m3d=[rate, 1.0], head_m=[head, 1.0], power_kw=power)
    esp.head_factor_slope(several)
    esp.features(several, tests=several)
    found = esp.degradation(pump=pump, rate_m3d=rate, head_m=head, power_kw=power)
    if found.expected_head_m != 0.0:
        with np.errstate(all="ignore"):
            unclamped = head / found.expected_head_m
        assert found.head_factor == pytest.approx(unclamped, rel=1e-12, nan_ok=True)


def test_viscous_slopes_are_the_derivatives_of_the_corrected_points():
    """HI 9.6.7: C_H = 1 - (1 - C_Q)(q/q_BEP)^0.75, and C_P = C_Q C_H / C_eta, along the curve.

    Head and power are water's times their factors at the rate of water times C_Q; a straight head
    and a straight power have known slopes, so the product rule gives those of the thick curve.
    """
    curve = straight_stage()
    thick = esp.pump_curve(
        curve=curve,
        stages=10.0,
        frequency_hz=50.0,
        kinematic_viscosity_mm2s=60.0,
        viscosity_edition=2021,
    )
    factors = thick.viscosity
    c_q = factors.rate_factor[0]
    water_rate = thick.rate_m3d / c_q
    best = thick.bep_rate_m3d / c_q
    inside = slice(1, -1)
    moving = water_rate[inside]
    assert factors.head_factor[inside] == pytest.approx(
        1.0 - (1.0 - c_q) * (moving / best) ** 0.75, rel=1e-12
    )
    c_h_slope = -0.75 * (1.0 - c_q) * (moving / best) ** -0.25 / best
    head = 10.0 * (12.0 - 0.1 * moving)
    head_slope = (-1.0 * factors.head_factor[inside] + head * c_h_slope) / c_q
    assert thick.head_slope[inside] == pytest.approx(head_slope, rel=1e-9)
    power = 10.0 * (0.05 + 0.05 / 60.0 * moving)
    c_p = factors.power_factor[inside]
    c_p_slope = (
        c_q * c_h_slope / np.broadcast_to(factors.efficiency_factor, thick.rate_m3d.shape)[inside]
    )
    power_slope = (10.0 * 0.05 / 60.0 * c_p + power * c_p_slope) / c_q
    assert thick.power_slope[inside] == pytest.approx(power_slope, rel=1e-9)


def test_numbers_too_large_to_square_have_no_slope_and_make_no_noise():
    curve = esp.stage_curve(
        frequency_hz=50,
        rate_m3d=[0.0, 60.0, 120.0],
        head_m=[12.0, 6.0, 0.0],
        power_kw=[0.1, 0.1, 0.1],
    )
    pump = esp.pump_curve(curve=curve, stages=1.0, frequency_hz=50.0)
    tests = esp.degradation(pump=pump, rate_m3d=[30.0, 60.0], head_m=[1e200, -1e200])
    assert not np.isfinite(
        esp.head_factor_slope(replace(tests, rate_over_bep=np.array([1e200, -1e200])))
    )


@pytest.mark.parametrize("name", ["head_coefficients", "power_coefficients"])
def test_one_coefficient_that_is_no_number_is_refused(name):
    given = {"head_coefficients": [12.0, -0.1], "power_coefficients": [0.05, 0.001]}
    with pytest.raises(ArgumentError, match=f"{name} = .*: expected one finite number or more"):
        esp.stage_curve_from_polynomials(
            frequency_hz=50.0, highest_rate_m3d=120.0, **(given | {name: [12.0, NAN]})
        )
