"""What a hostile caller sends to a running server: the answer to each, and nothing is kept."""

import json
from collections.abc import Callable

import pytest
from attrs import frozen
from web_house import GOOD, LEAKS, NOW_S, ROOT, TESTS, bearer, by_rsa, claims, guarded, record
from web_server import Answer, Server, answer
from web_tokens import b64, ec_key, es, hs, public_pem, rsa_key, token

MANY_BYTES = 10_000_000


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with guarded(tmp_path_factory.mktemp("web")) as opened:
        yield opened


@frozen
class Attack:
    sent: Callable[[Server], Answer]
    status: int
    words: str = ""


def ask(status, words="", *, method="GET", path=f"{TESTS}/P1", body=None, **headers):
    """What is asked with a good token."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Attack(
        lambda server: server.ask(method, path, body, bearer(GOOD) | named), status, words
    )


def post(status, words="", *, body=None, path=TESTS, **headers):
    sent = record() if body is None else body
    return ask(status, words, method="POST", path=path, body=sent, **headers)


def by(headers, status=401, words="the bearer token is not valid", path=TESTS):
    """What is posted with other headers than a good token."""
    return Attack(lambda server: server.ask("POST", path, record(), headers), status, words)


def raw(status, words, *lines, body=b""):
    """What no library would send: lines of a head as they are."""
    first = [f"POST {TESTS} HTTP/1.1", f"Authorization: Bearer {GOOD}", "Connection: close"]
    head = "\r\n".join([*first, "Content-Type: application/json", *lines, "", ""])
    return Attack(lambda server: answer(server.raw(head.encode() + body)), status, words)


def field(name, value, status=422, words=""):
    """A body whose one field is written as it is."""
    text = json.dumps(record(**{name: "@"})).replace('"@"', value)
    return post(status, words, body=text.encode("utf-8", "surrogatepass"))


def by_public_key(message):
    return hs(message, public_pem(rsa_key()))


def by_ec(header):
    return token(header, claims(), lambda message: es(message, ec_key()))


ONE_HEADER = "expected one header Authorization: Bearer <token>"
TOKENS = {
    "no token": by({}, words=ONE_HEADER),
    "garbage": by(bearer("garbage"), words=ONE_HEADER),
    "garbage in three parts": by(bearer("a.b.c")),
    "basic": by({"Authorization": "Basic YW5hOmFuYQ=="}, words=ONE_HEADER),
    "token in the query": by({}, words=ONE_HEADER, path=f"{TESTS}?access_token={GOOD}"),
    "token in a cookie": by({"Cookie": f"access_token={GOOD}"}, words=ONE_HEADER),
    "two tokens": raw(
        401, ONE_HEADER, f"authorization: Bearer {GOOD}", "Host: x", "Connection: close"
    ),
    "expired": by(bearer(by_rsa(exp=NOW_S - 3600)), words="the bearer token has expired"),
    "not yet valid": by(bearer(by_rsa(nbf=NOW_S + 3600))),
    "wrong audience": by(bearer(by_rsa(aud="other-api"))),
    "wrong issuer": by(bearer(by_rsa(iss="https://evil.example/"))),
    "another key": by(bearer(by_rsa(key="two"))),
    "HS256 by the public key": by(bearer(token({"alg": "HS256"}, claims(), by_public_key))),
    "HS256 under its kid": by(bearer(token({"alg": "HS256", "kid": "r"}, claims(), by_public_key))),
    "alg none": by(bearer(token({"alg": "none", "kid": "r"}, claims(), lambda _: b"x"))),
    "unknown kid": by(bearer(by_rsa(header={"alg": "RS256", "kid": "x"}))),
    "no kid": by(bearer(by_rsa(header={"alg": "RS256"}))),
    "kid of the other key": by(bearer(by_ec({"alg": "ES256", "kid": "r"}))),
    "no user": by(bearer(by_rsa(sub=...))),
    "a user of 65": by(bearer(by_rsa(sub="x" * 65))),
    "too long": by(bearer(by_rsa(more="x" * 9000))),
}
NOT_ALLOWED = {
    "no scope": by(bearer(by_rsa(scope=...)), 403, "expected the scope record"),
    "a foreign scope": by(bearer(by_rsa(scope="admin *")), 403, "expected the scope record"),
    "another scope": by(bearer(by_rsa(scope="read evaluate")), 403, "expected the scope record"),
    "part of a scope": by(bearer(by_rsa(scope="recorder rec")), 403, "expected the scope record"),
    "to evaluate by record": by(
        bearer(by_rsa(scope="read record")),
        403,
        "expected the scope evaluate",
        path=f"{ROOT}/efficiency/evaluate/T1",
    ),
}
ANOTHER_USER = {
    "user in the query": post(422, "the query has 'user_id'", path=f"{TESTS}?user_id=root"),
    "userId in the query": post(422, "the query has 'userId'", path=f"{TESTS}?userId=root"),
    "user in the body": post(422, "user_id is unknown", body=record(user_id="root")),
    "audit in the body": post(
        422, "row_created_by is not taken from a body", body=record(row_created_by="root")
    ),
    "audit date in the body": post(
        422,
        "row_created_date is not taken from a body",
        body=record(row_created_date="2000-01-01T00:00:00Z"),
    ),
    "audit of the change": post(
        422, "row_changed_by is not taken from a body", body=record(row_changed_by="root")
    ),
}
BODIES = {
    "none": post(400, "no JSON", body=b""),
    "10 MB": post(413, "longer than", body=b"[" + b"1," * (MANY_BYTES // 2) + b"1]"),
    "10 MB announced": raw(413, "longer than", "Host: x", f"Content-Length: {MANY_BYTES}"),
    "more than can be counted": raw(413, "longer than", "Host: x", f"Content-Length: {'9' * 19}"),
    "100,000 brackets": post(400, "deeper than", body=b"[" * 100_000),
    "100,000 closed brackets": post(400, "deeper than", body=b"[" * 100_000 + b"]" * 100_000),
    "100,000 objects": post(400, "deeper than", body=b'{"a":' * 100_000),
    "17 brackets": field("remark", "[" * 17 + "]" * 17, 400, "deeper than"),
    "a list": post(400, "no JSON object", body=[record()]),
    "a text": post(400, "no JSON object", body="T1"),
    "null": post(400, "no JSON object", body=b"null"),
    "two objects": post(400, "no JSON", body=b"{}{}"),
    "not UTF-8": post(400, "no UTF-8", body=b'{"remark": "\xff\xfe"}'),
    "overlong UTF-8": post(400, "no UTF-8", body=b'{"remark": "\xc0\xae"}'),
    "UTF-16": post(400, "no ", body=json.dumps(record()).encode("utf-16")),
    "a byte order mark": post(400, "no JSON", body=b"\xef\xbb\xbf" + json.dumps(record()).encode()),
    "gzip": post(400, "no UTF-8", body=b"\x1f\x8b\x08\x00", Content_Encoding="gzip"),
    "form": post(
        400, "expected application/json", Content_Type="application/x-www-form-urlencoded"
    ),
    "plain text": post(400, "expected application/json", Content_Type="text/plain"),
    "another charset": post(
        400, "expected application/json", Content_Type="application/json; charset=utf-7"
    ),
    "names twice": post(400, "names 'remark' twice", body=b'{"remark": "a", "remark": "b"}'),
    "names twice inside": field(
        "readings",
        '[{"lift_type": "PCP", "rate_m3d": 1, "rate_m3d": 2}]',
        400,
        "names 'rate_m3d' tw",
    ),
    "a quantity twice": field(
        "readings", '[{"lift_type": "PCP", "rate_m3d": 1, "rate_bpd": 2}]', 422, "a second time"
    ),
    "many faults": post(422, "150 faults", body=record(**{f"x{i}": 1 for i in range(150)})),
}
VALUES = {
    "1e400": field("duration_h", "1e400", 400, "beyond any double"),
    "-1e400": field("duration_h", "-1e400", 400, "beyond any double"),
    "NaN": field("duration_h", "NaN", 400, "NaN, which is no JSON"),
    "Infinity": field("duration_h", "Infinity", 400, "Infinity, which is no JSON"),
    "-Infinity": field("duration_h", "-Infinity", 400, "-Infinity, which is no JSON"),
    "a whole number of 400 digits": field("duration_h", "9" * 400, 400, "beyond any double"),
    "a whole number of 100,000 digits": field(
        "duration_h", "9" * 100_000, 400, "beyond any double"
    ),
    "a number as text": field("duration_h", '"24"', 422, "duration_h = '24'"),
    "true for a number": field("duration_h", "true", 422, "duration_h = True"),
    "an object for a number": field("duration_h", '{"$gt": 0}', 422, "duration_h"),
    "a list for a text": field("equipment_id", '["P1"]', 422, "equipment_id"),
    "half a character": field("remark", '"\\ud800"', 400, "half a character"),
    "half a character as a name": post(400, "half a character", body=b'{"\\udfff": 1}'),
    "half a character in UTF-8": field("remark", '"\ud800"', 400, "no UTF-8"),
    "NUL": field("remark", '"a\\u0000b"', 422, "NUL"),
    "NUL in the key": field("pump_test_id", '"T1\\u0000"', 422, "NUL"),
    "a key of 41": field("pump_test_id", f'"{"x" * 41}"', 422, "1 to 40 characters"),
    "a key of 500,000": field("pump_test_id", f'"{"x" * 500_000}"', 422, "1 to 40 characters"),
    "an empty key": field("pump_test_id", '""', 422, "1 to 40 characters"),
    "a naive date": field("test_date", '"2026-01-01T00:00:00"', 422, "UTC offset"),
    "a date as a number": field("test_date", "1767225600", 422, "UTC offset"),
    "a date beyond the calendar": field(
        "test_date", '"9999-12-31T23:59:59-23:59"', 422, "test_date"
    ),
    "another unit": post(422, "duration_h", body=record(duration_h=..., duration_kg=1)),
    "no unit": post(422, "duration has no unit", body=record(duration_h=..., duration=24)),
    "an attribute of Python": post(422, "__class__ is unknown", body=record(__class__="x")),
    "a prototype": post(422, "__proto__ is unknown", body=record(__proto__={"active_ind": False})),
}
PATHS = {
    "another house": ask(404, path="/"),
    "out of the house": ask(404, path=f"{TESTS}/../../../etc/passwd"),
    "out of the house, encoded": ask(200, path=f"{TESTS}/..%2f..%2f..%2fetc%2fpasswd"),
    "out of the house, encoded twice": ask(200, path=f"{TESTS}/%252e%252e%252fetc"),
    "dots": ask(200, path=f"{TESTS}/%2e%2e"),
    "two slashes": ask(404, path=f"{TESTS}//P1"),
    "a slash behind": ask(404, path=f"{TESTS}/P1/"),
    "capitals": ask(404, path=f"{TESTS.upper()}/P1"),
    "a share of a drive": ask(200, path=f"{TESTS}/C:%5Cwindows%5Cwin.ini"),
    "NUL": ask(422, "NUL", path=f"{TESTS}/P1%00"),
    "not UTF-8": ask(422, "percent-encoded UTF-8", path=f"{TESTS}/%ff"),
    "an id of 41": ask(422, "1 to 40 characters", path=f"{TESTS}/{'x' * 41}"),
    "an id of 10,000": ask(422, "1 to 40 characters", path=f"{TESTS}/{'x' * 10_000}"),
    "SQL": ask(200, path=f"{TESTS}/'%20OR%20'1'='1"),
    "more SQL": ask(200, path=f"{TESTS}/P1';DROP%20TABLE%20pump_test;--"),
    "SQL to evaluate": ask(
        404, method="POST", path=f"{ROOT}/efficiency/evaluate/T0'%20OR%201=1;--"
    ),
    "a run that is none": ask(404, path=f"{ROOT}/runs/x'%20OR%201=1"),
    "the file of the database": ask(404, path="/pumps.db"),
    "documents of the framework": ask(404, path="/docs"),
    "its description": ask(404, path="/openapi.json"),
}


def after(cursor, where="tests", status=422):
    words = "after: " if status == 422 else '"items":[]'
    return ask(status, words, path=f"{ROOT}/{where}/P1?after={b64(cursor)}")


QUERIES = {
    "limit -1": ask(422, "limit = '-1'", path=f"{TESTS}/P1?limit=-1"),
    "limit 0": ask(422, "limit = '0'", path=f"{TESTS}/P1?limit=0"),
    "limit 1e9": ask(422, "limit = '1000000000'", path=f"{TESTS}/P1?limit=1000000000"),
    "limit 1e3": ask(422, "limit = '1e3'", path=f"{TESTS}/P1?limit=1e3"),
    "limit in another script": ask(422, "limit = ", path=f"{TESTS}/P1?limit=%D9%A3"),
    "limit of 5000 digits": ask(422, "limit = ", path=f"{TESTS}/P1?limit={'9' * 5000}"),
    "limit twice": ask(422, "repeats a name", path=f"{TESTS}/P1?limit=1&limit=2"),
    "limit SQL": ask(422, "limit = ", path=f"{TESTS}/P1?limit=1;DROP%20TABLE%20pump_test"),
    "units": ask(422, "units = 'x'", path=f"{TESTS}/P1?units=x"),
    "a cursor of nothing": ask(422, "after: ", path=f"{TESTS}/P1?after="),
    "a cursor of noise": ask(422, "after: ", path=f"{TESTS}/P1?after=%00!"),
    "a cursor of SQL": after(b"' OR 1=1"),
    "a cursor of brackets": after(b"[" * 3000),
    "a cursor without date": after(b"[1,2]"),
    "a cursor that is naive": after(b'["2026-01-01T00:00:00","T1"]'),
    "a cursor with two keys": after(b'["2026-01-01T00:00:00+00:00","a","b"]'),
    "a cursor with a number": after(b'["2026-01-01T00:00:00+00:00",1]'),
    "a cursor with a table": after(b'["2026-01-01T00:00:00+00:00","EQUIPMENT","a"]', "findings"),
    "a cursor as of never": after(b'["0001-01-01T00:00:00+00:00","T1"]', status=200),
    "unknown": ask(422, "the query has 'debug'", path=f"{TESTS}/P1?debug=1"),
    "not UTF-8": ask(422, "UTF-8", path=f"{TESTS}/P1?limit=%ff"),
}
METHODS = {
    f"{method} {path}": ask(405, method=method, path=path)
    for method in ("DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "CONNECT", "X")
    for path in (TESTS, f"{TESTS}/P1")
} | {
    "DELETE in disguise": ask(200, X_HTTP_Method_Override="DELETE", X_Method_Override="DELETE"),
    "HEAD of what is posted": ask(405, method="HEAD", path=TESTS),
}
NO_HTTP = "Invalid HTTP request"
CHUNKED = "Transfer-Encoding: chunked"
PROTOCOL = {
    "two lengths": raw(400, NO_HTTP, "Host: x", "Content-Length: 2", "Content-Length: 3"),
    "a negative length": raw(400, NO_HTTP, "Host: x", "Content-Length: -1"),
    "a signed length": raw(400, NO_HTTP, "Host: x", "Content-Length: +2", body=b"{}"),
    "a length in hex": raw(400, NO_HTTP, "Host: x", "Content-Length: 0x2", body=b"{}"),
    "length and chunks": raw(
        400, "not both", "Host: x", "Content-Length: 4", CHUNKED, body=b"0\r\n\r\n"
    ),
    "chunks that are not the last": raw(400, NO_HTTP, "Host: x", f"{CHUNKED}, identity"),
    "chunks in disguise": raw(400, NO_HTTP, "Host: x", "Transfer-Encoding : chunked"),
    "a chunk of no length": raw(400, NO_HTTP, "Host: x", CHUNKED, body=b"zz\r\n{}\r\n0\r\n\r\n"),
    "10 MB in chunks": raw(
        413, "longer than", "Host: x", CHUNKED, body=(b"2710\r\n" + b"1" * 10_000 + b"\r\n") * 1000
    ),
    "no host": raw(400, NO_HTTP, "Content-Length: 2", body=b"{}"),
    "two hosts": raw(400, NO_HTTP, "Host: a", "Host: b", "Content-Length: 2", body=b"{}"),
    "a header of 1 MB": raw(400, NO_HTTP, "Host: x", f"X: {'x' * 1_000_000}"),
    "10,000 headers": raw(400, NO_HTTP, "Host: x", *(f"X{i}: {i}" for i in range(10_000))),
    "a folded header": raw(
        400, "no JSON", "Host: x", "X: a", " b", "Content-Length: 2", body=b"()"
    ),
    "no HTTP": Attack(lambda server: answer(server.raw(b"\x16\x03\x01\x02\r\n\r\n")), 400, NO_HTTP),
}
ATTACKS = {
    f"{kind}: {name}": attack
    for kind, attacks in {
        "token": TOKENS,
        "scope": NOT_ALLOWED,
        "user": ANOTHER_USER,
        "body": BODIES,
        "value": VALUES,
        "path": PATHS,
        "query": QUERIES,
        "method": METHODS,
        "protocol": PROTOCOL,
    }.items()
    for name, attack in attacks.items()
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_answered_in_words_and_leaves_nothing(name, house):
    attack, before = ATTACKS[name], house.rows()
    found = attack.sent(house.server)
    assert found.status == attack.status, found.body[:500]
    assert attack.words in found.words
    assert not LEAKS.search(found.words)
    assert found.headers.get("access-control-allow-origin") is None
    if found.body and found.status >= 400 and attack.words != NO_HTTP:
        assert found.headers["content-type"] == "application/problem+json"
        assert found.json["status"] == found.status
    if found.status == 401:
        assert found.headers["www-authenticate"].startswith("Bearer ")
    if found.status == 405:
        assert found.headers["allow"]
    assert house.rows() == before
    assert house.server.process.poll() is None
