"""Which correlation says which property of a fluid, and within which data each was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from pumpperf.calc.fluids import (
    bergman,
    de_ghetto,
    gas,
    glaso,
    mixtures,
    oil,
    standing,
    vasquez_beggs,
    water,
)
from pumpperf.calc.scalars import one_of
from pumpperf.numeric import FloatArray

SolutionGas = Literal["STANDING_1947", "STANDING_1981", "VASQUEZ_BEGGS", "GLASO", "DE_GHETTO_HEAVY"]
OilVolumeFactor = Literal["STANDING", "VASQUEZ_BEGGS", "GLASO"]
OilCompressibility = Literal["PETROSKY_FARSHAD", "VASQUEZ_BEGGS"]
DeadOilViscosity = Literal["EGBOGAH_NG", "BEGGS_ROBINSON", "BEAL", "GLASO", "BERGMAN"]
LiveOilViscosity = Literal["BEGGS_ROBINSON", "CHEW_CONNALLY", "BERGMAN"]
UndersaturatedViscosity = Literal["BERGMAN_SUTTON", "VASQUEZ_BEGGS"]
PseudoCritical = Literal["SUTTON", "STANDING_DRY"]
WaterViscosity = Literal["KESTIN", "MCCAIN"]
Emulsion = Literal[
    "WOELFLIN_LOOSE", "WOELFLIN_MEDIUM", "WOELFLIN_TIGHT", "BRINKMAN", "VOLUME_WEIGHTED"
]

Law = Callable[..., FloatArray]
Limits = Mapping[str, tuple[float, float]]


class SolutionLaw(NamedTuple):
    """Gas dissolved at a pressure, and the pressure at which so much is dissolved."""

    solution_gor_m3m3: Law
    bubble_point_kpa: Law


SOLUTION_GAS: dict[SolutionGas, SolutionLaw] = {
    "STANDING_1947": SolutionLaw(standing.solution_gor_1947_m3m3, standing.bubble_point_1947_kpa),
    "STANDING_1981": SolutionLaw(standing.solution_gor_m3m3, standing.bubble_point_kpa),
    "VASQUEZ_BEGGS": SolutionLaw(vasquez_beggs.solution_gor_m3m3, vasquez_beggs.bubble_point_kpa),
    "GLASO": SolutionLaw(glaso.solution_gor_m3m3, glaso.bubble_point_kpa),
    "DE_GHETTO_HEAVY": SolutionLaw(
        de_ghetto.heavy_solution_gor_m3m3, de_ghetto.heavy_bubble_point_kpa
    ),
}
OIL_VOLUME_FACTOR: dict[OilVolumeFactor, Law] = {
    "STANDING": standing.oil_volume_factor_m3m3,
    "VASQUEZ_BEGGS": vasquez_beggs.oil_volume_factor_m3m3,
    "GLASO": glaso.oil_volume_factor_m3m3,
}
DEAD_OIL_VISCOSITY: dict[DeadOilViscosity, Law] = {
    "EGBOGAH_NG": oil.egbogah_ng_dead_oil_viscosity_mpas,
    "BEGGS_ROBINSON": oil.beggs_robinson_dead_oil_viscosity_mpas,
    "BEAL": oil.beal_dead_oil_viscosity_mpas,
    "GLASO": glaso.dead_oil_viscosity_mpas,
    "BERGMAN": bergman.dead_oil_viscosity_mpas,
}
LIVE_OIL_VISCOSITY: dict[LiveOilViscosity, Law] = {
    "BEGGS_ROBINSON": oil.beggs_robinson_live_oil_viscosity_mpas,
    "CHEW_CONNALLY": oil.chew_connally_live_oil_viscosity_mpas,
    "BERGMAN": bergman.live_oil_viscosity_mpas,
}
UNDERSATURATED_VISCOSITY: dict[UndersaturatedViscosity, Law] = {
    "BERGMAN_SUTTON": bergman.undersaturated_viscosity_mpas,
    "VASQUEZ_BEGGS": vasquez_beggs.undersaturated_viscosity_mpas,
}
PSEUDO_CRITICAL: dict[PseudoCritical, Callable[..., tuple[FloatArray, FloatArray]]] = {
    "SUTTON": gas.sutton_pseudo_critical,
    "STANDING_DRY": gas.standing_pseudo_critical,
}
WATER_VISCOSITY: dict[WaterViscosity, Law] = {
    "KESTIN": water.kestin_water_viscosity_mpas,
    "MCCAIN": water.water_viscosity_mpas,
}
WOELFLIN: dict[Emulsion, mixtures.Emulsion] = {
    "WOELFLIN_LOOSE": "loose",
    "WOELFLIN_MEDIUM": "medium",
    "WOELFLIN_TIGHT": "tight",
}

_STANDING: Limits = {
    "temperature_degc": (38.0, 126.0),
    "api_gravity": (16.5, 63.8),
    "gas_gravity": (0.59, 0.95),
}
_VASQUEZ_BEGGS: Limits = {
    "temperature_degc": (24.0, 146.0),
    "api_gravity": (15.3, 59.3),
    "gas_gravity": (0.51, 1.35),
}
_GLASO: Limits = {
    "temperature_degc": (27.0, 138.0),
    "api_gravity": (22.3, 48.1),
    "gas_gravity": (0.65, 1.28),
}
SALINITY = (-0.001, 0.26)
"""Fresh water is 998 or 999 kg/m3 by who says it: salt a little below 0."""
LIMITS: dict[str, dict[str, Limits]] = {
    "solution_gas": {
        "STANDING_1947": {**_STANDING, "pressure_kpa": (900.0, 48_000.0)},
        "STANDING_1981": {**_STANDING, "pressure_kpa": (900.0, 48_000.0)},
        "VASQUEZ_BEGGS": {**_VASQUEZ_BEGGS, "pressure_kpa": (100.0, 42_000.0)},
        "GLASO": {**_GLASO, "pressure_kpa": (930.0, 49_000.0)},
        "DE_GHETTO_HEAVY": {
            "pressure_kpa": (1400.0, 28_000.0),
            "temperature_degc": (55.0, 122.0),
            "api_gravity": (10.0, 22.3),
            "gas_gravity": (0.62, 1.52),
        },
    },
    "oil_volume_factor": {
        "STANDING": _STANDING,
        "VASQUEZ_BEGGS": {**_VASQUEZ_BEGGS, "solution_gor_m3m3": (0.0, 390.0)},
        "GLASO": _GLASO,
    },
    "oil_compressibility": {
        "PETROSKY_FARSHAD": {
            "pressure_kpa": (11_700.0, 73_700.0),
            "solution_gor_m3m3": (39.0, 250.0),
            "temperature_degc": (46.0, 142.0),
            "api_gravity": (16.3, 45.0),
            "gas_gravity": (0.58, 0.85),
        },
        "VASQUEZ_BEGGS": {**_VASQUEZ_BEGGS, "pressure_kpa": (970.0, 65_600.0)},
    },
    "dead_oil_viscosity": {
        "EGBOGAH_NG": {"temperature_degc": (15.0, 80.0), "api_gravity": (5.0, 58.0)},
        "BEGGS_ROBINSON": {"temperature_degc": (21.0, 146.0), "api_gravity": (16.0, 58.0)},
        "BEAL": {"temperature_degc": (38.0, 104.0), "api_gravity": (10.0, 52.5)},
        "GLASO": {"temperature_degc": (10.0, 149.0), "api_gravity": (20.0, 48.0)},
        "BERGMAN": {},
    },
    "live_oil_viscosity": {
        "BEGGS_ROBINSON": {"solution_gor_m3m3": (3.6, 369.0)},
        "CHEW_CONNALLY": {"solution_gor_m3m3": (0.0, 285.0)},
        "BERGMAN": {},
    },
    "undersaturated_viscosity": {
        "BERGMAN_SUTTON": {},
        "VASQUEZ_BEGGS": {"pressure_kpa": (970.0, 65_600.0)},
    },
    "pseudo_critical": {
        "SUTTON": {"gas_gravity": (0.57, 1.68)},
        "STANDING_DRY": {"gas_gravity": (0.55, 0.75)},
    },
    "water_viscosity": {
        "KESTIN": {
            "temperature_degc": (20.0, 150.0),
            "pressure_kpa": (100.0, 35_000.0),
            "salinity_kgkg": SALINITY,
        },
        "MCCAIN": {"temperature_degc": (38.0, 204.0), "salinity_kgkg": SALINITY},
    },
}
"""Of each choice the data that it was made of; of Bergman's the source gives none."""
FIXED_LIMITS: dict[str, Limits] = {
    "compressibility_factor": {"reduced_pressure": (0.0, 30.0), "reduced_temperature": (1.0, 3.0)},
    "gas_viscosity": {"temperature_degc": (38.0, 171.0), "pressure_kpa": (690.0, 55_200.0)},
    "water_volume_factor": {"temperature_degc": (0.0, 127.0), "pressure_kpa": (0.0, 34_000.0)},
}
"""Of what has no choice: Dranchuk and Abou-Kassem, Lee, McCain."""


@dataclass(frozen=True, kw_only=True)
class Correlations:
    """The correlation of each property; a result names the set, so that it can be made again.

    Compressibility factor, viscosity of gas and volume factor of water have no choice: Dranchuk
    and Abou-Kassem, Lee with Gonzalez and Eakin, McCain.

    Attributes:
        name: of the set.
        solution_gas: gas dissolved below the bubble point, and that point. The first equation of
            Standing is the default since with the gas it goes to 0, as pumps near an empty annulus
            see it; his later one lies 2 % above at 800 psia and 8 % at 350.
        oil_volume_factor: of a saturated oil. At an intake the authors lie within 4 %.
        oil_compressibility: above the bubble point. Vasquez and Beggs' has no value for cold, heavy
            or dry oils.
        dead_oil_viscosity: from gravity and temperature alone, a guess within a factor of two; the
            widest data are the default.
        live_oil_viscosity: of the dead one and the dissolved gas.
        undersaturated_viscosity: above the bubble point; Vasquez and Beggs' has no value for an oil
            without gas.
        pseudo_critical: of the gas by its gravity; Sutton's is made for the rich gas of oil wells.
        water_viscosity: Kestin's is within 0.2 % of IAPWS, McCain's 4 to 8 % low in fresh water.
        emulsion: viscosity of water dispersed in oil; oil in water is Brinkman's. The mean by
            volume, of both in any share, has no physical ground; most programs have it.
        inversion_water_cut: in-situ water cut from which on water is the continuous phase; measured
            between 0.35 and 0.8 [m3/m3].
    """

    name: str = "PUMPPERF_FLUIDS_2026"
    solution_gas: SolutionGas = "STANDING_1947"
    oil_volume_factor: OilVolumeFactor = "STANDING"
    oil_compressibility: OilCompressibility = "PETROSKY_FARSHAD"
    dead_oil_viscosity: DeadOilViscosity = "EGBOGAH_NG"
    live_oil_viscosity: LiveOilViscosity = "BEGGS_ROBINSON"
    undersaturated_viscosity: UndersaturatedViscosity = "BERGMAN_SUTTON"
    pseudo_critical: PseudoCritical = "SUTTON"
    water_viscosity: WaterViscosity = "KESTIN"
    emulsion: Emulsion = "WOELFLIN_MEDIUM"
    inversion_water_cut: float = 0.6

    def __post_init__(self) -> None:
        """Refuse a choice that is none."""
        for name, of in (*LIMITS.items(), ("emulsion", (*WOELFLIN, "BRINKMAN", "VOLUME_WEIGHTED"))):
            one_of(value=getattr(self, name), among=tuple(of), name=name)

    def __str__(self) -> str:
        said = asdict(self)
        name = said.pop("name")
        words = (f"{key.replace('_', ' ')} {value}" for key, value in said.items())
        return f"{name} ({', '.join(words)})"

    def limits(self) -> dict[str, Limits]:
        """Of each property the data of its correlation."""
        chosen = {key: of[getattr(self, key)] for key, of in LIMITS.items()}
        return chosen | FIXED_LIMITS


PUMPPERF_FLUIDS_2026 = Correlations()
