"""Sucker-rod pumps: the reading and its duty."""

import math
from collections.abc import Iterable, Mapping
from typing import ClassVar, TypeAlias

from attrs import field, frozen

from pumpperf.calc.power import reciprocating_power_kw
from pumpperf.checked import Pairs, Takes, converted
from pumpperf.fields import (
    Kilonewtons,
    Kilowatts,
    Millimetres,
    Positions,
    Share,
    StrokeMetres,
    StrokesPerMinute,
)
from pumpperf.lift.powers import pick, shared_duty
from pumpperf.lift.reading import LiftType, SharedReading
from pumpperf.numeric import Reals, coalesce, ratio
from pumpperf.units import MINUTES_PER_DAY

SURFACE = ("card_position_m", "card_load_kn")
DOWNHOLE = ("downhole_position_m", "downhole_load_kn")

_Reals: TypeAlias = Iterable[float] | None


@frozen(kw_only=True, field_transformer=converted)
class RodReading(SharedReading):
    """One reading of a sucker-rod pump.

    Attributes:
        speed_spm: full strokes per minute.
        minimum_speed_spm: lowest that its drive may run.
        maximum_speed_spm: highest that its drive may run.
        stroke_m: stroke of the polished rod.
        plunger_stroke_m: gross stroke of the plunger; if not given, of the downhole card.
        fillage: net over gross stroke, 0..1, as a controller states it; if not given, of the
            downhole card.
        plunger_diameter_mm: diameter of the plunger.
        rod_diameter_mm: of the rods in the tubing, the mean of a tapered string.
        card_position_m: positions of the surface dynamometer card, in recorded order.
        card_load_kn: polished-rod loads at the same points.
        downhole_position_m: positions of the plunger, of a downhole card, in recorded order.
        downhole_load_kn: effective loads on the plunger at the same points.
        polished_rod_power_kw: as a dynamometer or controller states it, if there is no card.
        peak_rod_load_kn: highest polished-rod load; if not given, of the card.
        minimum_rod_load_kn: lowest polished-rod load; if not given, of the card.
        rod_weight_in_air_kn: weight of the whole rod string in air.
        fluid_load_kn: difference of the load lines; if not given, of the downhole card.
    """

    LIFT_TYPE: ClassVar[LiftType] = LiftType.SUCKER_ROD_PUMP
    ORDERED: ClassVar[Pairs] = (
        ("minimum_speed_spm", "maximum_speed_spm"),
        ("minimum_rod_load_kn", "peak_rod_load_kn"),
    )
    EQUALLY_LONG: ClassVar[Pairs] = (SURFACE, DOWNHOLE)

    speed_spm: StrokesPerMinute | None = None
    minimum_speed_spm: StrokesPerMinute | None = None
    maximum_speed_spm: StrokesPerMinute | None = None
    stroke_m: StrokeMetres | None = None
    plunger_stroke_m: StrokeMetres | None = None
    fillage: Share | None = None
    plunger_diameter_mm: Millimetres | None = None
    rod_diameter_mm: Millimetres | None = None
    card_position_m: tuple[Positions, ...] | None = field(default=None, converter=Takes[_Reals])
    card_load_kn: tuple[Kilonewtons, ...] | None = field(default=None, converter=Takes[_Reals])
    downhole_position_m: tuple[Positions, ...] | None = field(default=None, converter=Takes[_Reals])
    downhole_load_kn: tuple[Kilonewtons, ...] | None = field(default=None, converter=Takes[_Reals])
    polished_rod_power_kw: Kilowatts | None = None
    peak_rod_load_kn: Kilonewtons | None = None
    minimum_rod_load_kn: Kilonewtons | None = None
    rod_weight_in_air_kn: Kilonewtons | None = None
    fluid_load_kn: Kilonewtons | None = None


def displacement_rate_m3d(
    *, plunger_diameter_mm: Reals, plunger_stroke_m: Reals | float, speed_spm: Reals | float
) -> Reals:
    """Volume swept by the plunger in a day [m3/d].

    q = 1440 n S pi/4 d^2; the displacement of the pump is that of the plunger's gross stroke.

    Args:
        plunger_diameter_mm: diameter of the plunger [mm].
        plunger_stroke_m: gross stroke of the plunger [m].
        speed_spm: full strokes per minute [1/min].

    Source: geometry; API RP 11L prints 0.1166 S n d^2 bbl/d: 2 in, 40 in, 30 1/min: 559 bbl/d.

    >>> displacement_rate_m3d(plunger_diameter_mm=50.8, plunger_stroke_m=1.016, speed_spm=30) / (
    ...     0.158987294928
    ... )
    559.5
    """
    area_m2 = plunger_area_m2(plunger_diameter_mm=plunger_diameter_mm)
    return area_m2 * plunger_stroke_m * speed_spm * MINUTES_PER_DAY


def plunger_area_m2(*, plunger_diameter_mm: Reals) -> Reals:
    """Cross-section of the plunger [m2].

    A = pi/4 d^2

    Args:
        plunger_diameter_mm: diameter of the plunger [mm].

    Source: geometry; 1.75 in: 2.4053 in2 = 0.0015518 m2.

    >>> plunger_area_m2(plunger_diameter_mm=44.45)
    0.0015518
    """
    diameter_m = plunger_diameter_mm / 1000.0
    return diameter_m * diameter_m * (math.pi / 4.0)


def intake_pressure_from_fluid_load_kpa(
    *, discharge_pressure_kpa: Reals, fluid_load_kn: Reals | float, plunger_diameter_mm: Reals
) -> Reals:
    """Intake pressure [kPa] that the fluid load on the plunger implies.

    p_i = p_d - F_o / A; a negative one says that load datum or gradient are wrong.

    Args:
        discharge_pressure_kpa: pressure above the plunger [kPa].
        fluid_load_kn: difference of the load lines of the downhole card [kN].
        plunger_diameter_mm: diameter of the plunger [mm], above 0.

    Source: force balance of the plunger; 2381 psi, 6127 lbf, 1.75 in: -166.3 psi = -1147 kPa
    (the operator's sheet rounds its way to -159 psi).

    >>> intake_pressure_from_fluid_load_kpa(
    ...     discharge_pressure_kpa=16416.4, fluid_load_kn=27.2543, plunger_diameter_mm=44.45
    ... )
    -1147.
    """
    area_m2 = plunger_area_m2(plunger_diameter_mm=plunger_diameter_mm)
    return discharge_pressure_kpa - ratio(fluid_load_kn + 0.0 * area_m2, area_m2)


def duty(reading: Mapping[str, Reals], running_share: Reals | float) -> dict[str, Reals]:
    """The duty of a sucker-rod pump: delivered at the polished rod, taken in at the plunger.

    `reading` has the cards' `stroke_work_kj` and `plunger_work_kj` beside its own numbers.
    """
    r = reading
    intake = intake_pressure_from_fluid_load_kpa(
        **pick(r, "discharge_pressure_kpa", "fluid_load_kn", "plunger_diameter_mm")
    )
    card_power = reciprocating_power_kw(**pick(r, "stroke_work_kj", "speed_spm"))
    by_rise = r["discharge_pressure_kpa"] - r["pressure_rise_kpa"]
    intake = coalesce(coalesce(r["intake_pressure_kpa"], by_rise), intake)
    bore_and_speed = pick(r, "plunger_diameter_mm", "speed_spm")
    swept, of_rod = (
        displacement_rate_m3d(plunger_stroke_m=stroke, **bore_and_speed)
        for stroke in (r["plunger_stroke_m"], r["stroke_m"])
    )
    found = shared_duty(
        {**r, "intake_pressure_kpa": intake},
        running_share,
        measured_power_kw=coalesce(card_power, r["polished_rod_power_kw"]),
        displacement_rate_m3d=swept,
    )
    own = reciprocating_power_kw(stroke_work_kj=r["plunger_work_kj"], **pick(r, "speed_spm"))
    return {
        **found,
        "pump_input_power_kw": own,
        "fillage": r["fillage"],
        "net_stroke_efficiency": ratio(found["volumetric_efficiency"], r["fillage"]),
        "polished_rod_stroke_efficiency": ratio(found["running_rate_m3d"], of_rod),
    }
