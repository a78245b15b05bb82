"""The API does what its description says, for requests that fit it and for those that do not."""

import datetime as dt

import schemathesis
from schemathesis.config import SchemathesisConfig

from laws import tried
from pumpperf import MemoryRepository
from pumpperf.adapters.web import Principal, Unauthenticated, create_app

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
TOKEN = "Bearer a.b.c"  # noqa: S105  # of no one


def authenticate(headers):
    if headers.get("authorization") != TOKEN:
        raise Unauthenticated("expected one header Authorization: Bearer <token>")
    return Principal("ana", frozenset({"read", "record", "evaluate"}))


CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 20260601,
        "headers": {"Authorization": TOKEN},
        "generation": {"deterministic": True},
        "phases": {"examples": {"enabled": False}},  # the description has none
        "operations": [
            {
                # it would list a case for every pair of two thousand names: minutes of them
                "include-name": "POST /api/pump-performance/tests",
                "phases": {"coverage": {"enabled": False}},
            }
        ],
        "checks": {
            # what fields say of each other, and which rows are there, no schema can say
            "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]}
        },
    }
)
APP = create_app(MemoryRepository(), authenticate=authenticate, clock=lambda: NOW)
SCHEMA = schemathesis.openapi.from_asgi("/api/pump-performance/openapi.json", APP, config=CONFIG)


@SCHEMA.parametrize()
@tried(8)
def test_requests_are_answered_as_described(case):
    case.call_and_validate()
