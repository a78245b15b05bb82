"""Diagnosis of cavity and piston pumps: each fault put into the physics, and found again."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.lift import HydraulicPistonReading, PcpReading, hydraulic_piston, numbers, pcp
from pumpperf.lift.evidence import UNDETERMINED, leading_fault, strengths, suspected_faults

NAN = math.nan
PCP_FAULTS = {fault.code for fault in pcp.FAULTS}
PISTON_FAULTS = {fault.code for fault in hydraulic_piston.FAULTS}

SLIP_M3D, FRICTION_NM = 14.4, 250.0
ENGINE_SHARE, PUMP_SHARE, SURFACE_KPA = 0.95, 0.85, 15_000.0


def cavity(*, slip=1.0, friction=1.0, gas=0.0, leak=0.0, parted=None, error=(1.0,) * 4):
    """Features of a pump of 0.5 l at 200 rpm and 8 MPa, in SI and a few faults."""
    volume_m3, turns_s, rise_pa = 0.5e-3, 200.0 / 60.0, 8e6
    entering = volume_m3 * turns_s * 86_400.0 - SLIP_M3D * slip
    rate = entering * (1.0 - gas) * (1.0 - leak)
    torque_nm = volume_m3 * rise_pa / (2.0 * math.pi) + FRICTION_NM * friction
    if parted is not None:
        rate, torque_nm = 0.0, FRICTION_NM * parted
    reading = PcpReading(
        rate_m3d=rate * error[0],
        speed_rpm=turns_s * 60.0 * error[1],
        pressure_rise_kpa=rise_pa / 1e3 * error[2],
        rod_torque_knm=torque_nm / 1e3 * error[3],
        revolution_displacement_l=volume_m3 * 1e3,
    )
    return pcp.features(
        numbers(reading),
        1.0,
        expected_slip_m3d=SLIP_M3D,
        expected_friction_torque_knm=FRICTION_NM / 1e3,
        intake_gas_share=gas,
    )


def piston(*, engine_leak=0.0, pump_leak=0.0, gas=0.0, plug=0.0, error=(1.0,) * 4):
    """Features of a pump of 1.5 l driven by 2 l at 50 1/min; faults as shares lost.

    A plug takes speed, and with it power fluid, and adds to the pressure.
    """
    strokes_day = 50.0 * 1440.0 * (1.0 - plug) * (1.0 - engine_leak)
    power_fluid = 2e-3 * strokes_day / (ENGINE_SHARE * (1.0 - engine_leak))
    rate = 1.5e-3 * strokes_day * PUMP_SHARE * (1.0 - gas) * (1.0 - pump_leak)
    reading = HydraulicPistonReading(
        rate_m3d=rate * error[0],
        speed_spm=strokes_day / 1440.0 * error[1],
        stroke_displacement_l=1.5,
        power_fluid_rate_m3d=power_fluid * error[2],
        power_fluid_pressure_rise_kpa=SURFACE_KPA * (1.0 + plug) * error[3],
    )
    return hydraulic_piston.features(
        numbers(reading),
        1.0,
        engine_displacement_l=2.0,
        expected_engine_efficiency=ENGINE_SHARE,
        expected_volumetric_efficiency=PUMP_SHARE,
        expected_pressure_rise_kpa=SURFACE_KPA,
        expected_speed_spm=50.0,
        intake_gas_share=gas,
    )


CAVITY = {
    "NORMAL": st.fixed_dictionaries({"gas": st.floats(0.0, 0.04)}),
    "WORN_STATOR": st.fixed_dictionaries(
        {"slip": st.floats(1.7, 9.0), "friction": st.floats(0.0, 0.8)}
    ),
    "SWOLLEN_STATOR": st.fixed_dictionaries(
        {"slip": st.floats(0.0, 0.8), "friction": st.floats(1.4, 6.0)}
    ),
    "GAS": st.fixed_dictionaries({"gas": st.floats(0.06, 0.9)}),
    "ROD_FAILURE": st.fixed_dictionaries({"parted": st.floats(0.0, 0.95)}),
    "TUBING_LEAK": st.fixed_dictionaries({"leak": st.floats(0.07, 1.0)}),
}
PISTON = {
    "NORMAL": st.fixed_dictionaries({"gas": st.floats(0.0, 0.04)}),
    "WORN_ENGINE": st.fixed_dictionaries({"engine_leak": st.floats(0.07, 0.9)}),
    "WORN_PUMP": st.fixed_dictionaries({"pump_leak": st.floats(0.07, 1.0)}),
    "GAS": st.fixed_dictionaries({"gas": st.floats(0.06, 0.9)}),
    "PLUGGED": st.fixed_dictionaries({"plug": st.floats(0.11, 0.9)}),
}
CASES = [
    *((cavity, pcp.FAULTS, code, sizes) for code, sizes in CAVITY.items()),
    *((piston, hydraulic_piston.FAULTS, code, sizes) for code, sizes in PISTON.items()),
]


def test_every_fault_of_the_tables_is_put_into_the_physics():
    assert set(CAVITY) == PCP_FAULTS
    assert set(PISTON) == PISTON_FAULTS


@pytest.mark.parametrize(("pump", "faults", "code", "sizes"), CASES)
@given(data=st.data())
def test_the_fault_that_is_there_leads_and_is_told_first(pump, faults, code, sizes, data):
    shown = pump(**data.draw(sizes))
    assert leading_fault(faults, shown) == code
    told = suspected_faults(faults, shown)
    assert told[0].code == code
    assert told[0].evidence_for
    assert [one.strength for one in told] == sorted((t.strength for t in told), reverse=True)


@pytest.mark.parametrize(
    ("pump", "faults"), [(cavity, pcp.FAULTS), (piston, hydraulic_piston.FAULTS)]
)
@given(error=st.tuples(*[st.floats(0.98, 1.02)] * 4))
def test_a_healthy_pump_is_not_accused_for_two_percent_of_noise(pump, faults, error):
    told = suspected_faults(faults, pump(error=error))
    assert {one.code for one in told} <= {"NORMAL", UNDETERMINED}


def test_mild_wear_and_a_leak_look_alike_as_the_page_says():
    mild = cavity(slip=2.0, friction=0.9)
    assert leading_fault(pcp.FAULTS, mild) == "TUBING_LEAK"
    assert strengths(pcp.FAULTS, mild)["WORN_STATOR"] == 0.0


def test_a_worn_pump_that_takes_gas_is_named_for_what_is_larger():
    worn = suspected_faults(pcp.FAULTS, cavity(slip=5.0, friction=0.5, gas=0.1))
    assert [one.code for one in worn] == ["WORN_STATOR"]
    both = cavity(slip=1.3, friction=0.5, gas=0.2)
    assert leading_fault(pcp.FAULTS, both) == "GAS"
    against = suspected_faults(pcp.FAULTS, both)[0].evidence_against
    assert [one.feature for one in against] == ["torque_ratio"]


@pytest.mark.parametrize("missing", ["intake_gas_share", "unexplained_shortfall"])
def test_gas_that_is_not_measured_leaves_wear_undetermined(missing):
    worn = cavity(slip=5.0, friction=0.5) | {"intake_gas_share": NAN, "unexplained_shortfall": NAN}
    told = suspected_faults(pcp.FAULTS, worn)
    assert [one.code for one in told] == [UNDETERMINED]
    assert missing in told[0].look_at


def test_gas_not_known_gives_no_unexplained_shortfall():
    reading = numbers(PcpReading(rate_m3d=90.0, speed_rpm=200.0, revolution_displacement_l=0.5))
    shown = pcp.features(
        reading,
        1.0,
        expected_slip_m3d=14.4,
        expected_friction_torque_knm=0.25,
        intake_gas_share=NAN,
    )
    assert math.isnan(shown["unexplained_shortfall"])
    assert shown["volumetric_shortfall"] == pytest.approx(0.9 - 90.0 / 144.0)


def test_a_rate_above_expectation_is_no_fault_of_the_pump():
    high = {"volumetric_shortfall": -0.3, "unexplained_shortfall": -0.3, "torque_ratio": 1.0}
    assert leading_fault(pcp.FAULTS, high) == UNDETERMINED
    assert leading_fault(hydraulic_piston.FAULTS, high | {"engine_shortfall": 0.0}) == UNDETERMINED


def test_features_of_a_cavity_pump_are_those_of_a_page_of_arithmetic():
    shown = cavity(slip=2.0, friction=0.5, gas=0.1)
    rate = (144.0 - 28.8) * 0.9
    hydraulic = 2000.0 / math.pi
    assert shown == pytest.approx(
        {
            "volumetric_efficiency": rate / 144.0,
            "volumetric_shortfall": 0.9 - rate / 144.0,
            "unexplained_shortfall": 0.81 - rate / 144.0,
            "slip_ratio": (144.0 - rate) / 14.4,
            "torque_ratio": (hydraulic + 125.0) / (hydraulic + 250.0),
            "friction_ratio": 0.5,
            "torque_over_friction": (hydraulic + 125.0) / 250.0,
            "intake_gas_share": 0.1,
        }
    )


def test_features_of_a_piston_pump_are_those_of_a_page_of_arithmetic():
    shown = piston(engine_leak=0.2, pump_leak=0.1, gas=0.05, plug=0.1)
    assert shown == pytest.approx(
        {
            "engine_efficiency": 0.95 * 0.8,
            "engine_shortfall": 0.95 * 0.2,
            "volumetric_efficiency": 0.85 * 0.95 * 0.9,
            "volumetric_shortfall": 0.85 * (1.0 - 0.95 * 0.9),
            "unexplained_shortfall": 0.85 * 0.95 * 0.1,
            "pressure_ratio": 1.1,
            "speed_ratio": 0.9 * 0.8,
            "intake_gas_share": 0.05,
        }
    )


# The bound itself, where each sign of a fault holds, then just beyond its bounds.
EVEN, LOST, GAS_SHARE = (0.05, 0.0501, -0.0501), (0.05, 0.0499), (0.05, 0.0499)
AS_EXPECTED, NOT_MORE, MORE = (0.9, 1.101, 0.899), (1.1, 1.101), (1.1, 1.099)
GAS = {
    "intake_gas_share": GAS_SHARE,
    "volumetric_shortfall": (0.04, 0.0399),
    "unexplained_shortfall": EVEN,
}
SHOWN = {
    "ROD_FAILURE": {"volumetric_efficiency": (0.1, 0.1001), "torque_over_friction": (1.0, 1.001)},
    "NORMAL": {"volumetric_shortfall": EVEN, "torque_ratio": AS_EXPECTED},
    "GAS": GAS | {"torque_ratio": AS_EXPECTED},
    "WORN_STATOR": {"unexplained_shortfall": LOST, "torque_ratio": (0.95, 0.951)}
    | {"friction_ratio": (0.9, 0.901), "slip_ratio": (1.3, 1.299)},
    "TUBING_LEAK": {"unexplained_shortfall": LOST, "torque_ratio": (0.95, 1.101, 0.949)}
    | {"friction_ratio": (0.85, 1.201, 0.849)},
    "SWOLLEN_STATOR": {"torque_ratio": MORE, "volumetric_shortfall": (0.03, 0.0301)}
    | {"friction_ratio": (1.3, 1.299), "slip_ratio": (0.8, 0.801)},
}
SHOWN_BY_PISTON = {
    "NORMAL": {"engine_shortfall": EVEN, "volumetric_shortfall": EVEN}
    | {"pressure_ratio": AS_EXPECTED},
    "GAS": GAS | {"engine_shortfall": EVEN, "pressure_ratio": NOT_MORE},
    "WORN_ENGINE": {"engine_shortfall": LOST, "unexplained_shortfall": EVEN}
    | {"pressure_ratio": NOT_MORE},
    "WORN_PUMP": {"unexplained_shortfall": LOST, "engine_shortfall": EVEN}
    | {"pressure_ratio": AS_EXPECTED},
    "PLUGGED": {"pressure_ratio": MORE, "speed_ratio": (0.9, 0.901)}
    | {"engine_shortfall": EVEN, "unexplained_shortfall": EVEN},
}


@pytest.mark.parametrize(
    ("faults", "shown"), [(pcp.FAULTS, SHOWN), (hydraulic_piston.FAULTS, SHOWN_BY_PISTON)]
)
def test_every_sign_stands_where_the_page_says(faults, shown):
    assert {fault.code for fault in faults} == set(shown)
    for code, signs in shown.items():
        full = {feature: values[0] for feature, values in signs.items()}
        assert strengths(faults, full)[code] == 1.0
        for feature, (_, *beyond) in signs.items():
            for value in beyond:
                assert strengths(faults, full | {feature: value})[code] < 1.0


def columns(rows):
    keys = {key for row in rows for key in row}
    return {key: np.array([row.get(key, NAN) for row in rows]) for key in keys}


def test_a_column_of_pumps_is_judged_as_each_alone():
    rows = [
        cavity(),
        cavity(slip=5.0, friction=0.4),
        cavity(leak=0.5),
        cavity(parted=0.3),
        cavity(gas=0.3),
    ]
    found = leading_fault(pcp.FAULTS, columns(rows))
    assert found.tolist() == ["NORMAL", "WORN_STATOR", "TUBING_LEAK", "ROD_FAILURE", "GAS"]


def test_a_column_of_readings_gives_columns_of_features():
    readings = [
        numbers(PcpReading(rate_m3d=rate, speed_rpm=200.0, revolution_displacement_l=0.5))
        for rate in (129.6, 90.0)
    ]
    several = pcp.features(
        columns(readings),
        np.ones(2),
        expected_slip_m3d=np.array([14.4, 14.4]),
        expected_friction_torque_knm=0.25,
        intake_gas_share=np.array([0.0, NAN]),
    )
    assert several["volumetric_shortfall"] == pytest.approx([0.0, 0.9 - 90.0 / 144.0])
    assert np.isnan(several["unexplained_shortfall"]).tolist() == [False, True]


WILD = st.sampled_from([NAN, math.inf, 0.0, -1.0, 1e-8, 1e8, 1e300, 1.0, 0.5, 8000.0])


@given(data=st.data(), column=st.booleans())
def test_any_numbers_are_judged_without_noise(data, column):
    def wild():
        return np.array([data.draw(WILD), data.draw(WILD)]) if column else data.draw(WILD)

    reading = {name: wild() for name in numbers(PcpReading())}
    expected = {f"expected_{name}": wild() for name in ("slip_m3d", "friction_torque_knm")}
    shown = pcp.features(reading, wild(), **expected, intake_gas_share=wild())
    assert set(np.atleast_1d(leading_fault(pcp.FAULTS, shown))) <= PCP_FAULTS | {UNDETERMINED}
    reading = {name: wild() for name in numbers(HydraulicPistonReading())}
    shown = hydraulic_piston.features(
        reading,
        wild(),
        engine_displacement_l=wild(),
        expected_engine_efficiency=wild(),
        expected_volumetric_efficiency=wild(),
        expected_pressure_rise_kpa=wild(),
        expected_speed_spm=wild(),
        intake_gas_share=wild(),
    )
    found = set(np.atleast_1d(leading_fault(hydraulic_piston.FAULTS, shown)))
    assert found <= PISTON_FAULTS | {UNDETERMINED}
