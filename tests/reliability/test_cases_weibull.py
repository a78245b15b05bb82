"""Weibull fits, held to published numbers."""

import numpy as np

from published import cases, published_tests
from pumpperf.reliability.weibull import weibull, weibull_by_mode

CASES = cases("weibull")
NAN = float("nan")


def fit(age, failed, *, bounds="fisher", **more):
    return weibull(age_h=age, failed=failed, level=0.95, bounds=bounds, **more)


def parameters(w):
    return {"beta": w.shape[0], "eta": w.scale_h[0]}


def shock(i, bounds):
    return fit(i["km"], [mode != "Censored" for mode in i["mode"]], bounds=bounds)


def fans(i):
    return parameters(fit(i["data"]["hours"], i["data"]["status"]))


def shock_errors(i):
    w = shock(i, "fisher")
    sigma = 1.0 / w.shape[0]
    return {
        "mu": np.log(w.scale_h[0]),
        "sigma": sigma,
        "se_mu": w.standard_error_log_scale[0],
        "se_sigma": w.standard_error_log_shape[0] * sigma,
    }


def shock_normal_bounds(i):
    w = shock(i, "fisher")
    return {
        "mu_lo": np.log(w.lower_scale_h[0]),
        "mu_hi": np.log(w.upper_scale_h[0]),
        "sigma_lo": 1.0 / w.upper_shape[0],
        "sigma_hi": 1.0 / w.lower_shape[0],
    }


def shock_region_bounds(i):
    w = shock(i, "likelihood_ratio")
    return {"sigma_lo": 1.0 / w.upper_shape[0], "sigma_hi": 1.0 / w.lower_shape[0]}


def by_mode(age, mode, running):
    return weibull_by_mode(
        age_h=age, failed=[one != running for one in mode], mode=mode, level=0.95, bounds="fisher"
    )


def shock_modes(i):
    found = by_mode(i["km"], i["mode"], "Censored")
    assert found.mode.tolist() == ["Mode1", "Mode2"]
    (beta1, beta2), (eta1, eta2) = found.shape, found.scale_h
    return {"beta1": beta1, "eta1": eta1, "beta2": beta2, "eta2": eta2}


def device_modes(i):
    found = by_mode(i["kilocycles"], i["mode"], "Suspended")
    assert found.mode.tolist() == ["Surge", "Wearout"]
    mu, sigma = np.log(found.scale_h), 1.0 / found.shape
    return {"mu_S": mu[0], "sigma_S": sigma[0], "mu_W": mu[1], "sigma_W": sigma[1]}


def handbook(i):
    failures, running = i["failures"], i["censored"]
    failed = [True] * len(failures) + [False] * len(running)
    return parameters(fit(failures + running, failed))


def one_inspection_each(i):
    hours, failed = i["data"]["hours"], np.array(i["data"]["failed"])
    sound = np.array(i["data"]["inspected"]) - failed
    n = len(hours)
    return parameters(
        fit(
            hours + hours,
            [True] * n + [False] * n,
            failed_after_h=[0.0] * n + [NAN] * n,
            weight=[*failed, *sound],
        )
    )


def late_entries(i):
    w = fit(i["x"], [not one for one in i["censored"]], entry_age_h=i["entry"])
    return parameters(w) | {"loglik": w.log_likelihood[0]}


def late_entries_forgotten(i):
    return parameters(fit(i["x"], [not one for one in i["censored"]]))


def counted(i):
    failed = [event == "Failed" for event in i["event"]]
    return parameters(fit(i["kilomiles"], failed, weight=i["count"]))


COMPUTED = {
    "B03": fans,
    "B04": shock_errors,
    "B05": shock_normal_bounds,
    "B06": shock_region_bounds,
    "B07": shock_modes,
    "B11": handbook,
    "B13_weibull": counted,
    "B14": device_modes,
    "B18": one_inspection_each,
    "B19": late_entries,
    "B20": late_entries_forgotten,
}

test_every_case_is_tested, test_published_number = published_tests(CASES, COMPUTED)
