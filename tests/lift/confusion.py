"""How often the diagnosis names what an independent simulator put into a card.

python tests/lift/confusion.py [wells a fault]     prints what docs/rod.md keeps of it
"""

import sys
from dataclasses import fields, replace

import numpy as np
from forward import random_wells, simulate
from pumps_forward import FAULTS, Pumps, random_pumps

from pumpperf.lift import rod
from pumpperf.lift.evidence import UNDETERMINED, leading_fault
from pumpperf.lift.rod import RodString, card_features, downhole_card

NAMED = {
    "full": "FULL_PUMP",
    "fluid_pound": "FLUID_POUND",
    "gas_interference": "GAS_INTERFERENCE",
    "travelling_leak": "TRAVELLING_VALVE_LEAK",
    "standing_leak": "STANDING_VALVE_LEAK",
    "parted_rods": "PARTED_RODS",
    "tagging": "TAGGING",
    "unanchored_tubing": "UNANCHORED_TUBING",
    "worn_barrel": "WORN_BARREL",
    "sticking": "STICKING",
    "wrong_datum": "WRONG_LOAD_DATUM",
}
CODES = [*NAMED.values(), "PHASE_SHIFTED", UNDETERMINED]
NOISE = 0.005  # rms of the load's range
DAMPING = (0.8, 1.2)  # the damping that is assumed, in shares of the true one


def string_of(wells, damping_1s):
    return RodString(
        length_m=wells.taper_length_m,
        diameter_mm=wells.taper_diameter_mm,
        mass_kgm=wells.taper_mass_kgm,
        youngs_modulus_kpa=wells.taper_modulus_kpa,
        density_kgm3=7850.0,
        damping_1s=damping_1s[:, np.newaxis],
    )


def taken_down(wells, stroke, rng, *, noise=NOISE, damping=DAMPING, every=1, harmonics=30):
    """The downhole cards that the library makes of noisy surface cards and a rough damping.

    The damping assumed is between the two shares `damping` of the true one, and each `every`-th
    point is kept.
    """
    count = len(wells.stroke_m)
    span = np.ptp(stroke.load_kn, axis=-1)[:, np.newaxis]
    load = stroke.load_kn + noise * span * rng.normal(size=stroke.load_kn.shape)
    rough = wells.damping_1s * rng.uniform(*damping, count)
    return downhole_card(
        position_m=stroke.position_m[:, ::every],
        load_kn=load[:, ::every],
        speed_spm=wells.speed_spm,
        string=string_of(wells, rough),
        fluid_density_kgm3=(1.0 - wells.buoyancy) * 7850.0,
        harmonics=harmonics,
    )


def named_faults(card, expected_fluid_load_kn):
    """The leading fault of each downhole card."""
    features = card_features(
        position_m=card.position_m,
        load_kn=card.load_kn,
        expected_fluid_load_kn=expected_fluid_load_kn,
    )
    return leading_fault(rod.FAULTS, features)


def confusion(wells_a_fault, seed, *, cells=48, strokes=12):
    """Counts of (what was simulated, what was named), the last column UNDETERMINED."""
    rng = np.random.default_rng(seed)
    count = wells_a_fault * len(FAULTS)
    wells = random_wells(rng, count)
    truth = np.repeat(FAULTS, wells_a_fault)
    every = [random_pumps(rng, wells, fault) for fault in FAULTS]
    pumps = Pumps(
        **{
            name: np.select([truth == f for f in FAULTS], [getattr(p, name) for p in every])
            for name in (field.name for field in fields(Pumps))
        }
    )
    stroke = simulate(wells, pumps, cells=cells, strokes=strokes)
    steady = stroke.periodicity_error < 0.01
    card = taken_down(wells, stroke, rng)
    named = named_faults(card, wells.fluid_load_kn)
    return np.array(
        [
            [np.sum(steady & (truth == fault) & (named == code)) for code in CODES]
            for fault in FAULTS
        ]
    )


def matrix(counts):
    """The counts as a table in markdown, by the number of each fault."""
    lines = ["| | " + " | ".join(str(i) for i in range(1, len(CODES) + 1)) + " | right |"]
    lines.append("|---" * (len(CODES) + 2) + "|")
    for fault, row in zip(FAULTS, counts, strict=True):
        number = CODES.index(NAMED[fault])
        shown = " | ".join(str(n) if n else "" for n in row)
        right = f"{row[number] / row.sum():.1%}"
        lines.append(f"| {number + 1} {CODES[number]} | {shown} | {right} |")
    right = sum(counts[row, CODES.index(NAMED[fault])] for row, fault in enumerate(FAULTS))
    unseen = [f"{i} {code}" for i, code in enumerate(CODES, 1) if code not in NAMED.values()]
    lines += ["", f"Also named: {', '.join(unseen)}. Right {right / counts.sum():.1%} of "]
    lines[-1] += f"{counts.sum()} cards."
    return "\n".join(lines)


def beyond(count, seed):
    """What becomes of a diagnosis under worse cards, a line each: the names given, most first."""
    rng = np.random.default_rng(seed)
    wells = random_wells(rng, count)

    def told(what, stroke, **card):
        steady = stroke.periodicity_error < 0.01
        named = named_faults(taken_down(wells, stroke, rng, **card), wells.fluid_load_kn)[steady]
        codes, times = np.unique(named, return_counts=True)
        most = sorted(zip(times.tolist(), codes.tolist(), strict=True), reverse=True)
        print(f"{what}, {steady.sum()} wells:", ", ".join(f"{code} {n}" for n, code in most))

    full = simulate(wells, random_pumps(rng, wells, "full"), strokes=12)
    for damping in (DAMPING, (1.3, 1.3), (1.5, 1.5), (0.5, 0.5)):
        told(f"full, damping assumed {damping}", full, damping=damping)
    for lead in (4, 6, 10):
        late = replace(full, load_kn=np.roll(full.load_kn, -lead, axis=-1))
        told(f"full, load leads by {lead / 200:.0%} of a stroke", late)
    pound = simulate(wells, random_pumps(rng, wells, "fluid_pound"), strokes=12)
    for every, harmonics in ((1, 30), (2, 30), (2, 20), (4, 20)):
        what = f"fluid pound, {200 // every} points, {harmonics} harmonics"
        told(what, pound, every=every, harmonics=harmonics)
    weak = random_pumps(rng, wells, "worn_barrel")
    weak = replace(weak, worn_leak=rng.uniform(2.2, 4.0, count))
    told("worn barrel, leak 2.2 to 4 times", simulate(wells, weak, strokes=12))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(matrix(confusion(count, seed=101)), flush=True)
    beyond(count, seed=102)


if __name__ == "__main__":
    main()
