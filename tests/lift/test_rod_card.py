"""Rod strings, what a downhole card measures, and surface cards that are corrected or rejected."""

import math

import numpy as np
import pytest
from forward import random_wells, simulate
from hypothesis import given
from hypothesis import strategies as st
from pumps_forward import Pumps

from pumpperf import Severity
from pumpperf.checks import card_findings
from pumpperf.errors import ArgumentError
from pumpperf.lift.rod import (
    DOWNHOLE,
    RodString,
    arco_slip_rate_m3d,
    card_features,
    card_numbers,
    conditioned_card,
    dimensionless_groups,
    natural_frequency_spm,
    plunger_overtravel_m,
    pump_card,
    spring_constant_knm,
    stroke_work_kj,
    weight_in_fluid_kn,
)

NAN = float("nan")
TURN = 2.0 * np.pi * np.arange(100) / 100
STEEL = {"youngs_modulus_kpa": 2.1e8, "density_kgm3": 7850.0, "damping_1s": 0.3}


def string(**other):
    given = {"length_m": [900.0, 700.0], "diameter_mm": [22.225, 19.05], "mass_kgm": [3.31, 2.43]}
    return RodString(**STEEL | given | other)


def test_all_faults_of_a_string_are_told_at_once():
    with pytest.raises(ArgumentError) as told:
        string(length_m=[900.0, -1.0], mass_kgm=0.0, damping_1s=NAN)
    words = str(told.value)
    assert "length_m = -1 where at least 0 is expected" in words
    assert "mass_kgm = 0 where above 0 is expected" in words
    assert "damping_1s = nan where a finite number is expected" in words
    with pytest.raises(ArgumentError, match="do not fit: expected tapers along the last axis"):
        string(length_m=[900.0, 700.0, 10.0])
    with pytest.raises(ArgumentError, match="there is no taper"):
        string(length_m=[], diameter_mm=[], mass_kgm=[])


def test_a_string_keeps_its_own_numbers():
    lengths = np.array([900.0, 700.0])
    kept = string(length_m=lengths)
    lengths[0] = -5.0
    assert kept.length_m[0] == 900.0
    with pytest.raises(ValueError, match="read-only"):
        kept.length_m[0] = 1.0


def test_columns_that_do_not_fit_the_strings_are_told():
    strings = string(length_m=[[900.0, 700.0]] * 3)
    with pytest.raises(ArgumentError, match=r"strings \(3,\), fluid_density_kgm3 \(2,\)"):
        weight_in_fluid_kn(strings, fluid_density_kgm3=[900.0, 1000.0])
    with pytest.raises(ArgumentError, match="one for all wells or one a well"):
        dimensionless_groups(
            strings,
            speed_spm=[1.0, 2.0],
            stroke_m=2.0,
            fluid_load_kn=15.0,
            fluid_density_kgm3=1000.0,
        )
    with pytest.raises(ArgumentError, match=r"natural_frequency_spm \(2,\)"):
        plunger_overtravel_m(stroke_m=[1.0] * 3, speed_spm=5.0, natural_frequency_spm=[25.0, 26.0])
    with pytest.raises(ArgumentError, match="expected the same"):
        stroke_work_kj(position_m=[0.0, 1.0, 1.0], load_kn=[3.0])
    assert np.isnan(spring_constant_knm(string(length_m=0.0)))


def test_springs_of_the_tapers_stand_in_series():
    each = [string(length_m=[900.0, 0.0]), string(length_m=[0.0, 700.0])]
    parts = sum(1.0 / spring_constant_knm(one) for one in each)
    assert 1.0 / spring_constant_knm(string()) == pytest.approx(parts)


def test_a_tapered_string_rings_where_its_two_bars_agree():
    """The lowest root of Z1 tan(w t1) tan(w t2) = Z1^2/Z2: tension and motion meet at the joint."""
    tapered = string()
    angular = natural_frequency_spm(tapered) * 2.0 * math.pi / 60.0
    (z1, z2), (t1, t2) = tapered.impedance_kns, tapered.travel_s
    assert math.tan(angular * t1) * math.tan(angular * t2) == pytest.approx(z1 / z2, rel=1e-9)
    uniform = string(diameter_mm=22.225, mass_kgm=3.31)
    speed_of_waves = 1600.0 / np.sum(uniform.travel_s)
    assert natural_frequency_spm(uniform) == pytest.approx(
        15.0 * speed_of_waves / 1600.0, rel=1e-12
    )
    assert natural_frequency_spm(tapered) > natural_frequency_spm(uniform)


def test_a_stack_of_strings_is_its_strings():
    lengths = np.array([[900.0, 700.0], [1500.0, 0.0], [0.0, 0.0]])
    many = natural_frequency_spm(string(length_m=lengths))
    assert many[:2] == pytest.approx(
        [float(natural_frequency_spm(string(length_m=one))) for one in lengths[:2]]
    )
    assert np.isnan(many[2])
    groups = dimensionless_groups(
        string(length_m=lengths[:2]),
        speed_spm=8.0,
        stroke_m=[2.0, 0.0],
        fluid_load_kn=15.0,
        fluid_density_kgm3=1000.0,
    )
    assert np.isnan(groups.dimensionless_rod_stretch[1])
    assert groups.dimensionless_rod_stretch[0] == pytest.approx(
        15.0 / 2.0 / float(spring_constant_knm(string()))
    )
    assert groups.dimensionless_pumping_speed == pytest.approx(8.0 / many[:2])


def test_overtravel_grows_with_the_square_of_a_slow_speed():
    slow = plunger_overtravel_m(stroke_m=2.0, speed_spm=[0.5, 1.0], natural_frequency_spm=25.0)
    assert slow == pytest.approx((math.pi / 2 * np.array([0.02, 0.04])) ** 2, rel=2e-3)
    beyond = plunger_overtravel_m(
        stroke_m=2.0, speed_spm=[25.0, NAN], natural_frequency_spm=[25.0, 0.0]
    )
    assert np.isnan(beyond).all()


def test_slip_is_of_the_order_of_creeping_flow_through_a_narrow_ring():
    """pi D (C/2)^3 dp / (12 mu L): a laminar ring; a plunger to one side leaks 2.5 fold."""
    diameter, clearance, length, rise = 0.0508, 0.0762e-3, 1.2192, 16.2e6
    laminar = math.pi * diameter * (clearance / 2) ** 3 * rise / (12e-3 * length) * 86_400
    found = arco_slip_rate_m3d(
        plunger_diameter_mm=50.8,
        clearance_mm=0.0762,
        plunger_length_m=length,
        pressure_rise_kpa=rise / 1000.0,
        viscosity_mpas=1.0,
    )
    assert laminar < found < 2.5 * laminar


@pytest.fixture(scope="module")
def pounding():
    rng = np.random.default_rng(11)
    wells = random_wells(rng, 24)
    fillage = rng.uniform(0.3, 0.9, 24)
    return wells, fillage, simulate(wells, Pumps(fillage=fillage), cells=24)


def test_fillage_and_load_lines_of_pounding_pumps(pounding):
    wells, fillage, stroke = pounding
    shown = pump_card(position_m=stroke.pump_position_m, load_kn=stroke.pump_load_kn)
    np.testing.assert_allclose(shown.fillage, fillage, atol=0.03)
    np.testing.assert_allclose(shown.fluid_load_kn, wells.fluid_load_kn, rtol=0.02)
    np.testing.assert_allclose(shown.lower_load_kn / wells.fluid_load_kn, 0.0, atol=0.02)
    np.testing.assert_allclose(shown.net_stroke_m, shown.fillage * shown.gross_stroke_m)


def test_a_card_may_begin_anywhere_and_be_moved_and_scaled(pounding):
    _, _, stroke = pounding
    once = pump_card(position_m=stroke.pump_position_m, load_kn=stroke.pump_load_kn)
    again = pump_card(
        position_m=np.roll(stroke.pump_position_m, 77, axis=-1) * 0.5 - 4.0,
        load_kn=np.roll(stroke.pump_load_kn, 77, axis=-1) * 3.0 + 9.0,
    )
    np.testing.assert_allclose(again.fillage, once.fillage, rtol=1e-9)
    np.testing.assert_allclose(again.gross_stroke_m, once.gross_stroke_m * 0.5, rtol=1e-9)
    np.testing.assert_allclose(again.fluid_load_kn, once.fluid_load_kn * 3.0, rtol=1e-9)
    np.testing.assert_allclose(again.lower_load_kn, once.lower_load_kn * 3.0 + 9.0, rtol=1e-9)


def test_cards_are_read_one_by_one_or_in_any_stack(pounding):
    _, _, stroke = pounding
    position, load = stroke.pump_position_m, stroke.pump_load_kn
    stacked = card_features(
        position_m=position.reshape(2, 12, 200),
        load_kn=load.reshape(2, 12, 200),
        expected_fluid_load_kn=20.0,
    )
    alone = card_features(position_m=position[13], load_kn=load[13], expected_fluid_load_kn=20.0)
    assert {name: values[1, 1] for name, values in stacked.items()} == pytest.approx(
        {name: float(value) for name, value in alone.items()}, nan_ok=True
    )


def box(fillage, points=200):
    """A card of 3 m by 20 kN whose load falls at the fillage."""
    turn = 2.0 * np.pi * np.arange(points) / points
    position = 1.5 * (1.0 - np.cos(turn))
    up = (np.arange(points) <= points // 2) & (np.arange(points) > 0)
    return position, np.where(up | (position > 3.0 * fillage), 20.0, 0.0)


def test_a_well_that_is_pumped_off_is_not_read_as_full():
    rng = np.random.default_rng(13)
    position, load = box(0.12)
    shown = pump_card(position_m=position, load_kn=load + rng.normal(0.0, 0.1, 200))
    assert np.isnan(shown.fillage)
    assert np.isnan(shown.net_stroke_m)
    position, load = box(0.2)
    shown = pump_card(position_m=position, load_kn=load + rng.normal(0.0, 0.1, 200))
    assert shown.fillage == pytest.approx(0.2, abs=0.01)


def test_a_release_that_is_over_before_the_way_down_is_not_drawn_out():
    position = [0, 0, 1, 2, 2.9, 3, 2.8, 2, 1, 0.6, 0.5, 0.2]
    load = [0, 20, 20, 20, 4, 2.2, 2.19, 0, 0, 0, 0, 0]
    shown = pump_card(position_m=position, load_kn=load)
    assert 0.9 < shown.fillage <= 1.0


def test_a_card_without_stroke_load_or_numbers_shows_nothing():
    flat = np.stack([np.full(100, 2.0), 1.0 - np.cos(TURN), np.full(100, NAN)])
    load = np.stack([np.sin(TURN), np.full(100, 5.0), np.sin(TURN)])
    shown = pump_card(position_m=flat, load_kn=load)
    assert np.isnan(shown.fillage).all()
    assert shown.gross_stroke_m[:2] == pytest.approx([0.0, 2.0])
    features = card_features(position_m=flat, load_kn=load, expected_fluid_load_kn=0.0)
    assert np.isnan(features["load_ratio"]).all()
    assert all(np.isnan(values[2]) for values in features.values())
    with pytest.raises(ArgumentError, match="one number for all cards, or one a card"):
        card_features(position_m=flat, load_kn=load, expected_fluid_load_kn=[1.0, 2.0])


@pytest.mark.parametrize("reader", [pump_card, conditioned_card])
def test_cards_that_are_none_are_refused(reader):
    with pytest.raises(ArgumentError, match="at least 8 points"):
        reader(position_m=np.zeros(7), load_kn=np.zeros(7))
    with pytest.raises(ArgumentError, match="expected the same"):
        reader(position_m=np.zeros(9), load_kn=np.zeros(8))


def surface():
    position = 1.5 * (1.0 - np.cos(TURN + 0.3))
    return position, 60.0 + 15.0 * np.sin(TURN + 0.5) + 4.0 * np.cos(3.0 * TURN)


def assert_left_alone(position, load):
    card = conditioned_card(position_m=position, load_kn=load)
    assert card.notes() == ()
    np.testing.assert_array_equal(card.position_m, position)
    np.testing.assert_array_equal(card.load_kn, load)


def test_a_sound_card_is_left_alone():
    assert_left_alone(*surface())


def test_a_loop_run_backwards_is_turned_round():
    position, load = surface()
    card = conditioned_card(position_m=position[::-1], load_kn=load[::-1])
    assert card.notes() == ("RUN_BACKWARDS: the loop ran backwards and is reversed",)
    assert stroke_work_kj(position_m=card.position_m, load_kn=card.load_kn) > 0.0
    np.testing.assert_array_equal(card.load_kn, load)


def test_missing_samples_are_drawn_straight_round_the_loop():
    position, load = surface()
    gappy = load.copy()
    gappy[[0, 99, 40]] = NAN
    card = conditioned_card(position_m=position, load_kn=gappy)
    assert card.corrected["MISSING_SAMPLES"]
    assert card.load_kn[40] == pytest.approx((load[39] + load[41]) / 2.0)
    assert card.load_kn[99] == pytest.approx(load[98] + (load[1] - load[98]) / 3.0)
    assert card.position_m[40] == pytest.approx((position[39] + position[41]) / 2.0)
    gappy[10:13] = NAN
    assert conditioned_card(position_m=position, load_kn=gappy).notes() == (
        "MISSING_SAMPLES: rejected, over 5% of the samples are missing",
    )


def dwelling(points, share):
    """A card that a recorder of 1 cm and 0.1 kN holds, standing at the top for a share of it."""
    turn = np.clip(np.linspace(0.0, 2.0 + 2.0 * share, points, endpoint=False), None, 2.0 + share)
    turn = np.pi * np.where(turn < 1.0, turn, np.where(turn < 1.0 + share, 1.0, turn - share))
    return np.round(1.5 * (1.0 - np.cos(turn)), 2), np.round(60.0 + 15.0 * np.sin(turn), 1)


@pytest.mark.parametrize("points", [36, 200, 600])
@pytest.mark.parametrize("share", [0.0, 0.05, 0.2])
def test_points_that_a_coarse_recorder_repeats_are_no_flaw_and_are_not_moved(points, share):
    assert_left_alone(*dwelling(points, share))


def test_a_repeated_position_changes_no_work_and_no_measure():
    position, load = surface()
    once = pump_card(position_m=position, load_kn=load)
    twice = pump_card(position_m=np.repeat(position, 2), load_kn=np.repeat(load, 2))
    for name in ("gross_stroke_m", "upper_load_kn", "lower_load_kn", "fillage"):
        np.testing.assert_allclose(getattr(twice, name), getattr(once, name), rtol=1e-12)
    work = stroke_work_kj(position_m=position, load_kn=load)
    again = stroke_work_kj(position_m=np.repeat(position, 2), load_kn=np.repeat(load, 2))
    assert again == pytest.approx(float(work), rel=1e-12)


def test_a_recording_that_stood_still_for_a_quarter_of_the_stroke_is_rejected():
    position, load = surface()
    for length, rejected in ((25, False), (27, True)):
        stuck = [one.copy() for one in (position, load)]
        for one in stuck:
            one[np.arange(90, 90 + length) % 100] = one[90]  # over the ends of the recording
        card = conditioned_card(position_m=stuck[0], load_kn=stuck[1])
        assert card.rejected["STOOD_STILL"] == rejected
        assert np.isnan(card.load_kn).all() == rejected


@pytest.mark.parametrize("off", [0.0, 1e-4])
def test_a_closing_point_that_repeats_the_first_is_taken_out(off):
    position, load = (np.append(one, one[0] + off) for one in surface())
    card = conditioned_card(position_m=position, load_kn=load)
    assert card.notes() == (
        "CLOSED_TWICE: the last point repeats the first; the others are spread evenly",
    )
    turn = 2.0 * np.pi * np.arange(101) / 101
    np.testing.assert_allclose(card.position_m, 1.5 * (1.0 - np.cos(turn + 0.3)), atol=0.002)


def test_a_closed_card_is_searched_like_any_other():
    position, load = (np.append(one, one[0]) for one in surface())
    gappy = load.copy()
    gappy[40] = NAN
    card = conditioned_card(position_m=position, load_kn=gappy)
    assert [line.partition(":")[0] for line in card.notes()] == ["MISSING_SAMPLES", "CLOSED_TWICE"]
    assert np.isfinite(card.load_kn).all()
    position[20:60], load[20:60] = position[20], load[20]
    assert np.isnan(conditioned_card(position_m=position, load_kn=load).load_kn).all()


@pytest.mark.parametrize("end", [0, -1])
def test_one_bad_sample_at_an_end_is_no_drift(end):
    position, load = surface()
    load[end] += 1.0
    assert conditioned_card(position_m=position, load_kn=load).notes() == ()


def test_sound_cards_of_simulated_wells_are_hardly_ever_accused(pounding):
    wells, _, stroke = pounding
    rng = np.random.default_rng(12)
    span = np.ptp(stroke.load_kn, axis=-1)[:, np.newaxis]
    load = stroke.load_kn + 0.005 * span * rng.normal(size=stroke.load_kn.shape)
    card = conditioned_card(
        position_m=np.round(stroke.position_m / 0.00254) * 0.00254,
        load_kn=np.round(load / 0.0356) * 0.0356,
    )
    accused = np.any([*card.corrected.values(), *card.rejected.values()], axis=0)
    assert np.mean(accused) < 0.05
    assert len(wells.stroke_m) == accused.size


def test_ends_that_do_not_meet_are_closed_or_refused():
    position, load = surface()
    share = np.arange(100) / 100
    card = conditioned_card(position_m=position + 0.2 * share, load_kn=load)
    assert card.notes() == (
        "OPEN_ENDS: the ends did not meet and are closed by a drift spread over the stroke",
    )
    np.testing.assert_allclose(card.position_m, position, atol=0.01)
    apart = conditioned_card(position_m=position + 0.5 * share, load_kn=load)
    assert apart.notes() == (
        "OPEN_ENDS: rejected, the ends lie more than 10% of the card's range apart",
    )
    assert np.isnan(apart.position_m).all()
    assert not apart.corrected["OPEN_ENDS"]


def test_a_downhole_card_of_few_points_has_its_work_alone():
    found = card_numbers(DOWNHOLE, position_m=[0.0, 2.0, 2.0, 0.0], load_kn=[9.0, 9.0, 4.0, 4.0])
    assert found["plunger_work_kj"] == pytest.approx(2.0 * 5.0)
    assert np.isnan(found["plunger_stroke_m"])
    assert np.isnan(found["fluid_load_kn"])


def test_each_card_of_a_stack_is_corrected_by_itself():
    position, load = surface()
    stack = np.stack([position, position[::-1], position])
    loads = np.stack([load, load[::-1], load])
    loads[2, :20] = NAN
    cards = conditioned_card(position_m=stack, load_kn=loads)
    assert cards.corrected["RUN_BACKWARDS"].tolist() == [False, True, False]
    assert cards.rejected["MISSING_SAMPLES"].tolist() == [False, False, True]
    assert [len(cards.notes(card)) for card in range(3)] == [0, 1, 1]


def test_what_was_done_to_a_card_becomes_findings():
    position, load = surface()
    gappy = load[::-1].copy()
    gappy[40] = NAN
    found = card_findings(
        conditioned_card(position_m=position[::-1], load_kn=gappy), reading_obs_no=3
    )
    assert [one.code for one in found] == ["MISSING_SAMPLES", "RUN_BACKWARDS"]
    assert {one.severity for one in found} == {Severity.WARNING}
    assert found[0].inputs == ("card_position_m", "card_load_kn")
    assert found[0].reading_obs_no == 3
    gappy[:20] = NAN
    (rejected,) = card_findings(conditioned_card(position_m=position, load_kn=gappy))
    assert rejected.words.startswith("rejected, over 5% of the samples")


anything = st.lists(
    st.sampled_from([0.0, 1.0, 2.0, -3.0, 1e8, 1e-8, 1e300, NAN, math.inf]), min_size=8, max_size=40
)


@given(position=anything, load=anything)
def test_any_card_is_read_or_refused_without_noise(position, load):
    points = min(len(position), len(load))
    card = {"position_m": position[:points], "load_kn": load[:points]}
    used = conditioned_card(**card)
    done = np.isfinite(used.load_kn).all() and np.isfinite(used.position_m).all()
    assert done or any(flags for flags in used.rejected.values())
    card_features(**card, expected_fluid_load_kn=20.0)
    pump_card(**card)
