"""Installs and pulls on one sheet as a fleet's history."""

import numpy as np
import pandas as pd
import pytest

from pumpperf import ArgumentError, Window
from pumpperf.interchange import frames
from pumpperf.interchange.sheets import REASONS, Column, Mapping, read_history, recognise
from pumpperf.interchange.sheets.reasons import Reason
from pumpperf.model import FailureMode, FailureSubunit

SHEET = pd.DataFrame(
    [
        ["Run history", None, None, None, None, None, None, None],
        [
            "Well",
            "Pump No",
            "Lift",
            "Serial No",
            "Date In",
            "Date Out",
            "Date Failed",
            "Reason for Pull",
        ],
        ["A-1", "P7", "RRP", "77", "10/01/2025", "31/05/2025", "25/05/2025", "Hole in tubing"],
        ["A-1", "P9", "RRP", "", "04/06/2025", "", "", ""],
        ["A-2", "P8", "ESP", "88", "01/02/2025", "01/03/2025", "", "Motor burned"],
        ["A-2", "P17", "RRP", "", "05/03/2025", "20/04/2025", "", "upsize"],
        ["A-3", "P10", "PCP", "", "05/03/2025", "20/04/2025", "", ""],
        ["A-4", "P11", "PCP", "", "05/03/2025", "20/04/2025", "", "gremlins"],
        ["A-4", "P12", "PCP", "", "05/03/2025", "", "", "sand"],
        ["A-4", "P13", "PCP", "", "05/03/2025", "04/03/2025", "", "sand"],
        ["A-4", "P14", "", "", "05/03/2025", "20/04/2025", "21/04/2025", "sand"],
        ["A-5", "P15", "", "", "", "20/04/2025", "", "sand"],
        ["A-6", "P16", "", "", "05/03/2025", "", "20/04/2025", ""],
        ["Total", "10", None, None, None, None, None, None],
    ],
    dtype=object,
)
MAPPING = recognise(SHEET)


def test_the_columns_of_a_history_are_known():
    assert [column.field for column in MAPPING.columns] == [
        *("uwi", "equipment_id", "lift_type", "serial_num"),
        *("install_date", "removal_date", "failure_date", "pull_reason"),
    ]
    assert MAPPING["Date In"].unit == "day first"


def test_a_sheet_becomes_installations_and_failures():
    found = read_history(SHEET, MAPPING, time_zone="UTC")
    assert found.installations["equipment_id"].tolist() == ["P7", "P9", "P8", "P17", "P10", "P16"]
    assert found.installations["removal_date"].isna().tolist() == [
        False,
        True,
        False,
        False,
        False,
        True,
    ]
    work = found.maintenance
    assert work["equipment_id"].tolist() == ["P7", "P8", "P17", "P16"]
    assert work["failure_ind"].tolist() == [True, True, False, True]
    assert work["actual_start_date"].tolist() == [
        pd.Timestamp(day, tz="UTC")
        for day in ("2025-05-25", "2025-03-01", "2025-04-20", "2025-04-20")
    ]
    assert work["failure_subunit"].tolist()[:2] == ["TUBING", "MOTOR"]
    assert work["failure_mode"].tolist()[:2] == ["INL", "BRD"]
    assert work["failure_mechanism"].tolist()[:2] == ["LEAKAGE", "ELECTRICAL"]
    assert work["failure_cause"].isna().all()
    assert found.equipment is not None
    assert found.equipment["equipment_id"].tolist() == ["P7", "P9", "P8", "P17", "P10"]
    assert found.equipment["serial_num"].tolist()[0] == "77"
    assert "1 pulls without a reason, taken as pulled without a failure" in found.assumed
    assert "failures without a date of their own: taken as on the day of the pull" in found.assumed


def test_what_is_not_read_is_told():
    found = read_history(SHEET, MAPPING, time_zone="UTC")
    assert found.refused[["line", "cell", "reason"]].to_numpy().tolist() == [
        [7, "gremlins", "no word of the table of reasons: add it with reasons="],
        [8, "sand", "a reason without the date of a pull"],
        [9, "", "pulled before it was installed"],
        [10, "", "failed outside of its installation"],
        [11, "", "no installation: expected a well and the date of the install"],
        [13, "", "a total, an average or a note"],
    ]


def test_the_table_of_reasons_is_edited():
    own = {**REASONS, "Gremlins!": Reason(failed=True, subunit="CONTROL", mode="SPS")}
    found = read_history(SHEET, MAPPING, time_zone="UTC", reasons=own)
    assert "P11" in found.installations["equipment_id"].tolist()
    assert found.maintenance["failure_subunit"].tolist()[-2] == "CONTROL"
    for wrong in (5, {"a": "b"}, {5: Reason(failed=True)}):
        with pytest.raises(ArgumentError, match="reasons"):
            read_history(SHEET, MAPPING, reasons=wrong)


def test_run_lives_takes_the_tables():
    found = read_history(SHEET, MAPPING, time_zone="UTC")
    window = Window(pd.Timestamp("2025-01-01", tz="UTC"), pd.Timestamp("2026-01-01", tz="UTC"))
    lives, _ = frames.run_lives(
        found.installations,
        found.maintenance,
        equipment=found.equipment,
        window=window,
        clock="calendar",
        units={"h": "d"},
    )
    by_pump = lives.set_index(["uwi", "equipment_id"])
    assert by_pump.loc[("A-1", "P7"), "age_d"] == 135.0  # 10 January to 25 May: 21+28+31+30+25
    assert by_pump.loc[("A-1", "P7"), "status"] == "failed"
    assert by_pump.loc[("A-2", "P8"), "age_d"] == 28.0
    assert by_pump.loc[("A-2", "P8"), "failure_mode"] == "BRD"
    assert by_pump.loc[("A-2", "P17"), "status"] == "pulled"
    assert by_pump.loc[("A-3", "P10"), "status"] == "pulled"
    assert by_pump.loc[("A-1", "P9"), "status"] == "running"


def test_a_sheet_without_pumps_has_one_for_each_installation():
    frame = pd.DataFrame(
        {
            "Well": ["A", "A"],
            "Installed": ["2025-01-10", "2025-03-01"],
            "Pulled": ["2025-02-01", ""],
        }
    )
    found = read_history(frame, recognise(frame), time_zone="UTC")
    assert found.installations["equipment_id"].tolist() == ["A 2025-01-10", "A 2025-03-01"]
    assert found.equipment is None
    assert len(found.maintenance) == 0
    assert (
        "equipment_id: none on the sheet, each installation is taken as a pump of its own"
        in found.assumed
    )


def test_a_column_of_yes_and_no_says_what_failed():
    frame = pd.DataFrame(
        {
            "Well": list("ABCDE"),
            "Pump No": ["P1", "P2", "P3", "P4", "P5"],
            "Installed": ["2025-01-10"] * 5,
            "Pulled": ["2025-02-01"] * 5,
            "Failed": ["Y", "no", "Y", "", "N"],
            "Reason": ["scale", "scale", "gremlins", "", ""],
        }
    )
    mapping = recognise(frame)
    assert mapping["Failed"].field == "failure_ind"
    found = read_history(frame, mapping, time_zone="UTC")
    assert found.maintenance["failure_ind"].tolist() == [True, False, True, False]
    assert found.maintenance["failure_mode"].isna().tolist() == [False, False, True, True]
    assert "gremlins: no word of the table of reasons, the part is not known" in found.assumed
    numbers = frame.assign(Failed=[1.0, 0.0, 1.0, np.nan, 0.0])
    again = read_history(numbers, mapping, time_zone="UTC")
    assert again.maintenance["failure_ind"].tolist() == [True, False, True, False]
    odd = frame.assign(Failed=["maybe", "", "Y", "", "N"])
    assert read_history(odd, mapping, time_zone="UTC").refused["reason"].tolist() == [
        "expected yes or no"
    ]


def test_a_history_wants_wells_and_installs():
    frame = pd.DataFrame({"Pump No": ["P1"], "BFPD": ["5"], "Install Date": ["2025-01-10"]})
    found = read_history(frame, recognise(frame))
    assert found.refused["reason"].tolist() == [
        "dates without an offset: say time_zone= of the sheet",
        "no column is uwi: name one with with_column",
        "no column is install_date: name one with with_column",
    ]
    assert len(found.installations) == len(found.maintenance) == 0
    with pytest.raises(ArgumentError, match="mapping = 5"):
        read_history(frame, 5)


def test_a_line_is_refused_once_where_its_date_cannot_be_read():
    mapping = Mapping((Column("W", "uwi", "", "sure"), Column("I", "install_date", "", "sure")))
    found = read_history(pd.DataFrame({"W": ["A"], "I": ["soon"]}), mapping, time_zone="UTC")
    assert found.refused["reason"].tolist() == ["expected a date"]


def test_every_reason_is_of_the_codes():
    for words, reason in REASONS.items():
        assert words == words.lower()
        assert reason.failed or reason.subunit is None
        assert reason.subunit is None or reason.subunit in FailureSubunit
        assert reason.mode is None or reason.mode in FailureMode
