"""Sheets from files: every cell as it was written."""

import sys

import openpyxl
import pandas as pd
import pytest

from pumpperf import ArgumentError
from pumpperf.adapters.sheets import clipboard_text, load
from pumpperf.interchange.sheets import read, recognise

CELLS = [["Well", "THP psig", "BFPD"], ["A-1", "012", "1,250"], ["A-2", "N/A", ""]]


def written(folder, name, text, encoding="utf-8"):
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    ("name", "mark", "encoding"),
    [
        ("a.csv", ";", "utf-8"),
        ("a.CSV", "|", "utf-8-sig"),
        ("a.tsv", "\t", "cp1252"),
        ("a.txt", "\t", "utf-16"),
    ],
)
def test_a_text_keeps_its_cells(tmp_path, name, mark, encoding):
    text = "\r\n".join(mark.join(row) for row in CELLS)
    found = load(written(tmp_path, name, text, encoding))
    assert found.to_numpy().tolist() == CELLS
    assert found.index.tolist() == [1, 2, 3]


def test_commas_between_cells_and_in_them(tmp_path):
    file = written(tmp_path, "a.csv", 'Well,THP psig,BFPD\nA-1,012,"1,250"\nA-2,N/A,\n')
    assert load(str(file)).to_numpy().tolist() == CELLS


def test_lines_of_unequal_length_are_filled(tmp_path):
    found = clipboard_text("Title\n\nWell,THP\nA-1,5\n")
    assert found.to_numpy().tolist() == [
        ["Title", None],
        [None, None],
        ["Well", "THP"],
        ["A-1", "5"],
    ]
    assert clipboard_text("Well\nA-1").to_numpy().tolist() == [["Well"], ["A-1"]]


@pytest.mark.parametrize("text", ["", " \n \n"])
def test_an_empty_text_is_refused(tmp_path, text):
    with pytest.raises(ArgumentError, match="nothing stands in it"):
        clipboard_text(text)
    with pytest.raises(ArgumentError, match="nothing stands in it"):
        load(written(tmp_path, "a.csv", text))


def test_an_encoding_is_said(tmp_path):
    file = written(tmp_path, "a.csv", "Обв\n5", "cp1251")
    assert load(file, encoding="cp1251").to_numpy().tolist() == [["Обв"], ["5"]]
    for name in ("ascii", "no such"):
        with pytest.raises(ArgumentError, match=f"a.csv is no text in {name}: say encoding="):
            load(file, encoding=name)


def workbook(folder):
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Tests"
    for row in (
        ["Well", "Date", "BFPD"],
        ["A-1", pd.Timestamp("2026-01-31 06:00").to_pydatetime(), 420.5],
        ["A-2", None, "down"],
    ):
        first.append(row)
    book.create_sheet("Empty")
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def test_a_workbook_keeps_its_numbers_and_dates(tmp_path):
    file = workbook(tmp_path)
    frame = load(file)
    assert load(file, sheet="Tests").equals(frame)
    found = read(frame, recognise(frame), lift_type="ESP", time_zone="UTC")
    assert found.tests["liquid_rate_bpd"].tolist() == [420.5]
    assert found.tests["test_date"].tolist() == [pd.Timestamp("2026-01-31 06:00", tz="UTC")]
    assert found.refused[["line", "cell"]].to_numpy().tolist() == [[3, "down"]]


@pytest.mark.parametrize("sheet", ["Wells", 2, -1])
def test_a_sheet_that_is_not_there_is_refused(tmp_path, sheet):
    with pytest.raises(ArgumentError, match="expected one of Tests, Empty"):
        load(workbook(tmp_path), sheet=sheet)
    with pytest.raises(ArgumentError, match="the sheet is empty"):
        load(workbook(tmp_path), sheet="Empty")


def test_a_parquet_file_keeps_its_columns(tmp_path):
    frame = pd.DataFrame({"Well": ["A-1"], "BFPD": [420.5]})
    frame.to_parquet(tmp_path / "a.parquet")
    assert recognise(load(tmp_path / "a.parquet"))["BFPD"].unit == "bpd"


@pytest.mark.parametrize("name", ["a.doc", "a", "a.pdf"])
def test_another_kind_of_file_is_refused(tmp_path, name):
    with pytest.raises(ArgumentError, match="expected one of .csv, .tsv"):
        load(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("a.xlsx", "python_calamine", "excel"), ("a.parquet", "pyarrow", "parquet")],
)
def test_what_reads_a_file_is_named_where_it_is_missing(tmp_path, monkeypatch, name, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ModuleNotFoundError, match=f"install pumpperf with its extra `{extra}`"):
        load(tmp_path / name)
