"""What all lift systems share behind their readings: the duty and the efficiency chain.

Numbers are floats or arrays; NaN stands for an instrument that is missing, and what follows from
it is NaN too. The same functions serve one reading and a column of a million.
"""

from collections.abc import Mapping

from attrs import frozen

from pumpperf.calc.efficiency import (
    downhole_efficiency,
    lift_efficiency,
    overall_efficiency,
    pump_efficiency,
    surface_efficiency,
    system_efficiency,
    transmission_efficiency,
    volumetric_efficiency,
)
from pumpperf.calc.energy.emissions import lift_energy_kwht100m, specific_energy_kwhm3
from pumpperf.calc.hydraulics import (
    hydraulic_power_kw,
    net_lift_power_kw,
    net_lift_pressure_from_level_kpa,
    net_lift_pressure_kpa,
)
from pumpperf.calc.power import gas_compression_power_kw, motor_input_power_kw
from pumpperf.checked import Checked, converted
from pumpperf.fields import (
    Kilopascals,
    KilowattHoursPerCubicMetre,
    KilowattHoursPerTonne100m,
    Kilowatts,
    Share,
    SignedCubicMetresPerCubicMetre,
    SignedCubicMetresPerDay,
    SignedDegreesCelsius,
    SignedDensity,
)
from pumpperf.lift.reading import NAN
from pumpperf.numeric import Reals, coalesce, ratio

OF_THE_FLUIDS = (
    *("liquid_rate_m3d", "oil_rate_m3d", "water_cut", "gas_oil_ratio_m3m3"),
    *("formation_volume_factor", "solution_gor_m3m3", "intake_temperature_degc"),
    *("intake_gas_share", "gas_separation", "liquid_density_kgm3"),
    *("lower_discharge_pressure_kpa", "upper_discharge_pressure_kpa"),
)
"""What `conditions.at_pump` finds and a duty only shows."""
OF_THE_PLUNGER = ("fillage", "net_stroke_efficiency", "polished_rod_stroke_efficiency")
"""What only a rod pump has."""


@frozen(kw_only=True, field_transformer=converted)
class Duty(Checked):
    """What one reading says of the pump while it runs; what has no instrument is absent.

    Attributes:
        running_rate_m3d: liquid rate while the pump runs: daily rate over its share of running.
        running_gas_rate_m3d: free gas that goes through the pump meanwhile, at intake pressure.
        liquid_rate_m3d: oil and water in the tank over the whole test, measured or from its parts.
        oil_rate_m3d: oil in the tank, likewise.
        water_cut: water over liquid in the tank, likewise.
        gas_oil_ratio_m3m3: all gas over the oil in the tank, likewise.
        formation_volume_factor: oil at the intake over the same oil in the tank.
        solution_gor_m3m3: gas dissolved at the intake over the oil in the tank.
        intake_temperature_degc: measured, or of the ground.
        intake_gas_share: free gas over the volume of liquid and gas at the intake, without slip.
        gas_separation: share of that gas that goes up the annulus, stated or metered.
        liquid_density_kgm3: measured, or of the liquid at the intake.
        displacement_rate_m3d: volume swept by the rotor, or by the gross stroke of the plunger.
        intake_pressure_kpa: measured, or from pressure rise, fluid level or fluid load.
        discharge_pressure_kpa: measured, intake plus pressure rise, or from the wellhead.
        lower_discharge_pressure_kpa: from the wellhead with gas that does not slip.
        upper_discharge_pressure_kpa: from the wellhead without free gas.
        pressure_rise_kpa: measured, or discharge minus intake.
        net_lift_pressure_kpa: least pressure from the intake to the wellhead.
        hydraulic_power_kw: pump hydraulic power: liquid rate times pressure rise, and the least
            power that compresses the gas that goes with it.
        net_lift_power_kw: rate times net lift pressure.
        pump_input_power_kw: at the pump's own shaft, where that is known.
        delivered_power_kw: polished-rod, shaft or power-fluid power.
        input_power_kw: electrical or engine input.
        volumetric_efficiency: running rate over displacement rate.
        fillage: net over gross stroke of the plunger.
        net_stroke_efficiency: running rate over what the net stroke sweeps.
        polished_rod_stroke_efficiency: running rate over what the plunger would sweep with the
            stroke of the polished rod: q / (1440 A S n), as field sheets print it.
        motor_efficiency: given, or what powers and drive leave for it.
        drive_efficiency: given, or what powers and motor leave for it.
    """

    running_rate_m3d: SignedCubicMetresPerDay | None = None
    running_gas_rate_m3d: SignedCubicMetresPerDay | None = None
    liquid_rate_m3d: SignedCubicMetresPerDay | None = None
    oil_rate_m3d: SignedCubicMetresPerDay | None = None
    water_cut: Share | None = None
    gas_oil_ratio_m3m3: SignedCubicMetresPerCubicMetre | None = None
    formation_volume_factor: float | None = None
    solution_gor_m3m3: SignedCubicMetresPerCubicMetre | None = None
    intake_temperature_degc: SignedDegreesCelsius | None = None
    intake_gas_share: Share | None = None
    gas_separation: Share | None = None
    liquid_density_kgm3: SignedDensity | None = None
    displacement_rate_m3d: SignedCubicMetresPerDay | None = None
    intake_pressure_kpa: Kilopascals | None = None
    discharge_pressure_kpa: Kilopascals | None = None
    lower_discharge_pressure_kpa: Kilopascals | None = None
    upper_discharge_pressure_kpa: Kilopascals | None = None
    pressure_rise_kpa: Kilopascals | None = None
    net_lift_pressure_kpa: Kilopascals | None = None
    hydraulic_power_kw: Kilowatts | None = None
    net_lift_power_kw: Kilowatts | None = None
    pump_input_power_kw: Kilowatts | None = None
    delivered_power_kw: Kilowatts | None = None
    input_power_kw: Kilowatts | None = None
    volumetric_efficiency: Share | None = None
    fillage: Share | None = None
    net_stroke_efficiency: Share | None = None
    polished_rod_stroke_efficiency: Share | None = None
    motor_efficiency: Share | None = None
    drive_efficiency: Share | None = None


@frozen(kw_only=True, field_transformer=converted)
class EfficiencyChain(Checked):
    """Every link of the chain and the common yardstick, none of them clamped.

    Attributes:
        volumetric_efficiency: running rate over displacement rate.
        fillage: net over gross stroke of the plunger.
        net_stroke_efficiency: running rate over what the net stroke sweeps.
        polished_rod_stroke_efficiency: running rate over what the plunger would sweep with the
            stroke of the polished rod.
        pump_efficiency: hydraulic power over the pump's own input.
        transmission_efficiency: the pump's own input over delivered power.
        downhole_efficiency: hydraulic over delivered power.
        lift_efficiency: net lift over delivered power.
        motor_efficiency: of the motor.
        drive_efficiency: of belts, gears, variable-speed drive and cable.
        surface_efficiency: delivered over input power.
        overall_efficiency: hydraulic over input power, wire to water.
        system_efficiency: net lift over input power.
        specific_energy_kwhm3: input energy per volume of liquid.
        lift_energy_kwht100m: input energy per tonne and 100 m of net head.
    """

    volumetric_efficiency: Share | None = None
    fillage: Share | None = None
    net_stroke_efficiency: Share | None = None
    polished_rod_stroke_efficiency: Share | None = None
    pump_efficiency: Share | None = None
    transmission_efficiency: Share | None = None
    downhole_efficiency: Share | None = None
    lift_efficiency: Share | None = None
    motor_efficiency: Share | None = None
    drive_efficiency: Share | None = None
    surface_efficiency: Share | None = None
    overall_efficiency: Share | None = None
    system_efficiency: Share | None = None
    specific_energy_kwhm3: KilowattHoursPerCubicMetre | None = None
    lift_energy_kwht100m: KilowattHoursPerTonne100m | None = None


def shared_duty(
    reading: Mapping[str, Reals],
    running_share: Reals | float,
    *,
    measured_power_kw: Reals,
    displacement_rate_m3d: Reals | None = None,
) -> dict[str, Reals]:
    """The numbers of `Duty` by name, from the shared instruments and the system's own share.

    The pump's own input and what only a plunger has are left unknown: a system that measures them
    says so.

    Args:
        reading: the numbers of `SharedReading` by name; NaN where an instrument is missing.
        running_share: share of the test in which the pump ran, 0..1.
        measured_power_kw: delivered power as the system's own instruments give it.
        displacement_rate_m3d: from the system's own geometry and speed; None if it has none.
    """
    r = reading
    swept = r["rate_m3d"] * NAN if displacement_rate_m3d is None else displacement_rate_m3d
    rise = coalesce(r["pressure_rise_kpa"], r["discharge_pressure_kpa"] - r["intake_pressure_kpa"])
    intake = coalesce(r["intake_pressure_kpa"], r["discharge_pressure_kpa"] - rise)
    discharge = coalesce(r["discharge_pressure_kpa"], r["intake_pressure_kpa"] + rise)
    from_intake = net_lift_pressure_kpa(
        **pick(r, "wellhead_pressure_kpa", "pump_depth_m"),
        intake_pressure_kpa=intake,
        density_kgm3=r["liquid_density_kgm3"],
    )
    net_lift = coalesce(from_intake, net_lift_from_level(r))
    links = r["motor_efficiency"] * r["drive_efficiency"]
    measured_input = coalesce(r["input_power_kw"], electrical_power(r))
    delivered = coalesce(measured_power_kw, measured_input * links)
    source = coalesce(measured_input, ratio(delivered, links))
    surface = surface_efficiency(delivered_power_kw=delivered, input_power_kw=source)
    rate, gas = (ratio(r[name], running_share) for name in ("rate_m3d", "pump_gas_rate_m3d"))
    compression = gas_compression_power_kw(
        gas_rate_m3d=gas, intake_pressure_kpa=intake, discharge_pressure_kpa=discharge
    )
    return {
        "running_rate_m3d": rate,
        "running_gas_rate_m3d": gas,
        **pick(r, *OF_THE_FLUIDS),
        "displacement_rate_m3d": swept,
        "intake_pressure_kpa": intake,
        "discharge_pressure_kpa": discharge,
        "pressure_rise_kpa": rise,
        "net_lift_pressure_kpa": net_lift,
        "hydraulic_power_kw": hydraulic_power_kw(rate_m3d=rate, pressure_rise_kpa=rise)
        + coalesce(compression, 0.0),
        "net_lift_power_kw": net_lift_power_kw(rate_m3d=rate, net_lift_pressure_kpa=net_lift),
        "pump_input_power_kw": delivered * NAN,
        "delivered_power_kw": delivered,
        "input_power_kw": source,
        "volumetric_efficiency": volumetric_efficiency(rate_m3d=rate, displacement_rate_m3d=swept),
        **dict.fromkeys(OF_THE_PLUNGER, NAN * rate),
        "motor_efficiency": coalesce(r["motor_efficiency"], ratio(surface, r["drive_efficiency"])),
        "drive_efficiency": coalesce(r["drive_efficiency"], ratio(surface, r["motor_efficiency"])),
    }


def power_fluid_power(reading: Mapping[str, Reals]) -> Reals:
    """Power [kW] of the power fluid, from its rate and its rise of pressure at the surface."""
    rise = reading["power_fluid_pressure_rise_kpa"]
    return hydraulic_power_kw(rate_m3d=reading["power_fluid_rate_m3d"], pressure_rise_kpa=rise)


def electrical_power(reading: Mapping[str, Reals]) -> Reals:
    """Input power [kW] from volts, amperes and power factor."""
    return motor_input_power_kw(**pick(reading, "voltage_v", "current_a", "power_factor"))


def net_lift_from_level(reading: Mapping[str, Reals]) -> Reals:
    """Net lift pressure [kPa] from the fluid level in the annulus."""
    return net_lift_pressure_from_level_kpa(
        **pick(reading, "wellhead_pressure_kpa", "casing_pressure_kpa", "fluid_level_m"),
        density_kgm3=reading["liquid_density_kgm3"],
    )


def chain(duty: Mapping[str, Reals]) -> dict[str, Reals]:
    """The numbers of `EfficiencyChain` by name, from those of `Duty`."""
    hydraulic, net_lift, pump_input, delivered, source = (
        pick(duty, f"{name}_power_kw")
        for name in ("hydraulic", "net_lift", "pump_input", "delivered", "input")
    )
    rate, head = {"rate_m3d": duty["running_rate_m3d"]}, pick(duty, "net_lift_pressure_kpa")
    return {
        **pick(duty, "volumetric_efficiency", *OF_THE_PLUNGER),
        "pump_efficiency": pump_efficiency(**hydraulic, **pump_input),
        "transmission_efficiency": transmission_efficiency(**pump_input, **delivered),
        "downhole_efficiency": downhole_efficiency(**hydraulic, **delivered),
        "lift_efficiency": lift_efficiency(**net_lift, **delivered),
        **pick(duty, "motor_efficiency", "drive_efficiency"),
        "surface_efficiency": surface_efficiency(**delivered, **source),
        "overall_efficiency": overall_efficiency(**hydraulic, **source),
        "system_efficiency": system_efficiency(**net_lift, **source),
        "specific_energy_kwhm3": specific_energy_kwhm3(**source, **rate),
        "lift_energy_kwht100m": lift_energy_kwht100m(**source, **rate, **head),
    }


def pick(numbers: Mapping[str, Reals], *names: str) -> dict[str, Reals]:
    """Numbers by name: the arguments of a calculator that has the same names."""
    return {name: numbers[name] for name in names}
