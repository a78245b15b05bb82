"""Lives that show a reliability, priors, posteriors and fleets, held to published numbers."""

import numpy as np
import pytest
from scipy.special import gammainc

from published import cases, published_tests
from pumpperf.reliability.rates.bayes import marginal_log_likelihood, prior_from_mtbf
from pumpperf.reliability.rates.demonstration import demonstration_time, success_run_size
from pumpperf.reliability.rates.empirical import empirical_bayes
from pumpperf.reliability.rates.multi_sample import oreda

CASES = cases("rates")


def lives_to_watch(i):
    return {"n": success_run_size(reliability=i["R"], level=i["C"], failures=i["f"])}


def ten_pumps(i):
    found = empirical_bayes(operating_h=i["khours"], failures=i["failures"], level=0.9)
    return {"alpha": found.shape[0], "beta": found.prior_h[0]}


def full_bayes(i):
    """Posterior means by a sum over a fine grid of ln alpha and ln beta."""
    alpha, beta = (
        grid.ravel()
        for grid in np.meshgrid(
            np.exp(np.linspace(np.log(0.02), np.log(12.0), 120)),
            np.exp(np.linspace(np.log(0.005), np.log(25.0), 120)),
        )
    )
    pumps, points = len(i["failures"]), alpha.size
    likelihood = marginal_log_likelihood(
        operating_h=np.tile(i["khours"], points),
        failures=np.tile(i["failures"], points),
        prior_shape=np.repeat(alpha, pumps),
        prior_h=np.repeat(beta, pumps),
        by=np.repeat(np.arange(points), pumps),
    )
    # alpha is exponential of mean 1, beta gamma of 0.1 and 1; the grid is one of logarithms.
    log_weight = likelihood - alpha - 0.9 * np.log(beta) - beta + np.log(alpha) + np.log(beta)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    counts, hours = np.array(i["failures"])[:, None], np.array(i["khours"])[:, None]
    return {
        "alpha": weight @ alpha,
        "beta": weight @ beta,
        "theta": ((alpha + counts) / (beta + hours)) @ weight,
    }


def judged_prior(i):
    shape, prior_h = prior_from_mtbf(mtbf50_h=i["mtbf50"], mtbf05_h=i["mtbf05"])
    # The handbook checks its rounded prior, at rates rounded to six decimals.
    check = gammainc(2.863, 1522.46 * np.array([0.001667, 0.004]))
    return {"a": shape[0], "b": prior_h[0], "chk": check}


def hours_to_run(i):
    found = demonstration_time(
        mtbf_h=i["M"], failures=i["r"], prior_shape=i["a"], prior_h=i["b"], level=i["confidence"]
    )
    return {"T": found.operating_h[0]}


def offshore(i):
    found = oreda(operating_h=i["khours"], failures=i["failures"], level=0.9)
    pooled, deviation = found.pooled_rate_per_h[0], found.deviation_per_h[0]
    rate, lower, upper = found.rate_per_h[0], found.lower_rate_per_h[0], found.upper_rate_per_h[0]
    return {"lambda1": pooled, "sd": deviation, "theta": rate, "lo": lower, "hi": upper}


COMPUTED = {
    "A08": lives_to_watch,
    "E01": ten_pumps,
    "E02": full_bayes,
    "E03": judged_prior,
    "E04": hours_to_run,
    "E05": offshore,
}

test_every_case_is_tested, test_published_number = published_tests(CASES, COMPUTED)


def test_the_ten_pumps_to_the_digits_of_an_independent_maximum():
    found = ten_pumps(CASES["E01"]["inputs"])
    assert found["alpha"] == pytest.approx(0.822965, abs=5e-7)
    assert found["beta"] == pytest.approx(1.261653, abs=5e-7)
