"""Rows that many tests start from: one pump, P1 in well W1, from one moment on."""

import datetime as dt

from pumpperf import (
    EnergyConsumption,
    EquipmentMaintain,
    EquipmentUseStat,
    PcpReading,
    PumpTest,
    PumpTestResult,
    TestType,
    WellActivity,
    WellEquipment,
)

WHEN = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
PUMPING = PcpReading(
    rate_m3d=60.0,
    water_cut=0.75,
    liquid_density_kgm3=1000.0,
    wellhead_pressure_kpa=1000.0,
    intake_pressure_kpa=2000.0,
    pump_depth_m=1000.0,
    input_power_kw=20.0,
)


def a_test(*readings, pump_test_id="T1", **more):
    """A field test that ran all of the time."""
    asked = {"duration_h": 24.0, "runtime_h": 24.0, "test_type": TestType.FIELD} | more
    return PumpTest(
        pump_test_id=pump_test_id, equipment_id="P1", test_date=WHEN, readings=readings, **asked
    )


def after(amount, unit=DAY, since=WHEN):
    """The moment after so many days; None, of which there is no moment, stays."""
    return None if amount is None else since + amount * unit


def run(number, start, end=None, *, pump="P1", since=WHEN, **more):
    """An installation, by the days of its begin and end."""
    asked = {"uwi": "W1", "source": "x", "equipment_id": pump, "equip_obs_no": number} | more
    return WellEquipment(
        install_date=after(start, since=since), removal_date=after(end, since=since), **asked
    )


def failure(number, day, end=None, *, pump="P1", unit=DAY, since=WHEN, **more):
    """A failure, by the days on which it came and was put right."""
    asked = {"equipment_id": pump, "equip_maint_id": f"F{number}", "failure_ind": True} | more
    return EquipmentMaintain(
        actual_start_date=after(day, unit, since), actual_end_date=after(end, unit, since), **asked
    )


def stop(number, kind, start, end=None, *, pump="P1", unit=HOUR):
    """A stop, by the hours of its begin and end."""
    return WellActivity(
        uwi="W1",
        source="x",
        activity_obs_no=number,
        equipment_id=pump,
        downtime_type=kind,
        start_time=after(start, unit),
        end_time=after(end, unit),
    )


def log(number, hours, powers, pump="P1"):
    """A stretch of a power log, by the hours of its samples."""
    times = [after(hour, HOUR) for hour in hours]
    return EquipmentUseStat(
        equipment_id=pump, spec_id=f"L{number}", sample_time=times, power_kw=powers
    )


def a_result(*duties, findings=()):
    """What the readings of a test came to."""
    named = {"pump_test_result_id": "R1", "run_id": "R1", "pump_test_id": "T1"}
    about = {"equipment_id": "P1", "test_date": WHEN, "lift_type": "PCP"}
    return PumpTestResult(
        duties=duties, findings=findings, result_status="PLAUSIBLE", **named, **about
    )


def an_interval(name, **more):
    """Energy of no time at all: a result that replaces those before it."""
    named = dict.fromkeys(("energy_consumption_id", "run_id", "row_created_by"), name)
    about = {"equipment_id": "P1", "start_date": WHEN, "end_date": WHEN}
    found = {"covered_h": 0.0, "gap_h": 0.0, "result_status": "PLAUSIBLE", "findings": ()}
    return EnergyConsumption(**(named | about | found | more))
