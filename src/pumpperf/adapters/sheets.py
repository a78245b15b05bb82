"""Field sheets from files and from the clipboard's text, each cell as it was written.

Nothing is guessed here: no number, no date, no missing value. `interchange.sheets` reads the cells.
"""

import csv
import importlib
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pumpperf.errors import ArgumentError, extra, shown

ENCODINGS = ("utf-8-sig", "cp1252")
"""In which texts are tried; a byte-order mark of UTF-16 is seen before."""
SEPARATORS = ("\t", ";", ",", "|")


def load(path: str | Path, *, sheet: str | int = 0, encoding: str | None = None) -> pd.DataFrame:
    r"""A sheet from a file: text (`.csv`, `.tsv`, `.txt`), workbook or `.parquet`.

    Workbooks are `.xlsx`, `.xlsm`, `.xls`, `.xlsb` and `.ods`. Headers stay in the first lines, for
    `sheets.recognise` to find; the index counts lines from 1 as a spreadsheet does. A Parquet file
    keeps the names of its columns and its index.

    Args:
        path: of the file.
        sheet: name or number of a sheet of a workbook, the first one being 0.
        encoding: of a text; else UTF-8, or what Windows writes in the west.

    Raises:
        ArgumentError: the ending is unknown, the file is empty, or no such sheet is in it.
        ModuleNotFoundError: naming the extra that reads the file.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "tests.csv"
    ...     done = file.write_text("Well;THP\nA-1;12,5\n", encoding="utf-8")
    ...     load(file)
         0     1
    1  Well   THP
    2   A-1  12,5
    """
    file = Path(path)
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise ArgumentError(f"path = {shown(str(path))}: expected one of {', '.join(_READERS)}")
    return reader(file, sheet, encoding)


def clipboard_text(text: str) -> pd.DataFrame:
    r"""A sheet from the text that a spreadsheet puts on the clipboard, or that stands in a mail.

    Args:
        text: lines with tabs, semicolons, commas or bars between the cells.

    Raises:
        ArgumentError: nothing stands in it.

    >>> clipboard_text("Well\tTHP\nA-1\t1,250")
          0      1
    1  Well    THP
    2   A-1  1,250
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise ArgumentError("text: expected a sheet, and nothing stands in it")
    rows = list(csv.reader(io.StringIO(text), delimiter=_separator(lines)))
    return _table(rows)


def _separator(lines: list[str]) -> str:
    """What stands between cells: as often in most lines, and the most often."""
    some = lines[:50]

    def weight(mark: str) -> tuple[int, int]:
        counts = [len(row) - 1 for row in csv.reader(some, delimiter=mark)]
        most = max(set(counts), key=lambda count: (counts.count(count), count))
        return (counts.count(most), most) if most else (0, 0)

    return max(SEPARATORS, key=weight)


def _table(rows: list[list[Any]]) -> pd.DataFrame:
    """Rows of unequal length as a table of texts and what a workbook holds; lines from 1."""
    wide = max((len(row) for row in rows), default=0)
    if not wide:
        raise ArgumentError("the sheet is empty: expected lines with cells")
    full = [[*row, *([None] * (wide - len(row)))] for row in rows]
    return pd.DataFrame(full, index=pd.RangeIndex(1, len(full) + 1), dtype=object)


def _text(file: Path, _: str | int, encoding: str | None) -> pd.DataFrame:
    raw = file.read_bytes()
    if encoding is None and raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    for one in (encoding,) if encoding else ENCODINGS:
        try:
            return clipboard_text(raw.decode(one))
        except (UnicodeDecodeError, LookupError):
            continue
    raise ArgumentError(f"{file.name} is no text in {encoding or ENCODINGS[0]}: say encoding=")


def _workbook(file: Path, sheet: str | int, _: str | None) -> pd.DataFrame:
    with extra("excel", "a workbook"):
        from python_calamine import CalamineWorkbook  # noqa: PLC0415  # an extra

    book: Any = CalamineWorkbook.from_path(str(file))  # pyright: ignore[reportUnknownMemberType]  # half typed
    names: list[str] = book.sheet_names
    name = names[sheet] if isinstance(sheet, int) and 0 <= sheet < len(names) else sheet
    if name not in names:
        raise ArgumentError(f"sheet = {shown(sheet)}: expected one of {', '.join(names)}")
    return _table(book.get_sheet_by_name(str(name)).to_python(skip_empty_area=False))


def _parquet(file: Path, _: str | int, __: str | None) -> pd.DataFrame:
    with extra("parquet", "a Parquet file"):
        importlib.import_module("pyarrow")
    return pd.read_parquet(file, engine="pyarrow")


_READERS: Mapping[str, Callable[[Path, str | int, str | None], pd.DataFrame]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), _text),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), _workbook),
    ".parquet": _parquet,
}
