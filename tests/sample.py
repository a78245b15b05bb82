"""Rows that many tests start from."""

import datetime as dt

from pumpperf import PumpTest, TestType

WHEN = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)


def a_test(*readings, pump_test_id="T1", **more):
    """A field test that ran all of the time."""
    asked = {"duration_h": 24.0, "runtime_h": 24.0, "test_type": TestType.FIELD} | more
    return PumpTest(
        pump_test_id=pump_test_id, equipment_id="P1", test_date=WHEN, readings=readings, **asked
    )
