"""The pump end of the independent rod-pump simulator: valves, chamber, leaks, friction, contact.

Loads are effective: rod tension just above the plunger, less what buoyancy makes of it, so
0 with the travelling valve open and A (p_d - p_i) with the standing valve open. Volumes are m3,
pressures kPa, loads kN, masses Mg (kN s2/m), positions m upward.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

FAULTS = (
    "full",
    "fluid_pound",
    "gas_interference",
    "travelling_leak",
    "standing_leak",
    "parted_rods",
    "tagging",
    "unanchored_tubing",
    "worn_barrel",
    "sticking",
    "wrong_datum",
)


@dataclass(frozen=True, kw_only=True)
class Pumps:
    """How each pump is ill; a number or one per well. The defaults are a perfect pump.

    fillage: liquid share of the swept volume (the rest is void at intake pressure).
    gas_share: free-gas share of what enters, at intake pressure.
    clearance_m: chamber height left below the plunger at its lowest.
    travelling_leak, standing_leak, worn_leak: leak at full pressure difference over the mean rate
    swept, A S N/30; it goes with the pressure difference. The worn leak acts over worn_from to
    worn_to, shares of the plunger stroke.
    friction_kn: dry friction, both ways; stick_kn the same over stick_from to stick_to.
    tag_m: height above the free lowest plunger position where the plunger hits; NaN never.
    tubing_stiffness_knm: of the free tubing; inf for anchored.
    parted_share: share of the string's length that still hangs.
    load_offset_kn: added to the surface load.
    """

    fillage: object = 1.0
    gas_share: object = 0.0
    clearance_m: object = 0.3
    travelling_leak: object = 0.0
    standing_leak: object = 0.0
    worn_leak: object = 0.0
    worn_from: object = 0.4
    worn_to: object = 0.7
    friction_kn: object = 0.0
    stick_kn: object = 0.0
    stick_from: object = 0.4
    stick_to: object = 0.6
    tag_m: object = np.nan
    contact_stiffness_knm: object = 5000.0
    tubing_stiffness_knm: object = np.inf
    parted_share: object = 1.0
    load_offset_kn: object = 0.0
    bulk_modulus_kpa: object = 1.0e6

    def over(self, n):
        """The same with every field an array of n."""
        columns = {f.name: getattr(self, f.name) for f in fields(self)}
        return replace(
            self, **{k: np.broadcast_to(np.asarray(v, float), n) for k, v in columns.items()}
        )


class Chamber:
    """The chamber between the valves and the plunger above it, one per well."""

    def __init__(self, wells, pumps, step_s):
        self.pumps = p = pumps.over(wells.stroke_m.shape)
        whole = p.parted_share >= 1.0
        self.area = np.where(whole, wells.plunger_area_m2, 1e-9)
        self.friction, self.stick = p.friction_kn * whole, p.stick_kn * whole
        self.low, self.high = wells.intake_pressure_kpa, wells.discharge_pressure_kpa
        self.step = step_s
        swept = self.area * wells.stroke_m * wells.speed_spm / 30.0
        self.unit_leak = swept / (self.high - self.low) * step_s
        self.give = self.area**2 / p.tubing_stiffness_knm
        self.floor = -0.3 * wells.stroke_m
        self.travel = wells.stroke_m
        self.tag = np.full_like(self.floor, -np.inf)
        volume = self.area * (p.clearance_m - self.floor)
        self.pressure = self.high.copy()
        self.liquid = volume / (1.0 - (self.high - self.low) / p.bulk_modulus_kpa)
        self.gas = np.zeros_like(volume)  # p V of the gas, isothermal
        self.peak = volume.copy()
        self.void = np.zeros(volume.shape, dtype=bool)

    def respace(self, position, lowest, highest):
        """Set the plunger its clearance above the bottom, as found over the last stroke."""
        before = position - self.floor + self.pumps.clearance_m
        self.floor, self.travel = lowest, highest - lowest
        ratio = (position - self.floor + self.pumps.clearance_m) / before
        self.liquid, self.gas, self.peak = self.liquid * ratio, self.gas * ratio, self.peak * ratio
        self.tag = np.where(np.isnan(self.pumps.tag_m), -np.inf, lowest + self.pumps.tag_m)

    def plunger(self, position, push, inertia):
        """Downward velocity and pump load that satisfy inertia v = push + load.

        The chamber pressure and the contact are taken half a step ahead, which is stable however
        stiff they are; dry friction takes what it needs to stop the plunger, up to its limit.
        """
        depth = self.tag - position
        touch = np.where(depth > 0.0, self.pumps.contact_stiffness_knm, 0.0)
        push = push - touch * np.maximum(depth, 0.0)
        heavy = inertia + touch * self.step / 2.0
        stiffness = np.where(self.void, 0.0, self.area / self._compliance()) * self.step / 2.0
        speed = (push + self.area * (self.high - self.pressure)) / (heavy + self.area * stiffness)
        ahead = np.minimum(np.maximum(self.pressure + stiffness * speed, self.low), self.high)
        speed = (push + self.area * (self.high - ahead)) / heavy
        share = self._share(position)
        section = (share > self.pumps.stick_from) & (share < self.pumps.stick_to)
        limit = (self.friction + self.stick * section) / heavy
        speed = np.sign(speed) * np.maximum(np.abs(speed) - limit, 0.0)
        return speed, inertia * speed - (push + touch * np.maximum(depth, 0.0))

    def _share(self, position):
        return (position - self.floor) / self.travel

    def _compliance(self):
        return self.liquid / self.pumps.bulk_modulus_kpa + self.gas / self.pressure**2 + self.give

    def move(self, position):
        """Take the plunger to a new position: leaks, then pressure, then valves."""
        p, low, high = self.pumps, self.low, self.high
        share = self._share(position)
        worn = p.worn_leak * ((share > p.worn_from) & (share < p.worn_to))
        entered = self._leak((p.travelling_leak + worn) * self.unit_leak, high - self.pressure)
        left = self._leak(p.standing_leak * self.unit_leak, self.pressure - low)
        kept = 1.0 - left / (self.liquid + self.gas / self.pressure)
        self.liquid, self.gas = self.liquid * kept + entered, self.gas * kept

        swept = self.area * (position - self.floor + p.clearance_m)
        soft = self.liquid / p.bulk_modulus_kpa + self.give
        full = self.liquid * (1.0 + low / p.bulk_modulus_kpa) + self.give * high - swept
        trial = (full + np.sqrt(full**2 + 4.0 * self.gas * soft)) / (2.0 * soft)

        volume = swept - self.give * (high - low)
        missing = np.where(trial < low, volume - self.liquid - self.gas / low, 0.0)
        rise = np.maximum(volume - self.peak, 0.0)
        inflow = np.where(p.fillage >= 1.0, missing, np.minimum(missing, p.fillage * rise))
        self.liquid = self.liquid + (1.0 - p.gas_share) * inflow
        self.gas = self.gas + p.gas_share * inflow * low
        self.void = missing > inflow

        opened = trial >= high
        at_high = self.liquid * (1.0 - (high - low) / p.bulk_modulus_kpa) + self.gas / high
        kept = np.where(opened, swept / at_high, 1.0)
        self.liquid, self.gas = self.liquid * kept, self.gas * kept
        self.peak = np.where(opened, volume, np.maximum(self.peak, volume))
        self.pressure = np.minimum(np.maximum(trial, low), high)

    def _leak(self, rate, difference):
        """Volume that leaks in one step, taken at its end so that it never overshoots."""
        share = np.where(self.void, 0.0, rate / self._compliance())
        return rate * difference / (1.0 + share)


class Prescribed:
    """A pump load given for every step of the stroke: no valves. `loads` is (steps, wells)."""

    def __init__(self, loads):
        self.loads, self.at = loads, 0

    def respace(self, position, lowest, highest):
        pass

    def plunger(self, position, push, inertia):
        load = self.loads[self.at % len(self.loads)] * min(self.at / len(self.loads), 1.0)
        return (push + load) / inertia, load

    def move(self, position):
        self.at += 1


def random_pumps(rng, wells, fault):
    """Pumps with one fault of random severity, on a background of a little gas and friction."""
    n = len(wells.stroke_m)
    load = wells.fluid_load_kn
    base = Pumps(
        gas_share=rng.uniform(0.0, 0.03, n),
        clearance_m=rng.uniform(0.2, 0.5, n),
        friction_kn=rng.uniform(0.0, 0.02, n) * load,
        bulk_modulus_kpa=rng.uniform(0.7e6, 1.5e6, n),
    )
    share, more = rng.random(n), rng.random(n)
    side = rng.choice([-1.0, 1.0], n)
    tubing = rng.choice([8.41e-4, 11.69e-4], n)  # 2 3/8 in and 2 7/8 in tubing [m2]
    start = 0.25 + 0.25 * share
    ill = {
        "full": {},
        "fluid_pound": {"fillage": 0.3 + 0.6 * share},
        "gas_interference": {"gas_share": 0.25 + 0.4 * share},
        "travelling_leak": {"travelling_leak": 0.4 + 1.1 * share},
        "standing_leak": {"standing_leak": 0.4 + 1.1 * share},
        "parted_rods": {"parted_share": 0.3 + 0.6 * share},
        "tagging": {"tag_m": 0.05 + 0.15 * share},
        "unanchored_tubing": {
            "tubing_stiffness_knm": 2.1e8 * tubing / np.sum(wells.taper_length_m, axis=-1)
        },
        "worn_barrel": {
            "worn_leak": 3.0 + 2.0 * more,
            "worn_from": start,
            "worn_to": start + 0.2 + 0.15 * more,
        },
        "sticking": {"friction_kn": (0.2 + 0.2 * share) * load, "stick_kn": 0.2 * more * load},
        "wrong_datum": {"load_offset_kn": side * (0.3 + 0.7 * share) * load},
    }
    return replace(base, **ill[fault])
