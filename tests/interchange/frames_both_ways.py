"""Tables read by whole columns and line by line, and what can be done to a table."""

import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction
from functools import cache

import attrs
import numpy as np
import pandas as pd
from hypothesis import strategies as st

from laws import rows
from pumpperf import Duty, EfficiencyChain, LiftType
from pumpperf.fields import describe
from pumpperf.interchange.door import names
from pumpperf.interchange.frames import lines, rows_of, tables
from pumpperf.interchange.reader import Read, accepted, kind_of, read
from pumpperf.lift import READINGS
from pumpperf.model import ROWS, key

UTC = dt.UTC
DAY = dt.datetime(2026, 1, 1, tzinfo=UTC)


def alike(frame, kind):
    """The rows of a table and its faulty lines, if whole columns and the door judge each alike."""
    given = tables.opened(frame, kind)
    words = [lines.words_of(given, place) for place in range(len(frame))]
    assert lines.lines_of(given).wrong.tolist() == [bool(faults) for faults in words], words
    for place, faults in enumerate(words):
        if not faults:
            (row,) = rows_of(frame.iloc[[place]], kind)
            assert exact(row) == exact(by_the_door(given, place))
    return rows_of(frame, kind, errors="report")


def by_the_door(given, place):
    """The row that the door makes of one line as it makes it of a record."""
    shape, cells = given.shape, given.record(place)
    own = {name: cell for name, cell in cells.items() if name in shape.own}
    if shape.inner is None:
        return accepted(shape.row, read(shape.row, own, shape.own))
    part = kind_of(shape.inner, cells.get("lift_type"))
    others = {n: x for n, x in cells.items() if n not in shape.own and n != tables.OBS_NO}
    item = accepted(part, read(part, others, names(part)))
    inside = {shape.inner.name: Read({"items": (item,)}, [])}
    return accepted(shape.row, read(shape.row, own, shape.own, nested=inside))


def exact(value):
    """All that a value is: class, bits, zone and what stands beside it."""
    if attrs.has(type(value)):
        parts = {one.name: exact(getattr(value, one.name)) for one in attrs.fields(type(value))}
        return type(value), parts
    if isinstance(value, tuple):
        return [exact(part) for part in value]
    if isinstance(value, float):
        return type(value), value.hex()
    if isinstance(value, dt.datetime):
        return type(value), value.isoformat(), value.tzinfo is UTC, value.fold
    return type(value), value


@cache
def several(kind):
    return st.lists(rows(kind), min_size=1, max_size=4, unique_by=key)


PLUS_TWO = dt.timezone(dt.timedelta(hours=2))
HOSTILE = (
    *(None, math.nan, pd.NaT, pd.NA, math.inf, -math.inf, -0.0, 0.0, 0, 1, -1, 1.0, 1.5, 2**70),
    *(2**53 + 1, 1e308, -1e9, True, False, 1j, Decimal(1), Fraction(1, 2), np.float32(0.1)),
    *("Y", "N", "1", "", "x" * 41, "x" * 2001, "a\0b", "\ud800", b"1", np.int64(3)),
    *("ESP", LiftType.ESP, "OTHER", "FIELD", pd.Timedelta(1, "h"), DAY.date(), {1.0}, {}),
    *(DAY, DAY.replace(tzinfo=None), DAY.replace(tzinfo=PLUS_TWO), pd.Timestamp("2026-01-01")),
    *(dt.datetime.min.replace(tzinfo=UTC), dt.datetime.max.replace(tzinfo=UTC)),
    *(dt.datetime.min.replace(tzinfo=PLUS_TWO), pd.Timestamp("2026-01-01T00:00:00.000000999Z")),
    *("2026-01-01T00:00:00Z", "2026-01-01", "20260101T000000+0200"),
    *((), (1.0, 2.0), (1.0, math.nan), (1.0, None), (1, 2), ("a", "b"), (True,), (DAY,)),
    *([], [1.0, 2.0], [DAY, "2026-01-01T00:00:00Z"], (DAY.replace(tzinfo=None), DAY), ((1.0,),)),
)
DTYPES = ("object", "category", "float32", "int64", "str", "Int64", "Float64", "boolean", "string")
NUMBERS = ((1,), (2, 1), (1.5, 0.5, 1), (0, 1), ("1", "2"), (math.nan, 1.0), (True, 2))
PARTS = (*ROWS, *READINGS.values(), Duty, EfficiencyChain)
QUANTITIES = {field.name: field for part in PARTS for field in describe(part) if field.kind}


@st.composite
def hostile(draw, frame):
    """The table with one or two things done to it."""
    frame = draw(st.sampled_from(DEEDS))(frame, draw)
    if draw(st.booleans()) and frame.columns.is_unique and len(frame):
        frame = draw(st.sampled_from(DEEDS))(frame, draw)
    return frame


def a_cell(frame, draw):
    name = draw(st.sampled_from(list(frame.columns)))
    cells = frame[name].astype(object).tolist()
    cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(HOSTILE))
    column = pd.Series(cells, index=frame.index, dtype=object)
    return frame.assign(**{name: column.infer_objects() if draw(st.booleans()) else column})


def a_column(frame, draw):
    cell = draw(st.sampled_from(HOSTILE))
    name = draw(st.sampled_from(list(frame.columns)))
    column = pd.Series([cell] * len(frame), index=frame.index, dtype=object)
    return frame.assign(**{name: column.infer_objects() if draw(st.booleans()) else column})


def another_dtype(frame, draw):
    name = draw(st.sampled_from(list(frame.columns)))
    try:
        return frame.assign(**{name: frame[name].astype(draw(st.sampled_from(DTYPES)))})
    except (TypeError, ValueError):
        return frame


def nullable(frame, draw):
    return frame.convert_dtypes()


def another_zone(frame, draw):
    dates = [n for n, t in frame.dtypes.items() if isinstance(t, pd.DatetimeTZDtype)]
    if not dates:
        return frame
    zone = draw(st.sampled_from(["Europe/Berlin", "America/Edmonton", None]))
    late = pd.Timedelta(draw(st.integers(0, 1999)), "ns")
    name = draw(st.sampled_from(dates))
    return frame.assign(**{name: frame[name].dt.as_unit("ns").dt.tz_convert(zone) + late})


def texts_for_dates(frame, draw):
    dates = [n for n, t in frame.dtypes.items() if isinstance(t, pd.DatetimeTZDtype)]
    if not dates:
        return frame
    name = draw(st.sampled_from(dates))
    return frame.assign(**{name: [None if d is pd.NaT else d.isoformat() for d in frame[name]]})


def without_a_column(frame, draw):
    return frame.drop(columns=draw(st.sampled_from(list(frame.columns))))


def a_column_twice(frame, draw):
    name = draw(st.sampled_from(list(frame.columns)))
    return pd.concat([frame, frame[[name]]], axis=1)


def a_column_in_two_units(frame, draw):
    fields = [QUANTITIES[name] for name in frame.columns if name in QUANTITIES]
    if not fields:
        return frame
    field = draw(st.sampled_from(fields))
    return frame.assign(**{f"{field.base}_{draw(st.sampled_from(list(field.kind.scales)))}": 1.0})


def an_uncertainty(frame, draw):
    value = draw(st.sampled_from([0, -0.0, 0.5, -1.0, math.inf, math.nan, True, "1", 1e308]))
    name = draw(st.sampled_from(["rate_unc_m3d", "rate_unc_bpd", "rate_unc_m3s", "water_cut_unc"]))
    return frame.assign(**{name: value})


def lines_again(frame, draw):
    lines = draw(st.lists(st.integers(0, len(frame) - 1), max_size=5))
    return frame.iloc[lines]


def other_numbers(frame, draw):
    any_numbers = st.lists(st.integers(-3, 3), min_size=4, max_size=4)
    numbers = draw(st.sampled_from(NUMBERS) | any_numbers)
    cells = [numbers[i % len(numbers)] for i in range(len(frame))]
    return frame.assign(reading_obs_no=cells)


def one_key(frame, draw):
    names = [name for name in frame.columns if name.endswith("_id")]
    return frame.assign(**dict.fromkeys(names, "K"))


DEEDS = (
    *(a_cell, a_cell, a_cell, a_column, another_dtype, another_zone, nullable, texts_for_dates),
    *(without_a_column, a_column_twice, a_column_in_two_units, an_uncertainty, lines_again),
    *(other_numbers, one_key),
)
