"""The program itself, in a process of its own, and a caller that sends what no library would."""

import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

PATIENCE_S = 20


@frozen
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def words(self) -> str:
        return self.body.decode()


@frozen
class Server:
    process: subprocess.Popen[str]
    port: int

    def raw(self, sent: bytes, *, then_close: bool = False) -> bytes:
        """All that comes back for these bytes until the server closes, or has no more to say."""
        with self.connection() as connection:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(sent)
                if then_close:
                    connection.shutdown(socket.SHUT_WR)
            got = b""
            with contextlib.suppress(TimeoutError, ConnectionResetError):
                while more := connection.recv(65_536):
                    got += more
            return got

    def connection(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)

    def ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request; a body is JSON, or bytes as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Host": f"127.0.0.1:{self.port}", "Connection": "close", **(headers or {})}
        if body is not None:
            sent = {"Content-Type": "application/json", "Content-Length": str(len(content)), **sent}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        return answer(self.raw(head + (b"" if body is None else content)))

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Exit code and what was said on the error channel."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, said


def answer(got: bytes) -> Answer:
    """The first answer in these bytes."""
    head, _, rest = got.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    headers = {name.lower(): value for name, _, value in pairs}
    length = int(headers.get("content-length", len(rest)))
    status = re.match(r"HTTP/1\.1 (\d{3})", first)
    assert status, f"no answer: {got[:200]!r}"
    return Answer(int(status[1]), headers, rest[:length])


def program(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pumpperf.adapters.web", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextlib.contextmanager
def running(database: Path, *arguments: str) -> Iterator[Server]:
    """A server on a free port, gone when the block is left."""
    process = program("--database", str(database), "--port", "0", *arguments)
    with process:
        try:
            assert process.stdout is not None
            ready = re.search(r":(\d+)$", process.stdout.readline())
            assert ready, process.communicate(timeout=PATIENCE_S)[1]
            yield Server(process, int(ready[1]))
        finally:
            process.kill()
