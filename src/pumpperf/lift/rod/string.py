"""The rod string: its weight, its spring constant and its natural frequency.

A string is described from top to bottom, tapers along the last axis; a stack of strings of many
wells has the wells along the first. A taper of length 0 fills up a shorter string.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from attrs import asdict, field, frozen
from numpy.typing import ArrayLike

from pumpperf.calc.interpolation import bisected
from pumpperf.errors import ArgumentError
from pumpperf.lift.rod.stack import refuse_unlike
from pumpperf.numeric import BoolArray, FloatArray, Reals, positive, ratio
from pumpperf.units import STANDARD_GRAVITY_MS2

BISECTIONS = 48


def _column(given: ArrayLike) -> FloatArray:
    return np.atleast_1d(np.asarray(given, dtype=np.float64))


@frozen(kw_only=True, eq=False)
class RodString:
    """Rods from the polished rod down to the pump, one string or a stack of them.

    Each is a number for all tapers, an array over tapers, or one over wells and tapers.

    Attributes:
        length_m: of each taper [m], at least 0.
        diameter_mm: of the rod body [mm], above 0.
        mass_kgm: in air, couplings included [kg/m], above 0.
        youngs_modulus_kpa: of the rod body [kPa], above 0; steel about 2.1e8.
        density_kgm3: of the rod material [kg/m3], above 0; steel 7850.
        damping_1s: viscous damping c of m c w_t [1/s].

    Raises:
        ArgumentError: shapes do not fit together, or a value is not possible; all are listed.

    >>> string = RodString(
    ...     length_m=[1000, 800], diameter_mm=[22.225, 19.05], mass_kgm=[3.31, 2.43],
    ...     youngs_modulus_kpa=2.1e8, density_kgm3=7850, damping_1s=0.1,
    ... )
    >>> string.length_m.tolist()
    [1000.0, 800.0]
    """

    length_m: FloatArray = field(converter=_column)
    diameter_mm: FloatArray = field(converter=_column)
    mass_kgm: FloatArray = field(converter=_column)
    youngs_modulus_kpa: FloatArray = field(converter=_column)
    density_kgm3: FloatArray = field(converter=_column)
    damping_1s: FloatArray = field(converter=_column)

    def __attrs_post_init__(self) -> None:
        """Bring all to one shape and look at every value."""
        columns: dict[str, FloatArray] = asdict(self)
        try:
            fitted = np.broadcast_arrays(*columns.values())
        except ValueError:
            shapes = {name: column.shape for name, column in columns.items()}
            raise ArgumentError(
                f"rod string: shapes {shapes} do not fit: expected tapers along the last axis"
            ) from None
        possible = [fitted[0] >= 0.0, *(one > 0.0 for one in fitted[1:5]), True]
        limits = ["at least 0", *["above 0"] * 4, "a finite number"]
        wrong = [
            f"{name} = {one[~finite][0]:g} where {limit} is expected"
            for name, one, right, limit in zip(columns, fitted, possible, limits, strict=True)
            if not (finite := right & np.isfinite(one)).all()
        ]
        if fitted[0].shape[-1] == 0:
            wrong.append("there is no taper where at least one is expected")
        if wrong:
            raise ArgumentError("rod string: " + "; ".join(wrong))
        for name, one in zip(columns, fitted, strict=True):
            kept = one.copy()
            kept.flags.writeable = False
            object.__setattr__(self, name, kept)

    @property
    def stiffness_kn(self) -> FloatArray:
        """E A of each taper [kN]: the force that would double its length."""
        return self.youngs_modulus_kpa * (self.diameter_mm / 1000.0) ** 2 * (math.pi / 4.0)

    @property
    def impedance_kns(self) -> FloatArray:
        """sqrt(E A m) of each taper [kN s/m]: the force that a unit of velocity carries."""
        return np.asarray(np.sqrt(self.stiffness_kn * self.mass_kgm / 1000.0))

    @property
    def travel_s(self) -> FloatArray:
        """Time [s] that a wave needs through each taper: L / sqrt(E A / m)."""
        return self.length_m * np.sqrt(self.mass_kgm / (1000.0 * self.stiffness_kn))


def rod_mass_kgm(
    *, youngs_modulus_kpa: Reals, diameter_mm: Reals | float, wave_speed_ms: Reals | float
) -> Reals:
    """Mass of a rod with its couplings per length [kg/m], from the speed of waves in it.

    m = E A / a^2

    Args:
        youngs_modulus_kpa: of the rod body [kPa].
        diameter_mm: of the rod body [mm].
        wave_speed_ms: as measured in such rods [m/s]; steel with couplings about 4970.

    Source: first principles, a^2 = E A / m; API RP 11L, A10: a is about 16 300 ft/s. A 1 in rod
    of 30.5e6 psi: 2.90 lb/ft = 4.316 kg/m.

    >>> rod_mass_kgm(youngs_modulus_kpa=2.10290e8, diameter_mm=25.4, wave_speed_ms=4968.24)
    4.317
    """
    stiffness_kn = youngs_modulus_kpa * (diameter_mm * diameter_mm) * (math.pi / 4e6)
    return ratio(stiffness_kn * 1000.0, wave_speed_ms * wave_speed_ms)


def spring_constant_knm(string: RodString) -> FloatArray:
    """Spring constant of the whole string [kN/m]; NaN of one that has no length.

    1/k_r = sum of L/(E A)

    Source: API RP 11L, A11. Rods 76 at 7000 ft with 30.6 % of 7/8 in, elastic constant 0.812e-6
    in/(lbf ft), as of steel of 30.75e6 psi: 175.9 lbf/in = 30.8 kN/m.

    >>> string = RodString(
    ...     length_m=[652.88, 1480.72], diameter_mm=[22.225, 19.05], mass_kgm=[3.31, 2.43],
    ...     youngs_modulus_kpa=2.12e8, density_kgm3=7850, damping_1s=0,
    ... )
    >>> float(spring_constant_knm(string))
    30.8
    """
    stretch_mkn = np.sum(string.length_m / string.stiffness_kn, axis=-1)
    return np.asarray(1.0 / positive(stretch_mkn))


def weight_in_air_kn(string: RodString) -> FloatArray:
    """Weight of the whole string in air [kN].

    W_r = g * sum of m L

    Source: first principles; Mills: 2000 ft of 2.22 lb/ft and 3000 ft of 1.63 lb/ft: 9330 lbf.

    >>> string = RodString(
    ...     length_m=[609.6, 914.4], diameter_mm=[22.225, 19.05], mass_kgm=[3.30375, 2.42573],
    ...     youngs_modulus_kpa=2.1e8, density_kgm3=7850, damping_1s=0,
    ... )
    >>> float(weight_in_air_kn(string)) / 4.4482216152605e-3
    9330.
    """
    mass_kg = np.sum(string.mass_kgm * string.length_m, axis=-1)
    return np.asarray(mass_kg * (STANDARD_GRAVITY_MS2 / 1000.0))


def weight_in_fluid_kn(string: RodString, *, fluid_density_kgm3: ArrayLike) -> FloatArray:
    """Weight of the whole string hanging in the tubing's liquid [kN].

    W_rf = g * sum of m L (1 - rho_f/rho_r)

    Args:
        string: one, or a stack.
        fluid_density_kgm3: of the liquid in the tubing [kg/m3], one a string.

    Source: Archimedes; API RP 11L rounds to W_r (1 - 0.128 G): water on steel: 0.872.

    >>> string = RodString(
    ...     length_m=1000, diameter_mm=22.225, mass_kgm=3.31,
    ...     youngs_modulus_kpa=2.1e8, density_kgm3=7850, damping_1s=0,
    ... )
    >>> weight_kn = weight_in_fluid_kn(string, fluid_density_kgm3=1000.0)
    >>> float(weight_kn / weight_in_air_kn(string))
    0.873
    """
    fluid = np.asarray(fluid_density_kgm3, dtype=np.float64)
    refuse_unlike(strings=string.length_m[..., 0], fluid_density_kgm3=fluid)
    kept = 1.0 - fluid[..., np.newaxis] / string.density_kgm3
    mass_kg = np.sum(string.mass_kgm * string.length_m * kept, axis=-1)
    return np.asarray(mass_kg * (STANDARD_GRAVITY_MS2 / 1000.0))


def natural_frequency_spm(string: RodString) -> FloatArray:
    """Natural frequency [1/min] of the string, held at the top, free at the pump, undamped.

    N_o' = 60 f, f the lowest root of T(f) = 0, where T is the load at the pump for a load at the
    top; for one taper T = cos(2 pi f L/a) and N_o = 15 a/L. Tapers raise it: N_o' = F_c N_o.

    Source: free vibration of a bar; API RP 11L, A10: with 16 333 ft/s, N_o = 245 000 / L[ft];
    at 10 000 ft: 24.5.

    >>> mass_kgm = rod_mass_kgm(youngs_modulus_kpa=2.1e8, diameter_mm=19.05, wave_speed_ms=4978.3)
    >>> string = RodString(
    ...     length_m=3048, diameter_mm=19.05, mass_kgm=mass_kgm,
    ...     youngs_modulus_kpa=2.1e8, density_kgm3=7850, damping_1s=0,
    ... )
    >>> float(natural_frequency_spm(string))
    24.5
    """
    quarter_wave = math.pi / 2.0 / positive(np.sum(string.travel_s, axis=-1))
    highest = string.length_m.shape[-1] * quarter_wave
    below = partial(_below_natural_frequency, string)
    angular_speed = bisected(
        low=np.zeros_like(highest), high=highest, steps=BISECTIONS, below=below
    )
    return np.asarray(angular_speed * (60.0 / (2.0 * math.pi)))


def _below_natural_frequency(string: RodString, angular_speed: FloatArray) -> BoolArray:
    """Whether a held top leads the motion to less than a quarter wave before the free end."""
    angle = np.zeros_like(angular_speed)
    past = np.zeros_like(angular_speed, dtype=bool)
    impedance, travel_s = string.impedance_kns, string.travel_s
    for taper in range(travel_s.shape[-1]):
        above = impedance[..., max(taper - 1, 0)]
        angle = np.arctan(impedance[..., taper] / above * np.tan(angle))
        angle = angle + angular_speed * travel_s[..., taper]
        past = past | (angle >= math.pi / 2.0)
        angle = np.where(past, 0.0, angle)
    return ~past
