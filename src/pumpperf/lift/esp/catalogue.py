"""Catalogues: entries that come as dictionaries, many curves as one stack, and their own sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields

import numpy as np

from pumpperf.errors import ArgumentError
from pumpperf.lift.esp.curve import StageCurve, stage_curve
from pumpperf.numeric import FloatArray, ratio
from pumpperf.units import SECONDS_PER_DAY, STANDARD_GRAVITY_MS2

POINTS = ("rate_points", "head_points", "power_points", "eff_points")
NUMBERS = ("freq_Hz", "slip_nom_rpm", "rate_opt_min_sm3day", "rate_opt_max_sm3day")


def stage_curve_from_catalogue(entry: Mapping[str, object]) -> StageCurve:
    """A stage curve from one entry of a catalogue in the unifloc JSON layout.

    Args:
        entry: with `rate_points` [m3/d], `head_points` [m], `power_points` [kW] and `eff_points`
            (0..1) of one stage, `freq_Hz`, `slip_nom_rpm`, `rate_opt_min_sm3day` and
            `rate_opt_max_sm3day`; whatever else it holds is left alone. Some entries print a
            `slip_nom_rpm` above the synchronous speed of their frequency: `motor_slip` is negative.

    Raises:
        ArgumentError: keys are missing or hold no numbers; all of them are named at once.

    >>> stage_curve_from_catalogue({"freq_Hz": 50})
    Traceback (most recent call last):
    pumpperf.errors.ArgumentError: stage curve: rate_points is missing; ...
    """
    found: dict[str, FloatArray] = {}
    faults: list[str] = []
    for key in (*POINTS, *NUMBERS):
        wanted = 1 if key in POINTS else 0
        try:
            found[key] = np.asarray(entry[key], dtype=np.float64)
        except KeyError:
            faults.append(f"{key} is missing")
        except (TypeError, ValueError):
            faults.append(f"{key} = {entry[key]!r}: expected numbers")
        else:
            if found[key].ndim != wanted:
                expected = "a list of numbers" if wanted else "one number"
                faults.append(f"{key} = {entry[key]!r}: expected {expected}")
    if faults:
        raise ArgumentError("stage curve: " + "; ".join(faults))
    return stage_curve(
        frequency_hz=found["freq_Hz"],
        rate_m3d=found["rate_points"],
        head_m=found["head_points"],
        power_kw=found["power_points"],
        catalogue_efficiency=found["eff_points"],
        recommended_low_m3d=found["rate_opt_min_sm3day"],
        recommended_high_m3d=found["rate_opt_max_sm3day"],
        speed_rpm=found["slip_nom_rpm"],
    )


def stacked_curves(curves: Sequence[StageCurve]) -> StageCurve:
    """Several single curves as one stack, in their order; wells then name theirs by its number.

    Args:
        curves: one curve each.

    Raises:
        ArgumentError: there is none, or one of them is a stack itself.
    """
    if not curves or any(curve.rate_m3d.ndim != 1 for curve in curves):
        raise ArgumentError("stacked_curves: expected one single curve or more")
    longest = max(curve.rate_m3d.size for curve in curves)
    stacked: dict[str, FloatArray] = {
        part.name: np.stack([_padded(getattr(curve, part.name), longest) for curve in curves])
        for part in fields(StageCurve)
    }
    return StageCurve(**stacked)


def efficiency_difference(curve: StageCurve) -> FloatArray:
    """Efficiency from head and power less the printed one, at each point: does a catalogue agree?

    d = rho g q H / P - eta;  a difference is shown, never corrected.

    Source: of 59 published stages 51 agree to a median of 0.01. Centrilift 338G5 prints 0.435 at
        69.7 m3/d, 4.46 m and 0.07885 kW, which make 0.4475.

    >>> curve = stage_curve(
    ...     frequency_hz=60, rate_m3d=[0, 69.7, 100], head_m=[6, 4.46, 0],
    ...     power_kw=[0.06, 0.0788453856, 0.08], catalogue_efficiency=[0, 0.435, 0],
    ... )
    >>> efficiency_difference(curve).tolist()
    [0.0, 0.0125, 0.0]
    """
    with np.errstate(all="ignore"):  # numbers beyond any pump's come out as inf or NaN
        weight = curve.density_kgm3[..., np.newaxis] * STANDARD_GRAVITY_MS2
        hydraulic_kw = weight * curve.rate_m3d * curve.head_m / (1000.0 * SECONDS_PER_DAY)
        return np.asarray(ratio(hydraulic_kw, curve.power_kw) - curve.catalogue_efficiency)


def _padded(part: FloatArray, longest: int) -> FloatArray:
    if part.ndim == 0:
        return part
    return np.pad(part, (0, longest - part.size), constant_values=np.nan)
