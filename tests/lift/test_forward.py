"""The simulator against exact solutions of the wave equation, energy, and what each fault does."""

from dataclasses import fields
from functools import cache

import numpy as np
import pytest
from forward import Wells, forced, random_wells, simulate, surface_position_m
from pumps_forward import FAULTS, Pumps, random_pumps


def _wells(n=1, **changes):
    """N like wells: 1 800 m of three tapers and bars, 3 m stroke at 7 spm, 1.75 in plunger."""
    column = {
        "damping_1s": 0.4,
        "buoyancy": 0.873,
        "speed_spm": 7.0,
        "stroke_m": 3.0,
        "crank": False,
        "plunger_diameter_mm": 44.45,
        "discharge_pressure_kpa": 18000.0,
        "intake_pressure_kpa": 1500.0,
    }
    tapers = {
        "taper_length_m": [500.0, 600.0, 640.0, 60.0],
        "taper_diameter_mm": [25.4, 22.225, 19.05, 38.1],
        "taper_mass_kgm": [4.32, 3.31, 2.43, 8.94],
        "taper_modulus_kpa": [2.1e8] * 4,
    }
    values = {k: np.full(n, v) for k, v in column.items()}
    values |= {k: np.tile(v, (n, 1)) for k, v in tapers.items()}
    for name, value in changes.items():
        shape = (n, 4) if name in tapers else (n,)
        values[name] = np.broadcast_to(np.asarray(value, dtype=float), shape).copy()
    return Wells(**values)


def _uniform(n=1, **changes):
    same = {"taper_diameter_mm": 22.225, "taper_mass_kgm": 3.31}
    return _wells(n, taper_length_m=[1500.0, 0.0, 0.0, 0.0], **same, **changes)


def _work(position, load):
    return np.sum((np.roll(position, -1, -1) - position) * (np.roll(load, -1, -1) + load), -1) / 2


def _smooth_load(points=200):
    turn = 2.0 * np.pi * np.arange(points) / points
    return 12.0 - 10.0 * np.cos(turn - 0.6) + 2.0 * np.sin(3 * turn) + 0.5 * np.cos(7 * turn)


def _exact(wells, position, pump_load):
    """Surface load and pump position of the first well, harmonic by harmonic, taper by taper."""
    points = position.shape[-1]
    at_top, below = -np.fft.rfft(position[0]), np.fft.rfft(pump_load[0])
    omega = 2.0 * np.pi * wells.speed_spm[0] / 60.0 * np.arange(points // 2 + 1)
    down = np.tile(np.eye(2, dtype=complex), (len(omega), 1, 1))
    rows = (wells.taper_length_m[0], wells.taper_stiffness_kn[0], wells.taper_mass_kgm[0])
    for length, stiffness, mass in zip(*rows, strict=True):
        squared = (omega**2 - 1j * omega * wells.damping_1s[0]) * mass / 1000.0 / stiffness
        wave = np.sqrt(squared + 1e-30)
        c, s = np.cos(wave * length), np.sin(wave * length)
        part = np.array([[c, s / wave / stiffness], [-s * wave * stiffness, c]])
        down = np.moveaxis(part, -1, 0) @ down
    load = (below - down[:, 1, 0] * at_top) / down[:, 1, 1]
    foot = down[:, 0, 0] * at_top + down[:, 0, 1] * load
    return np.fft.irfft(load, points) + wells.buoyant_weight_kn[0], -np.fft.irfft(foot, points)


def test_slow_strokes_follow_the_static_stretch():
    wells, load = _wells(speed_spm=0.4, damping_1s=0.05), _smooth_load()[None]
    strokes = forced(wells, load, cells=8, strokes=3)
    stretch = 500 / 106409 + 600 / 81469 + 640 / 59855 + 60 / 239421  # L / EA by hand [m/kN]
    expected = strokes.position_m - load * stretch
    assert strokes.pump_position_m == pytest.approx(expected, abs=2e-3)
    assert strokes.load_kn == pytest.approx(load + wells.buoyant_weight_kn[0], abs=0.05)


def test_weight_in_fluid_is_summed_by_taper():
    kilograms = 500 * 4.32 + 600 * 3.31 + 640 * 2.43 + 60 * 8.94
    assert _wells().buoyant_weight_kn == pytest.approx(kilograms * 9.80665e-3 * 0.873)


def test_uniform_rod_rings_at_a_quarter_wave():
    speed = np.sqrt(2.1e11 * np.pi / 4 * 0.022225**2 / 3.31)
    ring = speed / (4 * 1500.0)
    ratio = np.linspace(0.97, 1.03, 25)
    wells = _uniform(25, speed_spm=60 * ring * ratio, stroke_m=1e-9, damping_1s=0.4)
    push = np.tile(np.cos(2 * np.pi * np.arange(40) / 40), (25, 1))
    strokes = forced(wells, push, cells=40, strokes=60)
    swing = np.ptp(strokes.pump_position_m, axis=-1)
    a, b, _ = np.polyfit(ratio - 1, swing**-2.0, 2)
    assert 1 - b / (2 * a) == pytest.approx(1.0, abs=0.005)
    assert np.all(strokes.periodicity_error < 2e-3)


@pytest.mark.parametrize("wells", [_uniform(), _wells(), _wells(speed_spm=11.0)])
def test_forced_strokes_are_the_exact_solution(wells):
    load = _smooth_load()[None]
    strokes = forced(wells, load, strokes=10)
    surface, pump = _exact(wells, strokes.position_m, load)
    assert strokes.pump_load_kn[0] == pytest.approx(load[0])
    assert np.max(np.abs(strokes.load_kn[0] - surface)) < 2e-4 * np.ptp(surface)
    assert np.max(np.abs(strokes.pump_position_m[0] - pump)) < 2e-4 * np.ptp(pump)


def test_halving_the_cells_changes_the_loads_little():
    wells, load = _wells(), _smooth_load()[None]
    coarse, fine = (forced(wells, load, cells=cells) for cells in (24, 48))
    surface, _ = _exact(wells, fine.position_m, load)
    errors = [np.max(np.abs(s.load_kn[0] - surface)) for s in (coarse, fine)]
    assert np.max(np.abs(coarse.load_kn - fine.load_kn)) < 0.01 * np.ptp(fine.load_kn)
    assert errors[1] < 0.5 * errors[0]
    valves, finer = (simulate(wells, cells=cells) for cells in (24, 48))
    assert np.max(np.abs(valves.load_kn - finer.load_kn)) < 0.01 * np.ptp(finer.load_kn)


def test_work_put_in_is_pumped_or_damped():
    wells, load = _wells(), _smooth_load()[None]
    smooth = forced(wells, load, strokes=10)
    lost = _work(smooth.position_m, smooth.load_kn) - _work(smooth.pump_position_m, load)
    assert smooth.damping_work_kj > 0.0
    assert lost == pytest.approx(smooth.damping_work_kj, rel=2e-3)


def test_both_kinematics_begin_at_the_bottom_and_fill_the_stroke():
    position = surface_position_m(_wells(2, crank=[True, False]), 200)
    assert np.min(position, axis=0) == pytest.approx(0.0, abs=1e-6)
    assert np.max(position, axis=0) == pytest.approx(3.0, abs=1e-3)
    assert np.all(np.argmin(position, axis=0) == 0)
    assert position[:, 1] == pytest.approx(1.5 - 1.5 * np.cos(np.pi * np.arange(200) / 100))
    assert 0.02 < np.max(np.abs(position[:, 0] - position[:, 1])) / 3.0 < 0.15


def test_random_wells_are_sound():
    wells = random_wells(np.random.default_rng(1), 300)
    depth = np.sum(wells.taper_length_m, axis=-1)
    sag = wells.fluid_load_kn * wells.stretch_mkn / wells.stroke_m
    assert depth.shape == (300,)
    assert np.all((depth > 899.0) & (depth < 2701.0) & (sag > 0.05) & (sag < 0.4))
    assert np.max(wells.speed_spm * 4 * depth / 60 / 4960) < 0.35


CASES = {
    "full": {},
    "gassy_full": {"gas_share": 0.03, "friction_kn": 0.3},
    **{f"pound{percent}": {"fillage": percent / 100} for percent in (30, 60, 90)},
    "gas": {"gas_share": 0.5},
    "travelling": {"travelling_leak": 0.8},
    "standing": {"standing_leak": 0.8},
    "parted": {"parted_share": 0.6},
    "tagging": {"tag_m": 0.1},
    "unanchored": {"tubing_stiffness_knm": 150.0},
    "worn": {"worn_leak": 3.0},
    "sticking": {"friction_kn": 8.0, "stick_kn": 3.0},
    "datum": {"load_offset_kn": -7.0},
}


@cache
def _all_cases():
    columns = {f.name: [c.get(f.name, f.default) for c in CASES.values()] for f in fields(Pumps)}
    return simulate(_wells(len(CASES)), Pumps(**columns), strokes=10)


def _case(name):
    strokes, row = _all_cases(), list(CASES).index(name)
    return {k: v[row] for k, v in vars(strokes).items()}


FLUID_LOAD = np.pi / 4 * 0.04445**2 * 16500.0


def _fill(card):
    """Plunger area over that of its box: the share of the stroke the load is held."""
    stroke = np.ptp(card["pump_position_m"])
    return _work(card["pump_position_m"], card["pump_load_kn"]) / stroke / FLUID_LOAD


def _load_at(card, share, *, up):
    """Mean pump load, over the fluid load, near a share of the plunger's stroke."""
    x = card["pump_position_m"]
    y = (x - x.min()) / np.ptp(x)
    rising = np.roll(x, -1) > np.roll(x, 1)
    near = (np.abs(y - share) < 0.03) & (rising == up)
    return float(np.mean(card["pump_load_kn"][near]) / FLUID_LOAD)


def test_every_case_is_periodic_and_keeps_energy():
    strokes = _all_cases()
    put_in = _work(strokes.position_m, strokes.load_kn)
    pumped = _work(strokes.pump_position_m, strokes.pump_load_kn)
    assert np.max(strokes.periodicity_error) < 0.02
    assert np.all(strokes.damping_work_kj > 0.0)
    assert np.max(np.abs(put_in - pumped - strokes.damping_work_kj) / put_in) < 0.01


@pytest.mark.parametrize("name", ["full", "gassy_full"])
def test_full_pump_fills_its_box(name):
    card = _case(name)
    assert _fill(card) == pytest.approx(1.0, abs=0.04)
    assert np.max(card["pump_load_kn"]) == pytest.approx(FLUID_LOAD, rel=0.02)
    assert np.min(card["pump_load_kn"]) == pytest.approx(0.0, abs=0.02 * FLUID_LOAD)


@pytest.mark.parametrize("percent", [30, 60, 90])
def test_pound_lets_go_where_the_liquid_is(percent):
    card = _case(f"pound{percent}")
    x, load = card["pump_position_m"], card["pump_load_kn"]
    falls = np.flatnonzero((load > FLUID_LOAD / 2) & (np.roll(load, -1) <= FLUID_LOAD / 2))
    at = (x[falls[0]] - x.min()) / np.ptp(x)
    assert at == pytest.approx(percent / 100, abs=0.03)
    assert _fill(card) == pytest.approx(percent / 100, abs=0.03)


def _changing(card, *, up):
    """Positions and loads between a tenth and nine tenths of the fluid load, one way."""
    x, load = card["pump_position_m"], card["pump_load_kn"]
    y = (x - x.min()) / np.ptp(x)
    way = (np.roll(x, -1) > np.roll(x, 1)) == up
    part = way & (load > 0.1 * FLUID_LOAD) & (load < 0.9 * FLUID_LOAD)
    part &= (y < 0.5) if up else (y > 0.2)
    return x[part], load[part]


def test_gas_lets_go_gradually():
    gas, pound = _case("gas"), _case("pound60")
    stroke = np.ptp(gas["pump_position_m"])
    assert np.ptp(_changing(gas, up=False)[0]) > 0.15 * stroke
    assert np.ptp(_changing(pound, up=False)[0]) < 0.05 * stroke
    assert _fill(gas) < 0.8


def test_travelling_leak_rounds_the_top():
    full, leak = _case("full"), _case("travelling")
    assert _load_at(leak, 0.97, up=True) < 0.85 < _load_at(full, 0.97, up=True)
    assert _load_at(leak, 0.07, up=True) < 0.95 < _load_at(full, 0.07, up=True)
    assert _load_at(leak, 0.5, up=True) == pytest.approx(1.0, abs=0.02)
    assert _fill(leak) < _fill(full) - 0.02


def test_standing_leak_rounds_the_bottom():
    full, leak = _case("full"), _case("standing")
    assert _load_at(leak, 0.03, up=False) > 0.15 > _load_at(full, 0.03, up=False)
    assert _load_at(leak, 0.92, up=False) > _load_at(full, 0.92, up=False) + 0.1
    assert _load_at(leak, 0.5, up=False) == pytest.approx(0.0, abs=0.02)
    assert _fill(leak) < _fill(full) - 0.02


def test_parted_string_weighs_less():
    card, wells = _case("parted"), _wells()
    left = wells.hanging([0.6]).buoyant_weight_kn[0]
    assert np.mean(card["load_kn"]) == pytest.approx(left, rel=0.01)
    assert left < 0.8 * wells.buoyant_weight_kn[0]
    assert np.max(np.abs(card["pump_load_kn"])) < 1e-3


def test_tag_is_a_push_at_the_bottom():
    full, tag = _case("full"), _case("tagging")
    lowest = np.argmin(tag["pump_load_kn"])
    x = tag["pump_position_m"]
    assert tag["pump_load_kn"][lowest] < -0.1 * FLUID_LOAD
    assert (x[lowest] - x.min()) / np.ptp(x) < 0.05
    raised = x.min() - full["pump_position_m"].min()
    assert raised == pytest.approx(0.1, abs=0.03)


def test_free_tubing_tilts_the_load_lines_by_its_spring():
    card = _case("unanchored")
    for up, height in ((True, 0.3), (False, 0.3 + np.ptp(card["pump_position_m"]))):
        liquid = 1.0e6 * np.pi / 4 * 0.04445**2 / height
        slope = np.polyfit(*_changing(card, up=up), 1)[0]
        assert slope == pytest.approx(1.0 / (1.0 / 150.0 + 1.0 / liquid), rel=0.05)


def test_worn_stretch_of_the_barrel_carries_less():
    before, worn, after = (_load_at(_case("worn"), at, up=True) for at in (0.2, 0.55, 0.85))
    assert worn < 0.9
    assert [before, after] == pytest.approx([1.0, 1.0], abs=0.02)


def test_sticking_widens_the_card_both_ways():
    card = _case("sticking")
    for up, sign, fluid in ((True, 1, 1.0), (False, -1, 0.0)):
        assert _load_at(card, 0.25, up=up) == pytest.approx(fluid + sign * 8 / FLUID_LOAD, abs=0.03)
        assert _load_at(card, 0.5, up=up) == pytest.approx(fluid + sign * 11 / FLUID_LOAD, abs=0.03)


def test_wrong_datum_moves_the_surface_load_alone():
    full, card = _case("full"), _case("datum")
    assert card["load_kn"] == pytest.approx(full["load_kn"] - 7.0)
    assert card["pump_load_kn"] == pytest.approx(full["pump_load_kn"])


def test_every_fault_has_random_pumps():
    rng = np.random.default_rng(2)
    wells = random_wells(rng, 3)
    drawn = [random_pumps(rng, wells, fault).over(3) for fault in FAULTS]
    assert len({str(pumps) for pumps in drawn}) == len(FAULTS)
