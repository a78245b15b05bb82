"""What any reading may hold: the instruments that all lift systems share."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import ClassVar, cast

from attrs import field, frozen

from pumpperf.checked import Checked, converted
from pumpperf.errors import RowError, shown
from pumpperf.fields import (
    AbsoluteKilopascals,
    Amperes,
    Atmosphere,
    CubicMetresPerCubicMetre,
    CubicMetresPerDay,
    DegreesCelsius,
    Factor,
    Field,
    KilogramsPerCubicMetre,
    Kilopascals,
    Kilowatts,
    Metres,
    Millimetres,
    MillipascalSeconds,
    OilDensity,
    Share,
    StandardCubicMetresPerDay,
    TonnesPerDay,
    UtcDate,
    Volts,
    describe,
    remembered,
)

NAN = float("nan")


class LiftType(StrEnum):
    """How the liquid is lifted."""

    SUCKER_ROD_PUMP = "SUCKER_ROD_PUMP"
    ESP = "ESP"
    PCP = "PCP"
    HYDRAULIC_PISTON = "HYDRAULIC_PISTON"
    HYDRAULIC_JET = "HYDRAULIC_JET"


def pairs_of_floats(
    values: Mapping[str, float] | Iterable[tuple[str, float]],
) -> tuple[tuple[str, float], ...]:
    """Names with numbers, sorted by name, so that equal ones compare equal.

    Raises:
        RowError: they are none.
    """
    try:
        return tuple(sorted((str(name), float(x) + 0.0) for name, x in dict(values).items()))
    except Exception:  # noqa: BLE001  # whatever it is, it is no number
        words = f"uncertainty = {shown(values)}: expected names of quantities with numbers"
        raise RowError("reading", [words]) from None


@frozen(kw_only=True, field_transformer=converted)
class SharedReading(Checked):
    """The instruments that any lift system may have; each may be missing.

    Attributes:
        rate_m3d: liquid at pump conditions over the whole test, as a rate per day; if not given, it
            follows from the rates in the tank.
        liquid_rate_m3d: oil and water in the tank over the whole test, as a rate per day.
        oil_rate_m3d: oil in the tank, likewise.
        water_rate_m3d: water in the tank, likewise.
        liquid_mass_rate_td: oil and water, where they are weighed.
        oil_mass_rate_td: oil, where it is weighed.
        water_cut: water over liquid, both in the tank, 0..1.
        gas_rate_sm3d: all gas of the well, through tubing and casing, at standard conditions.
        casing_gas_rate_sm3d: the part of it that the annulus brings.
        gas_oil_ratio_m3m3: all gas over the oil in the tank.
        gas_gravity: of that gas (air 1).
        oil_density_kgm3: of the oil in the tank at 15 degC or 60 degF.
        water_density_kgm3: of the water in the tank.
        formation_volume_factor: oil at pump conditions over the same oil in the tank.
        liquid_density_kgm3: of the liquid at pump conditions.
        liquid_viscosity_mpas: of the liquid in the tubing.
        intake_temperature_degc: at the pump's intake.
        wellhead_temperature_degc: in the tubing at the surface.
        intake_pressure_kpa: absolute, at the pump's intake.
        discharge_pressure_kpa: absolute, at the pump's discharge.
        pressure_rise_kpa: discharge minus intake, from one gauge across the pump.
        wellhead_pressure_kpa: absolute, in the tubing at the surface.
        casing_pressure_kpa: absolute, in the annulus at the surface.
        atmosphere_kpa: absolute pressure of the air at the well; a pressure that came from a gauge
            is above it.
        pump_depth_m: vertical depth of the intake.
        fluid_level_m: vertical depth of the producing fluid level in the annulus.
        annulus_liquid_share: share of liquid in the column between that level and the intake.
        gas_separation: share of the free gas at the intake that goes up the annulus.
        tubing_inner_diameter_mm: inner diameter of the tubing.
        casing_inner_diameter_mm: inner diameter of the casing at the intake.
        input_power_kw: electrical or engine input, while the pump runs.
        voltage_v: between lines, where the input is measured.
        current_a: in a line, at the same place.
        power_factor: at the same place, 0..1.
        motor_efficiency: from the motor's plate or curve at this load, 0..1.
        drive_efficiency: of all that stands between motor and delivered power, 0..1: belts, gears,
            variable-speed drive, cable, and for hydraulic lift the surface power-fluid pump.
        rate_date: when the rate was measured, if not at the test's date.
        power_date: when power or card were measured, if not at the test's date.
        uncertainty: standard uncertainty of a quantity beside it, by field name, in its unit.
    """

    LIFT_TYPE: ClassVar[LiftType]

    rate_m3d: CubicMetresPerDay | None = None
    liquid_rate_m3d: CubicMetresPerDay | None = None
    oil_rate_m3d: CubicMetresPerDay | None = None
    water_rate_m3d: CubicMetresPerDay | None = None
    liquid_mass_rate_td: TonnesPerDay | None = None
    oil_mass_rate_td: TonnesPerDay | None = None
    water_cut: Share | None = None
    gas_rate_sm3d: StandardCubicMetresPerDay | None = None
    casing_gas_rate_sm3d: StandardCubicMetresPerDay | None = None
    gas_oil_ratio_m3m3: CubicMetresPerCubicMetre | None = None
    gas_gravity: Factor | None = None
    oil_density_kgm3: OilDensity | None = None
    water_density_kgm3: KilogramsPerCubicMetre | None = None
    formation_volume_factor: Factor | None = None
    liquid_density_kgm3: KilogramsPerCubicMetre | None = None
    liquid_viscosity_mpas: MillipascalSeconds | None = None
    intake_temperature_degc: DegreesCelsius | None = None
    wellhead_temperature_degc: DegreesCelsius | None = None
    intake_pressure_kpa: AbsoluteKilopascals | None = None
    discharge_pressure_kpa: AbsoluteKilopascals | None = None
    pressure_rise_kpa: Kilopascals | None = None
    wellhead_pressure_kpa: AbsoluteKilopascals | None = None
    casing_pressure_kpa: AbsoluteKilopascals | None = None
    atmosphere_kpa: Atmosphere | None = None
    pump_depth_m: Metres | None = None
    fluid_level_m: Metres | None = None
    annulus_liquid_share: Share | None = None
    gas_separation: Share | None = None
    tubing_inner_diameter_mm: Millimetres | None = None
    casing_inner_diameter_mm: Millimetres | None = None
    input_power_kw: Kilowatts | None = None
    voltage_v: Volts | None = None
    current_a: Amperes | None = None
    power_factor: Share | None = None
    motor_efficiency: Share | None = None
    drive_efficiency: Share | None = None
    rate_date: UtcDate | None = None
    power_date: UtcDate | None = None
    uncertainty: tuple[tuple[str, float], ...] = field(
        default=(), converter=pairs_of_floats, metadata={"beside": True}
    )

    @classmethod
    def contradictions(cls, values: Mapping[str, object]) -> list[str]:
        """An uncertainty stands beside a quantity that is given, and is not negative."""
        pairs = cast("tuple[tuple[str, float], ...]", values.get("uncertainty", ()))
        known = {f.name for f in quantities(cls) if pairs and values.get(f.name) is not None}
        return [
            f"uncertainty of {name} = {value!r}: expected a finite number of at least 0 "
            "beside a quantity that is given"
            for name, value in pairs
            if name not in known or not 0.0 <= value < float("inf")
        ]


@remembered
def quantities(row: type[Checked]) -> tuple[Field, ...]:
    """The fields of a reading or duty that hold one number each."""
    return tuple(f for f in describe(row) if f.types == (float,) and not f.sequence)
