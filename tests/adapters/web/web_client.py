"""Requests to the application in this process, as a server would hand them over."""

import asyncio
import datetime as dt
import json

import httpx
from attrs import field, frozen

from pumpperf import MemoryRepository
from pumpperf.adapters.web import Principal, Unauthenticated, create_app

ROOT = "/api/pump-performance"


@frozen
class Client:
    """One who asks an application, from an address, with headers of his own."""

    app: object
    headers: dict[str, str] = field(factory=dict)
    address: str | None = "127.0.0.1"
    base: str = "http://localhost:8000"

    def ask(self, method, path, body=None, *, raises=True, **more):
        """One answer; a body is JSON, or bytes as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"content-type": "application/json"} if body is not None else {}
        sent |= self.headers | more.pop("headers", {})
        return asyncio.run(
            self._ask(
                method,
                path,
                raises=raises,
                content=None if body is None else content,
                headers=sent,
                **more,
            )
        )

    async def _ask(self, method, path, *, raises, **more):
        client = None if self.address is None else (self.address, 1)
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=raises, client=client)
        async with httpx.AsyncClient(transport=transport, base_url=self.base) as session:
            return await session.request(method, f"{ROOT}{path}", **more)

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.ask("POST", path, body, **more)


NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
READING = {
    "lift_type": "PCP",
    "rate_m3d": 62.17,
    "liquid_density_kgm3": 1000,
    "fluid_level_m": 645.25,
    "wellhead_pressure_kpa": 700,
    "casing_pressure_kpa": 600,
    "input_power_kw": 2.3,
}
TEST = {
    "pump_test_id": "T1",
    "equipment_id": "P1",
    "test_type": "FIELD",
    "test_date": "2026-01-31T00:00:00Z",
    "duration_h": 24,
    "runtime_h": 24,
    "readings": [READING],
}
PUMP = {"equipment_id": "P1", "lift_type": "PCP"}
FAILED = {
    "equipment_id": "P1",
    "equip_maint_id": "F1",
    "failure_ind": True,
    "actual_start_date": "2026-02-01T00:00:00Z",
}
DOWN = {
    "uwi": "W1",
    "source": "S",
    "activity_obs_no": 1,
    "equipment_id": "P1",
    "downtime_type": "UNPLANNED",
    "start_time": "2026-02-01T00:00:00Z",
    "end_time": "2026-02-03T00:00:00Z",
}
LOG = {
    "equipment_id": "P1",
    "spec_id": "S1",
    "sample_time": ["2026-03-01T00:00:00Z", "2026-03-01T00:10:00Z", "2026-03-01T00:20:00Z"],
    "power_hp": [3.0, 3.0, 3.0],
}
FEBRUARY = {"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-03-01T00:00:00Z"}
HOURS = {"start_date": "2026-03-01T00:00:00Z", "end_date": "2026-03-01T00:20:00Z"}
NEEDED = [
    ("GET", "/tests/P1", "read"),
    ("GET", "/findings/P1", "read"),
    ("GET", "/runs/R", "read"),
    ("POST", "/tests", "record"),
    ("POST", "/equipment", "record"),
    ("POST", "/results/calculate/T1", "evaluate"),
    ("POST", "/energy/account/P1", "evaluate"),
    ("POST", "/runs/R/reproduce", "evaluate"),
]


def an_app(repository=None, **more):
    asked = {"insecure_loopback_only": True, "clock": lambda: NOW} | more
    return create_app(MemoryRepository() if repository is None else repository, **asked)


def answered(app, method, path, receive=None, **more):
    """The status of an answer to a scope as it is written, without a client between."""
    answers = []

    async def send(message):
        answers.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": f"{ROOT}{path}",
        "headers": [(b"host", b"localhost")],
        "query_string": b"",
        "client": ("127.0.0.1", 1),
    }
    asyncio.run(app(scope | more, receive, send))
    return answers[0]["status"]


def told(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert found["status"] == status
    assert found["type"] == "about:blank"
    assert found["title"]
    return found


def tokens(headers):
    who, _, scopes = headers.get("authorization", "").partition(" ")
    if who != "Bearer":
        raise Unauthenticated("expected one header Authorization: Bearer <token>")
    return Principal("ana", frozenset(scopes.split(",")))


def guarded(scopes, **more):
    app = an_app(insecure_loopback_only=False, authenticate=tokens, **more)
    headers = {"authorization": f"Bearer {scopes}"} if scopes else {}
    return Client(app, headers=headers, address="192.0.2.1", base="https://pumps.example.com")
