"""Who may ask: tokens with their scopes, or this machine alone."""

import asyncio

import pytest
from web_client import NEEDED, TEST, Client, an_app, answered, guarded, tokens, told

from pumpperf import ArgumentError, MemoryRepository
from pumpperf.adapters.web import Unauthenticated, create_app


@pytest.fixture
def client():
    return Client(an_app())


# ---- who may ask


@pytest.mark.parametrize(("method", "path", "scope"), NEEDED)
def test_a_request_needs_a_token_with_its_scope(method, path, scope):
    nobody = guarded(None).ask(method, path, b"x" * 2_000_000)
    assert "Authorization" in told(nobody, 401)["detail"]
    assert nobody.headers["www-authenticate"] == 'Bearer realm="pumpperf"'
    others = {"read", "record", "evaluate"} - {scope}
    poor = guarded(",".join(others)).ask(method, path, b"x" * 2_000_000)
    assert told(poor, 403)["detail"] == f"expected the scope {scope}"
    assert poor.headers["www-authenticate"] == (
        f'Bearer realm="pumpperf", error="insufficient_scope", scope="{scope}"'
    )
    assert guarded(scope).ask(method, path).status_code not in (401, 403)


def test_the_user_is_the_one_of_the_token():
    client = guarded("record,read")
    assert client.post("/tests", TEST).json()["row_created_by"] == "ana"
    told(client.post("/tests?user_id=eve", TEST), 422)


def test_health_readiness_and_description_need_no_token():
    client = guarded(None)
    for path in ("/health", "/ready", "/openapi.json"):
        assert client.get(path).status_code == 200


def test_headers_reach_the_authenticator_as_they_were_sent():
    seen = []

    def see(headers):
        seen.append(headers.items())
        raise Unauthenticated("no")

    app = an_app(insecure_loopback_only=False, authenticate=see)
    told(Client(app, headers={"X-One": "1"}).get("/tests/P1"), 401)
    assert ("x-one", "1") in seen[0]


@pytest.mark.parametrize(
    "asked",
    [
        {"authenticate": None, "insecure_loopback_only": False},
        {"authenticate": tokens, "insecure_loopback_only": True},
    ],
)
def test_an_app_needs_tokens_or_the_consent_to_do_without(asked):
    with pytest.raises(ArgumentError, match="expected authenticate"):
        create_app(MemoryRepository(), **asked)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
@pytest.mark.parametrize("host", ["localhost", "LocalHost:80", "127.0.0.1:8000", "[::1]:8000"])
def test_without_tokens_this_machine_may_ask(address, host):
    client = Client(an_app(), headers={"host": host}, address=address)
    assert client.get("/health").status_code == 200
    assert client.get("/tests/P1", headers={"origin": f"http://{host}"}).status_code == 200


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.0.2.1", {}),
        ("::ffff:192.0.2.1", {}),
        ("testclient", {}),
        (None, {}),
        ("127.0.0.1", {"host": "pumps.example.com"}),
        ("127.0.0.1", {"host": "localhost.example.com"}),
        ("127.0.0.1", {"host": "127.0.0.1.example.com"}),
        ("127.0.0.1", {"host": ""}),
        ("127.0.0.1", {"origin": "https://example.com"}),
        ("127.0.0.1", {"origin": "null"}),
        ("127.0.0.1", {"forwarded": "for=192.0.2.1"}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"x-forwarded-host": "localhost"}),
    ],
)
def test_without_tokens_nobody_else_may_ask(address, headers):
    client = Client(an_app(), headers=headers, address=address)
    for path in ("/health", "/tests/P1", "/nowhere", "/openapi.json"):
        assert "this machine" in told(client.get(path), 403)["detail"]


def test_a_request_without_a_host_is_refused_without_tokens():
    assert answered(an_app(), "GET", "/health", headers=[]) == 403


def test_a_server_without_tokens_starts_and_stops():
    given = iter(["lifespan.startup", "lifespan.shutdown"])
    sent = []

    async def receive():
        return {"type": next(given)}

    async def send(message):
        sent.append(message["type"])

    asyncio.run(an_app()({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
