"""Whatever a caller hands to a door, what comes out is a row, an answer or an error of ours."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import (
    PUMPPERF_2026,
    Equipment,
    EquipmentUseStat,
    MemoryRepository,
    PcpReading,
    PumpPerformanceError,
    PumpPerformanceService,
    PumpTest,
    RodReading,
    Window,
    evaluate,
)
from pumpperf.adapters.sql import SqlRepository
from pumpperf.evaluate import Decline
from pumpperf.interchange import frames, ppdm, records
from sample import DAY, HOUR, PUMPING, WHEN, a_test
from sample_records import TEST


class Zone(dt.tzinfo):
    """A time zone that tells no offset, or fails to."""

    def __init__(self, error=None):
        self.error = error

    def utcoffset(self, when):
        if self.error:
            raise self.error

    def __repr__(self):
        return "Zone()"


class Unshowable:
    def __repr__(self):
        raise RuntimeError


ITSELF = []
ITSELF.append(ITSELF)
NAIVE = WHEN.replace(tzinfo=None)
EAST, WEST = (dt.timezone(sign * 23 * HOUR) for sign in (1, -1))
ODD = [
    *(True, None, 0, -1, 2**63, 10**400, 10**5000, -(10**5000)),
    *(-0.0, 5e-324, 1e308, float("nan"), float("inf"), 1 + 2j, Fraction(1, 3)),
    *(Decimal("NaN"), Decimal("sNaN"), Decimal("1e999999"), Decimal(1)),
    *("", " ", "\0", "\ud800", "x" * 100_000, "1e400", "FIELD", "PCP", "P1", "T1", "psi", "bpd"),
    *("2026-01-01T00:00:00+00:00", "2026-01-01T24:00:00Z", "9999-12-31T23:59:59-23:59"),
    *("0001-01-01T00:00:00+23:59", b"bytes", bytearray(b"x"), memoryview(b"x")),
    *(WHEN, NAIVE, WHEN.date(), WHEN.time(), DAY),
    *(NAIVE.replace(tzinfo=zone) for zone in (Zone(), Zone(RuntimeError()), dt.tzinfo())),
    *(dt.datetime.max.replace(tzinfo=WEST), dt.datetime.min.replace(tzinfo=EAST)),
    *([], [[]], ITSELF, (), {}, {"a": 1}, {1: 2}, {(1,): 2}, set(), frozenset([1]), range(3)),
    *(object(), Unshowable(), int, len, Ellipsis, PUMPING),
    *(np.float64("nan"), np.int64(3), np.bool_(True), np.array(1.0), np.array([1.0, 2.0])),  # noqa: FBT003
    *(np.datetime64("NaT", "s"), np.datetime64("2026"), np.timedelta64(1, "D"), np.str_("bpd")),
    *(pd.NaT, pd.NA, pd.Timestamp("2026"), pd.Timestamp("2026", tz="UTC"), pd.Series([1])),
]
FORMS = {
    "a list": list,
    "a tuple": tuple,
    "a record": lambda some: {f"x{place}": value for place, value in enumerate(some)},
}


def is_a_name(value):
    """Whether a dictionary can have it as a key, and a table as a column."""
    try:
        return hash(value) is not None and not isinstance(value, tuple | memoryview)
    except Exception:  # noqa: BLE001  # some cannot be hashed
        return False


DRAWN = st.tuples(  # by place: some can be neither shown nor compared
    st.sampled_from(list(FORMS)), st.lists(st.integers(0, len(ODD) - 1), min_size=1, max_size=3)
)
NAMES = [one for one in ODD if is_a_name(one)]


def made(drawn):
    """What was drawn."""
    form, places = drawn
    return FORMS[form]([ODD[place] for place in places])


RECORD = TEST | {"pump_test_id": "T", "equipment_id": "P"}
COLUMNS = {name.upper(): value for name, value in RECORD.items()} | {
    "TEST_DATE": WHEN,
    "READINGS": [{"LIFT_TYPE": "PCP", "RATE": 5.0}],
}
OF_TEST = ["pump_test_id", "test_date", "test_type", "readings", "remark", "duration_h"]
OF_READING = ["rate_m3d", "rate_bpd", "rate_unc_m3d", "rate_date", "water_cut", "lift_type"]
WINDOW = Window(WHEN, WHEN + DAY)

ASKED_BY = {"assumptions": PUMPPERF_2026, "user_id": "ana", "at": WHEN + 10 * DAY}
HISTORY = {"installations": [], "maintenance": [], "activities": []}
LIFE = HISTORY | ASKED_BY | {"as_of": WHEN}
DOWN = HISTORY | ASKED_BY | {"tests": [], "window": WINDOW}
ENERGY = {"logs": [], "tests": [], "window": WINDOW} | ASKED_BY


def of_part(use_case, asked, name, value):
    """A use case with that value in one of its arguments."""
    argument = [*asked][len(name) % len(asked)]
    return use_case("P1", **asked | {argument: value})


def cells(value, name):
    """A table of two lines with that value in a column."""
    column = np.empty(2, dtype=object)
    column[0] = column[1] = value
    test = {key: [RECORD[key]] * 2 for key in ("pump_test_id", "equipment_id", "test_type")}
    test |= {"test_date": [WHEN] * 2, "lift_type": ["PCP"] * 2}
    return pd.DataFrame(test | {name: pd.Series(column, dtype=object)})


def columns(name):
    return pd.DataFrame([[1.0, "PCP"]], columns=pd.Index([name, "lift_type"], dtype=object))


ROW = {
    "a test": lambda v, name: PumpTest(
        **{"equipment_id": "P", **_test(), (name if name in OF_TEST else "remark"): v}
    ),
    "a reading": lambda v, name: PcpReading(
        **{"uncertainty" if name == "rate_unc_m3d" else "rate_m3d": v}
    ),
    "its units": lambda v, name: PcpReading(rate_m3d=1.0, original_units=v),
    "a card": lambda v, name: RodReading(card_position_m=v, card_load_kn=v),
    "a log": lambda v, name: EquipmentUseStat(
        equipment_id="P", spec_id="S", sample_time=[v], power_kw=[v]
    ),
    "a record": lambda v, name: records.from_record(PumpTest, RECORD | {name: v}),
    "readings of a record": lambda v, name: records.from_record(
        PumpTest, RECORD | {"readings": [v, {"lift_type": "PCP", name: v}]}
    ),
    "PPDM": lambda v, name: ppdm.from_ppdm(PumpTest, COLUMNS | {name.upper(): v}),
    "PPDM's units": lambda v, name: ppdm.from_ppdm(PumpTest, COLUMNS | {"DURATION_OUOM": v}),
    "readings of PPDM": lambda v, name: ppdm.from_ppdm(PcpReading, {name.upper(): v}),
    "no record": lambda v, name: records.from_record(PcpReading, v),
    "no columns": lambda v, name: ppdm.from_ppdm(PcpReading, v),
    "units out": lambda v, name: records.to_record(PUMPING, v),
    "a unit out": lambda v, name: records.to_record(PUMPING, {"kpa": v}),
    "cells": lambda v, name: frames.rows_of(cells(v, name), PumpTest),
    "cells evaluated": lambda v, name: frames.evaluate(cells(v, name), errors="report"),
    "kept cells": lambda v, name: frames.evaluate(cells(1.0, name), keep=v),
    "kept findings": lambda v, name: frames.findings(cells(1.0, name), keep=v),
    "kept installations": lambda v, name: frames.run_lives(
        None, None, window=WINDOW, clock="calendar", keep=v
    ),
    "a window of lives": lambda v, name: frames.run_lives(None, None, window=v, clock="calendar"),
    "a clock": lambda v, name: frames.run_lives(None, None, window=WINDOW, clock=v),
    "an end": lambda v, name: frames.reliability(None, None, None, as_of=v),
    "rows out": lambda v, name: frames.to_frame(v),
    "a row out": lambda v, name: frames.to_frame([v]),
    "a class of rows": lambda v, name: frames.rows_of(cells(1.0, name), v),
    "a record's class": lambda v, name: records.from_record(v, RECORD),
    "a record out": lambda v, name: records.to_record(v),
    "PPDM's class": lambda v, name: ppdm.from_ppdm(v, COLUMNS),
    "PPDM out": lambda v, name: ppdm.to_ppdm(v),
    "an evaluated test": lambda v, name: evaluate.result_of(v, **ASKED_BY),
    "assumptions": lambda v, name: evaluate.evaluated(a_test(PUMPING), v),
    "a run's assumptions": lambda v, name: evaluate.efficiency_of(
        a_test(PUMPING), **ASKED_BY | {"assumptions": v}
    ),
    "a run's date": lambda v, name: evaluate.efficiency_of(a_test(PUMPING), **ASKED_BY | {"at": v}),
    "rows of a downtime": lambda v, name: of_part(evaluate.downtime_impact_of, DOWN, name, v),
    "rows of an energy": lambda v, name: of_part(evaluate.energy_consumption_of, ENERGY, name, v),
    "rows of a run life": lambda v, name: of_part(evaluate.reliability_of, LIFE, name, v),
    "rows of lives": lambda v, name: evaluate.run_lives_of(
        v, v, v, window=WINDOW, clock="calendar"
    ),
    "no table": lambda v, name: frames.evaluate(v),
}


def _test():
    return {"pump_test_id": "T", "test_type": "FIELD", "test_date": WHEN, "readings": [PUMPING]}


def refused_in_words(call):
    """The call ends, or with an error of ours that can be read."""
    words = ""
    try:
        call()
    except PumpPerformanceError as error:
        words = str(error)
    assert len(words) < 20_000


FIELDS = [*OF_TEST, *OF_READING]


@pytest.mark.parametrize("door", ROW)
def test_a_value_at_a_door(door):
    for place, value in enumerate(ODD):
        refused_in_words(partial(ROW[door], value, FIELDS[place % len(FIELDS)]))


@pytest.mark.parametrize("door", ROW)
@given(drawn=DRAWN, name=st.sampled_from(FIELDS))
def test_values_at_a_door(door, drawn, name):
    refused_in_words(partial(ROW[door], made(drawn), name))


@pytest.mark.parametrize("place", range(len(NAMES)))
def test_a_name_at_a_door(place):
    name = NAMES[place]
    for call in (
        lambda: records.from_record(PcpReading, {name: 1.0}),
        lambda: ppdm.from_ppdm(PcpReading, {name: 1.0}),
        lambda: frames.evaluate(columns(name)),
        lambda: frames.rows_of(columns(name), Equipment),
    ):
        refused_in_words(call)


@pytest.fixture(scope="module", params=["memory", "sqlite"])
def service(request, tmp_path_factory):
    sqlite = request.param == "sqlite"
    file = tmp_path_factory.mktemp("doors") / "pumps.db"
    repository = SqlRepository(file) if sqlite else MemoryRepository()
    service = PumpPerformanceService(repository, clock=lambda: WHEN + 10 * DAY)
    service.record(a_test(PUMPING), user_id="ana")
    yield service
    if sqlite:
        repository.close()


ASKED = {
    "get": lambda s, v: s.repository.get(PumpTest, v),
    "find by a text": lambda s, v: s.repository.find(PumpTest, equipment_id=v),
    "find by a date": lambda s, v: s.repository.find(PumpTest, test_date=v),
    "find by a truth": lambda s, v: s.repository.find(PumpTest, active_ind=v),
    "find by a number": lambda s, v: s.repository.find(PumpTest, duration_h=v),
    "find among": lambda s, v: s.repository.find(PumpTest, v),
    "find among keys": lambda s, v: s.repository.find(PumpTest, [v, (v,)]),
    "find during": lambda s, v: s.repository.find(EquipmentUseStat, None, v),
    "find between": lambda s, v: s.repository.find(EquipmentUseStat, None, (v, WHEN)),
    "newest by": lambda s, v: s.repository.newest(PumpTest, v, 1),
    "newest count": lambda s, v: s.repository.newest(PumpTest, "test_date", v),
    "newest before": lambda s, v: s.repository.newest(PumpTest, "test_date", 1, v),
    "newest before a date": lambda s, v: s.repository.newest(PumpTest, "test_date", 1, (v, ("T",))),
    "newest before a key": lambda s, v: s.repository.newest(PumpTest, "test_date", 1, (WHEN, (v,))),
    "add": lambda s, v: s.repository.add(v),
    "record": lambda s, v: s.record(v, user_id="ana"),
    "record by": lambda s, v: s.record(Equipment(equipment_id="P", lift_type="PCP"), user_id=v),
    "calculate": lambda s, v: s.calculate_result(v, user_id="ana"),
    "calculate by": lambda s, v: s.calculate_result("T1", user_id=v),
    "run life": lambda s, v: s.update_reliability(v, user_id="ana"),
    "run life as of": lambda s, v: s.update_reliability("P1", user_id="ana", as_of=v),
    "downtime": lambda s, v: s.assess_downtime(v, WINDOW, user_id="ana"),
    "downtime in a currency": lambda s, v: s.assess_downtime(
        "P1", WINDOW, user_id="ana", oil_price_per_m3=1.0, currency=v
    ),
    "a price": lambda s, v: s.assess_downtime("P1", WINDOW, user_id="ana", oil_price_per_m3=v),
    "a share": lambda s, v: s.assess_downtime("P1", WINDOW, user_id="ana", flush_share=v),
    "energy": lambda s, v: s.account_energy(v, WINDOW, user_id="ana"),
    "a factor": lambda s, v: s.account_energy("P1", WINDOW, user_id="ana", emission_factor_kgkwh=v),
    "its source": lambda s, v: s.account_energy(
        "P1", WINDOW, user_id="ana", emission_factor_kgkwh=0.4, emission_factor_source=v
    ),
    "reproduce": lambda s, v: s.reproduce(v),
    "a window": lambda s, v: Window(v, WHEN),
    "a window's end": lambda s, v: Window(WHEN, v),
    "a window of downtime": lambda s, v: s.assess_downtime("P1", v, user_id="ana"),
    "a window of energy": lambda s, v: s.account_energy("P1", v, user_id="ana"),
    "a decline of downtime": lambda s, v: s.assess_downtime("P1", WINDOW, user_id="ana", decline=v),
    "a decline": lambda s, v: Decline(kind=v, nominal_per_d=0.1),
    "a decline's rate": lambda s, v: Decline(kind="exponential", nominal_per_d=v),
    "a decline's exponent": lambda s, v: Decline(kind="hyperbolic", nominal_per_d=0.1, exponent=v),
}


@pytest.mark.parametrize("door", ASKED)
def test_a_value_asked_of_a_store_or_a_service(service, door):
    for value in ODD:
        refused_in_words(partial(ASKED[door], service, value))


@pytest.mark.parametrize("door", ASKED)
@given(drawn=DRAWN)
def test_a_question_to_a_store_or_a_service(service, door, drawn):
    refused_in_words(partial(ASKED[door], service, made(drawn)))


PLACES = [
    *("", "\0", "x\0y.db", "\ud800.db", "sqlite:///x\0y.db", "sqlite://", "://", "/", "x" * 5000),
    *("sqlite:///" + "x" * 5000, "/dev/null/x.db", "sqlite:////nowhere/x.db"),
    *("mysql://a@b/c", "foo+bar://x", "postgresql://[::1/x", "postgresql://a@h:x/x"),
    *(None, 1.5, b"\0", object(), True, [], "postgresql://a@h:99999999/x?connect_timeout=1"),
    *(
        f"postgresql://a@localhost:1/x?connect_timeout=1&{more}"
        for more in (
            *("foo=bar", "sslmode=zz", "application_name=%00", "options=%00", "port=zz"),
            *("host=a&host=b&port=1", "client_encoding=zz", "prepare_threshold=zz", "pgbouncer=1"),
        )
    ),
    *("postgresql://a@/x?connect_timeout=x", "postgresql://a@localhost:1/\ud800"),
]


@pytest.mark.parametrize("place", PLACES, ids=range(len(PLACES)))
def test_a_place_where_no_database_is(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PumpPerformanceError):
        SqlRepository(place)
