"""The motor by its points, found back from power and current, and what is lost before it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

from pumpperf import ArgumentError
from pumpperf.calc.power import motor_input_power_kw
from pumpperf.lift import esp

NAN = float("nan")

# A made-up two-pole motor of 60 kW at 50 Hz whose current follows from its own efficiency,
# power factor and 1000 V.
LOAD = np.array([0.0, 0.25, 0.5, 0.75, 1.0, 1.25])
EFFICIENCY = np.array([0.0, 0.70, 0.81, 0.84, 0.845, 0.84])
POWER_FACTOR = np.array([0.15, 0.52, 0.72, 0.81, 0.85, 0.86])
SPEED = np.array([2995.0, 2975.0, 2953.0, 2930.0, 2905.0, 2877.0])
DRAWN = np.array([2.0, *(LOAD[1:] * 60.0 / EFFICIENCY[1:])])
CURRENT = DRAWN / (math.sqrt(3.0) * POWER_FACTOR)


POINTS = {
    "load": LOAD,
    "efficiency": EFFICIENCY,
    "power_factor": POWER_FACTOR,
    "speed_rpm": SPEED,
    "current_a": CURRENT,
}
COLUMNS = tuple(POINTS)


def motor(**changes):
    points = {"frequency_hz": 50.0, "rated_power_kw": 60.0} | POINTS
    return esp.motor_curve(**(points | changes))


def test_state_at_a_load():
    loads = np.array([0.5, 0.6, 1.0])
    found = esp.motor_state(motor=motor(), load=loads)
    for part, points in (
        (found.efficiency, EFFICIENCY),
        (found.power_factor, POWER_FACTOR),
        (found.speed_rpm, SPEED),
        (found.current_a, CURRENT),
    ):
        assert part == pytest.approx(PchipInterpolator(LOAD, points)(loads), rel=1e-12)
    assert found.shaft_power_kw.tolist() == [30.0, 36.0, 60.0]
    assert found.input_power_kw == pytest.approx(found.shaft_power_kw / found.efficiency)
    assert found.slip[[0, 2]] == pytest.approx([47.0 / 3000.0, 95.0 / 3000.0])
    volts_and_amperes = motor_input_power_kw(
        voltage_v=1000.0, current_a=found.current_a[2], power_factor=found.power_factor[2]
    )
    assert found.input_power_kw[2] == pytest.approx(volts_and_amperes, rel=1e-12)


def test_beyond_its_points_nothing_is_known():
    found = esp.motor_state(motor=motor(), load=[-0.1, 1.3, NAN])
    for part in (found.efficiency, found.speed_rpm, found.slip, found.input_power_kw):
        assert np.isnan(part).all()
    assert found.shaft_power_kw[:2] == pytest.approx([-6.0, 78.0])


@given(st.floats(0.05, 1.24))
def test_load_is_found_back_from_power_and_current(load):
    one = motor()
    state = esp.motor_state(motor=one, load=load)
    by_power = esp.loads_from_input_power(motor=one, input_power_kw=state.input_power_kw)
    assert by_power.count == 2
    assert by_power.x == pytest.approx([0.0, load], abs=1e-9)
    by_current = esp.loads_from_current(motor=one, current_a=state.current_a)
    assert np.nanmin(np.abs(by_current.x - load)) < 1e-6
    back = esp.motor_state(motor=one, load=by_current.x)
    assert back.current_a == pytest.approx([float(state.current_a)] * by_current.count, rel=1e-9)


def test_a_motor_without_a_point_at_no_load_has_no_trivial_root():
    clipped = {
        "load": LOAD[1:],
        "efficiency": EFFICIENCY[1:],
        "power_factor": POWER_FACTOR[1:],
        "speed_rpm": SPEED[1:],
        "current_a": CURRENT[1:],
    }
    found = esp.loads_from_input_power(
        motor=motor(**clipped), input_power_kw=[DRAWN[4], 5.0, 500.0]
    )
    assert found.count.tolist() == [1, 0, 0]
    assert found.x[0, 0] == pytest.approx(1.0)


def test_a_current_of_two_loads_gives_both():
    dipped = motor(current_a=[30.0, 25.0, 28.0, 35.0, 44.0, 55.0])
    found = esp.loads_from_current(motor=dipped, current_a=[26.0, 44.0, 20.0])
    assert found.count.tolist() == [2, 1, 0]
    assert found.x[1, 0] == pytest.approx(1.0)


def test_wells_with_their_own_motors():
    two = motor(
        rated_power_kw=[60.0, 120.0],
        frequency_hz=[50.0, 60.0],
        poles=[2.0, 4.0],
        **{name: np.stack([part, part]) for name, part in POINTS.items()},
    )
    found = esp.motor_state(motor=two, load=[[0.5, 1.0], [0.5, 1.0]])
    assert found.shaft_power_kw.tolist() == [[30.0, 60.0], [60.0, 120.0]]
    assert found.slip[:, 1] == pytest.approx([1 - 2905 / 3000, 1 - 2905 / 1800])
    loads = esp.loads_from_input_power(motor=two, input_power_kw=[DRAWN[4], 2 * DRAWN[2]])
    assert loads.x == pytest.approx(np.array([[0.0, 1.0], [0.0, 0.5]]), abs=1e-9)


def test_tests_of_each_motor_come_back():
    two = motor(rated_power_kw=[60.0, 120.0], **{name: [part] * 2 for name, part in POINTS.items()})
    loads = np.array([[0.5, 1.0, 0.6], [0.4, 1.0, 0.7]])
    state = esp.motor_state(motor=two, load=loads)
    by_power = esp.loads_from_input_power(motor=two, input_power_kw=state.input_power_kw)
    assert by_power.x[..., 1] == pytest.approx(loads, rel=1e-9)
    by_current = esp.loads_from_current(motor=two, current_a=state.current_a)
    assert np.nanmax(by_current.x, axis=-1) == pytest.approx(loads, rel=1e-9)
    for function in (
        lambda: esp.motor_state(motor=two, load=[0.5] * 3),
        lambda: esp.loads_from_input_power(motor=two, input_power_kw=[30.0] * 3),
        lambda: esp.loads_from_current(motor=two, current_a=[[30.0]] * 3),
    ):
        with pytest.raises(ArgumentError, match="one a well, or tests of each"):
            function()


def test_motors_that_differ_in_rating_alone():
    two = motor(rated_power_kw=[60.0, 120.0])
    assert esp.motor_state(motor=two, load=[0.5, 0.5]).shaft_power_kw.tolist() == [30.0, 60.0]
    found = esp.loads_from_input_power(motor=two, input_power_kw=[DRAWN[2], 2 * DRAWN[2]])
    assert found.x[:, 1] == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"efficiency": [0.8]}, "different shapes"),
        ({"load": LOAD[::-1]}, "strictly rising loads"),
        ({"load": [0.0, NAN, 0.5, 0.75, 1.0, 1.25]}, "strictly rising loads"),
        ({"load": [0.0, 0.1, 0.5, 0.75, 1.0, math.inf]}, "two finite"),
        ({name: [] for name in COLUMNS}, "two finite"),
        ({name: [1.0] for name in COLUMNS}, "two finite"),
        ({"load": ["half"] * 6}, "load = .*expected numbers"),
        ({"rated_power_kw": [1.0, 2.0], "poles": [2.0] * 3}, "wells of shape"),
        (dict.fromkeys(COLUMNS, 1.0), "load"),
    ],
)
def test_points_that_are_no_motor_are_refused(changes, words):
    with pytest.raises(ArgumentError, match=words):
        motor(**changes)


@given(st.floats(-40, 200), st.floats(0.01, 5), st.floats(1, 5000), st.floats(1, 200))
def test_cable_is_a_copper_wire(temperature, ohm_per_km, length, current):
    """IEC 60228 writes the same with 234.5 degC: (234.5 + t)/254.5."""
    hot = esp.conductor_resistance_ohm(
        resistance_ohmkm=ohm_per_km, length_m=length, temperature_degc=temperature
    )
    copper = ohm_per_km * length / 1000.0 * (234.5 + temperature) / 254.5
    assert hot == pytest.approx(copper, rel=2e-4)
    heat_w = sum(current**2 * hot for _ in range(3))
    assert esp.cable_loss_kw(current_a=current, resistance_ohm=hot) == pytest.approx(heat_w / 1e3)


def test_drive_passes_on_what_it_does_not_lose():
    lost = esp.drive_loss_kw(input_power_kw=100.0, drive_efficiency=0.97)
    assert 100.0 - lost == pytest.approx(0.97 * 100.0)


def test_field_of_two_poles_turns_once_a_period():
    assert esp.synchronous_speed_rpm(frequency_hz=50.0, poles=2.0) == 50.0 * 60.0


@pytest.mark.parametrize(
    ("phases", "imbalance"),
    [
        ([203.0, 210.0, 212.0], 5.3333333 / 208.33333),
        ([462.0, 463.0, 455.0], 5.0 / 460.0),
        ([476.0, 472.0, 480.0], 4.0 / 476.0),
        ([0.0, 0.0, 0.0], NAN),
        ([10.0, NAN, 10.0], NAN),
        ([-1.0, -1.0, -4.0], -1.0),
    ],
)
def test_imbalance_as_published(phases, imbalance):
    assert esp.phase_imbalance(phases=phases) == pytest.approx(imbalance, rel=1e-6, nan_ok=True)
    column = esp.phase_imbalance(phases=[phases, [1.0, 1.0, 1.0]])
    assert column == pytest.approx([imbalance, 0.0], rel=1e-6, nan_ok=True)


@pytest.mark.parametrize("phases", [[1.0, 2.0], 5.0])
def test_three_phases_are_wanted(phases):
    with pytest.raises(ArgumentError, match="expected three along the last axis"):
        esp.phase_imbalance(phases=phases)


@given(
    st.lists(
        st.sampled_from([NAN, 0.0, -1.0, 1e-8, 1e8, -1e8, 40.0, math.inf, 1e300, -1e160]),
        min_size=4,
        max_size=4,
    )
)
def test_impossible_numbers_make_no_noise(numbers):
    power, current, load, rated = numbers
    one = motor(rated_power_kw=rated)
    esp.motor_state(motor=one, load=load)
    esp.loads_from_input_power(motor=one, input_power_kw=power)
    esp.loads_from_current(motor=one, current_a=current)
    esp.phase_imbalance(phases=[power, current, load])
