"""`python -m pumpperf.adapters.web`: when it starts, when it refuses to, and how it ends."""

import argparse
import json
import os
import runpy
import signal
import socket
import sqlite3
import sys
import threading
import time

import pytest
from web_server import answer
from web_tokens import AUDIENCE, ISSUER, jwk, private_pem, public_pem, rsa_key

from pumpperf.adapters.sql import SqlRepository
from pumpperf.adapters.web import __main__ as web
from pumpperf.adapters.web.__main__ import main

CLAIMED = ["--audience", AUDIENCE, "--issuer", ISSUER]


@pytest.fixture
def database(tmp_path):
    return str(tmp_path / "pumps.db")


@pytest.fixture
def pem(tmp_path):
    path = tmp_path / "public.pem"
    path.write_bytes(public_pem(rsa_key()))
    return str(path)


@pytest.fixture
def signals():
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def refusal(*arguments):
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    return refused.value.code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "expected --keys, --audience and --issuer"),
        (CLAIMED, "expected --keys, --audience and --issuer"),
        (["--keys", "PEM", "--audience", AUDIENCE], "expected --keys, --audience and --issuer"),
        (["--insecure-loopback-only", "--keys", "PEM", *CLAIMED], "not both"),
        (["--insecure-loopback-only", "--issuer", ISSUER], "not both"),
        (["--insecure-loopback-only", "--host", "0.0.0.0"], "--host 0.0.0.0: expected a loopback"),  # noqa: S104
        (["--insecure-loopback-only", "--host", "::"], "--host ::: expected a loopback"),
        (["--insecure-loopback-only", "--host", "localhost"], "expected a loopback address"),
        (["--insecure-loopback-only", "--host", ""], "expected a loopback address"),
        (["--keys", "no such file", *CLAIMED], "no such file: expected a JWKS or one public"),
        (["--keys", "PEM", "--audience", "", "--issuer", ISSUER], "audience = '': expected"),
        (["--keys", "PEM", *CLAIMED, "--host", "192.0.2.1"], "cannot listen on 192.0.2.1 port 8"),
    ],
    ids=range(12),
)
def test_it_does_not_start_otherwise_than_it_is_told(arguments, words, database, pem):
    given = [pem if argument == "PEM" else argument for argument in arguments]
    said = refusal("--database", database, *given)
    assert said.startswith("pumpperf: ")
    assert words in said
    assert not os.path.exists(database)  # noqa: PTH110


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (json.dumps({"keys": []}).encode(), "at least one that verifies"),
        (b"{", "expected a JWKS or one public key as PEM"),
        (b"[" * 100_000, "one PEM"),
        (b'{"keys":' * 100_000, "expected a JWKS or one public key as PEM"),
        (b"\xff", "expected a JWKS or one public key as PEM"),
        (private_pem(rsa_key()), "holds a private key"),
        (json.dumps({"keys": [jwk(rsa_key(), d="AQAB")]}).encode(), "holds a private"),
        (public_pem(rsa_key("short", 1024)), "at least 2048 bits"),
    ],
    ids=range(8),
)
def test_keys_that_prove_nothing_are_refused(content, words, database, tmp_path):
    path = tmp_path / "keys"
    path.write_bytes(content)
    assert words in refusal("--database", database, "--keys", str(path), *CLAIMED)


def test_a_port_in_use_is_named(database, pem):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refusal("--database", database, "--keys", pem, *CLAIMED, "--port", port)
    assert said.startswith(f"pumpperf: cannot listen on 127.0.0.1 port {port}: ")


def test_a_database_it_cannot_read_is_refused_in_words(tmp_path, pem):
    database = tmp_path / "pumps.db"
    database.write_bytes(b"these are no pumps" * 100)
    before = database.read_bytes()
    assert refusal("--database", str(database), "--keys", pem, *CLAIMED).startswith("pumpperf: ")
    assert database.read_bytes() == before


def test_a_database_newer_than_the_library_is_refused_in_words(database, pem):
    SqlRepository(database).close()
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("update pumpperf_schema_version set version_num = 'tomorrow'")
    connection.close()
    said = refusal("--database", database, "--keys", pem, *CLAIMED, "--port", "0")
    assert said.startswith("pumpperf: ")
    assert "tomorrow, newer than" in said


@pytest.mark.parametrize(
    "arguments",
    [["x"], ["--port", "x"], ["--port", "-1"], ["--port", "65536"], ["--database"], ["--unknown"]],
)
def test_arguments_are_checked(arguments, database, capsys):
    assert refusal("--database", database, *arguments) == 2
    assert "usage: python -m pumpperf.adapters.web" in capsys.readouterr().err


def once_ready(port, then, host="127.0.0.1"):
    """Ask one thing as soon as the port answers, and send a signal after it."""

    def ask():
        for _ in range(200):
            try:
                connection = socket.create_connection((host, port), timeout=5)
            except ConnectionRefusedError:
                time.sleep(0.05)
                continue
            with connection:
                connection.sendall(
                    b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                )
                got.append(connection.recv(65_536))
            break
        if signal.getsignal(then) is not before:  # the program is running: let no test hang
            os.kill(os.getpid(), then)

    got: list[bytes] = []
    before = signal.getsignal(then)
    thread = threading.Thread(target=ask)
    thread.start()
    return thread, got


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_a_signal_comes(number, database, pem, signals, capsys):
    port = free_port()
    thread, got = once_ready(port, number)
    main(["--database", database, "--keys", pem, *CLAIMED, "--port", str(port)])
    thread.join()
    found = answer(got[0])
    assert found.status in {401, 404}
    assert "server" not in found.headers
    assert capsys.readouterr().out == f"pumpperf listens on http://127.0.0.1:{port}\n"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_signal_before_the_first_request_stops_it_too(database, signals, monkeypatch):
    begun = web.uvicorn.Server.run

    def signalled_first(server, **given):
        os.kill(os.getpid(), signal.SIGTERM)
        begun(server, **given)

    monkeypatch.setattr(web.uvicorn.Server, "run", signalled_first)
    main(["--database", database, "--insecure-loopback-only", "--port", "0"])


def has_ipv6():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def test_it_listens_on_the_other_loopback_or_says_that_there_is_none(database, signals, capsys):
    port, quiet = free_port(), ["--database", database, "--insecure-loopback-only"]
    if not has_ipv6():
        with pytest.raises(SystemExit, match=f"cannot listen on ::1 port {port}"):
            main([*quiet, "--host", "::1", "--port", str(port)])
        return
    thread, got = once_ready(port, signal.SIGTERM, host="::1")
    main(["--database", database, "--insecure-loopback-only", "--host", "::1", "--port", str(port)])
    thread.join()
    assert got
    assert capsys.readouterr().out == f"pumpperf listens on http://[::1]:{port}\n"


def test_it_is_a_program(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["web", "--help"])
    monkeypatch.delitem(sys.modules, "pumpperf.adapters.web.__main__")
    with pytest.raises(SystemExit) as left:
        runpy.run_module("pumpperf.adapters.web", run_name="__main__")
    assert left.value.code == 0
    assert "--insecure-loopback-only" in capsys.readouterr().out


def test_the_second_half_of_an_answer_does_not_wait_for_the_first():
    """Without this option it waits 40 ms on Linux, where the loop does not set it itself."""
    asked = argparse.Namespace(host="127.0.0.1", port=0, insecure_loopback_only=True)
    with web._listener(asked) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
