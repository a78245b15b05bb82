"""Oil and water together: water cut by mass, viscosity of a dispersion.

Which of the two is continuous changes at a water cut between 0.35 and 0.8 that only a measurement
tells, and the viscosity changes tenfold there.
"""

from __future__ import annotations

from typing import Literal

from pumpperf.numeric import Reals, exponential, ratio, to_power

Emulsion = Literal["loose", "medium", "tight"]

_WOELFLIN: dict[Emulsion, tuple[float, float]] = {
    "loose": (2.6672, 2.4740),
    "medium": (5.1920, 1.6691),
    "tight": (5.2456, 2.1102),
}


def water_cut_of_mass(
    *, water_mass_share: Reals, oil_density_kgm3: Reals | float, water_density_kgm3: Reals | float
) -> Reals:
    """Water cut by volume of a liquid whose water cut is known by mass.

    f_v = (f_m / rho_w) / (f_m / rho_w + (1 - f_m) / rho_o)

    Args:
        water_mass_share: mass of water over mass of liquid, 0 to 1, as many Russian and Chinese
            sheets give it.
        oil_density_kgm3: of the oil [kg/m3].
        water_density_kgm3: of the water [kg/m3].

    Source: definition. 62 % by mass of 861 and 1012 kg/m3 are 58.13 % by volume.

    >>> water_cut_of_mass(water_mass_share=0.62, oil_density_kgm3=861.0, water_density_kgm3=1012.0)
    0.5813
    """
    water = water_mass_share * oil_density_kgm3
    return ratio(water, water + (water_mass_share * -1.0 + 1.0) * water_density_kgm3)


def sediment_and_water(*, settled_ml: Reals, sample_ml: Reals | float) -> Reals:
    """Sediment and water (BS&W) of a sample in a centrifuge tube, a share of its volume [m3/m3].

    f = V_settled / V_sample

    Args:
        settled_ml: sediment, water and emulsion at the foot of the tube [ml]; of a tube marked
            0 to 200 half of the reading, since its marks are doubled already.
        sample_ml: the sample without the solvent [ml]: half of a tube that is filled half with
            solvent.

    Source: definition. 17.5 ml in a tube of 100 ml, half of it solvent: 0.35.

    >>> sediment_and_water(settled_ml=17.5, sample_ml=50.0)
    0.35
    """
    return ratio(settled_ml, sample_ml)


def woelflin_viscosity_ratio(*, water_cut: Reals, emulsion: Emulsion) -> Reals:
    """Viscosity of water in oil over that of the oil, by Woelflin's curves.

    r = exp((a f + b) f),  a, b = 2.6672, 2.4740 loose; 5.1920, 1.6691 medium; 5.2456, 2.1102 tight

    Below a water cut of 0.32 the fit of the loose emulsion lies above that of the medium one.

    Args:
        water_cut: of the emulsion, below the inversion [m3/m3].
        emulsion: how tight it is; pumps at high speed make it tight.

    Source: Woelflin (1942), Drilling and Production Practice, 148, in the fit of Petrobras'
    Marlim 3 (PropFlu.cpp): 8.436 at half water, medium.

    >>> woelflin_viscosity_ratio(water_cut=0.5, emulsion="medium")
    8.436
    """
    square, first = _WOELFLIN[emulsion]
    return exponential((water_cut * square + first) * water_cut)


def brinkman_viscosity_mpas(
    *, continuous_viscosity_mpas: Reals, dispersed_share: Reals | float
) -> Reals:
    """Dynamic viscosity [mPa s] of drops of one liquid in another, by Brinkman.

    mu = mu_c (1 - f)^-2.5

    Args:
        continuous_viscosity_mpas: of the liquid around the drops [mPa s].
        dispersed_share: volume of the drops over that of both, below 1 [m3/m3].

    Source: Brinkman (1952), J. Chem. Phys. 20, 571. 30 % in 20 mPa s: 48.785.

    >>> brinkman_viscosity_mpas(continuous_viscosity_mpas=20.0, dispersed_share=0.3)
    48.785
    """
    around = continuous_viscosity_mpas * 0.0 + 1.0 - dispersed_share
    return to_power(around, -2.5) * continuous_viscosity_mpas
