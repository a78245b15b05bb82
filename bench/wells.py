"""Rod, ESP and jet wells by the stack, beside the same done one by one.

Run by `nox -s bench`. Every side is measured in turn in one run, on one thread; medians compared.
"""

import numpy as np
from turns import Side, beaten, held, medians

from pumpperf.assumptions import PUMPPERF_2026
from pumpperf.lift import esp, jet, rod

CARDS, POINTS, TAPERS, HARMONICS = 2048, 200, 3, 40
WELLS = 100_000
NODES = 100
rng = np.random.default_rng(1)


LENGTH = np.column_stack(
    [rng.uniform(low, high, CARDS) for low, high in ((800, 1000), (600, 800), (60, 120))]
)
DIAMETER_MM, MASS_KGM = np.array([22.225, 19.05, 38.1]), np.array([3.31, 2.43, 8.94])
SPEED = rng.uniform(4.0, 10.0, CARDS)
DAMPING = rng.uniform(0.3, 0.8, CARDS)
TURN = 2.0 * np.pi * np.arange(POINTS) / POINTS
POSITION = rng.uniform(1.0, 2.0, (CARDS, 1)) * (1.0 - np.cos(TURN))
LOAD = 60.0 + rng.uniform(10.0, 25.0, (CARDS, 1)) * np.sin(TURN) + 4.0 * np.cos(3.0 * TURN)


def strings(wells: slice | int) -> rod.RodString:
    return rod.RodString(
        length_m=LENGTH[wells],
        diameter_mm=DIAMETER_MM,
        mass_kgm=MASS_KGM,
        youngs_modulus_kpa=2.1e8,
        density_kgm3=7850.0,
        damping_1s=DAMPING[wells, np.newaxis] if isinstance(wells, slice) else DAMPING[wells],
    )


def taken_down(wells: slice | int) -> rod.DownholeCard:
    return rod.downhole_card(
        position_m=POSITION[wells],
        load_kn=LOAD[wells],
        speed_spm=SPEED[wells],
        string=strings(wells),
        fluid_density_kgm3=1000.0,
        harmonics=HARMONICS,
    )


def transformed() -> None:
    """What no solution by Fourier series does without, taper by taper."""
    wave = np.full((CARDS, HARMONICS + 1), 0.3 + 0.1j)
    for surface in (POSITION, LOAD):
        series = np.fft.rfft(surface)[:, : HARMONICS + 1]
        for _ in range(TAPERS):
            series = series * np.cos(wave) + series * np.sin(wave)
        np.fft.irfft(series, POINTS)


def by_plain_loops(well: int) -> list[float]:
    """The load at the pump by finite differences in plain Python, point by point."""
    step = 60.0 / SPEED[well] / POINTS
    weight = float(rod.weight_in_fluid_kn(strings(well), fluid_density_kgm3=1000.0))
    moved = [-float(x) for x in POSITION[well]]
    pulled = [float(f) - weight for f in LOAD[well]]
    damping = float(DAMPING[well])
    for taper in range(TAPERS):
        stiffness = 2.1e8 * np.pi / 4e6 * float(DIAMETER_MM[taper]) ** 2
        nodes = max(1, round(NODES * float(LENGTH[well, taper]) / float(LENGTH[well].sum())))
        length = float(LENGTH[well, taper]) / nodes
        mass = float(MASS_KGM[taper]) / 1000.0 * length
        for node in range(nodes + 1):
            share = 0.5 if node in {0, nodes} else 1.0
            for i in range(POINTS):
                after, before = moved[(i + 1) % POINTS], moved[i - 1]
                accelerated = (after - 2.0 * moved[i] + before) / (step * step)
                slowed = damping * (after - before) / (2.0 * step)
                pulled[i] += share * mass * (accelerated + slowed)
            if node < nodes:
                moved = [w + f * length / stiffness for w, f in zip(moved, pulled, strict=True)]
    return pulled


def cards() -> None:
    """Surface cards taken down: a stack against one by one and against plain loops."""
    np.testing.assert_allclose(
        by_plain_loops(0), taken_down(0).load_kn, atol=0.02 * np.ptp(LOAD[0])
    )
    few = range(32)
    stack, floor, alone, loops = medians(
        lambda: taken_down(slice(None)),
        transformed,
        lambda: [taken_down(well) for well in few],
        lambda: by_plain_loops(0),
    )
    print(f"downhole cards of {CARDS} different wells, {TAPERS} tapers and {POINTS} points")
    held("  the stack", stack, floor, "two transforms and two complex functions a taper", 2.0)
    beaten("one by one", alone * CARDS / len(few), stack, 5)
    beaten("finite differences in plain loops", loops * CARDS, stack, 500)


def esp_points() -> Side:
    curves = esp.stage_curve(
        frequency_hz=50.0,
        rate_m3d=np.linspace(0.0, 1.0, 12) * rng.uniform(60.0, 600.0, (40, 1)),
        head_m=rng.uniform(4.0, 12.0, (40, 1)) * (1.0 - np.linspace(0.0, 1.0, 12) ** 2.5),
        power_kw=rng.uniform(0.05, 0.3, (40, 1)) * np.linspace(0.7, 1.1, 12),
    )
    which = rng.integers(0, 40, WELLS)
    stages, frequency = rng.integers(50, 400, WELLS), rng.uniform(35.0, 65.0, WELLS)
    share = rng.uniform(0.3, 0.9, WELLS)

    def solved() -> object:
        pump = esp.pump_curve(
            curve=curves, curve_number=which, stages=stages, frequency_hz=frequency
        )
        shut_off = pump.head_m[:, 0]
        return esp.operating_points(
            pump=pump,
            static_head_m=shut_off * share,
            drawdown_m_per_m3d=0.05 * shut_off / pump.bep_rate_m3d,
            friction_m_per_m3d2=0.2 * shut_off / pump.bep_rate_m3d**2,
        )

    return solved


def jet_points() -> Side:
    nozzle = rng.uniform(3.0, 40.0, WELLS)
    wells = {
        "nozzle_area_mm2": nozzle,
        "throat_area_mm2": nozzle / rng.uniform(0.17, 0.45, WELLS),
        "nozzle_pressure_kpa": rng.uniform(20e3, 50e3, WELLS),
        "reservoir_pressure_kpa": rng.uniform(4e3, 20e3, WELLS),
        "productivity_index_m3dkpa": rng.uniform(0.002, 0.2, WELLS),
        "static_discharge_pressure_kpa": rng.uniform(8e3, 25e3, WELLS),
        "return_friction_kpad2m6": rng.uniform(0.0, 0.02, WELLS),
        "density_kgm3": rng.uniform(850.0, 1050.0, WELLS),
        "vapour_pressure_kpa": rng.uniform(0.0, 100.0, WELLS),
        "gas_oil_ratio": rng.uniform(0.0, 100.0, WELLS),
        "water_cut": rng.uniform(0.0, 1.0, WELLS),
    }
    return lambda: jet.jet_operating_point(**wells, losses=PUMPPERF_2026.jet_losses)


def main() -> None:
    """Print every figure beside its goal."""
    cards()
    square_roots = np.arange(1.0, 1e7)
    for name, solve, most in (("ESP", esp_points(), 12.0), ("jet", jet_points(), 12.0)):
        own, floor = medians(solve, lambda: np.sqrt(square_roots), turns=5)
        held(f"{name} operating points of {WELLS:,} wells", own, floor, "1e7 square roots", most)


if __name__ == "__main__":
    main()
