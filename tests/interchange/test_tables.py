"""One table, one verdict, one set of words: whatever door it comes through (faults B6 and B8)."""

import copy
import datetime as dt
import io
import math
import pickle
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from pumpperf import (
    ArgumentError,
    EquipmentMaintain,
    PumpTest,
    RowError,
    WellActivity,
    WellEquipment,
    Window,
)
from pumpperf.interchange.frames import evaluate, reliability, rows_of, run_lives, to_frame
from pumpperf.interchange.ppdm import from_ppdm
from pumpperf.interchange.records import from_record
from sample import WHEN

DAY = dt.timedelta(days=1)
WINDOW = Window(WHEN, WHEN + 100 * DAY)
RUN = {
    "uwi": "W1",
    "source": "S",
    "equipment_id": "P1",
    "equip_obs_no": 1,
    "install_date": WHEN,
    "removal_date": None,
}
WORK = {
    "equipment_id": "P1",
    "equip_maint_id": "1",
    "failure_ind": True,
    "actual_start_date": WHEN + DAY,
    "failure_mode": "BRD",
}
STOP = {
    "uwi": "W1",
    "source": "S",
    "activity_obs_no": 1,
    "equipment_id": "P1",
    "downtime_type": "UNPLANNED",
    "start_time": WHEN + DAY,
    "end_time": WHEN + 2 * DAY,
}
TEST = {
    "pump_test_id": "T1",
    "equipment_id": "P1",
    "test_type": "BENCH",
    "test_date": WHEN,
    "lift_type": "PCP",
    "rate_bpd": 100.0,
}
KINDS = {"test": PumpTest, "run": WellEquipment, "work": EquipmentMaintain, "stop": WellActivity}
LINES = {"test": TEST, "run": RUN, "work": WORK, "stop": STOP}
TABLES = {"test": "PUMP_TEST", "run": "WELL_EQUIPMENT", "work": "EQUIPMENT_MAINTAIN"}


def table(which, line=None, as_=lambda frame: frame):
    cells = LINES[which] if line is None else line
    return as_(pd.DataFrame({name: pd.Series([x], dtype=object) for name, x in cells.items()}))


def doors(which, given):
    """Every door that takes such a table."""
    others = {name: table(name) for name in ("run", "work", "stop")} | {which: given}
    runs, work, stops = others["run"], others["work"], others["stop"]
    yield lambda: rows_of(given, KINDS[which])
    if which == "test":
        yield lambda: evaluate(given)
    else:
        if which != "stop":
            yield lambda: run_lives(runs, work, window=WINDOW, clock="calendar")
        yield lambda: run_lives(runs, work, stops, window=WINDOW, clock="operating")
        yield lambda: reliability(runs, work, stops, as_of=WHEN + 9 * DAY)


def verdicts(which, given):
    for door in doors(which, given):
        try:
            door()
        except RowError as error:
            yield error.faults
        else:
            yield ()


def record_of(line):
    """The same line as JSON says it."""
    cells = {name: x.isoformat() if isinstance(x, dt.datetime) else x for name, x in line.items()}
    if "pump_test_id" not in cells:
        return cells
    own = ("pump_test_id", "equipment_id", "test_type", "test_date", "active_ind", "uwi")
    test = {name: x for name, x in cells.items() if name in own}
    return test | {"readings": [{name: x for name, x in cells.items() if name not in own}]}


PLUS_TWO = dt.timezone(2 * DAY / 24)
CODES = ("lift_type", "test_type", "pump_test_id", "rate_bpd")
ARROW_DATE = {"start_time": "timestamp[us, tz=UTC][pyarrow]"}
TAKEN = {
    "dates as texts": ("run", RUN | {"install_date": WHEN.isoformat()}, None),
    "dates of a CSV file": ("stop", STOP | {"start_time": str(WHEN + DAY)}, None),
    "dates with another offset": ("run", RUN | {"install_date": WHEN.astimezone(PLUS_TWO)}, None),
    "dates of pyarrow": ("stop", STOP, lambda frame: frame.astype(ARROW_DATE)),
    "stamps as objects": ("stop", STOP | {"end_time": pd.Timestamp(WHEN + 2 * DAY)}, None),
    "decimals": ("test", TEST | {"rate_bpd": Decimal(100)}, None),
    "truths as objects": ("work", WORK, None),
    "truths as texts": ("work", WORK | {"failure_ind": "Y"}, None),
    "nullable truths": ("work", WORK, lambda frame: frame.astype({"failure_ind": "boolean"})),
    "truths of pyarrow": ("work", WORK, lambda f: f.astype({"failure_ind": "bool[pyarrow]"})),
    "nullable numbers": ("test", TEST, lambda frame: frame.astype({"rate_bpd": "Float64"})),
    "numbers of pyarrow": ("test", TEST, lambda f: f.astype({"rate_bpd": "double[pyarrow]"})),
    "absent values": ("run", RUN | {"removal_date": pd.NA}, None),
    "NaN for a code": ("work", WORK | {"failure_mode": math.nan}, None),
    "categories": ("test", TEST, lambda f: f.astype(dict.fromkeys(CODES, "category"))),
    "texts of pandas": ("run", RUN, lambda frame: frame.astype({"uwi": "string"})),
    "best dtypes": ("stop", STOP, lambda frame: frame.convert_dtypes()),
    "best dtypes of pyarrow": ("stop", STOP, lambda f: f.convert_dtypes(dtype_backend="pyarrow")),
    "polars": ("test", TEST, lambda frame: pl.DataFrame(frame.to_dict("list"))),
    "polars of history": ("work", WORK, lambda frame: pl.DataFrame(frame.to_dict("list"))),
    "pyarrow": ("stop", STOP, lambda frame: pa.Table.from_pydict(frame.to_dict("list"))),
}  # fmt: skip


@pytest.mark.parametrize(("which", "line", "as_"), TAKEN.values(), ids=TAKEN)
def test_what_one_door_takes_every_door_takes(which, line, as_):
    found = list(verdicts(which, table(which, line, as_ or (lambda frame: frame))))
    assert found == [()] * len(found)


REFUSED = {
    "date without offset": ("run", {"install_date": WHEN.replace(tzinfo=None)}, "a naive date"),
    "text without offset": ("run", {"install_date": "2026-01-01T00:00:00"}, "a naive date"),
    "day for a date": ("stop", {"start_time": dt.date(2026, 1, 1)}, "a date with its UTC offset"),
    "text for a date": ("stop", {"end_time": "soon"}, "= 'soon': expected a date"),
    "number for a date": ("work", {"actual_start_date": 5.0}, "expected a date with its UTC"),
    "no code": ("work", {"failure_mode": "BROKE"}, "= 'BROKE': expected one of FTS"),
    "no truth": ("work", {"failure_ind": "yes"}, "= 'yes': expected true or false"),
    "number for a truth": ("work", {"failure_ind": 1}, "= 1: expected true or false"),
    "bad flag": ("test", {"active_ind": "maybe"}, "= 'maybe': expected true or false"),
    "bad uncertainty": ("test", {"rate_unc_bpd": -1.0}, "number [bpd] of at least 0"),
    "uncertainty of nothing": ("test", {"water_cut_unc": 0.1}, "given without water_cut"),
    "number for a text": ("run", {"uwi": 5}, "= 5: expected a text of 1 to 40 characters"),
    "empty text": ("run", {"equipment_id": ""}, "= '': expected a text of 1 to 40"),
    "text of NUL": ("run", {"source": "a\0"}, "got a NUL or half a character"),
    "negative rate": ("test", {"rate_bpd": -1}, "rate_bpd = -1: expected a finite number [bpd]"),
    "endless rate": ("test", {"rate_bpd": math.inf}, "rate_bpd = inf: expected a finite"),
    "truth for a number": ("test", {"rate_bpd": True}, "rate_bpd = True: expected a finite"),
    "text for a number": ("test", {"rate_bpd": "1"}, "rate_bpd = '1': expected a finite"),
    "other lift system": ("test", {"frequency_hz": 50.0}, "only where lift_type is ESP"),
    "half a count": ("run", {"equip_obs_no": 1.5}, "= 1.5: expected a whole number"),
    "order": ("run", {"removal_date": WHEN - DAY}, "expected the reverse"),
    "gauge": ("test", {"intake_pressure_psig": 1.0}, "above the atmosphere"),
    "unknown": ("run", {"instal_date": WHEN}, "instal_date is unknown: the nearest name is"),
}  # fmt: skip


@pytest.mark.parametrize(("which", "cells", "words"), REFUSED.values(), ids=REFUSED)
def test_what_one_door_refuses_every_door_refuses_in_the_same_words(which, cells, words):
    line = LINES[which] | cells
    given = table(which, line)
    (fault, *others) = list(verdicts(which, given))
    assert len(fault) == 1
    assert words in fault[0]
    assert others == [fault] * len(others)
    record = record_of(line)
    for read, cells in (
        (from_record, record),
        (from_ppdm, {name.upper(): x for name, x in record.items()}),
    ):
        with pytest.raises(RowError) as caught:
            read(KINDS[which], cells)
        (said,) = caught.value.faults
        assert parts(said) == parts(fault[0])


def parts(fault):
    """The name that a fault speaks of, without its path, and what was expected."""
    about, _, expected = fault.partition(": ")
    (name, *_) = re.sub(
        r"^(line 0, |\$\.)?(readings\[0\]\.)?", "", about, flags=re.IGNORECASE
    ).split()
    return name.lower(), expected.partition(", got ")[0]


@pytest.mark.parametrize("which", ["run", "work"])
def test_a_missing_and_a_repeated_column_are_named_at_every_door(which):
    given = table(which).drop(columns="equipment_id")
    found = set(verdicts(which, given))
    assert found == {("equipment_id is missing: expected a text of 1 to 40 characters",)}
    twice = pd.concat([table(which), table(which)[["equipment_id"]]], axis=1)
    found = set(verdicts(which, twice))
    assert found == {("column equipment_id stands more than once: expected it once",)}


EMPTY = {
    "no rows": lambda which: to_frame([]),
    "a CSV of headers": lambda which: pd.read_csv(io.StringIO(",".join(LINES[which]))),
    "objects": lambda which: table(which)[:0],
    "typed": lambda which: table(which).convert_dtypes()[:0],
    "polars": lambda which: pl.DataFrame({name: [] for name in LINES[which]}),
    "pyarrow": lambda which: pa.table({name: pa.array([]) for name in LINES[which]}),
}


@pytest.mark.parametrize("origin", EMPTY.values(), ids=EMPTY)
@pytest.mark.parametrize("which", LINES)
def test_an_empty_table_of_any_origin_is_a_table(which, origin):
    """A fleet without failures is a good fleet."""
    found = list(verdicts(which, origin(which)))
    assert found == [()] * len(found)


# ---- what comes back


def test_the_kind_that_came_in_comes_back():
    plain = evaluate(table("test"))
    for kind in (pl.DataFrame, pa.Table.from_pydict):
        given = kind(table("test").to_dict("list"))
        found = evaluate(given)
        assert type(found) is type(given)
        columns = (
            found.to_pydict() if isinstance(found, pa.Table) else found.to_dict(as_series=False)
        )
        assert columns["running_rate_m3d"] == plain["running_rate_m3d"].tolist()
        assert columns["findings"] == plain["findings"].tolist()
        runs = kind(table("run").to_dict("list"))
        lives, told = run_lives(runs, table("work"), window=WINDOW, clock="calendar")
        assert (type(lives), type(told)) == (type(given), type(given))
        fleet, _ = reliability(runs, table("work"), table("stop"), as_of=WHEN + 9 * DAY)
        assert list(fleet["equipment_id"].to_pylist() if kind is not pl.DataFrame
                    else fleet["equipment_id"]) == ["P1"]  # fmt: skip


def test_declared_columns_of_nobody_come_back_before_all_others():
    given = table("test").assign(route=[7])
    found = evaluate(given, keep=["route", "pump_test_id"])
    given = given.assign(crew=["A"])
    assert list(found.columns[:3]) == ["route", "pump_test_id", "running_rate_m3d"]
    assert found[["route", "pump_test_id"]].to_numpy().tolist() == [[7, "T1"]]
    with pytest.raises(RowError, match="crew is unknown"):
        evaluate(given, keep=["route"])
    with pytest.raises(RowError, match="routes is missing: expected a column to keep"):
        evaluate(table("test"), keep=["routes"])
    with pytest.raises(ArgumentError, match="keep names input_power_kw, which comes back"):
        evaluate(given.assign(input_power_kw=1.0), keep=["route", "crew", "input_power_kw"])


def test_declared_columns_of_installations_come_back_with_their_lives():
    late = RUN | {"install_date": WHEN + 200 * DAY, "equipment_id": "P2"}
    runs = pd.concat([table("run", late), table("run")]).assign(route=[1, 2])
    lives, _ = run_lives(runs, table("work"), window=WINDOW, clock="calendar", keep=["route"])
    assert lives[["route", "status"]].to_numpy().tolist() == [[2, "failed"]]


# ---- many faults


def test_every_faulty_line_is_told_up_to_a_limit_and_how_many_more():
    given = pd.concat([table("test")] * 2500, ignore_index=True)
    given["pump_test_id"] = [f"T{i}" for i in range(2500)]
    given.loc[500:, "rate_bpd"] = -1.0
    for door in doors("test", given):
        with pytest.raises(RowError) as caught:
            door()
        assert (len(caught.value.faults), caught.value.more) == (1000, 1000)
        words = str(caught.value)
        assert words.startswith("PUMP_TEST: line 500, rate_bpd = -1.0: expected")
        assert words.endswith("; and 1980 more")
        assert len(words) < 3000


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_a_report_has_the_good_lines_and_the_bad_ones_with_their_reasons(kind):
    given = pd.concat([table("test")] * 3, ignore_index=True)
    given["pump_test_id"] = ["T0", "T1", "T2"]
    given["rate_bpd"] = [1.0, -1.0, 2.0]
    made = {"pandas": lambda x: x, "polars": pl.DataFrame, "pyarrow": pa.Table.from_pydict}[kind]
    table_in = made(given if kind == "pandas" else given.to_dict("list"))
    whole = evaluate(given.iloc[[0, 2]])
    found, faulty = evaluate(table_in, errors="report")
    assert list(found["running_rate_m3d"].to_numpy()) == whole["running_rate_m3d"].tolist()
    words = "line 1, rate_bpd = -1.0: expected a finite number [bpd] of at least 0"
    assert [str(x) for x in faulty["faults"]] == [words]
    assert [str(x) for x in faulty["pump_test_id"]] == ["T1"]
    rows, faulty = rows_of(table_in, PumpTest, errors="report")
    assert [row.pump_test_id for row in rows] == ["T0", "T2"]
    assert [str(x) for x in faulty["faults"]] == [words]


def test_a_report_of_a_history_is_by_table():
    runs = pd.concat([table("run"), table("run", RUN | {"uwi": 5})], ignore_index=True)
    lives, _, faulty = run_lives(
        runs, table("work"), window=WINDOW, clock="calendar", errors="report"
    )
    assert len(lives) == 1
    assert {name: len(lines) for name, lines in faulty.items()} == {
        "well_equipment": 1,
        "equipment_maintain": 0,
    }
    assert faulty["well_equipment"]["faults"].tolist() == [
        "line 1, uwi = 5: expected a text of 1 to 40 characters"
    ]
    fleet, _, faulty = reliability(
        runs, table("work"), table("stop"), as_of=WHEN + 9 * DAY, errors="report"
    )
    assert fleet["installations"].tolist() == [1]
    assert len(faulty["well_equipment"]) == 1


# ---- doors that are none, and errors that travel


def test_what_is_no_table_is_refused_in_words(monkeypatch):
    with pytest.raises(ArgumentError, match="list: expected a table in memory"):
        evaluate([1])
    with pytest.raises(ArgumentError, match="LazyFrame: expected a table in memory"):
        evaluate(pl.LazyFrame({"lift_type": ["PCP"]}))
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(ArgumentError, match="install narwhals, the extra `polars`"):
        evaluate(pl.DataFrame({"lift_type": ["PCP"]}))


def refused():
    raise RowError("PUMP_TEST", ["a", "b"], more=3)


def test_a_row_error_crosses_processes():
    with pytest.raises(RowError) as caught:
        refused()
    for again in (copy.copy(caught.value), pickle.loads(pickle.dumps(caught.value))):  # noqa: S301
        assert (again.row, again.faults, again.more) == ("PUMP_TEST", ("a", "b"), 3)
        assert str(again) == "PUMP_TEST: a; b; and 3 more"
    with ProcessPoolExecutor(1) as pool, pytest.raises(RowError, match="and 3 more"):
        pool.submit(refused).result()
