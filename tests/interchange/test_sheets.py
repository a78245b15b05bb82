"""What the columns of field sheets mean: nothing ambiguous is decided, all else is understood."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from field_headers import HEADERS
from field_sheets import ASIDE, OPEN, PUBLIC, SHEETS
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import ArgumentError, UnitError
from pumpperf.interchange.sheets import Column, Mapping, Sure, recognise
from pumpperf.interchange.sheets.targets import targets

READ = (Sure.SURE, Sure.LIKELY)


def empty(headers):
    return pd.DataFrame({header: pd.Series([], dtype=object) for header in headers})


def all_headers():
    for name, (frame, means) in SHEETS.items():
        yield from ((name, recognise(frame)[header], wanted) for header, wanted in means.items())
    for name, means in PUBLIC.items():
        found = recognise(empty(means))
        yield from ((name, found[header], wanted) for header, wanted in means.items())
    for header, wanted in HEADERS.items():
        yield "headers", recognise(empty([header])).columns[0], wanted


ALL = list(all_headers())


@pytest.mark.parametrize(
    ("where", "column", "wanted"), ALL, ids=lambda one: getattr(one, "header", "")
)
def test_a_header_is_taken_for_what_it_means(where, column, wanted):
    if wanted in (OPEN, ASIDE):
        assert column.sure == wanted[0], column
        return
    assert (column.field, column.unit or "") == wanted
    assert column.sure in READ


def test_of_ambiguous_headers_none_is_decided():
    assert [one.header for _, one, wanted in ALL if wanted == OPEN and one.sure in READ] == []


def test_every_column_of_the_sheets_is_expected():
    for frame, means in SHEETS.values():
        headers = [one.header for one in recognise(frame).columns if one.header]
        assert headers == list(means)


@pytest.mark.parametrize("field", targets())
def test_the_library_s_own_names_are_known(field):
    (column,) = recognise(empty([field])).columns
    asked = (column.field, *column.choices)
    assert field in asked, column


def one(header, *cells, **how):
    return recognise(pd.DataFrame({header: list(cells)}, dtype=object), **how).columns[0]


@pytest.mark.parametrize(
    ("header", "cells", "unit", "sure"),
    [
        ("PF", ("0.85", "0.9"), "fraction", "likely"),
        ("PF", ("85", "90"), "pct", "likely"),
        ("PF %", ("0.85",), None, "open"),
        ("PF", ("0.1", "1"), "fraction", "likely"),
        ("PF", ("0.05", "0.09"), None, "open"),
        ("PF", ("0", "-"), None, "open"),
        ("PF", (), None, "open"),
        ("Motor Efficiency", ("0.9",), None, "open"),
    ],
)
def test_no_machine_has_one_per_cent_of_a_power_factor(header, cells, unit, sure):
    column = one(header, *cells)
    assert (column.unit, column.sure) == (unit, sure)


@pytest.mark.parametrize(
    ("cells", "unit", "sure"),
    [
        (("85", "12"), "pct", "likely"),
        (("85 %", "12 %"), "pct", "sure"),
        (("0.85", "0.12"), None, "open"),
        (("0", "-"), None, "open"),
        ((), None, "open"),
    ],
)
def test_a_share_says_whether_it_is_per_cent_by_its_cells(cells, unit, sure):
    column = one("Water cut", *cells)
    assert (column.unit, column.sure) == (unit, sure)


def test_per_cent_that_are_all_below_one_are_a_question():
    column = one("WC %", "0.85", "0.9")
    assert column.sure is Sure.OPEN
    assert column.choices == ("pct", "fraction")
    assert one("WC %", "0.85", "31").unit == "pct"
    assert one("WC (fraction)", "0.85").unit == "fraction"


def test_api_is_a_gravity_or_the_number_of_a_well():
    assert one("API", "32.5").field == "oil_density_kgm3"
    assert one("API", "4210312345", "4210312346").field == "uwi"


def test_low_volts_may_be_kilovolts():
    assert one("Volts", "2250").unit == "v"
    assert one("Voltage", "2.2").choices == ("v", "kv")
    assert one("Voltage (V)", "2.2").unit == "v"


@pytest.mark.parametrize("header", ["Pump", "Type", "AL", "Lift Type"])
def test_lift_systems_are_known_by_their_names(header):
    assert one(header, "SRP", "esp", "PCP", "Jet", "Beam", "").field == "lift_type"
    assert one(header, "P-7", "P-8").sure is Sure.OPEN


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (("31/01/2026", "01/02/2026"), "day first"),
        (("01/31/2026", "01/02/2026"), "month first"),
        (("01/02/2026", "03/04/2026"), None),
        (("31/01/2026", "01/31/2026"), None),
        (("01.02.2026",), "day first"),
        (("2026-01-02", "46023", "2 Jan 2026"), ""),
    ],
)
def test_the_order_of_dates_is_evident_or_open(cells, unit):
    column = one("Date", *cells)
    assert column.unit == unit
    assert (column.sure is Sure.OPEN) is (unit is None)


def test_the_order_of_dates_is_declared():
    assert one("Date", "01/02/2026", day_first=True).unit == "day first"
    assert one("Date", "01/02/2026", day_first=False).unit == "month first"


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        (("12,5", "8"), ","),
        (("1.250,5",), ","),
        (("12.5", "1,250"), "."),
        (("1,250",), None),
        (("12,5", "12.5"), None),
        (("1,250,000",), "."),
        (("1250",), "."),
        (("1 250,5",), ","),
    ],
)
def test_decimals_are_evident_or_open(cells, decimal):
    frame = pd.DataFrame({"BFPD": list(cells)}, dtype=object)
    assert recognise(frame).decimal == decimal
    assert recognise(frame, decimal=",").decimal == ","
    assert ("with_decimal" in str(recognise(frame))) is (decimal is None)


def test_two_columns_of_one_field_are_a_question():
    found = recognise(empty(["BFPD", "Liquid m3/d", "BOPD"]))
    assert [column.sure.value for column in found.columns] == ["open", "open", "sure"]
    assert found.without_column("Liquid m3/d").with_column("BFPD")["BFPD"].unit == "bpd"


def test_headers_of_one_name_are_told_apart():
    frame = pd.DataFrame([["THP", "THP", "BFPD"], ["1", "2", "3"]])
    assert [column.header for column in recognise(frame).columns] == ["THP", "THP (2)", "BFPD"]


def test_a_declared_unit_wins():
    frame = empty(["THP psi", "Gas Rate m3/d"])
    found = recognise(frame, units={"THP psi": "barg", "Gas Rate m3/d": "MCFD"})
    assert [(column.unit, column.sure) for column in found.columns] == [
        ("barg", "sure"),
        ("mscfd", "sure"),
    ]
    with pytest.raises(
        ArgumentError, match="header = 'CHP': expected one of THP psi, Gas Rate m3/d"
    ):
        recognise(frame, units={"CHP": "psig"})
    with pytest.raises(
        UnitError, match="'psi' is no unit of wellhead_pressure_kpa: expected psig, psia"
    ):
        recognise(frame, units={"THP psi": "psi"})


def test_a_declared_unit_decides_no_field():
    found = recognise(
        empty(["Surge Stroke", "Level"]), units={"Surge Stroke": "in", "Level": "feet"}
    )
    assert (found["Surge Stroke"].sure, found["Surge Stroke"].unit) == ("open", "in")
    assert (found["Level"].choices, found["Level"].unit) == (
        ("fluid_level_m", "fluid_above_pump_m"),
        "ft",
    )
    assert found.with_column("Level", field="fluid_level_m")["Level"].unit == "ft"
    with pytest.raises(UnitError, match="'psig' is no unit of Level, which may be fluid_level_m"):
        recognise(empty(["Level"]), units={"Level": "psig"})
    with pytest.raises(UnitError, match="which may be no field"):
        recognise(empty(["Choke"]), units={"Choke": "in"})


def test_a_table_of_any_kind_is_a_sheet():
    wanted = [("uwi", ""), ("liquid_rate_m3d", "bpd")]
    cells = {"Well": ["A"], "BFPD": [420.0]}
    for frame in (pd.DataFrame(cells), pl.DataFrame(cells)):
        assert [(column.field, column.unit) for column in recognise(frame).columns] == wanted


@pytest.mark.parametrize("frame", [5, None, "Well,BFPD", [["Well"]], pl.LazyFrame({"a": [1]})])
def test_what_is_no_table_is_refused(frame):
    with pytest.raises(ArgumentError, match="expected a DataFrame of pandas"):
        recognise(frame)


@pytest.mark.parametrize("how", [{"decimal": ";"}, {"day_first": "yes"}])
def test_a_wrong_word_is_refused(how):
    with pytest.raises(ArgumentError, match="expected"):
        recognise(empty(["THP"]), **how)


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame([["", None], ["", ""]])])
def test_a_sheet_without_headers_is_refused(frame):
    with pytest.raises(ArgumentError, match="no line of headers"):
        recognise(frame)


def test_a_sheet_of_texts_alone_has_its_headers_in_the_first_full_line():
    frame = pd.DataFrame([["History", "", ""], ["Well", "Pump No", "Reason"], ["A", "P", "sand"]])
    assert [column.field for column in recognise(frame).columns] == [
        "uwi",
        "equipment_id",
        "pull_reason",
    ]


def test_a_table_with_half_of_its_names_has_them_in_the_line_of_names():
    frame = pd.DataFrame([["A", "P"]], columns=["Well", "Unnamed: 1"])
    assert [column.field for column in recognise(frame).columns] == ["uwi", None]


def test_headers_in_two_levels_are_joined():
    frame = pd.DataFrame(
        [["1", "2"]], columns=pd.MultiIndex.from_tuples([("Tubing", "psig"), ("Casing", "psig")])
    )
    found = recognise(frame)
    assert [column.field for column in found.columns] == [
        "wellhead_pressure_kpa",
        "casing_pressure_kpa",
    ]


DECIDED = recognise(SHEETS["gulf"][0]).with_pressures("gauge")


def test_pressures_are_decided_together():
    assert DECIDED["Pressures (psi) WHP"].unit == "psig"
    assert DECIDED["Pressures (psi) PIP (psia)"].unit == "psia"
    absolute = recognise(SHEETS["gulf"][0]).with_pressures("absolute")
    assert absolute["Pressures (psi) WHP"].unit == "psia"
    with pytest.raises(ArgumentError, match="expected gauge or absolute"):
        DECIDED.with_pressures("psig")


def test_a_mapping_is_kept_as_a_text():
    assert Mapping.from_toml(DECIDED.to_toml()) == DECIDED
    odd = Mapping((Column('a "b" \\ \n \x7f \u00b0', why="\t"), Column("")), None)
    assert Mapping.from_toml(odd.to_toml()) == odd


@given(st.lists(st.text(max_size=30), max_size=5, unique=True))
def test_any_header_is_kept_as_a_text(headers):
    found = Mapping(tuple(Column(header, why=header) for header in headers), ",")
    assert Mapping.from_toml(found.to_toml()) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (5, "expected the text of a TOML file"),
        ("= 5", "it is no TOML"),
        ("colour = 1", "expected decimal and tables"),
        ("column = 1", "expected decimal and tables"),
        ("decimal = ';'", "expected '.' or ','"),
        ("[[column]]\nfield = 'uwi'", "expected choices, field, header"),
        ("column = [1]", "expected choices, field, header"),
        ("[[column]]\nheader = 1", "expected texts"),
        ("[[column]]\nheader = 'a'\nchoices = 'b'", "expected texts"),
        ("[[column]]\nheader = 'a'\nchoices = [1]", "expected texts"),
        ("[[column]]\nheader = 'a'\nsure = 'so so'", "expected sure, likely, open, aside"),
        ("[[column]]\nheader = 'a'\nsure = 'sure'\nfield = 'thp'", "expected one of"),
        ("[[column]]\nheader = 'a'\nsure = 'sure'", "field of a: expected one"),
    ],
)
def test_a_wrong_text_is_refused(text, words):
    with pytest.raises(ArgumentError, match=words.replace("[", r"\[")):
        Mapping.from_toml(text)


def test_a_text_written_by_hand_may_say_units_as_sheets_do():
    text = "[[column]]\nheader = 'Q'\nfield = 'liquid_rate'\nunit = 'bbl/d'\nsure = 'sure'"
    assert Mapping.from_toml(text)["Q"] == Column("Q", "liquid_rate_m3d", "bpd", "sure")
    with pytest.raises(UnitError, match="'psi' is no unit of liquid_rate_m3d"):
        Mapping.from_toml(text.replace("bbl/d", "psi"))


def test_a_column_is_decided():
    found = Mapping((Column("FL", unit="ft", sure="open", choices=("fluid_level_m",)), Column("X")))
    assert found.with_column("FL")["FL"] == Column("FL", "fluid_level_m", "ft", "sure", "declared")
    assert found.with_column("X", field="water_cut", unit="%")["X"].unit == "pct"
    assert found.with_column("X", field="water_cut", unit="")["X"].unit == "fraction"
    assert found.with_column("X", field="speed_spm")["X"].unit == "spm"
    assert found.with_column("X", field="gas_gravity", unit="")["X"].unit == ""
    assert found.with_column("X", field="gas_gravity")["X"].unit == ""
    assert found.with_column("X", field="uwi")["X"].sure is Sure.SURE
    assert found.with_column("X", field="test_date", unit="month first")["X"].unit == "month first"
    assert found.with_column("X", field="pressure_rise_kpa", unit="psi")["X"].unit == "psi"
    assert found.with_column("X", field="liquid_rate_m3d")["X"].sure is Sure.OPEN
    assert found.with_column("FL", field="liquid_rate_m3d")["FL"].unit is None
    assert found.without_column("FL")["FL"].sure is Sure.ASIDE
    assert found.with_decimal(",").decimal == ","
    assert [column.header for column in found.open] == ["FL"]


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"header": "Y"}, ArgumentError, "expected one of FL"),
        ({"header": "FL", "field": "level"}, ArgumentError, "field = 'level': expected one of"),
        ({"header": "FL", "field": "speed"}, ArgumentError, "field = 'speed': expected one of"),
        ({"header": "FL", "unit": "psig"}, UnitError, "expected m, ft, in, cm, mm"),
        ({"header": "FL", "field": "uwi", "unit": "ft"}, UnitError, "expected none"),
        ({"header": "FL", "field": "water_cut", "unit": "ft"}, UnitError, "expected pct, fraction"),
        ({"header": "FL", "field": "test_date", "unit": "mdy"}, UnitError, "expected 'day first'"),
        ({"header": "FL", "field": "pressure_rise_kpa", "unit": "psig"}, UnitError, "no unit of"),
    ],
)
def test_a_wrong_decision_is_refused(said, error, words):
    found = Mapping((Column("FL", unit="ft", sure="open", choices=("fluid_level_m",)),))
    with pytest.raises(error, match=words):
        found.with_column(**said)
    with pytest.raises(ArgumentError, match=r"expected '\.' or ','"):
        found.with_decimal(";")


@given(st.text(max_size=60))
def test_any_header_is_read_or_left(header):
    frame = pd.DataFrame([[header, "Well"], ["5", "A"]])
    for column in recognise(frame).columns:
        assert column.sure in Sure
        if column.sure in READ:
            assert column.field in targets()


@given(
    st.lists(
        st.lists(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            min_size=3,
            max_size=3,
        ),
        max_size=6,
    )
)
def test_any_cells_are_looked_at(rows):
    frame = pd.DataFrame(rows, columns=["WC", "API", "Date"], dtype=object)
    assert len(recognise(frame).columns) == 3


def test_a_cell_that_is_no_plain_value_is_looked_at():
    frame = pd.DataFrame({"WC": [[1], {"a": 2}, np.datetime64("2026")]}, dtype=object)
    assert recognise(frame)["WC"].sure is Sure.OPEN
