"""Survival, life tables, incidence by mode and the lognormal, held to published numbers."""

import numpy as np

from published import cases, published_tests
from pumpperf.reliability.lognormal import lognormal
from pumpperf.reliability.survival.curve import kaplan_meier
from pumpperf.reliability.survival.incidence import cumulative_incidence, incidence_at
from pumpperf.reliability.survival.lifetable import life_table
from pumpperf.reliability.survival.quantiles import restricted_mean_h, survival_at

CASES = cases("survival")


def locomotive_controls(i):
    found = lognormal(
        age_h=i["kilomiles"],
        failed=[event == "Failed" for event in i["event"]],
        weight=i["count"],
        level=0.95,
    )
    return {"ln_mu": found.ln_mean[0], "ln_sigma": found.ln_sd[0]}


def heat_exchanger_tubes(i):
    found = life_table(at_risk=i["at_risk"], failures=i["failed"], level=0.95)
    return {
        "F": found.fraction_failed,
        "se": found.standard_error,
        "lo": found.lower_fraction_failed,
        "hi": found.upper_fraction_failed,
    }


def removed_units(i):
    return {"R": kaplan_meier(age_h=i["times"], failed=i["event"], level=0.95).survival}


def flies(i):
    curve = kaplan_meier(age_h=i["T"], failed=i["E"], level=0.95)
    found = restricted_mean_h(curve=curve, until_h=i["tau"])
    return {"rmst": found.mean_h[0], "se": found.standard_error_h[0]}


def late_entries(i):
    curve = kaplan_meier(
        age_h=i["x"], failed=np.equal(i["censored"], 0.0), entry_age_h=i["entry"], level=0.95
    )
    ages = sorted(set(i["x"]))  # where survfit prints a row
    return {"time": ages, "S": survival_at(curve=curve, at_h=ages).survival[0]}


def log_log_limits(i):
    curve = kaplan_meier(age_h=i["time"], failed=i["event"], level=0.95)
    found = survival_at(curve=curve, at_h=sorted(set(i["time"])))
    return {"lower": found.lower_survival[0], "upper": found.upper_survival[0]}


def two_causes(i):
    curve = cumulative_incidence(
        age_h=i["time"], failed=np.greater(i["cause"], 0), mode=i["cause"], level=0.95
    )
    found = incidence_at(curve=curve, at_h=i["at"])[0]
    return {"cif1": found[:, 0], "cif2": found[:, 1]}


COMPUTED = {
    "B13": locomotive_controls,
    "B16": heat_exchanger_tubes,
    "C03": removed_units,
    "C05": flies,
    "C06": late_entries,
    "C07": log_log_limits,
    "C09": two_causes,
}

test_every_case_is_tested, test_published_number = published_tests(CASES, COMPUTED)
