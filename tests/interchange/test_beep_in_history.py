"""Stops, deferments and maintenance of ProductionOperations, taken in."""

import datetime as dt
from functools import partial
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from beep_records import sentence

import refusals
from pumpperf import ArgumentError, DowntimeType
from pumpperf.interchange.beep import deferment_activity, downtime_activity, maintenance_event

UTC = dt.UTC
CHICAGO = "America/Chicago"  # UTC-6, from 8 March to 1 November 2026 UTC-5

STOP = {
    "StartDate": "2026-01-10T08:00:00",
    "EndDate": "2026-01-10T13:30:00",
    "Reason": "stuck valve",
    "Category": "MECHANICAL",
    "DurationHours": 5,
}
KEY = {"equipment_id": "P1", "activity_obs_no": 7, "source": "PO", "time_zone": CHICAGO}
DOWNTIME = KEY | {"uwi": "W1", "downtime_types": {"MECHANICAL": DowntimeType.UNPLANNED}}
DEFERRED = {
    "Uwi": "W1",
    "DefermentType": "WEATHER",
    "DeferredVolumeBoepd": 120.5,
    "FluidType": "OIL",
    "StartDate": "2026-01-10T08:00:00",
    "EndDate": None,
    "Reason": "storm",
}
DEFERMENT = KEY | {"downtime_types": {"WEATHER": DowntimeType.EXTERNAL}}
WORK = {
    "MaintenanceId": "M1",
    "EquipmentId": "P1",
    "EquipmentType": "PCP",
    "MaintenanceDate": "2026-07-10T08:00:00",
    "MaintenanceType": "BREAKDOWN",
    "Description": "rotor worn",
    "Cost": 12000,
    "PerformedBy": "crew",
    "DowntimeHours": 9,
    "PartsReplaced": ["rotor"],
    "Notes": "second time",
}
FAILURES = {"BREAKDOWN": True, "SERVICE": False}
MAINTENANCE = {"source": "PO", "time_zone": CHICAGO, "failure_types": FAILURES}
CASES = {
    "downtime": (downtime_activity, STOP, DOWNTIME),
    "deferment": (deferment_activity, DEFERRED, DEFERMENT),
    "maintenance": (maintenance_event, WORK, MAINTENANCE),
}


def at(month, day, hour=0, minute=0):
    return dt.datetime(2026, month, day, hour, minute, tzinfo=UTC)


def taken_in(name, change=(), **more):
    function, record, about = CASES[name]
    return function(record | dict(change), **about | more)


def row_of(name, change=(), **more):
    (row,) = taken_in(name, change, **more).rows
    return row


faults_of = partial(refusals.faults_of, taken_in)
fault_of = partial(refusals.fault_of, taken_in)


def refused(match, name, **more):
    with pytest.raises(ArgumentError, match=match):
        taken_in(name, **more)


def noted_fields(name, change=()):
    return {words.split("$.")[1].split(" = ")[0] for words in taken_in(name, change).notes}


# ---- stops and deferments


def test_a_stop_lasts_from_its_start_to_its_end():
    stop = row_of("downtime")
    assert (stop.start_time, stop.end_time) == (at(1, 10, 14), at(1, 10, 19, 30))
    assert (stop.uwi, stop.equipment_id, stop.activity_obs_no) == ("W1", "P1", 7)
    assert (stop.downtime_type, stop.source) == (DowntimeType.UNPLANNED, "PO")
    assert stop.remark == "MECHANICAL; stuck valve"


@pytest.mark.parametrize(("hours", "code"), [(5, "ROUNDED"), (6, "ROUNDED"), (4, "DISAGREES")])
def test_whole_hours_are_noted_and_never_taken(hours, code):
    received = taken_in("downtime", {"DurationHours": hours})
    found = sentence(received.notes, "DurationHours")
    assert found.startswith(f"{code}: $.DurationHours = {hours}: ")
    assert "5.5 h" in found
    assert received.rows == taken_in("downtime").rows
    assert noted_fields("downtime", {"DurationHours": None}) == {"Category"}


def test_a_stop_over_the_changing_clocks_is_as_long_as_it_was():
    change = {"StartDate": "2026-03-08T01:30:00", "EndDate": "2026-03-08T03:30:00"}
    assert "are 1 h" in sentence(taken_in("downtime", change).notes, "DurationHours")


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2026-03-08T02:30:00", "does not exist in America/Chicago"),
        ("2026-11-01T01:30:00", "is twice in America/Chicago"),
        ("0001-01-01T00:00:00", "never set"),
        ("9999-12-31T23:59:59.9999999", "never set"),
        (None, "expected a date"),
        ("soon", "expected a date"),
        (pd.NaT, "never set"),
    ],
)
def test_a_date_that_is_no_instant_is_refused_once(date, words):
    assert words in fault_of("downtime", {"EndDate": date})


def test_a_date_with_its_offset_needs_no_zone():
    stop = row_of(
        "downtime",
        {"StartDate": "2026-11-01T01:30:00-06:00", "EndDate": at(11, 1, 8)},
        time_zone=ZoneInfo("Asia/Tokyo"),
    )
    assert (stop.start_time, stop.end_time) == (at(11, 1, 7, 30), at(11, 1, 8))


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", 5, "../etc"])
def test_a_zone_that_there_is_not_is_refused(zone):
    refused("time_zone = ", "downtime", time_zone=zone)


def test_an_end_before_its_start_is_refused_at_their_names():
    fault = fault_of("downtime", {"EndDate": "2026-01-10T07:00:00"})
    assert fault.startswith("$.StartDate = '2026-01-10T08:00:00': start_time = ")


def test_whose_downtime_it_is_the_caller_says():
    assert fault_of("downtime", {"Category": "GAS"}).endswith(
        "expected one whose downtime_type the caller knows: MECHANICAL"
    )
    assert fault_of("downtime", {"Category": 5}) == "$.Category = 5: expected a text"
    assert "caller knows: none" in fault_of("downtime", downtime_types={})
    assert fault_of("downtime", {"Category": ""}).startswith("$.Category = ''")


def test_a_deferment_keeps_its_rate_in_words_and_may_last():
    received = taken_in("deferment")
    (row,) = received.rows
    assert (row.uwi, row.downtime_type) == ("W1", DowntimeType.EXTERNAL)
    assert (row.start_time, row.end_time) == (at(1, 10, 14), None)
    assert row.remark == "WEATHER; storm; 120.5 BOE/d deferred, as the source counts it; OIL"
    assert sentence(received.notes, "DeferredVolumeBoepd").startswith("NOT_TAKEN: ")
    assert noted_fields("deferment") == {
        "DeferredVolumeBoepd",
        "FluidType",
        "DefermentType",
        "StartDate",
    }
    found = sentence(received.notes, "StartDate")
    assert found.startswith("DOUBTFUL: ")
    assert "only be held back" in found
    ended = row_of("deferment", {"EndDate": "2026-07-10T08:00:00", "DeferredVolumeBoepd": None})
    assert ended.end_time == at(7, 10, 13)
    assert ended.remark == "WEATHER; storm; OIL"
    assert fault_of("deferment", {"Uwi": None}).startswith("$.Uwi: uwi is missing")


# ---- maintenance


def test_maintenance_is_a_failure_if_the_caller_says_so():
    received = taken_in("maintenance")
    (event,) = received.rows
    assert (event.equipment_id, event.equip_maint_id, event.failure_ind) == ("P1", "M1", True)
    assert (event.actual_start_date, event.actual_end_date) == (at(7, 10, 13), None)
    assert event.remark == "BREAKDOWN; rotor worn; second time"
    assert "failure_ind = True" in sentence(received.notes, "MaintenanceType")
    assert row_of("maintenance", {"MaintenanceType": "SERVICE"}).failure_ind is False
    assert fault_of("maintenance", {"MaintenanceType": ""}).startswith("$.MaintenanceType = ''")
    assert fault_of("maintenance", {"MaintenanceType": 5}).endswith("expected a text")
    assert "failure_ind = 'x'" in fault_of("maintenance", failure_types={"BREAKDOWN": "x"})
    fault = fault_of("maintenance", {"MaintenanceType": "Breakdown"})
    assert fault.endswith("expected one whose failure_ind the caller knows: BREAKDOWN, SERVICE")


def test_downtime_of_maintenance_is_noted_as_rounded_and_makes_no_event():
    notes = taken_in("maintenance").notes
    assert sentence(notes, "DowntimeHours").startswith("ROUNDED: $.DowntimeHours = 9: ")
    assert noted_fields("maintenance") == {
        "Cost",
        "DowntimeHours",
        "EquipmentType",
        "MaintenanceDate",
        "MaintenanceType",
        "PartsReplaced",
        "PerformedBy",
    }


def test_maintenance_without_a_date_is_kept_and_noted():
    received = taken_in("maintenance", {"MaintenanceDate": None})
    assert received.rows[0].actual_start_date is None
    assert "without a date" in sentence(received.notes, "MaintenanceDate")
    assert "when the pump failed" in sentence(taken_in("maintenance").notes, "MaintenanceDate")
