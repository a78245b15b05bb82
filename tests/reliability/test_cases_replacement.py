"""Replacement, forecasts and spares, held to published numbers."""

import numpy as np
import pytest
from scipy.optimize import brentq

from published import cases, published_tests
from pumpperf.reliability.replacement import (
    age_replacement,
    expected_failures,
    minimal_repair,
    spares,
)

CASES = cases("replacement")

# Abernethy's bearing cages: 1703 in service, hours at failure, hours and number still running.
FAILED_H = np.array([230.0, 334, 423, 990, 1009, 1510])
RUNNING = {
    50: 288, 150: 148, 250: 124, 350: 111, 450: 106, 550: 99, 650: 110, 750: 114, 850: 119,
    950: 127, 1050: 123, 1150: 93, 1250: 47, 1350: 41, 1450: 27, 1550: 11, 1650: 6, 1850: 1,
    2050: 2,
}  # fmt: skip


def weibull():
    """Shape and scale of greatest likelihood."""
    hours = np.concatenate([FAILED_H, list(RUNNING)])
    weight = np.concatenate([np.ones(FAILED_H.size), list(RUNNING.values())])

    def score(shape):
        power = weight * hours**shape
        return (power @ np.log(hours)) / power.sum() - 1.0 / shape - np.log(FAILED_H).mean()

    shape = brentq(score, 0.5, 5.0, xtol=1e-13)
    return shape, (weight @ hours**shape / FAILED_H.size) ** (1.0 / shape)


def test_the_cages_are_those_of_the_book():
    assert FAILED_H.size + sum(RUNNING.values()) == 1703
    shape, scale = weibull()
    assert shape == pytest.approx(2.035, abs=5e-4)
    assert scale == pytest.approx(11792.0, abs=0.5)


def cages_to_fail(i):
    shape, scale = weibull()
    found = expected_failures(
        age_h=np.repeat(list(RUNNING), list(RUNNING.values())),
        shape=shape,
        scale_h=scale,
        horizon_h=i["horizon_h"],
        level=0.95,
    )
    return {"expected_failures": found.expected[0]}


def given(i):
    return {
        "shape": i["beta"],
        "scale_h": i["eta"],
        "planned_cost": i["cost_pm"],
        "failure_cost": i["cost_cm"],
    }


def best_age(i):
    found = age_replacement(**given(i))
    return {"t_opt": found.age_h[0], "cost": found.cost_per_h[0]}


def best_overhaul(i):
    return {"t_opt": minimal_repair(**given(i)).age_h[0]}


def run_to_failure(i):
    found = age_replacement(**given(i))
    assert found.status.tolist() == ["run_to_failure"]
    return {"cost": found.cost_per_h[0]}


def stock(i):
    found = spares(mean_demand=i["mean"], service=i["service"])
    return {"spares": found.spares[0], "p": found.met[0], "p_less": found.met_with_one_less[0]}


COMPUTED = {
    "B09": cages_to_fail,
    "F01": best_age,
    "F02": best_overhaul,
    "F03": run_to_failure,
    "F06": stock,
}

test_every_case_is_tested, test_published_number = published_tests(CASES, COMPUTED)
