"""The use cases over HTTP, and what an answer looks like."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from web_client import (
    DOWN,
    FAILED,
    FEBRUARY,
    HOURS,
    LOG,
    NEEDED,
    NOW,
    PUMP,
    ROOT,
    TEST,
    Client,
    an_app,
    guarded,
    told,
)

from pumpperf import MemoryRepository, StorageError
from pumpperf.adapters.web.app import TURNS
from sample_records import INSTALLED


@pytest.fixture
def client():
    return Client(an_app())


# ---- the use cases


def test_a_test_is_recorded_evaluated_and_reproduced(client):
    recorded = client.post("/tests", TEST)
    assert recorded.status_code == 201
    assert recorded.json()["row_created_by"] == "loopback"
    assert recorded.json()["row_created_date"] == NOW.isoformat()
    shown = client.post("/efficiency/evaluate/T1")
    assert shown.status_code == 200
    # 62.17 m3/d x (645.25 m x 1000 kg/m3 x 9.80665 m/s2 + 100 kPa) / 86 400 s / 2.3 kW
    lift_kpa = 645.25 * 9.80665 + 700 - 600
    expected = 62.17 * lift_kpa / 86_400 / 2.3
    assert shown.json()["chains"][0]["system_efficiency"] == pytest.approx(expected, rel=1e-12)
    assert shown.json()["result_status"] == "SUSPECT"
    result = client.post("/results/calculate/T1").json()
    assert result["duties"][0]["net_lift_pressure_kpa"] == pytest.approx(lift_kpa, rel=1e-12)
    run_id = shown.json()["run_id"]
    assert client.get(f"/runs/{run_id}").json()["calculation"] == "pump_efficiency"
    again = client.post(f"/runs/{run_id}/reproduce").json()
    assert again == {"table": "PUMP_EFFICIENCY", "row": shown.json()}


def a_history(client):
    rows = {
        "/equipment": PUMP,
        "/wells": {"uwi": "W1"},
        "/well-equipment": INSTALLED,
        "/equipment-maintain": FAILED,
        "/well-activity": DOWN,
        "/equipment-use-stat": LOG,
        "/tests": TEST,
    }
    for path, row in rows.items():
        answer = client.post(path, row)
        assert answer.status_code == 201, answer.text
        plain = {name: value for name, value in row.items() if isinstance(value, str)}
        kept = {name: answer.json()[name] for name in plain}
        assert {n: v.replace("+00:00", "Z") for n, v in kept.items()} == plain


def test_a_history_is_recorded_and_evaluated(client):
    a_history(client)
    asked = {"as_of_date": "2026-03-03T00:00:00Z"}
    reliability = client.post("/reliability/update/P1", asked).json()
    assert (reliability["installed_h"], reliability["downtime_h"]) == (61 * 24.0, 48.0)
    assert reliability["failures"] == 1
    (mtbf,) = client.get("/mtbf/P1").json()["items"]
    assert mtbf["mtbf_h"] == 59 * 24.0
    assert mtbf["run_id"] == reliability["run_id"]
    impact = client.post(
        "/downtime/assess/P1", FEBRUARY | {"oil_price_per_bbl": 70, "currency": "USD"}
    ).json()
    assert (impact["downtime_h"], impact["unplanned_h"]) == (48.0, 48.0)
    assert impact["lost_volume_m3"] == pytest.approx(2 * 62.17, rel=1e-12)
    assert impact["oil_price_per_m3"] == pytest.approx(70 / 0.158987294928, rel=1e-12)
    energy = client.post(
        "/energy/account/P1", HOURS | {"energy_price_per_mwh": 120, "currency": "USD"}
    ).json()
    assert energy["energy_kwh"] == pytest.approx(3 * 0.74569987158227022 / 3, rel=1e-12)
    assert energy["energy_cost"] == pytest.approx(0.12 * 0.74569987158227022, rel=1e-12)
    for path, kept in (("reliability", reliability), ("downtime", impact), ("energy", energy)):
        assert client.get(f"/{path}/P1").json() == {"items": [kept], "next": None}


def test_without_a_date_a_run_life_is_asked_for_now(client):
    a_history(client)
    for body in (None, {}, {"as_of_date": None}):
        found = client.post("/reliability/update/P1", body).json()
        assert found["as_of_date"] == NOW.isoformat()


def test_a_declining_rate_and_emissions_are_passed_on(client):
    a_history(client)
    falling = {"decline_kind": "exponential", "daily_decline": 0.01, "flush_share": 0.25}
    impact = client.post("/downtime/assess/P1", FEBRUARY | falling).json()
    assert (impact["decline_kind"], impact["daily_decline"]) == ("exponential", 0.01)
    assert impact["decline_exponent"] == 0.0
    assert impact["flush_share"] == 0.25
    hyperbolic = falling | {"decline_kind": "hyperbolic", "decline_exponent": 0.5}
    assert (
        client.post("/downtime/assess/P1", FEBRUARY | hyperbolic).json()["decline_exponent"] == 0.5
    )
    more = {"emission_factor_gkwh": 400, "emission_factor_source": "grid 2026"}
    energy = client.post("/energy/account/P1", HOURS | more).json()
    assert energy["emissions_kg"] == pytest.approx(0.4 * energy["energy_kwh"], rel=1e-12)
    more = {"emission_factor_kgmwh": 401, "emission_factor_source": "grid 2026"}
    energy = client.post("/energy/account/P1", HOURS | more).json()
    assert energy["emissions_kg"] == pytest.approx(0.401 * energy["energy_kwh"], rel=1e-12)


def test_answers_come_in_field_units_where_they_are_asked_for(client):
    recorded = client.post("/tests?units=field", TEST).json()
    assert recorded["readings"][0]["rate_bpd"] == pytest.approx(62.17 / 0.158987294928, rel=1e-12)
    (listed,) = client.get("/tests/P1?units=field").json()["items"]
    assert listed == recorded
    assert "rate_m3d" in client.get("/tests/P1?units=metric").json()["items"][0]["readings"][0]


def test_a_row_recorded_twice_is_one_and_another_under_its_key_a_conflict(client):
    first = client.post("/tests", TEST).json()
    assert client.post("/tests", TEST).json() == first
    other = told(client.post("/tests", TEST | {"remark": "other"}), 409)
    assert "'T1' is kept with another remark" in other["detail"]


def test_a_row_is_withdrawn_by_its_active_ind(client):
    client.post("/tests", TEST)
    assert client.post("/tests", TEST | {"active_ind": False}).json()["active_ind"] is False


# ---- answers


def test_no_answer_is_kept_or_guessed_at(client):
    asked = [
        client.get("/health"),
        client.get("/openapi.json"),
        client.get("/nowhere"),
        client.post("/tests", b"x"),
        client.get("/health", headers={"host": "example.com"}),
        Client(an_app(Broken())).get("/tests/P1", raises=False),
    ]
    assert [answer.status_code for answer in asked] == [200, 200, 404, 400, 403, 503]
    for answer in asked:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


class Broken(MemoryRepository):
    """A store that cannot be asked."""

    def __init__(self, error=None):
        super().__init__()
        self.error = error or StorageError("password=secret")

    def get(self, row, /, *values):
        raise self.error

    def newest(self, row, /, by, count, before=None, **equal):
        raise self.error


def test_a_fault_of_ours_says_nothing():
    client = Client(an_app(Broken(ZeroDivisionError("secret"))))
    found = told(client.get("/tests/P1", raises=False), 500)
    assert set(found) == {"type", "title", "status"}
    with pytest.raises(ZeroDivisionError):  # the server is told, to write it down
        client.get("/tests/P1")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/tests/P1"),
        ("GET", "/findings/P1"),
        ("GET", "/ready"),
        ("POST", "/runs/R/reproduce"),
    ],
)
def test_a_store_that_does_not_answer_may_be_asked_again(method, path):
    client = Client(an_app(Broken()))
    found = told(client.ask(method, path, raises=False), 503)
    assert found["detail"] == "the store could not be read or written: ask again later"
    with pytest.raises(StorageError):  # the server is told, to write it down
        client.ask(method, path)
    assert client.get("/health").status_code == 200


def test_health_is_answered_while_every_thread_waits_for_the_store():
    go_on, waiting = threading.Event(), []

    class Slow(MemoryRepository):
        def newest(self, row, /, by, count, before=None, **equal):
            waiting.append(row)
            go_on.wait(20)
            return ()

    async def ask():
        transport = httpx.ASGITransport(an_app(Slow()), client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as session:
            slow = [asyncio.create_task(session.get(f"{ROOT}/tests/P1")) for _ in range(TURNS + 3)]
            try:
                async with asyncio.timeout(10):
                    while len(waiting) < TURNS:  # noqa: ASYNC110  # no event tells it
                        await asyncio.sleep(0.01)
                    health = await session.get(f"{ROOT}/health")
                assert len(waiting) == TURNS
            finally:
                go_on.set()
            return health.status_code, {(await one).status_code for one in slow}

    assert asyncio.run(ask()) == (200, {200})


def test_the_description_lists_what_is_served():
    app = an_app()
    described = Client(app).get("/openapi.json").json()
    assert described["openapi"].startswith("3.1.")
    assert "securitySchemes" not in described["components"]
    listed = {
        (method.upper(), path.removeprefix(ROOT))
        for path, methods in described["paths"].items()
        for method in methods
    }
    served = {
        (method, route.path.removeprefix(ROOT))
        for route in app.routes
        for method in route.methods - {"HEAD"}
    }
    assert served - listed == {("GET", "/openapi.json")}
    assert listed <= served


def test_the_description_names_the_scope_of_every_request():
    described = guarded(None).get("/openapi.json").json()
    for method, path, scope in NEEDED:
        wanted = path.replace("/P1", "/{equipment_id}").replace("/T1", "/{pump_test_id}")
        wanted = wanted.replace("/R", "/{run_id}")
        operation = described["paths"][f"{ROOT}{wanted}"][method.lower()]
        assert operation["security"] == [{"bearer": [scope]}]
        assert {"401", "403", "422", "500", "503"} <= set(operation["responses"])
    health = described["paths"][f"{ROOT}/health"]["get"]
    assert "security" not in health
    assert "503" not in health["responses"]


# ---- many at once


def test_many_at_once_keep_every_row_and_one_active_result():
    client = Client(an_app())
    with ThreadPoolExecutor(8) as pool:
        bodies = [TEST | {"pump_test_id": f"T{i % 20}"} for i in range(40)]
        answers = list(pool.map(lambda body: client.post("/tests", body), bodies))
        assert {answer.status_code for answer in answers} == {201}
        results = list(pool.map(lambda i: client.post(f"/results/calculate/T{i}"), [3] * 16))
    assert {answer.status_code for answer in results} == {200}
    assert len({answer.json()["run_id"] for answer in results}) == 1
    assert len(client.get("/tests/P1").json()["items"]) == 20
    (result,) = client.get("/results/P1").json()["items"]
    assert result["active_ind"] is True
