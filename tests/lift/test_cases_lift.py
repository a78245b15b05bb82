"""Rod, submersible, cavity and hydraulic pumps, held to published numbers."""

import datetime as dt
import math

import pytest

from published import cases, published_tests
from pumpperf import (
    PUMPPERF_2026,
    Duty,
    EspReading,
    HydraulicPistonReading,
    JetReading,
    PcpReading,
    PumpTest,
    RodReading,
    TestType,
)
from pumpperf.calc import energy, hydraulics, pipe, similarity
from pumpperf.calc.efficiency import volumetric_efficiency
from pumpperf.calc.power import reciprocating_power_kw
from pumpperf.checks import check_test
from pumpperf.lift import duty, efficiency_chain, pcp, rod
from pumpperf.units import (
    BAR,
    BBL,
    BBL_PER_DAY,
    CUBIC_FOOT,
    CUBIC_METRE_PER_HOUR,
    FOOT,
    FOOT_POUND,
    GALLON_PER_MINUTE,
    HORSEPOWER,
    INCH,
    INCH_IN_MM,
    LITRE,
    MEGAPASCAL,
    POUND_FORCE,
    POUND_PER_CUBIC_FOOT,
    PSI,
    SECONDS_PER_DAY,
)

CASES = cases("lift")

# Specific gravity counts in water of 60 F.
WATER_KGM3 = 62.37 * POUND_PER_CUBIC_FOOT
TONNE_OF_WATER_M3 = 1000.0 / WATER_KGM3

# The sheet of well 002 gives days without a year.
WELL_TEST = dt.datetime(2023, 2, 14, tzinfo=dt.UTC)
CARD = dt.datetime(2023, 5, 1, tzinfo=dt.UTC)


def inputs(name):
    return CASES[name]["inputs"]


def bench(reading):
    return PumpTest(
        pump_test_id="T1",
        equipment_id="P1",
        test_date=CARD,
        test_type=TestType.BENCH,
        readings=(reading,),
    )


def shown(test):
    return duty(test.readings[0], running_share=test.running_share)


def codes(test):
    return {finding.code for finding in check_test(test, PUMPPERF_2026)}


def swept_m3d(diameter_in, stroke_in, spm):
    return rod.displacement_rate_m3d(
        plunger_diameter_mm=diameter_in * INCH_IN_MM,
        plunger_stroke_m=stroke_in * INCH,
        speed_spm=spm,
    )


def swept(stroke, answer):
    def computed(i):
        return {answer: swept_m3d(i["D_in"], i[stroke], i["N_spm"]) / BBL_PER_DAY}

    return computed


def share_of_stroke(net, gross, answer, scale=1.0):
    def computed(i):
        full = swept_m3d(1.0, i[gross], 1.0)
        part = volumetric_efficiency(
            rate_m3d=swept_m3d(1.0, i[net], 1.0), displacement_rate_m3d=full
        )
        return {answer: part * scale}

    return computed


def pressure_across_pump(i):
    rise = hydraulics.head_pressure_kpa(
        head_m=(i["pump_depth_ft"] - i["fluid_above_pump_ft"]) * FOOT,
        density_kgm3=i["sg"] * WATER_KGM3,
    )
    return {"dP_psi": rise / PSI}


def slipping_pump(i):
    size = inputs("srp_pd_02")
    reading = RodReading(
        rate_m3d=(i["capacity_bpd"] - i["slippage_bpd"]) * BBL_PER_DAY,
        plunger_diameter_mm=size["D_in"] * INCH_IN_MM,
        plunger_stroke_m=size["S_in"] * INCH,
        speed_spm=size["N_spm"],
    )
    all_day = duty(reading, running_share=1.0)
    part_time = duty(reading, running_share=i["runtime_pct"] / 100.0)
    at_runtime = reading.rate_m3d / part_time.volumetric_efficiency
    return {
        "vol_eff_pct": all_day.volumetric_efficiency * 100.0,
        "capacity_at_rt_bpd": at_runtime / BBL_PER_DAY,
    }


def polished_rod_power(i):
    power = reciprocating_power_kw(
        stroke_work_kj=i["card_area_ftlb"] * FOOT_POUND, speed_spm=i["N_spm"]
    )
    return {"PRHP_hp": power / HORSEPOWER}


def polished_rod_power_metric(i):
    power = reciprocating_power_kw(stroke_work_kj=i["card_area_kNm"], speed_spm=i["N_spm"])
    return {"polished_rod_kW": power}


def datum(i, lowest_lb):
    return bench(
        RodReading(
            minimum_rod_load_kn=lowest_lb * POUND_FORCE,
            rod_weight_in_air_kn=i["Wr_air_lb"] * POUND_FORCE,
        )
    )


def load_datum(i):
    test = datum(i, i["MPRL_lb"])
    reading = test.readings[0]
    excess = reading.minimum_rod_load_kn - reading.rod_weight_in_air_kn
    return {
        "load_datum_ok": "ROD_LOAD_ABOVE_WEIGHT" not in codes(test),
        "excess_lb": excess / POUND_FORCE,
    }


def fluid_load_against_pressures(i):
    # Against an intake at zero; the plunger's size, here 1 in, cancels.
    area_m2 = rod.plunger_area_m2(plunger_diameter_mm=INCH_IN_MM)
    pressure = i["dP_times_A_lb"] * POUND_FORCE / area_m2
    left = rod.intake_pressure_from_fluid_load_kpa(
        discharge_pressure_kpa=pressure,
        fluid_load_kn=i["Fo_card_lb"] * POUND_FORCE,
        plunger_diameter_mm=INCH_IN_MM,
    )
    return {"rel_diff": -left / pressure}


def fluid_load(i):
    # An ideal pump card is a rectangle: its work over 1 m of stroke is the fluid load.
    up, down = i["upstroke_lb"] * POUND_FORCE, i["downstroke_lb"] * POUND_FORCE
    work = rod.stroke_work_kj(position_m=[0.0, 1.0, 1.0, 0.0], load_kn=[up, up, down, down])
    return {"fluid_load_lb": work / POUND_FORCE}


def fillage_of_well_002():
    strokes = inputs("srp_w002_fill")
    return strokes["net_in"] / strokes["gross_in"]


def well_002(**more):
    cap = inputs("srp_w002_cap")
    reading = {
        "rate_m3d": BBL_PER_DAY,
        "plunger_diameter_mm": cap["plunger_in"] * INCH_IN_MM,
        "plunger_stroke_m": cap["net_travel_in"] * INCH / fillage_of_well_002(),
        "fillage": fillage_of_well_002(),
        "speed_spm": cap["N_spm"],
    }
    return PumpTest(
        pump_test_id="T1",
        equipment_id="P1",
        test_date=CARD,
        test_type=TestType.FIELD,
        duration_h=24.0,
        runtime_h=cap["runtime_h"],
        readings=(RodReading(**(reading | more)),),
    )


def intake_of_well_002(i):
    test = well_002(
        plunger_diameter_mm=i["plunger_in"] * INCH_IN_MM,
        discharge_pressure_kpa=i["PDP_psi"] * PSI,
        fluid_load_kn=i["Fo_lb"] * POUND_FORCE,
    )
    return {
        "PIP_psi": shown(test).intake_pressure_kpa / PSI,
        "PIP_plausible": "INTAKE_PRESSURE_NEGATIVE" not in codes(test),
    }


def capacity_of_well_002(i):
    test = well_002()
    found = shown(test)
    over_the_day = test.readings[0].rate_m3d / found.net_stroke_efficiency
    return {
        "lift_capacity_bpd": found.displacement_rate_m3d * found.fillage / BBL_PER_DAY,
        "theoretical_production_bpd": over_the_day / BBL_PER_DAY,
    }


def well_test_of_well_002(i, **more):
    # The net stroke that its theoretical rate was computed with: 116 in is rounded.
    cap = inputs("srp_w002_cap")
    per_inch = swept_m3d(cap["plunger_in"], 1.0, cap["N_spm"]) * cap["runtime_h"] / 24.0
    return well_002(
        rate_m3d=(i["oil_bpd"] + i["water_bpd"]) * BBL_PER_DAY,
        plunger_stroke_m=(
            i["theoretical_bpd"] * BBL_PER_DAY / per_inch * INCH / fillage_of_well_002()
        ),
        rate_date=WELL_TEST,
        **more,
    )


def efficiency_of_well_002(i):
    chain = efficiency_chain(shown(well_test_of_well_002(i)))
    return {"pump_eff_pct": chain.net_stroke_efficiency * 100.0}


def card(i):
    # As printed it goes up with the lower load; a pump's card is the same area the other way.
    work = rod.stroke_work_kj(
        position_m=[x * INCH for x in reversed(i["position_in"])],
        load_kn=[load * POUND_FORCE for load in reversed(i["load_lb"])],
    )
    return {"area_ftlb": work / FOOT_POUND}


def chain_of_powers(i):
    chain = efficiency_chain(
        Duty(
            net_lift_power_kw=i["water_kW"],
            delivered_power_kw=i["polished_rod_kW"],
            input_power_kw=i["polished_rod_kW"] / i["surface_eff"],
        )
    )
    return {"downhole_eff": chain.lift_efficiency, "system_eff": chain.system_efficiency}


def designed_pump(i):
    # Volumetric efficiency falls as displacement grows: at 1 m3/d it is the rate itself.
    rate = i["Q_stb"] * i["Bo"] * BBL_PER_DAY
    required = volumetric_efficiency(rate_m3d=rate, displacement_rate_m3d=1.0) / i["eff"]
    return (
        {"required_displacement_bpd": required / BBL_PER_DAY}
        | swept("Sp_in", "PD_bpd")(i)
        | share_of_stroke("Sp_in", "S_in", "Sp_over_S")(i)
    )


def hydraulic_power_of_lift(i):
    net_lift = hydraulics.net_lift_pressure_from_level_kpa(
        wellhead_pressure_kpa=0.0,
        casing_pressure_kpa=0.0,
        fluid_level_m=i["L_dyn_ft"] * FOOT,
        density_kgm3=i["sg"] * WATER_KGM3,
    )
    power = hydraulics.net_lift_power_kw(
        rate_m3d=i["q_bpd"] * BBL_PER_DAY, net_lift_pressure_kpa=net_lift
    )
    return {"hp": power / HORSEPOWER}


def geothermal_pump(i):
    found = shown(
        bench(
            EspReading(
                rate_m3d=i["flow_m3h"] * CUBIC_METRE_PER_HOUR,
                intake_pressure_kpa=i["Pin_bar"] * BAR,
                discharge_pressure_kpa=i["Pout_bar"] * BAR,
                shaft_power_kw=i["power_W"] / 1000.0,
            )
        )
    )
    return {
        "head_bar": found.pressure_rise_kpa / BAR,
        "eff_pct": efficiency_chain(found).pump_efficiency * 100.0,
    }


def catalogue_point(i):
    reading = EspReading(
        rate_m3d=i["q_m3d"],
        pressure_rise_kpa=hydraulics.head_pressure_kpa(
            head_m=i["head_m"], density_kgm3=i["sg"] * WATER_KGM3
        ),
        shaft_power_kw=i["power_kW"],
    )
    return {"eff": efficiency_chain(shown(bench(reading))).pump_efficiency}


def at_50_hz(i):
    return {
        "q50": similarity.affinity_rate_m3d(rate_m3d=i["q60"], speed_ratio=50 / 60),
        "h50": similarity.affinity_head_m(head_m=i["h60"], speed_ratio=50 / 60),
        "p50": similarity.affinity_power_kw(power_kw=i["p60"], speed_ratio=50 / 60),
    }


def surface_booster(i):
    reading = EspReading(
        rate_m3d=i["q_bpd"] * BBL_PER_DAY,
        pressure_rise_kpa=i["dP_psi"] * PSI,
        shaft_power_kw=i["bhp"] * HORSEPOWER,
    )
    return {"eff_pct": efficiency_chain(shown(bench(reading))).pump_efficiency * 100.0}


def total_dynamic_head(i):
    head = hydraulics.pump_head_m(
        suction_pressure_kpa=0.0,
        discharge_pressure_kpa=i["whp_psi"] * PSI,
        density_kgm3=i["sg"] * WATER_KGM3,
        elevation_difference_m=i["fluid_level_ft"] * FOOT,
        suction_velocity_head_m=0.0,
        discharge_velocity_head_m=0.0,
        losses_m=i["friction_ft_per_1000"] / 1000.0 * i["tubing_ft"] * FOOT,
    )
    return {"TDH_ft": head / FOOT}


def bench_test(i):
    head = hydraulics.pump_head_m(
        suction_pressure_kpa=i["ps_psig"] * PSI,
        discharge_pressure_kpa=i["pd_psig"] * PSI,
        density_kgm3=WATER_KGM3,
        elevation_difference_m=(i["zd_ft"] - i["zs_ft"]) * FOOT,
        suction_velocity_head_m=0.0,
        discharge_velocity_head_m=0.0,
        losses_m=0.0,
    )
    found = shown(
        bench(
            EspReading(
                rate_m3d=i["Q_gpm"] * GALLON_PER_MINUTE,
                pressure_rise_kpa=hydraulics.head_pressure_kpa(
                    head_m=head, density_kgm3=WATER_KGM3
                ),
                voltage_v=i["V"],
                current_a=i["I_A"],
                power_factor=i["PF"],
                motor_efficiency=i["eff_motor"],
                drive_efficiency=1.0,
            )
        )
    )
    return {
        "head_ft": head / FOOT,
        "hyd_hp": found.hydraulic_power_kw / HORSEPOWER,
        "shaft_hp": found.delivered_power_kw / HORSEPOWER,
        "eff_pct": efficiency_chain(found).pump_efficiency * 100.0,
    }


def cavity_displacement(i):
    rate = pcp.displacement_rate_m3d(
        revolution_displacement_l=i["disp_m3_rev"] / LITRE, speed_rpm=i["rpm"]
    )
    return {"theoretical_m3d": rate}


def cavity_well(i, **more):
    return bench(
        PcpReading(
            rate_m3d=i["liquid_td"] * TONNE_OF_WATER_M3,
            liquid_density_kgm3=WATER_KGM3,
            fluid_level_m=i["fluid_level_m"],
            wellhead_pressure_kpa=i["tubing_MPa"] * MEGAPASCAL,
            casing_pressure_kpa=i["casing_MPa"] * MEGAPASCAL,
            **more,
        )
    )


def cavity_water_power(i):
    return {"water_power_kW": shown(cavity_well(i)).net_lift_power_kw}


def cavity_system(i):
    test = cavity_well(inputs("pcp_acmd_water"), input_power_kw=i["motor_kW"])
    return {
        "system_eff": efficiency_chain(shown(test)).system_efficiency,
        "plausible": "SYSTEM_EFFICIENCY_ABOVE_1" not in codes(test),
    }


def cavity_torque(i):
    # Any speed will do; the rods' efficiency at a torque of 1 kN m gives the torque at e.
    speed_rpm, torque_knm = 100.0, 1.0
    volume_l = i["V_ft3_rev"] * CUBIC_FOOT / LITRE
    reading = PcpReading(
        rate_m3d=pcp.displacement_rate_m3d(revolution_displacement_l=volume_l, speed_rpm=speed_rpm),
        pressure_rise_kpa=i["dP_psi"] * PSI,
        speed_rpm=speed_rpm,
        revolution_displacement_l=volume_l,
        rod_torque_knm=torque_knm,
    )
    chain = efficiency_chain(shown(bench(reading)))
    return {"T_lbf_ft": torque_knm * chain.downhole_efficiency / i["e"] / FOOT_POUND}


def power_fluid(i):
    return {
        "power_fluid_rate_m3d": i["q_pf_bpd"] * BBL_PER_DAY,
        "power_fluid_pressure_rise_kpa": i["p_pf_psi"] * PSI,
    }


def power_fluid_power(i):
    found = shown(bench(JetReading(**power_fluid(i))))
    return {"power_fluid_hp": found.delivered_power_kw / HORSEPOWER}


def jet(i):
    test = bench(
        JetReading(
            rate_m3d=i["q_bpd"] * BBL_PER_DAY,
            intake_pressure_kpa=i["p_in"] * PSI,
            discharge_pressure_kpa=i["p_out"] * PSI,
            **power_fluid(inputs("hyd_beep_pfhp")),
        )
    )
    found = shown(test)
    return {
        "hyd_hp": found.hydraulic_power_kw / HORSEPOWER,
        "true_ratio": efficiency_chain(found).downhole_efficiency,
        "plausible": "DOWNHOLE_EFFICIENCY_ABOVE_1" not in codes(test),
    }


def piston(i):
    # The case gives powers alone: each is a rate against 1 kPa.
    test = bench(
        HydraulicPistonReading(
            rate_m3d=i["hyd_hp"] * HORSEPOWER * SECONDS_PER_DAY,
            pressure_rise_kpa=1.0,
            power_fluid_rate_m3d=i["power_fluid_hp"] * HORSEPOWER * SECONDS_PER_DAY,
            power_fluid_pressure_rise_kpa=1.0,
        )
    )
    return {
        "true_ratio": efficiency_chain(shown(test)).downhole_efficiency,
        "plausible": "DOWNHOLE_EFFICIENCY_ABOVE_1" not in codes(test),
    }


def area_ratio(i):
    # One rate through both: velocities are as the other's areas.
    nozzle, throat = (
        pipe.flow_velocity_ms(rate_m3d=1.0, diameter_mm=i[name] * INCH_IN_MM)
        for name in ("dnz_in", "dth_in")
    )
    return {"area_ratio_R": throat / nozzle}


def energy_per_tonne_and_100_m(i):
    lift = energy.lift_energy_kwht100m(
        input_power_kw=1.0 / i["system_eff"], rate_m3d=SECONDS_PER_DAY, net_lift_pressure_kpa=1.0
    )
    return {"kWh_per_100m_t": lift}


def horsepower_of_barrel_and_psi(i):
    power = hydraulics.hydraulic_power_kw(
        rate_m3d=i["q_bpd"] * BBL_PER_DAY, pressure_rise_kpa=i["dP_psi"] * PSI
    )
    return {"hp": power / HORSEPOWER}


def least_energy_kwhm3(pressure_kpa):
    power = hydraulics.hydraulic_power_kw(rate_m3d=10.0, pressure_rise_kpa=pressure_kpa)
    return energy.specific_energy_kwhm3(input_power_kw=power, rate_m3d=10.0)


COMPUTED = {
    "srp_pd_01": swept("Sp_in", "PD_bpd"),
    "srp_pd_02": swept("S_in", "capacity_bpd"),
    "srp_slip_dp": pressure_across_pump,
    "srp_slip_ve": slipping_pump,
    "srp_prhp": polished_rod_power,
    "srp_datum": load_datum,
    "srp_fo_pip": fluid_load_against_pressures,
    "srp_w002_fo": fluid_load,
    "srp_w002_pip": intake_of_well_002,
    "srp_w002_cap": capacity_of_well_002,
    "srp_w002_eff": efficiency_of_well_002,
    "srp_w002_fill": share_of_stroke("net_in", "gross_in", "fillage_pct", scale=100.0),
    "srp_card_rect": card,
    "srp_acmd_prp": polished_rod_power_metric,
    "srp_acmd_fill": share_of_stroke("effective_stroke_m", "plunger_stroke_m", "fillage"),
    "srp_acmd_syseff": chain_of_powers,
    "x_kwh100m": energy_per_tonne_and_100_m,
    "srp_11l_xls": designed_pump,
    "srp_guo_q": swept("S_in", "q_bpd_correct"),
    "x_hhp_takacs": hydraulic_power_of_lift,
    "esp_gemini_eff": geothermal_pump,
    "esp_cat_2753": catalogue_point,
    "esp_cat_1185": catalogue_point,
    "esp_cat_1093": catalogue_point,
    "esp_cat_412": catalogue_point,
    "esp_affinity": at_50_hz,
    "esp_spad_eff": surface_booster,
    "esp_tdh": total_dynamic_head,
    "test_fox103": bench_test,
    "pcp_acmd_th": cavity_displacement,
    "pcp_acmd_water": cavity_water_power,
    "pcp_acmd_sys": cavity_system,
    "pcp_torque": cavity_torque,
    "hyd_beep_pfhp": power_fluid_power,
    "hyd_beep_jet_eff": jet,
    "hyd_beep_piston_eff": piston,
    "hyd_geom_12c": area_ratio,
    "x_hp_const": horsepower_of_barrel_and_psi,
    "x_kwh_bbl": lambda i: {"kWh_per_bbl": least_energy_kwhm3(i["dP_psi"] * PSI) * BBL},
    "x_1000psi": lambda i: {"kWh_per_m3": least_energy_kwhm3(i["dP_kPa"])},
}

test_every_case_is_tested, test_published_number = published_tests(CASES, COMPUTED)


@pytest.mark.parametrize(("share_taken_off", "found"), [(0.999, True), (1.001, False)])
def test_load_datum_is_found_until_the_excess_is_taken_off(share_taken_off, found):
    case = CASES["srp_datum"]
    lowest_lb = case["inputs"]["MPRL_lb"] - share_taken_off * case["expected"]["excess_lb"]
    assert ("ROD_LOAD_ABOVE_WEIGHT" in codes(datum(case["inputs"], lowest_lb))) is found


def test_all_that_is_wrong_with_well_002_is_said_at_once():
    pressures = inputs("srp_w002_pip")
    test = well_test_of_well_002(
        inputs("srp_w002_eff"),
        power_date=CARD,
        discharge_pressure_kpa=pressures["PDP_psi"] * PSI,
        fluid_load_kn=pressures["Fo_lb"] * POUND_FORCE,
    )
    said = codes(test)
    assert {"RATE_ABOVE_DISPLACEMENT", "INTAKE_PRESSURE_NEGATIVE", "STALE_PAIRING"} <= said
    assert "NET_STROKE_EFFICIENCY_ABOVE_1" in said


def test_well_002_is_stale_for_its_well_test_alone():
    said = codes(well_test_of_well_002(inputs("srp_w002_eff")))
    assert {"RATE_ABOVE_DISPLACEMENT", "STALE_PAIRING"} <= said
    assert "STALE_PAIRING" not in codes(well_002())


def test_card_as_printed_runs_backwards():
    i = inputs("srp_card_rect")
    test = bench(
        RodReading(
            card_position_m=[x * INCH for x in i["position_in"]],
            card_load_kn=[load * POUND_FORCE for load in i["load_lb"]],
            speed_spm=1.0,
        )
    )
    case = CASES["srp_card_rect"]
    power_kw = -case["expected"]["area_ftlb"] * FOOT_POUND / 60.0
    assert shown(test).delivered_power_kw == pytest.approx(power_kw, rel=case["tolerance_rel"])
    assert "CARD_RUNS_BACKWARDS" in codes(test)


def test_torque_has_two_pi_in_it():
    i = inputs("pcp_torque")
    torque_lbfft = i["V_ft3_rev"] * i["dP_psi"] * 144.0 / (2.0 * math.pi * i["e"])
    assert cavity_torque(i)["T_lbf_ft"] == pytest.approx(torque_lbfft, rel=1e-9)
