"""A pooler in transaction mode before the tests' own PostgreSQL server: the real PgBouncer.

It is as strict as poolers are by default: it takes no startup parameter that it does not know, has
fewer connections to the server than there are callers, and gives each back after its transaction.
"""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Self
from urllib.parse import quote

PROGRAM = "pgbouncer"
PORT = 6432  # of a socket in a folder of our own
PATIENCE = 30.0
INI = """
[databases]
* = host={server} user={user}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
unix_socket_mode = 0777
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 500
server_idle_timeout = 1
logfile = {folder}/pgbouncer.log
"""


class NoPgBouncerError(Exception):
    """There is no pooler to be had; the words say what to install."""


def program() -> str:
    """Where PgBouncer is."""
    found = shutil.which(PROGRAM, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise NoPgBouncerError(
            "no PgBouncer on PATH: `apt-get install pgbouncer` brings one; it need not be started"
        )
    return found


class Pooler:
    """PgBouncer before a server, with so many connections to it for each database.

    with Pooler(server) as pooler:
        psycopg.connect(pooler.url(server.database()))
    """

    def __init__(self, server, size: int = 3) -> None:
        self.server, self.folder = server, Path(server.folder) / "pooler"
        self.program, self.size = program(), size

    def __enter__(self) -> Self:
        self.folder.mkdir()
        ini = self.folder / "pgbouncer.ini"
        user = self.server.owner
        ini.write_text(
            INI.format(
                server=self.server.folder, user=user, folder=self.folder, port=PORT, size=self.size
            )
        )
        if os.geteuid() == 0:
            for path in (self.folder, ini):
                os.chown(path, self.server.user.pw_uid, self.server.user.pw_gid)
        command = ("setpriv", "--pdeathsig=INT", "--", self.program, "-q", str(ini))
        self.process = subprocess.Popen(command, **self.server.of_its_own())
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "pgbouncer.log").read_text())
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()  # which signal ends it at once differs from version to version
        self.process.wait()
        shutil.rmtree(self.folder)

    def url(self, of_server: str) -> str:
        """The URL of a database of the server, through the pooler."""
        return of_server.partition("?")[0] + f"?host={quote(str(self.folder))}&port={PORT}"

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as end:
            return end.connect_ex(str(self.folder / f".s.PGSQL.{PORT}")) == 0
