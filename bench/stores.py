"""What the benches of stores share: the tests' own PostgreSQL, and a pump test."""

import datetime as dt
import sys
from pathlib import Path

from pumpperf import EspReading, PumpTest

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "adapters" / "sql"))
from postgres import Server

__all__ = ["WHEN", "Server", "field_test"]

WHEN = dt.datetime(2026, 1, 1, 12, 30, 15, 123456, tzinfo=dt.UTC)


def field_test(
    name: str, number: int, *, pumps: int, motor: dict[str, float] | None = None, **more: object
) -> PumpTest:
    """One test of so many pumps in turn, an hour after the one before."""
    reading = EspReading(
        rate_m3d=100.1 + number,
        water_cut=0.713,
        liquid_density_kgm3=987.6,
        intake_pressure_kpa=3456.7,
        discharge_pressure_kpa=15432.1 + number,
        wellhead_pressure_kpa=1234.5,
        pump_depth_m=1987.6,
        input_power_kw=54.3,
        **(motor or {}),
    )
    return PumpTest(
        pump_test_id=name,
        equipment_id=f"P{number % pumps}",
        test_date=WHEN + dt.timedelta(hours=number),
        test_type="FIELD",
        duration_h=24.0,
        runtime_h=23.5,
        readings=(reading,),
        **more,
    )
