"""Cash flows and capital items for EconomicAnalysis; each number by hand."""

import datetime as dt

import attrs
import pytest
from beep_rows import DAY, MARCH, a_consumption, an_impact, note_of
from test_energy_fleet import Shifting

from pumpperf import ArgumentError, RowError
from pumpperf.interchange.beep.capital import Cost, capital_schedule
from pumpperf.interchange.beep.economics import CashFlowPeriods, analysis_body, cash_flows
from pumpperf.interchange.beep.sent import SentList

MONTHLY = CashFlowPeriods(first=dt.date(2026, 1, 1), schedule="MONTHLY")
ANNUAL = CashFlowPeriods(first=dt.date(2025, 7, 1), schedule="ANNUAL")


def a_cost(amount=1000.0, date=MARCH, **more):
    given = {"currency": "USD", "description": "workover of W1"}
    return Cost(amount=amount, date=date, **(given | more))


def test_what_is_lost_and_paid_flows_out():
    found = cash_flows(
        periods=MONTHLY,
        impacts=[an_impact()],
        consumptions=[a_consumption()],
        costs=[a_cost(date=dt.datetime(2026, 2, 28, tzinfo=dt.UTC))],
    )
    assert found.records == (
        {
            "Period": 1,
            "Amount": -1000.0,
            "Description": "workover of W1, 2026-02-28T00:00:00+00:00, USD",
        },
        {
            "Period": 2,
            "Amount": -508.75,
            "Description": "revenue lost by downtime of pump P1, 2026-03-01T00:00:00+00:00 to "
            "2026-03-11T00:00:00+00:00, at 400.0 USD/m3 of oil, run D1",
        },
        {
            "Period": 2,
            "Amount": -100.0,
            "Description": "energy of pump P1, 2026-03-01T00:00:00+00:00 to "
            "2026-03-11T00:00:00+00:00, 6 h of it not metered, at 0.1 USD/kWh, run E1",
        },
    )
    note_of(found, "CHANGED: currency USD")
    note_of(found, "LOST: MONTHLY periods from 2026-01-01, UTC")
    note_of(found, "CHANGED: lost revenue", "net of downtime")
    note_of(found, "LOST: DOWNTIME_IMPACT 'D1'")
    note_of(found, "LOST: ENERGY_CONSUMPTION 'E1'", "SUSPECT", "POWER_LOG_GAPS")


def test_revenue_is_noted_to_be_before_what_came_after_the_restarts():
    flushed = an_impact(flush_share=0.25, net_lost_volume_m3=1.0)
    found = cash_flows(periods=MONTHLY, impacts=[flushed])
    assert found.records[0]["Amount"] == -508.75
    note_of(found, "LOST: DOWNTIME_IMPACT 'D1': the net loss", "revenue", "0.25")
    note_of(found, "LOST: DOWNTIME_IMPACT 'D1': its run", "lost_oil_volume_m3")


def test_nothing_lost_is_no_negative_zero():
    (record,) = cash_flows(periods=MONTHLY, impacts=[an_impact(lost_revenue=0.0)]).records
    assert str(record["Amount"]) == "0.0"


def test_no_rows_make_no_flows():
    found = cash_flows(periods=MONTHLY)
    assert found.records == ()
    assert found.notes == ("LOST: MONTHLY periods from 2026-01-01, UTC",)
    winter = dt.timezone(dt.timedelta(hours=-6), "CST")
    assert note_of(cash_flows(periods=attrs.evolve(ANNUAL, time_zone=winter)), "ANNUAL", "CST")


@pytest.mark.parametrize(
    ("when", "month", "year"),
    [
        (dt.datetime(2025, 12, 31, 23, 59, tzinfo=dt.UTC), -1, 0),
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), 0, 0),
        (dt.datetime(2026, 6, 30, 23, 59, tzinfo=dt.UTC), 5, 0),
        (dt.datetime(2026, 7, 1, tzinfo=dt.UTC), 6, 1),
        (dt.datetime(2028, 1, 31, tzinfo=dt.UTC), 24, 2),
        (dt.datetime(2025, 6, 30, tzinfo=dt.UTC), -7, -1),
    ],
)
def test_periods_are_calendar_months_or_twelve_of_them(when, month, year):
    assert (MONTHLY.number(when), ANNUAL.number(when)) == (month, year)


def test_a_month_begins_by_the_clock_of_its_zone():
    """Houston is six hours behind UTC in winter, five from 8 March 2026 on."""
    houston = attrs.evolve(MONTHLY, time_zone=Shifting(-6, ("2026-03-08T08:00", -5)))
    month = {"start_date": MARCH, "end_date": dt.datetime(2026, 4, 1, tzinfo=dt.UTC)}
    (record,) = cash_flows(periods=MONTHLY, impacts=[an_impact(**month)]).records
    assert record["Period"] == 2
    with pytest.raises(ArgumentError, match="'D1' lasts from period 1 to 2"):
        cash_flows(periods=houston, impacts=[an_impact(**month)])
    local = {
        "start_date": dt.datetime(2026, 3, 1, 6, tzinfo=dt.UTC),
        "end_date": dt.datetime(2026, 4, 1, 5, tzinfo=dt.UTC),
    }
    found = cash_flows(periods=houston, impacts=[an_impact(**local)])
    assert [record["Period"] for record in found.records] == [2]
    with pytest.raises(ArgumentError, match="'D1' lasts from period 2 to 3"):
        cash_flows(periods=MONTHLY, impacts=[an_impact(**local)])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"consumptions": [a_consumption(end_date=MARCH + 32 * DAY)]},
            "'E1' lasts from period 2 to 3: expected within one",
        ),
        ({"impacts": [an_impact(lost_revenue=None)]}, "'D1' has no lost_revenue"),
        (
            {"consumptions": [a_consumption(energy_kwh=None, energy_cost=None)]},
            "'E1' has no energy_cost",
        ),
        ({"costs": [a_cost(date=MARCH - 90 * DAY)]}, "begins at 2025-12-01.*from 2026-01-01 on"),
        ({"impacts": [an_impact(active_ind=False)]}, "'D1' is retired"),
        ({"consumptions": [a_consumption(active_ind=False)]}, "'E1' is retired"),
        (
            {"impacts": [an_impact(), an_impact(downtime_impact_id="D2")]},
            "'D2' begins .* of the same pump",
        ),
        (
            {"consumptions": [a_consumption(), a_consumption(energy_consumption_id="E2")]},
            "'E2' begins .* of the same pump",
        ),
        (
            {"impacts": [an_impact()], "costs": [a_cost(currency="EUR")]},
            "currencies EUR, USD in one list: expected one",
        ),
    ],
)
def test_what_is_no_flow_of_one_period_and_currency_is_refused(given, words):
    with pytest.raises(ArgumentError, match=words):
        cash_flows(periods=MONTHLY, **given)


def test_all_flows_that_do_not_fit_are_noted_at_once():
    with pytest.raises(ArgumentError, match="'D1' has no lost_revenue.*; .*'E1' lasts"):
        cash_flows(
            periods=MONTHLY,
            impacts=[an_impact(lost_revenue=None)],
            consumptions=[a_consumption(end_date=MARCH + 60 * DAY)],
        )


@pytest.mark.parametrize(
    ("first", "schedule", "words"),
    [
        (dt.date(2026, 1, 2), "MONTHLY", "first = 2026-01-02"),
        (dt.date(2026, 1, 1), "QUARTERLY", "schedule = 'QUARTERLY': expected one of MONTHLY, "),
        (dt.date(2026, 1, 2), "WEEKLY", "first = .*; schedule = "),
    ],
)
def test_periods_begin_with_a_month(first, schedule, words):
    with pytest.raises(ArgumentError, match=words):
        CashFlowPeriods(first=first, schedule=schedule)


def test_a_zone_of_periods_may_be_named():
    lagos = CashFlowPeriods(first=dt.date(2026, 1, 1), schedule="MONTHLY", time_zone="Africa/Lagos")
    assert lagos.number(dt.datetime(2025, 12, 31, 23, tzinfo=dt.UTC)) == 0
    assert lagos.number(dt.datetime(2025, 12, 31, 22, 59, tzinfo=dt.UTC)) == -1
    note_of(cash_flows(periods=lagos), "LOST: MONTHLY periods from 2026-01-01, Africa/Lagos")
    with pytest.raises(ArgumentError, match="time_zone = 'Mars'"):
        CashFlowPeriods(first=dt.date(2026, 1, 1), schedule="MONTHLY", time_zone="Mars")


def net_present_value(body):
    rate = body["DISCOUNT_RATE"]
    return sum(amount / (1.0 + rate) ** t for t, amount in enumerate(body["CashFlows"]))


def test_the_list_index_is_the_period_and_period_0_counts_in_full():
    """-1000 + 700/1.1 + 500/1.21 = 49.5868; power fed back is paid for, so it flows in."""
    january, february = MARCH - 59 * DAY, MARCH - 28 * DAY
    fed_back = [
        a_consumption(
            energy_consumption_id=f"E{cost}",
            start_date=start,
            end_date=start + DAY,
            energy_kwh=-10.0 * cost,
            energy_cost=-float(cost),
        )
        for start, cost in ((MARCH, 500), (february, 700))
    ]
    flows = cash_flows(periods=MONTHLY, consumptions=fed_back, costs=[a_cost(date=january)])
    found = analysis_body(flows, discount_rate=0.1)
    assert found.record == {"CashFlows": [-1000.0, 700.0, 500.0], "DISCOUNT_RATE": 0.1}
    assert net_present_value(found.record) == pytest.approx(49.5868, abs=5e-5)
    assert found.notes[: len(flows.notes)] == flows.notes
    note_of(found, "LOST: descriptions")
    note_of(found, "CHANGED: DISCOUNT_RATE = 0.1: of one period")
    assert not [line for line in found.notes if "without a flow" in line]


def test_flows_of_a_period_are_one_amount_and_empty_periods_are_noted():
    found = analysis_body(
        cash_flows(periods=MONTHLY, impacts=[an_impact()], costs=[a_cost(), a_cost(0.1)]),
        discount_rate=1,
    )
    assert found.record["CashFlows"] == [0.0, 0.0, -1508.85]
    note_of(found, "CHANGED: periods without a flow are 0: 0, 1")
    tenths = cash_flows(periods=MONTHLY, costs=[a_cost(0.1), a_cost(0.2), a_cost(0.3)])
    assert analysis_body(tenths, discount_rate=0.0).record["CashFlows"][2] == -0.6


@pytest.mark.parametrize("rate", [-0.01, 1.01, 10.0, float("nan")])
def test_a_rate_is_a_share_from_0_to_1(rate):
    flows = cash_flows(periods=MONTHLY, costs=[a_cost()])
    with pytest.raises(ArgumentError, match="discount_rate = "):
        analysis_body(flows, discount_rate=rate)
    for edge in (0.0, 1.0):
        assert analysis_body(flows, discount_rate=edge).record["DISCOUNT_RATE"] == edge


def test_a_body_needs_a_flow():
    with pytest.raises(ArgumentError, match="no cash flow.*; discount_rate = 2"):
        analysis_body(SentList(records=(), notes=()), discount_rate=2.0)


def test_capital_is_positive_and_one_item_a_month():
    april = dt.datetime(2026, 4, 2, tzinfo=dt.UTC)
    found = capital_schedule(
        [
            a_cost(7000.0, april, description="a new pump"),
            a_cost(20.5, MARCH + 9 * DAY, description="freight"),
            a_cost(1000.0, MARCH + 3 * DAY),
        ]
    )
    assert found.records == (
        {"Date": MARCH + 3 * DAY, "Amount": 1020.5},
        {"Date": april, "Amount": 7000.0},
    )
    note_of(found, "LOST: currency USD")
    note_of(found, "CHANGED: 20.5 of 2026-03-10", "in the item of 2026-03-04")
    note_of(found, "LOST: description of 2026-04-02", "a new pump")
    years = capital_schedule([a_cost(), a_cost(date=MARCH.replace(year=2027))])
    assert [item["Amount"] for item in years.records] == [1000.0, 1000.0]
    assert capital_schedule([]) == SentList(records=(), notes=())
    with pytest.raises(ArgumentError, match="EUR, USD"):
        capital_schedule([a_cost(), a_cost(currency="EUR")])


def test_a_cost_is_dated_and_not_negative():
    with pytest.raises(RowError) as caught:
        Cost(date=dt.datetime(2026, 1, 1), amount=-1, currency="DOLLAR", description="")  # noqa: DTZ001
    assert [fault.partition(" ")[0] for fault in caught.value.faults] == [
        "date",
        "amount",
        "currency",
        "description",
    ]
