"""A throw-away PostgreSQL server: the distribution's own binaries, no container, no port.

It is built to show what a careless adapter gets away with elsewhere: texts sort by language, not by
code point; the server's time zone is not UTC; the user owns its database and is no superuser. It
listens on a socket in a temporary folder alone, and dies with the process that started it; what a
killed process leaves in that folder, the next server removes.
"""

import contextlib
import fcntl
import functools
import itertools
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

DEBIAN = Path("/usr/lib/postgresql")
OLDEST = 15
OWNER = "pumpperf"
PATIENCE = 60.0
FOLDERS = Path("/tmp")  # noqa: S108  # a socket's path is short, and its user may look into it
PREFIX = "pumpperf-pg-"
STOPS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}
INITDB = (
    *("--auth=trust", "--encoding=UTF8", "--no-sync", "--username=postgres", "--wal-segsize=1"),
    *("--locale=C", "--locale-provider=icu", "--icu-locale=en-US"),
)
SETTINGS = {
    "fsync": "off",  # what is tried is the death of a process, not of the machine
    "listen_addresses": "",
    "lock_timeout": "60s",  # a test that would hang says so
    "max_wal_size": "64MB",
    "shared_buffers": "16MB",
    "timezone": "Asia/Kolkata",
}


class NoPostgresError(Exception):
    """There is no server to be had; the words say what to install."""


@functools.cache
def binaries() -> Path:
    """The folder of the newest server's programs, with its `initdb` beside it."""
    programs = set(DEBIAN.glob("*/bin/postgres"))
    programs |= {Path(at).resolve() for at in [shutil.which("postgres")] if at}
    versions = {}
    for program in programs:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
        if (version := re.search(r"\d+", said.stdout)) and program.with_name("initdb").exists():
            versions[int(version[0])] = program.parent
    if max(versions, default=0) < OLDEST:
        raise NoPostgresError(
            f"no PostgreSQL server >= {OLDEST} on PATH or in {DEBIAN}/*/bin: "
            "`apt-get install postgresql` brings one; it need not be started"
        )
    return versions[max(versions)]


def unprivileged() -> pwd.struct_passwd:
    """As whom the server runs: it refuses root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def clear_away() -> None:
    """Remove what killed tests have left: folders that nobody holds any more."""
    for folder in FOLDERS.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # another user's, or removed meanwhile
            if time.time() - folder.stat().st_ctime < PATIENCE:
                continue  # somebody may be about to hold it
            held = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
            finally:
                os.close(held)


class Server:
    """A server of its own for one test process.

    with Server() as server:
        psycopg.connect(server.database())
    """

    def __init__(self) -> None:
        """Make its folder and its files."""
        self.user = unprivileged()
        clear_away()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=FOLDERS))
        self.held = os.open(self.folder, os.O_RDONLY)
        fcntl.flock(self.held, fcntl.LOCK_EX)
        self.names = itertools.count(1)
        if os.geteuid() == 0:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self._as_user(binaries() / "initdb", *INITDB, f"--pgdata={self.folder / 'data'}")

    def __enter__(self) -> Self:
        self.start()
        self._say(sql.SQL("create role {} login").format(sql.Identifier(OWNER)))
        return self

    def __exit__(self, *_: object) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder)
        os.close(self.held)

    def start(self) -> None:
        """Start, and come back once it takes connections."""
        settings = SETTINGS | {"unix_socket_directories": str(self.folder)}
        command = [
            *("setpriv", "--pdeathsig=QUIT", "--", str(binaries() / "postgres")),
            *("-D", str(self.folder / "data")),
            *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **self._own())
        until = time.monotonic() + PATIENCE
        while not self._ready():
            try:
                ended = self.process.wait(timeout=0.02)
            except subprocess.TimeoutExpired:
                if time.monotonic() < until:
                    continue
                self.stop("immediate")
                ended = f"nothing in {PATIENCE} s"
            raise RuntimeError(f"PostgreSQL said {ended}:\n{(self.folder / 'log').read_text()}")

    def stop(self, how: Literal["fast", "immediate"]) -> None:
        """Stop: tell the connected at once, or as if it had been killed."""
        self.process.send_signal(STOPS[how])
        self.process.wait(timeout=PATIENCE)

    def database(self, *, like: str | None = None) -> str:
        """The URL of a new database, empty or a copy of another to which nobody is connected."""
        name = f"t{next(self.names)}"
        template = like.partition("@/")[2].partition("?")[0] if like else "template1"
        self._say(
            sql.SQL("create database {} owner {} template {} strategy file_copy").format(
                *map(sql.Identifier, (name, OWNER, template))
            )
        )
        return self._url(OWNER, name)

    def wait_until_left(self, url: str) -> None:
        """Wait until the server is done with everybody who was connected to a database."""
        name = url.partition("@/")[2].partition("?")[0]
        until = time.monotonic() + PATIENCE
        while self._say("select 1 from pg_stat_activity where datname = %s", name):
            if time.monotonic() > until:
                raise RuntimeError(f"somebody is connected to {name} for more than {PATIENCE} s")
            time.sleep(0.002)

    def limit_files(self, size: int | None) -> None:
        """Let no file of the running server grow beyond so many bytes: to it, the disk is full."""
        soft = "unlimited" if size is None else size
        connected = self._say(
            "select pid from pg_stat_activity"
            " where backend_type = 'client backend' and pid <> pg_backend_pid()"
        )
        for (process,) in [(self.process.pid,), *connected]:
            self._as_user("prlimit", f"--pid={process}", f"--fsize={soft}:unlimited")

    def _ready(self) -> bool:
        """Whether the server has written that it is, and not the one before it."""
        try:
            lines = (self.folder / "data" / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[0] == str(self.process.pid) and lines[-1].strip() == "ready"

    def _say(self, words: "sql.Composed | str", *values: object) -> list[tuple]:
        with psycopg.connect(self._url("postgres", "postgres"), autocommit=True) as connection:
            said = connection.execute(words, values)
            return said.fetchall() if said.description else []

    def _url(self, user: str, name: str) -> str:
        return f"postgresql://{user}@/{name}?host={quote(str(self.folder))}"

    def _own(self) -> dict:
        """Its folder, its user and nothing of our environment but the path."""
        whose = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        own = {"cwd": self.folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}}
        return own | whose if os.geteuid() == 0 else own

    def _as_user(self, *command: object) -> None:
        said = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, check=False, **self._own()
        )
        if said.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {said.stderr or said.stdout}")
