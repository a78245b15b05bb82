"""An independent simulator of rod-pumped wells, to try the library's card transform against.

Each well is a string of tapers under the damped wave equation m w_tt + c m w_t = (EA w_x)_x,
w downward from where the string hangs at rest in the fluid, marched in time by central
differences over lumped masses. Positions come out upward; the surface load includes the weight of
the rods in the fluid. All wells run at once: arrays are (nodes, wells) inside, (wells, points)
outside.
"""

from dataclasses import dataclass, replace

import numpy as np
from pumps_forward import Chamber, Prescribed, Pumps

GRAVITY = 9.80665
STEEL_KGM3 = 7850.0
STEEL_KPA = 2.1e8


@dataclass(frozen=True, kw_only=True)
class Wells:
    """Wells: tapers (wells, tapers) from the top, length 0 where there is none; else (wells,)."""

    taper_length_m: np.ndarray
    taper_diameter_mm: np.ndarray
    taper_mass_kgm: np.ndarray
    taper_modulus_kpa: np.ndarray
    damping_1s: np.ndarray
    buoyancy: np.ndarray
    speed_spm: np.ndarray
    stroke_m: np.ndarray
    crank: np.ndarray  # True: crank and pitman; False: simple harmonic
    plunger_diameter_mm: np.ndarray
    discharge_pressure_kpa: np.ndarray
    intake_pressure_kpa: np.ndarray

    @property
    def taper_stiffness_kn(self):
        """EA of each taper [kN]."""
        return self.taper_modulus_kpa * np.pi / 4.0 * (self.taper_diameter_mm / 1000.0) ** 2

    @property
    def plunger_area_m2(self):
        return np.pi / 4.0 * (self.plunger_diameter_mm / 1000.0) ** 2

    @property
    def fluid_load_kn(self):
        return self.plunger_area_m2 * (self.discharge_pressure_kpa - self.intake_pressure_kpa)

    @property
    def stretch_mkn(self):
        """Static stretch of the string under 1 kN at its foot [m/kN]."""
        return np.sum(self.taper_length_m / self.taper_stiffness_kn, axis=-1)

    @property
    def buoyant_weight_kn(self):
        mass = np.sum(self.taper_length_m * self.taper_mass_kgm, axis=-1)
        return mass * GRAVITY * self.buoyancy / 1000.0

    def hanging(self, share):
        """The wells with only this share of each string's length left, from the top."""
        ends = np.cumsum(self.taper_length_m, axis=-1)
        ends = np.minimum(ends, ends[:, -1:] * np.broadcast_to(share, len(ends))[:, None])
        return replace(self, taper_length_m=np.diff(ends, axis=-1, prepend=0.0))


@dataclass(frozen=True, kw_only=True)
class Strokes:
    """One steady stroke, (wells, points), from the bottom of the polished rod's stroke.

    periodicity_error: largest change of surface load from the stroke before, over its range.
    damping_work_kj: what the viscous damping took over the stroke.
    """

    position_m: np.ndarray
    load_kn: np.ndarray
    pump_position_m: np.ndarray
    pump_load_kn: np.ndarray
    periodicity_error: np.ndarray
    damping_work_kj: np.ndarray


def random_wells(rng, n):
    """Sound wells at random: fluid load 0.05-0.4 of k_r S, pumping speed under 0.35 of N_o."""
    kept = []
    while sum(len(w.stroke_m) for w in kept) < n:
        wells = _drawn(rng, 4 * n)
        sag = wells.fluid_load_kn * wells.stretch_mkn / wells.stroke_m
        length = np.sum(wells.taper_length_m, axis=-1)
        speed = wells.speed_spm / (60.0 * 4960.0 / (4.0 * length))
        kept.append(_picked(wells, (sag > 0.05) & (sag < 0.4) & (speed < 0.35)))
    whole = {k: np.concatenate([getattr(w, k) for w in kept])[:n] for k in vars(kept[0])}
    return Wells(**whole)


def _picked(wells, rows):
    return Wells(**{k: v[rows] for k, v in vars(wells).items()})


def _drawn(rng, n):
    depth = rng.uniform(900.0, 2700.0, n)
    top = np.where(depth > 1400.0, rng.uniform(0.2, 0.4, n), 0.0)
    middle = rng.uniform(0.3, 0.4, n)
    bars = np.where(rng.random(n) < 0.7, rng.uniform(45.0, 120.0, n), 0.0)
    rods = (depth - bars)[:, None] * np.stack([top, middle, 1.0 - top - middle], axis=-1)
    density = rng.uniform(850.0, 1050.0, n)
    intake = rng.uniform(300.0, 3000.0, n)
    return Wells(
        taper_length_m=np.concatenate([rods, bars[:, None]], axis=-1),
        taper_diameter_mm=np.tile([25.4, 22.225, 19.05, 38.1], (n, 1)),
        taper_mass_kgm=np.tile([4.32, 3.31, 2.43, 8.94], (n, 1)),
        taper_modulus_kpa=np.full((n, 4), STEEL_KPA),
        damping_1s=rng.uniform(0.3, 0.8, n),
        buoyancy=1.0 - density / STEEL_KGM3,
        speed_spm=rng.uniform(4.0, 12.0, n),
        stroke_m=rng.uniform(1.5, 4.5, n),
        crank=rng.random(n) < 0.5,
        plunger_diameter_mm=25.4 * rng.choice([1.25, 1.5, 1.75, 2.0, 2.25], n),
        discharge_pressure_kpa=density * GRAVITY * depth / 1000.0 + rng.uniform(500.0, 1500.0, n),
        intake_pressure_kpa=intake,
    )


def surface_position_m(wells, steps):
    """Polished-rod position [m] at equal steps of a turn, 0 at the bottom; (steps, wells)."""
    turn = 2.0 * np.pi * np.arange(steps) / steps
    harmonic = (1.0 - np.cos(turn)) / 2.0
    angle = np.linspace(0.0, 2.0 * np.pi, 40001)
    start = angle[np.argmin(_beam(angle))]
    beam = _beam(start + turn)
    low, high = np.min(_beam(angle)), np.max(_beam(angle))
    share = np.where(wells.crank, ((beam - low) / (high - low))[:, None], harmonic[:, None])
    return share * wells.stroke_m


def _beam(angle):
    """Angle of the beam of a conventional unit: crank 42, pitman 132, rear arm 111, base 175.5."""
    pin = 175.5 + 42.0 * np.exp(1j * angle)
    reach = np.abs(pin)
    return -np.angle(pin) - np.arccos((111.0**2 + reach**2 - 132.0**2) / (2.0 * 111.0 * reach))


def simulate(wells, pumps=None, *, points=200, cells=48, strokes=8):
    """The stroke of wells whose pumps work, or fail, as `pumps` says; mind `periodicity_error`."""
    pumps = (pumps or Pumps()).over(wells.stroke_m.shape)
    hung = wells.hanging(pumps.parted_share)
    string = _String(hung, cells, points)
    steady = _marched(hung, string, Chamber(hung, pumps, string.step_s), points, strokes)
    return replace(steady, load_kn=steady.load_kn + pumps.load_offset_kn[:, None])


def forced(wells, pump_load_kn, *, cells=48, strokes=8):
    """The steady stroke under a given pump load (wells, points), trigonometric between points."""
    load = np.asarray(pump_load_kn, dtype=np.float64)
    points = load.shape[-1]
    string = _String(wells, cells, points)
    waves = np.fft.rfft(load, axis=-1)
    if points % 2 == 0:
        waves[..., -1] /= 2.0 if string.steps > points else 1.0
    fine = np.fft.irfft(waves, string.steps, axis=-1) * (string.steps / points)
    return _marched(wells, string, Prescribed(fine.T), points, strokes)


class _String:
    """The rods of all wells cut into cells: stiffness of cells, mass of nodes, the time step."""

    def __init__(self, wells, cells, points):
        length = wells.taper_length_m
        share = length / np.sum(length, axis=-1, keepdims=True)
        count = np.where(length > 0.0, np.maximum(np.floor(cells * share), 1), 0).astype(int)
        longest = np.argmax(length, axis=-1)
        count[np.arange(len(count)), longest] += cells - np.sum(count, axis=-1)
        ends = np.cumsum(count, axis=-1)
        taper = np.sum(np.arange(cells)[:, None, None] >= ends, axis=-1)

        def each(values):
            return np.take_along_axis(values, taper.T, axis=-1).T

        size = each(length) / each(np.maximum(count, 1))
        mass = each(wells.taper_mass_kgm) * size / 1000.0
        self.stiffness = each(wells.taper_stiffness_kn) / size
        self.mass = np.zeros((cells + 1, len(length)))
        self.mass[:-1] += mass / 2.0
        self.mass[1:] += mass / 2.0
        period = 60.0 / wells.speed_spm
        crossing = np.min(np.sqrt(mass / self.stiffness), axis=0)
        self.steps = points * int(np.ceil(np.max(period / crossing) / 0.98 / points))
        self.step_s = period / self.steps


def _marched(wells, string, pump, points, strokes):
    """March from rest, the first stroke growing smoothly, and keep the last two."""
    steps, dt, mass = string.steps, string.step_s, string.mass
    drag = wells.damping_1s * dt / 2.0
    keep, gain = (1.0 - drag) / (1.0 + drag), dt / mass / (1.0 + drag)
    foot, inertia = mass[-1] * (1.0 - drag) / dt, mass[-1] * (1.0 + drag) / dt
    surface = surface_position_m(wells, steps)
    rise = (1.0 - np.cos(np.pi * np.arange(steps + 2) / steps)) / 2.0
    w, v = np.zeros_like(mass), np.zeros_like(mass)
    lowest, highest = np.full(len(dt), np.inf), np.full(len(dt), -np.inf)
    every = steps // points
    record = np.zeros((2, 3, points, len(dt)))
    work = np.zeros(len(dt))

    for n in range(strokes * steps):
        after = -surface[(n + 1) % steps] * (rise[n + 1] if n < steps else 1.0)
        tension = string.stiffness * (w[1:] - w[:-1])
        old, last = v, n >= (strokes - 1) * steps
        v = keep * v
        v[1:-1] += gain[1:-1] * (tension[1:] - tension[:-1])
        v[0] = (after - w[0]) / dt
        v[-1], load = pump.plunger(-w[-1], foot * old[-1] - tension[-1], inertia)
        if last:
            work += wells.damping_1s * dt * np.sum(mass * ((v + old) / 2.0) ** 2, axis=0)
        if n >= (strokes - 2) * steps and n % every == 0:
            top = (v[0] - old[0]) / dt + wells.damping_1s * (v[0] + old[0]) / 2.0
            at = int(last), slice(None), n % steps // every
            record[at] = tension[0] - mass[0] * top, -w[-1], load
        w = w + dt * v
        w[0] = after
        pump.move(-w[-1])
        if 2 * steps <= n < 3 * steps:
            lowest, highest = np.minimum(lowest, -w[-1]), np.maximum(highest, -w[-1])
        if n == 3 * steps - 1:
            pump.respace(-w[-1], lowest, highest)

    before, end = record[0, 0].T, record[1, 0].T
    return Strokes(
        position_m=surface[::every].T,
        load_kn=end + wells.buoyant_weight_kn[:, None],
        pump_position_m=record[1, 1].T,
        pump_load_kn=record[1, 2].T,
        periodicity_error=np.max(np.abs(end - before), axis=-1) / np.ptp(end, axis=-1),
        damping_work_kj=work,
    )
