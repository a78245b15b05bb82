"""The downhole card: limits, balances, two methods, an independent simulator, a measured card."""

import json
from pathlib import Path

import numpy as np
import pytest
from confusion import string_of
from differences import downhole_card_by_differences
from forward import forced, random_wells, simulate
from hypothesis import given
from hypothesis import strategies as st
from pumps_forward import random_pumps

from pumpperf.errors import ArgumentError
from pumpperf.lift.rod import (
    RodString,
    downhole_card,
    pump_card,
    rod_mass_kgm,
    stroke_work_kj,
    weight_in_air_kn,
)
from pumpperf.units import FOOT, INCH, INCH_IN_MM, POUND_FORCE, PSI

POINTS = 200
TURN = 2.0 * np.pi * np.arange(POINTS) / POINTS
WELL_002 = Path(__file__).parents[3] / "shared" / "data" / "well_002_card" / "well_002.json"


def tapered(damping_1s=0.4, **other):
    given = {
        "length_m": [975.0, 730.0, 90.0],
        "diameter_mm": [22.225, 19.05, 38.1],
        "mass_kgm": [3.31, 2.43, 8.94],
        "youngs_modulus_kpa": 2.1e8,
        "density_kgm3": 7850.0,
        "damping_1s": damping_1s,
    }
    return RodString(**given | other)


def smooth_card(rng, *, wells=()):
    position = 1.5 * (1.0 - np.cos(TURN)) + np.zeros((*wells, 1))
    waves = rng.normal(size=(*wells, 6, 2)) * 8.0 / np.arange(1, 7)[:, np.newaxis]
    angles = np.arange(1, 7)[:, np.newaxis] * TURN
    shape = waves[..., :1] * np.cos(angles) + waves[..., 1:] * np.sin(angles)
    return position.reshape(*wells, POINTS), 50.0 + shape.sum(axis=-2)


def down(position, load, string, *, speed_spm=8.0, harmonics=40, **other):
    return downhole_card(
        position_m=position,
        load_kn=load,
        speed_spm=speed_spm,
        string=string,
        fluid_density_kgm3=other.pop("fluid_density_kgm3", 1000.0),
        harmonics=harmonics,
    )


def march(position, load, string, *, speed_spm=8.0, courant_number=0.5):
    return downhole_card_by_differences(
        position_m=position,
        load_kn=load,
        speed_spm=speed_spm,
        string=string,
        fluid_density_kgm3=1000.0,
        courant_number=courant_number,
    )


def test_a_slow_card_is_stretched_and_nothing_else():
    position, load = smooth_card(np.random.default_rng(0))
    string = tapered()
    weight = weight_in_air_kn(string) * (1.0 - 1000.0 / 7850.0)
    stretch = (load - weight) * np.sum(string.length_m / string.stiffness_kn)
    card = down(position, load, string, speed_spm=1e-4)
    np.testing.assert_allclose(card.position_m, position - stretch, atol=1e-6)
    np.testing.assert_allclose(card.load_kn, load - weight, atol=1e-3)


def test_an_undamped_uniform_rod_swings_as_a_bar_does():
    string = tapered(length_m=1500.0, diameter_mm=22.225, mass_kgm=3.31, damping_1s=0.0)
    speed_spm = 9.0
    angular = 2.0 * np.pi * speed_spm / 60.0
    travel = 1500.0 * np.sqrt(3.31 / 1000.0 / string.stiffness_kn[0])
    impedance = string.stiffness_kn[0] / (1500.0 / travel)
    card = down(-np.cos(TURN), 100.0 + np.sin(TURN), string, speed_spm=speed_spm, harmonics=3)
    swing = -np.cos(TURN) * np.cos(angular * travel)
    pulled = np.sin(TURN) * np.sin(angular * travel) / (impedance * angular)
    mean = (100.0 - weight_in_air_kn(string) * (1 - 1000.0 / 7850.0)) * 1500.0
    expected = swing - pulled - mean / string.stiffness_kn[0]
    np.testing.assert_allclose(card.position_m, expected, atol=1e-12)
    load = np.sin(TURN) * np.cos(angular * travel)
    load -= -np.cos(TURN) * impedance * angular * -np.sin(angular * travel)
    np.testing.assert_allclose(card.load_kn - card.load_kn.mean(), load, atol=1e-11)


def test_the_two_methods_agree():
    position, load = smooth_card(np.random.default_rng(1), wells=(5,))
    fourier = down(position, load, tapered())
    marched = march(position, load, tapered(), courant_number=0.25)
    span = np.ptp(fourier.load_kn, axis=-1).max()
    np.testing.assert_allclose(marched.load_kn, fourier.load_kn, atol=0.005 * span)
    np.testing.assert_allclose(marched.position_m, fourier.position_m, atol=0.002)


def test_differences_come_nearer_with_the_square_of_the_step_of_time():
    errors = []
    for points in (100, 200):
        turn = 2.0 * np.pi * np.arange(points) / points
        position, load = 1.5 * (1.0 - np.cos(turn)), 50.0 + 9.0 * np.sin(2.0 * turn + 0.3)
        exact = down(position, load, tapered(), harmonics=8)
        near = march(position, load, tapered())
        errors.append(np.abs(near.load_kn - exact.load_kn).max())
    assert errors[1] / errors[0] == pytest.approx(0.25, rel=0.1)


@pytest.fixture(scope="module")
def simulated():
    rng = np.random.default_rng(3)
    wells = random_wells(rng, 30)
    harmonics = np.arange(1, 13)
    true = 5.0 + np.sum(
        wells.fluid_load_kn[:, np.newaxis, np.newaxis]
        * rng.normal(size=(30, 12, 1))
        / (3.0 * harmonics[:, np.newaxis])
        * np.cos(harmonics[:, np.newaxis] * TURN + rng.uniform(0.0, 6.0, (30, 12, 1))),
        axis=1,
    )
    return wells, true, forced(wells, true, strokes=12, cells=64)


def recovered(wells, stroke, **other):
    return down(
        stroke.position_m,
        stroke.load_kn,
        string_of(wells, wells.damping_1s),
        speed_spm=wells.speed_spm,
        fluid_density_kgm3=(1.0 - wells.buoyancy) * 7850.0,
        **other,
    )


def test_a_known_pump_card_comes_back_from_the_surface(simulated):
    wells, true, stroke = simulated
    card = recovered(wells, stroke)
    span = np.ptp(true, axis=-1)[:, np.newaxis]
    assert np.max(np.abs(card.load_kn - true) / span) < 0.01
    gap = np.abs(card.position_m - stroke.pump_position_m)
    assert np.max(gap / wells.stroke_m[:, np.newaxis]) < 1e-3


def test_surface_work_is_pump_work_and_damping_work(simulated):
    wells, _, stroke = simulated
    card = recovered(wells, stroke)
    surface = stroke_work_kj(position_m=stroke.position_m, load_kn=stroke.load_kn)
    lost = surface - stroke_work_kj(position_m=card.position_m, load_kn=card.load_kn)
    assert np.all(lost > 0.0)
    np.testing.assert_allclose(lost, stroke.damping_work_kj, rtol=0.01)


def test_a_simulated_pump_with_valves_comes_back():
    rng = np.random.default_rng(4)
    wells = random_wells(rng, 20)
    stroke = simulate(wells, random_pumps(rng, wells, "fluid_pound"), strokes=12)
    card = recovered(wells, stroke)
    off = np.sqrt(np.mean((card.load_kn - stroke.pump_load_kn) ** 2, axis=-1))
    assert np.max(off / wells.fluid_load_kn) < 0.08
    shown = pump_card(position_m=card.position_m, load_kn=card.load_kn)
    true = pump_card(position_m=stroke.pump_position_m, load_kn=stroke.pump_load_kn)
    np.testing.assert_allclose(shown.fluid_load_kn, wells.fluid_load_kn, rtol=0.06)
    np.testing.assert_allclose(shown.fillage, true.fillage, atol=0.03)


@pytest.mark.parametrize("wells", [1, 3, 300])
def test_a_stack_is_its_cards_one_by_one(wells):
    rng = np.random.default_rng(5)
    position, load = smooth_card(rng, wells=(wells,))
    speed = rng.uniform(4.0, 12.0, wells)
    string = tapered(length_m=rng.uniform(300.0, 900.0, (wells, 3)))
    given = {"fluid_density_kgm3": 1000.0}
    methods = (
        lambda **card: downhole_card(**given, harmonics=30, **card),
        lambda **card: downhole_card_by_differences(**given, courant_number=0.5, **card),
    )
    for method in methods:
        together = method(position_m=position, load_kn=load, speed_spm=speed, string=string)
        for well in range(0, wells, 37):
            alone = method(
                position_m=position[well],
                load_kn=load[well],
                speed_spm=speed[well],
                string=tapered(length_m=string.length_m[well]),
            )
            for name in ("position_m", "load_kn"):
                one, many = getattr(alone, name), getattr(together, name)[well]
                np.testing.assert_allclose(many, one, rtol=0.0, atol=1e-12 * np.abs(one).max())


def test_one_string_serves_all_wells_and_a_cut_through_a_taper_changes_nothing():
    position, load = smooth_card(np.random.default_rng(6), wells=(4,))
    whole = down(position, load, tapered())
    cut = RodString(
        length_m=[400.0, 575.0, 0.0, 730.0, 90.0],
        diameter_mm=[22.225, 22.225, 12.0, 19.05, 38.1],
        mass_kgm=[3.31, 3.31, 1.0, 2.43, 8.94],
        youngs_modulus_kpa=2.1e8,
        density_kgm3=7850.0,
        damping_1s=0.4,
    )
    np.testing.assert_allclose(down(position, load, cut).load_kn, whole.load_kn, atol=1e-9)
    np.testing.assert_allclose(down(position, load, cut).position_m, whole.position_m, atol=1e-10)
    cards = down(position[0], load[0], tapered(), fluid_density_kgm3=[1000.0, 800.0])
    assert cards.load_kn.shape == (2, POINTS)
    assert np.all(cards.load_kn[0] > cards.load_kn[1])


@pytest.mark.parametrize("name", ["position", "load", "speed"])
def test_a_missing_number_keeps_to_its_well(name):
    position, load = smooth_card(np.random.default_rng(7), wells=(3,))
    speed = np.array([7.0, 8.0, 9.0])
    sound = down(position, load, tapered(), speed_spm=speed).load_kn
    {"position": position, "load": load, "speed": speed}[name][1] = np.nan
    for card in (
        down(position, load, tapered(), speed_spm=speed).load_kn,
        march(position, load, tapered(), speed_spm=speed).load_kn,
    ):
        assert np.isnan(card[1]).all()
        assert np.isfinite(card[[0, 2]]).all()
    np.testing.assert_array_equal(
        down(position, load, tapered(), speed_spm=speed).load_kn[[0, 2]], sound[[0, 2]]
    )


hostile = st.sampled_from([0.0, 1e-8, 1.0, -3.0, 1e8, 1e300, float("inf"), float("nan")])


@given(position=hostile, load=hostile, speed=hostile, damping=st.sampled_from([0.0, -5.0, 1e8]))
def test_nothing_is_refused_or_noisy_for_what_cannot_be(position, load, speed, damping):
    with np.errstate(invalid="ignore"):
        x = position * (1.0 - np.cos(TURN))
    string = tapered(damping_1s=damping)
    card = down(x, load + np.sin(TURN), string, speed_spm=speed)
    march(x, load + np.sin(TURN), string, speed_spm=speed)
    usual = all(abs(number) <= 1e8 for number in (position, load, speed))
    assert np.isfinite(card.load_kn).all() or damping == 1e8 or not (usual and speed > 0.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"harmonics": 0}, "harmonics = 0: a card of 200 points has 1 to 99"),
        ({"harmonics": 100}, "harmonics = 100"),
        ({"load_kn": np.zeros(7)}, "expected the same"),
        ({"speed_spm": [1.0, 2.0]}, None),
    ],
)
def test_arguments_that_do_not_fit_are_told(change, words):
    position, load = smooth_card(np.random.default_rng(8))
    given = {
        "position_m": position,
        "load_kn": load,
        "speed_spm": 8.0,
        "string": tapered(),
        "fluid_density_kgm3": 1000.0,
        "harmonics": 20,
    } | change
    if words is None:
        assert downhole_card(**given).load_kn.shape == (2, POINTS)
        with pytest.raises(ArgumentError, match="one for all wells or one a well"):
            downhole_card(**given | {"fluid_density_kgm3": [900.0, 950.0, 1000.0]})
    else:
        with pytest.raises(ArgumentError, match=words):
            downhole_card(**given)


@pytest.mark.parametrize("speed_spm", [0.0, -8.0, 1e8])
def test_a_speed_that_cannot_be_gives_no_march(speed_spm):
    position, load = smooth_card(np.random.default_rng(10))
    card = march(position, load, tapered(), speed_spm=speed_spm)
    assert np.isnan(card.load_kn).all()
    if speed_spm <= 0.0:
        assert np.isnan(down(position, load, tapered(), speed_spm=speed_spm).load_kn).all()


@pytest.mark.parametrize("courant_number", [0.0, 1.1, float("nan")])
def test_a_march_that_would_not_be_stable_is_refused(courant_number):
    position, load = smooth_card(np.random.default_rng(9))
    with pytest.raises(ArgumentError, match="above 0 to 1"):
        march(position, load, tapered(), courant_number=courant_number)


@pytest.mark.skipif(not WELL_002.exists(), reason="the measured card is not part of the project")
def test_the_measured_card_of_well_002():
    """Rods, modulus and wave speed as given; no damping; only the datum is fitted."""
    well = json.loads(WELL_002.read_text(encoding="utf-8"))
    length, diameter = np.array(well["rods"]).T * [[FOOT], [INCH_IN_MM]]
    modulus = well["E"] * PSI
    mass = rod_mass_kgm(
        youngs_modulus_kpa=modulus, diameter_mm=diameter, wave_speed_ms=well["a_ft"] * FOOT
    )
    string = RodString(
        length_m=length,
        diameter_mm=diameter,
        mass_kgm=mass,
        youngs_modulus_kpa=modulus,
        density_kgm3=7850.0,
        damping_1s=0.0,
    )
    card = down(
        np.array(well["pos"]) * INCH,
        np.array(well["load"]) * POUND_FORCE,
        string,
        speed_spm=well["spm"],
        harmonics=20,
    )
    position, load = card.position_m / INCH, card.load_kn / POUND_FORCE
    assert np.std(position - well["dpos"]) < 0.2
    assert np.std(load - well["dload"]) < 150.0
    area = stroke_work_kj(position_m=position, load_kn=load)
    assert area == pytest.approx(804_478, rel=0.005)
    assert np.ptp(position) == pytest.approx(133.4, rel=0.004)
