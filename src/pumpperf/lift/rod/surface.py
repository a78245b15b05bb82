"""Surface cards made ready to be taken down, and what they become at the pump.

The conventions are those of `lift.rod.wave`.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.errors import ArgumentError
from pumpperf.lift.rod.string import RodString, refuse_unlike, weight_in_fluid_kn
from pumpperf.numeric import FloatArray
from pumpperf.results import Result


class DownholeCard(Result):
    """The card at the pump, of the same shape as the surface card.

    Attributes:
        position_m: of the plunger, upwards [m].
        load_kn: effective load on the plunger [kN].
    """

    position_m: Annotated[FloatArray, "sample"]
    load_kn: Annotated[FloatArray, "sample"]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SurfaceCards:
    """What moves at the top of each string, wells along the first axis.

    Attributes:
        shape: of the cards as they were given.
        displacement_m: downwards [m], (wells, points).
        tension_kn: without the hanging weight [kN], (wells, points).
        angular_speed_1s: of the stroke [1/s], (wells,); NaN unless above 0.
        length_m: of each taper [m], (wells, tapers), as all that follow.
        stiffness_kn: E A [kN].
        impedance_kns: sqrt(E A m) [kN s/m].
        travel_s: time of a wave through it [s].
        damping_1s: c [1/s].
    """

    shape: tuple[int, ...]
    displacement_m: FloatArray
    tension_kn: FloatArray
    angular_speed_1s: FloatArray
    length_m: FloatArray
    stiffness_kn: FloatArray
    impedance_kns: FloatArray
    travel_s: FloatArray
    damping_1s: FloatArray

    def at_the_pump(self, displacement_m: FloatArray, tension_kn: FloatArray) -> DownholeCard:
        """The downhole cards, in the shape in which the surface cards came.

        A well with a number that is undefined or beyond any number is NaN throughout.
        """
        sound = (np.isfinite(displacement_m) & np.isfinite(tension_kn)).all(axis=-1, keepdims=True)
        return DownholeCard(
            position_m=np.where(sound, -displacement_m, np.nan).reshape(self.shape),
            load_kn=np.where(sound, tension_kn, np.nan).reshape(self.shape),
        )


def surface_cards(
    *,
    position_m: ArrayLike,
    load_kn: ArrayLike,
    speed_spm: ArrayLike,
    string: RodString,
    fluid_density_kgm3: ArrayLike,
) -> SurfaceCards:
    """Cards, speeds and strings brought to one row a well, the hanging weight taken off the load.

    Args:
        position_m: of the polished rod, upwards [m], one card (points) or a stack (wells, points).
        load_kn: on the polished rod [kN], of the same shape.
        speed_spm: full strokes per minute [1/min], one a well.
        string: one for all wells, or one a well.
        fluid_density_kgm3: of the liquid in the tubing [kg/m3], one a well.

    Raises:
        ArgumentError: the shapes do not fit together.
    """
    position, load = np.asarray(position_m, dtype=np.float64), np.asarray(load_kn, dtype=np.float64)
    if position.shape != load.shape or position.ndim == 0 or position.shape[-1] < 3:
        raise ArgumentError(
            f"position_m has the shape {position.shape} and load_kn {load.shape}: "
            "expected the same, with at least 3 points along the last axis"
        )
    speed = np.asarray(speed_spm, dtype=np.float64)
    weight_kn = weight_in_fluid_kn(string, fluid_density_kgm3=fluid_density_kgm3)
    refuse_unlike(cards=position[..., 0], speed_spm=speed, strings_and_liquids=weight_kn)
    leading = np.broadcast_shapes(position.shape[:-1], speed.shape, weight_kn.shape)
    shape = (*leading, position.shape[-1])

    def rows(values: FloatArray, last: int) -> FloatArray:
        return np.broadcast_to(values, (*leading, last)).reshape(-1, last)

    tapers = string.length_m.shape[-1]
    turning = np.where(speed > 0.0, speed, np.nan)[..., np.newaxis]
    return SurfaceCards(
        shape=shape,
        displacement_m=-rows(position, shape[-1]),
        tension_kn=rows(load - weight_kn[..., np.newaxis], shape[-1]),
        angular_speed_1s=rows(turning, 1)[:, 0] * (2.0 * np.pi / 60.0),
        length_m=rows(string.length_m, tapers),
        stiffness_kn=rows(string.stiffness_kn, tapers),
        impedance_kns=rows(string.impedance_kns, tapers),
        travel_s=rows(string.travel_s, tapers),
        damping_1s=rows(string.damping_1s, tapers),
    )
