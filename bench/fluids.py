"""Fluids of 10,000 random wells, beside unfpy and pyrestoolbox: the same laws, and the time.

Run by `nox -s bench`. Each property is computed by the same correlation on both sides, and the
median and the largest difference are printed; where a peer has another correlation, it says so.
Then all properties of all wells: whole columns here, the peer's own loop there; every side in turn
in one run, medians compared. unfpy runs as plain Python, as it installs.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from pyrestoolbox import brine as their_brine
from pyrestoolbox import gas as their_gas
from pyrestoolbox import oil as their_oil
from turns import beaten, medians
from unfpy import Feed
from unfpy.pvt.correlations import gas as unfpy_gas
from unfpy.pvt.correlations import oil as unfpy_oil
from unfpy.pvt.correlations import surface_tension as unfpy_tension
from unfpy.pvt.correlations import water as unfpy_water

from pumpperf.calc import fluids
from pumpperf.calc.fluids import (
    Correlations,
    free_gas,
    gas,
    hall_yarborough,
    oil,
    standing,
    vasquez_beggs,
    water,
)
from pumpperf.calc.hydraulics import oil_density_kgm3
from pumpperf.units import ATMOSPHERE, POUND_PER_CUBIC_FOOT, PSI, WATER_AT_60F_KGM3

WELLS = 10_000
FEW = 200
SCF = gas.SCF_PER_BBL
KPA, DEGC = "pressure_kpa", "temperature_degc"

Law = Callable[..., np.ndarray]
Columns = dict[str, np.ndarray]


class Pair(NamedTuple):
    """One property by a law of ours and by a peer's, one well at a time."""

    name: str
    peer: str
    ours: Callable[[], np.ndarray]
    theirs: Callable[[int], float]


def drawn() -> Columns:
    """Wells as pumps see them, each inside of the data of most correlations."""
    draw = np.random.default_rng(1).uniform
    return {
        KPA: draw(1000.0, 20_000.0, WELLS),
        DEGC: draw(40.0, 110.0, WELLS),
        "api": draw(17.0, 45.0, WELLS),
        "gravity": draw(0.6, 0.95, WELLS),
        "gor": draw(10.0, 150.0, WELLS),
        "cut": draw(0.0, 0.95, WELLS),
        "salt": draw(0.0, 0.2, WELLS),
    }


W = drawn()
P, T, API, G, GOR, SALT = (W[name] for name in (KPA, DEGC, "api", "gravity", "gor", "salt"))
K, SG = T + 273.15, 141.5 / (API + 131.5)
PSIA, DEGF, MPA = P / PSI, T * 1.8 + 32.0, P / 1000.0
OIL = {DEGC: T, "api_gravity": API, "gas_gravity": G}
AT = {KPA: P, DEGC: T}
RS = standing.solution_gor_1947_m3m3(pressure_kpa=np.minimum(P, 5000.0), **OIL)
DEAD = oil.beggs_robinson_dead_oil_viscosity_mpas(temperature_degc=T, api_gravity=API)
POINT = P / np.linspace(1.2, 3.0, WELLS)
STANDARD = {"standard_pressure_kpa": 14.696 * PSI, "standard_temperature_degc": (60 - 32) / 1.8}


def z_by(criticals: Law, law: Law) -> np.ndarray:
    critical_k, critical_kpa = criticals(gas_gravity=G)
    return law(reduced_pressure=P / critical_kpa, reduced_temperature=K / critical_k)


def z_by_sutton() -> np.ndarray:
    return z_by(gas.sutton_pseudo_critical, gas.compressibility_factor)


Z = z_by_sutton()


def gas_of(z: np.ndarray, name: str, **standard: float) -> np.ndarray:
    """The volume factor, the density or the viscosity of the wells' gas."""
    there = AT | {"compressibility_factor": z}
    if name == "volume":
        return gas.gas_volume_factor_m3m3(**there, **STANDARD | standard)
    density = gas.gas_density_kgm3(**there, gas_gravity=G)
    if name == "density":
        return density
    return gas.gas_viscosity_mpas(temperature_degc=T, density_kgm3=density, gas_gravity=G)


def unfpy_pairs() -> list[Pair]:
    """Laws that unfpy has under the same author; its Standing is that of 1947 in SI, rounded."""
    of, said = unfpy_oil, "unfpy"
    return [
        Pair(
            "bubble point, Standing 1947",
            said,
            lambda: standing.bubble_point_1947_kpa(solution_gor_m3m3=GOR, **OIL),
            lambda i: 1000.0 * of.pb_Standing_MPa(GOR[i], G[i], K[i], SG[i]),
        ),
        Pair(
            "dissolved gas, Standing 1947",
            said,
            lambda: standing.solution_gor_1947_m3m3(pressure_kpa=P, **OIL),
            lambda i: of.rs_Standing_m3m3(MPA[i], G[i], K[i], SG[i]),
        ),
        Pair(
            "Bo, Standing by handbooks",
            said,
            lambda: standing.handbook_oil_volume_factor_m3m3(solution_gor_m3m3=RS, **OIL),
            lambda i: of.bo_Standing_m3m3(RS[i], G[i], K[i], SG[i]),
        ),
        Pair(
            "compressibility, Vasquez-Beggs",
            said,
            lambda: vasquez_beggs.compressibility_1kpa(
                pressure_kpa=P, solution_gor_m3m3=RS + 60.0, **OIL
            ),
            lambda i: of.co_VB_1MPa(RS[i] + 60.0, G[i], K[i], SG[i], MPA[i]) / 1000.0,
        ),
        Pair(
            "dead oil viscosity, Beal",
            said,
            lambda: oil.beal_dead_oil_viscosity_mpas(temperature_degc=T, api_gravity=API),
            lambda i: of.mu_dead_oil_Standing_cP(K[i], SG[i]),
        ),
        Pair(
            "dead oil viscosity, Beggs-Robinson",
            said,
            lambda: oil.beggs_robinson_dead_oil_viscosity_mpas(temperature_degc=T, api_gravity=API),
            lambda i: of.mu_dead_oil_Beggs_Robinson_cP(K[i], SG[i]),
        ),
        Pair(
            "live oil viscosity, Beggs-Robinson",
            said,
            lambda: oil.beggs_robinson_live_oil_viscosity_mpas(
                dead_oil_viscosity_mpas=DEAD, solution_gor_m3m3=RS
            ),
            lambda i: of.mu_sat_oil_Beggs_Robinson_cP(RS[i], DEAD[i]),
        ),
        Pair(
            "oil viscosity above pb, Vasquez-Beggs",
            said,
            lambda: vasquez_beggs.undersaturated_viscosity_mpas(
                bubble_point_viscosity_mpas=DEAD, pressure_kpa=P, bubble_point_kpa=POINT
            ),
            lambda i: of.mu_oil_Vasquez_Beggs_cP(DEAD[i], MPA[i], POINT[i] / 1000.0),
        ),
        Pair(
            "Z, Standing's criticals, Dranchuk",
            said,
            lambda: z_by(gas.standing_pseudo_critical, gas.compressibility_factor),
            lambda i: unfpy_gas.z_gas(K[i], MPA[i], G[i], 1),
        ),
        Pair(
            "Bg at 20 degC",
            said,
            lambda: gas_of(
                Z, "volume", standard_pressure_kpa=ATMOSPHERE, standard_temperature_degc=20.0
            ),
            lambda i: unfpy_gas.b_gas_m3m3(K[i], MPA[i], Z[i]),
        ),
        Pair(
            "gas viscosity, Lee",
            said,
            lambda: gas_of(Z, "viscosity"),
            lambda i: unfpy_gas.mu_gas_cP(K[i], MPA[i], Z[i], G[i]),
        ),
        Pair(
            "Bw, McCain",
            said,
            lambda: water.water_volume_factor_m3m3(**AT),
            lambda i: unfpy_water.b_wat_m3m3(MPA[i], K[i]),
        ),
        Pair(
            "water viscosity, McCain",
            said,
            lambda: water.water_viscosity_mpas(**AT, salinity_kgkg=SALT),
            lambda i: unfpy_water.mu_wat_cP(MPA[i], K[i], SALT[i] * 1e6),
        ),
        Pair(
            "surface tension of oil, Baker-Swerdloff against another",
            said,
            lambda: free_gas.oil_surface_tension_nm(**AT, api_gravity=API),
            lambda i: unfpy_tension.sigma_oil_gas_Nm(MPA[i], T[i], SG[i]),
        ),
        Pair(
            "surface tension of water, Beggs against another",
            said,
            lambda: free_gas.water_surface_tension_nm(**AT),
            lambda i: unfpy_tension.sigma_wat_gas_Nm(MPA[i], T[i]),
        ),
    ]


def toolbox_pairs() -> list[Pair]:
    """Laws that pyrestoolbox has under the same author, and its brine, which is another's."""
    said = "pyrestoolbox"
    gas_law = {"zmethod": "DAK", "cmethod": "SUT"}
    below = np.maximum(P, standing.bubble_point_kpa(solution_gor_m3m3=RS, **OIL) + 1.0)

    def bo(i: int) -> float:
        return their_oil.oil_bo(
            p=below[i] / PSI,
            pb=below[i] / PSI,
            degf=DEGF[i],
            rs=RS[i] * SCF,
            rsb=RS[i] * SCF,
            sg_o=SG[i],
            sg_g=G[i],
            sg_sp=G[i],
            bomethod="STAN",
        )

    return [
        Pair(
            "bubble point, Standing 1981",
            said,
            lambda: standing.bubble_point_kpa(solution_gor_m3m3=GOR, **OIL),
            lambda i: (
                PSI
                * their_oil.oil_pbub(
                    api=API[i], degf=DEGF[i], rsb=GOR[i] * SCF, sg_g=G[i], pbmethod="STAN"
                )
            ),
        ),
        Pair(
            "dissolved gas, Standing 1981",
            said,
            lambda: standing.solution_gor_m3m3(pressure_kpa=P, **OIL),
            lambda i: (
                their_oil.oil_rs_bub(
                    api=API[i], degf=DEGF[i], pb=PSIA[i], sg_g=G[i], rsmethod="STAN"
                )
                / SCF
            ),
        ),
        Pair(
            "Bo, Standing by handbooks",
            said,
            lambda: standing.handbook_oil_volume_factor_m3m3(solution_gor_m3m3=RS, **OIL),
            bo,
        ),
        Pair(
            "oil viscosity, Beggs-Robinson",
            said,
            lambda: oil.beggs_robinson_live_oil_viscosity_mpas(
                dead_oil_viscosity_mpas=DEAD, solution_gor_m3m3=RS
            ),
            lambda i: their_oil.oil_viso(
                p=PSIA[i], api=API[i], degf=DEGF[i], pb=PSIA[i] + 1.0, rs=RS[i] * SCF
            ),
        ),
        Pair(
            "Z, Sutton, Dranchuk",
            said,
            z_by_sutton,
            lambda i: their_gas.gas_z(p=PSIA[i], sg=G[i], degf=DEGF[i], **gas_law),
        ),
        Pair(
            "Z, Sutton, Hall-Yarborough",
            said,
            lambda: z_by(gas.sutton_pseudo_critical, hall_yarborough.compressibility_factor),
            lambda i: their_gas.gas_z(
                p=PSIA[i], sg=G[i], degf=DEGF[i], zmethod="HY", cmethod="SUT"
            ),
        ),
        Pair(
            "Bg, with its Z",
            said,
            lambda: gas_of(z_by_sutton(), "volume"),
            lambda i: their_gas.gas_bg(p=PSIA[i], sg=G[i], degf=DEGF[i], **gas_law),
        ),
        Pair(
            "gas density, with its Z",
            said,
            lambda: gas_of(z_by_sutton(), "density"),
            lambda i: (
                POUND_PER_CUBIC_FOOT
                * their_gas.gas_den(p=PSIA[i], sg=G[i], degf=DEGF[i], **gas_law)
            ),
        ),
        Pair(
            "gas viscosity, Lee, with its Z",
            said,
            lambda: gas_of(z_by_sutton(), "viscosity"),
            lambda i: their_gas.gas_ug(p=PSIA[i], sg=G[i], degf=DEGF[i], **gas_law),
        ),
        Pair(
            "Bw, McCain against Spivey",
            said,
            lambda: water.water_volume_factor_m3m3(**AT),
            lambda i: their_brine.brine_props(p=PSIA[i], degf=DEGF[i], wt=100.0 * SALT[i])[0],
        ),
        Pair(
            "brine density, Rowe-Chou against Spivey",
            said,
            lambda: water.brine_density_kgm3(**AT, salinity_kgkg=SALT),
            lambda i: (
                1000.0 * their_brine.brine_props(p=PSIA[i], degf=DEGF[i], wt=100.0 * SALT[i])[1]
            ),
        ),
        Pair(
            "water viscosity, Kestin against IAPWS",
            said,
            lambda: water.kestin_water_viscosity_mpas(**AT, salinity_kgkg=SALT),
            lambda i: their_brine.brine_props(p=PSIA[i], degf=DEGF[i], wt=100.0 * SALT[i])[2],
        ),
    ]


def compared(pair: Pair) -> None:
    """One line: how far apart the two are, and how much longer a well takes there."""
    found = np.array([np.asarray(pair.theirs(i)).item() for i in range(WELLS)])
    apart = np.abs(pair.ours() / found - 1.0)
    few = range(0, WELLS, WELLS // FEW)
    own, theirs = medians(pair.ours, lambda: [pair.theirs(i) for i in few], turns=3)
    print(
        f"| {pair.name} | {pair.peer} | {np.median(apart):.2g} | {np.max(apart):.2g} "
        f"| {theirs / len(few) / (own / WELLS):,.0f} |",
        flush=True,
    )


def all_by_columns(laws: Correlations) -> Callable[[], object]:
    """Every property of every well, 25 columns and what is outside of its data."""
    return lambda: fluids.at(
        pressure_kpa=P,
        temperature_degc=T,
        oil_density_kgm3=oil_density_kgm3(api_gravity=API, water_density_kgm3=WATER_AT_60F_KGM3),
        gas_gravity=G,
        producing_gor_m3m3=GOR,
        water_cut=W["cut"],
        water_density_kgm3=1050.0,
        salinity_kgkg=SALT,
        correlations=laws,
    )


def same_by_unfpy(wells: range) -> Callable[[], object]:
    """By its functions, the laws that both have, Dranchuk and Abou-Kassem's Z among them."""
    of, gas_law, wet = unfpy_oil, unfpy_gas, unfpy_water

    def one(i: int) -> tuple[float, ...]:
        mpa, kelvin, oil_sg, gas_sg, gor = MPA[i], K[i], SG[i], G[i], GOR[i]
        point = of.pb_Standing_MPa(gor, gas_sg, kelvin, oil_sg)
        held = min(gor, of.rs_Standing_m3m3(mpa, gas_sg, kelvin, oil_sg))
        volume = of.bo_Standing_m3m3(held, gas_sg, kelvin, oil_sg)
        dead = of.mu_dead_oil_Beggs_Robinson_cP(kelvin, oil_sg)
        live = of.mu_sat_oil_Beggs_Robinson_cP(held, dead)
        if mpa > point:
            stiff = of.co_VB_1MPa(gor, gas_sg, kelvin, oil_sg, mpa)
            volume = of.bo_above_pb_m3m3(mpa, point, stiff, volume)
            live = of.mu_oil_Vasquez_Beggs_cP(live, mpa, point)
        z = gas_law.z_gas(kelvin, mpa, gas_sg, 1)
        bg, thin = gas_law.b_gas_m3m3(kelvin, mpa, z), gas_law.mu_gas_cP(kelvin, mpa, z, gas_sg)
        bw, mu_w = wet.b_wat_m3m3(mpa, kelvin), wet.mu_wat_cP(mpa, kelvin, SALT[i] * 1e6)
        return point, held, volume, dead, live, z, bg, thin, bw, mu_w

    return lambda: [one(i) for i in wells]


def all_by_unfpy(wells: range) -> Callable[[], object]:
    """Its own object of a stream with oil, gas, water and mixture; its Z is an explicit fit."""

    def one(i: int) -> tuple[float, ...]:
        feed = Feed(gamma_gas=G[i], gamma_oil=SG[i], gamma_wat=1.05, rsb_m3m3=GOR[i])
        feed.fw_fr, feed.rp_m3m3, feed.q_liq_sm3day = W["cut"][i], GOR[i], 100.0
        feed.calc(P[i] / ATMOSPHERE, T[i])
        fluid = feed.fluid
        oil_and_gas = (fluid.rs_m3m3, fluid.b_oil_m3m3, fluid.mu_oil_cP, fluid.z, fluid.mu_gas_cP)
        rest = (fluid.b_gas_m3m3, fluid.b_wat_m3m3, fluid.mu_wat_cP)
        return (*oil_and_gas, *rest, feed.gas_fraction_d, feed.rho_mix_rc_kgm3, feed.mu_liq_cP)

    return lambda: [one(i) for i in wells]


def all_by_toolbox(wells: range) -> Callable[[], object]:
    """Bubble point, gas, volume, viscosity, density of each phase, by its functions."""
    law = {"zmethod": "DAK", "cmethod": "SUT"}

    def one(i: int) -> tuple[object, ...]:
        oil_there = {"api": API[i], "degf": DEGF[i], "sg_g": G[i]}
        scf = GOR[i] * SCF
        point = their_oil.oil_pbub(**oil_there, rsb=scf, pbmethod="STAN")
        held = min(scf, their_oil.oil_rs_bub(**oil_there, pb=PSIA[i], rsmethod="STAN"))
        gas_there = {"p": PSIA[i], "sg": G[i], "degf": DEGF[i]} | law
        volume = their_oil.oil_bo(
            p=PSIA[i],
            pb=point,
            degf=DEGF[i],
            rs=held,
            rsb=scf,
            sg_o=SG[i],
            sg_g=G[i],
            sg_sp=G[i],
            bomethod="STAN",
        )
        thick = their_oil.oil_viso(p=PSIA[i], api=API[i], degf=DEGF[i], pb=point, rs=held)
        gassy = (
            of(**gas_there)
            for of in (their_gas.gas_z, their_gas.gas_bg, their_gas.gas_den, their_gas.gas_ug)
        )
        wet = their_brine.brine_props(p=PSIA[i], degf=DEGF[i], wt=100.0 * SALT[i])
        return (point, held, volume, thick, *gassy, *wet)

    return lambda: [one(i) for i in wells]


AS_UNFPY = Correlations(
    name="AS_UNFPY",
    oil_compressibility="VASQUEZ_BEGGS",
    dead_oil_viscosity="BEGGS_ROBINSON",
    undersaturated_viscosity="VASQUEZ_BEGGS",
    pseudo_critical="STANDING_DRY",
    water_viscosity="MCCAIN",
)


def main() -> None:
    """Print the differences as a table, then the time of all properties of all wells."""
    print(f"{WELLS:,} random wells; differences are relative")
    print("| property | peer | median | largest | times the time a well |")
    print("|---|---|---|---|---|")
    for pair in (*unfpy_pairs(), *toolbox_pairs()):
        compared(pair)
    few = range(0, WELLS, WELLS // FEW)
    for name, laws, of in (
        ("the same ten laws of unfpy", AS_UNFPY, same_by_unfpy),
        ("unfpy's own object", AS_UNFPY, all_by_unfpy),
        ("pyrestoolbox", Correlations(solution_gas="STANDING_1981"), all_by_toolbox),
    ):
        own, theirs = medians(all_by_columns(laws), of(few), turns=5)
        print(f"all properties of {WELLS:,} wells: {own * 1e9 / WELLS:,.0f} ns a well")
        beaten(f"{name}, in a loop over {FEW} wells, scaled", theirs * WELLS / FEW, own, 100)


if __name__ == "__main__":
    main()
