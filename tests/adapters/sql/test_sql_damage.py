"""A file with flipped bytes gives back what was written, or says which row or table is damaged."""

import re
import sqlite3

import attrs
import numpy as np
import pytest
import sqlalchemy as sa
from sql_writers import unit

from pumpperf import Equipment, PcpReading, PumpTest, StorageError
from pumpperf.adapters.sql import SqlRepository
from pumpperf.model import ROWS, key, table
from sample import a_test, log

PUMPS = 10
NAMES = "|".join(map(table, ROWS))
NAMED = re.compile(rf"\b({NAMES})|could not be opened|schema")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A closed file with some hundred rows of every kind of table, and what is in it."""
    file = tmp_path_factory.mktemp("damage") / "whole.db"
    with SqlRepository(file) as repository:
        for writer in range(PUMPS):
            for number in range(5):
                repository.add(*unit(f"W{writer}", number))
        repository.add(log(99, range(3000), [20.0 + hour / 7 for hour in range(3000)], "W0"))
        rows = {kind: repository.find(kind) for kind in ROWS}
    return file, rows


def read(file):
    """Everything, as a use case would read it: by class, by key, by pump."""
    with SqlRepository(file) as repository:
        everything = {kind: repository.find(kind) for kind in ROWS}
        for pump in (f"W{writer}" for writer in range(PUMPS)):
            by_pump = repository.find(PumpTest, equipment_id=pump)
            assert by_pump == tuple(t for t in everything[PumpTest] if t.equipment_id == pump)
        for test in everything[PumpTest]:
            assert repository.get(PumpTest, test.pump_test_id) == test
        newest = repository.newest(PumpTest, by="test_date", count=1000)
        assert {key(test) for test in newest} == {key(test) for test in everything[PumpTest]}
    return everything


def test_a_damaged_file_gives_what_was_written_or_says_where_it_is_damaged(
    whole, tmp_path, searching
):
    file, rows = whole
    copy, ends = tmp_path / "copy.db", []
    chance = np.random.default_rng(20261129)
    for _ in range(400 if searching else 40):
        content = bytearray(file.read_bytes())
        for place in chance.integers(0, len(content), int(chance.choice([1, 2, 8, 64]))):
            content[place] ^= int(chance.integers(1, 256))
        copy.write_bytes(content)
        try:
            ends.append(read(copy) == rows)
        except StorageError as error:
            ends.append(NAMED.search(str(error)) and "told")
        for beside in tmp_path.iterdir():
            beside.unlink()
    assert set(ends) - {True} == {"told"}
    assert 0 < ends.count(True) < len(ends)


def written(file, *statements):
    with sqlite3.connect(file) as connection:
        connection.execute("pragma ignore_check_constraints = on")
        for words in statements:
            connection.execute(words)
    connection.close()


BY_HAND = {
    "another number": "update pump_test_reading set rate = rate * 1.001",
    "a negative rate": "update pump_test_reading set rate = -1",
    "a number that is gone": "update pump_test_reading set water_cut = null",
    "a reading that is gone": "delete from pump_test_reading where reading_obs_no = 2",
    "another unit": "update pump_test_reading set rate_ouom = 'bpd'",
    "a code that is none": "update pump_test_reading set lift_type = 'GAS_LIFT'",
    "a date that is none": "update pump_test set test_date = 'yesterday'",
    "a text in no alphabet": "update pump_test set uwi = cast(x'ff' as text)",
    "a row that counts again": "update pump_test set active_ind = 'N'",
    "another digest": "update pump_test set row_digest = 1",
}


@pytest.mark.parametrize("words", BY_HAND.values(), ids=BY_HAND)
def test_what_was_not_written_by_the_library_is_not_delivered(tmp_path, words):
    file = tmp_path / "pumps.db"
    reading = PcpReading(rate_m3d=60.0, water_cut=0.5)
    with SqlRepository(file) as repository:
        (kept,) = repository.add(a_test(reading, attrs.evolve(reading, rate_m3d=70.0)))
        assert repository.find(PumpTest) == (kept,)
        written(file, words)
        with pytest.raises(StorageError, match="PUMP_TEST"):
            repository.find(PumpTest)
    with SqlRepository(file) as again, pytest.raises(StorageError, match="PUMP_TEST"):
        again.get(PumpTest, "T1")


def test_an_index_that_has_lost_a_row_is_told(tmp_path):
    file = tmp_path / "pumps.db"
    with SqlRepository(file) as repository:
        repository.add(a_test(PcpReading(rate_m3d=60.0)))
    written(
        file,
        "pragma writable_schema = on",
        "update sqlite_schema set sql = replace(sql, 'equipment_id, test', 'active_ind, test')"
        " where name = 'pump_test_equipment_ix'",
    )
    with SqlRepository(file) as repository:
        with pytest.raises(StorageError, match="damaged at PUMP_TEST: .*pump_test_equipment_ix"):
            repository.find(PumpTest, equipment_id="P1")
        assert repository.find(Equipment) == ()


def test_a_server_s_row_is_held_to_its_digest_too(postgres):
    with SqlRepository(postgres.database()) as repository:
        (kept,) = repository.add(a_test(PcpReading(rate_m3d=60.0, rate_date=None)))
        assert repository.find(PumpTest) == (kept,)
        with repository._database.engine.begin() as connection:
            connection.execute(sa.text("update pump_test set test_date = test_date + '1 us'"))
        with pytest.raises(StorageError, match="PUMP_TEST 'T1' is not what was written"):
            repository.get(PumpTest, "T1")
