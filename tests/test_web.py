"""The use cases over HTTP, lists page by page, and what an answer looks like."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

from pumpperf import (
    EnergyConsumption,
    Finding,
    MemoryRepository,
    PumpEfficiency,
    PumpTest,
    PumpTestResult,
    StorageError,
)
from pumpperf.interchange.records import from_record
from web_client import (
    DOWN,
    FAILED,
    FEBRUARY,
    HOURS,
    INSTALLED,
    LOG,
    NEEDED,
    NOW,
    PUMP,
    ROOT,
    TEST,
    Client,
    SharedMemory,
    an_app,
    guarded,
    told,
)


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


# ---- lists


def test_a_list_goes_on_page_by_page_the_newest_first(client):
    for day in (3, 1, 2, 2, 5):
        count = len(client.get("/tests/P1").json()["items"])
        body = TEST | {"pump_test_id": f"T{count}", "test_date": f"2026-01-0{day}T00:00:00Z"}
        assert client.post("/tests", body).status_code == 201
    client.post("/tests", TEST | {"pump_test_id": "T9", "equipment_id": "P2"})
    seen, after = [], ""
    for _ in range(3):
        page = client.get(f"/tests/P1?limit=2{after}").json()
        seen.append([row["pump_test_id"] for row in page["items"]])
        after = f"&after={page['next']}"
    assert seen == [["T4", "T0"], ["T3", "T2"], ["T1"]]
    assert page["next"] is None
    assert client.get("/tests/nobody").json() == {"items": [], "next": None}


def test_a_page_holds_fifty_rows_unless_it_is_asked_for_more():
    repository = SharedMemory()
    test = from_record(PumpTest, TEST)
    repository.add(*(attrs.evolve(test, pump_test_id=f"T{i}") for i in range(201)))
    client = Client(an_app(repository))
    assert len(client.get("/tests/P1").json()["items"]) == 50
    assert len(client.get("/tests/P1?limit=200").json()["items"]) == 200


def a_finding(code):
    return Finding(code=code, severity="WARNING", words="w", inputs=("x",), look_at="l")


def results_with_findings():
    shared = {"equipment_id": "P1", "result_status": "SUSPECT"}
    test = {"pump_test_id": "T", "lift_type": "ESP"}
    dates = [dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in (1, 2)]
    for i, date in enumerate([dates[0], dates[1], dates[1]]):
        one = {"run_id": f"R{i}", "findings": [a_finding(f"A{i}"), a_finding(f"B{i}")], **shared}
        yield PumpTestResult(pump_test_result_id=f"D{i}", test_date=date, duties=(), **one, **test)
        yield PumpEfficiency(pump_efficiency_id=f"E{i}", test_date=date, chains=(), **one, **test)
        yield EnergyConsumption(
            energy_consumption_id=f"N{i}",
            start_date=dates[0],
            end_date=date,
            covered_h=0,
            gap_h=24,
            **one,
        )


def test_findings_of_active_results_come_with_their_row_and_run():
    repository = SharedMemory()
    for row in results_with_findings():
        name = attrs.fields_dict(type(row)).keys() & {"pump_test_id"}
        its = {"pump_test_id": row.run_id} if name else {"start_date": row.end_date}
        repository.add(attrs.evolve(row, **its))
    client = Client(an_app(repository))
    whole = client.get("/findings/P1?limit=200").json()
    places = [(one["date"][:10], one["table"], one["row_id"]) for one in whole["items"]]
    assert places == sorted(places, reverse=True)
    assert len(places) == 2 * 8  # of nine results, one interval replaced the other
    assert whole["items"][0] == {
        "table": "PUMP_TEST_RESULT",
        "row_id": "D2",
        "run_id": "R2",
        "date": "2026-01-02T00:00:00+00:00",
        "code": "A2",
        "severity": "WARNING",
        "words": "w",
        "inputs": ["x"],
        "look_at": "l",
        "reading_obs_no": None,
    }
    for limit in (1, 2, 3, 5):
        seen, after = [], ""
        while after is not None:
            page = client.get(f"/findings/P1?limit={limit}{after}").json()
            seen += page["items"]
            after = page["next"] and f"&after={page['next']}"
        assert seen == whole["items"]


def test_findings_of_the_last_instant_are_paged_too():
    repository = SharedMemory()
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    for row in list(results_with_findings())[:2]:
        repository.add(attrs.evolve(row, test_date=last))
    client = Client(an_app(repository))
    first = client.get("/findings/P1?limit=1").json()
    second = client.get(f"/findings/P1?limit=1&after={first['next']}").json()
    assert [one["row_id"] for one in first["items"]] == ["D0", "D0"]
    assert [one["row_id"] for one in second["items"]] == ["E0", "E0"]
    assert second["next"] is None


@pytest.mark.parametrize(
    "after",
    [
        "",
        "x",
        "!",
        "%C3%A9",
        "e30",  # {}
        "WyJ4Il0",  # ["x"]
        "W10",  # []
        "WzEsMl0",  # [1,2]
        "WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwiVCJd",  # a naive date
        "WyIyMDI2LTAxLTAxVDAwOjAwOjAwKzAxOjAwIiwiVCJd",  # another offset
        "WyIyMDI2LTAxLTAxVDAwOjAwOjAwKzAwOjAwIl0",  # no key
        "WyIyMDI2LTAxLTAxVDAwOjAwOjAwKzAwOjAwIiw1XQ",  # a number for a key
        "WyIyMDI2LTAxLTAxVDAwOjAwOjAwKzAwOjAwIiwiYSIsImIiXQ",  # two parts
        "W" * 60_000,
    ],
)
def test_a_place_that_no_answer_gave_is_refused(client, after):
    for path in ("tests", "findings"):
        assert "after: expected" in told(client.get(f"/{path}/P1?after={after}"), 422)["detail"]


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
    assert [answer.status_code for answer in asked] == [200, 200, 404, 400, 403, 500]
    for answer in asked:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


class Broken(MemoryRepository):
    def get(self, row, /, *values):
        raise StorageError("password=secret")

    def newest(self, row, /, by, count, before=None, **equal):
        raise StorageError("password=secret")


def test_a_fault_of_ours_says_nothing():
    client = Client(an_app(Broken()))
    found = told(client.get("/tests/P1", raises=False), 500)
    assert set(found) == {"type", "title", "status"}
    with pytest.raises(StorageError):  # the server is told, to write it down
        client.get("/tests/P1")


def test_readiness_asks_the_store():
    client = Client(an_app(Broken()))
    assert client.get("/health").status_code == 200
    assert told(client.get("/ready"), 503)["detail"] == "the store does not answer"


def test_the_description_is_the_one_that_fastapi_gives():
    app = an_app()
    described = Client(app).get("/openapi.json").json()
    assert described == json.loads(json.dumps(app.openapi()))
    assert described["openapi"].startswith("3.1.")
    assert "securitySchemes" not in described["components"]
    listed = {
        (method.upper(), path.removeprefix(ROOT))
        for path, methods in described["paths"].items()
        for method in methods
    }
    served = {
        (method, route.path.removeprefix(ROOT)) for route in app.routes for method in route.methods
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
        assert {"401", "403", "422", "500"} <= set(operation["responses"])
    assert "security" not in described["paths"][f"{ROOT}/health"]["get"]


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
