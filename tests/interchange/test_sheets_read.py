"""Field sheets as tests: numbers by hand arithmetic, and everything that is not read told."""

import datetime as dt
import math
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from field_sheets import SHEETS
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import ArgumentError, PumpTest
from pumpperf.interchange import frames
from pumpperf.interchange.sheets import Column, Mapping, read, recognise
from pumpperf.units import GAUGE_PRESSURE, PRESSURE

AIR = 101.325
DATUMS = "psig, psia, barg, bara, kpag, kpaa, mpag, mpaa, pag, paa, atmg, atma, kgfcm2g, kgfcm2a"


def sheet(**columns):
    return pd.DataFrame(columns, dtype=object)


def esp_tests(frame, mapping, **how):
    return read(frame, mapping, **{"lift_type": "ESP", **how})


def reasons(found):
    return found.refused[["line", "column", "reason"]].to_numpy().tolist()


def test_a_sheet_of_west_texas():
    frame, _ = SHEETS["west texas"]
    mapping = recognise(frame).with_column("Fluid Level", field="fluid_level_m")
    found = read(frame, mapping, atmosphere_kpa=AIR, time_zone="America/Chicago", duration_h=24)
    assert found.tests.index.tolist() == [5, 6, 9]  # lines of the file
    first = found.tests.loc[5]
    assert first["liquid_rate_bpd"] == 1210.5
    assert first["plunger_diameter_in"] == 2.25
    assert first["wellhead_pressure_psi"] == pytest.approx(120 + AIR / 6.894757293168361)
    assert first["lift_type"] == "SUCKER_ROD_PUMP"
    assert first["test_date"] == pd.Timestamp("2026-01-14 06:00", tz="UTC")  # midnight at -6 h
    assert math.isnan(first["gas_rate_mscfd"])
    assert math.isnan(found.tests.loc[6, "fluid_level_ft"])
    assert found.tests.loc[6, "runtime_h"] == 22.5
    assert reasons(found) == [
        [7, "BFPD", "expected a number [bpd]"],
        [10, "", "a total, an average or a note"],
        [11, "", "a total, an average or a note"],
    ]
    assert "MCFD: 1 cells too small to measure, taken as not measured" in found.assumed
    evaluated = frames.evaluate(found.tests, keep=["uwi"])
    assert evaluated["uwi"].tolist() == ["Hale 1", "Hale 2", "Hale 4"]
    assert (evaluated["system_efficiency"].isna()).all()  # no power on the sheet


def test_a_spanish_sheet():
    frame, _ = SHEETS["spanish"]
    mapping = recognise(frame).with_pressures("gauge").with_column("Torque", unit="N.m")
    found = read(frame, mapping, atmosphere_kpa=90.0, time_zone="UTC", duration_h=24)
    first, second, third = (found.tests.iloc[i] for i in range(3))
    assert first["liquid_rate_m3d"] == 45.6
    assert first["gas_rate_sm3d"] == 1250.0  # a point before thousands
    assert first["fluid_level_m"] == 1150.5
    assert first["water_cut_pct"] == 73.0
    assert first["casing_pressure_kgfcm2"] == pytest.approx(2.1 + 90.0 / 98.0665)
    assert second["lift_type"] == "ESP"
    assert third["rod_torque_nm"] == 410.0
    assert math.isnan(first["rod_torque_nm"])  # no instrument of a rod pump
    assert "Torque: 1 cells left out, of lift systems without it" in found.assumed
    assert found.refused["reason"].tolist() == ["a total, an average or a note"]
    assert len(frames.evaluate(found.tests)) == 3


def test_a_russian_sheet():
    frame, _ = SHEETS["russian"]
    found = read(
        frame,
        recognise(frame).with_pressures("gauge"),
        atmosphere_kpa=AIR,
        time_zone="Asia/Yekaterinburg",
    )
    assert found.tests["liquid_rate_m3d"].tolist() == [120.5, 14.2, 1250.0]
    assert found.tests["oil_mass_rate_td"].tolist() == [25.1, 8.3, 88.0]
    assert found.tests["wellhead_pressure_atm"].tolist() == [19.0, 10.0, 21.0]
    assert found.tests["lift_type"].tolist() == ["ESP", "SUCKER_ROD_PUMP", "ESP"]
    assert found.tests["uwi"].tolist() == ["101", "102", "103"]
    assert "Обв" not in " ".join(found.assumed)
    assert len(frames.evaluate(found.tests)) == 3


def test_a_chinese_sheet():
    frame, _ = SHEETS["chinese"]
    mapping = recognise(frame).with_pressures("gauge").without_column("沉没度(m)")
    found = read(frame, mapping, atmosphere_kpa=AIR, time_zone="Asia/Shanghai", duration_h=24)
    assert found.tests["wellhead_pressure_mpa"].tolist() == pytest.approx(
        [0.551325, 0.401325, 0.901325]
    )
    assert found.tests["runtime_h"].tolist() == pytest.approx([23.04, 24.0, 24.0])  # 96 % of 24 h
    assert found.tests["speed_spm"].tolist()[:2] == [6.0, 5.0]
    assert len(frames.evaluate(found.tests)) == 3


def test_a_sheet_of_the_gulf():
    frame, _ = SHEETS["gulf"]
    mapping = recognise(frame).with_pressures("gauge").with_column("Well Name", field="uwi")
    found = read(frame, mapping, lift_type="esp", atmosphere_kpa=AIR, time_zone="UTC")
    assert found.tests["uwi"].tolist() == ["G-7", "G-8", "G-9"]
    assert found.tests["test_date"].tolist()[:2] == [
        pd.Timestamp("2026-01-14", tz="UTC"),  # 46036 days after 1899-12-30
        pd.Timestamp("2026-01-14 06:00", tz="UTC"),
    ]
    assert found.tests["water_cut_pct"].tolist()[:2] == [90.0, 70.0]
    assert found.tests["intake_pressure_psi"].tolist() == [1450.0, 1220.0, 1300.0]
    assert [5, "", "the headers once more"] in reasons(found)
    assert [7, "Pressures (psi) PIP (psia)", "expected a number [psia]"] in reasons(found)
    assert [8, "", "a note alone on its line"] in reasons(found)
    assert found.refused["line"].isna().sum() == 3  # API, Prod, Rate stay open


@given(
    unit=st.sampled_from([*GAUGE_PRESSURE.scales, "inh2o", "ozsi"]),
    reading=st.floats(0, 5000),
    air=st.floats(50, 110),
)
def test_gauge_and_atmosphere_are_absolute(unit, reading, air):
    frame = sheet(THP=[repr(reading)])
    mapping = Mapping((Column("THP", "wellhead_pressure_kpa", unit, "sure"),))
    (name,) = (
        one for one in esp_tests(frame, mapping, atmosphere_kpa=air).tests if "wellhead" in one
    )
    absolute = esp_tests(frame, mapping, atmosphere_kpa=air).tests[name][0]
    kpa = {
        "inh2o": 0.24908891,
        "ozsi": 0.4309223308230226,
        **{u: s.factor for u, s in GAUGE_PRESSURE.scales.items()},
    }[unit]
    got_kpa = absolute * PRESSURE.scales[name.rpartition("_")[2]].factor
    assert got_kpa == pytest.approx(reading * kpa + air, rel=1e-12)


@given(
    unit=st.sampled_from(["psia", "bara", "kpaa", "mpaa", "paa", "atma", "kgfcm2a"]),
    reading=st.floats(0, 5000),
)
def test_an_absolute_pressure_stays(unit, reading):
    mapping = Mapping((Column("THP", "wellhead_pressure_kpa", unit, "sure"),))
    found = esp_tests(sheet(THP=[repr(reading)]), mapping, atmosphere_kpa=AIR).tests
    assert found[f"wellhead_pressure_{unit[:-1]}"][0] == reading


def test_a_gauge_pressure_wants_the_atmosphere():
    frame = sheet(**{"THP psig": ["120"], "BFPD": ["400"]})
    found = esp_tests(frame, recognise(frame))
    assert "wellhead_pressure_psi" not in found.tests
    assert reasons(found) == [
        [None, "THP psig", "gauge pressure: say atmosphere_kpa= of the place to make it absolute"]
    ]


def test_what_is_open_is_refused():
    frame = sheet(THP=["120"], BFPD=["400"])
    assert reasons(esp_tests(frame, recognise(frame))) == [
        [None, "THP", f"open: wellhead pressure: its unit is not written: {DATUMS}?"]
    ]
    (again,) = esp_tests(frame, Mapping((Column("THP", sure="open", why="what"),))).refused[
        "reason"
    ]
    assert again == "open: what"


def test_a_unit_that_is_none_of_its_field_is_refused():
    for field, unit in (
        ("wellhead_pressure_kpa", "psi"),
        ("pressure_rise_kpa", "psig"),
        ("water_cut", None),
    ):
        mapping = Mapping((Column("X", field, unit, "sure"),))
        found = esp_tests(sheet(X=["1"]), mapping, atmosphere_kpa=AIR)
        assert found.refused["reason"][0] == f"{unit or 'no unit'}: expected a unit of {field}"


def test_shares_and_per_cent():
    mapping = Mapping(
        (
            Column("X", "water_cut", "fraction", "sure"),
            Column("Q", "liquid_rate_m3d", "m3d", "sure"),
        )
    )
    found = esp_tests(sheet(X=["0.5", "50 %"], Q=["5", "5"]), mapping).tests
    assert found["water_cut"].tolist() == [0.5, 0.5]
    found = esp_tests(sheet(X=["0.5"], Q=["5 %"]), mapping)
    assert reasons(found) == [[0, "Q", "expected a number [m3d]"]]
    mapping = Mapping((Column("G", "gas_gravity", "", "sure"),))
    assert reasons(esp_tests(sheet(G=["air"]), mapping)) == [[0, "G", "expected a number"]]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,250", 1250.0),
        ("1 250.5", 1250.5),
        ("1'250", 1250.0),
        (" 12. ", 12.0),
        (".5", 0.5),
        ("-3", -3.0),
        ("1.2e3", 1200.0),
        ("2 7/8", 2.875),
        ("2-7/8", 2.875),
        ("1/2", 0.5),
        ("12 bbl/d", 12.0),
        (12, 12.0),
        (12.5, 12.5),
        *((one, None) for one in ("", None, "-", "N/A", "n/a", "--", "#N/A", "TSTM", float("nan"))),
    ],
)
def test_a_cell_is_a_number_or_absent(cell, number):
    mapping = Mapping(
        (Column("Q", "liquid_rate_m3d", "bpd", "sure"), Column("W", "uwi", "", "sure"))
    )
    found = esp_tests(sheet(Q=[cell, "1"], W=["A", "B"]), mapping)
    got = found.tests["liquid_rate_bpd"].iloc[0]
    assert math.isnan(got) if number is None else got == number
    assert len(found.refused) == 0


@pytest.mark.parametrize(
    "cell",
    [
        "down",
        "12 psi",
        "1,25,0",
        "12,5",
        "<5",
        "1/0",
        "inf",
        float("inf"),
        True,
        "12..5",
        dt.date(2026, 1, 1),
    ],
)
def test_a_cell_that_is_no_number_refuses_its_line(cell):
    mapping = Mapping(
        (Column("Q", "liquid_rate_m3d", "bpd", "sure"), Column("W", "uwi", "", "sure"))
    )
    found = esp_tests(sheet(Q=[cell, "1"], W=["A", "B"]), mapping)
    assert reasons(found) == [[0, "Q", "expected a number [bpd]"]]
    assert found.refused["cell"][0] == str(cell)
    assert found.tests["uwi"].tolist() == ["B"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1.250,5", 1250.5), ("12,5", 12.5), ("1250", 1250.0), ("1 250,5", 1250.5), (12.5, 12.5)],
)
def test_decimals_with_a_comma(cell, number):
    mapping = Mapping((Column("Q", "liquid_rate_m3d", "bpd", "sure"),), ",")
    assert esp_tests(sheet(Q=[cell, "1,5"]), mapping).tests["liquid_rate_bpd"][0] == number


def test_a_point_among_decimal_commas_refuses_its_line():
    mapping = Mapping((Column("Q", "liquid_rate_m3d", "bpd", "sure"),), ",")
    assert reasons(esp_tests(sheet(Q=["12.5", "1,5"]), mapping)) == [
        [0, "Q", "expected a number [bpd]"]
    ]


def test_decimals_that_are_open_stop_the_reading():
    frame = sheet(BFPD=["1,250"])
    with pytest.raises(ArgumentError, match="decimal is open"):
        esp_tests(frame, recognise(frame))
    assert (
        esp_tests(frame, recognise(frame).with_decimal(".")).tests["liquid_rate_bpd"][0] == 1250.0
    )


def test_numbers_that_are_numbers_already():
    frame = pd.DataFrame({"Well": [7, 8], "BFPD": [400, 500], "BOPD": [40.5, np.inf]})
    found = esp_tests(frame, recognise(frame))
    assert found.tests["uwi"].tolist() == ["7"]
    assert reasons(found) == [[1, "BOPD", "expected a number [bpd]"]]


ZONE = ZoneInfo("America/Bogota")  # 5 h behind UTC all year


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("31/01/2026", "2026-01-31T05:00"),
        ("31-1-26 06:30", "2026-01-31T11:30"),
        ("31.01.2026 6:30:15 PM", "2026-01-31T23:30:15"),
        ("2026-01-31", "2026-01-31T05:00"),
        ("2026/01/31 23:00", "2026-02-01T04:00"),
        ("2026-01-31T06:00:00Z", "2026-01-31T06:00"),
        ("2026-01-31 06:00+02:00", "2026-01-31T04:00"),
        ("20260131", "2026-01-31T05:00"),
        (20260131, "2026-01-31T05:00"),
        ("31-Jan-26", "2026-01-31T05:00"),
        ("31 Ene 2026", "2026-01-31T05:00"),
        ("Jan 31, 2026", "2026-01-31T05:00"),
        ("31/01/71", "1971-01-31T05:00"),
        (46053, "2026-01-31T05:00"),  # 46053 days after 1899-12-30
        ("46053.5", "2026-01-31T17:00"),
        (pd.Timestamp("2026-01-31 06:00"), "2026-01-31T11:00"),
        (dt.datetime(2026, 1, 31, 6, tzinfo=dt.UTC), "2026-01-31T06:00"),
        (dt.date(2026, 1, 31), "2026-01-31T05:00"),
    ],
)
@pytest.mark.parametrize("zone", ["America/Bogota", ZONE])
def test_a_date_of_any_way(cell, moment, zone):
    mapping = Mapping(
        (Column("D", "test_date", "day first", "sure"), Column("W", "uwi", "", "sure"))
    )
    found = esp_tests(sheet(D=[cell, "-"], W=["A", "B"]), mapping, time_zone=zone)
    assert found.tests["test_date"][0] == pd.Timestamp(moment, tz="UTC")
    assert found.tests["test_date"].isna().tolist() == [False, True]
    assert found.tests["pump_test_id"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    "cell", ["32/01/2026", "31/13/2026", "soon", 12, "31 Foo 2026", True, "99999", pd.NaT]
)
def test_a_date_that_is_none_refuses_its_line(cell):
    mapping = Mapping(
        (Column("D", "test_date", "day first", "sure"), Column("W", "uwi", "", "sure"))
    )
    found = esp_tests(sheet(D=[cell, "31/01/2026"], W=["A", "B"]), mapping, time_zone="UTC")
    if cell is pd.NaT:
        assert len(found.refused) == 0
    else:
        assert reasons(found) == [[0, "D", "expected a date, day first"]]


def test_the_month_first():
    mapping = Mapping((Column("D", "test_date", "month first", "sure"),))
    found = esp_tests(sheet(D=["02/01/2026"]), mapping, time_zone="UTC")
    assert found.tests["test_date"][0] == pd.Timestamp("2026-02-01", tz="UTC")
    mapping = Mapping((Column("D", "test_date", "", "sure"),))
    found = esp_tests(sheet(D=["02/01/2026"]), mapping, time_zone="UTC")
    assert reasons(found) == [[0, "D", "expected a date"]]


def test_dates_want_their_time_zone():
    frame = sheet(**{"Test Date": ["2026-01-31"], "Well": ["A"]})
    found = esp_tests(frame, recognise(frame))
    assert "test_date" not in found.tests
    assert reasons(found) == [
        [None, "Test Date", "dates without an offset: say time_zone= of the sheet"]
    ]
    for zone in ("Mars/Olympus", 5, ""):
        with pytest.raises(ArgumentError, match="expected a time zone"):
            esp_tests(frame, recognise(frame), time_zone=zone)


def test_an_hour_that_is_there_twice_refuses_its_line():
    mapping = Mapping((Column("D", "test_date", "", "sure"),))
    cells = ["2026-11-01 01:30", "2026-03-08 02:30", "2026-03-08 03:30"]  # the clocks of Chicago
    found = esp_tests(sheet(D=cells), mapping, time_zone="America/Chicago")
    why = "an hour that the time zone has twice or never"
    assert reasons(found) == [[0, "D", why], [1, "D", why]]
    assert found.tests["test_date"][2] == pd.Timestamp("2026-03-08 08:30", tz="UTC")


def test_gas_at_other_standard_conditions():
    mapping = Mapping(
        (
            Column("G", "gas_rate_sm3d", "sm3d", "sure"),
            Column("R", "gas_oil_ratio_m3m3", "m3m3", "sure"),
        )
    )
    found = esp_tests(sheet(G=["1000"], R=["100"]), mapping, standard_conditions=(101.325, 20))
    assert found.tests["gas_rate_sm3d"][0] == pytest.approx(982.943, abs=1e-3)  # 288.15 / 293.15
    assert found.tests["gas_oil_ratio_m3m3"][0] == pytest.approx(98.2943, abs=1e-4)
    assert (
        "G: gas at 101.325 kPa and 20 degC, times 0.98294 for 101.325 kPa and 15 degC"
        in found.assumed
    )
    as_it_is = esp_tests(sheet(G=["1000"], R=["100"]), mapping)
    assert as_it_is.tests["gas_rate_sm3d"][0] == 1000.0
    assert (
        "G: gas taken at 101.325 kPa and 15 degC; say standard_conditions= if the sheet has others"
        in as_it_is.assumed
    )


def test_units_that_only_sheets_have():
    mapping = Mapping(
        (
            Column("G", "gas_rate_sm3d", "km3d", "sure"),
            Column("R", "gas_oil_ratio_m3m3", "mscfbbl", "sure"),
            Column("O", "oil_density_kgm3", "sg", "sure"),
            Column("C", "casing_pressure_kpa", "inh2o", "sure"),
            Column("D", "pressure_rise_kpa", "psi", "sure"),
        )
    )
    found = esp_tests(
        sheet(G=["1.5"], R=["0.2"], O=["0.86"], C=["10"], D=["900"]), mapping, atmosphere_kpa=100.0
    ).tests
    assert found["gas_rate_sm3d"][0] == 1500.0
    assert found["gas_oil_ratio_scfbbl"][0] == pytest.approx(200.0)
    assert found["oil_density_kgm3"][0] == pytest.approx(0.86 * 999.016)
    assert found["casing_pressure_kpa"][0] == pytest.approx(102.4908891)
    assert found["pressure_rise_psi"][0] == 900.0


def test_a_level_above_the_pump_becomes_a_depth():
    mapping = Mapping(
        (
            Column("FAP", "fluid_above_pump_m", "ft", "sure"),
            Column("PSD", "pump_depth_m", "m", "sure"),
            Column("FL", "fluid_level_m", "m", "sure"),
        )
    )
    frame = sheet(
        FAP=["1000", "5000", "100", ""], PSD=["1500", "1500", "1500", ""], FL=["", "", "900", "800"]
    )
    found = esp_tests(frame, mapping)
    assert found.tests["fluid_level_m"].tolist() == pytest.approx(
        [1195.2, 900.0, 800.0]
    )  # 1500 - 304.8
    assert reasons(found) == [[1, "FAP", "a level above the surface"]]
    assert "FAP: fluid level = depth of the pump less the height above it" in found.assumed
    both = esp_tests(sheet(FAP=["1000"], PSD=["1500"]), Mapping(mapping.columns[:2]))
    assert both.tests["fluid_level_m"].tolist() == pytest.approx([1195.2])
    alone = esp_tests(sheet(FAP=["1000"]), mapping)
    assert reasons(alone) == [
        [None, "FAP", "a height above the pump: expected the depth of the pump beside it"]
    ]
    assert "PSD: of the mapping, is not on the sheet" in alone.assumed


def test_running_hours_want_the_length_of_the_test():
    hours = Mapping((Column("H", "runtime_h", "h", "sure"),))
    words = "without the length of the test: say duration_h=, 24 for hours of a day"
    assert reasons(esp_tests(sheet(H=["12"]), hours)) == [[None, "H", words]]
    found = esp_tests(sheet(H=["12", "-"]), hours, duration_h=24).tests
    assert found["runtime_h"].tolist()[0] == 12.0
    assert found["duration_h"].isna().tolist() == [False, True]
    both = Mapping(
        (
            *hours.columns,
            Column("T", "duration_h", "min", "sure"),
            Column("S", "running_share", "fraction", "sure"),
        )
    )
    found = esp_tests(
        sheet(H=["2", "", "1"], T=["240", "480", ""], S=["", "0.5", ""]), both, duration_h=6
    )
    assert found.tests["duration_h"].tolist() == [4.0, 8.0, 6.0]
    assert found.tests["runtime_h"].tolist() == [2.0, 4.0, 1.0]
    assert "duration_h: 6 h where the sheet says none" in found.assumed
    whole = esp_tests(sheet(H=["2"], T=["240"], S=["-"]), both)
    assert not any(one.startswith("duration_h") for one in whole.assumed)


def test_lift_systems_of_lines():
    mapping = Mapping(
        (Column("L", "lift_type", "", "sure"), Column("Hz", "frequency_hz", "hz", "sure"))
    )
    frame = sheet(L=["ESP", "rod pump", "", "gas lift", "n/a"], Hz=["50", "0", "40", "", ""])
    found = read(frame, mapping)
    assert found.tests["lift_type"].tolist() == ["ESP", "SUCKER_ROD_PUMP"]
    assert found.tests["frequency_hz"].isna().tolist() == [False, True]
    assert reasons(found) == [
        [2, "", "no lift system: say lift_type= for lines without one"],
        [3, "L", "no lift system of the library"],
        [4, "", "no lift system: say lift_type= for lines without one"],
    ]
    found = read(frame, mapping, lift_type="PCP")
    assert found.tests["lift_type"].tolist() == ["ESP", "SUCKER_ROD_PUMP", "PCP", "PCP"]
    assert "lift_type: PCP on 3 lines that say none" in found.assumed
    none = read(sheet(Hz=["50"]), Mapping(mapping.columns[1:]))
    assert reasons(none) == [
        [None, "", "no lift system: say lift_type=, or name a column of lift systems"]
    ]


def test_kinds_of_tests():
    mapping = Mapping((Column("K", "test_type", "", "sure"), Column("W", "uwi", "", "sure")))
    found = esp_tests(
        sheet(K=["Field", "shop", "", "odd"], W=list("ABCD")), mapping, test_type="FIELD"
    )
    assert found.tests["test_type"].tolist() == ["FIELD", "BENCH", "FIELD", "odd"]


def test_tests_have_names_of_their_own():
    frame = sheet(
        Well=["A", "A", "B" * 50], Date=["2026-01-31"] * 3, Pump=["P1", "P1", "P2"], BFPD=["5"] * 3
    )
    mapping = recognise(frame).with_column("Pump", field="equipment_id")
    found = esp_tests(frame, mapping, time_zone="UTC", test_type="FIELD")
    assert found.tests["pump_test_id"].tolist() == [
        "A 2026-01-31",
        "A 2026-01-31 2",
        "B" * 24 + " 2026-01-31",
    ]
    rows = frames.rows_of(found.tests.iloc[:2], PumpTest)
    assert [row.equipment_id for row in rows] == ["P1", "P1"]


def test_columns_that_the_mapping_does_not_know_are_told():
    frame = sheet(BFPD=["5"], New=["1"])
    found = esp_tests(
        frame, Mapping((Column("BFPD", "liquid_rate_m3d", "bpd", "sure"), Column("Old")))
    )
    assert "New: not in the mapping, left out" in found.assumed
    assert "Old: of the mapping, is not on the sheet" in found.assumed
    found = esp_tests(
        sheet(**{"Install Date": ["2026-01-01"]}),
        recognise(sheet(**{"Install Date": ["2026-01-01"]})),
    )
    assert "Install Date: of a pump's history, which read_history reads" in found.assumed


def test_a_column_without_a_header_is_left():
    frame = pd.DataFrame([["Well", None, "BFPD"], ["A", "5", "6"]])
    assert esp_tests(frame, recognise(frame)).tests["liquid_rate_bpd"].tolist() == [6.0]
    frame = pd.DataFrame([["Well", None, "BFPD"], ["A", "5", "6"]])
    assert (
        esp_tests(frame, Mapping((Column("BFPD", "liquid_rate_m3d", "bpd", "sure"),)))
        .assumed[0]
        .startswith("Well: not")
    )


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"lift_type": "gas lift"}, "lift_type = 'gas lift': expected one of SUCKER_ROD_PUMP"),
        ({"test_type": "yard"}, "test_type = 'yard': expected one of BENCH, FIELD"),
        ({"atmosphere_kpa": 0}, "atmosphere_kpa = 0: expected a number above 0 and at most 120"),
        ({"atmosphere_kpa": 14.7e3}, "atmosphere_kpa = 14700.0"),
        ({"atmosphere_kpa": True}, "atmosphere_kpa = True"),
        ({"atmosphere_kpa": "101"}, "atmosphere_kpa = '101'"),
        ({"duration_h": math.inf}, "duration_h = inf"),
        ({"standard_conditions": 15}, "expected pressure"),
        ({"standard_conditions": (101.325,)}, "expected pressure"),
        ({"standard_conditions": ("1", "2")}, "expected pressure"),
        ({"standard_conditions": (15, 101.325)}, "expected pressure"),
        ({"standard_conditions": (14.696, 60)}, "expected pressure"),
    ],
)
def test_wrong_arguments_are_refused(how, words):
    mapping = Mapping((Column("BFPD", "liquid_rate_m3d", "bpd", "sure"),))
    with pytest.raises(ArgumentError, match=words):
        esp_tests(sheet(BFPD=["5"]), mapping, **how)


def test_a_wrong_mapping_is_refused():
    with pytest.raises(ArgumentError, match="mapping = 'toml': expected one"):
        read(sheet(BFPD=["5"]), "toml")
    twice = Mapping((Column("A", "uwi", "", "sure"), Column("B", "uwi", "", "sure")))
    with pytest.raises(ArgumentError, match="A, B: each is declared as uwi"):
        esp_tests(sheet(A=["5"], B=["6"]), twice)


def test_a_sheet_without_lines_has_no_tests():
    frame = sheet(Well=[], BFPD=[], Date=[], FAP=[], PSD=[])
    found = esp_tests(frame, recognise(frame), time_zone="UTC", atmosphere_kpa=AIR)
    assert len(found.tests) == 0
    assert len(frames.evaluate(found.tests)) == 0


def test_many_lines_are_read_as_columns():
    """A hundred thousand lines: what is told of each is as of one, and blocks have no seam."""
    numbers = np.arange(100_000)
    frame = pd.DataFrame(
        {"Well": numbers, "BFPD": (numbers / 8).astype(str), "SPM": "6"}, dtype=object
    )
    frame.loc[77_777, "BFPD"] = "down"
    found = read(frame, recognise(frame), lift_type="SRP")
    assert reasons(found) == [[77_777, "BFPD", "expected a number [bpd]"]]
    assert found.tests["liquid_rate_bpd"].iloc[-1] == 99_999 / 8
    assert len(found.tests) == 99_999


@pytest.mark.parametrize(
    ("name", "apart"),
    [
        *(
            (name, True)
            for name in ("Total", "TOTALS:", "Grand Total", "Average of all", "Promedio")
        ),
        *((name, False) for name in ("Media Luna 3", "Total Ranch 5", "Sumner 1", "Countess 2")),
    ],
)
def test_a_total_is_no_well_and_a_well_no_total(name, apart):
    frame = sheet(Well=["A-1", name], BFPD=["5", "6"], BOPD=["1", "2"])
    found = esp_tests(frame, recognise(frame))
    assert found.tests["uwi"].tolist() == (["A-1"] if apart else ["A-1", name])
    assert len(found.refused) == apart
