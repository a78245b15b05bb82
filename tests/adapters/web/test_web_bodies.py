"""Paths, queries and bodies: each is taken strictly, and every refusal says why."""

import asyncio
import json

import attrs
import httpx
import pytest
from web_client import FEBRUARY, PUMP, READING, ROOT, TEST, Client, an_app, answered, told

from pumpperf import MemoryRepository, PumpTest, RowError


@pytest.fixture
def client():
    return Client(an_app())


# ---- paths and queries


def test_an_identifier_may_hold_any_character_but_nul(client):
    for name in ("15/9-F-12", "ä %2F?#", "..%", "\U0001f6e2"):
        client.post("/tests", TEST | {"pump_test_id": name, "equipment_id": name})
        written = "".join(f"%{byte:02X}" for byte in name.encode())
        (row,) = client.get(f"/tests/{written}").json()["items"]
        assert row["pump_test_id"] == name


@pytest.mark.parametrize("written", ["x" * 41, "%00", "%FF", "%ED%A0%80"])
def test_an_identifier_that_no_row_can_have_is_refused(client, written):
    for path in (f"/tests/{written}", f"/runs/{written}"):
        assert "= '" in told(client.get(path), 422)["detail"]


def test_a_path_without_raw_bytes_is_taken_as_it_is():
    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    assert answered(an_app(), "GET", "/health", receive) == 200


def test_what_is_not_there_is_not_found(client):
    for path in ("/runs/R", "/nowhere", "/tests/", "/tests/P1/x"):
        told(client.get(path), 404)
    for path in ("/results/calculate/T", "/efficiency/evaluate/T", "/runs/R/reproduce"):
        assert "no PUMP_" in told(client.post(path), 404)["detail"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/tests", {"POST"}),
        ("GET", "/tests", {"POST"}),
        ("PUT", "/runs/R", {"GET", "HEAD"}),
    ],
)
def test_a_method_that_is_not_there_is_told_the_one_that_is(client, method, path, allowed):
    answer = client.ask(method, path)
    told(answer, 405)
    assert set(answer.headers["allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("user_id=eve", "'user_id': expected units or limit or after"),
        ("units=imperial", "units = 'imperial': expected metric or field"),
        ("units=", "units = ''"),
        ("units=field&units=metric", "repeats a name"),
        ("limit=0", "limit = '0': expected a whole number, 1 to 200"),
        ("limit=201", "limit = '201'"),
        ("limit=1.0", "limit = '1.0'"),
        ("limit=%2B1", "limit = '+1'"),
        ("limit=", "limit = ''"),
        ("Limit=1", "'Limit'"),
        ("limit=%FF", "no percent-encoded UTF-8"),
    ],
)
def test_a_query_is_read_strictly(client, query, words):
    assert words in told(client.get(f"/tests/P1?{query}"), 422)["detail"]


def test_where_no_query_is_known_none_is_taken(client):
    assert told(client.get("/health?units=metric"), 422)["detail"].endswith("expected no query")


# ---- bodies


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "no JSON"),
        (b"[]", "no JSON object"),
        (b'"x"', "no JSON object"),
        (b"{", "no JSON"),
        (b"{'a': 1}", "no JSON"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "-Infinity"),
        (b'{"a": 1e400}', "1e400, which is beyond any double"),
        (b'{"a": 1' + b"0" * 400 + b"}", "beyond any double"),
        (b'{"a": 1, "b": 2, "b": 3}', "'b' twice"),
        (b'{"readings": [{"a": 1, "a": 1}]}', "'a' twice"),
        (b'{"a": "\xff"}', "no UTF-8 from byte 7 on"),
        (b'{"a": "\\ud800"}', "half a character"),
        (b'{"\\udfff": 1}', "half a character"),
        (b'\xef\xbb\xbf{"a": 1}', "no JSON"),
        (b'{"a": ' + b"[" * 16 + b"]" * 16 + b"}", "deeper than 16"),
        (b'{"a": ' + b"[" * 400_000, "deeper than 16"),
        (b'{"a":' * 100_000, "deeper than 16"),
    ],
)
def test_what_is_no_json_object_is_refused(client, body, words):
    assert words in told(client.post("/tests", body), 400)["detail"]


def test_the_deepest_body_and_the_largest_number_are_read(client):
    told(client.post("/tests", b'{"a": ' + b"[" * 15 + b"]" * 15 + b"}"), 422)
    body = TEST | {"readings": [{"lift_type": "ESP", "input_power_kw": 1.7e308}]}
    assert client.post("/tests", body).status_code == 201
    whole = json.dumps(PUMP | {"remark": 10**40}).encode()
    assert "remark = 1e+40" in told(client.post("/equipment", whole), 422)["errors"][0]["detail"]


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "application/json; x=y", ""]
)
def test_another_media_type_is_refused(client, media_type):
    answer = client.post("/tests", TEST, headers={"content-type": media_type})
    assert "expected application/json" in told(answer, 400)["detail"]


@pytest.mark.parametrize(
    "media_type", ["application/json;charset=utf-8", 'Application/JSON ; charset="UTF-8"']
)
def test_json_in_utf_8_is_taken_however_it_is_called(client, media_type):
    answer = client.post("/tests", TEST, headers={"content-type": media_type})
    assert answer.status_code == 201


def test_a_body_without_a_media_type_is_refused(client):
    async def ask():
        transport = httpx.ASGITransport(client.app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url=client.base) as session:
            return await session.post(f"{ROOT}/tests", content=json.dumps(TEST).encode())

    assert "content-type is None" in told(asyncio.run(ask()), 400)["detail"]


def test_a_body_that_is_too_long_is_refused_before_it_is_read():
    client = Client(an_app(largest_body_bytes=1000))
    body = json.dumps(TEST).encode()
    assert client.post("/tests", body.ljust(1000)).status_code == 201
    assert "1000 bytes" in told(client.post("/tests", body.ljust(1001)), 413)["detail"]
    for length in ("1001", "9" * 5000):
        answer = client.post("/tests", b"{}", headers={"content-length": length})
        told(answer, 413)
    told(client.post("/runs/R/reproduce", b"x" * 1001), 413)


def test_a_length_that_chunks_contradict_is_refused(client):
    headers = {"content-length": "4", "transfer-encoding": "chunked"}
    for answer in (client.post("/tests", TEST, headers=headers), client.get("/x", headers=headers)):
        assert told(answer, 400)["detail"].endswith("not both")
        assert answer.headers["connection"] == "close"


def test_a_body_without_a_length_is_read_no_further_than_the_limit():
    sent = []

    async def endless():
        while True:
            sent.append(b"x" * 400)
            yield sent[-1]

    async def ask(app):
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as session:
            return await session.post(f"{ROOT}/tests", content=endless())

    told(asyncio.run(ask(an_app(largest_body_bytes=1000))), 413)
    assert len(sent) == 3


def test_a_body_that_breaks_off_is_refused():
    async def receive():
        return {"type": "http.disconnect"}

    raw_path = f"{ROOT}/tests".encode()
    assert answered(an_app(), "POST", "/tests", receive, raw_path=raw_path) == 400


def test_a_body_of_too_many_lists_and_objects_is_refused(client):
    found = told(client.post("/tests", TEST | {"readings": [READING] * 2000}), 413)
    assert found["detail"] == "the body has more than 2000 lists and objects"
    assert client.post("/tests", TEST | {"readings": [READING] * 1998}).status_code == 201
    told(client.post("/tests", TEST | {"readings": [[]] * 1999}), 413)


def test_where_no_body_is_known_none_is_taken(client):
    client.post("/tests", TEST)
    assert told(client.post("/results/calculate/T1", b"{}"), 400)["detail"] == "expected no body"


def test_every_fault_of_a_body_is_told_with_its_path(client):
    body = {
        "pump_test_id": "T1",
        "test_type": "LAB",
        "test_date": "2026-01-31",
        "duration": 24,
        "user_id": "eve",
        "row_created_by": "eve",
        "row_changed_date": None,
        "readings": [{"lift_type": "PCP", "rate_bpd": -1, "frequency_hz": 50}],
    }
    found = told(client.post("/tests", body), 422)
    assert found["detail"] == "PUMP_TEST: 9 faults"
    assert sorted(error["path"] for error in found["errors"]) == [
        "$.duration",
        "$.equipment_id",
        "$.readings[0].frequency_hz",
        "$.readings[0].rate_bpd",
        "$.row_changed_date",
        "$.row_created_by",
        "$.test_date",
        "$.test_type",
        "$.user_id",
    ]
    details = {error["path"]: error["detail"] for error in found["errors"]}
    assert "has no unit: expected duration_h" in details["$.duration"]
    assert "come from the token and the clock" in details["$.row_created_by"]


def test_who_and_when_in_a_body_that_is_right_otherwise_are_refused(client):
    found = told(client.post("/tests", TEST | {"row_created_by": "eve"}), 422)
    assert [error["path"] for error in found["errors"]] == ["$.row_created_by"]
    assert client.get("/tests/P1").json()["items"] == []


def test_of_very_many_faults_the_first_thousand_are_told(client):
    body = TEST | {"readings": [READING | {"lift_type": "X"}] * 1001}
    found = told(client.post("/tests", body), 422)
    assert len(found["errors"]) == RowError.KEPT == 1000
    assert found["detail"] == "PUMP_TEST: 1000 faults and 1 more, not listed"


def test_a_use_case_that_stops_says_why(client):
    empty = TEST | {"readings": [{"lift_type": "PCP"}]}
    assert "reading" in told(client.post("/tests", empty), 422)["detail"]
    same = FEBRUARY | {"end_date": FEBRUARY["start_date"]}
    assert "expected a later end" in told(client.post("/energy/account/P1", same), 422)["detail"]
    future = {"as_of_date": "2027-01-01T00:00:00Z"}
    told(client.post("/reliability/update/P1", future), 422)
    lone = FEBRUARY | {"decline_kind": "exponential"}
    told(client.post("/downtime/assess/P1", lone), 422)


def test_a_number_that_no_float_holds_in_field_units_is_told(client):
    body = TEST | {"readings": [{"lift_type": "ESP", "rate_m3d": 1.7e308}]}
    words = "rate_m3d is beyond any float in bpd"
    assert words in told(client.post("/tests?units=field", body), 422)["detail"]
    assert client.get("/tests/P1").json()["items"] == []
    client.post("/tests", body)
    assert words in told(client.get("/tests/P1?units=field"), 422)["detail"]


def test_a_result_that_is_no_longer_reproduced_is_a_conflict():
    repository = MemoryRepository()
    client = Client(an_app(repository))
    client.post("/tests", TEST)
    run_id = client.post("/results/calculate/T1").json()["run_id"]
    (at,) = (at for at in repository._rows if at[0] is PumpTest)
    repository._rows[at] = attrs.evolve(repository._rows[at], remark="another")
    detail = told(client.post(f"/runs/{run_id}/reproduce"), 409)["detail"]
    assert "or a value of the assumptions PUMPPERF_2026, has changed; run_id" in detail
    assert "input_digest: stored" in detail
