"""Stage curves, affinity, viscosity, gas and operating points of a submersible pump."""

import json
from pathlib import Path

import numpy as np
import pytest
from esp_forward import AN550, LEMAZ, Stage
from scipy.interpolate import PchipInterpolator

from pumpperf import ArgumentError
from pumpperf.lift import esp

NAN = float("nan")
CATALOGUES = Path(__file__).parents[3] / "shared" / "data" / "esp_catalog"

LINE = {
    "frequency_hz": 50.0,
    "rate_m3d": [0.0, 60.0, 120.0],
    "head_m": [12.0, 6.0, 0.0],
    "power_kw": [0.05, 0.1, 0.15],
}


def whole(entry, **where):
    where = {"stages": 1.0, "frequency_hz": entry["freq_Hz"]} | where
    return esp.pump_curve(curve=esp.stage_curve_from_catalogue(entry), **where)


def test_a_stage_is_interpolated_as_scipy_does():
    pump = whole(LEMAZ, stages=150)
    rate = np.linspace(0.0, 175.03, 301)
    theirs = PchipInterpolator(LEMAZ["rate_points"], LEMAZ["head_points"])(rate)
    assert esp.pump_head_m(pump=pump, rate_m3d=rate) == pytest.approx(150 * theirs, rel=1e-12)
    theirs = PchipInterpolator(LEMAZ["rate_points"], LEMAZ["power_points"])(rate)
    assert esp.pump_power_kw(pump=pump, rate_m3d=rate) == pytest.approx(150 * theirs, rel=1e-12)


def test_beyond_its_points_a_pump_has_no_head():
    pump = whole(AN550)
    found = esp.pump_head_m(pump=pump, rate_m3d=[4.9, 5.0, 138.0, 138.1, -1.0, NAN])
    assert np.isnan(found).tolist() == [True, False, False, True, True, True]
    assert np.isnan(pump.shut_off_head_m)
    assert whole(LEMAZ, stages=3).shut_off_head_m == pytest.approx(3 * 7.87)


@pytest.mark.parametrize("entry", [LEMAZ, AN550])
def test_best_efficiency_is_the_highest_of_a_fine_search(entry):
    curve = esp.stage_curve_from_catalogue(entry)
    assert curve.bep_rate_m3d == pytest.approx(Stage(entry).bep, rel=2e-3)


def test_an_end_of_the_points_is_not_called_the_best_efficiency():
    rising = esp.stage_curve(**(LINE | {"head_m": [1.0, 2.0, 3.0], "power_kw": [1.0, 1.0, 1.0]}))
    assert np.isnan(rising.bep_rate_m3d)
    falling = esp.stage_curve(
        frequency_hz=50, rate_m3d=[10, 20, 30], head_m=[9, 1, 0.1], power_kw=[1, 2, 3]
    )
    assert np.isnan(falling.bep_rate_m3d)
    powerless = esp.stage_curve(**(LINE | {"power_kw": [0.0, 0.0, 0.0]}))
    assert np.isnan(powerless.bep_rate_m3d)


def test_polynomials_are_kept_to_a_millionth():
    head, power = [25.0, -0.001, 3e-6, -3e-9], [2.0, 1e-3, 1e-7]
    curve = esp.stage_curve_from_polynomials(
        frequency_hz=60,
        highest_rate_m3d=3000,
        head_coefficients=head,
        power_coefficients=power,
        recommended_low_m3d=1000,
        recommended_high_m3d=2000,
        speed_rpm=3500,
    )
    pump = esp.pump_curve(curve=curve, stages=1, frequency_hz=60)
    rate = np.linspace(0, 3000, 1001)
    exact = np.polynomial.Polynomial(head)(rate)
    assert esp.pump_head_m(pump=pump, rate_m3d=rate) == pytest.approx(exact, abs=25e-6)
    exact = np.polynomial.Polynomial(power)(rate)
    assert esp.pump_power_kw(pump=pump, rate_m3d=rate) == pytest.approx(exact, rel=1e-6)
    assert (curve.recommended_low_m3d, curve.recommended_high_m3d) == (1000.0, 2000.0)


def test_all_faults_of_points_are_said_at_once():
    with pytest.raises(ArgumentError) as error:
        esp.stage_curve(
            frequency_hz=0, rate_m3d=[0, 2, 1], head_m=[1, NAN, 2], power_kw=[1, 2, np.inf]
        )
    said = str(error.value)
    for words in ("frequency_hz = 0", "head_m = ", "power_kw = ", "strictly rising"):
        assert words in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"head_m": [1.0, 2.0]}, "different shapes"),
        ({"catalogue_efficiency": [0.1]}, "different shapes"),
        ({"rate_m3d": 1.0, "head_m": 1.0, "power_kw": 1.0}, "three points or more"),
        ({"rate_m3d": [0, 1], "head_m": [2, 1], "power_kw": [1, 1]}, "three points or more"),
        ({"rate_m3d": [NAN, 0, 1], "head_m": [NAN, 2, 1], "power_kw": [NAN, 1, 1]}, "only NaN"),
        ({"rate_m3d": [0, 1, NAN], "head_m": [2, 1, NAN], "power_kw": [1, 1, NAN]}, "only NaN"),
        ({"frequency_hz": np.inf}, "frequency_hz = inf"),
        ({"rate_m3d": [0.0, 60.0, 60.0]}, "strictly rising"),
    ],
)
def test_points_that_are_no_curve_are_refused(changes, words):
    with pytest.raises(ArgumentError, match=words):
        esp.stage_curve(**(LINE | changes))


def test_all_faults_of_polynomials_are_said_at_once():
    with pytest.raises(ArgumentError) as error:
        esp.stage_curve_from_polynomials(
            frequency_hz=-1, highest_rate_m3d=NAN, head_coefficients=[], power_coefficients=[NAN]
        )
    for words in ("frequency_hz = -1", "highest_rate_m3d = nan", "head_coeff", "power_coeff"):
        assert words in str(error.value)


def test_all_faults_of_a_catalogue_entry_are_said_at_once():
    entry = LEMAZ | {
        "head_points": "x",
        "power_points": 3.0,
        "freq_Hz": [50, 60],
        "slip_nom_rpm": {},
    }
    del entry["rate_points"]
    with pytest.raises(ArgumentError) as error:
        esp.stage_curve_from_catalogue(entry)
    for words in (
        "rate_points is missing",
        "head_points = 'x': expected numbers",
        "power_points = 3.0: expected a list",
        "freq_Hz = [50, 60]: expected one number",
        "slip_nom_rpm = {}: expected numbers",
    ):
        assert words in str(error.value)
    assert "eff_points" not in str(error.value)


def test_a_catalogue_is_each_of_its_curves():
    curves = [esp.stage_curve_from_catalogue(entry) for entry in (LEMAZ, AN550)]
    stack = esp.stacked_curves(curves)
    which, hertz = np.array([1, 0, 1]), np.array([60.0, 45.0, 50.0])
    pumps = esp.pump_curve(curve=stack, curve_number=which, stages=[10, 20, 30], frequency_hz=hertz)
    found = esp.pump_head_m(pump=pumps, rate_m3d=[70.0, 70.0, 70.0])
    for i in range(3):
        alone = esp.pump_curve(
            curve=curves[which[i]], stages=[10, 20, 30][i], frequency_hz=hertz[i]
        )
        assert found[i] == pytest.approx(esp.pump_head_m(pump=alone, rate_m3d=70.0), rel=1e-14)
    assert esp.efficiency_difference(stack)[0, :20] == pytest.approx(
        esp.efficiency_difference(curves[0]), rel=1e-14
    )
    for wrong in ([2], [-1], [0.0]):
        with pytest.raises(ArgumentError, match="curve_number = "):
            esp.pump_curve(curve=stack, curve_number=wrong, stages=1, frequency_hz=50)
    with pytest.raises(ArgumentError, match="curve_number = "):
        esp.pump_curve(curve=curves[0], curve_number=0, stages=1, frequency_hz=50)
    for wrong in ([], [stack]):
        with pytest.raises(ArgumentError, match="one single curve or more"):
            esp.stacked_curves(wrong)


def test_every_well_may_have_its_own_points_and_tests():
    own = esp.stage_curve(
        frequency_hz=50,
        rate_m3d=[[0, 60, 120, NAN], [0, 40, 80, 120]],
        head_m=[[12, 6, 0, NAN], [12, 8, 4, 0]],
        power_kw=[[0.05, 0.1, 0.15, NAN], [0.1, 0.1, 0.1, 0.1]],
    )
    assert own.bep_rate_m3d[1] == pytest.approx(60.0, rel=1e-3)
    pumps = esp.pump_curve(curve=own, stages=[1, 10], frequency_hz=50)
    found = esp.pump_head_m(pump=pumps, rate_m3d=[[30.0, 60.0, 90.0], [30.0, 60.0, 121.0]])
    assert found == pytest.approx(np.array([[9, 6, 3], [90, 60, NAN]]), nan_ok=True)


@pytest.mark.skipif(not CATALOGUES.exists(), reason="the whole catalogue is not at hand")
def test_of_59_stages_six_do_not_agree_with_themselves():
    entries = [
        entry
        for name in ("esp_stages_15.json", "esp_stages_44.json")
        for entry in json.loads((CATALOGUES / name).read_text(encoding="utf-8")).values()
    ]
    curves = [esp.stage_curve_from_catalogue(entry) for entry in entries]
    gaps = [np.abs(esp.efficiency_difference(curve)) for curve in curves]
    assert len(gaps) == 59
    assert sum(np.median(gap) <= 0.01 for gap in gaps) >= 51
    assert sum(np.max(gap) > 0.03 for gap in gaps) >= 6


def test_a_printed_speed_above_the_field_s_is_told():
    """The catalogue prints 3500 rpm for Reda AN550 at 50 Hz, where the field turns 3000."""
    curve = esp.stage_curve_from_catalogue(AN550 | {"freq_Hz": 50})
    field = esp.synchronous_speed_rpm(frequency_hz=curve.frequency_hz[()], poles=2.0)
    assert esp.motor_slip(speed_rpm=curve.speed_rpm[()], synchronous_speed_rpm=field) < 0.0


def test_affinity_moves_the_rate_too():
    """Reda AN550, catalogue at 50 Hz (684) from that at 60 Hz (685); 0.0448 kW at 15.833 m3/d.

    A curve evaluated at q instead of q f0/f is right at 60 Hz alone.
    """
    at_50 = whole(AN550, frequency_hz=50)
    rate = np.array([15.8333333333, 43.3333333333, 95.0])
    head, power = (
        [4.6197916667, 4.0788888889, 2.0182638889],
        [0.0447647859, 0.0523601367, 0.0517600133],
    )
    assert esp.pump_head_m(pump=at_50, rate_m3d=rate) == pytest.approx(head, rel=2e-5)
    assert esp.pump_power_kw(pump=at_50, rate_m3d=rate) == pytest.approx(power, rel=2e-5)
    unmoved = esp.pump_head_m(pump=whole(AN550), rate_m3d=rate) * (50 / 60) ** 2
    assert unmoved[2] / head[2] > 1.3
