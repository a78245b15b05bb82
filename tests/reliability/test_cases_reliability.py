"""Mean times, bounds, rates and downtime, held to published numbers."""

import numpy as np

from published import cases, published_tests
from pumpperf.calc.downtime import downtime, inherent_availability, mean_time_to_restore_h
from pumpperf.reliability.measures.run_life import run_life_measures
from pumpperf.reliability.rates import jeffreys_rate_per_h, mtbf
from pumpperf.reliability.weibull import weibayes

CASES = cases("reliability")

START = np.datetime64("2012-11-29T00:00")


def two_sided(i):
    found = mtbf(
        operating_h=i["T"], failures=i["r"], level=i["confidence"], sided="two", terminated="time"
    )
    return {"mtbf": found.mtbf_h[0], "lower": found.lower_mtbf_h[0], "upper": found.upper_mtbf_h[0]}


def interval_factors(i):
    # As many hours as failures: the point is 1 and the bounds are the factors.
    found = mtbf(
        operating_h=i["r"], failures=i["r"], level=i["confidence"], sided="two", terminated="time"
    )
    bounds = zip(found.lower_mtbf_h, found.upper_mtbf_h, strict=True)
    return {"factors": [bound for pair in bounds for bound in pair]}


def failure_terminated(i):
    exposure = {
        "operating_h": i["n"] * i["stop_time"],
        "failures": i["r"],
        "level": 0.95,
        "terminated": "failure",
    }
    interval = mtbf(sided="two", **exposure)
    bound = mtbf(sided="lower", **exposure)
    return {
        "mtbf": interval.mtbf_h[0],
        "lower95_two_sided": interval.lower_mtbf_h[0],
        "upper95_two_sided": interval.upper_mtbf_h[0],
        "lower95_one_sided": bound.lower_mtbf_h[0],
    }


def lower_bounds(i):
    found = mtbf(
        operating_h=[i["T"]] * len(i["failures"]),
        failures=i["failures"],
        level=i["one_sided_confidence"],
        sided="lower",
        terminated="time",
    )
    return {"lower": found.lower_mtbf_h}


def demonstration_multiples(i):
    return {
        "multiple": [
            1.0
            / mtbf(
                operating_h=1.0, failures=failures, level=level, sided="lower", terminated="time"
            ).lower_mtbf_h[0]
            for failures, level in zip(i["failures"], i["confidence"], strict=True)
        ]
    }


def weibull_without_failure(i):
    found = weibayes(
        age_h=i["hours"],
        failed=[False] * len(i["hours"]),
        shape=i["beta"],
        weight=i["count"],
        level=0.95,
        sided="lower",
    )
    return {"eta_lower": found.lower_scale_h[0]}


def pooled_mtbf_h(operating_h, failures):
    found = mtbf(
        operating_h=operating_h,
        failures=failures,
        level=0.9,
        sided="two",
        terminated="time",
        by=["fleet"] * len(failures),
    )
    return found.mtbf_h[0]


def ten_pumps(i):
    hours = np.multiply(i["khours"], 1000.0)
    return {"pooled_mtbf_khours": pooled_mtbf_h(hours, i["failures"]) / 1000.0}


def jeffreys(i):
    mean, upper = jeffreys_rate_per_h(operating_h=i["tau"], failures=i["n"], level=0.95)
    return {"rate": mean[0], "upper": upper[0]}


def rates_and_availability(i):
    hours = 10_000.0
    mttf = pooled_mtbf_h([hours], [round(i["failure_rate"] * hours)])
    mttr = pooled_mtbf_h([hours], [round(i["repair_rate"] * hours)])
    available = inherent_availability(mttf_h=mttf, mttr_h=mttr)
    return {"mttf": mttf, "mttr": mttr, "mtbf": mttf / available, "availability": available}


def repair_times(i):
    return {"mean": mean_time_to_restore_h(downtime_h=i["hours"])[0]}


def union(events, window, unit):
    return downtime(
        start=[START + np.timedelta64(begin, unit) for begin, _ in events],
        end=[START + np.timedelta64(end, unit) for _, end in events],
        category=["planned"] * len(events),
        window=(START + np.timedelta64(window[0], unit), START + np.timedelta64(window[1], unit)),
        priority=("planned",),
    )


def overlapping_events(i):
    found = union(i["events_min"], i["window_min"], "m")
    return {"down_min": found.downtime_h[0] * 60.0, "availability": found.availability[0]}


def nested_events(i):
    return {"down_h": union(i["events_h_from_nov29"], i["window_h"], "h").downtime_h[0]}


def toy_fleet(i):
    found = run_life_measures(
        age_h=[row[2] for row in i["rows"]],
        status=[row[1] for row in i["rows"]],
        level=0.9,
        infant_h=90.0,
    )
    return {
        "failed": found.mean_failed_h[0],
        "pulled_all": found.mean_ended_h[0],
        "running": found.mean_running_h[0],
        "all": found.mean_all_h[0],
        "mttf": found.mttf_h[0],
    }


COMPUTED = {
    "A01": two_sided,
    "A02_60": interval_factors,
    "A02_80": interval_factors,
    "A02_90": interval_factors,
    "A02_95": interval_factors,
    "A04": failure_terminated,
    "A05": lower_bounds,
    "A06": demonstration_multiples,
    "B10": weibull_without_failure,
    "E01": ten_pumps,
    "E06": jeffreys,
    "F04": rates_and_availability,
    "F05": repair_times,
    "F07": overlapping_events,
    "F08": nested_events,
    "G01": toy_fleet,
}

test_every_case_is_tested, test_published_number = published_tests(CASES, COMPUTED)
