"""Numbers stand still unless their calculation's version moves; golden files say nothing of truth.

After raising a version, write the file anew with `python tests/test_golden.py` and put the change
first in the changelog.
"""

import datetime as dt
import json
from pathlib import Path

import pytest
from test_evaluate import ASKED, MAY, TEST, failure, log, run, stop

from pumpperf import (
    DowntimeType,
    EspReading,
    HydraulicPistonReading,
    JetReading,
    RodReading,
    TestType,
    Window,
)
from pumpperf.evaluate import (
    VERSIONS,
    downtime_impact_of,
    efficiency_of,
    energy_consumption_of,
    reliability_of,
    result_of,
)
from pumpperf.interchange.ppdm import to_ppdm
from sample import a_test

GOLDEN = Path(__file__).parent / "golden" / "numbers.json"
LIFT = {
    "rate_m3d": 81.7,
    "liquid_density_kgm3": 985.0,
    "wellhead_pressure_kpa": 1234.5,
    "casing_pressure_kpa": 456.7,
    "fluid_level_m": 1100.0,
    "discharge_pressure_kpa": 15000.0,
    "pressure_rise_kpa": 9876.5,
    "input_power_kw": 27.3,
}
TESTS = [
    TEST,
    a_test(EspReading(**LIFT, motor_efficiency=0.83, drive_efficiency=0.94), pump_test_id="esp"),
    a_test(
        RodReading(
            rate_m3d=30.0,
            speed_spm=8.3,
            plunger_stroke_m=2.9,
            plunger_diameter_mm=44.45,
            discharge_pressure_kpa=15000.0,
            fluid_load_kn=19.0,
            card_position_m=(0.0, 0.4, 3.1, 2.7),
            card_load_kn=(21.0, 52.0, 49.0, 19.0),
        ),
        pump_test_id="rod",
        runtime_h=17.0,
    ),
    a_test(
        HydraulicPistonReading(
            **LIFT,
            speed_spm=51.0,
            stroke_displacement_l=1.3,
            power_fluid_rate_m3d=93.0,
            power_fluid_pressure_rise_kpa=21000.0,
        ),
        pump_test_id="piston",
    ),
    a_test(
        JetReading(**LIFT, power_fluid_rate_m3d=193.0, power_fluid_pressure_rise_kpa=21000.0),
        JetReading(**LIFT, power_fluid_rate_m3d=201.0, power_fluid_pressure_rise_kpa=20500.0),
        pump_test_id="jet",
        test_type=TestType.BENCH,
    ),
]


def computed():
    stops = [
        stop(1, DowntimeType.PLANNED, -5, 10),
        stop(2, DowntimeType.UNPLANNED, 5, 20.7),
        stop(3, DowntimeType.EXTERNAL, 8, 12),
    ]
    found = {
        "pump_test_result": [result_of(test, **ASKED) for test in TESTS],
        "pump_efficiency": [efficiency_of(test, **ASKED) for test in TESTS],
        "pump_reliability": [
            reliability_of(
                "P1",
                installations=[run(1, -3.3, 10.1), run(2, 15)],
                maintenance=[failure(1, 10), failure(2, None)],
                activities=stops,
                as_of=MAY.end + dt.timedelta(days=31),
                **ASKED,
            )
        ],
        "downtime_impact": [
            downtime_impact_of(
                "P1",
                installations=[run(1, -3.3, 10.1)],
                maintenance=[failure(1, 9)],
                activities=stops,
                tests=[TEST],
                window=MAY,
                oil_price_per_m3=417.3,
                currency="USD",
                **ASKED,
            )
        ],
        "energy_consumption": [
            energy_consumption_of(
                "P1",
                logs=[log(1, [-0.3, 0.4, 1.1, 2.6, 3.0], [10.1, 12.3, 20.7, 21.9, 20.2])],
                tests=[TEST],
                window=Window(MAY.start, MAY.start + dt.timedelta(hours=3)),
                energy_price_per_kwh=0.1,
                currency="EUR",
                **ASKED,
            )
        ],
    }
    return {
        name: {
            "version": VERSIONS[name],
            "rows": [[to_ppdm(row) for row in rows] for rows in results],
        }
        for name, results in found.items()
    }


def plain(value):
    return json.loads(json.dumps(value, default=dt.datetime.isoformat))


def close(found, golden):
    if isinstance(golden, dict):
        return found.keys() == golden.keys() and all(close(found[k], golden[k]) for k in golden)
    if isinstance(golden, list):
        return len(found) == len(golden) and all(map(close, found, golden))
    if isinstance(golden, float):
        return found == pytest.approx(golden, rel=1e-12)
    return found == golden


@pytest.mark.parametrize("calculation", VERSIONS)
def test_a_number_moves_only_with_its_version(calculation):
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))[calculation]
    found = plain(computed()[calculation])
    assert found["version"] == golden["version"], "write the golden file anew"
    assert close(found, golden), "a number moved: raise the calculation's version"


def test_the_comparison_can_fail():
    golden = {"a": [1.0, {"b": "x"}]}
    assert close({"a": [1.0 + 1e-14, {"b": "x"}]}, golden)
    for moved in ({"a": [1.0 + 1e-10, {"b": "x"}]}, {"a": [1.0]}, {"a": [1.0, {"b": "y"}]}, {}):
        assert not close(moved, golden)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(plain(computed()), indent=1) + "\n", encoding="utf-8")
