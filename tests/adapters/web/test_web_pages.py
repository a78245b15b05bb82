"""Lists page by page, the newest first, and where each goes on."""

import datetime as dt

import attrs
import pytest
from web_client import TEST, Client, an_app, told

from pumpperf import (
    EnergyConsumption,
    Finding,
    MemoryRepository,
    PumpEfficiency,
    PumpTest,
    PumpTestResult,
)
from pumpperf.adapters.web import pages
from pumpperf.interchange.records import from_record


@pytest.fixture
def client():
    return Client(an_app())


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
    repository = MemoryRepository()
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
    repository = MemoryRepository()
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
        "quantity_names": [],
        "quantity_values": [],
    }
    for limit in (1, 2, 3, 5):
        seen, after = [], ""
        while after is not None:
            page = client.get(f"/findings/P1?limit={limit}{after}").json()
            seen += page["items"]
            after = page["next"] and f"&after={page['next']}"
        assert seen == whole["items"]


def test_a_page_ends_early_where_rows_are_long(monkeypatch):
    monkeypatch.setattr(pages, "LARGEST_PAGE", 10_000)
    repository = MemoryRepository()
    test = from_record(PumpTest, TEST)
    names = [f"T{i:02}" for i in reversed(range(50))]
    repository.add(*(attrs.evolve(test, pump_test_id=name, remark="x" * 2000) for name in names))
    client = Client(an_app(repository))
    seen, counts, after = [], [], ""
    while after is not None:
        page = client.get(f"/tests/P1?limit=40{after}").json()
        seen += [row["pump_test_id"] for row in page["items"]]
        counts.append(len(page["items"]))
        after = page["next"] and f"&after={page['next']}"
    assert seen == names
    assert 2 <= min(counts[:-1]) <= max(counts) <= 5  # 5 x 2000 characters are the limit


def test_few_rows_are_looked_up_at_once_but_for_a_short_page_only_once():
    counts = []

    class Counting(MemoryRepository):
        def newest(self, row, /, by, count, before=None, **equal):
            counts.append(count)
            return super().newest(row, by, count, before, **equal)

    repository = Counting()
    test = from_record(PumpTest, TEST)
    repository.add(*(attrs.evolve(test, pump_test_id=f"T{i:03}") for i in range(120)))
    client = Client(an_app(repository))
    for query, asked in (("?limit=20", [21]), ("", [51]), ("?limit=200", [51, 51, 51])):
        counts.clear()
        client.get(f"/tests/P1{query}")
        assert counts == asked
    counts.clear()
    assert client.get("/findings/P1?limit=200").json() == {"items": [], "next": None}
    assert max(counts) == 51


def test_findings_of_the_last_instant_are_paged_too():
    repository = MemoryRepository()
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
