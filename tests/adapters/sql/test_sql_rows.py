"""What is kept comes back bit for bit, and what is impossible is kept out, on both databases."""

import datetime as dt
import gc
import sqlite3
import struct
import sys
import threading
import uuid
from unittest.mock import Mock

import attrs
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from laws import rows, tried
from pumpperf import (
    ArgumentError,
    ConflictError,
    EnergyConsumption,
    Equipment,
    EquipmentUseStat,
    EspReading,
    NotFoundError,
    PumpReliability,
    PumpTest,
    RodReading,
    StorageError,
    WellActivity,
)
from pumpperf.adapters.sql import SqlRepository, databases, metadata, types
from pumpperf.adapters.sql import store as room
from pumpperf.checked import Checked
from pumpperf.fields import describe
from pumpperf.interchange.ppdm import from_ppdm, to_ppdm
from pumpperf.model import ROWS, key, table
from sample import an_interval

WHEN = dt.datetime(2026, 1, 1, 12, 30, 15, 123456, tzinfo=dt.UTC)
FIRST, LAST = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)
WORDS = "Ölförderpumpe Ω 日本 𝛀 e\u0301 \u200f\ufeff \x01\n'\";--%s"
NUMBERS = (0.1, 5e-324, 2.2250738585072014e-308, 1 / 3, sys.float_info.max, 1e22, 123456789.123456)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request, tmp_path_factory):
    if request.param == "sqlite":
        return tmp_path_factory.mktemp("rows") / "pumps.db"
    return request.getfixturevalue("postgres").database()


@pytest.fixture(scope="module")
def kept(place):
    with SqlRepository(place) as repository:
        yield repository


@pytest.fixture
def empty(place):
    """The repository with nothing in it."""
    with SqlRepository(place) as repository:
        with repository._database.engine.begin() as connection:
            for found in reversed(metadata.sorted_tables):
                connection.execute(found.delete())
        yield repository


def bits(value):
    """All that a value is, to the last bit."""
    if isinstance(value, float):
        return struct.pack("<d", value)
    if isinstance(value, dt.datetime):
        assert value.tzinfo is dt.UTC
        return value.isoformat(), value.fold
    if isinstance(value, tuple):
        return tuple(map(bits, value))
    if isinstance(value, Checked):
        return type(value), [bits(getattr(value, one.name)) for one in attrs.fields(type(value))]
    return type(value), value


@pytest.mark.parametrize("kind", ROWS)
@tried(10)
@given(data=st.data())
def test_a_row_of_every_class_comes_back_bit_for_bit(kept, kind, data):
    row = data.draw(rows(kind))
    row = attrs.evolve(row, **{row.KEY[0]: f"{uuid.uuid4()}"})
    kept.add(row)
    assert bits(kept.get(kind, *key(row))) == bits(row)


@given(date=st.datetimes(timezones=st.just(dt.UTC)))
def test_a_date_is_written_as_iso_8601_has_it(date):
    written = date.isoformat("T", "microseconds")
    assert types.text_of_date(date) == types.text_of_moment(date) == written


def test_the_unit_in_which_a_quantity_came_and_its_uncertainty_come_back(kept):
    """In one row all that a reading may have beside it."""
    reading = {
        "LIFT_TYPE": "ESP",
        "INTAKE_PRESSURE_PSI": 500.0,
        "PUMP_DEPTH_FT": 5000.0,
        "RATE": 3.0,
    }
    sheet = {
        "PUMP_TEST_ID": "UNITS",
        "EQUIPMENT_ID": "P1",
        "TEST_TYPE": "FIELD",
        "TEST_DATE": WHEN,
        "DURATION_D": 1.0,
        "READINGS": [reading | {"RATE_UNC": 0.25, "WATER_CUT": 0.5, "WATER_CUT_UNC": 0.01}],
    }
    test = from_ppdm(PumpTest, sheet)
    assert dict(test.original_units) == {"duration_h": "d"}
    kept.add(test)
    again = kept.get(PumpTest, "UNITS")
    assert bits(again) == bits(test)
    assert to_ppdm(again) == to_ppdm(test)
    assert dict(again.readings[0].original_units) == {
        "intake_pressure_kpa": "psi",
        "pump_depth_m": "ft",
    }


def test_the_ends_of_everything_come_back(kept):
    log = EquipmentUseStat(
        equipment_id="P1",
        spec_id=WORDS[:40],
        remark=WORDS * 10,
        sample_time=(FIRST, WHEN, LAST),
        power_kw=NUMBERS[:3],
        effective_date=FIRST,
        expiry_date=LAST,
    )
    card = RodReading(
        rate_m3d=sys.float_info.max,
        stroke_m=5e-324,
        card_position_m=NUMBERS,
        card_load_kn=tuple(-number for number in NUMBERS),
    )
    test = PumpTest(
        pump_test_id="ENDS",
        equipment_id="P1",
        test_date=WHEN,
        test_type="BENCH",
        readings=tuple(attrs.evolve(card, rate_m3d=float(i)) for i in range(12)),
    )
    stop = WellActivity(
        uwi="W",
        source="s",
        activity_obs_no=2**53 - 1,
        equipment_id="P1",
        downtime_type="PLANNED",
        start_time=WHEN,
    )
    kept.add(log, test, stop)
    for row in (log, test, stop):
        assert bits(kept.get(type(row), *key(row))) == bits(row)


def test_a_card_takes_eight_bytes_a_number(kept):
    reading = RodReading(card_position_m=NUMBERS, card_load_kn=NUMBERS)
    test = PumpTest(
        pump_test_id="CARD",
        equipment_id="P1",
        test_date=WHEN,
        test_type="BENCH",
        readings=(reading,),
    )
    kept.add(test)
    asked = "select length(card_load) from pump_test_reading where pump_test_id = 'CARD'"
    with kept._database.engine.connect() as connection:
        assert connection.exec_driver_sql(asked).scalar() == 8 * len(NUMBERS)


PUMP = Equipment(equipment_id="P1", lift_type="ESP", row_created_by="ana", row_created_date=WHEN)


def fleet(count):
    return [attrs.evolve(PUMP, equipment_id=f"P{number:05}") for number in range(count)]


def test_many_rows_are_kept_as_few_are(empty):
    """Those that are new, those that are there, and those that stand among them twice."""
    many = fleet(2 * room.FEW + 1)
    empty.add(*many[:10], attrs.evolve(many[10], active_ind=False))
    empty.add(*many, *many)
    assert empty.find(Equipment) == tuple(many)
    other = attrs.evolve(many[-1], serial_num="another", model_num="new")
    with pytest.raises(ConflictError, match="'P01000' is kept with another serial_num, model_num"):
        empty.add(*(attrs.evolve(row, equipment_id=f"N{row.equipment_id}") for row in many), other)
    assert len(empty.find(Equipment)) == len(many)
    with pytest.raises(ConflictError, match="serial_num"):
        empty.add(*fleet(room.FEW), attrs.evolve(PUMP, equipment_id="P00000", serial_num="x"))


def test_many_results_retire_what_they_replace(empty):
    many = [an_interval(f"E{number:05}", row_created_date=WHEN) for number in range(room.FEW + 1)]
    empty.add(many[0])
    empty.add(*many)
    assert empty.find(EnergyConsumption, active_ind=True) == (many[-1],)
    assert len(empty.find(EnergyConsumption)) == len(many)


def test_other_writers_who_always_come_first_are_told(empty, monkeypatch):
    monkeypatch.setattr(room, "TRIES", 0)
    with pytest.raises(StorageError, match="other writers came first 0 times"):
        empty.add(PUMP)
    assert empty.find(Equipment) == ()


def test_what_no_class_has_is_not_looked_for(empty):
    with pytest.raises(ArgumentError, match="Equipment has no colour, weight"):
        empty.find(Equipment, colour="red", weight="1")
    with pytest.raises(ArgumentError, match="expected a date with its UTC offset"):
        empty.find(Equipment, row_created_date=WHEN.replace(tzinfo=None))
    with pytest.raises(NotFoundError):
        empty.get(Equipment, "P1", "P2")


def test_a_value_of_another_kind_finds_nothing(empty):
    """A database would turn the one into the other."""
    stop = WellActivity(
        uwi="1",
        source="2",
        activity_obs_no=3,
        equipment_id="4",
        downtime_type="PLANNED",
        start_time=WHEN,
    )
    empty.add(stop)
    assert empty.get(WellActivity, "1", "2", 3) == stop
    with pytest.raises(NotFoundError):
        empty.get(WellActivity, "1", "2", "3")
    with pytest.raises(NotFoundError):
        empty.get(WellActivity, 1, "2", 3)
    assert empty.newest(WellActivity, by="start_time", count=9, activity_obs_no="3") == ()
    assert empty.find(WellActivity, uwi="1", active_ind=True, downtime_type="PLANNED") == (stop,)
    east = WHEN.astimezone(dt.timezone(dt.timedelta(hours=5)))
    assert empty.find(WellActivity, start_time=east) == (stop,)


IMPOSSIBLE = {
    "a negative rate": "update pump_test_reading set rate = -1",
    "NaN": "update pump_test_reading set rate = {nan}",
    "infinity": "update pump_test_reading set rate = {infinity}",
    "a diameter of nothing": "update pump_test_reading set plunger_diameter = 0",
    "an unknown code": "update pump_test set test_type = 'OTHER'",
    "a foreign lift system": "update pump_test_reading set lift_type = 'GAS_LIFT'",
    "a third truth": "update pump_test set active_ind = 'X'",
    "an empty text": "update pump_test set remark = ''",
    "an overlong text": "update pump_test set equipment_id = '{long}'",
    "nothing where something is": "update pump_test set equipment_id = null",
    "more hours run than tested": "update pump_test set runtime = 2, duration = 1",
    "hours run of no test": "update pump_test set runtime = 2, duration = null",
    "half a card": "update pump_test_reading set card_load = null",
    "a reading of no test": "update pump_test_reading set pump_test_id = 'NONE'",
    "a negative uncertainty": "update pump_test_reading set rate_unc = -1",
    "a text for a number": "update pump_test_reading set rate = 'many'",
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_the_database_itself_keeps_out_what_no_row_may_hold(empty, name):
    reading = RodReading(card_position_m=(1, 2), card_load_kn=(3, 4), rate_m3d=1)
    empty.add(
        PumpTest(
            pump_test_id="T",
            equipment_id="P",
            test_date=WHEN,
            test_type="BENCH",
            readings=(reading,),
        )
    )
    lite = empty._database.engine.dialect.name == "sqlite"
    form = IMPOSSIBLE[name].format(
        nan="1e999 - 1e999" if lite else "'NaN'",
        infinity="1e999" if lite else "'Infinity'",
        long="x" * 41,
    )
    if name == "NaN" and lite:
        form = "update pump_test_reading set rate = 'NaN'"  # as a number it is NULL there
    with pytest.raises(sa.exc.DBAPIError), empty._database.engine.begin() as connection:
        connection.exec_driver_sql(form)


ASKED = [
    (PumpTest, {"equipment_id": "P", "active_ind": True}, None),
    (WellActivity, {"equipment_id": "P", "active_ind": True}, None),
    (EquipmentUseStat, {"equipment_id": "P", "active_ind": True}, None),
    (EquipmentUseStat, {"equipment_id": "P", "active_ind": True}, (WHEN, LAST)),
    (PumpReliability, {"equipment_id": "P", "active_ind": True}, None),
    (PumpTest, {"pump_test_id": "T"}, None),
]


@pytest.mark.parametrize(("kind", "equal", "during"), ASKED)
def test_what_the_service_asks_for_has_an_index(empty, kind, equal, during):
    store, engine = empty._stores[kind], empty._database.engine
    columns, bound = store._bound(equal, during)
    selects = store._statements.found(columns, during=during is not None)
    for select in selects:
        compiled = select.compile(dialect=engine.dialect)
        text = str(compiled)
        with engine.begin() as connection:
            lite = engine.dialect.name == "sqlite"
            if not lite:
                connection.exec_driver_sql("set local enable_seqscan = off")
            explain = "explain query plan " if lite else "explain "
            arguments = tuple(map(bound.get, compiled.positiontup)) if lite else bound
            plan = str(connection.exec_driver_sql(explain + text, arguments).fetchall())
        assert "SCAN" not in plan if lite else "Seq Scan" not in plan
        assert "Index" in plan or "INDEX" in plan
        if lite and during is not None and select is selects[0]:
            assert "equipment_use_stat_span_ix" in plan


def test_the_newest_come_by_an_index_and_are_not_sorted(empty):
    statements = empty._stores[PumpTest]._statements
    select, _ = statements.newest(("equipment_id",), "test_date", behind=True)
    if empty._database.engine.dialect.name == "sqlite":
        text = "explain query plan " + str(select.compile(dialect=empty._database.engine.dialect))
        with empty._database.engine.begin() as connection:
            plan = str(connection.exec_driver_sql(text, ("P", "a", "b", 3, 0)).fetchall())
        assert "TEMP B-TREE" not in plan
        assert "pump_test_equipment_ix" in plan


def test_reading_leaves_the_collection_of_garbage_as_it_was(empty):
    empty.add(PUMP)
    for turn, at_rest in ((gc.disable, False), (gc.enable, True)):
        turn()
        assert empty.find(Equipment) == (PUMP,)
        assert gc.isenabled() is at_rest


def test_every_quantity_has_its_unit_beside_it():
    for kind in ROWS:
        columns = metadata.tables[table(kind).lower()].columns
        for field in describe(kind):
            if field.kind and field.kind.suffix:
                assert f"{field.base}_ouom" in columns
    assert "rate_ouom" in metadata.tables["pump_test_reading"].columns
    assert EspReading.LIFT_TYPE.value == "ESP"


@pytest.mark.parametrize("database", ["sqlite://", ":memory:", "sqlite:///:memory:", "mysql://h/d"])
def test_another_database_is_refused(database):
    with pytest.raises(ArgumentError, match=r"expected (sqlite or postgresql|the path of a file)"):
        SqlRepository(database)


@pytest.mark.parametrize("database", ["://", "a b://", "postgresql://ana:secret@host:port/x"])
def test_a_url_that_is_none_is_refused_without_its_password(database):
    with pytest.raises(ArgumentError, match="expected a URL such as") as refused:
        SqlRepository(database)
    assert "secret" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_database_that_cannot_be_opened_is_told(tmp_path):
    with pytest.raises(StorageError, match="the database could not be opened: unable"):
        SqlRepository(tmp_path / "missing" / "pumps.db")
    (tmp_path / "text").write_text("this is no database, whatever its name says" * 30)
    with pytest.raises(StorageError, match="not a database"):
        SqlRepository(tmp_path / "text")
    with pytest.raises(StorageError, match="the database could not be opened"):
        SqlRepository(f"postgresql://nobody@/none?host={tmp_path}")


def test_sqlite_waits_for_other_writers_and_loses_nothing_with_the_power(tmp_path):
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with (
        SqlRepository(tmp_path / "pumps.db") as repository,
        repository._database.engine.connect() as connection,
    ):
        said = {name: connection.exec_driver_sql(f"pragma {name}").scalar() for name in names}
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 60_000,
    }


def test_an_opening_waits_for_another_one_of_the_same_new_file(tmp_path):
    other = sqlite3.connect(tmp_path / "pumps.db", isolation_level=None, check_same_thread=False)
    other.execute("begin exclusive")
    threading.Timer(0.2, other.execute, ["commit"]).start()
    with SqlRepository(tmp_path / "pumps.db") as repository:
        repository.add(PUMP)
    other.close()


def test_a_switch_to_the_log_that_others_make_too_is_tried_again():
    """SQLite refuses one of two at once, without waiting for its time."""
    refused = sqlite3.OperationalError("database is locked")
    refused.sqlite_errorcode = sqlite3.SQLITE_BUSY
    driver = Mock(execute=Mock(side_effect=[refused, refused, None]))
    databases._write_ahead(driver)
    assert driver.execute.call_count == 3


def test_an_opening_does_not_wait_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "BUSY_S", 0)
    other = sqlite3.connect(tmp_path / "pumps.db", isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(StorageError, match="locked"):
        SqlRepository(tmp_path / "pumps.db")
    other.close()


def test_a_url_of_sqlite_is_its_path(tmp_path):
    with SqlRepository(f"sqlite:///{tmp_path}/pumps.db") as repository:
        repository.add(PUMP)
    with SqlRepository(str(tmp_path / "pumps.db")) as repository:
        assert repository.get(Equipment, "P1") == PUMP


def test_a_password_with_an_at_sign_is_not_told():
    with pytest.raises(ArgumentError, match="writes @ as %40") as refused:
        SqlRepository("postgresql://ana:se@cret@host/x")
    assert "cret" not in str(refused.value)


def test_the_caller_s_own_options_hold(postgres, monkeypatch):
    url = postgres.database()
    asked = "select current_setting('search_path'), current_setting('TimeZone')"
    usual = "Asia/Kolkata"
    with SqlRepository(url) as owner, owner._database.engine.begin() as connection:
        connection.exec_driver_sql("create schema team")
    with (
        SqlRepository(f"{url}&options=-csearch_path%3Dteam") as repository,
        repository._database.engine.connect() as connection,
    ):
        assert connection.exec_driver_sql(asked).one() == ("team", usual)
        assert sa.inspect(connection).has_table("pump_test", schema="team")
    monkeypatch.setenv("PGOPTIONS", "-c search_path=team -c timezone=Asia/Tokyo")
    with SqlRepository(url) as repository, repository._database.engine.connect() as connection:
        assert connection.exec_driver_sql(asked).one() == ("team", "Asia/Tokyo")


def test_units_of_work_do_not_depend_on_the_server_s_usual_isolation(postgres):
    url = postgres.database()
    name = url.partition("@/")[2].partition("?")[0]
    for usual in ("serializable", "repeatable read"):
        with SqlRepository(url) as owner, owner._database.engine.begin() as connection:
            words = f"alter database {name} set default_transaction_isolation = '{usual}'"
            connection.exec_driver_sql(words)
        with SqlRepository(url) as repository, repository._database.writing() as connection:
            said = connection.exec_driver_sql("show transaction_isolation").scalar()
        assert said == "read committed"
