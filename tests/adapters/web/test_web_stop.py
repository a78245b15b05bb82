"""A stop loses nothing: what was accepted is answered, what was answered is kept."""

import contextlib
import http.client
import json
import os
import signal
import socket
import sqlite3
import threading
import time

import pytest
from web_house import TESTS, record
from web_server import PATIENCE_S, answer, running

from pumpperf import PumpTest
from pumpperf.adapters.sql import SqlRepository
from pumpperf.adapters.web import __main__ as web

CLIENTS = 8
ENOUGH = 40


class Client(threading.Thread):
    """Posts tests until no connection is to be had; `answers` holds what came back for each."""

    def __init__(self, name, port, *, keeps_alive):
        super().__init__()
        self.label = name
        self.keeps_alive = keeps_alive
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        self.answers: dict[str, int | None] = {}
        self.cut: list[str] = []

    def run(self):
        with contextlib.suppress(ConnectionRefusedError):
            while True:
                test_id = f"{self.label}-{len(self.answers)}"
                self.answers[test_id] = None
                self.answers[test_id] = self.post(test_id)

    def post(self, test_id):
        body = json.dumps(record(pump_test_id=test_id))
        headers = {"Content-Type": "application/json"}
        if not self.keeps_alive:
            headers["Connection"] = "close"
        try:
            self.connection.request("POST", TESTS, body, headers)
            got = self.connection.getresponse()
        except ConnectionRefusedError:
            raise
        except (ConnectionError, http.client.RemoteDisconnected):  # closed before it was read
            self.connection.close()
            return None
        try:
            json.loads(got.read())
        except (http.client.HTTPException, ConnectionError, ValueError):
            self.cut.append(test_id)
        return got.status


def kept(database):
    with SqlRepository(database) as repository:
        return {test.pump_test_id for test in repository.find(PumpTest)}


def test_a_stop_under_load_loses_no_accepted_request(tmp_path):
    database = tmp_path / "pumps.db"
    with running(database, "--insecure-loopback-only") as server:
        clients = [Client(f"c{i}", server.port, keeps_alive=i % 2 == 0) for i in range(CLIENTS)]
        for client in clients:
            client.start()
        end = time.monotonic() + PATIENCE_S
        while sum(len(client.answers) for client in clients) < ENOUGH and time.monotonic() < end:
            time.sleep(0.01)
        code, said = server.stop()
        for client in clients:
            client.join()
    answers = {name: status for client in clients for name, status in client.answers.items()}
    assert (code, said) == (0, "")
    assert [client.cut for client in clients] == [[]] * CLIENTS
    assert set(answers.values()) == {201, None}
    assert [path.name for path in tmp_path.iterdir()] == ["pumps.db"], "the database was not closed"
    assert is_whole(database)
    assert {name for name, status in answers.items() if status == 201} == kept(database)
    assert len(kept(database)) > ENOUGH // 2


def is_whole(database):
    connection = sqlite3.connect(database)
    found = connection.execute("pragma integrity_check").fetchall()
    connection.close()
    return found == [("ok",)]


def request(test_id):
    body = json.dumps(record(pump_test_id=test_id)).encode()
    head = f"POST {TESTS} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def test_a_request_that_was_half_sent_is_still_answered(tmp_path):
    database = tmp_path / "pumps.db"
    whole = request("T1")
    with (
        running(database, "--insecure-loopback-only") as server,
        server.connection() as idle,
        server.connection() as half_a_head,
        server.connection() as half_a_body,
    ):
        half_a_head.sendall(whole[:30])
        half_a_body.sendall(whole[:-10])
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        assert idle.recv(100) == b""
        assert half_a_head.recv(100) == b""
        with pytest.raises(ConnectionRefusedError):
            server.connection()
        half_a_body.sendall(whole[-10:])
        got = answer(half_a_body.recv(65_536))
        _, said = server.process.communicate(timeout=PATIENCE_S)
        assert (got.status, server.process.returncode, said) == (201, 0, "")
    assert kept(database) == {"T1"}


def test_a_client_that_never_ends_does_not_hold_the_stop(tmp_path, monkeypatch):
    """In this process, to shorten the time that clients are given."""
    monkeypatch.setattr(web, "STOP_S", 1)
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    connections: list[socket.socket] = []
    asked: list[bytes] = []

    def never_end():
        for _ in range(200):
            with contextlib.suppress(ConnectionRefusedError):
                connections.append(
                    socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
                )
                break
            time.sleep(0.05)
        with contextlib.suppress(OSError, IndexError):
            connections[0].sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            asked.append(connections[0].recv(65_536))
            connections[0].sendall(request("T1")[:-10])
            time.sleep(0.3)
        if signal.getsignal(signal.SIGTERM) is not before[signal.SIGTERM]:  # let no test hang
            os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=never_end)
    thread.start()
    database = tmp_path / "pumps.db"
    try:
        web.main(["--database", str(database), "--insecure-loopback-only", "--port", str(port)])
    finally:
        thread.join()
        for each, handler in before.items():
            signal.signal(each, handler)
        for connection in connections:
            connection.close()
    assert answer(asked[0]).status == 404
    assert kept(database) == set()
