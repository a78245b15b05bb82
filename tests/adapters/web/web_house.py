"""A running server with its database, and what a caller in good faith would send to it."""

import contextlib
import datetime as dt
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen
from web_server import Server, running
from web_tokens import AUDIENCE, ISSUER, ec_key, jwk, rs, rsa_key, token

ROOT = "/api/pump-performance"
TESTS = f"{ROOT}/tests"
NOW_S = int(dt.datetime.now(dt.UTC).timestamp())
LEAKS = re.compile(
    r"Traceback|File \"|site-packages|\.py\b|\bSELECT\b|\bINSERT\b|sqlite|sqlalchemy"
    r"|/tmp|pumps\.db|eyJ",
    re.IGNORECASE,
)


def claims(**changed):
    said = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "ana",
        "exp": NOW_S + 3600,
        "scope": "read record evaluate",
    }
    return {name: value for name, value in (said | changed).items() if value is not ...}


def by_rsa(key="one", header=None, **changed):
    said = {"alg": "RS256", "kid": "r"} if header is None else header
    return token(said, claims(**changed), lambda message: rs(message, rsa_key(key)))


GOOD = by_rsa()


def bearer(text):
    return {"Authorization": f"Bearer {text}"}


def record(**changed):
    said = {
        "pump_test_id": "T1",
        "equipment_id": "P1",
        "test_type": "FIELD",
        "test_date": "2026-01-01T00:00:00Z",
        "duration_h": 24.0,
        "runtime_h": 24.0,
        "readings": [{"lift_type": "PCP", "rate_m3d": 62.17, "input_power_kw": 9.0}],
    }
    return {name: value for name, value in (said | changed).items() if value is not ...}


@frozen
class House:
    server: Server
    database: Path

    def rows(self) -> dict[str, int]:
        """How many rows each table holds, read past the program."""
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        names = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
        counts = {
            name: connection.execute(f'select count(*) from "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in names
        }
        connection.close()
        return counts


def assert_calm(code, said):
    """The program ends as it should, and has said no more than that somebody spoke no HTTP."""
    expected = {
        "WARNING:  Invalid HTTP request received.",
        "WARNING:  Unsupported upgrade request.",
    }
    assert code == 0
    assert set(said.splitlines()) <= expected


@contextlib.contextmanager
def guarded(folder: Path) -> Iterator[House]:
    """A server that knows two keys."""
    keys = folder / "keys.json"
    keys.write_text(json.dumps({"keys": [jwk(rsa_key(), kid="r"), jwk(ec_key(), kid="e")]}))
    told = ["--keys", str(keys), "--audience", AUDIENCE, "--issuer", ISSUER]
    with running(folder / "pumps.db", *told) as server:
        yield House(server, folder / "pumps.db")
        assert_calm(*server.stop())


@contextlib.contextmanager
def unguarded(folder: Path) -> Iterator[House]:
    """A server without tokens, on the loopback interface."""
    with running(folder / "pumps.db", "--insecure-loopback-only") as server:
        yield House(server, folder / "pumps.db")
        assert_calm(*server.stop())
