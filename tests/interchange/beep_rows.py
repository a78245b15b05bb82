"""Results by hand, for the records that are made of them."""

import datetime as dt

from pumpperf import (
    DowntimeImpact,
    EnergyConsumption,
    Finding,
    MeanTimeBetweenFailure,
    PumpReliability,
    ResultStatus,
    Severity,
)

M3_PER_BBL = 42 * 231 * 0.0254**3  # 42 US gallons of 231 cubic inches
MARCH = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def note_of(sent, *words):
    (found,) = [line for line in sent.notes if all(word in line for word in words)]
    return found


def a_finding(code="TEST_SUSPECT", severity=Severity.WARNING):
    return Finding(
        code=code, severity=severity, words="it is odd", inputs=("rate_m3d",), look_at="the meter"
    )


ABOUT = {"equipment_id": "P1", "result_status": ResultStatus.PLAUSIBLE, "findings": ()}
TEN_DAYS = {"start_date": MARCH, "end_date": MARCH + 10 * DAY}


def a_reliability(**more):
    made = {"pump_reliability_id": "R1", "run_id": "R1", "as_of_date": MARCH}
    hours = {"installed_h": 720.0, "downtime_h": 6.0, "operating_h": 714.0}
    runs = {"installations": 1, "failed_runs": 0, "pulled_runs": 0, "running_runs": 1}
    shares = {"failures": 2, "mean_time_to_restore_h": 3.0, "operational_availability": 0.75}
    return PumpReliability(**(ABOUT | made | hours | runs | shares | more))


def an_estimate(**more):
    made = {"mtbf_id": "R1", "run_id": "R1", "equipment_id": "P1", "as_of_date": MARCH}
    watched = {"operating_h": 714.0, "failures": 2, "terminated": "time"}
    bounds = {"mtbf_h": 357.0, "lower_mtbf_h": 113.4, "upper_mtbf_h": 2009.25}
    way = {"confidence_level": 0.9, "method": "chi-square", "estimate_status": "ok"}
    trend = {"trend_test": "Laplace", "trend_failures": 2, "trend_status": "ok"}
    return MeanTimeBetweenFailure(**(made | watched | bounds | way | trend | more))


def an_impact(**more):
    """10 days: 10, 25 and 5 bbl of liquid lost by class, a fifth of it oil, at 400 USD/m3."""
    made = {"downtime_impact_id": "D1", "run_id": "D1", "events": 3}
    hours = {"planned_h": 10.0, "unplanned_h": 25.0, "external_h": 5.0}
    whole = {"window_h": 240.0, "downtime_h": 40.0, "uptime_share": 200 / 240}
    whole |= {"installed_h": 240.0, "not_installed_h": 0.0, "uptime_h": 200.0}
    lost = {
        "lost_volume_m3": 40 * M3_PER_BBL,
        "lost_planned_volume_m3": 10 * M3_PER_BBL,
        "lost_unplanned_volume_m3": 25 * M3_PER_BBL,
        "lost_external_volume_m3": 5 * M3_PER_BBL,
        "lost_oil_volume_m3": 8 * M3_PER_BBL,
    }
    money = {"oil_price_per_m3": 400.0, "currency": "USD", "lost_revenue": 508.75}
    return DowntimeImpact(**(ABOUT | TEN_DAYS | made | hours | whole | lost | money | more))


def a_consumption(**more):
    made = {"energy_consumption_id": "E1", "run_id": "E1"}
    found = {"energy_kwh": 1000.0, "covered_h": 234.0, "gap_h": 6.0}
    money = {"energy_price_per_kwh": 0.1, "currency": "USD", "energy_cost": 100.0}
    doubt = {"result_status": ResultStatus.SUSPECT, "findings": (a_finding("POWER_LOG_GAPS"),)}
    return EnergyConsumption(**(ABOUT | TEN_DAYS | made | found | money | doubt | more))
