"""Heads, powers, efficiencies and energy of centrifugal pumps, held to published numbers."""

import datetime as dt
import math

import attrs
import numpy as np
import pytest

from published import cases
from pumpperf import PUMPPERF_2026, EquipmentUseStat, EspReading, PumpTest, TestType, Window
from pumpperf.calc import energy, hydraulics, pipe, similarity
from pumpperf.calc.power import motor_input_power_kw
from pumpperf.checks import check_test
from pumpperf.evaluate import energy_consumption_of
from pumpperf.lift import duty, efficiency_chain
from pumpperf.units import (
    BAR,
    CUBIC_METRE_PER_HOUR,
    FOOT,
    GALLON_PER_MINUTE,
    HORSEPOWER,
    INCH_IN_MM,
    POUND_PER_CUBIC_FOOT,
    POUND_PER_GALLON,
    PSI,
    SECONDS_PER_DAY,
    STANDARD_GRAVITY_MS2,
)

CASES = cases("pumps")

CANONICAL = {
    "": 1.0,
    "%": 0.01,
    "gal/min": GALLON_PER_MINUTE,
    "m**3/h": CUBIC_METRE_PER_HOUR,
    "m**3/s": SECONDS_PER_DAY,
    "m**3/day": 1.0,
    "ft": FOOT,
    "m": 1.0,
    "in": INCH_IN_MM,
    "psi": PSI,
    "bar": BAR,
    "J/kg": 1.0,
    "kg/m**3": 1.0,
    "lb/ft**3": POUND_PER_CUBIC_FOOT,
    "W": 0.001,
    "kW": 1.0,
    "MW": 1000.0,
    "hp": HORSEPOWER,
    "hp(0.746 kW)": 0.746,
    "rpm": 1.0,
    "V": 1.0,
    "A": 1.0,
    "h": 1.0,
    "h/d": 1.0,
    "h/yr": 1.0,
    "kWh": 1.0,
    "MWh": 1000.0,
    "kWh/m**3": 1.0,
    "USD": 1.0,
    "USD/kWh": 1.0,
    "gpm ft/hp": 1.0,
}

# AMO's 3961.38 gpm ft/hp and 2.3108 ft/psi are both water of 62.316 lb/ft3.
AMO_WATER_KGM3 = 62.316 * POUND_PER_CUBIC_FOOT
# Where AMO gives kW its horsepower is 0.746 kW, which a denser water stands for.
AMO_KILOWATT_WATER_KGM3 = AMO_WATER_KGM3 * 0.746 / HORSEPOWER
# Where a peer's gravity is 9.81 m/s2, a denser water stands for it.
WATER_OF_9_81_KGM3 = 1000.0 * 9.81 / STANDARD_GRAVITY_MS2
HANDBOOK_WATER_KGM3 = PSI * 1000.0 / (2.31 * FOOT * STANDARD_GRAVITY_MS2)


def canonical(quantity):
    values = np.multiply(quantity["value"], CANONICAL[quantity["unit"]])
    return values if values.ndim else float(values)


def given(case):
    return {
        name: canonical(quantity) if isinstance(quantity, dict) else quantity
        for name, quantity in case["inputs"].items()
    }


def hydraulic_kw(i, density_kgm3):
    rise = hydraulics.head_pressure_kpa(head_m=i["head"], density_kgm3=density_kgm3)
    return hydraulics.hydraulic_power_kw(rate_m3d=i["flow"], pressure_rise_kpa=rise)


def fluid_power(i):
    return {"hydraulic_power": hydraulic_kw(i, i["specific_gravity"] * AMO_KILOWATT_WATER_KGM3)}


def bench(**reading):
    return PumpTest(
        pump_test_id="T1",
        equipment_id="P1",
        test_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        test_type=TestType.BENCH,
        readings=(EspReading(**reading),),
    )


def shown(test):
    return duty(test.readings[0], running_share=test.running_share)


def mover(i):
    rise = hydraulics.head_pressure_kpa(
        head_m=i["head"], density_kgm3=i["specific_gravity"] * AMO_WATER_KGM3
    )
    return bench(rate_m3d=i["flow"], pressure_rise_kpa=rise, shaft_power_kw=i["shaft_power"])


def mover_efficiency(i):
    return {"efficiency": efficiency_chain(shown(mover(i))).pump_efficiency}


def velocity_heads(i):
    return [
        pipe.velocity_head_m(rate_m3d=i["flow"], diameter_mm=i[f"{side}_pipe_diameter"])
        for side in ("suction", "discharge")
    ]


def total_head(i, suction_pressure, suction_elevation, at_suction):
    suction, discharge = velocity_heads(i)
    density = i["specific_gravity"] * AMO_WATER_KGM3
    suction_loss = i["suction_loss_coefficient"] * suction
    discharge_loss = i["discharge_loss_coefficient"] * discharge
    elevation = i["discharge_gauge_elevation"] - suction_elevation
    return {
        "pump_head": hydraulics.pump_head_m(
            suction_pressure_kpa=suction_pressure,
            discharge_pressure_kpa=i["discharge_gauge_pressure"],
            density_kgm3=density,
            elevation_difference_m=elevation,
            suction_velocity_head_m=at_suction * suction,
            discharge_velocity_head_m=discharge,
            losses_m=suction_loss + discharge_loss,
        ),
        "pressure_head": hydraulics.head_m(
            pressure_kpa=i["discharge_gauge_pressure"] - suction_pressure, density_kgm3=density
        ),
        "elevation_head": elevation,
        "velocity_head_difference": discharge - at_suction * suction,
        "suction_loss": suction_loss,
        "discharge_loss": discharge_loss,
    }


def head_between_gauges(i):
    return total_head(i, i["suction_gauge_pressure"], i["suction_gauge_elevation"], at_suction=1.0)


def head_from_tank(i):
    # The liquid stands still at the surface of the tank.
    return total_head(
        i,
        i["suction_tank_gas_overpressure"],
        i["suction_tank_fluid_surface_elevation"],
        at_suction=0.0,
    )


def belt(share_of_v_belt_loss):
    # The loss is the published fit in the case's note; the chain of powers is the library's.
    def computed(i):
        horsepower = i["motor_shaft_power"] / HORSEPOWER
        v_belt_loss = (
            0.68759 * math.exp(-0.019791 * horsepower)
            + 3.7558 * math.exp(-0.21507 * horsepower)
            + 3.9963
        ) / 100.0
        test = bench(
            input_power_kw=i["motor_shaft_power"],
            motor_efficiency=1.0,
            drive_efficiency=1.0 - share_of_v_belt_loss * v_belt_loss,
        )
        return {"pump_shaft_power": shown(test).delivered_power_kw}

    return computed


def bill(power_kw, hours, tariff):
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    end = start + dt.timedelta(hours=hours)
    steady = EquipmentUseStat(
        equipment_id="P1", spec_id="1", sample_time=(start, end), power_kw=(power_kw, power_kw)
    )
    account, _ = energy_consumption_of(
        "P1",
        logs=[steady],
        tests=[],
        window=Window(start, end),
        energy_price_per_kwh=tariff,
        currency="USD",
        assumptions=attrs.evolve(PUMPPERF_2026, name="STEADY", longest_power_gap_h=hours),
        user_id="ana",
        at=end,
    )
    return account


def assessment(i):
    """Of power and current one is measured; the other, or the power factor, is the peer's."""
    per_ampere = motor_input_power_kw(
        voltage_v=i["motor_voltage"], current_a=1.0, power_factor=i.get("power_factor", 1.0)
    )
    electrical = i.get("motor_field_power", i["current"] * per_ampere)
    density = i.get("specific_gravity", 1.0) * AMO_KILOWATT_WATER_KGM3
    found = shown(
        bench(
            rate_m3d=i["flow"],
            pressure_rise_kpa=hydraulics.head_pressure_kpa(head_m=i["head"], density_kgm3=density),
            input_power_kw=electrical,
            motor_efficiency=i["motor_efficiency"],
            drive_efficiency=i.get("drive_efficiency", 1.0),
        )
    )
    account = bill(found.input_power_kw, i["operating_hours"], i["tariff"])
    computed = {
        "pump_efficiency": efficiency_chain(found).pump_efficiency,
        "motor_shaft_power": found.input_power_kw * found.motor_efficiency,
        "pump_shaft_power": found.delivered_power_kw,
        "motor_power": found.input_power_kw,
        "annual_energy": account.energy_kwh,
        "annual_cost": account.energy_cost,
    }
    if "power_factor" not in i:
        computed["power_factor"] = electrical / (i["current"] * per_ampere)
    return computed


def current(i):
    per_ampere = motor_input_power_kw(
        voltage_v=i["voltage"], current_a=1.0, power_factor=i["power_factor"]
    )
    return {"current": i["power"] / per_ampere}


def other_speed(i):
    ratio = i["new_speed"] / i["speed"]
    return {
        "flow_new": similarity.affinity_rate_m3d(rate_m3d=i["flow"], speed_ratio=ratio),
        "head_new": similarity.affinity_head_m(head_m=i["head"], speed_ratio=ratio),
        "power_new": similarity.affinity_power_kw(power_kw=i["power"], speed_ratio=ratio),
    }


def wire_to_water(i):
    shaft = hydraulic_kw(i, i["density"]) / i["eta_pump"]
    found = shown(
        bench(shaft_power_kw=shaft, motor_efficiency=i["eta_motor"], drive_efficiency=i["eta_vfd"])
    )
    return {
        "shaft_power": shaft,
        "wire_power": found.input_power_kw,
        "annual_cost": bill(found.input_power_kw, i["hours"], i["tariff"]).energy_cost,
    }


def network_pump(i):
    lift = {"flow": i["flow"], "head": i["discharge_head"] - i["suction_head"]}
    return {"power": hydraulic_kw(lift, WATER_OF_9_81_KGM3) / i["efficiency"]}


def point_of_a_chart(i):
    # The rate is a point of the chart, so nothing is interpolated.
    (at,) = np.flatnonzero(np.isclose(i["chart_rate"], i["rate"], rtol=1e-12))
    head = i["chart_head"][at] / STANDARD_GRAVITY_MS2
    power = hydraulic_kw({"flow": i["rate"], "head": head}, i["density"])
    return {"power": power / i["chart_efficiency"][at]}


def acceptance_test(i):
    chains = [
        efficiency_chain(
            shown(
                bench(
                    rate_m3d=flow,
                    pressure_rise_kpa=hydraulics.head_pressure_kpa(
                        head_m=head, density_kgm3=WATER_OF_9_81_KGM3
                    ),
                    shaft_power_kw=shaft,
                )
            )
        )
        for flow, head, shaft in zip(i["flow"], i["head"], i["shaft_power"], strict=True)
    ]
    return {
        "hydraulic_power": hydraulic_kw(i, WATER_OF_9_81_KGM3),
        "efficiency": [chain.pump_efficiency for chain in chains],
    }


def at_rated_speed_and_density(i):
    ratio = i["rated_speed"] / i["speed"]
    power = similarity.affinity_power_kw(power_kw=i["shaft_power"], speed_ratio=ratio)
    return {
        "flow_rated": similarity.affinity_rate_m3d(rate_m3d=i["flow"], speed_ratio=ratio),
        "head_rated": similarity.affinity_head_m(head_m=i["head"], speed_ratio=ratio),
        "power_rated": similarity.density_power_kw(
            power_kw=power, density_ratio=i["rated_density"] / 1000.0
        ),
    }


def rated_point(i):
    efficiency = hydraulic_kw(i, i["density"]) / i["power"]
    return {"efficiency_from_fits": efficiency, "efficiency_fitted_by_peer": efficiency}


def yearly_energy(i):
    hydraulic = hydraulic_kw(i, 1000.0)
    shaft = hydraulic / i["efficiency"]
    year = bill(shaft, 365.0 * i["hours"], i["tariff"])
    return {
        "hydraulic_power": hydraulic,
        "shaft_power": shaft,
        "energy_day": bill(shaft, i["hours"], i["tariff"]).energy_kwh,
        "energy_year": year.energy_kwh,
        "cost_year": year.energy_cost,
    }


def suction_heads(i):
    density = i["specific_gravity"] * HANDBOOK_WATER_KGM3
    return {
        "Ha": hydraulics.head_m(pressure_kpa=i["atmospheric"], density_kgm3=density),
        "Hvp": hydraulics.head_m(pressure_kpa=i["vapour"], density_kgm3=density),
    }


def water_horsepower(_):
    one = {"flow": GALLON_PER_MINUTE, "head": FOOT}
    return {"constant": HORSEPOWER / hydraulic_kw(one, 8.3378 * POUND_PER_GALLON)}


def metric_power(i):
    return {"hydraulic_power": hydraulic_kw(i, i["density"])}


def head_of_oil(i):
    return {"head": hydraulics.head_m(pressure_kpa=i["pressure"], density_kgm3=i["density"])}


def power_with_density(i):
    water, oil = i["densities"]
    shaft = hydraulic_kw(i, water) / i["efficiency"]
    with_oil = similarity.density_power_kw(power_kw=shaft, density_ratio=oil / water)
    return {"power_ratio": with_oil / shaft}


def pressure_power(i):
    return {"power": hydraulics.hydraulic_power_kw(rate_m3d=i["flow"], pressure_rise_kpa=i["dp"])}


def at_lower_speed(i):
    ratio = i["speed_ratio"]
    return {
        "flow": similarity.affinity_rate_m3d(rate_m3d=1.0, speed_ratio=ratio),
        "head": similarity.affinity_head_m(head_m=1.0, speed_ratio=ratio),
        "power": similarity.affinity_power_kw(power_kw=1.0, speed_ratio=ratio),
    }


def energy_of_a_metre(i):
    lift = {"flow": 1.0, "head": i["head"]}
    power = hydraulic_kw(lift, 1000.0) / i["efficiency"]
    return {"specific_energy": energy.specific_energy_kwhm3(input_power_kw=power, rate_m3d=1.0)}


COMPUTED = {
    "amo-fluidpower-1": fluid_power,
    "amo-movereff-1": mover_efficiency,
    "amo-movereff-2": mover_efficiency,
    "amo-movereff-3": mover_efficiency,
    "amo-movereff-impossible": mover_efficiency,
    "amo-headtool-4": head_between_gauges,
    "amo-headtool-5": head_between_gauges,
    "amo-headtank-1": head_from_tank,
    "amo-headtank-3": head_from_tank,
    "amo-belt-notched-V-50": belt(5 / 7),
    "amo-belt-V-200": belt(1.0),
    "amo-belt-synchronous-50": belt(2 / 7),
    "psat-specified-existing": assessment,
    "psat-current-method": assessment,
    "psat-vbelt": assessment,
    "fluids-current": current,
    "crane-7.33": other_speed,
    "crane-7.34": wire_to_water,
    "wntr-net3-10": network_pump,
    "ecalc-single-6648": point_of_a_chart,
    "fat-efficiency": acceptance_test,
    "fat-corrected": at_rated_speed_and_density,
    "fat-eff-rated": rated_point,
    "pumpenergy-egpet": yearly_energy,
    "npsha-handbook": suction_heads,
    "water-horsepower": water_horsepower,
    "hydraulic-367": metric_power,
    "head-bar": head_of_oil,
    "density-invariance": power_with_density,
    "pandapipes-pump": pressure_power,
    "vfd-affinity-cube": at_lower_speed,
    "specific-energy": energy_of_a_metre,
}


def test_every_case_is_tested():
    assert set(COMPUTED) == set(CASES)


@pytest.mark.parametrize("name", COMPUTED)
def test_published_number(name):
    case = CASES[name]
    computed = COMPUTED[name](given(case))
    tolerance = case["tolerance"]
    for key, quantity in case["expected"].items():
        absolute = tolerance["abs"] * CANONICAL[quantity["unit"]]
        expected = pytest.approx(canonical(quantity), rel=tolerance["rel"], abs=absolute)
        assert computed[key] == expected, key


def test_impossible_liquid_is_neither_clamped_nor_silent():
    test = mover(given(CASES["amo-movereff-impossible"]))
    said = {finding.code for finding in check_test(test, PUMPPERF_2026)}
    assert {"PUMP_EFFICIENCY_ABOVE_1", "DOWNHOLE_EFFICIENCY_ABOVE_1"} <= said


def test_power_moves_with_density_while_head_and_efficiency_stay():
    case = CASES["density-invariance"]
    i = given(case)
    powers = [hydraulic_kw(i, density) / i["efficiency"] for density in i["densities"]]
    ratio = case["expected"]["power_ratio"]["value"]
    assert powers[1] / powers[0] == pytest.approx(ratio, rel=case["tolerance"]["rel"])
