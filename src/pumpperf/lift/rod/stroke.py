"""What the plunger's stroke loses and gains below the polished rod, and where the volume goes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import same_index
from pumpperf.lift.rod.reading import plunger_area_m2
from pumpperf.lift.rod.stack import refuse_unlike
from pumpperf.numeric import FloatArray, Reals, floats, ratio
from pumpperf.units import SECONDS_PER_DAY


def elastic_stretch_m(*, load_kn: Reals, spring_constant_knm: Reals | float) -> Reals:
    """Stretch [m] of rods, or of unanchored tubing, under a load at its foot.

    e = F/k

    Args:
        load_kn: of the fluid on the plunger [kN].
        spring_constant_knm: of the rod string, or E A/L of free tubing [kN/m], above 0.

    Source: Hooke; API RP 11L, A11: 3719 lbf on 175.9 lbf/in: 21.14 in = 0.537 m.

    >>> elastic_stretch_m(load_kn=16.543, spring_constant_knm=30.805)
    0.537
    """
    return ratio(load_kn, spring_constant_knm)


def plunger_overtravel_m(
    *, stroke_m: ArrayLike, speed_spm: ArrayLike, natural_frequency_spm: ArrayLike
) -> FloatArray:
    """What the inertia of the rods adds to the stroke of a plunger without load [m].

    o = S (1/cos(pi/2 N/N_o) - 1), of a uniform undamped string moved harmonically

    Args:
        stroke_m: S of the polished rod [m].
        speed_spm: N, full strokes per minute [1/min].
        natural_frequency_spm: N_o of the string [1/min]; NaN unless N is below N_o.

    Source: standing wave in a bar; for slow strokes S/2 (pi/2 N/N_o)^2. S = 2 m at N/N_o = 0.2:
    0.1029 m.

    >>> float(plunger_overtravel_m(stroke_m=2.0, speed_spm=5.0, natural_frequency_spm=25.0))
    0.1029
    """
    same_index(stroke_m=stroke_m, speed_spm=speed_spm, natural_frequency_spm=natural_frequency_spm)
    stroke, speed, natural = floats(stroke_m, speed_spm, natural_frequency_spm)
    refuse_unlike(stroke_m=stroke, speed_spm=speed, natural_frequency_spm=natural)
    share = ratio(speed, natural)
    slow = np.where(np.abs(share) < 1.0, share, np.nan)
    return np.asarray(stroke * (1.0 / np.cos(math.pi / 2.0 * slow) - 1.0))


def stroke_factor(*, plunger_stroke_m: Reals, stroke_m: Reals | float) -> Reals:
    """Gross stroke of the plunger over that of the polished rod.

    s = S_p/S

    Args:
        plunger_stroke_m: highest less lowest position of the plunger [m].
        stroke_m: of the polished rod [m], above 0.

    Source: definition; 66 in of 100 in: 0.66.

    >>> stroke_factor(plunger_stroke_m=1.6764, stroke_m=2.54)
    0.66
    """
    return ratio(plunger_stroke_m, stroke_m)


def slip_factor(*, slip_rate_m3d: Reals, filled_displacement_rate_m3d: Reals | float) -> Reals:
    """What slip leaves of the volume that the plunger takes up.

    s = 1 - q_slip/q_filled

    Args:
        slip_rate_m3d: past plunger and valves [m3/d].
        filled_displacement_rate_m3d: displacement times fillage [m3/d], above 0.

    Source: definition; 6.3 of 100 m3/d: 0.937.

    >>> slip_factor(slip_rate_m3d=6.3, filled_displacement_rate_m3d=100.0)
    0.937
    """
    return 1.0 - ratio(slip_rate_m3d, filled_displacement_rate_m3d)


def shrinkage_factor(*, water_cut: Reals, formation_volume_factor: Reals | float) -> Reals:
    """Liquid in the tank over the same liquid at the pump.

    b = 1/(w + (1 - w) B_o)

    Args:
        water_cut: w, share of water in the tank's liquid, 0..1; water does not shrink.
        formation_volume_factor: B_o, oil at the pump over the same oil in the tank, above 0.

    Source: definition; dry oil of B_o = 1.121: 0.892.

    >>> shrinkage_factor(water_cut=0.0, formation_volume_factor=1.121)
    0.892
    """
    at_pump = water_cut + (1.0 - water_cut) * formation_volume_factor
    return ratio(0.0 * at_pump + 1.0, at_pump)


def surface_volumetric_efficiency(
    *,
    stroke_factor: Reals,
    fillage: Reals | float,
    slip_factor: Reals | float,
    shrinkage_factor: Reals | float,
) -> Reals:
    """Tank rate over the displacement of the surface stroke, from its four parts.

    eta = stroke x fillage x slip x shrinkage; what a measured one differs by is unexplained.

    Args:
        stroke_factor: plunger stroke over polished-rod stroke.
        fillage: share of the plunger stroke that is filled, 0..1.
        slip_factor: what slip leaves, 0..1.
        shrinkage_factor: tank volume over pump volume, 0..1.

    Source: system acceptance sheets of beam pumps print the four and 0.325, which they round:
    0.66 x 0.588 x 0.937 x 0.892 = 0.3244.

    >>> surface_volumetric_efficiency(
    ...     stroke_factor=0.66, fillage=0.588, slip_factor=0.937, shrinkage_factor=0.892
    ... )
    0.3244
    """
    return stroke_factor * fillage * slip_factor * shrinkage_factor


def valve_check_fluid_load_kn(
    *, travelling_valve_load_kn: Reals, standing_valve_load_kn: Reals | float
) -> Reals:
    """Fluid load [kN] from the two valve checks: free of the datum of the load cell.

    F_o = TV - SV; SV alone is the weight of the rods in the liquid.

    Args:
        travelling_valve_load_kn: polished-rod load with the pump stopped on the way up [kN].
        standing_valve_load_kn: the same stopped on the way down [kN].

    Source: balance of forces on the string at rest; 12 000 less 8000 lbf: 4000 lbf = 17.793 kN.

    >>> valve_check_fluid_load_kn(travelling_valve_load_kn=53.379, standing_valve_load_kn=35.586)
    17.793
    """
    return travelling_valve_load_kn - standing_valve_load_kn


def valve_check_leak_rate_m3d(
    *, load_fall_kns: Reals, spring_constant_knm: Reals | float, plunger_diameter_mm: Reals | float
) -> Reals:
    """Leak [m3/d] past plunger and travelling valve from the fall of the load in a valve check.

    q = A (dF/dt)/k_r: as the load falls the rods shorten and the plunger makes room for the leak.

    Args:
        load_fall_kns: how fast the polished-rod load falls [kN/s].
        spring_constant_knm: of the rod string [kN/m], above 0.
        plunger_diameter_mm: diameter of the plunger [mm].

    Source: first principles, the liquid below the plunger taken as stiff; 0.1 kN/s on 30 kN/m and
    44.45 mm: 0.447 m3/d.

    >>> valve_check_leak_rate_m3d(
    ...     load_fall_kns=0.1, spring_constant_knm=30.0, plunger_diameter_mm=44.45
    ... )
    0.447
    """
    area_m2 = plunger_area_m2(plunger_diameter_mm=plunger_diameter_mm + 0.0 * load_fall_kns)
    return ratio(load_fall_kns, spring_constant_knm) * area_m2 * SECONDS_PER_DAY


def counterbalance_ratio(*, upstroke_peak: Reals, downstroke_peak: Reals | float) -> Reals:
    """Downstroke peak of the motor over its upstroke peak: 1 for a balanced beam unit.

    b = down/up, of amperes or of kilowatts

    Args:
        upstroke_peak: highest amperes or power while the rods rise, above 0.
        downstroke_peak: the same while they fall, in the same unit.

    Source: system acceptance sheets of beam pumps: 51.04 A over 58.1 A: 87.85 %.

    >>> counterbalance_ratio(upstroke_peak=58.1, downstroke_peak=51.04)
    0.8785
    """
    return ratio(downstroke_peak + 0.0 * upstroke_peak, upstroke_peak)
