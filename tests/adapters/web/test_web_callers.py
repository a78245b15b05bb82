"""Texts, numbers and manners of callers: what they say is kept as said, and holds up nobody."""

import json
import re
import time
from contextlib import ExitStack
from urllib.parse import quote

import pytest
from web_house import GOOD, LEAKS, ROOT, TESTS, bearer, guarded, record

CHUNKED = "Transfer-Encoding: chunked"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with guarded(tmp_path_factory.mktemp("web")) as opened:
        yield opened


TEXTS = [
    "'; DROP TABLE pump_test; --",
    '" OR ""="',
    "%s %(x)s :x ? {0} ${x} \\' \\\\ /* */ -- #",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "\u202egnp.exe\u0007\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_a_text(text, house):
    """In every text of a row, in the path and in the query it means nothing to the database."""
    key = f"{TEXTS.index(text)} {text}"[:40]
    said = dict.fromkeys(("remark", "source", "row_quality", "ppdm_guid"), text)
    body = record(pump_test_id=key, equipment_id=key, **said)
    before = house.rows()
    stored = house.server.ask("POST", TESTS, body, bearer(GOOD))
    assert stored.status == 201, stored.words
    shown = house.server.ask("GET", f"{TESTS}/{quote(key, safe='')}", headers=bearer(GOOD))
    assert shown.status == 200
    assert [
        {name: row[name] for name in body if name != "readings"} for row in shown.json["items"]
    ] == [
        {name: value for name, value in body.items() if name != "readings"}
        | {"test_date": "2026-01-01T00:00:00+00:00"}
    ]
    assert "set-cookie" not in shown.headers
    after = house.rows()
    assert after.keys() == before.keys()
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "pump_test": 1,
        "pump_test_reading": 1,
    }


def test_the_user_is_that_of_the_token_whatever_else_is_said(house):
    names = ("X-User-Id", "X-User", "User-Id", "X-Forwarded-User", "X-Remote-User", "Remote-User")
    spoofed = dict.fromkeys((*names, "From", "Cookie"), "user_id=root")
    spoofed |= {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}
    body = record(pump_test_id="ana's", equipment_id="P2")
    found = house.server.ask("POST", TESTS, body, bearer(GOOD) | spoofed)
    assert found.status == 201
    assert found.json["row_created_by"] == "ana"
    assert found.json["row_changed_by"] is None


def test_the_largest_double_is_kept_or_refused_but_never_changed(house):
    body = record(pump_test_id="large", equipment_id="P3", duration_h=1e308, runtime_h=1e308)
    found = house.server.ask("POST", TESTS, body, bearer(GOOD))
    assert (found.status, found.json["duration_h"]) == (201, 1e308)
    in_other_units = house.server.ask("GET", f"{TESTS}/P3?units=field", headers=bearer(GOOD))
    assert in_other_units.status == 200
    evaluated = house.server.ask("POST", f"{ROOT}/efficiency/evaluate/large", headers=bearer(GOOD))
    assert evaluated.status in {200, 422}
    assert not re.search("NaN|Infinity", evaluated.words)


@pytest.mark.parametrize("name", ["rate_m3d", "rate_bpd", "intake_pressure_psi", "speed_rpm"])
def test_a_reading_beyond_reason_is_no_fault_of_ours(name, house):
    readings = [{"lift_type": "PCP", "rate_m3d": 1.0, "input_power_kw": 1.0} | {name: 1e308}]
    if name == "rate_bpd":
        del readings[0]["rate_m3d"]
    body = record(pump_test_id=f"beyond {name}", equipment_id="P4", readings=readings)
    found = house.server.ask("POST", TESTS, body, bearer(GOOD))
    assert found.status in {201, 422}, found.words
    for asked in (
        ("GET", f"{TESTS}/P4?units=field"),
        ("POST", f"{ROOT}/efficiency/evaluate/beyond%20{name}"),
        ("POST", f"{ROOT}/results/calculate/beyond%20{name}"),
    ):
        answered = house.server.ask(*asked, headers=bearer(GOOD))
        assert answered.status in {200, 404, 422}, answered.words
        assert not LEAKS.search(answered.words)
        assert not re.search("NaN|Infinity", answered.words)


def request(*lines, method="GET", path=f"{TESTS}/P1", body=b""):
    head = [f"{method} {path} HTTP/1.1", f"Authorization: Bearer {GOOD}", *lines]
    return "\r\n".join([*head, "", ""]).encode() + body


def test_requests_in_a_row_are_answered_in_their_order(house):
    paths = [f"{TESTS}/P1", "/nowhere", f"{TESTS}/P1?limit=0", f"{ROOT}/health"]
    *first, last = paths
    sent = b"".join(request("Host: x", path=path) for path in first)
    got = house.server.raw(sent + request("Host: x", "Connection: close", path=last))
    assert re.findall(rb"HTTP/1\.1 (\d+)", got) == [b"200", b"404", b"422", b"200"]


def test_head_is_answered_like_get_without_the_body(house):
    for path in (f"{TESTS}/P1", f"{ROOT}/health", f"{TESTS}/P1?limit=0", "/nowhere"):
        got = house.server.ask("GET", path, headers=bearer(GOOD))
        head = house.server.ask("HEAD", path, headers=bearer(GOOD))
        assert (head.status, head.body) == (got.status, b"")
        named = got.headers.keys() - {"date"}
        assert {name: head.headers[name] for name in named} == {
            name: got.headers[name] for name in named
        }


@pytest.mark.parametrize("lines", [["Content-Length: 4", CHUNKED], [CHUNKED, "Content-Length: 4"]])
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_length_that_chunks_contradict_ends_the_connection(method, lines, house):
    """What is hidden in the body is not read as a request of its own (RFC 9112, 6.1)."""
    hidden = request("Host: x", path=f"{ROOT}/health")
    path = TESTS if method == "POST" else f"{TESTS}/P1"
    sent = request("Host: x", *lines, method=method, path=path, body=b"0\r\n\r\n" + hidden)
    got = house.server.raw(sent)
    assert re.findall(rb"HTTP/1\.1 (\d+)", got) == [b"400"]
    assert b"connection: close" in got.lower()


def test_slow_clients_do_not_hold_up_the_others(house):
    before = house.rows()
    body = json.dumps(record(pump_test_id="slow")).encode()
    whole = request(
        "Host: x",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        method="POST",
        path=TESTS,
        body=body,
    )
    with ExitStack() as stack:
        for i in range(100):
            connection = stack.enter_context(house.server.connection())
            connection.sendall(whole[: len(whole) - 5 if i % 2 else 40])
        began = time.monotonic()
        assert house.server.ask("GET", f"{TESTS}/P1", headers=bearer(GOOD)).status == 200
        assert time.monotonic() - began < 5.0
    assert house.server.ask("GET", f"{ROOT}/health").status == 200
    assert house.rows() == before
