"""A store whose disk is full or whose server is gone says so, keeps nothing half, and goes on."""

import datetime as dt
import itertools
import resource
import threading
import time
from contextlib import contextmanager

import numpy as np
import pytest
import sqlalchemy as sa
from sql_writers import assert_holds, unit

from pumpperf import EquipmentUseStat, PumpTest, StorageError
from pumpperf.adapters.sql import SqlRepository
from sample import WHEN

SECOND = dt.timedelta(seconds=1)
PATIENCE = 60.0


def a_big_unit(number):
    """Some megabytes that do not shrink."""
    chance = np.random.default_rng(number)
    samples = 100_000
    return [
        EquipmentUseStat(
            equipment_id="P1",
            spec_id=f"L{number}-{part}",
            sample_time=[WHEN + second * SECOND for second in range(samples)],
            power_kw=chance.random(samples).tolist(),
        )
        for part in range(3)
    ]


@contextmanager
def no_file_grows():
    """The operating system lets no file of the tests' process grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def no_page_is_left(connections):
    """SQLite may take no more pages."""
    limit_pages(connections, 150)
    yield
    limit_pages(connections, 1 << 30)


def limit_pages(connections, pages):
    for connection in connections:
        connection.execute(f"pragma max_page_count = {pages}")


@contextmanager
def no_file_of_the_server_grows(postgres):
    """The operating system lets no file of the server grow."""
    postgres.limit_files(1 << 21)
    yield
    postgres.limit_files(None)


@pytest.fixture
def connections():
    """Every connection to a database, to limit it from outside."""
    seen = []

    def connected(connection, _record):
        seen.append(connection)

    sa.event.listen(sa.engine.Engine, "connect", connected)
    yield seen
    sa.event.remove(sa.engine.Engine, "connect", connected)


@pytest.fixture(params=["file limit", "page limit", "server"])
def full_disk(request, tmp_path):
    """A database, and a context in which its disk is full."""
    if request.param == "server":
        server = request.getfixturevalue("postgres")
        return server.database(), lambda: no_file_of_the_server_grows(server)
    file = str(tmp_path / "full.db")
    if request.param == "file limit":
        return file, no_file_grows
    seen = request.getfixturevalue("connections")
    return file, lambda: no_page_is_left(seen)


def test_a_full_disk_keeps_nothing_half_and_is_got_over(full_disk):
    database, full = full_disk
    small, big = unit("W", 0), a_big_unit(0)
    with SqlRepository(database) as repository:
        repository.add(*small)
        with full():
            for _ in range(2):
                with pytest.raises(StorageError, match="disk|file|File"):
                    repository.add(*unit("W", 1), *big)
            assert_holds(repository, small)
        repository.add(*unit("W", 1), *big)
        assert_holds(repository, [*small, *unit("W", 1), *big])
    with SqlRepository(database) as again:
        assert_holds(again, [*small, *unit("W", 1), *big])


class Keeper(threading.Thread):
    """Keeps unit after unit; what failed is tried again when the server is there."""

    def __init__(self, repository, name, is_there):
        super().__init__(name=name, daemon=True)
        self.repository, self.is_there = repository, is_there
        self.kept, self.errors, self.strange = 0, 0, None
        self.finished = threading.Event()

    def run(self):
        try:
            while not self.finished.is_set():
                self.keep()
        except BaseException as error:  # noqa: BLE001  # told, whatever it is
            self.strange = error

    def keep(self):
        try:
            self.repository.add(*unit(self.name, self.kept))
            self.kept += 1
            assert len(self.repository.find(PumpTest, equipment_id=self.name)) == self.kept
        except StorageError:
            self.errors += 1
            assert self.is_there.wait(PATIENCE)


def wait_until(all_of, condition):
    until = time.monotonic() + PATIENCE
    while not all(map(condition, all_of)):
        assert [keeper.strange for keeper in all_of if keeper.strange] == []
        assert time.monotonic() < until
        time.sleep(0.005)


def wait_for_more(all_of, units):
    goal = {keeper: keeper.kept + units for keeper in all_of}
    wait_until(all_of, lambda keeper: keeper.kept >= goal[keeper])


def test_a_server_that_goes_and_comes_back_costs_one_error_each(postgres):
    is_there = threading.Event()
    is_there.set()
    with SqlRepository(postgres.database()) as repository:
        keepers = [Keeper(repository, f"W{number}", is_there) for number in range(4)]
        for keeper in keepers:
            keeper.start()
        for outage, how in enumerate(["immediate", "fast", "immediate"], 1):
            wait_for_more(keepers, 3)
            is_there.clear()
            postgres.stop(how)
            wait_until(keepers, lambda keeper, outage=outage: keeper.errors >= outage)
            postgres.start()
            is_there.set()
        wait_for_more(keepers, 3)
        for keeper in keepers:
            keeper.finished.set()
            keeper.join(PATIENCE)
        assert [keeper.strange for keeper in keepers] == [None] * 4
        assert [keeper.errors for keeper in keepers] == [3] * 4
        rows = [unit(keeper.name, n) for keeper in keepers for n in range(keeper.kept)]
        assert_holds(repository, itertools.chain(*rows))


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_restart_between_two_calls_is_not_noticed(postgres, how):
    with SqlRepository(postgres.database()) as repository:
        repository.add(*unit("W", 0))
        postgres.stop(how)
        postgres.start()
        repository.add(*unit("W", 1))
        assert_holds(repository, [*unit("W", 0), *unit("W", 1)])


def test_opening_where_there_is_no_server_says_so(postgres):
    database = postgres.database()
    postgres.stop("fast")
    try:
        with pytest.raises(StorageError, match="connect"):
            SqlRepository(database)
    finally:
        postgres.start()
