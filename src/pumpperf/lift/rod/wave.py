"""From the surface card to the downhole card by the damped wave equation: Gibbs' solution.

The conventions of every room of `lift.rod`, said here once:

- Position is positive upwards, at the surface and at the pump. Depth x and displacement w are
  positive downwards, w = -position. Tension is positive, F = E A dw/dx.
- The string obeys m w_tt + c m w_t = E A w_xx about its rest, hanging in the tubing's liquid: the
  surface load less the string's weight in that liquid is the load at x = 0.
- The downhole load is the effective one, without buoyancy: 0 while the travelling valve is open and
  nothing rubs, plunger area times pressure rise while it is closed.
- The downhole position has the surface's datum: at rest it is surface position - F sum of L/(E A).
- A card is one full stroke, its points equally spaced in time, the last one step before the first.
  Points lie along the last axis; a stack has the wells along the first.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.calc.inputs import same_index
from pumpperf.errors import ArgumentError
from pumpperf.lift.rod.stack import card_arrays, refuse_unlike
from pumpperf.lift.rod.string import RodString, weight_in_fluid_kn
from pumpperf.numeric import FloatArray, Reals, positive, ratio
from pumpperf.results import Result

CARDS_IN_CACHE = 128
ComplexArray: TypeAlias = NDArray[np.complex128]


class DownholeCard(Result):
    """The card at the pump, of the same shape as the surface card.

    Attributes:
        position_m: of the plunger, upwards [m].
        load_kn: effective load on the plunger [kN].
    """

    position_m: Annotated[FloatArray, "sample"]
    load_kn: Annotated[FloatArray, "sample"]


def damping_rate_1s(
    *, damping_factor: Reals, wave_speed_ms: Reals | float, string_length_m: Reals | float
) -> Reals:
    """Damping c [1/s] of m c w_t from Gibbs' dimensionless factor.

    c = pi a nu / (2 L)

    Args:
        damping_factor: nu, of the whole string; 0.05 to 0.3 are usual.
        wave_speed_ms: in the rods [m/s].
        string_length_m: of the whole string [m], above 0.

    Source: Gibbs, Predicting the Behavior of Sucker-Rod Pumping Systems, JPT July 1963; quoted,
    unconfirmed. nu = 0.1, 16 300 ft/s, 5000 ft: 0.512 1/s.

    >>> damping_rate_1s(damping_factor=0.1, wave_speed_ms=4968.24, string_length_m=1524.0)
    0.512
    """
    return ratio(damping_factor * wave_speed_ms * (np.pi / 2.0), string_length_m)


def downhole_card(
    *,
    position_m: ArrayLike,
    load_kn: ArrayLike,
    speed_spm: ArrayLike,
    string: RodString,
    fluid_density_kgm3: ArrayLike,
    harmonics: int,
) -> DownholeCard:
    """The card at the pump, by Gibbs' Fourier solution calculated down taper by taper.

    For every harmonic w of the stroke, with g = sqrt(i w c - w^2), travel time t and impedance
    Z = sqrt(E A m) of a taper:
    W2 = W1 cosh(g t) + F1 sinh(g t)/(Z g),  F2 = W1 Z g sinh(g t) + F1 cosh(g t);
    the mean keeps its load and moves by F L/(E A).

    Args:
        position_m: of the polished rod, upwards [m], one card (points) or a stack (wells, points).
        load_kn: on the polished rod [kN], of the same shape.
        speed_spm: full strokes per minute [1/min], above 0, one a well.
        string: one for all wells, or one a well.
        fluid_density_kgm3: of the liquid in the tubing [kg/m3], one a well.
        harmonics: how many of the stroke are used, 1 to (points - 1)/2; more follow a
            sharper load, and more noise. 30 of 200 points serve the diagnosis.

    Returns:
        The downhole card; NaN throughout for a well that has a NaN anywhere.

    Raises:
        ArgumentError: the shapes do not fit together, or the harmonics are not in range.

    Source: Gibbs and Neely, Computer Diagnosis of Down-Hole Conditions in Sucker Rod Pumping Wells,
    JPT January 1966. 5 kN that do not change stretch 1000 m of 3/4 in by 0.0835 m.

    >>> string = RodString(
    ...     length_m=1000, diameter_mm=19.05, mass_kgm=2.43,
    ...     youngs_modulus_kpa=2.1e8, density_kgm3=7850, damping_1s=0.3,
    ... )
    >>> hanging_kn = 1000 * 2.43 * 9.80665e-3 * (1 - 1000 / 7850)
    >>> card = downhole_card(
    ...     position_m=[0.0] * 8, load_kn=[hanging_kn + 5.0] * 8, speed_spm=6,
    ...     string=string, fluid_density_kgm3=1000, harmonics=3,
    ... )
    >>> float(card.position_m[0]), float(card.load_kn[0])
    (-0.0835, 5.0)
    """
    same_index(speed_spm=speed_spm, fluid_density_kgm3=fluid_density_kgm3)
    position, load = card_arrays(position_m, load_kn, fewest_points=3)
    speed = np.asarray(speed_spm, dtype=np.float64)
    weight_kn = weight_in_fluid_kn(string, fluid_density_kgm3=fluid_density_kgm3)
    refuse_unlike(cards=position[..., 0], speed_spm=speed, strings_and_liquids=weight_kn)
    points = int(position.shape[-1])
    most = (points - 1) // 2
    if not 1 <= harmonics <= most:
        raise ArgumentError(f"harmonics = {harmonics}: a card of {points} points has 1 to {most}")
    wells = np.broadcast_shapes(position.shape[:-1], speed.shape, weight_kn.shape)

    def rows(values: FloatArray) -> FloatArray:
        last = int(values.shape[-1])
        return np.broadcast_to(values, (*wells, last)).reshape(-1, last)

    angular_speed_1s = rows(positive(speed)[..., np.newaxis]) * (2.0 * np.pi / 60.0)
    compliance = string.length_m / string.stiffness_kn
    parts = (compliance, string.impedance_kns, string.travel_s, string.damping_1s)
    tapers = np.stack([rows(part) for part in parts])
    motion = np.stack([-rows(position), rows(load - weight_kn[..., np.newaxis])])
    with np.errstate(all="ignore"):  # a well whose numbers cannot be comes out as NaN
        for first in range(0, motion.shape[1], CARDS_IN_CACHE):
            block = slice(first, first + CARDS_IN_CACHE)
            motion[:, block] = _taken_down(
                motion[:, block], angular_speed_1s[block], tapers[:, block], harmonics
            )
    sound = np.isfinite(motion).all(axis=(0, -1), keepdims=True)
    moved, pulled = np.where(sound, motion, np.nan).reshape(2, *wells, points)
    return DownholeCard(position_m=-moved, load_kn=pulled)


def _taken_down(
    motion: FloatArray, angular_speed: FloatArray, tapers: FloatArray, harmonics: int
) -> FloatArray:
    """Displacement and tension at the foot of each string; of `tapers` a row a property."""
    spectra = np.fft.rfft(motion, axis=-1)[..., : harmonics + 1]
    moved, pulled = spectra
    compliance, impedance, travel, damping = tapers
    moved[:, 0] += pulled[:, 0] * np.sum(compliance, axis=-1)
    angular = angular_speed * np.arange(1, harmonics + 1)
    for taper in range(compliance.shape[-1]):
        cosh, sinh, g = _hyperbolic(angular, damping[:, [taper]], travel[:, [taper]])
        carried = impedance[:, [taper]] * g
        above, load = moved[:, 1:], pulled[:, 1:]
        moved[:, 1:], pulled[:, 1:] = (
            above * cosh + load * (sinh / carried),
            above * (carried * sinh) + load * cosh,
        )
    return np.fft.irfft(spectra, motion.shape[-1], axis=-1)


def _hyperbolic(
    angular: FloatArray, damping: FloatArray, travel: FloatArray
) -> tuple[ComplexArray, ComplexArray, ComplexArray]:
    """cosh(g t), sinh(g t) and g = sqrt(i w c - w^2), by their real and imaginary parts."""
    squared = angular * angular
    turning = np.sqrt((angular * np.hypot(angular, damping) + squared) / 2.0)
    fading = angular * damping / (2.0 * turning)
    cos, sin = np.cos(turning * travel), np.sin(turning * travel)
    cosh, sinh = np.cosh(fading * travel), np.sinh(fading * travel)
    return cosh * cos + 1j * (sinh * sin), sinh * cos + 1j * (cosh * sin), fading + 1j * turning
